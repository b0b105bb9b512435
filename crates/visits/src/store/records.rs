//! What is recorded on a visit: stamps, findings, answers, evidence, parts, documents, signatures, invoices owed.

use kit::{Cx, DbError, Row, Ts, Tx, Value, params};

use super::hung::Hung;
use super::maybe;
use crate::checklist::{Answer, Answered};
use crate::model::{
    ArrivalMethod, EvidenceKind, OldPartFate, PlaceCheck, Position, SignatureId, SignatureKind,
    SignatureOutcome, VisitId, VisitStep, WorkOrderId,
};
use crate::rules::plan::Stamped;
use crate::views::{
    EvidenceView, FindingView, GuidanceView, InvoiceDutyView, OldPartView, SignatureView, StampView,
};

/// Where an arrival was, and what that says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub position: Option<Position>,
    pub method: Option<ArrivalMethod>,
    pub check: Option<PlaceCheck>,
    pub distance_m: Option<i64>,
}

/// Keeps a step with both times.
pub(crate) async fn stamp(
    tx: &mut Tx,
    cx: &Cx,
    visit_id: VisitId,
    step: VisitStep,
    place: &Place,
    note: Option<&str>,
) -> Result<(), DbError> {
    let id: kit::uuid::Uuid = cx.new_id();
    tx.execute(
        "INSERT INTO visit_stamp (id, visit_id, step, at, device_at, by_id, lon, lat, accuracy_m, method, place_check, distance_m, \
         note, drift_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            id,
            visit_id,
            step,
            cx.now,
            cx.device_at,
            &cx.actor.id,
            place.position.map(|p| p.lon),
            place.position.map(|p| p.lat),
            place.position.map(|p| p.accuracy_m),
            place.method,
            place.check,
            place.distance_m,
            note,
            cx.telling_drift_s()
        ],
    )
    .await?;
    Ok(())
}

/// Both times of every step of a visit, in the order in which they were taken.
pub(crate) async fn stamped(tx: &mut Tx, visit_id: VisitId) -> Result<Vec<Stamped>, DbError> {
    let sql = "SELECT at, device_at FROM visit_stamp WHERE visit_id = $1 ORDER BY at, id";
    let rows = tx.rows(sql, params![visit_id]).await?;
    rows.iter().map(|row| Ok(Stamped { at: row.get("at")?, device_at: row.get("device_at")? })).collect()
}

/// Every step of a visit, oldest first.
pub(crate) async fn stamps(tx: &mut Tx, visit_id: VisitId) -> Result<Vec<StampView>, DbError> {
    STAMPS.of(tx, visit_id).await
}

/// The same for many at once.
pub(crate) const STAMPS: Hung<VisitId, StampView> = Hung::new(
    "step, at, device_at, method, place_check, distance_m, drift_s, note",
    "visit_stamp",
    "visit_id",
    "at, id",
    |row| {
        Ok(StampView {
            step: row.parse("step")?,
            at: row.get("at")?,
            device_at: row.get("device_at")?,
            method: maybe(row, "method")?,
            place_check: maybe(row, "place_check")?,
            distance_m: row.get("distance_m")?,
            drift_s: row.get("drift_s")?,
            note: row.get("note")?,
        })
    },
);

/// Keeps a finding.
pub(crate) async fn insert_finding(
    tx: &mut Tx,
    cx: &Cx,
    work_order_id: WorkOrderId,
    new: &FindingView,
) -> Result<(), DbError> {
    let id: kit::uuid::Uuid = cx.new_id();
    tx.execute(
        "INSERT INTO finding (id, visit_id, work_order_id, fault_code, cause_code, text, action, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            id,
            new.visit_id,
            work_order_id,
            new.fault_code.clone(),
            &new.cause_code,
            &new.text,
            &new.action,
            new.at
        ],
    )
    .await?;
    Ok(())
}

/// Findings of a work order, oldest first.
pub(crate) async fn findings(tx: &mut Tx, work_order_id: WorkOrderId) -> Result<Vec<FindingView>, DbError> {
    FINDINGS.of(tx, work_order_id).await
}

/// The same for many at once.
pub(crate) const FINDINGS: Hung<WorkOrderId, FindingView> = Hung::new(
    "visit_id, fault_code, cause_code, text, action, at, \
     (SELECT c.name_zh FROM fault_code c WHERE c.kind = 'fault' AND c.code = finding.fault_code) AS fault_zh, \
     (SELECT c.name_en FROM fault_code c WHERE c.kind = 'fault' AND c.code = finding.fault_code) AS fault_en, \
     (SELECT c.name_zh FROM fault_code c WHERE c.kind = 'cause' AND c.code = finding.cause_code) AS cause_zh, \
     (SELECT c.name_en FROM fault_code c WHERE c.kind = 'cause' AND c.code = finding.cause_code) AS cause_en",
    "finding",
    "work_order_id",
    "at, id",
    |row| {
        let both = |zh: &str, en: &str| {
            let (zh, en) = (row.get::<Option<String>>(zh)?, row.get::<Option<String>>(en)?);
            Ok::<_, DbError>(zh.zip(en).map(|(zh, en)| kit::Both::new(zh, en)))
        };
        Ok(FindingView {
            visit_id: row.get("visit_id")?,
            text: row.get("text")?,
            fault_code: row.get("fault_code")?,
            fault_name: both("fault_zh", "fault_en")?,
            cause_code: row.get("cause_code")?,
            cause_name: both("cause_zh", "cause_en")?,
            action: row.get("action")?,
            at: row.get("at")?,
        })
    },
);

/// Keeps an answer; the last one to a step counts.
pub(crate) async fn set_answer(
    tx: &mut Tx,
    cx: &Cx,
    visit_id: VisitId,
    answered: &Answered,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO checklist_answer (visit_id, item, result, note, at, device_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (visit_id, item) DO UPDATE SET result = excluded.result, note = excluded.note, at = excluded.at, \
         device_at = excluded.device_at",
        params![
            visit_id,
            &answered.item,
            answered.answer.name(),
            answered.answer.note(),
            cx.now,
            cx.device_at
        ],
    )
    .await?;
    Ok(())
}

/// The answers of a visit.
pub(crate) async fn answers(tx: &mut Tx, visit_id: VisitId) -> Result<Vec<Answered>, DbError> {
    ANSWERS.of(tx, visit_id).await
}

/// The same for many at once.
pub(crate) const ANSWERS: Hung<VisitId, Answered> =
    Hung::new("item, result, note", "checklist_answer", "visit_id", "at, item", |row| {
        let result: String = row.get("result")?;
        let answer =
            Answer::from_parts(&result, row.get("note")?).ok_or(DbError::Column { name: "result".into() })?;
        Ok(Answered { item: row.get("item")?, answer })
    });

/// Keeps a photo; the same one twice is one.
pub(crate) async fn insert_evidence(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
    new: &EvidenceView,
) -> Result<bool, DbError> {
    let touched = tx
        .execute(
            "INSERT INTO evidence (id, visit_id, work_order_id, kind, sha256, note, at, device_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (visit_id, kind, sha256) DO NOTHING",
            params![
                new.id,
                new.visit_id,
                work_order_id,
                new.kind,
                &new.sha256,
                new.note.clone(),
                new.at,
                new.device_at
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Photos of a work order, oldest first.
pub(crate) async fn evidence(tx: &mut Tx, work_order_id: WorkOrderId) -> Result<Vec<EvidenceView>, DbError> {
    EVIDENCE.of(tx, work_order_id).await
}

/// The same for many at once.
pub(crate) const EVIDENCE: Hung<WorkOrderId, EvidenceView> = Hung::new(
    "id, visit_id, kind, sha256, note, at, device_at",
    "evidence",
    "work_order_id",
    "at, id",
    |row| {
        Ok(EvidenceView {
            id: row.get("id")?,
            visit_id: row.get("visit_id")?,
            kind: row.parse::<EvidenceKind>("kind")?,
            sha256: row.get("sha256")?,
            note: row.get("note")?,
            at: row.get("at")?,
            device_at: row.get("device_at")?,
        })
    },
);

/// Keeps what became of a removed part.
pub(crate) async fn insert_old_part(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
    new: &OldPartView,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO old_part (id, visit_id, work_order_id, name, serial, quantity, fate, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            new.id,
            new.visit_id,
            work_order_id,
            &new.name,
            new.serial.clone(),
            new.quantity,
            new.fate,
            new.at
        ],
    )
    .await?;
    Ok(())
}

/// Removed parts of a work order, oldest first.
pub(crate) async fn old_parts(tx: &mut Tx, work_order_id: WorkOrderId) -> Result<Vec<OldPartView>, DbError> {
    OLD_PARTS.of(tx, work_order_id).await
}

/// The same for many at once.
pub(crate) const OLD_PARTS: Hung<WorkOrderId, OldPartView> = Hung::new(
    "id, visit_id, name, serial, quantity, fate, at",
    "old_part",
    "work_order_id",
    "at, id",
    |row| {
        Ok(OldPartView {
            id: row.get("id")?,
            visit_id: row.get("visit_id")?,
            name: row.get("name")?,
            serial: row.get("serial")?,
            quantity: row.get("quantity")?,
            fate: row.parse::<OldPartFate>("fate")?,
            at: row.get("at")?,
        })
    },
);

/// Keeps what somebody was shown (P25).
pub(crate) async fn insert_guidance(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
    new: &GuidanceView,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO guidance (id, visit_id, work_order_id, who, topic, minutes, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![new.id, new.visit_id, work_order_id, &new.who, &new.topic, new.minutes, new.at],
    )
    .await?;
    Ok(())
}

/// Guidance on the visits of a work order, oldest first.
pub(crate) async fn guidance(tx: &mut Tx, work_order_id: WorkOrderId) -> Result<Vec<GuidanceView>, DbError> {
    GUIDANCE.of(tx, work_order_id).await
}

/// The same for many at once.
pub(crate) const GUIDANCE: Hung<WorkOrderId, GuidanceView> =
    Hung::new("id, visit_id, who, topic, minutes, at", "guidance", "work_order_id", "at, id", |row| {
        Ok(GuidanceView {
            id: row.get("id")?,
            visit_id: row.get("visit_id")?,
            who: row.get("who")?,
            topic: row.get("topic")?,
            minutes: row.get("minutes")?,
            at: row.get("at")?,
        })
    });

/// Keeps the bytes that were shown; the same bytes twice are one row.
pub(crate) async fn keep_shown(
    tx: &mut Tx,
    visit_id: VisitId,
    work_order_id: WorkOrderId,
    kind: SignatureKind,
    content: &str,
    sha256: &str,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO shown_document (visit_id, sha256, work_order_id, kind, content, shown_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (visit_id, sha256) DO NOTHING",
        params![visit_id, sha256, work_order_id, kind, content, now],
    )
    .await?;
    Ok(())
}

/// Bytes that were shown, with their moment.
pub(crate) async fn shown(
    tx: &mut Tx,
    visit_id: VisitId,
    sha256: &str,
) -> Result<Option<(String, Ts)>, DbError> {
    let row = tx
        .row(
            "SELECT content, shown_at FROM shown_document WHERE visit_id = $1 AND sha256 = $2",
            params![visit_id, sha256],
        )
        .await?;
    row.map(|r| Ok((r.get("content")?, r.get("shown_at")?))).transpose()
}

/// Keeps a signature or a refusal.
pub(crate) async fn insert_signature(
    tx: &mut Tx,
    visit_id: VisitId,
    work_order_id: WorkOrderId,
    new: &SignatureView,
    strokes: Option<&str>,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO signature (id, visit_id, work_order_id, kind, outcome, document_sha256, signer_name, strokes, strokes_sha256, \
         reason, witness, at, device_at, binding_sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            new.id,
            visit_id,
            work_order_id,
            new.kind,
            new.outcome,
            &new.document_sha256,
            new.signer_name.clone(),
            strokes,
            new.strokes_sha256.clone(),
            new.reason.clone(),
            new.witness.clone(),
            new.at,
            new.device_at,
            &new.binding_sha256
        ],
    )
    .await?;
    Ok(())
}

const SIGNATURE: &str = "id, visit_id, kind, outcome, document_sha256, signer_name, strokes, strokes_sha256, reason, witness, at, \
    device_at, binding_sha256";

fn signature_of(row: &Row) -> Result<SignatureView, DbError> {
    let strokes: Option<String> = row.get("strokes")?;
    Ok(SignatureView {
        id: row.get::<SignatureId>("id")?,
        kind: row.parse::<SignatureKind>("kind")?,
        outcome: row.parse::<SignatureOutcome>("outcome")?,
        document_sha256: row.get("document_sha256")?,
        signer_name: row.get("signer_name")?,
        strokes: strokes.and_then(|s| serde_json::from_str(&s).ok()),
        strokes_sha256: row.get("strokes_sha256")?,
        reason: row.get("reason")?,
        witness: row.get("witness")?,
        at: row.get("at")?,
        device_at: row.get("device_at")?,
        binding_sha256: row.get("binding_sha256")?,
    })
}

/// Signatures and refusals of a work order with their visit, oldest first.
pub(crate) async fn signatures(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
) -> Result<Vec<(VisitId, SignatureView)>, DbError> {
    SIGNATURES.of(tx, work_order_id).await
}

/// The same for many at once.
pub(crate) const SIGNATURES: Hung<WorkOrderId, (VisitId, SignatureView)> =
    Hung::new(SIGNATURE, "signature", "work_order_id", "at, id", |row| {
        Ok((row.get("visit_id")?, signature_of(row)?))
    });

/// Opens the duty to invoice (P69).
pub(crate) async fn open_duty(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
    case_id: cases::CaseId,
    amount_minor: i64,
    currency: &str,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO invoice_duty (work_order_id, case_id, amount_minor, currency, opened_at) VALUES ($1, $2, $3, $4, $5)",
        params![work_order_id, case_id, amount_minor, currency, now],
    )
    .await?;
    Ok(())
}

/// The duty to invoice, if there is one.
pub(crate) async fn duty(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
) -> Result<Option<InvoiceDutyView>, DbError> {
    let row = tx
        .row(
            "SELECT amount_minor, currency, opened_at, invoice_number, issued_at FROM invoice_duty WHERE work_order_id = $1",
            params![work_order_id],
        )
        .await?;
    row.map(|row| {
        Ok(InvoiceDutyView {
            amount_minor: row.get("amount_minor")?,
            currency: row.get("currency")?,
            opened_at: row.get("opened_at")?,
            invoice_number: row.get("invoice_number")?,
            issued_at: row.get("issued_at")?,
        })
    })
    .transpose()
}

/// Records the invoice.
pub(crate) async fn issue_invoice(
    tx: &mut Tx,
    work_order_id: WorkOrderId,
    number: &str,
    by: &str,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "UPDATE invoice_duty SET invoice_number = $2, issued_at = $3, issued_by = $4 WHERE work_order_id = $1 AND invoice_number IS NULL",
        params![work_order_id, number, now, by],
    )
    .await?;
    Ok(())
}

/// A document as it was shown, and the signature under it: what `aftercare check` hashes again.
pub(crate) struct Sealed {
    pub visit_id: VisitId,
    pub number: String,
    pub sha256: String,
    pub content: String,
    pub signature: Option<SignatureView>,
}

/// A page of shown documents behind `after` (visit and digest), with the signature under each.
pub(crate) async fn sealed_after(
    tx: &mut Tx,
    after: &(String, String),
    limit: i64,
) -> Result<Vec<Sealed>, DbError> {
    let sql = format!(
        "{} WHERE (d.visit_id, d.sha256) > ($1, $2) ORDER BY d.visit_id, d.sha256 LIMIT $3",
        sealed_select()
    );
    let rows = tx.rows(&sql, &[Value::from(&after.0), Value::from(&after.1), Value::from(limit)]).await?;
    rows.iter().map(sealed_of).collect()
}

fn sealed_select() -> String {
    format!(
        "SELECT d.visit_id AS of_visit, d.sha256 AS of_sha256, d.content, d.shown_at, w.number, {} FROM shown_document d \
         JOIN work_order w ON w.id = d.work_order_id \
         LEFT JOIN signature g ON g.visit_id = d.visit_id AND g.document_sha256 = d.sha256",
        SIGNATURE.split(", ").map(|c| format!("g.{}", c.trim())).collect::<Vec<_>>().join(", ")
    )
}

fn sealed_of(row: &Row) -> Result<Sealed, DbError> {
    let signed = row.get::<Option<String>>("id")?.is_some();
    Ok(Sealed {
        visit_id: row.get("of_visit")?,
        number: row.get("number")?,
        sha256: row.get("of_sha256")?,
        content: row.get("content")?,
        signature: if signed { Some(signature_of(row)?) } else { None },
    })
}

/// A service order as it was shown, by its digest.
pub(crate) struct Shown {
    pub sealed: Sealed,
    pub at: Ts,
}

/// The service order with this digest, with the signature under it.
pub(crate) async fn shown_by_digest(tx: &mut Tx, sha256: &str) -> Result<Option<Shown>, DbError> {
    let sql = format!("{} WHERE d.sha256 = $1 AND d.kind = $2 ORDER BY d.shown_at LIMIT 1", sealed_select());
    let row = tx.row(&sql, params![sha256, SignatureKind::Result]).await?;
    row.map(|row| Ok(Shown { sealed: sealed_of(&row)?, at: row.get("shown_at")? })).transpose()
}

/// When the service order was shown that counts instead of this one: what the same visit showed last, or a later visit's of the same
/// work order once it has its signature, or at once if this one never got any.
pub(crate) async fn superseded_at(tx: &mut Tx, shown: &Shown) -> Result<Option<Ts>, DbError> {
    let signed = if shown.sealed.signature.is_some() { " AND v.signed_at IS NOT NULL" } else { "" };
    let sql = format!(
        "SELECT MAX(d.shown_at) AS at FROM visit v JOIN shown_document d ON d.visit_id = v.id AND d.sha256 = v.shown_sha256 \
         WHERE v.work_order_id = (SELECT work_order_id FROM visit WHERE id = $1) \
         AND ((v.id = $1 AND d.sha256 <> $2) OR (v.id <> $1 AND d.shown_at > $3{signed}))"
    );
    let row = tx.row(&sql, params![shown.sealed.visit_id, &shown.sealed.sha256, shown.at]).await?;
    row.map_or(Ok(None), |row| row.get("at"))
}

/// The strokes as stored, for hashing again.
pub(crate) async fn strokes(tx: &mut Tx, id: SignatureId) -> Result<Option<String>, DbError> {
    let row = tx.row("SELECT strokes FROM signature WHERE id = $1", params![id]).await?;
    row.map(|r| r.get("strokes")).transpose().map(Option::flatten)
}

/// Keeps that an appointment was told to be late; false if it was before.
///
/// # Errors
/// As the database says.
pub(crate) async fn late_told(
    tx: &mut Tx,
    visit_id: VisitId,
    appointment_end: Ts,
    expected_at: Option<Ts>,
    now: Ts,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO visit_late (visit_id, appointment_end, told_at, expected_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (visit_id, appointment_end) DO NOTHING";
    Ok(tx.execute(sql, params![visit_id, appointment_end, now, expected_at]).await? == 1)
}
