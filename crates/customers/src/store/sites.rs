//! Sites.

use kit::db::Dialect;
use kit::{DbError, Failure, Page, Paging, Reach, Row, Ts, Tx, Value, Where, params};
use organisation::{Point, UnitId};
use serde::Deserialize;

use super::customers::page_start;
use super::{SITE_SCOPE, search, unit_name};
use crate::keys::{name_keys, probes};
use crate::model::{CustomerId, Site, SiteId};

const SELECT: &str = "SELECT s.id, s.customer_id, c.name AS customer_name, c.vip_level, s.name, s.address, s.division_code, s.lon, s.lat, \
     s.access_hours, s.unit_id, u.name_zh AS unit_zh, u.name_en AS unit_en, s.zone, s.changed_at, s.version \
     FROM site s JOIN customer c ON c.id = s.customer_id JOIN org_unit u ON u.id = s.unit_id";

/// Which sites a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SiteFilter {
    /// A name or initials, as in the look-up box.
    pub q: Option<String>,
    /// Only this customer's.
    pub customer_id: Option<CustomerId>,
    /// Only sites of this unit itself.
    pub unit_id: Option<UnitId>,
    /// Only in this division: a county's code, or the first 2 or 4 digits for a province or city.
    pub division_code: Option<String>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

fn site(row: &Row) -> Result<Site, DbError> {
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get("lon")?, row.get("lat")?);
    Ok(Site {
        id: row.get("id")?,
        customer_id: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        vip_level: row.parse("vip_level")?,
        name: row.get("name")?,
        address: row.get("address")?,
        division_code: row.get("division_code")?,
        point: lon.zip(lat).map(|(lon, lat)| Point { lon, lat }),
        access_hours: row.json("access_hours")?,
        unit: unit_name(row)?,
        zone: row.get("zone")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// What a site is stored as.
pub(crate) struct SiteRow<'a> {
    pub id: SiteId,
    pub customer_id: CustomerId,
    pub name: &'a str,
    pub address: &'a str,
    pub division_code: Option<&'a str>,
    pub point: Option<Point>,
    pub access_hours: &'a str,
    pub unit_id: UnitId,
    pub zone: &'a str,
    pub imported_from: Option<&'a str>,
    pub now: Ts,
}

pub(crate) async fn insert(tx: &mut Tx, new: &SiteRow<'_>) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO site (id, customer_id, name, address, division_code, lon, lat, access_hours, unit_id, zone, imported_from, \
         created_at, changed_at, used_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12, 1)",
        params![
            new.id,
            new.customer_id,
            new.name,
            new.address,
            new.division_code.map(str::to_owned),
            new.point.map(|p| p.lon),
            new.point.map(|p| p.lat),
            new.access_hours,
            new.unit_id,
            new.zone,
            new.imported_from.map(str::to_owned),
            new.now
        ],
    )
    .await?;
    search::set_keys(tx, search::Record::Site, &new.id.to_string(), &name_keys(new.name), true).await
}

pub(crate) async fn update(tx: &mut Tx, row: &SiteRow<'_>, version: i64) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE site SET name = $2, address = $3, division_code = $4, lon = $5, lat = $6, access_hours = $7, unit_id = $8, zone = $9, \
         changed_at = $10, version = $11 WHERE id = $1 AND version = $11 - 1",
        params![
            row.id,
            row.name,
            row.address,
            row.division_code.map(str::to_owned),
            row.point.map(|p| p.lon),
            row.point.map(|p| p.lat),
            row.access_hours,
            row.unit_id,
            row.zone,
            row.now,
            version
        ],
    )
    .await?;
    kit::http::still_seen(touched)?;
    Ok(search::set_keys(tx, search::Record::Site, &row.id.to_string(), &name_keys(row.name), false).await?)
}

/// A site within reach; one query.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, reach: &Reach, id: SiteId) -> Result<Option<Site>, DbError> {
    let filter = one(reach, id);
    tx.row(&format!("{SELECT} {}", filter.sql()), filter.params()).await?.as_ref().map(site).transpose()
}

/// [`get`] will be asked soon.
pub fn ahead(tx: &mut Tx, reach: &Reach, id: SiteId) {
    let filter = one(reach, id);
    tx.ahead(format!("{SELECT} {}", filter.sql()), filter.params());
}

fn one(reach: &Reach, id: SiteId) -> Where {
    let mut filter = Where::new();
    filter.and("s.id = ?", [id.into()]);
    reach.narrow(&mut filter, &SITE_SCOPE);
    filter
}

/// These sites, in any order, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn by_ids(tx: &mut Tx, ids: &[SiteId]) -> Result<Vec<Site>, DbError> {
    let mut filter = Where::new();
    filter.any("s.id", ids.iter().copied());
    tx.rows(&format!("{SELECT} {}", filter.sql()), filter.params()).await?.iter().map(site).collect()
}

/// A page of sites within reach, by name.
///
/// # Errors
/// `cursor_invalid`; as the database says.
pub async fn list(tx: &mut Tx, reach: &Reach, filter: &SiteFilter) -> Result<Page<Site>, kit::Failure> {
    let paging = Paging { limit: filter.limit, after: filter.after.clone() };
    let mut narrow = Where::new();
    reach.narrow(&mut narrow, &SITE_SCOPE);
    if let Some(customer) = filter.customer_id {
        narrow.and("s.customer_id = ?", [customer.into()]);
    }
    if let Some(unit) = filter.unit_id {
        narrow.and("s.unit_id = ?", [unit.into()]);
    }
    if let Some(code) = &filter.division_code {
        // Codes are digits: the last of a range begins with the digits and goes on with nines.
        narrow.and(
            "s.division_code >= ? AND s.division_code <= ?",
            [code.into(), format!("{code:9<12}").into()],
        );
    }
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let mut seen = Where::new();
        reach.narrow(&mut seen, &SITE_SCOPE);
        let record = search::Record::Site;
        let within = search::Within::one(record, "site s", "s.id", &seen);
        let found = search::find_within(tx, &[record], &probes(text), &within).await?;
        narrow.any("s.id", found.into_iter().map(|f| f.id));
    }
    page_start(&mut narrow, &paging, "s.name", "s.id")?;
    let limit = narrow.bind(paging.limit() + 1);
    let sql = format!("{SELECT} {} ORDER BY s.name, s.id LIMIT {limit}", narrow.sql());
    let rows = tx.rows(&sql, narrow.params()).await?.iter().map(site).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |s| vec![Value::from(&s.name), Value::from(s.id)]))
}

/// Remembers that something was reported here: what is used lately is found first.
///
/// # Errors
/// As the database says.
pub async fn used(tx: &mut Tx, id: SiteId, now: Ts) -> Result<(), DbError> {
    tx.put("UPDATE site SET used_at = $2 WHERE id = $1 AND used_at < $2", params![id, now]).await
}

/// The site that an import made of this key, if it has run before.
///
/// # Errors
/// As the database says.
pub async fn imported(tx: &mut Tx, key: &str) -> Result<Option<SiteId>, DbError> {
    let row = tx.row("SELECT id FROM site WHERE imported_from = $1", params![key]).await?;
    row.map(|r| r.get("id")).transpose()
}

/// Lets what stands and is open at a site follow it to another unit, in every table that carries a site and a unit.
///
/// # Errors
/// As the database says.
pub(crate) async fn move_what_is_there(
    tx: &mut Tx,
    id: SiteId,
    unit_id: UnitId,
    division_code: Option<&str>,
) -> Result<(), DbError> {
    // Those tables belong to crates on the right, which this one doesn't know: the list and the schema say which there are.
    let has_site = match tx.dialect() {
        Dialect::Sqlite => "SELECT COUNT(*) FROM pragma_table_info($1) WHERE name = 'site_id'",
        Dialect::Postgres => {
            "SELECT COUNT(*) FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = CAST($1 AS TEXT) AND column_name = 'site_id'"
        }
    };
    for scoped in organisation::SCOPED_TABLES {
        if tx.int(has_site, params![scoped.table]).await? == 0 {
            continue;
        }
        let open = scoped.open.map(|o| format!(" AND {o}")).unwrap_or_default();
        let sql =
            format!("UPDATE {} SET unit_id = $2, division_code = $3 WHERE site_id = $1{open}", scoped.table);
        tx.execute(&sql, params![id, unit_id, division_code.map(str::to_owned)]).await?;
    }
    Ok(())
}
