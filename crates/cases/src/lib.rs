//! Service cases: from the first call to the closed case, with one owner and a next step at every moment.
//!
//! - [`report_fault`] gives number, promise, owner, clock and cover at once (P39); [`triage`] takes a case up.
//! - [`start_phone_support`], [`record_phone_result`]: help by phone first (P14, P37, P38); [`agree_onsite`] records both
//!   sides' word and starts the arrival clock (P41, P44, P45).
//! - [`hand_over`] needs acceptance; too many or idle hours raise a case to Technical Service (P10).
//! - [`rules`] holds the table of states × steps; [`rules::rework_of`] finds the repair that a fault repeats (P74).
//! - Other domains tell a case what happened with [`entered_field`], [`arrived`], [`field_done`], [`close`], [`reopen`], and
//!   keep it open with [`hold`] and [`release`] (decision 9).

mod actions;
mod case;
pub mod errors;
mod http;
mod import;
mod inputs;
pub mod jobs;
mod model;
mod neighbours;
mod reads;
pub mod rules;
mod store;
mod templates;
mod views;

pub use actions::{
    CaseJob, FOLLOW_UP_JOB, FieldOutcome, HAND_OVER_JOB, IDLE_JOB, accept_hand_over, agree_onsite, arrived,
    call_back, change_severity, close, close_complaint, complaint_again, complaint_answered,
    complaint_clocked, complaint_late, complaint_taken, concern, correct, decline_hand_over, end_call,
    entered_field, escalate, fault_found, field_done, followed_up, hand_over, handed_in, hold, later_window,
    leave_off_gone, leave_parent, masked, may_answer, merge, record_call, record_phone_result, release,
    reopen, reopen_after_call, report_by_customer, report_fault, rest_for_later_window, resume,
    return_escalation, reveal_caller, seen, set_next_step, set_parent, start_phone_support, triage,
    visit_planned, wait, withdraw, write_note,
};
pub use case::{ArriveFrom, Case, CaseNext, CasePromise, CaseRef, PromisedTime};
pub use errors::CaseError;
pub use http::routes;
pub use import::{
    ImportedCase, ImportedClock, ImportedCounts, ImportedState, ImportedStep, import_cases, import_people,
    imported_cases, imported_counts, imported_steps,
};
pub use inputs::{
    AgreeOnsite, CaseAnswer, CaseReason, ChangeSeverity, ContactChoice, CorrectCase, FollowCase, MergeCase,
    OfferHandOver, RecordCall, RecordPhoneResult, ReportFault, SetNextStep, StartPhoneSupport, TriageCase,
    WaitCase, WaitFor, WriteNote,
};
pub use model::{
    AgreedHow, Blocker, CallId, CallOutcome, CaseId, CaseKind, CaseState, EscalationCause, HandOverId,
    NextStep, NoteId, OnsiteAgreementId, PhoneOutcome, PhoneProgress, PhoneSupportId, ReportChannel,
    ResolvedHow, Severity, StateName, Step, Working, person,
};
pub use reads::{home, missed_calls, phone_queue};
pub use store::search::{Statement, explained};
pub use store::{CaseListView, CaseSort, EVENTS, ListQuery, explained_lists, within};
pub use views::{
    CaseHome, CaseList, CaseRow, CaseView, MissedCalls, PhoneQueue, PhoneSupportView, TimelineEntry,
};

use kit::{Actor, Failure, Tx};

/// What case numbers begin with: `SQ20261122-0001`.
pub const NUMBER_PREFIX: &str = "SQ";

/// A case, if `actor` may see it.
///
/// # Errors
/// `case_unknown`.
pub async fn visible(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Case, Failure> {
    Ok(store::visible(tx, actor, id).await?.ok_or(CaseError::Unknown)?)
}

/// A case, whoever asks: for programs.
///
/// # Errors
/// `case_unknown`.
pub async fn case(tx: &mut Tx, id: CaseId) -> Result<Case, Failure> {
    Ok(store::by_id(tx, id).await?.ok_or(CaseError::Unknown)?)
}

/// The open cases of a device, the newest first, whoever asks: for programs.
///
/// # Errors
/// As the database says.
pub async fn open_of_asset(tx: &mut Tx, asset_id: assets::AssetId) -> Result<Vec<Case>, Failure> {
    Ok(store::open_of_asset(tx, asset_id).await?)
}

/// Whom a complaint concerns, by id.
///
/// # Errors
/// As the database says.
pub async fn concerned(tx: &mut Tx, id: CaseId) -> Result<Vec<organisation::EmployeeId>, Failure> {
    Ok(store::concerned(tx, id).await?)
}

/// What keeps a case open.
///
/// # Errors
/// As the database says.
pub async fn blockers(tx: &mut Tx, id: CaseId) -> Result<Vec<Blocker>, Failure> {
    Ok(store::blockers(tx, id).await?)
}

/// The window that was promised when both sides agreed to a visit, from when to when, if one was.
///
/// # Errors
/// As the database says.
pub async fn agreed_window(tx: &mut Tx, id: CaseId) -> Result<Option<(kit::Ts, kit::Ts)>, Failure> {
    Ok(store::agreed_window(tx, id).await?)
}

/// The attempts by phone, oldest first: what was tried, which skill and parts a visit needs (P41, P43).
///
/// # Errors
/// As the database says.
pub async fn phone_supports(tx: &mut Tx, id: CaseId) -> Result<Vec<PhoneSupportView>, Failure> {
    let mut supports = store::phone_supports(tx, id).await?;
    neighbours::name_causes(tx, &mut supports).await?;
    Ok(supports)
}

/// The fix plan of an attempt by phone, for the message to the customer (P38).
///
/// # Errors
/// As the database says.
pub async fn fix_plan(tx: &mut Tx, id: PhoneSupportId) -> Result<Option<String>, Failure> {
    Ok(store::fix_plan(tx, id).await?)
}
