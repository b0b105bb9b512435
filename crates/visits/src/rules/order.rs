//! The state of a work order, derived from its visits (`domain.md`).

use kit::Ts;

use crate::model::{VisitOutcome, VisitState, VisitStateName, WorkOrderState};

/// A visit as the derivation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitFact {
    /// Its state.
    pub state: VisitState,
    /// Every step of the checklist is answered.
    pub checklist_answered: bool,
    /// The self-inspection was confirmed.
    pub self_checked: bool,
    /// The customer signed, or the refusal is recorded.
    pub signed: bool,
}

/// What else decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderFact {
    /// Cancelled by a person.
    pub cancelled: bool,
    /// Time, place and symptom stand (P42).
    pub ready: bool,
    /// The customer owes nothing, or the invoice is issued.
    pub settled: bool,
}

/// The state, from the visits in the order of their making.
#[must_use]
pub fn derive(order: &OrderFact, visits: &[VisitFact]) -> WorkOrderState {
    if order.cancelled {
        return WorkOrderState::Cancelled;
    }
    let planned = visits
        .iter()
        .rev()
        .find(|v| !matches!(v.state, VisitState::Cancelled { .. } | VisitState::Declined { .. }));
    let Some(visit) = planned else {
        return if order.ready { WorkOrderState::Ready } else { WorkOrderState::Draft };
    };
    match &visit.state {
        VisitState::Left { outcome: VisitOutcome::Done } if order.settled => WorkOrderState::Closed,
        VisitState::Done if order.settled => WorkOrderState::Settled,
        VisitState::Done | VisitState::Left { outcome: VisitOutcome::Done } => WorkOrderState::Signed,
        VisitState::PartlyDone { .. } | VisitState::NoAccess { .. } | VisitState::Left { .. } => {
            WorkOrderState::Incomplete
        }
        VisitState::Working | VisitState::Paused { .. } if visit.signed => WorkOrderState::Signed,
        VisitState::Working | VisitState::Paused { .. } if visit.self_checked => WorkOrderState::SelfChecked,
        VisitState::Working if visit.checklist_answered => WorkOrderState::WorkDone,
        state if state.name().in_field() => WorkOrderState::InProgress,
        _ => WorkOrderState::Scheduled,
    }
}

/// By when the visit that is planned or under way arrives, by the end of its appointment; none if a new one must be planned.
#[must_use]
pub fn planned_until(visits: impl IntoIterator<Item = (VisitStateName, Ts)>) -> Option<Ts> {
    let finished =
        |state| matches!(state, VisitStateName::Done | VisitStateName::PartlyDone | VisitStateName::NoAccess);
    visits
        .into_iter()
        .filter(|(state, _)| state.holds_window() && !finished(*state))
        .map(|(_, until)| until)
        .max()
}

/// Whether a new visit may follow: no other one is planned or under way.
#[must_use]
pub fn open_visit(visits: impl IntoIterator<Item = VisitStateName>) -> bool {
    visits.into_iter().any(VisitStateName::holds_window)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PauseReason;

    #[test]
    fn p10_a_visit_counts_as_planned_until_it_is_finished_declined_or_cancelled() {
        use VisitStateName as S;
        for state in S::ALL {
            let planned = !matches!(
                state,
                S::Declined | S::Done | S::PartlyDone | S::NoAccess | S::Left | S::Cancelled
            );
            assert_eq!(planned_until([(*state, Ts(7))]), planned.then_some(Ts(7)), "{state}");
        }
        assert_eq!(planned_until([(S::Left, Ts(9)), (S::Proposed, Ts(8))]), Some(Ts(8)));
        assert_eq!(planned_until([]), None);
    }

    const OPEN: OrderFact = OrderFact { cancelled: false, ready: true, settled: false };

    fn visit(state: VisitState) -> VisitFact {
        VisitFact { state, checklist_answered: false, self_checked: false, signed: false }
    }

    #[test]
    fn the_state_follows_the_newest_visit_that_counts() {
        let reason = || String::from("r");
        let cases: &[(VisitState, WorkOrderState)] = &[
            (VisitState::Proposed, WorkOrderState::Scheduled),
            (VisitState::Accepted, WorkOrderState::Scheduled),
            (VisitState::Declined { reason: reason() }, WorkOrderState::Ready),
            (VisitState::Cancelled { reason: reason() }, WorkOrderState::Ready),
            (VisitState::Travelling, WorkOrderState::InProgress),
            (VisitState::Arrived, WorkOrderState::InProgress),
            (VisitState::Working, WorkOrderState::InProgress),
            (VisitState::Paused { reason: PauseReason::Break, note: None }, WorkOrderState::InProgress),
            (VisitState::PartlyDone { reason: reason() }, WorkOrderState::Incomplete),
            (VisitState::Left { outcome: VisitOutcome::NoAccess }, WorkOrderState::Incomplete),
            (VisitState::Done, WorkOrderState::Signed),
            (VisitState::Left { outcome: VisitOutcome::Done }, WorkOrderState::Signed),
        ];
        for (state, expected) in cases {
            assert_eq!(derive(&OPEN, &[visit(state.clone())]), *expected, "{state:?}");
        }
        assert_eq!(derive(&OPEN, &[]), WorkOrderState::Ready);
        assert_eq!(derive(&OrderFact { ready: false, ..OPEN }, &[]), WorkOrderState::Draft);
        assert_eq!(derive(&OrderFact { cancelled: true, ..OPEN }, &[]), WorkOrderState::Cancelled);
    }

    #[test]
    fn work_done_self_checked_signed_follow_one_another() {
        let mut at_work = visit(VisitState::Working);
        at_work.checklist_answered = true;
        assert_eq!(derive(&OPEN, &[at_work.clone()]), WorkOrderState::WorkDone);
        at_work.self_checked = true;
        assert_eq!(derive(&OPEN, &[at_work.clone()]), WorkOrderState::SelfChecked);
        at_work.signed = true;
        assert_eq!(derive(&OPEN, &[at_work]), WorkOrderState::Signed);
    }

    #[test]
    fn p69_closed_only_when_nothing_is_owed() {
        let left = visit(VisitState::Left { outcome: VisitOutcome::Done });
        let settled = OrderFact { settled: true, ..OPEN };
        assert_eq!(derive(&OPEN, std::slice::from_ref(&left)), WorkOrderState::Signed);
        assert_eq!(derive(&settled, &[visit(VisitState::Done)]), WorkOrderState::Settled);
        assert_eq!(derive(&settled, &[left]), WorkOrderState::Closed);
    }

    #[test]
    fn a_second_visit_follows_an_incomplete_one() {
        let first = visit(VisitState::Left { outcome: VisitOutcome::PartlyDone });
        assert_eq!(derive(&OPEN, &[first.clone(), visit(VisitState::Dispatched)]), WorkOrderState::Scheduled);
        let off = visit(VisitState::Cancelled { reason: "r".into() });
        assert_eq!(derive(&OPEN, &[first, off]), WorkOrderState::Incomplete);
        assert!(open_visit([VisitStateName::Left, VisitStateName::Proposed]));
        assert!(!open_visit([VisitStateName::Left, VisitStateName::Declined]));
    }
}
