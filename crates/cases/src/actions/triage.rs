//! Taking a case up, its severity, its next step, corrections and notes.

use kit::{Audience, Cx, Failure, Tx};
use service_calendar::RetargetCause;

use super::{
    MAX_REASON, MAX_TEXT, Masker, answer, event, intake, keep_note, keep_words, load, masked, save, settle,
    take,
};
use crate::case::{Case, CaseNext};
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, ChangeSeverity, CorrectCase, SetNextStep, TriageCase, WriteNote};
use crate::model::{CaseId, CaseKind, CaseState, NextStep, Severity, Step};
use crate::neighbours::{self, Terms};
use crate::rules;

/// Takes a new case up: severity, site and symptom stand, the actor owns it (P10). A person decides whether it is rework (P74).
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_lowering_reason_missing`, `case_rework_unknown`.
pub async fn triage(tx: &mut Tx, cx: &Cx, id: CaseId, input: TriageCase) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::Triage).await?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let mut mask = Masker::default();
    if let Some(symptom) = input.symptom.as_deref() {
        case.symptom = mask.words(rules::needed(symptom, MAX_TEXT, CaseError::SymptomMissing)?);
    }
    if input.symptom_class.is_some() {
        case.symptom_class = symptom_class(tx, &case, input.symptom_class.as_deref()).await?;
    }
    if let Some(severity) = input.severity.filter(|s| *s != case.severity) {
        set_severity(tx, cx, &mut case, severity, input.reason.as_deref()).await?;
    }
    judge_rework(tx, cx, &mut case, &terms, input.rework_of).await?;
    take(tx, cx, &mut case, &terms).await?;
    case.state = CaseState::Triaged;
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({
        "severity": case.severity, "kind": case.kind, "owner_id": case.owner_id, "rework_of": case.rework_of,
    });
    kit::events::append(tx, cx, event(&case, "case.triaged").body(&body)).await?;
    mask.tell(tx, cx, &case).await?;
    Ok(answer(&case))
}

// The fault may have been named only now, so earlier repairs are looked at by what stands now.
async fn judge_rework(
    tx: &mut Tx,
    cx: &Cx,
    case: &mut Case,
    terms: &Terms,
    chosen: Option<CaseId>,
) -> Result<(), Failure> {
    let earlier = intake::earlier(tx, case, terms).await?;
    if earlier.is_empty() {
        return if chosen.is_some() { Err(CaseError::ReworkUnknown.into()) } else { Ok(()) };
    }
    if let Some(chosen) = chosen {
        let zone = neighbours::site(tx, case.site_id).await?.time_zone();
        let of_chosen: Vec<_> = earlier.into_iter().filter(|r| r.case_id == chosen).collect();
        if intake::rework(tx, case, terms, &zone, &of_chosen).await?.is_none() {
            return Err(CaseError::ReworkUnknown.into());
        }
        case.rework_of = Some(chosen);
        case.kind = CaseKind::Rework;
    }
    intake::decide_coverage(tx, cx, case, terms, true).await
}

/// Sets another severity; the clocks count anew from the same start and keep what they were (P45).
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_severity_same`, `case_lowering_reason_missing`.
pub async fn change_severity(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: ChangeSeverity,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::ChangeSeverity).await?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    set_severity(tx, cx, &mut case, input.severity, input.reason.as_deref()).await?;
    settle_unless_by_hand(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}

async fn set_severity(
    tx: &mut Tx,
    cx: &Cx,
    case: &mut Case,
    to: Severity,
    reason: Option<&str>,
) -> Result<(), Failure> {
    let from = case.severity;
    rules::change_severity(from, to, reason)?;
    let reason = rules::optional(reason, MAX_REASON)?;
    case.severity = to;
    case.severity_reason = reason.clone().map(masked);
    let note_id = match &reason {
        Some(text) => Some(keep_words(tx, cx, case, text).await?),
        None => None,
    };
    neighbours::retarget(tx, cx, case, RetargetCause::SeverityChange).await?;
    let body = serde_json::json!({ "from": from, "to": to, "note_id": note_id });
    kit::events::append(tx, cx, event(case, "case.severity_changed").body(&body)).await?;
    Ok(())
}

// A step that a person set stays theirs; what the state gave follows its clock.
async fn settle_unless_by_hand(tx: &mut Tx, cx: &Cx, case: &mut Case, terms: &Terms) -> Result<(), Failure> {
    let given = rules::next_after(&case.standing());
    if case.next.as_ref().is_some_and(|n| n.note.is_none() && Some(n.step) == given) {
        settle(tx, cx, case, terms).await?;
    }
    Ok(())
}

/// Sets the next step and its due time by hand (P10).
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_due_past`, `case_next_step_note_missing`.
pub async fn set_next_step(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: SetNextStep,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::SetNextStep).await?;
    if input.due_at < cx.now {
        return Err(CaseError::DuePast.into());
    }
    let note = rules::optional(input.note.as_deref(), MAX_REASON)?;
    if input.step == NextStep::Other && note.is_none() {
        return Err(CaseError::NextStepNoteMissing.into());
    }
    let note_id = match &note {
        Some(text) => Some(keep_words(tx, cx, &case, text).await?),
        None => None,
    };
    let body = serde_json::json!({ "step": input.step, "due_at": input.due_at, "note_id": note_id });
    case.next = Some(CaseNext { step: input.step, note: note.map(masked), due_at: input.due_at });
    save(tx, cx, &mut case).await?;
    kit::events::append(tx, cx, event(&case, "case.next_step_set").body(&body)).await?;
    Ok(answer(&case))
}

/// Corrects what was noted down; another device is judged for coverage anew. Needs `If-Match`.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `version_changed`, `case_symptom_missing`, `case_asset_not_at_site`,
/// `case_contact_unknown`.
pub async fn correct(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    seen: i64,
    input: CorrectCase,
) -> Result<CaseAnswer, Failure> {
    super::seen(tx, cx, id, Some(seen)).await?;
    let mut case = load(tx, cx, id, Step::Correct).await?;
    let before = (case.asset_id, case.contact_id);
    if let Some(asset_id) = input.asset_id {
        neighbours::asset_at(tx, asset_id, case.site_id).await?;
    }
    if let Some(contact_id) = input.contact_id {
        neighbours::contact_of(tx, contact_id, case.customer_id).await?;
    }
    let mut mask = Masker::default();
    case.symptom = mask.words(rules::needed(&input.symptom, MAX_TEXT, CaseError::SymptomMissing)?);
    case.symptom_class = symptom_class(tx, &case, input.symptom_class.as_deref()).await?;
    case.reachable_when = mask.some(rules::optional(input.reachable_when.as_deref(), MAX_REASON)?);
    (case.asset_id, case.contact_id) = (input.asset_id, input.contact_id);
    if before.0 != case.asset_id {
        // It can't redo a repair of the device it was taken for by mistake.
        if case.rework_of.take().is_some() {
            case.kind = CaseKind::Fault;
        }
        let terms = neighbours::terms(tx, case.policy_version).await?;
        intake::decide_coverage(tx, cx, &mut case, &terms, false).await?;
        // Another device may have an agreement with targets of its own (P29).
        neighbours::retarget(tx, cx, &case, RetargetCause::PolicyChange).await?;
    }
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({
        "asset_id": case.asset_id, "contact_id": case.contact_id,
        "asset_before": before.0, "contact_before": before.1,
    });
    kit::events::append(tx, cx, event(&case, "case.corrected").body(&body)).await?;
    mask.tell(tx, cx, &case).await?;
    Ok(answer(&case))
}

/// Writes a note, also on a case that has ended.
///
/// # Errors
/// `case_unknown`, `case_note_missing`, `case_text_too_long`.
pub async fn write_note(tx: &mut Tx, cx: &Cx, id: CaseId, input: WriteNote) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::Note).await?;
    let text = rules::needed(&input.text, super::MAX_NOTE, CaseError::NoteMissing)?;
    let note_id = keep_note(tx, cx, &case, &text, input.for_customer).await?;
    if !case.ended() {
        save(tx, cx, &mut case).await?;
    }
    let audience = if input.for_customer { Audience::Customer } else { Audience::Staff };
    let body = serde_json::json!({ "note_id": note_id, "for_customer": input.for_customer });
    kit::events::append(tx, cx, event(&case, "case.noted").audience(audience).body(&body)).await?;
    Ok(answer(&case))
}

async fn symptom_class(tx: &mut Tx, case: &Case, typed: Option<&str>) -> Result<Option<String>, Failure> {
    neighbours::symptom_class(tx, typed, case.symptom_class.as_deref()).await
}
