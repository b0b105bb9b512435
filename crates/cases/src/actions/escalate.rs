//! Raising a case to Technical Service of headquarters, by a person or by the watch, and giving it back (P3, P10, decision 2).

use kit::{Cx, Failure, Tx};
use organisation::RouteKind;

use super::{
    CaseJob, IDLE_JOB, MAX_REASON, answer, at, event, keep_words, load, load_for_neighbour, save,
    save_untouched,
};
use crate::case::Case;
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, CaseReason};
use crate::model::{CaseId, EscalationCause, NoteId, Step};
use crate::neighbours::{self, Terms};
use crate::rules::{self, Escalate};

/// Raises a case that is beyond the desk: Technical Service sees it from now on; its owner stays.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_reason_missing`, `case_escalated_already`.
pub async fn escalate(tx: &mut Tx, cx: &Cx, id: CaseId, input: CaseReason) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::Escalate).await?;
    if case.escalated_at.is_some() {
        return Err(at(&case, CaseError::EscalatedAlready).into());
    }
    let reason = rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?;
    let note_id = keep_words(tx, cx, &case, &reason).await?;
    raise(tx, cx, &mut case, EscalationCause::Manual, Some(note_id)).await?;
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}

/// Gives a raised case back: the second unit sees it no more, and the watch over it begins anew.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_reason_missing`, `case_not_escalated`.
pub async fn return_escalation(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: CaseReason,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::ReturnEscalation).await?;
    if case.escalated_at.is_none() {
        return Err(at(&case, CaseError::NotEscalated).into());
    }
    let reason = rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let note_id = keep_words(tx, cx, &case, &reason).await?;
    case.escalated_at = None;
    let second = case.second_unit_id.take();
    if second.is_some() {
        neighbours::escalated(tx, &case).await?;
    }
    save(tx, cx, &mut case).await?;
    let job = CaseJob { case_id: case.id, due_at: None };
    let look_again = cx.now.plus(terms.idle_us);
    kit::jobs::schedule(tx, cx, IDLE_JOB, &case.id.to_string(), look_again, &job).await?;
    let body = serde_json::json!({ "second_unit_id": second, "note_id": note_id });
    kit::events::append(tx, cx, event(&case, "case.escalation_returned").body(&body)).await?;
    Ok(answer(&case))
}

pub(super) async fn raise_if_too_many(
    tx: &mut Tx,
    cx: &Cx,
    case: &mut Case,
    terms: &Terms,
) -> Result<(), Failure> {
    if rules::escalates(case.hand_overs, terms.hand_over_limit, case.escalated_at.is_some()) {
        raise(tx, cx, case, EscalationCause::HandOvers, None).await?;
    }
    Ok(())
}

// Technical Service of headquarters sees the case from now on (P3, decision 2); its owner stays.
pub(super) async fn raise(
    tx: &mut Tx,
    cx: &Cx,
    case: &mut Case,
    cause: EscalationCause,
    note_id: Option<NoteId>,
) -> Result<(), Failure> {
    let division = case.division_code.clone().unwrap_or_default();
    let routed = organisation::route(tx, &division, RouteKind::Escalation).await?;
    case.escalated_at = Some(cx.now);
    if routed.unit_id != case.unit_id {
        case.second_unit_id = Some(routed.unit_id);
        neighbours::escalated(tx, case).await?;
    }
    let mut body = serde_json::json!({
        "cause": cause, "hand_overs": case.hand_overs, "second_unit_id": routed.unit_id,
        "department": routed.department, "owner_id": case.owner_id,
    });
    if let Some(note_id) = note_id {
        body["note_id"] = serde_json::json!(note_id);
    }
    kit::events::append(tx, cx, event(case, "case.escalated").body(&body)).await?;
    Ok(())
}

/// Locks the case of a timer before the timer's own row, in the order of every command.
///
/// # Errors
/// `case_unknown`.
pub(crate) async fn hold_for_watch(tx: &mut Tx, id: CaseId) -> Result<(), Failure> {
    load_for_neighbour(tx, id).await.map(drop)
}

/// Looks whether the case lies idle: raises it once, or looks again later (P10). The work of [`IDLE_JOB`].
///
/// # Errors
/// `case_unknown`.
pub async fn watch_idle(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<(), Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    let Some(next) = case.next.as_ref().filter(|_| case.escalated_at.is_none()) else { return Ok(()) };
    let terms = neighbours::terms(tx, case.policy_version).await?;
    match rules::idle(case.touched_at, next.due_at, terms.idle_us, cx.now) {
        Escalate::Later(at) => {
            let job = CaseJob { case_id: case.id, due_at: None };
            kit::jobs::schedule(tx, cx, IDLE_JOB, &case.id.to_string(), at, &job).await
        }
        Escalate::Now(cause) => {
            raise(tx, cx, &mut case, cause, None).await?;
            save_untouched(tx, &mut case).await
        }
    }
}
