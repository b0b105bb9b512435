//! Many records of another system at once.

use std::collections::HashMap;

use kit::{DbError, Ts, Tx, Value, Where};

use super::contacts::ContactRow;
use super::search::{self, Record};
use crate::import::{ImportedCustomer, ImportedSite};
use crate::keys::{Key, name_keys, serial_keys};
use crate::model::{ContactId, CustomerId, SiteId};

/// How many keys one question names.
const AT_ONCE: usize = 500;

/// The records of `table` that carry these keys of another system.
pub(crate) async fn known(
    tx: &mut Tx,
    table: &str,
    keys: &[&str],
) -> Result<HashMap<String, kit::uuid::Uuid>, DbError> {
    let mut found = HashMap::new();
    for part in keys.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("imported_from", part.iter().copied());
        let sql = format!("SELECT id, imported_from FROM {table} {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.insert(row.get("imported_from")?, row.get("id")?);
        }
    }
    Ok(found)
}

pub(crate) async fn insert_customers(
    tx: &mut Tx,
    new: &[(CustomerId, String, &ImportedCustomer)],
    now: Ts,
) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = new
        .iter()
        .map(|(id, number, one)| {
            vec![
                (*id).into(),
                number.into(),
                (&one.name).into(),
                "none".into(),
                one.unit_id.into(),
                (&one.key).into(),
                now.into(),
                now.into(),
                1_i64.into(),
            ]
        })
        .collect();
    let columns = [
        "id",
        "number",
        "name",
        "vip_level",
        "unit_id",
        "imported_from",
        "created_at",
        "changed_at",
        "version",
    ];
    tx.insert_many("customer", &columns, &rows).await?;
    let keys = new.iter().flat_map(|(id, number, one)| {
        let mut keys = name_keys(&one.name);
        keys.extend(serial_keys(number));
        with_id(Record::Customer, &id.to_string(), keys)
    });
    insert_keys(tx, keys.collect()).await
}

pub(crate) async fn insert_sites(
    tx: &mut Tx,
    new: &[(SiteId, &ImportedSite)],
    access_hours: &str,
    zone: &str,
    now: Ts,
) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = new
        .iter()
        .map(|(id, one)| {
            vec![
                (*id).into(),
                one.customer_id.into(),
                (&one.name).into(),
                (&one.name).into(),
                access_hours.into(),
                one.unit_id.into(),
                zone.into(),
                (&one.key).into(),
                now.into(),
                now.into(),
                one.used_at.into(),
                1_i64.into(),
            ]
        })
        .collect();
    let columns = [
        "id",
        "customer_id",
        "name",
        "address",
        "access_hours",
        "unit_id",
        "zone",
        "imported_from",
        "created_at",
        "changed_at",
        "used_at",
        "version",
    ];
    tx.insert_many("site", &columns, &rows).await?;
    let keys = new.iter().flat_map(|(id, one)| with_id(Record::Site, &id.to_string(), name_keys(&one.name)));
    insert_keys(tx, keys.collect()).await
}

/// Numbers and addresses of these customers' contacts.
pub(crate) async fn reached(
    tx: &mut Tx,
    customers: &[CustomerId],
) -> Result<HashMap<(CustomerId, String, String), ContactId>, DbError> {
    let mut found = HashMap::new();
    for part in customers.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("customer_id", part.iter().copied());
        let sql = format!("SELECT id, customer_id, name, phone_e164, email FROM contact {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            let name: String = row.get("name")?;
            let (phone, email): (Option<String>, Option<String>) =
                (row.get("phone_e164")?, row.get("email")?);
            if let Some(reach) = phone.or(email) {
                found.insert((row.get("customer_id")?, name, reach), row.get("id")?);
            }
        }
    }
    Ok(found)
}

pub(crate) async fn insert_contacts(tx: &mut Tx, new: &[ContactRow]) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = new.iter().map(ContactRow::all_values).collect();
    tx.insert_many("contact", &ContactRow::COLUMNS, &rows).await?;
    let keys = new.iter().flat_map(|one| with_id(Record::Contact, &one.id.to_string(), one.search_keys()));
    insert_keys(tx, keys.collect()).await
}

pub(crate) fn with_id(record: Record, id: &str, mut keys: Vec<Key>) -> Vec<Vec<Value>> {
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter()
        .map(|(kind, term)| vec![kind.name().into(), term.into(), record.name().into(), id.into()])
        .collect()
}

pub(crate) async fn insert_keys(tx: &mut Tx, rows: Vec<Vec<Value>>) -> Result<(), DbError> {
    tx.insert_many("search_key", &search::COLUMNS, &rows).await
}
