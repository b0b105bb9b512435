//! What is known about a request when its coverage is decided. Plain ids in, no lookups.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::kinds::{ExclusionCode, RequestKind};

/// Everything a verdict rests on. Kept whole with the decision, so that it can be re-run (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageFacts {
    /// The asset the request is about.
    pub asset_id: String,
    /// When the fault was reported: the instant that cover is judged at, not the visit (P28).
    pub reported_at: Timestamp,
    /// The site's zone; days of cover begin and end there.
    #[serde(with = "jiff::fmt::serde::tz::required")]
    pub zone: TimeZone,
    /// What is asked for.
    #[serde(default)]
    pub request: RequestKind,
    /// The asset's acceptance certificate, the only start of a warranty (P28). `None`: none on record.
    #[serde(default)]
    pub acceptance: Option<Acceptance>,
    /// Service agreements of the customer that may list the asset (P29).
    #[serde(default)]
    pub agreements: Vec<AgreementFact>,
    /// Parts of the asset repaired in the depot and delivered back (P49).
    #[serde(default)]
    pub repaired_parts: Vec<PartFact>,
    /// Parts sold to the customer (P53).
    #[serde(default)]
    pub sold_parts: Vec<PartFact>,
    /// Completed repairs of the same asset that this fault may repeat (P74).
    #[serde(default)]
    pub previous_repairs: Vec<PreviousRepair>,
    /// The system record says that it contains other makers' products (P34): proposes, never decides.
    #[serde(default)]
    pub foreign_components: bool,
    /// Installation or repair known to be done by others (P33): proposes, never decides.
    #[serde(default)]
    pub outside_work: Vec<OutsideWork>,
    /// Exclusions that people proposed, decided or overruled, oldest first.
    #[serde(default)]
    pub exclusion_findings: Vec<ExclusionFinding>,
    /// Whether the site's software is licensed; asked for patches only (P62).
    #[serde(default)]
    pub site_licence: SiteLicence,
}

impl CoverageFacts {
    /// The facts of a repair of `asset_id` reported at `reported_at`, nothing else known yet.
    pub fn new(asset_id: impl Into<String>, reported_at: Timestamp, zone: TimeZone) -> Self {
        Self {
            asset_id: asset_id.into(),
            reported_at,
            zone,
            request: RequestKind::Repair,
            acceptance: None,
            agreements: Vec::new(),
            repaired_parts: Vec::new(),
            sold_parts: Vec::new(),
            previous_repairs: Vec::new(),
            foreign_components: false,
            outside_work: Vec::new(),
            exclusion_findings: Vec::new(),
            site_licence: SiteLicence::Unknown,
        }
    }

    /// The report in the site's local time.
    pub fn reported_locally(&self) -> DateTime {
        self.zone.to_datetime(self.reported_at)
    }
}

/// An acceptance certificate 验收单 (P15, P28).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Acceptance {
    /// The certificate.
    pub certificate_id: String,
    /// The day the customer accepted; `None` when the certificate bears no date.
    pub accepted_on: Option<Date>,
    /// True when the customer signed it: an unsigned certificate starts nothing.
    pub signed_by_customer: bool,
}

/// A service agreement 服务协议 (P29).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AgreementFact {
    /// The agreement.
    pub agreement_id: String,
    /// True when the agreement lists the asset or the system it belongs to.
    pub covers_asset: bool,
    /// First covered day.
    pub covered_from: Date,
    /// Last agreed day.
    pub covered_to: Date,
    /// Code of the level, one of [`crate::CoveragePolicy::agreement_levels`].
    pub level: String,
    /// Where the agreement stands.
    pub status: AgreementStatus,
}

/// Where an agreement stands, as far as cover depends on it. Signed, active, expiring, renewed and
/// expired agreements are all `Signed`: their dates decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AgreementStatus {
    /// Not signed yet: covers nothing.
    Draft,
    /// Signed: the dates decide.
    Signed,
    /// Suspended from a day on, until another or further notice, both days included.
    Suspended {
        /// First day without cover.
        from: Date,
        /// Last day without cover.
        until: Option<Date>,
    },
    /// Terminated.
    Terminated {
        /// First day without cover.
        from: Date,
    },
}

/// A part with a warranty of its own (P49, P53).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartFact {
    /// The part or, better, the serial number of the unit.
    pub part_id: String,
    /// The depot repair or order that delivered it.
    pub source_id: String,
    /// The day it was delivered: the start of its warranty.
    pub delivered_on: Date,
    /// Whether the fault is in this part; `None` when nobody knows yet.
    pub affected: Option<bool>,
}

/// A completed repair of the same asset (P74).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PreviousRepair {
    /// The case of that repair.
    pub case_id: String,
    /// The day it was completed.
    pub completed_on: Date,
    /// Whether this is the same fault; `None` when nobody knows yet.
    pub same_fault: Option<bool>,
    /// An exclusion P31-P34 that a person decided against free rework of this repair.
    pub excluded: Option<ExclusionCode>,
}

/// Work on the asset by somebody else (P33).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OutsideWork {
    /// The person or firm.
    pub party_id: String,
    /// The day of the work.
    pub done_on: Date,
    /// Whether the party was on the list of designated persons and firms that day; see [`was_designated`].
    pub designated: bool,
}

/// An entry of the list of designated persons and firms (P33).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DesignatedParty {
    /// The person or firm.
    pub party_id: String,
    /// First valid day.
    pub valid_from: Date,
    /// Last valid day; `None` = until further notice.
    pub valid_to: Option<Date>,
}

/// True when `party_id` was designated on `done_on` (P33).
pub fn was_designated(list: &[DesignatedParty], party_id: &str, done_on: Date) -> bool {
    list.iter().any(|entry| {
        entry.party_id == party_id
            && entry.valid_from <= done_on
            && entry.valid_to.is_none_or(|last| done_on <= last)
    })
}

/// Whether a site holds a licence for its software (P62).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteLicence {
    /// Nobody knows.
    #[default]
    Unknown,
    /// Licensed.
    Licensed,
    /// Not licensed.
    Unlicensed,
}

/// An exclusion that somebody saw on site or at the desk (P31-P34).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExclusionFinding {
    /// Which exclusion.
    pub code: ExclusionCode,
    /// Where it stands.
    pub state: FindingState,
    /// Photos and notes that prove it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// When the customer was shown the explanation.
    #[serde(default)]
    pub explained_at: Option<Timestamp>,
    /// The customer's signature or recorded refusal to sign.
    #[serde(default)]
    pub acknowledgement: Option<Acknowledgement>,
}

/// Where a finding stands: exclusions propose, a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FindingState {
    /// Seen, not decided.
    Proposed,
    /// A person decided that it applies.
    Decided(Ruling),
    /// A person decided that it does not apply.
    Overruled(Ruling),
}

/// A person's ruling on a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ruling {
    /// The employee who ruled.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    pub reason: String,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Photo or text.
    pub kind: EvidenceKind,
    /// The content hash of the photo or the id of the note.
    pub reference: String,
}

/// Kinds of evidence (P31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A photo.
    Photo,
    /// A written finding.
    Text,
}

/// How the customer took the explanation (P31, P72).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Acknowledgement {
    /// The customer signed.
    Signed {
        /// When.
        at: Timestamp,
        /// The stored signature.
        reference: String,
    },
    /// The customer would not sign, and that was recorded.
    Refused {
        /// When.
        at: Timestamp,
        /// The employee who recorded it.
        recorded_by: String,
    },
}
