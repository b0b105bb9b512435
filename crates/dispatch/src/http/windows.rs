//! The windows that can be promised while the caller is on the phone.

use axum::extract::State;
use axum::{Extension, Json};
use cases::CaseId;
use identity::{Permit, may};
use kit::http::{Path, Query, Routes};
use kit::routes;
use kit::{App, Failure, Ts, Tx};
use serde::Deserialize;
use visits::WorkOrderId;

use super::checked_duration;
use crate::actions;
use crate::model::plan::PlanFacts;
use crate::model::windows::OfferedWindows;
use crate::roads::Roads;
use crate::store::windows::{Needs, of_case, of_order};

/// How far ahead windows are offered.
const AHEAD_DAYS: i64 = 3;
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(order_windows)).routes(routes!(case_windows))
}

fn span(app: &App) -> (Ts, Ts) {
    let now = app.clock.now();
    (now, now.plus(AHEAD_DAYS * Ts::DAY))
}

async fn offered(mut tx: Tx, facts: PlanFacts, roads: &Roads) -> Result<Json<OfferedWindows>, Failure> {
    let policy = policy::in_force(&mut tx, facts.now).await?;
    drop(tx);
    Ok(Json(actions::windows(facts, i64::from(policy.content.window_minutes), roads).await?))
}

/// The windows of the next three days in which the present plan can have somebody at a work order, the best first: with who comes
/// and what it costs. No other visit is moved for it. It changes nothing: planning the `visit` of a window keeps it.
#[utoipa::path(get, path = "/api/work-orders/{id}/windows", tag = "dispatch", operation_id = "list_order_windows",
    params(("id" = WorkOrderId, Path)),
    responses((status = 200, body = OfferedWindows), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn order_windows(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
    Extension(roads): Extension<Roads>,
    Path(id): Path<WorkOrderId>,
) -> Result<Json<OfferedWindows>, Failure> {
    let mut tx = app.db.reader().await?;
    let facts = of_order(&mut tx, &permit.actor(), id, span(&app)).await?;
    offered(tx, facts, &roads).await
}

/// What a visit needs.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct NeedsQuery {
    /// The skill: what phone support found, or the product's, unless said.
    skill: Option<String>,
    /// Minutes of work, 15 to 1440: what phone support expects, or 60, unless said.
    #[param(minimum = 15, maximum = 1440)]
    duration_min: Option<i64>,
}

/// The windows of the next three days for a visit that a case may need, before there is a work order: what a hotline agent can
/// promise on the phone. It changes nothing.
#[utoipa::path(get, path = "/api/cases/{id}/windows", tag = "dispatch", operation_id = "list_case_windows",
    params(("id" = CaseId, Path), NeedsQuery),
    responses((status = 200, body = OfferedWindows), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn case_windows(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
    Extension(roads): Extension<Roads>,
    Path(id): Path<CaseId>,
    Query(query): Query<NeedsQuery>,
) -> Result<Json<OfferedWindows>, Failure> {
    query.duration_min.map(checked_duration).transpose()?;
    let skill = query.skill.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
    let needs = Needs { skill, duration_min: query.duration_min };
    let mut tx = app.db.reader().await?;
    let facts = of_case(&mut tx, &permit.actor(), id, needs, span(&app)).await?;
    offered(tx, facts, &roads).await
}
