//! The schema steps of every domain, one numbered list for both databases.

use std::sync::LazyLock;

use kit::db::Migration;

macro_rules! steps {
    ($( $number:literal $file:literal $name:literal ; )+) => {
        /// Every schema step in order.
        pub static ALL: &[Migration] = &[$(
            Migration { number: $number, name: $name, sql: include_str!(concat!("../migrations/", $file, ".sql")) }
        ),+];
    };
}

steps! {
    1 "0001_kit" "events, answers, jobs, sharing";
    2 "0002_identity" "accounts, sessions, tokens";
    3 "0003_organisation" "units, jurisdictions, hotlines, employees";
    4 "0004_policy" "service policy, holidays, clocks";
    5 "0005_customers" "customers, contacts, sites, search keys";
    6 "0006_assets" "products, assets, acceptances";
    7 "0007_coverage" "agreements, part warranties, coverage decisions, exclusions";
    8 "0008_pricing" "price lists, charges";
    9 "0009_cases" "calls, service cases";
    10 "0010_visits" "work orders, visits, checklists, evidence, service orders";
    11 "0011_care" "follow-up calls";
    12 "0012_notifications" "webhooks, deliveries";
    13 "0013_history" "imported people, import runs";
    14 "0014_appointments" "planned visits of cases, appointments, guidance on site";
    15 "0015_access" "who may read which file, passwords before, unused accounts, the audit's indexes";
    16 "0016_catalogues" "price levels, designated persons and firms, codes of faults and causes";
    17 "0017_keeping" "what is kept for a while only";
    18 "0018_lateness" "appointments that can't be kept";
    19 "0019_hotline" "calls told by the telephone system, phones on desks, on-call rotas";
    20 "0020_phone" "the drift of a phone's clock, what was done at a site before";
    21 "0021_papers" "papers found by the code on them";
    22 "0022_portal" "codes of labels and badges, links to cases, verified callers, what customers ask for";
    23 "0023_desk" "alerts to people on duty, hand-overs that time out";
    24 "0024_suspensions" "every suspension of an agreement, why messages failed";
    25 "0025_nodes" "which node holds a job";
    26 "0026_words" "cases found by the words on them";
    27 "0027_second_factor" "codes of an app as a second factor";
    28 "0028_tables" "tables brought from another system, contacts' numbers there";
    29 "0029_complaints" "complaints with finding and answer, labels found by their codes";
    30 "0030_field" "devices scanned on site, the way there, relay numbers, scores given on site";
    31 "0031_walks" "templates of notes, causes of what was mended by phone, complaints out of calls";
    32 "0032_mends" "counts of imports";
    33 "0033_course" "the events of a clock in one piece";
    34 "0034_leaving" "files whose bytes are still to be removed";
    35 "0035_indexes" "orders of cases that nothing reads by leave";
    36 "0036_found" "a search reads of a case what it needs alone";
    37 "0037_unread_orders" "orders of rows that nothing reads by leave";
    38 "0038_promises" "what was promised, with the work order";
    39 "0039_living_plan" "plans that go on by themselves, as versions";
    40 "0040_locked_visits" "visits that stay as a person said";
    41 "0041_clocks_by_subject" "clocks found by what they are about";
}

/// [`ALL`], and for rehearsals of an upgrade one harmless step more: with `AFTERCARE_TEST_SCHEMA_STEP` in the environment of
/// `migrate` or `serve`, on a copy of the data. A database that had it is newer than the program ever after.
pub fn known() -> &'static [Migration] {
    static REHEARSED: LazyLock<Vec<Migration>> = LazyLock::new(|| {
        let extra = Migration {
            number: 999_999,
            name: "a rehearsed step",
            sql: "CREATE TABLE rehearsed_step (id TEXT PRIMARY KEY);",
        };
        ALL.iter().copied().chain([extra]).collect()
    });
    if std::env::var_os("AFTERCARE_TEST_SCHEMA_STEP").is_some() { &REHEARSED } else { ALL }
}
