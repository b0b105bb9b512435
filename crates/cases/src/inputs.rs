//! What the commands take.

use std::collections::BTreeMap;

use assets::AssetId;
use customers::{ContactId, SiteId};
use kit::Ts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::case::{CaseNext, CasePromise};
use crate::model::{
    AgreedHow, CallDirection, CallId, CallOutcome, CaseId, CaseKind, NextStep, PhoneOutcome, ReportChannel,
    Severity, StateName, TelephoneNews,
};
use crate::rules::ReworkProposal;

/// A call as the desk types it (P1).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordCall {
    /// Our number that was dialled.
    pub dialled: String,
    /// The caller's number in any format; none if it was withheld.
    #[serde(default)]
    pub caller: Option<String>,
    /// When it began.
    pub started_at: Ts,
    /// When it ended; none while it goes on.
    #[serde(default)]
    pub ended_at: Option<Ts>,
    /// What it led to.
    pub outcome: CallOutcome,
    /// The case it is about.
    #[serde(default)]
    pub case_id: Option<CaseId>,
}

/// The end of a call (P1).
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndCall {
    /// When it ended; now unless said.
    #[serde(default)]
    pub ended_at: Option<Ts>,
    /// What it led to, if that is known only now.
    #[serde(default)]
    pub outcome: Option<CallOutcome>,
}

/// What came of calling back after a missed call (P1).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallBack {
    /// Somebody was reached: the call back is done. Nobody: it is owed again after the same time.
    pub reached: bool,
    /// The case it led to or was about, if any.
    #[serde(default)]
    pub case_id: Option<CaseId>,
}

/// What the telephone system tells of a call (P1). Told again, late or in another order, it leads to the same record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TelephoneEvent {
    /// What happened.
    pub event: TelephoneNews,
    /// The telephone system's own name of the call, the same in all that it tells of it: 1 to 128 characters.
    #[schema(min_length = 1, max_length = 128, pattern = r"\S")]
    pub call: String,
    /// Who called whom; to us unless said.
    #[serde(default)]
    pub direction: Option<CallDirection>,
    /// The number that called, in any format; none if it was withheld.
    #[serde(default)]
    pub caller: Option<String>,
    /// The number that was dialled: our hotline, or for a call out the number outside.
    pub dialled: String,
    /// The phone in the house: where it rings, or who answered; none while it waits in the queue.
    #[serde(default)]
    pub extension: Option<String>,
    /// When it happened; now unless said.
    #[serde(default)]
    pub at: Option<Ts>,
}

/// Which phone stands on one's desk, and whether calls may come up on the screen.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDeskPhone {
    /// The phone's extension; none if calls come without one.
    #[serde(default)]
    pub extension: Option<String>,
    /// Whether calls come up on the screen.
    pub takes_calls: bool,
}

/// What a call led to, said by the desk while it goes on or afterwards.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleCall {
    /// What it led to: not `ringing`, not `missed`.
    pub outcome: CallOutcome,
    /// The case it is about.
    #[serde(default)]
    pub case_id: Option<CaseId>,
}

/// Why a missed caller's number is shown.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealCaller {
    /// Why, 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub reason: String,
}

/// Who is called back: a known contact, or somebody new by name and number.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactChoice {
    /// A known contact of this customer.
    #[serde(default)]
    pub id: Option<ContactId>,
    /// A new contact's name; may stay empty.
    #[serde(default)]
    pub name: Option<String>,
    /// A new contact's number, in any format.
    #[serde(default)]
    pub phone: Option<String>,
    /// What a new contact is there.
    #[serde(default)]
    pub role: Option<String>,
}

/// A report by a customer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportFault {
    /// What the customer wants; a fault unless said.
    #[serde(default)]
    pub kind: Option<CaseKind>,
    /// How it came in.
    pub channel: ReportChannel,
    /// The caller's number, if no contact is chosen.
    #[serde(default)]
    pub caller_number: Option<String>,
    /// Who is called back.
    #[serde(default)]
    pub contact: Option<ContactChoice>,
    /// Where.
    pub site_id: SiteId,
    /// Which device.
    #[serde(default)]
    pub asset_id: Option<AssetId>,
    /// What happens, in the caller's words, 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    pub symptom: String,
    /// The class of the symptom, if one was chosen.
    #[serde(default)]
    pub symptom_class: Option<String>,
    /// Answers to the policy's questions about the effect on use: question → answer.
    #[serde(default)]
    pub effects: BTreeMap<String, bool>,
    /// Another severity than the answers give; needs a reason.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Why.
    #[serde(default)]
    pub severity_reason: Option<String>,
    /// When the customer can be reached.
    #[serde(default)]
    pub reachable_when: Option<String>,
    /// The intake form: it makes one case, however often it is sent.
    #[serde(default)]
    pub draft_id: Option<Uuid>,
    /// The call in which it was reported.
    #[serde(default)]
    pub call_id: Option<CallId>,
}

/// Taking up a new case.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TriageCase {
    /// The severity, if it changes.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Why it changes; needed for lowering it.
    #[serde(default)]
    pub reason: Option<String>,
    /// The symptom, if it is worded anew.
    #[serde(default)]
    pub symptom: Option<String>,
    /// The class of the symptom.
    #[serde(default)]
    pub symptom_class: Option<String>,
    /// The earlier case whose repair this redoes: makes it a rework (P74).
    #[serde(default)]
    pub rework_of: Option<CaseId>,
}

/// Beginning to help by phone.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartPhoneSupport {
    /// Who helps; oneself unless said.
    #[serde(default)]
    pub supporter_id: Option<String>,
}

/// What came of helping by phone (P38).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPhoneResult {
    /// Solved or not.
    pub outcome: PhoneOutcome,
    /// What was tried, in order; at least one.
    pub steps_tried: Vec<String>,
    /// What the customer is to do; needed if solved, it is sent to them.
    #[serde(default)]
    pub fix_plan: Option<String>,
    /// Why the fault had come, a code of the catalogue; only if solved.
    #[serde(default)]
    pub cause_code: Option<String>,
    /// Why it was not solved.
    #[serde(default)]
    pub reason: Option<String>,
    /// The skill a visit needs.
    #[serde(default)]
    pub needed_skill: Option<String>,
    /// Parts a visit will need.
    #[serde(default)]
    pub expected_parts: Vec<String>,
    /// Minutes of work expected on site, 1 to 10080.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10080)]
    pub expected_minutes: Option<i64>,
}

/// Both sides agree to a visit (P41).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeOnsite {
    /// Who agreed for the customer.
    pub contact_id: ContactId,
    /// Who agreed for the company; oneself unless said.
    #[serde(default)]
    pub company_person_id: Option<String>,
    /// How.
    pub how: AgreedHow,
    /// When, between report and now; now unless said.
    #[serde(default)]
    pub agreed_at: Option<Ts>,
    /// Why the phone was not tried, if the policy allows that.
    #[serde(default)]
    pub phone_exception: Option<String>,
    /// The window that was promised then, if one was (P8): the work order keeps it. From; it ends ahead, a day later at most.
    #[serde(default)]
    pub window_start: Option<Ts>,
    /// To.
    #[serde(default)]
    pub window_end: Option<Ts>,
}

/// Another severity (P45).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSeverity {
    /// The new one.
    pub severity: Severity,
    /// Why; needed for lowering it.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Whom a case waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitFor {
    /// The customer: pauses response and restoration (decision 10).
    Customer,
    /// A part: pauses nothing.
    Parts,
}

/// The case waits.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitCase {
    /// For whom.
    #[serde(rename = "for")]
    pub whom: WaitFor,
    /// When somebody looks again.
    pub until: Ts,
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// Offering the case to somebody.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferHandOver {
    /// Employee or account.
    pub to_id: String,
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// A step that needs a reason: withdrawing, reopening, declining.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseReason {
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// Going on under another number.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeCase {
    /// The open case of the same site that goes on.
    pub into: CaseId,
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// Following another case of the same fault.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowCase {
    /// The open case whose solution is waited for.
    pub parent_id: CaseId,
}

/// Setting the next step by hand.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetNextStep {
    /// What.
    pub step: NextStep,
    /// In words; needed for `other`.
    #[serde(default)]
    pub note: Option<String>,
    /// By when.
    pub due_at: Ts,
}

/// What can be corrected of a report.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectCase {
    /// What happens.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    pub symptom: String,
    /// The class of the symptom.
    #[serde(default)]
    pub symptom_class: Option<String>,
    /// Which device of the site.
    #[serde(default)]
    pub asset_id: Option<AssetId>,
    /// Who is called back.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// When the customer can be reached.
    #[serde(default)]
    pub reachable_when: Option<String>,
}

/// A note.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNote {
    /// 1 to 4000 characters.
    #[schema(min_length = 1, max_length = 4000, pattern = r"\S")]
    pub text: String,
    /// Whether the customer may read it.
    #[serde(default)]
    pub for_customer: bool,
}

pub use kit::http::Nothing;

/// Where a case stands after a command.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CaseAnswer {
    /// Its id.
    pub id: CaseId,
    /// Its number, to be read aloud.
    pub number: String,
    /// What the customer wants.
    pub kind: CaseKind,
    /// How much the fault hinders.
    pub severity: Severity,
    /// Its state.
    pub state: StateName,
    /// The owner's id.
    pub owner_id: String,
    /// The owning unit.
    pub unit_id: organisation::UnitId,
    /// What is to be done next.
    pub next: Option<CaseNext>,
    /// The promise as stored: what is read aloud.
    pub promise: CasePromise,
    /// An earlier repair that this may be the rework of (P74).
    pub rework: Option<ReworkProposal>,
    /// Version for `If-Match`.
    pub version: i64,
}
