//! The floor: a plain insert of the rows that a command added, with the same sync, without anything around it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use kit::db::{Dialect, Place as Position, Table, Tx, Value};
use kit::{Clock, Ids, Ts};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::measure::database::connect;
use crate::measure::load::{Ask, cpu_ms, quiet};
use crate::measure::program::{Http, Place, Program};

/// How many single commands are looked at to learn what one adds; what the background adds now and then is left out.
const LOOKS: usize = 6;
const PHASE: Duration = Duration::from_secs(2);

/// The rows that one command added.
pub struct Sample {
    dialect: Dialect,
    tables: Vec<Added>,
    /// Ids that were made for the command.
    ids: Vec<String>,
}

struct Added {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Sample {
    /// `3 event, 1 job, …`
    pub fn told(&self) -> String {
        self.tables.iter().map(|t| format!("{} {}", t.rows.len(), t.name)).collect::<Vec<_>>().join(", ")
    }

    /// The same rows for another command: its own ids, its own places in the chain and in the series of numbers.
    fn copy(&self, ids: &Ids, now: Ts, newest: &mut i64) -> Vec<Vec<Vec<Value>>> {
        let fresh: Vec<(&str, String)> =
            self.ids.iter().map(|old| (old.as_str(), ids.next(now).to_string())).collect();
        let mut copied = Vec::new();
        for table in &self.tables {
            let mut rows = table.rows.clone();
            for row in &mut rows {
                for (value, column) in row.iter_mut().zip(&table.columns) {
                    match (table.name.as_str(), column.as_str(), self.dialect) {
                        ("event", "seq", Dialect::Sqlite) => {
                            *newest += 1;
                            *value = Value::Int(*newest);
                        }
                        // PostgreSQL's events are sealed later.
                        ("event", "seq" | "hash", Dialect::Postgres) => *value = Value::Null,
                        ("service_case", "number", _) => {
                            *newest += 1;
                            *value = Value::Text(format!("FLOOR-{newest:08}"));
                        }
                        _ => renewed(value, &fresh),
                    }
                }
            }
            copied.push(rows);
        }
        copied
    }

    fn statements(&self) -> Vec<String> {
        let mark = if self.dialect == Dialect::Sqlite { '?' } else { '$' };
        self.tables
            .iter()
            .map(|t| {
                let marks: Vec<String> = (1..=t.columns.len()).map(|n| format!("{mark}{n}")).collect();
                format!("INSERT INTO {} ({}) VALUES ({})", t.name, t.columns.join(", "), marks.join(", "))
            })
            .collect()
    }
}

fn renewed(value: &mut Value, fresh: &[(&str, String)]) {
    if let Value::Text(text) = value {
        for (old, new) in fresh {
            if text.contains(old) {
                *text = text.replace(old, new);
            }
        }
    }
}

/// Sends single commands and looks at what they add.
pub async fn sample(program: &Program, place: &Place, cookie: &str, ask: &Ask) -> Sample {
    let db = crate::measure::database::open(place).await;
    let mut http = Http::connect(program.address, cookie).await.unwrap();
    let tables = db.reader().await.unwrap().tables().await.unwrap();
    let mut added: BTreeMap<&str, i64> = BTreeMap::new();
    for look in 0..LOOKS {
        quiet(program).await;
        let before = counts(&mut db.snapshot_reader().await.unwrap(), &tables).await;
        ask.send(&mut http, look).await;
        let after = counts(&mut db.snapshot_reader().await.unwrap(), &tables).await;
        for (table, (before, after)) in tables.iter().zip(before.iter().zip(&after)) {
            let least = added.entry(table.name.as_str()).or_insert(i64::MAX);
            *least = (*least).min(after - before);
        }
    }
    quiet(program).await;
    let grown: Vec<&Table> =
        tables.iter().filter(|t| added.get(t.name.as_str()).is_some_and(|n| *n > 0)).collect();
    let before = contents(&mut db.snapshot_reader().await.unwrap(), &grown).await;
    let began_ms = Clock::system().now().micros() / 1000;
    ask.send(&mut http, LOOKS).await;
    let after = contents(&mut db.snapshot_reader().await.unwrap(), &grown).await;
    let mut sample = Sample { dialect: db.dialect(), tables: Vec::new(), ids: Vec::new() };
    let mut ids = HashSet::new();
    for ((table, before), after) in grown.iter().zip(before).zip(after) {
        let before: HashSet<String> = before.iter().map(|row| format!("{row:?}")).collect();
        let wanted = usize::try_from(added[table.name.as_str()]).unwrap();
        let new: Vec<_> = after.into_iter().filter(|row| !before.contains(&format!("{row:?}"))).collect();
        let kept: Vec<usize> = (0..table.columns.len())
            .filter(|i| table.numbered.as_ref() != Some(&table.columns[*i]))
            .collect();
        let rows: Vec<Vec<Value>> = new[new.len().saturating_sub(wanted)..]
            .iter()
            .map(|row| kept.iter().map(|i| row[*i].clone()).collect())
            .collect();
        rows.iter().flatten().for_each(|value| ids.extend(made_since(value, began_ms)));
        let columns = kept.iter().map(|i| table.columns[*i].clone()).collect();
        sample.tables.push(Added { name: table.name.clone(), columns, rows });
    }
    sample.ids = ids.into_iter().collect();
    sample
}

async fn counts(tx: &mut Tx, tables: &[Table]) -> Vec<i64> {
    let mut counts = Vec::with_capacity(tables.len());
    for table in tables {
        counts.push(tx.int(&format!("SELECT COUNT(*) FROM \"{}\"", table.name), &[]).await.unwrap());
    }
    counts
}

async fn contents(tx: &mut Tx, tables: &[&Table]) -> Vec<Vec<Vec<Value>>> {
    let mut contents = Vec::with_capacity(tables.len());
    for table in tables {
        let (mut rows, mut position) = (Vec::new(), Position::Start);
        loop {
            let portion = tx.portion(table, &mut position, 5_000).await.unwrap();
            let ended = portion.len() < 5_000;
            rows.extend(portion.iter().map(|row| row.values(&table.columns).unwrap()));
            if ended {
                break;
            }
        }
        contents.push(rows);
    }
    contents
}

/// The ids in a value that carry a time since `began_ms`: they were made for the command.
fn made_since(value: &Value, began_ms: i64) -> Vec<String> {
    let Value::Text(text) = value else { return Vec::new() };
    let mut found = Vec::new();
    for at in 0..text.len() {
        let id = text
            .get(at..at + 36)
            .filter(|id| id.as_bytes()[8] == b'-')
            .and_then(|id| Uuid::try_parse(id).ok());
        if let Some(id) = id
            && id.get_version_num() == 7
            && (id.as_u128() >> 80) as i64 >= began_ms
        {
            found.push(id.to_string());
        }
    }
    found
}

/// What the floor came to.
pub struct Raw {
    /// Commands' worth of rows per second.
    pub per_second: f64,
    /// Milliseconds of this process per command's worth, user and system.
    pub cpu_ms: f64,
}

/// Inserts copies of the sample, one transaction each, with so many writers (SQLite has one).
pub fn run(place: &Place, sample: &Sample, writers: usize) -> Raw {
    let ids = Ids::system();
    // Numbers that no command and no earlier run has given; the copies are made before the clock runs.
    let now = Clock::system().now();
    let mut newest = now.micros();
    let copies: Vec<_> =
        (0..if writers == 1 { 3_000 } else { 12_000 }).map(|_| sample.copy(&ids, now, &mut newest)).collect();
    match &place.database {
        None => sqlite(place, sample, &copies),
        Some(url) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(postgres(url, sample, copies, writers))
        }
    }
}

fn sqlite(place: &Place, sample: &Sample, copies: &[Vec<Vec<Vec<Value>>>]) -> Raw {
    let raw = rusqlite::Connection::open(place.data.join("aftercare.db")).unwrap();
    for (pragma, value) in
        [("journal_mode", "WAL"), ("synchronous", "FULL"), ("foreign_keys", "ON"), ("cache_size", "-8000")]
    {
        raw.pragma_update(None, pragma, value).unwrap();
    }
    let statements = sample.statements();
    let insert = |copy: &Vec<Vec<Vec<Value>>>| {
        raw.prepare_cached("BEGIN IMMEDIATE").unwrap().execute([]).unwrap();
        for (sql, rows) in statements.iter().zip(copy) {
            let mut statement = raw.prepare_cached(sql).unwrap();
            for row in rows {
                statement.execute(rusqlite::params_from_iter(row)).unwrap();
            }
        }
        raw.prepare_cached("COMMIT").unwrap().execute([]).unwrap();
    };
    let (first, rest) = copies.split_first().unwrap();
    insert(first);
    let (spent, began) = (cpu_ms(std::process::id()), Instant::now());
    let done = rest
        .iter()
        .take_while(|copy| {
            began.elapsed() < PHASE && {
                insert(copy);
                true
            }
        })
        .count();
    measured(done, spent, began)
}

async fn postgres(url: &str, sample: &Sample, copies: Vec<Vec<Vec<Vec<Value>>>>, writers: usize) -> Raw {
    let mut shares: HashMap<usize, Vec<_>> = HashMap::new();
    for (at, copy) in copies.into_iter().enumerate() {
        shares.entry(at % writers).or_default().push(copy);
    }
    let mut ready = Vec::new();
    for (_, share) in shares {
        let client = connect(url).await;
        let mut statements = Vec::new();
        for sql in sample.statements() {
            statements.push(client.prepare(&sql).await.unwrap());
        }
        ready.push((client, statements, share));
    }
    let (spent, began) = (cpu_ms(std::process::id()), Instant::now());
    let tasks: Vec<_> = ready
        .into_iter()
        .map(|(client, statements, share)| {
            tokio::spawn(async move {
                let mut done = 0;
                for copy in share {
                    if began.elapsed() >= PHASE {
                        break;
                    }
                    client.batch_execute("BEGIN").await.unwrap();
                    for (statement, rows) in statements.iter().zip(&copy) {
                        for row in rows {
                            let row: Vec<&(dyn ToSql + Sync)> = row.iter().map(|v| v as _).collect();
                            client.execute(statement, &row).await.unwrap();
                        }
                    }
                    client.batch_execute("COMMIT").await.unwrap();
                    done += 1;
                }
                done
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    measured(done, spent, began)
}

fn measured(done: usize, spent: f64, began: Instant) -> Raw {
    let done = done as f64;
    let elapsed = began.elapsed().as_secs_f64();
    Raw { per_second: done / elapsed, cpu_ms: (cpu_ms(std::process::id()) - spent) / done }
}
