//! An engineer's day, the way to the work, and how a visit ends.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use organisation::EmployeeId;

use crate::actions::{end, way};
use crate::errors::VisitError;
use crate::inputs::{Arrive, Depart, HandIn, Nothing, Pause, Reason};
use crate::model::VisitId;
use crate::reads;
use crate::store::rows;
use crate::views::{HandedIn, MyDay, VisitView};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(my_day))
        .routes(routes!(visit))
        .routes(routes!(accept))
        .routes(routes!(decline))
        .routes(routes!(depart))
        .routes(routes!(arrive))
        .routes(routes!(start))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(done))
        .routes(routes!(partly_done))
        .routes(routes!(no_access))
        .routes(routes!(leave))
        .routes(routes!(hand_in))
}

/// My visits of today and tomorrow, with all that is needed without a signal (decision 13).
#[utoipa::path(get, path = "/api/my/day", tag = "visits", operation_id = "my_day",
    responses((status = 200, body = MyDay), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn my_day(State(app): State<App>, permit: Permit<may::DoVisits>) -> Result<Json<MyDay>, Failure> {
    let engineer_id: EmployeeId =
        permit.actor().employee_id.and_then(|id| id.parse().ok()).ok_or(VisitError::EngineerUnknown)?;
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::my_day(&mut tx, engineer_id, app.clock.now()).await?))
}

/// A visit in full, with the one step to take next.
#[utoipa::path(get, path = "/api/visits/{id}", tag = "visits", operation_id = "visit", params(("id" = String, Path)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.read"))))]
async fn visit(
    State(app): State<App>,
    permit: Permit<may::ReadVisits>,
    Path(id): Path<VisitId>,
) -> Result<Versioned<VisitView>, Failure> {
    let mut tx = app.db.reader().await?;
    rows::visit(&mut tx, &permit.actor().reach, id).await?.ok_or(VisitError::Unknown)?;
    let view = reads::visit_view(&mut tx, id, app.clock.now()).await?;
    Ok(Versioned(view.visit.version, view))
}

/// Take a visit on.
#[utoipa::path(post, path = "/api/visits/{id}/accept", tag = "visits", operation_id = "accept_visit", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn accept(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = way::accept(tx, cx, id).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Decline a visit, with the reason.
#[utoipa::path(post, path = "/api/visits/{id}/decline", tag = "visits", operation_id = "decline_visit", request_body = Reason,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn decline(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Reason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = way::decline(tx, cx, id, &input.reason).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Set out, with work clothes, badge and tools answered for (P20).
#[utoipa::path(post, path = "/api/visits/{id}/depart", tag = "visits", operation_id = "depart", request_body = Depart,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn depart(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Depart>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = way::depart(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Arrive: the arrival clock stops (P44, P45), the customer is told (P21).
#[utoipa::path(post, path = "/api/visits/{id}/arrive", tag = "visits", operation_id = "arrive", request_body = Arrive,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn arrive(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Arrive>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = way::arrive(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Begin to work.
#[utoipa::path(post, path = "/api/visits/{id}/start", tag = "visits", operation_id = "start_work", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn start(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = way::start(tx, cx, id).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Let the work rest.
#[utoipa::path(post, path = "/api/visits/{id}/pause", tag = "visits", operation_id = "pause_work", request_body = Pause,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn pause(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Pause>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = way::pause(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Go on.
#[utoipa::path(post, path = "/api/visits/{id}/resume", tag = "visits", operation_id = "resume_work", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn resume(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = way::resume(tx, cx, id).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// The job is done.
#[utoipa::path(post, path = "/api/visits/{id}/done", tag = "visits", operation_id = "finish_visit", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn done(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = end::finish(tx, cx, id).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Another visit must follow.
#[utoipa::path(post, path = "/api/visits/{id}/partly-done", tag = "visits", operation_id = "finish_visit_partly", request_body = Reason,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn partly_done(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Reason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = end::finish_partly(tx, cx, id, &input.reason).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Nobody could let the engineer in.
#[utoipa::path(post, path = "/api/visits/{id}/no-access", tag = "visits", operation_id = "record_no_access", request_body = Reason,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn no_access(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Reason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = end::no_access(tx, cx, id, &input.reason).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Leave.
#[utoipa::path(post, path = "/api/visits/{id}/leave", tag = "visits", operation_id = "leave_site", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn leave(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = end::leave(tx, cx, id).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Hand in what a phone recorded and the visit takes no more: it was reassigned, cancelled or changed meanwhile. It becomes
/// a note on the case.
#[utoipa::path(post, path = "/api/visits/{id}/hand-in", tag = "visits", operation_id = "hand_in", request_body = HandIn,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = HandedIn), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn hand_in(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<HandIn>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(end::hand_in(tx, cx, id, &input.text).await?)) })
    })
    .await
}
