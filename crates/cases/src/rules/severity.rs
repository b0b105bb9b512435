//! The policy's questions give the severity; a person may set another, with a reason (P45).

use kit::Both;
use policy::{Severity, SeverityVerdict};

use crate::errors::CaseError;

/// The severity of a report, and why it is another than the answers give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeverityFinding {
    /// The severity.
    pub severity: Severity,
    /// A person's reason.
    pub reason: Option<String>,
    /// The policy's reasons.
    pub because: Vec<Both>,
}

/// The severity of a report: what the answers give, unless a person says otherwise with a reason (P45).
///
/// # Errors
/// `case_severity_reason_missing`.
pub fn report_severity(
    given: &SeverityVerdict,
    chosen: Option<Severity>,
    reason: Option<String>,
) -> Result<SeverityFinding, CaseError> {
    let because = given.reasons.iter().map(|r| r.text.clone()).collect();
    match chosen {
        Some(severity) if severity != given.severity => {
            let reason = Some(reason.ok_or(CaseError::SeverityReasonMissing)?);
            Ok(SeverityFinding { severity, reason, because })
        }
        _ => Ok(SeverityFinding { severity: given.severity, reason: None, because }),
    }
}

/// Whether the severity may change from `from` to `to` (P45). Raising needs no reason, lowering does.
///
/// # Errors
/// `case_severity_same`, `case_lowering_reason_missing`.
pub fn change_severity(from: Severity, to: Severity, reason: Option<&str>) -> Result<(), CaseError> {
    match (from, to) {
        _ if from == to => Err(CaseError::SeveritySame { severity: to.name() }),
        (Severity::Major, Severity::Normal) if reason.is_none_or(|r| r.trim().is_empty()) => {
            Err(CaseError::LoweringReasonMissing)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Major, Normal};

    fn given(severity: Severity) -> SeverityVerdict {
        SeverityVerdict { severity, reasons: Vec::new(), unanswered: Vec::new() }
    }

    #[test]
    fn p44_p45_the_answers_decide_unless_a_person_gives_a_reason() {
        let reason = || Some("the second exit works".to_owned());
        for (answers, chosen, said, expected) in [
            (Major, None, None, Ok((Major, None))),
            (Normal, Some(Normal), reason(), Ok((Normal, None))),
            (Major, Some(Normal), reason(), Ok((Normal, reason()))),
            (Normal, Some(Major), reason(), Ok((Major, reason()))),
            (Major, Some(Normal), None, Err(CaseError::SeverityReasonMissing)),
            (Normal, Some(Major), None, Err(CaseError::SeverityReasonMissing)),
        ] {
            let found = report_severity(&given(answers), chosen, said).map(|f| (f.severity, f.reason));
            assert_eq!(found, expected, "{answers:?} {chosen:?}");
        }
    }

    #[test]
    fn p45_lowering_needs_a_reason_raising_does_not() {
        assert_eq!(change_severity(Normal, Major, None), Ok(()));
        assert_eq!(change_severity(Major, Normal, Some("second exit works")), Ok(()));
        for blank in [None, Some("  ")] {
            assert_eq!(change_severity(Major, Normal, blank), Err(CaseError::LoweringReasonMissing));
        }
        assert_eq!(change_severity(Major, Major, None), Err(CaseError::SeveritySame { severity: "major" }));
    }
}
