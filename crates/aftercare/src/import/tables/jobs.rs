//! Trials and imports that run without a request: a restart loses nothing, and twice does nothing twice.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use kit::jobs::{self, Job, Worker};
use kit::{App, Cx, Failure, Tx};

use super::rows::{self, ImportId, ImportRow, ImportState};
use super::{Asked, PlannedBeside, Report, Sent, TRIES, store};
use ::tables::TableError;

const CHECK: &str = "import.check";
const STORE: &str = "import.store";

/// Who checks and stores.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![
        Worker { kind: CHECK, work: |app, job| Box::pin(check(app, job)) },
        Worker { kind: STORE, work: |app, job| Box::pin(keep(app, job)) },
    ]
}

pub(super) async fn check_soon(tx: &mut Tx, cx: &Cx, id: ImportId) -> Result<(), Failure> {
    jobs::schedule(tx, cx, CHECK, &id.to_string(), cx.now, &()).await
}

pub(super) async fn store_soon(tx: &mut Tx, cx: &Cx, id: ImportId) -> Result<(), Failure> {
    jobs::schedule(tx, cx, STORE, &id.to_string(), cx.now, &()).await
}

/// Rows done and rows to do.
type Progress = (Arc<AtomicU64>, u64);

/// Of the imports that run on this node. A transaction shows nothing of itself before it ends.
static RUNNING: LazyLock<Mutex<HashMap<ImportId, Progress>>> = LazyLock::new(Mutex::default);

fn running() -> MutexGuard<'static, HashMap<ImportId, Progress>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How far an import is that runs on this node: rows done, rows to do.
#[must_use]
pub fn progress(id: ImportId) -> Option<(u64, u64)> {
    let running = running();
    let (done, all) = running.get(&id)?;
    Some((done.load(Ordering::Relaxed).min(*all), *all))
}

struct Running(ImportId, Arc<AtomicU64>);

impl Running {
    fn begin(id: ImportId, all: u64) -> Self {
        let done = Arc::new(AtomicU64::new(0));
        running().insert(id, (done.clone(), all));
        Self(id, done)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        running().remove(&self.0);
    }
}

/// What a job goes on with.
struct Work {
    row: ImportRow,
    asked: Option<Asked>,
    sent: Sent,
}

// The import as it stands, read and unpacked away from the threads that answer requests.
async fn work(app: &App, job: &Job, state: ImportState) -> Result<Option<Work>, Failure> {
    let Ok(id) = job.key.parse::<ImportId>() else { return Ok(None) };
    let mut tx = app.db.reader().await?;
    let Some(row) = store::get(&mut tx, id).await?.filter(|row| row.state == state) else { return Ok(None) };
    let asked = rows::asked(&mut tx, &row).await?;
    let content = store::content(&mut tx, id).await?.unwrap_or_default();
    drop(tx);
    let (kind, lang) = (row.kind, asked.as_ref().map_or_else(kit::Lang::default, |a| a.actor.lang));
    let sent = tokio::task::spawn_blocking(move || Sent::read(&content, kind, lang))
        .await
        .map_err(anyhow::Error::from)?;
    Ok(Some(Work { row, asked, sent }))
}

fn not_permitted() -> Report {
    Report { refusal: Some(TableError::new("import_not_permitted")), ..Report::default() }
}

fn ended(report: &Report) -> ImportState {
    if report.refusal.is_some() { ImportState::Refused } else { ImportState::Checked }
}

async fn check(app: App, job: Job) -> Result<(), Failure> {
    let Some(Work { row, asked, sent }) = work(&app, &job, ImportState::Checking).await? else {
        return job.run_inside(&app, |_, _, _| Box::pin(async { Ok(()) })).await;
    };
    let running = Running::begin(row.id, sent.rows());
    let report = match &asked {
        Some(asked) => super::trial(&app, asked, &sent, running.1.clone()).await?,
        None => not_permitted(),
    };
    job.run_inside(&app, move |tx, cx, _| {
        Box::pin(async move {
            let _running = running;
            // Dropped meanwhile: nobody waits for this any more.
            let stands = store::get(tx, row.id).await?.filter(|now| now.version == row.version);
            let Some(mut row) = stands else { return Ok(()) };
            let state = ended(&report);
            row.report = Some(report);
            store::update(tx, &row.gone_on(state, cx.now)).await
        })
    })
    .await
}

async fn keep(app: App, job: Job) -> Result<(), Failure> {
    let Some(Work { row, sent, .. }) = work(&app, &job, ImportState::Storing).await? else {
        return job.run_inside(&app, |_, _, _| Box::pin(async { Ok(()) })).await;
    };
    let running = Arc::new(Running::begin(row.id, 2 * sent.rows()));
    let sent = Arc::new(sent);
    let mut tried = 0;
    loop {
        tried += 1;
        let asked = rows::asked(&mut app.db.reader().await?, &row).await?;
        let beside = match &asked {
            Some(asked) if tried <= TRIES => {
                super::plan_beside(&app, asked, &sent, running.1.clone()).await?
            }
            _ => None,
        };
        let (node, job, row, sent, running) =
            (app.clone(), job.clone(), row.clone(), sent.clone(), running.clone());
        if app.db.write(move |tx| Box::pin(kept(tx, node, job, row, sent, beside, running))).await? {
            return Ok(());
        }
        tracing::info!(tried, "a table is planned again: what it rests on was changed meanwhile");
    }
}

// The job ends in the transaction that stores: another node passes over a row that is being ended. `false`, and nothing is written,
// if the plan holds no more.
async fn kept(
    tx: &mut Tx,
    node: App,
    job: Job,
    mut row: ImportRow,
    sent: Arc<Sent>,
    beside: Option<PlannedBeside>,
    running: Arc<Running>,
) -> Result<bool, Failure> {
    if !job.hold(tx).await? {
        return Ok(true);
    }
    let now = node.clock.now();
    // Whoever may not any more since the plan was made brings nothing.
    let report = match rows::asked(tx, &row).await? {
        Some(asked) => {
            let cx = Cx::new(&node, node.ids.next(now), asked.actor.clone());
            let done = running.1.clone();
            match super::store(tx, &cx, &asked, &sent, beside, done).await? {
                Some(report) => report,
                None => return Ok(false),
            }
        }
        None => not_permitted(),
    };
    job.finish(tx, now).await?;
    // Something changed since the trial: nothing was stored, and the report says what is wrong now.
    let state = if report.fine() { ImportState::Stored } else { ended(&report) };
    row.report = Some(report);
    store::update(tx, &row.gone_on(state, now)).await?;
    Ok(true)
}
