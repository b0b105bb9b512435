//! `bench`: measurements of what is built for release, and faults done on purpose, which are not measured in milliseconds.

use std::time::Duration;

use crate::process::Step;
use crate::tools::Need;
use crate::{Outcome, aftercare_bin, demo, root, tools, web};

/// A measurement: its name, what it tells, and the words for cargo; without words it is one of the web app in a browser.
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
        name: "windows",
        tells: "windows for a caller on the phone, from the facts to the answer: [ENGINEERS VISITS]",
        cargo: &["bench", "--package", "dispatch", "--bench", "windows"],
    },
    Bench {
        name: "http",
        tells: "commands/s, reads/s and processor time per request on both databases beside the raw floor; \
                start, memory",
        cargo: &["bench", "--profile", "demo", "--package", "aftercare", "--bench", "http"],
    },
    Bench {
        name: "lists",
        tells: "lists, search and one case at 100,000 cases and 300,000 events on both databases: [WORD..]",
        cargo: &["bench", "--profile", "demo", "--package", "aftercare", "--bench", "lists"],
    },
    Bench {
        name: "load",
        tells: "reads, commands and live streams at the rates of a service centre, and that nothing was lost: [SECONDS]",
        cargo: &["bench", "--profile", "demo", "--package", "aftercare", "--bench", "load"],
    },
    Bench {
        name: "faults",
        tells: "kills, full disk, clock jumps, two nodes, slow and hostile clients: what stands, what fails; \
                [--seed N] [--only F3,F7] [--minutes N]",
        cargo: &["bench", "--profile", "demo", "--package", "aftercare", "--bench", "faults"],
    },
    Bench {
        name: "import",
        tells: "rows/s of 100,000 assets from a table on both databases: read, tried, stored, again: [ROWS]",
        cargo: &["bench", "--package", "aftercare", "--bench", "import"],
    },
    Bench {
        name: "lighthouse",
        tells: "the pages that people open first, beside their budgets: \
                [--runs=N] [--lang=LANG] [--reports=FOLDER] [NAME..]",
        cargo: &[],
    },
];

/// Those whose client asks a program built for release: only that is measured, so the client is the tests' build.
const OF_RELEASE: [&str; 3] = ["http", "lists", "load"];
/// Those that run the whole program, on PostgreSQL too.
const WHOLE: [&str; 5] = ["faults", "http", "import", "lists", "load"];

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
    if bench.cargo.is_empty() {
        return lighthouse(rest);
    }
    let mut step = Step::cargo(bench.name, bench.cargo).limit(Duration::from_hours(1));
    if bench.name == "faults" {
        // F9 is among the integration tests; what is built here doesn't count as its time.
        let build = ["test", "--profile", "demo", "--package", "aftercare", "--test", "it", "--no-run"];
        Step::cargo("integration tests", &build).must()?;
    }
    if OF_RELEASE.contains(&bench.name) && std::env::var_os("AFTERCARE_BIN").is_none() {
        Step::cargo("program", &["build", "--release", "--package", "aftercare"]).must()?;
        let program = crate::target_dir().join("release").join("aftercare");
        step = step.env("AFTERCARE_BIN", program);
    }
    let postgres =
        if WHOLE.contains(&bench.name) { Some(crate::postgres::Postgres::obtain()?) } else { None };
    if let Some(postgres) = &postgres {
        step = step.env("AFTERCARE_TEST_POSTGRES", &postgres.url);
    }
    if !rest.is_empty() {
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        step = step.args(&["--"]).args(&rest);
    }
    step.must()
}

/// Lighthouse over a demo, with packages of its own that no build and no test needs. The program is that of `AFTERCARE_BIN`, or is built.
fn lighthouse(arguments: &[String]) -> Outcome {
    tools::prerequisites()?;
    tools::ensure(&[Need::Chromium, Need::ChineseFont])?;
    let chromium = tools::chromium().ok_or("No Chromium was found.")?;
    web::ensure_lighthouse()?;
    let program = match std::env::var_os("AFTERCARE_BIN") {
        Some(program) => program.into(),
        None => {
            web::ensure_built()?;
            demo::build_server()?;
            aftercare_bin()
        }
    };
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Step::new("Lighthouse", "node")
        .args(&["lighthouse/run.mjs"])
        .args(&arguments)
        .folder(&root().join("web"))
        .env("AFTERCARE_BIN", program)
        .env("AFTERCARE_CHROMIUM", chromium)
        .limit(Duration::from_hours(1))
        .must()
}
