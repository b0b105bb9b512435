//! A fresh database and chain in place of a demo (decision 20): every table is made anew, chosen rows are kept.

use super::{Db, DbError, Dialect, Migration, Tx, Value};
use crate::clock::Ts;

/// Rows that outlive a fresh start: those of `table` whose `column` is one of `values`.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Its values.
    pub values: Vec<Value>,
}

impl Db {
    /// Drops every table, applies every schema step anew and puts the kept rows back, in one transaction.
    /// Returns how many rows were kept.
    ///
    /// # Errors
    /// As the database says; then nothing has changed.
    pub async fn start_afresh(
        &self,
        list: &'static [Migration],
        keep: Vec<Kept>,
        now: Ts,
    ) -> Result<usize, DbError> {
        self.write(move |tx| {
            Box::pin(async move {
                let tables = tx.tables().await?;
                let mut rows = Vec::new();
                for kept in &keep {
                    let Some(table) = tables.iter().find(|t| t.name == kept.table) else { continue };
                    if kept.values.is_empty() {
                        continue;
                    }
                    let marks: Vec<String> = (1..=kept.values.len()).map(|n| format!("${n}")).collect();
                    let columns = table.columns.join(", ");
                    let sql = format!(
                        "SELECT {columns} FROM {} WHERE {} IN ({})",
                        kept.table,
                        kept.column,
                        marks.join(", ")
                    );
                    let found = tx.rows(&sql, &kept.values).await?;
                    let found: Result<Vec<_>, _> = found.iter().map(|r| r.values(&table.columns)).collect();
                    rows.push((table.clone(), found?));
                }
                drop_everything(tx, tables.iter().rev().map(|t| t.name.as_str())).await?;
                for step in list {
                    tx.batch(&step.text(tx.dialect())).await?;
                    tx.execute(
                        "INSERT INTO schema_step (number, name, applied_at) VALUES ($1, $2, $3)",
                        &[Value::from(step.number), Value::from(step.name), Value::from(now)],
                    )
                    .await?;
                }
                let mut count = 0;
                for (table, found) in rows {
                    count += found.len();
                    tx.put_back(&table, &found).await?;
                }
                tx.chain = None;
                Ok(count)
            })
        })
        .await
    }
}

async fn drop_everything(tx: &mut Tx, tables: impl Iterator<Item = &str>) -> Result<(), DbError> {
    let cascade = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " CASCADE",
    };
    for table in tables {
        tx.batch(&format!("DROP TABLE \"{table}\"{cascade}")).await?;
    }
    if tx.dialect() == Dialect::Postgres {
        // The schema's own functions; those of extensions stay.
        let functions = tx
            .rows(
                "SELECT CAST(p.oid::regprocedure AS TEXT) AS name FROM pg_proc p \
                 WHERE p.pronamespace = CAST(current_schema() AS regnamespace) \
                 AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
                &[],
            )
            .await?;
        for row in functions {
            tx.batch(&format!("DROP FUNCTION {} CASCADE", row.get::<String>("name")?)).await?;
        }
    }
    Ok(())
}
