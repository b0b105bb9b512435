//! Warnings at 50/75/90 % and the breach (P44): one job per clock finds their times, each is announced once.

use kit::jobs::Job;
use kit::{Cx, Failure, Ts, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service_calendar::Threshold;

use super::derive;
use super::model::ClockId;
use super::store::{self, StoredClock};
use crate::book::Book;

/// The kind of the jobs.
pub(crate) const KIND: &str = "clock.alert";

/// What an alert job carries. Its key is the clock's id: a clock has one job, for whichever alert comes next.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Alert {
    clock_id: ClockId,
}

fn name(threshold: Threshold) -> String {
    match threshold {
        Threshold::Warning { percent } => percent.to_string(),
        Threshold::Breach => "breach".to_owned(),
    }
}

/// Puts the next alert of a clock on the list as its events now foresee it. A clock that has stopped warns no more; a breach
/// that nobody announced (the stop came first) is told with the stop.
pub(super) async fn plan(tx: &mut Tx, cx: &Cx, book: &Book, clock: &StoredClock) -> Result<(), Failure> {
    if clock.quiet {
        return Ok(());
    }
    let state = derive::replayed(book, &clock.events, cx.now)?.state;
    let era = i64::from(state.retargets);
    // A clock that starts has announced nothing and has no job yet.
    let starts = clock.events.len() == 1;
    if clock.stopped_at.is_none() {
        let announced = if starts { Vec::new() } else { store::announced(tx, clock.id, era).await? };
        let next = state.alerts.iter().find(|alert| !announced.contains(&name(alert.threshold)));
        if let Some(next) = next {
            return schedule(tx, cx, clock.id, Ts::from(next.at)).await;
        }
    }
    if !starts {
        kit::jobs::cancel(tx, KIND, &clock.id.to_string()).await?;
    }
    if clock.stopped_at.is_some() {
        let breach = state.alerts.iter().find(|a| a.reached && a.threshold == Threshold::Breach);
        if let Some(breach) = breach {
            announce(tx, cx, clock, era, breach.threshold, Ts::from(breach.at)).await?;
        }
    }
    Ok(())
}

async fn schedule(tx: &mut Tx, cx: &Cx, clock_id: ClockId, at: Ts) -> Result<(), Failure> {
    kit::jobs::schedule(tx, cx, KIND, &clock_id.to_string(), at, &Alert { clock_id }).await
}

async fn announce(
    tx: &mut Tx,
    cx: &Cx,
    clock: &StoredClock,
    era: i64,
    threshold: Threshold,
    reached_at: Ts,
) -> Result<(), Failure> {
    if !store::announce(tx, clock.id, era, &name(threshold), reached_at, cx.now).await? {
        return Ok(());
    }
    let mut body = json!({ "reached_at": reached_at, "due_at": clock.due_at });
    let kind = match threshold {
        Threshold::Breach => "clock.breached",
        Threshold::Warning { percent } => {
            body["percent"] = json!(percent);
            "clock.warned"
        }
    };
    super::tell(tx, cx, clock, kind, body).await
}

/// Locks the clock of an alert job before the job's own row, in the order of every command.
pub(crate) async fn hold_for_alert(tx: &mut Tx, job: &Job) -> Result<(), Failure> {
    let alert: Alert = job.data()?;
    Ok(store::hold(tx, alert.clock_id).await?)
}

/// Does an alert job: announces every threshold that the clock has really reached, once each, and plans the next.
pub(crate) async fn fire(tx: &mut Tx, cx: &Cx, job: &Job) -> Result<(), Failure> {
    let alert: Alert = job.data()?;
    let Some(clock) = store::clock(tx, alert.clock_id).await? else { return Ok(()) };
    if clock.stopped_at.is_some() {
        return Ok(());
    }
    let book = Book::open(tx).await?;
    let state = derive::replayed(&book, &clock.events, cx.now)?.state;
    for reached in state.alerts.iter().filter(|a| a.reached) {
        announce(tx, cx, &clock, i64::from(state.retargets), reached.threshold, Ts::from(reached.at)).await?;
    }
    match state.alerts.iter().find(|a| !a.reached) {
        Some(next) => schedule(tx, cx, clock.id, Ts::from(next.at)).await,
        None => Ok(()),
    }
}
