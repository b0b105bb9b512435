//! What the routes show.

use std::collections::BTreeMap;

use assets::AssetId;
use coverage::CoverageBadge;
use customers::{ContactId, CustomerId, SiteId, VipLevel};
use kit::{Both, Ts};
use organisation::{DepartmentKind, UnitId};
use policy::clocks::ClockView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::case::{CaseNext, CasePromise, CaseRef};
use crate::model::{
    AgreedHow, Blocker, CallDirection, CallId, CallOutcome, CaseId, CaseKind, HandOverId, OnsiteAgreementId,
    PhoneOutcome, PhoneProgress, PhoneSupportId, ReportChannel, ResolvedHow, Severity, StateName, Step,
    Working,
};
use crate::rules::ReworkProposal;

/// Somebody by name: an employee, or an account without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CasePerson {
    /// Employee or account.
    pub id: String,
    /// Name on screen.
    pub name: String,
}

/// A unit by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseUnit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: Both,
}

/// The device a case is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseAsset {
    /// Its id.
    pub id: AssetId,
    /// Serial number.
    pub serial: String,
    /// Model.
    pub model: String,
    /// The product's name.
    pub product: Both,
    /// The skill an engineer needs for it.
    pub skill: String,
}

/// A case as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CaseRow {
    /// Its id.
    pub id: CaseId,
    /// `SQ20261122-0001`.
    pub number: String,
    /// What the customer wants.
    pub kind: CaseKind,
    /// How the report came in.
    pub channel: ReportChannel,
    /// How much the fault hinders.
    pub severity: Severity,
    /// Its state.
    pub state: StateName,
    /// What a waiting case returns to.
    pub back: Option<Working>,
    /// When somebody looks at a waiting case again.
    pub until: Option<Ts>,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// How much the customer is cared for.
    pub vip_level: VipLevel,
    /// Where.
    pub site_id: SiteId,
    /// The site's name.
    pub site_name: String,
    /// The zone in which its times are shown.
    pub zone: String,
    /// Which device.
    pub asset: Option<CaseAsset>,
    /// What happens.
    pub symptom: String,
    /// The owning unit.
    pub unit: CaseUnit,
    /// The one owner.
    pub owner: CasePerson,
    /// To whom it is offered, while that waits.
    pub hand_over_to: Option<String>,
    /// When it was raised to a second unit.
    pub escalated_at: Option<Ts>,
    /// What is to be done next.
    pub next: Option<CaseNext>,
    /// Whether that is overdue.
    pub late: bool,
    /// When it was reported.
    pub reported_at: Ts,
    /// When both sides agreed to a visit.
    pub onsite_agreed_at: Option<Ts>,
    /// The coverage decision, in short.
    pub coverage: Option<CoverageBadge>,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// A page of cases, with a count that is exact only up to 200.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseList {
    /// The rows.
    pub items: Vec<CaseRow>,
    /// The cursor of the next page; absent on the last.
    pub next: Option<String>,
    /// How many there are, on the first page only; 200 if there are more, fewer where a search stopped at its bound.
    pub total: Option<i64>,
    /// There are more than `total` says, or may be: shown as `200+`.
    pub more: bool,
    /// The server's present instant.
    pub now: Ts,
}

/// Who is called back, number masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseContact {
    /// Their id.
    pub id: ContactId,
    /// May be empty.
    pub name: String,
    /// What the person is there.
    pub role: String,
    /// `138****1234`.
    pub phone_masked: Option<String>,
}

/// An attempt to help by phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PhoneSupportView {
    /// Its id.
    pub id: PhoneSupportId,
    /// Who helps.
    pub supporter: CasePerson,
    /// When it began.
    pub started_at: Ts,
    /// When its result was recorded.
    pub ended_at: Option<Ts>,
    /// What came of it.
    pub outcome: Option<PhoneOutcome>,
    /// What was tried, in order.
    pub steps_tried: Vec<String>,
    /// What the customer is to do (P38).
    pub fix_plan: Option<String>,
    /// Why the fault had come: a code of the catalogue.
    pub cause_code: Option<String>,
    /// The cause in words.
    pub cause: Option<Both>,
    /// Why it was not solved.
    pub reason: Option<String>,
    /// The skill a visit needs.
    pub needed_skill: Option<String>,
    /// Parts a visit will need.
    pub expected_parts: Vec<String>,
    /// Minutes of work expected on site.
    pub expected_minutes: Option<i64>,
}

/// Both sides' word for a visit (P41).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OnsiteAgreementView)]
pub struct AgreementView {
    /// Its id.
    pub id: OnsiteAgreementId,
    /// The attempt by phone that did not solve it.
    pub phone_support_id: Option<PhoneSupportId>,
    /// Why the phone was not tried, by the policy's exception.
    pub exception_reason: Option<String>,
    /// Who agreed for the customer.
    pub contact_id: ContactId,
    /// Their name.
    pub contact_name: String,
    /// Who agreed for the company.
    pub company_person: CasePerson,
    /// How.
    pub how: AgreedHow,
    /// When.
    pub agreed_at: Ts,
    /// From when somebody was promised then, if a window was (P8).
    pub window_start: Option<Ts>,
    /// To when.
    pub window_end: Option<Ts>,
    /// When that was written down.
    pub recorded_at: Ts,
}

/// An offered hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HandOverView {
    /// Its id.
    pub id: HandOverId,
    /// From.
    pub from: CasePerson,
    /// To.
    pub to: CasePerson,
    /// Why.
    pub reason: String,
    /// When it was offered.
    pub offered_at: Ts,
    /// When it was answered.
    pub answered_at: Option<Ts>,
    /// `accepted`, `declined`, `dropped`, `timed_out`.
    pub answer: Option<String>,
    /// Why it was declined.
    pub answer_reason: Option<String>,
    /// When it goes back without an answer.
    pub answer_due_at: Option<Ts>,
}

/// A case of the same fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FamilyMember {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: StateName,
    /// Where.
    pub site_name: String,
    /// Whether work is still owed.
    pub open: bool,
}

/// What mended the parent by phone, offered to its children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ParentSolution {
    /// What was tried, in order.
    pub steps_tried: Vec<String>,
    /// What the customer is to do (P38).
    pub fix_plan: String,
    /// When.
    pub solved_at: Ts,
}

/// A step this reader may take now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenStep {
    /// Which.
    pub step: Step,
    /// It is the one the desk offers as its button.
    pub primary: bool,
}

/// A case in full.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseView {
    /// What lists show too.
    #[serde(flatten)]
    pub case: CaseRow,
    /// Street, building, entrance.
    pub address: String,
    /// Why a person set another severity than the answers give.
    pub severity_reason: Option<String>,
    /// The class of the symptom.
    pub symptom_class: Option<String>,
    /// Its name in the catalogue of faults, if it is there.
    pub symptom_name: Option<Both>,
    /// Answers about the effect on use.
    pub effects: BTreeMap<String, bool>,
    /// When the customer can be reached.
    pub reachable_when: Option<String>,
    /// Who is called back.
    pub contact: Option<CaseContact>,
    /// The unit it was raised to.
    pub second_unit_id: Option<UnitId>,
    /// The department of headquarters, if headquarters owns it.
    pub department: Option<DepartmentKind>,
    /// Who took the report.
    pub reported_by: CasePerson,
    /// How often it was handed over.
    pub hand_overs: i64,
    /// How far help by phone has come.
    pub phone: PhoneProgress,
    /// The attempts by phone, oldest first.
    pub phone_supports: Vec<PhoneSupportView>,
    /// The agreements to a visit, oldest first.
    pub agreements: Vec<AgreementView>,
    /// The hand-overs, oldest first.
    pub hand_over_list: Vec<HandOverView>,
    /// What keeps it open.
    pub blockers: Vec<Blocker>,
    /// How it was mended.
    pub resolved_how: Option<ResolvedHow>,
    /// When it was mended.
    pub resolved_at: Option<Ts>,
    /// When it ended.
    pub ended_at: Option<Ts>,
    /// Under which case it goes on.
    pub merged_into: Option<CaseId>,
    /// How often it was reopened.
    pub reopened: i64,
    /// The earlier case whose repair this redoes.
    pub rework_of: Option<CaseId>,
    /// The case it follows.
    pub parent: Option<FamilyMember>,
    /// What mended that one by phone.
    pub parent_solution: Option<ParentSolution>,
    /// The cases that follow it, open ones first; 200 at most.
    pub children: Vec<FamilyMember>,
    /// An earlier repair that this may be the rework of; a person decides at triage (P74).
    pub rework_proposal: Option<ReworkProposal>,
    /// The policy in force at the report.
    pub policy_version: i64,
    /// The promise as it was given.
    pub promise: CasePromise,
    /// What this reader may do now.
    pub steps: Vec<OpenStep>,
}

/// An entry of a case's timeline.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// The cursor: newer entries have a higher one.
    pub pos: i64,
    /// When the server took it.
    pub at: Ts,
    /// When the device made it, if it was offline.
    pub device_at: Option<Ts>,
    /// What kind of being acted.
    pub actor_kind: String,
    /// Who, by name.
    pub actor: Option<CasePerson>,
    /// What happened.
    pub kind: String,
    /// Type of the record it happened to.
    pub subject_type: String,
    /// That record.
    pub subject_id: String,
    /// `staff` or `customer`: who may read it.
    pub audience: String,
    /// Details; `names` has the people behind ids, `words` what the catalogue calls codes of faults and causes.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
    /// The words of a note, a fix plan, a reason.
    pub text: Option<String>,
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallView {
    /// Its id.
    pub id: CallId,
    /// Our number that was dialled.
    pub dialled: String,
    /// `138****1234`; none if the number was withheld.
    pub caller_masked: Option<String>,
    /// When it began.
    pub started_at: Ts,
    /// When it ended.
    pub ended_at: Option<Ts>,
    /// Who took it, or at whose phone it rang last; none while it waits in the queue.
    pub agent_id: Option<String>,
    /// What it led to.
    pub outcome: CallOutcome,
    /// The case it is about.
    pub case_id: Option<CaseId>,
    /// When a missed call is called back at the latest.
    pub call_back_due_at: Option<Ts>,
    /// The telephone system's own name of it; none for a call that was typed in.
    pub exchange_id: Option<String>,
    /// Who called whom.
    pub direction: CallDirection,
    /// When somebody took it, as the telephone system told.
    pub answered_at: Option<Ts>,
}

/// A call as it comes up on a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeskCall {
    /// The call.
    pub call: CallView,
    /// The hotline's name, if the number is one of ours.
    pub hotline: Option<kit::Both>,
    /// Whether it rings at, or was taken by, this desk; otherwise anybody may take it.
    pub mine: bool,
}

/// Which phone stands on one's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeskPhone {
    /// Its extension.
    pub extension: Option<String>,
    /// Whether calls come up on the screen.
    pub takes_calls: bool,
}

/// What goes on at one's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AtDesk {
    /// The phone on it.
    pub phone: DeskPhone,
    /// Calls that ring here or are under way, the newest first.
    pub calls: Vec<DeskCall>,
    /// The server's present instant.
    pub now: Ts,
}

/// An open case of somebody who may be calling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallerCase {
    /// The case.
    pub case: crate::case::CaseRef,
    /// Where it is.
    pub site_id: SiteId,
    /// Its name.
    pub site_name: String,
}

/// Who may be calling: by the normalised number, without the number itself.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CallCaller {
    /// The call.
    pub call: DeskCall,
    /// Contacts with this number; several: each may be it.
    pub callers: Vec<customers::CallerMatch>,
    /// What is open at their sites: to be offered before an empty form.
    pub open: Vec<CallerCase>,
}

/// What was heard of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallHeard {
    /// Its record.
    pub call_id: CallId,
    /// How it stands.
    pub outcome: CallOutcome,
    /// Whether this word changed anything; a repetition does not.
    pub news: bool,
}

/// A missed call that is to be called back (P1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MissedCall {
    /// Its id.
    pub id: CallId,
    /// Our number that was dialled.
    pub dialled: String,
    /// The hotline's name, if the number is one of ours.
    pub hotline: Option<kit::Both>,
    /// `138****1234`; none if the number was withheld.
    pub caller_masked: Option<String>,
    /// When it rang.
    pub started_at: Ts,
    /// By when it is called back.
    pub due_at: Ts,
    /// Whether that is over.
    pub late: bool,
}

/// Missed calls that are to be called back, the most urgent first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MissedCalls {
    /// At most 50.
    pub items: Vec<MissedCall>,
    /// How many there are.
    pub count: i64,
    /// How many of them are late.
    pub late: i64,
    /// The server's present instant.
    pub now: Ts,
}

/// A missed caller's number, to be dialled once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RevealedCaller {
    /// As it is dialled.
    pub dial: String,
    /// How many more numbers the account may see today.
    pub left_today: i64,
}

/// The open cases of a device or a site: offered before an empty form (journey J2).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenOn {
    /// Open on this very device, or on the site if no device was named.
    pub same: Vec<CaseRef>,
    /// Open elsewhere on the site.
    pub site: Vec<CaseRef>,
    /// An earlier repair that a new report may be the rework of.
    pub rework: Option<ReworkProposal>,
}

/// A count that is exact only up to 200.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseCount {
    /// At most 200.
    pub n: i64,
    /// There are more.
    pub more: bool,
}

impl CaseCount {
    /// A count of at most 201 rows.
    #[must_use]
    pub fn of(found: i64) -> Self {
        Self { n: found.min(200), more: found > 200 }
    }
}

/// What waits for an expert (P37).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PhoneQueue {
    /// The most urgent, at most 10.
    pub items: Vec<CaseRow>,
    /// Triaged: nobody has tried by phone.
    pub waiting: CaseCount,
    /// In phone support.
    pub running: CaseCount,
}

/// What a person starts the day with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseHome {
    /// My open cases, by due time.
    pub mine: Vec<CaseRow>,
    /// The latest of those that are late within my reach, at most 6.
    pub late_rows: Vec<CaseRow>,
    /// How many there are.
    pub mine_count: CaseCount,
    /// How many of them are late.
    pub mine_late: CaseCount,
    /// Offered to me, waiting for my answer.
    pub offered: CaseCount,
    /// Open within my reach.
    pub open: CaseCount,
    /// Late within my reach.
    pub late: CaseCount,
    /// Nobody has taken up yet, within my reach.
    pub unowned: CaseCount,
    /// Waiting for a follow-up call, within my reach.
    pub follow_up: CaseCount,
    /// The server's present instant.
    pub now: Ts,
}
