//! What hangs on many records at once: one statement, however many they are.

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;

use kit::db::FromValue;
use kit::{DbError, Row, Tx, Value, Where};

/// A table whose rows hang on another's by a key.
pub(crate) struct Hung<K, T> {
    columns: &'static str,
    table: &'static str,
    key: &'static str,
    order: &'static str,
    read: fn(&Row) -> Result<T, DbError>,
    of: PhantomData<fn(K)>,
}

impl<K, T> Hung<K, T> {
    /// `read` makes a `T` of the columns; rows come by `order`.
    pub(crate) const fn new(
        columns: &'static str,
        table: &'static str,
        key: &'static str,
        order: &'static str,
        read: fn(&Row) -> Result<T, DbError>,
    ) -> Self {
        Self { columns, table, key, order, read, of: PhantomData }
    }
}

impl<K: FromValue + Into<Value> + Copy + Eq + Hash, T> Hung<K, T> {
    /// What hangs on one record.
    ///
    /// # Errors
    /// As the database says.
    pub(crate) async fn of(&self, tx: &mut Tx, id: K) -> Result<Vec<T>, DbError> {
        Ok(self.of_many(tx, &[id]).await?.remove(&id).unwrap_or_default())
    }

    /// What hangs on each of many; who has nothing is left out.
    ///
    /// # Errors
    /// As the database says.
    pub(crate) async fn of_many(&self, tx: &mut Tx, ids: &[K]) -> Result<HashMap<K, Vec<T>>, DbError> {
        let mut found: HashMap<K, Vec<T>> = HashMap::new();
        if ids.is_empty() {
            return Ok(found);
        }
        let Self { columns, table, key, order, read, .. } = self;
        let mut filter = Where::new();
        filter.any(key, ids.iter().copied());
        let sql =
            format!("SELECT {columns}, {key} AS hung_on FROM {table} {} ORDER BY {order}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.entry(row.get("hung_on")?).or_default().push(read(&row)?);
        }
        Ok(found)
    }
}
