//! One function per use: load, decide, save, append the event.

mod blockers;
mod calls;
mod complaint;
mod end;
mod escalate;
mod family;
mod field;
mod hand_over;
mod intake;
mod masking;
mod phone;
mod telephone;
pub(crate) mod templates;
mod triage;
mod wait;

pub use blockers::{hold, release};
pub(crate) use calls::record_reveal_refused;
pub use calls::{call_back, end_call, reveal_caller};
pub use complaint::{
    close_complaint, complaint_again, complaint_answered, complaint_clocked, complaint_late, complaint_taken,
    concern, may_answer,
};
pub(crate) use end::lock_both;
pub use end::{close, followed_up, merge, reopen, reopen_after_call, withdraw};
pub(crate) use escalate::hold_for_watch;
pub use escalate::{escalate, return_escalation, watch_idle};
pub use family::{leave_parent, set_parent};
pub use field::{
    FieldOutcome, arrived, entered_field, fault_found, field_done, handed_in, later_window,
    rest_for_later_window, visit_planned,
};
pub use hand_over::{accept_hand_over, decline_hand_over, hand_over, time_out_hand_over};
pub(crate) use intake::{earlier, proposal, rework};
pub use intake::{leave_off_gone, record_call, report_by_customer, report_fault};
pub(crate) use masking::Masker;
pub use masking::masked;
pub use phone::{agree_onsite, record_phone_result, start_phone_support};
pub(crate) use telephone::{WhichCall, at_desk, caller_of};
pub use telephone::{hear_telephone, set_desk_phone, settle_call};
pub use triage::{change_severity, correct, set_next_step, triage, write_note};
pub use wait::{resume, wait};

use kit::{Cx, Event, Failure, Refusal, Tx};

use crate::case::{Case, CaseNext, CaseRef};
use crate::errors::CaseError;
use crate::inputs::CaseAnswer;
use crate::model::{CaseId, CaseState, NoteId, ResolvedHow, Step, person};
use crate::neighbours::{self, Terms};
use crate::{rules, store};

/// Characters of a reason at most.
pub(crate) const MAX_REASON: usize = 500;
/// Characters of a text at most.
pub(crate) const MAX_TEXT: usize = 2000;
/// Characters of a note at most.
pub(crate) const MAX_NOTE: usize = 4000;

/// The job by which whoever makes follow-up calls learns that one is owed (P13). Key: the case's id.
pub const FOLLOW_UP_JOB: &str = "case.follow_up";
/// The job that looks whether a case lies idle (P10). Key: the case's id.
pub const IDLE_JOB: &str = "case.idle";

/// The job that takes an offered hand-over back which nobody answered (P10). Key: the case's id.
pub const HAND_OVER_JOB: &str = "case.hand_over";

/// What a job of this domain is about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CaseJob {
    /// The case.
    pub case_id: CaseId,
    /// When the follow-up call is due, for [`FOLLOW_UP_JOB`].
    pub due_at: Option<kit::Ts>,
}

/// A refusal that a state or a guard gives, with where the case stands: a second tab shows it at once.
pub(crate) fn at(case: &Case, error: CaseError) -> Refusal {
    let refusal = error.refusal();
    if refusal.status == 409 {
        refusal.current(serde_json::json!({
            "id": case.id,
            "number": case.number,
            "state": case.state.name(),
            "severity": case.severity,
            "owner_id": case.owner_id,
            "next": case.next,
            "version": case.version,
        }))
    } else {
        refusal
    }
}

/// The case, locked, if the actor may see it and the table allows the step.
pub(crate) async fn load(tx: &mut Tx, cx: &Cx, id: CaseId, step: Step) -> Result<Case, Failure> {
    let case = store::for_change(tx, &cx.actor, id).await?.ok_or(CaseError::Unknown)?;
    rules::allowed(&case.standing(), step).map_err(|e| at(&case, e))?;
    Ok(case)
}

/// The case, locked, for a neighbour that acts by its own right.
pub(crate) async fn load_for_neighbour(tx: &mut Tx, id: CaseId) -> Result<Case, Failure> {
    Ok(store::for_neighbour(tx, id).await?.ok_or(CaseError::Unknown)?)
}

/// Holds `If-Match` of a command against the case, if it was sent.
///
/// # Errors
/// `case_unknown`; `version_changed` with where the case stands.
pub async fn seen(tx: &mut Tx, cx: &Cx, id: CaseId, version: Option<i64>) -> Result<(), Failure> {
    if let Some(version) = version {
        let case = store::for_change(tx, &cx.actor, id).await?.ok_or(CaseError::Unknown)?;
        let stands = CaseRef { id: case.id, number: case.number.clone(), state: case.state.name() };
        kit::http::same_version(version, case.version, stands)?;
    }
    Ok(())
}

/// An event of the case on its own timeline. It says where the case stands after it, so that a case moved by other means
/// shows (invariant 3): append it once the state is set.
pub(crate) fn event(case: &Case, kind: &'static str) -> Event {
    Event::new(kind, "case", case.id)
        .thread(case.id)
        .unit(case.unit_id)
        .customer(case.customer_id)
        .body(&serde_json::json!({ "state": case.state.name() }))
}

/// Gives the case the next step and due time of its state (P10).
pub(crate) async fn settle(tx: &mut Tx, cx: &Cx, case: &mut Case, terms: &Terms) -> Result<(), Failure> {
    let standing = case.standing();
    case.next = match rules::next_after(&standing) {
        None => None,
        Some(step) => {
            let known = neighbours::due(tx, case, terms, cx.now).await?;
            Some(CaseNext { step, note: None, due_at: rules::due(&standing, step, &known) })
        }
    };
    Ok(())
}

/// Saves the case as touched now.
pub(crate) async fn save(tx: &mut Tx, cx: &Cx, case: &mut Case) -> Result<(), Failure> {
    case.touched_at = cx.now;
    save_untouched(tx, case).await
}

/// Saves what the program itself did to the case: no step of the desk, so that it lies as idle as before (P10).
pub(crate) async fn save_untouched(tx: &mut Tx, case: &mut Case) -> Result<(), Failure> {
    if store::save(tx, case).await? {
        return Ok(());
    }
    Err(Refusal::new(412, "version_changed").into())
}

/// Keeps words that an event refers to by id: they may name people.
pub(crate) async fn keep_words(tx: &mut Tx, cx: &Cx, case: &Case, text: &str) -> Result<NoteId, Failure> {
    keep_note(tx, cx, case, text, false).await
}

/// Keeps a note; private numbers and chat accounts in it are masked, with an event that says so (P68).
pub(crate) async fn keep_note(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    text: &str,
    for_customer: bool,
) -> Result<NoteId, Failure> {
    let id: NoteId = cx.new_id();
    let masked = rules::mask_private(text);
    let kept = masked.as_ref().map_or(text, |m| m.text.as_str());
    store::insert_note(tx, id, case.id, kept, for_customer, &person(&cx.actor), cx.now).await?;
    if let Some(masked) = &masked {
        let body = serde_json::json!({ "note_id": id, "phones": masked.phones, "accounts": masked.accounts });
        kit::events::append(tx, cx, event(case, "case.private_contact_masked").body(&body)).await?;
    }
    Ok(id)
}

/// Makes the actor the owner, if they are not: whoever takes a step up has accepted the case (P10).
pub(crate) async fn take(tx: &mut Tx, cx: &Cx, case: &mut Case, terms: &Terms) -> Result<(), Failure> {
    let me = person(&cx.actor);
    if case.owner_id == me {
        return Ok(());
    }
    complaint::outside(tx, case, &me).await?;
    if case.hand_over_to.take().is_some() {
        store::answer_hand_over(tx, case.id, "dropped", None, cx.now).await?;
    }
    let from = std::mem::replace(&mut case.owner_id, me.clone());
    // The first to take a new case up relieves who noted it down: no hand-over.
    if case.state != CaseState::New {
        case.hand_overs += 1;
    }
    let body = serde_json::json!({ "from_id": from, "to_id": me, "hand_overs": case.hand_overs });
    kit::events::append(tx, cx, event(case, "case.taken").body(&body)).await?;
    escalate::raise_if_too_many(tx, cx, case, terms).await
}

/// Marks the case as mended and asks for the customer's word (P13): shared by phone and field.
pub(crate) async fn resolve(
    tx: &mut Tx,
    cx: &Cx,
    case: &mut Case,
    terms: &Terms,
    how: ResolvedHow,
) -> Result<(), Failure> {
    case.state = CaseState::FollowUp { how };
    case.resolved_how = Some(how);
    case.resolved_at = Some(cx.now);
    neighbours::resolved(tx, cx, case).await?;
    settle(tx, cx, case, terms).await?;
    let due_at = case.next.as_ref().map(|n| n.due_at);
    let body = serde_json::json!({ "how": how, "follow_up_due_at": due_at });
    let told = event(case, "case.resolved").audience(kit::Audience::Customer).body(&body);
    kit::events::append(tx, cx, told).await?;
    let job = CaseJob { case_id: case.id, due_at };
    kit::jobs::schedule(tx, cx, FOLLOW_UP_JOB, &case.id.to_string(), cx.now, &job).await
}

/// What a command answers.
#[must_use]
pub(crate) fn answer(case: &Case) -> CaseAnswer {
    CaseAnswer {
        id: case.id,
        number: case.number.clone(),
        kind: case.kind,
        severity: case.severity,
        state: case.state.name(),
        owner_id: case.owner_id.clone(),
        unit_id: case.unit_id,
        next: case.next.clone(),
        promise: case.promise.clone(),
        rework: None,
        version: case.version,
    }
}
