//! Warnings at 50/75/90 % and the breach (P44): jobs that find their time, announced once each.

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

/// What an alert job carries.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Alert {
    clock_id: ClockId,
    era: i64,
    threshold: String,
    due_at: Ts,
}

fn name(threshold: Threshold) -> String {
    match threshold {
        Threshold::Warning { percent } => percent.to_string(),
        Threshold::Breach => "breach".to_owned(),
    }
}

/// Puts the alerts of a clock on the list as its events now foresee them. A clock that has stopped warns no more; a breach
/// that nobody announced (the stop came first) is told with the stop.
pub(super) async fn plan(tx: &mut Tx, cx: &Cx, book: &Book, clock: &StoredClock) -> Result<(), Failure> {
    if clock.quiet {
        return Ok(());
    }
    kit::jobs::cancel(tx, KIND, &format!("{}:", clock.id)).await?;
    let replayed = derive::replayed(book, &clock.events, cx.now)?;
    let era = i64::from(replayed.state.retargets);
    let announced = store::announced(tx, clock.id, era).await?;
    for alert in replayed.state.alerts.iter() {
        let threshold = name(alert.threshold);
        if announced.contains(&threshold) {
            continue;
        }
        let at = Ts::from(alert.at);
        if clock.stopped_at.is_some() {
            if alert.threshold == Threshold::Breach && alert.reached {
                announce(tx, cx, clock, era, alert.threshold, at).await?;
            }
            continue;
        }
        let key = format!("{}:{era}:{threshold}", clock.id);
        let payload = Alert { clock_id: clock.id, era, threshold, due_at: at };
        kit::jobs::schedule(tx, cx, KIND, &key, at, &payload).await?;
    }
    Ok(())
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

/// Does an alert job: announces the threshold if the clock has really reached it. If the clock has moved on, its change
/// has planned its alerts anew.
pub(crate) async fn fire(tx: &mut Tx, cx: &Cx, job: &Job) -> Result<(), Failure> {
    let alert: Alert = job.data()?;
    let Some(clock) = store::clock(tx, alert.clock_id).await? else { return Ok(()) };
    if clock.stopped_at.is_some() {
        return Ok(());
    }
    let book = Book::open(tx).await?;
    let state = derive::replayed(&book, &clock.events, cx.now)?.state;
    if i64::from(state.retargets) != alert.era {
        return Ok(());
    }
    let reached = state.alerts.iter().find(|a| a.reached && name(a.threshold) == alert.threshold);
    if let Some(reached) = reached {
        announce(tx, cx, &clock, alert.era, reached.threshold, Ts::from(reached.at)).await?;
    }
    Ok(())
}
