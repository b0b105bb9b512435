//! Overruling a decision: with a reason, by those who may, never taking anything off the record (P55).

use coverage_rules::{CoveragePolicy, DecisionRecord, Overruling, PayerChange};
use kit::{Cx, Event, Failure, Lang, Tx};
use serde_json::json;

use super::decide::shown;
use crate::errors::CoverageError;
use crate::model::{ApproveOverruling, CoverageDecisionId, OverruleCoverage, OverrulingId, OverrulingState};
use crate::store::cases::Head;
use crate::store::overrulings::Stored;
use crate::terms::Terms;
use crate::view::CoverageDecisionView;
use crate::{rules, store};

// Stands for whoever will approve, until somebody does.
const SOMEBODY: &str = "somebody else";

/// Changes the verdict or the payers of the decision that holds. Where the policy asks for a second person (travel,
/// postage, packing by default: P55) it waits for [`approve_overruling`]; else it holds at once.
///
/// # Errors
/// `coverage_not_decided`, `coverage_decision_replaced`, `coverage_overruling_waits`, `coverage_overruling_refused`.
pub async fn overrule(
    tx: &mut Tx,
    cx: &Cx,
    id: CoverageDecisionId,
    input: OverruleCoverage,
) -> Result<CoverageDecisionView, Failure> {
    let (head, terms, mut record, stored) = standing(tx, cx, id).await?;
    if stored.iter().any(|o| o.view.state == OverrulingState::Waiting) {
        return Err(CoverageError::OverrulingWaits.into());
    }
    if input.reason.chars().count() > 500 {
        return Err(CoverageError::TextTooLong { max: 500 }.into());
    }
    let second = input.payers.iter().any(|p| terms.coverage().override_needs_approval.contains(&p.kind));
    let asked = Overruling {
        by: cx.actor.id.clone(),
        at: cx.now.timestamp(),
        reason: input.reason.trim().to_owned(),
        approved_by: second.then(|| SOMEBODY.to_owned()),
        verdict: input.verdict,
        payers: input.payers.iter().map(|p| PayerChange { kind: p.kind, payer: p.payer }).collect(),
    };
    tried(cx, &mut record, asked, terms.coverage())?;
    let state = if second { OverrulingState::Waiting } else { OverrulingState::InForce };
    let overruling_id: OverrulingId = cx.new_id();
    store::overrulings::insert(tx, cx, overruling_id, id, state, &input).await?;
    if state == OverrulingState::InForce {
        hold(tx, &head, &record).await?;
    }
    let what = if second { "coverage.overruling_asked" } else { "coverage.overruled" };
    append(tx, cx, what, &head, overruling_id, &record).await?;
    shown(tx, id).await
}

/// The second person's answer to an overruling that waits (P55).
///
/// # Errors
/// `coverage_overruling_unknown`, `coverage_overruling_not_waiting`, `coverage_own_approval`,
/// `coverage_decision_replaced`.
pub async fn approve_overruling(
    tx: &mut Tx,
    cx: &Cx,
    id: OverrulingId,
    input: ApproveOverruling,
) -> Result<CoverageDecisionView, Failure> {
    let unknown = || Failure::from(CoverageError::OverrulingUnknown);
    let asked = store::overrulings::one(tx, id).await?.ok_or_else(unknown)?;
    let (head, terms, mut record, _) =
        standing(tx, cx, asked.decision_id).await.map_err(|failure| match failure {
            Failure::Refused(refusal) if refusal.status == 404 => unknown(),
            other => other,
        })?;
    if asked.view.state != OverrulingState::Waiting {
        return Err(CoverageError::OverrulingNotWaiting.into());
    }
    if asked.view.asked_by == cx.actor.id {
        return Err(CoverageError::OwnApproval.into());
    }
    let to = if input.approved { OverrulingState::InForce } else { OverrulingState::Declined };
    if input.approved {
        let approved = Overruling {
            by: asked.view.asked_by.clone(),
            at: cx.now.timestamp(),
            reason: asked.view.reason.clone(),
            approved_by: Some(cx.actor.id.clone()),
            verdict: asked.view.verdict,
            payers: asked.view.payers.iter().map(|p| PayerChange { kind: p.kind, payer: p.payer }).collect(),
        };
        tried(cx, &mut record, approved, terms.coverage())?;
    }
    if !store::overrulings::approve(tx, cx, id, to).await? {
        return Err(CoverageError::OverrulingNotWaiting.into());
    }
    if input.approved {
        hold(tx, &head, &record).await?;
    }
    let what = if input.approved { "coverage.overruled" } else { "coverage.overruling_declined" };
    append(tx, cx, what, &head, id, &record).await?;
    shown(tx, asked.decision_id).await
}

// The decision that holds, with its terms and overrulings; one that was replaced is history and not changed.
async fn standing(
    tx: &mut Tx,
    cx: &Cx,
    id: CoverageDecisionId,
) -> Result<(Head, Terms, DecisionRecord, Vec<Stored>), Failure> {
    let head =
        store::cases::head_of_decision(tx, &cx.actor.reach, id).await?.ok_or(CoverageError::NoDecision)?;
    if head.decision_id != id {
        return Err(CoverageError::DecisionReplaced.into());
    }
    let kept = store::cases::kept(tx, id).await?.ok_or(CoverageError::NoDecision)?;
    let terms = Terms::version(tx, kept.policy_version).await?;
    let stored = store::overrulings::of(tx, [id]).await?;
    let held: Vec<Overruling> = stored.iter().filter_map(Stored::held).collect();
    let record = kept.record(&held)?;
    Ok((head, terms, record, stored))
}

fn tried(
    cx: &Cx,
    record: &mut DecisionRecord,
    asked: Overruling,
    policy: &CoveragePolicy,
) -> Result<(), Failure> {
    record.overrule(asked, policy).map_err(|refused| {
        let text = refused.text();
        let why = if cx.actor.lang == Lang::En { text.en } else { text.zh_cn };
        CoverageError::OverrulingRefused { why }.into()
    })
}

async fn hold(tx: &mut Tx, head: &Head, record: &DecisionRecord) -> Result<(), Failure> {
    let verdict = record.effective().verdict;
    let badge = rules::badge(record.decision(), verdict);
    store::cases::save_head(tx, head, verdict, &badge, record).await
}

async fn append(
    tx: &mut Tx,
    cx: &Cx,
    what: &'static str,
    head: &Head,
    id: OverrulingId,
    record: &DecisionRecord,
) -> Result<(), Failure> {
    let last = record.overrulings().last();
    let event = Event::new(what, "overruling", id)
        .thread(&head.case_id)
        .unit(&head.unit_id)
        .customer(&head.customer_id)
        .body(&json!({
            "decision_id": head.decision_id,
            "verdict": last.and_then(|o| o.verdict),
            "payers": last.map(|o| &o.payers),
            "policy_version": head.policy_version,
        }));
    Ok(kit::events::append(tx, cx, event).await?)
}
