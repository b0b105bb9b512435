//! What the telephone system tells of calls, and the phones on desks (P1).

use customers::phones::{self, E164};
use kit::{Cx, Event, Failure, Ts, Tx};

use crate::errors::CaseError;
use crate::inputs::{SetDeskPhone, SettleCall, TelephoneEvent};
use crate::model::{CallDirection, CallId, CallOutcome, TelephoneNews, person};
use crate::rules::telephone::{self as rule, Heard, Holder, Word};
use crate::store::calls::{self, CallRow};
use crate::store::telephone as desk;
use crate::views::{AtDesk, CallCaller, CallHeard, CallView, DeskPhone};
use crate::{neighbours, store};

/// Characters of the telephone system's name of a call at most.
const MAX_NAME: usize = 128;
/// The clocks of two machines differ: a call that began this much in the future begins now.
const CLOCK_SKEW_US: i64 = 5 * Ts::MINUTE;
/// Older calls are no longer under way, even if nobody told of their end.
const UNDER_WAY_US: i64 = 4 * Ts::HOUR;

fn extension(text: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    let fits = text.len() <= 20 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.*".contains(c));
    if fits { Ok(Some(text.to_owned())) } else { Err(CaseError::ExtensionInvalid.into()) }
}

// Our number and the one on the other side.
fn numbers(input: &TelephoneEvent) -> Result<(Option<E164>, Option<E164>), Failure> {
    if input.direction == Some(CallDirection::Out) {
        let outside = neighbours::number(&input.dialled, "/dialled")?;
        return Ok((input.caller.as_deref().and_then(|n| phones::normalise(n).ok()), Some(outside)));
    }
    let ours = neighbours::number(&input.dialled, "/dialled")?;
    let caller = rule::other_side(input.caller.as_deref(), Some(&ours));
    Ok((Some(ours), caller))
}

fn heard_of(call: &CallRow) -> Heard {
    Heard {
        direction: call.direction,
        started_at: call.started_at,
        answered_at: call.answered_at,
        ended_at: call.ended_at,
        outcome: call.outcome,
        holder: call.holder.clone(),
    }
}

/// Takes a word of the telephone system about a call. Told again, late or in another order it leads to the same record; a call
/// that ends without anybody taking it is missed, and a call back is owed (P1).
///
/// # Errors
/// `call_name_invalid`, `call_number_invalid`, `call_extension_invalid`, `call_time_invalid`.
pub async fn hear_telephone(tx: &mut Tx, cx: &Cx, input: TelephoneEvent) -> Result<CallHeard, Failure> {
    let name = input.call.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(CaseError::CallNameInvalid.into());
    }
    let (ours, other) = numbers(&input)?;
    let extension = extension(input.extension.as_deref())?;
    let at = input.at.unwrap_or(cx.now);
    if at > cx.now.plus(CLOCK_SKEW_US) {
        return Err(CaseError::CallTimeInvalid.refusal().field("/at", "call_time_invalid").into());
    }
    let before_phone = match &extension {
        Some(extension) => desk::before_phone(tx, extension).await?,
        None => None,
    };
    let (agent, agent_unit) = before_phone.map_or((None, None), |(agent, unit)| (Some(agent), unit));
    let word = Word { news: input.event, at: at.min(cx.now), extension, agent };
    let known = match desk::by_exchange(tx, name).await? {
        Some(known) => known,
        None => {
            let first = rule::first(input.direction.unwrap_or(CallDirection::In), &word);
            let new = new_call(tx, cx, name, ours.as_ref(), other.as_ref(), first).await?;
            if calls::insert(tx, &new).await? {
                tell(tx, cx, &new, input.event, agent_unit).await?;
                return Ok(CallHeard { call_id: new.id, outcome: new.outcome, news: true });
            }
            // The other word of the same call was first by a moment.
            desk::by_exchange(tx, name).await?.ok_or(CaseError::CallUnknown)?
        }
    };
    let now = rule::hear(&heard_of(&known), &word);
    let learned = known.caller_e164.is_none() && other.is_some();
    if now == heard_of(&known) && !learned {
        return Ok(CallHeard { call_id: known.id, outcome: known.outcome, news: false });
    }
    let mut call = known;
    if learned {
        call.caller_e164 = other.as_ref().map(|n| n.as_str().to_owned());
        call.caller_masked = other.as_ref().map(phones::mask);
    }
    take_over(tx, &mut call, now).await?;
    desk::save(tx, &call).await?;
    tell(tx, cx, &call, input.event, agent_unit).await?;
    Ok(CallHeard { call_id: call.id, outcome: call.outcome, news: true })
}

async fn new_call(
    tx: &mut Tx,
    cx: &Cx,
    name: &str,
    ours: Option<&E164>,
    other: Option<&E164>,
    heard: Heard,
) -> Result<CallRow, Failure> {
    let hotline = match ours {
        Some(ours) => organisation::hotline_by_number(tx, ours.as_str()).await?,
        None => None,
    };
    let own_unit = cx.actor.unit_id.as_deref().and_then(|unit| unit.parse().ok());
    let mut call = CallRow {
        id: cx.new_id(),
        hotline_id: hotline.as_ref().map(|h| h.id),
        dialled_e164: ours.map(|n| n.as_str().to_owned()).unwrap_or_default(),
        caller_e164: other.map(|n| n.as_str().to_owned()),
        caller_masked: other.map(phones::mask),
        started_at: heard.started_at,
        ended_at: None,
        agent_id: None,
        outcome: heard.outcome,
        case_id: None,
        unit_id: hotline.map(|h| h.unit_id).or(own_unit),
        call_back_due_at: None,
        called_back_by: None,
        exchange_id: Some(name.to_owned()),
        direction: heard.direction,
        holder: None,
        answered_at: None,
    };
    take_over(tx, &mut call, heard).await?;
    Ok(call)
}

// What follows from how the call stands now.
async fn take_over(tx: &mut Tx, call: &mut CallRow, heard: Heard) -> Result<(), Failure> {
    call.call_back_due_at = match heard.outcome {
        CallOutcome::Missed if call.outcome == CallOutcome::Missed && call.call_back_due_at.is_some() => {
            call.call_back_due_at
        }
        CallOutcome::Missed => Some(neighbours::call_back_due(tx, heard.started_at).await?),
        _ => None,
    };
    call.started_at = heard.started_at;
    call.answered_at = heard.answered_at;
    call.ended_at = heard.ended_at;
    call.outcome = heard.outcome;
    call.agent_id = heard.holder.as_ref().and_then(|h| h.agent.clone());
    call.holder = heard.holder;
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    cx: &Cx,
    call: &CallRow,
    news: TelephoneNews,
    agent_unit: Option<String>,
) -> Result<(), Failure> {
    // Whoever speaks with somebody who was missed has called them back.
    if let (Some(number), Some(answered_at)) = (&call.caller_e164, call.answered_at) {
        store::called_back(tx, number, call.id, answered_at).await?;
    }
    let kind = match (news, call.outcome) {
        (TelephoneNews::Ringing, _) => "call.rang",
        (TelephoneNews::Answered, _) => "call.answered",
        (TelephoneNews::Ended, CallOutcome::Missed) => "call.missed",
        (TelephoneNews::Ended, _) => "call.ended",
    };
    let body = serde_json::json!({
        "outcome": call.outcome, "direction": call.direction, "hotline_id": call.hotline_id, "agent_id": call.agent_id,
        "started_at": call.started_at, "answered_at": call.answered_at, "ended_at": call.ended_at,
        "case_id": call.case_id, "call_back_due_at": call.call_back_due_at,
    });
    // The screen before the phone learns of it wherever its unit stands; a missed call is the hotline's.
    let unit = match (kind, agent_unit) {
        ("call.missed", _) | (_, None) => call.unit_id.map(|unit| unit.to_string()),
        (_, unit) => unit,
    };
    let mut told = Event::new(kind, "call", call.id).body(&body);
    if let Some(unit) = unit {
        told = told.unit(unit);
    }
    Ok(kit::events::append(tx, cx, told).await?)
}

/// Says what a call led to, while it goes on or afterwards; whoever says it of a call that nobody took, took it.
///
/// # Errors
/// `call_unknown`, `call_outcome_invalid`, `call_case_missing`, `case_unknown`.
pub async fn settle_call(tx: &mut Tx, cx: &Cx, id: CallId, input: SettleCall) -> Result<CallView, Failure> {
    let mut call = calls::get(tx, &cx.actor, id).await?.ok_or(CaseError::CallUnknown)?;
    let about_case = matches!(input.outcome, CallOutcome::CaseMade | CallOutcome::CaseContinued);
    if matches!(input.outcome, CallOutcome::Ringing | CallOutcome::Missed) {
        return Err(CaseError::CallOutcomeInvalid.into());
    }
    if call.outcome == CallOutcome::Missed {
        return Err(CaseError::CallEnded.into());
    }
    let case = match input.case_id {
        Some(id) => Some(store::visible(tx, &cx.actor, id).await?.ok_or(CaseError::Unknown)?),
        None if about_case => return Err(CaseError::CallCaseMissing.into()),
        None => None,
    };
    call.outcome = input.outcome;
    call.case_id = input.case_id.or(call.case_id);
    if call.agent_id.is_none() {
        let me = person(&cx.actor);
        call.agent_id = Some(me.clone());
        call.holder = Some(Holder { took: true, since: cx.now, extension: None, agent: Some(me) });
    }
    desk::save(tx, &call).await?;
    let body = serde_json::json!({ "outcome": call.outcome, "case_id": call.case_id, "started_at": call.started_at });
    let mut told = Event::new("call.settled", "call", id).body(&body);
    if let Some(unit) = call.unit_id {
        told = told.unit(unit);
    }
    if let Some(case) = &case {
        told = told.thread(case.id).customer(case.customer_id);
    }
    kit::events::append(tx, cx, told).await?;
    Ok(call.view())
}

/// Says which phone stands on the actor's desk and whether calls come up on the screen. A phone moves with who sits down.
///
/// # Errors
/// `call_extension_invalid`.
pub async fn set_desk_phone(
    tx: &mut Tx,
    cx: &Cx,
    account_id: &str,
    input: SetDeskPhone,
) -> Result<DeskPhone, Failure> {
    let phone =
        DeskPhone { extension: extension(input.extension.as_deref())?, takes_calls: input.takes_calls };
    let before = desk::set_phone(tx, account_id, &person(&cx.actor), &phone, cx.now).await?;
    let body = serde_json::json!({
        "extension": phone.extension, "takes_calls": phone.takes_calls, "taken_from": before,
    });
    let mut told = Event::new("desk_phone.set", "desk_phone", account_id).body(&body);
    if let Some(unit) = &cx.actor.unit_id {
        told = told.unit(unit);
    }
    kit::events::append(tx, cx, told).await?;
    Ok(phone)
}

/// The phone on the actor's desk, and the calls that ring there or are under way.
///
/// # Errors
/// As the database says.
pub(crate) async fn at_desk(tx: &mut Tx, actor: &kit::Actor, now: Ts) -> Result<AtDesk, Failure> {
    let phone = desk::phone(tx, actor).await?;
    let calls =
        if phone.takes_calls { desk::at_desk(tx, actor, now.plus(-UNDER_WAY_US)).await? } else { Vec::new() };
    Ok(AtDesk { phone, calls, now })
}

/// Which call.
pub(crate) enum WhichCall<'a> {
    /// By its id.
    Id(CallId),
    /// By the telephone system's name of it.
    Exchange(&'a str),
}

/// Who may be calling, and what is open at their sites. The number itself stays here (P68).
///
/// # Errors
/// `call_unknown`.
pub(crate) async fn caller_of(
    tx: &mut Tx,
    actor: &kit::Actor,
    which: WhichCall<'_>,
) -> Result<CallCaller, Failure> {
    let found = match which {
        WhichCall::Id(id) => desk::one(tx, actor, id).await?,
        WhichCall::Exchange(name) => desk::one_by_exchange(tx, actor, name).await?,
    };
    let (call, number) = found.ok_or(CaseError::CallUnknown)?;
    let callers = match number {
        Some(number) => customers::match_caller(tx, &E164::stored(number, None)).await?,
        None => Vec::new(),
    };
    let mut sites: Vec<String> = callers.iter().filter_map(|c| c.site_id.map(|s| s.to_string())).collect();
    sites.sort_unstable();
    sites.dedup();
    Ok(CallCaller { call, callers, open: desk::open_at(tx, &sites).await? })
}
