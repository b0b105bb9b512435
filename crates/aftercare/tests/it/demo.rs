//! The demo company comes about whatever the hour, and every invariant holds on it.

use std::process::Command;

use identity::Role;
use kit::Clock;

use crate::world::{Backend, Database, World};

fn program(arguments: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_aftercare")).args(arguments).output().unwrap();
    let text = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8_lossy(&text).into_owned())
}

// In the morning visits are ahead, in the afternoon engineers are on their way, at night they are at work; a holiday is none to
// the round-the-clock promise. The seeds differ too.
#[test]
fn the_demo_stands_at_any_hour() {
    for (clock, seed) in [
        ("2026-11-22T18:45+08:00", "20261009"),
        ("2026-11-24T09:10+08:00", "1"),
        ("2026-10-05T03:20+08:00", "2"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap();
        let (made, said) = program(&["demo", "--no-serve", "--data", data, "--clock", clock, "--seed", seed]);
        assert!(made, "at {clock} from {seed}: {said}");
        let (holds, said) = program(&["check", "--data", data]);
        assert!(holds && said.contains("every invariant holds"), "at {clock} from {seed}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn complaints_of_the_demo_stand_in_every_list() {
    let world = World::start(Backend::Sqlite).await;
    let marker = aftercare::demo::make(&world.app, aftercare::demo::SEED, 0).await.unwrap();
    let login = |role: Role| marker.logins.iter().find(|(r, _)| *r == role).unwrap().1.clone();
    let account = |login: String| {
        let app = world.app.clone();
        async move {
            let mut tx = app.db.reader().await.unwrap();
            let row = tx.row("SELECT id FROM account WHERE login = $1", kit::params![login]).await.unwrap();
            row.unwrap().get::<String>("id").unwrap()
        }
    };
    let manager = world.client_of(&account(login(Role::BranchManager)).await).await;
    let expert = world.client_of(&account(login(Role::Expert)).await).await;
    let caller = world.client_of(&account(login(Role::FollowUpAgent)).await).await;
    for (client, view, most) in [
        (&manager, "owed", 4),
        (&manager, "mine", 2),
        (&manager, "late", 1),
        (&manager, "answered", 1),
        (&manager, "closed", 2),
        (&caller, "owed", 4),
    ] {
        let page = client.get(&format!("/api/complaints?view={view}")).await.expect(200);
        let rows = page["items"].as_array().unwrap();
        assert!(rows.len() >= most, "{view}: {} of {most}", rows.len());
        let about = rows.iter().filter(|row| row["about_number"].is_string()).count();
        assert!(about >= most, "{view}: each is about a repair");
    }
    // What waits to be answered doesn't wait for help by phone.
    let queue = expert.get("/api/home").await.expect(200)["phone_queue"]["items"].clone();
    assert!(!queue.as_array().unwrap().is_empty());
    assert!(queue.as_array().unwrap().iter().all(|case| case["kind"] != "complaint"), "{queue}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demo_that_is_only_made_leaves_no_event_unsealed() {
    let database = Database::fresh(Backend::Postgres).await;
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_aftercare"))
        .args(["demo", "--no-serve", "--clock", "2026-11-24T09:10+08:00", "--data"])
        .arg(folder.path())
        .env("AFTERCARE_DATABASE", database.url().unwrap())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let world = World::on(database, Clock::system()).await;
    assert!(world.count("SELECT COUNT(*) FROM event").await > 1_000);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE seq IS NULL").await, 0);
}
