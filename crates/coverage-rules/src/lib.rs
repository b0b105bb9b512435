//! Coverage as pure rules: is a piece of work covered or chargeable, who pays each kind of charge, by which
//! clause of the promise, and why. No database, no HTTP, no wall clock.
//!
//! - [`CoveragePolicy`]: the promise as versioned data; its [`Default`] is the company's own, [`CoveragePolicy::check`]
//!   names every gap.
//! - [`CoverageFacts`]: what is known; [`decide`] turns both into a [`Decision`] with lines, reasons and what is missing.
//! - Layers ([`Layer`]): the year from acceptance (P28), agreements (P29), repaired and sold parts (P49, P53), rework (P74).
//! - Exclusions ([`ExclusionCode`]): P31-P34 are proposed by findings and flags and decided by a person with evidence;
//!   P35 follows from the dates. [`preview_exclusions`] answers ahead for phones (decision 13).
//! - [`DecisionRecord`]: keeps facts, answer and people's overrulings; [`rerun`] gives the old answer (invariant 9).

mod charges;
mod decide;
mod decision;
mod exclusions;
mod facts;
mod kinds;
mod layers;
mod missing;
mod period;
mod policy;
mod policy_default;
mod policy_text;
mod preview;
mod reasons;
mod record;
mod text;
mod values;

pub use decide::{decide, payers_under};
pub use decision::{
    Certainty, ChargeOutcome, ChargeVerdict, ClauseRef, Decision, LayerFinding, LayerState, Missing,
    MissingFact, PartLimit, PolicyRef, Proposal, ProposalNeed, ProposalSource, Reason, ReasonCode, Verdict,
};
pub use facts::{
    Acceptance, Acknowledgement, AgreementFact, AgreementStatus, CoverageFacts, DesignatedParty, Evidence,
    EvidenceKind, ExclusionFinding, FindingState, OutsideWork, PartFact, PreviousRepair, Ruling, SiteLicence,
    was_designated,
};
pub use kinds::{ChargeKind, ClauseKey, CoverageKind, ExclusionCode, Layer, Payer, RequestKind};
pub use period::{CoverPeriod, term_text};
pub use policy::{
    AgreementLevel, ChargeRule, Clause, CoveragePolicy, ExclusionDecider, ExclusionDefinition, PayerMatrix,
    PolicyProblem, RestDayExtension,
};
pub use policy_default::STANDARD_LEVEL;
pub use preview::{ExclusionPreview, PreviewedExclusion, preview_exclusions};
pub use record::{
    DecisionRecord, EffectiveCharge, EffectiveDecision, Overruling, OverrulingRefused, PayerChange,
    RerunFailed, rerun,
};
pub use text::Text;
pub use values::ReasonValues;
