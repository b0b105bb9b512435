//! Tables from another system: trials, all or nothing, second runs, whose rows may be touched; both databases.

use http::Method;
use identity::Role;
use serde_json::{Value, json};

use crate::both;
use crate::customers::{Company, agent, company, customer, id};
use crate::world::{Answer, Client, World};

const CUSTOMERS: &str = "原系统编号,客户名称,客户等级,所属机构\n\
    K1,万象城物业,金牌,\nK2,海岸城商管,Silver,\n";
const SITES: &str = "External reference;Customer;Site name;Address;Division code;Longitude;Latitude;Access note\n\
    S1;K1;万象城停车场;科苑路15号;440305;113.94;22.54;门岗登记\n\
    S2;海岸城商管;海岸城停车场;文心五路33号;440305;;;\n";
const CONTACTS: &str = "原系统编号,客户,项目点,姓名,职务,手机,邮箱,语言\n\
    C1,K1,S1,王伟,值班,13812341234,,中文\nC2,,S2,Li,Manager,,li@example.cn,English\n";
const ASSETS: &str = "设备编号\t序列号\t型号\t项目点\t上级系统\t含其他品牌部件\t软件版本\n\
    A1\t0001\tBG-100\tS1\t\t否\t3.2.1\nA2\t0002\tBG-100\tS1\tA1\t是\t\nA3\t0003\tBG-100\tS2\t\t\t\n";

async fn dispatcher(world: &World, unit: &str) -> Client {
    world.client_in(&[Role::Dispatcher], Some(unit), None, None).await
}

async fn product(world: &World, company: &Company) {
    let manager = world.client_in(&[Role::BranchManager], Some(&company.headquarters), None, None).await;
    let input = json!({ "model": "BG-100", "name": { "zh_cn": "道闸", "en": "Barrier" }, "kind": "barrier" });
    manager.post("/api/products", input).await.expect(201);
}

async fn send_bytes(client: &Client, kind: &str, bytes: Vec<u8>) -> Answer {
    let path = format!("/api/imports?kind={kind}&source=old-desk&file_name=C%3A%5Ctables%5C{kind}.csv");
    // As a browser does, the length is said beforehand.
    let headers = [
        ("content-type", "application/octet-stream".to_owned()),
        ("content-length", bytes.len().to_string()),
        ("idempotency-key", client.key()),
    ];
    client.send(Method::POST, &path, &headers, Some(bytes)).await
}

/// Sends a table and waits for its trial.
async fn tried(world: &World, client: &Client, kind: &str, text: &str) -> Value {
    let sent = send_bytes(client, kind, text.as_bytes().to_vec()).await.expect(201);
    assert_eq!(sent["state"], "checking", "{sent}");
    world.run_jobs().await;
    client.get(&format!("/api/imports/{}", id(&sent))).await.expect(200)
}

async fn store(world: &World, client: &Client, import: &Value) -> Value {
    let path = format!("/api/imports/{}", id(import));
    let version = import["version"].as_i64().unwrap();
    let key = client.key();
    let begun = client.command(Method::POST, &format!("{path}/store"), &key, Some(version), json!({})).await;
    assert_eq!(begun.expect(200)["state"], "storing");
    world.run_jobs().await;
    client.get(&path).await.expect(200)
}

async fn brought(world: &World, client: &Client, kind: &str, text: &str) -> Value {
    let import = tried(world, client, kind, text).await;
    assert_eq!(import["report"]["faults"], json!([]), "{kind}: {import}");
    let stored = store(world, client, &import).await;
    assert_eq!(stored["state"], "stored", "{stored}");
    stored["report"].clone()
}

async fn everything(world: &World, client: &Client) {
    for (kind, text) in
        [("customers", CUSTOMERS), ("sites", SITES), ("contacts", CONTACTS), ("assets", ASSETS)]
    {
        brought(world, client, kind, text).await;
    }
}

fn counts(report: &Value) -> [i64; 5] {
    ["rows", "new", "changed", "same", "bad"].map(|name| report[name].as_i64().unwrap())
}

async fn tables(world: &World) -> Vec<i64> {
    let mut all = Vec::new();
    for table in ["customer", "site", "contact", "asset", "search_key", "number_series"] {
        all.push(world.count(&format!("SELECT COUNT(*) FROM {table}")).await);
    }
    all
}

async fn proved(world: &World) {
    world.sealed().await;
    for finding in aftercare::checks::run(&world.app).await.unwrap() {
        assert_eq!(finding.faults, Vec::<String>::new(), "{}", finding.name);
    }
}

both!(four_tables_are_brought_in_found_and_a_second_run_doubles_nothing, |world| async move {
    let company = company(&world).await;
    product(&world, &company).await;
    let client = dispatcher(&world, &company.headquarters).await;
    everything(&world, &client).await;
    let there = tables(&world).await;
    assert_eq!(there[..4], [2, 2, 2, 3]);
    let found = client.get("/api/customers?q=wxc").await.expect(200);
    assert_eq!(
        (found["items"][0]["vip_level"].as_str(), found["items"][0]["sites"].as_i64()),
        (Some("gold"), Some(1))
    );
    let site = &client.get("/api/sites?q=海岸城停车场").await.expect(200)["items"][0];
    assert_eq!(site["unit"]["id"], json!(company.shenzhen), "the jurisdiction decides");
    let parts = client.get("/api/assets?q=0002").await.expect(200);
    assert_eq!(
        (parts["items"][0]["parent_serial"].as_str(), parts["items"][0]["foreign_components"].as_bool()),
        (Some("0001"), Some(true))
    );
    assert!(parts["items"][0]["accepted_on"].is_null(), "a table starts no warranty (P28)");

    // The same again: nothing is written but the record that it was done.
    let events =
        world.count("SELECT COUNT(*) FROM event WHERE kind LIKE 'asset.%' OR kind LIKE 'contact.%'").await;
    for (kind, text, rows) in
        [("customers", CUSTOMERS, 2), ("sites", SITES, 2), ("contacts", CONTACTS, 2), ("assets", ASSETS, 3)]
    {
        assert_eq!(counts(&brought(&world, &client, kind, text).await), [rows, 0, 0, rows, 0], "{kind}");
    }
    assert_eq!(tables(&world).await, there);
    let after =
        world.count("SELECT COUNT(*) FROM event WHERE kind LIKE 'asset.%' OR kind LIKE 'contact.%'").await;
    assert_eq!(after, events);

    // What differs is changed; an empty cell leaves what stands.
    let moved = ASSETS.replace("A3\t0003\tBG-100\tS2\t\t\t", "A3\t0003-B\tBG-100\tS1\tA1\t\t4.0");
    assert_eq!(counts(&brought(&world, &client, "assets", &moved).await), [3, 0, 1, 2, 0]);
    let renamed = CONTACTS.replace("值班,13812341234", ",13900001111");
    assert_eq!(counts(&brought(&world, &client, "contacts", &renamed).await), [2, 0, 1, 1, 0]);
    assert_eq!(
        world
            .count("SELECT COUNT(*) FROM contact WHERE role = '值班' AND phone_e164 = '+8613900001111'")
            .await,
        1
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE body LIKE '%1381234%' OR body LIKE '%1390000%' OR body LIKE '%example.cn%'").await, 0, "events name no number");
    assert_eq!(world.count("SELECT COUNT(*) FROM table_import_file").await, 0, "a stored file is removed");
    proved(&world).await;
});

both!(a_trial_writes_nothing_and_names_every_bad_row_with_its_cure, |world| async move {
    let company = company(&world).await;
    product(&world, &company).await;
    let client = dispatcher(&world, &company.headquarters).await;
    everything(&world, &client).await;
    let before = tables(&world).await;
    let bad = "设备编号,序列号,型号,项目点,上级系统,备注,含其他品牌部件\n\
        A1,0001,BG-100,S1,A2,,是\n\
        B1,1.38E+10,BG-100,S1,,,\n\
        B2,B2,XX-9,S1,,,\n\
        B3,B3,BG-100,S9,,,\n\
        B4,,BG-100,S1,,,\n\
        B5,0003,BG-100,S1,,,\n\
        B6,B6,BG-100,S1,A3,,\n\
        B7,B7,BG-100,S1,,,也许\n\
        B7,B8,BG-100,S1,,,\n\
        B9,3月1日,BG-100,S1,,,\n\
        BA,BA,BG-100,S1,,,\n\
        BB,ba,BG-100,S1,,,\n";
    let import = tried(&world, &client, "assets", bad).await;
    let report = &import["report"];
    let faults: Vec<(i64, &str)> = report["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            assert!(
                !f["what"].as_str().unwrap().is_empty() && !f["cure"].as_str().unwrap().is_empty(),
                "{f}"
            );
            (f["row"].as_i64().unwrap(), f["column"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        faults,
        [
            (2, "上级系统"),
            (3, "序列号"),
            (4, "型号"),
            (5, "项目点"),
            (6, "序列号"),
            (7, "序列号"),
            (8, "上级系统"),
            (9, "含其他品牌部件"),
            (10, "设备编号"),
            (11, "序列号"),
            (13, "序列号"),
        ],
        "{report}"
    );
    assert_eq!(counts(report)[4], 11);
    assert_eq!(report["unknown"], json!(["备注"]));
    assert_eq!(report["faults"][1]["value"], "1.38E+10");
    // In English for who reads English; the headings stay the file's.
    let english = client.clone().lang("en").get(&format!("/api/imports/{}", id(&import))).await.expect(200);
    assert_eq!(english["report"]["faults"][2]["what"], "The catalogue has no such model");
    let list = client.get(&format!("/api/imports/{}/faults?format=csv", id(&import))).await;
    assert_eq!((list.status, list.text.lines().count()), (200, 12), "{}", list.text);

    let path = format!("/api/imports/{}/store", id(&import));
    let refused =
        client.command(Method::POST, &path, &client.key(), import["version"].as_i64(), json!({})).await;
    assert_eq!(refused.refused(409), "import_has_faults");
    world.run_jobs().await;
    assert_eq!(tables(&world).await, before, "neither a trial nor a table with faults writes anything");
    let dropped = client
        .command(
            Method::POST,
            &path.replace("/store", "/drop"),
            &client.key(),
            import["version"].as_i64(),
            json!({}),
        )
        .await;
    assert_eq!(dropped.expect(200)["state"], "dropped");
    assert_eq!(world.count("SELECT COUNT(*) FROM table_import_file").await, 0);
    proved(&world).await;
});

both!(all_or_nothing_also_when_the_world_has_changed_since_the_trial, |world| async move {
    let company = company(&world).await;
    product(&world, &company).await;
    let client = dispatcher(&world, &company.headquarters).await;
    for (kind, text) in [("customers", CUSTOMERS), ("sites", SITES)] {
        brought(&world, &client, kind, text).await;
    }
    let import = tried(&world, &client, "assets", ASSETS).await;
    assert_eq!(counts(&import["report"]), [3, 3, 0, 0, 0]);
    // Meanwhile somebody registers one of the serials at another site.
    let at = |q: &str| format!("/api/sites?q={q}");
    let site = id(&client.get(&at("海岸城停车场")).await.expect(200)["items"][0]);
    let product = id(&client.get("/api/products").await.expect(200)["items"][0]);
    let by_hand = json!({ "serial": "0001", "product_id": product, "site_id": site });
    client.post("/api/assets", by_hand).await.expect(201);
    let after = store(&world, &client, &import).await;
    assert_eq!((after["state"].as_str(), counts(&after["report"])[4]), (Some("checked"), 1), "{after}");
    assert_eq!(world.count("SELECT COUNT(*) FROM asset").await, 1, "nothing of it was stored");

    // A job that is done again, as after a restart, does nothing again.
    let import = tried(&world, &client, "customers", "原系统编号,客户名称\nK7,新客户\n").await;
    let stored = store(&world, &client, &import).await;
    assert_eq!(stored["state"], "stored");
    let node = world.restarted().await;
    const WAITING: &str =
        "UPDATE job SET state = 'waiting', lease_until = NULL, run_at = 0 WHERE kind LIKE 'import.%'";
    node.app.db.write(|tx| Box::pin(async move { tx.execute(WAITING, &[]).await })).await.unwrap();
    node.run_jobs().await;
    assert_eq!(node.count("SELECT COUNT(*) FROM customer WHERE name = '新客户'").await, 1);
    assert_eq!(node.count("SELECT COUNT(*) FROM event WHERE kind = 'table.imported'").await, 3);
    proved(&node).await;
});

both!(a_branch_brings_rows_into_its_own_units_only, |world| async move {
    let company = company(&world).await;
    product(&world, &company).await;
    let headquarters = dispatcher(&world, &company.headquarters).await;
    everything(&world, &headquarters).await;
    let far = dispatcher(&world, &company.guangzhou).await;
    let before = tables(&world).await;
    for (kind, text, faults) in [
        // Another branch's customer, and a unit that isn't theirs.
        ("customers", "原系统编号,客户名称,所属机构\nK1,抢来的,\nK9,新的,单位440305\n", 2),
        // A county of another branch; a customer they don't see.
        ("sites", "ID,Customer,Site name,Division code\nS9,K1,x,440106\nS1,K1,抢来的,\n", 2),
        ("contacts", "ID,Customer,Name,Phone\nC1,,抢来的,13812341234\nC9,K1,x,13812349999\n", 2),
        ("assets", "ID,Serial,Model,Site\nA1,0001,BG-100,S1\nA9,0009,BG-100,S1\n", 2),
    ] {
        let import = tried(&world, &far, kind, text).await;
        assert_eq!(counts(&import["report"])[4], faults, "{kind}: {import}");
        let path = format!("/api/imports/{}/drop", id(&import));
        let dropped =
            far.command(Method::POST, &path, &far.key(), import["version"].as_i64(), json!({})).await;
        assert_eq!(dropped.expect(200)["state"], "dropped");
    }
    assert_eq!(tables(&world).await, before);
    let theirs = "ID,Customer name\nG1,天河城\n";
    brought(&world, &far, "customers", theirs).await;
    let site = "ID,Customer,Site name,Division code\nG1,G1,天河城停车场,440106\nG2,G1,别处,440305\n";
    let import = tried(&world, &far, "sites", site).await;
    assert_eq!(
        import["report"]["faults"].as_array().unwrap().len(),
        1,
        "the other county is not theirs: {import}"
    );

    // An import is its sender's alone, and goes on only while their account may.
    let colleague = dispatcher(&world, &company.guangzhou).await;
    assert_eq!(colleague.get(&format!("/api/imports/{}", id(&import))).await.refused(404), "import_unknown");
    assert_eq!(
        agent(&world, &company.guangzhou).await.get("/api/imports").await.refused(403),
        "not_permitted"
    );
    let sent = send_bytes(&far, "customers", theirs.as_bytes().to_vec()).await.expect(201);
    let account = far.account_id.clone();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.execute(
                    "UPDATE account SET roles = '[\"hotline_agent\"]' WHERE id = $1",
                    kit::params![account],
                )
                .await
            })
        })
        .await
        .unwrap();
    world.run_jobs().await;
    let state =
        "SELECT COUNT(*) FROM table_import WHERE state = 'refused' AND report LIKE '%import_not_permitted%'";
    assert_eq!(world.count(state).await, 1, "{sent}");
});

both!(a_file_that_can_t_be_read_is_refused_with_a_sentence, |world| async move {
    let company = company(&world).await;
    let client = dispatcher(&world, &company.headquarters).await;
    for (bytes, title) in [
        (b"Name\nx\n".to_vec(), "These columns are missing"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "This is an old Excel file"),
        (b"PK\x03\x04 broken".to_vec(), "The file is damaged"),
        (b"ID,Customer name\n\xff\xff\n".to_vec(), "Line 2 is no readable text"),
    ] {
        let sent = send_bytes(&client, "customers", bytes).await.expect(201);
        world.run_jobs().await;
        let import = client.clone().lang("en").get(&format!("/api/imports/{}", id(&sent))).await.expect(200);
        assert_eq!(import["state"], "refused");
        let what = import["report"]["refusal"]["what"].as_str().unwrap();
        assert!(what.starts_with(title), "{what}");
        assert!(import["report"]["refusal"]["cure"].as_str().unwrap().len() > 10);
        // The list says why too, and counts nothing: nothing was read.
        let listed = client.clone().lang("en").get("/api/imports").await.expect(200)[0].clone();
        assert_eq!((&listed["state"], &listed["counts"]), (&json!("refused"), &Value::Null), "{listed}");
        assert_eq!(listed["refusal"], import["report"]["refusal"]);
    }
    assert_eq!(send_bytes(&client, "customers", Vec::new()).await.refused(422), "import_file_empty");
    assert_eq!(
        send_bytes(&client, "customers", vec![b'x'; 20 * 1024 * 1024 + 1]).await.refused(413),
        "import_file_size"
    );
    for _ in 0..5 {
        send_bytes(&client, "customers", CUSTOMERS.into()).await.expect(201);
    }
    assert_eq!(send_bytes(&client, "customers", CUSTOMERS.into()).await.refused(409), "imports_full");
    // What nobody goes on with is let go by night, file and all.
    world.run_jobs().await;
    world.app.clock.advance(25 * kit::Ts::HOUR);
    let settings = aftercare::keeping::settings(&mut world.app.db.reader().await.unwrap()).await.unwrap();
    aftercare::keeping::purge::remove_old(&world.app, &settings).await.unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM table_import_file").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM table_import WHERE state = 'dropped'").await, 5);
});

both!(a_table_may_be_larger_than_what_is_said_in_json, |world| async move {
    let company = company(&world).await;
    let client = dispatcher(&world, &company.headquarters).await;
    let mut large = CUSTOMERS.as_bytes().to_vec();
    large.resize(2 * 1024 * 1024, b'\n');
    let sent = send_bytes(&client, "customers", large).await.expect(201);
    assert_eq!((sent["state"].as_str(), sent["bytes"].as_i64()), (Some("checking"), Some(2 * 1024 * 1024)));
    // What is announced as too large is refused before it comes, in the same words.
    let headers = [
        ("content-type", "application/octet-stream".to_owned()),
        ("content-length", (20 * 1024 * 1024 + 1).to_string()),
        ("idempotency-key", client.key()),
    ];
    let path = "/api/imports?kind=customers&source=old-desk&file_name=a.csv";
    let refused = client.send(Method::POST, path, &headers, Some(CUSTOMERS.into())).await;
    assert_eq!(refused.refused(413), "import_file_size");
    let elsewhere = client.send(Method::POST, "/api/customers", &headers, Some(b"{}".to_vec())).await;
    assert_eq!(elsewhere.refused(413), "payload_too_large");
});

both!(templates_come_in_one_s_language_and_a_contact_typed_by_hand_is_known_again, |world| async move {
    let company = company(&world).await;
    let client = dispatcher(&world, &company.headquarters).await;
    let template = client.get("/api/import-templates?kind=contacts&format=csv").await;
    assert!(template.text.contains("原系统编号 *,客户,项目点,姓名"), "{}", template.text);
    let english = client.clone().lang("en").get("/api/import-templates?kind=assets&format=xlsx").await;
    assert_eq!((english.status, &english.text.as_bytes()[..2]), (200, &b"PK"[..]));

    let customer = customer(&agent(&world, &company.shenzhen).await, "万象城").await;
    let typed = json!({ "customer_id": customer, "name": "王伟", "phone": "138 1234 1234" });
    client.post("/api/contacts", typed).await.expect(201);
    let report =
        brought(&world, &client, "contacts", "ID,Customer,Name,Phone\nC1,万象城,王伟,13812341234\n").await;
    assert_eq!(counts(&report), [1, 0, 1, 0, 0]);
    assert_eq!(world.count("SELECT COUNT(*) FROM contact WHERE imported_from = 'old-desk:C1'").await, 1);
});

/// A table of sites of one customer.
fn many_sites(rows: usize) -> String {
    let mut text = "原系统编号,客户,项目点名称,行政区划代码\n".to_owned();
    for n in 0..rows {
        text.push_str(&format!("N{n},K1,第{n}号停车场,440305\n"));
    }
    text
}

both!(others_write_while_a_table_is_planned, |world| async move {
    let company = company(&world).await;
    let client = dispatcher(&world, &company.headquarters).await;
    brought(&world, &client, "customers", CUSTOMERS).await;
    let import = tried(&world, &client, "sites", &many_sites(20_000)).await;
    assert_eq!(counts(&import["report"]), [20_000, 20_000, 0, 0, 0], "{import}");
    let (path, key) = (format!("/api/imports/{}/store", id(&import)), client.key());
    client.command(Method::POST, &path, &key, import["version"].as_i64(), json!({})).await.expect(200);
    let node = world.clone();
    let storing = tokio::spawn(async move { node.run_jobs().await });
    let this: aftercare::import::tables::rows::ImportId = id(&import).parse().unwrap();
    // The first half of the way is planning, the second storing.
    let planning =
        || aftercare::import::tables::jobs::progress(this).is_some_and(|(done, all)| 2 * done < all);
    let mut meanwhile = 0;
    while !storing.is_finished() {
        let before = planning();
        let write = world.app.db.write(|tx| {
            Box::pin(async move {
                tx.execute("INSERT INTO lease (name) VALUES ('test') ON CONFLICT (name) DO NOTHING", &[])
                    .await
            })
        });
        write.await.unwrap();
        meanwhile += u32::from(before && planning());
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    storing.await.unwrap();
    assert!(meanwhile > 1, "nobody waited for the plan");
    assert_eq!(world.count("SELECT COUNT(*) FROM site").await, 20_000);
    proved(&world).await;
});

both!(a_plan_that_was_made_beside_the_writer_holds_until_something_it_rests_on_changes, |world| async move {
    use aftercare::import::tables::{Asked, Sent, TableKind, plan_beside, store};
    let company = company(&world).await;
    let client = dispatcher(&world, &company.headquarters).await;
    brought(&world, &client, "customers", CUSTOMERS).await;
    let asked = Asked {
        kind: TableKind::Sites,
        source: "old-desk".to_owned(),
        actor: kit::Actor::system("test"),
        unit_id: Some(company.headquarters.parse().unwrap()),
    };
    let sent = || Sent::read(many_sites(3).as_bytes(), TableKind::Sites, kit::Lang::ZhCn);
    let plan = async || plan_beside(&world.app, &asked, &sent(), std::sync::Arc::default()).await.unwrap();
    let keep = async |beside| {
        let (of, sent) = (asked.clone(), sent());
        let stored = world.app.act(asked.actor.clone(), move |tx, cx| {
            Box::pin(async move { store(tx, cx, &of, &sent, beside, std::sync::Arc::default()).await })
        });
        stored.await.unwrap()
    };
    let sqlite = world.app.db.dialect() == kit::db::Dialect::Sqlite;
    let planned = plan().await;
    assert_eq!(planned.is_some(), sqlite, "only one of them has a single writer");
    customer(&client, "另一家").await;
    if sqlite {
        assert_eq!(keep(planned).await, None, "another customer may have the name that a row means");
        assert_eq!(world.count("SELECT COUNT(*) FROM site").await, 0, "nothing was written");
    }
    let planned = plan().await;
    dispatcher(&world, &company.headquarters).await;
    client.get("/api/customers?q=wxc").await.expect(200);
    let report = keep(planned).await.unwrap();
    assert_eq!((report.new, report.bad), (3, 0));
    assert_eq!(world.count("SELECT COUNT(*) FROM site").await, 3);
    proved(&world).await;
});

both!(a_list_of_imports_reads_no_report, |world| async move {
    let company = company(&world).await;
    let client = dispatcher(&world, &company.headquarters).await;
    brought(&world, &client, "customers", CUSTOMERS).await;
    let bad = tried(&world, &client, "customers", "原系统编号,客户名称\nK1,\nK9,新客户\n").await;
    // Whatever a report holds, and however long it is, the list is the same.
    let write = world.app.db.write(|tx| {
        Box::pin(async move { tx.execute("UPDATE table_import SET report = 'not to be read'", &[]).await })
    });
    write.await.unwrap();
    let list = client.get("/api/imports").await.expect(200);
    let told = |at: usize| (list[at]["state"].clone(), list[at]["counts"].clone());
    assert_eq!(
        told(0),
        (json!("checked"), json!({ "rows": 2, "new": 1, "changed": 0, "same": 0, "bad": 1 })),
        "{list}"
    );
    assert_eq!((&list[0]["id"], &list[0]["refusal"]), (&bad["id"], &Value::Null));
    assert_eq!(told(1), (json!("stored"), json!({ "rows": 2, "new": 2, "changed": 0, "same": 0, "bad": 0 })));
    assert_eq!(list.as_array().unwrap().len(), 2);
});
