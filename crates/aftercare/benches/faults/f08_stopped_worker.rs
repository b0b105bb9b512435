//! F8: a worker that is stopped for longer than its lease, one that is killed, and a mail server that drops the line before it
//! says that it took the mail.

use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, ensure};
use rustix::process::Signal;
use serde_json::Value;

use crate::ground::{Stage, key, signal};
use crate::program::Program;
use crate::sink::{Sink, Then};

/// How soon the jobs of a killed node are taken over.
const TAKEN_OVER_WITHIN: Duration = Duration::from_secs(5);
/// How soon a message that waits is on its way, on a machine that has much else to do.
const BEGUN_WITHIN: Duration = Duration::from_secs(30);
/// A lease, and the moments until somebody looks.
const LEASE: Duration = Duration::from_secs(60 + 8);

/// On SQLite the mail server; on PostgreSQL two nodes as well.
pub async fn run(stage: Stage, _: Dice, budget: Duration) -> Result<String> {
    if stage.place.database.is_none() {
        return dropped(&stage).await;
    }
    let killed = killed(&stage).await?;
    // A lease is a minute: a shorter run leaves this part out.
    if budget < LEASE {
        return Ok(format!("{killed}; the stopped worker takes {} s and was left out", LEASE.as_secs()));
    }
    Ok(format!("{killed}; {}", stopped(&stage).await?))
}

/// Twice the line is dropped before `250`: the third delivery has the same id, and only one message stands as sent.
async fn dropped(stage: &Stage) -> Result<String> {
    let sink = Sink::start(|n| if n < 2 { Then::Drop } else { Then::Take }).await?;
    let program = stage.serve()?;
    let message = tell_a_customer(stage, &program, &sink).await?;
    // 5 s, then 10 s.
    sink.until(&message.header, 3, Duration::from_secs(30)).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mails = sink.mails(&message.header);
    ensure!(mails.len() == 3, "{} deliveries for one message", mails.len());
    let row = delivery_row(stage, &program, &message).await?;
    ensure!(row["state"] == "delivered" && row["attempts"] == 3, "{row}");
    let pauses: Vec<f64> = mails.windows(2).map(|pair| (pair[1].at - pair[0].at).as_secs_f64()).collect();
    ensure!(pauses[0] >= 4.0 && pauses[1] >= 9.0, "tried again after {pauses:.1?} s");
    program.kill()?;
    stage.check()?;
    Ok(format!(
        "a mail server that drops the line before 250 twice: 3 deliveries with one Message-ID after pauses of {pauses:.0?} s"
    ))
}

/// The node that has a mail under way is killed; the other brings it out at once, under the same id.
async fn killed(stage: &Stage) -> Result<String> {
    let sink = Sink::start(|n| if n == 0 { Then::Wait(Duration::from_mins(3)) } else { Then::Take }).await?;
    let first = stage.serve()?;
    let message = tell_a_customer(stage, &first, &sink).await?;
    sink.until(&message.header, 1, BEGUN_WITHIN).await?;
    let second = stage.serve()?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    ensure!(sink.mails(&message.header).len() == 1, "the other node took over from one that lives");
    let began = Instant::now();
    first.kill()?;
    sink.until(&message.header, 2, TAKEN_OVER_WITHIN).await?;
    let took = began.elapsed();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let row = delivery_row(stage, &second, &message).await?;
    ensure!(row["state"] == "delivered", "{row}");
    second.kill()?;
    Ok(format!("a killed node's mail taken over after {:.1} s", took.as_secs_f64()))
}

/// The node that has a mail under way is stopped for longer than a lease, then goes on.
async fn stopped(stage: &Stage) -> Result<String> {
    let sink = Sink::start(|n| if n == 0 { Then::Wait(LEASE) } else { Then::Take }).await?;
    let first = stage.serve()?;
    let message = tell_a_customer(stage, &first, &sink).await?;
    sink.until(&message.header, 1, BEGUN_WITHIN).await?;
    let second = stage.serve()?;
    signal(&first, Signal::STOP)?;
    let taken = sink.until(&message.header, 2, LEASE).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    signal(&first, Signal::CONT)?;
    taken?;
    // The first goes on where it stood, and may say nothing any more.
    tokio::time::sleep(Duration::from_secs(4)).await;
    let mails = sink.mails(&message.header);
    let row = delivery_row(stage, &second, &message).await?;
    ensure!(row["state"] == "delivered" && row["attempts"] == 2, "{row}");
    let told = format!(
        "SELECT COUNT(*) FROM event WHERE kind = 'notification.delivered' AND subject_id = '{}'",
        message.id
    );
    let told = stage.count(&told).await?;
    ensure!(told == 1, "the timeline says {told} times that one message was sent");
    let after = (mails[1].at - mails[0].at).as_secs_f64();
    drop((first, second));
    stage.check()?;
    Ok(format!(
        "a worker stopped beyond its lease: taken over after {after:.0} s, one message sent, {} deliveries with one id",
        mails.len()
    ))
}

/// A message to a customer, by its row and by the header it leaves with.
struct Message {
    id: String,
    header: String,
}

/// Leads mail to the sink, reports a fault, and answers which message that makes.
async fn tell_a_customer(stage: &Stage, program: &Program, sink: &Sink) -> Result<Message> {
    let mut system = stage.connect(program, "system_admin").await?;
    let version = system.get("/api/notification-settings").await?.json()["version"].as_i64().unwrap_or(0);
    let (id, tag, body) = (key(), format!("\"{version}\""), sink.settings().to_string());
    let headers =
        [("content-type", "application/json"), ("idempotency-key", id.as_str()), ("if-match", tag.as_str())];
    let set = system.send("PUT", "/api/notification-settings", &headers, body.as_bytes()).await?;
    ensure!(set.status == 200, "{}", String::from_utf8_lossy(&set.body));
    let mut agent = stage.connect(program, "hotline_agent").await?;
    let db = stage.open().await?;
    // Not every contact of the demo has an address.
    for report in &stage.shared.reports {
        let made = agent.post("/api/cases", &key(), &report.to_string()).await?.json();
        let case = made["id"].as_str().context("a case has an id")?.to_owned();
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let sql = "SELECT id, message_id FROM delivery WHERE case_id = $1 AND channel = 'smtp' AND state = 'waiting'";
            if let Some(row) = db.reader().await?.row(sql, kit::params![&case]).await? {
                return Ok(Message { id: row.get("id")?, header: row.get("message_id")? });
            }
        }
    }
    anyhow::bail!("no report made a mail")
}

async fn delivery_row(stage: &Stage, program: &Program, message: &Message) -> Result<Value> {
    let mut system = stage.connect(program, "system_admin").await?;
    let page = system.get("/api/deliveries?channel=smtp").await?.json();
    let rows = page["items"].as_array().with_context(|| format!("{page}"))?;
    rows.iter()
        .find(|row| row["id"] == message.id.as_str())
        .cloned()
        .with_context(|| format!("no delivery {}", message.id))
}
