//! Events for the audit, newest first; behind each filter stands an index.

use kit::events::StoredEvent;
use kit::{DbError, Failure, Key, Paging, Row, Tx, Value, Where};

use crate::audit::{AuditEntry, AuditFilter, AuditResult, REFUSALS};

const COLUMNS: &str = "e.pos, e.seq, e.command_id, e.step, e.at, e.device_at, e.actor_kind, e.actor_id, e.unit_id, e.customer_id, \
     e.subject_type, e.subject_id, e.thread_id, e.audience, e.kind, e.body, e.hash, a.login AS actor_login, s.login AS subject_login";

fn entry(row: &Row) -> Result<AuditEntry, DbError> {
    let (actor, subject) = (row.get("actor_login")?, row.get("subject_login")?);
    Ok(AuditEntry::of(StoredEvent::read(row)?, actor, subject))
}

const FROM: &str = "FROM event e LEFT JOIN account a ON a.id = e.actor_id \
                    LEFT JOIN account s ON e.subject_type = 'account' AND s.id = e.subject_id";

// What an auditor of `unit` sees, in the list, the file and the live feed: what happened there, what people there did, and
// what was done to their accounts.
fn narrow(filter: &mut Where, unit: Option<&str>) {
    if let Some(unit) = unit {
        let within = "IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)";
        filter.and(
            &format!("e.unit_id {within} OR a.unit_id {within} OR s.unit_id {within}"),
            [unit.into(), unit.into(), unit.into()],
        );
    }
}

/// Sealed events after `seq` that an auditor of `unit` (of everything, without one) sees, oldest first, at most `limit`.
pub(crate) async fn after(
    tx: &mut Tx,
    unit: Option<&str>,
    seq: i64,
    limit: i64,
) -> Result<Vec<StoredEvent>, DbError> {
    let mut filter = Where::new();
    filter.and("e.audience = 'audit'", []);
    filter.and("e.seq > ?", [seq.into()]);
    narrow(&mut filter, unit);
    let limit = filter.bind(limit);
    let sql = format!("SELECT {COLUMNS} {FROM} {} ORDER BY e.seq LIMIT {limit}", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(StoredEvent::read).collect()
}

/// Events that an auditor of `unit` (of everything, without one) sees, newest first, one more than the page holds.
pub(crate) async fn list(
    tx: &mut Tx,
    unit: Option<&str>,
    wanted: &AuditFilter,
    paging: &Paging,
    limit: i64,
) -> Result<Vec<AuditEntry>, Failure> {
    let mut filter = Where::new();
    // As it stands: the indexes hold only these.
    filter.and("e.audience = 'audit'", []);
    if let Some(from) = wanted.from {
        filter.and("e.at >= ?", [from.into()]);
    }
    if let Some(to) = wanted.to {
        filter.and("e.at < ?", [to.into()]);
    }
    if let Some(actor) = &wanted.actor_id {
        filter.and("e.actor_id = ?", [actor.into()]);
    }
    if let Some(subject) = &wanted.subject_id {
        filter.and("e.subject_id = ?", [subject.into()]);
    }
    if let Some(kind) = &wanted.kind {
        filter.and("e.kind = ?", [kind.into()]);
    }
    match wanted.result {
        Some(AuditResult::Refused) => {
            filter.any("e.kind", REFUSALS.iter().copied());
        }
        Some(AuditResult::Done) => {
            let marks = vec!["?"; REFUSALS.len()].join(", ");
            filter.and(&format!("e.kind NOT IN ({marks})"), REFUSALS.iter().map(|k| Value::from(*k)));
        }
        None => {}
    }
    narrow(&mut filter, unit);
    if let Some(key) = paging.after([Key::Time, Key::Int])? {
        filter.and("(e.at, e.pos) < (?, ?)", key);
    }
    let limit = filter.bind(limit);
    let sql =
        format!("SELECT {COLUMNS} {FROM} {} ORDER BY e.at DESC, e.pos DESC LIMIT {limit}", filter.sql());
    Ok(tx.rows(&sql, filter.params()).await?.iter().map(entry).collect::<Result<_, _>>()?)
}
