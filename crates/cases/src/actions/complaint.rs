//! What a complaint asks of its case: whom it concerns, who may answer it, and how it ends (P9, P65). Called by the crate that keeps
//! complaints, inside its own transaction; [`outside`] holds wherever a case changes hands.

use kit::{Audience, Cx, Failure, Tx};
use organisation::EmployeeId;

use super::end::{drop_offer, unblocked};
use super::escalate::raise;
use super::{IDLE_JOB, answer, at, event, load_for_neighbour, save, save_untouched, settle, take, triage};
use crate::case::{Case, CaseNext};
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, TriageCase};
use crate::model::{
    CaseId, CaseKind, CaseState, EscalationCause, NextStep, PhoneProgress, ResolvedHow, person,
};
use crate::rules::Standing;
use crate::{neighbours, rules, store};

/// How long the customer's word on an answer is waited for until somebody asks.
const ASK_US: i64 = 3 * kit::Ts::DAY;

async fn load(tx: &mut Tx, id: CaseId) -> Result<Case, Failure> {
    let case = load_for_neighbour(tx, id).await?;
    if case.kind != CaseKind::Complaint {
        return Err(at(&case, CaseError::NoComplaint).into());
    }
    if case.ended() {
        return Err(at(&case, CaseError::Closed).into());
    }
    Ok(case)
}

/// Refuses whoever works in the line of somebody the complaint concerns (P9); any other case is everybody's.
///
/// # Errors
/// `case_own_line`.
pub(super) async fn outside(tx: &mut Tx, case: &Case, who: &str) -> Result<(), Failure> {
    if case.kind == CaseKind::Complaint && !may_answer(tx, case.id, who).await? {
        return Err(at(case, CaseError::OwnLine).into());
    }
    Ok(())
}

/// Whether `who` (an employee, or an account without one) may answer the complaint: nobody it concerns works in their line (P9).
///
/// # Errors
/// As the database says.
pub async fn may_answer(tx: &mut Tx, id: CaseId, who: &str) -> Result<bool, Failure> {
    let concerned = store::concerned(tx, id).await?;
    Ok(concerned.is_empty()
        || !organisation::outside_line(tx, &[who.to_owned()], &concerned).await?.is_empty())
}

/// A complaint that is owed an answer and has no clock for it (one from before there was such a clock) gets it, counted from its
/// report; where the answer is what comes next, it is due by that clock. Called at the start of a node.
///
/// # Errors
/// `case_unknown`, `case_no_complaint`, `case_closed`, `clock_runs_already`, `clock_outside_calendar`, `version_changed`.
pub async fn complaint_clocked(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<(), Failure> {
    let mut case = load(tx, id).await?;
    if !neighbours::complaint_clocked(tx, cx, &case).await? {
        return Ok(());
    }
    // One from before there were complaints has the step of any other case in its state; one that a person set stays theirs.
    let standing = case.standing();
    let owed = rules::next_after(&standing);
    let before = rules::next_after(&Standing { complaint: false, ..standing });
    let given =
        case.next.as_ref().is_some_and(|n| n.note.is_none() && [owed, before].contains(&Some(n.step)));
    if owed == Some(NextStep::AnswerComplaint) && given {
        let terms = neighbours::terms(tx, case.policy_version).await?;
        settle(tx, cx, &mut case, &terms).await?;
        save_untouched(tx, &mut case).await?;
    }
    Ok(())
}

/// The complaint concerns these people: neither they nor anybody in their line owns it from now on (P9). An owner who does gives it
/// to whoever answers outside; where nobody does, it stays and is raised, and waits for somebody who may.
///
/// # Errors
/// `case_unknown`, `case_no_complaint`, `case_closed`.
pub async fn concern(tx: &mut Tx, cx: &Cx, id: CaseId, people: &[EmployeeId]) -> Result<(), Failure> {
    let mut case = load(tx, id).await?;
    let mut named = Vec::new();
    for employee_id in people {
        if store::insert_concern(tx, case.id, *employee_id, &person(&cx.actor), cx.now).await? {
            named.push(*employee_id);
        }
    }
    if named.is_empty() {
        return Ok(());
    }
    let from = case.owner_id.clone();
    if !may_answer(tx, case.id, &from).await? {
        drop_offer(tx, cx, &mut case).await?;
        let concerned = store::concerned(tx, case.id).await?;
        match neighbours::answers_outside(tx, &concerned).await? {
            Some(owner_id) => case.owner_id = owner_id,
            None if case.escalated_at.is_none() => {
                raise(tx, cx, &mut case, EscalationCause::Manual, None).await?;
            }
            None => {}
        }
    }
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "employee_ids": named, "from_id": from, "owner_id": case.owner_id });
    Ok(kit::events::append(tx, cx, event(&case, "case.concerned").body(&body)).await?)
}

/// Somebody takes the complaint up and says so to the customer: it is theirs, and the response clock stops.
///
/// # Errors
/// `case_unknown`, `case_no_complaint`, `case_closed`, `case_own_line`.
pub async fn complaint_taken(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let case = load(tx, id).await?;
    outside(tx, &case, &person(&cx.actor)).await?;
    if case.state == CaseState::New {
        triage::triage(tx, cx, id, TriageCase::default()).await?;
    }
    let mut case = load(tx, id).await?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    take(tx, cx, &mut case, &terms).await?;
    neighbours::responded(tx, cx, &case, cx.now).await?;
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}

/// The complaint is answered: its clock stops, and the customer's word on the answer is waited for.
///
/// # Errors
/// `case_unknown`, `case_no_complaint`, `case_closed`, `case_own_line`.
pub async fn complaint_answered(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, id).await?;
    outside(tx, &case, &person(&cx.actor)).await?;
    neighbours::complaint_answered(tx, cx, &case).await?;
    case.next = Some(CaseNext { step: NextStep::AskCustomer, note: None, due_at: cx.now.plus(ASK_US) });
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}

/// The customer is not content: an answer is owed again, and Technical Service of headquarters looks at it.
///
/// # Errors
/// `case_unknown`, `case_no_complaint`, `case_closed`.
pub async fn complaint_again(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, id).await?;
    neighbours::complaint_again(tx, cx, &case).await?;
    if case.escalated_at.is_none() {
        raise(tx, cx, &mut case, EscalationCause::NotContent, None).await?;
    }
    let terms = neighbours::terms(tx, case.policy_version).await?;
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}

/// Nobody answered in time: raises the complaint, once.
///
/// # Errors
/// `case_unknown`, `version_changed`.
pub async fn complaint_late(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<(), Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    if case.kind != CaseKind::Complaint || case.ended() || case.escalated_at.is_some() {
        return Ok(());
    }
    raise(tx, cx, &mut case, EscalationCause::ComplaintLate, None).await?;
    save_untouched(tx, &mut case).await
}

/// Closes an answered complaint.
///
/// # Errors
/// `case_unknown`, `case_no_complaint`, `case_closed`, `case_blocked` with every blocker by name (decision 9).
pub async fn close_complaint(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, id).await?;
    unblocked(tx, &case).await?;
    if case.phone == PhoneProgress::Running {
        store::drop_phone_support(tx, case.id).await?;
        case.phone = PhoneProgress::NotTried;
    }
    drop_offer(tx, cx, &mut case).await?;
    // Nobody went out for the answer.
    case.resolved_how.get_or_insert(ResolvedHow::Remote);
    case.resolved_at.get_or_insert(cx.now);
    case.state = CaseState::Closed { at: cx.now };
    case.next = None;
    neighbours::fell_away(tx, cx, &case).await?;
    save(tx, cx, &mut case).await?;
    kit::jobs::cancel(tx, IDLE_JOB, &case.id.to_string()).await?;
    let body = serde_json::json!({ "how": case.resolved_how, "reopened": case.reopened });
    kit::events::append(tx, cx, event(&case, "case.closed").audience(Audience::Customer).body(&body)).await?;
    Ok(answer(&case))
}
