//! The answer: verdict, lines, payers, clauses, dates and reasons.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::kinds::{ChargeKind, ClauseKey, CoverageKind, ExclusionCode, Layer, Payer};
use crate::period::CoverPeriod;
use crate::text::Text;
use crate::values::ReasonValues;

/// The overall verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 保内.
    Covered,
    /// 收费.
    Chargeable,
    /// 待定: [`Decision::missing`] says what would decide it.
    Undecided,
}

/// A coverage decision 保修判定. Same facts, policy version and calendar answers, same decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The overall verdict.
    pub verdict: Verdict,
    /// The column of the payer matrix that decided; `None` while undecided.
    pub coverage: Option<CoverageKind>,
    /// The layer that covers; `None` when none does.
    pub layer: Option<Layer>,
    /// The days of that layer, or of the layer that ended last when the verdict is out of period.
    pub period: Option<CoverPeriod>,
    /// One line per charge kind, in the order of [`ChargeKind::ALL`].
    pub charges: Vec<ChargeVerdict>,
    /// Exclusions that apply: decided by a person with evidence (P31-P34) or by the dates (P35).
    pub exclusions: Vec<ExclusionCode>,
    /// Exclusions proposed or lacking something: they change no charge yet.
    pub proposals: Vec<Proposal>,
    /// Every layer looked at, preferred first.
    pub layers: Vec<LayerFinding>,
    /// Why, the deciding reason first.
    pub reasons: Vec<Reason>,
    /// What must be known before all is decided; empty exactly when nothing is undecided.
    pub missing: Vec<Missing>,
    /// Whether days rest on a calendar not yet published.
    pub certainty: Certainty,
    /// The day of the report in the site's zone: the day cover was judged at.
    pub reported_on: Date,
    /// The policy used.
    pub policy: PolicyRef,
}

impl Decision {
    /// The line of a charge kind.
    pub fn charge(&self, kind: ChargeKind) -> Option<&ChargeVerdict> {
        self.charges.iter().find(|line| line.kind == kind)
    }

    /// Until when a part is covered, its last day: the later of its own warranty and the cover of the
    /// whole asset (P49). `None` when nothing in force covers it.
    pub fn part_covered_until(&self, part_id: &str) -> Option<Date> {
        self.layers
            .iter()
            .filter(|found| found.state == LayerState::InForce)
            .filter(|found| !found.layer.is_part_only() || found.part_id.as_deref() == Some(part_id))
            .filter_map(|found| found.period.as_ref().map(|period| period.end))
            .max()
    }

    /// The last covered day of the whole asset among the layers in force (the badge's date).
    pub fn asset_covered_until(&self) -> Option<Date> {
        self.layers
            .iter()
            .filter(|found| found.state == LayerState::InForce && !found.layer.is_part_only())
            .filter_map(|found| found.period.as_ref().map(|period| period.end))
            .max()
    }
}

/// A policy by id and version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PolicyRef {
    /// The policy.
    pub id: String,
    /// Its version.
    pub version: u32,
}

/// Whether a decision rests on a calendar not yet published (decision 12).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Certainty {
    /// All days asked for are published.
    Firm,
    /// Derive again once the holiday lists of these years are imported.
    Provisional {
        /// The years, ascending.
        years: Vec<i16>,
    },
}

/// What becomes of a charge of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeOutcome {
    /// The company bears it: shown at list price and waived (P12).
    Covered,
    /// The customer pays it, from a price list or quote.
    Chargeable,
    /// Free only: a charge line of this kind is refused (P61).
    Refused,
    /// Not part of the service: only on a quote (P64).
    NotIncluded,
    /// Not known yet who pays.
    Undecided,
}

/// The verdict on one charge kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeVerdict {
    /// The charge kind.
    pub kind: ChargeKind,
    /// What becomes of it.
    pub outcome: ChargeOutcome,
    /// Who pays; `None` exactly when undecided.
    pub payer: Option<Payer>,
    /// The clause it rests on.
    pub clause: ClauseRef,
    /// The column of the matrix it was read from; `None` when no cover matters or while undecided.
    pub coverage: Option<CoverageKind>,
    /// Set when only certain parts are covered (P49, P53).
    pub limited_to: Option<PartLimit>,
}

impl ChargeVerdict {
    /// Who pays this kind of charge for `part_id`, or `None` while undecided.
    pub fn payer_for_part(&self, part_id: &str) -> Option<Payer> {
        match &self.limited_to {
            Some(limit) if !limit.part_ids.iter().any(|known| known == part_id) => limit.otherwise,
            _ => self.payer,
        }
    }
}

/// The parts a line covers, and who pays for the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLimit {
    /// The covered parts.
    pub part_ids: Vec<String>,
    /// Who pays for any other part; `None` while undecided.
    pub otherwise: Option<Payer>,
}

/// A clause of the policy: its promise and the key of its text in [`crate::CoveragePolicy::clauses`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClauseRef {
    /// The promise, such as `P28`.
    pub promise: String,
    /// The key of the wording.
    pub key: ClauseKey,
}

/// A layer that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerFinding {
    /// The layer.
    pub layer: Layer,
    /// The certificate, agreement, depot repair, order or case it comes from.
    pub source_id: Option<String>,
    /// The part, for part warranties.
    pub part_id: Option<String>,
    /// How it stood at the report.
    pub state: LayerState,
    /// Its days; `None` when they can't be worked out.
    pub period: Option<CoverPeriod>,
}

/// How a layer stood at the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerState {
    /// It covers.
    InForce,
    /// It would cover, but something is not known: see [`Decision::missing`].
    Unknown,
    /// Its last day is over.
    Ended,
    /// Its first day is still to come.
    NotStarted,
    /// The agreement is a draft.
    NotSigned,
    /// The agreement does not list the asset.
    OtherAsset,
    /// The agreement is suspended.
    Suspended,
    /// The agreement is terminated.
    Terminated,
    /// The fault is in another part.
    OtherPart,
    /// The earlier repair was of another fault.
    OtherFault,
    /// Free rework of that repair was excluded by a person's decision.
    ReworkExcluded,
}

/// An exclusion that was proposed but does not apply yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which exclusion.
    pub code: ExclusionCode,
    /// The clause it would rest on.
    pub clause: ClauseRef,
    /// Who or what proposed it.
    pub source: ProposalSource,
    /// What is still needed before it applies; never empty.
    pub needs: Vec<ProposalNeed>,
}

/// Who or what proposed an exclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalSource {
    /// A person's finding.
    Finding,
    /// The system's foreign-component flag (P34).
    ForeignComponents,
    /// Work by a party that was not designated (P33).
    OutsideWork,
}

/// What a proposed exclusion still needs (P31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalNeed {
    /// A person's decision.
    Decision,
    /// The name of who decided.
    Decider,
    /// The reason of the decision.
    Reason,
    /// A photo.
    Photo,
    /// A written finding.
    Text,
    /// The explanation shown to the customer.
    Explanation,
    /// The customer's signature or recorded refusal.
    Acknowledgement,
}

/// A reason of the verdict: a code with its values, and the sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The code, for filters and tests.
    pub code: ReasonCode,
    /// The sentence in Chinese.
    pub zh_cn: String,
    /// The sentence in English.
    pub en: String,
    /// The facts in the sentence, by name.
    pub values: ReasonValues,
}

/// What a reason says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// A layer is in force.
    InForce,
    /// A layer's last day is over.
    Ended,
    /// A layer's first day is still to come.
    NotStarted,
    /// An agreement gives no cover: draft, suspended, terminated or for other assets.
    AgreementNotInForce,
    /// Free rework of an earlier repair is excluded.
    ReworkExcluded,
    /// The last day was a rest day.
    EndExtended,
    /// The last day rests on an unpublished calendar.
    EndProvisional,
    /// Cover is limited to certain parts.
    PartsOnly,
    /// No layer is in force (P35).
    OutOfPeriod,
    /// An exclusion was decided.
    ExclusionDecided,
    /// An exclusion was proposed.
    ExclusionProposed,
    /// An exclusion was overruled.
    ExclusionOverruled,
    /// The agreement's level leaves out some kinds.
    LevelExcludes,
    /// The customer pays some extras although the work is covered (P55).
    CustomerPays,
    /// Something is not known.
    NotKnown,
    /// A part is bought.
    PartSale,
    /// Training is free (P61).
    TrainingFree,
    /// A patch is included (P62).
    PatchIncluded,
    /// The site has no licence (P62).
    PatchUnlicensed,
    /// An upgrade is quoted (P64).
    UpgradeQuoted,
}

/// Something that must be known before all is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// What.
    pub what: MissingFact,
    /// The agreement, part or case it is about.
    pub about: Option<String>,
    /// What it is and how to get it, in both languages.
    pub how: Text,
}

/// A fact that can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingFact {
    /// No acceptance certificate on record (P28).
    AcceptanceCertificate,
    /// The certificate bears no date.
    AcceptanceDate,
    /// The certificate is not signed by the customer.
    AcceptanceSignature,
    /// The fault was reported before acceptance.
    BeforeAcceptance,
    /// The agreement names a level the policy does not know.
    AgreementLevel,
    /// The dates give no usable period.
    UsableDates,
    /// Whether the fault is in a part under warranty.
    AffectedPart,
    /// Whether it is the same fault as before.
    SameFault,
    /// Whether the site is licensed.
    SiteLicence,
    /// The policy has no payer for a line.
    PolicyPayer,
}
