//! What an engineer records on site: findings, answers, photos, removed parts.

use assets::FaultCodeKind;
use kit::files::{Files, Progress};
use kit::{Cx, Failure, Tx};
use serde_json::json;

use super::money::quote;
use super::{By, MAX_NAME, MAX_REASON, MAX_TEXT, Taken, at, happened, load, optional, take, text};
use crate::checklist::{Answered, Section};
use crate::errors::VisitError;
use crate::inputs::{AnswerItem, NewEvidence, NewFinding, NewGuidance, NewOldPart};
use crate::model::{EvidenceKind, VisitId, VisitStep, WorkOrderId};
use crate::reads;
use crate::record::Visit;
use crate::rules::gates;
use crate::store::records;
use crate::views::{EvidenceView, FindingView, GuidanceView, OldPartView, VisitView};

/// Records what was found and done (P22).
///
/// # Errors
/// As [`load`]; `visit_finding_missing` without words, `visit_text_too_long`, `visit_fault_code_unknown`,
/// `visit_cause_code_unknown`.
pub async fn record_finding(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: NewFinding,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::RecordFinding, By::Engineer, None).await?;
    let finding = FindingView {
        visit_id: id,
        text: text(&input.text, MAX_TEXT, VisitError::FindingMissing)?,
        fault_code: optional(input.fault_code.as_deref(), 64)?,
        fault_name: None,
        cause_code: text(&input.cause_code, 64, VisitError::FindingMissing)?,
        cause_name: None,
        action: text(&input.action, MAX_TEXT, VisitError::FindingMissing)?,
        at: happened(tx, cx, id).await?,
    };
    let mut named = vec![(FaultCodeKind::Cause, &finding.cause_code, VisitError::CauseUnknown)];
    named
        .extend(finding.fault_code.iter().map(|code| (FaultCodeKind::Fault, code, VisitError::FaultUnknown)));
    for (kind, code, unknown) in named {
        // One that can no longer be chosen is still taken: a phone may have been without a signal since.
        match assets::fault_code(tx, kind, code).await {
            Err(Failure::Refused(_)) => return Err(unknown.into()),
            other => other?,
        };
    }
    records::insert_finding(tx, cx, order.id, &finding).await?;
    let codes = json!({ "fault_code": finding.fault_code, "cause_code": finding.cause_code });
    let taken = Taken::staff(VisitStep::RecordFinding, "visit.finding_recorded").more(codes);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Answers a step of the checklist (P24). A new answer takes the self-inspection's confirmation back.
///
/// # Errors
/// As [`load`]; the refusals of an answer; `visit_quote_not_acknowledged` before chargeable work (P22).
pub async fn answer(tx: &mut Tx, cx: &Cx, id: VisitId, input: AnswerItem) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Answer, By::Engineer, None).await?;
    let answers = records::answers(tx, id).await?;
    let sections = [Section::Work, Section::SelfInspection];
    let section = gates::may_answer(&visit.checklist, &answers, &sections, &input.item, &input.answer)?;
    let note = optional(input.answer.note(), MAX_REASON)?;
    let safety = visit.checklist.items.iter().any(|i| i.key == input.item && i.safety);
    if section == Section::Work && !safety {
        quote(tx, &order).await?.0.settled().map_err(|e| at(&visit, e))?;
    }
    let answer = crate::checklist::Answer::from_parts(input.answer.name(), note)
        .ok_or(VisitError::AnswerReasonMissing { item: input.item.clone() })?;
    let answered = Answered { item: input.item, answer };
    records::set_answer(tx, cx, id, &answered).await?;
    visit.self_checked_at = None;
    let body = json!({ "item": answered.item, "result": answered.answer.name() });
    let taken = Taken::staff(VisitStep::Answer, "visit.step_answered").more(body);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Adds a photo that was sent before; the same one twice is one.
///
/// # Errors
/// As [`load`]; `evidence_digest_invalid`, `evidence_file_missing`; for a photo after the work,
/// `visit_quote_not_acknowledged` (P22).
pub async fn add_evidence(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: NewEvidence,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::AddEvidence, By::Engineer, None).await?;
    if input.kind == EvidenceKind::After {
        quote(tx, &order).await?.0.settled().map_err(|e| at(&visit, e))?;
    }
    let note = optional(input.note.as_deref(), MAX_REASON)?;
    keep_photo(tx, cx, order.id, &visit, input.kind, &input.sha256, note).await?;
    let body = json!({ "kind": input.kind, "sha256": input.sha256 });
    let taken = Taken::staff(VisitStep::AddEvidence, "visit.evidence_added").more(body);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Keeps a photo of a visit if its file has arrived.
///
/// # Errors
/// `evidence_digest_invalid`, `evidence_file_missing`.
pub(crate) async fn keep_photo(
    tx: &mut Tx,
    cx: &Cx,
    work_order_id: WorkOrderId,
    visit: &Visit,
    kind: EvidenceKind,
    sha256: &str,
    note: Option<String>,
) -> Result<(), Failure> {
    if !Files::is_digest(sha256) {
        return Err(VisitError::DigestInvalid.into());
    }
    // Who only knows a digest doesn't come by the photo behind it.
    if !matches!(cx.app.files.progress(sha256)?, Progress::Whole(_))
        || !identity::files::may_use(tx, &cx.actor, crate::FILE_USES, sha256).await?
    {
        return Err(VisitError::FileMissing.into());
    }
    let photo = EvidenceView {
        id: cx.new_id(),
        visit_id: visit.id,
        kind,
        sha256: sha256.to_owned(),
        note,
        at: cx.now,
        device_at: cx.device_at,
    };
    records::insert_evidence(tx, work_order_id, &photo).await?;
    Ok(())
}

/// Records what became of a removed part (P23).
///
/// # Errors
/// As [`load`]; `old_part_invalid`.
pub async fn record_old_part(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: NewOldPart,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::RecordOldPart, By::Engineer, None).await?;
    let quantity = input.quantity.unwrap_or(1);
    if !(1..=1000).contains(&quantity) {
        return Err(VisitError::OldPartInvalid.into());
    }
    let part = OldPartView {
        id: cx.new_id(),
        visit_id: id,
        name: text(&input.name, 200, VisitError::OldPartInvalid)?,
        serial: optional(input.serial.as_deref(), MAX_NAME)?,
        quantity,
        fate: input.fate,
        at: happened(tx, cx, id).await?,
    };
    records::insert_old_part(tx, order.id, &part).await?;
    let body = json!({ "old_part_id": part.id, "quantity": quantity, "fate": part.fate });
    let taken = Taken::staff(VisitStep::RecordOldPart, "visit.old_part_recorded").more(body);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Records who of the customer was shown what, and for how long (P25).
///
/// # Errors
/// As [`load`]; `visit_guidance_invalid`.
pub async fn record_guidance(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    input: NewGuidance,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::RecordGuidance, By::Engineer, None).await?;
    if !(1..=480).contains(&input.minutes) {
        return Err(VisitError::GuidanceInvalid.into());
    }
    let guidance = GuidanceView {
        id: cx.new_id(),
        visit_id: id,
        who: text(&input.who, MAX_NAME, VisitError::GuidanceInvalid)?,
        topic: text(&input.topic, 200, VisitError::GuidanceInvalid)?,
        minutes: input.minutes,
        at: happened(tx, cx, id).await?,
    };
    records::insert_guidance(tx, order.id, &guidance).await?;
    // Names stay in the record: the event refers to it.
    let body = json!({ "guidance_id": guidance.id, "minutes": guidance.minutes });
    let taken = Taken::staff(VisitStep::RecordGuidance, "visit.guidance_recorded").more(body);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    reads::visit_view(tx, id, cx.now).await
}
