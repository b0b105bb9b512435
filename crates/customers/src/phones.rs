//! Telephone numbers: stored as E.164, shown masked, compared normalised (`experience.md` 2.2).
//!
//! Chinese numbers follow own rules, because callers show up as an 11-digit mobile, as 0 + area code, with 86 or a leading 0, and
//! because 400, 800 and short numbers are no E.164 numbers abroad. Other countries go through libphonenumber's data, which is
//! loaded when the first such number comes.

use std::fmt;

/// A telephone number in international form, with the extension behind it if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct E164 {
    number: String,
    extension: Option<String>,
}

/// What kind of line a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A Chinese mobile.
    Mobile,
    /// A Chinese landline with its area code.
    Landline,
    /// 400 and 800 numbers: they receive only, a call back from them looks like fraud.
    Service,
    /// Short numbers such as 95xxx and 12345.
    Short,
    /// Any number outside mainland China.
    Foreign,
}

/// Why a text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneFault {
    /// Nothing was given.
    Empty,
    /// Letters, or a length and beginning that no number has.
    NotANumber,
    /// A local number without its area code can't be called from elsewhere.
    AreaCodeMissing,
    /// The country has no such number.
    ForeignInvalid,
}

impl E164 {
    /// A number from storage; it was normalised when it was stored.
    #[must_use]
    pub fn stored(number: String, extension: Option<String>) -> Self {
        Self { number, extension }
    }

    /// The number, `+` first, without the extension.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The extension, 1 to 6 digits.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// What kind of line it is.
    #[must_use]
    pub fn line(&self) -> Line {
        match self.number.strip_prefix("+86") {
            None => Line::Foreign,
            Some(n) if is_mobile(n) => Line::Mobile,
            Some(n) if is_service(n) => Line::Service,
            Some(n) if is_short(n) => Line::Short,
            Some(_) => Line::Landline,
        }
    }

    /// How it is dialled in mainland China: `13812341234`, `075512345678`, `4001234567`, `0085251234567`.
    #[must_use]
    pub fn dial(&self) -> String {
        let digits = self.number.trim_start_matches('+');
        match self.line() {
            Line::Foreign => format!("00{digits}"),
            Line::Landline => format!("0{}", &digits[2..]),
            Line::Mobile | Line::Service | Line::Short => digits[2..].to_owned(),
        }
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.extension {
            None => f.write_str(&self.number),
            Some(extension) => write!(f, "{};ext={extension}", self.number),
        }
    }
}

/// A typed or dialled number in international form.
///
/// # Errors
/// [`PhoneFault`] by what is wrong.
pub fn normalise(text: &str) -> Result<E164, PhoneFault> {
    let text = half_width(text.trim());
    if text.is_empty() {
        return Err(PhoneFault::Empty);
    }
    let (main, extension) = split_extension(&text)?;
    let first = number(&main);
    if extension.is_some() {
        return first.map(|number| E164 { number, extension });
    }
    // 0755-12345678-801: the last group is an extension if the whole is no number, but the rest is.
    match first {
        Ok(number) => Ok(E164 { number, extension: None }),
        Err(fault) => match main.rsplit_once('-') {
            Some((rest, last)) if is_extension(last.trim()) => number(rest)
                .map(|number| E164 { number, extension: Some(last.trim().to_owned()) })
                .map_err(|_| fault),
            _ => Err(fault),
        },
    }
}

/// The number as it may be shown: `138****1234`, `0755****5678`, `400****567`, `95****`, `+852****4567`.
#[must_use]
pub fn mask(number: &E164) -> String {
    let digits = number.number.trim_start_matches('+');
    let shown = match number.line() {
        Line::Mobile | Line::Service => ends(&digits[2..], 3),
        Line::Landline => {
            let national = format!("0{}", &digits[2..]);
            let area = if matches!(digits.as_bytes().get(2), Some(b'1' | b'2')) { 3 } else { 4 };
            ends(&national, area)
        }
        Line::Short => format!("{}****", &digits[2..4]),
        Line::Foreign => format!("+{}", ends(digits, digits.len().saturating_sub(8).min(3))),
    };
    if number.extension.is_some() { format!("{shown}-***") } else { shown }
}

// The first `head` digits and up to four of the last, so that at least four stay hidden.
fn ends(digits: &str, head: usize) -> String {
    let tail = digits.len().saturating_sub(head + 4).min(4);
    format!("{}****{}", &digits[..head], &digits[digits.len() - tail..])
}

/// Full-width letters, digits and signs as their half-width twins; they come from Chinese input methods.
pub(crate) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c => c,
        })
        .collect()
}

const EXTENSION_MARKS: &[&str] = &[";ext=", "分机号", "分机", "转", "ext.", "ext", "x", "#", ","];

fn split_extension(text: &str) -> Result<(String, Option<String>), PhoneFault> {
    let lower = text.to_lowercase();
    for mark in EXTENSION_MARKS {
        if let Some((main, extension)) = lower.split_once(mark) {
            let extension = extension.trim_matches([' ', ':', '.', '-']);
            if !is_extension(extension) {
                return Err(PhoneFault::NotANumber);
            }
            return Ok((main.trim_end_matches([' ', '-']).to_owned(), Some(extension.to_owned())));
        }
    }
    Ok((lower, None))
}

fn is_extension(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn number(text: &str) -> Result<String, PhoneFault> {
    let mut digits = String::with_capacity(16);
    let mut plus = false;
    for c in text.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            ' ' | '-' | '.' | '(' | ')' | '/' | '·' => {}
            _ => return Err(PhoneFault::NotANumber),
        }
    }
    if digits.is_empty() {
        return Err(PhoneFault::Empty);
    }
    let foreign = |international: &str| -> Result<String, PhoneFault> {
        let parsed =
            phonenumber::parse(None, format!("+{international}")).map_err(|_| PhoneFault::ForeignInvalid)?;
        if !parsed.is_valid() {
            return Err(PhoneFault::ForeignInvalid);
        }
        Ok(parsed.format().mode(phonenumber::Mode::E164).to_string())
    };
    // 00 is the way out of China, + the way out of anywhere.
    let international = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    if let Some(international) = international {
        return match international.strip_prefix("86") {
            None => foreign(international),
            Some(rest) => national(rest, true).ok_or(PhoneFault::NotANumber),
        };
    }
    if let Some(number) = national(&digits, false) {
        return Ok(number);
    }
    // A caller shown with a bare 86; no exchange puts that before a short number, and 8612345 is a local number in many towns.
    if let Some(number) =
        digits.strip_prefix("86").filter(|rest| !is_short(rest)).and_then(|rest| national(rest, true))
    {
        return Ok(number);
    }
    if matches!(digits.len(), 7 | 8) && matches!(digits.as_bytes()[0], b'2'..=b'8') {
        return Err(PhoneFault::AreaCodeMissing);
    }
    Err(PhoneFault::NotANumber)
}

// A number as dialled within China; behind a country code the leading 0 of the area may be missing.
fn national(digits: &str, country_given: bool) -> Option<String> {
    let bare = digits.strip_prefix('0');
    let significant = match bare {
        Some(rest) if is_mobile(rest) || is_landline(rest) => rest,
        Some(_) => return None,
        None if is_mobile(digits) || is_service(digits) || is_short(digits) => digits,
        None if country_given && is_landline(digits) => digits,
        None => return None,
    };
    Some(format!("+86{significant}"))
}

fn is_mobile(n: &str) -> bool {
    n.len() == 11 && n.starts_with('1') && matches!(n.as_bytes()[1], b'3'..=b'9')
}

fn is_service(n: &str) -> bool {
    n.len() == 10 && (n.starts_with("400") || n.starts_with("800"))
}

// 110, 119, 120, 122; 10000, 10086; 12345; 118114; 95xxx to 95xxxxxx; 96xxx, 96xxxx; 1010xxxx.
fn is_short(n: &str) -> bool {
    match n.len() {
        3 => matches!(n, "110" | "119" | "120" | "122"),
        5 => ["10", "12", "95", "96"].iter().any(|p| n.starts_with(p)),
        6 => ["11", "95", "96"].iter().any(|p| n.starts_with(p)),
        7 => n.starts_with("95"),
        8 => n.starts_with("95") || n.starts_with("1010") || n.starts_with("1016"),
        _ => false,
    }
}

// Area code without its 0, and the local number: 10 and 2x have eight digits, the others seven or eight.
fn is_landline(n: &str) -> bool {
    let bytes = n.as_bytes();
    let area = match bytes {
        [b'1', b'0', ..] | [b'2', b'0'..=b'5' | b'7'..=b'9', ..] => 2,
        [b'3'..=b'9', b'1'..=b'9', b'0'..=b'9', ..] => 3,
        _ => return false,
    };
    let local = &n[area..];
    match local.len() {
        5 | 6 => ["12", "95", "96"].iter().any(|p| local.starts_with(p)),
        7 => area == 3 && matches!(local.as_bytes()[0], b'2'..=b'9'),
        8 => matches!(local.as_bytes()[0], b'2'..=b'9'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_a_caller_shows_up_becomes_one_number() {
        for (typed, stored, extension, masked, dialled) in [
            ("13812341234", "+8613812341234", None, "138****1234", "13812341234"),
            ("138 1234 1234", "+8613812341234", None, "138****1234", "13812341234"),
            ("138-1234-1234", "+8613812341234", None, "138****1234", "13812341234"),
            ("013812341234", "+8613812341234", None, "138****1234", "13812341234"),
            ("8613812341234", "+8613812341234", None, "138****1234", "13812341234"),
            ("+86 138 1234 1234", "+8613812341234", None, "138****1234", "13812341234"),
            ("+86(0)13812341234", "+8613812341234", None, "138****1234", "13812341234"),
            ("008613812341234", "+8613812341234", None, "138****1234", "13812341234"),
            ("13812341234", "+8613812341234", None, "138****1234", "13812341234"),
            ("0755-12345678", "", None, "", ""),
            ("0755-82345678", "+8675582345678", None, "0755****5678", "075582345678"),
            ("(0755)8234 5678", "+8675582345678", None, "0755****5678", "075582345678"),
            ("+86 755 8234 5678", "+8675582345678", None, "0755****5678", "075582345678"),
            ("+86 0755 8234 5678", "+8675582345678", None, "0755****5678", "075582345678"),
            ("8675582345678", "+8675582345678", None, "0755****5678", "075582345678"),
            ("010-62345678", "+861062345678", None, "010****5678", "01062345678"),
            ("0086-10-62345678", "+861062345678", None, "010****5678", "01062345678"),
            ("021 6234 5678", "+862162345678", None, "021****5678", "02162345678"),
            ("0898-6234567", "+868986234567", None, "0898****567", "08986234567"),
            ("0755-82345678-801", "+8675582345678", Some("801"), "0755****5678-***", "075582345678"),
            ("0755-82345678转801", "+8675582345678", Some("801"), "0755****5678-***", "075582345678"),
            ("0755-82345678 分机:12", "+8675582345678", Some("12"), "0755****5678-***", "075582345678"),
            ("0755 82345678 ext. 9", "+8675582345678", Some("9"), "0755****5678-***", "075582345678"),
            ("+8675582345678;ext=801", "+8675582345678", Some("801"), "0755****5678-***", "075582345678"),
            ("400-123-4567", "+864001234567", None, "400****567", "4001234567"),
            ("4001234567", "+864001234567", None, "400****567", "4001234567"),
            ("+86 400 123 4567", "+864001234567", None, "400****567", "4001234567"),
            ("400-123-4567-2", "+864001234567", Some("2"), "400****567-***", "4001234567"),
            ("800 820 8820", "+868008208820", None, "800****820", "8008208820"),
            ("95555", "+8695555", None, "95****", "95555"),
            ("12345", "+8612345", None, "12****", "12345"),
            ("010-12345", "+861012345", None, "010****5", "01012345"),
            ("110", "+86110", None, "11****", "110"),
            ("+852 5123 4567", "+85251234567", None, "+852****4567", "0085251234567"),
            ("00852 5123 4567", "+85251234567", None, "+852****4567", "0085251234567"),
            ("+65 8123 4567", "+6581234567", None, "+65****4567", "006581234567"),
        ] {
            match normalise(typed) {
                Ok(number) => {
                    assert_eq!(number.as_str(), stored, "{typed}");
                    assert_eq!(number.extension(), extension, "{typed}");
                    assert_eq!(mask(&number), masked, "{typed}");
                    assert_eq!(number.dial(), dialled, "{typed}");
                    assert_eq!(normalise(&number.to_string()), Ok(number), "{typed} a second time");
                }
                // A local number never begins with 1.
                Err(fault) => assert_eq!((stored, fault), ("", PhoneFault::NotANumber), "{typed}"),
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        for (typed, fault) in [
            ("", PhoneFault::Empty),
            ("  ", PhoneFault::Empty),
            ("+", PhoneFault::Empty),
            ("82345678", PhoneFault::AreaCodeMissing),
            ("8612345", PhoneFault::AreaCodeMissing),
            ("12812341234", PhoneFault::NotANumber),
            ("1381234123", PhoneFault::NotANumber),
            ("138123412345", PhoneFault::NotANumber),
            ("+86 1234", PhoneFault::NotANumber),
            ("王经理", PhoneFault::NotANumber),
            ("0755-82345678转总机", PhoneFault::NotANumber),
            ("1+3812341234", PhoneFault::NotANumber),
            ("+852 1", PhoneFault::ForeignInvalid),
            ("+999 123456789", PhoneFault::ForeignInvalid),
        ] {
            assert_eq!(normalise(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_mask_hides_at_least_four_digits_of_every_line() {
        for typed in [
            "13812341234",
            "075582345678",
            "08986234567",
            "4001234567",
            "+85251234567",
            "+6581234567",
            "+14155550132",
        ] {
            let Ok(number) = normalise(typed) else { panic!("{typed}") };
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            let all = digits(number.dial().trim_start_matches("00"));
            assert!(all - digits(&mask(&number)) >= 4, "{typed}: {}", mask(&number));
            assert!(!mask(&number).contains(number.as_str()), "{typed}");
        }
    }
}
