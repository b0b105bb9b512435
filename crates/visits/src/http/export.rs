//! A list of work orders as a spreadsheet.

use axum::extract::State;
use axum::response::Response;
use identity::{Permit, lists as files, may};
use kit::http::{Problem, Query, Routes};
use kit::routes;
use kit::sheet::SheetFormat;
use kit::{App, Failure, Page};
use organisation::UnitId;
use serde::Deserialize;
use serde_json::json;

use crate::model::WorkOrderState;
use crate::reads;
use crate::rules::OrderColumn;
use crate::store::lists::{OrderQuery, OrderView};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(export_work_orders))
}

/// Which work orders, which columns, in what form.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct OrderExport {
    /// The form of the file.
    #[param(inline)]
    format: SheetFormat,
    /// The columns in order, with commas between them; all unless given.
    columns: Option<String>,
    /// The list; `all` unless given.
    #[param(inline)]
    view: Option<OrderView>,
    /// In this state.
    state: Option<WorkOrderState>,
    /// Of this unit and the units below it.
    unit: Option<UnitId>,
}

/// The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log.
#[utoipa::path(get, path = "/api/work-orders/export", tag = "visits", operation_id = "export_work_orders", params(OrderExport),
    responses((status = 200, content((Vec<u8> = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("lists.export"))))]
async fn export_work_orders(
    State(app): State<App>,
    permit: Permit<may::ExportLists>,
    Query(query): Query<OrderExport>,
) -> Result<Response, Failure> {
    let OrderExport { format, columns, view, state, unit } = query;
    let taken = files::Taken {
        list: "work_orders",
        format,
        columns: files::columns::<_, OrderColumn>(columns.as_deref())?,
        narrowed: json!({ "view": view, "state": state, "unit": unit }),
    };
    files::file(&app, &permit, taken, move |app, actor, after| {
        let limit = Some(files::AT_ONCE);
        let query = OrderQuery { view, state, unit, limit, after, ..OrderQuery::default() };
        Box::pin(async move {
            let mut tx = app.db.reader().await?;
            let (items, next) = reads::orders(&mut tx, &actor, &query, app.clock.now()).await?;
            Ok(Page { items, next })
        })
    })
    .await
}
