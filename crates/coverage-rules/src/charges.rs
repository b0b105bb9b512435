//! One line per charge kind: what becomes of it, who pays, by which clause (P55, P61, P62, P64).

use crate::decision::{ChargeOutcome, ChargeVerdict, Missing, MissingFact, PartLimit};
use crate::exclusions::clause_ref;
use crate::facts::SiteLicence;
use crate::kinds::{ChargeKind, ClauseKey, CoverageKind, Layer, Payer, RequestKind};
use crate::layers::Column;
use crate::missing;
use crate::policy::{ChargeRule, CoveragePolicy};

/// Where a request stands: what covers it, what might, and what it falls back on.
pub(crate) struct Standing<'a, 's> {
    pub request: RequestKind,
    pub licence: SiteLicence,
    pub in_force: &'s [Column<'a>],
    pub possible: &'s [CoverageKind],
    /// The column that holds when nothing covers, and the clause that says so.
    pub fallback: CoverageKind,
    pub fallback_clause: ClauseKey,
}

/// Who pays a line, as read from the matrix.
struct Reading {
    payer: Option<Payer>,
    coverage: Option<CoverageKind>,
    limited_to: Option<PartLimit>,
    /// The policy has no cell for it.
    gap: bool,
}

impl Standing<'_, '_> {
    /// All lines, and what the policy itself leaves open.
    pub fn lines(&self, policy: &CoveragePolicy) -> (Vec<ChargeVerdict>, Vec<Missing>) {
        let mut gaps = Vec::new();
        let mut lines = Vec::with_capacity(ChargeKind::ALL.len());
        for kind in ChargeKind::ALL {
            lines.push(self.line(policy, kind, &mut gaps));
        }
        (lines, gaps)
    }

    fn line(&self, policy: &CoveragePolicy, kind: ChargeKind, gaps: &mut Vec<Missing>) -> ChargeVerdict {
        let fixed = |outcome, payer, key| ChargeVerdict {
            kind,
            outcome,
            payer,
            clause: clause_ref(policy, key),
            coverage: None,
            limited_to: None,
        };
        let rule = policy.charge_rules.get(&kind).copied();
        match rule {
            Some(ChargeRule::FreeOnly) => {
                fixed(ChargeOutcome::Refused, Some(Payer::Company), ClauseKey::TrainingFree)
            }
            Some(ChargeRule::QuoteOnly) => {
                fixed(ChargeOutcome::NotIncluded, Some(Payer::Customer), ClauseKey::UpgradeQuoted)
            }
            Some(ChargeRule::Licensed) => match self.licence {
                SiteLicence::Unlicensed => {
                    fixed(ChargeOutcome::Chargeable, Some(Payer::Customer), ClauseKey::PatchUnlicensed)
                }
                SiteLicence::Unknown if self.request == RequestKind::Patch => {
                    fixed(ChargeOutcome::Undecided, None, ClauseKey::PatchIncluded)
                }
                SiteLicence::Licensed | SiteLicence::Unknown => {
                    fixed(ChargeOutcome::Covered, Some(Payer::Company), ClauseKey::PatchIncluded)
                }
            },
            Some(ChargeRule::Cover | ChargeRule::Extra) => {
                self.matrix_line(policy, kind, rule == Some(ChargeRule::Extra), gaps)
            }
            None => {
                gaps.push(missing::fact(MissingFact::PolicyPayer, Some(kind.names().0)));
                fixed(ChargeOutcome::Undecided, None, self.fallback_clause)
            }
        }
    }

    fn matrix_line(
        &self,
        policy: &CoveragePolicy,
        kind: ChargeKind,
        is_extra: bool,
        gaps: &mut Vec<Missing>,
    ) -> ChargeVerdict {
        let reading = self.read(policy, kind);
        if reading.gap {
            gaps.push(missing::fact(MissingFact::PolicyPayer, Some(kind.names().0)));
        }
        let outcome = match reading.payer {
            Some(Payer::Company) => ChargeOutcome::Covered,
            Some(Payer::Customer) if self.request == RequestKind::Upgrade => ChargeOutcome::NotIncluded,
            Some(Payer::Customer) => ChargeOutcome::Chargeable,
            None => ChargeOutcome::Undecided,
        };
        let key = match reading.payer {
            Some(Payer::Customer) if is_extra => ClauseKey::CustomerPays,
            Some(_) => reading.coverage.map_or(self.fallback_clause, |c| self.clause_key(c)),
            None => self.possible.first().map_or(self.fallback_clause, |&c| self.clause_key(c)),
        };
        ChargeVerdict {
            kind,
            outcome,
            payer: reading.payer,
            clause: clause_ref(policy, key),
            coverage: reading.coverage,
            limited_to: reading.limited_to,
        }
    }

    fn clause_key(&self, coverage: CoverageKind) -> ClauseKey {
        if coverage == self.fallback {
            return self.fallback_clause;
        }
        match coverage {
            CoverageKind::Rework => Layer::Rework.clause_key(),
            CoverageKind::AcceptanceYear => Layer::AcceptanceYear.clause_key(),
            CoverageKind::Agreement => Layer::Agreement.clause_key(),
            CoverageKind::RepairedPart => Layer::RepairedPart.clause_key(),
            CoverageKind::SoldPart => Layer::SoldPart.clause_key(),
            CoverageKind::PartSale => ClauseKey::PartSale,
            CoverageKind::Training => ClauseKey::TrainingFree,
            CoverageKind::Patch => ClauseKey::PatchIncluded,
            CoverageKind::Upgrade => ClauseKey::UpgradeQuoted,
            CoverageKind::OutOfPeriod | CoverageKind::Excluded => self.fallback_clause,
        }
    }

    /// The best of all covers: a line is the company's as soon as one cover in force says so, open while
    /// an unknown one could say so, else the customer's.
    fn read(&self, policy: &CoveragePolicy, kind: ChargeKind) -> Reading {
        let mut gap = false;
        let mut company_pays = |coverage| match policy.payer(kind, coverage) {
            Some(payer) => payer == Payer::Company,
            None => {
                gap = true;
                false
            }
        };
        let mut whole = None;
        let mut parts: Vec<&str> = Vec::new();
        let mut parts_under = None;
        for column in self.in_force {
            let left_out = column.level.is_some_and(|level| level.not_included.contains(&kind));
            if left_out || !company_pays(column.kind) {
                continue;
            }
            if column.part_ids.is_empty() {
                whole = Some(column.kind);
                break;
            }
            parts.extend(&column.part_ids);
            parts_under.get_or_insert(column.kind);
        }
        // What is free without cover is free with it.
        if whole.is_none() && company_pays(self.fallback) {
            whole = Some(self.fallback);
        }
        if let Some(coverage) = whole {
            return Reading {
                payer: Some(Payer::Company),
                coverage: Some(coverage),
                limited_to: None,
                gap: false,
            };
        }
        let mut open = false;
        for &coverage in self.possible {
            open |= company_pays(coverage);
        }
        let otherwise = if open || gap { None } else { Some(Payer::Customer) };
        if let Some(coverage) = parts_under {
            return Reading {
                payer: Some(Payer::Company),
                coverage: Some(coverage),
                limited_to: Some(PartLimit {
                    part_ids: parts.into_iter().map(str::to_owned).collect(),
                    otherwise,
                }),
                gap,
            };
        }
        let standing = self.in_force.first().map_or(self.fallback, |column| column.kind);
        Reading { payer: otherwise, coverage: otherwise.is_some().then_some(standing), limited_to: None, gap }
    }
}
