//! Tables that were sent: what they are, how far they are, and their files.

use ::tables::TableError;
use identity::AccountId;
use kit::db::Dialect;
use kit::{DbError, Failure, Row, Ts, Tx, params};

use super::Report;
use super::rows::{ImportCounts, ImportId, ImportRow, ImportState, ListedImport};
use super::words::Said;

const SELECT: &str = "SELECT id, kind, source, file_name, file_sha256, bytes, account_id, state, report, made_at, changed_at, version \
     FROM table_import";

fn import(row: &Row) -> Result<ImportRow, DbError> {
    let report: Option<String> = row.get("report")?;
    Ok(ImportRow {
        id: row.get("id")?,
        kind: row.parse("kind")?,
        source: row.get("source")?,
        file_name: row.get("file_name")?,
        file_sha256: row.get("file_sha256")?,
        bytes: row.get("bytes")?,
        account_id: row.get("account_id")?,
        state: row.parse("state")?,
        report: match report {
            Some(_) => Some(row.json("report")?),
            None => None,
        },
        made_at: row.get("made_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// An import, whoever's it is.
pub(super) async fn get(tx: &mut Tx, id: ImportId) -> Result<Option<ImportRow>, DbError> {
    let row = tx.row(&format!("{SELECT} WHERE id = $1"), params![id]).await?;
    row.as_ref().map(import).transpose()
}

/// An account's imports, the newest first, without their reports: one may name thousands of rows. That of a file which was refused
/// names none, only why; `said` has the words.
pub(super) async fn list(
    tx: &mut Tx,
    account: AccountId,
    limit: i64,
    said: impl Fn(&TableError) -> Said,
) -> Result<Vec<ListedImport>, DbError> {
    let sql = "SELECT id, kind, source, file_name, bytes, state, rows_read, rows_new, rows_changed, rows_same, rows_bad, \
               CASE WHEN state = 'refused' THEN report END AS refused, made_at, changed_at, version FROM table_import \
               WHERE account_id = $1 ORDER BY made_at DESC, id DESC LIMIT $2";
    let listed = |row: &Row| -> Result<ListedImport, DbError> {
        let refusal = match row.get::<Option<String>>("refused")? {
            Some(_) => row.json::<Report>("refused")?.refusal,
            None => None,
        };
        let counts = match row.get::<Option<i64>>("rows_read")?.filter(|_| refusal.is_none()) {
            None => None,
            Some(rows) => Some(ImportCounts {
                rows,
                new: row.get("rows_new")?,
                changed: row.get("rows_changed")?,
                same: row.get("rows_same")?,
                bad: row.get("rows_bad")?,
            }),
        };
        Ok(ListedImport {
            id: row.get("id")?,
            kind: row.parse("kind")?,
            source: row.get("source")?,
            file_name: row.get("file_name")?,
            bytes: row.get("bytes")?,
            state: row.parse("state")?,
            counts,
            refusal: refusal.as_ref().map(&said),
            made_at: row.get("made_at")?,
            changed_at: row.get("changed_at")?,
            version: row.get("version")?,
        })
    };
    tx.rows(sql, params![account, limit]).await?.iter().map(listed).collect()
}

/// How many files of an account are kept.
pub(super) async fn files_of(tx: &mut Tx, account: AccountId) -> Result<i64, DbError> {
    tx.int(
        "SELECT COUNT(*) FROM table_import_file f JOIN table_import i ON i.id = f.import_id WHERE i.account_id = $1",
        params![account],
    )
    .await
}

pub(super) async fn insert(tx: &mut Tx, new: &ImportRow, content: &[u8]) -> Result<(), DbError> {
    tx.put(
        "INSERT INTO table_import (id, kind, source, file_name, file_sha256, bytes, account_id, state, made_at, changed_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            new.id, new.kind, &new.source, &new.file_name, &new.file_sha256, new.bytes, new.account_id, new.state, new.made_at,
            new.changed_at, new.version
        ],
    )
    .await?;
    tx.put(
        "INSERT INTO table_import_file (import_id, content) VALUES ($1, $2)",
        params![new.id, content.to_vec()],
    )
    .await
}

/// Goes on from the version that was seen.
pub(super) async fn update(tx: &mut Tx, row: &ImportRow) -> Result<(), Failure> {
    let counts = row.report.as_ref().map(ImportCounts::of);
    let report = row.report.as_ref().map(serde_json::to_string).transpose()?;
    let touched = tx
        .execute(
            "UPDATE table_import SET state = $2, report = $3, changed_at = $4, version = $5, rows_read = $6, rows_new = $7, \
             rows_changed = $8, rows_same = $9, rows_bad = $10 WHERE id = $1 AND version = $5 - 1",
            params![
                row.id, row.state, report, row.changed_at, row.version, counts.map(|c| c.rows), counts.map(|c| c.new),
                counts.map(|c| c.changed), counts.map(|c| c.same), counts.map(|c| c.bad)
            ],
        )
        .await?;
    kit::http::still_seen(touched)?;
    if matches!(row.state, ImportState::Stored | ImportState::Refused | ImportState::Dropped) {
        tx.put("DELETE FROM table_import_file WHERE import_id = $1", params![row.id]).await?;
    }
    Ok(())
}

/// The bytes of a file, while it is kept.
pub(super) async fn content(tx: &mut Tx, id: ImportId) -> Result<Option<Vec<u8>>, DbError> {
    let row = tx.row("SELECT content FROM table_import_file WHERE import_id = $1", params![id]).await?;
    row.map(|r| r.get("content")).transpose()
}

/// Imports that nobody went on with since `before`.
pub(super) async fn resting(tx: &mut Tx, before: Ts, limit: i64) -> Result<Vec<ImportRow>, DbError> {
    let sql = format!(
        "{SELECT} WHERE changed_at < $1 AND id IN (SELECT import_id FROM table_import_file) ORDER BY changed_at LIMIT $2"
    );
    tx.rows(&sql, params![before, limit]).await?.iter().map(import).collect()
}

/// Removes imports that ended before `before`.
pub(super) async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64, DbError> {
    tx.execute(
        "DELETE FROM table_import WHERE id IN (SELECT id FROM table_import WHERE changed_at < $1 \
         AND id NOT IN (SELECT import_id FROM table_import_file) LIMIT $2)",
        params![before, limit],
    )
    .await
}

/// Memory for pages of SQLite while many rows are stored, KiB: indexes that are filled in any order touch more pages than the usual
/// cache holds, and each would be written out and read again many times.
pub(super) const MANY_ROWS_KIB: u32 = 192 * 1024;

/// Sets it; PostgreSQL manages its own.
pub(super) async fn hold_pages(tx: &mut Tx, kib: u32) -> Result<(), DbError> {
    if tx.dialect() == Dialect::Sqlite {
        tx.execute(&format!("PRAGMA cache_size = -{kib}"), &[]).await?;
    }
    Ok(())
}
