//! What a desk does: work orders, visits, moving and cancelling them.

use kit::{Cx, Failure, Tx};
use organisation::EmployeeId;
use serde_json::json;

use super::{
    By, MAX_REASON, MAX_TEXT, Taken, WORK_ORDER, load, load_order, optional, order_event, refresh, rest,
    take, text,
};
use crate::checklist::{self, Checklist};
use crate::errors::VisitError;
use crate::inputs::{CancelWorkOrder, NewChecklist, NewWorkOrder, PlanVisit, PlannedAs, ReassignVisit};
use crate::model::{
    ChecklistId, VisitId, VisitState, VisitStateName, VisitStep, Window, WorkOrderId, WorkOrderState,
};
use crate::reads;
use crate::record::{Visit, WorkOrder};
use crate::rules::plan::{
    Promised, Promising, Ready, WindowChange, promise_after, promised_end, promised_window, ready,
    stands_promised, window,
};
use crate::rules::{gates, steps};
use crate::store::{checklists, lists, rows};
use crate::views::{ChecklistView, VisitView, WorkOrderView};

/// Minutes a job takes unless somebody says otherwise.
const USUAL_MIN: i64 = 60;

/// Makes a work order of a case on which both sides agreed to a visit (P41), with time, place and symptom (P42).
///
/// # Errors
/// `case_unknown`, `work_order_onsite_not_agreed`, `work_order_time_missing`, `work_order_place_missing`,
/// `work_order_symptom_missing`, `work_order_open`, `visit_window_invalid`, `work_order_duration_invalid`.
pub async fn create_work_order(
    tx: &mut Tx,
    cx: &Cx,
    case_id: cases::CaseId,
    input: NewWorkOrder,
) -> Result<WorkOrderView, Failure> {
    let case = cases::visible(tx, &cx.actor, case_id).await?;
    // P41: the case's own table says when a visit may be planned; an ended case keeps its own answer.
    cases::rules::allowed(&case.standing(), cases::Step::PlanVisit).map_err(|refused| match refused {
        cases::CaseError::Closed | cases::CaseError::Merged | cases::CaseError::Withdrawn => {
            Failure::from(refused)
        }
        _ => VisitError::OnsiteNotAgreed.into(),
    })?;
    let place = optional(input.place.as_deref(), MAX_REASON)?;
    let symptom = optional(input.symptom.as_deref(), MAX_TEXT)?;
    let duration_min = input.duration_min.unwrap_or(USUAL_MIN);
    // What was agreed on the phone is promised, whoever plans the visit and for when.
    let agreed = cases::agreed_window(tx, case_id).await?.map(|(start, end)| Window { start, end });
    let promised = agreed.filter(|p| p.end > cx.now);
    let plan = Ready {
        window: input.window.or(promised),
        place: place.as_deref(),
        symptom: symptom.as_deref(),
        duration_min,
    };
    let wish = ready(&plan, cx.now)?;
    let skill = match optional(input.skill.as_deref(), 64)? {
        Some(skill) => Some(skill),
        None => match case.asset_id {
            Some(id) => assets::assets(tx, [id]).await?.pop().map(|a| a.product.kind),
            None => None,
        },
    };
    let zone = customers::site(tx, &kit::Reach::Everything, case.site_id).await?.time_zone();
    let order = WorkOrder {
        id: cx.new_id(),
        number: kit::numbers::next(tx, "FW", cx.now, &zone).await?,
        case_id,
        kind: input.kind,
        state: WorkOrderState::Ready,
        customer_id: case.customer_id,
        site_id: case.site_id,
        asset_id: case.asset_id,
        unit_id: case.unit_id,
        second_unit_id: case.second_unit_id,
        division_code: case.division_code,
        wish,
        promised,
        place: place.unwrap_or_default(),
        symptom: symptom.unwrap_or_default(),
        skill,
        duration_min,
        visits_made: 0,
        cancel_reason: None,
        created_at: cx.now,
        closed_at: None,
        version: 1,
    };
    rows::insert_order(tx, &order, &cx.actor.id).await?;
    cases::hold(tx, cx, case_id, WORK_ORDER, &order.id.to_string(), &order.number).await?;
    rest(tx, cx, &order, &WindowChange::Ordered { wish, later: input.later_at_customers_wish }).await?;
    let event = order_event(
        "work_order.made",
        &order,
        json!({
            "window_start": wish.start,
            "window_end": wish.end,
            "promised_start": order.promised.map(|p| p.start),
            "promised_end": order.promised.map(|p| p.end),
            "skill": order.skill,
            "duration_min": duration_min,
            "later_at_customers_wish": input.later_at_customers_wish,
        }),
    );
    kit::events::append(tx, cx, event).await?;
    reads::order_view(tx, order.id, cx.now).await
}

/// Plans a visit of an engineer into a window. Nobody is booked twice (decision 15). `seen` is the version of the work order that
/// the planner saw, if they say so.
///
/// # Errors
/// `work_order_unknown`, `version_changed`, `work_order_ended`, `visit_window_invalid`, `visit_appointment_invalid`,
/// `visit_promise_unanswered`, `visit_engineer_unknown`, `engineer_busy`, `visit_open`.
pub async fn plan_visit(
    tx: &mut Tx,
    cx: &Cx,
    id: WorkOrderId,
    seen: Option<i64>,
    input: PlanVisit,
) -> Result<VisitView, Failure> {
    let mut order = load_order(tx, cx, id).await?;
    if let Some(seen) = seen {
        kit::http::same_version(
            seen,
            order.version,
            json!({ "number": order.number, "state": order.state }),
        )?;
    }
    if !rows::takes_visits(order.state) {
        return Err(ended(&order).into());
    }
    let planned = window(Window { start: input.window_start, end: input.window_end }, cx.now)?;
    let given = promised_end(&planned, input.appointment_end, cx.now)?;
    let promise = promise_of(
        tx,
        &order,
        Promising {
            promised: order.promised,
            before: None,
            now: planned,
            given,
            tells: input.planned_as != PlannedAs::Proposed,
            customers_wish: input.at_customers_wish,
            outside: input.outside_promise,
        },
    )
    .await?;
    order.promised = promise.window;
    known_engineer(tx, cx, input.engineer_id).await?;
    super::follow::follow_case(tx, cx, &mut order).await?;
    let checklist = checklist_for(tx, &order).await?;
    order.visits_made += 1;
    let visit = Visit {
        id: cx.new_id(),
        number: format!("{}-{}", order.number, order.visits_made),
        work_order_id: order.id,
        case_id: order.case_id,
        engineer_id: input.engineer_id,
        window: planned,
        appointment_end: promise.end,
        state: match input.planned_as {
            PlannedAs::Proposed => VisitState::Proposed,
            PlannedAs::Confirmed => VisitState::Confirmed,
            PlannedAs::Dispatched => VisitState::Dispatched,
        },
        customer_id: order.customer_id,
        unit_id: order.unit_id,
        second_unit_id: order.second_unit_id,
        division_code: order.division_code.clone(),
        checklist,
        arrived_at: None,
        left_at: None,
        self_checked_at: None,
        shown_sha256: None,
        signed_at: None,
        lock: None,
        version: 1,
    };
    rows::insert_visit(tx, &visit, &cx.actor.id, cx.now).await?;
    let (step, kind) = match input.planned_as {
        PlannedAs::Proposed => (VisitStep::Reassign, "visit.proposed"),
        PlannedAs::Confirmed => (VisitStep::Confirm, "visit.confirmed"),
        PlannedAs::Dispatched => (VisitStep::Dispatch, "visit.dispatched"),
    };
    crate::store::records::stamp(tx, cx, visit.id, step, &Default::default(), None).await?;
    let event = super::visit_event(kind, &order, &visit, json!({ "first": order.visits_made == 1 }));
    let audience =
        if input.planned_as == PlannedAs::Proposed { kit::Audience::Staff } else { kit::Audience::Customer };
    kit::events::append(tx, cx, event.audience(audience)).await?;
    if visit.state == VisitState::Dispatched {
        rows::share(tx, &order, &visit, cx.now).await?;
    }
    let customers_wish = input.at_customers_wish;
    rest(tx, cx, &order, &WindowChange::Moved { before: order.wish, now: planned, customers_wish }).await?;
    refresh(tx, cx, &mut order).await?;
    reads::visit_view(tx, visit.id, cx.now).await
}

// What the customer is promised now; where they have to be asked, the promise is named in the site's time.
async fn promise_of(tx: &mut Tx, order: &WorkOrder, of: Promising) -> Result<Promised, Failure> {
    match promise_after(&of) {
        Ok(promise) => Ok(promise),
        Err(stands) => {
            let zone = customers::site(tx, &kit::Reach::Everything, order.site_id).await?.time_zone();
            let said =
                |at: kit::Ts| at.timestamp().to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string();
            Err(VisitError::PromiseUnanswered { from: said(stands.start), until: said(stands.end) }.into())
        }
    }
}

fn ended(order: &WorkOrder) -> VisitError {
    VisitError::WorkOrderEnded { number: order.number.clone(), state: order.state }
}

// An engineer whom the planner sees: nobody is sent by somebody who has no say over them.
async fn known_engineer(tx: &mut Tx, cx: &Cx, id: EmployeeId) -> Result<(), Failure> {
    if lists::is_engineer(tx, &cx.actor.reach, id).await? {
        Ok(())
    } else {
        Err(VisitError::EngineerUnknown.into())
    }
}

async fn checklist_for(tx: &mut Tx, order: &WorkOrder) -> Result<Checklist, Failure> {
    let written = checklists::in_force(tx, order.asset_id, order.kind).await?;
    Ok(written.unwrap_or_else(|| checklist::standard(order.kind)))
}

/// The customer agrees to the window.
///
/// # Errors
/// As [`load`].
pub async fn confirm(tx: &mut Tx, cx: &Cx, id: VisitId, seen: Option<i64>) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Confirm, By::Desk, seen).await?;
    visit.state = VisitState::Confirmed;
    // Now they are promised it.
    order.promised = Some(promised_window(&visit.window, visit.appointment_end));
    take(tx, cx, &mut order, &mut visit, Taken::customer(VisitStep::Confirm, "visit.confirmed")).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// The engineer is told, and sees the customer from now on (decision 2).
///
/// # Errors
/// As [`load`].
pub async fn dispatch(tx: &mut Tx, cx: &Cx, id: VisitId, seen: Option<i64>) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Dispatch, By::Desk, seen).await?;
    visit.state = VisitState::Dispatched;
    take(tx, cx, &mut order, &mut visit, Taken::customer(VisitStep::Dispatch, "visit.dispatched")).await?;
    rows::share(tx, &order, &visit, cx.now).await?;
    reads::visit_view(tx, id, cx.now).await
}

/// Gives the visit to another engineer or window; never once it is travelling (invariant 6).
///
/// # Errors
/// As [`load`]; `visit_locked`, `visit_nothing_moved`, `engineer_busy`, `visit_window_invalid`, `visit_appointment_invalid`,
/// `visit_promise_unanswered`, `visit_engineer_unknown`, `visit_reason_missing`.
pub async fn reassign(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    seen: Option<i64>,
    input: ReassignVisit,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Reassign, By::Desk, seen).await?;
    let reason = text(&input.reason, MAX_REASON, VisitError::ReasonMissing)?;
    // Before anybody calls the customer about another time.
    super::lock::moved(tx, cx, &order, &mut visit, &input).await?;
    let planned = window(Window { start: input.window_start, end: input.window_end }, cx.now)?;
    let given = promised_end(&planned, input.appointment_end, cx.now)?;
    let declined = visit.state.name() == VisitStateName::Declined;
    let told = !matches!(visit.state, VisitState::Proposed | VisitState::Confirmed);
    // The customer knows of every window but a proposed one.
    let tells = visit.state != VisitState::Proposed;
    let promise = promise_of(
        tx,
        &order,
        Promising {
            promised: stands_promised(order.promised, tells.then_some((visit.window, visit.appointment_end))),
            before: Some(visit.window),
            now: planned,
            given,
            tells,
            customers_wish: input.at_customers_wish,
            outside: input.outside_promise,
        },
    )
    .await?;
    let same_promise = given.is_none() || promise.end == visit.appointment_end;
    if !declined && planned == visit.window && same_promise && input.engineer_id == visit.engineer_id {
        return Err(VisitError::NothingMoved.into());
    }
    if declined && !rows::takes_visits(order.state) {
        return Err(ended(&order).into());
    }
    known_engineer(tx, cx, input.engineer_id).await?;
    let (from, before) = (visit.engineer_id, visit.window);
    order.promised = promise.window;
    visit.appointment_end = promise.end;
    visit.engineer_id = input.engineer_id;
    visit.window = planned;
    // Whoever was told before is told again; a proposal stays one.
    if told {
        visit.state = VisitState::Dispatched;
    }
    let moved = json!({
        "from_engineer_id": from,
        "from_window_start": before.start,
        "from_window_end": before.end,
        "at_customers_wish": input.at_customers_wish,
    });
    let customers_wish = input.at_customers_wish;
    rest(tx, cx, &order, &WindowChange::Moved { before, now: planned, customers_wish }).await?;
    let taken = Taken::customer(VisitStep::Reassign, "visit.reassigned").more(moved).note(reason);
    take(tx, cx, &mut order, &mut visit, taken).await?;
    if from != visit.engineer_id {
        rows::unshare(tx, &order, &visit, from).await?;
    }
    if told {
        rows::share(tx, &order, &visit, cx.now).await?;
    }
    reads::visit_view(tx, id, cx.now).await
}

/// Takes the visit off the plan; never once it is travelling.
///
/// # Errors
/// As [`load`]; `visit_reason_missing`.
pub async fn cancel(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    seen: Option<i64>,
    reason: &str,
) -> Result<VisitView, Failure> {
    let (mut order, mut visit) = load(tx, cx, id, VisitStep::Cancel, By::Desk, seen).await?;
    let reason = text(reason, MAX_REASON, VisitError::ReasonMissing)?;
    call_off(tx, cx, &mut order, &mut visit, reason).await?;
    reads::visit_view(tx, id, cx.now).await
}

async fn call_off(
    tx: &mut Tx,
    cx: &Cx,
    order: &mut WorkOrder,
    visit: &mut Visit,
    reason: String,
) -> Result<(), Failure> {
    let from = visit.state.name();
    visit.state = VisitState::Cancelled { reason: reason.clone() };
    // Nobody but the desk knows of a proposal.
    let taken = if from == VisitStateName::Proposed {
        Taken::staff(VisitStep::Cancel, "visit.cancelled")
    } else {
        Taken::customer(VisitStep::Cancel, "visit.cancelled")
    };
    take(tx, cx, order, visit, taken.more(json!({ "from": from })).note(reason)).await?;
    rows::unshare(tx, order, visit, visit.engineer_id).await?;
    Ok(())
}

/// Takes the whole job off, with its planned visits; never while somebody is in the field or after the work is done. What the
/// customer agreed to pay on an earlier visit is invoiced, or a person lets another pay before (P55, P69): it never just goes.
///
/// # Errors
/// `work_order_unknown`, `work_order_ended`, `visit_in_field`, `visit_reason_missing`, `version_changed`,
/// `work_order_charges_stand` unless they are to be invoiced.
pub async fn cancel_work_order(
    tx: &mut Tx,
    cx: &Cx,
    id: WorkOrderId,
    seen: Option<i64>,
    input: CancelWorkOrder,
) -> Result<WorkOrderView, Failure> {
    let mut order = load_order(tx, cx, id).await?;
    if let Some(seen) = seen {
        kit::http::same_version(
            seen,
            order.version,
            json!({ "number": order.number, "state": order.state }),
        )?;
    }
    let reason = text(&input.reason, MAX_REASON, VisitError::ReasonMissing)?;
    for mut visit in rows::visits_of(tx, id).await? {
        if !visit.state.name().holds_window() {
            continue;
        }
        steps::allowed(&visit.standing(), VisitStep::Cancel).map_err(|e| super::at(&visit, e))?;
        call_off(tx, cx, &mut order, &mut visit, reason.clone()).await?;
    }
    if !rows::takes_visits(order.state) {
        return Err(ended(&order).into());
    }
    let (quote, _) = super::money::quote(tx, &order).await?;
    if gates::may_call_off(&quote, input.invoice_charges)? {
        super::end::owe_invoice(tx, cx, &order).await?;
    }
    order.cancel_reason = Some(reason);
    rest(tx, cx, &order, &WindowChange::CalledOff).await?;
    refresh(tx, cx, &mut order).await?;
    reads::order_view(tx, id, cx.now).await
}

/// Writes a new version of a checklist (P24); visits that are planned keep theirs.
///
/// # Errors
/// `checklist_invalid`, `checklist_product_unknown`.
pub async fn write_checklist(tx: &mut Tx, cx: &Cx, input: NewChecklist) -> Result<ChecklistView, Failure> {
    if let Some(product_id) = input.product_id {
        assets::product(tx, product_id).await.map_err(|_| VisitError::ProductUnknown)?;
    }
    let version = checklists::newest(tx, input.product_id, input.kind).await? + 1;
    let checklist = Checklist { title: input.title, version, items: input.items };
    gates::valid(&checklist)?;
    let id: ChecklistId = cx.new_id();
    checklists::insert(tx, id, input.product_id, input.kind, &checklist, &cx.actor.id, cx.now).await?;
    let event = kit::Event::new("checklist.written", "checklist", id).body(&json!({
        "product_id": input.product_id,
        "kind": input.kind,
        "version": version,
        "items": checklist.items.len(),
    }));
    kit::events::append(tx, cx, event).await?;
    checklists::get(tx, id).await?.ok_or_else(|| VisitError::ChecklistUnknown.into())
}
