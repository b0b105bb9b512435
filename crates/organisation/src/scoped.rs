//! Tables whose rows follow their county when it moves to another unit (P4, decision 2).

/// A table with `unit_id` and `division_code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopedTable {
    /// Its name.
    pub table: &'static str,
    /// Which rows follow; all if none. Closed work stays where it was done.
    pub open: Option<&'static str>,
}

/// Every such table. The crates that own them stand to the right of this one, so they are named here and
/// rewritten only if the schema has them.
pub const SCOPED_TABLES: &[ScopedTable] = &[
    ScopedTable { table: "site", open: None },
    ScopedTable { table: "asset", open: None },
    ScopedTable { table: "acceptance", open: None },
    ScopedTable { table: "service_case", open: Some("closed_at IS NULL") },
    ScopedTable { table: "case_coverage", open: Some(OF_OPEN_CASE) },
    ScopedTable { table: "work_order", open: Some("closed_at IS NULL") },
    ScopedTable { table: "visit", open: Some("state NOT IN ('declined', 'left', 'cancelled')") },
    ScopedTable { table: "follow_up", open: Some(OF_OPEN_CASE) },
    ScopedTable { table: "clock", open: Some("stopped_at IS NULL") },
];

const OF_OPEN_CASE: &str = "case_id IN (SELECT id FROM service_case WHERE closed_at IS NULL)";
