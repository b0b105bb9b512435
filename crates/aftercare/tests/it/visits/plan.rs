//! Planning: readiness, double booking, clocks, repeated and incomplete visits, checklists.

use http::Method;
use identity::Role;
use kit::Ts;
use serde_json::json;

use super::{clock, job};
use crate::both;
use crate::customers::id;

both!(p41_p42_a_work_order_needs_agreement_time_place_and_symptom, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.reported().await;
    let path = |case: &str| format!("/api/cases/{case}/work-orders");
    let whole =
        json!({ "kind": "repair", "window": job.hours(1, 3), "place": "B2", "symptom": "道闸不抬杆" });
    assert_eq!(
        job.dispatcher.post(&path(&case), whole.clone()).await.refused(409),
        "work_order_onsite_not_agreed"
    );
    // The phone was tried and did not help; the customer has not agreed yet.
    for (step, input) in [
        ("triage", json!({})),
        ("phone-support", json!({})),
        (
            "phone-result",
            json!({ "outcome": "not_solved", "steps_tried": ["断电重启"], "reason": "电机不转" }),
        ),
    ] {
        job.desk.agent.post(&format!("/api/cases/{case}/{step}"), input).await.expect(200);
        assert_eq!(
            job.dispatcher.post(&path(&case), whole.clone()).await.refused(409),
            "work_order_onsite_not_agreed",
            "after {step}"
        );
    }
    let case = job.agreed().await;
    for (field, code) in [
        ("window", "work_order_time_missing"),
        ("place", "work_order_place_missing"),
        ("symptom", "work_order_symptom_missing"),
    ] {
        let mut part = whole.clone();
        part.as_object_mut().unwrap().remove(field);
        let refused = job.dispatcher.post(&path(&case), part).await;
        assert_eq!(refused.refused(422), code);
        assert_eq!(refused.json["errors"][0]["pointer"], format!("/{field}"));
    }
    assert_eq!(job.engineers[0].1.post(&path(&case), whole.clone()).await.refused(403), "not_permitted");
    let made = job.dispatcher.post(&path(&case), whole.clone()).await.expect(201);
    assert_eq!((made["number"].as_str(), made["state"].as_str()), (Some("FW20261009-0001"), Some("ready")));
    assert_eq!(
        (made["skill"].as_str(), made["coverage"]["verdict"].as_str()),
        (Some("barrier"), Some("covered"))
    );
    assert_eq!(job.dispatcher.post(&path(&case), whole).await.refused(409), "work_order_open");
    let blockers = job.case(&case).await["blockers"].clone();
    assert_eq!(
        (blockers[0]["kind"].as_str(), blockers[0]["label"].as_str()),
        (Some("work_order"), Some("FW20261009-0001"))
    );
    let list = job.dispatcher.get("/api/work-orders?view=unassigned").await.expect(200);
    assert_eq!(list["items"][0]["id"], made["id"]);
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(
        elsewhere.get(&format!("/api/work-orders/{}", id(&made))).await.refused(404),
        "work_order_unknown"
    );
    assert_eq!(elsewhere.get("/api/work-orders").await.expect(200)["items"], json!([]));
});

both!(nobody_is_booked_twice_even_by_twenty_at_once, |world| async move {
    let job = std::sync::Arc::new(job(&world, "2026-03-03").await);
    let mut orders = Vec::new();
    for _ in 0..20 {
        let case = job.agreed().await;
        orders.push(job.order(&case).await);
    }
    let tasks: Vec<_> = orders
        .iter()
        .cloned()
        .enumerate()
        .map(|(i, order)| {
            let job = job.clone();
            // Windows of different lengths that all share an hour.
            tokio::spawn(async move { job.plan(&order, 0, 1, 3 + i64::try_from(i).unwrap() % 4).await })
        })
        .collect();
    let mut made = Vec::new();
    let mut refused = Vec::new();
    for task in tasks {
        let answer = task.await.unwrap();
        match answer.status {
            201 => made.push(answer.json["number"].as_str().unwrap().to_owned()),
            _ => refused
                .push((answer.refused(409).to_owned(), answer.json["detail"].as_str().unwrap().to_owned())),
        }
    }
    assert_eq!((made.len(), refused.len()), (1, 19), "{refused:?}");
    for (code, detail) in refused {
        assert_eq!(code, "engineer_busy");
        assert!(detail.contains(&made[0]), "{detail} names {}", made[0]);
    }
    // Right after it, and somebody else at the same time, are free.
    let booked = world.count("SELECT CAST(MAX(window_end) AS BIGINT) FROM visit").await;
    let free: Vec<_> = {
        let list = job.dispatcher.get("/api/work-orders?view=unassigned").await.expect(200);
        list["items"].as_array().unwrap().iter().map(id).collect()
    };
    let next = json!({ "engineer_id": job.engineers[0].0, "window_start": Ts(booked), "window_end": Ts(booked + Ts::HOUR) });
    let after = job.dispatcher.post(&format!("/api/work-orders/{}/visits", free[0]), next).await.expect(201);
    job.plan(&free[1], 1, 1, 3).await.expect(201);

    // Moving into a taken window is refused too; declining frees it.
    let window = job.hours(1, 2);
    let moved = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"], "reason": "客户要求",
        "outside_promise": "stands" });
    let refused = job.dispatcher.post(&format!("/api/visits/{}/reassign", id(&after)), moved).await;
    assert_eq!(refused.refused(409), "engineer_busy");
    let declined = job.step(&id(&after), "decline", json!({ "reason": "家中有事" })).await.expect(200);
    assert_eq!(
        (declined["state"].as_str(), declined["order"]["state"].as_str()),
        (Some("declined"), Some("ready"))
    );
    assert_eq!(job.step(&id(&after), "accept", json!({})).await.refused(409), "visit_declined");
});

both!(p45_a_normal_fault_a_second_after_24_hours_is_missed, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let report = json!({
        "channel": "phone", "site_id": job.desk.site, "asset_id": job.desk.asset, "contact": { "id": job.desk.contact },
        "symptom": "道闸抬杆慢", "effects": { "can_pass": true, "all_lanes": false, "safety_risk": false, "takings_stopped": false },
    });
    let reported = job.desk.agent.post("/api/cases", report).await.expect(201);
    assert_eq!(reported["severity"], "normal");
    let case = id(&reported);
    job.to_agreement(&case).await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    world.app.clock.advance(24 * Ts::HOUR + Ts::SECOND);
    job.does(&visit, &[("arrive", json!({ "method": "badge", "late_reason": "等配件" }))]).await;
    let view = job.case(&case).await;
    assert_eq!(
        (clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["target_s"].as_i64()),
        (Some("missed"), Some(86_400))
    );
});

both!(p44_a_later_window_at_the_customers_wish_rests_the_arrival_clock, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let input = json!({
        "kind": "repair", "window": job.hours(30, 32), "place": "B2", "symptom": "道闸不抬杆", "later_at_customers_wish": true,
    });
    job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201);
    let view = job.case(&case).await;
    assert_eq!(
        (clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["paused_reason"].as_str()),
        (Some("paused"), Some("later_window"))
    );
    world.pass(31 * Ts::HOUR).await;
    let view = job.case(&case).await;
    assert_eq!(
        (clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["elapsed_s"].as_i64()),
        (Some("running"), Some(3_600))
    );
});

both!(an_incomplete_visit_is_followed_by_another_and_steps_repeat_safely, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    assert_eq!(job.plan(&order, 1, 1, 4).await.refused(409), "visit_open");
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;

    // The engineer is in one field at a time.
    let second = job.agreed().await;
    let second = job.order(&second).await;
    let later = id(&job.plan(&second, 0, 5, 6).await.expect(201));
    job.does(&later, &[("accept", json!({}))]).await;
    assert_eq!(job.step(&later, "depart", job.departure()).await.refused(409), "visit_other_running");

    // The same command again has one effect; the phone's own time is kept beside the server's.
    world.app.clock.advance(Ts::HOUR);
    let device_at = world.app.clock.now().plus(-30 * Ts::MINUTE);
    let engineer = &job.engineers[0].1;
    let key = engineer.key();
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("idempotency-key", key),
        ("device-time", device_at.to_string()),
    ];
    let body = json!({ "method": "manual" }).to_string().into_bytes();
    let path = format!("/api/visits/{visit}/arrive");
    let first = engineer.send(Method::POST, &path, &headers, Some(body.clone())).await.expect(200);
    let again = engineer.send(Method::POST, &path, &headers, Some(body)).await.expect(200);
    assert_eq!(first, again);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'visit.arrived'").await, 1);
    let stamp = first["stamps"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (stamp["device_at"].as_str(), first["arrived_at"].as_str()),
        (Some(device_at.to_string().as_str()), Some(device_at.to_string().as_str()))
    );
    assert_ne!(stamp["at"], stamp["device_at"]);

    job.does(&visit, &[("start", json!({})), ("pause", json!({ "reason": "waiting_parts" }))]).await;
    assert_eq!(
        job.step(&visit, "finding", json!({ "text": "x", "cause_code": "unknown", "action": "x" }))
            .await
            .refused(409),
        "visit_paused"
    );
    assert_eq!(job.step(&visit, "leave", json!({})).await.refused(409), "visit_not_finished");
    assert_eq!(
        job.step(&visit, "partly-done", json!({ "reason": " " })).await.refused(422),
        "visit_reason_missing"
    );
    let partly =
        job.does(&visit, &[("partly-done", json!({ "reason": "缺主板" })), ("leave", json!({}))]).await;
    assert_eq!(partly["order"]["state"], "incomplete");
    assert_eq!(job.case(&case).await["state"], "onsite_agreed");
    let again = job.plan(&order, 1, 2, 3).await.expect(201);
    assert_eq!(
        (again["number"].as_str(), again["order"]["state"].as_str()),
        (Some("FW20261009-0001-2"), Some("scheduled"))
    );

    // A whole job called off no longer keeps its case open.
    let cancelled = job
        .dispatcher
        .post(&format!("/api/work-orders/{second}/cancel"), json!({ "reason": "客户自行解决" }))
        .await
        .expect(200);
    assert_eq!(
        (cancelled["state"].as_str(), cancelled["visits"][0]["state"].as_str()),
        (Some("cancelled"), Some("cancelled"))
    );
    assert_eq!(job.plan(&second, 0, 9, 10).await.refused(409), "work_order_ended");
    assert_eq!(world.count("SELECT COUNT(*) FROM case_hold").await, 1);
});

both!(p24_a_checklist_has_versions_and_a_planned_visit_keeps_its_own, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let item = |key: &str, section: &str| json!({ "key": key, "section": section, "text": { "zh_cn": "检查", "en": "Check" } });
    let list = |key: &str| json!({ "kind": "repair", "title": { "zh_cn": "道闸维修", "en": "Barrier repair" }, "items": [item(key, "self_inspection")] });
    let first = job.manager.post("/api/checklists", list("one")).await.expect(201);
    assert_eq!(first["version"], 1);
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.manager.post("/api/checklists", list("two")).await.expect(201);
    let view = job.dispatcher.get(&format!("/api/visits/{visit}")).await.expect(200);
    assert_eq!(
        (view["checklist"]["version"].as_i64(), view["checklist"]["items"][0]["key"].as_str()),
        (Some(1), Some("one"))
    );
    let newest = job.dispatcher.get("/api/checklists?kind=repair").await.expect(200);
    assert_eq!((newest.as_array().unwrap().len(), newest[0]["version"].as_i64()), (1, Some(2)));
    let mut none = list("x");
    none["items"][0]["section"] = json!("work");
    assert_eq!(job.manager.post("/api/checklists", none).await.refused(422), "checklist_invalid");
    assert_eq!(job.dispatcher.post("/api/checklists", list("x")).await.refused(403), "not_permitted");
    let general = job.dispatcher.get("/api/checklists/in-force?kind=install").await.expect(200);
    assert_eq!(general["version"], 0, "what the promise itself asks for");
});

both!(p10_the_next_step_is_the_visit_once_one_is_planned, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let next = async || job.case(&case).await["next"]["step"].as_str().unwrap_or("none").to_owned();
    assert_eq!(next().await, "plan_visit");
    let order = job.order(&case).await;
    assert_eq!(next().await, "plan_visit", "a work order alone is no visit");
    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    assert_eq!(next().await, "visit");
    // A change of severity gives the step anew: it stays the visit.
    let major = json!({ "severity": "normal", "reason": "可绕行" });
    job.desk.agent.post(&format!("/api/cases/{case}/severity"), major).await.expect(200);
    assert_eq!(next().await, "visit");
    job.step(&visit, "decline", json!({ "reason": "家中有事" })).await.expect(200);
    assert_eq!(next().await, "plan_visit", "nobody goes any more");
    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    job.at_work(&visit).await;
    assert_eq!(next().await, "visit");
    job.does(&visit, &[("partly-done", json!({ "reason": "等配件" })), ("leave", json!({}))]).await;
    assert_eq!(next().await, "plan_visit", "another visit follows");
    let home = job.dispatcher.get("/api/home").await.expect(200);
    assert_eq!(
        (home["dispatch"]["unassigned"].as_i64(), home["dispatch"]["late"].as_i64()),
        (Some(1), Some(0))
    );
    assert!(home["follow_ups"].is_null(), "not a dispatcher's");
});

both!(p40_a_locked_visit_stays_until_somebody_unlocks_it_or_the_customer_asks, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    let path = |step: &str| format!("/api/visits/{visit}/{step}");
    let events = async |kind: &str| {
        let sql = format!("SELECT COUNT(*) FROM event WHERE subject_id = '{visit}' AND kind = '{kind}'");
        world.count(&sql).await
    };
    assert_eq!(job.dispatcher.post(&path("unlock"), json!({})).await.refused(409), "visit_not_locked");
    for other in [&job.engineers[0].1, &job.finance] {
        assert_eq!(other.post(&path("lock"), json!({})).await.refused(403), "not_permitted");
    }
    let long = json!({ "reason": "长".repeat(501) });
    assert_eq!(job.dispatcher.post(&path("lock"), long).await.refused(422), "visit_text_too_long");
    let seen = job.dispatcher.get(&format!("/api/visits/{visit}")).await.expect(200);
    assert!(seen["lock"].is_null());
    let why = json!({ "reason": "客户定了时间，电话 13912345678" });
    let key = job.dispatcher.key();
    let version = seen["version"].as_i64();
    let locked =
        job.dispatcher.command(Method::POST, &path("lock"), &key, version, why.clone()).await.expect(200);
    assert_eq!(locked["lock"]["reason"], "客户定了时间，电话 139****5678", "{locked}");
    assert!(locked["lock"]["by"].as_str().is_some_and(|name| !name.is_empty()), "{locked}");
    // A second tap is the same; another person's is told so, by what they saw or by how it stands.
    job.dispatcher.command(Method::POST, &path("lock"), &key, version, why).await.expect(200);
    let again =
        job.manager.command(Method::POST, &path("lock"), &job.manager.key(), version, json!({})).await;
    assert_eq!(again.refused(412), "version_changed");
    assert_eq!(job.manager.post(&path("lock"), json!({})).await.refused(409), "visit_step_done");
    assert_eq!(events("visit.locked").await, 1);
    // It stands on the board, in the list and with the order; the engineer sees it.
    let board = job.dispatcher.get("/api/board").await.expect(200);
    assert_eq!(board["blocks"][0]["lock"], locked["lock"]);
    let list = job.dispatcher.get("/api/work-orders?view=today").await.expect(200);
    assert_eq!(list["items"][0]["visit"]["lock"], locked["lock"]);
    let shown = job.dispatcher.get(&format!("/api/work-orders/{order}")).await.expect(200);
    assert_eq!(shown["visits"][0]["lock"], locked["lock"]);
    let day = job.engineers[0].1.get("/api/my/day").await.expect(200);
    assert_eq!(day["visits"][0]["lock"]["at"], locked["lock"]["at"]);

    // Nobody moves it by the way: it says who locked it, and what stands.
    let moved = |unlock: bool, wish: bool| {
        json!({ "engineer_id": job.engineers[1].0, "window_start": job.hours(1, 3)["start"], "window_end": job.hours(1, 3)["end"],
            "reason": "换人", "unlock": unlock, "at_customers_wish": wish })
    };
    let refused = job.manager.post(&path("reassign"), moved(false, false)).await;
    assert_eq!(refused.refused(409), "visit_locked");
    let (detail, who) = (refused.json["detail"].as_str().unwrap(), locked["lock"]["by"].as_str().unwrap());
    assert!(detail.contains(who) && detail.contains("FW20261009-0001-1"), "{detail}");
    assert_eq!(refused.json["current"]["version"], locked["version"]);
    // Unlock and move are one step; and the one after asks nobody.
    let there = job.manager.post(&path("reassign"), moved(true, false)).await.expect(200);
    assert_eq!(
        (there["engineer"]["id"].as_str(), &there["lock"]),
        (Some(job.engineers[1].0.as_str()), &json!(null))
    );
    assert_eq!(events("visit.unlocked").await, 1);
    // Unlocked by hand; locked again, the customer's wish goes before.
    job.dispatcher.post(&path("lock"), json!({})).await.expect(200);
    let open = job.manager.post(&path("unlock"), json!({})).await.expect(200);
    assert!(open["lock"].is_null());
    job.dispatcher.post(&path("lock"), json!({})).await.expect(200);
    let mut wished = moved(false, true);
    wished["engineer_id"] = json!(job.engineers[0].0);
    job.dispatcher.post(&path("reassign"), wished).await.expect(200);
    let sql = format!(
        "SELECT body FROM event WHERE subject_id = '{visit}' AND kind = 'visit.unlocked' ORDER BY pos"
    );
    let rows = world.app.db.reader().await.unwrap().rows(&sql, &[]).await.unwrap();
    let ends: Vec<serde_json::Value> = rows.iter().map(|row| row.json("body").unwrap()).collect();
    let whys: Vec<_> = ends.iter().map(|body| body["why"].as_str().unwrap()).collect();
    assert_eq!(whys, ["moved", "by_hand", "customers_wish"]);
    assert!(
        ends.iter().all(|body| body["locked_at"].is_string() && body["locked_by"].is_string()),
        "{ends:?}"
    );

    // Whoever declines frees it; under way nobody locks it, and none is shown.
    job.dispatcher.post(&path("lock"), json!({})).await.expect(200);
    job.step(&visit, "decline", json!({ "reason": "生病" })).await.expect(200);
    assert_eq!(events("visit.unlocked").await, 4);
    assert_eq!(job.dispatcher.post(&path("lock"), json!({})).await.refused(409), "visit_declined");
    job.dispatcher.post(&path("reassign"), moved(false, true)).await.expect(200);
    job.dispatcher.post(&path("lock"), json!({})).await.expect(200);
    let out = |step: &str| format!("/api/visits/{visit}/{step}");
    job.engineers[1].1.post(&out("accept"), json!({})).await.expect(200);
    let away = job.engineers[1].1.post(&out("depart"), job.departure()).await.expect(200);
    assert!(away["lock"].is_null(), "{away}");
    assert_eq!(job.dispatcher.post(&path("unlock"), json!({})).await.refused(409), "visit_in_field");
});

both!(
    p8_whoever_arrives_after_the_appointment_says_why_and_the_customers_wish_breaks_nothing,
    |world| async move {
        let job = job(&world, "2026-03-03").await;
        let arrive = |reason: Option<&str>| json!({ "method": "badge", "late_reason": reason });
        let departed = async |visit: &str| {
            job.does(visit, &[("accept", json!({})), ("depart", job.departure())]).await;
        };
        let case = job.agreed().await;
        let order = job.order(&case).await;
        let visit = id(&job.plan(&order, 0, 1, 2).await.expect(201));
        let moved = |from: i64, to: i64, wish: bool| {
            let window = job.hours(from, to);
            json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"],
                "reason": "改时间", "at_customers_wish": wish, "outside_promise": if wish { None } else { Some("stands") } })
        };
        let path = format!("/api/visits/{visit}/reassign");
        // Moved by us: the customer still holds us to the first end. At the customer's wish: to the new one.
        let first = job.dispatcher.post(&path, moved(3, 4, false)).await.expect(200);
        assert_eq!(first["appointment_end"], job.hours(1, 2)["end"]);
        let second = job.dispatcher.post(&path, moved(5, 6, true)).await.expect(200);
        assert_eq!(second["appointment_end"], job.hours(5, 6)["end"]);
        departed(&visit).await;
        world.app.clock.advance(6 * Ts::HOUR);
        let there = job.step(&visit, "arrive", arrive(None)).await.expect(200);
        assert_eq!(there["appointment_kept"], true, "at its very end is on time");
        job.does(
            &visit,
            &[("start", json!({})), ("partly-done", json!({ "reason": "等配件" })), ("leave", json!({}))],
        )
        .await;

        let visit = id(&job.plan(&order, 0, 1, 2).await.expect(201));
        departed(&visit).await;
        world.app.clock.advance(2 * Ts::HOUR + Ts::SECOND);
        assert_eq!(job.step(&visit, "arrive", arrive(None)).await.refused(422), "visit_late_reason_missing");
        assert_eq!(
            job.step(&visit, "arrive", arrive(Some("  "))).await.refused(422),
            "visit_late_reason_missing"
        );
        let late = job.step(&visit, "arrive", arrive(Some("路上堵车"))).await.expect(200);
        assert_eq!(late["appointment_kept"], false);
        assert_eq!(late["stamps"].as_array().unwrap().last().unwrap()["note"], "路上堵车");
        let broken = "SELECT COUNT(*) FROM event WHERE kind = 'visit.arrived' AND body LIKE '%\"appointment\":\"broken\"%'";
        assert_eq!(world.count(broken).await, 1);
        let day = job.manager.get("/api/home").await.expect(200)["appointments"].clone();
        assert_eq!(
            day["kept"].as_i64().unwrap() + day["broken"].as_i64().unwrap(),
            day["planned"].as_i64().unwrap()
        );
    }
);

both!(p25_guidance_on_site_stands_on_the_visit_and_on_the_service_order, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    let guidance = json!({ "who": "值班员", "topic": "断电复位与日常清洁", "minutes": 15 });
    assert_eq!(job.step(&visit, "guidance", guidance.clone()).await.refused(409), "visit_not_travelling");
    job.at_work(&visit).await;
    for (field, value) in
        [("who", json!(" ")), ("topic", json!("")), ("minutes", json!(0)), ("minutes", json!(481))]
    {
        let mut wrong = guidance.clone();
        wrong[field] = value;
        assert_eq!(
            job.step(&visit, "guidance", wrong).await.refused(422),
            "visit_guidance_invalid",
            "{field}"
        );
    }
    let seen = job.step(&visit, "guidance", guidance).await.expect(200);
    assert_eq!(
        (seen["guidance"][0]["who"].as_str(), seen["guidance"][0]["minutes"].as_i64()),
        (Some("值班员"), Some(15))
    );
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    assert!(shown.to_string().contains("断电复位与日常清洁"), "{shown}");
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%值班员%'").await,
        0,
        "no name in an event"
    );
});
