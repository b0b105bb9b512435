//! Malformed input gets a sentence with its place, never a panic.

use dispatch_optimiser::{Iterations, Plan, Problem, Settings, check, read_vrptw, solve};
use proptest::prelude::*;

use super::world::{ALL, Dice, problem};

#[test]
fn faults_name_their_place() {
    let text = problem(&mut Dice(5), 3, 2, Default::default());
    let broken = |from: &str, to: &str| Problem::read(&text.replacen(from, to, 1)).unwrap_err().to_string();
    assert_eq!(broken("fsp-1", "fsp-2"), "format: “fsp-2” is not fsp-1");
    assert_eq!(broken(r#""id":"J1""#, r#""id":"J0""#), "jobs[1].id: “J0” is also jobs[0]");
    assert!(
        broken(r#""id":"J2","location":4"#, r#""id":"J2","location":99"#)
            .starts_with("jobs[2].location: 99 is none of")
    );
    assert!(broken(r#""unserved_cost":"#, r#""unserved_cost":-"#).starts_with("jobs[0].unserved_cost: -"));
    assert!(broken(r#""jobs":["#, r#""jobs":[7,"#).starts_with("line 1 column "));
    let circle = text
        .replace(r#""id":"J0","#, r#""id":"J0","after":[{"job":"J1"}],"#)
        .replace(r#""id":"J1","#, r#""id":"J1","after":[{"job":"J0"}],"#);
    assert!(Problem::read(&circle).unwrap_err().to_string().contains("the order is a circle"));
    let good = Problem::read(&text).unwrap();
    let answer = r#"{"format":"fsp-solution-1","problem":"x","routes":[{"engineer":"E0","items":["J9"]}]}"#;
    assert_eq!(
        Plan::read(&good, answer).unwrap_err().to_string(),
        "routes[0].items[0]: there is no job “J9”"
    );
    assert!(
        read_vrptw("R1\nNUMBER CAPACITY\nmany 5\n")
            .unwrap_err()
            .to_string()
            .starts_with("line 3: “many” is no number")
    );
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

fn survives(text: &str) {
    if let Ok(problem) = Problem::read(text) {
        let done = solve(&problem, &Settings::default(), &mut Iterations(3), &mut |_, _| {});
        if let Err(v) = check(&problem, &done.plan) {
            panic!("{}\n{text}", v.sentence(&problem, &done.plan));
        }
    }
}

fn cases() -> u32 {
    std::env::var("DISPATCH_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(4000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_problems_never_panic(seed in 0u64..500, changes in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..6)) {
        let text = problem(&mut Dice(seed), 4, 2, ALL);
        survives(&mutated(text.into_bytes(), &changes));
    }

    #[test]
    fn mutated_answers_never_panic(seed in 0u64..50, changes in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..4)) {
        let problem = Problem::read(&problem(&mut Dice(seed), 4, 2, ALL)).unwrap();
        let done = solve(&problem, &Settings::default(), &mut Iterations(3), &mut |_, _| {});
        if let Ok(plan) = Plan::read(&problem, &mutated(done.plan.to_json(&problem).into_bytes(), &changes)) {
            let _verdict = check(&problem, &plan);
        }
    }

    #[test]
    fn mutated_instances_never_panic(changes in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..6)) {
        let text = "T1\nVEHICLE\nNUMBER CAPACITY\n 2 10\nCUSTOMER\n 0 0 0 0 0 100 0\n 1 3 4 5 0 50 10\n 2 6 8 5 0 60 10\n";
        if let Ok(read) = read_vrptw(&mutated(text.as_bytes().to_vec(), &changes)) {
            let done = solve(&read.problem, &Settings::default(), &mut Iterations(3), &mut |_, _| {});
            prop_assert!(check(&read.problem, &done.plan).is_ok());
        }
    }
}
