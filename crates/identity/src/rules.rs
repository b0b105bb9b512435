//! Pure decisions about identity.

use http::HeaderMap;

/// The cookie's name over TLS; the prefix binds it to this host and to HTTPS.
pub(crate) const SECURE_COOKIE: &str = "__Host-aftercare";
/// The cookie's name on plain loopback.
pub(crate) const PLAIN_COOKIE: &str = "aftercare_session";

/// The bearer token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The session cookie of a request.
pub(crate) fn session_cookie(headers: &HeaderMap) -> Option<String> {
    headers.get_all(http::header::COOKIE).iter().filter_map(|h| h.to_str().ok()).find_map(|line| {
        line.split(';').find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == SECURE_COOKIE || name == PLAIN_COOKIE).then(|| value.to_owned())
        })
    })
}
