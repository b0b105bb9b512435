//! The objective at a fixed seed and number of rounds must not rise.

use std::process::Command;

use dispatch_optimiser::{Iterations, Problem, Settings, check, solve, solve_on};

/// Reached at these seeds and rounds, and two in a hundred: a change of the search may shift a single run a little.
const MOST_100: i64 = 408_455 * 102 / 100;
/// At 200,000 rounds, with routes kept and put together anew.
const MOST_100_POOL: i64 = 396_442 * 102 / 100;
const MOST_500: i64 = 1_124_764 * 102 / 100;
const MOST_500_BREAKS: i64 = 1_660_665 * 102 / 100;
/// Two threads at 60,000 rounds each.
const MOST_500_TWO: i64 = 1_225_973 * 102 / 100;

/// A problem of the generator (seed 1), or none where python3 is absent.
fn generated(words: &[&str]) -> Option<Problem> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/generate.py");
    let Ok(out) = Command::new("python3").arg(script).args(words).output() else {
        println!("python3 is absent: the regression of the objective is skipped");
        return None;
    };
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(Problem::read(&String::from_utf8(out.stdout).unwrap()).unwrap())
}

fn objective(problem: &Problem, rounds: u64) -> i64 {
    let done = solve(problem, &Settings::default(), &mut Iterations(rounds), &mut |_, _| {});
    assert_eq!(done.iterations, rounds, "the budget is kept exactly");
    check(problem, &done.plan).unwrap_or_else(|v| panic!("{}", v.sentence(problem, &done.plan))).cost.total()
}

#[test]
fn hundred_jobs_and_ten_engineers() {
    if let Some(problem) = generated(&["100", "10", "1", "1"]) {
        let cost = objective(&problem, 60_000);
        assert!(cost <= MOST_100, "{cost}");
    }
}

#[test]
fn routes_put_together_anew_hold_and_repeat() {
    let Some(problem) = generated(&["100", "10", "1", "1"]) else { return };
    let settings = Settings { pool_rounds: 150_000.0, ..Settings::default() };
    let run = || solve(&problem, &settings, &mut Iterations(200_000), &mut |_, _| {}).plan;
    let plan = run();
    let cost = check(&problem, &plan).unwrap().cost.total();
    assert!(cost <= MOST_100_POOL, "{cost}");
    assert_eq!(plan, run(), "the same seed and rounds, the same plan");
}

#[test]
fn five_hundred_jobs_and_fifty_engineers() {
    if let Some(problem) = generated(&["500", "50", "4", "1"]) {
        let cost = objective(&problem, 100_000);
        assert!(cost <= MOST_500, "{cost}");
    }
}

#[test]
fn five_hundred_jobs_with_breaks() {
    if let Some(problem) = generated(&["500", "50", "4", "1", "--breaks"]) {
        let cost = objective(&problem, 60_000);
        assert!(cost <= MOST_500_BREAKS, "{cost}");
    }
}

/// A new urgent job is served at once, at the price of few moves.
#[test]
fn an_urgent_job_is_served_at_once() {
    let Some(mut problem) = generated(&["500", "50", "4", "1"]) else { return };
    let urgent = problem.jobs.iter().position(|j| j.unserved_cost == 200_000).unwrap();
    let mut before = problem.clone();
    before.jobs[urgent].unserved_cost = 0;
    before.jobs[urgent].late_weight = 10_000;
    let plan = solve(&before, &Settings::default(), &mut Iterations(50_000), &mut |_, _| {}).plan;
    let has = |plan: &dispatch_optimiser::Plan| {
        plan.routes.iter().flatten().any(|i| *i == dispatch_optimiser::Item::Job(urgent as u32))
    };
    assert!(!has(&plan), "free to leave out, dear to come late to: left out");
    problem.initial = plan.routes.clone();
    let now = solve(&problem, &Settings::default(), &mut Iterations(0), &mut |_, _| {});
    assert!(check(&problem, &now.plan).is_ok() && has(&now.plan));
    let moved = plan
        .routes
        .iter()
        .zip(&now.plan.routes)
        .flat_map(|(old, new)| old.iter().filter(|i| !new.contains(i)));
    assert!(moved.count() <= 3);
}

#[test]
fn regions_side_by_side_hold_and_repeat() {
    let Some(problem) = generated(&["500", "50", "4", "1"]) else { return };
    let rounds = |n: u64| n as f64 / 60_000.0;
    let run = || solve_on(&problem, &Settings::default(), 2, &rounds, &mut |_, _| {}).plan;
    let plan = run();
    let cost = check(&problem, &plan).unwrap().cost.total();
    assert!(cost <= MOST_500_TWO, "{cost}");
    assert_eq!(plan, run(), "the same seed, rounds and threads, the same plan");
}
