//! Commands and events: one effect, one answer, one chain.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kit::command::{ANSWERS_KEPT_US, forget_old_answers};
use kit::db::{Cell, Dialect};
use kit::{Actor, Clock, DbError, Done, Envelope, Event, Failure, Ts, params};
use serde_json::json;
use uuid::Uuid;

use crate::both;
use crate::world::{Backend, World};

async fn note(world: &World, key: Uuid, body: &'static str) -> Result<kit::Answer, Failure> {
    let envelope = Envelope::new(key, "POST", "/note", body.as_bytes());
    world
        .app
        .run(envelope, Actor::system("test"), move |tx, cx| {
            Box::pin(async move {
                kit::events::append(
                    tx,
                    cx,
                    Event::new("note.made", "note", cx.command_id).body(&json!({ "n": body })),
                )
                .await?;
                kit::events::append(tx, cx, Event::new("note.kept", "note", cx.command_id)).await?;
                Ok(Done::created(json!({ "said": body })))
            })
        })
        .await
}

fn code(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal.code.to_owned(),
        other => other.to_string(),
    }
}

both!(a_repeated_command_has_one_effect_and_one_answer, |world| async move {
    let key = Uuid::from_u128(7);
    let first = note(&world, key, "a").await.unwrap();
    let again = note(&world, key, "a").await.unwrap();
    assert_eq!((again.status, &again.body, again.replayed), (201, &first.body, true));
    assert_eq!(code(note(&world, key, "b").await.unwrap_err()), "command_key_reused");
    assert_eq!(world.count("SELECT COUNT(*) FROM event").await, 2);

    world.app.clock.advance(ANSWERS_KEPT_US + Ts::SECOND);
    let now = world.app.clock.now();
    let forgotten = world
        .app
        .db
        .write(move |tx| Box::pin(async move { forget_old_answers(tx, now, 1_000).await }))
        .await
        .unwrap();
    assert_eq!(forgotten, 1);
    assert_eq!(code(note(&world, key, "a").await.unwrap_err()), "already_applied");
    assert_eq!(world.sealed().await, 2);
});

both!(twins_at_the_same_moment_have_one_effect, |world| async move {
    let key = Uuid::from_u128(8);
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { note(&world, key, "same").await.map_err(code) })
        })
        .collect();
    let mut effects = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(answer) => effects += i64::from(!answer.replayed),
            Err(code) => assert_eq!(code, "command_in_flight"),
        }
    }
    assert_eq!(effects, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM event").await, 2);
});

both!(a_refused_command_leaves_no_trace, |world| async move {
    let refused = world
        .app
        .run::<(), _>(
            Envelope::new(Uuid::from_u128(9), "POST", "/x", b""),
            Actor::system("test"),
            |tx, cx| {
                Box::pin(async move {
                    kit::events::append(tx, cx, Event::new("x.made", "x", "1")).await?;
                    Err(kit::Refusal::new(409, "already_exists").into())
                })
            },
        )
        .await;
    assert_eq!(code(refused.unwrap_err()), "already_exists");
    assert_eq!(world.count("SELECT COUNT(*) FROM event").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM command_answer").await, 0);
    note(&world, Uuid::from_u128(9), "now it works").await.unwrap();
    assert_eq!(world.sealed().await, 2);
});

both!(nobody_edits_or_removes_an_event, |world| async move {
    note(&world, Uuid::from_u128(10), "a").await.unwrap();
    world.sealed().await;
    for statement in
        ["UPDATE event SET kind = 'other'", "DELETE FROM event", "UPDATE event SET seq = NULL, hash = NULL"]
    {
        let refused = world
            .app
            .db
            .write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await }))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{statement}: {refused}");
    }
    assert_eq!(world.sealed().await, 2);
});

both!(concurrent_commands_make_one_chain_without_gaps, |world| async move {
    let tasks: Vec<_> = (0..40_u128)
        .map(|i| {
            let world = world.clone();
            tokio::spawn(async move { note(&world, Uuid::from_u128(1000 + i), "n").await.map(|_| ()) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(world.sealed().await, 80);
});

both!(a_command_that_the_database_broke_off_is_repeated_once, |world| async move {
    let tries = Arc::new(AtomicUsize::new(0));
    let (counted, broken) = (tries.clone(), Arc::new(AtomicUsize::new(1)));
    let run = |key: u128, times: usize| {
        broken.store(times, Ordering::SeqCst);
        counted.store(0, Ordering::SeqCst);
        let (counted, broken) = (counted.clone(), broken.clone());
        let envelope = Envelope::new(Uuid::from_u128(key), "POST", "/x", b"");
        world.app.run(envelope, Actor::system("test"), move |tx, cx| {
            Box::pin(async move {
                kit::events::append(tx, cx, Event::new("x.made", "x", cx.command_id)).await?;
                if counted.fetch_add(1, Ordering::SeqCst) < broken.load(Ordering::SeqCst) {
                    return Err(kit::DbError::Conflict("deadlock detected".into()).into());
                }
                Ok(Done::ok(json!({})))
            })
        })
    };
    let postgres = world.app.db.dialect() == Dialect::Postgres;
    let once = run(21, 1).await;
    if postgres {
        assert_eq!(once.unwrap().status, 200);
        assert_eq!(tries.load(Ordering::SeqCst), 2);
    } else {
        assert_eq!(code(once.unwrap_err()), "changes_met");
    }
    let Err(Failure::Refused(refusal)) = run(22, 2).await else { panic!("it went through") };
    assert_eq!((refusal.status, refusal.code, refusal.retry_after_s), (503, "changes_met", Some(1)));
    assert_eq!(world.count("SELECT COUNT(*) FROM event").await, i64::from(postgres));
});

// A lease that was given while the clock was a day ahead must not keep a job for a day (F4); on PostgreSQL no node's clock gives one.
both!(f04_a_lease_from_a_clock_that_was_ahead_ends_when_it_is_put_back, |world| async move {
    let made = world.app.act(Actor::system("test"), |tx, cx| {
        Box::pin(async move { kit::jobs::schedule(tx, cx, "test.ahead", "1", cx.now, &()).await })
    });
    made.await.unwrap();
    let claim = || async { kit::jobs::claim(&world.app, &["test.ahead"], 8).await.unwrap() };
    world.app.clock.advance(Ts::DAY);
    let ahead = claim().await.remove(0);
    assert!(claim().await.is_empty(), "it is held");
    world.app.clock.advance(-Ts::DAY);
    if world.app.db.dialect() == Dialect::Postgres {
        assert!(claim().await.is_empty(), "the lease is as long as any");
        world.leases_pass().await;
    }
    let now = claim().await.remove(0);
    let finish = |job: kit::jobs::Job| {
        let now = world.app.clock.now();
        world.app.db.write(move |tx| Box::pin(async move { job.finish(tx, now).await }))
    };
    assert!(!finish(ahead).await.unwrap(), "the fence");
    assert!(finish(now).await.unwrap());
});

// To a node whose clock is behind, the lease of one whose clock is right looks as if it had been given by a clock that was ahead.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g08_a_node_that_lives_keeps_its_jobs_from_one_whose_clock_is_behind() {
    let world = World::start(Backend::Postgres).await;
    let behind = world.beside(Clock::standing_at(world.app.clock.now())).await;
    let made = world.app.act(Actor::system("test"), |tx, cx| {
        Box::pin(async move { kit::jobs::schedule(tx, cx, "test.held", "1", cx.now, &()).await })
    });
    made.await.unwrap();
    for _ in 0..200 {
        if world.app.db.node().is_some() && behind.app.db.node().is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(world.app.db.node().is_some() && world.app.db.node() != behind.app.db.node());
    world.app.clock.advance(Ts::HOUR);
    let claim = async |node: &World| kit::jobs::claim(&node.app, &["test.held"], 8).await.unwrap();
    assert_eq!(claim(&world).await.len(), 1);
    assert_eq!(claim(&behind).await, [], "it is held");
    assert_eq!(claim(&world).await, [], "it is held");
}

// What a node holds by a clock that is behind would look over at once to one whose clock is right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn g08_a_node_whose_clock_is_behind_keeps_the_jobs_it_holds() {
    let behind = World::start(Backend::Postgres).await;
    let right = behind.beside(Clock::standing_at(behind.app.clock.now().plus(Ts::HOUR))).await;
    let made = behind.app.act(Actor::system("test"), |tx, cx| {
        Box::pin(async move { kit::jobs::schedule(tx, cx, "test.held", "1", cx.now, &()).await })
    });
    made.await.unwrap();
    let claim = async |node: &World| kit::jobs::claim(&node.app, &["test.held"], 8).await.unwrap();
    let held = claim(&behind).await.remove(0);
    assert_eq!(claim(&right).await, [], "it is held");
    let now = behind.app.clock.now();
    let finish = behind.app.db.write(move |tx| Box::pin(async move { held.finish(tx, now).await }));
    assert!(finish.await.unwrap(), "and nobody else has it");
}

// Two commands that lock the same two rows in opposite order: PostgreSQL breaks one off, and both go through.
both!(two_commands_that_meet_head_on_both_go_through, |world| async move {
    for key in ["a", "b"] {
        let made = world.app.act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move { kit::jobs::schedule(tx, cx, "test.row", key, cx.now, &()).await })
        });
        made.await.unwrap();
    }
    let change = |key: u128, first: &'static str, second: &'static str| {
        let world = world.clone();
        let envelope = Envelope::new(Uuid::from_u128(key), "POST", "/x", b"");
        tokio::spawn(async move {
            world
                .app
                .run(envelope, Actor::system("test"), move |tx, _| {
                    Box::pin(async move {
                        for key in [first, second] {
                            let sql = "UPDATE job SET attempts = attempts + 1 WHERE kind = 'test.row' AND job_key = $1";
                            tx.execute(sql, &[key.into()]).await?;
                            if tx.dialect() == Dialect::Postgres {
                                tokio::time::sleep(Duration::from_millis(300)).await;
                            }
                        }
                        Ok(Done::ok(json!({})))
                    })
                })
                .await
        })
    };
    let both = [change(31, "a", "b"), change(32, "b", "a")];
    for one in both {
        assert_eq!(one.await.unwrap().unwrap().status, 200);
    }
    assert_eq!(world.count("SELECT CAST(SUM(attempts) AS BIGINT) FROM job WHERE kind = 'test.row'").await, 4);
});

// A command holds its record and then moves the record's timer; a timer that is due takes them in the same order.
both!(a_timer_waits_for_the_command_that_holds_its_record, |world| async move {
    let desk = crate::cases::desk(&world).await;
    let case = desk.reported().await;
    world.run_jobs().await;
    for (kind, table, filter) in [
        ("clock.alert", "clock", "subject_id = $1 AND promise = 'respond'"),
        ("case.idle", "service_case", "id = $1"),
    ] {
        world.app.clock.advance(5 * Ts::HOUR);
        let postgres = world.app.db.dialect() == Dialect::Postgres;
        let (locked, waits) = tokio::sync::oneshot::channel();
        let (app, id) = (world.app.clone(), case.clone());
        let command = tokio::spawn(async move {
            app.act(Actor::system("test"), move |tx, _| {
                Box::pin(async move {
                    let lock = if postgres { "FOR UPDATE" } else { "" };
                    let sql = format!("SELECT id FROM {table} WHERE {filter} {lock}");
                    let held: String = tx.row(&sql, &[id.into()]).await?.unwrap().get("id")?;
                    let _ = locked.send(());
                    if postgres {
                        // Long enough for the timer to be under way.
                        tokio::time::sleep(Duration::from_millis(700)).await;
                    }
                    let sql = "UPDATE job SET payload = payload WHERE kind = $1 AND job_key = $2";
                    tx.execute(sql, &[kind.into(), held.into()]).await?;
                    Ok(())
                })
            })
            .await
        });
        waits.await.unwrap();
        world.run_jobs().await;
        command.await.unwrap().unwrap();
        world.run_jobs().await;
        let broken = format!("SELECT COUNT(*) FROM job WHERE kind = '{kind}' AND last_error IS NOT NULL");
        assert_eq!(world.count(&broken).await, 0, "{kind}");
    }
    assert!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'clock.breached'").await > 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'case.escalated'").await, 1);
});

const SET: &str = "INSERT INTO setting (name, value, changed_at) VALUES ($1, $2, $3)";

both!(what_nobody_waits_for_is_seen_by_the_next_read, |world| async move {
    let read = world.app.db.write(|tx| {
        Box::pin(async move {
            for n in 0..60_i64 {
                tx.put(SET, params![format!("test.{n:02}"), "x", n]).await?;
            }
            let sql = "SELECT COUNT(*) FROM setting WHERE name LIKE 'test.%'";
            let first = tx.int(sql, &[]).await?;
            tx.put(SET, params!["test.60", "x", 60]).await?;
            let last = "SELECT name FROM setting WHERE name LIKE 'test.%' ORDER BY name DESC LIMIT 1";
            let both = tx.rows_of(&[(sql, &[]), (last, &[])]).await?;
            Ok::<_, DbError>((
                first,
                both[0][0].cells().next() == Some(Cell::Int(61)),
                both[1][0].get::<String>("name")?,
            ))
        })
    });
    assert_eq!(read.await.unwrap(), (60, true, "test.60".to_owned()));
});

both!(what_nobody_waits_for_is_kept_as_it_was_written, |world| async move {
    let texts = [
        "O'Neil's; DROP TABLE setting; --",
        "''\\'\\\\ $1 $$ ? :name /* */ \"q\"",
        "第一行\n第二行\t\u{1F527}\r",
        "",
        "E'\\x27' \u{2019}",
    ];
    let wrote = world.app.db.write(move |tx| {
        Box::pin(async move {
            for (n, text) in (0_i64..).zip(texts) {
                tx.put(SET, params![format!("test.{n}"), text, i64::MIN + n]).await?;
            }
            Ok::<_, DbError>(())
        })
    });
    wrote.await.unwrap();
    let sql = "SELECT value, changed_at FROM setting WHERE name LIKE 'test.%' ORDER BY name";
    let rows = world.app.db.reader().await.unwrap().rows(sql, &[]).await.unwrap();
    let kept: Vec<(String, i64)> =
        rows.iter().map(|row| (row.get("value").unwrap(), row.get("changed_at").unwrap())).collect();
    let written: Vec<_> = (0..).zip(texts).map(|(n, text)| (text.to_owned(), i64::MIN + n)).collect();
    assert_eq!(kept, written);
});

both!(what_nobody_waits_for_takes_the_command_with_it_when_it_fails, |world| async move {
    let db = &world.app.db;
    let own = |name: &'static str| {
        db.write(move |tx| Box::pin(async move { tx.put(SET, params![name, "x", 1]).await }))
    };
    own("test.taken").await.unwrap();
    // With the commit.
    assert!(matches!(own("test.taken").await, Err(DbError::Unique(_))));
    // With a read whose failure is passed over.
    let passed_over = db.write(|tx| {
        Box::pin(async move {
            tx.put(SET, params!["test.other", "x", 1]).await?;
            tx.put(SET, params!["test.taken", "x", 1]).await?;
            let _ = tx.rows("SELECT name FROM setting", &[]).await;
            Ok::<_, DbError>(())
        })
    });
    assert!(passed_over.await.is_err());
    // A value that can't be written down for PostgreSQL: nothing behind it may be sent.
    if db.dialect() == Dialect::Postgres {
        let unwritten = db.write(|tx| {
            Box::pin(async move {
                tx.put(SET, params!["test.other", "x", 1]).await?;
                tx.put(SET, params!["test.third", "a\0b", 1]).await
            })
        });
        assert!(matches!(unwritten.await, Err(DbError::Other(_))));
    }
    let kept = "SELECT COUNT(*) FROM setting WHERE name LIKE 'test.%'";
    assert_eq!(db.reader().await.unwrap().int(kept, &[]).await.unwrap(), 1);
    own("test.other").await.unwrap();
});
