//! Coverage in the database: the only place that writes these tables.

pub mod agreements;
pub mod cases;
pub mod designated;
pub mod exclusions;
pub mod facts;
pub mod overrulings;
pub mod parts;

use kit::db::DbError;
use kit::{Actor, Failure, Row, Tx, Where};

use crate::view::Names;

/// The stored name of a value of one of the engine's closed lists. What is not in a table's list is refused by it.
pub fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A column that holds the name of a value of one of the engine's closed lists.
pub fn named<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Result<T, DbError> {
    let name: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(name))
        .map_err(|_| DbError::Column { name: column.to_owned() })
}

/// Names on screen of accounts, by id; who is none is left out.
pub async fn names(tx: &mut Tx, ids: impl IntoIterator<Item = String>) -> Result<Names, Failure> {
    let mut ids: Vec<String> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Names::new());
    }
    let mut filter = Where::new();
    filter.any("id", ids);
    let rows = tx.rows(&format!("SELECT id, name FROM account {}", filter.sql()), filter.params()).await?;
    let pairs: Result<Names, DbError> =
        rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect();
    Ok(pairs?)
}

/// Whether every one of these files was sent; the first that was not, else.
pub async fn file_missing(tx: &mut Tx, actor: &Actor, digests: &[String]) -> Result<Option<String>, Failure> {
    if digests.is_empty() {
        return Ok(None);
    }
    let mut filter = Where::new();
    filter.any("sha256", digests.iter().map(String::as_str));
    let rows = tx.rows(&format!("SELECT sha256 FROM file {}", filter.sql()), filter.params()).await?;
    let there: Result<Vec<String>, DbError> = rows.iter().map(|row| row.get("sha256")).collect();
    let there = there?;
    for digest in digests {
        if !there.contains(digest)
            || !identity::files::may_use(tx, actor, exclusions::FILE_USES, digest).await?
        {
            return Ok(Some(digest.clone()));
        }
    }
    Ok(None)
}
