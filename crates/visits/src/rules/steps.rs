//! The table of states × steps of a visit (`domain.md`).

use crate::errors::VisitError;
use crate::model::{VisitOutcome, VisitState, VisitStateName, VisitStep};

/// How far the service order of this visit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Nothing was shown to the customer.
    None,
    /// The document was frozen and shown.
    Presented,
    /// The customer signed it, or the refusal was recorded (P72).
    Settled,
}

/// Where a visit stands: what the table needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: VisitStateName,
    /// Whether the self-inspection was confirmed (P73).
    pub self_checked: bool,
    /// How far its service order has come.
    pub paper: Paper,
    /// Whether a person locked its engineer and time.
    pub locked: bool,
}

/// Whether `step` may be taken now; guards over what was recorded come after it (see [`super::gates`]).
///
/// # Errors
/// The one refusal that says why not: every state × step is in the table.
pub fn allowed(standing: &Standing, step: VisitStep) -> Result<(), VisitError> {
    let state = standing.state;
    match state {
        VisitStateName::Proposed
        | VisitStateName::Confirmed
        | VisitStateName::Dispatched
        | VisitStateName::Accepted => planned(standing, step),
        VisitStateName::Declined => match step {
            VisitStep::Reassign | VisitStep::Cancel => Ok(()),
            VisitStep::Decline => Err(VisitError::StepDone { step, state }),
            _ => Err(VisitError::Declined),
        },
        VisitStateName::Travelling => travelling(state, step),
        VisitStateName::Arrived => arrived(state, step),
        VisitStateName::Working => working(standing, step),
        VisitStateName::Paused => paused(standing, step),
        VisitStateName::Done | VisitStateName::PartlyDone | VisitStateName::NoAccess => match step {
            VisitStep::Leave | VisitStep::BreakOff => Ok(()),
            VisitStep::Reassign | VisitStep::Cancel | VisitStep::Lock | VisitStep::Unlock => {
                Err(VisitError::InField { state })
            }
            _ => Err(VisitError::Finished { state }),
        },
        VisitStateName::Left => match step {
            VisitStep::Leave => Err(VisitError::StepDone { step, state }),
            _ => Err(VisitError::Left),
        },
        VisitStateName::Cancelled => match step {
            VisitStep::Cancel => Err(VisitError::StepDone { step, state }),
            _ => Err(VisitError::Cancelled),
        },
    }
}

fn planned(standing: &Standing, step: VisitStep) -> Result<(), VisitError> {
    use VisitStateName::{Accepted, Confirmed, Dispatched, Proposed};
    let state = standing.state;
    match (step, state) {
        (VisitStep::Lock, _) if standing.locked => Err(VisitError::StepDone { step, state }),
        (VisitStep::Unlock, _) if !standing.locked => Err(VisitError::NotLocked),
        (VisitStep::Reassign | VisitStep::Cancel | VisitStep::Lock | VisitStep::Unlock, _)
        | (VisitStep::Confirm, Proposed)
        | (VisitStep::Dispatch, Confirmed)
        | (VisitStep::Accept, Dispatched)
        | (VisitStep::Decline, Dispatched | Accepted)
        | (VisitStep::Depart, Accepted) => Ok(()),
        (VisitStep::Confirm, _)
        | (VisitStep::Dispatch, Dispatched | Accepted)
        | (VisitStep::Accept, Accepted) => Err(VisitError::StepDone { step, state }),
        (VisitStep::Dispatch, _) => Err(VisitError::NotConfirmed),
        (VisitStep::Accept | VisitStep::Decline, _) => Err(VisitError::NotDispatched),
        (VisitStep::Depart, Dispatched) => Err(VisitError::NotAccepted),
        (VisitStep::Depart, _) => Err(VisitError::NotDispatched),
        _ => Err(VisitError::NotTravelling),
    }
}

fn travelling(state: VisitStateName, step: VisitStep) -> Result<(), VisitError> {
    match step {
        // Turned back on the way: the customer called it off.
        VisitStep::Arrive | VisitStep::NoAccess | VisitStep::BreakOff => Ok(()),
        VisitStep::Reassign
        | VisitStep::Cancel
        | VisitStep::Decline
        | VisitStep::Lock
        | VisitStep::Unlock => Err(VisitError::InField { state }),
        VisitStep::Confirm | VisitStep::Dispatch | VisitStep::Accept | VisitStep::Depart => {
            Err(VisitError::StepDone { step, state })
        }
        _ => Err(VisitError::NotArrived),
    }
}

fn arrived(state: VisitStateName, step: VisitStep) -> Result<(), VisitError> {
    match step {
        VisitStep::Start
        | VisitStep::NoAccess
        | VisitStep::AddEvidence
        | VisitStep::CheckDevice
        | VisitStep::BreakOff => Ok(()),
        VisitStep::Reassign
        | VisitStep::Cancel
        | VisitStep::Decline
        | VisitStep::Lock
        | VisitStep::Unlock => Err(VisitError::InField { state }),
        VisitStep::Confirm
        | VisitStep::Dispatch
        | VisitStep::Accept
        | VisitStep::Depart
        | VisitStep::Arrive => Err(VisitError::StepDone { step, state }),
        VisitStep::Leave => Err(VisitError::NotFinished),
        _ => Err(VisitError::NotStarted),
    }
}

fn working(standing: &Standing, step: VisitStep) -> Result<(), VisitError> {
    let state = standing.state;
    let done = Err(VisitError::StepDone { step, state });
    match step {
        VisitStep::Reassign
        | VisitStep::Cancel
        | VisitStep::Decline
        | VisitStep::Lock
        | VisitStep::Unlock => Err(VisitError::InField { state }),
        VisitStep::Confirm
        | VisitStep::Dispatch
        | VisitStep::Accept
        | VisitStep::Depart
        | VisitStep::Arrive
        | VisitStep::Start => done,
        VisitStep::BreakOff => Ok(()),
        VisitStep::NoAccess => Err(VisitError::StepDone { step: VisitStep::Start, state }),
        VisitStep::Resume => Err(VisitError::NotPaused),
        VisitStep::Leave => Err(VisitError::NotFinished),
        VisitStep::Finish => match standing.paper {
            Paper::Settled => Ok(()),
            Paper::None | Paper::Presented => Err(VisitError::NotSigned),
        },
        _ if standing.paper == Paper::Settled => match step {
            VisitStep::Sign | VisitStep::RefuseSignature => done,
            _ => Err(VisitError::Signed),
        },
        VisitStep::Pause
        | VisitStep::RecordFinding
        | VisitStep::Answer
        | VisitStep::AddEvidence
        | VisitStep::RecordOldPart
        | VisitStep::RecordGuidance
        | VisitStep::Exclude
        | VisitStep::AddCharge
        | VisitStep::AcknowledgeQuote
        | VisitStep::SelfCheck
        | VisitStep::CheckDevice
        | VisitStep::FinishPartly => Ok(()),
        VisitStep::Present if standing.self_checked => Ok(()),
        VisitStep::Present => Err(VisitError::NotSelfChecked),
        VisitStep::Sign | VisitStep::RefuseSignature => match (standing.self_checked, standing.paper) {
            (false, _) => Err(VisitError::NotSelfChecked),
            (true, Paper::None) => Err(VisitError::NotPresented),
            (true, Paper::Presented | Paper::Settled) => Ok(()),
        },
    }
}

fn paused(standing: &Standing, step: VisitStep) -> Result<(), VisitError> {
    let state = standing.state;
    match step {
        VisitStep::Resume | VisitStep::FinishPartly | VisitStep::BreakOff => Ok(()),
        VisitStep::Reassign
        | VisitStep::Cancel
        | VisitStep::Decline
        | VisitStep::Lock
        | VisitStep::Unlock => Err(VisitError::InField { state }),
        VisitStep::Confirm
        | VisitStep::Dispatch
        | VisitStep::Accept
        | VisitStep::Depart
        | VisitStep::Arrive
        | VisitStep::Start
        | VisitStep::Pause => Err(VisitError::StepDone { step, state }),
        VisitStep::Leave => Err(VisitError::NotFinished),
        _ => Err(VisitError::Paused),
    }
}

/// The one step that the button of an engineer's phone offers; `None` where the desk is to act, or nothing is left.
#[must_use]
pub fn next(standing: &Standing) -> Option<VisitStep> {
    Some(match standing.state {
        VisitStateName::Proposed
        | VisitStateName::Confirmed
        | VisitStateName::Declined
        | VisitStateName::Left
        | VisitStateName::Cancelled => return None,
        VisitStateName::Dispatched => VisitStep::Accept,
        VisitStateName::Accepted => VisitStep::Depart,
        VisitStateName::Travelling => VisitStep::Arrive,
        VisitStateName::Arrived => VisitStep::Start,
        VisitStateName::Paused => VisitStep::Resume,
        VisitStateName::Working => match (standing.self_checked, standing.paper) {
            (_, Paper::Settled) => VisitStep::Finish,
            (false, _) => VisitStep::SelfCheck,
            (true, Paper::None) => VisitStep::Present,
            (true, Paper::Presented) => VisitStep::Sign,
        },
        VisitStateName::Done | VisitStateName::PartlyDone | VisitStateName::NoAccess => VisitStep::Leave,
    })
}

/// What a visit comes to that the desk breaks off: what was signed is done, whoever had begun to work needs another visit, and
/// before that nobody had access. `None` for a visit that isn't in the field.
#[must_use]
pub fn broken_off(standing: &Standing) -> Option<VisitOutcome> {
    match standing.state {
        VisitStateName::Working | VisitStateName::Paused if standing.paper == Paper::Settled => {
            Some(VisitOutcome::Done)
        }
        VisitStateName::Done => Some(VisitOutcome::Done),
        VisitStateName::Working | VisitStateName::Paused | VisitStateName::PartlyDone => {
            Some(VisitOutcome::PartlyDone)
        }
        VisitStateName::Travelling | VisitStateName::Arrived | VisitStateName::NoAccess => {
            Some(VisitOutcome::NoAccess)
        }
        _ => None,
    }
}

/// Every step the table allows now, in the order of [`VisitStep::ALL`].
pub fn open_steps(standing: &Standing) -> impl Iterator<Item = VisitStep> + '_ {
    VisitStep::ALL.iter().copied().filter(|step| allowed(standing, *step).is_ok())
}

/// The state after a step that always leads to the same one; `None` for steps that carry a reason or change no state.
#[must_use]
pub const fn plain_target(step: VisitStep) -> Option<VisitState> {
    Some(match step {
        VisitStep::Confirm => VisitState::Confirmed,
        VisitStep::Dispatch => VisitState::Dispatched,
        VisitStep::Accept => VisitState::Accepted,
        VisitStep::Depart => VisitState::Travelling,
        VisitStep::Arrive => VisitState::Arrived,
        VisitStep::Start | VisitStep::Resume => VisitState::Working,
        VisitStep::Finish => VisitState::Done,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(standing: &Standing, step: VisitStep) -> &'static str {
        match allowed(standing, step) {
            Ok(()) => "ok",
            Err(error) => error.refusal().code.trim_start_matches("visit_"),
        }
    }

    // Columns: the steps in the order of VisitStep::ALL. One row per state; working with each stand of its paper.
    const TABLE: &[(VisitStateName, bool, Paper, &str)] = &[
        (
            VisitStateName::Proposed,
            false,
            Paper::None,
            "ok !conf !disp !disp !disp !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav ok ok !trav !trav ok !lock",
        ),
        (
            VisitStateName::Confirmed,
            false,
            Paper::None,
            "= ok !disp !disp !disp !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav ok ok !trav !trav ok !lock",
        ),
        (
            VisitStateName::Dispatched,
            false,
            Paper::None,
            "= = ok ok !acc !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav ok ok !trav !trav ok !lock",
        ),
        (
            VisitStateName::Accepted,
            false,
            Paper::None,
            "= = = ok ok !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav !trav ok ok !trav !trav ok !lock",
        ),
        (
            VisitStateName::Declined,
            false,
            Paper::None,
            "decl decl decl = decl decl decl decl decl decl decl decl decl decl decl decl decl decl decl decl decl decl decl decl decl ok ok decl decl decl decl",
        ),
        (
            VisitStateName::Travelling,
            false,
            Paper::None,
            "= = = field = ok !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr !arr ok !arr field field ok !arr field field",
        ),
        (
            VisitStateName::Arrived,
            false,
            Paper::None,
            "= = = field = = ok !start !start !start !start ok !start !start !start !start !start !start !start !start !start !start !start ok !fin field field ok ok field field",
        ),
        (
            VisitStateName::Working,
            false,
            Paper::None,
            "= = = field = = = ok !pau ok ok ok ok ok ok ok ok ok !self !self !self !sig ok = !fin field field ok ok field field",
        ),
        (
            VisitStateName::Working,
            false,
            Paper::Presented,
            "= = = field = = = ok !pau ok ok ok ok ok ok ok ok ok !self !self !self !sig ok = !fin field field ok ok field field",
        ),
        (
            VisitStateName::Working,
            true,
            Paper::None,
            "= = = field = = = ok !pau ok ok ok ok ok ok ok ok ok ok !pres !pres !sig ok = !fin field field ok ok field field",
        ),
        (
            VisitStateName::Working,
            true,
            Paper::Presented,
            "= = = field = = = ok !pau ok ok ok ok ok ok ok ok ok ok ok ok !sig ok = !fin field field ok ok field field",
        ),
        (
            VisitStateName::Working,
            true,
            Paper::Settled,
            "= = = field = = = sig !pau sig sig sig sig sig sig sig sig sig sig = = ok sig = !fin field field ok sig field field",
        ),
        (
            VisitStateName::Paused,
            true,
            Paper::Presented,
            "= = = field = = = = ok pau pau pau pau pau pau pau pau pau pau pau pau pau ok pau !fin field field ok pau field field",
        ),
        (
            VisitStateName::Done,
            true,
            Paper::Settled,
            "end end end end end end end end end end end end end end end end end end end end end end end end ok field field ok end field field",
        ),
        (
            VisitStateName::PartlyDone,
            false,
            Paper::None,
            "end end end end end end end end end end end end end end end end end end end end end end end end ok field field ok end field field",
        ),
        (
            VisitStateName::NoAccess,
            false,
            Paper::None,
            "end end end end end end end end end end end end end end end end end end end end end end end end ok field field ok end field field",
        ),
        (
            VisitStateName::Left,
            true,
            Paper::Settled,
            "left left left left left left left left left left left left left left left left left left left left left left left left = left left left left left left",
        ),
        (
            VisitStateName::Cancelled,
            false,
            Paper::None,
            "canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc canc = canc canc canc canc",
        ),
    ];

    fn meant(short: &str) -> &'static str {
        match short {
            "ok" => "ok",
            "=" => "step_done",
            "!conf" => "not_confirmed",
            "!disp" => "not_dispatched",
            "!acc" => "not_accepted",
            "!trav" => "not_travelling",
            "!arr" => "not_arrived",
            "!start" => "not_started",
            "!pau" => "not_paused",
            "!self" => "not_self_checked",
            "!pres" => "not_presented",
            "!sig" => "not_signed",
            "!fin" => "not_finished",
            "decl" => "declined",
            "field" => "in_field",
            "sig" => "signed",
            "pau" => "paused",
            "end" => "finished",
            "left" => "left",
            "canc" => "cancelled",
            "!lock" => "not_locked",
            other => panic!("{other} is no refusal"),
        }
    }

    #[test]
    fn every_state_and_step_has_its_answer() {
        for (state, self_checked, paper, row) in TABLE {
            let standing =
                Standing { state: *state, self_checked: *self_checked, paper: *paper, locked: false };
            let cells: Vec<&str> = row.split(' ').collect();
            assert_eq!(cells.len(), VisitStep::ALL.len(), "{state}");
            for (step, cell) in VisitStep::ALL.iter().zip(cells) {
                assert_eq!(code(&standing, *step), meant(cell), "{state} ({paper:?}) × {step}");
            }
        }
        for state in VisitStateName::ALL {
            assert!(TABLE.iter().any(|(s, ..)| s == state), "{state} is not in the table");
        }
    }

    #[test]
    fn what_is_locked_can_be_unlocked_and_goes_its_way_like_any_other() {
        for (state, self_checked, paper, _) in TABLE {
            let open = Standing { state: *state, self_checked: *self_checked, paper: *paper, locked: false };
            let locked = Standing { locked: true, ..open };
            let planned = state.is_planned();
            for step in VisitStep::ALL {
                let meant = match step {
                    VisitStep::Lock if planned => "step_done",
                    VisitStep::Unlock if planned => "ok",
                    _ => code(&open, *step),
                };
                assert_eq!(code(&locked, *step), meant, "{state} × {step}");
            }
        }
    }

    #[test]
    fn the_button_offers_only_what_the_table_allows() {
        for (state, self_checked, paper, _) in TABLE {
            let standing =
                Standing { state: *state, self_checked: *self_checked, paper: *paper, locked: false };
            // Self-inspection, presenting and signing come one after the other: each is allowed when it is offered.
            if let Some(step) = next(&standing) {
                assert_eq!(allowed(&standing, step), Ok(()), "{state} offers {step}");
            }
        }
    }

    #[test]
    fn a_visit_in_the_field_can_be_broken_off_and_comes_to_something() {
        for (state, self_checked, paper, _) in TABLE {
            let standing =
                Standing { state: *state, self_checked: *self_checked, paper: *paper, locked: false };
            let may = allowed(&standing, VisitStep::BreakOff).is_ok();
            assert_eq!(
                (may, broken_off(&standing).is_some()),
                (state.in_field(), state.in_field()),
                "{state}"
            );
        }
        let of = |state, paper| broken_off(&Standing { state, self_checked: true, paper, locked: false });
        assert_eq!(of(VisitStateName::Travelling, Paper::None), Some(VisitOutcome::NoAccess));
        assert_eq!(of(VisitStateName::Working, Paper::Presented), Some(VisitOutcome::PartlyDone));
        assert_eq!(of(VisitStateName::Working, Paper::Settled), Some(VisitOutcome::Done));
    }

    #[test]
    fn p73_nobody_signs_before_the_self_inspection() {
        let standing = Standing {
            state: VisitStateName::Working,
            self_checked: false,
            paper: Paper::Presented,
            locked: false,
        };
        for step in [VisitStep::Present, VisitStep::Sign, VisitStep::RefuseSignature] {
            assert_eq!(allowed(&standing, step), Err(VisitError::NotSelfChecked));
        }
    }

    #[test]
    fn p72_a_job_is_done_only_with_a_signature_or_a_recorded_refusal_and_stays_as_signed() {
        let standing =
            |paper| Standing { state: VisitStateName::Working, self_checked: true, paper, locked: false };
        assert_eq!(allowed(&standing(Paper::Presented), VisitStep::Finish), Err(VisitError::NotSigned));
        assert_eq!(allowed(&standing(Paper::Settled), VisitStep::Finish), Ok(()));
        assert_eq!(allowed(&standing(Paper::Settled), VisitStep::AddCharge), Err(VisitError::Signed));
    }
}
