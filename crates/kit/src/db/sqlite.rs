//! SQLite: one writer thread with group commit, a few readers.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use rusqlite::config::DbConfig;
use tokio::sync::{Semaphore, oneshot, watch};

use super::value::{Answer, Names, from_sqlite};
use super::{DbError, Hooks, Load, On, Row, Tx, Value, WriterCounts};

const READERS: usize = 4;
/// Without a command for so long, the connections give their cached pages back.
const REST: Duration = Duration::from_secs(2);
const SHRINK: &str = "PRAGMA shrink_memory";
/// Pages of SQLite that a connection keeps while it works, KiB: a search over 100,000 cases looks at some hundred of them
/// in no order, and each that isn't there costs a way to the system and back.
pub const CACHE_KIB: u32 = 16_000;
/// Commands that share one sync at most: bounds how long the first waits for the last.
const GROUP: usize = 128;

pub(super) struct Sqlite {
    path: PathBuf,
    writer: mpsc::Sender<Box<dyn Job>>,
    readers: Arc<Readers>,
    changes: watch::Sender<u64>,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    commands: AtomicU64,
    commits: AtomicU64,
    /// Sent to the writer and not yet begun.
    queued: AtomicUsize,
}

struct Readers {
    idle: Mutex<Vec<Raw>>,
    places: Arc<Semaphore>,
}

/// Statement texts a connection remembers in SQLite's own writing, with the names of their columns.
const TEXTS: usize = 512;

/// An open database with what it knows of the statements it has run.
struct Raw {
    sqlite: rusqlite::Connection,
    texts: HashMap<Box<str>, Arc<Text>>,
}

/// A statement as SQLite writes it.
struct Text {
    sql: String,
    names: OnceLock<Arc<Names>>,
}

impl Raw {
    // Statements come from a few hundred places; only those with many rows vary, and they may be forgotten.
    fn text(&mut self, sql: &str) -> Arc<Text> {
        if let Some(known) = self.texts.get(sql) {
            return known.clone();
        }
        if self.texts.len() >= TEXTS {
            self.texts.clear();
        }
        let text = Arc::new(Text { sql: question_marks(sql), names: OnceLock::new() });
        self.texts.insert(sql.into(), text.clone());
        text
    }
}

/// A connection, given back to the readers when dropped.
pub(super) struct Connection {
    raw: Option<Raw>,
    home: Option<(Arc<Readers>, tokio::sync::OwnedSemaphorePermit)>,
}

/// One command on its way through the writer.
trait Job: Send {
    /// Runs the work; `true` keeps its savepoint.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, bool>;
    /// Answers, once the fate of the commit is known.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Work<T, E, F> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Work<T, E, F>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
{
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            let result = match std::panic::AssertUnwindSafe(work(tx)).catch_unwind().await {
                Ok(result) => result,
                Err(_) => Err(E::from(DbError::Other("the command panicked; see the log".into()))),
            };
            let keep = result.is_ok();
            self.result = Some(result);
            keep
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let result = match (committed, self.result) {
            (Err(why), Some(Ok(_)) | None) => Err(E::from(DbError::Unavailable(why))),
            (_, Some(result)) => result,
            (Ok(()), None) => Err(E::from(DbError::Other("the command did not run".into()))),
        };
        let _ = self.reply.send(result); // the caller may have gone; the commit stands
    }
}

impl Sqlite {
    pub(super) fn open(path: &Path, hooks: Hooks) -> Result<Self, DbError> {
        let writer_connection = connect(path, false)?;
        let mut idle = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            idle.push(connect(path, true)?);
        }
        let (writer, jobs) = mpsc::channel();
        let (changes, _) = watch::channel(0);
        let counts = Arc::new(Counts::default());
        let readers = Arc::new(Readers { idle: Mutex::new(idle), places: Arc::new(Semaphore::new(READERS)) });
        let told = changes.clone();
        let counted = counts.clone();
        let beside = readers.clone();
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || write_loop(writer_connection, &jobs, hooks, &told, &counted, &beside))
            .map_err(|e| DbError::Unavailable(e.to_string()))?;
        Ok(Self { path: path.to_owned(), writer, readers, changes, counts })
    }

    pub(super) async fn reader(&self) -> Result<Tx, DbError> {
        let place = self
            .readers
            .places
            .clone()
            .acquire_owned()
            .await
            .map_err(|e| DbError::Unavailable(e.to_string()))?;
        let raw = lock(&self.readers.idle).pop();
        let raw = match raw {
            Some(raw) => raw,
            None => connect(&self.path, true)?,
        };
        Ok(Tx::new(On::Sqlite(Connection { raw: Some(raw), home: Some((self.readers.clone(), place)) })))
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Work { work: Some(work), result: None, reply };
        let gone = || E::from(DbError::Unavailable("the writer has stopped".into()));
        self.counts.queued.fetch_add(1, Ordering::Relaxed);
        self.writer.send(Box::new(job)).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub(super) fn load(&self) -> Load {
        Load {
            waiting: self.counts.queued.load(Ordering::Relaxed),
            busy: READERS - self.readers.places.available_permits(),
            places: READERS,
        }
    }

    pub(super) fn counts(&self) -> WriterCounts {
        WriterCounts {
            commands: self.counts.commands.load(Ordering::Relaxed),
            commits: self.counts.commits.load(Ordering::Relaxed),
        }
    }

    pub(super) fn snapshot(&self, path: &Path) -> Result<(), DbError> {
        let from = connect(&self.path, true)?;
        let mut to = rusqlite::Connection::open(path)?;
        rusqlite::backup::Backup::new(&from.sqlite, &mut to)?.run_to_completion(
            1000,
            Duration::ZERO,
            None,
        )?;
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn connect(path: &Path, reader: bool) -> Result<Raw, DbError> {
    let raw = wal_writes::open(path)?;
    raw.pragma_update(None, "foreign_keys", true)?;
    raw.pragma_update(None, "busy_timeout", 5000)?;
    // 16 MiB of pages before they are copied into the database: a page that many commands change is copied once.
    raw.pragma_update(None, "wal_autocheckpoint", 4000)?;
    raw.pragma_update(None, "temp_store", "MEMORY")?;
    raw.pragma_update(None, "cache_size", -i64::from(CACHE_KIB))?;
    raw.pragma_update(None, "query_only", reader)?;
    // One plan per statement, whatever its values: else SQLite plans anew each time one with `LIMIT $n` is run.
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    raw.set_prepared_statement_cache_capacity(256);
    Ok(Raw { sqlite: raw, texts: HashMap::new() })
}

// The only thread that writes. It sleeps on the channel, then takes what is waiting as one group.
fn write_loop(
    raw: Raw,
    jobs: &mpsc::Receiver<Box<dyn Job>>,
    hooks: Hooks,
    changes: &watch::Sender<u64>,
    counts: &Counts,
    readers: &Readers,
) {
    let mut tx = Tx::new(On::Sqlite(Connection { raw: Some(raw), home: None }));
    let mut rested = false;
    loop {
        let first = match if rested { jobs.recv().map_err(Into::into) } else { jobs.recv_timeout(REST) } {
            Ok(first) => first,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                // Pages that nobody has asked for lately are the system's to keep.
                let _ = tx.step_now(SHRINK);
                for raw in lock(&readers.idle).iter() {
                    let _ = raw.sqlite.execute_batch(SHRINK);
                }
                rested = true;
                continue;
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        };
        rested = false;
        counts.queued.fetch_sub(1, Ordering::Relaxed);
        let mut group: Vec<Box<dyn Job>> = vec![first];
        let mut kept = 0_u64;
        let outcome = run_group(&mut tx, &mut group, jobs, counts, &mut kept);
        if outcome.is_ok()
            && kept > 0
            && let Some(delay) = hooks.sync_delay
        {
            std::thread::sleep(delay);
        }
        let outcome = outcome.and_then(|()| tx.step_now("COMMIT"));
        if outcome.is_err() {
            // A failed commit leaves the transaction open, or SQLite has rolled it back already.
            let _ = tx.step_now("ROLLBACK");
            tx.chain = None;
        } else if kept > 0 {
            counts.commands.fetch_add(kept, Ordering::Relaxed);
            counts.commits.fetch_add(1, Ordering::Relaxed);
            changes.send_modify(|n| *n += 1);
        }
        let told = outcome.map_err(|e| e.to_string());
        for job in group {
            job.answer(told.clone());
        }
    }
}

fn run_group(
    tx: &mut Tx,
    group: &mut Vec<Box<dyn Job>>,
    jobs: &mpsc::Receiver<Box<dyn Job>>,
    counts: &Counts,
    kept: &mut u64,
) -> Result<(), DbError> {
    tx.step_now("BEGIN IMMEDIATE")?;
    // Another process (backup, command line) may have appended since: read the chain's end anew.
    tx.chain = None;
    let mut at = 0;
    loop {
        while at < group.len() {
            // The first of a group can be undone with the transaction, and mostly it is alone: a savepoint would copy each page
            // that it changes.
            let alone = *kept == 0;
            if !alone {
                tx.step_now("SAVEPOINT command")?;
            }
            let chain = tx.chain.clone();
            tx.appended = 0;
            tx.memo.clear();
            let keep = futures::executor::block_on(group[at].run(tx));
            if tx.ended_by_itself()? {
                return Err(DbError::Other("the database took the transaction back".into()));
            }
            *kept += u64::from(keep);
            match (alone, keep) {
                (true, true) => {}
                (true, false) => {
                    tx.step_now("ROLLBACK")?;
                    tx.step_now("BEGIN IMMEDIATE")?;
                    tx.chain = None;
                }
                (false, true) => tx.step_now("RELEASE command")?,
                (false, false) => {
                    tx.step_now("ROLLBACK TO command")?;
                    tx.step_now("RELEASE command")?;
                    tx.chain = chain;
                }
            }
            at += 1;
        }
        if group.len() >= GROUP {
            return Ok(());
        }
        match jobs.try_recv() {
            Ok(next) => {
                counts.queued.fetch_sub(1, Ordering::Relaxed);
                group.push(next);
            }
            Err(_) => return Ok(()),
        }
    }
}

impl Tx {
    // On a full disk, say, SQLite takes a whole transaction back, whatever the command makes of its failed statement.
    fn ended_by_itself(&mut self) -> Result<bool, DbError> {
        match &mut self.on {
            On::Sqlite(on) => Ok(on.raw()?.sqlite.is_autocommit()),
            On::Postgres(_) => Ok(false),
        }
    }

    fn step_now(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.on {
            On::Sqlite(on) => on.step(sql),
            On::Postgres(_) => Err(DbError::Other("not a SQLite connection".into())),
        }
    }
}

impl Connection {
    fn raw(&mut self) -> Result<&mut Raw, DbError> {
        self.raw.as_mut().ok_or_else(|| DbError::Unavailable("the connection is closed".into()))
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        let raw = self.raw()?;
        let text = raw.text(sql);
        let mut statement = raw.sqlite.prepare_cached(&text.sql)?;
        Ok(statement.execute(rusqlite::params_from_iter(params))? as u64)
    }

    /// Runs the statement once for each row of values. Returns how many rows it touched.
    pub(super) fn execute_each(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, DbError> {
        let raw = self.raw()?;
        let text = raw.text(sql);
        let mut statement = raw.sqlite.prepare_cached(&text.sql)?;
        let mut touched = 0;
        for row in rows {
            touched += statement.execute(rusqlite::params_from_iter(row))? as u64;
        }
        Ok(touched)
    }

    pub(super) fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let raw = self.raw()?;
        let text = raw.text(sql);
        let mut statement = raw.sqlite.prepare_cached(&text.sql)?;
        let names = text.names.get_or_init(|| Names::new(statement.column_names())).clone();
        let wide = names.len();
        let mut answer = Answer::new(names, 1);
        let mut rows = statement.query(rusqlite::params_from_iter(params))?;
        while let Some(row) = rows.next()? {
            for at in 0..wide {
                from_sqlite(row.get_ref(at)?, &mut answer)?;
            }
        }
        Ok(answer.rows())
    }

    // A statement without values or rows, prepared once.
    fn step(&mut self, sql: &str) -> Result<(), DbError> {
        self.raw()?.sqlite.prepare_cached(sql)?.raw_execute()?;
        Ok(())
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        // A schema step may change what a statement's columns are called.
        let raw = self.raw()?;
        raw.texts.clear();
        Ok(raw.sqlite.execute_batch(sql)?)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let (Some(raw), Some((home, _place))) = (self.raw.take(), self.home.take()) {
            // A snapshot ends with its reader.
            if !raw.sqlite.is_autocommit() && raw.sqlite.execute_batch("ROLLBACK").is_err() {
                return;
            }
            lock(&home.idle).push(raw);
        }
    }
}

// SQLite numbers `$name` parameters by first appearance, `?1` by the number: only the latter is portable.
fn question_marks(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        text.push(if rest.starts_with(|c: char| c.is_ascii_digit()) { '?' } else { '$' });
    }
    text.push_str(rest);
    text
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return Self::Other(error.to_string());
        };
        let text = message.clone().unwrap_or_else(|| error.to_string());
        match (failure.code, failure.extended_code) {
            (
                Code::ConstraintViolation,
                rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
            ) => Self::Unique(text),
            (Code::ConstraintViolation, _) => Self::Constraint(text),
            (
                Code::DatabaseBusy
                | Code::DatabaseLocked
                | Code::DiskFull
                | Code::CannotOpen
                | Code::SystemIoFailure
                | Code::ReadOnly,
                _,
            ) => Self::Unavailable(text),
            _ => Self::Other(text),
        }
    }
}
