//! One owner, who changes only by acceptance; an offer that nobody answers goes back. Clocks run on (P10).

use kit::{Cx, Failure, Tx};

use super::escalate::raise_if_too_many;
use super::{
    CaseJob, HAND_OVER_JOB, MAX_REASON, Masker, answer, at, event, load, load_for_neighbour, masked, save,
};
use crate::errors::CaseError;
use crate::inputs::{CaseAnswer, CaseReason, OfferHandOver};
use crate::model::{CaseId, HandOverId, Step, person};
use crate::neighbours;
use crate::{rules, store};

/// Offers the case to a colleague; it stays with its owner until they accept.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_hand_over_pending`, `case_hand_over_to_owner`, `case_person_unknown`.
pub async fn hand_over(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: OfferHandOver,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::HandOver).await?;
    let mut mask = Masker::default();
    let reason = mask.words(rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?);
    let waiting = match &case.hand_over_to {
        None => None,
        Some(id) => Some(store::colleague(tx, id).await?.map_or_else(|| id.clone(), |p| p.name)),
    };
    rules::offer(&case.owner_id, &input.to_id, waiting.as_deref()).map_err(|e| at(&case, e))?;
    let to =
        store::seen_colleague(tx, &cx.actor, &case, &input.to_id).await?.ok_or(CaseError::PersonUnknown)?;
    super::complaint::outside(tx, &case, &to.id).await?;
    let hand_over_id: HandOverId = cx.new_id();
    let answer_due_at = cx.now.plus(neighbours::terms(tx, case.policy_version).await?.hand_over_answer_us);
    let new = store::NewHandOver {
        id: hand_over_id,
        case_id: case.id,
        from_id: &case.owner_id,
        to_id: &to.id,
        reason: &reason,
        at: cx.now,
        answer_due_at,
    };
    store::insert_hand_over(tx, &new).await?;
    let job = CaseJob { case_id: case.id, due_at: None };
    kit::jobs::schedule(tx, cx, HAND_OVER_JOB, &case.id.to_string(), answer_due_at, &job).await?;
    case.hand_over_to = Some(to.id.clone());
    save(tx, cx, &mut case).await?;
    let body = serde_json::json!({ "hand_over_id": hand_over_id, "from_id": case.owner_id, "to_id": to.id,
        "answer_due_at": answer_due_at });
    kit::events::append(tx, cx, event(&case, "case.hand_over_offered").body(&body)).await?;
    mask.tell(tx, cx, &case).await?;
    Ok(answer(&case))
}

/// Accepts the offer: the actor owns the case. The hand-over that is one too many raises it.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_hand_over_none`, `case_hand_over_not_yours`.
pub async fn accept_hand_over(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::AcceptHandOver).await?;
    let me = person(&cx.actor);
    rules::accept(case.hand_over_to.as_deref(), &me).map_err(|e| at(&case, e))?;
    super::complaint::outside(tx, &case, &me).await?;
    let terms = neighbours::terms(tx, case.policy_version).await?;
    store::answer_hand_over(tx, case.id, "accepted", None, cx.now).await?;
    let from = std::mem::replace(&mut case.owner_id, me.clone());
    case.hand_over_to = None;
    case.hand_overs += 1;
    let body = serde_json::json!({ "from_id": from, "to_id": me, "hand_overs": case.hand_overs });
    kit::events::append(tx, cx, event(&case, "case.handed_over").body(&body)).await?;
    raise_if_too_many(tx, cx, &mut case, &terms).await?;
    save(tx, cx, &mut case).await?;
    Ok(answer(&case))
}

/// Declines the offer (or takes it back, by its maker): the case stays with its owner.
///
/// # Errors
/// `case_unknown`, the refusals of the table, `case_hand_over_none`, `case_hand_over_not_yours`, `case_reason_missing`.
pub async fn decline_hand_over(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    input: CaseReason,
) -> Result<CaseAnswer, Failure> {
    let mut case = load(tx, cx, id, Step::DeclineHandOver).await?;
    let me = person(&cx.actor);
    let by_owner = case.owner_id == me;
    if !by_owner {
        rules::accept(case.hand_over_to.as_deref(), &me).map_err(|e| at(&case, e))?;
    }
    let reason = rules::needed(&input.reason, MAX_REASON, CaseError::ReasonMissing)?;
    let answered = if by_owner { "dropped" } else { "declined" };
    store::answer_hand_over(tx, case.id, answered, Some(&masked(reason.clone())), cx.now).await?;
    let to = case.hand_over_to.take();
    save(tx, cx, &mut case).await?;
    let note_id = super::keep_words(tx, cx, &case, &reason).await?;
    let body = serde_json::json!({ "to_id": to, "answer": answered, "note_id": note_id });
    kit::events::append(tx, cx, event(&case, "case.hand_over_declined").body(&body)).await?;
    Ok(answer(&case))
}

/// Takes an offer back that nobody answered in time: the case stays with who made it, and the watch over idle cases goes on as if
/// nothing had happened. The work of [`HAND_OVER_JOB`].
///
/// # Errors
/// `case_unknown`.
pub async fn time_out_hand_over(tx: &mut Tx, cx: &Cx, id: CaseId) -> Result<(), Failure> {
    let mut case = load_for_neighbour(tx, id).await?;
    let Some((hand_over_id, due_at)) = store::open_hand_over(tx, case.id).await? else { return Ok(()) };
    if !rules::timed_out(due_at, cx.now) {
        return Ok(());
    }
    store::answer_hand_over(tx, case.id, "timed_out", None, cx.now).await?;
    let to = case.hand_over_to.take();
    if !store::save(tx, &mut case).await? {
        return Err(kit::Refusal::new(412, "version_changed").into());
    }
    let body = serde_json::json!({ "hand_over_id": hand_over_id, "from_id": case.owner_id, "to_id": to });
    kit::events::append(tx, cx, event(&case, "case.hand_over_timed_out").body(&body)).await?;
    Ok(())
}
