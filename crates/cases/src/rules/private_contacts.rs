//! Private phone numbers and chat accounts in what people write (P68): found, so that a screen can warn, and masked when it is
//! saved. Public numbers (400, 800, 95…) are nobody's private contact; serials, document numbers and dates are left alone.
//!
//! The web app's `cases/private-contacts.ts` is the same rule; both are tested with `private_contacts.json`.

/// What was masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text as it may be kept.
    pub text: String,
    /// Phone numbers in it.
    pub phones: usize,
    /// Chat accounts in it.
    pub accounts: usize,
}

/// Separators that may stand between the digits of one number, at most two in a row.
const SEPARATORS: &[char] = &[' ', '\u{3000}', '-', '\u{2013}', '.', '(', ')', '\u{ff08}', '\u{ff09}'];
/// Words before a number that say it is no phone number.
const SERIAL_WORDS: &[&str] = &[
    "\u{5e8f}\u{5217}\u{53f7}",
    "\u{7f16}\u{53f7}",
    "\u{5355}\u{53f7}",
    "\u{673a}\u{53f7}",
    "sn",
    "s/n",
    "serial",
    "no.",
    "id:",
];
/// Words before an account; longer ones first.
const ACCOUNT_WORDS: &[&str] = &[
    "wechat",
    "weixin",
    "\u{5fae}\u{4fe1}",
    "\u{8587}\u{4fe1}",
    "\u{5a01}\u{4fe1}",
    "v\u{4fe1}",
    "vx",
    "wx",
    "qq",
];
/// Words between the name of the service and the account.
const FILLERS: &[&str] = &[
    "\u{8d26}\u{53f7}",
    "\u{5e10}\u{53f7}",
    "\u{53f7}\u{7801}",
    "\u{53f7}",
    "id",
    "is",
    "\u{662f}",
    "\u{4e3a}",
    "\u{ff1a}",
    ":",
    "=",
    " ",
    "\u{3000}",
];

fn digit(c: char) -> Option<u8> {
    Some(match c {
        '0'..='9' => c as u8 - b'0',
        '\u{ff10}'..='\u{ff19}' => u8::try_from(c as u32 - 0xff10).unwrap_or(0),
        '\u{96f6}' | '\u{3007}' => 0,
        '\u{4e00}' | '\u{5e7a}' | '\u{58f9}' => 1,
        '\u{4e8c}' | '\u{8d30}' => 2,
        '\u{4e09}' | '\u{53c1}' => 3,
        '\u{56db}' | '\u{8086}' => 4,
        '\u{4e94}' | '\u{4f0d}' => 5,
        '\u{516d}' | '\u{9646}' => 6,
        '\u{4e03}' | '\u{67d2}' => 7,
        '\u{516b}' | '\u{634c}' => 8,
        '\u{4e5d}' | '\u{7396}' => 9,
        _ => return None,
    })
}

// Full-width letters as their usual selves, in small letters.
fn plain(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    narrow.to_ascii_lowercase()
}

fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn starts(chars: &[char], at: usize, what: &str) -> bool {
    let mut at = at;
    what.chars().all(|c| {
        let same = chars.get(at).is_some_and(|there| plain(*there) == plain(c));
        at += 1;
        same
    })
}

/// A run of digits without anything between.
#[derive(Clone, Copy)]
struct Group {
    from: usize,
    to: usize,
}

/// The text with private contacts masked; `None` if there are none.
#[must_use]
pub fn mask_private(text: &str) -> Option<Masked> {
    let chars: Vec<char> = text.chars().collect();
    let mut hidden = vec![false; chars.len()];
    // After an account's first two letters comes one mark instead of as many as there were letters.
    let mut cut = Vec::new();
    let phones = phones(&chars, &mut hidden);
    let accounts = accounts(&chars, &hidden.clone(), &mut cut);
    if phones + accounts == 0 {
        return None;
    }
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some((_, to)) = cut.iter().find(|(from, _)| *from == at) {
            out.push_str("****");
            at = *to;
            continue;
        }
        out.push(if hidden[at] { '*' } else { chars[at] });
        at += 1;
    }
    Some(Masked { text: out, phones, accounts })
}

fn groups(chars: &[char]) -> Vec<Group> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if digit(chars[at]).is_none() {
            at += 1;
            continue;
        }
        let from = at;
        while at < chars.len() && digit(chars[at]).is_some() {
            at += 1;
        }
        found.push(Group { from, to: at });
    }
    found
}

// Whether two groups can be parts of one number.
fn joined(chars: &[char], a: Group, b: Group) -> bool {
    let between = &chars[a.to..b.from];
    !between.is_empty() && between.len() <= 2 && between.iter().all(|c| SEPARATORS.contains(c))
}

fn phones(chars: &[char], hidden: &mut [bool]) -> usize {
    let groups = groups(chars);
    let mut count = 0;
    let mut first = 0;
    while first < groups.len() {
        let mut taken = None;
        let mut last = first;
        loop {
            if let Some(skip) = number(chars, &groups[first..=last]) {
                taken = Some(skip);
                break;
            }
            let next = last + 1;
            if next >= groups.len() || next - first > 12 || !joined(chars, groups[last], groups[next]) {
                break;
            }
            last = next;
        }
        let Some(skip) = taken else {
            first += 1;
            continue;
        };
        count += 1;
        let places: Vec<usize> = groups[first..=last].iter().flat_map(|g| g.from..g.to).skip(skip).collect();
        // The first three and the last four stay, as in every masked number.
        let shown = places.len().saturating_sub(4);
        let head = if digit(chars[places[0]]) == Some(0) { places.len().saturating_sub(8) } else { 3 };
        for place in &places[head.min(shown)..shown] {
            hidden[*place] = true;
        }
        first = last + 1;
    }
    count
}

// If these groups are one private number: how many digits of a country code come before it.
fn number(chars: &[char], groups: &[Group]) -> Option<usize> {
    let (from, to) = (groups.first()?.from, groups.last()?.to);
    if !alone(chars, from, to) || says_serial(chars, from) {
        return None;
    }
    let digits: Vec<u8> = chars[from..to].iter().filter_map(|c| digit(*c)).collect();
    let code = match digits.as_slice() {
        [0, 0, 8, 6, rest @ ..] if rest.len() >= 10 => 4,
        [8, 6, rest @ ..] if rest.len() == 11 && rest[0] == 1 => 2,
        _ => 0,
    };
    let national = &digits[code..];
    let lengths: Vec<usize> = groups.iter().map(|g| g.to - g.from).collect();
    let spelled = lengths.iter().all(|n| *n == 1);
    let mobile = national.len() == 11
        && national[0] == 1
        && (3..=9).contains(&national[1])
        && (spelled || lengths[0] >= 3 || code == lengths[0]);
    // A landline shows itself by the gap after its area code; without one it could be any number.
    let area = matches!(national, [0, 1, 0, ..] | [0, 2, _, ..]).then_some(3).unwrap_or(4);
    let landline = code == 0
        && groups.len() > 1
        && national[0] == 0
        && national.get(1).is_some_and(|d| *d != 0)
        && lengths[0] == area
        && (7..=8).contains(&(national.len() - area))
        && lengths[1..].iter().all(|n| *n >= 3);
    (mobile || landline).then_some(code)
}

// Not part of a longer word or number: letters and joined-on digits at either end make it something else.
fn alone(chars: &[char], from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).map(|at| chars[at]);
    let joins = |c: char| c == '-' || c == '.';
    let left = match before {
        None => true,
        Some(c) if word(c) => {
            // "vx13812345678": the name of a service may stand right before.
            ACCOUNT_WORDS.iter().any(|w| {
                from.checked_sub(w.chars().count())
                    .is_some_and(|at| starts(chars, at, w) && (at == 0 || !word(chars[at - 1])))
            })
        }
        Some(c) if joins(c) => !from.checked_sub(2).is_some_and(|at| word(chars[at])),
        Some(_) => true,
    };
    let right = match chars.get(to) {
        None => true,
        Some(c) if word(*c) => false,
        Some(c) if joins(*c) => !chars.get(to + 1).is_some_and(|c| word(*c)),
        Some(_) => true,
    };
    left && right
}

fn says_serial(chars: &[char], from: usize) -> bool {
    let mut end = from;
    while end > 0 && matches!(plain(chars[end - 1]), ' ' | ':' | '=' | '#') {
        end -= 1;
    }
    SERIAL_WORDS.iter().any(|w| {
        let w = w.trim_end_matches(':');
        end.checked_sub(w.chars().count())
            .is_some_and(|at| starts(chars, at, w) && (!w.is_ascii() || at == 0 || !word(chars[at - 1])))
    })
}

fn accounts(chars: &[char], hidden: &[bool], cut: &mut Vec<(usize, usize)>) -> usize {
    let mut count = 0;
    let mut at = 0;
    while at < chars.len() {
        let Some(name) = ACCOUNT_WORDS.iter().find(|w| starts(chars, at, w)) else {
            at += 1;
            continue;
        };
        let begins_word = at == 0 || !word(plain(chars[at - 1])) || !name.is_ascii();
        let after = at + name.chars().count();
        let Some((from, to)) = begins_word.then(|| account(chars, at, after, name)).flatten() else {
            at = after;
            continue;
        };
        at = to;
        // A phone number as an account is masked as such already.
        if hidden[from..to].iter().any(|h| *h) {
            continue;
        }
        count += 1;
        cut.push((from + 2, to));
    }
    count
}

// The account that follows the name of a service.
fn account(chars: &[char], start: usize, after: usize, name: &str) -> Option<(usize, usize)> {
    // Accounts that were never renamed begin with "wxid_".
    if starts(chars, start, "wxid_") {
        let to = end_of_word(chars, start);
        return (to - start >= 8).then_some((start, to));
    }
    let mut from = after;
    while let Some(filler) = FILLERS.iter().find(|f| starts(chars, from, f)) {
        // "is" and "id" are fillers as whole words only.
        let next = from + filler.chars().count();
        if filler.is_ascii()
            && filler.chars().all(|c| c.is_ascii_alphabetic())
            && chars.get(next).is_some_and(|c| word(*c))
        {
            break;
        }
        from = next;
    }
    let to = end_of_word(chars, from);
    let found: String = chars[from..to].iter().map(|c| plain(*c)).collect();
    let digits = !found.is_empty() && found.bytes().all(|b| b.is_ascii_digit());
    let right_there = from == after;
    let lettered = found.starts_with(|c: char| c.is_ascii_alphabetic()) && (6..=20).contains(&found.len());
    // "wxPay" and "vxworks" are words, "WX20261122-0001" is a number of ours.
    let is_account = if digits {
        (5..=11).contains(&found.len()) && !(right_there && name.is_ascii() && found.len() < 9)
    } else {
        lettered && !(right_there && name.is_ascii()) && name != "qq"
    };
    is_account.then_some((from, to))
}

fn end_of_word(chars: &[char], from: usize) -> usize {
    let mut to = from;
    while chars.get(to).is_some_and(|c| word(plain(*c)) || *c == '-') {
        to += 1;
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Table {
        found: Vec<(String, String)>,
        clean: Vec<String>,
    }

    fn table() -> Table {
        serde_json::from_str(include_str!("private_contacts.json")).unwrap()
    }

    #[test]
    fn p68_private_numbers_and_accounts_are_masked_however_they_are_written() {
        for (text, expected) in table().found {
            let masked = mask_private(&text).map(|m| m.text);
            assert_eq!(masked.as_deref(), Some(expected.as_str()), "{text}");
        }
    }

    #[test]
    fn p68_serials_document_numbers_dates_and_public_numbers_are_left_alone() {
        for text in table().clean {
            assert_eq!(mask_private(&text), None, "{text}");
        }
    }

    #[test]
    fn p68_what_was_masked_has_nothing_left_to_mask() {
        for (text, _) in table().found {
            let once = mask_private(&text).map(|m| m.text).unwrap_or_default();
            assert_eq!(mask_private(&once), None, "{once}");
        }
    }
}
