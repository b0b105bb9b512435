//! Areas whose plan goes on by itself, and the published versions of it.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure, Page, Paging};
use organisation::UnitId;
use serde::Deserialize;

use crate::actions::living as actions;
use crate::model::living::{PlanVersion, PlanVersionRow, PlanningArea, PlanningAreas, SetPlanningMode};
use crate::store::living as store;

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list_areas))
        .routes(routes!(set_planning_mode))
        .routes(routes!(list_plan_versions))
        .routes(routes!(show_plan_version))
}

/// The units for which plans can be kept, with what becomes of them by themselves.
#[utoipa::path(get, path = "/api/board/areas", tag = "dispatch", operation_id = "list_planning_areas",
    responses((status = 200, body = PlanningAreas), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn list_areas(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
) -> Result<Json<PlanningAreas>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(PlanningAreas { areas: store::areas(&mut tx, &permit.actor().reach).await? }))
}

/// Say what becomes of the plan of a unit, and of everything below it, by itself.
#[utoipa::path(put, path = "/api/board/areas/{unit}", tag = "dispatch", operation_id = "set_planning_mode",
    request_body = SetPlanningMode,
    params(("unit" = UnitId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = PlanningArea), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn set_planning_mode(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(unit): Path<UnitId>,
    cmd: Command<SetPlanningMode>,
) -> Result<Answer, Failure> {
    let seen = cmd.version()?;
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let area = actions::set_mode(tx, cx, unit, seen, input.mode).await?;
            let version = area.version;
            Ok(Done::ok(area).version(version))
        })
    })
    .await
}

/// Whose versions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct VersionsQuery {
    /// Only of this unit.
    unit: Option<UnitId>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// The published versions of plans, of one unit or of all within reach, the newest first: what happened, why the one before does not stand, what it costs.
#[utoipa::path(get, path = "/api/board/plan/versions", tag = "dispatch", operation_id = "list_plan_versions", params(VersionsQuery),
    responses((status = 200, body = Page<PlanVersionRow>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn list_plan_versions(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
    Query(query): Query<VersionsQuery>,
) -> Result<Json<Page<PlanVersionRow>>, Failure> {
    let mut tx = app.db.reader().await?;
    let paging = Paging { limit: query.limit, after: query.after };
    Ok(Json(store::versions(&mut tx, &permit.actor().reach, query.unit, &paging).await?))
}

/// A published version: who goes where, what moves, what is left out, and what is different from the version before.
#[utoipa::path(get, path = "/api/board/plan/versions/{unit}/{number}", tag = "dispatch", operation_id = "show_plan_version",
    params(("unit" = UnitId, Path), ("number" = i64, Path)),
    responses((status = 200, body = PlanVersion), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn show_plan_version(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
    Path((unit, number)): Path<(UnitId, i64)>,
) -> Result<Json<PlanVersion>, Failure> {
    let mut tx = app.db.reader().await?;
    let reach = permit.actor().reach;
    store::area(&mut tx, &reach, unit).await?;
    Ok(Json(store::version(&mut tx, &reach, unit, number).await?))
}
