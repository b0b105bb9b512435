//! Opening hours of a week, in minutes of the local day.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use crate::error::CalendarError;

/// A time of day in minutes after midnight, 0-1440. JSON: `"09:30"`; `"24:00"` is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// 00:00.
    pub const MIDNIGHT: Self = Self(0);
    /// 24:00.
    pub const END_OF_DAY: Self = Self(1440);

    /// `None` outside 00:00-24:00.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if minute < 60 && hour <= 24 && hour * 60 + minute <= 1440 {
            Some(Self(hour * 60 + minute))
        } else {
            None
        }
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = CalendarError;
    fn try_from(text: String) -> Result<Self, CalendarError> {
        let two = |part: &str| {
            (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        text.split_once(':')
            .and_then(|(hour, minute)| Self::new(two(hour)?, two(minute)?))
            .ok_or(CalendarError::BadTimeOfDay { text })
    }
}

/// Open from `from` up to, but not including, `to`. JSON: `{"from":"09:00","to":"12:00"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenSpan {
    /// First minute open.
    pub from: TimeOfDay,
    /// First minute closed again; 24:00 joins the next day without a gap.
    pub to: TimeOfDay,
}

impl OpenSpan {
    /// The whole day.
    pub const ALL_DAY: Self = Self { from: TimeOfDay::MIDNIGHT, to: TimeOfDay::END_OF_DAY };

    fn text(self) -> String {
        format!("{}-{}", String::from(self.from), String::from(self.to))
    }
}

/// The hours of one day, in order and apart. JSON: a list of spans; an empty list is a closed day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<OpenSpan>", into = "Vec<OpenSpan>")]
pub struct DayHours(Vec<OpenSpan>);

impl DayHours {
    /// Checks the spans of one day. Spans that touch (12:00-13:00, 13:00-18:00) are fine.
    ///
    /// # Errors
    /// A span that ends at or before its start, or spans that overlap or are out of order.
    pub fn new(spans: Vec<OpenSpan>) -> Result<Self, CalendarError> {
        for span in &spans {
            if span.to <= span.from {
                return Err(CalendarError::EmptySpan { from: span.from.into(), to: span.to.into() });
            }
        }
        for pair in spans.windows(2) {
            if pair[1].from < pair[0].to {
                return Err(CalendarError::SpansOutOfOrder { first: pair[0].text(), second: pair[1].text() });
            }
        }
        Ok(Self(spans))
    }

    /// Closed all day.
    #[must_use]
    pub const fn closed() -> Self {
        Self(Vec::new())
    }

    /// Open all day.
    #[must_use]
    pub fn all_day() -> Self {
        Self(vec![OpenSpan::ALL_DAY])
    }

    /// The spans, in order.
    #[must_use]
    pub fn spans(&self) -> &[OpenSpan] {
        &self.0
    }

    /// Minutes open.
    #[must_use]
    pub fn open_min(&self) -> u32 {
        self.0.iter().map(|span| u32::from(span.to.0 - span.from.0)).sum()
    }
}

impl TryFrom<Vec<OpenSpan>> for DayHours {
    type Error = CalendarError;
    fn try_from(spans: Vec<OpenSpan>) -> Result<Self, CalendarError> {
        Self::new(spans)
    }
}

impl From<DayHours> for Vec<OpenSpan> {
    fn from(hours: DayHours) -> Self {
        hours.0
    }
}

/// The hours of a week. JSON: an object with the seven days; a missing day is closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeeklyHours {
    /// 星期一
    pub monday: DayHours,
    /// 星期二
    pub tuesday: DayHours,
    /// 星期三
    pub wednesday: DayHours,
    /// 星期四
    pub thursday: DayHours,
    /// 星期五
    pub friday: DayHours,
    /// 星期六
    pub saturday: DayHours,
    /// 星期日
    pub sunday: DayHours,
}

impl WeeklyHours {
    /// The default 5×8 (P37): Monday to Friday 09:00-12:00 and 13:00-18:00, which is eight hours a day.
    #[must_use]
    pub fn five_by_eight() -> Self {
        let at = |hour: u16| TimeOfDay(hour * 60);
        let day = DayHours(vec![OpenSpan { from: at(9), to: at(12) }, OpenSpan { from: at(13), to: at(18) }]);
        Self {
            monday: day.clone(),
            tuesday: day.clone(),
            wednesday: day.clone(),
            thursday: day.clone(),
            friday: day,
            saturday: DayHours::closed(),
            sunday: DayHours::closed(),
        }
    }

    /// 7×24 (P39, P44): never closed, at midnight neither.
    #[must_use]
    pub fn round_the_clock() -> Self {
        let day = DayHours::all_day();
        Self {
            monday: day.clone(),
            tuesday: day.clone(),
            wednesday: day.clone(),
            thursday: day.clone(),
            friday: day.clone(),
            saturday: day.clone(),
            sunday: day,
        }
    }

    /// The hours of a weekday.
    #[must_use]
    pub const fn on(&self, day: Weekday) -> &DayHours {
        match day {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }

    /// Minutes open in an ordinary week.
    #[must_use]
    pub fn open_min(&self) -> u32 {
        [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ]
        .iter()
        .map(|day| day.open_min())
        .sum()
    }
}
