//! First plan, rounds per second and objective, on one thread: `cargo bench -p dispatch-optimiser [-- SECONDS FILE..]`.
//! Files are problems (fsp-1) or VRPTW instances (`.txt`); without any, generated ones (python3).
//! Where `AFTERCARE_BENCH_PEERS` names a Python, the peers it has (OR-Tools, VROOM, PyVRP) follow on the same problem, and vrp-cli
//! where that program is found (`AFTERCARE_BENCH_VRP_CLI`, or the path).
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use std::process::Command;
use std::time::Instant;

use dispatch_optimiser::{Item, Iterations, Problem, Settings, check, read_vrptw, solve};

const PEERS: [&str; 4] = ["ortools", "vroom", "pyvrp", "vrpcli"];

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
        let name = path.rsplit('/').next().unwrap_or(path);
        row(name, &text, limit);
        peers(name, &text, limit);
    }
    if files.is_empty() {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/generate.py");
        for (name, words) in GENERATED {
            match Command::new("python3").arg(script).args(words).output() {
                Ok(out) if out.status.success() => {
                    let text = String::from_utf8(out.stdout).unwrap();
                    row(name, &text, limit);
                    peers(name, &text, limit);
                }
                _ => println!("{name}: python3 is absent, the problem can't be generated"),
            }
        }
    }
}

fn read(text: &str) -> Problem {
    let routing = !text.trim_start().starts_with('{');
    if routing { read_vrptw(text).unwrap().problem } else { Problem::read(text).unwrap() }
}

/// What the peers make of it. Jobs that a peer leaves out, or that our checker would refuse, are put in by our first
/// plan's insertion and ejection: a peer is never worse here for a rule that it can't say.
fn peers(name: &str, text: &str, limit: f64) {
    let Ok(python) = std::env::var("AFTERCARE_BENCH_PEERS") else { return };
    let path = std::env::temp_dir().join(format!("aftercare-bench-{}-{name}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    for peer in PEERS {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers.py");
        let begun = Instant::now();
        let out = Command::new(&python)
            .args([script, peer])
            .arg(&path)
            .arg(limit.to_string())
            .output()
            .unwrap_or_else(|error| panic!("AFTERCARE_BENCH_PEERS={python}: {error}"));
        let took = begun.elapsed().as_secs_f64();
        let said = String::from_utf8_lossy(&out.stdout);
        // Peers chat on the same channel: the answer is the last line.
        let answer = said.lines().last().unwrap_or("# it ended without a word");
        if let Some(why) = answer.strip_prefix('#') {
            println!("{name:<16} {peer}:{why}");
            continue;
        }
        let Ok(routes) = serde_json::from_str::<Vec<Vec<u32>>>(answer) else {
            let why = String::from_utf8_lossy(&out.stderr);
            println!("{name:<16} {peer}: no answer ({})", why.lines().last().unwrap_or(answer));
            continue;
        };
        let mut problem = read(text);
        problem.initial = routes.into_iter().map(|r| r.into_iter().map(Item::Job).collect()).collect();
        let done = solve(&problem, &Settings::default(), &mut Iterations(0), &mut |_, _| {});
        let cost = check(&problem, &done.plan).unwrap().cost.total();
        println!("{name:<16} {cost:>15}  {peer}, {took:.1} s with loading, completed by our insertion");
    }
    std::fs::remove_file(&path).unwrap();
}

fn row(name: &str, text: &str, limit: f64) {
    for seed in 1..=5 {
        let begun = Instant::now();
        let routing = !text.trim_start().starts_with('{');
        let problem = read(text);
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
