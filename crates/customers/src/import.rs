//! Customers, sites and contacts of another system: brought in once, by their keys there.

use std::collections::HashMap;

use kit::uuid::Uuid;
use kit::{Cx, Event, Failure, Ts, Tx};
use organisation::UnitId;
use serde_json::json;

use crate::model::{AccessHours, ContactId, CustomerId, SiteId};
use crate::store::contacts::ContactRow;
use crate::store::import as store;
use crate::{phones, rules};

/// A customer of another system.
#[derive(Clone, Debug)]
pub struct ImportedCustomer {
    /// Its key there, with the name of that system.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The unit that looks after it.
    pub unit_id: UnitId,
    /// The id of the command, following from the key.
    pub command_id: Uuid,
}

/// A site of another system. It has no division: its unit is given by hand (decision 27).
#[derive(Clone, Debug)]
pub struct ImportedSite {
    /// Its key there, with the name of that system.
    pub key: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Its name.
    pub name: String,
    /// The unit that looks after it.
    pub unit_id: UnitId,
    /// When something was last reported there.
    pub used_at: Ts,
    /// The id of the command, following from the key.
    pub command_id: Uuid,
}

/// A person of another system. Known here only with a number or an address.
#[derive(Clone, Debug)]
pub struct ImportedContact {
    /// Whose.
    pub customer_id: CustomerId,
    /// Of which site.
    pub site_id: SiteId,
    /// May be empty.
    pub name: String,
    /// As it stands there.
    pub phone: Option<String>,
    /// As it stands there.
    pub email: Option<String>,
}

/// Makes the customers that aren't here yet. Returns all of them by key, and how many are new.
///
/// # Errors
/// As the database says.
pub async fn import_customers(
    tx: &mut Tx,
    cx: &Cx,
    list: &[ImportedCustomer],
) -> Result<(HashMap<String, CustomerId>, u64), Failure> {
    let keys: Vec<&str> = list.iter().map(|c| c.key.as_str()).collect();
    let mut by_key: HashMap<String, CustomerId> =
        store::known(tx, "customer", &keys).await?.into_iter().map(|(key, id)| (key, id.into())).collect();
    let missing: Vec<&ImportedCustomer> = list.iter().filter(|c| !by_key.contains_key(&c.key)).collect();
    if missing.is_empty() {
        return Ok((by_key, 0));
    }
    let zone = identity::settings::time_zone(tx).await?;
    let count = u32::try_from(missing.len()).unwrap_or(u32::MAX);
    let numbers = kit::numbers::take(tx, "KH", cx.now, &zone, count).await?;
    let mut new = Vec::with_capacity(missing.len());
    let mut events = Vec::with_capacity(missing.len());
    for (one, number) in missing.into_iter().zip(numbers) {
        let id: CustomerId = cx.new_id();
        by_key.insert(one.key.clone(), id);
        let event = Event::new("customer.created", "customer", id)
            .thread(id)
            .unit(one.unit_id)
            .customer(id)
            .body(&json!({ "number": number, "vip_level": "none", "imported": true }));
        events.push((one.command_id, event));
        new.push((id, number, one));
    }
    store::insert_customers(tx, &new, cx.now).await?;
    kit::events::append_many(tx, cx, events).await?;
    Ok((by_key, new.len() as u64))
}

/// Makes the sites that aren't here yet. Returns all of them by key, and how many are new.
///
/// # Errors
/// As the database says.
pub async fn import_sites(
    tx: &mut Tx,
    cx: &Cx,
    list: &[ImportedSite],
) -> Result<(HashMap<String, SiteId>, u64), Failure> {
    let keys: Vec<&str> = list.iter().map(|s| s.key.as_str()).collect();
    let mut by_key: HashMap<String, SiteId> =
        store::known(tx, "site", &keys).await?.into_iter().map(|(key, id)| (key, id.into())).collect();
    let mut new = Vec::new();
    let mut events = Vec::new();
    for one in list {
        if by_key.contains_key(&one.key) {
            continue;
        }
        let id: SiteId = cx.new_id();
        by_key.insert(one.key.clone(), id);
        let event = Event::new("site.created", "site", id)
            .thread(id)
            .unit(one.unit_id)
            .customer(one.customer_id)
            .body(&json!({ "division_code": null, "imported": true }));
        events.push((one.command_id, event));
        new.push((id, one));
    }
    let access_hours = serde_json::to_string(&AccessHours::default())?;
    let zone = identity::settings::zone(tx).await?;
    store::insert_sites(tx, &new, &access_hours, &zone, cx.now).await?;
    kit::events::append_many(tx, cx, events).await?;
    Ok((by_key, new.len() as u64))
}

/// Makes the contacts that aren't here yet; one without a number or an address that can be used is none. Returns the id of
/// each, and how many are new.
///
/// # Errors
/// As the database says.
pub async fn import_contacts(
    tx: &mut Tx,
    cx: &Cx,
    list: &[ImportedContact],
) -> Result<(Vec<Option<ContactId>>, u64), Failure> {
    let mut customers: Vec<CustomerId> = list.iter().map(|c| c.customer_id).collect();
    customers.sort_unstable();
    customers.dedup();
    let mut known = store::reached(tx, &customers).await?;
    let mut new: Vec<ContactRow> = Vec::new();
    let mut ids = Vec::with_capacity(list.len());
    let mut events = Vec::new();
    for one in list {
        let phone = one.phone.as_deref().and_then(|p| phones::normalise(p).ok());
        let email = one.email.as_deref().and_then(|e| rules::email(e).ok());
        let Some(reach) = phone.as_ref().map(|p| p.as_str().to_owned()).or_else(|| email.clone()) else {
            ids.push(None);
            continue;
        };
        let who = (one.customer_id, one.name.clone(), reach);
        if let Some(id) = known.get(&who) {
            ids.push(Some(*id));
            continue;
        }
        let id: ContactId = cx.new_id();
        known.insert(who, id);
        ids.push(Some(id));
        let event = Event::new("contact.created", "contact", id)
            .thread(one.customer_id)
            .customer(one.customer_id)
            .body(&json!({ "site_id": one.site_id, "imported": true }));
        events.push((cx.app.ids.next(cx.now), event));
        new.push(ContactRow {
            id,
            customer_id: one.customer_id,
            site_id: Some(one.site_id),
            name: one.name.clone(),
            role: String::new(),
            phone,
            email,
            lang: kit::Lang::default(),
            now: cx.now,
            version: 1,
        });
    }
    store::insert_contacts(tx, &new).await?;
    kit::events::append_many(tx, cx, events).await?;
    Ok((ids, new.len() as u64))
}
