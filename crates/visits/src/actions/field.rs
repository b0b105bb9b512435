//! What an engineer's phone tells beside the steps: before which device they stand, and the way there.

use assets::AssetId;
use kit::{Audience, Cx, Event, Failure, Reach, Ts, Tx};
use organisation::EmployeeId;
use serde_json::json;

use super::{By, MAX_REASON, Taken, at, happened, load, optional, take};
use crate::errors::VisitError;
use crate::inputs::{CheckDevice, ShareWay, TellWay};
use crate::model::{Position, VisitId, VisitStep};
use crate::reads;
use crate::record::WorkOrder;
use crate::rules::plan;
use crate::store::{field, records, rows};
use crate::views::{DeviceCheckView, VisitView, WaySharing, WayTold};

/// Characters of what was scanned: short of free words, so that a serial number stays as it is.
const MAX_SAID: usize = 199;
/// Points that one request takes: four hours, one a minute.
const MAX_POINTS: usize = 240;
/// How far a phone's clock may be ahead of ours.
const AHEAD_US: i64 = 2 * Ts::MINUTE;
/// The version of the text by which engineers agree; raised when its words change, so that they are asked again.
pub(crate) const CONSENT_TEXT: i64 = 1;

/// Records before which device the engineer stands. Another one than ordered, or one that nobody knows, is recorded with the reason
/// for going on there.
///
/// # Errors
/// As [`load`]; `visit_device_missing`, `visit_device_differs` without a reason, `visit_text_too_long`.
pub async fn check_device(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: CheckDevice,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::CheckDevice, By::Engineer, None).await?;
    let said = optional(Some(&input.said), MAX_SAID)?.ok_or(VisitError::DeviceMissing)?;
    let asset_id = known(tx, &order, input.asset_id).await?;
    let matches = asset_id.is_some() && asset_id == order.asset_id;
    let reason = optional(input.reason.as_deref(), MAX_REASON)?.filter(|_| !matches);
    if !matches && reason.is_none() {
        return Err(at(&visit, VisitError::DeviceDiffers).into());
    }
    let check = DeviceCheckView {
        id: cx.new_id(),
        visit_id: id,
        said,
        asset_id,
        method: input.method,
        matches,
        reason,
        at: happened(tx, cx, id).await?,
    };
    field::insert_device(tx, order.id, &check).await?;
    let body = json!({ "asset_id": asset_id, "matches": matches, "method": input.method });
    let taken = Taken::staff(VisitStep::CheckDevice, "visit.device_checked").more(body);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

// A device of the same customer; what else a phone names is as unknown as what nobody has.
async fn known(tx: &mut Tx, order: &WorkOrder, id: Option<AssetId>) -> Result<Option<AssetId>, Failure> {
    let Some(id) = id else { return Ok(None) };
    match assets::asset(tx, &Reach::Everything, id).await {
        Ok(asset) => Ok((asset.customer_id == order.customer_id).then_some(id)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Keeps where the engineer was between setting out and arriving. Points from outside of that time are left out, so that nobody is
/// followed before or after.
///
/// # Errors
/// `visit_unknown` (also another engineer's), `visit_not_travelling` before setting out, `visit_way_not_shared`,
/// `visit_way_points_count`, `visit_position_invalid`.
pub async fn tell_way(tx: &mut Tx, cx: &Cx, id: VisitId, input: TellWay) -> Result<WayTold, Failure> {
    let visit = rows::visit(tx, &Reach::Everything, id).await?.ok_or(VisitError::Unknown)?;
    if cx.actor.employee_id.as_deref() != Some(visit.engineer_id.to_string().as_str()) {
        return Err(VisitError::Unknown.into());
    }
    if input.points.is_empty() || input.points.len() > MAX_POINTS {
        return Err(VisitError::WayPointsCount { max: MAX_POINTS }.into());
    }
    for point in &input.points {
        plan::position(&Position { lon: point.lon, lat: point.lat, accuracy_m: point.accuracy_m })?;
    }
    // As the phone is told: whoever agreed to another text is asked again, and until then nothing is kept.
    if sharing(tx, visit.engineer_id).await?.agreed != Some(true) {
        return Err(at(&visit, VisitError::WayNotShared).into());
    }
    let stamps = records::stamps(tx, id).await?;
    let when = |steps: &[VisitStep]| {
        let taken = stamps.iter().filter(|s| steps.contains(&s.step));
        taken.map(|s| s.device_at.unwrap_or(s.at).min(s.at)).min()
    };
    let departed = when(&[VisitStep::Depart]).ok_or_else(|| at(&visit, VisitError::NotTravelling))?;
    let over = when(&[VisitStep::Arrive, VisitStep::NoAccess, VisitStep::BreakOff]);
    let until = over.unwrap_or_else(|| cx.now.plus(AHEAD_US));
    let on_way: Vec<_> = input.points.iter().filter(|p| departed <= p.at && p.at <= until).collect();
    let kept = field::insert_points(tx, id, &on_way).await?.cast_signed();
    Ok(WayTold { kept, left_out: input.points.len() as i64 - kept })
}

/// How an engineer's way is shared.
///
/// # Errors
/// As the database says.
pub(crate) async fn sharing(tx: &mut Tx, id: EmployeeId) -> Result<WaySharing, Failure> {
    let word = field::shares(tx, id).await?;
    // Whoever agreed to another text is asked again.
    let agreed =
        word.filter(|(agreed, version)| !agreed || *version == CONSENT_TEXT).map(|(agreed, _)| agreed);
    Ok(WaySharing { agreed, text_version: CONSENT_TEXT })
}

/// Keeps an engineer's word on whether their way is shared, with an event. Who takes it back leaves nothing behind.
///
/// # Errors
/// `position_consent_text_old`.
pub async fn share_way(tx: &mut Tx, cx: &Cx, id: EmployeeId, input: ShareWay) -> Result<WaySharing, Failure> {
    if input.text_version != CONSENT_TEXT {
        return Err(VisitError::ConsentTextOld { version: CONSENT_TEXT }.into());
    }
    field::set_shares(tx, id, input.agreed, input.text_version, cx.now).await?;
    let forgotten = if input.agreed { 0 } else { field::forget_ways(tx, id).await? };
    let kind = if input.agreed { "position_consent.given" } else { "position_consent.withdrawn" };
    let body = json!({ "text_version": input.text_version, "points_removed": forgotten });
    let event = Event::new(kind, "employee", id).audience(Audience::Audit).body(&body);
    kit::events::append(tx, cx, event).await?;
    sharing(tx, id).await
}
