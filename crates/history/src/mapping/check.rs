//! Whether a mapping is whole: each fault with its entry.

use jiff::civil;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::{ClockRule, ClockSource, Effect, Mapping, StateRule, StateWord, VERSION};
use crate::error::MappingError;

/// The longest promise in minutes: ten years.
const LONGEST_TARGET_MIN: u32 = 10 * 366 * 24 * 60;

impl Mapping {
    /// Looks for what no parser sees.
    pub(super) fn check(&self) -> Result<(), MappingError> {
        let wrong = |entry: &str, code, what: &str| Err(MappingError::at(entry, code, what));
        if self.version != VERSION {
            return wrong("version", "mapping_version", &self.version.to_string());
        }
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.source.is_empty() || self.source.len() > 40 || !self.source.chars().all(word) {
            return wrong("source", "mapping_source", &self.source);
        }
        let delimiter = self.file.delimiter;
        if !delimiter.is_ascii() || matches!(delimiter, '"' | '\n' | '\r') {
            return wrong("file.delimiter", "mapping_delimiter", &delimiter.to_string());
        }
        self.zone()?;
        if self.dates.formats.is_empty() {
            return wrong("dates.formats", "mapping_missing", "");
        }
        for (n, format) in self.dates.formats.iter().enumerate() {
            check_format(n, format)?;
        }
        if self.columns.named().iter().any(|(_, column)| column.trim().is_empty()) {
            return wrong("columns", "mapping_missing", "");
        }
        let twice = self.order.len() > 1 && self.order[0] == self.order[1];
        if self.order.is_empty() || self.order.len() > 2 || twice {
            return wrong("order", "mapping_order", "");
        }
        if self.states.is_empty() {
            return wrong("states", "mapping_missing", "");
        }
        for (name, rule) in &self.states {
            check_state(&format!("states.\"{name}\""), rule)?;
        }
        check_state("fallback.state", &self.fallback.state)?;
        for (entry, text) in [
            ("fallback.customer", &self.fallback.customer),
            ("fallback.site", &self.fallback.site),
            ("fallback.symptom", &self.fallback.symptom),
            ("fallback.owner", &self.fallback.owner),
        ] {
            if text.trim().is_empty() || text.chars().count() > 100 {
                return wrong(entry, "mapping_text", text);
            }
        }
        for (entry, rule) in
            [("clocks.respond", &self.clocks.respond), ("clocks.restore", &self.clocks.restore)]
        {
            if let Some(rule) = rule {
                check_clock(entry, rule)?;
            }
        }
        Ok(())
    }
}

// A format must read back what it writes, at least to the day.
fn check_format(n: usize, format: &str) -> Result<(), MappingError> {
    if format == "rfc3339" {
        return Ok(());
    }
    let wrong = |what: String| MappingError::at(format!("dates.formats[{n}]"), "mapping_format", what);
    let example = civil::datetime(2016, 2, 29, 13, 5, 0, 0)
        .to_zoned(TimeZone::UTC)
        .map_err(|e| wrong(e.to_string()))?;
    let written = strtime::format(format, &example).map_err(|e| wrong(format!("{format}: {e}")))?;
    let read = strtime::parse(format, &written).map_err(|e| wrong(format!("{format}: {e}")))?;
    let date = read.to_date().map_err(|e| wrong(format!("{format}: {e}")))?;
    if date == example.date() { Ok(()) } else { Err(wrong(format.to_owned())) }
}

fn check_state(entry: &str, rule: &StateRule) -> Result<(), MappingError> {
    let fault = |code, what: &str| Err(MappingError::at(entry, code, what));
    if (rule.clock == Effect::Pause) != rule.reason.is_some() {
        return fault("mapping_pause_reason", rule.clock.name());
    }
    // An ended case whose clocks go on, or the other way round, would never come to rest.
    let fits = match rule.state {
        StateWord::Closed | StateWord::Resolved => rule.clock == Effect::Stop,
        StateWord::Withdrawn => matches!(rule.clock, Effect::Withdraw | Effect::Stop),
        StateWord::New | StateWord::Triaged | StateWord::WaitingCustomer | StateWord::WaitingParts => {
            !matches!(rule.clock, Effect::Stop | Effect::Withdraw)
        }
    };
    if fits {
        Ok(())
    } else {
        fault("mapping_state_clock", &format!("{} + {}", rule.state.name(), rule.clock.name()))
    }
}

fn check_clock(entry: &str, rule: &ClockRule) -> Result<(), MappingError> {
    let fault = |part: &str, code, what: &str| Err(MappingError::at(format!("{entry}.{part}"), code, what));
    let own = rule.calendar.is_some()
        || !rule.minutes.is_empty()
        || rule.other_minutes.is_some()
        || !rule.pauses.is_empty();
    match rule.terms {
        ClockSource::Policy if own => fault("terms", "mapping_clock_policy", "policy"),
        ClockSource::Policy => Ok(()),
        ClockSource::Mapping => {
            match rule.calendar.as_deref() {
                Some("round_the_clock" | "five_by_eight") => {}
                other => return fault("calendar", "mapping_calendar", other.unwrap_or_default()),
            }
            if rule.minutes.is_empty() && rule.other_minutes.is_none() {
                return fault("minutes", "mapping_missing", "");
            }
            let all = rule.minutes.values().copied().chain(rule.other_minutes);
            match all.into_iter().find(|m| !(1..=LONGEST_TARGET_MIN).contains(m)) {
                Some(minutes) => fault("minutes", "mapping_minutes", &minutes.to_string()),
                None => Ok(()),
            }
        }
    }
}
