//! Service cases: from the first call to the closed case.
mod names;
pub mod errors;
pub mod model;
pub mod rules;
pub use errors::CaseError;
pub use model::*;
