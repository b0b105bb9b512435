//! Failures of sign-in, per login and per address.

use kit::db::Dialect;
use kit::{DbError, Ts, Tx, params};

use crate::rules::{Attempt, attempt};

/// The row of a login: a hash, since people type passwords into that field.
pub(crate) fn of_login(login: &str) -> String {
    format!("login:{}", super::hashed(login))
}

/// The row of an address.
pub(crate) fn of_address(address: &str) -> String {
    format!("address:{address}")
}

/// Counts an attempt before it is made, and says whether it may be made.
pub(crate) async fn count(
    tx: &mut Tx,
    subject: &str,
    limit: i64,
    lock_us: i64,
    now: Ts,
) -> Result<Attempt, DbError> {
    // The row stands and is locked before it is read: on PostgreSQL two attempts on two nodes count one after the other.
    tx.execute(
        "INSERT INTO login_failure (subject, failures, last_at) VALUES ($1, 0, $2) ON CONFLICT (subject) DO NOTHING",
        params![subject, now],
    )
    .await?;
    let lock = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE",
    };
    let row = tx
        .row(
            &format!("SELECT failures, locked_until, last_at FROM login_failure WHERE subject = $1{lock}"),
            params![subject],
        )
        .await?;
    let (failures, locked_until, last_at) = match row {
        Some(row) => (row.get("failures")?, row.get("locked_until")?, row.get("last_at")?),
        None => (0, None, now),
    };
    let decided = attempt(failures, locked_until, last_at, limit, lock_us, now);
    if let Attempt::Allowed { failures, locked_until } = decided {
        tx.execute(
            "UPDATE login_failure SET failures = $2, locked_until = $3, last_at = $4 WHERE subject = $1",
            params![subject, failures, locked_until, now],
        )
        .await?;
    }
    Ok(decided)
}

/// Forgets a login's failures: it has just signed in, or an administrator let it in again.
pub(crate) async fn clear(tx: &mut Tx, subject: &str) -> Result<(), DbError> {
    tx.execute("DELETE FROM login_failure WHERE subject = $1", params![subject]).await?;
    Ok(())
}

/// Takes one attempt of an address back, since it succeeded; what others guess from there still counts.
pub(crate) async fn take_back(tx: &mut Tx, subject: &str, limit: i64) -> Result<(), DbError> {
    tx.execute(
        "UPDATE login_failure SET failures = failures - 1, \
         locked_until = CASE WHEN failures - 1 < $2 THEN NULL ELSE locked_until END \
         WHERE subject = $1 AND failures > 0",
        params![subject, limit],
    )
    .await?;
    Ok(())
}

/// Forgets failures from before `before`. Returns how many rows.
pub(crate) async fn forget(tx: &mut Tx, before: Ts) -> Result<u64, DbError> {
    tx.execute("DELETE FROM login_failure WHERE last_at < $1", params![before]).await
}
