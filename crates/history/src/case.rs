//! A case as the log tells it.

use jiff::Timestamp;
use uuid::Uuid;

use crate::clocks::ClockPlan;
use crate::mapping::{ChannelWord, KindWord, ResolvedWord, SeverityWord, StateRule, StateWord};

/// A case with its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryCase {
    /// Its key in the log.
    pub key: String,
    /// `<source>:<key>`: under this it is known here.
    pub external_key: String,
    /// The id of the command that brings it in; follows from source and key.
    pub command_id: Uuid,
    /// What was asked for.
    pub kind: KindWord,
    /// How it came in.
    pub channel: ChannelWord,
    /// How grave it was in the end.
    pub severity: SeverityWord,
    /// Its priority in the log.
    pub priority: Option<String>,
    /// Its last state.
    pub state: StateRule,
    /// That state in the log.
    pub source_state: Option<String>,
    /// Whose it was.
    pub customer: Option<String>,
    /// Where.
    pub site: Option<String>,
    /// Who reported.
    pub contact: Option<String>,
    /// Their number.
    pub contact_phone: Option<String>,
    /// Their address.
    pub contact_email: Option<String>,
    /// What happened.
    pub symptom: Option<String>,
    /// Its class.
    pub symptom_class: Option<String>,
    /// Who had it last.
    pub owner: Option<String>,
    /// Which group had it last.
    pub group: Option<String>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// When it was mended, if it is.
    pub resolved_at: Option<Timestamp>,
    /// How.
    pub resolution: ResolvedWord,
    /// When it ended, if it has.
    pub closed_at: Option<Timestamp>,
    /// The last change.
    pub touched_at: Timestamp,
    /// How often it was reopened.
    pub reopened: u64,
    /// How often it was reassigned.
    pub reassigned: u64,
    /// Whether the other system says the promise was kept.
    pub promise_kept: Option<bool>,
    /// Its steps in order, one per row.
    pub steps: Vec<HistoryStep>,
    /// Its clocks.
    pub clocks: Vec<ClockPlan>,
}

/// One row of the log as a step of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryStep {
    /// Follows from source, key and what stands in the row.
    pub command_id: Uuid,
    /// Its line in the file.
    pub line: u64,
    /// When the log says it was made.
    pub at: Timestamp,
    /// The state after it.
    pub state: StateWord,
    /// That state in the log.
    pub source_state: Option<String>,
    /// The severity after it.
    pub severity: SeverityWord,
    /// The priority in the log.
    pub priority: Option<String>,
    /// Who has it after it.
    pub owner: Option<String>,
    /// Which group has it.
    pub group: Option<String>,
    /// What differs from the step before: none on the first.
    pub changed: Vec<&'static str>,
    /// It reopens the case.
    pub reopens: bool,
}
