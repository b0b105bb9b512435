//! What every route stands on: commands and queries as extractors, RFC 9457 answers, the accept loop.

mod accept;
mod nothing;
mod opening;
mod problem;
mod routes;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;

pub use accept::{Limits, Listener, serve};
pub use nothing::Nothing;
pub use problem::{Problem, ProblemField, lang_of, speak};
pub use routes::{Place, Routes};

use crate::clock::Ts;
use crate::command::{Actor, Answer, Envelope};
use crate::error::{Failure, Refusal};

/// Bytes of a JSON body at most.
pub const MAX_JSON_BYTES: usize = 1024 * 1024;

/// A command: `Idempotency-Key` (required), `Device-Time`, `Device-Drift` and `If-Match` (optional) and a JSON body of type `T`.
///
/// Refuses a missing or malformed key, another content type, broken JSON (400) and a body of the wrong
/// shape (422 with a pointer to the field).
#[derive(Debug)]
pub struct Command<T> {
    /// What the action takes.
    pub input: T,
    /// The command's id and digest.
    pub envelope: Envelope,
    /// The version the caller saw, if sent.
    pub if_match: Option<i64>,
}

impl<T> Command<T> {
    /// The version the caller saw; updates of a record need it.
    ///
    /// # Errors
    /// `if_match_missing`.
    pub fn version(&self) -> Result<i64, Refusal> {
        self.if_match.ok_or_else(|| Refusal::new(428, "if_match_missing"))
    }
}

impl<T, S> FromRequest<S> for Command<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let key = command_key(&parts.headers)?;
        let device_at = match parts.headers.get("device-time") {
            None => None,
            Some(text) => Some(
                text.to_str()
                    .ok()
                    .and_then(|t| t.parse::<Ts>().ok())
                    .ok_or_else(|| Refusal::new(400, "query_invalid").value("name", "Device-Time"))?,
            ),
        };
        let device_drift_s = match parts.headers.get("device-drift") {
            None => None,
            Some(text) => Some(
                text.to_str()
                    .ok()
                    .and_then(|t| t.parse::<i32>().ok())
                    .map(i64::from)
                    .ok_or_else(|| Refusal::new(400, "query_invalid").value("name", "Device-Drift"))?,
            ),
        };
        let if_match = if_match(&parts.headers)?;
        let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
        let bytes = json_of(parts, body, state).await?;
        // No body and an empty object are the same command.
        let same: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let mut envelope = Envelope::new(key, method.as_str(), &path, same);
        envelope.device_at = device_at;
        envelope.device_drift_s = device_drift_s;
        Ok(Self { input: input(&bytes)?, envelope, if_match })
    }
}

/// The command's id; for a command whose body is no JSON.
///
/// # Errors
/// `command_key_missing`, `command_key_invalid`.
pub fn command_key(headers: &HeaderMap) -> Result<uuid::Uuid, Refusal> {
    headers
        .get("idempotency-key")
        .ok_or_else(|| Refusal::new(400, "command_key_missing"))?
        .to_str()
        .ok()
        .map(|k| k.trim_matches('"'))
        .and_then(|k| k.parse::<uuid::Uuid>().ok())
        .filter(|k| !k.is_nil())
        .ok_or_else(|| Refusal::new(400, "command_key_invalid"))
}

// The JSON of a body, or nothing.
async fn json_of<S: Send + Sync>(parts: Parts, body: axum::body::Body, state: &S) -> Result<Bytes, Failure> {
    let json = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|t| t.to_str().ok())
        .map(|t| t.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json"));
    let bytes = Bytes::from_request(Request::from_parts(parts, body), state)
        .await
        .map_err(|_| Refusal::new(413, "payload_too_large").value("max_kib", MAX_JSON_BYTES / 1024))?;
    match (bytes.is_empty(), json) {
        (true, _) | (false, Some(true)) => Ok(bytes),
        (false, _) => Err(Refusal::new(415, "content_type_wrong").into()),
    }
}

/// A JSON body without a command's id: for what may be told again and again, because it says itself what it is about.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        Ok(Self(input(&json_of(parts, body, state).await?)?))
    }
}

// The input in a body. Only a command that takes none may come without one: settings of which each part may be left out would
// otherwise all be taken away by a body that got lost.
fn input<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    if body.is_empty() {
        T::deserialize(nothing::NoBody).map_err(|_| {
            Refusal::new(422, "field_invalid").value("what", "no body").field("", "field_invalid")
        })
    } else {
        parse(body)
    }
}

/// A JSON body as `T`.
///
/// # Errors
/// `json_invalid` (400) if it is no JSON; `field_invalid` (422) with a pointer if it has another shape.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    if escapes_nul(body) {
        return Err(Refusal::new(422, "field_invalid").value("what", "U+0000"));
    }
    // Serde would take a list for a shape, field by field in the order of the source: nobody means that.
    if body.trim_ascii_start().starts_with(b"[") {
        let what = "invalid type: sequence, expected an object";
        return Err(Refusal::new(422, "field_invalid").value("what", what).field("", "field_invalid"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize::<_, T>(&mut deserializer).map_err(|error| {
        let path = error.path().clone();
        let inner = error.into_inner();
        if inner.is_data() {
            let mut pointer = String::new();
            for segment in &path {
                use serde_path_to_error::Segment;
                match segment {
                    Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
                    Segment::Map { key } => pointer.push_str(&format!("/{key}")),
                    Segment::Enum { .. } | Segment::Unknown => {}
                }
            }
            let message = inner.to_string();
            if let Some(name) = message.strip_prefix("missing field `").and_then(|m| m.split('`').next()) {
                pointer.push_str(&format!("/{name}"));
            }
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            Refusal::new(422, "field_invalid").value("what", message).field(pointer, "field_invalid")
        } else {
            Refusal::new(400, "json_invalid").value("line", inner.line()).value("column", inner.column())
        }
    })?;
    deserializer
        .end()
        .map_err(|e| Refusal::new(400, "json_invalid").value("line", e.line()).value("column", e.column()))?;
    Ok(value)
}

// PostgreSQL keeps no text with U+0000, and nobody types it: refused at the door. JSON can only hold it as an escape.
fn escapes_nul(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|b| *b == b'\\') {
        let escape = &rest[at + 1..];
        if escape.starts_with(b"u0000") {
            return true;
        }
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}

// The same in a path or query, where it comes percent-encoded.
fn encodes_nul(text: &str) -> bool {
    text.contains("%00")
}

fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Refusal> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    value
        .to_str()
        .ok()
        .map(|v| v.trim().trim_start_matches("W/").trim_matches('"'))
        .filter(|v| v.bytes().all(|digit| digit.is_ascii_digit()))
        .and_then(|v| v.parse().ok())
        .map(Some)
        .ok_or_else(|| Refusal::new(400, "if_match_invalid"))
}

/// The query string as `T`; another shape is `query_invalid`.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        if parts.uri.query().is_some_and(encodes_nul) {
            return Err(Refusal::new(400, "query_invalid").value("name", "U+0000").into());
        }
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|q| Self(q.0))
            .map_err(|e| Refusal::new(400, "query_invalid").value("name", e.body_text()).into())
    }
}

/// A path parameter as an id; something that is no id is answered like an unknown one.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        if encodes_nul(parts.uri.path()) {
            return Err(Refusal::new(404, "record_unknown").into());
        }
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|p| Self(p.0))
            .map_err(|_| Refusal::new(404, "record_unknown").into())
    }
}

/// A record's version as `ETag`, and the record.
#[derive(Debug)]
pub struct Versioned<T>(pub i64, pub T);

impl<T: serde::Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.1).into_response();
        etag(response.headers_mut(), Some(self.0));
        response
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = (status, self.body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        etag(headers, self.version);
        if self.replayed {
            headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
        }
        response
    }
}

fn etag(headers: &mut HeaderMap, version: Option<i64>) {
    if let Some(value) = version.and_then(|v| HeaderValue::from_str(&format!("\"{v}\"")).ok()) {
        headers.insert(header::ETAG, value);
    }
}

/// Compares the version the caller saw with the one that stands.
///
/// # Errors
/// `version_changed` (412) with the present state in `current`.
pub fn same_version(seen: i64, stands: i64, current: impl serde::Serialize) -> Result<(), Refusal> {
    if seen == stands { Ok(()) } else { Err(Refusal::new(412, "version_changed").current(current)) }
}

/// What an `UPDATE … WHERE version = seen` touched: none means that somebody else was faster. [`same_version`] alone is no
/// guard where two commands run at once.
///
/// # Errors
/// `version_changed` (412), without the present state: this command can't see it yet.
pub fn still_seen(touched: u64) -> Result<(), Refusal> {
    if touched == 1 { Ok(()) } else { Err(Refusal::new(412, "version_changed")) }
}

/// The actor of a request, set by the sign-in layer; see `identity::Permit`.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Actor);

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)] // only its shape matters
    struct Input {
        site: Vec<Inner>,
    }
    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)] // only its shape matters
    struct Inner {
        floor: i64,
    }

    #[test]
    fn a_text_with_nul_is_refused_before_it_reaches_a_database() {
        for (body, refused) in [
            (r#"{"a":"x\u0000"}"#, true),
            (r#"{"a":"\\\u0000"}"#, true),
            (r#"{"a":"\\u0000"}"#, false), // a backslash and five characters
            (r#"{"a":"\u0001\n"}"#, false),
            ("{\"a\":\"", false),
        ] {
            let found = parse::<serde_json::Value>(body.as_bytes());
            assert_eq!(found.is_err_and(|r| r.code == "field_invalid"), refused, "{body}");
        }
        assert!(encodes_nul("q=a%00b") && !encodes_nul("q=%2500"));
    }

    #[test]
    fn only_a_command_without_input_comes_without_a_body() {
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code)] // only its shape matters
        struct AllLeftOut {
            url: Option<String>,
        }
        assert!(input::<Nothing>(b"").is_ok() && input::<Nothing>(b"{}").is_ok());
        assert!(input::<AllLeftOut>(b"{}").is_ok());
        for refused in [
            input::<AllLeftOut>(b"").map(drop),
            input::<Input>(b"").map(drop),
            input::<Nothing>(b"null").map(drop),
            input::<Nothing>(br#"{"role":"admin"}"#).map(drop),
            input::<Nothing>(b"[]").map(drop),
        ] {
            assert_eq!(refused.unwrap_err().code, "field_invalid");
        }
    }

    #[test]
    fn a_wrong_body_names_the_field() {
        for (body, status, pointer) in [
            (r#"{"site":[{"floor":"x"}]}"#, 422, "/site/0/floor"),
            (r#"{"site":[{}]}"#, 422, "/site/0/floor"),
            (r#"{"site":[],"role":"admin"}"#, 422, "/role"),
            (r#"{"site":[]"#, 400, ""),
            (" [[]]", 422, ""),
            (r#"{"site":[]} x"#, 400, ""),
        ] {
            let refusal = parse::<Input>(body.as_bytes()).unwrap_err();
            assert_eq!(refusal.status, status, "{body}");
            assert_eq!(refusal.fields.first().map_or("", |f| f.pointer.as_str()), pointer, "{body}");
        }
    }
}
