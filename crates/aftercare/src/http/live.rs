//! The live feed: sealed events as a stream, resumable by `Last-Event-ID`, filtered by what the reader may see.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::response::sse::{Event as Sse, KeepAlive, Sse as SseResponse};
use futures::Stream;
use http::HeaderMap;
use identity::{Permit, Principal, Role, may};
use kit::events::{self, StoredEvent};
use kit::http::{Query, Routes};
use kit::routes;
use kit::{App, Audience, Failure};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use super::metrics::LiveStream;

/// Events in one read; the stream reads on until it has caught up.
const BATCH: i64 = 200;
/// How long commits are gathered before the streams look.
const GATHER: Duration = Duration::from_millis(50);
/// How much longer per stream that is open, and at most. Each stream looks at a place of its own in that time: thousands that look
/// at the same moment, after each commit, would hold up everybody's reads.
const SPREAD_PER_STREAM: Duration = Duration::from_millis(2);
const SPREAD: Duration = Duration::from_secs(4);
/// How often the account behind a stream is looked at again, so that a removed right ends it.
const RECHECK: Duration = Duration::from_secs(4);

/// How long a stream rests when nothing wakes it.
const IDLE: Duration = Duration::from_secs(2);
/// How long the reader of a stream may take for one [`BATCH`].
const PATIENCE: Duration = Duration::from_secs(4);

/// The route.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().routes(routes!(live))
}

/// How far the chain stands, asked for once after a change for all streams of a node: when, after which change, how far.
#[derive(Clone, Default)]
pub struct Newest(Arc<Mutex<Option<(Instant, u64, i64)>>>);

impl Newest {
    /// `change` is the newest that the asker has heard of. What is told of nowhere (a notice of another node was lost) is found
    /// by asking again after a while.
    async fn ask(&self, app: &App, change: u64) -> Result<i64, kit::DbError> {
        // Whoever comes meanwhile waits for the same answer.
        let mut known = self.0.lock().await;
        match *known {
            Some((at, after, newest)) if after >= change && at.elapsed() < IDLE / 2 => Ok(newest),
            _ => {
                let newest = events::newest(&mut app.db.reader().await?).await?;
                *known = Some((Instant::now(), change, newest));
                Ok(newest)
            }
        }
    }
}

/// Where the stream starts.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct From {
    /// Events after this number; from now on unless given. `Last-Event-ID` wins.
    after: Option<i64>,
}

/// What a reader learns of an event: enough to know what to read again.
#[derive(Serialize, utoipa::ToSchema)]
struct LiveEvent<'e> {
    seq: Option<i64>,
    kind: &'e str,
    subject_type: &'e str,
    subject_id: &'e str,
    thread_id: Option<&'e str>,
    at: kit::Ts,
}

/// Follow what happens, live (`text/event-stream`).
#[utoipa::path(get, path = "/api/live", tag = "events", operation_id = "follow_live", params(From),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("events.live"))))]
async fn live(
    State(app): State<App>,
    permit: Permit<may::FollowLive>,
    Query(from): Query<From>,
    axum::Extension(newest): axum::Extension<Newest>,
    headers: HeaderMap,
    parts: http::request::Parts,
) -> Result<SseResponse<impl Stream<Item = Result<Sse, Infallible>>>, Failure> {
    let resumed = headers.get("last-event-id").and_then(|h| h.to_str().ok()).and_then(|h| h.parse().ok());
    let start = match resumed.or(from.after) {
        Some(seq) => seq,
        None => events::newest(&mut app.db.reader().await?).await?,
    };
    // Who doesn't keep up is dropped, and resumes by number.
    let (sender, receiver) = mpsc::channel(256);
    tokio::spawn(feed(app, permit, parts, newest, start, sender));
    Ok(SseResponse::new(ReceiverStream::new(receiver))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)).text("")))
}

async fn feed(
    app: App,
    permit: Permit<may::FollowLive>,
    parts: http::request::Parts,
    chain: Newest,
    start: i64,
    sender: mpsc::Sender<Result<Sse, Infallible>>,
) {
    let _counted = LiveStream::begin();
    let place = {
        let mut drawn = [0];
        app.ids.fill(&mut drawn);
        u32::from(drawn[0])
    };
    let mut seq = start;
    let mut changes = app.db.changes();
    let mut principal = permit.principal().clone();
    // Tells the reader at once that the stream stands.
    if sender.send(Ok(Sse::default().event("ready").id(seq.to_string()).data("{}"))).await.is_err() {
        return;
    }
    let mut looked = tokio::time::Instant::now();
    loop {
        if looked.elapsed() >= RECHECK {
            match identity::signed_in(&parts, &app).await {
                Ok(still) => principal = still,
                Err(_) => return,
            }
            looked = tokio::time::Instant::now();
        }
        let audiences = audiences(&principal.roles);
        let change = *changes.borrow_and_update();
        match caught_up(&app, (&chain, change), &principal, audiences, seq).await {
            Ok((found, newest)) => {
                let telling = tell(&sender, &found);
                match tokio::time::timeout(PATIENCE, telling).await {
                    Ok(true) => seq = found.last().and_then(|event| event.seq).unwrap_or(seq),
                    _ => return,
                }
                if found.len() as i64 == BATCH {
                    continue;
                }
                // What lies before `newest` and was not found is not for this reader: it is not looked at again.
                seq = seq.max(newest);
            }
            Err(error) => tracing::debug!(%error, "the live feed waits for the database"),
        }
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() { return; }
                // Many commits in a row are one reason to look.
                tokio::time::sleep(GATHER + own_place(LiveStream::open(), place)).await;
                changes.mark_unchanged();
            },
            () = tokio::time::sleep(IDLE + own_place(LiveStream::open(), place)) => {}
            () = sender.closed() => return,
        }
    }
}

// Where a stream looks among so many: `place` of 256.
fn own_place(streams: usize, place: u32) -> Duration {
    let streams = u32::try_from(streams).unwrap_or(u32::MAX);
    SPREAD_PER_STREAM.saturating_mul(streams.saturating_sub(1)).min(SPREAD) * place / 256
}

// Waits for who reads slowly, as whoever comes late and has much to read; `false` once nobody reads any more.
async fn tell(sender: &mpsc::Sender<Result<Sse, Infallible>>, found: &[StoredEvent]) -> bool {
    for event in found {
        let Ok(message) = message(event) else { continue };
        if sender.send(Ok(message)).await.is_err() {
            return false;
        }
    }
    true
}

// What is new for a reader, and how far the chain stood before it was asked.
async fn caught_up(
    app: &App,
    (chain, change): (&Newest, u64),
    principal: &Principal,
    audiences: &[Audience],
    seq: i64,
) -> Result<(Vec<StoredEvent>, i64), kit::DbError> {
    let newest = chain.ask(app, change).await?;
    if newest <= seq {
        return Ok((Vec::new(), newest));
    }
    let tx = &mut app.db.reader().await?;
    let found = if audiences == [Audience::Audit] {
        identity::audit::after(tx, principal.unit_id.as_deref(), seq, BATCH).await?
    } else {
        events::after(tx, &principal.reach(), &cases::EVENTS, audiences, seq, BATCH).await?
    };
    Ok((found, newest))
}

fn message(event: &StoredEvent) -> Result<Sse, axum::Error> {
    let told = LiveEvent {
        seq: event.seq,
        kind: &event.kind,
        subject_type: &event.subject_type,
        subject_id: &event.subject_id,
        thread_id: event.thread_id.as_deref(),
        at: event.at,
    };
    Sse::default().id(event.seq.unwrap_or_default().to_string()).event("changed").json_data(told)
}

fn audiences(roles: &[Role]) -> &'static [Audience] {
    if roles.contains(&Role::AuditAdmin) {
        &[Audience::Audit]
    } else if roles.iter().all(|r| *r == Role::CustomerContact) {
        &[Audience::Customer]
    } else {
        &[Audience::Staff, Audience::Customer]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_look_at_their_own_moment_and_never_late() {
        // One alone waits for nothing; a desk of fifty hardly.
        assert_eq!(own_place(1, 255), Duration::ZERO);
        assert!(own_place(51, 255) < Duration::from_millis(100));
        // Two thousand are spread over four seconds, more are not.
        assert_eq!(own_place(2_001, 128), Duration::from_secs(2));
        assert_eq!(own_place(usize::MAX, 128), Duration::from_secs(2));
    }
}
