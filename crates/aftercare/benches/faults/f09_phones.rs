//! F9: three phones of four hundred operations each in dead zones: the model that stands among the integration tests
//! (`tests/it/phones.rs`), run with this run's seed.

use std::process::{Command, Stdio};
use std::time::Duration;

use aftercare::demo::Dice;
use anyhow::{Context as _, Result, bail, ensure};

use crate::ground::Stage;

/// Runs the model on this engine.
pub async fn run(stage: Stage, mut dice: Dice, budget: Duration) -> Result<String> {
    let seed = dice.between(0, 1 << 62);
    let engine = if stage.place.database.is_some() { "postgres" } else { "sqlite" };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut running = Command::new(cargo)
        .args(["test", "--profile", "demo", "--package", "aftercare", "--test", "it"])
        .args(["--", &format!("f09_three_phones_of_400_operations_each_have_one_fate_on_{engine}")])
        .env("AFTERCARE_TEST_SEED", seed.to_string())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cargo can't be started")?;
    let began = std::time::Instant::now();
    while running.try_wait()?.is_none() {
        if began.elapsed() > budget + Duration::from_secs(30) {
            running.kill()?;
            bail!(
                "not done after {:.0} s (is the test built? `cargo test --profile demo -p aftercare --test it --no-run`)",
                began.elapsed().as_secs_f64()
            );
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let done = running.wait_with_output()?;
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    ensure!(done.status.success() && said.contains("1 passed"), "seed {seed}:\n{said}");
    Ok(format!(
        "3 phones × 400 operations, lost answers, late repeats, all sent once more shuffled, 9 kills (3 between commit and answer): each has one fate, the same for every delivery (seed {seed})"
    ))
}
