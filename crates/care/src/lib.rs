//! Care after a service: the follow-up call that closes a case or opens it again, and the satisfaction it tells of.
//!
//! - A case that was mended owes a call (P13): [`workers`] plans it, once per case and completion, due when the case's
//!   follow-up clock says.
//! - [`start`] and [`record`]: somebody other than who did the work calls, asks the script (solved, on time P8, uniform and badge
//!   P20, integrity P27, satisfaction P7) and records the result: solved closes the case, not solved reopens it, not reached
//!   plans the next attempt.
//! - [`complaints`]: every complaint has an owner outside the line of whom it concerns, a finding and an answer in time (P9, P65).
//! - [`rate_visit`]: what the customer thinks while the engineer is there, given on the engineer's phone and shown to whoever calls,
//!   never to the engineer; it counts where nobody was reached afterwards.
//! - [`satisfaction`]: one score per closed order, by engineer or branch, with the number of answers (P7).

mod actions;
mod columns;
pub mod complaints;
pub mod errors;
mod http;
mod jobs;
mod model;
mod rules;
mod store;

pub use actions::{answer, owed, plan, rate_visit, rated, record, start};
pub use errors::CareError;
pub use http::routes;
pub use jobs::{readers, workers};
pub use model::{
    AttemptView, FollowUpHome, FollowUpId, FollowUpResult, FollowUpRow, FollowUpState, FollowUpView, How,
    OnSiteRating, Owed, Question, QuestionKind, RateVisit, RatingKept, RecordFollowUp, SatisfactionBy,
    SatisfactionMonth, SatisfactionReport, SatisfactionRow,
};
pub use rules::{MAX_UNREACHED, Rated, SMALL_SAMPLE, satisfaction, script};

use kit::{Failure, Reach, Ts, Tx};

/// Days that a low score stands on the home page.
const LOW_DAYS: i64 = 30;

/// What a follow-up agent starts the day with; `today_ends` is the end of their day.
///
/// # Errors
/// As the database says.
pub async fn home(tx: &mut Tx, reach: &Reach, now: Ts, today_ends: Ts) -> Result<FollowUpHome, Failure> {
    store::home(tx, reach, now, today_ends, now.plus(-LOW_DAYS * Ts::DAY)).await
}
