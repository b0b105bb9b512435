//! What goes beyond fsp-1, one rule at a time.

use dispatch_optimiser::{
    Item, Iterations, Plan, Problem, Rule, Settings, Solved, Term, check, read_vrptw, solve,
};

use super::world::{ALL, Dice, problem};

const HEAD: &str = r#"{"format":"fsp-1","name":"rules","now":28800,"locations":[[0,0],[6000,0],[0,6000],[9000,9000]],
 "travel":{"kind":"euclid","detour":1.0,"metres_per_second":10.0},"#;

fn engineer(id: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","start":0,"end":0,"shift":[28800,57600],{more}"skills":[],"territories":[]}}"#)
}

fn job(id: &str, location: u32, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","location":{location},"duration":1800,{more}"unserved_cost":50000,"priority":"normal"}}"#
    )
}

fn solved(engineers: &[String], jobs: &[String], tail: &str) -> (Problem, Solved) {
    let text = format!(r#"{HEAD}"engineers":[{}],"jobs":[{}]{tail}}}"#, engineers.join(","), jobs.join(","));
    let problem = Problem::read(&text).unwrap();
    let done = solve(&problem, &Settings::default(), &mut Iterations(500), &mut |_, _| {});
    check(&problem, &done.plan)
        .unwrap_or_else(|v| panic!("{} in {:?}", v.sentence(&problem, &done.plan), done.plan));
    (problem, done)
}

#[test]
fn a_pinned_job_stays_with_its_engineer_at_its_time() {
    let engineers = [engineer("A", ""), engineer("B", "")];
    let jobs = [job("J", 1, r#""pinned":{"engineer":"B","start":40000},"#)];
    let (problem, done) = solved(&engineers, &jobs, "");
    assert_eq!(done.plan.routes[1], [Item::Job(0)]);
    assert_eq!(check(&problem, &done.plan).unwrap().starts[1], [40_000]);
}

#[test]
fn a_promised_window_is_kept_before_anything_dearer() {
    let engineers = [engineer("A", "")];
    let jobs = [
        job("Promised", 1, r#""promised":[29400,30000],"#),
        r#"{"id":"Dear","location":2,"duration":27000,"windows":[[28800,30000]],"unserved_cost":900000}"#
            .to_owned(),
    ];
    let (problem, done) = solved(&engineers, &jobs, "");
    assert_eq!(done.plan.routes[0], [Item::Job(0)]);
    let cost = check(&problem, &Plan::empty(1)).unwrap().cost;
    assert_eq!(cost.line(Term::BrokenPromise).cost, 10_000_000);
}

#[test]
fn overtime_is_taken_where_it_is_cheaper_than_leaving_out() {
    let jobs = [r#"{"id":"Long","location":1,"duration":28800,"unserved_cost":50000}"#.to_owned()];
    let (problem, done) = solved(&[engineer("A", r#""overtime":{"until":60000,"weight":3},"#)], &jobs, "");
    let line = check(&problem, &done.plan).unwrap().cost.line(Term::Overtime);
    assert_eq!((line.amount, line.cost), (1200, 3600));
    let (_, done) = solved(&[engineer("A", r#""overtime":{"until":60000,"weight":100},"#)], &jobs, "");
    assert!(done.plan.routes[0].is_empty());
}

#[test]
fn the_person_wished_for_comes_while_that_is_worth_the_way() {
    let far = r#"{"id":"Far","start":3,"end":3,"shift":[28800,57600]}"#.to_owned();
    let wish = |cost: i32| [job("J", 1, &format!(r#""preferred":{{"people":["Far"],"cost":{cost}}},"#))];
    let (problem, done) = solved(&[engineer("Near", ""), far.clone()], &wish(5000), "");
    assert_eq!(done.plan.routes[1], [Item::Job(0)]);
    assert_eq!(check(&problem, &done.plan).unwrap().cost.line(Term::Preference).cost, 0);
    let (problem, done) = solved(&[engineer("Near", ""), far], &wish(100), "");
    assert_eq!(done.plan.routes[0], [Item::Job(0)]);
    assert_eq!(check(&problem, &done.plan).unwrap().cost.line(Term::Preference).cost, 100);
}

#[test]
fn a_published_job_moves_only_when_it_pays_and_dearer_near_its_start() {
    let far = r#"{"id":"Far","start":3,"end":3,"shift":[28800,57600]}"#.to_owned();
    let change = r#","objective":{"change":{"cost":100,"near_cost":9100,"horizon":9000}}"#;
    let planned =
        |start: i32| [job("J", 1, &format!(r#""published":{{"engineer":"Far","start":{start}}},"#))];
    let (problem, done) = solved(&[engineer("Near", ""), far.clone()], &planned(50_000), change);
    assert_eq!(done.plan.routes[0], [Item::Job(0)], "far ahead the move costs 100 and saves the way");
    assert_eq!(check(&problem, &done.plan).unwrap().cost.line(Term::PlanChange).cost, 100);
    let (problem, done) = solved(&[engineer("Near", ""), far], &planned(33_300), change);
    assert_eq!(problem.published_price(0), 100 + 4500);
    assert_eq!(done.plan.routes[1], [Item::Job(0)], "half a horizon before the start it stays");
}

#[test]
fn two_of_a_crew_start_together_with_two_people() {
    let engineers = [engineer("A", ""), engineer("B", "")];
    let jobs = [job("One", 1, r#""crew":"C","#), job("Two", 1, r#""crew":"C","#), job("Other", 2, "")];
    let (problem, done) = solved(&engineers, &jobs, "");
    let report = check(&problem, &done.plan).unwrap();
    assert!(report.left_out.is_empty());
    let start = |j: u32| {
        done.plan
            .routes
            .iter()
            .zip(&report.starts)
            .find_map(|(items, starts)| items.iter().position(|i| *i == Item::Job(j)).map(|n| starts[n]))
    };
    assert_eq!(start(0), start(1));
    let both = Plan { routes: vec![vec![Item::Job(0), Item::Job(1)], vec![]] };
    assert_eq!(check(&problem, &both).unwrap_err().rule, Rule::Crew);
    let half = Plan { routes: vec![vec![Item::Job(0)], vec![]] };
    assert_eq!(check(&problem, &half).unwrap_err().rule, Rule::Crew);
}

#[test]
fn what_must_come_before_is_over_in_time() {
    let engineers = [engineer("A", ""), engineer("B", "")];
    let jobs = [job("First", 1, ""), job("Then", 2, r#""after":[{"job":"First","gap":600}],"#)];
    let (problem, done) = solved(&engineers, &jobs, "");
    let report = check(&problem, &done.plan).unwrap();
    assert!(report.left_out.is_empty());
    let alone = Plan { routes: vec![vec![Item::Job(1)], vec![]] };
    assert_eq!(check(&problem, &alone).unwrap_err().rule, Rule::Order);
    let turned = Plan { routes: vec![vec![Item::Job(1), Item::Job(0)], vec![]] };
    assert_eq!(check(&problem, &turned).unwrap_err().rule, Rule::Order);
}

#[test]
fn a_part_is_fetched_on_the_way() {
    let jobs = [job("J", 1, r#""parts":{"card":1},"#), job("K", 1, r#""parts":{"card":1},"#)];
    let store = r#","stores":[{"id":"S","location":2,"duration":300,"stock":{"card":2}}]"#;
    let (problem, done) = solved(&[engineer("A", "")], &jobs, store);
    let report = check(&problem, &done.plan).unwrap();
    assert!(report.left_out.is_empty());
    assert_eq!(done.plan.routes[0][0], Item::Store(0), "one stop serves both");
    assert_eq!(done.plan.routes[0].len(), 3);
    let (_, done) = solved(&[engineer("A", "")], &jobs, r#","stores":[]"#);
    assert!(done.plan.routes[0].is_empty());
}

#[test]
fn one_van_serves_several_days() {
    let second = r#"{"id":"A2","person":"A","start":0,"end":0,"shift":[115200,144000]}"#.to_owned();
    let first = engineer("A", r#""stock":{"card":1},"#);
    let jobs = [
        job("J", 1, r#""parts":{"card":1},"#),
        job("K", 1, r#""windows":[[115200,140000]],"parts":{"card":1},"#),
        job("L", 2, r#""windows":[[115200,140000]],"#),
    ];
    let (problem, done) = solved(&[first, second], &jobs, "");
    let report = check(&problem, &done.plan).unwrap();
    assert_eq!(report.left_out.len(), 1, "one card for two jobs");
    assert!(done.plan.routes[1].contains(&Item::Job(2)));
}

#[test]
fn every_rule_at_once_always_gives_a_plan_that_holds() {
    for seed in 0..600 {
        let text = problem(&mut Dice(seed + 50_000), 4 + seed as i64 % 14, 2 + seed as i64 % 4, ALL);
        let problem = Problem::read(&text).unwrap();
        let settings = Settings { seed, ..Settings::default() };
        let done = solve(&problem, &settings, &mut Iterations(400), &mut |_, _| {});
        let report = check(&problem, &done.plan)
            .unwrap_or_else(|v| panic!("seed {seed}: {}\n{text}", v.sentence(&problem, &done.plan)));
        // A plan taken over is never made worse than it was.
        let mut again = problem.clone();
        again.initial = done.plan.routes.clone();
        let next = solve(&again, &settings, &mut Iterations(0), &mut |_, _| {});
        check(&again, &next.plan)
            .unwrap_or_else(|v| panic!("seed {seed}: {}", v.sentence(&again, &next.plan)));
        let twice = solve(&problem, &settings, &mut Iterations(400), &mut |_, _| {});
        assert_eq!(twice.plan, done.plan, "seed {seed}: the same seed, the same plan");
        assert!(report.cost.total() >= 0);
    }
}

#[test]
fn vrptw_routes_are_printed_by_customer() {
    let text = "T1\n\nVEHICLE\nNUMBER CAPACITY\n 2 10\n\nCUSTOMER\nCUST NO. X Y DEMAND READY DUE SERVICE\n\n \
                0 0 0 0 0 100 0\n 1 3 4 5 0 50 10\n 2 6 8 5 0 60 10\n";
    let read = read_vrptw(text).unwrap();
    let done = solve(&read.problem, &Settings::default(), &mut Iterations(100), &mut |_, _| {});
    assert_eq!(check(&read.problem, &done.plan).unwrap().cost.total(), 200);
    let lines = read.lines(&done.plan);
    assert!(lines == ["Route #1: 1 2"] || lines == ["Route #1: 2 1"], "{lines:?}");
}
