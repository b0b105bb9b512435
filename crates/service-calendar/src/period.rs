//! Ends of periods by the rules on dates (PRC Civil Code art. 201-204 and 1259; decision 11): the day of the start is
//! not counted, a period of months or years ends on the corresponding day or else at the month's end, at 24:00, and an
//! end on a rest day moves to the next day that is none.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::certainty::Certainty;
use crate::error::PeriodError;
use crate::holidays::{DayKind, HolidayName, HolidayYears, is_weekend};

/// A length in calendar units. JSON: `{"years":1}`, `{"months":3}`, `{"days":90}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Years, ending on the corresponding day.
    Years(u16),
    /// Months, ending on the corresponding day.
    Months(u16),
    /// Calendar days.
    Days(u16),
}

/// Which days count as rest days; a policy can narrow it (decision 11). The default is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestDayRule {
    /// Days of the holiday list are rest days, and its make-up workdays are none.
    pub holidays: bool,
    /// Saturdays and Sundays are rest days (unless a make-up workday).
    pub weekends: bool,
}

impl Default for RestDayRule {
    fn default() -> Self {
        Self { holidays: true, weekends: true }
    }
}

impl RestDayRule {
    /// No rest days: periods are never extended.
    pub const NONE: Self = Self { holidays: false, weekends: false };
}

/// Why a day is a rest day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RestReason {
    /// On the holiday list.
    Holiday {
        /// The day.
        date: Date,
        /// The holiday, if the list names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<HolidayName>,
    },
    /// A Saturday.
    Saturday {
        /// The day.
        date: Date,
    },
    /// A Sunday.
    Sunday {
        /// The day.
        date: Date,
    },
}

impl RestReason {
    /// The day it speaks of.
    #[must_use]
    pub const fn date(&self) -> Date {
        match self {
            Self::Holiday { date, .. } | Self::Saturday { date } | Self::Sunday { date } => *date,
        }
    }

    /// For example `2026-03-01 星期日`.
    #[must_use]
    pub fn zh_cn(&self) -> String {
        match self {
            Self::Holiday { date, name: Some(name) } => format!("{date} {}放假", name.zh_cn),
            Self::Holiday { date, name: None } => format!("{date} 放假"),
            Self::Saturday { date } => format!("{date} 星期六"),
            Self::Sunday { date } => format!("{date} 星期日"),
        }
    }

    /// For example `2026-03-01, Sunday`.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Holiday { date, name: Some(name) } => format!("{date}, holiday: {}", name.en),
            Self::Holiday { date, name: None } => format!("{date}, holiday"),
            Self::Saturday { date } => format!("{date}, Saturday"),
            Self::Sunday { date } => format!("{date}, Sunday"),
        }
    }
}

/// The holiday lists read by a rule: tells rest days from others.
#[derive(Debug, Clone, Copy)]
pub struct RestDays<'a> {
    holidays: &'a HolidayYears,
    rule: RestDayRule,
}

impl<'a> RestDays<'a> {
    /// Reads `holidays` by `rule`.
    #[must_use]
    pub const fn new(holidays: &'a HolidayYears, rule: RestDayRule) -> Self {
        Self { holidays, rule }
    }

    /// Why `day` is a rest day, or `None` if it is none.
    #[must_use]
    pub fn reason(&self, day: Date) -> Option<RestReason> {
        if self.rule.holidays {
            match self.holidays.day(day) {
                DayKind::Closed(name) => {
                    return Some(RestReason::Holiday { date: day, name: name.cloned() });
                }
                DayKind::MakeupWorkday => return None,
                DayKind::Ordinary => {}
            }
        }
        if !self.rule.weekends {
            return None;
        }
        match day.weekday() {
            Weekday::Saturday => Some(RestReason::Saturday { date: day }),
            Weekday::Sunday => Some(RestReason::Sunday { date: day }),
            _ => None,
        }
    }

    /// Whether `day` is a rest day.
    #[must_use]
    pub fn is_rest_day(&self, day: Date) -> bool {
        let by_weekday = self.rule.weekends && is_weekend(day);
        if !self.rule.holidays {
            return by_weekday;
        }
        match self.holidays.day(day) {
            DayKind::Closed(_) => true,
            DayKind::MakeupWorkday => false,
            DayKind::Ordinary => by_weekday,
        }
    }

    /// How sure that is.
    #[must_use]
    pub fn certainty(&self, day: Date) -> Certainty {
        if self.rule.holidays { self.holidays.certainty(day) } else { Certainty::Published }
    }
}

/// Where a period ends, and why there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodEnd {
    /// The end before rest days are looked at.
    pub nominal: Date,
    /// The last day of the period, whole, up to its 24:00.
    pub end_date: Date,
    /// The rest days that pushed the end on, in order; empty if it was not extended.
    pub extended_because: Vec<RestReason>,
    /// Whether the lists of all days looked at are published.
    pub certainty: Certainty,
}

impl PeriodEnd {
    /// 24:00 of the last day in `zone`: the first instant of the next day, which is the first instant **outside** the
    /// period. The whole last day is inside, its last microsecond included.
    ///
    /// # Errors
    /// [`PeriodError::TooLong`] when that instant can't be written.
    pub fn end_instant(&self, zone: &TimeZone) -> Result<Timestamp, PeriodError> {
        let too_long = |_| PeriodError::TooLong { start: self.end_date };
        let next = self.end_date.tomorrow().map_err(too_long)?;
        Ok(zone.to_zoned(next.at(0, 0, 0, 0)).and_then(|at| at.start_of_day()).map_err(too_long)?.timestamp())
    }

    /// Whether `at` is not later than the period's end (it does not look at the start).
    ///
    /// # Errors
    /// As [`Self::end_instant`].
    pub fn includes(&self, at: Timestamp, zone: &TimeZone) -> Result<bool, PeriodError> {
        Ok(at < self.end_instant(zone)?)
    }
}

/// The end of a period that starts on `start` (that day is not counted).
///
/// # Errors
/// [`PeriodError`] when the end lies beyond the year 9999 or no working day follows it.
pub fn period_end(start: Date, period: Period, rest: &RestDays<'_>) -> Result<PeriodEnd, PeriodError> {
    let span = match period {
        Period::Years(n) => Span::new().try_years(n),
        Period::Months(n) => Span::new().try_months(n),
        Period::Days(n) => Span::new().try_days(n),
    };
    // jiff clamps to the month's end, which is the rule of art. 202 for a missing corresponding day.
    let nominal =
        span.and_then(|span| start.checked_add(span)).map_err(|_| PeriodError::TooLong { start })?;
    extend(nominal, Certainty::Published, rest)
}

/// The `n`-th working day after `start` (that day is not counted), for promises such as "within 3 working days"
/// (P13). Zero days end on `start` itself, or on the next working day if it is a rest day.
///
/// # Errors
/// As [`period_end`].
pub fn working_days_after(start: Date, n: u16, rest: &RestDays<'_>) -> Result<PeriodEnd, PeriodError> {
    let mut day = start;
    let mut certainty = Certainty::Published;
    let mut left = n;
    let mut without = 0;
    while left > 0 {
        day = day.tomorrow().map_err(|_| PeriodError::TooLong { start })?;
        certainty = certainty.and(rest.certainty(day));
        if rest.is_rest_day(day) {
            without += 1;
            if without > MOST_REST_DAYS {
                return Err(PeriodError::NoWorkingDay { from: start });
            }
        } else {
            without = 0;
            left -= 1;
        }
    }
    extend(day, certainty, rest)
}

/// Ten years of rest days in a row are a broken list, not a holiday.
const MOST_REST_DAYS: usize = 3653;

fn extend(nominal: Date, certainty: Certainty, rest: &RestDays<'_>) -> Result<PeriodEnd, PeriodError> {
    let mut end_date = nominal;
    let mut certainty = certainty.and(rest.certainty(end_date));
    let mut extended_because = Vec::new();
    while let Some(reason) = rest.reason(end_date) {
        extended_because.push(reason);
        if extended_because.len() > MOST_REST_DAYS {
            return Err(PeriodError::NoWorkingDay { from: nominal });
        }
        end_date = end_date.checked_add(1.day()).map_err(|_| PeriodError::TooLong { start: nominal })?;
        certainty = certainty.and(rest.certainty(end_date));
    }
    Ok(PeriodEnd { nominal, end_date, extended_because, certainty })
}
