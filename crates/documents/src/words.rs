//! Numbers, money and times as papers write them, the same as the screens do.

use jiff::tz::TimeZone;
use kit::{Lang, Ts};

/// Digits after the point by ISO 4217, where they are not two.
const DECIMALS: &[(&str, usize)] = &[
    ("BHD", 3),
    ("CLP", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("TND", 3),
    ("UGX", 0),
    ("VND", 0),
    ("XAF", 0),
    ("XOF", 0),
];

/// Signs of currencies; others are written by their code.
const SIGNS: &[(&str, &str)] = &[
    ("AUD", "$"),
    ("CAD", "$"),
    ("CNY", "¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "$"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("SGD", "$"),
    ("TWD", "$"),
    ("USD", "$"),
];

/// Minor units as money: 123450 fen → ¥1,234.50. `currency` is a code of ISO 4217.
#[must_use]
pub fn money(amount_minor: i64, currency: &str) -> String {
    let decimals = DECIMALS.iter().find(|(code, _)| *code == currency).map_or(2, |(_, digits)| *digits);
    let digits = format!("{:0>width$}", amount_minor.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let minus = if amount_minor < 0 { "-" } else { "" };
    let sign = SIGNS
        .iter()
        .find(|(code, _)| *code == currency)
        .map_or_else(|| format!("{currency}\u{a0}"), |(_, sign)| (*sign).to_owned());
    let point = if decimals > 0 { "." } else { "" };
    format!("{minus}{sign}{grouped}{point}{fraction}")
}

/// Thousandths as a number: 1500 → 1.5.
#[must_use]
pub fn quantity(milli: i64) -> String {
    let minus = if milli < 0 { "-" } else { "" };
    let (whole, fraction) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
    let number = format!("{whole}.{fraction:03}");
    format!("{minus}{}", number.trim_end_matches('0').trim_end_matches('.'))
}

/// `2026-11-22 14:05` in a zone; UTC if there is no such zone.
#[must_use]
pub fn time(at: Ts, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The zone at an instant, as `UTC+08:00`: papers are read far from where they were written.
#[must_use]
pub(crate) fn zone_name(at: Ts, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("UTC%:z").to_string()
}

/// A signature's strokes (points of `x` and `y`) as SVG, cut to what was drawn; `None` if there is no point.
#[must_use]
pub fn strokes_svg(strokes: &serde_json::Value) -> Option<String> {
    let lines: Vec<Vec<(f64, f64)>> = strokes
        .as_array()?
        .iter()
        .filter_map(|stroke| {
            let points = stroke.as_array()?.iter();
            points.map(|p| Some((p.get("x")?.as_f64()?, p.get("y")?.as_f64()?))).collect()
        })
        .collect();
    let points = || lines.iter().flatten();
    points().next()?;
    let least = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (left, top) = (least(|p| p.0), least(|p| p.1));
    let (width, height) = (most(|p| p.0) - left, most(|p| p.1) - top);
    // Phones and desks draw in pixels of different sizes: the pen is as thick beside the picture, whatever that is.
    let pen = (width.max(height) / 80.0).max(1.0);
    let mut path = String::new();
    for stroke in &lines {
        for (at, (x, y)) in stroke.iter().enumerate() {
            path.push_str(&format!("{}{:.1} {:.1}", if at == 0 { "M" } else { "L" }, x - left, y - top));
        }
        if let [(x, y)] = stroke[..] {
            path.push_str(&format!("L{:.1} {:.1}", x - left + 0.1, y - top));
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{p} {p} {w:.1} {h:.1}\" width=\"{w:.1}\" height=\"{h:.1}\">\
         <path d=\"{path}\" fill=\"none\" stroke=\"#000\" stroke-width=\"{pen:.1}\" stroke-linecap=\"round\" \
         stroke-linejoin=\"round\"/></svg>",
        p = -pen,
        w = width + 2.0 * pen,
        h = height + 2.0 * pen,
    ))
}

/// A text of the catalogue; its key where there is none.
pub(crate) fn text(lang: Lang, key: &str, values: &[(&str, String)]) -> String {
    kit::texts::text(lang, key, values).unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_the_screens_write_it() {
        for (minor, currency, written) in [
            (0, "CNY", "¥0.00"),
            (5, "CNY", "¥0.05"),
            (123_450, "CNY", "¥1,234.50"),
            (-100_000_000, "CNY", "-¥1,000,000.00"),
            (1234, "JPY", "¥1,234"),
            (1234, "KWD", "KWD\u{a0}1.234"),
            (i64::MIN, "USD", "-$92,233,720,368,547,758.08"),
        ] {
            assert_eq!(money(minor, currency), written);
        }
    }

    #[test]
    fn quantities_and_times() {
        assert_eq!(
            [1000, 1500, 250, 0, -2000, 10_000].map(quantity),
            ["1", "1.5", "0.25", "0", "-2", "10"].map(String::from)
        );
        let at: Ts = "2026-11-22T06:05:00Z".parse().unwrap();
        assert_eq!(time(at, "Asia/Shanghai"), "2026-11-22 14:05");
        assert_eq!(time(at, "nowhere"), "2026-11-22 06:05");
        assert_eq!(zone_name(at, "Asia/Shanghai"), "UTC+08:00");
    }

    #[test]
    fn p72_strokes_become_a_picture_of_what_was_drawn() {
        let drawn = serde_json::json!([[{"x": 10, "y": 20, "t_ms": 0}, {"x": 110, "y": 60, "t_ms": 9}], [{"x": 50, "y": 50}]]);
        let svg = strokes_svg(&drawn).unwrap();
        assert!(svg.contains("M0.0 0.0L100.0 40.0M40.0 30.0L40.1 30.0"), "{svg}");
        for nothing in [
            serde_json::json!([]),
            serde_json::json!([[]]),
            serde_json::json!({}),
            serde_json::json!([[{"x": 1}]]),
        ] {
            assert_eq!(strokes_svg(&nothing), None, "{nothing}");
        }
    }
}
