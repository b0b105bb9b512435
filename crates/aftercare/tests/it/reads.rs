//! What reading does and what it gives away: no record changes by it, and no list or count holds anything of other units.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use http::Method;
use identity::Role;
use kit::archive::TableSum;

use crate::both;
use crate::units::{Near, Route, every_route, of_a_unit};
use crate::world::{Backend, World};

/// Reads that keep a record of themselves, as they should: a table is taken away, and the audit log knows by whom.
const KEPT: [&str; 2] = ["/export", "/audit"];

/// The rows of every table, by their digest. When somebody was last seen is no record.
async fn rows(world: &World) -> BTreeMap<String, TableSum> {
    let folder = tempfile::tempdir().unwrap();
    let app = &world.app;
    let path = folder.path().join("rows.tar.gz");
    let written = kit::archive::write(&app.db, &app.files, &path, app.clock.now());
    let mut tables = written.await.unwrap().tables;
    tables.remove("session");
    tables
}

fn reads() -> impl Iterator<Item = Route> {
    every_route().into_iter().filter(|route| route.method == Method::GET)
}

both!(no_read_changes_a_record, |world| async move {
    let mut near = Near::new(&world).await;
    let mut clients = BTreeMap::new();
    for role in Role::ALL {
        clients.insert(*role, near.client(&world, *role, false).await);
    }
    world.run_jobs().await;
    let before = rows(&world).await;
    let (mut asked, mut answered) = (0, 0);
    for route in reads().filter(|route| !KEPT.iter().any(|kept| route.path.contains(kept))) {
        let path = match of_a_unit(&route) {
            Some(name) => near.path(&route, name, true),
            None => near.path(&route, "", false),
        };
        for role in route.roles {
            let (status, _) = clients[role].head(Method::GET, &path, &[], None).await;
            asked += 1;
            answered += usize::from(status < 300);
        }
    }
    assert!(asked > 400 && answered > 200, "{answered} of {asked} were answered");
    world.run_jobs().await;
    let after = rows(&world).await;
    let changed: Vec<&String> =
        after.iter().filter(|(name, sum)| before.get(*name) != Some(sum)).map(|(name, _)| name).collect();
    assert_eq!(changed, Vec::<&String>::new());
});

both!(d01_lists_and_counts_of_a_stranger_are_the_same_with_and_without_ones_records, |world| async move {
    let mut near = Near::new(&world).await;
    // Whoever administers the company or an account sees accounts and messages of every unit, and nothing else.
    let outside = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin, Role::TelephoneSystem];
    let mut asked = Vec::new();
    for route in reads().filter(|route| !route.path.contains('{') && route.path != "/api/live") {
        for role in route.roles.iter().filter(|role| !outside.contains(role)) {
            asked.push((route.path.clone(), near.client(&world, *role, true).await, *role));
        }
    }
    world.run_jobs().await;
    let mut before = Vec::new();
    for (path, client, _) in &asked {
        before.push(client.get(path).await);
    }
    near.make(&world).await;
    world.run_jobs().await;
    let (mut same, mut faults) = (0, Vec::new());
    for ((path, client, role), before) in asked.iter().zip(before) {
        let after = client.get(path).await;
        same += usize::from(after.status == 200);
        if (after.status, &after.text) != (before.status, &before.text) {
            faults.push(format!("{path} as {role}:\n  {}\n  {}", before.text, after.text));
        }
    }
    assert!(same > 100, "only {same} lists were answered");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g02_a_read_that_nobody_waits_for_any_more_holds_nothing_in_the_database() {
    let world = World::start(Backend::Postgres).await;
    let asked = "SELECT n FROM generate_series(1, 20000000) AS n";
    let under_way = || async {
        world
            .count(&format!(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE query = '{asked}' AND state = 'active'"
            ))
            .await
    };
    let app = world.app.clone();
    let reading =
        tokio::spawn(async move { app.db.reader().await.unwrap().rows(asked, &[]).await.map(drop) });
    while under_way().await == 0 {
        assert!(!reading.is_finished(), "it takes longer than this");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    reading.abort();
    assert!(reading.await.unwrap_err().is_cancelled());
    let began = Instant::now();
    while under_way().await > 0 {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "the server still waits for somebody to take the rest"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
