//! Proposals for a work order, the board, the counts.

mod effect;
mod living;
mod plan;
mod windows;

use axum::extract::State;
use axum::{Extension, Json};
use identity::{Permit, may};
use kit::http::{Path, Query, Routes};
use kit::routes;
use kit::{App, Failure, Ts};
use organisation::UnitId;
use serde::Deserialize;
use visits::WorkOrderId;

use crate::errors::DispatchError;
use crate::model::{Board, BoardCounts, Proposal, Proposals};
use crate::roads::{Found, Roads};
use crate::rules::Proposer as _;
use crate::rules::plain::{PlainRule, needed};
use crate::rules::plan as planner;
use crate::{actions, store};

/// The longest span of the board.
const LONGEST_DAYS: i64 = 31;

/// Minutes of work that can be asked for.
const DURATION_MIN: std::ops::RangeInclusive<i64> = 15..=1440;

// Minutes of work, if that can be asked for.
fn checked_duration(min: i64) -> Result<i64, DispatchError> {
    let (least, most) = (*DURATION_MIN.start(), *DURATION_MIN.end());
    if (least..=most).contains(&min) {
        Ok(min)
    } else {
        Err(DispatchError::DurationInvalid { min: least, max: most })
    }
}

/// The routes of dispatch.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list_proposals))
        .routes(routes!(show_board))
        .routes(routes!(show_counts))
        .merge(effect::routes())
        .merge(living::routes())
        .merge(plan::routes())
        .merge(windows::routes())
}

/// How far to look.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ProposalsQuery {
    /// Also who would be there sooner if visits of theirs went to others; that takes a moment longer.
    #[serde(default)]
    moving: bool,
}

/// Who can go to a work order, the best first, and who can't, each with the reasons (P40); on request also who would be sooner if
/// visits moved. It changes nothing.
#[utoipa::path(get, path = "/api/work-orders/{id}/proposals", tag = "dispatch", operation_id = "list_proposals",
    params(("id" = WorkOrderId, Path), ProposalsQuery),
    responses((status = 200, body = Proposals), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn list_proposals(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Extension(roads): Extension<Roads>,
    Path(id): Path<WorkOrderId>,
    Query(query): Query<ProposalsQuery>,
) -> Result<Json<Proposals>, Failure> {
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let mut problem = store::problem(&mut tx, &permit.actor(), id, now).await?;
    let facts = match query.moving {
        true => {
            store::windows::of_unscheduled(&mut tx, &permit.actor(), id, (now, now.plus(Ts::DAY))).await?
        }
        false => None,
    };
    drop(tx);
    let around = facts.iter().flat_map(|facts| planner::needed_around(facts, id));
    let Found { ways, used } = roads.find(needed(&problem).into_iter().chain(around).collect()).await;
    problem.ways = ways.clone();
    let ranked = PlainRule.rank(&problem, now);
    let (proposals, refused): (Vec<Proposal>, Vec<Proposal>) = ranked.into_iter().partition(|p| p.feasible);
    let quicker = match facts {
        Some(facts) => {
            let soonest = proposals.iter().filter_map(|p| p.arrive_at).min();
            // An area too large to be planned at once has its ranking all the same.
            actions::quicker(facts, id, soonest, ways).await.or_else(actions::none_if_too_large)?
        }
        None => Vec::new(),
    };
    Ok(Json(Proposals {
        work_order_id: id,
        now,
        due_at: problem.due_at,
        roads: used,
        quicker,
        proposals,
        refused,
    }))
}

/// Which part of the board.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct BoardQuery {
    /// From this instant; now less four hours unless given.
    from: Option<Ts>,
    /// To this instant, not included, at most 31 days on; a day after `from` unless given.
    to: Option<Ts>,
    /// Only this unit and those below it.
    unit: Option<UnitId>,
}

/// Engineers, visits and unscheduled work orders of a span, for list, timeline and map.
#[utoipa::path(get, path = "/api/board", tag = "dispatch", operation_id = "show_board", params(BoardQuery),
    responses((status = 200, body = Board), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn show_board(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
    Query(query): Query<BoardQuery>,
) -> Result<Json<Board>, Failure> {
    let now = app.clock.now();
    let from = query.from.unwrap_or(now.plus(-4 * Ts::HOUR));
    let to = query.to.unwrap_or(from.plus(Ts::DAY));
    if from >= to || to.micros().saturating_sub(from.micros()) > LONGEST_DAYS * Ts::DAY {
        return Err(DispatchError::SpanInvalid { days: LONGEST_DAYS }.into());
    }
    let mut tx = app.db.reader().await?;
    Ok(Json(store::board(&mut tx, &permit.actor().reach, query.unit, (from, to), now).await?))
}

/// Which unit.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct CountsQuery {
    /// Only this unit and those below it.
    unit: Option<UnitId>,
}

/// What a dispatcher looks at first: nobody assigned, due within the hour, breached, behind plan.
#[utoipa::path(get, path = "/api/board/counts", tag = "dispatch", operation_id = "show_board_counts", params(CountsQuery),
    responses((status = 200, body = BoardCounts), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn show_counts(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
    Query(query): Query<CountsQuery>,
) -> Result<Json<BoardCounts>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::counts(&mut tx, &permit.actor().reach, query.unit, app.clock.now()).await?))
}
