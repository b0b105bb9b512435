//! Is this work covered, who pays each kind of charge, by which clause, and why.
//!
//! The verdicts come from the pure engine `coverage-rules`; this crate gathers the facts (acceptance, agreements, part
//! warranties, findings), keeps every decision with its facts and policy version, and lets people add what only people may
//! decide: exclusions P31-P34 with evidence, and overrulings with a reason.
//!
//! - [`preview`] answers at intake; [`decide`] keeps the decision of a case; [`of_case`] reads it; [`badges_of`] for lists.
//! - [`propose_exclusion`], [`decide_exclusion`], [`exclusion_previews`] (for phones, decision 13), [`overrule`].
//! - [`rerun_all`] decides every old decision again: invariant 9 of the domain.

mod actions;
mod errors;
mod http;
pub mod jobs;
mod model;
mod rules;
pub mod schema;
mod store;
mod terms;
mod view;

pub use actions::agreements::{
    agreement_home, agreements_in_force, create_agreement, edit_agreement, renew_agreement, resume_agreement,
    sign_agreement, suspend_agreement, terminate_agreement,
};
pub use actions::decide::{
    answer, decide, decide_ahead, escalated, exclusion_previews, history, of_case, preview, redecide,
    rederive, service_targets,
};
pub use actions::designated::{change_designated, designate};
pub use actions::exclude::{decide_exclusion, propose_exclusion};
pub use actions::overrule::{approve_overruling, overrule};
pub use actions::parts::{deliver_part, part_cover_end};
pub use actions::rerun::{Mismatch, rerun_all};
pub use coverage_rules::{
    ChargeKind, ExclusionCode, Layer, Payer, PreviousRepair, RequestKind, SiteLicence, Verdict,
};
pub use errors::CoverageError;
pub use http::routes;
pub use model::{
    Acknowledge, AgreementHome, AgreementId, AgreementInput, AgreementState, AgreementTargets, AgreementView,
    AnswerFacts, Answers, ApproveOverruling, CaseFor, Cause, CoverageDecisionId, DecideExclusion,
    DeliverPart, DesignatedId, DesignatedInput, DesignatedKind, DesignatedView, EvidenceView,
    ExclusionFindingView, FindingId, FindingStanding, OutsideWorkAnswer, OutsideWorkView, OverruleCoverage,
    OverrulingId, OverrulingState, OverrulingView, PartAnswer, PartWarrantyId, PartWarrantyKind,
    PartWarrantyView, PayerChoice, ProposeExclusion, RenewAgreement, ResumeAgreement, SameFault,
    SignAgreement, SuspendAgreement, Suspension, TerminateAgreement,
};
pub use rules::{targets_of, without_ids};
pub use store::cases::{badges_ahead, badges_of};
pub use store::exclusions::FILE_USES;
pub use view::{
    ChargeView, ClauseView, CoverageBadge, CoverageDecisionView, DecisionView, ExclusionPreviewView,
    LayerView, MissingView, PartLimitView, PeriodView, ProposalView, ReasonView,
};
