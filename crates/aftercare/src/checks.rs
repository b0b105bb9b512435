//! `aftercare check`: the invariants of the trade, recomputed on live data.

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
    let mut tx = app.db.snapshot_reader().await?;
    Ok(vec![events(&mut tx).await?, files(app, &mut tx).await?])
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
async fn files(app: &App, tx: &mut Tx) -> anyhow::Result<Finding> {
    let digests = kit::files::recorded(tx).await?;
    let faults = digests
        .iter()
        .filter(|d| !app.files.intact(d).unwrap_or(false))
        .map(|d| format!("file {d} is missing or damaged"))
        .collect();
    Ok(Finding { name: "files match their digests", checked: i64::try_from(digests.len())?, faults })
}
