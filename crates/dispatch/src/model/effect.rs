//! What a person's own choice of somebody and a time does.

use kit::Ts;
use organisation::EmployeeId;
use serde::Serialize;
use utoipa::ToSchema;
use visits::Window;

use super::{ProposalReason, RoadsUsed};

/// What it does to what was promised and to somebody's day, that they go to a work order at a time that a person chose.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Effect {
    /// Reckoned at this instant.
    pub now: Ts,
    /// Who.
    pub engineer_id: EmployeeId,
    /// The time that was chosen.
    pub window: Window,
    /// Whether it can be planned like that: nobody is at two visits at once.
    pub possible: bool,
    /// When they can be there, at the start of the window at the earliest; none where they are at another visit then.
    pub arrive_at: Option<Ts>,
    /// Seconds between the arrival and when it is due; negative if the promise would be broken, none if nothing is due.
    pub margin_s: Option<i64>,
    /// Seconds on the road that their day grows by; negative if it gets shorter, none if a way is not known.
    pub detour_s: Option<i64>,
    /// Seconds by which what they do next begins later; 0 if it doesn't.
    pub next_late_s: i64,
    /// Seconds of work past the end of the shift.
    pub overtime_s: i64,
    /// What speaks against it.
    pub against: Vec<ProposalReason>,
    /// What is to be known besides.
    pub besides: Vec<ProposalReason>,
    /// By which roads it was reckoned.
    pub roads: RoadsUsed,
}
