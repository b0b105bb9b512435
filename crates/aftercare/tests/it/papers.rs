//! Papers: service orders, certificates and labels as PDF, and the page that says whether one is genuine.

use http::Method;
use identity::Role;
use serde_json::json;

use crate::both;
use crate::customers::id;
use crate::visits::job;
use crate::world::Answer;

#[track_caller]
fn pdf(answer: &Answer, name: &str) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert_eq!(answer.headers["content-disposition"], format!("inline; filename=\"{name}.pdf\"").as_str());
    assert_eq!(answer.headers["cache-control"], "private, no-store");
    assert!(answer.text.starts_with("%PDF-1."), "{:.20}", answer.text);
}

both!(p70_p72_a_service_order_is_printed_and_its_code_says_that_it_is_genuine, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    let path = format!("/api/service-orders/{order}/pdf");
    pdf(&job.dispatcher.get(&path).await, "FW20261009-0001");

    job.at_work(&visit).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    let code = shown["sha256"].as_str().unwrap().to_owned();
    let proof = format!("/api/public/papers/{code}");
    let visitor = world.anonymous();
    let before = visitor.get(&proof).await.expect(200);
    assert_eq!((before["standing"].as_str(), before["signed_at"].is_null()), (Some("genuine"), true));
    job.sign(&visit, &shown["sha256"]).await.expect(200);

    let signed = job.dispatcher.get(&path).await;
    pdf(&signed, "FW20261009-0001");
    assert_eq!(signed.text, job.dispatcher.get(&path).await.text, "the same paper, byte for byte");
    let english = job.dispatcher.get(&format!("{path}?lang=en")).await;
    pdf(&english, "FW20261009-0001");
    assert_ne!(signed.text, english.text);
    pdf(&job.engineers[0].1.get(&path).await, "FW20261009-0001");
    // Whoever doesn't see the order doesn't see its paper.
    assert_eq!(job.engineers[1].1.get(&path).await.refused(404), "work_order_unknown");
    assert_eq!(world.client(Role::SystemAdmin).await.get(&path).await.refused(403), "not_permitted");

    // Its holder compares number, badge and amount; no name and no address is told.
    let told = visitor.get(&proof).await.expect(200);
    assert_eq!(
        (told["standing"].as_str(), told["number"].as_str(), told["total_minor"].as_i64()),
        (Some("genuine"), Some("FW20261009-0001"), Some(0))
    );
    assert!(told["badge_number"].as_str().is_some_and(|badge| badge.starts_with("GK-")));
    assert!(told["signed_at"].is_string() && told["refused"] == false);
    let told = told.to_string();
    let document = &shown["document"];
    for part in ["/parties/customer", "/parties/engineer", "/site/name", "/site/address", "/fault/symptom"] {
        let private = document.pointer(part).and_then(|v| v.as_str()).unwrap();
        assert!(!private.is_empty() && !told.contains(private), "{part} is told to everybody");
    }
    for unknown in ["0".repeat(64), code[..63].to_owned(), code.to_uppercase(), "%2e%2e".into()] {
        let answer = visitor.get(&format!("/api/public/papers/{unknown}")).await;
        assert_eq!(answer.refused(404), "paper_unknown", "{unknown}");
    }
    for statement in [
        "UPDATE signature SET signer_name = '别人'",
        "UPDATE shown_document SET content = REPLACE(content, '碳刷', '主板')",
        "UPDATE shown_document SET content = 'nothing'",
    ] {
        let run = world.app.db.write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await }));
        run.await.unwrap();
        assert_eq!(visitor.get(&proof).await.expect(200)["standing"], "altered", "{statement}");
    }
    // Nobody tries codes for long.
    let mut refused = None;
    for _ in 0..40 {
        let answer = visitor.get("/api/public/papers/0").await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    assert_eq!(refused.unwrap().refused(429), "too_many_requests");
});

both!(p28_certificates_and_labels_are_printed_for_those_who_see_the_assets, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let assets = job.manager.get("/api/assets").await.expect(200);
    let asset = &assets["items"][0];
    let acceptance = asset["acceptance_id"].as_str().unwrap();
    let number = job.manager.get(&format!("/api/acceptances/{acceptance}")).await.expect(200);
    let number = number["number"].as_str().unwrap().to_owned();
    pdf(&job.manager.get(&format!("/api/acceptances/{acceptance}/pdf?lang=zh-CN")).await, &number);
    let wrong = job.manager.get(&format!("/api/acceptances/{acceptance}/pdf?lang=fr")).await;
    assert!((400..500).contains(&wrong.status), "{}", wrong.text);

    let labels = |body| job.manager.post("/api/asset-labels", body);
    let ids = json!([asset["id"]]);
    pdf(&labels(json!({ "asset_ids": ids })).await, "labels");
    pdf(&labels(json!({ "asset_ids": ids, "size": "50x30", "lang": "en" })).await, "labels");
    pdf(&labels(json!({ "asset_ids": ids, "skip": 23 })).await, "labels");
    assert_eq!(labels(json!({ "asset_ids": [] })).await.refused(422), "labels_count");
    let nobody = "00000000-0000-7000-8000-000000000000";
    assert_eq!(labels(json!({ "asset_ids": [asset["id"], nobody] })).await.refused(404), "asset_unknown");
    // Another branch sees neither.
    let (elsewhere, body) = (world.client(Role::Engineer).await, json!({ "asset_ids": ids }));
    assert_eq!(elsewhere.post("/api/asset-labels", body).await.refused(404), "asset_unknown");
    let theirs = elsewhere.get(&format!("/api/acceptances/{acceptance}/pdf")).await;
    assert_eq!(theirs.refused(404), "acceptance_unknown");
});

both!(the_administrator_sees_which_template_is_broken_and_where, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 4).await.expect(201);
    let path = format!("/api/service-orders/{order}/pdf");
    let built_in = job.dispatcher.get(&path).await.text;
    let admin = world.client(Role::SystemAdmin).await;
    let folder = aftercare::app::templates_folder(world.app.files.root());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("service-order.typ"), "#json(\"/data.json\").number").unwrap();
    let own = job.dispatcher.get(&path).await;
    pdf(&own, "FW20261009-0001");
    assert_ne!(own.text, built_in);
    let state = admin.get("/api/paper-templates").await.expect(200);
    assert_eq!(state["papers"][0]["own"], true);
    assert!(state["papers"][0]["fault"].is_null() && state["papers"][1]["own"] == false);

    std::fs::write(folder.join("service-order.typ"), "one\n\n#two").unwrap();
    assert_eq!(job.dispatcher.get(&path).await.text, built_in, "a broken template stops nobody's work");
    let state = admin.get("/api/paper-templates").await.expect(200);
    assert_eq!(state["papers"][0]["fault"]["line"], 3, "{state}");
    let headers = [("accept-language", "zh-CN".to_owned())];
    let refused = job.dispatcher.send(Method::GET, "/api/paper-templates", &headers, None).await;
    assert_eq!(refused.refused(403), "not_permitted");
});
