//! What happens to follow-ups: planned, begun, recorded, fallen away.

use std::collections::BTreeMap;

use cases::{
    CaseId, CaseKind, CaseReason, ContactChoice, ReportChannel, ReportFault, ResolvedHow, StateName,
};
use kit::{Cx, Event, Failure, Reach, Refusal, Ts, Tx};
use serde_json::json;

use crate::errors::CareError;
use crate::model::{
    AttemptView, FollowUp, FollowUpId, FollowUpResult, FollowUpState, FollowUpView, How, OnSiteRating, Owed,
    RateVisit, RatingKept, RecordFollowUp,
};
use crate::rules::{LOW_SCORE, MAX_COMMENT, Verdict, may_call, script, verdict};
use crate::store;

/// When a call is due if the case's clock doesn't say.
const USUALLY_DUE_US: i64 = 3 * Ts::DAY;

fn event(follow_up: &FollowUp, kind: &'static str) -> Event {
    Event::new(kind, "follow_up", follow_up.id)
        .thread(follow_up.case_id)
        .unit(follow_up.unit_id)
        .customer(follow_up.customer_id)
}

async fn save(tx: &mut Tx, follow_up: &FollowUp) -> Result<(), Failure> {
    if store::save(tx, follow_up).await? {
        return Ok(());
    }
    Err(Refusal::new(412, "version_changed").into())
}

/// Plans the call that a mended case owes (P13). Called by the job that the case left, so once per completion; the demo,
/// which lives through the past, calls it itself. `None` if the case went on before.
///
/// # Errors
/// `case_unknown`.
pub async fn plan(
    tx: &mut Tx,
    cx: &Cx,
    case_id: CaseId,
    due_at: Option<Ts>,
) -> Result<Option<FollowUpId>, Failure> {
    let case = cases::case(tx, case_id).await?;
    // The case went on before this job ran.
    let Some(how) = case.resolved_how.filter(|_| !case.ended()) else { return Ok(None) };
    fall_away(tx, cx, &case_id.to_string(), cx.now).await?;
    let (how, served_by) = match how {
        ResolvedHow::Onsite => (How::Onsite, visits::last_engineer(tx, case_id).await?),
        ResolvedHow::Remote => {
            let supports = cases::phone_supports(tx, case_id).await?;
            (How::Remote, supports.last().map(|s| s.supporter.id.clone()))
        }
    };
    let zone = identity::settings::time_zone(tx).await?;
    let due_at = due_at.unwrap_or(cx.now.plus(USUALLY_DUE_US));
    let follow_up = FollowUp {
        id: cx.new_id(),
        number: kit::numbers::next(tx, "HF", cx.now, &zone).await?,
        case_id,
        customer_id: case.customer_id,
        site_id: case.site_id,
        contact_id: case.contact_id,
        unit_id: case.unit_id,
        second_unit_id: case.second_unit_id,
        division_code: case.division_code.clone(),
        served_by,
        how,
        state: FollowUpState::Due,
        script: script(how),
        due_at,
        next_at: due_at,
        attempts: 0,
        caller_id: None,
        started_at: None,
        result: None,
        rating: None,
        answers: BTreeMap::new(),
        comment: None,
        concern: false,
        complaint_case_id: None,
        created_at: cx.now,
        done_at: None,
        version: 1,
    };
    store::insert(tx, &follow_up).await?;
    let body = json!({ "number": follow_up.number, "due_at": due_at, "how": how });
    kit::events::append(tx, cx, event(&follow_up, "follow_up.planned").body(&body)).await?;
    Ok(Some(follow_up.id))
}

/// Takes the call off the list that a case owed at `at`: it was reopened, closed, withdrawn or merged by other hands.
pub(crate) async fn fall_away(tx: &mut Tx, cx: &Cx, case_id: &str, at: Ts) -> Result<(), Failure> {
    let Some(mut follow_up) = store::open_of(tx, case_id).await?.filter(|f| f.created_at <= at) else {
        return Ok(());
    };
    follow_up.state = FollowUpState::Cancelled;
    follow_up.started_at = None;
    save(tx, &follow_up).await?;
    Ok(kit::events::append(tx, cx, event(&follow_up, "follow_up.cancelled")).await?)
}

/// Closes a case that was followed up and waited for what kept it open, now that something of that is gone.
pub(crate) async fn close_if_free(tx: &mut Tx, cx: &Cx, case_id: &str) -> Result<(), Failure> {
    let Some(last) = store::last_of(tx, case_id).await? else { return Ok(()) };
    let content = last.state == FollowUpState::Done && last.result != Some(FollowUpResult::NotSolved);
    let waits = cases::case(tx, last.case_id).await?.state.name() == StateName::FollowUp;
    if content && waits && cases::blockers(tx, last.case_id).await?.is_empty() {
        cases::close(tx, cx, last.case_id).await?;
    }
    Ok(())
}

async fn load(tx: &mut Tx, cx: &Cx, id: FollowUpId) -> Result<FollowUp, Failure> {
    let follow_up = store::get(tx, &cx.actor.reach, id).await?.ok_or(CareError::Unknown)?;
    may_call(&follow_up, &cases::person(&cx.actor), cx.now)?;
    Ok(follow_up)
}

async fn shown(tx: &mut Tx, cx: &Cx, id: FollowUpId) -> Result<FollowUpView, Failure> {
    Ok(store::view(tx, &cx.actor.reach, id, cx.now).await?.ok_or(CareError::Unknown)?)
}

/// The call that a case owes now, if nobody is making it: what a customer may answer without being called.
///
/// # Errors
/// As the database says.
pub async fn owed(tx: &mut Tx, case_id: CaseId, now: Ts) -> Result<Option<Owed>, Failure> {
    let open = store::open_of(tx, &case_id.to_string()).await?;
    // Whoever is on the phone with them now asks the same.
    Ok(open.filter(|f| may_call(f, "", now).is_ok()).map(|f| Owed { id: f.id, script: f.script }))
}

/// The score that a case's customer gave last, if they gave one (P7).
///
/// # Errors
/// As the database says.
pub async fn rated(tx: &mut Tx, case_id: CaseId) -> Result<Option<i64>, Failure> {
    Ok(store::last_of(tx, &case_id.to_string()).await?.and_then(|f| f.rating))
}

/// What the customer answers on their own page: the same questions, the same score, the same effects as a call (P13). The
/// actor is the customer; which case is theirs, the caller of this has made sure of.
///
/// # Errors
/// `follow_up_unknown` if no call is owed; `follow_up_taken`; the refusals of the fields.
pub async fn answer(
    tx: &mut Tx,
    cx: &Cx,
    case_id: CaseId,
    input: RecordFollowUp,
) -> Result<FollowUpView, Failure> {
    let follow_up = store::open_of(tx, &case_id.to_string()).await?.ok_or(CareError::Unknown)?;
    may_call(&follow_up, &cases::person(&cx.actor), cx.now)?;
    keep_answers(tx, cx, follow_up, input).await
}

/// Keeps what the customer thinks of a visit, given on the phone of its engineer once the result was signed or the refusal recorded
/// (P7). It doesn't replace the call afterwards (P13), which somebody else makes and which sees it; where that reaches nobody, this
/// score counts. Its event says that there is one, not which.
///
/// # Errors
/// `visit_unknown` (also another engineer's), `visit_rating_not_signed`, `visit_rating_given`, `follow_up_rating_range`,
/// `follow_up_comment_too_long`.
pub async fn rate_visit(
    tx: &mut Tx,
    cx: &Cx,
    id: visits::VisitId,
    input: RateVisit,
) -> Result<RatingKept, Failure> {
    let visit = visits::visit(tx, &Reach::Everything, id).await?;
    if cx.actor.employee_id.as_deref() != Some(visit.engineer_id.to_string().as_str()) {
        return Err(visits::VisitError::Unknown.into());
    }
    if visit.signed_at.is_none() {
        return Err(CareError::RateNotSigned.into());
    }
    if !(1..=5).contains(&input.rating) {
        return Err(CareError::RatingRange.into());
    }
    let comment = input.comment.as_deref().map(str::trim).filter(|c| !c.is_empty());
    if comment.is_some_and(|c| c.chars().count() > MAX_COMMENT) {
        return Err(CareError::CommentTooLong { max: MAX_COMMENT }.into());
    }
    let at = cx.device_at.filter(|at| *at <= cx.now && Some(*at) >= visit.arrived_at).unwrap_or(cx.now);
    let kept =
        OnSiteRating { rating: input.rating, comment: comment.map(|c| cases::masked(c.to_owned())), at };
    if !store::insert_rating(tx, id, visit.case_id, &kept).await? {
        return Err(CareError::RatedAlready.into());
    }
    let event = Event::new("visit.rated", "visit", id)
        .thread(visit.case_id)
        .unit(visit.unit_id)
        .customer(visit.customer_id)
        .body(&json!({ "visit_id": id, "number": visit.number }));
    kit::events::append(tx, cx, event).await?;
    Ok(RatingKept { at })
}

/// Begins to call: others see it and leave it alone for half an hour.
///
/// # Errors
/// `follow_up_unknown`, `follow_up_done`, `follow_up_cancelled`, `follow_up_own_work`, `follow_up_taken`.
pub async fn start(tx: &mut Tx, cx: &Cx, id: FollowUpId) -> Result<FollowUpView, Failure> {
    let mut follow_up = load(tx, cx, id).await?;
    follow_up.state = FollowUpState::Calling;
    follow_up.caller_id = Some(cases::person(&cx.actor));
    follow_up.started_at = Some(cx.now);
    save(tx, &follow_up).await?;
    kit::events::append(tx, cx, event(&follow_up, "follow_up.started")).await?;
    shown(tx, cx, id).await
}

/// Records what came of a call: solved closes the case (once nothing keeps it open any more: what the customer said is kept
/// now, nobody calls them twice because an invoice is missing), not solved opens it again with the customer's words as the reason,
/// not reached plans the next attempt.
///
/// # Errors
/// As [`start`]; the refusals of the fields, each by name.
pub async fn record(
    tx: &mut Tx,
    cx: &Cx,
    id: FollowUpId,
    input: RecordFollowUp,
) -> Result<FollowUpView, Failure> {
    let follow_up = load(tx, cx, id).await?;
    keep_answers(tx, cx, follow_up, input).await
}

// A low score is answered as a complaint (P65): a case of its own, whose it would be to answer there, which names the case it is
// about. Where nobody answers, who made the call keeps it; a customer's own score waits for a manager then, as every low score does.
async fn complaint(tx: &mut Tx, cx: &Cx, follow_up: &FollowUp) -> Result<Option<CaseId>, Failure> {
    let case = cases::case(tx, follow_up.case_id).await?;
    let score = follow_up.rating.unwrap_or_default().to_string();
    let said = [("number", case.number.clone()), ("rating", score)];
    let lead = kit::texts::text(cx.actor.lang, "reasons.care.low_score", &said).unwrap_or(case.number);
    let symptom = match &follow_up.comment {
        Some(comment) => format!("{lead} {comment}"),
        None => lead,
    };
    let by_customer = cx.actor.kind == kit::ActorKind::Customer;
    let mut report = ReportFault {
        kind: Some(CaseKind::Complaint),
        channel: if by_customer { ReportChannel::Portal } else { ReportChannel::Phone },
        caller_number: None,
        contact: follow_up.contact_id.map(|id| ContactChoice { id: Some(id), ..Default::default() }),
        site_id: follow_up.site_id,
        asset_id: case.asset_id,
        symptom,
        symptom_class: None,
        effects: BTreeMap::new(),
        severity: None,
        severity_reason: None,
        reachable_when: None,
        draft_id: None,
        call_id: None,
    };
    // What the customer said is kept, wherever device and contact are by now.
    cases::leave_off_gone(tx, &mut report).await?;
    let made = match cases::report_by_customer(tx, cx, report.clone()).await {
        Ok(made) => made.id,
        Err(Failure::Refused(why)) if why.code == "case_nobody_answers" && by_customer => return Ok(None),
        Err(Failure::Refused(why)) if why.code == "case_nobody_answers" => {
            cases::report_fault(tx, cx, report).await?.id
        }
        Err(other) => return Err(other),
    };
    crate::complaints::open(tx, cx, made, Some(follow_up.case_id)).await?;
    Ok(Some(made))
}

async fn keep_answers(
    tx: &mut Tx,
    cx: &Cx,
    mut follow_up: FollowUp,
    input: RecordFollowUp,
) -> Result<FollowUpView, Failure> {
    let id = follow_up.id;
    let verdict = verdict(&follow_up, &input, cx.now)?;
    let me = cases::person(&cx.actor);
    let comment = input.comment.as_deref().map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned);
    let next_at = if let Verdict::Again { at } = verdict { Some(at) } else { None };
    let attempt = AttemptView {
        at: cx.now,
        by_id: me.clone(),
        by_name: None,
        reached: input.reached,
        comment: comment.clone(),
        next_at,
    };
    store::insert_attempt(tx, cx, id, &me, &attempt).await?;
    follow_up.attempts += 1;
    follow_up.caller_id = Some(me);
    follow_up.started_at = None;
    let (result, rating, reason, concerns) = match verdict {
        Verdict::Again { at } => {
            follow_up.state = FollowUpState::Due;
            follow_up.next_at = at;
            save(tx, &follow_up).await?;
            let body = json!({ "attempts": follow_up.attempts, "next_at": at });
            kit::events::append(tx, cx, event(&follow_up, "follow_up.not_reached").body(&body)).await?;
            return shown(tx, cx, id).await;
        }
        Verdict::GivenUp => (FollowUpResult::NotReached, None, None, Vec::new()),
        Verdict::Solved { rating, concerns } => (FollowUpResult::Solved, Some(rating), None, concerns),
        Verdict::NotSolved { rating, reason, concerns } => {
            (FollowUpResult::NotSolved, Some(rating), Some(reason), concerns)
        }
    };
    follow_up.state = FollowUpState::Done;
    follow_up.result = Some(result);
    follow_up.rating = rating;
    follow_up.answers = input.answers;
    follow_up.comment = comment;
    follow_up.concern = !concerns.is_empty();
    follow_up.done_at = Some(cx.now);
    if rating.is_some_and(|r| r <= LOW_SCORE) {
        follow_up.complaint_case_id = complaint(tx, cx, &follow_up).await?;
    }
    save(tx, &follow_up).await?;
    let body = json!({
        "result": result,
        "rating": rating,
        "answers": follow_up.answers,
        "attempts": follow_up.attempts,
        "served_by": follow_up.served_by,
        "complaint_case_id": follow_up.complaint_case_id,
    });
    kit::events::append(tx, cx, event(&follow_up, "follow_up.recorded").body(&body)).await?;
    if !concerns.is_empty() {
        let body = json!({ "questions": concerns, "served_by": follow_up.served_by });
        kit::events::append(tx, cx, event(&follow_up, "follow_up.concern").body(&body)).await?;
    }
    match reason {
        Some(reason) => cases::reopen_after_call(tx, cx, follow_up.case_id, CaseReason { reason }).await?,
        None => cases::followed_up(tx, cx, follow_up.case_id).await?,
    };
    shown(tx, cx, id).await
}
