//! Draws papers of many shapes into a folder, to look at, and says how long each took:
//! `cargo run --profile demo -p aftercare -p documents --example papers -- FOLDER [PROGRAM]`. With the path of `aftercare`, each is also drawn the way
//! a node does it, by a process of its own, and timed again.

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use documents::{Check, LabelSize, Press, ServiceOrder, Sheet, Signature, Template, draw, sample};
use kit::Lang;

fn orders(lang: Lang) -> Vec<(&'static str, ServiceOrder)> {
    let of = |lines| sample::service_order(lang, lines);
    let mut long = of(6);
    for fact in &mut long.facts {
        fact.value = match lang {
            Lang::ZhCn => {
                format!("{}，{}", fact.value, "新疆维吾尔自治区克孜勒苏柯尔克孜自治州人民医院".repeat(3))
            }
            Lang::En => format!(
                "{}, {}",
                fact.value,
                "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".repeat(2)
            ),
        };
    }
    long.engineer = long.engineer.repeat(5);
    long.letterhead.company = long.letterhead.company.repeat(4);
    let mut refused = of(2);
    let lines = match lang {
        Lang::ZhCn => {
            ["客户拒绝签字", "对第二项费用有异议，要求与采购部门确认后再签", "见证人 王芳 · 2026-10-09 17:20"]
        }
        Lang::En => [
            "The customer refused to sign",
            "Disputes the second charge",
            "Witness Wang Fang · 2026-10-09 17:20",
        ],
    };
    refused.signature =
        Some(Signature { refused: true, lines: lines.map(String::from).to_vec(), strokes: None });
    let mut waived = of(3);
    for line in &mut waived.lines {
        (line.waived, line.customer_pays) = (line.amount.clone(), "¥0.00".into());
    }
    let mut draft = of(0);
    (draft.signature, draft.proof_url, draft.quote) = (None, None, None);
    draft.state = Some(
        if lang == Lang::ZhCn {
            "草稿：尚未出示给客户"
        } else {
            "Draft: not shown to the customer yet"
        }
        .into(),
    );
    let mut busy = of(12);
    let check = |at: usize| Check {
        result: if at % 5 == 4 { "failed" } else { "done" },
        text: if lang == Lang::ZhCn {
            format!("检查项 {at}：地感与防砸功能试验")
        } else {
            format!("Step {at}: loop and anti-crush test")
        },
    };
    busy.checks = (1..=24).map(check).collect();
    vec![
        ("1-line", of(1)),
        ("12-lines", of(12)),
        ("12-lines-24-checks", busy),
        ("40-lines", of(40)),
        ("long-names", long),
        ("refused", refused),
        ("waived", waived),
        ("draft", draft),
    ]
}

fn sheets(lang: Lang) -> Result<Vec<(String, Sheet)>, Box<dyn Error>> {
    let mut all: Vec<_> = orders(lang)
        .into_iter()
        .map(|(name, order)| (format!("service-order-{name}"), order.sheet()))
        .collect();
    all.push(("acceptance".into(), sample::acceptance(lang).sheet()));
    for (name, size, count) in
        [("a4", LabelSize::A4, 24), ("roll", LabelSize::Roll50x30, 3), ("most", LabelSize::A4, 480)]
    {
        all.push((
            format!("labels-{name}"),
            sample::labels(lang, size, count).sheet().map_err(|e| format!("{e:?}"))?,
        ));
    }
    Ok(all)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("papers FOLDER [PROGRAM]")?;
    let press = arguments.next().map(|program| Press::new(Path::new("none"), &program));
    std::fs::create_dir_all(&folder)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<44}{:>6}{:>9}{:>10}{:>10}", "paper", "pages", "bytes", "here ms", "apart ms")?;
    for lang in Lang::ALL {
        for (name, sheet) in sheets(lang)? {
            let begun = Instant::now();
            let printed = draw(&sheet, sheet.paper.template()).map_err(|fault| fault.to_string())?;
            let here = begun.elapsed();
            let begun = Instant::now();
            let apart = match &press {
                None => "-".into(),
                Some(press) => {
                    let again = press.print(sheet, Template::BuiltIn).await.map_err(|e| format!("{e:?}"))?;
                    let took = begun.elapsed().as_millis().to_string();
                    if again == printed {
                        took
                    } else {
                        return Err(format!("{name} is another paper").into());
                    }
                }
            };
            let name = format!("{name}-{}", lang.tag());
            writeln!(
                out,
                "{name:<44}{:>6}{:>9}{:>10}{apart:>10}",
                printed.pages,
                printed.pdf.len(),
                here.as_millis()
            )?;
            std::fs::write(folder.join(format!("{name}.pdf")), printed.pdf)?;
        }
    }
    Ok(())
}
