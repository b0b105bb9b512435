//! Deciding every old decision again (invariant 9).

use coverage_rules::{Verdict, rerun};
use kit::{Both, Failure, Tx, texts};

use crate::model::CoverageDecisionId;
use crate::store;
use crate::store::cases::Head;
use crate::store::overrulings::Stored;
use crate::terms::Terms;
use crate::view::both;

/// A decision that did not come out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The decision.
    pub decision_id: CoverageDecisionId,
    /// Its case.
    pub case_id: String,
    /// What is wrong, and how to mend it.
    pub why: Both,
}

const AT_ONCE: i64 = 500;

/// Runs every kept decision again with the policy version it names, and what holds for each case against its decision.
/// How many decisions were run again, and what differs; empty: all came out as before. For `aftercare check`.
///
/// # Errors
/// As the database says.
pub async fn rerun_all(tx: &mut Tx) -> Result<(i64, Vec<Mismatch>), Failure> {
    let policies = Terms::every(tx).await?;
    let (mut count, mut mismatches) = (0, Vec::new());
    let mut after = None;
    loop {
        let page = store::cases::kept_after(tx, after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for kept in &page {
            count += 1;
            let wrong = |why| Mismatch { decision_id: kept.id, case_id: kept.case_id.clone(), why };
            match kept.record(&[]) {
                Ok(record) => {
                    if let Err(failed) = rerun(&record, &policies) {
                        mismatches.push(wrong(both(&failed.text())));
                    }
                }
                Err(_) => mismatches.push(wrong(texts::both("reasons.coverage.check.unreadable", &[]))),
            }
        }
    }
    let mut after = String::new();
    loop {
        let page = store::cases::heads_after(tx, &after, AT_ONCE).await?;
        let Some((last, _)) = page.last() else { return Ok((count, mismatches)) };
        after = last.case_id.clone();
        for (head, verdict) in &page {
            if !holds(tx, head, *verdict).await? {
                mismatches.push(Mismatch {
                    decision_id: head.decision_id,
                    case_id: head.case_id.clone(),
                    why: texts::both("reasons.coverage.check.other_verdict", &[]),
                });
            }
        }
    }
}

// What lists and orders read is the newest decision with the overrulings in force.
async fn holds(tx: &mut Tx, head: &Head, verdict: Verdict) -> Result<bool, Failure> {
    let newest = store::cases::kept_of(tx, &head.case_id).await?.into_iter().next();
    let Some(kept) = newest.filter(|kept| kept.id == head.decision_id) else { return Ok(false) };
    let stored = store::overrulings::of(tx, [kept.id]).await?;
    let held: Vec<_> = stored.iter().filter_map(Stored::held).collect();
    // A record that can't be read was named above.
    Ok(kept.record(&held).map_or(true, |record| record.effective().verdict == verdict))
}
