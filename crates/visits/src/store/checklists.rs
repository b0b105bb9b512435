//! Versions of checklists per product × job (P24).

use assets::{AssetId, ProductId};
use kit::{DbError, Row, Ts, Tx, Where, params};

use crate::checklist::Checklist;
use crate::model::{ChecklistId, WorkOrderKind};
use crate::views::ChecklistView;

fn view(row: &Row) -> Result<ChecklistView, DbError> {
    Ok(ChecklistView {
        id: row.get("id")?,
        product_id: row.get("product_id")?,
        kind: row.parse("kind")?,
        checklist: row.json("content")?,
        made_at: row.get("made_at")?,
    })
}

/// The newest checklist for the asset's product and the job, else the newest general one.
pub(crate) async fn in_force(
    tx: &mut Tx,
    asset_id: Option<AssetId>,
    kind: WorkOrderKind,
) -> Result<Option<Checklist>, DbError> {
    let row = tx
        .row(
            "SELECT l.content FROM checklist l WHERE l.kind = $1 AND (l.product_id IS NULL OR l.product_id = \
             (SELECT a.product_id FROM asset a WHERE a.id = CAST($2 AS TEXT))) \
             ORDER BY CASE WHEN l.product_id IS NULL THEN 1 ELSE 0 END, l.version DESC LIMIT 1",
            params![kind, asset_id],
        )
        .await?;
    row.map(|r| r.json("content")).transpose()
}

/// The newest version for this product (or the general one) and job; 0 if there is none.
pub(crate) async fn newest(
    tx: &mut Tx,
    product_id: Option<ProductId>,
    kind: WorkOrderKind,
) -> Result<i64, DbError> {
    tx.int(
        "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM checklist WHERE COALESCE(product_id, '') = $1 AND kind = $2",
        params![product_id.map(|p| p.to_string()).unwrap_or_default(), kind],
    )
    .await
}

/// Keeps a new version.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: ChecklistId,
    product_id: Option<ProductId>,
    kind: WorkOrderKind,
    checklist: &Checklist,
    by: &str,
    now: Ts,
) -> Result<(), DbError> {
    let content = serde_json::to_string(checklist).map_err(|e| DbError::Other(e.to_string()))?;
    tx.execute(
        "INSERT INTO checklist (id, product_id, kind, version, content, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, product_id, kind, checklist.version, content, now, by],
    )
    .await?;
    Ok(())
}

/// Every version, or only the newest of each product and job.
pub(crate) async fn list(
    tx: &mut Tx,
    product_id: Option<ProductId>,
    kind: Option<WorkOrderKind>,
    all_versions: bool,
) -> Result<Vec<ChecklistView>, DbError> {
    let mut filter = Where::new();
    if let Some(product_id) = product_id {
        filter.and("l.product_id = ?", [product_id.into()]);
    }
    if let Some(kind) = kind {
        filter.and("l.kind = ?", [kind.into()]);
    }
    if !all_versions {
        filter.and(
            "l.version = (SELECT MAX(m.version) FROM checklist m WHERE COALESCE(m.product_id, '') = COALESCE(l.product_id, '') \
             AND m.kind = l.kind)",
            [],
        );
    }
    let sql = format!(
        "SELECT l.id, l.product_id, l.kind, l.content, l.made_at FROM checklist l {} \
         ORDER BY l.kind, COALESCE(l.product_id, ''), l.version DESC LIMIT 500",
        filter.sql()
    );
    tx.rows(&sql, filter.params()).await?.iter().map(view).collect()
}

/// One version by id.
pub(crate) async fn get(tx: &mut Tx, id: ChecklistId) -> Result<Option<ChecklistView>, DbError> {
    let row = tx
        .row("SELECT id, product_id, kind, content, made_at FROM checklist WHERE id = $1", params![id])
        .await?;
    row.as_ref().map(view).transpose()
}
