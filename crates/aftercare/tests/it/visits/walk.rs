//! The walk from the planned visit to the closed work order: covered, chargeable, excluded, signed or refused.

use http::Method;
use kit::Ts;
use serde_json::{Value, json};

use super::{clock, job, strokes};
use crate::both;
use crate::customers::id;

both!(p12_p20_p21_p23_p24_p44_p70_p72_p73_a_covered_job_walks_to_its_closed_work_order, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let planned = job.plan(&order, 0, 1, 4).await.expect(201);
    let visit = id(&planned);
    assert_eq!(
        (planned["state"].as_str(), planned["number"].as_str()),
        (Some("dispatched"), Some("FW20261009-0001-1"))
    );
    assert_eq!(planned["next"]["step"], "accept");
    let engineer = &job.engineers[0].1;

    // The engineer sees the customer from now on; another one doesn't (decision 2).
    let day = engineer.get("/api/my/day").await.expect(200);
    let card = &day["visits"][0];
    assert_eq!(
        (card["id"].as_str(), card["order"]["severity"].as_str()),
        (Some(visit.as_str()), Some("major"))
    );
    assert_eq!(card["order"]["contact"]["phone_masked"], "138****1234");
    assert_eq!(
        card["exclusions"].as_array().unwrap().len(),
        4,
        "the phone never decides coverage (decision 13)"
    );
    assert_eq!(day["prices"].as_array().unwrap().len(), 2);
    engineer.get(&format!("/api/sites/{}", job.desk.site)).await.expect(200);
    assert_eq!(job.engineers[1].1.get(&format!("/api/visits/{visit}")).await.refused(404), "visit_unknown");
    let theirs = job.engineers[1].1.post(&format!("/api/visits/{visit}/accept"), json!({})).await;
    assert_eq!(theirs.refused(404), "visit_unknown");

    // P20: nobody sets out without clothes, badge and tools.
    assert_eq!(job.step(&visit, "depart", job.departure()).await.refused(409), "visit_not_accepted");
    job.does(&visit, &[("accept", json!({}))]).await;
    let bare = job.step(&visit, "depart", json!({})).await;
    assert_eq!(bare.refused(409), "checklist_items_open");
    job.does(&visit, &[("depart", job.departure())]).await;
    assert_eq!(job.case(&case).await["state"], "in_field");
    let moved = job.hours(5, 6);
    let reassign = json!({ "engineer_id": job.engineers[1].0, "window_start": moved["start"], "window_end": moved["end"], "reason": "换人" });
    assert_eq!(
        job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), reassign).await.refused(409),
        "visit_in_field"
    );
    assert_eq!(
        job.dispatcher
            .post(&format!("/api/visits/{visit}/cancel"), json!({ "reason": "不去" }))
            .await
            .refused(409),
        "visit_in_field"
    );

    // P44: exactly 4:00:00 after the agreement is kept; a place far away warns and doesn't block (P21).
    world.app.clock.advance(4 * Ts::HOUR);
    let arrive = json!({ "method": "gps", "position": { "lon": 114.2, "lat": 22.54, "accuracy_m": 20.0 } });
    let arrived = job.does(&visit, &[("arrive", arrive)]).await;
    assert_eq!(arrived["stamps"].as_array().unwrap().last().unwrap()["place_check"], "away");
    let view = job.case(&case).await;
    assert_eq!(
        (clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["elapsed_s"].as_i64()),
        (Some("met"), Some(14_400))
    );
    assert_eq!(
        world
            .count("SELECT COUNT(*) FROM event WHERE kind = 'visit.arrived' AND audience = 'customer'")
            .await,
        1
    );

    // P24, P73: safety first, a skip says why, everything is answered before the signature.
    job.does(&visit, &[("start", json!({}))]).await;
    let early = job.step(&visit, "answer", json!({ "item": "cause_removed", "result": "done" })).await;
    assert_eq!(early.refused(409), "checklist_safety_first");
    assert_eq!(job.step(&visit, "present", json!({})).await.refused(409), "visit_not_self_checked");
    assert_eq!(job.step(&visit, "self-check", json!({})).await.refused(409), "checklist_items_open");
    let unsent = json!({ "kind": "after", "sha256": "ab".repeat(32) });
    assert_eq!(job.step(&visit, "evidence", unsent).await.refused(409), "evidence_file_missing");
    let part = json!({ "name": "碳刷", "fate": "returned", "quantity": 2 });
    job.does(&visit, &[("old-part", part)]).await;
    let worked = job.worked(&visit).await;
    assert_eq!(
        (worked["order"]["state"].as_str(), worked["next"]["step"].as_str()),
        (Some("self_checked"), Some("present"))
    );

    // A covered line shows what is waived, and the customer pays nothing (P12).
    job.does(&visit, &[("charge", json!({ "price_line_id": job.labour, "quantity_milli": 1000 }))]).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    assert_eq!(shown["document"]["totals"]["waived_minor"], 12_345);
    assert_eq!(shown["document"]["totals"]["customer_in_capitals"], "零元整");
    assert_eq!(shown["document"]["coverage"]["clause"], "P28");
    assert_eq!(shown["document"]["old_parts"][0]["fate"], "returned");

    // P72: what changed after it was shown can't be signed.
    let other = json!({ "text": "另有线缆破损", "cause_code": "wear", "action": "包扎" });
    job.does(&visit, &[("finding", other)]).await;
    assert_eq!(job.sign(&visit, &shown["sha256"]).await.refused(409), "visit_document_changed");
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    assert_eq!(job.sign(&visit, &json!("00")).await.refused(409), "visit_document_hash_wrong");
    assert_eq!(job.step(&visit, "done", json!({})).await.refused(409), "visit_not_signed");
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    assert_eq!(
        job.step(&visit, "charge", json!({ "price_line_id": job.travel, "quantity_milli": 1000 }))
            .await
            .refused(409),
        "visit_signed"
    );

    let done = job.does(&visit, &[("done", json!({}))]).await;
    assert_eq!((done["state"].as_str(), done["order"]["state"].as_str()), (Some("done"), Some("settled")));
    let left = job.does(&visit, &[("leave", json!({}))]).await;
    assert_eq!((left["state"].as_str(), left["order"]["state"].as_str()), (Some("left"), Some("closed")));
    assert_eq!(job.step(&visit, "leave", json!({})).await.refused(409), "visit_step_done");
    let view = job.case(&case).await;
    assert_eq!(view["state"], "follow_up", "{view}");
    assert_eq!(
        (view["blockers"].as_array().unwrap().len(), view["symptom_class"].as_str()),
        (0, Some("does_not_move"))
    );
    // Codes come with their names, in both languages.
    let name = json!({ "zh_cn": "机械不动作", "en": "Does not move" });
    assert_eq!((&view["symptom_name"], &left["findings"][0]["fault_name"]), (&name, &name));
    assert!(left["findings"][0]["cause_name"]["zh_cn"].is_string(), "{left}");
    let entries = job.dispatcher.get(&format!("/api/cases/{case}/timeline")).await.expect(200);
    let found =
        entries["items"].as_array().unwrap().iter().find(|e| e["kind"] == "case.fault_found").unwrap();
    assert_eq!(found["body"]["words"], json!({ "found": name }));

    // The list still says who did it.
    let all = job.dispatcher.get("/api/work-orders?view=all").await.expect(200);
    let row = all["items"].as_array().unwrap().iter().find(|o| o["id"] == json!(order)).unwrap();
    assert_eq!((row["visit"].is_null(), row["done_by"]["name"].as_str()), (true, Some("工程师甲")));

    // The engineer no longer sees the customer; the signed order stays as it was.
    assert_eq!(engineer.get(&format!("/api/sites/{}", job.desk.site)).await.refused(404), "site_unknown");
    assert_eq!(engineer.get("/api/my/day").await.expect(200)["over"][0]["id"].as_str(), Some(visit.as_str()));
    let paper = job.dispatcher.get(&format!("/api/service-orders/{order}")).await.expect(200);
    assert_eq!(
        (&paper["sha256"], paper["signature"]["signer_name"].as_str()),
        (&shown["sha256"], Some("物业主管"))
    );
    assert_eq!(job.checked().await, (2, Vec::new()));
    world.sealed().await;
});

both!(p22_p69_p71_p72_a_chargeable_job_is_quoted_agreed_and_invoiced_to_the_cent, |world| async move {
    let job = job(&world, "2024-03-04").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    let labour = json!({ "price_line_id": job.labour, "quantity_milli": 1500 });
    let travel = json!({ "price_line_id": job.travel, "quantity_milli": 1000 });
    let view = job.does(&visit, &[("charge", labour), ("charge", travel)]).await;
    let total = 18_518 + 5_000;
    assert_eq!(view["quote"]["document"]["totals"]["customer_minor"], total);
    assert_eq!(
        job.step(&visit, "charge", json!({ "quantity_milli": 1000 })).await.refused(422),
        "charge_without_source"
    );

    // P22: findings are explained first, and nothing chargeable is done before the customer agrees.
    let quote = view["quote"]["sha256"].clone();
    let agree = |hash: &Value| json!({ "quote_hash": hash, "signer_name": "物业主管", "strokes": strokes() });
    assert_eq!(job.step(&visit, "acknowledge", agree(&quote)).await.refused(409), "visit_finding_missing");
    let finding = json!({ "text": "主板烧毁", "cause_code": "lightning", "action": "更换主板" });
    job.does(&visit, &[("finding", finding), ("answer", json!({ "item": "power_off", "result": "done" }))])
        .await;
    let early = job.step(&visit, "answer", json!({ "item": "cause_removed", "result": "done" })).await;
    assert_eq!(early.refused(409), "visit_quote_not_acknowledged");
    assert_eq!(
        job.step(&visit, "acknowledge", agree(&json!("00"))).await.refused(409),
        "visit_quote_hash_wrong"
    );
    let tap = json!({ "quote_hash": quote, "signer_name": "物业主管", "strokes": [[{ "x": 1, "y": 1, "t_ms": 0 }]] });
    assert_eq!(job.step(&visit, "acknowledge", tap).await.refused(422), "signature_empty");
    job.does(&visit, &[("acknowledge", agree(&quote))]).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    assert_eq!(shown["document"]["totals"]["customer_in_capitals"], "贰佰叁拾伍元壹角捌分");
    assert_eq!(shown["document"]["quote"]["sha256"], quote);

    // P72: the customer doesn't sign; a witness does.
    let refuse = json!({ "document_hash": shown["sha256"], "reason": "对价格有异议", "witness": " " });
    assert_eq!(job.step(&visit, "refuse-signature", refuse).await.refused(422), "signature_witness_missing");
    let refuse = json!({ "document_hash": shown["sha256"], "reason": "对价格有异议", "witness": "门岗" });
    let done =
        job.does(&visit, &[("refuse-signature", refuse), ("done", json!({})), ("leave", json!({}))]).await;
    assert_eq!(done["order"]["state"], "signed", "money is owed");
    let kinds = |view: &Value| -> Vec<String> {
        view["blockers"].as_array().unwrap().iter().map(|b| b["kind"].as_str().unwrap().to_owned()).collect()
    };
    let mut held = kinds(&job.case(&case).await);
    held.sort();
    assert_eq!(held, ["invoice_duty", "work_order"]);

    // P71: to the cent, by finance, once.
    let path = format!("/api/work-orders/{order}/invoice");
    let invoice = |amount: i64| json!({ "invoice_number": "26442000000012345678", "amount_minor": amount });
    assert_eq!(job.dispatcher.post(&path, invoice(total)).await.refused(403), "not_permitted");
    assert_eq!(job.finance.post(&path, invoice(total - 1)).await.refused(422), "invoice_amount_differs");
    let closed = job.finance.post(&path, invoice(total)).await.expect(200);
    assert_eq!(
        (closed["state"].as_str(), closed["invoice"]["amount_minor"].as_i64()),
        (Some("closed"), Some(total))
    );
    assert_eq!(job.finance.post(&path, invoice(total)).await.refused(409), "invoice_issued");
    assert_eq!(kinds(&job.case(&case).await), Vec::<String>::new());
    assert_eq!(job.checked().await, (2, Vec::new()), "the quote and the service order");
});

both!(p31_p55_an_exclusion_on_site_turns_the_lines_chargeable, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    let view =
        job.does(&visit, &[("charge", json!({ "price_line_id": job.labour, "quantity_milli": 1000 }))]).await;
    assert_eq!(
        (view["charges"]["items"][0]["payer"].as_str(), view["quote"].is_null()),
        (Some("company"), true)
    );
    let photo = job.photo("a broken arm").await;
    let exclusion = json!({
        "code": "abnormal_operation", "text": "闸杆被车辆撞断", "photos": [photo], "explained": true, "acknowledgement": "refused",
        "decision": { "applies": true, "reason": "人为损坏" },
    });
    let view = job.does(&visit, &[("exclusion", exclusion)]).await;
    assert_eq!(
        (view["charges"]["items"][0]["payer"].as_str(), view["quote"]["acknowledged"].as_bool()),
        (Some("customer"), Some(false))
    );
    assert_eq!(view["evidence"][0]["kind"], "exclusion");

    // P55: another payer needs a manager and a reason; the quote is gone then.
    let charge = id(&view["charges"]["items"][0]);
    let path = format!("/api/work-orders/{order}/charges/{charge}/payer");
    let version = view["charges"]["items"][0]["version"].as_i64();
    let goodwill = json!({ "payer": "company", "reason": "客情减免" });
    let key = job.manager.key();
    let overridden = job.manager.command(Method::POST, &path, &key, version, goodwill).await.expect(200);
    assert_eq!(overridden["charges"]["totals"]["total_minor"], 0);
    let view = job.step(&visit, &format!("charges/{charge}/remove"), json!({})).await.expect(200);
    assert_eq!(view["charges"]["items"], json!([]));
});

both!(p72_check_finds_a_document_that_was_tampered_with, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    assert_eq!(job.checked().await, (1, Vec::new()));
    for (statement, what) in [
        ("UPDATE shown_document SET content = REPLACE(content, '碳刷', '主板')", "document"),
        ("UPDATE signature SET signer_name = '别人'", "binding"),
        ("UPDATE signature SET strokes = REPLACE(strokes, '90', '91')", "strokes"),
    ] {
        world
            .app
            .db
            .write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await }))
            .await
            .unwrap();
        let found = job.checked().await.1;
        assert!(found.iter().any(|m| m.what == what && m.number == "FW20261009-0001"), "{what}: {found:?}");
    }
});

both!(p68_no_words_of_a_visit_hold_a_private_number, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let private = "13912345678";
    let case = job.agreed().await;
    let order = json!({
        "kind": "repair", "window": job.hours(1, 3), "place": format!("找门卫 {private}"), "symptom": format!("不抬杆 {private}"),
    });
    let order = job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), order).await.expect(201);
    let visit = id(&job.plan(&id(&order), 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    let finding = json!({ "text": format!("碳刷磨损，问 {private}"), "cause_code": "wear", "action": format!("更换，见 {private}") });
    job.step(&visit, "finding", finding).await.expect(200);
    job.step(&visit, "pause", json!({ "reason": "other", "note": format!("等 {private}") }))
        .await
        .expect(200);
    for path in [format!("/api/visits/{visit}"), format!("/api/work-orders/{}", id(&order))] {
        let shown = job.dispatcher.get(&path).await.text;
        assert!(shown.contains("139****5678") && !shown.contains(private), "{shown}");
    }
    for (table, column) in
        [("visit_stamp", "note"), ("finding", "text"), ("finding", "action"), ("visit", "state_note")]
    {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} LIKE '%{private}%'");
        assert_eq!(world.count(&sql).await, 0, "{table}.{column}");
    }
});
