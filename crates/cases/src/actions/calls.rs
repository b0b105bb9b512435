//! How a call ends, and how a missed one is called back (P1).

use kit::{Audience, Cx, Event, Failure, Tx};

use crate::errors::CaseError;
use crate::inputs::{CallBack, EndCall};
use crate::model::{CallDirection, CallId, CallOutcome, person};
use crate::store::calls::{self, CallRow};
use crate::views::CallView;
use crate::{neighbours, store};

fn event(call: &CallRow, kind: &'static str) -> Event {
    let told = Event::new(kind, "call", call.id);
    match call.unit_id {
        Some(unit) => told.unit(unit),
        None => told,
    }
}

async fn load(tx: &mut Tx, cx: &Cx, id: CallId) -> Result<CallRow, Failure> {
    Ok(calls::get(tx, &cx.actor, id).await?.ok_or(CaseError::CallUnknown)?)
}

/// Ends a call; what it led to may be set with it. One that rang into nothing can't end.
///
/// # Errors
/// `call_unknown`, `call_ended`, `call_time_invalid`, `call_ends_before_start`, `call_case_missing`.
pub async fn end_call(tx: &mut Tx, cx: &Cx, id: CallId, input: EndCall) -> Result<CallView, Failure> {
    let mut call = load(tx, cx, id).await?;
    if call.ended_at.is_some() || call.outcome == CallOutcome::Missed {
        return Err(CaseError::CallEnded.into());
    }
    let ended_at = input.ended_at.unwrap_or(cx.now);
    if ended_at > cx.now {
        return Err(CaseError::CallTimeInvalid.into());
    }
    if ended_at < call.started_at {
        return Err(CaseError::CallEndsBeforeStart.into());
    }
    call.outcome = input.outcome.unwrap_or(call.outcome);
    if call.outcome == CallOutcome::Ringing {
        return Err(CaseError::CallOutcomeInvalid.into());
    }
    if call.outcome == CallOutcome::Missed {
        call.call_back_due_at = Some(neighbours::call_back_due(tx, call.started_at).await?);
    }
    if matches!(call.outcome, CallOutcome::CaseMade | CallOutcome::CaseContinued) && call.case_id.is_none() {
        return Err(CaseError::CallCaseMissing.into());
    }
    call.ended_at = Some(ended_at);
    if !calls::end(tx, &call).await? {
        return Err(CaseError::CallEnded.into());
    }
    let body = serde_json::json!({
        "outcome": call.outcome, "started_at": call.started_at, "ended_at": ended_at, "case_id": call.case_id,
        "call_back_due_at": call.call_back_due_at,
    });
    kit::events::append(tx, cx, event(&call, "call.ended").body(&body)).await?;
    Ok(call.view())
}

/// Records what came of calling back: reached, it is done and stands as a call of its own; not reached, it is owed again.
///
/// # Errors
/// `call_unknown`, `call_not_missed`, `case_unknown`.
pub async fn call_back(tx: &mut Tx, cx: &Cx, id: CallId, input: CallBack) -> Result<CallView, Failure> {
    let mut call = load(tx, cx, id).await?;
    if call.outcome != CallOutcome::Missed || call.called_back_by.is_some() {
        return Err(CaseError::CallNotMissed.into());
    }
    if !input.reached {
        call.call_back_due_at = Some(neighbours::call_back_due(tx, cx.now).await?);
        if !calls::owe_again(tx, &call).await? {
            return Err(CaseError::CallNotMissed.into());
        }
        let body = serde_json::json!({ "reached": false, "call_back_due_at": call.call_back_due_at });
        kit::events::append(tx, cx, event(&call, "call.back_tried").body(&body)).await?;
        return Ok(call.view());
    }
    let case = match input.case_id {
        Some(case_id) => Some(store::visible(tx, &cx.actor, case_id).await?.ok_or(CaseError::Unknown)?),
        None => None,
    };
    let back = CallRow {
        id: cx.new_id(),
        started_at: cx.now,
        ended_at: Some(cx.now),
        agent_id: Some(person(&cx.actor)),
        outcome: if case.is_some() { CallOutcome::CaseContinued } else { CallOutcome::Answered },
        case_id: input.case_id,
        call_back_due_at: None,
        called_back_by: None,
        exchange_id: None,
        direction: CallDirection::Out,
        holder: None,
        answered_at: None,
        ..call.clone()
    };
    calls::insert(tx, &back).await?;
    call.called_back_by = Some(back.id);
    if !calls::called_back(tx, id, back.id).await? {
        return Err(CaseError::CallNotMissed.into());
    }
    // Other calls that the same person made in vain are answered with it.
    if let Some(number) = &call.caller_e164 {
        store::called_back(tx, number, back.id, cx.now).await?;
    }
    let body = serde_json::json!({ "reached": true, "call_id": back.id, "case_id": input.case_id });
    let mut told = event(&call, "call.called_back").body(&body);
    if let Some(case) = &case {
        told = told.thread(case.id).customer(case.customer_id);
    }
    kit::events::append(tx, cx, told).await?;
    Ok(back.view())
}

/// Shows a missed caller's number to whoever calls back: counted with the numbers of contacts, and told to the audit (P68).
/// Answers how many more may be seen today.
///
/// # Errors
/// `call_unknown`, `call_not_missed`, `call_number_withheld`; the refusals of revealing a contact's number.
pub async fn reveal_caller(tx: &mut Tx, cx: &Cx, id: CallId, reason: &str) -> Result<i64, Failure> {
    let call = load(tx, cx, id).await?;
    if call.outcome != CallOutcome::Missed || call.called_back_by.is_some() {
        return Err(CaseError::CallNotMissed.into());
    }
    if call.caller_e164.is_none() {
        return Err(CaseError::CallNumberWithheld.into());
    }
    let (reason, left) = customers::count_reveal(tx, cx, reason).await?;
    let body = serde_json::json!({ "reason": reason, "left_today": left });
    kit::events::append(tx, cx, event(&call, "call.revealed").audience(Audience::Audit).body(&body)).await?;
    Ok(left)
}

/// Tells the audit that a number was refused for the day's limit, in a transaction of its own: the command left no trace
/// (decision 4).
///
/// # Errors
/// `call_unknown`.
pub(crate) async fn record_reveal_refused(tx: &mut Tx, cx: &Cx, id: CallId) -> Result<(), Failure> {
    let call = load(tx, cx, id).await?;
    let told = event(&call, "call.reveal_refused").audience(Audience::Audit);
    Ok(kit::events::append(tx, cx, told).await?)
}
