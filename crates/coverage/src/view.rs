//! What a decision looks like from outside, in both languages.

use std::collections::{BTreeMap, HashMap};

use coverage_rules::{
    Certainty, ChargeKind, ChargeOutcome, ChargeVerdict, ClauseKey, ClauseRef, CoverPeriod, CoverageKind,
    CoveragePolicy, Decision, DecisionRecord, EffectiveDecision, ExclusionCode, ExclusionPreview, Layer,
    LayerState, MissingFact, Payer, ProposalNeed, ProposalSource, ReasonCode, Text, Verdict,
};
use jiff::civil::Date;
use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Cause, CoverageDecisionId, ExclusionFindingView, OutsideWorkView, OverrulingView};
use crate::{rules, schema};

/// The verdict in one line, for lists and the intake form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CoverageBadge {
    /// Covered, chargeable, or not known yet.
    #[schema(value_type = schema::Verdict)]
    pub verdict: Verdict,
    /// The last covered day, until 24:00; of the cover that ended when the verdict is chargeable.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// The source of cover.
    #[schema(value_type = Option<schema::Layer>)]
    pub layer: Option<Layer>,
    /// In words.
    pub text: Both,
    /// Whether a holiday list still to come may move the day (decision 12).
    pub provisional: bool,
}

/// A clause of the promise, in the policy's own words.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ClauseView {
    /// The promise, such as `P28`.
    pub promise: String,
    /// Its key.
    #[schema(value_type = schema::ClauseKey)]
    pub key: ClauseKey,
    /// What it says.
    pub text: Both,
}

/// The days of a cover, both included.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PeriodView {
    /// First covered day.
    #[schema(value_type = String, format = Date)]
    pub start: Date,
    /// The last day by the bare rule.
    #[schema(value_type = String, format = Date)]
    pub nominal_end: Date,
    /// The last covered day, until 24:00.
    #[schema(value_type = String, format = Date)]
    pub end: Date,
    /// Whether rest days moved the end.
    pub extended: bool,
}

/// The parts a line covers.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PartLimitView {
    /// Serial numbers of the covered parts.
    pub serials: Vec<String>,
    /// Who pays for any other part.
    #[schema(value_type = Option<schema::Payer>)]
    pub otherwise: Option<Payer>,
}

/// What becomes of one kind of charge.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = CoverageChargeView)]
pub struct ChargeView {
    /// The kind.
    #[schema(value_type = schema::ChargeKind)]
    pub kind: ChargeKind,
    /// Its name.
    pub name: Both,
    /// What becomes of it.
    #[schema(value_type = schema::ChargeOutcome)]
    pub outcome: ChargeOutcome,
    /// Who pays; absent while undecided.
    #[schema(value_type = Option<schema::Payer>)]
    pub payer: Option<Payer>,
    /// The clause it rests on.
    pub clause: ClauseView,
    /// Set when only certain parts are covered (P49, P53).
    pub limited_to: Option<PartLimitView>,
    /// Whether a person set the payer.
    pub overruled: bool,
}

impl ChargeView {
    /// Who pays for a part of this serial number, or for the line as such.
    #[must_use]
    pub fn payer_for(&self, serial: Option<&str>) -> Option<Payer> {
        match &self.limited_to {
            Some(limit) if !serial.is_some_and(|s| limit.serials.iter().any(|known| known == s)) => {
                limit.otherwise
            }
            _ => self.payer,
        }
    }
}

/// A source of cover that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LayerView {
    /// Which.
    #[schema(value_type = schema::Layer)]
    pub layer: Layer,
    /// Its name.
    pub name: Both,
    /// The number of the certificate, agreement, depot repair, order or case.
    pub source: Option<String>,
    /// The part's serial number.
    pub serial: Option<String>,
    /// How it stood at the report.
    #[schema(value_type = schema::LayerState)]
    pub state: LayerState,
    /// Its days.
    pub period: Option<PeriodView>,
}

/// An exclusion that was proposed and changes nothing yet.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ProposalView {
    /// Which.
    #[schema(value_type = schema::ExclusionCode)]
    pub code: ExclusionCode,
    /// Its name.
    pub name: Both,
    /// Its clause.
    pub clause: ClauseView,
    /// Who or what proposed it.
    #[schema(value_type = schema::ProposalSource)]
    pub source: ProposalSource,
    /// What it still needs.
    #[schema(value_type = Vec<schema::ProposalNeed>)]
    pub needs: Vec<ProposalNeed>,
}

/// Why the verdict is what it is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReasonView {
    /// What it says, as a code.
    #[schema(value_type = schema::ReasonCode)]
    pub code: ReasonCode,
    /// The sentence.
    pub text: Both,
    /// The facts in the sentence.
    pub values: BTreeMap<String, String>,
}

/// Something that must be known.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MissingView {
    /// What.
    #[schema(value_type = schema::MissingFact)]
    pub what: MissingFact,
    /// The agreement, part or case it is about.
    pub about: Option<String>,
    /// What it is and how to get it.
    pub how: Both,
}

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DecisionView {
    /// In one line.
    pub badge: CoverageBadge,
    /// The verdict that holds.
    #[schema(value_type = schema::Verdict)]
    pub verdict: Verdict,
    /// The column of the payer matrix.
    #[schema(value_type = Option<schema::CoverageKind>)]
    pub coverage: Option<CoverageKind>,
    /// The layer that covers.
    #[schema(value_type = Option<schema::Layer>)]
    pub layer: Option<Layer>,
    /// The clause that decided; absent while undecided.
    pub clause: Option<ClauseView>,
    /// The days of the deciding layer.
    pub period: Option<PeriodView>,
    /// One line per kind of charge.
    pub charges: Vec<ChargeView>,
    /// Exclusions that apply.
    #[schema(value_type = Vec<schema::ExclusionCode>)]
    pub exclusions: Vec<ExclusionCode>,
    /// Exclusions that are proposed.
    pub proposals: Vec<ProposalView>,
    /// Sources of cover that were looked at.
    pub layers: Vec<LayerView>,
    /// Why, the deciding reason first.
    pub reasons: Vec<ReasonView>,
    /// What must be known before all is decided.
    pub missing: Vec<MissingView>,
    /// Years whose holiday lists are not published and may move a day (decision 12).
    pub provisional_years: Vec<i16>,
    /// The day cover was judged at: the report's day at the site (P28).
    #[schema(value_type = String, format = Date)]
    pub reported_on: Date,
    /// The policy version used.
    pub policy_version: i64,
}

impl DecisionView {
    /// The line of a kind of charge.
    #[must_use]
    pub fn charge(&self, kind: ChargeKind) -> Option<&ChargeView> {
        self.charges.iter().find(|line| line.kind == kind)
    }

    /// Who pays this kind of charge for a part of this serial number, or for the line as such (P55).
    /// `None` while undecided.
    #[must_use]
    pub fn payer(&self, kind: ChargeKind, serial: Option<&str>) -> Option<Payer> {
        self.charge(kind)?.payer_for(serial)
    }
}

/// A kept decision of a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CoverageDecisionView {
    /// Its id.
    pub id: CoverageDecisionId,
    /// The case.
    pub case_id: String,
    /// The asset.
    pub asset_id: String,
    /// Its place among the decisions of the case, from 1.
    pub ordinal: i64,
    /// Why it was made.
    pub cause: Cause,
    /// When.
    pub decided_at: Ts,
    /// Whose command made it.
    pub decided_by: String,
    /// The engine's own verdict, whatever people overruled.
    #[schema(value_type = schema::Verdict)]
    pub engine_verdict: Verdict,
    /// Work by others on the asset, against the list of designated persons and firms (P33).
    pub outside_work: Vec<OutsideWorkView>,
    /// What holds, overrulings included.
    pub decision: DecisionView,
    /// What people changed, oldest first.
    pub overrulings: Vec<OverrulingView>,
    /// Exclusions that people saw on this case.
    pub findings: Vec<ExclusionFindingView>,
}

/// What an exclusion would change, worked out ahead for phones (decision 13).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExclusionPreviewView {
    /// Which.
    #[schema(value_type = schema::ExclusionCode)]
    pub code: ExclusionCode,
    /// Its name.
    pub name: Both,
    /// The clause to show the customer.
    pub clause: ClauseView,
    /// What it takes (P31).
    #[schema(value_type = Vec<schema::ProposalNeed>)]
    pub needs: Vec<ProposalNeed>,
    /// The verdict then.
    #[schema(value_type = schema::Verdict)]
    pub verdict: Verdict,
    /// The lines then.
    pub charges: Vec<ChargeView>,
}

/// Names of people by account id, for sentences that name them.
pub type Names = HashMap<String, String>;

pub(crate) fn both(text: &Text) -> Both {
    Both::new(text.zh_cn.as_str(), text.en.as_str())
}

fn named((zh, en): (&str, &str)) -> Both {
    Both::new(zh, en)
}

fn clause(policy: &CoveragePolicy, of: &ClauseRef) -> ClauseView {
    let text = policy.clauses.get(&of.key).map(|worded| both(&worded.text)).unwrap_or_default();
    ClauseView { promise: of.promise.clone(), key: of.key, text }
}

fn clause_of(policy: &CoveragePolicy, key: ClauseKey) -> ClauseView {
    let promise = policy.clauses.get(&key).map_or(key.default_promise(), |worded| worded.promise.as_str());
    clause(policy, &ClauseRef { promise: promise.to_owned(), key })
}

fn period(of: &CoverPeriod) -> PeriodView {
    PeriodView {
        start: of.start,
        nominal_end: of.nominal_end,
        end: of.end,
        extended: !of.extended_because.is_empty(),
    }
}

fn charge(policy: &CoveragePolicy, line: &ChargeVerdict, overruled: bool) -> ChargeView {
    ChargeView {
        kind: line.kind,
        name: named(line.kind.names()),
        outcome: line.outcome,
        payer: line.payer,
        clause: clause(policy, &line.clause),
        limited_to: line
            .limited_to
            .as_ref()
            .map(|limit| PartLimitView { serials: limit.part_ids.clone(), otherwise: limit.otherwise }),
        overruled,
    }
}

/// The years a decision waits for.
pub(crate) fn provisional_years(decision: &Decision) -> Vec<i16> {
    match &decision.certainty {
        Certainty::Firm => Vec::new(),
        Certainty::Provisional { years } => years.clone(),
    }
}

/// A decision as it holds.
pub(crate) fn decision(
    record: &DecisionRecord,
    policy: &CoveragePolicy,
    policy_version: i64,
    names: &Names,
) -> DecisionView {
    let held = record.decision();
    let effective: EffectiveDecision = record.effective();
    DecisionView {
        badge: rules::badge(held, effective.verdict),
        verdict: effective.verdict,
        coverage: held.coverage,
        layer: held.layer,
        clause: rules::deciding_clause(held).map(|key| clause_of(policy, key)),
        period: held.period.as_ref().map(period),
        charges: effective
            .charges
            .iter()
            .map(|c| charge(policy, &c.line, c.overruled_by.is_some()))
            .collect(),
        exclusions: held.exclusions.clone(),
        proposals: held
            .proposals
            .iter()
            .map(|p| ProposalView {
                code: p.code,
                name: named(p.code.names()),
                clause: clause(policy, &p.clause),
                source: p.source,
                needs: p.needs.clone(),
            })
            .collect(),
        layers: held
            .layers
            .iter()
            .map(|l| LayerView {
                layer: l.layer,
                name: named(l.layer.names()),
                source: l.source_id.clone(),
                serial: l.part_id.clone(),
                state: l.state,
                period: l.period.as_ref().map(period),
            })
            .collect(),
        reasons: held.reasons.iter().map(|r| reason(r, names)).collect(),
        missing: held
            .missing
            .iter()
            .map(|m| MissingView { what: m.what, about: m.about.clone(), how: both(&m.how) })
            .collect(),
        provisional_years: provisional_years(held),
        reported_on: held.reported_on,
        policy_version,
    }
}

// Facts name people by id, so that erasure reaches them; a sentence shows the name.
fn reason(of: &coverage_rules::Reason, names: &Names) -> ReasonView {
    let mut values: BTreeMap<String, String> =
        of.values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let mut text = Both::new(rules::without_ids(&of.zh_cn), rules::without_ids(&of.en));
    if let Some(by) = values.get_mut("by")
        && let Some(name) = names.get(by)
    {
        text.zh_cn = text.zh_cn.replacen(by.as_str(), name, 1);
        text.en = text.en.replacen(by.as_str(), name, 1);
        by.clone_from(name);
    }
    ReasonView { code: of.code, text, values }
}

/// What each exclusion would change.
pub(crate) fn previews(of: &ExclusionPreview, policy: &CoveragePolicy) -> Vec<ExclusionPreviewView> {
    of.if_decided
        .iter()
        .map(|one| ExclusionPreviewView {
            code: one.definition.code,
            name: named(one.definition.code.names()),
            clause: clause(policy, &one.clause),
            needs: rules::asked_for(&one.definition),
            verdict: one.verdict,
            charges: one.charges.iter().map(|line| charge(policy, line, false)).collect(),
        })
        .collect()
}
