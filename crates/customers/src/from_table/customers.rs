//! Customers from a table.

use kit::{Cx, Event, Failure, Tx};
use organisation::UnitId;
use serde_json::json;
use tables::{Fault, Record};

use super::{Bringer, Findings, PlanCounts, UnitNames, event_id, is_word, references};
use crate::errors::CustomersError;
use crate::model::{CustomerId, VipLevel};
use crate::rules;
use crate::store::tables::{self as store, CustomerRow};

/// What is to be done for a table of customers.
#[derive(Debug, Default)]
pub struct CustomerPlan {
    /// How the rows stand to what is here.
    pub counts: PlanCounts,
    new: Vec<CustomerRow>,
    changed: Vec<(CustomerRow, Vec<&'static str>)>,
}

/// Plans a table of customers; writes nothing.
///
/// # Errors
/// As the database says. What is wrong with rows is in `findings`.
pub async fn plan_customers(
    tx: &mut Tx,
    bringer: &Bringer,
    records: &[Record],
    findings: &mut Findings,
) -> Result<CustomerPlan, Failure> {
    let rows = references(records, bringer, findings);
    let units = UnitNames::read(tx, &bringer.reach).await?;
    let keys: Vec<&str> = rows.keys().map(String::as_str).collect();
    let known = store::known_customers(tx, bringer, &keys).await?;
    let mut plan = CustomerPlan::default();
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
        let Some(row) = row(record, key, stands, bringer, &units, findings) else { continue };
        match stands {
            None => {
                plan.counts.new += 1;
                plan.new.push(row);
            }
            Some(stands) => {
                let fields = differing(stands, &row);
                if fields.is_empty() {
                    plan.counts.same += 1;
                } else {
                    plan.counts.changed += 1;
                    plan.changed.push((row, fields));
                }
            }
        }
    }
    Ok(plan)
}

fn row(
    record: &Record,
    key: String,
    stands: Option<&CustomerRow>,
    bringer: &Bringer,
    units: &UnitNames,
    findings: &mut Findings,
) -> Option<CustomerRow> {
    let name = rules::name(record.text("name"));
    if let Err(fault) = &name {
        findings.refused(record.row, "name", record.text("name"), fault.clone());
    }
    let vip_level = match record.get("vip_level") {
        None => Some(stands.map(|s| s.vip_level).unwrap_or_default()),
        Some(word) => {
            let found = level(word);
            if found.is_none() {
                findings.add(Fault::new(record.row, "vip_level", word, "level_unknown"));
            }
            found
        }
    };
    let billing_party = match record.get("billing_party").map(rules::text) {
        None => stands.and_then(|s| s.billing_party.clone()),
        Some(Ok(text)) => Some(text),
        Some(Err(fault)) => {
            findings.refused(record.row, "billing_party", record.text("billing_party"), fault);
            None
        }
    };
    let unit_id: Option<UnitId> = match record.get("unit") {
        None => {
            let unit = stands.map(|s| s.unit_id).or(bringer.unit_id);
            if unit.is_none() {
                findings.refused(record.row, "unit", "", CustomersError::CustomerUnitMissing);
            }
            unit
        }
        Some(name) => {
            let found = units.find(name);
            if found.is_none() {
                findings.add(Fault::new(record.row, "unit", name, "unit_unknown_here"));
            }
            found
        }
    };
    if findings.is_bad(record.row) {
        return None;
    }
    Some(CustomerRow {
        id: stands.and_then(|s| s.id),
        number: stands.map(|s| s.number.clone()).unwrap_or_default(),
        name: name.ok()?,
        vip_level: vip_level?,
        billing_party,
        unit_id: unit_id?,
        key,
        version: stands.map_or(1, |s| s.version + 1),
    })
}

fn level(word: &str) -> Option<VipLevel> {
    [VipLevel::None, VipLevel::Silver, VipLevel::Gold, VipLevel::Platinum]
        .into_iter()
        .find(|level| word == level.name() || is_word(&format!("customers.vip.{}", level.name()), word))
}

fn differing(stands: &CustomerRow, row: &CustomerRow) -> Vec<&'static str> {
    [
        ("name", stands.name != row.name),
        ("vip_level", stands.vip_level != row.vip_level),
        ("billing_party", stands.billing_party != row.billing_party),
        ("unit_id", stands.unit_id != row.unit_id),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

/// Stores what was planned in the same transaction, with its events.
///
/// # Errors
/// As the database says.
pub async fn store_customers(tx: &mut Tx, cx: &Cx, mut plan: CustomerPlan) -> Result<PlanCounts, Failure> {
    let mut events = Vec::with_capacity(plan.new.len() + plan.changed.len());
    let about = |kind, id: CustomerId, row: &CustomerRow| {
        Event::new(kind, "customer", id).thread(id).unit(row.unit_id).customer(id)
    };
    if !plan.new.is_empty() {
        let zone = identity::settings::time_zone(tx).await?;
        let count = u32::try_from(plan.new.len()).unwrap_or(u32::MAX);
        let numbers = kit::numbers::take(tx, "KH", cx.now, &zone, count).await?;
        for (row, number) in plan.new.iter_mut().zip(numbers) {
            let id: CustomerId = cx.new_id();
            row.id = Some(id);
            row.number = number;
            let body = json!({ "number": row.number, "vip_level": row.vip_level, "imported": true });
            events.push((event_id(cx), about("customer.created", id, row).body(&body)));
        }
    }
    for (row, fields) in &plan.changed {
        let Some(id) = row.id else { continue };
        let body = json!({ "fields": fields, "version": row.version, "imported": true });
        events.push((event_id(cx), about("customer.changed", id, row).body(&body)));
    }
    let changed: Vec<CustomerRow> = plan.changed.into_iter().map(|(row, _)| row).collect();
    store::insert_customers(tx, &plan.new, cx.now).await?;
    store::update_customers(tx, &changed, cx.now).await?;
    kit::events::append_many(tx, cx, events).await?;
    Ok(plan.counts)
}
