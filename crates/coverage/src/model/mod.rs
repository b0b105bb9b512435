//! What coverage is asked, and what people add to it.

use coverage_rules::{
    ChargeKind, EvidenceKind, ExclusionCode, Payer, PreviousRepair, RequestKind, SiteLicence, Verdict,
};
use kit::Ts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema;

mod agreement;
mod designated;

pub use agreement::{
    AgreementHome, AgreementId, AgreementInput, AgreementState, AgreementTargets, AgreementView, DeliverPart,
    PartWarrantyId, PartWarrantyKind, PartWarrantyView, RenewAgreement, ResumeAgreement, SignAgreement,
    SuspendAgreement, Suspension, TerminateAgreement,
};

pub use designated::{
    DesignatedId, DesignatedInput, DesignatedKind, DesignatedView, OutsideWorkAnswer, OutsideWorkView,
};

kit::id_type!(
    /// Id of a coverage decision.
    CoverageDecisionId
);
kit::id_type!(
    /// Id of an exclusion somebody saw.
    FindingId
);
kit::id_type!(
    /// Id of an overruling.
    OverrulingId
);

kit::names! {
    /// Why a decision was made.
    Cause {
        /// The case was reported.
        Reported = "reported",
        /// A person decided an exclusion (P31-P34).
        Exclusion = "exclusion",
        /// A fact became known: an acceptance, the affected part, the same fault.
        FactsChanged = "facts_changed",
        /// A holiday list was published (decision 12).
        CalendarPublished = "calendar_published",
    }
}

kit::names! {
    /// Where a finding stands.
    FindingStanding {
        /// Seen, not decided.
        Proposed = "proposed",
        /// A person decided that it applies.
        Decided = "decided",
        /// A person decided that it does not apply.
        Rejected = "rejected",
    }
}

kit::names! {
    /// Where an overruling stands.
    OverrulingState {
        /// It needs a second person's approval (P55).
        Waiting = "waiting",
        /// It holds.
        InForce = "in_force",
        /// The second person said no.
        Declined = "declined",
    }
}

kit::names! {
    /// How the customer took the explanation (P31, P72).
    Acknowledge {
        /// Signed.
        Signed = "signed",
        /// Would not sign; recorded.
        Refused = "refused",
    }
}

/// The case to decide, as `cases` knows it. Ids and numbers only; nothing is looked up to the right.
#[derive(Clone, Debug)]
pub struct CaseFor {
    /// The case.
    pub case_id: String,
    /// The asset it is about.
    pub asset_id: String,
    /// When the fault was reported: cover is judged at this instant (P28).
    pub reported_at: Ts,
    /// What is asked for; repair for a fault, maintenance or rework.
    pub request: RequestKind,
    /// The policy version in force at the report (decision 10).
    pub policy_version: i64,
    /// The unit that owns the case.
    pub unit_id: String,
    /// The unit it was escalated to.
    pub second_unit_id: Option<String>,
    /// Completed repairs of the asset within reach of the rework period (P74); `case_id` is the number people read.
    pub previous_repairs: Vec<PreviousRepair>,
}

/// What people answered about a case where the records say nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// Whether the fault is in a part under warranty, by the part's serial number.
    #[serde(default)]
    pub parts: Vec<PartAnswer>,
    /// Whether the site holds a licence (P62).
    #[serde(default)]
    pub site_licence: SiteLicence,
    /// Work by others on the asset (P33).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside_work: Vec<OutsideWorkAnswer>,
}

/// Whether the fault is in a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartAnswer {
    /// The part's serial number.
    pub serial: String,
    /// Whether the fault is in it.
    pub affected: bool,
}

/// Facts that a person states, so that an undecided case can be decided.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerFacts {
    /// Whether the fault is in a part under warranty.
    #[serde(default)]
    pub parts: Vec<PartAnswer>,
    /// Per earlier repair (its case number): whether this is the same fault (P74).
    #[serde(default)]
    pub same_fault: Vec<SameFault>,
    /// Whether the site holds a licence (P62).
    #[schema(value_type = Option<schema::SiteLicence>)]
    pub site_licence: Option<SiteLicence>,
    /// All work by others on the asset that is known (P33); left out, it stays as it was.
    pub outside_work: Option<Vec<OutsideWorkAnswer>>,
}

/// Whether a fault repeats an earlier repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SameFault {
    /// The number of the earlier case.
    pub case_number: String,
    /// Whether it is the same fault.
    pub same: bool,
}

/// An exclusion that somebody saw (P31-P34). It changes no charge before a person decides it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeExclusion {
    /// Which of P31-P34.
    #[schema(value_type = schema::ExclusionCode)]
    pub code: ExclusionCode,
    /// What was found, in words.
    pub text: Option<String>,
    /// SHA-256 of photos that were sent before.
    #[serde(default)]
    pub photos: Vec<String>,
    /// Whether the explanation was shown to the customer.
    #[serde(default)]
    pub explained: bool,
    /// How the customer took it.
    pub acknowledgement: Option<Acknowledge>,
    /// SHA-256 of the signature, when the customer signed.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub signature_sha256: Option<String>,
}

/// A person's decision on a proposed exclusion; evidence may come with it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideExclusion {
    /// Whether it applies.
    pub applies: bool,
    /// Why.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    pub reason: String,
    /// What was found, in words.
    pub text: Option<String>,
    /// SHA-256 of further photos.
    #[serde(default)]
    pub photos: Vec<String>,
    /// Whether the explanation was shown to the customer.
    #[serde(default)]
    pub explained: bool,
    /// How the customer took it.
    pub acknowledgement: Option<Acknowledge>,
    /// SHA-256 of the signature, when the customer signed.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub signature_sha256: Option<String>,
}

/// Evidence, explanation and acknowledgement, as they come with a proposal or a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// What was found, in words.
    pub text: Option<String>,
    /// Digests of photos.
    pub photos: Vec<String>,
    /// Whether the explanation was shown.
    pub explained: bool,
    /// How the customer took it.
    pub acknowledgement: Option<Acknowledge>,
    /// Digest of the signature.
    pub signature_sha256: Option<String>,
}

impl ProposeExclusion {
    /// What proves it.
    #[must_use]
    pub fn proof(&self) -> Proof {
        Proof {
            text: self.text.clone(),
            photos: self.photos.clone(),
            explained: self.explained,
            acknowledgement: self.acknowledgement,
            signature_sha256: self.signature_sha256.clone(),
        }
    }
}

impl DecideExclusion {
    /// What proves it.
    #[must_use]
    pub fn proof(&self) -> Proof {
        Proof {
            text: self.text.clone(),
            photos: self.photos.clone(),
            explained: self.explained,
            acknowledgement: self.acknowledgement,
            signature_sha256: self.signature_sha256.clone(),
        }
    }
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ExclusionEvidenceView)]
pub struct EvidenceView {
    /// Photo or text.
    #[schema(value_type = schema::EvidenceKind)]
    pub kind: EvidenceKind,
    /// Digest of the photo.
    pub sha256: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// When it was added.
    pub added_at: Ts,
}

/// An exclusion somebody saw, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExclusionFindingView {
    /// Its id.
    pub id: FindingId,
    /// The case.
    pub case_id: String,
    /// Which of P31-P34.
    #[schema(value_type = schema::ExclusionCode)]
    pub code: ExclusionCode,
    /// Where it stands.
    pub state: FindingStanding,
    /// What proves it.
    pub evidence: Vec<EvidenceView>,
    /// When the explanation was shown to the customer.
    pub explained_at: Option<Ts>,
    /// How the customer took it.
    pub acknowledgement: Option<Acknowledge>,
    /// When.
    pub acknowledged_at: Option<Ts>,
    /// Digest of the customer's signature.
    pub signature_sha256: Option<String>,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Ts,
    /// Who decided it.
    pub ruled_by: Option<String>,
    /// When.
    pub ruled_at: Option<Ts>,
    /// Why.
    pub ruled_reason: Option<String>,
    /// Its version, for `If-Match`.
    pub version: i64,
}

/// A payer that somebody chooses for a kind of charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayerChoice {
    /// The kind of charge.
    #[schema(value_type = schema::ChargeKind)]
    pub kind: ChargeKind,
    /// Who pays.
    #[schema(value_type = schema::Payer)]
    pub payer: Payer,
}

/// A change to a decision. The engine's verdict stays on record beneath it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverruleCoverage {
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
    /// The new verdict, if it changes.
    #[schema(value_type = Option<schema::Verdict>)]
    pub verdict: Option<Verdict>,
    /// The new payers.
    #[serde(default)]
    pub payers: Vec<PayerChoice>,
}

/// The second person's answer to an overruling that needs one (P55).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveOverruling {
    /// Whether it may hold.
    pub approved: bool,
}

/// An overruling.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OverrulingView {
    /// Its id.
    pub id: OverrulingId,
    /// Where it stands.
    pub state: OverrulingState,
    /// The new verdict.
    #[schema(value_type = Option<schema::Verdict>)]
    pub verdict: Option<Verdict>,
    /// The new payers.
    pub payers: Vec<PayerChoice>,
    /// Why.
    pub reason: String,
    /// Who.
    pub asked_by: String,
    /// When.
    pub asked_at: Ts,
    /// The second person.
    pub approved_by: Option<String>,
    /// When they answered.
    pub approved_at: Option<Ts>,
}
