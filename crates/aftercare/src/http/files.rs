//! Photos, signatures, documents: sent by digest, whole or in ranges.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use identity::{Permit, may};
use kit::files::{MAX_BYTES, Progress, media_type};
use kit::http::Path;
use kit::{App, Failure, Refusal};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
#[must_use]
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(send, fetch))
        .layer(DefaultBodyLimit::max(usize::try_from(MAX_BYTES).unwrap_or(usize::MAX)))
}

/// What has arrived of a file.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct FileProgress {
    /// SHA-256 in hexadecimal digits.
    sha256: String,
    /// Bytes so far.
    received: u64,
    /// Whether all of it is here.
    complete: bool,
}

/// Send a file, or the next range of it (`Content-Range: bytes 0-99/1000`); sending it again changes nothing.
#[utoipa::path(put, path = "/api/files/{sha256}", tag = "files", operation_id = "send_file",
    params(("sha256" = String, Path), ("Content-Range" = Option<String>, Header)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FileProgress), (status = 202, body = FileProgress), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("files.use"))))]
async fn send(
    State(app): State<App>,
    permit: Permit<may::UseFiles>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Failure> {
    let (offset, total) = match headers.get(header::CONTENT_RANGE) {
        None => (0, bytes.len() as u64),
        Some(range) => {
            content_range(range).ok_or_else(|| Refusal::new(416, "file_range_wrong").value("offset", 0))?
        }
    };
    if offset == 0 && media_type(&bytes).is_none() {
        return Err(Refusal::new(415, "content_type_wrong").into());
    }
    let files = app.files.clone();
    let (digest, taken) = (sha256.clone(), bytes);
    let progress = tokio::task::spawn_blocking(move || files.take(&digest, offset, total, &taken))
        .await
        .map_err(anyhow::Error::from)??;
    let (received, complete) = match progress {
        Progress::Partial(received) => (received, false),
        Progress::Whole(received) => (received, true),
    };
    if complete {
        let head = app.files.read(&sha256)?;
        let media = media_type(&head).unwrap_or("application/octet-stream");
        kit::files::record(&app, sha256.clone(), received, media, permit.actor().id).await?;
    }
    let status = if complete { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, axum::Json(FileProgress { sha256, received, complete })).into_response())
}

/// Fetch a file by its digest.
#[utoipa::path(get, path = "/api/files/{sha256}", tag = "files", operation_id = "fetch_file", params(("sha256" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("files.use"))))]
async fn fetch(
    State(app): State<App>,
    _permit: Permit<may::UseFiles>,
    Path(sha256): Path<String>,
) -> Result<Response, Failure> {
    let files = app.files.clone();
    let bytes =
        tokio::task::spawn_blocking(move || files.read(&sha256)).await.map_err(anyhow::Error::from)??;
    let media = media_type(&bytes).unwrap_or("application/octet-stream");
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    // The name is the content: it never changes, but only this person may keep it.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    Ok(response)
}

fn content_range(value: &HeaderValue) -> Option<(u64, u64)> {
    let (range, total) = value.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    Some((start.trim().parse().ok()?, total.trim().parse().ok()?))
}
