//! What a system keeps and how it comes back: nothing half, nobody signed in, nothing sent twice (G10); no job waits for another.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use aftercare::keeping::restore::{Options, Restored, restore};
use identity::Role;
use kit::{Actor, Clock, Ts};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::both;
use crate::cases::{Desk, desk};
use crate::customers::id;
use crate::world::{Backend, Client, Database, World};

/// Takes webhooks, answers 204 and counts them.
pub async fn receiver() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    let count = Arc::<AtomicUsize>::default();
    let counted = count.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let counted = counted.clone();
            tokio::spawn(async move {
                let mut part = [0; 16 * 1024];
                if stream.read(&mut part).await.unwrap_or(0) > 0 {
                    counted.fetch_add(1, Ordering::SeqCst);
                    let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n").await;
                }
            });
        }
    });
    (url, count)
}

pub async fn subscribed(world: &World, url: &str, settings: Value) -> (Client, String) {
    let system = world.client(Role::SystemAdmin).await;
    system.put("/api/notification-settings", 0, settings).await.expect(200);
    let hook = json!({ "url": url, "name": "短信网关", "kinds": ["case.reported"] });
    let hook = system.post("/api/webhooks", hook).await.expect(201);
    (system, id(&hook))
}

pub async fn execute(world: &World, sql: &str) -> u64 {
    let sql = sql.to_owned();
    world.app.db.write(move |tx| Box::pin(async move { tx.execute(&sql, &[]).await })).await.unwrap()
}

async fn archived(world: &World, path: &Path) {
    kit::archive::write(&world.app.db, &world.app.files, path, world.app.clock.now()).await.unwrap();
}

async fn restored(world: &World, archive: &Path, keep_tokens: bool) -> Restored {
    restore(&world.app, archive, Options { verify: true, keep_tokens }).await.unwrap()
}

async fn as_before(world: &World, header: &'static str, secret: &str) -> u16 {
    let headers = [(header, secret.to_owned())];
    world.anonymous().send(http::Method::GET, "/api/keeping-settings", &headers, None).await.status
}

both!(g10_after_a_restore_nobody_is_signed_in_and_nothing_is_sent_again, |world| async move {
    let Desk { agent, site, asset, contact, .. } = desk(&world).await;
    let (url, told) = receiver().await;
    let (system, hook) = subscribed(&world, &url, json!({ "allow_private": true })).await;
    let security = world.client(Role::SecurityAdmin).await;
    let invited = agent.account_id.parse().unwrap();
    world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move { identity::invite(tx, cx, invited).await.map(drop) })
        })
        .await
        .unwrap();
    let expires_at = world.app.clock.now().plus(30 * Ts::DAY);
    let token = json!({ "account_id": system.account_id, "name": "监控", "scopes": ["system.settings"], "expires_at": expires_at });
    let token = security.post("/api/tokens", token).await.expect(201);
    let token = format!("Bearer {}", token["secret"].as_str().unwrap());
    let report = json!({
        "channel": "phone", "site_id": site, "asset_id": asset, "contact": { "id": contact },
        "symptom": "道闸不抬杆", "effects": { "can_pass": false },
    });
    agent.post("/api/cases", report.clone()).await.expect(201);
    world.run_jobs().await;
    assert_eq!(world.count("SELECT COUNT(*) FROM delivery WHERE state = 'waiting'").await, 1);
    // Sealed, and not yet read when the backup is made.
    agent.post("/api/cases", report).await.expect(201);
    world.sealed().await;
    // A worker holds a job and is cut off.
    let held = kit::jobs::claim(&world.app, &["deliver.webhook"], 1).await.unwrap();
    assert_eq!(held.len(), 1);
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("backup.tar.gz");
    archived(&world, &archive).await;

    for keep_tokens in [false, true] {
        let other = match world.app.db.dialect() {
            kit::db::Dialect::Sqlite => Backend::Postgres,
            kit::db::Dialect::Postgres => Backend::Sqlite,
        };
        let there = World::elsewhere(other).await;
        let came = restored(&there, &archive, keep_tokens).await;
        assert!(came.ended.sessions >= 3 && came.ended.links == 1, "{:?}", came.ended);
        assert_eq!((came.ended.tokens, came.messages), (u64::from(!keep_tokens), 1));
        assert!(came.findings.len() >= 5 && came.findings.iter().all(|f| f.faults.is_empty()));
        assert_eq!(as_before(&there, "cookie", &agent.cookie()).await, 401);
        assert_eq!(as_before(&there, "authorization", &token).await, if keep_tokens { 200 } else { 401 });
        assert_eq!(there.count("SELECT COUNT(*) FROM password_link").await, 0);
        assert_eq!(there.count("SELECT COUNT(*) FROM job WHERE lease_until IS NOT NULL").await, 0);
        assert_eq!(there.count("SELECT COUNT(*) FROM event WHERE kind = 'system.restored'").await, 1);

        there.deliver().await;
        there.app.clock.advance(Ts::HOUR);
        there.deliver().await;
        assert_eq!(told.swap(0, Ordering::SeqCst), 0, "what was waiting or unread is not sent");
        let admin = there.client(Role::SystemAdmin).await;
        let list = admin.get("/api/deliveries").await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
        let message = &list["items"][0];
        assert_eq!(
            (message["state"].as_str(), message["recipient_id"].as_str()),
            (Some("failed"), Some(hook.as_str()))
        );
        assert_eq!((message["failure"].as_str(), message["last_error"].is_null()), (Some("restored"), true));
        // By hand it leaves after all, once.
        admin.post(&format!("/api/deliveries/{}/retry", id(message)), json!({})).await.expect(200);
        there.deliver().await;
        assert_eq!(told.swap(0, Ordering::SeqCst), 1);
        there.sealed().await;
    }
});

async fn is_empty(world: &World) -> bool {
    let files = world.app.files.root().to_owned();
    let stored = std::fs::read_dir(&files).unwrap().filter_map(Result::ok);
    let shards = stored.filter(|e| e.file_name().len() == 2 && e.path().is_dir());
    let files_there = shards.flat_map(|e| std::fs::read_dir(e.path()).unwrap()).count();
    let staged = std::fs::read_dir(files.join("arriving")).unwrap().count();
    let rows =
        world.count("SELECT COUNT(*) FROM event").await + world.count("SELECT COUNT(*) FROM account").await;
    files_there + staged == 0 && rows == 0
}

both!(g10_a_broken_archive_leaves_nothing_behind, |world| async move {
    let desk = desk(&world).await;
    let picture = b"\x89PNG\r\n\x1a\nphoto".repeat(5_000);
    let digest = world.app.files.store(&picture).unwrap();
    kit::files::record(&world.app, digest, picture.len() as u64, "image/png", desk.agent.account_id.clone())
        .await
        .unwrap();
    world.sealed().await;
    let folder = tempfile::tempdir().unwrap();
    let (whole, broken) = (folder.path().join("whole.tar.gz"), folder.path().join("broken.tar.gz"));
    archived(&world, &whole).await;
    let bytes = std::fs::read(&whole).unwrap();
    let there = World::start(Backend::Sqlite).await;
    let refused = async |content: &[u8]| {
        std::fs::write(&broken, content).unwrap();
        let why = restore(&there.app, &broken, Options::default()).await.unwrap_err().to_string();
        assert!(is_empty(&there).await, "{why}");
        why
    };
    for length in [0, 10, bytes.len() / 3, bytes.len() / 2, bytes.len() - 40] {
        let why = refused(&bytes[..length]).await;
        assert!(why.contains("is cut off") && why.contains("Copy it again"), "{length}: {why}");
    }
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 0x55;
    let why = refused(&flipped).await;
    assert!(why.contains("damaged"), "{why}");
    assert!(refused(b"PK no archive").await.contains("no backup of Aftercare"));

    // Whole by its digests, but somebody has rewritten an event before it was made.
    match world.app.db.dialect() {
        kit::db::Dialect::Sqlite => execute(&world, "DROP TRIGGER event_stays_as_it_is").await,
        kit::db::Dialect::Postgres => {
            execute(&world, "ALTER TABLE event DISABLE TRIGGER event_append_only").await
        }
    };
    execute(&world, "UPDATE event SET actor_id = 'somebody' WHERE seq = 3").await;
    archived(&world, &broken).await;
    let why = refused(&std::fs::read(&broken).unwrap()).await;
    assert!(why.contains("chain of events breaks") && why.contains("seq: 3"), "{why}");

    // And nothing stands in the way of the right one.
    let came = restore(&there.app, &whole, Options { verify: true, ..Options::default() }).await.unwrap();
    assert_eq!(came.manifest.files.len(), 1);
    let again = restore(&there.app, &whole, Options::default()).await.unwrap_err().to_string();
    assert!(again.contains("not empty"), "{again}");
});

async fn cancels_exactly(world: &World) {
    world
        .app
        .act(Actor::system("test"), |tx, cx| {
            Box::pin(async move {
                for key in ["a1:1:50", "a1:1:breach", "a1", "a10:1:50", "A1:1:50", "a1-1:50"] {
                    kit::jobs::schedule(tx, cx, "clock.alert", key, cx.now, &()).await?;
                }
                kit::jobs::schedule(tx, cx, "other", "a1:1:50", cx.now, &()).await?;
                kit::jobs::cancel(tx, "clock.alert", "a1:").await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    let left = "SELECT job_key FROM job WHERE kind = 'clock.alert'";
    let rows = world.app.db.reader().await.unwrap().rows(left, &[]).await.unwrap();
    let mut left: Vec<String> = rows.iter().map(|r| r.get("job_key").unwrap()).collect();
    left.sort_unstable();
    assert_eq!(left, ["A1:1:50", "a1", "a1-1:50", "a10:1:50"]);
    assert_eq!(world.count("SELECT COUNT(*) FROM job WHERE kind = 'other'").await, 1);
}

both!(jobs_are_cancelled_by_the_beginning_of_their_key, |world| async move { cancels_exactly(&world).await });

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_are_cancelled_exactly_in_a_database_of_some_languages_order() {
    let database = Database::in_language("en-US").await;
    cancels_exactly(&World::on(database, Clock::system()).await).await;
}

both!(g13_a_mail_server_that_never_answers_delays_no_webhook_and_no_alert, |world| async move {
    // It takes connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let held = Arc::<AtomicUsize>::default();
    let count = held.clone();
    let holding = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((stream, _)) = silent.accept().await {
            open.push(stream);
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let (url, told) = receiver().await;
    let smtp = json!({ "host": "127.0.0.1", "port": port, "tls": "none", "from": "service@example.cn" });
    let (system, hook) = subscribed(&world, &url, json!({ "smtp": smtp, "allow_private": true })).await;
    let desk = desk(&world).await;
    let app = &world.app;
    let couriers = tokio::spawn(kit::jobs::run_together(app.clone(), aftercare::app::couriers()));
    let workers = tokio::spawn(kit::jobs::run(app.clone(), aftercare::app::workers()));
    let mails = kit::jobs::HANDS + 8;
    for n in 0..mails {
        let test = json!({ "email": format!("li{n}@example.cn") });
        system.post("/api/notification-settings/test", test).await.expect(201);
    }
    let began = Instant::now();
    let soon = async |what: &str, done: &dyn Fn() -> bool| {
        while !done() {
            assert!(began.elapsed() < Duration::from_secs(15), "{what} waits for the mail server");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    soon("the courier of mail", &|| held.load(Ordering::SeqCst) >= kit::jobs::HANDS).await;
    for n in 1..=3 {
        system.post("/api/notification-settings/test", json!({ "webhook_id": hook })).await.expect(201);
        soon("a webhook", &|| told.load(Ordering::SeqCst) == n).await;
    }
    desk.agent.post("/api/cases", json!({
        "channel": "phone", "site_id": desk.site, "asset_id": desk.asset, "contact": { "id": desk.contact },
        "symptom": "道闸不抬杆", "effects": { "can_pass": false },
    })).await.expect(201);
    app.clock.advance(20 * Ts::MINUTE);
    loop {
        let warned =
            world.count("SELECT COUNT(*) FROM event WHERE kind IN ('clock.warned', 'clock.breached')").await;
        if warned > 0 {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(15), "the alert waits for the mail server");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(
        world.count("SELECT COUNT(*) FROM delivery WHERE channel = 'smtp' AND attempts > 0").await,
        0,
        "every mail still hangs"
    );
    couriers.abort();
    workers.abort();
    holding.abort();
});

both!(an_alert_waits_for_no_job_that_takes_long, |world| async move {
    let desk = desk(&world).await;
    let report = json!({
        "channel": "phone", "site_id": desk.site, "asset_id": desk.asset, "contact": { "id": desk.contact },
        "symptom": "道闸不抬杆", "effects": { "can_pass": false },
    });
    desk.agent.post("/api/cases", report).await.expect(201);
    let long = world.app.act(Actor::system("test"), |tx, cx| {
        Box::pin(async move { kit::jobs::schedule(tx, cx, "test.long", "1", cx.now, &()).await })
    });
    long.await.unwrap();
    let mut workers = aftercare::app::workers();
    workers.insert(
        0,
        kit::jobs::Worker {
            kind: "test.long",
            work: |_, _| {
                Box::pin(async {
                    tokio::time::sleep(Duration::from_secs(600)).await;
                    Ok(())
                })
            },
        },
    );
    let runner = tokio::spawn(kit::jobs::run(world.app.clone(), workers));
    while world.count("SELECT COUNT(*) FROM job WHERE kind = 'test.long' AND attempts = 1").await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.app.clock.advance(20 * Ts::MINUTE);
    let began = Instant::now();
    while world.count("SELECT COUNT(*) FROM event WHERE kind = 'clock.warned'").await == 0 {
        assert!(began.elapsed() < Duration::from_secs(15), "the alert waits for the long job");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    runner.abort();
});
