//! The service promise as versioned data, the holidays it leans on, and the clocks that measure it.
//!
//! - [`PolicyContent`]: hours, targets, pauses, effect questions, coverage; its [`Default`] is the company's own promise. Versions are
//!   kept for ever; a case keeps the one in force at its report (decision 10).
//! - [`Book`]: all versions, holiday lists and worked-out calendars, read once; [`in_force`], [`version`] and [`holidays`] ask it.
//! - [`clocks`]: start, pause, resume, stop, retarget; alerts once; [`clocks::verify`] proves invariant 8.
//! - [`severity`] turns answers to effect questions into a severity with its reasons (P45).

mod actions;
mod book;
pub mod clocks;
mod defaults;
pub mod errors;
mod http;
pub mod jobs;
mod model;
mod rules;
mod store;

use std::sync::Arc;

pub use actions::{establish, import_holidays, make_version};
pub use book::{Book, Hours, YEARS};
pub use defaults::ZONE;
pub use errors::PolicyError;
pub use http::routes;
use kit::{Failure, Ts, Tx};
pub use model::{
    ArrivalStart, BySeverity, CalendarKey, Calendars, EffectAnswers, EffectQuestion, Pauses, Policy,
    PolicyContent, Promise, RequestClass, Severity, SeverityReason, SeverityVerdict, Target, Targets,
};
pub use rules::{arrival_start, check, day_terms, severity, terms, terms_by};
use service_calendar::{CompiledCalendar, HolidayYears};

/// Hashes every policy version and imported holiday list again, for `aftercare check`. Returns how many were looked at, and
/// the names of those that were altered.
///
/// # Errors
/// As the database says.
pub async fn verify_versions(tx: &mut Tx) -> Result<(i64, Vec<String>), Failure> {
    Ok(store::altered(tx).await?)
}

/// The version in force at `at`.
///
/// # Errors
/// As the database says.
pub async fn in_force(tx: &mut Tx, at: Ts) -> Result<Arc<Policy>, Failure> {
    Ok(Book::open(tx).await?.in_force(at))
}

/// A version by its number.
///
/// # Errors
/// `policy_version_unknown`.
pub async fn version(tx: &mut Tx, version: i64) -> Result<Arc<Policy>, Failure> {
    Ok(Book::open(tx).await?.version(version)?)
}

/// The holiday lists, built in and imported.
///
/// # Errors
/// As the database says.
pub async fn holidays(tx: &mut Tx) -> Result<Arc<HolidayYears>, Failure> {
    Ok(Book::open(tx).await?.holidays().clone())
}

/// A calendar of a version, worked out with the holiday lists and kept.
///
/// # Errors
/// `policy_version_unknown`.
pub async fn compiled_calendar(
    tx: &mut Tx,
    version: i64,
    key: CalendarKey,
) -> Result<Arc<CompiledCalendar>, Failure> {
    Book::open(tx).await?.calendar(version, key)
}
