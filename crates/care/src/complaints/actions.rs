//! What happens to complaints: opened with their case, taken up, answered, judged by the customer, closed.

use std::collections::HashMap;

use cases::{CaseError, CaseId, CaseKind};
use kit::{Actor, Audience, Cx, Event, Failure, Refusal, Ts, Tx};
use serde_json::json;

use super::model::{
    AnswerComplaint, Complaint, ComplaintReaction, ComplaintTold, ComplaintView, ConcernPeople, ReactToAnswer,
};
use super::{rules, store};
use crate::errors::CareError;

/// What keeps the case of a complaint open (decision 9).
const HOLD: &str = "complaint";

async fn tell(
    tx: &mut Tx,
    cx: &Cx,
    case_id: CaseId,
    kind: &'static str,
    body: serde_json::Value,
) -> Result<(), Failure> {
    let case = cases::case(tx, case_id).await?;
    let event = Event::new(kind, "complaint", case_id)
        .thread(case_id)
        .unit(case.unit_id)
        .customer(case.customer_id)
        .audience(Audience::Customer)
        .body(&body);
    Ok(kit::events::append(tx, cx, event).await?)
}

async fn save(tx: &mut Tx, complaint: &Complaint) -> Result<(), Failure> {
    if store::save(tx, complaint).await? {
        return Ok(());
    }
    Err(Refusal::new(412, "version_changed").into())
}

async fn load(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Complaint, Failure> {
    let unknown = || Failure::from(CareError::ComplaintUnknown);
    match cases::visible(tx, actor, id).await {
        Ok(_) => store::get(tx, id).await?.ok_or_else(unknown),
        Err(Failure::Refused(_)) => Err(unknown()),
        Err(other) => Err(other),
    }
}

// The complaint as the actor saw it: two who step at once, or one on an old page, don't undo each other's word.
async fn load_seen(tx: &mut Tx, cx: &Cx, id: CaseId, seen: i64) -> Result<Complaint, Failure> {
    let complaint = load(tx, &cx.actor, id).await?;
    if complaint.version != seen {
        let stands = shown(tx, &cx.actor, id, cx.now).await?;
        kit::http::same_version(seen, complaint.version, stands)?;
    }
    Ok(complaint)
}

/// Nobody in the line of whom a complaint concerns has a hand in it (P9): a word of the customer recorded by them would close it.
async fn outside(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<(), Failure> {
    if cases::may_answer(tx, id, &cases::person(actor)).await? {
        return Ok(());
    }
    Err(CaseError::OwnLine.into())
}

/// A complaint as the desk sees it.
///
/// # Errors
/// `complaint_unknown`.
pub(super) async fn shown(tx: &mut Tx, actor: &Actor, id: CaseId, now: Ts) -> Result<ComplaintView, Failure> {
    Ok(store::view(tx, actor, id, now).await?.ok_or(CareError::ComplaintUnknown)?)
}

/// A case is a complaint: from now on it is owed a finding and an answer, and stays open until then. One made on the page of another
/// case concerns whoever was sent for that one, and goes to somebody outside their line (P9). Opening it again changes nothing.
///
/// # Errors
/// `case_unknown`, `case_no_complaint`.
pub async fn open(tx: &mut Tx, cx: &Cx, case_id: CaseId, about: Option<CaseId>) -> Result<(), Failure> {
    if store::get(tx, case_id).await?.is_some() {
        return Ok(());
    }
    let case = cases::case(tx, case_id).await?;
    let complaint = Complaint {
        case_id,
        about_case_id: about,
        received_at: case.reported_at,
        acknowledged_at: None,
        acknowledged_by: None,
        finding: None,
        cause: None,
        remedy: None,
        answer: None,
        answered_at: None,
        answered_by: None,
        reaction: None,
        reaction_words: None,
        reacted_at: None,
        rounds: 0,
        closed_at: None,
        version: 1,
    };
    store::insert(tx, &complaint).await?;
    cases::hold(tx, cx, case_id, HOLD, &case_id.to_string(), &case.number).await?;
    let sent = match about {
        Some(about) => visits::sent_for(tx, about).await?,
        None => Vec::new(),
    };
    tell(tx, cx, case_id, "complaint.opened", json!({ "state": "received", "about_case_id": about })).await?;
    if sent.is_empty() { Ok(()) } else { cases::concern(tx, cx, case_id, &sent).await }
}

/// At the start of a node: complaints that are owed an answer without a clock for it (those from before there was one) get it.
///
/// # Errors
/// As the database says.
pub async fn clocked(tx: &mut Tx, cx: &Cx) -> Result<(), Failure> {
    for id in store::without_clock(tx).await? {
        match cases::complaint_clocked(tx, cx, id).await {
            Ok(()) => {}
            // Another node that starts was first.
            Err(Failure::Refused(refusal)) if refusal.code == "clock_runs_already" => {}
            // The database broke the transaction off: nothing more can be done in it, and the same again may go through.
            Err(failure) if failure.changes_met() => return Err(failure),
            // A calendar that doesn't reach back so far must not keep a node from starting.
            Err(Failure::Refused(refusal)) => {
                tracing::warn!(%id, ?refusal, "a complaint has no answer clock")
            }
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// The same for a complaint that the desk has taken, told by its event.
pub(crate) async fn opened(tx: &mut Tx, cx: &Cx, case_id: &str) -> Result<(), Failure> {
    let Ok(id) = case_id.parse() else { return Ok(()) };
    let case = cases::case(tx, id).await?;
    if case.kind == CaseKind::Complaint && !case.ended() { open(tx, cx, id, None).await } else { Ok(()) }
}

/// The case of a closed complaint was opened again by other hands: an answer is owed again.
pub(crate) async fn reopened(tx: &mut Tx, cx: &Cx, case_id: &str) -> Result<(), Failure> {
    let Ok(id) = case_id.parse() else { return Ok(()) };
    let Some(mut complaint) = store::get(tx, id).await?.filter(|c| c.closed_at.is_some()) else {
        return Ok(());
    };
    let case = cases::case(tx, id).await?;
    if case.ended() {
        return Ok(());
    }
    owe_again(&mut complaint);
    save(tx, &complaint).await?;
    cases::hold(tx, cx, id, HOLD, &id.to_string(), &case.number).await?;
    tell(
        tx,
        cx,
        id,
        "complaint.owed_again",
        json!({ "state": complaint.state(), "rounds": complaint.rounds }),
    )
    .await
}

fn owe_again(complaint: &mut Complaint) {
    (complaint.answered_at, complaint.answered_by, complaint.closed_at) = (None, None, None);
    complaint.rounds += 1;
}

/// Nobody answered in time: the complaint is raised. Told by its clock.
pub(crate) async fn late(tx: &mut Tx, cx: &Cx, case_id: &str) -> Result<(), Failure> {
    let Ok(id) = case_id.parse() else { return Ok(()) };
    cases::complaint_late(tx, cx, id).await
}

/// Takes a complaint up: it is the actor's, and the customer sees that somebody has it.
///
/// # Errors
/// `complaint_unknown`, `version_changed`, `complaint_acknowledged`, `case_own_line`.
pub async fn acknowledge(tx: &mut Tx, cx: &Cx, id: CaseId, seen: i64) -> Result<ComplaintView, Failure> {
    let mut complaint = load_seen(tx, cx, id, seen).await?;
    rules::may_acknowledge(&complaint)?;
    cases::complaint_taken(tx, cx, id).await?;
    complaint.acknowledged_at = Some(cx.now);
    complaint.acknowledged_by = Some(cases::person(&cx.actor));
    save(tx, &complaint).await?;
    tell(tx, cx, id, "complaint.acknowledged", json!({ "state": complaint.state() })).await?;
    shown(tx, &cx.actor, id, cx.now).await
}

/// Names whom a complaint concerns: if its owner works in their line, it goes to somebody who doesn't (P9).
///
/// # Errors
/// `complaint_unknown`, `version_changed`, `case_own_line`, `complaint_closed`, `complaint_concern_count`, `employee_unknown`.
pub(super) async fn concern(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    seen: i64,
    input: ConcernPeople,
) -> Result<ComplaintView, Failure> {
    let complaint = load_seen(tx, cx, id, seen).await?;
    outside(tx, &cx.actor, id).await?;
    if complaint.closed_at.is_some() {
        return Err(CareError::ComplaintClosed.into());
    }
    if input.employee_ids.is_empty() || input.employee_ids.len() > rules::MOST_PEOPLE {
        return Err(CareError::ConcernCount { max: rules::MOST_PEOPLE }.into());
    }
    for employee_id in &input.employee_ids {
        organisation::employee(tx, *employee_id).await?;
    }
    cases::concern(tx, cx, id, &input.employee_ids).await?;
    // Whoever named a colleague of their own line may see it no more.
    match store::view(tx, &cx.actor, id, cx.now).await? {
        Some(view) => Ok(view),
        None => shown(tx, &Actor { reach: kit::Reach::Everything, ..cx.actor.clone() }, id, cx.now).await,
    }
}

/// Answers a complaint with what was found, why it came to it and what is done (P9): the customer sees the answer on their page.
///
/// # Errors
/// `complaint_unknown`, `version_changed`, `complaint_not_acknowledged`, `complaint_answered`, `case_own_line`, and the faults of the
/// fields.
pub async fn answer(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    seen: i64,
    input: AnswerComplaint,
) -> Result<ComplaintView, Failure> {
    let mut complaint = load_seen(tx, cx, id, seen).await?;
    rules::may_answer(&complaint)?;
    let said = |text: &str, missing| rules::said(text, missing).map(cases::masked);
    complaint.finding = Some(input.finding);
    complaint.cause = Some(said(&input.cause, CareError::CauseMissing)?);
    complaint.remedy = Some(said(&input.remedy, CareError::RemedyMissing)?);
    complaint.answer = Some(said(&input.answer, CareError::AnswerTextMissing)?);
    cases::complaint_answered(tx, cx, id).await?;
    complaint.answered_at = Some(cx.now);
    complaint.answered_by = Some(cases::person(&cx.actor));
    (complaint.reaction, complaint.reaction_words, complaint.reacted_at) = (None, None, None);
    save(tx, &complaint).await?;
    let body = json!({ "state": complaint.state(), "finding": input.finding, "rounds": complaint.rounds });
    tell(tx, cx, id, "complaint.answered", body).await?;
    shown(tx, &cx.actor, id, cx.now).await
}

/// Records what the customer says to the answer, as the desk hears it.
///
/// # Errors
/// `complaint_unknown`, `version_changed`, `case_own_line`, and as [`rules::reaction`].
pub async fn react(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    seen: i64,
    input: ReactToAnswer,
) -> Result<ComplaintView, Failure> {
    let complaint = load_seen(tx, cx, id, seen).await?;
    outside(tx, &cx.actor, id).await?;
    reacted(tx, cx, complaint, input).await?;
    shown(tx, &cx.actor, id, cx.now).await
}

/// What the customer says on their own page: content closes the complaint, not content owes another answer. Which complaint is
/// theirs, the caller of this has made sure of.
///
/// # Errors
/// `complaint_unknown`, `complaint_not_answered`, `complaint_closed`, and the faults of the fields.
pub async fn react_by_customer(
    tx: &mut Tx,
    cx: &Cx,
    id: CaseId,
    content: bool,
    words: Option<String>,
) -> Result<(), Failure> {
    let complaint = store::get(tx, id).await?.ok_or(CareError::ComplaintUnknown)?;
    let reaction = if content { ComplaintReaction::Content } else { ComplaintReaction::NotContent };
    reacted(tx, cx, complaint, ReactToAnswer { reaction, words }).await
}

async fn reacted(
    tx: &mut Tx,
    cx: &Cx,
    mut complaint: Complaint,
    input: ReactToAnswer,
) -> Result<(), Failure> {
    let id = complaint.case_id;
    let words = rules::reaction(&complaint, input.reaction, input.words.as_deref(), cx.now)?;
    complaint.reaction = Some(input.reaction);
    complaint.reaction_words = words.map(cases::masked);
    complaint.reacted_at = Some(cx.now);
    if input.reaction == ComplaintReaction::NotContent {
        owe_again(&mut complaint);
        save(tx, &complaint).await?;
        let body =
            json!({ "state": complaint.state(), "reaction": input.reaction, "rounds": complaint.rounds });
        tell(tx, cx, id, "complaint.owed_again", body).await?;
        cases::complaint_again(tx, cx, id).await?;
        return Ok(());
    }
    complaint.closed_at = Some(cx.now);
    save(tx, &complaint).await?;
    tell(tx, cx, id, "complaint.closed", json!({ "state": complaint.state(), "reaction": input.reaction }))
        .await?;
    cases::release(tx, cx, id, HOLD, &id.to_string()).await?;
    cases::close_complaint(tx, cx, id).await?;
    Ok(())
}

/// The numbers of these cases, and what the customer sees of the complaint that each is, if it is one: asked at once.
///
/// # Errors
/// As the database says.
pub async fn told(
    tx: &mut Tx,
    ids: &[CaseId],
) -> Result<HashMap<CaseId, (String, Option<ComplaintTold>)>, Failure> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let told = |(complaint, due_at): (Complaint, Option<Ts>)| ComplaintTold {
        state: complaint.state(),
        due_at,
        // An answer that did not do is not shown as one.
        answer: complaint.answer.filter(|_| complaint.answered_at.is_some()),
        answered_at: complaint.answered_at,
        reaction: complaint.reaction,
    };
    let stand = store::numbered(tx, ids).await?;
    Ok(stand.into_iter().map(|(id, number, complaint)| (id, (number, complaint.map(told)))).collect())
}
