//! The slow calendar and the slow clock.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use service_calendar::{
    CalendarSpec, Certainty, ClockEvent, ClockEventKind, ClockStatus, HolidayRule, HolidayYears, HoursOf,
    OpenSpan, PauseReasons, StopKind,
};

use crate::{MINUTE_US, MOST_MINUTES};

/// The slow calendar.
pub struct Oracle {
    spec: CalendarSpec,
    zone: TimeZone,
    years: HolidayYears,
}

impl Oracle {
    pub fn new(spec: &CalendarSpec) -> Self {
        Self { spec: spec.clone(), zone: TimeZone::get(&spec.zone).unwrap(), years: HolidayYears::built_in() }
    }

    pub fn hours(&self, day: Date) -> &[OpenSpan] {
        if self.spec.extra_closed.contains(&day) {
            return &[];
        }
        if let Some(extra) = self.spec.extra_open.iter().find(|extra| extra.date == day) {
            return extra.hours.spans();
        }
        let listed = |day: Date| self.years.year(day.year());
        let closed = listed(day).is_some_and(|list| list.closed().iter().any(|closed| closed.date == day));
        let makeup = listed(day).is_some_and(|list| list.makeup().contains(&day));
        let observe = self.spec.holidays == HolidayRule::Observe;
        let week = &self.spec.hours;
        if observe && closed {
            return &[];
        }
        if observe && makeup {
            return match self.spec.makeup_hours {
                HoursOf::Monday => week.monday.spans(),
                HoursOf::Wednesday => week.wednesday.spans(),
                _ => week.saturday.spans(),
            };
        }
        match day.weekday() {
            Weekday::Monday => week.monday.spans(),
            Weekday::Tuesday => week.tuesday.spans(),
            Weekday::Wednesday => week.wednesday.spans(),
            Weekday::Thursday => week.thursday.spans(),
            Weekday::Friday => week.friday.spans(),
            Weekday::Saturday => week.saturday.spans(),
            Weekday::Sunday => week.sunday.spans(),
        }
    }

    pub fn is_open(&self, at: Timestamp) -> bool {
        let wall = at.to_zoned(self.zone.clone()).datetime();
        let minute = wall.hour() as u16 * 60 + wall.minute() as u16;
        self.hours(wall.date()).iter().any(|span| span.from.minutes() <= minute && minute < span.to.minutes())
    }

    pub fn working_us(&self, from: Timestamp, to: Timestamp) -> i64 {
        minutes_between(from, to)
            .filter(|&(from, _)| self.is_open(from))
            .map(|(from, to)| us_between(from, to))
            .sum()
    }

    /// `None` if it takes more than `most` minutes.
    pub fn due_at(&self, start: Timestamp, working_us: i64, most: usize) -> Option<Timestamp> {
        let mut left_us = working_us;
        if left_us == 0 {
            return Some(start);
        }
        for (from, to) in minutes_between(start, Timestamp::MAX).take(most) {
            if self.is_open(from) {
                if left_us <= us_between(from, to) {
                    return Some(from.checked_add(left_us.microseconds()).unwrap());
                }
                left_us -= us_between(from, to);
            }
        }
        None
    }

    pub fn certainty(&self, from: Timestamp, to: Timestamp) -> Certainty {
        let mut first = None;
        if self.spec.holidays == HolidayRule::Observe {
            let last = to.checked_sub(1.microsecond()).unwrap().max(from);
            for (at, _) in minutes_between(from, last.checked_add(1.microsecond()).unwrap()) {
                let day = at.to_zoned(self.zone.clone()).date();
                let next = day.month() == 12 && day.day() >= 26;
                let needed = [Some(day.year()), next.then_some(day.year() + 1)];
                let missing = needed.into_iter().flatten().find(|&year| !self.years.published(year));
                first = first.or(missing);
            }
        }
        first.map_or(Certainty::Published, |year| Certainty::Provisional { year })
    }
}

pub fn us_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_microsecond() - from.as_microsecond()
}

/// The stretch cut at whole minutes (all zones used here are whole minutes away from UTC).
pub fn minutes_between(from: Timestamp, to: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
    let end_us = to.as_microsecond();
    let mut at_us = from.as_microsecond();
    std::iter::from_fn(move || {
        let next_us = (at_us.div_euclid(MINUTE_US) + 1) * MINUTE_US;
        let piece = (at_us < end_us).then_some((at_us, next_us.min(end_us)))?;
        at_us = piece.1;
        let instant = |us| Timestamp::from_microsecond(us).unwrap();
        Some((instant(piece.0), instant(piece.1)))
    })
}

/// The slow clock: looks at every minute from the start on.
#[derive(Debug)]
pub struct SlowClock {
    pub elapsed_us: i64,
    pub paused_us: i64,
    pub missed: Option<Timestamp>,
    pub warned: Vec<Timestamp>,
    pub paused: bool,
    pub status: ClockStatus,
    pub projected: Option<Timestamp>,
}

impl SlowClock {
    pub fn run(
        oracle: &Oracle,
        events: &[ClockEvent],
        target_us: i64,
        honoured: PauseReasons,
        now: Timestamp,
    ) -> Self {
        let start = events[0].at;
        let stop = events.iter().find_map(|event| match event.kind {
            ClockEventKind::Stop { outcome } => Some((event.at, outcome)),
            _ => None,
        });
        let end = stop.map_or(now, |(at, _)| at);
        // By definition: a reason pauses at an instant if its last pause or resume up to then is a pause not yet over.
        let pauses_until = |at: Timestamp| {
            honoured
                .iter()
                .filter_map(|reason| {
                    let last = events.iter().rev().find_map(|event| match event.kind {
                        ClockEventKind::Pause { reason: of, until } if of == reason && event.at <= at => {
                            Some(Some(until.unwrap_or(Timestamp::MAX)))
                        }
                        ClockEventKind::Resume { reason: of } if of == reason && event.at <= at => Some(None),
                        _ => None,
                    });
                    last.flatten().filter(|&until| until > at)
                })
                .max()
        };
        let mut clock = Self {
            elapsed_us: 0,
            paused_us: 0,
            missed: None,
            warned: Vec::new(),
            paused: pauses_until(end).is_some(),
            status: ClockStatus::Running,
            projected: None,
        };
        for (from, to) in minutes_between(start, end) {
            if pauses_until(from).is_some() {
                clock.paused_us += us_between(from, to);
                continue;
            }
            if clock.elapsed_us >= target_us {
                clock.missed = clock.missed.or(Some(from));
            }
            if oracle.is_open(from) {
                let before_us = clock.elapsed_us;
                clock.elapsed_us += us_between(from, to);
                let crossing =
                    |share_us: i64| from.checked_add((share_us - before_us).microseconds()).unwrap();
                for percent in [50, 75, 90] {
                    let share_us =
                        (target_us * percent).div_euclid(100) + i64::from((target_us * percent) % 100 > 0);
                    if before_us < share_us && share_us <= clock.elapsed_us {
                        clock.warned.push(crossing(share_us));
                    }
                }
                if before_us < target_us && target_us < clock.elapsed_us {
                    clock.missed = Some(crossing(target_us));
                }
            }
        }
        clock.status = match stop {
            Some((_, StopKind::Withdrawn)) => ClockStatus::Cancelled,
            Some((_, StopKind::Reached)) if clock.missed.is_some() => ClockStatus::Missed,
            Some((_, StopKind::Reached)) => ClockStatus::Met,
            None if clock.paused => ClockStatus::Paused,
            None if clock.missed.is_some() => ClockStatus::Overdue,
            None => ClockStatus::Running,
        };
        let goes_on = pauses_until(end).filter(|&until| until != Timestamp::MAX).unwrap_or(end);
        let left_us = (target_us - clock.elapsed_us).max(0);
        clock.projected = clock.missed.or_else(|| oracle.due_at(goes_on, left_us, MOST_MINUTES));
        clock
    }
}
