//! Whatever comes in, nothing panics, and no plan goes out that doesn't hold. `DISPATCH_FUZZ_CASES` says how many inputs
//! each of these tests tries (`cargo xtask fuzz` sets it); by default it is a few seconds' worth.

use dispatch_optimiser::explain::{effect, left_out, why, without};
use dispatch_optimiser::{Iterations, Places, Plan, Problem, Settings, check, read_vrptw, solve, solve_on};
use proptest::prelude::*;
use serde_json::Value;

use super::world::{ALL, Beyond, Dice, problem, spoilt};

/// (where, how, with what) a text is changed.
type Changes = Vec<(usize, u8, u8)>;

fn changes(most: usize) -> impl Strategy<Value = Changes> {
    prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..most)
}

/// One change in a text: a byte of JSON's own characters put in, taken out or doubled, or a number made extreme.
fn mutated(mut text: Vec<u8>, changes: &[(usize, u8, u8)]) -> String {
    const ODD: &[&str] =
        &["-1", "1e9", "999999999999", "null", "\"\"", "[]", "{}", "0", "true", "2147483647", "0.5"];
    for &(at, how, what) in changes {
        if text.is_empty() {
            break;
        }
        let at = at % text.len();
        match how % 4 {
            0 => text[at] = b"{}[]\",:-0129eEjJ"[what as usize % 16],
            1 => {
                text.remove(at);
            }
            2 => text.insert(at, b"{}[]\",:-0129eEjJ"[what as usize % 16]),
            _ => {
                // A whole number gives way to something odd.
                let from = (at..text.len()).find(|&n| text[n].is_ascii_digit()).unwrap_or(at);
                let to = (from..text.len()).find(|&n| !text[n].is_ascii_digit()).unwrap_or(text.len());
                text.splice(from..to, ODD[what as usize % ODD.len()].bytes());
            }
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Still JSON, but with a value replaced, taken away, doubled or put elsewhere: passes the parser, so that the rules behind it
/// are reached.
fn reshaped(text: &str, changes: &[(usize, u8, u8)]) -> String {
    let mut whole: Value = serde_json::from_str(text).unwrap();
    let mut aside = Value::Null;
    for &(at, how, what) in changes {
        let (mut at, mut value) = (at, &mut whole);
        loop {
            let width = match &*value {
                Value::Array(list) => list.len(),
                Value::Object(map) => map.len(),
                _ => 0,
            };
            // One way in eight ends above a leaf.
            if width == 0 || at % 8 == 7 {
                break;
            }
            at /= 8;
            let nth = at % width;
            at /= width;
            value = match value {
                Value::Array(list) => &mut list[nth],
                Value::Object(map) => map.values_mut().nth(nth).unwrap(),
                _ => unreachable!("a leaf has no width"),
            };
        }
        match (how % 8, value) {
            (0, value) => aside = value.clone(),
            (1, value) => *value = aside.clone(),
            (2, value) => std::mem::swap(value, &mut aside),
            (3, Value::Array(list)) => {
                list.pop();
            }
            (4, Value::Array(list)) => {
                let again = list.iter().take(2).cloned().collect::<Vec<_>>();
                list.extend(again);
            }
            (5, Value::Object(map)) => {
                let names: Vec<String> = map.keys().cloned().collect();
                if let Some(name) = names.get(what as usize % names.len().max(1)) {
                    map.remove(name);
                }
            }
            (_, value) => {
                const NUMBERS: [i64; 12] =
                    [0, 1, -1, 2, 7, 60, 3600, 28_800, 86_400, i32::MAX as i64, i64::MAX, i64::MIN];
                *value = match (what % 16, value.as_i64()) {
                    (n @ 0..12, _) => NUMBERS[n as usize].into(),
                    (12 | 13, Some(number)) => number.saturating_mul(10).into(),
                    (14, Some(number)) => number.saturating_neg().into(),
                    _ => Value::Null,
                }
            }
        }
    }
    whole.to_string()
}

fn holds(problem: &Problem, plan: &Plan, text: &str) -> i64 {
    let report = check(problem, plan)
        .unwrap_or_else(|v| panic!("{}\n{text}\n{}", v.sentence(problem, plan), plan.to_json(problem)));
    report.cost.total()
}

fn survives(text: &str) {
    if let Ok(problem) = Problem::read(text) {
        let done = solve(&problem, &Settings::default(), &mut Iterations(3), &mut |_, _| {});
        holds(&problem, &done.plan, text);
    }
}

fn cases() -> u32 {
    std::env::var("DISPATCH_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000)
}

fn settings(dice: &mut Dice) -> Settings {
    let base = if dice.chance(50) { Settings::default() } else { Settings::distance_only() };
    Settings {
        seed: dice.0,
        removed: 1.0 + dice.below(20) as f64,
        string: 1.0 + dice.below(12) as f64,
        near: 1 + dice.below(12) as usize,
        left_out: dice.below(3) as f64 * 0.4,
        blink: dice.below(3) as f64 * 0.2,
        cooling: 1.0 + dice.below(10) as f64,
        pool: [0, 3, 20, 1000][dice.below(4) as usize],
        pool_rounds: 0.0,
        ..base
    }
}

/// A field-service problem of any of the rules, searched twice, the second time from a plan that mostly doesn't hold; then
/// everything is asked that can be asked of a plan.
fn worked_through(seed: u64) {
    let mut dice = Dice(seed);
    let mut coin = || dice.chance(40);
    let beyond = Beyond {
        wishes: coin(),
        overtime: coin(),
        crews: coin(),
        orders: coin(),
        stores: coin(),
        days: coin(),
    };
    // Crews and orders name the first three jobs.
    let (jobs, engineers) = (3 + dice.below(6), 1 + dice.below(4));
    let text = problem(&mut dice, jobs, engineers, beyond);
    let mut problem = Problem::read(&text).unwrap();
    let (first, again) = (settings(&mut dice), settings(&mut dice));
    let rounds = dice.below(24) as u64;
    let plan = solve(&problem, &first, &mut Iterations(rounds), &mut |_, _| {}).plan;
    holds(&problem, &plan, &text);
    let wrong = spoilt(&mut dice, &plan);
    let _verdict = check(&problem, &wrong);
    problem.initial = if dice.chance(50) { wrong.routes } else { plan.routes.clone() };
    let threads = 1 + dice.below(3) as usize;
    let share = |n: u64| if rounds == 0 { 1.0 } else { n as f64 / rounds as f64 };
    let next = solve_on(&problem, &again, threads, &share, &mut |_, _| {}).plan;
    holds(&problem, &next, &text);
    let job = dice.below(jobs) as u32;
    assert!(why(&problem, &next, job, 3).is_ok() && left_out(&problem, &next, job).is_ok(), "{text}");
    assert!(effect(&problem, &plan, &next).is_ok(), "{text}");
    let apart = without(&next, job);
    if let Ok(places) = Places::new(&problem, &apart) {
        for place in places.of(job) {
            let _day = places.day_with(&place, job);
        }
    }
}

/// A small VRPTW instance as a file.
fn instance(dice: &mut Dice) -> String {
    let customers = 1 + dice.below(12);
    let mut text = format!(
        "T{}\n\nVEHICLE\nNUMBER     CAPACITY\n {} {}\n\nCUSTOMER\nCUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME\n\n",
        dice.below(100),
        1 + dice.below(12),
        5 + dice.below(50)
    );
    for n in 0..=customers {
        let ready = if n == 0 { 0 } else { dice.below(400) };
        let due = if n == 0 { 200 + dice.below(800) } else { ready + dice.below(300) };
        let (x, y) = (dice.below(100), dice.below(100));
        let (demand, service) = if n == 0 { (0, 0) } else { (dice.below(20), dice.below(30)) };
        text.push_str(&format!("{n:>5} {x:>7} {y:>7} {demand:>7} {ready:>7} {due:>7} {service:>7}\n"));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_never_panics(text in ".{0,80}", kind in 0u8..4) {
        let text = match kind {
            0 => text,
            1 => format!("{{\"format\":\"fsp-1\",{text}"),
            2 => format!("R1\nVEHICLE\nNUMBER CAPACITY\n 2 10\nCUSTOMER\n{text}"),
            _ => format!("{{\"format\":\"fsp-solution-1\",\"routes\":[{text}]}}"),
        };
        survives(&text);
        let _routing = read_vrptw(&text).is_ok();
        let small = Problem::read(&problem(&mut Dice(1), 3, 1, ALL)).unwrap();
        let _answer = Plan::read(&small, &text).is_ok();
    }

    #[test]
    fn mutated_problems_never_panic(seed in 0u64..5000, changes in changes(6)) {
        let text = problem(&mut Dice(seed), 4, 2, ALL);
        survives(&mutated(text.into_bytes(), &changes));
    }

    #[test]
    fn reshaped_problems_never_panic(seed in 0u64..5000, changes in changes(6)) {
        let text = problem(&mut Dice(seed), 4, 2, ALL);
        survives(&reshaped(&text, &changes));
    }

    #[test]
    fn mutated_answers_never_panic(seed in 0u64..50, changes in changes(4)) {
        let problem = Problem::read(&problem(&mut Dice(seed), 4, 2, ALL)).unwrap();
        let done = solve(&problem, &Settings::default(), &mut Iterations(3), &mut |_, _| {});
        let answer = done.plan.to_json(&problem);
        for text in [mutated(answer.clone().into_bytes(), &changes), reshaped(&answer, &changes)] {
            if let Ok(plan) = Plan::read(&problem, &text) {
                let _verdict = check(&problem, &plan);
            }
        }
    }

    #[test]
    fn mutated_instances_never_panic(seed in any::<u64>(), changes in changes(6)) {
        if let Ok(read) = read_vrptw(&mutated(instance(&mut Dice(seed)).into_bytes(), &changes)) {
            let done = solve(&read.problem, &Settings::distance_only(), &mut Iterations(3), &mut |_, _| {});
            prop_assert!(check(&read.problem, &done.plan).is_ok());
        }
    }

    #[test]
    fn random_instances_are_served_by_plans_that_hold(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let text = instance(&mut dice);
        let read = read_vrptw(&text).unwrap();
        let settings = settings(&mut dice);
        let done = solve(&read.problem, &settings, &mut Iterations(dice.below(30) as u64), &mut |_, _| {});
        holds(&read.problem, &done.plan, &text);
        let _lines = read.lines(&done.plan);
    }

    #[test]
    fn random_problems_get_plans_that_hold(seed in any::<u64>()) {
        worked_through(seed);
    }
}
