//! How a visit ends: done, another one needed, no access; and leaving.

use cases::FieldOutcome;
use coverage::{DeliverPart, PartWarrantyKind};
use kit::{Cx, Failure, Tx};
use serde_json::json;

use super::{By, INVOICE_DUTY, MAX_REASON, Taken, happened, load, order_event, take, text};
use crate::errors::VisitError;
use crate::model::{VisitId, VisitOutcome, VisitState, VisitStateName, VisitStep};
use crate::reads;
use crate::record::{Visit, WorkOrder};
use crate::rules::steps;
use crate::store::{records, rows};
use crate::views::VisitView;

/// The job is done, signed or the refusal recorded: the case is mended, and what the customer owes becomes an invoice duty (P69).
///
/// # Errors
/// As [`load`]; `visit_not_signed`.
pub async fn finish(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Finish, By::Engineer, None).await?;
    let fault_code = complete(tx, cx, &order, &visit).await?;
    visit.state = VisitState::Done;
    let taken = Taken::customer(VisitStep::Finish, "visit.done").more(json!({ "fault_code": fault_code }));
    take(tx, cx, &mut order, &mut visit, taken).await?;
    mended(tx, cx, &order, fault_code).await?;
    reads::visit_view(tx, id, cx.now).await
}

// What a signed job leaves behind: the money owed and the parts delivered. The fault that was found.
async fn complete(tx: &mut Tx, cx: &Cx, order: &WorkOrder, visit: &Visit) -> Result<Option<String>, Failure> {
    owe_invoice(tx, cx, order).await?;
    deliver_parts(tx, cx, order, visit).await?;
    Ok(records::findings(tx, order.id).await?.into_iter().rev().find_map(|finding| finding.fault_code))
}

async fn mended(tx: &mut Tx, cx: &Cx, order: &WorkOrder, fault_code: Option<String>) -> Result<(), Failure> {
    // P74: a later fault is compared with what was found, not with what was guessed on the phone.
    if let Some(fault_code) = fault_code {
        cases::fault_found(tx, cx, order.case_id, &fault_code).await?;
    }
    tell_case(tx, cx, order, FieldOutcome::Solved).await
}

// A part that the customer bought is delivered with the visit: its own warranty starts (P53).
async fn deliver_parts(tx: &mut Tx, cx: &Cx, order: &WorkOrder, visit: &Visit) -> Result<(), Failure> {
    let Some(asset_id) = order.asset_id else { return Ok(()) };
    let charges = pricing::charges_of(tx, &order.id.to_string()).await?;
    let zone = organisation::zone_of(tx, order.unit_id).await?;
    let site_zone = match crate::store::lists::parties(tx, order.id).await? {
        Some(parties) => jiff::tz::TimeZone::get(&parties.zone).unwrap_or(zone),
        None => zone,
    };
    let day = visit.arrived_at.unwrap_or(cx.now).timestamp().to_zoned(site_zone).date();
    for charge in super::money::sold_parts(&charges) {
        let part = DeliverPart {
            kind: PartWarrantyKind::Sold,
            asset_id: asset_id.to_string(),
            part: charge.description.zh_cn.clone(),
            // A part without a serial number is known by its line of the service order.
            serial: charge.part_serial.clone().unwrap_or_else(|| super::money::line_name(order, charge)),
            source_number: order.number.clone(),
            delivered_on: day,
        };
        coverage::deliver_part(tx, cx, part).await?;
    }
    Ok(())
}

/// What the customer owes becomes an invoice duty that keeps the case open (P69).
///
/// # Errors
/// As the database says.
pub(crate) async fn owe_invoice(tx: &mut Tx, cx: &Cx, order: &WorkOrder) -> Result<(), Failure> {
    let charges = pricing::charges_of(tx, &order.id.to_string()).await?;
    let total = charges.totals.total_minor;
    if total == 0 {
        return Ok(());
    }
    let currency = charges.totals.currency.as_deref().unwrap_or(super::money::CURRENCY);
    records::open_duty(tx, order.id, order.case_id, total, currency, cx.now).await?;
    cases::hold(tx, cx, order.case_id, INVOICE_DUTY, &order.id.to_string(), &order.number).await?;
    let body = json!({ "amount_minor": total, "currency": currency });
    kit::events::append(tx, cx, order_event("work_order.invoice_owed", order, body)).await?;
    Ok(())
}

// Somebody may have set the case to wait meanwhile: the visit itself shows that the wait is over.
async fn tell_case(tx: &mut Tx, cx: &Cx, order: &WorkOrder, outcome: FieldOutcome) -> Result<(), Failure> {
    cases::entered_field(tx, cx, order.case_id).await?;
    cases::field_done(tx, cx, order.case_id, outcome).await?;
    Ok(())
}

/// Another visit must follow.
///
/// # Errors
/// As [`load`]; `visit_reason_missing`.
pub async fn finish_partly(tx: &mut Tx, cx: &Cx, id: VisitId, reason: &str) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::FinishPartly, By::Engineer, None).await?;
    let reason = text(reason, MAX_REASON, VisitError::ReasonMissing)?;
    visit.state = VisitState::PartlyDone { reason: reason.clone() };
    let taken = Taken::customer(VisitStep::FinishPartly, "visit.partly_done").note(reason.clone());
    take(tx, cx, &mut order, &mut visit, taken).await?;
    tell_case(tx, cx, &order, FieldOutcome::NotSolved { reason }).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Nobody could let the engineer in, or the way was for nothing.
///
/// # Errors
/// As [`load`]; `visit_reason_missing`.
pub async fn no_access(tx: &mut Tx, cx: &Cx, id: VisitId, reason: &str) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::NoAccess, By::Engineer, None).await?;
    let reason = text(reason, MAX_REASON, VisitError::ReasonMissing)?;
    visit.state = VisitState::NoAccess { reason: reason.clone() };
    let taken = Taken::customer(VisitStep::NoAccess, "visit.no_access").note(reason.clone());
    take(tx, cx, &mut order, &mut visit, taken).await?;
    tell_case(tx, cx, &order, FieldOutcome::NotSolved { reason }).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// A desk breaks off a visit whose engineer can't end it: ill on the way, phone dead, account closed. Their window is free, the
/// customer's data no longer theirs to see, and the job goes on without them.
///
/// # Errors
/// As [`load`]; `visit_reason_missing`.
pub async fn break_off(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    seen: Option<i64>,
    reason: &str,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::BreakOff, By::Desk, seen).await?;
    let reason = text(reason, MAX_REASON, VisitError::ReasonMissing)?;
    let from = visit.state.name();
    let outcome = steps::broken_off(&visit.standing()).ok_or(VisitError::NotTravelling)?;
    // Of a visit that its engineer had ended, the case has heard already.
    let ended = matches!(from, VisitStateName::Done | VisitStateName::PartlyDone | VisitStateName::NoAccess);
    let fault_code = match outcome {
        VisitOutcome::Done if !ended => complete(tx, cx, &order, &visit).await?,
        _ => None,
    };
    visit.state = VisitState::Left { outcome };
    visit.left_at = Some(cx.now);
    let body = json!({ "from": from, "outcome": outcome, "left_at": cx.now });
    let taken = if ended {
        Taken::staff(VisitStep::BreakOff, "visit.broken_off")
    } else {
        Taken::customer(VisitStep::BreakOff, "visit.broken_off")
    };
    take(tx, cx, &mut order, &mut visit, taken.more(body).note(reason.clone())).await?;
    match outcome {
        _ if ended => {}
        VisitOutcome::Done => mended(tx, cx, &order, fault_code).await?,
        VisitOutcome::PartlyDone | VisitOutcome::NoAccess => {
            tell_case(tx, cx, &order, FieldOutcome::NotSolved { reason }).await?;
        }
    }
    rows::unshare(tx, &order, &visit, visit.engineer_id).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Leaves: the engineer's window is free, and the customer's data no longer theirs to see (decision 2).
///
/// # Errors
/// As [`load`].
pub async fn leave(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Leave, By::Engineer, None).await?;
    let outcome = match visit.state {
        VisitState::PartlyDone { .. } => VisitOutcome::PartlyDone,
        VisitState::NoAccess { .. } => VisitOutcome::NoAccess,
        _ => VisitOutcome::Done,
    };
    let left_at = happened(tx, cx, id).await?;
    visit.state = VisitState::Left { outcome };
    visit.left_at = Some(left_at);
    let body = json!({ "outcome": outcome, "left_at": left_at });
    take(tx, cx, &mut order, &mut visit, Taken::customer(VisitStep::Leave, "visit.left").more(body)).await?;
    rows::unshare(tx, &order, &visit, visit.engineer_id).await?;
    reads::visit_view(tx, id, cx.now).await
}
