//! Who is fastest: engineers who would be at a work order sooner than anybody with a gap, if visits of theirs went to others.
//!
//! Each is tried by themselves: the order is theirs, every second until it begins costs as at a major fault, their own visits may
//! go to others in their windows, and nobody else's visits move. What a move costs keeps visits where little time is won.

use dispatch_optimiser::{Item, Plan, Priority, check};
use kit::Ts;
use visits::WorkOrderId;

use super::answer::{a_move, a_proposal};
use super::build::{AreaProblem, PlanJob, first_area, off};
use super::reasons::Seen;
use super::solve::{Budget, Moved, in_order, moved, window_of};
use super::{TooLarge, sec_down};
use crate::model::plan::{PlanFacts, Quicker};
use crate::rules::travel::TravelTimes;

/// So many engineers are tried at most, the nearest in time first.
const TRIED: usize = 6;
/// So many are named at most.
const NAMED: usize = 3;
/// Less than this many seconds are not worth moving anybody's visit.
const WORTH_S: i32 = 300;
/// What a second until the arrival costs, as at major faults.
const WAITING_WEIGHT: i64 = 10;

/// Who would be at `order` sooner than at `before` (the soonest without any move; none if nobody could) by moves alone, the soonest
/// first.
///
/// # Errors
/// [`TooLarge`], as [`super::plan_of`].
pub fn quicker(
    facts: &PlanFacts,
    travel: &dyn TravelTimes,
    (order, before): (WorkOrderId, Option<Ts>),
    budget: &Budget<'_>,
) -> Result<Vec<Quicker>, TooLarge> {
    let mut facts = facts.clone();
    facts.orders.retain(|o| o.id == order);
    // What has nobody to come is a matter of the whole plan.
    let PlanFacts { now, engineers, visits, .. } = &mut facts;
    visits.retain(|v| engineers.iter().all(|e| e.engineer.id != v.engineer_id || !off(&e.engineer, v, *now)));
    let Some(mut area) = first_area(&facts, travel)? else { return Ok(Vec::new()) };
    let Some(job) = area.jobs.iter().position(|j| matches!(j, PlanJob::Order(_))) else {
        return Ok(Vec::new());
    };
    let area = &mut area;
    let limit_s = before.map_or(i32::MAX, |at| sec_down(area.origin, at) - WORTH_S);
    let candidates = candidates(area, job, limit_s);
    let (jobs, many) = (area.problem.jobs.clone(), candidates.len() as f64);
    let mut found = Vec::new();
    for (n, (_, entry)) in candidates.into_iter().enumerate() {
        area.problem.jobs.clone_from(&jobs);
        ask(area, job, entry, limit_s);
        let share = (n as f64 / many, (n + 1) as f64 / many);
        let plan = super::solve(&facts, area, budget, share);
        found.extend(told(&facts, area, &plan, (job, &jobs[job])));
    }
    found.sort_by_key(|q: &Quicker| (q.visit.chosen.arrive_at, q.moves.len(), q.visit.chosen.engineer_id));
    found.truncate(NAMED);
    Ok(found)
}

// Who could be there in time if they had nothing else to do, the nearest in time first, everybody once.
fn candidates(area: &AreaProblem, job: usize, limit_s: i32) -> Vec<(i32, usize)> {
    let problem = &area.problem;
    let to = &problem.jobs[job];
    let opens_s = to.windows.iter().map(|w| w.open_s).min().unwrap_or(0);
    let mut all: Vec<(i32, usize)> = (0..area.entries.len())
        .filter(|entry| problem.eligible(*entry, job))
        .map(|entry| {
            let engineer = &problem.engineers[entry];
            let way_s = problem.travel.seconds(engineer.start, to.location);
            (opens_s.max(engineer.from_s.max(0) + way_s), entry)
        })
        .filter(|(at_s, _)| *at_s <= limit_s)
        .collect();
    all.sort_unstable();
    let mut seen = Vec::new();
    all.retain(|(_, entry)| {
        let engineer = area.entries[*entry].engineer;
        let new = !seen.contains(&engineer);
        seen.push(engineer);
        new
    });
    all.truncate(TRIED);
    all
}

// The order is theirs, before the limit; only their own visits may go to others.
fn ask(area: &mut AreaProblem, job: usize, entry: usize, limit_s: i32) {
    let person = area.entries[entry].engineer;
    for other in &mut area.problem.jobs {
        let at = other.published.map(|(row, _)| row);
        other.pinned = other.pinned.or(at.filter(|row| area.entries[*row as usize].engineer != person));
    }
    let asked = &mut area.problem.jobs[job];
    for window in &mut asked.windows {
        window.close_s = window.close_s.min(limit_s);
    }
    asked.windows.retain(|w| w.open_s <= w.close_s);
    asked.pinned = Some(entry as u32);
    asked.preferred = None;
    asked.priority = Priority::Major;
    asked.due_s = Some(0);
    asked.late_weight = WAITING_WEIGHT;
}

// Nothing if the order found no room, or if nothing moves for it. Reasons are those of the order as it was `meant`.
fn told(
    facts: &PlanFacts,
    area: &mut AreaProblem,
    plan: &Plan,
    (job, meant): (usize, &dispatch_optimiser::Job),
) -> Option<Quicker> {
    let report = check(&area.problem, plan).ok()?;
    if !report.left_out.is_empty() {
        return None;
    }
    area.problem.jobs[job].clone_from(meant);
    let area = &*area;
    let moves = in_order(moved(facts, area, plan, &report.starts)).ok()?;
    let at = |wanted: u32| {
        plan.routes.iter().zip(&report.starts).enumerate().find_map(|(entry, (items, starts))| {
            let nth = items.iter().position(|item| matches!(item, Item::Job(j) if *j == wanted))?;
            Some(Seen { job: wanted, entry, nth, start_s: starts[nth] })
        })
    };
    let seen = at(job as u32)?;
    if moves.is_empty() {
        return None;
    }
    let window = window_of(facts, area, job, seen.start_s);
    let needs = moves.iter().map(|m| facts.visits[m.visit].id).collect();
    let visit = a_proposal(facts, area, plan, (seen, window), false, needs);
    let first = |m: &Moved| {
        let before = moves.iter().filter(|other| m.needs(other));
        before.map(|other| facts.visits[other.visit].id).collect()
    };
    let moves = moves
        .iter()
        .map(|m| Some(a_move(facts, area, plan, (at(m.job)?, *m), true, first(m))))
        .collect::<Option<Vec<_>>>()?;
    Some(Quicker { visit, moves })
}
