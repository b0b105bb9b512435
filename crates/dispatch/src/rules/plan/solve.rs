//! The optimiser's plan of an area, with moves that can be made one after the other.

use dispatch_optimiser::{Item, Iterations, Plan, Settings, Stop, check, solve as search};
use kit::Ts;
use organisation::EmployeeId;
use visits::Window;

use super::build::{AreaProblem, PlanJob};
use super::sec_up;
use super::warm::{self, Incumbent, WORTH};
use crate::model::plan::PlanFacts;

/// How much may be worked on a plan.
pub struct Budget<'a> {
    /// The used share of the time, 0 at the beginning and 1 or more when it is up.
    pub used: &'a dyn Fn() -> f64,
    /// Rounds of the search at most, for each job.
    pub rounds: u64,
    /// Seed of the search.
    pub seed: u64,
}

impl Budget<'_> {
    /// The search ends with this share of the time: the rest is for saying why.
    const SEARCH: f64 = 0.7;

    /// The share of the time by which reasons are to be found.
    pub(super) const REASONS: f64 = 0.95;
}

/// Rounds for any area, however small.
const LEAST_ROUNDS: u64 = 1_024;
/// How often visits that could only change places with each other are pinned and the search repeated.
const AGAIN: usize = 3;

/// Ends with the rounds, or with the time, whichever comes first.
struct Until<'a, 'b> {
    budget: &'a Budget<'b>,
    rounds: u64,
    /// Shares of the search's time, from and to.
    share: (f64, f64),
}

impl Stop for Until<'_, '_> {
    fn progress(&mut self, iterations: u64) -> f64 {
        let (from, to) = self.share;
        let time = ((self.budget.used)() / Budget::SEARCH - from) / (to - from).max(1e-9);
        (iterations as f64 / self.rounds as f64).max(time)
    }
}

/// A planned visit that changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) job: u32,
    /// Number in [`PlanFacts::visits`].
    pub(super) visit: usize,
    pub(super) from: EmployeeId,
    pub(super) to: EmployeeId,
    pub(super) before: Window,
    pub(super) after: Window,
}

impl Moved {
    /// Whether this one finds room only after `other` has moved.
    pub(super) fn needs(&self, other: &Self) -> bool {
        self.job != other.job && self.to == other.from && self.after.overlaps(&other.before)
    }
}

/// The window of a job that starts at a second: its own if it starts with it.
pub(super) fn window_of(facts: &PlanFacts, area: &AreaProblem, job: usize, start_s: i32) -> Window {
    let length_us = i64::from(area.problem.jobs[job].duration_s) * Ts::SECOND;
    let start = match area.jobs[job] {
        PlanJob::Visit(v, _) | PlanJob::Unmanned(v)
            if sec_up(area.origin, facts.visits[v].window.start) == start_s =>
        {
            facts.visits[v].window.start
        }
        _ => area.instant(start_s),
    };
    Window { start, end: start.plus(length_us) }
}

/// The visits that a plan gives to somebody else.
pub(super) fn moved(facts: &PlanFacts, area: &AreaProblem, plan: &Plan, starts: &[Vec<i32>]) -> Vec<Moved> {
    let person = |entry: usize| facts.engineers[area.entries[entry].engineer].engineer.id;
    let mut moved = Vec::new();
    for (entry, (items, starts)) in plan.routes.iter().zip(starts).enumerate() {
        for (item, start_s) in items.iter().zip(starts) {
            let Item::Job(job) = *item else { continue };
            let (PlanJob::Visit(visit, _) | PlanJob::Unmanned(visit)) = area.jobs[job as usize] else {
                continue;
            };
            let (from, to) = (facts.visits[visit].engineer_id, person(entry));
            if from != to {
                let after = window_of(facts, area, job as usize, *start_s);
                moved.push(Moved { job, visit, from, to, before: facts.visits[visit].window, after });
            }
        }
    }
    moved
}

/// The moves in an order in which each finds room.
///
/// # Errors
/// Those that wait for each other.
pub(super) fn in_order(mut waiting: Vec<Moved>) -> Result<Vec<Moved>, Vec<Moved>> {
    waiting.sort_by_key(|m| (m.after.start, m.job));
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let free = waiting.iter().position(|m| !waiting.iter().any(|other| m.needs(other)));
        match free {
            Some(n) => ordered.push(waiting.remove(n)),
            None => return Err(waiting),
        }
    }
    Ok(ordered)
}

/// The best plan found for an area within its `share` of the budget (from and to). It holds every planned visit, and its moves can
/// be made one after the other.
#[must_use]
pub fn solve(facts: &PlanFacts, area: &mut AreaProblem, budget: &Budget<'_>, share: (f64, f64)) -> Plan {
    solve_from(facts, area, budget, share, &Incumbent::default()).0
}

/// How a plan came of the one that was proposed before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GoneOn {
    /// What it costs less than the one before as far as that still holds, or than planning nothing where there was none.
    pub gain: i64,
    /// So many visits of the one before found no room any more.
    pub dropped: usize,
}

/// The same, going on from what was proposed last: it stays unless something is found that is worth the change.
pub(super) fn solve_from(
    facts: &PlanFacts,
    area: &mut AreaProblem,
    budget: &Budget<'_>,
    share: (f64, f64),
    incumbent: &Incumbent,
) -> (Plan, GoneOn) {
    let present = area.present();
    if area.jobs.is_empty() || area.entries.is_empty() {
        return (present, GoneOn::default());
    }
    let cost_of =
        |area: &AreaProblem, plan: &Plan| check(&area.problem, plan).map(|report| report.cost.total()).ok();
    let (laid, dropped) = incumbent.laid(facts, area);
    let proposed = laid.and_then(|plan| {
        let report = check(&area.problem, &plan).ok()?;
        in_order(moved(facts, area, &plan, &report.starts)).is_ok().then_some((plan, report.cost.total()))
    });
    let Some((proposed, cost)) = proposed else {
        let before = cost_of(area, &present);
        let found = found(facts, area, budget, share, present);
        let gain = before.zip(cost_of(area, &found)).map_or(0, |(before, after)| before - after);
        return (found, GoneOn { gain, dropped });
    };
    let asked: Vec<_> = area.problem.jobs.iter().map(|job| (job.pinned, job.preferred.clone())).collect();
    warm::lean(area, &proposed);
    let found = found(facts, area, budget, share, proposed.clone());
    // The price of another name is the search's alone: both are judged by what they cost.
    for (job, (_, preferred)) in area.problem.jobs.iter_mut().zip(&asked) {
        job.preferred.clone_from(preferred);
    }
    match cost_of(area, &found).map(|after| cost - after) {
        Some(gain) if gain >= WORTH => (found, GoneOn { gain, dropped }),
        _ => {
            for (job, (pinned, _)) in area.problem.jobs.iter_mut().zip(asked) {
                job.pinned = pinned;
            }
            (proposed, GoneOn { gain: 0, dropped })
        }
    }
}

/// The best plan that a search finds, `start` being the first one it looks at.
fn found(
    facts: &PlanFacts,
    area: &mut AreaProblem,
    budget: &Budget<'_>,
    share: (f64, f64),
    start: Plan,
) -> Plan {
    let present = area.present();
    let settings = Settings { seed: budget.seed, ..Settings::default() };
    let rounds = LEAST_ROUNDS + budget.rounds * area.jobs.len() as u64;
    for again in 0..AGAIN {
        let solved = if again == 0 {
            let stands = std::mem::replace(&mut area.problem.initial, start.routes.clone());
            let solved =
                search(&area.problem, &settings, &mut Until { budget, rounds, share }, &mut |_, _| {});
            area.problem.initial = stands;
            solved
        } else {
            search(&area.problem, &settings, &mut Iterations(LEAST_ROUNDS / 4), &mut |_, _| {})
        };
        let Ok(report) = check(&area.problem, &solved.plan) else { break };
        let dropped = |job: &u32| matches!(area.jobs[*job as usize], PlanJob::Visit(..));
        if report.left_out.iter().any(dropped) {
            break;
        }
        match in_order(moved(facts, area, &solved.plan, &report.starts)) {
            Ok(_) => return solved.plan,
            Err(circle) => {
                for m in circle {
                    pin(area, m.job);
                }
            }
        }
    }
    // Nobody changes hands.
    for job in 0..area.jobs.len() as u32 {
        pin(area, job);
    }
    let solved = search(&area.problem, &settings, &mut Iterations(LEAST_ROUNDS / 4), &mut |_, _| {});
    match check(&area.problem, &solved.plan) {
        Ok(report)
            if report.left_out.iter().all(|j| !matches!(area.jobs[*j as usize], PlanJob::Visit(..))) =>
        {
            solved.plan
        }
        _ => present,
    }
}

/// Adds what a plan of an area says of who goes where.
pub(super) fn outlined(facts: &PlanFacts, area: &AreaProblem, plan: &Plan, made: &mut super::Outline) {
    let Ok(report) = check(&area.problem, plan) else { return };
    made.cost += report.cost.total();
    for (entry, (items, starts)) in plan.routes.iter().zip(&report.starts).enumerate() {
        for (nth, (item, start_s)) in items.iter().zip(starts).enumerate() {
            let Item::Job(job) = *item else { continue };
            let PlanJob::Order(number) = area.jobs[job as usize] else { continue };
            let seen = super::reasons::Seen { job, entry, nth, start_s: *start_s };
            made.visits.push(super::Outlined {
                number,
                engineer_id: facts.engineers[area.entries[entry].engineer].engineer.id,
                window: window_of(facts, area, job as usize, *start_s),
                way_s: super::reasons::way_s(area, plan, seen),
            });
        }
    }
    // Circles were broken up when the plan was made.
    for moved in in_order(moved(facts, area, plan, &report.starts)).unwrap_or_default() {
        made.moves.push(super::Outlined {
            number: moved.visit,
            engineer_id: moved.to,
            window: moved.after,
            way_s: 0,
        });
    }
}

fn pin(area: &mut AreaProblem, job: u32) {
    // Only planned visits are published.
    let job = &mut area.problem.jobs[job as usize];
    job.pinned = job.pinned.or(job.published.map(|(entry, _)| entry));
}
