//! The list of designated persons and firms.

use coverage_rules::DesignatedParty;
use kit::db::DbError;
use kit::{Cx, Failure, Row, Tx, Where, params};

use crate::model::{DesignatedId, DesignatedInput, DesignatedView};

const SELECT: &str = "SELECT d.id, d.kind, d.name, d.valid_from, d.valid_to, d.remark, d.changed_at, d.version \
                      FROM designated_party d";

fn view(row: &Row) -> Result<DesignatedView, DbError> {
    Ok(DesignatedView {
        id: row.get("id")?,
        kind: row.parse("kind")?,
        name: row.get("name")?,
        valid_from: row.get("valid_from")?,
        valid_to: row.get("valid_to")?,
        remark: row.get("remark")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// The whole list, by name and first day.
pub async fn list(tx: &mut Tx) -> Result<Vec<DesignatedView>, Failure> {
    let rows = tx.rows(&format!("{SELECT} ORDER BY d.name_key, d.valid_from LIMIT 5000"), params![]).await?;
    Ok(rows.iter().map(view).collect::<Result<_, _>>()?)
}

/// One entry.
pub async fn get(tx: &mut Tx, id: DesignatedId) -> Result<Option<DesignatedView>, Failure> {
    let row = tx.row(&format!("{SELECT} WHERE d.id = $1"), params![id]).await?;
    Ok(row.as_ref().map(view).transpose()?)
}

/// The entry of this name that begins on this day.
pub async fn twin(tx: &mut Tx, key: &str, from: jiff::civil::Date) -> Result<Option<DesignatedId>, Failure> {
    let sql = "SELECT id FROM designated_party WHERE name_key = $1 AND valid_from = $2";
    Ok(tx.row(sql, params![key, from]).await?.map(|row| row.get("id")).transpose()?)
}

/// The days of the parties of these names.
pub async fn days_of(tx: &mut Tx, name_keys: &[String]) -> Result<Vec<DesignatedParty>, Failure> {
    if name_keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Where::new();
    filter.any("name_key", name_keys.iter().map(String::as_str));
    let sql = format!("SELECT name_key, valid_from, valid_to FROM designated_party {}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    let one = |row: &Row| {
        Ok::<_, DbError>(DesignatedParty {
            party_id: row.get("name_key")?,
            valid_from: row.get("valid_from")?,
            valid_to: row.get("valid_to")?,
        })
    };
    Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
}

/// Adds an entry.
pub async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    id: DesignatedId,
    key: &str,
    new: &DesignatedInput,
) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO designated_party (id, kind, name, name_key, valid_from, valid_to, remark, made_by, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id,
            new.kind.name(),
            &new.name,
            key,
            new.valid_from,
            new.valid_to,
            &new.remark,
            &cx.actor.id,
            cx.now
        ],
    )
    .await?;
    Ok(())
}

/// Changes an entry.
pub async fn update(
    tx: &mut Tx,
    cx: &Cx,
    id: DesignatedId,
    seen: i64,
    key: &str,
    new: &DesignatedInput,
) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE designated_party SET kind = $2, name = $3, name_key = $4, valid_from = $5, valid_to = $6, remark = $7, \
         changed_at = $8, version = version + 1 WHERE id = $1 AND version = $9",
        params![id, new.kind.name(), &new.name, key, new.valid_from, new.valid_to, &new.remark, cx.now, seen],
    )
    .await?;
    Ok(kit::http::still_seen(touched)?)
}
