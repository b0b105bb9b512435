//! Contacts from a table.

use std::collections::HashSet;

use kit::{Cx, Event, Failure, Lang, Tx};
use organisation::UnitId;
use serde_json::json;
use tables::{Fault, Record};

use super::{Bringer, Findings, Places, PlanCounts, event_id, is_word, references};
use crate::errors::CustomersError;
use crate::model::{ContactId, CustomerId};
use crate::phones::normalise;
use crate::rules;
use crate::store::tables::{self as store, KeyedContact};

/// What is to be done for a table of contacts.
#[derive(Debug, Default)]
pub struct ContactPlan {
    /// How the rows stand to what is here.
    pub counts: PlanCounts,
    new: Vec<(KeyedContact, UnitId)>,
    // With the unit that sees the event, and whether number or address changed.
    changed: Vec<(KeyedContact, UnitId, bool)>,
}

/// Plans a table of contacts; writes nothing. A contact that somebody typed in by hand, of the same customer, name and number, is
/// known again.
///
/// # Errors
/// As the database says. What is wrong with rows is in `findings`.
pub async fn plan_contacts(
    tx: &mut Tx,
    bringer: &Bringer,
    records: &[Record],
    findings: &mut Findings,
) -> Result<ContactPlan, Failure> {
    let rows = references(records, bringer, findings);
    let customers = records.iter().filter_map(|r| r.get("customer"));
    let sites = records.iter().filter_map(|r| r.get("site"));
    let places = Places::read(tx, bringer, customers, sites).await?;
    let keys: Vec<&str> = rows.keys().map(String::as_str).collect();
    let known = store::known_contacts(tx, bringer, &keys).await?;
    let mut drafts = Vec::with_capacity(rows.len());
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
        drafts.extend(draft(record, key, stands.map(|(row, _)| row), &places, findings));
    }
    let mut of: Vec<CustomerId> = drafts.iter().map(|d| d.contact.customer_id).collect();
    of.sort_unstable();
    of.dedup();
    let units = store::units_of_customers(tx, &of).await?;
    let twins = store::twins(tx, bringer, &of).await?;
    let mut taken: HashSet<(CustomerId, String, String)> = HashSet::new();
    let mut plan = ContactPlan::default();
    for Draft { row, mut contact, stands, site_unit } in drafts {
        let unit = site_unit.or_else(|| units.get(&contact.customer_id).copied());
        let Some(unit) = unit else { continue };
        let mut stands = stands;
        if let Some(phone) = &contact.phone {
            let who = (contact.customer_id, contact.name.clone(), phone.to_string());
            match twins.get(&who) {
                Some(twin) if twin.id != contact.id => {
                    if contact.id.is_none() && twin.key.is_none() {
                        contact.id = twin.id;
                        contact.version = twin.version + 1;
                        stands = Some(twin.clone());
                    } else {
                        findings.refused(row, "phone", "", CustomersError::ContactExists);
                    }
                }
                _ => {}
            }
            if !taken.insert(who) {
                findings.refused(row, "phone", "", CustomersError::ContactExists);
            }
        }
        if findings.is_bad(row) {
            continue;
        }
        match stands {
            None => {
                plan.counts.new += 1;
                plan.new.push((contact, unit));
            }
            Some(stands) if KeyedContact { version: contact.version, ..stands.clone() } == contact => {
                plan.counts.same += 1;
            }
            Some(stands) => {
                let reach_changed = stands.phone != contact.phone || stands.email != contact.email;
                plan.counts.changed += 1;
                plan.changed.push((contact, unit, reach_changed));
            }
        }
    }
    Ok(plan)
}

struct Draft {
    row: u32,
    contact: KeyedContact,
    stands: Option<KeyedContact>,
    site_unit: Option<UnitId>,
}

fn draft(
    record: &Record,
    key: String,
    stands: Option<&KeyedContact>,
    places: &Places,
    findings: &mut Findings,
) -> Option<Draft> {
    let row = record.row;
    let named = record.get("customer").map(|name| places.customer(row, name, findings));
    let site = record.get("site").map(|name| places.site(row, name, named.flatten(), findings).cloned());
    if matches!(named, Some(None)) || matches!(site, Some(None)) {
        return None;
    }
    let (named, site) = (named.flatten(), site.flatten());
    let customer_id =
        named.or_else(|| site.as_ref().map(|s| s.customer_id)).or(stands.map(|s| s.customer_id));
    let Some(customer_id) = customer_id else {
        findings.add(Fault::new(row, "customer", "", "contact_of_nobody"));
        return None;
    };
    if stands.is_some_and(|s| s.customer_id != customer_id) {
        findings.add(Fault::new(row, "customer", record.text("customer"), "contact_changes_customer"));
    }
    let phone = match record.get("phone").map(normalise) {
        None => stands.and_then(|s| s.phone.clone()),
        Some(Ok(phone)) => Some(phone),
        Some(Err(fault)) => {
            findings.refused(row, "phone", &hidden(record.text("phone")), CustomersError::from(fault));
            None
        }
    };
    let email = match record.get("email").map(rules::email) {
        None => stands.and_then(|s| s.email.clone()),
        Some(Ok(email)) => Some(email),
        Some(Err(fault)) => {
            findings.refused(row, "email", &hidden(record.text("email")), fault);
            None
        }
    };
    if phone.is_none() && email.is_none() && !findings.is_bad(row) {
        findings.refused(row, "phone", "", CustomersError::ContactUnreachable);
    }
    let mut words = |field: &str, stood: Option<&String>| match record.get(field).map(rules::text) {
        None => stood.cloned().unwrap_or_default(),
        Some(Ok(text)) => text,
        Some(Err(fault)) => {
            findings.refused(row, field, record.text(field), fault);
            String::new()
        }
    };
    let name = words("name", stands.map(|s| &s.name));
    let role = words("role", stands.map(|s| &s.role));
    let lang = match record.get("lang") {
        None => stands.map(|s| s.lang).unwrap_or_default(),
        Some(word) => match language(word) {
            Some(lang) => lang,
            None => {
                findings.add(Fault::new(row, "lang", word, "lang_unknown"));
                Lang::default()
            }
        },
    };
    if findings.is_bad(row) {
        return None;
    }
    let site_unit = site.as_ref().map(|s| s.unit_id);
    let contact = KeyedContact {
        id: stands.and_then(|s| s.id),
        customer_id,
        site_id: site.map(|s| s.id).or(stands.and_then(|s| s.site_id)),
        name,
        role,
        phone,
        email,
        lang,
        key: Some(key),
        version: stands.map_or(1, |s| s.version + 1),
    };
    Some(Draft { row, contact, stands: stands.cloned(), site_unit })
}

// A number that is none may still be most of one (P68).
fn hidden(text: &str) -> String {
    let length = text.chars().count();
    text.chars().enumerate().map(|(at, c)| if at < 3 || at + 2 >= length { c } else { '*' }).collect()
}

fn language(word: &str) -> Option<Lang> {
    word.parse().ok().or_else(|| {
        [(Lang::ZhCn, "tables.word.chinese"), (Lang::En, "tables.word.english")]
            .into_iter()
            .find(|(_, key)| is_word(key, word))
            .map(|(lang, _)| lang)
    })
}

/// Stores what was planned in the same transaction, with its events. Events name neither numbers nor addresses.
///
/// # Errors
/// As the database says.
pub async fn store_contacts(tx: &mut Tx, cx: &Cx, mut plan: ContactPlan) -> Result<PlanCounts, Failure> {
    let mut events = Vec::with_capacity(plan.new.len() + plan.changed.len());
    let about = |kind, id: ContactId, row: &KeyedContact, unit: UnitId| {
        Event::new(kind, "contact", id).thread(row.customer_id).unit(unit).customer(row.customer_id)
    };
    for (row, unit) in &mut plan.new {
        let id: ContactId = cx.new_id();
        row.id = Some(id);
        let body = json!({ "site_id": row.site_id, "imported": true });
        events.push((event_id(cx), about("contact.created", id, row, *unit).body(&body)));
    }
    for (row, unit, reach_changed) in &plan.changed {
        let Some(id) = row.id else { continue };
        let body = json!({ "site_id": row.site_id, "reach_changed": reach_changed, "version": row.version, "imported": true });
        events.push((event_id(cx), about("contact.changed", id, row, *unit).body(&body)));
    }
    let new: Vec<KeyedContact> = plan.new.into_iter().map(|(row, _)| row).collect();
    let changed: Vec<KeyedContact> = plan.changed.into_iter().map(|(row, ..)| row).collect();
    store::insert_contacts(tx, &new, cx.now).await?;
    store::update_contacts(tx, &changed, cx.now).await?;
    kit::events::append_many(tx, cx, events).await?;
    Ok(plan.counts)
}
