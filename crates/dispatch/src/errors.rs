//! What dispatch refuses.

kit::errors! {
    /// Why the board can't be shown or nobody proposed.
    pub enum DispatchError {
        /// There is no such work order, or it is out of the caller's reach.
        OrderUnknown => 404 "dispatch_order_unknown",
        /// Nobody else can be sent: the work is done, called off or under way.
        NotToPlan { number: String, state: visits::WorkOrderState } => 409 "dispatch_not_to_plan",
        /// The span of the board ends before it begins or is too long.
        SpanInvalid { days: i64 } => 422 "board_span_invalid" at "/from",
    }
}
