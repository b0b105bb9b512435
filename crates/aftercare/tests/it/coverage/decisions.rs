//! When cover is judged, what a repeated fault means, and that a kept decision comes out again (P28, P74).

use super::*;

both!(p28_cover_is_judged_at_the_report_and_a_missing_acceptance_is_named, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2025-03-01"), false).await;
    // 2026-03-01 is a Sunday: covered through Monday.
    let covered = ground.preview(&asset, "2026-03-02T23:59:59+08:00").await;
    assert_eq!(
        (covered["verdict"].as_str(), covered["badge"]["until"].as_str()),
        (Some("covered"), Some("2026-03-02"))
    );
    assert_eq!(
        (covered["clause"]["promise"].as_str(), covered["period"]["extended"].as_bool()),
        (Some("P28"), Some(true))
    );
    assert_eq!((payer(&covered, "labour"), payer(&covered, "packing")), ("company", "customer"));
    let over = ground.preview(&asset, "2026-03-03T00:00:00+08:00").await;
    assert_eq!(
        (over["verdict"].as_str(), over["clause"]["promise"].as_str()),
        (Some("chargeable"), Some("P35"))
    );
    assert_eq!(payer(&over, "labour"), "customer");

    let unaccepted = ground.asset("A2", None, false).await;
    let unknown = ground.preview(&unaccepted, "2026-03-02T10:00:00+08:00").await;
    assert_eq!(unknown["verdict"], "undecided");
    assert_eq!(unknown["missing"][0]["what"], "acceptance_certificate");
    assert!(unknown["clause"].is_null() && !unknown["missing"][0]["how"]["en"].as_str().unwrap().is_empty());
    assert_eq!(payer(&unknown, "labour"), "undecided");

    // An agent may report on any site; others see their unit's assets only (decision 2).
    let path = format!("/api/coverage/preview?asset_id={asset}");
    let far = Some(ground.company.guangzhou.as_str());
    world.client_in(&[Role::HotlineAgent], far, None, None).await.get(&path).await.expect(200);
    let clerk = world.client_in(&[Role::FinanceClerk], far, None, None).await;
    assert_eq!(clerk.get(&path).await.refused(404), "coverage_asset_unknown");

    // The acceptance comes later; the case is decided again, and both decisions stay.
    let case = ground.case(&world, &unaccepted, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    assert_eq!(ground.decide(&world, case).await.engine_verdict, coverage::Verdict::Undecided);
    assert_eq!(
        clerk.get(&format!("/api/cases/{case_id}/coverage")).await.refused(404),
        "coverage_not_decided"
    );
    let acceptance = json!({
        "site_id": ground.site, "asset_ids": [unaccepted], "accepted_on": "2026-09-01", "signed_by_name": "客户代表",
        "signature": { "strokes": [[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]] },
    });
    ground.manager.post("/api/acceptances", acceptance).await.expect(201);
    let again =
        ground.manager.post(&format!("/api/cases/{case_id}/coverage/facts"), json!({})).await.expect(200);
    assert_eq!(
        (again["ordinal"].as_i64(), again["decision"]["verdict"].as_str()),
        (Some(2), Some("covered"))
    );
    // The holidays of 2027 are not published yet (decision 12).
    assert_eq!(again["decision"]["provisional_years"], json!([2027]));
    let history = ground.manager.get(&format!("/api/cases/{case_id}/coverage/history")).await.expect(200);
    assert_eq!(
        (history[0]["engine_verdict"].as_str(), history[1]["engine_verdict"].as_str()),
        (Some("covered"), Some("undecided"))
    );

    // Then they are, and the last day moves past a holiday; reading twice changes nothing more.
    let list = r#"{"year":2027,"closed":[{"date":"2027-09-01"}],"makeup":[]}"#;
    let year: service_calendar::HolidayYear = serde_json::from_str(list).unwrap();
    world
        .app
        .act(Actor::system("test"), |tx, cx| {
            Box::pin(async move { policy::import_holidays(tx, cx, year).await })
        })
        .await
        .unwrap();
    world.sealed().await;
    for _ in 0..2 {
        let readers = coverage::jobs::readers();
        kit::readers::read_new(&world.app, &readers, &mut kit::readers::Looked::new()).await.unwrap();
    }
    let derived = ground.manager.get(&format!("/api/cases/{case_id}/coverage")).await.expect(200);
    assert_eq!(
        (derived["cause"].as_str(), derived["ordinal"].as_i64()),
        (Some("calendar_published"), Some(3))
    );
    assert_eq!(derived["decision"]["badge"]["until"], "2027-09-02");
    assert_eq!(derived["decision"]["provisional_years"], json!([]));
    assert_eq!(mismatches(&world).await, []);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'coverage.decided'").await, 3);
    world.sealed().await;
});

both!(p74_the_same_fault_soon_after_a_repair_is_free, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2023-03-03"), false).await;
    let mut case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    case.previous_repairs = vec![PreviousRepair {
        case_id: "SQ20260901-0001".into(),
        completed_on: "2026-09-01".parse().unwrap(),
        same_fault: None,
        excluded: None,
    }];
    let facts = format!("/api/cases/{}/coverage/facts", case.case_id);
    assert_eq!(ground.decide(&world, case).await.engine_verdict, coverage::Verdict::Undecided);
    let same = json!({ "same_fault": [{ "case_number": "SQ20260901-0001", "same": true }] });
    let free = ground.manager.post(&facts, same).await.expect(200);
    assert_eq!(
        (free["decision"]["layer"].as_str(), free["decision"]["clause"]["promise"].as_str()),
        (Some("rework"), Some("P74"))
    );
    for kind in ["labour", "parts", "travel", "packing"] {
        assert_eq!(payer(&free["decision"], kind), "company");
    }
});

both!(an_altered_decision_does_not_come_out_again, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2026-03-03"), false).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    ground.decide(&world, case).await;
    assert_eq!(mismatches(&world).await, []);
    world
        .app
        .db
        .write(|tx| {
            Box::pin(async move {
                tx.execute(
                    "INSERT INTO coverage_decision (id, case_id, ordinal, asset_id, cause, facts, decision, verdict, \
                     policy_version, decided_by, decided_at) SELECT '00000000-0000-7000-8000-00000000000a', case_id, 2, \
                     asset_id, cause, facts, REPLACE(decision, '\"verdict\":\"covered\"', '\"verdict\":\"chargeable\"'), \
                     'chargeable', policy_version, decided_by, decided_at FROM coverage_decision",
                    &[],
                )
                .await
            })
        })
        .await
        .unwrap();
    let found = mismatches(&world).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].why.en.contains("altered"), "{:?}", found[0]);
    assert!(found[1].why.en.contains("not what its newest decision"), "{:?}", found[1]);
});
