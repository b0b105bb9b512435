//! What an engineer's phone tells beside the steps: the device, the way, the customer's score, calls by a number that is nobody's.

use std::sync::{Arc, Mutex};

use http::Method;
use identity::Role;
use kit::Ts;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{Job, job};
use crate::both;
use crate::customers::id;
use crate::world::{Client, World};

async fn planned(job: &Job) -> (String, String) {
    let case = job.agreed().await;
    let order = job.order(&case).await;
    (case, id(&job.plan(&order, 0, 1, 4).await.expect(201)))
}

async fn signed(job: &Job, visit: &str) {
    job.at_work(visit).await;
    job.worked(visit).await;
    let shown = job.step(visit, "present", json!({})).await.expect(200);
    job.sign(visit, &shown["sha256"]).await.expect(200);
}

both!(p24_another_device_than_ordered_is_recorded_with_a_reason, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let second = job.desk.agent.get(&format!("/api/assets/{}", job.desk.asset)).await.expect(200);
    let input =
        json!({ "serial": "BG-0002", "product_id": second["product"]["id"], "site_id": job.desk.site });
    let other = id(&job.manager.post("/api/assets", input).await.expect(201));
    let made = job.desk.agent.post(&format!("/api/assets/{other}/label"), json!({})).await;
    let code = made.expect(201)["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let (_, visit) = planned(&job).await;

    // The phone carries the devices of the site with the codes on their labels; nobody else's phone does.
    let devices = job.engineers[0].1.get("/api/my/devices").await.expect(200);
    let found =
        |serial: &str| devices.as_array().unwrap().iter().find(|d| d["serial"] == serial).unwrap().clone();
    assert_eq!(found("BG-0001")["id"], job.desk.asset.as_str());
    assert_eq!(
        (found("BG-0002")["id"].as_str(), found("BG-0002")["code"].as_str()),
        (Some(other.as_str()), Some(code.as_str()))
    );
    assert_eq!(job.engineers[1].1.get("/api/my/devices").await.expect(200), json!([]));

    let check = async |body: Value| job.step(&visit, "device", body).await;
    let right = json!({ "said": "BG-0001", "method": "scan", "asset_id": job.desk.asset });
    assert_eq!(check(right.clone()).await.refused(409), "visit_not_travelling", "nobody stands there yet");
    job.does(
        &visit,
        &[("accept", json!({})), ("depart", job.departure()), ("arrive", json!({ "method": "manual" }))],
    )
    .await;
    let view = check(right).await.expect(200);
    assert_eq!(
        (view["devices"][0]["matches"].as_bool(), view["devices"][0]["reason"].is_null()),
        (Some(true), true)
    );

    let wrong = |reason: Option<&str>| json!({ "said": "BG-0002", "method": "scan", "asset_id": other, "reason": reason });
    assert_eq!(check(wrong(None)).await.refused(422), "visit_device_differs");
    assert_eq!(check(wrong(Some(" "))).await.refused(422), "visit_device_differs");
    assert_eq!(check(json!({ "said": " ", "method": "typed" })).await.refused(422), "visit_device_missing");
    let view = check(wrong(Some("实际故障的是 2 号道闸"))).await.expect(200);
    let last = &view["devices"][1];
    assert_eq!((last["matches"].as_bool(), last["asset_id"].as_str()), (Some(false), Some(other.as_str())));
    // What no device of the customer has is kept as it was read, and as nobody's.
    let strange = "00000000-0000-7000-8000-000000000000";
    let unknown = json!({ "said": "X-9", "method": "typed", "asset_id": strange, "reason": "标签损坏" });
    assert_eq!(check(unknown).await.expect(200)["devices"][2]["asset_id"], Value::Null);
    assert_eq!(
        job.engineers[1].1.post(&format!("/api/visits/{visit}/device"), wrong(Some("x"))).await.refused(404),
        "visit_unknown"
    );
    let told = "SELECT COUNT(*) FROM event WHERE kind = 'visit.device_checked' AND body LIKE '%BG-0002%'";
    assert_eq!(world.count(told).await, 0, "events hold ids, not what was read");
});

fn point(at: Ts, lon: f64) -> Value {
    json!({ "at": at, "lon": lon, "lat": 22.54, "accuracy_m": 12.0 })
}

both!(p21_the_way_is_told_only_with_consent_and_only_between_setting_out_and_arriving, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (case, visit) = planned(&job).await;
    let engineer = &job.engineers[0].1;
    let link = job.desk.agent.post(&format!("/api/cases/{case}/tracking-links"), json!({})).await.expect(201);
    let token = link["url"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    let track = async || {
        let headers = [("x-link", token.clone())];
        world.anonymous().send(Method::GET, "/api/track", &headers, None).await.expect(200)
    };
    let tell = async |points: Value| job.step(&visit, "positions", json!({ "points": points })).await;
    let start = world.app.clock.now();
    job.does(&visit, &[("accept", json!({}))]).await;

    // Without a word nothing is kept; a word on another text is none.
    assert_eq!(
        engineer.get("/api/my/day").await.expect(200)["way"],
        json!({ "agreed": null, "text_version": 1 })
    );
    assert_eq!(tell(json!([point(start, 113.80)])).await.refused(409), "visit_way_not_shared");
    let word = async |agreed: bool, text_version: i64| {
        let body = json!({ "agreed": agreed, "text_version": text_version });
        engineer.command(Method::PUT, "/api/my/way-sharing", &engineer.key(), None, body).await
    };
    assert_eq!(word(true, 99).await.refused(409), "position_consent_text_old");
    assert_eq!(word(true, 1).await.expect(200)["agreed"], true);
    assert_eq!(tell(json!([point(start, 113.80)])).await.refused(409), "visit_not_travelling");

    world.app.clock.advance(10 * Ts::MINUTE);
    job.does(&visit, &[("depart", job.departure())]).await;
    assert_eq!(track().await["visit"]["way"], Value::Null, "nothing was seen yet");
    world.app.clock.advance(10 * Ts::MINUTE);
    let now = world.app.clock.now();
    let points = json!([
        point(start, 113.80),
        point(now.plus(-5 * Ts::MINUTE), 113.82),
        point(now, 113.85),
        point(now.plus(Ts::HOUR), 113.9)
    ]);
    let told = tell(points.clone()).await.expect(200);
    assert_eq!(told, json!({ "kept": 2, "left_out": 2 }), "neither before setting out nor from the future");
    assert_eq!(
        tell(points).await.expect(200),
        json!({ "kept": 0, "left_out": 4 }),
        "told twice is told once"
    );
    for (points, code) in
        [(json!([]), "visit_way_points_count"), (json!([point(now, 181.0)]), "visit_position_invalid")]
    {
        assert_eq!(tell(points).await.refused(422), code);
    }
    let other = json!({ "points": [point(now, 113.85)] });
    assert_eq!(
        job.engineers[1].1.post(&format!("/api/visits/{visit}/positions"), other).await.refused(404),
        "visit_unknown"
    );

    // The customer reads a time, not a place; the dispatcher a place.
    let page = track().await;
    let way = &page["visit"]["way"];
    assert_eq!(way["seen_at"], json!(now));
    let minutes = way["arrive_in_min"].as_i64().unwrap();
    assert!((5..=60).contains(&minutes) && minutes % 5 == 0, "{minutes}");
    assert!(!page.to_string().contains("113.8"), "no place of anybody");
    let path = format!("/api/board?from={start}&to={}", now.plus(Ts::DAY));
    let board = job.dispatcher.get(&path).await.expect(200);
    let seen = board["engineers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["id"] == job.engineers[0].0.as_str())
        .unwrap();
    assert_eq!(
        (seen["on_way"]["visit_id"].as_str(), seen["on_way"]["arrive_in_min"].as_i64()),
        (Some(visit.as_str()), Some(minutes))
    );

    // There: what is told late of the way is still taken, nothing after it, and nobody is shown it any more.
    world.app.clock.advance(10 * Ts::MINUTE);
    job.does(&visit, &[("arrive", json!({ "method": "manual" }))]).await;
    world.app.clock.advance(10 * Ts::MINUTE);
    let late = json!([point(now.plus(5 * Ts::MINUTE), 113.9), point(now.plus(15 * Ts::MINUTE), 113.94)]);
    assert_eq!(tell(late).await.expect(200), json!({ "kept": 1, "left_out": 1 }));
    assert_eq!(track().await["visit"]["way"], Value::Null);
    assert_eq!(world.count("SELECT COUNT(*) FROM visit_position").await, 3);
    let places = "SELECT COUNT(*) FROM event WHERE body LIKE '%113.8%'";
    assert_eq!(world.count(places).await, 0, "no event holds a place");

    // By night it goes after thirty days; who takes the word back leaves nothing at once.
    let settings = aftercare::keeping::KeepingSettings::default();
    world.app.clock.advance(29 * Ts::DAY);
    assert_eq!(aftercare::keeping::purge::remove_old(&world.app, &settings).await.unwrap().positions, 0);
    world.app.clock.advance(2 * Ts::DAY);
    assert_eq!(aftercare::keeping::purge::remove_old(&world.app, &settings).await.unwrap().positions, 3);
    let audited = "SELECT COUNT(*) FROM event WHERE kind LIKE 'position_consent.%' AND audience = 'audit'";
    assert_eq!(world.count(audited).await, 1);
});

both!(p21_who_takes_the_word_back_leaves_nothing_of_the_way, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (_, visit) = planned(&job).await;
    let engineer = &job.engineers[0].1;
    let word = async |agreed: bool| {
        let body = json!({ "agreed": agreed, "text_version": 1 });
        engineer.command(Method::PUT, "/api/my/way-sharing", &engineer.key(), None, body).await.expect(200)
    };
    word(true).await;
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    world.app.clock.advance(Ts::MINUTE);
    job.step(&visit, "positions", json!({ "points": [point(world.app.clock.now(), 113.9)] }))
        .await
        .expect(200);
    assert_eq!(world.count("SELECT COUNT(*) FROM visit_position").await, 1);
    assert_eq!(word(false).await["agreed"], false);
    assert_eq!(world.count("SELECT COUNT(*) FROM visit_position").await, 0);
    assert_eq!(engineer.get("/api/my/way-sharing").await.expect(200)["agreed"], false);
});

both!(p21_a_way_is_kept_as_agreed_to_today_and_in_one_statement, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (_, visit) = planned(&job).await;
    let engineer = &job.engineers[0].1;
    let body = json!({ "agreed": true, "text_version": 1 });
    engineer.command(Method::PUT, "/api/my/way-sharing", &engineer.key(), None, body).await.expect(200);
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    let start = world.app.clock.now();
    world.app.clock.advance(Ts::HOUR);
    let tell = async |points: Value| job.step(&visit, "positions", json!({ "points": points })).await;
    // The same minute twice in one request is one.
    let way = |count: i64| {
        (0..count).map(|n| point(start.plus(n.max(1) * 10 * Ts::SECOND), 113.9)).collect::<Value>()
    };
    assert_eq!(tell(way(240)).await.expect(200), json!({ "kept": 239, "left_out": 1 }));
    assert_eq!(tell(way(240)).await.expect(200), json!({ "kept": 0, "left_out": 240 }));
    assert_eq!(world.count("SELECT COUNT(*) FROM visit_position").await, 239);

    // A word on another text than today's is none.
    let older = "UPDATE position_consent SET text_version = 9";
    world.app.db.write(move |tx| Box::pin(async move { tx.execute(older, &[]).await })).await.unwrap();
    assert_eq!(tell(json!([point(start, 113.9)])).await.refused(409), "visit_way_not_shared");
    assert_eq!(engineer.get("/api/my/way-sharing").await.expect(200)["agreed"], Value::Null);
});

both!(p7_a_score_given_on_site_is_for_who_calls_not_for_who_worked, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (case, visit) = planned(&job).await;
    let rate = async |body: Value| job.step(&visit, "rating", body).await;
    assert_eq!(rate(json!({ "rating": 4 })).await.refused(409), "visit_rating_not_signed");
    signed(&job, &visit).await;
    for bad in [0, 6] {
        assert_eq!(rate(json!({ "rating": bad })).await.refused(422), "follow_up_rating_range");
    }
    let other = job.engineers[1].1.post(&format!("/api/visits/{visit}/rating"), json!({ "rating": 5 })).await;
    assert_eq!(other.refused(404), "visit_unknown");
    let kept = rate(json!({ "rating": 2, "comment": "等了太久,打我手机13912345678" })).await.expect(200);
    assert_eq!(kept.as_object().unwrap().keys().collect::<Vec<_>>(), ["at"], "the score is not told again");
    assert_eq!(rate(json!({ "rating": 5 })).await.refused(409), "visit_rating_given");

    // Nothing that its engineer reads says which score it was.
    let day = job.engineers[0].1.get("/api/my/day").await.expect(200).to_string();
    let line = job.engineers[0].1.get(&format!("/api/cases/{case}/timeline")).await.expect(200).to_string();
    assert!(line.contains("visit.rated"), "{line}");
    for told in [&day, &line] {
        assert!(!told.contains("等了太久") && !told.contains("\"rating\":2"), "{told}");
    }
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    world.run_jobs().await;

    // Whoever calls sees it; nobody reached, it is the score that counts.
    let unit = job.desk.company.shenzhen.clone();
    let caller: Client = world.client_in(&[Role::FollowUpAgent], Some(&unit), None, None).await;
    let list = caller.get(&format!("/api/follow-ups?case={case}")).await.expect(200);
    let call = id(&list["items"][0]);
    let view = caller.get(&format!("/api/follow-ups/{call}")).await.expect(200);
    assert_eq!(view["on_site"]["rating"], 2);
    let words = view["on_site"]["comment"].as_str().unwrap();
    assert!(words.starts_with("等了太久") && !words.contains("13912345678"), "P68: {words}");
    for n in 0..3 {
        let next = world.app.clock.now().plus(Ts::HOUR);
        let missed = if n < 2 {
            json!({ "reached": false, "next_attempt_at": next })
        } else {
            json!({ "reached": false, "give_up": true })
        };
        caller.post(&format!("/api/follow-ups/{call}/record"), missed).await.expect(200);
        world.app.clock.advance(2 * Ts::HOUR);
    }
    let report = caller.get("/api/reports/satisfaction").await.expect(200);
    assert_eq!(report["rows"][0]["id"], job.engineers[0].0.as_str(), "{report}");
    assert_eq!(
        (report["rows"][0]["n"].as_i64(), report["total"]["score"].as_f64()),
        (Some(1), Some(2.0)),
        "{report}"
    );
});

/// The company's adapter to a provider of numbers: answers what it is told to, and keeps what it was asked.
#[derive(Clone)]
struct Adapter {
    port: u16,
    asked: Arc<Mutex<Vec<Value>>>,
    ids: Arc<Mutex<Vec<String>>>,
}

impl Adapter {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let adapter =
            Self { port: listener.local_addr().unwrap().port(), asked: Arc::default(), ids: Arc::default() };
        let serving = adapter.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                let body = loop {
                    let mut part = [0; 4096];
                    let n = stream.read(&mut part).await.unwrap();
                    bytes.extend(&part[..n]);
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                    let head = head.to_ascii_lowercase();
                    assert!(head.contains("webhook-signature: v1,"), "{head}");
                    let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")).unwrap();
                    if body.len() >= length.parse().unwrap() {
                        let id = head.lines().find_map(|l| l.strip_prefix("webhook-id: ")).unwrap();
                        serving.ids.lock().unwrap().push(id.to_owned());
                        break body.to_owned();
                    }
                };
                let asked: Value = serde_json::from_str(&body).unwrap();
                let answer = {
                    let mut all = serving.asked.lock().unwrap();
                    all.push(asked);
                    json!({ "number": "+8617012340000", "extension": format!("{}", all.len()), "reference": format!("b-{}", all.len()) })
                };
                let answer = answer.to_string();
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", answer.len());
                stream.write_all(format!("{head}{answer}").as_bytes()).await.unwrap();
            }
        });
        adapter
    }

    fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }
}

async fn hotline(world: &World, unit: &str) {
    let admin = world.client(Role::SystemAdmin).await;
    let input = json!({ "unit_id": unit, "number": "400-810-0000", "calendar": "round_the_clock", "name": { "zh_cn": "服务热线", "en": "Hotline" } });
    admin.post("/api/hotlines", input).await.expect(201);
}

both!(p68_engineer_and_customer_call_by_a_number_that_ends_with_the_visit, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (_, visit) = planned(&job).await;
    let (engineer, path) = (&job.engineers[0].1, format!("/api/visits/{visit}/call"));
    let call = async || engineer.post(&path, json!({})).await;

    // No provider, no hotline: said so. With a hotline, that puts them through.
    assert_eq!(call().await.refused(409), "call_no_way");
    hotline(&world, &job.desk.company.shenzhen).await;
    let way = call().await.expect(200);
    assert_eq!((way["via"].as_str(), way["number"].as_str()), (Some("service"), Some("4008100000")));
    assert_eq!(job.engineers[1].1.post(&path, json!({})).await.refused(404), "visit_unknown");

    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
    let set = async |url: Value| {
        system.command(Method::PUT, "/api/relay-settings", &system.key(), None, json!({ "url": url })).await
    };
    set(json!("http://127.0.0.1:9/relay")).await.expect(200);
    assert_eq!(call().await.refused(503), "call_relay_failed");
    let adapter = Adapter::start().await;
    let view = set(json!(format!("http://127.0.0.1:{}/relay", adapter.port))).await.expect(200);
    assert!(view["secret"].as_str().unwrap().starts_with("whsec_"));
    let shown = system.get("/api/relay-settings").await.expect(200);
    assert_eq!((shown["standing"].as_str(), shown["secret"].is_null()), (Some("on"), true));

    // Bound once for the visit, with the customer's number told to the adapter and to nobody else.
    let way = call().await;
    assert!(!way.text.contains("13812341234"));
    assert_eq!(
        way.expect(200),
        json!({ "via": "relay", "number": "+8617012340000", "extension": "1", "simulated": false })
    );
    assert_eq!(call().await.expect(200)["extension"], "1");
    let asked = adapter.asked();
    assert_eq!((asked.len(), asked[0]["type"].as_str()), (1, Some("relay.bind")));
    assert_eq!(asked[0]["data"]["to"], "+8613812341234");
    assert_eq!(asked[0]["data"]["engineer"]["id"], job.engineers[0].0.as_str());
    let numbers = "SELECT COUNT(*) FROM event WHERE body LIKE '%138%1234%' OR body LIKE '%1701234%'";
    assert_eq!(world.count(numbers).await, 0, "events hold no number");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'visit.customer_called'").await, 3);

    // It goes to somebody else: their number is another, and the first ends.
    let window = job.hours(1, 4);
    let moved = json!({ "engineer_id": job.engineers[1].0, "window_start": window["start"], "window_end": window["end"], "reason": "换人" });
    job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), moved).await.expect(200);
    world.deliver().await;
    assert_eq!(call().await.refused(404), "visit_unknown");
    let ended = adapter.asked();
    assert_eq!(
        (ended.len(), ended[1]["type"].as_str(), ended[1]["data"]["reference"].as_str()),
        (2, Some("relay.end"), Some("b-1"))
    );
    let second = job.engineers[1].1.post(&path, json!({})).await.expect(200);
    assert_eq!(second["extension"], "3");

    // The visit is over: so is the number.
    job.dispatcher
        .post(&format!("/api/visits/{visit}/cancel"), json!({ "reason": "客户取消" }))
        .await
        .expect(200);
    world.deliver().await;
    assert_eq!(adapter.asked().last().unwrap()["data"]["reference"], "b-3");
    assert_eq!(world.count("SELECT COUNT(*) FROM relay_number WHERE ended_at IS NULL").await, 0);
    assert_eq!(job.engineers[1].1.post(&path, json!({})).await.refused(404), "visit_unknown");
});

both!(
    p68_a_call_is_bound_once_however_often_it_is_repeated_and_anew_for_who_comes_back,
    |world| async move {
        let job = job(&world, "2026-03-03").await;
        let (_, visit) = planned(&job).await;
        let path = format!("/api/visits/{visit}/call");
        let system = world.client(Role::SystemAdmin).await;
        system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
        let adapter = Adapter::start().await;
        let url = json!({ "url": format!("http://127.0.0.1:{}/relay", adapter.port) });
        system.command(Method::PUT, "/api/relay-settings", &system.key(), None, url).await.expect(200);
        let bound = || {
            let ids: Vec<String> = adapter.ids.lock().unwrap().clone();
            let asked = adapter.asked();
            ids.into_iter()
                .zip(asked)
                .filter(|(_, asked)| asked["type"] == "relay.bind")
                .map(|(id, _)| id)
                .collect::<Vec<_>>()
        };
        let key = job.engineers[0].1.key();
        let call =
            async |key: &str| job.engineers[0].1.command(Method::POST, &path, key, None, json!({})).await;
        let way = call(&key).await.expect(200);
        assert_eq!(bound().len(), 1);

        // To another and back: what is bound then is no repeat of what has ended.
        for to in [1, 0] {
            let window = job.hours(1, 4);
            let moved = json!({ "engineer_id": job.engineers[to].0, "window_start": window["start"], "window_end": window["end"], "reason": "换人" });
            job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), moved).await.expect(200);
            world.deliver().await;
            // The first call told again, while no number stands: answered as before, and nothing is bound for it.
            let before = bound().len();
            let again = call(&key).await;
            assert_eq!(again.headers["idempotent-replayed"], "true");
            assert_eq!(again.expect(200), way);
            assert_eq!(bound().len(), before);
            job.engineers[to].1.post(&path, json!({})).await.expect(200);
        }
        let mut ids = bound();
        assert_eq!(ids.len(), 3);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 3, "each binding has an id of its own");
    }
);

both!(p68_a_demo_plays_the_provider_of_numbers_with_the_hotline_and_an_extension, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (_, visit) = planned(&job).await;
    hotline(&world, &job.desk.company.shenzhen).await;
    let now = world.app.clock.now();
    let write = world.app.db.write::<_, kit::Failure, _>(move |tx| {
        Box::pin(async move { kit::settings::set(tx, "demo", &true, now).await })
    });
    write.await.unwrap();
    let way = job.step(&visit, "call", json!({})).await.expect(200);
    assert_eq!(
        (way["via"].as_str(), way["number"].as_str(), way["simulated"].as_bool()),
        (Some("relay"), Some("4008100000"), Some(true))
    );
    assert_eq!(way["extension"].as_str().map(str::len), Some(4));
    assert_eq!(job.step(&visit, "call", json!({})).await.expect(200), way);
    job.does(&visit, &[("decline", json!({ "reason": "生病" }))]).await;
    world.deliver().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM relay_number WHERE ended_at IS NULL").await, 0);
});
