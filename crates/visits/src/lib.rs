//! Work orders and visits: from the agreed visit to the signed service order.
//!
//! - [`create_work_order`] needs both sides' word (P41) and time, place, symptom (P42); [`plan_visit`] books an engineer, never
//!   twice (decision 15); while a visit lasts, its engineer sees the customer (decision 2).
//! - The engineer accepts, departs (P20), arrives (P21; stops the arrival clock P44, P45), works by a checklist (P24), records findings
//!   (P22), photos (P23), exclusions and charges with source and payer (P26, P55), inspects (P73).
//! - [`document`] is the canonical service order; the signature or recorded refusal is bound to its SHA-256 (P72), and
//!   [`verify_documents`] hashes all of it again. What the customer owes keeps the case open until it is invoiced (P69, P71).
//! - [`rules`] holds the table of states × steps; a work order's state is derived from its visits.

mod actions;
mod capitals;
mod check;
mod checklist;
pub mod document;
mod errors;
mod home;
mod http;
mod inputs;
mod model;
mod print;
mod proof;
mod reads;
mod record;
pub mod rules;
mod store;
mod views;

pub use actions::end::{break_off, finish, finish_partly, leave, no_access};
pub use actions::field::{check_device, share_way, tell_way};
pub use actions::follow::readers;
pub use actions::late::foresee_late;
pub use actions::lock::{lock, unlock};
pub use actions::money::{acknowledge, add_charge, exclude, issue_invoice, override_payer, remove_charge};
pub use actions::paper::{present, refuse_signature, self_check, sign, sign_by_customer};
pub use actions::plan::{
    cancel, cancel_work_order, confirm, create_work_order, dispatch, plan_visit, reassign, write_checklist,
};
pub use actions::way::{accept, arrive, decline, depart, pause, resume, start};
pub use actions::work::{add_evidence, answer, record_finding, record_guidance, record_old_part};
pub use capitals::amount_in_capitals;
pub use check::{DocumentMismatch, StateMismatch, verify_documents, verify_states};
pub use checklist::{Answer, Answered, Checklist, Item, Section, standard};
pub use errors::VisitError;
pub use home::{AppointmentHome, DispatchHome, InvoiceHome, InvoiceOwed, LateVisit};
pub use http::routes;
pub use inputs::{
    AcknowledgeQuote, AnswerItem, Arrive, CancelWorkOrder, CheckDevice, Depart, ExcludeOnSite,
    ExclusionRuling, IssueInvoice, LockVisit, NewCharge, NewChecklist, NewEvidence, NewFinding, NewGuidance,
    NewOldPart, NewWorkOrder, Nothing, OutsidePromise, Pause, PlanVisit, PlannedAs, Present, Reason,
    ReassignVisit, RefuseSignature, ShareWay, SignOrder, TellWay, WayPoint,
};
pub use model::{
    ArrivalMethod, ChecklistId, DeviceCheckId, DeviceMethod, EvidenceId, EvidenceKind, GuidanceId, LockEnd,
    OldPartFate, OldPartId, PauseReason, PlaceCheck, Position, SignatureId, SignatureKind, SignatureOutcome,
    VisitId, VisitOutcome, VisitState, VisitStateName, VisitStep, Window, WorkOrderId, WorkOrderKind,
    WorkOrderState,
};
pub use record::{Lock, Visit, WorkOrder};
pub use store::FILE_USES;
pub use store::lists::lock as lock_of_row;
pub use views::{
    DayCard, DeviceCheckView, MyDay, NextStepView, SeenOnWay, SentTo, ServiceOrderView, ToldVisit,
    VisitBrief, VisitEngineer, VisitLock, VisitView, WaySharing, WayTold, WorkOrderList, WorkOrderRow,
    WorkOrderView,
};

use kit::{Failure, Reach, Tx};

/// A work order within reach. Programs ask with [`Reach::Everything`].
///
/// # Errors
/// `work_order_unknown`.
pub async fn work_order(tx: &mut Tx, reach: &Reach, id: WorkOrderId) -> Result<WorkOrder, Failure> {
    Ok(store::rows::order(tx, reach, id, false).await?.ok_or(VisitError::WorkOrderUnknown)?)
}

/// A visit within reach.
///
/// # Errors
/// `visit_unknown`.
pub async fn visit(tx: &mut Tx, reach: &Reach, id: VisitId) -> Result<Visit, Failure> {
    Ok(store::rows::visit(tx, reach, id).await?.ok_or(VisitError::Unknown)?)
}

/// The number of a work order, by its id or that of one of its visits, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn order_number(tx: &mut Tx, id: &str) -> Result<Option<String>, Failure> {
    Ok(store::home::order_number(tx, id).await?)
}

/// The engineer of a case's last visit that came to work, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn last_engineer(tx: &mut Tx, case_id: cases::CaseId) -> Result<Option<String>, Failure> {
    Ok(store::home::last_engineer(tx, case_id).await?)
}

/// Who was sent for a case, whatever the reach: of visits that were neither declined nor called off.
///
/// # Errors
/// As the database says.
pub async fn sent_for(tx: &mut Tx, case_id: cases::CaseId) -> Result<Vec<organisation::EmployeeId>, Failure> {
    Ok(store::home::sent_for(tx, case_id).await?)
}

/// The visits of a work order, oldest first, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn visits_of(tx: &mut Tx, id: WorkOrderId) -> Result<Vec<Visit>, Failure> {
    Ok(store::rows::visits_of(tx, id).await?)
}

/// The service order of a work order within reach: what was signed, else what was shown, else a draft of what stands.
///
/// # Errors
/// `work_order_unknown`; `service_order_unknown` before the first visit.
pub async fn service_order(tx: &mut Tx, reach: &Reach, id: WorkOrderId) -> Result<ServiceOrderView, Failure> {
    reads::service_order(tx, reach, id).await
}

/// The visits of a case as its customer may know of them, oldest first: none that was only proposed, declined or cancelled.
///
/// # Errors
/// As the database says.
pub async fn told_of(tx: &mut Tx, case_id: cases::CaseId) -> Result<Vec<ToldVisit>, Failure> {
    Ok(store::lists::told_of(tx, case_id).await?)
}

/// When the customer of a case was promised somebody (P8), as long as nobody has come: with its work order, or, before there is one,
/// when both sides agreed to a visit.
///
/// # Errors
/// As the database says.
pub async fn promised_of(tx: &mut Tx, case_id: cases::CaseId) -> Result<Option<Window>, Failure> {
    match store::rows::promised_of(tx, case_id).await? {
        Some(of_order) => Ok(of_order),
        None => Ok(cases::agreed_window(tx, case_id).await?.map(|(start, end)| Window { start, end })),
    }
}

/// Where the engineer of a visit was last on the way, as long as they are on it; whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn seen_on_way(tx: &mut Tx, visit: &VisitBrief) -> Result<Option<SeenOnWay>, Failure> {
    if visit.state != VisitStateName::Travelling {
        return Ok(None);
    }
    Ok(store::field::seen(tx, visit.id).await?)
}

/// Forgets at most `limit` points of ways from before `before`. Returns how many.
///
/// # Errors
/// As the database says.
pub async fn forget_ways(tx: &mut Tx, before: kit::Ts, limit: i64) -> Result<u64, Failure> {
    Ok(store::field::forget_points(tx, before, limit).await?)
}

/// Where an engineer is sent between two instants: the division of each site and the window (P66). Nothing of the customer.
///
/// # Errors
/// As the database says.
pub async fn sent_between(
    tx: &mut Tx,
    engineer_id: organisation::EmployeeId,
    from: kit::Ts,
    to: kit::Ts,
) -> Result<Vec<SentTo>, Failure> {
    Ok(store::lists::sent_between(tx, engineer_id, from, to).await?)
}

/// Invoices that are owed within reach, the oldest first (P69).
///
/// # Errors
/// As the database says.
pub async fn invoice_home(tx: &mut Tx, reach: &Reach) -> Result<InvoiceHome, Failure> {
    store::home::invoices(tx, reach).await
}

/// What a dispatcher looks at first; `today` is the beginning and the end of their day.
///
/// # Errors
/// As the database says.
pub async fn dispatch_home(
    tx: &mut Tx,
    reach: &Reach,
    now: kit::Ts,
    today: (kit::Ts, kit::Ts),
) -> Result<DispatchHome, Failure> {
    store::home::dispatch(tx, reach, now, today).await
}

/// How today's appointments went so far (P8).
///
/// # Errors
/// As the database says.
pub async fn appointment_home(
    tx: &mut Tx,
    reach: &Reach,
    now: kit::Ts,
    today: (kit::Ts, kit::Ts),
) -> Result<AppointmentHome, Failure> {
    store::home::appointments(tx, reach, now, today).await
}
