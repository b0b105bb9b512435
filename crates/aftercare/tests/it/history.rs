//! Another desk's history, brought in: every number found again, nothing doubled, shown by the desk.

#[path = "../../../history/tests/log/mod.rs"]
mod log;

use ::history::{Encoding, Mapping, SAMPLE_MAPPING};
use aftercare::import::{ImportError, Options, Outcome, history};
use identity::Role;
use kit::Ts;
use log::{Generated, Recipe, generate};
use serde_json::Value;

use crate::both;
use crate::customers::company;
use crate::world::World;

const ALL: Options = Options { dry_run: false, accept_refused: true };

async fn import(world: &World, text: &str, options: Options) -> Outcome {
    history(&world.app, SAMPLE_MAPPING, text.as_bytes(), options).await.unwrap()
}

async fn tables(world: &World) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "event",
        "service_case",
        "customer",
        "site",
        "contact",
        "clock",
        "clock_event",
        "imported_person",
        "search_key",
        "job",
        "history_run",
        "number_series",
    ] {
        counts.push(world.count(&format!("SELECT COUNT(*) FROM {table}")).await);
    }
    counts
}

async fn proved(world: &World) {
    world.sealed().await;
    for finding in aftercare::checks::run(&world.app).await.unwrap() {
        assert_eq!(finding.faults, Vec::<String>::new(), "{}", finding.name);
    }
}

both!(every_number_of_a_log_is_found_again_in_the_database, |world| async move {
    company(&world).await;
    let generated = generate(Recipe::dirty(21, 700));
    let Generated { csv, truth } = &generated;
    // A trial changes nothing; neither does a file with rows that can't be used, unless that is accepted.
    let before = tables(&world).await;
    assert!(!import(&world, csv, Options { dry_run: true, accept_refused: true }).await.held);
    let held = import(&world, csv, Options::default()).await;
    assert!(held.held && held.report.rows.refused == truth.refused.len() as u64);
    assert_eq!(tables(&world).await, before);

    let report = import(&world, csv, ALL).await.report;
    assert!(report.balanced(), "{:?}", report.balance);
    assert_eq!(report.rows.used, truth.used());
    let count = async |sql: &str| u64::try_from(world.count(sql).await).unwrap();
    assert_eq!(
        count("SELECT COUNT(*) FROM service_case WHERE imported_from LIKE 'incident-desk:%'").await,
        truth.cases
    );
    for (state, cases) in &truth.by_state {
        // Mended there and not closed: here it owes its follow-up call (P13).
        let state = if state == "resolved" { "follow_up" } else { state };
        assert_eq!(
            count(&format!("SELECT COUNT(*) FROM service_case WHERE state = '{state}'")).await,
            *cases,
            "{state}"
        );
    }
    let sum = |column: &str| format!("SELECT CAST(SUM({column}) AS BIGINT) FROM service_case");
    assert_eq!(count(&sum("reopened")).await, truth.reopened);
    assert_eq!(count(&sum("hand_overs")).await, truth.reassigned);
    assert_eq!(count("SELECT COUNT(*) FROM event WHERE kind = 'case.imported_step'").await, truth.used());
    assert_eq!(count("SELECT COUNT(*) FROM event WHERE kind = 'case.imported'").await, truth.cases);
    assert_eq!(count("SELECT COUNT(*) FROM customer").await, truth.customers.len() as u64);
    assert_eq!(count("SELECT COUNT(*) FROM site").await, truth.sites.len() as u64);
    for (promise, expected) in [("restore", &truth.restore), ("respond", &truth.respond)] {
        for (outcome, clocks) in expected {
            let sql = format!(
                "SELECT COUNT(*) FROM clock WHERE promise = '{promise}' AND COALESCE(outcome, 'open') = '{outcome}'"
            );
            assert_eq!(count(&sql).await, *clocks, "{promise} {outcome}");
        }
    }
    // Nobody is invented, and no name of a person stands in an event.
    assert_eq!(count("SELECT COUNT(*) FROM employee").await, 0);
    assert_eq!(
        count("SELECT COUNT(*) FROM event WHERE body LIKE '%Resolver%' OR body LIKE '%Caller%'").await,
        0
    );
    // History is quiet: no alert, no message. What is still open is not: a mended case waits for its call, and one that lies
    // is raised, once (P10).
    world.run_jobs().await;
    let mended = truth.by_state.get("resolved").copied().unwrap_or_default();
    assert!(mended > 0, "{:?}", truth.by_state);
    assert_eq!(count("SELECT COUNT(*) FROM follow_up WHERE state = 'due'").await, mended);
    assert_eq!(count("SELECT COUNT(*) FROM event WHERE kind = 'case.escalated'").await, 0);
    world.app.clock.advance(40 * Ts::DAY);
    world.run_jobs().await;
    let open = truth.cases - truth.by_state.get("closed").copied().unwrap_or_default();
    assert_eq!(count("SELECT COUNT(*) FROM event WHERE kind = 'case.escalated'").await, open);
    assert_eq!(count("SELECT COUNT(*) FROM event WHERE kind IN ('clock.warned', 'clock.breached')").await, 0);
    assert_eq!(count("SELECT COUNT(*) FROM job WHERE kind LIKE 'clock.%' OR state = 'failed'").await, 0);
    proved(&world).await;
});

both!(a_second_run_doubles_nothing_and_tells_what_is_new, |world| async move {
    company(&world).await;
    let generated = generate(Recipe::dirty(4, 120));
    import(&world, &generated.csv, ALL).await;
    let before = tables(&world).await;
    let again = import(&world, &generated.csv, ALL).await.report;
    assert!(again.balanced());
    assert_eq!((again.rows.used, again.rows.already_here, again.cases.new), (0, generated.truth.used(), 0));
    let after = tables(&world).await;
    // Only the run itself is noted.
    let grown: Vec<i64> = after.iter().zip(&before).map(|(a, b)| a - b).collect();
    assert_eq!(grown, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    // A later export: more cases, and one more change of a case that is here.
    let longer = generate(Recipe { cases: 130, ..Recipe::dirty(4, 120) });
    let last = generated.csv.lines().last().unwrap();
    let mut row: Vec<&str> = last.split(',').collect();
    (row[1], row[5], row[13]) = ("Active", "99", "29-12-2016 10:00");
    let key = row[0].to_owned();
    let text = format!("{}{}\n", longer.csv, row.join(","));
    let later = import(&world, &text, ALL).await.report;
    assert!(later.balanced(), "{:?}", later.balance);
    assert_eq!((later.cases.new, later.cases.already_here, later.rows.left), (10, 120, 1));
    assert_eq!(later.lists.with_new_rows, [key]);
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case").await, 130);
    proved(&world).await;
});

both!(the_desk_shows_imported_cases_with_timeline_and_clocks, |world| async move {
    let company = company(&world).await;
    let text = format!(
        "{}\n{}",
        log::HEADER,
        "INC0000045,New,TRUE,0,0,0,TRUE,Caller 2403,?,29-02-2016 01:16,?,?,?,29-02-2016 01:23,Phone,Location 143,Category 55,\
         Subcategory 170,Symptom 72,?,?,?,3 - Moderate,Group 56,?,?,?,?,?,?,?,?,?,?,29-02-2016 11:29,05-03-2016 12:00\n\
         INC0000045,Active,TRUE,1,0,1,TRUE,Caller 2403,?,29-02-2016 01:16,?,?,?,29-02-2016 01:40,Phone,Location 143,Category 55,\
         Subcategory 170,Symptom 72,?,?,?,1 - Critical,Group 56,Resolver 31,?,?,?,?,?,?,?,?,?,29-02-2016 11:29,05-03-2016 12:00\n\
         INC0000045,Resolved,TRUE,1,0,2,TRUE,Caller 2403,?,29-02-2016 01:16,?,?,?,29-02-2016 11:29,Phone,Location 143,Category 55,\
         Subcategory 170,Symptom 72,?,?,?,1 - Critical,Group 56,Resolver 31,?,?,?,?,?,?,?,?,?,29-02-2016 11:29,05-03-2016 12:00\n\
         INC0000045,Closed,FALSE,1,0,3,FALSE,Caller 2403,?,29-02-2016 01:16,?,?,?,05-03-2016 12:00,Phone,Location 143,Category 55,\
         Subcategory 170,Symptom 72,?,?,?,1 - Critical,Group 56,Resolver 31,?,?,?,?,?,?,?,?,?,29-02-2016 11:29,05-03-2016 12:00\n"
    );
    import(&world, &text, ALL).await;
    world.sealed().await;
    let manager = world.client_in(&[Role::BranchManager], Some(&company.headquarters), None, None).await;
    // Found by its number in the other system.
    let found = manager.get("/api/cases?view=all&q=inc0000045").await.expect(200);
    let row = &found["items"][0];
    assert_eq!(row["customer_name"], "Caller 2403");
    assert_eq!(
        (row["site_name"].as_str(), row["owner"]["name"].as_str()),
        (Some("Location 143"), Some("Resolver 31"))
    );
    assert!(row["number"].as_str().unwrap().starts_with("SQ20160229-"));
    let id = row["id"].as_str().unwrap();
    let case = manager.get(&format!("/api/cases/{id}")).await.expect(200);
    assert_eq!((case["state"].as_str(), case["severity"].as_str()), (Some("closed"), Some("major")));
    assert_eq!(case["symptom"], "Category 55 / Subcategory 170 / Symptom 72");
    assert_eq!(case["reported_at"], "2016-02-29T01:16:00Z");
    assert_eq!(case["ended_at"], "2016-03-05T12:00:00Z");
    let clock = |promise: &str| -> Value {
        case["clocks"].as_array().unwrap().iter().find(|c| c["promise"] == promise).unwrap().clone()
    };
    // Answered after 24 of 15 minutes; mended after 10 h 13 min: the change to critical left 4 hours from the same start.
    assert_eq!(
        (clock("respond")["status"].as_str(), clock("respond")["elapsed_s"].as_i64()),
        (Some("missed"), Some(24 * 60))
    );
    let restore = clock("restore");
    assert_eq!((restore["status"].as_str(), restore["elapsed_s"].as_i64()), (Some("missed"), Some(613 * 60)));
    assert_eq!(
        (restore["due_at"].as_str(), restore["target_s"].as_i64()),
        (Some("2016-02-29T05:16:00Z"), Some(4 * 3600))
    );
    assert_eq!(restore["history"][0]["target_s"], 5760 * 60);
    let timeline = manager.get(&format!("/api/cases/{id}/timeline")).await.expect(200);
    let kinds: Vec<&str> =
        timeline["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|k| **k == "case.imported_step").count(), 4);
    let instants: Vec<&str> =
        timeline["items"].as_array().unwrap().iter().map(|e| e["at"].as_str().unwrap()).collect();
    assert!(instants.contains(&"2016-02-29T01:40:00Z"), "{instants:?}");
    assert!(timeline["items"].as_array().unwrap().iter().all(|e| e["actor_kind"] == "import"));
});

both!(gb18030_contacts_units_and_owners_follow_the_mapping, |world| async move {
    company(&world).await;
    let now = world.app.clock.now();
    let [shenzhen, employee] = [(); 2].map(|()| world.app.ids.next(now).to_string());
    drop(shenzhen);
    let id = employee.clone();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.execute(
                    "INSERT INTO employee (id, unit_id, role, name, badge_number, education) \
                     SELECT $1, id, 'engineer', '测试员', 'GH0031', 'college' FROM org_unit WHERE name_zh = '单位440305'",
                    &[kit::Value::from(&id)],
                )
                .await
            })
        })
        .await
        .unwrap();
    let mapping = SAMPLE_MAPPING
        .replace("encoding = \"utf-8\"", "encoding = \"gb18030\"")
        .replace("# \"Group 70\" = \"华东分公司\"", "\"甲组\" = \"单位440305\"")
        .replace("# \"Resolver 31\" = \"GH0031\"", "\"三十一\" = \"GH0031\"")
        .replace(
            "site = \"location\"",
            "site = \"location\"\ncontact = \"caller_id\"\ncontact_phone = \"rfc\"",
        );
    assert_eq!(Mapping::parse(&mapping).unwrap().file.encoding, Encoding::Gb18030);
    let row = |n: u32, state: &str, group: &str, owner: &str, phone: &str| {
        format!(
            "INC{n},{state},TRUE,0,0,0,TRUE,物业公司,?,29-02-2016 01:16,?,?,?,29-02-2016 01:2{n},Phone,一号门,道闸,?,?,?,?,?,\
             4 - Low,{group},{owner},?,?,?,?,{phone},?,?,?,?,?,?\n"
        )
    };
    let text = [
        format!("{}\n", log::HEADER),
        row(1, "Active", "甲组", "三十一", "13800138000"),
        row(2, "Awaiting User Info", "乙组", "别人", "13800138000"),
        row(3, "New", "?", "?", "no number"),
    ]
    .concat();
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let report = history(&world.app, &mapping, &bytes, ALL).await.unwrap().report;
    assert!(report.balanced(), "{:?}", report.balance);
    let written = report.written.clone().unwrap();
    assert_eq!((written.new_customers, written.new_sites, written.new_contacts), (1, 1, 1));
    assert_eq!(
        world.count(&format!("SELECT COUNT(*) FROM service_case WHERE owner_id = '{employee}'")).await,
        1
    );
    let of_unit =
        "SELECT COUNT(*) FROM service_case c JOIN org_unit u ON u.id = c.unit_id WHERE u.name_zh = ";
    assert_eq!(world.count(&format!("{of_unit}'单位440305'")).await, 1);
    assert_eq!(world.count(&format!("{of_unit}'单位总部'")).await, 2);
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case WHERE contact_id IS NOT NULL").await, 2);
    // Open cases owe a next step from now on (invariant 7).
    let due = format!(
        "SELECT COUNT(*) FROM service_case WHERE next_step IS NOT NULL AND next_due_at > {}",
        now.micros()
    );
    assert_eq!(world.count(&due).await, 3);
    let unmapped: Vec<(&str, &str)> = report.unmapped.iter().map(|u| (u.field, u.value.as_str())).collect();
    assert_eq!(unmapped, [("unit", "乙组")]);
    assert_eq!(report.unmapped[0].fallback, "单位总部");
    proved(&world).await;
});

both!(what_an_import_needs_and_lacks_is_said, |world| async move {
    let csv = generate(Recipe::clean(1, 3)).csv;
    let run = async |mapping: &str, text: &[u8]| history(&world.app, mapping, text, ALL).await.unwrap_err();
    assert!(matches!(run(SAMPLE_MAPPING, csv.as_bytes()).await, ImportError::HeadquartersMissing));
    company(&world).await;
    let named = SAMPLE_MAPPING.replace("# \"Group 70\" = \"华东分公司\"", "\"Group 70\" = \"月球分公司\"");
    assert!(
        matches!(run(&named, csv.as_bytes()).await, ImportError::UnitsUnknown(names) if names == ["月球分公司"])
    );
    let named = SAMPLE_MAPPING.replace("# \"Resolver 31\" = \"GH0031\"", "\"Resolver 31\" = \"GH9999\"");
    assert!(
        matches!(run(&named, csv.as_bytes()).await, ImportError::BadgesUnknown(names) if names == ["GH9999"])
    );
    assert!(matches!(run("version = 1", csv.as_bytes()).await, ImportError::Mapping(e) if e.line.is_some()));
    assert!(
        matches!(run(SAMPLE_MAPPING, b"a,b\n\xff\n").await, ImportError::Log(e) if (e.line, e.column) == (2, Some(1)))
    );
    assert!(matches!(run(SAMPLE_MAPPING, b"a,b\n").await, ImportError::Log(e) if e.what == "number"));
    assert_eq!(world.count("SELECT COUNT(*) FROM service_case").await, 0);
});
