//! PostgreSQL: a pool, one transaction per command, wake-ups between nodes.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use deadpool::managed::{Object, Pool};
use futures::FutureExt;
use futures::future::{BoxFuture, maybe_done, poll_fn};
use tokio::sync::{Notify, watch};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Config, NoTls};

use super::batch::Waiting;
use super::session::{Known, Session, Sessions};
use super::value::{Answer, from_postgres};
use super::{DbError, Load, On, Row, Tx, Value, WriterCounts, server};

/// The channel on which nodes wake each other; it carries nothing that may not be lost.
const CHANNEL: &str = "aftercare_changed";
const TELL_AT_MOST_EVERY: Duration = Duration::from_millis(20);
/// The first key of the locks by which nodes show that they live; the second is the node's number.
pub(super) const NODES: i32 = 0x4146_5443;
/// A node whose machine is gone without a word is given up by the server after about six seconds, and with its connections
/// fall its locks: the sealer's, those of readers, and the one that keeps its leases.
pub(super) const NOTICE: &str =
    "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3";

pub(super) struct Postgres {
    pool: Pool<Sessions>,
    changes: watch::Sender<u64>,
    node: Arc<Node>,
    listening: tokio::task::AbortHandle,
    commands: AtomicU64,
}

/// This node among others.
struct Node {
    /// Its number, drawn at the start.
    number: i32,
    /// Whether the server holds its lock: whoever looks sees that it lives.
    seen: AtomicBool,
    /// There is something to tell the other nodes.
    to_tell: Notify,
}

/// A pooled connection; inside a command it has an open transaction.
pub(super) struct Connection {
    session: Option<Object<Sessions>>,
    open: bool,
    /// What goes out with the next statement whose answer somebody needs, in this order.
    waiting: Vec<Waiting>,
    /// Something that waited has failed: what the transaction holds is not what the command did.
    broken: bool,
    /// An answer is on its way: whoever stops waiting for it leaves a session that nobody else must have, since nobody would read the
    /// rest before the session is asked for again.
    asking: bool,
    /// Queries that leave with the next one.
    ahead: Vec<Asked>,
    /// Those that left, with their rows.
    met: Vec<(Asked, Vec<Row>)>,
}

/// A query with its parameters.
type Asked = (String, Vec<Value>);

/// Statements that wait at most.
const WAIT_AT_MOST: usize = 24;
/// Values that a statement which waits has at most: an import sends its thousands at once.
const VALUES_AT_MOST: usize = 200;

impl Postgres {
    pub(super) async fn open(url: &str, connections: usize) -> Result<Self, DbError> {
        let mut config = server::config(url)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        server::look(&config).await?;
        let pool = Pool::builder(Sessions::new(config.clone())?)
            .max_size(connections)
            .wait_timeout(Some(Duration::from_secs(10)))
            .create_timeout(Some(Duration::from_secs(10)))
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map_err(|e| DbError::Unavailable(e.to_string()))?;
        let (changes, _) = watch::channel(0);
        let mut drawn = [0; 4];
        crate::ids::Ids::system().fill(&mut drawn);
        let number = i32::from_le_bytes(drawn) & i32::MAX;
        let node = Arc::new(Node { number, seen: AtomicBool::new(false), to_tell: Notify::new() });
        let listening = tokio::spawn(listen(config, changes.clone(), node.clone())).abort_handle();
        Ok(Self { pool, changes, node, listening, commands: AtomicU64::new(0) })
    }

    /// This node's number, as long as the others can see that it lives.
    pub(super) fn node(&self) -> Option<i64> {
        self.node.seen.load(Ordering::Relaxed).then_some(i64::from(self.node.number))
    }

    pub(super) async fn reader(&self) -> Result<Tx, DbError> {
        let session = self.pool.get().await.map_err(|e| DbError::Unavailable(e.to_string()))?;
        Ok(Tx::new(On::Postgres(Box::new(Connection {
            session: Some(session),
            open: false,
            waiting: Vec::new(),
            broken: false,
            asking: false,
            ahead: Vec::new(),
            met: Vec::new(),
        }))))
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let mut tx = self.reader().await?;
        tx.begin()?;
        // Like the SQLite writer: a command that panics answers an error, and the connection is thrown away.
        let result = match std::panic::AssertUnwindSafe(work(&mut tx)).catch_unwind().await {
            Ok(result) => result,
            Err(_) => return Err(DbError::Other("the command panicked; see the log".into()).into()),
        };
        match result {
            Ok(value) => {
                tx.end(true).await?;
                self.commands.fetch_add(1, Ordering::Relaxed);
                self.changes.send_modify(|n| *n += 1);
                if tx.appended > 0 {
                    self.node.to_tell.notify_one();
                }
                Ok(value)
            }
            Err(error) => {
                tx.end(false).await?;
                Err(error)
            }
        }
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub(super) fn load(&self) -> Load {
        let status = self.pool.status();
        let busy = status.size.saturating_sub(status.available);
        Load { waiting: status.waiting, busy, places: status.max_size }
    }

    pub(super) fn counts(&self) -> WriterCounts {
        let commands = self.commands.load(Ordering::Relaxed);
        WriterCounts { commands, commits: commands }
    }
}

pub(super) fn tls_wanted(config: &Config) -> bool {
    use tokio_postgres::config::{Host, SslMode};
    let local = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        Host::Unix(_) => true,
    });
    match config.get_ssl_mode() {
        SslMode::Disable => false,
        SslMode::Prefer => !local,
        _ => true,
    }
}

pub(super) fn tls() -> Result<tokio_postgres_rustls::MakeRustlsConnect, DbError> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| DbError::Unavailable(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_postgres_rustls::MakeRustlsConnect::new(config))
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

// Wake-ups of other nodes, and the sign that this one lives. A lost connection is made again; readers also poll, so nothing
// rests on being woken.
async fn listen(config: Config, changes: watch::Sender<u64>, node: Arc<Node>) {
    loop {
        let told = if tls_wanted(&config) {
            match tls() {
                Ok(tls) => match config.connect(tls).await {
                    Ok((client, connection)) => follow(&client, connection, &changes, &node).await,
                    Err(error) => Err(error),
                },
                Err(_) => return,
            }
        } else {
            match config.connect(NoTls).await {
                Ok((client, connection)) => follow(&client, connection, &changes, &node).await,
                Err(error) => Err(error),
            }
        };
        node.seen.store(false, Ordering::Relaxed);
        if let Err(error) = told {
            tracing::debug!(%error, "listening for other nodes was interrupted");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn follow<S, T>(
    client: &tokio_postgres::Client,
    mut connection: tokio_postgres::Connection<S, T>,
    changes: &watch::Sender<u64>,
    node: &Node,
) -> Result<(), tokio_postgres::Error>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let hear = async {
        loop {
            match futures::future::poll_fn(|cx| connection.poll_message(cx)).await {
                Some(Ok(AsyncMessage::Notification(_))) => changes.send_modify(|n| *n += 1),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(()),
            }
        }
    };
    tokio::select! {
        ended = hear => ended,
        failed = tell(client, node) => failed,
    }
}

// Commits with a `NOTIFY` in them wait for each other, sync and all; so the nodes are told beside them, many commits at once.
async fn tell(client: &tokio_postgres::Client, node: &Node) -> Result<(), tokio_postgres::Error> {
    // The lock is the connection's: it falls when this program ends, however it ends.
    let number = node.number;
    let begin = format!("{NOTICE}; LISTEN {CHANNEL}; SELECT pg_advisory_lock_shared({NODES}, {number})");
    client.batch_execute(&begin).await?;
    node.seen.store(true, Ordering::Relaxed);
    loop {
        node.to_tell.notified().await;
        client.batch_execute(&format!("NOTIFY {CHANNEL}")).await?;
        tokio::time::sleep(TELL_AT_MOST_EVERY).await;
    }
}

impl Tx {
    // `BEGIN` travels with the first statement.
    fn begin(&mut self) -> Result<(), DbError> {
        match &mut self.on {
            On::Postgres(on) => {
                on.open = true;
                on.waiting.push(Waiting::Begin);
                Ok(())
            }
            On::Sqlite(_) => Err(DbError::Other("not a PostgreSQL connection".into())),
        }
    }

    async fn end(&mut self, keep: bool) -> Result<(), DbError> {
        match &mut self.on {
            On::Postgres(on) if keep => on.commit().await,
            On::Postgres(on) => on.roll_back().await,
            On::Sqlite(_) => Err(DbError::Other("not a PostgreSQL connection".into())),
        }
    }
}

fn closed() -> DbError {
    DbError::Unavailable("the connection is closed".into())
}

/// The table that a statement writes to, if it says so at its beginning.
fn table_written(sql: &str) -> Option<&str> {
    let mut words = sql.split([' ', '(', '\n']).filter(|word| !word.is_empty());
    match (words.next()?, words.next()?) {
        ("INSERT", "INTO") | ("DELETE", "FROM") => words.next(),
        ("UPDATE", table) => Some(table),
        _ => None,
    }
}

fn borrowed(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|p| p as _).collect()
}

fn read(known: &Known, rows: &[tokio_postgres::Row]) -> Result<Vec<Row>, DbError> {
    let mut answer = Answer::new(known.names.clone(), rows.len());
    for row in rows {
        for (at, column) in known.statement.columns().iter().enumerate() {
            from_postgres(row, at, column.type_(), &mut answer)?;
        }
    }
    Ok(answer.rows())
}

impl Connection {
    // Lets what waits leave, and behind it what `last` asks for; answers when all of it has arrived.
    async fn go<'c, T, F>(&'c mut self, last: impl FnOnce(&'c Client) -> F) -> Result<T, DbError>
    where
        F: Future<Output = T> + 'c,
    {
        let Self { session, waiting, broken, asking, .. } = self;
        let session = session.as_mut().ok_or_else(closed)?;
        *asking = true;
        if waiting.is_empty() {
            let Session { client, driven, .. } = &mut **session;
            let answer = driven.while_waiting(last(client)).await;
            *asking = false;
            return Ok(answer);
        }
        // Whatever becomes of them, no commit must pass over it.
        let before = std::mem::replace(broken, true);
        let batch = session.prepared.batch(waiting.drain(..));
        let Session { client, driven, unsure, .. } = &mut **session;
        let client: &Client = client;
        let sure = !std::mem::replace(unsure, batch.teaches);
        let arrived = driven.while_waiting(async {
            let mut sent = pin!(maybe_done(client.batch_execute(&batch.text)));
            // It leaves first. Where it can't, what comes behind it, a commit above all, is not sent.
            let over = poll_fn(|cx| Poll::Ready(sent.as_mut().poll(cx).is_ready())).await;
            if over && let Some(Err(_)) = sent.as_mut().output_mut() {
                return Err(sent.as_mut().take_output());
            }
            let ((), answer) = futures::join!(sent.as_mut(), last(client));
            Ok((sent.as_mut().take_output(), answer))
        });
        let arrived = arrived.await;
        *asking = false;
        let (sent, answer) = match arrived {
            Ok((sent, answer)) => (sent, Some(answer)),
            Err(sent) => (sent, None),
        };
        sent.transpose()?;
        *unsure = !sure;
        *broken = before;
        answer.ok_or_else(closed)
    }

    // The server lets a transaction end in nothing once a statement in it has failed, and calls it committed: whoever passes over the
    // failure hears of it there.
    fn minded<T>(&mut self, done: Result<T, tokio_postgres::Error>) -> Result<T, tokio_postgres::Error> {
        self.broken |= self.open && done.is_err();
        done
    }

    async fn known(&mut self, sql: &str) -> Result<Arc<Known>, DbError> {
        let session = self.session.as_mut().ok_or_else(closed)?;
        self.asking = true;
        let known = session.known(sql).await;
        self.asking = false;
        Ok(known?)
    }

    pub(super) fn ahead(&mut self, sql: String, params: Vec<Value>) {
        self.ahead.push((sql, params));
    }

    fn met(&self, (sql, params): &(&str, &[Value])) -> Option<Vec<Row>> {
        let ((_, _), rows) = self.met.iter().find(|((s, p), _)| s == sql && p == params)?;
        Some(rows.clone())
    }

    // What was read ahead and may have changed is asked again.
    fn unmeet(&mut self, sql: &str) {
        if !self.met.is_empty() {
            match table_written(sql) {
                Some(table) => self.met.retain(|((asked, _), _)| !asked.contains(table)),
                None => self.met.clear(),
            }
        }
    }

    pub(super) async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        self.unmeet(sql);
        let known = self.known(sql).await?;
        let params = borrowed(params);
        let done = self.go(|client| client.execute(&known.statement, &params)).await?;
        Ok(self.minded(done)?)
    }

    pub(super) async fn put(&mut self, sql: String, params: Vec<Value>) -> Result<(), DbError> {
        self.unmeet(&sql);
        if params.len() > VALUES_AT_MOST {
            return self.execute(&sql, &params).await.map(drop);
        }
        self.waiting.push(Waiting::Put(sql, params));
        if self.waiting.len() >= WAIT_AT_MOST { self.flush().await } else { Ok(()) }
    }

    pub(super) async fn flush(&mut self) -> Result<(), DbError> {
        if self.waiting.is_empty() { Ok(()) } else { self.go(|_| std::future::ready(())).await }
    }

    pub(super) async fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        Ok(self.rows_of(&[(sql, params)]).await?.pop().unwrap_or_default())
    }

    pub(super) async fn rows_of(&mut self, asked: &[(&str, &[Value])]) -> Result<Vec<Vec<Row>>, DbError> {
        let mut found: Vec<Option<Vec<Row>>> = asked.iter().map(|one| self.met(one)).collect();
        if found.iter().any(Option::is_none) {
            let mut ahead = std::mem::take(&mut self.ahead);
            ahead.retain(|(sql, params)| !asked.iter().any(|(s, p)| s == sql && p == params));
            let missing = asked.iter().zip(&found).filter(|(_, rows)| rows.is_none()).map(|(one, _)| *one);
            let with: Vec<(&str, &[Value])> =
                missing.chain(ahead.iter().map(|(sql, params)| (sql.as_str(), params.as_slice()))).collect();
            let mut answers = self.ask(&with).await?.into_iter();
            for place in found.iter_mut().filter(|rows| rows.is_none()) {
                *place = answers.next();
            }
            self.met.extend(ahead.into_iter().zip(answers));
        }
        Ok(found.into_iter().map(Option::unwrap_or_default).collect())
    }

    async fn ask(&mut self, asked: &[(&str, &[Value])]) -> Result<Vec<Vec<Row>>, DbError> {
        let mut all = Vec::with_capacity(asked.len());
        for (sql, params) in asked {
            all.push((self.known(sql).await?, borrowed(params)));
        }
        let answers = self.go(|client| {
            futures::future::join_all(
                all.iter().map(|(known, params)| client.query(&known.statement, params)),
            )
        });
        let answers = answers.await?;
        let rows: Result<Vec<_>, _> = answers.into_iter().collect();
        let rows = self.minded(rows)?;
        all.iter().zip(rows).map(|((known, _), rows)| read(known, &rows)).collect()
    }

    // What waits goes out with the `COMMIT`: if any of it fails, the server rolls back instead.
    async fn commit(&mut self) -> Result<(), DbError> {
        if self.broken {
            return Err(DbError::Other("a statement of the command had failed; nothing was saved".into()));
        }
        if matches!(self.waiting[..], [Waiting::Begin]) {
            self.waiting.clear(); // nothing was asked of the database
        } else {
            self.go(|client| client.batch_execute("COMMIT")).await??;
        }
        self.open = false;
        Ok(())
    }

    async fn roll_back(&mut self) -> Result<(), DbError> {
        let begun = !matches!(self.waiting.first(), Some(Waiting::Begin));
        self.waiting.clear();
        if begun {
            self.batch("ROLLBACK").await?;
        }
        self.open = false;
        self.broken = false;
        Ok(())
    }

    pub(super) async fn begin_snapshot(&mut self) -> Result<(), DbError> {
        self.open = true;
        self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
    }

    pub(super) async fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.met.clear();
        Ok(self.go(|client| client.batch_execute(sql)).await??)
    }
}

impl Drop for Connection {
    // A command that was cut off (its caller went away) must not leave its transaction to the next one, nor a read its answer.
    fn drop(&mut self) {
        if (self.open || self.asking)
            && let Some(session) = self.session.take()
        {
            drop(Object::take(session));
        }
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            return if error.is_closed() {
                Self::Unavailable(error.to_string())
            } else {
                use std::error::Error as _;
                let why = error.source().map(|s| format!(": {s}")).unwrap_or_default();
                Self::Other(format!("{error}{why}"))
            };
        };
        let text = format!("{} {}", db.constraint().unwrap_or_default(), db.message());
        match *db.code() {
            SqlState::UNIQUE_VIOLATION | SqlState::EXCLUSION_VIOLATION => Self::Unique(text),
            SqlState::FOREIGN_KEY_VIOLATION
            | SqlState::CHECK_VIOLATION
            | SqlState::NOT_NULL_VIOLATION
            | SqlState::RAISE_EXCEPTION => Self::Constraint(text),
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS
            | SqlState::DISK_FULL => Self::Unavailable(text),
            SqlState::T_R_DEADLOCK_DETECTED | SqlState::T_R_SERIALIZATION_FAILURE => Self::Conflict(text),
            _ => Self::Other(text),
        }
    }
}
