//! Against forged requests, and the headers every answer carries.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, header};
use kit::files::MAX_BYTES;
use kit::http::MAX_JSON_BYTES;
use kit::{App, Refusal};

use super::imports::{ImportError, MOST_BYTES};

/// Refuses a change that another site's page asks for: `Sec-Fetch-Site` where the browser sends it, else `Origin`.
///
/// Programs (no cookie, bearer token) send neither and pass; the cookie is `SameSite=Lax` besides.
pub async fn origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || own_page(request.headers(), &app.web.base_url) {
        next.run(request).await
    } else {
        Refusal::new(403, "origin_refused").into_response()
    }
}

fn own_page(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    match text("origin") {
        None => {
            !headers.contains_key(header::COOKIE)
                || headers.contains_key(header::AUTHORIZATION)
                || no_browser(headers)
        }
        Some(origin) => {
            let same_host = text("host").is_some_and(|host| {
                origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) == Some(host)
            });
            origin == base_url.trim_end_matches('/') || same_host
        }
    }
}

// A browser names its languages and tells where it comes from; a script with a cookie jar sends neither header.
fn no_browser(headers: &HeaderMap) -> bool {
    !headers.contains_key(header::REFERER)
}

/// The length of a body as its sender announces it.
pub(super) fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Refuses a body that is announced too large at once: not after waiting for it (G14).
pub async fn size(request: Request, next: Next) -> Response {
    let length = announced(request.headers()).unwrap_or(0);
    let path = request.uri().path();
    let refusal = if path.contains("/files/") {
        let mib = MAX_BYTES / 1024 / 1024;
        (length > MAX_BYTES).then(|| Refusal::new(413, "file_too_large").value("max_mib", mib))
    } else if path == "/api/imports" {
        (length > MOST_BYTES as u64).then(|| ImportError::too_large().into())
    } else {
        let kib = MAX_JSON_BYTES / 1024;
        (length > MAX_JSON_BYTES as u64).then(|| Refusal::new(413, "payload_too_large").value("max_kib", kib))
    };
    match refusal {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

/// Security headers, the server's time, and no caching of API answers.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(now) = HeaderValue::from_str(&app.clock.now().to_string()) {
        headers.insert("x-server-now", now);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(self), geolocation=(self), microphone=()"),
    );
    if app.web.secure_cookies {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    if api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    ));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_sites_page_is_refused() {
        let base = "https://service.example.cn";
        let case = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            own_page(&headers, base)
        };
        assert!(case(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(!case(&[("sec-fetch-site", "cross-site"), ("cookie", "a=b")]));
        assert!(!case(&[("sec-fetch-site", "same-site"), ("origin", base)]));
        assert!(case(&[("origin", base), ("cookie", "a=b")]));
        assert!(case(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080"), ("cookie", "a=b")]));
        assert!(!case(&[
            ("origin", "https://evil.example"),
            ("host", "service.example.cn"),
            ("cookie", "a=b")
        ]));
        assert!(!case(&[("origin", "null"), ("cookie", "a=b")]));
        assert!(!case(&[("referer", "https://evil.example/"), ("cookie", "a=b")]));
        assert!(case(&[("authorization", "Bearer x")]));
    }
}
