//! Links to a case, photos, badges, limits, and what a restore leaves of all that.

use std::time::Duration;

use aftercare::keeping::restore::{Options, restore};
use axum::body::Body;
use http::Method;
use identity::Role;
use kit::{Ts, params};
use serde_json::{Value, json};
use sha2::Digest as _;

use super::{FAULT, Guest, answers, code_of, labelled};
use crate::both;
use crate::cases::Desk;
use crate::customers::id;
use crate::visits::{Job, job};
use crate::world::{Answer, Backend, World};

/// A case that was reported by its contact at the label, and the guest who holds its link.
async fn held(world: &World, desk: &Desk, code: &str) -> (Guest, String) {
    let guest = Guest::new(world).verified(code, "13812341234").await;
    let report = json!({ "symptom_class": FAULT, "effects": { "can_pass": false } });
    let made = guest.post(&format!("/api/report/{code}"), report).await.expect(201);
    let list = desk.agent.get("/api/cases?view=open").await.expect(200);
    (Guest::by(world, &made["link"]), id(&list["items"][0]))
}

both!(p8_a_window_that_was_promised_is_what_the_customer_sees_and_what_counts, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let path = format!("/api/work-orders/{order}/visits");
    let window = job.hours(1, 2);
    let plan = |end: Value| {
        json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"],
            "appointment_end": end })
    };
    for wrong in [job.hours(-1, 0)["end"].clone(), window["start"].clone(), job.hours(1, 26)["end"].clone()] {
        let refused = job.dispatcher.post(&path, plan(wrong)).await;
        assert_eq!(refused.json["errors"][0]["pointer"], "/appointment_end", "{:?}", refused.json);
        assert_eq!(refused.refused(422), "visit_appointment_invalid");
    }
    let end = job.hours(1, 3)["end"].clone();
    let made = job.dispatcher.post(&path, plan(end.clone())).await.expect(201);
    assert_eq!((&made["window"], &made["appointment_end"]), (&window, &end));
    let links = format!("/api/cases/{case}/tracking-links");
    let guest = Guest::by(&world, &job.desk.agent.post(&links, json!({})).await.expect(201)["url"]);
    let seen = async || {
        let visit = guest.get("/api/track").await.expect(200)["visit"].clone();
        [visit["window_start"].clone(), visit["window_end"].clone(), visit["appointment_end"].clone()]
    };
    assert_eq!(seen().await, [window["start"].clone(), end.clone(), end.clone()]);

    // We move it within the window: the customer is still promised the whole of it. Behind it, they see when somebody comes.
    let (other, visit) = (job.engineers[1].0.clone(), id(&made));
    let moved = async |from: i64, to: i64| {
        let window = job.hours(from, to);
        let body = json!({ "engineer_id": other, "window_start": window["start"], "window_end": window["end"], "reason": "改派", "outside_promise": "stands" });
        let made = job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), body).await.expect(200);
        assert_eq!(made["appointment_end"], end, "{made}");
        window
    };
    let within = moved(2, 4).await;
    assert_eq!(seen().await, [within["start"].clone(), end.clone(), end.clone()]);
    let behind = moved(5, 6).await;
    assert_eq!(seen().await, [behind["start"].clone(), behind["end"].clone(), end.clone()]);
    // Whoever comes after it is late, whatever stands in the plan.
    let body = json!({ "engineer_id": job.engineers[0].0, "window_start": window["start"], "window_end": window["end"],
        "appointment_end": job.hours(1, 5)["end"], "reason": "改派", "outside_promise": "stands" });
    let back = job.dispatcher.post(&format!("/api/visits/{visit}/reassign"), body).await.expect(200);
    assert_eq!(back["appointment_end"], end, "what was promised before still holds");
    job.does(&visit, &[("accept", json!({})), ("depart", job.departure())]).await;
    world.app.clock.advance(2 * Ts::HOUR + 30 * Ts::MINUTE);
    let there = job.step(&visit, "arrive", json!({ "method": "badge" })).await.expect(200);
    assert_eq!(there["appointment_kept"], true, "after the visit's own window, within the promised one");
});

both!(a_link_opens_one_case_until_it_is_revoked_or_its_time_is_over, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let (guest, case) = held(&world, &desk, &code).await;
    guest.get("/api/track").await.expect(200);
    for nothing in ["", "x", "00000000000000000000000000000000"] {
        let stranger = Guest { link: Some(nothing.to_owned()), ..Guest::new(&world) };
        assert_eq!(stranger.get("/api/track").await.refused(404), "link_unknown");
        assert_eq!(stranger.post("/api/track/chase", json!({})).await.refused(404), "link_unknown");
    }
    assert_eq!(Guest::new(&world).get("/api/track").await.refused(404), "link_unknown");
    let plain =
        format!("SELECT COUNT(*) FROM tracking_link WHERE token_hash = '{}'", guest.link.clone().unwrap());
    let plain: &'static str = Box::leak(plain.into_boxed_str());
    assert_eq!(world.count(plain).await, 0, "only the hash is kept");

    // Another link to the same case, by the desk: its address is shown once.
    let path = format!("/api/cases/{case}/tracking-links");
    let key = desk.agent.key();
    let made = desk.agent.command(Method::POST, &path, &key, None, json!({})).await.expect(201);
    let replayed = desk.agent.command(Method::POST, &path, &key, None, json!({})).await.expect(201);
    assert_eq!((replayed["id"].clone(), replayed["url"].is_null()), (made["id"].clone(), true));
    let second = Guest::by(&world, &made["url"]);
    second.get("/api/track").await.expect(200);
    let revoke = format!("/api/tracking-links/{}/revoke", made["id"].as_str().unwrap());
    let elsewhere = world.client_in(&[Role::HotlineAgent], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.post(&revoke, json!({})).await.refused(404), "tracking_link_unknown");
    desk.agent.post(&revoke, json!({})).await.expect(200);
    assert_eq!(second.get("/api/track").await.refused(404), "link_unknown");
    guest.get("/api/track").await.expect(200);

    // The case ends: the page can be read for some days, and changes nothing any more.
    let withdraw = json!({ "reason": "客户自行恢复" });
    desk.agent.post(&format!("/api/cases/{case}/withdraw"), withdraw).await.expect(200);
    let ended = guest.get("/api/track").await.expect(200);
    assert!(ended["ends_at"].is_string());
    assert_eq!(ended["may"]["chase"], false);
    assert_eq!(guest.post("/api/track/chase", json!({})).await.refused(409), "portal_case_ended");
    world.app.clock.advance(30 * Ts::DAY - Ts::MINUTE);
    guest.get("/api/track").await.expect(200);
    world.app.clock.advance(2 * Ts::MINUTE);
    assert_eq!(guest.get("/api/track").await.refused(404), "link_unknown");
});

both!(p10_a_customer_chases_once_in_half_an_hour_and_whoever_owns_the_case_is_told, |world| async move {
    let (desk, code, owner) = labelled(&world).await;
    let (guest, case) = held(&world, &desk, &code).await;
    let key = guest.client.key();
    let first = guest.again("/api/track/chase", &key, json!({})).await.expect(200);
    assert_eq!(first["may"]["chase"], false);
    guest.again("/api/track/chase", &key, json!({})).await.expect(200);
    let again = guest.post("/api/track/chase", json!({})).await;
    assert_eq!(again.refused(409), "portal_chased_already");
    assert!(again.headers.contains_key("retry-after"));
    world.app.clock.advance(30 * Ts::MINUTE);
    guest.post("/api/track/chase", json!({})).await.expect(200);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.chased'").await, 2);
    let mine = world.client_in(&[Role::HotlineAgent], Some(&desk.company.shenzhen), Some(&owner), None).await;
    let asked = mine.get("/api/customer-requests?view=mine").await.expect(200)["items"].clone();
    assert_eq!((asked[0]["kind"].as_str(), asked[0]["mine"].as_bool()), (Some("chase"), Some(true)));
    // The list goes on where its page ended, the longest waiting first.
    let first = mine.get("/api/customer-requests?limit=1").await.expect(200);
    let next = format!("/api/customer-requests?limit=1&after={}", first["next"].as_str().unwrap());
    let second = mine.get(&next).await.expect(200);
    assert_eq!((&first["items"][0]["id"], &second["items"][0]["id"]), (&asked[0]["id"], &asked[1]["id"]));
    assert!(
        second["next"].is_null()
            && first["items"][0]["made_at"].as_str() < second["items"][0]["made_at"].as_str()
    );
    let answer = format!("/api/customer-requests/{}/answer", asked[0]["id"].as_str().unwrap());
    let declined = json!({ "state": "declined" });
    assert_eq!(mine.post(&answer, declined).await.refused(422), "customer_request_answer_missing");
    let seen = json!({ "state": "seen", "answer": "工程师一小时内联系您" });
    mine.post(&answer, seen.clone()).await.expect(200);
    assert_eq!(mine.post(&answer, seen).await.refused(409), "customer_request_answered");
    let page = guest.get("/api/track").await.expect(200);
    let said = page["requests"].as_array().unwrap().iter().find(|r| r["answer"].is_string()).unwrap();
    assert_eq!(said["answer"], "工程师一小时内联系您");
    let colleague = world.client_in(&[Role::HotlineAgent], Some(&desk.company.shenzhen), None, None).await;
    let theirs = colleague.get("/api/customer-requests?view=mine").await.expect(200);
    assert_eq!(theirs["items"], json!([]), "the case is not theirs");
    assert_eq!(
        colleague.get("/api/customer-requests").await.expect(200)["items"].as_array().unwrap().len(),
        1
    );
    let elsewhere = world.client_in(&[Role::HotlineAgent], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get("/api/customer-requests").await.expect(200)["items"], json!([]));
    assert_eq!(
        elsewhere.post(&answer, json!({ "state": "seen" })).await.refused(404),
        "customer_request_unknown"
    );
    assert_eq!(elsewhere.get(&format!("/api/cases/{case}/customer-side")).await.refused(404), "case_unknown");
});

both!(a_request_is_answered_however_many_came_after_it, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let (guest, case) = held(&world, &desk, &code).await;
    guest.post("/api/track/chase", json!({})).await.expect(200);
    let (now, of) = (world.app.clock.now(), case.clone());
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            for n in 1..=50 {
                tx.execute(
                    "INSERT INTO customer_request (id, case_id, kind, made_at, made_by, state) \
                     VALUES ($1, $2, 'chase', $3, 'link', 'open')",
                    params![format!("00000000-0000-7000-8000-{n:012}"), &of, now.plus(n * Ts::MINUTE)],
                )
                .await?;
            }
            Ok::<_, kit::DbError>(())
        })
    });
    write.await.unwrap();
    let oldest = &desk.agent.get("/api/customer-requests?limit=1").await.expect(200)["items"][0];
    let path = format!("/api/customer-requests/{}/answer", oldest["id"].as_str().unwrap());
    let answered = desk.agent.post(&path, json!({ "state": "seen", "answer": "马上到" })).await.expect(200);
    assert_eq!((&answered["id"], &answered["answer"]), (&oldest["id"], &json!("马上到")));
    assert_eq!((&answered["case_id"], &answered["state"]), (&json!(case), &json!("seen")));
});

/// A job whose case was reported by phone; a link to it by the desk.
async fn linked(job: &Job, case: &str) -> Guest {
    let path = format!("/api/cases/{case}/tracking-links");
    let made = job.desk.agent.post(&path, json!({})).await.expect(201);
    Guest::by(&job.world, &made["url"])
}

fn node(page: &Value, code: &str) -> String {
    let nodes = page["nodes"].as_array().unwrap();
    nodes.iter().find(|n| n["code"] == code).unwrap()["state"].as_str().unwrap().to_owned()
}

both!(p21_a_link_follows_the_visit_and_p72_the_customer_signs_and_p13_rates_there, |world| async move {
    let job = job(&world, "2026-03-03").await;
    answers(&world, &job.desk.company.shenzhen).await;
    let case = job.agreed().await;
    let guest = linked(&job, &case).await;
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!((node(&page, "reported"), node(&page, "assigned")), ("done".to_owned(), "now".to_owned()));
    assert_eq!(page["promise"]["promise"], "arrive");
    assert_eq!(page["visit"], Value::Null);
    let wish = |from: i64, to: i64| {
        let now = world.app.clock.now();
        json!({ "wish_start": now.plus(from * Ts::HOUR), "wish_end": now.plus(to * Ts::HOUR), "words": "上午有人在" })
    };
    assert_eq!(
        guest.post("/api/track/appointment", wish(20, 24)).await.refused(409),
        "portal_nothing_to_move"
    );

    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!(page["visit"]["engineer"]["name"], "工程师甲");
    assert!(page["visit"]["engineer"]["badge_number"].as_str().unwrap().starts_with("GK-"));
    assert!(page.to_string().find("138****1234").is_some() && !page.to_string().contains("13812341234"));
    assert_eq!(guest.post("/api/track/appointment", wish(-2, -1)).await.refused(422), "portal_wish_invalid");
    let moved = guest.post("/api/track/appointment", wish(20, 24)).await.expect(200);
    assert_eq!(
        (moved["requests"][0]["kind"].as_str(), moved["requests"][0]["state"].as_str()),
        (Some("move"), Some("open"))
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.move_wished'").await, 1);

    job.at_work(&visit).await;
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!((node(&page, "arrived"), node(&page, "working")), ("done".to_owned(), "done".to_owned()));
    assert_eq!(
        guest.post("/api/track/appointment", wish(20, 24)).await.refused(409),
        "portal_nothing_to_move"
    );
    assert_eq!(guest.get("/api/track/service-order").await.refused(409), "portal_nothing_to_sign");
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    let page = guest.get("/api/track").await.expect(200);
    assert_eq!((node(&page, "to_sign").as_str(), page["may"]["sign"].as_bool()), ("now", Some(true)));
    let order = guest.get("/api/track/service-order").await.expect(200);
    assert_eq!(order["sha256"], shown["sha256"]);
    let strokes = json!([[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]]);
    let other = json!({ "document_hash": "0".repeat(64), "signer_name": "物业主管", "strokes": strokes });
    assert_eq!(guest.post("/api/track/service-order", other).await.refused(409), "visit_document_hash_wrong");
    let sign = json!({ "document_hash": order["sha256"], "signer_name": "物业主管", "strokes": strokes });
    let key = guest.client.key();
    let signed = guest.again("/api/track/service-order", &key, sign.clone()).await.expect(200);
    assert_eq!((node(&signed, "to_sign").as_str(), signed["may"]["sign"].as_bool()), ("done", Some(false)));
    guest.again("/api/track/service-order", &key, sign.clone()).await.expect(200);
    assert_eq!(guest.post("/api/track/service-order", sign).await.refused(409), "portal_nothing_to_sign");
    assert_eq!(world.count("SELECT COUNT(*) FROM signature").await, 1);
    let (_, mismatches) = job.checked().await;
    assert_eq!(mismatches.len(), 0, "the signature binds what was shown");

    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    world.run_jobs().await;
    let page = guest.get("/api/track").await.expect(200);
    let asked: Vec<_> =
        page["script"].as_array().unwrap().iter().map(|q| q["code"].as_str().unwrap()).collect();
    assert_eq!(asked, ["solved", "on_time", "uniform_badge", "integrity", "satisfaction"]);
    let answers = json!({ "on_time": true, "uniform_badge": true, "integrity": false });
    let rating = json!({ "reached": true, "solved": true, "rating": 6, "answers": answers });
    assert_eq!(guest.post("/api/track/rating", rating).await.refused(422), "follow_up_rating_range");
    let rating =
        json!({ "reached": true, "solved": true, "rating": 4, "answers": answers, "comment": "很好" });
    let rated = guest.post("/api/track/rating", rating.clone()).await.expect(200);
    assert_eq!((rated["rating"].as_i64(), rated["state"].as_str()), (Some(4), Some("closed")));
    assert_eq!(node(&rated, "rated"), "done");
    assert_eq!(guest.post("/api/track/rating", rating).await.refused(404), "follow_up_unknown");
    let one = "SELECT COUNT(*) FROM follow_up WHERE state = 'done' AND rating = 4 AND result = 'solved'";
    assert_eq!(world.count(one).await, 1, "the same score as by phone");
    world.sealed().await;
});

both!(p65_a_complaint_is_a_case_of_its_own_with_an_owner_and_is_named_on_both, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let owner = answers(&world, &job.desk.company.shenzhen).await;
    let case = job.reported().await;
    let guest = linked(&job, &case).await;
    let empty = guest.post("/api/track/complaint", json!({ "words": "  " })).await;
    assert_eq!(empty.refused(422), "portal_complaint_missing");
    let long = guest.post("/api/track/complaint", json!({ "words": "x".repeat(1001) })).await;
    assert_eq!(long.refused(422), "portal_text_too_long");
    let key = guest.client.key();
    let words = json!({ "words": "工程师态度很差" });
    let page = guest.again("/api/track/complaint", &key, words.clone()).await.expect(200);
    guest.again("/api/track/complaint", &key, words).await.expect(200);
    let number = page["requests"][0]["complaint_number"].as_str().unwrap().to_owned();
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case WHERE kind = 'complaint'").await, 1);
    let list = job.desk.agent.get(&format!("/api/cases?view=open&q={number}")).await.expect(200);
    let complaint = &list["items"][0];
    assert_eq!(
        (complaint["kind"].as_str(), complaint["owner"]["id"].as_str()),
        (Some("complaint"), Some(owner.as_str()))
    );
    assert!(
        complaint["next"].is_object()
            && complaint["symptom"].as_str().unwrap().starts_with("SQ20261009-0001: ")
    );
    let side = job.desk.agent.get(&format!("/api/cases/{case}/customer-side")).await.expect(200);
    assert_eq!(side["requests"][0]["complaint_case_id"], complaint["id"]);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%态度%'").await,
        0,
        "words stay out of events"
    );
});

async fn photo(guest: &Guest, path: &str, of: &[u8], range: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/octet-stream".to_owned())];
    headers.extend(range.map(|r| ("content-range", r.to_owned())));
    headers.extend(guest.link.clone().map(|l| ("x-link", l)));
    guest.client.send(Method::PUT, path, &headers, Some(of.to_vec())).await
}

both!(a_photo_is_sent_in_ranges_small_and_only_by_the_door_it_is_for, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let guest = Guest::new(&world).verified(&code, "13812341234").await;
    let bytes = [b"\x89PNG\r\n\x1a\n ".as_slice(), b"a device that stands still"].concat();
    let digest = hex::encode(sha2::Sha256::digest(&bytes));
    let path = format!("/api/report/{code}/files/{digest}");
    let (first, rest) = bytes.split_at(12);
    let total = bytes.len();
    let part = photo(&guest, &path, first, Some(&format!("bytes 0-11/{total}"))).await.expect(202);
    assert_eq!((part["received"].as_u64(), part["complete"].as_bool()), (Some(12), Some(false)));
    let report = json!({ "symptom_class": FAULT, "photo_sha256": digest });
    let early = guest.post(&format!("/api/report/{code}"), report.clone()).await;
    assert_eq!(early.refused(422), "portal_photo_unknown");
    photo(&guest, &path, rest, Some(&format!("bytes 12-{}/{total}", total - 1))).await.expect(200);
    let large = format!("bytes 0-11/{}", 400 * 1024);
    assert_eq!(photo(&guest, &path, first, Some(&large)).await.refused(413), "file_too_large");
    let pdf = format!("/api/report/{code}/files/{}", hex::encode(sha2::Sha256::digest(b"%PDF-1.7 x")));
    assert_eq!(photo(&guest, &pdf, b"%PDF-1.7 x", None).await.refused(415), "file_type_wrong");
    let nowhere = format!("/api/report/00000000000000000000000000/files/{digest}");
    assert_eq!(photo(&guest, &nowhere, &bytes, None).await.refused(404), "label_unknown");
    let made = guest.post(&format!("/api/report/{code}"), report).await.expect(201);
    let list = desk.agent.get("/api/cases?view=open").await.expect(200);
    let case = id(&list["items"][0]);
    let side = desk.agent.get(&format!("/api/cases/{case}/customer-side")).await.expect(200);
    assert_eq!(side["photos"][0]["sha256"], json!(digest));
    assert_eq!(desk.agent.get(&format!("/api/files/{digest}")).await.status, 200);
    let elsewhere = world.client_in(&[Role::HotlineAgent], Some(&desk.company.guangzhou), None, None).await;
    assert_eq!(elsewhere.get(&format!("/api/files/{digest}")).await.refused(404), "file_unknown");

    // Who knows a digest has not the photo: the link's door has not seen it.
    let holder = Guest::by(&world, &made["link"]);
    let add = json!({ "words": "补一张", "photo_sha256": digest });
    assert_eq!(holder.post("/api/track/words", add).await.refused(422), "portal_photo_unknown");
    assert_eq!(holder.post("/api/track/words", json!({})).await.refused(422), "portal_nothing_added");
    photo(&holder, &format!("/api/track/files/{digest}"), &bytes, None).await.expect(200);
    let page = holder.post("/api/track/words", json!({ "photo_sha256": digest })).await.expect(200);
    assert_eq!(page["photos"], 1, "the same photo twice is one");
    let stranger = Guest { link: Some("x".into()), ..Guest::new(&world) };
    let refused = photo(&stranger, &format!("/api/track/files/{digest}"), &bytes, None).await;
    assert_eq!(refused.refused(404), "link_unknown");
});

// A body of which nothing ever comes.
fn never() -> Body {
    Body::from_stream(futures::stream::pending::<Result<axum::body::Bytes, std::convert::Infallible>>())
}

both!(g14_photos_that_trickle_at_a_label_hold_nobody_up_who_works, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let bytes = [b"\x89PNG\r\n\x1a\n ".as_slice(), b"what an engineer saw"].concat();
    let digest = hex::encode(sha2::Sha256::digest(&bytes));
    let binary = ("content-type", "application/octet-stream".to_owned());
    let slow: Vec<_> = (0..4)
        .map(|_| {
            let (guest, binary) = (Guest::new(&world), binary.clone());
            let path = format!("/api/report/{code}/files/{digest}");
            tokio::spawn(async move { guest.client.sending(Method::PUT, &path, &[binary], never()).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(slow.iter().all(|one| !one.is_finished()), "they wait for what comes");
    let path = format!("/api/files/{digest}");
    let sent = desk.agent.send(Method::PUT, &path, std::slice::from_ref(&binary), Some(bytes.clone()));
    tokio::time::timeout(Duration::from_secs(5), sent).await.unwrap().expect(200);

    // What can't be taken is refused before anything of it comes.
    let large = ("content-length", (400 * 1024).to_string());
    for (path, headers, status, refusal) in [
        (format!("/api/report/{code}/files/{digest}"), vec![binary.clone(), large], 413, "file_too_large"),
        (
            format!("/api/report/{}/files/{digest}", "0".repeat(26)),
            vec![binary.clone()],
            404,
            "label_unknown",
        ),
        (format!("/api/track/files/{digest}"), vec![binary, ("x-link", "x".into())], 404, "link_unknown"),
    ] {
        let client = world.anonymous();
        let sent = client.sending(Method::PUT, &path, &headers, never());
        let answer = tokio::time::timeout(Duration::from_secs(5), sent).await.unwrap();
        assert_eq!(answer.refused(status), refusal);
    }
    // What doesn't say how much comes is refused where it becomes too much.
    let piece = || Ok::<_, std::convert::Infallible>(axum::body::Bytes::from_static(&[1; 64 * 1024]));
    let body = Body::from_stream(futures::stream::iter((0..8).map(move |_| piece())));
    slow.iter().for_each(tokio::task::JoinHandle::abort);
    let path = format!("/api/report/{code}/files/{digest}");
    let answer = world.anonymous().sending(Method::PUT, &path, &[], body).await;
    assert_eq!(answer.refused(413), "file_too_large");
});

both!(p66_a_badge_says_whether_its_bearer_is_sent_today_and_nothing_else, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let (engineer, _) = &job.engineers[0];
    let admin = world.client(Role::SystemAdmin).await;
    let path = format!("/api/employees/{engineer}/badge-code");
    let made = admin.post(&path, json!({})).await.expect(201);
    let code = code_of(&made["url"]);
    let guest = Guest::new(&world);
    let page = format!("/api/badge/{code}");
    let idle = guest.get(&page).await.expect(200);
    assert_eq!((idle["known"].as_bool(), idle["sent"].as_bool()), (Some(true), Some(false)));
    assert!(idle["name"].is_null() && idle["badge_number"].is_null(), "{idle}");
    let unknown = guest.get("/api/badge/00000000000000000000000000").await.expect(200);
    assert_eq!((unknown["known"].as_bool(), unknown["sent"].as_bool()), (Some(false), Some(false)));
    assert_eq!(unknown.as_object().unwrap().len(), idle.as_object().unwrap().len());

    let case = job.agreed().await;
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 4).await.expect(201);
    let sent = guest.get(&page).await.expect(200);
    assert_eq!((sent["sent"].as_bool(), sent["name"].as_str()), (Some(true), Some("工程师甲")));
    let visit = &sent["visits"][0];
    assert!(visit["district"].as_str().unwrap().contains("南山区"), "{visit}");
    let hour = |key: &str| visit[key].as_str().unwrap().parse::<Ts>().unwrap().micros() % Ts::HOUR;
    assert_eq!((hour("from"), hour("to")), (0, 0), "whole hours");
    assert!(!sent.to_string().contains("云杉"), "nothing of the customer: {sent}");
    assert_eq!(guest.get(&format!("{page}/photo")).await.refused(404), "file_unknown");

    world.app.clock.advance(2 * Ts::DAY);
    assert_eq!(guest.get(&page).await.expect(200)["sent"], false, "not today");
    let lost = admin.post(&format!("{path}/revoke"), json!({ "reason": "工牌遗失" })).await.expect(200);
    assert_eq!(lost["in_use"], false);
    assert_eq!(guest.get(&page).await.expect(200)["known"], false);
    assert_eq!(job.dispatcher.post(&path, json!({})).await.refused(403), "not_permitted");
});

both!(one_address_can_not_ask_without_end, |world| async move {
    let (_, code, _) = labelled(&world).await;
    let guest = Guest::new(&world);
    let path = format!("/api/badge/{code}");
    let mut refused = None;
    for _ in 0..120 {
        let answer = guest.get(&path).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the bucket is empty at last");
    assert_eq!(refused.refused(429), "too_many_requests");
    assert!(refused.headers.contains_key("retry-after"));
});

both!(g10_a_restore_revives_no_link_no_browser_and_no_code_that_may_have_been_revoked, |world| async move {
    let (desk, code, _) = labelled(&world).await;
    let (holder, _) = held(&world, &desk, &code).await;
    let browser = Guest::new(&world).verified(&code, "13900001111").await;
    world.sealed().await;
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup.tar.gz");
    kit::archive::write(&world.app.db, &world.app.files, &archive, world.app.clock.now()).await.unwrap();
    // After the backup the label is revoked: the restored system can't know.
    let revoke = json!({ "reason": "二维码被滥用" });
    desk.agent.post(&format!("/api/assets/{}/label/revoke", desk.asset), revoke).await.expect(200);

    for keep_tokens in [false, true] {
        let backend = match world.app.db.dialect() {
            kit::db::Dialect::Sqlite => Backend::Sqlite,
            kit::db::Dialect::Postgres => Backend::Postgres,
        };
        let there = World::start(backend).await;
        let options = Options { verify: true, keep_tokens };
        restore(&there.app, &archive, options).await.unwrap();
        let there = there.restarted().await;
        let holder = Guest { link: holder.link.clone(), ..Guest::new(&there) };
        assert_eq!(holder.get("/api/track").await.refused(404), "link_unknown");
        let browser = Guest { cookie: browser.cookie.clone(), ..Guest::new(&there) };
        let page = browser.get(&format!("/api/report/{code}")).await;
        if keep_tokens {
            assert_eq!(
                page.expect(200)["caller"],
                Value::Null,
                "the system moved: labels go on, browsers don't"
            );
            continue;
        }
        assert_eq!(page.refused(404), "label_unknown");
        let system = there.client(Role::SystemAdmin).await;
        assert_eq!(system.get("/api/portal-settings").await.expect(200)["held"], 1);
        let released = system.post("/api/portal-settings/release", json!({})).await.expect(200);
        assert_eq!(released["held"], 0);
        browser.get(&format!("/api/report/{code}")).await.expect(200);
    }
});
