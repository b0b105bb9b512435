//! Many clocks at once: another desk's history, a new holiday list, the proof of invariant 8.

use kit::{Cx, Failure, Ts, Tx};
use serde_json::json;
use service_calendar::{ClockEvent, ClockEventKind, ClockTermsSpec, replay_tolerant};

use super::model::{ClockId, ClockMismatch, ClockStart, ClockStatus};
use super::store::{self, HeldTerms, StoredClock, StoredEvent};
use super::{alerts, derive, new_clock, tell, terms_of};
use crate::actions::establish;
use crate::book::Book;
use crate::errors::PolicyError;
use crate::model::Severity;

/// A clock of another desk's history, with what happened to it.
#[derive(Clone, Debug)]
pub struct ClockHistory {
    /// The clock.
    pub start: ClockStart,
    /// Pauses, resumes, stops in any order; what makes no sense is left out and counted.
    pub events: Vec<ClockEvent>,
    /// For each retarget among the events, in their order: the severity and terms that hold from there. A retarget
    /// without terms is left out.
    pub retargets: Vec<(Severity, ClockTermsSpec)>,
}

/// Brings in clocks with their history in few statements; nothing is announced. Returns, in the same order, the id and
/// outcome of each (none if nothing is promised) and how many events were left out.
///
/// # Errors
/// `policy_version_unknown`, `clock_outside_calendar`.
pub async fn import(
    tx: &mut Tx,
    cx: &Cx,
    histories: Vec<ClockHistory>,
) -> Result<(Vec<Option<(ClockId, ClockStatus)>>, u32), Failure> {
    establish(tx, cx).await?;
    let book = Book::open(tx).await?;
    let (mut rows, mut results, mut left_out) = (Vec::new(), Vec::new(), 0);
    for history in histories {
        let at = history.start.at;
        let Some(held) = terms_of(&book, &history.start, at)? else {
            results.push(None);
            continue;
        };
        let terms = book.bind(held.policy_version, &held.terms)?;
        let policy_version = held.policy_version;
        let mut clock = new_clock(cx, &history.start, at, held);
        clock.quiet = true;
        let mut events = history.events;
        events.sort_by_key(|e| e.at);
        // One by one, so that only what makes sense is stored and the strict replay reads it for ever.
        let mut list: Vec<ClockEvent> = vec![ClockEvent::start(at.timestamp())];
        let mut retargets = history.retargets.into_iter();
        for event in events {
            let retarget = matches!(event.kind, ClockEventKind::Retarget { .. });
            let held = match retarget.then(|| retargets.next()) {
                None => None,
                Some(Some((severity, terms))) => {
                    book.bind(policy_version, &terms)?;
                    Some(HeldTerms { terms, severity, policy_version })
                }
                Some(None) => {
                    left_out += 1;
                    continue;
                }
            };
            list.push(event);
            let tried = replay_tolerant(&list, &terms, event.at.max(at.timestamp()))
                .map_err(derive::clock_failure)?;
            if tried.ignored.total() > 0 || tried.ignored.reordered > 0 {
                list.pop();
                left_out += 1;
                continue;
            }
            let step = clock.events.iter().map(|e| e.step).max().unwrap_or(0) + 1;
            clock.events.push(StoredEvent { step, event, held });
        }
        let cached = derive::cached(&book, &clock.events)?;
        let status = derive::view(&book, &clock, cx.now)?.status;
        results.push(Some((clock.id, status)));
        rows.push((clock, cached));
    }
    store::insert(tx, cx, &rows).await?;
    Ok((results, left_out))
}

/// Derives again what a year's holiday list can touch (decision 12), with an event for each clock that changed. Returns how
/// many changed.
///
/// # Errors
/// As the database says.
pub async fn recompute_provisional(tx: &mut Tx, cx: &Cx, year: i16) -> Result<u64, Failure> {
    let book = Book::open(tx).await?;
    // With the last week of the year before (whose days the list may name) and a day for zones.
    let day = |y: i16, m: i8, d: i8| {
        jiff::civil::date(y, m, d).to_zoned(jiff::tz::TimeZone::UTC).map(|z| Ts::from(z.timestamp()))
    };
    let outside = |_| Failure::from(PolicyError::OutsideCalendar);
    let touched = (day(year - 1, 12, 25).map_err(outside)?, day(year + 1, 1, 2).map_err(outside)?);
    let (mut after, mut changed) = (String::new(), 0);
    loop {
        let clocks = store::page(tx, &after, Some(touched)).await?;
        let Some(last) = clocks.last() else { return Ok(changed) };
        after = last.id.to_string();
        for clock in clocks {
            let differs = |clock: &StoredClock, cached: &store::Cached| {
                cached.due_at != clock.due_at
                    || cached.outcome != clock.outcome.as_deref()
                    || cached.provisional != clock.provisional
            };
            if !differs(&clock, &derive::cached(&book, &clock.events)?) {
                continue;
            }
            // Read again under its lock: something may have happened to it since the page was read.
            let Some(mut clock) = store::clock(tx, clock.id).await? else { continue };
            let cached = derive::cached(&book, &clock.events)?;
            if !differs(&clock, &cached) {
                continue;
            }
            changed += 1;
            store::cache(tx, clock.id, &cached).await?;
            let body = json!({
                "year": year, "due_before": clock.due_at, "due_at": cached.due_at, "outcome_before": clock.outcome,
                "outcome": cached.outcome, "provisional": cached.provisional
            });
            (clock.due_at, clock.stopped_at) = (cached.due_at, cached.stopped_at);
            tell(tx, cx, &clock, "clock.recalculated", body).await?;
            alerts::plan(tx, cx, &book, &clock).await?;
        }
    }
}

/// Recomputes every clock from its events and names those whose row says otherwise (invariant 8).
///
/// # Errors
/// As the database says.
pub async fn verify(tx: &mut Tx) -> Result<(u64, Vec<ClockMismatch>), Failure> {
    let book = Book::open(tx).await?;
    let (mut after, mut count, mut found) = (String::new(), 0, Vec::new());
    loop {
        let clocks = store::page(tx, &after, None).await?;
        let Some(last) = clocks.last() else { return Ok((count, found)) };
        after = last.id.to_string();
        for clock in clocks {
            count += 1;
            // Events that contradict each other are what this looks for, no reason to stop.
            let cached = match derive::cached(&book, &clock.events) {
                Ok(cached) => cached,
                Err(failure) => {
                    found.push(ClockMismatch {
                        clock_id: clock.id,
                        field: "state",
                        stored: clock.outcome.unwrap_or_else(|| "running".into()),
                        computed: format!("none: {failure}"),
                    });
                    continue;
                }
            };
            let text = |at: Option<Ts>| at.map_or_else(|| "—".to_owned(), |t| t.to_string());
            let start = derive::in_order(&clock.events).first().map(|e| Ts::from(e.event.at));
            for (field, stored, computed) in [
                ("started_at", text(Some(clock.started_at)), text(start)),
                ("due_at", text(clock.due_at), text(cached.due_at)),
                ("stopped_at", text(clock.stopped_at), text(cached.stopped_at)),
                (
                    "outcome",
                    clock.outcome.clone().unwrap_or_else(|| "—".into()),
                    cached.outcome.unwrap_or("—").to_owned(),
                ),
                ("provisional", clock.provisional.to_string(), cached.provisional.to_string()),
                ("course", clock.course.unwrap_or_else(|| cached.course.clone()), cached.course),
            ] {
                if stored != computed {
                    found.push(ClockMismatch { clock_id: clock.id, field, stored, computed });
                }
            }
        }
    }
}
