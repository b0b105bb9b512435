//! Invariant 3: events are one chain without gaps, and every record stands where its newest event left it.

use kit::{Ts, Tx};
use serde_json::Value;

use super::{Finding, store};

/// Verifies the chain from its first event to its last.
pub(super) async fn chain(tx: &mut Tx) -> anyhow::Result<Finding> {
    let (checked, fault) = kit::events::verify(tx).await?;
    let mut faults: Vec<String> = fault.map(|f| format!("{f:?}")).into_iter().collect();
    let unsealed = kit::events::unsealed(tx).await?;
    if unsealed > 0 {
        faults.push(format!("{unsealed} events are not sealed"));
    }
    // A chain that was cut off at its end still verifies: what has read further knows better.
    faults.extend(store::readers_ahead(tx).await?);
    Ok(Finding { name: "events are one chain without gaps", checked, faults })
}

/// Compares records with what their newest events say: a change without its event, or an event without its change.
pub(super) async fn agree(tx: &mut Tx) -> anyhow::Result<Finding> {
    const AT_ONCE: i64 = 500;
    let (mut checked, mut faults) = (0, Vec::new());
    for teller in store::TELLERS {
        let mut after = String::new();
        loop {
            let page = store::told_after(tx, teller, &after, AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.id);
            for told in &page {
                checked += 1;
                let said = told.body.as_deref().and_then(|body| said(body, teller.fields));
                if teller.may_be_silent && told.body.is_some() && said.is_none() {
                    continue;
                }
                if said.as_deref() != Some(told.stored.as_str()) {
                    let (number, what, stored) = (&told.number, teller.what, &told.stored);
                    let said = said.unwrap_or_else(|| "nothing".into());
                    faults.push(format!("{number}: its {what} is {stored}, its events say {said}"));
                }
            }
        }
    }
    Ok(Finding { name: "records stand where their events left them", checked, faults })
}

// The first of these fields that the body has, as the tables write it: instants in microseconds.
fn said(body: &str, fields: &[&str]) -> Option<String> {
    let body: Value = serde_json::from_str(body).ok()?;
    match fields.iter().find_map(|field| body.get(*field))? {
        Value::String(text) => {
            Some(text.parse::<Ts>().map_or_else(|_| text.clone(), |at| at.micros().to_string()))
        }
        other => Some(other.to_string()),
    }
}
