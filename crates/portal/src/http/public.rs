//! Pages for everybody: behind a label, behind a link, behind a badge.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use care::RecordFollowUp;
use http::header;
use kit::http::{Body, Command, Nothing, Path};
use kit::{Answer, App, Cx, Done, Failure, Refusal, Tx};
use serde::{Deserialize, Serialize};
use visits::{ServiceOrderView, SignOrder};

use super::visitor::{Visitor, cookie};
use crate::actions::links::{self, Opened};
use crate::actions::report::Reported;
use crate::actions::{badge, customer, report as reports, track as tracking};
use crate::gateway::GatewayStanding;
use crate::model::{
    AddToCase, AskCode, BadgePage, CodeSent, Complain, GiveCode, LinkFor, NewReport, ReportAnswer,
    ReportPage, SayToAnswer, TrackPage, Verified, WishTime,
};

/// The page behind a label: site, device, cover, what may be wrong, what is open already.
#[utoipa::path(get, path = "/api/report/{code}", tag = "portal", operation_id = "report_page", params(("code" = String, Path)),
    responses((status = 200, body = ReportPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn report_page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Json<ReportPage>, Failure> {
    let mut tx = app.db.reader().await?;
    let sms = visitor.doors.gateway.standing(&mut tx).await?;
    let caller = visitor.caller.as_deref();
    Ok(Json(reports::page(&mut tx, &code, caller, sms, app.clock.now()).await?))
}

/// Send a one-time code to a number; the answer is the same whether we know the number or not.
#[utoipa::path(post, path = "/api/report/{code}/sms", tag = "portal", operation_id = "ask_sms_code", request_body = AskCode,
    params(("code" = String, Path)),
    responses((status = 200, body = CodeSent), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json"), (status = 503, body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn ask_code(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Body(input): Body<AskCode>,
) -> Result<Json<CodeSent>, Failure> {
    let gateway = &*visitor.doors.gateway;
    Ok(Json(reports::ask_code(&app, gateway, &code, &visitor.address, visitor.lang, input).await?))
}

/// Give the code: this browser is known by its number for thirty days, by an HttpOnly cookie.
#[utoipa::path(post, path = "/api/report/{code}/verify", tag = "portal", operation_id = "give_sms_code", request_body = GiveCode,
    params(("code" = String, Path)),
    responses((status = 200, body = Verified), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn give_code(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Body(input): Body<GiveCode>,
) -> Result<Response, Failure> {
    let (caller, token) = reports::give_code(&app, &code, &visitor.address, input).await?;
    let set = cookie(app.web.secure_cookies, &token);
    Ok(([(header::SET_COOKIE, set)], Json(Verified { phone_masked: caller.phone_masked })).into_response())
}

// What is kept of an answer: without the link, which is made anew for each delivery of it.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    answer: serde_json::Value,
    reported: Reported,
}

/// Report a fault on the device, or add to what is reported already. Needs a browser that was verified.
#[utoipa::path(post, path = "/api/report/{code}", tag = "portal", operation_id = "report_by_label", request_body = NewReport,
    params(("code" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ReportAnswer), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn report(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    command: Command<NewReport>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let (caller, actor, sms) = {
        let mut tx = app.db.reader().await?;
        let now = app.clock.now();
        let (caller, actor) =
            reports::caller(&mut tx, &code, visitor.caller.as_deref(), visitor.lang, now).await?;
        (caller, actor, visitor.doors.gateway.standing(&mut tx).await?)
    };
    // Of whoever holds this browser, wherever they stand.
    visitor.doors.take(&format!("report:{}", caller.id), app.clock.now())?;
    let send_link = sms == GatewayStanding::On;
    let by = actor.clone();
    let mut answer = app
        .run(envelope, actor, move |tx, cx| {
            Box::pin(async move {
                let (answer, reported) = reports::report(tx, cx, &code, &caller, input, send_link).await?;
                let answer = serde_json::to_value(answer)?;
                Ok(Done::created(Kept { answer, reported }))
            })
        })
        .await?;
    // An answer that was lost comes again with a link of its own: only hashes are kept.
    let Kept { answer: mut view, reported } = serde_json::from_str(&answer.body)?;
    let Reported { case_id, scope } = reported;
    let (_, token) = app
        .act(by, move |tx, cx| {
            Box::pin(async move { links::mint(tx, cx, case_id, scope, LinkFor::Report).await })
        })
        .await?;
    view["link"] = links::url_of(&app, &token).into();
    answer.body = view.to_string();
    Ok(answer)
}

async fn opened(app: &App, visitor: &Visitor, tx: &mut Tx) -> Result<Opened, Failure> {
    let opened = links::open(tx, &visitor.link, app.clock.now()).await?;
    visitor.doors.take(&format!("link:{}", opened.link.id), app.clock.now())?;
    Ok(opened)
}

/// The page of the case that the link opens (header `X-Link`).
#[utoipa::path(get, path = "/api/track", tag = "portal", operation_id = "track_case",
    params(("X-Link" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn track(State(app): State<App>, visitor: Visitor) -> Result<Json<TrackPage>, Failure> {
    let mut tx = app.db.reader().await?;
    let opened = opened(&app, &visitor, &mut tx).await?;
    Ok(Json(tracking::page(&mut tx, &opened, app.clock.now()).await?))
}

async fn picture(app: &App, digest: Option<String>) -> Result<Response, Failure> {
    let unknown = || Failure::from(Refusal::new(404, "file_unknown"));
    let (digest, files) = (digest.ok_or_else(unknown)?, app.files.clone());
    let bytes = tokio_read(files, digest).await?;
    let media = kit::files::media_type(&bytes).filter(|t| t.starts_with("image/")).ok_or_else(unknown)?;
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, Bytes::from(bytes)).into_response())
}

async fn tokio_read(files: kit::files::Files, digest: String) -> Result<Vec<u8>, Failure> {
    tokio::task::spawn_blocking(move || files.read(&digest)).await.map_err(anyhow::Error::from)?
}

/// The photo of who comes (P21).
#[utoipa::path(get, path = "/api/track/photo", tag = "portal", operation_id = "track_photo",
    params(("X-Link" = String, Header)),
    responses((status = 200, content_type = "image/*"), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn track_photo(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let digest = {
        let mut tx = app.db.reader().await?;
        let opened = opened(&app, &visitor, &mut tx).await?;
        tracking::photo(&mut tx, &opened).await?
    };
    picture(&app, digest).await
}

// A command of the link's holder: the link is opened again inside of the transaction, as it stands then.
async fn by_link<T, F>(app: &App, visitor: &Visitor, command: Command<T>, act: F) -> Result<Answer, Failure>
where
    T: Send + Clone + 'static,
    F: for<'t> FnOnce(
            &'t mut Tx,
            &'t Cx,
            &'t Opened,
            T,
        ) -> futures::future::BoxFuture<'t, Result<(), Failure>>
        + Clone
        + Send
        + 'static,
{
    let Command { input, envelope, .. } = command;
    let actor = {
        let mut tx = app.db.reader().await?;
        let opened = opened(app, visitor, &mut tx).await?;
        customer(opened.link.id, opened.case.customer_id, visitor.lang)
    };
    let token = visitor.link.clone();
    app.run(envelope, actor, move |tx, cx| {
        Box::pin(async move {
            let opened = links::open(tx, &token, cx.now).await?;
            act(tx, cx, &opened, input).await?;
            let opened = links::open(tx, &token, cx.now).await?;
            Ok(Done::ok(tracking::page(tx, &opened, cx.now).await?))
        })
    })
    .await
}

/// Ask how it goes: once in half an hour.
#[utoipa::path(post, path = "/api/track/chase", tag = "portal", operation_id = "chase_case",
    params(("X-Link" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn chase(
    State(app): State<App>,
    visitor: Visitor,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    by_link(&app, &visitor, command, |tx, cx, opened, _| Box::pin(tracking::chase(tx, cx, opened))).await
}

/// Add words or a photo.
#[utoipa::path(post, path = "/api/track/words", tag = "portal", operation_id = "add_to_case", request_body = AddToCase,
    params(("X-Link" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn add_to_case(
    State(app): State<App>,
    visitor: Visitor,
    command: Command<AddToCase>,
) -> Result<Answer, Failure> {
    by_link(&app, &visitor, command, |tx, cx, opened, input| {
        Box::pin(tracking::add_to(tx, cx, opened, input))
    })
    .await
}

/// Ask for another time of the visit.
#[utoipa::path(post, path = "/api/track/appointment", tag = "portal", operation_id = "wish_time", request_body = WishTime,
    params(("X-Link" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn wish_time(
    State(app): State<App>,
    visitor: Visitor,
    command: Command<WishTime>,
) -> Result<Answer, Failure> {
    by_link(&app, &visitor, command, |tx, cx, opened, input| Box::pin(tracking::wish(tx, cx, opened, input)))
        .await
}

/// The service order that waits for the customer's signature (P70, P72).
#[utoipa::path(get, path = "/api/track/service-order", tag = "portal", operation_id = "track_service_order",
    params(("X-Link" = String, Header)),
    responses((status = 200, body = ServiceOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn service_order(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Json<ServiceOrderView>, Failure> {
    let mut tx = app.db.reader().await?;
    let opened = opened(&app, &visitor, &mut tx).await?;
    let (_, order) = tracking::waiting_order(&mut tx, &opened).await?;
    Ok(Json(visits::service_order(&mut tx, &kit::Reach::Everything, order).await?))
}

/// Sign it (P72).
#[utoipa::path(post, path = "/api/track/service-order", tag = "portal", operation_id = "sign_by_link", request_body = SignOrder,
    params(("X-Link" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn sign(
    State(app): State<App>,
    visitor: Visitor,
    command: Command<SignOrder>,
) -> Result<Answer, Failure> {
    by_link(&app, &visitor, command, |tx, cx, opened, input| Box::pin(tracking::sign(tx, cx, opened, input)))
        .await
}

/// Rate the service: the answers of the follow-up call, without the call (P7, P13).
#[utoipa::path(post, path = "/api/track/rating", tag = "portal", operation_id = "rate_by_link", request_body = RecordFollowUp,
    params(("X-Link" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn rate(
    State(app): State<App>,
    visitor: Visitor,
    command: Command<RecordFollowUp>,
) -> Result<Answer, Failure> {
    by_link(&app, &visitor, command, |tx, cx, opened, input| {
        // Only an answer: nobody on the phone gives up here.
        let input = RecordFollowUp { reached: true, next_attempt_at: None, give_up: false, ..input };
        Box::pin(tracking::rate(tx, cx, opened, input))
    })
    .await
}

/// Complain (P65): it becomes a case of its own, with an owner and an answer that is owed.
#[utoipa::path(post, path = "/api/track/complaint", tag = "portal", operation_id = "complain_by_link", request_body = Complain,
    params(("X-Link" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn complain(
    State(app): State<App>,
    visitor: Visitor,
    command: Command<Complain>,
) -> Result<Answer, Failure> {
    by_link(&app, &visitor, command, |tx, cx, opened, input| {
        Box::pin(tracking::complain(tx, cx, opened, input))
    })
    .await
}

/// Say to the answer of a complaint whether it will do (P65): content closes it, not content owes another answer.
#[utoipa::path(post, path = "/api/track/complaint-answer", tag = "portal", operation_id = "say_to_answer_by_link", request_body = SayToAnswer,
    params(("X-Link" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TrackPage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn say_to_answer(
    State(app): State<App>,
    visitor: Visitor,
    command: Command<SayToAnswer>,
) -> Result<Answer, Failure> {
    by_link(&app, &visitor, command, |tx, cx, opened, input| Box::pin(tracking::react(tx, cx, opened, input)))
        .await
}

/// "Is this person sent by you today?" (P66).
#[utoipa::path(get, path = "/api/badge/{code}", tag = "portal", operation_id = "badge_page", params(("code" = String, Path)),
    responses((status = 200, body = BadgePage), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn badge_page(
    State(app): State<App>,
    _visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Json<BadgePage>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(badge::page(&mut tx, &code, app.clock.now()).await?))
}

/// The photo of somebody who is sent today (P66).
#[utoipa::path(get, path = "/api/badge/{code}/photo", tag = "portal", operation_id = "badge_photo", params(("code" = String, Path)),
    responses((status = 200, content_type = "image/*"), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn badge_photo(
    State(app): State<App>,
    _visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let digest = badge::photo(&mut app.db.reader().await?, &code, app.clock.now()).await?;
    picture(&app, digest).await
}
