//! The five layers of cover, looked at one by one: which is in force at the report, which is not, and
//! which would be if something were known (P28, P29, P49, P53, P74).

use jiff::civil::Date;
use service_calendar::Period;

use crate::decision::{LayerFinding, LayerState, Missing, MissingFact};
use crate::facts::{AgreementStatus, CoverageFacts, PartFact};
use crate::kinds::{CoverageKind, Layer};
use crate::missing;
use crate::period::{Calendar, CoverPeriod};
use crate::policy::{AgreementLevel, CoveragePolicy};

/// A column of the payer matrix that is in force.
pub(crate) struct Column<'a> {
    pub kind: CoverageKind,
    /// The agreement's level, which may leave kinds out.
    pub level: Option<&'a AgreementLevel>,
    /// The parts it is limited to; empty = the whole asset.
    pub part_ids: Vec<&'a str>,
}

/// What the layers gave.
#[derive(Default)]
pub(crate) struct Survey<'a> {
    pub found: Vec<LayerFinding>,
    /// In force, preferred first.
    pub in_force: Vec<Column<'a>>,
    /// In force if what is missing turns out well.
    pub possible: Vec<CoverageKind>,
    pub missing: Vec<Missing>,
}

struct Surveyor<'a> {
    policy: &'a CoveragePolicy,
    calendar: Calendar<'a>,
    reported_on: Date,
    survey: Survey<'a>,
}

/// Looks at every layer of `facts` on the day of the report.
pub(crate) fn survey<'a>(
    facts: &'a CoverageFacts,
    policy: &'a CoveragePolicy,
    calendar: Calendar<'a>,
    reported_on: Date,
) -> Survey<'a> {
    let mut surveyor = Surveyor { policy, calendar, reported_on, survey: Survey::default() };
    surveyor.reworks(facts);
    surveyor.acceptance(facts);
    surveyor.agreements(facts);
    surveyor.parts(Layer::RepairedPart, &facts.repaired_parts);
    surveyor.parts(Layer::SoldPart, &facts.sold_parts);
    surveyor.survey
}

impl<'a> Surveyor<'a> {
    fn cover(&self, layer: Layer, start: Date) -> Option<CoverPeriod> {
        let rule = self.policy.rest_days.rule(layer);
        self.calendar.cover(start, start, self.policy.term(layer), rule)
    }

    /// How a layer stands by its days alone.
    fn by_days(&self, period: Option<&CoverPeriod>) -> LayerState {
        match period {
            None => LayerState::Unknown,
            Some(period) if period.contains(self.reported_on) => LayerState::InForce,
            Some(period) if self.reported_on < period.start => LayerState::NotStarted,
            Some(_) => LayerState::Ended,
        }
    }

    fn note(
        &mut self,
        layer: Layer,
        source_id: &str,
        part_id: Option<&str>,
        state: LayerState,
        period: Option<CoverPeriod>,
    ) {
        self.survey.found.push(LayerFinding {
            layer,
            source_id: Some(source_id.to_owned()),
            part_id: part_id.map(str::to_owned),
            state,
            period,
        });
    }

    fn lacks(&mut self, layer: Layer, what: MissingFact, about: Option<&str>) {
        let kind = layer.coverage_kind();
        if !self.survey.possible.contains(&kind) {
            self.survey.possible.push(kind);
        }
        self.survey.missing.push(missing::fact(what, about));
    }

    fn reworks(&mut self, facts: &'a CoverageFacts) {
        const LAYER: Layer = Layer::Rework;
        for repair in &facts.previous_repairs {
            let period = self.cover(LAYER, repair.completed_on);
            let source = repair.case_id.as_str();
            let mut state = self.by_days(period.as_ref());
            if repair.same_fault == Some(false) {
                state = LayerState::OtherFault;
            } else if repair.excluded.is_some() {
                state = LayerState::ReworkExcluded;
            } else if state == LayerState::Unknown {
                self.lacks(LAYER, MissingFact::UsableDates, Some(source));
            } else if state == LayerState::InForce && repair.same_fault.is_none() {
                state = LayerState::Unknown;
                self.lacks(LAYER, MissingFact::SameFault, Some(source));
            }
            if state == LayerState::InForce {
                self.whole_asset(LAYER, None);
            }
            self.note(LAYER, source, None, state, period);
        }
    }

    fn acceptance(&mut self, facts: &'a CoverageFacts) {
        const LAYER: Layer = Layer::AcceptanceYear;
        let Some(acceptance) = &facts.acceptance else {
            self.survey.found.push(LayerFinding {
                layer: LAYER,
                source_id: None,
                part_id: None,
                state: LayerState::Unknown,
                period: None,
            });
            return self.lacks(LAYER, MissingFact::AcceptanceCertificate, None);
        };
        let source = acceptance.certificate_id.as_str();
        let Some(accepted_on) = acceptance.accepted_on else {
            self.note(LAYER, source, None, LayerState::Unknown, None);
            return self.lacks(LAYER, MissingFact::AcceptanceDate, Some(source));
        };
        let period = self.cover(LAYER, accepted_on);
        let mut state = self.by_days(period.as_ref());
        match state {
            LayerState::Unknown => self.lacks(LAYER, MissingFact::UsableDates, Some(source)),
            // Before acceptance the installation contract says who pays; no clause of the promise does.
            LayerState::NotStarted => self.lacks(LAYER, MissingFact::BeforeAcceptance, Some(source)),
            LayerState::InForce if !acceptance.signed_by_customer => {
                state = LayerState::Unknown;
                self.lacks(LAYER, MissingFact::AcceptanceSignature, Some(source));
            }
            LayerState::InForce => self.whole_asset(LAYER, None),
            _ => {}
        }
        self.note(LAYER, source, None, state, period);
    }

    fn agreements(&mut self, facts: &'a CoverageFacts) {
        const LAYER: Layer = Layer::Agreement;
        let rule = self.policy.rest_days.rule(LAYER);
        let today = self.reported_on;
        for agreement in &facts.agreements {
            let source = agreement.agreement_id.as_str();
            let (from, to) = (agreement.covered_from, agreement.covered_to);
            let period = self.calendar.cover(from, to, Period::Days(0), rule);
            let by_days = self.by_days(period.as_ref());
            let state = match agreement.status {
                _ if !agreement.covers_asset => LayerState::OtherAsset,
                AgreementStatus::Draft => LayerState::NotSigned,
                AgreementStatus::Terminated { from } if from <= today => LayerState::Terminated,
                AgreementStatus::Suspended { from, until }
                    if from <= today && until.is_none_or(|last| today <= last) =>
                {
                    LayerState::Suspended
                }
                _ if by_days == LayerState::Unknown => {
                    self.lacks(LAYER, MissingFact::UsableDates, Some(source));
                    LayerState::Unknown
                }
                _ if by_days == LayerState::InForce => {
                    if let Some(level) = self.policy.agreement_level(&agreement.level) {
                        self.whole_asset(LAYER, Some(level));
                        LayerState::InForce
                    } else {
                        self.lacks(LAYER, MissingFact::AgreementLevel, Some(source));
                        LayerState::Unknown
                    }
                }
                _ => by_days,
            };
            self.note(LAYER, source, None, state, period);
        }
    }

    fn parts(&mut self, layer: Layer, parts: &'a [PartFact]) {
        for part in parts {
            let period = self.cover(layer, part.delivered_on);
            let part_id = part.part_id.as_str();
            let mut state = self.by_days(period.as_ref());
            if part.affected == Some(false) {
                state = LayerState::OtherPart;
            } else if state == LayerState::Unknown {
                self.lacks(layer, MissingFact::UsableDates, Some(part_id));
            } else if state == LayerState::InForce && part.affected.is_none() {
                state = LayerState::Unknown;
                self.lacks(layer, MissingFact::AffectedPart, Some(part_id));
            }
            if state == LayerState::InForce {
                self.part_only(layer, part_id);
            }
            self.note(layer, &part.source_id, Some(part_id), state, period);
        }
    }

    fn whole_asset(&mut self, layer: Layer, level: Option<&'a AgreementLevel>) {
        self.survey.in_force.push(Column { kind: layer.coverage_kind(), level, part_ids: Vec::new() });
    }

    fn part_only(&mut self, layer: Layer, part_id: &'a str) {
        let kind = layer.coverage_kind();
        let known = self.survey.in_force.iter_mut().find(|column| column.kind == kind);
        match known {
            Some(column) => column.part_ids.push(part_id),
            None => self.survey.in_force.push(Column { kind, level: None, part_ids: vec![part_id] }),
        }
    }
}
