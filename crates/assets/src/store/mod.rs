//! The only place that reads or writes products, assets and acceptances.

pub mod acceptances;
pub mod assets;
pub mod faults;
pub mod products;
pub(crate) mod tables;

use kit::{Both, DbError, Row, ScopeColumns};

use crate::model::ProductName;

/// Where the asset table keeps what the filter needs: an engineer sees it through the shared site.
pub const ASSET_SCOPE: ScopeColumns = ScopeColumns {
    subject: "site",
    id: "a.site_id",
    unit: "a.unit_id",
    second_unit: None,
    customer: Some("a.customer_id"),
};

/// The columns of `p` (product) that [`product_name`] reads.
pub(crate) const PRODUCT_COLUMNS: &str =
    "p.id AS product_id, p.model, p.model_version, p.name_zh AS product_zh, p.name_en AS product_en, p.kind";

pub(crate) fn product_name(row: &Row) -> Result<ProductName, DbError> {
    Ok(ProductName {
        id: row.get("product_id")?,
        model: row.get("model")?,
        model_version: row.get("model_version")?,
        name: Both::new(row.get::<String>("product_zh")?, row.get::<String>("product_en")?),
        kind: row.get("kind")?,
    })
}
