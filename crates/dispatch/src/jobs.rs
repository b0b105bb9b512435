//! Appointments are watched (P8): who can't be there in time is noticed while the customer can still be told. Plans that go on by
//! themselves are in [`living`].

pub(crate) mod living;

use kit::events::StoredEvent;
use kit::jobs::{Job, Worker};
use kit::readers::Reader;
use kit::{App, Cx, Failure, Ts, Tx};
use visits::VisitId;

use crate::rules::lateness::{Look, look};
use crate::store;

const LATENESS_JOB: &str = "visit_lateness";
/// Events older than this are history: their appointments are over.
const FRESH_US: i64 = 14 * Ts::DAY;

/// Who watches appointments, and plans.
#[must_use]
pub fn workers() -> Vec<Worker> {
    vec![Worker { kind: LATENESS_JOB, work: |app, job| Box::pin(watch(app, job)) }, living::worker()]
}

/// Who notices that a visit was promised, moved, or set out to, and what changes a plan.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![
        Reader {
            name: "dispatch",
            kinds: &["visit.confirmed", "visit.dispatched", "visit.reassigned", "visit.departed"],
            read: |tx, cx, events| Box::pin(read(tx, cx, events)),
        },
        living::reader(),
    ]
}

async fn read(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    for event in events.iter().filter(|e| e.at > cx.now.plus(-FRESH_US)) {
        if let Ok(id) = event.subject_id.parse() {
            judge(tx, cx, id).await?;
        }
    }
    Ok(())
}

async fn watch(app: App, job: Job) -> Result<(), Failure> {
    let id: VisitId = job.data()?;
    job.run_inside(&app, move |tx, cx, _| Box::pin(judge(tx, cx, id))).await
}

// Tells of an appointment that can't be kept, or looks again when that may have changed.
async fn judge(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<(), Failure> {
    let Some(visit) = store::underway(tx, id, cx.now).await? else { return Ok(()) };
    match look(&visit, cx.now) {
        Look::Nothing => Ok(()),
        Look::Again(at) => kit::jobs::schedule(tx, cx, LATENESS_JOB, &id.to_string(), at, &id).await,
        Look::Late(expected_at) => visits::foresee_late(tx, cx, id, expected_at).await,
    }
}
