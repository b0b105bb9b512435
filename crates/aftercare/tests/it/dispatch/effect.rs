//! What a person's own choice of somebody and a time does, over HTTP, on both databases.

use identity::Role;
use kit::Ts;
use serde_json::{Value, json};

use super::{equip, ready};
use crate::both;
use crate::visits::job;

fn codes(reasons: &Value) -> Vec<&str> {
    reasons.as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

both!(p40_p44_what_is_chosen_by_hand_says_what_it_does_before_it_is_done, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (near, idle) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    equip(&world, &near, 113.95).await;
    let (_, order) = ready(&job).await;
    let (_, other) = ready(&job).await;
    let now = world.app.clock.now();
    let ask = async |engineer: &str, from_min: i64, more: &str| {
        let start = now.plus(from_min * Ts::MINUTE);
        let path = format!("/api/work-orders/{order}/effect?engineer={engineer}&start={start}{more}");
        job.dispatcher.get(&path).await
    };
    let fits = ask(&near, 90, "").await.expect(200);
    assert_eq!((codes(&fits["against"]), fits["possible"].as_bool()), (vec![], Some(true)), "{fits}");
    assert_eq!(codes(&fits["besides"]), ["margin", "detour"]);
    assert_eq!(fits["arrive_at"], json!(now.plus(90 * Ts::MINUTE)));
    assert_eq!(fits["margin_s"].as_i64(), Some(150 * 60), "of four hours");
    assert_eq!(fits["window"]["end"], json!(now.plus(150 * Ts::MINUTE)), "as long as the order takes");
    assert_eq!(fits["roads"]["by"], "estimate");

    // At the other's time, and right before it; longer than the work.
    let plan = json!({ "engineer_id": near, "window_start": now.plus(120 * Ts::MINUTE), "window_end": now.plus(180 * Ts::MINUTE) });
    let planned = job.dispatcher.post(&format!("/api/work-orders/{other}/visits"), plan).await.expect(201);
    let taken = ask(&near, 90, "").await.expect(200);
    assert_eq!((codes(&taken["against"]), taken["possible"].as_bool()), (vec!["overlaps"], Some(false)));
    let words = taken["against"][0]["text"]["zh_cn"].as_str().unwrap();
    assert!(
        words.contains(planned["number"].as_str().unwrap()) && words.contains("云杉广场停车场"),
        "{words}"
    );
    assert_eq!(codes(&ask(&near, 90, "&duration_min=30").await.expect(200)["against"]), ["next_later"]);
    // Not before the customer expects anybody; not in time.
    assert_eq!(codes(&ask(&near, 30, "&duration_min=15").await.expect(200)["against"]), ["before_wish"]);
    let late = ask(&near, 300, "").await.expect(200);
    assert_eq!(
        (codes(&late["against"]), late["margin_s"].as_i64()),
        (vec!["late", "closed_then"], Some(-3600)),
        "nobody is let in at night"
    );
    // Without the skill and without a shift.
    assert_eq!(codes(&ask(&idle, 90, "").await.expect(200)["against"]), ["skill_missing", "not_at_work"]);

    // Its own visit is not in its way.
    let path =
        format!("/api/work-orders/{other}/effect?engineer={near}&start={}", now.plus(130 * Ts::MINUTE));
    assert_eq!(codes(&job.dispatcher.get(&path).await.expect(200)["against"]), Vec::<&str>::new());

    for (engineer, from_min, more, status, code) in [
        ("01939183-91f1-705c-85b4-f8ee1bfe40f4", 90, "", 404, "dispatch_engineer_unknown"),
        (near.as_str(), -90, "", 422, "dispatch_time_invalid"),
        (near.as_str(), 60 * 24 * 30, "", 422, "dispatch_time_invalid"),
        (near.as_str(), 90, "&duration_min=14", 422, "windows_duration_invalid"),
        (near.as_str(), 90, "&duration_min=1441", 422, "windows_duration_invalid"),
    ] {
        assert_eq!(ask(engineer, from_min, more).await.refused(status), code, "{from_min} {more}");
    }
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get(&path).await.refused(404), "dispatch_order_unknown");
    assert_eq!(job.engineers[0].1.get(&path).await.refused(403), "not_permitted");
});
