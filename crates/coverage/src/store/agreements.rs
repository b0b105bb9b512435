//! Service agreements and what they list.

use jiff::civil::Date;
use kit::db::DbError;
use kit::{Cx, Failure, Key, Page, Paging, Reach, Row, ScopeColumns, Tx, Value, Where, params};

use crate::model::{
    AgreementId, AgreementInput, AgreementState, AgreementTargets, AgreementView, Suspension,
};
use crate::rules;

/// An agreement with its stored status.
#[derive(Clone, Debug)]
pub struct Stored {
    /// As it is shown; its state is that of the day it was read for.
    pub view: AgreementView,
    /// What was done to it: `draft`, `signed`, `terminated`.
    pub status: String,
    /// The unit of the customer.
    pub unit_id: String,
}

/// What a list of agreements is narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One customer.
    pub customer_id: Option<String>,
    /// Agreements that list this asset.
    pub asset_id: Option<String>,
    /// Agreements whose last day lies on or before this one, and that are not over.
    pub ends_by: Option<Date>,
}

const SCOPE: ScopeColumns = ScopeColumns {
    subject: "customer",
    id: "k.id",
    unit: "k.unit_id",
    second_unit: None,
    customer: Some("k.id"),
};
const AGREEMENT: &str = "g.id, g.number, g.customer_id, k.name AS customer_name, k.unit_id, g.level, g.covered_from, \
                         g.covered_to, g.price_minor, g.currency, g.respond_min, g.arrive_major_min, g.arrive_normal_min, \
                         g.status, g.signed_on, g.terminated_from, g.terminated_reason, g.renews_id, n.id AS renewed_by_id, g.version";
const FROM: &str = "agreement g JOIN customer k ON k.id = g.customer_id \
                    LEFT JOIN agreement n ON n.renews_id = g.id AND n.status <> 'draft'";

// Without what stands in rows of its own, and so without its state.
fn stored(row: &Row) -> Result<Stored, DbError> {
    let view = AgreementView {
        id: row.get("id")?,
        number: row.get("number")?,
        customer_id: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        asset_ids: Vec::new(),
        level: row.get("level")?,
        covered_from: row.get("covered_from")?,
        covered_to: row.get("covered_to")?,
        price_minor: row.get("price_minor")?,
        currency: row.get("currency")?,
        targets: AgreementTargets {
            respond_min: row.get("respond_min")?,
            arrive_major_min: row.get("arrive_major_min")?,
            arrive_normal_min: row.get("arrive_normal_min")?,
        },
        state: AgreementState::Draft,
        signed_on: row.get("signed_on")?,
        suspensions: Vec::new(),
        terminated_from: row.get("terminated_from")?,
        terminated_reason: row.get("terminated_reason")?,
        renews_id: row.get("renews_id")?,
        renewed_by_id: row.get("renewed_by_id")?,
        version: row.get("version")?,
    };
    Ok(Stored { view, status: row.get("status")?, unit_id: row.get("unit_id")? })
}

// Agreements with their suspensions and where they stand on a day.
async fn standing(tx: &mut Tx, rows: &[Row], today: Date) -> Result<Vec<Stored>, Failure> {
    let mut found: Vec<Stored> = rows.iter().map(stored).collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Ok(found);
    }
    let mut filter = Where::new();
    filter.any("agreement_id", found.iter().map(|one| Value::from(one.view.id)));
    let sql = format!(
        "SELECT agreement_id, suspended_from, suspended_until, reason FROM agreement_suspension {} ORDER BY suspended_from",
        filter.sql()
    );
    for row in &tx.rows(&sql, filter.params()).await? {
        let of: AgreementId = row.get("agreement_id")?;
        if let Some(one) = found.iter_mut().find(|one| one.view.id == of) {
            one.view.suspensions.push(Suspension {
                from: row.get("suspended_from")?,
                until: row.get("suspended_until")?,
                reason: row.get("reason")?,
            });
        }
    }
    for one in &mut found {
        one.view.state = rules::agreement_state(&one.view, &one.status, today);
    }
    Ok(found)
}

async fn with_assets(tx: &mut Tx, found: &mut [Stored]) -> Result<(), Failure> {
    if found.is_empty() {
        return Ok(());
    }
    let mut filter = Where::new();
    filter.any("agreement_id", found.iter().map(|one| Value::from(one.view.id)));
    let sql =
        format!("SELECT agreement_id, asset_id FROM agreement_asset {} ORDER BY asset_id", filter.sql());
    for row in &tx.rows(&sql, filter.params()).await? {
        let of: AgreementId = row.get("agreement_id")?;
        if let Some(one) = found.iter_mut().find(|one| one.view.id == of) {
            one.view.asset_ids.push(row.get("asset_id")?);
        }
    }
    Ok(())
}

/// An agreement within reach.
pub async fn one(
    tx: &mut Tx,
    reach: &Reach,
    id: AgreementId,
    today: Date,
) -> Result<Option<Stored>, Failure> {
    let mut filter = Where::new();
    filter.and("g.id = ?", [id.into()]);
    reach.narrow(&mut filter, &SCOPE);
    let row = tx.row(&format!("SELECT {AGREEMENT} FROM {FROM} {}", filter.sql()), filter.params()).await?;
    let Some(row) = row else { return Ok(None) };
    let mut found = standing(tx, &[row], today).await?;
    with_assets(tx, &mut found).await?;
    Ok(found.pop())
}

/// Whether any agreement that lists the asset names targets of its own.
pub async fn any_targets(tx: &mut Tx, asset_id: &str) -> Result<bool, Failure> {
    Ok(tx.row(ANY_TARGETS, params![asset_id]).await?.is_some())
}

/// [`any_targets`] will be asked soon.
pub fn any_targets_ahead(tx: &mut Tx, asset_id: &str) {
    tx.ahead(ANY_TARGETS, params![asset_id]);
}

const ANY_TARGETS: &str = "SELECT 1 AS found FROM agreement_asset x JOIN agreement g ON g.id = x.agreement_id \
                           WHERE x.asset_id = $1 \
                           AND COALESCE(g.respond_min, g.arrive_major_min, g.arrive_normal_min) IS NOT NULL LIMIT 1";

/// The targets of its own of the agreement of this number; `None` if there is none.
pub async fn targets(tx: &mut Tx, number: &str) -> Result<Option<AgreementTargets>, Failure> {
    let sql = "SELECT respond_min, arrive_major_min, arrive_normal_min FROM agreement WHERE number = $1";
    match tx.row(sql, params![number]).await? {
        Some(row) => Ok(Some(AgreementTargets {
            respond_min: row.get("respond_min")?,
            arrive_major_min: row.get("arrive_major_min")?,
            arrive_normal_min: row.get("arrive_normal_min")?,
        })),
        None => Ok(None),
    }
}

/// The agreements within reach, those that end first at the top.
pub async fn list(
    tx: &mut Tx,
    reach: &Reach,
    asked: &Filter,
    paging: &Paging,
    today: Date,
) -> Result<Page<AgreementView>, Failure> {
    let limit = paging.limit();
    let mut filter = Where::new();
    if let Some(customer) = &asked.customer_id {
        filter.and("g.customer_id = ?", [customer.into()]);
    }
    if let Some(asset) = &asked.asset_id {
        filter.and(
            "EXISTS (SELECT 1 FROM agreement_asset x WHERE x.agreement_id = g.id AND x.asset_id = ?)",
            [asset.into()],
        );
    }
    if let Some(by) = asked.ends_by {
        filter.and("g.covered_to >= ? AND g.covered_to <= ?", [today.into(), by.into()]);
    }
    if let Some([day, id]) = paging.after([Key::Day, Key::Id])? {
        filter.and("g.covered_to > ? OR (g.covered_to = ? AND g.id > ?)", [day.clone(), day, id]);
    }
    reach.narrow(&mut filter, &SCOPE);
    let more = filter.bind(limit + 1);
    let sql =
        format!("SELECT {AGREEMENT} FROM {FROM} {} ORDER BY g.covered_to, g.id LIMIT {more}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    let mut found = standing(tx, &rows, today).await?;
    with_assets(tx, &mut found).await?;
    let views = found.into_iter().map(|one| one.view).collect();
    Ok(Page::from_rows(views, limit, |a: &AgreementView| {
        vec![Value::from(a.covered_to), Value::Text(a.id.to_string())]
    }))
}

/// Agreements within reach that are signed, end between `today` and `by` and aren't renewed yet: how many, and the first of them.
pub async fn expiring(
    tx: &mut Tx,
    reach: &Reach,
    (today, by): (Date, Date),
    most: i64,
) -> Result<(i64, Vec<AgreementView>), Failure> {
    let mut filter = Where::new();
    filter.and("g.status = 'signed'", []);
    filter.and("g.covered_to >= ? AND g.covered_to <= ?", [today.into(), by.into()]);
    filter.and("n.id IS NULL", []);
    reach.narrow(&mut filter, &SCOPE);
    let count = tx.int(&format!("SELECT COUNT(*) FROM {FROM} {}", filter.sql()), filter.params()).await?;
    let limit = filter.bind(most);
    let sql =
        format!("SELECT {AGREEMENT} FROM {FROM} {} ORDER BY g.covered_to, g.id LIMIT {limit}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    let mut found = standing(tx, &rows, today).await?;
    with_assets(tx, &mut found).await?;
    Ok((count, found.into_iter().map(|one| one.view).collect()))
}

/// Where each agreement of these customers stands on a day, with whose it is.
pub async fn states_of(
    tx: &mut Tx,
    customer_ids: &[String],
    today: Date,
) -> Result<Vec<(String, AgreementState)>, Failure> {
    let mut filter = Where::new();
    filter.any("g.customer_id", customer_ids.iter().map(String::as_str));
    let sql = format!("SELECT {AGREEMENT} FROM {FROM} {}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    let found = standing(tx, &rows, today).await?;
    Ok(found.into_iter().map(|one| (one.view.customer_id, one.view.state)).collect())
}

/// The unit of a customer within reach.
pub async fn customer_unit(tx: &mut Tx, reach: &Reach, customer_id: &str) -> Result<Option<String>, Failure> {
    let mut filter = Where::new();
    filter.and("k.id = ?", [customer_id.into()]);
    reach.narrow(&mut filter, &SCOPE);
    match tx.row(&format!("SELECT k.unit_id FROM customer k {}", filter.sql()), filter.params()).await? {
        Some(row) => Ok(Some(row.get("unit_id")?)),
        None => Ok(None),
    }
}

/// The first of these assets that is not the customer's.
pub async fn foreign_asset(
    tx: &mut Tx,
    customer_id: &str,
    asset_ids: &[String],
) -> Result<Option<String>, Failure> {
    let mut filter = Where::new();
    filter.and("customer_id = ?", [customer_id.into()]);
    filter.any("id", asset_ids.iter().map(String::as_str));
    let rows = tx.rows(&format!("SELECT id FROM asset {}", filter.sql()), filter.params()).await?;
    let own: Result<Vec<String>, DbError> = rows.iter().map(|row| row.get("id")).collect();
    let own = own?;
    Ok(asset_ids.iter().find(|id| !own.contains(id)).cloned())
}

/// Adds a draft.
pub async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    number: &str,
    level: &str,
    input: &AgreementInput,
    renews: Option<AgreementId>,
) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO agreement (id, number, customer_id, level, covered_from, covered_to, price_minor, currency, \
         respond_min, arrive_major_min, arrive_normal_min, status, renews_id, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, $13, $13)",
        params![
            id,
            number,
            &input.customer_id,
            level,
            input.covered_from,
            input.covered_to,
            input.price_minor,
            &input.currency,
            input.targets.respond_min,
            input.targets.arrive_major_min,
            input.targets.arrive_normal_min,
            renews,
            cx.now
        ],
    )
    .await?;
    list_assets(tx, id, &input.asset_ids).await
}

async fn list_assets(tx: &mut Tx, id: AgreementId, asset_ids: &[String]) -> Result<(), Failure> {
    let mut ids: Vec<&String> = asset_ids.iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<Vec<Value>> = ids.into_iter().map(|asset| vec![id.into(), asset.into()]).collect();
    tx.insert_many("agreement_asset", &["agreement_id", "asset_id"], &rows).await?;
    Ok(())
}

/// Rewrites a draft that is still as it was seen.
pub async fn rewrite(
    tx: &mut Tx,
    cx: &Cx,
    id: AgreementId,
    seen: i64,
    level: &str,
    input: &AgreementInput,
) -> Result<(), Failure> {
    let touched = tx.execute(
        "UPDATE agreement SET level = $1, covered_from = $2, covered_to = $3, price_minor = $4, currency = $5, \
         respond_min = $6, arrive_major_min = $7, arrive_normal_min = $8, changed_at = $9, version = version + 1 \
         WHERE id = $10 AND version = $11",
        params![
            level,
            input.covered_from,
            input.covered_to,
            input.price_minor,
            &input.currency,
            input.targets.respond_min,
            input.targets.arrive_major_min,
            input.targets.arrive_normal_min,
            cx.now,
            id,
            seen
        ],
    )
    .await?;
    kit::http::still_seen(touched)?;
    tx.execute("DELETE FROM agreement_asset WHERE agreement_id = $1", params![id]).await?;
    list_assets(tx, id, &input.asset_ids).await
}

/// Writes what was done to an agreement and when it takes effect, if nobody did anything to it meanwhile.
pub async fn set_status(tx: &mut Tx, cx: &Cx, of: &Stored) -> Result<(), Failure> {
    let view = &of.view;
    let touched = tx
        .execute(
            "UPDATE agreement SET status = $1, signed_on = $2, terminated_from = $3, terminated_reason = $7, changed_at = $4, \
             version = version + 1 WHERE id = $5 AND version = $6",
            params![
                &of.status,
                view.signed_on,
                view.terminated_from,
                cx.now,
                view.id,
                view.version,
                view.terminated_reason.as_deref()
            ],
        )
        .await?;
    Ok(kit::http::still_seen(touched)?)
}

/// Adds a suspension. Whoever calls has taken the agreement's turn ([`set_status`]).
pub async fn suspend(tx: &mut Tx, id: AgreementId, suspension: &Suspension) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO agreement_suspension (agreement_id, suspended_from, suspended_until, reason) VALUES ($1, $2, $3, $4)",
        params![id, suspension.from, suspension.until, suspension.reason.as_deref()],
    )
    .await?;
    Ok(())
}

/// Ends a suspension with a day, or takes one back that has not begun by then. As [`suspend`].
pub async fn end_suspension(
    tx: &mut Tx,
    id: AgreementId,
    suspension: &Suspension,
    last: Date,
) -> Result<(), Failure> {
    let sql = if suspension.from > last {
        "DELETE FROM agreement_suspension WHERE agreement_id = $1 AND suspended_from = $2 AND suspended_from > $3"
    } else {
        "UPDATE agreement_suspension SET suspended_until = $3 WHERE agreement_id = $1 AND suspended_from = $2"
    };
    tx.execute(sql, params![id, suspension.from, last]).await?;
    Ok(())
}
