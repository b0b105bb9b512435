//! The service order on paper: drawn from the same canonical document as the screen, with words of one language.
//!
//! What people wrote is kept as it was signed, but private numbers in it are not printed (P68).

use documents::{
    Check, Fact, Finding, Letterhead, Line, ServiceOrder as Paper, Signature, money, quantity, strokes_svg,
    time,
};
use kit::{Both, Lang, Ts};

use crate::checklist::Answer;
use crate::document::{ItemPart, ServiceOrder};
use crate::model::SignatureOutcome;
use crate::views::{ServiceOrderView, SignatureView};

/// Where the page stands that says whether a paper is genuine, below the base URL; the document's digest follows.
pub(crate) const PROOF_PATH: &str = "/p/";

/// The paper of a service order. `base_url` is how the outside reaches the system.
pub(crate) fn paper(view: &ServiceOrderView, letterhead: Letterhead, lang: Lang, base_url: &str) -> Paper {
    let of = &view.document;
    let words = Words { lang, zone: &of.site.zone };
    let currency = &of.totals.currency;
    let state = match (&view.signature, view.shown_at) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(words.paper("state.shown")),
        (None, None) => Some(words.paper("state.draft")),
    };
    Paper {
        lang,
        letterhead,
        number: of.number.clone(),
        state,
        facts: facts(&words, view),
        findings: of
            .findings
            .iter()
            .map(|finding| Finding {
                facts: vec![
                    words.fact("found", &masked(&finding.text)),
                    words.fact("cause", &cause(&words, view, &finding.cause_code)),
                    words.fact("action", &masked(&finding.action)),
                ],
            })
            .collect(),
        notes: notes(&words, of),
        checks: of.checklist.items.iter().map(|item| check(&words, item)).collect(),
        verdict: verdict(&words, of),
        reasons: of
            .coverage
            .iter()
            .flat_map(|c| &c.reasons)
            .map(|reason| coverage::without_ids(&reason.in_lang(lang)))
            .collect(),
        lines: of
            .lines
            .iter()
            .map(|line| Line {
                item: match &line.covered_until {
                    None => line.description.in_lang(lang),
                    Some(day) => format!(
                        "{} ({})",
                        line.description.in_lang(lang),
                        words.filled("paper.covered_until", &[("date", day.clone())])
                    ),
                },
                kind: words.code("charge", &line.kind),
                quantity: quantity(line.quantity_milli),
                price: money(line.price_minor, currency),
                amount: money(line.amount_minor, currency),
                waived: if line.waived_minor > 0 { money(line.waived_minor, currency) } else { "—".into() },
                customer_pays: money(line.customer_minor, currency),
                payer: words.code("payer", line.payer.as_deref().unwrap_or("undecided")),
            })
            .collect(),
        by_kind: by_kind(&words, of),
        sums: sums(&words, of),
        quote: of.quote.as_ref().map(|quote| {
            let values = [("name", quote.signer_name.clone()), ("time", words.at(quote.signed_at))];
            words.filled("paper.quote", &values)
        }),
        signature: view.signature.as_ref().map(|signature| signed(&words, signature)),
        engineer: format!("{} ({})", of.parties.engineer, of.parties.badge_number),
        sha256: view.sha256.clone(),
        proof_url: view.shown_at.map(|_| format!("{base_url}{PROOF_PATH}{}", view.sha256)),
        zone: of.site.zone.clone(),
        made_at: view.shown_at.unwrap_or(of.fault.reported_at),
    }
}

struct Words<'a> {
    lang: Lang,
    zone: &'a str,
}

impl Words<'_> {
    fn filled(&self, key: &str, values: &[(&str, String)]) -> String {
        let key = format!("visits.{key}");
        kit::texts::text(self.lang, &key, values).unwrap_or(key)
    }

    fn paper(&self, key: &str) -> String {
        self.filled(&format!("paper.{key}"), &[])
    }

    // A code of the data in words; a code without words is printed as it is.
    fn code(&self, head: &str, code: &str) -> String {
        kit::texts::text(self.lang, &format!("visits.{head}.{code}"), &[]).unwrap_or_else(|| code.to_owned())
    }

    fn fact(&self, key: &'static str, value: &str) -> Fact {
        Fact::new(key, self.paper(key), value)
    }

    fn both(&self, text: &Both) -> String {
        text.in_lang(self.lang)
    }

    fn at(&self, at: Ts) -> String {
        time(at, self.zone)
    }
}

// Private numbers and accounts that somebody wrote into a text (P68).
fn masked(text: &str) -> String {
    cases::rules::mask_private(text).map_or_else(|| text.to_owned(), |masked| masked.text)
}

// A cause of the company's own has its name in its catalogue.
fn cause(words: &Words<'_>, view: &ServiceOrderView, code: &str) -> String {
    view.cause_names.get(code).map_or_else(|| words.code("cause", code), |name| words.both(name))
}

fn joined(parts: &[&str]) -> String {
    let there: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    there.join(" · ")
}

fn facts(words: &Words<'_>, view: &ServiceOrderView) -> Vec<Fact> {
    let of = &view.document;
    let at = |instant: Option<Ts>| instant.map_or_else(|| "—".to_owned(), |instant| words.at(instant));
    let (parties, site) = (&of.parties, &of.site);
    let asset = of.asset.as_ref().map_or_else(
        || "—".to_owned(),
        |asset| {
            let accepted = asset
                .accepted_on
                .as_ref()
                .map(|day| words.filled("paper.accepted_on", &[("date", day.clone())]))
                .unwrap_or_default();
            joined(&[&words.both(&asset.name), &asset.model, &asset.serial, &accepted])
        },
    );
    let mut facts = vec![
        words.fact("customer", &format!("{} ({})", parties.customer, parties.customer_number)),
        words.fact(
            "engineer",
            &format!("{} ({}) · {}", parties.engineer, parties.badge_number, words.both(&parties.unit)),
        ),
        words.fact("site", &joined(&[&site.name, &masked(&site.place), &site.address])),
        words.fact("asset", &asset),
        words.fact("fault", &masked(&of.fault.symptom)),
        words.fact("reported_at", &words.at(of.fault.reported_at)),
        words.fact("agreed_at", &at(of.fault.onsite_agreed_at)),
        words.fact("arrived_at", &at(of.times.arrived_at)),
        words.fact("left_at", &at(view.left_at)),
    ];
    facts.extend(of.times.self_checked_at.map(|checked| words.fact("self_checked_at", &words.at(checked))));
    for earlier in &of.times.earlier_visits {
        let value = format!("{} – {}", at(earlier.arrived_at), at(earlier.left_at));
        facts.push(Fact::new("earlier_visit", words.paper("earlier_visit"), value));
    }
    facts
}

fn notes(words: &Words<'_>, of: &ServiceOrder) -> Vec<String> {
    let mut notes = Vec::new();
    if !of.old_parts.is_empty() {
        let list: Vec<String> = of
            .old_parts
            .iter()
            .map(|part| {
                let serial = part.serial.as_deref().map(|serial| format!(" {serial}")).unwrap_or_default();
                format!("{}{serial} × {} {}", part.name, part.quantity, words.code("fate", part.fate.name()))
            })
            .collect();
        notes.push(words.filled("paper.old_parts", &[("list", list.join("; "))]));
    }
    if !of.guidance.is_empty() {
        let list: Vec<String> = of
            .guidance
            .iter()
            .map(|guidance| {
                let values = [
                    ("who", masked(&guidance.who)),
                    ("topic", masked(&guidance.topic)),
                    ("minutes", guidance.minutes.to_string()),
                ];
                words.filled("paper.guidance.one", &values)
            })
            .collect();
        notes.push(words.filled("paper.guidance", &[("list", list.join("; "))]));
    }
    notes
}

fn check(words: &Words<'_>, item: &ItemPart) -> Check {
    let step = words.both(&item.text);
    let result = item.answer.as_ref().map_or("open", Answer::name);
    let note = match &item.answer {
        Some(Answer::Done { note }) => note.clone().unwrap_or_default(),
        Some(Answer::Failed { note }) => note.clone(),
        Some(Answer::Skipped { reason }) => reason.clone(),
        None => String::new(),
    };
    let said = if result == "done" { String::new() } else { words.code("result", result) };
    let more = joined(&[&said, &masked(note.trim())]);
    Check { result, text: if more.is_empty() { step } else { format!("{step} ({more})") } }
}

fn verdict(words: &Words<'_>, of: &ServiceOrder) -> String {
    let Some(coverage) = &of.coverage else { return words.paper("no_coverage") };
    let verdict = words.code("verdict", &coverage.verdict);
    let Some(until) = &coverage.until else { return verdict };
    let key = if coverage.verdict == "covered" { "paper.covered_until" } else { "paper.cover_ended" };
    joined(&[&verdict, &words.filled(key, &[("date", until.clone())])])
}

fn by_kind(words: &Words<'_>, of: &ServiceOrder) -> Vec<Fact> {
    let mut kinds: Vec<(&str, i64)> = Vec::new();
    for line in &of.lines {
        match kinds.iter_mut().find(|(kind, _)| *kind == line.kind) {
            Some((_, sum)) => *sum = sum.saturating_add(line.customer_minor),
            None => kinds.push((&line.kind, line.customer_minor)),
        }
    }
    if kinds.len() < 2 {
        return Vec::new();
    }
    let fact = |(kind, sum)| Fact::new("kind", words.code("charge", kind), money(sum, &of.totals.currency));
    kinds.into_iter().map(fact).collect()
}

fn sums(words: &Words<'_>, of: &ServiceOrder) -> Vec<Fact> {
    let totals = &of.totals;
    let sum = |minor: i64| money(minor, &totals.currency);
    let minus = if totals.waived_minor > 0 { "−" } else { "" };
    let mut sums = vec![
        words.fact("list_total", &sum(totals.amount_minor)),
        words.fact("waived_total", &format!("{minus}{}", sum(totals.waived_minor))),
        words.fact("total", &sum(totals.customer_minor)),
        words.fact("capitals", &totals.customer_in_capitals),
    ];
    if totals.tax_minor > 0 {
        sums.push(words.fact("tax", &sum(totals.tax_minor)));
    }
    sums
}

fn signed(words: &Words<'_>, signature: &SignatureView) -> Signature {
    let time = words.at(signature.at);
    match signature.outcome {
        SignatureOutcome::Signed => Signature {
            refused: false,
            lines: vec![joined(&[signature.signer_name.as_deref().unwrap_or_default(), &time])],
            strokes: signature.strokes.as_ref().and_then(strokes_svg),
        },
        SignatureOutcome::Refused => {
            let witness = signature.witness.clone().unwrap_or_default();
            let lines = vec![
                words.paper("refused"),
                masked(signature.reason.as_deref().unwrap_or_default()),
                words.filled("paper.witness", &[("name", masked(&witness)), ("time", time)]),
            ];
            Signature { refused: true, lines, strokes: None }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::checklist::Section;
    use crate::document::{
        CoveragePart, FindingPart, GuidancePart, Line as Charge, OldPart, Parties, SitePart, Times, Totals,
    };
    use crate::model::{OldPartFate, WorkOrderKind};

    fn view(charges: Vec<Charge>) -> ServiceOrderView {
        let at = |minute: i64| Ts(1_791_500_000 * Ts::SECOND + minute * Ts::MINUTE);
        let done = |text: &str, answer| ItemPart {
            section: Section::Work,
            text: Both::new(text, format!("{text} en")),
            answer,
        };
        let document = ServiceOrder {
            format: crate::document::FORMAT.into(),
            number: "FW20261009-0001".into(),
            visit_number: "FW20261009-0001-1".into(),
            case_number: "GD1".into(),
            kind: WorkOrderKind::Repair,
            parties: Parties {
                unit: Both::new("东区服务处", "East"),
                engineer: "甲".into(),
                badge_number: "GH0031".into(),
                customer: "某医院".into(),
                customer_number: "KH1".into(),
            },
            site: SitePart {
                name: "停车场".into(),
                address: "人民路 188 号".into(),
                place: "东口，找王工 13812341234".into(),
                zone: "Asia/Shanghai".into(),
            },
            asset: None,
            fault: crate::document::FaultPart {
                symptom: "不落杆，电话13812341234".into(),
                severity: None,
                reported_at: at(0),
                onsite_agreed_at: None,
            },
            findings: vec![FindingPart {
                text: "微信 wangwu_88 发来的照片".into(),
                fault_code: None,
                cause_code: "wear".into(),
                action: "换碳刷，客户手机 138 1234 1234".into(),
            }],
            checklist: crate::document::ChecklistPart {
                title: Both::new("维修", "Repair"),
                version: 1,
                items: vec![
                    done("断电", Some(Answer::Done { note: None })),
                    done("清洁", Some(Answer::Skipped { reason: "客户不同意，13812341234".into() })),
                    done("电池", Some(Answer::Failed { note: "电压低".into() })),
                    done("外观", None),
                ],
            },
            old_parts: vec![OldPart {
                name: "碳刷".into(),
                serial: Some("SN13812341234".into()),
                quantity: 2,
                fate: OldPartFate::Returned,
            }],
            guidance: vec![GuidancePart {
                who: "李工 13812341234".into(),
                topic: "手动抬杆".into(),
                minutes: 10,
            }],
            photos: Vec::new(),
            coverage: Some(CoveragePart {
                decision_id: "d".into(),
                verdict: "covered".into(),
                clause: None,
                until: Some("2027-03-06".into()),
                exclusions: Vec::new(),
                reasons: vec![Both::new("三年保修", "Three years")],
                policy_version: 1,
            }),
            totals: Totals::of(&charges, "CNY").unwrap(),
            lines: charges,
            times: Times {
                window_start: at(60),
                window_end: at(120),
                departed_at: None,
                arrived_at: Some(at(70)),
                started_at: None,
                self_checked_at: None,
                earlier_visits: Vec::new(),
            },
            quote: None,
        };
        ServiceOrderView {
            document,
            sha256: "ab".repeat(32),
            shown_at: Some(at(90)),
            signature: None,
            left_at: None,
            invoice: None,
            cause_names: BTreeMap::from([("ant_nest".into(), Both::new("虫蚁筑巢", "Ants’ nest"))]),
        }
    }

    fn charge(kind: &str, amount: i64, customer: i64) -> Charge {
        Charge {
            id: format!("{kind}{amount}"),
            kind: kind.into(),
            description: Both::new("检测", "Inspection"),
            quantity_milli: 1500,
            price_minor: amount,
            amount_minor: amount,
            waived_minor: amount - customer,
            customer_minor: customer,
            tax_minor: 0,
            tax_ppm: 130_000,
            tax_included: true,
            payer: Some(if customer > 0 { "customer" } else { "company" }.into()),
            source: "price".into(),
            covered_until: None,
        }
    }

    #[test]
    fn p68_no_private_number_is_printed_and_serials_are() {
        for lang in Lang::ALL {
            let paper = paper(&view(vec![]), Letterhead::default(), lang, "https://s.example.cn");
            let mut text = format!("{paper:?}");
            assert!(text.contains("SN13812341234"), "a serial is no telephone number");
            text = text.replace("SN13812341234", "");
            for private in ["13812341234", "138 1234 1234", "wangwu_88"] {
                assert!(!text.contains(private), "{private} in {text}");
            }
        }
    }

    #[test]
    fn p70_the_paper_says_every_line_its_payer_what_was_waived_and_the_sum_in_capitals() {
        let charges = vec![charge("labour", 192_000, 0), charge("parts", 128_000, 128_000)];
        let paper = paper(&view(charges), Letterhead::default(), Lang::ZhCn, "https://s.example.cn");
        let [free, paid] = &paper.lines[..] else { panic!("two lines") };
        assert_eq!(
            (free.kind.as_str(), free.waived.as_str(), free.customer_pays.as_str(), free.payer.as_str()),
            ("工时", "¥1,920.00", "¥0.00", "公司承担")
        );
        assert_eq!(
            (paid.quantity.as_str(), paid.waived.as_str(), paid.customer_pays.as_str(), paid.payer.as_str()),
            ("1.5", "—", "¥1,280.00", "客户承担")
        );
        let sum = |key| paper.sums.iter().find(|sum| sum.key == key).map(|sum| sum.value.as_str());
        assert_eq!(sum("total"), Some("¥1,280.00"));
        assert_eq!(sum("waived_total"), Some("−¥1,920.00"));
        assert_eq!(sum("capitals"), Some("壹仟贰佰捌拾元整"));
        assert_eq!(paper.verdict, "保内 · 保至 2027-03-06");
        assert_eq!(paper.proof_url, Some(format!("https://s.example.cn/p/{}", "ab".repeat(32))));
        assert_eq!(paper.state.as_deref(), Some("已出示，待签字"));
    }

    #[test]
    fn a_cause_is_printed_by_the_name_of_the_companys_catalogue() {
        for (code, printed) in [("wear", "老化、磨损"), ("ant_nest", "虫蚁筑巢"), ("gone", "gone")] {
            let mut view = view(vec![]);
            view.document.findings[0].cause_code = code.into();
            let paper = paper(&view, Letterhead::default(), Lang::ZhCn, "");
            assert_eq!(paper.findings[0].facts[1].value, printed);
        }
    }

    #[test]
    fn p73_each_step_is_printed_with_its_result() {
        let paper = paper(&view(vec![]), Letterhead::default(), Lang::ZhCn, "");
        let steps: Vec<_> = paper.checks.iter().map(|check| (check.result, check.text.as_str())).collect();
        assert_eq!(steps[0], ("done", "断电"));
        assert_eq!(steps[2], ("failed", "电池 (不合格 · 电压低)"));
        assert_eq!(steps[3], ("open", "外观 (未填)"));
        assert!(steps[1].1.starts_with("清洁 (跳过 · 客户不同意"), "{steps:?}");
    }
}
