//! What tables bring: looked up and stored many rows at once.

use std::collections::{HashMap, HashSet};

use kit::db::Dialect;
use kit::{DbError, Lang, Reach, Row, Ts, Tx, Value, Where, params};
use organisation::{Point, UnitId};

use super::contacts::ContactRow;
use super::import::{insert_keys, with_id};
use super::search::Record;
use super::{SITE_SCOPE, narrow_contacts, narrow_customers};
use crate::from_table::{AT_ONCE, Bringer, SitePlace};
use crate::keys::{Key, name_keys, serial_keys};
use crate::model::{AccessHours, ContactId, CustomerId, SiteId, VipLevel};
use crate::phones::E164;

/// A customer as a table has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CustomerRow {
    pub id: Option<CustomerId>,
    pub number: String,
    pub name: String,
    pub vip_level: VipLevel,
    pub billing_party: Option<String>,
    pub unit_id: UnitId,
    pub key: String,
    pub version: i64,
}

/// A site as a table has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlacedSite {
    pub id: Option<SiteId>,
    pub customer_id: CustomerId,
    pub name: String,
    pub address: String,
    pub division_code: Option<String>,
    pub point: Option<Point>,
    pub access_hours: AccessHours,
    pub unit_id: UnitId,
    pub zone: String,
    pub key: String,
    pub version: i64,
}

/// A contact as a table has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeyedContact {
    pub id: Option<ContactId>,
    pub customer_id: CustomerId,
    pub site_id: Option<SiteId>,
    pub name: String,
    pub role: String,
    pub phone: Option<E164>,
    pub email: Option<String>,
    pub lang: Lang,
    pub key: Option<String>,
    pub version: i64,
}

/// What is known of the contacts of some customers, by customer, name and number.
pub(crate) type Twins = HashMap<(CustomerId, String, String), KeyedContact>;

/// Rows by another system's number, and whether each is within reach.
pub(crate) type Known<T> = HashMap<String, (T, bool)>;

/// The units within reach; `None` if all are.
pub(crate) async fn units_within(tx: &mut Tx, reach: &Reach) -> Result<Option<HashSet<UnitId>>, DbError> {
    match reach {
        Reach::Everything => Ok(None),
        Reach::Unit(root) => {
            let rows = tx.rows("SELECT unit_id FROM unit_reach WHERE root_id = $1", params![root]).await?;
            rows.iter().map(|r| r.get("unit_id")).collect::<Result<_, _>>().map(Some)
        }
        _ => Ok(Some(HashSet::new())),
    }
}

// Rows that a command is about to change stand as it looked them up until it ends: on PostgreSQL they are locked from then on; on SQLite
// nobody else writes meanwhile, and what was planned beside the one writer is stored only if it still holds. A reader locks nothing.
fn lock(tx: &Tx, bringer_locks: bool, table: &str) -> String {
    match tx.dialect() {
        Dialect::Postgres if bringer_locks => format!("FOR UPDATE OF {table}"),
        _ => String::new(),
    }
}

async fn known<T>(
    tx: &mut Tx,
    bringer: &Bringer,
    keys: &[&str],
    (select, alias, order): (&str, &str, &str),
    narrow: impl Fn(&Reach, &mut Where),
    read: impl Fn(&Row) -> Result<(String, T), DbError>,
) -> Result<Known<T>, DbError> {
    let mut found = Known::with_capacity(keys.len());
    let lock = lock(tx, bringer.locks, alias);
    for part in keys.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any(&format!("{alias}.imported_from"), part.iter().copied());
        let rows = tx.rows(&format!("{select} {} {order} {lock}", filter.sql()), filter.params()).await?;
        let within: Option<HashSet<String>> = match &bringer.reach {
            Reach::Everything => None,
            reach => {
                narrow(reach, &mut filter);
                let rows = tx.rows(&format!("{select} {}", filter.sql()), filter.params()).await?;
                Some(rows.iter().map(|r| r.get("imported_from")).collect::<Result<_, _>>()?)
            }
        };
        for row in &rows {
            let (key, one) = read(row)?;
            let seen = within.as_ref().is_none_or(|all| all.contains(&key));
            found.insert(key, (one, seen));
        }
    }
    Ok(found)
}

/// The customers that carry these numbers of another system.
pub(crate) async fn known_customers(
    tx: &mut Tx,
    bringer: &Bringer,
    keys: &[&str],
) -> Result<Known<CustomerRow>, DbError> {
    let select = "SELECT c.id, c.number, c.name, c.vip_level, c.billing_party, c.unit_id, c.imported_from, c.version FROM customer c";
    known(tx, bringer, keys, (select, "c", "ORDER BY c.id"), narrow_customers, |row| {
        let key: String = row.get("imported_from")?;
        let customer = CustomerRow {
            id: row.get("id")?,
            number: row.get("number")?,
            name: row.get("name")?,
            vip_level: row.parse("vip_level")?,
            billing_party: row.get("billing_party")?,
            unit_id: row.get("unit_id")?,
            key: key.clone(),
            version: row.get("version")?,
        };
        Ok((key, customer))
    })
    .await
}

/// The sites that carry these numbers of another system.
pub(crate) async fn known_sites(
    tx: &mut Tx,
    bringer: &Bringer,
    keys: &[&str],
) -> Result<Known<PlacedSite>, DbError> {
    let select = "SELECT s.id, s.customer_id, s.name, s.address, s.division_code, s.lon, s.lat, s.access_hours, s.unit_id, s.zone, \
         s.imported_from, s.version FROM site s";
    let narrow = |reach: &Reach, filter: &mut Where| reach.narrow(filter, &SITE_SCOPE);
    known(tx, bringer, keys, (select, "s", "ORDER BY s.id"), narrow, |row| {
        let key: String = row.get("imported_from")?;
        let (lon, lat): (Option<f64>, Option<f64>) = (row.get("lon")?, row.get("lat")?);
        let site = PlacedSite {
            id: row.get("id")?,
            customer_id: row.get("customer_id")?,
            name: row.get("name")?,
            address: row.get("address")?,
            division_code: row.get("division_code")?,
            point: lon.zip(lat).map(|(lon, lat)| Point { lon, lat }),
            access_hours: row.json("access_hours")?,
            unit_id: row.get("unit_id")?,
            zone: row.get("zone")?,
            key: key.clone(),
            version: row.get("version")?,
        };
        Ok((key, site))
    })
    .await
}

const CONTACT: &str = "SELECT k.id, k.customer_id, k.site_id, k.name, k.role, k.phone_e164, k.phone_ext, k.email, k.lang, k.imported_from, \
     k.version FROM contact k JOIN customer c ON c.id = k.customer_id";

fn contact(row: &Row) -> Result<KeyedContact, DbError> {
    let number: Option<String> = row.get("phone_e164")?;
    let extension = row.get("phone_ext")?;
    Ok(KeyedContact {
        id: row.get("id")?,
        customer_id: row.get("customer_id")?,
        site_id: row.get("site_id")?,
        name: row.get("name")?,
        role: row.get("role")?,
        phone: number.map(|n| E164::stored(n, extension)),
        email: row.get("email")?,
        lang: row.parse("lang")?,
        key: row.get("imported_from")?,
        version: row.get("version")?,
    })
}

/// The contacts that carry these numbers of another system.
pub(crate) async fn known_contacts(
    tx: &mut Tx,
    bringer: &Bringer,
    keys: &[&str],
) -> Result<Known<KeyedContact>, DbError> {
    known(tx, bringer, keys, (CONTACT, "k", "ORDER BY k.id"), narrow_contacts, |row| {
        Ok((row.get("imported_from")?, contact(row)?))
    })
    .await
}

/// The contacts with a number of these customers, whoever entered them.
pub(crate) async fn twins(
    tx: &mut Tx,
    bringer: &Bringer,
    customers: &[CustomerId],
) -> Result<Twins, DbError> {
    let mut found = Twins::new();
    let lock = lock(tx, bringer.locks, "k");
    for part in customers.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("k.customer_id", part.iter().copied());
        filter.and("k.phone_e164 IS NOT NULL", []);
        let sql = format!("{CONTACT} {} ORDER BY k.id {lock}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            let one = contact(&row)?;
            if let Some(phone) = &one.phone {
                found.insert((one.customer_id, one.name.clone(), phone.to_string()), one);
            }
        }
    }
    Ok(found)
}

/// The units that own these customers.
pub(crate) async fn units_of_customers(
    tx: &mut Tx,
    customers: &[CustomerId],
) -> Result<HashMap<CustomerId, UnitId>, DbError> {
    let mut found = HashMap::new();
    for part in customers.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("id", part.iter().copied());
        let sql = format!("SELECT id, unit_id FROM customer {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.insert(row.get("id")?, row.get("unit_id")?);
        }
    }
    Ok(found)
}

/// Customers within reach by what a cell says: the other system's number first, then ours, then the name.
pub(crate) async fn named_customers(
    tx: &mut Tx,
    bringer: &Bringer,
    names: &[&str],
) -> Result<HashMap<String, Vec<CustomerId>>, DbError> {
    let mut found: HashMap<String, Vec<CustomerId>> = HashMap::new();
    for column in ["imported_from", "number", "name"] {
        let open: Vec<&str> = names.iter().copied().filter(|name| !found.contains_key(*name)).collect();
        let mut now: HashMap<String, Vec<CustomerId>> = HashMap::new();
        for part in open.chunks(AT_ONCE) {
            let mut filter = Where::new();
            filter.any(&format!("c.{column}"), part.iter().map(|name| asked(bringer, column, name)));
            narrow_customers(&bringer.reach, &mut filter);
            let sql = format!("SELECT c.id, c.{column} AS named FROM customer c {}", filter.sql());
            for row in tx.rows(&sql, filter.params()).await? {
                now.entry(told(bringer, column, row.get("named")?)).or_default().push(row.get("id")?);
            }
        }
        found.extend(now);
    }
    Ok(found)
}

/// Sites within reach by what a cell says: the other system's number first, then the name.
pub(crate) async fn named_sites(
    tx: &mut Tx,
    bringer: &Bringer,
    names: &[&str],
) -> Result<HashMap<String, Vec<SitePlace>>, DbError> {
    let mut found: HashMap<String, Vec<SitePlace>> = HashMap::new();
    for column in ["imported_from", "name"] {
        let open: Vec<&str> = names.iter().copied().filter(|name| !found.contains_key(*name)).collect();
        let mut now: HashMap<String, Vec<SitePlace>> = HashMap::new();
        for part in open.chunks(AT_ONCE) {
            let mut filter = Where::new();
            filter.any(&format!("s.{column}"), part.iter().map(|name| asked(bringer, column, name)));
            bringer.reach.narrow(&mut filter, &SITE_SCOPE);
            let sql = format!(
                "SELECT s.id, s.customer_id, s.unit_id, s.division_code, s.{column} AS named FROM site s {}",
                filter.sql()
            );
            for row in tx.rows(&sql, filter.params()).await? {
                let site = SitePlace {
                    id: row.get("id")?,
                    customer_id: row.get("customer_id")?,
                    unit_id: row.get("unit_id")?,
                    division_code: row.get("division_code")?,
                };
                now.entry(told(bringer, column, row.get("named")?)).or_default().push(site);
            }
        }
        found.extend(now);
    }
    Ok(found)
}

fn asked(bringer: &Bringer, column: &str, name: &str) -> String {
    if column == "imported_from" { bringer.key(name) } else { name.to_owned() }
}

fn told(bringer: &Bringer, column: &str, value: String) -> String {
    let prefix = if column == "imported_from" { bringer.key("") } else { String::new() };
    value.strip_prefix(&prefix).map(str::to_owned).unwrap_or(value)
}

fn customer_keys(row: &CustomerRow) -> Vec<Key> {
    let mut keys = name_keys(&row.name);
    keys.extend(serial_keys(&row.number));
    keys
}

/// New customers, with their search keys.
pub(crate) async fn insert_customers(tx: &mut Tx, new: &[CustomerRow], now: Ts) -> Result<(), DbError> {
    const COLUMNS: [&str; 10] = [
        "id",
        "number",
        "name",
        "vip_level",
        "billing_party",
        "unit_id",
        "imported_from",
        "created_at",
        "changed_at",
        "version",
    ];
    let rows: Vec<Vec<Value>> = new
        .iter()
        .map(|row| {
            vec![
                row.id.into(),
                (&row.number).into(),
                (&row.name).into(),
                row.vip_level.name().into(),
                row.billing_party.clone().into(),
                row.unit_id.into(),
                (&row.key).into(),
                now.into(),
                now.into(),
                row.version.into(),
            ]
        })
        .collect();
    tx.insert_many("customer", &COLUMNS, &rows).await?;
    let keys = new.iter().filter_map(|row| Some((row.id?.to_string(), customer_keys(row))));
    keyed(tx, Record::Customer, keys, true).await
}

/// Changed customers, with their search keys. They stand as they were looked up (`lock`).
pub(crate) async fn update_customers(tx: &mut Tx, changed: &[CustomerRow], now: Ts) -> Result<(), DbError> {
    for row in changed {
        tx.put(
            "UPDATE customer SET name = $2, vip_level = $3, billing_party = $4, unit_id = $5, changed_at = $6, version = $7 WHERE id = $1",
            params![row.id, &row.name, row.vip_level.name(), row.billing_party.clone(), row.unit_id, now, row.version],
        )
        .await?;
    }
    let keys = changed.iter().filter_map(|row| Some((row.id?.to_string(), customer_keys(row))));
    keyed(tx, Record::Customer, keys, false).await
}

/// New sites, with their search keys.
pub(crate) async fn insert_sites(tx: &mut Tx, new: &[PlacedSite], now: Ts) -> Result<(), kit::Failure> {
    const COLUMNS: [&str; 15] = [
        "id",
        "customer_id",
        "name",
        "address",
        "division_code",
        "lon",
        "lat",
        "access_hours",
        "unit_id",
        "zone",
        "imported_from",
        "created_at",
        "changed_at",
        "used_at",
        "version",
    ];
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(new.len());
    for row in new {
        rows.push(vec![
            row.id.into(),
            row.customer_id.into(),
            (&row.name).into(),
            (&row.address).into(),
            row.division_code.clone().into(),
            row.point.map(|p| p.lon).into(),
            row.point.map(|p| p.lat).into(),
            serde_json::to_string(&row.access_hours)?.into(),
            row.unit_id.into(),
            (&row.zone).into(),
            (&row.key).into(),
            now.into(),
            now.into(),
            now.into(),
            row.version.into(),
        ]);
    }
    tx.insert_many("site", &COLUMNS, &rows).await?;
    let keys = new.iter().filter_map(|row| Some((row.id?.to_string(), name_keys(&row.name))));
    Ok(keyed(tx, Record::Site, keys, true).await?)
}

/// Changed sites, with their search keys. They stand as they were looked up (`lock`).
pub(crate) async fn update_sites(tx: &mut Tx, changed: &[PlacedSite], now: Ts) -> Result<(), kit::Failure> {
    for row in changed {
        let hours = serde_json::to_string(&row.access_hours)?;
        tx.put(
            "UPDATE site SET name = $2, address = $3, division_code = $4, lon = $5, lat = $6, access_hours = $7, unit_id = $8, zone = $9, \
             changed_at = $10, version = $11 WHERE id = $1",
            params![
                row.id,
                &row.name,
                &row.address,
                row.division_code.clone(),
                row.point.map(|p| p.lon),
                row.point.map(|p| p.lat),
                hours,
                row.unit_id,
                &row.zone,
                now,
                row.version
            ],
        )
        .await?;
    }
    let keys = changed.iter().filter_map(|row| Some((row.id?.to_string(), name_keys(&row.name))));
    Ok(keyed(tx, Record::Site, keys, false).await?)
}

fn contact_row(row: &KeyedContact, now: Ts) -> Option<ContactRow> {
    Some(ContactRow {
        id: row.id?,
        customer_id: row.customer_id,
        site_id: row.site_id,
        name: row.name.clone(),
        role: row.role.clone(),
        phone: row.phone.clone(),
        email: row.email.clone(),
        lang: row.lang,
        now,
        version: row.version,
    })
}

/// New contacts, with their search keys.
pub(crate) async fn insert_contacts(tx: &mut Tx, new: &[KeyedContact], now: Ts) -> Result<(), DbError> {
    let mut columns = ContactRow::COLUMNS.to_vec();
    columns.push("imported_from");
    let mut rows = Vec::with_capacity(new.len());
    let mut keys = Vec::with_capacity(new.len());
    for row in new {
        let Some(stored) = contact_row(row, now) else { continue };
        let mut values = stored.all_values();
        values.push(row.key.clone().into());
        rows.push(values);
        keys.push((stored.id.to_string(), stored.search_keys()));
    }
    tx.insert_many("contact", &columns, &rows).await?;
    keyed(tx, Record::Contact, keys.into_iter(), true).await
}

/// Changed contacts, with their search keys. They stand as they were looked up (`lock`).
pub(crate) async fn update_contacts(tx: &mut Tx, changed: &[KeyedContact], now: Ts) -> Result<(), DbError> {
    let mut keys = Vec::with_capacity(changed.len());
    for row in changed {
        let Some(stored) = contact_row(row, now) else { continue };
        let mut values = stored.values();
        values.push(row.key.clone().into());
        tx.put(
            "UPDATE contact SET customer_id = $2, site_id = $3, name = $4, role = $5, phone_e164 = $6, phone_ext = $7, phone_masked = $8, \
             email = $9, lang = $10, changed_at = $11, version = $12, imported_from = $13 WHERE id = $1",
            &values,
        )
        .await?;
        keys.push((stored.id.to_string(), stored.search_keys()));
    }
    keyed(tx, Record::Contact, keys.into_iter(), false).await
}

/// Sets the search keys of many records; those they had before are gone.
///
/// # Errors
/// As the database says.
pub async fn keyed(
    tx: &mut Tx,
    record: Record,
    of: impl Iterator<Item = (String, Vec<Key>)>,
    fresh: bool,
) -> Result<(), DbError> {
    let of: Vec<(String, Vec<Key>)> = of.collect();
    if !fresh {
        for part in of.chunks(AT_ONCE) {
            let mut filter = Where::new();
            // What a printed label leads to stays: it is no word of the record.
            filter.and("record = ? AND kind <> 'code'", [record.name().into()]);
            filter.any("record_id", part.iter().map(|(id, _)| id));
            tx.put(&format!("DELETE FROM search_key {}", filter.sql()), filter.params()).await?;
        }
    }
    let rows = of.into_iter().flat_map(|(id, keys)| with_id(record, &id, keys)).collect();
    insert_keys(tx, rows).await
}
