//! From stored events to the state of a clock: pure, the book and the instant passed in.

use kit::{Both, Failure, Ts};
use service_calendar::{
    ClockEra, ClockError, ClockEvent, ClockEventKind, ClockState, ClockStatus as Engine, ClockTerms,
    HolidayRule, replay_history,
};

use super::course;
use super::model::{ClockEraView, ClockId, ClockStatus, ClockView};
use super::store::{Cached, HeldTerms, ShownClock, StoredClock, StoredEvent};
use crate::book::{Book, fault};
use crate::errors::PolicyError;
use crate::model::{CalendarKey, Promise};

/// The events that count, in order of time. A stop told late (a phone without signal) takes effect when it happened:
/// what was stored meanwhile and lies after it doesn't count any more.
pub(crate) fn in_order(events: &[StoredEvent]) -> Vec<&StoredEvent> {
    let mut ordered: Vec<&StoredEvent> = events.iter().collect();
    ordered.sort_by_key(|e| (e.event.at, e.event.kind != ClockEventKind::Start, e.step));
    if let Some(stop) = ordered.iter().position(|e| matches!(e.event.kind, ClockEventKind::Stop { .. })) {
        ordered.truncate(stop + 1);
    }
    ordered
}

/// A clock replayed.
pub(crate) struct Replayed {
    /// Each set of terms it went through.
    pub eras: Vec<(ClockEra, HeldTerms)>,
    /// The state under the terms in force.
    pub state: ClockState,
    /// The terms in force.
    pub held: HeldTerms,
}

pub(crate) fn clock_failure(error: ClockError) -> Failure {
    match error {
        ClockError::Calendar(_) => PolicyError::OutsideCalendar.into(),
        other => fault(&other),
    }
}

/// Replays a clock at `now`.
pub(crate) fn replayed(book: &Book, events: &[StoredEvent], now: Ts) -> Result<Replayed, Failure> {
    let ordered = in_order(events);
    let list: Vec<ClockEvent> = ordered.iter().map(|e| e.event).collect();
    let held: Vec<HeldTerms> = ordered.iter().filter_map(|e| e.held.clone()).collect();
    let terms =
        held.iter().map(|h| book.bind(h.policy_version, &h.terms)).collect::<Result<Vec<ClockTerms>, _>>()?;
    let terms: Vec<&ClockTerms> = terms.iter().collect();
    // A clock asked about before its last event (a list of the past) still has all its terms.
    let now = now.max(list.last().map_or(now, |e| Ts::from(e.at)));
    let eras = replay_history(&list, &terms, now.timestamp()).map_err(clock_failure)?;
    let eras: Vec<_> = eras.into_iter().zip(held).collect();
    let Some((last, held)) = eras.last().cloned() else { return Err(fault(&"a clock without a start")) };
    Ok(Replayed { state: last.state, held, eras })
}

/// What lists may read: as the events stand, whatever the time is now.
pub(crate) fn cached(book: &Book, events: &[StoredEvent]) -> Result<Cached, Failure> {
    let last = in_order(events).last().map_or(Ts(0), |e| Ts::from(e.event.at));
    let state = replayed(book, events, last)?.state;
    let outcome = match state.status {
        Engine::Met => Some("met"),
        Engine::Missed => Some("missed"),
        Engine::Cancelled => Some("stopped"),
        Engine::NotStarted | Engine::Running | Engine::Overdue | Engine::Paused => None,
    };
    Ok(Cached {
        due_at: due(&state),
        stopped_at: state.stopped_at.map(Ts::from),
        outcome,
        provisional: !state.certainty.is_published(),
        course: course::written(events)?,
    })
}

/// The due instant: unknown only while a pause without a known end lasts.
fn due(state: &ClockState) -> Option<Ts> {
    let foreseeable = state.stopped_at.is_none() && state.paused_until.is_some();
    let due = if foreseeable { state.due_at.or(state.projected_due_at) } else { state.due_at };
    due.map(Ts::from)
}

/// A clock as it is shown at `now`.
pub(crate) fn view(book: &Book, clock: &StoredClock, now: Ts) -> Result<ClockView, Failure> {
    view_of(book, (clock.id, clock.promise, clock.started_at), &clock.events, now)
}

/// The same for a clock read only to be shown.
pub(crate) fn shown(book: &Book, clock: &ShownClock, now: Ts) -> Result<ClockView, Failure> {
    view_of(book, (clock.id, clock.promise, clock.started_at), &clock.events, now)
}

fn view_of(
    book: &Book,
    (id, promise, started_at): (ClockId, Promise, Ts),
    events: &[StoredEvent],
    now: Ts,
) -> Result<ClockView, Failure> {
    let Replayed { eras, state, held } = replayed(book, events, now)?;
    let policy = book.version(held.policy_version)?;
    let key = held.terms.calendar.parse().unwrap_or(CalendarKey::RoundTheClock);
    let spec = policy.content.calendars.get(key).spec();
    let target_s = i64::from(held.terms.target_s);
    let elapsed_s = state.elapsed_us / Ts::SECOND;
    let history = eras
        .iter()
        .take(eras.len().saturating_sub(1))
        .map(|(era, held)| ClockEraView {
            severity: held.severity,
            policy_version: held.policy_version,
            target_s: i64::from(held.terms.target_s),
            due_at: due(&era.state),
            breached_at: era.state.breached_at.map(Ts::from),
            until: era.until.map(Ts::from),
        })
        .collect();
    Ok(ClockView {
        id,
        promise,
        status: match state.status {
            Engine::NotStarted | Engine::Running => ClockStatus::Running,
            Engine::Paused => ClockStatus::Paused,
            Engine::Met => ClockStatus::Met,
            Engine::Overdue | Engine::Missed => ClockStatus::Missed,
            Engine::Cancelled => ClockStatus::Stopped,
        },
        calendar_name: Both::new(spec.name.zh_cn.clone(), spec.name.en.clone().unwrap_or_default()),
        working_time: spec.holidays == HolidayRule::Observe || spec.hours.open_min() < 7 * 1440,
        started_at,
        due_at: due(&state),
        remaining_s: target_s - elapsed_s,
        elapsed_s,
        target_s,
        paused_reason: state.paused_by.iter().next(),
        paused_until: state.paused_until.map(Ts::from),
        stopped_at: state.stopped_at.map(Ts::from),
        breached_at: state.breached_at.map(Ts::from),
        provisional: !state.certainty.is_published(),
        severity: held.severity,
        policy_version: held.policy_version,
        history,
    })
}
