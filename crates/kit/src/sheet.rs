//! Tables for spreadsheets, written row by row: CSV (RFC 4180) and XLSX (ECMA-376, one sheet, stored as a ZIP archive).
//!
//! No cell becomes a formula: in CSV a text that a spreadsheet would take for one gets an apostrophe before it (OWASP, CSV
//! injection; ASVS 1.2.10), in XLSX every text is written as an inline string, which no program evaluates.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

crate::names! {
    /// How a table is written.
    SheetFormat {
        /// Text with commas, UTF-8 with a byte order mark: spreadsheets read Chinese in it right.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
    }
}

impl SheetFormat {
    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// A line of CSV: commas, quotes where needed, CR LF.
pub fn csv_line(out: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push(b'"');
            out.extend(cell.replace('"', "\"\"").bytes());
            out.push(b'"');
        } else {
            out.extend(cell.bytes());
        }
    }
    out.extend(b"\r\n");
}

/// A text that no spreadsheet takes for a formula.
#[must_use]
pub fn harmless(text: String) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text }
}

/// Writes a table row by row; what was written so far is [taken](Self::take) and sent on.
#[derive(Debug)]
pub struct Sheet(Kind);

#[derive(Debug)]
enum Kind {
    Csv(Vec<u8>),
    Xlsx(Box<Workbook>),
}

impl Sheet {
    /// A table with a head.
    #[must_use]
    pub fn new(format: SheetFormat, head: &[String]) -> Self {
        Self::begun(format, head, false)
    }

    /// A table to fill in, whose columns are text: `00123` stays what was typed.
    #[must_use]
    pub fn of_text(format: SheetFormat, head: &[String]) -> Self {
        Self::begun(format, head, true)
    }

    fn begun(format: SheetFormat, head: &[String], text: bool) -> Self {
        let mut sheet = match format {
            SheetFormat::Csv => Self(Kind::Csv("\u{feff}".as_bytes().to_vec())),
            SheetFormat::Xlsx => Self(Kind::Xlsx(Box::new(Workbook::new(head.len(), text)))),
        };
        sheet.row(&head.iter().map(|h| Cell::Text(h.clone())).collect::<Vec<_>>());
        sheet
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[Cell]) {
        match &mut self.0 {
            Kind::Csv(out) => csv_line(
                out,
                cells.iter().map(|cell| match cell {
                    Cell::Text(text) => harmless(text.clone()),
                    Cell::Number(n) => n.to_string(),
                }),
            ),
            Kind::Xlsx(book) => book.row(cells),
        }
    }

    /// What was written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        match &mut self.0 {
            Kind::Csv(out) => std::mem::take(out),
            Kind::Xlsx(book) => book.take(),
        }
    }

    /// The rest: nothing can be added any more.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            Kind::Csv(out) => out,
            Kind::Xlsx(book) => book.finish(),
        }
    }
}

// A part of the archive as its directory names it.
#[derive(Clone, Debug)]
struct Part {
    name: &'static str,
    crc: u32,
    packed: u32,
    plain: u32,
    offset: u32,
    flags: u16,
    method: u16,
}

struct Workbook {
    out: Vec<u8>,
    // Bytes handed on already.
    taken: usize,
    parts: Vec<Part>,
    sheet: Packing,
    rows: u32,
    // What cells below the head look like: text, or as the program sees fit.
    style: &'static str,
}

struct Packing {
    encoder: DeflateEncoder<Vec<u8>>,
    crc: Crc,
    packed: usize,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("rows", &self.rows).finish_non_exhaustive()
    }
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
/// 1980-01-01, the first day the format knows: a workbook of the same rows has the same bytes.
const DAY: u16 = 0x21;
/// Sizes and checksum follow the data; names are UTF-8.
const STREAMED: u16 = 0x0808;

const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>",
    ),
    (
        "_rels/.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Aftercare\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
    ),
    (
        "xl/styles.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders>\
         <cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf xfId=\"0\"/><xf xfId=\"0\" fontId=\"1\" applyFont=\"1\"/>\
         <xf xfId=\"0\" numFmtId=\"49\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>",
    ),
];

impl Workbook {
    fn new(columns: usize, text: bool) -> Self {
        let mut book = Self {
            out: Vec::new(),
            taken: 0,
            parts: Vec::new(),
            sheet: Packing {
                encoder: DeflateEncoder::new(Vec::new(), Compression::fast()),
                crc: Crc::new(),
                packed: 0,
            },
            rows: 0,
            style: if text { " s=\"2\"" } else { "" },
        };
        for (name, content) in PARTS {
            let mut crc = Crc::new();
            crc.update(content.as_bytes());
            let size = short(content.len());
            let part = Part {
                name,
                crc: crc.sum(),
                packed: size,
                plain: size,
                offset: book.at(),
                flags: 0x0800,
                method: 0,
            };
            book.head(&part);
            book.out.extend(content.as_bytes());
            book.parts.push(part);
        }
        let sheet =
            Part { name: SHEET, crc: 0, packed: 0, plain: 0, offset: book.at(), flags: STREAMED, method: 8 };
        book.head(&sheet);
        book.parts.push(sheet);
        let mut begin = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>",
        );
        if columns > 0 {
            let style = if text { " style=\"2\"" } else { "" };
            begin.push_str(&format!(
                "<cols><col min=\"1\" max=\"{columns}\" width=\"20\" customWidth=\"1\"{style}/></cols>"
            ));
        }
        begin.push_str("<sheetData>");
        book.pack(&begin);
        book
    }

    // Where the next byte stands in the archive.
    fn at(&self) -> u32 {
        short(self.taken + self.out.len())
    }

    fn head(&mut self, part: &Part) {
        self.out.extend(0x0403_4b50_u32.to_le_bytes());
        fields(&mut self.out, part);
        self.out.extend(part.name.as_bytes());
    }

    fn pack(&mut self, text: &str) {
        self.sheet.crc.update(text.as_bytes());
        // Writing into memory can't fail.
        let _ = self.sheet.encoder.write_all(text.as_bytes());
        let ready = std::mem::take(self.sheet.encoder.get_mut());
        self.sheet.packed += ready.len();
        self.out.extend(ready);
    }

    fn row(&mut self, cells: &[Cell]) {
        self.rows += 1;
        let style = if self.rows == 1 { " s=\"1\"" } else { self.style };
        let mut line = format!("<row r=\"{}\">", self.rows);
        for cell in cells {
            match cell {
                Cell::Number(n) => line.push_str(&format!("<c{style}><v>{n}</v></c>")),
                Cell::Text(text) if text.is_empty() => line.push_str("<c/>"),
                Cell::Text(text) => {
                    line.push_str(&format!("<c{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
                    escape(&mut line, text);
                    line.push_str("</t></is></c>");
                }
            }
        }
        line.push_str("</row>");
        self.pack(&line);
    }

    fn take(&mut self) -> Vec<u8> {
        self.taken += self.out.len();
        std::mem::take(&mut self.out)
    }

    fn finish(mut self) -> Vec<u8> {
        self.pack("</sheetData></worksheet>");
        let rest =
            std::mem::replace(&mut self.sheet.encoder, DeflateEncoder::new(Vec::new(), Compression::fast()));
        if let Ok(rest) = rest.finish() {
            self.sheet.packed += rest.len();
            self.out.extend(rest);
        }
        let (crc, packed, plain) = (self.sheet.crc.sum(), short(self.sheet.packed), self.sheet.crc.amount());
        if let Some(part) = self.parts.last_mut() {
            (part.crc, part.packed, part.plain) = (crc, packed, plain);
        }
        self.out.extend(0x0807_4b50_u32.to_le_bytes());
        for value in [crc, packed, plain] {
            self.out.extend(value.to_le_bytes());
        }
        let begin = self.at();
        for part in self.parts.clone() {
            self.out.extend(0x0201_4b50_u32.to_le_bytes());
            self.out.extend(20_u16.to_le_bytes());
            fields(&mut self.out, &part);
            // No comment, first disk, no attributes.
            self.out.extend([0; 10]);
            self.out.extend(part.offset.to_le_bytes());
            self.out.extend(part.name.as_bytes());
        }
        let size = self.at() - begin;
        let count = u16::try_from(self.parts.len()).unwrap_or(u16::MAX);
        self.out.extend(0x0605_4b50_u32.to_le_bytes());
        self.out.extend([0; 4]);
        self.out.extend(count.to_le_bytes());
        self.out.extend(count.to_le_bytes());
        self.out.extend(size.to_le_bytes());
        self.out.extend(begin.to_le_bytes());
        self.out.extend([0; 2]);
        self.out
    }
}

// What the head of a part and its line in the directory have in common.
fn fields(out: &mut Vec<u8>, part: &Part) {
    let streamed = part.flags == STREAMED && part.plain == 0;
    for value in [20, part.flags, part.method, 0, DAY] {
        out.extend(value.to_le_bytes());
    }
    for value in if streamed { [0; 3] } else { [part.crc, part.packed, part.plain] } {
        out.extend(value.to_le_bytes());
    }
    out.extend(u16::try_from(part.name.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend(0_u16.to_le_bytes());
}

// Sizes stay far below 4 GiB: whoever exports has a limit of rows.
fn short(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

// XML 1.0 has no room for most control characters, escaped or not.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("&#13;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    const FORMULAS: [&str; 8] = ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "道闸 = 坏"];

    #[test]
    fn no_text_becomes_a_formula() {
        let safe: Vec<String> = FORMULAS.iter().map(|f| harmless((*f).to_owned())).collect();
        assert_eq!(safe, ["'=1+1", "'+86", "'-2", "'@SUM(A1)", "'\t=1", "'\r=1", "'＝1", "道闸 = 坏"]);
        let mut sheet = Sheet::new(SheetFormat::Csv, &["a".into(), "b".into()]);
        sheet.row(&["=1+1".into(), Cell::Number(-5)]);
        assert_eq!(String::from_utf8(sheet.finish()).unwrap(), "\u{feff}a,b\r\n'=1+1,-5\r\n");
    }

    #[test]
    fn a_line_is_quoted_as_rfc_4180_says() {
        let mut out = Vec::new();
        csv_line(&mut out, ["a", "b,c", "d\"e", "f\ng", ""].map(str::to_owned).into_iter());
        assert_eq!(String::from_utf8(out).unwrap(), "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
    }

    // Reads an archive back by its directory, as programs do.
    fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        let u16_at = |at: usize| u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()) as usize;
        let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let end = bytes.len() - 22;
        assert_eq!(u32_at(end), 0x0605_4b50);
        let (count, mut at) = (u16_at(end + 10), u32_at(end + 16));
        let mut found = Vec::new();
        for _ in 0..count {
            assert_eq!(u32_at(at), 0x0201_4b50);
            let (method, crc, packed, plain) =
                (u16_at(at + 10), u32_at(at + 16), u32_at(at + 20), u32_at(at + 24));
            let name_len = u16_at(at + 28);
            let name = String::from_utf8(bytes[at + 46..at + 46 + name_len].to_vec()).unwrap();
            let offset = u32_at(at + 42);
            assert_eq!(u32_at(offset), 0x0403_4b50, "{name}");
            let data = offset + 30 + u16_at(offset + 26);
            let stored = &bytes[data..data + packed];
            let text = if method == 8 {
                let mut text = Vec::new();
                flate2::read::DeflateDecoder::new(stored).read_to_end(&mut text).unwrap();
                text
            } else {
                stored.to_vec()
            };
            let mut sum = Crc::new();
            sum.update(&text);
            assert_eq!((sum.sum() as usize, text.len()), (crc, plain), "{name}");
            found.push((name, text));
            at += 46 + name_len;
        }
        found
    }

    #[test]
    fn a_workbook_reads_back_whole_however_it_was_taken() {
        let mut sheet = Sheet::new(SheetFormat::Xlsx, &["编号".into(), "n".into()]);
        let mut bytes = sheet.take();
        for n in 0..5_000 {
            sheet.row(&[format!("=SQ<{n}>&\u{0}坏").into(), Cell::Number(n)]);
            if n % 700 == 0 {
                bytes.extend(sheet.take());
            }
        }
        bytes.extend(sheet.take());
        bytes.extend(sheet.finish());
        let parts = parts(&bytes);
        assert_eq!(parts.len(), 6);
        let (name, text) = parts.last().unwrap();
        let text = std::str::from_utf8(text).unwrap();
        assert_eq!(name, SHEET);
        assert!(text.contains("<row r=\"5001\"><c t=\"inlineStr\"><is><t xml:space=\"preserve\">=SQ&lt;4999&gt;&amp;坏</t></is></c><c><v>4999</v></c></row>"));
        assert!(text.ends_with("</sheetData></worksheet>") && !text.contains("<f>"));
    }

    #[test]
    fn a_table_to_fill_in_keeps_what_is_typed_as_text() {
        let mut sheet = Sheet::of_text(SheetFormat::Xlsx, &["编号".into()]);
        sheet.row(&["00123".into()]);
        let parts = parts(&sheet.finish());
        let of = |name: &str| {
            let (_, text) = parts.iter().find(|(n, _)| n == name).unwrap();
            String::from_utf8(text.clone()).unwrap()
        };
        assert!(
            of(SHEET).contains("customWidth=\"1\" style=\"2\"/>")
                && of(SHEET).contains("<c s=\"2\" t=\"inlineStr\">")
        );
        // Format 49 is text (ECMA-376 part 1, 18.8.30).
        assert!(
            of("xl/styles.xml").contains("<cellXfs count=\"3\">")
                && of("xl/styles.xml").contains("numFmtId=\"49\"")
        );
    }
}
