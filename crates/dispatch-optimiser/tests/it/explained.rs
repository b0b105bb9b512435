//! Reasons are differences of checked plans, and say what stands in the way.

use dispatch_optimiser::explain::{Obstacle, effect, left_out, why, without};
use dispatch_optimiser::{Item, Iterations, Plan, Problem, Settings, Term, check, solve};

use super::world::{ALL, Dice, PLAIN, problem};

const THREE: &str = r#"{"format":"fsp-1","name":"three","now":28800,
 "locations":[[0,0],[6000,0],[12000,0],[20000,0]],
 "travel":{"kind":"euclid","detour":1.0,"metres_per_second":10.0},
 "engineers":[
  {"id":"Near","start":1,"end":1,"shift":[28800,57600],"skills":["fibre"],"territories":["N"],"stock":{"card":1}},
  {"id":"Far","start":3,"end":3,"shift":[28800,57600],"skills":["fibre"],"territories":["N"],"stock":{"card":1}},
  {"id":"Empty","start":0,"end":0,"shift":[28800,57600],"skills":["fibre"],"territories":["N"]},
  {"id":"Copper","start":0,"end":0,"shift":[28800,57600],"skills":["copper"],"territories":["N"],"stock":{"card":1}},
  {"id":"South","start":0,"end":0,"shift":[28800,57600],"skills":["fibre"],"territories":["S"],"stock":{"card":1}},
  {"id":"Short","start":0,"end":0,"shift":[28800,29000],"skills":["fibre"],"territories":["N"],"stock":{"card":1}}],
 "jobs":[{"id":"J","location":2,"duration":1800,"skills":["fibre"],"territory":"N","due":28800,"late_weight":10,
  "parts":{"card":1},"unserved_cost":200000,"priority":"major"}]}"#;

#[test]
fn the_engineer_is_compared_with_the_next_and_the_rest_have_reasons() {
    let problem = Problem::read(THREE).unwrap();
    let plan = solve(&problem, &Settings::default(), &mut Iterations(200), &mut |_, _| {}).plan;
    let why = why(&problem, &plan, 0, 3).unwrap().unwrap();
    assert_eq!(problem.engineers[why.chosen.engineer].id, "Near");
    assert_eq!(why.chosen.cost.line(Term::Travel).amount, 1200);
    assert_eq!(why.chosen.cost.line(Term::LateMajor).cost, 6000);
    assert_eq!(why.chosen.cost.line(Term::LeftOut).cost, 0);
    assert_eq!(why.others.len(), 1);
    assert_eq!(why.others[0].engineer, 1);
    assert_eq!(why.others[0].cost.line(Term::Travel).amount, 1600);
    assert_eq!(why.others[0].start_s, 28_800 + 800);
    let skill = problem.skills.iter().position(|s| s == "fibre").unwrap() as u32;
    let expected = [
        (2, Obstacle::Parts(vec![(0, 1)])),
        (3, Obstacle::Skills(vec![skill])),
        (4, Obstacle::Territory(0)),
        (5, Obstacle::Hours),
    ];
    assert_eq!(why.cannot, expected);
}

#[test]
fn a_job_left_out_has_its_price_and_its_cheapest_way_in() {
    let problem = Problem::read(THREE).unwrap();
    let out = left_out(&problem, &Plan::empty(6), 0).unwrap().unwrap();
    assert_eq!(out.price, 200_000);
    assert_eq!(out.cheapest.unwrap().engineer, 0);
    assert_eq!(out.cannot.len(), 4);
}

#[test]
fn a_move_tells_what_slips() {
    let text = problem(&mut Dice(77), 6, 2, PLAIN);
    let problem = Problem::read(&text).unwrap();
    let plan = solve(&problem, &Settings::default(), &mut Iterations(500), &mut |_, _| {}).plan;
    let Some(Item::Job(first)) = plan.routes.iter().flatten().find(|i| matches!(i, Item::Job(_))).copied()
    else {
        panic!("an empty plan")
    };
    let after = without(&plan, first);
    let effect = effect(&problem, &plan, &after).unwrap();
    assert_eq!(effect.dropped, [first]);
    let (old, new) = (check(&problem, &plan).unwrap(), check(&problem, &after).unwrap());
    assert_eq!(effect.cost.total(), new.cost.total() - old.cost.total());
    assert!(effect.slips.iter().all(|s| s.after_s <= s.before_s), "without it nothing starts later");
}

#[test]
fn every_job_of_random_plans_has_a_reason_whose_sum_is_right() {
    for seed in 0..200 {
        let text = problem(&mut Dice(seed), 6, 3, ALL);
        let problem = Problem::read(&text).unwrap();
        let plan = solve(&problem, &Settings::default(), &mut Iterations(300), &mut |_, _| {}).plan;
        let now = check(&problem, &plan).unwrap().cost.total();
        for job in 0..6 {
            match why(&problem, &plan, job, 3).unwrap() {
                Some(why) => {
                    for other in &why.others {
                        let there = check(&problem, &other.plan).unwrap().cost.total();
                        assert_eq!(
                            there - now,
                            other.cost.total() - why.chosen.cost.total(),
                            "seed {seed} job {job}"
                        );
                    }
                    assert!(why.others.len() + why.cannot.len() < 3, "seed {seed}");
                }
                None => {
                    let out = left_out(&problem, &plan, job).unwrap().unwrap();
                    assert_eq!(out.price, problem.left_out_cost(job as usize));
                }
            }
        }
    }
}
