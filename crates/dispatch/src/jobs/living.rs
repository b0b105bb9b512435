//! Plans that go on by themselves: what happens marks the area of whom it concerns, one job per area looks at its plan, at once and then
//! in slices, and publishes another version where that is called for.
//!
//! A look takes a picture of the facts, searches on one processor, and publishes in a transaction of its own: whoever marks the area
//! meanwhile is seen when the look ends. The lease of the job is that of every job: what a killed node had under way another takes over,
//! from the version in the database.

use std::collections::{BTreeMap, BTreeSet};

use kit::events::StoredEvent;
use kit::jobs::{Job, Worker};
use kit::readers::Reader;
use kit::{App, Cx, Event, Failure, Ts, Tx};
use organisation::UnitId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::actions::living::{self as actions, ACTOR};
use crate::model::living::{Happened, PlanHindrance, PlanVersionState, PlanningMode};
use crate::roads::Roads;
use crate::rules::living as rules;
use crate::store;
use crate::store::living::{Latest, Living, NewVersion};

/// Looks at the plan of a unit; its key.
pub(crate) const JOB: &str = "living_plan";
/// How far such a plan reaches, as far as one that is asked for.
const AHEAD_US: i64 = Ts::DAY;
/// Looks at most after something happened, while each finds something better.
const SLICES: u64 = 6;
/// Between them the processor is everybody's.
const PAUSE_US: i64 = 2 * Ts::SECOND;
/// When the program's own commands were refused, somebody was faster: a moment later it looks at what they did.
const AGAIN_US: i64 = 5 * Ts::SECOND;
/// A version that is older than this is looked at again before anything of it happens by itself.
const FRESH_US: i64 = 2 * Ts::MINUTE;

pub(super) fn worker() -> Worker {
    Worker { kind: JOB, work: |app, job| Box::pin(work(app, job)) }
}

/// What changes who can go where.
pub(super) fn reader() -> Reader {
    Reader {
        name: "living_plan",
        kinds: &[
            "work_order.made",
            "work_order.moved",
            "work_order.cancelled",
            "visit.proposed",
            "visit.confirmed",
            "visit.dispatched",
            "visit.accepted",
            "visit.declined",
            "visit.reassigned",
            "visit.cancelled",
            "visit.locked",
            "visit.unlocked",
            "visit.departed",
            "visit.arrived",
            "visit.done",
            "visit.partly_done",
            "visit.no_access",
            "visit.broken_off",
            "visit.left",
            "visit.late_foreseen",
            "employee.employed",
            "employee.changed",
            "employee.absent",
            "employee.back",
            "on_call.changed",
            "case.severity_changed",
            "case.escalated",
            "case.escalation_returned",
            "clock.retargeted",
            "site.changed",
            "site.moved",
            "jurisdiction.moved",
            "unit.changed",
        ],
        read: |tx, cx, events| Box::pin(read(tx, cx, events)),
    }
}

async fn read(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    let areas = store::living::areas_of_units(tx).await?;
    if areas.is_empty() {
        return Ok(());
    }
    // What the plan did by itself is known to whoever did it.
    let events: Vec<&StoredEvent> = events.iter().filter(|event| event.actor_id != ACTOR).collect();
    let people = events.iter().flat_map(|event| people_of(event)).collect();
    let cases: BTreeSet<String> = events.iter().filter_map(|event| event.thread_id.clone()).collect();
    let (of_people, of_cases) = store::living::units_beside(tx, &people, &cases).await?;
    let mut marks: BTreeMap<UnitId, Happened> = BTreeMap::new();
    for event in events {
        let owner = event.unit_id.as_deref().and_then(|unit| unit.parse().ok());
        let before = event.body["before"]["unit_id"].as_str().and_then(|unit| unit.parse().ok());
        let second = event.thread_id.as_ref().and_then(|case| of_cases.get(case)).copied();
        let whose = people_of(event).filter_map(|id| of_people.get(&id).copied()).collect::<Vec<_>>();
        let units = [owner, before, second].into_iter().flatten().chain(whose);
        // What happened before the area was switched on was seen then.
        let since = units.filter_map(|unit| areas.get(&unit)).filter(|(_, since)| event.at >= *since);
        for area in since.map(|(area, _)| *area).collect::<BTreeSet<_>>() {
            marks.entry(area).or_default().and(&event.kind, &event.subject_type, &event.subject_id);
        }
    }
    for (unit, happened) in &marks {
        actions::mark(tx, cx, *unit, happened).await?;
    }
    Ok(())
}

// Whoever goes, or was to go.
fn people_of(event: &StoredEvent) -> impl Iterator<Item = String> + '_ {
    let of = |field: &'static str| event.body.get(field).and_then(Value::as_str).map(str::to_owned);
    ["engineer_id", "from_engineer_id"].into_iter().filter_map(of)
}

/// What a look is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    /// The so-manyth since something happened.
    slice: u64,
    /// Of this version, what may happen by itself is done.
    does: Option<i64>,
}

async fn work(app: App, job: Job) -> Result<(), Failure> {
    let Ok(unit) = job.key.parse::<UnitId>() else { return ended(&app, job).await };
    let step = job.data::<Option<Step>>()?.unwrap_or_default();
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let Some(area) = store::living::living(&mut tx, unit, false).await? else {
        return ended(&app, job).await;
    };
    let standing = store::living::latest(&mut tx, unit).await?;
    if let Some(number) = step.does
        && let Some(standing) = standing.as_ref().filter(|s| may_do(s, number, now))
        && area.mode != PlanningMode::Advise
    {
        drop(tx);
        return does(&app, job, unit, standing.clone()).await;
    }
    let actor = actions::planner_of(unit);
    let (facts, _) = store::plan::facts(&mut tx, &actor, Some(unit), (now, now.plus(AHEAD_US))).await?;
    drop(tx);
    let slice = if area.pending.kinds.is_empty() { step.slice } else { 0 };
    let roads = app.kept::<Roads>().unwrap_or_default();
    match actions::look(facts, &roads, standing.as_ref(), slice).await {
        Ok(look) => {
            let found = Found::of(look, &area, standing.as_ref(), slice);
            settle(&app, job, unit, (area, standing), found).await
        }
        Err(Failure::Refused(refusal)) if refusal.code == "plan_area_too_large" => {
            hindered(&app, job, unit, area).await
        }
        Err(failure) => Err(failure),
    }
}

fn may_do(standing: &Latest, number: i64, now: Ts) -> bool {
    standing.number == number
        && standing.state == PlanVersionState::Published
        && standing.made_at.plus(FRESH_US) >= now
}

async fn ended(app: &App, job: Job) -> Result<(), Failure> {
    job.run_inside(app, |_, _, _| Box::pin(async { Ok(()) })).await
}

/// What a look came to.
struct Found {
    /// Another version, with what it is for; none where the one that stands does.
    new: Option<NewVersion>,
    /// Whether the search found something better.
    better: bool,
    slice: u64,
    /// Whether there is any work to plan.
    anything: bool,
    /// When it is looked at again though nothing happens.
    stale_at: Option<Ts>,
}

impl Found {
    fn of(look: actions::Look, area: &Living, standing: Option<&Latest>, slice: u64) -> Self {
        let actions::Look { facts, plan, gone_on } = look;
        let content = rules::content(&facts, &plan, area.mode);
        let before = standing.map(|s| &s.content);
        let why = rules::why(before, &facts, &content, gone_on);
        let cost = plan.terms.iter().fold((0, 0), |sum, t| (sum.0 + t.cost_before, sum.1 + t.cost_after));
        let stale_at = rules::stale_at(&content, facts.now);
        let anything = stale_at.is_some() || !content.left_out.is_empty();
        let new = (!why.is_empty()).then(|| {
            let stood = before.map(|before| rules::remaining(before, &facts)).unwrap_or_default();
            NewVersion {
                number: standing.map_or(1, |s| s.number + 1),
                happened: area.pending.clone(),
                why,
                cost,
                changes: rules::changes(&stood, &content),
                content,
            }
        });
        Self { new, better: gone_on.gain > 0, slice, anything, stale_at }
    }
}

// Publishes what was found, and says when the next look is.
async fn settle(
    app: &App,
    job: Job,
    unit: UnitId,
    (area, standing): (Living, Option<Latest>),
    found: Found,
) -> Result<(), Failure> {
    job.run_holding(
        app,
        move |tx, _| Box::pin(hold(tx, unit)),
        move |tx, cx, _| {
            Box::pin(async move {
                // Switched off meanwhile.
                let Some(now_is) = store::living::living(tx, unit, true).await? else { return Ok(()) };
                let latest = store::living::latest(tx, unit).await?.map(|latest| latest.number);
                let same = now_is.mode == area.mode && latest == standing.as_ref().map(|s| s.number);
                let mut does = None;
                if let Some(new) = found.new.as_ref().filter(|_| same) {
                    publish(tx, cx, unit, new).await?;
                    does = rules::happens_by_itself(&new.content).then_some(new.number);
                }
                let more = now_is.marks != area.marks;
                let left = if more { now_is.pending.without(&area.pending) } else { Happened::default() };
                store::living::looked(tx, unit, &left, None).await?;
                let slice = found.slice;
                let next = if does.is_some() {
                    Some((cx.now, Step { slice, does }))
                } else if more || !same {
                    Some((cx.now, Step::default()))
                } else if slice + 1 < SLICES && (found.better || (slice == 0 && found.anything)) {
                    Some((cx.now.plus(PAUSE_US), Step { slice: slice + 1, does: None }))
                } else {
                    found.stale_at.map(|at| (at, Step::default()))
                };
                match next {
                    Some((at, step)) => again(tx, cx, unit, at, step).await,
                    None => Ok(()),
                }
            })
        },
    )
    .await
}

// Whoever marks the area takes its row first and the job's after it: so does whoever ends a look.
async fn hold(tx: &mut Tx, unit: UnitId) -> Result<(), Failure> {
    store::living::living(tx, unit, true).await?;
    Ok(())
}

async fn again(tx: &mut Tx, cx: &Cx, unit: UnitId, at: Ts, step: Step) -> Result<(), Failure> {
    kit::jobs::schedule(tx, cx, JOB, &unit.to_string(), at, &step).await
}

async fn publish(tx: &mut Tx, cx: &Cx, unit: UnitId, new: &NewVersion) -> Result<(), Failure> {
    store::living::publish(tx, unit, new, cx.now).await?;
    let body = json!({
        "number": new.number,
        "why": new.why,
        "kinds": new.happened.kinds,
        "proposals": new.content.visits.len(),
        "moves": new.content.moves.len(),
        "left_out": new.content.left_out.len(),
    });
    let event = Event::new("plan.published", "planning_area", unit).unit(unit).body(&body);
    Ok(kit::events::append(tx, cx, event).await?)
}

// An area that is too large waits for people to choose smaller ones.
async fn hindered(app: &App, job: Job, unit: UnitId, area: Living) -> Result<(), Failure> {
    job.run_holding(
        app,
        move |tx, _| Box::pin(hold(tx, unit)),
        move |tx, cx, _| {
            Box::pin(async move {
                let Some(now_is) = store::living::living(tx, unit, true).await? else { return Ok(()) };
                let more = now_is.marks != area.marks;
                let left = if more { now_is.pending.without(&area.pending) } else { Happened::default() };
                store::living::looked(tx, unit, &left, Some(PlanHindrance::TooLarge)).await?;
                if more { again(tx, cx, unit, cx.now, Step::default()).await } else { Ok(()) }
            })
        },
    )
    .await
}

// Does what may happen by itself of the version that was just published. Where a command is refused somebody was faster: the plan is
// looked at again.
async fn does(app: &App, job: Job, unit: UnitId, standing: Latest) -> Result<(), Failure> {
    let held = job.clone();
    let done = job.run_holding(
        app,
        move |tx, _| Box::pin(hold(tx, unit)),
        move |tx, cx, _| {
            Box::pin(async move {
                let Some(area) = store::living::living(tx, unit, true).await? else { return Ok(()) };
                let latest = store::living::latest(tx, unit).await?;
                let still = latest.is_some_and(|latest| may_do(&latest, standing.number, cx.now));
                if !still || area.mode == PlanningMode::Advise {
                    return again(tx, cx, unit, cx.now, Step::default()).await;
                }
                actions::do_by_itself(tx, cx, (unit, standing.number), &standing.content).await?;
                let at = if area.pending.kinds.is_empty() { cx.now.plus(PAUSE_US) } else { cx.now };
                again(tx, cx, unit, at, Step { slice: 1, does: None }).await
            })
        },
    );
    match done.await {
        Err(Failure::Refused(refusal)) if refusal.status < 500 => {
            tracing::info!(code = refusal.code, %unit, "somebody was faster than the plan");
            held.run_holding(
                app,
                move |tx, _| Box::pin(hold(tx, unit)),
                move |tx, cx, _| {
                    Box::pin(async move {
                        let told = store::living::living(tx, unit, true).await?;
                        let told = told.is_some_and(|area| !area.pending.kinds.is_empty());
                        let at = if told { cx.now } else { cx.now.plus(AGAIN_US) };
                        again(tx, cx, unit, at, Step::default()).await
                    })
                },
            )
            .await
        }
        done => done,
    }
}
