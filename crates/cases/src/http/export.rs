//! A list of cases as a spreadsheet: what is shown, page by page, and an event that says who took what.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use identity::{Permit, may};
use kit::http::{Problem, Query, Routes};
use kit::routes;
use kit::sheet::{Cell, Sheet, SheetFormat};
use kit::{Actor, App, Audience, Event, Failure, Lang, Refusal};
use organisation::UnitId;
use serde::Deserialize;
use serde_json::json;

use crate::errors::CaseError;
use crate::model::{Severity, StateName};
use crate::reads;
use crate::rules::{self, CaseColumn};
use crate::store::{CaseListView, ListQuery};

/// Rows that are read at once.
const AT_ONCE: i64 = 200;

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
}

fn columns(text: Option<&str>) -> Result<Vec<CaseColumn>, Failure> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else {
        return Ok(CaseColumn::ALL.to_vec());
    };
    let mut found: Vec<CaseColumn> = Vec::new();
    for name in text.split(',') {
        let column: CaseColumn = name.trim().parse().map_err(|()| {
            Failure::from(CaseError::ColumnUnknown { name: name.trim().chars().take(40).collect() })
        })?;
        if !found.contains(&column) {
            found.push(column);
        }
    }
    Ok(found)
}

struct Writing {
    app: App,
    actor: Actor,
    query: ListQuery,
    columns: Vec<CaseColumn>,
    sheet: Option<Sheet>,
    rows: usize,
}

/// The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log.
#[utoipa::path(get, path = "/api/cases/export", tag = "cases", operation_id = "export_cases", params(ExportQuery),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.export"))))]
async fn export(
    State(app): State<App>,
    permit: Permit<may::ExportCases>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Failure> {
    let columns = columns(query.columns.as_deref())?;
    let (actor, format) = (permit.actor(), query.format);
    // What was searched for may be somebody's name: the event says only that something was.
    let body = json!({
        "list": "cases", "format": format, "columns": &columns, "view": query.view, "severity": query.severity,
        "state": query.state, "unit": query.unit, "site": query.site, "searched": query.q.is_some(),
    });
    let unit_id = actor.unit_id.clone();
    let account = permit.principal().account_id.to_string();
    app.act(actor.clone(), move |tx, cx| {
        Box::pin(async move {
            let mut event =
                Event::new("list.exported", "account", account).audience(Audience::Audit).body(&body);
            if let Some(unit_id) = &unit_id {
                event = event.unit(unit_id);
            }
            Ok::<_, Failure>(kit::events::append(tx, cx, event).await?)
        })
    })
    .await?;
    let writing = Writing {
        sheet: Some(Sheet::new(format, &rules::heads(&columns, actor.lang))),
        query: ListQuery {
            view: query.view,
            severity: query.severity,
            state: query.state,
            unit: query.unit,
            site: query.site,
            q: query.q,
            limit: Some(AT_ONCE),
            after: None,
        },
        app: app.clone(),
        actor,
        columns,
        rows: 0,
    };
    // The first page is read before the answer begins: what is refused is refused as a problem, not as a torn file.
    let (first, rest) = page(writing).await?;
    let more = stream::try_unfold(rest, |writing| async move {
        match writing {
            None => Ok::<_, Failure>(None),
            Some(writing) => {
                let (bytes, rest) = page(writing).await?;
                Ok(Some((bytes, rest)))
            }
        }
    });
    let body = futures::StreamExt::chain(stream::iter([Ok::<_, Failure>(first)]), more);
    let body = futures::TryStreamExt::map_err(body, |failure| {
        tracing::warn!(%failure, "an export broke off");
        std::io::Error::other("the export broke off")
    });
    let today = app.clock.now().timestamp().strftime("%Y-%m-%d").to_string();
    let headers = [
        (http::header::CONTENT_TYPE, format.media_type().to_owned()),
        (http::header::CONTENT_DISPOSITION, format!("attachment; filename=\"cases-{today}.{format}\"")),
        (http::header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

// The next rows as bytes, and what is left to write.
async fn page(mut writing: Writing) -> Result<(Vec<u8>, Option<Writing>), Failure> {
    let now = writing.app.clock.now();
    let page = {
        let mut tx = writing.app.db.reader().await?;
        reads::rows(&mut tx, &writing.actor, &writing.query, now).await?
    };
    let Some(mut sheet) = writing.sheet.take() else {
        return Err(Failure::from(Refusal::new(500, "internal")));
    };
    let lang: Lang = writing.actor.lang;
    let room = rules::MAX_ROWS - writing.rows;
    for row in page.items.iter().take(room) {
        sheet.row(&rules::cells(row, &writing.columns, lang));
        writing.rows += 1;
    }
    let cut = writing.rows >= rules::MAX_ROWS && (page.next.is_some() || page.items.len() > room);
    if cut {
        let values = [("rows", rules::MAX_ROWS.to_string())];
        let words = kit::texts::text(lang, "cases.export.cut", &values).unwrap_or_default();
        sheet.row(&[Cell::Text(words)]);
    }
    match page.next {
        Some(next) if !cut => {
            writing.query.after = Some(next);
            let bytes = sheet.take();
            writing.sheet = Some(sheet);
            Ok((bytes, Some(writing)))
        }
        _ => {
            let mut bytes = sheet.take();
            bytes.extend(sheet.finish());
            Ok((bytes, None))
        }
    }
}
