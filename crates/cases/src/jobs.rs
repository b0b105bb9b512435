//! What happens later: the watch over idle cases, offers that nobody answers (P10).

use kit::jobs::{Job, Worker};
use kit::{App, Failure};

use crate::actions::{self, CaseJob, HAND_OVER_JOB, IDLE_JOB};

/// The workers of this crate, for the node's runner. The job [`crate::FOLLOW_UP_JOB`] is taken by whoever makes
/// follow-up calls.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![
        Worker { kind: IDLE_JOB, work: |app, job| Box::pin(watch(app, job)) },
        Worker { kind: HAND_OVER_JOB, work: |app, job| Box::pin(time_out(app, job)) },
    ]
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
