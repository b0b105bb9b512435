//! Signing in, locks, sessions, links, tokens, set-up: over HTTP, on both databases.

use futures::future::join_all;
use http::{Method, header};
use identity::{NewAccount, Role};
use kit::{Actor, Lang, Ts};
use serde_json::{Value, json};

use crate::both;
use crate::world::{Answer, Client, World};

pub(crate) const PASSWORD: &str = "tulip-harbour-93";

pub(crate) async fn account(world: &World, login: &str, role: Role) -> String {
    let hash = identity::hash_password(&world.app, PASSWORD).await.unwrap();
    let login = login.to_owned();
    let made = world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move {
                let new = NewAccount {
                    login,
                    name: "Test account".into(),
                    roles: vec![role],
                    unit_id: None,
                    employee_id: None,
                    customer_id: None,
                    contact_id: None,
                    lang: Lang::En,
                    password_hash: Some(hash),
                };
                identity::create_account(tx, cx, new).await
            })
        })
        .await
        .unwrap();
    made.id.to_string()
}

pub(crate) async fn sign_in(client: &Client, login: &str, password: &str) -> Answer {
    client.post("/api/session", json!({ "login": login, "password": password })).await
}

// The session as a browser would send it back.
pub(crate) fn cookie(answer: &Answer) -> (&'static str, String) {
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
    ("cookie", set.split(';').next().unwrap().to_owned())
}

pub(crate) async fn me(world: &World, cookie: &(&'static str, String)) -> Answer {
    world.anonymous().send(Method::GET, "/api/me", std::slice::from_ref(cookie), None).await
}

pub(crate) async fn events(world: &World, kind: &str) -> i64 {
    world.count(&format!("SELECT COUNT(*) FROM event WHERE kind = '{kind}' AND audience = 'audit'")).await
}

both!(somebody_signs_in_and_out, |world| async move {
    let id = account(&world, "Li.Wei", Role::SystemAdmin).await;
    let answer = sign_in(&world.anonymous(), " li.WEI ", PASSWORD).await;
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["aftercare_session=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"] {
        assert!(set.contains(part), "{part} in {set}");
    }
    let first = cookie(&answer);
    let secret = first.1.split('=').nth(1).unwrap().to_owned();
    assert_eq!(secret.len(), 64);
    assert!(!answer.text.contains(&secret), "the secret is in no body");
    assert_eq!(world.count(&format!("SELECT COUNT(*) FROM session WHERE token_hash = '{secret}'")).await, 0);
    let shown = answer.expect(200);
    assert_eq!((shown["id"].as_str(), shown["login"].as_str()), (Some(id.as_str()), Some("li.wei")));
    assert_eq!(shown["zone"], "Asia/Shanghai");
    assert!(shown["permissions"].as_array().unwrap().contains(&json!("system.settings")));

    // Signing in again on the same device: another id, and the old one is worth nothing.
    let headers = [("content-type", "application/json".to_owned()), first.clone()];
    let body = json!({ "login": "li.wei", "password": PASSWORD }).to_string().into_bytes();
    let again = world.anonymous().send(Method::POST, "/api/session", &headers, Some(body)).await;
    let second = cookie(&again);
    assert_ne!(first, second);
    assert_eq!(me(&world, &first).await.refused(401), "not_signed_in");
    me(&world, &second).await.expect(200);

    let out =
        world.anonymous().send(Method::DELETE, "/api/session", std::slice::from_ref(&second), None).await;
    assert_eq!(out.status, 204);
    assert!(out.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(me(&world, &second).await.refused(401), "not_signed_in");
    assert_eq!(events(&world, "login.succeeded").await, 2);
    assert_eq!(events(&world, "session.ended").await, 2);
    world.sealed().await;
});

both!(known_and_unknown_logins_are_answered_alike, |world| async move {
    account(&world, "known", Role::SystemAdmin).await;
    let client = world.anonymous();
    let mut bodies = Vec::new();
    for login in ["known", "unknown", "", "x", "王芳"] {
        let answer = sign_in(&client, login, "wrong password").await;
        assert_eq!(answer.refused(401), "login_failed");
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
        let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        bodies.push((headers, answer.text));
    }
    assert!(bodies.iter().all(|b| *b == bodies[0]), "{bodies:?}");
    // Both lock after as many failures, with the same words.
    for login in ["known", "unknown"] {
        for _ in 0..4 {
            assert_eq!(sign_in(&client, login, "wrong password").await.refused(401), "login_failed");
        }
    }
    let (known, unknown) =
        (sign_in(&client, "known", PASSWORD).await, sign_in(&client, "unknown", PASSWORD).await);
    assert_eq!((known.refused(429), &known.text), ("locked_out", &unknown.text));
    assert_eq!(known.headers[header::RETRY_AFTER], "900");
    // What was typed as an unknown login is nowhere.
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%unknown%' OR body LIKE '%王芳%'").await,
        0
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM login_failure WHERE subject LIKE '%known%'").await, 0);
    // A password longer than any is refused like any other, without being hashed whole.
    let long = sign_in(&client, "third", &"x".repeat(10_000)).await;
    assert_eq!(long.refused(401), "login_failed");
    assert_eq!(sign_in(&client, "third", &"x".repeat(100_000)).await.refused(413), "payload_too_large");
});

both!(parallel_guesses_do_not_outrun_the_lock, |world| async move {
    account(&world, "agent", Role::SystemAdmin).await;
    let client = world.anonymous();
    let guesses = join_all((0..50).map(|n| {
        let client = client.clone();
        async move { sign_in(&client, "agent", &format!("wrong guess {n}")).await.status }
    }))
    .await;
    assert_eq!(guesses.iter().filter(|s| **s == 401).count(), 5, "{guesses:?}");
    assert_eq!(guesses.iter().filter(|s| **s == 429).count(), 45, "{guesses:?}");
    assert_eq!(events(&world, "login.failed").await, 5);
    assert_eq!(events(&world, "login.locked").await, 1);
    // A made-up address doesn't help, nor does the right password while the lock lasts.
    let headers =
        [("content-type", "application/json".to_owned()), ("x-forwarded-for", "203.0.113.9".to_owned())];
    let body = json!({ "login": "agent", "password": PASSWORD }).to_string().into_bytes();
    let forged = client.send(Method::POST, "/api/session", &headers, Some(body)).await;
    assert_eq!(forged.refused(429), "locked_out");
    world.app.clock.advance(15 * Ts::MINUTE);
    sign_in(&client, "agent", PASSWORD).await.expect(200);
});

both!(one_address_cannot_try_every_login, |world| async move {
    let client = world.anonymous();
    let mut codes = Vec::new();
    for n in 0..102 {
        codes.push(sign_in(&client, &format!("login{n}"), "wrong password").await.status);
    }
    assert!(codes[..100].iter().all(|c| *c == 401), "{codes:?}");
    assert_eq!(codes[100..], [429, 429]);
    // The bucket in memory stands before the database.
    for _ in 0..20 {
        sign_in(&client, "more", "wrong password").await;
    }
    assert_eq!(sign_in(&client, "more", "wrong password").await.refused(429), "too_many_requests");
    world.app.clock.advance(15 * Ts::MINUTE);
    assert_eq!(sign_in(&client, "more", "wrong password").await.refused(401), "login_failed");
});

both!(sessions_end_by_time_and_rest, |world| async move {
    account(&world, "desk", Role::SystemAdmin).await;
    let session = cookie(&sign_in(&world.anonymous(), "desk", PASSWORD).await);
    // Used every eleven hours it lives on, though not beyond fourteen days.
    for _ in 0..30 {
        world.app.clock.advance(11 * Ts::HOUR);
        me(&world, &session).await.expect(200);
    }
    world.app.clock.advance(6 * Ts::HOUR);
    assert_eq!(me(&world, &session).await.refused(401), "not_signed_in");
    let resting = cookie(&sign_in(&world.anonymous(), "desk", PASSWORD).await);
    world.app.clock.advance(12 * Ts::HOUR);
    assert_eq!(me(&world, &resting).await.refused(401), "not_signed_in");
    // What has ended stays ended, also when the machine's clock is put back (F4).
    world.app.clock.advance(-3 * Ts::HOUR);
    assert_eq!(me(&world, &resting).await.refused(401), "not_signed_in");
    world.app.clock.advance(3 * Ts::HOUR);
    // Looking again within five minutes writes nothing.
    let busy = cookie(&sign_in(&world.anonymous(), "desk", PASSWORD).await);
    let seen = "SELECT MAX(last_seen_at) FROM session";
    let before = world.count(seen).await;
    world.app.clock.advance(4 * Ts::MINUTE);
    me(&world, &busy).await.expect(200);
    assert_eq!(world.count(seen).await, before);
    world.app.clock.advance(Ts::MINUTE);
    me(&world, &busy).await.expect(200);
    assert_eq!(world.count(seen).await, before + 5 * Ts::MINUTE);
});

both!(a_lost_device_is_signed_out_from_another, |world| async move {
    account(&world, "two", Role::SystemAdmin).await;
    let (lost, kept) = (
        cookie(&sign_in(&world.anonymous(), "two", PASSWORD).await),
        cookie(&sign_in(&world.anonymous(), "two", PASSWORD).await),
    );
    let list = |with: (&'static str, String)| {
        let world = world.clone();
        async move { world.anonymous().send(Method::GET, "/api/me/sessions", &[with], None).await.expect(200) }
    };
    let devices = list(kept.clone()).await;
    assert_eq!(devices.as_array().unwrap().len(), 2);
    let other = devices.as_array().unwrap().iter().find(|d| d["current"] == false).unwrap();
    assert_eq!(other["address"], "127.0.0.1");
    let path = format!("/api/me/sessions/{}", other["id"].as_str().unwrap());
    // Not by somebody else.
    let stranger = world.client(Role::AuditAdmin).await;
    assert_eq!(stranger.delete(&path).await.refused(404), "session_unknown");
    let ended = world.anonymous().send(Method::DELETE, &path, std::slice::from_ref(&kept), None).await;
    assert_eq!(ended.status, 204, "{}", ended.text);
    assert_eq!(me(&world, &lost).await.refused(401), "not_signed_in");
    assert_eq!(list(kept).await.as_array().unwrap().len(), 1);
});

both!(a_changed_password_ends_every_session, |world| async move {
    account(&world, "changing", Role::SystemAdmin).await;
    let (here, elsewhere) = (
        cookie(&sign_in(&world.anonymous(), "changing", PASSWORD).await),
        cookie(&sign_in(&world.anonymous(), "changing", PASSWORD).await),
    );
    let change = |current: &str, new: &str| {
        let headers = [("content-type", "application/json".to_owned()), here.clone()];
        let body = json!({ "current_password": current, "password": new }).to_string().into_bytes();
        let client = world.anonymous();
        async move { client.send(Method::POST, "/api/me/password", &headers, Some(body)).await }
    };
    assert_eq!(change("wrong", "mangos-at-4-oclock").await.refused(422), "password_wrong");
    let weak = change(PASSWORD, "Changing2026").await;
    assert_eq!(weak.refused(422), "password_too_common");
    assert_eq!(weak.json["errors"][0]["pointer"], "/password");
    let changed = change(PASSWORD, "mangos-at-4-oclock").await;
    assert_eq!(changed.status, 204, "{}", changed.text);
    for ended in [&here, &elsewhere] {
        assert_eq!(me(&world, ended).await.refused(401), "not_signed_in");
    }
    me(&world, &cookie(&changed)).await.expect(200);
    assert_eq!(sign_in(&world.anonymous(), "changing", PASSWORD).await.refused(401), "login_failed");
    sign_in(&world.anonymous(), "changing", "mangos-at-4-oclock").await.expect(200);
    // Nothing that was kept of these requests holds a password, not even as a hash of the body.
    assert_eq!(world.count("SELECT COUNT(*) FROM command_answer").await, 0);
});

both!(an_account_is_made_by_link_and_closed_at_once, |world| async move {
    let security = world.client(Role::SecurityAdmin).await;
    let input = json!({ "login": "New.Admin", "name": "New admin", "roles": ["system_admin"] });
    let key = security.key();
    let created =
        security.command(Method::POST, "/api/accounts", &key, None, input.clone()).await.expect(201);
    let repeated =
        security.command(Method::POST, "/api/accounts", &key, None, input.clone()).await.expect(201);
    assert_eq!(created["account"], repeated["account"]);
    assert_eq!(repeated["invitation"]["link"], Value::Null, "a secret is shown once and not kept");
    assert_eq!(security.post("/api/accounts", input).await.refused(409), "login_taken");
    let id = created["account"]["id"].as_str().unwrap().to_owned();
    let link = created["invitation"]["link"].as_str().unwrap();
    let token = link.strip_prefix("http://127.0.0.1:8080/password#").unwrap().to_owned();

    let set = |token: String, password: &'static str| {
        let client = world.anonymous();
        async move { client.post("/api/password", json!({ "token": token, "password": password })).await }
    };
    assert_eq!(sign_in(&world.anonymous(), "new.admin", "").await.refused(401), "login_failed");
    assert_eq!(set(token.clone(), "short").await.refused(422), "password_too_short");
    assert_eq!(set("0".repeat(64), PASSWORD).await.refused(403), "password_link_invalid");
    assert_eq!(set(token.clone(), PASSWORD).await.status, 204);
    assert_eq!(set(token, PASSWORD).await.refused(403), "password_link_invalid");
    let session = cookie(&sign_in(&world.anonymous(), "new.admin", PASSWORD).await);
    me(&world, &session).await.expect(200);

    // A later link takes the place of an earlier one, and ends after an hour.
    let reset = format!("/api/accounts/{id}/reset-password");
    let token_of = |answer: Value| answer["link"].as_str().unwrap().split('#').nth(1).unwrap().to_owned();
    let first = token_of(security.post(&reset, json!({})).await.expect(200));
    let second = token_of(security.post(&reset, json!({})).await.expect(200));
    assert_eq!(set(first, PASSWORD).await.refused(403), "password_link_invalid");
    world.app.clock.advance(Ts::HOUR);
    assert_eq!(set(second, PASSWORD).await.refused(403), "password_link_invalid");

    // Other roles end the sessions; a stale version is refused; the three administrators stay apart.
    let stands = security.get(&format!("/api/accounts/{id}")).await;
    let version = stands.version();
    let change = |roles: Value| json!({ "name": "New admin", "roles": roles, "language": "en" });
    let path = format!("/api/accounts/{id}");
    let both = security.put(&path, version, change(json!(["system_admin", "audit_admin"]))).await;
    assert_eq!(both.refused(422), "roles_conflict");
    security.put(&path, version, change(json!(["audit_admin"]))).await.expect(200);
    assert_eq!(
        security.put(&path, version, change(json!(["audit_admin"]))).await.refused(412),
        "version_changed"
    );
    assert_eq!(me(&world, &session).await.refused(401), "not_signed_in");

    let session = cookie(&sign_in(&world.anonymous(), "new.admin", PASSWORD).await);
    let closed = security.post(&format!("{path}/disable"), json!({})).await.expect(200);
    assert_eq!(closed["state"], "disabled");
    assert_eq!(me(&world, &session).await.refused(401), "not_signed_in");
    assert_eq!(sign_in(&world.anonymous(), "new.admin", PASSWORD).await.refused(401), "login_failed");
    assert_eq!(security.post(&reset, json!({})).await.refused(409), "account_disabled");
    security.post(&format!("{path}/enable"), json!({})).await.expect(200);
    sign_in(&world.anonymous(), "new.admin", PASSWORD).await.expect(200);
    assert_eq!(me(&world, &session).await.refused(401), "not_signed_in");
    world.sealed().await;
});

both!(somebody_is_left_who_can_give_roles, |world| async move {
    let one = world.client(Role::SecurityAdmin).await;
    let own = format!("/api/accounts/{}/disable", one.account_id);
    assert_eq!(one.post(&own, json!({})).await.refused(409), "own_account");
    // An administrator nobody has claimed yet can't be the one who is left.
    let two = world.client(Role::SecurityAdmin).await;
    one.post("/api/accounts", json!({ "login": "third", "name": "Third", "roles": ["security_admin"] }))
        .await
        .expect(201);
    let close = |of: &Client| format!("/api/accounts/{}/disable", of.account_id);
    // Both try to close the other at once: one stays.
    let (path_one, path_two) = (close(&one), close(&two));
    let (a, b) = tokio::join!(one.post(&path_two, json!({})), two.post(&path_one, json!({})));
    let open = world
        .count("SELECT COUNT(*) FROM account WHERE disabled_at IS NULL AND password_hash IS NOT NULL AND roles LIKE '%security_admin%'")
        .await;
    assert_eq!(open, 1, "{} {}", a.text, b.text);
});

both!(a_token_does_what_its_scopes_say_and_no_more, |world| async move {
    let security = world.client(Role::SecurityAdmin).await;
    let auditor = world.client(Role::AuditAdmin).await;
    let system = world.client(Role::SystemAdmin).await;
    let token = |account: &str, scopes: &[&str]| json!({ "account_id": account, "name": "Reports", "scopes": scopes });
    for (account, scope) in
        [(&system, "audit.read"), (&system, "identity.own"), (&security, "identity.tokens")]
    {
        let refused = security.post("/api/tokens", token(&account.account_id, &[scope])).await;
        assert_eq!(refused.refused(422), "scope_unknown", "{scope}");
    }
    let mut late = token(&auditor.account_id, &["audit.read"]);
    late["expires_at"] = json!(world.app.clock.now().plus(367 * Ts::DAY).to_string());
    assert_eq!(security.post("/api/tokens", late).await.refused(422), "token_expiry_invalid");

    let created =
        security.post("/api/tokens", token(&system.account_id, &["system.settings"])).await.expect(201);
    let secret = created["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("aftercare_") && secret.len() == 74, "{secret}");
    assert_eq!(world.count("SELECT COUNT(*) FROM command_answer WHERE body LIKE '%aftercare_%'").await, 0);
    let bearer = [("authorization", format!("Bearer {secret}"))];
    let invitations = |world: World, bearer: [(&'static str, String); 1]| async move {
        world.anonymous().send(Method::POST, "/api/setup/invitations", &bearer, None).await
    };
    // Within its scope it acts (there is nothing left to do); beyond it, not even as its account could.
    assert_eq!(invitations(world.clone(), bearer.clone()).await.refused(409), "setup_done");
    let beyond = world.anonymous().send(Method::GET, "/api/me", &bearer, None).await;
    assert_eq!(beyond.refused(403), "not_permitted");
    assert_eq!(events(&world, "access.refused").await, 1);

    let id = created["token"]["id"].as_str().unwrap();
    security.delete(&format!("/api/tokens/{id}")).await.expect(200);
    assert_eq!(invitations(world.clone(), bearer).await.refused(401), "not_signed_in");

    // A session that comes along stands in for no wrong token, nor for another kind of credential.
    for wrong in ["Bearer wrong", "Basic YTpi", "wrong"] {
        let refused =
            auditor.send(Method::GET, "/api/me", &[("authorization", wrong.to_owned())], None).await;
        assert_eq!(refused.refused(401), "not_signed_in", "{wrong}");
    }

    // A token ends with its time, and with its account.
    let created =
        security.post("/api/tokens", token(&system.account_id, &["system.settings"])).await.expect(201);
    let bearer = [("authorization", format!("Bearer {}", created["secret"].as_str().unwrap()))];
    assert_eq!(invitations(world.clone(), bearer.clone()).await.refused(409), "setup_done");
    security.post(&format!("/api/accounts/{}/disable", system.account_id), json!({})).await.expect(200);
    assert_eq!(invitations(world.clone(), bearer).await.refused(401), "not_signed_in");
    let created = security.post("/api/tokens", token(&auditor.account_id, &["audit.read"])).await.expect(201);
    let bearer = [("authorization", format!("Bearer {}", created["secret"].as_str().unwrap()))];
    world.app.clock.advance(91 * Ts::DAY);
    assert_eq!(invitations(world.clone(), bearer).await.refused(401), "not_signed_in");
    let listed = security.get("/api/tokens?limit=2").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert!(listed["next"].is_string());
});

async fn setup_token(world: &World) -> String {
    let (now, ids) = (world.app.clock.now(), world.app.ids.clone());
    world
        .app
        .db
        .write(move |tx| Box::pin(async move { identity::setup::issue_token(tx, now, &ids).await }))
        .await
        .unwrap()
}

fn set_up(token: &str, password: &str) -> Value {
    json!({
        "token": token, "company_name": "Eastgate Access", "admin_login": "admin", "admin_name": "Zhao Min",
        "password": password, "zone": "Asia/Shanghai", "demo": false,
    })
}

both!(an_empty_system_is_set_up_once_by_its_link, |world| async move {
    let client = world.anonymous();
    let state = client.get("/api/setup").await.expect(200);
    assert_eq!((&state["needed"], &state["company_name"]), (&json!(true), &Value::Null));
    assert_eq!(sign_in(&client, "admin", "admin").await.refused(401), "login_failed");

    // An older link, and one older than half an hour, are worth nothing.
    let (older, old) = (setup_token(&world).await, setup_token(&world).await);
    let refused = client.post("/api/setup", set_up(&older, PASSWORD)).await;
    assert_eq!(refused.refused(403), "setup_token_invalid");
    world.app.clock.advance(30 * Ts::MINUTE);
    let refused = client.post("/api/setup", set_up(&old, PASSWORD)).await;
    assert_eq!(refused.refused(403), "setup_token_invalid");

    let token = setup_token(&world).await;
    // What is refused doesn't use the link up.
    assert_eq!(
        client.post("/api/setup", set_up(&token, "Eastgate2026")).await.refused(422),
        "password_too_common"
    );
    let mut input = set_up(&token, PASSWORD);
    input["zone"] = json!("Asia/Atlantis");
    assert_eq!(client.post("/api/setup", input).await.refused(422), "zone_unknown");
    let mut input = set_up(&token, PASSWORD);
    input["admin_login"] = json!("a b");
    let refused = client.post("/api/setup", input).await;
    assert_eq!(refused.refused(422), "login_invalid");
    assert_eq!(refused.json["errors"][0]["pointer"], "/admin_login");

    // Twice at once: it works once.
    let both = join_all((0..2).map(|_| client.post("/api/setup", set_up(&token, PASSWORD)))).await;
    let done: Vec<&Answer> = both.iter().filter(|a| a.status == 200).collect();
    assert_eq!(done.len(), 1, "{} {}", both[0].text, both[1].text);
    let session = cookie(done[0]);
    assert_eq!(done[0].json["me"]["roles"], json!(["system_admin"]));
    assert_eq!(me(&world, &session).await.expect(200)["login"], "admin");
    assert_eq!(client.post("/api/setup", set_up(&token, PASSWORD)).await.refused(409), "setup_done");
    let state = client.get("/api/setup").await.expect(200);
    assert_eq!((&state["needed"], &state["company_name"]), (&json!(false), &json!("Eastgate Access")));

    // The other two administrators are other people: each sets a password by a link of their own.
    let invitations = done[0].json["invitations"].as_array().unwrap();
    assert_eq!(invitations.len(), 2);
    let token_of = |i: &Value| i["link"].as_str().unwrap().split('#').nth(1).unwrap().to_owned();
    let again = || async {
        let headers = [("content-type", "application/json".to_owned()), session.clone()];
        world.anonymous().send(Method::POST, "/api/setup/invitations", &headers, None).await
    };
    let anew = again().await.expect(200);
    let set = |token: String| {
        let client = world.anonymous();
        async move {
            client.post("/api/password", json!({ "token": token, "password": "mangos-at-4-oclock" })).await
        }
    };
    assert_eq!(set(token_of(&invitations[0])).await.refused(403), "password_link_invalid");
    for invitation in anew["invitations"].as_array().unwrap() {
        assert_eq!(set(token_of(invitation)).await.status, 204);
    }
    for (login, role) in [("security", "security_admin"), ("audit", "audit_admin")] {
        let signed_in = sign_in(&world.anonymous(), login, "mangos-at-4-oclock").await.expect(200);
        assert_eq!(signed_in["roles"], json!([role]));
    }
    // From here on links are the security administrator's.
    assert_eq!(again().await.refused(409), "setup_done");
    world.sealed().await;
});

both!(what_has_ended_is_forgotten_once_a_day, |world| async move {
    account(&world, "tidy", Role::SystemAdmin).await;
    sign_in(&world.anonymous(), "tidy", PASSWORD).await.expect(200);
    sign_in(&world.anonymous(), "nobody", PASSWORD).await;
    world.app.act(Actor::system("test"), |tx, cx| Box::pin(identity::jobs::start(tx, cx))).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM session").await, 1);
    for _ in 0..46 {
        world.pass(Ts::DAY).await;
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM session").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM login_failure").await, 0);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM job WHERE kind = 'identity.tidy' AND state = 'waiting'").await,
        1
    );
});

both!(the_company_is_changed_from_what_was_seen, |world| async move {
    let system = world.client(Role::SystemAdmin).await;
    let seen = system.get("/api/company").await;
    let input = |name: &str| json!({ "name": name, "zone": "Asia/Shanghai" });
    let changed = system.put("/api/company", seen.version(), input("甲公司")).await.expect(200);
    assert_eq!(
        (changed["name"].as_str(), changed["version"].as_i64()),
        (Some("甲公司"), Some(seen.version() + 1))
    );
    let stale = system.put("/api/company", seen.version(), input("乙公司")).await;
    assert_eq!(stale.refused(412), "version_changed");
    assert_eq!(stale.json["current"]["name"], "甲公司", "{}", stale.text);
    assert_eq!(system.get("/api/company").await.expect(200)["name"], "甲公司");
});
