//! Products, assets and acceptances: over HTTP, on both databases.

use identity::Role;
use kit::params;
use serde_json::{Value, json};

use crate::both;
use crate::customers::{NANSHAN, TIANHE, agent, company, customer, id, site};
use crate::world::{Client, World};

async fn manager(world: &World, unit: &str) -> Client {
    world.client_in(&[Role::BranchManager], Some(unit), None, None).await
}

async fn product(manager: &Client) -> String {
    let input = json!({ "model": "BG-100", "name": { "zh_cn": "道闸", "en": "Barrier" }, "kind": "barrier" });
    id(&manager.post("/api/products", input).await.expect(201))
}

async fn asset(client: &Client, product: &str, site: &str, serial: &str) -> String {
    id(&client
        .post("/api/assets", json!({ "serial": serial, "product_id": product, "site_id": site }))
        .await
        .expect(201))
}

fn acceptance(site: &str, assets: &[&str], day: &str) -> Value {
    json!({
        "site_id": site, "asset_ids": assets, "accepted_on": day, "signed_by_name": "客户代表",
        "signature": { "strokes": [[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]] },
    })
}

both!(an_asset_is_registered_found_and_kept_in_its_unit, |world| async move {
    let company = company(&world).await;
    let (here, there) = (manager(&world, &company.shenzhen).await, agent(&world, &company.guangzhou).await);
    let customer = customer(&here, "万象城").await;
    let site = site(&here, &customer, "万象城停车场", NANSHAN).await;
    let product = product(&here).await;
    let made = here
        .post("/api/assets", json!({
            "serial": "BG-2024/00A7731", "product_id": product, "site_id": site, "foreign_components": true, "software_version": "3.2.1",
        }))
        .await
        .expect(201);
    assert_eq!(
        (made["unit_id"].as_str(), made["accepted_on"].is_null()),
        (Some(company.shenzhen.as_str()), true)
    );
    let twin = json!({ "serial": "bg-2024 00a7731", "product_id": product, "site_id": site });
    let refused = here.post("/api/assets", twin).await;
    assert_eq!(
        (refused.refused(409), refused.json["current"]["asset_id"].as_str()),
        ("asset_serial_exists", made["id"].as_str())
    );
    for (field, value, code) in [
        ("serial", json!("--"), "asset_serial_invalid"),
        ("product_id", json!(site), "product_not_found"),
        ("site_id", json!(product), "asset_site_not_found"),
    ] {
        let mut input = json!({ "serial": "X1", "product_id": product, "site_id": site });
        input[field] = value;
        assert_eq!(here.post("/api/assets", input).await.refused(422), code);
    }
    // Nobody types a day of acceptance (P28).
    let typed =
        json!({ "serial": "X2", "product_id": product, "site_id": site, "accepted_on": "2026-01-01" });
    assert_eq!(here.post("/api/assets", typed).await.refused(422), "field_invalid");

    let path = format!("/api/assets/{}", id(&made));
    assert_eq!(there.get(&path).await.refused(404), "asset_unknown");
    assert_eq!(there.get("/api/assets").await.expect(200)["items"].as_array().unwrap().len(), 0);
    assert_eq!(here.get("/api/assets?q=7731").await.expect(200)["items"].as_array().unwrap().len(), 1);
    // What is printed on it leads to it: scanned, read out without the beginning, or the code alone.
    let plate =
        here.post(&format!("{path}/label"), json!({})).await.expect(201)["url"].as_str().unwrap().to_owned();
    let code = plate.rsplit('/').next().unwrap().to_owned();
    let read_out = format!("/q/{}", code.to_uppercase());
    let printed = made["label"].as_str().unwrap();
    for text in ["BG2024", "7731", "a7731", "bg-2024-00a7731", printed, &plate, &read_out, &code] {
        let mut tx = world.app.db.reader().await.unwrap();
        let hits =
            assets::look_up(&mut tx, &customers::LookUp { text: text.to_owned(), limit: 5 }).await.unwrap();
        assert_eq!(hits.len(), 1, "{text}");
        let shown = serde_json::to_value(&hits[0]).unwrap();
        assert!(
            shown.get("accepted_on").is_none() && shown.get("label").is_none(),
            "only what matched: {shown}"
        );
    }
    // Another serial doesn't make the label another one; a revoked label leads nowhere.
    let input = json!({ "serial": "BG-2024/00A7731", "product_id": product, "site_id": site, "software_version": "7.1" });
    here.put(&path, made["version"].as_i64().unwrap(), input).await.expect(200);
    let found = async |text: &str| {
        let hits = here.get(&format!("/api/look-up?q={text}")).await.expect(200);
        hits["assets"].as_array().unwrap().len()
    };
    assert_eq!(found(&plate.replace(':', "%3A")).await, 1);
    here.post(&format!("{path}/label/revoke"), json!({ "reason": "被撕掉" })).await.expect(200);
    assert_eq!(found(&code).await, 0);
    let mut tx = world.app.db.reader().await.unwrap();
    assert_eq!(assets::by_serial(&mut tx, "BG2024 00a7731").await.unwrap().len(), 1);

    // The site with all that stands there, for the desk.
    here.post("/api/contacts", json!({ "customer_id": customer, "name": "值班室", "phone": "13812341234" }))
        .await
        .expect(201);
    let view = here.get(&format!("/api/sites/{site}")).await.expect(200);
    assert_eq!(view["customer_name"], "万象城");
    assert_eq!(view["contacts"][0]["phone_masked"], "138****1234");
    assert_eq!(view["assets"][0]["product"]["name"]["en"], "Barrier");
    there.get(&format!("/api/sites/{site}")).await.refused(404);
});

both!(systems_have_no_cycles_and_move_with_their_site, |world| async move {
    let company = company(&world).await;
    let here = manager(&world, &company.headquarters).await;
    let customer = customer(&here, "万象城").await;
    let (near, far) =
        (site(&here, &customer, "近", NANSHAN).await, site(&here, &customer, "远", NANSHAN).await);
    let product = product(&here).await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(asset(&here, &product, &near, &format!("S{n}")).await);
    }
    let put = async |n: usize, version: i64, parent: Option<&str>, site: &str| {
        let input = json!({ "serial": format!("S{n}"), "product_id": product, "site_id": site, "parent_asset_id": parent });
        here.put(&format!("/api/assets/{}", ids[n]), version, input).await
    };
    put(1, 1, Some(&ids[0]), &near).await.expect(200);
    put(2, 1, Some(&ids[1]), &near).await.expect(200);
    assert_eq!(put(0, 1, Some(&ids[0]), &near).await.refused(422), "asset_parent_cycle");
    assert_eq!(put(0, 1, Some(&ids[2]), &near).await.refused(422), "asset_parent_cycle");
    assert_eq!(put(1, 2, Some(&ids[0]), &far).await.refused(409), "asset_parts_left_behind");
    assert_eq!(put(2, 2, Some(&ids[1]), &far).await.refused(422), "asset_parent_elsewhere");
    assert_eq!(put(2, 1, None, &far).await.refused(412), "version_changed");
    let moved = put(2, 2, None, &far).await.expect(200);
    assert_eq!((moved["site_id"].as_str(), moved["version"].as_i64()), (Some(far.as_str()), Some(3)));

    // The site goes to another county: its assets go with it.
    let change = json!({ "name": "近", "address": "", "division_code": TIANHE });
    here.put(&format!("/api/sites/{near}"), 1, change).await.expect(200);
    let of = |unit: &str| format!("SELECT COUNT(*) FROM asset WHERE unit_id = '{unit}'");
    assert_eq!(
        (world.count(&of(&company.guangzhou)).await, world.count(&of(&company.shenzhen)).await),
        (2, 1)
    );
    assert_eq!(world.count(&format!("SELECT COUNT(*) FROM asset WHERE division_code = '{TIANHE}'")).await, 2);
});

both!(p28_only_a_signed_acceptance_starts_a_warranty, |world| async move {
    let company = company(&world).await;
    let here = manager(&world, &company.shenzhen).await;
    let customer = customer(&here, "万象城").await;
    let (near, far) =
        (site(&here, &customer, "近", NANSHAN).await, site(&here, &customer, "远", NANSHAN).await);
    let product = product(&here).await;
    let (a, b) = (asset(&here, &product, &near, "A").await, asset(&here, &product, &near, "B").await);
    let other = asset(&here, &product, &far, "C").await;

    // The world stands at 2026-10-09 in Shanghai.
    for (input, status, code) in [
        (acceptance(&near, &[&a], "2026-10-10"), 422, "accepted_in_future"),
        (acceptance(&near, &[], "2026-10-09"), 422, "acceptance_assets_invalid"),
        (acceptance(&near, &[&a, &a], "2026-10-09"), 422, "acceptance_assets_invalid"),
        (acceptance(&near, &[&a, &other], "2026-10-09"), 422, "acceptance_asset_elsewhere"),
        (
            {
                let mut i = acceptance(&near, &[&a], "2026-10-09");
                i["signature"] = json!({});
                i
            },
            422,
            "acceptance_signature_missing",
        ),
        (
            {
                let mut i = acceptance(&near, &[&a], "2026-10-09");
                i["signed_by_name"] = json!(" ");
                i
            },
            422,
            "acceptance_signer_missing",
        ),
        (
            {
                let mut i = acceptance(&near, &[&a], "2026-10-09");
                i["signature"] = json!({ "file_sha256": "ab".repeat(32) });
                i
            },
            409,
            "acceptance_signature_file_missing",
        ),
    ] {
        assert_eq!(here.post("/api/acceptances", input).await.refused(status), code);
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM asset WHERE accepted_on IS NOT NULL").await, 0);

    let made = here.post("/api/acceptances", acceptance(&near, &[&b, &a], "2026-03-03")).await.expect(201);
    assert_eq!(made["number"], "YS20261009-0001");
    assert_eq!(made["document"]["assets"].as_array().unwrap().len(), 2);
    let shown = here.get(&format!("/api/assets/{a}")).await.expect(200);
    assert_eq!(
        (shown["accepted_on"].as_str(), shown["acceptance_id"].as_str()),
        (Some("2026-03-03"), made["id"].as_str())
    );
    let again = here.post("/api/acceptances", acceptance(&near, &[&a], "2026-05-05")).await;
    assert_eq!(again.refused(409), "asset_already_accepted");

    // A stored picture signs as well.
    let picture = crate::access::sent(&here, "a signature").await;
    let mut by_file = acceptance(&far, &[&other], "2026-10-09");
    by_file["signature"] = json!({ "file_sha256": picture });
    here.post("/api/acceptances", by_file).await.expect(201);

    let verify = async || {
        let mut tx = world.app.db.reader().await.unwrap();
        assets::verify_documents(&mut tx, &world.app.files).await.unwrap()
    };
    let check = verify().await;
    assert_eq!((check.acceptances, check.faults.len()), (2, 0), "{check:?}");

    // The same asset twice is refused by the database itself.
    let (first, asset_id) = (id(&made), other.clone());
    let forced = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO acceptance_asset (acceptance_id, asset_id) VALUES ($1, $2)",
                params![first, asset_id],
            )
            .await
        })
    });
    assert!(matches!(forced.await, Err(kit::DbError::Unique(_))));

    // Who holds no right to revoke can't; a revocation needs its reason, and frees the assets.
    let path = format!("/api/acceptances/{}/revoke", id(&made));
    let dispatcher = world.client_in(&[Role::Dispatcher], Some(&company.shenzhen), None, None).await;
    assert_eq!(dispatcher.post(&path, json!({ "reason": "日期写错了" })).await.refused(403), "not_permitted");
    assert_eq!(
        here.post(&path, json!({ "reason": "错" })).await.refused(422),
        "acceptance_revoke_reason_missing"
    );
    let revoked = here.post(&path, json!({ "reason": "日期写错了" })).await.expect(200);
    assert_eq!(revoked["revoked_reason"], "日期写错了");
    assert_eq!(
        here.post(&path, json!({ "reason": "日期写错了" })).await.refused(409),
        "acceptance_already_revoked"
    );
    assert!(here.get(&format!("/api/assets/{a}")).await.expect(200)["accepted_on"].is_null());
    here.post("/api/acceptances", acceptance(&near, &[&a, &b], "2026-05-05")).await.expect(201);
    assert_eq!(
        here.get(&format!("/api/acceptances?asset_id={a}")).await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(verify().await.faults, vec![]);

    // Somebody who writes into the database is found out.
    for sql in [
        "UPDATE asset SET accepted_on = '2026-09-09' WHERE serial = 'A'",
        "UPDATE acceptance SET document = REPLACE(document, '2026-05-05', '2026-08-08') WHERE accepted_on = '2026-05-05'",
    ] {
        let write = world.app.db.write(move |tx| Box::pin(async move { tx.execute(sql, &[]).await }));
        assert_eq!(write.await.unwrap(), 1);
    }
    let mut faults: Vec<_> = verify().await.faults.into_iter().map(|f| f.fault).collect();
    faults.sort_unstable();
    assert_eq!(faults, ["asset_date_differs", "date_differs", "document_changed"]);
    world.sealed().await;
});

both!(the_catalogue_of_products_is_kept, |world| async move {
    let company = company(&world).await;
    let here = manager(&world, &company.shenzhen).await;
    let product = product(&here).await;
    let input = |kind: &str, active: bool| json!({ "model": "BG-100", "name": { "zh_cn": "道闸", "en": "" }, "kind": kind, "active": active });
    assert_eq!(here.post("/api/products", input("barrier", true)).await.refused(409), "product_exists");
    assert_eq!(
        here.post("/api/products", input("Barrier!", true)).await.refused(422),
        "product_kind_invalid"
    );
    let path = format!("/api/products/{product}");
    here.put(&path, 1, input("barrier", false)).await.expect(200);
    assert_eq!(here.put(&path, 1, input("barrier", true)).await.refused(412), "version_changed");
    for (query, count) in
        [("active=false", 1), ("active=true", 0), ("model=BG", 1), ("model=XX", 0), ("kind=barrier", 1)]
    {
        let page = here.get(&format!("/api/products?{query}")).await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{query}");
    }
    // What is no longer sold comes to no new asset.
    let customer = customer(&here, "万象城").await;
    let site = site(&here, &customer, "近", NANSHAN).await;
    let late = json!({ "serial": "Z1", "product_id": product, "site_id": site });
    assert_eq!(here.post("/api/assets", late).await.refused(422), "product_not_found");
});

both!(the_system_administrator_sets_up_products_and_codes_of_faults, |world| async move {
    let admin = world.client(Role::SystemAdmin).await;
    assert_eq!(admin.get("/api/products").await.expect(200)["items"], json!([]));
    let input = json!({ "model": "BG-100", "name": { "zh_cn": "道闸", "en": "Barrier" }, "kind": "barrier" });
    admin.post("/api/products", input).await.expect(201);
    assert_eq!(admin.get("/api/products").await.expect(200)["items"][0]["model"], "BG-100");
    admin.get("/api/assets").await.refused(403);
    assert_eq!(admin.get("/api/checklists").await.expect(200), json!([]));

    let content = json!({ "name": { "zh_cn": "抬杆无力", "en": "Weak arm" }, "product_kind": "barrier", "ordinal": 5, "active": true });
    let code = json!({ "kind": "fault", "code": "arm_weak", "content": content });
    let made = admin.post("/api/fault-codes", code.clone()).await.expect(201);
    assert_eq!((made["code"].as_str(), made["version"].as_i64()), (Some("arm_weak"), Some(1)));
    assert_eq!(admin.post("/api/fault-codes", code).await.refused(409), "fault_code_exists");
    let first = |codes: Value| codes[0]["code"].as_str().unwrap().to_owned();
    let agent = world.client(Role::HotlineAgent).await;
    assert_eq!(
        first(agent.get("/api/fault-codes?kind=fault").await.expect(200)),
        "arm_weak",
        "smallest first"
    );
    let mut off = content;
    off["active"] = json!(false);
    let path = "/api/fault-codes/fault/arm_weak";
    agent.put(path, 1, off.clone()).await.refused(403);
    assert_eq!(admin.put(path, 1, off.clone()).await.expect(200)["version"], 2);
    admin.put(path, 1, off).await.expect(412);
    assert_eq!(first(agent.get("/api/fault-codes?kind=fault").await.expect(200)), "no_power");
    assert_eq!(first(agent.get("/api/fault-codes?kind=fault&all=true").await.expect(200)), "arm_weak");
});
