//! Deciding coverage: ahead at intake, for a case, and again when a fact becomes known.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use coverage_rules::{DecisionRecord, Layer, Overruling, decide as judge, preview_exclusions};
use kit::{Cx, Event, Failure, Reach, Ts, Tx};
use policy::Targets;
use serde_json::json;

use crate::errors::CoverageError;
use crate::model::{AnswerFacts, Answers, CaseFor, Cause, CoverageDecisionId, OutsideWorkView};
use crate::rules;
use crate::store::cases::{Head, Kept};
use crate::store::facts::{AssetRow, Known};
use crate::store::{self, exclusions::Finding};
use crate::terms::Terms;
use crate::view::{self, CoverageDecisionView, DecisionView, ExclusionPreviewView, Names};

/// The verdict on a fault of `asset_id` reported at `reported_at`, by the policy in force then: the badge at intake.
/// Nothing is kept. Reach is the caller's business: an agent may report on any site (decision 2).
///
/// # Errors
/// `coverage_asset_unknown`.
pub async fn preview(tx: &mut Tx, asset_id: &str, reported_at: Ts) -> Result<DecisionView, Failure> {
    let terms = Terms::in_force(tx, reported_at).await?;
    let asset = store::facts::asset(tx, asset_id).await?;
    let facts = store::facts::gather(tx, &asset, reported_at, Known::default()).await?;
    let record = DecisionRecord::decide(facts, terms.coverage(), terms.holidays());
    Ok(view::decision(&record, terms.coverage(), terms.number(), &Names::new()))
}

/// Decides the coverage of a case and keeps the decision with its facts. A case that was decided before (its asset or
/// severity changed, it was reopened) gets a further decision; the older ones stay.
///
/// # Errors
/// `coverage_asset_unknown`, `coverage_policy_unknown`.
pub async fn decide(tx: &mut Tx, cx: &Cx, case: CaseFor) -> Result<CoverageDecisionId, Failure> {
    let asset = store::facts::asset(tx, &case.asset_id).await?;
    let before = store::cases::head(tx, &Reach::Everything, &case.case_id).await?;
    let (cause, answers) = match before {
        // Answers about another asset's parts mean nothing for this one.
        Some(head) if head.asset_id == case.asset_id => (Cause::FactsChanged, head.answers),
        Some(_) => (Cause::FactsChanged, Answers::default()),
        None => (Cause::Reported, Answers::default()),
    };
    let head = Head {
        case_id: case.case_id,
        asset_id: asset.id.clone(),
        customer_id: asset.customer_id.clone(),
        unit_id: case.unit_id,
        second_unit_id: case.second_unit_id,
        division_code: asset.division_code.clone(),
        reported_at: case.reported_at,
        request: case.request,
        policy_version: case.policy_version,
        previous_repairs: case.previous_repairs,
        answers,
        decision_id: cx.new_id(),
    };
    keep(tx, cx, &head, &asset, cause).await?;
    Ok(head.decision_id)
}

/// [`decide`] and [`service_targets`] will be asked soon ([`Tx::ahead`]).
pub fn decide_ahead(tx: &mut Tx, case_id: &str, asset_id: &str) {
    store::agreements::any_targets_ahead(tx, asset_id);
    store::facts::ahead(tx, asset_id);
    store::cases::head_ahead(tx, &Reach::Everything, case_id);
}

/// Decides a case again with what is known now: an acceptance was recorded, an agreement signed, a part delivered.
///
/// # Errors
/// `coverage_not_decided`, `coverage_policy_unknown`.
pub async fn redecide(
    tx: &mut Tx,
    cx: &Cx,
    case_id: &str,
    cause: Cause,
) -> Result<CoverageDecisionView, Failure> {
    let head = head_of(tx, &cx.actor.reach, case_id).await?;
    let id = again(tx, cx, head, cause).await?;
    shown(tx, id).await
}

/// Takes what a person answered about a case (whether a part is affected, whether the fault is the same, whether the site
/// is licensed, who else worked on the asset) and decides it again.
///
/// # Errors
/// `coverage_not_decided`, `outside_work_invalid`.
pub async fn answer(
    tx: &mut Tx,
    cx: &Cx,
    case_id: &str,
    input: AnswerFacts,
) -> Result<CoverageDecisionView, Failure> {
    let mut head = head_of(tx, &cx.actor.reach, case_id).await?;
    for part in input.parts {
        head.answers.parts.retain(|known| known.serial != part.serial);
        head.answers.parts.push(part);
    }
    for said in &input.same_fault {
        for repair in head.previous_repairs.iter_mut().filter(|r| r.case_id == said.case_number) {
            repair.same_fault = Some(said.same);
        }
    }
    if let Some(licence) = input.site_licence {
        head.answers.site_licence = licence;
    }
    if let Some(answers) = input.outside_work {
        let today = store::facts::asset(tx, &head.asset_id).await?.day_of(cx.now);
        head.answers.outside_work = rules::outside_work(answers, today)?;
    }
    let id = again(tx, cx, head, Cause::FactsChanged).await?;
    shown(tx, id).await
}

/// Decides again every case that waited for the holidays of `year` (decision 12). Returns how many decisions changed.
///
/// # Errors
/// As the database says.
pub async fn rederive(tx: &mut Tx, cx: &Cx, year: i16) -> Result<usize, Failure> {
    let mut changed = 0;
    for head in store::cases::waiting_for(tx, i64::from(year)).await? {
        again(tx, cx, head, Cause::CalendarPublished).await?;
        changed += 1;
    }
    Ok(changed)
}

/// Notes the unit that a case was escalated to, or that it came back: what people see follows it.
///
/// # Errors
/// As the database says.
pub async fn escalated(tx: &mut Tx, case_id: &str, second_unit_id: Option<&str>) -> Result<(), Failure> {
    store::cases::set_second_unit(tx, case_id, second_unit_id).await
}

pub(super) async fn head_of(tx: &mut Tx, reach: &Reach, case_id: &str) -> Result<Head, Failure> {
    store::cases::head(tx, reach, case_id).await?.ok_or_else(|| CoverageError::NoDecision.into())
}

pub(super) async fn again(
    tx: &mut Tx,
    cx: &Cx,
    mut head: Head,
    cause: Cause,
) -> Result<CoverageDecisionId, Failure> {
    head.decision_id = cx.new_id();
    let asset = store::facts::asset(tx, &head.asset_id).await?;
    keep(tx, cx, &head, &asset, cause).await?;
    Ok(head.decision_id)
}

async fn keep(tx: &mut Tx, cx: &Cx, head: &Head, asset: &AssetRow, cause: Cause) -> Result<(), Failure> {
    let terms = Terms::version(tx, head.policy_version).await?;
    // A case that is decided for the first time has nothing behind it.
    let (findings, ordinal) = match cause {
        Cause::Reported => (Vec::new(), 1),
        _ => (
            store::exclusions::of_case(tx, &head.case_id).await?,
            store::cases::next_ordinal(tx, &head.case_id).await?,
        ),
    };
    let known = Known {
        request: head.request,
        previous_repairs: head.previous_repairs.clone(),
        answers: head.answers.clone(),
        findings: findings.iter().map(Finding::fact).collect(),
    };
    let facts = store::facts::gather(tx, asset, head.reported_at, known).await?;
    let record = DecisionRecord::decide(facts, terms.coverage(), terms.holidays());
    store::cases::keep(tx, (head.decision_id, ordinal, cause), head, &record, &cx.actor.id, cx.now).await?;
    let verdict = record.decision().verdict;
    let badge = rules::badge(record.decision(), verdict);
    store::cases::save_head(tx, head, verdict, &badge, &record).await?;
    let clause = rules::deciding_clause(record.decision())
        .map(|key| terms.coverage().clauses.get(&key).map_or(key.default_promise(), |c| c.promise.as_str()));
    let event = Event::new("coverage.decided", "coverage", head.decision_id)
        .thread(&head.case_id)
        .unit(&head.unit_id)
        .customer(&head.customer_id)
        .body(&json!({
            "asset_id": head.asset_id,
            "ordinal": ordinal,
            "cause": cause,
            "verdict": verdict,
            "layer": record.decision().layer,
            "clause": clause,
            "until": badge.until,
            "provisional": badge.provisional,
            "policy_version": head.policy_version,
            "exclusions": record.decision().exclusions,
        }));
    Ok(kit::events::append(tx, cx, event).await?)
}

/// The decision that holds for a case, overrulings included. Call it with a case that was read within reach.
///
/// # Errors
/// As the database says.
pub async fn of_case(tx: &mut Tx, case_id: &str) -> Result<Option<CoverageDecisionView>, Failure> {
    match store::cases::head(tx, &Reach::Everything, case_id).await? {
        Some(head) => Ok(Some(shown(tx, head.decision_id).await?)),
        None => Ok(None),
    }
}

/// Every decision of a case, newest first.
///
/// # Errors
/// As the database says.
pub async fn history(tx: &mut Tx, case_id: &str) -> Result<Vec<CoverageDecisionView>, Failure> {
    let kept = store::cases::kept_of(tx, case_id).await?;
    many(tx, case_id, &kept).await
}

pub(super) async fn shown(tx: &mut Tx, id: CoverageDecisionId) -> Result<CoverageDecisionView, Failure> {
    let kept = store::cases::kept(tx, id).await?.ok_or(CoverageError::NoDecision)?;
    let case_id = kept.case_id.clone();
    let mut views = many(tx, &case_id, &[kept]).await?;
    views.pop().ok_or_else(|| CoverageError::NoDecision.into())
}

async fn many(tx: &mut Tx, case_id: &str, kept: &[Kept]) -> Result<Vec<CoverageDecisionView>, Failure> {
    let overrulings = store::overrulings::of(tx, kept.iter().map(|k| k.id)).await?;
    let findings = store::exclusions::of_case(tx, case_id).await?;
    let mut people: Vec<String> = kept.iter().map(|k| k.decided_by.clone()).collect();
    for one in &overrulings {
        people.push(one.view.asked_by.clone());
        people.extend(one.view.approved_by.clone());
    }
    for one in &findings {
        people.push(one.view.proposed_by.clone());
        people.extend(one.view.ruled_by.clone());
    }
    let names = store::names(tx, people).await?;
    let name = |id: &String| names.get(id).unwrap_or(id).clone();
    let mut views = Vec::with_capacity(kept.len());
    for one in kept {
        let terms = Terms::version(tx, one.policy_version).await?;
        let held: Vec<Overruling> = overrulings
            .iter()
            .filter(|o| o.decision_id == one.id)
            .filter_map(store::overrulings::Stored::held)
            .collect();
        let record = one.record(&held)?;
        views.push(CoverageDecisionView {
            id: one.id,
            case_id: one.case_id.clone(),
            asset_id: one.asset_id.clone(),
            ordinal: one.ordinal,
            cause: one.cause,
            decided_at: one.decided_at,
            decided_by: name(&one.decided_by),
            engine_verdict: record.decision().verdict,
            outside_work: record
                .facts()
                .outside_work
                .iter()
                .map(|w| OutsideWorkView {
                    name: w.party_id.clone(),
                    done_on: w.done_on,
                    designated: w.designated,
                })
                .collect(),
            decision: view::decision(&record, terms.coverage(), one.policy_version, &names),
            overrulings: overrulings
                .iter()
                .filter(|o| o.decision_id == one.id)
                .map(|o| {
                    let mut shown = o.view.clone();
                    shown.asked_by = name(&shown.asked_by);
                    shown.approved_by = shown.approved_by.as_ref().map(name);
                    shown
                })
                .collect(),
            findings: findings
                .iter()
                .map(|f| {
                    let mut shown = f.view.clone();
                    shown.proposed_by = name(&shown.proposed_by);
                    shown.ruled_by = shown.ruled_by.as_ref().map(name);
                    shown
                })
                .collect(),
        });
    }
    Ok(views)
}

/// What each exclusion would do to the charges of these cases, so that a phone can say it without a signal (decision 13). A case
/// without a decision has no entry. Three queries, and the policy's versions.
///
/// # Errors
/// As the database says.
pub async fn exclusion_previews(
    tx: &mut Tx,
    case_ids: &[String],
) -> Result<HashMap<String, Vec<ExclusionPreviewView>>, Failure> {
    let heads = store::cases::heads(tx, case_ids).await?;
    let ids: Vec<_> = heads.iter().map(|head| head.decision_id).collect();
    let kept = store::cases::kept_by_ids(tx, &ids).await?;
    let (mut previews, mut terms) = (HashMap::new(), HashMap::new());
    for head in heads {
        let kept = kept.iter().find(|k| k.id == head.decision_id).ok_or(CoverageError::NoDecision)?;
        let terms = match terms.entry(kept.policy_version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(Terms::version(tx, kept.policy_version).await?),
        };
        let record = kept.record(&[])?;
        let foreseen = preview_exclusions(record.facts(), terms.coverage(), terms.holidays());
        previews.insert(head.case_id, view::previews(&foreseen, terms.coverage()));
    }
    Ok(previews)
}

/// The targets for an asset at an instant: an agreement in force may name its own, else they are the warranty's (P29).
///
/// # Errors
/// `coverage_asset_unknown`.
pub async fn service_targets(
    tx: &mut Tx,
    asset_id: &str,
    at: Ts,
    warranty: Targets,
) -> Result<Targets, Failure> {
    // Most devices have no such agreement: one look spares the judgement.
    if !store::agreements::any_targets(tx, asset_id).await? {
        return Ok(warranty);
    }
    let terms = Terms::in_force(tx, at).await?;
    let asset = store::facts::asset(tx, asset_id).await?;
    let facts = store::facts::gather(tx, &asset, at, Known::default()).await?;
    let decision = judge(&facts, terms.coverage(), terms.holidays());
    let source = decision
        .layers
        .iter()
        .find(|l| l.layer == Layer::Agreement && l.state == coverage_rules::LayerState::InForce)
        .and_then(|l| l.source_id.clone());
    Ok(match source {
        Some(number) => store::agreements::targets(tx, &number)
            .await?
            .map_or(warranty, |own| rules::targets_of(own, warranty)),
        None => warranty,
    })
}
