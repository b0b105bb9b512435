//! What an engineer records on site, shows and lets sign.

use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use pricing::ChargeId;

use crate::actions::{money, paper, work};
use crate::inputs::{
    AcknowledgeQuote, AnswerItem, ExcludeOnSite, NewCharge, NewEvidence, NewFinding, NewGuidance, NewOldPart,
    Nothing, Present, RefuseSignature, SignOrder,
};
use crate::model::VisitId;
use crate::views::{ServiceOrderView, VisitView};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(finding))
        .routes(routes!(answer))
        .routes(routes!(evidence))
        .routes(routes!(old_part))
        .routes(routes!(guidance))
        .routes(routes!(exclusion))
        .routes(routes!(charge))
        .routes(routes!(acknowledge))
        .routes(routes!(self_check))
        .routes(routes!(sign))
        .routes(routes!(refuse_signature))
        .routes(routes!(remove_charge))
        .routes(routes!(present))
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

/// Record what somebody of the customer was shown (P25).
#[utoipa::path(post, path = "/api/visits/{id}/guidance", tag = "visits", operation_id = "record_guidance", request_body = NewGuidance,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn guidance(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<NewGuidance>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = work::record_guidance(tx, cx, id, input).await?;
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
#[utoipa::path(post, path = "/api/visits/{id}/present", tag = "visits", operation_id = "present_service_order", request_body = Present,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = ServiceOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn present(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Present>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = paper::present(tx, cx, id, input).await?;
            Ok(Done::ok(view))
        })
    })
    .await
}
