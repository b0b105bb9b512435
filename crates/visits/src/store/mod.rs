//! The only place that reads or writes work orders, visits and what is recorded on them.
//!
//! - [`rows`]: the two records themselves. - [`records`]: findings, answers, evidence, documents, signatures, duties.
//! - [`lists`]: what screens show, joined in one statement per page. - [`checklists`]: versions of checklists.

pub(crate) mod checklists;
pub(crate) mod lists;
pub(crate) mod records;
pub(crate) mod rows;

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

/// A nullable column that holds the name of a `T`.
fn maybe<T: std::str::FromStr>(row: &Row, name: &str) -> Result<Option<T>, DbError> {
    match row.get::<Option<String>>(name)? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| DbError::Column { name: name.to_owned() }),
    }
}
