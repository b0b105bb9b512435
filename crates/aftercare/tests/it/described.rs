//! What the description says of every route, so that whoever makes a client of it is not misled. That answers fit it is held of each
//! answer that a test gets (`world`).

use http::Method;
use identity::Role;
use serde_json::{Value, json};

use crate::both;

fn operations() -> Vec<(String, Value)> {
    let description = serde_json::to_value(aftercare::app::description()).unwrap();
    let mut all = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            all.push((format!("{method} {path}"), operation.clone()));
        }
    }
    assert!(all.len() > 250, "{} routes", all.len());
    all
}

#[test]
fn the_description_spells_ids_versions_digests_and_ranges() {
    let mut seen = [0; 4];
    for (route, operation) in operations() {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let (name, place) = (parameter["name"].as_str().unwrap(), &parameter["in"]);
            let schema = &parameter["schema"];
            if place == "header" {
                assert_eq!(schema["type"], "string", "{route}: {name} is there or not, it is never null");
            }
            // Another crate's id is a named shape, which says the same.
            let uuid = schema["format"] == "uuid" || schema["$ref"].is_string();
            let (at, fine) = match name {
                "Idempotency-Key" => (0, uuid),
                "id" => (0, uuid),
                "If-Match" => (1, schema["pattern"].is_string()),
                "sha256" => (2, schema["pattern"] == "^[0-9a-f]{64}$"),
                "Content-Range" => (3, schema["pattern"].is_string()),
                _ if place == "path" && name.ends_with("_id") => (0, uuid),
                _ => continue,
            };
            assert!(fine, "{route}: {name} is {schema}");
            seen[at] += 1;
        }
    }
    assert!(seen.iter().all(|n| *n > 2), "{seen:?}");
}

#[test]
fn bytes_are_described_as_bytes() {
    let mut seen = 0;
    for (route, operation) in operations() {
        let answers = operation["responses"].as_object().unwrap().values().map(|r| &r["content"]);
        for content in answers.chain([&operation["requestBody"]["content"]]) {
            for (media, described) in content.as_object().into_iter().flatten() {
                if !media.ends_with("json") {
                    assert_eq!(described["schema"]["type"], "string", "{route}: {media}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn every_route_says_whether_it_needs_a_session_and_that_it_may_ask_to_wait() {
    for (route, operation) in operations() {
        let public = operation["x-permission"] == "public";
        assert_eq!(operation["security"] == json!([{}]), public, "{route}");
        assert!(operation["responses"]["503"].is_object(), "{route}");
    }
}

#[test]
fn a_shape_that_is_part_of_a_larger_one_lets_its_other_fields_through() {
    let description = serde_json::to_value(aftercare::app::description()).unwrap();
    let schemas = &description["components"]["schemas"];
    let mut parts = 0;
    for (name, schema) in schemas.as_object().unwrap() {
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let part = match part["$ref"].as_str() {
                Some(name) => description.pointer(name.trim_start_matches('#')).unwrap(),
                None => part,
            };
            assert_ne!(part["additionalProperties"], false, "{name}: a part refuses the rest");
            parts += 1;
        }
    }
    assert!(parts > 10, "{parts}");
    // Only the body of a command that takes nothing may be left out.
    for (route, operation) in operations() {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        if schema.is_object() {
            let nothing = schema["$ref"] == "#/components/schemas/Nothing";
            assert_eq!(operation["requestBody"]["required"] == true, !nothing, "{route}");
        }
    }
}

both!(settings_are_not_taken_away_by_a_body_that_got_lost, |world| async move {
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, json!({ "allow_private": true })).await.expect(200);
    let put = async |path: &str, version: Option<i64>, body: Option<Value>| {
        let mut headers =
            vec![("content-type", "application/json".to_owned()), ("idempotency-key", system.key())];
        headers.extend(version.map(|version| ("if-match", format!("\"{version}\""))));
        system.send(Method::PUT, path, &headers, body.map(|body| body.to_string().into_bytes())).await
    };
    for (path, version, set) in [
        ("/api/sms-settings", None, json!({ "url": "http://127.0.0.1:9/sms", "signature": "示范售后" })),
        ("/api/relay-settings", None, json!({ "url": "http://127.0.0.1:9/relay" })),
        ("/api/notification-settings", Some(1), json!({ "allow_private": true })),
    ] {
        let stands = put(path, version, Some(set)).await.expect(200);
        let version = stands["version"].as_i64();
        assert_eq!(put(path, version, None).await.refused(422), "field_invalid", "{path}");
        let mut after = system.get(path).await.expect(200);
        // The key is told once, when it is made.
        if let Some(secret) = stands.get("secret") {
            after["secret"] = secret.clone();
        }
        assert_eq!(after, stands, "{path}");
    }
    // A list is no shape, even where each field may be left out.
    let auditor = world.client(Role::AuditAdmin).await;
    let list = auditor.post("/api/audit/export", json!([null, null])).await;
    assert_eq!(list.refused(422), "field_invalid");
    // A command that takes nothing needs no body, and an empty object is the same command.
    let account = world.client(Role::Expert).await.account_id;
    let security = world.client(Role::SecurityAdmin).await;
    let (path, key) = (format!("/api/accounts/{account}/disable"), security.key());
    let key = [("idempotency-key", key), ("content-type", "application/json".to_owned())];
    security.send(Method::POST, &path, &key[..1], None).await.expect(200);
    let again = security.send(Method::POST, &path, &key, Some(b"{}".to_vec())).await;
    assert_eq!(again.headers["idempotent-replayed"], "true", "{}", again.text);
});

both!(versions_and_kinds_of_files_are_refused_by_their_own_names, |world| async move {
    let dispatcher = world.client(Role::Dispatcher).await;
    let id = "0199c5b1-1c00-7000-8000-000000000001";
    for (sent, status, code) in [
        ("", 400, "if_match_invalid"),
        ("null", 400, "if_match_invalid"),
        ("\"-1\"", 400, "if_match_invalid"),
        ("\"+1\"", 400, "if_match_invalid"),
        ("W/\"1\"", 404, "site_unknown"),
    ] {
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("idempotency-key", dispatcher.key()),
            ("if-match", sent.to_owned()),
        ];
        let body = json!({ "name": "A", "address": "A" }).to_string().into_bytes();
        let answer = dispatcher.send(Method::PUT, &format!("/api/sites/{id}"), &headers, Some(body)).await;
        assert_eq!(answer.refused(status), code, "{sent}");
    }
    let digest = "0".repeat(64);
    let path = format!("/api/files/{digest}");
    let headers = [("content-type", "application/octet-stream".to_owned())];
    let answer = dispatcher.send(Method::PUT, &path, &headers, Some(b"no picture".to_vec())).await;
    assert_eq!(answer.refused(415), "file_type_wrong");
});
