//! The events of a clock in one piece, as lists read them: a page shows some two hundred clocks, and a row per event would be
//! most of what it costs.

use kit::{DbError, Ts};
use serde::{Deserialize, Serialize};
use service_calendar::{ClockEvent, ClockEventKind, ClockTermsSpec, PauseReason, RetargetCause, StopKind};

use super::store::{HeldTerms, StoredEvent};
use crate::model::Severity;

/// What happened, in as few letters as JSON needs.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Kind {
    #[serde(rename = "s")]
    Start,
    #[serde(rename = "p")]
    Pause(PauseReason, Option<Ts>),
    #[serde(rename = "r")]
    Resume(PauseReason),
    #[serde(rename = "x")]
    Stop(StopKind),
    #[serde(rename = "t")]
    Retarget(RetargetCause),
}

/// Step, instant, kind, and the terms that hold from there.
#[derive(Serialize, Deserialize)]
struct Told(i64, i64, Kind, Option<(ClockTermsSpec, Severity, i64)>);

/// The events in one text.
///
/// # Errors
/// None that these types can have.
pub(crate) fn written(events: &[StoredEvent]) -> Result<String, serde_json::Error> {
    let told: Vec<Told> = events
        .iter()
        .map(|e| {
            let kind = match e.event.kind {
                ClockEventKind::Start => Kind::Start,
                ClockEventKind::Pause { reason, until } => Kind::Pause(reason, until.map(Ts::from)),
                ClockEventKind::Resume { reason } => Kind::Resume(reason),
                ClockEventKind::Stop { outcome } => Kind::Stop(outcome),
                ClockEventKind::Retarget { cause } => Kind::Retarget(cause),
            };
            let held = e.held.as_ref().map(|h| (h.terms.clone(), h.severity, h.policy_version));
            Told(e.step, Ts::from(e.event.at).micros(), kind, held)
        })
        .collect();
    serde_json::to_string(&told)
}

/// The events out of the text that [`written`] made.
///
/// # Errors
/// [`DbError::Column`] if it is none of those.
pub(crate) fn read(text: &str) -> Result<Vec<StoredEvent>, DbError> {
    let told: Vec<Told> =
        serde_json::from_str(text).map_err(|_| DbError::Column { name: "course".to_owned() })?;
    Ok(told
        .into_iter()
        .map(|Told(step, at, kind, held)| StoredEvent {
            step,
            event: ClockEvent {
                at: Ts(at).timestamp(),
                kind: match kind {
                    Kind::Start => ClockEventKind::Start,
                    Kind::Pause(reason, until) => {
                        ClockEventKind::Pause { reason, until: until.map(|u| u.timestamp()) }
                    }
                    Kind::Resume(reason) => ClockEventKind::Resume { reason },
                    Kind::Stop(outcome) => ClockEventKind::Stop { outcome },
                    Kind::Retarget(cause) => ClockEventKind::Retarget { cause },
                },
            },
            held: held.map(|(terms, severity, policy_version)| HeldTerms { terms, severity, policy_version }),
        })
        .collect())
}
