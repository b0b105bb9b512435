//! Clocks: what the helpers of all cases share.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod lists;
mod promises;

use std::sync::Arc;

use jiff::Timestamp;
use service_calendar::PauseReason::{LaterWindow, WaitingCustomer};
use service_calendar::{
    ClockState, ClockTerms, CompiledCalendar, DEFAULT_WARN_PERCENTS, HolidayYears, PauseReason, PauseReasons,
    ServiceCalendar, Threshold,
};

pub const MINUTE_US: i64 = 60_000_000;
pub const HOUR_US: i64 = 60 * MINUTE_US;

/// An instant of October 2026 in Xi'an, such as `09 16:40:00`.
pub fn oct(text: &str) -> Timestamp {
    let (day, time) = text.split_once(' ').unwrap();
    format!("2026-10-{day}T{time}+08:00").parse().unwrap()
}

pub fn calendar(round_the_clock: bool) -> Arc<CompiledCalendar> {
    let zone = "Asia/Shanghai";
    let calendar = if round_the_clock {
        ServiceCalendar::round_the_clock("fault", zone)
    } else {
        ServiceCalendar::five_by_eight("phone", zone)
    };
    Arc::new(CompiledCalendar::compile(&calendar.unwrap(), &HolidayYears::built_in()).unwrap())
}

pub fn terms(round_the_clock: bool, target_us: i64, pauses_on: &[PauseReason]) -> ClockTerms {
    let pauses_on: PauseReasons = pauses_on.iter().copied().collect();
    ClockTerms::new(calendar(round_the_clock), target_us, &DEFAULT_WARN_PERCENTS, pauses_on).unwrap()
}

/// Arrival at a major fault: 4 h round the clock, paused by a later window only.
pub fn major() -> ClockTerms {
    terms(true, 4 * HOUR_US, &[LaterWindow])
}

/// Arrival at a normal fault: 24 h.
pub fn normal() -> ClockTerms {
    terms(true, 24 * HOUR_US, &[LaterWindow])
}

/// Response on the phone: 30 working minutes.
pub fn respond() -> ClockTerms {
    terms(false, 30 * MINUTE_US, &[WaitingCustomer])
}

pub fn alerts(state: &ClockState) -> Vec<(Option<u8>, Timestamp, bool)> {
    let percent = |threshold| match threshold {
        Threshold::Warning { percent } => Some(percent),
        Threshold::Breach => None,
    };
    state.alerts.iter().map(|alert| (percent(alert.threshold), alert.at, alert.reached)).collect()
}
