//! What every paper keeps to, whatever stands on it.

use kit::Lang;
use typst_library::layout::{Frame, FrameItem, Point, Transform};

use crate::labels::LabelSize;
use crate::sheet::{Paper, Sheet, Signature};
use crate::world::lay_out;
use crate::{draw, sample};

fn text_of(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn p70_a_service_order_of_twelve_lines_is_one_page_of_a4_with_text_that_can_be_copied() {
    for (lang, words) in [
        (
            Lang::ZhCn,
            [
                "服务单",
                "FW20261009-0007",
                "壹万壹仟伍佰贰拾元整",
                "道闸机芯总成",
                "¥11,520.00",
                "售后服务专用章",
            ],
        ),
        (
            Lang::En,
            [
                "Serviceorder",
                "FW20261009-0007",
                "壹万壹仟伍佰贰拾元整",
                "Barrierdriveassembly",
                "¥11,520.00",
                "Serviceseal",
            ],
        ),
    ] {
        let printed =
            draw(&sample::sheet(Paper::ServiceOrder, lang), Paper::ServiceOrder.template()).unwrap();
        assert_eq!(printed.pages, 1, "{}", lang.tag());
        let text = text_of(&printed.pdf);
        for word in words {
            assert!(text.contains(word), "{word} is missing in {text}");
        }
        assert!(text.contains("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
        let document = lopdf::Document::load_mem(&printed.pdf).unwrap();
        let page = document.get_dictionary(*document.get_pages().values().next().unwrap()).unwrap();
        let size: Vec<f32> = page
            .get(b"MediaBox")
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_float().unwrap())
            .collect();
        assert!((size[2] - 595.28).abs() < 0.1 && (size[3] - 841.89).abs() < 0.1, "A4, not {size:?}");
    }
    let long = sample::service_order(Lang::ZhCn, 60).sheet();
    let printed = draw(&long, Paper::ServiceOrder.template()).unwrap();
    assert!(printed.pages > 1, "more lines go on");
    assert!(printed.pdf.windows(9).any(|w| w == b"pdfaid:pa"), "an archive's PDF (PDF/A) says so");
}

#[test]
fn the_same_paper_gives_the_same_bytes_and_another_language_others() {
    for paper in Paper::ALL {
        let print = |lang| draw(&sample::sheet(paper, lang), paper.template()).unwrap().pdf;
        let first = print(Lang::ZhCn);
        assert_eq!(first, print(Lang::ZhCn), "{}", paper.name());
        assert_ne!(first, print(Lang::En), "{}", paper.name());
    }
}

#[test]
fn p72_a_refused_signature_and_a_draft_are_papers_too() {
    let mut refused = sample::service_order(Lang::ZhCn, 2);
    let lines = ["客户拒绝签字", "对费用有异议", "见证人 王芳 · 2026-10-09 17:20"].map(String::from).to_vec();
    refused.signature = Some(Signature { refused: true, lines, strokes: None });
    let text = text_of(&draw(&refused.sheet(), Paper::ServiceOrder.template()).unwrap().pdf);
    assert!(text.contains("客户拒绝签字") && text.contains("见证人王芳"), "{text}");

    let mut draft = sample::service_order(Lang::En, 0);
    (draft.signature, draft.proof_url, draft.quote) = (None, None, None);
    draft.state = Some("Draft: not shown".into());
    (draft.findings, draft.notes, draft.checks, draft.letterhead.hotline) = (vec![], vec![], vec![], None);
    let text = text_of(&draw(&draft.sheet(), Paper::ServiceOrder.template()).unwrap().pdf);
    assert!(text.contains("Draft:notshown") && text.contains("Nocharges"), "{text}");
}

#[test]
fn rare_names_have_their_characters_and_one_that_no_font_has_stops_no_paper() {
    let print = |engineer: &str| {
        let mut paper = sample::service_order(Lang::ZhCn, 1);
        paper.engineer = engineer.into();
        draw(&paper.sheet(), Paper::ServiceOrder.template()).unwrap().pdf
    };
    let archive = |pdf: &[u8]| pdf.windows(11).any(|w| w == b"pdfaid:part");
    // PDF/A is refused by the typesetter when a character has no glyph: so this says that all of these have one.
    let rare = print("龚䶮 喆堃玥祎昇 𬭎𫟼 㑊㕮㛃㠇䗴䣘");
    assert!(archive(&rare) && text_of(&rare).contains("龚䶮喆堃玥祎昇"));
    // The last of a private use area is in no font.
    let unknown = print("龚\u{10fffd}");
    assert!(!archive(&unknown) && text_of(&unknown).contains("龚"));
}

// Every run of text on a page with its box: left, top, right, bottom in points.
fn boxes(frame: &Frame, at: Point, found: &mut Vec<(String, [f64; 4])>) {
    for (place, item) in frame.items() {
        let here = Point::new(at.x + place.x, at.y + place.y);
        match item {
            FrameItem::Group(group) => {
                assert!(group.transform.is_only_translate() || group.transform == Transform::identity());
                let moved = Point::new(here.x + group.transform.tx, here.y + group.transform.ty);
                boxes(&group.frame, moved, found);
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                // From the top of a Chinese character to a little below the line.
                let (up, down) = (text.size.to_pt() * 0.80, text.size.to_pt() * 0.05);
                let (x, y) = (here.x.to_pt(), here.y.to_pt());
                found.push((text.text.to_string(), [x, y - up, x + text.width().to_pt(), y + down]));
            }
            _ => {}
        }
    }
}

fn overlaps(sheet: &Sheet) -> Vec<(String, String)> {
    lay_out(sheet, sheet.paper.template(), |document| {
        let mut clashes = Vec::new();
        for page in document.pages() {
            let mut found = Vec::new();
            boxes(&page.frame, Point::zero(), &mut found);
            assert!(found.len() > 4, "there is text on the page");
            let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
            for (at, (text, a)) in found.iter().enumerate() {
                if a[0] < -0.1 || a[1] < -0.1 || a[2] > width + 0.1 || a[3] > height + 0.1 {
                    clashes.push((text.clone(), "the edge of the paper".to_owned()));
                }
                for (other, b) in &found[at + 1..] {
                    let across = a[2].min(b[2]) - a[0].max(b[0]);
                    let down = a[3].min(b[3]) - a[1].max(b[1]);
                    if across > 0.5 && down > 0.5 {
                        clashes.push((text.clone(), other.clone()));
                    }
                }
            }
        }
        Ok(clashes)
    })
    .unwrap()
}

#[test]
fn long_names_wrap_and_nothing_lies_on_anything_else() {
    for lang in Lang::ALL {
        let mut order = sample::service_order(lang, 12);
        for fact in &mut order.facts {
            fact.value = format!("{} {}", fact.value, "很长的名称".repeat(20));
        }
        order.facts[0].value = "W".repeat(200);
        order.engineer = "阿卜杜热西提".repeat(8);
        order.lines[0].item = "X".repeat(150);
        order.letterhead.company = "示例停车设备股份有限公司".repeat(6);
        assert_eq!(overlaps(&order.sheet()), [], "service order, {}", lang.tag());

        let mut acceptance = sample::acceptance(lang);
        acceptance.assets[0] = ["长名".repeat(30), "M".repeat(80), "S".repeat(64), "9".repeat(64)];
        acceptance.state = Some("撤销原因".repeat(40));
        assert_eq!(overlaps(&acceptance.sheet()), [], "acceptance, {}", lang.tag());

        for size in [LabelSize::A4, LabelSize::Roll50x30] {
            let labels = sample::labels(lang, size, 25);
            assert_eq!(overlaps(&labels.sheet().unwrap()), [], "labels {size:?}, {}", lang.tag());
        }
    }
}

#[test]
fn labels_fill_sheets_of_twenty_four_from_the_first_free_place_and_a_roll_one_by_one() {
    let pages = |size, count, skip| {
        let mut labels = sample::labels(Lang::ZhCn, size, count);
        labels.skip = skip;
        draw(&labels.sheet().unwrap(), Paper::Labels.template()).unwrap().pages
    };
    assert_eq!(pages(LabelSize::A4, 24, 0), 1);
    assert_eq!(pages(LabelSize::A4, 24, 1), 2);
    assert_eq!(pages(LabelSize::A4, 1, 23), 1);
    assert_eq!(pages(LabelSize::Roll50x30, 3, 0), 3);
    let none = sample::labels(Lang::ZhCn, LabelSize::A4, 0).sheet().unwrap_err();
    assert_eq!(none.refusal().code, "labels_count");
    assert!(sample::labels(Lang::ZhCn, LabelSize::A4, 481).sheet().is_err());
}

#[test]
fn a_broken_template_is_told_with_its_line_and_reaches_no_file_and_no_package() {
    let sheet = sample::sheet(Paper::ServiceOrder, Lang::ZhCn);
    let fault = |template: &str| draw(&sheet, template).unwrap_err();
    let broken = fault("#let d = json(\"/data.json\")\n\n#d.nothing_of_that_name");
    assert_eq!(broken.line, Some(3), "{broken}");
    assert!(broken.to_string().starts_with("line 3, column "), "{broken}");
    assert_eq!(fault("= Title\n#let x = (").line, Some(2));
    let canary = std::env::temp_dir().join("aftercare-canary.txt");
    std::fs::write(&canary, "canary").unwrap();
    for path in ["/etc/passwd", "../../../../etc/passwd", "Cargo.toml", canary.to_str().unwrap()] {
        let refused = fault(&format!("#read(\"{path}\")"));
        assert_eq!(refused.line, Some(1), "{path}: {refused}");
        assert!(!refused.message.contains("canary\""), "{refused}");
    }
    std::fs::remove_file(&canary).unwrap();
    let package = fault("#import \"@preview/cetz:0.3.4\"");
    assert!(package.message.contains("package not found"), "{package}");
    assert!(draw(&sheet, "#datetime.today().display()").is_ok_and(|p| p.pages == 1), "the document's day");
}
