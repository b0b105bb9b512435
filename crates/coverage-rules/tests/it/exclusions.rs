//! Exclusions propose; a person decides with evidence (P31-P35).

use coverage_rules::*;
use jiff::civil::date;
use service_calendar::HolidayYears;

use crate::world::*;

fn with(finding: ExclusionFinding) -> CoverageFacts {
    CoverageFacts { exclusion_findings: vec![finding], ..covered() }
}

#[test]
fn p31_p32_p33_p34_a_decided_exclusion_makes_covered_lines_chargeable() {
    for (code, promise) in BY_PERSON.into_iter().zip(["P31", "P32", "P33", "P34"]) {
        let decision = decide_default(&with(decided(code)));
        assert_eq!(decision.verdict, Verdict::Chargeable);
        assert_eq!(decision.coverage, Some(CoverageKind::Excluded));
        assert_eq!(decision.layer, None);
        assert_eq!(decision.exclusions, [code]);
        assert!(decision.proposals.is_empty());
        let labour = decision.charge(ChargeKind::Labour).unwrap();
        assert_eq!(labour.payer, Some(Payer::Customer));
        assert_eq!(labour.clause.promise, promise);
        let first = &decision.reasons[0];
        assert_eq!(first.code, ReasonCode::ExclusionDecided);
        assert!(first.zh_cn.contains("employee-7") && first.en.contains(promise), "{first:?}");
    }
}

#[test]
fn p31_without_all_that_it_needs_an_exclusion_only_proposes() {
    type Spoil = fn(&mut ExclusionFinding);
    let table: [(Spoil, ProposalNeed); 8] = [
        (|f| f.state = FindingState::Proposed, ProposalNeed::Decision),
        (|f| f.state = FindingState::Decided(Ruling { by: " ".into(), ..ruling() }), ProposalNeed::Decider),
        (
            |f| f.state = FindingState::Decided(Ruling { reason: String::new(), ..ruling() }),
            ProposalNeed::Reason,
        ),
        (
            |f| {
                f.evidence.remove(0);
            },
            ProposalNeed::Photo,
        ),
        (
            |f| {
                f.evidence.remove(1);
            },
            ProposalNeed::Text,
        ),
        (|f| f.evidence[0].reference = String::new(), ProposalNeed::Photo),
        (|f| f.explained_at = None, ProposalNeed::Explanation),
        (|f| f.acknowledgement = None, ProposalNeed::Acknowledgement),
    ];
    let untouched = decide_default(&covered());
    for code in BY_PERSON {
        for (spoil, need) in &table {
            let mut finding = decided(code);
            spoil(&mut finding);
            let decision = decide_default(&with(finding));
            assert_eq!(decision.verdict, Verdict::Covered, "{code:?} {need:?}");
            assert_eq!(decision.charges, untouched.charges);
            assert_eq!(decision.proposals.len(), 1);
            assert_eq!(decision.proposals[0].needs, [*need]);
            assert_eq!(decision.proposals[0].source, ProposalSource::Finding);
            assert!(has_reason(&decision, ReasonCode::ExclusionProposed));
        }
    }
}

#[test]
fn p31_a_signature_serves_as_well_as_a_recorded_refusal() {
    let finding = ExclusionFinding {
        acknowledgement: Some(Acknowledgement::Signed {
            at: at("2026-06-10T12:10:00"),
            reference: "sha256-of-signature".into(),
        }),
        ..decided(ExclusionCode::AbnormalOperation)
    };
    assert_eq!(decide_default(&with(finding)).verdict, Verdict::Chargeable);
}

#[test]
fn p31_an_overruled_finding_changes_no_charge_and_stays_on_record() {
    let mut facts = with(decided(ExclusionCode::SelfDismantled));
    facts.exclusion_findings.push(ExclusionFinding {
        state: FindingState::Overruled(ruling()),
        ..decided(ExclusionCode::SelfDismantled)
    });
    let decision = decide_default(&facts);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert!(decision.proposals.is_empty());
    assert!(has_reason(&decision, ReasonCode::ExclusionOverruled));

    // A later proposal does not undo a ruling.
    facts
        .exclusion_findings
        .push(ExclusionFinding { state: FindingState::Proposed, ..decided(ExclusionCode::SelfDismantled) });
    assert!(decide_default(&facts).proposals.is_empty());
}

#[test]
fn p31_what_the_exclusion_needs_is_policy() {
    let mut policy = CoveragePolicy::default();
    for definition in &mut policy.exclusions {
        definition.needs_acknowledgement = false;
    }
    let finding = ExclusionFinding { acknowledgement: None, ..decided(ExclusionCode::AbnormalOperation) };
    let decision = decide(&with(finding), &policy, &HolidayYears::built_in());
    assert_eq!(decision.verdict, Verdict::Chargeable);
}

#[test]
fn p33_work_by_others_proposes_when_they_were_not_designated() {
    let list = [DesignatedParty {
        party_id: "firm-1".into(),
        valid_from: date(2025, 1, 1),
        valid_to: Some(date(2025, 12, 31)),
    }];
    for (done_on, proposes) in
        [("2025-01-01", false), ("2025-12-31", false), ("2026-01-01", true), ("2024-12-31", true)]
    {
        let done_on = day(done_on);
        let facts = CoverageFacts {
            outside_work: vec![OutsideWork {
                party_id: "firm-1".into(),
                done_on,
                designated: was_designated(&list, "firm-1", done_on),
            }],
            ..covered()
        };
        let decision = decide_default(&facts);
        assert_eq!(decision.verdict, Verdict::Covered);
        let sources: Vec<_> = decision.proposals.iter().map(|p| (p.code, p.source)).collect();
        let expected = [(ExclusionCode::NonDesignated, ProposalSource::OutsideWork)];
        assert_eq!(sources, if proposes { &expected[..] } else { &[] }, "{done_on}");
    }
    assert!(!was_designated(&list, "firm-2", date(2025, 6, 1)));
}

#[test]
fn p34_the_flag_alone_proposes_and_a_person_decides() {
    let mut facts = CoverageFacts { foreign_components: true, ..covered() };
    let flagged = decide_default(&facts);
    assert_eq!(flagged.verdict, Verdict::Covered);
    assert_eq!(flagged.proposals[0].code, ExclusionCode::MixedSystem);
    assert_eq!(flagged.proposals[0].source, ProposalSource::ForeignComponents);
    assert!(flagged.proposals[0].needs.contains(&ProposalNeed::Decision));

    facts.exclusion_findings = vec![decided(ExclusionCode::MixedSystem)];
    assert_eq!(decide_default(&facts).verdict, Verdict::Chargeable);

    facts.exclusion_findings[0].state = FindingState::Overruled(ruling());
    let overruled = decide_default(&facts);
    assert_eq!(overruled.verdict, Verdict::Covered);
    assert!(overruled.proposals.is_empty());
}

#[test]
fn p35_out_of_period_follows_from_the_dates_without_evidence() {
    let decision = decide_default(&expired());
    assert_eq!(decision.verdict, Verdict::Chargeable);
    assert_eq!(decision.coverage, Some(CoverageKind::OutOfPeriod));
    assert_eq!(decision.exclusions, [ExclusionCode::OutOfPeriod]);
    let labour = decision.charge(ChargeKind::Labour).unwrap();
    assert_eq!((labour.payer, labour.clause.promise.as_str()), (Some(Payer::Customer), "P35"));
    assert_eq!(decision.reasons[0].code, ReasonCode::OutOfPeriod);
    // 2021-01-06 was a Wednesday: the period shown is the one that ended.
    assert_eq!(decision.period.unwrap().end, date(2021, 1, 6));
}

#[test]
fn p35_names_the_cover_that_ended_last() {
    let facts = CoverageFacts { agreements: vec![agreement("2021-01-07", "2024-01-05")], ..expired() };
    assert_eq!(decide_default(&facts).period.unwrap().end, date(2024, 1, 5));
}

#[test]
fn p35_nobody_can_decide_it_by_hand() {
    let decision = decide_default(&with(decided(ExclusionCode::OutOfPeriod)));
    assert_eq!(decision.verdict, Verdict::Covered);
}

#[test]
fn p35_an_exclusion_takes_nothing_where_no_cover_is_left() {
    let facts =
        CoverageFacts { exclusion_findings: vec![decided(ExclusionCode::AbnormalOperation)], ..expired() };
    let decision = decide_default(&facts);
    assert_eq!(decision.coverage, Some(CoverageKind::OutOfPeriod));
    assert_eq!(decision.exclusions, [ExclusionCode::AbnormalOperation, ExclusionCode::OutOfPeriod]);
    assert_eq!(decision.charges, decide_default(&expired()).charges);
}

#[test]
fn p31_a_decided_exclusion_ends_the_question_of_the_certificate() {
    let facts = CoverageFacts {
        exclusion_findings: vec![decided(ExclusionCode::AbnormalOperation)],
        ..reported("2026-06-10T10:00:00")
    };
    let decision = decide_default(&facts);
    assert_eq!(decision.verdict, Verdict::Chargeable);
    assert!(decision.missing.is_empty());
}

#[test]
fn p31_the_preview_for_phones_is_what_would_be_decided() {
    let policy = CoveragePolicy::default();
    let lists = HolidayYears::built_in();
    for base in [covered(), expired(), reported("2026-06-10T10:00:00")] {
        let preview = preview_exclusions(&base, &policy, &lists);
        assert_eq!(preview.decision, decide_default(&base));
        let codes: Vec<_> = preview.if_decided.iter().map(|p| p.definition.code).collect();
        assert_eq!(codes, BY_PERSON);
        for previewed in preview.if_decided {
            let code = previewed.definition.code;
            let facts = CoverageFacts { exclusion_findings: vec![decided(code)], ..base.clone() };
            let decision = decide(&facts, &policy, &lists);
            assert_eq!(previewed.verdict, decision.verdict, "{code:?}");
            assert_eq!(previewed.charges, decision.charges, "{code:?}");
        }
    }
    let training = CoverageFacts { request: RequestKind::Training, ..covered() };
    assert!(preview_exclusions(&training, &policy, &lists).if_decided.is_empty());
}
