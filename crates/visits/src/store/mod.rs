//! The only place that reads or writes work orders, visits and what is recorded on them.
//!
//! - [`rows`]: the two records themselves. - [`records`]: findings, answers, evidence, documents, signatures, duties.
//! - [`lists`]: what screens show, joined in one statement per page. - [`checklists`]: versions of checklists.

pub(crate) mod checklists;
pub(crate) mod field;
pub(crate) mod home;
mod hung;
pub(crate) mod lists;
pub(crate) mod records;
pub(crate) mod rows;

use identity::files::FileUse;
use kit::{DbError, Row, ScopeColumns};

/// Where `work_order w` keeps what the filter of reach needs.
pub(crate) const ORDER_SCOPE: ScopeColumns = ScopeColumns {
    subject: "work_order",
    id: "w.id",
    unit: "w.unit_id",
    second_unit: Some("w.second_unit_id"),
    customer: Some("w.customer_id"),
};

/// Where `visit v` keeps what the filter of reach needs.
pub(crate) const VISIT_SCOPE: ScopeColumns = ScopeColumns {
    subject: "visit",
    id: "v.id",
    unit: "v.unit_id",
    second_unit: Some("v.second_unit_id"),
    customer: Some("v.customer_id"),
};

/// Photos of visits, and of the engineers who come: for those who see the work order or visit; customers among them, whose
/// service order shows both (P21, P72).
pub const FILE_USES: &[FileUse] = &[
    FileUse {
        from: "evidence f JOIN work_order w ON w.id = f.work_order_id",
        digest: "f.sha256",
        only: None,
        narrow: |filter, actor| actor.reach.narrow(filter, &ORDER_SCOPE),
    },
    FileUse {
        from: "employee e JOIN visit v ON v.engineer_id = e.id",
        digest: "e.photo_sha256",
        only: Some("v.state NOT IN ('proposed', 'declined', 'cancelled')"),
        narrow: |filter, actor| actor.reach.narrow(filter, &VISIT_SCOPE),
    },
];

/// A nullable column that holds the name of a `T`.
fn maybe<T: std::str::FromStr>(row: &Row, name: &str) -> Result<Option<T>, DbError> {
    match row.get::<Option<String>>(name)? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| DbError::Column { name: name.to_owned() }),
    }
}
