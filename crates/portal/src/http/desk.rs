//! What the desk does: codes of labels and badges, links, what customers asked.

use assets::AssetId;
use axum::Json;
use axum::extract::State;
use cases::CaseId;
use identity::{Permit, may};
use kit::http::{Command, Nothing, Path, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure, Page, Paging};
use organisation::EmployeeId;
use serde::Deserialize;

use crate::actions::{codes, desk, links};
use crate::model::{
    AnswerRequest, CodeKind, CodeReason, CodeView, CustomerSide, LinkFor, LinkId, LinkScope, NewLink,
    PortalSettings, PortalStanding, RequestId, RequestView,
};
use crate::store::{self, RequestList};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(show_label, make_label))
        .routes(routes!(revoke_label))
        .routes(routes!(show_badge, make_badge))
        .routes(routes!(revoke_badge))
        .routes(routes!(customer_side))
        .routes(routes!(make_link))
        .routes(routes!(revoke_link))
        .routes(routes!(list_requests))
        .routes(routes!(answer_request))
        .routes(routes!(show_settings, change_settings))
        .routes(routes!(release_codes))
}

/// The QR code of a device's label.
#[utoipa::path(get, path = "/api/assets/{id}/label", tag = "portal", operation_id = "show_asset_label",
    params(("id" = AssetId, Path)),
    responses((status = 200, body = CodeView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.read"))))]
async fn show_label(
    State(app): State<App>,
    permit: Permit<may::ReadAssets>,
    Path(id): Path<AssetId>,
) -> Result<Json<CodeView>, Failure> {
    let mut tx = app.db.reader().await?;
    assets::asset(&mut tx, &permit.actor().reach, id).await?;
    Ok(Json(codes::shown(&mut tx, &app, CodeKind::Label(id)).await?))
}

/// Make the code of a label; where one is in use it is revoked, with the reason.
#[utoipa::path(post, path = "/api/assets/{id}/label", tag = "portal", operation_id = "make_asset_label", request_body = CodeReason,
    params(("id" = AssetId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CodeView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.manage"))))]
async fn make_label(
    State(app): State<App>,
    permit: Permit<may::ManageAssets>,
    Path(id): Path<AssetId>,
    command: Command<CodeReason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(
            async move { Ok(Done::created(codes::make_label(tx, cx, id, input.reason.as_deref()).await?)) },
        )
    })
    .await
}

/// Revoke the code of a label.
#[utoipa::path(post, path = "/api/assets/{id}/label/revoke", tag = "portal", operation_id = "revoke_asset_label", request_body = CodeReason,
    params(("id" = AssetId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CodeView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.manage"))))]
async fn revoke_label(
    State(app): State<App>,
    permit: Permit<may::ManageAssets>,
    Path(id): Path<AssetId>,
    command: Command<CodeReason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let kind = CodeKind::Label(id);
            Ok(Done::ok(codes::revoke(tx, cx, kind, input.reason.as_deref()).await?))
        })
    })
    .await
}

/// The QR code of an employee's badge (P66).
#[utoipa::path(get, path = "/api/employees/{id}/badge-code", tag = "portal", operation_id = "show_badge_code",
    params(("id" = EmployeeId, Path)),
    responses((status = 200, body = CodeView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
async fn show_badge(
    State(app): State<App>,
    _permit: Permit<may::ManageOrganisation>,
    Path(id): Path<EmployeeId>,
) -> Result<Json<CodeView>, Failure> {
    let mut tx = app.db.reader().await?;
    organisation::employee(&mut tx, id).await?;
    Ok(Json(codes::shown(&mut tx, &app, CodeKind::Badge(id)).await?))
}

/// Make the code of a badge; where one is in use it is revoked, with the reason.
#[utoipa::path(post, path = "/api/employees/{id}/badge-code", tag = "portal", operation_id = "make_badge_code", request_body = CodeReason,
    params(("id" = EmployeeId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CodeView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
async fn make_badge(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    Path(id): Path<EmployeeId>,
    command: Command<CodeReason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            Ok(Done::created(codes::make_badge_code(tx, cx, id, input.reason.as_deref()).await?))
        })
    })
    .await
}

/// Revoke the code of a badge: lost, stolen, handed back.
#[utoipa::path(post, path = "/api/employees/{id}/badge-code/revoke", tag = "portal", operation_id = "revoke_badge_code", request_body = CodeReason,
    params(("id" = EmployeeId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CodeView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
async fn revoke_badge(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    Path(id): Path<EmployeeId>,
    command: Command<CodeReason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let kind = CodeKind::Badge(id);
            Ok(Done::ok(codes::revoke(tx, cx, kind, input.reason.as_deref()).await?))
        })
    })
    .await
}

/// What the customer of a case asked and sent, and the links to it.
#[utoipa::path(get, path = "/api/cases/{id}/customer-side", tag = "portal", operation_id = "customer_side",
    params(("id" = CaseId, Path)),
    responses((status = 200, body = CustomerSide), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.read"))))]
async fn customer_side(
    State(app): State<App>,
    permit: Permit<may::ReadCases>,
    Path(id): Path<CaseId>,
) -> Result<Json<CustomerSide>, Failure> {
    Ok(Json(desk::side(&mut app.db.reader().await?, &permit.actor(), id).await?))
}

/// Make a link to the page of a case; its address is shown once.
#[utoipa::path(post, path = "/api/cases/{id}/tracking-links", tag = "portal", operation_id = "make_tracking_link",
    params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = NewLink), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.triage"))))]
async fn make_link(
    State(app): State<App>,
    permit: Permit<may::TriageCase>,
    Path(id): Path<CaseId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let shown = std::sync::Arc::new(std::sync::OnceLock::new());
    let kept = shown.clone();
    let mut answer = app
        .run(command.envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move {
                cases::visible(tx, &cx.actor, id).await?;
                let (id, token) = links::mint(tx, cx, id, LinkScope::Full, LinkFor::Staff).await?;
                let _ = kept.set(links::url_of(&cx.app, &token));
                Ok(Done::created(NewLink { id, url: None }))
            })
        })
        .await?;
    // The kept answer holds no address.
    if let (false, Some(url)) = (answer.replayed, shown.get()) {
        let mut body: serde_json::Value = serde_json::from_str(&answer.body)?;
        body["url"] = url.as_str().into();
        answer.body = body.to_string();
    }
    Ok(answer)
}

/// Revoke a link: it answers like one that never was.
#[utoipa::path(post, path = "/api/tracking-links/{id}/revoke", tag = "portal", operation_id = "revoke_tracking_link",
    params(("id" = LinkId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CustomerSide), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.triage"))))]
async fn revoke_link(
    State(app): State<App>,
    permit: Permit<may::TriageCase>,
    Path(id): Path<LinkId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let case_id = links::revoke(tx, cx, id).await?;
            Ok(Done::ok(desk::side(tx, &cx.actor, case_id).await?))
        })
    })
    .await
}

/// Which requests.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RequestQuery {
    /// The list; `open` unless given.
    #[param(inline)]
    view: Option<RequestList>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// What customers asked and nobody has answered, the longest waiting first.
#[utoipa::path(get, path = "/api/customer-requests", tag = "portal", operation_id = "list_customer_requests", params(RequestQuery),
    responses((status = 200, body = Page<RequestView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.triage"))))]
async fn list_requests(
    State(app): State<App>,
    permit: Permit<may::TriageCase>,
    Query(query): Query<RequestQuery>,
) -> Result<Json<Page<RequestView>>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after };
    let which = query.view.unwrap_or(RequestList::Open);
    let mut tx = app.db.reader().await?;
    Ok(Json(store::open_requests(&mut tx, &permit.actor(), which, &paging).await?))
}

/// Answer it: the customer sees the answer on their page.
#[utoipa::path(post, path = "/api/customer-requests/{id}/answer", tag = "portal", operation_id = "answer_customer_request", request_body = AnswerRequest,
    params(("id" = RequestId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = RequestView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.triage"))))]
async fn answer_request(
    State(app): State<App>,
    permit: Permit<may::TriageCase>,
    Path(id): Path<RequestId>,
    command: Command<AnswerRequest>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(desk::answer(tx, cx, id, input).await?)) })
    })
    .await
}

/// How the customer's pages behave.
#[utoipa::path(get, path = "/api/portal-settings", tag = "portal", operation_id = "show_portal_settings",
    responses((status = 200, body = PortalStanding), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn show_settings(
    State(app): State<App>,
    _permit: Permit<may::ManageSystem>,
) -> Result<Json<PortalStanding>, Failure> {
    Ok(Json(desk::standing(&mut app.db.reader().await?).await?))
}

/// Change how they behave.
#[utoipa::path(put, path = "/api/portal-settings", tag = "portal", operation_id = "change_portal_settings", request_body = PortalSettings,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = PortalStanding), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn change_settings(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<PortalSettings>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(desk::change(tx, cx, input).await?)) })
    })
    .await
}

/// Let the codes go on that are held since a restore.
#[utoipa::path(post, path = "/api/portal-settings/release", tag = "portal", operation_id = "release_portal_codes",
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = PortalStanding), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn release_codes(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            codes::release(tx, cx).await?;
            Ok(Done::ok(desk::standing(tx).await?))
        })
    })
    .await
}
