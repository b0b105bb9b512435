//! Windows that are offered while the caller is on the phone, over HTTP, on both databases.

use identity::Role;
use kit::Ts;
use serde_json::{Value, json};

use super::{codes, equip, ready};
use crate::both;
use crate::visits::job;

fn at(value: &Value) -> Ts {
    value.as_str().unwrap_or_else(|| panic!("{value}")).parse().unwrap()
}

both!(p08_p44_windows_that_the_plan_keeps_are_offered_and_planned_as_they_are, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (near, far) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    let (_, order) = ready(&job).await;
    let path = format!("/api/work-orders/{order}/windows");
    // Nobody has the skill yet: none, and the reason.
    let none = job.dispatcher.get(&path).await.expect(200);
    assert_eq!((&none["windows"], none["length_min"].as_i64()), (&json!([]), Some(120)));
    assert!(none["none_because"][0]["text"]["zh_cn"].is_string(), "{none}");

    equip(&world, &near, 113.95).await;
    equip(&world, &far, 114.60).await;
    let now = world.app.clock.now();
    let shown = job.dispatcher.get(&path).await.expect(200);
    let windows = shown["windows"].as_array().unwrap();
    assert!((5..=8).contains(&windows.len()), "two hours each in the hours of the site: {}", windows.len());
    assert!(
        windows.is_sorted_by_key(|w| (w["late_s"].as_i64() > Some(0), w["cost"].as_i64().unwrap())),
        "the best first"
    );
    let best = &windows[0];
    assert_eq!(best["engineer_id"].as_str(), Some(near.as_str()));
    assert!((1..=2).contains(&best["engineers"].as_i64().unwrap()), "{best}");
    assert_eq!(best["late_s"], 0, "the arrival clock is kept (P44)");
    assert_eq!(codes(best), ["margin", "detour", "moves_nobody", "skill"]);
    for window in windows {
        let (from, to) = (at(&window["window"]["start"]), at(&window["window"]["end"]));
        let (start, end) = (at(&window["visit"]["start"]), at(&window["visit"]["end"]));
        assert!(
            now <= from
                && from <= start
                && start <= to
                && to <= shown["until"].as_str().unwrap().parse().unwrap()
        );
        assert_eq!(end, start.plus(Ts::HOUR), "as long as the work takes");
        let late = to > at(&shown["due_at"]);
        assert_eq!(window["late_s"].as_i64().unwrap() > 0, late, "{window}");
    }
    assert_eq!(job.dispatcher.get("/api/board").await.expect(200)["blocks"], json!([]), "it changes nothing");

    // Each engineer's time that is promised is offered to nobody else.
    let taken = best["visit"].clone();
    let plan = json!({ "engineer_id": near, "window_start": taken["start"], "window_end": taken["end"],
        "appointment_end": best["window"]["end"] });
    let planned = job.dispatcher.post(&format!("/api/work-orders/{order}/visits"), plan).await.expect(201);
    assert_eq!(planned["appointment_end"], best["window"]["end"], "the promised window is recorded (P8)");
    let (_, second) = ready(&job).await;
    let path = format!("/api/work-orders/{second}/windows");
    let shown = job.dispatcher.get(&path).await.expect(200);
    for window in shown["windows"].as_array().unwrap().iter().filter(|w| w["engineer_id"] == json!(near)) {
        let apart = at(&window["visit"]["end"]) <= at(&taken["start"])
            || at(&taken["end"]) <= at(&window["visit"]["start"]);
        assert!(apart, "{window} beside {taken}");
    }
    // Whatever is offered can be planned: the first, some in the middle, the last.
    let windows = shown["windows"].as_array().unwrap();
    for window in [&windows[0], &windows[windows.len() / 2], &windows[windows.len() - 1]] {
        let (_, another) = ready(&job).await;
        let visit = json!({ "engineer_id": window["engineer_id"], "window_start": window["visit"]["start"],
            "window_end": window["visit"]["end"] });
        job.dispatcher.post(&format!("/api/work-orders/{another}/visits"), visit).await.expect(201);
    }
    // A planned visit may be promised anew: its own time is in nobody's way.
    let again = job.dispatcher.get(&format!("/api/work-orders/{order}/windows")).await.expect(200);
    assert!(!again["windows"].as_array().unwrap().is_empty());

    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get(&path).await.refused(404), "dispatch_order_unknown");
    assert_eq!(job.engineers[0].1.get(&path).await.refused(403), "not_permitted");
});

both!(p08_p45_a_hotline_agent_sees_windows_for_a_case_that_has_no_work_order, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (near, far) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    equip(&world, &near, 113.95).await;
    equip(&world, &far, 114.60).await;
    let case = job.reported().await;
    let path = format!("/api/cases/{case}/windows");
    let shown = job.desk.agent.get(&path).await.expect(200);
    assert!(shown["windows"].as_array().unwrap().len() >= 5, "{shown}");
    // Nothing is agreed: no clock runs, and no window is late.
    assert_eq!((&shown["due_at"], &shown["windows"][0]["late_s"]), (&Value::Null, &json!(0)));
    let visit = &shown["windows"][0]["visit"];
    assert_eq!(at(&visit["end"]), at(&visit["start"]).plus(Ts::HOUR));
    let long = job.desk.agent.get(&format!("{path}?duration_min=180")).await.expect(200);
    let visit = &long["windows"][0]["visit"];
    assert_eq!(at(&visit["end"]), at(&visit["start"]).plus(3 * Ts::HOUR));
    let other = job.desk.agent.get(&format!("{path}?skill=lasers")).await.expect(200);
    assert_eq!(other["windows"], json!([]));
    assert_eq!(other["none_because"][0]["code"], "nobody_skilled");

    assert_eq!(
        job.desk.agent.get(&format!("{path}?duration_min=5")).await.refused(422),
        "windows_duration_invalid"
    );
    let gone = "/api/cases/00000000-0000-7000-8000-000000000000/windows";
    assert_eq!(job.desk.agent.get(gone).await.refused(404), "case_unknown");
    job.desk
        .agent
        .post(&format!("/api/cases/{case}/withdraw"), json!({ "reason": "设备已恢复" }))
        .await
        .expect(200);
    assert_eq!(job.desk.agent.get(&path).await.refused(409), "dispatch_case_ended");
});

both!(p08_windows_keep_to_the_hours_of_the_site, |world| async move {
    let job = job(&world, "2026-03-03").await;
    equip(&world, &job.engineers[0].0, 113.95).await;
    let hours = r#"{"always":false,"weekly":[{"days":[1,2,3,4,5,6,7],"from":"09:00","to":"12:00"}]}"#;
    let site = job.desk.site.clone();
    let sql = "UPDATE site SET access_hours = $1 WHERE id = $2";
    world
        .app
        .db
        .write(move |tx| Box::pin(async move { tx.execute(sql, kit::params![hours, site]).await }))
        .await
        .unwrap();
    let case = job.reported().await;
    let shown = job.desk.agent.get(&format!("/api/cases/{case}/windows")).await.expect(200);
    let windows = shown["windows"].as_array().unwrap();
    assert!((3..=8).contains(&windows.len()), "{shown}");
    let zone = jiff::tz::TimeZone::get(shown["zone"].as_str().unwrap()).unwrap();
    for window in windows {
        for (value, latest) in [(&window["window"], 11), (&window["visit"], 12)] {
            let local = |end: &str| at(&value[end]).timestamp().to_zoned(zone.clone());
            let (from, to) = (local("start"), local("end"));
            assert!(
                from.hour() >= 9 && (to.hour() < latest || (to.hour() == latest && to.minute() == 0)),
                "{window}"
            );
        }
    }
});
