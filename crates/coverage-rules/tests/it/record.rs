//! Records: re-run to the same answer, overruled only on top (invariant 9, P55).

use coverage_rules::*;
use service_calendar::{HolidayYears, Period};

use crate::world::*;

fn record(facts: CoverageFacts) -> DecisionRecord {
    DecisionRecord::decide(facts, &CoveragePolicy::default(), &HolidayYears::built_in())
}

fn overruling(payers: &[(ChargeKind, Payer)]) -> Overruling {
    Overruling {
        by: "employee-1".into(),
        at: at("2026-06-11T09:00:00"),
        reason: "客户为长期合作单位".into(),
        approved_by: Some("employee-2".into()),
        verdict: None,
        payers: payers.iter().map(|&(kind, payer)| PayerChange { kind, payer }).collect(),
    }
}

#[test]
fn invariant_9_an_old_decision_comes_out_again_though_lists_and_policies_came_since() {
    let old = CoveragePolicy::default();
    let newer = CoveragePolicy { version: 2, acceptance_term: Period::Years(2), ..old.clone() };
    // Decided before the list of 2026 was out: the end was taken for 2026-10-01.
    let facts = under_warranty("2025-10-01", "2026-10-05T10:00:00");
    let record = DecisionRecord::decide(facts, &old, &lists_until(2025));
    assert_eq!(record.decision().verdict, Verdict::Chargeable);
    let again = rerun(&record, &[newer.clone(), old]).unwrap();
    assert_eq!(&again, record.decision());
    assert_eq!(
        rerun(&record, &[newer]).unwrap_err(),
        RerunFailed::PolicyNotKept { id: "service_promise".into(), version: 1 }
    );
}

#[test]
fn invariant_9_an_altered_policy_or_record_is_found() {
    let record = record(covered());
    let altered = CoveragePolicy { acceptance_term: Period::Months(2), ..Default::default() };
    assert!(matches!(rerun(&record, &[altered]), Err(RerunFailed::Differs { .. })));

    let mut json: serde_json::Value = serde_json::to_value(&record).unwrap();
    json["facts"]["acceptance"]["accepted_on"] = "2020-01-06".into();
    let forged: DecisionRecord = serde_json::from_value(json).unwrap();
    let failed = rerun(&forged, &[CoveragePolicy::default()]).unwrap_err();
    assert!(!failed.text().is_incomplete());
}

#[test]
fn a_record_survives_its_json_in_one_form() {
    let mut kept = record(CoverageFacts {
        agreements: vec![AgreementFact {
            status: AgreementStatus::Suspended { from: day("2026-06-01"), until: None },
            ..agreement("2026-01-01", "2026-12-31")
        }],
        repaired_parts: vec![part("2026-05-01", None)],
        previous_repairs: vec![repaired("2026-05-01", None)],
        foreign_components: true,
        exclusion_findings: vec![decided(ExclusionCode::SelfDismantled)],
        ..under_warranty("2025-10-01", "2026-10-05T10:00:00")
    });
    kept.overrule(overruling(&[(ChargeKind::Travel, Payer::Company)]), &CoveragePolicy::default()).unwrap();
    let json = serde_json::to_string(&kept).unwrap();
    let read: DecisionRecord = serde_json::from_str(&json).unwrap();
    assert_eq!(read, kept);
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    assert!(rerun(&read, &[CoveragePolicy::default()]).is_ok());
    assert!(json.contains(r#""zone":"Asia/Shanghai""#));
}

#[test]
fn p55_an_overruling_stands_on_top_and_the_engines_verdict_stays() {
    let policy = CoveragePolicy::default();
    let mut kept = record(expired());
    let own = kept.decision().clone();
    kept.overrule(
        Overruling {
            verdict: Some(Verdict::Covered),
            ..overruling(&[(ChargeKind::Labour, Payer::Company), (ChargeKind::Travel, Payer::Company)])
        },
        &policy,
    )
    .unwrap();
    let held = kept.effective();
    assert_eq!((held.verdict, held.verdict_by), (Verdict::Covered, Some(0)));
    assert_eq!(held.charge(ChargeKind::Labour).unwrap().outcome, ChargeOutcome::Covered);
    assert_eq!(held.charge(ChargeKind::Travel).unwrap().payer, Some(Payer::Company));
    assert_eq!(held.charge(ChargeKind::Parts).unwrap().payer, Some(Payer::Customer));
    assert_eq!(kept.decision(), &own);
    assert!(rerun(&kept, std::slice::from_ref(&policy)).is_ok());

    // Undone by another one, never by deleting.
    let mut back = overruling(&[(ChargeKind::Labour, Payer::Customer)]);
    back.at = at("2026-06-12T09:00:00");
    kept.overrule(back, &policy).unwrap();
    assert_eq!(kept.overrulings().len(), 2);
    let labour = kept.effective().charges.remove(0);
    assert_eq!(labour.overruled_by, Some(1));
    assert_eq!(labour.line.outcome, ChargeOutcome::Chargeable);
}

#[test]
fn p55_p61_p64_refused_overrulings_change_nothing_and_say_why() {
    use ChargeKind::{Labour, Training, Travel, Upgrade};
    use OverrulingRefused as R;
    let to_company = |kind| overruling(&[(kind, Payer::Company)]);
    let table = [
        (Overruling { by: " ".into(), ..to_company(Labour) }, R::WhoMissing),
        (Overruling { reason: "".into(), ..to_company(Labour) }, R::ReasonMissing),
        (overruling(&[]), R::NothingChanged),
        (Overruling { verdict: Some(Verdict::Undecided), ..to_company(Labour) }, R::VerdictUndecided),
        (overruling(&[(Labour, Payer::Company), (Labour, Payer::Customer)]), R::KindTwice { kind: Labour }),
        (overruling(&[(Training, Payer::Customer)]), R::StaysFree { kind: Training }),
        (to_company(Upgrade), R::StaysQuoted { kind: Upgrade }),
        (Overruling { approved_by: None, ..to_company(Travel) }, R::ApprovalMissing { kind: Travel }),
        (
            Overruling { approved_by: Some("employee-1".into()), ..to_company(Travel) },
            R::OwnApproval { kind: Travel },
        ),
    ];
    let policy = CoveragePolicy::default();
    let mut kept = record(expired());
    let before = kept.clone();
    for (asked, refused) in table {
        assert_eq!(kept.overrule(asked, &policy), Err(refused));
        assert!(!refused.text().is_incomplete());
        assert_eq!(kept, before);
    }
    let other = CoveragePolicy { version: 2, ..Default::default() };
    assert_eq!(kept.overrule(to_company(Labour), &other), Err(R::OtherPolicy));
    // Labour needs no second person.
    let alone = Overruling { approved_by: None, ..to_company(Labour) };
    assert_eq!(kept.overrule(alone, &policy), Ok(()));
    let earlier = Overruling { at: at("2026-06-10T09:00:00"), ..to_company(Labour) };
    assert_eq!(kept.overrule(earlier, &policy), Err(R::OutOfOrder));
}

#[test]
fn p28_ruling_an_open_case_names_every_payer() {
    let policy = CoveragePolicy::default();
    let mut kept = record(reported("2026-06-10T10:00:00"));
    let ruled =
        |payers: &[(ChargeKind, Payer)]| Overruling { verdict: Some(Verdict::Covered), ..overruling(payers) };
    assert_eq!(
        kept.overrule(ruled(&[(ChargeKind::Labour, Payer::Company)]), &policy),
        Err(OverrulingRefused::LineLeftOpen { kind: ChargeKind::Parts })
    );
    let all = payers_under(&policy, CoverageKind::AcceptanceYear);
    kept.overrule(ruled(&all), &policy).unwrap();
    assert!(kept.effective().charges.iter().all(|held| held.line.payer.is_some()));
}
