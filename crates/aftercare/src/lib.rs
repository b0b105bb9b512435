//! The program: the only crate that names every domain.
//!
//! [`app`] puts routes, workers and schema steps together; [`http`] is what stands around the routes; [`cli`] are the verbs of
//! the command line.

pub mod app;
pub mod checks;
pub mod cli;
pub mod demo;
pub mod export;
pub mod http;
pub mod import;
pub mod keeping;
pub mod migrations;
