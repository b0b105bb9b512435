//! Calls as a telephone system tells them: on the right screen, one record whatever the order of the words (P1).

use http::Method;
use identity::Role;
use kit::Ts;
use serde_json::{Value, json};

use crate::both;
use crate::cases::{Desk, desk};
use crate::customers::id;
use crate::world::{Answer, Client, World};

// A telephone system with a token of its own.
struct Exchange {
    world: World,
    bearer: String,
}

impl Exchange {
    async fn of(world: &World, desk: &Desk) -> Self {
        let program =
            world.client_in(&[Role::TelephoneSystem], Some(&desk.company.shenzhen), None, None).await;
        let security = world.client(Role::SecurityAdmin).await;
        let token =
            json!({ "account_id": program.account_id, "name": "exchange", "scopes": ["cases.telephone"] });
        let made = security.post("/api/tokens", token).await.expect(201);
        let bearer = format!("Bearer {}", made["secret"].as_str().unwrap());
        Self { world: world.clone(), bearer }
    }

    async fn say(&self, body: &Value) -> Answer {
        let headers =
            [("content-type", "application/json".to_owned()), ("authorization", self.bearer.clone())];
        let body = body.to_string().into_bytes();
        self.world.anonymous().send(Method::POST, "/api/telephone/events", &headers, Some(body)).await
    }
}

fn word(event: &str, call: &str, extension: Option<&str>) -> Value {
    json!({ "event": event, "call": call, "caller": "13812341234", "dialled": "4008001234", "extension": extension })
}

async fn sits_at(agent: &Client, extension: Option<&str>, takes_calls: bool) {
    let phone = json!({ "extension": extension, "takes_calls": takes_calls });
    agent.command(Method::PUT, "/api/desk-phone", &agent.key(), None, phone).await.expect(200);
}

async fn at_desk(agent: &Client) -> Vec<Value> {
    agent.get("/api/calls/at-desk").await.expect(200)["calls"].as_array().unwrap().clone()
}

both!(p1_a_call_rings_on_the_right_screen_and_becomes_a_case, |world| async move {
    let desk = desk(&world).await;
    let exchange = Exchange::of(&world, &desk).await;
    let other = world.client_in(&[Role::HotlineAgent], Some(&desk.company.shenzhen), None, None).await;
    sits_at(&desk.agent, Some("801"), true).await;
    sits_at(&other, Some("802"), true).await;
    let heard = exchange.say(&word("ringing", "pbx-1", Some("801"))).await.expect(200);
    assert_eq!((heard["outcome"].as_str(), heard["news"].as_bool()), (Some("ringing"), Some(true)));
    let again = exchange.say(&word("ringing", "pbx-1", Some("801"))).await.expect(200);
    assert_eq!((again["call_id"].clone(), again["news"].as_bool()), (heard["call_id"].clone(), Some(false)));
    let mine = at_desk(&desk.agent).await;
    assert_eq!((mine.len(), mine[0]["mine"].as_bool()), (1, Some(true)));
    assert_eq!(mine[0]["call"]["caller_masked"], "138****1234");
    assert_eq!(at_desk(&other).await.len(), 0, "it rings at another phone");

    let call = id(&mine[0]["call"]);
    let caller = desk.agent.get(&format!("/api/calls/{call}/caller")).await.expect(200);
    assert_eq!(caller["callers"][0]["contact_id"].as_str(), Some(desk.contact.as_str()));
    assert_eq!(caller["open"].as_array().unwrap().len(), 0);
    world.app.clock.advance(5 * Ts::SECOND);
    exchange.say(&word("answered", "pbx-1", Some("801"))).await.expect(200);
    let mut report = desk.report();
    report["call_id"] = json!(call);
    let case = id(&desk.agent.post("/api/cases", report).await.expect(201));
    world.app.clock.advance(90 * Ts::SECOND);
    let over = exchange.say(&word("ended", "pbx-1", None)).await.expect(200);
    assert_eq!(over["outcome"], "case_made", "what the desk said stays");
    let sql = format!(
        "SELECT COUNT(*) FROM call WHERE case_id = '{case}' AND agent_id = '{}' AND ended_at - answered_at = {} \
         AND answered_at - started_at = {}",
        desk.agent.account_id,
        90 * Ts::SECOND,
        5 * Ts::SECOND
    );
    assert_eq!(world.count(&sql).await, 1, "start, answer, end, agent and case stand on record");
    assert_eq!(at_desk(&desk.agent).await.len(), 0);

    // The same caller again: the open case of the site comes first; by the softphone's address too.
    exchange.say(&word("ringing", "pbx-2", Some("801"))).await.expect(200);
    let caller = desk.agent.get("/api/calls/by-exchange?call=pbx-2").await.expect(200);
    assert_eq!(caller["open"][0]["case"]["id"].as_str(), Some(case.as_str()));
    let second = id(&caller["call"]["call"]);
    let continued = json!({ "outcome": "case_continued", "case_id": case });
    desk.agent.post(&format!("/api/calls/{second}/outcome"), continued).await.expect(200);
    assert_eq!(desk.agent.get("/api/calls/by-exchange?call=nobody").await.refused(404), "call_unknown");
    let told = world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%1381234%'").await;
    assert_eq!(told, 0, "no number stands in an event");
    world.sealed().await;
});

both!(p1_words_of_the_exchange_out_of_order_give_one_record, |world| async move {
    let desk = desk(&world).await;
    let exchange = Exchange::of(&world, &desk).await;
    sits_at(&desk.agent, Some("801"), true).await;
    let start = world.app.clock.now();
    let at = |event: &str, seconds: i64, extension: Option<&str>| {
        let mut word = word(event, "pbx-9", extension);
        word["at"] = json!(start.plus(seconds * Ts::SECOND));
        word
    };
    world.app.clock.advance(5 * Ts::MINUTE);
    let over = exchange.say(&at("ended", 60, None)).await.expect(200);
    assert_eq!(over["outcome"], "missed", "nobody has told of an answer yet");
    let answered = exchange.say(&at("answered", 10, Some("801"))).await.expect(200);
    assert_eq!(answered["outcome"], "answered");
    exchange.say(&at("ringing", 0, Some("801"))).await.expect(200);
    for late in [at("ringing", 0, Some("801")), at("ended", 60, None), at("answered", 10, Some("801"))] {
        assert_eq!(exchange.say(&late).await.expect(200)["news"], false);
    }
    let sql = format!(
        "SELECT COUNT(*) FROM call WHERE started_at = {} AND answered_at = {} AND ended_at = {} AND outcome = 'answered'",
        start.0,
        start.plus(10 * Ts::SECOND).0,
        start.plus(60 * Ts::SECOND).0
    );
    assert_eq!(world.count(&sql).await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM call").await, 1);
});

both!(p1_a_call_that_nobody_takes_is_owed_a_call_back, |world| async move {
    let desk = desk(&world).await;
    let exchange = Exchange::of(&world, &desk).await;
    exchange.say(&word("ringing", "pbx-3", None)).await.expect(200);
    let waiting = at_desk(&desk.agent).await;
    assert_eq!((waiting.len(), waiting[0]["mine"].as_bool()), (1, Some(false)), "anybody may take it");
    sits_at(&desk.agent, None, false).await;
    assert_eq!(at_desk(&desk.agent).await.len(), 0, "who takes no calls is not disturbed");
    world.app.clock.advance(30 * Ts::SECOND);
    exchange.say(&word("ended", "pbx-3", None)).await.expect(200);
    let missed = desk.agent.get("/api/calls/missed").await.expect(200);
    assert_eq!(missed["count"], 1);
    let due: Ts = missed["items"][0]["due_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(due, world.app.clock.now().plus(-30 * Ts::SECOND).plus(15 * Ts::MINUTE));
    // The phone rings out: whoever is reached has been called back, and no second record is needed.
    let mut out = word("answered", "pbx-4", Some("801"));
    out["direction"] = json!("out");
    out["caller"] = json!("4008001234");
    out["dialled"] = json!("13812341234");
    exchange.say(&out).await.expect(200);
    assert_eq!(desk.agent.get("/api/calls/missed").await.expect(200)["count"], 0);
    // A call of ours that nobody takes is no missed call.
    out["call"] = json!("pbx-5");
    out["event"] = json!("ended");
    assert_eq!(exchange.say(&out).await.expect(200)["outcome"], "no_concern");
});

both!(p1_the_exchange_may_only_tell_of_calls, |world| async move {
    let desk = desk(&world).await;
    let exchange = Exchange::of(&world, &desk).await;
    let bearer = [("authorization", exchange.bearer.clone())];
    for path in ["/api/cases", "/api/calls/missed", "/api/customers"] {
        let answer = world.anonymous().send(Method::GET, path, &bearer, None).await;
        assert_eq!(answer.refused(403), "not_permitted", "{path}");
    }
    let agent = &desk.agent;
    let forged = agent.post("/api/telephone/events", word("ringing", "pbx-6", None)).await;
    assert_eq!(forged.refused(403), "not_permitted", "a person can't make up calls");
    for (field, value, code) in [
        ("call", json!(" "), "call_name_invalid"),
        ("dialled", json!("8001"), "call_number_invalid"),
        ("extension", json!("8 01"), "call_extension_invalid"),
        ("at", json!(world.app.clock.now().plus(Ts::HOUR)), "call_time_invalid"),
        ("event", json!("hold"), "field_invalid"),
    ] {
        let mut wrong = word("ringing", "pbx-7", None);
        wrong[field] = value;
        assert_eq!(exchange.say(&wrong).await.refused(422), code, "{field}");
    }
    let call = exchange.say(&word("ringing", "pbx-8", None)).await.expect(200);
    let path = format!("/api/calls/{}/outcome", call["call_id"].as_str().unwrap());
    assert_eq!(agent.post(&path, json!({ "outcome": "missed" })).await.refused(422), "call_outcome_invalid");
    assert_eq!(agent.post(&path, json!({ "outcome": "case_made" })).await.refused(422), "call_case_missing");
    // The phone goes with who sits down before it.
    let other = world.client_in(&[Role::HotlineAgent], Some(&desk.company.shenzhen), None, None).await;
    sits_at(agent, Some("801"), true).await;
    sits_at(&other, Some("801"), true).await;
    let phone = agent.get("/api/calls/at-desk").await.expect(200)["phone"].clone();
    assert_eq!(phone, json!({ "extension": null, "takes_calls": true }));
});

both!(p1_two_words_at_the_same_moment_make_one_record, |world| async move {
    let desk = desk(&world).await;
    let exchange = Exchange::of(&world, &desk).await;
    let words: Vec<Value> = (0..8)
        .map(|i| word(if i % 2 == 0 { "ringing" } else { "answered" }, "pbx-10", Some("801")))
        .collect();
    for answer in futures::future::join_all(words.iter().map(|w| exchange.say(w))).await {
        answer.expect(200);
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM call WHERE outcome = 'answered'").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM call").await, 1);
});
