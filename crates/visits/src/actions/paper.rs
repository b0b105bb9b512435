//! The service order: self-inspection, freezing it, signature or recorded refusal (P70, P72, P73).

use kit::{Cx, Failure, Refusal, Tx};
use serde_json::json;

use super::follow::follow_case;
use super::money::{follow_coverage, overflow, quote, signed};
use super::{By, MAX_NAME, MAX_REASON, Taken, at, happened, load, take, text};
use crate::checklist::Section;
use crate::document::{
    AssetPart, ChecklistPart, CoveragePart, EarlierVisit, FORMAT, FaultPart, FindingPart, GuidancePart,
    ItemPart, OldPart, Parties, PhotoPart, QuotePart, ServiceOrder, SitePart, Times, Totals, binding,
    canonical, sha256,
};
use crate::errors::VisitError;
use crate::inputs::{Present, RefuseSignature, SignOrder};
use crate::model::{EvidenceKind, SignatureKind, SignatureOutcome, VisitId, VisitStep};
use crate::reads;
use crate::record::{Visit, WorkOrder};
use crate::rules::plan::Stamped;
use crate::rules::{gates, plan};
use crate::store::{lists, records, rows};
use crate::views::{ServiceOrderView, SignatureView, StampView, VisitView};

/// Confirms the self-inspection (P73): every step of work and self-inspection has an answer, and none of the latter failed.
///
/// # Errors
/// As [`load`]; `checklist_items_open`, `self_inspection_failed`.
pub async fn self_check(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::SelfCheck, By::Engineer, None).await?;
    let answers = records::answers(tx, id).await?;
    gates::may_self_check(&visit.checklist, &answers).map_err(|e| at(&visit, e))?;
    visit.self_checked_at = Some(happened(tx, cx, id).await?);
    take(tx, cx, &mut order, &mut visit, Taken::staff(VisitStep::SelfCheck, "visit.self_checked")).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Freezes the canonical service order and returns it with its SHA-256: what the customer is shown (P72).
///
/// # Errors
/// A phone without a signal has shown it already: what it showed is frozen, if it says what stands here too.
///
/// # Errors
/// As [`load`]; `visit_finding_missing`, `visit_after_photo_missing`, `visit_quote_not_acknowledged`;
/// `visit_document_changed` if the phone showed something else.
pub async fn present(tx: &mut Tx, cx: &Cx, id: VisitId, input: Present) -> Result<ServiceOrderView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Present, By::Engineer, None).await?;
    follow_case(tx, cx, &mut order).await?;
    follow_coverage(tx, cx, &order).await?;
    let findings = records::findings(tx, order.id).await?.len();
    let photos = records::evidence(tx, order.id).await?;
    let after = photos.iter().filter(|p| p.visit_id == id && p.kind == EvidenceKind::After).count();
    let (quote, _) = quote(tx, &order).await?;
    gates::may_present(findings, after, &quote).map_err(|e| at(&visit, e))?;
    let stands = build(tx, &order, &visit).await?;
    let document = match input.shown {
        Some(shown) if !shown.says_what(&stands) => {
            return Err(differs(&sha256(&canonical(&shown)?), &sha256(&canonical(&stands)?)));
        }
        Some(shown) => shown,
        None => stands,
    };
    let content = canonical(&document)?;
    let digest = sha256(&content);
    records::keep_shown(tx, id, order.id, SignatureKind::Result, &content, &digest, cx.now).await?;
    visit.shown_sha256 = Some(digest.clone());
    let taken = Taken::staff(VisitStep::Present, "visit.presented")
        .more(json!({ "sha256": digest, "total_minor": document.totals.customer_minor }));
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::service_order(tx, &kit::Reach::Everything, order.id).await
}

/// The customer signs what was shown, if it is still what stands (P72).
///
/// # Errors
/// As [`load`]; `visit_document_hash_wrong`, `visit_document_changed`, `signature_empty`, `signature_signer_missing`.
pub async fn sign(tx: &mut Tx, cx: &Cx, id: VisitId, input: SignOrder) -> Result<VisitView, Failure> {
    sign_as(tx, cx, id, input, By::Engineer).await
}

/// The same on the customer's own device: the actor is the customer, and signs what the engineer has shown.
///
/// # Errors
/// As [`sign`].
pub async fn sign_by_customer(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: SignOrder,
) -> Result<VisitView, Failure> {
    sign_as(tx, cx, id, input, By::Customer).await
}

async fn sign_as(tx: &mut Tx, cx: &Cx, id: VisitId, input: SignOrder, by: By) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Sign, by, None).await?;
    follow_case(tx, cx, &mut order).await?;
    unchanged(tx, &order, &visit, &input.document_hash).await?;
    let signed_at = happened(tx, cx, id).await?;
    let (signature, strokes) = signed(
        cx,
        signed_at,
        SignatureKind::Result,
        &input.document_hash,
        &input.signer_name,
        &input.strokes,
    )?;
    records::insert_signature(tx, id, order.id, &signature, Some(&strokes)).await?;
    visit.signed_at = Some(signature.at);
    let taken =
        Taken::customer(VisitStep::Sign, "visit.signed").more(json!({ "sha256": input.document_hash }));
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// The customer doesn't sign; reason and witness are recorded against what was shown (P72).
///
/// # Errors
/// As [`sign`]; `visit_reason_missing`, `signature_witness_missing`.
pub async fn refuse_signature(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: RefuseSignature,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::RefuseSignature, By::Engineer, None).await?;
    let reason = text(&input.reason, MAX_REASON, VisitError::ReasonMissing)?;
    let witness = text(&input.witness, MAX_NAME, VisitError::WitnessMissing)?;
    follow_case(tx, cx, &mut order).await?;
    unchanged(tx, &order, &visit, &input.document_hash).await?;
    let refused_at = happened(tx, cx, id).await?;
    let refusal = SignatureView {
        id: cx.new_id(),
        kind: SignatureKind::Result,
        outcome: SignatureOutcome::Refused,
        document_sha256: input.document_hash.clone(),
        signer_name: None,
        strokes: None,
        strokes_sha256: None,
        binding_sha256: binding(&input.document_hash, &sha256(&reason), &witness, refused_at),
        reason: Some(reason),
        witness: Some(witness),
        at: refused_at,
        device_at: cx.device_at,
    };
    records::insert_signature(tx, id, order.id, &refusal, None).await?;
    visit.signed_at = Some(refused_at);
    let taken = Taken::customer(VisitStep::RefuseSignature, "visit.signature_refused")
        .more(json!({ "sha256": input.document_hash }));
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

// The digest must be that of what was shown, and what was shown must be what stands.
async fn unchanged(tx: &mut Tx, order: &WorkOrder, visit: &Visit, hash: &str) -> Result<(), Failure> {
    if visit.shown_sha256.as_deref() != Some(hash) {
        return Err(at(visit, VisitError::DocumentHashWrong).into());
    }
    let document = build(tx, order, visit).await?;
    let stands = sha256(&canonical(&document)?);
    if stands == hash {
        return Ok(());
    }
    // A phone that had no signal showed the same facts with times of its own.
    let shown = records::shown(tx, visit.id, hash).await?.map(|(content, _)| content).unwrap_or_default();
    match serde_json::from_str::<ServiceOrder>(&shown) {
        Ok(shown) if shown.says_what(&document) => Ok(()),
        _ => Err(differs(hash, &stands)),
    }
}

fn differs(shown: &str, stands: &str) -> Failure {
    let refusal: Refusal = VisitError::DocumentChanged.into();
    refusal.current(json!({ "shown_sha256": shown, "stands_sha256": stands })).into()
}

fn stamp_of(stamps: &[StampView], step: VisitStep) -> Option<kit::Ts> {
    let steps: Vec<_> = stamps.iter().map(|s| Stamped { at: s.at, device_at: s.device_at }).collect();
    let times = plan::happened(&steps);
    stamps.iter().zip(times).find(|(s, _)| s.step == step).map(|(_, at)| at)
}

/// The service order of a visit from what stands now; the same facts always give the same document.
///
/// # Errors
/// As the database says.
pub(crate) async fn build(tx: &mut Tx, order: &WorkOrder, visit: &Visit) -> Result<ServiceOrder, Failure> {
    let row = lists::by_ids(tx, &[order.id], visit.window.start)
        .await?
        .pop()
        .ok_or(VisitError::WorkOrderUnknown)?;
    let parties = lists::parties(tx, order.id).await?.ok_or(VisitError::WorkOrderUnknown)?;
    let brief = lists::briefs_of(tx, &[visit.id]).await?.pop().ok_or(VisitError::Unknown)?;
    let answers = records::answers(tx, visit.id).await?;
    let stamps = records::stamps(tx, visit.id).await?;
    let charges = pricing::charges_of(tx, &order.id.to_string()).await?;
    let mut lines: Vec<_> = charges.items.iter().map(super::money::line).collect();
    if let (Some(at), Some(_)) = (visit.arrived_at, order.asset_id) {
        let zone = jiff::tz::TimeZone::get(&parties.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let day = at.timestamp().to_zoned(zone).date();
        let until = coverage::part_cover_end(tx, coverage::PartWarrantyKind::Sold, day).await?;
        let sold: Vec<String> =
            super::money::sold_parts(&charges).iter().map(|charge| charge.id.to_string()).collect();
        for line in lines.iter_mut().filter(|line| sold.contains(&line.id)) {
            line.covered_until = until.map(|day| day.to_string());
        }
    }
    let currency = charges.totals.currency.as_deref().unwrap_or(super::money::CURRENCY);
    let totals = Totals::of(&lines, currency).ok_or_else(|| overflow(&order.number))?;
    let coverage = coverage::of_case(tx, &order.case_id.to_string()).await?.map(|decided| CoveragePart {
        decision_id: decided.id.to_string(),
        verdict: name(&decided.decision.verdict),
        clause: decided.decision.clause.as_ref().map(|c| c.promise.clone()),
        until: decided.decision.badge.until.map(|d| d.to_string()),
        exclusions: decided.decision.exclusions.iter().map(name).collect(),
        reasons: decided.decision.reasons.iter().map(|r| r.text.clone()).collect(),
        policy_version: decided.decision.policy_version,
    });
    let quote = records::signatures(tx, order.id)
        .await?
        .into_iter()
        .map(|(_, s)| s)
        .rev()
        .find(|s| s.kind == SignatureKind::Quote)
        .and_then(|s| {
            Some(QuotePart {
                sha256: s.document_sha256,
                signer_name: s.signer_name?,
                strokes_sha256: s.strokes_sha256?,
                signed_at: s.at,
            })
        });
    let earlier_visits = rows::visits_of(tx, order.id)
        .await?
        .into_iter()
        .filter(|v| v.id != visit.id && v.arrived_at.is_some())
        .map(|v| EarlierVisit { number: v.number, arrived_at: v.arrived_at, left_at: v.left_at })
        .collect();
    Ok(ServiceOrder {
        format: FORMAT.into(),
        number: order.number.clone(),
        visit_number: visit.number.clone(),
        case_number: row.case_number,
        kind: order.kind,
        parties: Parties {
            unit: row.unit,
            engineer: brief.engineer.name,
            badge_number: brief.engineer.badge_number,
            customer: row.customer_name,
            customer_number: parties.customer_number,
        },
        site: SitePart {
            name: row.site.name,
            address: row.site.address,
            place: order.place.clone(),
            zone: parties.zone,
        },
        asset: row.asset.map(|a| AssetPart {
            serial: a.serial,
            model: a.model,
            name: a.product,
            accepted_on: parties.accepted_on,
        }),
        fault: FaultPart {
            symptom: order.symptom.clone(),
            severity: Some(name(&row.severity)),
            reported_at: row.reported_at,
            onsite_agreed_at: row.onsite_agreed_at,
        },
        findings: records::findings(tx, order.id)
            .await?
            .into_iter()
            .map(|f| FindingPart {
                text: f.text,
                fault_code: f.fault_code,
                cause_code: f.cause_code,
                action: f.action,
            })
            .collect(),
        checklist: ChecklistPart {
            title: visit.checklist.title.clone(),
            version: visit.checklist.version,
            items: visit
                .checklist
                .items
                .iter()
                .filter(|item| item.section != Section::Departure)
                .map(|item| ItemPart {
                    section: item.section,
                    text: item.text.clone(),
                    answer: answers.iter().find(|a| a.item == item.key).map(|a| a.answer.clone()),
                })
                .collect(),
        },
        guidance: records::guidance(tx, order.id)
            .await?
            .into_iter()
            .map(|g| GuidancePart { who: g.who, topic: g.topic, minutes: g.minutes })
            .collect(),
        old_parts: records::old_parts(tx, order.id)
            .await?
            .into_iter()
            .map(|p| OldPart { name: p.name, serial: p.serial, quantity: p.quantity, fate: p.fate })
            .collect(),
        photos: records::evidence(tx, order.id)
            .await?
            .into_iter()
            .map(|p| PhotoPart { kind: p.kind, sha256: p.sha256 })
            .collect(),
        coverage,
        lines,
        totals,
        times: Times {
            window_start: visit.window.start,
            window_end: visit.window.end,
            departed_at: stamp_of(&stamps, VisitStep::Depart),
            arrived_at: visit.arrived_at,
            started_at: stamp_of(&stamps, VisitStep::Start),
            self_checked_at: visit.self_checked_at,
            earlier_visits,
        },
        quote,
    })
}

fn name(of: &impl serde::Serialize) -> String {
    serde_json::to_value(of).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
