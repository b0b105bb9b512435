//! The web app from inside the binary: files with their precompressed twins, and the page of each entry for every other path.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true] // Rust is checked and tested without the web app being built first
struct Dist;

/// The customer's page as it was built, for its first data to be put in.
pub(super) fn customer_page() -> Option<String> {
    let page = Dist::get("track/index.html")?;
    Some(String::from_utf8_lossy(&page.data).into_owned())
}

pub(super) async fn page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.split('/').any(|part| part == "..") || path.ends_with(".br") {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(response) = file(path, &headers) {
        return response;
    }
    // A missing file is missing; any other path is a place within one of the three apps, `/assets/{asset_id}` among them.
    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let entry = match path.split('/').next().unwrap_or_default() {
        "field" => "field/index.html",
        // The address on paper is short, so that its code is coarse and scans well.
        "p" => "track/index.html",
        _ => "index.html",
    };
    file(entry, &headers).unwrap_or_else(|| {
        let text = "The web app is not built into this binary. Run `cargo xtask demo`, which builds it.\n";
        (StatusCode::NOT_FOUND, text).into_response()
    })
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = Dist::get(path)?;
    let wants_br = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|h| h.to_str().ok())
        .is_some_and(|h| h.split(',').any(|e| e.trim().split(';').next() == Some("br")));
    let small = if wants_br { Dist::get(&format!("{path}.br")) } else { None };
    let tag = format!(
        "\"{:.32}\"",
        plain.metadata.sha256_hash().iter().map(|b| format!("{b:02x}")).collect::<String>()
    );
    let mut response =
        if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes()) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let compressed = small.is_some();
            let mut response = small.map_or(plain.data, |s| s.data).into_response();
            if compressed {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
            response
        };
    let out = response.headers_mut();
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::ETAG, HeaderValue::from_str(&tag).ok()?);
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    // Names under assets/ carry a hash of their content; pages are asked for anew each time.
    let cache = if path.contains("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    Some(response)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
