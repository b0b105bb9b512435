//! Dispatch: who goes to a work order soonest, and why; the board on which a dispatcher sees everything.
//!
//! - [`Proposer`] ranks engineers for one visit (P40): pure, the instant passed in, every refusal and every place on the list with
//!   its reasons. [`PlainRule`] is the rule that stands; an optimiser takes its place behind the same interface. A proposal
//!   changes nothing: `visits` plans.
//! - [`board`]: engineers, visits and unscheduled work orders of a span in four statements, for list, timeline and map.
//! - [`planner`] makes the plan of an area from live facts with the optimiser, beside the one that stands: pure; [`accept`] makes
//!   what a dispatcher takes of it, through `visits`.
//! - [`living`]: where a unit wants it, the plan goes on by itself. What happens marks the area, a job looks at its plan, publishes another
//!   version where that is called for, and does what may be done without a person.
//! - [`simulate`] replays days of the centre against policies, on faults drawn from its own [`history`]: pure.
//! - [`roads`] asks a road server (OSRM, Valhalla) for ways and keeps what it said; what it doesn't say is estimated, and every answer
//!   says by which roads it was reckoned. The rules are given [`ways`], and ask nobody.
//! - [`look`] judges whether an appointment can still be kept (P8); [`jobs`] watch each one and tell while there is time.
//! - [`counts`]: what a dispatcher looks at first: nobody assigned, due within the hour, breached, behind plan.

mod actions;
pub mod errors;
mod http;
pub mod jobs;
mod model;
mod proposed;
pub mod roads;
mod rules;
mod store;

pub use actions::accept;
pub use errors::DispatchError;
pub use http::routes;
pub use model::{
    Access, Board, BoardBlock, BoardCounts, BoardEngineer, BoardOrder, BoardWay, Busy, Candidate, LastSeen,
    Proposal, ProposalReason, ProposalReasonCode, Proposals, RoadsBy, RoadsUsed, VisitProblem, WorkSpan,
};
pub use model::{living, plan, windows};
pub use proposed::Proposed;
pub use rules::lateness::{LEAD_MIN, Look, Underway, look};
pub use rules::plain::PlainRule;
pub use rules::plan as planner;
pub use rules::roads as ways;
pub use rules::simulate;
pub use rules::travel::{DETOUR, GreatCircle, Hours, TravelTimes, distance_m, minutes_left, travel_s};
pub use rules::{Proposer, responsible};
pub use store::{board, counts, history, problem};
