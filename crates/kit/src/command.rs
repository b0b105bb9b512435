//! Commands: one request, one transaction, one answer, however often it is repeated (decision 7).
//!
//! A command carries an id made by the client (`Idempotency-Key`). Its answer is kept for seven days in the transaction of
//! the effect; a repetition gets the same answer, a changed body 422, a twin still running 409, and after seven days
//! 409 `already_applied`, because the id stays unique on the event for ever.

use std::sync::atomic::{AtomicU32, Ordering};

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::clock::Ts;
use crate::db::{Dialect, Tx};
use crate::error::{Failure, Refusal};
use crate::params;
use crate::scope::Reach;
use crate::texts::Lang;

/// How long an answer is kept: phones stay offline longer than a day.
pub const ANSWERS_KEPT_US: i64 = 7 * Ts::DAY;

/// What kind of being acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person with an account.
    User,
    /// A customer's contact, by account or by link.
    Customer,
    /// A program with a token.
    Token,
    /// The program itself: timers, jobs.
    System,
    /// A history import.
    Import,
}

impl ActorKind {
    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Customer => "customer",
            Self::Token => "token",
            Self::System => "system",
            Self::Import => "import",
        }
    }
}

/// Who acts, and how far they see.
#[derive(Clone, Debug)]
pub struct Actor {
    /// What kind of being.
    pub kind: ActorKind,
    /// The account (user), contact, token or job.
    pub id: String,
    /// The employee behind the account, if any.
    pub employee_id: Option<String>,
    /// The unit the person works in.
    pub unit_id: Option<String>,
    /// How far they see.
    pub reach: Reach,
    /// The language they read.
    pub lang: Lang,
}

impl Actor {
    /// The program itself, for a job or a command line verb.
    #[must_use]
    pub fn system(what: &str) -> Self {
        Self {
            kind: ActorKind::System,
            id: what.to_owned(),
            employee_id: None,
            unit_id: None,
            reach: Reach::Everything,
            lang: Lang::ZhCn,
        }
    }
}

/// Seconds from which the drift of a device's clock is told beside its times.
const TELLING_DRIFT_S: i64 = 120;

/// What an action knows beside its input: the command, who, when, and where new ids come from.
#[derive(Debug)]
pub struct Cx {
    /// The node.
    pub app: App,
    /// The command's id, made by the client.
    pub command_id: Uuid,
    /// Who acts.
    pub actor: Actor,
    /// Server time of the command: one instant for all it does.
    pub now: Ts,
    /// Device time, if it was made offline.
    pub device_at: Option<Ts>,
    /// Seconds by which the device's clock was ahead of the server's, if the device measured it.
    pub device_drift_s: Option<i64>,
    step: AtomicU32,
}

impl Cx {
    /// A command of the program itself, or of a test.
    #[must_use]
    pub fn new(app: &App, command_id: Uuid, actor: Actor) -> Self {
        Self {
            app: app.clone(),
            command_id,
            actor,
            now: app.clock.now(),
            device_at: None,
            device_drift_s: None,
            step: AtomicU32::new(0),
        }
    }

    /// The same at another instant: the history import and the demo live through the past.
    #[must_use]
    pub fn at(mut self, now: Ts) -> Self {
        self.now = now;
        self
    }

    /// The drift of the device's clock, where it is so large (over two minutes) that a reader of the times must know of it.
    #[must_use]
    pub fn telling_drift_s(&self) -> Option<i64> {
        self.device_drift_s.filter(|drift| drift.abs() > TELLING_DRIFT_S)
    }

    /// A new id for a record of this command.
    #[must_use]
    pub fn new_id<I: From<Uuid>>(&self) -> I {
        I::from(self.app.ids.next(self.now))
    }

    pub(crate) fn next_step(&self) -> u32 {
        self.step.fetch_add(1, Ordering::Relaxed)
    }
}

/// A command as it came over the wire, before it is run.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// `Idempotency-Key`.
    pub key: Uuid,
    /// SHA-256 over method, path and body, in hexadecimal digits.
    pub digest: String,
    /// `Device-Time`, if sent.
    pub device_at: Option<Ts>,
    /// `Device-Drift`, if sent: seconds by which the device's clock is ahead.
    pub device_drift_s: Option<i64>,
}

impl Envelope {
    /// An envelope for a request.
    #[must_use]
    pub fn new(key: Uuid, method: &str, path: &str, body: &[u8]) -> Self {
        let mut digest = Sha256::new();
        for part in [method.as_bytes(), path.as_bytes()] {
            digest.update(part);
            digest.update([0]);
        }
        digest.update(body);
        Self { key, digest: hex::encode(digest.finalize()), device_at: None, device_drift_s: None }
    }
}

/// What an action answers: a status, a body and the version of the record.
#[derive(Clone, Debug)]
pub struct Done<T> {
    /// 200, 201 or 204.
    pub status: u16,
    /// The body.
    pub view: T,
    /// The record's version, sent as `ETag`.
    pub version: Option<i64>,
}

impl<T> Done<T> {
    /// 200 with a body.
    #[must_use]
    pub fn ok(view: T) -> Self {
        Self { status: 200, view, version: None }
    }

    /// 201 with a body.
    #[must_use]
    pub fn created(view: T) -> Self {
        Self { status: 201, view, version: None }
    }

    /// Adds the record's version.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }
}

/// An answer as it is sent and kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON body.
    pub body: String,
    /// The record's version, sent as `ETag`.
    pub version: Option<i64>,
    /// Whether this is a kept answer of an earlier delivery.
    pub replayed: bool,
}

struct InFlight<'a> {
    app: &'a App,
    key: Uuid,
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.app.in_flight().remove(&self.key);
    }
}

impl App {
    /// Runs a command once: begin, load, decide, save, append event, keep the answer, commit. One that PostgreSQL broke off for
    /// another (a deadlock) left no trace and is repeated once.
    ///
    /// # Errors
    /// What the action refuses; `command_in_flight`, `command_key_reused`, `already_applied`, `changes_met`.
    pub async fn run<T, F>(&self, envelope: Envelope, actor: Actor, action: F) -> Result<Answer, Failure>
    where
        T: Serialize + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx, &'t Cx) -> BoxFuture<'t, Result<Done<T>, Failure>>
            + Clone
            + Send
            + 'static,
    {
        if !self.in_flight().insert(envelope.key) {
            return Err(in_flight());
        }
        let _leave = InFlight { app: self, key: envelope.key };
        // SQLite has one writer: nothing meets there.
        let again = (self.db.dialect() == Dialect::Postgres)
            .then(|| (envelope.clone(), actor.clone(), action.clone()));
        match (self.run_once(envelope, actor, action).await, again) {
            (Err(failure), Some((envelope, actor, action))) if failure.changes_met() => {
                self.run_once(envelope, actor, action).await
            }
            (answer, _) => answer,
        }
    }

    /// As [`App::act`]; what PostgreSQL broke off for another is repeated once, as [`App::run`] does. For what nobody asks again.
    ///
    /// # Errors
    /// What the action refuses; `changes_met`.
    pub async fn act_again<T, F>(&self, actor: Actor, action: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx, &'t Cx) -> BoxFuture<'t, Result<T, Failure>> + Clone + Send + 'static,
    {
        match self.act(actor.clone(), action.clone()).await {
            Err(failure) if failure.changes_met() && self.db.dialect() == Dialect::Postgres => {
                self.act(actor, action).await
            }
            answer => answer,
        }
    }

    /// The kept answer of a command that was run before; `None` if it is new. For a route that asks somebody outside before it runs:
    /// what is repeated asks nobody.
    ///
    /// # Errors
    /// `command_key_reused`, `already_applied`.
    pub async fn answered(&self, envelope: &Envelope, actor: &Actor) -> Result<Option<Answer>, Failure> {
        earlier(&mut self.db.reader().await?, &actor.id, envelope, false).await
    }

    async fn run_once<T, F>(&self, envelope: Envelope, actor: Actor, action: F) -> Result<Answer, Failure>
    where
        T: Serialize + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx, &'t Cx) -> BoxFuture<'t, Result<Done<T>, Failure>> + Send + 'static,
    {
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let mut cx = Cx::new(&app, envelope.key, actor);
                    cx.device_at = envelope.device_at;
                    cx.device_drift_s = envelope.device_drift_s;
                    if let Some(answer) = earlier(tx, &cx.actor.id, &envelope, true).await? {
                        return Ok(answer);
                    }
                    let done = action(tx, &cx).await?;
                    let answer = Answer {
                        status: done.status,
                        body: serde_json::to_string(&done.view)?,
                        version: done.version,
                        replayed: false,
                    };
                    keep(tx, &cx, &envelope, &answer).await?;
                    Ok(answer)
                })
            })
            .await
    }

    /// Runs a use of the program itself (command line, demo, jobs) in one transaction, without keeping an answer.
    ///
    /// # Errors
    /// What the action refuses.
    pub async fn act<T, F>(&self, actor: Actor, action: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx, &'t Cx) -> BoxFuture<'t, Result<T, Failure>> + Send + 'static,
    {
        let app = self.clone();
        let command_id = self.ids.next(self.clock.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let cx = Cx::new(&app, command_id, actor);
                    action(tx, &cx).await
                })
            })
            .await
    }
}

fn in_flight() -> Failure {
    let mut refusal = Refusal::new(409, "command_in_flight");
    refusal.retry_after_s = Some(1);
    refusal.into()
}

// The kept answer, or why this id can't be used; `None` if the command is new. Whoever is about to run it says so (`runs`).
async fn earlier(
    tx: &mut Tx,
    actor_id: &str,
    envelope: &Envelope,
    runs: bool,
) -> Result<Option<Answer>, Failure> {
    let key = envelope.key.to_string();
    let by_key = params![key];
    let (high, low) = envelope.key.as_u64_pair();
    let lock = params![i64::from_ne_bytes((high ^ low).to_ne_bytes())];
    let asked = [
        // The twin may run on another node: whoever comes second is told so.
        ("SELECT CASE WHEN pg_try_advisory_xact_lock($1) THEN 1 ELSE 0 END AS free", lock),
        ("SELECT actor_id, digest, status, body, version FROM command_answer WHERE command_id = $1", by_key),
        (
            "SELECT kind, subject_type, subject_id, at FROM event WHERE command_id = $1 ORDER BY step LIMIT 1",
            by_key,
        ),
    ];
    let shared = runs && tx.dialect() == Dialect::Postgres;
    let mut answers = tx.rows_of(if shared { &asked } else { &asked[1..] }).await?.into_iter();
    if shared {
        let free = answers.next().and_then(|rows| rows.first().map(|row| row.get::<bool>("free")));
        if !free.transpose()?.unwrap_or(false) {
            return Err(in_flight());
        }
    }
    let mut first = || answers.next().and_then(|rows| rows.into_iter().next());
    let (kept, applied) = (first(), first());
    if let Some(row) = kept {
        if row.get::<String>("digest")? != envelope.digest || row.get::<String>("actor_id")? != actor_id {
            return Err(Refusal::new(422, "command_key_reused").into());
        }
        return Ok(Some(Answer {
            status: row.get("status")?,
            body: row.get("body")?,
            version: row.get("version")?,
            replayed: true,
        }));
    }
    match applied {
        Some(row) => Err(Refusal::new(409, "already_applied")
            .current(serde_json::json!({
                "kind": row.get::<String>("kind")?,
                "subject_type": row.get::<String>("subject_type")?,
                "subject_id": row.get::<String>("subject_id")?,
                "at": row.get::<Ts>("at")?,
            }))
            .into()),
        None => Ok(None),
    }
}

async fn keep(tx: &mut Tx, cx: &Cx, envelope: &Envelope, answer: &Answer) -> Result<(), Failure> {
    tx.put(
        "INSERT INTO command_answer (command_id, actor_id, digest, status, body, version, kept_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            envelope.key,
            &cx.actor.id,
            &envelope.digest,
            answer.status,
            &answer.body,
            answer.version,
            cx.now.plus(ANSWERS_KEPT_US)
        ],
    )
    .await?;
    Ok(())
}

/// Forgets at most `limit` answers that are past their seven days. Returns how many.
///
/// # Errors
/// As the database says.
pub async fn forget_old_answers(tx: &mut Tx, now: Ts, limit: i64) -> Result<u64, Failure> {
    let sql = "DELETE FROM command_answer WHERE command_id IN \
               (SELECT command_id FROM command_answer WHERE kept_until < $1 LIMIT $2)";
    Ok(tx.execute(sql, params![now, limit]).await?)
}
