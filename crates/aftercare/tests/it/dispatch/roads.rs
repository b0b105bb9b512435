//! Ways by a road server, over HTTP, on both databases: the server is a real one on loopback that speaks as OSRM does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use dispatch::roads::{Asking, Roads, RoadsKind, RoadsUrl};
use serde_json::{Value, json};

use super::{equip, named, ready};
use crate::both;
use crate::visits::job;

/// Every way takes 40 minutes and 20 km, as long as the server is up.
async fn server(up: Arc<AtomicBool>) -> RoadsUrl {
    let answer = move |Path(places): Path<String>, query: axum::extract::RawQuery| {
        let up = up.load(Ordering::Relaxed);
        async move { table(&places, &query.0.unwrap(), up) }
    };
    let router = axum::Router::new().route("/table/v1/driving/{places}", axum::routing::get(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = RoadsUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

fn table(places: &str, query: &str, up: bool) -> Response {
    if !up {
        return "busy".into_response();
    }
    let many = |name: &str| {
        let list = query.split('&').find_map(|part| part.strip_prefix(name)).unwrap();
        list.split(';').count()
    };
    let (rows, columns) = (many("sources="), many("destinations="));
    assert_eq!(places.split(';').count(), rows + columns);
    let of = |value: f64| vec![vec![value; columns]; rows];
    json!({ "code": "Ok", "durations": of(2_400.0), "distances": of(20_000.0) }).to_string().into_response()
}

fn roads(shown: &Value) -> (Option<&str>, bool, bool) {
    let (ways, estimated) =
        (shown["roads"]["ways"].as_i64().unwrap(), shown["roads"]["estimated"].as_i64().unwrap());
    (shown["roads"]["by"].as_str(), ways > 0, estimated > 0)
}

both!(p40_p44_plans_windows_and_rankings_go_by_the_road_server_and_say_so, |world| async move {
    let up = Arc::new(AtomicBool::new(true));
    let asking = Asking { wait: Duration::from_secs(10), rest: Duration::ZERO, ..Asking::default() };
    let world = world.by_roads(Roads::of(RoadsKind::Osrm, server(up.clone()).await, asking));
    let job = job(&world, "2026-03-03").await;
    let engineer = job.engineers[0].0.clone();
    equip(&world, &engineer, 113.95).await;
    let (_, order) = ready(&job).await;
    let paths = [
        format!("/api/work-orders/{order}/proposals?moving=true"),
        format!("/api/work-orders/{order}/windows"),
        "/api/board/plan".to_owned(),
    ];
    // It is a quarter of an hour by the estimate; the road server knows better. Rush hour and the door come on top of what it says.
    let ranked = job.dispatcher.get(&paths[0]).await.expect(200);
    assert_eq!(roads(&ranked), (Some("osrm"), true, false));
    let ranked = named(&ranked["proposals"], &engineer);
    assert_eq!(ranked["distance_m"], 20_000);
    assert!((2_700..4_500).contains(&ranked["travel_s"].as_i64().unwrap()), "{ranked}");
    let windows = job.dispatcher.get(&paths[1]).await.expect(200);
    assert_eq!(roads(&windows), (Some("osrm"), true, false));
    assert!(!windows["windows"].as_array().unwrap().is_empty());
    let plan = job.dispatcher.get(&paths[2]).await.expect(200);
    assert_eq!(roads(&plan), (Some("osrm"), true, false));
    assert!(plan["proposals"][0]["travel_s"].as_i64().unwrap() >= 2_700, "{plan}");

    // It goes away: what it said is still known. A place that is new to it is estimated, and every answer says so.
    up.store(false, Ordering::Relaxed);
    assert_eq!(roads(&job.dispatcher.get(&paths[2]).await.expect(200)), (Some("osrm"), true, false));
    equip_at(&world, &engineer, 113.97).await;
    for path in &paths {
        let shown = job.dispatcher.get(path).await.expect(200);
        assert!(roads(&shown).2, "{path}: {}", shown["roads"]);
    }
    let plan = job.dispatcher.get(&paths[2]).await.expect(200);
    assert!(plan["proposals"][0]["travel_s"].as_i64().unwrap() < 2_700, "{plan}");
    up.store(true, Ordering::Relaxed);
    assert_eq!(roads(&job.dispatcher.get(&paths[2]).await.expect(200)), (Some("osrm"), true, false));
});

both!(p40_without_a_road_server_every_way_is_estimated_and_called_so, |world| async move {
    let job = job(&world, "2026-03-03").await;
    equip(&world, &job.engineers[0].0, 113.95).await;
    let (_, order) = ready(&job).await;
    for path in [
        format!("/api/work-orders/{order}/proposals"),
        format!("/api/work-orders/{order}/windows"),
        "/api/board/plan".to_owned(),
    ] {
        let shown = job.dispatcher.get(&path).await.expect(200);
        assert_eq!(roads(&shown), (Some("estimate"), true, true), "{path}");
        assert_eq!(shown["roads"]["ways"], shown["roads"]["estimated"]);
    }
});

/// Moves the base of somebody.
async fn equip_at(world: &crate::world::World, engineer: &str, lon: f64) {
    let engineer = engineer.to_owned();
    let moved = world.app.db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE employee SET base_lon = $1 WHERE id = $2";
            tx.execute(sql, kit::params![lon, &engineer]).await
        })
    });
    moved.await.unwrap();
}
