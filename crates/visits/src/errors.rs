//! What visits refuse.

kit::errors! {
    /// Why a step on a work order or a visit can't be taken.
    pub enum VisitError {
        /// There is no such work order, or it is out of the caller's reach.
        WorkOrderUnknown => 404 "work_order_unknown",
        /// No paper with this code was ever shown to a customer.
        PaperUnknown => 404 "paper_unknown",
        /// There is no such visit, or it is out of the caller's reach, or another engineer's.
        Unknown => 404 "visit_unknown",
        /// The work order is finished or cancelled.
        WorkOrderEnded { number: String, state: crate::WorkOrderState } => 409 "work_order_ended",
        /// The case has an open work order already.
        WorkOrderOpen { number: String } => 409 "work_order_open",
        /// Both sides have not agreed to a visit (P41).
        OnsiteNotAgreed => 409 "work_order_onsite_not_agreed",
        /// The time is missing (P42).
        TimeMissing => 422 "work_order_time_missing" at "/window",
        /// The place is missing (P42).
        PlaceMissing => 422 "work_order_place_missing" at "/place",
        /// The symptom is missing (P42).
        SymptomMissing => 422 "work_order_symptom_missing" at "/symptom",
        /// The duration is out of range.
        DurationInvalid { min: i64, max: i64 } => 422 "work_order_duration_invalid" at "/duration_min",
        /// A window ends after it starts, and lies ahead.
        WindowInvalid => 422 "visit_window_invalid" at "/window",
        /// The promised window ends after the visit starts, within a day, and lies ahead.
        AppointmentInvalid => 422 "visit_appointment_invalid" at "/appointment_end",
        /// The customer was promised another window (P8): whoever plans says what they answered.
        PromiseUnanswered { from: String, until: String } => 422 "visit_promise_unanswered" at "/outside_promise",
        /// The engineer is somewhere else then (invariant 6).
        EngineerBusy { number: String } => 409 "engineer_busy",
        /// There is no such engineer, or they don't work here any more.
        EngineerUnknown => 422 "visit_engineer_unknown" at "/engineer_id",
        /// The work order has a visit on its way already.
        VisitOpen { number: String } => 409 "visit_open",
        /// A person said that it stays as it is: whoever moves it unlocks it.
        Locked { number: String, who: String, at: String } => 409 "visit_locked",
        /// It isn't locked.
        NotLocked => 409 "visit_not_locked",
        /// The same engineer and window: nothing would change.
        NothingMoved => 422 "visit_nothing_moved",
        /// The engineer is on another visit right now.
        OtherVisitRunning { number: String } => 409 "visit_other_running",
        /// The step was taken already: a second tap, a phone that repeats itself.
        StepDone { step: crate::VisitStep, state: crate::VisitStateName } => 409 "visit_step_done",
        /// Whoever arrives after the appointment says why (P8).
        LateReasonMissing => 422 "visit_late_reason_missing" at "/late_reason",
        /// Nothing was scanned or typed.
        DeviceMissing => 422 "visit_device_missing" at "/said",
        /// The device is another one than ordered: going on there takes a reason.
        DeviceDiffers => 422 "visit_device_differs" at "/reason",
        /// The engineer has not agreed to share their way.
        WayNotShared => 409 "visit_way_not_shared",
        /// No points, or more than one request takes.
        WayPointsCount { max: usize } => 422 "visit_way_points_count" at "/points",
        /// The consent's text has changed since.
        ConsentTextOld { version: i64 } => 409 "position_consent_text_old",
        /// Guidance without who, topic or sensible minutes (P25).
        GuidanceInvalid => 422 "visit_guidance_invalid" at "/topic",
        /// The customer has not agreed to the window.
        NotConfirmed => 409 "visit_not_confirmed",
        /// The engineer was not told yet.
        NotDispatched => 409 "visit_not_dispatched",
        /// The engineer has not accepted.
        NotAccepted => 409 "visit_not_accepted",
        /// The engineer declined.
        Declined => 409 "visit_declined",
        /// The engineer has not set out.
        NotTravelling => 409 "visit_not_travelling",
        /// The engineer has not arrived.
        NotArrived => 409 "visit_not_arrived",
        /// Work has not started.
        NotStarted => 409 "visit_not_started",
        /// Work rests: resume it first.
        Paused => 409 "visit_paused",
        /// Work doesn't rest.
        NotPaused => 409 "visit_not_paused",
        /// The engineer is on the way or there: such a visit can't be moved.
        InField { state: crate::VisitStateName } => 409 "visit_in_field",
        /// The job is not finished: record what came of it before leaving.
        NotFinished => 409 "visit_not_finished",
        /// The job is finished: only leaving is left.
        Finished { state: crate::VisitStateName } => 409 "visit_finished",
        /// The engineer has left.
        Left => 409 "visit_left",
        /// The visit was cancelled.
        Cancelled => 409 "visit_cancelled",
        /// The customer has signed: what was signed stays as it is (P72).
        Signed => 409 "visit_signed",
        /// The customer was told and shown nothing yet (P72).
        NotPresented => 409 "visit_not_presented",
        /// Neither a signature nor a recorded refusal (P72).
        NotSigned => 409 "visit_not_signed",
        /// What was shown is not what stands now (P72).
        DocumentChanged => 409 "visit_document_changed",
        /// The digest names no document that was shown (P72).
        DocumentHashWrong => 409 "visit_document_hash_wrong",
        /// A reason is needed.
        ReasonMissing => 422 "visit_reason_missing" at "/reason",
        /// The text is longer than the form takes.
        TextTooLong { max: usize } => 422 "visit_text_too_long",
        /// There is no such step in the checklist.
        ItemUnknown { item: String } => 422 "checklist_item_unknown" at "/item",
        /// The step belongs to another part of the visit.
        ItemElsewhere { item: String } => 422 "checklist_item_elsewhere" at "/item",
        /// A skipped step needs a reason, a failed one a note (P24).
        AnswerReasonMissing { item: String } => 422 "checklist_answer_reason_missing" at "/reason",
        /// A safety step can't be skipped (P24).
        SafetyNotSkippable { item: String } => 422 "checklist_safety_not_skippable" at "/result",
        /// A safety step comes first (P24).
        SafetyFirst { item: String } => 409 "checklist_safety_first",
        /// Steps are open (P20, P24, P73).
        ItemsOpen { items: String } => 409 "checklist_items_open",
        /// A step of the self-inspection failed (P73).
        SelfInspectionFailed { items: String } => 409 "self_inspection_failed",
        /// The self-inspection comes before the signature (P73).
        NotSelfChecked => 409 "visit_not_self_checked",
        /// The fault isn't in the catalogue.
        FaultUnknown => 422 "visit_fault_code_unknown" at "/fault_code",
        /// The cause isn't in the catalogue.
        CauseUnknown => 422 "visit_cause_code_unknown" at "/cause_code",
        /// No finding was recorded (P22).
        FindingMissing => 409 "visit_finding_missing",
        /// No photo after the work (P23).
        AfterPhotoMissing => 409 "visit_after_photo_missing",
        /// The customer has not agreed to what they will pay (P22, P72).
        QuoteNotAcknowledged { total_minor: i64 } => 409 "visit_quote_not_acknowledged",
        /// The customer owes something on this work order: it is invoiced, or another pays, before it is taken off (P69).
        ChargesStand { total_minor: i64 } => 409 "work_order_charges_stand",
        /// The customer pays nothing: there is nothing to agree to.
        NothingToAcknowledge => 409 "visit_nothing_to_acknowledge",
        /// The quote that was agreed to is not the one that stands (P72).
        QuoteHashWrong => 409 "visit_quote_hash_wrong",
        /// It is not decided who pays (P26).
        CoverageUndecided => 409 "visit_coverage_undecided",
        /// The digest is no SHA-256.
        DigestInvalid => 422 "evidence_digest_invalid" at "/sha256",
        /// The file has not arrived.
        FileMissing => 409 "evidence_file_missing",
        /// The strokes are no signature.
        SignatureEmpty => 422 "signature_empty" at "/strokes",
        /// The signer's name is missing.
        SignerMissing => 422 "signature_signer_missing" at "/signer_name",
        /// A refusal needs a witness (P72).
        WitnessMissing => 422 "signature_witness_missing" at "/witness",
        /// A position lies on the globe.
        PositionInvalid => 422 "visit_position_invalid" at "/position",
        /// The part's name or number of pieces is missing.
        OldPartInvalid => 422 "old_part_invalid" at "/name",
        /// The customer pays nothing: there is nothing to invoice.
        NoInvoiceDuty => 409 "invoice_duty_none",
        /// The invoice was recorded already.
        InvoiceIssued { invoice_number: String } => 409 "invoice_issued",
        /// The invoice and the service order differ (P71).
        InvoiceAmountDiffers { total_minor: i64, amount_minor: i64 } => 422 "invoice_amount_differs" at "/amount_minor",
        /// Another service order carries this invoice's number.
        InvoiceNumberUsed { invoice_number: String } => 409 "invoice_number_used",
        /// The invoice's number is missing.
        InvoiceNumberMissing => 422 "invoice_number_missing" at "/invoice_number",
        /// There is no service order yet.
        DocumentUnknown => 404 "service_order_unknown",
        /// There is no such checklist.
        ChecklistUnknown => 404 "checklist_unknown",
        /// A checklist needs steps of the self-inspection, each with its own key and text (P73).
        ChecklistInvalid { what: String } => 422 "checklist_invalid" at "/items",
        /// There is no such product.
        ProductUnknown => 422 "checklist_product_unknown" at "/product_id",
    }
}
