//! Units, the map of jurisdictions, hotlines, employees: over HTTP, on both databases.

use std::collections::BTreeSet;

use identity::Role;
use kit::db::Dialect;
use kit::params;
use organisation::RouteKind;
use organisation::divisions::china;
use serde_json::{Value, json};

use crate::both;
use crate::world::{Client, World};

struct Company {
    admin: Client,
    headquarters: String,
    branch: String,
    region: String,
    other: String,
}

async fn unit(admin: &Client, kind: &str, parent: Option<&str>, name: &str) -> String {
    let body = json!({ "kind": kind, "parent_id": parent, "name": { "zh_cn": name, "en": name } });
    admin.post("/api/units", body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

// Headquarters holds 陕西 (61), the branch the rest, its region 深圳 (4403).
async fn company(world: &World) -> Company {
    let admin = world.client(Role::SystemAdmin).await;
    let headquarters = unit(&admin, "headquarters", None, "总部").await;
    let branch = unit(&admin, "branch", Some(&headquarters), "华南分公司").await;
    let region = unit(&admin, "region", Some(&branch), "深圳区域").await;
    let other = unit(&admin, "branch", Some(&headquarters), "西南分公司").await;
    Company { admin, headquarters, branch, region, other }
}

fn provinces_but(not: &[&str]) -> Vec<String> {
    china().children(None).map(|d| d.code.clone()).filter(|c| !not.contains(&c.as_str())).collect()
}

fn map(c: &Company) -> Value {
    json!({ "assignments": [
        { "unit_id": c.headquarters, "divisions": ["61"] },
        { "unit_id": c.branch, "divisions": provinces_but(&["61"]) },
        { "unit_id": c.region, "divisions": ["4403"] }
    ], "reason": "first map" })
}

// Within a command, as whoever makes a site or a case asks.
async fn routed(
    world: &World,
    division: &str,
    kind: RouteKind,
) -> Result<organisation::Routed, kit::Failure> {
    let division = division.to_owned();
    let asked =
        world.app.db.write(move |tx| Box::pin(async move { organisation::route(tx, &division, kind).await }));
    asked.await
}

async fn route(world: &World, division: &str, kind: RouteKind) -> (String, Option<&'static str>) {
    let routed = routed(world, division, kind).await.unwrap();
    (routed.unit_id.to_string(), routed.department.map(organisation::DepartmentKind::name))
}

both!(p03_work_goes_to_the_department_or_the_owning_unit, |world| async move {
    use RouteKind::{Escalation, Install, Repair};
    let c = company(&world).await;
    c.admin.put("/api/jurisdictions", 1, map(&c)).await.expect(200);
    for (division, kind, unit, department) in [
        ("610113", Install, &c.headquarters, Some("engineering")),
        ("610113", Repair, &c.headquarters, Some("after_sales")),
        ("440106", Install, &c.branch, None),
        ("440106", Repair, &c.branch, None),
        ("440303", Repair, &c.region, None),
        ("440303", Escalation, &c.headquarters, Some("technical_service")),
    ] {
        assert_eq!(route(&world, division, kind).await, (unit.clone(), department), "{division} {kind:?}");
    }
    let refused = routed(&world, "999999", Repair).await.unwrap_err();
    assert!(refused.to_string().contains("division_not_served"), "{refused}");
});

both!(p03_a_moved_unit_takes_its_reach_along, |world| async move {
    let c = company(&world).await;
    let reach = async |root: &str| {
        let sql = format!("SELECT COUNT(*) FROM unit_reach WHERE root_id = '{root}'");
        world.count(&sql).await
    };
    assert_eq!((reach(&c.headquarters).await, reach(&c.branch).await, reach(&c.other).await), (4, 2, 1));
    let body = |parent: &str| json!({ "parent_id": parent, "name": { "zh_cn": "深圳区域", "en": "Shenzhen" }, "zone": "Asia/Shanghai", "active": true, "departments": [] });
    let path = format!("/api/units/{}", c.region);
    let moved = c.admin.put(&path, 1, body(&c.other)).await;
    assert_eq!(moved.version(), 2);
    assert_eq!((reach(&c.headquarters).await, reach(&c.branch).await, reach(&c.other).await), (4, 1, 2));
    assert_eq!(c.admin.put(&path, 1, body(&c.branch)).await.refused(412), "version_changed");
    assert_eq!(c.admin.put(&path, 2, body(&c.region)).await.refused(422), "unit_tree_cycle");
    let branch = format!("/api/units/{}", c.branch);
    assert_eq!(c.admin.put(&branch, 1, body(&c.other)).await.refused(422), "unit_place_wrong");
    let twice = json!({ "kind": "headquarters", "name": { "zh_cn": "新总部", "en": "" } });
    assert_eq!(c.admin.post("/api/units", twice).await.refused(409), "headquarters_twice");
    // Headquarters keeps its units: it can't close while they work.
    let close = json!({ "name": { "zh_cn": "总部", "en": "HQ" }, "zone": "Asia/Shanghai", "active": false,
        "departments": ["engineering", "after_sales", "technical_service"] });
    let refused = c.admin.put(&format!("/api/units/{}", c.headquarters), 1, close).await;
    assert_eq!(refused.refused(409), "unit_in_use");
});

both!(p04_a_map_with_a_gap_or_an_overlap_is_not_saved, |world| async move {
    let c = company(&world).await;
    let gap = json!({ "assignments": [{ "unit_id": c.branch, "divisions": provinces_but(&["61", "62"]) }] });
    let refused = c.admin.put("/api/jurisdictions", 1, gap).await;
    assert_eq!(refused.refused(422), "jurisdiction_map_invalid");
    let told = refused.json["errors"].to_string();
    assert!(told.contains("陕西省 (61)") && told.contains("甘肃省 (62)"), "{told}");
    let overlap = json!({ "assignments": [
        { "unit_id": c.branch, "divisions": provinces_but(&[]) }, { "unit_id": c.other, "divisions": ["5101"] }
    ] });
    let admin = c.admin.clone().lang("en");
    let refused = admin.put("/api/jurisdictions", 1, overlap).await;
    assert_eq!(refused.refused(422), "jurisdiction_map_invalid");
    assert_eq!(refused.json["errors"][0]["pointer"], "/assignments/1/divisions/0");
    assert!(
        refused.json["errors"][0].to_string().contains("Served twice: 四川省成都市 (5101)"),
        "{}",
        refused.text
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM jurisdiction").await, 0);

    let saved = c.admin.put("/api/jurisdictions", 1, map(&c)).await;
    assert_eq!(saved.version(), 2);
    let saved = saved.expect(200);
    assert_eq!(saved["assigned"], saved["counties"]);
    assert_eq!(c.admin.put("/api/jurisdictions", 1, map(&c)).await.refused(412), "version_changed");
    // What is read can be saved again and changes nothing.
    let read = c.admin.get("/api/jurisdictions").await;
    let (version, assignments) = (read.version(), read.json["assignments"].clone());
    c.admin.put("/api/jurisdictions", version, json!({ "assignments": assignments })).await.expect(200);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'jurisdiction.moved'").await, 3);
});

both!(p04_moving_a_county_moves_its_open_work_with_audit, |world| async move {
    let c = company(&world).await;
    let early = json!({ "divisions": ["440303"], "unit_id": c.other });
    assert_eq!(world.count("SELECT map_version FROM org_state").await, 1);
    let path = "/api/jurisdictions/move";
    let key = c.admin.key();
    let refused = c.admin.command(http::Method::POST, path, &key, Some(1), early.clone()).await;
    assert_eq!(refused.refused(409), "jurisdiction_map_missing");
    c.admin.put("/api/jurisdictions", 1, map(&c)).await.expect(200);
    // A clock stands for whatever carries a unit and a county: one runs, one has ended, one lies elsewhere.
    let region = c.region.clone();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                for (id, division, stopped) in [("a", "440303", None), ("b", "440303", Some(5_i64)), ("c", "440304", None)] {
                    tx.execute(
                        "INSERT INTO clock (id, subject_type, subject_id, thread_id, unit_id, division_code, promise, started_at, \
                         stopped_at, outcome, provisional) VALUES ($1, 'case', $1, $1, $2, $3, 'arrive', 1, $4, $5, 0)",
                        params![id, &region, division, stopped, stopped.map(|_| "met")],
                    )
                    .await?;
                }
                Ok::<_, kit::DbError>(())
            })
        })
        .await
        .unwrap();
    let key = c.admin.key();
    let moved = c.admin.command(http::Method::POST, path, &key, Some(2), early).await;
    assert_eq!(moved.version(), 3);
    let held = |unit: &str| format!("SELECT COUNT(*) FROM clock WHERE unit_id = '{unit}'");
    assert_eq!((world.count(&held(&c.other)).await, world.count(&held(&c.region)).await), (1, 2));
    assert_eq!(route(&world, "440303", RouteKind::Repair).await.0, c.other);
    assert_eq!(route(&world, "440304", RouteKind::Repair).await.0, c.region);
    let mut tx = world.app.db.reader().await.unwrap();
    let sql = "SELECT body FROM event WHERE kind = 'jurisdiction.moved' ORDER BY pos DESC LIMIT 1";
    let body: Value = tx.row(sql, &[]).await.unwrap().unwrap().json("body").unwrap();
    assert_eq!((&body["divisions"], &body["from_unit_id"]), (&json!(["440303"]), &json!(c.region)));
    assert_eq!(body["rows"]["clock"], 1);
});

both!(p04_every_table_with_a_unit_and_a_county_follows_it, |world| async move {
    let mut tx = world.app.db.reader().await.unwrap();
    let sql = match tx.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' \
             AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'unit_id') \
             AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'division_code') AND m.name <> 'jurisdiction'"
        }
        Dialect::Postgres => {
            "SELECT u.table_name AS name FROM information_schema.columns u JOIN information_schema.columns d \
             ON d.table_name = u.table_name AND d.table_schema = u.table_schema AND d.column_name = 'division_code' \
             WHERE u.column_name = 'unit_id' AND u.table_schema = current_schema() AND u.table_name <> 'jurisdiction'"
        }
    };
    let rows = tx.rows(sql, &[]).await.unwrap();
    let there: BTreeSet<String> = rows.iter().map(|r| r.get("name").unwrap()).collect();
    let known: BTreeSet<&str> = organisation::SCOPED_TABLES.iter().map(|t| t.table).collect();
    for table in &there {
        assert!(
            known.contains(table.as_str()),
            "{table} carries a county but is not in organisation::SCOPED_TABLES"
        );
    }
    for table in organisation::SCOPED_TABLES.iter().filter(|t| there.contains(t.table)) {
        let open = table.open.unwrap_or("1 = 1");
        let sql = format!("SELECT COUNT(*) FROM {} WHERE {open}", table.table);
        assert_eq!(tx.int(&sql, &[]).await.unwrap(), 0, "{sql}");
    }
});

both!(p01_fourteen_hotlines_each_with_unit_and_calendar, |world| async move {
    let c = company(&world).await;
    for n in 0..14 {
        let body = json!({ "number": format!("029-8888 10{n:02}"), "unit_id": c.branch, "calendar": "round_the_clock",
            "name": { "zh_cn": format!("热线 {n}"), "en": format!("Hotline {n}") } });
        c.admin.post("/api/hotlines", body).await.expect(201);
    }
    let list = c.admin.get("/api/hotlines").await.expect(200);
    assert_eq!(list.as_array().unwrap().len(), 14);
    let mut tx = world.app.db.reader().await.unwrap();
    let found = organisation::hotline_by_number(&mut tx, "+862988881003").await.unwrap().unwrap();
    assert_eq!((found.name.en.as_str(), found.unit_id.to_string()), ("Hotline 3", c.branch.clone()));
    let body = |number: &str| json!({ "number": number, "unit_id": c.branch, "calendar": "five_by_eight", "name": { "zh_cn": "x", "en": "" }, "active": false });
    assert_eq!(
        c.admin.post("/api/hotlines", body("+86 29 8888 1003")).await.refused(409),
        "hotline_number_taken"
    );
    assert_eq!(c.admin.post("/api/hotlines", body("abc")).await.refused(422), "hotline_number_invalid");
    let path = format!("/api/hotlines/{}", found.id);
    assert_eq!(c.admin.put(&path, 1, body("02988881003")).await.version(), 2);
    assert_eq!(organisation::hotline_by_number(&mut tx, "+862988881003").await.unwrap(), None);
});

fn employee(unit: &str, badge: &str, education: &str) -> Value {
    json!({ "unit_id": unit, "role": "engineer", "name": format!("员工{badge}"), "badge_number": badge, "education": education,
        "base": { "lon": 113.26, "lat": 23.13 },
        "skills": [{ "code": "barrier", "level": 2 }],
        "certificates": [{ "code": "electrician", "number": badge, "issued_on": "2024-01-01", "expires_on": "2026-12-31" }],
        "shifts": [{ "kind": "weekly", "weekday": 1, "from_min": 480, "to_min": 1080 }] })
}

both!(p02_employees_with_what_they_hold_and_the_headcount, |world| async move {
    let c = company(&world).await;
    let educations = ["secondary", "college", "bachelor", "bachelor", "master"];
    for (n, education) in educations.iter().enumerate() {
        let unit = if n == 0 { &c.other } else { &c.branch };
        c.admin.post("/api/employees", employee(unit, &format!("E{n}"), education)).await.expect(201);
    }
    assert_eq!(
        c.admin.post("/api/employees", employee(&c.branch, "E0", "master")).await.refused(409),
        "badge_taken"
    );
    let mut bad = employee(&c.branch, "E9", "master");
    bad["certificates"][0]["expires_on"] = json!("2023-01-01");
    let refused = c.admin.post("/api/employees", bad).await;
    assert_eq!(
        (refused.refused(422), &refused.json["errors"][0]["pointer"]),
        ("certificate_invalid", &json!("/certificates/0"))
    );
    let mut bad = employee(&c.branch, "E9", "master");
    bad["department"] = json!("engineering");
    assert_eq!(c.admin.post("/api/employees", bad).await.refused(422), "department_unknown");

    let count = c.admin.get("/api/headcount").await.expect(200);
    assert_eq!(
        (&count["total"], &count["college_percent"], &count["bachelor_percent"]),
        (&json!(5), &json!(80), &json!(60))
    );
    assert_eq!(count["by_education"]["bachelor"], 2);

    let mut tx = world.app.db.reader().await.unwrap();
    let area = organisation::Area::Below(c.branch.parse().unwrap());
    let engineers = organisation::engineers_in(&mut tx, &area).await.unwrap();
    assert_eq!(engineers.len(), 4);
    assert_eq!(engineers[0].skill_level("barrier"), 2);
    assert!(engineers[0].certified("electrician", "2026-12-31".parse().unwrap()));
    assert!(!engineers[0].certified("electrician", "2027-01-01".parse().unwrap()));
    // Monday 09:00 to 10:00 in Shanghai.
    let at = |text: &str| -> kit::Ts { text.parse().unwrap() };
    let (from, to) = (at("2026-10-12T09:00:00+08:00"), at("2026-10-12T10:00:00+08:00"));
    assert!(organisation::shifts::on_shift(&engineers[0].shifts, &engineers[0].zone, from, to));

    // Changing replaces what is held; the version counts.
    let id = engineers[0].id.to_string();
    let mut change = employee(&c.region, &engineers[0].badge_number, "master");
    change["skills"] = json!([{ "code": "network", "level": 3 }]);
    let changed = c.admin.put(&format!("/api/employees/{id}"), 1, change.clone()).await;
    assert_eq!((changed.version(), &changed.json["skills"][0]["code"]), (2, &json!("network")));
    assert_eq!(c.admin.put(&format!("/api/employees/{id}"), 1, change).await.refused(412), "version_changed");
});

both!(p04_colleagues_are_seen_within_reach_and_homes_only_by_planners, |world| async move {
    let c = company(&world).await;
    let mine = c.admin.post("/api/employees", employee(&c.region, "R1", "college")).await.expect(201);
    let far = c.admin.post("/api/employees", employee(&c.other, "O1", "college")).await.expect(201);
    let agent = world.client_in(&[Role::HotlineAgent], Some(&c.branch), None, None).await;
    let list = agent.get("/api/employees").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!((&list["items"][0]["id"], &list["items"][0]["base"]), (&mine["id"], &Value::Null));
    let path = |e: &Value| format!("/api/employees/{}", e["id"].as_str().unwrap());
    assert_eq!(agent.get(&path(&far)).await.refused(404), "employee_unknown");
    let dispatcher = world.client_in(&[Role::Dispatcher], Some(&c.branch), None, None).await;
    assert_eq!(dispatcher.get(&path(&mine)).await.expect(200)["base"]["lon"], 113.26);
    let page = c.admin.get("/api/employees?limit=1").await.expect(200);
    let next = page["next"].as_str().unwrap();
    let rest = c.admin.get(&format!("/api/employees?limit=1&after={next}")).await.expect(200);
    assert_ne!(page["items"][0]["id"], rest["items"][0]["id"]);
    assert_eq!(rest["next"], Value::Null);
    let found = c.admin.get("/api/employees?q=R1&skill=barrier&role=engineer").await.expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
});

both!(divisions_are_walked_and_searched, |world| async move {
    let c = company(&world).await;
    c.admin.put("/api/jurisdictions", 1, map(&c)).await.expect(200);
    let provinces = c.admin.get("/api/divisions").await.expect(200);
    assert_eq!(provinces.as_array().unwrap().len(), 31);
    let counties = c.admin.get("/api/divisions?parent=4403").await.expect(200);
    assert!(counties.as_array().unwrap().iter().all(|d| d["unit_id"] == json!(c.region)));
    let found = c.admin.get("/api/divisions?q=%E9%9B%81%E5%A1%94").await.expect(200);
    assert_eq!((&found[0]["code"], &found[0]["full_name"]), (&json!("610113"), &json!("陕西省西安市雁塔区")));
});

both!(p11_a_rota_shows_its_gaps_before_and_after_saving, |world| async move {
    use http::Method;
    let company = crate::customers::company(&world).await;
    let unit = company.shenzhen.as_str();
    let admin = world.client_in(&[Role::SystemAdmin], Some(&company.headquarters), None, None).await;
    let manager = world.client_in(&[Role::BranchManager], Some(unit), None, None).await;
    let mut people = Vec::new();
    for badge in ["ONCALL-1", "ONCALL-2"] {
        people.push(crate::customers::id(
            &admin.post("/api/employees", employee(unit, badge, "college")).await.expect(201),
        ));
    }
    let hotline = json!({ "number": "0755-8888 6666", "unit_id": unit, "calendar": "round_the_clock",
        "name": { "zh_cn": "深圳热线", "en": "Shenzhen hotline" } });
    admin.post("/api/hotlines", hotline).await.expect(201);
    let path = format!("/api/on-call/{unit}");
    let units = manager.get("/api/on-call").await.expect(200);
    assert_eq!(units.as_array().unwrap().len(), 1, "only the manager's own: {units}");
    assert_eq!(units[0]["gap_min"], 30 * 24 * 60, "a hotline without a rota is warned of");

    let turn = |tier: &str, person: &str, weekday: i64| json!({ "tier": tier, "employee_id": person, "week": 1, "weekday": weekday, "from_min": 480, "to_min": 1920 });
    let turns = |days: std::ops::RangeInclusive<i64>| -> Vec<Value> {
        days.flat_map(|d| [turn("primary", &people[0], d), turn("backup", &people[1], d)]).collect()
    };
    let rota = |turns: Vec<Value>| json!({ "rota": { "cycle_weeks": 1, "starts_on": "2026-10-05", "backup_after_min": 15, "turns": turns } });
    let previewed = manager.post(&format!("{path}/preview"), rota(turns(1..=6))).await.expect(200);
    assert_eq!(previewed["gaps"][0]["missing"], "both");
    assert_eq!(previewed["gaps"][0]["from"], "2026-10-11T00:00:00Z", "from Sunday at eight in Shanghai");
    assert_eq!(manager.get(&path).await.expect(200)["version"], 0, "a preview saves nothing");

    manager.put(&path, 0, rota(turns(1..=7))).await.expect(200);
    let units = manager.get("/api/on-call").await.expect(200);
    assert_eq!((units[0]["gap_min"].as_i64(), units[0]["first_gap"].is_null()), (Some(0), true));
    assert_eq!(units[0]["primary"]["id"].as_str(), Some(people[0].as_str()));
    assert_eq!(manager.put(&path, 0, rota(turns(1..=7))).await.refused(412), "version_changed");
    // Who leaves is on call no more: the gap is there at once.
    let mut gone = employee(unit, "ONCALL-2", "college");
    gone["active"] = json!(false);
    admin.put(&format!("/api/employees/{}", people[1]), 1, gone).await.expect(200);
    let units = manager.get("/api/on-call").await.expect(200);
    assert_eq!(units[0]["first_gap"]["missing"], "backup");

    for (broken, code) in [
        (
            json!({ "tier": "primary", "employee_id": people[0], "from_min": 0, "to_min": 60 }),
            "rota_turn_invalid",
        ),
        (turn("primary", "00000000-0000-7000-8000-000000000000", 1), "rota_person_unknown"),
    ] {
        let answer = manager.put(&path, 1, rota(vec![broken])).await;
        assert_eq!(answer.refused(422), code);
    }
    // Another branch's rota is not theirs.
    let other = format!("/api/on-call/{}", company.guangzhou);
    assert_eq!(manager.get(&other).await.refused(404), "unit_unknown");
    assert_eq!(
        manager.command(Method::PUT, &other, &manager.key(), Some(0), rota(Vec::new())).await.refused(404),
        "unit_unknown"
    );
    world.sealed().await;
});
