//! Routes of calls: taken, ended, missed, called back (P1).

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use identity::{Permit, may};
use kit::http::{Command, Path, Problem, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use serde_json::json;

use crate::actions;
use crate::errors::CaseError;
use crate::inputs::{CallBack, EndCall, RecordCall, RevealCaller};
use crate::model::CallId;
use crate::neighbours;
use crate::reads;
use crate::store::calls;
use crate::views::{CallView, MissedCalls, RevealedCaller};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(record_call))
        .routes(routes!(missed))
        .routes(routes!(end))
        .routes(routes!(call_back))
        .routes(routes!(reveal))
}

/// Records a typed call (P1).
#[utoipa::path(post, path = "/api/calls", tag = "cases", operation_id = "record_call", request_body = RecordCall,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CallView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn record_call(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    cmd: Command<RecordCall>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(actions::record_call(tx, cx, input).await?)) })
    })
    .await
}

/// Missed calls that are to be called back, the most urgent first (P1).
#[utoipa::path(get, path = "/api/calls/missed", tag = "cases", operation_id = "missed_calls",
    responses((status = 200, body = MissedCalls), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn missed(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
) -> Result<Json<MissedCalls>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::missed_calls(&mut tx, &permit.actor(), 50, app.clock.now()).await?))
}

/// Ends a call (P1).
#[utoipa::path(post, path = "/api/calls/{id}/end", tag = "cases", operation_id = "end_call", request_body = EndCall,
    params(("id" = CallId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CallView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn end(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    Path(id): Path<CallId>,
    cmd: Command<EndCall>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::end_call(tx, cx, id, input).await?)) })
    })
    .await
}

/// Records what came of calling back after a missed call (P1).
#[utoipa::path(post, path = "/api/calls/{id}/call-back", tag = "cases", operation_id = "call_back", request_body = CallBack,
    params(("id" = CallId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CallView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn call_back(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    Path(id): Path<CallId>,
    cmd: Command<CallBack>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::call_back(tx, cx, id, input).await?)) })
    })
    .await
}

/// Shows a missed caller's number, to be dialled: counted and told to the audit (P68).
#[utoipa::path(post, path = "/api/calls/{id}/reveal", tag = "cases", operation_id = "reveal_caller", request_body = RevealCaller,
    params(("id" = CallId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = RevealedCaller), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.reveal"))))]
async fn reveal(
    State(app): State<App>,
    permit: Permit<may::RevealNumber>,
    Path(id): Path<CallId>,
    cmd: Command<RevealCaller>,
) -> Result<Response, Failure> {
    let actor = permit.actor();
    let Command { input, envelope, .. } = cmd;
    let ran = app
        .run(envelope, actor.clone(), move |tx, cx| {
            Box::pin(async move {
                let left = actions::reveal_caller(tx, cx, id, &input.reason).await?;
                Ok(Done::ok(json!({ "left_today": left })))
            })
        })
        .await;
    let answer = match ran {
        Ok(answer) => answer,
        Err(failure) => {
            if matches!(&failure, Failure::Refused(r) if r.code == "reveal_limit_reached") {
                app.act(actor, move |tx, cx| Box::pin(actions::record_reveal_refused(tx, cx, id))).await?;
            }
            return Err(failure);
        }
    };
    // The kept answer holds no number, so a repetition has none to give.
    if answer.replayed {
        return Err(CaseError::CallRevealUsed.into());
    }
    let left_today =
        serde_json::from_str::<serde_json::Value>(&answer.body)?["left_today"].as_i64().unwrap_or(0);
    let mut tx = app.db.reader().await?;
    let call = calls::get(&mut tx, &actor, id).await?.ok_or(CaseError::CallUnknown)?;
    let number = call.caller_e164.ok_or(CaseError::CallNumberWithheld)?;
    let dial = neighbours::number(&number, "")?.dial();
    let mut response = Json(RevealedCaller { dial, left_today }).into_response();
    response
        .headers_mut()
        .insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(response)
}
