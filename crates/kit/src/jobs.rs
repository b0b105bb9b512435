//! Timers, jobs and deliveries: rows due at a time, claimed with a lease and a fencing number (G7, G8).
//!
//! A lease ends when its time is over, and on PostgreSQL as soon as the node that holds it is gone ([`Db::living_nodes`]): what a
//! killed node had under way is taken over by the next look of another. There its time is the database's: nodes whose clocks differ
//! keep what they hold.
//!
//! What a job changes here happens in the transaction that finishes it, so it happens once, also after a restart or
//! on a second node. What it does outside (mail, webhook) happens at least once, under an id that stays the same.

use futures::FutureExt as _;
use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;

use crate::app::App;
use crate::clock::Ts;
use crate::command::{Actor, Cx};
use crate::db::{Db, DbError, Dialect, Row, Tx};
use crate::error::Failure;
use crate::params;

/// How long a worker of a node that lives may hold a job before another may take it.
pub const LEASE_US: i64 = 60 * Ts::SECOND;
/// Attempts before a job is set aside for a person: about three days after the first ([`backoff_us`]).
pub const MAX_ATTEMPTS: i64 = 24;
/// Jobs of one kind that [`run_together`] has under way at once.
pub const HANDS: usize = 32;
/// How long a runner rests when nothing wakes it.
const IDLE: std::time::Duration = std::time::Duration::from_secs(1);

/// A claimed job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Which handler.
    pub kind: String,
    /// What it is about; unique per kind.
    pub key: String,
    /// When it was due.
    pub due_at: Ts,
    /// Handler's data, JSON.
    pub payload: String,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// Only the holder of the newest number may finish the job.
    pub fence: i64,
}

/// Puts a job on the list. One of the same kind and key is moved and waits anew, also if it was done or set aside before;
/// whoever holds it may no longer finish it.
///
/// # Errors
/// As the database says.
pub async fn schedule(
    tx: &mut Tx,
    cx: &Cx,
    kind: &str,
    key: &str,
    due_at: Ts,
    payload: &impl serde::Serialize,
) -> Result<(), Failure> {
    let id: uuid::Uuid = cx.new_id();
    let payload = serde_json::to_string(payload)?;
    tx.put(
        "INSERT INTO job (id, kind, job_key, due_at, run_at, payload, attempts, fence, state) \
         VALUES ($1, $2, $3, $4, $4, $5, 0, 0, 'waiting') \
         ON CONFLICT (kind, job_key) DO UPDATE SET due_at = excluded.due_at, run_at = excluded.run_at, \
         payload = excluded.payload, attempts = 0, state = 'waiting', lease_until = NULL, fence = job.fence + 1",
        params![id, kind, key, due_at, payload],
    )
    .await?;
    Ok(())
}

/// Takes jobs off the list whose key starts with `prefix` and that have not run.
///
/// # Errors
/// As the database says.
pub async fn cancel(tx: &mut Tx, kind: &str, prefix: &str) -> Result<u64, DbError> {
    // Byte by byte: a database in some language's order (ICU, glibc) weighs punctuation less or not at all.
    let key = match tx.dialect() {
        Dialect::Sqlite => "job_key",
        Dialect::Postgres => "job_key COLLATE \"C\"",
    };
    let sql = format!("DELETE FROM job WHERE kind = $1 AND {key} >= $2 AND {key} < $3 AND state = 'waiting'");
    tx.execute(&sql, params![kind, prefix, format!("{prefix}\u{10ffff}")]).await
}

/// Makes a job that waits due at `at`, if it was due later.
///
/// # Errors
/// As the database says.
pub async fn hasten(tx: &mut Tx, kind: &str, key: &str, at: Ts) -> Result<(), DbError> {
    // Named by its key alone: a row that somebody is just moving is waited for, not passed over for what it was before.
    tx.execute(
        "UPDATE job SET run_at = CASE WHEN run_at > $1 THEN $1 ELSE run_at END \
         WHERE kind = $2 AND job_key = $3 AND state = 'waiting'",
        params![at, kind, key],
    )
    .await?;
    Ok(())
}

/// Puts a job on the list unless it is there already and still waits.
///
/// # Errors
/// As the database says.
pub async fn ensure(tx: &mut Tx, cx: &Cx, kind: &str, key: &str, due_at: Ts) -> Result<(), Failure> {
    let waiting = "SELECT COUNT(*) FROM job WHERE kind = $1 AND job_key = $2 AND state = 'waiting'";
    if tx.int(waiting, params![kind, key]).await? == 0 {
        schedule(tx, cx, kind, key, due_at, &()).await?;
    }
    Ok(())
}

/// Removes at most `limit` rows of jobs that were done before `done_before`, or set aside before `failed_before`.
///
/// # Errors
/// As the database says.
pub async fn forget(tx: &mut Tx, done_before: Ts, failed_before: Ts, limit: i64) -> Result<u64, DbError> {
    tx.execute(
        "DELETE FROM job WHERE id IN (SELECT id FROM job WHERE (state = 'done' AND done_at < $1) \
         OR (state = 'failed' AND run_at < $2) LIMIT $3)",
        params![done_before, failed_before, limit],
    )
    .await
}

/// How the list stands, for `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Due and not yet done.
    pub due: i64,
    /// Due for longer than a lease.
    pub late: i64,
    /// Set aside for a person after [`MAX_ATTEMPTS`].
    pub failed: i64,
}

/// How the list of jobs stands at `now`.
///
/// # Errors
/// As the database says.
pub async fn queue(tx: &mut Tx, now: Ts) -> Result<Queue, DbError> {
    let due = "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND run_at <= $1";
    Ok(Queue {
        due: tx.int(due, params![now]).await?,
        late: tx.int(due, params![now.plus(-LEASE_US)]).await?,
        failed: tx.int("SELECT COUNT(*) FROM job WHERE state = 'failed'", &[]).await?,
    })
}

/// A domain's worker for one kind of job.
#[derive(Clone, Copy)]
pub struct Worker {
    /// The kind it takes.
    pub kind: &'static str,
    /// Does the job; an error puts it back with a growing pause.
    pub work: fn(App, Job) -> BoxFuture<'static, Result<(), Failure>>,
}

/// Runs what is due once. Returns how many jobs were taken.
///
/// # Errors
/// As the database says; a job's own failure is kept on its row.
pub async fn run_due(app: &App, workers: &[Worker]) -> Result<usize, DbError> {
    let kinds: Vec<&str> = workers.iter().map(|w| w.kind).collect();
    let jobs = claim(app, &kinds, 32).await?;
    let taken = jobs.len();
    for job in jobs {
        attempt(app, workers, job).await?;
    }
    Ok(taken)
}

/// Like [`run_due`], but all claimed jobs at once: one round of [`run_together`].
///
/// # Errors
/// As the database says; a job's own failure is kept on its row.
pub async fn run_due_together(app: &App, workers: &[Worker]) -> Result<usize, DbError> {
    let kinds: Vec<&str> = workers.iter().map(|w| w.kind).collect();
    let jobs = claim(app, &kinds, 32).await?;
    let taken = jobs.len();
    let attempts = jobs.into_iter().map(|job| attempt(app, workers, job));
    futures::future::try_join_all(attempts).await?;
    Ok(taken)
}

async fn attempt(app: &App, workers: &[Worker], job: Job) -> Result<(), DbError> {
    let Some(worker) = workers.iter().find(|w| w.kind == job.kind) else { return Ok(()) };
    // A worker that panics outside of a transaction must not end the loop, and with it every other job of this node.
    let worked = std::panic::AssertUnwindSafe((worker.work)(app.clone(), job.clone())).catch_unwind().await;
    let worked = worked
        .unwrap_or_else(|_| Err(Failure::Internal(anyhow::anyhow!("the worker panicked; see the log"))));
    if let Err(failure) = worked {
        tracing::warn!(kind = job.kind, key = job.key, attempt = job.attempt, %failure, "a job failed and will be tried again");
        let (now, why) = (app.clock.now(), failure.to_string());
        app.db.write(move |tx| Box::pin(async move { job.put_back(tx, now, &why).await })).await?;
    }
    Ok(())
}

/// Runs jobs as they come due until the node stops: woken by commits, and every second.
///
/// Each worker has a loop of its own: an alert that is due never waits behind a purge or a demo company under way. What is due is
/// looked up once for all of them.
pub async fn run(app: App, workers: Vec<Worker>) {
    let due = Due::default();
    let loops = workers.iter().map(|worker| run_alone(app.clone(), *worker, due.listen()));
    let loops = futures::future::join_all(loops.collect::<Vec<_>>());
    tokio::join!(look_out(&app, &workers, due), loops);
}

async fn run_alone(app: App, worker: Worker, mut due: Listening) {
    let workers = [worker];
    loop {
        match run_due(&app, &workers).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(%error, kind = worker.kind, "jobs wait for the database"),
        }
        if !due.wait(worker.kind).await {
            return;
        }
    }
}

/// Like [`run`], for workers that wait for the outside: each kind has [`HANDS`] of its own, and each hand takes the next job
/// when it is free. A mail server that never answers holds up the mails behind it, no webhook and no timer.
pub async fn run_together(app: App, workers: Vec<Worker>) {
    let due = Due::default();
    let loops = workers.iter().map(|worker| run_kind(app.clone(), *worker, due.listen()));
    let loops = futures::future::join_all(loops.collect::<Vec<_>>());
    tokio::join!(look_out(&app, &workers, due), loops);
}

async fn run_kind(app: App, worker: Worker, mut due: Listening) {
    let workers = [worker];
    let mut busy = FuturesUnordered::new();
    loop {
        let free = HANDS - busy.len();
        if free > 0 {
            match claim(&app, &[worker.kind], i64::try_from(free).unwrap_or(1)).await {
                Ok(jobs) => busy.extend(jobs.into_iter().map(|job| attempt(&app, &workers, job))),
                Err(error) => tracing::warn!(%error, kind = worker.kind, "couriers wait for the database"),
            }
        }
        tokio::select! {
            Some(done) = busy.next() => {
                if let Err(error) = done {
                    tracing::warn!(%error, kind = worker.kind, "what came of a delivery could not be saved");
                }
            }
            more = due.wait(worker.kind), if busy.len() < HANDS => if !more { return },
        }
    }
}

/// The kinds that had something due at the last look.
#[derive(Default)]
struct Due(tokio::sync::watch::Sender<Vec<String>>);

struct Listening(tokio::sync::watch::Receiver<Vec<String>>);

impl Due {
    fn listen(&self) -> Listening {
        Listening(self.0.subscribe())
    }
}

impl Listening {
    // Until a look finds something of this kind; what stays due is found by the next look again. `false` once nobody looks.
    async fn wait(&mut self, kind: &str) -> bool {
        loop {
            if self.0.changed().await.is_err() {
                return false;
            }
            if self.0.borrow_and_update().iter().any(|due| due == kind) {
                return true;
            }
        }
    }
}

// One look for all kinds, after commits and every second. Ends with the database.
async fn look_out(app: &App, workers: &[Worker], due: Due) {
    let mut changes = app.db.changes();
    let kinds = kind_list(&workers.iter().map(|w| w.kind).collect::<Vec<_>>());
    loop {
        match kinds_due(app, &kinds, app.clock.now()).await {
            Ok(kinds) if kinds.is_empty() => {}
            Ok(kinds) => drop(due.0.send_replace(kinds)),
            Err(error) => tracing::warn!(%error, "jobs wait for the database"),
        }
        tokio::select! {
            () = tokio::time::sleep(IDLE) => {}
            more = woken(&mut changes) => if !more { return },
        }
    }
}

// Many commits in a row are one reason to look. `false` once the database is closed.
async fn woken(changes: &mut tokio::sync::watch::Receiver<u64>) -> bool {
    if changes.changed().await.is_err() {
        return false;
    }
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    changes.mark_unchanged();
    true
}

/// Claims up to `limit` jobs of these kinds that are due at `now`.
///
/// # Errors
/// As the database says.
pub async fn claim(app: &App, kinds: &[&str], limit: i64) -> Result<Vec<Job>, DbError> {
    let now = app.clock.now();
    let kinds = kind_list(kinds);
    if kinds_due(app, &kinds, now).await?.is_empty() {
        return Ok(Vec::new());
    }
    let holder = app.db.node();
    let (free, clock) = (nobodys(&app.db, "$2"), lease_clock(&app.db, "$2"));
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let lock = match tx.dialect() {
                    Dialect::Sqlite => "",
                    Dialect::Postgres => "FOR UPDATE SKIP LOCKED",
                };
                let sql = format!(
                    "UPDATE job SET attempts = attempts + 1, fence = fence + 1, lease_until = {clock} + $1, holder = $4 \
                     WHERE id IN (SELECT id FROM job WHERE state = 'waiting' AND run_at <= $2 \
                       AND kind IN ({kinds}) AND {free} ORDER BY run_at LIMIT $3 {lock}) \
                     RETURNING id, kind, job_key, due_at, payload, attempts, fence"
                );
                let rows = tx.rows(&sql, params![LEASE_US, now, limit, holder]).await?;
                rows.iter().map(job).collect()
            })
        })
        .await
}

// The instant by which leases begin and end, where `now` is the node's: its own on SQLite, where it is the only one, and the
// database's on PostgreSQL.
fn lease_clock(db: &Db, now: &str) -> String {
    match db.dialect() {
        Dialect::Sqlite => now.to_owned(),
        Dialect::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)".to_owned(),
    }
}

// That nobody holds a job at `now`. A lease that ends later than one can was given by a clock that has been put back since: the
// node's own on SQLite, the database's on PostgreSQL, where a lease is kept all the same while another node that holds it lives. The
// living are asked for only where somebody holds what is due.
fn nobodys(db: &Db, now: &str) -> String {
    let clock = lease_clock(db, now);
    let over = format!("lease_until IS NULL OR lease_until < {clock}");
    let ahead = format!("lease_until > {clock} + {}", 2 * LEASE_US);
    match db.dialect() {
        Dialect::Sqlite => format!("({over} OR {ahead})"),
        Dialect::Postgres => {
            let own = db.node().map(|node| format!(" OR holder = {node}")).unwrap_or_default();
            format!(
                "({over} OR ({ahead} AND (holder IS NULL{own})) \
                 OR (holder IS NOT NULL AND holder NOT IN ({})))",
                Db::living_nodes()
            )
        }
    }
}

/// Lets go of every job that is held (SQLite; elsewhere there is nothing to do): for the start of the only node there is, whose
/// predecessor may have been killed. Should that one still live, the fence keeps it from finishing what another took.
///
/// # Errors
/// As the database says.
pub async fn take_back(db: &Db) -> Result<(), DbError> {
    if db.dialect() == Dialect::Sqlite {
        let held = "UPDATE job SET lease_until = NULL, holder = NULL WHERE lease_until IS NOT NULL";
        db.write(move |tx| Box::pin(async move { tx.execute(held, &[]).await })).await?;
    }
    Ok(())
}

fn kind_list(kinds: &[&str]) -> String {
    kinds.iter().map(|k| format!("'{k}'")).collect::<Vec<_>>().join(", ")
}

// Which kinds have something due. Looked up through a reader first, so that an idle node doesn't write.
async fn kinds_due(app: &App, kinds: &str, now: Ts) -> Result<Vec<String>, DbError> {
    let free = nobodys(&app.db, "$1");
    let sql = format!(
        "SELECT DISTINCT kind FROM job WHERE state = 'waiting' AND run_at <= $1 AND kind IN ({kinds}) AND {free}"
    );
    app.db.reader().await?.rows(&sql, params![now]).await?.iter().map(|row| row.get("kind")).collect()
}

fn job(row: &Row) -> Result<Job, DbError> {
    Ok(Job {
        id: row.get("id")?,
        kind: row.get("kind")?,
        key: row.get("job_key")?,
        due_at: row.get("due_at")?,
        payload: row.get("payload")?,
        attempt: row.get("attempts")?,
        fence: row.get("fence")?,
    })
}

impl Job {
    /// The handler's data.
    ///
    /// # Errors
    /// If the payload is no `T`.
    pub fn data<T: serde::de::DeserializeOwned>(&self) -> Result<T, Failure> {
        Ok(serde_json::from_str(&self.payload)?)
    }

    /// Marks the job done; `false` if somebody else holds it by now, and then nothing may be kept.
    ///
    /// # Errors
    /// As the database says.
    pub async fn finish(&self, tx: &mut Tx, now: Ts) -> Result<bool, DbError> {
        let done = tx
            .execute(
                "UPDATE job SET state = 'done', done_at = $1, lease_until = NULL, last_error = NULL \
                 WHERE id = $2 AND fence = $3 AND state = 'waiting'",
                params![now, &self.id, self.fence],
            )
            .await?;
        Ok(done == 1)
    }

    /// Whether this worker still holds the job; on PostgreSQL nobody else takes it until the transaction ends.
    ///
    /// # Errors
    /// As the database says.
    pub async fn hold(&self, tx: &mut Tx) -> Result<bool, DbError> {
        let lock = match tx.dialect() {
            Dialect::Sqlite => "",
            Dialect::Postgres => "FOR UPDATE",
        };
        let sql = format!("SELECT id FROM job WHERE id = $1 AND fence = $2 AND state = 'waiting' {lock}");
        Ok(tx.row(&sql, params![&self.id, self.fence]).await?.is_some())
    }

    /// Lets the job rest until `until` without counting this attempt: it wasn't its turn.
    ///
    /// # Errors
    /// As the database says.
    pub async fn stand_back(&self, tx: &mut Tx, until: Ts) -> Result<(), DbError> {
        tx.execute(
            "UPDATE job SET run_at = $1, lease_until = NULL, attempts = attempts - 1 \
             WHERE id = $2 AND fence = $3 AND state = 'waiting'",
            params![until, &self.id, self.fence],
        )
        .await?;
        Ok(())
    }

    /// Puts the job back for a later attempt, or sets it aside after [`MAX_ATTEMPTS`]. One that is done stays done: a commit
    /// whose answer was lost may have stood.
    ///
    /// # Errors
    /// As the database says.
    pub async fn put_back(&self, tx: &mut Tx, now: Ts, why: &str) -> Result<(), DbError> {
        let state = if self.attempt >= MAX_ATTEMPTS { "failed" } else { "waiting" };
        tx.put(
            "UPDATE job SET state = $1, run_at = $2, lease_until = NULL, last_error = $3 \
             WHERE id = $4 AND fence = $5 AND state = 'waiting'",
            params![state, now.plus(backoff_us(self.attempt)), why, &self.id, self.fence],
        )
        .await?;
        Ok(())
    }

    /// Runs `work` in the transaction that finishes the job: both happen, or neither.
    ///
    /// For work on a record that commands change too, use [`Job::run_holding`].
    ///
    /// # Errors
    /// What the work refuses; the job is then put back by the runner.
    pub async fn run_inside<F>(self, app: &App, work: F) -> Result<(), Failure>
    where
        F: for<'t> FnOnce(&'t mut Tx, &'t Cx, &'t Job) -> BoxFuture<'t, Result<(), Failure>> + Send + 'static,
    {
        self.run_holding(app, |_, _| Box::pin(async { Ok(()) }), work).await
    }

    /// Like [`Job::run_inside`], after `hold` has locked what the job is about. Commands lock their subject first and the rows
    /// of its jobs after it; a timer that began with its own row would meet them head on (a deadlock on PostgreSQL).
    ///
    /// # Errors
    /// What `hold` or the work refuses; the job is then put back by the runner.
    pub async fn run_holding<H, F>(self, app: &App, hold: H, work: F) -> Result<(), Failure>
    where
        H: for<'t> FnOnce(&'t mut Tx, &'t Job) -> BoxFuture<'t, Result<(), Failure>> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx, &'t Cx, &'t Job) -> BoxFuture<'t, Result<(), Failure>> + Send + 'static,
    {
        app.act(Actor::system(&format!("job:{}", self.kind)), move |tx, cx| {
            Box::pin(async move {
                hold(tx, &self).await?;
                if self.finish(tx, cx.now).await? {
                    work(tx, cx, &self).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

/// How long to wait after attempt n: 5 s doubling up to 6 h, 71.7 hours over all attempts.
fn backoff_us(attempt: i64) -> i64 {
    ((5 * Ts::SECOND) << attempt.clamp(1, 14).saturating_sub(1)).min(6 * Ts::HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_rise_and_stay_bounded() {
        let waits: Vec<i64> = (1..MAX_ATTEMPTS).map(backoff_us).collect();
        assert!(waits.is_sorted());
        assert_eq!(waits[0], 5 * Ts::SECOND);
        assert_eq!(waits.last(), Some(&(6 * Ts::HOUR)));
        // What the comment and the handbook say: a server that is away for a weekend loses no message.
        let all: i64 = waits.iter().sum();
        assert!((70 * Ts::HOUR..=73 * Ts::HOUR).contains(&all), "{} s", all / Ts::SECOND);
    }
}
