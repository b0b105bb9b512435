//! Views of lists.

use kit::{DbError, Row, Ts, Tx, params};

use crate::model::{AccountId, SavedView, ViewContent, ViewId};

/// Views of one list on one screen at most.
const SHOWN: i64 = 100;

fn view(row: &Row, reader: AccountId) -> Result<SavedView, DbError> {
    let account_id: AccountId = row.get("account_id")?;
    Ok(SavedView {
        id: row.get("id")?,
        list: row.get("list")?,
        name: row.get("name")?,
        content: row.json::<ViewContent>("content")?,
        shared: row.get::<Option<String>>("unit_id")?.is_some(),
        mine: account_id == reader,
        by: row.get("by_name")?,
        version: row.get("version")?,
    })
}

const COLUMNS: &str =
    "v.id, v.account_id, v.unit_id, v.list, v.name, v.content, v.version, a.name AS by_name";

/// An account's own views of a list, and those that its unit shares.
pub(crate) async fn of_list(
    tx: &mut Tx,
    reader: AccountId,
    unit_id: Option<&str>,
    list: &str,
) -> Result<Vec<SavedView>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM saved_view v JOIN account a ON a.id = v.account_id \
         WHERE v.list = $1 AND (v.account_id = $2 OR v.unit_id = $3) ORDER BY v.name, v.id LIMIT $4"
    );
    tx.rows(&sql, params![list, reader, unit_id, SHOWN]).await?.iter().map(|row| view(row, reader)).collect()
}

/// A view of this account.
pub(crate) async fn own(tx: &mut Tx, account: AccountId, id: ViewId) -> Result<Option<SavedView>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM saved_view v JOIN account a ON a.id = v.account_id WHERE v.id = $1 AND v.account_id = $2"
    );
    tx.row(&sql, params![id, account]).await?.as_ref().map(|row| view(row, account)).transpose()
}

/// How many views of all lists an account has.
pub(crate) async fn count(tx: &mut Tx, account: AccountId) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM saved_view WHERE account_id = $1", params![account]).await
}

/// Whether another view of the list has the name.
pub(crate) async fn name_taken(
    tx: &mut Tx,
    account: AccountId,
    list: &str,
    name: &str,
    but: Option<ViewId>,
) -> Result<bool, DbError> {
    let row = tx
        .row(
            "SELECT id FROM saved_view WHERE account_id = $1 AND list = $2 AND name = $3",
            params![account, list, name],
        )
        .await?;
    let id: Option<ViewId> = row.map(|row| row.get("id")).transpose()?;
    Ok(id.is_some() && id != but)
}

/// What a view says, and with whom it is shared.
pub(crate) struct ViewRow<'a> {
    pub id: ViewId,
    pub list: &'a str,
    pub name: &'a str,
    pub content: String,
    pub unit_id: Option<&'a str>,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    new: &ViewRow<'_>,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO saved_view (id, account_id, unit_id, list, name, content, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![new.id, account, new.unit_id, new.list, new.name, new.content.as_str(), now],
    )
    .await?;
    Ok(())
}

/// Saves an account's own view; `false` if its version moved on.
pub(crate) async fn save(
    tx: &mut Tx,
    account: AccountId,
    row: &ViewRow<'_>,
    seen: i64,
) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE saved_view SET unit_id = $1, name = $2, content = $3, version = version + 1 \
             WHERE id = $4 AND account_id = $5 AND version = $6",
            params![row.unit_id, row.name, row.content.as_str(), row.id, account, seen],
        )
        .await?;
    Ok(changed == 1)
}

/// `false` if the account has no such view.
pub(crate) async fn remove(tx: &mut Tx, account: AccountId, id: ViewId) -> Result<bool, DbError> {
    let sql = "DELETE FROM saved_view WHERE id = $1 AND account_id = $2";
    Ok(tx.execute(sql, params![id, account]).await? == 1)
}
