//! Alerts go to who is on duty, then to the backup, then to the manager, until one of them takes them: both databases.

use identity::Role;
use kit::Ts;
use serde_json::{Value, json};

use crate::both;
use crate::cases::{Desk, desk};
use crate::visits::employ;
use crate::world::{Client, World};

async fn person(world: &World, unit: &str, name: &str, role: Role) -> (String, Client) {
    let (employee, _) = employ(world, unit, name).await;
    let now = world.app.clock.now();
    let key = employee.clone();
    // The account of an engineer makes room for one at the desk.
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let sql = "UPDATE account SET employee_id = NULL, disabled_at = $1 WHERE employee_id = $2";
                tx.execute(sql, kit::params![now, key]).await
            })
        })
        .await
        .unwrap();
    let client = world.client_in(&[role], Some(unit), Some(&employee), None).await;
    (employee, client)
}

async fn rota(manager: &Client, unit: &str, turns: Vec<Value>) {
    let path = format!("/api/on-call/{unit}");
    let version = manager.get(&path).await.expect(200)["version"].as_i64().unwrap();
    let body = json!({ "rota": { "cycle_weeks": 1, "starts_on": "2026-10-05", "backup_after_min": 10, "turns": turns } });
    manager.put(&path, version, body).await.expect(200);
}

fn all_week(tier: &str, person: &str) -> Vec<Value> {
    let turn = |day| json!({ "tier": tier, "employee_id": person, "week": 1, "weekday": day, "from_min": 0, "to_min": 1440 });
    (1..=7).map(turn).collect()
}

async fn alerts(client: &Client) -> Vec<Value> {
    client.get("/api/alerts").await.expect(200)["items"].as_array().unwrap().clone()
}

async fn branch(world: &World) -> (Desk, Client) {
    let desk = desk(world).await;
    let manager = world.client_in(&[Role::BranchManager], Some(&desk.company.shenzhen), None, None).await;
    (desk, manager)
}

both!(p11_p44_an_alert_reaches_the_primary_then_the_backup_then_the_manager, |world| async move {
    let (desk, manager) = branch(&world).await;
    let unit = desk.company.shenzhen.clone();
    let (first, primary) = person(&world, &unit, "主班", Role::HotlineAgent).await;
    let (second, backup) = person(&world, &unit, "备班", Role::Expert).await;
    rota(&manager, &unit, [all_week("primary", &first), all_week("backup", &second)].concat()).await;
    let case = desk.reported().await;
    assert!(alerts(&primary).await.is_empty());

    // Half of the 15 minutes to answer are used.
    world.pass(8 * Ts::MINUTE).await;
    let [told] = &alerts(&primary).await[..] else { panic!("one alert for who is on duty") };
    assert_eq!(
        (&told["kind"], &told["stage"], &told["why"], &told["percent"]),
        (&json!("clock.warned"), &json!("primary"), &json!("on_duty"), &json!(50))
    );
    assert_eq!((&told["case_id"], &told["told"][0]["name"]), (&json!(case), &json!("主班")));
    assert!(
        alerts(&backup).await.is_empty()
            && alerts(&desk.agent).await.is_empty()
            && alerts(&manager).await.is_empty()
    );

    // 75 % and 90 % say more of the same alert; nobody is told anew.
    world.pass(5 * Ts::MINUTE + 45 * Ts::SECOND).await;
    let told = alerts(&primary).await;
    assert_eq!(
        (told.len(), &told[0]["percent"], told[0]["told"].as_array().unwrap().len()),
        (1, &json!(90), 1)
    );

    world.pass(5 * Ts::MINUTE).await;
    let told = alerts(&backup).await;
    assert_eq!(
        (told.len(), &told[0]["kind"], &told[0]["stage"], &told[0]["why"]),
        (1, &json!("clock.breached"), &json!("backup"), &json!("unanswered"))
    );
    assert_eq!(alerts(&primary).await.len(), 1, "it still stands there");
    assert!(alerts(&manager).await.is_empty());

    world.pass(10 * Ts::MINUTE).await;
    let told = alerts(&manager).await;
    assert_eq!((told.len(), &told[0]["stage"], &told[0]["next_at"]), (1, &json!("manager"), &Value::Null));
    assert_eq!(told[0]["told"].as_array().unwrap().len(), 4, "all managers of the unit: {}", told[0]);

    // Whoever takes it stops the chain, for everybody.
    let take = format!("/api/alerts/{}/acknowledge", told[0]["id"].as_str().unwrap());
    assert_eq!(desk.agent.post(&take, json!({})).await.refused(404), "alert_unknown");
    assert_eq!(backup.post(&take, json!({})).await.expect(200)["items"], json!([]));
    let late = manager.post(&take, json!({})).await;
    assert_eq!(
        (late.refused(409), late.json["detail"].as_str().unwrap().contains("备班")),
        ("alert_taken", true)
    );
    for client in [&primary, &backup, &manager] {
        assert!(alerts(client).await.is_empty());
    }
    world.pass(Ts::HOUR).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'alert.passed_on'").await, 2);
    world.sealed().await;
});

both!(p11_taking_an_alert_in_time_spares_the_backup, |world| async move {
    let (desk, manager) = branch(&world).await;
    let unit = desk.company.shenzhen.clone();
    let (first, primary) = person(&world, &unit, "主班", Role::HotlineAgent).await;
    let (second, backup) = person(&world, &unit, "备班", Role::Expert).await;
    rota(&manager, &unit, [all_week("primary", &first), all_week("backup", &second)].concat()).await;
    desk.reported().await;
    world.pass(8 * Ts::MINUTE).await;
    let id = alerts(&primary).await[0]["id"].as_str().unwrap().to_owned();
    primary.post(&format!("/api/alerts/{id}/acknowledge"), json!({})).await.expect(200);
    world.pass(3 * Ts::MINUTE + 30 * Ts::SECOND).await;
    assert_eq!(alerts(&primary).await.len(), 1, "75 % is news again for who took the first");
    assert!(alerts(&backup).await.is_empty());
    assert_eq!(
        world.count("SELECT COUNT(*) FROM job WHERE kind = 'alert.pass_on' AND state = 'waiting'").await,
        1
    );
});

both!(p11_where_nobody_is_on_duty_the_manager_is_told_why, |world| async move {
    let (desk, manager) = branch(&world).await;
    let unit = desk.company.shenzhen.clone();
    desk.reported().await;
    world.pass(8 * Ts::MINUTE).await;
    let told = alerts(&manager).await;
    assert_eq!((told.len(), &told[0]["stage"], &told[0]["why"]), (1, &json!("manager"), &json!("no_rota")));
    assert!(alerts(&desk.agent).await.is_empty(), "nobody else");

    // A rota that is empty at this hour: the reason is another.
    let (first, _) = person(&world, &unit, "早班", Role::HotlineAgent).await;
    let morning = json!({ "tier": "primary", "employee_id": first, "week": 1, "weekday": 1, "from_min": 480, "to_min": 600 });
    rota(&manager, &unit, vec![morning]).await;
    let other = json!({ "channel": "phone", "site_id": desk.site, "symptom": "读卡器不亮", "effects": { "can_pass": true } });
    desk.agent.post("/api/cases", other).await.expect(201);
    world.pass(8 * Ts::MINUTE).await;
    let told = alerts(&manager).await;
    assert!(told.iter().any(|a| a["why"] == "nobody_on_duty"), "{told:?}");
});

both!(p10_p11_a_raised_case_reaches_who_is_on_duty_where_it_was_raised_to, |world| async move {
    let (desk, _) = branch(&world).await;
    let head = desk.company.headquarters.clone();
    let chief = world.client_in(&[Role::BranchManager], Some(&head), None, None).await;
    let (expert, on_duty) = person(&world, &head, "技术服务部", Role::Expert).await;
    rota(&chief, &head, all_week("primary", &expert)).await;
    let case = desk.reported().await;
    let path = format!("/api/cases/{case}/escalate");
    desk.agent.post(&path, json!({ "reason": "需要固件专家" })).await.expect(200);
    world.run_jobs().await;
    let told = alerts(&on_duty).await;
    assert_eq!(
        (told.len(), &told[0]["kind"], &told[0]["case_id"]),
        (1, &json!("case.escalated"), &json!(case))
    );
    // It is given back: there is nothing left to take.
    let back = json!({ "reason": "现场可处理" });
    on_duty.post(&format!("/api/cases/{case}/return-escalation"), back).await.expect(200);
    world.run_jobs().await;
    assert!(alerts(&on_duty).await.is_empty(), "it is over");
});

both!(p11_an_alert_ends_when_what_it_is_about_is_over, |world| async move {
    let (desk, manager) = branch(&world).await;
    let case = desk.reported().await;
    world.pass(8 * Ts::MINUTE).await;
    assert_eq!(alerts(&manager).await.len(), 1);
    desk.agent.post(&format!("/api/cases/{case}/triage"), json!({})).await.expect(200);
    desk.agent.post(&format!("/api/cases/{case}/phone-support"), json!({})).await.expect(200);
    assert!(alerts(&manager).await.is_empty(), "somebody answered: the clock has stopped");
});
