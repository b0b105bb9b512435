//! Calls by the telephone system's names, the phones on desks, what goes on at a desk.

use kit::db::Dialect;
use kit::{Actor, Both, DbError, Reach, Row, Ts, Tx, Value, Where, params};

use super::calls::{CallRow, call, within};
use crate::case::CaseRef;
use crate::model::{CallId, person};
use crate::views::{CallerCase, DeskCall, DeskPhone};

/// A call by the telephone system's name of it, locked: two words about it may come at once.
pub(crate) async fn by_exchange(tx: &mut Tx, exchange_id: &str) -> Result<Option<CallRow>, DbError> {
    let lock = if tx.dialect() == Dialect::Postgres { "FOR UPDATE" } else { "" };
    let sql = format!("SELECT * FROM call WHERE exchange_id = $1 {lock}");
    tx.row(&sql, params![exchange_id]).await?.as_ref().map(call).transpose()
}

/// Saves what was heard of a call, or what its desk said of it.
pub(crate) async fn save(tx: &mut Tx, call: &CallRow) -> Result<(), DbError> {
    let holder = call.holder.as_ref();
    tx.execute(
        "UPDATE call SET caller_e164 = $2, caller_masked = $3, started_at = $4, ended_at = $5, agent_id = $6, outcome = $7, \
         case_id = $8, call_back_due_at = $9, extension = $10, agent_since = $11, agent_took = $12, answered_at = $13 \
         WHERE id = $1",
        params![
            call.id,
            call.caller_e164.clone(),
            call.caller_masked.clone(),
            call.started_at,
            call.ended_at,
            call.agent_id.clone(),
            call.outcome.name(),
            call.case_id,
            call.call_back_due_at,
            holder.and_then(|h| h.extension.clone()),
            holder.map(|h| h.since),
            holder.is_some_and(|h| h.took),
            call.answered_at
        ],
    )
    .await?;
    Ok(())
}

/// Who sits before a phone, and their unit: an account that is in use.
pub(crate) async fn before_phone(
    tx: &mut Tx,
    extension: &str,
) -> Result<Option<(String, Option<String>)>, DbError> {
    let row = tx
        .row(
            "SELECT p.person_id, a.unit_id FROM desk_phone p JOIN account a ON a.id = p.account_id \
             WHERE p.extension = $1 AND a.disabled_at IS NULL",
            params![extension],
        )
        .await?;
    row.as_ref().map(|row| Ok((row.get("person_id")?, row.get("unit_id")?))).transpose()
}

/// The phone on the actor's desk. One who never said takes the calls that ring at no phone in particular.
pub(crate) async fn phone(tx: &mut Tx, actor: &Actor) -> Result<DeskPhone, DbError> {
    let row = tx
        .row("SELECT extension, takes_calls FROM desk_phone WHERE person_id = $1", params![person(actor)])
        .await?;
    match row {
        Some(row) => Ok(DeskPhone { extension: row.get("extension")?, takes_calls: row.get("takes_calls")? }),
        None => Ok(DeskPhone { extension: None, takes_calls: true }),
    }
}

/// Puts a phone on a desk; whoever had it has none now. Answers their account, if somebody had it.
pub(crate) async fn set_phone(
    tx: &mut Tx,
    account_id: &str,
    person_id: &str,
    phone: &DeskPhone,
    now: Ts,
) -> Result<Option<String>, DbError> {
    let mut before = None;
    if let Some(extension) = &phone.extension {
        before = tx
            .row(
                "SELECT account_id FROM desk_phone WHERE extension = $1 AND person_id <> $2",
                params![extension, person_id],
            )
            .await?
            .map(|row| row.get("account_id"))
            .transpose()?;
        tx.execute(
            "UPDATE desk_phone SET extension = NULL WHERE extension = $1 AND person_id <> $2",
            params![extension, person_id],
        )
        .await?;
    }
    tx.execute(
        "DELETE FROM desk_phone WHERE person_id = $1 OR account_id = $2",
        params![person_id, account_id],
    )
    .await?;
    tx.execute(
        "INSERT INTO desk_phone (account_id, person_id, extension, takes_calls, since) VALUES ($1, $2, $3, $4, $5)",
        params![account_id, person_id, phone.extension.clone(), phone.takes_calls, now],
    )
    .await?;
    Ok(before)
}

const DESK: &str = "SELECT l.*, h.name_zh, h.name_en FROM call l LEFT JOIN hotline h ON h.id = l.hotline_id";

fn desk_call(row: &Row, me: &str) -> Result<DeskCall, DbError> {
    let call = call(row)?;
    let name: Option<String> = row.get("name_zh")?;
    let english: Option<String> = row.get("name_en")?;
    Ok(DeskCall {
        mine: call.agent_id.as_deref() == Some(me),
        hotline: name.map(|zh| Both::new(zh, english.unwrap_or_default())),
        call: call.view(),
    })
}

/// Calls since `since` that ring or are spoken at the actor's desk, and those that ring at nobody's within reach; newest first.
pub(crate) async fn at_desk(tx: &mut Tx, actor: &Actor, since: Ts) -> Result<Vec<DeskCall>, DbError> {
    let me = person(actor);
    let mut found = Vec::new();
    let sql = format!(
        "{DESK} WHERE l.agent_id = $1 AND l.exchange_id IS NOT NULL AND l.started_at >= $2 AND l.ended_at IS NULL \
         ORDER BY l.started_at DESC, l.id LIMIT 10"
    );
    for row in tx.rows(&sql, params![&me, since]).await? {
        found.push(desk_call(&row, &me)?);
    }
    if let Reach::Unit(root) = &actor.reach {
        let sql = format!(
            "{DESK} WHERE l.outcome = 'ringing' AND l.started_at >= $2 AND l.agent_id IS NULL \
             AND (l.unit_id IS NULL OR l.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = $1)) \
             ORDER BY l.started_at DESC, l.id LIMIT 10"
        );
        for row in tx.rows(&sql, params![root, since]).await? {
            found.push(desk_call(&row, &me)?);
        }
    }
    Ok(found)
}

/// A call within reach, as it comes up on a screen, with the number on the other side.
pub(crate) async fn one(
    tx: &mut Tx,
    actor: &Actor,
    id: CallId,
) -> Result<Option<(DeskCall, Option<String>)>, DbError> {
    first(tx, actor, "l.id = ?", Value::from(id)).await
}

/// The same by the telephone system's name of it.
pub(crate) async fn one_by_exchange(
    tx: &mut Tx,
    actor: &Actor,
    exchange_id: &str,
) -> Result<Option<(DeskCall, Option<String>)>, DbError> {
    first(tx, actor, "l.exchange_id = ?", Value::from(exchange_id)).await
}

async fn first(
    tx: &mut Tx,
    actor: &Actor,
    which: &str,
    value: Value,
) -> Result<Option<(DeskCall, Option<String>)>, DbError> {
    let mut filter = Where::new();
    filter.and(which, [value]);
    within(&mut filter, actor);
    let sql = format!("{DESK} {}", filter.sql());
    let me = person(actor);
    tx.row(&sql, filter.params())
        .await?
        .map(|row| Ok((desk_call(&row, &me)?, row.get("caller_e164")?)))
        .transpose()
}

/// What is open at some sites, the newest first.
pub(crate) async fn open_at(tx: &mut Tx, sites: &[String]) -> Result<Vec<CallerCase>, DbError> {
    if sites.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Where::new();
    filter.any("c.site_id", sites.iter().cloned());
    filter.and("c.closed_at IS NULL", []);
    let sql = format!(
        "SELECT c.id, c.number, c.state, c.site_id, s.name AS site_name FROM service_case c JOIN site s ON s.id = c.site_id \
         {} ORDER BY c.reported_at DESC, c.id LIMIT 10",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter()
        .map(|row| {
            Ok(CallerCase {
                case: CaseRef { id: row.get("id")?, number: row.get("number")?, state: row.parse("state")? },
                site_id: row.get("site_id")?,
                site_name: row.get("site_name")?,
            })
        })
        .collect()
}
