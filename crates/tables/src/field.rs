//! The fields that a table may have, and the headings by which their columns are found.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words. A number or a day in such a cell is written out.
    Text,
    /// Characters that mean something only as they were typed: a serial, a reference, a telephone number.
    Code,
    /// A decimal number.
    Number,
}

/// A field of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the program.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether every row needs it.
    pub required: bool,
    /// The headings it may have; the first is the one that templates use.
    pub headings: Vec<String>,
}

impl Field {
    /// A field without headings yet.
    #[must_use]
    pub const fn new(name: &'static str, kind: FieldKind) -> Self {
        Self { name, kind, required: false, headings: Vec::new() }
    }

    /// Every row needs it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// A heading as it is compared: half width, lower case, letters and digits only, without what stands in brackets.
#[must_use]
pub fn fold_heading(heading: &str) -> String {
    let mut depth = 0_usize;
    let mut folded = String::new();
    for c in heading.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        };
        match c {
            '(' | '[' | '\u{3010}' => depth += 1,
            ')' | ']' | '\u{3011}' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_without_signs_width_case_and_remarks() {
        for heading in [
            "Serial No.",
            "serial_no",
            " SERIAL-NO* ",
            "Ｓｅｒｉａｌ　Ｎｏ",
            "Serial no (required)",
            "serial no【text】",
        ] {
            assert_eq!(fold_heading(heading), "serialno", "{heading}");
        }
        assert_eq!(fold_heading("()"), "");
    }
}
