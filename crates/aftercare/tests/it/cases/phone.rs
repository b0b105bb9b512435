//! What was mended by phone, and the templates notes are written by.

use serde_json::{Value, json};

use super::desk;
use crate::both;
use crate::customers::id;

both!(p14_what_was_mended_by_phone_has_its_cause_of_the_catalogue, |world| async move {
    let desk = desk(&world).await;
    let case = desk.triaged().await;
    desk.step(&case, "phone-support", json!({})).await.expect(200);
    let result = |cause: &str| json!({ "outcome": "solved", "steps_tried": ["断电重启"], "fix_plan": "再次出现请来电", "cause_code": cause });
    assert_eq!(desk.step(&case, "phone-result", result("no_such")).await.refused(422), "case_cause_unknown");
    desk.step(&case, "phone-result", result("power")).await.expect(200);
    let support = desk.view(&case).await["phone_supports"][0].clone();
    assert_eq!(
        (support["cause_code"].as_str(), support["cause"]["zh_cn"].as_str()),
        (Some("power"), Some("供电异常"))
    );

    let case = desk.triaged().await;
    desk.step(&case, "phone-support", json!({})).await.expect(200);
    let unsolved = json!({ "outcome": "not_solved", "steps_tried": ["断电重启"], "reason": "电机不转", "cause_code": "power" });
    desk.step(&case, "phone-result", unsolved).await.expect(200);
    assert!(desk.view(&case).await["phone_supports"][0]["cause_code"].is_null(), "nobody knows it yet");
});

both!(notes_are_written_by_templates_that_everybody_finds, |world| async move {
    let manager = world.client(identity::Role::BranchManager).await;
    let agent = world.client(identity::Role::HotlineAgent).await;
    let standard = agent.get("/api/note-templates").await.expect(200);
    let whole = |one: &Value| {
        ["name", "text"]
            .iter()
            .all(|part| ["zh_cn", "en"].iter().all(|lang| one[part][lang].as_str() != Some("")))
    };
    assert!(
        standard.as_array().unwrap().len() >= 8 && standard.as_array().unwrap().iter().all(whole),
        "F#2979"
    );
    let new = json!({
        "name": { "zh_cn": "查看日志", "en": "Logs" }, "text": { "zh_cn": "已查看控制器日志", "en": "" }, "ordinal": 5, "active": true,
    });
    agent.post("/api/note-templates", new.clone()).await.refused(403);
    let made = manager.post("/api/note-templates", new.clone()).await.expect(201);
    assert_eq!(agent.get("/api/note-templates").await.expect(200)[0]["name"]["en"], "Logs", "smallest first");
    let path = format!("/api/note-templates/{}", id(&made));
    let mut off = new;
    off["active"] = json!(false);
    assert_eq!(manager.put(&path, 1, off.clone()).await.expect(200)["version"], 2);
    manager.put(&path, 1, off.clone()).await.expect(412);
    let count = |list: Value| list.as_array().unwrap().len();
    assert_eq!(
        count(agent.get("/api/note-templates").await.expect(200)) + 1,
        count(agent.get("/api/note-templates?all=true").await.expect(200))
    );
    off["text"]["zh_cn"] = json!(" ");
    assert_eq!(manager.put(&path, 2, off).await.refused(422), "note_template_text_invalid");
});
