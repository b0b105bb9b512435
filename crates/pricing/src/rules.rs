//! Amounts and sums, and what a price list must hold. No database, no HTTP.

use std::collections::HashSet;

use coverage_rules::{ChargeKind, Payer};
use kit::FieldFault;
use kit::money::{line_amount_minor, tax_minor};

use crate::model::{Amounts, ChargeView, CustomerLevels, NewPriceList, PriceLevel, Totals};

/// Prices in a list at most.
pub const MAX_LINES: usize = 5000;
/// The largest price and sum: a hundred million yuan, in fen.
pub const MAX_MINOR: i64 = 10_000_000_000;
/// The largest quantity, in thousandths.
pub const MAX_QUANTITY_MILLI: i64 = 1_000_000_000;

/// Net, tax and gross of one line (decision 14): the amount rounded half up, tax inside or on top of it.
/// `None` if it is larger than [`MAX_MINOR`].
#[must_use]
pub fn line_amounts(
    price_minor: i64,
    quantity_milli: i64,
    tax_ppm: i64,
    tax_included: bool,
) -> Option<Amounts> {
    let amount = line_amount_minor(price_minor, quantity_milli)?;
    let tax = tax_minor(amount, tax_ppm, tax_included)?;
    let (net, gross) = if tax_included { (amount - tax, amount) } else { (amount, amount.checked_add(tax)?) };
    (gross.abs() <= MAX_MINOR).then_some(Amounts { net_minor: net, tax_minor: tax, gross_minor: gross })
}

/// The price a customer of these levels pays, in fen, and which it is (P54): the lowest of those they are entitled to.
#[must_use]
pub fn price_at(
    standard_minor: i64,
    agreement_minor: Option<i64>,
    vip_minor: Option<i64>,
    levels: CustomerLevels,
) -> (PriceLevel, i64) {
    let mut best = (PriceLevel::Standard, standard_minor);
    for (entitled, level, price) in
        [(levels.agreement, PriceLevel::Agreement, agreement_minor), (levels.vip, PriceLevel::Vip, vip_minor)]
    {
        if let Some(price) = price.filter(|price| entitled && *price < best.1) {
            best = (level, price);
        }
    }
    best
}

/// What the customer owes and what the company waives of a line (P12): one of the two is zero.
#[must_use]
pub fn owed_and_waived(amounts: Amounts, payer: Payer) -> (i64, i64) {
    match payer {
        Payer::Customer => (amounts.gross_minor, 0),
        Payer::Company => (0, amounts.gross_minor),
    }
}

/// The sums of an order per payer: Σ lines, never computed from a sum (decision 14).
#[must_use]
pub fn totals(lines: &[ChargeView]) -> Totals {
    let mut totals = Totals { currency: lines.first().map(|l| l.currency.clone()), ..Totals::default() };
    for line in lines {
        let sum = match line.payer {
            Payer::Customer => &mut totals.customer,
            Payer::Company => &mut totals.company,
        };
        sum.net_minor += line.amounts.net_minor;
        sum.tax_minor += line.amounts.tax_minor;
        sum.gross_minor += line.amounts.gross_minor;
        totals.total_minor += line.total_minor;
        totals.waived_minor += line.waived_minor;
    }
    totals
}

fn fault(pointer: String, code: &str) -> FieldFault {
    FieldFault { pointer, code: code.to_owned(), values: Vec::new() }
}

fn blank(text: &str, longest: usize) -> bool {
    text.trim().is_empty() || text.chars().count() > longest
}

/// What is wrong with a new price list, each fault at its field. Empty: nothing.
#[must_use]
pub fn faults(list: &NewPriceList) -> Vec<FieldFault> {
    let mut found = Vec::new();
    if blank(&list.name.zh_cn, 80) || list.name.en.chars().count() > 80 {
        found.push(fault("/name".into(), "price_list_name"));
    }
    if blank(&list.reason, 500) {
        found.push(fault("/reason".into(), "price_list_reason"));
    }
    if list.currency != "CNY" {
        found.push(fault("/currency".into(), "price_list_currency"));
    }
    if list.valid_to.is_some_and(|to| to < list.valid_from) {
        found.push(fault("/valid_to".into(), "price_list_dates"));
    }
    if list.lines.is_empty() || list.lines.len() > MAX_LINES {
        found.push(fault("/lines".into(), "price_list_lines"));
    }
    let mut codes = HashSet::new();
    for (at, line) in list.lines.iter().enumerate() {
        let mut wrong = |field: &str, code: &str| found.push(fault(format!("/lines/{at}/{field}"), code));
        if blank(&line.code, 40) {
            wrong("code", "price_line_code");
        } else if !codes.insert(line.code.trim()) {
            wrong("code", "price_line_code_twice");
        }
        if line.kind == ChargeKind::Training {
            wrong("kind", "price_line_training");
        }
        if blank(&line.description.zh_cn, 200) {
            wrong("description", "price_line_description");
        }
        if blank(&line.unit.zh_cn, 20) {
            wrong("unit", "price_line_unit");
        }
        if !(0..=MAX_MINOR).contains(&line.price_minor) {
            wrong("price_minor", "price_line_price");
        }
        for (field, price) in
            [("agreement_price_minor", line.agreement_price_minor), ("vip_price_minor", line.vip_price_minor)]
        {
            // A level is an advantage: nobody with an agreement pays more than everybody.
            if price.is_some_and(|price| !(0..=line.price_minor).contains(&price)) {
                wrong(field, "price_line_level_price");
            }
        }
        if !(0..=1_000_000).contains(&line.tax_ppm) {
            wrong("tax_ppm", "price_line_tax");
        }
        if line.product_kind.as_deref().is_some_and(|kind| blank(kind, 40)) {
            wrong("product_kind", "price_line_product_kind");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kit::{Both, Ts};
    use proptest::prelude::*;

    use super::*;
    use crate::model::NewPriceLine;

    fn charge(payer: Payer, amounts: Amounts) -> ChargeView {
        let (total_minor, waived_minor) = owed_and_waived(amounts, payer);
        ChargeView {
            id: kit::uuid::Uuid::nil().into(),
            case_id: "c".into(),
            work_order_id: "w".into(),
            ordinal: 1,
            kind: ChargeKind::Labour,
            description: Both::new("工时", "labour"),
            unit: Both::new("小时", "hour"),
            part_serial: None,
            quantity_milli: 1000,
            price_minor: amounts.gross_minor,
            currency: "CNY".into(),
            tax_ppm: 0,
            tax_included: true,
            price_level: PriceLevel::Standard,
            price_line_id: None,
            price_list_version: None,
            quote_id: Some("q".into()),
            coverage_decision_id: None,
            payer,
            decided_payer: payer,
            override_reason: None,
            amounts,
            total_minor,
            waived_minor,
            added_at: Ts(0),
            version: 1,
        }
    }

    #[test]
    fn p12_a_covered_line_costs_the_customer_nothing_and_shows_the_list_price() {
        let amounts = line_amounts(15_000, 1500, 130_000, true).unwrap();
        assert_eq!(amounts, Amounts { net_minor: 19_912, tax_minor: 2_588, gross_minor: 22_500 });
        assert_eq!(owed_and_waived(amounts, Payer::Company), (0, 22_500));
        assert_eq!(owed_and_waived(amounts, Payer::Customer), (22_500, 0));
        let sums = totals(&[charge(Payer::Company, amounts), charge(Payer::Customer, amounts)]);
        assert_eq!((sums.total_minor, sums.waived_minor), (22_500, 22_500));
        assert_eq!((sums.customer, sums.company), (amounts, amounts));
    }

    #[test]
    fn tax_on_top_of_a_net_price_raises_the_gross() {
        let amounts = line_amounts(10_000, 1000, 60_000, false).unwrap();
        assert_eq!(amounts, Amounts { net_minor: 10_000, tax_minor: 600, gross_minor: 10_600 });
        assert_eq!(line_amounts(MAX_MINOR, 2000, 0, true), None);
    }

    fn list() -> NewPriceList {
        NewPriceList {
            name: Both::new("价格表", "Prices"),
            valid_from: date(2026, 1, 1),
            valid_to: None,
            currency: "CNY".into(),
            reason: "first".into(),
            lines: vec![NewPriceLine {
                code: "L1".into(),
                kind: ChargeKind::Labour,
                description: Both::new("工时", "labour"),
                unit: Both::new("小时", "hour"),
                price_minor: 15_000,
                agreement_price_minor: None,
                vip_price_minor: None,
                tax_ppm: 60_000,
                tax_included: true,
                product_kind: None,
            }],
        }
    }

    #[test]
    fn p61_a_price_list_holds_no_training_and_each_fault_names_its_field() {
        assert_eq!(faults(&list()), []);
        let mut wrong = list();
        wrong.currency = "USD".into();
        wrong.valid_to = Some(date(2025, 12, 31));
        let mut training = wrong.lines[0].clone();
        training.kind = ChargeKind::Training;
        training.tax_ppm = -1;
        training.price_minor = -1;
        wrong.lines.push(training);
        let found: Vec<_> = faults(&wrong).into_iter().map(|f| (f.pointer, f.code)).collect();
        let expected = [
            ("/currency", "price_list_currency"),
            ("/valid_to", "price_list_dates"),
            ("/lines/1/code", "price_line_code_twice"),
            ("/lines/1/kind", "price_line_training"),
            ("/lines/1/price_minor", "price_line_price"),
            ("/lines/1/tax_ppm", "price_line_tax"),
        ];
        assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
        wrong.lines.clear();
        assert!(faults(&wrong).iter().any(|f| f.code == "price_list_lines"));
    }

    #[test]
    fn p54_a_customer_pays_the_lowest_price_of_their_levels() {
        use PriceLevel::{Agreement, Standard, Vip};
        let levels = |agreement, vip| CustomerLevels { agreement, vip };
        for (prices, who, expected) in [
            ((100, Some(90), Some(80)), levels(false, false), (Standard, 100)),
            ((100, Some(90), Some(80)), levels(true, false), (Agreement, 90)),
            ((100, Some(90), Some(80)), levels(false, true), (Vip, 80)),
            ((100, Some(70), Some(80)), levels(true, true), (Agreement, 70)),
            ((100, None, None), levels(true, true), (Standard, 100)),
            ((100, Some(100), None), levels(true, true), (Standard, 100)),
        ] {
            let (standard, agreement, vip) = prices;
            assert_eq!(price_at(standard, agreement, vip, who), expected, "{prices:?} {who:?}");
        }
        let mut dear = list();
        dear.lines[0].agreement_price_minor = Some(15_001);
        dear.lines[0].vip_price_minor = Some(0);
        let found: Vec<_> = faults(&dear).into_iter().map(|f| (f.pointer, f.code)).collect();
        assert_eq!(
            found,
            [("/lines/0/agreement_price_minor".to_owned(), "price_line_level_price".to_owned())]
        );
    }

    proptest! {
        #[test]
        fn net_and_tax_make_the_gross_and_lines_make_the_total(
            lines in prop::collection::vec((0..5_000_000_i64, 1..500_000_i64, 0..=1_000_000_i64, any::<bool>(), any::<bool>()), 0..20)
        ) {
            let charges: Vec<_> = lines
                .into_iter()
                .filter_map(|(price, quantity, tax, included, company)| {
                    let amounts = line_amounts(price, quantity, tax, included)?;
                    Some(charge(if company { Payer::Company } else { Payer::Customer }, amounts))
                })
                .collect();
            for one in &charges {
                prop_assert_eq!(one.amounts.net_minor + one.amounts.tax_minor, one.amounts.gross_minor);
                prop_assert!(one.amounts.tax_minor >= 0 && one.amounts.tax_minor <= one.amounts.gross_minor);
                prop_assert_eq!(one.total_minor + one.waived_minor, one.amounts.gross_minor);
            }
            let sums = totals(&charges);
            let gross: i64 = charges.iter().map(|c| c.amounts.gross_minor).sum();
            prop_assert_eq!(sums.customer.gross_minor + sums.company.gross_minor, gross);
            prop_assert_eq!(sums.total_minor, sums.customer.gross_minor);
            prop_assert_eq!(sums.waived_minor, sums.company.gross_minor);
            prop_assert_eq!(sums.customer.net_minor + sums.customer.tax_minor, sums.customer.gross_minor);
            prop_assert_eq!(sums.company.net_minor + sums.company.tax_minor, sums.company.gross_minor);
        }
    }
}
