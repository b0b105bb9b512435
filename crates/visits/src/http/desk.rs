//! What a desk asks and does.

use assets::ProductId;
use axum::extract::State;
use axum::{Extension, Json};
use cases::CaseId;
use documents::{PaperQuery, Pdf, Press};
use http::HeaderMap;
use identity::{Permit, may};
use kit::http::{Command, Path, Query, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use pricing::{ChargeId, OverridePayer};
use serde::Deserialize;

use crate::actions::{end, lock, money, plan};
use crate::checklist::{Checklist, standard};
use crate::errors::VisitError;
use crate::inputs::{
    CancelWorkOrder, IssueInvoice, LockVisit, NewChecklist, NewWorkOrder, Nothing, PlanVisit, Reason,
    ReassignVisit,
};
use crate::model::{VisitId, WorkOrderId, WorkOrderKind};
use crate::print;
use crate::reads;
use crate::store::lists::OrderQuery;
use crate::store::{checklists, rows};
use crate::views::{ChecklistView, PastVisit, ServiceOrderView, VisitView, WorkOrderList, WorkOrderView};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(create_work_order))
        .routes(routes!(list_work_orders))
        .routes(routes!(past_visits))
        .routes(routes!(work_order))
        .routes(routes!(plan_visit))
        .routes(routes!(cancel_work_order))
        .routes(routes!(issue_invoice))
        .routes(routes!(override_payer))
        .routes(routes!(confirm))
        .routes(routes!(dispatch))
        .routes(routes!(reassign))
        .routes(routes!(lock_visit))
        .routes(routes!(unlock_visit))
        .routes(routes!(cancel))
        .routes(routes!(break_off))
        .routes(routes!(service_order))
        .routes(routes!(service_order_pdf))
        .routes(routes!(list_checklists, write_checklist))
        .routes(routes!(checklist))
        .routes(routes!(checklist_in_force))
}

/// Make a work order of a case: time, place and symptom (P41, P42).
#[utoipa::path(post, path = "/api/cases/{id}/work-orders", tag = "visits", operation_id = "create_work_order", request_body = NewWorkOrder,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = WorkOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn create_work_order(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<CaseId>,
    cmd: Command<NewWorkOrder>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::create_work_order(tx, cx, id, input).await?;
            let version = view.order.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

/// Work orders within reach.
#[utoipa::path(get, path = "/api/work-orders", tag = "visits", operation_id = "list_work_orders", params(OrderQuery),
    responses((status = 200, body = WorkOrderList), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.read"))))]
async fn list_work_orders(
    State(app): State<App>,
    permit: Permit<may::ReadVisits>,
    Query(query): Query<OrderQuery>,
) -> Result<Json<WorkOrderList>, Failure> {
    let (actor, now) = (permit.actor(), app.clock.now());
    let (items, next) = reads::orders(&mut app.db.reader().await?, &actor, &query, now).await?;
    Ok(Json(WorkOrderList { items, next, now }))
}

/// A work order with its visits, charges and invoice.
#[utoipa::path(get, path = "/api/work-orders/{id}", tag = "visits", operation_id = "work_order", params(("id" = String, Path)),
    responses((status = 200, body = WorkOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.read"))))]
async fn work_order(
    State(app): State<App>,
    permit: Permit<may::ReadVisits>,
    Path(id): Path<WorkOrderId>,
) -> Result<Versioned<WorkOrderView>, Failure> {
    let mut tx = app.db.reader().await?;
    rows::order(&mut tx, &permit.actor().reach, id, false).await?.ok_or(VisitError::WorkOrderUnknown)?;
    let view = reads::order_view(&mut tx, id, app.clock.now()).await?;
    Ok(Versioned(view.order.version, view))
}

/// Plan a visit: an engineer and a window; nobody is booked twice (decision 15).
#[utoipa::path(post, path = "/api/work-orders/{id}/visits", tag = "visits", operation_id = "plan_visit", request_body = PlanVisit,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn plan_visit(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<WorkOrderId>,
    cmd: Command<PlanVisit>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::plan_visit(tx, cx, id, if_match, input).await?;
            let version = view.visit.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

/// Take a whole job off, with its planned visits.
#[utoipa::path(post, path = "/api/work-orders/{id}/cancel", tag = "visits", operation_id = "cancel_work_order", request_body = CancelWorkOrder,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = WorkOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn cancel_work_order(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<WorkOrderId>,
    cmd: Command<CancelWorkOrder>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::cancel_work_order(tx, cx, id, if_match, input).await?;
            let version = view.order.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Record the invoice for what the customer owes: equal to the cent (P71).
#[utoipa::path(post, path = "/api/work-orders/{id}/invoice", tag = "visits", operation_id = "issue_invoice", request_body = IssueInvoice,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = WorkOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.invoice"))))]
async fn issue_invoice(
    State(app): State<App>,
    permit: Permit<may::IssueInvoice>,
    Path(id): Path<WorkOrderId>,
    cmd: Command<IssueInvoice>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = money::issue_invoice(tx, cx, id, input).await?;
            let version = view.order.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Let another pay than was decided, with a reason (P55).
#[utoipa::path(post, path = "/api/work-orders/{id}/charges/{charge_id}/payer", tag = "visits", operation_id = "override_charge_payer", request_body = OverridePayer,
    params(("id" = String, Path), ("charge_id" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = WorkOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.override_payer"))))]
async fn override_payer(
    State(app): State<App>,
    permit: Permit<may::OverridePayer>,
    Path((id, charge_id)): Path<(WorkOrderId, ChargeId)>,
    cmd: Command<OverridePayer>,
) -> Result<Answer, Failure> {
    let seen = cmd.version()?;
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = money::override_payer(tx, cx, id, charge_id, seen, input).await?;
            let version = view.order.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// The customer agrees to the window.
#[utoipa::path(post, path = "/api/visits/{id}/confirm", tag = "visits", operation_id = "confirm_visit", request_body = Nothing,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn confirm(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let Command { envelope, if_match, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::confirm(tx, cx, id, if_match).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Tell the engineer.
#[utoipa::path(post, path = "/api/visits/{id}/dispatch", tag = "visits", operation_id = "dispatch_visit", request_body = Nothing,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn dispatch(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let Command { envelope, if_match, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::dispatch(tx, cx, id, if_match).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Give a visit to another engineer or window; never once it is travelling.
#[utoipa::path(post, path = "/api/visits/{id}/reassign", tag = "visits", operation_id = "reassign_visit", request_body = ReassignVisit,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn reassign(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<ReassignVisit>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::reassign(tx, cx, id, if_match, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Keep a visit with its engineer at its time, whatever else is planned, until somebody unlocks it or sets out.
#[utoipa::path(post, path = "/api/visits/{id}/lock", tag = "visits", operation_id = "lock_visit", request_body = LockVisit,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn lock_visit(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<LockVisit>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = lock::lock(tx, cx, id, if_match, input).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Let a locked visit be moved again.
#[utoipa::path(post, path = "/api/visits/{id}/unlock", tag = "visits", operation_id = "unlock_visit", request_body = Nothing,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn unlock_visit(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Nothing>,
) -> Result<Answer, Failure> {
    let Command { envelope, if_match, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = lock::unlock(tx, cx, id, if_match).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Take a visit off the plan; never once it is travelling.
#[utoipa::path(post, path = "/api/visits/{id}/cancel", tag = "visits", operation_id = "cancel_visit", request_body = Reason,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn cancel(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Reason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::cancel(tx, cx, id, if_match, &input.reason).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Break off a visit that is under way, because its engineer can't end it.
#[utoipa::path(post, path = "/api/visits/{id}/break-off", tag = "visits", operation_id = "break_off_visit", request_body = Reason,
    params(("id" = String, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = VisitView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.plan"))))]
async fn break_off(
    State(app): State<App>,
    permit: Permit<may::PlanVisits>,
    Path(id): Path<VisitId>,
    cmd: Command<Reason>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = end::break_off(tx, cx, id, if_match, &input.reason).await?;
            let version = view.visit.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// The canonical service order: screen and print draw from it (P70).
#[utoipa::path(get, path = "/api/service-orders/{id}", tag = "visits", operation_id = "service_order", params(("id" = String, Path)),
    responses((status = 200, body = ServiceOrderView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.read"))))]
async fn service_order(
    State(app): State<App>,
    permit: Permit<may::ReadVisits>,
    Path(id): Path<WorkOrderId>,
) -> Result<Json<ServiceOrderView>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::service_order(&mut tx, &permit.actor().reach, id).await?))
}

/// The service order as a PDF: what the screen shows, to print and to send (P70).
#[utoipa::path(get, path = "/api/service-orders/{id}/pdf", tag = "visits", operation_id = "service_order_pdf",
    params(("id" = String, Path), PaperQuery),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.read"))))]
async fn service_order_pdf(
    State(app): State<App>,
    Extension(press): Extension<Press>,
    permit: Permit<may::ReadVisits>,
    Path(id): Path<WorkOrderId>,
    Query(query): Query<PaperQuery>,
    headers: HeaderMap,
) -> Result<Pdf, Failure> {
    let mut tx = app.db.reader().await?;
    let view = reads::service_order(&mut tx, &permit.actor().reach, id).await?;
    let letterhead = customers::letterhead(&mut tx).await?;
    drop(tx);
    let name = view.document.number.clone();
    let paper = print::paper(&view, letterhead, query.language(&headers), &app.web.base_url);
    Ok(Pdf { name, bytes: press.print(paper.sheet(), query.template).await?.pdf })
}

/// Which checklists.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ChecklistQuery {
    /// Of this product.
    product: Option<ProductId>,
    /// Of this job.
    kind: Option<WorkOrderKind>,
    /// Every version, not only the newest.
    #[serde(default)]
    all_versions: bool,
}

/// Checklists per product and job, newest versions.
#[utoipa::path(get, path = "/api/checklists", tag = "visits", operation_id = "list_checklists", params(ChecklistQuery),
    responses((status = 200, body = Vec<ChecklistView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.catalogue"))))]
async fn list_checklists(
    State(app): State<App>,
    _permit: Permit<may::ReadCatalogue>,
    Query(query): Query<ChecklistQuery>,
) -> Result<Json<Vec<ChecklistView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(checklists::list(&mut tx, query.product, query.kind, query.all_versions).await?))
}

/// Write a new version of a checklist; planned visits keep theirs (P24).
#[utoipa::path(post, path = "/api/checklists", tag = "visits", operation_id = "write_checklist", request_body = NewChecklist,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ChecklistView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.products"))))]
async fn write_checklist(
    State(app): State<App>,
    permit: Permit<may::ManageProducts>,
    cmd: Command<NewChecklist>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = plan::write_checklist(tx, cx, input).await?;
            let version = view.checklist.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

/// A version of a checklist.
#[utoipa::path(get, path = "/api/checklists/{id}", tag = "visits", operation_id = "checklist", params(("id" = String, Path)),
    responses((status = 200, body = ChecklistView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.catalogue"))))]
async fn checklist(
    State(app): State<App>,
    _permit: Permit<may::ReadCatalogue>,
    Path(id): Path<crate::model::ChecklistId>,
) -> Result<Json<ChecklistView>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(checklists::get(&mut tx, id).await?.ok_or(VisitError::ChecklistUnknown)?))
}

/// The last visits to a case's site, newest first, those to its device first: what was found and done before.
#[utoipa::path(get, path = "/api/cases/{id}/past-visits", tag = "visits", operation_id = "past_visits", params(("id" = String, Path)),
    responses((status = 200, body = Vec<PastVisit>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.read"))))]
async fn past_visits(
    State(app): State<App>,
    permit: Permit<may::ReadVisits>,
    Path(id): Path<CaseId>,
) -> Result<Json<Vec<PastVisit>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::past_visits_of(&mut tx, &permit.actor(), id).await?))
}

/// For which job and asset.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct InForceQuery {
    /// The job.
    kind: WorkOrderKind,
    /// The asset.
    asset: Option<assets::AssetId>,
}

/// The checklist a new visit would carry: the product's own, the general one, or what the promise itself asks for.
#[utoipa::path(get, path = "/api/checklists/in-force", tag = "visits", operation_id = "checklist_in_force", params(InForceQuery),
    responses((status = 200, body = Checklist), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.catalogue"))))]
async fn checklist_in_force(
    State(app): State<App>,
    _permit: Permit<may::ReadCatalogue>,
    Query(query): Query<InForceQuery>,
) -> Result<Json<Checklist>, Failure> {
    let mut tx = app.db.reader().await?;
    let written = checklists::in_force(&mut tx, query.asset, query.kind).await?;
    Ok(Json(written.unwrap_or_else(|| standard(query.kind))))
}
