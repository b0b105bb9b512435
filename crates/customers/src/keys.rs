//! Search keys, pure: which keys a record gets, and which keys a typed text asks for.
//!
//! A name is found by its beginning, by its Latin words, by pairs of neighbouring Han characters in any place, and by its
//! pinyin initials from any character on; characters with several readings keep them all (行 h/x). A serial is found by its
//! beginning and by its last four or more characters. Nothing here is a substring scan.

use std::collections::BTreeSet;

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

use crate::phones::{E164, Line, half_width, normalise};

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// A whole name, lower case, without spaces and signs.
    Name,
    /// A Latin word or number within a name.
    Word,
    /// Two neighbouring Han characters of a name.
    Gram,
    /// Pinyin initials from some character of a name on.
    Initials,
    /// A telephone number: with country code, and as dialled in China.
    Number,
    /// A serial without case and separators, or a record's number.
    Serial,
    /// A serial backwards: its last characters are a prefix of this.
    Tail,
    /// The text of a QR plate.
    Label,
    /// What the QR code of a label leads to: set and dropped by whoever makes the labels, apart from the record's other keys.
    Code,
}

impl KeyKind {
    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Word => "word",
            Self::Gram => "gram",
            Self::Initials => "initials",
            Self::Number => "number",
            Self::Serial => "serial",
            Self::Tail => "tail",
            Self::Label => "label",
            Self::Code => "code",
        }
    }
}

/// One key of a record.
pub type Key = (KeyKind, String);

/// How a typed text is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Keys that are this or begin with it.
    Prefix(KeyKind, String),
    /// Keys that are exactly this.
    Exact(KeyKind, String),
    /// Records that have most of these pairs.
    Grams(Vec<String>),
}

/// How well a record matched, best first when sorted descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exactness {
    /// Some of the words are there.
    Similar,
    /// By pinyin initials.
    Initials,
    /// The words are there, somewhere in the name.
    Within,
    /// The last characters are these.
    Ending,
    /// It begins like this.
    Beginning,
    /// It is this.
    Exact,
}

const LONGEST_NAME: usize = 64;
// Nobody types a part of it: what is shorter is no code.
const SHORTEST_CODE: usize = 16;
const LONGEST_INITIALS: usize = 8;
const MOST_READINGS: usize = 8;
// Endings that nearly every company has: as keys they find everything and nothing.
const COMPANY_ENDINGS: &[&str] = &["有限责任公司", "股份有限公司", "有限公司", "公司"];

/// A name as it is compared: lower case, half width, letters and digits only.
#[must_use]
pub fn fold(name: &str) -> String {
    half_width(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(LONGEST_NAME).collect()
}

/// A serial as it is compared: lower case, half width, letters and digits only.
#[must_use]
pub fn serial_key(serial: &str) -> String {
    fold(serial)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

// Latin words and numbers, lower case.
fn words(name: &str) -> BTreeSet<String> {
    half_width(name)
        .to_lowercase()
        .split(|c: char| is_han(c) || !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| w.chars().take(LONGEST_NAME).collect())
        .collect()
}

fn without_company_ending(folded: &str) -> &str {
    COMPANY_ENDINGS
        .iter()
        .find_map(|e| folded.strip_suffix(e))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(folded)
}

fn grams(folded: &str) -> BTreeSet<String> {
    let chars: Vec<char> = without_company_ending(folded).chars().collect();
    chars.windows(2).filter(|w| is_han(w[0]) && is_han(w[1])).map(|w| w.iter().collect()).collect()
}

fn readings(c: char) -> Vec<char> {
    if !is_han(c) {
        return vec![c];
    }
    let first = c.to_pinyin().and_then(|p| p.first_letter().chars().next());
    let mut all: Vec<char> = first.into_iter().collect();
    if let Some(multi) = c.to_pinyin_multi() {
        for letter in multi.into_iter().filter_map(|p| p.first_letter().chars().next()) {
            if !all.contains(&letter) {
                all.push(letter);
            }
        }
    }
    // ü and other accented initials don't occur; what is left is a-z.
    all.retain(char::is_ascii_lowercase);
    all
}

fn initials(folded: &str) -> BTreeSet<String> {
    let chars: Vec<char> = folded.chars().collect();
    let mut all = BTreeSet::new();
    if !chars.iter().any(|c| is_han(*c)) {
        return all;
    }
    for start in 0..chars.len() {
        let rest = &chars[start..];
        if start > 0 && (rest.len() < 2 || !is_han(rest[0])) {
            continue;
        }
        let mut made = vec![String::new()];
        for c in rest.iter().take(LONGEST_INITIALS) {
            let letters = readings(*c);
            let enough = made.len() * letters.len().max(1) > MOST_READINGS;
            let letters = if enough { &letters[..1] } else { &letters[..] };
            if !letters.is_empty() {
                made = made.iter().flat_map(|m| letters.iter().map(move |l| format!("{m}{l}"))).collect();
            }
        }
        all.extend(made);
    }
    all.remove("");
    all
}

/// The keys of a name.
#[must_use]
pub fn name_keys(name: &str) -> Vec<Key> {
    let folded = fold(name);
    if folded.is_empty() {
        return Vec::new();
    }
    let mut keys = vec![(KeyKind::Name, folded.clone())];
    keys.extend(words(name).into_iter().filter(|w| *w != folded).map(|w| (KeyKind::Word, w)));
    keys.extend(grams(&folded).into_iter().map(|g| (KeyKind::Gram, g)));
    keys.extend(initials(&folded).into_iter().map(|i| (KeyKind::Initials, i)));
    keys
}

/// Characters of a text that make terms; what follows is not found by its words.
const LONGEST_TEXT: usize = 200;
/// Neighbouring initials that make a term.
const INITIALS_OF_A_TERM: usize = 3;
const LONGEST_WORD: usize = 24;

/// The terms of a record that is found by exact terms alone, so that each can keep its records in an order of its own.
///
/// `said` makes pairs of neighbouring Han characters and Latin words; `names` make pinyin initials too, by threes and in
/// capitals: no folded text has any.
#[must_use]
pub fn terms(said: &[&str], names: &[&str]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in said.iter().chain(names) {
        let text: String = text.chars().take(LONGEST_TEXT).collect();
        all.extend(words_and_pairs(&text));
    }
    for name in names {
        let folded = fold(name);
        let chars: Vec<char> = without_company_ending(&folded).chars().collect();
        for three in chars.windows(INITIALS_OF_A_TERM).filter(|three| three.iter().any(|c| is_han(*c))) {
            let mut made = vec![String::new()];
            for c in three {
                made = made
                    .iter()
                    .flat_map(|m| readings(*c).into_iter().map(move |letter| format!("{m}{letter}")))
                    .take(MOST_READINGS)
                    .collect();
            }
            all.extend(made.into_iter().map(|initials| initials.to_uppercase()));
        }
    }
    all
}

/// What a typed text asks of [`terms`]: records that have all terms of one of these lists; nothing if the text is too short.
#[must_use]
pub fn asked_terms(text: &str) -> Vec<Vec<String>> {
    let text: String = text.chars().take(LONGEST_NAME).collect();
    let said: Vec<String> = words_and_pairs(&text).into_iter().collect();
    let folded = fold(&text);
    let letters: Vec<char> = folded.to_uppercase().chars().take(LONGEST_INITIALS).collect();
    let initials = folded.is_ascii()
        && letters.len() >= INITIALS_OF_A_TERM
        && letters.iter().any(char::is_ascii_alphabetic);
    let mut lists = vec![said];
    if initials {
        let threes = letters.windows(INITIALS_OF_A_TERM).map(|three| three.iter().collect::<String>());
        lists.push(threes.collect::<BTreeSet<_>>().into_iter().collect());
    }
    lists.retain(|list| !list.is_empty());
    lists
}

// Pairs within each run of Han characters, and Latin words: 道闸 E05 has nothing of 闸E.
fn words_and_pairs(text: &str) -> BTreeSet<String> {
    let mut all: BTreeSet<String> =
        words(text).into_iter().filter(|w| (2..=LONGEST_WORD).contains(&w.chars().count())).collect();
    for run in half_width(text).split(|c: char| !is_han(c)) {
        let chars: Vec<char> = without_company_ending(run).chars().collect();
        all.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    all
}

/// The keys of a telephone number.
#[must_use]
pub fn number_keys(number: &E164) -> Vec<Key> {
    let international = number.as_str().trim_start_matches('+').to_owned();
    let mut keys = vec![(KeyKind::Number, international.clone())];
    if number.line() != Line::Foreign {
        keys.push((KeyKind::Number, number.dial()));
    }
    keys
}

/// The keys of a serial or of a record's number.
#[must_use]
pub fn serial_keys(serial: &str) -> Vec<Key> {
    let folded = serial_key(serial);
    if folded.is_empty() {
        return Vec::new();
    }
    let backwards = folded.chars().rev().collect();
    vec![(KeyKind::Serial, folded), (KeyKind::Tail, backwards)]
}

/// The key of a QR plate's text.
#[must_use]
pub fn label_key(label: &str) -> Key {
    (KeyKind::Label, fold(label))
}

/// The key of what a label's QR code leads to.
#[must_use]
pub fn code_key(code: &str) -> Key {
    (KeyKind::Code, fold(code))
}

// A scanned code is an address (`https://…/q/…`, or as people read it from a label, without the beginning): its last part says which.
fn scanned(text: &str) -> Option<&str> {
    let address = text.split(['?', '#']).next().unwrap_or(text).trim_end_matches('/');
    let (before, last) = address.rsplit_once('/')?;
    (before.contains("://") || before.ends_with("/q") || before.ends_with("/a") || before == "q")
        .then_some(last)
}

/// What to look for when somebody typed `text`; nothing if the text is too short to mean something.
#[must_use]
pub fn probes(text: &str) -> Vec<Probe> {
    let text: String = text.chars().take(200).collect();
    let mut all = Vec::new();
    let spoken = scanned(text.trim()).unwrap_or(text.trim());
    let folded = fold(spoken);
    let length = folded.chars().count();
    if length == 0 {
        return all;
    }
    let number = normalise(spoken).ok();
    if let Some(number) = &number {
        all.push(Probe::Exact(KeyKind::Number, number.as_str().trim_start_matches('+').to_owned()));
    }
    let digits = folded.bytes().all(|b| b.is_ascii_digit());
    // Seven digits are enough to go on; fewer would let a caller's number be guessed piece by piece.
    if digits && length >= 7 && number.is_none() {
        all.push(Probe::Prefix(KeyKind::Number, folded.clone()));
    }
    let latin = folded.is_ascii();
    if latin && length >= 3 {
        all.push(Probe::Prefix(KeyKind::Serial, folded.clone()));
        all.push(Probe::Exact(KeyKind::Label, folded.clone()));
        if length >= SHORTEST_CODE {
            all.push(Probe::Exact(KeyKind::Code, folded.clone()));
        }
    }
    if latin && length >= 4 {
        all.push(Probe::Prefix(KeyKind::Tail, folded.chars().rev().collect()));
    }
    if latin && length >= 2 {
        all.push(Probe::Prefix(KeyKind::Word, folded.clone()));
        let letters: String = folded.chars().take(LONGEST_INITIALS).collect();
        if !digits {
            all.push(Probe::Prefix(KeyKind::Initials, letters));
        }
    }
    if !latin || length >= 2 {
        all.push(Probe::Prefix(KeyKind::Name, folded.clone()));
    }
    if !latin {
        // 北京路 停车场: each word by itself.
        let pairs: BTreeSet<String> = spoken.split_whitespace().flat_map(|w| grams(&fold(w))).collect();
        if pairs.is_empty() {
            all.push(Probe::Prefix(KeyKind::Gram, folded));
        } else {
            all.push(Probe::Grams(pairs.into_iter().collect()));
        }
    }
    all
}

impl Probe {
    /// How well a key that this probe found matches; `found` is how many pairs, or 1 if the whole key is the text.
    #[must_use]
    pub fn exactness(&self, found: i64) -> Exactness {
        match self {
            Self::Exact(..) => Exactness::Exact,
            Self::Prefix(KeyKind::Initials, _) => Exactness::Initials,
            Self::Prefix(KeyKind::Word | KeyKind::Gram, _) => Exactness::Within,
            Self::Prefix(KeyKind::Tail, _) if found == 0 => Exactness::Ending,
            Self::Prefix(..) if found == 1 => Exactness::Exact,
            Self::Prefix(..) => Exactness::Beginning,
            Self::Grams(pairs) if usize::try_from(found).is_ok_and(|n| n >= pairs.len()) => Exactness::Within,
            Self::Grams(_) => Exactness::Similar,
        }
    }
}

/// How many of `asked` pairs a record must have: two thirds, at least one.
#[must_use]
pub fn enough_grams(asked: usize) -> usize {
    (asked * 2).div_ceil(3).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(keys: &[Key], kind: KeyKind) -> Vec<&str> {
        keys.iter().filter(|k| k.0 == kind).map(|k| k.1.as_str()).collect()
    }

    // Whether a record with these keys is found by the text, as the store would find it.
    fn finds(text: &str, keys: &[Key]) -> Option<Exactness> {
        probes(text)
            .iter()
            .filter_map(|probe| match probe {
                Probe::Exact(kind, term) => {
                    of(keys, *kind).contains(&term.as_str()).then(|| probe.exactness(1))
                }
                Probe::Prefix(kind, term) => of(keys, *kind)
                    .iter()
                    .filter(|k| k.starts_with(term.as_str()))
                    .map(|k| probe.exactness(i64::from(k == term)))
                    .max(),
                Probe::Grams(pairs) => {
                    let n = of(keys, KeyKind::Gram).iter().filter(|k| pairs.iter().any(|p| p == *k)).count();
                    (n >= enough_grams(pairs.len())).then(|| probe.exactness(i64::try_from(n).unwrap()))
                }
            })
            .max()
    }

    #[test]
    fn a_name_is_found_by_whatever_a_caller_says() {
        let keys = name_keys("深圳市万象城物业管理有限公司");
        for (text, exactness) in [
            ("深圳市万象城物业管理有限公司", Some(Exactness::Exact)),
            ("深圳市万象", Some(Exactness::Beginning)),
            ("万象城", Some(Exactness::Within)),
            ("万象城物业", Some(Exactness::Within)),
            ("万象城 物业", Some(Exactness::Within)),
            ("万象物业管理", Some(Exactness::Similar)),
            ("szswxc", Some(Exactness::Initials)),
            ("WXC", Some(Exactness::Initials)),
            ("wxcwyglyxgs", Some(Exactness::Initials)),
            ("圳", Some(Exactness::Within)),
            ("深", Some(Exactness::Beginning)),
            ("北京路", None),
            ("bjl", None),
            ("有限公司", None),
        ] {
            assert_eq!(finds(text, &keys), exactness, "{text}");
        }
    }

    #[test]
    fn characters_with_several_readings_are_found_by_each() {
        for (name, texts) in [
            ("中国银行大厦", &["zgyhds", "zgyxdx", "yhdx"][..]),
            ("重庆停车场", &["cqtcc", "zqtcc"][..]),
            ("长安路车库", &["calck", "zalck"][..]),
        ] {
            let keys = name_keys(name);
            for text in texts {
                assert_eq!(finds(text, &keys), Some(Exactness::Initials), "{name} by {text}");
            }
        }
    }

    #[test]
    fn latin_words_within_a_name_are_found() {
        let keys = name_keys("科技园B2车库 Phase-3 North");
        assert_eq!(finds("b2", &keys), Some(Exactness::Within));
        assert_eq!(finds("north", &keys), Some(Exactness::Within));
        assert_eq!(finds("kjyb2", &keys), Some(Exactness::Initials));
        assert_eq!(finds("South", &keys), None);
    }

    #[test]
    fn a_serial_is_found_by_beginning_and_by_its_last_four() {
        let keys = serial_keys("BG-2024/00A7731");
        for (text, exactness) in [
            ("BG2024", Some(Exactness::Beginning)),
            ("bg-2024-00a7731", Some(Exactness::Exact)),
            ("7731", Some(Exactness::Ending)),
            ("A7731", Some(Exactness::Ending)),
            ("731", None),
            ("024", None),
        ] {
            assert_eq!(finds(text, &keys), exactness, "{text}");
        }
    }

    #[test]
    fn a_number_is_found_in_any_format_and_not_by_a_few_digits() {
        let keys = number_keys(&normalise("0755-82345678").unwrap());
        for (text, exactness) in [
            ("+86 755 8234 5678", Some(Exactness::Exact)),
            ("0755 82345678", Some(Exactness::Exact)),
            ("0755823", Some(Exactness::Beginning)),
            ("075582", None),
        ] {
            assert_eq!(finds(text, &keys), exactness, "{text}");
        }
    }

    #[test]
    fn a_scanned_plate_is_found_by_its_label() {
        let keys = vec![label_key("TX-7K2M9QRA"), code_key("7k2m9qra5bcdefgh8jkmnpqrst")];
        for text in [
            "https://service.example.cn/q/7k2m9qra5bcdefgh8jkmnpqrst",
            "HTTPS://SERVICE.EXAMPLE.CN/Q/7K2M9QRA5BCDEFGH8JKMNPQRST?from=wechat",
            "service.example.cn/q/7k2m9qra5bcdefgh8jkmnpqrst/",
            "/q/7k2m9qra5bcdefgh8jkmnpqrst",
            "7k2m9qra5bcdefgh8jkmnpqrst",
            "https://service.example.cn/a/TX-7K2M9QRA",
            "tx7k2m9qra",
        ] {
            assert_eq!(finds(text, &keys), Some(Exactness::Exact), "{text}");
        }
        assert_eq!(finds("7k2m9qra5bcdefgh", &keys), None, "a part of a code is none");
    }

    #[test]
    fn a_record_of_exact_terms_is_found_by_words_and_initials() {
        let terms = terms(
            &["道闸不抬杆,车辆无法出场 (E05)"],
            &["万象城B2停车场", "深圳市万象城物业管理有限公司", "中国银行大厦", "Plate reader"],
        );
        let finds =
            |text: &str| asked_terms(text).iter().any(|list| list.iter().all(|term| terms.contains(term)));
        for text in [
            "道闸",
            "抬杆",
            "车辆无法出场",
            "万象城 道闸",
            "停车场",
            "e05",
            "E05 道闸",
            "wxc",
            "SZSWXC",
            "zgyh",
            "zgyx",
            "plate",
            "B2停车场",
            "万象城物业管理有限公司",
        ] {
            assert!(finds(text), "{text}");
        }
        for text in ["北京路", "道闸 北京", "bjl", "e06", "闸", "wx", "有限公司", "dzb", "", " "]
        {
            assert!(!finds(text), "{text}");
        }
        assert!(super::terms(&[&"道闸不抬杆".repeat(500)], &[&"行".repeat(500)]).len() < 300);
    }

    #[test]
    fn a_long_name_makes_a_bounded_number_of_keys() {
        let name = "重庆长乐行乐会区都".repeat(8);
        assert!(name_keys(&name).len() < 700, "{}", name_keys(&name).len());
        assert!(probes(&"行".repeat(5000)).len() < 8);
    }
}
