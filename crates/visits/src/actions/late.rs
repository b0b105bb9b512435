//! An appointment that can't be kept is told of while there is time (P8).

use kit::{Audience, Cx, Failure, Reach, Ts, Tx};
use serde_json::json;

use super::visit_event;
use crate::errors::VisitError;
use crate::model::VisitId;
use crate::store::{records, rows};

/// Says that the engineer won't be there by the promised end: once for each, however often it is found. The event brings it
/// to the customer, the desk's timeline and the people on duty. `expected_at` is when the engineer will be there, if that is known.
///
/// # Errors
/// `visit_unknown`.
pub async fn foresee_late(tx: &mut Tx, cx: &Cx, id: VisitId, expected_at: Option<Ts>) -> Result<(), Failure> {
    let visit = rows::visit(tx, &Reach::Everything, id).await?.ok_or(VisitError::Unknown)?;
    let order = rows::order_of_visit(tx, id).await?.ok_or(VisitError::WorkOrderUnknown)?;
    if !records::late_told(tx, id, visit.appointment_end, expected_at, cx.now).await? {
        return Ok(());
    }
    let more = json!({ "appointment_end": visit.appointment_end, "expected_at": expected_at });
    let event = visit_event("visit.late_foreseen", &order, &visit, more).audience(Audience::Customer);
    Ok(kit::events::append(tx, cx, event).await?)
}
