//! The layers: which cover is in force at the report.

use coverage_rules::*;
use jiff::civil::date;
use jiff::tz::TimeZone;
use service_calendar::{Certainty as ListCertainty, HolidayYears, Period, RestDayRule};

use crate::world::*;

#[test]
fn p28_the_free_year_ends_where_the_promise_says() {
    // accepted, nominal end, last covered day, why
    let table = [
        ("2025-03-03", "2026-03-03", "2026-03-03", "a working day"),
        ("2024-02-29", "2025-02-28", "2025-02-28", "no 29 February"),
        ("2025-03-01", "2026-03-01", "2026-03-02", "a Sunday"),
        ("2025-10-01", "2026-10-01", "2026-10-08", "National Day week"),
        ("2025-02-28", "2026-02-28", "2026-02-28", "a Saturday worked instead"),
        ("2025-12-31", "2026-12-31", "2026-12-31", "the last day of a year"),
    ];
    for (accepted_on, nominal, end, why) in table {
        let last = format!("{end}T23:59:59.999999999");
        let decision = decide_default(&under_warranty(accepted_on, &last));
        assert_eq!(decision.verdict, Verdict::Covered, "{accepted_on}: {why}");
        assert_eq!(decision.layer, Some(Layer::AcceptanceYear));
        let period = decision.period.clone().unwrap();
        assert_eq!(period.start, day(accepted_on), "{why}");
        assert_eq!(period.nominal_end, day(nominal), "{why}");
        assert_eq!(period.end, day(end), "{why}");
        assert_eq!(period.extended_because.is_empty(), nominal == end, "{why}");
        assert_eq!(has_reason(&decision, ReasonCode::EndExtended), nominal != end, "{why}");

        let after = under_warranty(accepted_on, &format!("{}T00:00:00", day(end).tomorrow().unwrap()));
        let decision = decide_default(&after);
        assert_eq!(decision.verdict, Verdict::Chargeable, "{accepted_on}: the next instant, {why}");
        assert_eq!(period.over_at(&shanghai()), Some(after.reported_at), "{why}");
    }
}

#[test]
fn p28_the_report_counts_in_the_zone_of_the_site() {
    // 2026-03-03 24:00 in Shanghai is 16:00 UTC; Urumqi's own zone is two hours behind.
    let instant = "2026-03-03T17:00:00Z".parse().unwrap();
    for (zone, verdict) in
        [("Asia/Shanghai", Verdict::Chargeable), ("Asia/Urumqi", Verdict::Covered), ("UTC", Verdict::Covered)]
    {
        let mut facts = CoverageFacts::new("asset-1", instant, TimeZone::get(zone).unwrap());
        facts.acceptance = Some(accepted(date(2025, 3, 3)));
        assert_eq!(decide_default(&facts).verdict, verdict, "{zone}");
    }
}

#[test]
fn p28_the_day_of_acceptance_is_covered_itself() {
    let decision = decide_default(&under_warranty("2026-01-05", "2026-01-05T00:00:00"));
    assert_eq!(decision.verdict, Verdict::Covered);
}

#[test]
fn p28_without_proof_of_acceptance_nothing_is_decided() {
    let whole = accepted(date(2026, 1, 5));
    let table = [
        (None, MissingFact::AcceptanceCertificate),
        (Some(Acceptance { accepted_on: None, ..whole.clone() }), MissingFact::AcceptanceDate),
        (Some(Acceptance { signed_by_customer: false, ..whole.clone() }), MissingFact::AcceptanceSignature),
        (Some(Acceptance { accepted_on: Some(date(2026, 6, 11)), ..whole }), MissingFact::BeforeAcceptance),
    ];
    for (acceptance, what) in table {
        let facts = CoverageFacts { acceptance, ..reported("2026-06-10T10:00:00") };
        let decision = decide_default(&facts);
        assert_eq!(decision.verdict, Verdict::Undecided, "{what:?}");
        assert_eq!(lacks(&decision), [what]);
        assert!(!decision.missing[0].how.is_incomplete());
        assert_eq!(outcome(&decision, ChargeKind::Labour), ChargeOutcome::Undecided);
        assert_eq!(payer(&decision, ChargeKind::Labour), None);
        // Extra packing is the customer's with and without the warranty, so it is not open.
        assert_eq!(payer(&decision, ChargeKind::Packing), Some(Payer::Customer));
        assert!(has_reason(&decision, ReasonCode::NotKnown));
    }
}

#[test]
fn p28_an_unsigned_certificate_long_over_needs_no_signature() {
    let mut facts = expired();
    facts.acceptance.as_mut().unwrap().signed_by_customer = false;
    let decision = decide_default(&facts);
    assert_eq!(decision.verdict, Verdict::Chargeable);
    assert!(decision.missing.is_empty());
}

#[test]
fn p28_impossible_dates_are_asked_about() {
    let facts = under_warranty("9999-06-01", "2026-06-10T10:00:00");
    let decision = decide_default(&facts);
    assert_eq!(decision.verdict, Verdict::Undecided);
    assert_eq!(lacks(&decision), [MissingFact::UsableDates]);
}

#[test]
fn p28_the_extension_is_policy() {
    let facts = under_warranty("2025-03-01", "2026-03-02T09:00:00");
    let mut policy = CoveragePolicy::default();
    policy.rest_days.extends.clear();
    let lists = HolidayYears::built_in();
    assert_eq!(decide(&facts, &policy, &lists).verdict, Verdict::Chargeable);

    let mut policy = CoveragePolicy::default();
    policy.rest_days.counted = RestDayRule { holidays: true, weekends: false };
    assert_eq!(decide(&facts, &policy, &lists).verdict, Verdict::Chargeable);
    let national_day = under_warranty("2025-10-01", "2026-10-08T09:00:00");
    assert_eq!(decide(&national_day, &policy, &lists).verdict, Verdict::Covered);
}

#[test]
fn p28_the_term_is_policy() {
    let policy = CoveragePolicy { acceptance_term: Period::Years(2), ..Default::default() };
    let decision =
        decide(&under_warranty("2024-06-10", "2026-06-10T10:00:00"), &policy, &HolidayYears::built_in());
    assert_eq!(decision.verdict, Verdict::Covered);
    assert!(decision.reasons[0].zh_cn.contains("2 年"), "{}", decision.reasons[0].zh_cn);
    assert!(decision.reasons[0].en.contains("2 years"), "{}", decision.reasons[0].en);
}

#[test]
fn p28_an_unpublished_year_makes_the_answer_provisional() {
    let facts = under_warranty("2025-10-01", "2026-10-05T10:00:00");
    let before = decide(&facts, &CoveragePolicy::default(), &lists_until(2025));
    // Without the list of 2026 Thursday 1 October looks like a workday.
    assert_eq!(before.verdict, Verdict::Chargeable);
    assert_eq!(before.certainty, Certainty::Provisional { years: vec![2026] });
    assert!(has_reason(&before, ReasonCode::EndProvisional));

    let after = decide_default(&facts);
    assert_eq!(after.verdict, Verdict::Covered);
    assert_eq!(after.certainty, Certainty::Firm);

    let in_force = decide(
        &under_warranty("2026-06-01", "2026-06-10T10:00:00"),
        &CoveragePolicy::default(),
        &lists_until(2026),
    );
    assert_eq!(in_force.verdict, Verdict::Covered);
    assert_eq!(in_force.certainty, Certainty::Provisional { years: vec![2027] });
    assert_eq!(in_force.period.unwrap().certainty, ListCertainty::Provisional { year: 2027 });
}

#[test]
fn p28_a_cover_long_over_is_firm_whatever_list_was_missing() {
    let decision = decide(&expired(), &CoveragePolicy::default(), &HolidayYears::none());
    assert_eq!(decision.verdict, Verdict::Chargeable);
    assert_eq!(decision.certainty, Certainty::Firm);
}

#[test]
fn p29_an_agreement_covers_as_the_warranty_does() {
    let agreed = CoverageFacts { agreements: vec![agreement("2026-01-01", "2026-12-31")], ..expired() };
    let by_agreement = decide_default(&agreed);
    let by_warranty = decide_default(&covered());
    assert_eq!(by_agreement.verdict, Verdict::Covered);
    assert_eq!(by_agreement.layer, Some(Layer::Agreement));
    for kind in ChargeKind::ALL {
        assert_eq!(outcome(&by_agreement, kind), outcome(&by_warranty, kind), "{kind:?}");
        assert_eq!(payer(&by_agreement, kind), payer(&by_warranty, kind), "{kind:?}");
    }
    assert_eq!(by_agreement.charge(ChargeKind::Labour).unwrap().clause.promise, "P29");
}

#[test]
fn p29_a_renewal_before_the_end_leaves_no_gap() {
    let first = agreement("2025-03-03", "2026-03-02");
    let second = AgreementFact { agreement_id: "XY-2".into(), ..agreement("2026-03-03", "2027-03-02") };
    for local in ["2026-03-02T23:59:59", "2026-03-03T00:00:00"] {
        let facts = CoverageFacts {
            agreements: vec![first.clone(), second.clone()],
            ..under_warranty("2020-01-06", local)
        };
        assert_eq!(decide_default(&facts).verdict, Verdict::Covered, "{local}");
    }
}

#[test]
fn p29_only_signed_agreements_for_the_asset_cover() {
    let whole = agreement("2026-01-01", "2026-12-31");
    let from = |on: &str| AgreementStatus::Terminated { from: day(on) };
    let held = |from: &str, until: Option<&str>| AgreementStatus::Suspended {
        from: day(from),
        until: until.map(day),
    };
    let table = [
        (AgreementStatus::Signed, LayerState::InForce),
        (AgreementStatus::Draft, LayerState::NotSigned),
        (from("2026-06-11"), LayerState::InForce),
        (from("2026-06-10"), LayerState::Terminated),
        (held("2026-06-10", None), LayerState::Suspended),
        (held("2026-06-01", Some("2026-06-10")), LayerState::Suspended),
        (held("2026-06-01", Some("2026-06-09")), LayerState::InForce),
        (held("2026-06-11", None), LayerState::InForce),
    ];
    for (status, state) in table {
        let facts =
            CoverageFacts { agreements: vec![AgreementFact { status, ..whole.clone() }], ..expired() };
        let decision = decide_default(&facts);
        let found = decision.layers.iter().find(|f| f.layer == Layer::Agreement).unwrap();
        assert_eq!(found.state, state, "{status:?}");
        let covers = state == LayerState::InForce;
        assert_eq!(decision.verdict == Verdict::Covered, covers, "{status:?}");
        assert_eq!(has_reason(&decision, ReasonCode::AgreementNotInForce), !covers, "{status:?}");
    }
    let other =
        CoverageFacts { agreements: vec![AgreementFact { covers_asset: false, ..whole }], ..expired() };
    assert_eq!(decide_default(&other).verdict, Verdict::Chargeable);
}

#[test]
fn p29_an_agreement_covers_an_asset_without_certificate() {
    let facts = CoverageFacts {
        agreements: vec![agreement("2026-01-01", "2026-12-31")],
        ..reported("2026-06-10T10:00:00")
    };
    let decision = decide_default(&facts);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert!(decision.missing.is_empty());
}

#[test]
fn p29_a_level_may_leave_kinds_to_the_customer() {
    let mut policy = CoveragePolicy::default();
    policy.agreement_levels.push(AgreementLevel {
        code: "labour_only".into(),
        name: Text::new("仅人工", "Labour only"),
        not_included: [ChargeKind::Parts].into(),
    });
    let mut facts = CoverageFacts { agreements: vec![agreement("2026-01-01", "2026-12-31")], ..expired() };
    facts.agreements[0].level = "labour_only".into();
    let lists = HolidayYears::built_in();
    let decision = decide(&facts, &policy, &lists);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert_eq!(payer(&decision, ChargeKind::Labour), Some(Payer::Company));
    assert_eq!(payer(&decision, ChargeKind::Parts), Some(Payer::Customer));
    assert!(has_reason(&decision, ReasonCode::LevelExcludes));

    facts.agreements[0].level = "platinum".into();
    let decision = decide(&facts, &policy, &lists);
    assert_eq!(decision.verdict, Verdict::Undecided);
    assert_eq!(lacks(&decision), [MissingFact::AgreementLevel]);
}

#[test]
fn p29_reversed_dates_are_asked_about() {
    let facts = CoverageFacts { agreements: vec![agreement("2026-12-31", "2026-01-01")], ..expired() };
    let decision = decide_default(&facts);
    assert_eq!(decision.verdict, Verdict::Undecided);
    assert_eq!(lacks(&decision), [MissingFact::UsableDates]);
}

#[test]
fn p49_p53_a_part_is_covered_three_months_from_delivery() {
    // delivered, last covered day
    let table = [
        ("2025-11-30", "2026-02-28"),
        ("2026-03-10", "2026-06-10"),
        ("2026-03-13", "2026-06-15"), // 13 June is a Saturday
    ];
    for (delivered_on, end) in table {
        for layer in [Layer::RepairedPart, Layer::SoldPart] {
            let facts = |local: String| {
                let mut facts = under_warranty("2020-01-06", &local);
                let parts = vec![part(delivered_on, Some(true))];
                if layer == Layer::RepairedPart {
                    facts.repaired_parts = parts;
                } else {
                    facts.sold_parts = parts;
                }
                facts
            };
            let decision = decide_default(&facts(format!("{end}T23:59:59")));
            assert_eq!(decision.verdict, Verdict::Covered, "{delivered_on} {layer:?}");
            assert_eq!(decision.layer, Some(layer));
            assert_eq!(decision.period.as_ref().unwrap().end, day(end));
            let next = day(end).tomorrow().unwrap();
            let decision = decide_default(&facts(format!("{next}T00:00:00")));
            assert_eq!(decision.verdict, Verdict::Chargeable, "{delivered_on} {layer:?}");
        }
    }
}

#[test]
fn p49_cover_is_for_that_part_alone() {
    let facts = CoverageFacts { repaired_parts: vec![part("2026-05-01", Some(true))], ..expired() };
    let decision = decide_default(&facts);
    let parts = decision.charge(ChargeKind::Parts).unwrap();
    assert_eq!(parts.clause.promise, "P49");
    assert_eq!(parts.payer_for_part("SN-9"), Some(Payer::Company));
    assert_eq!(parts.payer_for_part("SN-other"), Some(Payer::Customer));
    assert_eq!(payer(&decision, ChargeKind::Travel), Some(Payer::Customer));
    assert!(has_reason(&decision, ReasonCode::PartsOnly));
    assert_eq!(decision.asset_covered_until(), None);

    let elsewhere = CoverageFacts { repaired_parts: vec![part("2026-05-01", Some(false))], ..expired() };
    assert_eq!(decide_default(&elsewhere).verdict, Verdict::Chargeable);
}

#[test]
fn p49_the_later_of_part_and_asset_counts() {
    let facts = |accepted_on: &str| CoverageFacts {
        repaired_parts: vec![part("2026-05-06", Some(true))],
        ..under_warranty(accepted_on, "2026-06-10T10:00:00")
    };
    let asset_longer = decide_default(&facts("2026-01-05"));
    assert_eq!(asset_longer.part_covered_until("SN-9"), Some(date(2027, 1, 5)));
    let part_longer = decide_default(&facts("2025-06-16"));
    assert_eq!(part_longer.part_covered_until("SN-9"), Some(date(2026, 8, 6)));
    assert_eq!(part_longer.part_covered_until("SN-other"), Some(date(2026, 6, 16)));
    assert_eq!(part_longer.asset_covered_until(), Some(date(2026, 6, 16)));
}

#[test]
fn p49_p53_an_unclear_part_is_asked_about_only_where_it_matters() {
    let unclear = CoverageFacts { sold_parts: vec![part("2026-05-01", None)], ..expired() };
    let decision = decide_default(&unclear);
    assert_eq!(decision.verdict, Verdict::Undecided);
    assert_eq!(lacks(&decision), [MissingFact::AffectedPart]);
    assert_eq!(decision.missing[0].about.as_deref(), Some("SN-9"));

    let under_warranty = CoverageFacts { sold_parts: vec![part("2026-05-01", None)], ..covered() };
    let decision = decide_default(&under_warranty);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert!(decision.missing.is_empty());
}

#[test]
fn p49_a_covered_part_of_an_asset_without_certificate_leaves_the_rest_open() {
    let facts = CoverageFacts {
        repaired_parts: vec![part("2026-05-01", Some(true))],
        ..reported("2026-06-10T10:00:00")
    };
    let decision = decide_default(&facts);
    assert_eq!(decision.verdict, Verdict::Covered);
    let parts = decision.charge(ChargeKind::Parts).unwrap();
    assert_eq!(parts.payer_for_part("SN-9"), Some(Payer::Company));
    assert_eq!(parts.payer_for_part("SN-other"), None);
    assert_eq!(outcome(&decision, ChargeKind::Travel), ChargeOutcome::Undecided);
    assert_eq!(lacks(&decision), [MissingFact::AcceptanceCertificate]);
}

#[test]
fn p74_the_same_fault_within_90_days_is_reworked_free() {
    // completed, last covered day: 90 days on, or the next day that is no rest day
    for (completed_on, end) in [("2026-03-12", "2026-06-10"), ("2026-03-15", "2026-06-15")] {
        let facts = |local: String, same| CoverageFacts {
            previous_repairs: vec![repaired(completed_on, same)],
            ..under_warranty("2020-01-06", &local)
        };
        let last = format!("{end}T23:59:59");
        let decision = decide_default(&facts(last.clone(), Some(true)));
        assert_eq!(decision.verdict, Verdict::Covered, "{completed_on}");
        assert_eq!(decision.layer, Some(Layer::Rework));
        for line in &decision.charges {
            let fixed = matches!(line.outcome, ChargeOutcome::NotIncluded);
            assert!(fixed || line.payer == Some(Payer::Company), "{:?} costs", line.kind);
        }
        assert_eq!(decision.charge(ChargeKind::Packing).unwrap().clause.promise, "P74");
        let found = decision.layers.iter().find(|f| f.layer == Layer::Rework).unwrap();
        assert_eq!(found.source_id.as_deref(), Some("SQ20260301-0001"));

        let next = format!("{}T00:00:00", day(end).tomorrow().unwrap());
        assert_eq!(decide_default(&facts(next, Some(true))).verdict, Verdict::Chargeable);
        assert_eq!(decide_default(&facts(last.clone(), Some(false))).verdict, Verdict::Chargeable);
        let unclear = decide_default(&facts(last, None));
        assert_eq!(unclear.verdict, Verdict::Undecided);
        assert_eq!(lacks(&unclear), [MissingFact::SameFault]);
    }
}

#[test]
fn p74_rework_gives_way_to_a_decided_exclusion() {
    let base = CoverageFacts { previous_repairs: vec![repaired("2026-05-01", Some(true))], ..expired() };
    assert_eq!(decide_default(&base).verdict, Verdict::Covered);
    for code in BY_PERSON {
        let now = CoverageFacts { exclusion_findings: vec![decided(code)], ..base.clone() };
        assert_eq!(decide_default(&now).verdict, Verdict::Chargeable, "{code:?}");

        let mut earlier = base.clone();
        earlier.previous_repairs[0].excluded = Some(code);
        let decision = decide_default(&earlier);
        assert_eq!(decision.verdict, Verdict::Chargeable, "{code:?}");
        assert!(has_reason(&decision, ReasonCode::ReworkExcluded));
    }
}
