//! The integration tests: one binary, each test on SQLite and on PostgreSQL.

// Helpers of tests unwrap like tests do; clippy knows only functions marked as such.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../program/mod.rs"]
mod program;
mod world;

mod access;
mod alerts;
mod assets;
mod audit;
mod care;
mod cases;
mod check;
mod commands;
mod coverage;
mod crash;
mod cursors;
mod customers;
mod demo;
mod described;
mod dispatch;
mod export;
mod history;
mod hostile;
mod identity;
mod keeping;
mod live;
mod nodes;
mod notifications;
mod organisation;
mod papers;
mod permissions;
mod phones;
mod policy;
mod portal;
mod pricing;
mod purge;
mod races;
mod reads;
mod saved_views;
mod search;
mod second_factor;
mod starting;
mod statements;
mod tables;
mod telephone;
mod units;
mod visits;
mod watching;
