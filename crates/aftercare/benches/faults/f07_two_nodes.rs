//! F7: two nodes on one PostgreSQL, and a hundred people who want the same thing at the same moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, ensure};
use kit::{Clock, Ts};
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::ground::{Stage, key};
use crate::journal::{self, Writers};
use crate::program::{Http, Program, Reply};

const CLIENTS: usize = 100;
const ORDERS: usize = 20;

/// Races for a slot, a version, a command's id and the series of numbers, then sixteen writers on both nodes.
pub async fn run(stage: Stage, mut dice: Dice, budget: Duration) -> Result<String> {
    let began = Instant::now();
    let nodes = [stage.serve()?, stage.serve()?];
    let before = deadlocks(&stage).await?;
    let mut longest = Duration::ZERO;

    let ground = Field::make(&stage, &nodes).await?;
    let mut rounds = 0;
    let mut orders = ground.orders.clone();
    while orders.len() > 4 && (rounds < 3 || began.elapsed() < budget / 3) {
        let start = Clock::system().now().plus(30 * Ts::DAY + rounds * 4 * Ts::HOUR);
        let plan = json!({ "engineer_id": ground.engineer, "window_start": start, "window_end": start.plus(2 * Ts::HOUR) });
        let asked = |n: usize| {
            (format!("/api/work-orders/{}/visits", orders[n % orders.len()]), key(), plan.to_string())
        };
        let answers = race(&stage, &nodes, "dispatcher", asked, &mut longest).await?;
        let won: Vec<&Answer> = answers.iter().filter(|a| a.reply.status == 201).collect();
        ensure!(won.len() == 1, "{} visits in one slot: {:?}", won.len(), statuses(&answers));
        ensure!(answers.iter().all(|a| matches!(a.reply.status, 201 | 409)), "{:?}", statuses(&answers));
        let taken = won[0].path.clone();
        orders.retain(|order| !taken.contains(order));
        rounds += 1;
    }

    // One version of one record.
    let mut http = stage.connect(&nodes[0], "hotline_agent").await?;
    for round in 0..3 {
        let path = format!("/api/contacts/{}", ground.contact);
        let version = http.get(&path).await?.json()["version"].as_i64().context("a contact has a version")?;
        let answers = race_with(&stage, &nodes, "hotline_agent", &mut longest, move |mut http, n| {
            let (path, tag) = (path.clone(), format!("\"{version}\""));
            async move {
                let body = json!({ "name": format!("值班室 {round}-{n}") }).to_string();
                let key = key();
                let headers = [
                    ("content-type", "application/json"),
                    ("idempotency-key", key.as_str()),
                    ("if-match", tag.as_str()),
                ];
                let reply = http.send("PUT", &path, &headers, body.as_bytes()).await?;
                Ok(Answer { path, reply })
            }
        })
        .await?;
        let won = answers.iter().filter(|a| a.reply.status == 200).count();
        ensure!(won == 1, "{won} changed version {version}: {:?}", statuses(&answers));
        ensure!(answers.iter().all(|a| matches!(a.reply.status, 200 | 412)), "{:?}", statuses(&answers));
    }

    // One command, told a hundred times to both.
    let (once, report) = (key(), stage.shared.reports[0].to_string());
    let answers = race(
        &stage,
        &nodes,
        "hotline_agent",
        |_| ("/api/cases".into(), once.clone(), report.clone()),
        &mut longest,
    )
    .await?;
    let made: BTreeSet<String> =
        answers.iter().filter(|a| a.reply.status == 201).map(|a| a.reply.json()["id"].to_string()).collect();
    ensure!(made.len() == 1, "one command made {} cases: {:?}", made.len(), statuses(&answers));
    ensure!(answers.iter().all(|a| matches!(a.reply.status, 201 | 409)), "{:?}", statuses(&answers));

    // The series of numbers.
    let reports = stage.shared.reports.clone();
    let asked = |n: usize| ("/api/cases".to_owned(), key(), reports[n % reports.len()].to_string());
    let answers = race(&stage, &nodes, "hotline_agent", asked, &mut longest).await?;
    let mut numbers: Vec<u64> = Vec::new();
    for answer in &answers {
        ensure!(answer.reply.status == 201, "{:?}", statuses(&answers));
        let number = answer.reply.json()["number"].as_str().unwrap_or_default().to_owned();
        numbers.push(number.rsplit('-').next().unwrap_or_default().parse().with_context(|| number.clone())?);
    }
    numbers.sort_unstable();
    ensure!(
        numbers.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "a hundred cases at once have the numbers {numbers:?}"
    );

    let folder = stage.beside("journal");
    let addresses = [nodes[0].address, nodes[1].address];
    let writers = Writers::start(&stage, &addresses, 16, &mut dice, (&folder, 0), &[]).await?;
    tokio::time::sleep((budget / 4).min(budget.saturating_sub(began.elapsed()))).await;
    let tally = writers.stop().await?;
    let mut entries = journal::read(&folder, "")?;
    // What one node acknowledged, the other knows.
    journal::settle(&stage, nodes[1].address, &mut entries).await?;
    journal::settle(&stage, nodes[0].address, &mut entries).await?;
    journal::stands_once(&stage, &entries).await?;
    let met = deadlocks(&stage).await? - before;
    ensure!(met == 0, "{met} deadlocks, each of which waited a second");
    ensure!(longest < Duration::from_secs(10), "somebody waited {:.1} s", longest.as_secs_f64());
    stage.check()?;
    Ok(format!(
        "{CLIENTS} clients at once on two nodes: {rounds} slots, 3 versions, 1 command, each with one winner; {CLIENTS} numbers \
         without a gap; {} writes of 16 writers on both known to both; no deadlock, longest answer {:.1} s",
        tally.acknowledged,
        longest.as_secs_f64()
    ))
}

struct Answer {
    path: String,
    reply: Reply,
}

fn statuses(answers: &[Answer]) -> BTreeMap<(u16, String), usize> {
    let mut all = BTreeMap::new();
    for answer in answers {
        let code = answer.reply.json()["code"].as_str().unwrap_or_default().to_owned();
        *all.entry((answer.reply.status, code)).or_default() += 1;
    }
    all
}

/// A hundred commands that leave at the same moment, half to each node.
async fn race(
    stage: &Stage,
    nodes: &[Program; 2],
    role: &str,
    asked: impl Fn(usize) -> (String, String, String),
    longest: &mut Duration,
) -> Result<Vec<Answer>> {
    let asked: Vec<_> = (0..CLIENTS).map(asked).collect();
    race_with(stage, nodes, role, longest, move |mut http, n| {
        let (path, key, body) = asked[n].clone();
        async move {
            let reply = http.post(&path, &key, &body).await?;
            Ok(Answer { path, reply })
        }
    })
    .await
}

async fn race_with<F, A>(
    stage: &Stage,
    nodes: &[Program; 2],
    role: &str,
    longest: &mut Duration,
    ask: F,
) -> Result<Vec<Answer>>
where
    F: Fn(Http, usize) -> A,
    A: Future<Output = Result<Answer>> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(CLIENTS));
    let mut clients = JoinSet::new();
    for n in 0..CLIENTS {
        let http = stage.connect(&nodes[n % 2], role).await?;
        let (barrier, asking) = (barrier.clone(), ask(http, n));
        clients.spawn(async move {
            barrier.wait().await;
            let began = Instant::now();
            let answer = asking.await?;
            Ok::<_, anyhow::Error>((answer, began.elapsed()))
        });
    }
    let mut answers = Vec::with_capacity(CLIENTS);
    while let Some(done) = clients.join_next().await {
        let (answer, took) = done??;
        *longest = (*longest).max(took);
        answers.push(answer);
    }
    Ok(answers)
}

async fn deadlocks(stage: &Stage) -> Result<i64> {
    // The server counts them per database, a moment later.
    tokio::time::sleep(Duration::from_millis(1200)).await;
    stage.count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").await
}

/// Work orders that wait for an engineer.
struct Field {
    orders: Vec<String>,
    engineer: String,
    contact: String,
}

impl Field {
    async fn make(stage: &Stage, nodes: &[Program; 2]) -> Result<Self> {
        let mut agent = stage.connect(&nodes[0], "hotline_agent").await?;
        let mut dispatcher = stage.connect(&nodes[1], "dispatcher").await?;
        let (mut orders, mut unit, mut contact) = (Vec::new(), None, String::new());
        for report in &stage.shared.reports {
            let made = agent.post("/api/cases", &key(), &report.to_string()).await?.json();
            let case = made["id"].as_str().context("a case has an id")?.to_owned();
            // Only cases of the dispatcher's own branch can be planned by them, and only by its engineers.
            let unit = unit.get_or_insert_with(|| made["unit_id"].clone());
            if *unit != made["unit_id"] {
                continue;
            }
            if dispatcher.get(&format!("/api/cases/{case}")).await?.status != 200 {
                *unit = Value::Null;
                continue;
            }
            let who = report["contact"]["id"].as_str().unwrap_or_default();
            for (step, body) in [
                ("triage", json!({})),
                ("phone-support", json!({})),
                (
                    "phone-result",
                    json!({ "outcome": "not_solved", "steps_tried": ["断电重启"], "reason": "电机不转" }),
                ),
                ("agree-onsite", json!({ "contact_id": who, "how": "phone" })),
            ] {
                let path = format!("/api/cases/{case}/{step}");
                expect(&agent.post(&path, &key(), &body.to_string()).await?, 200, &path)?;
            }
            let start = Clock::system().now().plus(Ts::HOUR);
            let order = json!({
                "kind": "repair", "window": { "start": start, "end": start.plus(2 * Ts::HOUR) }, "place": "B2", "symptom": "道闸不抬杆",
            });
            let path = format!("/api/cases/{case}/work-orders");
            let order = dispatcher.post(&path, &key(), &order.to_string()).await?;
            expect(&order, 201, &path)?;
            orders.push(order.json()["id"].as_str().unwrap_or_default().to_owned());
            who.clone_into(&mut contact);
            if orders.len() == ORDERS {
                break;
            }
        }
        ensure!(orders.len() >= 8, "only {} work orders could be made", orders.len());
        let unit = unit.as_ref().and_then(Value::as_str).context("a unit")?;
        let db = stage.open().await?;
        let sql = "SELECT id FROM employee WHERE role = 'engineer' AND unit_id = $1 ORDER BY id LIMIT 1";
        let row =
            db.reader().await?.row(sql, kit::params![unit]).await?.context("an engineer of the unit")?;
        Ok(Self { orders, engineer: row.get("id")?, contact })
    }
}

fn expect(reply: &Reply, status: u16, path: &str) -> Result<()> {
    ensure!(
        reply.status == status,
        "{path} answered {}: {}",
        reply.status,
        String::from_utf8_lossy(&reply.body)
    );
    Ok(())
}
