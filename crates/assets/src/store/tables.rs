//! What tables of assets bring: looked up and stored many rows at once.

use std::collections::{HashMap, HashSet};

use customers::SiteId;
use customers::from_table::{AT_ONCE, Bringer, SitePlace};
use kit::db::Dialect;
use kit::{DbError, Reach, Row, Ts, Tx, Value, Where, params};

use super::ASSET_SCOPE;
use crate::model::{AssetId, ProductId};

/// An asset as a table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableAsset {
    pub id: Option<AssetId>,
    pub serial: String,
    pub serial_key: String,
    pub product_id: ProductId,
    pub foreign_components: bool,
    pub software_version: Option<String>,
    pub key: Option<String>,
    pub version: i64,
}

/// An asset as it stands.
#[derive(Clone, Debug)]
pub(crate) struct StoredAsset {
    pub id: AssetId,
    pub label: String,
    pub site_id: SiteId,
    pub parent_asset_id: Option<AssetId>,
    pub asset: TableAsset,
}

/// What an asset at some site is a part of.
#[derive(Clone, Debug)]
pub(crate) struct PartOf {
    pub id: AssetId,
    pub site_id: SiteId,
    pub parent_asset_id: Option<AssetId>,
    pub serial_key: String,
    pub key: Option<String>,
}

const SELECT: &str = "SELECT a.id, a.serial, a.serial_key, a.label, a.product_id, a.site_id, a.parent_asset_id, a.foreign_components, \
     a.software_version, a.imported_from, a.version FROM asset a";

fn stored(row: &Row) -> Result<StoredAsset, DbError> {
    let id: AssetId = row.get("id")?;
    Ok(StoredAsset {
        id,
        label: row.get("label")?,
        site_id: row.get("site_id")?,
        parent_asset_id: row.get("parent_asset_id")?,
        asset: TableAsset {
            id: Some(id),
            serial: row.get("serial")?,
            serial_key: row.get("serial_key")?,
            product_id: row.get("product_id")?,
            foreign_components: row.get("foreign_components")?,
            software_version: row.get("software_version")?,
            key: row.get("imported_from")?,
            version: row.get("version")?,
        },
    })
}

// Rows that a command is about to change stand as it looked them up until it ends: on PostgreSQL they are locked from then on; on SQLite
// nobody else writes meanwhile, and what was planned beside the one writer is stored only if it still holds. A reader locks nothing.
fn lock(tx: &Tx, bringer: &Bringer) -> &'static str {
    match tx.dialect() {
        Dialect::Postgres if bringer.locks => "ORDER BY a.id FOR UPDATE OF a",
        _ => "",
    }
}

/// The assets that carry these numbers of another system, and whether each is within reach.
pub(crate) async fn known(
    tx: &mut Tx,
    bringer: &Bringer,
    keys: &[&str],
) -> Result<HashMap<String, (StoredAsset, bool)>, DbError> {
    let mut found = HashMap::with_capacity(keys.len());
    let lock = lock(tx, bringer);
    for part in keys.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("a.imported_from", part.iter().copied());
        let rows = tx.rows(&format!("{SELECT} {} {lock}", filter.sql()), filter.params()).await?;
        let within: Option<HashSet<AssetId>> = match &bringer.reach {
            Reach::Everything => None,
            _ if rows.is_empty() => None,
            reach => {
                reach.narrow(&mut filter, &ASSET_SCOPE);
                let rows =
                    tx.rows(&format!("SELECT a.id FROM asset a {}", filter.sql()), filter.params()).await?;
                Some(rows.iter().map(|r| r.get("id")).collect::<Result<_, _>>()?)
            }
        };
        for row in &rows {
            let one = stored(row)?;
            let seen = within.as_ref().is_none_or(|all| all.contains(&one.id));
            found.insert(row.get("imported_from")?, (one, seen));
        }
    }
    Ok(found)
}

/// The assets with these serials, by product and serial, whatever the reach: a serial stands once per product.
pub(crate) async fn by_serial_keys(
    tx: &mut Tx,
    bringer: &Bringer,
    serial_keys: &[&str],
) -> Result<HashMap<(ProductId, String), StoredAsset>, DbError> {
    let mut found = HashMap::new();
    let lock = lock(tx, bringer);
    for part in serial_keys.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("a.serial_key", part.iter().copied());
        for row in tx.rows(&format!("{SELECT} {} {lock}", filter.sql()), filter.params()).await? {
            let one = stored(&row)?;
            found.insert((one.asset.product_id, one.asset.serial_key.clone()), one);
        }
    }
    Ok(found)
}

/// What stands at these sites, and what it is a part of.
pub(crate) async fn standing_at(tx: &mut Tx, sites: &[SiteId]) -> Result<Vec<PartOf>, DbError> {
    let mut found = Vec::new();
    for part in sites.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("site_id", part.iter().copied());
        let sql = format!(
            "SELECT id, site_id, parent_asset_id, serial_key, imported_from FROM asset {}",
            filter.sql()
        );
        for row in tx.rows(&sql, filter.params()).await? {
            found.push(PartOf {
                id: row.get("id")?,
                site_id: row.get("site_id")?,
                parent_asset_id: row.get("parent_asset_id")?,
                serial_key: row.get("serial_key")?,
                key: row.get("imported_from")?,
            });
        }
    }
    Ok(found)
}

/// The parts of these systems, each with its system.
pub(crate) async fn parts_of(tx: &mut Tx, systems: &[AssetId]) -> Result<Vec<(AssetId, AssetId)>, DbError> {
    let mut found = Vec::new();
    for part in systems.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("parent_asset_id", part.iter().copied());
        let sql = format!("SELECT id, parent_asset_id FROM asset {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.push((row.get("id")?, row.get("parent_asset_id")?));
        }
    }
    Ok(found)
}

/// Every product: id, model, version, whether it can be registered.
pub(crate) async fn products(tx: &mut Tx) -> Result<Vec<(ProductId, String, String, bool)>, DbError> {
    let rows = tx.rows("SELECT id, model, model_version, active FROM product ORDER BY id", &[]).await?;
    rows.iter()
        .map(|r| Ok((r.get("id")?, r.get("model")?, r.get("model_version")?, r.get("active")?)))
        .collect()
}

/// Which of these texts of QR plates are taken.
pub(crate) async fn labels_taken(tx: &mut Tx, labels: &HashSet<String>) -> Result<Vec<String>, DbError> {
    let labels: Vec<&String> = labels.iter().collect();
    let mut taken = Vec::new();
    for part in labels.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("label", part.iter().copied());
        let sql = format!("SELECT label FROM asset {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            taken.push(row.get("label")?);
        }
    }
    Ok(taken)
}

/// New assets, with site, system and the text of the QR plate.
pub(crate) async fn insert(
    tx: &mut Tx,
    new: &[(&TableAsset, &SitePlace, Option<AssetId>, String)],
    now: Ts,
) -> Result<(), DbError> {
    const COLUMNS: [&str; 16] = [
        "id",
        "serial",
        "serial_key",
        "label",
        "product_id",
        "site_id",
        "customer_id",
        "unit_id",
        "division_code",
        "parent_asset_id",
        "foreign_components",
        "software_version",
        "imported_from",
        "created_at",
        "changed_at",
        "version",
    ];
    let rows: Vec<Vec<Value>> = new
        .iter()
        .map(|(asset, place, parent, label)| {
            vec![
                asset.id.into(),
                (&asset.serial).into(),
                (&asset.serial_key).into(),
                label.into(),
                asset.product_id.into(),
                place.id.into(),
                place.customer_id.into(),
                place.unit_id.into(),
                place.division_code.clone().into(),
                (*parent).into(),
                asset.foreign_components.into(),
                asset.software_version.clone().into(),
                asset.key.clone().into(),
                now.into(),
                now.into(),
                asset.version.into(),
            ]
        })
        .collect();
    tx.insert_many("asset", &COLUMNS, &rows).await
}

/// Changed assets; they stand as they were looked up (`lock`). The day of acceptance stays.
pub(crate) async fn update(
    tx: &mut Tx,
    changed: &[(&TableAsset, &SitePlace, Option<AssetId>)],
    now: Ts,
) -> Result<(), DbError> {
    for (asset, place, parent) in changed {
        tx.put(
            "UPDATE asset SET serial = $2, serial_key = $3, product_id = $4, site_id = $5, customer_id = $6, unit_id = $7, \
             division_code = $8, parent_asset_id = $9, foreign_components = $10, software_version = $11, imported_from = $12, \
             changed_at = $13, version = $14 WHERE id = $1",
            params![
                asset.id,
                &asset.serial,
                &asset.serial_key,
                asset.product_id,
                place.id,
                place.customer_id,
                place.unit_id,
                place.division_code.clone(),
                *parent,
                asset.foreign_components,
                asset.software_version.clone(),
                asset.key.clone(),
                now,
                asset.version
            ],
        )
        .await?;
    }
    Ok(())
}
