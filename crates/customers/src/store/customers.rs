//! Customers.

use kit::{DbError, Failure, Key, Page, Paging, Reach, Refusal, Row, Ts, Tx, Value, Where, params};
use organisation::UnitId;
use serde::Deserialize;

use super::{narrow_customers, search, unit_name};
use crate::keys::{name_keys, probes, serial_keys};
use crate::model::{CustomerId, CustomerView, VipLevel};

const SELECT: &str = "SELECT c.id, c.number, c.name, c.vip_level, c.billing_party, c.unit_id, u.name_zh AS unit_zh, u.name_en AS unit_en, \
     c.created_at, c.changed_at, c.version, (SELECT COUNT(*) FROM site y WHERE y.customer_id = c.id) AS sites \
     FROM customer c JOIN org_unit u ON u.id = c.unit_id";

/// Which customers a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CustomerFilter {
    /// A name, initials or number, as in the look-up box.
    pub q: Option<String>,
    /// Only this level.
    pub vip_level: Option<VipLevel>,
    /// Only customers of this unit itself.
    pub unit_id: Option<UnitId>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// What a new customer is stored as.
pub(crate) struct NewCustomer<'a> {
    pub id: CustomerId,
    pub number: &'a str,
    pub name: &'a str,
    pub vip_level: VipLevel,
    pub billing_party: Option<&'a str>,
    pub unit_id: UnitId,
    pub imported_from: Option<&'a str>,
    pub now: Ts,
}

fn view(row: &Row) -> Result<CustomerView, DbError> {
    Ok(CustomerView {
        id: row.get("id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        vip_level: row.parse("vip_level")?,
        billing_party: row.get("billing_party")?,
        unit: unit_name(row)?,
        sites: row.get("sites")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewCustomer<'_>) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO customer (id, number, name, vip_level, billing_party, unit_id, imported_from, created_at, changed_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
        params![
            new.id,
            new.number,
            new.name,
            new.vip_level.name(),
            new.billing_party.map(str::to_owned),
            new.unit_id,
            new.imported_from.map(str::to_owned),
            new.now
        ],
    )
    .await?;
    keys(tx, new.id, new.name, new.number, true).await
}

pub(crate) async fn update(tx: &mut Tx, view: &CustomerView) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE customer SET name = $2, vip_level = $3, billing_party = $4, unit_id = $5, changed_at = $6, version = $7 \
         WHERE id = $1 AND version = $7 - 1",
        params![view.id, &view.name, view.vip_level.name(), view.billing_party.clone(), view.unit.id, view.changed_at, view.version],
    )
    .await?;
    kit::http::still_seen(touched)?;
    Ok(keys(tx, view.id, &view.name, &view.number, false).await?)
}

async fn keys(tx: &mut Tx, id: CustomerId, name: &str, number: &str, fresh: bool) -> Result<(), DbError> {
    let mut keys = name_keys(name);
    keys.extend(serial_keys(number));
    search::set_keys(tx, search::Record::Customer, &id.to_string(), &keys, fresh).await
}

/// A customer within reach.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, reach: &Reach, id: CustomerId) -> Result<Option<CustomerView>, DbError> {
    let mut filter = Where::new();
    filter.and("c.id = ?", [id.into()]);
    narrow_customers(reach, &mut filter);
    tx.row(&format!("{SELECT} {}", filter.sql()), filter.params()).await?.as_ref().map(view).transpose()
}

/// A page of customers within reach, by name.
///
/// # Errors
/// `cursor_invalid`; as the database says.
pub async fn list(
    tx: &mut Tx,
    reach: &Reach,
    filter: &CustomerFilter,
) -> Result<Page<CustomerView>, kit::Failure> {
    let paging = Paging { limit: filter.limit, after: filter.after.clone() };
    let mut narrow = Where::new();
    narrow_customers(reach, &mut narrow);
    if let Some(level) = filter.vip_level {
        narrow.and("c.vip_level = ?", [level.name().into()]);
    }
    if let Some(unit) = filter.unit_id {
        narrow.and("c.unit_id = ?", [unit.into()]);
    }
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let mut seen = Where::new();
        narrow_customers(reach, &mut seen);
        let record = search::Record::Customer;
        let within = search::Within::one(record, "customer c", "c.id", &seen);
        let found = search::find_within(tx, &[record], &probes(text), &within).await?;
        narrow.any("c.id", found.into_iter().map(|f| f.id));
    }
    page_start(&mut narrow, &paging, "c.name", "c.id")?;
    let limit = narrow.bind(paging.limit() + 1);
    let sql = format!("{SELECT} {} ORDER BY c.name, c.id LIMIT {limit}", narrow.sql());
    let rows = tx.rows(&sql, narrow.params()).await?.iter().map(view).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |c| vec![Value::from(&c.name), Value::from(c.id)]))
}

/// Lets a page start behind its cursor.
pub(crate) fn page_start(
    narrow: &mut Where,
    paging: &Paging,
    first: &str,
    second: &str,
) -> Result<(), Refusal> {
    if let Some([a, b]) = paging.after([Key::Text, Key::Id])? {
        narrow.and(&format!("{first} > ? OR ({first} = ? AND {second} > ?)"), [a.clone(), a, b]);
    }
    Ok(())
}

/// The customer that an import made of this key, if it has run before.
///
/// # Errors
/// As the database says.
pub async fn imported(tx: &mut Tx, key: &str) -> Result<Option<CustomerId>, DbError> {
    let row = tx.row("SELECT id FROM customer WHERE imported_from = $1", params![key]).await?;
    row.map(|r| r.get("id")).transpose()
}

/// Whether a unit lies within reach.
pub(crate) async fn unit_in_reach(tx: &mut Tx, reach: &Reach, unit: UnitId) -> Result<bool, DbError> {
    match reach {
        Reach::Everything => Ok(true),
        Reach::Unit(root) => {
            let sql = "SELECT 1 AS one FROM unit_reach WHERE root_id = $1 AND unit_id = $2";
            Ok(tx.row(sql, params![root, unit]).await?.is_some())
        }
        _ => Ok(false),
    }
}

/// Which of these are VIPs.
pub(crate) async fn vips(tx: &mut Tx, ids: &[CustomerId]) -> Result<Vec<CustomerId>, DbError> {
    let mut filter = Where::new();
    filter.any("id", ids.iter().copied());
    filter.and("vip_level <> 'none'", []);
    let sql = format!("SELECT id FROM customer {}", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(|row| row.get("id")).collect()
}
