//! What a person's own choice of somebody and a time does, before it is done.

use axum::extract::State;
use axum::{Extension, Json};
use identity::{Permit, may};
use kit::http::{Path, Query, Routes};
use kit::routes;
use kit::{App, Failure, Ts};
use organisation::EmployeeId;
use serde::Deserialize;
use visits::{Window, WorkOrderId};

use super::checked_duration;
use crate::errors::DispatchError;
use crate::model::effect::Effect;
use crate::roads::{Found, Roads};
use crate::rules::effect::effect;
use crate::rules::plain::{horizon, needed};
use crate::store;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(show_effect))
}

/// Who, and when.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct EffectQuery {
    /// Who would go.
    engineer: EmployeeId,
    /// From when on.
    start: Ts,
    /// For how many minutes, 15 to 1440: those of the work order unless said.
    #[param(minimum = 15, maximum = 1440)]
    duration_min: Option<i64>,
}

/// What it does to the promise and to their day that somebody goes to a work order at a time that was chosen by hand, or dropped on the
/// board: when they are there, what gets late, what speaks against it. It changes nothing.
#[utoipa::path(get, path = "/api/work-orders/{id}/effect", tag = "dispatch", operation_id = "show_effect",
    params(("id" = WorkOrderId, Path), EffectQuery),
    responses((status = 200, body = Effect), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn show_effect(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Extension(roads): Extension<Roads>,
    Path(id): Path<WorkOrderId>,
    Query(query): Query<EffectQuery>,
) -> Result<Json<Effect>, Failure> {
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let mut problem = store::problem(&mut tx, &permit.actor(), id, now).await?;
    let lasts = checked_duration(query.duration_min.unwrap_or(problem.duration_min))?;
    let window = Window { start: query.start, end: query.start.plus(lasts * Ts::MINUTE) };
    let last = horizon(&problem.wish, now);
    if window.end <= now || window.start > last {
        let days = (last.micros() - now.micros()) / Ts::DAY;
        return Err(DispatchError::TimeInvalid { days }.into());
    }
    problem.candidates.retain(|c| c.engineer.id == query.engineer);
    let Some(candidate) = problem.candidates.pop() else { return Err(DispatchError::EngineerUnknown.into()) };
    let names = store::plan::visit_names(&mut tx, candidate.busy.iter().map(|b| b.visit)).await?;
    drop(tx);
    problem.candidates.push(candidate);
    let Found { ways, used } = roads.find(needed(&problem)).await;
    problem.ways = ways;
    let shown = effect(&problem, &problem.candidates[0], &names, window, now);
    Ok(Json(Effect { roads: used, ..shown }))
}
