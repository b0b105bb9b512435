//! Calls: the one that ends, the missed ones that are owed a call back.

use kit::{Actor, Both, DbError, Reach, Row, Ts, Tx, Value, Where, params};
use organisation::{HotlineId, UnitId};

use crate::model::{CallDirection, CallId, CallOutcome, CaseId, person};
use crate::rules::telephone::Holder;
use crate::views::{CallView, MissedCall};

/// A call as it stands.
#[derive(Clone, Debug)]
pub(crate) struct CallRow {
    pub id: CallId,
    pub hotline_id: Option<HotlineId>,
    pub dialled_e164: String,
    pub caller_e164: Option<String>,
    pub caller_masked: Option<String>,
    pub started_at: Ts,
    pub ended_at: Option<Ts>,
    pub agent_id: Option<String>,
    pub outcome: CallOutcome,
    pub case_id: Option<CaseId>,
    pub unit_id: Option<UnitId>,
    pub call_back_due_at: Option<Ts>,
    pub called_back_by: Option<CallId>,
    pub exchange_id: Option<String>,
    pub direction: CallDirection,
    pub holder: Option<Holder>,
    pub answered_at: Option<Ts>,
}

impl CallRow {
    /// As the routes show it.
    pub(crate) fn view(&self) -> CallView {
        CallView {
            id: self.id,
            dialled: self.dialled_e164.clone(),
            caller_masked: self.caller_masked.clone(),
            started_at: self.started_at,
            ended_at: self.ended_at,
            agent_id: self.agent_id.clone(),
            outcome: self.outcome,
            case_id: self.case_id,
            call_back_due_at: self.call_back_due_at,
            exchange_id: self.exchange_id.clone(),
            direction: self.direction,
            answered_at: self.answered_at,
        }
    }
}

pub(super) fn call(row: &Row) -> Result<CallRow, DbError> {
    Ok(CallRow {
        id: row.get("id")?,
        hotline_id: row.get("hotline_id")?,
        dialled_e164: row.get("dialled_e164")?,
        caller_e164: row.get("caller_e164")?,
        caller_masked: row.get("caller_masked")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
        agent_id: row.get("agent_id")?,
        outcome: row.parse("outcome")?,
        case_id: row.get("case_id")?,
        unit_id: row.get("unit_id")?,
        call_back_due_at: row.get("call_back_due_at")?,
        called_back_by: row.get("called_back_by")?,
        exchange_id: row.get("exchange_id")?,
        direction: row.parse("direction")?,
        holder: match row.get::<Option<Ts>>("agent_since")? {
            None => None,
            Some(since) => Some(Holder {
                took: row.get("agent_took")?,
                since,
                extension: row.get("extension")?,
                agent: row.get("agent_id")?,
            }),
        },
        answered_at: row.get("answered_at")?,
    })
}

// A call is its agent's, and that of the unit whose hotline rang.
pub(super) fn within(filter: &mut Where, actor: &Actor) {
    let me = person(actor);
    match &actor.reach {
        Reach::Everything => {}
        Reach::Unit(root) => {
            filter.and(
                "l.agent_id = ? OR l.unit_id IS NULL OR l.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)",
                [Value::from(&me), Value::from(root)],
            );
        }
        _ => {
            filter.and("l.agent_id = ?", [Value::from(&me)]);
        }
    }
}

/// A call within reach.
pub(crate) async fn get(tx: &mut Tx, actor: &Actor, id: CallId) -> Result<Option<CallRow>, DbError> {
    let mut filter = Where::new();
    filter.and("l.id = ?", [Value::from(id)]);
    within(&mut filter, actor);
    let sql = format!("SELECT l.* FROM call l {}", filter.sql());
    tx.row(&sql, filter.params()).await?.as_ref().map(call).transpose()
}

/// Keeps a new call; `false` if the telephone system's name of it is known.
pub(crate) async fn insert(tx: &mut Tx, new: &CallRow) -> Result<bool, DbError> {
    let holder = new.holder.as_ref();
    let kept = tx
        .execute(
            "INSERT INTO call (id, hotline_id, dialled_e164, caller_e164, caller_masked, started_at, ended_at, agent_id, \
             outcome, case_id, unit_id, call_back_due_at, exchange_id, direction, extension, agent_since, agent_took, \
             answered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
             ON CONFLICT (exchange_id) DO NOTHING",
            params![
                new.id,
                new.hotline_id,
                &new.dialled_e164,
                new.caller_e164.clone(),
                new.caller_masked.clone(),
                new.started_at,
                new.ended_at,
                new.agent_id.clone(),
                new.outcome.name(),
                new.case_id,
                new.unit_id,
                new.call_back_due_at,
                new.exchange_id.clone(),
                new.direction.name(),
                holder.and_then(|h| h.extension.clone()),
                holder.map(|h| h.since),
                holder.is_some_and(|h| h.took),
                new.answered_at
            ],
        )
        .await?;
    Ok(kept == 1)
}

/// Saves end and outcome; `false` if it has ended meanwhile.
pub(crate) async fn end(tx: &mut Tx, call: &CallRow) -> Result<bool, DbError> {
    let touched = tx
        .execute(
            "UPDATE call SET ended_at = $2, outcome = $3, call_back_due_at = $4 WHERE id = $1 AND ended_at IS NULL",
            params![call.id, call.ended_at, call.outcome.name(), call.call_back_due_at],
        )
        .await?;
    Ok(touched == 1)
}

/// Saves by when it is called back after all; `false` if somebody has called back meanwhile.
pub(crate) async fn owe_again(tx: &mut Tx, call: &CallRow) -> Result<bool, DbError> {
    let touched = tx
        .execute(
            "UPDATE call SET call_back_due_at = $2 WHERE id = $1 AND called_back_by IS NULL",
            params![call.id, call.call_back_due_at],
        )
        .await?;
    Ok(touched == 1)
}

/// Says by which call a missed one was called back; `false` if somebody else was faster.
pub(crate) async fn called_back(tx: &mut Tx, id: CallId, by: CallId) -> Result<bool, DbError> {
    let touched = tx
        .execute(
            "UPDATE call SET called_back_by = $2 WHERE id = $1 AND called_back_by IS NULL",
            params![id, by],
        )
        .await?;
    Ok(touched == 1)
}

fn owed(actor: &Actor) -> Where {
    let mut filter = Where::new();
    filter.and("l.outcome = 'missed' AND l.called_back_by IS NULL", []);
    within(&mut filter, actor);
    filter
}

/// Missed calls within reach that nobody called back, the most urgent first.
pub(crate) async fn missed(
    tx: &mut Tx,
    actor: &Actor,
    limit: i64,
    now: Ts,
) -> Result<Vec<MissedCall>, DbError> {
    let mut filter = owed(actor);
    let limit = filter.bind(limit);
    let sql = format!(
        "SELECT l.id, l.dialled_e164, l.caller_masked, l.started_at, l.call_back_due_at, h.name_zh, h.name_en FROM call l \
         LEFT JOIN hotline h ON h.id = l.hotline_id {} ORDER BY l.call_back_due_at, l.id LIMIT {limit}",
        filter.sql()
    );
    tx.rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| {
            let due_at: Ts = row.get("call_back_due_at")?;
            let name: Option<String> = row.get("name_zh")?;
            let english: Option<String> = row.get("name_en")?;
            Ok(MissedCall {
                id: row.get("id")?,
                dialled: row.get("dialled_e164")?,
                hotline: name.map(|zh| Both::new(zh, english.unwrap_or_default())),
                caller_masked: row.get("caller_masked")?,
                started_at: row.get("started_at")?,
                due_at,
                late: due_at < now,
            })
        })
        .collect()
}

/// How many missed calls are owed a call back, and how many of them are late.
pub(crate) async fn missed_counts(tx: &mut Tx, actor: &Actor, now: Ts) -> Result<(i64, i64), DbError> {
    let filter = owed(actor);
    let all = tx.int(&format!("SELECT COUNT(*) FROM call l {}", filter.sql()), filter.params()).await?;
    let mut filter = owed(actor);
    filter.and("l.call_back_due_at < ?", [Value::from(now)]);
    let late = tx.int(&format!("SELECT COUNT(*) FROM call l {}", filter.sql()), filter.params()).await?;
    Ok((all, late))
}
