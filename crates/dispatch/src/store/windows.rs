//! The facts behind the windows that are offered for a work order, or for a case that has none yet.

use std::collections::BTreeSet;

use cases::CaseId;
use kit::uuid::Uuid;
use kit::{Actor, Failure, Ts, Tx, Where, params};
use organisation::EmployeeId;
use visits::{Window, WorkOrderId, WorkOrderKind, WorkOrderState};

use super::plan::{ORDER, ORDER_JOINS, Units, engineers, order_of, visits};
use super::{ORDER_SCOPE, UNSCHEDULED, access_of, last_engineer, point};
use crate::errors::DispatchError;
use crate::model::plan::{PlanFacts, PlanOrder};
use crate::rules::plan::BEYOND_US;

/// Minutes of work unless somebody says otherwise.
const USUAL_MIN: i64 = 60;

/// The facts with one work order, which the actor may see and for which somebody may still be sent: as if it had no visit yet.
///
/// # Errors
/// `dispatch_order_unknown`, `dispatch_not_to_plan`.
pub(crate) async fn of_order(
    tx: &mut Tx,
    actor: &Actor,
    id: WorkOrderId,
    span: (Ts, Ts),
) -> Result<PlanFacts, Failure> {
    let mut units = Units::load(tx).await?;
    let mut filter = Where::new();
    filter.and("w.id = ?", [id.into()]);
    actor.reach.narrow(&mut filter, &ORDER_SCOPE);
    let sql = format!("SELECT {ORDER}, w.state, w.case_id FROM work_order w {ORDER_JOINS} {}", filter.sql());
    let row = tx.row(&sql, filter.params()).await?.ok_or(DispatchError::OrderUnknown)?;
    let state: WorkOrderState = row.parse("state")?;
    use WorkOrderState::{Draft, Incomplete, Ready, Scheduled};
    if !matches!(state, Draft | Ready | Scheduled | Incomplete) {
        return Err(DispatchError::NotToPlan { number: row.get("order_number")?, state }.into());
    }
    let order = order_of(&row, &mut units)?;
    let last: Option<EmployeeId> = last_engineer(tx, row.get("asset_id")?, row.get("case_id")?).await?;
    around(tx, actor, PlanOrder { last_engineer: last, ..order }, span, &mut units).await
}

/// The facts around a work order that nobody is planned for, with everybody who could come and what they have to do; none for any other.
/// Only its own units are read, however far the actor reaches.
///
/// # Errors
/// As the database says.
pub(crate) async fn of_unscheduled(
    tx: &mut Tx,
    actor: &Actor,
    id: WorkOrderId,
    span: (Ts, Ts),
) -> Result<Option<PlanFacts>, Failure> {
    let mut units = Units::load(tx).await?;
    let mut filter = Where::new();
    filter.and("w.id = ?", [id.into()]);
    filter.and(UNSCHEDULED, []);
    actor.reach.narrow(&mut filter, &ORDER_SCOPE);
    let sql = format!("SELECT {ORDER} FROM work_order w {ORDER_JOINS} {}", filter.sql());
    let Some(row) = tx.row(&sql, filter.params()).await? else { return Ok(None) };
    let order = order_of(&row, &mut units)?;
    let last_engineer = last_engineer(tx, row.get("asset_id")?, Uuid::nil().to_string()).await?;
    around(tx, actor, PlanOrder { last_engineer, ..order }, span, &mut units).await.map(Some)
}

/// What a visit for a case needs, where whoever asks says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    /// The skill; what phone support found, or the product's, unless said.
    pub skill: Option<String>,
    /// Minutes of work; what phone support expects unless said.
    pub duration_min: Option<i64>,
}

/// The facts with a visit for a case that has no work order yet.
///
/// # Errors
/// `case_unknown`, `dispatch_case_ended`.
pub(crate) async fn of_case(
    tx: &mut Tx,
    actor: &Actor,
    id: CaseId,
    needs: Needs,
    span: (Ts, Ts),
) -> Result<PlanFacts, Failure> {
    let case = cases::visible(tx, actor, id).await?;
    if case.ended() {
        return Err(DispatchError::CaseEnded { number: case.number, state: case.state.name() }.into());
    }
    let mut units = Units::load(tx).await?;
    let found = cases::phone_supports(tx, id).await?;
    let sql = "SELECT s.name, s.zone, s.lon, s.lat, s.access_hours, k.due_at, p.kind AS product_kind FROM service_case c \
               JOIN site s ON s.id = c.site_id LEFT JOIN asset a ON a.id = c.asset_id LEFT JOIN product p ON p.id = a.product_id \
               LEFT JOIN clock k ON k.subject_type = 'case' AND k.subject_id = c.id AND k.promise = 'arrive' \
               AND k.stopped_at IS NULL WHERE c.id = $1";
    let row = tx.row(sql, params![id]).await?.ok_or(DispatchError::OrderUnknown)?;
    let expected = found.iter().rev().find_map(|s| s.expected_minutes);
    let needed = found.iter().rev().find_map(|s| s.needed_skill.clone());
    let skill = match needs.skill.or(needed) {
        Some(skill) => Some(skill),
        None => row.get("product_kind")?,
    };
    let asset = case.asset_id.map(|a| a.to_string());
    let order = PlanOrder {
        id: WorkOrderId(Uuid::nil()),
        number: case.number.clone(),
        version: 0,
        kind: WorkOrderKind::Repair,
        severity: case.severity,
        site_name: row.get("name")?,
        zone: row.get("zone")?,
        place: point(&row)?,
        skill,
        duration_min: needs.duration_min.or(expected).unwrap_or(USUAL_MIN),
        wish: Window { start: span.0, end: span.0 },
        promised: None,
        due_at: row.get("due_at")?,
        units: units.responsible(case.unit_id, case.second_unit_id),
        access: access_of(&row)?,
        last_engineer: last_engineer(tx, asset, id.to_string()).await?,
    };
    around(tx, actor, order, span, &mut units).await
}

async fn around(
    tx: &mut Tx,
    actor: &Actor,
    order: PlanOrder,
    (now, until): (Ts, Ts),
    units: &mut Units,
) -> Result<PlanFacts, Failure> {
    let served: BTreeSet<_> = order.units.iter().copied().collect();
    let engineers = engineers(tx, actor, Some(&served), (now, until)).await?;
    let mut visits = visits(tx, &actor.reach, Some(&served), (now, until.plus(BEYOND_US)), units).await?;
    visits.retain(|v| v.order.id != order.id);
    Ok(PlanFacts { now, until, engineers, orders: vec![order], visits })
}
