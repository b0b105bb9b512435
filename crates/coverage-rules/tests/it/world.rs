//! Builders that speak the trade.

use coverage_rules::*;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::date};
use service_calendar::HolidayYears;

pub fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// An instant of Shanghai's time: `2026-03-02T23:59:59`.
pub fn at(local: &str) -> Timestamp {
    format!("{local}+08:00").parse().unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn reported(local: &str) -> CoverageFacts {
    CoverageFacts::new("asset-1", at(local), shanghai())
}

pub fn accepted(on: Date) -> Acceptance {
    Acceptance { certificate_id: "YS-1".into(), accepted_on: Some(on), signed_by_customer: true }
}

/// Accepted and reported on these days.
pub fn under_warranty(accepted_on: &str, local: &str) -> CoverageFacts {
    CoverageFacts { acceptance: Some(accepted(day(accepted_on))), ..reported(local) }
}

/// A report of 2026-06-10 in the free year.
pub fn covered() -> CoverageFacts {
    under_warranty("2026-01-05", "2026-06-10T10:00:00")
}

/// A report of 2026-06-10 with every cover over.
pub fn expired() -> CoverageFacts {
    under_warranty("2020-01-06", "2026-06-10T10:00:00")
}

pub fn agreement(from: &str, to: &str) -> AgreementFact {
    AgreementFact {
        agreement_id: "XY-1".into(),
        covers_asset: true,
        covered_from: day(from),
        covered_to: day(to),
        level: STANDARD_LEVEL.into(),
        status: AgreementStatus::Signed,
    }
}

pub fn part(delivered_on: &str, affected: Option<bool>) -> PartFact {
    PartFact { part_id: "SN-9".into(), source_id: "FX-1".into(), delivered_on: day(delivered_on), affected }
}

pub fn repaired(completed_on: &str, same_fault: Option<bool>) -> PreviousRepair {
    PreviousRepair {
        case_id: "SQ20260301-0001".into(),
        completed_on: day(completed_on),
        same_fault,
        excluded: None,
    }
}

pub fn ruling() -> Ruling {
    Ruling {
        by: "employee-7".into(), at: at("2026-06-10T12:00:00"), reason: "封条已破，内部有烧痕".into()
    }
}

/// A finding that lacks nothing.
pub fn decided(code: ExclusionCode) -> ExclusionFinding {
    ExclusionFinding {
        code,
        state: FindingState::Decided(ruling()),
        evidence: vec![
            Evidence { kind: EvidenceKind::Photo, reference: "sha256-of-photo".into() },
            Evidence { kind: EvidenceKind::Text, reference: "note-1".into() },
        ],
        explained_at: Some(at("2026-06-10T12:05:00")),
        acknowledgement: Some(Acknowledgement::Refused {
            at: at("2026-06-10T12:10:00"),
            recorded_by: "employee-7".into(),
        }),
    }
}

pub const BY_PERSON: [ExclusionCode; 4] = [
    ExclusionCode::AbnormalOperation,
    ExclusionCode::SelfDismantled,
    ExclusionCode::NonDesignated,
    ExclusionCode::MixedSystem,
];

pub fn decide_default(facts: &CoverageFacts) -> Decision {
    decide(facts, &CoveragePolicy::default(), &HolidayYears::built_in())
}

pub fn outcome(decision: &Decision, kind: ChargeKind) -> ChargeOutcome {
    decision.charge(kind).unwrap().outcome
}

pub fn payer(decision: &Decision, kind: ChargeKind) -> Option<Payer> {
    decision.charge(kind).unwrap().payer
}

pub fn has_reason(decision: &Decision, code: ReasonCode) -> bool {
    decision.reasons.iter().any(|reason| reason.code == code)
}

pub fn lacks(decision: &Decision) -> Vec<MissingFact> {
    decision.missing.iter().map(|missing| missing.what).collect()
}

/// The built-in lists up to and with `year`.
pub fn lists_until(year: i16) -> HolidayYears {
    let all: Vec<_> = HolidayYears::built_in().into();
    let kept: Vec<_> = all.into_iter().filter(|list| list.year() <= year).collect();
    kept.into()
}

#[test]
fn the_built_in_lists_are_those_the_dates_below_rest_on() {
    assert!(lists_until(2026).published(2026));
    assert!(!lists_until(2025).published(2026));
    assert_eq!(day("2026-03-01"), date(2026, 3, 1));
}
