//! Routes of the telephone system and of the phones on desks (P1).

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Problem, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use serde::Deserialize;

use crate::actions::{self, WhichCall};
use crate::inputs::{SetDeskPhone, SettleCall, TelephoneEvent};
use crate::model::CallId;
use crate::views::{AtDesk, CallCaller, CallHeard, CallView, DeskPhone};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(hear))
        .routes(routes!(at_desk))
        .routes(routes!(by_exchange))
        .routes(routes!(caller))
        .routes(routes!(settle))
        .routes(routes!(set_phone))
}

/// Tell of a call: it rings, is answered, is over. Needs no `Idempotency-Key`: repeated, late or in another order it leads to the
/// same record (P1).
#[utoipa::path(post, path = "/api/telephone/events", tag = "cases", operation_id = "hear_telephone", request_body = TelephoneEvent,
    responses((status = 200, body = CallHeard), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.telephone"))))]
async fn hear(
    State(app): State<App>,
    permit: Permit<may::TellCalls>,
    kit::http::Body(input): kit::http::Body<TelephoneEvent>,
) -> Result<Json<CallHeard>, Failure> {
    let heard = app
        .act(permit.actor(), move |tx, cx| {
            Box::pin(async move { actions::hear_telephone(tx, cx, input).await })
        })
        .await?;
    Ok(Json(heard))
}

/// The phone on one's desk and the calls that ring there or are under way (P1).
#[utoipa::path(get, path = "/api/calls/at-desk", tag = "cases", operation_id = "calls_at_desk",
    responses((status = 200, body = AtDesk), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn at_desk(State(app): State<App>, permit: Permit<may::ReportFault>) -> Result<Json<AtDesk>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(actions::at_desk(&mut tx, &permit.actor(), app.clock.now()).await?))
}

/// Which call.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ByExchange {
    /// The telephone system's name of it, as softphones put it into an address.
    call: String,
}

/// Who may be calling, by the telephone system's name of the call.
#[utoipa::path(get, path = "/api/calls/by-exchange", tag = "cases", operation_id = "call_by_exchange", params(ByExchange),
    responses((status = 200, body = CallCaller), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn by_exchange(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    Query(query): Query<ByExchange>,
) -> Result<Json<CallCaller>, Failure> {
    let mut tx = app.db.reader().await?;
    let which = WhichCall::Exchange(&query.call);
    Ok(Json(actions::caller_of(&mut tx, &permit.actor(), which).await?))
}

/// Who may be calling, and what is open at their sites; the number stays masked (P68).
#[utoipa::path(get, path = "/api/calls/{id}/caller", tag = "cases", operation_id = "caller_of_call", params(("id" = CallId, Path)),
    responses((status = 200, body = CallCaller), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn caller(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    Path(id): Path<CallId>,
) -> Result<Json<CallCaller>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(actions::caller_of(&mut tx, &permit.actor(), WhichCall::Id(id)).await?))
}

/// Say what a call led to (P1).
#[utoipa::path(post, path = "/api/calls/{id}/outcome", tag = "cases", operation_id = "settle_call", request_body = SettleCall,
    params(("id" = CallId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CallView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn settle(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    Path(id): Path<CallId>,
    cmd: Command<SettleCall>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::settle_call(tx, cx, id, input).await?)) })
    })
    .await
}

/// Say which phone stands on one's desk, and whether calls come up on the screen (P1).
#[utoipa::path(put, path = "/api/desk-phone", tag = "cases", operation_id = "set_desk_phone", request_body = SetDeskPhone,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = DeskPhone), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn set_phone(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    cmd: Command<SetDeskPhone>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    let account = permit.principal().account_id.to_string();
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::set_desk_phone(tx, cx, &account, input).await?)) })
    })
    .await
}
