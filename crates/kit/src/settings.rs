//! Settings of the whole system: a name and a JSON value.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::clock::Ts;
use crate::db::{DbError, Dialect, Tx};
use crate::error::Failure;
use crate::params;

const VALUE: &str = "SELECT value FROM setting WHERE name = $1";

/// The setting `name`, if it was ever set.
///
/// # Errors
/// As the database says, or if the value is no `T`.
pub async fn get<T: DeserializeOwned>(tx: &mut Tx, name: &str) -> Result<Option<T>, Failure> {
    match tx.row(VALUE, params![name]).await? {
        Some(row) => Ok(Some(row.json("value")?)),
        None => Ok(None),
    }
}

/// [`get`] of `name` will be asked soon ([`Tx::ahead`]).
pub fn get_ahead(tx: &mut Tx, name: &str) {
    tx.ahead(VALUE, params![name]);
}

/// Takes the turn for a change of `name`, whether it was ever set or not; waits for another's until the commit. To be
/// called before the setting is read.
///
/// # Errors
/// As the database says.
pub async fn hold(tx: &mut Tx, name: &str) -> Result<(), DbError> {
    // SQLite has one writer anyway.
    if tx.dialect() == Dialect::Postgres {
        tx.row("SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) IS NULL AS held", params![name])
            .await?;
    }
    Ok(())
}

/// The version of `name` for `If-Match`: 1 until somebody changes it by [`change`].
///
/// # Errors
/// As the database says.
pub async fn version(tx: &mut Tx, name: &str) -> Result<i64, Failure> {
    Ok(get(tx, &versions_of(name)).await?.unwrap_or(1))
}

/// Sets `name` and counts its version up from `stands`. Whoever calls has taken the turn ([`hold`]) and compared the version.
///
/// # Errors
/// As the database says.
pub async fn change(
    tx: &mut Tx,
    name: &str,
    value: &impl Serialize,
    stands: i64,
    now: Ts,
) -> Result<(), Failure> {
    set(tx, name, value, now).await?;
    set(tx, &versions_of(name), &(stands + 1), now).await
}

/// The setting that counts the changes of `name`.
#[must_use]
pub fn versions_of(name: &str) -> String {
    format!("{name}.version")
}

/// Sets `name`.
///
/// # Errors
/// As the database says.
pub async fn set(tx: &mut Tx, name: &str, value: &impl Serialize, now: Ts) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO setting (name, value, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        params![name, serde_json::to_string(value)?, now],
    )
    .await?;
    Ok(())
}
