//! What a simulation is drawn from: the faults of the last weeks, the sites, the people. Numbers, places and names of sites; nothing of
//! the customers.

use std::collections::BTreeMap;

use kit::{Failure, Reach, Ts, Tx, params};
use organisation::{Area, UnitId};

use super::{access_of, point, tree};
use crate::model::WorkSpan;
use crate::model::plan::PlanEngineer;
use crate::rules::responsible;
use crate::rules::simulate::{History, PastFault, SimulatedSite};

/// How far back faults count.
const BACK_US: i64 = 90 * Ts::DAY;

/// The history before `now`, with the people as they work from `from` to `until`.
///
/// # Errors
/// As the database says.
pub async fn history(tx: &mut Tx, now: Ts, (from, until): (Ts, Ts)) -> Result<History, Failure> {
    let (all, tree) = tree(tx).await?;
    let mut known: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut sites = Vec::new();
    let sql = "SELECT id, name, lon, lat, zone, unit_id, access_hours FROM site ORDER BY id";
    for row in tx.rows(sql, &[]).await? {
        let unit: UnitId = row.get("unit_id")?;
        let units = known.entry(unit).or_insert_with(|| responsible(&tree, &all, unit, None)).clone();
        numbers.insert(row.get("id")?, sites.len());
        sites.push(SimulatedSite {
            name: row.get("name")?,
            place: point(&row)?,
            zone: row.get("zone")?,
            units,
            access: access_of(&row)?,
        });
    }
    // The first visit that came to its end tells how long the work took.
    let sql = "SELECT w.id, w.site_id, w.skill, w.duration_min, c.severity, c.onsite_agreed_at, v.arrived_at, v.left_at \
               FROM work_order w JOIN service_case c ON c.id = w.case_id \
               LEFT JOIN visit v ON v.work_order_id = w.id AND v.arrived_at IS NOT NULL AND v.left_at IS NOT NULL \
               WHERE w.kind IN ('repair', 'rework') AND c.onsite_agreed_at > $1 AND c.onsite_agreed_at <= $2 \
               ORDER BY c.onsite_agreed_at, w.id, v.arrived_at";
    let mut faults: Vec<PastFault> = Vec::new();
    let mut last = String::new();
    for row in tx.rows(sql, params![now.plus(-BACK_US), now]).await? {
        let id: String = row.get("id")?;
        let Some(&site) = numbers.get(&row.get::<String>("site_id")?).filter(|_| id != last) else {
            continue;
        };
        last = id;
        let arrived: Option<Ts> = row.get("arrived_at")?;
        let left: Option<Ts> = row.get("left_at")?;
        faults.push(PastFault {
            agreed_at: row.get("onsite_agreed_at")?,
            site,
            severity: row.parse("severity")?,
            skill: row.get("skill")?,
            planned_min: row.get("duration_min")?,
            worked_min: arrived.zip(left).map(|(a, l)| (l.micros() - a.micros()) / Ts::MINUTE),
        });
    }
    let mut on_call = organisation::on_call_between(tx, from, until).await?;
    let people = organisation::engineers_in(tx, &Area::Within(Reach::Everything)).await?;
    let mut engineers: Vec<PlanEngineer> = people
        .into_iter()
        .map(|engineer| {
            let turns = on_call.remove(&engineer.id).unwrap_or_default();
            let on_call = turns.into_iter().map(|(start, end)| WorkSpan { start, end }).collect();
            PlanEngineer { engineer, on_call, last_seen: None }
        })
        .collect();
    engineers.sort_by_key(|e| e.engineer.id);
    let first = faults.first().map_or(now.plus(-BACK_US), |f| f.agreed_at);
    Ok(History { observed: (first, now), sites, faults, engineers })
}
