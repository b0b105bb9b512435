//! Pure decisions about cases: no database, no HTTP, the instant passed in; each returns its reasons.
//!
//! [`steps`] is the table of states × steps; the other rooms decide what a step leads to.

mod agree;
mod columns;
mod family;
mod hand_over;
mod private_contacts;
mod rework;
mod severity;
mod steps;
pub mod telephone;

#[cfg(test)]
mod table_tests;

pub use agree::{Agreement, PhoneRule, agree_onsite, promised_window};
pub use columns::CaseColumn;
pub use family::{Kin, follow};
pub use hand_over::{Escalate, accept, escalates, idle, offer, timed_out};
pub use private_contacts::{Masked, mask_private};
pub use rework::{Repaired, ReworkMatch, ReworkProposal, ReworkTerm, days_at_most, rework_of};
pub use severity::{SeverityFinding, change_severity, report_severity};
pub use steps::{Due, Standing, allowed, due, next_after, open_steps, primary, unblocked};

use crate::errors::CaseError;

/// A text that must be there: trimmed, at most `max` characters.
///
/// # Errors
/// `missing` if it is blank; `case_text_too_long`.
pub fn needed(text: &str, max: usize, missing: CaseError) -> Result<String, CaseError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(missing);
    }
    if text.chars().count() > max {
        return Err(CaseError::TextTooLong { max });
    }
    Ok(text.to_owned())
}

/// A text that may be missing: trimmed, `None` if blank.
///
/// # Errors
/// `case_text_too_long`.
pub fn optional(text: Option<&str>, max: usize) -> Result<Option<String>, CaseError> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) if text.chars().count() > max => Err(CaseError::TextTooLong { max }),
        Some(text) => Ok(Some(text.to_owned())),
    }
}
