//! What tables there are: for the portable archive and the counts of `check`.

use std::collections::{BTreeMap, BTreeSet};

use super::{DbError, Dialect, Tx, Value};

/// A table as both databases describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<String>,
    /// The tables its rows refer to, itself not among them.
    pub refers_to: BTreeSet<String>,
    /// A column that refers to another row of the same table, and the column referred to.
    pub own_parent: Option<(String, String)>,
    /// The column the database numbers by itself.
    pub numbered: Option<String>,
}

impl Tx {
    /// Every table, those that are referred to before those that refer to them.
    ///
    /// # Errors
    /// As the database says.
    pub async fn tables(&mut self) -> Result<Vec<Table>, DbError> {
        let (columns, references, numbered) = match self.dialect() {
            Dialect::Sqlite => (
                "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid",
                "SELECT m.name AS t, f.\"from\" AS c, f.\"table\" AS rt, COALESCE(f.\"to\", 'id') AS rc \
                 FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1, 2",
                "SELECT name AS t, 'pos' AS c FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'",
            ),
            Dialect::Postgres => (
                "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns \
                 WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position",
                "SELECT CAST(k.table_name AS TEXT) AS t, CAST(k.column_name AS TEXT) AS c, CAST(u.table_name AS TEXT) AS rt, \
                 CAST(u.column_name AS TEXT) AS rc FROM information_schema.referential_constraints r \
                 JOIN information_schema.key_column_usage k ON k.constraint_name = r.constraint_name AND k.constraint_schema = r.constraint_schema \
                 JOIN information_schema.key_column_usage u ON u.constraint_name = r.unique_constraint_name AND u.constraint_schema = r.unique_constraint_schema \
                 AND u.ordinal_position = k.position_in_unique_constraint \
                 WHERE r.constraint_schema = current_schema() ORDER BY 1, 2",
                "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND is_identity = 'YES'",
            ),
        };
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        for row in self.rows(columns, &[]).await? {
            let name: String = row.get("t")?;
            let table = tables.entry(name.clone()).or_insert_with(|| Table {
                name,
                columns: Vec::new(),
                refers_to: BTreeSet::new(),
                own_parent: None,
                numbered: None,
            });
            table.columns.push(row.get("c")?);
        }
        for row in self.rows(references, &[]).await? {
            let (name, to): (String, String) = (row.get("t")?, row.get("rt")?);
            let Some(table) = tables.get_mut(&name) else { continue };
            if name == to {
                table.own_parent = Some((row.get("c")?, row.get("rc")?));
            } else {
                table.refers_to.insert(to);
            }
        }
        for row in self.rows(numbered, &[]).await? {
            if let Some(table) = tables.get_mut(&row.get::<String>("t")?) {
                table.numbered = Some(row.get("c")?);
            }
        }
        Ok(in_order(tables))
    }

    /// Reads a table in portions of at most `limit` rows, in the order of insertion where the database keeps one.
    ///
    /// `after` is the place the last portion ended, 0 at first.
    ///
    /// # Errors
    /// As the database says.
    pub async fn portion(&mut self, table: &Table, after: i64, limit: i64) -> Result<(Vec<super::Row>, i64), DbError> {
        let columns = table.columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
        let rows = match self.dialect() {
            Dialect::Sqlite => {
                let sql = format!(
                    "SELECT rowid AS rowid_, {columns} FROM \"{}\" WHERE rowid > $1 ORDER BY rowid LIMIT $2",
                    table.name
                );
                let mut rows = self.rows(&sql, &[Value::from(after), Value::from(limit)]).await?;
                let last = match rows.last() {
                    Some(row) => row.get("rowid_")?,
                    None => after,
                };
                for row in &mut rows {
                    row.names = row.names[1..].into();
                    row.values.remove(0);
                }
                return Ok((rows, last));
            }
            Dialect::Postgres => {
                let cursor = format!("read_{}", table.name);
                if after == 0 {
                    self.batch(&format!(
                        "DECLARE \"{cursor}\" NO SCROLL CURSOR FOR SELECT {columns} FROM \"{}\"",
                        table.name
                    ))
                    .await?;
                }
                self.rows(&format!("FETCH {limit} FROM \"{cursor}\""), &[]).await?
            }
        };
        let last = after + i64::try_from(rows.len()).unwrap_or(i64::MAX);
        Ok((rows, last))
    }

    /// Inserts rows as they were, numbers the database gave included.
    ///
    /// # Errors
    /// As the database says.
    pub async fn put_back(&mut self, table: &Table, rows: &[Vec<Value>]) -> Result<(), DbError> {
        let at_once = (16_000 / table.columns.len().max(1)).clamp(1, 500);
        let columns = table.columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
        let overriding = match (self.dialect(), &table.numbered) {
            (Dialect::Postgres, Some(_)) => " OVERRIDING SYSTEM VALUE",
            _ => "",
        };
        for chunk in rows.chunks(at_once) {
            let mut sql = format!("INSERT INTO \"{}\" ({columns}){overriding} VALUES ", table.name);
            let mut params = Vec::with_capacity(chunk.len() * table.columns.len());
            for (i, row) in chunk.iter().enumerate() {
                let marks: Vec<String> =
                    (0..row.len()).map(|j| format!("${}", i * table.columns.len() + j + 1)).collect();
                sql.push_str(if i == 0 { "(" } else { ", (" });
                sql.push_str(&marks.join(","));
                sql.push(')');
                params.extend(row.iter().cloned());
            }
            self.execute(&sql, &params).await?;
        }
        if let (Dialect::Postgres, Some(column)) = (self.dialect(), &table.numbered) {
            let sql = format!(
                "SELECT setval(pg_get_serial_sequence('{0}', '{column}'), GREATEST((SELECT COALESCE(MAX(\"{column}\"), 0) FROM \"{0}\"), 1))",
                table.name
            );
            self.execute(&sql, &[]).await?;
        }
        Ok(())
    }

    /// Removes every row of a table that no trigger protects.
    ///
    /// # Errors
    /// As the database says.
    pub async fn clear(&mut self, table: &Table) -> Result<(), DbError> {
        self.execute(&format!("DELETE FROM \"{}\"", table.name), &[]).await?;
        Ok(())
    }
}

// Referred-to tables first; a ring (which the schema doesn't have) would come last in order of name.
fn in_order(mut tables: BTreeMap<String, Table>) -> Vec<Table> {
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut order = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let next = tables
            .values()
            .find(|t| t.refers_to.iter().all(|r| done.contains(r)))
            .or_else(|| tables.values().next())
            .map(|t| t.name.clone());
        let Some(table) = next.and_then(|name| tables.remove(&name)) else { break };
        done.insert(table.name.clone());
        order.push(table);
    }
    order
}
