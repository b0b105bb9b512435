//! What is shown: a work order, a visit, an engineer's day, the service order.

use std::collections::HashMap;
use std::hash::Hash;

use assets::FaultCodeKind;
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use kit::{Failure, Reach, Ts, Tx};
use organisation::EmployeeId;
use pricing::ChargesView;

use crate::actions::{money, paper};
use crate::checklist::Answered;
use crate::document::ServiceOrder;
use crate::errors::VisitError;
use crate::model::{EvidenceKind, SignatureKind, VisitId, VisitStep, WorkOrderId};
use crate::record::Visit;
use crate::rules::{gates, steps};
use crate::store::lists::OrderQuery;
use crate::store::{field, lists, records, rows};
use crate::views::{
    DayCard, DeviceCheckView, EvidenceView, FindingView, GuidanceView, MyDay, Need, NextStepView,
    OldPartView, PastVisit, QuoteView, ServiceOrderView, SignatureView, StampView, VisitBrief, VisitView,
    WorkOrderRow, WorkOrderView,
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
    Ok(visit_views(tx, &[id], now).await?.pop().ok_or(VisitError::Unknown)?)
}

/// Visits in full, whatever the reach, in the order asked for: one query per table, however many they are.
///
/// # Errors
/// As the database says.
pub(crate) async fn visit_views(tx: &mut Tx, ids: &[VisitId], now: Ts) -> Result<Vec<VisitView>, Failure> {
    let visits = rows::visits_by_ids(tx, ids).await?;
    let mut orders: Vec<WorkOrderId> = visits.iter().map(|v| v.work_order_id).collect();
    orders.sort_unstable();
    orders.dedup();
    let mut hung = Hanging {
        briefs: lists::briefs_of(tx, ids).await?.into_iter().map(|b| (b.id, b)).collect(),
        orders: lists::by_ids(tx, &orders, now).await?.into_iter().map(|o| (o.id, o)).collect(),
        answers: records::ANSWERS.of_many(tx, ids).await?,
        stamps: records::STAMPS.of_many(tx, ids).await?,
        findings: records::FINDINGS.of_many(tx, &orders).await?,
        evidence: records::EVIDENCE.of_many(tx, &orders).await?,
        old_parts: records::OLD_PARTS.of_many(tx, &orders).await?,
        guidance: records::GUIDANCE.of_many(tx, &orders).await?,
        devices: field::DEVICES.of_many(tx, &orders).await?,
        signatures: records::SIGNATURES.of_many(tx, &orders).await?,
        charges: {
            let ids: Vec<String> = orders.iter().map(ToString::to_string).collect();
            pricing::charges_of_each(tx, &ids).await?
        },
    };
    let mut visits: HashMap<VisitId, Visit> = visits.into_iter().map(|v| (v.id, v)).collect();
    let found = ids.iter().filter_map(|id| visits.remove(id));
    found.map(|visit| hung.view(&visit)).collect()
}

// What hangs on visits and their work orders; of an order that several visits share each has its own copy.
struct Hanging {
    briefs: HashMap<VisitId, VisitBrief>,
    orders: HashMap<WorkOrderId, WorkOrderRow>,
    answers: HashMap<VisitId, Vec<Answered>>,
    stamps: HashMap<VisitId, Vec<StampView>>,
    findings: HashMap<WorkOrderId, Vec<FindingView>>,
    evidence: HashMap<WorkOrderId, Vec<EvidenceView>>,
    old_parts: HashMap<WorkOrderId, Vec<OldPartView>>,
    guidance: HashMap<WorkOrderId, Vec<GuidanceView>>,
    devices: HashMap<WorkOrderId, Vec<DeviceCheckView>>,
    signatures: HashMap<WorkOrderId, Vec<(VisitId, SignatureView)>>,
    charges: HashMap<String, ChargesView>,
}

impl Hanging {
    fn view(&mut self, visit: &Visit) -> Result<VisitView, Failure> {
        fn of<K: Eq + Hash, T: Clone>(all: &HashMap<K, Vec<T>>, id: &K) -> Vec<T> {
            all.get(id).cloned().unwrap_or_default()
        }
        let (id, order_id) = (visit.id, visit.work_order_id);
        let brief = self.briefs.remove(&id).ok_or(VisitError::Unknown)?;
        let order = self.orders.get(&order_id).cloned().ok_or(VisitError::WorkOrderUnknown)?;
        let answers = self.answers.remove(&id).unwrap_or_default();
        let findings = of(&self.findings, &order_id);
        let evidence = of(&self.evidence, &order_id);
        let charges = self.charges.get(&order_id.to_string()).cloned().unwrap_or_default();
        let signatures = of(&self.signatures, &order_id);
        let acknowledged = signatures
            .iter()
            .rev()
            .find(|(_, s)| s.kind == SignatureKind::Quote)
            .map(|(_, s)| s.document_sha256.clone());
        let undecided = !charges.items.is_empty()
            && order.coverage.as_ref().is_some_and(|b| b.verdict == coverage::Verdict::Undecided);
        let (quote, document) = money::quote_of(&order.number, &charges, acknowledged, undecided)?;
        let next = next(visit, &answers, &findings, &evidence, &quote);
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
            old_parts: of(&self.old_parts, &order_id),
            guidance: of(&self.guidance, &order_id),
            devices: of(&self.devices, &order_id),
            stamps: self.stamps.remove(&id).unwrap_or_default(),
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

/// Earlier visits that a case shows.
const SHOWN_BEFORE: usize = 3;

/// The last visits to a case's site, those to its device first.
///
/// # Errors
/// `case_unknown` out of reach.
pub(crate) async fn past_visits_of(
    tx: &mut Tx,
    actor: &kit::Actor,
    id: cases::CaseId,
) -> Result<Vec<PastVisit>, Failure> {
    let case = cases::visible(tx, actor, id).await?;
    let of_site =
        lists::past_visits(tx, &[case.site_id], 20).await?.remove(&case.site_id).unwrap_or_default();
    let mut past: Vec<_> = of_site
        .into_iter()
        .map(|(of, past)| PastVisit { same_asset: of.is_some() && of == case.asset_id, ..past })
        .collect();
    past.sort_by_key(|visit| !visit.same_asset);
    past.truncate(SHOWN_BEFORE);
    Ok(past)
}

/// Earlier visits to a site that an engineer carries along.
const HISTORY: i64 = 5;

/// An engineer's visits of today and tomorrow with all that is needed without a signal (decision 13).
///
/// # Errors
/// As the database says.
pub(crate) async fn my_day(tx: &mut Tx, engineer_id: EmployeeId, now: Ts) -> Result<MyDay, Failure> {
    let unit_id = organisation::employee(tx, engineer_id).await?.unit_id;
    let zone = organisation::zone_of(tx, unit_id).await?;
    let (from, _, today) = day_bounds(now, &zone, 1)?;
    let briefs = lists::of_engineer(tx, engineer_id, from).await?;
    let (held, over): (Vec<_>, Vec<_>) = briefs.into_iter().partition(|brief| brief.state.holds_window());
    let ids: Vec<VisitId> = held.iter().map(|brief| brief.id).collect();
    let views = visit_views(tx, &ids, now).await?;
    let cases: Vec<String> = views.iter().map(|v| v.order.case_id.to_string()).collect();
    let previews = coverage::exclusion_previews(tx, &cases).await?;
    let foreseen =
        |visit: &VisitView| previews.get(&visit.order.case_id.to_string()).cloned().unwrap_or_default();
    let mut customers: Vec<_> = views.iter().map(|v| v.order.customer_id).collect();
    customers.sort_unstable();
    customers.dedup();
    let levels = money::levels_of_many(tx, &customers, now).await?;
    let mut sites: Vec<_> = views.iter().map(|v| v.order.site.id).collect();
    sites.sort_unstable();
    sites.dedup();
    let past = lists::past_visits(tx, &sites, HISTORY).await?;
    let history_of = |visit: &VisitView| {
        let asset = visit.order.asset.as_ref().map(|a| a.id);
        let of_site = past.get(&visit.order.site.id).into_iter().flatten();
        of_site
            .map(|(of, past)| PastVisit { same_asset: of.is_some() && *of == asset, ..past.clone() })
            .collect()
    };
    let visits = views
        .into_iter()
        .map(|visit| DayCard {
            history: history_of(&visit),
            exclusions: foreseen(&visit),
            price_levels: levels.get(&visit.order.customer_id).copied().unwrap_or_default(),
            visit,
        })
        .collect();
    // A day without a price list is still a day: charges are then refused one by one.
    let prices = match pricing::in_force(tx, now).await {
        Ok(list) => list.lines,
        Err(Failure::Refused(_)) => Vec::new(),
        Err(other) => return Err(other),
    };
    let fault_codes = assets::fault_codes(tx).await?;
    Ok(MyDay {
        now,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        today,
        visits,
        over,
        prices,
        fault_codes,
        way: crate::actions::field::sharing(tx, engineer_id).await?,
    })
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
    let causes: Vec<_> =
        document.findings.iter().map(|finding| (FaultCodeKind::Cause, finding.cause_code.clone())).collect();
    let cause_names = assets::fault_names(tx, &causes).await?;
    let cause_names = cause_names.into_iter().filter(|((kind, _), _)| *kind == FaultCodeKind::Cause);
    Ok(ServiceOrderView {
        cause_names: cause_names.map(|((_, code), name)| (code, name)).collect(),
        document,
        sha256,
        shown_at,
        signature,
        left_at: visit.left_at,
        invoice: records::duty(tx, id).await?,
    })
}

/// A page of work orders; "today" is the day of the actor's unit.
///
/// # Errors
/// `cursor_invalid`.
pub(crate) async fn orders(
    tx: &mut Tx,
    actor: &kit::Actor,
    query: &OrderQuery,
    now: Ts,
) -> Result<(Vec<WorkOrderRow>, Option<String>), Failure> {
    let zone = match actor.unit_id.as_deref().and_then(|id| id.parse().ok()) {
        Some(unit_id) => organisation::zone_of(tx, unit_id).await?,
        None => jiff::tz::TimeZone::get(policy::ZONE).unwrap_or(jiff::tz::TimeZone::UTC),
    };
    let (from, to, _) = day_bounds(now, &zone, 1)?;
    lists::list(tx, &actor.reach, query, now, (from, to)).await
}
