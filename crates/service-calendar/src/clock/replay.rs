//! From events and terms to the state of a clock.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::model::{
    Alerts, ClockAlert, ClockEvent, ClockEventKind, ClockState, ClockStatus, ClockTerms, PauseReason,
    PauseReasons, RetargetCause, StopKind, Threshold,
};
use crate::certainty::Certainty;
use crate::error::ClockError;

/// The state at `now` of a clock with these events under these terms. Events after `now` have not happened yet
/// (of them only the order is checked). Retargets are counted and otherwise left to [`replay_history`]: the terms given
/// hold from the start (P45).
///
/// # Errors
/// An event list the program itself could not have written (see [`ClockError`]), or a calendar that does not reach far
/// enough.
pub fn replay(events: &[ClockEvent], terms: &ClockTerms, now: Timestamp) -> Result<ClockState, ClockError> {
    let mut run = Run::new(terms);
    let mut last = None;
    for (index, event) in events.iter().enumerate() {
        if last.is_some_and(|last| event.at < last) {
            return Err(ClockError::OutOfOrder { index, at: event.at });
        }
        last = Some(event.at);
        if event.at <= now {
            run.apply(index, event)?;
        }
    }
    run.state(now)
}

/// The same events with the clock started at `at` instead: a policy may count the arrival from the report, and both
/// attainments are reported (P44).
#[must_use]
pub fn with_start(events: &[ClockEvent], at: Timestamp) -> Vec<ClockEvent> {
    let moved = |event: &ClockEvent| match event.kind {
        ClockEventKind::Start => ClockEvent::start(at),
        _ => *event,
    };
    events.iter().map(moved).collect()
}

/// What a tolerant replay left out, by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IgnoredEvents {
    /// Events that were put into their place (earlier than one before them); these were used.
    pub reordered: u32,
    /// Events before the first start.
    pub before_start: u32,
    /// Starts after the first.
    pub started_twice: u32,
    /// Events after the first stop.
    pub after_stop: u32,
    /// Pauses for a reason pausing already.
    pub already_paused: u32,
    /// Resumes of a reason not pausing.
    pub not_paused: u32,
    /// Pauses that end before they begin.
    pub empty_pauses: u32,
}

impl IgnoredEvents {
    /// How many events were left out (reordered ones were used).
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.before_start
            + self.started_twice
            + self.after_stop
            + self.already_paused
            + self.not_paused
            + self.empty_pauses
    }
}

/// A tolerant replay's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TolerantReplay {
    /// The state.
    pub state: ClockState,
    /// What was left out or moved.
    pub ignored: IgnoredEvents,
}

/// As [`replay`], for histories of other systems: events are put in order of time (a start before others of the same
/// instant, else as listed), and an event that makes no sense where it stands is left out and counted.
///
/// # Errors
/// Only what the calendar can't answer.
pub fn replay_tolerant(
    events: &[ClockEvent],
    terms: &ClockTerms,
    now: Timestamp,
) -> Result<TolerantReplay, ClockError> {
    let key = |event: &ClockEvent| (event.at, event.kind != ClockEventKind::Start);
    let mut ignored = IgnoredEvents::default();
    let mut latest = None;
    for event in events {
        if latest.is_some_and(|latest| key(event) < latest) {
            ignored.reordered += 1;
        } else {
            latest = Some(key(event));
        }
    }
    let mut sorted = Cow::Borrowed(events);
    if ignored.reordered > 0 {
        sorted.to_mut().sort_by_key(key);
    }
    let mut run = Run::new(terms);
    for (index, event) in sorted.iter().enumerate().take_while(|(_, event)| event.at <= now) {
        match run.apply(index, event) {
            Ok(()) => {}
            Err(ClockError::BeforeStart { .. }) => ignored.before_start += 1,
            Err(ClockError::StartedTwice { .. }) => ignored.started_twice += 1,
            Err(ClockError::AfterStop { .. }) => ignored.after_stop += 1,
            Err(ClockError::AlreadyPaused { .. }) => ignored.already_paused += 1,
            Err(ClockError::NotPaused { .. }) => ignored.not_paused += 1,
            Err(ClockError::PauseEndsBeforeItBegins { .. }) => ignored.empty_pauses += 1,
            Err(other) => return Err(other),
        }
    }
    Ok(TolerantReplay { state: run.state(now)?, ignored })
}

/// A stretch of a clock's life under one set of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClockEra {
    /// Why these terms came; `None` for the first.
    pub cause: Option<RetargetCause>,
    /// When these terms gave way to the next; `None` for those in force.
    pub until: Option<Timestamp>,
    /// The state at that instant (or now), counted from the clock's start under these terms.
    pub state: ClockState,
}

/// The clock under each set of terms it went through, the last one being in force (P45: a change of severity is counted
/// from the same start and the old clock stays in history). `terms` are the first ones and one more per retarget.
///
/// # Errors
/// As [`replay`]; [`ClockError::TermsMissing`] if the number of terms does not fit the list.
pub fn replay_history(
    events: &[ClockEvent],
    terms: &[&ClockTerms],
    now: Timestamp,
) -> Result<Vec<ClockEra>, ClockError> {
    let cause_of = |event: &ClockEvent| match event.kind {
        ClockEventKind::Retarget { cause } => Some(cause),
        _ => None,
    };
    let needed = 1 + events.iter().filter_map(cause_of).count();
    if terms.len() != needed {
        return Err(ClockError::TermsMissing { needed, given: terms.len() });
    }
    let mut eras = Vec::with_capacity(needed);
    let mut cause = None;
    let mut in_force = terms.iter();
    let missing = ClockError::TermsMissing { needed, given: terms.len() };
    for (index, event) in events.iter().enumerate().take_while(|(_, event)| event.at <= now) {
        if let Some(next) = cause_of(event) {
            let terms = in_force.next().ok_or_else(|| missing.clone())?;
            eras.push(ClockEra {
                cause,
                until: Some(event.at),
                state: replay(&events[..index], terms, event.at)?,
            });
            cause = Some(next);
        }
    }
    let terms = in_force.next().ok_or(missing)?;
    eras.push(ClockEra { cause, until: None, state: replay(events, terms, now)? });
    Ok(eras)
}

const NOT_PAUSING: i64 = i64::MIN;
const UNTIL_RESUMED: i64 = i64::MAX;

/// A replay under way. Instants are the calendar's offsets in microseconds.
struct Run<'a> {
    terms: &'a ClockTerms,
    started_us: Option<i64>,
    stopped: Option<(i64, StopKind)>,
    /// Accounted for up to here.
    cursor_us: i64,
    elapsed_us: i64,
    paused_us: i64,
    /// For each reason, until when it pauses.
    until_us: [i64; PauseReason::ALL.len()],
    /// Instants of the warnings reached.
    warned_us: [i64; super::MOST_WARNINGS],
    warned: usize,
    /// The due instant, once it is past.
    missed_us: Option<i64>,
    retargets: u32,
}

impl<'a> Run<'a> {
    const fn new(terms: &'a ClockTerms) -> Self {
        Self {
            terms,
            started_us: None,
            stopped: None,
            cursor_us: 0,
            elapsed_us: 0,
            paused_us: 0,
            until_us: [NOT_PAUSING; PauseReason::ALL.len()],
            warned_us: [0; super::MOST_WARNINGS],
            warned: 0,
            missed_us: None,
            retargets: 0,
        }
    }

    fn apply(&mut self, index: usize, event: &ClockEvent) -> Result<(), ClockError> {
        if let ClockEventKind::Retarget { .. } = event.kind {
            self.retargets += 1;
            return Ok(());
        }
        if self.stopped.is_some() {
            return Err(ClockError::AfterStop { index });
        }
        let at_us = self.terms.calendar.offset_us(event.at)?;
        match (event.kind, self.started_us) {
            (ClockEventKind::Start, None) => {
                self.started_us = Some(at_us);
                self.cursor_us = at_us;
            }
            (ClockEventKind::Start, Some(_)) => return Err(ClockError::StartedTwice { index }),
            (_, None) => return Err(ClockError::BeforeStart { index }),
            (ClockEventKind::Pause { reason, until }, Some(_)) => {
                if self.until_us[reason.index()] > at_us {
                    return Err(ClockError::AlreadyPaused { index });
                }
                let until_us = match until {
                    None => UNTIL_RESUMED,
                    Some(until) => self.terms.calendar.offset_us(until)?,
                };
                if until_us <= at_us {
                    return Err(ClockError::PauseEndsBeforeItBegins { index });
                }
                self.advance(at_us)?;
                self.until_us[reason.index()] = until_us;
            }
            (ClockEventKind::Resume { reason }, Some(_)) => {
                if self.until_us[reason.index()] == NOT_PAUSING {
                    return Err(ClockError::NotPaused { index });
                }
                self.advance(at_us)?;
                self.until_us[reason.index()] = NOT_PAUSING;
            }
            (ClockEventKind::Stop { outcome }, Some(_)) => {
                self.advance(at_us)?;
                self.stopped = Some((at_us, outcome));
            }
            (ClockEventKind::Retarget { .. }, Some(_)) => {}
        }
        Ok(())
    }

    /// Until when the honoured reasons pause.
    fn pausing_until_us(&self) -> i64 {
        PauseReason::ALL
            .into_iter()
            .filter(|&reason| self.terms.pauses_on.contains(reason))
            .map(|reason| self.until_us[reason.index()])
            .fold(NOT_PAUSING, i64::max)
    }

    /// Accounts for the time up to `to_us`: first the rest of a pause, then time that runs.
    fn advance(&mut self, to_us: i64) -> Result<(), ClockError> {
        let from_us = self.pausing_until_us().clamp(self.cursor_us, to_us);
        self.paused_us += from_us - self.cursor_us;
        self.cursor_us = to_us;
        if from_us == to_us {
            return Ok(());
        }
        let calendar = &self.terms.calendar;
        let elapsed_us = self.elapsed_us + calendar.worked_between(from_us, to_us);
        while self.warned < self.terms.warning_count {
            let (_, share_us) = self.terms.warnings[self.warned];
            if share_us > elapsed_us {
                break;
            }
            self.warned_us[self.warned] = calendar.due_us(from_us, share_us - self.elapsed_us)?;
            self.warned += 1;
        }
        if self.missed_us.is_none() && elapsed_us >= self.terms.target_us {
            let due_us = calendar.due_us(from_us, self.terms.target_us - self.elapsed_us)?;
            // What happens exactly at the due instant is in time (P44, Civil Code art. 1259).
            if due_us < to_us {
                self.missed_us = Some(due_us);
            }
        }
        self.elapsed_us = elapsed_us;
        Ok(())
    }

    fn state(mut self, now: Timestamp) -> Result<ClockState, ClockError> {
        let Some(started_us) = self.started_us else {
            return Ok(self.not_started());
        };
        let calendar = &self.terms.calendar;
        let end_us = match self.stopped {
            Some((at_us, _)) => at_us,
            None => calendar.offset_us(now)?,
        };
        self.advance(end_us)?;
        let calendar = &self.terms.calendar;
        let until_us = self.pausing_until_us();
        let paused = until_us > end_us;
        let known_end = until_us != UNTIL_RESUMED;
        let remaining_us = (self.terms.target_us - self.elapsed_us).max(0);
        // Where the clock goes on: now, or at the end of a pause if that is known.
        let goes_on_us = if paused && known_end { until_us } else { end_us };
        let projected_us = match self.missed_us {
            Some(due_us) => due_us,
            None => calendar.due_us(goes_on_us, remaining_us)?,
        };
        let status = match self.stopped {
            Some((_, StopKind::Withdrawn)) => ClockStatus::Cancelled,
            Some((_, StopKind::Reached)) if self.missed_us.is_some() => ClockStatus::Missed,
            Some((_, StopKind::Reached)) => ClockStatus::Met,
            None if paused => ClockStatus::Paused,
            None if self.missed_us.is_some() => ClockStatus::Overdue,
            None => ClockStatus::Running,
        };
        let foreseeable = self.stopped.is_none() && (!paused || known_end);
        let projected_due_at = calendar.instant(projected_us)?;
        Ok(ClockState {
            status,
            started_at: Some(calendar.instant(started_us)?),
            stopped_at: self.stopped.map(|(at_us, _)| calendar.instant(at_us)).transpose()?,
            elapsed_us: self.elapsed_us,
            remaining_us,
            paused_us: self.paused_us,
            due_at: (self.missed_us.is_some() || !paused).then_some(projected_due_at),
            projected_due_at: Some(projected_due_at),
            breached_at: self.missed_us.map(|due_us| calendar.instant(due_us + 1)).transpose()?,
            paused_by: if paused { self.pausing_reasons(end_us) } else { PauseReasons::NONE },
            paused_until: (paused && known_end).then(|| calendar.instant(until_us)).transpose()?,
            alerts: self.alerts(goes_on_us, projected_us, foreseeable)?,
            retargets: self.retargets,
            certainty: calendar.certainty(started_us, projected_us.max(end_us)),
        })
    }

    fn pausing_reasons(&self, at_us: i64) -> PauseReasons {
        self.terms.pauses_on.iter().filter(|reason| self.until_us[reason.index()] > at_us).collect()
    }

    fn alerts(&self, goes_on_us: i64, projected_us: i64, foreseeable: bool) -> Result<Alerts, ClockError> {
        let calendar = &self.terms.calendar;
        let mut alerts = Alerts::none();
        for (nth, &(percent, share_us)) in self.terms.warnings[..self.terms.warning_count].iter().enumerate()
        {
            let reached = nth < self.warned;
            if reached || foreseeable {
                let at_us = if reached {
                    self.warned_us[nth]
                } else {
                    calendar.due_us(goes_on_us, share_us - self.elapsed_us)?
                };
                let threshold = Threshold::Warning { percent };
                alerts.push(ClockAlert { threshold, at: calendar.instant(at_us)?, reached });
            }
        }
        let reached = self.missed_us.is_some();
        if reached || foreseeable {
            let at = calendar.instant(projected_us + 1)?;
            alerts.push(ClockAlert { threshold: Threshold::Breach, at, reached });
        }
        Ok(alerts)
    }

    fn not_started(&self) -> ClockState {
        ClockState {
            status: ClockStatus::NotStarted,
            started_at: None,
            stopped_at: None,
            elapsed_us: 0,
            remaining_us: self.terms.target_us,
            paused_us: 0,
            due_at: None,
            projected_due_at: None,
            breached_at: None,
            paused_by: PauseReasons::NONE,
            paused_until: None,
            alerts: Alerts::none(),
            retargets: self.retargets,
            certainty: Certainty::Published,
        }
    }
}
