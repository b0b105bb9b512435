//! Events, terms and the state of a clock.

use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::certainty::Certainty;
use crate::compiled::CompiledCalendar;
use crate::error::ClockError;

/// Why a promise may stand still. Which of them pause a given clock is up to its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// 待客户: the customer owes an answer. By default pauses respond and restore only (decision 10).
    WaitingCustomer,
    /// 待配件: a part is on its way. By default pauses nothing (decision 10).
    WaitingParts,
    /// The customer wishes a later window; pauses arrival until that window opens (decision 10).
    LaterWindow,
    /// Someone outside owes an answer (supplier, building owner).
    WaitingThirdParty,
    /// Any other pause, for example of an imported history.
    Other,
}

impl PauseReason {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::WaitingCustomer, Self::WaitingParts, Self::LaterWindow, Self::WaitingThirdParty, Self::Other];

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// A set of pause reasons. JSON: a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<PauseReason>", into = "Vec<PauseReason>")]
pub struct PauseReasons(u8);

impl PauseReasons {
    /// No reason.
    pub const NONE: Self = Self(0);

    /// Whether `reason` is in the set.
    #[must_use]
    pub const fn contains(self, reason: PauseReason) -> bool {
        self.0 & (1 << reason.index()) != 0
    }

    /// The set with `reason`.
    #[must_use]
    pub const fn with(self, reason: PauseReason) -> Self {
        Self(self.0 | (1 << reason.index()))
    }

    /// Whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons, in the order of [`PauseReason::ALL`].
    pub fn iter(self) -> impl Iterator<Item = PauseReason> {
        PauseReason::ALL.into_iter().filter(move |&reason| self.contains(reason))
    }
}

impl FromIterator<PauseReason> for PauseReasons {
    fn from_iter<I: IntoIterator<Item = PauseReason>>(reasons: I) -> Self {
        reasons.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<PauseReason>> for PauseReasons {
    fn from(reasons: Vec<PauseReason>) -> Self {
        reasons.into_iter().collect()
    }
}

impl From<PauseReasons> for Vec<PauseReason> {
    fn from(set: PauseReasons) -> Self {
        set.iter().collect()
    }
}

/// How a clock ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopKind {
    /// What was promised has happened (verified arrival, answer given): kept or missed is judged now.
    Reached,
    /// The promise fell away (case withdrawn or merged): neither kept nor missed.
    Withdrawn,
}

/// Why the terms of a clock changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetargetCause {
    /// Major became normal, or the other way (P45).
    SeverityChange,
    /// Another policy version or agreement holds.
    PolicyChange,
    /// A year's holiday list was imported (decision 12).
    CalendarChange,
}

/// What happened to a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClockEventKind {
    /// The promise begins. Once per clock.
    Start,
    /// A reason to stand still begins. Different reasons may overlap; the clock stands as long as one of them that its
    /// terms honour lasts.
    Pause {
        /// The reason.
        reason: PauseReason,
        /// If known, the instant it ends by itself (the opening of a later window).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// A reason ends, before its `until` if it had one. After a pause ended by itself this changes nothing.
    Resume {
        /// The reason that ends.
        reason: PauseReason,
    },
    /// The clock ends.
    Stop {
        /// How.
        outcome: StopKind,
    },
    /// From here on other terms hold, counted from the same start; see [`crate::replay_history`].
    Retarget {
        /// Why.
        cause: RetargetCause,
    },
}

/// One event of a clock. JSON: `{"at":"2026-10-09T08:40:00Z","kind":"pause","reason":"later_window","until":"…"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClockEvent {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub kind: ClockEventKind,
}

impl ClockEvent {
    /// The start.
    #[must_use]
    pub const fn start(at: Timestamp) -> Self {
        Self { at, kind: ClockEventKind::Start }
    }

    /// A pause until it is resumed.
    #[must_use]
    pub const fn pause(at: Timestamp, reason: PauseReason) -> Self {
        Self { at, kind: ClockEventKind::Pause { reason, until: None } }
    }

    /// A pause that ends by itself.
    #[must_use]
    pub const fn pause_until(at: Timestamp, reason: PauseReason, until: Timestamp) -> Self {
        Self { at, kind: ClockEventKind::Pause { reason, until: Some(until) } }
    }

    /// The end of a pause.
    #[must_use]
    pub const fn resume(at: Timestamp, reason: PauseReason) -> Self {
        Self { at, kind: ClockEventKind::Resume { reason } }
    }

    /// The promised thing happened.
    #[must_use]
    pub const fn reached(at: Timestamp) -> Self {
        Self { at, kind: ClockEventKind::Stop { outcome: StopKind::Reached } }
    }

    /// The promise fell away.
    #[must_use]
    pub const fn withdrawn(at: Timestamp) -> Self {
        Self { at, kind: ClockEventKind::Stop { outcome: StopKind::Withdrawn } }
    }

    /// Other terms from here on.
    #[must_use]
    pub const fn retarget(at: Timestamp, cause: RetargetCause) -> Self {
        Self { at, kind: ClockEventKind::Retarget { cause } }
    }
}

/// The default warnings, in percent of the target (P44).
pub const DEFAULT_WARN_PERCENTS: [u8; 3] = [50, 75, 90];
/// The most warnings a clock can have.
pub const MOST_WARNINGS: usize = 8;
const LONGEST_TARGET_US: i64 = 10 * 366 * 86_400 * 1_000_000;

/// The terms of a clock as a policy stores them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockTermsSpec {
    /// Identifier of the calendar whose hours count.
    pub calendar: String,
    /// The promise, in seconds of that calendar's time.
    pub target_s: u32,
    /// Warnings in percent of the target.
    pub warn_percents: Vec<u8>,
    /// The reasons that pause this clock.
    pub pauses_on: PauseReasons,
}

impl ClockTermsSpec {
    /// Terms ready for a replay; `calendar` is the one named by [`Self::calendar`].
    ///
    /// # Errors
    /// As [`ClockTerms::new`].
    pub fn bind(&self, calendar: Arc<CompiledCalendar>) -> Result<ClockTerms, ClockError> {
        ClockTerms::new(calendar, i64::from(self.target_s) * 1_000_000, &self.warn_percents, self.pauses_on)
    }
}

/// The terms of a clock, checked.
#[derive(Debug, Clone)]
pub struct ClockTerms {
    pub(crate) calendar: Arc<CompiledCalendar>,
    pub(crate) target_us: i64,
    pub(crate) warnings: [(u8, i64); MOST_WARNINGS],
    pub(crate) warning_count: usize,
    pub(crate) pauses_on: PauseReasons,
}

impl ClockTerms {
    /// Checks the terms. `target_us` is working time of `calendar`.
    ///
    /// # Errors
    /// [`ClockError::BadTarget`] outside 1 s to 10 years, [`ClockError::BadWarnings`] unless the percents rise, lie in
    /// 1-99 and are at most eight.
    pub fn new(
        calendar: Arc<CompiledCalendar>,
        target_us: i64,
        warn_percents: &[u8],
        pauses_on: PauseReasons,
    ) -> Result<Self, ClockError> {
        if !(1_000_000..=LONGEST_TARGET_US).contains(&target_us) {
            return Err(ClockError::BadTarget { target_us });
        }
        let rising = warn_percents.windows(2).all(|pair| pair[0] < pair[1]);
        if !rising
            || warn_percents.len() > MOST_WARNINGS
            || warn_percents.iter().any(|p| !(1..=99).contains(p))
        {
            return Err(ClockError::BadWarnings);
        }
        let mut warnings = [(0, 0); MOST_WARNINGS];
        for (slot, &percent) in warnings.iter_mut().zip(warn_percents) {
            // Rounded up: a warning never comes before its share has been used.
            *slot = (percent, (target_us * i64::from(percent) + 99) / 100);
        }
        Ok(Self { calendar, target_us, warnings, warning_count: warn_percents.len(), pauses_on })
    }

    /// The calendar whose hours count.
    #[must_use]
    pub const fn calendar(&self) -> &Arc<CompiledCalendar> {
        &self.calendar
    }

    /// The promise in microseconds of working time.
    #[must_use]
    pub const fn target_us(&self) -> i64 {
        self.target_us
    }

    /// The reasons that pause this clock.
    #[must_use]
    pub const fn pauses_on(&self) -> PauseReasons {
        self.pauses_on
    }

    /// The same promise with no pauses: a moved appointment is reported with both results (decision 10).
    #[must_use]
    pub fn without_pauses(&self) -> Self {
        Self { pauses_on: PauseReasons::NONE, ..self.clone() }
    }
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStatus {
    /// 未开始
    NotStarted,
    /// 计时中, in time so far.
    Running,
    /// 已超时, and still running.
    Overdue,
    /// 已暂停, in time or not (see [`ClockState::breached_at`]).
    Paused,
    /// 已达成
    Met,
    /// 未达成
    Missed,
    /// 已取消: neither kept nor missed.
    Cancelled,
}

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Threshold {
    /// This share of the target is used up.
    Warning {
        /// Percent of the target.
        percent: u8,
    },
    /// The promise is broken.
    Breach,
}

/// An alert and its instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClockAlert {
    /// What it is about.
    pub threshold: Threshold,
    /// The first instant at which it is true. For a breach that is one microsecond after the due instant, which is
    /// still in time: a timer set to `at` finds it reached.
    pub at: Timestamp,
    /// Whether it has come; otherwise it is what would happen if nothing else did.
    pub reached: bool,
}

/// The alerts of a clock in order of time, without allocation. JSON: a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alerts {
    items: [ClockAlert; MOST_WARNINGS + 1],
    count: usize,
}

impl Alerts {
    pub(crate) const fn none() -> Self {
        let empty = ClockAlert { threshold: Threshold::Breach, at: Timestamp::UNIX_EPOCH, reached: false };
        Self { items: [empty; MOST_WARNINGS + 1], count: 0 }
    }

    pub(crate) fn push(&mut self, alert: ClockAlert) {
        if let Some(slot) = self.items.get_mut(self.count) {
            *slot = alert;
            self.count += 1;
        }
    }
}

impl Deref for Alerts {
    type Target = [ClockAlert];
    fn deref(&self) -> &[ClockAlert] {
        &self.items[..self.count]
    }
}

impl Serialize for Alerts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self[..].serialize(serializer)
    }
}

/// How a clock stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClockState {
    /// Status.
    pub status: ClockStatus,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub stopped_at: Option<Timestamp>,
    /// Working time used.
    pub elapsed_us: i64,
    /// Working time left; 0 when used up.
    pub remaining_us: i64,
    /// Time of the wall clock spent standing still, for the badge.
    pub paused_us: i64,
    /// The due instant, which is itself in time. `None` before the start and, unless the promise is broken already,
    /// while paused (also for a clock that ended while paused).
    pub due_at: Option<Timestamp>,
    /// As `due_at`; while paused, the due instant if the clock went on at the end of its pause, or, when that is not
    /// known, now.
    pub projected_due_at: Option<Timestamp>,
    /// The first instant at which the promise was broken: one microsecond after the due instant.
    pub breached_at: Option<Timestamp>,
    /// The honoured reasons that make it stand still now.
    pub paused_by: PauseReasons,
    /// When the pause ends by itself, if that is known.
    pub paused_until: Option<Timestamp>,
    /// Warnings and breach. Those to come stand here too while the clock runs or the end of its pause is known.
    pub alerts: Alerts,
    /// How often the terms changed so far.
    pub retargets: u32,
    /// Whether every list from the start to the due instant (or now, if later) is published.
    pub certainty: Certainty,
}
