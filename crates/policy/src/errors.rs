//! What the policy refuses.

kit::errors! {
    /// Why something about the promise can't be done.
    pub enum PolicyError {
        /// No such version.
        VersionUnknown { number: i64 } => 404 "policy_version_unknown",
        /// The content contradicts itself; the fields are named.
        ContentInvalid { faults: usize } => 422 "policy_content_invalid",
        /// A version can't change what was in force already.
        ValidFromPast => 422 "policy_valid_from_past" at "/valid_from",
        /// A version can't begin before the one it follows.
        ValidFromBeforeNewest { newest: String } => 422 "policy_valid_from_before_newest" at "/valid_from",
        /// A new version needs a reason.
        ReasonMissing => 422 "policy_reason_missing" at "/reason",
        /// The year is outside 2004 to 2100.
        HolidayYear { year: i16 } => 422 "holiday_year_out_of_range" at "/year",
        /// The list closes no day.
        HolidayEmpty { year: i16 } => 422 "holiday_year_empty" at "/closed",
        /// A day that doesn't belong to the year.
        HolidayOutside { year: i16, date: String } => 422 "holiday_outside_year",
        /// A day that stands twice.
        HolidayTwice { year: i16, date: String } => 422 "holiday_twice",
        /// A day that is both closed and worked.
        HolidayBoth { year: i16, date: String } => 422 "holiday_closed_and_makeup" at "/makeup",
        /// A make-up workday that is no Saturday or Sunday.
        MakeupOnWeekday { year: i16, date: String } => 422 "makeup_on_weekday" at "/makeup",
        /// The clock already runs.
        ClockRuns { promise: String } => 409 "clock_runs_already",
        /// The instant lies outside the years a calendar answers for.
        OutsideCalendar => 422 "clock_outside_calendar",
        /// An answer to an effect question that isn't asked.
        QuestionUnknown { question: String } => 422 "effect_question_unknown" at "/effect",
    }
}
