//! Codes of labels and badges.

use std::collections::HashMap;

use assets::AssetId;
use kit::{DbError, Failure, Row, Ts, Tx, Where, params};

use crate::model::{Code, CodeId, CodeKind};

struct CodeTable {
    table: &'static str,
    of: &'static str,
}

const LABEL: CodeTable = CodeTable { table: "asset_label", of: "asset_id" };
const BADGE: CodeTable = CodeTable { table: "badge_code", of: "employee_id" };

/// The tables of codes.
pub(super) const TABLES: [&str; 2] = [LABEL.table, BADGE.table];

fn table(kind: CodeKind) -> (CodeTable, String) {
    match kind {
        CodeKind::Label(id) => (LABEL, id.to_string()),
        CodeKind::Badge(id) => (BADGE, id.to_string()),
    }
}

impl CodeTable {
    fn columns(&self) -> String {
        format!("id, {} AS of_id, code, made_at, revoked_at, reason, held_at FROM {}", self.of, self.table)
    }
}

fn code_of(row: &Row) -> Result<Code, DbError> {
    Ok(Code {
        id: row.get("id")?,
        of: row.get("of_id")?,
        code: row.get("code")?,
        made_at: row.get("made_at")?,
        revoked_at: row.get("revoked_at")?,
        reason: row.get("reason")?,
        held_at: row.get("held_at")?,
    })
}

/// The code of a device or person that is in use, held or not.
pub(crate) async fn code_in_use(tx: &mut Tx, kind: CodeKind) -> Result<Option<Code>, DbError> {
    let (table, of) = table(kind);
    let sql = format!("SELECT {} WHERE {} = $1 AND revoked_at IS NULL", table.columns(), table.of);
    tx.row(&sql, params![of]).await?.as_ref().map(code_of).transpose()
}

/// The codes in use on the labels of these devices, held or not.
pub(crate) async fn label_codes(tx: &mut Tx, ids: &[AssetId]) -> Result<HashMap<AssetId, String>, DbError> {
    let mut filter = Where::new();
    filter.any("asset_id", ids.iter().copied());
    filter.and("revoked_at IS NULL", []);
    let sql = format!("SELECT asset_id, code FROM asset_label {}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter().map(|row| Ok((row.get("asset_id")?, row.get("code")?))).collect()
}

/// How many codes of it were revoked.
pub(crate) async fn codes_revoked(tx: &mut Tx, kind: CodeKind) -> Result<i64, DbError> {
    let (table, of) = table(kind);
    let sql =
        format!("SELECT COUNT(*) FROM {} WHERE {} = $1 AND revoked_at IS NOT NULL", table.table, table.of);
    tx.int(&sql, params![of]).await
}

pub(crate) async fn insert_code(
    tx: &mut Tx,
    kind: CodeKind,
    id: CodeId,
    code: &str,
    by: &str,
    now: Ts,
) -> Result<(), Failure> {
    let (table, of) = table(kind);
    let sql = format!(
        "INSERT INTO {} (id, {}, code, made_at, made_by) VALUES ($1, $2, $3, $4, $5)",
        table.table, table.of
    );
    let one_in_use = (format!("{}_in_use", table.table), format!("{}.{}", table.table, table.of));
    tx.execute(&sql, params![id, of, code, now, by]).await.map_err(|error| {
        Failure::instead_of_twice(error, &one_in_use.0, &one_in_use.1, Failure::met_another())
    })?;
    Ok(())
}

/// `false` if it was revoked before.
pub(crate) async fn revoke_code(
    tx: &mut Tx,
    kind: CodeKind,
    id: CodeId,
    reason: &str,
    by: &str,
    now: Ts,
) -> Result<bool, DbError> {
    let (table, _) = table(kind);
    let sql = format!(
        "UPDATE {} SET revoked_at = $2, revoked_by = $3, reason = $4 WHERE id = $1 AND revoked_at IS NULL",
        table.table
    );
    Ok(tx.execute(&sql, params![id, now, by, reason]).await? == 1)
}

async fn answering(tx: &mut Tx, table: &CodeTable, code: &str) -> Result<Option<Code>, DbError> {
    let sql =
        format!("SELECT {} WHERE code = $1 AND revoked_at IS NULL AND held_at IS NULL", table.columns());
    tx.row(&sql, params![code]).await?.as_ref().map(code_of).transpose()
}

/// The label behind a code that answers.
pub(crate) async fn label(tx: &mut Tx, code: &str) -> Result<Option<Code>, DbError> {
    answering(tx, &LABEL, code).await
}

/// The badge behind a code that answers.
pub(crate) async fn badge(tx: &mut Tx, code: &str) -> Result<Option<Code>, DbError> {
    answering(tx, &BADGE, code).await
}

/// How many codes are held.
pub(crate) async fn held(tx: &mut Tx) -> Result<i64, DbError> {
    let sql = "SELECT (SELECT COUNT(*) FROM asset_label WHERE held_at IS NOT NULL AND revoked_at IS NULL) + \
               (SELECT COUNT(*) FROM badge_code WHERE held_at IS NOT NULL AND revoked_at IS NULL)";
    tx.int(sql, &[]).await
}

/// Lets every held code go on.
pub(crate) async fn release(tx: &mut Tx) -> Result<u64, DbError> {
    let labels = tx.execute("UPDATE asset_label SET held_at = NULL WHERE held_at IS NOT NULL", &[]).await?;
    let badges = tx.execute("UPDATE badge_code SET held_at = NULL WHERE held_at IS NOT NULL", &[]).await?;
    Ok(labels + badges)
}
