//! Kept views of lists: an account's own, shared within its unit and no further; both databases.

use identity::Role;
use serde_json::{Value, json};

use crate::both;
use crate::customers::{company, id};
use crate::world::Client;

fn view(name: &str, shared: bool) -> Value {
    json!({ "list": "cases", "name": name, "shared": shared,
        "content": { "view": "open", "filters": { "severity": "major" }, "columns": ["number", "clock", "site"], "sort": "reported_desc" } })
}

async fn names(client: &Client) -> Vec<String> {
    let views = client.get("/api/saved-views?list=cases").await.expect(200);
    views.as_array().unwrap().iter().map(|v| v["name"].as_str().unwrap().to_owned()).collect()
}

both!(a_view_is_kept_shared_changed_and_removed, |world| async move {
    let company = company(&world).await;
    let agent = |unit: String| {
        let world = world.clone();
        async move { world.client_in(&[Role::HotlineAgent], Some(&unit), None, None).await }
    };
    let (mine, colleague) = (agent(company.shenzhen.clone()).await, agent(company.shenzhen.clone()).await);
    let far = agent(company.guangzhou.clone()).await;

    let made = mine.post("/api/saved-views", view("重要的", false)).await.expect(201);
    assert_eq!((&made["mine"], &made["shared"], &made["version"]), (&json!(true), &json!(false), &json!(1)));
    assert_eq!(made["content"]["filters"], json!({ "severity": "major" }));
    assert_eq!(made["content"]["sort"], "reported_desc");
    assert_eq!(
        mine.post("/api/saved-views", view("重要的", false)).await.refused(409),
        "saved_view_name_taken"
    );
    mine.post("/api/saved-views", view("共享的", true)).await.expect(201);
    assert_eq!(names(&mine).await, ["共享的", "重要的"]);
    assert_eq!(names(&colleague).await, ["共享的"], "only what is shared, and within the unit");
    assert!(names(&far).await.is_empty());

    let path = format!("/api/saved-views/{}", id(&made));
    assert_eq!(colleague.put(&path, 1, view("抢来的", false)).await.refused(404), "saved_view_unknown");
    assert_eq!(colleague.delete(&path).await.refused(404), "saved_view_unknown");
    let changed = mine.put(&path, 1, view("很重要的", true)).await.expect(200);
    assert_eq!((&changed["name"], &changed["version"]), (&json!("很重要的"), &json!(2)));
    assert_eq!(mine.put(&path, 1, view("旧的", true)).await.refused(412), "version_changed");
    assert_eq!(names(&colleague).await.len(), 2);
    mine.delete(&path).await.expect(200);
    assert_eq!(names(&colleague).await, ["共享的"]);
    world.sealed().await;
});

both!(a_view_that_fits_no_list_is_refused, |world| async move {
    let company = company(&world).await;
    let agent = world.client_in(&[Role::HotlineAgent], Some(&company.shenzhen), None, None).await;
    let admin = world.client(Role::SystemAdmin).await;
    for (name, value, code) in [
        ("name", json!(" "), "saved_view_name"),
        ("name", json!("名".repeat(41)), "saved_view_name"),
        ("list", json!("secrets"), "saved_view_list"),
        ("content", json!({ "columns": [] }), "saved_view_invalid"),
        ("content", json!({ "filters": { "a b": "x" } }), "saved_view_invalid"),
        ("content", json!({ "view": "DROP TABLE" }), "saved_view_invalid"),
        ("content", json!({ "sort": "site DESC" }), "saved_view_invalid"),
    ] {
        let mut body = view("好的", false);
        body[name] = value;
        assert_eq!(agent.post("/api/saved-views", body.clone()).await.refused(422), code, "{body}");
    }
    assert_eq!(
        admin.post("/api/saved-views", view("共享", true)).await.refused(422),
        "saved_view_without_unit"
    );
    for n in 0..60 {
        agent.post("/api/saved-views", view(&format!("视图{n}"), false)).await.expect(201);
    }
    assert_eq!(agent.post("/api/saved-views", view("多一个", false)).await.refused(409), "saved_views_full");
});
