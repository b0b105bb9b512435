//! What the customer was promised is a fact of the work order, over HTTP, on both databases.

use kit::Ts;
use serde_json::{Value, json};

use super::job;
use crate::both;
use crate::customers::id;
use crate::portal::Guest;

both!(p8_a_promise_stays_with_the_order_until_the_customer_agrees_to_another, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let promised = async || {
        job.dispatcher.get(&format!("/api/work-orders/{order}")).await.expect(200)["promised"].clone()
    };
    assert_eq!(promised().await, Value::Null, "a wish is no promise");
    let visit_in = |from: i64, to: i64, more: Value| {
        let window = job.hours(from, to);
        let mut body = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"] });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let plan = format!("/api/work-orders/{order}/visits");
    let until = job.hours(1, 4);

    // Nobody is promised a proposal; once the customer agrees they are.
    let proposed = visit_in(1, 2, json!({ "planned_as": "proposed", "appointment_end": until["end"] }));
    let visit = id(&job.dispatcher.post(&plan, proposed).await.expect(201));
    assert_eq!(promised().await, Value::Null);
    let path = format!("/api/visits/{visit}");
    job.dispatcher.post(&format!("{path}/confirm"), json!({})).await.expect(200);
    assert_eq!(promised().await, until);

    // Within it nobody is asked; a nearer end may be promised besides, and changing nothing but the end is a change.
    let reassign = format!("{path}/reassign");
    let moved = visit_in(2, 3, json!({ "reason": "顺路" }));
    let within = job.dispatcher.post(&reassign, moved.clone()).await.expect(200);
    assert_eq!(within["appointment_end"], until["end"], "the whole of it stands");
    let again = |end: &Value| visit_in(2, 3, json!({ "reason": "顺路", "appointment_end": end }));
    assert_eq!(
        job.dispatcher.post(&reassign, again(&until["end"])).await.refused(422),
        "visit_nothing_moved"
    );
    assert_eq!(job.dispatcher.post(&reassign, moved).await.refused(422), "visit_nothing_moved");
    let nearer = job.hours(1, 3)["end"].clone();
    let tighter = job.dispatcher.post(&reassign, again(&nearer)).await.expect(200);
    assert_eq!((&tighter["appointment_end"], &tighter["window"]), (&nearer, &within["window"]));
    let promise = json!({ "start": until["start"], "end": nearer });
    assert_eq!(promised().await, promise);

    // A later end, or a time outside: somebody says what the customer answered.
    for outside in [again(&until["end"]), visit_in(5, 6, json!({ "reason": "改派" }))] {
        let refused = job.dispatcher.post(&reassign, outside).await;
        assert_eq!(refused.json["errors"][0]["pointer"], "/outside_promise", "{}", refused.text);
        assert!(refused.json["detail"].as_str().unwrap().contains("10-09 17:40"), "{}", refused.text);
        assert_eq!(refused.refused(422), "visit_promise_unanswered");
    }
    let stands = visit_in(5, 6, json!({ "reason": "改派", "outside_promise": "stands" }));
    let behind = job.dispatcher.post(&reassign, stands).await.expect(200);
    assert_eq!((&behind["appointment_end"], promised().await), (&nearer, promise.clone()));

    // It outlives the visit: whoever plans another is held to it.
    job.dispatcher.post(&format!("{path}/cancel"), json!({ "reason": "工程师请假" })).await.expect(200);
    assert_eq!(promised().await, promise);
    let refused = job.dispatcher.post(&plan, visit_in(6, 7, json!({}))).await;
    assert_eq!(refused.refused(422), "visit_promise_unanswered");
    let held = job.dispatcher.post(&plan, visit_in(2, 3, json!({}))).await.expect(201);
    assert_eq!(held["appointment_end"], nearer);

    // The customer agrees to another: that is the promise now, and the arrival clock runs on all the same.
    let due = job.case(&case).await["clocks"].clone();
    let agreed = visit_in(6, 7, json!({ "reason": "改约", "outside_promise": "agreed" }));
    let visit = id(&held);
    let there = job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), agreed).await.expect(200);
    assert_eq!((&there["appointment_end"], promised().await), (&job.hours(6, 7)["end"], job.hours(6, 7)));
    assert_eq!(job.case(&case).await["clocks"], due);

    // Somebody comes: it is kept, and promises nothing more.
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    world.app.clock.advance(6 * Ts::HOUR + Ts::MINUTE);
    let there = job.step(&visit, "arrive", json!({ "method": "badge" })).await.expect(200);
    assert_eq!((&there["appointment_kept"], promised().await), (&json!(true), Value::Null));
});

both!(p40_p41_a_window_agreed_on_the_phone_reaches_the_order_and_the_plan_keeps_it, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let engineer = job.engineers[0].0.clone();
    crate::dispatch::equip(&world, &engineer, 113.95).await;
    let case = job.reported().await;
    job.to_phone_result(&case).await;
    let path = format!("/api/cases/{case}/agree-onsite");
    let agree = |start: &Value, end: &Value| json!({ "contact_id": job.desk.contact, "how": "phone", "window_start": start, "window_end": end });
    let (window, over, long) = (job.hours(2, 4), job.hours(-2, -1), job.hours(2, 40));
    for (start, end) in [
        (&window["start"], &Value::Null),
        (&Value::Null, &window["end"]),
        (&window["end"], &window["start"]),
        (&over["start"], &over["end"]),
        (&long["start"], &long["end"]),
    ] {
        let refused = job.desk.agent.post(&path, agree(start, end)).await;
        assert_eq!(refused.refused(422), "case_promised_window_invalid", "{start} {end}");
    }
    job.desk.agent.post(&path, agree(&window["start"], &window["end"])).await.expect(200);
    let shown = job.case(&case).await;
    let agreement = &shown["agreements"][0];
    assert_eq!((&agreement["window_start"], &agreement["window_end"]), (&window["start"], &window["end"]));

    // The customer sees it, though nobody is planned yet; the order takes it over by itself.
    let links = format!("/api/cases/{case}/tracking-links");
    let guest = Guest::by(&world, &job.desk.agent.post(&links, json!({})).await.expect(201)["url"]);
    let seen = async || guest.get("/api/track").await.expect(200);
    assert_eq!(seen().await["promised"], window);
    let input = json!({ "kind": "repair", "place": "B2", "symptom": "道闸不抬杆", "skill": "barrier" });
    let made = job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201);
    assert_eq!((&made["wish"], &made["promised"]), (&window, &window));
    let order = id(&made);

    assert_eq!(seen().await["promised"], window);

    // The plan comes within it, and whoever accepts that drops nothing of it.
    let plan = job.dispatcher.get("/api/board/plan").await.expect(200);
    let [proposal] = plan["proposals"].as_array().unwrap().as_slice() else { panic!("{plan}") };
    let at = |value: &Value| value.as_str().unwrap().parse::<Ts>().unwrap();
    assert!(at(&window["start"]) <= at(&proposal["window"]["start"]), "{proposal}");
    assert!(at(&proposal["window"]["start"]) <= at(&window["end"]), "{proposal}");
    let accepted = json!({ "visits": [{ "work_order_id": order, "version": proposal["version"],
        "engineer_id": proposal["chosen"]["engineer_id"], "window_start": proposal["window"]["start"],
        "window_end": proposal["window"]["end"] }] });
    job.dispatcher.post("/api/board/plan/accept", accepted).await.expect(200);
    let stands = job.dispatcher.get(&format!("/api/work-orders/{order}")).await.expect(200);
    assert_eq!((&stands["promised"], &stands["visit"]["appointment_end"]), (&window, &window["end"]));
    let page = seen().await;
    assert_eq!((&page["promised"], &page["visit"]["appointment_end"]), (&Value::Null, &window["end"]));
});
