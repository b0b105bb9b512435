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

/// A shift plan with leave from `from` to `to` besides, in whole minutes; leave that was there is joined with it.
#[must_use]
pub fn with_leave(shifts: &[Shift], zone: &TimeZone, (from, to): (Ts, Ts)) -> Vec<Shift> {
    let mut plan = shifts.to_vec();
    if from >= to {
        return plan;
    }
    let (first, last) = (from.timestamp().to_zoned(zone.clone()), to.timestamp().to_zoned(zone.clone()));
    let minute = |at: &jiff::Zoned| i64::from(at.hour()) * 60 + i64::from(at.minute());
    // The minute in which it ends is off as well, unless it ends with its beginning.
    let over = i64::from(last.second() > 0 || last.subsec_nanosecond() > 0);
    for day in first.date().series(1.day()).take_while(|d| *d <= last.date()) {
        let mut leave = Shift {
            kind: ShiftKind::Leave,
            weekday: None,
            on_date: Some(day),
            from_min: if day == first.date() { minute(&first) } else { 0 },
            to_min: if day == last.date() { minute(&last) + over } else { 1440 },
        };
        if leave.from_min >= leave.to_min {
            continue;
        }
        plan.retain(|s| {
            let joins = s.kind == ShiftKind::Leave
                && s.on_date == Some(day)
                && s.from_min <= leave.to_min
                && leave.from_min <= s.to_min;
            if joins {
                leave.from_min = leave.from_min.min(s.from_min);
                leave.to_min = leave.to_min.max(s.to_min);
            }
            !joins
        });
        plan.push(leave);
    }
    plan
}

/// A shift plan without leave from `from` to `to`, in whole minutes; what lies before and after stays.
#[must_use]
pub fn without_leave(shifts: &[Shift], zone: &TimeZone, (from, to): (Ts, Ts)) -> Vec<Shift> {
    // The same minutes as leave of that stretch would take.
    let cut = with_leave(&[], zone, (from, to));
    let mut plan = Vec::with_capacity(shifts.len());
    for shift in shifts {
        let of_day = cut.iter().find(|c| shift.kind == ShiftKind::Leave && c.on_date == shift.on_date);
        let Some(cut) = of_day else {
            plan.push(*shift);
            continue;
        };
        let rests = [
            (shift.from_min, shift.to_min.min(cut.from_min)),
            (shift.from_min.max(cut.to_min), shift.to_min),
        ];
        let rests = rests.into_iter().filter(|(from, to)| from < to);
        plan.extend(rests.map(|(from_min, to_min)| Shift { from_min, to_min, ..*shift }));
    }
    plan
}

/// When somebody is on leave between `from` and `to`, in order and apart.
#[must_use]
pub fn leave_spans(shifts: &[Shift], zone: &TimeZone, from: Ts, to: Ts) -> Vec<(Ts, Ts)> {
    // Leave as if it were work: what of it lies in the stretch.
    let leave = shifts.iter().filter(|s| s.kind == ShiftKind::Leave);
    let leave: Vec<Shift> = leave.map(|s| Shift { kind: ShiftKind::Extra, ..*s }).collect();
    if leave.is_empty() { Vec::new() } else { working_spans(&leave, zone, from, to) }
}

/// Whether somebody is on leave at any time from `from` to `to`.
#[must_use]
pub fn on_leave(shifts: &[Shift], zone: &TimeZone, from: Ts, to: Ts) -> bool {
    !leave_spans(shifts, zone, from, to).is_empty()
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
    fn p02_leave_ends_a_day_and_joins_with_what_was_there() {
        let plan: Vec<_> = (1..=7).map(|d| weekly(d, 480, 1080)).collect();
        let day = date(2026, 10, 12);
        let off = with_leave(&plan, &zone(), (at("2026-10-12T13:10"), at("2026-10-13T00:00")));
        assert_eq!(off[7..], [on(ShiftKind::Leave, day, 790, 1440)]);
        assert!(on_shift(&off, &zone(), at("2026-10-12T08:00"), at("2026-10-12T13:10")));
        assert!(on_leave(&off, &zone(), at("2026-10-12T13:00"), at("2026-10-12T14:00")));
        assert!(!on_leave(&off, &zone(), at("2026-10-12T12:00"), at("2026-10-12T13:10")), "it begins then");
        assert!(!on_leave(&off, &zone(), at("2026-10-13T09:00"), at("2026-10-13T10:00")));
        // Told twice, and once more for two days: one row a day, and the plan stays whole.
        let twice = with_leave(&off, &zone(), (at("2026-10-12T13:00"), at("2026-10-12T15:00")));
        assert_eq!(twice[7..], [on(ShiftKind::Leave, day, 780, 1440)]);
        let longer = with_leave(&twice, &zone(), (at("2026-10-12T09:00"), at("2026-10-13T12:00")));
        assert_eq!(
            longer[7..],
            [on(ShiftKind::Leave, day, 540, 1440), on(ShiftKind::Leave, date(2026, 10, 13), 0, 720)]
        );
        assert!(check(&longer).is_ok());
    }

    #[test]
    fn p02_leave_is_taken_back_to_the_minute_and_other_leave_stays() {
        let plan: Vec<_> = (1..=7).map(|d| weekly(d, 480, 1080)).collect();
        let day = date(2026, 10, 12);
        let span = |from: &str, to: &str| (at(from), at(to));
        let off = with_leave(&plan, &zone(), span("2026-10-12T13:10", "2026-10-13T12:00"));
        assert_eq!(without_leave(&off, &zone(), span("2026-10-12T13:10", "2026-10-13T12:00")), plan);
        // From three o'clock on they are there after all.
        let back = without_leave(&off, &zone(), span("2026-10-12T15:00", "2026-10-14T00:00"));
        assert_eq!(back[7..], [on(ShiftKind::Leave, day, 790, 900)]);
        let around = without_leave(&off, &zone(), span("2026-10-12T14:00", "2026-10-12T15:00"));
        let next = on(ShiftKind::Leave, date(2026, 10, 13), 0, 720);
        assert_eq!(
            around[7..],
            [on(ShiftKind::Leave, day, 790, 840), on(ShiftKind::Leave, day, 900, 1440), next]
        );
        assert!(check(&around).is_ok());
        assert_eq!(
            without_leave(&off, &zone(), span("2026-10-20T08:00", "2026-10-20T18:00")),
            off,
            "nobody was off then"
        );
        assert_eq!(
            leave_spans(&off, &zone(), at("2026-10-12T08:00"), at("2026-10-14T00:00")),
            [span("2026-10-12T13:10", "2026-10-13T12:00")]
        );
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
