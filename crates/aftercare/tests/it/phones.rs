//! Three phones in dead zones against the real program (F9): every operation has its one fate, whatever comes in between.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use aftercare::demo::Dice;
use kit::{Clock, Ts};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use crate::customers::id;
use crate::program::{Http, Place, Program, Reply};
use crate::visits::{employ, job};
use crate::world::{Backend, World};

const OPERATIONS: usize = 400;
/// Throws for seeds and ids.
const WIDE: i64 = 1 << 62;

/// Something done on a phone: sent until it has a definite answer, and then sometimes once more.
#[derive(Clone, Debug)]
struct Operation {
    key: String,
    step: &'static str,
    body: Value,
    device_at: String,
    /// The first definite answer.
    fate: Option<(u16, Vec<u8>)>,
}

fn operation(dice: &mut Dice, at: usize) -> Operation {
    let (step, body) = match dice.between(1, 10) {
        1..=5 => {
            let item = dice.one(&["cause_removed", "runs", "safe", "clean"]);
            ("answer", json!({ "item": item, "result": "failed", "note": format!("nr {at}") }))
        }
        6..=7 => ("guidance", json!({ "who": "值班员", "topic": format!("nr {at}"), "minutes": 5 })),
        8 => ("old-part", json!({ "name": format!("nr {at}"), "fate": "returned" })),
        9 => ("finding", json!({ "text": format!("nr {at}"), "cause_code": "wear", "action": "x" })),
        // The server refuses these, each time.
        _ => ("guidance", json!({ "who": "值班员", "topic": format!("nr {at}"), "minutes": 0 })),
    };
    // The clock of a phone may be a day off either way; work may be three days old.
    let device_at = Clock::system().now().plus(dice.between(-3, 1) * Ts::DAY);
    Operation { key: key(dice), step, body, device_at: device_at.to_string(), fate: None }
}

fn key(dice: &mut Dice) -> String {
    let mut half = || u128::from(dice.between(0, WIDE).unsigned_abs());
    uuid::Builder::from_random_bytes((half() << 65 | half() << 3).to_be_bytes()).into_uuid().to_string()
}

/// Asks for the program to be killed and started again; answered when it is.
type Kills = mpsc::Sender<oneshot::Sender<()>>;

/// At which moment of an operation the program dies.
#[derive(Clone, Copy, Debug)]
enum Dies {
    /// It has committed, and its answer never reaches the phone.
    Committed,
    /// So many milliseconds after the request was sent.
    UnderWay(u64),
}

async fn kill(kills: &Kills) {
    let (done, killed) = oneshot::channel();
    kills.send(done).await.expect("the program is looked after");
    killed.await.expect("the program is there again");
}

struct Phone {
    visit: String,
    cookie: String,
    dice: Dice,
    server: watch::Receiver<SocketAddr>,
    line: Option<Http>,
}

impl Phone {
    /// Sends once; nothing if the line broke.
    async fn deliver(&mut self, operation: &Operation) -> Option<Reply> {
        if self.line.is_none() {
            let address = *self.server.borrow();
            self.line = Http::connect(address, &self.cookie).await.ok();
        }
        let path = format!("/api/visits/{}/{}", self.visit, operation.step);
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", operation.key.as_str()),
            ("device-time", operation.device_at.as_str()),
        ];
        let body = operation.body.to_string();
        let sent = match &mut self.line {
            Some(line) => line.send("POST", &path, &headers, body.as_bytes()).await.ok(),
            None => None,
        };
        if sent.is_none() {
            self.line = None;
        }
        sent
    }

    /// Until there is a definite answer; the same one for every delivery.
    async fn settle(&mut self, operation: &mut Operation) {
        for _ in 0..2000 {
            match self.deliver(operation).await {
                Some(reply) if definite(&reply) => {
                    agrees(operation, &reply);
                    operation.fate.get_or_insert((reply.status, reply.body));
                    return;
                }
                _ => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
        panic!("{} {} never got an answer", operation.step, operation.key);
    }

    /// The program dies under an operation: what comes later finds out whether it was done.
    async fn under(&mut self, operation: &mut Operation, dies: Dies, kills: &Kills) {
        match dies {
            Dies::Committed => {
                // One that the server takes. The test knows the answer, the phone doesn't: the next delivery must tell the same.
                if operation.body["minutes"] == 0 {
                    operation.body["minutes"] = json!(5);
                }
                self.settle(operation).await;
                kill(kills).await;
            }
            Dies::UnderWay(after_ms) => {
                let killed = async {
                    tokio::time::sleep(Duration::from_millis(after_ms)).await;
                    kill(kills).await;
                };
                let _ = tokio::join!(self.deliver(operation), killed);
            }
        }
        self.line = None;
    }

    async fn work(mut self, kills: Kills) -> (Self, Vec<Operation>) {
        let mut done: Vec<Operation> = Vec::with_capacity(OPERATIONS);
        let mut moment = |dies| (usize::try_from(self.dice.between(1, 399)).unwrap_or(1), dies);
        let deaths = [moment(Dies::Committed), moment(Dies::UnderWay(1)), moment(Dies::UnderWay(6))];
        for at in 0..OPERATIONS {
            let mut operation = operation(&mut self.dice, at);
            for (_, dies) in deaths.iter().filter(|(when, _)| *when == at) {
                self.under(&mut operation, *dies, &kills).await;
            }
            // The answer gets lost on the way: the phone doesn't know, and sends again.
            for _ in 0..self.dice.between(0, 2) {
                if self.dice.chance(15) {
                    let _ = self.deliver(&operation).await;
                    self.line = None;
                }
            }
            self.settle(&mut operation).await;
            done.push(operation);
            // A delivery from long ago arrives late, out of order.
            if self.dice.chance(20) {
                let last = i64::try_from(done.len()).unwrap_or(1) - 1;
                let late = usize::try_from(self.dice.between(0, last)).unwrap_or(0);
                if let Some(reply) = self.deliver(&done[late]).await.filter(definite) {
                    agrees(&done[late], &reply);
                }
            }
        }
        (self, done)
    }
}

fn definite(reply: &Reply) -> bool {
    reply.status < 500
        && reply.status != 429
        && !(reply.status == 409 && reply.json()["code"] == "command_in_flight")
}

fn agrees(operation: &Operation, reply: &Reply) {
    let Some((status, body)) = &operation.fate else { return };
    assert_eq!(reply.status, *status, "{} {} had another fate before", operation.step, operation.key);
    if *status == 200 {
        assert!(reply.replayed, "{} {} was done a second time", operation.step, operation.key);
        assert_eq!(&reply.body, body);
    }
}

fn seed() -> u64 {
    let mut bytes = [0; 8];
    kit::Ids::system().fill(&mut bytes);
    let given = std::env::var("AFTERCARE_TEST_SEED").ok().and_then(|s| s.parse().ok());
    let seed = given.unwrap_or(u64::from_le_bytes(bytes) >> 1);
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "AFTERCARE_TEST_SEED={seed}");
    seed
}

async fn three_phones(backend: Backend) {
    let mut dice = Dice::new(seed());
    let world = World::start_at(backend, Clock::system()).await;
    let mut job = job(&world, "2026-03-03").await;
    job.engineers.push(employ(&world, &job.desk.company.shenzhen, "工程师丙").await);
    let mut crew = Vec::new();
    for engineer in 0..3 {
        let order = job.order(&job.agreed().await).await;
        let visit = id(&job.plan(&order, engineer, 1, 4).await.expect(201));
        let client = &job.engineers[engineer].1;
        for (step, body) in [
            ("accept", json!({})),
            ("depart", job.departure()),
            ("arrive", json!({ "method": "manual" })),
            ("start", json!({})),
            ("answer", json!({ "item": "power_off", "result": "done" })),
        ] {
            client.post(&format!("/api/visits/{visit}/{step}"), body).await.expect(200);
        }
        crew.push((visit, client.cookie()));
    }
    drop(job);
    let database = world.end();
    let place = Place { data: database.folder().to_owned(), database: database.url().map(str::to_owned) };
    let binary = Path::new(env!("CARGO_BIN_EXE_aftercare"));
    let mut program = Program::serve(binary, &place, &[]).unwrap();
    let (tell, server) = watch::channel(program.address);

    let (kills, mut wanted) = mpsc::channel(3);
    let mut phones = JoinSet::new();
    for (visit, cookie) in crew {
        let dice = Dice::new(dice.between(0, WIDE).unsigned_abs());
        let phone = Phone { visit, cookie, dice, server: server.clone(), line: None };
        phones.spawn(phone.work(kills.clone()));
    }
    drop(kills);
    // Whatever else is on its way when the program dies was done or not, and nobody was told.
    let mut killed = 0;
    while let Some(done) = wanted.recv().await {
        program.kill().unwrap();
        program = Program::serve(binary, &place, &[]).unwrap();
        tell.send_replace(program.address);
        killed += 1;
        let _ = done.send(());
    }
    assert_eq!(killed, 9, "three times under each phone");
    let mut told = Vec::new();
    while let Some(phone) = phones.join_next().await {
        told.push(phone.unwrap());
    }

    // Every delivery of the day once more, in any order: nothing changes.
    for (phone, done) in &mut told {
        let mut order: Vec<usize> = (0..done.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(
                at,
                usize::try_from(phone.dice.between(0, i64::try_from(at).unwrap_or(0))).unwrap_or(0),
            );
        }
        for at in order {
            phone.settle(&mut done[at]).await;
        }
    }
    program.kill().unwrap();

    let db = database.open().await;
    let mut tx = db.reader().await.unwrap();
    let mut events: HashMap<String, i64> = HashMap::new();
    for row in tx
        .rows("SELECT command_id, COUNT(*) AS times FROM event WHERE step = 0 GROUP BY command_id", &[])
        .await
        .unwrap()
    {
        events.insert(row.get("command_id").unwrap(), row.get("times").unwrap());
    }
    for (phone, done) in &told {
        assert_eq!(done.len(), OPERATIONS);
        let mut last: BTreeMap<String, String> = BTreeMap::new();
        let mut made: BTreeMap<&str, i64> = BTreeMap::new();
        for operation in done {
            let (status, _) = operation.fate.as_ref().expect("every operation has its fate");
            let taken = *status == 200;
            assert!(taken || *status == 422, "{} {}: {status}", operation.step, operation.body);
            assert_eq!(events.get(&operation.key).copied().unwrap_or(0), i64::from(taken), "{operation:?}");
            if !taken {
                continue;
            }
            *made.entry(operation.step).or_default() += 1;
            if operation.step == "answer" {
                let word = |name: &str| operation.body[name].as_str().unwrap_or_default().to_owned();
                last.insert(word("item"), word("note"));
            }
        }
        for (step, table) in [("finding", "finding"), ("guidance", "guidance"), ("old-part", "old_part")] {
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE visit_id = $1");
            let stands = tx.int(&sql, kit::params![&phone.visit]).await.unwrap();
            assert_eq!(stands, made.get(step).copied().unwrap_or(0), "{table}");
        }
        // The order of the phone is the order of the record: the last answer counts, however late the others came again.
        for (item, note) in last {
            let sql = "SELECT note FROM checklist_answer WHERE visit_id = $1 AND item = $2";
            let row = tx.row(sql, kit::params![&phone.visit, &item]).await.unwrap().expect("answered");
            assert_eq!(row.get::<String>("note").unwrap(), note, "{item}");
        }
    }
    drop(tx);
    drop(db);
    let proof = place.run(binary, &["check"]).unwrap();
    assert!(proof.contains("every invariant holds"), "{proof}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f09_three_phones_of_400_operations_each_have_one_fate_on_sqlite() {
    three_phones(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f09_three_phones_of_400_operations_each_have_one_fate_on_postgres() {
    three_phones(Backend::Postgres).await;
}
