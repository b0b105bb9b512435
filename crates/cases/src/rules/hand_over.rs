//! One owner, who changes only by acceptance; too many hand-overs or idle hours raise the case (P10).

use kit::Ts;

use crate::errors::CaseError;
use crate::model::EscalationCause;

/// Whether the case may be offered to `to`.
///
/// # Errors
/// `case_hand_over_pending` while another offer waits; `case_hand_over_to_owner`.
pub fn offer(owner: &str, to: &str, waiting: Option<&str>) -> Result<(), CaseError> {
    match waiting {
        Some(name) => Err(CaseError::HandOverPending { name: name.to_owned() }),
        None if owner == to => Err(CaseError::HandOverToOwner),
        None => Ok(()),
    }
}

/// Whether `who` may answer the offer made to `offered_to`.
///
/// # Errors
/// `case_hand_over_none`, `case_hand_over_not_yours`.
pub fn accept(offered_to: Option<&str>, who: &str) -> Result<(), CaseError> {
    match offered_to {
        None => Err(CaseError::HandOverNone),
        Some(to) if to == who => Ok(()),
        Some(_) => Err(CaseError::HandOverNotYours),
    }
}

/// Whether an offer has waited for its answer long enough at `now`; one without a due time waits on.
#[must_use]
pub fn timed_out(answer_due_at: Option<Ts>, now: Ts) -> bool {
    answer_due_at.is_some_and(|due| now >= due)
}

/// Whether accepted hand-over number `count` raises the case: more than `limit` do, once.
#[must_use]
pub fn escalates(count: i64, limit: i64, escalated: bool) -> bool {
    !escalated && count > limit
}

/// What the idle watch finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escalate {
    /// Raise it now, for this cause.
    Now(EscalationCause),
    /// Look again then.
    Later(Ts),
}

/// Whether a case last touched at `touched_at` has lain for `idle_us` microseconds at `now`, or when to look again.
///
/// A step that is due later than that (the customer is away until Thursday) is no idleness: the watch starts there.
#[must_use]
pub fn idle(touched_at: Ts, next_due_at: Ts, idle_us: i64, now: Ts) -> Escalate {
    let at = touched_at.max(next_due_at).plus(idle_us);
    if now >= at { Escalate::Now(EscalationCause::Idle) } else { Escalate::Later(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p10_a_hand_over_needs_another_person_and_no_waiting_offer() {
        assert_eq!(offer("a", "b", None), Ok(()));
        assert_eq!(offer("a", "a", None), Err(CaseError::HandOverToOwner));
        assert_eq!(offer("a", "b", Some("c")), Err(CaseError::HandOverPending { name: "c".into() }));
    }

    #[test]
    fn p10_only_the_person_asked_can_accept() {
        assert_eq!(accept(Some("b"), "b"), Ok(()));
        assert_eq!(accept(Some("b"), "a"), Err(CaseError::HandOverNotYours));
        assert_eq!(accept(None, "b"), Err(CaseError::HandOverNone));
    }

    #[test]
    fn p10_more_than_two_hand_overs_raise_the_case_once() {
        assert_eq!([1, 2, 3, 4].map(|n| escalates(n, 2, false)), [false, false, true, true]);
        assert!(!escalates(4, 2, true));
    }

    #[test]
    fn p10_an_offer_goes_back_exactly_when_its_time_is_over() {
        assert_eq!([99, 100, 101].map(|n| timed_out(Some(Ts(100)), Ts(n))), [false, true, true]);
        assert!(!timed_out(None, Ts(i64::MAX)), "one from before waits on");
    }

    #[test]
    fn p10_idle_hours_raise_the_case_exactly_when_they_are_full() {
        let idle_at = |now| idle(Ts(100), Ts(50), 10, Ts(now));
        assert_eq!(idle_at(109), Escalate::Later(Ts(110)));
        assert_eq!(idle_at(110), Escalate::Now(EscalationCause::Idle));
        assert_eq!(idle(Ts(100), Ts(500), 10, Ts(400)), Escalate::Later(Ts(510)));
    }
}
