//! First plan, rounds per second and objective, on one thread: `cargo bench -p dispatch-optimiser [-- SECONDS FILE..]`.
//! Files are problems (fsp-1) or VRPTW instances (`.txt`); without any, generated ones (python3).
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use std::process::Command;
use std::time::Instant;

use dispatch_optimiser::{Problem, Settings, check, read_vrptw, solve};

const GENERATED: [(&str, &[&str]); 6] = [
    ("fs-100-10", &["100", "10", "1", "1"]),
    ("fs-500-50", &["500", "50", "4", "1"]),
    ("fs-2000-200", &["2000", "200", "16", "1"]),
    ("fs-5000-500", &["5000", "500", "36", "1"]),
    ("fs-500-50-b", &["500", "50", "4", "1", "--breaks"]),
    ("fs-500-50-h", &["500", "50", "4", "1", "--hard"]),
];

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|w| !w.starts_with("--")).collect();
    let limit: f64 = words.first().and_then(|w| w.parse().ok()).unwrap_or(10.0);
    let files: Vec<&String> = words.iter().filter(|w| w.parse::<f64>().is_err()).collect();
    println!("problem          seed  objective  first plan  rounds  per second  after {limit} s, one thread");
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        row(path.rsplit('/').next().unwrap_or(path), &text, limit);
    }
    if files.is_empty() {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/generate.py");
        for (name, words) in GENERATED {
            match Command::new("python3").arg(script).args(words).output() {
                Ok(out) if out.status.success() => row(name, &String::from_utf8(out.stdout).unwrap(), limit),
                _ => println!("{name}: python3 is absent, the problem can't be generated"),
            }
        }
    }
}

fn row(name: &str, text: &str, limit: f64) {
    for seed in 1..=5 {
        let begun = Instant::now();
        let routing = !text.trim_start().starts_with('{');
        let problem = if routing { read_vrptw(text).unwrap().problem } else { Problem::read(text).unwrap() };
        let loaded = begun.elapsed().as_secs_f64();
        let base = if routing { Settings::distance_only() } else { Settings::default() };
        let mut first = 0.0;
        let mut stop = |_: u64| begun.elapsed().as_secs_f64() / limit;
        let done = solve(&problem, &Settings { seed, ..base }, &mut stop, &mut |rounds, _| {
            if rounds == 0 {
                first = begun.elapsed().as_secs_f64() - loaded;
            }
        });
        let cost = check(&problem, &done.plan).unwrap().cost.total();
        let rate = done.iterations as f64 / (begun.elapsed().as_secs_f64() - loaded) / 1e3;
        println!(
            "{name:<16} {seed:>4} {cost:>10}  {:>7.1} ms {:>7}  {rate:>6.0} k",
            first * 1e3,
            done.iterations
        );
    }
}
