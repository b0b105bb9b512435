//! Acceptances. Only [`insert`] sets an asset's day of acceptance, only [`revoke`] takes it away (P28).

use customers::{Site, SiteId};
use identity::files::FileUse;
use jiff::civil::Date;
use kit::{DbError, Key, Page, Paging, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params};
use serde::Deserialize;

use crate::model::{AcceptanceId, AcceptanceView, AssetId, StrokePoint};
use crate::rules::Signature;

const SCOPE: ScopeColumns = ScopeColumns {
    subject: "site",
    id: "q.site_id",
    unit: "s.unit_id",
    second_unit: None,
    customer: Some("q.customer_id"),
};

/// Signatures that are files: for those who see the acceptance.
pub const FILE_USES: &[FileUse] = &[FileUse {
    from: "acceptance q JOIN site s ON s.id = q.site_id",
    digest: "q.signature_sha256",
    only: Some("q.signature_strokes IS NULL"),
    narrow: |filter, actor| actor.reach.narrow(filter, &SCOPE),
}];

const SELECT: &str = "SELECT q.id, q.number, q.site_id, q.customer_id, q.accepted_on, q.signed_by_name, q.signed_at, q.document, \
     q.document_sha256, q.signature_strokes, q.signature_sha256, q.binding_sha256, q.revoked_at, q.revoked_reason, q.version \
     FROM acceptance q JOIN site s ON s.id = q.site_id";

/// Which acceptances a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AcceptanceFilter {
    /// Only of this site.
    pub site_id: Option<SiteId>,
    /// Only those that cover this asset.
    pub asset_id: Option<AssetId>,
    /// Rows on the page, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

fn view(row: &Row) -> Result<AcceptanceView, DbError> {
    let strokes: Option<String> = row.get("signature_strokes")?;
    let strokes: Option<Vec<Vec<StrokePoint>>> = strokes
        .map(|s| serde_json::from_str(&s))
        .transpose()
        .map_err(|_| DbError::Column { name: "signature_strokes".into() })?;
    Ok(AcceptanceView {
        id: row.get("id")?,
        number: row.get("number")?,
        site_id: row.get("site_id")?,
        customer_id: row.get("customer_id")?,
        accepted_on: row.get("accepted_on")?,
        signed_by_name: row.get("signed_by_name")?,
        signed_at: row.get("signed_at")?,
        document: row.json("document")?,
        document_sha256: row.get("document_sha256")?,
        signature_strokes: strokes,
        signature_sha256: row.get("signature_sha256")?,
        binding_sha256: row.get("binding_sha256")?,
        revoked_at: row.get("revoked_at")?,
        revoked_reason: row.get("revoked_reason")?,
        version: row.get("version")?,
    })
}

/// What an acceptance is stored as.
pub(crate) struct AcceptanceRow<'a> {
    pub id: AcceptanceId,
    pub number: &'a str,
    pub site: &'a Site,
    pub accepted_on: Date,
    pub signed_by_name: &'a str,
    pub document: &'a str,
    pub document_sha256: &'a str,
    pub signature: &'a Signature,
    pub binding_sha256: &'a str,
    pub recorded_by: &'a str,
    pub now: Ts,
}

/// Stores an acceptance and sets the day on its assets.
pub(crate) async fn insert(tx: &mut Tx, new: &AcceptanceRow<'_>, assets: &[AssetId]) -> Result<(), DbError> {
    let strokes = match new.signature {
        Signature::Strokes(text) => Some(text.clone()),
        Signature::File(_) => None,
    };
    tx.execute(
        "INSERT INTO acceptance (id, number, site_id, customer_id, unit_id, division_code, accepted_on, signed_by_name, signed_at, document, \
         document_sha256, signature_strokes, signature_sha256, binding_sha256, recorded_by, recorded_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $9, 1)",
        params![
            new.id,
            new.number,
            new.site.id,
            new.site.customer_id,
            new.site.unit.id,
            new.site.division_code.clone(),
            new.accepted_on,
            new.signed_by_name,
            new.now,
            new.document,
            new.document_sha256,
            strokes,
            new.signature.sha256(),
            new.binding_sha256,
            new.recorded_by
        ],
    )
    .await?;
    let rows: Vec<Vec<Value>> = assets.iter().map(|a| vec![new.id.into(), a.into()]).collect();
    tx.insert_many("acceptance_asset", &["acceptance_id", "asset_id"], &rows).await?;
    let mut set = Where::new();
    let (day, id, now) = (set.bind(new.accepted_on), set.bind(new.id), set.bind(new.now));
    set.any("id", assets.iter().copied());
    let sql = format!(
        "UPDATE asset SET accepted_on = {day}, acceptance_id = {id}, changed_at = {now}, version = version + 1 {}",
        set.sql()
    );
    tx.execute(&sql, set.params()).await?;
    Ok(())
}

/// Marks an acceptance as revoked and takes the day from its assets; `false` if it was revoked meanwhile.
pub(crate) async fn revoke(
    tx: &mut Tx,
    id: AcceptanceId,
    by: &str,
    reason: &str,
    now: Ts,
) -> Result<bool, DbError> {
    let touched = tx
        .execute(
            "UPDATE acceptance SET revoked_at = $2, revoked_by = $3, revoked_reason = $4, version = version + 1 \
             WHERE id = $1 AND revoked_at IS NULL",
            params![id, now, by, reason],
        )
        .await?;
    if touched == 0 {
        return Ok(false);
    }
    tx.execute("UPDATE acceptance_asset SET revoked_at = $2 WHERE acceptance_id = $1", params![id, now])
        .await?;
    tx.execute(
        "UPDATE asset SET accepted_on = NULL, acceptance_id = NULL, changed_at = $2, version = version + 1 WHERE acceptance_id = $1",
        params![id, now],
    )
    .await?;
    Ok(true)
}

/// An acceptance within reach; one query.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, reach: &Reach, id: AcceptanceId) -> Result<Option<AcceptanceView>, DbError> {
    let mut filter = Where::new();
    filter.and("q.id = ?", [id.into()]);
    reach.narrow(&mut filter, &SCOPE);
    tx.row(&format!("{SELECT} {}", filter.sql()), filter.params()).await?.as_ref().map(view).transpose()
}

/// The assets an acceptance covers or covered.
///
/// # Errors
/// As the database says.
pub async fn assets_of(tx: &mut Tx, id: AcceptanceId) -> Result<Vec<AssetId>, DbError> {
    let sql = "SELECT asset_id FROM acceptance_asset WHERE acceptance_id = $1 ORDER BY asset_id";
    tx.rows(sql, params![id]).await?.iter().map(|r| r.get("asset_id")).collect()
}

/// A page of acceptances within reach, newest day first.
///
/// # Errors
/// `cursor_invalid`; as the database says.
pub async fn list(
    tx: &mut Tx,
    reach: &Reach,
    filter: &AcceptanceFilter,
) -> Result<Page<AcceptanceView>, kit::Failure> {
    let paging = Paging { limit: filter.limit, after: filter.after.clone() };
    let mut narrow = Where::new();
    reach.narrow(&mut narrow, &SCOPE);
    if let Some(site) = filter.site_id {
        narrow.and("q.site_id = ?", [site.into()]);
    }
    if let Some(asset) = filter.asset_id {
        narrow.and(
            "q.id IN (SELECT x.acceptance_id FROM acceptance_asset x WHERE x.asset_id = ?)",
            [asset.into()],
        );
    }
    if let Some([day, id]) = paging.after([Key::Day, Key::Id])? {
        narrow.and("q.accepted_on < ? OR (q.accepted_on = ? AND q.id < ?)", [day.clone(), day, id]);
    }
    let limit = narrow.bind(paging.limit() + 1);
    let sql = format!("{SELECT} {} ORDER BY q.accepted_on DESC, q.id DESC LIMIT {limit}", narrow.sql());
    let rows = tx.rows(&sql, narrow.params()).await?.iter().map(view).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |q| vec![Value::from(q.accepted_on), Value::from(q.id)]))
}

/// One acceptance as stored, for recomputing.
pub(crate) struct StoredAcceptance {
    pub id: AcceptanceId,
    pub number: String,
    pub accepted_on: String,
    pub signed_by_name: String,
    pub signed_at: Ts,
    pub document: String,
    pub document_sha256: String,
    pub signature_strokes: Option<String>,
    pub signature_sha256: String,
    pub binding_sha256: String,
}

/// The next acceptances after `after`, by id.
pub(crate) async fn stored_after(
    tx: &mut Tx,
    after: &str,
    limit: i64,
) -> Result<Vec<StoredAcceptance>, DbError> {
    let rows = tx
        .rows(
            "SELECT id, number, accepted_on, signed_by_name, signed_at, document, document_sha256, signature_strokes, signature_sha256, \
             binding_sha256 FROM acceptance WHERE id > $1 ORDER BY id LIMIT $2",
            params![after, limit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(StoredAcceptance {
                id: row.get("id")?,
                number: row.get("number")?,
                accepted_on: row.get("accepted_on")?,
                signed_by_name: row.get("signed_by_name")?,
                signed_at: row.get("signed_at")?,
                document: row.get("document")?,
                document_sha256: row.get("document_sha256")?,
                signature_strokes: row.get("signature_strokes")?,
                signature_sha256: row.get("signature_sha256")?,
                binding_sha256: row.get("binding_sha256")?,
            })
        })
        .collect()
}

/// The assets of these acceptances.
pub(crate) async fn covered(
    tx: &mut Tx,
    ids: &[AcceptanceId],
) -> Result<Vec<(AcceptanceId, AssetId)>, DbError> {
    let mut filter = Where::new();
    filter.any("acceptance_id", ids.iter().copied());
    let sql = format!("SELECT acceptance_id, asset_id FROM acceptance_asset {}", filter.sql());
    tx.rows(&sql, filter.params())
        .await?
        .iter()
        .map(|r| Ok((r.get("acceptance_id")?, r.get("asset_id")?)))
        .collect()
}

/// Acceptances whose day isn't that of an asset they cover, or that an asset names though they don't cover it.
pub(crate) async fn differing_days(tx: &mut Tx) -> Result<Vec<(AcceptanceId, String)>, DbError> {
    let rows = tx
        .rows(
            "SELECT DISTINCT q.id, q.number FROM acceptance q JOIN acceptance_asset x ON x.acceptance_id = q.id \
             JOIN asset a ON a.id = x.asset_id \
             WHERE x.revoked_at IS NULL AND (a.accepted_on IS NULL OR a.accepted_on <> q.accepted_on OR a.acceptance_id <> q.id) \
             UNION SELECT q.id, q.number FROM asset a JOIN acceptance q ON q.id = a.acceptance_id \
             LEFT JOIN acceptance_asset x ON x.acceptance_id = q.id AND x.asset_id = a.id AND x.revoked_at IS NULL \
             WHERE x.asset_id IS NULL",
            &[],
        )
        .await?;
    rows.iter().map(|r| Ok((r.get("id")?, r.get("number")?))).collect()
}
