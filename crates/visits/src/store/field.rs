//! What an engineer's phone tells beside the steps: devices it stood before, the way, whether that may be told.

use kit::{DbError, Ts, Tx, params};
use organisation::EmployeeId;

use super::hung::Hung;
use crate::inputs::WayPoint;
use crate::model::{Position, VisitId, WorkOrderId};
use crate::views::{DeviceCheckView, SeenOnWay};

/// Keeps before which device somebody stood.
pub(crate) async fn insert_device(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
    new: &DeviceCheckView,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO device_check (id, visit_id, work_order_id, said, asset_id, method, matches, reason, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            new.id,
            new.visit_id,
            work_order_id,
            &new.said,
            new.asset_id,
            new.method,
            new.matches,
            new.reason.clone(),
            new.at
        ],
    )
    .await?;
    Ok(())
}

/// Devices named on the visits of work orders, oldest first.
pub(crate) const DEVICES: Hung<WorkOrderId, DeviceCheckView> = Hung::new(
    "id, visit_id, said, asset_id, method, matches, reason, at",
    "device_check",
    "work_order_id",
    "at, id",
    |row| {
        Ok(DeviceCheckView {
            id: row.get("id")?,
            visit_id: row.get("visit_id")?,
            said: row.get("said")?,
            asset_id: row.get("asset_id")?,
            method: row.parse("method")?,
            matches: row.get("matches")?,
            reason: row.get("reason")?,
            at: row.get("at")?,
        })
    },
);

/// Keeps points of the way; one that was told before stays. Returns how many are new.
pub(crate) async fn insert_points(
    tx: &mut Tx,
    visit_id: VisitId,
    points: &[&WayPoint],
) -> Result<u64, DbError> {
    let columns = ["visit_id", "at", "lon", "lat", "accuracy_m"];
    let row = |p: &&WayPoint| params![visit_id, p.at, p.lon, p.lat, p.accuracy_m].to_vec();
    tx.insert_new("visit_position", &columns, &points.iter().map(row).collect::<Vec<_>>()).await
}

/// Where the engineer of a visit was last on the way.
pub(crate) async fn seen(tx: &mut Tx, visit_id: VisitId) -> Result<Option<SeenOnWay>, DbError> {
    let sql =
        "SELECT at, lon, lat, accuracy_m FROM visit_position WHERE visit_id = $1 ORDER BY at DESC LIMIT 1";
    tx.row(sql, params![visit_id])
        .await?
        .map(|row| {
            let position =
                Position { lon: row.get("lon")?, lat: row.get("lat")?, accuracy_m: row.get("accuracy_m")? };
            Ok(SeenOnWay { at: row.get("at")?, position })
        })
        .transpose()
}

/// Whether an engineer shares their way; none as long as they were not asked.
pub(crate) async fn shares(tx: &mut Tx, id: EmployeeId) -> Result<Option<(bool, i64)>, DbError> {
    let sql = "SELECT agreed, text_version FROM position_consent WHERE employee_id = $1";
    let row = tx.row(sql, params![id]).await?;
    row.map(|row| Ok((row.get("agreed")?, row.get("text_version")?))).transpose()
}

/// Keeps an engineer's word.
pub(crate) async fn set_shares(
    tx: &mut Tx,
    id: EmployeeId,
    agreed: bool,
    text_version: i64,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO position_consent (employee_id, agreed, text_version, changed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (employee_id) DO UPDATE SET agreed = excluded.agreed, text_version = excluded.text_version, \
         changed_at = excluded.changed_at",
        params![id, agreed, text_version, now],
    )
    .await?;
    Ok(())
}

/// Forgets every way of an engineer.
pub(crate) async fn forget_ways(tx: &mut Tx, id: EmployeeId) -> Result<u64, DbError> {
    let sql =
        "DELETE FROM visit_position WHERE visit_id IN (SELECT v.id FROM visit v WHERE v.engineer_id = $1)";
    tx.execute(sql, params![id]).await
}

/// Forgets at most `limit` points from before `before`.
pub(crate) async fn forget_points(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64, DbError> {
    let sql = "DELETE FROM visit_position WHERE (visit_id, at) IN \
               (SELECT p.visit_id, p.at FROM visit_position p WHERE p.at < $1 ORDER BY p.at LIMIT $2)";
    tx.execute(sql, params![before, limit]).await
}
