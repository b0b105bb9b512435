//! What happens later: the watch over idle cases, offers that nobody answers (P10), words of cases read again after a renaming.

use kit::events::StoredEvent;
use kit::jobs::{Job, Worker, ensure, schedule};
use kit::readers::Reader;
use kit::{App, Cx, Failure, Tx};

use crate::actions::{self, CaseJob, HAND_OVER_JOB, IDLE_JOB};
use crate::store::search::{self, Renamed};

const WORDS_JOB: &str = "case.words";
const WORDS_KEY: &str = "all";
/// Cases whose words are read again in one transaction.
const WORDS_AT_ONCE: usize = 200;

/// The workers of this crate, for the node's runner. The job [`crate::FOLLOW_UP_JOB`] is taken by whoever makes
/// follow-up calls.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![
        Worker { kind: IDLE_JOB, work: |app, job| Box::pin(watch(app, job)) },
        Worker { kind: HAND_OVER_JOB, work: |app, job| Box::pin(time_out(app, job)) },
        Worker { kind: WORDS_JOB, work: |app, job| Box::pin(read_words(app, job)) },
    ]
}

/// Who looks for what was reported or renamed: its cases are found by their words within moments.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![Reader {
        name: "cases.words",
        kinds: &["case.reported", "site.changed", "customer.changed", "asset.changed", "product.changed"],
        read: |tx, cx, events| Box::pin(worded_anew(tx, cx, events)),
    }]
}

/// At the start of a node: lets cases be read again that have waited for it since a schema step.
///
/// # Errors
/// As the database says.
pub async fn start(tx: &mut Tx, cx: &Cx) -> Result<(), Failure> {
    if search::any_unread(tx).await? {
        ensure(tx, cx, WORDS_JOB, WORDS_KEY, cx.now).await?;
    }
    Ok(())
}

async fn worded_anew(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    let mut renamed = false;
    for event in events {
        let what = match event.kind.as_str() {
            "case.reported" => continue,
            "site.changed" => Renamed::Site,
            "customer.changed" => Renamed::Customer,
            "asset.changed" => Renamed::Asset,
            _ => Renamed::Product,
        };
        renamed = true;
        search::renamed(tx, what, &event.subject_id).await?;
    }
    // What was reported is read at once, the newest first; a renaming may concern thousands.
    if renamed || read_some(tx).await? {
        schedule(tx, cx, WORDS_JOB, WORDS_KEY, cx.now, &()).await
    } else {
        Ok(())
    }
}

// Whether there may be more. What is reported from now on comes with an event of its own: it is not looked for.
async fn read_some(tx: &mut Tx) -> Result<bool, Failure> {
    let cases = search::take_unread(tx, WORDS_AT_ONCE).await?;
    search::read_again(tx, &cases).await?;
    Ok(cases.len() == WORDS_AT_ONCE)
}

async fn read_words(app: App, job: Job) -> Result<(), Failure> {
    job.run_inside(&app, |tx, cx, _| {
        Box::pin(async move {
            if read_some(tx).await? {
                schedule(tx, cx, WORDS_JOB, WORDS_KEY, cx.now, &()).await?;
            }
            Ok(())
        })
    })
    .await
}

async fn watch(app: App, job: Job) -> Result<(), Failure> {
    let about: CaseJob = job.data()?;
    job.run_holding(
        &app,
        move |tx, _| Box::pin(actions::hold_for_watch(tx, about.case_id)),
        move |tx, cx, _| Box::pin(actions::watch_idle(tx, cx, about.case_id)),
    )
    .await
}

async fn time_out(app: App, job: Job) -> Result<(), Failure> {
    let about: CaseJob = job.data()?;
    job.run_holding(
        &app,
        move |tx, _| Box::pin(actions::hold_for_watch(tx, about.case_id)),
        move |tx, cx, _| Box::pin(actions::time_out_hand_over(tx, cx, about.case_id)),
    )
    .await
}
