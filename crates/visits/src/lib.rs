//! Work orders and visits.
#![allow(dead_code)]
mod capitals;
mod checklist;
mod errors;
mod model;
mod names;
mod rules;
pub use capitals::amount_in_capitals;
pub use errors::VisitError;
pub use model::*;
