//! The plan of an area that goes on by itself: the area, and what was published of it, as versions.

use kit::{Both, Ts};
use organisation::{EmployeeId, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use visits::{VisitId, Window, WorkOrderId};

use super::ProposalReasonCode;

kit::names! {
    #[derive(Default)]
    /// What becomes of the plan of an area by itself.
    PlanningMode {
        #[default]
        /// There is a plan only when somebody asks for one.
        Off = "off",
        /// A plan is kept and published; people accept it.
        Advise = "advise",
        /// Orders that disturb nobody are planned at once; the rest waits for a person.
        SemiAutomatic = "semi_automatic",
        /// Visits move too, where no customer and no engineer is surprised by it.
        Automatic = "automatic",
    }
}

kit::names! {
    /// Why nothing is planned for an area that is on.
    PlanHindrance {
        /// It has more sites than are planned at once.
        TooLarge = "too_large",
    }
}

/// A unit for whose work a plan can be kept, with everything below it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanningArea {
    /// The unit.
    pub unit_id: UnitId,
    /// Its name.
    pub name: Both,
    /// Engineers of the unit and those below it.
    pub engineers: i64,
    /// What becomes of its plan by itself.
    pub mode: PlanningMode,
    /// For `If-Match`; 1 until somebody sets the mode.
    pub version: i64,
    /// When the mode was set.
    pub changed_at: Option<Ts>,
    /// Who set it.
    pub changed_by: Option<String>,
    /// Why nothing is planned, though it is on.
    pub hindered: Option<PlanHindrance>,
    /// What was published last.
    pub latest: Option<LatestVersion>,
}

/// The version of a plan that was published last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LatestVersion {
    /// Its number.
    pub number: i64,
    /// When it was made.
    pub made_at: Ts,
    /// What became of it.
    pub state: PlanVersionState,
}

/// The units within reach for which plans can be kept.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanningAreas {
    /// By name.
    pub areas: Vec<PlanningArea>,
}

/// What shall become of the plan of an area by itself.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPlanningMode {
    /// The mode.
    pub mode: PlanningMode,
}

kit::names! {
    /// What became of a published plan.
    PlanVersionState {
        /// It stands, and waits for people.
        Published = "published",
        /// Somebody accepted it, or parts of it.
        Accepted = "accepted",
        /// Another one took its place before anybody accepted any of it.
        Superseded = "superseded",
        /// What may be done without a person was done at once.
        DoneByItself = "done_by_itself",
    }
}

kit::names! {
    /// Why a plan was published beside the one before.
    PlanWhy {
        /// There was none.
        First = "first",
        /// There is work that the one before knows nothing of.
        OrderNew = "order_new",
        /// Work of the one before is done otherwise, or called off.
        OrderGone = "order_gone",
        /// A work order changed since.
        OrderChanged = "order_changed",
        /// A visit that was to move is gone, or changed since.
        VisitChanged = "visit_changed",
        /// Somebody who was to go can't be sent any more.
        EngineerGone = "engineer_gone",
        /// Somebody is off whose visits the one before left with them.
        EngineerOff = "engineer_off",
        /// Not all of the one before finds room any more.
        NoLongerFits = "no_longer_fits",
        /// It takes place a quarter of an hour earlier or later by now.
        TimesMoved = "times_moved",
        /// It is better by at least what a change is worth.
        Better = "better",
        /// What waited for a person may happen by itself now.
        NoLongerWaits = "no_longer_waits",
    }
}

kit::names! {
    /// Why part of a plan waits for a person.
    PlanWaits {
        /// The mode lets nothing happen by itself.
        Mode = "mode",
        /// It moves visits, and the mode leaves that to people.
        MovesOthers = "moves_others",
        /// Something else has to happen first that waits for a person.
        AfterOthers = "after_others",
        /// It would be too late.
        Late = "late",
        /// It lies outside of what the customer was promised.
        OutsidePromise = "outside_promise",
        /// Something speaks against whoever would go.
        NotFit = "not_fit",
        /// It begins within the hour.
        Soon = "soon",
        /// The visit is not to be moved.
        Pinned = "pinned",
        /// Somebody has set out already.
        UnderWay = "under_way",
        /// More happens at once than goes into one command.
        TooMuch = "too_much",
    }
}

kit::names! {
    /// What is different from the version before.
    PlanChangeKind {
        /// The order is in the plan now, or the visit moves now.
        Added = "added",
        /// It is no longer in the plan.
        Gone = "gone",
        /// Somebody else goes.
        OtherEngineer = "other_engineer",
        /// At another time.
        OtherTime = "other_time",
        /// There is nobody for the order now.
        LeftOut = "left_out",
    }
}

/// What happened before a look at the plan: the kinds of the events, the first of each, and what the very first was about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    pub kinds: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<String>,
}

impl Happened {
    /// Kinds that are remembered at most.
    const MOST: usize = 8;

    /// Takes in one more.
    pub fn and(&mut self, kind: &str, subject_type: &str, subject_id: &str) {
        if self.subject_type.is_none() && self.kinds.is_empty() {
            self.subject_type = Some(subject_type.to_owned());
            self.subject_id = Some(subject_id.to_owned());
        }
        if self.kinds.len() < Self::MOST && !self.kinds.iter().any(|known| known == kind) {
            self.kinds.push(kind.to_owned());
        }
    }

    /// Takes in what is told later.
    pub fn join(&mut self, more: &Self) {
        if self.kinds.is_empty() {
            *self = more.clone();
            return;
        }
        let new = more.kinds.iter().filter(|kind| !self.kinds.contains(kind)).cloned().collect::<Vec<_>>();
        self.kinds.extend(new);
        self.kinds.truncate(Self::MOST);
    }

    /// What is left when `taken` was taken in. Something came since: where it is of the same kinds, it is told again.
    #[must_use]
    pub fn without(mut self, taken: &Self) -> Self {
        let kinds: Vec<String> =
            self.kinds.iter().filter(|kind| !taken.kinds.contains(kind)).cloned().collect();
        if !kinds.is_empty() {
            self.kinds = kinds;
        }
        self
    }
}

/// Who goes where by a version, as it is stored: records by their ids, their names are theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanContent {
    pub visits: Vec<ContentVisit>,
    pub moves: Vec<ContentMove>,
    pub left_out: Vec<ContentLeftOut>,
}

/// A visit for an order that has nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentVisit {
    pub order: WorkOrderId,
    pub version: i64,
    pub engineer: EmployeeId,
    pub window: Window,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<VisitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<PlanWaits>,
}

/// A visit that goes to somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentMove {
    pub visit: VisitId,
    pub version: i64,
    pub order: WorkOrderId,
    pub from: EmployeeId,
    pub engineer: EmployeeId,
    pub from_window: Window,
    pub window: Window,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<VisitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<PlanWaits>,
}

/// An order for which there is nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentLeftOut {
    pub order: WorkOrderId,
    pub version: i64,
    pub reasons: Vec<ProposalReasonCode>,
}

/// What is different from the version before, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentChange {
    pub what: PlanChangeKind,
    pub order: WorkOrderId,
    /// The visit, if it is one that moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<(EmployeeId, Ts)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<(EmployeeId, Ts)>,
}

/// What happened before a plan was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanCause {
    /// The kinds of the events, at most eight; none where the plan got better without any.
    pub kinds: Vec<String>,
    /// What the first of them was about: `work_order`, `visit`, `employee`, `case`, `planning_area`.
    pub subject_type: Option<String>,
    /// Its id.
    pub subject_id: Option<String>,
    /// Its number, or the name of the person.
    pub subject: Option<String>,
}

/// A published plan on the list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanVersionRow {
    /// The unit.
    pub unit_id: UnitId,
    /// Its number, rising per unit.
    pub number: i64,
    /// When it was made. Plans are made by the program itself.
    pub made_at: Ts,
    /// What happened.
    pub cause: PlanCause,
    /// Why the version before does not stand.
    pub why: Vec<PlanWhy>,
    /// What it costs to plan nothing of it, in seconds on the road.
    pub cost_before: i64,
    /// What the plan costs.
    pub cost_after: i64,
    /// How much it holds.
    pub counts: PlanVersionCounts,
    /// What became of it.
    pub state: PlanVersionState,
    /// When somebody accepted it or parts of it, or the program did what may be done without a person.
    pub decided_at: Option<Ts>,
    /// Who did; none where that was the program itself.
    pub decided_by: Option<String>,
}

/// How much a published plan holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanVersionCounts {
    /// Orders that get somebody.
    pub proposals: i64,
    /// Visits that go to somebody else.
    pub moves: i64,
    /// Orders for which there is nobody.
    pub left_out: i64,
    /// Differences from the version before.
    pub changes: i64,
}

/// A published plan with who goes where. What has left the reader's reach since is left away.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanVersion {
    /// What stands on the list.
    pub version: PlanVersionRow,
    /// Visits for orders that had nobody, by arrival.
    pub proposals: Vec<VersionVisit>,
    /// Planned visits that go to somebody else, in an order in which they can be moved.
    pub moves: Vec<VersionMove>,
    /// Orders for which there is nobody.
    pub left_out: Vec<VersionLeftOut>,
    /// What is different from the version before.
    pub changes: Vec<VersionChange>,
}

/// A visit of a published plan.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct VersionVisit {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// Its version as it was then.
    pub version: i64,
    /// The site's name.
    pub site_name: String,
    /// The zone of its times.
    pub zone: String,
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// Their name.
    pub engineer_name: String,
    /// From arrival on, as long as the work takes.
    pub window: Window,
    /// Visits that have to move first.
    pub needs: Vec<VisitId>,
    /// Why it waits for a person; none where it was done by itself.
    pub waits: Option<PlanWaits>,
}

/// A visit that a published plan gives to somebody else.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct VersionMove {
    /// The visit.
    pub visit_id: VisitId,
    /// Its number.
    pub visit_number: String,
    /// Its version as it was then.
    pub version: i64,
    /// Its work order.
    pub work_order_id: WorkOrderId,
    /// The site's name.
    pub site_name: String,
    /// The zone of its times.
    pub zone: String,
    /// Who was to go.
    pub from_engineer_id: EmployeeId,
    /// Their name.
    pub from_name: String,
    /// The window as planned.
    pub from_window: Window,
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// Their name.
    pub engineer_name: String,
    /// The window as proposed.
    pub window: Window,
    /// Visits that have to move first.
    pub needs: Vec<VisitId>,
    /// Why it waits for a person; none where it was done by itself.
    pub waits: Option<PlanWaits>,
}

/// An order for which a published plan has nobody.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct VersionLeftOut {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// The site's name.
    pub site_name: String,
    /// Why.
    pub reasons: Vec<ProposalReasonCode>,
}

/// What is different from the version before.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct VersionChange {
    /// What.
    pub what: PlanChangeKind,
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// The site's name.
    pub site_name: String,
    /// The zone of its times.
    pub zone: String,
    /// The visit, if it is one that moves.
    pub visit_id: Option<VisitId>,
    /// Who was to go by the version before.
    pub from_engineer_id: Option<EmployeeId>,
    /// Their name.
    pub from_name: Option<String>,
    /// When, by the version before.
    pub from_start: Option<Ts>,
    /// Who goes.
    pub engineer_id: Option<EmployeeId>,
    /// Their name.
    pub engineer_name: Option<String>,
    /// When.
    pub start: Option<Ts>,
}
