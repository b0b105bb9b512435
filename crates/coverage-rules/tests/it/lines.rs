//! Lines and payers (P55, P61, P62, P64).

use coverage_rules::*;
use service_calendar::HolidayYears;

use crate::world::*;

fn request(request: RequestKind) -> CoverageFacts {
    CoverageFacts { request, ..covered() }
}

#[test]
fn p55_payers_follow_the_matrix_of_the_cover_in_force() {
    use ChargeKind::{Labour, Packing, Parts, Postage, Travel};
    let rework = CoverageFacts { previous_repairs: vec![repaired("2026-05-01", Some(true))], ..expired() };
    let agreed = CoverageFacts { agreements: vec![agreement("2026-01-01", "2026-12-31")], ..expired() };
    let mended = CoverageFacts { repaired_parts: vec![part("2026-05-01", Some(true))], ..expired() };
    let bought = CoverageFacts { sold_parts: vec![part("2026-05-01", Some(true))], ..expired() };
    let excluded =
        CoverageFacts { exclusion_findings: vec![decided(ExclusionCode::SelfDismantled)], ..covered() };
    // cover, the kinds the customer pays
    let table: [(&str, CoverageFacts, &[ChargeKind]); 8] = [
        ("rework", rework, &[]),
        ("warranty", covered(), &[Packing]),
        ("agreement", agreed, &[Packing]),
        ("repaired part", mended, &[Travel, Postage, Packing]),
        ("sold part", bought, &[Travel, Postage, Packing]),
        ("out of period", expired(), &[Labour, Parts, Travel, Postage, Packing]),
        ("excluded", excluded, &[Labour, Parts, Travel, Postage, Packing]),
        ("part sale", request(RequestKind::PartSale), &[Labour, Parts, Travel, Postage, Packing]),
    ];
    for (name, facts, customers) in table {
        let decision = decide_default(&facts);
        for kind in [Labour, Parts, Travel, Postage, Packing] {
            let expected = if customers.contains(&kind) { Payer::Customer } else { Payer::Company };
            assert_eq!(payer(&decision, kind), Some(expected), "{name}: {kind:?}");
        }
        for kind in [Travel, Postage, Packing] {
            let by_p55 = decision.charge(kind).unwrap().clause.promise == "P55";
            assert_eq!(by_p55, customers.contains(&kind), "{name}: {kind:?}");
        }
    }
}

#[test]
fn p55_the_matrix_is_policy() {
    let mut policy = CoveragePolicy::default();
    policy
        .payer_matrix
        .entry(ChargeKind::Travel)
        .or_default()
        .insert(CoverageKind::AcceptanceYear, Payer::Customer);
    assert_eq!(policy.check(), Ok(()));
    let decision = decide(&covered(), &policy, &HolidayYears::built_in());
    let travel = decision.charge(ChargeKind::Travel).unwrap();
    assert_eq!(travel.outcome, ChargeOutcome::Chargeable);
    assert_eq!(travel.clause.key, ClauseKey::CustomerPays);
    let said = decision.reasons.iter().find(|r| r.code == ReasonCode::CustomerPays).unwrap();
    assert!(said.zh_cn.contains("上门车费") && said.en.contains("travel"), "{said:?}");
}

#[test]
fn p55_payers_under_a_cover_can_be_listed() {
    let listed = payers_under(&CoveragePolicy::default(), CoverageKind::AcceptanceYear);
    assert_eq!(listed.len(), 5);
    assert!(listed.contains(&(ChargeKind::Travel, Payer::Company)));
    assert!(listed.contains(&(ChargeKind::Packing, Payer::Customer)));
}

#[test]
fn p61_training_is_free_and_a_charge_for_it_refused() {
    for facts in [covered(), expired(), reported("2026-06-10T10:00:00"), request(RequestKind::Training)] {
        let decision = decide_default(&facts);
        let training = decision.charge(ChargeKind::Training).unwrap();
        assert_eq!(training.outcome, ChargeOutcome::Refused);
        assert_eq!(training.payer, Some(Payer::Company));
        assert_eq!(training.clause.promise, "P61");
    }
    let asked = CoverageFacts { acceptance: None, ..request(RequestKind::Training) };
    let decision = decide_default(&asked);
    assert_eq!(decision.verdict, Verdict::Covered);
    assert_eq!(decision.coverage, Some(CoverageKind::Training));
    assert!(decision.missing.is_empty());
    assert_eq!(payer(&decision, ChargeKind::Travel), Some(Payer::Company));
    assert_eq!(decision.reasons[0].code, ReasonCode::TrainingFree);
}

#[test]
fn p62_a_patch_is_free_for_licensed_sites() {
    let table = [
        (SiteLicence::Licensed, Verdict::Covered, Some(Payer::Company), ReasonCode::PatchIncluded),
        (SiteLicence::Unlicensed, Verdict::Chargeable, Some(Payer::Customer), ReasonCode::PatchUnlicensed),
        (SiteLicence::Unknown, Verdict::Undecided, None, ReasonCode::NotKnown),
    ];
    for (site_licence, verdict, who, reason) in table {
        let facts = CoverageFacts { site_licence, ..request(RequestKind::Patch) };
        let decision = decide_default(&facts);
        assert_eq!(decision.verdict, verdict, "{site_licence:?}");
        assert_eq!(payer(&decision, ChargeKind::Patch), who, "{site_licence:?}");
        assert_eq!(payer(&decision, ChargeKind::Labour), who, "{site_licence:?}");
        assert_eq!(decision.reasons[0].code, reason, "{site_licence:?}");
        let asks = lacks(&decision) == [MissingFact::SiteLicence];
        assert_eq!(asks, verdict == Verdict::Undecided, "{site_licence:?}");
    }
    assert_eq!(outcome(&decide_default(&covered()), ChargeKind::Patch), ChargeOutcome::Covered);
}

#[test]
fn p64_an_upgrade_is_never_free() {
    for facts in [covered(), expired(), request(RequestKind::Upgrade)] {
        let upgrade = decide_default(&facts).charge(ChargeKind::Upgrade).cloned().unwrap();
        assert_eq!(upgrade.outcome, ChargeOutcome::NotIncluded);
        assert_eq!(upgrade.payer, Some(Payer::Customer));
        assert_eq!(upgrade.clause.promise, "P64");
    }
    let decision = decide_default(&request(RequestKind::Upgrade));
    assert_eq!(decision.verdict, Verdict::Chargeable);
    assert_eq!(outcome(&decision, ChargeKind::Labour), ChargeOutcome::NotIncluded);
    assert_eq!(decision.reasons[0].code, ReasonCode::UpgradeQuoted);
}

#[test]
fn p12_p28_the_sentences_read_well_in_both_languages() {
    let decision = decide_default(&under_warranty("2025-03-01", "2026-03-02T09:05:00"));
    assert_eq!(
        decision.reasons[0].zh_cn,
        "2025-03-01 验收（验收单 YS-1），免费保修 1 年，至 2026-03-02 24:00 止；2026-03-02 09:05 报修，在期内。"
    );
    assert_eq!(
        decision.reasons[0].en,
        "Accepted on 2025-03-01 (certificate YS-1), 1 year of free warranty, until 2026-03-02 24:00; the report of 2026-03-02 09:05 lies within."
    );
    assert_eq!(decision.reasons[0].values.get("end"), Some("2026-03-02"));
    assert!(
        decision.reasons[1].zh_cn.contains("2026-03-01 为休息日（星期日）"),
        "{}",
        decision.reasons[1].zh_cn
    );
}
