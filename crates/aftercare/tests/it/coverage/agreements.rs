//! Service agreements: cover, and reminders before their end (P29).

use std::sync::LazyLock;

use kit::db::Migration;

use super::*;

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

both!(p29_the_targets_of_an_agreement_start_the_clocks_and_its_end_is_shown, |world| async move {
    let job = crate::visits::job(&world, "2026-03-03").await;
    let site = job.desk.agent.get(&format!("/api/sites/{}", job.desk.site)).await.expect(200);
    let input = json!({
        "customer_id": site["customer_id"], "asset_ids": [job.desk.asset], "covered_from": "2026-10-01", "covered_to": "2026-12-31",
        "price_minor": 1_200_000, "currency": "CNY", "targets": { "respond_min": 5, "arrive_major_min": 120 },
    });
    let promised = async |asset: Option<&str>| {
        let asset = asset.map(|a| format!("&asset={a}")).unwrap_or_default();
        let shown =
            job.desk.agent.get(&format!("/api/promise?severity=major&kind=fault{asset}")).await.expect(200);
        (shown["respond"]["target_s"].as_i64(), shown["arrive"]["target_s"].as_i64())
    };
    let usual = promised(None).await;
    assert_eq!(usual.1, Some(4 * 3600));
    let made = job.manager.post("/api/agreements", input).await.expect(201);
    assert_eq!(promised(Some(&job.desk.asset)).await, usual, "a draft promises nothing");
    let sign = format!("/api/agreements/{}/sign", id(&made));
    job.manager.post(&sign, json!({ "signed_on": "2026-09-20" })).await.expect(200);
    assert_eq!(promised(Some(&job.desk.asset)).await, (Some(300), Some(7200)));
    assert_eq!(promised(None).await, usual);

    let now = world.app.clock.now();
    let case = job.reported().await;
    let clock_of = async |promise: &str| {
        let view = job.case(&case).await;
        let clocks = view["clocks"].as_array().unwrap().clone();
        clocks.into_iter().find(|c| c["promise"] == promise).unwrap_or_default()
    };
    assert_eq!(clock_of("respond").await["target_s"], 300);
    assert_eq!(job.case(&case).await["promise"]["arrive"]["target_s"], 7200, "shown, stored, measured alike");
    job.to_agreement(&case).await;
    let arrive = clock_of("arrive").await;
    assert_eq!(
        (arrive["target_s"].as_i64(), arrive["due_at"].as_str().unwrap().parse::<Ts>().unwrap()),
        (Some(7200), now.plus(2 * Ts::HOUR))
    );
    // A changed severity keeps the agreement's word, where it says nothing the warranty's.
    let severity = async |severity: &str| {
        let input = json!({ "severity": severity, "reason": "复核" });
        job.desk.agent.post(&format!("/api/cases/{case}/severity"), input).await.expect(200);
    };
    severity("normal").await;
    assert_eq!(clock_of("arrive").await["target_s"], 24 * 3600);
    severity("major").await;
    assert_eq!(clock_of("arrive").await["target_s"], 7200);

    // Who makes agreements sees which end soon.
    let home = job.manager.get("/api/home").await.expect(200);
    assert_eq!(
        (home["agreements"]["count"].as_i64(), home["agreements"]["items"][0]["number"].as_str()),
        (Some(1), made["number"].as_str())
    );
    assert!(job.dispatcher.get("/api/home").await.expect(200)["agreements"].is_null());
    let renewal = json!({ "covered_to": "2027-12-31", "price_minor": 1_200_000 });
    let path = format!("/api/agreements/{}/renew", id(&made));
    let next = job.manager.post(&path, renewal).await.expect(201);
    let sign = format!("/api/agreements/{}/sign", id(&next));
    job.manager.post(&sign, json!({ "signed_on": "2026-10-09" })).await.expect(200);
    assert_eq!(job.manager.get("/api/home").await.expect(200)["agreements"]["count"], 0);
});

both!(p29_a_second_suspension_does_not_forget_the_first, |world| async move {
    let mut ground = Ground::lay(&world).await;
    let shenzhen = ground.company.shenzhen.clone();
    let asset = ground.asset("A1", Some("2023-03-03"), false).await;
    let input = json!({
        "customer_id": ground.customer, "asset_ids": [asset], "covered_from": "2026-10-01", "covered_to": "2026-12-31",
        "price_minor": 0, "currency": "CNY",
    });
    let path =
        format!("/api/agreements/{}", id(&ground.manager.post("/api/agreements", input).await.expect(201)));
    let step = async |ground: &Ground, step: &str, input: Value| {
        ground.manager.post(&format!("{path}/{step}"), input).await
    };
    // A session rests for half a day.
    let later = async |day: &str| {
        world.app.clock.set(day.parse().unwrap());
        world.client_in(&[Role::BranchManager], Some(&shenzhen), None, None).await
    };
    step(&ground, "sign", json!({ "signed_on": "2026-10-01" })).await.expect(200);
    let first = json!({ "from": "2026-10-10", "until": "2026-10-12", "reason": "欠费" });
    step(&ground, "suspend", first.clone()).await.expect(200);
    assert_eq!(step(&ground, "suspend", first).await.refused(409), "agreement_suspended_already");
    assert_eq!(
        step(&ground, "resume", json!({ "from": "2026-10-14" })).await.refused(422),
        "agreement_day_outside"
    );

    // Reported in the first suspension, and decided anew after the second one.
    ground.manager = later("2026-10-11T09:00:00+08:00").await;
    let inside = ground.case(&world, &asset, "2026-10-11T08:30:00+08:00");
    let facts = format!("/api/cases/{}/coverage/facts", inside.case_id);
    let verdict = ground.decide(&world, inside).await.engine_verdict;
    assert_eq!(verdict, coverage::Verdict::Chargeable);
    assert_eq!(ground.manager.get(&path).await.expect(200)["state"], "suspended");
    ground.manager = later("2026-10-20T09:00:00+08:00").await;
    assert_eq!(ground.manager.get(&path).await.expect(200)["state"], "expiring", "it ended by itself");
    assert_eq!(
        step(&ground, "resume", json!({ "from": "2026-10-20" })).await.refused(409),
        "agreement_wrong_state"
    );
    let again = json!({ "from": "2026-10-21", "reason": " 又欠费 " });
    let suspended = step(&ground, "suspend", again).await.expect(200);
    assert_eq!(
        suspended["suspensions"],
        json!([
            { "from": "2026-10-10", "until": "2026-10-12", "reason": "欠费" },
            { "from": "2026-10-21", "until": null, "reason": "又欠费" }
        ])
    );
    let licence = json!({ "site_licence": "licensed" });
    let answered = ground.manager.post(&facts, licence).await.expect(200);
    assert_eq!(answered["decision"]["verdict"], "chargeable", "{answered}");
    for (at, verdict) in [
        ("2026-10-10T00:00:00+08:00", "chargeable"),
        ("2026-10-12T23:59:59+08:00", "chargeable"),
        ("2026-10-13T00:00:00+08:00", "covered"),
        ("2026-10-20T23:59:59+08:00", "covered"),
        ("2026-10-21T00:00:00+08:00", "chargeable"),
    ] {
        assert_eq!(ground.preview(&asset, at).await["verdict"], verdict, "{at}");
    }
    // Taken back before it begins: as if it had never been.
    step(&ground, "resume", json!({ "from": "2026-10-20" })).await.expect(200);
    assert_eq!(ground.preview(&asset, "2026-10-22T00:00:00+08:00").await["verdict"], "covered");
    assert_eq!(ground.preview(&asset, "2026-10-11T00:00:00+08:00").await["verdict"], "chargeable");
    // Why it was ended stays with it; the event says that it was said, not what.
    let ended =
        step(&ground, "terminate", json!({ "from": "2026-11-01", "reason": "客户搬迁" })).await.expect(200);
    assert_eq!(
        (ended["terminated_from"].as_str(), ended["terminated_reason"].as_str()),
        (Some("2026-11-01"), Some("客户搬迁"))
    );
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%欠费%' OR body LIKE '%搬迁%'").await,
        0
    );
    let reasoned = "SELECT COUNT(*) FROM event WHERE kind IN ('agreement.suspended', 'agreement.terminated') AND body LIKE '%\"reasoned\":true%'";
    assert_eq!(world.count(reasoned).await, 3);
    assert_eq!(mismatches(&world).await, Vec::new());
});

/// Steps up to the one before suspensions became rows.
static BEFORE_SUSPENSIONS: LazyLock<Vec<Migration>> =
    LazyLock::new(|| aftercare::migrations::ALL.iter().copied().filter(|step| step.number < 24).collect());

/// What stood before: one agreement that is suspended, its renewal that was suspended and is terminated, a draft.
const STOOD: &str = "INSERT INTO org_unit (id, kind, name_zh, name_en, zone) VALUES ('u', 'headquarters', '总部', '', 'Asia/Shanghai');
                 INSERT INTO customer (id, number, name, vip_level, unit_id, created_at, changed_at) VALUES ('k', 'K', '客户', 'none', 'u', 0, 0);
                 INSERT INTO site (id, customer_id, name, address, access_hours, unit_id, zone, created_at, changed_at, used_at) \
                 VALUES ('s', 'k', '项目', '', '{}', 'u', 'Asia/Shanghai', 0, 0, 0);
                 INSERT INTO product (id, model, model_version, name_zh, name_en, kind, created_at, changed_at) \
                 VALUES ('p', 'BG', '', '道闸', '', 'barrier', 0, 0);
                 INSERT INTO asset (id, serial, serial_key, label, product_id, site_id, customer_id, unit_id, foreign_components, created_at, changed_at) \
                 VALUES ('a', '1', '1', '1', 'p', 's', 'k', 'u', 0, 0, 0);
                 INSERT INTO agreement (id, number, customer_id, level, covered_from, covered_to, price_minor, currency, status, signed_on, \
                 suspended_from, suspended_until, terminated_from, renews_id, created_at, changed_at) VALUES \
                 ('g1', 'XY1', 'k', 'standard', '2026-01-01', '2026-12-31', 0, 'CNY', 'suspended', '2026-01-01', '2026-10-01', NULL, NULL, NULL, 0, 0), \
                 ('g2', 'XY2', 'k', 'standard', '2027-01-01', '2027-12-31', 0, 'CNY', 'terminated', '2026-01-01', '2027-02-01', '2027-02-09', '2027-03-01', 'g1', 0, 0), \
                 ('g3', 'XY3', 'k', 'standard', '2028-01-01', '2028-12-31', 0, 'CNY', 'draft', NULL, NULL, NULL, NULL, 'g2', 0, 0);
                 INSERT INTO agreement_asset (agreement_id, asset_id) VALUES ('g1', 'a'), ('g3', 'a')";

async fn suspensions_become_rows(db: kit::Db) {
    db.migrate(&BEFORE_SUSPENSIONS, Ts(0)).await.unwrap();
    let made = db.write(|tx| {
        Box::pin(async move {
            for statement in STOOD.split(";\n") {
                tx.execute(statement, &[]).await?;
            }
            Ok::<_, kit::DbError>(())
        })
    });
    made.await.unwrap();
    db.migrate(aftercare::migrations::ALL, Ts(0)).await.unwrap();
    let mut tx = db.reader().await.unwrap();
    let text = |row: &kit::Row, column: &str| row.get::<Option<String>>(column).unwrap();
    let rows = tx
        .rows(
            "SELECT g.id, g.status, g.renews_id, p.suspended_from, p.suspended_until FROM agreement g \
             LEFT JOIN agreement_suspension p ON p.agreement_id = g.id ORDER BY g.id",
            &[],
        )
        .await
        .unwrap();
    let stands: Vec<_> = rows
        .iter()
        .map(|row| ["status", "renews_id", "suspended_from", "suspended_until"].map(|c| text(row, c)))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        stands,
        [
            [some("signed"), None, some("2026-10-01"), None],
            [some("terminated"), some("g1"), some("2027-02-01"), some("2027-02-09")],
            [some("draft"), some("g2"), None, None],
        ]
    );
    assert_eq!(tx.int("SELECT COUNT(*) FROM agreement_asset", &[]).await.unwrap(), 2);
    drop(tx);
    let broken =
        "INSERT INTO agreement_suspension (agreement_id, suspended_from) VALUES ('none', '2026-01-01')";
    assert!(db.write(move |tx| Box::pin(async move { tx.execute(broken, &[]).await })).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn suspensions_of_before_become_rows() {
    let folder = tempfile::tempdir().unwrap();
    let hooks = kit::db::Hooks::default();
    suspensions_become_rows(kit::Db::open_sqlite(&folder.path().join("old.db"), hooks).unwrap()).await;
    let empty = crate::world::Database::empty().await;
    suspensions_become_rows(empty.open().await).await;
}
