//! Development harness: `cargo run --release -p dispatch-optimiser --example solve -- PROBLEM SECONDS SEED [key=value..]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a harness stops at the first surprise"
)]
use dispatch_optimiser::{Problem, Settings, check, read_vrptw, solve_on};
use std::time::Instant;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let begun = Instant::now();
    let text = std::fs::read_to_string(&args[1]).unwrap();
    let limit: f64 = args[2].parse().unwrap();
    let base = if args[1].ends_with(".txt") { Settings::distance_only() } else { Settings::default() };
    let mut s = Settings { seed: args[3].parse().unwrap(), ..base };
    let mut budget = 0u64;
    let mut threads = 1;
    let mut verbose = false;
    for a in &args[4..] {
        let (k, v) = a.split_once('=').unwrap();
        let f: f64 = v.parse().unwrap();
        match k {
            "hot" => s.hot = f,
            "cold" => s.cold = f,
            "cooling" => s.cooling = f,
            "removed" => s.removed = f,
            "string" => s.string = f,
            "split" => s.split = f,
            "depth" => s.split_depth = f,
            "blink" => s.blink = f,
            "warm" => s.warm = f,
            "left" => s.left_out = f,
            "near" => s.near = f as usize,
            "pool" => s.pool = f as usize,
            "iters" => budget = f as u64,
            "threads" => threads = f as usize,
            "v" => verbose = f > 0.0,
            _ => panic!("{k}"),
        }
    }
    let problem = if args[1].ends_with(".txt") {
        read_vrptw(&text).unwrap().problem
    } else {
        Problem::read(&text).unwrap()
    };
    let loaded = begun.elapsed().as_secs_f64();
    let mut first = 0.0;
    let stop =
        |n: u64| if budget > 0 { n as f64 / budget as f64 } else { begun.elapsed().as_secs_f64() / limit };
    let done = solve_on(&problem, &s, threads, &stop, &mut |n, c| {
        if n == 0 {
            first = begun.elapsed().as_secs_f64() - loaded;
        }
        if verbose {
            println!("{:.2} {n} {c}", begun.elapsed().as_secs_f64());
        }
    });
    let took = begun.elapsed().as_secs_f64();
    match check(&problem, &done.plan) {
        Ok(r) => {
            let lines: Vec<String> = r
                .cost
                .lines()
                .filter(|(_, l)| l.cost != 0)
                .map(|(t, l)| format!("{} {}", t.name(), l.cost))
                .collect();
            println!(
                "{} seed {} cost {} left {} late {} | {} | its {} ({:.1} k/s) load {:.3} first {:.3} took {:.2}",
                args[1].rsplit('/').next().unwrap(),
                s.seed,
                r.cost.total(),
                r.left_out.len(),
                r.late_jobs,
                lines.join(", "),
                done.iterations,
                done.iterations as f64 / (took - loaded) / 1e3,
                loaded,
                first,
                took
            );
        }
        Err(v) => println!("VIOLATION {}", v.sentence(&problem, &done.plan)),
    }
    if let Ok(out) = std::env::var("OUT") {
        std::fs::write(out, done.plan.to_json(&problem)).unwrap();
    }
}
