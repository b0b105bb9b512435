//! Sentences in both languages, and how dates and lists are written in them.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A text in both languages of the product (decision 21: catalogue data is `{zh_cn, en}`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// The Chinese text, which the first users read.
    pub zh_cn: String,
    /// The English text.
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(zh_cn: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh_cn: zh_cn.into(), en: en.into() }
    }

    /// True when either language has no letters.
    pub fn is_incomplete(&self) -> bool {
        self.zh_cn.trim().is_empty() || self.en.trim().is_empty()
    }
}

fn two_digits(out: &mut String, number: i8) {
    let number = number.unsigned_abs();
    out.push(char::from(b'0' + number / 10));
    out.push(char::from(b'0' + number % 10));
}

/// `2026-03-02`; written by hand because a verdict writes many dates.
pub(crate) fn day(date: Date) -> String {
    let mut out = String::with_capacity(16);
    let year = date.year();
    if (1000..=9999).contains(&year) {
        let year = year.unsigned_abs();
        for digit in [year / 1000, year / 100 % 10, year / 10 % 10, year % 10] {
            out.push(char::from(b'0' + digit as u8));
        }
    } else {
        out.push_str(&format!("{year:04}"));
    }
    out.push('-');
    two_digits(&mut out, date.month());
    out.push('-');
    two_digits(&mut out, date.day());
    out
}

/// `2026-03-02 08:30`, the local time of a report.
pub(crate) fn moment(at: DateTime) -> String {
    let mut out = day(at.date());
    out.push(' ');
    two_digits(&mut out, at.hour());
    out.push(':');
    two_digits(&mut out, at.minute());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_moments_read_as_everywhere_in_the_product() {
        assert_eq!(day(date(2026, 3, 2)), "2026-03-02");
        assert_eq!(day(date(987, 12, 31)), "0987-12-31");
        assert_eq!(moment(date(2026, 3, 2).at(8, 5, 59, 0)), "2026-03-02 08:05");
    }

    #[test]
    fn a_text_with_one_language_is_incomplete() {
        assert!(Text::new("好", " ").is_incomplete());
        assert!(!Text::new("好", "good").is_incomplete());
    }
}
