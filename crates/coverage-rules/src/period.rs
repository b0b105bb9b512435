//! The days of a cover, worked out by the service calendar (promise.md, Dates; decisions 11 and 12).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use service_calendar::{Certainty, HolidayYears, Period, RestDayRule, RestDays, RestReason, period_end};

use crate::decision::LayerFinding;
use crate::text::Text;

/// The time a cover runs, both days included, in the site's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverPeriod {
    /// The first covered day: acceptance, delivery, completion or the agreement's first day.
    pub start: Date,
    /// The last day by the bare rule: the corresponding date, else the month's end.
    pub nominal_end: Date,
    /// The last covered day, until 24:00.
    pub end: Date,
    /// The rest days that moved `end` past `nominal_end`, in order.
    pub extended_because: Vec<RestReason>,
    /// Whether the end rests on published holiday lists only (decision 12).
    pub certainty: Certainty,
}

impl CoverPeriod {
    /// True when `date` lies in the cover, its first and last day included.
    pub fn contains(&self, date: Date) -> bool {
        self.start <= date && date <= self.end
    }

    /// The instant at which the cover is over: 24:00 of its last day in `zone`, itself not covered.
    /// `None` only at the end of the calendar's range.
    pub fn over_at(&self, zone: &TimeZone) -> Option<Timestamp> {
        let midnight = self.end.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
        Some(midnight.start_of_day().ok()?.timestamp())
    }
}

/// A term in words: `1 年` / `1 year`, `3 个月` / `3 months`, `90 天` / `90 days`.
pub fn term_text(term: Period) -> Text {
    let (n, zh, en) = match term {
        Period::Years(n) => (n, "年", "year"),
        Period::Months(n) => (n, "个月", "month"),
        Period::Days(n) => (n, "天", "day"),
    };
    let plural = if n == 1 { "" } else { "s" };
    Text::new(format!("{n} {zh}"), format!("{n} {en}{plural}"))
}

/// Where period ends come from: the live holiday lists, or the answers kept in an old decision, so that
/// re-running it does not depend on lists imported since (invariant 9).
#[derive(Clone, Copy)]
pub(crate) enum Calendar<'a> {
    Live(&'a HolidayYears),
    Recorded(&'a [LayerFinding]),
}

impl Calendar<'_> {
    /// The cover that starts on `start` and nominally lasts `term` from `counted_from`, extended by `rule`.
    /// `None` when no such days exist: beyond the calendar's years, backwards, or without a workday.
    pub fn cover(
        self,
        start: Date,
        counted_from: Date,
        term: Period,
        rule: RestDayRule,
    ) -> Option<CoverPeriod> {
        let none = HolidayYears::none();
        let days = match self {
            Self::Live(lists) => RestDays::new(lists, rule),
            Self::Recorded(_) => RestDays::new(&none, RestDayRule::NONE),
        };
        let ended = period_end(counted_from, term, &days).ok()?;
        if ended.nominal < start {
            return None;
        }
        if let Self::Recorded(layers) = self
            && rule != RestDayRule::NONE
        {
            return layers
                .iter()
                .filter_map(|known| known.period.as_ref())
                .find(|known| known.start == start && known.nominal_end == ended.nominal)
                .cloned();
        }
        Some(CoverPeriod {
            start,
            nominal_end: ended.nominal,
            end: ended.end_date,
            extended_because: ended.extended_because,
            certainty: ended.certainty,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_read_naturally() {
        assert_eq!(term_text(Period::Years(1)), Text::new("1 年", "1 year"));
        assert_eq!(term_text(Period::Months(3)), Text::new("3 个月", "3 months"));
        assert_eq!(term_text(Period::Days(90)), Text::new("90 天", "90 days"));
    }
}
