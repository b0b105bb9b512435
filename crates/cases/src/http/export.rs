//! A list of cases as a spreadsheet: what is shown.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use futures::lock::Mutex;
use identity::{Permit, lists, may};
use kit::http::{Problem, Query, Routes};
use kit::routes;
use kit::sheet::SheetFormat;
use kit::{App, Failure};
use organisation::UnitId;
use serde::Deserialize;
use serde_json::json;

use crate::model::{Severity, StateName};
use crate::reads;
use crate::rules::CaseColumn;
use crate::store::{CaseListView, CaseSort, ListQuery};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(export))
}

/// Which cases, which columns, in what form.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ExportQuery {
    /// The form of the file.
    #[param(inline)]
    format: SheetFormat,
    /// The columns in order, with commas between them; all unless given.
    columns: Option<String>,
    /// The list; `open` unless given.
    view: Option<CaseListView>,
    /// Of this severity.
    severity: Option<Severity>,
    /// In this state.
    state: Option<StateName>,
    /// Of this unit and the units below it.
    unit: Option<UnitId>,
    /// On this site.
    site: Option<customers::SiteId>,
    /// As in the list; the newest 10,000 that match.
    q: Option<String>,
    /// As in the list.
    #[param(inline)]
    sort: Option<CaseSort>,
}

/// The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log.
#[utoipa::path(get, path = "/api/cases/export", tag = "cases", operation_id = "export_cases", params(ExportQuery),
    responses((status = 200, content((Vec<u8> = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.export"))))]
async fn export(
    State(app): State<App>,
    permit: Permit<may::ExportCases>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Failure> {
    let ExportQuery { format, columns, view, severity, state, unit, site, q, sort } = query;
    let taken = lists::Taken {
        list: "cases",
        format,
        columns: lists::columns::<_, CaseColumn>(columns.as_deref())?,
        narrowed: json!({
            "view": view, "severity": severity, "state": state, "unit": unit, "site": site, "searched": q.is_some(),
            "sort": sort,
        }),
    };
    let filed = Arc::new(Mutex::new(reads::Filed::default()));
    lists::file_of_rows(&app, &permit, taken, move |app, actor, after| {
        let limit = Some(lists::AT_ONCE);
        let query = ListQuery { view, severity, state, unit, site, q: q.clone(), sort, limit, after };
        let filed = filed.clone();
        Box::pin(async move {
            let now = app.clock.now();
            let mut filed = filed.lock().await;
            reads::rows(&mut app.db.reader().await?, &actor, &query, &mut filed, now).await
        })
    })
    .await
}
