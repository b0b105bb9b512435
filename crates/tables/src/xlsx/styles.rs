//! How numbers look: which of them are days, and which show zeros before them.

use std::collections::HashMap;

use super::archive::Archive;
use super::xml::{Node, Xml, attribute, name};
use crate::error::TableError;
use crate::limits::Limits;

/// The looks that cells refer to.
#[derive(Debug, Default)]
pub(super) struct Styles {
    looks: Vec<Look>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Plain,
    Day,
    // At least so many digits.
    Padded(usize),
}

/// Styles that a workbook may have; spreadsheets allow 65,490.
const MOST: usize = 65_536;

impl Styles {
    pub(super) fn read(archive: &Archive<'_>, limits: &Limits) -> Result<Self, TableError> {
        let mut styles = Self::default();
        let Some(part) = archive.stream("xl/styles.xml") else { return Ok(styles) };
        let mut xml = Xml::new(part, limits);
        let mut own: HashMap<usize, Look> = HashMap::new();
        let mut of_cells = false;
        loop {
            match xml.next()? {
                Node::End => return Ok(styles),
                Node::Open(tag) => match name(&tag).as_str() {
                    "numFmt" => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                        let code = attribute(&tag, "formatCode");
                        if let (Some(id), Some(code)) = (id, code)
                            && own.len() < MOST
                        {
                            own.insert(id, look(&code));
                        }
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells && styles.looks.len() < MOST => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        styles.looks.push(own.get(&id).copied().unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                },
                Node::Close(tag) if tag == "cellXfs" => of_cells = false,
                _ => {}
            }
        }
    }

    /// Whether numbers of this style are days.
    pub(super) fn is_day(&self, style: usize) -> bool {
        self.looks.get(style) == Some(&Look::Day)
    }

    /// The digits with the zeros that the style shows before them, if it does and the number is whole.
    pub(super) fn padded(&self, style: usize, digits: &str) -> Option<String> {
        match self.looks.get(style) {
            Some(Look::Padded(width)) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                Some(format!("{digits:0>width$}"))
            }
            _ => None,
        }
    }
}

// ECMA-376 part 1, 18.8.30: the formats that every spreadsheet knows; 27 to 36 and 50 to 58 are days in East Asia.
fn built_in(id: usize) -> Look {
    if matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58) { Look::Day } else { Look::Plain }
}

fn look(code: &str) -> Look {
    // What is quoted or bracketed is shown, not counted with: [Red], "day".
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    let mut bare = String::new();
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            ';' => break,
            c => bare.push(c.to_ascii_lowercase()),
        }
    }
    if bare.len() > 1 && bare.len() <= 32 && bare.bytes().all(|b| b == b'0') {
        Look::Padded(bare.len())
    } else if bare != "general" && bare.contains(['y', 'd', 'm', 'h', 's']) {
        Look::Day
    } else {
        Look::Plain
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn formats_say_what_numbers_are() {
        for (code, expected) in [
            ("General", Look::Plain),
            ("0.00", Look::Plain),
            ("#,##0", Look::Plain),
            ("0", Look::Plain),
            ("000000", Look::Padded(6)),
            ("yyyy\\-mm\\-dd", Look::Day),
            ("yyyy\"y\"m\"m\";@", Look::Day),
            ("[Red]0", Look::Plain),
            ("0\" days\"", Look::Plain),
            ("@", Look::Plain),
        ] {
            assert_eq!(look(code), expected, "{code}");
        }
    }
}
