//! Pure decisions about complaints: what may be done when, and what must be said.

use kit::Ts;

use super::model::{Complaint, ComplaintReaction, ComplaintState};
use crate::errors::CareError;

/// Characters of words at most.
pub(crate) const MOST_WORDS: usize = 1000;
/// People a complaint concerns at most, named at once.
pub(crate) const MOST_PEOPLE: usize = 10;
/// How long the customer's word on an answer is waited for before it can be closed without.
pub(crate) const SILENCE_US: i64 = 7 * Ts::DAY;

/// Whether it may be taken up.
///
/// # Errors
/// `complaint_acknowledged` once somebody did.
pub(crate) fn may_acknowledge(complaint: &Complaint) -> Result<(), CareError> {
    match complaint.state() {
        ComplaintState::Received => Ok(()),
        _ => Err(CareError::ComplaintAcknowledged),
    }
}

/// Whether it may be answered.
///
/// # Errors
/// `complaint_not_acknowledged`, `complaint_answered`.
pub(crate) fn may_answer(complaint: &Complaint) -> Result<(), CareError> {
    match complaint.state() {
        ComplaintState::Acknowledged => Ok(()),
        ComplaintState::Received => Err(CareError::ComplaintNotAcknowledged),
        ComplaintState::Answered | ComplaintState::Closed => Err(CareError::ComplaintAnswered),
    }
}

/// Words that must be there, without spaces around them.
///
/// # Errors
/// `missing`; `complaint_text_too_long`.
pub(crate) fn said(text: &str, missing: CareError) -> Result<String, CareError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(missing);
    }
    if text.chars().count() > MOST_WORDS {
        return Err(CareError::ComplaintTextTooLong { max: MOST_WORDS });
    }
    Ok(text.to_owned())
}

/// Whether the customer's word on the answer can be recorded now, and its words.
///
/// # Errors
/// `complaint_not_answered`, `complaint_closed`, `complaint_reaction_words_missing`, `complaint_too_early_to_close`.
pub(crate) fn reaction(
    complaint: &Complaint,
    reaction: ComplaintReaction,
    words: Option<&str>,
    now: Ts,
) -> Result<Option<String>, CareError> {
    let answered_at = match (complaint.state(), complaint.answered_at) {
        (ComplaintState::Closed, _) => return Err(CareError::ComplaintClosed),
        (ComplaintState::Answered, Some(at)) => at,
        _ => return Err(CareError::ComplaintNotAnswered),
    };
    if reaction == ComplaintReaction::NoAnswer && now < answered_at.plus(SILENCE_US) {
        return Err(CareError::ComplaintTooEarly { days: SILENCE_US / Ts::DAY });
    }
    let words = words.map(str::trim).filter(|w| !w.is_empty());
    if reaction == ComplaintReaction::NotContent {
        return said(words.unwrap_or_default(), CareError::ReactionWordsMissing).map(Some);
    }
    words.map(|words| said(words, CareError::ReactionWordsMissing)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ts = Ts(100 * Ts::DAY);

    fn complaint() -> Complaint {
        Complaint {
            case_id: cases::CaseId(kit::uuid::Uuid::from_u128(1)),
            about_case_id: None,
            received_at: NOW,
            acknowledged_at: None,
            acknowledged_by: None,
            finding: None,
            cause: None,
            remedy: None,
            answer: None,
            answered_at: None,
            answered_by: None,
            reaction: None,
            reaction_words: None,
            reacted_at: None,
            rounds: 0,
            closed_at: None,
            version: 1,
        }
    }

    fn code<T: std::fmt::Debug>(result: Result<T, CareError>) -> &'static str {
        result.unwrap_err().refusal().code
    }

    #[test]
    fn p65_a_complaint_is_acknowledged_then_answered_then_closed() {
        let received = complaint();
        let acknowledged = Complaint { acknowledged_at: Some(NOW), ..received.clone() };
        let answered = Complaint { answered_at: Some(NOW), ..acknowledged.clone() };
        let closed = Complaint { closed_at: Some(NOW), ..answered.clone() };
        assert!(may_acknowledge(&received).is_ok() && may_answer(&acknowledged).is_ok());
        assert_eq!(code(may_acknowledge(&acknowledged)), "complaint_acknowledged");
        assert_eq!(code(may_answer(&received)), "complaint_not_acknowledged");
        assert_eq!(code(may_answer(&answered)), "complaint_answered");
        let says = |c: &Complaint, what, words| reaction(c, what, words, NOW.plus(Ts::DAY));
        let content = ComplaintReaction::Content;
        assert_eq!(says(&answered, content, Some("  ")), Ok(None));
        assert_eq!(says(&answered, content, Some(" 谢谢 ")), Ok(Some("谢谢".into())));
        assert_eq!(code(says(&acknowledged, content, None)), "complaint_not_answered");
        assert_eq!(code(says(&closed, content, None)), "complaint_closed");
    }

    #[test]
    fn p65_who_is_not_content_says_why_and_silence_counts_after_a_week() {
        let answered = Complaint { acknowledged_at: Some(NOW), answered_at: Some(NOW), ..complaint() };
        let silent = |at| reaction(&answered, ComplaintReaction::NoAnswer, None, at);
        assert_eq!(
            code(reaction(&answered, ComplaintReaction::NotContent, None, NOW)),
            "complaint_reaction_words_missing"
        );
        assert_eq!(code(silent(NOW.plus(SILENCE_US - 1))), "complaint_too_early_to_close");
        assert_eq!(silent(NOW.plus(SILENCE_US)), Ok(None));
        assert_eq!(code(said(&"x".repeat(1001), CareError::CauseMissing)), "complaint_text_too_long");
        assert_eq!(code(said(" ", CareError::CauseMissing)), "complaint_cause_missing");
    }
}
