//! The real program, killed in the middle of its work, and copied in the middle of its work (G1, G2, G10; F1).

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use aftercare::demo::Dice;
use kit::Clock;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::cases::{Desk, desk};
use crate::customers::id;
use crate::program::{Http, Place, Program, Reply};
use crate::world::{Backend, Database, World};

const WRITERS: u64 = 16;
const KILLS: usize = 20;
/// Throws for seeds and ids.
const WIDE: i64 = 1 << 62;

fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_aftercare"))
}

/// A company with a desk, on a database that no node has open.
struct Ground {
    database: Arc<Database>,
    place: Place,
    cookie: String,
    report: Value,
}

impl Ground {
    async fn new(backend: Backend) -> Self {
        let world = World::start_at(backend, Clock::system()).await;
        let Desk { agent, site, asset, contact, .. } = desk(&world).await;
        let report = json!({
            "channel": "phone", "site_id": site, "asset_id": asset, "contact": { "id": contact },
            "symptom": "道闸不抬杆", "effects": { "can_pass": false },
        });
        let cookie = agent.cookie();
        drop(agent);
        let database = world.end();
        let place = Place { data: database.folder().to_owned(), database: database.url().map(str::to_owned) };
        Self { database, place, cookie, report }
    }

    fn serve(&self) -> Program {
        Program::serve(binary(), &self.place, &[]).unwrap()
    }

    async fn connect(&self, program: &Program) -> Http {
        Http::connect(program.address, &self.cookie).await.unwrap()
    }

    async fn count(&self, sql: &str) -> i64 {
        count(&self.database, sql).await
    }
}

async fn count(database: &Database, sql: &str) -> i64 {
    database.open().await.reader().await.unwrap().int(sql, &[]).await.unwrap()
}

/// A request that changes something, and what was answered: nothing if the program died meanwhile.
#[derive(Clone, Debug)]
struct Entry {
    key: String,
    path: String,
    body: Vec<u8>,
    answer: Option<(u16, Vec<u8>)>,
}

impl Entry {
    fn command(dice: &mut Dice, path: String, body: &Value) -> Self {
        Self { key: random_id(dice), path, body: body.to_string().into_bytes(), answer: None }
    }

    /// A small picture: its name is its digest, so that it can be sent again.
    fn picture(dice: &mut Dice) -> Self {
        let mut body = b"\x89PNG\r\n\x1a\n".to_vec();
        body.extend(random_id(dice).into_bytes());
        let digest = hex::encode(Sha256::digest(&body));
        Self { key: String::new(), path: format!("/api/files/{digest}"), body, answer: None }
    }

    fn is_command(&self) -> bool {
        !self.key.is_empty()
    }

    async fn send(&self, http: &mut Http) -> std::io::Result<Reply> {
        if self.is_command() {
            http.post(&self.path, &self.key, std::str::from_utf8(&self.body).unwrap()).await
        } else {
            http.send("PUT", &self.path, &[("content-type", "application/octet-stream")], &self.body).await
        }
    }
}

fn random_id(dice: &mut Dice) -> String {
    let mut half = || u128::from(dice.between(0, WIDE).unsigned_abs());
    uuid::Builder::from_random_bytes((half() << 65 | half() << 3).to_be_bytes()).into_uuid().to_string()
}

/// What the writers and who waits for them tell each other.
#[derive(Default)]
struct Shared {
    enough: AtomicBool,
    acknowledged: AtomicU64,
}

impl Shared {
    /// Waits until every writer can have been answered: from then on the program is in full swing.
    async fn in_full_swing(&self) {
        for _ in 0..1000 {
            if self.acknowledged.load(Ordering::Relaxed) >= 2 * WRITERS {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("only {} writes in 10 s", self.acknowledged.load(Ordering::Relaxed));
    }
}

/// Writes until the program is gone or enough is said: reports, notes on them, pictures. Everything is in the journal
/// before it counts.
async fn write(mut http: Http, report: Value, mut dice: Dice, shared: Arc<Shared>) -> Vec<Entry> {
    let mut journal: Vec<Entry> = Vec::new();
    let mut case: Option<String> = None;
    while !shared.enough.load(Ordering::Relaxed) {
        let entry = match (&case, dice.between(1, 10)) {
            (Some(case), 1..=5) => {
                let note = json!({ "text": format!("writer says {}", journal.len()) });
                Entry::command(&mut dice, format!("/api/cases/{case}/note"), &note)
            }
            (_, 6) => Entry::picture(&mut dice),
            _ => Entry::command(&mut dice, "/api/cases".into(), &report),
        };
        journal.push(entry.clone());
        let Ok(reply) = entry.send(&mut http).await else { break };
        let told = String::from_utf8_lossy(&reply.body).into_owned();
        assert!((200..300).contains(&reply.status), "{} answered {}: {told}", entry.path, reply.status);
        assert!(!reply.replayed, "a fresh key can't have an earlier answer");
        if reply.status == 201 {
            case = Some(id(&reply.json()));
        }
        if let Some(last) = journal.last_mut() {
            last.answer = Some((reply.status, reply.body));
        }
        shared.acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    journal
}

async fn all_write(
    ground: &Ground,
    program: &Program,
    dice: &mut Dice,
    shared: &Arc<Shared>,
) -> JoinSet<Vec<Entry>> {
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let http = ground.connect(program).await;
        let own = Dice::new(dice.between(0, WIDE).unsigned_abs());
        writers.spawn(write(http, ground.report.clone(), own, shared.clone()));
    }
    shared.in_full_swing().await;
    writers
}

async fn journal_of(mut writers: JoinSet<Vec<Entry>>) -> Vec<Entry> {
    let mut all = Vec::new();
    while let Some(journal) = writers.join_next().await {
        all.extend(journal.unwrap());
    }
    all
}

/// Sends every entry again: what was acknowledged answers as it did, what was not is settled now, once.
async fn settle(ground: &Ground, program: &Program, journal: &mut [Entry]) {
    let share = journal.len().div_ceil(8).max(1);
    let mut hands = JoinSet::new();
    for (part, entries) in journal.chunks(share).enumerate() {
        let (mut http, entries) = (ground.connect(program).await, entries.to_vec());
        hands.spawn(async move {
            let mut settled = Vec::with_capacity(entries.len());
            for mut entry in entries {
                let mut reply = entry.send(&mut http).await.unwrap();
                // PostgreSQL notices late that the program behind a command is gone: the command is still under way.
                for _ in 0..100 {
                    if !(reply.status == 409 && reply.json()["code"] == "command_in_flight") {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    reply = entry.send(&mut http).await.unwrap();
                }
                let told = String::from_utf8_lossy(&reply.body).into_owned();
                assert!(
                    (200..300).contains(&reply.status),
                    "{} answered {}: {told}",
                    entry.path,
                    reply.status
                );
                match &entry.answer {
                    Some((status, body)) => {
                        assert_eq!(
                            (reply.status, &reply.body),
                            (*status, body),
                            "{} {}",
                            entry.path,
                            entry.key
                        );
                        assert!(
                            reply.replayed || !entry.is_command(),
                            "{} was acknowledged and lost",
                            entry.key
                        );
                    }
                    None => entry.answer = Some((reply.status, reply.body)),
                }
                settled.push(entry);
            }
            (part, settled)
        });
    }
    while let Some(done) = hands.join_next().await {
        let (part, settled) = done.unwrap();
        for (entry, settled) in journal[part * share..].iter_mut().zip(settled) {
            *entry = settled;
        }
    }
}

/// Each command of the journal stands once, and nothing else does.
async fn stands_once(database: &Database, journal: &[Entry]) {
    let db = database.open().await;
    let mut tx = db.reader().await.unwrap();
    let mut found = std::collections::HashMap::new();
    for row in tx.rows("SELECT command_id FROM event WHERE step = 0", &[]).await.unwrap() {
        *found.entry(row.get::<String>("command_id").unwrap()).or_insert(0) += 1;
    }
    for entry in journal.iter().filter(|e| e.is_command()) {
        assert_eq!(found.get(&entry.key), Some(&1), "{} {}", entry.path, entry.key);
    }
    let made = |path: &dyn Fn(&str) -> bool| journal.iter().filter(|e| path(&e.path)).count() as i64;
    assert_eq!(tx.int("SELECT COUNT(*) FROM service_case", &[]).await.unwrap(), made(&|p| p == "/api/cases"));
    assert_eq!(tx.int("SELECT COUNT(*) FROM case_note", &[]).await.unwrap(), made(&|p| p.ends_with("/note")));
    assert_eq!(
        tx.int("SELECT COUNT(*) FROM file", &[]).await.unwrap(),
        made(&|p| p.starts_with("/api/files/"))
    );
}

fn seed() -> u64 {
    let mut bytes = [0; 8];
    kit::Ids::system().fill(&mut bytes);
    let seed = std::env::var("AFTERCARE_TEST_SEED").ok().and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or(u64::from_le_bytes(bytes) >> 1);
    say(&format!("AFTERCARE_TEST_SEED={seed}"));
    seed
}

async fn killed_twenty_times(backend: Backend) {
    let mut dice = Dice::new(seed());
    let ground = Ground::new(backend).await;
    let mut whole: Vec<Entry> = Vec::new();
    let mut acknowledged = 0;
    let mut program = ground.serve();
    for _ in 0..KILLS {
        let writers = all_write(&ground, &program, &mut dice, &Arc::default()).await;
        tokio::time::sleep(Duration::from_millis(dice.between(150, 400).unsigned_abs())).await;
        program.kill().unwrap();
        let mut journal = journal_of(writers).await;
        acknowledged += journal.iter().filter(|e| e.answer.is_some()).count();
        program = ground.serve();
        settle(&ground, &program, &mut journal).await;
        whole.extend(journal);
    }
    settle(&ground, &program, &mut whole).await;
    program.kill().unwrap();
    say(&format!("{acknowledged} acknowledged of {} sent", whole.len()));
    stands_once(&ground.database, &whole).await;
    let proof = ground.place.run(binary(), &["check"]).unwrap();
    assert!(proof.contains("every invariant holds"), "{proof}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f01_twenty_kills_lose_nothing_acknowledged_on_sqlite() {
    killed_twenty_times(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f01_twenty_kills_lose_nothing_acknowledged_on_postgres() {
    killed_twenty_times(Backend::Postgres).await;
}

async fn copied_while_written(backend: Backend) {
    let mut dice = Dice::new(seed());
    let ground = Ground::new(backend).await;
    let program = ground.serve();
    let shared = Arc::<Shared>::default();
    let writers = all_write(&ground, &program, &mut dice, &shared).await;
    let before = ground.count("SELECT COUNT(*) FROM service_case").await;
    let archive = ground.place.data.join("backup.tar.gz");
    let words = ["backup".to_owned(), "--out".to_owned(), archive.display().to_string()];
    let place = ground.place.clone();
    let backup =
        tokio::task::spawn_blocking(move || place.run(binary(), &words.each_ref().map(String::as_str)));
    backup.await.unwrap().unwrap();
    shared.enough.store(true, Ordering::Relaxed);
    let mut journal = journal_of(writers).await;
    settle(&ground, &program, &mut journal).await;
    program.kill().unwrap();
    let after = ground.count("SELECT COUNT(*) FROM service_case").await;
    assert!(
        before > 0 && before < after,
        "nothing was written during the backup: {before} cases, then {after}"
    );
    for target in [Backend::Sqlite, Backend::Postgres] {
        let empty = Database::fresh(target).await;
        let place = Place { data: empty.folder().to_owned(), database: empty.url().map(str::to_owned) };
        let proof = place.run(binary(), &["restore", "--verify", &archive.display().to_string()]).unwrap();
        assert!(proof.contains("every invariant holds"), "{backend:?} to {target:?}: {proof}");
        let there = count(&empty, "SELECT COUNT(*) FROM service_case").await;
        assert!(
            (before..=after).contains(&there),
            "{backend:?} to {target:?}: {there} cases of {before} to {after}"
        );
        assert_eq!(count(&empty, "SELECT COUNT(*) FROM event WHERE seq IS NULL").await, 0);
        // Nobody is signed in any more; what was restored goes on: the next command continues the chain.
        let restored = Ground {
            database: Arc::new(empty),
            place,
            cookie: ground.cookie.clone(),
            report: ground.report.clone(),
        };
        let program = restored.serve();
        let mut http = restored.connect(&program).await;
        assert_eq!(http.get("/api/company").await.unwrap().status, 401);
        sign_in_again(&restored.database).await;
        let key = Uuid::from_u128(u128::from(dice.between(1, WIDE).unsigned_abs())).to_string();
        let reply = http.post("/api/cases", &key, &restored.report.to_string()).await.unwrap();
        assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
        program.kill().unwrap();
        restored.place.run(binary(), &["check"]).unwrap();
    }
}

// As if its holder had signed in anew.
async fn sign_in_again(database: &Database) {
    let sql = "UPDATE session SET ended_at = NULL";
    database.open().await.write(move |tx| Box::pin(async move { tx.execute(sql, &[]).await })).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g10_a_backup_made_while_sqlite_is_written_restores_into_both() {
    copied_while_written(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g10_a_backup_made_while_postgres_is_written_restores_into_both() {
    copied_while_written(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g10_what_was_not_yet_sealed_is_sealed_by_the_restore() {
    let world = World::start(Backend::Postgres).await;
    let desk = desk(&world).await;
    world.sealed().await;
    desk.agent.post("/api/customers", json!({ "name": "后来的客户", "vip_level": "gold" })).await.expect(201);
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup.tar.gz");
    let (app, files) = (&world.app, kit::files::Files::open(folder.path()).unwrap());
    kit::archive::write(&app.db, &app.files, &archive, app.clock.now()).await.unwrap();
    assert!(world.count("SELECT COUNT(*) FROM event WHERE seq IS NULL").await > 0);
    let events = world.count("SELECT COUNT(*) FROM event").await;
    for target in [Backend::Sqlite, Backend::Postgres] {
        let empty = Database::fresh(target).await;
        let db = empty.open().await;
        kit::archive::restore(&db, &files, &archive, |_, _| Box::pin(async { Ok(()) })).await.unwrap();
        let verified = kit::events::verify(&mut db.reader().await.unwrap()).await.unwrap();
        assert_eq!(verified, (events, None), "{target:?}");
    }
}

/// What a failing run needs to be repeated.
fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}
