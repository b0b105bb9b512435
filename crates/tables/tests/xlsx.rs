//! Workbooks as spreadsheets write them.

mod workbook;

use tables::{Format, Limits, read};
use workbook::{fields, rows, workbook};

#[test]
fn cells_of_every_kind_are_read_from_the_first_visible_sheet() {
    let shared = "<sst><si><t>万象城</t></si><si><r><t xml:space=\"preserve\">A&amp;B </t></r><r><t>Ltd</t></r>\
                  <rPh><t>ignored</t></rPh></si></sst>";
    let sheet = rows(
        r#"<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>
           <row r="4"><c r="A4" s="2"><v>123</v></c><c r="B4" s="1"><v>45352</v></c></row>
           <row><c t="str"><f>A1&amp;"x"</f><v>IDx</v></c><c t="b"><v>1</v></c></row>
           <row r="6"><c r="A6" s="3"><v>45352</v></c><c r="B6" t="e"><v>#N/A</v></c></row>
           <row r="7"><c r="A7"><v>13800138000</v></c><c r="B7"><f>1+1</f></c></row>
           <row r="8"/><row r="9"><c r="A9"><v>1.2345678901234568E+17</v></c></row>"#,
    );
    let table = read(&workbook(&sheet, shared), &fields(), &Limits::default()).unwrap();
    assert_eq!(table.format, Format::Xlsx);
    let read: Vec<(u32, Option<&str>, Option<&str>)> =
        table.records.iter().map(|r| (r.row, r.get("id"), r.get("name"))).collect();
    assert_eq!(
        read,
        [
            (2, Some("A&B Ltd"), Some("万象城")),
            (4, Some("000123"), Some("2024-03-01")),
            (5, Some("IDx"), Some("true")),
            // A formula without a value it came to is never computed.
            (7, Some("13800138000"), None),
        ]
    );
    let faults: Vec<(u32, &str, &str)> =
        table.faults.iter().map(|f| (f.row, f.code.as_str(), f.value.as_str())).collect();
    assert_eq!(
        faults,
        [
            (6, "cell_day", "2024-03-01"),
            (6, "cell_error", "#N/A"),
            (9, "cell_exponent", "1.2345678901234568E+17")
        ]
    );
}

#[test]
fn no_broken_archive_makes_it_panic() {
    let whole =
        workbook(&rows(r#"<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>"#), "<sst/>");
    assert_eq!(read(&whole, &fields(), &Limits::default()).unwrap().records.len(), 1);
    // The last two bytes only say how long a remark is.
    for end in 0..whole.len() - 2 {
        let cut = read(&whole[..end], &fields(), &Limits::default());
        assert!(cut.is_err(), "cut at {end}");
    }
    let mut state = 7_u64;
    for _ in 0..20_000 {
        let mut harmed = whole.clone();
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap() % harmed.len();
            harmed[at] = u8::try_from(state & 0xff).unwrap();
        }
        // Whatever comes of it is an answer.
        let _ = read(&harmed, &fields(), &Limits::default());
    }
}
