//! F5: five hundred timers come due while the program is down.

use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, ensure};
use kit::{Clock, Ts};
use tokio::task::JoinSet;

use crate::ground::{Stage, key};

const TIMERS: i64 = 500;
/// How long the program is away.
const AWAY: i64 = 6 * Ts::HOUR;
const WITHIN: Duration = Duration::from_mins(1);

/// Reports enough faults, ends the program, starts it again six hours later, kills it in the middle of catching up, starts it
/// once more: each alert that came due stands once, with the time when it was due.
pub async fn run(stage: Stage, mut dice: Dice, _: Duration) -> Result<String> {
    let program = stage.serve()?;
    let later = Clock::system().now().plus(AWAY);
    let due = format!(
        "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND kind = 'clock.alert' AND run_at <= {}",
        later.micros()
    );
    let mut reports = stage.shared.reports.iter().cycle();
    for _ in 0..40 {
        if stage.count(&due).await? >= TIMERS {
            break;
        }
        let mut clients = JoinSet::new();
        for _ in 0..16 {
            let mut http = stage.connect(&program, "hotline_agent").await?;
            let mine: Vec<String> = reports.by_ref().take(4).map(ToString::to_string).collect();
            clients.spawn(async move {
                for report in mine {
                    let reply = http.post("/api/cases", &key(), &report).await?;
                    ensure!(reply.status == 201, "a report answered {}", reply.status);
                }
                Ok(())
            });
        }
        while let Some(done) = clients.join_next().await {
            done??;
        }
    }
    let waiting = stage.count(&due).await?;
    ensure!(waiting >= TIMERS, "only {waiting} timers come due");
    program.kill()?;
    let before = stage.count("SELECT COALESCE(MAX(seq), 0) FROM event").await?;

    let clock = later.to_string();
    let program = stage.start(&["demo", "--clock", &clock])?;
    tokio::time::sleep(Duration::from_millis(dice.between(50, 600).unsigned_abs())).await;
    program.kill()?;
    let began = Instant::now();
    let program = stage.start(&["demo", "--clock", &clock])?;
    // What is planned anew while catching up lies in the future and doesn't count.
    while stage.count(&due).await? > 0 {
        ensure!(began.elapsed() < WITHIN, "{} timers still wait after a minute", stage.count(&due).await?);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let took = began.elapsed();
    // Sealed on PostgreSQL a moment later.
    tokio::time::sleep(Duration::from_secs(1)).await;
    program.kill()?;

    let db = stage.open().await?;
    let mut tx = db.reader().await?;
    let told = "SELECT kind, body FROM event WHERE seq > $1 AND kind IN ('clock.warned', 'clock.breached')";
    let (mut alerts, mut breaches) = (0, 0);
    for row in tx.rows(told, kit::params![before]).await? {
        let body: serde_json::Value = serde_json::from_str(&row.get::<String>("body")?)?;
        let instant = |name: &str| -> Result<Ts> {
            Ok(body[name].as_str().with_context(|| format!("{name} in {body}"))?.parse()?)
        };
        let reached = instant("reached_at")?;
        ensure!(reached <= later.plus(Ts::MINUTE), "an alert of the future: {body}");
        if row.get::<String>("kind")? == "clock.breached" {
            // Broken is the first microsecond after the due time.
            let due = instant("due_at")?;
            ensure!(reached == due.plus(1), "a breach carries another time than its due time: {body}");
            breaches += 1;
        }
        alerts += 1;
    }
    let noted = "SELECT COUNT(*) FROM clock_alert WHERE announced_at >= $1";
    let noted = tx.int(noted, kit::params![later.plus(-Ts::MINUTE)]).await?;
    ensure!(alerts == noted, "{noted} alerts were noted, {alerts} were told");
    ensure!(alerts >= TIMERS, "{waiting} timers were due, {alerts} alerts were given");
    drop((tx, db));
    stage.check()?;
    Ok(format!(
        "{waiting} timers came due in six hours of absence, killed once while catching up: {alerts} alerts, each once, {breaches} \
         breaches with their due time, all within {:.1} s",
        took.as_secs_f64()
    ))
}
