//! How long 100,000 assets from a table take, on both databases: read, tried, stored, stored again, changed.
//!
//! Run with `cargo xtask bench import [ROWS]`. The import runs as the program's own does; PostgreSQL is measured where
//! `AFTERCARE_TEST_POSTGRES` names a server. Goal: read, tried and stored in less than 60 s (issue: 100,000 assets in under a minute).

#![allow(clippy::unwrap_used, clippy::expect_used)] // a measurement that can't be made ends with what is wrong
#![allow(clippy::print_stdout)] // the lines are what it is for
#![allow(clippy::disallowed_methods)] // it measures by the wall clock

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use aftercare::import::tables::{Asked, Report, Sent, TableKind, bring, trial};
use kit::db::Hooks;
use kit::files::Files;
use kit::sheet::{Sheet, SheetFormat};
use kit::{Actor, ActorKind, App, Clock, Db, Ids, Lang, Reach, Ts, WebConfig, params};

const CUSTOMERS: usize = 1_000;
const SITES: usize = 5_000;
const GOAL_S: f64 = 60.0;

fn main() {
    let rows = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Db::open_sqlite(&folder.path().join("bench.db"), Hooks::default()).unwrap();
    runtime.block_on(measured("SQLite", sqlite, folder.path(), rows));
    match std::env::var("AFTERCARE_TEST_POSTGRES") {
        Ok(server) => runtime.block_on(on_postgres(&server, folder.path(), rows)),
        Err(_) => println!("PostgreSQL was not measured: AFTERCARE_TEST_POSTGRES names no server."),
    }
}

async fn on_postgres(server: &str, folder: &Path, rows: usize) {
    let name = format!("bench_import_{}", std::process::id());
    let (admin, connection) =
        tokio_postgres::connect(&format!("{}/postgres", server.trim_end_matches('/')), tokio_postgres::NoTls)
            .await
            .unwrap();
    tokio::spawn(connection);
    admin.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = format!("{}/{name}", server.trim_end_matches('/'));
    let db = Db::open_postgres(&url, 8).await.unwrap();
    measured("PostgreSQL", db, folder, rows).await;
    admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

/// The company: headquarters and one product.
async fn company(app: &App) {
    let now = app.clock.now();
    let ids = [(); 2].map(|()| app.ids.next(now).to_string());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                tx.execute(
                    "INSERT INTO org_unit (id, parent_id, kind, name_zh, name_en, zone) VALUES ($1, NULL, 'headquarters', 'HQ', 'HQ', 'Asia/Shanghai')",
                    params![&ids[0]],
                )
                .await?;
                tx.execute("INSERT INTO unit_reach (root_id, unit_id) VALUES ($1, $1)", params![&ids[0]]).await?;
                tx.execute(
                    "INSERT INTO product (id, model, model_version, name_zh, name_en, kind, active, created_at, changed_at, version) \
                     VALUES ($1, 'BG-100', '', 'BG', 'BG', 'barrier', 1, $2, $2, 1)",
                    params![&ids[1], now],
                )
                .await
            })
        })
        .await
        .unwrap();
}

fn asked(kind: TableKind) -> Asked {
    Asked {
        kind,
        source: "bench".into(),
        actor: Actor {
            kind: ActorKind::Import,
            id: "table:bench".into(),
            employee_id: None,
            unit_id: None,
            reach: Reach::Everything,
            lang: Lang::En,
        },
        unit_id: None,
    }
}

async fn stored(app: &App, kind: TableKind, sent: Sent) -> Report {
    let report = bring(app, asked(kind), sent, Arc::new(AtomicU64::new(0))).await.unwrap();
    assert!(report.fine(), "{:?} {:?}", report.refusal, report.faults.first());
    report
}

fn assets(rows: usize, software: &str) -> String {
    let mut text = String::from("external_ref,serial,model,site,parent,software_version\n");
    for n in 0..rows {
        // Every tenth is a system of which the next nine are parts.
        let parent = if n % 10 == 0 { String::new() } else { format!("A{}", n - n % 10) };
        writeln!(text, "A{n},SN-{n:08},BG-100,S{},{parent},{software}", n / 10 % SITES).unwrap();
    }
    text
}

fn workbook(text: &str) -> Vec<u8> {
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let mut sheet = Sheet::of_text(SheetFormat::Xlsx, &lines.next().unwrap());
    for line in lines {
        sheet.row(&line.into_iter().map(Into::into).collect::<Vec<_>>());
    }
    sheet.finish()
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

async fn measured(name: &str, db: Db, folder: &Path, rows: usize) {
    let files = Files::open(&folder.join("files")).unwrap();
    db.migrate(aftercare::migrations::ALL, Ts(0)).await.unwrap();
    let app = App::new(db, Clock::system(), Ids::system(), files, WebConfig::default());
    company(&app).await;
    let mut customers = String::from("external_ref,name,unit\n");
    for n in 0..CUSTOMERS {
        writeln!(customers, "C{n},Customer {n},HQ").unwrap();
    }
    let mut sites = String::from("external_ref,customer,name,address,unit\n");
    for n in 0..SITES {
        writeln!(sites, "S{n},C{},Site {n},Road {n},HQ", n % CUSTOMERS).unwrap();
    }
    stored(&app, TableKind::Customers, Sent::read(customers.as_bytes(), TableKind::Customers, Lang::En))
        .await;
    stored(&app, TableKind::Sites, Sent::read(sites.as_bytes(), TableKind::Sites, Lang::En)).await;

    let text = assets(rows, "3.2.1");
    let book = workbook(&text);
    println!("{name}: {rows} assets, CSV {} KiB, XLSX {} KiB", text.len() / 1024, book.len() / 1024);
    let line = |what: &str, begun: Instant| {
        let seconds = begun.elapsed().as_secs_f64();
        #[allow(clippy::cast_precision_loss)] // a benchmark's rows fit a float
        let rate = rows as f64 / seconds;
        println!("  {what:<34} {seconds:>7.2} s {rate:>10.0} rows/s");
        seconds
    };
    let begun = Instant::now();
    let from_book = Sent::read(&book, TableKind::Assets, Lang::En);
    let mut whole = line("read, XLSX", begun);
    assert_eq!(from_book.rows(), rows as u64);
    let begun = Instant::now();
    let sent = Sent::read(text.as_bytes(), TableKind::Assets, Lang::En);
    line("read, CSV", begun);
    drop(sent);
    let begun = Instant::now();
    let report =
        trial(&app, &asked(TableKind::Assets), &from_book, Arc::new(AtomicU64::new(0))).await.unwrap();
    whole += line("tried", begun);
    assert_eq!((report.new, report.bad), (rows as u64, 0));
    let begun = Instant::now();
    stored(&app, TableKind::Assets, from_book).await;
    whole += line("stored, all new", begun);
    println!(
        "  {:<34} {whole:>7.2} s   goal {GOAL_S} s: {}",
        "read, tried and stored",
        if whole < GOAL_S { "held" } else { "MISSED" }
    );
    for (what, software) in [("again, all the same", "3.2.1"), ("again, all changed", "3.2.2")] {
        let text = assets(rows, software);
        let sent = Sent::read(text.as_bytes(), TableKind::Assets, Lang::En);
        let begun = Instant::now();
        let report = stored(&app, TableKind::Assets, sent).await;
        line(what, begun);
        assert_eq!(report.same + report.changed, rows as u64);
    }
    println!("  {:<34} {:>7} MB", "most memory so far", peak_mb());
}
