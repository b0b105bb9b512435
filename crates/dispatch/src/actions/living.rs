//! The mode of an area, a look at its plan, and what becomes of what was published.

use kit::http::same_version;
use kit::{Actor, Cx, Event, Failure, Reach, Tx};
use organisation::UnitId;
use serde_json::json;
use visits::PlannedAs;

use super::searched;
use crate::errors::DispatchError;
use crate::jobs::living::JOB;
use crate::model::living::{Happened, PlanContent, PlanVersionState, PlanningArea, PlanningMode};
use crate::model::plan::{
    AcceptMove, AcceptPlan, AcceptVisit, AcceptedPlan, AcceptedVersion, DayPlan, PlanFacts,
};
use crate::roads::{Found, Roads};
use crate::rules::plan::{self as planner, Budget, GoneOn, Incumbent};
use crate::store::living as store;

/// The program as it plans for a unit: it sees what people of the unit see, no more.
pub(crate) fn planner_of(unit: UnitId) -> Actor {
    Actor { reach: Reach::Unit(unit.to_string()), ..Actor::system(ACTOR) }
}

/// Who plans by itself, as events name it.
pub(crate) const ACTOR: &str = "job:living_plan";

/// The turn of everybody who sets a mode: areas are not to overlap.
const TURN: &str = "planning_area";

/// Says what becomes of the plan of a unit, and of everything below it, by itself.
///
/// # Errors
/// `planning_unit_unknown`, `version_changed`, `planning_areas_overlap`.
pub(crate) async fn set_mode(
    tx: &mut Tx,
    cx: &Cx,
    unit: UnitId,
    seen: i64,
    mode: PlanningMode,
) -> Result<PlanningArea, Failure> {
    kit::settings::hold(tx, TURN).await?;
    let before = store::area(tx, &cx.actor.reach, unit).await?;
    same_version(seen, before.version, &before)?;
    if mode != PlanningMode::Off
        && let Some(unit) = store::overlapping(tx, unit).await?
    {
        return Err(DispatchError::PlanningAreasOverlap { unit }.into());
    }
    store::set_mode(tx, cx, unit, mode, seen + 1).await?;
    let body = json!({ "mode": mode, "before": before.mode });
    let event = Event::new("planning_area.changed", "planning_area", unit).unit(unit).body(&body);
    kit::events::append(tx, cx, event).await?;
    if mode == PlanningMode::Off {
        kit::jobs::cancel(tx, JOB, &unit.to_string()).await?;
    } else {
        let mut happened = Happened::default();
        happened.and("planning_area.changed", "planning_area", &unit.to_string());
        mark(tx, cx, unit, &happened).await?;
    }
    store::area(tx, &cx.actor.reach, unit).await
}

/// Something happened: the plan of the unit is looked at as soon as somebody is free.
///
/// # Errors
/// As the database says.
pub(crate) async fn mark(tx: &mut Tx, cx: &Cx, unit: UnitId, happened: &Happened) -> Result<(), Failure> {
    // Whoever looks just now holds the area when they end: they see the mark, or the job that follows it.
    if store::mark(tx, unit, happened).await? {
        let key = unit.to_string();
        kit::jobs::ensure(tx, cx, JOB, &key, cx.now).await?;
        kit::jobs::hasten(tx, JOB, &key, cx.now).await?;
    }
    Ok(())
}

/// What a look found.
#[derive(Debug)]
pub(crate) struct Look {
    pub facts: PlanFacts,
    pub plan: DayPlan,
    pub gone_on: GoneOn,
}

/// Looks for a better plan than the published one, for as long as a plan may take: the so-manyth `slice` since something happened.
///
/// # Errors
/// As [`super::plan`].
pub(crate) async fn look(
    facts: PlanFacts,
    roads: &Roads,
    standing: Option<&store::Latest>,
    slice: u64,
) -> Result<Look, Failure> {
    let Found { ways, used } = roads.find(planner::needed(&facts)).await;
    let incumbent = standing.map(|s| Incumbent::published(&s.content)).unwrap_or_default();
    let drawn = standing.map_or(0, |s| s.number.unsigned_abs()).wrapping_mul(64).wrapping_add(slice);
    let search = move |budget: &Budget<'_>| {
        let budget = Budget { seed: budget.seed.wrapping_add(drawn), ..*budget };
        let (plan, gone_on) = planner::gone_on(&facts, &ways, &budget, &incumbent)?;
        Ok(Look { facts, plan: DayPlan { roads: used, ..plan }, gone_on })
    };
    searched(search).await
}

/// Does what may happen without a person of a version, by the versions that were seen; all of it happens, or nothing.
///
/// # Errors
/// As [`super::accept`].
pub(crate) async fn do_by_itself(
    tx: &mut Tx,
    cx: &Cx,
    (unit, number): (UnitId, i64),
    content: &PlanContent,
) -> Result<AcceptedPlan, Failure> {
    let cx = &Cx::new(&cx.app, cx.app.ids.next(cx.now), planner_of(unit)).at(cx.now);
    // The version first, as whoever accepts it does: nobody waits for somebody who waits for them.
    store::decide(tx, cx, (unit, number), PlanVersionState::DoneByItself).await?;
    let moves = content.moves.iter().filter(|m| m.waits.is_none());
    let visits = content.visits.iter().filter(|v| v.waits.is_none());
    let reason = kit::texts::both("reasons.plan.by_itself", &[("number", number.to_string())]);
    let input = AcceptPlan {
        moves: moves
            .map(|m| AcceptMove {
                visit_id: m.visit,
                version: m.version,
                engineer_id: m.engineer,
                window_start: m.window.start,
                window_end: m.window.end,
            })
            .collect(),
        visits: visits
            .map(|v| AcceptVisit {
                work_order_id: v.order,
                version: v.version,
                engineer_id: v.engineer,
                window_start: v.window.start,
                window_end: v.window.end,
                at_customers_wish: false,
            })
            .collect(),
        // What commits least: neither the engineer nor the customer is told yet.
        planned_as: PlannedAs::Proposed,
        reason: Some(format!("{} / {}", reason.zh_cn, reason.en)),
        of: None,
    };
    let done = super::accept(tx, cx, input).await?;
    let body = json!({ "number": number, "planned": done.planned.len(), "moved": done.moved.len() });
    let event = Event::new("plan.done_by_itself", "planning_area", unit).unit(unit).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(done)
}

/// Remembers that somebody accepts a version, or parts of it.
///
/// # Errors
/// `planning_unit_unknown`, `plan_version_unknown`.
pub(crate) async fn accepted(tx: &mut Tx, cx: &Cx, of: AcceptedVersion) -> Result<(), Failure> {
    store::area(tx, &cx.actor.reach, of.unit_id).await?;
    if !store::decide(tx, cx, (of.unit_id, of.number), PlanVersionState::Accepted).await? {
        return Err(DispatchError::PlanVersionUnknown.into());
    }
    let body = json!({ "number": of.number });
    let event = Event::new("plan.accepted", "planning_area", of.unit_id).unit(of.unit_id).body(&body);
    Ok(kit::events::append(tx, cx, event).await?)
}
