//! What a branch finds by a word that others have more often.

use std::time::Duration;

use futures::StreamExt as _;
use identity::Role;
use kit::{Row, params};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::both;
use crate::cases::desk;
use crate::customers::id;
use crate::world::{Backend, Client, World};

/// Customers, sites and assets of another branch, more than a search reads, all named as one's own.
const OTHERS: i64 = 300;

async fn crowd(world: &World, unit: &str) {
    let id = |kind: i64| format!("'00000000-0000-7000-8000-' || CAST({kind}00000000000 + n.i AS TEXT)");
    let (customer, site, asset) = (id(1), id(2), id(3));
    let numbers =
        format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {OTHERS})");
    let mut statements = vec![
        format!(
            "INSERT INTO customer (id, number, name, vip_level, unit_id, created_at, changed_at) {numbers} \
             SELECT {customer}, 'KH-far-' || CAST(n.i AS TEXT), '云杉广场停车场', 'none', '{unit}', 0, 0 FROM n"
        ),
        format!(
            "INSERT INTO site (id, customer_id, name, address, access_hours, unit_id, zone, created_at, changed_at, used_at) {numbers} \
             SELECT {site}, {customer}, '云杉广场停车场', '', '{{\"always\":true}}', '{unit}', 'Asia/Shanghai', 0, 0, 0 FROM n"
        ),
        format!(
            "INSERT INTO asset (id, serial, serial_key, label, product_id, site_id, customer_id, unit_id, foreign_components, created_at, changed_at) {numbers} \
             SELECT {asset}, 'BG-0000' || CAST(n.i AS TEXT), 'bg0000' || CAST(n.i AS TEXT), 'far' || CAST(n.i AS TEXT), \
             (SELECT MIN(id) FROM product), {site}, {customer}, '{unit}', 0, 0, 0 FROM n"
        ),
        format!(
            "INSERT INTO search_key (kind, term, record, record_id) {numbers} \
             SELECT 'serial', 'bg0000' || CAST(n.i AS TEXT), 'asset', {asset} FROM n"
        ),
    ];
    for (record, id) in [("customer", &customer), ("site", &site)] {
        for (kind, term) in [
            ("name", "云杉广场停车场"),
            ("gram", "云杉"),
            ("gram", "杉广"),
            ("gram", "广场"),
            ("gram", "场停"),
            ("gram", "停车"),
            ("gram", "车场"),
        ] {
            statements.push(format!(
                "INSERT INTO search_key (kind, term, record, record_id) {numbers} SELECT '{kind}', '{term}', '{record}', {id} FROM n"
            ));
        }
    }
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            for statement in statements {
                tx.execute(&statement, params![]).await?;
            }
            Ok::<_, kit::DbError>(())
        })
    });
    write.await.unwrap();
}

async fn found(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).await.expect(200)["items"].as_array().unwrap().clone()
}

both!(d02_a_word_that_others_have_more_often_finds_ones_own, |world| async move {
    let desk = desk(&world).await;
    crowd(&world, &desk.company.guangzhou).await;
    let case = desk.reported().await;
    // A site of theirs whose case came here: it is on the list, so its words find it.
    let there = crate::customers::agent(&world, &desk.company.guangzhou).await;
    let theirs = "00000000-0000-7000-8000-200000000007";
    let report = json!({ "channel": "phone", "site_id": theirs, "symptom": "不通电", "effects": {} });
    let escalated = id(&there.post("/api/cases", report).await.expect(201));
    let (second, key) = (desk.company.shenzhen.clone(), escalated.clone());
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE service_case SET second_unit_id = $1 WHERE id = $2";
            tx.execute(sql, params![second, key]).await
        })
    });
    write.await.unwrap();
    world.run_jobs().await;
    let ids = |rows: &[Value]| {
        let mut ids: Vec<String> = rows.iter().map(id).collect();
        ids.sort_unstable();
        ids
    };
    let mut both = vec![case.clone(), escalated];
    both.sort_unstable();
    for (path, own) in [
        ("/api/customers?q=停车场", None),
        ("/api/customers?q=云杉", Some(1)),
        ("/api/sites?q=停车场", Some(1)),
        ("/api/sites?q=云杉广场停车场", Some(1)),
        ("/api/sites?q=云杉广场停车位", Some(1)),
        ("/api/assets?q=BG-0", Some(1)),
    ] {
        let rows = found(&desk.agent, &url(path)).await;
        let Some(own) = own else {
            assert_eq!(rows.len(), 0, "{path}: no customer here has it in the name");
            continue;
        };
        assert_eq!(rows.len(), own, "{path}");
        let known = [&desk.site, &desk.asset].contains(&&id(&rows[0])) || rows[0]["name"] == "云杉广场";
        assert!(known, "{path}: {rows:?}");
    }
    for words in ["停车场", "云杉广场停车场", "云杉"] {
        assert_eq!(ids(&found(&desk.agent, &url(&format!("/api/cases?q={words}"))).await), both, "{words}");
    }
    // Whoever sees all finds as many as a search shows.
    let all = world.client_in(&[Role::HotlineAgent], Some(&desk.company.headquarters), None, None).await;
    let page = found(&all, &url("/api/sites?q=停车场&limit=200")).await;
    assert_eq!(page.len(), 200);
});

// Han characters as a browser sends them.
fn url(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b if b.is_ascii() => out.push(char::from(b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

both!(cases_are_found_by_words_initials_serials_and_numbers, |world| async move {
    let desk = desk(&world).await;
    let first = desk.reported().await;
    let mut other = desk.report();
    other["symptom"] = json!("岗亭显示屏黑屏,报警 E05");
    other["asset_id"] = Value::Null;
    let second = id(&desk.agent.post("/api/cases", other).await.expect(201));
    // Words are written beside the report, within moments.
    world.run_jobs().await;
    let ids = |rows: Vec<Value>| {
        let mut ids: Vec<String> = rows.iter().map(id).collect();
        ids.sort_unstable();
        ids
    };
    let (one, two, mut both) = (vec![first.clone()], vec![second.clone()], vec![first, second.clone()]);
    both.sort_unstable();
    let number = desk.agent.get(&format!("/api/cases/{second}")).await.expect(200)["number"].clone();
    let number = number.as_str().unwrap().to_owned();
    for (words, expected) in [
        ("抬杆", &one),
        ("显示屏", &two),
        ("e05", &two),
        ("黑屏 云杉", &two),
        // The product's name is the device's.
        ("Barrier", &one),
        ("云杉广场", &both),
        ("停车场", &both),
        ("ysgc", &both),
        ("YSGCTCC", &both),
        ("BG-0001", &one),
        ("bg0001", &one),
        ("值班经理", &both),
        (number.as_str(), &two),
        (&number[number.len() - 4..], &two),
        ("曲柄", &vec![]),
        ("黑屏 曲柄", &vec![]),
        // The contact is 值班经理.
        ("bjl", &both),
        ("qwx", &vec![]),
    ] {
        for view in ["open", "all"] {
            let path = url(&format!("/api/cases?view={view}&q={}", words.replace(' ', "%20")));
            let page = desk.agent.get(&path).await.expect(200);
            assert_eq!(&ids(page["items"].as_array().unwrap().clone()), expected, "{path}");
            assert_eq!((page["total"].as_i64(), &page["more"]), (Some(expected.len() as i64), &json!(false)));
        }
    }
    // The same words in the look-up box; another branch finds nothing of it.
    let box_of = async |client: &Client, words: &str| {
        let found = client.get(&url(&format!("/api/look-up?q={words}"))).await.expect(200);
        ids(found["cases"].as_array().unwrap().clone())
    };
    assert_eq!(box_of(&desk.agent, "显示屏").await, two);
    let elsewhere = crate::customers::agent(&world, &desk.company.guangzhou).await;
    assert_eq!(box_of(&elsewhere, "显示屏").await, Vec::<String>::new());
    assert_eq!(found(&elsewhere, &url("/api/cases?view=all&q=停车场")).await.len(), 0);
    // Page by page, each once.
    let page = desk.agent.get(&url("/api/cases?view=all&q=停车场&limit=1")).await.expect(200);
    assert_eq!((page["items"].as_array().unwrap().len(), page["total"].as_i64()), (1, Some(2)));
    let next = format!("/api/cases?view=all&q=停车场&limit=1&after={}", page["next"].as_str().unwrap());
    let after = desk.agent.get(&url(&next)).await.expect(200);
    assert_ne!(id(&page["items"][0]), id(&after["items"][0]));
    assert_eq!((after["items"].as_array().unwrap().len(), &after["next"]), (1, &Value::Null));
});

both!(words_follow_the_case_and_the_names, |world| async move {
    let desk = desk(&world).await;
    let case = desk.reported().await;
    world.run_jobs().await;
    let finds = async |view: &str, words: &str| {
        found(&desk.agent, &url(&format!("/api/cases?view={view}&q={words}"))).await.len()
    };
    // What is corrected is found by its new words only.
    let path = format!("/api/cases/{case}");
    let version = desk.agent.get(&path).await.expect(200)["version"].as_i64().unwrap();
    let correction = json!({ "symptom": "岗亭无灯光", "contact_id": desk.contact });
    desk.agent.put(&path, version, correction).await.expect(200);
    assert_eq!((finds("all", "抬杆").await, finds("all", "灯光").await), (0, 1));
    // A site that is renamed is found by its new name within moments.
    let site = desk.agent.get(&format!("/api/sites/{}", desk.site)).await.expect(200);
    let renamed =
        json!({ "name": "银杏大厦车库", "address": site["address"], "division_code": site["division_code"] });
    let version = site["version"].as_i64().unwrap();
    desk.agent.put(&format!("/api/sites/{}", desk.site), version, renamed).await.expect(200);
    world.run_jobs().await;
    assert_eq!((finds("open", "银杏大厦").await, finds("open", "yxds").await), (1, 1));
    assert_eq!(finds("open", "停车场").await, 0);
    // As after the schema step: whatever waits is read by the next start of a node.
    let forget = world.app.db.write(|tx| {
        Box::pin(async move {
            tx.execute("DELETE FROM case_term", &[]).await?;
            tx.execute("DELETE FROM case_words", &[]).await?;
            tx.execute("INSERT INTO case_unread (case_id) SELECT id FROM service_case", &[]).await
        })
    });
    forget.await.unwrap();
    assert_eq!(finds("open", "银杏大厦").await, 0);
    aftercare::app::start(&world.app).await.unwrap();
    world.run_jobs().await;
    assert_eq!((finds("open", "银杏大厦").await, finds("all", "灯光").await), (1, 1));
    assert_eq!(world.count("SELECT COUNT(*) FROM case_unread").await, 0);
    // An ended case leaves the open ones and stays among all.
    let manager = world.client_in(&[Role::BranchManager], Some(&desk.company.shenzhen), None, None).await;
    manager.post(&format!("/api/cases/{case}/withdraw"), json!({ "reason": "误报" })).await.expect(200);
    assert_eq!((finds("open", "灯光").await, finds("all", "灯光").await), (0, 1));
    assert_eq!(world.count("SELECT COUNT(*) FROM case_term WHERE open = 1").await, 0);
});

/// Closed cases of one site with one word, more than a search looks at.
pub async fn filled(world: &World, desk: &crate::cases::Desk, cases: i64) {
    let case = desk.reported().await;
    world.run_jobs().await;
    let copied = "kind, channel, severity, phone, customer_id, site_id, symptom, effects, unit_id, owner_id, reported_by, \
                  touched_at, policy_version, promise";
    let statements = [
        format!(
            "INSERT INTO service_case (id, number, number_tail, state, resolved_how, resolved_at, closed_at, reported_at, recency, hand_overs, reopened, {copied}) \
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cases}) \
             SELECT '00000000-0000-7000-9000-' || CAST(100000000000 + n.i AS TEXT), 'SQ-many-' || CAST(n.i AS TEXT), 'many', 'closed', 'remote', n.i, n.i, \
             n.i, n.i, 0, 0, {copied} FROM n, service_case c WHERE c.id = '{case}'"
        ),
        "INSERT INTO case_term (term, open, recency) SELECT w.term, 0, c.recency FROM service_case c, \
         (SELECT '抬杆' AS term UNION ALL SELECT '停车') w WHERE c.number_tail = 'many'"
            .to_owned(),
        "INSERT INTO case_term (term, open, recency) SELECT '曲柄', 0, recency FROM service_case WHERE recency = 7".to_owned(),
    ];
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            for statement in statements {
                tx.execute(&statement, &[]).await?;
            }
            tx.execute("ANALYZE", &[]).await
        })
    });
    write.await.unwrap();
}

both!(a_search_reads_a_short_range_of_its_key_however_many_cases_there_are, |world| async move {
    let desk = desk(&world).await;
    filled(&world, &desk, 6_000).await;
    // More than a count tells, shown as 200+; the newest of them.
    let page = desk.agent.get(&url("/api/cases?view=all&q=抬杆")).await.expect(200);
    assert_eq!((page["total"].as_i64(), &page["more"]), (Some(200), &json!(true)));
    assert_eq!(page["items"][1]["number"], "SQ-many-6000");
    // A rare word is found however old, alone and beside a common one.
    for words in ["曲柄", "停车%20曲柄"] {
        let rows = found(&desk.agent, &url(&format!("/api/cases?view=all&q={words}"))).await;
        assert_eq!(rows.len(), 1, "{words}");
    }
    let dialect = world.app.db.dialect();
    let mut tx = world.app.db.reader().await.unwrap();
    let explain = match dialect {
        kit::db::Dialect::Sqlite => "EXPLAIN QUERY PLAN",
        kit::db::Dialect::Postgres => {
            // So small a table is read whole for good reasons; it must be possible without.
            let never = "SELECT set_config('enable_seqscan', 'off', false) AS said";
            tx.rows(never, &[]).await.unwrap();
            "EXPLAIN"
        }
    };
    for statement in cases::explained(dialect, &["抬杆", "停车"]) {
        let plan = tx.rows(&format!("{explain} {}", statement.sql), &statement.values).await.unwrap();
        let text: String = plan.iter().flat_map(Row::cells).map(|v| format!("{v:?}\n")).collect();
        let whole = [
            "SCAN c\"",
            "SCAN c ",
            "SCAN case_term",
            "SCAN o",
            "Seq Scan on service_case",
            "Seq Scan on case_term",
        ];
        for scan in whole.into_iter().chain(["Merge Join"]) {
            assert!(!text.contains(scan), "{scan} in {}\n{text}", statement.sql);
        }
    }
});

both!(a_search_that_stopped_before_ones_own_cases_says_there_may_be_more, |world| async move {
    let desk = desk(&world).await;
    filled(&world, &desk, 1_500).await;
    let elsewhere = crate::customers::agent(&world, &desk.company.guangzhou).await;
    let list = async |client: &Client, words: &str| {
        let page = client.get(&url(&format!("/api/cases?view=all&q={words}"))).await.expect(200);
        (page["total"].as_i64().unwrap(), page["more"].as_bool().unwrap())
    };
    // The newest thousand of that word are another branch's; what is older was not looked at.
    assert_eq!(list(&elsewhere, "抬杆").await, (0, true));
    assert_eq!(list(&elsewhere, "停车%20抬杆").await, (0, true));
    // A rare word was looked at to its end, and so was one that is nowhere.
    assert_eq!(list(&elsewhere, "曲柄").await, (0, false));
    assert_eq!(list(&elsewhere, "停车%20曲柄").await, (0, false));
    assert_eq!(list(&elsewhere, "喷泉").await, (0, false));
    assert_eq!(list(&desk.agent, "停车%20曲柄").await, (1, false));
});

both!(a_file_whose_search_stopped_says_so_and_not_that_it_is_full, |world| async move {
    let desk = desk(&world).await;
    // More devices of one serial than a search of cases names.
    crowd(&world, &desk.company.guangzhou).await;
    desk.reported().await;
    world.run_jobs().await;
    let manager = world.client_in(&[Role::BranchManager], Some(&desk.company.shenzhen), None, None).await;
    let page = manager.get("/api/cases?view=all&q=BG-0").await.expect(200);
    assert_eq!(page["more"], true, "{page}");
    let rows = page["items"].as_array().unwrap().len();
    for (lang, said, full) in
        [("zh-CN", "搜索未能查完全部记录", "仅导出前"), ("en", "The search stopped", "Only the first")]
    {
        let path = "/api/cases/export?format=csv&columns=number&view=all&q=BG-0";
        let file = manager.clone().lang(lang).get(path).await;
        assert_eq!(file.status, 200, "{}", file.text);
        assert_eq!(file.text.lines().count(), rows + 2, "head, rows, and what is left out: {}", file.text);
        assert!(file.text.lines().last().unwrap().contains(said), "{}", file.text);
        assert!(!file.text.contains(full), "{}", file.text);
    }
    // One that looked at everything leaves nothing out.
    let file = manager.get("/api/cases/export?format=csv&columns=number&view=all&q=SQ-none").await;
    assert_eq!(file.text.lines().count(), 1, "{}", file.text);
});

both!(a_file_of_a_search_has_each_case_once_and_ends, |world| async move {
    let desk = desk(&world).await;
    filled(&world, &desk, 500).await;
    let manager = world.client_in(&[Role::BranchManager], Some(&desk.company.shenzhen), None, None).await;
    let path = url("/api/cases/export?format=csv&columns=number&view=all&q=抬杆");
    let before = world.app.db.statements_read();
    let whole = manager.get(&path).await;
    let statements = world.app.db.statements_read() - before;
    assert!(statements < 20, "three pages asked once for what they have: {statements}");
    assert_eq!(whole.text.lines().count(), 502, "head and rows");
    // While somebody takes the file page by page, the list moves and the words of the cases are read again.
    let mut file = manager.stream(&path, &[]).await.into_data_stream();
    let mut text = String::new();
    let mut pages = 0;
    while let Some(part) = file.next().await {
        text.push_str(std::str::from_utf8(&part.unwrap()).unwrap());
        pages += 1;
        if pages == 1 {
            let write = world.app.db.write(|tx| {
                Box::pin(async move {
                    let moved = "UPDATE service_case SET reported_at = 0 WHERE number = 'SQ-many-500'";
                    tx.execute(moved, &[]).await?;
                    tx.execute("DELETE FROM case_term WHERE recency < 200", &[]).await
                })
            });
            write.await.unwrap();
        }
    }
    assert!(pages > 1, "it came in pages");
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines.len(), 501, "no row is left out");
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 501, "each once");
});

/// Whoever reads words waits for nobody who reads others: two that waited for each other's rows and for the job that reads
/// the rest cost a second each (F7).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f07_words_that_another_node_is_reading_are_waited_for_by_nobody_on_postgres() {
    let world = World::start(Backend::Postgres).await;
    let desk = desk(&world).await;
    world.run_jobs().await;
    desk.reported().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM case_unread").await, 1);
    let (tell, told) = oneshot::channel();
    let (go, gone) = oneshot::channel::<()>();
    let db = world.app.db.clone();
    // The other node has taken the case and not committed.
    let other = tokio::spawn(async move {
        db.write(move |tx| {
            Box::pin(async move {
                let taken = tx.execute("DELETE FROM case_unread", &[]).await?;
                let _ = (tell.send(taken), gone.await);
                Ok::<_, kit::DbError>(())
            })
        })
        .await
    });
    assert_eq!(told.await.unwrap(), 1);
    let done = tokio::time::timeout(Duration::from_secs(20), world.run_jobs()).await;
    assert!(done.is_ok(), "it waited for what another has under way");
    go.send(()).unwrap();
    other.await.unwrap().unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM case_unread").await, 0);
}
