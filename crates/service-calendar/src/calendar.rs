//! A service calendar: whose hours hold on which day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::error::CalendarError;
use crate::holidays::{DayKind, HolidayYears};
use crate::hours::{DayHours, WeeklyHours};

/// A name in both languages (decision 21). A missing `en` falls back to `zh_cn`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese.
    pub zh_cn: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// What a calendar does with the holiday lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayRule {
    /// Closed on listed days, open on make-up workdays (5×8, P37).
    Observe,
    /// The week alone decides (7×24, P39 and P44); such a calendar is never provisional.
    Ignore,
}

/// The weekday whose hours hold on a make-up workday. JSON: `"monday"` … `"sunday"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the weekdays say it themselves
pub enum HoursOf {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<HoursOf> for Weekday {
    fn from(day: HoursOf) -> Self {
        match day {
            HoursOf::Monday => Self::Monday,
            HoursOf::Tuesday => Self::Tuesday,
            HoursOf::Wednesday => Self::Wednesday,
            HoursOf::Thursday => Self::Thursday,
            HoursOf::Friday => Self::Friday,
            HoursOf::Saturday => Self::Saturday,
            HoursOf::Sunday => Self::Sunday,
        }
    }
}

const fn monday() -> HoursOf {
    HoursOf::Monday
}

/// A day with hours of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraOpen {
    /// The day.
    pub date: Date,
    /// Its hours.
    pub hours: DayHours,
}

/// A calendar as stored and edited; becomes a [`ServiceCalendar`] through its checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarSpec {
    /// Stable identifier, such as `phone_5x8`.
    pub id: String,
    /// Name on screen.
    pub name: Bilingual,
    /// IANA time zone, such as `Asia/Shanghai`.
    pub zone: String,
    /// Hours of an ordinary week.
    pub hours: WeeklyHours,
    /// Whether the holiday lists count.
    pub holidays: HolidayRule,
    /// The weekday whose hours hold on a make-up workday; Monday unless said otherwise.
    #[serde(default = "monday")]
    pub makeup_hours: HoursOf,
    /// Days closed besides; they win over the lists.
    #[serde(default)]
    pub extra_closed: Vec<Date>,
    /// Days open besides, with their hours; they win over the lists.
    #[serde(default)]
    pub extra_open: Vec<ExtraOpen>,
}

/// A checked calendar. JSON form: [`CalendarSpec`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "CalendarSpec", into = "CalendarSpec")]
pub struct ServiceCalendar {
    spec: CalendarSpec,
    zone: TimeZone,
    closed: BTreeSet<Date>,
    open: BTreeMap<Date, DayHours>,
}

impl TryFrom<CalendarSpec> for ServiceCalendar {
    type Error = CalendarError;

    fn try_from(spec: CalendarSpec) -> Result<Self, CalendarError> {
        if spec.id.trim().is_empty() {
            return Err(CalendarError::NoId);
        }
        let zone =
            TimeZone::get(&spec.zone).map_err(|_| CalendarError::UnknownZone { zone: spec.zone.clone() })?;
        if spec.hours.open_min() == 0 {
            return Err(CalendarError::NeverOpen);
        }
        let mut closed = BTreeSet::new();
        for &date in &spec.extra_closed {
            if !closed.insert(date) {
                return Err(CalendarError::ExtraDayTwice { date });
            }
        }
        let mut open = BTreeMap::new();
        for extra in &spec.extra_open {
            if closed.contains(&extra.date) || open.insert(extra.date, extra.hours.clone()).is_some() {
                return Err(CalendarError::ExtraDayTwice { date: extra.date });
            }
        }
        Ok(Self { spec, zone, closed, open })
    }
}

impl From<ServiceCalendar> for CalendarSpec {
    fn from(calendar: ServiceCalendar) -> Self {
        calendar.spec
    }
}

impl ServiceCalendar {
    /// The default calendar of phone support (P37): 5×8 with holidays and make-up workdays.
    ///
    /// # Errors
    /// [`CalendarError::UnknownZone`], [`CalendarError::NoId`].
    pub fn five_by_eight(id: &str, zone: &str) -> Result<Self, CalendarError> {
        Self::preset(
            id,
            zone,
            "5×8 工作时间",
            "5×8 working hours",
            WeeklyHours::five_by_eight(),
            HolidayRule::Observe,
        )
    }

    /// The default calendar of fault reports and visits (P39, P44, P45): 7×24.
    ///
    /// # Errors
    /// [`CalendarError::UnknownZone`], [`CalendarError::NoId`].
    pub fn round_the_clock(id: &str, zone: &str) -> Result<Self, CalendarError> {
        Self::preset(
            id,
            zone,
            "7×24 小时",
            "Round the clock",
            WeeklyHours::round_the_clock(),
            HolidayRule::Ignore,
        )
    }

    fn preset(
        id: &str,
        zone: &str,
        zh_cn: &str,
        en: &str,
        hours: WeeklyHours,
        holidays: HolidayRule,
    ) -> Result<Self, CalendarError> {
        Self::try_from(CalendarSpec {
            id: id.to_owned(),
            name: Bilingual { zh_cn: zh_cn.to_owned(), en: Some(en.to_owned()) },
            zone: zone.to_owned(),
            hours,
            holidays,
            makeup_hours: HoursOf::Monday,
            extra_closed: Vec::new(),
            extra_open: Vec::new(),
        })
    }

    /// The calendar as stored.
    #[must_use]
    pub const fn spec(&self) -> &CalendarSpec {
        &self.spec
    }

    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.spec.id
    }

    /// Its time zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The hours that hold on `day`: extra days first, then the holiday lists (if observed), then the week.
    #[must_use]
    pub fn hours_on<'a>(&'a self, day: Date, holidays: &HolidayYears) -> &'a DayHours {
        static CLOSED: DayHours = DayHours::closed();
        if self.closed.contains(&day) {
            return &CLOSED;
        }
        if let Some(hours) = self.open.get(&day) {
            return hours;
        }
        if self.spec.holidays == HolidayRule::Observe {
            match holidays.day(day) {
                DayKind::Closed(_) => return &CLOSED,
                DayKind::MakeupWorkday => return self.spec.hours.on(self.spec.makeup_hours.into()),
                DayKind::Ordinary => {}
            }
        }
        self.spec.hours.on(day.weekday())
    }
}
