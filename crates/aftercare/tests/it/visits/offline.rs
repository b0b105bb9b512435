//! What phones do without a signal and send later (decision 35).

use http::Method;
use kit::Ts;
use serde_json::{Value, json};

use super::{employ, job};
use crate::both;
use crate::customers::id;

both!(p72_what_a_phone_showed_without_a_signal_is_frozen_as_it_was_shown, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let order = job.order(&job.agreed().await).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;

    // A charge carries the id of its command: the phone knows it before the server does.
    let engineer = &job.engineers[0].1;
    let key = engineer.key();
    let charge = json!({ "price_line_id": job.labour, "quantity_milli": 1000 });
    let charged =
        engineer.command(Method::POST, &format!("/api/visits/{visit}/charge"), &key, None, charge).await;
    assert_eq!(charged.expect(200)["charges"]["items"][0]["id"], key.as_str());
    job.worked(&visit).await;

    let draft = engineer.get(&format!("/api/service-orders/{order}")).await.expect(200);
    let mut shown = draft["document"].clone();
    shown["times"]["started_at"] = json!(world.app.clock.now().plus(-5 * Ts::MINUTE));
    shown["coverage"]["reasons"] = json!([]);

    // Something else than what stands is not taken, and nothing of it is kept.
    let mut other = shown.clone();
    other["findings"][0]["action"] = json!("什么也没做");
    assert_eq!(
        job.step(&visit, "present", json!({ "shown": other })).await.refused(409),
        "visit_document_changed"
    );
    let mut cheaper = shown.clone();
    cheaper["lines"][0]["amount_minor"] = json!(1);
    assert_eq!(
        job.step(&visit, "present", json!({ "shown": cheaper })).await.refused(409),
        "visit_document_changed"
    );

    let frozen = job.step(&visit, "present", json!({ "shown": shown })).await.expect(200);
    assert_eq!(frozen["document"]["times"]["started_at"], shown["times"]["started_at"]);
    assert_ne!(frozen["sha256"], draft["sha256"]);
    job.sign(&visit, &frozen["sha256"]).await.expect(200);
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    assert_eq!(job.checked().await, (1, Vec::new()));
});

both!(a_wrong_clock_is_told_with_what_it_stamped, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let order = job.order(&job.agreed().await).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    let engineer = &job.engineers[0].1;
    let step = async |step: &str, body: Value, drift: &str| {
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("idempotency-key", engineer.key()),
            ("device-time", world.app.clock.now().to_string()),
            ("device-drift", drift.to_owned()),
        ];
        let path = format!("/api/visits/{visit}/{step}");
        engineer.send(Method::POST, &path, &headers, Some(body.to_string().into_bytes())).await
    };
    assert_eq!(step("accept", json!({}), "much").await.refused(400), "query_invalid");
    let accepted = step("accept", json!({}), "1200").await.expect(200);
    let stamp = |view: &Value| view["stamps"].as_array().unwrap().last().unwrap()["drift_s"].clone();
    assert_eq!(stamp(&accepted), 1200);
    let departed = step("depart", job.departure(), "-100").await.expect(200);
    assert_eq!(stamp(&departed), Value::Null);
    let told =
        "SELECT COUNT(*) FROM event WHERE kind = 'visit.accepted' AND body LIKE '%\"device_drift_s\":1200%'";
    assert_eq!(world.count(told).await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%device_drift_s%'").await, 1);
});

both!(g3_what_a_visit_takes_no_more_is_handed_in_as_a_note, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    let window = job.hours(5, 6);
    let reassign = json!({ "engineer_id": job.engineers[1].0, "window_start": window["start"], "window_end": window["end"], "reason": "换人",
        "outside_promise": "stands" });
    let version = job.dispatcher.get(&format!("/api/visits/{visit}")).await.version();
    let path = format!("/api/visits/{visit}/reassign");
    let reassigned =
        job.dispatcher.command(Method::POST, &path, &job.dispatcher.key(), Some(version), reassign).await;
    reassigned.expect(200);
    assert_eq!(job.step(&visit, "accept", json!({})).await.refused(404), "visit_unknown");

    // The one before hands in what the phone recorded, once; who never had the visit can't.
    let engineer = &job.engineers[0].1;
    let (key, path) = (engineer.key(), format!("/api/visits/{visit}/hand-in"));
    let words = json!({ "text": "工程师手机上的内容：碳刷磨损" });
    for _ in 0..2 {
        let done = engineer.command(Method::POST, &path, &key, None, words.clone()).await.expect(200);
        assert_eq!(done["case_number"], job.case(&case).await["number"]);
    }
    assert_eq!(
        world.count("SELECT COUNT(*) FROM case_note WHERE text LIKE '%碳刷磨损%'").await,
        1,
        "the same command twice is one note"
    );
    let stranger = employ(&world, &job.desk.company.shenzhen, "工程师丙").await.1;
    assert_eq!(stranger.post(&path, words.clone()).await.refused(404), "visit_unknown");
    assert_eq!(engineer.post(&path, json!({ "text": " " })).await.refused(422), "case_note_missing");
});

both!(p42_an_engineer_carries_the_last_visits_to_the_site_along, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let order = job.order(&job.agreed().await).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;

    let next = job.order(&job.agreed().await).await;
    job.plan(&next, 0, 1, 4).await.expect(201);
    let day = job.engineers[0].1.get("/api/my/day").await.expect(200);
    let past = &day["visits"][0]["history"];
    assert_eq!(past.as_array().unwrap().len(), 1);
    assert_eq!(
        (past[0]["found"].as_str(), past[0]["outcome"].as_str(), past[0]["same_asset"].as_bool()),
        (Some("电机碳刷磨损"), Some("done"), Some(true))
    );
});

both!(p42_a_visit_done_before_its_day_is_among_what_is_over_today, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let order = job.order(&job.agreed().await).await;
    let visit = id(&job.plan(&order, 0, 90, 93).await.expect(201));
    job.at_work(&visit).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    let engineer = &job.engineers[0].1;
    let day = engineer.get("/api/my/day").await.expect(200);
    assert_eq!(day["visits"], json!([]));
    assert_eq!(
        (day["over"][0]["id"].as_str(), day["over"][0]["state"].as_str()),
        (Some(visit.as_str()), Some("left"))
    );
    // What a phone would ask of it is no longer its engineer's (decision 2): the app knows by the day, and doesn't.
    assert_eq!(engineer.get(&format!("/api/visits/{visit}")).await.refused(404), "visit_unknown");
    assert_eq!(
        engineer.get(&format!("/api/service-orders/{order}")).await.refused(404),
        "work_order_unknown"
    );
});
