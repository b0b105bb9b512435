//! How a value becomes a cell of CSV or a JSON value.

use kit::Ts;
use kit::db::Cell;
use kit::sheet::harmless;

use super::tables::{Column, Kind};

/// A value as a cell of CSV. Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
/// injection; ASVS 1.2.10); numbers stay numbers, negative ones too.
pub(super) fn cell(column: &Column, value: Cell<'_>, reveal: bool) -> String {
    match shown(column, value, reveal) {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) if column.kind == Kind::Time => text,
        serde_json::Value::String(text) => harmless(text),
        other => other.to_string(),
    }
}

/// A value as JSON.
pub(super) fn shown(column: &Column, value: Cell<'_>, reveal: bool) -> serde_json::Value {
    match (column.kind, value) {
        (_, Cell::Null | Cell::Bytes(_)) => serde_json::Value::Null,
        (Kind::Bool, Cell::Int(i)) => (i != 0).into(),
        (Kind::Time, Cell::Int(i)) => Ts(i).to_string().into(),
        #[allow(clippy::cast_precision_loss)] // SQLite hands whole reals back as integers
        (Kind::Real, Cell::Int(i)) => (i as f64).into(),
        (_, Cell::Int(i)) => i.into(),
        (_, Cell::Real(r)) => r.into(),
        (Kind::Json, Cell::Text(t)) => serde_json::from_str(t).unwrap_or_else(|_| t.into()),
        (Kind::Mail, Cell::Text(t)) if !reveal => notifications::masked(t).into(),
        (Kind::Words, Cell::Text(t)) if !reveal => notifications::without_numbers(t).into(),
        (_, Cell::Text(t)) => t.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: Kind) -> Column {
        Column { name: "x", kind, masked: None }
    }

    #[test]
    fn no_text_becomes_a_formula_and_numbers_stay_numbers() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("道闸 = 坏", "道闸 = 坏"),
        ] {
            assert_eq!(cell(&column(Kind::Text), Cell::Text(text), false), expected);
        }
        assert_eq!(cell(&column(Kind::Int), Cell::Int(-150), false), "-150");
        assert_eq!(cell(&column(Kind::Real), Cell::Real(-0.5), false), "-0.5");
        assert_eq!(cell(&column(Kind::Time), Cell::Int(0), false), "1970-01-01T00:00:00Z");
        assert_eq!(cell(&column(Kind::Bool), Cell::Int(1), false), "true");
        assert_eq!(cell(&column(Kind::Text), Cell::Null, false), "");
    }

    #[test]
    fn what_is_personal_is_masked_unless_revealed() {
        let mail = Cell::Text("li.na@example.cn");
        assert_eq!(cell(&column(Kind::Mail), mail, false), "l***@example.cn");
        assert_eq!(cell(&column(Kind::Mail), mail, true), "li.na@example.cn");
        let words = Cell::Text("请打 13812341234 找李工");
        assert!(!cell(&column(Kind::Words), words, false).contains("13812341234"));
        assert!(cell(&column(Kind::Words), words, true).contains("13812341234"));
    }
}
