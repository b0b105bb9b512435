//! The customer's side without an account: labels, one-time codes, reports, links, badges; on both databases.

mod complaints;
mod links;

use http::Method;
use identity::Role;
use kit::{Ts, params};
use serde_json::{Value, json};

use crate::both;
use crate::cases::{Desk, desk};
use crate::world::{Answer, Client, World};

/// A visitor without an account: an address of their own behind the trusted nobody, a cookie, a link.
pub struct Guest {
    client: Client,
    cookie: Option<String>,
    link: Option<String>,
}

impl Guest {
    fn new(world: &World) -> Self {
        Self { client: world.anonymous(), cookie: None, link: None }
    }

    pub fn by(world: &World, url: &Value) -> Self {
        let link = url.as_str().unwrap().split_once('#').unwrap().1.to_owned();
        Self { link: Some(link), ..Self::new(world) }
    }

    fn headers(&self, key: &str) -> Vec<(&'static str, String)> {
        let mut headers =
            vec![("content-type", "application/json".to_owned()), ("idempotency-key", key.to_owned())];
        headers.extend(self.cookie.clone().map(|c| ("cookie", c)));
        headers.extend(self.link.clone().map(|l| ("x-link", l)));
        headers
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.client.send(Method::GET, path, &self.headers(&self.client.key()), None).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.again(path, &self.client.key(), body).await
    }

    async fn again(&self, path: &str, key: &str, body: Value) -> Answer {
        self.client.send(Method::POST, path, &self.headers(key), Some(body.to_string().into_bytes())).await
    }

    /// Shows that a number is theirs.
    async fn verified(mut self, code: &str, phone: &str) -> Self {
        let sent = self.post(&format!("/api/report/{code}/sms"), json!({ "phone": phone })).await.expect(200);
        let given = json!({ "phone": phone, "code": sent["demo_code"] });
        let answer = self.post(&format!("/api/report/{code}/verify"), given).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        answer.expect(200);
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        self
    }
}

async fn as_demo(world: &World) {
    let now = world.app.clock.now();
    let write = world.app.db.write::<_, kit::Failure, _>(move |tx| {
        Box::pin(async move { kit::settings::set(tx, "demo", &true, now).await })
    });
    write.await.unwrap();
}

/// Somebody who answers reports that nobody takes by phone.
async fn answers(world: &World, unit: &str) -> String {
    let employee = world.app.ids.next(world.app.clock.now()).to_string();
    let (key, unit) = (employee.clone(), unit.to_owned());
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO employee (id, unit_id, role, name, badge_number, education) \
                 VALUES ($1, $2, 'hotline_agent', '热线坐席', $1, 'college')",
                params![key, unit],
            )
            .await
        })
    });
    write.await.unwrap();
    employee
}

fn code_of(url: &Value) -> String {
    url.as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// A desk whose device has a label, in a demo: codes are shown.
async fn labelled(world: &World) -> (Desk, String, String) {
    let desk = desk(world).await;
    as_demo(world).await;
    let owner = answers(world, &desk.company.shenzhen).await;
    let made = desk.agent.post(&format!("/api/assets/{}/label", desk.asset), json!({})).await.expect(201);
    assert!(made["qr_svg"].as_str().unwrap().contains("<svg"));
    (desk, code_of(&made["url"]), owner)
}

const FAULT: &str = "does_not_move";

both!(p39_a_scanned_label_makes_the_same_case_as_the_hotline_once, |world| async move {
    let (desk, code, owner) = labelled(&world).await;
    let page = Guest::new(&world).get(&format!("/api/report/{code}")).await.expect(200);
    assert_eq!(page["site_name"], "云杉广场停车场");
    assert_eq!((page["device"]["kind"].as_str(), page["open"].is_null()), (Some("barrier"), true));
    assert!(!page["cover"]["zh_cn"].as_str().unwrap().is_empty(), "{page}");
    assert!(page["symptoms"].as_array().unwrap().len() <= 6);
    assert!(page["symptoms"].as_array().unwrap().iter().any(|s| s["code"] == FAULT), "{page}");
    assert_eq!(page["caller"], Value::Null);

    let path = format!("/api/report/{code}");
    let body = json!({ "symptom_class": FAULT, "symptom": "抬到一半就停", "effects": { "can_pass": false } });
    let guest = Guest::new(&world);
    assert_eq!(guest.post(&path, body.clone()).await.refused(403), "caller_not_verified");
    let guest = guest.verified(&code, "139 0000 1111").await;
    assert_eq!(guest.get(&path).await.expect(200)["caller"], "139****1111");
    assert_eq!(guest.post(&path, json!({})).await.refused(422), "portal_symptom_missing");
    let other = json!({ "symptom_class": "no_such" });
    assert_eq!(guest.post(&path, other).await.refused(422), "portal_symptom_unknown");

    let key = guest.client.key();
    let made = guest.again(&path, &key, body.clone()).await.expect(201);
    assert!(made["number"].as_str().unwrap().starts_with("SQ20261009-"), "{made}");
    assert!(made["respond_due_at"].is_string() && made["added"] == json!(false), "{made}");
    assert!(made.get("case_id").is_none() && made.get("reported").is_none(), "ids stay inside: {made}");
    // The answer was lost: the same command again gives the same case, with a link that opens.
    let replayed = guest.again(&path, &key, body.clone()).await.expect(201);
    assert_eq!(replayed["number"], made["number"]);
    for link in [&made["link"], &replayed["link"]] {
        let track = Guest::by(&world, link).get("/api/track").await.expect(200);
        assert_eq!(
            (track["number"].clone(), track["scope"].as_str()),
            (made["number"].clone(), Some("full"))
        );
    }
    // A second tap with another id is the first report sent again.
    let twice = guest.post(&path, body.clone()).await.expect(201);
    assert_eq!((twice["number"].clone(), twice["added"].clone()), (made["number"].clone(), json!(true)));
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case").await, 1);

    let list = desk.agent.get("/api/cases?view=open").await.expect(200);
    let case = &list["items"][0];
    assert_eq!((case["channel"].as_str(), case["severity"].as_str()), (Some("portal"), Some("major")));
    assert_eq!((case["owner"]["id"].as_str(), case["state"].as_str()), (Some(owner.as_str()), Some("new")));
    assert!(case["coverage"].is_object() && !case["clocks"].as_array().unwrap().is_empty(), "{case}");
    assert_eq!(case["symptom"], "机械不动作: 抬到一半就停");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.scanned'").await, 1);
    let number = "SELECT COUNT(*) FROM event WHERE body LIKE '%13900001111%' OR body LIKE '%+8613900001111%'";
    assert_eq!(world.count(number).await, 0, "no number in any event");
    let kept = "SELECT COUNT(*) FROM command_answer WHERE body LIKE '%/t#%'";
    assert_eq!(world.count(kept).await, 0, "no link in a kept answer");
    world.sealed().await;
});

both!(p39_what_is_open_on_a_device_is_shown_first_and_can_be_added_to, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    desk.reported().await;
    let path = format!("/api/report/{code}");
    let open = Guest::new(&world).get(&path).await.expect(200)["open"].clone();
    assert_eq!(open["number"], "SQ20261009-0001");
    let keys: Vec<&String> = open.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["number", "reported_at", "state"], "nothing of who reported");

    // Somebody else at the site adds to it and may only follow it.
    let passer = Guest::new(&world).verified(&code, "13900002222").await;
    let add = json!({ "symptom": "现在完全不动，微信 wx_abc123456", "add_to": "SQ20261009-0001" });
    let added = passer.post(&path, add).await.expect(201);
    assert_eq!((added["number"].as_str(), added["added"].as_bool()), (Some("SQ20261009-0001"), Some(true)));
    let watching = Guest::by(&world, &added["link"]);
    let track = watching.get("/api/track").await.expect(200);
    assert_eq!((track["scope"].as_str(), track["contact"].is_null()), (Some("watch"), true));
    assert_eq!(track["requests"].as_array().unwrap().len(), 0, "what others asked is theirs");
    let complaint = json!({ "words": "太慢" });
    assert_eq!(watching.post("/api/track/complaint", complaint).await.refused(403), "portal_watch_only");
    // The contact, by their own number, holds the whole case.
    let own = Guest::new(&world).verified(&code, "13812341234").await;
    let add = json!({ "symptom": "请尽快", "add_to": "SQ20261009-0001" });
    let added = own.post(&path, add).await.expect(201);
    let track = Guest::by(&world, &added["link"]).get("/api/track").await.expect(200);
    assert_eq!(
        (track["scope"].as_str(), track["contact"].as_str()),
        (Some("full"), Some("值** 138****1234"))
    );
    let gone = json!({ "symptom": "x", "add_to": "SQ20261009-9999" });
    assert_eq!(own.post(&path, gone).await.refused(409), "portal_case_not_open");

    let asked = desk.agent.get("/api/customer-requests").await.expect(200);
    let words: Vec<&str> =
        asked["items"].as_array().unwrap().iter().filter_map(|r| r["words"].as_str()).collect();
    assert_eq!(words.len(), 2);
    assert!(!words[0].contains("wx_abc123456"), "private accounts are masked: {words:?}");
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case").await, 1);
});

both!(a_label_that_was_revoked_or_never_was_is_answered_alike, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let guest = Guest::new(&world).verified(&code, "13900001111").await;
    let path = format!("/api/assets/{}/label", desk.asset);
    assert_eq!(desk.agent.post(&path, json!({})).await.refused(422), "portal_reason_missing");
    let again = desk.agent.post(&path, json!({ "reason": "二维码被滥用" })).await.expect(201);
    let fresh = code_of(&again["url"]);
    assert_ne!(fresh, code);
    assert_eq!(again["revoked"], 1);
    let gone = guest.get(&format!("/api/report/{code}")).await;
    let never = guest.get("/api/report/00000000000000000000000000").await;
    assert_eq!((gone.refused(404), never.refused(404)), ("label_unknown", "label_unknown"));
    assert_eq!(gone.text.len(), never.text.len());
    let report = json!({ "symptom_class": FAULT });
    assert_eq!(
        guest.post(&format!("/api/report/{code}"), report.clone()).await.refused(404),
        "label_unknown"
    );
    let ask = json!({ "phone": "13900001111" });
    assert_eq!(guest.post(&format!("/api/report/{code}/sms"), ask).await.refused(404), "label_unknown");
    // The browser stays verified: thirty days, whatever label.
    guest.post(&format!("/api/report/{fresh}"), report).await.expect(201);
    let revoke =
        desk.agent.post(&format!("{path}/revoke"), json!({ "reason": "设备报废" })).await.expect(200);
    assert_eq!(revoke["in_use"], false);
    let twice = desk.agent.post(&format!("{path}/revoke"), json!({ "reason": "设备报废" })).await;
    assert_eq!(twice.refused(409), "portal_code_not_there");
    let kinds = "SELECT COUNT(*) FROM event WHERE kind IN ('asset_label.made', 'asset_label.revoked') AND audience = 'audit'";
    assert_eq!(world.count(kinds).await, 4);
    // Out of reach there is no such device.
    let elsewhere = world.client_in(&[Role::HotlineAgent], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.post(&path, json!({})).await.refused(404), "asset_unknown");
    assert_eq!(elsewhere.get(&path).await.refused(404), "asset_unknown");
});

both!(one_time_codes_are_limited_lock_and_work_once, |world| async move {
    let (_, code, _) = labelled(&world).await;
    let guest = Guest::new(&world);
    let (ask, give) = (format!("/api/report/{code}/sms"), format!("/api/report/{code}/verify"));
    for wrong in ["", "abc", "12345", "0755 1234 5678", "4001234567"] {
        assert_eq!(
            guest.post(&ask, json!({ "phone": wrong })).await.refused(422),
            "portal_phone_invalid",
            "{wrong}"
        );
    }
    // A number that we know and one that we don't are answered alike.
    let known = guest.post(&ask, json!({ "phone": "13812341234" })).await.expect(200);
    let unknown = guest.post(&ask, json!({ "phone": "13900001111" })).await.expect(200);
    let shape = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!((shape(&known), known["again_s"].clone()), (shape(&unknown), unknown["again_s"].clone()));
    let early = guest.post(&ask, json!({ "phone": "13900001111" })).await;
    assert_eq!(early.refused(429), "sms_too_many");
    assert!(early.headers.contains_key("retry-after"));

    let right = unknown["demo_code"].as_str().unwrap().to_owned();
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let given = |code: &str| json!({ "phone": "13900001111", "code": code });
    for _ in 0..5 {
        assert_eq!(guest.post(&give, given(wrong)).await.refused(422), "sms_code_wrong");
    }
    assert_eq!(
        guest.post(&give, given(&right)).await.refused(422),
        "sms_code_wrong",
        "dead after five tries"
    );
    world.app.clock.advance(61 * Ts::SECOND);
    let second = guest.post(&ask, json!({ "phone": "13900001111" })).await.expect(200);
    for _ in 0..5 {
        guest.post(&give, given("999999")).await.refused(422);
    }
    assert_eq!(guest.post(&give, given("999999")).await.refused(429), "sms_locked");
    let right = second["demo_code"].as_str().unwrap().to_owned();
    assert_eq!(guest.post(&give, given(&right)).await.refused(429), "sms_locked");
    world.app.clock.advance(61 * Ts::SECOND);
    assert_eq!(guest.post(&ask, json!({ "phone": "13900001111" })).await.refused(429), "sms_locked");
    // After the lock: a code works once, and not after ten minutes.
    world.app.clock.advance(Ts::HOUR);
    let third = guest.post(&ask, json!({ "phone": "13900001111" })).await.expect(200);
    let right = third["demo_code"].as_str().unwrap().to_owned();
    guest.post(&give, given(&right)).await.expect(200);
    assert_eq!(guest.post(&give, given(&right)).await.refused(422), "sms_code_wrong");
    world.app.clock.advance(Ts::HOUR);
    let fourth = guest.post(&ask, json!({ "phone": "13900001111" })).await.expect(200);
    world.app.clock.advance(10 * Ts::MINUTE);
    let late = fourth["demo_code"].as_str().unwrap().to_owned();
    assert_eq!(guest.post(&give, given(&late)).await.refused(422), "sms_code_wrong");
    world.app.clock.advance(Ts::HOUR);
    guest.post(&ask, json!({ "phone": "13900001111" })).await.expect(200);
    world.app.clock.advance(Ts::HOUR);
    assert_eq!(
        guest.post(&ask, json!({ "phone": "13900001111" })).await.refused(429),
        "sms_too_many",
        "five a day"
    );
    let kept = "SELECT COUNT(*) FROM sms_code WHERE length(code_hash) = 64";
    assert_eq!(world.count(kept).await, world.count("SELECT COUNT(*) FROM sms_code").await);
});

both!(codes_are_limited_on_a_label_and_a_browser_is_verified_for_thirty_days, |world| async move {
    let (_, code, _) = labelled(&world).await;
    let guest = Guest::new(&world).verified(&code, "13900001111").await;
    let ask = format!("/api/report/{code}/sms");
    for n in 0..19 {
        guest.post(&ask, json!({ "phone": format!("1390001{n:04}") })).await.expect(200);
    }
    let full = guest.post(&ask, json!({ "phone": "13900029999" })).await;
    assert_eq!(full.refused(429), "sms_too_many");
    let path = format!("/api/report/{code}");
    world.app.clock.advance(30 * Ts::DAY - Ts::MINUTE);
    assert_eq!(guest.get(&path).await.expect(200)["caller"], "139****1111");
    world.app.clock.advance(Ts::HOUR);
    assert_eq!(guest.get(&path).await.expect(200)["caller"], Value::Null);
    let report = json!({ "symptom_class": FAULT });
    assert_eq!(guest.post(&path, report).await.refused(403), "caller_not_verified");
});

both!(without_a_provider_no_code_is_sent_and_none_is_ever_shown, |world| async move {
    let desk = desk(&world).await;
    let made = desk.agent.post(&format!("/api/assets/{}/label", desk.asset), json!({})).await.expect(201);
    let code = code_of(&made["url"]);
    let guest = Guest::new(&world);
    assert_eq!(guest.get(&format!("/api/report/{code}")).await.expect(200)["takes_reports"], false);
    let ask = guest.post(&format!("/api/report/{code}/sms"), json!({ "phone": "13900001111" })).await;
    assert_eq!(ask.refused(503), "sms_off");
    // With a provider that doesn't answer the caller is told so, and no code is in the answer.
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
    let set = json!({ "url": "http://127.0.0.1:9/sms", "signature": "示范售后" });
    let set = system.command(Method::PUT, "/api/sms-settings", &system.key(), None, set).await.expect(200);
    assert!(set["secret"].as_str().unwrap().starts_with("whsec_"));
    let view = system.get("/api/sms-settings").await.expect(200);
    assert_eq!((view["standing"].as_str(), view["secret"].is_null()), (Some("on"), true));
    let ask = guest.post(&format!("/api/report/{code}/sms"), json!({ "phone": "13900001111" })).await;
    assert_eq!(ask.refused(503), "sms_not_sent");
    assert!(!ask.text.contains("demo_code"));
    let tested = system.post("/api/sms-settings/test", json!({ "phone": "13900001111" })).await.expect(200);
    assert_eq!(tested["taken"], false);
});
