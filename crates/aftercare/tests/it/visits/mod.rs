//! Work orders and visits: from the agreed visit to the signed service order, over HTTP, on both databases.

mod ends;
mod field;
mod offline;
mod plan;
mod promise;
mod walk;
mod windows;

use http::Method;
use identity::Role;
use kit::{Ts, params};
use serde_json::{Value, json};

use crate::cases::{Desk, desk};
use crate::customers::id;
use crate::world::{Answer, Client, World};

/// A desk with a dispatcher, engineers and prices.
pub struct Job {
    pub desk: Desk,
    pub world: World,
    pub dispatcher: Client,
    pub manager: Client,
    pub finance: Client,
    pub engineers: Vec<(String, Client)>,
    pub labour: Value,
    pub travel: Value,
}

pub async fn employ(world: &World, unit: &str, name: &str) -> (String, Client) {
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

pub async fn job(world: &World, accepted_on: &str) -> Job {
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
    pub async fn reported(&self) -> String {
        let report = json!({
            "channel": "phone", "site_id": self.desk.site, "asset_id": self.desk.asset, "contact": { "id": self.desk.contact },
            "symptom": "道闸不抬杆", "effects": { "can_pass": false },
        });
        id(&self.desk.agent.post("/api/cases", report).await.expect(201))
    }

    pub async fn agreed(&self) -> String {
        let case = self.reported().await;
        self.to_agreement(&case).await;
        case
    }

    pub async fn to_agreement(&self, case: &str) {
        self.to_phone_result(case).await;
        let agreed = json!({ "contact_id": self.desk.contact, "how": "phone" });
        self.desk.agent.post(&format!("/api/cases/{case}/agree-onsite"), agreed).await.expect(200);
    }

    pub async fn to_phone_result(&self, case: &str) {
        let step = async |step: &str, input: Value| {
            self.desk.agent.post(&format!("/api/cases/{case}/{step}"), input).await.expect(200);
        };
        step("triage", json!({})).await;
        step("phone-support", json!({})).await;
        step(
            "phone-result",
            json!({ "outcome": "not_solved", "steps_tried": ["断电重启"], "reason": "电机不转" }),
        )
        .await;
    }

    pub fn hours(&self, from: i64, to: i64) -> Value {
        let now = self.world.app.clock.now();
        json!({ "start": now.plus(from * Ts::HOUR), "end": now.plus(to * Ts::HOUR) })
    }

    pub async fn order(&self, case: &str) -> String {
        let input = json!({ "kind": "repair", "window": self.hours(1, 3), "place": "B2 层 3 号口", "symptom": "道闸不抬杆" });
        id(&self.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201))
    }

    pub async fn plan(&self, order: &str, engineer: usize, from: i64, to: i64) -> Answer {
        self.plan_with(&self.dispatcher, order, engineer, from, to).await
    }

    pub async fn plan_with(
        &self,
        client: &Client,
        order: &str,
        engineer: usize,
        from: i64,
        to: i64,
    ) -> Answer {
        let window = self.hours(from, to);
        let input = json!({ "engineer_id": self.engineers[engineer].0, "window_start": window["start"], "window_end": window["end"] });
        client.post(&format!("/api/work-orders/{order}/visits"), input).await
    }

    /// A step of the first engineer.
    pub async fn step(&self, visit: &str, step: &str, input: Value) -> Answer {
        self.engineers[0].1.post(&format!("/api/visits/{visit}/{step}"), input).await
    }

    pub async fn does(&self, visit: &str, steps: &[(&str, Value)]) -> Value {
        let mut last = Value::Null;
        for (step, input) in steps {
            last = self.step(visit, step, input.clone()).await.expect(200);
        }
        last
    }

    pub fn departure(&self) -> Value {
        let done = |item: &str| json!({ "item": item, "result": "done" });
        json!({ "answers": [done("work_clothes"), done("badge"), done("tools")] })
    }

    /// A photo sent as a phone sends it; its digest.
    pub async fn photo(&self, of: &str) -> String {
        use sha2::Digest as _;
        let bytes = [b"\x89PNG\r\n\x1a\n ".as_slice(), of.as_bytes()].concat();
        let digest = hex::encode(sha2::Sha256::digest(&bytes));
        let path = format!("/api/files/{digest}");
        self.engineers[0].1.send(Method::PUT, &path, &[], Some(bytes)).await.expect(200);
        digest
    }

    /// Until work has started.
    pub async fn at_work(&self, visit: &str) {
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
    pub async fn worked(&self, visit: &str) -> Value {
        let finding = json!({ "text": "电机碳刷磨损", "fault_code": "does_not_move", "cause_code": "wear", "action": "更换碳刷" });
        self.does(visit, &[("finding", finding)]).await;
        for item in ["power_off", "cause_removed", "runs", "safe", "clean", "explained"] {
            self.step(visit, "answer", json!({ "item": item, "result": "done" })).await.expect(200);
        }
        let photo = json!({ "kind": "after", "sha256": self.photo("after").await });
        self.does(visit, &[("evidence", photo), ("self-check", json!({}))]).await
    }

    pub async fn sign(&self, visit: &str, hash: &Value) -> Answer {
        self.step(
            visit,
            "sign",
            json!({ "document_hash": hash, "signer_name": "物业主管", "strokes": strokes() }),
        )
        .await
    }

    pub async fn case(&self, case: &str) -> Value {
        self.desk.agent.get(&format!("/api/cases/{case}")).await.expect(200)
    }

    pub async fn checked(&self) -> (u64, Vec<visits::DocumentMismatch>) {
        let mut tx = self.world.app.db.reader().await.unwrap();
        visits::verify_documents(&mut tx).await.unwrap()
    }
}

fn clock<'v>(view: &'v Value, promise: &str) -> &'v Value {
    view["clocks"].as_array().unwrap().iter().find(|c| c["promise"] == promise).unwrap_or(&Value::Null)
}
