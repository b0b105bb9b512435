//! Sessions of PostgreSQL, pooled: whoever waits for an answer moves the bytes himself.
//!
//! tokio-postgres splits a connection into a client, which asks, and a part that reads and writes the socket, to be run as a task of
//! its own. Each way there and back then wakes two tasks, often on two processors. Here that part is polled by the one that waits: a
//! way there and back is a write, a wait and a read (decision 41).

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use futures::future::{BoxFuture, poll_fn};
use hashlink::LruCache;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Error, NoTls, Socket, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::DbError;
use super::batch::Prepared;
use super::postgres::{NOTICE, tls, tls_wanted};
use super::value::Names;

/// Statements a session remembers. They come from some hundred places; the one that was used longest ago is forgotten, never many at
/// once: the server plans each that comes back, a page of cases for 20 ms.
const KNOWN: usize = 1024;

/// Makes the sessions of a pool.
pub(super) struct Sessions {
    config: Config,
    /// `sslmode=disable` or a socket: plain; otherwise as the URL asks, checked against the public roots.
    tls: Option<MakeRustlsConnect>,
}

/// A connection with what it knows of the statements it has run.
pub(super) struct Session {
    pub(super) client: Client,
    pub(super) driven: Driven,
    pub(super) prepared: Prepared,
    /// Nobody knows any more what the server knows of `prepared`: the next command gets another session.
    pub(super) unsure: bool,
    known: LruCache<Box<str>, Arc<Known>>,
}

/// A statement as the server knows it.
pub(super) struct Known {
    pub(super) statement: Statement,
    pub(super) names: Arc<Names>,
}

/// The side of a connection that reads and writes its socket; `None` once it has ended.
pub(super) struct Driven(Option<BoxFuture<'static, Result<(), Error>>>);

impl Sessions {
    pub(super) fn new(config: Config) -> Result<Self, DbError> {
        let tls = if tls_wanted(&config) { Some(tls()?) } else { None };
        Ok(Self { config, tls })
    }
}

impl Manager for Sessions {
    type Type = Session;
    type Error = Error;

    async fn create(&self) -> Result<Session, Error> {
        let mut session = match &self.tls {
            Some(tls) => Session::open(&self.config, tls.clone()).await?,
            None => Session::open(&self.config, NoTls).await?,
        };
        // One plan per statement, whatever its values. The server would else plan a page of cases, a join of nine tables, anew
        // each time: 20 ms for what takes 1.
        let settings = format!(
            "SET plan_cache_mode = force_generic_plan; SET standard_conforming_strings = on; {NOTICE}"
        );
        session.driven.while_waiting(session.client.batch_execute(&settings)).await?;
        Ok(session)
    }

    async fn recycle(&self, session: &mut Session, _: &Metrics) -> RecycleResult<Error> {
        if session.unsure {
            return Err(RecycleError::message("what it has prepared is unknown"));
        }
        if session.lives() { Ok(()) } else { Err(RecycleError::message("the server has closed it")) }
    }
}

impl Session {
    async fn open<T>(config: &Config, tls: T) -> Result<Self, Error>
    where
        T: MakeTlsConnect<Socket>,
        T::Stream: Send + 'static,
    {
        let (client, connection) = config.connect(tls).await?;
        Ok(Self {
            client,
            driven: Driven(Some(Box::pin(connection))),
            prepared: Prepared::new(),
            unsure: false,
            known: LruCache::new(KNOWN),
        })
    }

    // What the server said while nobody asked it anything is heard here: that it shuts down, above all.
    fn lives(&mut self) -> bool {
        self.driven.poll(&mut Context::from_waker(Waker::noop()));
        self.driven.0.is_some() && !self.client.is_closed()
    }

    /// The statement of this text, prepared on the first use.
    ///
    /// # Errors
    /// As the server says.
    pub(super) async fn known(&mut self, sql: &str) -> Result<Arc<Known>, Error> {
        if let Some(known) = self.known.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.driven.while_waiting(self.client.prepare(sql)).await?;
        let known = Arc::new(Known { names: Names::of(&statement), statement });
        self.known.insert(sql.into(), known.clone());
        Ok(known)
    }
}

impl Driven {
    /// Moves bytes until `asked` has its answer.
    pub(super) async fn while_waiting<T>(&mut self, asked: impl Future<Output = T>) -> T {
        let mut asked = pin!(asked);
        poll_fn(|cx| {
            // First what is to be sent, then the socket, then what came of it. Should that ask for more, it wakes this task again.
            if let Poll::Ready(answer) = asked.as_mut().poll(cx) {
                return Poll::Ready(answer);
            }
            self.poll(cx);
            asked.as_mut().poll(cx)
        })
        .await
    }

    fn poll(&mut self, cx: &mut Context<'_>) {
        if let Some(connection) = &mut self.0
            && let Poll::Ready(ended) = Pin::new(connection).poll(cx)
        {
            if let Err(error) = ended {
                tracing::debug!(%error, "a session of the database ended");
            }
            // Whoever waits for an answer hears that the connection is closed.
            self.0 = None;
        }
    }
}
