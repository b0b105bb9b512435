//! Archives for tests: workbooks as spreadsheets write them, and some that mean harm.

#![allow(dead_code)] // each test takes what it needs
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Any part of an archive.
pub struct Part {
    pub name: &'static str,
    pub packed: Vec<u8>,
    /// What the directory says it unpacks to.
    pub plain: usize,
    pub flags: u16,
}

/// A part that is packed.
pub fn part(name: &'static str, text: &[u8]) -> Part {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    Part { name, packed: encoder.finish().unwrap(), plain: text.len(), flags: 0 }
}

/// Parts as an archive.
pub fn archive(parts: &[Part]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    for part in parts {
        let at = out.len();
        let sizes =
            [&[0_u8; 4][..], &long(part.packed.len()), &long(part.plain), &short(part.name.len()), &[0, 0]];
        let common =
            [&20_u16.to_le_bytes()[..], &part.flags.to_le_bytes(), &8_u16.to_le_bytes(), &[0; 4]].concat();
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(sizes.concat());
        out.extend(part.name.as_bytes());
        out.extend(&part.packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend(sizes.concat());
        directory.extend([0; 10]);
        directory.extend(long(at));
        directory.extend(part.name.as_bytes());
    }
    let at = out.len();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(parts.len()));
    out.extend(short(parts.len()));
    out.extend(long(directory.len()));
    out.extend(long(at));
    out.extend([0, 0]);
    out
}

pub const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr/><sheets><sheet name="old" sheetId="1" state="hidden" r:id="rId1"/><sheet name="data" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
pub const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#;
pub const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000000"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"#;

/// A workbook of which the visible sheet is the second one.
pub fn workbook(sheet: &str, shared: &str) -> Vec<u8> {
    archive(&[
        part("xl/workbook.xml", WORKBOOK.as_bytes()),
        part("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        part("xl/styles.xml", STYLES.as_bytes()),
        part("xl/sharedStrings.xml", shared.as_bytes()),
        part(
            "xl/worksheets/sheet1.xml",
            b"<worksheet><sheetData><row><c><v>hidden</v></c></row></sheetData></worksheet>",
        ),
        part("xl/worksheets/sheet2.xml", sheet.as_bytes()),
    ])
}

/// The heads `ID` and `Name`, and what follows.
pub fn rows(rest: &str) -> String {
    format!(
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c></row>{rest}</sheetData></worksheet>"#
    )
}

/// Fields for them.
pub fn fields() -> Vec<tables::Field> {
    let mut id = tables::Field::new("id", tables::FieldKind::Code).required();
    id.headings = vec!["ID".into()];
    let mut name = tables::Field::new("name", tables::FieldKind::Text);
    name.headings = vec!["Name".into()];
    vec![id, name]
}
