//! What people at the desk do with what customers asked.

use cases::CaseId;
use kit::{Audience, Cx, Event, Failure, Tx};
use serde_json::json;

use crate::errors::PortalError;
use crate::model::{
    AnswerRequest, CustomerSide, LinkView, PortalSettings, PortalStanding, RequestId, RequestKind,
    RequestState, RequestView,
};
use crate::rules::words;
use crate::store;

/// The customer's side of a case that the actor sees.
///
/// # Errors
/// `case_unknown`.
pub(crate) async fn side(tx: &mut Tx, actor: &kit::Actor, id: CaseId) -> Result<CustomerSide, Failure> {
    cases::visible(tx, actor, id).await?;
    let links = store::links_of(tx, id).await?;
    Ok(CustomerSide {
        requests: store::requests_on(tx, &cases::person(actor), id, 50).await?,
        photos: store::photos_of(tx, id).await?,
        links: links
            .into_iter()
            .map(|link| LinkView {
                id: link.id,
                scope: link.scope,
                made_for: link.made_for,
                made_at: link.made_at,
                revoked_at: link.revoked_at,
            })
            .collect(),
    })
}

/// Answers a request: the customer sees it on their page.
///
/// # Errors
/// `customer_request_unknown`, `customer_request_is_complaint`, `customer_request_answered`, `customer_request_answer_missing`, `portal_text_too_long`.
pub(crate) async fn answer(
    tx: &mut Tx,
    cx: &Cx,
    id: RequestId,
    input: AnswerRequest,
) -> Result<RequestView, Failure> {
    let unknown = || Failure::from(PortalError::RequestUnknown);
    let mut request = store::request(tx, id).await?.ok_or_else(unknown)?;
    let case = match cases::visible(tx, &cx.actor, request.case_id).await {
        Ok(case) => case,
        Err(Failure::Refused(_)) => return Err(unknown()),
        Err(other) => return Err(other),
    };
    if request.kind == RequestKind::Complaint {
        return Err(PortalError::IsComplaint.into());
    }
    if request.state != RequestState::Open || input.state == RequestState::Open {
        return Err(PortalError::Answered.into());
    }
    let said = words(input.answer.as_deref())?.map(cases::masked);
    if input.state == RequestState::Declined && said.is_none() {
        return Err(PortalError::AnswerMissing.into());
    }
    request.state = input.state;
    request.answer = said;
    request.answered_at = Some(cx.now);
    request.answered_by = Some(cases::person(&cx.actor));
    if !store::save_answer(tx, &request).await? {
        return Err(PortalError::Answered.into());
    }
    let event = Event::new("case.request_answered", "case", case.id)
        .thread(case.id)
        .unit(case.unit_id)
        .customer(case.customer_id)
        .audience(Audience::Customer)
        .body(&json!({
            "state": case.state.name(), "request_id": request.id, "of": request.kind, "answered": request.state,
        }));
    kit::events::append(tx, cx, event).await?;
    store::request_on(tx, &cases::person(&cx.actor), id).await?.ok_or_else(unknown)
}

/// How the pages behave, and what is held.
///
/// # Errors
/// As the database says.
pub(crate) async fn standing(tx: &mut Tx) -> Result<PortalStanding, Failure> {
    let PortalSettings { link_days } = store::settings(tx).await?;
    Ok(PortalStanding { link_days, held: store::held(tx).await? })
}

/// Changes how long links live on.
///
/// # Errors
/// `portal_days_range`.
pub(crate) async fn change(tx: &mut Tx, cx: &Cx, input: PortalSettings) -> Result<PortalStanding, Failure> {
    if !(1..=365).contains(&input.link_days) {
        return Err(PortalError::DaysRange { min: 1, max: 365 }.into());
    }
    store::save_settings(tx, &input, cx.now).await?;
    let event = Event::new("portal_settings.changed", "setting", "portal").audience(Audience::Audit);
    kit::events::append(tx, cx, event.body(&input)).await?;
    standing(tx).await
}
