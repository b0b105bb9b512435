//! Another desk's event log, read through a mapping file: pure rules, no database, no network, no wall clock.
//!
//! 1. [`Mapping`] says what the columns and values of the log mean here; [`SAMPLE_MAPPING`] is one to start from.
//! 2. [`decode`] turns the bytes of the log into text, [`Log::read`] into rows by case: repeated rows are dropped and
//!    counted, rows that can't be read are refused with line, column and reason.
//! 3. [`Log::case`] puts the rows of a case in order and builds a [`HistoryCase`]: its steps, its final state and its
//!    clocks as events a strict replay accepts.
//! 4. [`Tally`] counts everything on the way, so that each number of the file is found again in the [`Report`].
//!
//! Ids of steps are made from what stands in a row ([`ids`]): the same log gives the same ids, however often it is read.

mod build;
mod case;
mod clocks;
mod decode;
mod error;
pub mod ids;
mod log;
mod mapping;
mod order;
mod report;
mod row;
mod time;
mod words;

pub use build::{Built, Trouble};
pub use case::{HistoryCase, HistoryStep};
pub use clocks::{ClockPlan, ClockStep, PlanPromise, PlannedTerms, PolicyTerms};
pub use decode::decode;
pub use error::{LogError, MappingError, RowFault, RowReason};
pub use log::{CaseIndex, Log};
pub use mapping::{
    ChannelWord, ClockRule, ClockSource, Clocks, Columns, DateRule, Effect, Encoding, Fallback, FileRule,
    KindWord, Mapping, OnRepeatedHour, OrderBy, PauseWord, ResolvedWord, SeverityWord, StateRule, StateWord,
};
pub use report::{
    Agreement, Balance, CaseCounts, ClockCounts, Found, Lists, Report, RowCounts, Tally, TimeCounts,
    Unmapped, Written,
};
pub use words::Line;

/// The mapping for logs of the shape of a ServiceNow incident event log, with comments: a start for one's own.
pub const SAMPLE_MAPPING: &str = include_str!("../../../docs/import/incident-event-log.mapping.toml");
