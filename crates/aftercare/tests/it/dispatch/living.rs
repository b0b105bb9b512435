//! Plans that go on by themselves, over HTTP and by the jobs, on both databases.

use identity::Role;
use kit::Ts;
use serde_json::{Value, json};

use super::{equip, ready};
use crate::both;
use crate::customers::id;
use crate::visits::{Job, job};
use crate::world::{Answer, Client, World};

async fn set(client: &Client, unit: &str, version: i64, mode: &str) -> Answer {
    client.put(&format!("/api/board/areas/{unit}"), version, json!({ "mode": mode })).await
}

/// The unit's plan goes on by itself from now on; its first version is there.
async fn on(world: &World, job: &Job, mode: &str) {
    set(&job.dispatcher, &job.desk.company.shenzhen, 1, mode).await.expect(200);
    world.run_jobs().await;
}

async fn versions(job: &Job) -> Vec<Value> {
    let path = format!("/api/board/plan/versions?unit={}", job.desk.company.shenzhen);
    job.dispatcher.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

async fn version(job: &Job, number: i64) -> Value {
    let path = format!("/api/board/plan/versions/{}/{number}", job.desk.company.shenzhen);
    job.dispatcher.get(&path).await.expect(200)
}

async fn both_equipped(world: &World, job: &Job) {
    equip(world, &job.engineers[0].0, 113.95).await;
    equip(world, &job.engineers[1].0, 113.96).await;
}

async fn blocks(job: &Job) -> Vec<Value> {
    job.dispatcher.get("/api/board").await.expect(200)["blocks"].as_array().unwrap().clone()
}

async fn planned_at(job: &Job, order: &str, engineer: usize, from_min: i64) -> String {
    let now = job.world.app.clock.now();
    let input = json!({ "engineer_id": job.engineers[engineer].0, "window_start": now.plus(from_min * Ts::MINUTE),
        "window_end": now.plus((from_min + 60) * Ts::MINUTE) });
    id(&job.dispatcher.post(&format!("/api/work-orders/{order}/visits"), input).await.expect(201))
}

async fn is_off(job: &Job, engineer: usize) {
    let off = format!("/api/employees/{}/absences", job.engineers[engineer].0);
    let until = job.world.app.clock.now().plus(12 * Ts::HOUR);
    job.dispatcher.post(&off, json!({ "until": until })).await.expect(200);
}

const OWN_STEPS: &str =
    "SELECT COUNT(*) FROM event WHERE actor_id = 'job:living_plan' AND actor_kind = 'system' AND kind = ";

both!(p40_what_happens_publishes_a_version_that_says_why_and_what_changed, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let unit = job.desk.company.shenzhen.clone();
    both_equipped(&world, &job).await;
    let (_, first) = ready(&job).await;
    world.run_jobs().await;
    assert_eq!(
        world.count("SELECT COUNT(*) FROM job WHERE kind = 'living_plan'").await,
        0,
        "nobody asked for it"
    );
    assert_eq!(versions(&job).await, Vec::<Value>::new());
    let areas = job.dispatcher.get("/api/board/areas").await.expect(200);
    let [area] = areas["areas"].as_array().unwrap().as_slice() else { panic!("{areas}") };
    assert_eq!(
        (
            area["unit_id"].as_str(),
            area["mode"].as_str(),
            area["version"].as_i64(),
            area["engineers"].as_i64()
        ),
        (Some(unit.as_str()), Some("off"), Some(1), Some(2))
    );

    on(&world, &job, "advise").await;
    let all = versions(&job).await;
    let [one] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(
        (one["number"].as_i64(), &one["why"], one["state"].as_str()),
        (Some(1), &json!(["first"]), Some("published"))
    );
    assert_eq!(one["cause"]["kinds"], json!(["planning_area.changed"]));
    assert!(one["cost_before"].as_i64() > one["cost_after"].as_i64(), "{one}");
    let shown = version(&job, 1).await;
    let [visit] = shown["proposals"].as_array().unwrap().as_slice() else { panic!("{shown}") };
    assert_eq!(
        (visit["work_order_id"].as_str(), visit["site_name"].as_str(), visit["waits"].as_str()),
        (Some(first.as_str()), Some("云杉广场停车场"), Some("mode"))
    );
    assert!(visit["engineer_name"].as_str().unwrap().starts_with("工程师"), "{visit}");
    assert!(visit["number"].as_str().unwrap().starts_with("FW"), "{visit}");
    // Whoever asks for the plan gets that one.
    let plan = job.dispatcher.get(&format!("/api/board/plan?unit={unit}")).await.expect(200);
    assert_eq!(
        (plan["version"].as_i64(), &plan["proposals"][0]["chosen"]["engineer_id"]),
        (Some(1), &visit["engineer_id"])
    );
    assert_eq!(job.dispatcher.get("/api/board/plan").await.expect(200)["version"], Value::Null);
    assert_eq!(blocks(&job).await, Vec::<Value>::new(), "it changes nothing");

    // A fault comes in.
    let (_, second) = ready(&job).await;
    world.run_jobs().await;
    let all = versions(&job).await;
    assert_eq!(
        (all.len(), all[0]["number"].as_i64(), all[1]["state"].as_str()),
        (2, Some(2), Some("superseded"))
    );
    assert_eq!(all[0]["why"], json!(["order_new"]));
    assert!(all[0]["cause"]["kinds"].as_array().unwrap().contains(&json!("work_order.made")), "{}", all[0]);
    let shown = version(&job, 2).await;
    let changes = |shown: &Value| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let all = shown["changes"].as_array().unwrap();
        all.iter().map(|c| (text(&c["what"]), text(&c["work_order_id"]))).collect()
    };
    assert!(changes(&shown).contains(&("added".to_owned(), second.clone())), "{shown}");
    let told = world
        .count("SELECT COUNT(*) FROM event WHERE kind = 'plan.published' AND subject_type = 'planning_area' AND unit_id IS NOT NULL");
    assert_eq!(told.await, 2);

    // Nothing happens: looks go on for a few slices, and end.
    for _ in 0..8 {
        world.pass(2 * Ts::SECOND).await;
    }
    assert_eq!(versions(&job).await.len(), 2);
    let soon = world.app.clock.now().plus(Ts::MINUTE).micros();
    let waiting = format!(
        "SELECT COUNT(*) FROM job WHERE kind = 'living_plan' AND state = 'waiting' AND run_at < {soon}"
    );
    assert_eq!(world.count(&waiting).await, 0, "no look without end");

    // One is called off.
    let off = json!({ "reason": "客户自行解决" });
    job.dispatcher.post(&format!("/api/work-orders/{second}/cancel"), off).await.expect(200);
    world.run_jobs().await;
    let shown = version(&job, 3).await;
    assert_eq!(shown["version"]["why"], json!(["order_gone"]), "{shown}");
    assert!(changes(&shown).contains(&("gone".to_owned(), second.clone())), "{shown}");

    // Page by page, the newest first.
    let path = format!("/api/board/plan/versions?unit={unit}&limit=2");
    let page = job.dispatcher.get(&path).await.expect(200);
    let rest = format!("{path}&after={}", page["next"].as_str().unwrap());
    let rest = job.dispatcher.get(&rest).await.expect(200);
    assert_eq!((rest["items"][0]["number"].as_i64(), &rest["next"]), (Some(1), &Value::Null));
    assert_eq!(
        job.dispatcher.get(&format!("/api/board/plan/versions/{unit}/9")).await.refused(404),
        "plan_version_unknown"
    );

    // The newest 200 are kept.
    let write = world.app.db.write(|tx| {
        Box::pin(
            async move { tx.execute("UPDATE plan_version SET number = 203 WHERE number = 3", &[]).await },
        )
    });
    write.await.unwrap();
    ready(&job).await;
    world.run_jobs().await;
    let kept: Vec<_> = versions(&job).await.iter().map(|v| v["number"].as_i64()).collect();
    assert_eq!(kept, [Some(204), Some(203)]);

    // Switched off, nothing goes on.
    set(&job.dispatcher, &unit, 2, "off").await.expect(200);
    ready(&job).await;
    world.pass(Ts::HOUR).await;
    assert_eq!(versions(&job).await.len(), 2);
});

both!(p40_a_mode_is_set_by_who_plans_there_and_for_one_plan_only, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (unit, other) = (job.desk.company.shenzhen.clone(), job.desk.company.guangzhou.clone());
    both_equipped(&world, &job).await;
    ready(&job).await;
    assert_eq!(set(&job.dispatcher, &unit, 7, "advise").await.refused(412), "version_changed");
    let bad = set(&job.dispatcher, &unit, 1, "magic").await;
    assert_eq!(
        (bad.json["errors"][0]["pointer"].as_str(), bad.refused(422)),
        (Some("/mode"), "field_invalid")
    );
    let put = set(&job.dispatcher, &unit, 1, "advise").await;
    assert_eq!(put.version(), 2);
    assert_eq!(put.expect(200)["mode"], "advise");
    assert_eq!(
        set(&job.manager, &unit, 1, "automatic").await.refused(412),
        "version_changed",
        "somebody was faster"
    );
    world.run_jobs().await;

    // Nobody else's plan is seen or set.
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&other), None, None).await;
    let theirs = elsewhere.get("/api/board/areas").await.expect(200);
    assert_eq!(theirs["areas"], json!([]), "nobody is employed there");
    assert_eq!(set(&elsewhere, &unit, 2, "off").await.refused(404), "planning_unit_unknown");
    let list = format!("/api/board/plan/versions?unit={unit}");
    assert_eq!(elsewhere.get(&list).await.refused(404), "planning_unit_unknown");
    const EVERY: &str = "/api/board/plan/versions";
    assert_eq!(elsewhere.get(EVERY).await.expect(200)["items"], json!([]));
    assert_eq!(job.manager.get(EVERY).await.expect(200)["items"][0]["unit_id"], json!(unit));
    let one = format!("/api/board/plan/versions/{unit}/1");
    assert_eq!(elsewhere.get(&one).await.refused(404), "planning_unit_unknown");
    let hotline = world.client_in(&[Role::HotlineAgent], Some(&unit), None, None).await;
    assert_eq!(hotline.get(&one).await.expect(200)["version"]["number"], 1);
    assert_eq!(set(&hotline, &unit, 2, "off").await.refused(403), "not_permitted");

    // Each order has one plan.
    let whole =
        world.client_in(&[Role::BranchManager], Some(&job.desk.company.headquarters), None, None).await;
    let above = set(&whole, &job.desk.company.headquarters, 1, "advise").await;
    assert_eq!(above.refused(409), "planning_areas_overlap");
    set(&whole, &other, 1, "advise").await.expect(200);
    set(&whole, &unit, 2, "off").await.expect(200);
    assert_eq!(
        set(&whole, &job.desk.company.headquarters, 1, "advise").await.refused(409),
        "planning_areas_overlap"
    );
    set(&whole, &other, 2, "off").await.expect(200);
    set(&whole, &job.desk.company.headquarters, 1, "advise").await.expect(200);
    assert_eq!(set(&whole, &unit, 3, "advise").await.refused(409), "planning_areas_overlap");
});

both!(p40_what_is_accepted_of_a_version_is_remembered_and_the_rest_stands, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let unit = job.desk.company.shenzhen.clone();
    both_equipped(&world, &job).await;
    ready(&job).await;
    ready(&job).await;
    on(&world, &job, "advise").await;
    let shown = version(&job, 1).await;
    let accepted = |visit: &Value, number: i64| {
        json!({
            "visits": [{ "work_order_id": visit["work_order_id"], "version": visit["version"],
                "engineer_id": visit["engineer_id"], "window_start": visit["window"]["start"], "window_end": visit["window"]["end"] }],
            "of": { "unit_id": unit, "number": number },
        })
    };
    const ACCEPT: &str = "/api/board/plan/accept";
    let unknown = job.dispatcher.post(ACCEPT, accepted(&shown["proposals"][0], 8)).await;
    assert_eq!(unknown.refused(404), "plan_version_unknown");
    assert_eq!(blocks(&job).await.len(), 0, "nothing of it happened");
    job.dispatcher.post(ACCEPT, accepted(&shown["proposals"][0], 1)).await.expect(200);
    world.run_jobs().await;
    let all = versions(&job).await;
    let [one] = all.as_slice() else { panic!("done as it says: {all:?}") };
    assert_eq!(one["state"], "accepted");
    assert!(one["decided_at"].is_string() && one["decided_by"].is_string(), "{one}");
    // Another is planned otherwise than proposed.
    let other = &shown["proposals"][1];
    let to = usize::from(other["engineer_id"] == json!(job.engineers[0].0));
    planned_at(&job, other["work_order_id"].as_str().unwrap(), to, 300).await;
    world.run_jobs().await;
    let all = versions(&job).await;
    assert_eq!(
        (all.len(), &all[0]["why"], &all[1]["state"]),
        (2, &json!(["order_gone"]), &json!("accepted"))
    );
    let counts = &all[0]["counts"];
    assert_eq!((counts["proposals"].as_i64(), counts["left_out"].as_i64()), (Some(0), Some(0)), "{counts}");
});

both!(p40_somebody_is_off_and_people_are_told_who_stands_in, |world| async move {
    let job = job(&world, "2026-03-03").await;
    both_equipped(&world, &job).await;
    let (_, order) = ready(&job).await;
    let visit = planned_at(&job, &order, 0, 120).await;
    on(&world, &job, "semi_automatic").await;
    assert_eq!(versions(&job).await[0]["counts"]["moves"], 0);
    is_off(&job, 0).await;
    world.run_jobs().await;
    let shown = version(&job, 2).await;
    assert_eq!(shown["version"]["why"], json!(["engineer_off"]), "{shown}");
    assert_eq!(
        (&shown["version"]["cause"]["kinds"], &shown["version"]["cause"]["subject"]),
        (&json!(["employee.absent"]), &json!("工程师甲"))
    );
    let [moved] = shown["moves"].as_array().unwrap().as_slice() else { panic!("{shown}") };
    assert_eq!(
        (
            moved["visit_id"].as_str(),
            moved["from_name"].as_str(),
            moved["engineer_name"].as_str(),
            moved["waits"].as_str()
        ),
        (Some(visit.as_str()), Some("工程师甲"), Some("工程师乙"), Some("moves_others"))
    );
    assert_eq!(blocks(&job).await[0]["engineer_id"], json!(job.engineers[0].0), "a person decides");
    assert_eq!(shown["version"]["state"], "published");
});

both!(p40_p44_semi_automatic_plans_what_disturbs_nobody_and_says_so, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let unit = job.desk.company.shenzhen.clone();
    both_equipped(&world, &job).await;
    on(&world, &job, "semi_automatic").await;
    let (_, order) = ready(&job).await;
    world.run_jobs().await;
    let planned = blocks(&job).await;
    let [block] = planned.as_slice() else { panic!("{planned:?} {:?}", versions(&job).await) };
    assert_eq!(
        (block["visit_state"].as_str(), block["order"]["work_order_id"].as_str()),
        (Some("proposed"), Some(order.as_str()))
    );
    let all = versions(&job).await;
    let done = &all[0];
    assert_eq!(
        (done["state"].as_str(), &done["decided_by"]),
        (Some("done_by_itself"), &Value::Null),
        "{all:?}"
    );
    let shown = version(&job, done["number"].as_i64().unwrap()).await;
    assert_eq!(
        (&shown["proposals"][0]["waits"], &shown["proposals"][0]["window"]),
        (&Value::Null, &block["window"])
    );
    for kind in ["'visit.proposed'", "'plan.done_by_itself'"] {
        assert_eq!(world.count(&format!("{OWN_STEPS}{kind}")).await, 1, "{kind}");
    }
    // What it did is no news to itself.
    for _ in 0..4 {
        world.pass(2 * Ts::SECOND).await;
    }
    assert_eq!(versions(&job).await.len(), all.len());
    let plan = job.dispatcher.get(&format!("/api/board/plan?unit={unit}")).await.expect(200);
    assert_eq!(plan["version"], done["number"]);
});

both!(p40_p44_automatic_moves_visits_but_none_that_begins_within_the_hour, |world| async move {
    let job = job(&world, "2026-03-03").await;
    both_equipped(&world, &job).await;
    let (_, one) = ready(&job).await;
    let (_, other) = ready(&job).await;
    let soon = planned_at(&job, &one, 0, 65).await;
    let later = planned_at(&job, &other, 0, 150).await;
    on(&world, &job, "automatic").await;
    world.app.clock.advance(10 * Ts::MINUTE);
    is_off(&job, 0).await;
    world.run_jobs().await;
    let all = blocks(&job).await;
    let goes = |visit: &str| all.iter().find(|b| b["id"] == json!(visit)).unwrap()["engineer_id"].clone();
    assert_eq!(goes(&later), json!(job.engineers[1].0), "{:?}", versions(&job).await);
    assert_eq!(goes(&soon), json!(job.engineers[0].0), "a person decides");
    let shown = version(&job, versions(&job).await[0]["number"].as_i64().unwrap()).await;
    assert_eq!(shown["version"]["state"], "done_by_itself", "{shown}");
    let waits: Vec<_> =
        shown["moves"].as_array().unwrap().iter().map(|m| (&m["visit_id"], &m["waits"])).collect();
    assert!(
        waits.contains(&(&json!(soon), &json!("soon"))) && waits.contains(&(&json!(later), &Value::Null)),
        "{shown}"
    );
    assert_eq!(world.count(&format!("{OWN_STEPS}'visit.reassigned'")).await, 1);
});

both!(p40_automatic_leaves_what_a_person_locked_and_says_that_it_does, |world| async move {
    let job = job(&world, "2026-03-03").await;
    both_equipped(&world, &job).await;
    let (_, one) = ready(&job).await;
    let (_, other) = ready(&job).await;
    let locked = planned_at(&job, &one, 0, 150).await;
    let open = planned_at(&job, &other, 0, 240).await;
    on(&world, &job, "automatic").await;
    job.dispatcher.post(&format!("/api/visits/{locked}/lock"), json!({})).await.expect(200);
    is_off(&job, 0).await;
    world.run_jobs().await;
    let all = blocks(&job).await;
    let goes = |visit: &str| all.iter().find(|b| b["id"] == json!(visit)).unwrap()["engineer_id"].clone();
    assert_eq!(goes(&open), json!(job.engineers[1].0), "{:?}", versions(&job).await);
    assert_eq!(goes(&locked), json!(job.engineers[0].0), "a person decides");
    let shown = version(&job, versions(&job).await[0]["number"].as_i64().unwrap()).await;
    let [left] = shown["left_out"].as_array().unwrap().as_slice() else { panic!("{shown}") };
    assert_eq!((left["work_order_id"].as_str(), &left["reasons"]), (Some(one.as_str()), &json!(["locked"])));
    assert!(shown["moves"].as_array().unwrap().iter().all(|m| m["visit_id"] == json!(open)), "{shown}");
    // Whoever accepts by hand what was reckoned before it was locked is told.
    let plan = job.dispatcher.get("/api/board/plan").await.expect(200);
    assert!(plan["moves"].as_array().unwrap().is_empty(), "{plan}");
    let now = world.app.clock.now();
    let stands = all.iter().find(|b| b["id"] == json!(locked)).unwrap();
    let by_hand = json!({ "reason": "换人", "moves": [{ "visit_id": locked, "version": stands["version"], "engineer_id": job.engineers[1].0,
        "window_start": now.plus(400 * Ts::MINUTE), "window_end": now.plus(460 * Ts::MINUTE) }] });
    let refused = job.dispatcher.post("/api/board/plan/accept", by_hand).await;
    assert_eq!(refused.refused(409), "visit_locked");
    assert_eq!(refused.json["errors"][0]["pointer"], "/moves/0");
    // Unlocked, it is the plan's again.
    job.dispatcher.post(&format!("/api/visits/{locked}/unlock"), json!({})).await.expect(200);
    world.run_jobs().await;
    let all = blocks(&job).await;
    let stands = all.iter().find(|b| b["id"] == json!(locked)).unwrap();
    assert_eq!(stands["engineer_id"], json!(job.engineers[1].0), "{:?}", versions(&job).await);
});

both!(p40_where_somebody_was_faster_the_plan_is_looked_at_again, |world| async move {
    let job = job(&world, "2026-03-03").await;
    both_equipped(&world, &job).await;
    on(&world, &job, "semi_automatic").await;
    let (_, order) = ready(&job).await;
    // Up to the version; then somebody plans the order, and only then is it to happen by itself.
    while kit::events::seal(&world.app.db).await.unwrap() > 0 {}
    let readers = aftercare::app::readers();
    kit::readers::read_new(&world.app, &readers, &mut kit::readers::Looked::new()).await.unwrap();
    let workers: Vec<_> =
        aftercare::app::workers().into_iter().filter(|worker| worker.kind == "living_plan").collect();
    assert_eq!(kit::jobs::run_due(&world.app, &workers).await.unwrap(), 1);
    assert_eq!((blocks(&job).await.len(), versions(&job).await[0]["state"].as_str()), (0, Some("published")));
    planned_at(&job, &order, 0, 200).await;
    world.run_jobs().await;
    let all = blocks(&job).await;
    assert_eq!((all.len(), all[0]["visit_state"].as_str()), (1, Some("dispatched")));
    let newest = versions(&job).await;
    assert_eq!(
        (&newest[0]["why"], newest[0]["counts"]["proposals"].as_i64()),
        (&json!(["order_gone"]), Some(0))
    );
    assert_eq!(
        world.count("SELECT COUNT(*) FROM job WHERE kind = 'living_plan' AND last_error IS NOT NULL").await,
        0
    );
});

both!(p40_a_second_node_goes_on_from_the_version_where_the_first_was_killed, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let unit = job.desk.company.shenzhen.clone();
    both_equipped(&world, &job).await;
    ready(&job).await;
    on(&world, &job, "advise").await;
    let first = version(&job, 1).await;
    ready(&job).await;
    while kit::events::seal(&world.app.db).await.unwrap() > 0 {}
    let readers = aftercare::app::readers();
    kit::readers::read_new(&world.app, &readers, &mut kit::readers::Looked::new()).await.unwrap();
    let held = kit::jobs::claim(&world.app, &["living_plan"], 1).await.unwrap().remove(0);
    // Killed over it: the other node waits for the lease, and then does the work once.
    let second = world.beside(world.app.clock.clone()).await;
    second.run_jobs().await;
    assert_eq!(versions(&job).await.len(), 1, "it is under way");
    world.leases_pass().await;
    second.run_jobs().await;
    let all = versions(&job).await;
    assert_eq!((all.len(), &all[0]["why"]), (2, &json!(["order_new"])));
    let same = version(&job, 2).await;
    let stays = |of: &Value| {
        let old = &first["proposals"][0]["work_order_id"];
        let all = of["proposals"].as_array().unwrap();
        all.iter().find(|p| p["work_order_id"] == *old).map(|p| p["engineer_id"].clone())
    };
    assert_eq!(stays(&same), stays(&first), "from the version in the database");
    let late = world.app.db.write(move |tx| Box::pin(async move { held.finish(tx, Ts(0)).await })).await;
    assert!(!late.unwrap(), "whoever held it may not finish it");
    // Both nodes answer with the same plan.
    let path = format!("/api/board/plan?unit={unit}");
    let there =
        second.client_in(&[Role::Dispatcher], Some(&unit), None, None).await.get(&path).await.expect(200);
    let here = job.dispatcher.get(&path).await.expect(200);
    assert_eq!((&there["version"], &here["version"]), (&json!(2), &json!(2)));
    assert_eq!(there["proposals"], here["proposals"]);
});
