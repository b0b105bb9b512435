//! Rules of passwords, unused accounts, and what audit administrators read: over HTTP, on both databases.

use http::{Method, header};
use identity::{NewAccount, Role};
use kit::{Actor, Lang, Row, Ts, params};
use serde_json::{Value, json};

use crate::both;
use crate::world::{Answer, Client, World};

const PASSWORD: &str = "Tulip-harbour-93";

async fn account(world: &World, login: &str, role: Role) -> String {
    let hash = identity::hash_password(&world.app, PASSWORD).await.unwrap();
    let new = NewAccount {
        login: login.to_owned(),
        name: "Somebody".into(),
        roles: vec![role],
        unit_id: None,
        employee_id: None,
        customer_id: None,
        contact_id: None,
        lang: Lang::En,
        password_hash: Some(hash),
    };
    let made =
        world.app.act(Actor::system("test"), move |tx, cx| Box::pin(identity::create_account(tx, cx, new)));
    made.await.unwrap().id.to_string()
}

async fn sign_in(client: &Client, login: &str, password: &str, new: Option<&str>) -> Answer {
    let body = json!({ "login": login, "password": password, "new_password": new });
    client.post("/api/session", body).await
}

async fn set_security(security: &Client, name: &str, value: Value) -> Answer {
    let stands = security.get("/api/security-settings").await;
    let version = stands.version();
    let mut settings = stands.expect(200);
    settings.as_object_mut().unwrap().remove("version");
    settings[name] = value;
    security.put("/api/security-settings", version, settings).await
}

both!(mlps_passwords_have_kinds_an_end_and_a_memory, |world| async move {
    let security = world.client(Role::SecurityAdmin).await;
    account(&world, "keeper", Role::SystemAdmin).await;
    let client = world.anonymous();
    assert_eq!(security.get("/api/security-settings").await.expect(200)["password_profile"], "asvs");
    world.app.clock.advance(200 * Ts::DAY);
    sign_in(&client, "keeper", PASSWORD, None).await.expect(200);
    set_security(&security, "password_profile", json!("mlps")).await.expect(200);
    // The right password that has lasted its time opens nothing, tells what is needed, and is no failure.
    for _ in 0..6 {
        assert_eq!(sign_in(&client, "keeper", PASSWORD, None).await.refused(403), "password_expired");
    }
    assert_eq!(sign_in(&client, "keeper", "wrong", None).await.refused(401), "login_failed");
    for (new, code) in [
        ("tulip harbour lamp", "password_kinds"),
        ("Tu-1", "password_too_short"),
        (PASSWORD, "password_used_before"),
    ] {
        assert_eq!(sign_in(&client, "keeper", PASSWORD, Some(new)).await.refused(422), code, "{new}");
    }
    let first = "Corner-lamp-41";
    let answer = sign_in(&client, "keeper", PASSWORD, Some(first)).await;
    let mut cookie = session(&answer);
    answer.expect(200);
    assert_eq!(sign_in(&client, "keeper", PASSWORD, None).await.refused(401), "login_failed");
    // None of the last five comes again; the sixth may.
    let change = async |cookie: &(&'static str, String), from: &str, to: &str| {
        let headers = [("content-type", "application/json".to_owned()), cookie.clone()];
        let body = json!({ "current_password": from, "password": to }).to_string().into_bytes();
        client.send(Method::POST, "/api/me/password", &headers, Some(body)).await
    };
    let mut present = first.to_owned();
    for n in 0..4 {
        let again = change(&cookie, &present, PASSWORD).await;
        assert_eq!(again.refused(422), "password_used_before", "after {n}");
        world.app.clock.advance(Ts::MINUTE);
        let next = format!("Corner-lamp-{n}x{n}");
        let changed = change(&cookie, &present, &next).await;
        assert_eq!(changed.status, 204, "{}", changed.text);
        cookie = session(&changed);
        present = next;
    }
    world.app.clock.advance(Ts::MINUTE);
    let back = change(&cookie, &present, PASSWORD).await;
    assert_eq!(back.status, 204, "{}", back.text);
    assert_eq!(world.count("SELECT COUNT(*) FROM password_before").await, 4);
    // Under the other rules nothing is remembered.
    set_security(&security, "password_profile", json!("asvs")).await.expect(200);
    let last = change(&session(&back), PASSWORD, "correct horse battery staple").await;
    assert_eq!(last.status, 204, "{}", last.text);
    assert_eq!(world.count("SELECT COUNT(*) FROM password_before").await, 0);
});

// The session as a browser would send it back.
fn session(answer: &Answer) -> (&'static str, String) {
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
    ("cookie", set.split(';').next().unwrap().to_owned())
}

both!(an_account_that_nobody_uses_is_closed_and_reported, |world| async move {
    let security = world.client(Role::SecurityAdmin).await;
    let (used, unused) = (
        account(&world, "used", Role::SystemAdmin).await,
        account(&world, "unused", Role::SystemAdmin).await,
    );
    world.app.clock.advance(89 * Ts::DAY);
    aftercare::app::start(&world.app).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM account WHERE disabled_at IS NOT NULL").await, 0);
    sign_in(&world.anonymous(), "used", PASSWORD, None).await.expect(200);
    world.pass(2 * Ts::DAY).await;
    // The only security administrator stays, however long they were away.
    let other = world.client(Role::SecurityAdmin).await;
    let state = async |id: &str| other.get(&format!("/api/accounts/{id}")).await.expect(200);
    let closed = state(&unused).await;
    assert_eq!((closed["state"].as_str(), closed["closed_unused"].as_bool()), (Some("disabled"), Some(true)));
    assert_eq!(state(&used).await["state"], "active");
    assert_eq!(state(&security.account_id).await["state"], "active");
    assert_eq!(sign_in(&world.anonymous(), "unused", PASSWORD, None).await.refused(401), "login_failed");
    let audit = world.client(Role::AuditAdmin).await;
    let report = audit.get("/api/audit?kind=account.unused_closed").await.expect(200);
    assert_eq!(report["items"][0]["facts"], json!({ "accounts": 1, "days": 90 }));
    let why = audit.get(&format!("/api/audit?kind=account.disabled&subject_id={unused}")).await.expect(200);
    assert_eq!(why["items"][0]["facts"]["why"], "unused");
    // Opened again it has its time anew.
    other.post(&format!("/api/accounts/{unused}/enable"), json!({})).await.expect(200);
    world.pass(Ts::DAY).await;
    let third = world.client(Role::SecurityAdmin).await;
    let again = third.get(&format!("/api/accounts/{unused}")).await.expect(200);
    assert_eq!((again["state"].as_str(), again["closed_unused"].as_bool()), (Some("active"), Some(false)));
});

both!(the_audit_shows_who_did_what_and_names_no_customer, |world| async move {
    let company = crate::customers::company(&world).await;
    let agent = crate::customers::agent(&world, &company.shenzhen).await;
    let customer = crate::customers::customer(&agent, "云杉广场").await;
    let contact = json!({ "customer_id": customer, "name": "值班经理", "phone": "13812341234" });
    let contact = crate::customers::id(&agent.post("/api/contacts", contact).await.expect(201));
    let id = account(&world, "keeper", Role::SystemAdmin).await;
    let start = world.app.clock.now();
    // A refused sign-in, a revealed number, a refusal by permission, a change of an account.
    assert_eq!(sign_in(&world.anonymous(), "keeper", "13812341234", None).await.refused(401), "login_failed");
    world.app.clock.advance(Ts::MINUTE);
    let reveal = json!({ "reason": "给王先生 13812341234 回电" });
    agent.post(&format!("/api/contacts/{contact}/reveal"), reveal).await.expect(200);
    world.app.clock.advance(Ts::MINUTE);
    assert_eq!(agent.get("/api/accounts?q=13812341234").await.refused(403), "not_permitted");
    world.app.clock.advance(Ts::MINUTE);
    let security = world.client(Role::SecurityAdmin).await;
    security.post(&format!("/api/accounts/{id}/disable"), json!({})).await.expect(200);

    let audit = world.client(Role::AuditAdmin).await;
    let kinds = async |query: &str| -> Vec<String> {
        let page = audit.get(&format!("/api/audit?{query}")).await.expect(200);
        page["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect()
    };
    let all = kinds("limit=4").await;
    assert_eq!(
        all,
        ["account.disabled", "access.refused", "contact.revealed", "login.failed"],
        "newest first"
    );
    assert_eq!(kinds("result=refused").await, ["access.refused", "login.failed"]);
    assert_eq!(
        kinds(&format!("actor_id={}", agent.account_id)).await,
        ["access.refused", "contact.revealed"]
    );
    assert_eq!(kinds(&format!("subject_id={contact}")).await, ["contact.revealed"]);
    assert_eq!(kinds("kind=login.failed").await, ["login.failed"]);
    let minute =
        format!("from={}&to={}", start.plus(Ts::MINUTE), start.plus(2 * Ts::MINUTE)).replace('+', "%2B");
    assert_eq!(kinds(&minute).await, ["contact.revealed"]);
    assert!(!kinds("result=done").await.iter().any(|k| k == "login.failed"));

    let page = audit.get("/api/audit?limit=3").await.expect(200);
    let text = page.to_string();
    for personal in ["13812341234", "王先生", "值班经理", "云杉", "q="] {
        assert!(!text.contains(personal), "{personal} in {text}");
    }
    assert_eq!(page["items"][0]["subject_login"], "keeper");
    assert_eq!(page["items"][1]["facts"]["permission"], "identity.accounts");
    assert_eq!(page["items"][1]["result"], "refused");
    // By pages, each event once.
    let next = page["next"].as_str().unwrap();
    let rest = audit.get(&format!("/api/audit?limit=3&after={next}")).await.expect(200);
    assert_eq!(rest["items"][0]["kind"], "login.failed");
    assert_eq!(audit.get("/api/audit?after=forged").await.refused(422), "cursor_invalid");

    // Nobody else reads it, and its reader changes nobody.
    for role in Role::ALL.iter().filter(|r| **r != Role::AuditAdmin) {
        let other = world.client(*role).await;
        assert_eq!(other.get("/api/audit").await.refused(403), "not_permitted", "{role}");
        assert_eq!(other.post("/api/audit/export", json!({})).await.refused(403), "not_permitted", "{role}");
    }
    let new = json!({ "login": "mine", "name": "Mine", "roles": ["security_admin"] });
    assert_eq!(audit.post("/api/accounts", new).await.refused(403), "not_permitted");
    assert_eq!(
        audit.post(&format!("/api/accounts/{id}/enable"), json!({})).await.refused(403),
        "not_permitted"
    );

    // Taken out as a file, and that is in it too.
    let file = audit.post("/api/audit/export", json!({ "kind": "login.failed" })).await;
    assert_eq!((file.status, file.text.lines().count()), (200, 2), "{}", file.text);
    assert!(file.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/csv"));
    assert!(file.text.contains("\"refused\"") && !file.text.contains("13812341234"), "{}", file.text);
    let exported = audit.get("/api/audit?kind=audit.exported").await.expect(200);
    assert_eq!(exported["items"][0]["facts"]["rows"], 1);
    assert_eq!(exported["items"][0]["actor_id"].as_str(), Some(audit.account_id.as_str()));
    world.sealed().await;
});

both!(an_auditor_of_a_branch_reads_the_branch, |world| async move {
    let company = crate::customers::company(&world).await;
    let near = crate::customers::agent(&world, &company.shenzhen).await;
    let far = crate::customers::agent(&world, &company.guangzhou).await;
    for agent in [&near, &far] {
        assert_eq!(agent.get("/api/accounts").await.refused(403), "not_permitted");
    }
    let branch = world.client_in(&[Role::AuditAdmin], Some(&company.shenzhen), None, None).await;
    let seen = branch.get("/api/audit?kind=access.refused").await.expect(200);
    let actors: Vec<_> = seen["items"].as_array().unwrap().iter().map(|e| e["actor_id"].as_str()).collect();
    assert_eq!(actors, [Some(near.account_id.as_str())]);
    let whole = world.client(Role::AuditAdmin).await;
    let seen = whole.get("/api/audit?kind=access.refused").await.expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 2);
});

both!(every_filter_of_the_audit_has_its_index, |world| async move {
    let sqlite = world.app.db.dialect() == kit::db::Dialect::Sqlite;
    // Enough rows for the planner to care.
    let now = world.app.clock.now();
    let fill = world.app.db.write(move |tx| {
        Box::pin(async move {
            let rows: Vec<Vec<kit::Value>> = (0..2000_i64)
                .map(|n| {
                    let audit = if n % 4 == 0 { "audit" } else { "staff" };
                    vec![
                        format!("c{n}").into(),
                        0_i64.into(),
                        now.plus(n).into(),
                        "user".into(),
                        format!("a{}", n % 200).into(),
                        "account".into(),
                        format!("s{}", n % 400).into(),
                        audit.into(),
                        format!("k.{}", n % 40).into(),
                        "{}".into(),
                    ]
                })
                .collect();
            let columns = [
                "command_id",
                "step",
                "at",
                "actor_kind",
                "actor_id",
                "subject_type",
                "subject_id",
                "audience",
                "kind",
                "body",
            ];
            tx.insert_many("event", &columns, &rows).await?;
            tx.execute("ANALYZE", &[]).await
        })
    });
    fill.await.unwrap();
    let explain = if sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    for (condition, index) in [
        ("e.at >= $1", "event_audit"),
        ("e.actor_id = $1", "event_audit_actor"),
        ("e.subject_id = $1", "event_audit_subject"),
        ("e.kind = $1", "event_audit_kind"),
    ] {
        let sql = format!(
            "{explain} SELECT e.pos FROM event e WHERE e.audience = 'audit' AND {condition} ORDER BY e.at DESC, e.pos DESC LIMIT 51"
        );
        let value = if condition.contains("at") && condition.starts_with("e.at") {
            now.plus(1900).into()
        } else {
            kit::Value::from("a4")
        };
        let mut tx = world.app.db.reader().await.unwrap();
        let plan = tx.rows(&sql, params![value]).await.unwrap();
        let text: String = plan.iter().flat_map(Row::cells).map(|v| format!("{v:?} ")).collect();
        assert!(text.contains(index), "{condition}: {text}");
    }
});

both!(an_auditor_of_a_unit_follows_that_unit_live_as_in_the_list, |world| async move {
    let company = crate::customers::company(&world).await;
    for unit in [&company.shenzhen, &company.guangzhou] {
        let agent = crate::customers::agent(&world, unit).await;
        let customer = crate::customers::customer(&agent, "云杉广场").await;
        let contact = json!({ "customer_id": customer, "name": "值班经理", "phone": "13812341234" });
        let contact = crate::customers::id(&agent.post("/api/contacts", contact).await.expect(201));
        let reason = json!({ "reason": "回电确认上门时间" });
        agent.post(&format!("/api/contacts/{contact}/reveal"), reason).await.expect(200);
    }
    world.sealed().await;
    let audit = world.client_in(&[Role::AuditAdmin], Some(&company.shenzhen), None, None).await;
    let listed = audit.get("/api/audit?kind=contact.revealed").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let live = async |unit: Option<&str>| {
        let mut tx = world.app.db.reader().await.unwrap();
        let found = identity::audit::after(&mut tx, unit, 0, 500).await.unwrap();
        assert!(found.iter().all(|e| e.audience == "audit") && found.is_sorted_by_key(|e| e.seq));
        found.iter().filter(|e| e.kind == "contact.revealed").count()
    };
    assert_eq!(live(Some(&company.shenzhen)).await, 1);
    assert_eq!(live(None).await, 2);
});

both!(settings_that_changed_meanwhile_are_shown_and_not_overwritten, |world| async move {
    let (security, system) = (world.client(Role::SecurityAdmin).await, world.client(Role::SystemAdmin).await);
    for (client, path, field, first, second) in [
        (&security, "/api/security-settings", "login_failures", 4, 7),
        (&system, "/api/keeping-settings", "uploads_days", 3, 9),
    ] {
        let stands = client.get(path).await;
        let version = stands.version();
        let mut settings = stands.expect(200);
        assert_eq!(settings["version"], json!(version));
        settings.as_object_mut().unwrap().remove("version");
        let with = |value: i64| {
            let mut changed = settings.clone();
            changed[field] = json!(value);
            changed
        };
        let unseen = client.command(Method::PUT, path, &client.key(), None, with(first)).await;
        assert_eq!(unseen.refused(428), "if_match_missing");
        // Two that saw the same: one is kept, the other is told what stands.
        let both = futures::future::join_all([
            client.put(path, version, with(first)),
            client.put(path, version, with(second)),
        ])
        .await;
        let (kept, refused): (Vec<_>, Vec<_>) = both.into_iter().partition(|answer| answer.status == 200);
        assert_eq!((kept.len(), refused.len()), (1, 1), "{path}");
        assert_eq!(refused[0].refused(412), "version_changed");
        assert_eq!(refused[0].json["current"], kept[0].json, "{path}");
        assert_eq!(client.get(path).await.expect(200), kept[0].json);
    }
});
