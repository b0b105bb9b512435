//! Clocks of the promises: started, paused, resumed, stopped and retargeted by commands, warned about once.
//!
//! The events are the truth; `due_at`, `outcome` and `provisional` on the row are for lists and are proved by
//! [`verify`] (invariant 8). Alerts are jobs; what was announced stands in `clock_alert`, so that each comes once, also after
//! a restart or on a second node.

mod alerts;
mod course;
mod derive;
mod many;
mod model;
mod store;

use std::collections::BTreeMap;

use kit::{ActorKind, Cx, Event, Failure, Ts, Tx};
use serde_json::json;
use service_calendar::ClockEventKind;
pub use service_calendar::{ClockEvent, ClockTermsSpec, PauseReason, RetargetCause, StopKind};

pub(crate) use alerts::{KIND as ALERT_JOB, fire, hold_for_alert};
pub use many::{ClockHistory, import, recompute_provisional, verify};
pub use model::{ClockEraView, ClockId, ClockMismatch, ClockStart, ClockStatus, ClockView};
use store::{HeldTerms, StoredClock, StoredEvent};

use crate::actions::establish;
use crate::book::Book;
use crate::errors::PolicyError;
use crate::model::{CalendarKey, Promise, RequestClass, Severity, Targets};
use crate::rules;

/// Starts a clock; `None` if the version promises nothing here.
///
/// # Errors
/// `clock_runs_already` if one of this promise runs for the subject; `policy_version_unknown`, `clock_outside_calendar`.
pub async fn start(tx: &mut Tx, cx: &Cx, input: ClockStart) -> Result<Option<ClockView>, Failure> {
    establish(tx, cx).await?;
    let book = Book::open(tx).await?;
    let at = input.at.min(cx.now);
    let Some(held) = terms_of(&book, &input, at)? else { return Ok(None) };
    if store::runs(tx, input.subject_type, &input.subject_id, input.promise).await? {
        return Err(PolicyError::ClockRuns { promise: input.promise.name().into() }.into());
    }
    let clock = new_clock(cx, &input, at, held);
    let cached = derive::cached(&book, &clock.events)?;
    let body = json!({ "due_at": cached.due_at, "severity": input.severity });
    store::insert(tx, cx, std::slice::from_ref(&(clock.clone(), cached))).await?;
    tell(tx, cx, &clock, "clock.started", body).await?;
    alerts::plan(tx, cx, &book, &clock).await?;
    Ok(Some(derive::view(&book, &clock, cx.now)?))
}

/// [`start`] will be called soon ([`Tx::ahead`]).
pub fn start_ahead(tx: &mut Tx, subject_type: &str, subject_id: &str, promise: Promise) {
    Book::ahead(tx);
    store::runs_ahead(tx, subject_type, subject_id, promise);
}

fn terms_of(book: &Book, input: &ClockStart, at: Ts) -> Result<Option<HeldTerms>, Failure> {
    let policy = book.version(input.policy_version)?;
    let terms = match (&input.terms, rules::working_days(&policy.content, input.promise)) {
        (Some(terms), _) => Some(terms.clone()),
        (None, Some(days)) => {
            let calendar = book.calendar(policy.version, CalendarKey::FiveByEight)?;
            Some(rules::day_terms(&policy.content, days, at, &calendar, book.holidays())?)
        }
        (None, None) => rules::terms(&policy.content, input.promise, input.class, input.severity),
    };
    Ok(terms.map(|terms| HeldTerms { terms, severity: input.severity, policy_version: policy.version }))
}

fn new_clock(cx: &Cx, input: &ClockStart, at: Ts, held: HeldTerms) -> StoredClock {
    StoredClock {
        id: cx.new_id(),
        subject_type: input.subject_type.to_owned(),
        subject_id: input.subject_id.clone(),
        thread_id: input.thread_id.clone(),
        unit_id: input.unit_id.clone(),
        division_code: input.division_code.clone(),
        customer_id: input.customer_id.clone(),
        promise: input.promise,
        started_at: at,
        stopped_at: None,
        due_at: None,
        outcome: None,
        provisional: false,
        quiet: cx.actor.kind == ActorKind::Import,
        course: None,
        events: vec![StoredEvent { step: 0, event: ClockEvent::start(at.timestamp()), held: Some(held) }],
    }
}

/// Pauses every running clock of a subject for a reason, up to `until` if that is known. Which clocks honour the reason is
/// up to their terms (decision 10); the others note it and run on, so that both results can be reported.
///
/// A pause for a reason that pauses already replaces it (the window moved again).
///
/// # Errors
/// As the database says.
pub async fn pause(
    tx: &mut Tx,
    cx: &Cx,
    subject_type: &str,
    subject_id: &str,
    reason: PauseReason,
    until: Option<Ts>,
    at: Ts,
) -> Result<Vec<ClockView>, Failure> {
    let book = Book::open(tx).await?;
    let mut views = Vec::new();
    for clock in store::open_of(tx, subject_type, subject_id).await? {
        let at = not_before(&clock, at.min(cx.now));
        let until = until.filter(|u| *u > at);
        let mut kinds = Vec::new();
        match pausing(&clock, reason, at) {
            Some(same) if same == until => {}
            Some(_) => kinds.push(ClockEventKind::Resume { reason }),
            None => {}
        }
        if pausing(&clock, reason, at) != Some(until) {
            kinds.push(ClockEventKind::Pause { reason, until: until.map(|u| u.timestamp()) });
        }
        let body = json!({ "reason": reason, "until": until });
        views.push(happen(tx, cx, &book, clock, at, &kinds, None, "clock.paused", body).await?);
    }
    Ok(views)
}

/// Ends a reason to pause on every running clock of a subject.
///
/// # Errors
/// As the database says.
pub async fn resume(
    tx: &mut Tx,
    cx: &Cx,
    subject_type: &str,
    subject_id: &str,
    reason: PauseReason,
    at: Ts,
) -> Result<Vec<ClockView>, Failure> {
    let book = Book::open(tx).await?;
    let mut views = Vec::new();
    for clock in store::open_of(tx, subject_type, subject_id).await? {
        let at = not_before(&clock, at.min(cx.now));
        let kinds: &[_] =
            if pausing(&clock, reason, at).is_some() { &[ClockEventKind::Resume { reason }] } else { &[] };
        let body = json!({ "reason": reason });
        views.push(happen(tx, cx, &book, clock, at, kinds, None, "clock.resumed", body).await?);
    }
    Ok(views)
}

/// Stops a subject's clock of one promise at `at`, which may lie back (an arrival told late by a phone); `None` if none runs.
///
/// # Errors
/// As the database says.
pub async fn stop(
    tx: &mut Tx,
    cx: &Cx,
    subject_type: &str,
    subject_id: &str,
    promise: Promise,
    outcome: StopKind,
    at: Ts,
) -> Result<Option<ClockView>, Failure> {
    let open = store::open_of(tx, subject_type, subject_id).await?;
    match open.into_iter().find(|c| c.promise == promise) {
        None => Ok(None),
        Some(clock) => Ok(Some(stop_one(tx, cx, clock, outcome, at).await?)),
    }
}

/// Stops every running clock of a subject: the case was withdrawn, merged or closed.
///
/// # Errors
/// As the database says.
pub async fn stop_all(
    tx: &mut Tx,
    cx: &Cx,
    subject_type: &str,
    subject_id: &str,
    outcome: StopKind,
    at: Ts,
) -> Result<Vec<ClockView>, Failure> {
    let mut views = Vec::new();
    for clock in store::open_of(tx, subject_type, subject_id).await? {
        views.push(stop_one(tx, cx, clock, outcome, at).await?);
    }
    Ok(views)
}

async fn stop_one(
    tx: &mut Tx,
    cx: &Cx,
    clock: StoredClock,
    outcome: StopKind,
    at: Ts,
) -> Result<ClockView, Failure> {
    let book = Book::open(tx).await?;
    let at = at.min(cx.now).max(clock.started_at);
    let kinds = [ClockEventKind::Stop { outcome }];
    happen(tx, cx, &book, clock, at, &kinds, None, "clock.stopped", json!({})).await
}

/// Other terms for the running clocks of a subject, counted from the same start; the old ones stay in history (P45).
#[derive(Clone, Copy, Debug)]
pub struct Retarget {
    /// The severity from now on.
    pub severity: Severity,
    /// What was asked for.
    pub class: RequestClass,
    /// The version whose terms hold.
    pub policy_version: i64,
    /// Targets other than the version's, e.g. of an agreement (P29).
    pub targets: Option<Targets>,
    /// Why.
    pub cause: RetargetCause,
    /// When.
    pub at: Ts,
}

/// Gives the running clocks of a subject other terms. A clock whose promise the new terms don't know is withdrawn.
///
/// # Errors
/// `policy_version_unknown`.
pub async fn retarget(
    tx: &mut Tx,
    cx: &Cx,
    subject_type: &str,
    subject_id: &str,
    change: Retarget,
) -> Result<Vec<ClockView>, Failure> {
    let book = Book::open(tx).await?;
    let policy = book.version(change.policy_version)?;
    let mut views = Vec::new();
    for clock in store::open_of(tx, subject_type, subject_id).await? {
        if !matches!(clock.promise, Promise::Respond | Promise::Arrive | Promise::Restore) {
            continue;
        }
        let at = not_before(&clock, change.at.min(cx.now));
        let targets = change.targets.as_ref().unwrap_or(&policy.content.targets);
        let terms = rules::terms_by(&policy.content, targets, clock.promise, change.class, change.severity);
        let Some(terms) = terms else {
            let kinds = [ClockEventKind::Stop { outcome: StopKind::Withdrawn }];
            views.push(happen(tx, cx, &book, clock, at, &kinds, None, "clock.stopped", json!({})).await?);
            continue;
        };
        let held = HeldTerms { terms, severity: change.severity, policy_version: policy.version };
        let same = clock.events.iter().rev().find_map(|e| e.held.as_ref()) == Some(&held);
        let kind = ClockEventKind::Retarget { cause: change.cause };
        let kinds: &[_] = if same { &[] } else { &[kind] };
        let body = json!({ "severity": change.severity, "cause": change.cause, "due_before": clock.due_at });
        views.push(happen(tx, cx, &book, clock, at, kinds, Some(held), "clock.retargeted", body).await?);
    }
    Ok(views)
}

// Appends what happened, stores what lists read, tells the timeline, plans the alerts anew.
#[allow(clippy::too_many_arguments)] // one step of a clock, in one place
async fn happen(
    tx: &mut Tx,
    cx: &Cx,
    book: &Book,
    mut clock: StoredClock,
    at: Ts,
    kinds: &[ClockEventKind],
    held: Option<HeldTerms>,
    told_as: &'static str,
    mut body: serde_json::Value,
) -> Result<ClockView, Failure> {
    if kinds.is_empty() {
        return derive::view(book, &clock, cx.now);
    }
    let next = clock.events.iter().map(|e| e.step).max().unwrap_or(-1) + 1;
    let new: Vec<StoredEvent> = kinds
        .iter()
        .zip(next..)
        .map(|(kind, step)| {
            let held = if matches!(kind, ClockEventKind::Retarget { .. }) { held.clone() } else { None };
            StoredEvent { step, event: ClockEvent { at: at.timestamp(), kind: *kind }, held }
        })
        .collect();
    clock.events.extend(new.iter().cloned());
    let cached = derive::cached(book, &clock.events)?;
    store::append(tx, cx, clock.id, &new, &cached).await?;
    if let Some(fields) = body.as_object_mut() {
        fields.insert("due_at".into(), json!(cached.due_at));
        fields.insert("outcome".into(), json!(cached.outcome));
    }
    (clock.stopped_at, clock.due_at) = (cached.stopped_at, cached.due_at);
    tell(tx, cx, &clock, told_as, body).await?;
    alerts::plan(tx, cx, book, &clock).await?;
    derive::view(book, &clock, cx.now)
}

async fn tell(
    tx: &mut Tx,
    cx: &Cx,
    clock: &StoredClock,
    kind: &'static str,
    mut body: serde_json::Value,
) -> Result<(), Failure> {
    if let Some(fields) = body.as_object_mut() {
        fields.insert("promise".into(), json!(clock.promise));
        fields.insert("subject_type".into(), json!(clock.subject_type));
        fields.insert("subject_id".into(), json!(clock.subject_id));
    }
    let mut event = Event::new(kind, "clock", clock.id).thread(&clock.thread_id).body(&body);
    if let Some(unit) = &clock.unit_id {
        event = event.unit(unit);
    }
    if let Some(customer) = &clock.customer_id {
        event = event.customer(customer);
    }
    Ok(kit::events::append(tx, cx, event).await?)
}

/// Until when a subject's running clock of one promise rests for `reason`; `None` if it doesn't, or nobody knows.
///
/// # Errors
/// As the database says.
pub async fn rests_until(
    tx: &mut Tx,
    subject_type: &str,
    subject_id: &str,
    promise: Promise,
    reason: PauseReason,
    at: Ts,
) -> Result<Option<Ts>, Failure> {
    let open = store::open_of(tx, subject_type, subject_id).await?;
    Ok(open.iter().find(|c| c.promise == promise).and_then(|c| pausing(c, reason, at)).flatten())
}

// Only a stop may lie back in time; everything else follows what is stored.
fn not_before(clock: &StoredClock, at: Ts) -> Ts {
    clock.events.iter().map(|e| Ts::from(e.event.at)).fold(at, Ts::max)
}

// Until when a reason pauses at `at`: `None` if it doesn't, `Some(None)` if nobody knows.
fn pausing(clock: &StoredClock, reason: PauseReason, at: Ts) -> Option<Option<Ts>> {
    let mut pausing = None;
    for e in derive::in_order(&clock.events) {
        match e.event.kind {
            ClockEventKind::Pause { reason: r, until } if r == reason => pausing = Some(until.map(Ts::from)),
            ClockEventKind::Resume { reason: r } if r == reason => pausing = None,
            _ => {}
        }
    }
    pausing.filter(|until| until.is_none_or(|u| u > at))
}

/// The clocks of one subject, oldest first.
///
/// # Errors
/// As the database says.
pub async fn states(
    tx: &mut Tx,
    subject_type: &str,
    subject_id: &str,
    now: Ts,
) -> Result<Vec<ClockView>, Failure> {
    let ids = [subject_id.to_owned()];
    Ok(states_for(tx, subject_type, &ids, now).await?.remove(subject_id).unwrap_or_default())
}

/// The clocks of many subjects of one type, by subject, in one query (and one small one for the policy).
///
/// # Errors
/// As the database says.
pub async fn states_for(
    tx: &mut Tx,
    subject_type: &str,
    subject_ids: &[String],
    now: Ts,
) -> Result<BTreeMap<String, Vec<ClockView>>, Failure> {
    let mut views: BTreeMap<String, Vec<ClockView>> = BTreeMap::new();
    if subject_ids.is_empty() {
        return Ok(views);
    }
    let book = Book::open(tx).await?;
    for clock in store::of_subjects(tx, subject_type, subject_ids).await? {
        let view = derive::shown(&book, &clock, now)?;
        views.entry(clock.subject_id).or_default().push(view);
    }
    Ok(views)
}

/// When a promise made now with `targets` would fall due, without starting a clock: what the agent reads out (1.2). `None` if
/// nothing is promised.
///
/// # Errors
/// `policy_version_unknown`, `clock_outside_calendar`.
pub fn foresee(
    book: &Book,
    version: i64,
    targets: &Targets,
    promise: Promise,
    class: RequestClass,
    severity: Severity,
    at: Ts,
) -> Result<Option<Foreseen>, Failure> {
    let policy = book.version(version)?;
    let terms = match rules::working_days(&policy.content, promise) {
        Some(days) => {
            let calendar = book.calendar(version, CalendarKey::FiveByEight)?;
            Some(rules::day_terms(&policy.content, days, at, &calendar, book.holidays())?)
        }
        None => rules::terms_by(&policy.content, targets, promise, class, severity),
    };
    let Some(terms) = terms else { return Ok(None) };
    let key: CalendarKey = terms.calendar.parse().unwrap_or(CalendarKey::RoundTheClock);
    let due = book
        .calendar(version, key)?
        .due_at(at.timestamp(), i64::from(terms.target_s) * Ts::SECOND)
        .map_err(|_| PolicyError::OutsideCalendar)?;
    Ok(Some(Foreseen {
        due_at: due.value.into(),
        target_s: i64::from(terms.target_s),
        calendar: key,
        provisional: !due.certainty.is_published(),
    }))
}

/// A promise worked out ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Foreseen {
    /// The due instant, itself in time.
    pub due_at: Ts,
    /// Seconds promised.
    pub target_s: i64,
    /// Whose time counts.
    pub calendar: CalendarKey,
    /// Leans on a year whose holidays aren't published yet.
    pub provisional: bool,
}
