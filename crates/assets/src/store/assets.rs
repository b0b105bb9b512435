//! Assets.

use std::collections::HashMap;

use customers::keys::{Exactness, label_key, probes, serial_keys};
use customers::search::{self, Record};
use customers::{CustomerId, LookUp, Site, SiteId};
use kit::{DbError, Failure, Key, Page, Paging, Reach, Row, Ts, Tx, Value, Where, params};
use organisation::UnitId;
use serde::Deserialize;

use super::{ASSET_SCOPE, PRODUCT_COLUMNS, product_name};
use crate::model::{AssetHit, AssetId, AssetView, ProductId};

fn select() -> String {
    format!(
        "SELECT a.id, a.serial, a.label, {PRODUCT_COLUMNS}, a.site_id, s.name AS site_name, a.customer_id, c.name AS customer_name, \
         a.unit_id, a.division_code, a.parent_asset_id, o.serial AS parent_serial, a.foreign_components, a.software_version, \
         a.accepted_on, a.acceptance_id, a.changed_at, a.version \
         FROM asset a JOIN product p ON p.id = a.product_id JOIN site s ON s.id = a.site_id \
         JOIN customer c ON c.id = a.customer_id LEFT JOIN asset o ON o.id = a.parent_asset_id"
    )
}

/// Which assets a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AssetFilter {
    /// A serial or its last characters, or the text of a QR plate.
    pub q: Option<String>,
    /// Only at this site.
    pub site_id: Option<SiteId>,
    /// Only of this customer.
    pub customer_id: Option<CustomerId>,
    /// Only of this product.
    pub product_id: Option<ProductId>,
    /// Only assets of this unit itself.
    pub unit_id: Option<UnitId>,
    /// Only those with (or without) a signed acceptance.
    pub accepted: Option<bool>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

fn view(row: &Row) -> Result<AssetView, DbError> {
    Ok(AssetView {
        id: row.get("id")?,
        serial: row.get("serial")?,
        label: row.get("label")?,
        product: product_name(row)?,
        site_id: row.get("site_id")?,
        site_name: row.get("site_name")?,
        customer_id: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        unit_id: row.get("unit_id")?,
        division_code: row.get("division_code")?,
        parent_asset_id: row.get("parent_asset_id")?,
        parent_serial: row.get("parent_serial")?,
        foreign_components: row.get("foreign_components")?,
        software_version: row.get("software_version")?,
        accepted_on: row.get("accepted_on")?,
        acceptance_id: row.get("acceptance_id")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// What an asset is stored as.
pub(crate) struct AssetRow<'a> {
    pub id: AssetId,
    pub serial: &'a str,
    pub serial_key: &'a str,
    pub label: &'a str,
    pub product_id: ProductId,
    pub site: &'a Site,
    pub parent_asset_id: Option<AssetId>,
    pub foreign_components: bool,
    pub software_version: Option<&'a str>,
    pub imported_from: Option<&'a str>,
    pub now: Ts,
    pub version: i64,
}

impl AssetRow<'_> {
    fn values(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.serial.into(),
            self.serial_key.into(),
            self.product_id.into(),
            self.site.id.into(),
            self.site.customer_id.into(),
            self.site.unit.id.into(),
            self.site.division_code.clone().into(),
            self.parent_asset_id.into(),
            self.foreign_components.into(),
            self.software_version.map(str::to_owned).into(),
            self.now.into(),
            self.version.into(),
        ]
    }

    async fn keys(&self, tx: &mut Tx, fresh: bool) -> Result<(), DbError> {
        let mut keys = serial_keys(self.serial);
        keys.push(label_key(self.label));
        search::set_keys(tx, Record::Asset, &self.id.to_string(), &keys, fresh).await
    }
}

pub(crate) async fn insert(tx: &mut Tx, row: &AssetRow<'_>) -> Result<(), DbError> {
    let mut values = row.values();
    values.push(row.label.into());
    values.push(row.imported_from.map(str::to_owned).into());
    tx.execute(
        "INSERT INTO asset (id, serial, serial_key, product_id, site_id, customer_id, unit_id, division_code, parent_asset_id, \
         foreign_components, software_version, changed_at, created_at, version, label, imported_from) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15)",
        &values,
    )
    .await?;
    row.keys(tx, true).await
}

pub(crate) async fn update(tx: &mut Tx, row: &AssetRow<'_>) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE asset SET serial = $2, serial_key = $3, product_id = $4, site_id = $5, customer_id = $6, unit_id = $7, division_code = $8, \
         parent_asset_id = $9, foreign_components = $10, software_version = $11, changed_at = $12, version = $13 \
         WHERE id = $1 AND version = $13 - 1",
        &row.values(),
    )
    .await?;
    kit::http::still_seen(touched)?;
    Ok(row.keys(tx, false).await?)
}

/// The asset of a product with this serial.
pub(crate) async fn twin(
    tx: &mut Tx,
    product: ProductId,
    serial_key: &str,
) -> Result<Option<AssetId>, DbError> {
    let row = tx
        .row("SELECT id FROM asset WHERE product_id = $1 AND serial_key = $2", params![product, serial_key])
        .await?;
    row.map(|r| r.get("id")).transpose()
}

/// A system and everything above it, nearest first, and whether each stands at `site`.
pub(crate) async fn line_of(
    tx: &mut Tx,
    from: AssetId,
    site: SiteId,
) -> Result<Vec<(AssetId, bool)>, DbError> {
    // The depth ends the walk even if the rows were to hold a cycle.
    let rows = tx
        .rows(
            "WITH RECURSIVE line (id, parent_asset_id, site_id, depth) AS ( \
             SELECT id, parent_asset_id, site_id, CAST(1 AS BIGINT) FROM asset WHERE id = $1 \
             UNION ALL SELECT a.id, a.parent_asset_id, a.site_id, l.depth + 1 FROM asset a JOIN line l ON a.id = l.parent_asset_id \
             WHERE l.depth < 32) \
             SELECT id, CAST(CASE WHEN site_id = $2 THEN 1 ELSE 0 END AS BIGINT) AS here FROM line ORDER BY depth",
            params![from, site],
        )
        .await?;
    rows.iter().map(|r| Ok((r.get("id")?, r.get("here")?))).collect()
}

/// Lets one change of the systems of a site go after the other: two that each look fine could make a cycle together.
pub(crate) async fn lock_systems(tx: &mut Tx, site: SiteId) -> Result<(), DbError> {
    tx.execute("UPDATE site SET used_at = used_at WHERE id = $1", params![site]).await?;
    Ok(())
}

/// How many assets are parts of this one.
pub(crate) async fn parts(tx: &mut Tx, id: AssetId) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM asset WHERE parent_asset_id = $1", params![id]).await
}

/// An asset within reach; one query.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, reach: &Reach, id: AssetId) -> Result<Option<AssetView>, DbError> {
    let filter = one(reach, id);
    tx.row(&format!("{} {}", select(), filter.sql()), filter.params()).await?.as_ref().map(view).transpose()
}

/// [`get`] will be asked soon.
pub fn ahead(tx: &mut Tx, reach: &Reach, id: AssetId) {
    let filter = one(reach, id);
    tx.ahead(format!("{} {}", select(), filter.sql()), filter.params());
}

fn one(reach: &Reach, id: AssetId) -> Where {
    let mut filter = Where::new();
    filter.and("a.id = ?", [id.into()]);
    reach.narrow(&mut filter, &ASSET_SCOPE);
    filter
}

/// These assets, by serial, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn by_ids(tx: &mut Tx, ids: impl IntoIterator<Item = AssetId>) -> Result<Vec<AssetView>, DbError> {
    let mut filter = Where::new();
    filter.any("a.id", ids);
    let sql = format!("{} {} ORDER BY a.serial, a.id", select(), filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(view).collect()
}

/// These assets as far as they are within reach, by serial.
///
/// # Errors
/// As the database says.
pub async fn by_ids_within(tx: &mut Tx, reach: &Reach, ids: &[AssetId]) -> Result<Vec<AssetView>, DbError> {
    let mut filter = Where::new();
    filter.any("a.id", ids.iter().copied());
    reach.narrow(&mut filter, &ASSET_SCOPE);
    let sql = format!("{} {} ORDER BY a.serial, a.id", select(), filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(view).collect()
}

/// What stands at a site, by serial, at most 500.
///
/// # Errors
/// As the database says.
pub async fn of_site(tx: &mut Tx, site: SiteId) -> Result<Vec<AssetView>, DbError> {
    let sql = format!("{} WHERE a.site_id = $1 ORDER BY a.serial, a.id LIMIT 500", select());
    tx.rows(&sql, params![site]).await?.iter().map(view).collect()
}

/// Assets with this serial, whatever its case and separators; several makers may use one serial.
///
/// # Errors
/// As the database says.
pub async fn by_serial(tx: &mut Tx, serial_key: &str) -> Result<Vec<AssetView>, DbError> {
    let sql = format!("{} WHERE a.serial_key = $1 ORDER BY a.id LIMIT 50", select());
    tx.rows(&sql, params![serial_key]).await?.iter().map(view).collect()
}

/// A page of assets within reach, by serial.
///
/// # Errors
/// `cursor_invalid`; as the database says.
pub async fn list(tx: &mut Tx, reach: &Reach, filter: &AssetFilter) -> Result<Page<AssetView>, kit::Failure> {
    let paging = Paging { limit: filter.limit, after: filter.after.clone() };
    let mut narrow = Where::new();
    reach.narrow(&mut narrow, &ASSET_SCOPE);
    for (column, id) in [
        ("a.site_id", filter.site_id.map(Value::from)),
        ("a.customer_id", filter.customer_id.map(Value::from)),
        ("a.product_id", filter.product_id.map(Value::from)),
        ("a.unit_id", filter.unit_id.map(Value::from)),
    ] {
        if let Some(id) = id {
            narrow.and(&format!("{column} = ?"), [id]);
        }
    }
    match filter.accepted {
        Some(true) => narrow.and("a.accepted_on IS NOT NULL", []),
        Some(false) => narrow.and("a.accepted_on IS NULL", []),
        None => &mut narrow,
    };
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let mut seen = Where::new();
        reach.narrow(&mut seen, &ASSET_SCOPE);
        let within = search::Within::one(Record::Asset, "asset a", "a.id", &seen);
        let found = search::find_within(tx, &[Record::Asset], &probes(text), &within).await?;
        narrow.any("a.id", found.into_iter().map(|f| f.id));
    }
    if let Some([serial, id]) = paging.after([Key::Text, Key::Id])? {
        narrow.and("a.serial > ? OR (a.serial = ? AND a.id > ?)", [serial.clone(), serial, id]);
    }
    let limit = narrow.bind(paging.limit() + 1);
    let sql = format!("{} {} ORDER BY a.serial, a.id LIMIT {limit}", select(), narrow.sql());
    let rows = tx.rows(&sql, narrow.params()).await?.iter().map(view).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |a| vec![Value::from(&a.serial), Value::from(a.id)]))
}

/// Assets found over all units by serial, its last characters, or the text of a QR plate (decision 2); two queries.
///
/// # Errors
/// As the database says.
pub async fn look_up(tx: &mut Tx, what: &LookUp) -> Result<Vec<AssetHit>, DbError> {
    let limit = usize::try_from(what.limit.clamp(1, 50)).unwrap_or(50);
    let found: HashMap<String, Exactness> = search::find(tx, &[Record::Asset], &probes(&what.text))
        .await?
        .into_iter()
        .take(limit * 2)
        .map(|f| (f.id, f.exactness))
        .collect();
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Where::new();
    filter.any("a.id", found.keys().cloned());
    let sql = format!(
        "SELECT a.id, a.serial, {PRODUCT_COLUMNS}, a.site_id, s.name AS site_name, a.customer_id, c.name AS customer_name, a.unit_id \
         FROM asset a JOIN product p ON p.id = a.product_id JOIN site s ON s.id = a.site_id JOIN customer c ON c.id = a.customer_id \
         {} ORDER BY s.used_at DESC, a.serial",
        filter.sql()
    );
    let mut hits = Vec::new();
    for row in tx.rows(&sql, filter.params()).await? {
        let Some(exactness) = found.get(&row.get::<String>("id")?) else { continue };
        hits.push(AssetHit {
            exactness: *exactness,
            asset_id: row.get("id")?,
            serial: row.get("serial")?,
            product: product_name(&row)?,
            site_id: row.get("site_id")?,
            site_name: row.get("site_name")?,
            customer_id: row.get("customer_id")?,
            customer_name: row.get("customer_name")?,
            unit_id: row.get("unit_id")?,
        });
    }
    // Stable: within one exactness the sites used lately stay first.
    hits.sort_by_key(|h| std::cmp::Reverse(h.exactness));
    hits.truncate(limit);
    Ok(hits)
}

/// The asset that an import made of this key, if it has run before.
///
/// # Errors
/// As the database says.
pub async fn imported(tx: &mut Tx, key: &str) -> Result<Option<AssetId>, DbError> {
    let row = tx.row("SELECT id FROM asset WHERE imported_from = $1", params![key]).await?;
    row.map(|r| r.get("id")).transpose()
}
