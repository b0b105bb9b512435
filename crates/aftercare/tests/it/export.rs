//! The data in open formats: whole, masked, safe for spreadsheets, one snapshot, and in the audit log.

use std::collections::BTreeMap;
use std::path::Path;

use aftercare::export::tables::{ALL, Kind};
use aftercare::export::{Format, Manifest, Wanted, export};
use kit::params;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::both;
use crate::cases::desk;
use crate::customers::id;
use crate::program::Place;
use crate::visits::job;
use crate::world::World;

fn all(format: Format) -> Wanted {
    Wanted { format, only: Vec::new(), customer: None, reveal: None, bom: false }
}

async fn exported(world: &World, wanted: &Wanted, out: &Path) -> Manifest {
    let manifest = export(&world.app, wanted, out).await.unwrap();
    for file in &manifest.files {
        let bytes = std::fs::read(out.join(&file.file)).unwrap();
        assert_eq!(
            (bytes.len() as u64, hex::encode(Sha256::digest(&bytes))),
            (file.bytes, file.sha256.clone()),
            "{}",
            file.file
        );
    }
    let written: Value = serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(written, serde_json::to_value(&manifest).unwrap());
    manifest
}

/// A reader of RFC 4180 as the standard says it, written apart from the program.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (quoted, c) {
            (true, '"') if chars.peek() == Some(&'"') => cell.push(chars.next().unwrap()),
            (true, '"') => quoted = false,
            (false, '"') => quoted = true,
            (false, ',') => line.push(std::mem::take(&mut cell)),
            (false, '\r') => {
                assert_eq!(chars.next(), Some('\n'));
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            (_, c) => cell.push(c),
        }
    }
    assert!(line.is_empty() && cell.is_empty() && !quoted, "the last line ends");
    lines
}

fn rows(out: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(out.join(format!("{table}.csv"))).unwrap();
    let mut lines = csv(&text).into_iter();
    let names = lines.next().unwrap();
    lines.map(|l| names.iter().cloned().zip(l).collect()).collect()
}

both!(every_table_is_exported_with_all_its_rows_in_both_formats, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    let order = job.order(&case).await;
    job.plan(&order, 0, 1, 4).await.expect(201);
    let folder = tempfile::tempdir().unwrap();
    let (as_csv, as_json) = (folder.path().join("csv"), folder.path().join("json"));
    let manifest = exported(&world, &all(Format::Csv), &as_csv).await;
    exported(&world, &all(Format::Jsonl), &as_json).await;
    assert_eq!(manifest.files.len(), ALL.len());
    for (file, table) in manifest.files.iter().zip(ALL) {
        let there = world.count(&format!("SELECT COUNT(*) FROM {}", table.from)).await;
        let read = rows(&as_csv, table.name);
        assert_eq!(
            (file.rows, i64::try_from(read.len()).unwrap()),
            (there.unsigned_abs(), there),
            "{}",
            table.name
        );
        let lines = std::fs::read_to_string(as_json.join(format!("{}.jsonl", table.name))).unwrap();
        let objects: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(objects.len(), read.len(), "{}", table.name);
        for (object, row) in objects.iter().zip(&read) {
            for column in table.columns {
                let value = &object[column.name];
                match column.kind {
                    Kind::Bool => assert!(value.is_boolean(), "{}.{}", table.name, column.name),
                    Kind::Int if !value.is_null() => {
                        assert!(value.is_i64(), "{}.{}", table.name, column.name)
                    }
                    Kind::Time if !value.is_null() => {
                        let text = value.as_str().unwrap();
                        assert!(text.ends_with('Z') && text.parse::<kit::Ts>().is_ok(), "{text}");
                    }
                    Kind::Json if !value.is_null() => {
                        assert!(!value.is_string(), "{}.{}: {value}", table.name, column.name)
                    }
                    _ => {}
                }
                // The same in both: nothing is nothing.
                assert_eq!(
                    value.is_null(),
                    row[column.name].is_empty() && value != "",
                    "{}.{}",
                    table.name,
                    column.name
                );
            }
        }
    }
    for table in ["cases", "clocks", "work_orders", "visits", "contacts", "assets", "employees"] {
        assert!(manifest.files.iter().any(|f| f.table == table && f.rows > 0), "{table} is empty");
    }
    let contact = &rows(&as_csv, "contacts")[0];
    assert!(contact["phone"].contains("****"), "{contact:?}");
    let readme = std::fs::read_to_string(as_csv.join("README.md")).unwrap();
    assert!(ALL.iter().all(|t| readme.contains(&format!("| {}.csv |", t.name))), "{readme}");
    // Twice exported, and each stands in the audit log.
    assert_eq!(
        world.count("SELECT COUNT(*) FROM event WHERE kind = 'system.exported' AND audience = 'audit'").await,
        2
    );
    let again = export(&world.app, &all(Format::Csv), &as_csv).await.unwrap_err().to_string();
    assert!(again.contains("exists already"), "{again}");
});

both!(an_export_is_masked_unless_somebody_says_why_and_no_cell_is_a_formula, |world| async move {
    let desk = desk(&world).await;
    for name in ["=HYPERLINK(\"http://evil.example\")", "+1", "-1", "@SUM(1)"] {
        let new = json!({ "name": format!("{name} 公司"), "vip_level": "none" });
        desk.agent.post("/api/customers", new).await.expect(201);
    }
    desk.agent
        .post(
            "/api/cases",
            json!({
                "channel": "phone", "site_id": desk.site, "asset_id": desk.asset, "contact": { "id": desk.contact },
                "symptom": "=cmd|' /C calc'!A0 请回电 13900001111", "effects": { "can_pass": false },
            }),
        )
        .await
        .expect(201);
    // As an import may have brought it: what is typed here is masked before it is kept.
    let brought = "UPDATE service_case SET symptom = REPLACE(symptom, '139****1111', '13900001111')";
    let write = world.app.db.write(move |tx| Box::pin(async move { tx.execute(brought, &[]).await }));
    assert!(write.await.unwrap() > 0);
    let contact = desk.contact.clone();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.execute("UPDATE contact SET email = 'wang@example.cn' WHERE id = $1", params![contact])
                    .await
            })
        })
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (masked, whole) = (folder.path().join("masked"), folder.path().join("whole"));
    exported(&world, &Wanted { bom: true, ..all(Format::Csv) }, &masked).await;
    let everything: String = ALL
        .iter()
        .map(|t| std::fs::read_to_string(masked.join(format!("{}.csv", t.name))).unwrap())
        .collect();
    for secret in ["13812341234", "13900001111", "wang@example.cn"] {
        assert!(!everything.contains(secret), "{secret} is not masked");
    }
    assert!(std::fs::read(masked.join("cases.csv")).unwrap().starts_with(b"\xef\xbb\xbf"));
    for table in ALL {
        let text = std::fs::read_to_string(masked.join(format!("{}.csv", table.name))).unwrap();
        for line in csv(text.trim_start_matches('\u{feff}')) {
            for (cell, column) in line.iter().zip(table.columns) {
                let number = matches!(column.kind, Kind::Int | Kind::Real);
                assert!(
                    number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{}: {cell}",
                    table.name
                );
            }
        }
    }
    let reason = "数据迁移核对".to_owned();
    exported(&world, &Wanted { reveal: Some(reason.clone()), ..all(Format::Csv) }, &whole).await;
    let contact = &rows(&whole, "contacts")[0];
    assert_eq!(
        (contact["phone"].as_str(), contact["email"].as_str()),
        ("'+8613812341234", "wang@example.cn")
    );
    assert!(
        rows(&whole, "cases")[0]["symptom"].starts_with("'=cmd")
            && rows(&whole, "cases")[0]["symptom"].contains("13900001111")
    );
    let told = "SELECT body FROM event WHERE kind = 'system.exported' ORDER BY pos DESC LIMIT 1";
    let row = world.app.db.reader().await.unwrap().row(told, params![]).await.unwrap().unwrap();
    let body: Value = row.json("body").unwrap();
    assert_eq!((body["revealed"].as_bool(), body["reason"].as_str()), (Some(true), Some(reason.as_str())));
});

both!(an_export_of_one_customer_holds_nothing_of_another, |world| async move {
    let job = job(&world, "2026-03-03").await;
    let case = job.agreed().await;
    job.order(&case).await;
    let other = job
        .desk
        .agent
        .post("/api/customers", json!({ "name": "别家", "vip_level": "none" }))
        .await
        .expect(201);
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name);
    let wanted = |number: &str| Wanted { customer: Some(number.to_owned()), ..all(Format::Csv) };
    let theirs = other["number"].as_str().unwrap().to_owned();
    let manifest = exported(&world, &wanted(&theirs), &out("theirs")).await;
    assert_eq!(
        manifest.files.iter().map(|f| f.rows).sum::<u64>(),
        1,
        "the customer alone: {:?}",
        manifest.files
    );
    assert!(manifest.files.iter().all(|f| f.table != "employees" && f.table != "price_lines"));
    let customers = "SELECT number FROM customer WHERE id <> $1";
    let row =
        world.app.db.reader().await.unwrap().row(customers, params![id(&other)]).await.unwrap().unwrap();
    let ours: String = row.get("number").unwrap();
    exported(&world, &wanted(&ours), &out("ours")).await;
    assert_eq!(rows(&out("ours"), "cases").len(), 1);
    assert_eq!(rows(&out("ours"), "customers")[0]["number"], ours);
    assert!(!rows(&out("ours"), "clocks").is_empty());
    for (wanted, why) in [
        (wanted("KH-none"), "there is no customer KH-none"),
        (
            Wanted { only: vec!["case".into()], ..all(Format::Csv) },
            "there is no table `case`; tables are units",
        ),
        (Wanted { only: vec!["units".into()], ..wanted(&ours) }, "belongs to no customer"),
    ] {
        let said = export(&world.app, &wanted, &out("x")).await.unwrap_err().to_string();
        assert!(said.contains(why) && !out("x").exists(), "{said}");
    }
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().filter_map(Result::ok).map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 2, "nothing half is left: {left:?}");
});

both!(many_rows_are_exported_once_each_page_by_page, |world| async move {
    let desk = desk(&world).await;
    let row = "SELECT unit_id FROM customer LIMIT 1";
    let unit: String = world
        .app
        .db
        .reader()
        .await
        .unwrap()
        .row(row, params![])
        .await
        .unwrap()
        .unwrap()
        .get("unit_id")
        .unwrap();
    let ids: Vec<String> =
        (0..4_500).map(|_| world.app.ids.next(world.app.clock.now()).to_string()).collect();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let rows: Vec<_> = ids
                    .iter()
                    .map(|id| {
                        vec![
                            id.into(),
                            format!("N-{id}").into(),
                            "公司".into(),
                            "none".into(),
                            unit.clone().into(),
                            1.into(),
                            1.into(),
                        ]
                    })
                    .collect();
                tx.insert_many(
                    "customer",
                    &["id", "number", "name", "vip_level", "unit_id", "created_at", "changed_at"],
                    &rows,
                )
                .await
            })
        })
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    exported(&world, &Wanted { only: vec!["customers".into()], ..all(Format::Csv) }, &out).await;
    let read = rows(&out, "customers");
    let ids: std::collections::BTreeSet<_> = read.iter().map(|r| r["id"].clone()).collect();
    assert_eq!((read.len(), ids.len()), (4_501, 4_501), "{}", desk.site);
});

both!(the_verb_exports_what_its_flags_say, |world| async move {
    desk(&world).await;
    let database = world.end();
    let place = Place { data: database.folder().to_owned(), database: database.url().map(str::to_owned) };
    let binary = Path::new(env!("CARGO_BIN_EXE_aftercare"));
    let out = database.folder().join("out");
    let out = out.to_str().unwrap();
    let said = place
        .run(binary, &["export", "--out", out, "--only", "customers,contacts", "--format", "jsonl"])
        .unwrap();
    assert!(said.contains("2 files, 2 rows, numbers masked"), "{said}");
    for words in [
        vec!["export", "--out", out],
        vec!["export", "--out", "x", "--reveal"],
        vec!["export", "--out", "x", "--reason", "wegen allem"],
        vec!["export", "--out", "x", "--reveal", "--reason", "x"],
    ] {
        assert!(place.run(binary, &words).is_err(), "{words:?}");
    }
});
