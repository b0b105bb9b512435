//! Codes of faults and causes.

use std::collections::HashMap;

use kit::{Both, DbError, Failure, Row, Ts, Tx, Where, params};

use crate::faults::{FaultCodeInput, FaultCodeKind, FaultCodeView};

const SELECT: &str = "SELECT f.kind, f.code, f.name_zh, f.name_en, f.product_kind, f.active, f.ordinal, f.changed_at, \
                      f.version FROM fault_code f";

fn view(row: &Row) -> Result<FaultCodeView, DbError> {
    Ok(FaultCodeView {
        kind: row.parse("kind")?,
        code: row.get("code")?,
        name: Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?),
        product_kind: row.get("product_kind")?,
        ordinal: row.get("ordinal")?,
        active: row.get("active")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// The codes in their order: of one kind, or of both; those that can be chosen, or all.
pub(crate) async fn list(
    tx: &mut Tx,
    kind: Option<FaultCodeKind>,
    only_active: bool,
) -> Result<Vec<FaultCodeView>, DbError> {
    let mut filter = Where::new();
    if let Some(kind) = kind {
        filter.and("f.kind = ?", [kind.name().into()]);
    }
    if only_active {
        filter.and("f.active = ?", [true.into()]);
    }
    let sql = format!("{SELECT} {} ORDER BY f.kind DESC, f.ordinal, f.code LIMIT 2000", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(view).collect()
}

/// One code.
pub(crate) async fn get(
    tx: &mut Tx,
    kind: FaultCodeKind,
    code: &str,
) -> Result<Option<FaultCodeView>, DbError> {
    let sql = format!("{SELECT} WHERE f.kind = $1 AND f.code = $2");
    tx.row(&sql, params![kind.name(), code]).await?.as_ref().map(view).transpose()
}

/// Adds a code.
pub(crate) async fn insert(
    tx: &mut Tx,
    kind: FaultCodeKind,
    code: &str,
    new: &FaultCodeInput,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO fault_code (kind, code, name_zh, name_en, product_kind, active, ordinal, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            kind.name(),
            code,
            &new.name.zh_cn,
            &new.name.en,
            new.product_kind.as_deref(),
            new.active,
            new.ordinal,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Changes a code.
pub(crate) async fn update(
    tx: &mut Tx,
    stands: &FaultCodeView,
    new: &FaultCodeInput,
    now: Ts,
) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE fault_code SET name_zh = $3, name_en = $4, product_kind = $5, active = $6, ordinal = $7, changed_at = $8, \
         version = version + 1 WHERE kind = $1 AND code = $2 AND version = $9",
        params![
            stands.kind.name(),
            &stands.code,
            &new.name.zh_cn,
            &new.name.en,
            new.product_kind.as_deref(),
            new.active,
            new.ordinal,
            now,
            stands.version
        ],
    )
    .await?;
    Ok(kit::http::still_seen(touched)?)
}

/// The names of these codes, of either kind.
pub(crate) async fn names<'c>(
    tx: &mut Tx,
    codes: impl Iterator<Item = &'c str>,
) -> Result<HashMap<(FaultCodeKind, String), Both>, DbError> {
    let mut filter = Where::new();
    filter.any("f.code", codes);
    let sql = format!("{SELECT} {}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter().map(|row| view(row).map(|view| ((view.kind, view.code), view.name))).collect()
}
