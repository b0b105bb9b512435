//! Complaints for those who answer them.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use cases::CaseId;
use identity::{Permit, lists, may};
use kit::http::{Command, Nothing, Path, Query, Routes};
use kit::routes;
use kit::sheet::SheetFormat;
use kit::{Answer, App, Done, Failure, Page, Paging};
use serde::Deserialize;
use serde_json::json;

use super::actions;
use super::model::{AnswerComplaint, ComplaintRow, ComplaintView, ConcernPeople, ReactToAnswer};
use super::store::{self, ComplaintList};
use crate::columns::ComplaintColumn;

/// The routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list_complaints))
        .routes(routes!(export_complaints))
        .routes(routes!(show_complaint))
        .routes(routes!(acknowledge_complaint))
        .routes(routes!(concern_people))
        .routes(routes!(answer_complaint))
        .routes(routes!(react_to_answer))
}

/// Which complaints.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ComplaintQuery {
    /// The list; `owed` unless given.
    #[param(inline)]
    view: Option<ComplaintList>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Complaints to answer, and those answered or closed.
#[utoipa::path(get, path = "/api/complaints", tag = "care", operation_id = "list_complaints", params(ComplaintQuery),
    responses((status = 200, body = Page<ComplaintRow>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.read"))))]
async fn list_complaints(
    State(app): State<App>,
    permit: Permit<may::ReadFollowUps>,
    Query(query): Query<ComplaintQuery>,
) -> Result<Json<Page<ComplaintRow>>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after };
    let which = query.view.unwrap_or(ComplaintList::Owed);
    let mut tx = app.db.reader().await?;
    Ok(Json(store::list(&mut tx, &permit.actor(), which, &paging, app.clock.now()).await?))
}

/// Which complaints, which columns, in what form.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ComplaintExport {
    /// The form of the file.
    #[param(inline)]
    format: SheetFormat,
    /// The columns in order, with commas between them; all unless given.
    columns: Option<String>,
    /// The list; `owed` unless given.
    #[param(inline)]
    view: Option<ComplaintList>,
}

/// The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log.
#[utoipa::path(get, path = "/api/complaints/export", tag = "care", operation_id = "export_complaints", params(ComplaintExport),
    responses((status = 200, content((Vec<u8> = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("lists.export"))))]
async fn export_complaints(
    State(app): State<App>,
    permit: Permit<may::ExportLists>,
    Query(query): Query<ComplaintExport>,
) -> Result<Response, Failure> {
    let ComplaintExport { format, columns, view } = query;
    let taken = lists::Taken {
        list: "complaints",
        format,
        columns: lists::columns::<_, ComplaintColumn>(columns.as_deref())?,
        narrowed: json!({ "view": view }),
    };
    let which = view.unwrap_or(ComplaintList::Owed);
    lists::file(&app, &permit, taken, move |app, actor, after| {
        let paging = Paging { limit: Some(lists::AT_ONCE), after };
        Box::pin(async move {
            let now = app.clock.now();
            store::list(&mut app.db.reader().await?, &actor, which, &paging, now).await
        })
    })
    .await
}

/// A complaint in full, by the id of its case.
#[utoipa::path(get, path = "/api/complaints/{id}", tag = "care", operation_id = "show_complaint",
    params(("id" = CaseId, Path)),
    responses((status = 200, body = ComplaintView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.read"))))]
async fn show_complaint(
    State(app): State<App>,
    permit: Permit<may::ReadFollowUps>,
    Path(id): Path<CaseId>,
) -> Result<Json<ComplaintView>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(actions::shown(&mut tx, &permit.actor(), id, app.clock.now()).await?))
}

fn done(view: ComplaintView) -> Done<ComplaintView> {
    let version = view.version;
    Done::ok(view).version(version)
}

/// Take a complaint up: it is one's own, and the customer sees that somebody has it. Refused in the line of whom it concerns (P9).
#[utoipa::path(post, path = "/api/complaints/{id}/acknowledge", tag = "care", operation_id = "acknowledge_complaint",
    params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ComplaintView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.complaints"))))]
async fn acknowledge_complaint(
    State(app): State<App>,
    permit: Permit<may::AnswerComplaint>,
    Path(id): Path<CaseId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(done(actions::acknowledge(tx, cx, id, seen).await?)) })
    })
    .await
}

/// Name whom a complaint concerns: nobody in their line answers it (P9).
#[utoipa::path(post, path = "/api/complaints/{id}/concerned", tag = "care", operation_id = "concern_people",
    request_body = ConcernPeople, params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ComplaintView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.complaints"))))]
async fn concern_people(
    State(app): State<App>,
    permit: Permit<may::AnswerComplaint>,
    Path(id): Path<CaseId>,
    command: Command<ConcernPeople>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(done(actions::concern(tx, cx, id, seen, input).await?)) })
    })
    .await
}

/// Answer a complaint with finding, cause and remedy (P9): the customer sees the answer on their page.
#[utoipa::path(post, path = "/api/complaints/{id}/answer", tag = "care", operation_id = "answer_complaint",
    request_body = AnswerComplaint, params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ComplaintView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.complaints"))))]
async fn answer_complaint(
    State(app): State<App>,
    permit: Permit<may::AnswerComplaint>,
    Path(id): Path<CaseId>,
    command: Command<AnswerComplaint>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(done(actions::answer(tx, cx, id, seen, input).await?)) })
    })
    .await
}

/// Record what the customer says to the answer: content closes the complaint, not content owes another answer.
#[utoipa::path(post, path = "/api/complaints/{id}/reaction", tag = "care", operation_id = "react_to_answer",
    request_body = ReactToAnswer, params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ComplaintView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.complaints"))))]
async fn react_to_answer(
    State(app): State<App>,
    permit: Permit<may::AnswerComplaint>,
    Path(id): Path<CaseId>,
    command: Command<ReactToAnswer>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(done(actions::react(tx, cx, id, seen, input).await?)) })
    })
    .await
}
