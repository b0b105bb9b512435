//! Complaints: answered outside the line of whom they concern, in time, with a finding, and closed by the customer's word.

use http::Method;
use identity::Role;
use kit::Ts;
use serde_json::{Value, json};

use super::{Guest, answers};
use crate::both;
use crate::customers::id;
use crate::visits::{Job, job};
use crate::world::{Answer, Client, World};

/// A job whose engineer was sent, the customer's link to it, and somebody at headquarters who answers.
async fn complained(world: &World) -> (Job, Guest, Client, String, Value) {
    let job = job(world, "2026-03-03").await;
    answers(world, &job.desk.company.shenzhen).await;
    let top = answers(world, &job.desk.company.headquarters).await;
    let outside = at_top(world, &job, &top).await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    let link = job.desk.agent.post(&format!("/api/cases/{case}/tracking-links"), json!({})).await.expect(201);
    let guest = Guest::by(world, &link["url"]);
    let page = guest.post("/api/track/complaint", json!({ "words": "工程师态度很差" })).await.expect(200);
    let owed = outside.get("/api/complaints").await.expect(200)["items"][0].clone();
    assert_eq!(page["requests"][0]["complaint_number"], owed["number"]);
    (job, guest, outside, top, owed)
}

async fn at_top(world: &World, job: &Job, employee: &str) -> Client {
    let unit = &job.desk.company.headquarters;
    world.client_in(&[Role::HotlineAgent], Some(unit), Some(employee), None).await
}

fn words(finding: &str) -> Value {
    json!({ "finding": finding, "cause": "未按规范解释收费", "remedy": "已批评教育并重新培训", "answer": "向您致歉，已对当事人作出处理。" })
}

/// A step on a complaint as it stands now.
async fn step(client: &Client, path: &str, step: &str, body: Value) -> Answer {
    let seen = client.get(path).await.expect(200)["version"].as_i64();
    client.command(Method::POST, &format!("{path}/{step}"), &client.key(), seen, body).await
}

async fn sound(world: &World) {
    world.run_jobs().await;
    for finding in aftercare::checks::run(&world.app).await.unwrap() {
        assert!(finding.faults.is_empty(), "{}: {:?}", finding.name, finding.faults);
    }
}

both!(p09_a_complaint_is_answered_outside_the_line_of_whom_it_concerns, |world| async move {
    let (job, _, outside, top, owed) = complained(&world).await;
    assert_eq!(owed["owner"]["id"], json!(top), "from the start somebody outside owns it: {owed}");
    let path = format!("/api/complaints/{}", owed["case_id"].as_str().unwrap());
    let view = outside.get(&path).await.expect(200);
    assert_eq!(
        (view["concerned"][0]["name"].as_str(), view["may_answer"].as_bool()),
        (Some("工程师甲"), Some(true))
    );

    // The branch sees it, and can neither take it up, answer it nor be given it.
    let manager = &job.manager;
    assert_eq!(manager.get(&path).await.expect(200)["may_answer"], false);
    let refused = step(manager, &path, "acknowledge", json!({})).await;
    assert_eq!(refused.refused(403), "case_own_line");
    assert!(refused.text.contains("同属一条线"), "in words: {}", refused.text);
    let case = format!("/api/cases/{}", owed["case_id"].as_str().unwrap());
    assert_eq!(manager.post(&format!("{case}/triage"), json!({})).await.refused(403), "case_own_line");
    let (to, _) = &job.engineers[1];
    let offer = json!({ "to_id": to, "reason": "请本地处理" });
    assert_eq!(outside.post(&format!("{case}/hand-over"), offer).await.refused(403), "case_own_line");
    step(&outside, &path, "acknowledge", json!({})).await.expect(200);
    assert_eq!(step(&outside, &path, "acknowledge", json!({})).await.refused(409), "complaint_acknowledged");
    assert_eq!(step(manager, &path, "answer", words("unfounded")).await.refused(403), "case_own_line");
    // Nor does it say whom it concerns, or that the customer is content with what headquarters answered.
    let names = json!({ "employee_ids": [to] });
    assert_eq!(step(manager, &path, "concerned", names).await.refused(403), "case_own_line");
    step(&outside, &path, "answer", words("founded")).await.expect(200);
    let content = json!({ "reaction": "content" });
    assert_eq!(step(manager, &path, "reaction", content).await.refused(403), "case_own_line");
    let view = outside.get(&path).await.expect(200);
    assert_eq!(
        (view["state"].as_str(), view["concerned"].as_array().map(Vec::len)),
        (Some("answered"), Some(1)),
        "{view}"
    );

    // One that the desk takes: whom it concerns is named later, and its owner leaves it to somebody outside.
    let report = json!({
        "kind": "complaint", "channel": "phone", "site_id": job.desk.site, "contact": { "id": job.desk.contact },
        "symptom": "乱收费", "effects": {},
    });
    let taken = id(&job.desk.agent.post("/api/cases", report).await.expect(201));
    world.run_jobs().await;
    let path = format!("/api/complaints/{taken}");
    let view = job.desk.agent.get(&path).await.expect(200);
    assert_eq!((view["state"].as_str(), view["may_answer"].as_bool()), (Some("received"), Some(true)));
    let nobody = json!({ "employee_ids": [] });
    assert_eq!(
        step(&job.desk.agent, &path, "concerned", nobody).await.refused(422),
        "complaint_concern_count"
    );
    let named = json!({ "employee_ids": [job.engineers[0].0] });
    let view = step(&job.desk.agent, &path, "concerned", named).await.expect(200);
    assert_eq!((view["owner"]["id"].clone(), view["may_answer"].clone()), (json!(top), json!(false)));
    // Their names are asked for at once, however many they are.
    let report = |words: &str| {
        json!({ "kind": "complaint", "channel": "phone", "site_id": job.desk.site,
            "contact": { "id": job.desk.contact }, "symptom": words, "effects": {} })
    };
    let mut statements = Vec::new();
    for (words, people) in [("迟到", 1), ("没礼貌", 2)] {
        let made = id(&job.desk.agent.post("/api/cases", report(words)).await.expect(201));
        world.run_jobs().await;
        let path = format!("/api/complaints/{made}");
        let ids: Vec<&str> = job.engineers[..people].iter().map(|e| e.0.as_str()).collect();
        step(&job.desk.agent, &path, "concerned", json!({ "employee_ids": ids })).await.expect(200);
        let before = world.app.db.statements_read();
        let view = job.desk.agent.get(&path).await.expect(200);
        statements.push(world.app.db.statements_read() - before);
        let named = view["concerned"].as_array().unwrap();
        assert!(named.len() == people && named.iter().all(|p| p["name"] != ""), "{view}");
    }
    assert_eq!(statements[0], statements[1]);
    sound(&world).await;
});

both!(
    p65_a_complaint_is_acknowledged_answered_in_time_and_closed_by_the_customers_word,
    |world| async move {
        let (job, guest, outside, _, owed) = complained(&world).await;
        let case_id = owed["case_id"].as_str().unwrap().to_owned();
        let (path, case) = (format!("/api/complaints/{case_id}"), format!("/api/cases/{case_id}"));
        // Friday; Saturday 2026-10-10 is a make-up workday: Saturday, Monday, Tuesday.
        let due: Ts = owed["due_at"].as_str().unwrap().parse().unwrap();
        let tuesday: Ts = "2026-10-13T00:00:00+08:00".parse().unwrap();
        assert!(due > tuesday && due <= tuesday.plus(Ts::DAY), "{owed}");
        assert_eq!(
            step(&outside, &path, "answer", words("founded")).await.refused(409),
            "complaint_not_acknowledged"
        );
        step(&outside, &path, "acknowledge", json!({})).await.expect(200);
        let page = guest.get("/api/track").await.expect(200);
        assert_eq!(page["requests"][0]["complaint"]["state"], "acknowledged");
        for (field, code) in [
            ("cause", "complaint_cause_missing"),
            ("remedy", "complaint_remedy_missing"),
            ("answer", "complaint_answer_missing"),
        ] {
            let mut lacking = words("founded");
            lacking[field] = json!(" ");
            assert_eq!(step(&outside, &path, "answer", lacking).await.refused(422), code);
        }
        // Nothing else ends it without a finding (P9).
        let reason = json!({ "reason": "客户算了" });
        assert_eq!(outside.post(&format!("{case}/withdraw"), reason).await.refused(409), "case_blocked");
        let no_request = json!({ "number": owed["number"], "content": true });
        assert_eq!(
            guest.post("/api/track/complaint-answer", no_request).await.refused(409),
            "complaint_not_answered"
        );

        let answered = step(&outside, &path, "answer", words("founded")).await.expect(200);
        assert_eq!((answered["state"].as_str(), answered["due_at"].is_null()), (Some("answered"), true));
        let late = json!({ "reaction": "no_answer" });
        assert_eq!(
            step(&outside, &path, "reaction", late.clone()).await.refused(409),
            "complaint_too_early_to_close"
        );
        let page = guest.get("/api/track").await.expect(200);
        assert_eq!(page["requests"][0]["complaint"]["answer"], "向您致歉，已对当事人作出处理。");
        assert!(
            page.to_string().find("批评教育").is_none(),
            "what is done inside the house stays there: {page}"
        );

        // Not content: an answer is owed again, and headquarters looks.
        let say = |content: bool, words: Option<&str>| json!({ "number": owed["number"], "content": content, "words": words });
        assert_eq!(
            guest.post("/api/track/complaint-answer", say(false, None)).await.refused(422),
            "complaint_reaction_words_missing"
        );
        let stranger = json!({ "number": "SQ20261009-9999", "content": true });
        assert_eq!(
            guest.post("/api/track/complaint-answer", stranger).await.refused(404),
            "portal_complaint_unknown"
        );
        guest.post("/api/track/complaint-answer", say(false, Some("没有退费"))).await.expect(200);
        let view = outside.get(&path).await.expect(200);
        assert_eq!((view["state"].as_str(), view["rounds"].as_i64()), (Some("acknowledged"), Some(1)));
        assert!(
            view["due_at"].is_string() && outside.get(&case).await.expect(200)["escalated_at"].is_string()
        );
        step(&outside, &path, "answer", words("founded")).await.expect(200);
        guest.post("/api/track/complaint-answer", say(true, None)).await.expect(200);
        assert_eq!(outside.get(&path).await.expect(200)["state"], "closed");
        assert_eq!(outside.get(&case).await.expect(200)["state"], "closed");
        assert_eq!(
            outside.get("/api/complaints?view=closed").await.expect(200)["items"][0]["case_id"],
            json!(case_id)
        );
        assert_eq!(
            world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%培训%' OR body LIKE '%退费%'").await,
            0,
            "words stay out of events"
        );

        // What the customer asked elsewhere is no request to be answered twice.
        assert_eq!(job.desk.agent.get("/api/customer-requests").await.expect(200)["items"], json!([]));
        // Opened again by hand: an answer is owed again.
        outside.post(&format!("{case}/reopen"), json!({ "reason": "客户来电" })).await.expect(200);
        world.run_jobs().await;
        let view = outside.get(&path).await.expect(200);
        assert_eq!((view["state"].as_str(), view["rounds"].as_i64()), (Some("acknowledged"), Some(2)));
        step(&outside, &path, "answer", words("partly")).await.expect(200);
        world.app.clock.advance(7 * Ts::DAY);
        let outside = world.client_of(&outside.account_id).await;
        step(&outside, &path, "reaction", late).await.expect(200);
        sound(&world).await;
    }
);

both!(p65_a_step_on_a_complaint_that_went_on_meanwhile_is_refused, |world| async move {
    let (_job, guest, outside, _, owed) = complained(&world).await;
    let path = format!("/api/complaints/{}", owed["case_id"].as_str().unwrap());
    let at = async |step: &str, seen: Option<i64>, body: Value| {
        outside.command(Method::POST, &format!("{path}/{step}"), &outside.key(), seen, body).await
    };
    let steps = [
        ("acknowledge", json!({})),
        ("concerned", json!({ "employee_ids": [outside.key()] })),
        ("answer", words("founded")),
        ("reaction", json!({ "reaction": "content" })),
    ];
    for (step, body) in steps {
        assert_eq!(at(step, None, body.clone()).await.refused(428), "if_match_missing", "{step}");
        assert_eq!(at(step, Some(7), body).await.refused(412), "version_changed", "{step}");
    }
    let taken = at("acknowledge", Some(1), json!({})).await;
    assert_eq!((taken.status, taken.version()), (200, 2), "{}", taken.text);
    at("answer", Some(2), words("founded")).await.expect(200);
    // The customer is not content while the desk still looks at the answer.
    let say = json!({ "number": owed["number"], "content": false, "words": "没有退费" });
    guest.post("/api/track/complaint-answer", say).await.expect(200);
    let late = at("reaction", Some(3), json!({ "reaction": "content" })).await;
    assert_eq!(late.refused(412), "version_changed");
    let stands = &late.json["current"];
    assert_eq!((stands["state"].as_str(), stands["version"].as_i64()), (Some("acknowledged"), Some(4)));
});

both!(p65_only_a_complaint_wakes_who_opens_complaints, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let care = aftercare::app::readers().into_iter().find(|reader| reader.name == "care").unwrap();
    assert!(!care.kinds.contains(&"case.reported"), "{:?}", care.kinds);
    job.reported().await;
    let told = "SELECT COUNT(*) FROM event WHERE kind = 'complaint.reported'";
    assert_eq!(world.count(told).await, 0, "a fault is none of its business");
    let report = json!({
        "kind": "complaint", "channel": "phone", "site_id": job.desk.site, "contact": { "id": job.desk.contact },
        "symptom": "乱收费", "effects": {},
    });
    let taken = id(&job.desk.agent.post("/api/cases", report).await.expect(201));
    assert_eq!(world.count(&format!("{told} AND subject_id = '{taken}'")).await, 1);
    world.run_jobs().await;
    let view = job.desk.agent.get(&format!("/api/complaints/{taken}")).await.expect(200);
    assert_eq!(view["state"], "received");
    // People read once that it was reported, and that it was opened.
    let timeline = job.desk.agent.get(&format!("/api/cases/{taken}/timeline")).await.expect(200);
    let kinds: Vec<_> =
        timeline["items"].as_array().unwrap().iter().filter_map(|e| e["kind"].as_str()).collect();
    assert!(kinds.contains(&"case.reported") && kinds.contains(&"complaint.opened"), "{kinds:?}");
    assert!(!kinds.contains(&"complaint.reported"), "{kinds:?}");
    sound(&world).await;
});

// As the schema step left them: open, owed an answer, and no clock for that.
async fn without_clocks(world: &World) {
    const BEFORE: [&str; 2] = [
        "DELETE FROM clock_alert WHERE clock_id IN (SELECT id FROM clock WHERE promise = 'answer_complaint')",
        "UPDATE clock SET promise = 'depot_turnaround', subject_type = 'before' WHERE promise = 'answer_complaint'",
    ];
    let write = world.app.db.write(|tx| {
        Box::pin(async move {
            for statement in BEFORE {
                tx.execute(statement, &[]).await?;
            }
            Ok::<_, kit::DbError>(())
        })
    });
    write.await.unwrap();
}

both!(p65_a_complaint_that_gets_its_clock_late_is_due_by_it, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let agent = &job.desk.agent;
    let report = |words: &str| {
        json!({
            "kind": "complaint", "channel": "phone", "site_id": job.desk.site, "contact": { "id": job.desk.contact },
            "symptom": words, "effects": {},
        })
    };
    let mut cases = Vec::new();
    for words in ["乱收费", "态度差", "不来人", "没人理"] {
        cases.push(id(&agent.post("/api/cases", report(words)).await.expect(201)));
    }
    world.run_jobs().await;
    for case in &cases[..3] {
        step(agent, &format!("/api/complaints/{case}"), "acknowledge", json!({})).await.expect(200);
    }
    let due = agent.get(&format!("/api/complaints/{}", cases[0])).await.expect(200)["due_at"].clone();
    let far: Ts = due.as_str().unwrap().parse().unwrap();
    let far = far.plus(9 * Ts::DAY);
    // One with the step of today, one with that of a time before there were complaints, one that a person set, one not taken up.
    let by_hand = json!({ "step": "other", "note": "周五再打", "due_at": far });
    agent.post(&format!("/api/cases/{}/next-step", cases[2]), by_hand).await.expect(200);
    without_clocks(&world).await;
    for (case, step) in [(&cases[0], "answer_complaint"), (&cases[1], "phone_support"), (&cases[3], "triage")]
    {
        let sql = format!(
            "UPDATE service_case SET next_step = '{step}', next_due_at = {} WHERE id = '{case}'",
            far.micros()
        );
        world.app.db.write(move |tx| Box::pin(async move { tx.execute(&sql, &[]).await })).await.unwrap();
    }
    let touched = "SELECT MAX(touched_at) FROM service_case";
    let before = world.count(touched).await;
    world.app.clock.advance(Ts::HOUR);
    for _ in 0..2 {
        aftercare::app::start(&world.app).await.unwrap();
    }
    for (case, step, at) in [
        (&cases[0], "answer_complaint", due.clone()),
        (&cases[1], "answer_complaint", due),
        (&cases[2], "other", json!(far)),
        (&cases[3], "triage", json!(far)),
    ] {
        let next = agent.get(&format!("/api/cases/{case}")).await.expect(200)["next"].clone();
        assert_eq!((next["step"].as_str(), &next["due_at"]), (Some(step), &at), "{next}");
    }
    assert_eq!(world.count(touched).await, before, "nobody of the desk has touched them");
    sound(&world).await;
});

both!(p65_a_complaint_from_before_there_was_a_clock_gets_one_by_the_next_start, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let report = json!({
        "kind": "complaint", "channel": "phone", "site_id": job.desk.site, "contact": { "id": job.desk.contact },
        "symptom": "乱收费", "effects": {},
    });
    let taken = id(&job.desk.agent.post("/api/cases", report).await.expect(201));
    world.run_jobs().await;
    let path = format!("/api/complaints/{taken}");
    let view = job.desk.agent.get(&path).await.expect(200);
    without_clocks(&world).await;
    assert!(job.desk.agent.get(&path).await.expect(200)["due_at"].is_null());
    let faults = async || {
        let findings = aftercare::checks::run(&world.app).await.unwrap();
        let found = findings.into_iter().find(|f| f.name.starts_with("a complaint is answered")).unwrap();
        found.faults
    };
    let found = faults().await;
    assert!(found.len() == 1 && found[0].contains("no clock runs for it"), "{found:?}");
    world.app.clock.advance(Ts::HOUR);
    for _ in 0..2 {
        aftercare::app::start(&world.app).await.unwrap();
    }
    assert_eq!(faults().await, Vec::<String>::new());
    let after = job.desk.agent.get(&path).await.expect(200);
    assert_eq!(after["due_at"], view["due_at"], "counted from its report");
    let running = "SELECT COUNT(*) FROM clock WHERE promise = 'answer_complaint' AND stopped_at IS NULL";
    assert_eq!(world.count(running).await, 1);
});

both!(p65_a_start_that_the_database_broke_off_is_tried_once_more, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let report = json!({
        "kind": "complaint", "channel": "phone", "site_id": job.desk.site, "contact": { "id": job.desk.contact },
        "symptom": "乱收费", "effects": {},
    });
    job.desk.agent.post("/api/cases", report).await.expect(201);
    world.run_jobs().await;
    without_clocks(&world).await;
    // The first clock that is written meets another node's work. What a sequence counts outlives what was rolled back.
    if world.app.db.dialect() == kit::db::Dialect::Postgres {
        for statement in [
            "CREATE SEQUENCE met",
            "CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('met') = 1 THEN \
             RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF; RETURN NEW; END $$",
            "CREATE TRIGGER met BEFORE INSERT ON clock FOR EACH ROW EXECUTE FUNCTION meet()",
        ] {
            world
                .app
                .db
                .write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await }))
                .await
                .unwrap();
        }
    }
    aftercare::app::start(&world.app).await.unwrap();
    let running = "SELECT COUNT(*) FROM clock WHERE promise = 'answer_complaint' AND stopped_at IS NULL";
    assert_eq!(world.count(running).await, 1);
    sound(&world).await;
});

both!(p65_a_complaint_nobody_answers_is_warned_of_and_raised_once, |world| async move {
    let (_job, _, outside, _, owed) = complained(&world).await;
    let case = format!("/api/cases/{}", owed["case_id"].as_str().unwrap());
    let path = format!("/api/complaints/{}", owed["case_id"].as_str().unwrap());
    step(&outside, &path, "acknowledge", json!({})).await.expect(200);
    // Past each warning, and past the close of Tuesday; not so long that it would lie idle beside.
    let due: Ts = owed["due_at"].as_str().unwrap().parse().unwrap();
    for at in [due.plus(-Ts::DAY), due.plus(-Ts::HOUR), due.plus(Ts::MINUTE)] {
        world.app.clock.set(at);
        world.run_jobs().await;
    }
    let outside = world.client_of(&outside.account_id).await;
    let warned = "SELECT COUNT(*) FROM event WHERE kind IN ('clock.warned', 'clock.breached') AND body LIKE '%answer_complaint%'";
    assert!(world.count(warned).await >= 2, "warned of before, told when it was over");
    let late = outside.get("/api/complaints?view=late").await.expect(200);
    assert_eq!(
        (late["items"].as_array().unwrap().len(), late["items"][0]["late"].as_bool()),
        (1, Some(true))
    );
    assert!(outside.get(&case).await.expect(200)["escalated_at"].is_string());
    let raised = "SELECT COUNT(*) FROM event WHERE kind = 'case.escalated' AND body LIKE '%complaint_late%'";
    assert_eq!(world.count(raised).await, 1);
});

both!(lists_are_taken_away_as_files_and_kept_as_views, |world| async move {
    let (job, _, outside, _, owed) = complained(&world).await;
    world.run_jobs().await;
    for (list, path, column) in [
        ("complaints", "/api/complaints/export?format=csv&columns=number,words", "投诉内容"),
        ("work_orders", "/api/work-orders/export?format=csv&columns=number,engineer", "工程师"),
        ("follow_ups", "/api/follow-ups/export?format=csv&columns=number,case", "服务请求"),
        ("assets", "/api/assets/export?format=csv&columns=serial,site", "序列号"),
    ] {
        let file = job.manager.get(path).await;
        assert_eq!(file.status, 200, "{path}: {}", file.text);
        assert!(file.text.contains(column), "{path}: {}", file.text);
        let name = file.headers["content-disposition"].to_str().unwrap().to_owned();
        assert!(name.contains(&format!("{}-2026-10-09.csv", list.replace('_', "-"))), "{name}");
        let told =
            format!("SELECT COUNT(*) FROM event WHERE kind = 'list.exported' AND body LIKE '%\"{list}\"%'");
        assert_eq!(world.count(&told).await, 1, "{list}");
        let other = path.replace("columns=", "columns=secret,");
        assert_eq!(job.manager.get(&other).await.refused(422), "list_column_unknown");
        assert_eq!(outside.get(path).await.refused(403), "not_permitted");
    }
    let file = job.manager.get("/api/complaints/export?format=csv").await;
    assert!(file.text.contains(owed["number"].as_str().unwrap()), "{}", file.text);
    let view = json!({ "list": "complaints", "name": "超时的", "shared": false, "content": { "view": "late", "filters": {} } });
    outside.post("/api/saved-views", view).await.expect(201);
});
