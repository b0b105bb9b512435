//! What comes due here: a mended case asks for its call; a case that went on by other hands takes its call off the list; one that
//! waits, followed up, for an invoice closes when it is free.

use cases::CaseJob;
use kit::events::StoredEvent;
use kit::jobs::{Job, Worker};
use kit::readers::Reader;
use kit::{App, Cx, Failure, Tx};

use crate::actions;

/// Who plans follow-up calls.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: cases::FOLLOW_UP_JOB, work: |app, job| Box::pin(plan(app, job)) }]
}

async fn plan(app: App, job: Job) -> Result<(), Failure> {
    job.run_inside(&app, |tx, cx, job| {
        Box::pin(async move {
            let CaseJob { case_id, due_at } = job.data()?;
            actions::plan(tx, cx, case_id, due_at).await.map(|_| ())
        })
    })
    .await
}

/// Who looks for cases that went on before their call was made, and for those that can close after it.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![Reader {
        name: "care",
        kinds: &["case.reopened", "case.closed", "case.withdrawn", "case.merged", "case.released"],
        read: |tx, cx, events| Box::pin(read(tx, cx, events)),
    }]
}

async fn read(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    for event in events {
        if event.kind == "case.released" {
            actions::close_if_free(tx, cx, &event.subject_id).await?;
        } else {
            actions::fall_away(tx, cx, &event.subject_id, event.at).await?;
        }
    }
    Ok(())
}
