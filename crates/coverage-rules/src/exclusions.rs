//! The exclusions P31-P34: findings and flags propose, a person decides with evidence, and only then do
//! covered lines become chargeable. P35 follows from the dates alone and is never weighed here.

use crate::decision::{ClauseRef, Proposal, ProposalNeed, ProposalSource};
use crate::facts::{CoverageFacts, EvidenceKind, ExclusionFinding, FindingState, Ruling};
use crate::kinds::{ClauseKey, ExclusionCode};
use crate::policy::{CoveragePolicy, ExclusionDecider, ExclusionDefinition};

/// The exclusions of a case, sorted by where they stand.
#[derive(Default)]
pub(crate) struct Weighed<'a> {
    /// Decided by a person, with all that the policy asks for.
    pub decided: Vec<(ExclusionCode, &'a Ruling)>,
    pub proposals: Vec<Proposal>,
    pub overruled: Vec<(ExclusionCode, &'a Ruling)>,
}

/// The clause of `key` in the policy's words.
pub(crate) fn clause_ref(policy: &CoveragePolicy, key: ClauseKey) -> ClauseRef {
    let worded = policy.clauses.get(&key).map(|clause| clause.promise.as_str());
    ClauseRef { promise: worded.unwrap_or(key.default_promise()).to_owned(), key }
}

/// Weighs every finding and flag of `facts`.
pub(crate) fn weigh<'a>(facts: &'a CoverageFacts, policy: &CoveragePolicy) -> Weighed<'a> {
    let mut weighed = Weighed::default();
    for definition in &policy.exclusions {
        if definition.decided_by == ExclusionDecider::Dates {
            continue;
        }
        let code = definition.code;
        let propose =
            |source, needs| Proposal { code, clause: clause_ref(policy, code.clause_key()), source, needs };
        match ruling_finding(facts, code) {
            Some(finding) => match &finding.state {
                FindingState::Overruled(ruling) => weighed.overruled.push((code, ruling)),
                FindingState::Decided(ruling) => {
                    let needs = needs(finding, definition);
                    if needs.is_empty() {
                        weighed.decided.push((code, ruling));
                    } else {
                        weighed.proposals.push(propose(ProposalSource::Finding, needs));
                    }
                }
                FindingState::Proposed => {
                    let needs = needs(finding, definition);
                    weighed.proposals.push(propose(ProposalSource::Finding, needs));
                }
            },
            None => {
                if let Some(source) = flagged(facts, code) {
                    weighed.proposals.push(propose(source, all_needs(definition)));
                }
            }
        }
    }
    weighed
}

/// The finding that counts for `code`: the last ruling, else the last proposal. A proposal made after a
/// ruling does not undo it.
fn ruling_finding(facts: &CoverageFacts, code: ExclusionCode) -> Option<&ExclusionFinding> {
    let of_code = || facts.exclusion_findings.iter().rev().filter(|f| f.code == code);
    of_code().find(|finding| finding.state != FindingState::Proposed).or_else(|| of_code().next())
}

fn flagged(facts: &CoverageFacts, code: ExclusionCode) -> Option<ProposalSource> {
    match code {
        ExclusionCode::MixedSystem if facts.foreign_components => Some(ProposalSource::ForeignComponents),
        ExclusionCode::NonDesignated if facts.outside_work.iter().any(|w| !w.designated) => {
            Some(ProposalSource::OutsideWork)
        }
        _ => None,
    }
}

fn needed_evidence(kind: EvidenceKind) -> ProposalNeed {
    match kind {
        EvidenceKind::Photo => ProposalNeed::Photo,
        EvidenceKind::Text => ProposalNeed::Text,
    }
}

/// What a finding still lacks by its definition (P31).
fn needs(finding: &ExclusionFinding, definition: &ExclusionDefinition) -> Vec<ProposalNeed> {
    let mut needs = Vec::new();
    if let FindingState::Decided(ruling) = &finding.state {
        if ruling.by.trim().is_empty() {
            needs.push(ProposalNeed::Decider);
        }
        if ruling.reason.trim().is_empty() {
            needs.push(ProposalNeed::Reason);
        }
    } else {
        needs.push(ProposalNeed::Decision);
    }
    for &kind in &definition.evidence {
        let given = |e: &crate::facts::Evidence| e.kind == kind && !e.reference.trim().is_empty();
        if !finding.evidence.iter().any(given) {
            needs.push(needed_evidence(kind));
        }
    }
    if definition.needs_explanation && finding.explained_at.is_none() {
        needs.push(ProposalNeed::Explanation);
    }
    if definition.needs_acknowledgement && finding.acknowledgement.is_none() {
        needs.push(ProposalNeed::Acknowledgement);
    }
    needs
}

fn all_needs(definition: &ExclusionDefinition) -> Vec<ProposalNeed> {
    let mut needs = vec![ProposalNeed::Decision];
    needs.extend(definition.evidence.iter().copied().map(needed_evidence));
    if definition.needs_explanation {
        needs.push(ProposalNeed::Explanation);
    }
    if definition.needs_acknowledgement {
        needs.push(ProposalNeed::Acknowledgement);
    }
    needs
}
