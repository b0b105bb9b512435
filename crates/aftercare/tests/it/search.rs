//! What a branch finds by a word that others have more often.

use identity::Role;
use kit::params;
use serde_json::{Value, json};

use crate::both;
use crate::cases::desk;
use crate::customers::id;
use crate::world::{Client, World};

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
