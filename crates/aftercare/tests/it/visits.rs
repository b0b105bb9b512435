//! Work orders and visits: from the agreed visit to the signed service order, over HTTP, on both databases.

use http::Method;
use identity::Role;
use kit::{Ts, params};
use serde_json::{Value, json};

use crate::both;
use crate::cases::{Desk, desk};
use crate::customers::id;
use crate::world::{Answer, Client, World};

/// A desk with a dispatcher, engineers and prices.
struct Job {
    desk: Desk,
    world: World,
    dispatcher: Client,
    manager: Client,
    finance: Client,
    engineers: Vec<(String, Client)>,
    labour: Value,
    travel: Value,
}

async fn employ(world: &World, unit: &str, name: &str) -> (String, Client) {
    let employee = world.app.ids.next(world.app.clock.now()).to_string();
    let (key, unit_id, name) = (employee.clone(), unit.to_owned(), name.to_owned());
    let badge = format!("GK-{}", &employee[24..]);
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO employee (id, unit_id, role, name, badge_number, education) VALUES ($1, $2, 'engineer', $3, $4, 'college')",
                params![key, unit_id, name, badge],
            )
            .await
        })
    });
    write.await.unwrap();
    let client = world.client_in(&[Role::Engineer], Some(unit), Some(&employee), None).await;
    (employee, client)
}

async fn job(world: &World, accepted_on: &str) -> Job {
    let desk = desk(world).await;
    let unit = desk.company.shenzhen.clone();
    let dispatcher = world.client_in(&[Role::Dispatcher], Some(&unit), None, None).await;
    let manager = world.client_in(&[Role::BranchManager], Some(&unit), None, None).await;
    let finance = world.client_in(&[Role::FinanceClerk], Some(&unit), None, None).await;
    let engineers = vec![employ(world, &unit, "工程师甲").await, employ(world, &unit, "工程师乙").await];
    let acceptance = json!({
        "site_id": desk.site, "asset_ids": [desk.asset], "accepted_on": accepted_on, "signed_by_name": "客户代表",
        "signature": { "strokes": strokes() },
    });
    manager.post("/api/acceptances", acceptance).await.expect(201);
    let line = |code: &str, kind: &str, zh: &str, en: &str, price: i64| {
        json!({ "code": code, "kind": kind, "description": { "zh_cn": zh, "en": en }, "unit": { "zh_cn": "次", "en": "each" },
                "price_minor": price, "tax_ppm": 60_000, "tax_included": true })
    };
    let prices = json!({
        "name": { "zh_cn": "服务价格表", "en": "Service prices" }, "valid_from": "2026-01-01", "currency": "CNY", "reason": "年度调整",
        "lines": [line("L-01", "labour", "标准工时", "Standard labour", 12_345), line("T-01", "travel", "上门车费", "Travel", 5_000)],
    });
    let prices = finance.post("/api/price-lists", prices).await.expect(201);
    let (labour, travel) = (prices["lines"][0]["id"].clone(), prices["lines"][1]["id"].clone());
    Job { desk, world: world.clone(), dispatcher, manager, finance, engineers, labour, travel }
}

fn strokes() -> Value {
    json!([[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]])
}

impl Job {
    async fn reported(&self) -> String {
        let report = json!({
            "channel": "phone", "site_id": self.desk.site, "asset_id": self.desk.asset, "contact": { "id": self.desk.contact },
            "symptom": "道闸不抬杆", "effects": { "can_pass": false },
        });
        id(&self.desk.agent.post("/api/cases", report).await.expect(201))
    }

    async fn agreed(&self) -> String {
        let case = self.reported().await;
        self.to_agreement(&case).await;
        case
    }

    async fn to_agreement(&self, case: &str) {
        let step = async |step: &str, input: Value| {
            self.desk.agent.post(&format!("/api/cases/{case}/{step}"), input).await.expect(200);
        };
        step("triage", json!({})).await;
        step("phone-support", json!({})).await;
        step("phone-result", json!({ "outcome": "not_solved", "steps_tried": ["断电重启"], "reason": "电机不转" })).await;
        step("agree-onsite", json!({ "contact_id": self.desk.contact, "how": "phone" })).await;
    }

    fn hours(&self, from: i64, to: i64) -> Value {
        let now = self.world.app.clock.now();
        json!({ "start": now.plus(from * Ts::HOUR), "end": now.plus(to * Ts::HOUR) })
    }

    async fn order(&self, case: &str) -> String {
        let input = json!({ "kind": "repair", "window": self.hours(1, 3), "place": "B2 层 3 号口", "symptom": "道闸不抬杆" });
        id(&self.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201))
    }

    async fn plan(&self, order: &str, engineer: usize, from: i64, to: i64) -> Answer {
        self.plan_with(&self.dispatcher, order, engineer, from, to).await
    }

    async fn plan_with(&self, client: &Client, order: &str, engineer: usize, from: i64, to: i64) -> Answer {
        let window = self.hours(from, to);
        let input = json!({ "engineer_id": self.engineers[engineer].0, "window_start": window["start"], "window_end": window["end"] });
        client.post(&format!("/api/work-orders/{order}/visits"), input).await
    }

    /// A step of the first engineer.
    async fn step(&self, visit: &str, step: &str, input: Value) -> Answer {
        self.engineers[0].1.post(&format!("/api/visits/{visit}/{step}"), input).await
    }

    async fn does(&self, visit: &str, steps: &[(&str, Value)]) -> Value {
        let mut last = Value::Null;
        for (step, input) in steps {
            last = self.step(visit, step, input.clone()).await.expect(200);
        }
        last
    }

    fn departure(&self) -> Value {
        let done = |item: &str| json!({ "item": item, "result": "done" });
        json!({ "answers": [done("work_clothes"), done("badge"), done("tools")] })
    }

    /// A photo sent as a phone sends it; its digest.
    async fn photo(&self, of: &str) -> String {
        use sha2::Digest as _;
        let bytes = [b"\x89PNG\r\n\x1a\n ".as_slice(), of.as_bytes()].concat();
        let digest = hex::encode(sha2::Sha256::digest(&bytes));
        let path = format!("/api/files/{digest}");
        self.engineers[0].1.send(Method::PUT, &path, &[], Some(bytes)).await.expect(200);
        digest
    }

    /// Until work has started.
    async fn at_work(&self, visit: &str) {
        self.does(
            visit,
            &[
                ("accept", json!({})),
                ("depart", self.departure()),
                ("arrive", json!({ "method": "gps", "position": { "lon": 113.94, "lat": 22.54, "accuracy_m": 20.0 } })),
                ("start", json!({})),
            ],
        )
        .await;
    }

    /// Finding, checklist, photo, self-inspection.
    async fn worked(&self, visit: &str) -> Value {
        let finding = json!({ "text": "电机碳刷磨损", "fault_code": "motor_stalls", "cause_code": "wear", "action": "更换碳刷" });
        self.does(visit, &[("finding", finding)]).await;
        for item in ["power_off", "cause_removed", "runs", "safe", "clean", "explained"] {
            self.step(visit, "answer", json!({ "item": item, "result": "done" })).await.expect(200);
        }
        let photo = json!({ "kind": "after", "sha256": self.photo("after").await });
        self.does(visit, &[("evidence", photo), ("self-check", json!({}))]).await
    }

    async fn sign(&self, visit: &str, hash: &Value) -> Answer {
        self.step(visit, "sign", json!({ "document_hash": hash, "signer_name": "物业主管", "strokes": strokes() })).await
    }

    async fn case(&self, case: &str) -> Value {
        self.desk.agent.get(&format!("/api/cases/{case}")).await.expect(200)
    }

    async fn checked(&self) -> (u64, Vec<visits::DocumentMismatch>) {
        let mut tx = self.world.app.db.reader().await.unwrap();
        visits::verify_documents(&mut tx).await.unwrap()
    }
}

fn clock<'v>(view: &'v Value, promise: &str) -> &'v Value {
    view["clocks"].as_array().unwrap().iter().find(|c| c["promise"] == promise).unwrap_or(&Value::Null)
}

both!(p41_p42_a_work_order_needs_agreement_time_place_and_symptom, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.reported().await;
    let path = |case: &str| format!("/api/cases/{case}/work-orders");
    let whole = json!({ "kind": "repair", "window": job.hours(1, 3), "place": "B2", "symptom": "道闸不抬杆" });
    assert_eq!(job.dispatcher.post(&path(&case), whole.clone()).await.refused(409), "work_order_onsite_not_agreed");
    let case = job.agreed().await;
    for (field, code) in
        [("window", "work_order_time_missing"), ("place", "work_order_place_missing"), ("symptom", "work_order_symptom_missing")]
    {
        let mut part = whole.clone();
        part.as_object_mut().unwrap().remove(field);
        let refused = job.dispatcher.post(&path(&case), part).await;
        assert_eq!(refused.refused(422), code);
        assert_eq!(refused.json["errors"][0]["pointer"], format!("/{field}"));
    }
    assert_eq!(job.engineers[0].1.post(&path(&case), whole.clone()).await.refused(403), "not_permitted");
    let made = job.dispatcher.post(&path(&case), whole.clone()).await.expect(201);
    assert_eq!((made["number"].as_str(), made["state"].as_str()), (Some("FW20261009-0001"), Some("ready")));
    assert_eq!((made["skill"].as_str(), made["coverage"]["verdict"].as_str()), (Some("barrier"), Some("covered")));
    assert_eq!(job.dispatcher.post(&path(&case), whole).await.refused(409), "work_order_open");
    let blockers = job.case(&case).await["blockers"].clone();
    assert_eq!((blockers[0]["kind"].as_str(), blockers[0]["label"].as_str()), (Some("work_order"), Some("FW20261009-0001")));
    let list = job.dispatcher.get("/api/work-orders?view=unassigned").await.expect(200);
    assert_eq!(list["items"][0]["id"], made["id"]);
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get(&format!("/api/work-orders/{}", id(&made))).await.refused(404), "work_order_unknown");
    assert_eq!(elsewhere.get("/api/work-orders").await.expect(200)["items"], json!([]));
});

both!(p21_p44_p70_p72_p73_a_covered_job_walks_from_the_work_order_to_the_closed_one, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let planned = job.plan(&order, 0, 1, 4).await.expect(201);
    let visit = id(&planned);
    assert_eq!((planned["state"].as_str(), planned["number"].as_str()), (Some("dispatched"), Some("FW20261009-0001-1")));
    assert_eq!(planned["next"]["step"], "accept");
    let engineer = &job.engineers[0].1;

    // The engineer sees the customer from now on; another one doesn't (decision 2).
    let day = engineer.get("/api/my/day").await.expect(200);
    let card = &day["visits"][0];
    assert_eq!((card["id"].as_str(), card["order"]["severity"].as_str()), (Some(visit.as_str()), Some("major")));
    assert_eq!(card["order"]["contact"]["phone_masked"], "138****1234");
    assert_eq!(card["exclusions"].as_array().unwrap().len(), 4, "the phone never decides coverage (decision 13)");
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
    assert_eq!(job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), reassign).await.refused(409), "visit_in_field");
    assert_eq!(job.dispatcher.post(&format!("/api/visits/{visit}/cancel"), json!({ "reason": "不去" })).await.refused(409), "visit_in_field");

    // P44: exactly 4:00:00 after the agreement is kept; a place far away warns and doesn't block (P21).
    world.app.clock.advance(4 * Ts::HOUR);
    let arrive = json!({ "method": "gps", "position": { "lon": 114.2, "lat": 22.54, "accuracy_m": 20.0 } });
    let arrived = job.does(&visit, &[("arrive", arrive)]).await;
    assert_eq!(arrived["stamps"].as_array().unwrap().last().unwrap()["place_check"], "away");
    let view = job.case(&case).await;
    assert_eq!((clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["elapsed_s"].as_i64()), (Some("met"), Some(14_400)));
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'visit.arrived' AND audience = 'customer'").await, 1);

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
    assert_eq!((worked["order"]["state"].as_str(), worked["next"]["step"].as_str()), (Some("self_checked"), Some("present")));

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
    assert_eq!(job.step(&visit, "charge", json!({ "price_line_id": job.travel, "quantity_milli": 1000 })).await.refused(409), "visit_signed");

    let done = job.does(&visit, &[("done", json!({}))]).await;
    assert_eq!((done["state"].as_str(), done["order"]["state"].as_str()), (Some("done"), Some("settled")));
    let left = job.does(&visit, &[("leave", json!({}))]).await;
    assert_eq!((left["state"].as_str(), left["order"]["state"].as_str()), (Some("left"), Some("closed")));
    assert_eq!(job.step(&visit, "leave", json!({})).await.refused(409), "visit_step_done");
    let view = job.case(&case).await;
    assert!(["resolved", "follow_up"].contains(&view["state"].as_str().unwrap()), "{view}");
    assert_eq!((view["blockers"].as_array().unwrap().len(), view["symptom_class"].as_str()), (0, Some("motor_stalls")));

    // The engineer no longer sees the customer; the signed order stays as it was.
    assert_eq!(engineer.get(&format!("/api/sites/{}", job.desk.site)).await.refused(404), "site_unknown");
    assert_eq!(engineer.get("/api/my/day").await.expect(200)["over"][0]["id"].as_str(), Some(visit.as_str()));
    let paper = job.dispatcher.get(&format!("/api/service-orders/{order}")).await.expect(200);
    assert_eq!((&paper["sha256"], paper["signature"]["signer_name"].as_str()), (&shown["sha256"], Some("物业主管")));
    assert_eq!(job.checked().await, (2, Vec::new()));
    world.sealed().await;
});

both!(p22_p71_p72_a_chargeable_job_is_quoted_agreed_and_invoiced_to_the_cent, |world| async move {
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
    assert_eq!(job.step(&visit, "charge", json!({ "quantity_milli": 1000 })).await.refused(422), "charge_without_source");

    // P22: findings are explained first, and nothing chargeable is done before the customer agrees.
    let quote = view["quote"]["sha256"].clone();
    let agree = |hash: &Value| json!({ "quote_hash": hash, "signer_name": "物业主管", "strokes": strokes() });
    assert_eq!(job.step(&visit, "acknowledge", agree(&quote)).await.refused(409), "visit_finding_missing");
    let finding = json!({ "text": "主板烧毁", "cause_code": "surge", "action": "更换主板" });
    job.does(&visit, &[("finding", finding), ("answer", json!({ "item": "power_off", "result": "done" }))]).await;
    let early = job.step(&visit, "answer", json!({ "item": "cause_removed", "result": "done" })).await;
    assert_eq!(early.refused(409), "visit_quote_not_acknowledged");
    assert_eq!(job.step(&visit, "acknowledge", agree(&json!("00"))).await.refused(409), "visit_quote_hash_wrong");
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
    let done = job.does(&visit, &[("refuse-signature", refuse), ("done", json!({})), ("leave", json!({}))]).await;
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
    assert_eq!((closed["state"].as_str(), closed["invoice"]["amount_minor"].as_i64()), (Some("closed"), Some(total)));
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
    let view = job.does(&visit, &[("charge", json!({ "price_line_id": job.labour, "quantity_milli": 1000 }))]).await;
    assert_eq!((view["charges"]["items"][0]["payer"].as_str(), view["quote"].is_null()), (Some("company"), true));
    let photo = job.photo("a broken arm").await;
    let exclusion = json!({
        "code": "abnormal_operation", "text": "闸杆被车辆撞断", "photos": [photo], "explained": true, "acknowledgement": "refused",
        "decision": { "applies": true, "reason": "人为损坏" },
    });
    let view = job.does(&visit, &[("exclusion", exclusion)]).await;
    assert_eq!((view["charges"]["items"][0]["payer"].as_str(), view["quote"]["acknowledged"].as_bool()), (Some("customer"), Some(false)));
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
            _ => refused.push((answer.refused(409).to_owned(), answer.json["detail"].as_str().unwrap().to_owned())),
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
    let moved = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"], "reason": "客户要求" });
    let refused = job.dispatcher.post(&format!("/api/visits/{}/reassign", id(&after)), moved).await;
    assert_eq!(refused.refused(409), "engineer_busy");
    let declined = job.step(&id(&after), "decline", json!({ "reason": "家中有事" })).await.expect(200);
    assert_eq!((declined["state"].as_str(), declined["order"]["state"].as_str()), (Some("declined"), Some("ready")));
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
    job.does(&visit, &[("arrive", json!({ "method": "badge" }))]).await;
    let view = job.case(&case).await;
    assert_eq!((clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["target_s"].as_i64()), (Some("missed"), Some(86_400)));
});

both!(p44_a_later_window_at_the_customers_wish_rests_the_arrival_clock, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let input = json!({
        "kind": "repair", "window": job.hours(30, 32), "place": "B2", "symptom": "道闸不抬杆", "later_at_customers_wish": true,
    });
    job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201);
    let view = job.case(&case).await;
    assert_eq!((clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["paused_reason"].as_str()), (Some("paused"), Some("later_window")));
    world.pass(31 * Ts::HOUR).await;
    let view = job.case(&case).await;
    assert_eq!((clock(&view, "arrive")["status"].as_str(), clock(&view, "arrive")["elapsed_s"].as_i64()), (Some("running"), Some(3_600)));
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
    assert_eq!((stamp["device_at"].as_str(), first["arrived_at"].as_str()), (Some(device_at.to_string().as_str()), Some(device_at.to_string().as_str())));
    assert_ne!(stamp["at"], stamp["device_at"]);

    job.does(&visit, &[("start", json!({})), ("pause", json!({ "reason": "waiting_parts" }))]).await;
    assert_eq!(job.step(&visit, "finding", json!({ "text": "x", "cause_code": "x", "action": "x" })).await.refused(409), "visit_paused");
    assert_eq!(job.step(&visit, "leave", json!({})).await.refused(409), "visit_not_finished");
    assert_eq!(job.step(&visit, "partly-done", json!({ "reason": " " })).await.refused(422), "visit_reason_missing");
    let partly = job.does(&visit, &[("partly-done", json!({ "reason": "缺主板" })), ("leave", json!({}))]).await;
    assert_eq!(partly["order"]["state"], "incomplete");
    assert_eq!(job.case(&case).await["state"], "onsite_agreed");
    let again = job.plan(&order, 1, 2, 3).await.expect(201);
    assert_eq!((again["number"].as_str(), again["order"]["state"].as_str()), (Some("FW20261009-0001-2"), Some("scheduled")));

    // A whole job called off no longer keeps its case open.
    let cancelled = job.dispatcher.post(&format!("/api/work-orders/{second}/cancel"), json!({ "reason": "客户自行解决" })).await.expect(200);
    assert_eq!((cancelled["state"].as_str(), cancelled["visits"][0]["state"].as_str()), (Some("cancelled"), Some("cancelled")));
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
    assert_eq!((view["checklist"]["version"].as_i64(), view["checklist"]["items"][0]["key"].as_str()), (Some(1), Some("one")));
    let newest = job.dispatcher.get("/api/checklists?kind=repair").await.expect(200);
    assert_eq!((newest.as_array().unwrap().len(), newest[0]["version"].as_i64()), (1, Some(2)));
    let mut none = list("x");
    none["items"][0]["section"] = json!("work");
    assert_eq!(job.manager.post("/api/checklists", none).await.refused(422), "checklist_invalid");
    assert_eq!(job.dispatcher.post("/api/checklists", list("x")).await.refused(403), "not_permitted");
    let general = job.dispatcher.get("/api/checklists/in-force?kind=install").await.expect(200);
    assert_eq!(general["version"], 0, "what the promise itself asks for");
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
        world.app.db.write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await })).await.unwrap();
        let found = job.checked().await.1;
        assert!(found.iter().any(|m| m.what == what && m.number == "FW20261009-0001"), "{what}: {found:?}");
    }
});
