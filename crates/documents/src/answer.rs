//! A paper as an answer.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use kit::Lang;
use kit::http::lang_of;
use serde::{Deserialize, Serialize};

/// With which template a paper is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[schema(as = PaperTemplateChoice)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// The company's own, where it has one.
    #[default]
    InForce,
    /// The built-in one, also where the company has its own: for the day on which that is broken.
    BuiltIn,
}

/// How a paper is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PaperQuery {
    /// Its language; without it, that of `Accept-Language`.
    #[serde(default)]
    #[param(inline)]
    pub lang: Option<Lang>,
    /// With which template.
    #[serde(default)]
    #[param(inline)]
    pub template: Template,
}

impl PaperQuery {
    /// The language wanted.
    #[must_use]
    pub fn language(self, headers: &http::HeaderMap) -> Lang {
        self.lang.unwrap_or_else(|| lang_of(headers))
    }
}

/// A PDF to be shown in the browser and saved by its name.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The file's name without `.pdf`: letters, digits and `-` of a number.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl IntoResponse for Pdf {
    fn into_response(self) -> Response {
        let name: String = self.name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let mut response = self.bytes.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
        // The browser's viewer is an object within the page that it makes around a PDF.
        let policy =
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        if let Ok(value) = HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\"")) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        response
    }
}
