//! Works every charge out again, for `aftercare check` (P12, P26; invariant 5).

use kit::{Failure, Tx};

use crate::actions::day;
use crate::model::{ChargeId, ChargeView, CustomerLevels, PriceLevel};
use crate::{rules, store};

/// A charge that is not what its source and its payer make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeMismatch {
    /// The charge.
    pub charge_id: ChargeId,
    /// Its work order.
    pub work_order_id: String,
    /// What differs: `source` (kind, price, tax or currency of the price list in force then), `amounts` (net, tax, gross of
    /// price and quantity), `payer` (what the customer owes and what is waived).
    pub what: &'static str,
    /// What is stored.
    pub stored: String,
    /// What it should be.
    pub computed: String,
}

/// Works every charge out again from the price list that was in force when it was added, its quantity and its payer; removed
/// lines too, since they stay on record. Returns how many were looked at, and what differs.
///
/// # Errors
/// As the database says.
pub async fn verify_charges(tx: &mut Tx) -> Result<(i64, Vec<ChargeMismatch>), Failure> {
    const AT_ONCE: i64 = 500;
    let (mut count, mut found) = (0, Vec::new());
    let mut after = String::new();
    loop {
        let page = store::charges_after(tx, &after, AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok((count, found)) };
        after = last.id.to_string();
        for charge in &page {
            count += 1;
            let source = source(tx, charge).await?;
            let amounts = rules::line_amounts(
                charge.price_minor,
                charge.quantity_milli,
                charge.tax_ppm,
                charge.tax_included,
            );
            let owed = rules::owed_and_waived(charge.amounts, charge.payer);
            let sums = |net, tax, gross| format!("net {net}, tax {tax}, gross {gross}");
            let stored = &charge.amounts;
            for (what, stored, computed) in [
                ("source", price(charge), source),
                (
                    "amounts",
                    sums(stored.net_minor, stored.tax_minor, stored.gross_minor),
                    amounts.map_or("too large".to_owned(), |a| sums(a.net_minor, a.tax_minor, a.gross_minor)),
                ),
                ("payer", format!("{:?}", (charge.total_minor, charge.waived_minor)), format!("{owed:?}")),
            ] {
                if stored != computed {
                    found.push(ChargeMismatch {
                        charge_id: charge.id,
                        work_order_id: charge.work_order_id.clone(),
                        what,
                        stored,
                        computed,
                    });
                }
            }
        }
    }
}

fn price(charge: &ChargeView) -> String {
    let kind = store::name_of(&charge.kind);
    let tax = if charge.tax_included { "included" } else { "on top" };
    format!("{kind} {} {}, {} ppm {tax}", charge.price_minor, charge.currency, charge.tax_ppm)
}

// What the price list says of the line; a price that was agreed in a quote is its own source.
async fn source(tx: &mut Tx, charge: &ChargeView) -> Result<String, Failure> {
    let Some(line_id) = charge.price_line_id else {
        return Ok(if charge.quote_id.is_some() { price(charge) } else { "no source".into() });
    };
    let on = day(tx, charge.added_at).await?;
    // The level is stored with the charge: who was entitled to it then is not asked again.
    let levels = CustomerLevels {
        agreement: charge.price_level == PriceLevel::Agreement,
        vip: charge.price_level == PriceLevel::Vip,
    };
    let Some(listed) = store::price_in_force(tx, line_id, on, levels).await? else {
        return Ok(format!("no price in force on {on}"));
    };
    let mut expected = charge.clone();
    expected.kind = listed.kind;
    expected.price_minor = listed.price_minor;
    expected.currency = listed.currency;
    expected.tax_ppm = listed.tax_ppm;
    expected.tax_included = listed.tax_included;
    Ok(price(&expected))
}
