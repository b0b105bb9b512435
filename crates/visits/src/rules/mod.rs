//! Pure decisions over work orders and visits.
//!
//! - [`steps`]: the table of states × steps of a visit, and the one step the engineer's button offers.
//! - [`gates`]: what must be there before a step: checklist, photo, quote, self-inspection, signature.
//! - [`order`]: the state of a work order, derived from its visits.
//! - [`plan`]: time, place and symptom (P42), windows, the place check of an arrival.

pub mod gates;
pub mod order;
pub mod plan;
pub mod steps;
