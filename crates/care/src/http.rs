//! Follow-up calls and the satisfaction report; complaints have a room of their own.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use identity::{Permit, lists, may};
use kit::http::{Command, Nothing, Path, Query, Routes};
use kit::routes;
use kit::sheet::SheetFormat;
use kit::{Answer, App, Done, Failure, Page, Paging, Ts};
use serde::Deserialize;
use serde_json::json;

use crate::columns::FollowUpColumn;
use crate::errors::CareError;
use crate::model::{
    FollowUpId, FollowUpRow, FollowUpView, RateVisit, RatingKept, RecordFollowUp, SatisfactionBy,
    SatisfactionReport,
};
use crate::store::FollowUpList;
use crate::{actions, rules, store};

/// The longest period of a report.
const LONGEST_US: i64 = 366 * Ts::DAY;
/// The period of a report unless one is given.
const USUAL_US: i64 = 90 * Ts::DAY;

/// The routes of care.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list_follow_ups))
        .routes(routes!(export_follow_ups))
        .routes(routes!(show_follow_up))
        .routes(routes!(start_follow_up))
        .routes(routes!(record_follow_up))
        .routes(routes!(report_satisfaction))
        .merge(crate::complaints::routes())
        .routes(routes!(rate_visit))
}

/// Which follow-ups.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct FollowUpQuery {
    /// The list; `due` unless given.
    #[param(inline)]
    view: Option<FollowUpList>,
    /// Of this case.
    case: Option<cases::CaseId>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Follow-up calls to make, and those made.
#[utoipa::path(get, path = "/api/follow-ups", tag = "care", operation_id = "list_follow_ups", params(FollowUpQuery),
    responses((status = 200, body = Page<FollowUpRow>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.read"))))]
async fn list_follow_ups(
    State(app): State<App>,
    permit: Permit<may::ReadFollowUps>,
    Query(query): Query<FollowUpQuery>,
) -> Result<Json<Page<FollowUpRow>>, Failure> {
    let actor = permit.actor();
    let paging = Paging { limit: query.limit, after: query.after };
    let which = query.view.unwrap_or(FollowUpList::Due);
    let mut tx = app.db.reader().await?;
    let page = store::list(
        &mut tx,
        &actor.reach,
        which,
        query.case,
        &cases::person(&actor),
        &paging,
        app.clock.now(),
    )
    .await?;
    Ok(Json(page))
}

/// Which follow-ups, which columns, in what form.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct FollowUpExport {
    /// The form of the file.
    #[param(inline)]
    format: SheetFormat,
    /// The columns in order, with commas between them; all unless given.
    columns: Option<String>,
    /// The list; `due` unless given.
    #[param(inline)]
    view: Option<FollowUpList>,
}

/// The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log.
#[utoipa::path(get, path = "/api/follow-ups/export", tag = "care", operation_id = "export_follow_ups", params(FollowUpExport),
    responses((status = 200, content((Vec<u8> = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("lists.export"))))]
async fn export_follow_ups(
    State(app): State<App>,
    permit: Permit<may::ExportLists>,
    Query(query): Query<FollowUpExport>,
) -> Result<Response, Failure> {
    let FollowUpExport { format, columns, view } = query;
    let taken = lists::Taken {
        list: "follow_ups",
        format,
        columns: lists::columns::<_, FollowUpColumn>(columns.as_deref())?,
        narrowed: json!({ "view": view }),
    };
    let which = view.unwrap_or(FollowUpList::Due);
    lists::file(&app, &permit, taken, move |app, actor, after| {
        let paging = Paging { limit: Some(lists::AT_ONCE), after };
        Box::pin(async move {
            let (me, now) = (cases::person(&actor), app.clock.now());
            store::list(&mut app.db.reader().await?, &actor.reach, which, None, &me, &paging, now).await
        })
    })
    .await
}

/// A follow-up call with its script.
#[utoipa::path(get, path = "/api/follow-ups/{id}", tag = "care", operation_id = "show_follow_up",
    params(("id" = FollowUpId, Path)),
    responses((status = 200, body = FollowUpView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.read"))))]
async fn show_follow_up(
    State(app): State<App>,
    permit: Permit<may::ReadFollowUps>,
    Path(id): Path<FollowUpId>,
) -> Result<Json<FollowUpView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = store::view(&mut tx, &permit.actor().reach, id, app.clock.now()).await?;
    Ok(Json(view.ok_or(CareError::Unknown)?))
}

/// Begin to call: others leave it alone for half an hour.
#[utoipa::path(post, path = "/api/follow-ups/{id}/start", tag = "care", operation_id = "start_follow_up",
    params(("id" = FollowUpId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = FollowUpView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.follow_up"))))]
async fn start_follow_up(
    State(app): State<App>,
    permit: Permit<may::FollowUp>,
    Path(id): Path<FollowUpId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::start(tx, cx, id).await?)) })
    })
    .await
}

/// Record what came of a call: the case is closed, opened again, or called again later.
#[utoipa::path(post, path = "/api/follow-ups/{id}/record", tag = "care", operation_id = "record_follow_up",
    request_body = RecordFollowUp, params(("id" = FollowUpId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = FollowUpView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.follow_up"))))]
async fn record_follow_up(
    State(app): State<App>,
    permit: Permit<may::FollowUp>,
    Path(id): Path<FollowUpId>,
    command: Command<RecordFollowUp>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::record(tx, cx, id, input).await?)) })
    })
    .await
}

/// Over which period, by what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct SatisfactionQuery {
    /// From this instant; 90 days before `to` unless given.
    from: Option<Ts>,
    /// To this instant, not included; now unless given.
    to: Option<Ts>,
    /// By `engineer` (unless given) or `unit`.
    by: Option<SatisfactionBy>,
}

/// Satisfaction by engineer or unit, with the number of answers; below 20 it is marked as a small sample (P7).
#[utoipa::path(get, path = "/api/reports/satisfaction", tag = "care", operation_id = "report_satisfaction",
    params(SatisfactionQuery),
    responses((status = 200, body = SatisfactionReport), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("care.read"))))]
async fn report_satisfaction(
    State(app): State<App>,
    permit: Permit<may::ReadFollowUps>,
    Query(query): Query<SatisfactionQuery>,
) -> Result<Json<SatisfactionReport>, Failure> {
    let to = query.to.unwrap_or(app.clock.now());
    let from = query.from.unwrap_or(to.plus(-USUAL_US));
    if from >= to || to.micros().saturating_sub(from.micros()) > LONGEST_US {
        return Err(CareError::PeriodInvalid.into());
    }
    let by = query.by.unwrap_or(SatisfactionBy::Engineer);
    let mut tx = app.db.reader().await?;
    let rated = store::rated(&mut tx, &permit.actor().reach, by, from, to).await?;
    let zone = identity::settings::time_zone(&mut tx).await?;
    let (total, rows) = rules::satisfaction(&rated, &zone);
    Ok(Json(SatisfactionReport { from, to, by, total, rows }))
}

/// Keep what the customer thinks of a visit, given on the engineer's phone after signing (P7). The score is for whoever calls
/// afterwards; the engineer is not told it again.
#[utoipa::path(post, path = "/api/visits/{id}/rating", tag = "care", operation_id = "rate_visit", request_body = RateVisit,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = RatingKept), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn rate_visit(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<visits::VisitId>,
    command: Command<RateVisit>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::rate_visit(tx, cx, id, input).await?)) })
    })
    .await
}
