//! A plan that is asked for again, over HTTP, on both databases.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{equip, ready};
use crate::both;
use crate::visits::job;

/// Who goes to which order.
fn who(plan: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let proposals = plan["proposals"].as_array().unwrap();
    proposals.iter().map(|p| (text(&p["work_order_id"]), text(&p["chosen"]["engineer_id"]))).collect()
}

both!(p40_a_plan_asked_for_again_goes_on_from_the_last_one_and_takes_in_what_happened, |world| async move {
    const PLAN: &str = "/api/board/plan";
    let job = job(&world, "2026-03-03").await;
    let (one, other) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    // Equally near: nothing but the plan before says who goes where.
    equip(&world, &one, 113.95).await;
    equip(&world, &other, 113.95).await;
    for _ in 0..4 {
        ready(&job).await;
    }
    let first = who(&job.dispatcher.get(PLAN).await.expect(200));
    assert_eq!(first.len(), 4);
    let (plan, same) =
        (job.dispatcher.get(PLAN).await.expect(200), job.dispatcher.get(PLAN).await.expect(200));
    assert_eq!(plan, same, "from memory, to the word");
    for look in 0..5 {
        world.app.clock.advance(20 * kit::Ts::SECOND);
        let again = job.dispatcher.get(PLAN).await.expect(200);
        assert_eq!(who(&again), first, "look {look}: nothing happened");
    }

    // One is planned by hand, another comes in: each stands once, and the rest stay.
    let (order, engineer) = first.iter().next().unwrap();
    let plan = job.dispatcher.get(PLAN).await.expect(200);
    let proposals = plan["proposals"].as_array().unwrap();
    let taken = proposals.iter().find(|p| p["work_order_id"] == json!(order)).unwrap();
    let visit = json!({ "engineer_id": engineer, "window_start": taken["window"]["start"], "window_end": taken["window"]["end"] });
    job.dispatcher.post(&format!("/api/work-orders/{order}/visits"), visit).await.expect(201);
    let (_, new) = ready(&job).await;
    let plan = job.dispatcher.get(PLAN).await.expect(200);
    let now = who(&plan);
    assert!(now.contains_key(&new) && !now.contains_key(order) && now.len() == 4, "{plan}");
    assert_eq!(plan["left_out"], json!([]));
    let stayed = now.iter().filter(|(order, who)| first.get(*order) == Some(who)).count();
    assert_eq!(stayed, 3, "{first:?} {now:?}");
});
