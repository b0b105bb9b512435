//! Codes that an app makes of a shared secret and the time (RFC 6238 with RFC 4226): six digits, thirty seconds, HMAC-SHA-1, as
//! every authenticator knows them. And what is shown and typed of it.

use kit::Ts;
use ring::hmac;

/// Seconds a code is shown for.
const STEP_S: i64 = 30;
/// How many steps a phone's clock may be off.
const OFF_BY: i64 = 1;
/// Bytes of a secret: as many as the hash has (RFC 4226, 4).
pub(crate) const SECRET_BYTES: usize = 20;
/// Random bytes of a recovery code, of which 60 bits are shown.
pub(crate) const RECOVERY_BYTES: usize = 8;
/// Letters of a recovery code, without what stands between.
const RECOVERY_LETTERS: usize = 12;
/// What is typed of any code at most.
const MOST_TYPED: usize = 64;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step, as it is shown.
fn code(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let hash = hmac::sign(&key, &step.to_be_bytes());
    let hash = hash.as_ref();
    let at = usize::from(hash[19] & 15);
    let four = [hash[at], hash[at + 1], hash[at + 2], hash[at + 3]];
    (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
}

/// Whether what was typed could be a code of an app: six digits.
#[must_use]
pub(crate) fn is_code(typed: &str) -> bool {
    typed.len() == 6 && typed.bytes().all(|b| b.is_ascii_digit())
}

/// The step whose code was typed: one of now, the one before and the one after, and newer than the last that was taken.
#[must_use]
pub(crate) fn step_of(secret: &[u8], typed: &str, now: Ts, last_step: i64) -> Option<i64> {
    if secret.is_empty() || !is_code(typed) {
        return None;
    }
    let typed: u32 = typed.parse().ok()?;
    let present = now.micros().div_euclid(STEP_S * Ts::SECOND);
    // All are computed, whichever fits: the time taken says nothing.
    let fits: Vec<i64> =
        (present - OFF_BY..=present + OFF_BY).filter(|step| code(secret, *step) == typed).collect();
    fits.into_iter().find(|step| *step > last_step)
}

/// The secret as people type it (RFC 4648, without padding).
#[must_use]
pub(crate) fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let mut five = [0_u8; 8];
        five[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(five);
        for at in 0..(chunk.len() * 8).div_ceil(5) {
            let letter = (bits >> (35 - 5 * at)) & 31;
            text.push(char::from(ALPHABET[usize::try_from(letter).unwrap_or_default()]));
        }
    }
    text
}

/// What an authenticator reads from the QR code. SHA-1, six digits and thirty seconds go without saying: the shorter, the larger each dot
/// of the code.
#[must_use]
pub(crate) fn uri(issuer: &str, login: &str, secret: &str) -> String {
    let (issuer, login) = (escaped(issuer), escaped(login));
    format!("otpauth://totp/{login}?secret={secret}&issuer={issuer}")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A recovery code as it is shown: three groups of four letters and digits.
#[must_use]
pub(crate) fn recovery_code(bytes: &[u8; RECOVERY_BYTES]) -> String {
    let text = base32(bytes);
    [&text[..4], &text[4..8], &text[8..RECOVERY_LETTERS]].join("-")
}

/// What was typed, without what people put between: capitals, no spaces, no dashes, full-width digits as plain ones.
#[must_use]
pub(crate) fn typed(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10).unwrap_or(c),
        other => other,
    };
    let between = |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{ff0d}');
    text.chars().filter(|c| !between(c)).take(MOST_TYPED).map(plain).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(s: i64) -> Ts {
        Ts(s * Ts::SECOND)
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, its eight digits without the first two.
        for (s, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(SECRET, expected, at(s), 0), Some(s / 30), "{s}");
        }
    }

    #[test]
    fn codes_are_those_of_rfc_4226() {
        // Appendix D: the codes of counters 0 to 9.
        let codes =
            [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        for (step, expected) in (0..).zip(codes) {
            assert_eq!(code(SECRET, step), expected, "{step}");
        }
    }

    #[test]
    fn a_code_holds_one_step_around_its_own_and_once() {
        let step = 1_234_567_890 / 30;
        for (s, last, expected) in [
            (1_234_567_890, 0, Some(step)),
            (1_234_567_890 - 30, 0, Some(step)),
            (1_234_567_890 + 30, 0, Some(step)),
            (1_234_567_890 - 60, 0, None),
            (1_234_567_890 + 60, 0, None),
            (1_234_567_890, step - 1, Some(step)),
            (1_234_567_890, step, None),
            (1_234_567_890, step + 5, None),
        ] {
            assert_eq!(step_of(SECRET, "005924", at(s), last), expected, "{s} after {last}");
        }
        for wrong in ["", "5924", "005925", "0059240", "00592a", "+05924", "００５９２４"] {
            assert_eq!(step_of(SECRET, wrong, at(1_234_567_890), 0), None, "{wrong}");
        }
        assert_eq!(step_of(b"", "005924", at(0), 0), None);
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert_eq!(base32(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn what_is_shown_can_be_typed() {
        assert_eq!(recovery_code(&[255; RECOVERY_BYTES]), "7777-7777-7777");
        assert_eq!(typed(" abcd-efgh ijkl\u{3000}\u{2013} "), "ABCDEFGHIJKL");
        assert_eq!(typed("１２３ 456"), "123456");
        assert_eq!(typed(&"x".repeat(5000)).len(), MOST_TYPED);
        let uri = uri("示范 A&B", "li.na", &base32(SECRET));
        let expected =
            format!("otpauth://totp/li.na?secret={}&issuer=%E7%A4%BA%E8%8C%83%20A%26B", base32(SECRET));
        assert_eq!(uri, expected);
    }
}
