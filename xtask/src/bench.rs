//! `bench`: measurements, always built for release.

use std::time::Duration;

use crate::Outcome;
use crate::process::Step;

/// A measurement: its name, what it tells, and the words for cargo.
struct Bench {
    name: &'static str,
    tells: &'static str,
    cargo: &'static [&'static str],
}

const BENCHES: &[Bench] = &[
    Bench {
        name: "calendar",
        tells: "due time of a 5×8 clock a year ahead; 1,000,000 clocks replayed",
        cargo: &["bench", "--package", "service-calendar"],
    },
    Bench {
        name: "coverage",
        tells: "time per coverage verdict",
        cargo: &["bench", "--package", "coverage-rules"],
    },
    Bench {
        name: "dispatch",
        tells: "plans of field-service problems after so many seconds, 5 seeds: [SECONDS] [FILE..]",
        cargo: &["bench", "--package", "dispatch-optimiser"],
    },
    Bench {
        name: "http",
        tells: "commands/s, reads/s and processor time per request on both databases beside the raw floor; \
                start, memory",
        cargo: &["bench", "--package", "aftercare", "--bench", "http"],
    },
    Bench {
        name: "import",
        tells: "rows/s of 100,000 assets from a table on both databases: read, tried, stored, again: [ROWS]",
        cargo: &["bench", "--package", "aftercare", "--bench", "import"],
    },
];

/// Runs one measurement, or lists them.
pub fn bench(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        for bench in BENCHES {
            println!("{:<10} {}", bench.name, bench.tells);
        }
        return Ok(());
    };
    let Some(bench) = BENCHES.iter().find(|bench| bench.name == name) else {
        let names: Vec<_> = BENCHES.iter().map(|bench| bench.name).collect();
        return Err(format!("There is no measurement `{name}`, only {}.", names.join(", ")));
    };
    let mut step = Step::cargo(bench.name, bench.cargo).limit(Duration::from_hours(1));
    // What concerns the whole program is also measured on PostgreSQL.
    let postgres = if matches!(bench.name, "http" | "import") {
        Some(crate::postgres::Postgres::obtain()?)
    } else {
        None
    };
    if let Some(postgres) = &postgres {
        step = step.env("AFTERCARE_TEST_POSTGRES", &postgres.url);
    }
    if !rest.is_empty() {
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        step = step.args(&["--"]).args(&rest);
    }
    step.must()
}
