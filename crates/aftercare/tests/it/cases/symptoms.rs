//! The class of a symptom: a code of the catalogue.

use super::*;

both!(a_class_of_symptoms_is_one_of_the_catalogue, |world| async move {
    let desk = desk(&world).await;
    let mut report = desk.report();
    report["symptom_class"] = json!("arm_stays_down");
    let refused = desk.agent.post("/api/cases", report).await;
    assert_eq!(refused.refused(422), "case_symptom_class_unknown");
    assert_eq!(refused.json["errors"][0]["pointer"], "/symptom_class");
    let case = desk.reported().await;
    let path = format!("/api/cases/{case}");
    let unknown = json!({ "symptom_class": "wear" });
    assert_eq!(desk.step(&case, "triage", unknown).await.refused(422), "case_symptom_class_unknown");
    // What stands on a case stays, also when the code can't be chosen any more.
    let system = world.client(Role::SystemAdmin).await;
    let off =
        json!({ "name": { "zh_cn": "无反应", "en": "Does not respond" }, "ordinal": 20, "active": false });
    system.put("/api/fault-codes/fault/no_response", 1, off).await.expect(200);
    let version = desk.agent.get(&path).await.version();
    let correct = |class: &str| json!({ "symptom": "道闸不抬杆", "symptom_class": class });
    let kept = desk.agent.put(&path, version, correct("no_response")).await;
    let version = kept.version();
    kept.expect(200);
    let other = desk.agent.put(&path, version, correct("no_such")).await;
    assert_eq!(other.refused(422), "case_symptom_class_unknown");
    desk.agent.put(&path, version, correct("noise")).await.expect(200);
    let fresh = desk.agent.post("/api/cases", desk.report()).await;
    assert_eq!(fresh.refused(422), "case_symptom_class_unknown");
});
