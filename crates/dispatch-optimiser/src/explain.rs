//! Why a plan is as it is: every answer is a difference of two checked plans, line by line of the objective.

use crate::checker::{Report, Rule, Violation, check};
use crate::cost::Cost;
use crate::plan::{Item, Plan};
use crate::problem::Problem;

/// What it means to give a job to an engineer, everything else staying where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Engineer entry.
    pub engineer: usize,
    /// When the job would start, seconds.
    pub start_s: i32,
    /// What the whole plan costs more than without the job, the price of leaving it out not counted.
    pub cost: Cost,
    /// The whole plan with the job there.
    pub plan: Plan,
}

/// Why an engineer can't take a job as the plan stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Pinned to another engineer entry.
    Pinned(u32),
    /// Skills he lacks, by number.
    Skills(Vec<u32>),
    /// The territory is not his.
    Territory(u32),
    /// Even with an empty day he is not there in time, or not back in time.
    Hours,
    /// Parts are neither in his van nor in a store he passes: (part, missing).
    Parts(Vec<(u32, i32)>),
    /// His other jobs leave no room.
    NoRoom,
    /// The job goes only together with another (crew, order), which is not with the plan this way.
    Tied(u32),
}

/// Why a served job is with its engineer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Where it is.
    pub chosen: Offer,
    /// The next best, at most as many as asked for, cheapest first.
    pub others: Vec<Offer>,
    /// Everyone else who can't.
    pub cannot: Vec<(usize, Obstacle)>,
}

/// Why a job is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What leaving it out costs.
    pub price: i64,
    /// The cheapest way to take it in as the plan stands, if there is one.
    pub cheapest: Option<Offer>,
    /// Everyone who can't.
    pub cannot: Vec<(usize, Obstacle)>,
}

/// A job that starts at another time after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The job.
    pub job: u32,
    /// Its start before, seconds.
    pub before_s: i32,
    /// Its start after, seconds.
    pub after_s: i32,
}

/// What happens when a plan is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The difference of the objective, line by line.
    pub cost: Cost,
    /// Jobs that start at another time or come in, in the engineers' order.
    pub slips: Vec<Slip>,
    /// Jobs in the plan only before.
    pub dropped: Vec<u32>,
}

fn place_of(plan: &Plan, job: u32) -> Option<(usize, usize)> {
    plan.routes
        .iter()
        .enumerate()
        .find_map(|(e, items)| items.iter().position(|i| *i == Item::Job(job)).map(|n| (e, n)))
}

/// The plan without a job; a day that becomes idle loses its breaks and stops.
#[must_use]
pub fn without(plan: &Plan, job: u32) -> Plan {
    let mut plan = plan.clone();
    if let Some((e, n)) = place_of(&plan, job) {
        plan.routes[e].remove(n);
        if !plan.routes[e].iter().any(|i| matches!(i, Item::Job(_))) {
            plan.routes[e].clear();
        }
    }
    plan
}

/// A job of its tie that makes it impossible to look at this one alone.
fn tie(problem: &Problem, plan: &Plan, job: u32) -> Option<u32> {
    let own = &problem.jobs[job as usize];
    let planned = |j: u32| place_of(plan, j).is_some();
    own.crew.or_else(|| own.after.iter().map(|(before, _)| *before).find(|&b| !planned(b))).or_else(|| {
        let waits = |k: &u32| problem.jobs[*k as usize].after.iter().any(|(before, _)| *before == job);
        (0..problem.jobs.len() as u32).filter(|&k| planned(k)).find(waits)
    })
}

/// Why an engineer can't, before any route is looked at.
fn unsuited(problem: &Problem, job: u32, engineer: usize) -> Option<Obstacle> {
    let (j, e) = (&problem.jobs[job as usize], &problem.engineers[engineer]);
    if let Some(only) = j.pinned {
        return (only as usize != engineer).then_some(Obstacle::Pinned(only));
    }
    let lacking: Vec<u32> = j.skills.iter().copied().filter(|s| e.skills.binary_search(s).is_err()).collect();
    if !lacking.is_empty() {
        return Some(Obstacle::Skills(lacking));
    }
    j.territory.filter(|t| e.territories.binary_search(t).is_err()).map(Obstacle::Territory)
}

/// The cheapest way for an engineer to take a job in addition to a plan that doesn't hold it.
///
/// # Errors
/// The [`Obstacle`] when he can't.
pub fn offer(problem: &Problem, base: &Plan, job: u32, engineer: usize) -> Result<Offer, Obstacle> {
    let without = check(problem, base).map_err(|_| Obstacle::NoRoom)?;
    offer_on(problem, base, &without, job, engineer)
}

fn offer_on(
    problem: &Problem,
    base: &Plan,
    without: &Report,
    job: u32,
    engineer: usize,
) -> Result<Offer, Obstacle> {
    if let Some(obstacle) = unsuited(problem, job, engineer) {
        return Err(obstacle);
    }
    if let Some(other) = tie(problem, base, job) {
        return Err(Obstacle::Tied(other));
    }
    let mut plan = base.clone();
    let idle = plan.routes[engineer].is_empty();
    if idle {
        let breaks = problem.engineers[engineer].due_breaks(problem.now_s);
        plan.routes[engineer] = breaks.map(|(k, _)| Item::Break(k)).collect();
    }
    let mut best: Option<Offer> = None;
    let mut rules: Vec<Rule> = Vec::new();
    for at in 0..=plan.routes[engineer].len() {
        plan.routes[engineer].insert(at, Item::Job(job));
        match check(problem, &plan) {
            Ok(report) => {
                let mut cost = report.cost.minus(&without.cost);
                unprice(problem, job, &mut cost);
                if best.as_ref().is_none_or(|b| cost.total() < b.cost.total()) {
                    let start_s = report.starts[engineer][at];
                    best = Some(Offer { engineer, start_s, cost, plan: plan.clone() });
                }
            }
            Err(Violation { rule, .. }) => rules.push(rule),
        }
        plan.routes[engineer].remove(at);
    }
    best.ok_or_else(|| {
        if rules.iter().all(|r| *r == Rule::Parts) {
            return Obstacle::Parts(missing(problem, base, job, engineer));
        }
        if idle { Obstacle::Hours } else { hours(problem, job, engineer) }
    })
}

/// Takes the price of leaving the job out, which the base plan paid, out of a difference.
fn unprice(problem: &Problem, job: u32, cost: &mut Cost) {
    use crate::cost::Term;
    let j = &problem.jobs[job as usize];
    cost.add(Term::LeftOut, 1, j.unserved_cost);
    if problem.mandatory_part(job as usize) > 0 {
        cost.add(Term::BrokenPromise, 1, problem.prices.mandatory_cost);
    }
    if j.published.is_some() {
        cost.add(Term::PlanChange, 1, problem.published_price(job as usize));
    }
}

/// Whether the day itself is too short, or only the other jobs are in the way.
fn hours(problem: &Problem, job: u32, engineer: usize) -> Obstacle {
    let mut alone = Plan::empty(problem.engineers.len());
    let breaks: Vec<Item> =
        problem.engineers[engineer].due_breaks(problem.now_s).map(|(k, _)| Item::Break(k)).collect();
    for at in 0..=breaks.len() {
        let mut items = breaks.clone();
        items.insert(at, Item::Job(job));
        alone.routes[engineer] = items;
        if !matches!(
            check(problem, &alone),
            Err(Violation { rule: Rule::Window | Rule::Shift | Rule::BreakTime, .. })
        ) {
            return Obstacle::NoRoom;
        }
    }
    Obstacle::Hours
}

fn missing(problem: &Problem, base: &Plan, job: u32, engineer: usize) -> Vec<(u32, i32)> {
    let van = problem.engineers[engineer].van;
    let mut left = problem.vans[van as usize].clone();
    for (items, _) in base.routes.iter().zip(&problem.engineers).filter(|(_, e)| e.van == van) {
        for item in items {
            if let Item::Job(j) = item {
                for &(part, count) in &problem.jobs[*j as usize].parts {
                    left[part as usize] -= count;
                }
            }
        }
    }
    let need = problem.jobs[job as usize].parts.iter();
    need.map(|&(part, count)| (part, count - left[part as usize].max(0)))
        .filter(|(_, short)| *short > 0)
        .collect()
}

fn offers(
    problem: &Problem,
    base: &Plan,
    job: u32,
    skip: Option<usize>,
) -> (Vec<Offer>, Vec<(usize, Obstacle)>) {
    let (mut offers, mut cannot) = (Vec::new(), Vec::new());
    let Ok(report) = check(problem, base) else {
        let all = (0..problem.engineers.len()).filter(|e| Some(*e) != skip);
        let why = tie(problem, base, job).map_or(Obstacle::NoRoom, Obstacle::Tied);
        return (offers, all.map(|e| (e, why.clone())).collect());
    };
    for e in (0..problem.engineers.len()).filter(|e| Some(*e) != skip) {
        match offer_on(problem, base, &report, job, e) {
            Ok(offer) => offers.push(offer),
            Err(obstacle) => cannot.push((e, obstacle)),
        }
    }
    offers.sort_by_key(|o| (o.cost.total(), o.engineer));
    (offers, cannot)
}

/// Why a job of the plan is with its engineer: his terms, those of the `next` best, and who can't.
///
/// # Errors
/// The violation when the plan doesn't hold; `None` inside when the job is left out.
pub fn why(problem: &Problem, plan: &Plan, job: u32, next: usize) -> Result<Option<Why>, Violation> {
    let now = check(problem, plan)?;
    let Some((engineer, n)) = place_of(plan, job) else { return Ok(None) };
    let base = without(plan, job);
    let mut cost = now.cost.clone();
    if let Ok(report) = check(problem, &base) {
        cost = now.cost.minus(&report.cost);
        unprice(problem, job, &mut cost);
    }
    let start_s = now.starts[engineer][n];
    let (mut others, cannot) = offers(problem, &base, job, Some(engineer));
    others.truncate(next);
    Ok(Some(Why { chosen: Offer { engineer, start_s, cost, plan: plan.clone() }, others, cannot }))
}

/// Why a job is left out; none when it is in the plan.
///
/// # Errors
/// The violation when the plan doesn't hold.
pub fn left_out(problem: &Problem, plan: &Plan, job: u32) -> Result<Option<LeftOut>, Violation> {
    check(problem, plan)?;
    if place_of(plan, job).is_some() {
        return Ok(None);
    }
    let (offers, cannot) = offers(problem, plan, job, None);
    let price = problem.left_out_cost(job as usize);
    Ok(Some(LeftOut { price, cheapest: offers.into_iter().next(), cannot }))
}

/// What changes from one plan to another: cost, starts, jobs dropped.
///
/// # Errors
/// The violation of the plan that doesn't hold.
pub fn effect(problem: &Problem, before: &Plan, after: &Plan) -> Result<Effect, Violation> {
    let (old, new) = (check(problem, before)?, check(problem, after)?);
    let starts = |plan: &Plan, report: &Report| {
        let mut starts = vec![None; problem.jobs.len()];
        for (items, times) in plan.routes.iter().zip(&report.starts) {
            for (item, time) in items.iter().zip(times) {
                if let Item::Job(j) = item {
                    starts[*j as usize] = Some(*time);
                }
            }
        }
        starts
    };
    let (was, is) = (starts(before, &old), starts(after, &new));
    let mut slips = Vec::new();
    for item in after.routes.iter().flatten() {
        if let Item::Job(j) = *item
            && let (Some(before_s), Some(after_s)) = (was[j as usize], is[j as usize])
            && before_s != after_s
        {
            slips.push(Slip { job: j, before_s, after_s });
        }
    }
    let dropped =
        (0..problem.jobs.len()).filter(|&j| was[j].is_some() && is[j].is_none()).map(|j| j as u32).collect();
    Ok(Effect { cost: new.cost.minus(&old.cost), slips, dropped })
}
