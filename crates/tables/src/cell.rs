//! What stands in a cell, and what a spreadsheet may have done to it.

use jiff::civil::Date;

use crate::field::FieldKind;

/// A cell as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Text, as typed.
    Text(String),
    /// A number, in the digits of the file.
    Number(String),
    /// A number with the look of a day: days since the epoch of spreadsheets.
    Day(f64),
    /// Yes or no.
    Truth(bool),
    /// A formula that came to no value: `#N/A`.
    Error(String),
}

/// Why a cell can't be used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// What stands there.
    pub value: String,
    /// Names the text.
    pub code: &'static str,
}

/// What a field gets of a cell: a trimmed text, or nothing.
pub(crate) fn value(
    cell: Cell,
    kind: FieldKind,
    longest: usize,
    early_epoch: bool,
) -> Result<Option<String>, CellFault> {
    let fault = |value: String, code| Err(CellFault { value, code });
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Error(value) => return fault(value, "cell_error"),
        Cell::Truth(yes) => if yes { "true" } else { "false" }.to_owned(),
        Cell::Day(days) => {
            let shown = day(days, early_epoch).map_or_else(|| days.to_string(), |d| d.to_string());
            if kind != FieldKind::Text {
                return fault(shown, "cell_day");
            }
            shown
        }
        Cell::Number(digits) => match kind {
            FieldKind::Number | FieldKind::Text => plain(&digits).unwrap_or(digits),
            FieldKind::Code => match whole(&digits) {
                Ok(whole) => whole,
                Err(code) => return fault(digits, code),
            },
        },
        Cell::Text(text) => {
            let text = text.trim();
            if is_error(text) {
                return fault(text.to_owned(), "cell_error");
            }
            // An apostrophe tells spreadsheets that text follows; exports put it before what looks like a formula.
            let text = text
                .strip_prefix('\'')
                .filter(|rest| kind == FieldKind::Code || rest.starts_with(['=', '+', '-', '@', '\u{ff1d}']))
                .unwrap_or(text);
            if kind == FieldKind::Code && is_exponent(text) {
                return fault(text.to_owned(), "cell_exponent");
            }
            if kind == FieldKind::Code && is_day(text) {
                return fault(text.to_owned(), "cell_day");
            }
            text.to_owned()
        }
    };
    if text.chars().count() > longest {
        return fault(text, "cell_too_long");
    }
    Ok(Some(text).filter(|t| !t.is_empty()))
}

// Spreadsheets keep 15 digits; behind them stand zeros, whatever was typed.
fn whole(digits: &str) -> Result<String, &'static str> {
    let Ok(number) = digits.parse::<f64>() else { return Err("cell_fraction") };
    if number.fract() != 0.0 || number < 0.0 {
        return Err("cell_fraction");
    }
    if number >= 1e15 {
        return Err("cell_exponent");
    }
    Ok(format!("{number:.0}"))
}

// 0.30000000000000004 was typed as 0.3: what a number is shown as, up to 15 digits.
fn plain(digits: &str) -> Option<String> {
    let number = digits.parse::<f64>().ok().filter(|n| n.is_finite())?;
    let short: f64 = format!("{number:.14e}").parse().ok()?;
    Some(short.to_string())
}

// How spreadsheets show numbers of more than eleven digits: 1.38E+10.
fn is_exponent(text: &str) -> bool {
    let Some((number, power)) = text.split_once("E+").or_else(|| text.split_once("e+")) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let number = number.strip_prefix(['-', '+']).unwrap_or(number);
    let fine = match number.split_once('.') {
        Some((before, after)) => digits(before) && digits(after),
        None => digits(number),
    };
    fine && power.len() >= 2 && digits(power)
}

// What spreadsheets make of 3-1 or 2024-1: Mar-01, 1-Mar, and the same with the signs for month and day.
fn is_day(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Some((month, rest)) = text.split_once('\u{6708}') {
        let month = month.rsplit('\u{5e74}').next().unwrap_or(month);
        let day = rest.strip_suffix('\u{65e5}').unwrap_or(rest);
        let number = |part: &str| part.parse::<u8>().is_ok();
        return number(month) && (day.is_empty() || number(day));
    }
    let Some((one, other)) = text.split_once('-') else { return false };
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    let number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    (MONTHS.contains(&one.as_str()) && number(&other)) || (number(&one) && MONTHS.contains(&other.as_str()))
}

fn is_error(text: &str) -> bool {
    matches!(
        text,
        "#N/A" | "#NAME?" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NULL!" | "#NUM!" | "#SPILL!" | "#CALC!"
    ) || (text.len() > 3 && text.bytes().all(|b| b == b'#'))
}

/// The day of a serial number. Excel's first epoch counts a 29 February 1900 that never was.
pub(crate) fn day(days: f64, early_epoch: bool) -> Option<Date> {
    if !days.is_finite() || !(1.0..=2_958_465.0).contains(&days) {
        return None;
    }
    // Checked above to be small.
    #[allow(clippy::cast_possible_truncation)]
    let whole = days.trunc() as i32;
    let (epoch, whole) = if early_epoch {
        (Date::constant(1904, 1, 1), whole)
    } else if whole < 60 {
        (Date::constant(1899, 12, 31), whole)
    } else {
        (Date::constant(1899, 12, 30), whole)
    };
    epoch.checked_add(jiff::Span::new().try_days(whole).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: Cell, kind: FieldKind) -> Result<Option<String>, &'static str> {
        value(cell, kind, 20, false).map_err(|f| f.code)
    }

    #[test]
    fn damaged_cells_are_named_and_not_guessed() {
        let text = |t: &str| Cell::Text(t.to_owned());
        let number = |t: &str| Cell::Number(t.to_owned());
        let some = |t: &str| Ok(Some(t.to_owned()));
        for (cell, expected) in [
            (text(" 00123 "), some("00123")),
            (text("'00123"), some("00123")),
            (number("13800138000"), some("13800138000")),
            (number("1.3800138E10"), some("13800138000")),
            (number("1.2345678901234568E+17"), Err("cell_exponent")),
            (number("1000000000000000"), Err("cell_exponent")),
            (number("3.1"), Err("cell_fraction")),
            (number("-5"), Err("cell_fraction")),
            (text("1.38E+10"), Err("cell_exponent")),
            (text("1E+15"), Err("cell_exponent")),
            (text("12E5"), some("12E5")),
            (text("A1.2E+10"), some("A1.2E+10")),
            (text("Mar-01"), Err("cell_day")),
            (text("1-Mar"), Err("cell_day")),
            (text("3\u{6708}1\u{65e5}"), Err("cell_day")),
            (text("2024\u{5e74}3\u{6708}"), Err("cell_day")),
            (text("MAR-0001"), some("MAR-0001")),
            (Cell::Day(45_352.0), Err("cell_day")),
            (text("#N/A"), Err("cell_error")),
            (text("########"), Err("cell_error")),
            (Cell::Error("#REF!".into()), Err("cell_error")),
            (text(&"9".repeat(21)), Err("cell_too_long")),
            (text("  "), Ok(None)),
            (Cell::Empty, Ok(None)),
        ] {
            assert_eq!(of(cell.clone(), FieldKind::Code), expected, "{cell:?}");
        }
    }

    #[test]
    fn words_keep_what_they_say_and_days_are_written_out() {
        let some = |t: &str| Ok(Some(t.to_owned()));
        for (cell, kind, expected) in [
            (Cell::Day(45_352.0), FieldKind::Text, some("2024-03-01")),
            (Cell::Day(61.0), FieldKind::Text, some("1900-03-01")),
            (Cell::Day(1.0), FieldKind::Text, some("1900-01-01")),
            (Cell::Number("0.30000000000000004".into()), FieldKind::Number, some("0.3")),
            (Cell::Number("114.057868".into()), FieldKind::Number, some("114.057868")),
            (Cell::Number("12".into()), FieldKind::Text, some("12")),
            (Cell::Text("1.38E+10".into()), FieldKind::Text, some("1.38E+10")),
            (Cell::Text("'=1+1".into()), FieldKind::Text, some("=1+1")),
            (Cell::Text("'s Hof".into()), FieldKind::Text, some("'s Hof")),
            (Cell::Truth(true), FieldKind::Text, some("true")),
        ] {
            assert_eq!(of(cell.clone(), kind), expected, "{cell:?}");
        }
        assert_eq!(day(43_890.0, true).map(|d| d.to_string()), Some("2024-03-01".into()));
        assert_eq!(day(f64::NAN, false), None);
    }
}
