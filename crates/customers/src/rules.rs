//! Pure checks of what comes in.

use kit::Ts;

use crate::errors::CustomersError;
use crate::model::AccessHours;
use organisation::Point;

const LONGEST_TEXT: usize = 500;

/// A name without spaces around it.
///
/// # Errors
/// `customers_name_invalid` unless it has 1 to 200 characters.
pub fn name(text: &str) -> Result<String, CustomersError> {
    let text = clean(text);
    if text.is_empty() || text.chars().count() > 200 { Err(CustomersError::NameInvalid) } else { Ok(text) }
}

/// A text that may be empty, at most 500 characters.
///
/// # Errors
/// `customers_text_too_long`.
pub fn text(text: &str) -> Result<String, CustomersError> {
    let text = clean(text);
    if text.chars().count() > LONGEST_TEXT {
        return Err(CustomersError::TextTooLong { max: LONGEST_TEXT });
    }
    Ok(text)
}

// Control characters have no business in a record and some databases refuse them.
fn clean(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// A point within the range of degrees.
///
/// # Errors
/// `site_point_invalid`.
pub fn point(point: Option<Point>) -> Result<Option<Point>, CustomersError> {
    match point {
        Some(Point { lon, lat }) if !((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)) => {
            Err(CustomersError::PointInvalid)
        }
        other => Ok(other),
    }
}

/// A zone that exists.
///
/// # Errors
/// `site_zone_unknown`.
pub fn zone(zone: &str) -> Result<String, CustomersError> {
    match jiff::tz::TimeZone::get(zone) {
        Ok(found) => Ok(found.iana_name().unwrap_or(zone).to_owned()),
        Err(_) => Err(CustomersError::ZoneUnknown { zone: zone.to_owned() }),
    }
}

/// Access hours that don't contradict themselves.
///
/// # Errors
/// `site_access_…` by what contradicts, `customers_text_too_long` for the note.
pub fn access_hours(hours: &AccessHours) -> Result<(), CustomersError> {
    if hours.note.as_ref().is_some_and(|n| n.chars().count() > LONGEST_TEXT) {
        return Err(CustomersError::TextTooLong { max: LONGEST_TEXT });
    }
    match (hours.always, hours.weekly.is_empty()) {
        (true, false) => return Err(CustomersError::AccessAlwaysWithHours),
        (false, true) => return Err(CustomersError::AccessHoursMissing),
        (true, true) => return Ok(()),
        (false, false) => {}
    }
    let time =
        |text: &str| minutes(text).ok_or_else(|| CustomersError::AccessTimeInvalid { text: text.to_owned() });
    let mut taken: Vec<(u8, u16, u16)> = Vec::new();
    for span in &hours.weekly {
        let (from, to) = (time(&span.from)?, time(&span.to)?);
        if to <= from {
            return Err(CustomersError::AccessSpanEmpty { from: span.from.clone(), to: span.to.clone() });
        }
        if span.days.is_empty() || span.days.iter().any(|d| !(1..=7).contains(d)) {
            return Err(CustomersError::AccessDayInvalid);
        }
        for day in &span.days {
            if taken.iter().any(|(d, f, t)| d == day && from < *t && *f < to) {
                return Err(CustomersError::AccessSpansOverlap { day: *day });
            }
            taken.push((*day, from, to));
        }
    }
    Ok(())
}

/// Minutes since midnight of `HH:MM`, up to `24:00`.
pub(crate) fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    if hour.len() != 2 || minute.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b':') {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}

/// An e-mail address, as far as its form tells.
///
/// # Errors
/// `email_invalid`.
pub fn email(text: &str) -> Result<String, CustomersError> {
    let text = text.trim();
    let fine = text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c))
        && text.split_once('@').is_some_and(|(who, host)| {
            (1..=64).contains(&who.len())
                && !host.contains('@')
                && host.contains('.')
                && host
                    .split('.')
                    .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        });
    if fine { Ok(text.to_owned()) } else { Err(CustomersError::EmailInvalid) }
}

/// An address as it may be shown: `w***@example.cn`.
#[must_use]
pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((who, host)) => format!("{}***@{host}", who.chars().next().unwrap_or('*')),
        None => "***".into(),
    }
}

/// The reason for seeing a number.
///
/// # Errors
/// `reveal_reason_missing` below four characters.
pub fn reveal_reason(reason: &str) -> Result<String, CustomersError> {
    let reason = clean(reason);
    if reason.chars().filter(|c| c.is_alphanumeric()).count() < 4 {
        return Err(CustomersError::RevealReasonMissing);
    }
    text(&reason)
}

/// The day on which a reveal counts.
#[must_use]
pub fn counting_day(now: Ts, zone: jiff::tz::TimeZone) -> String {
    now.timestamp().to_zoned(zone).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccessSpan;

    fn span(days: &[u8], from: &str, to: &str) -> AccessSpan {
        AccessSpan { days: days.to_vec(), from: from.into(), to: to.into() }
    }

    #[test]
    fn access_hours_are_refused_with_their_reason() {
        use CustomersError as E;
        let time = |text: &str| Some(E::AccessTimeInvalid { text: text.into() });
        for (always, weekly, refused) in [
            (true, vec![], None),
            (false, vec![span(&[1, 2, 3, 4, 5], "09:00", "12:00"), span(&[1], "12:00", "24:00")], None),
            (true, vec![span(&[1], "09:00", "10:00")], Some(E::AccessAlwaysWithHours)),
            (false, vec![], Some(E::AccessHoursMissing)),
            (false, vec![span(&[], "09:00", "10:00")], Some(E::AccessDayInvalid)),
            (false, vec![span(&[0], "09:00", "10:00")], Some(E::AccessDayInvalid)),
            (false, vec![span(&[8], "09:00", "10:00")], Some(E::AccessDayInvalid)),
            (false, vec![span(&[1], "9:00", "10:00")], time("9:00")),
            (false, vec![span(&[1], "09:60", "10:00")], time("09:60")),
            (false, vec![span(&[1], "09:00", "24:01")], time("24:01")),
            (
                false,
                vec![span(&[1], "22:00", "06:00")],
                Some(E::AccessSpanEmpty { from: "22:00".into(), to: "06:00".into() }),
            ),
            (false, vec![span(&[1, 1], "09:00", "10:00")], Some(E::AccessSpansOverlap { day: 1 })),
            (
                false,
                vec![span(&[1, 2], "09:00", "12:00"), span(&[2], "11:59", "13:00")],
                Some(E::AccessSpansOverlap { day: 2 }),
            ),
        ] {
            let hours = AccessHours { always, weekly, note: None };
            assert_eq!(access_hours(&hours).err(), refused, "{hours:?}");
        }
        let note = Some("长".repeat(501));
        assert!(access_hours(&AccessHours { note, ..AccessHours::default() }).is_err());
    }

    #[test]
    fn points_lie_on_the_globe() {
        for (lon, lat, fine) in [
            (114.05, 22.54, true),
            (-180.0, 90.0, true),
            (180.1, 0.0, false),
            (0.0, -90.1, false),
            (f64::NAN, 0.0, false),
        ] {
            assert_eq!(point(Some(Point { lon, lat })).is_ok(), fine, "{lon} {lat}");
        }
        assert_eq!(point(None), Ok(None));
    }

    #[test]
    fn zones_names_and_addresses_are_checked() {
        assert_eq!(zone("Asia/Urumqi").unwrap(), "Asia/Urumqi");
        assert!(zone("Mars/Olympus").is_err());
        assert_eq!(name("  万象城  ").unwrap(), "万象城");
        assert!(name(" ").is_err() && name(&"长".repeat(201)).is_err());
        for (address, masked) in [
            ("wang@example.cn", Some("w***@example.cn")),
            ("a@b", None),
            ("a b@c.cn", None),
            ("a@b..cn", None),
            ("@b.cn", None),
        ] {
            assert_eq!(email(address).ok().map(|e| mask_email(&e)).as_deref(), masked, "{address}");
        }
    }

    #[test]
    fn a_reason_says_something_and_days_are_counted_at_home() {
        assert!(reveal_reason("回电客户").is_ok());
        for empty in ["", "abc", "....", "回 电"] {
            assert_eq!(reveal_reason(empty), Err(CustomersError::RevealReasonMissing), "{empty}");
        }
        // 16:00 UTC is midnight in Shanghai.
        let china = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
        assert_eq!(counting_day("2026-11-22T15:59:59Z".parse().unwrap(), china.clone()), "2026-11-22");
        assert_eq!(counting_day("2026-11-22T16:00:00Z".parse().unwrap(), china), "2026-11-23");
    }
}
