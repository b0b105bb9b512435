//! From facts and policy to a decision.

use jiff::civil::Date;
use service_calendar::{Certainty as CalendarCertainty, HolidayYears};

use crate::charges::Standing;
use crate::decision::{
    Certainty, ChargeOutcome, ChargeVerdict, Decision, LayerFinding, LayerState, Missing, MissingFact,
    PolicyRef, Reason, ReasonCode, Verdict,
};
use crate::exclusions::{Weighed, clause_ref, weigh};
use crate::facts::{CoverageFacts, SiteLicence};
use crate::kinds::{ChargeKind, ClauseKey, CoverageKind, ExclusionCode, Payer, RequestKind};
use crate::layers::{Column, Survey, survey};
use crate::missing;
use crate::period::{Calendar, CoverPeriod};
use crate::policy::{ChargeRule, CoveragePolicy};
use crate::reasons;
use crate::text::moment;

/// Decides coverage at the moment of the report (P28): covered or chargeable, per charge kind, to whom,
/// by which clause, and why. Never fails: what can't be decided is `Undecided` and says what is missing.
///
/// ```
/// use coverage_rules::{Acceptance, CoverageFacts, CoveragePolicy, Verdict, decide};
/// use jiff::{civil::date, tz::TimeZone};
/// use service_calendar::HolidayYears;
///
/// let zone = TimeZone::get("Asia/Shanghai")?;
/// let mut facts = CoverageFacts::new("asset-1", "2026-03-02T23:59:59+08:00".parse()?, zone);
/// facts.acceptance = Some(Acceptance {
///     certificate_id: "YS-1".into(),
///     accepted_on: Some(date(2025, 3, 1)),
///     signed_by_customer: true,
/// });
/// let decision = decide(&facts, &CoveragePolicy::default(), &HolidayYears::built_in());
/// assert_eq!(decision.verdict, Verdict::Covered); // 2026-03-01 is a Sunday
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn decide(facts: &CoverageFacts, policy: &CoveragePolicy, holidays: &HolidayYears) -> Decision {
    decide_by(facts, policy, Calendar::Live(holidays))
}

pub(crate) fn decide_by(facts: &CoverageFacts, policy: &CoveragePolicy, calendar: Calendar<'_>) -> Decision {
    let reported = facts.reported_locally();
    let (survey, weighed) = if facts.request == RequestKind::Repair {
        (survey(facts, policy, calendar, reported.date()), weigh(facts, policy))
    } else {
        (service(facts), Weighed::default())
    };
    conclude(facts, policy, survey, weighed)
}

/// Requests that no layer decides: training, patches, upgrades and part sales have columns of their own.
fn service(facts: &CoverageFacts) -> Survey<'_> {
    let mut survey = Survey::default();
    let own = match (facts.request, facts.site_licence) {
        (RequestKind::Training, _) => CoverageKind::Training,
        (RequestKind::Patch, SiteLicence::Licensed) => CoverageKind::Patch,
        (RequestKind::Patch, SiteLicence::Unknown) => {
            survey.possible.push(CoverageKind::Patch);
            survey.missing.push(missing::fact(MissingFact::SiteLicence, None));
            return survey;
        }
        _ => return survey,
    };
    survey.in_force.push(Column { kind: own, level: None, part_ids: Vec::new() });
    survey
}

/// The column and clause that hold when nothing covers.
fn fallback(facts: &CoverageFacts) -> (CoverageKind, ClauseKey) {
    match facts.request {
        RequestKind::PartSale => (CoverageKind::PartSale, ClauseKey::PartSale),
        RequestKind::Upgrade => (CoverageKind::Upgrade, ClauseKey::UpgradeQuoted),
        RequestKind::Patch => (CoverageKind::OutOfPeriod, ClauseKey::PatchUnlicensed),
        RequestKind::Repair | RequestKind::Training => (CoverageKind::OutOfPeriod, ClauseKey::OutOfPeriod),
    }
}

/// The lines of a case to which the exclusion `code` applies.
pub(crate) fn excluded_lines(
    facts: &CoverageFacts,
    policy: &CoveragePolicy,
    code: ExclusionCode,
) -> (Vec<ChargeVerdict>, Vec<Missing>) {
    Standing {
        request: facts.request,
        licence: facts.site_licence,
        in_force: &[],
        possible: &[],
        fallback: CoverageKind::Excluded,
        fallback_clause: code.clause_key(),
    }
    .lines(policy)
}

fn conclude(
    facts: &CoverageFacts,
    policy: &CoveragePolicy,
    mut survey: Survey<'_>,
    weighed: Weighed<'_>,
) -> Decision {
    let reported = facts.reported_locally();
    let has_cover = !survey.in_force.is_empty() || !survey.possible.is_empty();
    // An exclusion takes cover away; where there is none to take, the dates have already decided.
    let excluded = weighed.decided.first().filter(|_| has_cover).map(|(code, _)| *code);
    let verdict = if excluded.is_some() {
        Verdict::Chargeable
    } else if !survey.in_force.is_empty() {
        Verdict::Covered
    } else if !survey.possible.is_empty() {
        Verdict::Undecided
    } else {
        Verdict::Chargeable
    };
    let (fallback, fallback_clause) = fallback(facts);
    let (charges, gaps) = match excluded {
        Some(code) => excluded_lines(facts, policy, code),
        None => Standing {
            request: facts.request,
            licence: facts.site_licence,
            in_force: &survey.in_force,
            possible: &survey.possible,
            fallback,
            fallback_clause,
        }
        .lines(policy),
    };
    let coverage = match (excluded, verdict) {
        (Some(_), _) => Some(CoverageKind::Excluded),
        (None, Verdict::Undecided) => None,
        (None, _) => Some(survey.in_force.first().map_or(fallback, |column| column.kind)),
    };
    let mut missing = gaps;
    let open = verdict == Verdict::Undecided || charges.iter().any(is_open);
    if open && excluded.is_none() {
        missing.append(&mut survey.missing);
    }
    let mut exclusions: Vec<_> = weighed.decided.iter().map(|(code, _)| *code).collect();
    let out_of_period =
        verdict == Verdict::Chargeable && excluded.is_none() && facts.request == RequestKind::Repair;
    if out_of_period {
        exclusions.push(ExclusionCode::OutOfPeriod);
    }
    let deciding = deciding_layer(&survey.found, out_of_period).map(|found| {
        let in_force = found.state == LayerState::InForce;
        (in_force.then_some(found.layer), found.period.clone())
    });
    let (layer, period) = deciding.unwrap_or((None, None));
    let explained = Explained {
        facts,
        policy,
        survey: &survey,
        weighed: &weighed,
        charges: &charges,
        missing: &missing,
        reported: moment(reported),
        excluded: excluded.is_some(),
        out_of_period,
    };
    let reasons = explained.reasons();
    Decision {
        verdict,
        coverage,
        layer: if excluded.is_some() { None } else { layer },
        period,
        reasons,
        charges,
        exclusions,
        missing,
        certainty: certainty(&survey.found, reported.date()),
        proposals: weighed.proposals,
        layers: survey.found,
        reported_on: reported.date(),
        policy: PolicyRef { id: policy.id.clone(), version: policy.version },
    }
}

fn is_open(line: &ChargeVerdict) -> bool {
    line.outcome == ChargeOutcome::Undecided
        || line.limited_to.as_ref().is_some_and(|limit| limit.otherwise.is_none())
}

/// The layer whose days the verdict rests on: the preferred one in force, or the last one to end.
fn deciding_layer(found: &[LayerFinding], out_of_period: bool) -> Option<&LayerFinding> {
    let in_force = found.iter().find(|layer| layer.state == LayerState::InForce);
    if in_force.is_some() || !out_of_period {
        return in_force;
    }
    found
        .iter()
        .filter(|layer| layer.state == LayerState::Ended)
        .max_by_key(|layer| layer.period.as_ref().map(|period| period.end))
}

/// A holiday list still to come matters to covers in force, and to those so lately ended that it could
/// move their last day past the report.
fn certainty(found: &[LayerFinding], reported_on: Date) -> Certainty {
    /// Longer than any run of rest days.
    const LATELY_DAYS: i32 = 31;
    let mut years: Vec<i16> = found
        .iter()
        .filter_map(|layer| layer.period.as_ref().map(|period| (layer.state, period)))
        .filter(|(state, period)| match state {
            LayerState::InForce | LayerState::Unknown => true,
            LayerState::Ended => days_between(period, reported_on) <= LATELY_DAYS,
            _ => false,
        })
        .filter_map(|(_, period)| match period.certainty {
            CalendarCertainty::Provisional { year } => Some(year),
            CalendarCertainty::Published => None,
        })
        .collect();
    if years.is_empty() {
        return Certainty::Firm;
    }
    years.sort_unstable();
    years.dedup();
    Certainty::Provisional { years }
}

fn days_between(period: &CoverPeriod, reported_on: Date) -> i32 {
    let passed = reported_on.since(period.nominal_end);
    passed.map_or(i32::MAX, |span| span.get_days())
}

/// What the reasons are drawn from.
struct Explained<'e, 'a> {
    facts: &'e CoverageFacts,
    policy: &'e CoveragePolicy,
    survey: &'e Survey<'a>,
    weighed: &'e Weighed<'a>,
    charges: &'e [ChargeVerdict],
    missing: &'e [Missing],
    reported: String,
    excluded: bool,
    out_of_period: bool,
}

impl Explained<'_, '_> {
    fn reasons(&self) -> Vec<Reason> {
        let mut into = Vec::with_capacity(6);
        if self.facts.request == RequestKind::Repair {
            self.repair(&mut into);
        } else {
            self.service(&mut into);
        }
        into.extend(self.missing.iter().map(reasons::not_known));
        into
    }

    fn promise(&self, key: ClauseKey) -> String {
        clause_ref(self.policy, key).promise
    }

    fn repair(&self, into: &mut Vec<Reason>) {
        if self.out_of_period {
            let promise = self.promise(ClauseKey::OutOfPeriod);
            into.push(reasons::reason(
                ReasonCode::OutOfPeriod,
                format!("报修时没有任何保障在期内，按价格表收费（{promise}）。"),
                format!("No cover was in force at the report: charged at list price ({promise})."),
                [("promise", promise)],
            ));
        }
        for (code, ruling) in &self.weighed.decided {
            let promise = self.promise(code.clause_key());
            into.push(reasons::exclusion_decided(*code, &promise, ruling));
        }
        let covered = !self.survey.in_force.is_empty();
        for found in &self.survey.found {
            let in_force = found.state == LayerState::InForce;
            if covered && !in_force {
                continue;
            }
            if let Some(period) = &found.period {
                let term = self.policy.term(found.layer);
                let said = reasons::layer(found, period, term, &self.reported);
                let is_said = said.is_some();
                into.extend(said);
                if is_said && found.state != LayerState::NotStarted {
                    reasons::end_notes(period, into);
                }
            }
            into.extend(reasons::not_in_force(found));
        }
        if covered && !self.excluded {
            self.limits(into);
        }
        into.extend(self.weighed.proposals.iter().map(reasons::exclusion_proposed));
        for (code, ruling) in &self.weighed.overruled {
            into.push(reasons::exclusion_overruled(*code, ruling));
        }
    }

    /// What the cover in force leaves to the customer.
    fn limits(&self, into: &mut Vec<Reason>) {
        let in_force = &self.survey.in_force;
        if in_force.iter().all(|column| !column.part_ids.is_empty()) {
            let ids: Vec<&str> = in_force.iter().flat_map(|c| c.part_ids.clone()).collect();
            into.push(reasons::parts_only(&ids));
        }
        let customers = |line: &&ChargeVerdict| line.payer == Some(Payer::Customer);
        for level in in_force.iter().filter_map(|column| column.level) {
            let left: Vec<ChargeKind> = self
                .charges
                .iter()
                .filter(customers)
                .map(|line| line.kind)
                .filter(|kind| level.not_included.contains(kind))
                .collect();
            if !left.is_empty() {
                into.push(reasons::level_excludes(&level.name, &left));
            }
        }
        let extras: Vec<ChargeKind> = self
            .charges
            .iter()
            .filter(customers)
            .filter(|line| line.clause.key == ClauseKey::CustomerPays)
            .map(|line| line.kind)
            .collect();
        if !extras.is_empty() {
            let promise = self.promise(ClauseKey::CustomerPays);
            into.push(reasons::customer_pays(&extras, &promise));
        }
    }

    fn service(&self, into: &mut Vec<Reason>) {
        let (code, key) = match (self.facts.request, self.facts.site_licence) {
            (RequestKind::Training, _) => (ReasonCode::TrainingFree, ClauseKey::TrainingFree),
            (RequestKind::Upgrade, _) => (ReasonCode::UpgradeQuoted, ClauseKey::UpgradeQuoted),
            (RequestKind::Patch, SiteLicence::Licensed) => {
                (ReasonCode::PatchIncluded, ClauseKey::PatchIncluded)
            }
            (RequestKind::Patch, SiteLicence::Unlicensed) => {
                (ReasonCode::PatchUnlicensed, ClauseKey::PatchUnlicensed)
            }
            (RequestKind::PartSale, _) => (ReasonCode::PartSale, ClauseKey::PartSale),
            (RequestKind::Patch | RequestKind::Repair, _) => return,
        };
        if let Some(clause) = self.policy.clauses.get(&key) {
            let (text, promise) = (&clause.text, &clause.promise);
            into.push(reasons::reason(
                code,
                format!("{}（{promise}）。", text.zh_cn),
                format!("{} ({promise}).", text.en),
                [("promise", promise.clone())],
            ));
        }
    }
}

/// The payers under one coverage kind, for screens that offer to treat a case as such.
pub fn payers_under(policy: &CoveragePolicy, coverage: CoverageKind) -> Vec<(ChargeKind, Payer)> {
    ChargeKind::ALL
        .into_iter()
        .filter(|kind| policy.charge_rules.get(kind).is_some_and(|rule: &ChargeRule| rule.reads_matrix()))
        .filter_map(|kind| Some((kind, policy.payer(kind, coverage)?)))
        .collect()
}
