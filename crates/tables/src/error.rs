//! Why a file can't be read at all, and what is wrong with one row.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a file can't be read at all. `code` names the text, `values` fill it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableError {
    /// `file_empty`, `file_too_large`, `archive_bomb`, `column_missing`, …
    pub code: String,
    /// What the text names.
    pub values: Vec<(String, String)>,
}

impl TableError {
    /// A refusal by its code.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), values: Vec::new() }
    }

    /// Adds what the text names.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl ToString) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        for (name, value) in &self.values {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for TableError {}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The row as a spreadsheet counts it: the headings stand in row 1.
    pub row: u32,
    /// The field at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What stands there, shortened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Names the texts: what is wrong, and the cure.
    pub code: String,
    /// What the texts name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(String, String)>,
}

/// Characters of a value that a fault shows.
const SHOWN: usize = 60;

impl Fault {
    /// A fault of a field.
    #[must_use]
    pub fn new(row: u32, field: &str, value: &str, code: &str) -> Self {
        let mut shown: String = value.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        if value.chars().count() > SHOWN {
            shown.push('…');
        }
        Self { row, field: Some(field.to_owned()), value: shown, code: code.to_owned(), values: Vec::new() }
    }

    /// Adds what the texts name.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl ToString) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }
}
