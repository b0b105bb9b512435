//! Tables from another system: templates, sending a file, what its trial found, and storing it.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, extract};
use http::{HeaderMap, header};
use identity::{Permit, may};
use kit::http::{Command, Nothing, Path, Problem, Query, Routes, Versioned};
use kit::routes;
use kit::sheet::{Cell, Sheet, SheetFormat};
use kit::{Answer, App, Done, Envelope, Failure, Lang, Ts};
use serde::{Deserialize, Serialize};

use crate::import::tables::rows::{self, ImportId, ImportRow, ImportState, ListedImport};
use crate::import::tables::words::{self, Said};
use crate::import::tables::{TableKind, jobs, template};

kit::errors! {
    /// What imports of tables refuse.
    pub enum ImportError {
        /// There is no such import, or it is somebody else's.
        Unknown => 404 "import_unknown",
        /// The name of the other system has 1 to 40 letters, digits, spaces and `-_.`.
        SourceInvalid => 422 "import_source_invalid" at "/source",
        /// The import is not where this can be done.
        StateWrong { state: String } => 409 "import_state_wrong",
        /// Rows have faults: all or nothing.
        HasFaults { bad: u64 } => 409 "import_has_faults",
        /// One account has so many files under way.
        TooMany { most: i64 } => 409 "imports_full",
        /// The file is too large.
        FileSize { max_mib: usize } => 413 "import_file_size",
        /// The file is empty.
        FileEmpty => 422 "import_file_empty",
    }
}

impl ImportError {
    /// That a file has more than [`MOST_BYTES`].
    pub(super) fn too_large() -> Self {
        Self::FileSize { max_mib: MOST_BYTES / 1024 / 1024 }
    }
}

/// Bytes of a file.
pub(super) const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Faults that an answer holds; the file of faults holds them all.
const MOST_SHOWN: usize = 200;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    let sending =
        Routes::new().routes(routes!(list_imports, send_import)).layer(DefaultBodyLimit::max(MOST_BYTES));
    Routes::new()
        .merge(sending)
        .routes(routes!(import_template))
        .routes(routes!(get_import))
        .routes(routes!(import_faults))
        .routes(routes!(store_import))
        .routes(routes!(drop_import))
}

/// An import as its sender sees it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ImportView {
    /// Id.
    id: ImportId,
    /// What the table holds.
    kind: TableKind,
    /// The name of the other system.
    source: String,
    /// The file's name.
    file_name: String,
    /// The file's size.
    bytes: i64,
    /// How far it is.
    state: ImportState,
    /// Rows done, while it runs on the node that answers.
    progress: Option<ImportProgress>,
    /// What the trial found, or what was stored.
    report: Option<ImportReport>,
    /// When it was sent.
    made_at: Ts,
    /// When it last went on.
    changed_at: Ts,
    /// Version, for `If-Match`.
    version: i64,
}

/// How far an import is that runs.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct ImportProgress {
    /// Rows done.
    done: u64,
    /// Rows to do.
    total: u64,
}

/// What a trial found, or what was stored.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ImportReport {
    /// Rows below the headings.
    rows: u64,
    /// Not here yet.
    new: u64,
    /// Here, and different.
    changed: u64,
    /// Here, and the same.
    same: u64,
    /// Rows with something wrong.
    bad: u64,
    /// Lines that only show how a template is filled in; they are left out.
    examples: u64,
    /// Columns that are not used, by their headings.
    unknown: Vec<String>,
    /// What is wrong, by row; at most 200 entries.
    faults: Vec<ImportFault>,
    /// How many more entries the file of faults has.
    more_faults: u64,
    /// Why the file can't be read at all.
    refusal: Option<Said>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ImportFault {
    /// The row as a spreadsheet counts it: the headings stand in row 1.
    row: u32,
    /// The heading of its column.
    column: String,
    /// What stands there, shortened.
    value: String,
    /// What is wrong.
    what: String,
    /// How to mend it.
    cure: String,
}

fn view(row: ImportRow, lang: Lang) -> ImportView {
    let kind = row.kind;
    let report = row.report.map(|report| ImportReport {
        faults: report
            .faults
            .iter()
            .take(MOST_SHOWN)
            .map(|fault| {
                let Said { what, cure } = words::of_fault(lang, fault);
                let column = words::column(lang, kind, &report, fault);
                ImportFault { row: fault.row, column, value: fault.value.clone(), what, cure }
            })
            .collect(),
        more_faults: report.faults.len().saturating_sub(MOST_SHOWN) as u64,
        refusal: report.refusal.as_ref().map(|refusal| words::of_refusal(lang, refusal)),
        rows: report.rows,
        new: report.new,
        changed: report.changed,
        same: report.same,
        bad: report.bad,
        examples: report.examples,
        unknown: report.unknown,
    });
    let runs = matches!(row.state, ImportState::Checking | ImportState::Storing);
    let progress = jobs::progress(row.id).filter(|_| runs);
    ImportView {
        id: row.id,
        kind,
        source: row.source,
        file_name: row.file_name,
        bytes: row.bytes,
        state: row.state,
        progress: progress.map(|(done, total)| ImportProgress { done, total }),
        report,
        made_at: row.made_at,
        changed_at: row.changed_at,
        version: row.version,
    }
}

/// Which template.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct TemplateQuery {
    /// What the table holds.
    #[param(inline)]
    kind: TableKind,
    /// The form of the file.
    #[param(inline)]
    format: SheetFormat,
    /// The language of the headings; one's own unless given. A link that a browser follows can't say it otherwise.
    #[param(inline)]
    lang: Option<Lang>,
}

fn sent(bytes: Vec<u8>, format: SheetFormat, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{format}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// A file to fill in: the headings in one's language, and a line that shows how.
#[utoipa::path(get, path = "/api/import-templates", tag = "imports", operation_id = "import_template", params(TemplateQuery),
    responses((status = 200, content((Vec<u8> = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.import"))))]
async fn import_template(
    permit: Permit<may::ImportTables>,
    Query(query): Query<TemplateQuery>,
) -> Result<Response, Failure> {
    let bytes = template::template(query.lang.unwrap_or(permit.actor().lang), query.kind, query.format);
    Ok(sent(bytes, query.format, &format!("aftercare-{}", query.kind)))
}

/// One's imports, the newest first, at most 50.
#[utoipa::path(get, path = "/api/imports", tag = "imports", operation_id = "list_imports",
    responses((status = 200, body = Vec<ListedImport>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.import"))))]
async fn list_imports(
    State(app): State<App>,
    permit: Permit<may::ImportTables>,
) -> Result<Json<Vec<ListedImport>>, Failure> {
    let (account, lang) = (permit.principal().account_id, permit.actor().lang);
    Ok(Json(rows::list(&mut app.db.reader().await?, account, lang).await?))
}

/// What the file holds, and where it is from.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SendQuery {
    /// What the table holds.
    #[param(inline)]
    kind: TableKind,
    /// The name of the other system; `table` unless given. Numbers of two systems don't meet.
    source: Option<String>,
    /// The file's name.
    file_name: Option<String>,
}

/// Send a table (CSV or XLSX, at most 20 MiB). Its trial begins at once and writes nothing.
#[utoipa::path(post, path = "/api/imports", tag = "imports", operation_id = "send_import",
    params(SendQuery, ("Idempotency-Key" = String, Header)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = ImportView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.import"))))]
async fn send_import(
    State(app): State<App>,
    permit: Permit<may::ImportTables>,
    Query(query): Query<SendQuery>,
    headers: HeaderMap,
    uri: extract::OriginalUri,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Answer, Failure> {
    let key = kit::http::command_key(&headers)?;
    let bytes = body.map_err(|_| ImportError::too_large())?;
    if bytes.is_empty() {
        return Err(ImportError::FileEmpty.into());
    }
    let path = uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string);
    let envelope = Envelope::new(key, "POST", &path, &bytes);
    let (account, lang) = (permit.principal().account_id, permit.actor().lang);
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let name = query.file_name.as_deref().unwrap_or_default();
            let what = (query.kind, query.source.as_deref(), name);
            let row = rows::take(tx, cx, account, what, &bytes).await?;
            let version = row.version;
            Ok(Done::created(view(row, lang)).version(version))
        })
    })
    .await
}

/// One of one's imports.
#[utoipa::path(get, path = "/api/imports/{id}", tag = "imports", operation_id = "get_import", params(("id" = ImportId, Path)),
    responses((status = 200, body = ImportView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.import"))))]
async fn get_import(
    State(app): State<App>,
    permit: Permit<may::ImportTables>,
    Path(id): Path<ImportId>,
) -> Result<Versioned<ImportView>, Failure> {
    let mut tx = app.db.reader().await?;
    let row = rows::own(&mut tx, permit.principal().account_id, id).await?;
    Ok(Versioned(row.version, view(row, permit.actor().lang)))
}

/// The form of a file.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct FormatQuery {
    /// The form of the file.
    #[param(inline)]
    format: SheetFormat,
    /// The language of the list; one's own unless given.
    #[param(inline)]
    lang: Option<Lang>,
}

/// Everything that is wrong with a table, as CSV or XLSX.
#[utoipa::path(get, path = "/api/imports/{id}/faults", tag = "imports", operation_id = "import_faults",
    params(("id" = ImportId, Path), FormatQuery),
    responses((status = 200, content((Vec<u8> = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.import"))))]
async fn import_faults(
    State(app): State<App>,
    permit: Permit<may::ImportTables>,
    Path(id): Path<ImportId>,
    Query(query): Query<FormatQuery>,
) -> Result<Response, Failure> {
    let lang = query.lang.unwrap_or(permit.actor().lang);
    let mut tx = app.db.reader().await?;
    let row = rows::own(&mut tx, permit.principal().account_id, id).await?;
    let report = row.report.unwrap_or_default();
    let head: Vec<String> = ["row", "column", "value", "what", "cure"]
        .iter()
        .map(|name| {
            kit::texts::text(lang, &format!("tables.{name}"), &[]).unwrap_or_else(|| (*name).to_owned())
        })
        .collect();
    let mut sheet = Sheet::new(query.format, &head);
    for fault in &report.faults {
        let Said { what, cure } = words::of_fault(lang, fault);
        let column = words::column(lang, row.kind, &report, fault);
        sheet.row(&[
            Cell::Number(fault.row.into()),
            column.into(),
            fault.value.clone().into(),
            what.into(),
            cure.into(),
        ]);
    }
    Ok(sent(sheet.finish(), query.format, "faults"))
}

/// Store a table whose trial found nothing wrong: all of it, or nothing.
#[utoipa::path(post, path = "/api/imports/{id}/store", tag = "imports", operation_id = "store_import", request_body = Nothing,
    params(("id" = ImportId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ImportView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.import"))))]
async fn store_import(
    State(app): State<App>,
    permit: Permit<may::ImportTables>,
    Path(id): Path<ImportId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let (account, lang) = (permit.principal().account_id, permit.actor().lang);
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let row = rows::begin(tx, cx, account, id, seen).await?;
            let version = row.version;
            Ok(Done::ok(view(row, lang)).version(version))
        })
    })
    .await
}

/// Let go of a table that isn't stored; its file is removed.
#[utoipa::path(post, path = "/api/imports/{id}/drop", tag = "imports", operation_id = "drop_import", request_body = Nothing,
    params(("id" = ImportId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ImportView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.import"))))]
async fn drop_import(
    State(app): State<App>,
    permit: Permit<may::ImportTables>,
    Path(id): Path<ImportId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let (account, lang) = (permit.principal().account_id, permit.actor().lang);
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let row = rows::let_go(tx, cx, account, id, seen).await?;
            let version = row.version;
            Ok(Done::ok(view(row, lang)).version(version))
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tables::heading;

    #[test]
    fn every_field_has_its_heading_and_every_fault_its_words_in_both_languages() {
        for lang in Lang::ALL {
            let keys = kit::texts::keys(lang);
            for kind in TableKind::ALL {
                for field in kind.fields(lang) {
                    assert_ne!(heading(lang, *kind, field.name), field.name, "{} {kind}", lang.tag());
                }
            }
            for code in [
                "cell_day",
                "cell_error",
                "cell_exponent",
                "cell_fraction",
                "cell_missing",
                "cell_too_long",
                "contact_changes_customer",
                "contact_of_nobody",
                "customer_ambiguous",
                "customer_not_here",
                "lang_unknown",
                "level_unknown",
                "out_of_reach",
                "parent_not_here",
                "product_ambiguous",
                "product_inactive",
                "product_not_here",
                "product_version_not_here",
                "ref_twice",
                "serial_twice",
                "site_ambiguous",
                "site_changes_customer",
                "site_not_here",
                "site_of_another",
                "truth_unknown",
                "unit_out_of_reach",
                "unit_unknown_here",
                "column_missing",
                "column_twice",
                "file_columns",
                "file_csv",
                "file_empty",
                "file_encoding",
                "file_old_excel",
                "file_rows",
                "file_size",
                "import_not_permitted",
                "xlsx_bomb",
                "xlsx_broken",
                "xlsx_deep",
                "xlsx_entities",
                "xlsx_locked",
                "xlsx_no_sheet",
                "xlsx_texts",
            ] {
                for part in ["fault", "cure"] {
                    let key = format!("tables.{part}.{code}");
                    assert!(keys.contains(&key.as_str()), "{} {key}", lang.tag());
                }
            }
        }
    }
}
