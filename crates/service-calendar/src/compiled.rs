//! A calendar worked out for a range of years, so that a question costs two look-ups and no allocation.
//!
//! What "open" means where clocks change: an instant is open exactly when the wall clock of the zone shows a time
//! within the hours of the date it shows. An hour that is skipped is not worked, an hour that comes twice counts twice.

use jiff::civil::{Date, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::calendar::{HolidayRule, ServiceCalendar};
use crate::certainty::{Answer, Certainty};
use crate::error::CalendarError;
use crate::holidays::{HolidayYears, in_tail};

const SECOND_US: i64 = 1_000_000;
const DAY_S: i64 = 86_400;

/// The next time a calendar opens or closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The instant.
    pub at: Timestamp,
    /// True if it opens then, false if it closes.
    pub opens: bool,
}

/// A [`ServiceCalendar`] prepared for whole local years. Years without a published list follow the weekly hours and
/// make answers provisional. Instants are read to the microsecond; finer digits are cut off.
#[derive(Debug, Clone)]
pub struct CompiledCalendar {
    id: String,
    zone: TimeZone,
    first_year: i16,
    last_year: i16,
    /// First second of the range, and the first after it (Unix seconds).
    from_s: i64,
    to_s: i64,
    /// Open intervals, sorted and apart, in seconds after `from_s`.
    opens_s: Vec<u32>,
    closes_s: Vec<u32>,
    /// Open seconds before each interval; one more at the end for the whole range.
    worked_s: Vec<u32>,
    /// For each day (of 86 400 s) after `from_s`, the first interval that closes after that day begins.
    first_of_day: Vec<u32>,
    /// Stretches whose list is missing: begin, end (Unix µs), year. Sorted and apart.
    missing: Vec<(i64, i64, i16)>,
}

impl CompiledCalendar {
    /// Prepares the years 2000-2060.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] if the zone cannot be laid out over these years.
    pub fn compile(calendar: &ServiceCalendar, holidays: &HolidayYears) -> Result<Self, CalendarError> {
        Self::compile_years(calendar, holidays, 2000, 2060)
    }

    /// Prepares the local years `first` to `last`, both included.
    ///
    /// # Errors
    /// [`CalendarError::BadYears`] if they are out of order, outside 1971-2200 or more than 130.
    pub fn compile_years(
        calendar: &ServiceCalendar,
        holidays: &HolidayYears,
        first: i16,
        last: i16,
    ) -> Result<Self, CalendarError> {
        if first > last || first < 1971 || last > 2200 || last - first >= 130 {
            return Err(CalendarError::BadYears { first, last });
        }
        let zone = calendar.zone().clone();
        let out = |_| CalendarError::OutOfRange { first, last };
        let midnight = |day: Date| -> Result<i64, CalendarError> {
            Ok(zone
                .to_zoned(day.at(0, 0, 0, 0))
                .and_then(|at| at.start_of_day())
                .map_err(out)?
                .timestamp()
                .as_second())
        };
        let from_s = midnight(date(first, 1, 1))?;
        let to_s = midnight(date(last + 1, 1, 1))?;
        let mut compiled = Self {
            id: calendar.id().to_owned(),
            first_year: first,
            last_year: last,
            from_s,
            to_s,
            opens_s: Vec::new(),
            closes_s: Vec::new(),
            worked_s: vec![0],
            first_of_day: Vec::new(),
            missing: Vec::new(),
            zone: zone.clone(),
        };
        compiled.lay_out(calendar, holidays)?;
        compiled.index();
        if calendar.spec().holidays == HolidayRule::Observe {
            for year in first..=last {
                compiled.note_missing(holidays, year, &midnight)?;
            }
        }
        Ok(compiled)
    }

    /// Walks the stretches of constant offset and cuts each local day's hours to them.
    fn lay_out(&mut self, calendar: &ServiceCalendar, holidays: &HolidayYears) -> Result<(), CalendarError> {
        let (first, last) = (self.first_year, self.last_year);
        let out = |_| CalendarError::OutOfRange { first, last };
        let start = Timestamp::from_second(self.from_s).map_err(out)?;
        let mut begin_s = self.from_s;
        let mut offset = self.zone.to_offset(start);
        let zone = self.zone.clone();
        let mut changes = zone.following(start);
        while begin_s < self.to_s {
            let change = changes.next();
            let end_s =
                change.as_ref().map_or(self.to_s, |change| change.timestamp().as_second().min(self.to_s));
            self.lay_out_stretch(calendar, holidays, begin_s, end_s, offset)?;
            begin_s = end_s;
            if let Some(change) = change {
                offset = change.offset();
            }
        }
        Ok(())
    }

    fn lay_out_stretch(
        &mut self,
        calendar: &ServiceCalendar,
        holidays: &HolidayYears,
        begin_s: i64,
        end_s: i64,
        offset: Offset,
    ) -> Result<(), CalendarError> {
        let (first, last) = (self.first_year, self.last_year);
        let out = |_| CalendarError::OutOfRange { first, last };
        let shift_s = i64::from(offset.seconds());
        let mut day = offset.to_datetime(Timestamp::from_second(begin_s).map_err(out)?).date();
        let mut midnight_s = (begin_s + shift_s).div_euclid(DAY_S) * DAY_S - shift_s;
        while midnight_s < end_s {
            for span in calendar.hours_on(day, holidays).spans() {
                let from_s = (midnight_s + i64::from(span.from.minutes()) * 60).max(begin_s);
                let to_s = (midnight_s + i64::from(span.to.minutes()) * 60).min(end_s);
                if from_s < to_s {
                    self.push(from_s, to_s);
                }
            }
            day = day.checked_add(1.day()).map_err(out)?;
            midnight_s += DAY_S;
        }
        Ok(())
    }

    /// Appends an open interval, joining it to the one before if they touch: 7×24 is one interval.
    fn push(&mut self, from_s: i64, to_s: i64) {
        // The range is at most 130 years, which fits 32 bits of seconds.
        let (from, to) = ((from_s - self.from_s) as u32, (to_s - self.from_s) as u32);
        let worked = self.worked_s.last().copied().unwrap_or(0);
        match self.closes_s.last_mut() {
            Some(close) if *close == from => {
                *close = to;
                self.worked_s.pop();
            }
            _ => {
                self.opens_s.push(from);
                self.closes_s.push(to);
            }
        }
        self.worked_s.push(worked + (to - from));
    }

    fn index(&mut self) {
        let days = (self.to_s - self.from_s + DAY_S - 1) / DAY_S;
        let mut at = 0;
        self.first_of_day = (0..days)
            .map(|day| {
                while at < self.closes_s.len() && i64::from(self.closes_s[at]) <= day * DAY_S {
                    at += 1;
                }
                at as u32
            })
            .collect();
    }

    /// Notes the stretches of `year` whose list, or whose successor's list for the last days, is missing.
    fn note_missing(
        &mut self,
        holidays: &HolidayYears,
        year: i16,
        midnight: &impl Fn(Date) -> Result<i64, CalendarError>,
    ) -> Result<(), CalendarError> {
        let mut first_missing = None;
        if !holidays.published(year) {
            first_missing = Some((date(year, 1, 1), year));
        } else if !holidays.published(year + 1) {
            let mut day = date(year, 12, 31);
            while day.yesterday().is_ok_and(in_tail) {
                day = day.yesterday().unwrap_or(day);
            }
            first_missing = Some((day, year + 1));
        }
        if let Some((day, missing)) = first_missing {
            let from_us = midnight(day)? * SECOND_US;
            let to_us = midnight(date(year + 1, 1, 1))? * SECOND_US;
            self.missing.push((from_us, to_us, missing));
        }
        Ok(())
    }

    /// The calendar's identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The calendar's time zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The local years it was prepared for.
    #[must_use]
    pub const fn years(&self) -> (i16, i16) {
        (self.first_year, self.last_year)
    }

    /// Whether the calendar is open at `at` (工作时间 / 非工作时间). The opening instant is open, the closing one is not.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn is_open(&self, at: Timestamp) -> Result<Answer<bool>, CalendarError> {
        let at_us = self.offset_us(at)?;
        let next = self.interval_closing_after(at_us);
        let value = next < self.opens_s.len() && us(self.opens_s[next]) <= at_us;
        Ok(Answer { value, certainty: self.certainty(at_us, at_us) })
    }

    /// When the calendar opens or closes next, strictly after `at`; `None` if it does not before the range ends
    /// (7×24 never closes).
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn next_change(&self, at: Timestamp) -> Result<Option<Answer<Change>>, CalendarError> {
        let at_us = self.offset_us(at)?;
        let next = self.interval_closing_after(at_us);
        if next == self.opens_s.len() {
            return Ok(None);
        }
        let opens = us(self.opens_s[next]) > at_us;
        let change_us = us(if opens { self.opens_s[next] } else { self.closes_s[next] });
        if !opens && change_us == (self.to_s - self.from_s) * SECOND_US {
            return Ok(None); // the range ends here, the calendar does not close
        }
        let change = Change { at: self.instant(change_us)?, opens };
        // Whether it changes there also depends on the day that begins there.
        Ok(Some(Answer { value: change, certainty: self.certainty(at_us, change_us + 1) }))
    }

    /// Working time between two instants in microseconds; 0 if `to` is not after `from`.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn working_us(&self, from: Timestamp, to: Timestamp) -> Result<Answer<i64>, CalendarError> {
        let (from_us, to_us) = (self.offset_us(from)?, self.offset_us(to)?);
        let value = (self.worked_before(to_us) - self.worked_before(from_us)).max(0);
        Ok(Answer { value, certainty: self.certainty(from_us, to_us) })
    }

    /// The instant a promise of `working_us` microseconds of working time from `start` falls due: the earliest instant
    /// by which that much has been worked. It is inclusive: what happens exactly then is in time. An hour from Friday
    /// 17:00 is due on Friday 18:00, not on Monday. Nothing to work is due at `start`.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] if it falls due after the prepared years; [`CalendarError::NegativeTime`].
    pub fn due_at(&self, start: Timestamp, working_us: i64) -> Result<Answer<Timestamp>, CalendarError> {
        if working_us < 0 {
            return Err(CalendarError::NegativeTime { working_us });
        }
        let start_us = self.offset_us(start)?;
        let due_us = self.due_us(start_us, working_us)?;
        Ok(Answer { value: self.instant(due_us)?, certainty: self.certainty(start_us, due_us) })
    }

    /// Microseconds after the range's first instant.
    pub(crate) fn offset_us(&self, at: Timestamp) -> Result<i64, CalendarError> {
        // Cutting off finer digits rounds down, because the range starts after 1970 began.
        let at_us = at.as_microsecond();
        if at_us < self.from_s * SECOND_US || at_us > self.to_s * SECOND_US {
            return Err(self.out_of_range());
        }
        Ok(at_us - self.from_s * SECOND_US)
    }

    pub(crate) fn instant(&self, offset_us: i64) -> Result<Timestamp, CalendarError> {
        Timestamp::from_microsecond(self.from_s * SECOND_US + offset_us).map_err(|_| self.out_of_range())
    }

    /// Working time between two offsets.
    pub(crate) fn worked_between(&self, from_us: i64, to_us: i64) -> i64 {
        self.worked_before(to_us) - self.worked_before(from_us)
    }

    pub(crate) fn due_us(&self, start_us: i64, working_us: i64) -> Result<i64, CalendarError> {
        if working_us == 0 {
            return Ok(start_us);
        }
        let next = self.interval_closing_after(start_us);
        if next == self.opens_s.len() {
            return Err(self.out_of_range());
        }
        // Quick way out: it falls due before this interval closes.
        let from_us = us(self.opens_s[next]).max(start_us);
        if working_us <= us(self.closes_s[next]) - from_us {
            return Ok(from_us + working_us);
        }
        let total_us = (us(self.worked_s[next]) + (from_us - us(self.opens_s[next])))
            .checked_add(working_us)
            .ok_or_else(|| self.out_of_range())?;
        // The last interval before which less than the total has been worked.
        let later = &self.worked_s[next + 1..];
        let holds = next + later.partition_point(|&worked| us(worked) < total_us);
        if holds == self.opens_s.len() {
            return Err(self.out_of_range());
        }
        Ok(us(self.opens_s[holds]) + (total_us - us(self.worked_s[holds])))
    }

    /// Of the stretch from `from_us` up to, but not including, `to_us`; at least of its first instant.
    pub(crate) fn certainty(&self, from_us: i64, to_us: i64) -> Certainty {
        let base_us = self.from_s * SECOND_US;
        let (from_us, to_us) = (from_us + base_us, to_us.max(from_us + 1) + base_us);
        let at = self.missing.partition_point(|&(_, end_us, _)| end_us <= from_us);
        match self.missing.get(at) {
            Some(&(begin_us, _, year)) if begin_us < to_us => Certainty::Provisional { year },
            _ => Certainty::Published,
        }
    }

    /// The first interval that closes after the offset.
    fn interval_closing_after(&self, at_us: i64) -> usize {
        let at_s = at_us / SECOND_US;
        let Some(&first) = self.first_of_day.get((at_s / DAY_S) as usize) else {
            return self.opens_s.len();
        };
        let mut at = first as usize;
        // Closing times are whole seconds, so comparing seconds is exact.
        while at < self.closes_s.len() && i64::from(self.closes_s[at]) <= at_s {
            at += 1;
        }
        at
    }

    fn worked_before(&self, at_us: i64) -> i64 {
        let next = self.interval_closing_after(at_us);
        let inside_us = self.opens_s.get(next).map_or(0, |&open| (at_us - us(open)).max(0));
        us(self.worked_s[next]) + inside_us
    }

    const fn out_of_range(&self) -> CalendarError {
        CalendarError::OutOfRange { first: self.first_year, last: self.last_year }
    }
}

const fn us(seconds: u32) -> i64 {
    seconds as i64 * SECOND_US
}
