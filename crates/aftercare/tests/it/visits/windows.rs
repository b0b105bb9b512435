//! Windows that move: when the arrival clock rests, and whose time counts for a step.

use http::Method;
use kit::Ts;
use serde_json::{Value, json};

use super::{Job, clock, job};
use crate::both;
use crate::customers::id;

/// How the arrival clock stands: status, until when it rests, when it is due.
async fn arrival(job: &Job, case: &str) -> (String, Option<Ts>, Option<Ts>) {
    let view = job.case(case).await;
    let clock = clock(&view, "arrive");
    let at = |name: &str| clock[name].as_str().and_then(|t| t.parse::<Ts>().ok());
    (clock["status"].as_str().unwrap_or("none").to_owned(), at("paused_until"), at("due_at"))
}

async fn later(job: &Job, case: &str) -> String {
    let input = json!({
        "kind": "repair", "window": job.hours(30, 32), "place": "B2", "symptom": "道闸不抬杆", "later_at_customers_wish": true,
    });
    id(&job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201))
}

both!(p44_the_clock_runs_again_once_the_order_for_a_later_window_is_cancelled, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let agreed = world.app.clock.now();
    let order = later(&job, &case).await;
    assert_eq!(arrival(&job, &case).await.0, "paused");
    world.app.clock.advance(Ts::HOUR);
    // The customer wants it today after all.
    let off = json!({ "reason": "客户改为今天" });
    job.dispatcher.post(&format!("/api/work-orders/{order}/cancel"), off).await.expect(200);
    let due = agreed.plus(5 * Ts::HOUR);
    assert_eq!(arrival(&job, &case).await, ("running".to_owned(), None, Some(due)));
    let next = job.case(&case).await["next"].clone();
    assert_eq!(
        (next["step"].as_str(), next["due_at"].as_str().unwrap().parse::<Ts>().unwrap()),
        (Some("plan_visit"), due),
        "the next step falls due with the clock"
    );
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 3).await.expect(201);
    assert_eq!(arrival(&job, &case).await, ("running".to_owned(), None, Some(due)));
    world.pass(4 * Ts::HOUR + Ts::SECOND).await;
    assert_eq!(arrival(&job, &case).await.0, "missed");
});

both!(
    p44_a_visit_moved_at_the_customers_wish_rests_the_clock_and_moved_forward_it_runs,
    |world| async move {
        let job = job(&world, "2026-03-03").await;
        let case = job.agreed().await;
        let agreed = world.app.clock.now();
        let order = job.order(&case).await;
        let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
        let due = agreed.plus(4 * Ts::HOUR);
        let moved = async |from: i64, to: i64, wish: bool| {
            let window = job.hours(from, to);
            let input = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"],
            "reason": "改时间", "at_customers_wish": wish, "outside_promise": "stands" });
            job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), input).await.expect(200);
        };
        // Moved by us: no reason to rest.
        moved(2, 5, false).await;
        assert_eq!(arrival(&job, &case).await, ("running".to_owned(), None, Some(due)));
        moved(30, 32, true).await;
        let opens = agreed.plus(30 * Ts::HOUR);
        assert_eq!(
            arrival(&job, &case).await,
            ("paused".to_owned(), Some(opens), Some(opens.plus(4 * Ts::HOUR)))
        );
        // By us, later still: the customer waits from Monday on.
        moved(40, 42, false).await;
        assert_eq!(arrival(&job, &case).await.1, Some(opens));
        // Forward again.
        moved(6, 8, true).await;
        assert_eq!(arrival(&job, &case).await.1, Some(agreed.plus(6 * Ts::HOUR)));
        moved(0, 2, true).await;
        assert_eq!(arrival(&job, &case).await, ("running".to_owned(), None, Some(due)));

        // A new visit in a window that the customer asked for.
        let off = json!({ "reason": "客户没空" });
        job.dispatcher.post(&format!("/api/visits/{visit}/cancel"), off).await.expect(200);
        let window = job.hours(50, 52);
        let input = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"],
        "at_customers_wish": true });
        job.dispatcher.post(&format!("/api/work-orders/{order}/visits"), input).await.expect(201);
        assert_eq!(arrival(&job, &case).await.1, Some(agreed.plus(50 * Ts::HOUR)));
    }
);

both!(p44_nobody_arrives_before_they_set_out_whatever_the_phone_says, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    world.app.clock.advance(Ts::HOUR);
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    let departed = world.app.clock.now();
    world.app.clock.advance(20 * Ts::MINUTE);
    let engineer = &job.engineers[0].1;
    let told = async |step: &str, device_at: Ts, body: Value| {
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("idempotency-key", engineer.key()),
            ("device-time", device_at.to_string()),
        ];
        let path = format!("/api/visits/{visit}/{step}");
        engineer.send(Method::POST, &path, &headers, Some(body.to_string().into_bytes())).await.expect(200)
    };
    let arrived = told("arrive", departed.plus(-30 * Ts::MINUTE), json!({ "method": "manual" })).await;
    assert_eq!(arrived["arrived_at"].as_str().unwrap().parse::<Ts>().unwrap(), departed);
    let stamp = arrived["stamps"].as_array().unwrap().last().unwrap();
    assert_eq!(
        stamp["device_at"].as_str().unwrap().parse::<Ts>().unwrap(),
        departed.plus(-30 * Ts::MINUTE),
        "what the phone said stays beside it"
    );
    job.does(&visit, &[("start", json!({})), ("partly-done", json!({ "reason": "缺件" }))]).await;
    let left = told("leave", departed.plus(-Ts::HOUR), json!({})).await;
    assert_eq!(left["left_at"].as_str().unwrap().parse::<Ts>().unwrap(), world.app.clock.now());
});
