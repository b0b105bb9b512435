//! One function per use: load, decide, save, append the event, derive the work order's state.

pub(crate) mod end;
pub(crate) mod field;
pub(crate) mod follow;
pub(crate) mod late;
pub(crate) mod lock;
pub(crate) mod money;
pub(crate) mod paper;
pub(crate) mod plan;
pub(crate) mod way;
pub(crate) mod work;

use kit::{Audience, Cx, Event, Failure, Reach, Refusal, Ts, Tx};
use serde_json::json;

use crate::errors::VisitError;
use crate::model::{SignatureKind, VisitId, VisitState, VisitStep, WorkOrderId, WorkOrderState};
use crate::record::{Visit, WorkOrder};
use crate::rules::order::{OrderFact, VisitFact, derive, planned_until};
use crate::rules::plan::{Stamped, WindowChange};
use crate::rules::{gates, steps};
use crate::store::records::{self, Place};
use crate::store::rows;

/// The blocker by which a work order keeps its case open (decision 9).
pub(crate) const WORK_ORDER: &str = "work_order";
/// The blocker by which an invoice owed keeps its case open (P69).
pub(crate) const INVOICE_DUTY: &str = "invoice_duty";
/// Characters of a reason at most.
pub(crate) const MAX_REASON: usize = 500;
/// Characters of a text at most.
pub(crate) const MAX_TEXT: usize = 2000;
/// Characters of a name at most.
pub(crate) const MAX_NAME: usize = 80;
/// A field this long takes free words: private numbers and chat accounts in them are masked (P68). Codes, serials and names of
/// people are shorter and stay as they are.
const WORDS: usize = 200;

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A desk, within its reach.
    Desk,
    /// The engineer whose visit it is.
    Engineer,
    /// The customer, for what is theirs to sign.
    Customer,
}

/// A text without spaces around it, if anything is left; free words are masked ([`WORDS`]).
///
/// # Errors
/// `missing` if nothing is left, `visit_text_too_long`.
pub(crate) fn text(of: &str, max: usize, missing: VisitError) -> Result<String, VisitError> {
    optional(Some(of), max)?.ok_or(missing)
}

/// A text that may be left out; free words are masked ([`WORDS`]).
///
/// # Errors
/// `visit_text_too_long`.
pub(crate) fn optional(of: Option<&str>, max: usize) -> Result<Option<String>, VisitError> {
    let Some(text) = of.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    if text.chars().count() > max {
        return Err(VisitError::TextTooLong { max });
    }
    let text = text.to_owned();
    Ok(Some(if max >= WORDS { cases::masked(text) } else { text }))
}

/// A refusal by state or guard, with where the visit stands: a second phone shows it at once.
pub(crate) fn at(visit: &Visit, error: VisitError) -> Refusal {
    let refusal = error.refusal();
    if refusal.status == 409 {
        refusal.current(json!({
            "id": visit.id,
            "number": visit.number,
            "state": visit.state.name(),
            "engineer_id": visit.engineer_id,
            "document_sha256": visit.shown_sha256,
            "version": visit.version,
        }))
    } else {
        refusal
    }
}

/// The work order within reach, locked.
///
/// # Errors
/// `work_order_unknown`.
pub(crate) async fn load_order(tx: &mut Tx, cx: &Cx, id: WorkOrderId) -> Result<WorkOrder, Failure> {
    Ok(rows::order(tx, &cx.actor.reach, id, true).await?.ok_or(VisitError::WorkOrderUnknown)?)
}

/// The visit and its work order, locked, if `by` may take `step` now.
///
/// # Errors
/// `visit_unknown` (also another engineer's), `version_changed`, the refusals of the table.
pub(crate) async fn load(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    step: VisitStep,
    by: By,
    seen: Option<i64>,
) -> Result<(WorkOrder, Visit), Failure> {
    let order = rows::order_of_visit(tx, id).await?.ok_or(VisitError::Unknown)?;
    let reach = match by {
        By::Desk | By::Customer => cx.actor.reach.clone(),
        // By being the engineer, not by sharing: a phone that repeats its last step still gets a clear answer.
        By::Engineer => Reach::Everything,
    };
    let visit = rows::visit(tx, &reach, id).await?.ok_or(VisitError::Unknown)?;
    if by == By::Engineer && cx.actor.employee_id.as_deref() != Some(visit.engineer_id.to_string().as_str()) {
        return Err(VisitError::Unknown.into());
    }
    if let Some(seen) = seen {
        let stands = json!({ "id": visit.id, "number": visit.number, "state": visit.state.name() });
        kit::http::same_version(seen, visit.version, stands)?;
    }
    steps::allowed(&visit.standing(), step).map_err(|e| at(&visit, e))?;
    Ok((order, visit))
}

/// When the step that is being taken happened: the phone's time if it was offline and makes sense, else the server's; never
/// before the newest stamp of the visit. Both times stay on the stamp.
///
/// # Errors
/// As the database says.
pub(crate) async fn happened(tx: &mut Tx, cx: &Cx, id: VisitId) -> Result<Ts, Failure> {
    let mut steps = records::stamped(tx, id).await?;
    steps.push(Stamped { at: cx.now, device_at: cx.device_at });
    Ok(crate::rules::plan::happened(&steps).last().copied().unwrap_or(cx.now))
}

/// Tells the case until when its arrival clock rests, now that a window changed (decision 10).
///
/// # Errors
/// As the database says.
pub(crate) async fn rest(
    tx: &mut Tx,
    cx: &Cx,
    order: &WorkOrder,
    change: &WindowChange,
) -> Result<(), Failure> {
    let resting = cases::later_window(tx, order.case_id, cx.now).await?;
    let until = crate::rules::plan::rests_until(resting, change, cx.now);
    if until == resting && resting.is_some() {
        return Ok(());
    }
    cases::rest_for_later_window(tx, cx, order.case_id, until).await
}

/// An event of a visit on its case's timeline: ids, times and codes, never words or names.
pub(crate) fn visit_event(
    kind: &'static str,
    order: &WorkOrder,
    visit: &Visit,
    more: serde_json::Value,
) -> Event {
    let mut body = json!({
        "visit_id": visit.id,
        "number": visit.number,
        "work_order_id": order.id,
        "work_order_number": order.number,
        "case_id": order.case_id,
        "engineer_id": visit.engineer_id,
        "window_start": visit.window.start,
        "window_end": visit.window.end,
        "appointment_end": visit.appointment_end,
        "state": visit.state.name(),
    });
    if let (Some(body), serde_json::Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    Event::new(kind, "visit", visit.id)
        .thread(order.case_id)
        .unit(order.unit_id)
        .customer(order.customer_id)
        .body(&body)
}

/// An event of a work order on its case's timeline.
pub(crate) fn order_event(kind: &'static str, order: &WorkOrder, more: serde_json::Value) -> Event {
    let mut body = json!({
        "work_order_id": order.id,
        "number": order.number,
        "case_id": order.case_id,
        "kind": order.kind,
        "state": order.state,
    });
    if let (Some(body), serde_json::Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    Event::new(kind, "work_order", order.id)
        .thread(order.case_id)
        .unit(order.unit_id)
        .customer(order.customer_id)
        .body(&body)
}

/// What a step leaves behind.
pub(crate) struct Taken {
    pub step: VisitStep,
    pub kind: &'static str,
    pub audience: Audience,
    pub more: serde_json::Value,
    pub place: Place,
    /// A reason in words, kept on the stamp.
    pub note: Option<String>,
}

impl Taken {
    /// A step that only staff follows.
    pub(crate) fn staff(step: VisitStep, kind: &'static str) -> Self {
        Self { step, kind, audience: Audience::Staff, more: json!({}), place: Place::default(), note: None }
    }

    /// A step that the customer is told of.
    pub(crate) fn customer(step: VisitStep, kind: &'static str) -> Self {
        Self { audience: Audience::Customer, ..Self::staff(step, kind) }
    }

    pub(crate) fn more(mut self, more: serde_json::Value) -> Self {
        self.more = more;
        self
    }

    pub(crate) fn note(mut self, note: impl Into<Option<String>>) -> Self {
        self.note = note.into();
        self
    }
}

/// Saves the visit, stamps the step, appends its event and derives the work order's state.
///
/// # Errors
/// `engineer_busy`, `visit_other_running`.
pub(crate) async fn take(
    tx: &mut Tx,
    cx: &Cx,
    order: &mut WorkOrder,
    visit: &mut Visit,
    taken: Taken,
) -> Result<(), Failure> {
    rows::save_visit(tx, visit, cx.now).await?;
    records::stamp(tx, cx, visit.id, taken.step, &taken.place, taken.note.as_deref()).await?;
    let event = visit_event(taken.kind, order, visit, taken.more).audience(taken.audience);
    kit::events::append(tx, cx, event).await?;
    refresh(tx, cx, order).await
}

/// Derives the work order's state from its visits; a closed or cancelled one no longer keeps its case open.
///
/// # Errors
/// As the database says.
pub(crate) async fn refresh(tx: &mut Tx, cx: &Cx, order: &mut WorkOrder) -> Result<(), Failure> {
    let before = order.state;
    let visits = rows::visits_of(tx, order.id).await?;
    order.state = derived_from(tx, order, &visits).await?;
    rows::save_order(tx, order, cx.now).await?;
    let planned = planned_until(visits.iter().map(|v| (v.state.name(), v.appointment_end)));
    cases::visit_planned(tx, cx, order.case_id, planned).await?;
    if order.state == before {
        return Ok(());
    }
    let event = order_event("work_order.moved", order, json!({ "from": before }));
    kit::events::append(tx, cx, event).await?;
    if before.is_open() && !order.state.is_open() {
        cases::release(tx, cx, order.case_id, WORK_ORDER, &order.id.to_string()).await?;
        let kind =
            if order.state == WorkOrderState::Closed { "work_order.closed" } else { "work_order.cancelled" };
        kit::events::append(tx, cx, order_event(kind, order, json!({})).audience(Audience::Customer)).await?;
    }
    Ok(())
}

/// The state of a work order by its visits as they are stored.
///
/// # Errors
/// As the database says.
pub(crate) async fn derived(tx: &mut Tx, order: &WorkOrder) -> Result<WorkOrderState, Failure> {
    let visits = rows::visits_of(tx, order.id).await?;
    derived_from(tx, order, &visits).await
}

async fn derived_from(tx: &mut Tx, order: &WorkOrder, visits: &[Visit]) -> Result<WorkOrderState, Failure> {
    let mut facts = Vec::with_capacity(visits.len());
    for visit in visits {
        let at_work = matches!(visit.state, VisitState::Working | VisitState::Paused { .. });
        // At most one visit is at work.
        let checklist_answered = at_work && {
            let answers = records::answers(tx, visit.id).await?;
            let sections = [crate::checklist::Section::Work, crate::checklist::Section::SelfInspection];
            gates::open_items(&visit.checklist, &answers, &sections).next().is_none()
        };
        facts.push(VisitFact {
            state: visit.state.clone(),
            checklist_answered,
            self_checked: visit.self_checked_at.is_some(),
            signed: visit.signed_at.is_some(),
        });
    }
    let settled = match records::duty(tx, order.id).await? {
        Some(duty) => duty.invoice_number.is_some(),
        None => true,
    };
    let fact = OrderFact { cancelled: order.cancel_reason.is_some(), ready: true, settled };
    Ok(derive(&fact, &facts))
}

/// Whether the customer agreed to the lines with this hash on any visit of the work order.
pub(crate) async fn acknowledged(tx: &mut Tx, id: WorkOrderId) -> Result<Option<String>, Failure> {
    let signatures = records::signatures(tx, id).await?;
    Ok(signatures
        .into_iter()
        .rev()
        .find(|(_, s)| s.kind == SignatureKind::Quote)
        .map(|(_, s)| s.document_sha256))
}
