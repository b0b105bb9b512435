//! `aftercare check`: the invariants of the trade, recomputed on live data.

use kit::files::Files;
use kit::{App, Tx};

/// What one check found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The invariant.
    pub name: &'static str,
    /// How many records were looked at.
    pub checked: i64,
    /// What is wrong, one sentence each.
    pub faults: Vec<String>,
}

/// Runs every check on one snapshot.
///
/// # Errors
/// As the database says.
pub async fn run(app: &App) -> anyhow::Result<Vec<Finding>> {
    run_on(&mut app.db.snapshot_reader().await?, &app.files).await
}

/// Runs every check within a transaction: a restore proves what it has put back before it is kept.
///
/// # Errors
/// As the database says.
pub async fn run_on(tx: &mut Tx, store: &Files) -> anyhow::Result<Vec<Finding>> {
    Ok(vec![
        events(tx).await?,
        files(store, tx).await?,
        clocks(tx).await?,
        acceptances(store, tx).await?,
        coverage_decisions(tx).await?,
        service_orders(tx).await?,
    ])
}

// Invariant 8: a clock recomputed from its events equals the clock shown.
async fn clocks(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, found) = policy::clocks::verify(tx).await?;
    let faults = found
        .iter()
        .map(|f| format!("clock {}: {} is {}, its events give {}", f.clock_id, f.field, f.stored, f.computed))
        .collect();
    Ok(Finding { name: "clocks equal what their events give", checked: i64::try_from(checked)?, faults })
}

// The customer's signature is bound to the hash of what was shown.
async fn acceptances(store: &Files, tx: &mut Tx) -> anyhow::Result<Finding> {
    let check = assets::verify_documents(tx, store).await?;
    let faults = check.faults.iter().map(|f| format!("{f:?}")).collect();
    Ok(Finding {
        name: "acceptances match their signed documents",
        checked: i64::try_from(check.acceptances)?,
        faults,
    })
}

// Invariant 9: a coverage decision run again with its policy version gives the same verdict.
async fn coverage_decisions(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, found) = coverage::rerun_all(tx).await?;
    let faults = found
        .iter()
        .map(|m| format!("decision {} of case {}: {}", m.decision_id, m.case_id, m.why.en))
        .collect();
    Ok(Finding { name: "coverage decisions come out as before", checked, faults })
}

// Invariant 3: sealed events have no gap and their hashes verify.
async fn events(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, fault) = kit::events::verify(tx).await?;
    let mut faults: Vec<String> = fault.map(|f| format!("{f:?}")).into_iter().collect();
    let unsealed = kit::events::unsealed(tx).await?;
    if unsealed > 0 {
        faults.push(format!("{unsealed} events are not sealed"));
    }
    Ok(Finding { name: "events are one chain without gaps", checked, faults })
}

// Files: what was recorded is there and still matches its name.
async fn files(store: &Files, tx: &mut Tx) -> anyhow::Result<Finding> {
    let digests = kit::files::recorded(tx).await?;
    let faults = digests
        .iter()
        .filter(|d| !store.intact(d).unwrap_or(false))
        .map(|d| format!("file {d} is missing or damaged"))
        .collect();
    Ok(Finding { name: "files match their digests", checked: i64::try_from(digests.len())?, faults })
}

// P72: a signature is bound to the hash of the document that was shown.
async fn service_orders(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, found) = visits::verify_documents(tx).await?;
    let faults = found.iter().map(|f| format!("{f:?}")).collect();
    Ok(Finding { name: "service orders match what was signed", checked: i64::try_from(checked)?, faults })
}
