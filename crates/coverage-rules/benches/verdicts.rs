//! How long a verdict takes: `cargo bench -p coverage-rules`.
//! Goal: ≤ 5 µs per verdict. Prints the best, median and worst of 30 rounds
//! for typical and heavy cases; on a busy machine the best is the figure least disturbed.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use coverage_rules::*;
use jiff::civil::date;
use jiff::tz::TimeZone;
use service_calendar::HolidayYears;

const ROUNDS: usize = 30;
const VERDICTS: u32 = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let zone = TimeZone::get("Asia/Shanghai")?;
    let at = "2026-06-10T10:00:00+08:00".parse()?;
    let acceptance = |year| {
        Some(Acceptance {
            certificate_id: "YS20260105-0001".into(),
            accepted_on: Some(date(year, 1, 5)),
            signed_by_customer: true,
        })
    };
    let base = || CoverageFacts::new("asset-1", at, zone.clone());
    let finding = ExclusionFinding {
        code: ExclusionCode::SelfDismantled,
        state: FindingState::Decided(Ruling { by: "employee-7".into(), at, reason: "封条已破".into() }),
        evidence: [EvidenceKind::Photo, EvidenceKind::Text]
            .map(|kind| Evidence { kind, reference: "evidence-1".into() })
            .to_vec(),
        explained_at: Some(at),
        acknowledgement: Some(Acknowledgement::Refused { at, recorded_by: "employee-7".into() }),
    };
    let covered = CoverageFacts { acceptance: acceptance(2026), ..base() };
    let expired = CoverageFacts { acceptance: acceptance(2020), ..base() };
    let excluded = CoverageFacts { exclusion_findings: vec![finding], ..covered.clone() };
    let undecided = base();
    let part = |part_id: &str| PartFact {
        part_id: part_id.into(),
        source_id: "FX20260501-0001".into(),
        delivered_on: date(2026, 5, 1),
        affected: Some(true),
    };
    let heavy = CoverageFacts {
        agreements: vec![AgreementFact {
            agreement_id: "XY20260101-0001".into(),
            covers_asset: true,
            covered_from: date(2026, 1, 1),
            covered_to: date(2026, 12, 31),
            level: STANDARD_LEVEL.into(),
            status: AgreementStatus::Signed,
        }],
        repaired_parts: vec![part("SN-1")],
        sold_parts: vec![part("SN-2")],
        previous_repairs: vec![PreviousRepair {
            case_id: "SQ20260501-0001".into(),
            completed_on: date(2026, 5, 1),
            same_fault: Some(true),
            excluded: None,
        }],
        foreign_components: true,
        ..covered.clone()
    };
    let (policy, lists) = (CoveragePolicy::default(), HolidayYears::built_in());
    let mut out = std::io::stdout().lock();
    let mut report = |name: &str, verdict: &dyn Fn()| -> std::io::Result<()> {
        let mut rounds: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                (0..VERDICTS).for_each(|_| verdict());
                start.elapsed().as_secs_f64() * 1e6 / f64::from(VERDICTS)
            })
            .collect();
        rounds.sort_by(f64::total_cmp);
        let (best, median, worst) = (rounds[0], rounds[ROUNDS / 2], rounds[ROUNDS - 1]);
        writeln!(out, "{name:<34} best {best:.2} µs   median {median:.2} µs   worst {worst:.2} µs")
    };
    for (name, facts) in [
        ("covered", &covered),
        ("expired", &expired),
        ("excluded", &excluded),
        ("undecided", &undecided),
        ("all five layers and a proposal", &heavy),
    ] {
        report(name, &|| {
            black_box(decide(black_box(facts), &policy, &lists));
        })?;
    }
    report("preview of four exclusions", &|| {
        black_box(preview_exclusions(black_box(&covered), &policy, &lists));
    })
    .map_err(Into::into)
}
