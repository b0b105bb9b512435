//! Many events at once: an import brings thousands.

use super::{Event, StoredEvent, chain_end};
use crate::command::Cx;
use crate::db::{DbError, Dialect, Tx, Value};
use uuid::Uuid;

const COLUMNS: [&str; 16] = [
    "seq",
    "command_id",
    "step",
    "at",
    "device_at",
    "actor_kind",
    "actor_id",
    "unit_id",
    "customer_id",
    "subject_type",
    "subject_id",
    "thread_id",
    "audience",
    "kind",
    "body",
    "hash",
];

/// Appends events in few statements, each as the first step of a command id of its own: ids that follow from what is
/// imported keep a second import from doubling anything.
///
/// # Errors
/// As the database says; [`DbError::Unique`] if one of the ids was used before.
pub async fn append_many(tx: &mut Tx, cx: &Cx, events: Vec<(Uuid, Event)>) -> Result<(), DbError> {
    if events.is_empty() {
        return Ok(());
    }
    let mut chain = match (tx.dialect(), tx.chain.take()) {
        (Dialect::Postgres, _) => None,
        (Dialect::Sqlite, Some(chain)) => Some(chain),
        (Dialect::Sqlite, None) => Some(chain_end(tx).await?),
    };
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(events.len());
    for (command_id, event) in events {
        let mut new = StoredEvent {
            pos: 0,
            seq: None,
            command_id: command_id.to_string(),
            step: 0,
            at: event.at.unwrap_or(cx.now),
            device_at: None,
            actor_kind: cx.actor.kind.name().to_owned(),
            actor_id: cx.actor.id.clone(),
            unit_id: event.unit_id,
            customer_id: event.customer_id,
            subject_type: event.subject_type.to_owned(),
            subject_id: event.subject_id,
            thread_id: event.thread_id,
            audience: event.audience.name().to_owned(),
            kind: event.kind.to_owned(),
            body: serde_json::Value::Null,
            hash: None,
            raw_body: event.body,
        };
        if let Some((seq, previous)) = &mut chain {
            *seq += 1;
            *previous = new.hash_after(previous, *seq);
            new.seq = Some(*seq);
            new.hash = Some(previous.clone());
        }
        rows.push(vec![
            new.seq.into(),
            new.command_id.into(),
            new.step.into(),
            new.at.into(),
            new.device_at.into(),
            new.actor_kind.into(),
            new.actor_id.into(),
            new.unit_id.into(),
            new.customer_id.into(),
            new.subject_type.into(),
            new.subject_id.into(),
            new.thread_id.into(),
            new.audience.into(),
            new.kind.into(),
            new.raw_body.into(),
            new.hash.into(),
        ]);
    }
    tx.chain = chain;
    tx.appended = tx.appended.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    tx.insert_many("event", &COLUMNS, &rows).await
}
