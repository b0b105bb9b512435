//! Money: integer minor units, quantities in thousandths, tax in parts per million (decision 14).

/// The amount of one line: price times quantity, rounded half up (away from zero for credits).
///
/// `price_minor` per unit, `quantity_milli` in thousandths of a unit. `None` if it doesn't fit.
#[must_use]
pub fn line_amount_minor(price_minor: i64, quantity_milli: i64) -> Option<i64> {
    divide_half_up(i128::from(price_minor) * i128::from(quantity_milli), 1000)
}

/// The tax inside (`tax_included`) or on top of an amount; `tax_ppm` in parts per million.
///
/// With tax included, net = gross − tax; otherwise gross = net + tax. `None` if it doesn't fit.
#[must_use]
pub fn tax_minor(amount_minor: i64, tax_ppm: i64, tax_included: bool) -> Option<i64> {
    let product = i128::from(amount_minor) * i128::from(tax_ppm);
    let divisor = if tax_included { 1_000_000 + i128::from(tax_ppm) } else { 1_000_000 };
    divide_half_up(product, divisor)
}

fn divide_half_up(dividend: i128, divisor: i128) -> Option<i64> {
    let sign = if dividend < 0 { -1 } else { 1 };
    i64::try_from(sign * ((dividend.abs() * 2 + divisor) / (divisor * 2))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_round_half_up_and_tax_splits_without_losing_a_fen() {
        for (price, quantity, amount) in
            [(100, 1000, 100), (333, 1500, 500), (1, 500, 1), (1, 499, 0), (-1, 500, -1), (0, 9, 0)]
        {
            assert_eq!(line_amount_minor(price, quantity), Some(amount), "{price} × {quantity}");
        }
        assert_eq!(tax_minor(11_300, 130_000, true), Some(1_300));
        assert_eq!(tax_minor(10_000, 130_000, false), Some(1_300));
        assert_eq!(line_amount_minor(i64::MAX, i64::MAX), None);
    }
}
