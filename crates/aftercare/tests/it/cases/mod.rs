//! Cases from the call to the closed case: over HTTP, on both databases.

mod depth;
mod lists;
mod phone;
mod symptoms;

use http::Method;
use identity::Role;
use kit::{Actor, Failure, Ts};
use serde_json::{Value, json};

use crate::both;
use crate::customers::{Company, NANSHAN, agent, company, customer, id, site};
use crate::world::{Answer, Client, World};

/// A branch with a customer, a site, a device and somebody to talk to.
pub struct Desk {
    pub company: Company,
    pub agent: Client,
    pub expert: Client,
    pub site: String,
    pub asset: String,
    pub contact: String,
}

pub async fn desk(world: &World) -> Desk {
    let company = company(world).await;
    let agent = agent(world, &company.shenzhen).await;
    let expert = world.client_in(&[Role::Expert], Some(&company.shenzhen), None, None).await;
    let manager = world.client_in(&[Role::BranchManager], Some(&company.shenzhen), None, None).await;
    let customer = customer(&agent, "云杉广场").await;
    let site = site(&agent, &customer, "云杉广场停车场", NANSHAN).await;
    let product =
        json!({ "model": "BG-100", "name": { "zh_cn": "道闸", "en": "Barrier" }, "kind": "barrier" });
    let product = id(&manager.post("/api/products", product).await.expect(201));
    let asset = json!({ "serial": "BG-0001", "product_id": product, "site_id": site });
    let asset = id(&manager.post("/api/assets", asset).await.expect(201));
    let contact =
        json!({ "customer_id": customer, "site_id": site, "name": "值班经理", "phone": "13812341234" });
    let contact = id(&agent.post("/api/contacts", contact).await.expect(201));
    Desk { company, agent, expert, site, asset, contact }
}

impl Desk {
    pub fn report(&self) -> Value {
        json!({
            "channel": "phone", "site_id": self.site, "asset_id": self.asset, "contact": { "id": self.contact },
            "symptom": "道闸不抬杆", "symptom_class": "no_response", "effects": { "can_pass": false },
        })
    }

    pub async fn reported(&self) -> String {
        id(&self.agent.post("/api/cases", self.report()).await.expect(201))
    }

    async fn step(&self, case: &str, step: &str, input: Value) -> Answer {
        self.agent.post(&format!("/api/cases/{case}/{step}"), input).await
    }

    async fn triaged(&self) -> String {
        let case = self.reported().await;
        self.step(&case, "triage", json!({})).await.expect(200);
        case
    }

    async fn phone_not_solved(&self, case: &str) {
        self.step(case, "phone-support", json!({})).await.expect(200);
        let result = json!({ "outcome": "not_solved", "steps_tried": ["断电重启"], "reason": "电机不转", "needed_skill": "barrier" });
        self.step(case, "phone-result", result).await.expect(200);
    }

    async fn agreed(&self) -> String {
        let case = self.triaged().await;
        self.phone_not_solved(&case).await;
        self.step(&case, "agree-onsite", self.agreement()).await.expect(200);
        case
    }

    fn agreement(&self) -> Value {
        json!({ "contact_id": self.contact, "how": "phone" })
    }

    async fn view(&self, case: &str) -> Value {
        self.agent.get(&format!("/api/cases/{case}")).await.expect(200)
    }
}

/// What a neighbour does to a case in its own transaction.
async fn field(world: &World, case: &str, done: cases::FieldOutcome) {
    let case: cases::CaseId = case.parse().unwrap();
    let acted: Result<(), Failure> = world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move {
                cases::entered_field(tx, cx, case).await?;
                cases::entered_field(tx, cx, case).await?;
                cases::arrived(tx, cx, case, cx.now).await?;
                cases::field_done(tx, cx, case, done).await?;
                Ok(())
            })
        })
        .await;
    acted.unwrap();
}

async fn close(world: &World, case: &str) -> Result<(), Failure> {
    let case: cases::CaseId = case.parse().unwrap();
    world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move { cases::close(tx, cx, case).await.map(|_| ()) })
        })
        .await
}

fn clock<'v>(view: &'v Value, promise: &str) -> &'v Value {
    view["clocks"].as_array().unwrap().iter().find(|c| c["promise"] == promise).unwrap_or(&Value::Null)
}

fn primary(view: &Value) -> Vec<&str> {
    let steps = view["steps"].as_array().unwrap().iter();
    steps.filter(|s| s["primary"] == true).map(|s| s["step"].as_str().unwrap()).collect()
}

fn at(value: &Value) -> Ts {
    value.as_str().unwrap_or_else(|| panic!("an instant: {value}")).parse().unwrap()
}

both!(p39_p41_p44_a_fault_goes_from_the_call_to_the_closed_case, |world| async move {
    let desk = desk(&world).await;
    let start = world.app.clock.now();
    let shown = desk.agent.get("/api/promise?severity=major").await.expect(200);
    let made = desk.agent.post("/api/cases", desk.report()).await.expect(201);
    let case = id(&made);
    assert_eq!(made["promise"], shown, "the promise stored is the promise read out");
    assert!(made["number"].as_str().unwrap().starts_with("SQ20261009-"));
    assert_eq!((made["severity"].as_str(), made["state"].as_str()), (Some("major"), Some("new")));
    assert_eq!(made["unit_id"].as_str(), Some(desk.company.shenzhen.as_str()));
    assert_eq!(made["owner_id"].as_str(), Some(desk.agent.account_id.as_str()));
    assert_eq!(at(&made["next"]["due_at"]), start.plus(15 * Ts::MINUTE));

    let view = desk.view(&case).await;
    assert_eq!(primary(&view), ["triage"]);
    assert_eq!(clock(&view, "respond")["status"], "running");
    assert!(view["coverage"]["verdict"].is_string(), "cover is decided at the report: {view}");
    assert_eq!(view["contact"]["phone_masked"], "138****1234");

    // P41: no visit before the phone was tried.
    desk.step(&case, "triage", json!({})).await.expect(200);
    let early = desk.step(&case, "agree-onsite", desk.agreement()).await;
    assert_eq!(
        (early.refused(409), early.json["current"]["state"].as_str()),
        ("case_phone_not_tried", Some("triaged"))
    );
    desk.step(&case, "phone-support", json!({})).await.expect(200);
    assert_eq!(
        desk.step(&case, "agree-onsite", desk.agreement()).await.refused(409),
        "case_phone_result_missing"
    );
    let result = json!({ "outcome": "not_solved", "steps_tried": ["断电重启", " "], "reason": "电机不转", "expected_parts": ["电机"], "expected_minutes": 90 });
    desk.step(&case, "phone-result", result).await.expect(200);
    let view = desk.view(&case).await;
    assert_eq!(
        (primary(&view), clock(&view, "respond")["status"].as_str()),
        (vec!["agree_onsite"], Some("met"))
    );
    assert_eq!(view["phone_supports"][0]["steps_tried"], json!(["断电重启"]));

    // P44, decision 10: the arrival counts from the agreement, told ten minutes late, not from the report.
    world.app.clock.advance(30 * Ts::MINUTE);
    let agreed_at = start.plus(20 * Ts::MINUTE);
    let mut agreement = desk.agreement();
    agreement["agreed_at"] = json!(start.plus(-Ts::MINUTE));
    assert_eq!(
        desk.step(&case, "agree-onsite", agreement.clone()).await.refused(422),
        "case_agreed_at_invalid"
    );
    agreement["agreed_at"] = json!(agreed_at);
    let agreed = desk.step(&case, "agree-onsite", agreement.clone()).await.expect(200);
    assert_eq!(agreed["state"], "onsite_agreed");
    let again = desk.step(&case, "agree-onsite", agreement).await;
    assert_eq!(
        (again.refused(409), again.json["current"]["state"].as_str()),
        ("case_step_done", Some("onsite_agreed"))
    );
    let view = desk.view(&case).await;
    assert_eq!(at(&view["onsite_agreed_at"]), agreed_at);
    assert_eq!(at(&view["reported_at"]), start);
    assert_eq!(at(&clock(&view, "arrive")["due_at"]), agreed_at.plus(4 * Ts::HOUR));
    assert_eq!(at(&view["next"]["due_at"]), agreed_at.plus(4 * Ts::HOUR));
    assert_eq!(view["agreements"][0]["contact_name"], "值班经理");

    world.app.clock.advance(Ts::HOUR);
    field(&world, &case, cases::FieldOutcome::Solved).await;
    let view = desk.view(&case).await;
    assert_eq!((view["state"].as_str(), view["resolved_how"].as_str()), (Some("follow_up"), Some("onsite")));
    assert_eq!(clock(&view, "arrive")["status"], "met");
    assert_eq!(clock(&view, "follow_up")["status"], "running");
    assert_eq!(view["next"]["step"], "follow_up_call");
    let told = world.count("SELECT COUNT(*) FROM job WHERE kind = 'case.follow_up'").await;
    assert_eq!(told, 1, "whoever calls back learns of it");
    close(&world, &case).await.unwrap();
    let view = desk.view(&case).await;
    assert_eq!((view["state"].as_str(), view["next"].is_null()), (Some("closed"), true));
    assert_eq!(clock(&view, "follow_up")["status"], "met");
    world.sealed().await;
});

both!(
    p37_p39_a_fault_is_taken_on_a_sunday_night_and_a_question_waits_for_working_hours,
    |world| async move {
        let desk = desk(&world).await;
        // Between two rest days, with every office closed.
        let night: Ts = "2026-10-11T03:12:00+08:00".parse().unwrap();
        world.app.clock.set(night);
        let made = desk.agent.post("/api/cases", desk.report()).await.expect(201);
        assert_eq!(made["number"], "SQ20261011-0001");
        assert_eq!(made["owner_id"].as_str(), Some(desk.agent.account_id.as_str()));
        assert_eq!(at(&made["promise"]["respond"]["due_at"]), night.plus(15 * Ts::MINUTE));
        assert_eq!(at(&made["next"]["due_at"]), night.plus(15 * Ts::MINUTE));
        let view = desk.view(&id(&made)).await;
        assert_eq!(clock(&view, "respond")["status"], "running");
        assert!(view["coverage"]["verdict"].is_string(), "cover is decided at once: {view}");

        let mut question = desk.report();
        question["kind"] = json!("consultation");
        let asked = desk.agent.post("/api/cases", question).await.expect(201);
        assert_eq!(asked["number"], "SQ20261011-0002");
        let respond = &asked["promise"]["respond"];
        assert_eq!(
            (respond["working_time"].as_bool(), respond["calendar"].as_str()),
            (Some(true), Some("five_by_eight"))
        );
        // Half an hour from Monday's first working minute.
        assert_eq!(at(&respond["due_at"]), "2026-10-12T09:30:00+08:00".parse().unwrap());
    }
);

both!(p14_p38_a_case_solved_by_phone_closes_without_a_visit, |world| async move {
    let desk = desk(&world).await;
    let case = desk.triaged().await;
    let started = desk.expert.post(&format!("/api/cases/{case}/phone-support"), json!({})).await.expect(200);
    assert_eq!(
        started["owner_id"].as_str(),
        Some(desk.expert.account_id.as_str()),
        "who helps has taken the case"
    );
    let path = format!("/api/cases/{case}/phone-result");
    let mut result = json!({ "outcome": "solved", "steps_tried": [] });
    assert_eq!(desk.expert.post(&path, result.clone()).await.refused(422), "case_phone_steps_missing");
    result["steps_tried"] = json!(["复位控制器"]);
    assert_eq!(desk.expert.post(&path, result.clone()).await.refused(422), "case_fix_plan_missing");
    // Nothing that was typed is dropped without a word.
    let mut long = result.clone();
    long["fix_plan"] = json!("每周清理一次地感线圈");
    long["steps_tried"] = json!(vec!["复位控制器"; 51]);
    assert_eq!(desk.expert.post(&path, long).await.refused(422), "case_list_too_long");
    result["fix_plan"] = json!("每周清理一次地感线圈");
    let solved = desk.expert.post(&path, result.clone()).await.expect(200);
    assert_eq!(solved["state"], "follow_up");
    assert_eq!(desk.expert.post(&path, result).await.refused(409), "case_resolved");
    assert_eq!(
        world
            .count("SELECT COUNT(*) FROM event WHERE kind = 'case.fix_plan' AND audience = 'customer'")
            .await,
        1
    );
    let view = desk.view(&case).await;
    assert_eq!(view["resolved_how"], "remote");
    assert!(clock(&view, "arrive").is_null(), "no visit was promised");
    let timeline = desk.agent.get(&format!("/api/cases/{case}/timeline")).await.expect(200);
    let plan = timeline["items"].as_array().unwrap().iter().find(|e| e["kind"] == "case.fix_plan").unwrap();
    assert_eq!(plan["text"], "每周清理一次地感线圈");
    assert!(!plan["body"].to_string().contains("清理"), "the words stand in the record, not in the event");
    close(&world, &case).await.unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM onsite_agreement").await, 0);
});

both!(p45_another_severity_counts_from_the_same_start_and_lowering_needs_a_reason, |world| async move {
    let desk = desk(&world).await;
    let case = desk.agreed().await;
    let start = world.app.clock.now();
    world.app.clock.advance(Ts::HOUR);
    let lower = desk.step(&case, "severity", json!({ "severity": "normal" })).await;
    assert_eq!(lower.refused(422), "case_lowering_reason_missing");
    desk.step(&case, "severity", json!({ "severity": "normal", "reason": "备用出口可用" })).await.expect(200);
    let view = desk.view(&case).await;
    let arrive = clock(&view, "arrive");
    assert_eq!((at(&arrive["started_at"]), at(&arrive["due_at"])), (start, start.plus(24 * Ts::HOUR)));
    assert_eq!(arrive["history"][0]["severity"], "major");
    assert_eq!(at(&view["next"]["due_at"]), start.plus(24 * Ts::HOUR));
    assert_eq!(
        desk.step(&case, "severity", json!({ "severity": "normal" })).await.refused(422),
        "case_severity_same"
    );
    desk.step(&case, "severity", json!({ "severity": "major" })).await.expect(200);
    assert_eq!(at(&clock(&desk.view(&case).await, "arrive")["due_at"]), start.plus(4 * Ts::HOUR));
});

both!(p10_a_case_has_one_owner_and_too_many_hand_overs_raise_it, |world| async move {
    let desk = desk(&world).await;
    let case = desk.triaged().await;
    let due_before = clock(&desk.view(&case).await, "respond")["due_at"].clone();
    let (mut owner, mut other) = (desk.agent.clone(), desk.expert.clone());
    for n in 1..=3 {
        let offer = json!({ "to_id": other.account_id, "reason": "换班" });
        owner.post(&format!("/api/cases/{case}/hand-over"), offer.clone()).await.expect(200);
        let view = owner.get(&format!("/api/cases/{case}")).await.expect(200);
        assert_eq!(view["owner"]["id"].as_str(), Some(owner.account_id.as_str()), "it stays until accepted");
        assert_eq!(
            owner.post(&format!("/api/cases/{case}/hand-over"), offer).await.refused(409),
            "case_hand_over_pending"
        );
        let accept = format!("/api/cases/{case}/accept-hand-over");
        assert_eq!(owner.post(&accept, json!({})).await.refused(409), "case_hand_over_not_yours");
        let view = other.get(&format!("/api/cases/{case}")).await.expect(200);
        assert_eq!(primary(&view), ["accept_hand_over"]);
        other.post(&accept, json!({})).await.expect(200);
        assert_eq!(other.post(&accept, json!({})).await.refused(409), "case_hand_over_none");
        std::mem::swap(&mut owner, &mut other);
        let raised = world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.escalated'").await;
        assert_eq!(raised, i64::from(n > 2), "hand-over {n}");
    }
    let view = desk.view(&case).await;
    assert_eq!(view["second_unit_id"].as_str(), Some(desk.company.headquarters.as_str()));
    assert_eq!(view["hand_overs"], 3);
    assert_eq!(clock(&view, "respond")["due_at"], due_before, "clocks run on");
    // Declined: it stays where it is.
    let offer = json!({ "to_id": other.account_id, "reason": "换班" });
    owner.post(&format!("/api/cases/{case}/hand-over"), offer).await.expect(200);
    let no = json!({ "reason": "不在班" });
    other.post(&format!("/api/cases/{case}/decline-hand-over"), no).await.expect(200);
    assert_eq!(desk.view(&case).await["owner"]["id"].as_str(), Some(owner.account_id.as_str()));
    let nobody = json!({ "to_id": "nobody", "reason": "换班" });
    assert_eq!(
        owner.post(&format!("/api/cases/{case}/hand-over"), nobody).await.refused(422),
        "case_person_unknown"
    );
});

both!(p10_a_case_that_nobody_touches_is_raised_once_and_a_note_counts_as_touching, |world| async move {
    let desk = desk(&world).await;
    let case = desk.reported().await;
    world.pass(3 * Ts::HOUR).await;
    desk.step(&case, "note", json!({ "text": "客户来电询问" })).await.expect(200);
    world.pass(2 * Ts::HOUR).await;
    let raised = "SELECT COUNT(*) FROM event WHERE kind = 'case.escalated'";
    assert_eq!(world.count(raised).await, 0);
    world.pass(2 * Ts::HOUR).await;
    assert_eq!(world.count(raised).await, 1);
    assert!(desk.view(&case).await["escalated_at"].is_string());
    world.pass(Ts::DAY).await;
    assert_eq!(world.count(raised).await, 1);
});

both!(decision_2_a_case_is_seen_by_its_unit_its_owner_and_whoever_took_the_report, |world| async move {
    let desk = desk(&world).await;
    let (far, farther) =
        (agent(&world, &desk.company.guangzhou).await, agent(&world, &desk.company.guangzhou).await);
    let case = id(&far.post("/api/cases", desk.report()).await.expect(201));
    let path = format!("/api/cases/{case}");
    let view = desk.view(&case).await;
    assert_eq!(view["unit"]["id"].as_str(), Some(desk.company.shenzhen.as_str()), "the site's unit owns it");
    far.get(&path).await.expect(200);
    assert_eq!(far.get("/api/cases?view=mine").await.expect(200)["items"].as_array().unwrap().len(), 1);
    assert_eq!(farther.get(&path).await.refused(404), "case_unknown");
    assert_eq!(farther.get("/api/cases?view=all").await.expect(200)["total"], 0);
    assert_eq!(farther.get(&format!("{path}/timeline")).await.refused(404), "case_unknown");
    assert_eq!(farther.post(&format!("{path}/triage"), json!({})).await.refused(404), "case_unknown");
    // Taken up by its own unit, it stays visible to who took the report, not to their colleagues.
    desk.step(&case, "triage", json!({})).await.expect(200);
    assert_eq!(
        far.get(&path).await.expect(200)["owner"]["id"].as_str(),
        Some(desk.agent.account_id.as_str())
    );
    // Who reports there sees that a case is open, and no more.
    let open = farther
        .get(&format!("/api/cases/open-on?site_id={}&asset_id={}", desk.site, desk.asset))
        .await
        .expect(200);
    assert_eq!(open["same"][0]["id"].as_str(), Some(case.as_str()));
    let engineer = world.client_in(&[Role::Engineer], Some(&desk.company.shenzhen), Some("e-1"), None).await;
    assert_eq!(engineer.get(&path).await.refused(404), "case_unknown");
});

both!(a_report_is_taken_once_however_often_it_is_sent, |world| async move {
    let desk = desk(&world).await;
    let key = desk.agent.key();
    let mut report = desk.report();
    report["draft_id"] = json!(desk.agent.key());
    let send = |body: Value| desk.agent.command(Method::POST, "/api/cases", &key, None, body);
    let first = send(report.clone()).await;
    let again = send(report.clone()).await;
    assert_eq!((again.status, &again.text), (201, &first.text));
    assert_eq!(again.headers["idempotent-replayed"], "true");
    let mut changed = report.clone();
    changed["symptom"] = json!("无法落杆");
    assert_eq!(send(changed).await.refused(422), "command_key_reused");
    // The same form under another command id.
    let twin = desk.agent.post("/api/cases", report).await;
    assert_eq!(
        (twin.refused(409), twin.json["current"]["id"].as_str()),
        ("case_draft_used", first.json["id"].as_str())
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case").await, 1);
    // The same form from two windows at once: one case, and the other is told its number, never the database's words.
    for _ in 0..5 {
        let mut form = desk.report();
        form["draft_id"] = json!(desk.agent.key());
        let (one, other) = tokio::join!(
            desk.agent.post("/api/cases", form.clone()),
            desk.agent.post("/api/cases", form.clone())
        );
        let (made, refused) = if one.status == 201 { (one, other) } else { (other, one) };
        assert_eq!(made.status, 201, "{}", made.text);
        assert_eq!(refused.refused(409), "case_draft_used", "{}", refused.text);
        assert_eq!(refused.json["current"]["id"], made.json["id"]);
    }
});

both!(a_faulty_report_names_its_field, |world| async move {
    let desk = desk(&world).await;
    for (field, value, code) in [
        ("symptom", json!("  "), "case_symptom_missing"),
        ("site_id", json!(desk.asset), "case_site_unknown"),
        ("asset_id", json!(desk.site), "case_asset_not_at_site"),
        ("contact", json!({ "id": desk.site }), "case_contact_unknown"),
        ("contact", json!({ "name": "张三" }), "case_contact_unclear"),
        ("effects", json!({ "weather": true }), "effect_question_unknown"),
        ("severity", json!("normal"), "case_severity_reason_missing"),
        ("severity", json!("urgent"), "field_invalid"),
        ("unknown", json!(1), "field_invalid"),
    ] {
        let mut report = desk.report();
        report[field] = value;
        let answer = desk.agent.post("/api/cases", report).await;
        assert_eq!(answer.refused(422), code, "{field}");
        assert!(answer.json["errors"][0]["pointer"].is_string(), "{field}: {}", answer.text);
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case").await, 0);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM number_series WHERE prefix = 'SQ'").await,
        0,
        "a refused report takes no number"
    );
    // A new contact in place, twice: the second report finds the first one's.
    let mut report = desk.report();
    report["contact"] = json!({ "name": "李工", "phone": "13900001111" });
    desk.agent.post("/api/cases", report.clone()).await.expect(201);
    desk.agent.post("/api/cases", report).await.expect(201);
    assert_eq!(world.count("SELECT COUNT(*) FROM contact WHERE name = '李工'").await, 1);
});

both!(a_correction_needs_the_version_that_stands, |world| async move {
    let desk = desk(&world).await;
    let case = desk.reported().await;
    let path = format!("/api/cases/{case}");
    let read = desk.agent.get(&path).await;
    let version = read.version();
    let correction =
        json!({ "symptom": "道闸落杆后不抬", "asset_id": desk.asset, "contact_id": desk.contact });
    let none = desk.agent.command(Method::PUT, &path, &desk.agent.key(), None, correction.clone()).await;
    assert_eq!(none.refused(428), "if_match_missing");
    let changed = desk.agent.put(&path, version, correction.clone()).await;
    assert_eq!((changed.status, changed.version()), (200, version + 1));
    assert_eq!(desk.agent.put(&path, version, correction).await.refused(412), "version_changed");
    // A step takes the version too, if it is sent.
    let triage = format!("{path}/triage");
    let stale = desk.agent.command(Method::POST, &triage, &desk.agent.key(), Some(version), json!({})).await;
    assert_eq!(stale.refused(412), "version_changed");
    desk.step(&case, "triage", json!({})).await.expect(200);
    let twice = desk.step(&case, "triage", json!({})).await;
    assert_eq!(
        (twice.refused(409), twice.json["current"]["state"].as_str()),
        ("case_step_done", Some("triaged"))
    );
});

both!(decision_9_and_10_blockers_hold_a_case_and_waiting_pauses_only_what_it_may, |world| async move {
    let desk = desk(&world).await;
    let waiting = desk.triaged().await;
    let until = world.app.clock.now().plus(2 * Ts::HOUR);
    let wait = json!({ "for": "customer", "until": until, "reason": "客户找钥匙" });
    desk.step(&waiting, "wait", wait.clone()).await.expect(200);
    assert_eq!(desk.step(&waiting, "wait", wait).await.refused(409), "case_step_done");
    assert_eq!(desk.step(&waiting, "phone-support", json!({})).await.refused(409), "case_waiting");
    let view = desk.view(&waiting).await;
    assert_eq!((view["back"].as_str(), at(&view["next"]["due_at"])), (Some("triaged"), until));
    assert_eq!(clock(&view, "respond")["status"], "paused");
    desk.step(&waiting, "resume", json!({})).await.expect(200);
    assert_eq!(clock(&desk.view(&waiting).await, "respond")["status"], "running");

    let case = desk.agreed().await;
    let wait = json!({ "for": "parts", "until": until, "reason": "等电机" });
    desk.step(&case, "wait", wait).await.expect(200);
    assert_eq!(
        clock(&desk.view(&case).await, "arrive")["status"],
        "running",
        "the arrival never waits for parts"
    );

    let held: cases::CaseId = case.parse().unwrap();
    let hold = world.app.act(Actor::system("test"), move |tx, cx| {
        Box::pin(async move { cases::hold(tx, cx, held, "work_order", "w-1", "FW20261009-0001").await })
    });
    hold.await.unwrap();
    let withdraw = json!({ "reason": "客户取消" });
    let blocked = desk.step(&case, "withdraw", withdraw.clone()).await;
    assert_eq!(blocked.refused(409), "case_blocked");
    assert!(blocked.json["detail"].as_str().unwrap().contains("FW20261009-0001"), "{}", blocked.text);
    field(&world, &case, cases::FieldOutcome::Solved).await;
    let Err(Failure::Refused(refusal)) = close(&world, &case).await else { panic!("a held case was closed") };
    assert_eq!(refusal.code, "case_blocked");
    let release = world.app.act(Actor::system("test"), move |tx, cx| {
        Box::pin(async move { cases::release(tx, cx, held, "work_order", "w-1").await })
    });
    release.await.unwrap();
    close(&world, &case).await.unwrap();
    assert_eq!(desk.step(&case, "withdraw", withdraw).await.refused(409), "case_closed");
});

both!(p74_the_same_fault_after_a_repair_is_rework_when_a_person_says_so, |world| async move {
    let mut desk = desk(&world).await;
    let first = desk.agreed().await;
    field(&world, &first, cases::FieldOutcome::Solved).await;
    close(&world, &first).await.unwrap();
    world.app.clock.advance(30 * Ts::DAY);
    desk.agent = agent(&world, &desk.company.shenzhen).await;
    let made = desk.agent.post("/api/cases", desk.report()).await.expect(201);
    assert_eq!(
        (made["rework"]["case_id"].as_str(), made["rework"]["fits"].as_str()),
        (Some(first.as_str()), Some("same_fault"))
    );
    assert_eq!((made["kind"].as_str(), made["rework"]["days_since"].as_i64()), (Some("fault"), Some(30)));
    let case = id(&made);
    assert_eq!(desk.view(&case).await["rework_proposal"]["case_id"].as_str(), Some(first.as_str()));
    let wrong = desk.step(&case, "triage", json!({ "rework_of": case })).await;
    assert_eq!(wrong.refused(422), "case_rework_unknown");
    let triaged = desk.step(&case, "triage", json!({ "rework_of": first })).await.expect(200);
    assert_eq!(triaged["kind"], "rework");
    let view = desk.view(&case).await;
    assert_eq!(
        (view["coverage"]["verdict"].as_str(), view["coverage"]["layer"].as_str()),
        (Some("covered"), Some("rework"))
    );

    // Past the period there is nothing to redo.
    world.app.clock.advance(100 * Ts::DAY);
    desk.agent = agent(&world, &desk.company.shenzhen).await;
    let late = desk.agent.post("/api/cases", desk.report()).await.expect(201);
    assert!(late["rework"].is_null());
});

both!(a_case_is_reopened_merged_and_withdrawn_with_a_reason, |world| async move {
    let desk = desk(&world).await;
    let case = desk.agreed().await;
    field(&world, &case, cases::FieldOutcome::Solved).await;
    // Reopened before anybody called: that promise is neither kept nor missed (P13).
    desk.step(&case, "reopen", json!({ "reason": "还没修好" })).await.expect(200);
    let view = desk.view(&case).await;
    assert_eq!(clock(&view, "follow_up")["status"], "stopped", "nobody called: {view}");
    let case = desk.agreed().await;
    field(&world, &case, cases::FieldOutcome::Solved).await;
    close(&world, &case).await.unwrap();
    assert_eq!(
        desk.step(&case, "reopen", json!({ "reason": " " })).await.refused(422),
        "case_reason_missing"
    );
    let reopened = desk.step(&case, "reopen", json!({ "reason": "又坏了" })).await.expect(200);
    assert_eq!(reopened["state"], "triaged");
    let view = desk.view(&case).await;
    assert_eq!(
        (view["reopened"].as_i64(), clock(&view, "respond")["status"].as_str()),
        (Some(1), Some("running"))
    );
    assert!(view["onsite_agreed_at"].is_null(), "a new visit needs a new word of both sides");
    assert_eq!(desk.step(&case, "agree-onsite", desk.agreement()).await.refused(409), "case_phone_not_tried");

    let twin = desk.reported().await;
    let merge = |into: &str| json!({ "into": into, "reason": "重复申告" });
    assert_eq!(desk.step(&twin, "merge", merge(&twin)).await.refused(422), "case_merge_into_itself");
    let merged = desk.step(&twin, "merge", merge(&case)).await.expect(200);
    assert_eq!(merged["state"], "merged");
    assert_eq!(desk.view(&twin).await["merged_into"].as_str(), Some(case.as_str()));
    assert_eq!(desk.step(&twin, "merge", merge(&case)).await.refused(409), "case_step_done");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.merged_in'").await, 1);

    desk.step(&case, "withdraw", json!({ "reason": "误报" })).await.expect(200);
    let view = desk.view(&case).await;
    assert!(view["clocks"].as_array().unwrap().iter().all(|c| !c["stopped_at"].is_null()), "{view}");
    let timeline = desk.agent.get(&format!("/api/cases/{case}/timeline")).await.expect(200);
    assert_eq!(timeline["items"][0]["kind"], "case.withdrawn");
    assert_eq!(timeline["items"][0]["text"], "误报");
});
