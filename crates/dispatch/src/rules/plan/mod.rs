//! The plan of an area: live facts → a problem for the optimiser → proposals. Pure: the instant stands in the facts, the time
//! that is used up is told by whoever asks.
//!
//! What a plan may touch: work orders without a visit get one; a planned visit keeps its window and may at most go to somebody
//! else (or begin as late as the present plan already has it); what is under way, about to begin, or was put somewhere
//! against the rules by a person stays. Where whoever was to go is off, somebody else goes, in the window if anybody can. Areas are planned apart: units are of one area if work of one is also the other's.
//!
//! Units. Problems count whole seconds from [`AreaProblem::origin`], which is now rounded up to the minute. Ways are rounded up
//! to whole minutes, work to whole seconds; what must not be before an instant is rounded up, what must not be after it down.
//! Costs are seconds on the road: a second late costs 10 of them at major faults, 2 at normal ones, 1 at planned work; what
//! is left out costs a fixed price (200,000, 50,000, 20,000) on top of being late until the end of the plan.

mod answer;
mod area;
mod build;
mod day;
mod numbers;
mod places;
mod quicker;
mod reasons;
mod solve;
mod warm;
mod windows;

pub use build::{AreaProblem, Entry, PlanJob, areas};
pub use places::{needed, needed_around};
pub use quicker::quicker;
pub use solve::{Budget, GoneOn, solve};
pub use warm::Incumbent;
pub(crate) use warm::WORTH;
pub use windows::windows;

use kit::Ts;

use crate::model::plan::{DayPlan, PlanFacts};
use crate::rules::travel::TravelTimes;

/// How far behind the end of a plan it looks: what is done last must not make anybody late for what comes next.
pub(crate) const BEYOND_US: i64 = Ts::DAY;

/// Second `at` of a problem whose clock starts at `origin`, rounded up.
fn sec_up(origin: Ts, at: Ts) -> i32 {
    let micros = at.micros().saturating_sub(origin.micros());
    bounded(micros.div_euclid(Ts::SECOND) + i64::from(micros.rem_euclid(Ts::SECOND) > 0))
}

/// Second `at` of a problem whose clock starts at `origin`, rounded down.
fn sec_down(origin: Ts, at: Ts) -> i32 {
    bounded(at.micros().saturating_sub(origin.micros()).div_euclid(Ts::SECOND))
}

/// Years ahead or back are as far as never.
fn bounded(seconds: i64) -> i32 {
    const FAR_S: i64 = dispatch_optimiser::MOST_SECONDS / 2;
    seconds.clamp(-FAR_S, FAR_S) as i32
}

/// The plan of everything in `facts`: each area by itself, its share of the budget by its work.
///
/// # Errors
/// The places of the area that is too large to be planned at once.
pub fn plan_of(
    facts: &PlanFacts,
    travel: &dyn TravelTimes,
    budget: &Budget<'_>,
) -> Result<DayPlan, TooLarge> {
    plan_from(facts, travel, budget, &Incumbent::default())
}

/// The same, going on from what was proposed last.
///
/// # Errors
/// As [`plan_of`].
pub fn plan_from(
    facts: &PlanFacts,
    travel: &dyn TravelTimes,
    budget: &Budget<'_>,
    incumbent: &Incumbent,
) -> Result<DayPlan, TooLarge> {
    Ok(gone_on(facts, travel, budget, incumbent)?.0)
}

/// The same, and how it came of what was proposed last.
///
/// # Errors
/// As [`plan_of`].
pub fn gone_on(
    facts: &PlanFacts,
    travel: &dyn TravelTimes,
    budget: &Budget<'_>,
    incumbent: &Incumbent,
) -> Result<(DayPlan, GoneOn), TooLarge> {
    let mut areas = areas(facts, travel)?;
    let work: usize = areas.iter().map(|a| a.jobs.len() + 1).sum();
    let mut done = 0;
    let (mut plans, mut all) = (Vec::with_capacity(areas.len()), GoneOn::default());
    for area in &mut areas {
        let from = done as f64 / work as f64;
        done += area.jobs.len() + 1;
        let share = (from, done as f64 / work as f64);
        let (plan, one) = solve::solve_from(facts, area, budget, share, incumbent);
        all.gain += one.gain;
        all.dropped += one.dropped;
        plans.push(plan);
    }
    Ok((answer::answer(facts, &areas, &plans, budget), all))
}

/// The visits to which nobody will come, because whoever was to go is off.
pub(crate) fn unmanned(facts: &PlanFacts) -> impl Iterator<Item = &crate::model::plan::PlanVisit> {
    facts.visits.iter().filter(|visit| {
        let engineer = facts.engineers.iter().find(|e| e.engineer.id == visit.engineer_id);
        engineer.is_some_and(|e| build::off(&e.engineer, visit, facts.now))
    })
}

/// Stretches of work of an engineer that begin before the end of the facts.
pub(super) fn stretches_of(facts: &PlanFacts, engineer: usize) -> Vec<Entry> {
    build::stretches(facts, engineer)
}

/// A visit of an [`Outline`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlined {
    /// Number in [`PlanFacts::orders`] or, for a move, in [`PlanFacts::visits`].
    pub number: usize,
    /// Who goes.
    pub engineer_id: organisation::EmployeeId,
    /// From when to when.
    pub window: visits::Window,
    /// Seconds on the way there.
    pub way_s: i64,
}

/// A plan without its reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Orders that get a visit.
    pub visits: Vec<Outlined>,
    /// Planned visits that change hands, in an order in which they can.
    pub moves: Vec<Outlined>,
    /// What the plan costs, in seconds on the road.
    pub cost: i64,
}

/// The plan of everything in `facts` as [`plan_of`] makes it, without saying why.
///
/// # Errors
/// The places of the area that is too large to be planned at once.
pub fn outline(
    facts: &PlanFacts,
    travel: &dyn TravelTimes,
    budget: &Budget<'_>,
) -> Result<Outline, TooLarge> {
    let mut made = Outline::default();
    for area in &mut areas(facts, travel)? {
        let plan = solve(facts, area, budget, (0.0, 1.0));
        solve::outlined(facts, area, &plan, &mut made);
    }
    Ok(made)
}

/// An area of more places than are planned at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// Sites and bases of the area.
    pub places: usize,
}

/// Places of an area at most: a table of all ways between them is worked out at once.
pub const MOST_PLACES: usize = 1_500;

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod windows_tests;
