//! Readers of the sealed events: each keeps a cursor and takes every event of its kinds once (decision 4).
//!
//! What a reader changes and how far it has come are saved in one transaction, so that a restart neither loses nor
//! repeats an event. The cursor's row lock is the lease: of several nodes, one reads at a time. An idle node writes nothing.

use std::collections::{HashMap, HashSet};

use futures::future::BoxFuture;

use crate::app::App;
use crate::command::{Actor, Cx};
use crate::db::{DbError, Dialect, Tx};
use crate::error::Failure;
use crate::events::{self, StoredEvent};
use crate::params;

/// Events taken in one transaction.
const AT_ONCE: i64 = 200;
/// How long readers wait for more once something was committed: what they make of many events costs little more than what they make
/// of one, and nobody who waits for it (a search, a mail) notices.
const REST: std::time::Duration = std::time::Duration::from_millis(200);
/// How far a cursor may lag behind events that don't concern its reader before it is saved.
const LAG: i64 = 5_000;

/// What a reader makes of events, in the transaction that moves its cursor.
pub type Read = for<'t> fn(&'t mut Tx, &'t Cx, &'t [StoredEvent]) -> BoxFuture<'t, Result<(), Failure>>;

/// Somebody who reads events of some kinds, in order.
#[derive(Clone, Copy)]
pub struct Reader {
    /// The cursor's name; it stays for ever.
    pub name: &'static str,
    /// Which kinds it takes.
    pub kinds: &'static [&'static str],
    /// What it makes of them.
    pub read: Read,
}

/// How far this node has looked since it started: spares looking twice at events that concern no reader.
#[derive(Debug, Default)]
pub struct Looked {
    /// Everything up to here was taken or concerns nobody; `None` before the first look.
    at: Option<i64>,
    /// How far each cursor was saved.
    saved: HashMap<&'static str, i64>,
}

impl Looked {
    /// Nothing was looked at.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// Lets every reader take what is new. Returns how many events were taken. One statement if there is nothing for anybody.
///
/// # Errors
/// As the database says, or what a reader refuses; its cursor then stays.
pub async fn read_new(app: &App, readers: &[Reader], looked: &mut Looked) -> Result<usize, Failure> {
    let Some((newest, kinds)) = look(app, readers, looked).await? else { return Ok(0) };
    let (mut taken, mut all) = (0, true);
    for reader in readers {
        let saved = looked.saved.get(reader.name).copied().unwrap_or(0);
        if !reader.kinds.iter().any(|kind| kinds.contains(*kind)) && newest - saved < LAG {
            continue;
        }
        loop {
            let begun = looked.saved.contains_key(reader.name);
            match step(app, *reader, newest, begun).await? {
                Step::Taken(count) => taken += count,
                Step::Done(count) => {
                    taken += count;
                    looked.saved.insert(reader.name, newest);
                    break;
                }
                // Another node reads; should it die over it, the next look finds the same events.
                Step::Busy => {
                    all = false;
                    break;
                }
            }
        }
    }
    if all {
        looked.at = Some(newest);
    }
    Ok(taken)
}

// The newest sealed event and the kinds of those that nobody here has looked at; `None` if there are none.
async fn look(
    app: &App,
    readers: &[Reader],
    looked: &mut Looked,
) -> Result<Option<(i64, HashSet<String>)>, Failure> {
    let mut tx = app.db.reader().await?;
    let at = match looked.at {
        Some(at) => at,
        None => {
            for row in tx.rows("SELECT name, seq FROM event_reader", &[]).await? {
                let name: String = row.get("name")?;
                if let Some(reader) = readers.iter().find(|reader| reader.name == name) {
                    looked.saved.insert(reader.name, row.get("seq")?);
                }
            }
            readers.iter().map(|r| looked.saved.get(r.name).copied().unwrap_or(0)).min().unwrap_or(0)
        }
    };
    let newest = events::newest(&mut tx).await?;
    if newest <= at {
        looked.at = Some(at);
        return Ok(None);
    }
    // Both ends are named: a plan for any span that is open at the end would read all events.
    let sql = "SELECT DISTINCT kind FROM event WHERE seq > $1 AND seq <= $2";
    let rows = tx.rows(sql, params![at, newest]).await?;
    let kinds = rows.iter().map(|row| row.get("kind")).collect::<Result<_, _>>()?;
    Ok(Some((newest, kinds)))
}

/// Lets readers take what is new until the node stops: woken by commits, and every second.
pub async fn run(app: App, readers: Vec<Reader>) {
    let mut changes = app.db.changes();
    let mut looked = Looked::new();
    loop {
        if let Err(failure) = read_new(&app, &readers, &mut looked).await {
            tracing::warn!(%failure, "readers of events wait");
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() { return; }
                // Many commits in a row are one reason to look.
                tokio::time::sleep(REST).await;
                changes.mark_unchanged();
            },
            () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
    }
}

/// What one transaction of a reader came to.
enum Step {
    /// So many events; there may be more.
    Taken(usize),
    /// So many events, and no more up to the newest.
    Done(usize),
    /// Another node holds the cursor.
    Busy,
}

// `begun`: the reader is known to have a cursor.
async fn step(app: &App, reader: Reader, newest: i64, begun: bool) -> Result<Step, Failure> {
    app.act(Actor::system(&format!("reader:{}", reader.name)), move |tx, cx| {
        Box::pin(async move {
            if !begun {
                tx.put(
                    "INSERT INTO event_reader (name, seq) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING",
                    params![reader.name],
                )
                .await?;
            }
            let lock = match tx.dialect() {
                Dialect::Sqlite => "",
                Dialect::Postgres => "FOR UPDATE SKIP LOCKED",
            };
            let sql = format!("SELECT seq FROM event_reader WHERE name = $1 {lock}");
            let Some(row) = tx.row(&sql, params![reader.name]).await? else { return Ok(Step::Busy) };
            let cursor: i64 = row.get("seq")?;
            let batch = events::of_kinds_after(tx, reader.kinds, cursor, AT_ONCE).await?;
            if !batch.is_empty() {
                (reader.read)(tx, cx, &batch).await?;
            }
            let full = i64::try_from(batch.len()).unwrap_or(AT_ONCE) >= AT_ONCE;
            let last = batch.last().and_then(|e| e.seq).unwrap_or(cursor);
            let reached = if full { last } else { last.max(newest) };
            tx.put(
                "UPDATE event_reader SET seq = $1 WHERE name = $2",
                params![reached.max(cursor), reader.name],
            )
            .await?;
            Ok(if full { Step::Taken(batch.len()) } else { Step::Done(batch.len()) })
        })
    })
    .await
}

/// Lets a reader begin behind everything that is sealed: what came before is not for it.
///
/// # Errors
/// As the database says.
pub async fn stand_at_end(tx: &mut Tx, name: &str) -> Result<(), DbError> {
    let newest = events::newest(tx).await?;
    tx.execute(
        "INSERT INTO event_reader (name, seq) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq",
        params![name, newest],
    )
    .await?;
    Ok(())
}
