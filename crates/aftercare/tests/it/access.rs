//! Who reads and names what: files, engineers, units, one's own account. Over HTTP, on both databases.

use axum::body::{Body, Bytes};
use futures::future::join_all;
use http::{Method, header};
use identity::Role;
use kit::{Audience, Reach, params};
use serde_json::{Value, json};
use sha2::Digest as _;

use crate::both;
use crate::cases::desk;
use crate::customers::{NANSHAN, TIANHE, agent, customer, id, site, site_input};
use crate::visits::job;
use crate::world::{Answer, Client, World};

fn picture(of: &str) -> (String, Vec<u8>) {
    let bytes = [b"\x89PNG\r\n\x1a\n ".as_slice(), of.as_bytes()].concat();
    (hex::encode(sha2::Sha256::digest(&bytes)), bytes)
}

/// A picture sent by somebody; its digest.
pub async fn sent(client: &Client, of: &str) -> String {
    let (digest, bytes) = picture(of);
    client.send(Method::PUT, &format!("/api/files/{digest}"), &[], Some(bytes)).await.expect(200);
    digest
}

async fn fetch(client: &Client, digest: &str) -> Answer {
    client.get(&format!("/api/files/{digest}")).await
}

async fn sql(world: &World, statement: String) {
    let write = world.app.db.write(move |tx| Box::pin(async move { tx.execute(&statement, &[]).await }));
    write.await.unwrap();
}

async fn customer_of(world: &World, case: &str) -> String {
    let mut tx = world.app.db.reader().await.unwrap();
    let row = tx.row("SELECT customer_id FROM service_case WHERE id = $1", params![case]).await.unwrap();
    row.unwrap().get("customer_id").unwrap()
}

both!(nobody_widens_their_own_view, |world| async move {
    let one = world.client(Role::SecurityAdmin).await;
    let two = world.client(Role::SecurityAdmin).await;
    let company = crate::customers::company(&world).await;
    let path = format!("/api/accounts/{}", one.account_id);
    let change = |unit: Value, customer: Value, name: &str| json!({ "name": name, "roles": ["security_admin"], "unit_id": unit, "customer_id": customer, "language": "en" });
    let stands = one.get(&path).await;
    for wider in [
        change(json!(company.headquarters), Value::Null, "Test account"),
        change(Value::Null, json!("some-customer"), "Test account"),
        json!({ "name": "Test account", "roles": ["security_admin"], "employee_id": "somebody", "language": "en" }),
        json!({ "name": "Test account", "roles": ["security_admin"], "contact_id": "somebody", "language": "en" }),
    ] {
        assert_eq!(one.put(&path, stands.version(), wider).await.refused(409), "own_account");
    }
    assert_eq!(
        world
            .count("SELECT COUNT(*) FROM account WHERE unit_id IS NOT NULL OR employee_id IS NOT NULL")
            .await,
        0
    );
    // One's name is one's own to mend, and another administrator may do the rest.
    let renamed = one.put(&path, stands.version(), change(Value::Null, Value::Null, "One")).await;
    let version = renamed.version();
    two.put(&path, version, change(json!(company.headquarters), Value::Null, "One")).await.expect(200);
});

both!(a_photo_is_read_only_by_those_who_see_the_visit, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    job.at_work(&visit).await;
    let (engineer, other) = (&job.engineers[0].1, &job.engineers[1].1);
    let digest = job.photo("a broken arm").await;
    // Until it is used only its sender has it.
    fetch(engineer, &digest).await.expect(200);
    for client in [&job.dispatcher, other] {
        assert_eq!(fetch(client, &digest).await.refused(404), "file_unknown");
    }
    job.step(&visit, "evidence", json!({ "kind": "before", "sha256": digest })).await.expect(200);
    let far = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    let customer = customer_of(&world, &case).await;
    let theirs = world.client_in(&[Role::CustomerContact], None, None, Some(&customer)).await;
    let strangers = world.client_in(&[Role::CustomerContact], None, None, Some("another")).await;
    let answer = fetch(&job.dispatcher, &digest).await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-cache");
    // Whatever somebody sent in as a picture is never a page of ours.
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment");
    assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(answer.headers[header::CONTENT_SECURITY_POLICY], "sandbox; default-src 'none'");
    let tag = ("if-none-match", answer.headers[header::ETAG].to_str().unwrap().to_owned());
    let path = format!("/api/files/{digest}");
    assert_eq!(job.dispatcher.send(Method::GET, &path, std::slice::from_ref(&tag), None).await.status, 304);
    for client in [engineer, &job.manager, &theirs] {
        assert_eq!(fetch(client, &digest).await.status, 200);
    }
    let unknown = fetch(&far, &picture("never sent").0).await;
    for client in [other, &far, &strangers] {
        let refused = fetch(client, &digest).await;
        assert_eq!((refused.refused(404), &refused.text), ("file_unknown", &unknown.text));
        assert_eq!(client.send(Method::GET, &path, std::slice::from_ref(&tag), None).await.status, 404);
    }
    // When the visit is over the engineer no longer has the customer's photos, though it was the engineer who sent them.
    sql(&world, format!("DELETE FROM shared_with WHERE person_id = '{}'", job.engineers[0].0)).await;
    assert_eq!(fetch(engineer, &digest).await.refused(404), "file_unknown");
});

both!(g14_a_file_of_unknown_length_is_refused_where_it_becomes_too_large, |world| async move {
    let client = world.client(Role::Dispatcher).await;
    let path = format!("/api/files/{}", "0".repeat(64));
    let sent = async |pieces: Vec<std::io::Result<Bytes>>| {
        let headers = [("content-type", "application/octet-stream".to_owned())];
        let body = Body::from_stream(futures::stream::iter(pieces));
        client.sending(Method::PUT, &path, &headers, body).await
    };
    let pieces = |count| (0..count).map(|_| Ok(Bytes::from_static(&[1; 64 * 1024]))).collect::<Vec<_>>();
    // 20 MiB are read whole: they are no picture.
    assert_eq!(sent(pieces(320)).await.refused(415), "file_type_wrong");
    assert_eq!(sent(pieces(321)).await.refused(413), "file_too_large");
    let mut broken = pieces(3);
    broken.push(Err(std::io::Error::other("the line broke")));
    assert_eq!(sent(broken).await.refused(400), "file_range_invalid");
});

both!(an_engineers_photo_is_seen_by_colleagues_and_by_those_they_visit, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let system = world.client(Role::SystemAdmin).await;
    let digest = sent(&system, "a face").await;
    let path = format!("/api/employees/{}", job.engineers[0].0);
    let stands = system.get(&path).await;
    let version = stands.version();
    let mut input = json!({});
    let known = stands.expect(200);
    for field in
        ["unit_id", "role", "name", "badge_number", "education", "skills", "certificates", "shifts", "active"]
    {
        input[field] = known[field].clone();
    }
    // Nobody reaches somebody else's file by calling it an employee's photo.
    input["photo_sha256"] = json!(sent(&job.dispatcher, "somebody's paper").await);
    assert_eq!(system.put(&path, version, input.clone()).await.refused(422), "employee_photo_not_sent");
    input["photo_sha256"] = json!(digest);
    system.put(&path, version, input).await.expect(200);
    let far = world.client_in(&[Role::Dispatcher], Some(&job.desk.company.guangzhou), None, None).await;
    for client in [&job.dispatcher, &job.engineers[1].1] {
        assert_eq!(fetch(client, &digest).await.status, 200);
    }
    assert_eq!(fetch(&far, &digest).await.refused(404), "file_unknown");
    let case = job.agreed().await;
    let customer = customer_of(&world, &case).await;
    let theirs = world.client_in(&[Role::CustomerContact], None, None, Some(&customer)).await;
    assert_eq!(fetch(&theirs, &digest).await.refused(404), "file_unknown");
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 3).await.expect(201);
    assert_eq!(fetch(&theirs, &digest).await.status, 200, "P21: who comes");
});

both!(who_knows_a_digest_has_not_the_file, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 3).await.expect(201));
    job.at_work(&visit).await;
    let (digest, bytes) = picture("a secret drawing");
    let (engineer, path) = (&job.engineers[0].1, format!("/api/files/{digest}"));
    assert_eq!(sent(&job.dispatcher, "a secret drawing").await, digest);
    let evidence = json!({ "kind": "before", "sha256": digest });
    assert_eq!(job.step(&visit, "evidence", evidence.clone()).await.refused(409), "evidence_file_missing");
    // Sending it without having it: other bytes, or only its beginning or its end.
    let mut other = bytes.clone();
    *other.last_mut().unwrap() ^= 1;
    let refused = engineer.send(Method::PUT, &path, &[], Some(other)).await;
    assert_eq!(refused.refused(422), "file_digest_wrong");
    let range =
        |from: usize, to: usize| ("content-range", format!("bytes {from}-{}/{}", to - 1, bytes.len()));
    let part = |from: usize, to: usize| Some(bytes[from..to].to_vec());
    let end = engineer.send(Method::PUT, &path, &[range(20, bytes.len())], part(20, bytes.len())).await;
    assert_eq!((end.status, end.json["received"].as_u64()), (202, Some(0)));
    let start = engineer.send(Method::PUT, &path, &[range(0, 12)], part(0, 12)).await;
    assert_eq!((start.status, start.json["received"].as_u64()), (202, Some(12)));
    assert_eq!(job.step(&visit, "evidence", evidence.clone()).await.refused(409), "evidence_file_missing");
    assert_eq!(fetch(engineer, &digest).await.refused(404), "file_unknown");
    // Whoever has all of it may use it too.
    let rest = engineer.send(Method::PUT, &path, &[range(12, bytes.len())], part(12, bytes.len())).await;
    assert_eq!(rest.expect(200)["complete"], true);
    job.step(&visit, "evidence", evidence).await.expect(200);
});

both!(d02_the_second_unit_follows_what_was_escalated_to_it, |world| async move {
    let desk = desk(&world).await;
    let report = json!({
        "channel": "phone", "site_id": desk.site, "contact": { "id": desk.contact }, "symptom": "道闸不抬杆",
        "effects": { "can_pass": false },
    });
    let case = id(&desk.agent.post("/api/cases", report).await.expect(201));
    world.run_jobs().await;
    let far = Reach::Unit(desk.company.guangzhou.clone());
    let seen = async || {
        let mut tx = world.app.db.reader().await.unwrap();
        let audiences = [Audience::Staff, Audience::Customer];
        let events = kit::events::after(&mut tx, &far, &cases::EVENTS, &audiences, 0, 500).await.unwrap();
        events.iter().filter(|e| e.thread_id.as_deref() == Some(case.as_str())).count()
    };
    assert_eq!(seen().await, 0);
    let (key, unit, now) = (case.clone(), desk.company.shenzhen.clone(), world.app.clock.now());
    let made = world.app.ids.next(now).to_string();
    let delivery = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO delivery (id, kind, at, channel, recipient_kind, recipient_id, case_id, unit_id, message_id, facts, payload, \
                 state, created_at) VALUES ($4, 'case.reported', $3, 'smtp', 'contact', $4, $1, $2, 'm-1', '{}', '', 'waiting', $3)",
                params![key, unit, now, made],
            )
            .await
        })
    });
    delivery.await.unwrap();
    let dispatcher = world.client_in(&[Role::Dispatcher], Some(&desk.company.guangzhou), None, None).await;
    let deliveries = async || {
        let page = dispatcher.get(&format!("/api/deliveries?case_id={case}")).await.expect(200);
        page["items"].as_array().unwrap().len()
    };
    assert_eq!(deliveries().await, 0);
    let second = &desk.company.guangzhou;
    sql(&world, format!("UPDATE service_case SET second_unit_id = '{second}' WHERE id = '{case}'")).await;
    assert!(seen().await > 0, "the live feed");
    assert_eq!(deliveries().await, 1, "the messages");
});

both!(d02_ids_out_of_reach_are_as_unknown_as_none, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let company = &job.desk.company;
    let hired = world.app.ids.next(world.app.clock.now()).to_string();
    sql(
        &world,
        format!(
            "INSERT INTO employee (id, unit_id, role, name, badge_number, education) \
             VALUES ('{hired}', '{}', 'engineer', '外地工程师', 'GK-far', 'college')",
            company.guangzhou
        ),
    )
    .await;
    let nobody = world.app.ids.next(world.app.clock.now()).to_string();
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let hours = job.hours(1, 3);
    let plan = |engineer: &str| json!({ "engineer_id": engineer, "window_start": hours["start"], "window_end": hours["end"], "planned_as": "dispatched" });
    let path = format!("/api/work-orders/{order}/visits");
    let (unknown, foreign) =
        (job.dispatcher.post(&path, plan(&nobody)).await, job.dispatcher.post(&path, plan(&hired)).await);
    assert_eq!((foreign.refused(422), &foreign.text), ("visit_engineer_unknown", &unknown.text));
    let visit = job.plan(&order, 0, 1, 3).await.expect(201);
    let moved = json!({ "engineer_id": hired, "window_start": hours["start"], "window_end": hours["end"], "reason": "换人" });
    let moved = job.dispatcher.post(&format!("/api/visits/{}/reassign", id(&visit)), moved).await;
    assert_eq!(moved.refused(422), "visit_engineer_unknown");
    // A colleague of another branch is offered nothing; one of headquarters is.
    let offer = |to: &str| json!({ "to_id": to, "reason": "请接手" });
    let path = format!("/api/cases/{case}/hand-over");
    for to in [&hired, &nobody] {
        assert_eq!(job.desk.agent.post(&path, offer(to)).await.refused(422), "case_person_unknown");
    }
    sql(&world, format!("UPDATE employee SET unit_id = '{}' WHERE id = '{hired}'", company.headquarters))
        .await;
    job.desk.agent.post(&path, offer(&hired)).await.expect(200);
    // Nobody puts a customer, or a site by hand, into another branch.
    let here = agent(&world, &company.shenzhen).await;
    let input = json!({ "name": "远方公司", "vip_level": "none", "unit_id": company.guangzhou });
    assert_eq!(here.post("/api/customers", input).await.refused(422), "customers_unit_unknown");
    let near = customer(&here, "近处公司").await;
    let mut by_hand = site_input(&near, "境外仓库", NANSHAN);
    by_hand["division_code"] = Value::Null;
    by_hand["unit_id"] = json!(company.guangzhou);
    assert_eq!(here.post("/api/sites", by_hand.clone()).await.refused(422), "customers_unit_unknown");
    by_hand["unit_id"] = json!(company.shenzhen);
    here.post("/api/sites", by_hand).await.expect(201);
    // Another desk's call and form stay its own.
    let there = agent(&world, &company.guangzhou).await;
    let site = site(&there, &customer(&there, "天河公司").await, "天河仓库", TIANHE).await;
    let mut report = json!({ "channel": "phone", "site_id": site, "symptom": "不通电", "effects": {}, "draft_id": there.key() });
    there.post("/api/cases", report.clone()).await.expect(201);
    let peeked = here.post("/api/cases", report.clone()).await;
    assert_eq!(peeked.refused(404), "case_unknown");
    assert_eq!(there.post("/api/cases", report.clone()).await.refused(409), "case_draft_used");
    let now = world.app.clock.now();
    let call = json!({ "dialled": "075526001234", "started_at": now, "outcome": "answered" });
    let call = id(&there.post("/api/calls", call).await.expect(201));
    report["draft_id"] = Value::Null;
    report["call_id"] = json!(call);
    assert_eq!(here.post("/api/cases", report.clone()).await.refused(422), "case_call_unknown");
    there.post("/api/cases", report).await.expect(201);
});

both!(two_tabs_never_merge_cases_into_a_ring, |world| async move {
    let desk = desk(&world).await;
    let report = || {
        json!({
            "channel": "phone", "site_id": desk.site, "contact": { "id": desk.contact }, "symptom": "道闸不抬杆",
            "effects": { "can_pass": false },
        })
    };
    for round in 0..6 {
        let a = id(&desk.agent.post("/api/cases", report()).await.expect(201));
        let b = id(&desk.agent.post("/api/cases", report()).await.expect(201));
        let merge = async |from: &str, into: &str| {
            let version = desk.agent.get(&format!("/api/cases/{from}")).await.version();
            let (path, body) =
                (format!("/api/cases/{from}/merge"), json!({ "into": into, "reason": "同一故障" }));
            let seen = (round % 2 == 0).then_some(version);
            desk.agent.command(Method::POST, &path, &desk.agent.key(), seen, body).await
        };
        let answers = join_all([merge(&a, &b), merge(&b, &a)]).await;
        let statuses: Vec<u16> = answers.iter().map(|a| a.status).collect();
        assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1, "{statuses:?} {}", answers[1].text);
        assert!(statuses.contains(&409), "{statuses:?} {} {}", answers[0].text, answers[1].text);
    }
    let ring = "SELECT COUNT(*) FROM service_case a JOIN service_case b ON b.id = a.merged_into WHERE b.merged_into = a.id";
    assert_eq!(world.count(ring).await, 0);
});

both!(no_account_holds_two_administrators, |world| async move {
    let security = world.client(Role::SecurityAdmin).await;
    let pairs = [
        ["system_admin", "security_admin"],
        ["security_admin", "audit_admin"],
        ["system_admin", "audit_admin"],
    ];
    for (n, roles) in pairs.iter().enumerate() {
        let new = json!({ "login": format!("both{n}"), "name": "Both", "roles": roles });
        assert_eq!(security.post("/api/accounts", new).await.refused(422), "roles_conflict");
    }
    let made = security
        .post("/api/accounts", json!({ "login": "one", "name": "One", "roles": ["audit_admin"] }))
        .await
        .expect(201);
    let path = format!("/api/accounts/{}", id(&made["account"]));
    let version = security.get(&path).await.version();
    let both = json!({ "name": "One", "roles": ["audit_admin", "security_admin"], "language": "en" });
    assert_eq!(security.put(&path, version, both).await.refused(422), "roles_conflict");
});
