//! F1: `kill -9` under sixteen writers, again and again.

use std::time::{Duration, Instant};

use aftercare::demo::Dice;
use anyhow::{Result, ensure};

use crate::ground::Stage;
use crate::journal::{self, Tally, Writers};

const WRITERS: usize = 16;

/// Kills until the time is over; then everything in the journals stands once, and every invariant holds.
pub async fn run(stage: Stage, mut dice: Dice, budget: Duration) -> Result<String> {
    let (began, folder) = (Instant::now(), stage.beside("journal"));
    let (mut kills, mut tally, mut slowest) = (0, Tally::default(), Duration::ZERO);
    let mut program = stage.serve()?;
    while began.elapsed() < budget * 3 / 5 {
        let writers =
            Writers::start(&stage, &[program.address], WRITERS, &mut dice, (&folder, kills), &[]).await?;
        tokio::time::sleep(Duration::from_millis(dice.between(50, 1500).unsigned_abs())).await;
        program.kill()?;
        tally.add(&writers.stop().await?);
        let gone = Instant::now();
        program = stage.serve()?;
        slowest = slowest.max(gone.elapsed());
        ensure!(slowest < Duration::from_secs(10), "ready only after {:.1} s", slowest.as_secs_f64());
        let mut entries = journal::read(&folder, &format!("{kills}-"))?;
        journal::settle(&stage, program.address, &mut entries).await?;
        kills += 1;
    }
    let mut entries = journal::read(&folder, "")?;
    journal::settle(&stage, program.address, &mut entries).await?;
    program.kill()?;
    ensure!(tally.acknowledged > 100, "only {} writes were acknowledged", tally.acknowledged);
    journal::stands_once(&stage, &entries).await?;
    stage.check()?;
    Ok(format!(
        "{kills} kills, {} writes acknowledged and all there once, {} without an answer settled; ready again within {:.1} s",
        tally.acknowledged,
        tally.unknown,
        slowest.as_secs_f64()
    ))
}
