//! What reaches whom, in which order, and what a stalled courier may say.

use super::*;

both!(p38_the_fix_plan_is_sent_to_the_customer_and_kept_in_one_place, |world| async move {
    let (mail, receiver) = (MailServer::start(0).await, Receiver::start(&[]).await);
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, settings(&mail)).await.expect(200);
    let url = format!("http://127.0.0.1:{}/in", receiver.port);
    system.post("/api/webhooks", json!({ "url": url, "kinds": ["case.fix_plan"] })).await.expect(201);
    let job = job(&world, "2026-03-03").await;
    sql(&world, format!("UPDATE contact SET email = 'li@example.cn' WHERE id = '{}'", job.desk.contact))
        .await;
    let case = job.reported().await;
    let step = async |step: &str, input: Value| {
        job.desk.agent.post(&format!("/api/cases/{case}/{step}"), input).await.expect(200);
    };
    step("triage", json!({})).await;
    step("phone-support", json!({})).await;
    let plan = "一、每周清理地感线圈\n二、仍不抬杆时断电十秒";
    step("phone-result", json!({ "outcome": "solved", "steps_tried": ["复位控制器"], "fix_plan": plan }))
        .await;
    world.run_jobs().await;
    let kept = "SELECT COUNT(*) FROM delivery WHERE facts LIKE '%地感线圈%' OR payload LIKE '%地感线圈%'";
    assert_eq!(world.count(kept).await, 0, "the words are fetched as the message leaves");
    world.deliver().await;
    let mails = mail.mails();
    let told: Vec<_> = mails.iter().filter(|m| m.subject().contains("解决措施")).collect();
    assert_eq!(told.len(), 1, "{mails:?}");
    assert!(told[0].subject().contains("SQ20261009-0001") && told[0].body.contains(plan), "{}", told[0].body);
    let requests = receiver.requests();
    assert_eq!(requests.len(), 1);
    let message = &requests[0].json()["data"]["message"]["text"];
    assert!(message["zh_cn"].as_str().unwrap().contains(plan), "{message}");
    assert!(message["en"].as_str().unwrap().contains("Phone support has dealt with"), "{message}");
});

both!(g13_webhooks_of_one_case_arrive_in_order, |world| async move {
    let receiver = Receiver::start(&[500]).await;
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
    let url = format!("http://127.0.0.1:{}/in", receiver.port);
    let kinds = ["case.reported", "case.triaged", "case.severity_changed"];
    system.post("/api/webhooks", json!({ "url": url, "kinds": kinds })).await.expect(201);
    let job = job(&world, "2026-03-03").await;
    let case = job.reported().await;
    let step = async |step: &str, input: Value| {
        job.desk.agent.post(&format!("/api/cases/{case}/{step}"), input).await.expect(200);
    };
    step("triage", json!({})).await;
    step("severity", json!({ "severity": "normal", "reason": "可以通行" })).await;
    world.deliver().await;
    let told = || -> Vec<(String, String)> {
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        receiver
            .requests()
            .iter()
            .map(|r| (text(&r.json()["data"]["case_id"]), text(&r.json()["type"])))
            .collect()
    };
    assert_eq!(told(), [(case.clone(), "case.reported".to_owned())], "the others stand back");
    // Another case waits for nobody.
    let other = job.reported().await;
    world.deliver().await;
    assert_eq!(told()[1..], [(other, "case.reported".to_owned())]);
    world.app.clock.advance(10 * Ts::SECOND);
    world.deliver().await;
    let rest: Vec<String> = told().into_iter().skip(2).map(|(_, kind)| kind).collect();
    assert_eq!(rest, kinds);
    let attempts = "SELECT attempts FROM delivery WHERE kind = 'case.triaged'";
    assert_eq!(world.count(attempts).await, 1, "standing back is no attempt");
});

both!(a_courier_that_stalled_past_its_lease_says_nothing, |world| async move {
    let mail = MailServer::start(1).await;
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, settings(&mail)).await.expect(200);
    let job = job(&world, "2026-03-03").await;
    sql(&world, format!("UPDATE contact SET email = 'li@example.cn' WHERE id = '{}'", job.desk.contact))
        .await;
    job.reported().await;
    world.run_jobs().await;
    let stalled = kit::jobs::claim(&world.app, &["deliver.smtp"], 1).await.unwrap().remove(0);
    world.leases_pass().await;
    assert_eq!(kit::jobs::claim(&world.app, &["deliver.smtp"], 1).await.unwrap().len(), 1, "another has it");
    let courier = aftercare::app::couriers().into_iter().find(|w| w.kind == "deliver.smtp").unwrap();
    (courier.work)(world.app.clone(), stalled).await.unwrap_err();
    let row = &deliveries(&system, "").await[0];
    assert_eq!((row["attempts"].as_i64(), row["last_error"].is_null()), (Some(0), true), "{row}");
});

both!(p08_who_was_told_of_a_visit_is_told_that_it_is_cancelled, |world| async move {
    let (mail, receiver) = (MailServer::start(0).await, Receiver::start(&[]).await);
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, settings(&mail)).await.expect(200);
    let url = format!("http://127.0.0.1:{}/in", receiver.port);
    let kinds =
        ["visit.confirmed", "visit.cancelled", "visit.broken_off", "visit.partly_done", "visit.no_access"];
    system.post("/api/webhooks", json!({ "url": url, "name": "短信网关", "kinds": kinds })).await.expect(201);
    let job = job(&world, "2026-03-03").await;
    sql(&world, format!("UPDATE contact SET email = 'li@example.cn' WHERE id = '{}'", job.desk.contact))
        .await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let off = json!({ "reason": "客户没空" });
    let subjects = async || {
        world.deliver().await;
        mail.mails().iter().map(Mail::subject).collect::<Vec<_>>()
    };
    // A proposal that nobody heard of goes without a word.
    let window = job.hours(1, 3);
    let proposed = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"],
        "planned_as": "proposed" });
    let visit =
        id(&job.dispatcher.post(&format!("/api/work-orders/{order}/visits"), proposed).await.expect(201));
    job.dispatcher.post(&format!("/api/visits/{visit}/cancel"), off.clone()).await.expect(200);
    assert_eq!(subjects().await.len(), 1, "reported");
    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    job.dispatcher.post(&format!("/api/visits/{visit}/cancel"), off).await.expect(200);
    let told = subjects().await;
    assert_eq!(told.len(), 3, "{told:?}");
    // What is brought out together arrives in any order.
    let about = |words: &str| mail.mails().into_iter().find(|m| m.subject().contains(words)).unwrap();
    let cancelled = about("上门已取消");
    assert!(cancelled.body.contains("2026-10-09 17:40–19:40"), "which visit: {}", cancelled.body);

    // Promised until an hour after the work is expected to end: that is what is told.
    let promised = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"],
        "appointment_end": job.hours(1, 4)["end"], "outside_promise": "agreed" });
    let visit =
        id(&job.dispatcher.post(&format!("/api/work-orders/{order}/visits"), promised).await.expect(201));
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    let ill = json!({ "reason": "工程师途中生病" });
    job.dispatcher.post(&format!("/api/visits/{visit}/break-off"), ill).await.expect(200);
    let told = subjects().await;
    assert_eq!(told.len(), 6, "{told:?}");
    assert!(!about("未能完成").body.contains("生病"), "the reason stays inside");
    assert!(about("未能完成").body.contains("2026-10-09 17:40–20:40"), "{}", about("未能完成").body);
    let mut types: Vec<String> =
        receiver.requests().iter().map(|r| r.json()["type"].as_str().unwrap().to_owned()).collect();
    types.sort();
    assert_eq!(types, ["visit.broken_off", "visit.cancelled", "visit.cancelled"]);
});

both!(p37_who_calls_the_hotline_gets_number_and_promise_by_sms, |world| async move {
    let receiver = Receiver::start(&[]).await;
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
    let desk = crate::cases::desk(&world).await;
    // Without a provider nothing is planned.
    desk.agent.post("/api/cases", desk.report()).await.expect(201);
    world.deliver().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM job WHERE kind = 'deliver.sms_received'").await, 0);
    let url = format!("http://127.0.0.1:{}/sms", receiver.port);
    let set = json!({ "url": url, "signature": "示范售后" });
    let set = system.command(Method::PUT, "/api/sms-settings", &system.key(), None, set).await.expect(200);

    let made = desk.agent.post("/api/cases", desk.report()).await.expect(201);
    world.deliver().await;
    let requests = receiver.requests();
    assert_eq!(requests.len(), 1, "once");
    requests[0].verify(set["secret"].as_str().unwrap());
    let told = requests[0].json();
    assert_eq!(told["type"], "sms.received");
    assert_eq!(told["data"]["to"], "+8613812341234");
    let text = told["data"]["text"].as_str().unwrap();
    assert!(text.contains(made["number"].as_str().unwrap()), "{text}");
    let due: kit::Ts = made["promise"]["respond"]["due_at"].as_str().unwrap().parse().unwrap();
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    let due = due.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string();
    assert!(text.contains(&due), "the promise that was stored: {text} {due}");
    let hours = made["promise"]["arrive"]["target_s"].as_i64().unwrap() / 3600;
    assert!(text.contains(&format!("{hours} 小时")), "{text}");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'sms.link_sent'").await, 1);
});

both!(a_message_to_a_phone_has_one_id_on_every_attempt, |world| async move {
    let receiver = Receiver::start(&[500, 503]).await;
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
    let url = format!("http://127.0.0.1:{}/sms", receiver.port);
    let set = json!({ "url": url, "signature": "示范售后" });
    system.command(Method::PUT, "/api/sms-settings", &system.key(), None, set).await.expect(200);
    let desk = crate::cases::desk(&world).await;
    desk.agent.post("/api/cases", desk.report()).await.expect(201);
    for _ in 0..3 {
        world.deliver().await;
        world.app.clock.advance(Ts::MINUTE);
    }
    let ids = || receiver.requests().iter().map(|r| r.header("webhook-id")).collect::<Vec<_>>();
    let told = ids();
    assert_eq!(told.len(), 3, "twice refused, then taken");
    assert!(told.iter().all(|id| *id == told[0]), "{told:?}");
    // Another message is another.
    desk.agent.post("/api/cases", desk.report()).await.expect(201);
    world.deliver().await;
    assert_eq!(ids().len(), 4);
    assert_ne!(ids()[3], told[0]);
});
