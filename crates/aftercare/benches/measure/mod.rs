//! What the measurements of the whole program share: a place to measure on, clients, the table.

#![allow(dead_code)] // each measurement takes what it needs

pub mod database;
pub mod demo;
pub mod estate;
pub mod load;
#[path = "../../tests/program/mod.rs"]
pub mod program;
pub mod table;
