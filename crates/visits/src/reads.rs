//! What is shown: a work order, a visit, an engineer's day, the service order.

use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use kit::{Failure, Reach, Ts, Tx};
use organisation::EmployeeId;

use crate::actions::{money, paper};
use crate::checklist::Answered;
use crate::document::ServiceOrder;
use crate::errors::VisitError;
use crate::model::{EvidenceKind, SignatureKind, VisitId, VisitStep, WorkOrderId};
use crate::record::Visit;
use crate::rules::{gates, steps};
use crate::store::{lists, records, rows};
use crate::views::{
    DayCard, EvidenceView, FindingView, MyDay, Need, NextStepView, QuoteView, ServiceOrderView, VisitView,
    WorkOrderView,
};

/// A work order in full, whatever the reach: the caller has looked at that.
///
/// # Errors
/// `work_order_unknown`.
pub(crate) async fn order_view(tx: &mut Tx, id: WorkOrderId, now: Ts) -> Result<WorkOrderView, Failure> {
    let order = rows::order(tx, &Reach::Everything, id, false).await?.ok_or(VisitError::WorkOrderUnknown)?;
    let row = lists::by_ids(tx, &[id], now).await?.pop().ok_or(VisitError::WorkOrderUnknown)?;
    Ok(WorkOrderView {
        order: row,
        visits: lists::briefs(tx, id).await?,
        charges: pricing::charges_of(tx, &id.to_string()).await?,
        invoice: records::duty(tx, id).await?,
        takes_visits: rows::takes_visits(order.state),
        cancel_reason: order.cancel_reason,
    })
}

/// A visit in full, whatever the reach: the caller has looked at that.
///
/// # Errors
/// `visit_unknown`.
pub(crate) async fn visit_view(tx: &mut Tx, id: VisitId, now: Ts) -> Result<VisitView, Failure> {
    let visit = rows::visit(tx, &Reach::Everything, id).await?.ok_or(VisitError::Unknown)?;
    let brief = lists::brief_of(tx, id).await?.ok_or(VisitError::Unknown)?;
    let order =
        lists::by_ids(tx, &[visit.work_order_id], now).await?.pop().ok_or(VisitError::WorkOrderUnknown)?;
    let answers = records::answers(tx, id).await?;
    let findings = records::findings(tx, visit.work_order_id).await?;
    let evidence = records::evidence(tx, visit.work_order_id).await?;
    let charges = pricing::charges_of(tx, &visit.work_order_id.to_string()).await?;
    let signatures = records::signatures(tx, visit.work_order_id).await?;
    let acknowledged = signatures
        .iter()
        .rev()
        .find(|(_, s)| s.kind == SignatureKind::Quote)
        .map(|(_, s)| s.document_sha256.clone());
    let undecided = !charges.items.is_empty()
        && order.coverage.as_ref().is_some_and(|b| b.verdict == coverage::Verdict::Undecided);
    let (quote, document) = money::quote_of(&order.number, &charges, acknowledged, undecided)?;
    let next = next(&visit, &answers, &findings, &evidence, &quote);
    let standing = visit.standing();
    Ok(VisitView {
        state_code: visit.state.code().map(str::to_owned),
        state_note: visit.state.note().map(str::to_owned),
        left_at: visit.left_at,
        self_checked_at: visit.self_checked_at,
        document_sha256: visit.shown_sha256.clone(),
        signed_at: visit.signed_at,
        checklist: visit.checklist.clone(),
        answers,
        findings,
        evidence,
        old_parts: records::old_parts(tx, visit.work_order_id).await?,
        stamps: records::stamps(tx, id).await?,
        quote: (document.totals.customer_minor > 0).then(|| QuoteView {
            acknowledged: quote.acknowledged.as_deref() == Some(quote.hash.as_str()),
            sha256: quote.hash.clone(),
            document,
        }),
        charges,
        signatures: signatures.into_iter().filter(|(of, _)| *of == id).map(|(_, s)| s).collect(),
        next,
        steps: steps::open_steps(&standing).collect(),
        visit: brief,
        order,
    })
}

// The button's step with everything that it would be refused for now.
fn next(
    visit: &Visit,
    answers: &[Answered],
    findings: &[FindingView],
    evidence: &[EvidenceView],
    quote: &gates::Quote,
) -> Option<NextStepView> {
    let step = steps::next(&visit.standing())?;
    let after = evidence.iter().filter(|e| e.visit_id == visit.id && e.kind == EvidenceKind::After).count();
    let gate = match step {
        VisitStep::Depart => gates::may_depart(&visit.checklist, answers),
        VisitStep::SelfCheck => gates::may_self_check(&visit.checklist, answers),
        VisitStep::Present => gates::may_present(findings.len(), after, quote),
        _ => Ok(()),
    };
    let needs = gate.err().map(|error| {
        let refusal = error.refusal();
        Need {
            code: refusal.code.to_owned(),
            values: refusal.values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    });
    Some(NextStepView { step, needs: needs.into_iter().collect() })
}

/// The instants at which `now`'s day in `zone` and the `days` after it begin and end.
///
/// # Errors
/// At the ends of the calendar.
pub(crate) fn day_bounds(now: Ts, zone: &TimeZone, days: i64) -> Result<(Ts, Ts, String), Failure> {
    let outside = |e: jiff::Error| Failure::Internal(e.into());
    let date = now.timestamp().to_zoned(zone.clone()).date();
    let last = date.checked_add(days.days()).map_err(outside)?;
    let start = date.to_zoned(zone.clone()).map_err(outside)?;
    let end = last.to_zoned(zone.clone()).map_err(outside)?;
    Ok((start.timestamp().into(), end.timestamp().into(), date.to_string()))
}

/// An engineer's visits of today and tomorrow with all that is needed without a signal (decision 13).
///
/// # Errors
/// As the database says.
pub(crate) async fn my_day(tx: &mut Tx, engineer_id: EmployeeId, now: Ts) -> Result<MyDay, Failure> {
    let unit_id = organisation::employee(tx, engineer_id).await?.unit_id;
    let zone = organisation::zone_of(tx, unit_id).await?;
    let (from, to, today) = day_bounds(now, &zone, 2)?;
    let (mut visits, mut over) = (Vec::new(), Vec::new());
    for brief in lists::of_engineer(tx, engineer_id, from, to).await? {
        if brief.state.holds_window() {
            let visit = visit_view(tx, brief.id, now).await?;
            let exclusions = coverage::exclusion_previews(tx, &visit.order.case_id.to_string()).await?;
            visits.push(DayCard { visit, exclusions });
        } else {
            over.push(brief);
        }
    }
    // A day without a price list is still a day: charges are then refused one by one.
    let prices = match pricing::in_force(tx, now).await {
        Ok(list) => list.lines,
        Err(Failure::Refused(_)) => Vec::new(),
        Err(other) => return Err(other),
    };
    Ok(MyDay { now, zone: zone.iana_name().unwrap_or("UTC").to_owned(), today, visits, over, prices })
}

/// The service order of a work order within reach: what was signed, else what was shown, else a draft of what stands.
///
/// # Errors
/// `work_order_unknown`; `service_order_unknown` before the first visit.
pub(crate) async fn service_order(
    tx: &mut Tx,
    reach: &Reach,
    id: WorkOrderId,
) -> Result<ServiceOrderView, Failure> {
    let order = rows::order(tx, reach, id, false).await?.ok_or(VisitError::WorkOrderUnknown)?;
    let visits = rows::visits_of(tx, id).await?;
    let visit = visits
        .iter()
        .rev()
        .find(|v| v.signed_at.is_some())
        .or_else(|| visits.iter().rev().find(|v| v.state.name().holds_window()))
        .or(visits.last())
        .ok_or(VisitError::DocumentUnknown)?;
    let signature = records::signatures(tx, id)
        .await?
        .into_iter()
        .find(|(of, s)| *of == visit.id && s.kind == SignatureKind::Result)
        .map(|(_, s)| s);
    let shown = match &visit.shown_sha256 {
        Some(digest) => {
            records::shown(tx, visit.id, digest).await?.map(|(content, at)| (digest, content, at))
        }
        None => None,
    };
    let (document, sha256, shown_at) = match shown {
        Some((digest, content, at)) => {
            (serde_json::from_str::<ServiceOrder>(&content)?, digest.clone(), Some(at))
        }
        None => {
            let document = paper::build(tx, &order, visit).await?;
            let digest = crate::document::sha256(&crate::document::canonical(&document)?);
            (document, digest, None)
        }
    };
    Ok(ServiceOrderView {
        document,
        sha256,
        shown_at,
        signature,
        left_at: visit.left_at,
        invoice: records::duty(tx, id).await?,
    })
}
