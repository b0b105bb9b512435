//! The customer's side without an account: labels, one-time codes, reports, links, badges; on both databases.

use aftercare::keeping::restore::{Options, restore};
use http::Method;
use identity::Role;
use kit::{Ts, params};
use serde_json::{Value, json};
use sha2::Digest as _;

use crate::both;
use crate::cases::{Desk, desk};
use crate::customers::id;
use crate::visits::{Job, job};
use crate::world::{Answer, Backend, Client, World};

/// A visitor without an account: an address of their own behind the trusted nobody, a cookie, a link.
struct Guest {
    client: Client,
    cookie: Option<String>,
    link: Option<String>,
}

impl Guest {
    fn new(world: &World) -> Self {
        Self { client: world.anonymous(), cookie: None, link: None }
    }

    fn by(world: &World, url: &Value) -> Self {
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

    async fn get(&self, path: &str) -> Answer {
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
    let words: Vec<&str> = asked.as_array().unwrap().iter().filter_map(|r| r["words"].as_str()).collect();
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

/// A case that was reported by its contact at the label, and the guest who holds its link.
async fn held(world: &World, desk: &Desk, code: &str) -> (Guest, String) {
    let guest = Guest::new(world).verified(code, "13812341234").await;
    let report = json!({ "symptom_class": FAULT, "effects": { "can_pass": false } });
    let made = guest.post(&format!("/api/report/{code}"), report).await.expect(201);
    let list = desk.agent.get("/api/cases?view=open").await.expect(200);
    (Guest::by(world, &made["link"]), id(&list["items"][0]))
}

both!(a_link_opens_one_case_until_it_is_revoked_or_its_time_is_over, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let (guest, case) = held(&world, &desk, &code).await;
    guest.get("/api/track").await.expect(200);
    for nothing in ["", "x", "00000000000000000000000000000000"] {
        let stranger = Guest { link: Some(nothing.to_owned()), ..Guest::new(&world) };
        assert_eq!(stranger.get("/api/track").await.refused(404), "link_unknown");
        assert_eq!(stranger.post("/api/track/chase", json!({})).await.refused(404), "link_unknown");
    }
    assert_eq!(Guest::new(&world).get("/api/track").await.refused(404), "link_unknown");
    let plain =
        format!("SELECT COUNT(*) FROM tracking_link WHERE token_hash = '{}'", guest.link.clone().unwrap());
    let plain: &'static str = Box::leak(plain.into_boxed_str());
    assert_eq!(world.count(plain).await, 0, "only the hash is kept");

    // Another link to the same case, by the desk: its address is shown once.
    let path = format!("/api/cases/{case}/tracking-links");
    let key = desk.agent.key();
    let made = desk.agent.command(Method::POST, &path, &key, None, json!({})).await.expect(201);
    let replayed = desk.agent.command(Method::POST, &path, &key, None, json!({})).await.expect(201);
    assert_eq!((replayed["id"].clone(), replayed["url"].is_null()), (made["id"].clone(), true));
    let second = Guest::by(&world, &made["url"]);
    second.get("/api/track").await.expect(200);
    let revoke = format!("/api/tracking-links/{}/revoke", made["id"].as_str().unwrap());
    let elsewhere = world.client_in(&[Role::HotlineAgent], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.post(&revoke, json!({})).await.refused(404), "tracking_link_unknown");
    desk.agent.post(&revoke, json!({})).await.expect(200);
    assert_eq!(second.get("/api/track").await.refused(404), "link_unknown");
    guest.get("/api/track").await.expect(200);

    // The case ends: the page can be read for some days, and changes nothing any more.
    let withdraw = json!({ "reason": "客户自行恢复" });
    desk.agent.post(&format!("/api/cases/{case}/withdraw"), withdraw).await.expect(200);
    let ended = guest.get("/api/track").await.expect(200);
    assert!(ended["ends_at"].is_string());
    assert_eq!(ended["may"]["chase"], false);
    assert_eq!(guest.post("/api/track/chase", json!({})).await.refused(409), "portal_case_ended");
    world.app.clock.advance(30 * Ts::DAY - Ts::MINUTE);
    guest.get("/api/track").await.expect(200);
    world.app.clock.advance(2 * Ts::MINUTE);
    assert_eq!(guest.get("/api/track").await.refused(404), "link_unknown");
});

both!(p10_a_customer_chases_once_in_half_an_hour_and_whoever_owns_the_case_is_told, |world| async move {
    let (desk, code, owner) = labelled(&world).await;
    let (guest, case) = held(&world, &desk, &code).await;
    let key = guest.client.key();
    let first = guest.again("/api/track/chase", &key, json!({})).await.expect(200);
    assert_eq!(first["may"]["chase"], false);
    guest.again("/api/track/chase", &key, json!({})).await.expect(200);
    let again = guest.post("/api/track/chase", json!({})).await;
    assert_eq!(again.refused(409), "portal_chased_already");
    assert!(again.headers.contains_key("retry-after"));
    world.app.clock.advance(30 * Ts::MINUTE);
    guest.post("/api/track/chase", json!({})).await.expect(200);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.chased'").await, 2);
    let mine = world.client_in(&[Role::HotlineAgent], Some(&desk.company.shenzhen), Some(&owner), None).await;
    let asked = mine.get("/api/customer-requests").await.expect(200);
    assert_eq!((asked[0]["kind"].as_str(), asked[0]["mine"].as_bool()), (Some("chase"), Some(true)));
    let answer = format!("/api/customer-requests/{}/answer", asked[0]["id"].as_str().unwrap());
    let declined = json!({ "state": "declined" });
    assert_eq!(mine.post(&answer, declined).await.refused(422), "customer_request_answer_missing");
    let seen = json!({ "state": "seen", "answer": "工程师一小时内联系您" });
    mine.post(&answer, seen.clone()).await.expect(200);
    assert_eq!(mine.post(&answer, seen).await.refused(409), "customer_request_answered");
    let page = guest.get("/api/track").await.expect(200);
    let said = page["requests"].as_array().unwrap().iter().find(|r| r["answer"].is_string()).unwrap();
    assert_eq!(said["answer"], "工程师一小时内联系您");
    let elsewhere = world.client_in(&[Role::HotlineAgent], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get("/api/customer-requests").await.expect(200), json!([]));
    assert_eq!(
        elsewhere.post(&answer, json!({ "state": "seen" })).await.refused(404),
        "customer_request_unknown"
    );
    assert_eq!(elsewhere.get(&format!("/api/cases/{case}/customer-side")).await.refused(404), "case_unknown");
});

/// A job whose case was reported by phone; a link to it by the desk.
async fn linked(job: &Job, case: &str) -> Guest {
    let path = format!("/api/cases/{case}/tracking-links");
    let made = job.desk.agent.post(&path, json!({})).await.expect(201);
    Guest::by(&job.world, &made["url"])
}

fn node(page: &Value, code: &str) -> String {
    let nodes = page["nodes"].as_array().unwrap();
    nodes.iter().find(|n| n["code"] == code).unwrap()["state"].as_str().unwrap().to_owned()
}

both!(p21_a_link_follows_the_visit_and_p72_the_customer_signs_and_p13_rates_there, |world| async move {
    let job = job(&world, "2026-03-03").await;
    answers(&world, &job.desk.company.shenzhen).await;
    let case = job.agreed().await;
    let guest = linked(&job, &case).await;
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!((node(&page, "reported"), node(&page, "assigned")), ("done".to_owned(), "now".to_owned()));
    assert_eq!(page["promise"]["promise"], "arrive");
    assert_eq!(page["visit"], Value::Null);
    let wish = |from: i64, to: i64| {
        let now = world.app.clock.now();
        json!({ "wish_start": now.plus(from * Ts::HOUR), "wish_end": now.plus(to * Ts::HOUR), "words": "上午有人在" })
    };
    assert_eq!(
        guest.post("/api/track/appointment", wish(20, 24)).await.refused(409),
        "portal_nothing_to_move"
    );

    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!(page["visit"]["engineer"]["name"], "工程师甲");
    assert!(page["visit"]["engineer"]["badge_number"].as_str().unwrap().starts_with("GK-"));
    assert!(page.to_string().find("138****1234").is_some() && !page.to_string().contains("13812341234"));
    assert_eq!(guest.post("/api/track/appointment", wish(-2, -1)).await.refused(422), "portal_wish_invalid");
    let moved = guest.post("/api/track/appointment", wish(20, 24)).await.expect(200);
    assert_eq!(
        (moved["requests"][0]["kind"].as_str(), moved["requests"][0]["state"].as_str()),
        (Some("move"), Some("open"))
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.move_wished'").await, 1);

    job.at_work(&visit).await;
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!((node(&page, "arrived"), node(&page, "working")), ("done".to_owned(), "done".to_owned()));
    assert_eq!(
        guest.post("/api/track/appointment", wish(20, 24)).await.refused(409),
        "portal_nothing_to_move"
    );
    assert_eq!(guest.get("/api/track/service-order").await.refused(409), "portal_nothing_to_sign");
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!((node(&page, "to_sign").as_str(), page["may"]["sign"].as_bool()), ("now", Some(true)));
    let order = guest.get("/api/track/service-order").await.expect(200);
    assert_eq!(order["sha256"], shown["sha256"]);
    let strokes = json!([[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]]);
    let other = json!({ "document_hash": "0".repeat(64), "signer_name": "物业主管", "strokes": strokes });
    assert_eq!(guest.post("/api/track/service-order", other).await.refused(409), "visit_document_hash_wrong");
    let sign = json!({ "document_hash": order["sha256"], "signer_name": "物业主管", "strokes": strokes });
    let key = guest.client.key();
    let signed = guest.again("/api/track/service-order", &key, sign.clone()).await.expect(200);
    assert_eq!((node(&signed, "to_sign").as_str(), signed["may"]["sign"].as_bool()), ("done", Some(false)));
    guest.again("/api/track/service-order", &key, sign.clone()).await.expect(200);
    assert_eq!(guest.post("/api/track/service-order", sign).await.refused(409), "portal_nothing_to_sign");
    assert_eq!(world.count("SELECT COUNT(*) FROM signature").await, 1);
    let (_, mismatches) = job.checked().await;
    assert_eq!(mismatches.len(), 0, "the signature binds what was shown");

    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    world.run_jobs().await;
    let page = guest.get("/api/track").await.expect(200);
    let asked: Vec<_> =
        page["script"].as_array().unwrap().iter().map(|q| q["code"].as_str().unwrap()).collect();
    assert_eq!(asked, ["solved", "on_time", "uniform_badge", "integrity", "satisfaction"]);
    let answers = json!({ "on_time": true, "uniform_badge": true, "integrity": false });
    let rating = json!({ "reached": true, "solved": true, "rating": 6, "answers": answers });
    assert_eq!(guest.post("/api/track/rating", rating).await.refused(422), "follow_up_rating_range");
    let rating =
        json!({ "reached": true, "solved": true, "rating": 4, "answers": answers, "comment": "很好" });
    let rated = guest.post("/api/track/rating", rating.clone()).await.expect(200);
    assert_eq!((rated["rating"].as_i64(), rated["state"].as_str()), (Some(4), Some("closed")));
    assert_eq!(node(&rated, "rated"), "done");
    assert_eq!(guest.post("/api/track/rating", rating).await.refused(404), "follow_up_unknown");
    let one = "SELECT COUNT(*) FROM follow_up WHERE state = 'done' AND rating = 4 AND result = 'solved'";
    assert_eq!(world.count(one).await, 1, "the same score as by phone");
    world.sealed().await;
});

both!(p65_a_complaint_is_a_case_of_its_own_with_an_owner_and_is_named_on_both, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let owner = answers(&world, &job.desk.company.shenzhen).await;
    let case = job.reported().await;
    let guest = linked(&job, &case).await;
    let empty = guest.post("/api/track/complaint", json!({ "words": "  " })).await;
    assert_eq!(empty.refused(422), "portal_complaint_missing");
    let long = guest.post("/api/track/complaint", json!({ "words": "x".repeat(1001) })).await;
    assert_eq!(long.refused(422), "portal_text_too_long");
    let key = guest.client.key();
    let words = json!({ "words": "工程师态度很差" });
    let page = guest.again("/api/track/complaint", &key, words.clone()).await.expect(200);
    guest.again("/api/track/complaint", &key, words).await.expect(200);
    let number = page["requests"][0]["complaint_number"].as_str().unwrap().to_owned();
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case WHERE kind = 'complaint'").await, 1);
    let list = job.desk.agent.get(&format!("/api/cases?view=open&q={number}")).await.expect(200);
    let complaint = &list["items"][0];
    assert_eq!(
        (complaint["kind"].as_str(), complaint["owner"]["id"].as_str()),
        (Some("complaint"), Some(owner.as_str()))
    );
    assert!(
        complaint["next"].is_object()
            && complaint["symptom"].as_str().unwrap().starts_with("SQ20261009-0001: ")
    );
    let side = job.desk.agent.get(&format!("/api/cases/{case}/customer-side")).await.expect(200);
    assert_eq!(side["requests"][0]["complaint_case_id"], complaint["id"]);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%态度%'").await,
        0,
        "words stay out of events"
    );
});

async fn photo(guest: &Guest, path: &str, of: &[u8], range: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/octet-stream".to_owned())];
    headers.extend(range.map(|r| ("content-range", r.to_owned())));
    headers.extend(guest.link.clone().map(|l| ("x-link", l)));
    guest.client.send(Method::PUT, path, &headers, Some(of.to_vec())).await
}

both!(a_photo_is_sent_in_ranges_small_and_only_by_the_door_it_is_for, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let guest = Guest::new(&world).verified(&code, "13812341234").await;
    let bytes = [b"\x89PNG\r\n\x1a\n ".as_slice(), b"a device that stands still"].concat();
    let digest = hex::encode(sha2::Sha256::digest(&bytes));
    let path = format!("/api/report/{code}/files/{digest}");
    let (first, rest) = bytes.split_at(12);
    let total = bytes.len();
    let part = photo(&guest, &path, first, Some(&format!("bytes 0-11/{total}"))).await.expect(202);
    assert_eq!((part["received"].as_u64(), part["complete"].as_bool()), (Some(12), Some(false)));
    let report = json!({ "symptom_class": FAULT, "photo_sha256": digest });
    let early = guest.post(&format!("/api/report/{code}"), report.clone()).await;
    assert_eq!(early.refused(422), "portal_photo_unknown");
    photo(&guest, &path, rest, Some(&format!("bytes 12-{}/{total}", total - 1))).await.expect(200);
    let large = format!("bytes 0-11/{}", 400 * 1024);
    assert_eq!(photo(&guest, &path, first, Some(&large)).await.refused(413), "file_too_large");
    let pdf = format!("/api/report/{code}/files/{}", hex::encode(sha2::Sha256::digest(b"%PDF-1.7 x")));
    assert_eq!(photo(&guest, &pdf, b"%PDF-1.7 x", None).await.refused(415), "content_type_wrong");
    let nowhere = format!("/api/report/00000000000000000000000000/files/{digest}");
    assert_eq!(photo(&guest, &nowhere, &bytes, None).await.refused(404), "label_unknown");
    let made = guest.post(&format!("/api/report/{code}"), report).await.expect(201);
    let list = desk.agent.get("/api/cases?view=open").await.expect(200);
    let case = id(&list["items"][0]);
    let side = desk.agent.get(&format!("/api/cases/{case}/customer-side")).await.expect(200);
    assert_eq!(side["photos"][0]["sha256"], json!(digest));
    assert_eq!(desk.agent.get(&format!("/api/files/{digest}")).await.status, 200);
    let elsewhere = world.client_in(&[Role::HotlineAgent], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get(&format!("/api/files/{digest}")).await.refused(404), "file_unknown");

    // Who knows a digest has not the photo: the link's door has not seen it.
    let holder = Guest::by(&world, &made["link"]);
    let add = json!({ "words": "补一张", "photo_sha256": digest });
    assert_eq!(holder.post("/api/track/words", add).await.refused(422), "portal_photo_unknown");
    assert_eq!(holder.post("/api/track/words", json!({})).await.refused(422), "portal_nothing_added");
    photo(&holder, &format!("/api/track/files/{digest}"), &bytes, None).await.expect(200);
    let page = holder.post("/api/track/words", json!({ "photo_sha256": digest })).await.expect(200);
    assert_eq!(page["photos"], 1, "the same photo twice is one");
    let stranger = Guest { link: Some("x".into()), ..Guest::new(&world) };
    let refused = photo(&stranger, &format!("/api/track/files/{digest}"), &bytes, None).await;
    assert_eq!(refused.refused(404), "link_unknown");
});

both!(p66_a_badge_says_whether_its_bearer_is_sent_today_and_nothing_else, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (engineer, _) = &job.engineers[0];
    let admin = world.client(Role::SystemAdmin).await;
    let path = format!("/api/employees/{engineer}/badge-code");
    let made = admin.post(&path, json!({})).await.expect(201);
    let code = code_of(&made["url"]);
    let guest = Guest::new(&world);
    let page = format!("/api/badge/{code}");
    let idle = guest.get(&page).await.expect(200);
    assert_eq!((idle["known"].as_bool(), idle["sent"].as_bool()), (Some(true), Some(false)));
    assert!(idle["name"].is_null() && idle["badge_number"].is_null(), "{idle}");
    let unknown = guest.get("/api/badge/00000000000000000000000000").await.expect(200);
    assert_eq!((unknown["known"].as_bool(), unknown["sent"].as_bool()), (Some(false), Some(false)));
    assert_eq!(unknown.as_object().unwrap().len(), idle.as_object().unwrap().len());

    let case = job.agreed().await;
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 4).await.expect(201);
    let sent = guest.get(&page).await.expect(200);
    assert_eq!((sent["sent"].as_bool(), sent["name"].as_str()), (Some(true), Some("工程师甲")));
    let visit = &sent["visits"][0];
    assert!(visit["district"].as_str().unwrap().contains("南山区"), "{visit}");
    let hour = |key: &str| visit[key].as_str().unwrap().parse::<Ts>().unwrap().micros() % Ts::HOUR;
    assert_eq!((hour("from"), hour("to")), (0, 0), "whole hours");
    assert!(!sent.to_string().contains("云杉"), "nothing of the customer: {sent}");
    assert_eq!(guest.get(&format!("{page}/photo")).await.refused(404), "file_unknown");

    world.app.clock.advance(2 * Ts::DAY);
    assert_eq!(guest.get(&page).await.expect(200)["sent"], false, "not today");
    let lost = admin.post(&format!("{path}/revoke"), json!({ "reason": "工牌遗失" })).await.expect(200);
    assert_eq!(lost["in_use"], false);
    assert_eq!(guest.get(&page).await.expect(200)["known"], false);
    assert_eq!(job.dispatcher.post(&path, json!({})).await.refused(403), "not_permitted");
});

both!(one_address_can_not_ask_without_end, |world| async move {
    let (_, code, _) = labelled(&world).await;
    let guest = Guest::new(&world);
    let path = format!("/api/badge/{code}");
    let mut refused = None;
    for _ in 0..120 {
        let answer = guest.get(&path).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the bucket is empty at last");
    assert_eq!(refused.refused(429), "too_many_requests");
    assert!(refused.headers.contains_key("retry-after"));
});

both!(g10_a_restore_revives_no_link_no_browser_and_no_code_that_may_have_been_revoked, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let (holder, _) = held(&world, &desk, &code).await;
    let browser = Guest::new(&world).verified(&code, "13900001111").await;
    world.sealed().await;
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup.tar.gz");
    kit::archive::write(&world.app.db, &world.app.files, &archive, world.app.clock.now()).await.unwrap();
    // After the backup the label is revoked: the restored system can't know.
    let revoke = json!({ "reason": "二维码被滥用" });
    desk.agent.post(&format!("/api/assets/{}/label/revoke", desk.asset), revoke).await.expect(200);

    for keep_tokens in [false, true] {
        let backend = match world.app.db.dialect() {
            kit::db::Dialect::Sqlite => Backend::Sqlite,
            kit::db::Dialect::Postgres => Backend::Postgres,
        };
        let there = World::start(backend).await;
        let options = Options { verify: true, keep_tokens };
        restore(&there.app, &archive, options).await.unwrap();
        let there = there.restarted().await;
        let holder = Guest { link: holder.link.clone(), ..Guest::new(&there) };
        assert_eq!(holder.get("/api/track").await.refused(404), "link_unknown");
        let browser = Guest { cookie: browser.cookie.clone(), ..Guest::new(&there) };
        let page = browser.get(&format!("/api/report/{code}")).await;
        if keep_tokens {
            assert_eq!(
                page.expect(200)["caller"],
                Value::Null,
                "the system moved: labels go on, browsers don't"
            );
            continue;
        }
        assert_eq!(page.refused(404), "label_unknown");
        let system = there.client(Role::SystemAdmin).await;
        assert_eq!(system.get("/api/portal-settings").await.expect(200)["held"], 1);
        let released = system.post("/api/portal-settings/release", json!({})).await.expect(200);
        assert_eq!(released["held"], 0);
        browser.get(&format!("/api/report/{code}")).await.expect(200);
    }
});
