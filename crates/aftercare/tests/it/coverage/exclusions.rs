//! Exclusions by evidence, by data and by the list of designated parties; overrulings (P31-P34, P55).

use super::*;

both!(p31_an_exclusion_takes_evidence_explanation_and_a_person, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2026-03-03"), false).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    assert_eq!(ground.decide(&world, case).await.engine_verdict, coverage::Verdict::Covered);
    let path = format!("/api/cases/{case_id}/exclusions");
    let previews = ground.manager.get(&format!("/api/cases/{case_id}/coverage/exclusions")).await.expect(200);
    assert_eq!(previews.as_array().unwrap().len(), 4, "P31 to P34, worked out ahead (decision 13)");

    let empty = json!({ "code": "abnormal_operation" });
    assert_eq!(ground.manager.post(&path, empty).await.refused(422), "exclusion_evidence_missing");
    let by_dates = json!({ "code": "out_of_period", "text": "x" });
    assert_eq!(ground.manager.post(&path, by_dates).await.refused(422), "exclusion_by_dates");
    let unsent = json!({ "code": "abnormal_operation", "photos": ["ab".repeat(32)] });
    assert_eq!(ground.manager.post(&path, unsent).await.refused(422), "coverage_file_not_sent");

    let proposal = json!({ "code": "abnormal_operation", "text": "闸杆被车辆撞断" });
    let proposed = ground.manager.post(&path, proposal.clone()).await.expect(201);
    assert_eq!(proposed["decision"]["verdict"], "covered", "a proposal changes nothing");
    assert_eq!(payer(&proposed["decision"], "labour"), "company");
    assert_eq!(ground.manager.post(&path, proposal).await.refused(409), "exclusion_proposed_twice");
    let decide = format!("/api/exclusions/{}/decide", id(&proposed["findings"][0]));

    let bare = ground.manager.post(&decide, json!({ "applies": true, "reason": "人为损坏" })).await;
    assert_eq!(bare.refused(422), "exclusion_photo_missing");
    let fields: Vec<_> =
        bare.json["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(fields, ["/photos", "/explained", "/acknowledgement"], "all at once");
    let picture = photo(&ground.manager, "broken barrier").await;
    let whole = json!({
        "applies": true, "reason": "人为损坏", "photos": [picture], "explained": true, "acknowledgement": "refused",
    });
    let mut no_reason = whole.clone();
    no_reason["reason"] = json!(" ");
    assert_eq!(ground.manager.post(&decide, no_reason).await.refused(422), "coverage_reason_missing");
    let mut unsigned = whole.clone();
    unsigned["acknowledgement"] = json!("signed");
    assert_eq!(ground.manager.post(&decide, unsigned).await.refused(422), "exclusion_signature_missing");
    let far = world.client_in(&[Role::BranchManager], Some(&ground.company.guangzhou), None, None).await;
    assert_eq!(far.post(&decide, whole.clone()).await.refused(404), "exclusion_unknown");
    let agent = world.client_in(&[Role::HotlineAgent], Some(&ground.company.shenzhen), None, None).await;
    assert_eq!(agent.post(&decide, whole.clone()).await.refused(403), "not_permitted");
    assert_eq!(world.count("SELECT COUNT(*) FROM coverage_decision").await, 1, "refusals leave no trace");

    let decided = ground.manager.post(&decide, whole.clone()).await.expect(200);
    assert_eq!(
        (decided["decision"]["verdict"].as_str(), decided["decision"]["clause"]["promise"].as_str()),
        (Some("chargeable"), Some("P31"))
    );
    assert_eq!((decided["ordinal"].as_i64(), decided["cause"].as_str()), (Some(2), Some("exclusion")));
    assert_eq!(decided["findings"][0]["acknowledgement"], "refused");
    for kind in ["labour", "parts", "travel"] {
        assert_eq!(payer(&decided["decision"], kind), "customer");
    }
    // The phone was told the same beforehand.
    let foreseen = previews.as_array().unwrap().iter().find(|p| p["code"] == "abnormal_operation").unwrap();
    assert_eq!(foreseen["charges"], decided["decision"]["charges"]);
    // A sentence names the person, the facts only their id.
    let said = decided["decision"]["reasons"][0]["text"]["en"].as_str().unwrap();
    assert!(said.contains("Test account"), "{said}");
    assert_eq!(ground.manager.post(&decide, whole).await.refused(409), "exclusion_decided_already");

    let history = ground.manager.get(&format!("/api/cases/{case_id}/coverage/history")).await.expect(200);
    assert_eq!(history[1]["decision"]["verdict"], "covered", "the old decision stays");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'coverage.exclusion_decided'").await, 1);
    let mut tx = world.app.db.reader().await.unwrap();
    let badges = coverage::badges_of(&mut tx, std::slice::from_ref(&case_id)).await.unwrap();
    assert_eq!(badges[&case_id].text.zh_cn, "收费（免责）");
    drop(tx);
    for statement in ["UPDATE coverage_decision SET verdict = 'covered'", "DELETE FROM coverage_decision"] {
        let refused =
            world.app.db.write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await })).await;
        assert!(refused.unwrap_err().to_string().contains("append-only"), "{statement}");
    }
    assert_eq!(mismatches(&world).await, []);
});

both!(p34_the_flag_proposes_and_a_person_may_say_no, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2026-03-03"), true).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    let decided = ground.decide(&world, case).await;
    assert_eq!(decided.engine_verdict, coverage::Verdict::Covered, "the flag alone decides nothing");
    assert_eq!(decided.decision.proposals[0].code, coverage::ExclusionCode::MixedSystem);
    let proposal = json!({ "code": "mixed_system", "text": "控制器为其他厂家产品" });
    let proposed =
        ground.manager.post(&format!("/api/cases/{case_id}/exclusions"), proposal).await.expect(201);
    let decide = format!("/api/exclusions/{}/decide", id(&proposed["findings"][0]));
    let rejected = ground
        .manager
        .post(&decide, json!({ "applies": false, "reason": "故障与外购件无关" }))
        .await
        .expect(200);
    assert_eq!(
        (rejected["decision"]["verdict"].as_str(), rejected["findings"][0]["state"].as_str()),
        (Some("covered"), Some("rejected"))
    );
    assert_eq!(rejected["decision"]["proposals"], json!([]));
});

both!(p55_an_overruling_needs_a_reason_and_for_travel_a_second_person, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2024-03-04"), false).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    let decided = ground.decide(&world, case.clone()).await;
    assert_eq!(decided.engine_verdict, coverage::Verdict::Chargeable);
    let path = format!("/api/coverage/{}/overrule", decided.id);
    let labour =
        |reason: &str| json!({ "reason": reason, "payers": [{ "kind": "labour", "payer": "company" }] });
    let refused = ground.manager.post(&path, labour("")).await;
    assert_eq!(refused.refused(422), "coverage_overruling_refused");
    assert!(refused.json["detail"].as_str().unwrap().contains("理由"));
    assert_eq!(
        ground.manager.post(&path, json!({ "reason": "x" })).await.refused(422),
        "coverage_overruling_refused"
    );
    let training = json!({ "reason": "x", "payers": [{ "kind": "training", "payer": "customer" }] });
    assert_eq!(ground.manager.post(&path, training).await.refused(422), "coverage_overruling_refused");
    let engineer = world.client_in(&[Role::Dispatcher], Some(&ground.company.shenzhen), None, None).await;
    assert_eq!(engineer.post(&path, labour("好客户")).await.refused(403), "not_permitted");

    let ruled = ground.manager.post(&path, labour("好客户")).await.expect(201);
    assert_eq!(
        (payer(&ruled["decision"], "labour"), payer(&ruled["decision"], "parts")),
        ("company", "customer")
    );
    assert_eq!(
        (ruled["engine_verdict"].as_str(), ruled["overrulings"][0]["asked_by"].as_str()),
        (Some("chargeable"), Some("Test account"))
    );

    let travel = json!({ "reason": "路程很近", "verdict": "covered", "payers": [{ "kind": "travel", "payer": "company" }] });
    let asked = ground.manager.post(&path, travel.clone()).await.expect(201);
    assert_eq!(
        (payer(&asked["decision"], "travel"), asked["overrulings"][1]["state"].as_str()),
        ("customer", Some("waiting"))
    );
    assert_eq!(ground.manager.post(&path, travel).await.refused(409), "coverage_overruling_waits");
    let approve = format!("/api/overrulings/{}/approve", id(&asked["overrulings"][1]));
    assert_eq!(
        ground.manager.post(&approve, json!({ "approved": true })).await.refused(409),
        "coverage_own_approval"
    );
    let far = world.client_in(&[Role::BranchManager], Some(&ground.company.guangzhou), None, None).await;
    assert_eq!(
        far.post(&approve, json!({ "approved": true })).await.refused(404),
        "coverage_overruling_unknown"
    );
    let second =
        world.client_in(&[Role::BranchManager], Some(&ground.company.headquarters), None, None).await;
    world.app.clock.advance(Ts::MINUTE);
    let held = second.post(&approve, json!({ "approved": true })).await.expect(200);
    assert_eq!(
        (payer(&held["decision"], "travel"), held["decision"]["verdict"].as_str()),
        ("company", Some("covered"))
    );
    assert_eq!(held["decision"]["badge"]["text"]["en"], "Covered (overruled)");
    assert_eq!(
        second.post(&approve, json!({ "approved": true })).await.refused(409),
        "coverage_overruling_not_waiting"
    );
    assert_eq!(held["engine_verdict"], "chargeable", "the engine's verdict stays beneath");

    // A newer decision: the older one is history.
    ground.decide(&world, case).await;
    assert_eq!(ground.manager.post(&path, labour("again")).await.refused(409), "coverage_decision_replaced");
    let history = ground.manager.get(&format!("/api/cases/{case_id}/coverage/history")).await.expect(200);
    assert_eq!(history[1]["overrulings"].as_array().unwrap().len(), 2);
    assert_eq!(mismatches(&world).await, []);
});

both!(p33_work_by_somebody_not_designated_that_day_proposes_the_exclusion, |world| async move {
    let ground = Ground::lay(&world).await;
    let admin = world.client(Role::SystemAdmin).await;
    let party = json!({
        "kind": "firm", "name": "北星安装有限公司", "valid_from": "2026-01-01", "valid_to": "2026-06-30", "remark": "HT-7",
    });
    let made = admin.post("/api/designated-parties", party.clone()).await.expect(201);
    assert_eq!(admin.post("/api/designated-parties", party.clone()).await.refused(409), "designated_exists");
    let mut wrong = party.clone();
    wrong["valid_to"] = json!("2025-12-31");
    assert_eq!(admin.post("/api/designated-parties", wrong).await.refused(422), "designated_dates");
    let agent = world.client_in(&[Role::HotlineAgent], Some(&ground.company.shenzhen), None, None).await;
    assert_eq!(agent.get("/api/designated-parties").await.expect(200)[0]["name"], "北星安装有限公司");
    assert_eq!(agent.post("/api/designated-parties", party.clone()).await.refused(403), "not_permitted");

    let asset = ground.asset("A1", Some("2026-03-03"), false).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let facts = format!("/api/cases/{}/coverage/facts", case.case_id);
    ground.decide(&world, case).await;
    let work = |name: &str, day: &str| json!({ "outside_work": [{ "name": name, "done_on": day }] });
    let fine = ground.manager.post(&facts, work("北星 安装有限公司", "2026-06-30")).await.expect(200);
    assert_eq!(fine["outside_work"][0]["designated"], true);
    assert_eq!(fine["decision"]["proposals"], json!([]));
    // One day after the list's last day the exclusion is proposed; a person decides, so the verdict stands.
    let late = ground.manager.post(&facts, work("北星安装有限公司", "2026-07-01")).await.expect(200);
    let proposal = &late["decision"]["proposals"][0];
    assert_eq!(
        (proposal["code"].as_str(), proposal["source"].as_str()),
        (Some("non_designated"), Some("outside_work"))
    );
    assert_eq!(late["decision"]["verdict"], "covered");
    assert_eq!(
        ground.manager.post(&facts, work("某人", "2026-10-10")).await.refused(422),
        "outside_work_invalid"
    );

    // A longer term counts from the next decision on; the old ones come out as they were (invariant 9).
    let path = format!("/api/designated-parties/{}", id(&made));
    let mut longer = party;
    longer["valid_to"] = json!("2026-12-31");
    admin.put(&path, 1, longer.clone()).await.expect(200);
    admin.put(&path, 1, longer).await.expect(412);
    let again = ground.manager.post(&facts, json!({})).await.expect(200);
    assert_eq!(again["decision"]["proposals"], json!([]), "the answers were kept");
    assert_eq!(mismatches(&world).await.len(), 0);
});
