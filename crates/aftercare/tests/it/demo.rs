//! The demo company comes about whatever the hour, and every invariant holds on it.

use std::process::Command;

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
