//! Exclusions P31-P34: proposed with what was seen, decided by a person with evidence.

use coverage_rules::{EvidenceKind, ExclusionCode, ProposalNeed};
use kit::files::Files;
use kit::{Cx, Event, Failure, Refusal, Tx};
use serde_json::json;

use super::decide::{again, head_of, shown};
use crate::errors::CoverageError;
use crate::model::{
    Acknowledge, Cause, DecideExclusion, FindingId, FindingStanding, Proof, ProposeExclusion,
};
use crate::rules::{self, Proven};
use crate::store;
use crate::store::cases::Head;
use crate::store::exclusions::Finding;
use crate::terms::Terms;
use crate::view::CoverageDecisionView;

/// The longest text of a finding or reason, in characters.
const MAX_TEXT: usize = 2000;

/// Records that somebody saw an exclusion. It changes no charge before a person decides it.
///
/// # Errors
/// `coverage_not_decided`, `exclusion_by_dates`, `exclusion_not_for_request`, `exclusion_evidence_missing`,
/// `exclusion_proposed_twice`, `coverage_file_not_sent`.
pub async fn propose_exclusion(
    tx: &mut Tx,
    cx: &Cx,
    case_id: &str,
    input: ProposeExclusion,
) -> Result<CoverageDecisionView, Failure> {
    let head = head_of(tx, &cx.actor.reach, case_id).await?;
    if input.code == ExclusionCode::OutOfPeriod {
        return Err(CoverageError::ExclusionByDates.into());
    }
    if !rules::excludable(head.request) {
        return Err(CoverageError::ExclusionNotForRequest.into());
    }
    let proof = input.proof();
    if proof.photos.is_empty() && proof.text.as_deref().is_none_or(|t| t.trim().is_empty()) {
        return Err(CoverageError::EvidenceMissing.into());
    }
    check(tx, cx, &proof).await?;
    let waiting = store::exclusions::of_case(tx, case_id).await?;
    if waiting.iter().any(|f| f.view.code == input.code && f.view.state == FindingStanding::Proposed) {
        return Err(CoverageError::ExclusionProposedTwice.into());
    }
    let id: FindingId = cx.new_id();
    store::exclusions::propose(tx, cx, id, case_id, input.code).await?;
    let finding = store::exclusions::one(tx, id).await?.ok_or(CoverageError::FindingUnknown)?;
    store::exclusions::prove(tx, cx, &finding, &proof).await?;
    append(tx, cx, "coverage.exclusion_proposed", &head, id, input.code).await?;
    shown(tx, head.decision_id).await
}

/// A person's decision on a proposed exclusion. That it applies takes all the evidence the case's policy asks for; then
/// the case is decided again, and covered lines become chargeable (P31). The decision before stays.
///
/// # Errors
/// `exclusion_unknown`, `exclusion_decided_already`, `coverage_reason_missing`, and what is lacking by field:
/// `exclusion_photo_missing`, `exclusion_text_missing`, `exclusion_explanation_missing`,
/// `exclusion_acknowledgement_missing`.
pub async fn decide_exclusion(
    tx: &mut Tx,
    cx: &Cx,
    id: FindingId,
    input: DecideExclusion,
) -> Result<CoverageDecisionView, Failure> {
    let unknown = || Failure::from(CoverageError::FindingUnknown);
    let finding = store::exclusions::one(tx, id).await?.ok_or_else(unknown)?;
    let head = store::cases::head(tx, &cx.actor.reach, &finding.view.case_id).await?.ok_or_else(unknown)?;
    if finding.view.state != FindingStanding::Proposed {
        return Err(CoverageError::FindingDecided.into());
    }
    let reason = input.reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > MAX_TEXT {
        return Err(CoverageError::ReasonMissing.into());
    }
    let proof = input.proof();
    check(tx, cx, &proof).await?;
    store::exclusions::prove(tx, cx, &finding, &proof).await?;
    if input.applies {
        let finding = store::exclusions::one(tx, id).await?.ok_or_else(unknown)?;
        proven(tx, &head, &finding).await?;
    }
    let to = if input.applies { FindingStanding::Decided } else { FindingStanding::Rejected };
    if !store::exclusions::rule(tx, cx, id, to, &reason).await? {
        return Err(CoverageError::FindingDecided.into());
    }
    let what = if input.applies { "coverage.exclusion_decided" } else { "coverage.exclusion_rejected" };
    append(tx, cx, what, &head, id, finding.view.code).await?;
    let id = again(tx, cx, head, Cause::Exclusion).await?;
    shown(tx, id).await
}

// Names every field that lacks something, so that a phone can show all at once.
async fn proven(tx: &mut Tx, head: &Head, finding: &Finding) -> Result<(), Failure> {
    let terms = Terms::version(tx, head.policy_version).await?;
    let definition = terms.coverage().exclusion(finding.view.code).ok_or(CoverageError::ExclusionByDates)?;
    let has = |kind: EvidenceKind| finding.view.evidence.iter().any(|e| e.kind == kind);
    let there = Proven {
        photo: has(EvidenceKind::Photo),
        text: has(EvidenceKind::Text),
        explained: finding.view.explained_at.is_some(),
        acknowledged: finding.view.acknowledgement.is_some(),
    };
    let mut refusal: Option<Refusal> = None;
    for need in rules::lacks(definition, there) {
        let error = match need {
            ProposalNeed::Photo => CoverageError::PhotoMissing,
            ProposalNeed::Text => CoverageError::TextMissing,
            ProposalNeed::Explanation => CoverageError::ExplanationMissing,
            _ => CoverageError::AcknowledgementMissing,
        };
        let further: Refusal = error.into();
        match &mut refusal {
            Some(first) => first.fields.extend(further.fields),
            None => refusal = Some(further),
        }
    }
    refusal.map_or(Ok(()), |refusal| Err(refusal.into()))
}

async fn check(tx: &mut Tx, cx: &Cx, proof: &Proof) -> Result<(), Failure> {
    if proof.text.as_deref().is_some_and(|t| t.chars().count() > MAX_TEXT) {
        return Err(CoverageError::TextTooLong { max: i64::try_from(MAX_TEXT).unwrap_or(i64::MAX) }.into());
    }
    if proof.acknowledgement == Some(Acknowledge::Signed) && proof.signature_sha256.is_none() {
        return Err(CoverageError::SignatureMissing.into());
    }
    let mut digests = proof.photos.clone();
    digests.extend(proof.signature_sha256.clone());
    if let Some(wrong) = digests.iter().find(|d| !Files::is_digest(d)) {
        return Err(CoverageError::FileNotSent { sha256: wrong.chars().take(64).collect() }.into());
    }
    match store::file_missing(tx, &cx.actor, &digests).await? {
        Some(sha256) => Err(CoverageError::FileNotSent { sha256 }.into()),
        None => Ok(()),
    }
}

async fn append(
    tx: &mut Tx,
    cx: &Cx,
    what: &'static str,
    head: &Head,
    id: FindingId,
    code: ExclusionCode,
) -> Result<(), Failure> {
    let event = Event::new(what, "exclusion", id)
        .thread(&head.case_id)
        .unit(&head.unit_id)
        .customer(&head.customer_id)
        .body(&json!({ "code": code, "clause": code.clause_key().default_promise() }));
    Ok(kit::events::append(tx, cx, event).await?)
}
