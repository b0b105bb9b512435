//! What the customer's pages refuse.

kit::errors! {
    /// Why a customer's page can't do what was asked.
    pub enum PortalError {
        /// The code is of no label that is in use.
        LabelUnknown => 404 "label_unknown",
        /// The link is of no case, was revoked, or its time is over.
        LinkUnknown => 404 "link_unknown",
        /// The code is of no badge that is in use.
        BadgeUnknown => 404 "badge_unknown",
        /// There is no such link on the case.
        LinkNotThere => 404 "tracking_link_unknown",
        /// There is no such request, or it is out of the caller's reach.
        RequestUnknown => 404 "customer_request_unknown",
        /// Nothing is in use that could be revoked.
        CodeNotThere => 409 "portal_code_not_there",
        /// Revoking needs a reason.
        ReasonMissing => 422 "portal_reason_missing" at "/reason",
        /// Words are too long.
        TextTooLong { max: usize } => 422 "portal_text_too_long" at "/words",
        /// No messages can be sent to phones here.
        SmsOff => 503 "sms_off",
        /// The message did not leave.
        SmsNotSent => 503 "sms_not_sent",
        /// That is no number that takes messages.
        PhoneInvalid => 422 "portal_phone_invalid" at "/phone",
        /// Too many codes were asked for.
        TooManyCodes { minutes: u64 } => 429 "sms_too_many",
        /// Too many wrong codes.
        Locked { minutes: u64 } => 429 "sms_locked",
        /// The code is wrong, was used, or is over.
        CodeWrong => 422 "sms_code_wrong" at "/code",
        /// This browser has not shown that the number is its user's.
        NotVerified => 403 "caller_not_verified",
        /// What happens is missing: a picture or words.
        SymptomMissing => 422 "portal_symptom_missing" at "/symptom",
        /// The picture is none of those shown.
        SymptomUnknown => 422 "portal_symptom_unknown" at "/symptom_class",
        /// The case is none that is open on this device.
        CaseNotOpen => 409 "portal_case_not_open",
        /// Words or a photo.
        NothingAdded => 422 "portal_nothing_added" at "/words",
        /// The photo has not arrived.
        PhotoUnknown => 422 "portal_photo_unknown" at "/photo_sha256",
        /// More photos than a case takes from its customer.
        TooManyPhotos { max: i64 } => 409 "portal_too_many_photos",
        /// Chased a moment ago.
        ChasedAlready { minutes: u64 } => 409 "portal_chased_already",
        /// There is no visit that could be moved, or the engineer is on the way.
        NothingToMove => 409 "portal_nothing_to_move",
        /// The wished time is over, too short, too long or too far ahead.
        WishInvalid => 422 "portal_wish_invalid" at "/wish_start",
        /// The link only watches.
        WatchOnly => 403 "portal_watch_only",
        /// The case has ended.
        Ended => 409 "portal_case_ended",
        /// No service order waits for a signature.
        NothingToSign => 409 "portal_nothing_to_sign",
        /// A complaint needs words.
        ComplaintMissing => 422 "portal_complaint_missing" at "/words",
        /// There is no such complaint on this case.
        ComplaintUnknown => 404 "portal_complaint_unknown",
        /// A complaint is answered as one, not as a request.
        IsComplaint => 409 "customer_request_is_complaint",
        /// Somebody has answered it.
        Answered => 409 "customer_request_answered",
        /// Declining needs words for the customer.
        AnswerMissing => 422 "customer_request_answer_missing" at "/answer",
        /// Nobody at the customer's can be called: the case has no contact with a number.
        CallNoNumber => 409 "call_contact_without_number",
        /// Neither a provider of masked numbers nor a hotline is set up.
        CallNoWay => 409 "call_no_way",
        /// The provider of masked numbers gave none.
        CallRelayFailed => 503 "call_relay_failed",
        /// Days a link lives on after the end of its case.
        DaysRange { min: i64, max: i64 } => 422 "portal_days_range" at "/link_days",
    }
}
