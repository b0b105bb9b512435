//! The load of a service centre: reads, commands and live streams at fixed rates, and that nothing was lost.
//!
//! Run with `cargo xtask bench load [SECONDS]`. SQLite carries a small centre (100 reads/s, 50 commands/s, 200 streams), PostgreSQL a
//! tenth of one with 5,000 staff (100 reads/s, 30 commands/s, 500 streams). Requests leave at their times whether or not earlier
//! ones were answered in time, and an answer's time counts from the moment its request was due: what a stall delays counts as
//! slow. A run-up comes first and is not counted. Afterwards every acknowledged command is looked up in the database, some are sent
//! again, each stream is held against what a replay from its start gives, and `aftercare check` is run.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a measurement that can't be made ends with what is wrong
#![allow(clippy::print_stdout)] // the table is what it is for

#[path = "../measure/mod.rs"]
mod measure;
mod mix;
mod streams;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::measure::database::{Database, binary, open};
use crate::measure::demo::{Demo, column, reports};
use crate::measure::load::{cpu_ms, quiet, resident_mb};
use crate::measure::program::{Http, Place, Program};
use crate::measure::table::{self, Goal, Table};
use crate::mix::{Done, Worker};
use crate::streams::Stream;

/// What is asked of the program.
struct Target {
    name: &'static str,
    reads_per_second: f64,
    commands_per_second: f64,
    streams: usize,
}

const SMALL: Target = Target {
    name: "SQLite, a small centre",
    reads_per_second: 100.0,
    commands_per_second: 50.0,
    streams: 200,
};
const TENTH: Target = Target {
    name: "PostgreSQL, a tenth of 5,000 staff",
    reads_per_second: 100.0,
    commands_per_second: 30.0,
    streams: 500,
};
/// Milliseconds to the answer for 95 of a hundred.
const READ_P95_MS: f64 = 200.0;
const COMMAND_P95_MS: f64 = 400.0;
/// Connections that share the requests of each kind.
const WORKERS: usize = 32;
const RUN_UP: Duration = Duration::from_secs(5);
const SECONDS: u64 = 60;
/// Commands that are sent a second time.
const AGAIN: usize = 100;

fn main() {
    let binary = binary();
    let seconds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(SECONDS);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    table::machine(&binary);
    let only = std::env::var_os("AFTERCARE_BENCH_ONLY");
    if only.is_none_or(|only| only == "sqlite") {
        let place = Place { data: folder.path().join("sqlite"), database: None };
        measured(&runtime, &binary, &place, &SMALL, seconds);
    }
    match std::env::var("AFTERCARE_TEST_POSTGRES") {
        Ok(server) => {
            let database = runtime.block_on(Database::make(&server));
            let place = Place { data: folder.path().join("postgres"), database: Some(database.url.clone()) };
            measured(&runtime, &binary, &place, &TENTH, seconds);
            runtime.block_on(database.remove());
        }
        Err(_) => println!("PostgreSQL was not measured: AFTERCARE_TEST_POSTGRES names no server.\n"),
    }
}

fn measured(runtime: &Runtime, binary: &Path, place: &Place, target: &Target, seconds: u64) {
    let demo = Demo::make(binary, place);
    let program = Program::serve(binary, place, &[]).unwrap();
    let mut table = Table::new(target.name);
    runtime.block_on(async {
        quiet(&program).await;
        let accounts = accounts(&demo, &program, place).await;
        let begun_at = newest(place).await;
        let streams: Vec<Stream> = open_streams(&program, &accounts, target.streams).await;
        let idle_mb = resident_mb(program.pid())[0];
        let known = Arc::new(mix::Known {
            cases: column(place, "SELECT id AS said FROM service_case ORDER BY reported_at DESC LIMIT 300")
                .await,
            reports: reports(place, 3_000).await,
        });
        let (reads, commands) =
            run(&program, &accounts, &known, target, Duration::from_secs(seconds), &mut table).await;
        told(&mut table, "reads", target.reads_per_second, seconds, &reads, READ_P95_MS);
        told(&mut table, "commands", target.commands_per_second, seconds, &commands, COMMAND_P95_MS);
        for kind in mix::KINDS {
            let mut of: Vec<&Done> = reads.iter().chain(&commands).filter(|done| done.kind == kind).collect();
            of.sort_unstable_by_key(|done| done.after);
            if let Some(slow) = of.get(of.len() * 95 / 100) {
                let p95 = slow.after.as_secs_f64() * 1e3;
                table.note(&format!("  {kind}"), &format!("{} answered, p95 {p95:.1} ms", of.len()));
            }
        }
        table.note(
            "memory before / after",
            &format!("{idle_mb:.0} / {:.0} MB", resident_mb(program.pid())[0]),
        );
        quiet(&program).await;
        kept(&program, place, &commands, &mut table).await;
        followed(&program, place, begun_at, streams, &mut table).await;
    });
    drop(program);
    let said = place.run(binary, &["check"]).unwrap_or_else(|said| said);
    table.note("aftercare check", said.lines().last().unwrap_or_default());
    table.print();
}

/// Somebody signed in.
struct Account {
    login: String,
    cookie: String,
    agent: bool,
}

/// Everybody of the demo who may follow what happens; sessions are as many as accounts.
async fn accounts(demo: &Demo, program: &Program, place: &Place) -> Vec<Account> {
    let logins = column(
        place,
        "SELECT login || ' ' || roles AS said FROM account WHERE disabled_at IS NULL ORDER BY login",
    )
    .await;
    let mut all = Vec::new();
    for line in logins {
        let (login, roles) = line.split_once(' ').unwrap();
        let Ok(cookie) = demo.session(program, login).await else { continue };
        let mut http = Http::connect(program.address, &cookie).await.unwrap();
        // Administrators follow nothing of the trade.
        if http.get("/api/cases?limit=1").await.unwrap().status == 200 {
            all.push(Account { login: login.to_owned(), cookie, agent: roles.contains("hotline_agent") });
        }
    }
    assert!(all.iter().filter(|a| a.agent).count() > 3, "only {} accounts", all.len());
    all
}

async fn newest(place: &Place) -> i64 {
    let mut tx = open(place).await.reader().await.unwrap();
    kit::events::newest(&mut tx).await.unwrap()
}

async fn open_streams(program: &Program, accounts: &[Account], count: usize) -> Vec<Stream> {
    let mut streams = Vec::with_capacity(count);
    for n in 0..count {
        let account = &accounts[n % accounts.len()];
        streams.push(Stream::open(program.address, &account.login, &account.cookie).await);
    }
    streams
}

async fn run(
    program: &Program,
    accounts: &[Account],
    known: &Arc<mix::Known>,
    target: &Target,
    phase: Duration,
    table: &mut Table,
) -> (Vec<Done>, Vec<Done>) {
    let agents: Vec<&Account> = accounts.iter().filter(|account| account.agent).collect();
    let begin = Instant::now() + Duration::from_millis(200);
    let counted_from = begin + RUN_UP;
    let end = counted_from + phase;
    let mut tasks = JoinSet::new();
    for (writes, rate) in [(false, target.reads_per_second), (true, target.commands_per_second)] {
        for at in 0..WORKERS {
            // Whoever reads is anybody at the desk; whoever writes is an agent.
            let account = agents[at % agents.len()];
            let http = Http::connect(program.address, &account.cookie).await.unwrap();
            let mut worker = Worker::new(http, known.clone(), at, writes);
            tasks.spawn(async move {
                let mut done = Vec::new();
                for n in (at..).step_by(WORKERS) {
                    let due = begin + Duration::from_secs_f64(n as f64 / rate);
                    if due >= end {
                        break;
                    }
                    tokio::time::sleep_until(due.into()).await;
                    let mut one = worker.ask(n).await;
                    one.after = due.elapsed();
                    one.counted = due >= counted_from;
                    done.push(one);
                }
                (writes, done)
            });
        }
    }
    tokio::time::sleep_until(counted_from.into()).await;
    let (spent, began) = (cpu_ms(program.pid()), Instant::now());
    tokio::time::sleep_until(end.into()).await;
    let share = (cpu_ms(program.pid()) - spent) / (began.elapsed().as_secs_f64() * 1e3) * 100.0;
    table.note("processor time of the program", &format!("{share:.0} % of one core"));
    let (mut reads, mut commands) = (Vec::new(), Vec::new());
    while let Some(done) = tasks.join_next().await {
        let (writes, done) = done.unwrap();
        if writes { commands.extend(done) } else { reads.extend(done) }
    }
    (reads, commands)
}

fn told(table: &mut Table, what: &str, rate: f64, seconds: u64, all: &[Done], limit_ms: f64) {
    let wrong = all.iter().filter(|done| !(200..300).contains(&done.status)).count();
    let mut times: Vec<Duration> = all.iter().filter(|done| done.counted).map(|done| done.after).collect();
    times.sort_unstable();
    let ms = |p: usize| times[(times.len() * p / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    let answered = times.len() as f64 / seconds as f64;
    table.note(
        &format!("{what}: {rate}/s asked"),
        &format!("{answered:.1}/s answered, p50 {:.1} ms, p99 {:.1} ms, {wrong} refused", ms(50), ms(99)),
    );
    table.goal(
        "  95 of a hundred within",
        &format!("{:.1} ms", ms(95)),
        &Goal::at_most(limit_ms, "ms"),
        ms(95),
    );
}

/// Every acknowledged command has its event, and is answered from what was kept when it is sent again.
async fn kept(program: &Program, place: &Place, commands: &[Done], table: &mut Table) {
    let acknowledged: Vec<&Done> = commands.iter().filter(|done| (200..300).contains(&done.status)).collect();
    let there: HashSet<String> =
        column(place, "SELECT DISTINCT command_id AS said FROM event").await.into_iter().collect();
    let lost = acknowledged.iter().filter(|done| !there.contains(&done.key)).count();
    table.goal(
        &format!("acknowledged commands without a trace, of {}", acknowledged.len()),
        &lost.to_string(),
        &Goal::at_most(0.0, ""),
        lost as f64,
    );
    let mut again = 0;
    for done in acknowledged.iter().rev().take(AGAIN) {
        let mut http = Http::connect(program.address, &done.cookie).await.unwrap();
        let reply = http.post(&done.path, &done.key, &done.body).await.unwrap();
        again += usize::from(reply.replayed && reply.status == done.status);
    }
    let sent = acknowledged.len().min(AGAIN);
    table.note("sent a second time, same answer", &format!("{again} of {sent}"));
}

/// Every stream told what a replay from its start tells, in rising order.
async fn followed(program: &Program, place: &Place, begun_at: i64, streams: Vec<Stream>, table: &mut Table) {
    // What was committed last reaches the streams within moments.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let upto = newest(place).await;
    let sessions: HashMap<String, String> =
        streams.iter().map(|stream| (stream.login.clone(), stream.cookie.clone())).collect();
    let mut tasks = JoinSet::new();
    for (login, cookie) in sessions {
        let address = program.address;
        tasks.spawn(async move { (login, streams::replay(address, &cookie, begun_at, upto).await) });
    }
    let mut replays = HashMap::new();
    while let Some(replay) = tasks.join_next().await {
        let (login, seqs) = replay.unwrap();
        replays.insert(login, seqs);
    }
    let (mut events, mut short, mut dropped, mut out_of_order) = (0, 0, 0, 0);
    for stream in streams {
        let (login, start) = (stream.login.clone(), stream.start);
        let told = stream.end().await;
        out_of_order += usize::from(!told.seqs.windows(2).all(|pair| pair[0] < pair[1]));
        dropped += usize::from(told.ended);
        let seqs: HashSet<i64> = told.seqs.iter().copied().filter(|seq| *seq <= upto).collect();
        let missing = replays[&login].iter().filter(|seq| **seq > start && !seqs.contains(seq)).count();
        short += usize::from(missing > 0);
        events += seqs.len();
    }
    table.note("told on live streams", &format!("{events} events, {} accounts", replays.len()));
    for (what, count) in [
        ("streams that missed something", short),
        ("streams that were dropped", dropped),
        ("streams out of order", out_of_order),
    ] {
        table.goal(what, &count.to_string(), &Goal::at_most(0.0, ""), count as f64);
    }
}
