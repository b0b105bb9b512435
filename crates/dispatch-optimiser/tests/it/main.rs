//! The engine against its judges: the independent check, an exact enumeration, the reference in Python.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(clippy::print_stdout, reason = "a test says why it is skipped")]

mod agreement;
mod exact;
mod explained;
mod faults;
mod fuzz;
mod places;
mod regression;
mod rules;
mod world;
