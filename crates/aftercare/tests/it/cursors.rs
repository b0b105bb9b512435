//! A cursor comes from outside like any other text: every list of the description, sent cursors that nobody made.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use identity::{Role, may};
use serde_json::{Value, json};

use crate::both;

/// A list of the description: its address, who may read it, and the parameters that change its order.
struct List {
    path: String,
    role: Role,
    choices: Vec<String>,
}

fn lists() -> Vec<List> {
    let description = aftercare::app::description();
    let description: Value = serde_json::from_str(&description.to_json().unwrap()).unwrap();
    let mut lists = Vec::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        let operation = &operations["get"];
        let none = Vec::new();
        let parameters = operation["parameters"].as_array().unwrap_or(&none);
        // The live feed and timelines go by number: what is none is refused as such.
        if !parameters.iter().any(|p| p["name"] == "after" && texts(&p["schema"])) {
            continue;
        }
        let entry = may::ALL.iter().find(|e| e.name == operation["x-permission"]).unwrap();
        let mut choices = vec![String::new()];
        for parameter in parameters {
            for choice in choices_of(&description, &parameter["schema"]) {
                choices.push(format!("&{}={choice}", parameter["name"].as_str().unwrap()));
            }
        }
        lists.push(List { path: path.clone(), role: entry.roles[0], choices });
    }
    lists
}

fn texts(schema: &Value) -> bool {
    match &schema["type"] {
        Value::Array(types) => types.contains(&json!("string")),
        one => one == "string",
    }
}

fn choices_of(description: &Value, schema: &Value) -> Vec<String> {
    if let Some(all) = schema["enum"].as_array() {
        return all.iter().filter_map(|c| c.as_str().map(str::to_owned)).collect();
    }
    if let Some(name) = schema["$ref"].as_str() {
        return choices_of(description, description.pointer(name.trim_start_matches('#')).unwrap());
    }
    let parts = schema["oneOf"].as_array().or_else(|| schema["allOf"].as_array());
    parts.into_iter().flatten().flat_map(|part| choices_of(description, part)).collect()
}

/// Values of every kind a key can have, and of some that none has.
fn values() -> Vec<Value> {
    vec![
        json!(0),
        json!(i64::MAX),
        json!(1.5),
        json!("x' OR '1'='1"),
        json!("a\0b"),
        json!("2026-10-09"),
        json!("0199c5b1-1c00-7000-8000-000000000001"),
        json!(null),
        json!(true),
        json!([1]),
        json!({ "base64": "AA" }),
    ]
}

fn forged() -> Vec<String> {
    let mut all: Vec<Value> = vec![json!([]), json!({}), json!(7), json!(null)];
    for a in values() {
        all.push(json!([a]));
        for b in values() {
            all.push(json!([a, b]));
            all.push(json!([a, b, "0199c5b1-1c00-7000-8000-000000000001"]));
        }
        all.push(json!(["x", "y", a]));
        all.push(json!([a, a, a, a]));
    }
    let mut cursors: Vec<String> = all.iter().map(|key| BASE64.encode(key.to_string())).collect();
    cursors.extend(["x", "bm8", "%ff", "%00", "🧷"].map(str::to_owned));
    cursors.push("A".repeat(4000));
    cursors
}

both!(a_forged_cursor_is_refused_by_every_list, |world| async move {
    let lists = lists();
    assert!(lists.len() >= 15, "only {} lists take a cursor", lists.len());
    let forged = forged();
    for list in lists {
        let reader = world.client(list.role).await;
        for choice in &list.choices {
            let mut refused = 0;
            for cursor in &forged {
                let path = format!("{}?after={}{choice}", list.path, cursor.replace('🧷', "%F0%9F%A7%B7"));
                let (status, code) = reader.head(http::Method::GET, &path, &[], None).await;
                assert!(status < 500, "{path} as {}: {status} {code}", list.role);
                refused += usize::from((status, code.as_str()) == (422, "cursor_invalid"));
            }
            // Of all these only a handful have the shape of this list's own cursors.
            assert!(
                refused + 60 > forged.len(),
                "{}{choice}: only {refused} of {} refused",
                list.path,
                forged.len()
            );
        }
    }
});
