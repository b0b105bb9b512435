//! Gaps that are offered against every gap there is, as the checker sees it.

use dispatch_optimiser::{
    Item, Iterations, Place, Places, Plan, Problem, Settings, Term, Window, check, solve,
};

use super::world::{ALL, Beyond, Dice, PLAIN, problem};

/// The problem in which `job` must start at exactly `start_s`.
fn at(problem: &Problem, job: u32, start_s: i32) -> Problem {
    let mut exact = problem.clone();
    exact.jobs[job as usize].windows = vec![Window { open_s: start_s, close_s: start_s }];
    exact
}

fn with(places: &Places<'_>, plan: &Plan, place: &Place, job: u32) -> Plan {
    let mut with = plan.clone();
    with.routes[place.engineer as usize] = places.day_with(place, job);
    with
}

/// A plan of the others, and one job that is in none of its days.
fn standing(seed: u64, beyond: Beyond) -> (Problem, Plan, u32) {
    let mut dice = Dice(seed);
    let mut problem = Problem::read(&problem(&mut dice, 7, 3, beyond)).unwrap();
    let job = 6;
    // What is fetched from stores on the way is not looked at.
    problem.jobs[job as usize].published = None;
    let settings = Settings { seed, ..Settings::default() };
    let mut plan = solve(&problem, &settings, &mut Iterations(400), &mut |_, _| {}).plan;
    for items in &mut plan.routes {
        items.retain(|i| *i != Item::Job(job));
        if !items.iter().any(|i| matches!(i, Item::Job(_))) {
            items.clear();
        }
    }
    (problem, plan, job)
}

#[test]
fn p08_every_start_that_is_offered_is_kept_by_the_checker_at_the_price_that_was_said() {
    let mut offered = 0;
    for seed in 0..1_500 {
        let beyond =
            if seed % 3 == 0 { ALL } else { Beyond { wishes: true, overtime: true, days: true, ..PLAIN } };
        let (problem, plan, job) = standing(seed, beyond);
        // Taking a job out may leave what others wait for: such a plan is no plan.
        let (Ok(before), Ok(places)) = (check(&problem, &plan), Places::new(&problem, &plan)) else {
            continue;
        };
        let tied = problem.jobs.iter().any(|j| j.crew.is_some() || !j.after.is_empty());
        for place in places.of(job) {
            assert!(place.from_s <= place.to_s, "{place:?}");
            for start_s in [place.from_s, i32::midpoint(place.from_s, place.to_s), place.to_s] {
                let exact = at(&problem, job, start_s);
                let with = with(&places, &plan, &place, job);
                let report = check(&exact, &with).unwrap_or_else(|v| {
                    panic!("seed {seed}, {place:?} at {start_s}: {}", v.sentence(&exact, &with))
                });
                offered += 1;
                if tied {
                    continue;
                }
                let mut more = report.cost.minus(&before.cost);
                let (left_out, broken) = (more.line(Term::LeftOut), more.line(Term::BrokenPromise));
                more.add(Term::LeftOut, -left_out.amount, -left_out.cost);
                more.add(Term::BrokenPromise, -broken.amount, -broken.cost);
                assert_eq!(places.price(&place, job, start_s), more, "seed {seed}, {place:?} at {start_s}");
            }
        }
    }
    assert!(offered > 5_000, "{offered}");
}

#[test]
fn p08_no_start_that_the_checker_keeps_is_missing_where_nobody_moves() {
    let (mut kept, mut refused) = (0, 0);
    for seed in 0..300 {
        let beyond = Beyond { wishes: true, overtime: true, days: true, ..PLAIN };
        let (problem, plan, job) = standing(10_000 + seed, beyond);
        if !problem.jobs[job as usize].parts.is_empty() {
            continue;
        }
        let Ok(places) = Places::new(&problem, &plan) else { continue };
        let offered = places.of(job);
        let windows = &problem.jobs[job as usize].windows;
        let (first, last) = (windows[0].open_s, windows[windows.len() - 1].close_s);
        for engineer in 0..problem.engineers.len() as u32 {
            let probe = Place { engineer, after: 0, from_s: 0, to_s: 0, detour_s: 0 };
            let items = places.day_with(&probe, job).len();
            for after in 0..items as u32 {
                let here = Place { after, ..probe };
                let with = with(&places, &plan, &here, job);
                // Every few minutes, and each second at the edges of what is offered.
                let own: Vec<&Place> =
                    offered.iter().filter(|p| (p.engineer, p.after) == (engineer, after)).collect();
                let edges = own.iter().flat_map(|p| [p.from_s - 1, p.from_s, p.to_s, p.to_s + 1]);
                let grid = (28_000..180_000).step_by(420).filter(|s| (first..=last).contains(s));
                for start_s in grid.chain(edges) {
                    if !windows.iter().any(|w| (w.open_s..=w.close_s).contains(&start_s)) {
                        continue;
                    }
                    let holds = check(&at(&problem, job, start_s), &with).is_ok();
                    let said = own.iter().any(|p| (p.from_s..=p.to_s).contains(&start_s));
                    assert_eq!(said, holds, "seed {seed}, engineer {engineer} after {after} at {start_s}");
                    if holds { kept += 1 } else { refused += 1 }
                }
            }
        }
    }
    assert!(kept > 500 && refused > 5_000, "{kept} {refused}");
}
