//! Several threads: engineers near each other form a region, each region is searched by itself with the jobs it holds,
//! then the regions are drawn anew. One thread, or a problem whose routes hang together, is searched as a whole.

use super::{Both, Course, Settings, Solved};
use crate::plan::{Item, Plan};
use crate::problem::{Job, Problem};

/// How often the regions are drawn anew.
const SLICES: u32 = 12;

/// Solves on up to `threads` threads. `progress` tells the used share of the budget from the rounds of one thread; with
/// rounds alone the same seed and threads give the same answer.
pub fn solve_on(
    problem: &Problem,
    settings: &Settings,
    threads: usize,
    progress: &(dyn Fn(u64) -> f64 + Sync),
    heard: &mut dyn FnMut(u64, i64),
) -> Solved {
    let threads = threads.min(problem.engineers.len() / 2).min(64);
    if threads <= 1 || hangs_together(problem) {
        return super::solve(problem, settings, &mut |n: u64| progress(n), heard);
    }
    let first = super::solve(problem, settings, &mut |_: u64| 1.0, heard);
    let warm = problem.initial.iter().any(|items| !items.is_empty());
    let (hot, cold) = (if warm { settings.hot.min(settings.warm) } else { settings.hot }, settings.cold);
    let at = |share: f64| hot * (cold / hot).powf(share);
    let mut plan = first.plan;
    let (mut best, mut best_cost, mut done) = (plan.clone(), total(problem, &plan), 0);
    for slice in 0..SLICES {
        let (from, to) = (f64::from(slice) / f64::from(SLICES), f64::from(slice + 1) / f64::from(SLICES));
        if progress(done) >= 1.0 {
            break;
        }
        let regions = regions(problem, threads, slice);
        let parts: Vec<(Problem, Vec<u32>, Vec<u32>)> =
            regions.iter().map(|engineers| part(problem, &plan, engineers, &regions)).collect();
        let run = |nth: usize, part: &Problem| {
            let seed = settings.seed.wrapping_mul(1009).wrapping_add(u64::from(slice) * 64 + nth as u64);
            let settings = Settings { seed, ..settings.clone() };
            let mut stop = |n: u64| (progress(done + n) - from) / (to - from);
            let course = Course { hot: at(from), cold: at(to), press: warm && slice == 0 };
            super::run(part, &settings, course, &mut stop, &mut |_, _| {})
        };
        let solved: Vec<Option<Both>> = std::thread::scope(|scope| {
            let run = &run;
            let threads: Vec<_> = parts
                .iter()
                .enumerate()
                .map(|(nth, (part, ..))| scope.spawn(move || run(nth, part)))
                .collect();
            // A thread that panicked leaves its region as it was.
            threads.into_iter().map(|thread| thread.join().ok()).collect()
        });
        let mut good = plan.clone();
        let mut most = 0;
        for ((_, engineers, jobs), both) in parts.iter().zip(solved) {
            let Some(both) = both else { continue };
            most = most.max(both.iterations);
            merge(&mut plan, engineers, jobs, both.last);
            merge(&mut good, engineers, jobs, both.best);
        }
        done += most;
        let cost = total(problem, &good);
        if cost < best_cost {
            (best, best_cost) = (good, cost);
            heard(done, cost);
        }
    }
    Solved { plan: best, iterations: done }
}

/// The objective; no plan that doesn't hold is ever the best.
fn total(problem: &Problem, plan: &Plan) -> i64 {
    crate::check(problem, plan).map_or(i64::MAX, |report| report.cost.total())
}

/// Puts a region's routes into the whole plan.
fn merge(plan: &mut Plan, engineers: &[u32], jobs: &[u32], region: Plan) {
    for (&e, items) in engineers.iter().zip(region.routes) {
        let whole = |item: Item| if let Item::Job(j) = item { Item::Job(jobs[j as usize]) } else { item };
        plan.routes[e as usize] = items.into_iter().map(whole).collect();
    }
}

/// Ties, shared vans and stores join routes of different regions.
fn hangs_together(problem: &Problem) -> bool {
    problem.vans.len() < problem.engineers.len()
        || !problem.stores.is_empty()
        || problem.jobs.iter().any(|j| j.crew.is_some() || !j.after.is_empty())
}

/// Engineers by region: cut in halves, each time where they lie farthest apart; where places have no coordinates, by
/// the way from the first of them. The cut moves from slice to slice.
fn regions(problem: &Problem, count: usize, slice: u32) -> Vec<Vec<u32>> {
    let mut all: Vec<u32> = (0..problem.engineers.len() as u32).collect();
    let place = |e: u32, axis: u32| match &problem.travel {
        crate::Travel::Euclid { points, .. } => {
            let [x, y] = points[problem.engineers[e as usize].start as usize];
            // Turned a little further in each slice.
            let turn = f64::from(slice + axis * SLICES) * std::f64::consts::FRAC_PI_2 / f64::from(SLICES);
            x * turn.cos() + y * turn.sin()
        }
        travel => {
            let from =
                problem.engineers[(slice as usize * 7 + axis as usize * 3) % problem.engineers.len()].start;
            f64::from(travel.seconds(from, problem.engineers[e as usize].start))
        }
    };
    let mut done = Vec::with_capacity(count);
    cut(&mut all, count, 0, &place, &mut done);
    done
}

fn cut(
    engineers: &mut [u32],
    count: usize,
    axis: u32,
    place: &dyn Fn(u32, u32) -> f64,
    done: &mut Vec<Vec<u32>>,
) {
    if count <= 1 || engineers.len() < 2 {
        let mut region = engineers.to_vec();
        region.sort_unstable();
        done.push(region);
        return;
    }
    engineers.sort_by(|&a, &b| place(a, axis).total_cmp(&place(b, axis)).then(a.cmp(&b)));
    let half = count / 2;
    let (one, two) = engineers.split_at_mut(engineers.len() * half / count);
    cut(one, half, 1 - axis, place, done);
    cut(two, count - half, 1 - axis, place, done);
}

/// The problem of one region: its engineers, the jobs they hold, and the left-out jobs that most of theirs could do.
fn part(
    problem: &Problem,
    plan: &Plan,
    engineers: &[u32],
    regions: &[Vec<u32>],
) -> (Problem, Vec<u32>, Vec<u32>) {
    let mut held = vec![false; problem.jobs.len()];
    for item in plan.routes.iter().flatten() {
        if let Item::Job(j) = item {
            held[*j as usize] = true;
        }
    }
    let able = |region: &[u32], j: usize| region.iter().filter(|&&e| problem.eligible(e as usize, j)).count();
    let mut jobs: Vec<u32> = Vec::new();
    for &e in engineers {
        jobs.extend(
            plan.routes[e as usize].iter().filter_map(|i| if let Item::Job(j) = i { Some(*j) } else { None }),
        );
    }
    for j in (0..problem.jobs.len()).filter(|&j| !held[j]) {
        let own = able(engineers, j);
        let most = regions.iter().map(|r| able(r, j)).max().unwrap_or(0);
        let first = regions.iter().find(|r| able(r, j) == most);
        if own > 0 && own == most && first.is_some_and(|r| r == engineers) {
            jobs.push(j as u32);
        }
    }
    jobs.sort_unstable();
    let number = |e: u32| engineers.binary_search(&e).ok().map(|n| n as u32);
    let local = |j: u32| jobs.binary_search(&j).ok().map(|n| Item::Job(n as u32));
    let initial = engineers.iter().map(|&e| {
        let items = plan.routes[e as usize].iter();
        items.filter_map(|i| if let Item::Job(j) = i { local(*j) } else { Some(*i) }).collect()
    });
    let initial = initial.collect();
    let mut part = Problem {
        name: String::new(),
        now_s: problem.now_s,
        travel: problem.travel.clone(),
        prices: problem.prices.clone(),
        engineers: engineers.iter().map(|&e| problem.engineers[e as usize].clone()).collect(),
        people: problem.people.clone(),
        jobs: Vec::new(),
        stores: Vec::new(),
        parts: problem.parts.clone(),
        skills: problem.skills.clone(),
        territories: problem.territories.clone(),
        vans: engineers
            .iter()
            .map(|&e| problem.vans[problem.engineers[e as usize].van as usize].clone())
            .collect(),
        initial,
    };
    for (nth, engineer) in part.engineers.iter_mut().enumerate() {
        engineer.van = nth as u32;
    }
    part.jobs = jobs.iter().map(|&j| regional(&problem.jobs[j as usize], &number)).collect();
    (part, engineers.to_vec(), jobs)
}

/// A job whose engineers carry the region's numbers; one published for another region is moved by staying here, which
/// costs the same on every route.
fn regional(job: &Job, number: &dyn Fn(u32) -> Option<u32>) -> Job {
    Job {
        pinned: job.pinned.map(|e| number(e).unwrap_or(u32::MAX)),
        published: job.published.map(|(e, start)| (number(e).unwrap_or(u32::MAX), start)),
        ..job.clone()
    }
}
