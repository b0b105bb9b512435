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
    /// The key of a SQLite table that has no row numbers.
    pub keyed: Vec<String>,
}

/// Where the last portion of a table ended.
#[derive(Clone, Debug, Default)]
pub enum Place {
    /// Nothing was read yet.
    #[default]
    Start,
    /// After this row number.
    Row(i64),
    /// After this key.
    Key(Vec<Value>),
    /// The database keeps the place.
    Cursor,
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
                keyed: Vec::new(),
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
        if self.dialect() == Dialect::Sqlite {
            let keys = "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                        WHERE m.type = 'table' AND m.sql LIKE '%WITHOUT ROWID%' AND c.pk > 0 ORDER BY m.name, c.pk";
            for row in self.rows(keys, &[]).await? {
                if let Some(table) = tables.get_mut(&row.get::<String>("t")?) {
                    table.keyed.push(row.get("c")?);
                }
            }
        }
        Ok(in_order(tables))
    }

    /// Reads a table in portions of at most `limit` rows, in the order of insertion where the database keeps one; `place` moves on.
    ///
    /// # Errors
    /// As the database says.
    pub async fn portion(
        &mut self,
        table: &Table,
        place: &mut Place,
        limit: i64,
    ) -> Result<Vec<super::Row>, DbError> {
        match self.dialect() {
            Dialect::Sqlite if table.keyed.is_empty() => self.portion_by_row(table, place, limit).await,
            Dialect::Sqlite => self.portion_by_key(table, place, limit).await,
            Dialect::Postgres => self.portion_by_cursor(table, place, limit).await,
        }
    }

    async fn portion_by_row(
        &mut self,
        table: &Table,
        place: &mut Place,
        limit: i64,
    ) -> Result<Vec<super::Row>, DbError> {
        let after = if let Place::Row(after) = place { *after } else { i64::MIN };
        let sql = format!(
            "SELECT {}, rowid AS rowid_ FROM \"{}\" WHERE rowid > $1 ORDER BY rowid LIMIT $2",
            table.quoted(),
            table.name
        );
        let rows = self.rows(&sql, &[Value::from(after), Value::from(limit)]).await?;
        if let Some(row) = rows.last() {
            *place = Place::Row(row.get("rowid_")?);
        }
        Ok(rows)
    }

    async fn portion_by_key(
        &mut self,
        table: &Table,
        place: &mut Place,
        limit: i64,
    ) -> Result<Vec<super::Row>, DbError> {
        let key = table.keyed.join(", ");
        let (condition, mut params) = match place {
            Place::Key(after) => {
                let marks: Vec<String> = (1..=after.len()).map(|n| format!("${n}")).collect();
                (format!("WHERE ({key}) > ({})", marks.join(", ")), after.clone())
            }
            _ => (String::new(), Vec::new()),
        };
        params.push(Value::from(limit));
        let sql = format!(
            "SELECT {} FROM \"{}\" {condition} ORDER BY {key} LIMIT ${}",
            table.quoted(),
            table.name,
            params.len()
        );
        let rows = self.rows(&sql, &params).await?;
        if let Some(row) = rows.last() {
            let after = table.keyed.iter().map(|c| row.get(c)).collect::<Result<_, _>>()?;
            *place = Place::Key(after);
        }
        Ok(rows)
    }

    async fn portion_by_cursor(
        &mut self,
        table: &Table,
        place: &mut Place,
        limit: i64,
    ) -> Result<Vec<super::Row>, DbError> {
        let cursor = format!("read_{}", table.name);
        if matches!(place, Place::Start) {
            let declare = format!(
                "DECLARE \"{cursor}\" NO SCROLL CURSOR FOR SELECT {} FROM \"{}\"",
                table.quoted(),
                table.name
            );
            self.batch(&declare).await?;
            *place = Place::Cursor;
        }
        self.rows(&format!("FETCH {limit} FROM \"{cursor}\""), &[]).await
    }

    /// Inserts rows as they were, numbers the database gave included.
    ///
    /// # Errors
    /// As the database says.
    pub async fn put_back(&mut self, table: &Table, rows: &[Vec<Value>]) -> Result<(), DbError> {
        let at_once = (16_000 / table.columns.len().max(1)).clamp(1, 500);
        let columns = table.quoted();
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

impl Table {
    fn quoted(&self) -> String {
        self.columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ")
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
