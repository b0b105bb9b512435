//! Sample papers: to try a template with, long where reality is long.

use kit::{Lang, Ts};

use crate::labels::{Label, LabelSize, Labels};
use crate::sheet::{
    Acceptance, Check, Fact, Finding, Letterhead, Line, Paper, ServiceOrder, Sheet, Signature,
};
use crate::words::{money, text};

/// 2026-10-09 17:20 in Shanghai.
const AT: Ts = Ts(1_791_537_600 * Ts::SECOND);
const DIGEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A sample of a paper, in one language.
#[must_use]
pub fn sheet(paper: Paper, lang: Lang) -> Sheet {
    match paper {
        Paper::ServiceOrder => service_order(lang, 12).sheet(),
        Paper::Acceptance => acceptance(lang).sheet(),
        // The number of labels is within the limit.
        Paper::Labels => labels(lang, LabelSize::A4, 5).sheet().unwrap_or_else(|_| unreachable!()),
    }
}

fn letterhead(lang: Lang) -> Letterhead {
    let company = either(lang, "示例停车设备股份有限公司", "Example Parking Equipment Ltd");
    Letterhead { company, hotline: Some("400-000-0000".into()) }
}

fn either(lang: Lang, zh_cn: &str, en: &str) -> String {
    match lang {
        Lang::ZhCn => zh_cn.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn signature(lang: Lang) -> Signature {
    let stroke = |points: &[(u32, u32)]| -> serde_json::Value {
        points.iter().map(|(x, y)| serde_json::json!({ "x": x, "y": y })).collect()
    };
    let strokes = serde_json::json!([
        stroke(&[(20, 30), (70, 26), (120, 34)]),
        stroke(&[(68, 8), (72, 60), (50, 96), (24, 110)]),
        stroke(&[(72, 50), (100, 90), (140, 108)]),
        stroke(&[(170, 40), (230, 30), (220, 70), (180, 100), (250, 96)]),
    ]);
    Signature {
        refused: false,
        lines: vec![format!("{} · 2026-10-09 17:20", either(lang, "周敏", "Zhou Min"))],
        strokes: crate::strokes_svg(&strokes),
    }
}

/// A sample service order with so many charges.
#[must_use]
pub fn service_order(lang: Lang, lines: i64) -> ServiceOrder {
    let word = |key: &str| text(lang, &format!("visits.paper.{key}"), &[]);
    let fact = |key: &'static str, zh_cn: &str, en: &str| Fact::new(key, word(key), either(lang, zh_cn, en));
    let yuan = |minor: i64| money(minor, "CNY");
    let charges = (0..lines).map(|at| Line {
        item: if at % 4 == 1 {
            either(
                lang,
                "道闸机芯总成（含减速箱与平衡弹簧，适用 BG-500 系列）",
                "Barrier drive assembly with gearbox and balance spring, BG-500 series",
            )
        } else {
            either(lang, "检测与调试工时", "Inspection and adjustment")
        },
        kind: text(lang, if at % 4 == 1 { "visits.charge.parts" } else { "visits.charge.labour" }, &[]),
        quantity: "1.5".into(),
        price: yuan(128_000),
        amount: yuan(192_000),
        waived: if at % 2 == 0 { yuan(192_000) } else { "—".into() },
        customer_pays: if at % 2 == 0 { yuan(0) } else { yuan(192_000) },
        payer: text(lang, if at % 2 == 0 { "visits.payer.company" } else { "visits.payer.customer" }, &[]),
    });
    ServiceOrder {
        lang,
        letterhead: letterhead(lang),
        number: "FW20261009-0007".into(),
        state: None,
        facts: vec![
            fact(
                "customer",
                "某市中心医院（门诊与住院综合楼停车场项目） (KH00012)",
                "Central Hospital, outpatient and inpatient car park project (KH00012)",
            ),
            fact("engineer", "张伟 (GH0031) · 东区服务处", "Zhang Wei (GH0031) · East service office"),
            fact(
                "site",
                "地下停车场 · B2 层东侧出口 2 号车道 · 示例省某市示例区人民路一百八十八号综合楼地下二层靠近电梯厅一侧",
                "Underground car park · level B2, east exit, lane 2 · 188 Renmin Road",
            ),
            fact(
                "asset",
                "智能道闸 · BG-500 · SN2024030700123456789ABCDEF · 验收 2024-03-07",
                "Smart barrier · BG-500 · SN2024030700123456789ABCDEF · accepted 2024-03-07",
            ),
            fact(
                "fault",
                "闸杆抬起后不落下，车辆驶离后道闸长时间保持开启状态",
                "The boom stays up after the car has left",
            ),
            fact("reported_at", "2026-10-09 09:12", "2026-10-09 09:12"),
            fact("arrived_at", "2026-10-09 13:05", "2026-10-09 13:05"),
            fact("left_at", "2026-10-09 17:25", "2026-10-09 17:25"),
        ],
        findings: vec![Finding {
            facts: vec![
                Fact::new(
                    "found",
                    word("found"),
                    either(
                        lang,
                        "地感线圈接头氧化，检测信号不稳定",
                        "The loop's joint is corroded, the signal unsteady",
                    ),
                ),
                Fact::new("cause", word("cause"), text(lang, "visits.cause.wiring", &[])),
                Fact::new(
                    "action",
                    word("action"),
                    either(
                        lang,
                        "重做接头并密封，更换机芯，连续测试 30 次正常",
                        "Joint made anew and sealed, drive replaced, tested 30 times",
                    ),
                ),
            ],
        }],
        notes: vec![either(
            lang,
            "旧件：机芯总成 SN88120 × 1 带回公司",
            "Old parts: drive assembly SN88120 × 1 returned to the company",
        )],
        checks: [
            ("done", "断电并挂牌", "Power off and tagged"),
            ("done", "地感检测正常", "Loop works"),
            ("skipped", "清洁外壳（跳过）", "Housing cleaned (skipped)"),
            ("failed", "备用电池（不合格）", "Spare battery (failed)"),
            ("open", "外观检查（未填）", "Looks (open)"),
        ]
        .into_iter()
        .map(|(result, zh_cn, en)| Check { result, text: either(lang, zh_cn, en) })
        .collect(),
        verdict: format!(
            "{} · {}",
            text(lang, "visits.verdict.covered", &[]),
            text(lang, "visits.paper.covered_until", &[("date", "2027-03-06".into())])
        ),
        reasons: vec![either(
            lang,
            "验收之日起三年内免费保修",
            "Free of charge for three years from the acceptance",
        )],
        lines: charges.collect(),
        by_kind: vec![
            Fact::new("labour", text(lang, "visits.charge.labour", &[]), yuan(576_000)),
            Fact::new("parts", text(lang, "visits.charge.parts", &[]), yuan(576_000)),
        ],
        sums: vec![
            Fact::new("list_total", word("list_total"), yuan(2_304_000)),
            Fact::new("waived_total", word("waived_total"), format!("−{}", yuan(1_152_000))),
            Fact::new("total", word("total"), yuan(1_152_000)),
            Fact::new("capitals", word("capitals"), "壹万壹仟伍佰贰拾元整"),
            Fact::new("tax", word("tax"), yuan(132_531)),
        ],
        quote: Some(text(
            lang,
            "visits.paper.quote",
            &[("name", either(lang, "周敏", "Zhou Min")), ("time", "2026-10-09 14:02".into())],
        )),
        signature: Some(signature(lang)),
        engineer: either(lang, "张伟 (GH0031)", "Zhang Wei (GH0031)"),
        sha256: DIGEST.into(),
        proof_url: Some(format!("https://service.example.cn/p/{DIGEST}")),
        zone: "Asia/Shanghai".into(),
        made_at: AT,
    }
}

/// A sample certificate.
#[must_use]
pub fn acceptance(lang: Lang) -> Acceptance {
    let word = |key: &str| text(lang, &format!("papers.acceptance.{key}"), &[]);
    let asset = |serial: &str| {
        [either(lang, "智能道闸", "Smart barrier"), "BG-500".into(), serial.into(), "3.2.1".into()]
    };
    Acceptance {
        lang,
        letterhead: letterhead(lang),
        number: "YS20240307-0001".into(),
        state: None,
        facts: vec![
            Fact::new("customer", word("customer"), either(lang, "某市中心医院", "Central Hospital")),
            Fact::new("site", word("site"), either(lang, "地下停车场", "Underground car park")),
            Fact::new(
                "address",
                word("address"),
                either(lang, "示例省某市示例区人民路 188 号", "188 Renmin Road"),
            ),
            Fact::new("accepted_on", word("accepted_on"), "2024-03-07"),
        ],
        assets: ["SN2024030700123456789ABCDEF", "SN20240307002", "SN20240307003"].map(asset).to_vec(),
        signature: signature(lang),
        sha256: DIGEST.into(),
        zone: "Asia/Shanghai".into(),
        made_at: AT,
        picture: None,
    }
}

/// So many sample labels.
#[must_use]
pub fn labels(lang: Lang, size: LabelSize, count: usize) -> Labels {
    let label = |at: usize| Label {
        label: format!("TX-{at:08}"),
        url: format!("https://service.example.cn/a/TX-{at:08}"),
        product: if at % 2 == 1 {
            either(lang, "智能道闸", "Smart barrier")
        } else {
            either(
                lang,
                "双通道高速人脸识别摆闸一体机（室外防水型）",
                "Two-lane high-speed turnstile with face recognition, outdoor",
            )
        },
        model: "BG-500".into(),
        serial: if at % 2 == 1 { format!("SN{at}") } else { "SN2024030700123456789ABCDEF0123".into() },
        site: either(
            lang,
            "某市中心医院门诊与住院综合楼地下停车场",
            "Central Hospital, underground car park",
        ),
    };
    Labels {
        lang,
        letterhead: letterhead(lang),
        size,
        skip: 0,
        labels: (1..=count).map(label).collect(),
        made_at: AT,
    }
}
