//! What comes due here: a mended case asks for its call; a case that went on by other hands takes its call off the list; one that
//! waits, followed up, for an invoice closes when it is free; a report that is a complaint is opened as one, and one that nobody
//! answers in time is raised.

use cases::CaseJob;
use kit::events::StoredEvent;
use kit::jobs::{Job, Worker};
use kit::readers::Reader;
use kit::{App, Cx, Failure, Tx};

use crate::{actions, complaints};

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

/// Who looks for cases that went on before their call was made, for those that can close after it, and for complaints.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![Reader {
        name: "care",
        kinds: &[
            "case.reopened",
            "case.closed",
            "case.withdrawn",
            "case.merged",
            "case.released",
            "complaint.reported",
            "clock.breached",
        ],
        read: |tx, cx, events| Box::pin(read(tx, cx, events)),
    }]
}

async fn read(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    for event in events {
        let said = |name: &str| event.body.get(name).and_then(|value| value.as_str());
        match event.kind.as_str() {
            "case.released" => actions::close_if_free(tx, cx, &event.subject_id).await?,
            "complaint.reported" => complaints::opened(tx, cx, &event.subject_id).await?,
            "clock.breached" if said("promise") == Some("answer_complaint") => {
                complaints::late(tx, cx, said("subject_id").unwrap_or_default()).await?;
            }
            "clock.breached" => {}
            kind => {
                actions::fall_away(tx, cx, &event.subject_id, event.at).await?;
                if kind == "case.reopened" {
                    complaints::reopened(tx, cx, &event.subject_id).await?;
                }
            }
        }
    }
    Ok(())
}
