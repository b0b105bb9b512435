//! Links to cases.

use cases::CaseId;
use kit::{DbError, Row, Ts, Tx, params};

use crate::model::{Link, LinkId};

fn link_of(row: &Row) -> Result<Link, DbError> {
    Ok(Link {
        id: row.get("id")?,
        case_id: row.get("case_id")?,
        scope: row.parse("scope")?,
        made_for: row.parse("made_for")?,
        made_at: row.get("made_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

const LINK: &str = "SELECT id, case_id, scope, made_for, made_at, revoked_at FROM tracking_link";

pub(crate) async fn insert_link(tx: &mut Tx, link: &Link, token_hash: &str, by: &str) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO tracking_link (id, case_id, token_hash, scope, made_for, made_at, made_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![link.id, link.case_id, token_hash, link.scope, link.made_for, link.made_at, by],
    )
    .await?;
    Ok(())
}

/// The link behind a token, unless it was revoked.
pub(crate) async fn link(tx: &mut Tx, token_hash: &str) -> Result<Option<Link>, DbError> {
    let sql = format!("{LINK} WHERE token_hash = $1 AND revoked_at IS NULL");
    tx.row(&sql, params![token_hash]).await?.as_ref().map(link_of).transpose()
}

pub(crate) async fn link_by_id(tx: &mut Tx, id: LinkId) -> Result<Option<Link>, DbError> {
    tx.row(&format!("{LINK} WHERE id = $1"), params![id]).await?.as_ref().map(link_of).transpose()
}

pub(crate) async fn links_of(tx: &mut Tx, case_id: CaseId) -> Result<Vec<Link>, DbError> {
    let sql = format!("{LINK} WHERE case_id = $1 ORDER BY made_at DESC, id DESC LIMIT 50");
    tx.rows(&sql, params![case_id]).await?.iter().map(link_of).collect()
}

/// `false` if it was revoked before.
pub(crate) async fn revoke_link(tx: &mut Tx, id: LinkId, by: &str, now: Ts) -> Result<bool, DbError> {
    let sql =
        "UPDATE tracking_link SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL";
    Ok(tx.execute(sql, params![id, now, by]).await? == 1)
}
