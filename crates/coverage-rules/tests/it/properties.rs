//! Properties that hold for all facts.

use std::sync::LazyLock;

use coverage_rules::*;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use service_calendar::HolidayYears;

use crate::world::*;

static LISTS: LazyLock<HolidayYears> = LazyLock::new(HolidayYears::built_in);
static POLICY: LazyLock<CoveragePolicy> = LazyLock::new(CoveragePolicy::default);

fn answer(facts: &CoverageFacts) -> Decision {
    decide(facts, &POLICY, &LISTS)
}

/// Days close enough together for every layer to meet every edge.
fn days() -> impl Strategy<Value = Date> {
    (0i32..1500).prop_map(|n| date(2023, 6, 1).checked_add(n.days()).unwrap())
}

fn maybe() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![Just(None), Just(Some(false)), Just(Some(true))]
}

prop_compose! {
    fn acceptances()(on in proptest::option::weighted(0.9, days()), signed in proptest::bool::weighted(0.9)) -> Acceptance {
        Acceptance { certificate_id: "YS-1".into(), accepted_on: on, signed_by_customer: signed }
    }
}

fn statuses() -> impl Strategy<Value = AgreementStatus> {
    prop_oneof![
        4 => Just(AgreementStatus::Signed),
        1 => Just(AgreementStatus::Draft),
        1 => days().prop_map(|from| AgreementStatus::Terminated { from }),
        1 => (days(), proptest::option::of(days())).prop_map(|(from, until)| AgreementStatus::Suspended { from, until }),
    ]
}

prop_compose! {
    fn agreements()(
        from in days(), length in -10i32..800, covers in proptest::bool::weighted(0.8),
        status in statuses(), known in proptest::bool::weighted(0.9),
    ) -> AgreementFact {
        AgreementFact {
            agreement_id: "XY-1".into(),
            covers_asset: covers,
            covered_from: from,
            covered_to: from.checked_add(length.days()).unwrap(),
            level: if known { STANDARD_LEVEL.into() } else { "unknown".into() },
            status,
        }
    }
}

prop_compose! {
    fn parts()(id in 0u8..3, on in days(), affected in maybe()) -> PartFact {
        PartFact { part_id: format!("SN-{id}"), source_id: "FX-1".into(), delivered_on: on, affected }
    }
}

prop_compose! {
    fn repairs()(on in days(), same_fault in maybe(), excluded in proptest::bool::weighted(0.1)) -> PreviousRepair {
        PreviousRepair {
            case_id: "SQ-1".into(), completed_on: on, same_fault,
            excluded: excluded.then_some(ExclusionCode::SelfDismantled),
        }
    }
}

fn findings() -> impl Strategy<Value = ExclusionFinding> {
    (0usize..5, 0u8..3, any::<[bool; 4]>()).prop_map(|(code, state, keep)| {
        let mut finding = decided(ExclusionCode::ALL[code]);
        finding.state = match state {
            0 => FindingState::Proposed,
            1 => FindingState::Overruled(ruling()),
            _ => FindingState::Decided(ruling()),
        };
        // Three in four complete findings would hide the others.
        if !keep[0] {
            finding.evidence.truncate(usize::from(keep[1]));
            if keep[2] {
                finding.explained_at = None;
            }
            if keep[3] {
                finding.acknowledgement = None;
            }
        }
        finding
    })
}

fn requests() -> impl Strategy<Value = RequestKind> {
    prop_oneof![
        8 => Just(RequestKind::Repair),
        1 => Just(RequestKind::PartSale),
        1 => Just(RequestKind::Training),
        1 => Just(RequestKind::Patch),
        1 => Just(RequestKind::Upgrade),
    ]
}

fn licences() -> impl Strategy<Value = SiteLicence> {
    prop_oneof![Just(SiteLicence::Unknown), Just(SiteLicence::Licensed), Just(SiteLicence::Unlicensed)]
}

prop_compose! {
    fn all_facts()(
        on in days(), second in 0i64..86_400,
        acceptance in proptest::option::weighted(0.8, acceptances()),
        agreements in prop::collection::vec(agreements(), 0..3),
        repaired_parts in prop::collection::vec(parts(), 0..3),
        sold_parts in prop::collection::vec(parts(), 0..3),
        previous_repairs in prop::collection::vec(repairs(), 0..3),
        exclusion_findings in prop::collection::vec(findings(), 0..3),
        flags in any::<[bool; 2]>(),
        request in requests(), site_licence in licences(),
    ) -> CoverageFacts {
        let midnight = on.to_zoned(shanghai()).unwrap().timestamp();
        CoverageFacts {
            request, acceptance, agreements, repaired_parts, sold_parts, previous_repairs,
            exclusion_findings, site_licence,
            foreign_components: flags[0],
            outside_work: if flags[1] {
                vec![OutsideWork { party_id: "firm-1".into(), done_on: on, designated: false }]
            } else {
                Vec::new()
            },
            ..CoverageFacts::new("asset-1", midnight + second.seconds(), shanghai())
        }
    }
}

fn open(decision: &Decision) -> bool {
    decision.verdict == Verdict::Undecided
        || decision.charges.iter().any(|line| {
            line.outcome == ChargeOutcome::Undecided
                || line.limited_to.as_ref().is_some_and(|limit| limit.otherwise.is_none())
        })
}

fn excluded_by_person(decision: &Decision) -> bool {
    decision.exclusions.iter().any(|code| *code != ExclusionCode::OutOfPeriod)
}

/// More is better: the customer pays, nobody knows, the company pays.
fn rank(payer: Option<Payer>) -> u8 {
    match payer {
        Some(Payer::Customer) => 0,
        None => 1,
        Some(Payer::Company) => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn every_decision_is_whole(facts in all_facts()) {
        let decision = answer(&facts);
        let kinds: Vec<_> = decision.charges.iter().map(|line| line.kind).collect();
        prop_assert_eq!(kinds, ChargeKind::ALL);
        for line in &decision.charges {
            prop_assert_eq!(line.payer.is_none(), line.outcome == ChargeOutcome::Undecided);
            prop_assert!(line.clause.promise.starts_with('P'));
        }
        prop_assert_eq!(decision.coverage.is_none(), decision.verdict == Verdict::Undecided);
        prop_assert!(!decision.reasons.is_empty());
        for reason in &decision.reasons {
            prop_assert!(!reason.zh_cn.is_empty() && !reason.en.is_empty());
        }
        for proposal in &decision.proposals {
            prop_assert!(!proposal.needs.is_empty());
        }
    }

    #[test]
    fn p28_every_open_question_is_named_and_none_without_need(facts in all_facts()) {
        let decision = answer(&facts);
        prop_assert_eq!(open(&decision), !decision.missing.is_empty());
        for missing in &decision.missing {
            prop_assert!(!missing.how.is_incomplete());
        }
    }

    #[test]
    fn invariant_9_rerun_gives_the_old_answer(facts in all_facts(), known_until in 2023i16..2027) {
        let record = DecisionRecord::decide(facts, &POLICY, &lists_until(known_until));
        let again = rerun(&record, std::slice::from_ref(&*POLICY));
        prop_assert_eq!(again.as_ref(), Ok(record.decision()));
        let json = serde_json::to_string(&record).unwrap();
        prop_assert_eq!(serde_json::from_str::<DecisionRecord>(&json).unwrap(), record);
    }

    #[test]
    fn p29_more_cover_never_makes_a_line_dearer(
        facts in all_facts(), agreement in agreements(), repair in repairs(), part in parts(), pick in 0u8..4,
    ) {
        let mut more = facts.clone();
        match pick {
            0 => more.agreements.push(agreement),
            1 => more.previous_repairs.push(repair),
            2 => more.repaired_parts.push(part),
            _ => more.sold_parts.push(part),
        }
        let (before, after) = (answer(&facts), answer(&more));
        for (old, new) in before.charges.iter().zip(&after.charges) {
            // A person's exclusion of a case with cover and the dates' own verdict cost alike by default.
            prop_assert!(rank(new.payer) >= rank(old.payer), "{:?} -> {:?}", old, new);
            for id in ["SN-0", "SN-1", "SN-2"] {
                prop_assert!(rank(new.payer_for_part(id)) >= rank(old.payer_for_part(id)), "{id}: {old:?} -> {new:?}");
            }
        }
    }

    #[test]
    fn p31_without_a_complete_ruling_no_finding_changes_a_charge(facts in all_facts()) {
        let decision = answer(&facts);
        if !excluded_by_person(&decision) {
            let bare = CoverageFacts {
                exclusion_findings: Vec::new(), foreign_components: false, outside_work: Vec::new(), ..facts
            };
            let without = answer(&bare);
            prop_assert_eq!(decision.verdict, without.verdict);
            prop_assert_eq!(decision.charges, without.charges);
        }
    }

    #[test]
    fn p31_the_preview_never_differs_from_the_decision(facts in all_facts()) {
        let bare = CoverageFacts { exclusion_findings: Vec::new(), ..facts };
        for previewed in preview_exclusions(&bare, &POLICY, &LISTS).if_decided {
            let code = previewed.definition.code;
            let ruled = CoverageFacts { exclusion_findings: vec![decided(code)], ..bare.clone() };
            let decision = answer(&ruled);
            prop_assert_eq!(previewed.verdict, decision.verdict);
            prop_assert_eq!(previewed.charges, decision.charges);
        }
    }

    #[test]
    fn p28_covered_to_the_last_instant_of_the_last_day_and_not_beyond(on in days()) {
        let mut facts = under_warranty("2024-01-02", "2026-06-10T10:00:00");
        facts.acceptance = Some(accepted(on));
        facts.reported_at = on.to_zoned(shanghai()).unwrap().timestamp();
        let decision = answer(&facts);
        prop_assert_eq!(decision.verdict, Verdict::Covered);
        let over_at: Timestamp = decision.period.unwrap().over_at(&shanghai()).unwrap();
        facts.reported_at = over_at - 1.nanosecond();
        prop_assert_eq!(answer(&facts).verdict, Verdict::Covered);
        facts.reported_at = over_at;
        prop_assert_eq!(answer(&facts).verdict, Verdict::Chargeable);
    }

    #[test]
    fn p61_p64_training_is_never_charged_and_an_upgrade_never_free(facts in all_facts()) {
        let decision = answer(&facts);
        let training = decision.charge(ChargeKind::Training).unwrap();
        prop_assert_eq!((training.outcome, training.payer), (ChargeOutcome::Refused, Some(Payer::Company)));
        let upgrade = decision.charge(ChargeKind::Upgrade).unwrap();
        prop_assert_eq!((upgrade.outcome, upgrade.payer), (ChargeOutcome::NotIncluded, Some(Payer::Customer)));
    }
}
