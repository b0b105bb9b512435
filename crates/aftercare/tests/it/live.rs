//! The live feed for readers that come late, read slowly or not at all (G14, F13).

use std::time::{Duration, Instant};

use axum::body::Body;
use http_body_util::BodyExt as _;
use identity::Role;
use kit::{Actor, Event, Failure, params};
use serde_json::json;

use crate::both;
use crate::customers::{agent, company};
use crate::second_factor::demand;
use crate::world::{Client, World};

const EVENTS: i64 = 1_200;

/// Things that happen in a unit.
async fn happened(world: &World, unit: &str, events: i64) {
    let unit = unit.to_owned();
    let appended: Result<(), Failure> = world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move {
                for n in 0..events {
                    kit::events::append(tx, cx, Event::new("test.happened", "test", n).unit(&unit)).await?;
                }
                Ok(())
            })
        })
        .await;
    appended.unwrap();
    world.sealed().await;
}

/// Somebody at a desk, and events that they may see.
async fn told(world: &World) -> Client {
    let company = company(world).await;
    let agent = agent(world, &company.shenzhen).await;
    happened(world, &company.shenzhen, EVENTS).await;
    agent
}

async fn follow(client: &Client, after: i64) -> Body {
    client.stream("/api/live", &[("last-event-id", after.to_string())]).await
}

/// Reads numbers until `newest` or the end, with a pause after each of the first pieces.
async fn read(body: &mut Body, newest: i64, pause: Duration) -> Vec<i64> {
    let mut numbers = Vec::new();
    let mut pieces = 0;
    while numbers.last().is_none_or(|last| *last < newest) {
        let Some(Ok(frame)) = body.frame().await else { break };
        let text = String::from_utf8(frame.into_data().unwrap_or_default().to_vec()).unwrap();
        let event = text.contains("event: changed");
        numbers.extend(
            text.lines().filter(|_| event).filter_map(|l| l.strip_prefix("id: ")?.parse::<i64>().ok()),
        );
        pieces += 1;
        if pieces < 20 {
            tokio::time::sleep(pause).await;
        }
    }
    numbers
}

both!(f13_who_comes_late_is_told_everything_without_being_dropped, |world| async move {
    let agent = told(&world).await;
    let newest = world.count("SELECT MAX(seq) FROM event").await;
    let mut body = follow(&agent, 0).await;
    let numbers = read(&mut body, newest, Duration::from_millis(25)).await;
    assert!(numbers.len() as i64 >= EVENTS, "only {} of {EVENTS}", numbers.len());
    assert!(numbers.is_sorted_by(|a, b| a < b));
});

both!(f13_who_does_not_read_is_dropped_and_resumes_without_a_gap, |world| async move {
    let agent = told(&world).await;
    let newest = world.count("SELECT MAX(seq) FROM event").await;
    let mut unread = follow(&agent, 0).await;
    tokio::time::sleep(Duration::from_secs(6)).await;
    let began = Instant::now();
    let first = read(&mut unread, newest, Duration::ZERO).await;
    assert!(
        began.elapsed() < Duration::from_secs(3) && (first.len() as i64) < EVENTS,
        "{} came",
        first.len()
    );
    let last = first.last().copied().unwrap_or(0);
    let mut again = follow(&agent, last).await;
    let rest = read(&mut again, newest, Duration::ZERO).await;
    let all: Vec<i64> = first.into_iter().chain(rest).collect();
    assert!(all.len() as i64 >= EVENTS && all.is_sorted_by(|a, b| a < b), "{} came", all.len());
});

/// Whether a stream ends in that time.
async fn ends(body: &mut Body, within: Duration) -> bool {
    let all = async { while let Some(Ok(_)) = body.frame().await {} };
    tokio::time::timeout(within, all).await.is_ok()
}

both!(who_loses_the_right_or_owes_a_second_factor_is_told_no_more, |world| async move {
    let moved = world.client(Role::HotlineAgent).await;
    let asked = world.client(Role::Dispatcher).await;
    let same = world.client(Role::Expert).await;
    let (mut of_moved, mut of_asked, mut of_same) =
        (follow(&moved, 0).await, follow(&asked, 0).await, follow(&same, 0).await);
    // Still signed in, both of them.
    let id = moved.account_id.clone();
    let roles = "UPDATE account SET roles = '[\"telephone_system\"]' WHERE id = $1";
    world
        .app
        .db
        .write(move |tx| Box::pin(async move { tx.execute(roles, params![id]).await }))
        .await
        .unwrap();
    let security = world.client(Role::SecurityAdmin).await;
    demand(&security, json!(["dispatcher"]), 0).await.expect(200);
    let soon = Duration::from_secs(15);
    assert!(ends(&mut of_moved, soon).await, "a lost right ends it");
    assert!(ends(&mut of_asked, soon).await, "a second factor that is owed ends it");
    assert!(!ends(&mut of_same, Duration::from_secs(1)).await, "nobody else's");
});

both!(d01_a_live_feed_tells_nothing_of_another_unit, |world| async move {
    let company = company(&world).await;
    let (here, there) = (agent(&world, &company.shenzhen).await, agent(&world, &company.guangzhou).await);
    happened(&world, &company.shenzhen, 20).await;
    happened(&world, &company.guangzhou, 1).await;
    happened(&world, &company.shenzhen, 1).await;
    let newest = async |unit: &str| {
        let sql = format!("SELECT MAX(seq) FROM event WHERE kind = 'test.happened' AND unit_id = '{unit}'");
        world.count(&sql).await
    };
    let (last_here, last_there) = (newest(&company.shenzhen).await, newest(&company.guangzhou).await);
    let among = async |client: &Client, last: i64| {
        let numbers = read(&mut follow(client, 0).await, last, Duration::ZERO).await;
        let list = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        world
            .count(&format!("SELECT COUNT(*) FROM event WHERE kind = 'test.happened' AND seq IN ({list})"))
            .await
    };
    assert_eq!(among(&there, last_there).await, 1);
    assert_eq!(among(&here, last_here).await, 21);
});
