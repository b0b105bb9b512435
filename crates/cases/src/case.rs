//! The case file as the program holds it, and the promise and coverage written on it.

use std::collections::BTreeMap;

use assets::AssetId;
use customers::{ContactId, CustomerId, SiteId};
use kit::Ts;
use organisation::{DepartmentKind, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{
    CaseId, CaseKind, CaseState, NextStep, PhoneProgress, ReportChannel, ResolvedHow, Severity, StateName,
};
use crate::rules::Standing;

/// A case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
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
    /// Why a person set another severity than the answers give.
    pub severity_reason: Option<String>,
    /// Its state.
    pub state: CaseState,
    /// How far help by phone has come.
    pub phone: PhoneProgress,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Where.
    pub site_id: SiteId,
    /// Which device.
    pub asset_id: Option<AssetId>,
    /// Who reported, and is called back.
    pub contact_id: Option<ContactId>,
    /// What happens, in the caller's words.
    pub symptom: String,
    /// The class of the symptom, if one was chosen.
    pub symptom_class: Option<String>,
    /// Answers to the policy's questions about the effect on use: question → answer.
    pub effects: BTreeMap<String, bool>,
    /// When the customer can be reached.
    pub reachable_when: Option<String>,
    /// The owning unit.
    pub unit_id: UnitId,
    /// The unit it was raised to.
    pub second_unit_id: Option<UnitId>,
    /// The department of headquarters, if headquarters owns it (P3).
    pub department: Option<DepartmentKind>,
    /// The site's division.
    pub division_code: Option<String>,
    /// The one owner: an employee, or an account without one.
    pub owner_id: String,
    /// Who took the report.
    pub reported_by: String,
    /// To whom it is offered, while that waits.
    pub hand_over_to: Option<String>,
    /// How often it was handed over.
    pub hand_overs: i64,
    /// When it was raised.
    pub escalated_at: Option<Ts>,
    /// What is to be done next; none once it has ended.
    pub next: Option<CaseNext>,
    /// Last step anybody took.
    pub touched_at: Ts,
    /// When it was reported.
    pub reported_at: Ts,
    /// When both sides first agreed to a visit: the arrival clock's start (decision 10).
    pub onsite_agreed_at: Option<Ts>,
    /// By when the planned visit arrives; none while none is planned.
    pub visit_due_at: Option<Ts>,
    /// How it was mended.
    pub resolved_how: Option<ResolvedHow>,
    /// When it was mended.
    pub resolved_at: Option<Ts>,
    /// How often it was reopened.
    pub reopened: i64,
    /// The earlier case whose repair this redoes (P74).
    pub rework_of: Option<CaseId>,
    /// The case of the same fault that it follows.
    pub parent_id: Option<CaseId>,
    /// The policy in force at the report; it stays.
    pub policy_version: i64,
    /// The promise as it was given.
    pub promise: CasePromise,
    /// The coverage decision made at the report, or anew after a correction.
    pub coverage_decision_id: Option<String>,
    /// Intake form it came from.
    pub draft_id: Option<String>,
    /// The key in the system it was imported from.
    pub imported_from: Option<String>,
    /// Version for `If-Match`.
    pub version: i64,
    // What its words were made of when it was read.
    pub(crate) worded: Option<crate::store::search::Worded>,
}

impl Case {
    /// What the table of steps needs to know.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            state: self.state,
            phone: self.phone,
            hand_over_offered: self.hand_over_to.is_some(),
            visit_planned: self.visit_due_at.is_some(),
            complaint: self.kind == CaseKind::Complaint,
        }
    }

    /// When it ended, if it has.
    #[must_use]
    pub fn ended(&self) -> bool {
        !self.state.is_open()
    }
}

/// What is to be done next, and by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseNext {
    /// What.
    pub step: NextStep,
    /// In words, if somebody wrote them.
    pub note: Option<String>,
    /// By when.
    pub due_at: Ts,
}

/// What the customer is promised, in parts: the sentence is put together from the texts. Shown and stored by one function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CasePromise {
    /// For this severity.
    pub severity: Severity,
    /// At this instant.
    pub at: Ts,
    /// By this version of the policy.
    pub policy_version: i64,
    /// When somebody answers; none if the policy promises nothing.
    pub respond: Option<PromisedTime>,
    /// When somebody arrives, if a visit is agreed; none if the policy promises nothing.
    pub arrive: Option<PromisedTime>,
    /// From when the arrival counts.
    pub arrive_from: ArriveFrom,
    /// Whether the desk is open now.
    pub open_now: bool,
    /// When that changes.
    pub next_change_at: Option<Ts>,
}

/// A promised time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromisedTime {
    /// Seconds promised.
    pub target_s: i64,
    /// The calendar by which they count.
    pub calendar: String,
    /// Whether only working time counts.
    pub working_time: bool,
    /// When they are over, if they count from the report.
    pub due_at: Option<Ts>,
    /// A year's holidays are not published yet: the due time may move (decision 12).
    pub provisional: bool,
}

kit::names! {
    /// From when the arrival counts (decision 10).
    ArriveFrom {
        /// From the moment both sides agree to a visit.
        OnsiteAgreed = "onsite_agreed",
        /// From the report.
        Reported = "reported",
    }
}

/// A case by its number: what a refusal or a proposal points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseRef {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: StateName,
}
