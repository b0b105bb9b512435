//! Lists, search and one case at 100,000 cases and assets and more than 300,000 events, over HTTP on each database.
//!
//! Run with `cargo xtask bench lists`. The program is the one cargo built beside this file, or `AFTERCARE_BIN`; PostgreSQL is
//! measured where `AFTERCARE_TEST_POSTGRES` names a server. The data are made first, on the demo company (`measure::estate`), and
//! proved with `aftercare check`. Words name the kinds to measure: `lists search` measures those whose line has one of them. Prints
//! one table per database. `AFTERCARE_BENCH_ESTATE` names a folder in which the data stay, to be measured again with another program;
//! nothing is written elsewhere.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a measurement that can't be made ends with what is wrong
#![allow(clippy::print_stdout)] // the table is what it is for

#[path = "../measure/mod.rs"]
mod measure;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::measure::database::{Database, binary};
use crate::measure::demo::{Demo, column, encoded, reports};
use crate::measure::estate;
use crate::measure::load::{self, Ask, quiet};
use crate::measure::program::{Http, Place, Program};
use crate::measure::table::{self, Goal, Table};

const CLIENTS: [usize; 2] = [1, 16];
const PHASE: Duration = Duration::from_secs(3);
const METRICS_TOKEN: &str = "measured";
/// Milliseconds of the program per page, and to the answer for 99 of a hundred at 16 clients.
const READ_MS: f64 = 1.0;
const P99_MS: f64 = 25.0;
/// Faults reported through the program on top of the estate: with device, cover and clocks.
const REPORTS: usize = 3_000;

/// Somebody who sees one branch.
const MANAGER: &str = "SELECT a.login AS said FROM account a JOIN org_unit u ON u.id = a.unit_id \
     WHERE u.parent_id IS NOT NULL AND a.roles LIKE '%branch_manager%' ORDER BY a.login LIMIT 1";

fn main() {
    let binary = binary();
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("AFTERCARE_BENCH_ESTATE").map(PathBuf::from);
    let estates = kept.clone().unwrap_or_else(|| folder.path().to_owned());
    std::fs::create_dir_all(&estates).unwrap();
    table::machine(&binary);
    if std::env::var_os("AFTERCARE_BENCH_ONLY").is_none_or(|only| only == "sqlite") {
        let place = Place { data: estates.join("sqlite"), database: None };
        measured(&runtime, &binary, &place, "SQLite", &words);
        if kept.is_none() {
            std::fs::remove_dir_all(&place.data).unwrap();
        }
    }
    match std::env::var("AFTERCARE_TEST_POSTGRES") {
        Ok(server) => {
            let named = estates.join("database");
            let stands = std::fs::read_to_string(&named).ok();
            let database = match &stands {
                Some(_) => None,
                None => Some(runtime.block_on(Database::make(&server))),
            };
            let url = stands.or_else(|| database.as_ref().map(|made| made.url.clone()));
            let place = Place { data: estates.join("postgres"), database: url.clone() };
            measured(&runtime, &binary, &place, "PostgreSQL", &words);
            match (kept, database) {
                (Some(_), _) => std::fs::write(&named, url.unwrap()).unwrap(),
                (None, Some(database)) => runtime.block_on(database.remove()),
                (None, None) => {}
            }
        }
        Err(_) => println!("PostgreSQL was not measured: AFTERCARE_TEST_POSTGRES names no server.\n"),
    }
}

fn measured(runtime: &Runtime, binary: &Path, place: &Place, name: &str, words: &[String]) {
    // What the demo said of its logins shows that the estate stands already.
    let said = place.data.with_extension("said");
    let stood = std::fs::read_to_string(&said).ok();
    let stands = stood.is_some();
    let demo = stood.map_or_else(|| Demo::make(binary, place), Demo::again);
    let began = Instant::now();
    if !stands {
        runtime.block_on(estate::fill(place));
    }
    let filled = began.elapsed();
    let program = Program::serve(binary, place, &["--metrics-token", METRICS_TOKEN]).unwrap();
    let agents = runtime.block_on(demo.sign_in(&program, "hotline_agent", CLIENTS[1]));
    let managers = runtime.block_on(async {
        let login = column(place, MANAGER).await.remove(0);
        demo.sign_in_as(&program, &login, CLIENTS[1]).await
    });
    if !stands {
        runtime.block_on(report(&program, place, &agents));
        std::fs::write(&said, demo.said()).unwrap();
    }
    let mut table = Table::new(name);
    let counts = runtime.block_on(counts(place));
    table.note("data", &counts);
    table.note("made in", &format!("{:.0} s", filled.as_secs_f64()));
    for (what, who, ask) in runtime.block_on(asks(&program, place, &agents, &managers)) {
        if !words.is_empty() && !words.iter().any(|word| what.contains(word.as_str())) {
            continue;
        }
        let one = runtime.block_on(statements_of(&program, &who[0], &ask));
        for clients in CLIENTS {
            let load = runtime.block_on(load::run(&program, &who[..clients], PHASE, &ask));
            table.load(&what, clients, &load, READ_MS);
            if clients == CLIENTS[1] {
                let p99 = load.percentiles_ms[2];
                table.goal(
                    "  99 of a hundred at 16 clients",
                    &format!("{p99:.1}"),
                    &Goal::at_most(P99_MS, "ms"),
                    p99,
                );
            }
        }
        table.note("  statements per page", &one.to_string());
    }
    drop(program);
    let began = Instant::now();
    let said = place.run(binary, &["check"]).unwrap_or_else(|said| said);
    let last = said.lines().last().unwrap_or_default().to_owned();
    table.note("aftercare check", &format!("{last} ({:.0} s)", began.elapsed().as_secs_f64()));
    table.print();
}

/// What stands in the database.
async fn counts(place: &Place) -> String {
    let mut all = Vec::new();
    for table in ["service_case", "asset", "site", "event", "case_term", "search_key"] {
        let sql = format!("SELECT CAST(COUNT(*) AS TEXT) AS said FROM {table}");
        all.push(format!("{} {table}", column(place, &sql).await[0]));
    }
    all.push(format!(
        "{} open",
        column(place, "SELECT CAST(COUNT(*) AS TEXT) AS said FROM service_case WHERE closed_at IS NULL")
            .await[0]
    ));
    all.join(", ")
}

/// Faults reported by sixteen agents at once.
async fn report(program: &Program, place: &Place, agents: &[String]) {
    let reports = reports(place, REPORTS).await;
    let mut tasks = tokio::task::JoinSet::new();
    for (at, cookie) in agents.iter().enumerate() {
        let mine: Vec<_> = reports.iter().skip(at).step_by(agents.len()).cloned().collect();
        let mut http = Http::connect(program.address, cookie).await.unwrap();
        tasks.spawn(async move {
            let ask = Ask::command(move |n| ("/api/cases".into(), mine[n].to_string()));
            for n in 0..REPORTS / CLIENTS[1] {
                ask.send(&mut http, n).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    quiet(program).await;
}

/// Statements that readers of the program have run.
async fn statements(program: &Program) -> u64 {
    let mut http = Http::connect(program.address, "").await.unwrap();
    let token = format!("Bearer {METRICS_TOKEN}");
    let reply = http.send("GET", "/metrics", &[("authorization", &token)], b"").await.unwrap();
    let text = String::from_utf8_lossy(&reply.body).into_owned();
    let value =
        text.lines().find_map(|l| l.strip_prefix("aftercare_statements_read_total ")?.trim().parse().ok());
    value.unwrap_or_default()
}

/// Statements of one page, those of its session included: the least of some looks, for the background asks too.
async fn statements_of(program: &Program, cookie: &str, ask: &Ask) -> u64 {
    let mut http = Http::connect(program.address, cookie).await.unwrap();
    let mut least = u64::MAX;
    for n in 0..3 {
        let before = statements(program).await;
        let nothing = statements(program).await - before;
        let before = statements(program).await;
        ask.send(&mut http, n).await;
        least = least.min((statements(program).await - before).saturating_sub(nothing));
    }
    least
}

type Kind<'c> = (String, &'c [String], Ask);

/// What is measured: the line, who asks, what.
async fn asks<'c>(
    program: &Program,
    place: &Place,
    agents: &'c [String],
    managers: &'c [String],
) -> Vec<Kind<'c>> {
    let mut all: Vec<Kind<'c>> = Vec::new();
    let mut plain = |what: &str, who: &'c [String], path: String| {
        all.push((what.to_owned(), who, Ask::read(move |_| path.clone())));
    };
    plain("list: open cases by due time", agents, "/api/cases?view=open".into());
    plain("list: open cases of a branch", managers, "/api/cases?view=open".into());
    plain("list: all cases, newest first", agents, "/api/cases?view=all".into());
    plain("list: all cases of a branch", managers, "/api/cases?view=all".into());
    plain("list: open and major", agents, "/api/cases?view=open&severity=major".into());
    plain("list: late", agents, "/api/cases?view=late".into());
    plain(
        "list: 40th page of all",
        agents,
        deep(program, &agents[0], "/api/cases?view=all&limit=50", 40).await,
    );
    plain("list: sites", agents, "/api/sites".into());
    plain("list: assets", agents, "/api/assets".into());
    for (what, text) in [
        ("a word of every eighth symptom", estate::COMMON_WORD),
        ("a word of a hundred symptoms", estate::RARE_WORD),
        ("a word that most sites have", estate::COMMON_PLACE),
        ("the name of ten sites", estate::RARE_PLACE),
        ("initials of ten sites", estate::RARE_INITIALS),
        ("initials that most sites have", estate::COMMON_INITIALS),
    ] {
        let text = encoded(text);
        plain(&format!("search all: {what}"), agents, format!("/api/cases?view=all&q={text}"));
        plain(&format!("search open: {what}"), agents, format!("/api/cases?view=open&q={text}"));
        plain(&format!("look-up: {what}"), agents, format!("/api/look-up?q={text}"));
    }
    let both = encoded(&format!("{} {}", estate::COMMON_PLACE, estate::RARE_WORD));
    plain("search all: a common and a rare word", agents, format!("/api/cases?view=all&q={both}"));
    let text = encoded(estate::COMMON_PLACE);
    plain("search of a branch: what most sites have", managers, format!("/api/cases?view=all&q={text}"));
    plain("search sites: what most have", agents, format!("/api/sites?q={text}"));
    let serials: Vec<String> =
        column(place, "SELECT serial AS said FROM asset ORDER BY id DESC LIMIT 500").await;
    let tails: Vec<String> = serials.iter().map(|serial| serial[serial.len() - 4..].to_owned()).collect();
    let numbers = column(place, "SELECT number AS said FROM service_case ORDER BY id DESC LIMIT 500").await;
    let number_tails: Vec<String> =
        numbers.iter().map(|number| number[number.len() - 4..].to_owned()).collect();
    for (what, texts) in [
        ("serial", serials),
        ("last four of a serial", tails),
        ("case number", numbers),
        ("last four of a case", number_tails),
    ] {
        for (kind, path) in [
            ("search all", "/api/cases?view=all&q="),
            ("search assets", "/api/assets?q="),
            ("look-up", "/api/look-up?q="),
        ] {
            let texts: Vec<String> = texts.iter().map(|text| encoded(text)).collect();
            all.push((
                format!("{kind}: {what}"),
                agents,
                Ask::read(move |n| format!("{path}{}", texts[n % texts.len()])),
            ));
        }
    }
    let cases =
        column(place, "SELECT id AS said FROM service_case ORDER BY reported_at DESC LIMIT 2000").await;
    for (what, end) in [("one case", ""), ("its timeline", "/timeline")] {
        let cases = cases.clone();
        all.push((
            format!("case: {what}"),
            agents,
            Ask::read(move |n| format!("/api/cases/{}{end}", cases[n % cases.len()])),
        ));
    }
    all
}

/// The address of a page deep in a list.
async fn deep(program: &Program, cookie: &str, path: &str, pages: usize) -> String {
    let mut http = Http::connect(program.address, cookie).await.unwrap();
    let mut address = path.to_owned();
    for _ in 1..pages {
        let page = http.get(&address).await.unwrap().json();
        address = format!(
            "{path}&after={}",
            page["next"].as_str().unwrap_or_else(|| panic!("no next in {address}"))
        );
    }
    address
}
