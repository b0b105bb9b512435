//! Windows that can be promised while the caller is on the phone.

use kit::Ts;
use organisation::EmployeeId;
use serde::Serialize;
use utoipa::ToSchema;
use visits::Window;

use super::{ProposalReason, RoadsUsed};

/// A window that the plan can keep as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OfferedWindow {
    /// What the customer is told: somebody arrives within it.
    pub window: Window,
    /// The visit to plan for it: from the expected arrival on, as long as the work takes.
    pub visit: Window,
    /// Who would go.
    pub engineer_id: EmployeeId,
    /// Their name.
    pub name: String,
    /// The number on their badge.
    pub badge_number: String,
    /// How many engineers could keep it.
    pub engineers: i64,
    /// Whether it meets the time that the customer wished for.
    pub wished: bool,
    /// Seconds between the end of the window and the due time of the arrival; 0 if it is kept or nothing is due.
    pub late_s: i64,
    /// Seconds on the road that the day grows by; negative if it gets shorter.
    pub detour_s: i64,
    /// Seconds that the day grows past the end of the shift.
    pub overtime_s: i64,
    /// What the plan costs more by it, in seconds on the road.
    pub cost: i64,
    /// The same in words, and what else speaks for and against.
    pub reasons: Vec<ProposalReason>,
}

/// Windows for a visit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OfferedWindows {
    /// Reckoned at this instant.
    pub now: Ts,
    /// Windows that begin later are not looked at.
    pub until: Ts,
    /// The zone in which the site's hours are.
    pub zone: String,
    /// When the arrival is due, if its clock runs.
    pub due_at: Option<Ts>,
    /// Minutes of a window, by the service policy.
    pub length_min: i64,
    /// The windows, the best first.
    pub windows: Vec<OfferedWindow>,
    /// Why there is none.
    pub none_because: Vec<ProposalReason>,
    /// By which roads it was reckoned.
    pub roads: RoadsUsed,
}
