//! Papers: service orders, certificates and labels as PDF, and the page that says whether one is genuine.

use std::path::Path;
use std::time::{Duration, Instant};

use documents::{Paper, Press, Template, sample};
use identity::Role;
use kit::{Failure, Lang};
use serde_json::json;

use crate::both;
use crate::customers::id;
use crate::visits::job;
use crate::world::Answer;

#[track_caller]
fn pdf(answer: &Answer, name: &str) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert_eq!(answer.headers["content-disposition"], format!("inline; filename=\"{name}.pdf\"").as_str());
    assert_eq!(answer.headers["cache-control"], "private, no-store");
    assert!(answer.text.starts_with("%PDF-1."), "{:.20}", answer.text);
}

both!(p70_p72_a_service_order_is_printed_and_its_code_says_that_it_is_genuine, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    let path = format!("/api/service-orders/{order}/pdf");
    pdf(&job.dispatcher.get(&path).await, "FW20261009-0001");

    job.at_work(&visit).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    let code = shown["sha256"].as_str().unwrap().to_owned();
    let proof = format!("/api/public/papers/{code}");
    let visitor = world.anonymous();
    let before = visitor.get(&proof).await.expect(200);
    assert_eq!((before["standing"].as_str(), before["signed_at"].is_null()), (Some("genuine"), true));
    // What is shown later takes the place of what was shown before.
    let found = json!({ "text": "另有线缆破损", "cause_code": "wear", "action": "包扎" });
    job.does(&visit, &[("finding", found)]).await;
    let old = proof;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    let code = shown["sha256"].as_str().unwrap().to_owned();
    let proof = format!("/api/public/papers/{code}");
    let replaced = visitor.get(&old).await.expect(200);
    assert_eq!(
        (&replaced["standing"], &replaced["superseded_at"]),
        (&json!("superseded"), &shown["shown_at"])
    );
    assert_eq!(visitor.get(&proof).await.expect(200)["standing"], "genuine");
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    assert_eq!(visitor.get(&old).await.expect(200)["standing"], "superseded");

    let signed = job.dispatcher.get(&path).await;
    pdf(&signed, "FW20261009-0001");
    assert_eq!(signed.text, job.dispatcher.get(&path).await.text, "the same paper, byte for byte");
    let english = job.dispatcher.get(&format!("{path}?lang=en")).await;
    pdf(&english, "FW20261009-0001");
    assert_ne!(signed.text, english.text);
    pdf(&job.engineers[0].1.get(&path).await, "FW20261009-0001");
    // Whoever doesn't see the order doesn't see its paper.
    assert_eq!(job.engineers[1].1.get(&path).await.refused(404), "work_order_unknown");
    assert_eq!(world.client(Role::SystemAdmin).await.get(&path).await.refused(403), "not_permitted");

    // Its holder compares number, badge and amount; no name and no address is told.
    let told = visitor.get(&proof).await.expect(200);
    assert_eq!(
        (told["standing"].as_str(), told["number"].as_str(), told["total_minor"].as_i64()),
        (Some("genuine"), Some("FW20261009-0001"), Some(0))
    );
    assert!(told["badge_number"].as_str().is_some_and(|badge| badge.starts_with("GK-")));
    assert!(told["signed_at"].is_string() && told["refused"] == false && told["superseded_at"].is_null());
    assert_eq!((&told["company"], &told["hotline"]), (&json!(""), &json!(null)), "nothing is made up");
    let told = told.to_string();
    let document = &shown["document"];
    for part in ["/parties/customer", "/parties/engineer", "/site/name", "/site/address", "/fault/symptom"] {
        let private = document.pointer(part).and_then(|v| v.as_str()).unwrap();
        assert!(!private.is_empty() && !told.contains(private), "{part} is told to everybody");
    }
    for unknown in ["0".repeat(64), code[..63].to_owned(), code.to_uppercase(), "%2e%2e".into()] {
        let answer = visitor.get(&format!("/api/public/papers/{unknown}")).await;
        assert_eq!(answer.refused(404), "paper_unknown", "{unknown}");
    }
    for statement in [
        "UPDATE signature SET signer_name = '别人'",
        "UPDATE shown_document SET content = REPLACE(content, '碳刷', '主板')",
        "UPDATE shown_document SET content = 'nothing'",
    ] {
        let run = world.app.db.write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await }));
        run.await.unwrap();
        assert_eq!(visitor.get(&proof).await.expect(200)["standing"], "altered", "{statement}");
    }
    // Nobody tries codes for long.
    let mut refused = None;
    for _ in 0..40 {
        let answer = visitor.get("/api/public/papers/0").await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    assert_eq!(refused.unwrap().refused(429), "too_many_requests");
});

both!(p28_certificates_and_labels_are_printed_for_those_who_see_the_assets, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let assets = job.manager.get("/api/assets").await.expect(200);
    let asset = &assets["items"][0];
    let acceptance = asset["acceptance_id"].as_str().unwrap();
    let number = job.manager.get(&format!("/api/acceptances/{acceptance}")).await.expect(200);
    let number = number["number"].as_str().unwrap().to_owned();
    pdf(&job.manager.get(&format!("/api/acceptances/{acceptance}/pdf?lang=zh-CN")).await, &number);
    let wrong = job.manager.get(&format!("/api/acceptances/{acceptance}/pdf?lang=fr")).await;
    assert!((400..500).contains(&wrong.status), "{}", wrong.text);

    let labels = |body| job.manager.post("/api/asset-labels", body);
    let ids = json!([asset["id"]]);
    let code = format!("/api/assets/{}/label", asset["id"].as_str().unwrap());
    assert_eq!(job.manager.get(&code).await.expect(200)["in_use"], false);
    // Two print the first label of a device at once: one code, on both.
    let (one, two) = tokio::join!(labels(json!({ "asset_ids": ids })), labels(json!({ "asset_ids": ids })));
    pdf(&one, "labels");
    pdf(&two, "labels");
    let made = job.manager.get(&code).await.expect(200);
    assert_eq!(made["in_use"], true, "what is printed leads somewhere");
    pdf(&labels(json!({ "asset_ids": ids, "size": "50x30", "lang": "en" })).await, "labels");
    pdf(&labels(json!({ "asset_ids": ids, "skip": 23 })).await, "labels");
    assert_eq!(job.manager.get(&code).await.expect(200)["url"], made["url"], "printing again keeps the code");
    assert_eq!(labels(json!({ "asset_ids": [] })).await.refused(422), "labels_count");
    let nobody = "00000000-0000-7000-8000-000000000000";
    assert_eq!(labels(json!({ "asset_ids": [asset["id"], nobody] })).await.refused(404), "asset_unknown");
    // Another branch sees neither.
    let (elsewhere, body) = (world.client(Role::Engineer).await, json!({ "asset_ids": ids }));
    assert_eq!(elsewhere.post("/api/asset-labels", body).await.refused(404), "asset_unknown");
    let theirs = elsewhere.get(&format!("/api/acceptances/{acceptance}/pdf")).await;
    assert_eq!(theirs.refused(404), "acceptance_unknown");
});

both!(a_broken_template_of_the_company_is_refused_with_its_line_never_passed_over, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 4).await.expect(201);
    let path = format!("/api/service-orders/{order}/pdf");
    let built_in = job.dispatcher.get(&path).await.text;
    let admin = world.client(Role::SystemAdmin).await;
    let folder = aftercare::app::templates_folder(world.app.files.root());
    std::fs::create_dir_all(&folder).unwrap();
    let own = folder.join("service-order.typ");
    std::fs::write(&own, "#json(\"/data.json\").number").unwrap();
    let printed = job.dispatcher.get(&path).await;
    pdf(&printed, "FW20261009-0001");
    assert_ne!(printed.text, built_in, "it counts at once");
    let state = admin.get("/api/paper-templates").await.expect(200);
    assert_eq!(state["papers"][0]["own"], true);
    assert!(state["papers"][0]["fault"].is_null() && state["papers"][1]["own"] == false);

    for (broken, told) in [
        ("one\n\n#two".as_bytes(), "line 3, column 2: unknown variable: two"),
        (&[0xff, 0xfe, 0x00], "it can't be read"),
        (b"#read(\"/etc/passwd\")", "line 1, column "),
        (b"#import \"@preview/cetz:0.3.4\"", "package not found"),
    ] {
        std::fs::write(&own, broken).unwrap();
        let answer = job.dispatcher.get(&path).await;
        let detail = serde_json::from_str::<serde_json::Value>(&answer.text).unwrap()["detail"].to_string();
        assert!(detail.contains(told) && detail.contains("service-order.typ"), "{detail}");
        assert_eq!(answer.refused(409), "template_broken");
    }
    std::fs::write(&own, "one\n\n#two").unwrap();
    let chosen = job.dispatcher.get(&format!("{path}?template=built_in")).await;
    assert_eq!(chosen.text, built_in, "who asks for the built-in one by name gets it");
    let wrong = job.dispatcher.get(&format!("{path}?template=other")).await;
    assert!((400..500).contains(&wrong.status), "{}", wrong.text);
    let state = admin.get("/api/paper-templates").await.expect(200);
    assert_eq!(state["papers"][0]["fault"]["line"], 3, "{state}");
    assert_eq!(job.dispatcher.get("/api/paper-templates").await.refused(403), "not_permitted");
});

fn press(folder: &Path) -> Press {
    Press::new(folder, Path::new(env!("CARGO_BIN_EXE_aftercare")))
}

fn refused(failure: Failure) -> &'static str {
    match failure {
        Failure::Refused(refusal) => refusal.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_drawn_apart_is_the_same_and_what_never_ends_or_eats_all_memory_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let press = press(folder.path());
    for paper in Paper::ALL {
        let here = documents::draw(&sample::sheet(paper, Lang::ZhCn), paper.template()).unwrap();
        let there = press.print(sample::sheet(paper, Lang::ZhCn), Template::InForce).await.unwrap();
        assert_eq!(here, there, "{}", paper.name());
    }
    let own = folder.path().join("service-order.typ");
    for (wild, seconds) in [
        ("#for a in range(90000) { for b in range(90000) { let c = calc.pow(a, 2) } }", 9..14),
        ("#let f(n) = f(n + 1)\n#f(0)", 0..14),
        ("#let all = ()\n#for n in range(9000) { all.push(\"x\" * 1000000 + str(n)) }", 0..14),
    ] {
        std::fs::write(&own, wild).unwrap();
        let begun = Instant::now();
        let sheet = sample::sheet(Paper::ServiceOrder, Lang::ZhCn);
        let failure = press.print(sheet, Template::InForce).await.unwrap_err();
        assert_eq!(refused(failure), "template_broken", "{wild}");
        assert!(seconds.contains(&begun.elapsed().as_secs()), "{wild}: {:?}", begun.elapsed());
    }
    std::fs::remove_file(&own).unwrap();
    let sheet = sample::sheet(Paper::ServiceOrder, Lang::En);
    assert_eq!(press.print(sheet, Template::InForce).await.unwrap().pages, 1, "the others go on");
    // Tests beside this one draw too, each for a moment; what wasn't ended would draw on.
    #[cfg(target_os = "linux")]
    for round in 0.. {
        if drawing_now() == 0 {
            break;
        }
        assert!(round < 100, "what was ended is gone");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

// Children of this process that draw papers.
#[cfg(target_os = "linux")]
fn drawing_now() -> usize {
    let mine = format!("PPid:\t{}\n", std::process::id());
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter(|process| {
            let read = |file| std::fs::read_to_string(process.path().join(file)).unwrap_or_default();
            read("status").contains(&mine) && read("cmdline").contains("documents\0draw")
        })
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_papers_at_once_leave_the_machine_to_the_requests() {
    let folder = tempfile::tempdir().unwrap();
    let press = press(folder.path());
    let papers: Vec<_> = (0..20)
        .map(|_| {
            let press = press.clone();
            let sheet = sample::sheet(Paper::ServiceOrder, Lang::ZhCn);
            tokio::spawn(async move { press.print(sheet, Template::InForce).await })
        })
        .collect();
    // What else the node does goes on meanwhile: this clock ticks on the same threads.
    let begun = Instant::now();
    let mut worst = Duration::ZERO;
    for _ in 0..20 {
        let before = Instant::now();
        tokio::time::sleep(Duration::from_millis(5)).await;
        worst = worst.max(before.elapsed());
    }
    let mut done = 0;
    for paper in papers {
        match paper.await.unwrap() {
            Ok(printed) => {
                assert_eq!(printed.pages, 1);
                done += 1;
            }
            Err(failure) => assert_eq!(refused(failure), "paper_busy"),
        }
    }
    assert!(done >= 4, "{done} of 20 in {:?}", begun.elapsed());
    assert!(worst < Duration::from_secs(2), "a tick took {worst:?}");
}
