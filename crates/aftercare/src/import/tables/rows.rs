//! What becomes of a table that was sent: one function per use.

use identity::{AccountId, AccountState};
use kit::{Actor, ActorKind, Audience, Cx, Event, Failure, Lang, Reach, Ts, Tx};
use organisation::UnitId;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::words::{self, Said};
use super::{Asked, Report, TableKind, jobs, store};
use crate::http::imports::ImportError;

kit::id_type!(
    /// Id of a table that was sent.
    ImportId
);

kit::names! {
    /// How far a table is.
    ImportState {
        /// 检查中
        Checking = "checking",
        /// 已检查
        Checked = "checked",
        /// 无法读取
        Refused = "refused",
        /// 导入中
        Storing = "storing",
        /// 已导入
        Stored = "stored",
        /// 已放弃
        Dropped = "dropped",
    }
}

/// A table that was sent.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// Id.
    pub id: ImportId,
    /// What it holds.
    pub kind: TableKind,
    /// The name of the other system.
    pub source: String,
    /// The file's name, without its path.
    pub file_name: String,
    /// The file's digest.
    pub file_sha256: String,
    /// The file's size.
    pub bytes: i64,
    /// Who sent it.
    pub account_id: AccountId,
    /// How far it is.
    pub state: ImportState,
    /// What the trial found, or what was stored.
    pub report: Option<Report>,
    /// When it was sent.
    pub made_at: Ts,
    /// When it last went on.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// How the rows of a table stood to what was here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ImportCounts {
    /// Rows below the headings.
    pub rows: i64,
    /// Not here yet.
    pub new: i64,
    /// Here, and different.
    pub changed: i64,
    /// Here, and the same.
    pub same: i64,
    /// Rows with something wrong.
    pub bad: i64,
}

impl ImportCounts {
    pub(super) fn of(report: &Report) -> Self {
        let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        Self {
            rows: whole(report.rows),
            new: whole(report.new),
            changed: whole(report.changed),
            same: whole(report.same),
            bad: whole(report.bad),
        }
    }
}

/// A table that was sent, as a list shows it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ListedImport {
    /// Id.
    pub id: ImportId,
    /// What it holds.
    pub kind: TableKind,
    /// The name of the other system.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// The file's size.
    pub bytes: i64,
    /// How far it is.
    pub state: ImportState,
    /// What the trial counted, or what was stored; none before, and of a file that couldn't be read.
    pub counts: Option<ImportCounts>,
    /// Why the file can't be brought in at all.
    pub refusal: Option<Said>,
    /// When it was sent.
    pub made_at: Ts,
    /// When it last went on.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

impl ImportRow {
    /// The next version of it.
    #[must_use]
    pub fn gone_on(mut self, state: ImportState, now: Ts) -> Self {
        self.state = state;
        self.changed_at = now;
        self.version += 1;
        self
    }
}

/// Files that one account may have under way.
const MOST_FILES: i64 = 5;
const LONGEST_NAME: usize = 200;

/// A name of another system: 1 to 40 letters, digits, spaces and `-_.`.
///
/// # Errors
/// `import_source_invalid`.
pub fn source(text: Option<&str>) -> Result<String, ImportError> {
    let text = text.map(str::trim).filter(|t| !t.is_empty()).unwrap_or("table");
    let fine = text.chars().count() <= 40 && text.chars().all(|c| c.is_alphanumeric() || " -_.".contains(c));
    if fine { Ok(text.to_owned()) } else { Err(ImportError::SourceInvalid) }
}

/// Takes a file; its trial begins at once, as a job.
///
/// # Errors
/// `import_source_invalid`, `imports_full`.
pub async fn take(
    tx: &mut Tx,
    cx: &Cx,
    account_id: AccountId,
    (kind, from, file_name): (TableKind, Option<&str>, &str),
    content: &[u8],
) -> Result<ImportRow, Failure> {
    let source = source(from)?;
    if store::files_of(tx, account_id).await? >= MOST_FILES {
        return Err(ImportError::TooMany { most: MOST_FILES }.into());
    }
    // Whatever path a browser sends along stays outside.
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let row = ImportRow {
        id: cx.new_id(),
        kind,
        source,
        file_name: name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect(),
        file_sha256: hex::encode(Sha256::digest(content)),
        bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
        account_id,
        state: ImportState::Checking,
        report: None,
        made_at: cx.now,
        changed_at: cx.now,
        version: 1,
    };
    store::insert(tx, &row, content).await?;
    told(tx, cx, "table.sent", &row).await?;
    jobs::check_soon(tx, cx, row.id).await?;
    Ok(row)
}

async fn told(tx: &mut Tx, cx: &Cx, kind: &'static str, row: &ImportRow) -> Result<(), Failure> {
    let body =
        json!({ "kind": row.kind, "source": row.source, "file_sha256": row.file_sha256, "bytes": row.bytes });
    let mut event = Event::new(kind, "table_import", row.id).audience(Audience::Audit).body(&body);
    if let Some(unit) = &cx.actor.unit_id {
        event = event.unit(unit);
    }
    Ok(kit::events::append(tx, cx, event).await?)
}

/// An account's own import.
///
/// # Errors
/// `import_unknown`.
pub async fn own(tx: &mut Tx, account_id: AccountId, id: ImportId) -> Result<ImportRow, Failure> {
    let row = store::get(tx, id).await?.filter(|row| row.account_id == account_id);
    row.ok_or_else(|| ImportError::Unknown.into())
}

/// An account's imports, the newest first, at most 50.
///
/// # Errors
/// As the database says.
pub async fn list(tx: &mut Tx, account_id: AccountId, lang: Lang) -> Result<Vec<ListedImport>, Failure> {
    Ok(store::list(tx, account_id, 50, |refusal| words::of_refusal(lang, refusal)).await?)
}

/// Begins to store what a trial found to be fine.
///
/// # Errors
/// `import_unknown`, `version_changed`, `import_state_wrong`, `import_has_faults`.
pub async fn begin(
    tx: &mut Tx,
    cx: &Cx,
    account_id: AccountId,
    id: ImportId,
    seen: i64,
) -> Result<ImportRow, Failure> {
    let row = own(tx, account_id, id).await?;
    kit::http::same_version(seen, row.version, json!({ "state": row.state }))?;
    if row.state != ImportState::Checked {
        return Err(ImportError::StateWrong { state: row.state.name().to_owned() }.into());
    }
    if let Some(report) = row.report.as_ref().filter(|report| !report.fine()) {
        return Err(ImportError::HasFaults { bad: report.bad }.into());
    }
    let row = row.gone_on(ImportState::Storing, cx.now);
    store::update(tx, &row).await?;
    jobs::store_soon(tx, cx, id).await?;
    Ok(row)
}

/// Lets go of a table that isn't stored; its file is removed.
///
/// # Errors
/// `import_unknown`, `version_changed`, `import_state_wrong`.
pub async fn let_go(
    tx: &mut Tx,
    cx: &Cx,
    account_id: AccountId,
    id: ImportId,
    seen: i64,
) -> Result<ImportRow, Failure> {
    let row = own(tx, account_id, id).await?;
    kit::http::same_version(seen, row.version, json!({ "state": row.state }))?;
    if !matches!(row.state, ImportState::Checking | ImportState::Checked) {
        return Err(ImportError::StateWrong { state: row.state.name().to_owned() }.into());
    }
    let row = row.gone_on(ImportState::Dropped, cx.now);
    store::update(tx, &row).await?;
    told(tx, cx, "table.dropped", &row).await?;
    Ok(row)
}

/// On whose behalf an import goes on, as their account stands now; `None` if they may no longer.
pub(super) async fn asked(tx: &mut Tx, row: &ImportRow) -> Result<Option<Asked>, Failure> {
    use identity::Permission as _;
    let account = identity::account(tx, row.account_id).await?;
    let may = account.roles.iter().any(|role| identity::may::ImportTables::ROLES.contains(role));
    let unit = account.unit_id.as_ref().and_then(|unit| unit.parse::<UnitId>().ok());
    let (true, true, Some(unit)) = (may, account.state == AccountState::Active, unit) else {
        return Ok(None);
    };
    Ok(Some(Asked {
        kind: row.kind,
        source: row.source.clone(),
        actor: Actor {
            kind: ActorKind::User,
            id: row.account_id.to_string(),
            employee_id: account.employee_id,
            unit_id: account.unit_id,
            reach: Reach::Unit(unit.to_string()),
            lang: account.language,
        },
        unit_id: Some(unit),
    }))
}

/// What nobody went on with for a day is let go, file and all; reports go with the messages. Returns how many files went.
///
/// # Errors
/// As the database says.
pub async fn forget_old(tx: &mut Tx, now: Ts, reports_before: Ts, limit: i64) -> Result<u64, Failure> {
    let resting = store::resting(tx, now.plus(-Ts::DAY), limit).await?;
    let count = resting.len() as u64;
    for row in resting {
        store::update(tx, &row.gone_on(ImportState::Dropped, now)).await?;
    }
    Ok(count + store::forget(tx, reports_before, limit).await?)
}
