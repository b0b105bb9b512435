//! `aftercare check`: the invariants of `domain.md`, recomputed on live data.
//!
//! A domain recomputes what it derives (clocks, verdicts, amounts, documents, states); [`store`] asks the tables what a query
//! can prove; [`events`](events::agree) compares records with what their newest events say.

mod events;
mod store;

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
    let mut tx = app.db.snapshot_reader().await?;
    let mut findings = run_on(&mut tx, &app.files).await?;
    findings.push(second_factors(&app.files, &mut tx).await?);
    Ok(findings)
}

/// Runs every check within a transaction: a restore proves what it has put back before it is kept.
///
/// # Errors
/// As the database says.
pub async fn run_on(tx: &mut Tx, stored: &Files) -> anyhow::Result<Vec<Finding>> {
    let mut findings = vec![
        constraints(tx).await?,
        events::chain(tx).await?,
        events::agree(tx).await?,
        files(stored, tx).await?,
        charges(tx).await?,
        policies(tx).await?,
        clocks(tx).await?,
        acceptances(stored, tx).await?,
        coverage_decisions(tx).await?,
        service_orders(tx).await?,
        work_orders(tx).await?,
    ];
    for invariant in store::INVARIANTS {
        let (checked, faults) = store::ask(tx, invariant).await?;
        findings.push(Finding { name: invariant.name, checked, faults });
    }
    Ok(findings)
}

// Of this data folder, not of an archive: its key is not part of one.
async fn second_factors(stored: &Files, tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, closed) = identity::verify_second_factors(tx, stored).await?;
    let faults = closed
        .iter()
        .map(|login| {
            format!("the second factor of {login} doesn't open: put the right sealing.key back into files/, or reset it")
        })
        .collect();
    Ok(Finding { name: "second factors open under the key of the data folder", checked, faults })
}

// Much of what must hold is a constraint of the schema.
async fn constraints(tx: &mut Tx) -> anyhow::Result<Finding> {
    let faults = store::constraints(tx).await?;
    Ok(Finding { name: "the database keeps its constraints", checked: 1, faults })
}

// Invariant 5: money is integer, and a charge is what its price, quantity and payer give (P12, P26).
async fn charges(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, found) = pricing::verify_charges(tx).await?;
    let faults = found
        .iter()
        .map(|m| {
            let (charge, order) = (m.charge_id, &m.work_order_id);
            format!(
                "charge {charge} of work order {order}: {} is {}, should be {}",
                m.what, m.stored, m.computed
            )
        })
        .collect();
    Ok(Finding { name: "charges are what their sources give", checked, faults })
}

// Decision 10: a version of the policy and a list of holidays stay as they were made.
async fn policies(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, found) = policy::verify_versions(tx).await?;
    let faults = found.iter().map(|what| format!("{what}: was altered after it was made")).collect();
    Ok(Finding { name: "policy versions are as they were made", checked, faults })
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
async fn acceptances(stored: &Files, tx: &mut Tx) -> anyhow::Result<Finding> {
    let check = assets::verify_documents(tx, stored).await?;
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

// Files: what was recorded is there and still matches its name.
async fn files(stored: &Files, tx: &mut Tx) -> anyhow::Result<Finding> {
    let digests = kit::files::recorded(tx).await?;
    let faults = digests
        .iter()
        .filter(|d| !stored.intact(d).unwrap_or(false))
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

// A work order's state is derived from its visits.
async fn work_orders(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, found) = visits::verify_states(tx).await?;
    let faults = found
        .iter()
        .map(|m| format!("work order {}: is {}, its visits give {}", m.number, m.stored, m.computed))
        .collect();
    Ok(Finding { name: "work orders stand where their visits put them", checked, faults })
}
