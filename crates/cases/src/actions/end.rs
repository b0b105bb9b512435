//! How a case ends, and how it begins again.

use kit::{Audience, Cx, Failure, Tx};

use super::{
    CaseJob, FOLLOW_UP_JOB, IDLE_JOB, MAX_REASON, answer, at, event, keep_words, load, load_for_neighbour,
    save, settle,
};
use crate::case::{Case, CaseNext};
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, CaseReason, MergeCase};
use crate::model::{CaseId, CaseState, NextStep, PhoneProgress, Step};
use crate::{neighbours, rules, store};

/// Closes a case after its follow-up. Called by the crate that makes follow-up calls, inside its own transaction.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_blocked` with every blocker by name (decision 9).
pub async fn close(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    rules::allowed(&case.standing(), Step::Close).map_err(|e| at(&case, e))?;
    unblocked(tx, &case).await?;
    case.state = CaseState::Closed { at: cx.now };
    drop_offer(tx, cx, &mut case).await?;
    case.next = None;
    neighbours::closed(tx, cx, &case).await?;
    save(tx, cx, &mut case).await?;
    kit::jobs::cancel(tx, IDLE_JOB, &case.id.to_string()).await?;
    let body = serde_json::json!({ "how": case.resolved_how, "reopened": case.reopened });
    kit::events::append(tx, cx, event(&case, "case.closed").audience(Audience::Customer).body(&body)).await?;
    Ok(answer(&case))
}

/// How long a case may wait, followed up, for what still keeps it open until somebody looks: an invoice takes days.
const SETTLE_US: i64 = 7 * kit::Ts::DAY;

/// The follow-up call was made and nothing is left to be mended: closes the case, or lets it wait for what keeps it open
/// (decision 9); its follow-up promise is kept now (P13). Called by the crate that makes the calls, which closes it later.
///
/// # Errors
/// `case_unknown`, the refusals of the table.
pub async fn followed_up(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    rules::allowed(&case.standing(), Step::Close).map_err(|e| at(&case, e))?;
    if store::blockers(tx, case.id).await?.is_empty() {
        return close(tx, cx, id).await;
    }
    neighbours::followed_up(tx, cx, &case).await?;
    let next = CaseNext { step: NextStep::Settle, note: None, due_at: cx.now.plus(SETTLE_US) };
    let body = serde_json::json!({ "step": next.step, "due_at": next.due_at });
    case.next = Some(next);
    save(tx, cx, &mut case).await?;
    kit::events::append(tx, cx, event(&case, "case.next_step_set").body(&body)).await?;
    Ok(answer(&case))
}

/// Takes a case back that was none, or that the customer no longer wants. Refused while somebody is on the way.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_reason_missing`, `case_blocked`.
pub async fn withdraw(tx: &mut Tx, cx: &Cx, id: CaseId, input: CaseReason) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::Withdraw).await?;
    let reason = rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?;
    unblocked(tx, &case).await?;
    let note_id = keep_words(tx, cx, &case, &reason).await?;
    let from = case.state.name();
    case.state = CaseState::Withdrawn { at: cx.now };
    fall_away(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "from": from, "note_id": note_id });
    kit::events::append(tx, cx, event(&case, "case.withdrawn").audience(Audience::Customer).body(&body))
        .await?;
    Ok(answer(&case))
}

/// Locks two cases, always in the same order: of two tabs that merge them into each other, one waits and then finds its case ended.
///
/// # Errors
/// As the database says.
pub(crate) async fn lock_both(tx: &mut Tx, cx: &Cx, one: CaseId, other: CaseId) -> Result<(), Failure> {
    for each in [one.min(other), one.max(other)] {
        store::for_change(tx, &cx.actor, each).await?;
    }
    Ok(())
}

/// Lets a case go on under another number; its timeline stays where it is, and both point to each other.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_merge_into_itself`, `case_merge_target_unknown`,
/// `case_merge_target_not_open`, `case_merge_other_site`, `case_blocked`.
pub async fn merge(tx: &mut Tx, cx: &Cx, id: CaseId, input: MergeCase) -> Result<CaseAnswer, Failure> {
    if input.into == id {
        return Err(CaseError::MergeIntoItself.into());
    }
    lock_both(tx, cx, id, input.into).await?;
    let mut case = load(tx, cx, id, Step::Merge).await?;
    let reason = rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?;
    let target = store::visible(tx, &cx.actor, input.into).await?.ok_or(CaseError::MergeTargetUnknown)?;
    if target.site_id != case.site_id {
        return Err(CaseError::MergeOtherSite.into());
    }
    if target.ended() {
        return Err(at(&target, CaseError::MergeTargetNotOpen).into());
    }
    unblocked(tx, &case).await?;
    let note_id = keep_words(tx, cx, &case, &reason).await?;
    case.state = CaseState::Merged { into: target.id, at: cx.now };
    fall_away(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "into": target.id, "into_number": target.number, "note_id": note_id });
    kit::events::append(tx, cx, event(&case, "case.merged").body(&body)).await?;
    let body = serde_json::json!({ "from": case.id, "from_number": case.number });
    kit::events::append(tx, cx, event(&target, "case.merged_in").body(&body)).await?;
    Ok(answer(&case))
}

/// Opens a case again from follow-up or after closing (decision 8): it is triaged, and its promises begin anew.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_reason_missing`.
pub async fn reopen(tx: &mut Tx, cx: &Cx, id: CaseId, input: CaseReason) -> Result<CaseAnswer, Failure> {
    open_again(tx, cx, id, input, false).await
}

/// The same after a follow-up call: that promise was kept, its answer is the reason (P13).
///
/// # Errors
/// As [`reopen`].
pub async fn reopen_after_call(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: CaseReason,
) -> Result<CaseAnswer, Failure> {
    open_again(tx, cx, id, input, true).await
}

async fn open_again(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: CaseReason,
    called: bool,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::Reopen).await?;
    let reason = rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    let note_id = keep_words(tx, cx, &case, &reason).await?;
    let from = case.state.name();
    case.state = CaseState::Triaged;
    case.phone = PhoneProgress::NotTried;
    // A new visit needs a new word of both sides; the earlier agreements stay in their table.
    case.onsite_agreed_at = None;
    case.visit_due_at = None;
    case.resolved_how = None;
    case.resolved_at = None;
    case.escalated_at = None;
    case.reopened += 1;
    neighbours::reopened(tx, cx, &case, called).await?;
    settle(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    kit::jobs::cancel(tx, FOLLOW_UP_JOB, &case.id.to_string()).await?;
    let idle = CaseJob { case_id: case.id, due_at: None };
    kit::jobs::schedule(tx, cx, IDLE_JOB, &case.id.to_string(), cx.now.plus(terms.idle_us), &idle).await?;
    let body = serde_json::json!({ "from": from, "reopened": case.reopened, "note_id": note_id });
    kit::events::append(tx, cx, event(&case, "case.reopened").audience(Audience::Customer).body(&body))
        .await?;
    Ok(answer(&case))
}

pub(super) async fn unblocked(tx: &mut Tx, case: &Case) -> Result<(), Failure> {
    let blockers = store::blockers(tx, case.id).await?;
    rules::unblocked(&blockers).map_err(|e| {
        let mut refusal = at(case, e);
        if let Some(current) = refusal.current.as_mut() {
            current["blockers"] = serde_json::json!(blockers);
        }
        Failure::from(refusal)
    })
}

pub(super) async fn drop_offer(tx: &mut Tx, cx: &Cx, case: &mut Case) -> Result<(), Failure> {
    if case.hand_over_to.take().is_some() {
        store::answer_hand_over(tx, case.id, "dropped", None, cx.now).await?;
    }
    Ok(())
}

// Its promises fall away: neither kept nor missed.
async fn fall_away(tx: &mut Tx, cx: &Cx, case: &mut Case) -> Result<(), Failure> {
    if case.phone == PhoneProgress::Running {
        store::drop_phone_support(tx, case.id).await?;
        case.phone = PhoneProgress::NotTried;
    }
    drop_offer(tx, cx, case).await?;
    case.next = None;
    neighbours::fell_away(tx, cx, case).await?;
    save(tx, cx, case).await?;
    kit::jobs::cancel(tx, IDLE_JOB, &case.id.to_string()).await?;
    Ok(())
}
