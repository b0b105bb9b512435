//! Decisions of cases: every one kept, and what holds now.

use std::collections::HashMap;

use coverage_rules::{DecisionRecord, Overruling, PreviousRepair, RequestKind, Verdict};
use kit::db::DbError;
use kit::{Failure, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params};

use super::{name_of, named};
use crate::model::{Answers, Cause, CoverageDecisionId};
use crate::view::{CoverageBadge, provisional_years};

/// What holds for a case, with what is needed to decide it again.
#[derive(Clone, Debug)]
pub struct Head {
    /// The case.
    pub case_id: String,
    /// The asset.
    pub asset_id: String,
    /// The customer.
    pub customer_id: String,
    /// The unit that owns the case.
    pub unit_id: String,
    /// The unit it was escalated to.
    pub second_unit_id: Option<String>,
    /// The county of the site.
    pub division_code: Option<String>,
    /// When the fault was reported.
    pub reported_at: Ts,
    /// What is asked for.
    pub request: RequestKind,
    /// The case's policy version.
    pub policy_version: i64,
    /// Earlier repairs (P74).
    pub previous_repairs: Vec<PreviousRepair>,
    /// What people answered.
    pub answers: Answers,
    /// The decision that holds.
    pub decision_id: CoverageDecisionId,
}

const HEAD: &str = "h.case_id, h.asset_id, h.customer_id, h.unit_id, h.second_unit_id, h.division_code, h.reported_at, \
                    h.request, h.policy_version, h.previous_repairs, h.answers, h.decision_id";

fn head_row(row: &Row) -> Result<Head, DbError> {
    Ok(Head {
        case_id: row.get("case_id")?,
        asset_id: row.get("asset_id")?,
        customer_id: row.get("customer_id")?,
        unit_id: row.get("unit_id")?,
        second_unit_id: row.get("second_unit_id")?,
        division_code: row.get("division_code")?,
        reported_at: row.get("reported_at")?,
        request: named(row, "request")?,
        policy_version: row.get("policy_version")?,
        previous_repairs: row.json("previous_repairs")?,
        answers: row.json("answers")?,
        decision_id: row.get("decision_id")?,
    })
}

/// Where `case_coverage h` keeps what the filter of reach needs.
pub const SCOPE: ScopeColumns = ScopeColumns {
    subject: "case",
    id: "h.case_id",
    unit: "h.unit_id",
    second_unit: Some("h.second_unit_id"),
    customer: Some("h.customer_id"),
};

/// What holds for a case within reach.
pub async fn head(tx: &mut Tx, reach: &Reach, case_id: &str) -> Result<Option<Head>, Failure> {
    one_head(tx, &of_case(reach, case_id)).await
}

/// [`head`] will be asked soon.
pub fn head_ahead(tx: &mut Tx, reach: &Reach, case_id: &str) {
    let filter = of_case(reach, case_id);
    tx.ahead(head_sql(&filter), filter.params());
}

fn of_case(reach: &Reach, case_id: &str) -> Where {
    let mut filter = Where::new();
    filter.and("h.case_id = ?", [case_id.into()]);
    reach.narrow(&mut filter, &SCOPE);
    filter
}

fn head_sql(filter: &Where) -> String {
    format!("SELECT {HEAD} FROM case_coverage h {}", filter.sql())
}

/// What holds for many cases, whatever the reach.
pub async fn heads(tx: &mut Tx, case_ids: &[String]) -> Result<Vec<Head>, Failure> {
    let mut filter = Where::new();
    filter.any("h.case_id", case_ids.iter().map(String::as_str));
    let sql = format!("SELECT {HEAD} FROM case_coverage h {}", filter.sql());
    Ok(tx.rows(&sql, filter.params()).await?.iter().map(head_row).collect::<Result<_, _>>()?)
}

/// What holds for the case of a decision within reach.
pub async fn head_of_decision(
    tx: &mut Tx,
    reach: &Reach,
    id: CoverageDecisionId,
) -> Result<Option<Head>, Failure> {
    let mut filter = Where::new();
    filter.and("h.case_id = (SELECT d.case_id FROM coverage_decision d WHERE d.id = ?)", [id.into()]);
    reach.narrow(&mut filter, &SCOPE);
    one_head(tx, &filter).await
}

async fn one_head(tx: &mut Tx, filter: &Where) -> Result<Option<Head>, Failure> {
    match tx.row(&head_sql(filter), filter.params()).await? {
        Some(row) => Ok(Some(head_row(&row)?)),
        None => Ok(None),
    }
}

/// A page of what holds for all cases, by case, each with its verdict.
pub async fn heads_after(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<(Head, Verdict)>, Failure> {
    let sql = format!(
        "SELECT {HEAD}, h.verdict FROM case_coverage h WHERE h.case_id > $1 ORDER BY h.case_id LIMIT $2"
    );
    let rows = tx.rows(&sql, params![after, limit]).await?;
    let heads: Result<_, DbError> =
        rows.iter().map(|row| Ok((head_row(row)?, named(row, "verdict")?))).collect();
    Ok(heads?)
}

/// Cases whose decision waits for the holidays of a year.
pub async fn waiting_for(tx: &mut Tx, year: i64) -> Result<Vec<Head>, Failure> {
    let sql = format!("SELECT {HEAD} FROM case_coverage h WHERE h.provisional_year = $1 ORDER BY h.case_id");
    let rows = tx.rows(&sql, params![year]).await?;
    Ok(rows.iter().map(head_row).collect::<Result<_, _>>()?)
}

/// Writes what holds for a case now.
pub async fn save_head(
    tx: &mut Tx,
    head: &Head,
    verdict: Verdict,
    badge: &CoverageBadge,
    record: &DecisionRecord,
) -> Result<(), Failure> {
    let year = provisional_years(record.decision()).into_iter().min().map(i64::from);
    tx.put(
        "INSERT INTO case_coverage (case_id, asset_id, customer_id, unit_id, second_unit_id, division_code, reported_at, \
         request, policy_version, previous_repairs, answers, decision_id, verdict, badge, provisional_year) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         ON CONFLICT (case_id) DO UPDATE SET asset_id = excluded.asset_id, customer_id = excluded.customer_id, \
         unit_id = excluded.unit_id, second_unit_id = excluded.second_unit_id, division_code = excluded.division_code, \
         reported_at = excluded.reported_at, request = excluded.request, policy_version = excluded.policy_version, \
         previous_repairs = excluded.previous_repairs, answers = excluded.answers, decision_id = excluded.decision_id, \
         verdict = excluded.verdict, badge = excluded.badge, provisional_year = excluded.provisional_year, \
         version = case_coverage.version + 1",
        params![
            &head.case_id,
            &head.asset_id,
            &head.customer_id,
            &head.unit_id,
            head.second_unit_id.as_deref(),
            head.division_code.as_deref(),
            head.reported_at,
            name_of(&head.request),
            head.policy_version,
            serde_json::to_string(&head.previous_repairs)?,
            serde_json::to_string(&head.answers)?,
            head.decision_id,
            name_of(&verdict),
            serde_json::to_string(badge)?,
            year
        ],
    )
    .await?;
    Ok(())
}

/// Writes the unit a case was escalated to.
pub async fn set_second_unit(
    tx: &mut Tx,
    case_id: &str,
    second_unit_id: Option<&str>,
) -> Result<(), Failure> {
    tx.execute(
        "UPDATE case_coverage SET second_unit_id = $1 WHERE case_id = $2",
        params![second_unit_id, case_id],
    )
    .await?;
    Ok(())
}

/// A kept decision.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: CoverageDecisionId,
    /// The case.
    pub case_id: String,
    /// The asset.
    pub asset_id: String,
    /// Its place among those of the case.
    pub ordinal: i64,
    /// Why it was made.
    pub cause: Cause,
    /// The policy version.
    pub policy_version: i64,
    /// Who made it.
    pub decided_by: String,
    /// When.
    pub decided_at: Ts,
    facts: String,
    decision: String,
}

impl Kept {
    /// The engine's record with the overrulings that hold.
    pub fn record(&self, overrulings: &[Overruling]) -> Result<DecisionRecord, Failure> {
        let overrulings = serde_json::to_string(overrulings)?;
        let whole = format!(
            "{{\"facts\":{},\"decision\":{},\"overrulings\":{overrulings}}}",
            self.facts, self.decision
        );
        Ok(serde_json::from_str(&whole)?)
    }
}

const KEPT: &str =
    "id, case_id, asset_id, ordinal, cause, policy_version, decided_by, decided_at, facts, decision";

fn kept_row(row: &Row) -> Result<Kept, DbError> {
    Ok(Kept {
        id: row.get("id")?,
        case_id: row.get("case_id")?,
        asset_id: row.get("asset_id")?,
        ordinal: row.get("ordinal")?,
        cause: row.parse("cause")?,
        policy_version: row.get("policy_version")?,
        decided_by: row.get("decided_by")?,
        decided_at: row.get("decided_at")?,
        facts: row.get("facts")?,
        decision: row.get("decision")?,
    })
}

/// A decision by its id.
pub async fn kept(tx: &mut Tx, id: CoverageDecisionId) -> Result<Option<Kept>, Failure> {
    match tx.row(&format!("SELECT {KEPT} FROM coverage_decision WHERE id = $1"), params![id]).await? {
        Some(row) => Ok(Some(kept_row(&row)?)),
        None => Ok(None),
    }
}

/// Decisions by id.
pub async fn kept_by_ids(tx: &mut Tx, ids: &[CoverageDecisionId]) -> Result<Vec<Kept>, Failure> {
    let mut filter = Where::new();
    filter.any("id", ids.iter().copied());
    let sql = format!("SELECT {KEPT} FROM coverage_decision {}", filter.sql());
    Ok(tx.rows(&sql, filter.params()).await?.iter().map(kept_row).collect::<Result<_, _>>()?)
}

/// All decisions of a case, newest first.
pub async fn kept_of(tx: &mut Tx, case_id: &str) -> Result<Vec<Kept>, Failure> {
    let sql = format!("SELECT {KEPT} FROM coverage_decision WHERE case_id = $1 ORDER BY ordinal DESC");
    let rows = tx.rows(&sql, params![case_id]).await?;
    Ok(rows.iter().map(kept_row).collect::<Result<_, _>>()?)
}

/// A page of all decisions, by id.
pub async fn kept_after(
    tx: &mut Tx,
    after: Option<CoverageDecisionId>,
    limit: i64,
) -> Result<Vec<Kept>, Failure> {
    let mut filter = Where::new();
    if let Some(after) = after {
        filter.and("id > ?", [after.into()]);
    }
    let limit = filter.bind(limit);
    let sql = format!("SELECT {KEPT} FROM coverage_decision {} ORDER BY id LIMIT {limit}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    Ok(rows.iter().map(kept_row).collect::<Result<_, _>>()?)
}

/// The place of the next decision of a case.
pub async fn next_ordinal(tx: &mut Tx, case_id: &str) -> Result<i64, Failure> {
    let sql = "SELECT COALESCE(MAX(ordinal), 0) + 1 FROM coverage_decision WHERE case_id = $1";
    Ok(tx.int(sql, params![case_id]).await?)
}

/// Keeps a decision with its facts, for ever.
pub async fn keep(
    tx: &mut Tx,
    kept: (CoverageDecisionId, i64, Cause),
    head: &Head,
    record: &DecisionRecord,
    by: &str,
    at: Ts,
) -> Result<(), Failure> {
    let (id, ordinal, cause) = kept;
    tx.put(
        "INSERT INTO coverage_decision (id, case_id, ordinal, asset_id, cause, facts, decision, verdict, policy_version, \
         decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            id,
            &head.case_id,
            ordinal,
            &head.asset_id,
            cause.name(),
            serde_json::to_string(record.facts())?,
            serde_json::to_string(record.decision())?,
            name_of(&record.decision().verdict),
            head.policy_version,
            by,
            at
        ],
    )
    .await?;
    Ok(())
}

/// The badges of many cases, for lists: one query. Cases without a decision are left out. Call it with ids that were
/// read within reach.
///
/// # Errors
/// As the database says.
pub async fn badges_of(tx: &mut Tx, case_ids: &[String]) -> Result<HashMap<String, CoverageBadge>, Failure> {
    if case_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let filter = of_cases(case_ids);
    let rows = tx.rows(&badges_sql(&filter), filter.params()).await?;
    let pairs: Result<HashMap<_, _>, DbError> =
        rows.iter().map(|row| Ok((row.get("case_id")?, row.json("badge")?))).collect();
    Ok(pairs?)
}

/// [`badges_of`] will be asked soon ([`Tx::ahead`]).
pub fn badges_ahead(tx: &mut Tx, case_ids: &[String]) {
    if !case_ids.is_empty() {
        let filter = of_cases(case_ids);
        tx.ahead(badges_sql(&filter), filter.params());
    }
}

fn of_cases(case_ids: &[String]) -> Where {
    let mut filter = Where::new();
    filter.any("case_id", case_ids.iter().map(|id| Value::from(id.as_str())));
    filter
}

fn badges_sql(filter: &Where) -> String {
    format!("SELECT case_id, badge FROM case_coverage {}", filter.sql())
}
