//! Schema steps: numbered, forward only, the same numbers on both databases.

use super::{Db, DbError, Dialect, Tx, Value};
use crate::clock::Ts;

/// One schema step. The text is shared; `{bytes}`, `{serial}` and blocks between `-- sqlite:` / `-- postgres:` and
/// `-- all:` lines are where the databases differ.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Rises by one; never changes after a release.
    pub number: i64,
    /// What it does, in a few words.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

/// A step that has not been applied yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
}

impl Migration {
    /// The statements for one database.
    #[must_use]
    pub fn text(&self, dialect: Dialect) -> String {
        let mut keep = true;
        let mut text = String::with_capacity(self.sql.len());
        for line in self.sql.lines() {
            match line.trim() {
                "-- sqlite:" => keep = dialect == Dialect::Sqlite,
                "-- postgres:" => keep = dialect == Dialect::Postgres,
                "-- all:" => keep = true,
                _ if keep => {
                    text.push_str(line);
                    text.push('\n');
                }
                _ => {}
            }
        }
        let (bytes, serial) = match dialect {
            Dialect::Sqlite => ("BLOB", "INTEGER PRIMARY KEY AUTOINCREMENT"),
            Dialect::Postgres => ("BYTEA", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
        };
        text.replace("{bytes}", bytes).replace("{serial}", serial)
    }
}

impl Db {
    /// The steps of `list` that this database has not had.
    ///
    /// # Errors
    /// If the database is newer than `list` (a downgrade is refused), or can't be read.
    pub async fn pending(&self, list: &[Migration]) -> Result<Vec<Pending>, DbError> {
        let mut reader = self.reader().await?;
        let done = applied(&mut reader).await?;
        let newest = list.iter().map(|m| m.number).max().unwrap_or(0);
        if let Some(newer) = done.iter().find(|n| **n > newest) {
            return Err(DbError::Other(format!(
                "this database has schema step {newer}, but this program only knows steps up to {newest}: \
                 run the newer program, or restore a backup made before the upgrade"
            )));
        }
        Ok(list
            .iter()
            .filter(|m| !done.contains(&m.number))
            .map(|m| Pending { number: m.number, name: m.name.to_owned() })
            .collect())
    }

    /// Applies what is pending, each step in a transaction of its own, and returns it.
    ///
    /// # Errors
    /// As [`Db::pending`], or if a step fails: the steps before it stay.
    pub async fn migrate(&self, list: &'static [Migration], now: Ts) -> Result<Vec<Pending>, DbError> {
        let pending = self.pending(list).await?;
        for step in &pending {
            let Some(migration) = list.iter().find(|m| m.number == step.number) else { continue };
            self.write(move |tx| {
                Box::pin(async move {
                    // Two nodes that start together: the second waits here, then finds the step done.
                    if tx.dialect() == Dialect::Postgres {
                        tx.execute("SELECT pg_advisory_xact_lock(4106)", &[]).await?;
                    }
                    if applied(tx).await?.contains(&migration.number) {
                        return Ok::<_, DbError>(());
                    }
                    tx.batch(&migration.text(tx.dialect())).await?;
                    tx.execute(
                        "INSERT INTO schema_step (number, name, applied_at) VALUES ($1, $2, $3)",
                        &[Value::from(migration.number), Value::from(migration.name), Value::from(now)],
                    )
                    .await?;
                    Ok(())
                })
            })
            .await?;
        }
        Ok(pending)
    }
}

async fn applied(tx: &mut Tx) -> Result<Vec<i64>, DbError> {
    let exists = match tx.dialect() {
        Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_step'",
        Dialect::Postgres => {
            "SELECT COUNT(*) FROM pg_tables WHERE tablename = 'schema_step' AND schemaname = current_schema()"
        }
    };
    if tx.int(exists, &[]).await? == 0 {
        return Ok(Vec::new());
    }
    tx.rows("SELECT number FROM schema_step", &[]).await?.iter().map(|r| r.get("number")).collect()
}
