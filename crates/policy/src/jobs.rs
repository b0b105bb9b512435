//! What happens later: alerts of clocks.

use futures::future::BoxFuture;
use kit::jobs::{Job, Worker};
use kit::{App, Failure};

use crate::clocks;

/// The workers of this crate, for the node's runner.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: clocks::ALERT_JOB, work: alert }]
}

fn alert(app: App, job: Job) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        job.run_holding(
            &app,
            |tx, job| Box::pin(clocks::hold_for_alert(tx, job)),
            |tx, cx, job| Box::pin(clocks::fire(tx, cx, job)),
        )
        .await
    })
}
