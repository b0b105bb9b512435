//! Sessions and one-time password links.

use kit::{DbError, Row, Ts, Tx, params};

use crate::model::{AccountId, Principal, SessionId, SessionView};
use crate::rules::SEEN_EVERY_US;

/// A session to store.
pub(crate) struct NewSession<'a> {
    pub id: SessionId,
    pub account_id: AccountId,
    pub token_hash: String,
    pub device: &'a str,
    pub address: &'a str,
    pub idle_us: i64,
    pub lasts_us: i64,
    pub enrol_from: Option<Ts>,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewSession<'_>, now: Ts) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO session (id, account_id, token_hash, device, address, created_at, last_seen_at, idle_us, idle_until, expires_at, \
         enrol_from) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)",
        params![
            new.id, new.account_id, new.token_hash, new.device, new.address, now, new.idle_us,
            now.plus(new.idle_us.min(new.lasts_us)), now.plus(new.lasts_us), new.enrol_from
        ],
    )
    .await?;
    Ok(())
}

/// Notes that a session or token is in use, if five minutes have passed since the last note.
pub(crate) async fn seen(tx: &mut Tx, who: &Principal, now: Ts) -> Result<(), DbError> {
    if let Some(session) = who.session_id {
        tx.execute(
            "UPDATE session SET last_seen_at = $1, \
             idle_until = CASE WHEN $1 + idle_us < expires_at THEN $1 + idle_us ELSE expires_at END \
             WHERE id = $2 AND last_seen_at <= $3 AND ended_at IS NULL",
            params![now, session, now.plus(-SEEN_EVERY_US)],
        )
        .await?;
        super::accounts::seen(tx, who.account_id, now).await?;
    } else if let Some(token) = who.token_id {
        super::accounts::seen(tx, who.account_id, now).await?;
        tx.execute(
            "UPDATE api_token SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at <= $3)",
            params![now, token, now.plus(-SEEN_EVERY_US)],
        )
        .await?;
    }
    Ok(())
}

/// The sessions of an account that stand, newest first.
pub(crate) async fn of_account(
    tx: &mut Tx,
    account: AccountId,
    current: Option<SessionId>,
    now: Ts,
) -> Result<Vec<SessionView>, DbError> {
    let rows = tx
        .rows(
            "SELECT id, device, address, created_at, last_seen_at, expires_at FROM session \
             WHERE account_id = $1 AND ended_at IS NULL AND idle_until > $2 ORDER BY created_at DESC, id DESC LIMIT 100",
            params![account, now],
        )
        .await?;
    rows.iter().map(|row| view(row, current)).collect()
}

fn view(row: &Row, current: Option<SessionId>) -> Result<SessionView, DbError> {
    let id: SessionId = row.get("id")?;
    Ok(SessionView {
        id,
        device: row.get("device")?,
        address: row.get("address")?,
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
        expires_at: row.get("expires_at")?,
        current: Some(id) == current,
    })
}

/// Ends one session of an account; `false` if it has none such that stands.
pub(crate) async fn end(
    tx: &mut Tx,
    account: AccountId,
    session: SessionId,
    now: Ts,
) -> Result<bool, DbError> {
    let ended = tx
        .execute(
            "UPDATE session SET ended_at = $1 WHERE id = $2 AND account_id = $3 AND ended_at IS NULL",
            params![now, session, account],
        )
        .await?;
    Ok(ended == 1)
}

const OVER: &str = "token_hash = $1 AND ended_at IS NULL AND (idle_until <= $2 OR expires_at <= $2)";

/// Whether a session stands whose time is over.
pub(crate) async fn is_over(tx: &mut Tx, token_hash: &str, now: Ts) -> Result<bool, DbError> {
    let sql = format!("SELECT COUNT(*) FROM session WHERE {OVER}");
    Ok(tx.int(&sql, params![token_hash, now]).await? > 0)
}

/// Ends a session whose time is over.
pub(crate) async fn end_if_over(tx: &mut Tx, token_hash: &str, now: Ts) -> Result<(), DbError> {
    let sql = format!("UPDATE session SET ended_at = $2 WHERE {OVER}");
    tx.execute(&sql, params![token_hash, now]).await?;
    Ok(())
}

/// Ends every session of an account. Returns how many stood.
pub(crate) async fn end_all(tx: &mut Tx, account: AccountId, now: Ts) -> Result<u64, DbError> {
    tx.execute(
        "UPDATE session SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL",
        params![now, account],
    )
    .await
}

/// Keeps a password link in place of an older one.
pub(crate) async fn put_link(
    tx: &mut Tx,
    account: AccountId,
    token_hash: &str,
    expires_at: Ts,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO password_link (account_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at, \
         expires_at = excluded.expires_at",
        params![account, token_hash, now, expires_at],
    )
    .await?;
    Ok(())
}

/// Whose link this is, while it holds.
pub(crate) async fn link_account(
    tx: &mut Tx,
    token_hash: &str,
    now: Ts,
) -> Result<Option<AccountId>, DbError> {
    let row = tx
        .row(
            "SELECT l.account_id FROM password_link l JOIN account a ON a.id = l.account_id \
             WHERE l.token_hash = $1 AND l.expires_at > $2 AND a.disabled_at IS NULL",
            params![token_hash, now],
        )
        .await?;
    row.map(|r| r.get("account_id")).transpose()
}

/// Uses a link up; `false` if somebody else did so first.
pub(crate) async fn use_link(tx: &mut Tx, token_hash: &str, now: Ts) -> Result<bool, DbError> {
    let used = tx
        .execute(
            "DELETE FROM password_link WHERE token_hash = $1 AND expires_at > $2",
            params![token_hash, now],
        )
        .await?;
    Ok(used == 1)
}

/// Takes back an account's link, if it has one.
pub(crate) async fn drop_link(tx: &mut Tx, account: AccountId) -> Result<(), DbError> {
    tx.execute("DELETE FROM password_link WHERE account_id = $1", params![account]).await?;
    Ok(())
}

/// Ends every session and takes back every link, whoever's. Returns how many stood.
pub(crate) async fn end_everybodys(tx: &mut Tx, now: Ts) -> Result<(u64, u64), DbError> {
    let sessions = tx
        .execute(
            "UPDATE session SET ended_at = $1 WHERE ended_at IS NULL AND idle_until > $1 AND expires_at > $1",
            params![now],
        )
        .await?;
    // One that had ended by itself by now would live again under a clock that lags.
    tx.execute("UPDATE session SET ended_at = $1 WHERE ended_at IS NULL", params![now]).await?;
    let links = tx.execute("DELETE FROM password_link", &[]).await?;
    tx.execute("DELETE FROM setting WHERE name = $1", params![crate::setup::NAME]).await?;
    Ok((sessions, links))
}

/// Forgets sessions that ended before `before` and links that have expired. Returns how many rows.
pub(crate) async fn forget(tx: &mut Tx, before: Ts, now: Ts) -> Result<u64, DbError> {
    let sessions = tx
        .execute(
            "DELETE FROM session WHERE expires_at < $1 OR (ended_at IS NOT NULL AND ended_at < $1)",
            params![before],
        )
        .await?;
    let links = tx.execute("DELETE FROM password_link WHERE expires_at < $1", params![now]).await?;
    Ok(sessions + links)
}
