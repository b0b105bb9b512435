//! Readers of the sealed events: each keeps a cursor and takes every event of its kinds once (decision 4).
//!
//! What a reader changes and how far it has come are saved in one transaction, so that a restart neither loses nor
//! repeats an event. The cursor's row lock is the lease: of several nodes, one reads at a time. An idle node writes nothing.

use std::collections::HashMap;

use futures::future::BoxFuture;

use crate::app::App;
use crate::command::{Actor, Cx};
use crate::db::{DbError, Dialect, Tx};
use crate::error::Failure;
use crate::events::{self, StoredEvent};
use crate::params;

/// Events taken in one transaction.
const AT_ONCE: i64 = 200;
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

/// How far each reader has looked since this node started; spares looking twice at events of other kinds.
pub type Looked = HashMap<&'static str, i64>;

/// Lets every reader take what is new. Returns how many events were taken.
///
/// # Errors
/// As the database says, or what a reader refuses; its cursor then stays.
pub async fn read_new(app: &App, readers: &[Reader], looked: &mut Looked) -> Result<usize, Failure> {
    let mut taken = 0;
    for reader in readers {
        loop {
            let count = step(app, *reader, looked).await?;
            taken += count;
            if count == 0 {
                break;
            }
        }
    }
    Ok(taken)
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
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                changes.mark_unchanged();
            },
            () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
    }
}

async fn step(app: &App, reader: Reader, looked: &mut Looked) -> Result<usize, Failure> {
    let from = {
        let mut tx = app.db.reader().await?;
        let cursor = cursor(&mut tx, reader.name).await?;
        let from = cursor.max(looked.get(reader.name).copied().unwrap_or(0));
        let newest = events::newest(&mut tx).await?;
        if newest <= from {
            return Ok(0);
        }
        let found = !events::of_kinds_after(&mut tx, reader.kinds, from, 1).await?.is_empty();
        looked.insert(reader.name, if found { from } else { newest });
        if !found && newest - cursor < LAG {
            return Ok(0);
        }
        if found { None } else { Some(newest) }
    };
    app.act(Actor::system(&format!("reader:{}", reader.name)), move |tx, cx| {
        Box::pin(async move {
            tx.put(
                "INSERT INTO event_reader (name, seq) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING",
                params![reader.name],
            )
            .await?;
            let lock = match tx.dialect() {
                Dialect::Sqlite => "",
                Dialect::Postgres => "FOR UPDATE SKIP LOCKED",
            };
            let sql = format!("SELECT seq FROM event_reader WHERE name = $1 {lock}");
            let Some(row) = tx.row(&sql, params![reader.name]).await? else { return Ok(0) };
            let cursor: i64 = row.get("seq")?;
            let batch = events::of_kinds_after(tx, reader.kinds, cursor, AT_ONCE).await?;
            if !batch.is_empty() {
                (reader.read)(tx, cx, &batch).await?;
            }
            let reached = batch.last().and_then(|e| e.seq).or(from).unwrap_or(cursor).max(cursor);
            tx.put("UPDATE event_reader SET seq = $1 WHERE name = $2", params![reached, reader.name]).await?;
            Ok(batch.len())
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

/// How far a reader has come; 0 before its first event.
///
/// # Errors
/// As the database says.
pub async fn cursor(tx: &mut Tx, name: &str) -> Result<i64, DbError> {
    match tx.row("SELECT seq FROM event_reader WHERE name = $1", params![name]).await? {
        Some(row) => row.get("seq"),
        None => Ok(0),
    }
}
