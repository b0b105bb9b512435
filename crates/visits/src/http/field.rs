//! What an engineer's phone tells beside the steps: the device, the way, whether that is shared.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use organisation::EmployeeId;

use crate::actions::field;
use crate::errors::VisitError;
use crate::inputs::{CheckDevice, ShareWay, TellWay};
use crate::model::VisitId;
use crate::views::{VisitView, WaySharing, WayTold};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(device)).routes(routes!(positions)).routes(routes!(sharing, share))
}

fn me(permit: &Permit<may::DoVisits>) -> Result<EmployeeId, Failure> {
    let id = permit.actor().employee_id.and_then(|id| id.parse().ok());
    Ok(id.ok_or(VisitError::EngineerUnknown)?)
}

/// Say before which device the engineer stands; another one than ordered takes a reason.
#[utoipa::path(post, path = "/api/visits/{id}/device", tag = "visits", operation_id = "check_device", request_body = CheckDevice,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn device(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<CheckDevice>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = field::check_device(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Tell where the phone was on the way: kept only between setting out and arriving, and only if the engineer agreed.
#[utoipa::path(post, path = "/api/visits/{id}/positions", tag = "visits", operation_id = "tell_way", request_body = TellWay,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = WayTold), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn positions(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<TellWay>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(field::tell_way(tx, cx, id, input).await?)) })
    })
    .await
}

/// Whether my way to visits is shared.
#[utoipa::path(get, path = "/api/my/way-sharing", tag = "visits", operation_id = "way_sharing",
    responses((status = 200, body = WaySharing), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn sharing(State(app): State<App>, permit: Permit<may::DoVisits>) -> Result<Json<WaySharing>, Failure> {
    let id = me(&permit)?;
    Ok(Json(field::sharing(&mut app.db.reader().await?, id).await?))
}

/// Agree to share my way, or take that back: what was kept of it goes.
#[utoipa::path(put, path = "/api/my/way-sharing", tag = "visits", operation_id = "share_way", request_body = ShareWay,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = WaySharing), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn share(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    cmd: Command<ShareWay>,
) -> Result<Answer, Failure> {
    let id = me(&permit)?;
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(field::share_way(tx, cx, id, input).await?)) })
    })
    .await
}
