//! Parts with a warranty of their own.

use kit::db::DbError;
use kit::{Cx, Failure, Row, Tx, params};

use crate::model::{DeliverPart, PartWarrantyId, PartWarrantyView};

const PART: &str = "id, kind, asset_id, part, serial, source_number, delivered_on, recorded_at";

fn part(row: &Row) -> Result<PartWarrantyView, DbError> {
    Ok(PartWarrantyView {
        id: row.get("id")?,
        kind: row.parse("kind")?,
        asset_id: row.get("asset_id")?,
        part: row.get("part")?,
        serial: row.get("serial")?,
        source_number: row.get("source_number")?,
        delivered_on: row.get("delivered_on")?,
        covered_until: None,
        recorded_at: row.get("recorded_at")?,
    })
}

/// The parts of an asset, newest delivery first, without the ends of their covers.
pub async fn of_asset(tx: &mut Tx, asset_id: &str) -> Result<Vec<PartWarrantyView>, Failure> {
    let sql = format!(
        "SELECT {PART} FROM part_warranty WHERE asset_id = $1 ORDER BY delivered_on DESC, id LIMIT 500"
    );
    let rows = tx.rows(&sql, params![asset_id]).await?;
    Ok(rows.iter().map(part).collect::<Result<_, _>>()?)
}

/// Records a delivery; the end of its cover is not worked out here.
pub async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    id: PartWarrantyId,
    input: &DeliverPart,
) -> Result<PartWarrantyView, Failure> {
    tx.execute(
        "INSERT INTO part_warranty (id, kind, asset_id, part, serial, source_number, delivered_on, recorded_by, recorded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id,
            input.kind.name(),
            &input.asset_id,
            input.part.trim(),
            input.serial.trim(),
            input.source_number.trim(),
            input.delivered_on,
            &cx.actor.id,
            cx.now
        ],
    )
    .await?;
    Ok(PartWarrantyView {
        id,
        kind: input.kind,
        asset_id: input.asset_id.clone(),
        part: input.part.trim().to_owned(),
        serial: input.serial.trim().to_owned(),
        source_number: input.source_number.trim().to_owned(),
        delivered_on: input.delivered_on,
        covered_until: None,
        recorded_at: cx.now,
    })
}
