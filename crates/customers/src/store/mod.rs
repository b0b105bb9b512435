//! The only place that reads or writes customers, sites, contacts and search keys.

pub mod contacts;
pub mod customers;
pub(crate) mod import;
mod look_up;
pub mod search;
pub mod sites;
pub mod tables;

pub use look_up::{look_up, match_caller};

use kit::{Both, DbError, Reach, Row, ScopeColumns, Value, Where};

use crate::model::UnitName;

/// Where the site table keeps what the filter needs. A visit shares the site with its engineer; all that stands or works there
/// (assets, contacts, the customer) is seen through it.
pub const SITE_SCOPE: ScopeColumns = ScopeColumns {
    subject: "site",
    id: "s.id",
    unit: "s.unit_id",
    second_unit: None,
    customer: Some("s.customer_id"),
};

/// Narrows `c` (customer) to what `reach` sees: customers of the unit, and those with a site within reach.
pub(crate) fn narrow_customers(reach: &Reach, filter: &mut Where) {
    match reach {
        Reach::Everything => {}
        Reach::Unit(root) => {
            filter.and(
                "c.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?) OR EXISTS (SELECT 1 FROM site x \
                 JOIN unit_reach r ON r.unit_id = x.unit_id WHERE x.customer_id = c.id AND r.root_id = ?)",
                [Value::from(root), Value::from(root)],
            );
        }
        Reach::Person(person) => {
            filter.and(
                "EXISTS (SELECT 1 FROM site x JOIN shared_with w ON w.subject_id = x.id AND w.subject_type = 'site' \
                 WHERE x.customer_id = c.id AND w.person_id = ?)",
                [Value::from(person)],
            );
        }
        Reach::Customer(customer) => {
            filter.and("c.id = ?", [Value::from(customer)]);
        }
        Reach::Nothing => {
            filter.and("1 = 0", []);
        }
    }
}

/// Narrows `k` (contact) of `c` (customer): within a unit with the customer; for an engineer those of the shared site, and those of
/// its customer that belong to no site.
pub(crate) fn narrow_contacts(reach: &Reach, filter: &mut Where) {
    match reach {
        Reach::Person(person) => {
            filter.and(
                "EXISTS (SELECT 1 FROM site x JOIN shared_with w ON w.subject_id = x.id AND w.subject_type = 'site' \
                 WHERE x.customer_id = k.customer_id AND (k.site_id IS NULL OR k.site_id = x.id) AND w.person_id = ?)",
                [Value::from(person)],
            );
        }
        Reach::Unit(root) => {
            // A contact of a site is seen where the site is; one of no site where the customer is.
            filter.and(
                "(k.site_id IS NOT NULL AND EXISTS (SELECT 1 FROM site x JOIN unit_reach r ON r.unit_id = x.unit_id \
                 WHERE x.id = k.site_id AND r.root_id = ?)) \
                 OR c.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?) \
                 OR (k.site_id IS NULL AND EXISTS (SELECT 1 FROM site x JOIN unit_reach r ON r.unit_id = x.unit_id \
                 WHERE x.customer_id = k.customer_id AND r.root_id = ?))",
                [Value::from(root), Value::from(root), Value::from(root)],
            );
        }
        other => narrow_customers(other, filter),
    }
}

/// The unit behind `unit_id`, `unit_zh`, `unit_en`.
pub(crate) fn unit_name(row: &Row) -> Result<UnitName, DbError> {
    Ok(UnitName {
        id: row.get("unit_id")?,
        name: Both::new(row.get::<String>("unit_zh")?, row.get::<String>("unit_en")?),
    })
}

/// The end of the range of texts that begin with `prefix`.
pub(crate) fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}
