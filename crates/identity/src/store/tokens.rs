//! API tokens.

use kit::{DbError, Key, Paging, Row, Ts, Tx, Value, Where, params};

use crate::model::{AccountId, TokenId, TokenView};

pub(crate) async fn insert(tx: &mut Tx, token: &TokenView, token_hash: &str) -> Result<(), DbError> {
    let scopes = serde_json::Value::from(token.scopes.clone()).to_string();
    tx.execute(
        "INSERT INTO api_token (id, account_id, name, token_hash, scopes, made_by, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            token.id,
            token.account_id,
            &token.name,
            token_hash,
            scopes,
            token.made_by,
            token.created_at,
            token.expires_at
        ],
    )
    .await?;
    Ok(())
}

const COLUMNS: &str =
    "id, account_id, name, scopes, made_by, created_at, expires_at, revoked_at, last_used_at";

fn view(row: &Row) -> Result<TokenView, DbError> {
    Ok(TokenView {
        id: row.get("id")?,
        account_id: row.get("account_id")?,
        name: row.get("name")?,
        scopes: row.json("scopes")?,
        made_by: row.get("made_by")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
        last_used_at: row.get("last_used_at")?,
    })
}

/// Tokens, newest first; one more than the page holds.
pub(crate) async fn list(
    tx: &mut Tx,
    account: Option<AccountId>,
    paging: &Paging,
) -> Result<Vec<TokenView>, kit::Failure> {
    let mut filter = Where::new();
    if let Some(account) = account {
        filter.and("account_id = ?", [Value::from(account)]);
    }
    // Ids rise with time.
    if let Some(key) = paging.after([Key::Id])? {
        filter.and("id < ?", key);
    }
    let limit = filter.bind(paging.limit() + 1);
    let sql = format!("SELECT {COLUMNS} FROM api_token {} ORDER BY id DESC LIMIT {limit}", filter.sql());
    Ok(tx.rows(&sql, filter.params()).await?.iter().map(view).collect::<Result<_, _>>()?)
}

pub(crate) async fn get(tx: &mut Tx, id: TokenId) -> Result<Option<TokenView>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM api_token WHERE id = $1");
    tx.row(&sql, params![id]).await?.as_ref().map(view).transpose()
}

pub(crate) async fn revoke(tx: &mut Tx, id: TokenId, now: Ts) -> Result<(), DbError> {
    tx.execute("UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL", params![now, id])
        .await?;
    Ok(())
}

/// Revokes every token of an account. Returns how many stood.
pub(crate) async fn revoke_all(tx: &mut Tx, account: AccountId, now: Ts) -> Result<u64, DbError> {
    tx.execute(
        "UPDATE api_token SET revoked_at = $1 WHERE account_id = $2 AND revoked_at IS NULL",
        params![now, account],
    )
    .await
}

/// Revokes every token, whoever's. Returns how many were valid.
pub(crate) async fn revoke_everybodys(tx: &mut Tx, now: Ts) -> Result<u64, DbError> {
    let valid = tx
        .execute(
            "UPDATE api_token SET revoked_at = $1 WHERE revoked_at IS NULL AND expires_at > $1",
            params![now],
        )
        .await?;
    tx.execute("UPDATE api_token SET revoked_at = $1 WHERE revoked_at IS NULL", params![now]).await?;
    Ok(valid)
}
