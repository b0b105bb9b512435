//! Routes of service agreements.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use jiff::civil::Date;
use kit::http::{Command, Path, Query, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Done, Failure, Page, Paging};
use serde::Deserialize;

use crate::actions::agreements;
use crate::errors::CoverageError;
use crate::model::{
    AgreementId, AgreementInput, AgreementView, RenewAgreement, ResumeAgreement, SignAgreement,
    SuspendAgreement, TerminateAgreement,
};
use crate::store;
use crate::store::agreements::Filter;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list, create))
        .routes(routes!(one, edit))
        .routes(routes!(sign))
        .routes(routes!(renew))
        .routes(routes!(suspend))
        .routes(routes!(resume))
        .routes(routes!(terminate))
}

/// What the list is narrowed by.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct AgreementQuery {
    /// One customer.
    customer_id: Option<String>,
    /// Agreements that list this asset.
    asset_id: Option<String>,
    /// Agreements not over that end on or before this day.
    #[param(value_type = Option<String>, format = Date)]
    ends_by: Option<Date>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Service agreements, those that end first at the top.
#[utoipa::path(get, path = "/api/agreements", tag = "coverage", operation_id = "agreements", params(AgreementQuery),
    responses((status = 200, body = Page<AgreementView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.read"))))]
async fn list(
    State(app): State<App>,
    permit: Permit<may::ReadCoverage>,
    Query(asked): Query<AgreementQuery>,
) -> Result<Json<Page<AgreementView>>, Failure> {
    let now = app.clock.now();
    let paging = Paging { limit: asked.limit, after: asked.after };
    let filter = Filter { customer_id: asked.customer_id, asset_id: asked.asset_id, ends_by: asked.ends_by };
    let mut tx = app.db.reader().await?;
    let today = agreements::day(&mut tx, now).await?;
    Ok(Json(store::agreements::list(&mut tx, &permit.actor().reach, &filter, &paging, today).await?))
}

/// One service agreement.
#[utoipa::path(get, path = "/api/agreements/{id}", tag = "coverage", operation_id = "agreement", params(("id" = AgreementId, Path)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.read"))))]
async fn one(
    State(app): State<App>,
    permit: Permit<may::ReadCoverage>,
    Path(id): Path<AgreementId>,
) -> Result<Versioned<AgreementView>, Failure> {
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let today = agreements::day(&mut tx, now).await?;
    let found = store::agreements::one(&mut tx, &permit.actor().reach, id, today).await?;
    let view = found.ok_or(CoverageError::AgreementUnknown)?.view;
    Ok(Versioned(view.version, view))
}

/// Draft a service agreement (P29).
#[utoipa::path(post, path = "/api/agreements", tag = "coverage", operation_id = "create_agreement",
    request_body = AgreementInput, params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.agreements"))))]
async fn create(
    State(app): State<App>,
    permit: Permit<may::ManageAgreements>,
    command: Command<AgreementInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = agreements::create_agreement(tx, cx, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

/// Rewrite a draft.
#[utoipa::path(put, path = "/api/agreements/{id}", tag = "coverage", operation_id = "edit_agreement",
    request_body = AgreementInput,
    params(("id" = AgreementId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.agreements"))))]
async fn edit(
    State(app): State<App>,
    permit: Permit<may::ManageAgreements>,
    Path(id): Path<AgreementId>,
    command: Command<AgreementInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = agreements::edit_agreement(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Record that both sides signed.
#[utoipa::path(post, path = "/api/agreements/{id}/sign", tag = "coverage", operation_id = "sign_agreement",
    request_body = SignAgreement, params(("id" = AgreementId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.agreements"))))]
async fn sign(
    State(app): State<App>,
    permit: Permit<may::ManageAgreements>,
    Path(id): Path<AgreementId>,
    command: Command<SignAgreement>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = agreements::sign_agreement(tx, cx, id, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Draft the renewal: from the day after the old end (P29).
#[utoipa::path(post, path = "/api/agreements/{id}/renew", tag = "coverage", operation_id = "renew_agreement",
    request_body = RenewAgreement, params(("id" = AgreementId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.agreements"))))]
async fn renew(
    State(app): State<App>,
    permit: Permit<may::ManageAgreements>,
    Path(id): Path<AgreementId>,
    command: Command<RenewAgreement>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = agreements::renew_agreement(tx, cx, id, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

/// Suspend cover for some days.
#[utoipa::path(post, path = "/api/agreements/{id}/suspend", tag = "coverage", operation_id = "suspend_agreement",
    request_body = SuspendAgreement, params(("id" = AgreementId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.agreements"))))]
async fn suspend(
    State(app): State<App>,
    permit: Permit<may::ManageAgreements>,
    Path(id): Path<AgreementId>,
    command: Command<SuspendAgreement>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = agreements::suspend_agreement(tx, cx, id, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// End a suspension.
#[utoipa::path(post, path = "/api/agreements/{id}/resume", tag = "coverage", operation_id = "resume_agreement",
    request_body = ResumeAgreement, params(("id" = AgreementId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.agreements"))))]
async fn resume(
    State(app): State<App>,
    permit: Permit<may::ManageAgreements>,
    Path(id): Path<AgreementId>,
    command: Command<ResumeAgreement>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = agreements::resume_agreement(tx, cx, id, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// End an agreement before its time.
#[utoipa::path(post, path = "/api/agreements/{id}/terminate", tag = "coverage", operation_id = "terminate_agreement",
    request_body = TerminateAgreement, params(("id" = AgreementId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.agreements"))))]
async fn terminate(
    State(app): State<App>,
    permit: Permit<may::ManageAgreements>,
    Path(id): Path<AgreementId>,
    command: Command<TerminateAgreement>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = agreements::terminate_agreement(tx, cx, id, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}
