//! What grows old goes by night: rows, files, the bytes of what nobody holds any more; nothing that is in use (G2).

use std::time::Duration;

use aftercare::keeping::purge::{Removed, off_the_disk, off_the_record, remove_old};
use http::Method;
use identity::Role;
use kit::{Actor, Ts, params};
use serde_json::json;

use crate::both;
use crate::cases::desk;
use crate::customers::company;
use crate::keeping::{execute, receiver, subscribed};
use crate::world::{Client, World};

both!(what_is_old_is_removed_and_events_stay, |world| async move {
    let (url, _) = receiver().await;
    let (system, hook) = subscribed(&world, &url, json!({ "allow_private": true })).await;
    let mut shown = system.get("/api/keeping-settings").await.expect(200);
    assert_eq!(shown["done_jobs_days"], 30);
    shown.as_object_mut().unwrap().remove("version");
    for (field, days) in
        [("done_jobs_days", 0), ("failed_jobs_days", 29), ("messages_days", 3651), ("uploads_days", 91)]
    {
        let mut wrong = shown.clone();
        wrong[field] = days.into();
        let answer = system.put("/api/keeping-settings", 1, wrong).await;
        assert_eq!(answer.refused(422), "keeping_setting_range");
        assert_eq!(answer.json["errors"][0]["pointer"], format!("/{field}"));
    }
    let periods = json!({ "done_jobs_days": 10, "failed_jobs_days": 40, "messages_days": 20, "positions_days": 5, "uploads_days": 2 });
    let kept = system.put("/api/keeping-settings", 1, periods.clone()).await;
    assert_eq!((kept.version(), kept.expect(200)["uploads_days"].as_i64()), (2, Some(2)));
    let stands = system.get("/api/keeping-settings").await.expect(200);
    let mut whole = periods.clone();
    whole["version"] = json!(2);
    assert_eq!(stands, whole);

    // A message that arrives, and one that is given up because its webhook is turned off.
    let test = json!({ "webhook_id": hook });
    system.post("/api/notification-settings/test", test.clone()).await.expect(201);
    world.deliver().await;
    system.post("/api/notification-settings/test", test).await.expect(201);
    execute(&world, "UPDATE webhook SET disabled_at = 1").await;
    world.deliver().await;
    let states = "SELECT COUNT(*) FROM delivery WHERE payload <> '' AND state IN ('delivered', 'failed')";
    assert_eq!(world.count(states).await, 2);
    execute(&world, "INSERT INTO job (id, kind, job_key, due_at, run_at, payload, attempts, fence, state) VALUES ('w', 'k', 'w', 1, 1, '', 0, 0, 'waiting'), ('f', 'k', 'f', 1, 1, '', 12, 12, 'failed')").await;
    let arriving = world.app.files.root().join("arriving");
    let two_days = Duration::from_secs(2 * 86_400 + 60);
    for (name, age) in [("young", Duration::ZERO), ("old", two_days)] {
        let file = std::fs::File::create(arriving.join(name)).unwrap();
        let sent = file.metadata().unwrap().modified().unwrap();
        file.set_modified(sent - age).unwrap();
    }
    let settings = aftercare::keeping::settings(&mut world.app.db.reader().await.unwrap()).await.unwrap();
    let events = world.sealed().await;

    let at_once = remove_old(&world.app, &settings).await.unwrap();
    assert_eq!(
        at_once,
        Removed { jobs: 1, uploads: 1, ..Removed::default() },
        "the job given up long ago, the old upload"
    );
    assert!(arriving.join("young").exists());
    world.app.clock.advance(21 * Ts::DAY);
    let later = remove_old(&world.app, &settings).await.unwrap();
    assert_eq!((later.jobs, later.messages), (2, 2), "{later:?}");
    assert!(later.answers > 0, "answers past their seven days: {later:?}");
    assert_eq!(world.count(states).await, 0);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM delivery WHERE forgotten_at IS NOT NULL AND facts = '{}'").await,
        2
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM job WHERE id = 'w'").await, 1, "what waits is not removed");
    let failed = world
        .app
        .db
        .reader()
        .await
        .unwrap()
        .row("SELECT id FROM delivery WHERE state = 'failed'", params![])
        .await
        .unwrap()
        .unwrap();
    let failed: String = failed.get("id").unwrap();
    let again = system.post(&format!("/api/deliveries/{failed}/retry"), json!({})).await;
    assert_eq!(again.refused(409), "delivery_forgotten");
    assert_eq!(world.sealed().await, events);
    assert_eq!(remove_old(&world.app, &settings).await.unwrap(), Removed::default());
});

both!(photos_of_strangers_and_old_alerts_are_removed_by_night, |world| async move {
    let company = company(&world).await;
    let now = world.app.clock.now();
    let (old, young) = (now.plus(-8 * Ts::DAY).micros(), now.plus(-6 * Ts::DAY).micros());
    let kept = |name: &str| world.app.files.store(name.as_bytes()).unwrap();
    for (name, by, at, other) in [
        ("unused", "label:1", old, None),
        ("young", "link:1", young, None),
        ("staff", "account", old, None),
        ("both", "link:2", old, Some("account")),
    ] {
        let digest = kept(name);
        execute(&world, &format!("INSERT INTO file (sha256, bytes, media_type, stored_at, stored_by) VALUES ('{digest}', 4, 'image/png', {at}, '{by}')")).await;
        for sender in [Some(by), other].into_iter().flatten() {
            execute(
                &world,
                &format!(
                    "INSERT INTO file_sender (sha256, account_id, bytes) VALUES ('{digest}', '{sender}', 4)"
                ),
            )
            .await;
        }
    }
    let long_ago = now.plus(-200 * Ts::DAY).micros();
    for (id, over, next) in [("over", format!("{long_ago}"), "NULL"), ("open", "NULL".to_owned(), "1")] {
        execute(&world, &format!("INSERT INTO duty_alert (id, kind, subject_type, subject_id, unit_id, facts, raised_at, stage, why, next_at, over_at) \
             VALUES ('{id}', 'clock.breached', 'clock', '{id}', '{}', '{{}}', {long_ago}, 'primary', 'on_duty', {next}, {over})", company.headquarters)).await;
        execute(&world, &format!("INSERT INTO duty_alert_told (alert_id, person_id, stage, why, told_at) VALUES ('{id}', 'p', 'primary', 'on_duty', {long_ago})")).await;
    }
    let settings = aftercare::keeping::settings(&mut world.app.db.reader().await.unwrap()).await.unwrap();
    let removed = remove_old(&world.app, &settings).await.unwrap();
    assert_eq!((removed.strangers, removed.alerts), (1, 1), "{removed:?}");
    assert_eq!(world.count("SELECT COUNT(*) FROM file").await, 3);
    assert!(world.app.files.read(&kept("staff")).is_ok());
    assert_eq!(world.count("SELECT COUNT(*) FROM file_sender WHERE account_id = 'label:1'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM duty_alert").await, 1, "one that is open stays");
    assert_eq!(world.count("SELECT COUNT(*) FROM duty_alert_told").await, 1);
    assert_eq!(remove_old(&world.app, &settings).await.unwrap(), Removed::default());
});

/// A picture of a customer that was sent long ago and hangs nowhere.
async fn forgotten_photo(world: &World) -> (Vec<u8>, String) {
    let bytes = [&b"\x89PNG\r\n\x1a\n"[..], b"a gate"].concat();
    let digest = world.app.files.store(&bytes).unwrap();
    let old = world.app.clock.now().plus(-8 * Ts::DAY).micros();
    for statement in [
        format!(
            "INSERT INTO file (sha256, bytes, media_type, stored_at, stored_by) VALUES ('{digest}', {}, 'image/png', {old}, 'label:1')",
            bytes.len()
        ),
        format!(
            "INSERT INTO file_sender (sha256, account_id, bytes) VALUES ('{digest}', 'label:1', {})",
            bytes.len()
        ),
    ] {
        execute(world, &statement).await;
    }
    (bytes, digest)
}

async fn sent(client: &Client, digest: &str, bytes: &[u8]) {
    let path = format!("/api/files/{digest}");
    let answer = client.send(Method::PUT, &path, &[], Some(bytes.to_vec())).await.expect(200);
    assert_eq!(answer["complete"], true);
    assert_eq!(client.get(&path).await.status, 200, "what was said to be here is here");
}

both!(g02_a_photo_that_is_sent_again_while_it_is_purged_stays, |world| async move {
    let engineer = world.client(Role::Engineer).await;
    let now = world.app.clock.now();
    // Between the record and the disk.
    let (bytes, digest) = forgotten_photo(&world).await;
    assert_eq!(off_the_record(&world.app, now.plus(-7 * Ts::DAY)).await.unwrap(), 1);
    sent(&engineer, &digest, &bytes).await;
    off_the_disk(&world.app).await.unwrap();
    assert_eq!(world.app.files.read(&digest).unwrap(), bytes);
    assert_eq!(world.count("SELECT COUNT(*) FROM file_leaving").await, 0, "it stays");

    // Between the disk, where the sender saw it, and the record.
    execute(&world, "DELETE FROM file_sender").await;
    execute(&world, "DELETE FROM file").await;
    let (holding, held) = tokio::sync::oneshot::channel();
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    let (purging, of) = (world.clone(), digest.clone());
    let purge = tokio::spawn(async move {
        let step = purging.app.db.write::<_, kit::Failure, _>(move |tx| {
            Box::pin(async move {
                assert!(kit::files::alone(tx, &of).await?);
                holding.send(()).unwrap();
                released.await.unwrap();
                Ok(())
            })
        });
        step.await.unwrap();
    });
    held.await.unwrap();
    let (sender, name, content) = (engineer.clone(), digest.clone(), bytes.clone());
    let sending = tokio::spawn(async move { sent(&sender, &name, &content).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    world.app.files.remove(&digest).unwrap();
    release.send(()).unwrap();
    purge.await.unwrap();
    sending.await.unwrap();
    assert_eq!(world.app.files.read(&digest).unwrap(), bytes);
});

both!(g02_what_a_purge_left_on_the_disk_goes_with_the_next, |world| async move {
    let settings = aftercare::keeping::settings(&mut world.app.db.reader().await.unwrap()).await.unwrap();
    let (_, digest) = forgotten_photo(&world).await;
    let now = world.app.clock.now();
    // The program is killed between the record and the disk.
    assert_eq!(off_the_record(&world.app, now.plus(-7 * Ts::DAY)).await.unwrap(), 1);
    // Somebody holds it while the next purge comes by: only PostgreSQL writes two things at once.
    if world.app.db.dialect() == kit::db::Dialect::Postgres {
        let (holding, held) = tokio::sync::oneshot::channel();
        let (release, released) = tokio::sync::oneshot::channel::<()>();
        let (keeping, of) = (world.clone(), digest.clone());
        let keep = tokio::spawn(async move {
            let step = keeping.app.db.write::<_, kit::Failure, _>(move |tx| {
                Box::pin(async move {
                    kit::files::hold(tx, &of).await?;
                    holding.send(()).unwrap();
                    released.await.unwrap();
                    Ok(())
                })
            });
            step.await.unwrap();
        });
        held.await.unwrap();
        remove_old(&world.app, &settings).await.unwrap();
        assert!(world.app.files.read(&digest).is_ok(), "it is held");
        release.send(()).unwrap();
        keep.await.unwrap();
    }
    remove_old(&world.app, &settings).await.unwrap();
    assert!(world.app.files.read(&digest).is_err(), "the next purge takes it away");
    assert_eq!(world.count("SELECT COUNT(*) FROM file_leaving").await, 0);
});

both!(g02_a_file_that_the_disk_keeps_stops_nothing_else, |world| async move {
    let settings = aftercare::keeping::settings(&mut world.app.db.reader().await.unwrap()).await.unwrap();
    let (_, digest) = forgotten_photo(&world).await;
    // What can't be removed: a folder where the file was.
    let place = world.app.files.root().join(&digest[..2]).join(&digest);
    std::fs::remove_file(&place).unwrap();
    std::fs::create_dir(&place).unwrap();
    assert_eq!(remove_old(&world.app, &settings).await.unwrap().strangers, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM file_leaving").await, 1, "the next night tries again");
    std::fs::remove_dir(&place).unwrap();
    remove_old(&world.app, &settings).await.unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM file_leaving").await, 0);
});

both!(g02_a_photo_that_is_held_keeps_no_other_from_being_purged, |world| async move {
    let settings = aftercare::keeping::settings(&mut world.app.db.reader().await.unwrap()).await.unwrap();
    let old = world.app.clock.now().plus(-8 * Ts::DAY).micros();
    for n in 0..250 {
        let sql = format!(
            "INSERT INTO file (sha256, bytes, media_type, stored_at, stored_by) VALUES ('{n:064x}', 4, 'image/png', {old}, 'label:1')"
        );
        execute(&world, &sql).await;
    }
    // The first of them all is held, where two can write at once.
    let postgres = world.app.db.dialect() == kit::db::Dialect::Postgres;
    let (holding, held) = tokio::sync::oneshot::channel();
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    let keeping = world.clone();
    let keep = tokio::spawn(async move {
        if !postgres {
            return;
        }
        let step = keeping.app.db.write::<_, kit::Failure, _>(move |tx| {
            Box::pin(async move {
                kit::files::hold(tx, &format!("{:064x}", 0)).await?;
                holding.send(()).unwrap();
                released.await.unwrap();
                Ok(())
            })
        });
        step.await.unwrap();
    });
    if postgres {
        held.await.unwrap();
    }
    let left = u64::from(postgres);
    assert_eq!(remove_old(&world.app, &settings).await.unwrap().strangers, 250 - left);
    let _ = release.send(());
    keep.await.unwrap();
    assert_eq!(remove_old(&world.app, &settings).await.unwrap().strangers, left);
    assert_eq!(world.count("SELECT COUNT(*) FROM file").await, 0);
});

both!(g02_a_photo_that_is_hung_on_a_case_while_it_is_purged_stays, |world| async move {
    let desk = desk(&world).await;
    let case = desk.reported().await;
    let (bytes, digest) = forgotten_photo(&world).await;
    let (using, used) = tokio::sync::oneshot::channel();
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    let (hanging, of) = (world.clone(), digest.clone());
    let hang = tokio::spawn(async move {
        let step = hanging.app.db.write::<_, kit::Failure, _>(move |tx| {
            Box::pin(async move {
                let by = Actor { id: "label:1".to_owned(), reach: kit::Reach::Nothing, ..Actor::system("test") };
                assert!(identity::files::may_use(tx, &by, &[], &of).await?);
                let hung = "INSERT INTO customer_photo (id, case_id, sha256, added_at, added_by) VALUES ('p', $1, $2, 0, 'x')";
                tx.execute(hung, params![case, of]).await?;
                using.send(()).unwrap();
                released.await.unwrap();
                Ok(())
            })
        });
        step.await.unwrap();
    });
    used.await.unwrap();
    let purging = world.clone();
    let purge = tokio::spawn(async move {
        let settings =
            aftercare::keeping::settings(&mut purging.app.db.reader().await.unwrap()).await.unwrap();
        remove_old(&purging.app, &settings).await.unwrap()
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    release.send(()).unwrap();
    hang.await.unwrap();
    assert_eq!(purge.await.unwrap().strangers, 0);
    assert_eq!(world.app.files.read(&digest).unwrap(), bytes);
    assert_eq!(world.count("SELECT COUNT(*) FROM file").await, 1);
});

both!(the_purge_runs_each_night, |world| async move {
    for _ in 0..2 {
        aftercare::app::start(&world.app).await.unwrap();
    }
    let due = "SELECT run_at FROM job WHERE kind = 'system.purge' AND state = 'waiting'";
    let first = world.count(due).await;
    assert_eq!(Ts(first).to_string(), "2026-10-09T19:30:00Z", "half past three in Shanghai");
    world.pass(12 * Ts::HOUR).await;
    assert_eq!(world.count(due).await, first + Ts::DAY);
});
