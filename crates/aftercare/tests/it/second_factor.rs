//! Codes of an app as a second factor: set up, asked for, used once, forced by role, reset, restored.

use aftercare::keeping::restore::{Options, restore};
use futures::future::join_all;
use http::{Method, header};
use identity::Role;
use kit::{Actor, Ts};
use serde_json::{Value, json};

use crate::both;
use crate::identity::{PASSWORD, account, cookie, events, sign_in};
use crate::world::{Answer, Backend, Client, World};

type Cookie = (&'static str, String);

/// What an authenticator shows (RFC 6238), made here a second time.
fn code_at(secret: &str, at: Ts) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String = secret.chars().map(|c| format!("{:05b}", ALPHABET.find(c).unwrap())).collect();
    let key: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|b| u8::from_str_radix(std::str::from_utf8(b).unwrap(), 2).unwrap())
        .collect();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let step = at.micros() / (30 * Ts::SECOND);
    let hash = ring::hmac::sign(&key, &step.to_be_bytes());
    let hash = hash.as_ref();
    let at = usize::from(hash[19] & 15);
    let four = u32::from_be_bytes([hash[at], hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
}

impl World {
    // The code of so many steps from now.
    fn code(&self, secret: &str, steps: i64) -> String {
        code_at(secret, self.app.clock.now().plus(steps * 30 * Ts::SECOND))
    }
}

async fn with_code(world: &World, login: &str, code: &str) -> Answer {
    let body = json!({ "login": login, "password": PASSWORD, "code": code });
    world.anonymous().post("/api/session", body).await
}

async fn ask(world: &World, cookie: &Cookie, method: Method, path: &str, body: Value) -> Answer {
    let headers = [("content-type", "application/json".to_owned()), cookie.clone()];
    let body = (method != Method::GET).then(|| body.to_string().into_bytes());
    world.anonymous().send(method, path, &headers, body).await
}

async fn begin(world: &World, cookie: &Cookie, code: Option<&str>) -> Answer {
    let body = json!({ "current_password": PASSWORD, "code": code });
    ask(world, cookie, Method::POST, "/api/me/second-factor", body).await
}

async fn confirm(world: &World, cookie: &Cookie, code: &str) -> Answer {
    ask(world, cookie, Method::POST, "/api/me/second-factor/confirm", json!({ "code": code })).await
}

/// Somebody with a second factor: session, secret, recovery codes.
async fn enrolled(world: &World, login: &str) -> (Cookie, String, Vec<String>) {
    let session = cookie(&sign_in(&world.anonymous(), login, PASSWORD).await);
    let secret = begin(world, &session, None).await.expect(200)["secret"].as_str().unwrap().to_owned();
    let codes = confirm(world, &session, &world.code(&secret, 0)).await.expect(200);
    let codes = codes["codes"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect();
    // The step of the first code is used up.
    world.app.clock.advance(30 * Ts::SECOND);
    (session, secret, codes)
}

// Lets time pass while sessions are used, so that none ends by resting.
async fn awake(world: &World, sessions: &[&Cookie], hours: i64) {
    for _ in 0..hours / 8 {
        world.app.clock.advance(8 * Ts::HOUR);
        for session in sessions {
            crate::identity::me(world, session).await.expect(200);
        }
    }
}

/// Asks these roles for a second factor.
pub async fn demand(security: &Client, roles: Value, grace_days: i64) -> Answer {
    let stands = security.get("/api/security-settings").await;
    let version = stands.version();
    let mut settings = stands.expect(200);
    settings.as_object_mut().unwrap().remove("version");
    settings["second_factor_roles"] = roles;
    settings["second_factor_grace_days"] = json!(grace_days);
    security.put("/api/security-settings", version, settings).await
}

both!(a_second_factor_is_set_up_by_a_code_and_asked_for_from_then_on, |world| async move {
    account(&world, "two", Role::SystemAdmin).await;
    let (here, elsewhere) = (
        cookie(&sign_in(&world.anonymous(), "two", PASSWORD).await),
        cookie(&sign_in(&world.anonymous(), "two", PASSWORD).await),
    );
    let wrong = json!({ "current_password": "wrong" });
    let wrong = ask(&world, &here, Method::POST, "/api/me/second-factor", wrong).await;
    assert_eq!(wrong.refused(422), "password_wrong");
    assert_eq!(confirm(&world, &here, "000000").await.refused(409), "second_factor_not_begun");
    let begun = begin(&world, &here, None).await.expect(200);
    let secret = begun["secret"].as_str().unwrap().to_owned();
    assert_eq!(secret.len(), 32, "160 bits");
    let uri = begun["uri"].as_str().unwrap();
    assert!(uri == format!("otpauth://totp/two?secret={secret}&issuer=Aftercare"), "{uri}");
    assert!(begun["qr_svg"].as_str().unwrap().contains("<svg"));
    // Nothing is asked for until a code of it was shown.
    sign_in(&world.anonymous(), "two", PASSWORD).await.expect(200);
    assert_eq!(confirm(&world, &here, &world.code(&secret, 9)).await.refused(422), "second_factor_wrong");
    // The half hour in which it can be confirmed.
    world.app.clock.advance(30 * Ts::MINUTE);
    assert_eq!(confirm(&world, &here, &world.code(&secret, 0)).await.refused(409), "second_factor_not_begun");
    let secret = begin(&world, &here, None).await.expect(200)["secret"].as_str().unwrap().to_owned();
    let codes = confirm(&world, &here, &world.code(&secret, 0)).await.expect(200);
    let codes = codes["codes"].as_array().unwrap().clone();
    assert_eq!(codes.len(), 10);
    // The database alone gives neither.
    let rows = format!(
        "SELECT COUNT(*) FROM second_factor WHERE secret LIKE 'v1.%' AND secret NOT LIKE '%{secret}%' AND begun IS NULL"
    );
    assert_eq!(world.count(&rows).await, 1);
    for code in &codes {
        let plain = code.as_str().unwrap().replace('-', "");
        assert_eq!(
            world
                .count(&format!("SELECT COUNT(*) FROM recovery_code WHERE code_hash LIKE '%{plain}%'"))
                .await,
            0
        );
    }
    assert_eq!(
        world.count("SELECT COUNT(*) FROM command_answer").await,
        0,
        "no answer with a secret is kept"
    );
    // Other devices are signed out; this one goes on.
    let state = ask(&world, &here, Method::GET, "/api/me/second-factor", Value::Null).await.expect(200);
    assert_eq!((&state["codes_left"], state["since"].is_string()), (&json!(10), true));
    assert_eq!(crate::identity::me(&world, &elsewhere).await.refused(401), "not_signed_in");

    let asked = sign_in(&world.anonymous(), "two", PASSWORD).await;
    assert_eq!(asked.refused(401), "second_factor_needed");
    assert!(!asked.headers.contains_key(header::SET_COOKIE), "nobody is half signed in");
    assert_eq!(sign_in(&world.anonymous(), "two", "wrong").await.refused(401), "login_failed");
    assert_eq!(with_code(&world, "two", "123").await.refused(422), "second_factor_wrong");
    // What confirmed it is used up, and so is what signed in; a phone half a minute off is let in, one of a minute not.
    assert_eq!(with_code(&world, "two", &world.code(&secret, 0)).await.refused(422), "second_factor_wrong");
    // After the failures so far are forgotten.
    world.app.clock.advance(16 * Ts::MINUTE);
    for off in [-2, 2] {
        assert_eq!(
            with_code(&world, "two", &world.code(&secret, off)).await.refused(422),
            "second_factor_wrong"
        );
    }
    with_code(&world, "two", &world.code(&secret, -1)).await.expect(200);
    let spaced = world.code(&secret, 1);
    with_code(&world, "two", &format!(" {} {}", &spaced[..3], &spaced[3..])).await.expect(200);
    for used in [-1, 0, 1] {
        assert_eq!(
            with_code(&world, "two", &world.code(&secret, used)).await.refused(422),
            "second_factor_wrong"
        );
    }
    assert_eq!(events(&world, "account.second_factor_on").await, 1);
    assert!(events(&world, "login.code_refused").await >= 6);
    world.sealed().await;
});

both!(one_code_signs_in_one_device_however_many_send_it_at_once, |world| async move {
    account(&world, "racer", Role::SystemAdmin).await;
    let (_, secret, codes) = enrolled(&world, "racer").await;
    for code in [world.code(&secret, 0), codes[0].clone()] {
        let all = join_all((0..4).map(|_| with_code(&world, "racer", &code))).await;
        let statuses: Vec<u16> = all.iter().map(|a| a.status).collect();
        assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1, "{statuses:?}");
        // The failures of the others would lock.
        world.app.clock.advance(16 * Ts::MINUTE);
    }
});

both!(a_recovery_code_stands_in_once, |world| async move {
    account(&world, "lost", Role::SystemAdmin).await;
    let (_, secret, codes) = enrolled(&world, "lost").await;
    let signed_in = with_code(&world, "lost", &codes[3].to_lowercase().replace('-', " ")).await;
    let session = cookie(&signed_in);
    signed_in.expect(200);
    assert_eq!(with_code(&world, "lost", &codes[3]).await.refused(422), "second_factor_wrong");
    with_code(&world, "lost", &codes[4]).await.expect(200);
    let state = ask(&world, &session, Method::GET, "/api/me/second-factor", Value::Null).await.expect(200);
    assert_eq!(state["codes_left"], 8);
    // New ones take the place of all; they ask for password and code.
    let path = "/api/me/second-factor/recovery-codes";
    let renew = |code: String| json!({ "current_password": PASSWORD, "code": code });
    let refused = ask(&world, &session, Method::POST, path, renew("000000".into())).await;
    assert_eq!(refused.refused(422), "second_factor_wrong");
    assert_eq!(refused.json["errors"][0]["pointer"], "/code");
    let made = ask(&world, &session, Method::POST, path, renew(world.code(&secret, 0))).await.expect(200);
    assert_eq!(with_code(&world, "lost", &codes[5]).await.refused(422), "second_factor_wrong");
    with_code(&world, "lost", made["codes"][0].as_str().unwrap()).await.expect(200);
    assert_eq!(events(&world, "login.recovery_code_used").await, 3);
    assert_eq!(events(&world, "account.recovery_codes_made").await, 1);
});

both!(wrong_codes_lock_like_wrong_passwords, |world| async move {
    account(&world, "guessed", Role::SystemAdmin).await;
    let (session, secret, _) = enrolled(&world, "guessed").await;
    for n in 0..5 {
        // The right password in between forgets none of the failures.
        assert_eq!(
            sign_in(&world.anonymous(), "guessed", PASSWORD).await.refused(401),
            "second_factor_needed"
        );
        let wrong = with_code(&world, "guessed", &format!("00000{n}")).await;
        assert_eq!(wrong.refused(422), "second_factor_wrong");
    }
    let locked = with_code(&world, "guessed", &world.code(&secret, 0)).await;
    assert_eq!(locked.refused(429), "locked_out");
    assert_eq!(events(&world, "login.locked").await, 1);
    // A stolen session guesses no further either.
    assert_eq!(begin(&world, &session, Some("000000")).await.refused(429), "locked_out");
    world.app.clock.advance(15 * Ts::MINUTE);
    with_code(&world, "guessed", &world.code(&secret, 0)).await.expect(200);
    for _ in 0..5 {
        assert_eq!(begin(&world, &session, Some("000000")).await.refused(422), "second_factor_wrong");
    }
    assert_eq!(begin(&world, &session, Some("000000")).await.refused(429), "locked_out");
    assert_eq!(sign_in(&world.anonymous(), "guessed", PASSWORD).await.refused(429), "locked_out");
});

both!(a_device_is_replaced_by_password_and_code_and_the_old_one_holds_until_then, |world| async move {
    account(&world, "moved", Role::SystemAdmin).await;
    let (session, old, codes) = enrolled(&world, "moved").await;
    assert_eq!(begin(&world, &session, None).await.refused(422), "second_factor_wrong");
    let begun = begin(&world, &session, Some(&codes[0])).await.expect(200);
    let new = begun["secret"].as_str().unwrap().to_owned();
    assert_eq!(with_code(&world, "moved", &world.code(&new, 0)).await.refused(422), "second_factor_wrong");
    let other = with_code(&world, "moved", &world.code(&old, 0)).await;
    let other = cookie(&other);
    world.app.clock.advance(30 * Ts::SECOND);
    confirm(&world, &session, &world.code(&new, 0)).await.expect(200);
    assert_eq!(crate::identity::me(&world, &other).await.refused(401), "not_signed_in");
    world.app.clock.advance(30 * Ts::SECOND);
    assert_eq!(with_code(&world, "moved", &world.code(&old, 0)).await.refused(422), "second_factor_wrong");
    assert_eq!(with_code(&world, "moved", &codes[1]).await.refused(422), "second_factor_wrong");
    with_code(&world, "moved", &world.code(&new, 0)).await.expect(200);
    assert_eq!(events(&world, "account.second_factor_replaced").await, 1);

    // Turned off by both, where no role asks for it.
    let off = |code: String| json!({ "current_password": PASSWORD, "code": code });
    let path = "/api/me/second-factor/off";
    let session = cookie(&with_code(&world, "moved", &world.code(&new, 1)).await);
    world.app.clock.advance(60 * Ts::SECOND);
    let demanded = ask(&world, &session, Method::POST, path, off(world.code(&new, 0))).await;
    assert_eq!(demanded.refused(409), "second_factor_demanded");
    let security = world.client(Role::SecurityAdmin).await;
    demand(&security, json!([]), 7).await.expect(200);
    assert_eq!(ask(&world, &session, Method::POST, path, off(world.code(&new, 0))).await.status, 204);
    sign_in(&world.anonymous(), "moved", PASSWORD).await.expect(200);
    assert_eq!(events(&world, "account.second_factor_off").await, 1);
});

both!(whoever_has_to_have_a_second_factor_reaches_nothing_but_the_way_to_it, |world| async move {
    account(&world, "admin", Role::SystemAdmin).await;
    let security = world.client(Role::SecurityAdmin).await;
    let before = cookie(&sign_in(&world.anonymous(), "admin", PASSWORD).await);
    let company = |cookie: Cookie| {
        let world = world.clone();
        async move { ask(&world, &cookie, Method::GET, "/api/company", Value::Null).await }
    };
    company(before.clone()).await.expect(200);
    for outside in ["customer_contact", "telephone_system"] {
        assert_eq!(demand(&security, json!([outside]), 0).await.refused(422), "second_factor_role");
    }
    // Days of grace: said, not yet asked.
    demand(&security, json!(["system_admin"]), 7).await.expect(200);
    let said = crate::identity::me(&world, &before).await.expect(200);
    assert_eq!(said["second_factor_from"], json!(world.app.clock.now().plus(7 * Ts::DAY).to_string()));
    company(before.clone()).await.expect(200);
    awake(&world, &[&before], 6 * 24).await;
    // Saving again begins no new days.
    let security = world.client(Role::SecurityAdmin).await;
    demand(&security, json!(["system_admin"]), 7).await.expect(200);
    let again = cookie(&sign_in(&world.anonymous(), "admin", PASSWORD).await);
    company(again.clone()).await.expect(200);
    awake(&world, &[&before, &again], 24).await;
    let security = world.client(Role::SecurityAdmin).await;
    let fresh = cookie(&sign_in(&world.anonymous(), "admin", PASSWORD).await);
    // A session of before, one of the days of grace, one of now: all the same.
    for session in [&before, &again, &fresh] {
        assert_eq!(company(session.clone()).await.refused(403), "second_factor_required");
        for path in ["/api/me/sessions", "/api/home"] {
            let refused = ask(&world, session, Method::GET, path, Value::Null).await;
            assert_eq!(refused.refused(403), "second_factor_required", "{path}");
        }
        let change = json!({ "current_password": PASSWORD, "password": "mangos-at-4-oclock" });
        let change = ask(&world, session, Method::POST, "/api/me/password", change).await;
        assert_eq!(change.refused(403), "second_factor_required");
        let live = ask(&world, session, Method::GET, "/api/live", Value::Null).await;
        assert_eq!(live.refused(403), "second_factor_required");
        crate::identity::me(&world, session).await.expect(200);
    }
    // Nobody else is asked, nor a program with a token.
    assert_eq!(security.get("/api/accounts").await.status, 200);
    let id = said["id"].as_str().unwrap();
    let token = json!({ "account_id": id, "name": "Reports", "scopes": ["system.settings"] });
    let token = security.post("/api/tokens", token).await.expect(201);
    let bearer = ("authorization", format!("Bearer {}", token["secret"].as_str().unwrap()));
    assert_eq!(
        world.anonymous().send(Method::GET, "/api/keeping-settings", &[bearer], None).await.status,
        200
    );

    let secret = begin(&world, &fresh, None).await.expect(200)["secret"].as_str().unwrap().to_owned();
    assert_eq!(company(fresh.clone()).await.refused(403), "second_factor_required", "begun is not done");
    confirm(&world, &fresh, &world.code(&secret, 0)).await.expect(200);
    company(fresh.clone()).await.expect(200);
    let me = crate::identity::me(&world, &fresh).await.expect(200);
    assert_eq!(me["second_factor_from"], Value::Null);

    // A role that is asked at once limits the sessions that stand; taken off the list, it frees them.
    account(&world, "auditor", Role::AuditAdmin).await;
    let auditor = cookie(&sign_in(&world.anonymous(), "auditor", PASSWORD).await);
    let audit = || ask(&world, &auditor, Method::GET, "/api/audit", Value::Null);
    audit().await.expect(200);
    demand(&security, json!(["system_admin", "audit_admin"]), 0).await.expect(200);
    assert_eq!(audit().await.refused(403), "second_factor_required");
    company(fresh).await.expect(200);
    demand(&security, json!(["system_admin"]), 0).await.expect(200);
    audit().await.expect(200);
});

both!(a_link_for_the_password_goes_around_no_second_factor, |world| async move {
    let id = account(&world, "linked", Role::SystemAdmin).await;
    let (session, secret, _) = enrolled(&world, "linked").await;
    let security = world.client(Role::SecurityAdmin).await;
    let made = security.post(&format!("/api/accounts/{id}/reset-password"), json!({})).await.expect(200);
    let token = made["link"].as_str().unwrap().split('#').nth(1).unwrap().to_owned();
    let set = json!({ "token": token, "password": PASSWORD });
    let answer = world.anonymous().post("/api/password", set).await;
    assert_eq!(answer.status, 204);
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
    assert_eq!(crate::identity::me(&world, &session).await.refused(401), "not_signed_in");
    assert_eq!(sign_in(&world.anonymous(), "linked", PASSWORD).await.refused(401), "second_factor_needed");
    with_code(&world, "linked", &world.code(&secret, 0)).await.expect(200);
});

both!(a_lost_second_factor_is_reset_with_a_reason_that_its_holder_reads, |world| async move {
    let id = account(&world, "phoneless", Role::SystemAdmin).await;
    let (session, _, codes) = enrolled(&world, "phoneless").await;
    let security = world.client(Role::SecurityAdmin).await;
    let path = |id: &str| format!("/api/accounts/{id}/reset-second-factor");
    assert!(security.get(&format!("/api/accounts/{id}")).await.expect(200)["second_factor_at"].is_string());
    let reason = json!({ "reason": "手机丢失，已当面核实" });
    for (id, body, refused) in [
        (id.as_str(), json!({ "reason": "  " }), (422, "second_factor_reason")),
        (id.as_str(), json!({ "reason": "x".repeat(501) }), (422, "second_factor_reason")),
        (security.account_id.as_str(), reason.clone(), (409, "own_account")),
        ("00000000-0000-7000-8000-000000000000", reason.clone(), (404, "account_unknown")),
    ] {
        assert_eq!(security.post(&path(id), body).await.refused(refused.0), refused.1);
    }
    let reset = security.post(&path(&id), reason.clone()).await.expect(200);
    assert_eq!(reset["second_factor_at"], Value::Null);
    assert_eq!(security.post(&path(&id), reason).await.refused(409), "second_factor_missing");
    assert_eq!(crate::identity::me(&world, &session).await.refused(401), "not_signed_in");
    assert_eq!(world.count("SELECT COUNT(*) FROM recovery_code").await, 0);
    let session = cookie(&sign_in(&world.anonymous(), "phoneless", PASSWORD).await);
    let state = ask(&world, &session, Method::GET, "/api/me/second-factor", Value::Null).await.expect(200);
    assert_eq!((&state["since"], &state["reset"]["by"]), (&Value::Null, &json!("Test account")));
    assert_eq!(state["reset"]["reason"], "手机丢失，已当面核实");
    assert!(crate::identity::me(&world, &session).await.expect(200)["second_factor_reset_at"].is_string());
    // Events hold ids, not words.
    assert_eq!(events(&world, "account.second_factor_reset").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%手机丢失%'").await, 0);
    // Set up anew, it is said no more, and the old codes are worth nothing.
    let (session, ..) = enrolled(&world, "phoneless").await;
    assert_eq!(
        crate::identity::me(&world, &session).await.expect(200)["second_factor_reset_at"],
        Value::Null
    );
    assert_eq!(with_code(&world, "phoneless", &codes[0]).await.refused(422), "second_factor_wrong");
    // The terminal does the same for the last administrator.
    let account_id = id.parse().unwrap();
    world
        .app
        .act(Actor::system("terminal"), move |tx, cx| {
            Box::pin(async move {
                identity::reset_second_factor(tx, cx, account_id, "管理员手机损坏").await
            })
        })
        .await
        .unwrap();
    let session = cookie(&sign_in(&world.anonymous(), "phoneless", PASSWORD).await);
    let state = ask(&world, &session, Method::GET, "/api/me/second-factor", Value::Null).await.expect(200);
    assert_eq!((&state["reset"]["by"], &state["reset"]["reason"]), (&Value::Null, &json!("管理员手机损坏")));
    world.sealed().await;
});

both!(the_days_of_grace_begin_with_the_first_start_that_knows_of_them_and_in_no_demo, |world| async move {
    account(&world, "upgraded", Role::SecurityAdmin).await;
    let session = cookie(&sign_in(&world.anonymous(), "upgraded", PASSWORD).await);
    let from =
        || async { crate::identity::me(&world, &session).await.expect(200)["second_factor_from"].clone() };
    assert_eq!(from().await, Value::Null);
    let start = || world.app.act(Actor::system("test"), |tx, cx| Box::pin(identity::jobs::start(tx, cx)));
    start().await.unwrap();
    let due = json!(world.app.clock.now().plus(7 * Ts::DAY).to_string());
    assert_eq!(from().await, due);
    world.app.clock.advance(8 * Ts::HOUR);
    start().await.unwrap();
    assert_eq!(from().await, due, "a restart begins no new days");

    let demo = World::start(if world.app.db.dialect() == kit::db::Dialect::Sqlite {
        Backend::Sqlite
    } else {
        Backend::Postgres
    })
    .await;
    let now = demo.app.clock.now();
    demo.app
        .db
        .write(move |tx| Box::pin(async move { kit::settings::set(tx, "demo", &true, now).await }))
        .await
        .unwrap();
    demo.app.act(Actor::system("test"), |tx, cx| Box::pin(identity::jobs::start(tx, cx))).await.unwrap();
    account(&demo, "visitor", Role::SecurityAdmin).await;
    let session = cookie(&sign_in(&demo.anonymous(), "visitor", PASSWORD).await);
    assert_eq!(crate::identity::me(&demo, &session).await.expect(200)["second_factor_from"], Value::Null);
    let settings = ask(&demo, &session, Method::GET, "/api/security-settings", Value::Null).await.expect(200);
    assert_eq!(settings["second_factor_roles"], json!([]));
});

both!(a_restored_system_knows_the_second_factors_and_opens_them_with_the_old_key_only, |world| async move {
    account(&world, "keeper", Role::SystemAdmin).await;
    let (_, secret, codes) = enrolled(&world, "keeper").await;
    world.sealed().await;
    let checked = aftercare::checks::run(&world.app).await.unwrap();
    let name = "second factors open under the key of the data folder";
    let finding = checked.iter().find(|f| f.name == name).unwrap();
    assert_eq!((finding.checked, finding.faults.len()), (1, 0));
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup.tar.gz");
    kit::archive::write(&world.app.db, &world.app.files, &archive, world.app.clock.now()).await.unwrap();

    let there = World::start(Backend::Sqlite).await;
    let came = restore(&there.app, &archive, Options { verify: true, keep_tokens: false }).await.unwrap();
    assert_eq!(came.closed_factors, ["keeper"], "the key is in no archive");
    let now = there.app.clock.now();
    there.app.clock.advance(world.app.clock.now().micros() - now.micros());
    assert_eq!(sign_in(&there.anonymous(), "keeper", PASSWORD).await.refused(401), "second_factor_needed");
    assert_eq!(
        with_code(&there, "keeper", &there.code(&secret, 0)).await.refused(422),
        "second_factor_wrong"
    );
    with_code(&there, "keeper", &codes[0]).await.expect(200);
    let finding =
        aftercare::checks::run(&there.app).await.unwrap().into_iter().find(|f| f.name == name).unwrap();
    assert!(finding.faults[0].contains("keeper"), "{:?}", finding.faults);
    // With the old key it is as it was.
    let key = |world: &World| world.app.files.root().join(kit::sealing::FILE);
    std::fs::copy(key(&world), key(&there)).unwrap();
    with_code(&there, "keeper", &there.code(&secret, 0)).await.expect(200);
    let finding =
        aftercare::checks::run(&there.app).await.unwrap().into_iter().find(|f| f.name == name).unwrap();
    assert_eq!(finding.faults, Vec::<String>::new());
});

#[test]
fn no_export_holds_what_signs_in() {
    for table in aftercare::export::tables::ALL {
        assert!(
            !["second_factor", "recovery_code", "second_factor_reset", "account", "session"]
                .contains(&table.from)
        );
    }
}
