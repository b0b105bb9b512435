//! Ends that nobody planned: visits broken off, jobs taken off with money owed, corrected devices, parts without a number.

use http::Method;
use serde_json::{Value, json};

use super::{Job, job, strokes};
use crate::both;
use crate::customers::id;

both!(a_desk_breaks_off_a_visit_that_its_engineer_cannot_end, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    let path = format!("/api/visits/{visit}/break-off");
    let ill = json!({ "reason": "工程师途中生病" });
    assert_eq!(job.dispatcher.post(&path, ill.clone()).await.refused(409), "visit_not_travelling");
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    assert_eq!(job.engineers[0].1.post(&path, ill.clone()).await.refused(403), "not_permitted");
    assert_eq!(
        job.dispatcher.post(&path, json!({ "reason": " " })).await.refused(422),
        "visit_reason_missing"
    );
    let off = job.dispatcher.post(&path, ill.clone()).await.expect(200);
    assert_eq!((off["state"].as_str(), off["order"]["state"].as_str()), (Some("left"), Some("incomplete")));
    assert_eq!(off["stamps"].as_array().unwrap().last().unwrap()["note"], "工程师途中生病");
    assert_eq!(job.case(&case).await["state"], "onsite_agreed");
    let engineer = &job.engineers[0].1;
    assert_eq!(engineer.get(&format!("/api/sites/{}", job.desk.site)).await.refused(404), "site_unknown");
    assert_eq!(job.step(&visit, "arrive", json!({ "method": "manual" })).await.refused(409), "visit_left");
    assert_eq!(job.dispatcher.post(&path, ill.clone()).await.refused(409), "visit_left");
    let told = "SELECT COUNT(*) FROM event WHERE kind = 'visit.broken_off' AND audience = 'customer' AND body NOT LIKE '%生病%'";
    assert_eq!(world.count(told).await, 1, "the customer is told, the reason stays inside");

    // Somebody else goes; what the customer signed is done, even if the phone dies then.
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    let dead = json!({ "reason": "手机损坏" });
    let off = job.dispatcher.post(&format!("/api/visits/{visit}/break-off"), dead).await.expect(200);
    assert_eq!((off["state"].as_str(), off["order"]["state"].as_str()), (Some("left"), Some("closed")));
    assert_eq!(job.case(&case).await["state"], "follow_up");
    world.sealed().await;
});

/// An unfinished order outside of the warranty whose customer agreed to a charge of 123.45 yuan.
async fn owing(job: &Job) -> (String, String) {
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    let finding = json!({ "text": "主板烧毁", "cause_code": "lightning", "action": "更换主板" });
    let labour = json!({ "price_line_id": job.labour, "quantity_milli": 1000 });
    let view = job.does(&visit, &[("finding", finding), ("charge", labour)]).await;
    let agree =
        json!({ "quote_hash": view["quote"]["sha256"], "signer_name": "物业主管", "strokes": strokes() });
    job.does(
        &visit,
        &[("acknowledge", agree), ("partly-done", json!({ "reason": "缺主板" })), ("leave", json!({}))],
    )
    .await;
    (case, order)
}

both!(p71_a_number_stands_on_one_invoice_only, |world| async move {
    let job = job(&world, "2024-03-04").await;
    let mut paths = Vec::new();
    for _ in 0..2 {
        let (_, order) = owing(&job).await;
        let off = json!({ "reason": "客户自行解决", "invoice_charges": true });
        job.dispatcher.post(&format!("/api/work-orders/{order}/cancel"), off).await.expect(200);
        paths.push(format!("/api/work-orders/{order}/invoice"));
    }
    let invoice = |number: &str| json!({ "invoice_number": number, "amount_minor": 12_345 });
    job.finance.post(&paths[0], invoice("26442000000012345678")).await.expect(200);
    let twice = job.finance.post(&paths[1], invoice("26442000000012345678")).await;
    assert_eq!(twice.refused(409), "invoice_number_used");
    assert!(twice.text.contains("26442000000012345678"), "{}", twice.text);
    for words in ["duplicate", "UNIQUE", "invoice_duty", "constraint"] {
        assert!(!twice.text.contains(words), "the database's own words: {}", twice.text);
    }
    job.finance.post(&paths[1], invoice("26442000000012345679")).await.expect(200);
});

both!(p69_a_job_that_is_taken_off_forgets_no_charge_the_customer_agreed_to, |world| async move {
    let job = job(&world, "2024-03-04").await;
    let (case, order) = owing(&job).await;
    let path = format!("/api/work-orders/{order}/cancel");
    let off = |invoice: bool| json!({ "reason": "客户自行解决", "invoice_charges": invoice });
    assert_eq!(job.dispatcher.post(&path, off(false)).await.refused(409), "work_order_charges_stand");
    let cancelled = job.dispatcher.post(&path, off(true)).await.expect(200);
    assert_eq!(
        (cancelled["state"].as_str(), cancelled["invoice"]["amount_minor"].as_i64()),
        (Some("cancelled"), Some(12_345))
    );
    let held = job.case(&case).await["blockers"].clone();
    assert_eq!(
        (held.as_array().unwrap().len(), held[0]["kind"].as_str()),
        (1, Some("invoice_duty")),
        "the case stays open until it is invoiced"
    );
    let invoice = json!({ "invoice_number": "26442000000012345678", "amount_minor": 12_345 });
    let paid = job.finance.post(&format!("/api/work-orders/{order}/invoice"), invoice).await.expect(200);
    assert_eq!(paid["state"], "cancelled");
    assert_eq!(job.case(&case).await["blockers"], json!([]));
});

both!(p70_the_service_order_names_the_corrected_device, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    job.worked(&visit).await;
    let first = job.desk.agent.get(&format!("/api/assets/{}", job.desk.asset)).await.expect(200);
    let other =
        json!({ "serial": "BG-0002", "product_id": first["product"]["id"], "site_id": job.desk.site });
    let other = id(&job.manager.post("/api/assets", other).await.expect(201));
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    assert_eq!(shown["document"]["asset"]["serial"], "BG-0001");
    let correct = async |asset: &str| {
        let view = job.desk.agent.get(&format!("/api/cases/{case}")).await;
        let input = json!({ "symptom": "道闸不抬杆", "asset_id": asset, "contact_id": job.desk.contact });
        let (key, version) = (job.desk.agent.key(), view.version());
        let path = format!("/api/cases/{case}");
        job.desk.agent.command(Method::PUT, &path, &key, Some(version), input).await.expect(200);
    };
    correct(&other).await;
    // What was shown names the other device: it can't be signed any more.
    assert_eq!(job.sign(&visit, &shown["sha256"]).await.refused(409), "visit_document_changed");
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    assert_eq!(shown["document"]["asset"]["serial"], "BG-0002");
    // The screens follow too, and the engineer sees the device.
    correct(&job.desk.asset).await;
    world.run_jobs().await;
    let view = job.dispatcher.get(&format!("/api/work-orders/{order}")).await.expect(200);
    assert_eq!(view["asset"]["serial"], "BG-0001");
    job.engineers[0].1.get(&format!("/api/assets/{}", job.desk.asset)).await.expect(200);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'work_order.asset_corrected'").await, 2);
    // A signed result stays as it is.
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    correct(&other).await;
    world.run_jobs().await;
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    let paper = job.dispatcher.get(&format!("/api/service-orders/{order}")).await.expect(200);
    assert_eq!(paper["document"]["asset"]["serial"], "BG-0001");
    assert_eq!(job.checked().await.1, Vec::new());
});

both!(p53_a_part_without_a_number_and_with_a_long_name_has_its_warranty_too, |world| async move {
    let job = job(&world, "2024-03-04").await;
    // A price line may be named with 200 characters.
    let long = "道闸主板".repeat(50);
    let line = json!({ "code": "P-01", "kind": "parts", "description": { "zh_cn": long, "en": "Main board" },
        "unit": { "zh_cn": "块", "en": "each" }, "price_minor": 50_000, "tax_ppm": 130_000, "tax_included": true });
    let prices = json!({
        "name": { "zh_cn": "配件价格表", "en": "Parts" }, "valid_from": "2026-10-10", "currency": "CNY", "reason": "新增配件", "lines": [line],
    });
    let prices = job.finance.post("/api/price-lists", prices).await.expect(201);
    let part = prices["lines"][0]["id"].clone();
    world.app.clock.advance(kit::Ts::DAY);
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    let finding = json!({ "text": "主板烧毁", "cause_code": "lightning", "action": "更换主板" });
    let charge = json!({ "price_line_id": part, "quantity_milli": 1000 });
    let view = job.does(&visit, &[("finding", finding), ("charge", charge)]).await;
    let agree =
        json!({ "quote_hash": view["quote"]["sha256"], "signer_name": "物业主管", "strokes": strokes() });
    job.does(&visit, &[("acknowledge", agree)]).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    assert_eq!(
        shown["document"]["lines"][0]["covered_until"], "2027-01-11",
        "three months; the tenth of January is a Sunday"
    );
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    let parts =
        job.manager.get(&format!("/api/part-warranties?asset_id={}", job.desk.asset)).await.expect(200);
    let number = job.dispatcher.get(&format!("/api/work-orders/{order}")).await.expect(200)["number"].clone();
    let Value::String(number) = number else { panic!("a number: {number}") };
    assert_eq!(
        (parts[0]["serial"].as_str(), parts[0]["part"].as_str(), parts[0]["covered_until"].as_str()),
        (Some(format!("{number}/1").as_str()), Some(long.as_str()), Some("2027-01-11"))
    );
});
