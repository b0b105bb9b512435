//! The audit, for audit administrators.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use kit::http::Query;
use kit::{App, Failure, Page, Paging, Ts};
use serde::Deserialize;

use super::Plain;
use crate::actions::audit as actions;
use crate::audit::{AuditEntry, AuditFilter, AuditResult};
use crate::may;
use crate::permit::Permit;
use crate::store::audit as store;

/// Which events, and which page of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// From this instant on.
    from: Option<Ts>,
    /// Before this instant.
    to: Option<Ts>,
    /// Only by this account (id) or part of the program.
    actor_id: Option<String>,
    /// Only about this record.
    subject_id: Option<String>,
    /// Only of this kind.
    kind: Option<String>,
    /// Only with this result.
    #[param(inline)]
    result: Option<AuditResult>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Events for the audit, newest first. An auditor whose account has a unit sees those of that unit and below.
#[utoipa::path(get, path = "/api/audit", tag = "identity", operation_id = "list_audit", params(AuditQuery),
    responses((status = 200, body = Page<AuditEntry>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("audit.read"))))]
pub(super) async fn list_audit(
    State(app): State<App>,
    permit: Permit<may::ReadAudit>,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Page<AuditEntry>>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after };
    let filter = AuditFilter {
        from: query.from,
        to: query.to,
        actor_id: query.actor_id,
        subject_id: query.subject_id,
        kind: query.kind,
        result: query.result,
    };
    let unit = permit.principal().unit_id.as_deref();
    let mut tx = app.db.reader().await?;
    let rows = store::list(&mut tx, unit, &filter, &paging, paging.limit() + 1).await?;
    Ok(Json(Page::from_rows(rows, paging.limit(), |e| vec![e.at.into(), e.pos.into()])))
}

/// Take the events of a filter out as a CSV file; that is an event too.
#[utoipa::path(post, path = "/api/audit/export", tag = "identity", operation_id = "export_audit", request_body = AuditFilter,
    responses((status = 200, content_type = "text/csv", body = String), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("audit.read")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn export_audit(
    State(app): State<App>,
    permit: Permit<may::ReadAudit>,
    Plain(filter): Plain<AuditFilter>,
) -> Result<Response, Failure> {
    let csv = actions::export(&app, permit.actor(), filter).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, csv).into_response())
}
