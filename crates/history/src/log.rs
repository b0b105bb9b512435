//! A log as an index of its rows by case. Rows are read again, case by case, when the case is built: what stays in memory
//! is the text and a few words per row.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use csv::{ByteRecord, ReaderBuilder};

use crate::error::{LogError, RowFault, RowReason};
use crate::mapping::Mapping;
use crate::row::Fields;

/// Longest value a row may have, in characters.
pub(crate) const LONGEST_VALUE: usize = 200;
const LONGEST_KEY: usize = 80;

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowPlace {
    pub line: u64,
    pub start: usize,
    pub end: usize,
    pub digest: [u8; 16],
}

/// The rows of one case, in the order of the file.
#[derive(Clone, Debug)]
pub struct CaseIndex {
    /// Its key in the log.
    pub key: String,
    pub(crate) rows: Vec<RowPlace>,
}

/// A log, indexed.
#[derive(Debug)]
pub struct Log<'t> {
    pub(crate) text: &'t str,
    pub(crate) fields: Fields,
    cases: Vec<CaseIndex>,
    read: u64,
    duplicates: Vec<(u64, u64)>,
    refused: Vec<RowFault>,
    unused_columns: Vec<String>,
}

impl<'t> Log<'t> {
    /// Indexes a log: header, keys, repeated rows, rows that can't be taken apart.
    ///
    /// # Errors
    /// `log_empty`, `log_column_missing`, `log_column_twice`, `log_csv`.
    pub fn read(text: &'t str, mapping: &Mapping) -> Result<Self, LogError> {
        let fault = |line, code, what: String| LogError { line, column: None, code, what };
        let mut reader = ReaderBuilder::new()
            .delimiter(mapping.delimiter())
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = ByteRecord::new();
        let broken =
            |e: &csv::Error| fault(e.position().map_or(1, csv::Position::line), "log_csv", e.to_string());
        if !reader.read_byte_record(&mut record).map_err(|e| broken(&e))? {
            return Err(fault(1, "log_empty", String::new()));
        }
        let header: Vec<String> = record.iter().map(|name| trimmed(name).to_owned()).collect();
        let fields = Fields::find(&header, mapping)?;
        let used = mapping.columns.named();
        let unused_columns =
            header.iter().filter(|name| !used.iter().any(|(_, c)| c == name)).cloned().collect();
        let mut log = Self {
            text,
            fields,
            cases: Vec::new(),
            read: 0,
            duplicates: Vec::new(),
            refused: Vec::new(),
            unused_columns,
        };
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut seen: HashMap<[u8; 16], u64> = HashMap::new();
        let mut lines = Lines::new(text);
        loop {
            let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            if !reader.read_byte_record(&mut record).map_err(|e| broken(&e))? {
                break;
            }
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let line = lines.of_row(start);
            log.read += 1;
            match log.take_apart(&record, mapping, line) {
                Err(fault) => log.refused.push(fault),
                Ok((key, digest)) => match seen.entry(digest) {
                    Entry::Occupied(first) => log.duplicates.push((line, *first.get())),
                    Entry::Vacant(free) => {
                        free.insert(line);
                        let next = log.cases.len();
                        let index = *known.entry(key.clone()).or_insert(next);
                        if index == next {
                            log.cases.push(CaseIndex { key, rows: Vec::new() });
                        }
                        log.cases[index].rows.push(RowPlace { line, start, end, digest });
                    }
                },
            }
        }
        Ok(log)
    }

    fn take_apart(
        &self,
        record: &ByteRecord,
        mapping: &Mapping,
        line: u64,
    ) -> Result<(String, [u8; 16]), RowFault> {
        let fault = |column: Option<String>, value: &str, reason| RowFault {
            line,
            column,
            value: short(value),
            reason,
        };
        if record.len() != self.fields.header.len() {
            let value = format!("{} ≠ {}", record.len(), self.fields.header.len());
            return Err(fault(None, &value, RowReason::ColumnCount));
        }
        for (n, value) in record.iter().enumerate() {
            let value = trimmed(value);
            let column = || self.fields.header.get(n).cloned();
            if value.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
                return Err(fault(column(), value, RowReason::ControlCharacter));
            }
            let longest = if n == self.fields.key { LONGEST_KEY } else { LONGEST_VALUE };
            if self.fields.used[n] && value.chars().count() > longest {
                return Err(fault(column(), value, RowReason::TooLong));
            }
        }
        let key = trimmed(record.get(self.fields.key).unwrap_or_default());
        if mapping.unknown(key) {
            return Err(fault(self.fields.header.get(self.fields.key).cloned(), key, RowReason::KeyMissing));
        }
        let parts: Vec<&[u8]> = record.iter().collect();
        Ok((key.to_owned(), crate::ids::of(&parts).into_bytes()))
    }

    /// The cases, in the order in which they first appear.
    #[must_use]
    pub fn cases(&self) -> &[CaseIndex] {
        &self.cases
    }

    /// How many rows the file has, without the header.
    #[must_use]
    pub fn rows_read(&self) -> u64 {
        self.read
    }

    /// Rows that repeat an earlier one to the letter: their line, and that of the first.
    #[must_use]
    pub fn duplicates(&self) -> &[(u64, u64)] {
        &self.duplicates
    }

    /// Rows that can't be taken apart.
    #[must_use]
    pub fn refused(&self) -> &[RowFault] {
        &self.refused
    }

    /// Columns that the mapping doesn't name.
    #[must_use]
    pub fn unused_columns(&self) -> &[String] {
        &self.unused_columns
    }
}

/// A value without the spaces around it. The text was UTF-8 before it was taken apart at ASCII characters.
pub(crate) fn trimmed(value: &[u8]) -> &str {
    std::str::from_utf8(value).unwrap_or_default().trim()
}

/// A value, fit for a report.
pub(crate) fn short(value: &str) -> String {
    let mut text: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
    if value.chars().count() > 60 {
        text.push('…');
    }
    text
}

// Line numbers of rows, counted on from the row before. Empty lines before a row belong to none.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    fn of_row(&mut self, start: usize) -> u64 {
        let mut from = start.min(self.text.len());
        while self.text.get(from).is_some_and(|b| matches!(b, b'\r' | b'\n')) {
            from += 1;
        }
        self.line += self.text[self.at..from].iter().filter(|b| **b == b'\n').count() as u64;
        self.at = from;
        self.line
    }
}
