//! The live feed: sealed events as a stream, resumable by `Last-Event-ID`, filtered by what the reader may see.
//!
//! A node looks for news once for all its streams, in rounds, and asks once for all readers of the same reach: five hundred
//! streams cost what their different reaches cost.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Extension;
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
use tokio::sync::{OnceCell, mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

use super::metrics::LiveStream;

/// Events in one read; the stream reads on until it has caught up.
const BATCH: i64 = 200;
/// How long commits are gathered before the streams look.
const GATHER: Duration = Duration::from_millis(50);
/// How often the account behind a stream is looked at again, so that a removed right ends it.
const RECHECK: Duration = Duration::from_secs(4);
/// How long the reader of a stream may take for one [`BATCH`].
const PATIENCE: Duration = Duration::from_secs(4);

/// The route.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().routes(routes!(live))
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
#[utoipa::path(get, path = "/api/live", tag = "events", operation_id = "follow_live",
    params(From, ("Last-Event-ID" = Option<String>, Header, description = "The number of the last message that came; what is no number counts as none.")),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("events.live"))))]
async fn live(
    State(app): State<App>,
    permit: Permit<may::FollowLive>,
    Query(from): Query<From>,
    Extension(rounds): Extension<Rounds>,
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
    tokio::spawn(feed(app, rounds, permit, parts, start, sender));
    Ok(SseResponse::new(ReceiverStream::new(receiver))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)).text("")))
}

/// The looks for news of a node, shared by its streams.
#[derive(Clone)]
pub struct Rounds(Arc<Looks>);

struct Looks {
    /// The newest sealed event of the last look.
    newest: watch::Sender<i64>,
    /// Somebody looks.
    looking: AtomicBool,
    /// What was read in this round, by whom it is for and from where to where.
    read: Mutex<HashMap<Asked, Arc<Answered>>>,
}

/// Reach and audiences, the last event known, the newest of the round.
type Asked = (String, i64, i64);
/// What stands there, read by whoever asked first.
type Answered = OnceCell<Arc<[StoredEvent]>>;

impl Rounds {
    /// For one node.
    #[must_use]
    pub fn new() -> Self {
        let looks =
            Looks { newest: watch::Sender::new(0), looking: AtomicBool::new(false), read: Mutex::default() };
        Self(Arc::new(looks))
    }

    /// The rounds from now on; looking begins with the first stream and ends after the last.
    fn follow(&self, app: &App) -> watch::Receiver<i64> {
        let rounds = self.0.newest.subscribe();
        if !self.0.looking.swap(true, Ordering::SeqCst) {
            tokio::spawn(look(app.clone(), self.0.clone()));
        }
        rounds
    }

    /// What a reader sees of the events behind `seq` up to `upto`; asked once for all who ask the same.
    async fn read(
        &self,
        app: &App,
        principal: &Principal,
        seq: i64,
        upto: i64,
    ) -> Result<Arc<[StoredEvent]>, kit::DbError> {
        let audiences = audiences(&principal.roles);
        let audit = audiences == [Audience::Audit];
        let of = if audit {
            format!("{:?}", principal.unit_id)
        } else {
            format!("{:?} {audiences:?}", principal.reach())
        };
        let cell = {
            let mut read = self.0.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.retain(|(.., round), _| *round >= upto);
            read.entry((of, seq, upto)).or_default().clone()
        };
        let found = cell
            .get_or_try_init(|| async {
                let mut tx = app.db.reader().await?;
                let found = if audit {
                    identity::audit::after(&mut tx, principal.unit_id.as_deref(), seq, BATCH).await?
                } else {
                    events::after(&mut tx, &principal.reach(), &cases::EVENTS, audiences, seq, BATCH).await?
                };
                Ok::<_, kit::DbError>(Arc::from(found))
            })
            .await?;
        Ok(found.clone())
    }
}

impl Default for Rounds {
    fn default() -> Self {
        Self::new()
    }
}

async fn look(app: App, looks: Arc<Looks>) {
    let mut changes = app.db.changes();
    loop {
        match newest(&app).await {
            Ok(newest) => {
                looks.newest.send_if_modified(|known| {
                    let more = newest > *known;
                    *known = newest.max(*known);
                    more
                });
            }
            Err(error) => tracing::debug!(%error, "the live feed waits for the database"),
        }
        if looks.newest.receiver_count() == 0 {
            looks.looking.store(false, Ordering::SeqCst);
            // A stream that came meanwhile found somebody looking.
            if looks.newest.receiver_count() == 0 || looks.looking.swap(true, Ordering::SeqCst) {
                return;
            }
        }
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() { return; }
                // Many commits in a row are one reason to look.
                tokio::time::sleep(GATHER).await;
                changes.mark_unchanged();
            },
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
        }
    }
}

async fn newest(app: &App) -> Result<i64, kit::DbError> {
    events::newest(&mut app.db.reader().await?).await
}

async fn feed(
    app: App,
    rounds: Rounds,
    permit: Permit<may::FollowLive>,
    parts: http::request::Parts,
    start: i64,
    sender: mpsc::Sender<Result<Sse, Infallible>>,
) {
    let _counted = LiveStream::begin();
    let mut seq = start;
    let mut news = rounds.follow(&app);
    let mut principal = permit.principal().clone();
    // Tells the reader at once that the stream stands.
    if sender.send(Ok(Sse::default().event("ready").id(seq.to_string()).data("{}"))).await.is_err() {
        return;
    }
    let mut looked = tokio::time::Instant::now();
    loop {
        if looked.elapsed() >= RECHECK {
            match identity::signed_in(&parts, &app).await {
                // As at its beginning ([`Permit`]): whoever is signed in may have lost the right, or owe a second factor by now.
                Ok(still) if still.may::<may::FollowLive>() && !still.must_enrol(app.clock.now()) => {
                    principal = still;
                }
                _ => return,
            }
            looked = tokio::time::Instant::now();
        }
        let upto = *news.borrow_and_update();
        if upto > seq {
            match rounds.read(&app, &principal, seq, upto).await {
                Ok(found) => {
                    // What was sealed since is told in the next round, to all alike.
                    let told = found.partition_point(|event| event.seq.is_some_and(|seq| seq <= upto));
                    match tokio::time::timeout(PATIENCE, tell(&sender, &found[..told])).await {
                        Ok(true) => seq = found[..told].last().and_then(|event| event.seq).unwrap_or(seq),
                        _ => return,
                    }
                    let last = found.last().and_then(|event| event.seq);
                    if found.len() as i64 == BATCH && last.is_some_and(|last| last < upto) {
                        continue;
                    }
                    // What lies before `upto` and was not found is not for this reader: it is not looked at again.
                    seq = upto;
                }
                Err(error) => tracing::debug!(%error, "the live feed waits for the database"),
            }
        }
        tokio::select! {
            changed = news.changed() => if changed.is_err() { return; },
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
            () = sender.closed() => return,
        }
    }
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
