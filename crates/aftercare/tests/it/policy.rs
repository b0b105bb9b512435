//! Versions of the promise, holidays, clocks and their alerts: on both databases.

use identity::Role;
use kit::{Actor, Failure, Ts};
use policy::clocks::{
    self, ClockEvent, ClockStart, ClockStatus, ClockView, PauseReason, Retarget, RetargetCause, StopKind,
};
use policy::{Promise, RequestClass, Severity};
use serde_json::{Value, json};

use crate::both;
use crate::world::World;

const SUBJECT: &str = "018f0000-0000-7000-8000-000000000001";

fn start_of(promise: Promise, class: RequestClass, severity: Severity, at: Ts) -> ClockStart {
    ClockStart {
        subject_type: "case",
        subject_id: SUBJECT.into(),
        thread_id: SUBJECT.into(),
        unit_id: None,
        division_code: None,
        customer_id: None,
        promise,
        class,
        severity,
        policy_version: 1,
        terms: None,
        at,
    }
}

async fn start(world: &World, promise: Promise, class: RequestClass, severity: Severity) -> ClockView {
    started(world, promise, class, severity, world.app.clock.now()).await.unwrap().unwrap()
}

async fn started(
    world: &World,
    promise: Promise,
    class: RequestClass,
    severity: Severity,
    at: Ts,
) -> Result<Option<ClockView>, Failure> {
    let input = start_of(promise, class, severity, at);
    world.app.act(Actor::system("test"), move |tx, cx| Box::pin(clocks::start(tx, cx, input))).await
}

async fn stop(world: &World, promise: Promise, at: Ts) -> ClockView {
    world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(
                async move { clocks::stop(tx, cx, "case", SUBJECT, promise, StopKind::Reached, at).await },
            )
        })
        .await
        .unwrap()
        .unwrap()
}

async fn pause(world: &World, reason: PauseReason, until: Option<Ts>) {
    world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            let now = cx.now;
            Box::pin(
                async move { clocks::pause(tx, cx, "case", SUBJECT, reason, until, now).await.map(drop) },
            )
        })
        .await
        .unwrap();
}

async fn states(world: &World) -> Vec<ClockView> {
    let mut tx = world.app.db.reader().await.unwrap();
    clocks::states(&mut tx, "case", SUBJECT, world.app.clock.now()).await.unwrap()
}

async fn told(world: &World, kind: &str) -> i64 {
    world.count(&format!("SELECT COUNT(*) FROM event WHERE kind = '{kind}'")).await
}

// Invariant 8 holds after everything a test does, and what lists read in one piece is what the events say.
async fn proved(world: &World) {
    let shown = states(world).await;
    let told_of: Result<u64, Failure> = world
        .app
        .db
        .write(|tx| Box::pin(async move { Ok(tx.execute("UPDATE clock SET course = NULL", &[]).await?) }))
        .await;
    told_of.unwrap();
    assert_eq!(states(world).await, shown);
    let mut tx = world.app.db.reader().await.unwrap();
    let (_, mismatches) = clocks::verify(&mut tx).await.unwrap();
    assert_eq!(mismatches, []);
    drop(tx);
    world.sealed().await;
}

fn at(text: &str) -> Ts {
    text.parse().unwrap()
}

both!(p44_a_major_fault_is_due_in_four_hours_and_exactly_then_is_kept, |world| async move {
    let now = world.app.clock.now();
    let clock = start(&world, Promise::Arrive, RequestClass::Fault, Severity::Major).await;
    assert_eq!(clock.due_at, Some(now.plus(4 * Ts::HOUR)));
    assert_eq!(
        (clock.status, clock.working_time, clock.remaining_s),
        (ClockStatus::Running, false, 4 * 3600)
    );
    world.app.clock.advance(4 * Ts::HOUR);
    let met = stop(&world, Promise::Arrive, world.app.clock.now()).await;
    assert_eq!((met.status, met.breached_at), (ClockStatus::Met, None));
    // A second clock, one microsecond late.
    let clock = start(&world, Promise::Arrive, RequestClass::Fault, Severity::Major).await;
    world.app.clock.advance(4 * Ts::HOUR + 1);
    let missed = stop(&world, Promise::Arrive, world.app.clock.now()).await;
    assert_eq!((missed.status, missed.breached_at), (ClockStatus::Missed, clock.due_at.map(|d| d.plus(1))));
    assert_eq!(told(&world, "clock.breached").await, 1, "a breach nobody announced is told with the stop");
    let again =
        started(&world, Promise::Arrive, RequestClass::Fault, Severity::Major, now).await.unwrap().unwrap();
    assert_eq!(again.started_at, now);
    let twice =
        started(&world, Promise::Arrive, RequestClass::Fault, Severity::Major, now).await.unwrap_err();
    assert!(twice.to_string().contains("clock_runs_already"), "{twice}");
    proved(&world).await;
});

both!(p44_clocks_warn_at_50_75_90_and_at_breach_once_also_after_a_restart, |world| async move {
    start(&world, Promise::Arrive, RequestClass::Fault, Severity::Major).await;
    let due = world.app.clock.now().plus(4 * Ts::HOUR);
    for (pass, warned) in [(119, 0), (1, 1), (59, 1), (1, 2), (35, 2), (1, 3), (24, 3)] {
        world.pass(pass * Ts::MINUTE).await;
        assert_eq!(told(&world, "clock.warned").await, warned);
        let jobs = "SELECT COUNT(*) FROM job WHERE kind = 'clock.alert' AND state = 'waiting'";
        assert_eq!(world.count(jobs).await, 1, "one job finds the times of all alerts of a clock");
    }
    assert_eq!(told(&world, "clock.breached").await, 0, "the due instant itself is in time");
    // The node is down for a day; whoever comes first finds the breach, and nobody tells it twice.
    world.app.clock.advance(Ts::DAY);
    let workers = policy::jobs::workers();
    let (a, b) =
        tokio::join!(kit::jobs::run_due(&world.app, &workers), kit::jobs::run_due(&world.app, &workers));
    assert!(a.unwrap() + b.unwrap() <= 1);
    world.pass(Ts::DAY).await;
    assert_eq!((told(&world, "clock.warned").await, told(&world, "clock.breached").await), (3, 1));
    let mut tx = world.app.db.reader().await.unwrap();
    let row = tx.row("SELECT at, body FROM event WHERE kind = 'clock.breached'", &[]).await.unwrap().unwrap();
    let body: Value = row.json("body").unwrap();
    assert_eq!(body["due_at"].as_str().unwrap().parse::<Ts>().unwrap(), due);
    assert!(row.get::<Ts>("at").unwrap() > due.plus(Ts::HOUR), "the event stands at server time");
    let running = states(&world).await.remove(0);
    assert_eq!((running.status, running.stopped_at), (ClockStatus::Missed, None));
    assert!(running.remaining_s < 0);
    proved(&world).await;
});

both!(p45_a_change_of_severity_counts_from_the_same_start_and_keeps_the_old_clock, |world| async move {
    let begin = world.app.clock.now();
    start(&world, Promise::Arrive, RequestClass::Fault, Severity::Normal).await;
    world.pass(3 * Ts::HOUR).await;
    let change = Retarget {
        severity: Severity::Major,
        class: RequestClass::Fault,
        policy_version: 1,
        targets: None,
        cause: RetargetCause::SeverityChange,
        at: world.app.clock.now(),
    };
    world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move { clocks::retarget(tx, cx, "case", SUBJECT, change).await.map(drop) })
        })
        .await
        .unwrap();
    let clock = states(&world).await.remove(0);
    assert_eq!(clock.due_at, Some(begin.plus(4 * Ts::HOUR)));
    assert_eq!((clock.severity, clock.history.len()), (Severity::Major, 1));
    assert_eq!(clock.history[0].due_at, Some(begin.plus(24 * Ts::HOUR)));
    // Three of four hours are gone: 50 and 75 % are reached at once.
    world.run_jobs().await;
    assert_eq!(told(&world, "clock.warned").await, 2);
    proved(&world).await;
});

both!(p37_working_time_counts_with_holidays_and_make_up_days, |world| async move {
    // Friday 2026-10-09 17:50; Saturday is a make-up workday: ten minutes today, twenty tomorrow morning.
    world.app.clock.set(at("2026-10-09T17:50:00+08:00"));
    let clock = start(&world, Promise::Respond, RequestClass::Consultation, Severity::Normal).await;
    assert_eq!(clock.due_at, Some(at("2026-10-10T09:20:00+08:00")));
    assert!(clock.working_time && !clock.provisional);
    let admin = world.client(Role::SystemAdmin).await;
    let hours = admin.get("/api/service-hours").await.expect(200);
    assert_eq!((&hours[0]["calendar"], &hours[0]["open"]), (&json!("five_by_eight"), &json!(true)));
    assert_eq!(hours[0]["changes_at"], "2026-10-09T10:00:00Z");
    assert_eq!((&hours[1]["open"], hours[1].get("changes_at")), (&json!(true), Some(&Value::Null)));
});

both!(d10_pauses_follow_the_terms_and_a_later_window_ends_by_itself, |world| async move {
    let begin = world.app.clock.now();
    start(&world, Promise::Respond, RequestClass::Fault, Severity::Major).await;
    start(&world, Promise::Arrive, RequestClass::Fault, Severity::Major).await;
    world.pass(5 * Ts::MINUTE).await;
    pause(&world, PauseReason::WaitingCustomer, None).await;
    let by = |views: Vec<ClockView>, promise| views.into_iter().find(|c| c.promise == promise).unwrap();
    let respond = by(states(&world).await, Promise::Respond);
    assert_eq!((respond.status, respond.due_at), (ClockStatus::Paused, None));
    assert_eq!(respond.paused_reason, Some(PauseReason::WaitingCustomer));
    let arrive = by(states(&world).await, Promise::Arrive);
    assert_eq!((arrive.status, arrive.due_at), (ClockStatus::Running, Some(begin.plus(4 * Ts::HOUR))));
    world.pass(Ts::HOUR).await;
    assert_eq!(told(&world, "clock.breached").await, 0, "a paused clock breaks no promise");
    let window = world.app.clock.now().plus(10 * Ts::HOUR);
    pause(&world, PauseReason::LaterWindow, Some(window)).await;
    pause(&world, PauseReason::LaterWindow, Some(window.plus(Ts::HOUR))).await;
    let arrive = by(states(&world).await, Promise::Arrive);
    assert_eq!(arrive.paused_until, Some(window.plus(Ts::HOUR)));
    // 65 minutes were used; the rest begins when the window opens.
    assert_eq!(arrive.due_at, Some(window.plus(Ts::HOUR + 175 * Ts::MINUTE)));
    world.pass(12 * Ts::HOUR).await;
    assert_eq!(by(states(&world).await, Promise::Arrive).status, ClockStatus::Running);
    proved(&world).await;
});

both!(p44_an_arrival_told_late_by_a_phone_counts_when_it_happened, |world| async move {
    let begin = world.app.clock.now();
    start(&world, Promise::Arrive, RequestClass::Fault, Severity::Major).await;
    world.pass(3 * Ts::HOUR).await;
    pause(&world, PauseReason::LaterWindow, None).await;
    world.pass(3 * Ts::HOUR).await;
    let met = stop(&world, Promise::Arrive, begin.plus(2 * Ts::HOUR)).await;
    assert_eq!((met.status, met.stopped_at), (ClockStatus::Met, Some(begin.plus(2 * Ts::HOUR))));
    proved(&world).await;
});

both!(d12_clocks_of_an_unpublished_year_are_provisional_and_derived_again, |world| async move {
    world.app.clock.set(at("2026-12-31T17:50:00+08:00"));
    let clock = start(&world, Promise::Respond, RequestClass::Consultation, Severity::Normal).await;
    // By weekly hours alone the first of January 2027, a Friday, would be worked.
    assert_eq!((clock.provisional, clock.due_at), (true, Some(at("2027-01-01T09:20:00+08:00"))));
    let admin = world.client(Role::SystemAdmin).await;
    let holidays = admin.get("/api/holidays").await.expect(200);
    assert_eq!((&holidays["first_missing"], &holidays["due_soon"]), (&json!(2027), &json!(true)));
    let wrong = json!({ "year": 2027, "closed": [{ "date": "2027-01-01" }, { "date": "2028-01-01" }] });
    let refused = admin.post("/api/holidays", wrong).await;
    assert_eq!(
        (refused.refused(422), &refused.json["errors"][0]["pointer"]),
        ("holiday_outside_year", &json!("/closed/1/date"))
    );
    let list = json!({ "year": 2027, "makeup": [], "closed": [
        { "date": "2027-01-01", "name": { "zh_cn": "元旦", "en": "New Year's Day" } }, { "date": "2027-01-02" }, { "date": "2027-01-03" }
    ] });
    let imported = admin.post("/api/holidays", list).await.expect(201);
    assert_eq!(imported["clocks_changed"], 1);
    let clock = states(&world).await.remove(0);
    assert_eq!((clock.provisional, clock.due_at), (false, Some(at("2027-01-04T09:20:00+08:00"))));
    assert_eq!(told(&world, "clock.recalculated").await, 1);
    world.app.clock.set(at("2027-01-01T10:00:00+08:00"));
    world.run_jobs().await;
    assert_eq!(told(&world, "clock.breached").await, 0, "its alerts moved along");
    proved(&world).await;
});

both!(a_new_version_is_checked_kept_and_leaves_old_clocks_alone, |world| async move {
    let admin = world.client(Role::SystemAdmin).await;
    let read = admin.get("/api/policy").await;
    assert_eq!(read.version(), 1);
    let mut content = read.json["content"].clone();
    let clock = start(&world, Promise::Arrive, RequestClass::Fault, Severity::Major).await;
    content["targets"]["arrive"]["major"]["minutes"] = json!(120);
    let post = async |version: i64, body: Value| {
        let key = admin.key();
        admin.command(http::Method::POST, "/api/policy/versions", &key, Some(version), body).await
    };
    let mut bad = content.clone();
    bad["targets"]["arrive"]["major"]["minutes"] = json!(9999);
    bad["coverage"]["rework_term"] = json!({ "days": 0 });
    let refused = post(1, json!({ "content": bad, "reason": "x" })).await;
    assert_eq!(refused.refused(422), "policy_content_invalid");
    let pointers: Vec<_> =
        refused.json["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/content/targets/arrive/major/minutes", "/content/coverage/rework_term"]);
    for error in refused.json["errors"].as_array().unwrap() {
        let (code, message) = (error["code"].as_str().unwrap(), error["detail"].as_str().unwrap());
        assert!(!message.is_empty() && !message.contains(code), "a fault is told in words: {error}");
    }
    let past = json!({ "content": content, "reason": "x", "valid_from": "2020-01-01T00:00:00Z" });
    assert_eq!(post(1, past).await.refused(422), "policy_valid_from_past");
    assert_eq!(
        post(1, json!({ "content": content, "reason": " " })).await.refused(422),
        "policy_reason_missing"
    );
    let mut unknown = content.clone();
    unknown["calendars"]["five_by_eight"]["zone"] = json!("Mars/Olympus");
    let refused = post(1, json!({ "content": unknown, "reason": "x" })).await;
    assert_eq!(
        (refused.refused(422), &refused.json["errors"][0]["pointer"]),
        ("field_invalid", &json!("/content/calendars/five_by_eight"))
    );

    let soon = world.app.clock.now().plus(Ts::HOUR);
    let made =
        post(1, json!({ "content": content, "reason": "two hours", "valid_from": soon.to_string() })).await;
    assert_eq!(made.version(), 2);
    assert_eq!(
        post(1, json!({ "content": content, "reason": "again" })).await.refused(412),
        "version_changed"
    );
    assert_eq!(admin.get("/api/policy").await.json["version"], 1, "not before its time");
    world.pass(Ts::HOUR).await;
    assert_eq!(admin.get("/api/policy").await.json["version"], 2);
    assert_eq!(
        admin.get("/api/policy/versions/1").await.json["content"]["targets"]["arrive"]["major"]["minutes"],
        240
    );
    assert_eq!(admin.get("/api/policy/versions").await.json.as_array().unwrap().len(), 2);
    assert_eq!(admin.get("/api/policy/versions/9").await.refused(404), "policy_version_unknown");
    assert_eq!(states(&world).await[0].due_at, clock.due_at, "a case keeps its version");
    proved(&world).await;
});

both!(an_imported_history_is_stored_whole_and_announces_nothing, |world| async move {
    let begin = world.app.clock.now().plus(-10 * Ts::DAY);
    let history = clocks::ClockHistory {
        start: start_of(Promise::Arrive, RequestClass::Fault, Severity::Major, begin),
        events: vec![
            ClockEvent::reached(begin.plus(5 * Ts::HOUR).timestamp()),
            ClockEvent::pause(begin.plus(Ts::HOUR).timestamp(), PauseReason::LaterWindow),
            ClockEvent::resume(begin.plus(2 * Ts::HOUR).timestamp(), PauseReason::LaterWindow),
            ClockEvent::resume(begin.plus(3 * Ts::HOUR).timestamp(), PauseReason::LaterWindow),
        ],
        retargets: Vec::new(),
    };
    let (results, left_out) = world
        .app
        .act(Actor::system("import"), move |tx, cx| {
            Box::pin(async move { clocks::import(tx, cx, vec![history]).await })
        })
        .await
        .unwrap();
    assert_eq!(results[0].unwrap().1, ClockStatus::Met, "five hours less one of pause");
    assert_eq!(left_out, 1);
    world.run_jobs().await;
    assert_eq!(told(&world, "clock.breached").await + told(&world, "clock.warned").await, 0);
    proved(&world).await;
});
