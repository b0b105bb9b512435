//! What cases refuse.

kit::errors! {
    /// Why a step on a case can't be taken.
    pub enum CaseError {
        /// There is no such case, or it is out of the caller's reach.
        Unknown => 404 "case_unknown",
        /// It has ended already: a second tab, a double click.
        CallEnded => 409 "call_ended",
        /// It is no missed call, or somebody called back already.
        CallNotMissed => 409 "call_not_missed",
        /// The number was withheld: nobody can call back.
        CallNumberWithheld => 409 "call_number_withheld",
        /// A number is shown once for each command.
        CallRevealUsed => 409 "call_reveal_used",
        /// Nobody has triaged it yet.
        NotTriaged => 409 "case_not_triaged",
        /// The step was taken already: a second tab, a double click.
        StepDone { step: crate::Step, state: crate::StateName } => 409 "case_step_done",
        /// It waits for the customer or for parts: resume it first.
        Waiting { state: crate::StateName } => 409 "case_waiting",
        /// It doesn't wait.
        NotWaiting => 409 "case_not_waiting",
        /// No phone support was begun.
        NotInPhoneSupport => 409 "case_not_in_phone_support",
        /// A visit needs "phone tried: result" first (P41).
        PhoneNotTried => 409 "case_phone_not_tried",
        /// Phone support runs and has no result yet (P41).
        PhoneResultMissing => 409 "case_phone_result_missing",
        /// The policy allows no visit without trying the phone (P41).
        PhoneExceptionNotAllowed => 409 "case_phone_exception_not_allowed",
        /// Both sides have not agreed to a visit (P41).
        OnsiteNotAgreed => 409 "case_onsite_not_agreed",
        /// An engineer is on the way or at work.
        InField => 409 "case_in_field",
        /// Nobody is in the field.
        NotInField => 409 "case_not_in_field",
        /// It is resolved: only follow-up, reopening and closing are left.
        Resolved { state: crate::StateName } => 409 "case_resolved",
        /// It is not resolved yet.
        NotResolved { state: crate::StateName } => 409 "case_not_resolved",
        /// It is open: there is nothing to reopen.
        StillOpen { state: crate::StateName } => 409 "case_still_open",
        /// It is closed.
        Closed => 409 "case_closed",
        /// It goes on under another number.
        Merged => 409 "case_merged",
        /// It was withdrawn.
        Withdrawn => 409 "case_withdrawn",
        /// Something keeps it open (decision 9): named one by one.
        Blocked { blockers: String } => 409 "case_blocked",
        /// A reason is needed.
        ReasonMissing => 422 "case_reason_missing" at "/reason",
        /// A hand-over waits for its answer.
        HandOverPending { name: String } => 409 "case_hand_over_pending",
        /// It was raised already.
        EscalatedAlready => 409 "case_escalated_already",
        /// It was not raised, or given back already.
        NotEscalated => 409 "case_not_escalated",
        /// There is no such case to follow.
        ParentUnknown => 422 "case_parent_unknown" at "/parent_id",
        /// A case doesn't follow itself.
        ParentItself => 422 "case_parent_itself" at "/parent_id",
        /// It follows that one already.
        ParentSame => 409 "case_parent_same",
        /// The case to follow has ended.
        ParentNotOpen => 409 "case_parent_not_open",
        /// The case to follow follows another.
        ParentIsChild => 409 "case_parent_is_child",
        /// Others follow this case.
        ChildIsParent { children: usize } => 409 "case_child_is_parent",
        /// It follows nobody.
        ParentNone => 409 "case_parent_none",
        /// No hand-over was offered.
        HandOverNone => 409 "case_hand_over_none",
        /// The hand-over was offered to somebody else.
        HandOverNotYours => 409 "case_hand_over_not_yours",
        /// The case is theirs already.
        HandOverToOwner => 422 "case_hand_over_to_owner" at "/to_id",
        /// There is no such colleague, or they don't work here any more.
        PersonUnknown => 422 "case_person_unknown" at "/to_id",
        /// There is no such support engineer.
        SupporterUnknown => 422 "case_supporter_unknown" at "/supporter_id",
        /// There is no such person of the company.
        CompanyPersonUnknown => 422 "case_company_person_unknown" at "/company_person_id",
        /// It has this severity already.
        SeveritySame { severity: &'static str } => 422 "case_severity_same" at "/severity",
        /// Another severity than the answers give needs a reason (P45).
        SeverityReasonMissing => 422 "case_severity_reason_missing" at "/severity_reason",
        /// Lowering the severity needs a reason (P45).
        LoweringReasonMissing => 422 "case_lowering_reason_missing" at "/reason",
        /// The instant lies in the past.
        UntilPast => 422 "case_until_past" at "/until",
        /// The due time lies in the past.
        DuePast => 422 "case_due_past" at "/due_at",
        /// A step of the kind "other" needs words.
        NextStepNoteMissing => 422 "case_next_step_note_missing" at "/note",
        /// The symptom is missing (P42).
        SymptomMissing => 422 "case_symptom_missing" at "/symptom",
        /// The class of the symptom isn't in the catalogue, or can't be chosen any more.
        SymptomClassUnknown => 422 "case_symptom_class_unknown" at "/symptom_class",
        /// The cause isn't in the catalogue, or can't be chosen any more.
        CauseUnknown => 422 "case_cause_unknown" at "/cause_code",
        /// There is no such template of a note.
        NoteTemplateUnknown => 404 "note_template_unknown",
        /// A template needs a name of 1 to 60 characters.
        NoteTemplateNameInvalid => 422 "note_template_name_invalid" at "/name",
        /// A template needs words, at most 2000 characters.
        NoteTemplateTextInvalid => 422 "note_template_text_invalid" at "/text",
        /// The text is longer than the form takes.
        TextTooLong { max: usize } => 422 "case_text_too_long",
        /// More entries than the form takes.
        ListTooLong { max: usize } => 422 "case_list_too_long",
        /// The text is missing.
        NoteMissing => 422 "case_note_missing" at "/text",
        /// There is no such site.
        SiteUnknown => 422 "case_site_unknown" at "/site_id",
        /// The device does not stand at this site.
        AssetNotAtSite => 422 "case_asset_not_at_site" at "/asset_id",
        /// The person does not belong to this customer.
        ContactUnknown => 422 "case_contact_unknown" at "/contact_id",
        /// Choose a contact, or give a name and a number; not both.
        ContactUnclear => 422 "case_contact_unclear" at "/contact",
        /// The moment of agreement lies before the report or in the future.
        AgreedAtInvalid => 422 "case_agreed_at_invalid" at "/agreed_at",
        /// A promised window ends after it starts, lies ahead, and lasts a day at most.
        PromisedWindowInvalid => 422 "case_promised_window_invalid" at "/window_start",
        /// What was tried is missing (P38, P41).
        PhoneStepsMissing => 422 "case_phone_steps_missing" at "/steps_tried",
        /// A solved case needs the fix plan that the customer gets (P38).
        FixPlanMissing => 422 "case_fix_plan_missing" at "/fix_plan",
        /// A case can't be merged into itself.
        MergeIntoItself => 422 "case_merge_into_itself" at "/into",
        /// The other case is closed or gone on elsewhere.
        MergeTargetNotOpen => 409 "case_merge_target_not_open",
        /// The other case is about another site.
        MergeOtherSite => 422 "case_merge_other_site" at "/into",
        /// There is no such case to merge into.
        MergeTargetUnknown => 422 "case_merge_target_unknown" at "/into",
        /// The earlier repair is no candidate for free rework (P74).
        ReworkUnknown => 422 "case_rework_unknown" at "/rework_of",
        /// Nobody is on call for the unit, and nobody answers there or above it.
        NobodyAnswers => 409 "case_nobody_answers",
        /// What has ended has no next step, so that all cases stand in no order of those.
        SortNotOffered => 422 "case_sort_not_offered",
        /// This intake form was saved already.
        DraftUsed { number: String } => 409 "case_draft_used",
        /// The call ends before it starts.
        CallEndsBeforeStart => 422 "call_ends_before_start" at "/ended_at",
        /// The call lies in the future.
        CallTimeInvalid => 422 "call_time_invalid" at "/started_at",
        /// A call about a case names it.
        CallCaseMissing => 422 "call_case_missing" at "/case_id",
        /// The number can't be read as a phone number.
        CallNumberInvalid => 422 "call_number_invalid",
        /// Expected minutes lie between 1 and 10080.
        MinutesInvalid => 422 "case_minutes_invalid" at "/expected_minutes",
        /// A call rings only by the word of the telephone system; a desk says what came of it.
        CallOutcomeInvalid => 422 "call_outcome_invalid" at "/outcome",
        /// The telephone system's name of a call is missing or too long.
        CallNameInvalid => 422 "call_name_invalid" at "/call",
        /// An extension is 1 to 20 digits or letters.
        ExtensionInvalid => 422 "call_extension_invalid" at "/extension",
        /// There is no such call, or it is out of the caller's reach.
        CallUnknown => 404 "call_unknown",
        /// The call that a report names isn't there, was missed, or is another desk's.
        ReportCallUnknown => 422 "case_call_unknown" at "/call_id",
        /// A complaint is not answered in the line of whom it concerns (P9).
        OwnLine => 403 "case_own_line",
        /// Only a complaint concerns somebody and is closed by its answer.
        NoComplaint => 409 "case_no_complaint",
    }
}
