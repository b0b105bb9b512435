//! Service calendars and promise clocks, as pure rules: no database, no network, no wall clock.
//!
//! - [`HolidayYears`]: the State Council's closed days and make-up workdays, 2004-2026 built in, later years by import.
//! - [`RestDays`], [`period_end`], [`working_days_after`]: where a warranty or another period ends, and why.
//! - [`ServiceCalendar`]: weekly hours in a zone, holidays and days of its own; [`CompiledCalendar`] answers whether it
//!   is open, when that changes, the working time between two instants and when a promise falls due.
//! - [`replay`], [`replay_tolerant`], [`replay_history`]: clocks as append-only events, judged under given terms.
//!
//! Answers that lean on a year whose list is not published are typed [`Certainty::Provisional`] (decision 12).
//! Instants are UTC, read to the microsecond. Durations are whole microseconds (`_us`), of working time unless said
//! otherwise.

mod calendar;
mod certainty;
mod clock;
mod compiled;
mod error;
mod holidays;
mod hours;
mod period;

pub use calendar::{Bilingual, CalendarSpec, ExtraOpen, HolidayRule, HoursOf, ServiceCalendar};
pub use certainty::{Answer, Certainty};
pub use clock::{
    Alerts, ClockAlert, ClockEra, ClockEvent, ClockEventKind, ClockState, ClockStatus, ClockTerms,
    ClockTermsSpec, DEFAULT_WARN_PERCENTS, IgnoredEvents, MOST_WARNINGS, PauseReason, PauseReasons,
    RetargetCause, StopKind, Threshold, TolerantReplay, replay, replay_history, replay_tolerant, with_start,
};
pub use compiled::{Change, CompiledCalendar};
pub use error::{CalendarError, ClockError, HolidayError, PeriodError};
pub use holidays::{ClosedDay, DayKind, HolidayName, HolidayYear, HolidayYears};
pub use hours::{DayHours, OpenSpan, TimeOfDay, WeeklyHours};
pub use period::{Period, PeriodEnd, RestDayRule, RestDays, RestReason, period_end, working_days_after};
