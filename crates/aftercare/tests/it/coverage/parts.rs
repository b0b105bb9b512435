//! Parts with a warranty of their own (P49, P53).

use super::*;

both!(p49_a_repaired_part_has_a_cover_of_its_own, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2023-03-03"), false).await;
    let delivery = json!({
        "kind": "repaired", "asset_id": asset, "part": "控制主板", "serial": "PCB-7", "source_number": "WX20260901-0001",
        "delivered_on": "2026-09-01",
    });
    let mut tomorrow = delivery.clone();
    tomorrow["delivered_on"] = json!("2026-10-10");
    assert_eq!(ground.manager.post("/api/part-warranties", tomorrow).await.refused(422), "part_warranty_day");
    ground.manager.post("/api/part-warranties", delivery.clone()).await.expect(201);
    assert_eq!(ground.manager.post("/api/part-warranties", delivery).await.refused(409), "already_exists");
    let parts = ground.manager.get(&format!("/api/part-warranties?asset_id={asset}")).await.expect(200);
    assert_eq!(parts[0]["serial"], "PCB-7");

    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let facts = format!("/api/cases/{}/coverage/facts", case.case_id);
    let decided = ground.decide(&world, case).await;
    assert_eq!(
        decided.decision.missing[0].about.as_deref(),
        Some("PCB-7"),
        "whether the fault is in the part"
    );
    let said = json!({ "parts": [{ "serial": "PCB-7", "affected": true }] });
    let covered = ground.manager.post(&facts, said).await.expect(200);
    assert_eq!(
        (covered["decision"]["layer"].as_str(), covered["decision"]["badge"]["until"].as_str()),
        (Some("repaired_part"), Some("2026-12-01"))
    );
    let mut tx = world.app.db.reader().await.unwrap();
    let kept = coverage::of_case(&mut tx, covered["case_id"].as_str().unwrap()).await.unwrap().unwrap();
    let payer = |serial| kept.decision.payer(coverage::ChargeKind::Parts, serial);
    assert_eq!(
        (payer(Some("PCB-7")), payer(Some("PCB-8"))),
        (Some(coverage::Payer::Company), Some(coverage::Payer::Customer))
    );
    assert_eq!(
        kept.decision.payer(coverage::ChargeKind::Travel, None),
        Some(coverage::Payer::Customer),
        "P55"
    );
    drop(tx);
    let said = json!({ "parts": [{ "serial": "PCB-7", "affected": false }] });
    assert_eq!(ground.manager.post(&facts, said).await.expect(200)["decision"]["verdict"], "chargeable");
});

both!(p49_p53_a_parts_list_says_until_when_each_is_covered, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2023-03-03"), false).await;
    // The end follows the policy and its rest days: 2025-11-30 + 3 months is a make-up workday and stays (decision 11).
    for (kind, serial, day, until) in [
        ("sold", "S-1", "2026-09-01", "2026-12-01"),
        ("repaired", "R-1", "2025-11-30", "2026-02-28"),
        ("sold", "S-2", "2026-07-02", "2026-10-08"),
    ] {
        let delivery = json!({
            "kind": kind, "asset_id": asset, "part": "控制主板", "serial": serial, "source_number": "DD-1", "delivered_on": day,
        });
        let made = ground.manager.post("/api/part-warranties", delivery).await.expect(201);
        assert_eq!(made["covered_until"], until, "{serial}");
    }
    let parts = ground.manager.get(&format!("/api/part-warranties?asset_id={asset}")).await.expect(200);
    let ends: Vec<_> =
        parts.as_array().unwrap().iter().map(|p| p["covered_until"].as_str().unwrap()).collect();
    assert_eq!(ends, ["2026-12-01", "2026-10-08", "2026-02-28"], "newest delivery first");
});
