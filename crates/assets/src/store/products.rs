//! The catalogue of products.

use kit::{Both, DbError, Failure, Key, Page, Paging, Row, Ts, Tx, Value, Where, params};
use serde::Deserialize;

use crate::model::{ProductId, ProductInput, ProductView};

const SELECT: &str = "SELECT p.id, p.model, p.model_version, p.name_zh, p.name_en, p.kind, p.active, p.changed_at, p.version FROM product p";

/// Which products a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProductFilter {
    /// Models that begin like this.
    pub model: Option<String>,
    /// Only those that need this skill.
    pub kind: Option<String>,
    /// Only those that can (or can no longer) be registered.
    pub active: Option<bool>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

fn view(row: &Row) -> Result<ProductView, DbError> {
    Ok(ProductView {
        id: row.get("id")?,
        model: row.get("model")?,
        model_version: row.get("model_version")?,
        name: Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?),
        kind: row.get("kind")?,
        active: row.get("active")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

pub(crate) async fn insert(tx: &mut Tx, id: ProductId, new: &ProductInput, now: Ts) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO product (id, model, model_version, name_zh, name_en, kind, active, created_at, changed_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
        params![id, &new.model, &new.model_version, &new.name.zh_cn, &new.name.en, &new.kind, new.active, now],
    )
    .await?;
    Ok(())
}

pub(crate) async fn update(
    tx: &mut Tx,
    id: ProductId,
    new: &ProductInput,
    version: i64,
    now: Ts,
) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE product SET model = $2, model_version = $3, name_zh = $4, name_en = $5, kind = $6, active = $7, changed_at = $8, \
         version = $9 WHERE id = $1 AND version = $9 - 1",
        params![id, &new.model, &new.model_version, &new.name.zh_cn, &new.name.en, &new.kind, new.active, now, version],
    )
    .await?;
    Ok(kit::http::still_seen(touched)?)
}

/// The product with this model and version.
pub(crate) async fn twin(
    tx: &mut Tx,
    model: &str,
    model_version: &str,
) -> Result<Option<ProductId>, DbError> {
    let row = tx
        .row("SELECT id FROM product WHERE model = $1 AND model_version = $2", params![model, model_version])
        .await?;
    row.map(|r| r.get("id")).transpose()
}

/// A product.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: ProductId) -> Result<Option<ProductView>, DbError> {
    tx.row(&format!("{SELECT} WHERE p.id = $1"), params![id]).await?.as_ref().map(view).transpose()
}

/// A page of the catalogue, by model.
///
/// # Errors
/// `cursor_invalid`; as the database says.
pub async fn list(tx: &mut Tx, filter: &ProductFilter) -> Result<Page<ProductView>, kit::Failure> {
    let paging = Paging { limit: filter.limit, after: filter.after.clone() };
    let mut narrow = Where::new();
    if let Some(model) = filter.model.as_deref().filter(|m| !m.is_empty()) {
        // A catalogue is short; comparing the beginning works under every collation.
        narrow.and("substr(p.model, 1, ?) = ?", [model.chars().count().into(), model.into()]);
    }
    if let Some(kind) = &filter.kind {
        narrow.and("p.kind = ?", [kind.into()]);
    }
    if let Some(active) = filter.active {
        narrow.and("p.active = ?", [active.into()]);
    }
    if let Some([model, version, id]) = paging.after([Key::Text, Key::Text, Key::Id])? {
        narrow.and(
            "p.model > ? OR (p.model = ? AND (p.model_version > ? OR (p.model_version = ? AND p.id > ?)))",
            [model.clone(), model, version.clone(), version, id],
        );
    }
    let limit = narrow.bind(paging.limit() + 1);
    let sql = format!("{SELECT} {} ORDER BY p.model, p.model_version, p.id LIMIT {limit}", narrow.sql());
    let rows = tx.rows(&sql, narrow.params()).await?.iter().map(view).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |p| {
        vec![Value::from(&p.model), Value::from(&p.model_version), Value::from(p.id)]
    }))
}
