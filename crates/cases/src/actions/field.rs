//! What visits tell a case; called by the crate that sends people, inside its own transaction.

use kit::{Cx, Failure, Ts, Tx};
use serde::Serialize;

use super::{MAX_REASON, answer, at, event, keep_words, load_for_neighbour, resolve, save, settle};
use crate::errors::CaseError;
use crate::inputs::CaseAnswer;
use crate::model::{CaseId, CaseState, ResolvedHow, Step, Working};
use crate::{neighbours, rules};

/// How work in the field ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum FieldOutcome {
    /// Mended.
    Solved,
    /// Another visit follows.
    NotSolved {
        /// Why.
        reason: String,
    },
    /// Nobody goes for now: the case stands where both sides agreed to a visit.
    CalledOff {
        /// Why.
        reason: String,
    },
}

/// A visit is planned and arrives by `due_at`, or none is any more: the next step names what is really next (P10). A step
/// that a person set stays theirs. Telling the same again changes nothing.
///
/// # Errors
/// `case_unknown`.
pub async fn visit_planned(tx: &mut Tx, cx: &Cx, id: CaseId, due_at: Option<Ts>) -> Result<(), Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    if case.visit_due_at == due_at {
        return Ok(());
    }
    let given = rules::next_after(&case.standing());
    case.visit_due_at = due_at;
    if case.next.as_ref().is_some_and(|next| next.note.is_none() && Some(next.step) == given) {
        let terms = neighbours::terms(tx, case.policy_version).await?;
        settle(tx, cx, &mut case, &terms).await?;
    }
    save(tx, cx, &mut case).await
}

/// Until when the arrival clock rests for a later window at the customer's wish; `None` if it runs, or none is started.
///
/// # Errors
/// `case_unknown`.
pub async fn later_window(tx: &mut Tx, id: CaseId, at: Ts) -> Result<Option<Ts>, Failure> {
    let case = load_for_neighbour(tx, id).await?;
    neighbours::later_window(tx, &case, at).await
}

/// The arrival clock rests until the later window that the customer wished opens, or no longer (decision 10); the next step
/// falls due with it. Telling the same again changes nothing.
///
/// # Errors
/// `case_unknown`.
pub async fn rest_for_later_window(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    until: Option<Ts>,
) -> Result<(), Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    neighbours::rest_for_later_window(tx, cx, &case, until).await?;
    let given = rules::next_after(&case.standing());
    let Some(before) = case.next.clone().filter(|n| n.note.is_none() && Some(n.step) == given) else {
        return Ok(());
    };
    let terms = neighbours::terms(tx, case.policy_version).await?;
    settle(tx, cx, &mut case, &terms).await?;
    if case.next.as_ref() == Some(&before) { Ok(()) } else { save(tx, cx, &mut case).await }
}

/// Somebody is on the way or at work. Telling it again changes nothing; a wait ends with it.
///
/// # Errors
/// `case_unknown`, the refusals of the table.
pub async fn entered_field(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    rules::allowed(&case.standing(), Step::EnterField).map_err(|e| at(&case, e))?;
    if case.state == CaseState::InField {
        return Ok(answer(&case));
    }
    let terms = neighbours::terms(tx, case.policy_version).await?;
    if matches!(case.state, CaseState::WaitingCustomer { .. }) {
        neighbours::resume(tx, cx, &case).await?;
    }
    case.state = CaseState::InField;
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    kit::events::append(tx, cx, event(&case, "case.entered_field")).await?;
    Ok(answer(&case))
}

/// Somebody has arrived, verified, at `at`: the arrival clock stops (P44, P45). Later arrivals change nothing.
///
/// # Errors
/// `case_unknown`.
pub async fn arrived(tx: &mut Tx, cx: &Cx, id: CaseId, at: Ts) -> Result<(), Failure> {
    let case = load_for_neighbour(tx, id).await?;
    neighbours::arrived(tx, cx, &case, at).await
}

/// Words that an engineer's phone recorded and no visit takes any more, as a note for the desk; also on a case that has ended.
///
/// # Errors
/// `case_unknown`, `case_note_missing`, `case_text_too_long`.
pub async fn handed_in(tx: &mut Tx, cx: &Cx, id: CaseId, text: &str) -> Result<String, Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    let text = rules::needed(text, super::MAX_NOTE, CaseError::NoteMissing)?;
    let note_id = super::keep_note(tx, cx, &case, &text, false).await?;
    if !case.ended() {
        save(tx, cx, &mut case).await?;
    }
    let body = serde_json::json!({ "note_id": note_id, "for_customer": false, "handed_in": true });
    kit::events::append(tx, cx, event(&case, "case.noted").body(&body)).await?;
    Ok(case.number)
}

/// What was found on site to be at fault: a later report is compared with it, not with what was guessed on the phone (P74).
///
/// # Errors
/// `case_unknown`.
pub async fn fault_found(tx: &mut Tx, cx: &Cx, id: CaseId, fault_code: &str) -> Result<(), Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    if case.symptom_class.as_deref() == Some(fault_code) {
        return Ok(());
    }
    let reported = case.symptom_class.replace(fault_code.to_owned());
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "reported": reported, "found": fault_code });
    kit::events::append(tx, cx, event(&case, "case.fault_found").body(&body)).await?;
    Ok(())
}

/// Work in the field has ended: solved → follow-up, not solved → the next visit is to be planned, called off → agreed to.
///
/// # Errors
/// `case_unknown`, the refusals of the table.
pub async fn field_done(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    outcome: FieldOutcome,
) -> Result<CaseAnswer, Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    rules::allowed(&case.standing(), Step::FinishField).map_err(|e| at(&case, e))?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let (name, reason) = match &outcome {
        FieldOutcome::Solved => ("solved", None),
        FieldOutcome::NotSolved { reason } => ("not_solved", Some(reason)),
        FieldOutcome::CalledOff { reason } => ("called_off", Some(reason)),
    };
    let note_id = match reason.map(|r| rules::optional(Some(r), MAX_REASON)).transpose()?.flatten() {
        Some(text) => Some(keep_words(tx, cx, &case, &text).await?),
        None => None,
    };
    let body = serde_json::json!({ "outcome": name, "note_id": note_id });
    let solved = outcome == FieldOutcome::Solved;
    if !solved {
        case.state = Working::OnsiteAgreed.state();
    }
    kit::events::append(tx, cx, event(&case, "case.field_done").body(&body)).await?;
    if solved {
        resolve(tx, cx, &mut case, &terms, ResolvedHow::Onsite).await?;
    } else {
        settle(tx, cx, &mut case, &terms).await?;
    }
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}
