//! The plan of an area: the facts it is made of, and what is proposed beside the plan that stands.

use cases::Severity;
use kit::Ts;
use organisation::{EmployeeId, Engineer, Point, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use visits::{PlannedAs, VisitId, VisitStateName, Window, WorkOrderId, WorkOrderKind};

use super::{Access, LastSeen, ProposalReason, RoadsUsed, WorkSpan};

/// Everything a plan is made of: a picture of the live system at one instant.
#[derive(Clone, Debug)]
pub struct PlanFacts {
    /// The instant of the picture; nothing is planned before it.
    pub now: Ts,
    /// Work that begins later is not planned.
    pub until: Ts,
    /// Who can be sent.
    pub engineers: Vec<PlanEngineer>,
    /// Work orders nobody is planned for, the most urgent first.
    pub orders: Vec<PlanOrder>,
    /// Visits of these engineers that are planned, under way, or just over.
    pub visits: Vec<PlanVisit>,
}

/// Somebody who can be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanEngineer {
    /// Skills, certificates, shifts, base.
    pub engineer: Engineer,
    /// When they are on call: outside their shift they go to major faults only.
    pub on_call: Vec<WorkSpan>,
    /// Where they were last.
    pub last_seen: Option<LastSeen>,
}

/// A work order as a planner sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanOrder {
    /// The work order.
    pub id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// Its version.
    pub version: i64,
    /// What kind of job.
    pub kind: WorkOrderKind,
    /// How grave.
    pub severity: Severity,
    /// The site's name.
    pub site_name: String,
    /// The zone of its times.
    pub zone: String,
    /// Where; none if the site has no point.
    pub place: Option<Point>,
    /// The skill the work needs.
    pub skill: Option<String>,
    /// Minutes of work.
    pub duration_min: i64,
    /// When the customer expects somebody: nobody comes before its start (P42).
    pub wish: Window,
    /// When they were promised somebody (P8), if they were: nobody comes outside of it, as long as that can be.
    pub promised: Option<Window>,
    /// When the arrival clock is due (P44, P45), while it runs.
    pub due_at: Option<Ts>,
    /// The units whose engineers are responsible (P3, P4).
    pub units: Vec<UnitId>,
    /// When the site lets people in.
    pub access: Access,
    /// Who came to this device last.
    pub last_engineer: Option<EmployeeId>,
}

/// A visit that stands in the present plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanVisit {
    /// The visit.
    pub id: VisitId,
    /// Its number.
    pub number: String,
    /// Its version.
    pub version: i64,
    /// How far it has come.
    pub state: VisitStateName,
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// From when to when it takes their time.
    pub window: Window,
    /// The end of the window to which the customer holds us (P8).
    pub appointment_end: Ts,
    /// It may not be moved by whoever asks: its work order is out of their reach.
    pub pinned: bool,
    /// A person said that it stays with its engineer at its time.
    pub locked: bool,
    /// Its work order.
    pub order: PlanOrder,
}

kit::names! {
    /// Why a planned visit stays with its engineer whatever else is planned.
    PlanFixed {
        /// The engineer is on the way or there.
        UnderWay = "under_way",
        /// Its window is over and nobody has set out: somebody has to look.
        WindowOver = "window_over",
        /// It lies outside the engineer's shift: a person put it there.
        OutsideShift = "outside_shift",
        /// Its work order is out of reach of whoever asks.
        Pinned = "pinned",
        /// A person locked it.
        Locked = "locked",
        /// The engineer is about to set out.
        Imminent = "imminent",
        /// The engineer runs late after it: there is no room to change anything.
        BeforeLate = "before_late",
        /// By the rules they could not be sent: a person put it there.
        AgainstRule = "against_rule",
        /// It begins after the end of the plan.
        Later = "later",
    }
}

kit::names! {
    /// A term of what a plan costs.
    PlanTermName {
        /// Seconds on the road.
        Travel = "travel",
        /// Seconds late at major faults.
        LateMajor = "late_major",
        /// Seconds late at normal faults.
        LateNormal = "late_normal",
        /// Seconds late at planned work.
        LatePlanned = "late_planned",
        /// Jobs left out.
        LeftOut = "left_out",
        /// Visits that nobody could make: a promise broken.
        BrokenPromise = "broken_promise",
        /// Seconds past the end of a shift.
        Overtime = "overtime",
        /// Jobs that go to somebody else than last time.
        Preference = "preference",
        /// Visits that go to somebody else than planned.
        PlanChange = "plan_change",
    }
}

/// A term of what the plan costs: as it stands, and as proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanTerm {
    /// Which.
    pub term: PlanTermName,
    /// Seconds or jobs in the present plan.
    pub amount_before: i64,
    /// What they cost there.
    pub cost_before: i64,
    /// Seconds or jobs in the proposed plan.
    pub amount_after: i64,
    /// What they cost there.
    pub cost_after: i64,
}

/// Somebody who could go, everything else staying as proposed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanOption {
    /// Who.
    pub engineer_id: EmployeeId,
    /// Their name.
    pub name: String,
    /// The number on their badge.
    pub badge_number: String,
    /// When they would be there.
    pub arrive_at: Ts,
    /// Seconds after the arrival is due; 0 if in time or if nothing is due.
    pub late_s: i64,
    /// Seconds on the road that the day grows by; negative if it gets shorter.
    pub detour_s: i64,
    /// What the plan costs more by it.
    pub cost: i64,
    /// What speaks for and against.
    pub reasons: Vec<ProposalReason>,
}

/// A visit proposed for a work order that has none.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanProposal {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// Its version: accepting it names the one that was seen.
    pub version: i64,
    /// How grave.
    pub severity: Severity,
    /// The site's name.
    pub site_name: String,
    /// The zone of its times.
    pub zone: String,
    /// When the arrival is due.
    pub due_at: Option<Ts>,
    /// The window to plan: from arrival on, as long as the work takes.
    pub window: Window,
    /// Seconds on the way there.
    pub travel_s: i64,
    /// Who goes, and why.
    pub chosen: PlanOption,
    /// The next best, at most three; none if nobody else can, or if there was no time to look.
    pub others: Vec<PlanOption>,
    /// Visits of `moves` that have to move before this one finds room.
    pub needs: Vec<VisitId>,
}

/// Somebody who would be there sooner than anybody with a gap, if visits of theirs went to others.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Quicker {
    /// Who, when, and why; accepted together with all of `moves`.
    pub visit: PlanProposal,
    /// Whose visits go to whom, in an order in which they can be moved; each in its own window.
    pub moves: Vec<PlanMove>,
}

/// A planned visit that would go to somebody else.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanMove {
    /// The visit.
    pub visit_id: VisitId,
    /// Its number.
    pub visit_number: String,
    /// Its version: accepting it names the one that was seen.
    pub version: i64,
    /// Its work order.
    pub work_order_id: WorkOrderId,
    /// How grave.
    pub severity: Severity,
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
    /// The window as proposed: it opens no earlier, and later only where the present plan is late too.
    pub window: Window,
    /// Who goes, and why.
    pub chosen: PlanOption,
    /// Other visits of `moves` that have to move first.
    pub needs: Vec<VisitId>,
}

/// A planned visit that stays.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanKept {
    /// The visit.
    pub visit_id: VisitId,
    /// Its number.
    pub visit_number: String,
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// The window as planned.
    pub window: Window,
    /// When they are expected there; none if that is past or can't be said.
    pub arrive_at: Option<Ts>,
    /// Seconds after the end of the appointment or the due time of the arrival, whichever is earlier; 0 if in time.
    pub late_s: i64,
    /// Why it could not be moved; none if it could, and stays because that is best.
    pub fixed: Option<PlanFixed>,
}

/// A work order for which the plan has nobody: nobody is planned, or whoever was is off.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlanLeftOut {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// Its number.
    pub number: String,
    /// How grave.
    pub severity: Severity,
    /// The site's name.
    pub site_name: String,
    /// The zone of its times.
    pub zone: String,
    /// When the arrival is due.
    pub due_at: Option<Ts>,
    /// Why.
    pub reasons: Vec<ProposalReason>,
}

/// The optimiser's plan beside the one that stands. It changes nothing: accepting is another step.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DayPlan {
    /// Reckoned at this instant.
    pub now: Ts,
    /// Work that begins later is not planned.
    pub until: Ts,
    /// Visits for work orders that have none, by arrival.
    pub proposals: Vec<PlanProposal>,
    /// Planned visits that go to somebody else, in an order in which they can be moved.
    pub moves: Vec<PlanMove>,
    /// Work orders for which there is nobody.
    pub left_out: Vec<PlanLeftOut>,
    /// Planned visits that stay.
    pub kept: Vec<PlanKept>,
    /// What the plan costs, term by term, before and after; terms without any are left away.
    pub terms: Vec<PlanTerm>,
    /// There are more work orders than were planned for, at most 500, the most urgent first.
    pub more: bool,
    /// By which roads it was reckoned.
    pub roads: RoadsUsed,
    /// The number of the published version that it is, where the unit's plan goes on by itself and nothing has changed since.
    pub version: Option<i64>,
}

/// A proposal that is accepted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptVisit {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// The version that was seen.
    #[schema(minimum = 1)]
    pub version: i64,
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// From.
    pub window_start: Ts,
    /// To.
    pub window_end: Ts,
    /// The customer asked for a window later than the work order's, as when a visit is planned by itself.
    #[serde(default)]
    pub at_customers_wish: bool,
}

/// A move that is accepted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptMove {
    /// The visit.
    pub visit_id: VisitId,
    /// The version that was seen.
    #[schema(minimum = 1)]
    pub version: i64,
    /// Who goes now.
    pub engineer_id: EmployeeId,
    /// From.
    pub window_start: Ts,
    /// To.
    pub window_end: Ts,
}

/// The published version of a plan that something is accepted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptedVersion {
    /// The unit.
    pub unit_id: UnitId,
    /// The number of the version.
    #[schema(minimum = 1)]
    pub number: i64,
}

/// What of a plan is accepted: all of it happens, or nothing.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptPlan {
    /// Moves, in the order of the plan.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub moves: Vec<AcceptMove>,
    /// New visits.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub visits: Vec<AcceptVisit>,
    /// How far the new visits are planned at once; dispatched unless said.
    #[serde(default)]
    pub planned_as: PlannedAs,
    /// Why planned visits move; needed where one does.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// The published version that this is, whole or in part: it is remembered as accepted.
    #[serde(default)]
    pub of: Option<AcceptedVersion>,
}

/// A visit that was planned or moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AcceptedVisit {
    /// Its work order.
    pub work_order_id: WorkOrderId,
    /// The visit.
    pub visit_id: VisitId,
    /// Its version now.
    pub version: i64,
}

/// What became of what was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AcceptedPlan {
    /// The visits that moved, as asked.
    pub moved: Vec<AcceptedVisit>,
    /// The visits that were planned, as asked.
    pub planned: Vec<AcceptedVisit>,
}
