//! F2: no answer leaves before its change is synced, and the data as it lies at any moment is sound.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::ground::{Stage, copy_folder, is_here, key, signal};
use crate::journal::{self, Writers};
use crate::program::{Place, Program};

const COMMANDS: usize = 20;

/// Watches the system calls of single commands; then stops the program at random moments and opens copies of its data.
pub async fn run(stage: Stage, mut dice: Dice, budget: Duration) -> Result<String> {
    let watched = if is_here("strace") {
        watched(&stage).await?
    } else {
        "strace is not here (package strace), so the order of sync and answer was not watched".to_owned()
    };
    let (copies, acknowledged) = copied(&stage, &mut dice, budget / 2).await?;
    Ok(format!(
        "{watched}; {copies} copies at random moments under 8 writers: each opens, is sound and proves its invariants, with all \
         {acknowledged} writes that had been acknowledged"
    ))
}

/// The tracer while it is attached; detached by its own signal.
struct Trace(Child);

impl Drop for Trace {
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::INT);
        }
        let _ = self.0.wait();
    }
}

async fn watched(stage: &Stage) -> Result<String> {
    let program = stage.serve()?;
    let path = stage.beside("trace");
    let mut http = stage.connect(&program, "hotline_agent").await?;
    let trace = Command::new("strace")
        .args([
            "-f",
            "-y",
            "-s",
            "64",
            "-e",
            "trace=fsync,fdatasync,write,writev,sendto,sendmsg,pwrite64",
            "-o",
        ])
        .arg(&path)
        .args(["-p", &program.pid().to_string()])
        .stderr(Stdio::null())
        .spawn()?;
    let trace = Trace(trace);
    tokio::time::sleep(Duration::from_secs(1)).await;
    if std::fs::read_to_string(&path).is_err() {
        return Ok(
            "strace may not look into a program here, so the order of sync and answer was not watched"
                .to_owned(),
        );
    }
    for n in 0..COMMANDS {
        let report = stage.shared.reports[n % stage.shared.reports.len()].to_string();
        let reply = http.post("/api/cases", &key(), &report).await?;
        ensure!(reply.status == 201, "a report answered {}", reply.status);
        // What the command sets off in the background syncs on its own; it shall not stand in for the next one's sync.
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    drop(trace);
    program.kill()?;
    let answers = in_order(&std::fs::read_to_string(&path)?)?;
    ensure!(answers == COMMANDS, "{answers} answers seen of {COMMANDS}");
    Ok(format!("{COMMANDS} commands under strace: each answer left after the sync of the pages it stands on"))
}

/// Between the last write to the log of the database and an answer there is a sync of it. Answers how many were seen.
fn in_order(trace: &str) -> Result<usize> {
    let (mut synced, mut answers) = (true, 0);
    for line in trace.lines() {
        let wal = line.contains("aftercare.db-wal");
        let syncs = wal && (line.contains("fdatasync(") || line.contains("fsync("));
        if wal && (line.contains("pwrite64(") || line.contains("write(")) {
            synced = false;
        } else if syncs && !line.contains("unfinished") || line.contains("sync resumed>") {
            synced = true;
        } else if line.contains("HTTP/1.1 201") {
            ensure!(synced, "an answer left before its change was synced: {line}");
            answers += 1;
        }
    }
    Ok(answers)
}

async fn copied(stage: &Stage, dice: &mut Dice, budget: Duration) -> Result<(usize, u64)> {
    let (began, folder) = (Instant::now(), stage.beside("journal"));
    let program: Program = stage.serve()?;
    let writers = Writers::start(stage, &[program.address], 8, dice, (&folder, 0), &[]).await?;
    writers.until(16).await?;
    let (mut copies, mut all) = (0, 0);
    while copies < 3 || (copies < 8 && began.elapsed() < budget) {
        tokio::time::sleep(Duration::from_millis(dice.between(100, 900).unsigned_abs())).await;
        let copy = Place { data: stage.beside(&format!("copy-{copies}")), database: None };
        // Stopped, nothing moves: what lies there is what a dead program leaves behind. The journals are read meanwhile.
        signal(&program, Signal::STOP)?;
        let taken = copy_folder(&stage.place.data, &copy.data);
        let known = journal::read(&folder, "");
        signal(&program, Signal::CONT)?;
        taken?;
        let known = known?;
        std::fs::remove_file(copy.data.join("aftercare.db-shm")).or_else(gone)?;
        sound(stage, &copy, &known).await?;
        all = known.iter().filter(|entry| entry.answer.is_some()).count() as u64;
        std::fs::remove_dir_all(&copy.data)?;
        copies += 1;
    }
    writers.stop().await?;
    program.kill()?;
    Ok((copies, all))
}

fn gone(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

async fn sound(stage: &Stage, copy: &Place, known: &[journal::Entry]) -> Result<()> {
    let path: &Path = &copy.data.join("aftercare.db");
    let raw = rusqlite::Connection::open(path).context("a copy doesn't open")?;
    let sound: String = raw.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "a copy is not sound: {sound}");
    drop(raw);
    journal::stands_once_in(copy, known).await?;
    crate::ground::check(&stage.shared.binary, copy)
}
