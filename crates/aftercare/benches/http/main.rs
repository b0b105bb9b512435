//! What the program costs, measured on the real program over HTTP, beside the raw floor on the same machine.
//!
//! Run with `cargo xtask bench http`. The program is the one cargo built beside this file, or `AFTERCARE_BIN`; PostgreSQL is
//! measured where `AFTERCARE_TEST_POSTGRES` names a server. Each line is measured on the demo company, by clients that signed in
//! once and keep their connection. Processor time is that of the program (user + system, from `/proc`) until it has gone quiet
//! again, so that what a command sets off in the background is counted too. The floor is a plain insert of the rows
//! that the command added: prepared statements, one transaction and one sync per command. Prints one table and writes nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a measurement that can't be made ends with what is wrong
#![allow(clippy::print_stdout)] // the table is what it is for

mod floor;
#[path = "../measure/mod.rs"]
mod measure;

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::measure::database::{Database, binary};
use crate::measure::demo::{Demo, column, encoded, reports};
use crate::measure::load::{self, Ask, cpu_ms, quiet};
use crate::measure::program::{Http, Place, Program};
use crate::measure::table::{self, Goal, Table};

const CLIENTS: [usize; 2] = [1, 16];
const PHASE: Duration = Duration::from_secs(3);
const SYNC_DELAY_US: &str = "3000";
const METRICS_TOKEN: &str = "measured";
/// Milliseconds of the program per command and per read.
const COMMAND_MS: f64 = 1.2;
const READ_MS: f64 = 1.0;
/// How many times the floor a command may cost.
const TIMES_FLOOR: f64 = 8.0;

fn main() {
    let binary = binary();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    table::machine(&binary);
    let place = Place { data: folder.path().join("sqlite"), database: None };
    measured(&runtime, &binary, &place, "SQLite");
    match std::env::var("AFTERCARE_TEST_POSTGRES") {
        Ok(server) => {
            let database = runtime.block_on(Database::make(&server));
            let place = Place { data: folder.path().join("postgres"), database: Some(database.url.clone()) };
            measured(&runtime, &binary, &place, "PostgreSQL");
            runtime.block_on(database.remove());
        }
        Err(_) => println!("PostgreSQL was not measured: AFTERCARE_TEST_POSTGRES names no server.\n"),
    }
    table::bundles();
}

/// Everything about one database.
fn measured(runtime: &Runtime, binary: &Path, place: &Place, name: &str) {
    let demo = Demo::make(binary, place);
    let mut table = Table::new(name);
    let start = at_rest(binary, place, &mut table);
    let program = Program::serve(binary, place, &["--metrics-token", METRICS_TOKEN]).unwrap();
    let (cookies, known) = runtime.block_on(sign_in(&demo, &program, place));
    let mut costs = Vec::new();
    for (what, ask) in known.commands() {
        for clients in CLIENTS {
            let before = runtime.block_on(committed(&program));
            let load = runtime.block_on(load::run(&program, &cookies[..clients], PHASE, &ask));
            let after = runtime.block_on(committed(&program));
            table.load(what, clients, &load, COMMAND_MS);
            if place.database.is_none() {
                let per_sync = (after.0 - before.0) / (after.1 - before.1).max(1.0);
                table.note("  writes per sync", &format!("{per_sync:.1}"));
            }
            if clients == 1 {
                costs.push(load.cpu_ms);
            }
        }
    }
    for (what, ask) in known.reads() {
        for clients in CLIENTS {
            let load = runtime.block_on(load::run(&program, &cookies[..clients], PHASE, &ask));
            table.load(what, clients, &load, READ_MS);
        }
    }
    let samples: Vec<_> = known
        .commands()
        .into_iter()
        .map(|(what, ask)| (what, runtime.block_on(floor::sample(&program, place, &cookies[0], &ask))))
        .collect();
    let loaded_mb = load::resident_mb(program.pid())[0];
    drop(program);
    for ((what, sample), cost) in samples.iter().zip(costs) {
        table.note(&format!("rows of: {what}"), &sample.told());
        let writers: &[usize] = if place.database.is_some() { &CLIENTS } else { &[1] };
        for &clients in writers {
            let raw = floor::run(place, sample, clients);
            table.floor(clients, raw.per_second, raw.cpu_ms);
            if clients == 1 {
                let times = cost / raw.cpu_ms;
                table.goal(
                    "  the command costs, times the floor",
                    &format!("{times:.1}"),
                    &Goal::at_most(TIMES_FLOOR, "×"),
                    times,
                );
            }
        }
    }
    if place.database.is_none() {
        slowed(runtime, binary, place, &known, &cookies, &mut table);
    }
    start.told(&mut table);
    table.note("memory after all this", &format!("{loaded_mb:.0} MB"));
    table.print();
}

/// One client against sixteen with every sync slowed: group commit.
fn slowed(
    runtime: &Runtime,
    binary: &Path,
    place: &Place,
    known: &Known,
    cookies: &[String],
    table: &mut Table,
) {
    let program = Program::serve(binary, place, &["--test-sync-delay-us", SYNC_DELAY_US]).unwrap();
    for (what, ask) in known.commands() {
        let rates: Vec<f64> = CLIENTS
            .iter()
            .map(|&clients| {
                runtime.block_on(load::run(&program, &cookies[..clients], PHASE, &ask)).per_second
            })
            .collect();
        let times = rates[1] / rates[0];
        table.note(
            &format!("syncs + 3 ms: {what}"),
            &format!("{:.0}/s with 1 client, {:.0}/s with 16", rates[0], rates[1]),
        );
        table.goal(
            "  16 clients commit, times one",
            &format!("{times:.1}"),
            &Goal::at_least(5.0, "×"),
            times,
        );
    }
}

/// Commands and commits so far.
async fn committed(program: &Program) -> (f64, f64) {
    let mut http = Http::connect(program.address, "").await.unwrap();
    let token = format!("Bearer {METRICS_TOKEN}");
    let reply = http.send("GET", "/metrics", &[("authorization", &token)], b"").await.unwrap();
    let text = String::from_utf8_lossy(&reply.body).into_owned();
    let value =
        |name: &str| text.lines().find_map(|l| l.strip_prefix(name)?.trim().parse().ok()).unwrap_or(0.0);
    (value("aftercare_commands_committed_total "), value("aftercare_commits_total "))
}

/// Seconds from start to ready, and memory.
struct AtRest {
    ready_s: f64,
    first: Rest,
    next: Rest,
}

impl AtRest {
    fn told(&self, table: &mut Table) {
        table.goal(
            "start to ready on this data (median of 5)",
            &format!("{:.2} s", self.ready_s),
            &Goal::at_most(0.2, "s"),
            self.ready_s,
        );
        for (what, rest) in [
            ("memory at rest, 5 s after the start that reads what the demo left", &self.first),
            ("memory at rest, 5 s after the next start", &self.next),
        ] {
            let [all, own] = rest.resident_mb;
            table.goal(what, &format!("{all:.0} MB"), &Goal::at_most(50.0, "MB"), all);
            table.note("  of it not pages of the program's own file", &format!("{own:.0} MB"));
        }
        table.note("processor time at rest", &format!("{:.1} ms per second", self.next.idle_ms_per_s));
    }
}

fn at_rest(binary: &Path, place: &Place, table: &mut Table) -> AtRest {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let start = || {
        let program = Program::serve(binary, place, &[]).unwrap();
        runtime.block_on(async {
            let mut http = Http::connect(program.address, "").await.unwrap();
            while http.get("/readyz").await.unwrap().status != 200 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        program
    };
    // The first that is left alone reads what making the demo left to be read.
    let first = Rest::of(&runtime, &start());
    let mut starts = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        let program = start();
        starts.push(began.elapsed().as_secs_f64());
        drop(program);
    }
    starts.sort_by(f64::total_cmp);
    table.note("data", "the demo company of `aftercare demo`");
    AtRest { ready_s: starts[2], first, next: Rest::of(&runtime, &start()) }
}

/// A program that nobody asks anything.
struct Rest {
    /// Resident, and of it what is not of the program's file.
    resident_mb: [f64; 2],
    idle_ms_per_s: f64,
}

impl Rest {
    fn of(runtime: &Runtime, program: &Program) -> Self {
        runtime.block_on(quiet(program));
        let spent = cpu_ms(program.pid());
        let idle = Duration::from_secs(5);
        std::thread::sleep(idle);
        let idle_ms_per_s = (cpu_ms(program.pid()) - spent) / idle.as_secs_f64();
        Self { resident_mb: load::resident_mb(program.pid()), idle_ms_per_s }
    }
}

/// Signs sixteen hotline agents in, and learns what they can ask about.
async fn sign_in(demo: &Demo, program: &Program, place: &Place) -> (Vec<String>, Known) {
    let cookies = demo.sign_in(program, "hotline_agent", CLIENTS[1]).await;
    let mut http = Http::connect(program.address, &cookies[0]).await.unwrap();
    let page = http.get("/api/cases?view=open").await.unwrap().json();
    let cases = page["items"].as_array().unwrap_or_else(|| panic!("no items in {page}"));
    let cases = cases.iter().filter_map(|c| Some(c["id"].as_str()?.to_owned())).collect();
    // What callers say: serial numbers and the beginnings of names.
    let mut words = column(place, "SELECT serial AS said FROM asset ORDER BY id LIMIT 100").await;
    let names = column(place, "SELECT name AS said FROM site ORDER BY id LIMIT 100").await;
    words.extend(names.into_iter().map(|name| name.chars().take(3).collect()));
    let words = words.iter().map(|word| encoded(word)).collect();
    (cookies, Known { cases, reports: reports(place, 1_000).await, words })
}

/// What the clients can ask about.
struct Known {
    cases: Vec<String>,
    reports: Vec<Value>,
    words: Vec<String>,
}

impl Known {
    fn commands(&self) -> [(&'static str, Ask); 2] {
        let (reports, cases) = (self.reports.clone(), self.cases.clone());
        [
            (
                "report a fault: POST /api/cases",
                Ask::command(move |n| ("/api/cases".into(), reports[n % reports.len()].to_string())),
            ),
            (
                "write a note: POST /api/cases/{id}/note",
                Ask::command(move |n| {
                    let note = json!({ "text": "客户来电催促,已告知预计到达时间。" });
                    (format!("/api/cases/{}/note", cases[n % cases.len()]), note.to_string())
                }),
            ),
        ]
    }

    fn reads(&self) -> [(&'static str, Ask); 3] {
        let (cases, words) = (self.cases.clone(), self.words.clone());
        [
            (
                "read a case: GET /api/cases/{id}",
                Ask::read(move |n| format!("/api/cases/{}", cases[n % cases.len()])),
            ),
            ("list page of 50: GET /api/cases?view=open", Ask::read(|_| "/api/cases?view=open".into())),
            (
                "look-up box: GET /api/look-up",
                Ask::read(move |n| format!("/api/look-up?q={}", words[n % words.len()])),
            ),
        ]
    }
}
