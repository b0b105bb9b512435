//! Routes of a case's coverage.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure, Reach, Ts, Tx};
use serde::Deserialize;

use crate::actions::{decide, exclude, overrule};
use crate::errors::CoverageError;
use crate::model::{
    AnswerFacts, ApproveOverruling, CoverageDecisionId, DecideExclusion, FindingId, OverruleCoverage,
    OverrulingId, ProposeExclusion,
};
use crate::store;
use crate::view::{CoverageDecisionView, DecisionView, ExclusionPreviewView};

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(preview))
        .routes(routes!(of_case))
        .routes(routes!(history))
        .routes(routes!(previews))
        .routes(routes!(answer))
        .routes(routes!(propose))
        .routes(routes!(decide_exclusion))
        .routes(routes!(overrule_decision))
        .routes(routes!(approve))
}

/// Which asset, reported when.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct PreviewQuery {
    /// The asset.
    asset_id: String,
    /// When the fault was reported; now unless given.
    at: Option<Ts>,
}

/// The verdict on a fault reported now: the badge at intake. Nothing is kept.
#[utoipa::path(get, path = "/api/coverage/preview", tag = "coverage", operation_id = "coverage_preview", params(PreviewQuery),
    responses((status = 200, body = DecisionView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.read"))))]
async fn preview(
    State(app): State<App>,
    permit: Permit<may::ReadCoverage>,
    Query(asked): Query<PreviewQuery>,
) -> Result<Json<DecisionView>, Failure> {
    let at = asked.at.unwrap_or_else(|| app.clock.now());
    let mut tx = app.db.reader().await?;
    // Who may report on any site sees the badge of any asset (decision 2).
    let reach = if permit.may::<may::LookUpAnySite>() { Reach::Everything } else { permit.actor().reach };
    if !store::facts::asset_in_reach(&mut tx, &reach, &asked.asset_id).await? {
        return Err(CoverageError::AssetUnknown.into());
    }
    Ok(Json(decide::preview(&mut tx, &asked.asset_id, at).await?))
}

async fn within(tx: &mut Tx, reach: &Reach, case_id: &str) -> Result<(), Failure> {
    match store::cases::head(tx, reach, case_id).await? {
        Some(_) => Ok(()),
        None => Err(CoverageError::NoDecision.into()),
    }
}

/// The decision that holds for a case, with its reasons, overrulings and findings.
#[utoipa::path(get, path = "/api/cases/{id}/coverage", tag = "coverage", operation_id = "case_coverage", params(("id" = String, Path)),
    responses((status = 200, body = CoverageDecisionView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.read"))))]
async fn of_case(
    State(app): State<App>,
    permit: Permit<may::ReadCoverage>,
    Path(id): Path<String>,
) -> Result<Json<CoverageDecisionView>, Failure> {
    let mut tx = app.db.reader().await?;
    within(&mut tx, &permit.actor().reach, &id).await?;
    Ok(Json(decide::of_case(&mut tx, &id).await?.ok_or(CoverageError::NoDecision)?))
}

/// Every decision of a case, newest first.
#[utoipa::path(get, path = "/api/cases/{id}/coverage/history", tag = "coverage", operation_id = "case_coverage_history", params(("id" = String, Path)),
    responses((status = 200, body = Vec<CoverageDecisionView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.read"))))]
async fn history(
    State(app): State<App>,
    permit: Permit<may::ReadCoverage>,
    Path(id): Path<String>,
) -> Result<Json<Vec<CoverageDecisionView>>, Failure> {
    let mut tx = app.db.reader().await?;
    within(&mut tx, &permit.actor().reach, &id).await?;
    Ok(Json(decide::history(&mut tx, &id).await?))
}

/// What each exclusion would change, for the phone of the engineer (decision 13).
#[utoipa::path(get, path = "/api/cases/{id}/coverage/exclusions", tag = "coverage", operation_id = "case_exclusion_previews", params(("id" = String, Path)),
    responses((status = 200, body = Vec<ExclusionPreviewView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.read"))))]
async fn previews(
    State(app): State<App>,
    permit: Permit<may::ReadCoverage>,
    Path(id): Path<String>,
) -> Result<Json<Vec<ExclusionPreviewView>>, Failure> {
    let mut tx = app.db.reader().await?;
    within(&mut tx, &permit.actor().reach, &id).await?;
    Ok(Json(
        decide::exclusion_previews(&mut tx, std::slice::from_ref(&id)).await?.remove(&id).unwrap_or_default(),
    ))
}

/// State facts that the records lack, and decide the case again; without facts, decide it again by the records of today.
#[utoipa::path(post, path = "/api/cases/{id}/coverage/facts", tag = "coverage", operation_id = "answer_coverage_facts",
    request_body = AnswerFacts, params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CoverageDecisionView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.decide"))))]
async fn answer(
    State(app): State<App>,
    permit: Permit<may::DecideExclusion>,
    Path(id): Path<String>,
    command: Command<AnswerFacts>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(decide::answer(tx, cx, &id, input).await?)) })
    })
    .await
}

/// Record that an exclusion was seen (P31-P34). It changes no charge yet.
#[utoipa::path(post, path = "/api/cases/{id}/exclusions", tag = "coverage", operation_id = "propose_exclusion",
    request_body = ProposeExclusion, params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CoverageDecisionView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.decide"))))]
async fn propose(
    State(app): State<App>,
    permit: Permit<may::DecideExclusion>,
    Path(id): Path<String>,
    command: Command<ProposeExclusion>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(exclude::propose_exclusion(tx, cx, &id, input).await?)) })
    })
    .await
}

/// Decide a proposed exclusion, with evidence and the customer's answer to the explanation.
#[utoipa::path(post, path = "/api/exclusions/{id}/decide", tag = "coverage", operation_id = "decide_exclusion",
    request_body = DecideExclusion, params(("id" = FindingId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CoverageDecisionView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.decide"))))]
async fn decide_exclusion(
    State(app): State<App>,
    permit: Permit<may::DecideExclusion>,
    Path(id): Path<FindingId>,
    command: Command<DecideExclusion>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(exclude::decide_exclusion(tx, cx, id, input).await?)) })
    })
    .await
}

/// Overrule the decision that holds, with a reason. The engine's verdict stays beneath it.
#[utoipa::path(post, path = "/api/coverage/{id}/overrule", tag = "coverage", operation_id = "overrule_coverage",
    request_body = OverruleCoverage, params(("id" = CoverageDecisionId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CoverageDecisionView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.overrule"))))]
async fn overrule_decision(
    State(app): State<App>,
    permit: Permit<may::OverruleCoverage>,
    Path(id): Path<CoverageDecisionId>,
    command: Command<OverruleCoverage>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(overrule::overrule(tx, cx, id, input).await?)) })
    })
    .await
}

/// Answer an overruling that needs a second person (P55).
#[utoipa::path(post, path = "/api/overrulings/{id}/approve", tag = "coverage", operation_id = "approve_overruling",
    request_body = ApproveOverruling, params(("id" = OverrulingId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CoverageDecisionView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.overrule"))))]
async fn approve(
    State(app): State<App>,
    permit: Permit<may::OverruleCoverage>,
    Path(id): Path<OverrulingId>,
    command: Command<ApproveOverruling>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(overrule::approve_overruling(tx, cx, id, input).await?)) })
    })
    .await
}
