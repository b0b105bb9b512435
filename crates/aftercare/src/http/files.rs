//! Photos, signatures, documents: sent by digest, whole or in ranges; read by those who see what refers to them.
//!
//! Knowing a digest is not having the file: whoever sends one that is here already shows all its bytes all the same, before it counts
//! as theirs ([`identity::files`]).

use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Response};
use futures::StreamExt as _;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use identity::{Permit, may};
use kit::files::{MAX_BYTES, Progress, media_type};
use kit::http::{Path, Routes};
use kit::routes;
use kit::{App, Failure, Refusal};
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// KiB of files on their way that the memory holds at once; what is beyond waits before it is read (G14).
const ON_THE_WAY_KIB: u32 = 48 * 1024;
/// The same of customers' photos, apart: whoever has no account and sends slowly holds up nobody who works.
const GUESTS_KIB: u32 = 16 * 1024;

/// How often bytes are taken whose file is removed while it is recorded.
const TRIES: u32 = 3;

static ON_THE_WAY: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(ON_THE_WAY_KIB as usize)));
static GUESTS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(GUESTS_KIB as usize)));

/// The bytes of a request, and the room in memory that they take up until it is answered.
struct Sent(Bytes, OwnedSemaphorePermit);

impl Sent {
    // Of `most` bytes at most, once there is room; `fits` says why more are too many.
    async fn read(
        request: Request,
        room: &Arc<Semaphore>,
        most: u64,
        fits: fn(u64) -> Result<(), Refusal>,
    ) -> Result<Self, Refusal> {
        let length = super::guard::announced(request.headers());
        // Who doesn't say how much comes may send as much as there can be.
        let expected = length.unwrap_or(most).min(most);
        let kib = u32::try_from(expected.div_ceil(1024).max(1)).unwrap_or(GUESTS_KIB);
        let room = room.clone().acquire_many_owned(kib).await;
        let room = room.map_err(|_| Refusal::new(503, "overloaded"))?;
        // Into one piece as it comes: put together at the end it would stand in memory twice.
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
        let mut frames = request.into_body().into_data_stream();
        while let Some(frame) = frames.next().await {
            // Whoever broke off reads no answer.
            let frame = frame.map_err(|_| Refusal::new(400, "file_range_invalid"))?;
            fits((bytes.len() + frame.len()) as u64)?;
            bytes.extend_from_slice(&frame);
        }
        Ok(Self(bytes.into(), room))
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        Self::read(request, &ON_THE_WAY, MAX_BYTES, file_fits).await
    }
}

fn file_fits(total: u64) -> Result<(), Refusal> {
    if total > MAX_BYTES {
        return Err(Refusal::new(413, "file_too_large").value("max_mib", MAX_BYTES / 1024 / 1024));
    }
    Ok(())
}

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().routes(routes!(send, fetch)).routes(routes!(send_at_label)).routes(routes!(send_by_link))
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
    Sent(bytes, _room): Sent,
) -> Result<Response, Failure> {
    let range = range_of(&headers, &bytes)?;
    take(&app, sha256, range, bytes, permit.actor().id).await
}

/// Send a photo, or the next range of it, before a report at a label: at most 300 KB, pictures only.
#[utoipa::path(put, path = "/api/report/{code}/files/{sha256}", tag = "portal", operation_id = "send_file_at_label",
    params(("code" = String, Path), ("sha256" = String, Path), ("Content-Range" = Option<String>, Header)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FileProgress), (status = 202, body = FileProgress), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
async fn send_at_label(
    State(app): State<App>,
    visitor: portal::Visitor,
    Path((code, sha256)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let by = portal::label_sender(&app, &visitor, &code).await?;
    take_photo(&app, sha256, request, by).await
}

/// Send a photo, or the next range of it, for the case that a link opens: at most 300 KB, pictures only.
#[utoipa::path(put, path = "/api/track/files/{sha256}", tag = "portal", operation_id = "send_file_by_link",
    params(("sha256" = String, Path), ("X-Link" = String, Header), ("Content-Range" = Option<String>, Header)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FileProgress), (status = 202, body = FileProgress), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
async fn send_by_link(
    State(app): State<App>,
    visitor: portal::Visitor,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let by = portal::link_sender(&app, &visitor).await?;
    take_photo(&app, sha256, request, by).await
}

// Reads the photo only now: who may send it is known, and that it announces no more than it may have.
async fn take_photo(app: &App, sha256: String, request: Request, by: String) -> Result<Response, Failure> {
    portal::rules::photo_fits(super::guard::announced(request.headers()).unwrap_or(0))?;
    let headers = request.headers().clone();
    let fits = portal::rules::photo_fits;
    let Sent(bytes, _room) = Sent::read(request, &GUESTS, portal::rules::PHOTO_BYTES, fits).await?;
    let range = range_of(&headers, &bytes)?;
    portal::rules::photo_fits(range.1)?;
    if range.0 == 0 && !media_type(&bytes).is_some_and(|t| t.starts_with("image/")) {
        return Err(Refusal::new(415, "file_type_wrong").into());
    }
    take(app, sha256, range, bytes, by).await
}

fn range_of(headers: &HeaderMap, bytes: &Bytes) -> Result<(u64, u64), Refusal> {
    match headers.get(header::CONTENT_RANGE) {
        None => Ok((0, bytes.len() as u64)),
        Some(range) => {
            // What says nothing, or something else than what came along, is no range (RFC 9110 14.5).
            content_range(range, bytes.len() as u64).ok_or_else(|| Refusal::new(400, "file_range_invalid"))
        }
    }
}

async fn take(
    app: &App,
    sha256: String,
    (offset, total): (u64, u64),
    bytes: Bytes,
    by: String,
) -> Result<Response, Failure> {
    if offset == 0 && media_type(&bytes).is_none() {
        return Err(Refusal::new(415, "file_type_wrong").into());
    }
    let end = offset.saturating_add(bytes.len() as u64);
    let mut tries = 0;
    let (received, complete) = loop {
        tries += 1;
        let (progress, first) = on_disk(app, &sha256, (offset, total), &bytes).await?;
        let (Progress::Whole(bytes), Some(first)) = (progress, first) else {
            let (Progress::Whole(received) | Progress::Partial(received)) = progress;
            note(app, &sha256, by, (offset, end)).await?;
            break (received, false);
        };
        let media = media_type(&first).unwrap_or("application/octet-stream");
        match recorded(app, &sha256, bytes, media, &by, (offset, end)).await? {
            Some(shown) => break (shown, shown >= bytes),
            None if tries < TRIES => {}
            None => return Err(Failure::Unavailable("the file is being removed".to_owned())),
        }
    };
    let status = if complete { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, axum::Json(FileProgress { sha256, received, complete })).into_response())
}

// Takes the bytes to the disk. How the file begins, once all of it is there.
async fn on_disk(
    app: &App,
    sha256: &str,
    (offset, total): (u64, u64),
    bytes: &Bytes,
) -> Result<(Progress, Option<Vec<u8>>), Failure> {
    let (files, digest, taken) = (app.files.clone(), sha256.to_owned(), bytes.clone());
    tokio::task::spawn_blocking(move || {
        let progress = files.take(&digest, offset, total, &taken)?;
        let Progress::Whole(bytes) = progress else { return Ok((progress, None)) };
        let same = total == bytes && files.holds(&digest, offset, &taken)?;
        if same {
            Ok((progress, Some(files.beginning(&digest)?)))
        } else {
            Err(Refusal::new(422, "file_digest_wrong").into())
        }
    })
    .await
    .map_err(anyhow::Error::from)?
}

// The file is here: records it, and what this sender has shown of it. Returns the bytes shown from the start; none if the file was
// removed since it was seen on the disk: nobody had recorded it.
async fn recorded(
    app: &App,
    sha256: &str,
    bytes: u64,
    media: &'static str,
    by: &str,
    (from, to): (u64, u64),
) -> Result<Option<u64>, Failure> {
    let (sha256, by, now) = (sha256.to_owned(), by.to_owned(), app.clock.now());
    let files = app.files.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                kit::files::hold(tx, &sha256).await?;
                if files.progress(&sha256)? != Progress::Whole(bytes) {
                    return Ok(None);
                }
                let first = !identity::files::recorded(tx, &sha256).await?;
                kit::files::record_in(tx, &sha256, bytes, media, &by, now).await?;
                if first {
                    // What others sent of it before may not be what it became.
                    identity::files::only_sender(tx, &sha256, &by).await?;
                }
                Ok::<_, Failure>(Some(identity::files::note_sent(tx, &sha256, &by, from, to).await?))
            })
        })
        .await
}

// A range has arrived.
async fn note(app: &App, sha256: &str, by: String, (from, to): (u64, u64)) -> Result<(), Failure> {
    let sha256 = sha256.to_owned();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                identity::files::note_sent(tx, &sha256, &by, from, to).await?;
                Ok(())
            })
        })
        .await
}

/// Fetch a file by its digest, if something that the reader sees refers to it, or the reader has just sent it.
#[utoipa::path(get, path = "/api/files/{sha256}", tag = "files", operation_id = "fetch_file",
    params(("sha256" = String, Path), ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the copy that one has.")),
    responses((status = 200, content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"), (Vec<u8> = "application/pdf"), (Vec<u8> = "application/octet-stream"))),
        (status = 304, description = "The copy is the same."), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("files.use"))))]
async fn fetch(
    State(app): State<App>,
    permit: Permit<may::UseFiles>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let mut tx = app.db.reader().await?;
    if !identity::files::may_read(&mut tx, &permit.actor(), &crate::app::file_uses(), &sha256).await? {
        return Err(Refusal::new(404, "file_unknown").into());
    }
    drop(tx);
    let tag = format!("\"{sha256}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, kept(&tag)?).into_response());
    }
    let files = app.files.clone();
    let bytes =
        tokio::task::spawn_blocking(move || files.read(&sha256)).await.map_err(anyhow::Error::from)??;
    let media = media_type(&bytes).unwrap_or("application/octet-stream");
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.extend(kept(&tag)?);
    Ok(response)
}

// The name is the content, so a browser may keep it; but whether its holder still sees it is asked each time.
fn kept(tag: &str) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::ETAG, HeaderValue::from_str(tag).map_err(anyhow::Error::from)?);
    Ok(headers)
}

// The first byte and the size of the whole file, if the range is as long as what came.
fn content_range(value: &HeaderValue, came: u64) -> Option<(u64, u64)> {
    let (range, total) = value.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
    let (start, end) = range.split_once('-')?;
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let (start, end, total) = (number(start)?, number(end)?, number(total)?);
    (end.checked_sub(start)? == came.checked_sub(1)? && end < total).then_some((start, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_says_where_what_came_belongs() {
        let read = |text: &str, came| content_range(&HeaderValue::from_str(text).unwrap(), came);
        assert_eq!(read("bytes 0-99/1000", 100), Some((0, 1000)));
        assert_eq!(read("bytes 900-999/1000", 100), Some((900, 1000)));
        for (text, came) in [
            ("", 0),
            ("bytes */1000", 100),
            ("bytes 0-99", 100),
            ("bytes 0-99/*", 100),
            ("bytes 0-98/1000", 100),
            ("bytes 99-0/1000", 100),
            ("bytes 950-1049/1000", 100),
            ("bytes 0-0/1", 0),
            ("bytes 0-18446744073709551615/18446744073709551615", 100),
        ] {
            assert_eq!(read(text, came), None, "{text}");
        }
    }
}
