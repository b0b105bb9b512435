//! Against a real server on loopback that speaks as OSRM and Valhalla do.

use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use organisation::Point;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::*;

/// How the server behaves.
struct Played {
    asked: AtomicUsize,
    /// Places in one question at most.
    most: AtomicUsize,
    slow: AtomicBool,
    garbage: AtomicBool,
}

type Play = State<Arc<Played>>;

/// Off the map.
const SEA: f64 = 110.0;
/// On it, but no road leads there.
const ISLAND: f64 = 109.9;

/// A hundredth of a degree is 60 s and 900 m; going west takes 5 s more.
fn way(from: [f64; 2], to: [f64; 2]) -> Option<(f64, f64)> {
    let apart = (from[0] - to[0]).abs() + (from[1] - to[1]).abs();
    let against = if to[0] < from[0] { 5.0 } else { 0.0 };
    let island = |p: [f64; 2]| (p[0] - ISLAND).abs() < 1e-6;
    (!island(from) && !island(to)).then_some((apart * 6_000.0 + against, apart * 90_000.0))
}

async fn moods(played: &Played, places: &[[f64; 2]]) -> Option<Response> {
    played.asked.fetch_add(1, Ordering::Relaxed);
    if played.slow.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
    if played.garbage.load(Ordering::Relaxed) {
        return Some("<html>nothing here</html>".into_response());
    }
    let refused = |body: Value| Some((StatusCode::BAD_REQUEST, body.to_string()).into_response());
    if places.len() > played.most.load(Ordering::Relaxed) {
        return refused(json!({ "code": "TooBig", "message": "Too many table coordinates",
            "error_code": 150, "error": "Exceeded max locations" }));
    }
    if places.iter().any(|p| p[0] >= SEA) {
        return refused(json!({ "code": "NoSegment", "message": "Could not find a matching segment",
            "error_code": 171, "error": "No suitable edges near location" }));
    }
    None
}

async fn osrm(State(played): Play, Path(places): Path<String>, RawQuery(query): RawQuery) -> Response {
    let places: Vec<[f64; 2]> = places
        .split(';')
        .map(|p| p.split_once(',').unwrap())
        .map(|(lon, lat)| [lon.parse().unwrap(), lat.parse().unwrap()])
        .collect();
    if let Some(mood) = moods(&played, &places).await {
        return mood;
    }
    let query = query.unwrap();
    let numbers = |name: &str| -> Vec<usize> {
        let value = query.split('&').find_map(|part| part.strip_prefix(name)).unwrap();
        value.split(';').map(|n| n.parse().unwrap()).collect()
    };
    let (from, to) = (numbers("sources="), numbers("destinations="));
    assert!(query.contains("annotations=duration,distance"), "{query}");
    let table = |pick: fn((f64, f64)) -> f64| -> Vec<Vec<Option<f64>>> {
        from.iter().map(|a| to.iter().map(|b| way(places[*a], places[*b]).map(pick)).collect()).collect()
    };
    let body = json!({ "code": "Ok", "durations": table(|w| w.0), "distances": table(|w| w.1) });
    body.to_string().into_response()
}

async fn valhalla(State(played): Play, body: String) -> Response {
    let asked: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(asked["costing"], "auto");
    let places = |name: &str| -> Vec<[f64; 2]> {
        let list = asked[name].as_array().unwrap();
        list.iter().map(|p| [p["lon"].as_f64().unwrap(), p["lat"].as_f64().unwrap()]).collect()
    };
    let (from, to) = (places("sources"), places("targets"));
    if let Some(mood) = moods(&played, &[from.clone(), to.clone()].concat()).await {
        return mood;
    }
    let cell = |a, b| {
        let way = way(a, b);
        json!({ "time": way.map(|w| w.0), "distance": way.map(|w| w.1 / 1000.0) })
    };
    let rows: Vec<Vec<Value>> = from.iter().map(|a| to.iter().map(|b| cell(*a, *b)).collect()).collect();
    json!({ "sources_to_targets": rows, "units": "kilometers" }).to_string().into_response()
}

async fn played() -> (Arc<Played>, RoadsUrl, tokio::task::JoinHandle<()>) {
    let played = Arc::new(Played {
        asked: AtomicUsize::new(0),
        most: AtomicUsize::new(usize::MAX),
        slow: AtomicBool::new(false),
        garbage: AtomicBool::new(false),
    });
    let router = Router::new()
        .route("/maps/table/v1/driving/{places}", get(osrm))
        .route("/maps/sources_to_targets", post(valhalla))
        .with_state(played.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = RoadsUrl::parse(&format!("http://{}/maps/", listener.local_addr().unwrap())).unwrap();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (played, url, serving)
}

fn quickly() -> Asking {
    Asking {
        within: Duration::from_millis(1_500),
        wait: Duration::from_secs(10),
        rest: Duration::ZERO,
        ..Asking::default()
    }
}

fn row(many: usize) -> Vec<Point> {
    (0..many).map(|n| Point { lon: 108.0 + n as f64 / 100.0, lat: 34.0 }).collect()
}

fn seconds(found: &Found, from: Point, to: Point) -> Option<i64> {
    let noon = "2026-10-09T12:00:00Z".parse().unwrap();
    found.ways.at(from, to, noon, &jiff::tz::TimeZone::UTC).map(|w| w.0 - 300)
}

fn used(found: &Found) -> (RoadsBy, i64, i64) {
    (found.used.by, found.used.ways, found.used.estimated)
}

async fn an_area(kind: RoadsKind, by: RoadsBy) {
    let (played, url, _serving) = played().await;
    let roads = Roads::of(kind, url, quickly());
    let points = row(120);
    let found = roads.find(vec![Needed::among(&points)]).await;
    assert_eq!(used(&found), (by, 120 * 119, 0));
    assert_eq!(seconds(&found, points[3], points[10]), Some(7 * 60));
    assert_eq!(seconds(&found, points[10], points[3]), Some(7 * 60 + 5), "there and back apart");
    let asked = played.asked.load(Ordering::Relaxed);
    assert!((2..=16).contains(&asked), "few questions: {asked}");

    // Known: nobody is asked. One more place: only the ways to it and from it.
    roads.find(vec![Needed::among(&points)]).await;
    assert_eq!(played.asked.load(Ordering::Relaxed), asked);
    let found = roads.find(vec![Needed::among(&row(121))]).await;
    assert_eq!(used(&found), (by, 121 * 120, 0));
    assert!(played.asked.load(Ordering::Relaxed) <= asked + 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p40_an_area_is_asked_for_in_few_tables_of_osrm_and_kept() {
    an_area(RoadsKind::Osrm, RoadsBy::Osrm).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p40_an_area_is_asked_for_in_few_tables_of_valhalla_and_kept() {
    an_area(RoadsKind::Valhalla, RoadsBy::Valhalla).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p40_a_place_without_a_road_is_estimated_and_the_rest_is_not() {
    for kind in [RoadsKind::Osrm, RoadsKind::Valhalla] {
        let (played, url, _serving) = played().await;
        let roads = Roads::of(kind, url, quickly());
        let mut points = row(10);
        points.push(Point { lon: ISLAND, lat: 34.0 });
        points.push(Point { lon: SEA, lat: 34.0 });
        let found = roads.find(vec![Needed::among(&points)]).await;
        assert_eq!((found.used.ways, found.used.estimated), (12 * 11, 2 * 10 * 2 + 2), "{kind:?}");
        assert_eq!(seconds(&found, points[0], points[10]), None);
        assert_eq!(seconds(&found, points[0], points[9]), Some(9 * 60));
        // That there is no way is known from now on.
        let asked = played.asked.load(Ordering::Relaxed);
        roads.find(vec![Needed::among(&points)]).await;
        assert_eq!(played.asked.load(Ordering::Relaxed), asked);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p40_a_server_that_gives_less_at_once_is_asked_for_less() {
    for kind in [RoadsKind::Osrm, RoadsKind::Valhalla] {
        let (played, url, _serving) = played().await;
        played.most.store(20, Ordering::Relaxed);
        let roads = Roads::of(kind, url, quickly());
        let found = roads.find(vec![Needed::among(&row(40))]).await;
        assert_eq!(found.used.estimated, 0);
        // It has learned: what comes next is asked for in the right size at once.
        let before = played.asked.load(Ordering::Relaxed);
        let far: Vec<Point> = row(10).iter().map(|p| Point { lat: 35.0, ..*p }).collect();
        assert_eq!(roads.find(vec![Needed::among(&far)]).await.used.estimated, 0);
        assert!(played.asked.load(Ordering::Relaxed) <= before + 4, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p40_a_server_that_is_away_or_talks_nonsense_leaves_the_estimate_and_is_tried_again() {
    let (played, url, serving) = played().await;
    let roads = Roads::of(RoadsKind::Osrm, url.clone(), quickly());
    let points = row(5);
    let needed = || vec![Needed::among(&points)];
    let nothing = (RoadsBy::Estimate, 20, 20);
    played.garbage.store(true, Ordering::Relaxed);
    assert_eq!(used(&roads.find(needed()).await), nothing);
    played.garbage.store(false, Ordering::Relaxed);
    assert_eq!(used(&roads.find(needed()).await), (RoadsBy::Osrm, 20, 0), "it is back");

    // What is kept outlives the server; what isn't is estimated.
    serving.abort();
    assert!(serving.await.unwrap_err().is_cancelled());
    assert_eq!(used(&roads.find(needed()).await), (RoadsBy::Osrm, 20, 0));
    let gone = RoadsUrl::parse("http://127.0.0.1:1").unwrap();
    let roads = Roads::of(RoadsKind::Valhalla, gone, quickly());
    assert_eq!(used(&roads.find(needed()).await), nothing);
    assert_eq!(used(&Roads::default().find(needed()).await), nothing);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p40_nobody_waits_for_a_slow_server_and_it_is_left_alone_for_a_while() {
    let (played, url, _serving) = played().await;
    played.slow.store(true, Ordering::Relaxed);
    let asking = Asking {
        within: Duration::from_millis(1_500),
        wait: Duration::from_millis(100),
        rest: Duration::from_secs(600),
        ..Asking::default()
    };
    let roads = Roads::of(RoadsKind::Osrm, url, asking);
    let begun = Instant::now();
    let found = roads.find(vec![Needed::among(&row(5))]).await;
    assert_eq!(found.used.estimated, 20);
    assert!(begun.elapsed() < Duration::from_millis(1_400), "{:?}", begun.elapsed());
    // The question ends by itself, and then nobody asks.
    tokio::time::sleep(Duration::from_millis(3_000)).await;
    let asked = played.asked.load(Ordering::Relaxed);
    assert_eq!(roads.find(vec![Needed::among(&row(5))]).await.used.estimated, 20);
    assert_eq!(played.asked.load(Ordering::Relaxed), asked);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p40_what_is_too_large_for_the_server_is_estimated_and_the_rest_is_asked_for() {
    let (_played, url, _serving) = played().await;
    let roads = Roads::of(RoadsKind::Osrm, url, quickly());
    let large: Vec<Point> = (0..600)
        .map(|n| Point { lon: 100.0 + f64::from(n % 30) / 100.0, lat: 20.0 + f64::from(n / 30) / 100.0 })
        .collect();
    let small = row(5);
    let found = roads.find(vec![Needed::among(&large), Needed::among(&small)]).await;
    assert_eq!(used(&found), (RoadsBy::Osrm, 600 * 599 + 20, 600 * 599));
}
