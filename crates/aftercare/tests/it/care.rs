//! Follow-up calls: from the mended case to the closed or reopened one, on both databases.

use identity::Role;
use kit::Ts;
use serde_json::{Value, json};

use crate::both;
use crate::customers::{NANSHAN, customer, id, site};
use crate::visits::{Job, job};
use crate::world::{Client, World};

/// A case that was mended on site by the first engineer; the follow-up's id.
pub async fn mended(world: &World, job: &Job) -> (String, String) {
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    world.run_jobs().await;
    let caller = caller(world, job).await;
    let due = caller.get("/api/follow-ups?view=due").await.expect(200);
    let row = due["items"].as_array().unwrap().iter().find(|f| f["case_id"] == json!(case)).unwrap();
    (case, id(row))
}

async fn caller(world: &World, job: &Job) -> Client {
    world.client_in(&[Role::FollowUpAgent], Some(&job.desk.company.shenzhen), None, None).await
}

fn answered(solved: bool, rating: i64) -> Value {
    json!({ "reached": true, "solved": solved, "rating": rating, "answers": { "on_time": true, "uniform_badge": true, "integrity": false } })
}

both!(p13_a_mended_case_owes_one_call_within_three_working_days_by_somebody_else, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (case, follow_up) = mended(&world, &job).await;
    world.run_jobs().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM follow_up").await, 1);
    let agent = caller(&world, &job).await;
    let path = format!("/api/follow-ups/{follow_up}");
    let view = agent.get(&path).await.expect(200);
    assert!(view["number"].as_str().unwrap().starts_with("HF20261009-"), "{view}");
    // Friday; Saturday 2026-10-10 is a make-up workday: Saturday, Monday, Tuesday.
    let due: Ts = view["due_at"].as_str().unwrap().parse().unwrap();
    let tuesday: Ts = "2026-10-13T00:00:00+08:00".parse().unwrap();
    assert!(due > tuesday && due <= tuesday.plus(Ts::DAY), "{view}");
    assert_eq!(
        (view["served_by_name"].as_str(), view["phone_masked"].as_str(), view["case_number"].as_str()),
        (Some("工程师甲"), Some("138****1234"), Some("SQ20261009-0001"))
    );
    let asked: Vec<_> =
        view["script"].as_array().unwrap().iter().map(|q| q["code"].as_str().unwrap()).collect();
    assert_eq!(asked, ["solved", "on_time", "uniform_badge", "integrity", "satisfaction"]);

    // Who did the work doesn't ask how it was, whatever other role they hold.
    let own = caller(&world, &job).await;
    let (engineer, account) = (job.engineers[0].0.clone(), own.account_id.clone());
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.execute(
                    "UPDATE account SET employee_id = NULL WHERE employee_id = $1",
                    kit::params![&engineer],
                )
                .await?;
                tx.execute(
                    "UPDATE account SET employee_id = $1 WHERE id = $2",
                    kit::params![engineer, account],
                )
                .await
            })
        })
        .await
        .unwrap();
    assert_eq!(own.post(&format!("{path}/start"), json!({})).await.refused(409), "follow_up_own_work");

    assert_eq!(agent.post(&format!("{path}/start"), json!({})).await.expect(200)["state"], "calling");
    let other = caller(&world, &job).await;
    assert_eq!(
        other.post(&format!("{path}/record"), answered(true, 5)).await.refused(409),
        "follow_up_taken"
    );
    assert_eq!(agent.get("/api/follow-ups?view=mine").await.expect(200)["items"][0]["id"], json!(follow_up));
    let elsewhere =
        world.client_in(&[Role::FollowUpAgent], Some(&job.desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get(&path).await.refused(404), "follow_up_unknown");
    assert_eq!(elsewhere.post(&format!("{path}/start"), json!({})).await.refused(404), "follow_up_unknown");

    // Nobody answers; then somebody does, and the case is closed.
    let later = world.app.clock.now().plus(Ts::HOUR);
    let again = json!({ "reached": false, "next_attempt_at": later, "comment": "无人接听" });
    let again = agent.post(&format!("{path}/record"), again).await.expect(200);
    assert_eq!((again["state"].as_str(), again["attempts"].as_i64()), (Some("due"), Some(1)));
    assert_eq!(again["next_at"].as_str().unwrap().parse::<Ts>().unwrap(), later);
    assert_eq!(
        agent.post(&format!("{path}/record"), json!({ "reached": true, "solved": true })).await.refused(422),
        "follow_up_rating_missing"
    );
    let done = agent.post(&format!("{path}/record"), answered(true, 5)).await.expect(200);
    assert_eq!(
        (done["state"].as_str(), done["result"].as_str(), done["rating"].as_i64()),
        (Some("done"), Some("solved"), Some(5))
    );
    assert_eq!(done["attempt_list"].as_array().unwrap().len(), 2);
    let closed = job.case(&case).await;
    assert_eq!(closed["state"], "closed");
    let clock = closed["clocks"].as_array().unwrap().iter().find(|c| c["promise"] == "follow_up").unwrap();
    assert_eq!(clock["status"], "met");
    assert_eq!(agent.post(&format!("{path}/record"), answered(true, 5)).await.refused(409), "follow_up_done");
    assert_eq!(
        agent.get("/api/follow-ups?view=done").await.expect(200)["items"].as_array().unwrap().len(),
        1
    );
    world.run_jobs().await;
    assert_eq!(
        world.count("SELECT COUNT(*) FROM follow_up WHERE state = 'done'").await,
        1,
        "reading its own close changes nothing"
    );
    world.sealed().await;
});

both!(p13_not_solved_reopens_the_case_and_the_next_repair_owes_another_call, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (case, follow_up) = mended(&world, &job).await;
    let agent = caller(&world, &job).await;
    let path = format!("/api/follow-ups/{follow_up}/record");
    assert_eq!(agent.post(&path, answered(false, 2)).await.refused(422), "follow_up_comment_missing");
    let mut said = answered(false, 2);
    said["comment"] = json!("第二天又不抬杆");
    said["answers"]["integrity"] = json!(true);
    let done = agent.post(&path, said).await.expect(200);
    assert_eq!((done["result"].as_str(), done["concern"].as_bool()), (Some("not_solved"), Some(true)));
    let view = job.case(&case).await;
    assert_eq!((view["state"].as_str(), view["reopened"].as_i64()), (Some("triaged"), Some(1)));
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'follow_up.concern'").await, 1);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%又不抬杆%'").await,
        0,
        "words stay out of events"
    );
    world.run_jobs().await;

    // Solved by phone this time: another call, about less.
    let step = async |step: &str, input: Value| {
        job.desk.agent.post(&format!("/api/cases/{case}/{step}"), input).await.expect(200);
    };
    step("phone-support", json!({})).await;
    step(
        "phone-result",
        json!({ "outcome": "solved", "steps_tried": ["复位"], "fix_plan": "断电十秒后上电" }),
    )
    .await;
    world.run_jobs().await;
    let due = agent.get("/api/follow-ups").await.expect(200);
    assert_eq!(due["items"].as_array().unwrap().len(), 1);
    let second = id(&due["items"][0]);
    let view = agent.get(&format!("/api/follow-ups/{second}")).await.expect(200);
    assert_eq!((view["how"].as_str(), view["script"].as_array().unwrap().len()), (Some("remote"), 2));
    // Reopened by other hands before the call: the call falls away.
    step("reopen", json!({ "reason": "客户来电，仍未解决" })).await;
    world.run_jobs().await;
    assert_eq!(agent.get(&format!("/api/follow-ups/{second}")).await.expect(200)["state"], "cancelled");
    let late = agent.post(&format!("/api/follow-ups/{second}/start"), json!({})).await;
    assert_eq!(late.refused(409), "follow_up_cancelled");
});

both!(p13_what_the_customer_said_is_kept_while_something_keeps_the_case_open, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (case, follow_up) = mended(&world, &job).await;
    let held: cases::CaseId = case.parse().unwrap();
    let act = async |hold: bool| {
        let acted: Result<(), kit::Failure> = world
            .app
            .act(kit::Actor::system("test"), move |tx, cx| {
                Box::pin(async move {
                    if hold {
                        cases::hold(tx, cx, held, "invoice_duty", "1", "FW-0001").await?;
                        cases::hold(tx, cx, held, "loaner", "2", "DY-0001").await?;
                    } else {
                        cases::release(tx, cx, held, "invoice_duty", "1").await?;
                    }
                    Ok(())
                })
            })
            .await;
        acted.unwrap();
        world.run_jobs().await;
    };
    act(true).await;
    let agent = caller(&world, &job).await;
    let path = format!("/api/follow-ups/{follow_up}");
    let done = agent.post(&format!("{path}/record"), answered(true, 5)).await.expect(200);
    assert_eq!((done["state"].as_str(), done["rating"].as_i64()), (Some("done"), Some(5)));
    let view = job.case(&case).await;
    assert_eq!(
        (view["state"].as_str(), view["next"]["step"].as_str()),
        (Some("follow_up"), Some("settle")),
        "it waits for what keeps it open"
    );
    let clock = view["clocks"].as_array().unwrap().iter().find(|c| c["promise"] == "follow_up").unwrap();
    assert_eq!(clock["status"], "met", "the call was made in time, whatever finance does");
    // One of two is gone: it still waits.
    act(false).await;
    assert_eq!(job.case(&case).await["state"], "follow_up");
    world.app.clock.advance(Ts::DAY);
    let rest: Result<(), kit::Failure> = world
        .app
        .act(kit::Actor::system("test"), move |tx, cx| {
            Box::pin(async move { cases::release(tx, cx, held, "loaner", "2").await })
        })
        .await;
    rest.unwrap();
    world.run_jobs().await;
    assert_eq!(job.case(&case).await["state"], "closed");
    assert_eq!(world.count("SELECT COUNT(*) FROM follow_up").await, 1, "nobody is called twice");
    world.sealed().await;
});

both!(p13_a_case_reopened_while_it_waits_is_not_closed_by_the_invoice, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (case, follow_up) = mended(&world, &job).await;
    let held: cases::CaseId = case.parse().unwrap();
    let act = async |hold: bool| {
        let acted: Result<(), kit::Failure> = world
            .app
            .act(kit::Actor::system("test"), move |tx, cx| {
                Box::pin(async move {
                    match hold {
                        true => cases::hold(tx, cx, held, "invoice_duty", "1", "FW-0001").await,
                        false => cases::release(tx, cx, held, "invoice_duty", "1").await,
                    }
                })
            })
            .await;
        acted.unwrap();
        world.run_jobs().await;
    };
    act(true).await;
    let agent = caller(&world, &job).await;
    agent.post(&format!("/api/follow-ups/{follow_up}/record"), answered(true, 4)).await.expect(200);
    let again = json!({ "reason": "客户来电，又坏了" });
    job.desk.agent.post(&format!("/api/cases/{case}/reopen"), again).await.expect(200);
    act(false).await;
    assert_eq!(job.case(&case).await["state"], "triaged");
});

both!(p07_satisfaction_shows_how_many_and_marks_a_small_sample, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (_, follow_up) = mended(&world, &job).await;
    let agent = caller(&world, &job).await;
    let mut late = agent.get("/api/follow-ups?view=late").await.expect(200);
    assert_eq!(late["items"].as_array().unwrap().len(), 0);
    world.app.clock.advance(5 * Ts::DAY);
    late = agent.get("/api/follow-ups?view=late").await.expect(200);
    assert_eq!(
        (late["items"].as_array().unwrap().len(), late["items"][0]["late"].as_bool()),
        (1, Some(true))
    );
    agent.post(&format!("/api/follow-ups/{follow_up}/record"), answered(true, 4)).await.expect(200);
    world.app.clock.advance(Ts::HOUR);
    let report = agent.get("/api/reports/satisfaction").await.expect(200);
    assert_eq!(report["rows"].as_array().unwrap().len(), 1);
    let row = &report["rows"][0];
    assert_eq!(
        (row["name"]["zh_cn"].as_str(), row["n"].as_i64(), row["score"].as_f64()),
        (Some("工程师甲"), Some(1), Some(4.0))
    );
    assert_eq!(
        (row["small_sample"].as_bool(), row["months"][0]["month"].as_str()),
        (Some(true), Some("2026-10"))
    );
    let units = agent.get("/api/reports/satisfaction?by=unit").await.expect(200);
    assert_eq!(units["rows"][0]["id"], json!(job.desk.company.shenzhen));
    let elsewhere =
        world.client_in(&[Role::FollowUpAgent], Some(&job.desk.company.guangzhou), None, None).await;
    let nothing = elsewhere.get("/api/reports/satisfaction").await.expect(200);
    assert_eq!((nothing["total"]["n"].as_i64(), nothing["total"]["score"].is_null()), (Some(0), true));
    let backwards = "/api/reports/satisfaction?from=2026-10-02T00:00:00Z&to=2026-10-01T00:00:00Z";
    assert_eq!(agent.get(backwards).await.refused(422), "satisfaction_period_invalid");
});

both!(p65_a_low_score_opens_a_complaint_that_names_the_case_and_has_an_owner, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (case, follow_up) = mended(&world, &job).await;
    let agent = caller(&world, &job).await;
    let path = format!("/api/follow-ups/{follow_up}");
    let shown = agent.get(&path).await.expect(200);
    assert!(shown["complaint"].is_null());
    let calls_from = shown["calls_from"].as_str().unwrap_or_default();
    assert!(!calls_from.starts_with("400"), "a 400 number can't call out: {shown}");
    // What was done at this site before stands on the case, the same device first.
    let past = job.desk.agent.get(&format!("/api/cases/{case}/past-visits")).await.expect(200);
    assert_eq!((past[0]["outcome"].as_str(), past[0]["same_asset"].as_bool()), (Some("done"), Some(true)));
    let elsewhere = world.client_in(&[Role::Expert], Some(&job.desk.company.guangzhou), None, None).await;
    elsewhere.get(&format!("/api/cases/{case}/past-visits")).await.expect(404);

    let mut said = answered(true, 2);
    said["comment"] = json!("等了一整天");
    let done = agent.post(&format!("{path}/record"), said).await.expect(200);
    assert_eq!(done["result"], "solved", "what was mended stays mended");
    let complaint = done["complaint"]["id"].as_str().unwrap().to_owned();
    let view = job.desk.agent.get(&format!("/api/cases/{complaint}")).await.expect(200);
    assert_eq!((view["kind"].as_str(), view["state"].as_str()), (Some("complaint"), Some("new")));
    let about = job.case(&case).await["number"].as_str().unwrap().to_owned();
    let symptom = view["symptom"].as_str().unwrap();
    assert!(symptom.contains(&about) && symptom.contains("等了一整天"), "{symptom}");
    assert!(view["owner"]["id"].is_string() && view["next"]["due_at"].is_string(), "{view}");
    assert_eq!(agent.get(&path).await.expect(200)["complaint"]["number"], view["number"]);
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case WHERE kind = 'complaint'").await, 1);
    world.sealed().await;
});

both!(p65_a_low_score_is_kept_though_device_and_contact_are_there_no_more, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (_, follow_up) = mended(&world, &job).await;
    // The device went to another site, the contact works for somebody else now.
    let path = format!("/api/assets/{}", job.desk.asset);
    let device = job.manager.get(&path).await.expect(200);
    let elsewhere =
        site(&job.desk.agent, device["customer_id"].as_str().unwrap(), "云杉广场二期", NANSHAN).await;
    let moved =
        json!({ "serial": device["serial"], "product_id": device["product"]["id"], "site_id": elsewhere });
    job.manager.put(&path, device["version"].as_i64().unwrap(), moved).await.expect(200);
    let (contact, other) = (job.desk.contact.clone(), customer(&job.desk.agent, "天河公司").await);
    let sql = "UPDATE contact SET customer_id = $1, site_id = NULL WHERE id = $2";
    let left = world
        .app
        .db
        .write(move |tx| Box::pin(async move { tx.execute(sql, kit::params![other, contact]).await }));
    assert_eq!(left.await.unwrap(), 1);

    let agent = caller(&world, &job).await;
    let path = format!("/api/follow-ups/{follow_up}/record");
    let done = agent.post(&path, answered(true, 1)).await.expect(200);
    assert_eq!((done["state"].as_str(), done["rating"].as_i64()), (Some("done"), Some(1)));
    let complaint = done["complaint"]["id"].as_str().unwrap();
    let view = job.desk.agent.get(&format!("/api/cases/{complaint}")).await.expect(200);
    assert_eq!(
        (view["kind"].as_str(), view["site_id"].as_str()),
        (Some("complaint"), Some(job.desk.site.as_str()))
    );
    assert!(view["asset"].is_null() && view["contact"].is_null(), "{view}");
});

both!(p07_a_fair_score_opens_no_complaint, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (_, follow_up) = mended(&world, &job).await;
    let agent = caller(&world, &job).await;
    let done =
        agent.post(&format!("/api/follow-ups/{follow_up}/record"), answered(true, 3)).await.expect(200);
    assert!(done["complaint"].is_null());
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case WHERE kind = 'complaint'").await, 0);
});
