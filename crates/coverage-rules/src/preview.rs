//! What each exclusion would change, worked out at the desk so that a phone never decides coverage
//! (decision 13).

use serde::{Deserialize, Serialize};
use service_calendar::HolidayYears;

use crate::decide::{decide, excluded_lines};
use crate::decision::{ChargeVerdict, ClauseRef, Decision, Verdict};
use crate::exclusions::clause_ref;
use crate::facts::CoverageFacts;
use crate::kinds::{ExclusionCode, RequestKind};
use crate::policy::{CoveragePolicy, ExclusionDecider, ExclusionDefinition};

/// The decision as it stands, and as it would be under each exclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExclusionPreview {
    /// As it stands.
    pub decision: Decision,
    /// One entry per exclusion that a person decides (P31-P34); empty for requests other than repairs.
    pub if_decided: Vec<PreviewedExclusion>,
}

/// What one exclusion would change if it were decided with all that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewedExclusion {
    /// Which exclusion, and what the phone must collect for it.
    pub definition: ExclusionDefinition,
    /// The clause shown to the customer.
    pub clause: ClauseRef,
    /// The verdict then.
    pub verdict: Verdict,
    /// The lines then.
    pub charges: Vec<ChargeVerdict>,
}

/// The verdict as it stands and under each exclusion, for the day packet of a phone (decision 13). Costs
/// little more than one decision: the layers are looked at once.
pub fn preview_exclusions(
    facts: &CoverageFacts,
    policy: &CoveragePolicy,
    holidays: &HolidayYears,
) -> ExclusionPreview {
    let decision = decide(facts, policy, holidays);
    let mut if_decided = Vec::new();
    if facts.request == RequestKind::Repair {
        for definition in &policy.exclusions {
            if definition.decided_by == ExclusionDecider::Person {
                if_decided.push(previewed(facts, policy, &decision, definition));
            }
        }
    }
    ExclusionPreview { decision, if_decided }
}

fn previewed(
    facts: &CoverageFacts,
    policy: &CoveragePolicy,
    decision: &Decision,
    definition: &ExclusionDefinition,
) -> PreviewedExclusion {
    // Out of period there is no cover left for an exclusion to take away.
    let already = decision.exclusions.contains(&ExclusionCode::OutOfPeriod);
    let charges =
        if already { decision.charges.clone() } else { excluded_lines(facts, policy, definition.code).0 };
    PreviewedExclusion {
        definition: definition.clone(),
        clause: clause_ref(policy, definition.code.clause_key()),
        verdict: Verdict::Chargeable,
        charges,
    }
}
