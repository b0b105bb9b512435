//! What coverage refuses.

kit::errors! {
    /// Why something about coverage can't be done.
    pub enum CoverageError {
        /// There is no such asset, or it is out of reach.
        AssetUnknown => 404 "coverage_asset_unknown" at "/asset_id",
        /// The case has no coverage decision, or it is out of reach.
        NoDecision => 404 "coverage_not_decided",
        /// There is no such policy version.
        PolicyVersionUnknown { version: i64 } => 422 "coverage_policy_unknown",
        /// P35 follows from the dates; nobody proposes it.
        ExclusionByDates => 422 "exclusion_by_dates" at "/code",
        /// Only repairs can be excluded.
        ExclusionNotForRequest => 409 "exclusion_not_for_request",
        /// The same exclusion waits for a decision already.
        ExclusionProposedTwice => 409 "exclusion_proposed_twice" at "/code",
        /// There is no such finding, or it is out of reach.
        FindingUnknown => 404 "exclusion_unknown",
        /// Somebody has decided it.
        FindingDecided => 409 "exclusion_decided_already",
        /// A proposal needs a word or a photo.
        EvidenceMissing => 422 "exclusion_evidence_missing" at "/text",
        /// The policy asks for a photo (P31).
        PhotoMissing => 422 "exclusion_photo_missing" at "/photos",
        /// The policy asks for words (P31).
        TextMissing => 422 "exclusion_text_missing" at "/text",
        /// The customer must have been shown the explanation (P31).
        ExplanationMissing => 422 "exclusion_explanation_missing" at "/explained",
        /// The customer's signature or refusal is needed (P31).
        AcknowledgementMissing => 422 "exclusion_acknowledgement_missing" at "/acknowledgement",
        /// A signed acknowledgement needs the signature.
        SignatureMissing => 422 "exclusion_signature_missing" at "/signature_sha256",
        /// A photo or signature that was never sent.
        FileNotSent { sha256: String } => 422 "coverage_file_not_sent" at "/photos",
        /// A decision needs a reason.
        ReasonMissing => 422 "coverage_reason_missing" at "/reason",
        /// The text is longer than 2000 characters.
        TextTooLong { max: i64 } => 422 "coverage_text_too_long" at "/text",
        /// A newer decision has taken its place.
        DecisionReplaced => 409 "coverage_decision_replaced",
        /// The engine refuses the overruling; `why` says it.
        OverrulingRefused { why: String } => 422 "coverage_overruling_refused",
        /// There is no such overruling, or it is out of reach.
        OverrulingUnknown => 404 "coverage_overruling_unknown",
        /// It does not wait for approval.
        OverrulingNotWaiting => 409 "coverage_overruling_not_waiting",
        /// Nobody approves their own overruling (P55).
        OwnApproval => 409 "coverage_own_approval",
        /// An earlier overruling of this decision waits for approval.
        OverrulingWaits => 409 "coverage_overruling_waits",
        /// There is no such agreement, or it is out of reach.
        AgreementUnknown => 404 "agreement_unknown",
        /// There is no such customer, or it is out of reach.
        AgreementCustomerUnknown => 422 "agreement_customer_unknown" at "/customer_id",
        /// An agreement lists at least one asset.
        AgreementAssetsMissing => 422 "agreement_assets_missing" at "/asset_ids",
        /// An asset that is not the customer's.
        AgreementAssetForeign { asset_id: String } => 422 "agreement_asset_foreign" at "/asset_ids",
        /// The last day lies before the first.
        AgreementDates => 422 "agreement_dates" at "/covered_to",
        /// The policy has no such level.
        AgreementLevelUnknown { level: String } => 422 "agreement_level_unknown" at "/level",
        /// A price is not negative, the currency CNY.
        AgreementPrice => 422 "agreement_price" at "/price_minor",
        /// A target is between one minute and 30 days.
        AgreementTargets => 422 "agreement_targets" at "/targets",
        /// The agreement stands in a state that forbids the step.
        AgreementState { state: String } => 409 "agreement_wrong_state",
        /// It was renewed before.
        AgreementRenewed => 409 "agreement_renewed_already",
        /// A suspension stands or is to come.
        AgreementSuspended => 409 "agreement_suspended_already",
        /// The day lies outside of the agreement's days.
        AgreementDay => 422 "agreement_day_outside" at "/from",
        /// A designated person or firm has a name of 1 to 120 characters.
        DesignatedNameInvalid => 422 "designated_name_invalid" at "/name",
        /// The last day lies before the first.
        DesignatedDates => 422 "designated_dates" at "/valid_to",
        /// The name has an entry that begins on the same day.
        DesignatedExists => 409 "designated_exists" at "/valid_from",
        /// There is no such entry.
        DesignatedUnknown => 404 "designated_unknown",
        /// Work by others needs a name, and a day that has come.
        OutsideWorkInvalid => 422 "outside_work_invalid" at "/outside_work",
        /// The part or its source is not named.
        PartUnnamed => 422 "part_warranty_unnamed" at "/serial",
        /// A delivery in the future.
        PartDeliveredLater => 422 "part_warranty_day" at "/delivered_on",
    }
}
