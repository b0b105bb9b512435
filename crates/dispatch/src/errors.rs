//! What dispatch refuses.

kit::errors! {
    /// Why the board can't be shown or nobody proposed.
    pub enum DispatchError {
        /// There is no such work order, or it is out of the caller's reach.
        OrderUnknown => 404 "dispatch_order_unknown",
        /// Nobody else can be sent: the work is done, called off or under way.
        NotToPlan { number: String, state: visits::WorkOrderState } => 409 "dispatch_not_to_plan",
        /// A visit is asked for in a case that is over.
        CaseEnded { number: String, state: cases::StateName } => 409 "dispatch_case_ended",
        /// The work can't take that long or that short.
        DurationInvalid { min: i64, max: i64 } => 422 "windows_duration_invalid" at "/duration_min",
        /// There is no such engineer, or they are out of the caller's reach.
        EngineerUnknown => 404 "dispatch_engineer_unknown",
        /// The time that was chosen is over or lies too far ahead.
        TimeInvalid { days: i64 } => 422 "dispatch_time_invalid" at "/start",
        /// The span of the board ends before it begins or is too long.
        SpanInvalid { days: i64 } => 422 "board_span_invalid" at "/from",
        /// The plan ends before it begins or reaches too far.
        PlanSpanInvalid { days: i64 } => 422 "plan_span_invalid" at "/until",
        /// An area has more sites than are planned at once.
        PlanTooLarge { places: usize, most: usize } => 422 "plan_area_too_large" at "/unit",
        /// Nothing of the plan is accepted.
        NothingAccepted => 422 "plan_nothing_accepted" at "/visits",
        /// More is accepted than goes into one command.
        TooMuchAccepted { most: usize } => 422 "plan_too_much_accepted" at "/visits",
        /// There is no such unit, or it is out of the caller's reach.
        PlanningUnitUnknown => 404 "planning_unit_unknown",
        /// The plan of a unit above or below goes on by itself already: each order has one plan.
        PlanningAreasOverlap { unit: String } => 409 "planning_areas_overlap",
        /// There is no such version of the unit's plan, or it is no longer kept.
        PlanVersionUnknown => 404 "plan_version_unknown",
    }
}
