//! Promise clocks: an append-only list of events per promise (respond, arrive, restore …), replayed under the terms of a
//! policy. A case has several clocks, each with its own list; a reopened case opens a new one. Events record what
//! happened; the terms decide what it means, so the same list can be judged again under other terms.

mod model;
mod replay;

pub use model::{
    Alerts, ClockAlert, ClockEvent, ClockEventKind, ClockState, ClockStatus, ClockTerms, ClockTermsSpec,
    DEFAULT_WARN_PERCENTS, MOST_WARNINGS, PauseReason, PauseReasons, RetargetCause, StopKind, Threshold,
};
pub use replay::{
    ClockEra, IgnoredEvents, TolerantReplay, replay, replay_history, replay_tolerant, with_start,
};
