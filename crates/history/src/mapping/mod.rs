//! The mapping file: what the columns and values of another desk's log mean here. TOML or JSON, version 1.

mod check;
mod words;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use service_calendar::PauseReason;

use crate::error::MappingError;
pub use words::{
    ChannelWord, Effect, Encoding, KindWord, OnRepeatedHour, OrderBy, ResolvedWord, SeverityWord, StateWord,
};

/// The version of the shape this program reads.
pub const VERSION: u32 = 1;

/// A reason for a pause, by the words of the calendar engine: `waiting_customer`, `waiting_parts`, `later_window`,
/// `waiting_third_party`, `other`.
pub type PauseWord = PauseReason;

/// A whole mapping, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The version of this shape.
    pub version: u32,
    /// A short name of the other system; part of every key imported from it. Don't change it between runs.
    pub source: String,
    /// How the file is read.
    #[serde(default)]
    pub file: FileRule,
    /// How its times are read.
    pub dates: DateRule,
    /// Which column holds what, by the names in the log's header.
    pub columns: Columns,
    /// What puts the rows of a case in order: first by this, then by that; the place in the file decides the rest.
    #[serde(default = "default_order")]
    pub order: Vec<OrderBy>,
    /// State in the log → what it means here.
    pub states: BTreeMap<String, StateRule>,
    /// Priority in the log → severity here.
    #[serde(default)]
    pub severities: BTreeMap<String, SeverityWord>,
    /// How it came in, in the log → channel here.
    #[serde(default)]
    pub channels: BTreeMap<String, ChannelWord>,
    /// What was asked for, in the log → kind here.
    #[serde(default)]
    pub kinds: BTreeMap<String, KindWord>,
    /// How it was mended, in the log → here.
    #[serde(default)]
    pub resolutions: BTreeMap<String, ResolvedWord>,
    /// Yes and no in the log.
    #[serde(default)]
    pub flags: BTreeMap<String, bool>,
    /// Group in the log → the unit here that owns its cases, by Chinese name.
    #[serde(default)]
    pub units: BTreeMap<String, String>,
    /// Owner in the log → employee here, by badge number.
    #[serde(default)]
    pub owners: BTreeMap<String, String>,
    /// What stands where the log is silent or says something not mapped.
    pub fallback: Fallback,
    /// The clocks to recompute; a promise that isn't named gets none.
    #[serde(default)]
    pub clocks: Clocks,
}

fn default_order() -> Vec<OrderBy> {
    vec![OrderBy::Counter, OrderBy::Time]
}

/// How the file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileRule {
    /// How its bytes are text.
    pub encoding: Encoding,
    /// What stands between two columns: one ASCII character.
    pub delimiter: char,
    /// What stands for "not known"; an empty value always does.
    pub unknown: Vec<String>,
}

impl Default for FileRule {
    fn default() -> Self {
        Self { encoding: Encoding::Utf8, delimiter: ',', unknown: Vec::new() }
    }
}

/// How times are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRule {
    /// Formats in the words of strftime, tried in order; `rfc3339` is one by itself.
    pub formats: Vec<String>,
    /// The IANA zone of times that name none.
    pub zone: String,
    /// Where the clocks are changed.
    #[serde(default = "default_repeated")]
    pub repeated_hour: OnRepeatedHour,
}

const fn default_repeated() -> OnRepeatedHour {
    OnRepeatedHour::Earlier
}

/// Names of columns in the log's header. Those of texts may be several: the symptom joins them, an owner is the first known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The case's key.
    pub key: String,
    /// Its state after the change.
    pub state: String,
    /// When the change was made.
    pub updated_at: String,
    /// Counts the changes of a case.
    #[serde(default)]
    pub counter: Option<String>,
    /// When it was reported.
    #[serde(default)]
    pub opened_at: Option<String>,
    /// When it was mended.
    #[serde(default)]
    pub resolved_at: Option<String>,
    /// When it was closed.
    #[serde(default)]
    pub closed_at: Option<String>,
    /// Priority.
    #[serde(default)]
    pub severity: Option<String>,
    /// How it came in.
    #[serde(default)]
    pub channel: Option<String>,
    /// What was asked for.
    #[serde(default)]
    pub kind: Option<String>,
    /// How it was mended.
    #[serde(default)]
    pub resolution: Option<String>,
    /// Who is looked after: each value becomes a customer.
    #[serde(default)]
    pub customer: Option<String>,
    /// Where: each value within a customer becomes a site.
    #[serde(default)]
    pub site: Option<String>,
    /// Name of who reported.
    #[serde(default)]
    pub contact: Option<String>,
    /// Their number; a contact is made only with a number or an address.
    #[serde(default)]
    pub contact_phone: Option<String>,
    /// Their mail address.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// What happened, joined by ` / `.
    #[serde(default)]
    pub symptom: Vec<String>,
    /// The class of the symptom.
    #[serde(default)]
    pub symptom_class: Option<String>,
    /// The product or device, noted behind the symptom.
    #[serde(default)]
    pub product: Option<String>,
    /// Who had it; of several columns the first that is known.
    #[serde(default)]
    pub owner: Vec<String>,
    /// Which group had it.
    #[serde(default)]
    pub group: Option<String>,
    /// How often it was reopened.
    #[serde(default)]
    pub reopened: Option<String>,
    /// How often it was reassigned.
    #[serde(default)]
    pub reassigned: Option<String>,
    /// Whether the other system says the promise was kept.
    #[serde(default)]
    pub promise_kept: Option<String>,
}

impl Columns {
    /// Every column named, with the entry that names it.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, &str)> {
        let mut all: Vec<(&'static str, &str)> =
            vec![("key", &self.key), ("state", &self.state), ("updated_at", &self.updated_at)];
        for (entry, column) in [
            ("counter", &self.counter),
            ("opened_at", &self.opened_at),
            ("resolved_at", &self.resolved_at),
            ("closed_at", &self.closed_at),
            ("severity", &self.severity),
            ("channel", &self.channel),
            ("kind", &self.kind),
            ("resolution", &self.resolution),
            ("customer", &self.customer),
            ("site", &self.site),
            ("contact", &self.contact),
            ("contact_phone", &self.contact_phone),
            ("contact_email", &self.contact_email),
            ("symptom_class", &self.symptom_class),
            ("product", &self.product),
            ("group", &self.group),
            ("reopened", &self.reopened),
            ("reassigned", &self.reassigned),
            ("promise_kept", &self.promise_kept),
        ] {
            if let Some(column) = column {
                all.push((entry, column));
            }
        }
        all.extend(self.symptom.iter().map(|c| ("symptom", c.as_str())));
        all.extend(self.owner.iter().map(|c| ("owner", c.as_str())));
        all
    }
}

/// What a state of the log means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateRule {
    /// The state here.
    pub state: StateWord,
    /// What it does to the clocks.
    pub clock: Effect,
    /// Why they stand, for `pause`.
    #[serde(default)]
    pub reason: Option<PauseReason>,
}

/// What stands where the log is silent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fallback {
    /// For a state that isn't mapped.
    pub state: StateRule,
    /// For a priority.
    #[serde(default = "normal")]
    pub severity: SeverityWord,
    /// For a way in.
    #[serde(default = "import")]
    pub channel: ChannelWord,
    /// For what was asked for.
    #[serde(default = "fault")]
    pub kind: KindWord,
    /// For how it was mended.
    #[serde(default = "remote")]
    pub resolution: ResolvedWord,
    /// Customer of cases without one.
    pub customer: String,
    /// Site of cases without one.
    pub site: String,
    /// Symptom of cases without one.
    pub symptom: String,
    /// Owner of cases that nobody had.
    pub owner: String,
    /// Unit of cases whose group isn't mapped, by Chinese name; the headquarters if none is named.
    #[serde(default)]
    pub unit: Option<String>,
}

const fn normal() -> SeverityWord {
    SeverityWord::Normal
}
const fn import() -> ChannelWord {
    ChannelWord::Import
}
const fn fault() -> KindWord {
    KindWord::Fault
}
const fn remote() -> ResolvedWord {
    ResolvedWord::Remote
}

/// The clocks to recompute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// From the report to the first answer.
    #[serde(default)]
    pub respond: Option<ClockRule>,
    /// From the report (or a reopening) to the mending.
    #[serde(default)]
    pub restore: Option<ClockRule>,
}

/// Whose terms a clock has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockSource {
    /// The policy in force here at the report.
    Policy,
    /// Those of this mapping: what the other desk had promised.
    Mapping,
}

/// The terms of a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    /// Whose terms.
    pub terms: ClockSource,
    /// `round_the_clock` or `five_by_eight`: a calendar of the policy.
    #[serde(default)]
    pub calendar: Option<String>,
    /// Minutes promised, by priority in the log.
    #[serde(default)]
    pub minutes: BTreeMap<String, u32>,
    /// Minutes promised for any other priority.
    #[serde(default)]
    pub other_minutes: Option<u32>,
    /// Reasons for which it stands.
    #[serde(default)]
    pub pauses: Vec<PauseReason>,
}

impl Mapping {
    /// Reads a mapping; what begins with `{` is JSON, anything else TOML.
    ///
    /// # Errors
    /// The first fault with its line and column, or the entry at fault.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mapping: Self = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|e| MappingError {
                line: Some(e.line()),
                column: Some(e.column()),
                entry: String::new(),
                code: "mapping_syntax",
                what: e.to_string(),
            })?
        } else {
            toml::from_str(text).map_err(|e| {
                let at = e.span().map(|span| place(text, span.start));
                MappingError {
                    line: at.map(|a| a.0),
                    column: at.map(|a| a.1),
                    entry: String::new(),
                    code: "mapping_syntax",
                    what: e.message().to_owned(),
                }
            })?
        };
        mapping.check()?;
        Ok(mapping)
    }

    /// The zone of times that name none.
    ///
    /// # Errors
    /// `mapping_zone`.
    pub fn zone(&self) -> Result<TimeZone, MappingError> {
        TimeZone::get(&self.dates.zone)
            .map_err(|_| MappingError::at("dates.zone", "mapping_zone", &self.dates.zone))
    }

    /// The delimiter as a byte.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        u8::try_from(self.file.delimiter).unwrap_or(b',')
    }

    /// Whether a trimmed value means "not known".
    #[must_use]
    pub fn unknown(&self, value: &str) -> bool {
        value.is_empty() || self.file.unknown.iter().any(|u| u == value)
    }
}

fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}

#[cfg(test)]
mod tests;
