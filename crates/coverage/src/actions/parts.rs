//! Parts delivered with a warranty of their own (P49, P53).

use kit::{Cx, Event, Failure, Tx};
use serde_json::json;

use crate::errors::CoverageError;
use crate::model::{DeliverPart, PartWarrantyId, PartWarrantyView};
use crate::store;

/// Records that a repaired or sold part was delivered: its warranty starts that day.
///
/// # Errors
/// `coverage_asset_unknown`, `part_warranty_unnamed`, `part_warranty_day`.
pub async fn deliver_part(tx: &mut Tx, cx: &Cx, input: DeliverPart) -> Result<PartWarrantyView, Failure> {
    if !store::facts::asset_in_reach(tx, &cx.actor.reach, &input.asset_id).await? {
        return Err(CoverageError::AssetUnknown.into());
    }
    let unnamed = |text: &str| text.trim().is_empty() || text.chars().count() > 120;
    if unnamed(&input.part) || unnamed(&input.serial) || unnamed(&input.source_number) {
        return Err(CoverageError::PartUnnamed.into());
    }
    let asset = store::facts::asset(tx, &input.asset_id).await?;
    if input.delivered_on > asset.day_of(cx.now) {
        return Err(CoverageError::PartDeliveredLater.into());
    }
    let id: PartWarrantyId = cx.new_id();
    let view = store::parts::insert(tx, cx, id, &input).await?;
    let event = Event::new("part_warranty.started", "part_warranty", id)
        .thread(&asset.id)
        .unit(&asset.unit_id)
        .customer(&asset.customer_id)
        .body(&json!({ "kind": view.kind, "serial": view.serial, "delivered_on": view.delivered_on }));
    kit::events::append(tx, cx, event).await?;
    Ok(view)
}
