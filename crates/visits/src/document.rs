//! The canonical service order (P70, P72): what the customer sees, signs and gets printed, as one text of stored bytes.
//!
//! Facts are language-neutral; words of the company stand in both languages. Keys are sorted, numbers are integers, so the
//! same facts always give the same bytes and the same SHA-256. Screen and print draw from it, and `aftercare check`
//! hashes it again.

use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::checklist::{Answer, Section};
use crate::model::{EvidenceKind, OldPartFate, WorkOrderKind};

/// The format of the document; a change of meaning gets a new one.
pub const FORMAT: &str = "aftercare.service-order/1";

/// An itemised service order (P70).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServiceOrder {
    /// `aftercare.service-order/1`.
    pub format: String,
    /// The work order's number.
    pub number: String,
    /// The visit's number.
    pub visit_number: String,
    /// The case's number.
    pub case_number: String,
    /// What kind of job.
    pub kind: WorkOrderKind,
    /// Who serves and who is served.
    pub parties: Parties,
    /// Where.
    pub site: SitePart,
    /// On what.
    pub asset: Option<AssetPart>,
    /// What was reported.
    pub fault: FaultPart,
    /// What was found and done.
    pub findings: Vec<FindingPart>,
    /// Work steps and self-inspection (P24, P73).
    pub checklist: ChecklistPart,
    /// Removed parts and what became of them (P23).
    pub old_parts: Vec<OldPart>,
    /// What the customer's people were shown (P25). Left out when there is none, as in orders signed before it was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub guidance: Vec<GuidancePart>,
    /// Photos by content.
    pub photos: Vec<PhotoPart>,
    /// Whether it is free, and why.
    pub coverage: Option<CoveragePart>,
    /// Every charge with its source and payer (P26, P70).
    pub lines: Vec<Line>,
    /// Sums.
    pub totals: Totals,
    /// When.
    pub times: Times,
    /// The customer's word on the quote, before chargeable work (P22, P72).
    pub quote: Option<QuotePart>,
}

/// Who serves and who is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Parties {
    /// The unit of the company.
    pub unit: Both,
    /// The engineer's name.
    pub engineer: String,
    /// The number on the badge.
    pub badge_number: String,
    /// The customer's name.
    pub customer: String,
    /// The customer's number.
    pub customer_number: String,
}

/// Where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SitePart {
    /// The site's name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The place within it.
    pub place: String,
    /// Its IANA time zone: in which the times are printed.
    pub zone: String,
}

/// On what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssetPart {
    /// Serial number.
    pub serial: String,
    /// Model.
    pub model: String,
    /// What it is.
    pub name: Both,
    /// `YYYY-MM-DD`, if accepted.
    pub accepted_on: Option<String>,
}

/// What was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FaultPart {
    /// The symptom as the work order names it (P42).
    pub symptom: String,
    /// `major` or `normal`.
    pub severity: Option<String>,
    /// When it was reported.
    pub reported_at: Ts,
    /// When both sides agreed to a visit (P41).
    pub onsite_agreed_at: Option<Ts>,
}

/// What was found and done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindingPart {
    /// What was found.
    pub text: String,
    /// The fault's code.
    pub fault_code: Option<String>,
    /// The cause's code.
    pub cause_code: String,
    /// What was done.
    pub action: String,
}

/// The checklist as answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChecklistPart {
    /// Its name.
    pub title: Both,
    /// Its version.
    pub version: i64,
    /// The steps with their answers; the departure list is the company's own and isn't printed.
    pub items: Vec<ItemPart>,
}

/// A step with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemPart {
    /// Work or self-inspection.
    pub section: Section,
    /// The step.
    pub text: Both,
    /// The answer, if there is one.
    pub answer: Option<Answer>,
}

/// A removed part (P23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OldPart {
    /// Its name.
    pub name: String,
    /// Its serial number.
    pub serial: Option<String>,
    /// Pieces.
    pub quantity: i64,
    /// What became of it.
    pub fate: OldPartFate,
}

/// What somebody of the customer was shown (P25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GuidancePart {
    /// Who.
    pub who: String,
    /// What about.
    pub topic: String,
    /// How long.
    pub minutes: i64,
}

/// A photo by content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoPart {
    /// What it shows.
    pub kind: EvidenceKind,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Whether it is free, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CoveragePart {
    /// The stored decision.
    pub decision_id: String,
    /// `covered`, `chargeable` or `undecided`.
    pub verdict: String,
    /// The promise the verdict rests on, such as `P28`.
    pub clause: Option<String>,
    /// The last covered day, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Exclusions that were decided (P31-P34).
    pub exclusions: Vec<String>,
    /// The reasons, the deciding one first.
    pub reasons: Vec<Both>,
    /// The version of the service policy.
    pub policy_version: i64,
}

/// A charge (P26, P70).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// The charge.
    pub id: String,
    /// `labour`, `parts`, `travel`, …
    pub kind: String,
    /// What it is for.
    pub description: Both,
    /// Thousandths of a unit.
    pub quantity_milli: i64,
    /// List price of one unit in minor units.
    pub price_minor: i64,
    /// List price of the line.
    pub amount_minor: i64,
    /// What the company bears of it (P12).
    pub waived_minor: i64,
    /// What the customer pays.
    pub customer_minor: i64,
    /// The tax in what the customer pays.
    pub tax_minor: i64,
    /// Tax rate in parts per million.
    pub tax_ppm: i64,
    /// Whether the price includes tax.
    pub tax_included: bool,
    /// `customer` or `company`; absent while undecided.
    pub payer: Option<String>,
    /// Where the price comes from: a line of a price list or a signed quote.
    pub source: String,
    /// The last day of a sold part's own warranty, `YYYY-MM-DD` (P53). Left out for all else, as in orders signed before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub covered_until: Option<String>,
}

/// Sums over the lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ServiceDocumentTotals)]
pub struct Totals {
    /// ISO 4217.
    pub currency: String,
    /// At list price.
    pub amount_minor: i64,
    /// What the company bears.
    pub waived_minor: i64,
    /// What the customer pays.
    pub customer_minor: i64,
    /// The tax in it.
    pub tax_minor: i64,
    /// What the customer pays, in Chinese capitals.
    pub customer_in_capitals: String,
}

/// When.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Times {
    /// The agreed window starts.
    pub window_start: Ts,
    /// The agreed window ends.
    pub window_end: Ts,
    /// The engineer set out.
    pub departed_at: Option<Ts>,
    /// The engineer arrived (P44, P45).
    pub arrived_at: Option<Ts>,
    /// Work started.
    pub started_at: Option<Ts>,
    /// The self-inspection was confirmed.
    pub self_checked_at: Option<Ts>,
    /// Earlier visits of the same order.
    pub earlier_visits: Vec<EarlierVisit>,
}

/// An earlier visit of the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EarlierVisit {
    /// Its number.
    pub number: String,
    /// The engineer arrived.
    pub arrived_at: Option<Ts>,
    /// The engineer left.
    pub left_at: Option<Ts>,
}

/// The customer's word on the quote (P22, P72).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuotePart {
    /// SHA-256 of the lines as they were shown.
    pub sha256: String,
    /// Who agreed.
    pub signer_name: String,
    /// SHA-256 of the strokes.
    pub strokes_sha256: String,
    /// When.
    pub signed_at: Ts,
}

impl ServiceOrder {
    /// Whether it tells a customer what `other` tells: the same parties, findings, answers, parts, photos, lines and sums, and the
    /// same verdict. Left aside is what only one side can know when a phone made it without a signal: the moments of the steps,
    /// the id and grounds of a coverage decision taken meanwhile, the bytes of the signature under the quote, and the order of photos.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        fn plain(of: &ServiceOrder) -> ServiceOrder {
            let mut plain = of.clone();
            plain.times.departed_at = None;
            plain.times.arrived_at = None;
            plain.times.started_at = None;
            plain.times.self_checked_at = None;
            plain
                .photos
                .sort_by(|a, b| (a.kind.to_string(), &a.sha256).cmp(&(b.kind.to_string(), &b.sha256)));
            for line in &mut plain.lines {
                line.covered_until = None;
            }
            if let Some(coverage) = &mut plain.coverage {
                coverage.decision_id.clear();
                coverage.clause = None;
                coverage.until = None;
                coverage.reasons.clear();
                coverage.exclusions.sort_unstable();
            }
            if let Some(quote) = &mut plain.quote {
                quote.strokes_sha256.clear();
                quote.signed_at = plain.times.window_start;
            }
            plain
        }
        plain(self) == plain(other)
    }
}

impl Totals {
    /// Sums the lines; `None` if a sum doesn't fit.
    #[must_use]
    pub fn of(lines: &[Line], currency: &str) -> Option<Self> {
        let sum = |amount: fn(&Line) -> i64| {
            lines.iter().try_fold(0_i64, |total, line| total.checked_add(amount(line)))
        };
        let customer_minor = sum(|l| l.customer_minor)?;
        Some(Self {
            currency: currency.to_owned(),
            amount_minor: sum(|l| l.amount_minor)?,
            waived_minor: sum(|l| l.waived_minor)?,
            customer_minor,
            tax_minor: sum(|l| l.tax_minor)?,
            customer_in_capitals: crate::amount_in_capitals(customer_minor),
        })
    }
}

/// What the customer agrees to before chargeable work: the lines that they pay (P72).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuoteDocument {
    /// `aftercare.quote/1`.
    pub format: String,
    /// The work order's number.
    pub number: String,
    /// The lines that the customer pays.
    pub lines: Vec<Line>,
    /// Their sums.
    pub totals: Totals,
}

impl QuoteDocument {
    /// The quote within all lines of a work order; `None` if a sum doesn't fit.
    #[must_use]
    pub fn of(number: &str, lines: &[Line], currency: &str) -> Option<Self> {
        let mut lines: Vec<Line> = lines.iter().filter(|l| l.customer_minor > 0).cloned().collect();
        lines.sort_by(|a, b| a.id.cmp(&b.id));
        let totals = Totals::of(&lines, currency)?;
        Some(Self { format: "aftercare.quote/1".into(), number: number.to_owned(), lines, totals })
    }
}

/// The canonical bytes of a document: UTF-8 JSON, keys sorted by code point, no spaces.
///
/// # Errors
/// If the value can't be JSON.
pub fn canonical(document: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    write(&serde_json::to_value(document)?, &mut text)?;
    Ok(text)
}

// Whether a map keeps its order depends on a feature that any crate may switch on: so it is sorted here.
fn write(value: &serde_json::Value, text: &mut String) -> Result<(), serde_json::Error> {
    match value {
        serde_json::Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            text.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&serde_json::to_string(key)?);
                text.push(':');
                write(&map[key], text)?;
            }
            text.push('}');
        }
        serde_json::Value::Array(values) => {
            text.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(value, text)?;
            }
            text.push(']');
        }
        other => text.push_str(&serde_json::to_string(other)?),
    }
    Ok(())
}

/// SHA-256 of a text, as 64 hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// SHA-256 that binds a signature (or a recorded refusal) to its document, its signer and its time (P72).
#[must_use]
pub fn binding(document_sha256: &str, strokes_sha256: &str, signer: &str, at: Ts) -> String {
    sha256(&serde_json::json!([document_sha256, strokes_sha256, signer, at.micros()]).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, amount: i64, customer: i64) -> Line {
        Line {
            id: id.into(),
            kind: "labour".into(),
            description: Both::new("工时", "Labour"),
            quantity_milli: 1000,
            price_minor: amount,
            amount_minor: amount,
            waived_minor: amount - customer,
            customer_minor: customer,
            tax_minor: 0,
            tax_ppm: 130_000,
            tax_included: true,
            payer: Some(if customer > 0 { "customer" } else { "company" }.into()),
            source: "price-line".into(),
            covered_until: None,
        }
    }

    #[test]
    fn p72_the_same_facts_give_the_same_bytes_whatever_the_order_of_keys() {
        let one = serde_json::json!({"b": 1, "a": {"d": [1, "中文\""], "c": null}});
        assert_eq!(canonical(&one).unwrap(), r#"{"a":{"c":null,"d":[1,"中文\""]},"b":1}"#);
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn p72_a_signature_binds_document_strokes_signer_and_time() {
        let bound = binding("d", "s", "李", Ts(1));
        for other in [
            binding("x", "s", "李", Ts(1)),
            binding("d", "x", "李", Ts(1)),
            binding("d", "s", "王", Ts(1)),
            binding("d", "s", "李", Ts(2)),
        ] {
            assert_ne!(bound, other);
        }
    }

    #[test]
    fn p70_totals_are_the_sums_of_the_lines_and_show_what_was_waived() {
        let lines = [line("b", 10_000, 0), line("a", 5_050, 5_050)];
        let totals = Totals::of(&lines, "CNY").unwrap();
        assert_eq!(
            (totals.amount_minor, totals.waived_minor, totals.customer_minor),
            (15_050, 10_000, 5_050)
        );
        assert_eq!(totals.customer_in_capitals, "伍拾元伍角整");
        assert_eq!(Totals::of(&[line("a", i64::MAX, 0), line("b", 1, 0)], "CNY"), None);
    }

    #[test]
    fn p22_the_quote_holds_only_what_the_customer_pays_and_its_hash_follows_the_lines() {
        let hash =
            |lines: &[Line]| sha256(&canonical(&QuoteDocument::of("FW1", lines, "CNY").unwrap()).unwrap());
        let lines = [line("b", 10_000, 0), line("a", 5_000, 5_000)];
        let before = hash(&lines);
        assert_eq!(QuoteDocument::of("FW1", &lines, "CNY").unwrap().lines.len(), 1);
        assert_eq!(hash(&[line("a", 5_000, 5_000)]), before, "a free line asks nothing of the customer");
        assert_ne!(hash(&[line("a", 5_001, 5_001)]), before);
    }
}
