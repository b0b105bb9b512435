//! The problem a proposer gets, what it answers, and the board.

pub mod effect;
pub mod living;
pub mod plan;
pub mod windows;

use cases::{CaseId, Severity};
use jiff::tz::TimeZone;
use kit::{Both, Ts};
use organisation::{EmployeeId, Engineer, Point, Shift, UnitId};
use serde::Serialize;
use utoipa::ToSchema;
use visits::{VisitId, VisitLock, VisitStateName, Window, WorkOrderId, WorkOrderKind, WorkOrderState};

use crate::rules::roads::KnownWays;

/// One visit to plan: everything a proposer may know.
#[derive(Clone, Debug)]
pub struct VisitProblem {
    /// Where; none if the site has no point, and travel is then unknown.
    pub place: Option<Point>,
    /// The skill the work needs.
    pub skill: Option<String>,
    /// Minutes of work.
    pub duration_min: i64,
    /// When the customer expects somebody: nobody comes before its start (P42).
    pub wish: Window,
    /// When the arrival clock is due (P44, P45).
    pub due_at: Option<Ts>,
    /// The units whose engineers are responsible (P3, P4).
    pub units: Vec<UnitId>,
    /// Who came to this device or site last.
    pub last_engineer: Option<EmployeeId>,
    /// When the site lets people in.
    pub access: Access,
    /// The people to choose from.
    pub candidates: Vec<Candidate>,
    /// Ways by road, as far as they are known; all others are estimated.
    pub ways: KnownWays,
}

/// When a site lets people in.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Access {
    /// At any time.
    #[default]
    Always,
    /// In these hours of the week, in the site's zone.
    Weekly(Vec<Shift>, TimeZone),
}

/// Somebody to choose.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Skills, certificates, shifts, base.
    pub engineer: Engineer,
    /// What is planned or under way for them.
    pub busy: Vec<Busy>,
    /// Where they were last.
    pub last_seen: Option<LastSeen>,
}

/// A visit that takes somebody's time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Busy {
    /// The visit.
    pub visit: VisitId,
    /// From when to when.
    pub window: Window,
    /// Where.
    pub place: Option<Point>,
    /// How far it has come.
    pub state: VisitStateName,
}

/// Where somebody was last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastSeen {
    /// Where.
    pub place: Point,
    /// When.
    pub at: Ts,
}

kit::names! {
    /// Why somebody can't go, or what speaks for and against them.
    ProposalReasonCode {
        /// The skill is missing.
        SkillMissing = "skill_missing",
        /// The certificate for the skill has expired.
        CertificateExpired = "certificate_expired",
        /// Another unit is responsible.
        UnitNotResponsible = "unit_not_responsible",
        /// No shift within the days looked at.
        OffShift = "off_shift",
        /// No gap that is long enough.
        NoFreeGap = "no_free_gap",
        /// How long the way is.
        Travel = "travel",
        /// Nobody knows how long the way is.
        TravelUnknown = "travel_unknown",
        /// When they can be there.
        Arrival = "arrival",
        /// How much time is left before the promise is due.
        Margin = "margin",
        /// The promise would be broken.
        Late = "late",
        /// How well they know the device.
        Skill = "skill",
        /// They came last time too.
        SameEngineer = "same_engineer",
        /// How much they have to do on that day.
        Load = "load",
        /// How much longer the day's way gets.
        Detour = "detour",
        /// It lies on the way: the day's way gets no longer.
        OnTheWay = "on_the_way",
        /// How much later others get somebody.
        Delays = "delays",
        /// Nobody else can go.
        OnlyOne = "only_one",
        /// Whoever was to go would be late.
        LateOtherwise = "late_otherwise",
        /// It makes room for other work.
        MakesRoom = "makes_room",
        /// Whoever was to go is off.
        EngineerOff = "engineer_off",
        /// Whoever was to go is off, and a person locked it: a person answers it.
        Locked = "locked",
        /// Nobody who is responsible and at work has the skill with a valid certificate.
        NobodySkilled = "nobody_skilled",
        /// Nobody who is responsible is at work.
        NobodyAtWork = "nobody_at_work",
        /// Nobody's shift is long enough for the way and the work while the site is open.
        NobodyInTime = "nobody_in_time",
        /// Nobody can be there within the window that the customer was promised.
        NobodyAsPromised = "nobody_as_promised",
        /// Those who could go have no gap that is long enough.
        NobodyFree = "nobody_free",
        /// No room was found in the days of those who could go; each of them by themselves was not looked at.
        NoRoom = "no_room",
        /// Taking it in would make other work later than it is worth.
        CostsOthers = "costs_others",
        /// It is wished for after the end of the plan.
        WishedLater = "wished_later",
        /// No other visit changes hands.
        MovesNobody = "moves_nobody",
        /// The day ends later than the shift.
        Overtime = "overtime",
        /// The site lets nobody in before the end of the plan.
        SiteClosed = "site_closed",
        /// They are at another visit then.
        Overlaps = "overlaps",
        /// They can't be there by then.
        ThereLater = "there_later",
        /// What they do next begins later by it.
        NextLater = "next_later",
        /// They don't work then.
        NotAtWork = "not_at_work",
        /// Nobody is let in then.
        ClosedThen = "closed_then",
        /// The customer expects nobody before.
        BeforeWish = "before_wish",
    }
}

/// A reason in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProposalReason {
    /// Which.
    pub code: ProposalReasonCode,
    /// In both languages.
    pub text: Both,
}

/// Somebody's place on the list, or why they have none.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Proposal {
    /// Who.
    pub engineer_id: EmployeeId,
    /// Their name.
    pub name: String,
    /// The number on their badge.
    pub badge_number: String,
    /// Their photo.
    pub photo_sha256: Option<String>,
    /// Their unit.
    pub unit_id: UnitId,
    /// Whether they can go at all.
    pub feasible: bool,
    /// When they set out.
    pub depart_at: Option<Ts>,
    /// When they can be there.
    pub arrive_at: Option<Ts>,
    /// The window to plan: from arrival on, as long as the work takes.
    pub window: Option<Window>,
    /// Seconds on the way; none if unknown.
    pub travel_s: Option<i64>,
    /// Metres on the road; none if unknown.
    pub distance_m: Option<i64>,
    /// Seconds between arrival and the promise's due time; negative if it would be broken.
    pub margin_s: Option<i64>,
    /// Whether the promise would be kept.
    pub on_time: bool,
    /// Whether they came last time.
    pub same_engineer: bool,
    /// Level of the skill, 1 to 3; 0 if none is needed.
    pub skill_level: i64,
    /// Minutes planned on the day of arrival, without this visit.
    pub load_min: i64,
    /// What stands in the way, or what speaks for and against.
    pub reasons: Vec<ProposalReason>,
}

kit::names! {
    #[derive(Default)]
    /// By which roads ways were reckoned.
    RoadsBy {
        #[default]
        /// Without a map: the great circle with a detour, and speeds by length and hour.
        Estimate = "estimate",
        /// By an OSRM server.
        Osrm = "osrm",
        /// By a Valhalla server.
        Valhalla = "valhalla",
    }
}

/// By which roads an answer was reckoned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoadsUsed {
    /// Where the ways come from; `estimate` also where a road server is set up and said nothing.
    pub by: RoadsBy,
    /// Ways between the places that matter, there and back counted apart.
    pub ways: i64,
    /// How many of them were estimated, because the road server is away, knows no road there, or would take too long.
    pub estimated: i64,
}

/// The engineers for a work order.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Proposals {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// Reckoned at this instant.
    pub now: Ts,
    /// When the arrival is due.
    pub due_at: Option<Ts>,
    /// By which roads the arrivals were reckoned.
    pub roads: RoadsUsed,
    /// Who would be there sooner than all of `proposals` if visits of theirs went to others, the soonest first, at most three;
    /// only if that was asked.
    pub quicker: Vec<plan::Quicker>,
    /// Who can go, the best first.
    pub proposals: Vec<Proposal>,
    /// Who can't, and why.
    pub refused: Vec<Proposal>,
}

/// A stretch somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkSpan {
    /// From.
    pub start: Ts,
    /// To.
    pub end: Ts,
}

/// A row of the board.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BoardEngineer {
    /// Who.
    pub id: EmployeeId,
    /// Their name.
    pub name: String,
    /// The number on their badge.
    pub badge_number: String,
    /// Their photo.
    pub photo_sha256: Option<String>,
    /// Their unit.
    pub unit_id: UnitId,
    /// Where their day begins.
    pub base: Option<Point>,
    /// What they can do.
    pub skills: Vec<String>,
    /// When they work, within the span.
    pub shifts: Vec<WorkSpan>,
    /// When they are off, within the span: leave and absences.
    pub leave: Vec<WorkSpan>,
    /// Minutes they work within the span.
    pub shift_min: i64,
    /// Minutes planned within the span.
    pub load_min: i64,
    /// Where they are on the way to a visit, if they share that.
    pub on_way: Option<BoardWay>,
}

/// Where somebody is on the way to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct BoardWay {
    /// To which.
    pub visit_id: VisitId,
    /// When their phone said so.
    pub seen_at: Ts,
    /// Where.
    pub point: Point,
    /// Minutes until they are there, in steps of five; none if they were last seen too long ago or the site has no point.
    pub arrive_in_min: Option<i64>,
}

/// What the board shows of a work order.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BoardOrder {
    /// The work order.
    pub work_order_id: WorkOrderId,
    /// `FW20261122-0001`.
    pub number: String,
    /// What kind of job.
    pub kind: WorkOrderKind,
    /// How far it has come.
    pub state: WorkOrderState,
    /// Its case.
    pub case_id: CaseId,
    /// The case's number.
    pub case_number: String,
    /// How grave.
    pub severity: Severity,
    /// `covered`, `chargeable`, `undecided`; none if nothing is decided.
    pub coverage: Option<String>,
    /// When the arrival is due, while that clock runs.
    pub due_at: Option<Ts>,
    /// The owning unit.
    pub unit_id: UnitId,
    /// The site's name.
    pub site_name: String,
    /// The zone of its times.
    pub zone: String,
    /// Where on the map.
    pub point: Option<Point>,
    /// The skill it needs.
    pub skill: Option<String>,
    /// Minutes of work.
    pub duration_min: i64,
    /// When the customer expects somebody.
    pub wish: Window,
}

/// A visit on the board.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BoardBlock {
    /// The visit.
    pub id: VisitId,
    /// Its number.
    pub visit_number: String,
    /// Who goes.
    pub engineer_id: EmployeeId,
    /// From when to when.
    pub window: Window,
    /// How far it has come.
    pub visit_state: VisitStateName,
    /// When they arrived.
    pub arrived_at: Option<Ts>,
    /// Whether it may still be moved.
    pub movable: bool,
    /// Who said that it stays with its engineer at its time: it moves by hand only, once it is unlocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<VisitLock>,
    /// Past its window without an arrival, or past its end without an end.
    pub behind: bool,
    /// Version of the visit, for `If-Match`.
    pub version: i64,
    /// Its work order.
    pub order: BoardOrder,
}

/// Everything a dispatcher sees of a span, in one read.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Board {
    /// From this instant.
    pub from: Ts,
    /// To this instant, not included.
    pub to: Ts,
    /// The server's present instant.
    pub now: Ts,
    /// The rows.
    pub engineers: Vec<BoardEngineer>,
    /// The visits.
    pub blocks: Vec<BoardBlock>,
    /// Work orders nobody is planned for, the most urgent first.
    pub unscheduled: Vec<BoardOrder>,
    /// There are more unscheduled work orders than are shown.
    pub more: bool,
    /// There are more engineers than are shown, at most 300: a unit narrows them.
    pub more_engineers: bool,
    /// There are more visits than are shown, at most 2000, the earliest first: a unit or a shorter span narrows them.
    pub more_visits: bool,
}

/// What a dispatcher looks at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardCounts {
    /// Work orders nobody is planned for.
    pub unassigned: i64,
    /// Arrivals due within the hour, nobody there yet.
    pub due_soon: i64,
    /// Arrivals overdue, nobody there yet.
    pub breached: i64,
    /// Visits past their window without an arrival, or past their end without an end.
    pub behind_plan: i64,
}
