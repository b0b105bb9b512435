//! Coverage: decided at the report, kept for ever, changed only by people who may, on both databases.

use coverage::{CaseFor, CoverageDecisionView, PreviousRepair, RequestKind};
use identity::Role;
use kit::{Actor, Ts};
use serde_json::{Value, json};

use crate::both;
use crate::customers::{Company, NANSHAN, company, customer, id, site};
use crate::world::{Client, World};

/// A unit with a customer, a site and a product, and its manager.
pub struct Ground {
    pub company: Company,
    pub manager: Client,
    pub customer: String,
    pub site: String,
    pub product: String,
}

impl Ground {
    pub async fn lay(world: &World) -> Self {
        let company = company(world).await;
        let manager = world.client_in(&[Role::BranchManager], Some(&company.shenzhen), None, None).await;
        let customer = customer(&manager, "万象城").await;
        let site = site(&manager, &customer, "万象城停车场", NANSHAN).await;
        let input =
            json!({ "model": "BG-100", "name": { "zh_cn": "道闸", "en": "Barrier" }, "kind": "barrier" });
        let product = id(&manager.post("/api/products", input).await.expect(201));
        Self { company, manager, customer, site, product }
    }

    /// An asset, accepted on a day if one is given.
    pub async fn asset(&self, serial: &str, accepted_on: Option<&str>, foreign: bool) -> String {
        let input = json!({
            "serial": serial, "product_id": self.product, "site_id": self.site, "foreign_components": foreign,
        });
        let asset = id(&self.manager.post("/api/assets", input).await.expect(201));
        if let Some(day) = accepted_on {
            let acceptance = json!({
                "site_id": self.site, "asset_ids": [asset], "accepted_on": day, "signed_by_name": "客户代表",
                "signature": { "strokes": [[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]] },
            });
            self.manager.post("/api/acceptances", acceptance).await.expect(201);
        }
        asset
    }

    async fn preview(&self, asset: &str, at: &str) -> Value {
        let at = at.replace('+', "%2B");
        self.manager.get(&format!("/api/coverage/preview?asset_id={asset}&at={at}")).await.expect(200)
    }

    /// Decides a case as `cases` does.
    pub async fn decide(&self, world: &World, case: CaseFor) -> CoverageDecisionView {
        world
            .app
            .act(Actor::system("test"), |tx, cx| {
                Box::pin(async move {
                    let case_id = case.case_id.clone();
                    coverage::decide(tx, cx, case).await?;
                    Ok(coverage::of_case(tx, &case_id).await?.unwrap())
                })
            })
            .await
            .unwrap()
    }

    pub fn case(&self, world: &World, asset: &str, reported_at: &str) -> CaseFor {
        CaseFor {
            case_id: world.app.ids.next(world.app.clock.now()).to_string(),
            asset_id: asset.to_owned(),
            reported_at: reported_at.parse().unwrap(),
            request: RequestKind::Repair,
            policy_version: 1,
            unit_id: self.company.shenzhen.clone(),
            second_unit_id: None,
            previous_repairs: Vec::new(),
        }
    }
}

async fn photo(world: &World, words: &str) -> String {
    let bytes = [b"\x89PNG\r\n\x1a\n".as_slice(), words.as_bytes()].concat();
    let digest = world.app.files.store(&bytes).unwrap();
    kit::files::record(&world.app, digest.clone(), bytes.len() as u64, "image/png", "test".into())
        .await
        .unwrap();
    digest
}

fn payer<'a>(decision: &'a Value, kind: &str) -> &'a str {
    let charges = decision["charges"].as_array().unwrap();
    let line = charges.iter().find(|c| c["kind"] == kind).unwrap();
    line["payer"].as_str().unwrap_or("undecided")
}

async fn mismatches(world: &World) -> Vec<coverage::Mismatch> {
    let mut tx = world.app.db.reader().await.unwrap();
    coverage::rerun_all(&mut tx).await.unwrap().1
}

both!(p28_cover_is_judged_at_the_report_and_a_missing_acceptance_is_named, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2025-03-01"), false).await;
    // 2026-03-01 is a Sunday: covered through Monday.
    let covered = ground.preview(&asset, "2026-03-02T23:59:59+08:00").await;
    assert_eq!(
        (covered["verdict"].as_str(), covered["badge"]["until"].as_str()),
        (Some("covered"), Some("2026-03-02"))
    );
    assert_eq!(
        (covered["clause"]["promise"].as_str(), covered["period"]["extended"].as_bool()),
        (Some("P28"), Some(true))
    );
    assert_eq!((payer(&covered, "labour"), payer(&covered, "packing")), ("company", "customer"));
    let over = ground.preview(&asset, "2026-03-03T00:00:00+08:00").await;
    assert_eq!(
        (over["verdict"].as_str(), over["clause"]["promise"].as_str()),
        (Some("chargeable"), Some("P35"))
    );
    assert_eq!(payer(&over, "labour"), "customer");

    let unaccepted = ground.asset("A2", None, false).await;
    let unknown = ground.preview(&unaccepted, "2026-03-02T10:00:00+08:00").await;
    assert_eq!(unknown["verdict"], "undecided");
    assert_eq!(unknown["missing"][0]["what"], "acceptance_certificate");
    assert!(unknown["clause"].is_null() && !unknown["missing"][0]["how"]["en"].as_str().unwrap().is_empty());
    assert_eq!(payer(&unknown, "labour"), "undecided");

    // An agent may report on any site; others see their unit's assets only (decision 2).
    let path = format!("/api/coverage/preview?asset_id={asset}");
    let far = Some(ground.company.guangzhou.as_str());
    world.client_in(&[Role::HotlineAgent], far, None, None).await.get(&path).await.expect(200);
    let clerk = world.client_in(&[Role::FinanceClerk], far, None, None).await;
    assert_eq!(clerk.get(&path).await.refused(404), "coverage_asset_unknown");

    // The acceptance comes later; the case is decided again, and both decisions stay.
    let case = ground.case(&world, &unaccepted, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    assert_eq!(ground.decide(&world, case).await.engine_verdict, coverage::Verdict::Undecided);
    assert_eq!(
        clerk.get(&format!("/api/cases/{case_id}/coverage")).await.refused(404),
        "coverage_not_decided"
    );
    let acceptance = json!({
        "site_id": ground.site, "asset_ids": [unaccepted], "accepted_on": "2026-09-01", "signed_by_name": "客户代表",
        "signature": { "strokes": [[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]] },
    });
    ground.manager.post("/api/acceptances", acceptance).await.expect(201);
    let again =
        ground.manager.post(&format!("/api/cases/{case_id}/coverage/facts"), json!({})).await.expect(200);
    assert_eq!(
        (again["ordinal"].as_i64(), again["decision"]["verdict"].as_str()),
        (Some(2), Some("covered"))
    );
    // The holidays of 2027 are not published yet (decision 12).
    assert_eq!(again["decision"]["provisional_years"], json!([2027]));
    let history = ground.manager.get(&format!("/api/cases/{case_id}/coverage/history")).await.expect(200);
    assert_eq!(
        (history[0]["engine_verdict"].as_str(), history[1]["engine_verdict"].as_str()),
        (Some("covered"), Some("undecided"))
    );

    // Then they are, and the last day moves past a holiday; reading twice changes nothing more.
    let list = r#"{"year":2027,"closed":[{"date":"2027-09-01"}],"makeup":[]}"#;
    let year: service_calendar::HolidayYear = serde_json::from_str(list).unwrap();
    world
        .app
        .act(Actor::system("test"), |tx, cx| {
            Box::pin(async move { policy::import_holidays(tx, cx, year).await })
        })
        .await
        .unwrap();
    world.sealed().await;
    for _ in 0..2 {
        let readers = coverage::jobs::readers();
        kit::readers::read_new(&world.app, &readers, &mut kit::readers::Looked::new()).await.unwrap();
    }
    let derived = ground.manager.get(&format!("/api/cases/{case_id}/coverage")).await.expect(200);
    assert_eq!(
        (derived["cause"].as_str(), derived["ordinal"].as_i64()),
        (Some("calendar_published"), Some(3))
    );
    assert_eq!(derived["decision"]["badge"]["until"], "2027-09-02");
    assert_eq!(derived["decision"]["provisional_years"], json!([]));
    assert_eq!(mismatches(&world).await, []);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'coverage.decided'").await, 3);
    world.sealed().await;
});

both!(p31_an_exclusion_takes_evidence_explanation_and_a_person, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2026-03-03"), false).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    assert_eq!(ground.decide(&world, case).await.engine_verdict, coverage::Verdict::Covered);
    let path = format!("/api/cases/{case_id}/exclusions");
    let previews = ground.manager.get(&format!("/api/cases/{case_id}/coverage/exclusions")).await.expect(200);
    assert_eq!(previews.as_array().unwrap().len(), 4, "P31 to P34, worked out ahead (decision 13)");

    let empty = json!({ "code": "abnormal_operation" });
    assert_eq!(ground.manager.post(&path, empty).await.refused(422), "exclusion_evidence_missing");
    let by_dates = json!({ "code": "out_of_period", "text": "x" });
    assert_eq!(ground.manager.post(&path, by_dates).await.refused(422), "exclusion_by_dates");
    let unsent = json!({ "code": "abnormal_operation", "photos": ["ab".repeat(32)] });
    assert_eq!(ground.manager.post(&path, unsent).await.refused(422), "coverage_file_not_sent");

    let proposal = json!({ "code": "abnormal_operation", "text": "闸杆被车辆撞断" });
    let proposed = ground.manager.post(&path, proposal.clone()).await.expect(201);
    assert_eq!(proposed["decision"]["verdict"], "covered", "a proposal changes nothing");
    assert_eq!(payer(&proposed["decision"], "labour"), "company");
    assert_eq!(ground.manager.post(&path, proposal).await.refused(409), "exclusion_proposed_twice");
    let decide = format!("/api/exclusions/{}/decide", id(&proposed["findings"][0]));

    let bare = ground.manager.post(&decide, json!({ "applies": true, "reason": "人为损坏" })).await;
    assert_eq!(bare.refused(422), "exclusion_photo_missing");
    let fields: Vec<_> =
        bare.json["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(fields, ["/photos", "/explained", "/acknowledgement"], "all at once");
    let picture = photo(&world, "broken barrier").await;
    let whole = json!({
        "applies": true, "reason": "人为损坏", "photos": [picture], "explained": true, "acknowledgement": "refused",
    });
    let mut no_reason = whole.clone();
    no_reason["reason"] = json!(" ");
    assert_eq!(ground.manager.post(&decide, no_reason).await.refused(422), "coverage_reason_missing");
    let mut unsigned = whole.clone();
    unsigned["acknowledgement"] = json!("signed");
    assert_eq!(ground.manager.post(&decide, unsigned).await.refused(422), "exclusion_signature_missing");
    let far = world.client_in(&[Role::BranchManager], Some(&ground.company.guangzhou), None, None).await;
    assert_eq!(far.post(&decide, whole.clone()).await.refused(404), "exclusion_unknown");
    let agent = world.client_in(&[Role::HotlineAgent], Some(&ground.company.shenzhen), None, None).await;
    assert_eq!(agent.post(&decide, whole.clone()).await.refused(403), "not_permitted");
    assert_eq!(world.count("SELECT COUNT(*) FROM coverage_decision").await, 1, "refusals leave no trace");

    let decided = ground.manager.post(&decide, whole.clone()).await.expect(200);
    assert_eq!(
        (decided["decision"]["verdict"].as_str(), decided["decision"]["clause"]["promise"].as_str()),
        (Some("chargeable"), Some("P31"))
    );
    assert_eq!((decided["ordinal"].as_i64(), decided["cause"].as_str()), (Some(2), Some("exclusion")));
    assert_eq!(decided["findings"][0]["acknowledgement"], "refused");
    for kind in ["labour", "parts", "travel"] {
        assert_eq!(payer(&decided["decision"], kind), "customer");
    }
    // The phone was told the same beforehand.
    let foreseen = previews.as_array().unwrap().iter().find(|p| p["code"] == "abnormal_operation").unwrap();
    assert_eq!(foreseen["charges"], decided["decision"]["charges"]);
    // A sentence names the person, the facts only their id.
    let said = decided["decision"]["reasons"][0]["text"]["en"].as_str().unwrap();
    assert!(said.contains("Test account"), "{said}");
    assert_eq!(ground.manager.post(&decide, whole).await.refused(409), "exclusion_decided_already");

    let history = ground.manager.get(&format!("/api/cases/{case_id}/coverage/history")).await.expect(200);
    assert_eq!(history[1]["decision"]["verdict"], "covered", "the old decision stays");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'coverage.exclusion_decided'").await, 1);
    let mut tx = world.app.db.reader().await.unwrap();
    let badges = coverage::badges_of(&mut tx, std::slice::from_ref(&case_id)).await.unwrap();
    assert_eq!(badges[&case_id].text.zh_cn, "收费（免责）");
    drop(tx);
    for statement in ["UPDATE coverage_decision SET verdict = 'covered'", "DELETE FROM coverage_decision"] {
        let refused =
            world.app.db.write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await })).await;
        assert!(refused.unwrap_err().to_string().contains("append-only"), "{statement}");
    }
    assert_eq!(mismatches(&world).await, []);
});

both!(p34_the_flag_proposes_and_a_person_may_say_no, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2026-03-03"), true).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    let decided = ground.decide(&world, case).await;
    assert_eq!(decided.engine_verdict, coverage::Verdict::Covered, "the flag alone decides nothing");
    assert_eq!(decided.decision.proposals[0].code, coverage::ExclusionCode::MixedSystem);
    let proposal = json!({ "code": "mixed_system", "text": "控制器为其他厂家产品" });
    let proposed =
        ground.manager.post(&format!("/api/cases/{case_id}/exclusions"), proposal).await.expect(201);
    let decide = format!("/api/exclusions/{}/decide", id(&proposed["findings"][0]));
    let rejected = ground
        .manager
        .post(&decide, json!({ "applies": false, "reason": "故障与外购件无关" }))
        .await
        .expect(200);
    assert_eq!(
        (rejected["decision"]["verdict"].as_str(), rejected["findings"][0]["state"].as_str()),
        (Some("covered"), Some("rejected"))
    );
    assert_eq!(rejected["decision"]["proposals"], json!([]));
});

both!(p55_an_overruling_needs_a_reason_and_for_travel_a_second_person, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2024-03-04"), false).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let case_id = case.case_id.clone();
    let decided = ground.decide(&world, case.clone()).await;
    assert_eq!(decided.engine_verdict, coverage::Verdict::Chargeable);
    let path = format!("/api/coverage/{}/overrule", decided.id);
    let labour =
        |reason: &str| json!({ "reason": reason, "payers": [{ "kind": "labour", "payer": "company" }] });
    let refused = ground.manager.post(&path, labour("")).await;
    assert_eq!(refused.refused(422), "coverage_overruling_refused");
    assert!(refused.json["detail"].as_str().unwrap().contains("理由"));
    assert_eq!(
        ground.manager.post(&path, json!({ "reason": "x" })).await.refused(422),
        "coverage_overruling_refused"
    );
    let training = json!({ "reason": "x", "payers": [{ "kind": "training", "payer": "customer" }] });
    assert_eq!(ground.manager.post(&path, training).await.refused(422), "coverage_overruling_refused");
    let engineer = world.client_in(&[Role::Dispatcher], Some(&ground.company.shenzhen), None, None).await;
    assert_eq!(engineer.post(&path, labour("好客户")).await.refused(403), "not_permitted");

    let ruled = ground.manager.post(&path, labour("好客户")).await.expect(201);
    assert_eq!(
        (payer(&ruled["decision"], "labour"), payer(&ruled["decision"], "parts")),
        ("company", "customer")
    );
    assert_eq!(
        (ruled["engine_verdict"].as_str(), ruled["overrulings"][0]["asked_by"].as_str()),
        (Some("chargeable"), Some("Test account"))
    );

    let travel = json!({ "reason": "路程很近", "verdict": "covered", "payers": [{ "kind": "travel", "payer": "company" }] });
    let asked = ground.manager.post(&path, travel.clone()).await.expect(201);
    assert_eq!(
        (payer(&asked["decision"], "travel"), asked["overrulings"][1]["state"].as_str()),
        ("customer", Some("waiting"))
    );
    assert_eq!(ground.manager.post(&path, travel).await.refused(409), "coverage_overruling_waits");
    let approve = format!("/api/overrulings/{}/approve", id(&asked["overrulings"][1]));
    assert_eq!(
        ground.manager.post(&approve, json!({ "approved": true })).await.refused(409),
        "coverage_own_approval"
    );
    let far = world.client_in(&[Role::BranchManager], Some(&ground.company.guangzhou), None, None).await;
    assert_eq!(
        far.post(&approve, json!({ "approved": true })).await.refused(404),
        "coverage_overruling_unknown"
    );
    let second =
        world.client_in(&[Role::BranchManager], Some(&ground.company.headquarters), None, None).await;
    world.app.clock.advance(Ts::MINUTE);
    let held = second.post(&approve, json!({ "approved": true })).await.expect(200);
    assert_eq!(
        (payer(&held["decision"], "travel"), held["decision"]["verdict"].as_str()),
        ("company", Some("covered"))
    );
    assert_eq!(held["decision"]["badge"]["text"]["en"], "Covered (overruled)");
    assert_eq!(
        second.post(&approve, json!({ "approved": true })).await.refused(409),
        "coverage_overruling_not_waiting"
    );
    assert_eq!(held["engine_verdict"], "chargeable", "the engine's verdict stays beneath");

    // A newer decision: the older one is history.
    ground.decide(&world, case).await;
    assert_eq!(ground.manager.post(&path, labour("again")).await.refused(409), "coverage_decision_replaced");
    let history = ground.manager.get(&format!("/api/cases/{case_id}/coverage/history")).await.expect(200);
    assert_eq!(history[1]["overrulings"].as_array().unwrap().len(), 2);
    assert_eq!(mismatches(&world).await, []);
});

both!(p29_an_agreement_covers_from_its_signature_like_the_warranty, |world| async move {
    let ground = Ground::lay(&world).await;
    let (asset, other) =
        (ground.asset("A1", Some("2023-03-03"), false).await, ground.asset("A2", None, false).await);
    let now = "2026-10-09T16:40:00+08:00";
    let input = json!({
        "customer_id": ground.customer, "asset_ids": [asset], "covered_from": "2026-10-01", "covered_to": "2026-10-31",
        "price_minor": 1_200_000, "currency": "CNY",
    });
    for (field, value, code) in [
        ("asset_ids", json!([]), "agreement_assets_missing"),
        ("asset_ids", json!([ground.site]), "agreement_asset_foreign"),
        ("customer_id", json!(ground.site), "agreement_customer_unknown"),
        ("covered_to", json!("2026-09-30"), "agreement_dates"),
        ("level", json!("gold"), "agreement_level_unknown"),
        ("price_minor", json!(-1), "agreement_price"),
        ("targets", json!({ "respond_min": 0 }), "agreement_targets"),
    ] {
        let mut wrong = input.clone();
        wrong[field] = value;
        assert_eq!(ground.manager.post("/api/agreements", wrong).await.refused(422), code);
    }
    let made = ground.manager.post("/api/agreements", input.clone()).await;
    assert_eq!(made.version(), 1);
    let made = made.expect(201);
    let path = format!("/api/agreements/{}", id(&made));
    assert_eq!((made["state"].as_str(), made["level"].as_str()), (Some("draft"), Some("standard")));
    assert_eq!(ground.preview(&asset, now).await["verdict"], "chargeable", "a draft covers nothing");
    let mut longer = input.clone();
    longer["covered_to"] = json!("2026-12-31");
    assert_eq!(ground.manager.put(&path, 7, longer.clone()).await.refused(412), "version_changed");
    ground.manager.put(&path, 1, longer.clone()).await.expect(200);
    let signed =
        ground.manager.post(&format!("{path}/sign"), json!({ "signed_on": "2026-09-20" })).await.expect(200);
    assert_eq!(signed["state"], "expiring");
    assert_eq!(ground.manager.put(&path, 3, longer).await.refused(409), "agreement_wrong_state");

    let covered = ground.preview(&asset, now).await;
    assert_eq!(
        (covered["layer"].as_str(), covered["badge"]["until"].as_str()),
        (Some("agreement"), Some("2026-12-31"))
    );
    let warranty = ground.asset("A3", Some("2026-03-03"), false).await;
    let warranty = ground.preview(&warranty, now).await;
    for kind in ["labour", "parts", "travel", "postage", "packing"] {
        assert_eq!(payer(&covered, kind), payer(&warranty, kind), "{kind}: the same as in the warranty");
    }
    assert_eq!(ground.preview(&other, now).await["verdict"], "undecided", "it lists its assets only");
    let mut tx = world.app.db.reader().await.unwrap();
    let policy = policy::in_force(&mut tx, world.app.clock.now()).await.unwrap();
    let targets = policy.content.targets;
    let own = coverage::service_targets(&mut tx, &asset, world.app.clock.now(), targets).await.unwrap();
    assert_eq!(own, targets, "the same fast service");
    drop(tx);

    // 90 days before the end are over; at 60 and 30 somebody is reminded, once.
    let reminders = "SELECT COUNT(*) FROM event WHERE kind = 'agreement.expiring'";
    let waiting = "SELECT COUNT(*) FROM job WHERE kind = 'agreement.remind'";
    assert_eq!((world.count(reminders).await, world.count(waiting).await), (0, 2));

    let renewal = json!({ "covered_to": "2027-12-31", "price_minor": 1_300_000 });
    let next = ground.manager.post(&format!("{path}/renew"), renewal.clone()).await.expect(201);
    assert_eq!(
        (next["covered_from"].as_str(), next["renews_id"].as_str()),
        (Some("2027-01-01"), made["id"].as_str())
    );
    ground
        .manager
        .post(&format!("/api/agreements/{}/sign", id(&next)), json!({ "signed_on": "2026-10-09" }))
        .await
        .expect(200);
    assert_eq!(
        ground.manager.post(&format!("{path}/renew"), renewal).await.refused(409),
        "agreement_renewed_already"
    );
    assert_eq!(ground.preview(&asset, "2027-01-01T00:00:00+08:00").await["verdict"], "covered", "no gap");

    let off = json!({ "from": "2026-10-09", "reason": "欠费" });
    assert_eq!(
        ground
            .manager
            .post(&format!("{path}/suspend"), json!({ "from": "2026-10-08", "reason": "x" }))
            .await
            .refused(422),
        "agreement_day_outside"
    );
    ground.manager.post(&format!("{path}/suspend"), off).await.expect(200);
    assert_eq!(ground.preview(&asset, now).await["verdict"], "chargeable");
    ground.manager.post(&format!("{path}/resume"), json!({ "from": "2026-10-20" })).await.expect(200);
    assert_eq!(ground.preview(&asset, "2026-10-20T00:00:00+08:00").await["verdict"], "covered");
    let ended = json!({ "from": "2026-11-01", "reason": "协商终止" });
    ground.manager.post(&format!("{path}/terminate"), ended).await.expect(200);
    assert_eq!(ground.preview(&asset, "2026-11-02T00:00:00+08:00").await["verdict"], "chargeable");

    let far = world.client_in(&[Role::BranchManager], Some(&ground.company.guangzhou), None, None).await;
    assert_eq!(far.get(&path).await.refused(404), "agreement_unknown");
    assert_eq!(far.get("/api/agreements").await.expect(200)["items"], json!([]));
    let first = ground.manager.get("/api/agreements?limit=1").await.expect(200);
    let rest = ground
        .manager
        .get(&format!("/api/agreements?limit=1&after={}", first["next"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(
        (first["items"][0]["id"].as_str(), rest["items"][0]["id"].as_str()),
        (made["id"].as_str(), next["id"].as_str())
    );
    assert!(rest["next"].is_null());
});

both!(p49_a_repaired_part_has_a_cover_of_its_own, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2023-03-03"), false).await;
    let delivery = json!({
        "kind": "repaired", "asset_id": asset, "part": "控制主板", "serial": "PCB-7", "source_number": "WX20260901-0001",
        "delivered_on": "2026-09-01",
    });
    let mut tomorrow = delivery.clone();
    tomorrow["delivered_on"] = json!("2026-10-10");
    assert_eq!(ground.manager.post("/api/part-warranties", tomorrow).await.refused(422), "part_warranty_day");
    ground.manager.post("/api/part-warranties", delivery.clone()).await.expect(201);
    assert_eq!(ground.manager.post("/api/part-warranties", delivery).await.refused(409), "already_exists");
    let parts = ground.manager.get(&format!("/api/part-warranties?asset_id={asset}")).await.expect(200);
    assert_eq!(parts[0]["serial"], "PCB-7");

    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    let facts = format!("/api/cases/{}/coverage/facts", case.case_id);
    let decided = ground.decide(&world, case).await;
    assert_eq!(
        decided.decision.missing[0].about.as_deref(),
        Some("PCB-7"),
        "whether the fault is in the part"
    );
    let said = json!({ "parts": [{ "serial": "PCB-7", "affected": true }] });
    let covered = ground.manager.post(&facts, said).await.expect(200);
    assert_eq!(
        (covered["decision"]["layer"].as_str(), covered["decision"]["badge"]["until"].as_str()),
        (Some("repaired_part"), Some("2026-12-01"))
    );
    let mut tx = world.app.db.reader().await.unwrap();
    let kept = coverage::of_case(&mut tx, covered["case_id"].as_str().unwrap()).await.unwrap().unwrap();
    let payer = |serial| kept.decision.payer(coverage::ChargeKind::Parts, serial);
    assert_eq!(
        (payer(Some("PCB-7")), payer(Some("PCB-8"))),
        (Some(coverage::Payer::Company), Some(coverage::Payer::Customer))
    );
    assert_eq!(
        kept.decision.payer(coverage::ChargeKind::Travel, None),
        Some(coverage::Payer::Customer),
        "P55"
    );
    drop(tx);
    let said = json!({ "parts": [{ "serial": "PCB-7", "affected": false }] });
    assert_eq!(ground.manager.post(&facts, said).await.expect(200)["decision"]["verdict"], "chargeable");
});

both!(p74_the_same_fault_soon_after_a_repair_is_free, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2023-03-03"), false).await;
    let mut case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    case.previous_repairs = vec![PreviousRepair {
        case_id: "SQ20260901-0001".into(),
        completed_on: "2026-09-01".parse().unwrap(),
        same_fault: None,
        excluded: None,
    }];
    let facts = format!("/api/cases/{}/coverage/facts", case.case_id);
    assert_eq!(ground.decide(&world, case).await.engine_verdict, coverage::Verdict::Undecided);
    let same = json!({ "same_fault": [{ "case_number": "SQ20260901-0001", "same": true }] });
    let free = ground.manager.post(&facts, same).await.expect(200);
    assert_eq!(
        (free["decision"]["layer"].as_str(), free["decision"]["clause"]["promise"].as_str()),
        (Some("rework"), Some("P74"))
    );
    for kind in ["labour", "parts", "travel", "packing"] {
        assert_eq!(payer(&free["decision"], kind), "company");
    }
});

both!(an_altered_decision_does_not_come_out_again, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", Some("2026-03-03"), false).await;
    let case = ground.case(&world, &asset, "2026-10-09T10:00:00+08:00");
    ground.decide(&world, case).await;
    assert_eq!(mismatches(&world).await, []);
    world
        .app
        .db
        .write(|tx| {
            Box::pin(async move {
                tx.execute(
                    "INSERT INTO coverage_decision (id, case_id, ordinal, asset_id, cause, facts, decision, verdict, \
                     policy_version, decided_by, decided_at) SELECT '00000000-0000-7000-8000-00000000000a', case_id, 2, \
                     asset_id, cause, facts, REPLACE(decision, '\"verdict\":\"covered\"', '\"verdict\":\"chargeable\"'), \
                     'chargeable', policy_version, decided_by, decided_at FROM coverage_decision",
                    &[],
                )
                .await
            })
        })
        .await
        .unwrap();
    let found = mismatches(&world).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].why.en.contains("altered"), "{:?}", found[0]);
    assert!(found[1].why.en.contains("not what its newest decision"), "{:?}", found[1]);
});

both!(p29_an_expiring_agreement_reminds_at_60_and_30_days_unless_renewed, |world| async move {
    let ground = Ground::lay(&world).await;
    let asset = ground.asset("A1", None, false).await;
    let signed = async || {
        let input = json!({
            "customer_id": ground.customer, "asset_ids": [asset], "covered_from": "2026-01-01",
            "covered_to": "2026-12-31", "price_minor": 0, "currency": "CNY",
        });
        let path = format!(
            "/api/agreements/{}",
            id(&ground.manager.post("/api/agreements", input).await.expect(201))
        );
        ground.manager.post(&format!("{path}/sign"), json!({ "signed_on": "2026-10-09" })).await.expect(200);
        path
    };
    let (left, renewed) = (signed().await, signed().await);
    let renewal = json!({ "covered_to": "2027-12-31", "price_minor": 0 });
    let next = ground.manager.post(&format!("{renewed}/renew"), renewal).await.expect(201);
    ground
        .manager
        .post(&format!("/api/agreements/{}/sign", id(&next)), json!({ "signed_on": "2026-10-09" }))
        .await
        .expect(200);
    let reminded = |days: i64| {
        format!(
            "SELECT COUNT(*) FROM event WHERE kind = 'agreement.expiring' AND body LIKE '%\"days\":{days},%'"
        )
    };
    world.app.clock.set("2026-10-31T23:59:59+08:00".parse().unwrap());
    world.run_jobs().await;
    assert_eq!(world.count(&reminded(60)).await, 0);
    world.app.clock.set("2026-11-01T00:00:00+08:00".parse().unwrap());
    world.run_jobs().await;
    world.run_jobs().await;
    assert_eq!((world.count(&reminded(60)).await, world.count(&reminded(30)).await), (1, 0));
    world.pass(30 * Ts::DAY).await;
    assert_eq!((world.count(&reminded(60)).await, world.count(&reminded(30)).await), (1, 1));
    assert_eq!(ground.manager.get(&left).await.expect(200)["state"], "expiring");
});
