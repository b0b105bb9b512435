//! Bytes to rows: which file it is, which column is which field, and what is wrong with a row.

use std::sync::Arc;

use crate::cell::{Cell, value};
use crate::error::{Fault, TableError};
use crate::field::{Field, fold_heading};
use crate::limits::Limits;
use crate::{text, xlsx};

/// What kind of file it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with separators.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Faults that are kept; beyond them bad rows are only counted.
const MOST_FAULTS: usize = 10_000;

/// A row whose every cell can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The row as a spreadsheet counts it: the headings stand in row 1.
    pub row: u32,
    fields: Arc<[&'static str]>,
    values: Box<[Option<Box<str>>]>,
}

impl Record {
    /// What stands in a field; `None` if the cell is empty or there is no such column.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        let at = self.fields.iter().position(|name| *name == field)?;
        self.values.get(at)?.as_deref()
    }

    /// What stands in a field, or nothing.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.get(field).unwrap_or_default()
    }
}

/// A table as it was read.
#[derive(Clone, Debug)]
pub struct Table {
    /// What kind of file it was.
    pub format: Format,
    /// The headings that belong to no field, as they stand there.
    pub unknown: Vec<String>,
    /// The heading of each field that has a column, as it stands there.
    pub headings: Vec<(&'static str, String)>,
    /// Rows without a fault.
    pub records: Vec<Record>,
    /// What is wrong with the others, at most 10,000 entries, by row.
    pub faults: Vec<Fault>,
    /// Rows with a fault.
    pub bad: u64,
    /// All rows with something in them, below the headings.
    pub rows: u64,
}

/// Reads a table.
///
/// # Errors
/// [`TableError`] if it can't be read at all, or not without danger.
pub fn read(bytes: &[u8], fields: &[Field], limits: &Limits) -> Result<Table, TableError> {
    if bytes.is_empty() {
        return Err(TableError::new("file_empty"));
    }
    if bytes.len() > limits.file_bytes {
        return Err(TableError::new("file_size").value("max_mib", limits.file_bytes / 1024 / 1024));
    }
    // Old Excel files, and new ones with a password, are OLE containers.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(TableError::new("file_old_excel"));
    }
    let format = if bytes.starts_with(b"PK") { Format::Xlsx } else { Format::Csv };
    let mut collect = Collect::new(format, fields, limits);
    match format {
        Format::Csv => text::read(bytes, &mut collect)?,
        Format::Xlsx => xlsx::read(bytes, limits, &mut collect)?,
    }
    collect.table()
}

/// Puts rows together as they come.
pub(crate) struct Collect<'f> {
    fields: &'f [Field],
    names: Arc<[&'static str]>,
    limits: &'f Limits,
    // For each field the column it stands in, once the headings were read.
    places: Option<Vec<Option<usize>>>,
    table: Table,
    pub(crate) early_epoch: bool,
}

impl<'f> Collect<'f> {
    fn new(format: Format, fields: &'f [Field], limits: &'f Limits) -> Self {
        let table = Table {
            format,
            unknown: Vec::new(),
            headings: Vec::new(),
            records: Vec::new(),
            faults: Vec::new(),
            bad: 0,
            rows: 0,
        };
        let names = fields.iter().map(|f| f.name).collect();
        Self { fields, names, limits, places: None, table, early_epoch: false }
    }

    pub(crate) fn row(&mut self, number: u32, cells: &mut [Cell]) -> Result<(), TableError> {
        let blank = |cell: &Cell| match cell {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        if cells.iter().all(blank) {
            return Ok(());
        }
        if cells.len() > self.limits.columns && !cells[self.limits.columns..].iter().all(blank) {
            return Err(TableError::new("file_columns").value("max", self.limits.columns));
        }
        let Some(places) = &self.places else {
            self.places = Some(self.head(cells)?);
            return Ok(());
        };
        self.table.rows += 1;
        if self.table.rows > self.limits.rows as u64 {
            return Err(TableError::new("file_rows").value("max", self.limits.rows));
        }
        let mut values: Vec<Option<Box<str>>> = Vec::with_capacity(self.fields.len());
        let mut faults: Vec<Fault> = Vec::new();
        for (field, place) in self.fields.iter().zip(places) {
            let cell = place
                .and_then(|at| cells.get_mut(at))
                .map_or(Cell::Empty, |cell| std::mem::replace(cell, Cell::Empty));
            match value(cell, field.kind, self.limits.cell_chars, self.early_epoch) {
                Ok(None) if field.required => {
                    faults.push(Fault::new(number, field.name, "", "cell_missing"));
                    values.push(None);
                }
                Ok(text) => values.push(text.map(String::into_boxed_str)),
                Err(fault) => {
                    let longest = self.limits.cell_chars;
                    let fault = Fault::new(number, field.name, &fault.value, fault.code);
                    faults.push(fault.value("max", longest));
                    values.push(None);
                }
            }
        }
        if faults.is_empty() {
            let fields = self.names.clone();
            self.table.records.push(Record { row: number, fields, values: values.into_boxed_slice() });
        } else {
            self.table.bad += 1;
            let room = MOST_FAULTS.saturating_sub(self.table.faults.len());
            self.table.faults.extend(faults.into_iter().take(room));
        }
        Ok(())
    }

    // Which column is which field.
    fn head(&mut self, cells: &[Cell]) -> Result<Vec<Option<usize>>, TableError> {
        let mut places: Vec<Option<usize>> = vec![None; self.fields.len()];
        for (at, cell) in cells.iter().enumerate() {
            let Cell::Text(heading) = cell else { continue };
            let (heading, folded) = (heading.trim(), fold_heading(heading));
            if folded.is_empty() {
                continue;
            }
            let meant = self
                .fields
                .iter()
                .position(|f| f.name == heading || f.headings.iter().any(|h| fold_heading(h) == folded));
            let Some(meant) = meant else {
                self.table.unknown.push(heading.chars().take(60).collect());
                continue;
            };
            if places[meant].is_some() {
                return Err(TableError::new("column_twice").value("name", self.shown(meant)));
            }
            places[meant] = Some(at);
            self.table.headings.push((self.fields[meant].name, heading.to_owned()));
        }
        let missing: Vec<String> = (0..self.fields.len())
            .filter(|at| self.fields[*at].required && places[*at].is_none())
            .map(|at| self.shown(at))
            .collect();
        if !missing.is_empty() {
            return Err(TableError::new("column_missing").value("names", missing.join(", ")));
        }
        Ok(places)
    }

    fn shown(&self, field: usize) -> String {
        let field = &self.fields[field];
        field.headings.first().cloned().unwrap_or_else(|| field.name.to_owned())
    }

    fn table(self) -> Result<Table, TableError> {
        if self.table.rows == 0 {
            return Err(TableError::new("file_empty"));
        }
        Ok(self.table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::FieldKind;

    fn fields() -> Vec<Field> {
        let mut reference = Field::new("external_ref", FieldKind::Code).required();
        reference.headings = vec!["外部编号".into(), "External reference".into(), "ID".into()];
        let mut name = Field::new("name", FieldKind::Text).required();
        name.headings = vec!["名称".into(), "Name".into()];
        let mut phone = Field::new("phone", FieldKind::Code);
        phone.headings = vec!["电话".into(), "Phone".into()];
        vec![reference, name, phone]
    }

    fn table(text: &str) -> Result<Table, TableError> {
        read(text.as_bytes(), &fields(), &Limits::default())
    }

    #[test]
    fn columns_are_found_in_any_order_under_any_of_their_headings_and_strangers_are_named() {
        for text in [
            "电话,备注,名称,外部编号\n0755-1,x,万象城,A1\n",
            "phone;remark;NAME;external_ref\n0755-1;x;万象城;A1\n",
            "Phone\tRemark\tName *\tid\r\n0755-1\tx\t万象城\tA1\r\n",
            "sep=;\nPhone;Remark;Name;External Reference (required)\n0755-1;x;\"万象城\";A1\n",
        ] {
            let table = table(text).unwrap();
            assert_eq!(table.unknown.len(), 1, "{text}");
            let record = &table.records[0];
            assert_eq!(
                (record.get("external_ref"), record.text("name"), record.get("phone")),
                (Some("A1"), "万象城", Some("0755-1")),
                "{text}"
            );
        }
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let table =
            table("ID,Name\nA1,\"two\nlines\"\n\nA2,x\n,y\nA4,\"three\r\nmore\r\nlines\"\nA5,\n").unwrap();
        let rows: Vec<u32> = table.records.iter().map(|r| r.row).collect();
        assert_eq!(rows, [2, 4, 6]);
        let faults: Vec<(u32, &str)> =
            table.faults.iter().map(|f| (f.row, f.field.as_deref().unwrap_or_default())).collect();
        assert_eq!(faults, [(5, "external_ref"), (7, "name")]);
        assert_eq!((table.rows, table.bad), (5, 2));
        let windows = "ID,Name\r\n\r\nA1,x\r\nA2,\"y\r\ny\"\r\n\r\n\r\nA3,z\r\n";
        let rows: Vec<u32> = self::table(windows).unwrap().records.iter().map(|r| r.row).collect();
        assert_eq!(rows, [3, 4, 7]);
    }

    #[test]
    fn every_bad_cell_of_a_row_is_named() {
        let table = table("ID,Name,Phone\n1.38E+10,,1.38E+10\n").unwrap();
        let codes: Vec<&str> = table.faults.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, ["cell_exponent", "cell_missing", "cell_exponent"]);
        assert_eq!((table.bad, table.faults[2].value.as_str()), (1, "1.38E+10"));
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_with_its_reason() {
        let small = Limits { rows: 2, columns: 3, file_bytes: 200, ..Limits::default() };
        let of = |bytes: &[u8]| read(bytes, &fields(), &small).unwrap_err();
        for (bytes, code) in [
            (b"".to_vec(), "file_empty"),
            (b"ID,Name\n".to_vec(), "file_empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "file_old_excel"),
            (b"Name,Phone\nx,y\n".to_vec(), "column_missing"),
            (b"ID,Name,name\nx,y,z\n".to_vec(), "column_twice"),
            (b"ID,Name\na,b\nc,d\ne,f\n".to_vec(), "file_rows"),
            (b"ID,Name,a,b\n1,2,3,4\n".to_vec(), "file_columns"),
            (vec![b'x'; 201], "file_size"),
            (b"ID,Name\na,\xff\xff\n".to_vec(), "file_encoding"),
            (b"PK\x03\x04 not an archive".to_vec(), "xlsx_broken"),
        ] {
            assert_eq!(of(&bytes).code, code);
        }
        let missing = of(b"Phone\nx\n");
        assert_eq!(missing.values, [("names".to_owned(), "外部编号, 名称".to_owned())]);
    }
}
