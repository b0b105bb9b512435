//! Archives that mean harm are refused with their reason, without growing the process by 100 MB.

mod workbook;

use tables::{Limits, read};
use workbook::{RELATIONS, WORKBOOK, archive, fields, part, rows, workbook};

/// The most memory this process ever had, in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn with_sheet(sheet: workbook::Part) -> Vec<u8> {
    archive(&[
        part("xl/workbook.xml", WORKBOOK.as_bytes()),
        part("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        sheet,
    ])
}

#[test]
fn bombs_are_refused_and_cost_little() {
    const SHEET: &str = "xl/worksheets/sheet2.xml";
    let limits = Limits::default();
    let zeros = part(SHEET, &vec![b' '; 200 * 1024 * 1024]);
    // The directory tells a size that would be harmless.
    let lying = workbook::Part { name: SHEET, packed: zeros.packed.clone(), plain: 1_000, flags: 0 };
    let long_text = {
        let letter = |n: u32| char::from(b'a' + u8::try_from(n.wrapping_mul(2_654_435_761) % 26).unwrap());
        let noise: String = (0..900_000).map(letter).collect();
        let row = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>NOISE</t></is></c></row>";
        part(SHEET, rows(row).replace("NOISE", &noise).as_bytes())
    };
    let mut many_texts = String::from("<sst>");
    for n in 0..1_000_001_u32 {
        many_texts.push_str(&format!("<si><t>{}</t></si>", n.wrapping_mul(2_654_435_761)));
    }
    let same: Vec<workbook::Part> = (0..1_001).map(|_| part("x", b"x")).collect();
    let mut overlapping = archive(&[part("xl/workbook.xml", WORKBOOK.as_bytes()), part("y", b"yyyy")]);
    // The second entry of the directory points to the first part.
    let second = overlapping.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    overlapping[second + 42..second + 46].fill(0);
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    let locked = workbook::Part { flags: 1, ..part(SHEET, b"x") };
    let deep = "<a>".repeat(100);
    for (what, bytes, code) in [
        ("packed zeros", with_sheet(zeros), "xlsx_bomb"),
        ("a directory that lies", with_sheet(lying), "xlsx_bomb"),
        ("one endless text", with_sheet(long_text), "xlsx_bomb"),
        ("too many parts", archive(&same), "xlsx_bomb"),
        ("parts that share their bytes", overlapping, "xlsx_bomb"),
        ("too many shared texts", workbook(&rows(""), &many_texts), "xlsx_texts"),
        (
            "entities",
            with_sheet(part(SHEET, format!("{entities}{}", rows("<row><c><v>&b;</v></c></row>")).as_bytes())),
            "xlsx_entities",
        ),
        (
            "a file from outside",
            with_sheet(part(SHEET, format!("{outside}{}", rows("")).as_bytes())),
            "xlsx_entities",
        ),
        (
            "an entity nobody declared",
            workbook(&rows("<row><c t=\"str\"><v>&x;</v></c></row>"), "<sst/>"),
            "xlsx_entities",
        ),
        ("tags within tags", with_sheet(part(SHEET, deep.as_bytes())), "xlsx_deep"),
        ("a password", with_sheet(locked), "xlsx_locked"),
        (
            "a cell far right",
            workbook(&rows("<row r=\"2\"><c r=\"XFD2\" t=\"str\"><v>x</v></c></row>"), "<sst/>"),
            "file_columns",
        ),
    ] {
        let before = peak_kib();
        let error = read(&bytes, &fields(), &limits).unwrap_err();
        assert_eq!(error.code, code, "{what}: {error}");
        assert!(peak_kib() - before < 100 * 1024, "{what}: grew by {} KiB", peak_kib() - before);
    }
}
