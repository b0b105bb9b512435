//! Accounts.

use kit::db::Dialect;
use kit::{DbError, Failure, Key, Lang, Paging, Row, Ts, Tx, Value, Where, params};

use crate::may::Role;
use crate::model::{AccountId, AccountState, AccountView, NewAccount};

const COLUMNS: &str = "a.id, a.login, a.name, a.roles, a.unit_id, a.employee_id, a.customer_id, a.contact_id, a.lang, \
                       a.password_hash, a.created_at, a.password_changed_at, a.last_seen_at, a.closed_unused, a.disabled_at, a.version, \
                       (SELECT f.confirmed_at FROM second_factor f WHERE f.account_id = a.id) AS second_factor_at";

fn roles_json(roles: &[Role]) -> String {
    let mut names: Vec<&str> = roles.iter().map(|r| r.name()).collect();
    names.sort_unstable();
    names.dedup();
    serde_json::Value::from(names).to_string()
}

fn view(row: &Row) -> Result<AccountView, DbError> {
    let disabled_at: Option<Ts> = row.get("disabled_at")?;
    let password_changed_at: Option<Ts> = row.get("password_changed_at")?;
    Ok(AccountView {
        id: row.get("id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        roles: row.json("roles")?,
        unit_id: row.get("unit_id")?,
        employee_id: row.get("employee_id")?,
        customer_id: row.get("customer_id")?,
        contact_id: row.get("contact_id")?,
        language: row.get::<String>("lang")?.parse().unwrap_or_default(),
        state: match (disabled_at, password_changed_at) {
            (Some(_), _) => AccountState::Disabled,
            (None, Some(_)) => AccountState::Active,
            (None, None) => AccountState::Invited,
        },
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
        closed_unused: row.get("closed_unused")?,
        password_changed_at,
        second_factor_at: row.get("second_factor_at")?,
        disabled_at,
        version: row.get("version")?,
    })
}

pub(crate) async fn insert(tx: &mut Tx, id: AccountId, new: &NewAccount, now: Ts) -> Result<(), DbError> {
    let changed = new.password_hash.as_ref().map(|_| now);
    tx.execute(
        "INSERT INTO account (id, login, name, password_hash, roles, unit_id, employee_id, customer_id, contact_id, lang, \
         created_at, password_changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            id, &new.login, &new.name, new.password_hash.clone(), roles_json(&new.roles), new.unit_id.clone(),
            new.employee_id.clone(), new.customer_id.clone(), new.contact_id.clone(), new.lang.tag(), now, changed
        ],
    )
    .await?;
    Ok(())
}

/// Writes what may change of an account and raises its version; `false` if it has another version by now.
pub(crate) async fn update(tx: &mut Tx, account: &AccountView) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE account SET name = $1, roles = $2, unit_id = $3, employee_id = $4, customer_id = $5, contact_id = $6, lang = $7, \
             version = version + 1 WHERE id = $8 AND version = $9",
            params![
                &account.name, roles_json(&account.roles), account.unit_id.clone(), account.employee_id.clone(),
                account.customer_id.clone(), account.contact_id.clone(), account.language.tag(), account.id, account.version
            ],
        )
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn set_language(tx: &mut Tx, id: AccountId, lang: Lang) -> Result<(), DbError> {
    tx.execute("UPDATE account SET lang = $1, version = version + 1 WHERE id = $2", params![lang.tag(), id])
        .await?;
    Ok(())
}

/// Closes an account, by hand or because it lies unused.
pub(crate) async fn close(tx: &mut Tx, id: AccountId, now: Ts, unused: bool) -> Result<(), DbError> {
    let sql = "UPDATE account SET disabled_at = $1, closed_unused = $2, version = version + 1 WHERE id = $3";
    tx.execute(sql, params![now, i64::from(unused), id]).await?;
    Ok(())
}

/// Opens an account again; that counts as its use.
pub(crate) async fn open(tx: &mut Tx, id: AccountId, now: Ts) -> Result<(), DbError> {
    let sql = "UPDATE account SET disabled_at = NULL, closed_unused = 0, last_seen_at = $1, version = version + 1 WHERE id = $2";
    tx.execute(sql, params![now, id]).await?;
    Ok(())
}

/// Notes that an account is in use.
pub(crate) async fn seen(tx: &mut Tx, id: AccountId, now: Ts) -> Result<(), DbError> {
    tx.execute("UPDATE account SET last_seen_at = $1 WHERE id = $2", params![now, id]).await?;
    Ok(())
}

/// Counts every account that was never seen as seen.
pub(crate) async fn all_seen(tx: &mut Tx, now: Ts) -> Result<(), DbError> {
    tx.execute("UPDATE account SET last_seen_at = $1 WHERE last_seen_at IS NULL", params![now]).await?;
    Ok(())
}

/// Accounts that are open and were last seen (or made) before `before`.
pub(crate) async fn unused(tx: &mut Tx, before: Ts) -> Result<Vec<AccountView>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM account a WHERE a.disabled_at IS NULL AND COALESCE(a.last_seen_at, a.created_at) < $1 ORDER BY a.id"
    );
    tx.rows(&sql, params![before]).await?.iter().map(view).collect()
}

/// Hashes of the last passwords before the present one, newest first.
pub(crate) async fn passwords_before(tx: &mut Tx, id: AccountId, count: i64) -> Result<Vec<String>, DbError> {
    let sql =
        "SELECT password_hash FROM password_before WHERE account_id = $1 ORDER BY until_at DESC LIMIT $2";
    tx.rows(sql, params![id, count]).await?.iter().map(|row| row.get("password_hash")).collect()
}

/// Remembers the password that an account has until now, as the newest of `count`; with none to be kept, forgets all.
pub(crate) async fn remember_password(
    tx: &mut Tx,
    id: AccountId,
    count: i64,
    now: Ts,
) -> Result<(), DbError> {
    if count > 0 {
        tx.execute(
            "INSERT INTO password_before (account_id, until_at, password_hash) \
             SELECT id, $2, password_hash FROM account WHERE id = $1 AND password_hash IS NOT NULL \
             ON CONFLICT (account_id, until_at) DO UPDATE SET password_hash = excluded.password_hash",
            params![id, now],
        )
        .await?;
    }
    tx.execute(
        "DELETE FROM password_before WHERE account_id = $1 AND until_at NOT IN \
         (SELECT until_at FROM password_before WHERE account_id = $1 ORDER BY until_at DESC LIMIT $2)",
        params![id, count],
    )
    .await?;
    Ok(())
}

/// Sets the password. With `was` given, only if the stored hash is still that one; `false` if not.
pub(crate) async fn set_password(
    tx: &mut Tx,
    id: AccountId,
    hash: &str,
    was: Option<&str>,
    now: Ts,
) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE account SET password_hash = $1, password_changed_at = $2, version = version + 1 \
             WHERE id = $3 AND (CAST($4 AS TEXT) IS NULL OR password_hash = $4)",
            params![hash, now, id, was],
        )
        .await?;
    Ok(changed == 1)
}

/// An account by id.
pub(crate) async fn get(tx: &mut Tx, id: AccountId) -> Result<Option<AccountView>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM account a WHERE a.id = $1");
    tx.row(&sql, params![id]).await?.as_ref().map(view).transpose()
}

/// An account with the hash of its password, by login.
pub(crate) async fn by_login(
    tx: &mut Tx,
    login: &str,
) -> Result<Option<(AccountView, Option<String>)>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM account a WHERE a.login = $1");
    with_hash(tx.row(&sql, params![login]).await?)
}

/// An account with the hash of its password, by id.
pub(crate) async fn with_password(
    tx: &mut Tx,
    id: AccountId,
) -> Result<Option<(AccountView, Option<String>)>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM account a WHERE a.id = $1");
    with_hash(tx.row(&sql, params![id]).await?)
}

fn with_hash(row: Option<Row>) -> Result<Option<(AccountView, Option<String>)>, DbError> {
    row.map(|row| Ok((view(&row)?, row.get("password_hash")?))).transpose()
}

/// What a list of accounts is narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter<'a> {
    /// Start of login or name.
    pub search: Option<&'a str>,
    pub role: Option<Role>,
    pub unit_id: Option<&'a str>,
    pub state: Option<AccountState>,
}

/// Accounts by name, one more than the page holds.
pub(crate) async fn list(
    tx: &mut Tx,
    filter: &Filter<'_>,
    paging: &Paging,
) -> Result<Vec<AccountView>, Failure> {
    let mut narrow = Where::new();
    if let Some(text) = filter.search.map(str::trim).filter(|t| !t.is_empty()) {
        let plain = |t: &str| format!("{}%", t.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        narrow.and(
            "a.login LIKE ? ESCAPE '\\' OR a.name LIKE ? ESCAPE '\\'",
            [plain(&text.to_lowercase()).into(), plain(text).into()],
        );
    }
    if let Some(role) = filter.role {
        narrow.and("a.roles LIKE ?", [Value::from(format!("%\"{}\"%", role.name()))]);
    }
    if let Some(unit) = filter.unit_id {
        narrow.and("a.unit_id = ?", [Value::from(unit)]);
    }
    match filter.state {
        Some(AccountState::Disabled) => narrow.and("a.disabled_at IS NOT NULL", []),
        Some(AccountState::Active) => narrow.and("a.disabled_at IS NULL AND a.password_hash IS NOT NULL", []),
        Some(AccountState::Invited) => narrow.and("a.disabled_at IS NULL AND a.password_hash IS NULL", []),
        None => &mut narrow,
    };
    if let Some(key) = paging.after([Key::Text, Key::Id])? {
        narrow.and("(a.name, a.id) > (?, ?)", key);
    }
    let limit = narrow.bind(paging.limit() + 1);
    let sql = format!("SELECT {COLUMNS} FROM account a {} ORDER BY a.name, a.id LIMIT {limit}", narrow.sql());
    Ok(tx.rows(&sql, narrow.params()).await?.iter().map(view).collect::<Result<_, _>>()?)
}

/// Accounts with a role that are not disabled, locked until the transaction ends, so that two can't close the last two.
pub(crate) async fn holders(tx: &mut Tx, role: Role) -> Result<Vec<AccountView>, DbError> {
    let lock = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM account a WHERE a.disabled_at IS NULL AND a.roles LIKE $1 ORDER BY a.id{lock}"
    );
    tx.rows(&sql, params![format!("%\"{}\"%", role.name())]).await?.iter().map(view).collect()
}

/// The ids of every account.
pub(crate) async fn ids(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    tx.rows("SELECT id FROM account ORDER BY id", &[]).await?.iter().map(|r| r.get("id")).collect()
}

/// Whether there is any account.
pub(crate) async fn any(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(tx.row("SELECT id FROM account LIMIT 1", &[]).await?.is_some())
}

/// Whether there is such a unit. Units reach themselves; their own table belongs to a domain further on.
pub(crate) async fn unit_exists(tx: &mut Tx, unit: &str) -> Result<bool, DbError> {
    Ok(tx
        .row("SELECT unit_id FROM unit_reach WHERE root_id = $1 AND unit_id = $1", params![unit])
        .await?
        .is_some())
}

/// Uses the set-up token up; `false` if it isn't this one or somebody else did so first.
pub(crate) async fn use_setup_token(tx: &mut Tx, value: &str) -> Result<bool, DbError> {
    let used =
        tx.execute("DELETE FROM setting WHERE name = 'setup_token' AND value = $1", params![value]).await?;
    Ok(used == 1)
}
