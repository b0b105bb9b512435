//! Parts delivered with a warranty of their own (P49, P53).

use coverage_rules::Layer;
use jiff::civil::Date;
use kit::{Cx, Event, Failure, Tx};
use serde_json::json;
use service_calendar::{RestDays, period_end};

use crate::errors::CoverageError;
use crate::model::{DeliverPart, PartWarrantyId, PartWarrantyKind, PartWarrantyView};
use crate::store;
use crate::terms::Terms;

/// Characters of a part's name at most: those of a price line.
const MAX_PART: usize = 200;

/// The last covered day of a part delivered on a day, by the policy in force then; none beyond the calendar's years.
///
/// # Errors
/// As the database says.
pub async fn part_cover_end(
    tx: &mut Tx,
    kind: PartWarrantyKind,
    delivered_on: Date,
) -> Result<Option<Date>, Failure> {
    let zone = identity::settings::time_zone(tx).await?;
    let Ok(delivered) = delivered_on.to_zoned(zone) else { return Ok(None) };
    let terms = Terms::in_force(tx, delivered.timestamp().into()).await?;
    let layer = match kind {
        PartWarrantyKind::Repaired => Layer::RepairedPart,
        PartWarrantyKind::Sold => Layer::SoldPart,
    };
    let (term, rest) = terms.coverage().term_and_rest_days(layer);
    let days = RestDays::new(terms.holidays(), rest);
    Ok(period_end(delivered_on, term, &days).ok().map(|ended| ended.end_date))
}

/// The parts of an asset with a warranty of their own, newest delivery first.
///
/// # Errors
/// As the database says.
pub async fn parts_of_asset(tx: &mut Tx, asset_id: &str) -> Result<Vec<PartWarrantyView>, Failure> {
    let mut parts = store::parts::of_asset(tx, asset_id).await?;
    for part in &mut parts {
        part.covered_until = part_cover_end(tx, part.kind, part.delivered_on).await?;
    }
    Ok(parts)
}

/// Records that a repaired or sold part was delivered: its warranty starts that day.
///
/// # Errors
/// `coverage_asset_unknown`, `part_warranty_unnamed`, `part_warranty_day`.
pub async fn deliver_part(tx: &mut Tx, cx: &Cx, input: DeliverPart) -> Result<PartWarrantyView, Failure> {
    if !store::facts::asset_in_reach(tx, &cx.actor.reach, &input.asset_id).await? {
        return Err(CoverageError::AssetUnknown.into());
    }
    let unnamed = |text: &str, most: usize| text.trim().is_empty() || text.chars().count() > most;
    // A part is named as long as a price line may be: a signed visit must be able to end.
    if unnamed(&input.part, MAX_PART) || unnamed(&input.serial, 120) || unnamed(&input.source_number, 120) {
        return Err(CoverageError::PartUnnamed.into());
    }
    let asset = store::facts::asset(tx, &input.asset_id).await?;
    if input.delivered_on > asset.day_of(cx.now) {
        return Err(CoverageError::PartDeliveredLater.into());
    }
    let id: PartWarrantyId = cx.new_id();
    let mut view = store::parts::insert(tx, cx, id, &input).await?;
    view.covered_until = part_cover_end(tx, view.kind, view.delivered_on).await?;
    let event = Event::new("part_warranty.started", "part_warranty", id)
        .thread(&asset.id)
        .unit(&asset.unit_id)
        .customer(&asset.customer_id)
        .body(&json!({ "kind": view.kind, "serial": view.serial, "delivered_on": view.delivered_on }));
    kit::events::append(tx, cx, event).await?;
    Ok(view)
}
