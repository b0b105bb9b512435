//! Pure decisions about messages: who is told what, what a text may hold, where a webhook may lead, how it is signed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::tz::TimeZone;
use kit::{Lang, Ts};
use sha2::Sha256;

use crate::model::DeliveryFailure;

/// Kinds of events a customer's contact gets a mail about (P8, P21, P38, P39).
pub const MAIL_KINDS: &[&str] = &[
    "case.reported",
    "case.fix_plan",
    "visit.dispatched",
    "visit.departed",
    "visit.arrived",
    "visit.reassigned",
    "visit.late_foreseen",
    "visit.cancelled",
    "visit.broken_off",
    "visit.signed",
];

/// Kinds of events that somebody on duty has to look at now: an alert is opened, and the mailbox of people on duty gets a mail
/// (P8, P10, P44, and what customers ask on their page).
pub const DUTY_KINDS: &[&str] = &[
    "clock.warned",
    "clock.breached",
    "visit.late_foreseen",
    "case.escalated",
    "case.chased",
    "case.move_wished",
    "case.complained",
];

/// Kinds of events a webhook can subscribe to, and all that is read.
pub const KINDS: &[&str] = &[
    "case.reported",
    "case.fix_plan",
    "case.triaged",
    "case.severity_changed",
    "case.onsite_agreed",
    "case.resolved",
    "case.closed",
    "case.reopened",
    "case.withdrawn",
    "case.escalated",
    "case.chased",
    "case.move_wished",
    "case.added_to",
    "case.complained",
    "visit.confirmed",
    "visit.dispatched",
    "visit.departed",
    "visit.arrived",
    "visit.reassigned",
    "visit.late_foreseen",
    "visit.cancelled",
    "visit.no_access",
    "visit.partly_done",
    "visit.broken_off",
    "visit.signed",
    "agreement.expiring",
    "clock.warned",
    "clock.breached",
];

/// Whether a change of a visit is nothing to its customer: a proposal that they never heard of was moved or taken off, or the desk
/// ended a visit that its engineer had ended. `state`: how it stands; `from`: how it stood before.
#[must_use]
pub fn untold(kind: &str, state: Option<&str>, from: Option<&str>) -> bool {
    state == Some("proposed")
        || from == Some("proposed")
        || (kind == "visit.broken_off" && matches!(from, Some("done" | "partly_done" | "no_access")))
}

/// Why an attempt failed: its name, and what the other side or the network said about it in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Its name.
    pub failure: DeliveryFailure,
    /// In the words of whoever said it, or the host concerned.
    pub said: String,
}

impl Why {
    /// A reason with what was said.
    #[must_use]
    pub fn new(failure: DeliveryFailure, said: impl Into<String>) -> Self {
        Self { failure, said: said.into() }
    }
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it.
    Delivered,
    /// It may work later.
    Later(Why),
    /// It won't: a person has to mend something first.
    Never(Why),
    /// The other side wants nothing any more (410): the webhook is turned off.
    Gone,
}

/// The other side said nothing for that long.
#[must_use]
pub fn silent(host: &str, patience: std::time::Duration) -> Why {
    Why::new(DeliveryFailure::Silent, format!("{host}: {} s", patience.as_secs()))
}

/// What a webhook's answer means: 2xx took it, 410 wants no more, everything else is tried again; a redirect is not followed.
#[must_use]
pub fn answered(status: u16) -> Outcome {
    match status {
        200..=299 => Outcome::Delivered,
        410 => Outcome::Gone,
        300..=399 => Outcome::Later(Why::new(DeliveryFailure::Redirected, format!("HTTP {status}"))),
        _ => Outcome::Later(Why::new(DeliveryFailure::Refused, format!("HTTP {status}"))),
    }
}

/// The key of a webhook as Standard Webhooks writes it.
#[must_use]
pub fn secret_of(bytes: &[u8]) -> String {
    format!("whsec_{}", BASE64.encode(bytes))
}

/// The `webhook-signature` of a request after Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`; `timestamp` in
/// seconds since 1970. `None` if `secret` is no `whsec_…`.
///
/// ```
/// let signed = notifications::sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
///     br#"{"test": 2432232314}"#);
/// assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
/// ```
#[must_use]
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Option<String> {
    let key = BASE64.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Some(format!("v1,{}", BASE64.encode(mac.finalize().into_bytes())))
}

/// Whether an address lies in the public internet: not this machine, not a private, shared, link-local or reserved network,
/// nor one of those wrapped in IPv6.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => public_v4(v4),
        IpAddr::V6(v6) => public_v6(v6),
    }
}

fn public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a == 198 && (18..20).contains(&b));
    !reserved
}

fn public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        // An IPv4 address in another form is judged as such: mapped, NAT64, 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // Of the rest only global unicast is public, without documentation, benchmarks and Teredo.
        [0x2001, second, ..] => second >= 0x0200 && second != 0x0db8,
        [first, ..] => (0x2000..0x4000).contains(&first) && first != 0x3fff,
    }
}

/// A text that may stand in a mail header: no line break or other control character, at most 200 characters.
#[must_use]
pub fn header_safe(text: &str) -> bool {
    !text.chars().any(char::is_control) && text.chars().count() <= 200
}

/// `text` on one line with any phone number taken out (P68): free text of others may hold one.
#[must_use]
pub fn without_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let mut end = at;
        let mut digits = 0;
        // A run of digits, with the signs people write between them.
        while end < chars.len()
            && (chars[end].is_ascii_digit() || (digits > 0 && matches!(chars[end], ' ' | '-')))
        {
            digits += usize::from(chars[end].is_ascii_digit());
            end += 1;
        }
        if digits >= 7 {
            out.push_str("***");
            at = end;
        } else {
            out.extend(&chars[at..end.max(at + 1)]);
            at = end.max(at + 1);
        }
    }
    out
}

/// An address shown in a list: `z***@example.cn`.
#[must_use]
pub fn masked(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}***@{host}", name.chars().next().unwrap_or_default()),
        None => "***".to_owned(),
    }
}

/// An instant as messages write it: `2026-10-09 16:40`.
#[must_use]
pub fn clock_time(at: Ts, zone: &TimeZone) -> String {
    at.timestamp().to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A window as messages write it: `2026-10-09 18:00–20:00`, with the second day if it is another.
#[must_use]
pub fn window_text(start: Ts, end: Ts, zone: &TimeZone) -> String {
    let (from, to) = (start.timestamp().to_zoned(zone.clone()), end.timestamp().to_zoned(zone.clone()));
    let form = if from.date() == to.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    format!("{}–{}", from.strftime("%Y-%m-%d %H:%M"), to.strftime(form))
}

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// Paragraphs; lines whose value is unknown are left out.
    pub text: String,
}

/// Puts a message together from the catalogue: `messages.<kind>.subject`, `.text`, and `messages.signature`.
///
/// Values are `(name, value)`; a line of the text whose placeholder has no value is left out. `None` if the catalogue has
/// no such message.
#[must_use]
pub fn words(lang: Lang, kind: &str, values: &[(&str, Option<String>)]) -> Option<Words> {
    let known: Vec<(&str, String)> = values.iter().filter_map(|(n, v)| v.clone().map(|v| (*n, v))).collect();
    let subject = kit::texts::text(lang, &format!("messages.{kind}.subject"), &known)?;
    let text = kit::texts::text(lang, &format!("messages.{kind}.text"), &[])?;
    let signature = kit::texts::text(lang, "messages.signature", &[])?;
    let open: Vec<String> =
        values.iter().filter(|(_, v)| v.is_none()).map(|(name, _)| format!("{{{name}}}")).collect();
    let mut lines = Vec::new();
    for line in text.lines().chain(["", "-- "]).chain(signature.lines()) {
        if open.iter().any(|placeholder| line.contains(placeholder.as_str())) {
            continue;
        }
        lines.push(kit::texts::filled(line, &known));
    }
    Some(Words { subject, text: lines.join("\n") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for text in ["93.184.216.34", "223.5.5.5", "2606:4700::1111", "2400:3200::1", "64:ff9b::df05:505"] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "127.0.0.1",
            "10.0.0.8",
            "172.16.1.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:8",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn an_answer_is_taken_retried_or_the_end() {
        assert_eq!(answered(204), Outcome::Delivered);
        assert_eq!(answered(410), Outcome::Gone);
        for status in [301, 302, 307, 400, 404, 429, 500, 503] {
            assert!(matches!(answered(status), Outcome::Later(_)), "{status}");
        }
    }

    #[test]
    fn a_signature_depends_on_id_time_body_and_key() {
        let secret = secret_of(&[7; 32]);
        let signed = sign(&secret, "msg_1", 1_700_000_000, b"{}").unwrap();
        assert!(signed.starts_with("v1,"));
        assert_eq!(sign(&secret, "msg_1", 1_700_000_000, b"{}").unwrap(), signed);
        assert_ne!(sign(&secret, "msg_2", 1_700_000_000, b"{}").unwrap(), signed);
        assert_ne!(sign(&secret, "msg_1", 1_700_000_001, b"{}").unwrap(), signed);
        assert_ne!(sign(&secret, "msg_1", 1_700_000_000, b"{ }").unwrap(), signed);
        assert_ne!(sign(&secret_of(&[8; 32]), "msg_1", 1_700_000_000, b"{}").unwrap(), signed);
        assert_eq!(sign("plain", "msg_1", 1, b""), None);
    }

    #[test]
    fn p68_no_phone_number_stands_in_a_message() {
        for (text, shown) in [
            ("城东停车场", "城东停车场"),
            ("门岗 13800138000 老王", "门岗 ***老王"),
            ("call 138-0013-8000", "call ***"),
            ("029 8888 1234", "***"),
            ("B2 gate 3", "B2 gate 3"),
            ("a\r\nBcc: x@y.z", "a  Bcc: x@y.z"),
        ] {
            assert_eq!(without_numbers(text), shown);
        }
    }

    #[test]
    fn a_name_with_a_line_break_is_not_fit_for_a_header() {
        assert!(header_safe("贴心售后 Aftercare"));
        for bad in ["a\r\nBcc: all@example.cn", "a\nb", "a\rb", "\u{0}"] {
            assert!(!header_safe(bad), "{bad:?}");
        }
    }

    #[test]
    fn p21_the_arrival_message_names_engineer_badge_and_photo_in_both_languages() {
        let values = [
            ("case", Some("SQ20261009-0001".to_owned())),
            ("site", Some("城东停车场".to_owned())),
            ("engineer", Some("李工".to_owned())),
            ("badge", Some("B-1007".to_owned())),
            ("photo", Some("https://service.example.cn/api/engineer-photo/abc".to_owned())),
            ("time", Some("2026-10-09 17:05".to_owned())),
            ("zone", Some("Asia/Shanghai".to_owned())),
            ("link", None),
        ];
        for lang in Lang::ALL {
            let words = words(lang, "visit.arrived", &values).unwrap();
            for part in
                ["李工", "B-1007", "https://service.example.cn/api/engineer-photo/abc", "SQ20261009-0001"]
            {
                assert!(words.text.contains(part), "{lang:?} lacks {part}: {}", words.text);
            }
            assert!(!words.text.contains('{'), "{}", words.text);
        }
        let mut bare = values.to_vec();
        bare[4].1 = None;
        let words = words(Lang::En, "visit.arrived", &bare).unwrap();
        assert!(!words.text.contains("{photo}") && words.text.contains("B-1007"), "{}", words.text);
    }

    #[test]
    fn every_mail_has_its_words_in_both_languages() {
        for kind in MAIL_KINDS.iter().chain(DUTY_KINDS).chain(&["test"]) {
            for lang in Lang::ALL {
                assert!(words(lang, kind, &[]).is_some(), "{kind} {lang:?}");
            }
            assert!(*kind == "test" || KINDS.contains(kind), "{kind} is read");
        }
    }

    #[test]
    fn what_people_write_fills_no_placeholder_of_a_message() {
        let values = [
            ("plan", Some("{link}\n{site} {{7*7}} <b>x</b>".to_owned())),
            ("site", Some("{link}".to_owned())),
            ("case", Some("SQ20261009-0001".to_owned())),
            ("link", Some("https://service.example.cn/t#secret".to_owned())),
        ];
        let words = words(Lang::En, "case.fix_plan", &values).unwrap();
        assert!(words.text.contains("\n{link}\n{site} {{7*7}} <b>x</b>\n"), "{}", words.text);
        assert!(words.text.contains("Site: {link}\n"), "{}", words.text);
        assert_eq!(words.text.matches("secret").count(), 1, "{}", words.text);
    }

    #[test]
    fn p08_the_customer_hears_of_every_visit_they_were_told_of_that_falls_away() {
        assert!(MAIL_KINDS.contains(&"visit.cancelled") && MAIL_KINDS.contains(&"visit.broken_off"));
        assert!(untold("visit.reassigned", Some("proposed"), None));
        assert!(untold("visit.cancelled", Some("cancelled"), Some("proposed")));
        assert!(!untold("visit.cancelled", Some("cancelled"), Some("dispatched")));
        assert!(!untold("visit.broken_off", Some("left"), Some("travelling")));
        assert!(untold("visit.broken_off", Some("left"), Some("partly_done")));
    }

    #[test]
    fn a_window_is_written_in_the_places_zone() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let at = |text: &str| text.parse::<Ts>().unwrap();
        let (start, end) = (at("2026-10-09T10:00:00Z"), at("2026-10-09T12:00:00Z"));
        assert_eq!(window_text(start, end, &zone), "2026-10-09 18:00–20:00");
        assert_eq!(window_text(start, end.plus(6 * Ts::HOUR), &zone), "2026-10-09 18:00–2026-10-10 02:00");
    }
}
