//! Price lists and charges in the database.

use jiff::civil::Date;
use kit::db::DbError;
use kit::{Both, Failure, Key, Page, Paging, Row, Ts, Tx, Value, Where, params};

use crate::model::{
    Amounts, ChargeFor, ChargeId, ChargePrice, ChargeView, CustomerLevels, NewPriceList, PriceLineId,
    PriceLineView, PriceListId, PriceListSummary, PriceListView,
};
use crate::rules;

/// The stored name of a kind or payer: the engine's own. A name that is not in the table's list is refused by it.
pub fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn named<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Result<T, DbError> {
    let name: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(name))
        .map_err(|_| DbError::Column { name: column.to_owned() })
}

const LIST: &str = "l.id, l.version, l.name_zh, l.name_en, l.valid_from, l.valid_to, l.currency";

fn head(row: &Row) -> Result<PriceListView, DbError> {
    Ok(PriceListView {
        id: row.get("id")?,
        version: row.get("version")?,
        name: Both { zh_cn: row.get("name_zh")?, en: row.get("name_en")? },
        valid_from: row.get("valid_from")?,
        valid_to: row.get("valid_to")?,
        currency: row.get("currency")?,
        lines: Vec::new(),
    })
}

/// The list in force on a day, with its prices: the newest that has begun and not ended.
pub async fn in_force(tx: &mut Tx, on: Date) -> Result<Option<PriceListView>, Failure> {
    let sql = format!(
        "SELECT {LIST} FROM price_list l WHERE l.valid_from <= $1 ORDER BY l.valid_from DESC LIMIT 1"
    );
    let Some(row) = tx.row(&sql, params![on]).await? else { return Ok(None) };
    let list = head(&row)?;
    if list.valid_to.is_some_and(|to| to < on) {
        return Ok(None);
    }
    Ok(Some(with_lines(tx, list).await?))
}

/// A version with its prices.
pub async fn version(tx: &mut Tx, version: i64) -> Result<Option<PriceListView>, Failure> {
    let sql = format!("SELECT {LIST} FROM price_list l WHERE l.version = $1");
    let Some(row) = tx.row(&sql, params![version]).await? else { return Ok(None) };
    Ok(Some(with_lines(tx, head(&row)?).await?))
}

async fn with_lines(tx: &mut Tx, mut list: PriceListView) -> Result<PriceListView, Failure> {
    let rows = tx
        .rows(
            "SELECT id, code, kind, description_zh, description_en, unit_zh, unit_en, price_minor, \
             agreement_price_minor, vip_price_minor, tax_ppm, tax_included, product_kind FROM price_line WHERE price_list_id = $1 ORDER BY ordinal",
            params![list.id],
        )
        .await?;
    for row in &rows {
        list.lines.push(PriceLineView {
            id: row.get("id")?,
            code: row.get("code")?,
            kind: named(row, "kind")?,
            description: Both { zh_cn: row.get("description_zh")?, en: row.get("description_en")? },
            unit: Both { zh_cn: row.get("unit_zh")?, en: row.get("unit_en")? },
            price_minor: row.get("price_minor")?,
            agreement_price_minor: row.get("agreement_price_minor")?,
            vip_price_minor: row.get("vip_price_minor")?,
            currency: list.currency.clone(),
            tax_ppm: row.get("tax_ppm")?,
            tax_included: row.get("tax_included")?,
            product_kind: row.get("product_kind")?,
        });
    }
    Ok(list)
}

/// The newest version and its first day.
pub async fn newest(tx: &mut Tx) -> Result<Option<(i64, Date)>, Failure> {
    match tx
        .row("SELECT version, valid_from FROM price_list ORDER BY version DESC LIMIT 1", params![])
        .await?
    {
        Some(row) => Ok(Some((row.get("version")?, row.get("valid_from")?))),
        None => Ok(None),
    }
}

/// The versions, newest first.
pub async fn versions(tx: &mut Tx, paging: &Paging) -> Result<Page<PriceListSummary>, Failure> {
    let limit = paging.limit();
    let mut filter = Where::new();
    if let Some(after) = paging.after([Key::Int])? {
        filter.and("l.version < ?", after);
    }
    let more = filter.bind(limit + 1);
    let sql = format!(
        "SELECT {LIST}, l.reason, l.made_at, \
         (SELECT COUNT(*) FROM price_line p WHERE p.price_list_id = l.id) AS line_count \
         FROM price_list l {} ORDER BY l.version DESC LIMIT {more}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let mut lists = Vec::with_capacity(rows.len());
    for row in &rows {
        let list = head(row)?;
        lists.push(PriceListSummary {
            id: list.id,
            version: list.version,
            name: list.name,
            valid_from: list.valid_from,
            valid_to: list.valid_to,
            line_count: row.get("line_count")?,
            reason: row.get("reason")?,
            made_at: row.get("made_at")?,
        });
    }
    Ok(Page::from_rows(lists, limit, |l| vec![Value::Int(l.version)]))
}

/// Adds a list with its prices.
pub async fn insert_list(
    tx: &mut Tx,
    id: PriceListId,
    version: i64,
    list: &NewPriceList,
    line_ids: &[PriceLineId],
    made_by: &str,
    made_at: Ts,
) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO price_list (id, version, name_zh, name_en, valid_from, valid_to, currency, reason, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            id,
            version,
            list.name.zh_cn.trim(),
            list.name.en.trim(),
            list.valid_from,
            list.valid_to,
            &list.currency,
            list.reason.trim(),
            made_by,
            made_at
        ],
    )
    .await?;
    let rows: Vec<Vec<Value>> = list
        .lines
        .iter()
        .zip(line_ids)
        .enumerate()
        .map(|(at, (line, line_id))| {
            vec![
                line_id.into(),
                id.into(),
                Value::from(at + 1),
                line.code.trim().into(),
                name_of(&line.kind).into(),
                line.description.zh_cn.trim().into(),
                line.description.en.trim().into(),
                line.unit.zh_cn.trim().into(),
                line.unit.en.trim().into(),
                line.price_minor.into(),
                line.agreement_price_minor.into(),
                line.vip_price_minor.into(),
                line.tax_ppm.into(),
                line.tax_included.into(),
                line.product_kind.as_deref().map(str::trim).into(),
            ]
        })
        .collect();
    let columns = [
        "id",
        "price_list_id",
        "ordinal",
        "code",
        "kind",
        "description_zh",
        "description_en",
        "unit_zh",
        "unit_en",
        "price_minor",
        "agreement_price_minor",
        "vip_price_minor",
        "tax_ppm",
        "tax_included",
        "product_kind",
    ];
    tx.insert_many("price_line", &columns, &rows).await?;
    Ok(())
}

/// A price for a customer of these levels, if it is of the list in force on that day (P26, P54).
pub async fn price_in_force(
    tx: &mut Tx,
    line_id: PriceLineId,
    on: Date,
    levels: CustomerLevels,
) -> Result<Option<ChargePrice>, Failure> {
    let row = tx
        .row(
            "SELECT p.kind, p.description_zh, p.description_en, p.unit_zh, p.unit_en, p.price_minor, \
             p.agreement_price_minor, p.vip_price_minor, p.tax_ppm, p.tax_included, l.currency FROM price_line p JOIN price_list l ON l.id = p.price_list_id \
             WHERE p.id = $1 AND l.valid_from <= $2 AND (l.valid_to IS NULL OR l.valid_to >= $2) \
             AND NOT EXISTS (SELECT 1 FROM price_list n WHERE n.valid_from <= $2 AND n.valid_from > l.valid_from)",
            params![line_id, on],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (level, price_minor) = rules::price_at(
        row.get("price_minor")?,
        row.get("agreement_price_minor")?,
        row.get("vip_price_minor")?,
        levels,
    );
    Ok(Some(ChargePrice {
        kind: named(&row, "kind")?,
        description: Both { zh_cn: row.get("description_zh")?, en: row.get("description_en")? },
        unit: Both { zh_cn: row.get("unit_zh")?, en: row.get("unit_en")? },
        price_minor,
        level,
        currency: row.get("currency")?,
        tax_ppm: row.get("tax_ppm")?,
        tax_included: row.get("tax_included")?,
    }))
}

const CHARGE: &str = "c.id, c.case_id, c.work_order_id, c.ordinal, c.kind, c.description_zh, c.description_en, \
                      c.unit_zh, c.unit_en, c.part_serial, c.quantity_milli, c.price_minor, c.currency, c.tax_ppm, \
                      c.tax_included, c.price_level, c.price_line_id, c.quote_id, c.coverage_decision_id, c.payer, c.decided_payer, \
                      c.override_reason, c.net_minor, c.tax_minor, c.gross_minor, c.total_minor, c.waived_minor, \
                      c.added_at, c.version, l.version AS price_list_version";
const CHARGE_FROM: &str = "charge c LEFT JOIN price_line p ON p.id = c.price_line_id \
                           LEFT JOIN price_list l ON l.id = p.price_list_id";

fn charge(row: &Row) -> Result<ChargeView, DbError> {
    Ok(ChargeView {
        id: row.get("id")?,
        case_id: row.get("case_id")?,
        work_order_id: row.get("work_order_id")?,
        ordinal: row.get("ordinal")?,
        kind: named(row, "kind")?,
        description: Both { zh_cn: row.get("description_zh")?, en: row.get("description_en")? },
        unit: Both { zh_cn: row.get("unit_zh")?, en: row.get("unit_en")? },
        part_serial: row.get("part_serial")?,
        quantity_milli: row.get("quantity_milli")?,
        price_minor: row.get("price_minor")?,
        currency: row.get("currency")?,
        tax_ppm: row.get("tax_ppm")?,
        tax_included: row.get("tax_included")?,
        price_level: named(row, "price_level")?,
        price_line_id: row.get("price_line_id")?,
        price_list_version: row.get("price_list_version")?,
        quote_id: row.get("quote_id")?,
        coverage_decision_id: row.get("coverage_decision_id")?,
        payer: named(row, "payer")?,
        decided_payer: named(row, "decided_payer")?,
        override_reason: row.get("override_reason")?,
        amounts: Amounts {
            net_minor: row.get("net_minor")?,
            tax_minor: row.get("tax_minor")?,
            gross_minor: row.get("gross_minor")?,
        },
        total_minor: row.get("total_minor")?,
        waived_minor: row.get("waived_minor")?,
        added_at: row.get("added_at")?,
        version: row.get("version")?,
    })
}

/// The charges of a work order that stand, in their order.
pub async fn charges_of(tx: &mut Tx, work_order_id: &str) -> Result<Vec<ChargeView>, Failure> {
    let sql = format!(
        "SELECT {CHARGE} FROM {CHARGE_FROM} WHERE c.work_order_id = $1 AND c.removed_at IS NULL ORDER BY c.ordinal"
    );
    let rows = tx.rows(&sql, params![work_order_id]).await?;
    Ok(rows.iter().map(charge).collect::<Result<_, _>>()?)
}

/// Whether a charge has this id.
pub async fn is_taken(tx: &mut Tx, id: ChargeId) -> Result<bool, Failure> {
    Ok(tx.int("SELECT COUNT(*) FROM charge WHERE id = $1", params![id]).await? > 0)
}

/// Charges of many work orders that stand.
pub async fn charges_of_each(tx: &mut Tx, work_order_ids: &[String]) -> Result<Vec<ChargeView>, Failure> {
    let mut filter = Where::new();
    filter.any("c.work_order_id", work_order_ids.iter().map(String::as_str));
    filter.and("c.removed_at IS NULL", []);
    let sql = format!("SELECT {CHARGE} FROM {CHARGE_FROM} {} ORDER BY c.ordinal", filter.sql());
    Ok(tx.rows(&sql, filter.params()).await?.iter().map(charge).collect::<Result<_, _>>()?)
}

/// A page of all charges, also of those removed, by id.
pub async fn charges_after(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<ChargeView>, Failure> {
    let sql = format!("SELECT {CHARGE} FROM {CHARGE_FROM} WHERE c.id > $1 ORDER BY c.id LIMIT $2");
    let rows = tx.rows(&sql, params![after, limit]).await?;
    Ok(rows.iter().map(charge).collect::<Result<_, _>>()?)
}

/// A charge of a work order that stands.
pub async fn charge_of(
    tx: &mut Tx,
    work_order_id: &str,
    id: ChargeId,
) -> Result<Option<ChargeView>, Failure> {
    let sql = format!(
        "SELECT {CHARGE} FROM {CHARGE_FROM} WHERE c.id = $1 AND c.work_order_id = $2 AND c.removed_at IS NULL"
    );
    match tx.row(&sql, params![id, work_order_id]).await? {
        Some(row) => Ok(Some(charge(&row)?)),
        None => Ok(None),
    }
}

/// The next free place on an order: places of removed lines are not used again.
pub async fn next_ordinal(tx: &mut Tx, work_order_id: &str) -> Result<i64, Failure> {
    Ok(tx
        .int(
            "SELECT COALESCE(MAX(ordinal), 0) + 1 FROM charge WHERE work_order_id = $1",
            params![work_order_id],
        )
        .await?)
}

/// Adds a charge.
pub async fn insert_charge(tx: &mut Tx, charge: &ChargeView, added_by: &str) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO charge (id, case_id, work_order_id, ordinal, kind, description_zh, description_en, unit_zh, unit_en, \
         part_serial, quantity_milli, price_minor, currency, tax_ppm, tax_included, price_line_id, quote_id, \
         coverage_decision_id, payer, decided_payer, net_minor, tax_minor, gross_minor, total_minor, waived_minor, \
         added_by, added_at, price_level) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
        params![
            charge.id,
            &charge.case_id,
            &charge.work_order_id,
            charge.ordinal,
            name_of(&charge.kind),
            &charge.description.zh_cn,
            &charge.description.en,
            &charge.unit.zh_cn,
            &charge.unit.en,
            charge.part_serial.as_deref(),
            charge.quantity_milli,
            charge.price_minor,
            &charge.currency,
            charge.tax_ppm,
            charge.tax_included,
            charge.price_line_id,
            charge.quote_id.as_deref(),
            charge.coverage_decision_id.as_deref(),
            name_of(&charge.payer),
            name_of(&charge.decided_payer),
            charge.amounts.net_minor,
            charge.amounts.tax_minor,
            charge.amounts.gross_minor,
            charge.total_minor,
            charge.waived_minor,
            added_by,
            charge.added_at,
            name_of(&charge.price_level)
        ],
    )
    .await?;
    Ok(())
}

/// Writes who pays now, why and by whom, and the amounts that follow. Counts only at the version that was read.
pub async fn set_payer(
    tx: &mut Tx,
    charge: &ChargeView,
    override_by: Option<&str>,
    seen_version: i64,
) -> Result<bool, Failure> {
    let touched = tx
        .execute(
            "UPDATE charge SET payer = $1, decided_payer = $2, coverage_decision_id = $3, override_reason = $4, \
             override_by = $5, total_minor = $6, waived_minor = $7, version = version + 1 \
             WHERE id = $8 AND version = $9 AND removed_at IS NULL",
            params![
                name_of(&charge.payer),
                name_of(&charge.decided_payer),
                charge.coverage_decision_id.as_deref(),
                charge.override_reason.as_deref(),
                override_by,
                charge.total_minor,
                charge.waived_minor,
                charge.id,
                seen_version
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Takes a line off the order; the row stays.
pub async fn remove(tx: &mut Tx, of: &ChargeFor, id: ChargeId, by: &str, at: Ts) -> Result<bool, Failure> {
    let touched = tx
        .execute(
            "UPDATE charge SET removed_at = $1, removed_by = $2, version = version + 1 \
             WHERE id = $3 AND work_order_id = $4 AND removed_at IS NULL",
            params![at, by, id, &of.work_order_id],
        )
        .await?;
    Ok(touched == 1)
}
