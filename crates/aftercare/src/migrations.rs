//! The schema steps of every domain, one numbered list for both databases.

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
}
