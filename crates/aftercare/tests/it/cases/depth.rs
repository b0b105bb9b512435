//! Hand-overs that time out, raising and giving back, parents and children: both databases.

use identity::Role;
use kit::Ts;
use serde_json::json;

use super::{at, desk, primary};
use crate::both;
use crate::customers::id;

both!(p10_an_offer_that_nobody_answers_goes_back_to_who_made_it, |world| async move {
    let desk = desk(&world).await;
    let case = desk.triaged().await;
    let offer = json!({ "to_id": desk.expert.account_id, "reason": "需要固件专家" });
    desk.step(&case, "hand-over", offer.clone()).await.expect(200);
    let view = desk.view(&case).await;
    let due = at(&view["hand_over_list"][0]["answer_due_at"]);
    assert_eq!(due, world.app.clock.now().plus(Ts::HOUR), "the policy's 60 minutes");
    let touched = world.count("SELECT touched_at FROM service_case").await;
    world.pass(Ts::HOUR - Ts::SECOND).await;
    assert!(desk.view(&case).await["hand_over_to"].is_string());
    world.pass(Ts::SECOND).await;
    let view = desk.view(&case).await;
    assert_eq!(
        (&view["hand_over_to"], &view["hand_over_list"][0]["answer"]),
        (&json!(null), &json!("timed_out"))
    );
    assert_eq!(view["owner"]["id"].as_str(), Some(desk.agent.account_id.as_str()));
    assert_eq!(view["hand_overs"], 0, "it was none");
    assert_eq!(
        world.count("SELECT touched_at FROM service_case").await,
        touched,
        "nobody has touched the case"
    );
    let late = desk.expert.post(&format!("/api/cases/{case}/accept-hand-over"), json!({})).await;
    assert_eq!(late.refused(409), "case_hand_over_none");

    // The next offer has its own hour; one that is answered in time never comes back.
    desk.step(&case, "hand-over", offer).await.expect(200);
    world.pass(30 * Ts::MINUTE).await;
    desk.expert.post(&format!("/api/cases/{case}/accept-hand-over"), json!({})).await.expect(200);
    world.pass(Ts::HOUR).await;
    let view = desk.expert.get(&format!("/api/cases/{case}")).await.expect(200);
    assert_eq!(view["owner"]["id"].as_str(), Some(desk.expert.account_id.as_str()));
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.hand_over_timed_out'").await, 1);
    world.sealed().await;
});

both!(p10_decision_2_a_case_is_raised_by_hand_and_given_back_with_a_reason, |world| async move {
    let desk = desk(&world).await;
    let head = desk.company.headquarters.clone();
    let region = crate::customers::agent(&world, &desk.company.guangzhou).await;
    let case = desk.triaged().await;
    assert_eq!(
        desk.step(&case, "escalate", json!({ "reason": " " })).await.refused(422),
        "case_reason_missing"
    );
    assert_eq!(
        desk.step(&case, "return-escalation", json!({ "reason": "x" })).await.refused(409),
        "case_not_escalated"
    );
    let view = desk.view(&case).await;
    let offered = |view: &serde_json::Value, step: &str| {
        view["steps"].as_array().unwrap().iter().any(|s| s["step"] == step)
    };
    assert!(offered(&view, "escalate") && !offered(&view, "return_escalation"));
    desk.step(&case, "escalate", json!({ "reason": "需要固件专家" })).await.expect(200);
    assert_eq!(
        desk.step(&case, "escalate", json!({ "reason": "再次" })).await.refused(409),
        "case_escalated_already"
    );
    let view = desk.view(&case).await;
    assert_eq!(view["second_unit_id"].as_str(), Some(head.as_str()));
    assert_eq!(view["owner"]["id"].as_str(), Some(desk.agent.account_id.as_str()), "its owner stays");
    assert!(!offered(&view, "escalate") && offered(&view, "return_escalation"));
    assert_eq!(region.get(&format!("/api/cases/{case}")).await.refused(404), "case_unknown");

    desk.step(&case, "return-escalation", json!({ "reason": "现场可处理" })).await.expect(200);
    let view = desk.view(&case).await;
    assert_eq!((&view["second_unit_id"], &view["escalated_at"]), (&json!(null), &json!(null)));
    // The watch begins anew: who lets it lie is raised again.
    world.pass(13 * Ts::HOUR).await;
    assert!(desk.view(&case).await["escalated_at"].is_string());
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.escalated'").await, 2);
});

both!(p10_children_follow_a_parent_and_are_offered_its_solution, |world| async move {
    let desk = desk(&world).await;
    let parent = desk.triaged().await;
    let mut other = desk.report();
    other["symptom"] = json!("出口道闸也不抬杆");
    other["asset_id"] = json!(null);
    let child = id(&desk.agent.post("/api/cases", other).await.expect(201));
    let follow = json!({ "parent_id": parent });
    assert_eq!(desk.step(&parent, "parent", follow.clone()).await.refused(422), "case_parent_itself");
    let nobody = json!({ "parent_id": "00000000-0000-7000-8000-000000000000" });
    assert_eq!(desk.step(&child, "parent", nobody).await.refused(422), "case_parent_unknown");
    desk.step(&child, "parent", follow.clone()).await.expect(200);
    assert_eq!(desk.step(&child, "parent", follow).await.refused(409), "case_parent_same");
    let round = json!({ "parent_id": child });
    assert_eq!(desk.step(&parent, "parent", round).await.refused(409), "case_parent_is_child");
    let view = desk.view(&parent).await;
    assert_eq!((view["children"].as_array().unwrap().len(), &view["children"][0]["open"]), (1, &json!(true)));
    assert_eq!(desk.view(&child).await["parent"]["id"], json!(parent));

    desk.step(&parent, "phone-support", json!({})).await.expect(200);
    let solved =
        json!({ "outcome": "solved", "steps_tried": ["升级控制板"], "fix_plan": "下载 2.4 版后重启" });
    desk.step(&parent, "phone-result", solved).await.expect(200);
    let view = desk.view(&child).await;
    assert_eq!(view["parent_solution"]["fix_plan"], "下载 2.4 版后重启");
    assert_eq!(view["parent_solution"]["steps_tried"], json!(["升级控制板"]));
    assert_eq!(primary(&view), ["triage"], "the child keeps its own steps and clocks");

    desk.step(&child, "leave-parent", json!({})).await.expect(200);
    assert_eq!(desk.step(&child, "leave-parent", json!({})).await.refused(409), "case_parent_none");
    assert_eq!(desk.view(&parent).await["children"], json!([]));
    let late = json!({ "parent_id": parent });
    desk.step(&child, "parent", late.clone()).await.expect(200);
    desk.step(&child, "leave-parent", json!({})).await.expect(200);
    world.sealed().await;
});

both!(a_list_is_exported_as_it_is_shown, |world| async move {
    let desk = desk(&world).await;
    let manager = world.client_in(&[Role::BranchManager], Some(&desk.company.shenzhen), None, None).await;
    let mut report = desk.report();
    report["symptom"] = json!("=HYPERLINK(\"http://x\",\"道闸\") 电话 13812341234");
    desk.agent.post("/api/cases", report).await.expect(201);
    let path = "/api/cases/export?format=csv&columns=number,symptom,severity,clock&view=open";
    assert_eq!(desk.agent.get(path).await.refused(403), "not_permitted");
    let file = manager.get(path).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert!(file.headers["content-disposition"].to_str().unwrap().ends_with("cases-2026-10-09.csv\""));
    let mut lines = file.text.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("编号,故障现象,级别,时限"));
    let row = lines.next().unwrap();
    assert!(row.starts_with("SQ20261009-0001,\"'=HYPERLINK("), "no formula: {row}");
    assert!(!row.contains("13812341234") && row.contains("重要"), "no number whole, words for codes: {row}");
    assert_eq!(lines.next(), None);

    let book = manager.get("/api/cases/export?format=xlsx").await;
    assert_eq!(book.status, 200);
    assert!(book.headers["content-type"].to_str().unwrap().contains("spreadsheetml"));
    let wrong = manager.get("/api/cases/export?format=csv&columns=number,secret").await;
    assert_eq!(wrong.refused(422), "list_column_unknown");

    // Who took what is on record, and a name that was searched for is not.
    manager.get("/api/cases/export?format=csv&q=%E4%BA%91%E6%9D%89").await;
    let kept = "SELECT COUNT(*) FROM event WHERE kind = 'list.exported' AND audience = 'audit'";
    assert_eq!(world.count(kept).await, 3, "the refused ones took nothing");
    let named = "SELECT COUNT(*) FROM event WHERE kind = 'list.exported' AND body LIKE '%云杉%'";
    assert_eq!(world.count(named).await, 0);
    // Another branch gets its own rows: none.
    let far = world.client_in(&[Role::BranchManager], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(far.get(path).await.text.lines().count(), 1);
});
