//! Sites from a table.

use std::collections::HashMap;

use kit::{Cx, Event, Failure, Tx};
use organisation::{Point, RouteKind, UnitId};
use serde_json::json;
use tables::{Fault, Record};

use super::{Bringer, Findings, Places, PlanCounts, UnitNames, event_id, references};
use crate::actions::county;
use crate::errors::CustomersError;
use crate::model::SiteId;
use crate::rules;
use crate::store::sites::move_what_is_there;
use crate::store::tables::{self as store, PlacedSite};

/// What is to be done for a table of sites.
#[derive(Debug, Default)]
pub struct SitePlan {
    /// How the rows stand to what is here.
    pub counts: PlanCounts,
    new: Vec<PlacedSite>,
    // With the unit and division from which it moves, if it does.
    changed: Vec<(PlacedSite, Option<UnitId>)>,
}

/// Plans a table of sites; writes nothing.
///
/// # Errors
/// As the database says. What is wrong with rows is in `findings`.
pub async fn plan_sites(
    tx: &mut Tx,
    bringer: &Bringer,
    records: &[Record],
    findings: &mut Findings,
) -> Result<SitePlan, Failure> {
    let rows = references(records, bringer, findings);
    let units = UnitNames::read(tx, &bringer.reach).await?;
    let customers = records.iter().filter_map(|r| r.get("customer"));
    let places = Places::read(tx, bringer, customers, std::iter::empty()).await?;
    let keys: Vec<&str> = rows.keys().map(String::as_str).collect();
    let known = store::known_sites(tx, bringer, &keys).await?;
    let home = identity::settings::zone(tx).await?;
    let mut routes = Routes::default();
    let mut plan = SitePlan::default();
    for record in records {
        bringer.step(1);
        let key = bringer.key(record.text("external_ref"));
        if rows.get(&key).is_none_or(|r| r.row != record.row) {
            continue;
        }
        let stands = known.get(&key);
        if stands.is_some_and(|(_, within)| !within) {
            findings.add(Fault::new(record.row, "external_ref", record.text("external_ref"), "out_of_reach"));
            continue;
        }
        let stands = stands.map(|(row, _)| row);
        let customer_id = places.customer(record.row, record.text("customer"), findings);
        if let (Some(stands), Some(customer)) = (stands, customer_id)
            && stands.customer_id != customer
        {
            findings.add(Fault::new(
                record.row,
                "customer",
                record.text("customer"),
                "site_changes_customer",
            ));
        }
        let unit_id = unit(tx, record, stands, &units, &mut routes, findings).await?;
        let checked = checked(record, stands, &home, findings);
        let (Some(customer_id), Some(unit_id), Some(checked), false) =
            (customer_id, unit_id, checked, findings.is_bad(record.row))
        else {
            continue;
        };
        let row = PlacedSite {
            id: stands.and_then(|s| s.id),
            customer_id,
            unit_id,
            key,
            version: stands.map_or(1, |s| s.version + 1),
            ..checked
        };
        match stands {
            None => {
                plan.counts.new += 1;
                plan.new.push(row);
            }
            Some(stands) if PlacedSite { version: row.version, ..stands.clone() } == row => {
                plan.counts.same += 1
            }
            Some(stands) => {
                let moves = stands.unit_id != row.unit_id || stands.division_code != row.division_code;
                plan.counts.changed += 1;
                plan.changed.push((row, moves.then_some(stands.unit_id)));
            }
        }
    }
    Ok(plan)
}

/// Which unit a county goes to: asked once for each county.
#[derive(Default)]
struct Routes(HashMap<String, Result<UnitId, kit::Refusal>>);

impl Routes {
    async fn of(&mut self, tx: &mut Tx, county: &str) -> Result<Result<UnitId, kit::Refusal>, Failure> {
        if let Some(known) = self.0.get(county) {
            return Ok(known.clone());
        }
        let routed = match organisation::route(tx, county, RouteKind::Repair).await {
            Ok(routed) => Ok(routed.unit_id),
            Err(Failure::Refused(refusal)) => Err(*refusal),
            Err(other) => return Err(other),
        };
        self.0.insert(county.to_owned(), routed.clone());
        Ok(routed)
    }
}

// The jurisdiction decides the unit (P3, P4); outside the division list the row names it (decision 27).
async fn unit(
    tx: &mut Tx,
    record: &Record,
    stands: Option<&PlacedSite>,
    units: &UnitNames,
    routes: &mut Routes,
    findings: &mut Findings,
) -> Result<Option<UnitId>, Failure> {
    let by_hand = match record.get("unit") {
        None => None,
        Some(name) => match units.find(name) {
            Some(unit) => Some(unit),
            None => {
                findings.add(Fault::new(record.row, "unit", name, "unit_unknown_here"));
                return Ok(None);
            }
        },
    };
    let told = county(record.get("division_code").map(str::to_owned));
    let stood = stands.and_then(|s| s.division_code.clone());
    let unit = match (told.or_else(|| stood.clone()), stands) {
        // The map may have moved the county since; a jurisdiction keeps its sites itself.
        (Some(code), Some(stands)) if stood.as_deref() == Some(&code) => {
            if by_hand.is_some_and(|unit| unit != stands.unit_id) {
                findings.refused(record.row, "unit", record.text("unit"), CustomersError::SiteUnitDecided);
            }
            Some(stands.unit_id)
        }
        (Some(code), _) => match routes.of(tx, &code).await? {
            Err(refusal) => {
                findings.refused(record.row, "division_code", record.text("division_code"), refusal);
                None
            }
            Ok(routed) => {
                if by_hand.is_some_and(|unit| unit != routed) {
                    findings.refused(
                        record.row,
                        "unit",
                        record.text("unit"),
                        CustomersError::SiteUnitDecided,
                    );
                }
                Some(routed)
            }
        },
        (None, stands) => {
            let unit = by_hand.or(stands.map(|s| s.unit_id));
            if unit.is_none() {
                findings.refused(record.row, "unit", "", CustomersError::SiteUnitMissing);
            }
            unit
        }
    };
    if let Some(unit) = unit
        && !units.within(unit)
    {
        let value = record.text("division_code");
        findings.add(Fault::new(record.row, "division_code", value, "unit_out_of_reach"));
        return Ok(None);
    }
    Ok(unit)
}

// What the row itself says; ids and unit are filled in by the caller.
fn checked(
    record: &Record,
    stands: Option<&PlacedSite>,
    home: &str,
    findings: &mut Findings,
) -> Option<PlacedSite> {
    let row = record.row;
    let mut keep = |field: &str, result: Result<String, CustomersError>| match result {
        Ok(text) => Some(text),
        Err(fault) => {
            findings.refused(row, field, record.text(field), fault);
            None
        }
    };
    let name = keep("name", rules::name(record.text("name")));
    let address = match record.get("address") {
        None => Some(stands.map(|s| s.address.clone()).unwrap_or_default()),
        Some(text) => keep("address", rules::text(text)),
    };
    let zone = match (record.get("zone"), stands) {
        (None, Some(stands)) => Some(stands.zone.clone()),
        (told, _) => keep("zone", rules::zone(told.unwrap_or(home))),
    };
    let mut access_hours = stands.map(|s| s.access_hours.clone()).unwrap_or_default();
    if let Some(note) = record.get("access_note") {
        access_hours.note = keep("access_note", rules::text(note));
    }
    let mut degrees = |field: &str| -> Option<f64> {
        let text = record.get(field)?;
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
        if number.is_none() {
            findings.refused(row, field, text, CustomersError::PointInvalid);
        }
        number
    };
    let (lon, lat) = (degrees("lon"), degrees("lat"));
    let point = match (lon, lat) {
        (None, None) => stands.and_then(|s| s.point),
        (Some(lon), Some(lat)) => match rules::point(Some(Point { lon, lat })) {
            Ok(point) => point,
            Err(fault) => {
                findings.refused(row, "lon", record.text("lon"), fault);
                None
            }
        },
        _ => {
            if !findings.is_bad(row) {
                findings.refused(row, "lon", record.text("lon"), CustomersError::PointInvalid);
            }
            None
        }
    };
    let told = county(record.get("division_code").map(str::to_owned));
    Some(PlacedSite {
        id: None,
        customer_id: crate::model::CustomerId(kit::uuid::Uuid::nil()),
        name: name?,
        address: address?,
        division_code: told.or_else(|| stands.and_then(|s| s.division_code.clone())),
        point,
        access_hours,
        unit_id: UnitId(kit::uuid::Uuid::nil()),
        zone: zone?,
        key: String::new(),
        version: 1,
    })
}

/// Stores what was planned in the same transaction, with its events. What is open at a site that moves goes along.
///
/// # Errors
/// As the database says.
pub async fn store_sites(tx: &mut Tx, cx: &Cx, mut plan: SitePlan) -> Result<PlanCounts, Failure> {
    let mut events = Vec::with_capacity(plan.new.len() + plan.changed.len());
    let about = |kind, id: SiteId, row: &PlacedSite| {
        Event::new(kind, "site", id).thread(id).unit(row.unit_id).customer(row.customer_id)
    };
    for row in &mut plan.new {
        let id: SiteId = cx.new_id();
        row.id = Some(id);
        let body = json!({ "division_code": row.division_code, "imported": true });
        events.push((event_id(cx), about("site.created", id, row).body(&body)));
    }
    for (row, moved_from) in &plan.changed {
        let Some(id) = row.id else { continue };
        if let Some(from) = moved_from {
            let body = json!({ "from_unit_id": from, "to_unit_id": row.unit_id, "division_code": row.division_code, "imported": true });
            events.push((event_id(cx), about("site.moved", id, row).body(&body)));
        }
        let body = json!({ "version": row.version, "imported": true });
        events.push((event_id(cx), about("site.changed", id, row).body(&body)));
    }
    store::insert_sites(tx, &plan.new, cx.now).await?;
    for (row, moved_from) in &plan.changed {
        if let (Some(id), Some(_)) = (row.id, moved_from) {
            move_what_is_there(tx, id, row.unit_id, row.division_code.as_deref()).await?;
        }
    }
    let changed: Vec<PlacedSite> = plan.changed.into_iter().map(|(row, _)| row).collect();
    store::update_sites(tx, &changed, cx.now).await?;
    kit::events::append_many(tx, cx, events).await?;
    Ok(plan.counts)
}
