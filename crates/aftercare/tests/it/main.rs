//! The integration tests: one binary, each test on SQLite and on PostgreSQL.

// Helpers of tests unwrap like tests do; clippy knows only functions marked as such.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

mod assets;
mod cases;
mod commands;
mod coverage;
mod customers;
mod identity;
mod organisation;
mod permissions;
mod policy;
mod pricing;
mod visits;
