//! Clocks from the steps of a case: event lists that a strict replay accepts.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use service_calendar::{
    ClockError, ClockEvent, ClockEventKind, ClockState, ClockStatus, ClockTermsSpec, CompiledCalendar,
    DEFAULT_WARN_PERCENTS, PauseReason, RetargetCause, StopKind, replay,
};

use crate::mapping::{ClockRule, ClockSource, Effect, KindWord, Mapping, SeverityWord, StateRule};

/// What a clock measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanPromise {
    /// From the report to the first answer.
    Respond,
    /// From the report (or a reopening) to the mending.
    Restore,
}

impl PlanPromise {
    /// The stored name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Respond => "respond",
            Self::Restore => "restore",
        }
    }
}

/// What the policy here says: terms and calendars of the version in force at an instant.
pub trait PolicyTerms {
    /// The terms, or none if nothing is promised.
    fn terms(
        &self,
        promise: PlanPromise,
        kind: KindWord,
        severity: SeverityWord,
        reported_at: Timestamp,
    ) -> Option<ClockTermsSpec>;

    /// The calendar of this name; none if there is none.
    fn calendar(&self, name: &str, reported_at: Timestamp) -> Option<Arc<CompiledCalendar>>;
}

/// Terms that hold from an event on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTerms {
    /// The terms.
    pub spec: ClockTermsSpec,
    /// How grave the case is from there on.
    pub severity: SeverityWord,
}

/// One event of a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockStep {
    /// What happened when.
    pub event: ClockEvent,
    /// The terms that hold from here: of the start, and of each change.
    pub terms: Option<PlannedTerms>,
}

/// A clock of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockPlan {
    /// What it measures.
    pub promise: PlanPromise,
    /// Its events: a start first, then in order of time.
    pub steps: Vec<ClockStep>,
}

impl ClockPlan {
    /// When it starts.
    #[must_use]
    pub fn started_at(&self) -> Timestamp {
        self.steps.first().map_or(Timestamp::UNIX_EPOCH, |s| s.event.at)
    }

    /// When it ends.
    #[must_use]
    pub fn stopped_at(&self) -> Option<Timestamp> {
        self.steps.iter().find(|s| matches!(s.event.kind, ClockEventKind::Stop { .. })).map(|s| s.event.at)
    }

    /// Its events alone.
    #[must_use]
    pub fn events(&self) -> Vec<ClockEvent> {
        self.steps.iter().map(|s| s.event).collect()
    }

    /// The terms in force at its end.
    #[must_use]
    pub fn terms(&self) -> Option<&PlannedTerms> {
        self.steps.iter().rev().find_map(|s| s.terms.as_ref())
    }

    /// The state at `now` under the terms in force.
    ///
    /// # Errors
    /// As the calendar engine; [`ClockError::TermsMissing`] if its terms name no calendar.
    pub fn judge(
        &self,
        policy: &dyn PolicyTerms,
        reported_at: Timestamp,
        now: Timestamp,
    ) -> Result<ClockState, ClockError> {
        let missing = ClockError::TermsMissing { needed: 1, given: 0 };
        let spec = &self.terms().ok_or_else(|| missing.clone())?.spec;
        let calendar = policy.calendar(&spec.calendar, reported_at).ok_or(missing)?;
        replay(&self.events(), &spec.bind(calendar)?, now)
    }
}

/// Whether a clock was kept: none if it hasn't ended, or fell away.
#[must_use]
pub(crate) fn kept(state: &ClockState) -> Option<bool> {
    match state.status {
        ClockStatus::Met => Some(true),
        ClockStatus::Missed => Some(false),
        _ => None,
    }
}

/// Clocks under way while the steps of a case go by.
pub(crate) struct Clocks<'a> {
    mapping: &'a Mapping,
    policy: &'a dyn PolicyTerms,
    kind: KindWord,
    reported_at: Timestamp,
    /// Priority as in the log, severity as here.
    severity: (Option<String>, SeverityWord),
    respond: Option<ClockPlan>,
    restore: Option<ClockPlan>,
    paused: Option<PauseReason>,
    done: Vec<ClockPlan>,
    ended: bool,
    cursor: Timestamp,
}

impl<'a> Clocks<'a> {
    /// Starts them at the report.
    pub(crate) fn start(
        mapping: &'a Mapping,
        policy: &'a dyn PolicyTerms,
        kind: KindWord,
        severity: (Option<String>, SeverityWord),
        reported_at: Timestamp,
    ) -> Self {
        let mut clocks = Self {
            mapping,
            policy,
            kind,
            reported_at,
            severity,
            respond: None,
            restore: None,
            paused: None,
            done: Vec::new(),
            ended: false,
            cursor: reported_at,
        };
        clocks.respond = clocks.begin(PlanPromise::Respond, reported_at);
        clocks.restore = clocks.begin(PlanPromise::Restore, reported_at);
        clocks
    }

    fn terms(&self, promise: PlanPromise) -> Option<PlannedTerms> {
        let rule = match promise {
            PlanPromise::Respond => self.mapping.clocks.respond.as_ref(),
            PlanPromise::Restore => self.mapping.clocks.restore.as_ref(),
        }?;
        let (priority, severity) = (&self.severity.0, self.severity.1);
        let spec = match rule.terms {
            ClockSource::Policy => self.policy.terms(promise, self.kind, severity, self.reported_at),
            ClockSource::Mapping => own_terms(rule, priority.as_deref()),
        }?;
        Some(PlannedTerms { spec, severity })
    }

    fn begin(&self, promise: PlanPromise, at: Timestamp) -> Option<ClockPlan> {
        let terms = self.terms(promise)?;
        let start = ClockStep { event: ClockEvent::start(at), terms: Some(terms) };
        Some(ClockPlan { promise, steps: vec![start] })
    }

    /// Takes a step: no step counts earlier than the one before it, or than the report. Returns whether its instant was moved
    /// for that, and whether the case was reopened by it.
    pub(crate) fn step(
        &mut self,
        at: Timestamp,
        rule: &StateRule,
        severity: (Option<String>, SeverityWord),
    ) -> (bool, bool) {
        let late = at < self.cursor;
        let at = at.max(self.cursor);
        self.cursor = at;
        let reopened = self.ended && !matches!(rule.clock, Effect::Stop | Effect::Withdraw);
        if severity != self.severity {
            self.severity = severity;
            self.retarget(at);
        }
        if reopened {
            self.ended = false;
            self.restore = self.begin(PlanPromise::Restore, at);
        }
        match rule.clock {
            Effect::Start => self.resume(at),
            Effect::Resume => {
                self.finish_respond(at, StopKind::Reached);
                self.resume(at);
            }
            Effect::Pause => {
                self.finish_respond(at, StopKind::Reached);
                self.pause(at, rule.reason.unwrap_or(PauseReason::Other));
            }
            Effect::Stop => self.end(at, StopKind::Reached),
            Effect::Withdraw => self.end(at, StopKind::Withdrawn),
        }
        (late, reopened)
    }

    fn retarget(&mut self, at: Timestamp) {
        for promise in [PlanPromise::Respond, PlanPromise::Restore] {
            let Some(terms) = self.terms(promise) else { continue };
            let plan = match promise {
                PlanPromise::Respond => self.respond.as_mut(),
                PlanPromise::Restore => self.restore.as_mut(),
            };
            let Some(plan) = plan else { continue };
            if plan.terms() != Some(&terms) {
                let event = ClockEvent::retarget(at, RetargetCause::SeverityChange);
                plan.steps.push(ClockStep { event, terms: Some(terms) });
            }
        }
    }

    fn finish_respond(&mut self, at: Timestamp, outcome: StopKind) {
        if let Some(mut plan) = self.respond.take() {
            let kind = ClockEventKind::Stop { outcome };
            plan.steps.push(ClockStep { event: ClockEvent { at, kind }, terms: None });
            self.done.push(plan);
        }
    }

    fn note(&mut self, event: ClockEvent) {
        if let Some(plan) = &mut self.restore {
            plan.steps.push(ClockStep { event, terms: None });
        }
    }

    fn resume(&mut self, at: Timestamp) {
        if let Some(reason) = self.paused.take() {
            self.note(ClockEvent::resume(at, reason));
        }
    }

    fn pause(&mut self, at: Timestamp, reason: PauseReason) {
        if self.paused != Some(reason) {
            self.resume(at);
            self.note(ClockEvent::pause(at, reason));
            self.paused = Some(reason);
        }
    }

    fn end(&mut self, at: Timestamp, outcome: StopKind) {
        self.finish_respond(at, outcome);
        if !self.ended {
            self.resume(at);
            self.note(ClockEvent { at, kind: ClockEventKind::Stop { outcome } });
            self.done.extend(self.restore.take());
            self.ended = true;
        }
    }

    /// The clocks, those that ended first.
    pub(crate) fn finish(mut self) -> Vec<ClockPlan> {
        self.done.extend(self.respond.take());
        self.done.extend(self.restore.take());
        self.done
    }
}

fn own_terms(rule: &ClockRule, priority: Option<&str>) -> Option<ClockTermsSpec> {
    let minutes = priority.and_then(|p| rule.minutes.get(p)).copied().or(rule.other_minutes)?;
    Some(ClockTermsSpec {
        calendar: rule.calendar.clone()?,
        target_s: minutes.saturating_mul(60),
        warn_percents: DEFAULT_WARN_PERCENTS.to_vec(),
        pauses_on: rule.pauses.iter().copied().collect(),
    })
}
