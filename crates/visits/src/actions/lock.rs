//! A lock: a person says that a planned visit stays with its engineer at its time. No plan moves it; a person who does unlocks it in the
//! same step, and what the customer wants goes before.

use kit::{Cx, Failure, Tx};
use serde_json::json;

use super::{By, MAX_REASON, at, load, optional, visit_event};
use crate::errors::VisitError;
use crate::inputs::{LockVisit, ReassignVisit};
use crate::model::{LockEnd, VisitId, VisitStep};
use crate::reads;
use crate::record::{Lock, Visit, WorkOrder};
use crate::rules::plan::lock_after;
use crate::store::{lists, rows};
use crate::views::VisitView;

/// The visit stays with its engineer at its time, until somebody unlocks it or sets out.
///
/// # Errors
/// As [`load`].
pub async fn lock(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    seen: Option<i64>,
    input: LockVisit,
) -> Result<VisitView, Failure> {
    let (order, mut visit) = load(tx, cx, id, VisitStep::Lock, By::Desk, seen).await?;
    let note = optional(input.reason.as_deref(), MAX_REASON)?;
    visit.lock = Some(Lock { at: cx.now, by: cx.actor.id.clone(), note });
    rows::save_visit(tx, &mut visit, cx.now).await?;
    kit::events::append(tx, cx, visit_event("visit.locked", &order, &visit, json!({}))).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// The visit may be moved again.
///
/// # Errors
/// As [`load`]; `visit_not_locked`.
pub async fn unlock(tx: &mut Tx, cx: &Cx, id: VisitId, seen: Option<i64>) -> Result<VisitView, Failure> {
    let (order, mut visit) = load(tx, cx, id, VisitStep::Unlock, By::Desk, seen).await?;
    ended(tx, cx, &order, &mut visit, LockEnd::ByHand).await?;
    rows::save_visit(tx, &mut visit, cx.now).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// A locked visit that is moved is unlocked; whoever moves it says so, unless the customer asked for it. The caller saves it.
///
/// # Errors
/// `visit_locked`.
pub(super) async fn moved(
    tx: &mut Tx,
    cx: &Cx,
    order: &WorkOrder,
    visit: &mut Visit,
    input: &ReassignVisit,
) -> Result<(), Failure> {
    let Some(lock) = &visit.lock else { return Ok(()) };
    let Some(end) = lock_after(input.at_customers_wish, input.unlock) else {
        let shown = lists::briefs_of(tx, &[visit.id]).await?.pop().and_then(|brief| brief.lock);
        let who = shown.map_or_else(|| lock.by.clone(), |lock| lock.by);
        let zone = customers::site(tx, &kit::Reach::Everything, order.site_id).await?.time_zone();
        let since = lock.at.timestamp().to_zoned(zone).strftime("%m-%d %H:%M").to_string();
        let locked = VisitError::Locked { number: visit.number.clone(), who, at: since };
        return Err(at(visit, locked).into());
    };
    ended(tx, cx, order, visit, end).await
}

/// Ends the lock of a visit, if it has one. The caller saves it.
///
/// # Errors
/// As the database says.
pub(super) async fn ended(
    tx: &mut Tx,
    cx: &Cx,
    order: &WorkOrder,
    visit: &mut Visit,
    why: LockEnd,
) -> Result<(), Failure> {
    let Some(lock) = visit.lock.take() else { return Ok(()) };
    let more = json!({ "why": why, "locked_at": lock.at, "locked_by": lock.by });
    kit::events::append(tx, cx, visit_event("visit.unlocked", order, visit, more)).await?;
    Ok(())
}
