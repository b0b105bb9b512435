//! Two people at the same record in the same moment: one wins, the others are told.

use futures::future::join_all;
use identity::Role;
use serde_json::{Value, json};

use crate::both;
use crate::coverage::Ground;
use crate::customers::{NANSHAN, id, site_input};
use crate::world::Client;

const AT_ONCE: usize = 6;
const ROUNDS: i64 = 3;

/// Several change one record at its version at the same moment, each to something else, again and again.
async fn race(client: &Client, path: &str, first: i64, input: impl Fn(i64) -> Value) {
    for round in 0..ROUNDS {
        let attempts = (0..AT_ONCE as i64).map(|n| client.put(path, first + round, input(10 * round + n)));
        let answers = join_all(attempts).await;
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1, "{path}: {:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
        for lost in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!(lost.refused(412), "version_changed", "{path}");
        }
    }
}

both!(of_those_who_change_a_record_at_once_one_wins, |world| async move {
    let ground = Ground::lay(&world).await;
    let manager = &ground.manager;
    let admin = world.client(Role::SystemAdmin).await;
    let path = |kind: &str, id: &str| format!("/api/{kind}/{id}");

    let of_customer = |n: i64| json!({ "name": format!("万象城 {n}"), "vip_level": "gold" });
    race(manager, &path("customers", &ground.customer), 1, of_customer).await;

    let of_site = |n: i64| {
        let mut input = site_input("", &format!("停车场 {n}"), NANSHAN);
        input.as_object_mut().unwrap().remove("customer_id");
        input
    };
    race(manager, &path("sites", &ground.site), 1, of_site).await;

    let contact = json!({ "customer_id": ground.customer, "name": "值班室", "phone": "13812341234" });
    let contact = id(&manager.post("/api/contacts", contact).await.expect(201));
    race(manager, &path("contacts", &contact), 1, |n| json!({ "name": format!("值班室 {n}") })).await;

    let of_product = |n: i64| json!({ "model": format!("BG-{n}"), "name": { "zh_cn": "道闸", "en": "Barrier" }, "kind": "barrier" });
    race(manager, &path("products", &ground.product), 1, of_product).await;

    let asset = ground.asset("R1", None, false).await;
    let of_asset =
        |n: i64| json!({ "serial": format!("R1-{n}"), "product_id": ground.product, "site_id": ground.site });
    race(manager, &path("assets", &asset), 1, of_asset).await;

    let of_code = |n: i64| json!({ "name": { "zh_cn": "抬杆无力", "en": "Weak arm" }, "product_kind": "barrier", "ordinal": n, "active": true });
    let code = json!({ "kind": "fault", "code": "arm_weak", "content": of_code(1) });
    admin.post("/api/fault-codes", code).await.expect(201);
    race(&admin, "/api/fault-codes/fault/arm_weak", 1, of_code).await;

    let of_party =
        |n: i64| json!({ "kind": "firm", "name": format!("北星安装 {n}"), "valid_from": "2026-01-01" });
    let party = id(&admin.post("/api/designated-parties", of_party(99)).await.expect(201));
    race(&admin, &path("designated-parties", &party), 1, of_party).await;

    let company = admin.get("/api/company").await.expect(200)["version"].as_i64().unwrap();
    let of_company = |n: i64| json!({ "name": format!("公司 {n}"), "zone": "Asia/Shanghai" });
    race(&admin, "/api/company", company, of_company).await;

    let messages = admin.get("/api/notification-settings").await.expect(200)["version"].as_i64().unwrap();
    race(&admin, "/api/notification-settings", messages, |n| json!({ "allow_private": n % 2 == 0 })).await;
});

both!(p29_what_both_sides_signed_is_not_rewritten_meanwhile, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2023-03-03"), false).await;
    let input = |covered_to: &str, price: i64| {
        json!({
            "customer_id": ground.customer, "asset_ids": [asset], "covered_from": "2026-10-01",
            "covered_to": covered_to, "price_minor": price, "currency": "CNY",
        })
    };
    for _ in 0..4 {
        let made = ground.manager.post("/api/agreements", input("2027-10-31", 100_000)).await.expect(201);
        let path = format!("/api/agreements/{}", id(&made));
        let (edit, sign) = (input("2029-10-31", 1), format!("{path}/sign"));
        let (edited, signed) = tokio::join!(
            ground.manager.put(&path, 1, edit),
            ground.manager.post(&sign, json!({ "signed_on": "2026-10-01" }))
        );
        let stands = ground.manager.get(&path).await.expect(200);
        if signed.status == 200 {
            // Whoever signed was shown what stands.
            assert_eq!(signed.json["price_minor"], stands["price_minor"], "edit {}", edited.status);
            assert_eq!(signed.json["covered_to"], stands["covered_to"]);
        } else {
            assert_eq!((signed.refused(412), edited.status), ("version_changed", 200));
        }
        ground.manager.post(&sign, json!({ "signed_on": "2026-10-01" })).await;
        let ending = json!({ "from": "2026-10-20", "reason": "closed" });
        let resting = json!({ "from": "2026-10-15", "reason": "rebuilt" });
        let (end, rest) = (format!("{path}/terminate"), format!("{path}/suspend"));
        let (ended, rested) =
            tokio::join!(ground.manager.post(&end, ending), ground.manager.post(&rest, resting));
        let stands = ground.manager.get(&path).await.expect(200);
        if ended.status == 200 {
            assert_eq!(stands["terminated_from"], "2026-10-20", "suspend {}", rested.status);
        } else {
            assert_eq!((ended.refused(412), rested.status), ("version_changed", 200));
        }
    }
});

both!(p1_a_missed_call_is_called_back_once, |world| async move {
    let desk = crate::cases::desk(&world).await;
    for n in 0..4 {
        let call = json!({
            "dialled": "4008001234", "caller": format!("1391234567{n}"), "outcome": "missed",
            "started_at": world.app.clock.now().to_string(), "ended_at": world.app.clock.now().to_string(),
        });
        let missed = desk.agent.post("/api/calls", call).await.expect(201);
        let path = format!("/api/calls/{}/call-back", id(&missed));
        let answers =
            join_all((0..AT_ONCE).map(|_| desk.agent.post(&path, json!({ "reached": true })))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        for late in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!(late.refused(409), "call_not_missed");
        }
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'call.called_back'").await, 4);
});

both!(p2_two_absences_of_one_person_at_once_both_stand, |world| async move {
    let job = crate::visits::job(&world, "2026-03-03").await;
    let path = format!("/api/employees/{}/absences", job.engineers[0].0);
    let now = world.app.clock.now();
    let hour = |n: i64| now.plus(n * kit::Ts::HOUR);
    for round in 0..ROUNDS {
        let day = 24 * (1 + round);
        // Two dispatchers hear of different hours of the same day.
        let spans = [(day, day + 1), (day + 2, day + 3)];
        let [first, second] = spans.map(|(from, until)| {
            job.dispatcher.post(&path, json!({ "from": hour(from), "until": hour(until) }))
        });
        let (first, second) = tokio::join!(first, second);
        assert_eq!((first.status, second.status), (200, 200), "{:?} {:?}", first.json, second.json);
        let span = format!("/api/board?from={}&to={}", hour(day), hour(day + 6));
        let board = job.dispatcher.get(&span).await.expect(200);
        let engineers = board["engineers"].as_array().unwrap();
        let row = engineers.iter().find(|e| e["id"] == json!(job.engineers[0].0)).unwrap();
        let leave = spans.map(|(start, end)| json!({ "start": hour(start), "end": hour(end) }));
        assert_eq!(row["leave"], json!(leave), "round {round}: neither is lost");
    }
});
