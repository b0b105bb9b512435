//! What the engineer's phone needs of this domain: devices at the sites of their visits with the codes on them, relay numbers.

use kit::{DbError, Row, Ts, Tx, params};
use organisation::EmployeeId;
use visits::VisitId;

use crate::model::{Relay, SiteDevice};

/// Devices at most: a phone carries them along.
const MOST_DEVICES: i64 = 500;

/// The devices at the sites of an engineer's visits that are not over, those of the same customer only; with the code in use.
pub(crate) async fn site_devices(tx: &mut Tx, engineer_id: EmployeeId) -> Result<Vec<SiteDevice>, DbError> {
    let sql = "SELECT a.id, a.site_id, a.serial, a.label, p.model, p.name_zh, p.name_en, l.code FROM asset a \
               JOIN product p ON p.id = a.product_id LEFT JOIN asset_label l ON l.asset_id = a.id AND l.revoked_at IS NULL \
               WHERE EXISTS (SELECT 1 FROM visit v JOIN work_order w ON w.id = v.work_order_id WHERE v.engineer_id = $1 \
               AND v.state NOT IN ('proposed', 'confirmed', 'declined', 'left', 'cancelled') \
               AND w.site_id = a.site_id AND w.customer_id = a.customer_id) \
               ORDER BY a.site_id, a.serial, a.id LIMIT $2";
    let rows = tx.rows(sql, params![engineer_id, MOST_DEVICES]).await?;
    rows.iter()
        .map(|row| {
            Ok(SiteDevice {
                id: row.get("id")?,
                site_id: row.get("site_id")?,
                serial: row.get("serial")?,
                label: row.get("label")?,
                model: row.get("model")?,
                product: kit::Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?),
                code: row.get("code")?,
            })
        })
        .collect()
}

fn relay_of(row: &Row) -> Result<Relay, DbError> {
    Ok(Relay {
        engineer_id: row.get("engineer_id")?,
        reference: row.get("reference")?,
        number: row.get("number")?,
        extension: row.get("extension")?,
        simulated: row.get("simulated")?,
    })
}

/// The number between the engineer and the customer of a visit that has not ended.
pub(crate) async fn relay(tx: &mut Tx, visit_id: VisitId) -> Result<Option<Relay>, DbError> {
    let sql = "SELECT engineer_id, reference, number, extension, simulated FROM relay_number \
               WHERE visit_id = $1 AND ended_at IS NULL";
    tx.row(sql, params![visit_id]).await?.as_ref().map(relay_of).transpose()
}

/// When a number was bound for a visit the last time, whether it has ended or not.
pub(crate) async fn last_bound(tx: &mut Tx, visit_id: VisitId) -> Result<Option<Ts>, DbError> {
    let sql = "SELECT bound_at FROM relay_number WHERE visit_id = $1";
    tx.row(sql, params![visit_id]).await?.map(|row| row.get("bound_at")).transpose()
}

/// Keeps the number of a visit; `false` if another stands there that has not ended.
pub(crate) async fn bind_relay(
    tx: &mut Tx,
    visit_id: VisitId,
    new: &Relay,
    now: Ts,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO relay_number (visit_id, engineer_id, reference, number, extension, simulated, bound_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (visit_id) DO UPDATE SET engineer_id = excluded.engineer_id, \
               reference = excluded.reference, number = excluded.number, extension = excluded.extension, \
               simulated = excluded.simulated, bound_at = excluded.bound_at, ended_at = NULL \
               WHERE relay_number.ended_at IS NOT NULL";
    let values = params![
        visit_id,
        new.engineer_id,
        &new.reference,
        &new.number,
        new.extension.as_deref(),
        new.simulated,
        now
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Ends the number of a visit; `false` if somebody else did.
pub(crate) async fn end_relay(tx: &mut Tx, visit_id: VisitId, now: Ts) -> Result<bool, DbError> {
    let sql = "UPDATE relay_number SET ended_at = $2 WHERE visit_id = $1 AND ended_at IS NULL";
    Ok(tx.execute(sql, params![visit_id, now]).await? == 1)
}

/// Ends every number: after a restore nobody knows which the provider still binds.
pub(crate) async fn end_relays(tx: &mut Tx, now: Ts) -> Result<u64, DbError> {
    tx.execute("UPDATE relay_number SET ended_at = $1 WHERE ended_at IS NULL", params![now]).await
}
