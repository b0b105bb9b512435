//! What can be wrong with a mapping, a log, a row; each with its place.

use std::fmt;

use serde::Serialize;

/// Why a mapping can't be used. `code` names the text, `values` fill it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MappingError {
    /// Line in the mapping file, from 1, where it is known.
    pub line: Option<usize>,
    /// Column in that line, from 1, where it is known.
    pub column: Option<usize>,
    /// The entry, e.g. `states.New.clock`.
    pub entry: String,
    /// `mapping_syntax`, `mapping_version`, `mapping_word`, …
    pub code: &'static str,
    /// What stands there, or what the parser says.
    pub what: String,
}

impl MappingError {
    pub(crate) fn at(entry: impl Into<String>, code: &'static str, what: impl Into<String>) -> Self {
        Self { line: None, column: None, entry: entry.into(), code, what: what.into() }
    }
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, column {}: ", self.column.unwrap_or(1))?;
        }
        write!(f, "{} ({}): {}", self.entry, self.code, self.what)
    }
}

impl std::error::Error for MappingError {}

/// Why a log can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogError {
    /// Line in the log, from 1.
    pub line: u64,
    /// Column: of the text for bytes that are none, else none.
    pub column: Option<u64>,
    /// `log_encoding`, `log_empty`, `log_column_missing`, `log_column_twice`, `log_csv`.
    pub code: &'static str,
    /// The bytes, the column's name, what the parser says.
    pub what: String,
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, " ({}): {}", self.code, self.what)
    }
}

impl std::error::Error for LogError {}

/// Why a row is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowReason {
    /// It has more or fewer columns than the header.
    ColumnCount,
    /// The case's key is unknown.
    KeyMissing,
    /// A value is longer than 200 characters, or the key than 80.
    TooLong,
    /// Control characters in a value.
    ControlCharacter,
    /// The instant of the change is unknown.
    TimeMissing,
    /// None of the formats fits.
    TimeFormat,
    /// The calendars don't reach there (2000 to 2060).
    TimeOutside,
    /// The hour does not exist, or occurs twice, where the clocks are changed, and the mapping refuses such times.
    TimeAmbiguous,
    /// Not a whole number from 0 up.
    NotANumber,
}

impl RowReason {
    /// The name, as in the report and the texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ColumnCount => "column_count",
            Self::KeyMissing => "key_missing",
            Self::TooLong => "too_long",
            Self::ControlCharacter => "control_character",
            Self::TimeMissing => "time_missing",
            Self::TimeFormat => "time_format",
            Self::TimeOutside => "time_outside",
            Self::TimeAmbiguous => "time_ambiguous",
            Self::NotANumber => "not_a_number",
        }
    }
}

/// A row that is not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowFault {
    /// Line in the file, from 1 (the header).
    pub line: u64,
    /// The log's own name of the column, if one is to blame.
    pub column: Option<String>,
    /// What stands there, shortened.
    pub value: String,
    /// Why.
    pub reason: RowReason,
}
