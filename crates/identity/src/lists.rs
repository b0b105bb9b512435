//! Lists as spreadsheets, one frame for all of them: the shown columns, page by page, and an event that says who took what.
//!
//! A list names its columns with what stands in them ([`ListColumn`]) and reads its pages; everything else is here.

use std::str::FromStr;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use futures::future::BoxFuture;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use http::header;
use jiff::tz::TimeZone;
use kit::sheet::{Cell, Sheet, SheetFormat};
use kit::{Actor, App, Audience, Event, Failure, Lang, Page, Refusal, Ts};
use serde::Serialize;
use serde_json::{Value, json};

use crate::errors::IdentityError;
use crate::may::Permission;
use crate::permit::Permit;

/// Rows that a list should read at once for a file.
pub const AT_ONCE: i64 = 200;
/// Rows of one file at most.
pub const MAX_ROWS: usize = 10_000;

/// A column of a list: its head, and what stands in it.
pub trait ListColumn<Row>: Copy + PartialEq + FromStr<Err = ()> + Serialize + Send + Sync + 'static {
    /// All of them, in the order of the list.
    const COLUMNS: &'static [Self];

    /// Its head.
    fn head(self, lang: Lang) -> String;

    /// What stands in it; no number of a person whole (P68).
    fn cell(self, row: &Row, lang: Lang) -> String;
}

/// What somebody takes away.
pub struct Taken<C> {
    /// The list's name, as the event and the file say it.
    pub list: &'static str,
    /// The form of the file.
    pub format: SheetFormat,
    /// The columns, in order.
    pub columns: Vec<C>,
    /// How the list is narrowed. What was searched for may be somebody's name: say only that something was.
    pub narrowed: Value,
}

/// The columns that an address names, with commas between them; all unless given.
///
/// # Errors
/// `list_column_unknown`.
pub fn columns<Row, C: ListColumn<Row>>(text: Option<&str>) -> Result<Vec<C>, Failure> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(C::COLUMNS.to_vec()) };
    let mut found: Vec<C> = Vec::new();
    for name in text.split(',').map(str::trim) {
        let unknown = |()| IdentityError::ColumnUnknown { name: name.chars().take(40).collect() };
        let column: C = name.parse().map_err(unknown)?;
        if !found.contains(&column) {
            found.push(column);
        }
    }
    Ok(found)
}

/// A word of the catalogue; the end of its key where it has none.
#[must_use]
pub fn word(lang: Lang, key: &str) -> String {
    kit::texts::text(lang, key, &[]).unwrap_or_else(|| key.rsplit('.').next().unwrap_or_default().to_owned())
}

/// An instant as the clocks of its place show it; UTC where the zone is unknown.
#[must_use]
pub fn local_time(at: Ts, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Some rows of a list that may end before all that matches does.
#[derive(Clone, Debug)]
pub struct Rows<Row> {
    /// The rows, and the cursor of the next.
    pub page: Page<Row>,
    /// Whether more may match than the list goes on to show: its search stopped at a bound.
    pub cut: bool,
}

struct Writing<C, P> {
    app: App,
    actor: Actor,
    columns: Vec<C>,
    page: P,
    sheet: Option<Sheet>,
    rows: usize,
    after: Option<String>,
}

/// A list as CSV or XLSX, [`MAX_ROWS`] rows at most, read by `page` from a cursor on; who took what is on record in the audit log.
/// The first page is read before the answer begins: what is refused is refused as a problem, not as a torn file.
///
/// # Errors
/// As `page` says.
pub async fn file<Row, C, P, M>(
    app: &App,
    permit: &Permit<M>,
    taken: Taken<C>,
    page: P,
) -> Result<Response, Failure>
where
    Row: Send + 'static,
    C: ListColumn<Row>,
    P: Fn(App, Actor, Option<String>) -> BoxFuture<'static, Result<Page<Row>, Failure>>
        + Send
        + Sync
        + 'static,
    M: Permission,
{
    file_of_rows(app, permit, taken, move |app, actor, after| {
        let page = page(app, actor, after);
        Box::pin(async move { Ok(Rows { page: page.await?, cut: false }) })
    })
    .await
}

/// As [`file`], of a list that may end before all that matches does: the file then says so.
///
/// # Errors
/// As `rows` says.
pub async fn file_of_rows<Row, C, P, M>(
    app: &App,
    permit: &Permit<M>,
    taken: Taken<C>,
    rows: P,
) -> Result<Response, Failure>
where
    Row: Send + 'static,
    C: ListColumn<Row>,
    P: Fn(App, Actor, Option<String>) -> BoxFuture<'static, Result<Rows<Row>, Failure>>
        + Send
        + Sync
        + 'static,
    M: Permission,
{
    let Taken { list, format, columns, narrowed } = taken;
    let actor = permit.actor();
    let mut body = json!({ "list": list, "format": format, "columns": &columns });
    if let (Some(body), Value::Object(narrowed)) = (body.as_object_mut(), narrowed) {
        body.extend(narrowed);
    }
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
    let heads: Vec<String> = columns.iter().map(|column| column.head(actor.lang)).collect();
    let writing = Writing {
        sheet: Some(Sheet::new(format, &heads)),
        app: app.clone(),
        actor,
        columns,
        page: rows,
        rows: 0,
        after: None,
    };
    let (first, rest) = next::<Row, C, P>(writing).await?;
    let more = stream::try_unfold(rest, |writing| async move {
        match writing {
            None => Ok::<_, Failure>(None),
            Some(writing) => Ok(Some(next::<Row, C, P>(writing).await?)),
        }
    });
    let body = stream::iter([Ok::<_, Failure>(first)]).chain(more).map_err(|failure| {
        tracing::warn!(%failure, "an export broke off");
        std::io::Error::other("the export broke off")
    });
    let today = app.clock.now().timestamp().strftime("%Y-%m-%d").to_string();
    let name = list.replace('_', "-");
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{today}.{format}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

// The words for what a file leaves out: by its own bound, or because its search stopped. A reader mends each another way.
fn left_out(full: bool, search_stopped: bool) -> Option<&'static str> {
    match (full, search_stopped) {
        (true, _) => Some("common.list.export.cut"),
        (false, true) => Some("common.list.export.search_cut"),
        (false, false) => None,
    }
}

// The next rows as bytes, and what is left to write.
async fn next<Row, C, P>(mut writing: Writing<C, P>) -> Result<(Vec<u8>, Option<Writing<C, P>>), Failure>
where
    C: ListColumn<Row>,
    P: Fn(App, Actor, Option<String>) -> BoxFuture<'static, Result<Rows<Row>, Failure>>,
{
    let Rows { page, cut } =
        (writing.page)(writing.app.clone(), writing.actor.clone(), writing.after.take()).await?;
    let Some(mut sheet) = writing.sheet.take() else { return Err(Refusal::new(500, "internal").into()) };
    let lang = writing.actor.lang;
    let room = MAX_ROWS - writing.rows;
    for row in page.items.iter().take(room) {
        let cells: Vec<Cell> = writing.columns.iter().map(|column| column.cell(row, lang).into()).collect();
        sheet.row(&cells);
        writing.rows += 1;
    }
    let full = writing.rows >= MAX_ROWS && (page.next.is_some() || page.items.len() > room);
    let over = full || page.next.is_none();
    if let Some(key) = left_out(full, cut && over) {
        let words = kit::texts::text(lang, key, &[("rows", writing.rows.to_string())]);
        sheet.row(&[Cell::Text(words.unwrap_or_default())]);
    }
    match page.next {
        Some(after) if !over => {
            let bytes = sheet.take();
            (writing.sheet, writing.after) = (Some(sheet), Some(after));
            Ok((bytes, Some(writing)))
        }
        _ => {
            let mut bytes = sheet.take();
            bytes.extend(sheet.finish());
            Ok((bytes, None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_it_leaves_out_by_its_cause() {
        for (full, search_stopped, begins) in [
            (true, false, "Only the first 7 rows"),
            (true, true, "Only the first 7 rows"),
            (false, true, "The search stopped"),
        ] {
            let key = left_out(full, search_stopped).unwrap();
            let words = kit::texts::text(Lang::En, key, &[("rows", "7".to_owned())]).unwrap();
            assert!(words.starts_with(begins), "{words}");
        }
        assert_eq!(left_out(false, false), None);
    }

    #[test]
    fn times_are_those_of_the_place() {
        let at: Ts = "2026-10-09T16:40:00+08:00".parse().unwrap();
        assert_eq!(local_time(at, "Asia/Shanghai"), "2026-10-09 16:40");
        assert_eq!(local_time(at, "no such zone"), "2026-10-09 08:40");
        assert_eq!(word(Lang::En, "no.such.word"), "word");
    }
}
