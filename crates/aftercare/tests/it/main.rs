//! The integration tests: one binary, each test on SQLite and on PostgreSQL.

mod world;

mod commands;
mod permissions;
