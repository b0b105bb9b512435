//! Pure decisions over work orders and visits.
//!
//! - [`steps`]: the table of states × steps of a visit, and the one step the engineer's button offers.
//! - [`gates`]: what must be there before a step: checklist, photo, quote, self-inspection, signature.
//! - [`order`]: the state of a work order, derived from its visits.
//! - [`OrderColumn`]: a list of work orders as cells of a spreadsheet.
//! - [`plan`]: time, place and symptom (P42), windows, the place check of an arrival.

mod columns;
pub mod gates;
pub mod order;
pub mod plan;
pub mod steps;

pub use columns::OrderColumn;
