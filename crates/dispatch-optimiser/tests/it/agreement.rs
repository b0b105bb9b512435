//! Our check and the reference in Python say the same about plans that hold and about plans that don't.

use std::io::Write as _;
use std::process::Command;

use dispatch_optimiser::{Iterations, Problem, Settings, check, solve};

use super::world::{Dice, PLAIN, problem, spoilt};

const JUDGE: &str = r#"
import json, sys
sys.path.insert(0, sys.argv[1])
import fsp
for line in sys.stdin:
    d, s = json.loads(line)
    r = fsp.Problem(d).check(s)
    print("-" if "error" in r else r["objective"])
"#;

#[test]
fn ten_thousand_small_problems_are_judged_as_by_the_reference() {
    let python = Command::new("python3").arg("--version").output();
    if !python.is_ok_and(|o| o.status.success()) {
        println!("python3 is absent: the comparison with the reference checker is skipped");
        return;
    }
    let mut asked = String::new();
    let mut ours = Vec::new();
    let (mut held, mut spoiled) = (0, 0);
    for seed in 0..10_000u64 {
        let mut dice = Dice(seed);
        let text = problem(&mut dice, 1 + seed as i64 % 7, 1 + seed as i64 % 3, PLAIN);
        let problem = Problem::read(&text).unwrap();
        let settings = Settings { seed, ..Settings::default() };
        let mut plan = solve(&problem, &settings, &mut Iterations(50), &mut |_, _| {}).plan;
        check(&problem, &plan).unwrap_or_else(|v| {
            panic!("seed {seed}: {}\n{text}\n{}", v.sentence(&problem, &plan), plan.to_json(&problem))
        });
        if seed % 2 == 1 {
            plan = spoilt(&mut dice, &plan);
            spoiled += 1;
        }
        let verdict = check(&problem, &plan).map(|r| r.cost.total().to_string());
        held += i32::from(verdict.is_ok());
        ours.push((seed, verdict.unwrap_or_else(|_| "-".into())));
        asked.push_str(&format!("[{text},{}]\n", plan.to_json(&problem)));
    }
    assert!(held > 5000 && held < 10_000 && spoiled == 5000, "{held} held");
    let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference");
    let mut judge = Command::new("python3")
        .args(["-c", JUDGE, reference])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = judge.stdin.take().unwrap();
    let feed = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let said = judge.wait_with_output().unwrap();
    feed.join().unwrap().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let theirs: Vec<&str> = said.lines().collect();
    assert_eq!(theirs.len(), ours.len(), "the reference answers each");
    for ((seed, our), their) in ours.iter().zip(theirs) {
        assert_eq!(our, their, "seed {seed}");
    }
}
