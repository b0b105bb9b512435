//! One door to both databases.
//!
//! Statements are written once, portable, with `$1` parameters; SQLite (in the data folder) and PostgreSQL
//! (by URL) run the same text. Only `BIGINT`, `DOUBLE PRECISION`, `TEXT` and `{bytes}` columns exist, so that a
//! row means the same on both. A [`Tx`] is either the transaction of one command or a reader.
//!
//! SQLite has one writer thread: it takes the commands waiting, runs them in one transaction, each behind the first in a savepoint,
//! commits once with one sync (`synchronous=FULL`), then answers all (group commit). On PostgreSQL each command is
//! its own transaction. Portable SQL: cast sums (`CAST(SUM(x) AS BIGINT)`), cast parameters whose type the
//! statement doesn't show (`CAST($1 AS TEXT) IS NULL`), `ON CONFLICT … DO …`, `RETURNING`, no `INTERVAL`, no `NOW()`.

mod afresh;
mod batch;
mod migrate;
mod postgres;
mod schema;
mod server;
mod session;
mod sqlite;
mod value;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::sync::watch;

pub use afresh::Kept;
pub use migrate::{Migration, Pending};
pub use schema::{Place, Table};
pub use sqlite::CACHE_KIB;
pub use value::{Cell, FromValue, Row, Value};

/// Why storage could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A unique or exclusion constraint refused; names the constraint or the columns.
    #[error("a record like this exists already: {0}")]
    Unique(String),
    /// A foreign key, check or trigger refused.
    #[error("the database refused: {0}")]
    Constraint(String),
    /// A column is missing or of another type than the code reads.
    #[error("column {name} is not what the query expects")]
    Column {
        /// The column.
        name: String,
    },
    /// Two transactions waited for each other and the database broke this one off; nothing was changed, and the same again
    /// will go through.
    #[error("two changes met: {0}")]
    Conflict(String),
    /// The database can't be reached or is full; nothing was changed.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The server can't be used as it is; says what is wrong and how to mend it.
    #[error("{0}")]
    Unusable(String),
    /// Anything else the driver said.
    #[error("the database failed: {0}")]
    Other(String),
}

/// How the databases differ where a migration must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite in the data folder.
    Sqlite,
    /// PostgreSQL by URL.
    Postgres,
}

/// Numbers about the writer since the start, for `/metrics` and the benchmark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriterCounts {
    /// Commands that were committed.
    pub commands: u64,
    /// Commits, each with one sync.
    pub commits: u64,
}

/// How busy a database is at this moment, for `/metrics`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Commands in the writer's queue (SQLite), requests for a connection that wait (PostgreSQL).
    pub waiting: usize,
    /// Connections in use: readers of SQLite, the pool of PostgreSQL.
    pub busy: usize,
    /// Connections there are at most.
    pub places: usize,
}

/// A database: cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
    /// Statements that readers ran.
    read: Arc<AtomicU64>,
}

enum Inner {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// Options that only tests and benchmarks set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hooks {
    /// Slows each sync down by this much (group commit must show).
    pub sync_delay: Option<Duration>,
}

impl Db {
    /// Opens (or makes) the SQLite database file at `path`.
    ///
    /// # Errors
    /// If the file can't be opened or is no database.
    pub fn open_sqlite(path: &Path, hooks: Hooks) -> Result<Self, DbError> {
        Ok(Self { inner: Arc::new(Inner::Sqlite(sqlite::Sqlite::open(path, hooks)?)), read: Arc::default() })
    }

    /// Connects to PostgreSQL by URL; refuses a server that is too old or loses acknowledged commits.
    ///
    /// # Errors
    /// [`DbError::Unusable`] if the server can't be reached, lets nobody in, is too old, or runs with `fsync`,
    /// `synchronous_commit` or `full_page_writes` off.
    pub async fn open_postgres(url: &str, connections: usize) -> Result<Self, DbError> {
        let postgres = postgres::Postgres::open(url, connections).await?;
        Ok(Self { inner: Arc::new(Inner::Postgres(postgres)), read: Arc::default() })
    }

    /// Which of the two this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match &*self.inner {
            Inner::Sqlite(_) => Dialect::Sqlite,
            Inner::Postgres(_) => Dialect::Postgres,
        }
    }

    /// A reader: statements see what is committed. Never write through it.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] if no connection can be had.
    pub async fn reader(&self) -> Result<Tx, DbError> {
        let mut tx = match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.reader().await,
            Inner::Postgres(postgres) => postgres.reader().await,
        }?;
        tx.read = Some(self.read.clone());
        Ok(tx)
    }

    /// How many statements readers have run since the start: a list may not run more of them the longer it is.
    #[must_use]
    pub fn statements_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// A reader that sees one moment throughout, however long it reads: backups, exports, checks.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] if no connection can be had.
    pub async fn snapshot_reader(&self) -> Result<Tx, DbError> {
        let mut tx = self.reader().await?;
        match &mut tx.on {
            On::Sqlite(on) => on.batch("BEGIN")?,
            On::Postgres(on) => on.begin_snapshot().await?,
        }
        Ok(tx)
    }

    /// Runs `work` in one transaction: `Ok` commits, `Err` leaves no trace. The answer comes after the sync.
    ///
    /// The work runs on the writer (SQLite): it must not wait for anything but its `Tx`.
    ///
    /// # Errors
    /// What `work` returns, or the failure of the commit itself.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.write(work).await,
            Inner::Postgres(postgres) => postgres.write(work).await,
        }
    }

    /// Changes whenever something was committed here or, on PostgreSQL, on another node: the live feed waits on it.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.changes(),
            Inner::Postgres(postgres) => postgres.changes(),
        }
    }

    /// What the writer has done since the start.
    #[must_use]
    pub fn writer_counts(&self) -> WriterCounts {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.counts(),
            Inner::Postgres(postgres) => postgres.counts(),
        }
    }

    /// How busy it is now.
    #[must_use]
    pub fn load(&self) -> Load {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.load(),
            Inner::Postgres(postgres) => postgres.load(),
        }
    }

    /// This node's number among the nodes of a PostgreSQL database, while its sign of life stands there ([`Db::living_nodes`]).
    #[must_use]
    pub fn node(&self) -> Option<i64> {
        match &*self.inner {
            Inner::Sqlite(_) => None,
            Inner::Postgres(postgres) => postgres.node(),
        }
    }

    /// The query that answers the numbers of the nodes that live (PostgreSQL).
    ///
    /// A node holds a lock under its number by a connection of its own: no clock is compared, an idle node writes nothing, and the
    /// lock of one that was killed falls with its connection.
    #[must_use]
    pub fn living_nodes() -> String {
        format!(
            "SELECT CAST(objid AS BIGINT) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 \
             AND classid = {} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            postgres::NODES
        )
    }

    /// Copies a consistent snapshot of a SQLite database to `path` while it is in use.
    ///
    /// # Errors
    /// On PostgreSQL (use the portable backup), or if the file can't be written.
    pub fn snapshot_sqlite(&self, path: &Path) -> Result<(), DbError> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.snapshot(path),
            Inner::Postgres(_) => Err(DbError::Other("not a SQLite database".into())),
        }
    }
}

/// The transaction of a command, or a reader.
pub struct Tx {
    on: On,
    /// Sealing state on SQLite: the newest seq and hash, loaded when the first event is appended.
    pub(crate) chain: Option<(i64, String)>,
    /// How many events this transaction appended.
    pub(crate) appended: u32,
    /// Counts the statements of a reader.
    read: Option<Arc<AtomicU64>>,
    /// What was read once: see [`Tx::remember`].
    memo: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

enum On {
    Sqlite(sqlite::Connection),
    Postgres(Box<postgres::Connection>),
}

impl Tx {
    /// Which database this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match &self.on {
            On::Sqlite(_) => Dialect::Sqlite,
            On::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs a statement and returns how many rows it touched.
    ///
    /// # Errors
    /// [`DbError`] by what the database said.
    pub async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        match &mut self.on {
            On::Sqlite(on) => on.execute(sql, params),
            On::Postgres(on) => on.execute(sql, params).await,
        }
    }

    /// Runs a statement of a command that nobody waits for: on PostgreSQL it goes out with the next statement whose answer
    /// is needed, at the latest with the commit. Both databases see the statements in the order in which they were written.
    ///
    /// For inserts and updates that can only fail for a fault of ours: a failure is that of the statement it went out with.
    ///
    /// # Errors
    /// [`DbError`] by what the database said, of this statement or of one before it.
    pub async fn put(&mut self, sql: &str, params: &[Value]) -> Result<(), DbError> {
        match &mut self.on {
            On::Sqlite(on) => on.execute(sql, params).map(drop),
            On::Postgres(on) => on.put(sql.to_owned(), params.to_vec()).await,
        }
    }

    /// Lets what [`Self::put`] and [`Self::insert_many`] hold back leave and hears what became of it: for whoever must know
    /// here that a unique constraint was broken.
    ///
    /// # Errors
    /// [`DbError`] by what the database said of what was held back.
    pub async fn settle(&mut self) -> Result<(), DbError> {
        match &mut self.on {
            On::Sqlite(_) => Ok(()),
            On::Postgres(on) => on.flush().await,
        }
    }

    /// Says what will be asked soon: on PostgreSQL the next query takes these along, and whoever asks one of them in the same words
    /// finds its rows there already. A write to a table that the query names makes it be asked again. Not for queries that lock.
    pub fn ahead(&mut self, sql: impl Into<String>, params: &[Value]) {
        if let On::Postgres(on) = &mut self.on {
            on.ahead(sql.into(), params.to_vec());
        }
    }

    /// The rows of several queries, asked at once: on PostgreSQL they share one way there and back.
    ///
    /// # Errors
    /// [`DbError`] by what the database said.
    pub async fn rows_of(&mut self, asked: &[(&str, &[Value])]) -> Result<Vec<Vec<Row>>, DbError> {
        match &mut self.on {
            On::Sqlite(on) => asked.iter().map(|(sql, params)| on.rows(sql, params)).collect(),
            On::Postgres(on) => on.rows_of(asked).await,
        }
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// [`DbError`] by what the database said.
    pub async fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        if let Some(read) = &self.read {
            read.fetch_add(1, Ordering::Relaxed);
        }
        match &mut self.on {
            On::Sqlite(on) => on.rows(sql, params),
            On::Postgres(on) => on.rows(sql, params).await,
        }
    }

    /// The first row of a query, if any.
    ///
    /// # Errors
    /// [`DbError`] by what the database said.
    pub async fn row(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, params).await?.into_iter().next())
    }

    /// One integer: a count, a maximum.
    ///
    /// # Errors
    /// [`DbError::Column`] if there is no row or its first column is no integer.
    pub async fn int(&mut self, sql: &str, params: &[Value]) -> Result<i64, DbError> {
        match self.row(sql, params).await?.as_ref().map(Row::first) {
            Some(Cell::Int(i)) => Ok(i),
            _ => Err(DbError::Column { name: "first".into() }),
        }
    }

    /// Inserts many rows: on SQLite one by one by a statement prepared once, on PostgreSQL many in a statement that nobody waits for.
    ///
    /// `columns` are the names, `rows` the values in that order.
    ///
    /// # Errors
    /// [`DbError`] by what the database said.
    pub async fn insert_many(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
    ) -> Result<(), DbError> {
        match &mut self.on {
            On::Sqlite(on) => on.execute_each(&inserting(table, columns, 1), rows).map(drop),
            On::Postgres(on) => {
                for chunk in chunks(rows, columns) {
                    on.put(inserting(table, columns, chunk.len()), chunk.concat()).await?;
                }
                Ok(())
            }
        }
    }

    /// As [`Self::insert_many`], but a row that breaks a unique constraint is left out. Returns how many are new.
    ///
    /// # Errors
    /// [`DbError`] by what the database said.
    pub async fn insert_new(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
    ) -> Result<u64, DbError> {
        let sql = |rows| format!("{} ON CONFLICT DO NOTHING", inserting(table, columns, rows));
        match &mut self.on {
            On::Sqlite(on) => on.execute_each(&sql(1), rows),
            On::Postgres(on) => {
                let mut new = 0;
                for chunk in chunks(rows, columns) {
                    new += on.execute(&sql(chunk.len()), &chunk.concat()).await?;
                }
                Ok(new)
            }
        }
    }

    /// Keeps what was read until the command or the read ends, so that it is read once however many ask for it.
    ///
    /// Whoever writes what it was read from must [`Self::forget`] it.
    pub fn remember<T: Any + Send + Sync>(&mut self, value: Arc<T>) {
        self.memo.insert(TypeId::of::<T>(), value);
    }

    /// What [`Self::remember`] keeps of this type.
    #[must_use]
    pub fn recall<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.memo.get(&TypeId::of::<T>())?.clone().downcast().ok()
    }

    /// Lets go of what [`Self::remember`] keeps of this type.
    pub fn forget<T: Any>(&mut self) {
        self.memo.remove(&TypeId::of::<T>());
    }

    /// Runs several statements without parameters: migrations.
    pub(crate) async fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.on {
            On::Sqlite(on) => on.batch(sql),
            On::Postgres(on) => on.batch(sql).await,
        }
    }

    fn new(on: On) -> Self {
        Self { on, chain: None, appended: 0, read: None, memo: HashMap::new() }
    }
}

/// Parameters of a statement: `params![id, now, name]`.
#[macro_export]
macro_rules! params {
    () => { &[] as &[$crate::db::Value] };
    ($($value:expr),+ $(,)?) => { &[$($crate::db::Value::from($value)),+] as &[$crate::db::Value] };
}

/// A `WHERE` clause put together from parts, with its parameters numbered.
#[derive(Debug, Default)]
pub struct Where {
    parts: Vec<String>,
    params: Vec<Value>,
}

impl Where {
    /// No condition yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `value` to the parameters and returns its placeholder.
    pub fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }

    /// Adds a condition that must hold too; each `?` in it takes the next of `values`.
    pub fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) -> &mut Self {
        let mut values = values.into_iter();
        let mut text = String::with_capacity(condition.len() + 8);
        for c in condition.chars() {
            match (c, c == '?') {
                (_, true) => {
                    let value = values.next().unwrap_or(Value::Null);
                    text.push_str(&self.bind(value));
                }
                (c, false) => text.push(c),
            }
        }
        self.parts.push(text);
        self
    }

    /// `column IN (…)`; an empty list matches nothing.
    ///
    /// Lists above eight values are filled up to a power of two with their last one: a few statements, prepared once,
    /// serve lists of every length.
    pub fn any<V: Into<Value>>(&mut self, column: &str, values: impl IntoIterator<Item = V>) -> &mut Self {
        let mut marks: Vec<String> = values.into_iter().map(|v| self.bind(v)).collect();
        if let (9.., Some(last)) = (marks.len(), self.params.last().cloned()) {
            for _ in marks.len()..marks.len().next_power_of_two() {
                marks.push(self.bind(last.clone()));
            }
        }
        self.parts.push(if marks.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("{column} IN ({})", marks.join(", "))
        });
        self
    }

    /// `WHERE a AND b`, or nothing.
    #[must_use]
    pub fn sql(&self) -> String {
        if self.parts.is_empty() { String::new() } else { format!("WHERE ({})", self.parts.join(") AND (")) }
    }

    /// The parameters so far.
    #[must_use]
    pub fn params(&self) -> &[Value] {
        &self.params
    }
}

/// Rows that one statement inserts at most, and how many values: PostgreSQL takes 65,535 of them.
const ROWS_AT_ONCE: usize = 512;
const VALUES_AT_ONCE: usize = 16_000;

// Pieces of 2ⁿ rows: a handful of statements per table, prepared once, serve any number.
fn chunks<'r>(rows: &'r [Vec<Value>], columns: &[&str]) -> impl Iterator<Item = &'r [Vec<Value>]> {
    let most = (VALUES_AT_ONCE / columns.len().max(1)).clamp(1, ROWS_AT_ONCE);
    let mut rest = rows;
    std::iter::from_fn(move || {
        let (chunk, more) = rest.split_at(1 << rest.len().min(most).checked_ilog2()?);
        rest = more;
        Some(chunk)
    })
}

// The statement that inserts so many rows.
fn inserting(table: &str, columns: &[&str], rows: usize) -> String {
    use std::fmt::Write as _;
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            if column > 0 {
                sql.push(',');
            }
            let _ = write!(sql, "${}", row * columns.len() + column + 1);
        }
        sql.push(')');
    }
    sql
}

#[cfg(test)]
mod tests;
