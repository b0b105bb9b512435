//! What an engineer's phone asks and does.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Versioned};
use kit::{Answer, App, Done, Failure};
use organisation::EmployeeId;
use pricing::ChargeId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::actions::{end, money, paper, way, work};
use crate::errors::VisitError;
use crate::inputs::{
    AcknowledgeQuote, AnswerItem, Arrive, Depart, ExcludeOnSite, NewCharge, NewEvidence, NewFinding, NewOldPart,
    Nothing, Pause, Reason, RefuseSignature, SignOrder,
};
use crate::model::VisitId;
use crate::reads;
use crate::store::rows;
use crate::views::{MyDay, ServiceOrderView, VisitView};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(my_day))
        .routes(routes!(visit))
        .routes(routes!(accept))
        .routes(routes!(decline))
        .routes(routes!(depart))
        .routes(routes!(arrive))
        .routes(routes!(start))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(finding))
        .routes(routes!(answer))
        .routes(routes!(evidence))
        .routes(routes!(old_part))
        .routes(routes!(exclusion))
        .routes(routes!(charge))
        .routes(routes!(acknowledge))
        .routes(routes!(self_check))
        .routes(routes!(sign))
        .routes(routes!(refuse_signature))
        .routes(routes!(done))
        .routes(routes!(partly_done))
        .routes(routes!(no_access))
        .routes(routes!(leave))
        .routes(routes!(remove_charge))
        .routes(routes!(present))
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

/// Record what was found and done (P22).
#[utoipa::path(post, path = "/api/visits/{id}/finding", tag = "visits", operation_id = "record_finding", request_body = NewFinding,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn finding(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<NewFinding>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = work::record_finding(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Answer a step of the checklist (P24, P73).
#[utoipa::path(post, path = "/api/visits/{id}/answer", tag = "visits", operation_id = "answer_step", request_body = AnswerItem,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn answer(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<AnswerItem>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = work::answer(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Add a photo that was sent before (P23).
#[utoipa::path(post, path = "/api/visits/{id}/evidence", tag = "visits", operation_id = "add_evidence", request_body = NewEvidence,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn evidence(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<NewEvidence>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = work::add_evidence(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Record what became of a removed part (P23).
#[utoipa::path(post, path = "/api/visits/{id}/old-part", tag = "visits", operation_id = "record_old_part", request_body = NewOldPart,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn old_part(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<NewOldPart>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = work::record_old_part(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Record an exclusion with its evidence, and its decision if the engineer makes it (P31-P34).
#[utoipa::path(post, path = "/api/visits/{id}/exclusion", tag = "visits", operation_id = "exclude_on_site", request_body = ExcludeOnSite,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn exclusion(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<ExcludeOnSite>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = money::exclude(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Add a charge from the price list in force (P26, P55).
#[utoipa::path(post, path = "/api/visits/{id}/charge", tag = "visits", operation_id = "add_charge", request_body = NewCharge,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn charge(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<NewCharge>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = money::add_charge(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// The customer agrees to what they will pay (P22, P72).
#[utoipa::path(post, path = "/api/visits/{id}/acknowledge", tag = "visits", operation_id = "acknowledge_quote", request_body = AcknowledgeQuote,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn acknowledge(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<AcknowledgeQuote>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = money::acknowledge(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Confirm the self-inspection (P73).
#[utoipa::path(post, path = "/api/visits/{id}/self-check", tag = "visits", operation_id = "self_check", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn self_check(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = paper::self_check(tx, cx, id).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Sign what was shown (P72).
#[utoipa::path(post, path = "/api/visits/{id}/sign", tag = "visits", operation_id = "sign_service_order", request_body = SignOrder,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn sign(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<SignOrder>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = paper::sign(tx, cx, id, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Record that the customer doesn't sign (P72).
#[utoipa::path(post, path = "/api/visits/{id}/refuse-signature", tag = "visits", operation_id = "refuse_signature", request_body = RefuseSignature,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn refuse_signature(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<RefuseSignature>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = paper::refuse_signature(tx, cx, id, input).await?;
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

/// Take a charge off again.
#[utoipa::path(post, path = "/api/visits/{id}/charges/{charge_id}/remove", tag = "visits", operation_id = "remove_charge", request_body = Nothing,
    params(("id" = String, Path), ("charge_id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn remove_charge(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path((id, charge_id)): Path<(VisitId, ChargeId)>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = money::remove_charge(tx, cx, id, charge_id).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Freeze the service order and show it to the customer (P70, P72).
#[utoipa::path(post, path = "/api/visits/{id}/present", tag = "visits", operation_id = "present_service_order", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = ServiceOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn present(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let envelope = cmd.envelope;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = paper::present(tx, cx, id).await?;
            Ok(Done::ok(view))
        })
    })
    .await
}
