//! Routes of calls and cases.

mod calls;
mod export;
mod telephone;
mod templates;

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Problem, Query, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Cx, Done, Failure, Tx};

use crate::actions;
use crate::case::CasePromise;
use crate::inputs::{
    AgreeOnsite, CaseAnswer, CaseReason, ChangeSeverity, CorrectCase, FollowCase, MergeCase, Nothing,
    OfferHandOver, RecordPhoneResult, ReportFault, SetNextStep, StartPhoneSupport, TriageCase, WaitCase,
    WriteNote,
};
use crate::model::CaseId;
use crate::reads::{self, LookUpQuery, LookUpResult, OpenOnQuery, PromiseQuery, Timeline, TimelineQuery};
use crate::store::ListQuery;
use crate::views::{CaseList, CaseView, OpenOn};

/// Every route of this crate.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(look_up))
        .routes(routes!(promise))
        .merge(calls::routes())
        .merge(telephone::routes())
        .merge(export::routes())
        .merge(templates::routes())
        .routes(routes!(list, report_fault))
        .routes(routes!(open_on))
        .routes(routes!(case, correct))
        .routes(routes!(timeline))
        .routes(routes!(triage))
        .routes(routes!(severity))
        .routes(routes!(next_step))
        .routes(routes!(note))
        .routes(routes!(phone_support))
        .routes(routes!(phone_result))
        .routes(routes!(agree_onsite))
        .routes(routes!(wait))
        .routes(routes!(resume))
        .routes(routes!(hand_over))
        .routes(routes!(accept_hand_over))
        .routes(routes!(decline_hand_over))
        .routes(routes!(withdraw))
        .routes(routes!(merge))
        .routes(routes!(reopen))
        .routes(routes!(escalate))
        .routes(routes!(return_escalation))
        .routes(routes!(set_parent))
        .routes(routes!(leave_parent))
}

/// One box for whatever a caller says: number, name, initials, serial, plate, case number.
#[utoipa::path(get, path = "/api/look-up", tag = "cases", operation_id = "look_up", params(LookUpQuery),
    responses((status = 200, body = LookUpResult), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.look_up"))))]
async fn look_up(
    State(app): State<App>,
    permit: Permit<may::LookUpAnySite>,
    Query(query): Query<LookUpQuery>,
) -> Result<Json<LookUpResult>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::look_up(&mut tx, &permit.actor(), &query, app.clock.now()).await?))
}

/// The promise as it would be given now, in parts.
#[utoipa::path(get, path = "/api/promise", tag = "cases", operation_id = "promise_now", params(PromiseQuery),
    responses((status = 200, body = CasePromise), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn promise(
    State(app): State<App>,
    _permit: Permit<may::ReportFault>,
    Query(query): Query<PromiseQuery>,
) -> Result<Json<CasePromise>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::promise(&mut tx, &query, app.clock.now()).await?))
}

/// The open cases of a site, to be offered before an empty form.
#[utoipa::path(get, path = "/api/cases/open-on", tag = "cases", operation_id = "cases_open_on", params(OpenOnQuery),
    responses((status = 200, body = OpenOn), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn open_on(
    State(app): State<App>,
    _permit: Permit<may::ReportFault>,
    Query(query): Query<OpenOnQuery>,
) -> Result<Json<OpenOn>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::open_on(&mut tx, &query, app.clock.now()).await?))
}

/// A page of cases.
#[utoipa::path(get, path = "/api/cases", tag = "cases", operation_id = "list_cases", params(ListQuery),
    responses((status = 200, body = CaseList), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.read"))))]
async fn list(
    State(app): State<App>,
    permit: Permit<may::ReadCases>,
    Query(query): Query<ListQuery>,
) -> Result<Json<CaseList>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::list(&mut tx, &permit.actor(), &query, app.clock.now()).await?))
}

/// A case in full, with what the reader may do now.
#[utoipa::path(get, path = "/api/cases/{id}", tag = "cases", operation_id = "read_case", params(("id" = CaseId, Path)),
    responses((status = 200, body = CaseView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.read"))))]
async fn case(
    State(app): State<App>,
    permit: Permit<may::ReadCases>,
    Path(id): Path<CaseId>,
) -> Result<Versioned<CaseView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = reads::view(&mut tx, permit.principal(), id, app.clock.now()).await?;
    Ok(Versioned(view.case.version, view))
}

/// A page of a case's timeline, newest first.
#[utoipa::path(get, path = "/api/cases/{id}/timeline", tag = "cases", operation_id = "case_timeline",
    params(("id" = CaseId, Path), TimelineQuery),
    responses((status = 200, body = Timeline), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.read"))))]
async fn timeline(
    State(app): State<App>,
    permit: Permit<may::ReadCases>,
    Path(id): Path<CaseId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<Timeline>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(reads::timeline(&mut tx, &permit.actor(), id, &query).await?))
}

/// Takes a report and makes a case.
#[utoipa::path(post, path = "/api/cases", tag = "cases", operation_id = "report_fault", request_body = ReportFault,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CaseAnswer), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.report"))))]
async fn report_fault(
    State(app): State<App>,
    permit: Permit<may::ReportFault>,
    cmd: Command<ReportFault>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let answer = actions::report_fault(tx, cx, input).await?;
            let version = answer.version;
            Ok(Done::created(answer).version(version))
        })
    })
    .await
}

/// Corrects what was noted down; needs `If-Match`.
#[utoipa::path(put, path = "/api/cases/{id}", tag = "cases", operation_id = "correct_case", request_body = CorrectCase,
    params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = CaseAnswer), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.triage"))))]
async fn correct(
    State(app): State<App>,
    permit: Permit<may::TriageCase>,
    Path(id): Path<CaseId>,
    cmd: Command<CorrectCase>,
) -> Result<Answer, Failure> {
    let seen = cmd.version()?;
    let Command { input, envelope, .. } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(done(actions::correct(tx, cx, id, seen, input).await?)) })
    })
    .await
}

fn done(answer: CaseAnswer) -> Done<CaseAnswer> {
    let version = answer.version;
    Done::ok(answer).version(version)
}

// A step on a case: `If-Match` is held against it if it was sent; the state guards the rest.
async fn step<T, F>(
    app: App,
    actor: kit::Actor,
    id: CaseId,
    cmd: Command<T>,
    act: F,
) -> Result<Answer, Failure>
where
    T: Clone + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx, &'t Cx, T) -> futures::future::BoxFuture<'t, Result<CaseAnswer, Failure>>
        + Clone
        + Send
        + 'static,
{
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, actor, move |tx, cx| {
        Box::pin(async move {
            actions::seen(tx, cx, id, if_match).await?;
            Ok(done(act(tx, cx, input).await?))
        })
    })
    .await
}

macro_rules! steps {
    ($( $(#[$doc:meta])* $name:ident $path:literal $operation:literal $permission:ident $permission_name:literal $input:ident
        => |$tx:ident, $cx:ident, $id:ident, $value:pat_param| $call:expr ;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "cases", operation_id = $operation, request_body = $input,
            params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
            responses((status = 200, body = CaseAnswer), (status = "4XX", body = Problem, content_type = "application/problem+json")),
            extensions(("x-permission" = json!($permission_name))))]
        async fn $name(
            State(app): State<App>,
            permit: Permit<may::$permission>,
            Path($id): Path<CaseId>,
            cmd: Command<$input>,
        ) -> Result<Answer, Failure> {
            step(app, permit.actor(), $id, cmd, move |$tx, $cx, $value| Box::pin($call)).await
        }
    )+};
}

steps! {
    /// Takes a new case up.
    triage "/api/cases/{id}/triage" "triage_case" TriageCase "cases.triage" TriageCase
        => |tx, cx, id, input| actions::triage(tx, cx, id, input);
    /// Sets another severity (P45).
    severity "/api/cases/{id}/severity" "change_severity" TriageCase "cases.triage" ChangeSeverity
        => |tx, cx, id, input| actions::change_severity(tx, cx, id, input);
    /// Sets the next step by hand.
    next_step "/api/cases/{id}/next-step" "set_next_step" TriageCase "cases.triage" SetNextStep
        => |tx, cx, id, input| actions::set_next_step(tx, cx, id, input);
    /// Writes a note.
    note "/api/cases/{id}/note" "write_note" NoteOnCase "cases.note" WriteNote
        => |tx, cx, id, input| actions::write_note(tx, cx, id, input);
    /// Begins to help by phone (P37).
    phone_support "/api/cases/{id}/phone-support" "start_phone_support" SupportByPhone "cases.support" StartPhoneSupport
        => |tx, cx, id, input| actions::start_phone_support(tx, cx, id, input);
    /// Records what came of helping by phone (P14, P38).
    phone_result "/api/cases/{id}/phone-result" "record_phone_result" SupportByPhone "cases.support" RecordPhoneResult
        => |tx, cx, id, input| actions::record_phone_result(tx, cx, id, input);
    /// Records that both sides agree to a visit (P41).
    agree_onsite "/api/cases/{id}/agree-onsite" "agree_onsite" AgreeOnsite "cases.agree_onsite" AgreeOnsite
        => |tx, cx, id, input| actions::agree_onsite(tx, cx, id, input);
    /// Waits for the customer or for parts.
    wait "/api/cases/{id}/wait" "wait_case" TriageCase "cases.triage" WaitCase
        => |tx, cx, id, input| actions::wait(tx, cx, id, input);
    /// Goes on after waiting.
    resume "/api/cases/{id}/resume" "resume_case" TriageCase "cases.triage" Nothing
        => |tx, cx, id, _| actions::resume(tx, cx, id);
    /// Offers the case to a colleague (P10).
    hand_over "/api/cases/{id}/hand-over" "hand_over_case" TriageCase "cases.triage" OfferHandOver
        => |tx, cx, id, input| actions::hand_over(tx, cx, id, input);
    /// Accepts the offer: the case is mine.
    accept_hand_over "/api/cases/{id}/accept-hand-over" "accept_hand_over" TriageCase "cases.triage" Nothing
        => |tx, cx, id, _| actions::accept_hand_over(tx, cx, id);
    /// Declines the offer, or takes it back.
    decline_hand_over "/api/cases/{id}/decline-hand-over" "decline_hand_over" TriageCase "cases.triage" CaseReason
        => |tx, cx, id, input| actions::decline_hand_over(tx, cx, id, input);
    /// Raises a case to Technical Service (P10, decision 2).
    escalate "/api/cases/{id}/escalate" "escalate_case" TriageCase "cases.triage" CaseReason
        => |tx, cx, id, input| actions::escalate(tx, cx, id, input);
    /// Gives a raised case back.
    return_escalation "/api/cases/{id}/return-escalation" "return_escalation" TriageCase "cases.triage" CaseReason
        => |tx, cx, id, input| actions::return_escalation(tx, cx, id, input);
    /// Lets a case go on by itself.
    leave_parent "/api/cases/{id}/leave-parent" "leave_parent" TriageCase "cases.triage" Nothing
        => |tx, cx, id, _| actions::leave_parent(tx, cx, id);
    /// Takes a case back that was none.
    withdraw "/api/cases/{id}/withdraw" "withdraw_case" ManageCases "cases.manage" CaseReason
        => |tx, cx, id, input| actions::withdraw(tx, cx, id, input);
    /// Opens a case again.
    reopen "/api/cases/{id}/reopen" "reopen_case" ManageCases "cases.manage" CaseReason
        => |tx, cx, id, input| actions::reopen(tx, cx, id, input);
}

/// Lets a case go on under another number.
#[utoipa::path(post, path = "/api/cases/{id}/merge", tag = "cases", operation_id = "merge_case", request_body = MergeCase,
    params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = CaseAnswer), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.manage"))))]
async fn merge(
    State(app): State<App>,
    permit: Permit<may::ManageCases>,
    Path(id): Path<CaseId>,
    cmd: Command<MergeCase>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            actions::lock_both(tx, cx, id, input.into).await?;
            actions::seen(tx, cx, id, if_match).await?;
            Ok(done(actions::merge(tx, cx, id, input).await?))
        })
    })
    .await
}

/// Lets a case follow another of the same fault: that one is mended, and its solution is offered here.
#[utoipa::path(post, path = "/api/cases/{id}/parent", tag = "cases", operation_id = "set_parent", request_body = FollowCase,
    params(("id" = CaseId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = CaseAnswer), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("cases.triage"))))]
async fn set_parent(
    State(app): State<App>,
    permit: Permit<may::TriageCase>,
    Path(id): Path<CaseId>,
    cmd: Command<FollowCase>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, if_match } = cmd;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            // Both in one order, before the version of either is looked at.
            actions::lock_both(tx, cx, id, input.parent_id).await?;
            actions::seen(tx, cx, id, if_match).await?;
            Ok(done(actions::set_parent(tx, cx, id, input).await?))
        })
    })
    .await
}
