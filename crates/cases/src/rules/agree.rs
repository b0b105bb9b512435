//! A visit needs "phone tried: result" and the word of both sides (P41).

use kit::Ts;

use super::steps::{Standing, allowed};
use crate::errors::CaseError;
use crate::model::{PhoneProgress, Step};

/// What the policy says about visits without a try by phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneRule {
    /// Never.
    Always,
    /// With a reason.
    ExceptionWithReason,
}

/// Why a visit may follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The phone was tried and did not solve it.
    PhoneTried,
    /// The policy's exception, with its reason.
    Exception {
        /// Why the phone was not tried.
        reason: String,
    },
}

/// Whether both sides' agreement at `agreed_at` may be recorded at `now` (P41).
///
/// # Errors
/// As the table; `case_phone_not_tried`, `case_phone_result_missing`, `case_phone_exception_not_allowed`;
/// `case_agreed_at_invalid` unless `reported_at ≤ agreed_at ≤ now`.
pub fn agree_onsite(
    standing: &Standing,
    rule: PhoneRule,
    exception: Option<String>,
    reported_at: Ts,
    agreed_at: Ts,
    now: Ts,
) -> Result<Agreement, CaseError> {
    allowed(standing, Step::AgreeOnsite)?;
    if agreed_at < reported_at || agreed_at > now {
        return Err(CaseError::AgreedAtInvalid);
    }
    match (standing.phone, rule, exception) {
        (PhoneProgress::NotSolved, _, _) => Ok(Agreement::PhoneTried),
        (_, PhoneRule::ExceptionWithReason, Some(reason)) => Ok(Agreement::Exception { reason }),
        (_, PhoneRule::Always, Some(_)) => Err(CaseError::PhoneExceptionNotAllowed),
        (PhoneProgress::Running, _, None) => Err(CaseError::PhoneResultMissing),
        (_, _, None) => Err(CaseError::PhoneNotTried),
    }
}

/// The window that is promised with an agreement: both of its ends, or none. It ends after it starts and ahead, lasts a day at most, and
/// begins within a year.
///
/// # Errors
/// `case_promised_window_invalid`.
pub fn promised_window(start: Option<Ts>, end: Option<Ts>, now: Ts) -> Result<Option<(Ts, Ts)>, CaseError> {
    match (start, end) {
        (None, None) => Ok(None),
        (Some(start), Some(end))
            if start < end
                && end > now
                && end.micros().saturating_sub(start.micros()) <= Ts::DAY
                && start.micros().saturating_sub(now.micros()) <= 366 * Ts::DAY =>
        {
            Ok(Some((start, end)))
        }
        _ => Err(CaseError::PromisedWindowInvalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CaseState;

    fn standing(state: CaseState, phone: PhoneProgress) -> Standing {
        Standing { state, phone, hand_over_offered: false, visit_planned: false, complaint: false }
    }

    fn agree(phone: PhoneProgress, rule: PhoneRule, exception: Option<&str>) -> Result<Agreement, CaseError> {
        let state =
            if phone == PhoneProgress::NotTried { CaseState::Triaged } else { CaseState::PhoneSupport };
        agree_onsite(&standing(state, phone), rule, exception.map(Into::into), Ts(0), Ts(5), Ts(9))
    }

    #[test]
    fn p41_a_visit_needs_a_phone_result_unless_the_policy_excepts_it_with_a_reason() {
        use PhoneRule::{Always, ExceptionWithReason};
        let exception = || Ok(Agreement::Exception { reason: "smoke".into() });
        for (phone, rule, reason, expected) in [
            (PhoneProgress::NotSolved, Always, None, Ok(Agreement::PhoneTried)),
            (PhoneProgress::NotSolved, ExceptionWithReason, Some("smoke"), Ok(Agreement::PhoneTried)),
            (PhoneProgress::NotTried, Always, None, Err(CaseError::PhoneNotTried)),
            (PhoneProgress::NotTried, ExceptionWithReason, None, Err(CaseError::PhoneNotTried)),
            (PhoneProgress::NotTried, ExceptionWithReason, Some("smoke"), exception()),
            (PhoneProgress::NotTried, Always, Some("smoke"), Err(CaseError::PhoneExceptionNotAllowed)),
            (PhoneProgress::Running, Always, None, Err(CaseError::PhoneResultMissing)),
            (PhoneProgress::Running, ExceptionWithReason, None, Err(CaseError::PhoneResultMissing)),
            (PhoneProgress::Running, ExceptionWithReason, Some("smoke"), exception()),
        ] {
            assert_eq!(agree(phone, rule, reason), expected, "{phone:?} {rule:?} {reason:?}");
        }
    }

    #[test]
    fn p41_the_moment_of_agreement_lies_between_report_and_now() {
        let at = |agreed| {
            agree_onsite(
                &standing(CaseState::PhoneSupport, PhoneProgress::NotSolved),
                PhoneRule::Always,
                None,
                Ts(10),
                Ts(agreed),
                Ts(20),
            )
        };
        assert_eq!(at(9), Err(CaseError::AgreedAtInvalid));
        assert_eq!(at(10), Ok(Agreement::PhoneTried));
        assert_eq!(at(20), Ok(Agreement::PhoneTried));
        assert_eq!(at(21), Err(CaseError::AgreedAtInvalid));
    }

    #[test]
    fn p41_a_promised_window_has_both_ends_and_lies_ahead() {
        let (now, hour) = (Ts(1_000 * Ts::HOUR), |n: i64| Some(Ts((1_000 + n) * Ts::HOUR)));
        assert_eq!(promised_window(None, None, now), Ok(None));
        let kept = promised_window(hour(-1), hour(1), now);
        assert_eq!(kept, Ok(Some((Ts(999 * Ts::HOUR), Ts(1_001 * Ts::HOUR)))), "it may have begun");
        for (start, end) in [
            (hour(1), None),
            (None, hour(1)),
            (hour(2), hour(2)),
            (hour(-2), hour(0)),
            (hour(1), hour(26)),
            (hour(9_000), hour(9_001)),
        ] {
            let refused = promised_window(start, end, now);
            assert_eq!(refused, Err(CaseError::PromisedWindowInvalid), "{start:?} {end:?}");
        }
    }
}
