//! Proposals and the board over HTTP, on both databases.

mod again;
mod effect;
mod living;
mod roads;
mod simulate;
mod windows;

use identity::Role;
use kit::{Ts, params};
use serde_json::{Value, json};

use crate::both;
use crate::customers::id;
use crate::visits::{Job, job};
use crate::world::World;

/// Round the clock, with the skill, at a base.
pub async fn equip(world: &World, engineer: &str, base_lon: f64) {
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

// A proposal as it is accepted.
fn visit_of(proposal: &Value) -> Value {
    json!({
        "work_order_id": proposal["work_order_id"], "version": proposal["version"],
        "engineer_id": proposal["chosen"]["engineer_id"],
        "window_start": proposal["window"]["start"], "window_end": proposal["window"]["end"],
    })
}

fn move_of(moved: &Value) -> Value {
    json!({
        "visit_id": moved["visit_id"], "version": moved["version"], "engineer_id": moved["chosen"]["engineer_id"],
        "window_start": moved["window"]["start"], "window_end": moved["window"]["end"],
    })
}

fn pointer(answer: &crate::world::Answer) -> Option<&str> {
    answer.json["errors"][0]["pointer"].as_str()
}

both!(p40_a_plan_is_proposed_beside_the_board_and_accepted_by_the_versions_seen, |world| async move {
    const PLAN: &str = "/api/board/plan";
    const ACCEPT: &str = "/api/board/plan/accept";
    let job = job(&world, "2026-03-03").await;
    let (near, far) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    equip(&world, &near, 113.95).await;
    equip(&world, &far, 114.60).await;
    let (_, first) = ready(&job).await;
    let counted = async || {
        let before = world.app.db.statements_read();
        let plan = job.dispatcher.get(PLAN).await.expect(200);
        (world.app.db.statements_read() - before, plan)
    };
    counted().await;
    let (one, plan) = counted().await;
    let [proposal] = plan["proposals"].as_array().unwrap().as_slice() else { panic!("{plan}") };
    assert_eq!(proposal["chosen"]["engineer_id"], json!(near), "{plan}");
    assert_eq!(codes(&proposal["chosen"]), ["arrival", "margin", "detour", "skill"]);
    assert!(proposal["chosen"]["reasons"][2]["text"]["zh_cn"].as_str().unwrap().contains("路上"));
    assert_eq!(proposal["others"][0]["engineer_id"], json!(far));
    // P42: the customer expects somebody in an hour, not before.
    let now = world.app.clock.now();
    assert_eq!(proposal["window"]["start"].as_str().unwrap().parse::<Ts>().unwrap(), now.plus(Ts::HOUR));
    assert_eq!(proposal["chosen"]["late_s"], 0);
    assert_eq!(job.dispatcher.get("/api/board").await.expect(200)["blocks"], json!([]), "it changes nothing");

    let (_, second) = ready(&job).await;
    let (_, third) = ready(&job).await;
    let (three, plan) = counted().await;
    assert_eq!(one, three, "as many statements for three as for one");
    let proposals = plan["proposals"].as_array().unwrap();
    let mut of: Vec<_> = proposals.iter().map(|p| p["work_order_id"].as_str().unwrap()).collect();
    let mut all = [first.as_str(), &second, &third];
    of.sort_unstable();
    all.sort_unstable();
    assert_eq!((of, plan["left_out"].as_array().unwrap().len()), (all.to_vec(), 0), "{plan}");
    let left_out = plan["terms"].as_array().unwrap().iter().find(|t| t["term"] == "left_out").unwrap();
    assert_eq!((left_out["amount_before"].as_i64(), left_out["amount_after"].as_i64()), (Some(3), Some(0)));

    // One of them; then somebody else all of them, as they saw them before: nothing of it happens.
    let part = json!({ "visits": [visit_of(&proposals[1])] });
    let done = job.dispatcher.post(ACCEPT, part).await.expect(200);
    assert_eq!(done["planned"][0]["work_order_id"], proposals[1]["work_order_id"]);
    let all = json!({ "visits": proposals.iter().map(visit_of).collect::<Vec<_>>() });
    let slower = job.manager.post(ACCEPT, all).await;
    assert_eq!(pointer(&slower), Some("/visits/1"), "{}", slower.text);
    assert_eq!(slower.refused(412), "version_changed");
    let board = job.dispatcher.get("/api/board").await.expect(200);
    assert_eq!(board["blocks"].as_array().unwrap().len(), 1);
    assert_eq!(board["blocks"][0]["visit_state"], "dispatched");

    // Read again, the rest goes through.
    let plan = job.manager.get(PLAN).await.expect(200);
    assert_eq!(plan["kept"][0]["visit_id"], done["planned"][0]["visit_id"]);
    assert_eq!(plan["kept"][0]["arrive_at"], board["blocks"][0]["window"]["start"]);
    let rest = plan["proposals"].as_array().unwrap().iter().map(visit_of).collect::<Vec<_>>();
    let rest = json!({ "visits": rest, "planned_as": "proposed" });
    assert_eq!(job.manager.post(ACCEPT, rest).await.expect(200)["planned"].as_array().unwrap().len(), 2);
    let plan = job.manager.get(PLAN).await.expect(200);
    let none = (plan["proposals"].as_array().unwrap().len(), plan["kept"].as_array().unwrap().len());
    assert_eq!(none, (0, 3), "{plan}");

    assert_eq!(job.dispatcher.post(ACCEPT, json!({})).await.refused(422), "plan_nothing_accepted");
    let far_on = json!(now.plus(4 * Ts::DAY));
    let far_on = job.dispatcher.get(&format!("{PLAN}?until={}", far_on.as_str().unwrap())).await;
    assert_eq!(far_on.refused(422), "plan_span_invalid");
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    let theirs = elsewhere.get(PLAN).await.expect(200);
    assert_eq!((&theirs["kept"], &theirs["proposals"]), (&json!([]), &json!([])));
});

both!(p44_an_urgent_fault_moves_a_visit_and_both_are_accepted_together, |world| async move {
    const PLAN: &str = "/api/board/plan";
    const ACCEPT: &str = "/api/board/plan/accept";
    let job = job(&world, "2026-03-03").await;
    let (skilled, other) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    equip(&world, &skilled, 113.95).await;
    equip(&world, &other, 113.96).await;
    let id_of = skilled.clone();
    let sql = "INSERT INTO employee_skill (employee_id, skill, level) VALUES ($1, 'network', 3)";
    let write = world.app.db.write(move |tx| Box::pin(async move { tx.execute(sql, params![id_of]).await }));
    write.await.unwrap();
    // The only one who can go to the fault is planned elsewhere just then.
    let (_, order) = ready(&job).await;
    let planned = job.plan(&order, 0, 2, 5).await.expect(201);
    let visit = id(&planned);
    let case = job.agreed().await;
    let input = json!({ "kind": "repair", "window": job.hours(1, 3), "place": "B2", "symptom": "离线", "skill": "network",
        "duration_min": 120 });
    let fault = id(&job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201));
    let plan = job.dispatcher.get(PLAN).await.expect(200);
    let (moved, proposal) = (&plan["moves"][0], &plan["proposals"][0]);
    assert_eq!(
        (moved["visit_id"].as_str(), &moved["from_engineer_id"]),
        (Some(visit.as_str()), &json!(skilled))
    );
    assert_eq!((&moved["chosen"]["engineer_id"], &moved["window"]), (&json!(other), &moved["from_window"]));
    assert_eq!(
        (proposal["work_order_id"].as_str(), &proposal["needs"]),
        (Some(fault.as_str()), &json!([visit]))
    );
    assert!(codes(&moved["chosen"]).contains(&"makes_room"), "{plan}");

    // Without the move there is no room; a move needs a reason.
    let alone = job.dispatcher.post(ACCEPT, json!({ "visits": [visit_of(proposal)] })).await;
    assert_eq!(pointer(&alone), Some("/visits/0"));
    assert_eq!(alone.refused(409), "engineer_busy");
    let mute = json!({ "visits": [visit_of(proposal)], "moves": [move_of(moved)] });
    assert_eq!(job.dispatcher.post(ACCEPT, mute).await.refused(422), "visit_reason_missing");

    let both =
        json!({ "visits": [visit_of(proposal)], "moves": [move_of(moved)], "reason": "为紧急故障调整" });
    let done = job.dispatcher.post(ACCEPT, both.clone()).await.expect(200);
    assert_eq!(
        (done["moved"][0]["visit_id"].as_str(), done["planned"].as_array().unwrap().len()),
        (Some(visit.as_str()), 1)
    );
    let board = job.dispatcher.get("/api/board").await.expect(200);
    let who = |order: &str| {
        let blocks = board["blocks"].as_array().unwrap();
        blocks.iter().find(|b| b["order"]["work_order_id"] == json!(order)).unwrap()["engineer_id"].clone()
    };
    assert_eq!((who(&order), who(&fault)), (json!(other), json!(skilled)));
    let slower = job.manager.post(ACCEPT, both).await;
    assert_eq!(pointer(&slower), Some("/moves/0"));
    assert_eq!(slower.refused(412), "version_changed");
});

both!(p40_who_is_fastest_is_told_with_what_moves_and_both_are_accepted_at_once, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (skilled, other) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    equip(&world, &skilled, 113.95).await;
    equip(&world, &other, 113.96).await;
    let id_of = skilled.clone();
    let sql = "INSERT INTO employee_skill (employee_id, skill, level) VALUES ($1, 'network', 3)";
    let write = world.app.db.write(move |tx| Box::pin(async move { tx.execute(sql, params![id_of]).await }));
    write.await.unwrap();
    let (_, order) = ready(&job).await;
    let visit = id(&job.plan(&order, 0, 2, 6).await.expect(201));
    let case = job.agreed().await;
    let input = json!({ "kind": "repair", "window": job.hours(1, 3), "place": "B2", "symptom": "离线", "skill": "network",
        "duration_min": 120 });
    let fault = id(&job.dispatcher.post(&format!("/api/cases/{case}/work-orders"), input).await.expect(201));
    let path = format!("/api/work-orders/{fault}/proposals");
    let plain = job.dispatcher.get(&path).await.expect(200);
    assert_eq!(plain["quicker"], json!([]), "only where it is asked");
    let asked = job.dispatcher.get(&format!("{path}?moving=true")).await.expect(200);
    assert_eq!(asked["proposals"], plain["proposals"]);
    let [quicker] = asked["quicker"].as_array().unwrap().as_slice() else { panic!("{asked}") };
    let (proposal, moved) = (&quicker["visit"], &quicker["moves"][0]);
    assert_eq!(proposal["chosen"]["engineer_id"], json!(skilled));
    let arrive = |of: &Value| of["arrive_at"].as_str().unwrap().parse::<Ts>().unwrap();
    assert!(arrive(&proposal["chosen"]) < arrive(&plain["proposals"][0]), "{asked}");
    assert_eq!(
        (moved["visit_id"].as_str(), &moved["chosen"]["engineer_id"]),
        (Some(visit.as_str()), &json!(other))
    );
    let accepted =
        json!({ "visits": [visit_of(proposal)], "moves": [move_of(moved)], "reason": "为紧急故障腾出时间" });
    let done = job.dispatcher.post("/api/board/plan/accept", accepted).await.expect(200);
    assert_eq!(
        (done["moved"][0]["visit_id"].as_str(), done["planned"].as_array().unwrap().len()),
        (Some(visit.as_str()), 1)
    );
    let hotline = world.client_in(&[Role::HotlineAgent], Some(&job.desk.company.shenzhen), None, None).await;
    assert_eq!(hotline.get(&format!("{path}?moving=true")).await.refused(403), "not_permitted");
});

both!(p08_somebody_is_off_and_the_plan_gives_their_visits_to_others, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (sick, other) = (job.engineers[0].0.clone(), job.engineers[1].0.clone());
    equip(&world, &sick, 113.95).await;
    equip(&world, &other, 113.96).await;
    let (_, order) = ready(&job).await;
    let visit = id(&job.plan(&order, 0, 2, 4).await.expect(201));
    let plan = job.dispatcher.get("/api/board/plan").await.expect(200);
    assert_eq!((plan["moves"].as_array().unwrap().len(), &plan["kept"][0]["visit_id"]), (0, &json!(visit)));

    let off = format!("/api/employees/{sick}/absences");
    let now = world.app.clock.now();
    let ends_first = json!({ "from": now, "until": now.plus(-Ts::HOUR) });
    assert_eq!(job.dispatcher.post(&off, ends_first).await.refused(422), "absence_invalid");
    let over = json!({ "from": now.plus(-3 * Ts::HOUR), "until": now.plus(-Ts::HOUR) });
    assert_eq!(job.dispatcher.post(&off, over).await.refused(422), "absence_invalid");
    let far = json!({ "from": now.plus(400 * Ts::DAY), "until": now.plus(401 * Ts::DAY) });
    assert_eq!(job.dispatcher.post(&off, far).await.refused(422), "absence_invalid");
    let a_year = json!({ "until": now.plus(365 * Ts::DAY) });
    assert_eq!(job.dispatcher.post(&off, a_year).await.refused(422), "absence_invalid");
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.post(&off, json!({})).await.refused(404), "employee_unknown");
    let hotline = world.client_in(&[Role::HotlineAgent], Some(&job.desk.company.shenzhen), None, None).await;
    assert_eq!(hotline.post(&off, json!({})).await.refused(403), "not_permitted");

    let told = job.dispatcher.post(&off, json!({ "until": now.plus(8 * Ts::HOUR) })).await.expect(200);
    assert_eq!(told["employee_id"], json!(sick));
    assert_eq!(told["added"], json!([{ "from": told["from"], "until": told["until"] }]));
    // Nothing moved by itself; whoever is off is offered for nothing, and their visit to others.
    let board = job.dispatcher.get("/api/board").await.expect(200);
    assert_eq!(board["blocks"][0]["engineer_id"], json!(sick));
    let row = board["engineers"].as_array().unwrap().iter().find(|e| e["id"] == json!(sick)).unwrap();
    assert!(row["shift_min"].as_i64().unwrap() <= 16 * 60, "{row}");
    let plan = job.dispatcher.get("/api/board/plan").await.expect(200);
    let [moved] = plan["moves"].as_array().unwrap().as_slice() else { panic!("{plan}") };
    assert_eq!(
        (moved["visit_id"].as_str(), &moved["chosen"]["engineer_id"]),
        (Some(visit.as_str()), &json!(other))
    );
    assert_eq!(moved["window"], moved["from_window"]);
    assert!(codes(&moved["chosen"]).contains(&"engineer_off"), "{plan}");
    let broken = plan["terms"].as_array().unwrap().iter().find(|t| t["term"] == "broken_promise").unwrap();
    assert_eq!((broken["amount_before"].as_i64(), broken["amount_after"].as_i64()), (Some(1), Some(0)));

    let accepted = json!({ "moves": [move_of(moved)], "reason": "工程师无法前往" });
    job.dispatcher.post("/api/board/plan/accept", accepted).await.expect(200);
    let board = job.dispatcher.get("/api/board").await.expect(200);
    assert_eq!(board["blocks"][0]["engineer_id"], json!(other));
});

both!(p08_an_absence_that_was_a_mistake_is_taken_back_and_nothing_else_with_it, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let engineer = job.engineers[0].0.clone();
    equip(&world, &engineer, 113.95).await;
    let (off, back) = (
        format!("/api/employees/{engineer}/absences"),
        format!("/api/employees/{engineer}/absences/take-back"),
    );
    let now = world.app.clock.now();
    let hour = |n: i64| now.plus(n * Ts::HOUR);
    let row = async || {
        let board = job.dispatcher.get("/api/board").await.expect(200);
        let row = board["engineers"].as_array().unwrap().iter().find(|e| e["id"] == json!(engineer)).cloned();
        row.unwrap()
    };
    let before = row().await;
    assert_eq!(before["leave"], json!([]));
    // An hour of leave stands already; the rest of the afternoon is added to it.
    job.dispatcher.post(&off, json!({ "from": hour(2), "until": hour(3) })).await.expect(200);
    let told = job.dispatcher.post(&off, json!({ "until": hour(6) })).await.expect(200);
    assert_eq!(
        told["added"],
        json!([{ "from": hour(0), "until": hour(2) }, { "from": hour(3), "until": hour(6) }])
    );
    assert_eq!(row().await["leave"], json!([{ "start": hour(0), "end": hour(6) }]));

    for wrong in [
        json!([]),
        json!([{ "from": hour(2), "until": hour(2) }]),
        json!([{ "from": hour(2), "until": hour(900) }]),
    ] {
        assert_eq!(
            job.dispatcher.post(&back, json!({ "spans": wrong })).await.refused(422),
            "absence_invalid"
        );
    }
    let spans = json!({ "spans": told["added"] });
    let elsewhere = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.post(&back, spans.clone()).await.refused(404), "employee_unknown");
    let hotline = world.client_in(&[Role::HotlineAgent], Some(&job.desk.company.shenzhen), None, None).await;
    assert_eq!(hotline.post(&back, spans.clone()).await.refused(403), "not_permitted");

    job.dispatcher.post(&back, spans.clone()).await.expect(200);
    assert_eq!(
        row().await["leave"],
        json!([{ "start": hour(2), "end": hour(3) }]),
        "what stood before stands"
    );
    assert_eq!(job.dispatcher.post(&back, spans).await.refused(409), "absence_none");
    let rest = json!({ "spans": [{ "from": hour(2), "until": hour(3) }] });
    job.dispatcher.post(&back, rest).await.expect(200);
    let after = row().await;
    assert_eq!((&after["leave"], &after["shifts"]), (&json!([]), &before["shifts"]));
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'employee.back'").await, 2);

    // What is over of leave can't be taken back: they weren't there.
    let whole = json!([{ "from": hour(0), "until": hour(6) }]);
    job.dispatcher.post(&off, json!({ "until": hour(6) })).await.expect(200);
    world.app.clock.advance(2 * Ts::HOUR);
    job.dispatcher.post(&back, json!({ "spans": whole })).await.expect(200);
    assert_eq!(row().await["leave"], json!([{ "start": hour(0), "end": hour(2) }]));
    assert_eq!(job.dispatcher.post(&back, json!({ "spans": whole })).await.refused(409), "absence_none");
});
