//! What follow-up calls refuse.

kit::errors! {
    /// Why a follow-up call can't be made or recorded.
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
    }
}
