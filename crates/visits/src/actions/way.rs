//! An engineer's way to the work: accept, set out, arrive, start, rest.

use kit::{Cx, Failure, Reach, Ts, Tx};
use serde_json::json;

use super::{By, MAX_REASON, Taken, at, happened, load, optional, take, text};
use crate::checklist::Section;
use crate::errors::VisitError;
use crate::inputs::{Arrive, Depart, Pause};
use crate::model::{LockEnd, PauseReason, PlaceCheck, VisitId, VisitState, VisitStep};
use crate::reads;
use crate::rules::{gates, plan};
use crate::store::records::Place;
use crate::store::{records, rows};
use crate::views::VisitView;

/// The engineer takes the visit on.
///
/// # Errors
/// As [`load`].
pub async fn accept(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Accept, By::Engineer, None).await?;
    visit.state = VisitState::Accepted;
    take(tx, cx, &mut order, &mut visit, Taken::staff(VisitStep::Accept, "visit.accepted")).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// The engineer can't: the work order goes back to the desk.
///
/// # Errors
/// As [`load`]; `visit_reason_missing`.
pub async fn decline(tx: &mut Tx, cx: &Cx, id: VisitId, reason: &str) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Decline, By::Engineer, None).await?;
    let reason = text(reason, MAX_REASON, VisitError::ReasonMissing)?;
    super::lock::ended(tx, cx, &order, &mut visit, LockEnd::Declined).await?;
    visit.state = VisitState::Declined { reason: reason.clone() };
    let taken = Taken::staff(VisitStep::Decline, "visit.declined").note(reason);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    rows::unshare(tx, &order, &visit, visit.engineer_id).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Sets out, with work clothes, badge and tools answered for (P20). A wait of the case ends with it.
///
/// # Errors
/// As [`load`]; `checklist_items_open`, the refusals of an answer, `visit_other_running`.
pub async fn depart(tx: &mut Tx, cx: &Cx, id: VisitId, input: Depart) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Depart, By::Engineer, None).await?;
    let mut answers = records::answers(tx, id).await?;
    for answered in input.answers {
        gates::may_answer(
            &visit.checklist,
            &answers,
            &[Section::Departure],
            &answered.item,
            &answered.answer,
        )?;
        records::set_answer(tx, cx, id, &answered).await?;
        answers.push(answered);
    }
    gates::may_depart(&visit.checklist, &answers).map_err(|e| at(&visit, e))?;
    visit.state = VisitState::Travelling;
    take(tx, cx, &mut order, &mut visit, Taken::customer(VisitStep::Depart, "visit.departed")).await?;
    cases::entered_field(tx, cx, order.case_id).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Arrives: the arrival clock stops (P44, P45) and the customer is told who is there (P21). A position away from the site
/// warns and never blocks.
///
/// # Errors
/// As [`load`]; `visit_position_invalid`; `visit_late_reason_missing` after the end of the appointment (P8).
pub async fn arrive(tx: &mut Tx, cx: &Cx, id: VisitId, input: Arrive) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Arrive, By::Engineer, None).await?;
    if let Some(position) = &input.position {
        plan::position(position)?;
    }
    let site = customers::site(tx, &Reach::Everything, order.site_id).await?;
    let point = site.point.map(|p| (p.lon, p.lat));
    let (check, distance_m) = plan::place_check(point, input.position.as_ref());
    let arrived_at = happened(tx, cx, id).await?;
    let kept = plan::kept(visit.appointment_end, arrived_at);
    let late_reason = optional(input.late_reason.as_deref(), MAX_REASON)?.filter(|_| !kept);
    if !kept && late_reason.is_none() {
        return Err(VisitError::LateReasonMissing.into());
    }
    visit.state = VisitState::Arrived;
    visit.arrived_at = Some(arrived_at);
    // Somebody came: what was promised is kept or broken, and the visit says which.
    order.promised = None;
    let late_s = (arrived_at.micros() - visit.appointment_end.micros()).max(0) / Ts::SECOND;
    let mut taken = Taken::customer(VisitStep::Arrive, "visit.arrived").more(json!({
        "arrived_at": arrived_at,
        "method": input.method,
        "place_check": check,
        "distance_m": distance_m,
        "away": check == PlaceCheck::Away,
        "late_s": late_s,
        "appointment": if kept { "kept" } else { "broken" },
    }));
    taken.place =
        Place { position: input.position, method: Some(input.method), check: Some(check), distance_m };
    taken.note = late_reason;
    take(tx, cx, &mut order, &mut visit, taken).await?;
    cases::arrived(tx, cx, order.case_id, arrived_at).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Begins to work.
///
/// # Errors
/// As [`load`].
pub async fn start(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Start, By::Engineer, None).await?;
    visit.state = VisitState::Working;
    take(tx, cx, &mut order, &mut visit, Taken::customer(VisitStep::Start, "visit.started")).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Lets the work rest.
///
/// # Errors
/// As [`load`]; `visit_reason_missing` for `other` without a note.
pub async fn pause(tx: &mut Tx, cx: &Cx, id: VisitId, input: Pause) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Pause, By::Engineer, None).await?;
    let note = optional(input.note.as_deref(), MAX_REASON)?;
    if input.reason == PauseReason::Other && note.is_none() {
        return Err(VisitError::ReasonMissing.into());
    }
    visit.state = VisitState::Paused { reason: input.reason, note: note.clone() };
    let taken =
        Taken::staff(VisitStep::Pause, "visit.paused").more(json!({ "reason": input.reason })).note(note);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Goes on.
///
/// # Errors
/// As [`load`].
pub async fn resume(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Resume, By::Engineer, None).await?;
    visit.state = VisitState::Working;
    take(tx, cx, &mut order, &mut visit, Taken::staff(VisitStep::Resume, "visit.resumed")).await?;
    reads::visit_view(tx, id, cx.now).await
}
