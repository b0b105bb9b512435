//! Times of the log as instants.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::error::RowReason;
use crate::mapping::{Mapping, OnRepeatedHour};

/// How times are read, ready for use.
#[derive(Clone, Debug)]
pub struct Times {
    formats: Vec<String>,
    zone: TimeZone,
    repeated: OnRepeatedHour,
}

/// An instant, and whether the local time it comes from occurred twice or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The instant.
    pub at: Timestamp,
    /// It occurred twice, or never.
    pub unclear: bool,
}

impl Times {
    /// The rule of a mapping; a zone that is unknown was refused when it was read.
    pub fn new(mapping: &Mapping) -> Self {
        Self {
            formats: mapping.dates.formats.clone(),
            zone: mapping.zone().unwrap_or(TimeZone::UTC),
            repeated: mapping.dates.repeated_hour,
        }
    }

    /// The instant that a text names.
    pub fn read(&self, text: &str) -> Result<Read, RowReason> {
        for format in &self.formats {
            if format == "rfc3339" {
                if let Ok(at) = text.parse::<Timestamp>() {
                    return within(Read { at: to_micros(at), unclear: false });
                }
                continue;
            }
            let Ok(parts) = strtime::parse(format, text) else { continue };
            if parts.offset().is_some() {
                let Ok(at) = parts.to_timestamp() else { continue };
                return within(Read { at: to_micros(at), unclear: false });
            }
            let Ok(date) = parts.to_date() else { continue };
            let time = parts.to_time().unwrap_or(Time::midnight());
            return self.local(date.to_datetime(time)).and_then(within);
        }
        Err(RowReason::TimeFormat)
    }

    fn local(&self, local: DateTime) -> Result<Read, RowReason> {
        let found = self.zone.to_ambiguous_timestamp(local);
        let unclear = !matches!(found.offset(), AmbiguousOffset::Unambiguous { .. });
        let is_gap = matches!(found.offset(), AmbiguousOffset::Gap { .. });
        let at = match self.repeated {
            OnRepeatedHour::Refuse if unclear => return Err(RowReason::TimeAmbiguous),
            // A time that never was goes on by the jump: that is the "compatible" reading.
            OnRepeatedHour::Later if !is_gap => found.later(),
            _ => found.compatible(),
        };
        at.map(|at| Read { at: to_micros(at), unclear }).map_err(|_| RowReason::TimeOutside)
    }
}

fn to_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

// What calendars answer for: with a margin, so that due times stay within it too.
fn within(read: Read) -> Result<Read, RowReason> {
    const FROM_S: i64 = 978_307_200; // 2001-01-01
    const TO_S: i64 = 2_524_608_000; // 2050-01-01
    if (FROM_S..TO_S).contains(&read.at.as_second()) { Ok(read) } else { Err(RowReason::TimeOutside) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(formats: &[&str], zone: &str, repeated: OnRepeatedHour) -> Times {
        Times {
            formats: formats.iter().map(|f| (*f).to_owned()).collect(),
            zone: TimeZone::get(zone).unwrap(),
            repeated,
        }
    }

    #[test]
    fn formats_are_tried_in_order() {
        let times = times(
            &["%d-%m-%Y %H:%M", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S%z", "rfc3339"],
            "Asia/Shanghai",
            OnRepeatedHour::Earlier,
        );
        for (text, instant) in [
            ("29-02-2016 01:16", "2016-02-28T17:16:00Z"),
            ("2016/03/01", "2016-02-29T16:00:00Z"),
            ("2016-03-01 08:00:00+0100", "2016-03-01T07:00:00Z"),
            ("2016-03-01T08:00:00.5Z", "2016-03-01T08:00:00.5Z"),
        ] {
            assert_eq!(times.read(text).unwrap().at, instant.parse().unwrap(), "{text}");
        }
        for text in ["30-02-2016 01:16", "29.02.2016", "", "29-02-2016 25:00", "tomorrow", "\u{0}"] {
            assert_eq!(times.read(text), Err(RowReason::TimeFormat), "{text}");
        }
        assert_eq!(times.read("01-01-1970 00:00"), Err(RowReason::TimeOutside));
        assert_eq!(times.read("01-01-9999 00:00"), Err(RowReason::TimeOutside));
    }

    #[test]
    fn hours_that_occur_twice_or_never_follow_the_rule() {
        let rule = |repeated| times(&["%Y-%m-%d %H:%M"], "Europe/Berlin", repeated);
        let (twice, never) = ("2016-10-30 02:30", "2016-03-27 02:30");
        for (repeated, of_twice, of_never) in [
            (OnRepeatedHour::Earlier, "2016-10-30T00:30:00Z", "2016-03-27T01:30:00Z"),
            (OnRepeatedHour::Later, "2016-10-30T01:30:00Z", "2016-03-27T01:30:00Z"),
        ] {
            let times = rule(repeated);
            for (text, instant) in [(twice, of_twice), (never, of_never)] {
                let read = times.read(text).unwrap();
                assert_eq!((read.at, read.unclear), (instant.parse().unwrap(), true), "{text}");
            }
            assert!(!times.read("2016-10-30 04:00").unwrap().unclear);
        }
        let refusing = rule(OnRepeatedHour::Refuse);
        assert_eq!(refusing.read(twice), Err(RowReason::TimeAmbiguous));
        assert_eq!(refusing.read(never), Err(RowReason::TimeAmbiguous));
    }
}
