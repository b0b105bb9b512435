//! Faults done to the real program on purpose, and whether it keeps its word: F1 to F5, F7 to F11 and F13.
//!
//! Run with `cargo xtask bench faults [--seed N] [--only F3,F7] [--minutes N]`. Everything happens on loopback and in temporary
//! folders; only what was started here is ended here. Each fault has a time budget and throws dice from the seed that is printed
//! first, so that a run can be repeated. PostgreSQL takes part where `AFTERCARE_TEST_POSTGRES` names a server. The last lines are a
//! table; the exit code is 1 if a fault was not withstood.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a run that can't be made ends with what is wrong
#![allow(clippy::print_stdout)] // the table is what it is for

mod f01_killed;
mod f02_synced;
mod f03_disk_full;
mod f04_clock_jumps;
mod f05_due_while_down;
mod f07_two_nodes;
mod f08_stopped_worker;
mod f09_phones;
mod f10_malformed;
mod f11_bombs;
mod f13_slow_clients;
mod ground;
mod journal;
#[path = "../../tests/program/mod.rs"]
mod program;
mod sink;
#[path = "../../../tables/tests/workbook/mod.rs"]
mod workbook;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, bail};
use futures::future::BoxFuture;

use crate::ground::{Engine, Stage};

/// How a fault is done: on a stage of its own, within about that time; answers what was done.
type Run = fn(Stage, Dice, Duration) -> BoxFuture<'static, Result<String>>;

struct Fault {
    id: &'static str,
    /// Seconds that it takes of a run of ten minutes.
    budget_s: u64,
    sqlite: bool,
    postgres: bool,
    run: Run,
}

const FAULTS: &[Fault] = &[
    Fault {
        id: "F1",
        budget_s: 25,
        sqlite: true,
        postgres: true,
        run: |s, d, b| Box::pin(f01_killed::run(s, d, b)),
    },
    Fault {
        id: "F2",
        budget_s: 20,
        sqlite: true,
        postgres: false,
        run: |s, d, b| Box::pin(f02_synced::run(s, d, b)),
    },
    Fault {
        id: "F3",
        budget_s: 30,
        sqlite: true,
        postgres: false,
        run: |s, d, b| Box::pin(f03_disk_full::run(s, d, b)),
    },
    Fault {
        id: "F4",
        budget_s: 30,
        sqlite: true,
        postgres: false,
        run: |s, d, b| Box::pin(f04_clock_jumps::run(s, d, b)),
    },
    Fault {
        id: "F5",
        budget_s: 30,
        sqlite: true,
        postgres: true,
        run: |s, d, b| Box::pin(f05_due_while_down::run(s, d, b)),
    },
    Fault {
        id: "F7",
        budget_s: 40,
        sqlite: false,
        postgres: true,
        run: |s, d, b| Box::pin(f07_two_nodes::run(s, d, b)),
    },
    Fault {
        id: "F8",
        budget_s: 90,
        sqlite: true,
        postgres: true,
        run: |s, d, b| Box::pin(f08_stopped_worker::run(s, d, b)),
    },
    Fault {
        id: "F9",
        budget_s: 60,
        sqlite: true,
        postgres: true,
        run: |s, d, b| Box::pin(f09_phones::run(s, d, b)),
    },
    Fault {
        id: "F10",
        budget_s: 30,
        sqlite: true,
        postgres: true,
        run: |s, d, b| Box::pin(f10_malformed::run(s, d, b)),
    },
    Fault {
        id: "F11",
        budget_s: 20,
        sqlite: true,
        postgres: false,
        run: |s, d, b| Box::pin(f11_bombs::run(s, d, b)),
    },
    Fault {
        id: "F13",
        budget_s: 60,
        sqlite: true,
        postgres: false,
        run: |s, d, b| Box::pin(f13_slow_clients::run(s, d, b)),
    },
];

/// What was asked for on the command line.
struct Asked {
    seed: u64,
    only: Vec<String>,
    minutes: u64,
}

impl Asked {
    fn read() -> Result<Self> {
        let mut bytes = [0; 8];
        kit::Ids::system().fill(&mut bytes);
        let mut asked = Self { seed: u64::from_le_bytes(bytes) >> 1, only: Vec::new(), minutes: 10 };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match word.as_str() {
                "--seed" => asked.seed = value()?.parse().context("--seed takes a number")?,
                "--minutes" => asked.minutes = value()?.parse().context("--minutes takes a number")?,
                "--only" => asked.only = value()?.split(',').map(|id| id.trim().to_uppercase()).collect(),
                "--bench" => {} // cargo's own
                other => bail!("there is no `{other}`, only --seed N, --only F3,F7 and --minutes N"),
            }
        }
        if let Some(unknown) = asked.only.iter().find(|id| !FAULTS.iter().any(|f| f.id == **id)) {
            let known: Vec<_> = FAULTS.iter().map(|f| f.id).collect();
            bail!("there is no fault {unknown}, only {}", known.join(", "));
        }
        Ok(asked)
    }

    fn wants(&self, fault: &Fault) -> bool {
        self.only.is_empty() || self.only.iter().any(|id| id == fault.id)
    }
}

struct Line {
    id: &'static str,
    engine: &'static str,
    told: Result<String>,
    seconds: f64,
}

fn main() -> ExitCode {
    match Asked::read().and_then(|asked| run(&asked)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(asked: &Asked) -> Result<bool> {
    ground::raise_limits();
    let binary = std::env::var_os("AFTERCARE_BIN")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_aftercare")), PathBuf::from);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build()?;
    println!("seed {}", asked.seed);
    let began = Instant::now();
    let wanted: Vec<&Fault> = FAULTS.iter().filter(|fault| asked.wants(fault)).collect();
    let mut engines = vec![runtime.block_on(Engine::sqlite(&binary))?];
    match std::env::var("AFTERCARE_TEST_POSTGRES") {
        Ok(server) if wanted.iter().any(|fault| fault.postgres) => {
            engines.push(runtime.block_on(Engine::postgres(&binary, &server, &engines[0]))?);
        }
        Ok(_) => {}
        Err(_) => println!("PostgreSQL takes no part: AFTERCARE_TEST_POSTGRES names no server."),
    }
    println!("the demo company stands on {} after {:.0} s", names(&engines), began.elapsed().as_secs_f64());
    let mut lines = Vec::new();
    for fault in wanted {
        for engine in &engines {
            if (engine.is_sqlite() && fault.sqlite) || (!engine.is_sqlite() && fault.postgres) {
                let line = one(&runtime, fault, engine, asked);
                println!("{}", told(&line));
                lines.push(line);
            }
        }
    }
    println!("\n{:<5}{:<12}{:<6}{:>6}  what was done", "id", "engine", "", "s");
    for line in &lines {
        println!("{}", told(line));
    }
    let failed = lines.iter().filter(|line| line.told.is_err()).count();
    println!(
        "{} withstood, {failed} not; {:.0} s in all; seed {}",
        lines.len() - failed,
        began.elapsed().as_secs_f64(),
        asked.seed
    );
    Ok(failed == 0)
}

fn one(runtime: &tokio::runtime::Runtime, fault: &Fault, engine: &Engine, asked: &Asked) -> Line {
    // The same throws for a fault alone as in the whole run.
    let own = format!("{}{}", fault.id, engine.name)
        .bytes()
        .fold(asked.seed, |sum, b| sum.rotate_left(7) ^ u64::from(b));
    let budget = Duration::from_secs(fault.budget_s) * u32::try_from(asked.minutes).unwrap_or(10) / 10;
    let began = Instant::now();
    let told = runtime.block_on(async {
        let stage = engine.stage().await?;
        // Whatever hangs is a failure too. A panic ends the fault, not the run.
        let work = tokio::spawn((fault.run)(stage, Dice::new(own), budget));
        match tokio::time::timeout(budget + Duration::from_secs(60), work).await {
            Ok(Ok(told)) => told,
            Ok(Err(panic)) => bail!("{panic}"),
            Err(_) => bail!("not done {:.0} s after the start", began.elapsed().as_secs_f64()),
        }
    });
    Line { id: fault.id, engine: engine.name, told, seconds: began.elapsed().as_secs_f64() }
}

fn names(engines: &[Engine]) -> String {
    engines.iter().map(|engine| engine.name).collect::<Vec<_>>().join(" and ")
}

fn told(line: &Line) -> String {
    let (verdict, text) = match &line.told {
        Ok(text) => ("pass", text.clone()),
        Err(error) => ("FAIL", format!("{error:#}")),
    };
    format!("{:<5}{:<12}{verdict:<6}{:>6.1}  {text}", line.id, line.engine, line.seconds)
}
