//! Why: each answer is a difference of two plans, as the optimiser explains it. Only the day of the engineer who is asked about
//! differs, so only that day is replayed.

use dispatch_optimiser::explain::{self, Obstacle, Offer};
use dispatch_optimiser::{Cost, Item, Plan, Problem, Term, Travel};
use kit::Ts;

use super::build::{AreaProblem, PlanJob};
use crate::model::plan::{PlanFacts, PlanOption};
use crate::model::{ProposalReason, ProposalReasonCode as Code};
use crate::rules::plain::{lasting, reason};

/// How many others are named beside whoever was chosen.
const OTHERS: usize = 3;

/// Where a job stands in a plan.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) job: u32,
    pub(super) entry: usize,
    pub(super) nth: usize,
    pub(super) start_s: i32,
}

/// One engineer's day as a problem of its own.
struct Day {
    problem: Problem,
    plan: Plan,
    /// The job asked about.
    job: u32,
}

/// The day in row `entry`, with `job` known, whether it is planned there or not.
fn day(area: &AreaProblem, plan: &Plan, entry: usize, job: u32) -> Day {
    let whole = &area.problem;
    let mut jobs: Vec<u32> = plan.routes[entry]
        .iter()
        .filter_map(|item| if let Item::Job(j) = item { Some(*j) } else { None })
        .collect();
    let planned = jobs.len();
    if !jobs.contains(&job) {
        jobs.push(job);
    }
    let engineer = &whole.engineers[entry];
    let mut places: Vec<u32> = vec![engineer.start, engineer.end];
    places.extend(jobs.iter().map(|j| whole.jobs[*j as usize].location));
    places.sort_unstable();
    places.dedup();
    let local = |place: u32| places.partition_point(|p| *p < place) as u32;
    let seconds =
        places.iter().flat_map(|a| places.iter().map(|b| whole.travel.seconds(*a, *b))).collect::<Vec<_>>();
    let here = |row: u32| if row as usize == entry { 0 } else { u32::MAX };
    let problem = Problem {
        name: String::new(),
        now_s: whole.now_s,
        travel: Travel::Matrix { side: places.len(), seconds },
        prices: whole.prices.clone(),
        engineers: vec![dispatch_optimiser::Engineer {
            start: local(engineer.start),
            end: local(engineer.end),
            van: 0,
            ..engineer.clone()
        }],
        people: Vec::new(),
        jobs: jobs
            .iter()
            .map(|j| {
                let job = &whole.jobs[*j as usize];
                dispatch_optimiser::Job {
                    location: local(job.location),
                    pinned: job.pinned.map(here),
                    published: job.published.map(|(row, start_s)| (here(row), start_s)),
                    ..job.clone()
                }
            })
            .collect(),
        stores: Vec::new(),
        parts: Vec::new(),
        skills: Vec::new(),
        territories: Vec::new(),
        vans: vec![Vec::new()],
        initial: Vec::new(),
    };
    let route = (0..planned as u32).map(Item::Job).collect();
    let job = jobs.iter().position(|j| *j == job).unwrap_or_default() as u32;
    Day { problem, plan: Plan { routes: vec![route] }, job }
}

/// Seconds on the way to a job from what comes before it.
pub(super) fn way_s(area: &AreaProblem, plan: &Plan, seen: Seen) -> i64 {
    let problem = &area.problem;
    let before = plan.routes[seen.entry][..seen.nth].iter().rev();
    let from = before
        .filter_map(|i| if let Item::Job(j) = i { Some(problem.jobs[*j as usize].location) } else { None })
        .next()
        .unwrap_or(problem.engineers[seen.entry].start);
    i64::from(problem.travel.seconds(from, problem.jobs[seen.job as usize].location))
}

/// An order that is no job of the plan.
pub(super) fn barred(why: Code) -> ProposalReason {
    reason(why, &[])
}

// Whoever was chosen for a job, by the difference that the job makes.
fn chosen(area: &AreaProblem, plan: &Plan, seen: Seen) -> Cost {
    let day = day(area, plan, seen.entry, seen.job);
    let why = explain::why(&day.problem, &day.plan, day.job, 0);
    why.ok().flatten().map(|w| w.chosen.cost).unwrap_or_default()
}

/// Who was chosen for an order, and the next best engineers if they are to be `compared`.
pub(super) fn proposed(
    facts: &PlanFacts,
    area: &AreaProblem,
    plan: &Plan,
    seen: Seen,
    compared: bool,
) -> (PlanOption, Vec<PlanOption>) {
    let own = area.entries[seen.entry].engineer;
    let mut best = option(facts, area, seen.job, seen.entry, seen.start_s, &chosen(area, plan, seen));
    if !compared {
        return (best, Vec::new());
    }
    let mut others: Vec<(usize, Offer)> = Vec::new();
    for (entry, at) in area.entries.iter().enumerate() {
        if at.engineer == own || !area.problem.eligible(entry, seen.job as usize) {
            continue;
        }
        let day = day(area, plan, entry, seen.job);
        if let Ok(offer) = explain::offer(&day.problem, &day.plan, day.job, 0) {
            others.push((entry, offer));
        }
    }
    others.sort_by_key(|(entry, offer)| (offer.cost.total(), *entry));
    let mut named = vec![own];
    // Of several days of one person the best counts.
    others.retain(|(entry, _)| {
        let engineer = area.entries[*entry].engineer;
        let new = !named.contains(&engineer);
        named.push(engineer);
        new
    });
    if others.is_empty() {
        best.reasons.push(reason(Code::OnlyOne, &[]));
    }
    let others = others
        .iter()
        .take(OTHERS)
        .map(|(entry, offer)| option(facts, area, seen.job, *entry, offer.start_s, &offer.cost))
        .collect();
    (best, others)
}

/// Who was chosen for a planned visit instead of `from`; `room`: others are planned where it stood.
pub(super) fn moved(
    facts: &PlanFacts,
    area: &AreaProblem,
    plan: &Plan,
    seen: Seen,
    from: &str,
    room: bool,
) -> PlanOption {
    let mut option = option(facts, area, seen.job, seen.entry, seen.start_s, &chosen(area, plan, seen));
    let job = &area.problem.jobs[seen.job as usize];
    let name = ("name", from.to_owned());
    let late_s = job.published.zip(job.due_s).map_or(0, |((_, start_s), due_s)| start_s - due_s);
    if let PlanJob::Unmanned(_) = area.jobs[seen.job as usize] {
        option.reasons.push(reason(Code::EngineerOff, &[name]));
    } else if late_s > 0 {
        option.reasons.push(lasting(Code::LateOtherwise, i64::from(late_s), &[name]));
    } else if room {
        option.reasons.push(reason(Code::MakesRoom, &[name]));
    }
    option
}

fn option(
    facts: &PlanFacts,
    area: &AreaProblem,
    job: u32,
    entry: usize,
    start_s: i32,
    cost: &Cost,
) -> PlanOption {
    let engineer = &facts.engineers[area.entries[entry].engineer].engineer;
    let order = area.order(facts, job as usize);
    let arrive_at = super::solve::window_of(facts, area, job as usize, start_s).start;
    let at = arrive_at.timestamp().to_zoned(engineer.zone.clone()).strftime("%m-%d %H:%M").to_string();
    let mut reasons = vec![reason(Code::Arrival, &[("at", at)])];
    let due_s = area.due_s(facts, job as usize);
    let over_s = due_s.map_or(0, |due_s| i64::from(start_s) - i64::from(due_s));
    // A wish is no promise: its end is kept if possible, and not spoken of.
    let promised = order.due_at.is_some() || area.problem.jobs[job as usize].promised;
    if promised {
        let code = if over_s > 0 { Code::Late } else { Code::Margin };
        reasons.push(lasting(code, over_s, &[]));
    }
    let detour_s = cost.line(Term::Travel).amount;
    reasons.push(match detour_s {
        ..60 => reason(Code::OnTheWay, &[]),
        _ => lasting(Code::Detour, detour_s, &[]),
    });
    let late = [Term::LateMajor, Term::LateNormal, Term::LatePlanned];
    let aimed_s = area.problem.jobs[job as usize].due_s;
    let own_s = aimed_s.map_or(0, |aimed_s| (i64::from(start_s) - i64::from(aimed_s)).max(0));
    let delays_s = late.iter().map(|t| cost.line(*t).amount).sum::<i64>() - own_s;
    if delays_s >= 60 {
        reasons.push(lasting(Code::Delays, delays_s, &[]));
    }
    if let Some(skill) = &order.skill {
        let level = engineer.skill_level(skill).to_string();
        reasons.push(reason(Code::Skill, &[("skill", skill.clone()), ("level", level)]));
    }
    if order.last_engineer == Some(engineer.id) {
        reasons.push(reason(Code::SameEngineer, &[]));
    }
    PlanOption {
        engineer_id: engineer.id,
        name: engineer.name.clone(),
        badge_number: engineer.badge_number.clone(),
        arrive_at,
        late_s: if promised { over_s.max(0) } else { 0 },
        detour_s,
        cost: cost.total(),
        reasons,
    }
}

/// Why nobody goes to an order: the obstacle that is nearest to being none. Unless they are to be `compared`, the days of those who
/// could go are not looked at one by one. Whoever was to go and is off is named first.
pub(super) fn left_out(
    facts: &PlanFacts,
    area: &AreaProblem,
    plan: &Plan,
    job: u32,
    compared: bool,
) -> Vec<ProposalReason> {
    let problem = &area.problem;
    let needs = &problem.jobs[job as usize];
    let regular = problem.skills.len() as u32 - 1;
    let (mut unskilled, mut too_late, mut full, mut dear) = (false, false, false, false);
    let mut unseen = false;
    for (entry, engineer) in problem.engineers.iter().enumerate() {
        if !problem.eligible(entry, job as usize) {
            let serves = needs.territory.is_none_or(|t| engineer.territories.contains(&t));
            let works = !needs.skills.contains(&regular) || engineer.skills.contains(&regular);
            unskilled |= serves && works;
            continue;
        }
        if !compared {
            unseen = true;
            continue;
        }
        let day = day(area, plan, entry, job);
        match explain::offer(&day.problem, &day.plan, day.job, 0) {
            Ok(_) => dear = true,
            Err(Obstacle::Hours) => too_late = true,
            Err(_) => full = true,
        }
    }
    let skill = area.order(facts, job as usize).skill.clone();
    let until: Ts = facts.until;
    let zone = facts.engineers.first().map(|e| e.engineer.zone.clone()).unwrap_or(jiff::tz::TimeZone::UTC);
    let until = until.timestamp().to_zoned(zone).strftime("%m-%d %H:%M").to_string();
    let mut reasons = Vec::with_capacity(2);
    if let PlanJob::Unmanned(v) = area.jobs[job as usize] {
        let off = facts.engineers.iter().find(|e| e.engineer.id == facts.visits[v].engineer_id);
        let name = off.map(|e| e.engineer.name.clone()).unwrap_or_default();
        reasons.push(reason(Code::EngineerOff, &[("name", name)]));
    }
    if let PlanJob::Order(n) = area.jobs[job as usize]
        && problem.jobs[job as usize].promised
        && facts.orders[n].promised.is_some()
    {
        reasons.push(reason(Code::NobodyAsPromised, &[]));
    }
    reasons.push(match (dear, full, too_late, unskilled, skill) {
        _ if unseen => reason(Code::NoRoom, &[("until", until)]),
        (true, ..) => reason(Code::CostsOthers, &[]),
        (_, true, ..) => reason(Code::NobodyFree, &[("until", until)]),
        (_, _, true, ..) => reason(Code::NobodyInTime, &[("until", until)]),
        (_, _, _, true, Some(skill)) => reason(Code::NobodySkilled, &[("skill", skill)]),
        _ => reason(Code::NobodyAtWork, &[("until", until)]),
    });
    reasons
}
