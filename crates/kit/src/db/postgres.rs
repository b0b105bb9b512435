//! PostgreSQL: a pool, one transaction per command, wake-ups between nodes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use deadpool_postgres::{
    ClientWrapper, Hook, HookError, Manager, ManagerConfig, Object, Pool, RecyclingMethod,
};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::{Notify, watch};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Config, NoTls};

use super::value::{Names, from_postgres};
use super::{DbError, Load, On, Row, Tx, Value, WriterCounts};

/// The channel on which nodes wake each other; it carries nothing that may not be lost.
const CHANNEL: &str = "aftercare_changed";
const TELL_AT_MOST_EVERY: Duration = Duration::from_millis(20);

pub(super) struct Postgres {
    pool: Pool,
    changes: watch::Sender<u64>,
    /// There is something to tell the other nodes.
    to_tell: Arc<Notify>,
    commands: AtomicU64,
}

/// A pooled connection; inside a command it has an open transaction.
pub(super) struct Connection {
    client: Option<Object>,
    open: bool,
}

impl Postgres {
    pub(super) async fn open(url: &str, connections: usize) -> Result<Self, DbError> {
        let mut config: Config = url.parse()?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        // `sslmode=disable` or a socket: plain; otherwise TLS as the URL asks, checked against the public roots.
        let manager = if tls_wanted(&config) {
            Manager::from_config(config.clone(), tls()?, recycling)
        } else {
            Manager::from_config(config.clone(), NoTls, recycling)
        };
        let pool = Pool::builder(manager)
            .max_size(connections)
            .wait_timeout(Some(Duration::from_secs(10)))
            .create_timeout(Some(Duration::from_secs(10)))
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .post_create(Hook::async_fn(|client, _| Box::pin(one_plan(client))))
            .build()
            .map_err(|e| DbError::Unavailable(e.to_string()))?;
        let (changes, _) = watch::channel(0);
        let postgres = Self { pool, changes, to_tell: Arc::default(), commands: AtomicU64::new(0) };
        postgres.refuse_unsafe_server().await?;
        tokio::spawn(listen(config, postgres.changes.clone(), postgres.to_tell.clone()));
        Ok(postgres)
    }

    // An acknowledged commit must survive power loss (G1): a server set to lose it is refused.
    async fn refuse_unsafe_server(&self) -> Result<(), DbError> {
        let mut reader = self.reader().await?;
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            let row = reader.row("SELECT current_setting($1) AS setting", &[Value::from(setting)]).await?;
            let value: String = match row {
                Some(row) => row.get("setting")?,
                None => String::new(),
            };
            if value == "off" {
                return Err(DbError::Unavailable(format!(
                    "PostgreSQL runs with {setting} = off and could lose acknowledged commits; set it to on"
                )));
            }
        }
        Ok(())
    }

    pub(super) async fn reader(&self) -> Result<Tx, DbError> {
        let client = self.pool.get().await.map_err(|e| DbError::Unavailable(e.to_string()))?;
        Ok(Tx::new(On::Postgres(Box::new(Connection { client: Some(client), open: false }))))
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let mut tx = self.reader().await?;
        tx.begin().await?;
        // Like the SQLite writer: a command that panics answers an error, and the connection is thrown away.
        let result = match std::panic::AssertUnwindSafe(work(&mut tx)).catch_unwind().await {
            Ok(result) => result,
            Err(_) => return Err(DbError::Other("the command panicked; see the log".into()).into()),
        };
        match result {
            Ok(value) => {
                tx.end("COMMIT").await?;
                self.commands.fetch_add(1, Ordering::Relaxed);
                self.changes.send_modify(|n| *n += 1);
                if tx.appended > 0 {
                    self.to_tell.notify_one();
                }
                Ok(value)
            }
            Err(error) => {
                tx.end("ROLLBACK").await?;
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

// One plan per statement, whatever its values. The server would else plan a page of cases, a join of nine tables, anew
// each time: 20 ms for what takes 1.
async fn one_plan(client: &mut ClientWrapper) -> Result<(), HookError> {
    client.batch_execute("SET plan_cache_mode = force_generic_plan").await.map_err(HookError::Backend)
}

fn tls_wanted(config: &Config) -> bool {
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

fn tls() -> Result<tokio_postgres_rustls::MakeRustlsConnect, DbError> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| DbError::Unavailable(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_postgres_rustls::MakeRustlsConnect::new(config))
}

// Wake-ups of other nodes. A lost connection is made again; readers also poll, so nothing rests on it.
async fn listen(config: Config, changes: watch::Sender<u64>, to_tell: Arc<Notify>) {
    while !changes.is_closed() || changes.receiver_count() == 0 {
        let told = if tls_wanted(&config) {
            match tls() {
                Ok(tls) => match config.connect(tls).await {
                    Ok((client, connection)) => follow(&client, connection, &changes, &to_tell).await,
                    Err(error) => Err(error),
                },
                Err(_) => return,
            }
        } else {
            match config.connect(NoTls).await {
                Ok((client, connection)) => follow(&client, connection, &changes, &to_tell).await,
                Err(error) => Err(error),
            }
        };
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
    to_tell: &Notify,
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
        failed = tell(client, to_tell) => failed,
    }
}

// Commits with a `NOTIFY` in them wait for each other, sync and all; so the nodes are told beside them, many commits at once.
async fn tell(client: &tokio_postgres::Client, to_tell: &Notify) -> Result<(), tokio_postgres::Error> {
    client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
    loop {
        to_tell.notified().await;
        client.batch_execute(&format!("NOTIFY {CHANNEL}")).await?;
        tokio::time::sleep(TELL_AT_MOST_EVERY).await;
    }
}

impl Tx {
    async fn begin(&mut self) -> Result<(), DbError> {
        match &mut self.on {
            On::Postgres(on) => {
                on.open = true;
                on.batch("BEGIN").await
            }
            On::Sqlite(_) => Err(DbError::Other("not a PostgreSQL connection".into())),
        }
    }

    async fn end(&mut self, how: &str) -> Result<(), DbError> {
        match &mut self.on {
            On::Postgres(on) => {
                on.batch(how).await?;
                on.open = false;
                Ok(())
            }
            On::Sqlite(_) => Err(DbError::Other("not a PostgreSQL connection".into())),
        }
    }
}

impl Connection {
    fn client(&mut self) -> Result<&mut Object, DbError> {
        self.client.as_mut().ok_or_else(|| DbError::Unavailable("the connection is closed".into()))
    }

    pub(super) async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        let client = self.client()?;
        let statement = client.prepare_cached(sql).await?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        Ok(client.execute(&statement, &params).await?)
    }

    pub(super) async fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let client = self.client()?;
        let statement = client.prepare_cached(sql).await?;
        let names = Names::new(statement.columns().iter().map(|c| c.name()));
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let mut found = Vec::new();
        for row in client.query(&statement, &params).await? {
            let mut values = Vec::with_capacity(names.len());
            for (at, column) in statement.columns().iter().enumerate() {
                values.push(from_postgres(&row, at, column.type_())?);
            }
            found.push(Row::new(names.clone(), values));
        }
        Ok(found)
    }

    pub(super) async fn begin_snapshot(&mut self) -> Result<(), DbError> {
        self.open = true;
        self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
    }

    pub(super) async fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        Ok(self.client()?.batch_execute(sql).await?)
    }
}

impl Drop for Connection {
    // A command that was cut off (its caller went away) must not leave its transaction to the next one.
    fn drop(&mut self) {
        if self.open
            && let Some(client) = self.client.take()
        {
            drop(Object::take(client));
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
            | SqlState::DISK_FULL
            | SqlState::T_R_DEADLOCK_DETECTED
            | SqlState::T_R_SERIALIZATION_FAILURE => Self::Unavailable(text),
            _ => Self::Other(text),
        }
    }
}
