//! Overrulings of decisions.

use coverage_rules::{Overruling, PayerChange};
use kit::db::DbError;
use kit::{Cx, Failure, Row, Tx, Value, Where, params};

use super::name_of;
use crate::model::{CoverageDecisionId, OverruleCoverage, OverrulingId, OverrulingState, OverrulingView};

/// An overruling and the decision it changes.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The decision.
    pub decision_id: CoverageDecisionId,
    /// As it is shown, with ids of people.
    pub view: OverrulingView,
}

impl Stored {
    /// As the engine takes it; `None` unless it holds.
    pub fn held(&self) -> Option<Overruling> {
        let view = &self.view;
        (view.state == OverrulingState::InForce).then(|| Overruling {
            by: view.asked_by.clone(),
            at: view.approved_at.unwrap_or(view.asked_at).timestamp(),
            reason: view.reason.clone(),
            approved_by: view.approved_by.clone(),
            verdict: view.verdict,
            payers: view.payers.iter().map(|p| PayerChange { kind: p.kind, payer: p.payer }).collect(),
        })
    }
}

const OVERRULING: &str =
    "id, decision_id, state, verdict, payers, reason, asked_by, asked_at, approved_by, approved_at";

fn stored(row: &Row) -> Result<Stored, DbError> {
    let verdict: Option<String> = row.get("verdict")?;
    let verdict = match verdict {
        Some(_) => Some(super::named(row, "verdict")?),
        None => None,
    };
    Ok(Stored {
        decision_id: row.get("decision_id")?,
        view: OverrulingView {
            id: row.get("id")?,
            state: row.parse("state")?,
            verdict,
            payers: row.json("payers")?,
            reason: row.get("reason")?,
            asked_by: row.get("asked_by")?,
            asked_at: row.get("asked_at")?,
            approved_by: row.get("approved_by")?,
            approved_at: row.get("approved_at")?,
        },
    })
}

/// The overrulings of these decisions, oldest first: one query.
pub async fn of(
    tx: &mut Tx,
    decisions: impl IntoIterator<Item = CoverageDecisionId>,
) -> Result<Vec<Stored>, Failure> {
    let ids: Vec<Value> = decisions.into_iter().map(Value::from).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Where::new();
    filter.any("decision_id", ids);
    let sql = format!(
        "SELECT {OVERRULING} FROM coverage_overruling {} ORDER BY decision_id, ordinal",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    Ok(rows.iter().map(stored).collect::<Result<_, _>>()?)
}

/// An overruling by its id.
pub async fn one(tx: &mut Tx, id: OverrulingId) -> Result<Option<Stored>, Failure> {
    match tx.row(&format!("SELECT {OVERRULING} FROM coverage_overruling WHERE id = $1"), params![id]).await? {
        Some(row) => Ok(Some(stored(&row)?)),
        None => Ok(None),
    }
}

/// Adds an overruling.
pub async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    id: OverrulingId,
    decision_id: CoverageDecisionId,
    state: OverrulingState,
    input: &OverruleCoverage,
) -> Result<(), Failure> {
    let ordinal = tx
        .int(
            "SELECT COALESCE(MAX(ordinal), 0) + 1 FROM coverage_overruling WHERE decision_id = $1",
            params![decision_id],
        )
        .await?;
    tx.execute(
        "INSERT INTO coverage_overruling (id, decision_id, ordinal, state, verdict, payers, reason, asked_by, asked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id,
            decision_id,
            ordinal,
            state.name(),
            input.verdict.as_ref().map(name_of),
            serde_json::to_string(&input.payers)?,
            input.reason.trim(),
            &cx.actor.id,
            cx.now
        ],
    )
    .await?;
    Ok(())
}

/// Writes the second person's answer; false if it does not wait any more.
pub async fn approve(tx: &mut Tx, cx: &Cx, id: OverrulingId, to: OverrulingState) -> Result<bool, Failure> {
    let touched = tx
        .execute(
            "UPDATE coverage_overruling SET state = $1, approved_by = $2, approved_at = $3 \
             WHERE id = $4 AND state = 'waiting'",
            params![to.name(), &cx.actor.id, cx.now, id],
        )
        .await?;
    Ok(touched == 1)
}
