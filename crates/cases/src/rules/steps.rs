//! The table of states × steps (`domain.md`, case), the next step of each state and its due time (P10).

use kit::Ts;

use crate::errors::CaseError;
use crate::model::{Blocker, CaseState, NextStep, PhoneProgress, StateName, Step, Working};

/// Where a case stands: what the table needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: CaseState,
    /// How far help by phone has come.
    pub phone: PhoneProgress,
    /// Whether a hand-over waits for its answer.
    pub hand_over_offered: bool,
    /// Whether a visit is planned or under way.
    pub visit_planned: bool,
    /// Whether it is a complaint, which is answered and not repaired (P65).
    pub complaint: bool,
}

/// Whether `step` may be taken now; guards over the step's own input come after it.
///
/// # Errors
/// The one refusal that says why not: every state × step is in the table.
pub fn allowed(standing: &Standing, step: Step) -> Result<(), CaseError> {
    let state = standing.state;
    match step {
        Step::Note => return Ok(()),
        Step::AcceptHandOver | Step::DeclineHandOver if state.is_open() && !standing.hand_over_offered => {
            return Err(CaseError::HandOverNone);
        }
        _ => {}
    }
    match state {
        CaseState::New => new(step),
        CaseState::Triaged | CaseState::PhoneSupport | CaseState::OnsiteAgreed | CaseState::InField => {
            working(standing, step)
        }
        CaseState::WaitingCustomer { back, .. } | CaseState::WaitingParts { back, .. } => {
            waiting(state.name(), back, step)
        }
        CaseState::FollowUp { .. } => resolved(step),
        CaseState::Closed { .. } | CaseState::Merged { .. } | CaseState::Withdrawn { .. } => {
            ended(state.name(), step)
        }
    }
}

fn new(step: Step) -> Result<(), CaseError> {
    match step {
        Step::Triage
        | Step::ChangeSeverity
        | Step::HandOver
        | Step::AcceptHandOver
        | Step::DeclineHandOver
        | Step::SetNextStep
        | Step::Correct
        | Step::Note
        | Step::Withdraw
        | Step::Merge
        | Step::Escalate
        | Step::ReturnEscalation
        | Step::SetParent
        | Step::LeaveParent => Ok(()),
        Step::Resume => Err(CaseError::NotWaiting),
        Step::Reopen => Err(CaseError::StillOpen { state: StateName::New }),
        Step::Close => Err(CaseError::NotResolved { state: StateName::New }),
        Step::StartPhoneSupport
        | Step::RecordPhoneResult
        | Step::AgreeOnsite
        | Step::PlanVisit
        | Step::EnterField
        | Step::FinishField
        | Step::WaitCustomer
        | Step::WaitParts => Err(CaseError::NotTriaged),
    }
}

fn working(standing: &Standing, step: Step) -> Result<(), CaseError> {
    let state = standing.state.name();
    let done = Err(CaseError::StepDone { step, state });
    match (step, state) {
        (
            Step::HandOver
            | Step::AcceptHandOver
            | Step::DeclineHandOver
            | Step::ChangeSeverity
            | Step::SetNextStep
            | Step::Correct
            | Step::Note
            | Step::WaitCustomer
            | Step::WaitParts
            | Step::Escalate
            | Step::ReturnEscalation
            | Step::SetParent
            | Step::LeaveParent,
            _,
        ) => Ok(()),
        (Step::Triage, _) => done,
        (Step::Resume, _) => Err(CaseError::NotWaiting),
        (Step::Reopen, _) => Err(CaseError::StillOpen { state }),
        (Step::Close, _) => Err(CaseError::NotResolved { state }),
        (Step::Withdraw | Step::Merge, StateName::InField) => Err(CaseError::InField),
        (Step::Withdraw | Step::Merge, _) => Ok(()),

        (Step::StartPhoneSupport, StateName::InField) => Err(CaseError::InField),
        (Step::StartPhoneSupport, StateName::PhoneSupport) if standing.phone == PhoneProgress::Running => {
            done
        }
        // A second attempt, or back from an agreed visit (decision 8).
        (Step::StartPhoneSupport, _) => Ok(()),
        (Step::RecordPhoneResult, StateName::PhoneSupport) if standing.phone == PhoneProgress::Running => {
            Ok(())
        }
        (Step::RecordPhoneResult, StateName::PhoneSupport) => done,
        (Step::RecordPhoneResult, _) => Err(CaseError::NotInPhoneSupport),

        // P41: what was tried by phone is looked at with the policy's rule in `agree_onsite`.
        (Step::AgreeOnsite, StateName::Triaged | StateName::PhoneSupport) => Ok(()),
        (Step::AgreeOnsite, _) => done,
        (Step::PlanVisit | Step::EnterField, StateName::OnsiteAgreed | StateName::InField) => Ok(()),
        (Step::PlanVisit | Step::EnterField, _) => Err(CaseError::OnsiteNotAgreed),
        (Step::FinishField, StateName::InField) => Ok(()),
        (Step::FinishField, _) => Err(CaseError::NotInField),
    }
}

fn waiting(state: StateName, back: Working, step: Step) -> Result<(), CaseError> {
    match step {
        Step::Resume
        | Step::HandOver
        | Step::AcceptHandOver
        | Step::DeclineHandOver
        | Step::ChangeSeverity
        | Step::SetNextStep
        | Step::Correct
        | Step::Note
        | Step::Escalate
        | Step::ReturnEscalation
        | Step::SetParent
        | Step::LeaveParent => Ok(()),
        Step::Triage => Err(CaseError::StepDone { step, state }),
        Step::WaitCustomer if state == StateName::WaitingCustomer => Err(CaseError::StepDone { step, state }),
        Step::WaitParts if state == StateName::WaitingParts => Err(CaseError::StepDone { step, state }),
        // The part came and the engineer leaves: that is the end of the wait.
        Step::PlanVisit | Step::EnterField => match back {
            Working::OnsiteAgreed | Working::InField => Ok(()),
            Working::Triaged | Working::PhoneSupport => Err(CaseError::OnsiteNotAgreed),
        },
        Step::Withdraw | Step::Merge => match back {
            Working::InField => Err(CaseError::InField),
            _ => Ok(()),
        },
        Step::Reopen => Err(CaseError::StillOpen { state }),
        Step::Close => Err(CaseError::NotResolved { state }),
        Step::StartPhoneSupport
        | Step::RecordPhoneResult
        | Step::AgreeOnsite
        | Step::FinishField
        | Step::WaitCustomer
        | Step::WaitParts => Err(CaseError::Waiting { state }),
    }
}

fn resolved(step: Step) -> Result<(), CaseError> {
    match step {
        Step::HandOver
        | Step::AcceptHandOver
        | Step::DeclineHandOver
        | Step::SetNextStep
        | Step::Correct
        | Step::Note
        | Step::ReturnEscalation
        | Step::LeaveParent
        | Step::Close
        | Step::Reopen => Ok(()),
        Step::Resume => Err(CaseError::NotWaiting),
        _ => Err(CaseError::Resolved { state: StateName::FollowUp }),
    }
}

fn ended(state: StateName, step: Step) -> Result<(), CaseError> {
    match (step, state) {
        (Step::Note, _) | (Step::Reopen, StateName::Closed) => Ok(()),
        (Step::Close, StateName::Closed)
        | (Step::Merge, StateName::Merged)
        | (Step::Withdraw, StateName::Withdrawn) => Err(CaseError::StepDone { step, state }),
        (_, StateName::Merged) => Err(CaseError::Merged),
        (_, StateName::Withdrawn) => Err(CaseError::Withdrawn),
        _ => Err(CaseError::Closed),
    }
}

/// Whether nothing keeps the case open (decision 9).
///
/// # Errors
/// `case_blocked` with every blocker by name.
pub fn unblocked(blockers: &[Blocker]) -> Result<(), CaseError> {
    if blockers.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = blockers.iter().map(|b| b.label.as_str()).collect();
    Err(CaseError::Blocked { blockers: names.join(", ") })
}

/// What is to be done next in a state that was just entered; `None` once nothing is owed.
#[must_use]
pub fn next_after(standing: &Standing) -> Option<NextStep> {
    Some(match standing.state {
        CaseState::New => NextStep::Triage,
        CaseState::Triaged | CaseState::PhoneSupport if standing.complaint => NextStep::AnswerComplaint,
        CaseState::Triaged => NextStep::PhoneSupport,
        CaseState::PhoneSupport if standing.phone == PhoneProgress::Running => NextStep::PhoneResult,
        CaseState::PhoneSupport => NextStep::AgreeOnsite,
        CaseState::OnsiteAgreed if standing.visit_planned => NextStep::Visit,
        CaseState::OnsiteAgreed => NextStep::PlanVisit,
        CaseState::InField => NextStep::Visit,
        CaseState::WaitingCustomer { .. } => NextStep::AskCustomer,
        CaseState::WaitingParts { .. } => NextStep::ReceiveParts,
        CaseState::FollowUp { .. } => NextStep::FollowUpCall,
        CaseState::Closed { .. } | CaseState::Merged { .. } | CaseState::Withdrawn { .. } => return None,
    })
}

/// What a due time is taken from: instants of the case's clocks and spans of its policy.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// Now.
    pub now: Ts,
    /// When the answer is due, while that clock runs.
    pub respond: Option<Ts>,
    /// When the arrival is due, while that clock runs.
    pub arrive: Option<Ts>,
    /// By when the planned visit arrives.
    pub visit: Option<Ts>,
    /// When the follow-up call is due.
    pub follow_up: Option<Ts>,
    /// When the answer to a complaint is due, while that clock runs.
    pub complaint: Option<Ts>,
    /// The policy's idle hours, in microseconds: no step may lie longer.
    pub idle_us: i64,
    /// The policy's arrival target for this severity, in microseconds, if it has one.
    pub arrive_target_us: Option<i64>,
}

/// When `next` is due: its promise's clock if one runs, else the shorter of the idle hours and the arrival target
/// (a try by phone may not take longer than the visit it replaces).
#[must_use]
pub fn due(standing: &Standing, next: NextStep, known: &Due) -> Ts {
    let lies = known.now.plus(known.arrive_target_us.map_or(known.idle_us, |t| t.min(known.idle_us)));
    match (next, standing.state) {
        (_, CaseState::WaitingCustomer { until, .. } | CaseState::WaitingParts { until, .. }) => until,
        (NextStep::Triage | NextStep::PhoneSupport, _) => known.respond.unwrap_or(lies),
        // Without a running promise (a second visit, a window of the customer's wish) the window itself says when.
        (NextStep::Visit, CaseState::OnsiteAgreed) => known.arrive.or(known.visit).unwrap_or(lies),
        (NextStep::PlanVisit | NextStep::Visit, _) => known.arrive.unwrap_or(lies),
        (NextStep::FollowUpCall, _) => known.follow_up.unwrap_or(lies),
        (NextStep::AnswerComplaint, _) => known.complaint.unwrap_or(lies),
        _ => lies,
    }
}

/// The one step that a desk offers as its button; the others stand behind it.
///
/// `visit_planned`: an open work order exists.
#[must_use]
pub fn primary(standing: &Standing, visit_planned: bool) -> Option<Step> {
    match standing.state {
        // Its own panel offers what is next.
        CaseState::New | CaseState::Triaged | CaseState::PhoneSupport if standing.complaint => None,
        CaseState::New => Some(Step::Triage),
        CaseState::Triaged => Some(Step::StartPhoneSupport),
        CaseState::PhoneSupport if standing.phone == PhoneProgress::Running => Some(Step::RecordPhoneResult),
        CaseState::PhoneSupport => Some(Step::AgreeOnsite),
        CaseState::OnsiteAgreed if !visit_planned => Some(Step::PlanVisit),
        CaseState::WaitingCustomer { .. } | CaseState::WaitingParts { .. } => Some(Step::Resume),
        _ => None,
    }
}

/// Every step the table allows now, in the order of [`Step::ALL`].
pub fn open_steps(standing: &Standing) -> impl Iterator<Item = Step> + '_ {
    Step::ALL.iter().copied().filter(|step| allowed(standing, *step).is_ok())
}
