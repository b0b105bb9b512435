//! What follow-up calls and complaints refuse.

kit::errors! {
    /// Why a follow-up call can't be made or recorded, or a complaint not be answered.
    pub enum CareError {
        /// There is no such follow-up, or it is out of the caller's reach.
        Unknown => 404 "follow_up_unknown",
        /// It was made already.
        Done => 409 "follow_up_done",
        /// The case went on before the call was made.
        Cancelled => 409 "follow_up_cancelled",
        /// Who did the work doesn't ask how it was.
        OwnWork => 409 "follow_up_own_work",
        /// Somebody else is calling.
        Taken { by: String } => 409 "follow_up_taken",
        /// A reached customer says whether it is solved.
        SolvedMissing => 422 "follow_up_solved_missing" at "/solved",
        /// A reached customer gives a score.
        RatingMissing => 422 "follow_up_rating_missing" at "/rating",
        /// The score is not 1 to 5.
        RatingRange => 422 "follow_up_rating_range" at "/rating",
        /// A question of the script has no answer.
        AnswerMissing { question: String } => 422 "follow_up_answer_missing" at "/answers",
        /// An answer belongs to no question of the script.
        AnswerUnknown { question: String } => 422 "follow_up_answer_unknown" at "/answers",
        /// Not solved: the words say what is still wrong.
        CommentMissing => 422 "follow_up_comment_missing" at "/comment",
        /// The words are too long.
        CommentTooLong { max: usize } => 422 "follow_up_comment_too_long" at "/comment",
        /// Not reached: when to call again.
        NextMissing => 422 "follow_up_next_missing" at "/next_attempt_at",
        /// The next attempt lies in the past or more than 30 days ahead.
        NextRange => 422 "follow_up_next_range" at "/next_attempt_at",
        /// Giving up needs more attempts.
        TooEarlyToGiveUp { attempts: i64, needed: i64 } => 409 "follow_up_too_early_to_give_up",
        /// Nobody was reached, so nothing was answered.
        NotReachedAnswers => 422 "follow_up_not_reached_answers" at "/reached",
        /// Nobody signed the visit yet, or it is not this engineer's.
        RateNotSigned => 409 "visit_rating_not_signed",
        /// The customer has rated the visit.
        RatedAlready => 409 "visit_rating_given",
        /// A report over such a span is not made.
        PeriodInvalid => 422 "satisfaction_period_invalid" at "/from",
        /// There is no such complaint, or it is out of the caller's reach.
        ComplaintUnknown => 404 "complaint_unknown",
        /// Somebody has taken it up.
        ComplaintAcknowledged => 409 "complaint_acknowledged",
        /// It is taken up before it is answered.
        ComplaintNotAcknowledged => 409 "complaint_not_acknowledged",
        /// It was answered.
        ComplaintAnswered => 409 "complaint_answered",
        /// The customer says something to an answer, not before it.
        ComplaintNotAnswered => 409 "complaint_not_answered",
        /// It is closed.
        ComplaintClosed => 409 "complaint_closed",
        /// The customer has had too little time to say something.
        ComplaintTooEarly { days: i64 } => 409 "complaint_too_early_to_close",
        /// Why it came to it is missing (P9).
        CauseMissing => 422 "complaint_cause_missing" at "/cause",
        /// What is done about it is missing.
        RemedyMissing => 422 "complaint_remedy_missing" at "/remedy",
        /// What the customer is told is missing.
        AnswerTextMissing => 422 "complaint_answer_missing" at "/answer",
        /// Not content: the words say with what.
        ReactionWordsMissing => 422 "complaint_reaction_words_missing" at "/words",
        /// Words are too long.
        ComplaintTextTooLong { max: usize } => 422 "complaint_text_too_long",
        /// A complaint concerns at least one and not too many people at once.
        ConcernCount { max: usize } => 422 "complaint_concern_count" at "/employee_ids",
    }
}
