//! The chain goes on: whoever stands next is told of what nobody has acknowledged.

use kit::jobs::{Job, Worker};
use kit::{App, Failure};

use super::{actions, store};

/// The kind of the jobs; their key is the alert's id.
pub(crate) const PASS_ON_JOB: &str = "alert.pass_on";

/// The workers, for the node's runner.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: PASS_ON_JOB, work: |app, job| Box::pin(pass_on(app, job)) }]
}

async fn pass_on(app: App, job: Job) -> Result<(), Failure> {
    let id = job.key.parse().ok();
    job.run_holding(
        &app,
        // The alert before the job's own row, in the order of whoever acknowledges it.
        move |tx, _| {
            Box::pin(async move {
                if let Some(id) = id {
                    store::open(tx, id).await?;
                }
                Ok(())
            })
        },
        move |tx, cx, _| {
            Box::pin(async move {
                match id {
                    Some(id) => actions::pass_on(tx, cx, id).await,
                    None => Ok(()),
                }
            })
        },
    )
    .await
}
