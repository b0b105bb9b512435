//! When an employee works: a weekly pattern and its exceptions, in the unit's zone (P2).

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::Ts;

use crate::errors::OrganisationError;
use crate::model::{Shift, ShiftKind};

/// Minutes of one day, sorted and apart.
type Minutes = Vec<(i64, i64)>;

/// A plan whose rows are whole and don't overlap.
///
/// # Errors
/// `shift_invalid` at the first row that is not.
pub fn check(shifts: &[Shift]) -> Result<(), kit::Refusal> {
    let mut seen: Vec<&Shift> = Vec::new();
    for (i, s) in shifts.iter().enumerate() {
        let weekly = s.kind == ShiftKind::Weekly;
        let whole = weekly == s.weekday.is_some()
            && weekly == s.on_date.is_none()
            && s.weekday.is_none_or(|d| (1..=7).contains(&d))
            && (0..1440).contains(&s.from_min)
            && s.from_min < s.to_min
            && s.to_min <= 1440;
        let twice = seen.iter().any(|o| {
            o.kind == s.kind
                && o.weekday == s.weekday
                && o.on_date == s.on_date
                && o.from_min < s.to_min
                && s.from_min < o.to_min
        });
        if !whole || twice {
            let refusal = OrganisationError::ShiftInvalid.refusal();
            return Err(refusal.field(format!("/shifts/{i}"), "shift_invalid"));
        }
        seen.push(s);
    }
    Ok(())
}

/// What is worked on a day: the weekday's rows and extra hours, without leave.
fn minutes_on(shifts: &[Shift], day: Date) -> Minutes {
    let weekday = i64::from(day.weekday().to_monday_one_offset());
    let mut open: Minutes = shifts
        .iter()
        .filter(|s| s.weekday == Some(weekday) || (s.kind == ShiftKind::Extra && s.on_date == Some(day)))
        .map(|s| (s.from_min, s.to_min))
        .collect();
    for leave in shifts.iter().filter(|s| s.kind == ShiftKind::Leave && s.on_date == Some(day)) {
        open = open
            .into_iter()
            .flat_map(|(from, to)| [(from, to.min(leave.from_min)), (from.max(leave.to_min), to)])
            .filter(|(from, to)| from < to)
            .collect();
    }
    open.sort_unstable();
    open
}

/// The stretches worked between `from` and `to`, in order and apart; touching ones are joined, so that a night shift is
/// one stretch. A minute that the clock change skips is not worked.
#[must_use]
pub fn working_spans(shifts: &[Shift], zone: &TimeZone, from: Ts, to: Ts) -> Vec<(Ts, Ts)> {
    let mut spans: Vec<(Ts, Ts)> = Vec::new();
    if from >= to {
        return spans;
    }
    let first = from.timestamp().to_zoned(zone.clone()).date();
    let last = to.timestamp().to_zoned(zone.clone()).date();
    let mut starts: BTreeMap<Ts, Ts> = BTreeMap::new();
    for day in first.series(1.day()).take_while(|d| *d <= last) {
        let instant = |minute: i64| {
            let midnight = day.at(0, 0, 0, 0);
            let wall = midnight.checked_add(minute.minutes()).ok()?;
            zone.to_ambiguous_zoned(wall).compatible().ok().map(|z| Ts::from(z.timestamp()))
        };
        for (a, b) in minutes_on(shifts, day) {
            if let (Some(a), Some(b)) = (instant(a), instant(b)) {
                let (a, b) = (a.max(from), b.min(to));
                if a < b {
                    let end = starts.entry(a).or_insert(b);
                    *end = (*end).max(b);
                }
            }
        }
    }
    for (a, b) in starts {
        match spans.last_mut() {
            Some((_, end)) if *end >= a => *end = (*end).max(b),
            _ => spans.push((a, b)),
        }
    }
    spans
}

/// Whether somebody works all the time from `from` to `to`.
#[must_use]
pub fn on_shift(shifts: &[Shift], zone: &TimeZone, from: Ts, to: Ts) -> bool {
    from < to && working_spans(shifts, zone, from, to) == [(from, to)]
}

/// When somebody works next: the earliest stretch of at least `length_s` seconds within `horizon_days` after `from`.
#[must_use]
pub fn next_span(
    shifts: &[Shift],
    zone: &TimeZone,
    from: Ts,
    length_s: i64,
    horizon_days: i64,
) -> Option<(Ts, Ts)> {
    working_spans(shifts, zone, from, from.plus(horizon_days * Ts::DAY))
        .into_iter()
        .find(|(a, b)| b.0 - a.0 >= length_s * Ts::SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn at(text: &str) -> Ts {
        format!("{text}:00+08:00").parse().unwrap()
    }

    fn weekly(weekday: i64, from_min: i64, to_min: i64) -> Shift {
        Shift { kind: ShiftKind::Weekly, weekday: Some(weekday), on_date: None, from_min, to_min }
    }

    fn on(kind: ShiftKind, day: Date, from_min: i64, to_min: i64) -> Shift {
        Shift { kind, weekday: None, on_date: Some(day), from_min, to_min }
    }

    #[test]
    fn p02_on_shift_between_two_instants() {
        // Monday to Friday 8-18; the Thursday afternoon off; a Saturday besides.
        let mut plan: Vec<_> = (1..=5).map(|d| weekly(d, 480, 1080)).collect();
        plan.push(on(ShiftKind::Leave, date(2026, 10, 15), 720, 1440));
        plan.push(on(ShiftKind::Extra, date(2026, 10, 17), 540, 720));
        for (from, to, works) in [
            ("2026-10-12T08:00", "2026-10-12T18:00", true),
            ("2026-10-12T07:59", "2026-10-12T09:00", false),
            ("2026-10-12T17:00", "2026-10-12T18:01", false),
            ("2026-10-15T09:00", "2026-10-15T12:00", true),
            ("2026-10-15T11:00", "2026-10-15T12:30", false),
            ("2026-10-17T09:00", "2026-10-17T12:00", true),
            ("2026-10-18T09:00", "2026-10-18T10:00", false),
            ("2026-10-12T09:00", "2026-10-12T09:00", false),
        ] {
            assert_eq!(on_shift(&plan, &zone(), at(from), at(to)), works, "{from} to {to}");
        }
        let next = next_span(&plan, &zone(), at("2026-10-15T12:00"), 3600, 7).unwrap();
        assert_eq!(next, (at("2026-10-16T08:00"), at("2026-10-16T18:00")));
    }

    #[test]
    fn p02_a_night_shift_is_one_stretch() {
        let plan = [weekly(1, 1200, 1440), weekly(2, 0, 480)];
        assert!(on_shift(&plan, &zone(), at("2026-10-12T20:00"), at("2026-10-13T08:00")));
        assert!(!on_shift(&plan, &zone(), at("2026-10-12T20:00"), at("2026-10-13T08:01")));
    }

    #[test]
    fn p02_broken_rows_are_refused_by_place() {
        let good = weekly(1, 480, 720);
        for bad in [
            weekly(8, 480, 720),
            weekly(1, 720, 720),
            weekly(1, 0, 1441),
            weekly(1, 700, 800),
            Shift { weekday: None, ..good },
            Shift { on_date: Some(date(2026, 1, 1)), ..good },
            Shift { kind: ShiftKind::Leave, ..good },
        ] {
            let refusal = check(&[good, bad]).unwrap_err();
            assert_eq!(refusal.fields[0].pointer, "/shifts/1", "{bad:?}");
        }
        assert!(check(&[good, weekly(1, 720, 1080), weekly(2, 480, 720)]).is_ok());
    }
}
