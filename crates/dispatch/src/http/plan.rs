//! The optimiser's plan beside the board, and what is accepted of it.

use axum::extract::State;
use axum::{Extension, Json};
use identity::{Permit, may};
use kit::http::{Command, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure, Ts};
use organisation::UnitId;
use serde::Deserialize;

use crate::actions;
use crate::errors::DispatchError;
use crate::model::plan::{AcceptPlan, AcceptedPlan, DayPlan};
use crate::proposed::Proposed;
use crate::roads::Roads;
use crate::store;

/// How far a plan reaches at most.
const LONGEST_DAYS: i64 = 3;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(show_plan)).routes(routes!(accept_plan))
}

/// What is planned for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct PlanQuery {
    /// Only work orders of this unit and those below it, with everybody who is responsible for them.
    unit: Option<UnitId>,
    /// Work that begins later is not planned: a day from now unless given, three days at most.
    until: Option<Ts>,
}

/// The optimiser's plan beside the one that stands: who goes to each work order that has nobody, which visits would move, what
/// stays, what is left out, and why. It changes nothing.
#[utoipa::path(get, path = "/api/board/plan", tag = "dispatch", operation_id = "show_plan", params(PlanQuery),
    responses((status = 200, body = DayPlan), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("dispatch.read"))))]
async fn show_plan(
    State(app): State<App>,
    permit: Permit<may::ReadBoard>,
    Extension(roads): Extension<Roads>,
    Extension(proposed): Extension<Proposed>,
    Query(query): Query<PlanQuery>,
) -> Result<Json<DayPlan>, Failure> {
    let now = app.clock.now();
    let until = query.until.unwrap_or(now.plus(Ts::DAY));
    if until <= now || until.micros().saturating_sub(now.micros()) > LONGEST_DAYS * Ts::DAY {
        return Err(DispatchError::PlanSpanInvalid { days: LONGEST_DAYS }.into());
    }
    let mut tx = app.db.reader().await?;
    let (facts, more) = store::plan::facts(&mut tx, &permit.actor(), query.unit, (now, until)).await?;
    let published = match query.unit {
        Some(unit) => store::living::latest(&mut tx, unit).await?,
        None => None,
    };
    drop(tx);
    let asker = (permit.actor().reach.clone(), query.unit);
    let plan = actions::plan(facts, &roads, &proposed, asker, published.as_ref()).await?;
    Ok(Json(DayPlan { more, ..plan }))
}

/// Accept a plan or parts of it: moves in their order, then new visits, by the versions that were seen. All of it happens, or
/// nothing.
#[utoipa::path(post, path = "/api/board/plan/accept", tag = "dispatch", operation_id = "accept_plan", request_body = AcceptPlan,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AcceptedPlan), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn accept_plan(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    cmd: Command<AcceptPlan>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::accept(tx, cx, input).await?)) })
    })
    .await
}
