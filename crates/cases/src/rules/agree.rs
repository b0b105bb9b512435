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
}
