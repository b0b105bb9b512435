//! F4: the machine's clock jumps forward and back while people work.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::ground::{Stage, key};
use crate::program::{Http, Place, Program};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Moves the clock of the program alone, by a library of our own that stands before the system's.
pub async fn run(stage: Stage, mut dice: Dice, budget: Duration) -> Result<String> {
    let moved = Moved::make(&stage)?;
    let program = moved.serve(&stage)?;
    let password = stage.password();
    let login = stage.login("hotline_agent");
    let mut agent = Http::connect(program.address, "").await?;
    agent.sign_in(login, password).await?;
    let before = agent.cookie.clone();
    let mut made = 0;

    // A day or two hours either way, in any order; home again in between.
    let mut jumps = vec![2 * HOUR, -2 * HOUR, DAY, -DAY];
    for at in (1..jumps.len()).rev() {
        jumps.swap(at, usize::try_from(dice.between(0, i64::try_from(at)?)).unwrap_or(0));
    }
    let pause = (budget / 20).clamp(Duration::from_millis(300), Duration::from_secs(2));
    let mut expired = false;
    for jump in &jumps {
        for by in [*jump, 0] {
            moved.set(by)?;
            tokio::time::sleep(pause).await;
            if by >= DAY {
                let reply = Http::connect(program.address, &before).await?.get("/api/me").await?;
                ensure!(reply.status == 401, "a session lived on after {by} s: {}", reply.status);
                expired = true;
            } else if expired {
                let reply = Http::connect(program.address, &before).await?.get("/api/me").await?;
                ensure!(
                    reply.status == 401,
                    "a session that had ended came back to life when the clock was put back"
                );
            }
            // Whoever signs in anew goes on working.
            let mut http = Http::connect(program.address, "").await?;
            http.sign_in(login, password).await.with_context(|| format!("{by} s off"))?;
            for _ in 0..5 {
                let report = dice.one(&stage.shared.reports).to_string();
                let reply = http.post("/api/cases", &key(), &report).await?;
                ensure!(
                    reply.status == 201,
                    "{by} s off a report answered {}: {}",
                    reply.status,
                    String::from_utf8_lossy(&reply.body)
                );
                let case = reply.json()["id"].as_str().unwrap_or_default().to_owned();
                let note = http
                    .post(&format!("/api/cases/{case}/note"), &key(), &json!({ "text": "x" }).to_string())
                    .await?;
                ensure!(
                    note.status == 200 || note.status == 201,
                    "{by} s off a note answered {}",
                    note.status
                );
                made += 1;
            }
        }
    }
    ensure!(expired, "no jump was long enough to end a session");

    // Timers that were planned while the clock was ahead are done in their time, and nothing that is due now waits for them.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let late = kit::Clock::system().now().plus(-5 * kit::Ts::SECOND).micros();
    let held = format!(
        "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND run_at < {late} AND kind <> 'deliver.smtp'"
    );
    let held = stage.count(&held).await?;
    ensure!(held == 0, "{held} timers are due and wait");
    let alerts = stage.count("SELECT COUNT(*) FROM clock_alert").await?;
    let told =
        stage.count("SELECT COUNT(*) FROM event WHERE kind IN ('clock.warned', 'clock.breached')").await?;
    ensure!(alerts == told, "{alerts} alerts were noted, {told} were told");
    program.kill()?;
    stage.check()?;
    let leap = leap(&stage).await?;
    Ok(format!(
        "{} jumps (±2 h, ±1 day) and back: {made} cases, {alerts} alerts each told once, chain and numbers without a gap, an ended \
         session stayed ended; {leap}",
        jumps.len(),
    ))
}

/// A company that is made in February 2028 works over both midnights of the 29th.
async fn leap(stage: &Stage) -> Result<String> {
    let place = Place { data: stage.beside("leap"), database: None };
    let begin = |clock: &str| -> Result<Program> {
        let words = ["demo", "--listen", "127.0.0.1:0", "--clock", clock];
        Ok(Program::start(&place, place.command(&stage.shared.binary, &words))?)
    };
    let said = place
        .run(
            &stage.shared.binary,
            &["demo", "--no-serve", "--listen", "127.0.0.1:0", "--clock", "2028-02-28T20:00+08:00"],
        )
        .map_err(anyhow::Error::msg)?;
    let word = |name: &str| {
        let line = said.lines().find_map(|line| line.trim().strip_prefix(name))?;
        line.split_whitespace().next().map(str::to_owned)
    };
    let (password, login) =
        (word("password").context("a password")?, word("hotline_agent").context("an agent")?);
    let reports = crate::ground::reports(&place).await?;
    let mut numbers = Vec::new();
    for (clock, days) in [
        ("2028-02-28T23:59:57+08:00", ["20280228", "20280229"]),
        ("2028-02-29T23:59:57+08:00", ["20280229", "20280301"]),
    ] {
        let program = begin(clock)?;
        let mut http = Http::connect(program.address, "").await?;
        http.sign_in(&login, &password).await?;
        for day in days {
            let mut number = String::new();
            for _ in 0..60 {
                let reply = http.post("/api/cases", &key(), &reports[numbers.len()].to_string()).await?;
                ensure!(reply.status == 201, "in February 2028 a report answered {}", reply.status);
                number = reply.json()["number"].as_str().unwrap_or_default().to_owned();
                if number.contains(day) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            ensure!(number.contains(day), "{number} is no number of {day}");
            numbers.push(number);
        }
        program.kill()?;
    }
    crate::ground::check(&stage.shared.binary, &place)?;
    Ok("over both midnights of 29 February 2028 cases have the numbers of their day".to_owned())
}

/// A library that moves the clock, and the file that says by how much.
struct Moved {
    library: PathBuf,
    by: PathBuf,
}

impl Moved {
    fn make(stage: &Stage) -> Result<Self> {
        let moved = Self { library: stage.beside("clock.so"), by: stage.beside("moved-by") };
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/faults/f04_clock.c");
        let said = Command::new("cc")
            .args(["-O2", "-shared", "-fPIC", "-o"])
            .arg(&moved.library)
            .arg(source)
            .output()
            .context("the clock is moved by a small library that a C compiler makes, and there is no `cc` (package gcc)")?;
        ensure!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        moved.set(0)?;
        Ok(moved)
    }

    fn set(&self, by_s: i64) -> Result<()> {
        use std::io::Write as _;
        // Written in place: the program has the file's page open.
        let mut file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&self.by)?;
        Ok(file.write_all(&by_s.to_ne_bytes())?)
    }

    fn serve(&self, stage: &Stage) -> Result<Program> {
        let place: &Place = &stage.place;
        let mut command = place.command(&stage.shared.binary, &["serve", "--listen", "127.0.0.1:0"]);
        command.env("LD_PRELOAD", &self.library).env("CLOCK_MOVED_BY", &self.by);
        Ok(Program::start(place, command)?)
    }
}
