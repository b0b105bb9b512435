//! The part of the service promise that decides coverage, as versioned data.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use service_calendar::{Period, RestDayRule};

use crate::facts::EvidenceKind;
use crate::kinds::{ChargeKind, ClauseKey, CoverageKind, ExclusionCode, Layer, Payer};
use crate::text::Text;

/// The payer of each charge kind under each coverage kind (P55). Complete for every kind whose
/// [`ChargeRule`] reads it.
pub type PayerMatrix = BTreeMap<ChargeKind, BTreeMap<CoverageKind, Payer>>;

/// One version of the coverage promise. [`Default`] is the company's own promise (promise.md).
/// Check it with [`CoveragePolicy::check`] before it comes into force; old versions are kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveragePolicy {
    /// The policy.
    pub id: String,
    /// Its version, from 1.
    pub version: u32,
    /// Free warranty from acceptance (P28): 1 year.
    pub acceptance_term: Period,
    /// Warranty of a repaired part from its delivery (P49): 3 months.
    pub repaired_part_term: Period,
    /// Warranty of a sold part from its delivery (P53): 3 months.
    pub sold_part_term: Period,
    /// Free rework of the same fault from completion (P74): 90 days.
    pub rework_term: Period,
    /// When a period that ends on a rest day is extended (decision 11).
    pub rest_days: RestDayExtension,
    /// The exclusions and what each needs (P31-P35).
    pub exclusions: Vec<ExclusionDefinition>,
    /// How each charge kind is treated.
    pub charge_rules: BTreeMap<ChargeKind, ChargeRule>,
    /// Who pays (P55).
    pub payer_matrix: PayerMatrix,
    /// Charge kinds whose payer may be overruled only with a second person's approval (P55).
    pub override_needs_approval: BTreeSet<ChargeKind>,
    /// Levels of service agreements (P29).
    pub agreement_levels: Vec<AgreementLevel>,
    /// The promise's own words for each clause.
    pub clauses: BTreeMap<ClauseKey, Clause>,
}

/// When a period that ends on a rest day is extended to the next day that is none (decision 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestDayExtension {
    /// The layers whose periods are extended; empty = never.
    pub extends: BTreeSet<Layer>,
    /// Which days count as rest days.
    pub counted: RestDayRule,
}

impl RestDayExtension {
    pub(crate) fn rule(&self, layer: Layer) -> RestDayRule {
        if self.extends.contains(&layer) { self.counted } else { RestDayRule::NONE }
    }
}

/// How a charge kind is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeRule {
    /// The work itself: the matrix decides by the cover in force.
    Cover,
    /// Postage, extra packing, travel: the matrix decides, and where the customer pays it is by the
    /// clause `customer_pays` (P55).
    Extra,
    /// Never charged: a charge line of this kind is refused (P61).
    FreeOnly,
    /// Not part of the service: only on a quote, never free (P64).
    QuoteOnly,
    /// Free for licensed sites (P62).
    Licensed,
}

impl ChargeRule {
    /// True when the payer matrix must have a row for the kind.
    pub const fn reads_matrix(self) -> bool {
        matches!(self, Self::Cover | Self::Extra)
    }
}

/// An exclusion and what it takes to apply it (P31-P35).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExclusionDefinition {
    /// Which exclusion.
    pub code: ExclusionCode,
    /// Who decides it.
    pub decided_by: ExclusionDecider,
    /// Kinds of evidence, each of which must be there at least once.
    pub evidence: BTreeSet<EvidenceKind>,
    /// Whether the customer must have been shown the explanation.
    pub needs_explanation: bool,
    /// Whether the customer's signature or recorded refusal is needed.
    pub needs_acknowledgement: bool,
}

/// Who decides an exclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionDecider {
    /// A person, with the evidence the definition asks for.
    Person,
    /// The dates alone (P35).
    Dates,
}

/// A level of service agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementLevel {
    /// Its code, as agreements name it.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Charge kinds that this level leaves to the customer although the matrix would cover them.
    pub not_included: BTreeSet<ChargeKind>,
}

/// A clause of the promise in the company's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The promise it belongs to, such as `P28`.
    pub promise: String,
    /// What it says.
    pub text: Text,
}

impl CoveragePolicy {
    /// Who pays `kind` under `coverage` by the matrix; `None` when the cell is missing, which a checked
    /// policy cannot have for kinds that read the matrix.
    pub fn payer(&self, kind: ChargeKind, coverage: CoverageKind) -> Option<Payer> {
        self.payer_matrix.get(&kind)?.get(&coverage).copied()
    }

    /// The term of a layer; agreements have their own dates.
    pub(crate) fn term(&self, layer: Layer) -> Period {
        match layer {
            Layer::Rework => self.rework_term,
            Layer::RepairedPart => self.repaired_part_term,
            Layer::SoldPart => self.sold_part_term,
            Layer::AcceptanceYear | Layer::Agreement => self.acceptance_term,
        }
    }

    /// The term of a layer and when its end is extended, for periods worked out ahead of any case (P49, P53).
    pub fn term_and_rest_days(&self, layer: Layer) -> (Period, RestDayRule) {
        (self.term(layer), self.rest_days.rule(layer))
    }

    /// The definition of an exclusion.
    pub fn exclusion(&self, code: ExclusionCode) -> Option<&ExclusionDefinition> {
        self.exclusions.iter().find(|known| known.code == code)
    }

    /// The level an agreement names.
    pub fn agreement_level(&self, code: &str) -> Option<&AgreementLevel> {
        self.agreement_levels.iter().find(|known| known.code == code)
    }

    /// Checks that the policy can decide every case, and keeps the promises that no version may break.
    ///
    /// # Errors
    /// All problems found, in the order of the fields.
    pub fn check(&self) -> Result<(), Vec<PolicyProblem>> {
        let mut problems = Vec::new();
        if self.id.trim().is_empty() {
            problems.push(PolicyProblem::IdMissing);
        }
        if self.version == 0 {
            problems.push(PolicyProblem::VersionZero);
        }
        self.check_terms(&mut problems);
        self.check_exclusions(&mut problems);
        self.check_matrix(&mut problems);
        self.check_levels(&mut problems);
        for key in ClauseKey::ALL {
            match self.clauses.get(&key) {
                None => problems.push(PolicyProblem::ClauseMissing { key }),
                Some(clause) if clause.promise.trim().is_empty() => {
                    problems.push(PolicyProblem::ClausePromiseMissing { key });
                }
                Some(clause) if clause.text.is_incomplete() => {
                    problems.push(PolicyProblem::ClauseTextMissing { key });
                }
                Some(_) => {}
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_terms(&self, problems: &mut Vec<PolicyProblem>) {
        for layer in Layer::ALL {
            if layer == Layer::Agreement {
                continue;
            }
            let (length, longest) = match self.term(layer) {
                Period::Years(n) => (n, 100),
                Period::Months(n) => (n, 1200),
                Period::Days(n) => (n, 36525),
            };
            if length == 0 {
                problems.push(PolicyProblem::TermZero { layer });
            }
            if length > longest {
                problems.push(PolicyProblem::TermTooLong { layer });
            }
        }
    }

    fn check_exclusions(&self, problems: &mut Vec<PolicyProblem>) {
        for code in ExclusionCode::ALL {
            let mut defined = self.exclusions.iter().filter(|known| known.code == code);
            let Some(definition) = defined.next() else {
                problems.push(PolicyProblem::ExclusionMissing { code });
                continue;
            };
            if defined.next().is_some() {
                problems.push(PolicyProblem::ExclusionTwice { code });
            }
            let by_dates = code == ExclusionCode::OutOfPeriod;
            if by_dates != (definition.decided_by == ExclusionDecider::Dates) {
                problems.push(PolicyProblem::ExclusionDecider { code });
            }
            if !by_dates && definition.evidence.is_empty() {
                problems.push(PolicyProblem::ExclusionWithoutEvidence { code });
            }
        }
    }

    fn check_matrix(&self, problems: &mut Vec<PolicyProblem>) {
        for kind in ChargeKind::ALL {
            let Some(rule) = self.charge_rules.get(&kind) else {
                problems.push(PolicyProblem::ChargeRuleMissing { kind });
                continue;
            };
            match kind {
                ChargeKind::Training if *rule != ChargeRule::FreeOnly => {
                    problems.push(PolicyProblem::TrainingNotFree);
                }
                ChargeKind::Upgrade if *rule != ChargeRule::QuoteOnly => {
                    problems.push(PolicyProblem::UpgradeNotQuoted);
                }
                _ => {}
            }
            if !rule.reads_matrix() {
                if self.payer_matrix.contains_key(&kind) {
                    problems.push(PolicyProblem::PayerRowUnused { kind });
                }
                continue;
            }
            for coverage in CoverageKind::ALL {
                let payer = self.payer(kind, coverage);
                if payer.is_none() {
                    problems.push(PolicyProblem::PayerMissing { kind, coverage });
                }
                let is_layer = Layer::ALL.iter().any(|l| l.coverage_kind() == coverage);
                let without = self.payer(kind, CoverageKind::OutOfPeriod);
                if is_layer && payer == Some(Payer::Customer) && without == Some(Payer::Company) {
                    problems.push(PolicyProblem::CoverWorseThanNone { kind, coverage });
                }
            }
        }
    }

    fn check_levels(&self, problems: &mut Vec<PolicyProblem>) {
        for (index, level) in self.agreement_levels.iter().enumerate() {
            if level.code.trim().is_empty() || level.name.is_incomplete() {
                problems.push(PolicyProblem::LevelUnnamed { index });
            }
            if self.agreement_levels[..index].iter().any(|l| l.code == level.code) {
                problems.push(PolicyProblem::LevelTwice { code: level.code.clone() });
            }
        }
        if self.agreement_levels.is_empty() {
            problems.push(PolicyProblem::LevelMissing);
        }
    }
}

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum PolicyProblem {
    /// The policy has no id.
    IdMissing,
    /// Versions count from 1.
    VersionZero,
    /// A term of no days.
    TermZero {
        /// The layer.
        layer: Layer,
    },
    /// A term beyond a century.
    TermTooLong {
        /// The layer.
        layer: Layer,
    },
    /// An exclusion is not defined.
    ExclusionMissing {
        /// Which.
        code: ExclusionCode,
    },
    /// An exclusion is defined twice.
    ExclusionTwice {
        /// Which.
        code: ExclusionCode,
    },
    /// P31-P34 are decided by a person, P35 by the dates.
    ExclusionDecider {
        /// Which.
        code: ExclusionCode,
    },
    /// P31-P34 need at least one kind of evidence.
    ExclusionWithoutEvidence {
        /// Which.
        code: ExclusionCode,
    },
    /// A charge kind has no rule.
    ChargeRuleMissing {
        /// Which.
        kind: ChargeKind,
    },
    /// The matrix has no payer here.
    PayerMissing {
        /// Row.
        kind: ChargeKind,
        /// Column.
        coverage: CoverageKind,
    },
    /// The matrix has a row that the kind's rule never reads.
    PayerRowUnused {
        /// Row.
        kind: ChargeKind,
    },
    /// The customer would pay under cover what the company pays without.
    CoverWorseThanNone {
        /// Row.
        kind: ChargeKind,
        /// Column.
        coverage: CoverageKind,
    },
    /// Training must be free (P61).
    TrainingNotFree,
    /// An upgrade must be quoted (P64).
    UpgradeNotQuoted,
    /// No agreement level at all.
    LevelMissing,
    /// A level without code or name.
    LevelUnnamed {
        /// Its place in the list, from 0.
        index: usize,
    },
    /// Two levels with one code.
    LevelTwice {
        /// The code.
        code: String,
    },
    /// A clause has no wording.
    ClauseMissing {
        /// Which.
        key: ClauseKey,
    },
    /// A clause names no promise.
    ClausePromiseMissing {
        /// Which.
        key: ClauseKey,
    },
    /// A clause lacks Chinese or English text.
    ClauseTextMissing {
        /// Which.
        key: ClauseKey,
    },
}
