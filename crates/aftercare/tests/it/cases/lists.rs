//! Lists, look-up and calls: over HTTP, on both databases.

use identity::Role;
use kit::{Row, Ts};
use serde_json::json;

use super::{at, desk};
use crate::both;
use crate::customers::id;

both!(lists_are_paged_counted_and_narrowed, |world| async move {
    let desk = desk(&world).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(desk.reported().await);
        world.app.clock.advance(Ts::MINUTE);
    }
    desk.step(&ids[0], "triage", json!({})).await.expect(200);
    let list = |query: &str| {
        let (client, path) = (desk.agent.clone(), format!("/api/cases?{query}"));
        async move { client.get(&path).await.expect(200) }
    };
    let first = list("view=open&limit=2").await;
    assert_eq!((first["total"].as_i64(), first["more"].as_bool()), (Some(3), Some(false)));
    assert_eq!(
        first["items"].as_array().unwrap().iter().map(id).collect::<Vec<_>>(),
        &ids[..2],
        "by due time"
    );
    assert_eq!(first["items"][0]["clocks"][0]["promise"], "respond");
    let second = list(&format!("view=open&limit=2&after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(second["items"].as_array().unwrap().iter().map(id).collect::<Vec<_>>(), &ids[2..]);
    assert!(second["next"].is_null());
    let newest = list("view=all&limit=1").await;
    assert_eq!(id(&newest["items"][0]), ids[2]);
    let older = list(&format!("view=all&limit=5&after={}", newest["next"].as_str().unwrap())).await;
    assert_eq!(older["items"].as_array().unwrap().len(), 2);
    let number = newest["items"][0]["number"].as_str().unwrap().to_owned();
    let site = &desk.site;
    // Words are written beside the report, within moments.
    world.run_jobs().await;
    for (query, expected) in [
        ("view=unowned".to_owned(), 2),
        ("view=mine".to_owned(), 3),
        ("view=late".to_owned(), 0),
        ("view=follow_up".to_owned(), 0),
        ("view=all&state=triaged".to_owned(), 1),
        ("view=all&severity=normal".to_owned(), 0),
        (format!("view=all&site={site}"), 3),
        (format!("view=all&unit={}", desk.company.guangzhou), 0),
        (format!("view=all&q={number}"), 1),
        ("view=all&q=0002".to_owned(), 1),
        (format!("view=all&q={}", "%E4%BA%91%E6%9D%89%E5%B9%BF%E5%9C%BA"), 3),
        ("view=all&q=nothing-like-it".to_owned(), 0),
    ] {
        assert_eq!(list(&query).await["total"].as_i64(), Some(expected), "{query}");
    }
    assert_eq!(desk.agent.get("/api/cases?after=x").await.refused(422), "cursor_invalid");
    world.app.clock.advance(Ts::HOUR);
    assert_eq!(list("view=late").await["total"], 3);
    let home = desk.agent.get("/api/home").await.expect(200)["cases"].clone();
    assert_eq!((home["mine_count"]["n"].as_i64(), home["mine_late"]["n"].as_i64()), (Some(3), Some(3)));
    let found = desk.agent.get("/api/look-up?q=0002").await.expect(200);
    assert_eq!(found["cases"].as_array().unwrap().len(), 1);
    let found = desk.agent.get("/api/look-up?q=13812341234").await.expect(200);
    assert_eq!(found["callers"][0]["contact_id"].as_str(), Some(desk.contact.as_str()));
    let found = desk.agent.get("/api/look-up?q=BG-0001").await.expect(200);
    assert_eq!(found["assets"].as_array().unwrap().len(), 1);
});

both!(a_list_in_any_order_is_paged_without_gap_or_double, |world| async move {
    let desk = desk(&world).await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(desk.reported().await);
        world.app.clock.advance(Ts::MINUTE);
    }
    let [first, second, third, fourth] = ids.iter().map(String::as_str).collect::<Vec<_>>()[..] else {
        panic!("four cases")
    };
    // The oldest report is due last; the second has ended.
    desk.step(first, "triage", json!({})).await.expect(200);
    let later = world.app.clock.now().plus(30 * Ts::DAY);
    desk.step(first, "next-step", json!({ "step": "other", "note": "等客户停电检修", "due_at": later }))
        .await
        .expect(200);
    desk.step(second, "withdraw", json!({ "reason": "客户自行恢复" })).await.expect(200);
    world.run_jobs().await;
    for (view, sort, expected) in [
        ("open", "due", vec![third, fourth, first]),
        ("open", "due_desc", vec![first, fourth, third]),
        ("open", "reported", vec![first, third, fourth]),
        ("mine", "reported_desc", vec![fourth, third, first]),
        ("all", "reported", vec![first, second, third, fourth]),
        ("all", "reported_desc", vec![fourth, third, second, first]),
    ] {
        // Listed and found by words alike.
        for q in ["", "&q=%E4%BA%91%E6%9D%89%E5%B9%BF%E5%9C%BA"] {
            let path = format!("/api/cases?view={view}&sort={sort}&limit=1{q}");
            let mut page = desk.agent.get(&path).await.expect(200);
            let mut seen = Vec::new();
            loop {
                seen.extend(page["items"].as_array().unwrap().iter().map(id));
                let Some(next) = page["next"].as_str() else { break };
                page = desk.agent.get(&format!("{path}&after={next}")).await.expect(200);
            }
            assert_eq!(seen, expected, "{path}");
        }
    }
    // A file of the list stands in its order.
    let manager = world.client_in(&[Role::BranchManager], Some(&desk.company.shenzhen), None, None).await;
    let file = manager.get("/api/cases/export?format=csv&columns=number&view=all&sort=reported").await;
    let numbers: Vec<&str> = file.text.lines().skip(1).map(|line| &line[line.len() - 4..]).collect();
    assert_eq!(numbers, ["0001", "0002", "0003", "0004"]);
    assert_eq!(desk.agent.get("/api/cases?view=all&sort=due").await.refused(422), "case_sort_not_offered");
});

both!(a_list_in_any_order_reads_a_short_range_however_many_cases_ended, |world| async move {
    let desk = desk(&world).await;
    crate::search::filled(&world, &desk, 3_000).await;
    let mut tx = world.app.db.reader().await.unwrap();
    let sqlite = world.app.db.dialect() == kit::db::Dialect::Sqlite;
    if !sqlite {
        // So small a table is read whole for good reasons; it must be possible without.
        tx.rows("SELECT set_config('enable_seqscan', 'off', false) AS said", &[]).await.unwrap();
    }
    let explain = if sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    for (view, sort, statement) in cases::explained_lists() {
        let plan = tx.rows(&format!("{explain} {}", statement.sql), &statement.values).await.unwrap();
        let text: String = plan.iter().flat_map(Row::cells).map(|v| format!("{v:?}\n")).collect();
        assert!(!text.contains("Seq Scan on service_case"), "{view:?} {sort:?}: {text}");
        if sqlite {
            let open = view == cases::CaseListView::Open;
            let index = if open { "service_case_open_due" } else { "service_case_reported" };
            assert!(text.contains(index), "{view:?} {sort:?}: {text}");
            // The open ones by their report are few, and sorted.
            let by_report = matches!(sort, cases::CaseSort::Reported | cases::CaseSort::ReportedDesc);
            assert_eq!(text.contains("TEMP B-TREE"), open && by_report, "{view:?} {sort:?}: {text}");
        }
    }
});

both!(p1_calls_are_recorded_and_a_missed_one_is_called_back, |world| async move {
    let desk = desk(&world).await;
    let now = world.app.clock.now();
    let call = |outcome: &str| json!({ "dialled": "4008001234", "caller": "13812341234", "started_at": now, "outcome": outcome });
    let missed = desk.agent.post("/api/calls", call("missed")).await.expect(201);
    assert_eq!(at(&missed["call_back_due_at"]), now.plus(15 * Ts::MINUTE));
    assert_eq!(missed["caller_masked"], "138****1234");
    let owed = "SELECT COUNT(*) FROM call WHERE outcome = 'missed' AND called_back_by IS NULL";
    assert_eq!(world.count(owed).await, 1);
    let answered = desk.agent.post("/api/calls", call("answered")).await.expect(201);
    assert_eq!(world.count(owed).await, 0);
    let mut report = desk.report();
    report["call_id"] = answered["id"].clone();
    let case = id(&desk.agent.post("/api/cases", report).await.expect(201));
    let sql = format!("SELECT COUNT(*) FROM call WHERE case_id = '{case}' AND outcome = 'case_made'");
    assert_eq!(world.count(&sql).await, 1);
    for (field, value, code) in [
        ("caller", json!("not a number"), "call_number_invalid"),
        ("started_at", json!(now.plus(Ts::HOUR)), "call_time_invalid"),
        ("ended_at", json!(now.plus(-Ts::HOUR)), "call_ends_before_start"),
        ("outcome", json!("case_made"), "call_case_missing"),
    ] {
        let mut input = call("answered");
        input[field] = value;
        assert_eq!(desk.agent.post("/api/calls", input).await.refused(422), code, "{field}");
    }
    // A call belongs to the unit of the hotline that was dialled, whoever answers.
    let admin = world.client_in(&[Role::SystemAdmin], Some(&desk.company.headquarters), None, None).await;
    let hotline = json!({ "number": "020-8888 1000", "unit_id": desk.company.guangzhou, "calendar": "round_the_clock",
        "name": { "zh_cn": "广州热线", "en": "Guangzhou hotline" } });
    admin.post("/api/hotlines", hotline).await.expect(201);
    let mut dialled = call("missed");
    dialled["dialled"] = json!("02088881000");
    desk.agent.post("/api/calls", dialled).await.expect(201);
    let sql = format!("SELECT COUNT(*) FROM call WHERE unit_id = '{}'", desk.company.guangzhou);
    assert_eq!(world.count(&sql).await, 1);
    let told = world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%1381234%'").await;
    assert_eq!(told, 0, "no number stands in an event");
});

both!(p1_a_call_ends_and_a_missed_one_is_called_back_by_hand, |world| async move {
    let desk = desk(&world).await;
    let now = world.app.clock.now();
    let call = |outcome: &str| json!({ "dialled": "4008001234", "caller": "13912341234", "started_at": now, "outcome": outcome });
    let answered = desk.agent.post("/api/calls", call("answered")).await.expect(201);
    assert!(answered["ended_at"].is_null(), "it goes on");
    world.app.clock.advance(5 * Ts::MINUTE);
    let end = format!("/api/calls/{}/end", id(&answered));
    let early = json!({ "ended_at": now.plus(-Ts::MINUTE) });
    assert_eq!(desk.agent.post(&end, early).await.refused(422), "call_ends_before_start");
    let ended = desk.agent.post(&end, json!({ "outcome": "no_concern" })).await.expect(200);
    assert_eq!(
        (at(&ended["ended_at"]), ended["outcome"].as_str()),
        (now.plus(5 * Ts::MINUTE), Some("no_concern"))
    );
    assert_eq!(desk.agent.post(&end, json!({})).await.refused(409), "call_ended");

    let first = desk.agent.post("/api/calls", call("missed")).await.expect(201);
    let mut later = call("missed");
    later["started_at"] = json!(world.app.clock.now());
    desk.agent.post("/api/calls", later).await.expect(201);
    let owed = desk.agent.get("/api/calls/missed").await.expect(200);
    assert_eq!((owed["count"].as_i64(), owed["late"].as_i64()), (Some(2), Some(0)));
    assert_eq!(
        (id(&owed["items"][0]), owed["items"][0]["caller_masked"].as_str()),
        (id(&first), Some("139****1234"))
    );
    world.app.clock.advance(12 * Ts::MINUTE);
    let home = desk.agent.get("/api/home").await.expect(200);
    assert_eq!(
        (home["missed_calls"]["late"].as_i64(), home["missed_calls"]["items"][0]["late"].as_bool()),
        (Some(1), Some(true))
    );

    // The number is shown once, with a reason, counted and told to the audit.
    let reveal = format!("/api/calls/{}/reveal", id(&first));
    assert_eq!(
        desk.agent.post(&reveal, json!({ "reason": "x" })).await.refused(422),
        "reveal_reason_missing"
    );
    let shown = desk.agent.post(&reveal, json!({ "reason": "回拨未接来电" })).await.expect(200);
    assert_eq!(shown["dial"], "13912341234");
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE kind = 'call.revealed' AND audience = 'audit'").await,
        1
    );

    // Not reached: it is owed again later. Reached: it and the caller's other missed calls are done.
    let back = format!("/api/calls/{}/call-back", id(&first));
    let again = desk.agent.post(&back, json!({ "reached": false })).await.expect(200);
    assert_eq!(at(&again["call_back_due_at"]), world.app.clock.now().plus(15 * Ts::MINUTE));
    let done = desk.agent.post(&back, json!({ "reached": true })).await.expect(200);
    assert_eq!(done["outcome"], "answered");
    assert_eq!(desk.agent.get("/api/calls/missed").await.expect(200)["count"], 0);
    assert_eq!(desk.agent.post(&back, json!({ "reached": true })).await.refused(409), "call_not_missed");
    assert_eq!(
        desk.agent.post(&reveal, json!({ "reason": "回拨未接来电" })).await.refused(409),
        "call_not_missed"
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%13912341234%'").await, 0);
});

both!(p68_a_private_number_in_a_note_is_masked_with_an_event, |world| async move {
    let desk = desk(&world).await;
    let case = desk.reported().await;
    desk.step(&case, "note", json!({ "text": "师傅电话 138 0013 8000，微信：li_gong66" })).await.expect(200);
    desk.step(&case, "note", json!({ "text": "序列号 13800138000，见 FW20261009-0001" })).await.expect(200);
    let kept = world
        .count("SELECT COUNT(*) FROM case_note WHERE text = '师傅电话 138 **** 8000，微信：li****'")
        .await;
    assert_eq!(kept, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM case_note WHERE text LIKE '%序列号 13800138000%'").await, 1);
    let told = "SELECT COUNT(*) FROM event WHERE kind = 'case.private_contact_masked'";
    assert_eq!(world.count(told).await, 1);
});

both!(p68_no_words_of_a_case_hold_a_private_number, |world| async move {
    let desk = desk(&world).await;
    let private = "13912345678 微信 wxid_abc123";
    let mut report = desk.report();
    report["symptom"] = json!(format!("不抬杆，打 {private}"));
    report["reachable_when"] = json!(format!("白天 {private}"));
    let case = id(&desk.agent.post("/api/cases", report).await.expect(201));
    desk.step(&case, "triage", json!({ "severity": "normal", "reason": format!("能通行 {private}") }))
        .await
        .expect(200);
    let due = world.app.clock.now().plus(Ts::HOUR);
    let next = json!({ "step": "other", "note": format!("回电 {private}"), "due_at": due });
    desk.step(&case, "next-step", next).await.expect(200);
    let offer = json!({ "to_id": desk.expert.account_id, "reason": format!("请联系 {private}") });
    desk.step(&case, "hand-over", offer).await.expect(200);
    desk.expert
        .post(&format!("/api/cases/{case}/decline-hand-over"), json!({ "reason": format!("没空 {private}") }))
        .await
        .expect(200);
    desk.step(&case, "phone-support", json!({})).await.expect(200);
    let result = json!({
        "outcome": "solved", "steps_tried": [format!("致电 {private}")], "expected_parts": [format!("问 {private}")],
        "fix_plan": format!("有事找 {private}"),
    });
    desk.step(&case, "phone-result", result).await.expect(200);
    let view = desk.agent.get(&format!("/api/cases/{case}")).await.text;
    let timeline = desk.agent.get(&format!("/api/cases/{case}/timeline")).await.text;
    assert!(view.contains("139****5678") && timeline.contains("139****5678"), "{view}\n{timeline}");
    for text in [view, timeline] {
        assert!(!text.contains("13912345678") && !text.contains("wxid_abc"), "{text}");
    }
    for (table, columns) in [
        ("service_case", "symptom || COALESCE(reachable_when, '') || COALESCE(severity_reason, '')"),
        ("service_case", "COALESCE(next_step_note, '')"),
        ("case_hand_over", "reason || COALESCE(answer_reason, '')"),
        ("case_note", "text"),
        (
            "phone_support",
            "COALESCE(steps_tried, '') || COALESCE(expected_parts, '') || COALESCE(fix_plan, '')",
        ),
        ("command_answer", "body"),
        ("event", "body"),
    ] {
        let sql = format!(
            "SELECT COUNT(*) FROM {table} WHERE {columns} LIKE '%13912345678%' OR {columns} LIKE '%wxid_abc%'"
        );
        assert_eq!(world.count(&sql).await, 0, "{table}: {columns}");
    }
});

both!(p68_a_caller_s_number_refused_for_the_day_s_limit_is_told_to_the_audit, |world| async move {
    let desk = desk(&world).await;
    let now = world.app.clock.now();
    let call =
        json!({ "dialled": "4008001234", "caller": "13912341234", "started_at": now, "outcome": "missed" });
    let call = desk.agent.post("/api/calls", call).await.expect(201);
    let reveal = format!("/api/calls/{}/reveal", id(&call));
    let reason = json!({ "reason": "回拨未接来电" });
    for _ in 0..20 {
        desk.agent.post(&reveal, reason.clone()).await.expect(200);
    }
    assert_eq!(desk.agent.post(&reveal, reason).await.refused(429), "reveal_limit_reached");
    let told = "SELECT COUNT(*) FROM event WHERE kind = 'call.reveal_refused' AND audience = 'audit'";
    assert_eq!(world.count(told).await, 1);
});
