//! RFC 9457 answers in the reader's language.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::error::{Failure, Refusal};
use crate::texts::{Lang, text};

/// An error answer (`application/problem+json`): what happened, why, and how to mend it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `/errors#<code>`: where the code is described.
    pub r#type: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: String,
    /// What happened, in the reader's language.
    pub title: String,
    /// Why, with values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<String>,
    /// The fields at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// What stands now, where that helps to decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<serde_json::Value>)]
    pub current: Option<serde_json::Value>,
}

/// A field at fault.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemField {
    /// JSON pointer.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// What is wrong with it, in the reader's language.
    pub detail: String,
}

#[derive(Clone)]
struct Unspoken(Refusal);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let refusal = match self {
            Self::Refused(refusal) => *refusal,
            Self::Unavailable(why) => {
                tracing::warn!(%why, "storage is not available");
                let mut refusal = Refusal::new(503, "storage_unavailable");
                refusal.retry_after_s = Some(2);
                refusal
            }
            Self::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "a request failed");
                Refusal::new(500, "internal")
            }
        };
        refusal.into_response()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Unspoken(self));
        response
    }
}

/// The language of a request: `Accept-Language`, Chinese if it names none we speak.
#[must_use]
pub fn lang_of(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|h| h.to_str().ok())
        .and_then(Lang::accepted)
        .unwrap_or_default()
}

impl Problem {
    /// A refusal in words.
    #[must_use]
    pub fn of(refusal: &Refusal, lang: Lang) -> Self {
        let code = refusal.code;
        let say = |what: &str| text(lang, &format!("errors.{code}.{what}"), &refusal.values);
        Self {
            r#type: format!("/errors#{code}"),
            status: refusal.status,
            code: code.to_owned(),
            title: say("title").unwrap_or_else(|| code.to_owned()),
            detail: say("detail"),
            cure: say("cure"),
            errors: refusal
                .fields
                .iter()
                .map(|field| {
                    let values = if field.values.is_empty() { &refusal.values } else { &field.values };
                    let key = format!("errors.{}", field.code);
                    ProblemField {
                        pointer: field.pointer.clone(),
                        code: field.code.clone(),
                        detail: text(lang, &format!("{key}.detail"), values)
                            .or_else(|| text(lang, &format!("{key}.title"), values))
                            .unwrap_or_else(|| field.code.clone()),
                    }
                })
                .collect(),
            current: refusal.current.clone(),
        }
    }
}

/// The layer that gives refusals their words. It also words the bare answers of the router (404, 405, 413).
pub async fn speak(request: Request, next: Next) -> Response {
    let lang = lang_of(request.headers());
    let api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let refusal = match response.extensions_mut().remove::<Unspoken>() {
        Some(Unspoken(refusal)) => refusal,
        None if api
            && response
                .headers()
                .get(header::CONTENT_TYPE)
                .is_none_or(|t| t.as_bytes().starts_with(b"text/")) =>
        {
            match response.status() {
                StatusCode::NOT_FOUND => Refusal::new(404, "route_unknown"),
                StatusCode::METHOD_NOT_ALLOWED => Refusal::new(405, "method_not_allowed"),
                StatusCode::PAYLOAD_TOO_LARGE => Refusal::new(413, "payload_too_large"),
                StatusCode::REQUEST_TIMEOUT => Refusal::new(408, "timed_out"),
                StatusCode::INTERNAL_SERVER_ERROR => Refusal::new(500, "internal"),
                _ => return response,
            }
        }
        None => return response,
    };
    let problem = Problem::of(&refusal, lang);
    let status = response.status();
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut headers = std::mem::take(response.headers_mut());
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    let mut spoken = (status, body).into_response();
    spoken.headers_mut().extend(headers);
    spoken
}
