//! Proposals and the board over HTTP, on both databases.

use identity::Role;
use kit::{Ts, params};
use serde_json::{Value, json};

use crate::both;
use crate::customers::id;
use crate::visits::{Job, job};
use crate::world::World;

/// Round the clock, with the skill, at a base.
async fn equip(world: &World, engineer: &str, base_lon: f64) {
    let engineer = engineer.to_owned();
    let ids: Vec<String> = (0..7).map(|_| world.app.ids.next(world.app.clock.now()).to_string()).collect();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.execute("UPDATE employee SET base_lon = $1, base_lat = 22.54 WHERE id = $2", params![base_lon, &engineer]).await?;
                tx.execute("INSERT INTO employee_skill (employee_id, skill, level) VALUES ($1, 'barrier', 2)", params![&engineer]).await?;
                for (weekday, id) in (1_i64..).zip(&ids) {
                    tx.execute(
                        "INSERT INTO shift (id, employee_id, kind, weekday, from_min, to_min) VALUES ($1, $2, 'weekly', $3, 0, 1440)",
                        params![id, &engineer, weekday],
                    )
                    .await?;
                }
                Ok::<_, kit::DbError>(())
            })
        })
        .await
        .unwrap();
}

fn named<'v>(list: &'v Value, engineer: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|p| p["engineer_id"] == json!(engineer)).unwrap_or(&Value::Null)
}

fn codes(proposal: &Value) -> Vec<&str> {
    proposal["reasons"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect()
}

async fn ready(job: &Job) -> (String, String) {
    let case = job.agreed().await;
    let order = job.order(&case).await;
    (case, order)
}

both!(p40_p42_engineers_are_ranked_by_arrival_against_the_clock_with_reasons, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (near, far) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    equip(&world, &far, 114.60).await;
    let (_, order) = ready(&job).await;
    let path = format!("/api/work-orders/{order}/proposals");
    let shown = job.dispatcher.get(&path).await.expect(200);
    assert_eq!(named(&shown["proposals"], &far)["feasible"], true);
    assert_eq!(codes(named(&shown["refused"], &near)), ["skill_missing"]);
    assert_eq!(
        shown["due_at"].as_str().unwrap().parse::<Ts>().unwrap(),
        world.app.clock.now().plus(4 * Ts::HOUR),
        "the arrival clock"
    );

    equip(&world, &near, 113.95).await;
    let shown = job.dispatcher.get(&path).await.expect(200);
    let order_of: Vec<_> =
        shown["proposals"].as_array().unwrap().iter().map(|p| p["engineer_id"].as_str().unwrap()).collect();
    assert_eq!(order_of, [near.as_str(), far.as_str()]);
    let best = &shown["proposals"][0];
    assert_eq!(codes(best), ["arrival", "margin", "travel", "skill", "load"]);
    assert!(best["reasons"][0]["text"]["zh_cn"].as_str().unwrap().contains("到场"));
    // P42: the customer expects somebody in an hour, not before.
    let arrive: Ts = best["arrive_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(arrive, world.app.clock.now().plus(Ts::HOUR));
    assert_eq!(best["margin_s"].as_i64(), Some(3 * 3600));

    // The proposed window can be planned as it is; then that engineer is the busy one for the next.
    let window = &best["window"];
    let plan = json!({ "engineer_id": near, "window_start": window["start"], "window_end": window["end"] });
    job.dispatcher.post(&format!("/api/work-orders/{order}/visits"), plan).await.expect(201);
    let same = job.dispatcher.get(&path).await.expect(200);
    assert_eq!(same["proposals"][0]["arrive_at"], best["arrive_at"], "its own visit is in nobody's way");
    let (_, second) = ready(&job).await;
    let shown = job.dispatcher.get(&format!("/api/work-orders/{second}/proposals")).await.expect(200);
    let later: Ts = named(&shown["proposals"], &near)["arrive_at"].as_str().unwrap().parse().unwrap();
    assert!(later >= arrive.plus(Ts::HOUR), "{shown}");
    assert_eq!(named(&shown["proposals"], &near)["load_min"], 60);

    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get(&path).await.refused(404), "dispatch_order_unknown");
});

both!(the_board_shows_engineers_visits_and_what_nobody_is_planned_for, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let engineer = job.engineers[0].0.clone();
    equip(&world, &engineer, 113.95).await;
    let (case, order) = ready(&job).await;
    let board = job.dispatcher.get("/api/board").await.expect(200);
    assert_eq!(board["engineers"].as_array().unwrap().len(), 2);
    let open = &board["unscheduled"][0];
    assert_eq!(
        (open["work_order_id"].as_str(), open["severity"].as_str()),
        (Some(order.as_str()), Some("major"))
    );
    assert_eq!(
        (open["coverage"].as_str(), open["site_name"].as_str()),
        (Some("covered"), Some("云杉广场停车场"))
    );
    assert!(
        (open["point"]["lon"].as_f64().unwrap() - 113.94).abs() < 1e-9 && open["due_at"].is_string(),
        "{open}"
    );
    let counts = async || job.dispatcher.get("/api/board/counts").await.expect(200);
    assert_eq!(counts().await, json!({ "unassigned": 1, "due_soon": 0, "breached": 0, "behind_plan": 0 }));

    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    let board = job.dispatcher.get("/api/board").await.expect(200);
    assert_eq!(board["unscheduled"].as_array().unwrap().len(), 0);
    let block = &board["blocks"][0];
    assert_eq!(
        (
            block["id"].as_str(),
            block["visit_state"].as_str(),
            block["movable"].as_bool(),
            block["behind"].as_bool()
        ),
        (Some(visit.as_str()), Some("dispatched"), Some(true), Some(false))
    );
    assert_eq!(block["order"]["case_id"], json!(case));
    let row = board["engineers"].as_array().unwrap().iter().find(|e| e["id"] == json!(engineer)).unwrap();
    assert_eq!(
        (row["load_min"].as_i64(), row["shift_min"].as_i64(), &row["skills"]),
        (Some(120), Some(1440), &json!(["barrier"]))
    );

    // Time passes: behind plan, due within the hour, breached; an arrival ends all three.
    world.app.clock.advance(3 * Ts::HOUR + Ts::MINUTE);
    assert_eq!(counts().await, json!({ "unassigned": 0, "due_soon": 1, "breached": 0, "behind_plan": 1 }));
    world.app.clock.advance(Ts::HOUR);
    assert_eq!(counts().await, json!({ "unassigned": 0, "due_soon": 0, "breached": 1, "behind_plan": 1 }));
    assert_eq!(job.dispatcher.get("/api/board").await.expect(200)["blocks"][0]["behind"], true);

    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    let theirs = elsewhere.get("/api/board").await.expect(200);
    assert_eq!(
        (theirs["blocks"].as_array().unwrap().len(), theirs["engineers"].as_array().unwrap().len()),
        (0, 0)
    );
    let of_unit = format!("/api/board?unit={}", job.desk.company.guangzhou);
    assert_eq!(job.dispatcher.get(&of_unit).await.expect(200)["blocks"], json!([]));
    let long = "/api/board?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z";
    assert_eq!(job.dispatcher.get(long).await.refused(422), "board_span_invalid");
});

both!(p40_whoever_is_booked_in_ten_days_is_not_offered_for_then, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let near = job.engineers[0].0.clone();
    equip(&world, &near, 113.95).await;
    let ordered = async || {
        let case = job.agreed().await;
        let input = json!({ "kind": "repair", "window": job.hours(240, 244), "place": "B2", "symptom": "道闸不抬杆",
            "later_at_customers_wish": true });
        id(&job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201))
    };
    let (first, second) = (ordered().await, ordered().await);
    job.plan(&first, 0, 240, 242).await.expect(201);
    let path = format!("/api/work-orders/{second}/proposals");
    let shown = job.dispatcher.get(&path).await.expect(200);
    let offered = named(&shown["proposals"], &near);
    let arrive: Ts = offered["arrive_at"].as_str().unwrap().parse().unwrap();
    assert!(arrive >= world.app.clock.now().plus(242 * Ts::HOUR), "{offered}");
    assert_eq!(offered["load_min"], 120, "what is planned on that day");
    // The proposed window can be planned as it is.
    let plan = json!({ "engineer_id": near, "window_start": offered["window"]["start"], "window_end": offered["window"]["end"] });
    job.dispatcher.post(&format!("/api/work-orders/{second}/visits"), plan).await.expect(201);
});

both!(the_board_is_bounded_and_says_so, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 3).await.expect(201);
    let unit = job.desk.company.shenzhen.clone();
    let board = job.dispatcher.get("/api/board").await.expect(200);
    assert_eq!(
        (board["more_engineers"].as_bool(), board["more_visits"].as_bool()),
        (Some(false), Some(false))
    );
    // Names that come before those of the engineers above.
    let sql = format!(
        "INSERT INTO employee (id, unit_id, role, name, badge_number, education) \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 299) \
         SELECT '00000000-0000-7000-8000-' || CAST(100000000000 + i AS TEXT), '{unit}', 'engineer', 'A' || CAST(i AS TEXT), \
         'GK-' || CAST(i AS TEXT), 'college' FROM n"
    );
    world.app.db.write(move |tx| Box::pin(async move { tx.execute(&sql, &[]).await })).await.unwrap();
    let board = job.dispatcher.get("/api/board").await.expect(200);
    let engineers = board["engineers"].as_array().unwrap();
    assert_eq!((engineers.len(), board["more_engineers"].as_bool()), (300, Some(true)));
    let shown = engineers.iter().find(|e| e["name"] == "工程师乙").or(engineers.last()).unwrap();
    assert!(shown["shifts"].is_array(), "{shown}");
    assert_eq!(board["blocks"].as_array().unwrap().len(), 1, "visits of those left out are still there");
    let busy: i64 = engineers.iter().map(|e| e["load_min"].as_i64().unwrap()).sum();
    assert!(busy == 120 || !engineers.iter().any(|e| e["name"] == "工程师甲"), "{busy}");
});
