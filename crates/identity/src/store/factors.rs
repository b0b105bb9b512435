//! Second factors, recovery codes, and who took one away.

use kit::{DbError, Ts, Tx, Value, Where, params};

use crate::model::{AccountId, FactorReset, SessionId};

/// A second factor that stands.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    /// Sealed.
    pub secret: String,
    pub confirmed_at: Ts,
    pub last_step: i64,
    pub recovery_salt: String,
}

/// The second factor that signing in asks for, if there is one.
pub(crate) async fn get(tx: &mut Tx, account: AccountId) -> Result<Option<Factor>, DbError> {
    let sql = "SELECT secret, confirmed_at, last_step, recovery_salt FROM second_factor \
               WHERE account_id = $1 AND secret IS NOT NULL";
    let Some(row) = tx.row(sql, params![account]).await? else { return Ok(None) };
    Ok(Some(Factor {
        secret: row.get("secret")?,
        confirmed_at: row.get("confirmed_at")?,
        last_step: row.get("last_step")?,
        recovery_salt: row.get("recovery_salt")?,
    }))
}

/// Keeps a sealed secret that its holder has not confirmed yet, beside one that stands.
pub(crate) async fn begin(tx: &mut Tx, account: AccountId, sealed: &str, now: Ts) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO second_factor (account_id, begun, begun_at) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id) DO UPDATE SET begun = excluded.begun, begun_at = excluded.begun_at",
        params![account, sealed, now],
    )
    .await?;
    Ok(())
}

/// The sealed secret that was begun after `since` and waits to be confirmed.
pub(crate) async fn begun(tx: &mut Tx, account: AccountId, since: Ts) -> Result<Option<String>, DbError> {
    let sql = "SELECT begun FROM second_factor WHERE account_id = $1 AND begun IS NOT NULL AND begun_at > $2";
    tx.row(sql, params![account, since]).await?.map(|row| row.get("begun")).transpose()
}

/// Puts the one that was begun in the place of any that stood; `false` if it was begun anew or confirmed meanwhile.
pub(crate) async fn confirm(
    tx: &mut Tx,
    account: AccountId,
    begun: &str,
    step: i64,
    recovery_salt: &str,
    now: Ts,
) -> Result<bool, DbError> {
    let sql = "UPDATE second_factor SET secret = begun, confirmed_at = $4, last_step = $3, recovery_salt = $5, begun = NULL, \
               begun_at = NULL WHERE account_id = $1 AND begun = $2";
    Ok(tx.execute(sql, params![account, begun, step, now, recovery_salt]).await? == 1)
}

/// Takes the code of a step of the factor confirmed then; `false` if it, or a newer one, was taken before.
pub(crate) async fn take_step(
    tx: &mut Tx,
    account: AccountId,
    confirmed_at: Ts,
    step: i64,
) -> Result<bool, DbError> {
    let sql = "UPDATE second_factor SET last_step = $3 WHERE account_id = $1 AND confirmed_at = $2 AND last_step < $3";
    Ok(tx.execute(sql, params![account, confirmed_at, step]).await? == 1)
}

/// Keeps recovery codes in place of the older ones. With `salt`, that of the factor changes to it.
pub(crate) async fn put_codes(
    tx: &mut Tx,
    account: AccountId,
    hashes: &[String],
    salt: &str,
) -> Result<(), DbError> {
    tx.execute(
        "UPDATE second_factor SET recovery_salt = $2 WHERE account_id = $1 AND secret IS NOT NULL",
        params![account, salt],
    )
    .await?;
    tx.execute("DELETE FROM recovery_code WHERE account_id = $1", params![account]).await?;
    let rows: Vec<Vec<Value>> =
        hashes.iter().map(|hash| vec![account.into(), hash.as_str().into()]).collect();
    tx.insert_many("recovery_code", &["account_id", "code_hash"], &rows).await
}

/// Uses a recovery code up; `false` if it is none, or was used before.
pub(crate) async fn take_code(tx: &mut Tx, account: AccountId, hash: &str, now: Ts) -> Result<bool, DbError> {
    let sql =
        "UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL";
    Ok(tx.execute(sql, params![account, hash, now]).await? == 1)
}

/// How many recovery codes are left.
pub(crate) async fn codes_left(tx: &mut Tx, account: AccountId) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL", params![account])
        .await
}

/// Takes the second factor away with its recovery codes and what was begun; `false` if none stood.
pub(crate) async fn remove(tx: &mut Tx, account: AccountId) -> Result<bool, DbError> {
    let stood = get(tx, account).await?.is_some();
    tx.execute("DELETE FROM recovery_code WHERE account_id = $1", params![account]).await?;
    tx.execute("DELETE FROM second_factor WHERE account_id = $1", params![account]).await?;
    Ok(stood)
}

/// Forgets what was begun before `before` and never confirmed. Returns how many.
pub(crate) async fn forget_begun(tx: &mut Tx, before: Ts) -> Result<u64, DbError> {
    let never = tx
        .execute("DELETE FROM second_factor WHERE secret IS NULL AND begun_at < $1", params![before])
        .await?;
    let again = tx
        .execute(
            "UPDATE second_factor SET begun = NULL, begun_at = NULL WHERE begun_at < $1",
            params![before],
        )
        .await?;
    Ok(never + again)
}

/// Keeps why somebody took a second factor away.
pub(crate) async fn keep_reset(
    tx: &mut Tx,
    id: uuid::Uuid,
    account: AccountId,
    by_id: &str,
    reason: &str,
    now: Ts,
) -> Result<(), DbError> {
    let sql =
        "INSERT INTO second_factor_reset (id, account_id, by_id, reason, at) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, params![id, account, by_id, reason, now]).await?;
    Ok(())
}

/// Who took the account's second factor away last, and why.
pub(crate) async fn newest_reset(tx: &mut Tx, account: AccountId) -> Result<Option<FactorReset>, DbError> {
    let row = tx
        .row(
            "SELECT r.at, r.reason, a.name FROM second_factor_reset r LEFT JOIN account a ON a.id = r.by_id \
             WHERE r.account_id = $1 ORDER BY r.at DESC, r.id DESC LIMIT 1",
            params![account],
        )
        .await?;
    row.map(|row| Ok(FactorReset { at: row.get("at")?, by: row.get("name")?, reason: row.get("reason")? }))
        .transpose()
}

/// From when on an account's standing sessions open nothing but the way to a second factor; never, with `None`.
pub(crate) async fn limit_sessions(tx: &mut Tx, account: AccountId, from: Option<Ts>) -> Result<(), DbError> {
    let sql = "UPDATE session SET enrol_from = $2 WHERE account_id = $1 AND ended_at IS NULL";
    tx.execute(sql, params![account, from]).await?;
    Ok(())
}

/// The same for everybody who holds one of these roles and has no second factor; whoever holds none of them is free.
pub(crate) async fn limit_everybodys(tx: &mut Tx, roles: &[(&str, Ts)]) -> Result<(), DbError> {
    tx.execute("UPDATE session SET enrol_from = NULL WHERE ended_at IS NULL AND enrol_from IS NOT NULL", &[])
        .await?;
    for (role, from) in roles {
        let mut filter = Where::new();
        let at = filter.bind(*from);
        filter.and("session.ended_at IS NULL", []);
        filter.and("session.enrol_from IS NULL OR session.enrol_from > ?", [Value::from(*from)]);
        // Roles are kept as a list of names in JSON.
        filter.and(
            "EXISTS (SELECT 1 FROM account a WHERE a.id = session.account_id AND a.roles LIKE ?)",
            [Value::from(format!("%\"{role}\"%"))],
        );
        filter.and(
            "NOT EXISTS (SELECT 1 FROM second_factor f WHERE f.account_id = session.account_id AND f.secret IS NOT NULL)",
            [],
        );
        let sql = format!("UPDATE session SET enrol_from = {at} {}", filter.sql());
        tx.execute(&sql, filter.params()).await?;
    }
    Ok(())
}

/// Ends the sessions of an account but the one that asks. Returns how many stood.
pub(crate) async fn end_others(
    tx: &mut Tx,
    account: AccountId,
    but: Option<SessionId>,
    now: Ts,
) -> Result<u64, DbError> {
    tx.execute(
        "UPDATE session SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL AND (CAST($3 AS TEXT) IS NULL OR id <> $3)",
        params![now, account, but],
    )
    .await
}

/// Every sealed secret that stands, with its account and login.
pub(crate) async fn sealed(tx: &mut Tx) -> Result<Vec<(AccountId, String, String)>, DbError> {
    let rows = tx
        .rows(
            "SELECT f.account_id, a.login, f.secret FROM second_factor f JOIN account a ON a.id = f.account_id \
             WHERE f.secret IS NOT NULL ORDER BY a.login",
            &[],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("account_id")?, row.get("login")?, row.get("secret")?))).collect()
}
