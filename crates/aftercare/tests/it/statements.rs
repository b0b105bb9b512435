//! A list runs as many statements for fifty rows as for one: every list of the description, and an engineer's day.

use std::collections::BTreeMap;

use identity::{Role, may};
use kit::{DbError, Row, params};
use serde_json::Value;

use crate::both;
use crate::world::{Backend, Client, World};

/// The routes of the description that give pages, with a role that may read each.
fn lists() -> Vec<(String, Role)> {
    let description = aftercare::app::description();
    let description: Value = serde_json::from_str(&description.to_json().unwrap()).unwrap();
    let mut lists = Vec::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        let operation = &operations["get"];
        let takes = |name: &str| {
            operation["parameters"].as_array().is_some_and(|all| all.iter().any(|p| p["name"] == name))
        };
        if !path.contains('{') && takes("limit") {
            let entry = may::ALL.iter().find(|e| e.name == operation["x-permission"]).unwrap();
            lists.push((path.clone(), entry.roles[0]));
        }
    }
    lists
}

/// How many statements an answer takes, and the answer.
async fn counted(world: &World, client: &Client, path: &str) -> (u64, Value) {
    let before = world.app.db.statements_read();
    let answer = client.get(path).await.expect(200);
    (world.app.db.statements_read() - before, answer)
}

/// The longest array of an answer: its rows.
fn rows(answer: &Value) -> usize {
    let lists = answer.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_array());
    lists.map(Vec::len).max().unwrap_or_default()
}

async fn ids(world: &World, sql: &str) -> Vec<String> {
    let mut tx = world.app.db.reader().await.unwrap();
    let read = |row: &Row| row.get("id").unwrap();
    tx.rows(sql, &[]).await.unwrap().iter().map(read).collect()
}

/// Lists of which the demo has no two rows; what is longer there is compared.
const SHORT: [&str; 7] = [
    "/api/agreements",
    "/api/board/plan/versions",
    "/api/customer-requests",
    "/api/deliveries",
    "/api/follow-ups",
    "/api/price-lists",
    "/api/tokens",
];

// Statements are the same on both databases; the demo is made on one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_takes_as_many_statements_for_fifty_rows_as_for_one() {
    let world = World::start(Backend::Sqlite).await;
    aftercare::demo::make(&world.app, 20_261_009, 0).await.unwrap();
    let headquarters = ids(&world, "SELECT id FROM org_unit WHERE parent_id IS NULL").await.remove(0);
    let mut compared = 0;
    for (path, role) in lists() {
        let client = world.client_in(&[role], Some(&headquarters), None, None).await;
        // What is read once and remembered is read now.
        counted(&world, &client, &format!("{path}?limit=1")).await;
        let (one, first) = counted(&world, &client, &format!("{path}?limit=1")).await;
        let (fifty, all) = counted(&world, &client, &format!("{path}?limit=50")).await;
        if rows(&first) == 0 || rows(&all) < 2 {
            assert!(SHORT.contains(&path.as_str()), "{path} has no two rows to compare");
            continue;
        }
        assert_eq!(
            one,
            fifty,
            "{path}: {one} statements for {} row, {fifty} for {}",
            rows(&first),
            rows(&all)
        );
        compared += 1;
    }
    assert!(compared >= 11, "only {compared} lists had rows to compare");

    // An engineer's day holds visits of several customers.
    // The demo's own accounts make room for those of the test.
    let freed = "UPDATE account SET employee_id = NULL";
    let freed = world.app.db.write(move |tx| Box::pin(async move { tx.execute(freed, &[]).await })).await;
    freed.unwrap();
    let engineers = ids(&world, "SELECT DISTINCT engineer_id AS id FROM visit ORDER BY engineer_id").await;
    let mut by_length: BTreeMap<usize, (u64, usize)> = BTreeMap::new();
    for engineer in engineers {
        let client = world.client_in(&[Role::Engineer], Some(&headquarters), Some(&engineer), None).await;
        let (statements, day) = counted(&world, &client, "/api/my/day").await;
        let visits = day["visits"].as_array().unwrap();
        let mut customers: Vec<_> = visits.iter().map(|v| v["order"]["customer_id"].as_str()).collect();
        customers.sort_unstable();
        customers.dedup();
        by_length.insert(visits.len(), (statements, customers.len()));
    }
    by_length.remove(&0);
    let statements: Vec<u64> = by_length.values().map(|(statements, _)| *statements).collect();
    assert!(by_length.len() > 1 && by_length.values().any(|(_, customers)| *customers > 1), "{by_length:?}");
    assert!(
        statements.windows(2).all(|pair| pair[0] == pair[1]),
        "visits, (statements, customers): {by_length:?}"
    );
}

both!(what_was_asked_ahead_is_asked_again_once_it_was_written_to, |world| async move {
    const VALUE: &str = "SELECT value FROM setting WHERE name = $1";
    let read: Result<_, DbError> = world
        .app
        .db
        .write(|tx| {
            Box::pin(async move {
                tx.ahead(VALUE, params!["ahead"]);
                tx.rows("SELECT id FROM org_unit", &[]).await?; // takes it along
                tx.put("UPDATE job SET attempts = 0 WHERE id = 'none'", &[]).await?;
                let before = tx.rows(VALUE, params!["ahead"]).await?.len();
                tx.put("INSERT INTO setting (name, value, changed_at) VALUES ($1, '1', 0)", params!["ahead"])
                    .await?;
                let written = tx.rows(VALUE, params!["ahead"]).await?.len();
                tx.ahead(VALUE, params!["ahead"]);
                tx.rows("SELECT id FROM org_unit", &[]).await?;
                tx.execute("DELETE FROM setting WHERE name = $1", params!["ahead"]).await?;
                Ok((before, written, tx.rows(VALUE, params!["ahead"]).await?.len()))
            })
        })
        .await;
    assert_eq!(read.unwrap(), (0, 1, 0));
});
