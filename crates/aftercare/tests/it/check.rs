//! `aftercare check` names every invariant that was broken behind the program's back, on both databases.

use aftercare::checks;
use kit::db::Dialect;
use serde_json::json;

use crate::both;
use crate::customers::id;
use crate::program::Place;
use crate::visits::{Job, job};
use crate::world::{Backend, World};

/// A finished job whose invoice is owed, two visits of two engineers in one window, and a customer who complains.
async fn lived(world: &World) -> (Job, [String; 2]) {
    let job = job(world, "2024-03-04").await;
    let order = job.order(&job.agreed().await).await;
    let visit = id(&job.plan(&order, 0, 1, 4).await.expect(201));
    job.at_work(&visit).await;
    let finding = json!({ "text": "主板烧毁", "cause_code": "lightning", "action": "更换主板" });
    let labour = json!({ "price_line_id": job.labour, "quantity_milli": 1500 });
    let view = job.does(&visit, &[("finding", finding), ("charge", labour)]).await;
    let strokes = json!([[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]]);
    let agree =
        json!({ "quote_hash": view["quote"]["sha256"], "signer_name": "物业主管", "strokes": strokes });
    job.does(&visit, &[("acknowledge", agree)]).await;
    job.worked(&visit).await;
    let shown = job.step(&visit, "present", json!({})).await.expect(200);
    job.sign(&visit, &shown["sha256"]).await.expect(200);
    job.does(&visit, &[("done", json!({})), ("leave", json!({}))]).await;
    let mut planned = Vec::new();
    for engineer in 0..2 {
        let order = job.order(&job.agreed().await).await;
        planned.push(id(&job.plan(&order, engineer, 5, 8).await.expect(201)));
    }
    // What customers hold and say: a label, a link, a complaint that the desk took.
    let agent = &job.desk.agent;
    agent.post(&format!("/api/assets/{}/label", job.desk.asset), json!({})).await.expect(201);
    let report = json!({
        "kind": "complaint", "channel": "phone", "site_id": job.desk.site, "contact": { "id": job.desk.contact },
        "symptom": "迟到", "effects": {},
    });
    let complaint = id(&agent.post("/api/cases", report).await.expect(201));
    agent.post(&format!("/api/cases/{complaint}/tracking-links"), json!({})).await.expect(201);
    world.run_jobs().await;
    (job, [planned[0].clone(), planned[1].clone()])
}

async fn execute(world: &World, statement: &str) {
    let statement = statement.to_owned();
    let done = world.app.db.write(move |tx| Box::pin(async move { tx.execute(&statement, &[]).await }));
    done.await.unwrap();
}

/// Takes away what keeps people from writing nonsense by hand: triggers, and the constraints of rows.
async fn unguarded(world: &World) {
    if world.app.db.dialect() == Dialect::Postgres {
        let open = "DO $$ DECLARE r record; BEGIN \
                    FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype IN ('c', 'x') \
                    AND connamespace = current_schema()::regnamespace AND conrelid <> 0 LOOP \
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname); END LOOP; \
                    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP \
                    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', r.tablename); END LOOP; END $$";
        return execute(world, open).await;
    }
    let triggers = world.app.db.reader().await.unwrap();
    let mut tx = triggers;
    for row in tx.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'", &[]).await.unwrap() {
        execute(world, &format!("DROP TRIGGER {}", row.get::<String>("name").unwrap())).await;
    }
}

/// The names of the invariants that don't hold.
async fn broken(world: &World) -> Vec<&'static str> {
    let found = checks::run(&world.app).await.unwrap();
    found.into_iter().filter(|f| !f.faults.is_empty()).map(|f| f.name).collect()
}

const CHAIN: &str = "events are one chain without gaps";
const AGREE: &str = "records stand where their events left them";
const CLOCKS: &str = "clocks equal what their events give";
const COVERAGE: &str = "coverage decisions come out as before";
const ORDERS: &str = "service orders match what was signed";
const STATES: &str = "work orders stand where their visits put them";
const CHARGES: &str = "charges are what their sources give";
const BUSY: &str = "no engineer is in two visits at once";
const OWNER: &str = "an open case has one owner, a next step and a due time";
const BLOCKERS: &str = "what keeps a case open is on record, and nothing else";
const INVOICES: &str = "an invoice equals its charges to the cent";
const SIGNED: &str = "a finished job was checked, shown and signed";
const REACH: &str = "what people may see follows the tree, the map and their visits";
const AGREED: &str = "nobody was sent without both sides' word";
const COMPLAINTS: &str =
    "a complaint is answered outside the line of whom it concerns, with a finding, and as its events say";
const CUSTOMERS: &str = "links, codes and requests of customers are as their events say";
const POLICY: &str = "policy versions are as they were made";
const NUMBERS: &str = "numbers have no gap and are given once";

both!(check_names_each_invariant_that_is_broken, |world| async move {
    let (job, [first, second]) = lived(&world).await;
    while kit::events::seal(&world.app.db).await.unwrap() > 0 {}
    assert_eq!(broken(&world).await, Vec::<&str>::new());
    unguarded(&world).await;
    let (one, other) = (&job.engineers[0].0, &job.engineers[1].0);
    let (here, there) = (&job.desk.company.shenzhen, &job.desk.company.guangzhou);
    let (agent, expert) = (&job.desk.agent.account_id, &job.desk.expert.account_id);
    let set = |table: &str, to: String, of: String| format!("UPDATE {table} SET {to} WHERE {of}");
    let cases: Vec<(&str, String, String)> = vec![
        // Invariant 3.
        (
            CHAIN,
            set("event", "body = body || ' '".into(), "seq = 5".into()),
            set("event", "body = SUBSTR(body, 1, LENGTH(body) - 1)".into(), "seq = 5".into()),
        ),
        (
            CHAIN,
            set("event", "seq = 1000007".into(), "seq = 7".into()),
            set("event", "seq = 7".into(), "seq = 1000007".into()),
        ),
        (
            CHAIN,
            set("event_reader", "seq = seq + 1000".into(), "1 = 1".into()),
            set("event_reader", "seq = seq - 1000".into(), "1 = 1".into()),
        ),
        (
            AGREE,
            set("service_case", format!("owner_id = '{expert}'"), format!("owner_id = '{agent}'")),
            set("service_case", format!("owner_id = '{agent}'"), "1 = 1".into()),
        ),
        (
            AGREE,
            set(
                "service_case",
                "state = 'triaged'".into(),
                format!("id = (SELECT case_id FROM visit WHERE id = '{first}')"),
            ),
            set(
                "service_case",
                "state = 'onsite_agreed'".into(),
                format!("id = (SELECT case_id FROM visit WHERE id = '{first}')"),
            ),
        ),
        (
            AGREE,
            set("visit", "state = 'accepted'".into(), format!("id = '{first}'")),
            set("visit", "state = 'dispatched'".into(), format!("id = '{first}'")),
        ),
        (
            AGREE,
            set("coverage_decision", "verdict = 'covered'".into(), "verdict = 'chargeable'".into()),
            set("coverage_decision", "verdict = 'chargeable'".into(), "verdict = 'covered'".into()),
        ),
        (
            AGREE,
            set("visit", "arrived_at = arrived_at - 1".into(), "arrived_at IS NOT NULL".into()),
            set("visit", "arrived_at = arrived_at + 1".into(), "arrived_at IS NOT NULL".into()),
        ),
        // Invariant 5.
        (
            CHARGES,
            set("charge", "price_line_id = NULL".into(), "1 = 1".into()),
            set("charge", format!("price_line_id = '{}'", job.labour.as_str().unwrap()), "1 = 1".into()),
        ),
        (
            CHARGES,
            set("charge", "price_minor = price_minor + 1".into(), "1 = 1".into()),
            set("charge", "price_minor = price_minor - 1".into(), "1 = 1".into()),
        ),
        (
            CHARGES,
            set("charge", "tax_minor = tax_minor + 1, net_minor = net_minor - 1".into(), "1 = 1".into()),
            set("charge", "tax_minor = tax_minor - 1, net_minor = net_minor + 1".into(), "1 = 1".into()),
        ),
        (
            CHARGES,
            set("charge", "total_minor = total_minor - 1, waived_minor = 1".into(), "1 = 1".into()),
            set("charge", "total_minor = total_minor + 1, waived_minor = 0".into(), "1 = 1".into()),
        ),
        (
            INVOICES,
            set("invoice_duty", "amount_minor = amount_minor + 1".into(), "1 = 1".into()),
            set("invoice_duty", "amount_minor = amount_minor - 1".into(), "1 = 1".into()),
        ),
        // Invariant 6.
        (
            BUSY,
            set("visit", format!("engineer_id = '{one}'"), format!("id = '{second}'")),
            set("visit", format!("engineer_id = '{other}'"), format!("id = '{second}'")),
        ),
        // Invariant 7.
        (
            OWNER,
            set("service_case", "owner_id = 'nobody'".into(), "1 = 1".into()),
            set("service_case", format!("owner_id = '{agent}'"), "1 = 1".into()),
        ),
        (
            OWNER,
            set(
                "service_case",
                "next_due_at = -next_due_at, next_step = NULL".into(),
                "state = 'onsite_agreed'".into(),
            ),
            set(
                "service_case",
                "next_due_at = -next_due_at, next_step = 'plan_visit'".into(),
                "next_due_at < 0".into(),
            ),
        ),
        // Invariant 8.
        (
            CLOCKS,
            set("clock", "due_at = due_at + 1".into(), "1 = 1".into()),
            set("clock", "due_at = due_at - 1".into(), "1 = 1".into()),
        ),
        (
            CLOCKS,
            set("clock_event", "at = at + 1".into(), "step = 0".into()),
            set("clock_event", "at = at - 1".into(), "step = 0".into()),
        ),
        (
            CLOCKS,
            set("clock_event", "at = at - 1000000000000".into(), "step = 1".into()),
            set("clock_event", "at = at + 1000000000000".into(), "step = 1".into()),
        ),
        (
            CLOCKS,
            set("clock", "course = course || ' '".into(), "1 = 1".into()),
            set("clock", "course = rtrim(course)".into(), "1 = 1".into()),
        ),
        // Invariant 9.
        (
            COVERAGE,
            set("case_coverage", "verdict = 'covered'".into(), "verdict = 'chargeable'".into()),
            set("case_coverage", "verdict = 'chargeable'".into(), "verdict = 'covered'".into()),
        ),
        (
            COVERAGE,
            set(
                "coverage_decision",
                "facts = REPLACE(facts, '2024-03-04', '2026-03-04')".into(),
                "1 = 1".into(),
            ),
            set(
                "coverage_decision",
                "facts = REPLACE(facts, '2026-03-04', '2024-03-04')".into(),
                "1 = 1".into(),
            ),
        ),
        // P72, P73.
        (
            ORDERS,
            set("shown_document", "content = content || ' '".into(), "kind = 'result'".into()),
            set(
                "shown_document",
                "content = SUBSTR(content, 1, LENGTH(content) - 1)".into(),
                "kind = 'result'".into(),
            ),
        ),
        (
            ORDERS,
            set("signature", "at = at + 1".into(), "1 = 1".into()),
            set("signature", "at = at - 1".into(), "1 = 1".into()),
        ),
        (
            SIGNED,
            set("visit", "shown_sha256 = shown_sha256 || 'x'".into(), "shown_sha256 IS NOT NULL".into()),
            set(
                "visit",
                "shown_sha256 = SUBSTR(shown_sha256, 1, 64)".into(),
                "shown_sha256 IS NOT NULL".into(),
            ),
        ),
        (
            SIGNED,
            set(
                "visit",
                "self_checked_at = NULL, created_by = created_by || self_checked_at".into(),
                "self_checked_at IS NOT NULL".into(),
            ),
            set("visit", "self_checked_at = signed_at".into(), "signed_at IS NOT NULL".into()),
        ),
        (
            SIGNED,
            set(
                "signature",
                "work_order_id = (SELECT MAX(id) FROM work_order)".into(),
                "kind = 'quote'".into(),
            ),
            set(
                "signature",
                "work_order_id = (SELECT v.work_order_id FROM visit v WHERE v.id = signature.visit_id)"
                    .into(),
                "1 = 1".into(),
            ),
        ),
        // P41, decision 10.
        (
            AGREED,
            set("onsite_agreement", "agreed_at = agreed_at - 1".into(), "1 = 1".into()),
            set("onsite_agreement", "agreed_at = agreed_at + 1".into(), "1 = 1".into()),
        ),
        (
            POLICY,
            set("policy_version", "content = content || ' '".into(), "1 = 1".into()),
            set("policy_version", "content = SUBSTR(content, 1, LENGTH(content) - 1)".into(), "1 = 1".into()),
        ),
        // What is derived, and what keeps a case open (P69).
        (
            STATES,
            set("work_order", "state = 'ready'".into(), "state = 'scheduled'".into()),
            set("work_order", "state = 'scheduled'".into(), "state = 'ready'".into()),
        ),
        (
            BLOCKERS,
            set("case_hold", "hold_key = hold_key || 'x'".into(), "kind = 'invoice_duty'".into()),
            set("case_hold", "hold_key = SUBSTR(hold_key, 1, 36)".into(), "1 = 1".into()),
        ),
        (
            BLOCKERS,
            set("case_hold", "hold_key = hold_key || 'x'".into(), "kind = 'work_order'".into()),
            set("case_hold", "hold_key = SUBSTR(hold_key, 1, 36)".into(), "1 = 1".into()),
        ),
        (
            BLOCKERS,
            set("case_hold", "kind = 'complaints'".into(), "kind = 'complaint'".into()),
            set("case_hold", "kind = 'complaint'".into(), "kind = 'complaints'".into()),
        ),
        // P9, P65.
        (
            COMPLAINTS,
            set("complaint", "acknowledged_at = 1, acknowledged_by = 'x'".into(), "1 = 1".into()),
            set("complaint", "acknowledged_at = NULL, acknowledged_by = NULL".into(), "1 = 1".into()),
        ),
        (
            CUSTOMERS,
            set("tracking_link", "revoked_at = 1, revoked_by = 'x'".into(), "1 = 1".into()),
            set("tracking_link", "revoked_at = NULL, revoked_by = NULL".into(), "1 = 1".into()),
        ),
        (
            CUSTOMERS,
            set("search_key", "kind = 'coda'".into(), "kind = 'code'".into()),
            set("search_key", "kind = 'code'".into(), "kind = 'coda'".into()),
        ),
        // Invariant 10, decision 2.
        (
            REACH,
            set("unit_reach", format!("unit_id = '{there}'"), format!("root_id = '{here}'")),
            set("unit_reach", format!("unit_id = '{here}'"), format!("root_id = '{here}'")),
        ),
        (
            REACH,
            set("site", format!("unit_id = '{there}'"), "1 = 1".into()),
            set("site", format!("unit_id = '{here}'"), "1 = 1".into()),
        ),
        (
            REACH,
            format!(
                "INSERT INTO shared_with (person_id, subject_type, subject_id, since) VALUES ('{one}', 'site', 'elsewhere', 0)"
            ),
            "DELETE FROM shared_with WHERE subject_id = 'elsewhere'".into(),
        ),
        (
            REACH,
            set("service_case", format!("unit_id = '{there}'"), "1 = 1".into()),
            set("service_case", format!("unit_id = '{here}'"), "1 = 1".into()),
        ),
        // Invariant 11.
        (
            NUMBERS,
            set("number_series", "last = last + 1".into(), "prefix = 'FW'".into()),
            set("number_series", "last = last - 1".into(), "prefix = 'FW'".into()),
        ),
        (
            NUMBERS,
            set("work_order", "visits_made = visits_made + 1".into(), "1 = 1".into()),
            set("work_order", "visits_made = visits_made - 1".into(), "1 = 1".into()),
        ),
    ];
    for (name, break_it, mend_it) in &cases {
        let lax = |on| format!("PRAGMA ignore_check_constraints = {on}");
        let sqlite = world.app.db.dialect() == Dialect::Sqlite;
        if sqlite {
            execute(&world, &lax("ON")).await;
        }
        execute(&world, break_it).await;
        let found = broken(&world).await;
        assert!(found.contains(name), "{break_it}: {found:?}");
        execute(&world, mend_it).await;
        if sqlite {
            execute(&world, &lax("OFF")).await;
        }
        assert_eq!(broken(&world).await, Vec::<&str>::new(), "{mend_it}");
    }
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_of_the_program_fails_by_name_on_a_broken_database() {
    let world = World::start(Backend::Sqlite).await;
    lived(&world).await;
    let database = world.clone().end();
    let place = Place { data: database.folder().to_owned(), database: None };
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_aftercare"));
    assert!(place.run(binary, &["check"]).unwrap().contains("every invariant holds"));
    execute(&world, "PRAGMA ignore_check_constraints = ON").await;
    execute(&world, "UPDATE charge SET price_line_id = NULL").await;
    let said = place.run(binary, &["check"]).unwrap_err();
    for fault in [
        "FAULT   charges are what their sources give",
        "no source",
        "FAULT   the database keeps its constraints",
    ] {
        assert!(said.contains(fault), "{said}");
    }
}
