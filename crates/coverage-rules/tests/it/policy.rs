//! The policy: complete by default, and every gap named.

use coverage_rules::*;
use service_calendar::{HolidayYears, Period};

use crate::world::*;

type Spoil = fn(&mut CoveragePolicy);

#[test]
fn p28_p49_p53_p74_the_default_is_the_promise() {
    let policy = CoveragePolicy::default();
    assert_eq!(policy.check(), Ok(()));
    assert_eq!(policy.acceptance_term, Period::Years(1));
    assert_eq!(policy.repaired_part_term, Period::Months(3));
    assert_eq!(policy.sold_part_term, Period::Months(3));
    assert_eq!(policy.rework_term, Period::Days(90));
    for key in ClauseKey::ALL {
        assert_eq!(policy.clauses[&key].promise, key.default_promise());
        assert!(!policy.clauses[&key].text.is_incomplete());
    }
}

#[test]
fn a_policy_survives_its_json() {
    let policy = CoveragePolicy::default();
    let json = serde_json::to_string(&policy).unwrap();
    assert!(json.contains(r#""travel":{"rework":"company","acceptance_year":"company""#), "{json}");
    assert_eq!(serde_json::from_str::<CoveragePolicy>(&json).unwrap(), policy);
}

#[test]
fn every_gap_is_named_in_both_languages() {
    use PolicyProblem as P;
    let level = || AgreementLevel {
        code: STANDARD_LEVEL.into(),
        name: Text::new("标准", "Standard"),
        not_included: Default::default(),
    };
    let mut twice = CoveragePolicy::default();
    twice.agreement_levels.push(level());
    assert_eq!(twice.check(), Err(vec![P::LevelTwice { code: STANDARD_LEVEL.into() }]));

    let code = ExclusionCode::SelfDismantled;
    let table: Vec<(Spoil, PolicyProblem)> = vec![
        (|p| p.id = " ".into(), P::IdMissing),
        (|p| p.version = 0, P::VersionZero),
        (|p| p.rework_term = Period::Days(0), P::TermZero { layer: Layer::Rework }),
        (|p| p.sold_part_term = Period::Months(1201), P::TermTooLong { layer: Layer::SoldPart }),
        (|p| p.exclusions.retain(|e| e.code != ExclusionCode::SelfDismantled), P::ExclusionMissing { code }),
        (|p| p.exclusions.push(p.exclusions[1].clone()), P::ExclusionTwice { code }),
        (|p| p.exclusions[1].decided_by = ExclusionDecider::Dates, P::ExclusionDecider { code }),
        (
            |p| p.exclusions[4].decided_by = ExclusionDecider::Person,
            P::ExclusionDecider { code: ExclusionCode::OutOfPeriod },
        ),
        (|p| p.exclusions[1].evidence.clear(), P::ExclusionWithoutEvidence { code }),
        (
            |p| {
                p.charge_rules.remove(&ChargeKind::Patch);
            },
            P::ChargeRuleMissing { kind: ChargeKind::Patch },
        ),
        (
            |p| {
                p.payer_matrix.get_mut(&ChargeKind::Travel).unwrap().remove(&CoverageKind::Excluded);
            },
            P::PayerMissing { kind: ChargeKind::Travel, coverage: CoverageKind::Excluded },
        ),
        (
            |p| {
                p.payer_matrix.insert(ChargeKind::Upgrade, Default::default());
            },
            P::PayerRowUnused { kind: ChargeKind::Upgrade },
        ),
        (
            |p| {
                let row = p.payer_matrix.get_mut(&ChargeKind::Packing).unwrap();
                row.insert(CoverageKind::Agreement, Payer::Company);
                row.insert(CoverageKind::AcceptanceYear, Payer::Company);
                row.insert(CoverageKind::RepairedPart, Payer::Company);
                row.insert(CoverageKind::OutOfPeriod, Payer::Company);
            },
            P::CoverWorseThanNone { kind: ChargeKind::Packing, coverage: CoverageKind::SoldPart },
        ),
        (|p| p.agreement_levels.clear(), P::LevelMissing),
        (|p| p.agreement_levels[0].name.en.clear(), P::LevelUnnamed { index: 0 }),
        (
            |p| {
                p.clauses.remove(&ClauseKey::Rework);
            },
            P::ClauseMissing { key: ClauseKey::Rework },
        ),
        (
            |p| p.clauses.get_mut(&ClauseKey::Rework).unwrap().promise.clear(),
            P::ClausePromiseMissing { key: ClauseKey::Rework },
        ),
        (
            |p| p.clauses.get_mut(&ClauseKey::Rework).unwrap().text.en.clear(),
            P::ClauseTextMissing { key: ClauseKey::Rework },
        ),
    ];
    for (spoil, problem) in table {
        let mut policy = CoveragePolicy::default();
        spoil(&mut policy);
        assert_eq!(policy.check(), Err(vec![problem.clone()]));
        assert!(!problem.text().is_incomplete());
        let json = serde_json::to_string(&problem).unwrap();
        assert_eq!(serde_json::from_str::<PolicyProblem>(&json).unwrap(), problem);
    }
}

#[test]
fn p61_p64_no_version_may_charge_training_or_give_upgrades() {
    let mut policy = CoveragePolicy::default();
    policy.charge_rules.insert(ChargeKind::Training, ChargeRule::QuoteOnly);
    policy.charge_rules.insert(ChargeKind::Upgrade, ChargeRule::FreeOnly);
    let problems = policy.check().unwrap_err();
    assert_eq!(problems, [PolicyProblem::TrainingNotFree, PolicyProblem::UpgradeNotQuoted]);
}

#[test]
fn p55_an_unchecked_policy_with_a_hole_leaves_the_line_open_and_says_so() {
    let mut policy = CoveragePolicy::default();
    policy.payer_matrix.remove(&ChargeKind::Travel);
    policy.charge_rules.remove(&ChargeKind::Patch);
    let decision = decide(&covered(), &policy, &HolidayYears::built_in());
    assert_eq!(decision.verdict, Verdict::Covered);
    for kind in [ChargeKind::Travel, ChargeKind::Patch] {
        assert_eq!(outcome(&decision, kind), ChargeOutcome::Undecided);
        assert_eq!(payer(&decision, kind), None);
    }
    assert_eq!(lacks(&decision), [MissingFact::PolicyPayer, MissingFact::PolicyPayer]);
}
