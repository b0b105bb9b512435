//! The State Council's yearly lists: days closed and weekend days worked instead (调休). 2004-2026 are built in, later
//! years come by import once they are published (decision 12).

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

use crate::certainty::Certainty;
use crate::error::HolidayError;

const NEW_YEAR: (&str, &str) = ("元旦", "New Year's Day");
const SPRING: (&str, &str) = ("春节", "Spring Festival");
const TOMB_SWEEPING: (&str, &str) = ("清明节", "Tomb-sweeping Day");
const LABOUR: (&str, &str) = ("劳动节", "Labour Day");
const DRAGON_BOAT: (&str, &str) = ("端午节", "Dragon Boat Festival");
const MID_AUTUMN: (&str, &str) = ("中秋节", "Mid-autumn Festival");
const NATIONAL: (&str, &str) = ("国庆节", "National Day");
const VICTORY_70: (&str, &str) = ("抗战胜利70周年纪念日", "70th Victory Day");

/// `(first mmdd, last mmdd, (zh_cn, en))`
type BuiltInRun = (i16, i16, (&'static str, &'static str));
/// `(year, closed, make-up workdays as mmdd)`
type BuiltInYear = (i16, &'static [BuiltInRun], &'static [i16]);

static BUILT_IN: &[BuiltInYear] = include!("../data/cn_workdays_2004_2026.rs");

/// A notice for a year may close or open days of the week before it; in 23 years it never reached back before the 29th.
const FIRST_DAY_OF_TAIL: i8 = 26;

/// The name of a holiday, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HolidayName {
    /// Chinese, as in the notice.
    pub zh_cn: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

/// One closed day of a list. `Date::into()` makes one without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDay {
    /// The day.
    pub date: Date,
    /// The holiday it belongs to, if the list says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<HolidayName>,
}

impl From<Date> for ClosedDay {
    fn from(date: Date) -> Self {
        Self { date, name: None }
    }
}

/// One published year, checked. Its JSON form, for storing an import:
/// `{"year":2027,"closed":[{"date":"2027-01-01","name":{"zh_cn":"元旦","en":"New Year's Day"}}],"makeup":["2027-02-20"]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "HolidayYearForm", into = "HolidayYearForm")]
pub struct HolidayYear {
    year: i16,
    closed: Vec<ClosedDay>,
    makeup: Vec<Date>,
}

/// What is stored; becomes a [`HolidayYear`] only through [`HolidayYear::new`].
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayYearForm {
    year: i16,
    closed: Vec<ClosedDay>,
    makeup: Vec<Date>,
}

impl TryFrom<HolidayYearForm> for HolidayYear {
    type Error = HolidayError;
    fn try_from(form: HolidayYearForm) -> Result<Self, HolidayError> {
        Self::new(form.year, form.closed, form.makeup)
    }
}

impl From<HolidayYear> for HolidayYearForm {
    fn from(year: HolidayYear) -> Self {
        Self { year: year.year, closed: year.closed, makeup: year.makeup }
    }
}

impl HolidayYear {
    /// Checks and sorts one year's list.
    ///
    /// # Errors
    /// A year outside 2004-2100, no closed day, a day outside the year (26-31 December before it is allowed, as the
    /// notices do), a day twice or on both lists, a make-up workday that is no Saturday or Sunday.
    pub fn new(
        year: i16,
        closed: impl IntoIterator<Item = impl Into<ClosedDay>>,
        makeup: impl IntoIterator<Item = Date>,
    ) -> Result<Self, HolidayError> {
        if !(2004..=2100).contains(&year) {
            return Err(HolidayError::YearOutOfRange { year });
        }
        let mut closed: Vec<ClosedDay> = closed.into_iter().map(Into::into).collect();
        let mut makeup: Vec<Date> = makeup.into_iter().collect();
        if closed.is_empty() {
            return Err(HolidayError::NoClosedDay { year });
        }
        closed.sort_by_key(|day| day.date);
        makeup.sort_unstable();
        for day in closed.iter().map(|day| day.date).chain(makeup.iter().copied()) {
            let before = day.year() + 1 == year && day.month() == 12 && day.day() >= FIRST_DAY_OF_TAIL;
            if day.year() != year && !before {
                return Err(HolidayError::DayOutsideYear { year, date: day });
            }
        }
        for pair in closed.windows(2) {
            if pair[0].date == pair[1].date {
                return Err(HolidayError::DayTwice { year, date: pair[0].date });
            }
        }
        for pair in makeup.windows(2) {
            if pair[0] == pair[1] {
                return Err(HolidayError::DayTwice { year, date: pair[0] });
            }
        }
        for &day in &makeup {
            if closed.binary_search_by_key(&day, |closed| closed.date).is_ok() {
                return Err(HolidayError::ClosedAndMakeup { year, date: day });
            }
            if !is_weekend(day) {
                return Err(HolidayError::MakeupOnWeekday { year, date: day });
            }
        }
        Ok(Self { year, closed, makeup })
    }

    /// The year.
    #[must_use]
    pub const fn year(&self) -> i16 {
        self.year
    }

    /// Its closed days, in order.
    #[must_use]
    pub fn closed(&self) -> &[ClosedDay] {
        &self.closed
    }

    /// Its make-up workdays, in order.
    #[must_use]
    pub fn makeup(&self) -> &[Date] {
        &self.makeup
    }
}

/// What the lists say about one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// On the list of closed days.
    Closed(Option<&'a HolidayName>),
    /// A weekend day worked instead.
    MakeupWorkday,
    /// Not on a list: the weekday decides.
    Ordinary,
}

/// All published years. As JSON it is the list of its years.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<HolidayYear>", into = "Vec<HolidayYear>")]
pub struct HolidayYears {
    years: BTreeMap<i16, HolidayYear>,
}

impl From<Vec<HolidayYear>> for HolidayYears {
    fn from(years: Vec<HolidayYear>) -> Self {
        Self { years: years.into_iter().map(|year| (year.year, year)).collect() }
    }
}

impl From<HolidayYears> for Vec<HolidayYear> {
    fn from(years: HolidayYears) -> Self {
        years.years.into_values().collect()
    }
}

impl HolidayYears {
    /// The years that come with the program: 2004-2026 (npm chinese-days 1.5.7, MIT).
    #[must_use]
    pub fn built_in() -> Self {
        let year_of = |&(year, runs, makeup): &BuiltInYear| HolidayYear {
            year,
            closed: runs
                .iter()
                .flat_map(|&(first, last, (zh_cn, en))| {
                    let name = HolidayName { zh_cn: Cow::Borrowed(zh_cn), en: Cow::Borrowed(en) };
                    day_of(year, first)
                        .series(1.day())
                        .take_while(move |&day| day <= day_of(year, last))
                        .map(move |date| ClosedDay { date, name: Some(name.clone()) })
                })
                .collect(),
            makeup: makeup.iter().map(|&mmdd| day_of(year, mmdd)).collect(),
        };
        BUILT_IN.iter().map(year_of).collect::<Vec<_>>().into()
    }

    /// No year at all: every answer that needs one is provisional.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// These years with one more (or a corrected one, which replaces what was there).
    ///
    /// # Errors
    /// As [`HolidayYear::new`].
    pub fn with_year(
        self,
        year: i16,
        closed: impl IntoIterator<Item = impl Into<ClosedDay>>,
        makeup: impl IntoIterator<Item = Date>,
    ) -> Result<Self, HolidayError> {
        Ok(self.with(HolidayYear::new(year, closed, makeup)?))
    }

    /// These years with a checked one, which replaces what was there.
    #[must_use]
    pub fn with(mut self, year: HolidayYear) -> Self {
        self.years.insert(year.year, year);
        self
    }

    /// Whether the list of `year` is known.
    #[must_use]
    pub fn published(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// The list of `year`.
    #[must_use]
    pub fn year(&self, year: i16) -> Option<&HolidayYear> {
        self.years.get(&year)
    }

    /// The known years, in order.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.keys().copied()
    }

    /// The last year known; the desk warns 60 days before it ends.
    #[must_use]
    pub fn last_year(&self) -> Option<i16> {
        self.years.keys().next_back().copied()
    }

    /// What the lists say about `day`. For the last days of December the list of the next year, being newer, wins.
    #[must_use]
    pub fn day(&self, day: Date) -> DayKind<'_> {
        if in_tail(day)
            && let Some(next) = self.years.get(&(day.year() + 1))
        {
            match next.day(day) {
                DayKind::Ordinary => {}
                found => return found,
            }
        }
        self.years.get(&day.year()).map_or(DayKind::Ordinary, |year| year.day(day))
    }

    /// How sure the lists are about `day`: its year must be known, and for 26-31 December also the next one, whose
    /// notice may reach back.
    #[must_use]
    pub fn certainty(&self, day: Date) -> Certainty {
        let year = day.year();
        if !self.published(year) {
            Certainty::Provisional { year }
        } else if in_tail(day) && !self.published(year + 1) {
            Certainty::Provisional { year: year + 1 }
        } else {
            Certainty::Published
        }
    }
}

impl HolidayYear {
    fn day(&self, day: Date) -> DayKind<'_> {
        if let Ok(at) = self.closed.binary_search_by_key(&day, |closed| closed.date) {
            DayKind::Closed(self.closed[at].name.as_ref())
        } else if self.makeup.binary_search(&day).is_ok() {
            DayKind::MakeupWorkday
        } else {
            DayKind::Ordinary
        }
    }
}

/// Days the next year's notice may touch.
pub(crate) fn in_tail(day: Date) -> bool {
    day.month() == 12 && day.day() >= FIRST_DAY_OF_TAIL
}

/// Saturday or Sunday.
pub(crate) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

const fn day_of(year: i16, mmdd: i16) -> Date {
    date(year, (mmdd / 100) as i8, (mmdd % 100) as i8)
}

/// Stops the build when a built-in day is no date, so that `day_of` can't fail in the program.
const _: () = {
    const YEARS: &[BuiltInYear] = include!("../data/cn_workdays_2004_2026.rs");
    let mut at = 0;
    while at < YEARS.len() {
        let (year, runs, makeup) = YEARS[at];
        let mut run = 0;
        while run < runs.len() {
            let _ = (day_of(year, runs[run].0), day_of(year, runs[run].1));
            run += 1;
        }
        let mut day = 0;
        while day < makeup.len() {
            let _ = day_of(year, makeup[day]);
            day += 1;
        }
        at += 1;
    }
};
