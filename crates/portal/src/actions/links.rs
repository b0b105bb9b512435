//! Links to a case: minted, opened, revoked.

use cases::{Case, CaseId, CaseState};
use kit::{App, Audience, Cx, Event, Failure, Ts, Tx};
use serde_json::json;

use super::hashed;
use crate::errors::PortalError;
use crate::model::{CallerId, Link, LinkFor, LinkId, LinkScope};
use crate::rules::{link_ends_at, word};
use crate::store;

/// The address of a link. What opens it stands behind `#`: browsers send that to nobody, so it is in no log.
#[must_use]
pub fn url_of(app: &App, token: &str) -> String {
    format!("{}/t#{token}", app.web.base_url.trim_end_matches('/'))
}

/// Makes a link to a case; its token is kept as a hash and can't be shown again.
///
/// # Errors
/// `case_unknown`.
pub async fn mint(
    tx: &mut Tx,
    cx: &Cx,
    case_id: CaseId,
    scope: LinkScope,
    made_for: LinkFor,
) -> Result<(LinkId, String), Failure> {
    let case = cases::case(tx, case_id).await?;
    let mut random = [0_u8; 20];
    cx.app.ids.fill(&mut random);
    let token = word(&random);
    let link = Link { id: cx.new_id(), case_id, scope, made_for, made_at: cx.now, revoked_at: None };
    store::insert_link(tx, &link, &hashed(&token), &cx.actor.id).await?;
    let event = Event::new("tracking_link.made", "tracking_link", link.id)
        .unit(case.unit_id)
        .customer(case.customer_id)
        .audience(Audience::Audit)
        .body(&json!({ "case_id": case_id, "scope": scope, "made_for": made_for }));
    kit::events::append(tx, cx, event).await?;
    Ok((link.id, token))
}

/// A case that a link opens.
pub(crate) struct Opened {
    pub link: Link,
    pub case: Case,
    pub ends_at: Option<Ts>,
}

/// When a case ended.
pub(crate) fn ended_at(case: &Case) -> Option<Ts> {
    match case.state {
        CaseState::Closed { at } | CaseState::Withdrawn { at } | CaseState::Merged { at, .. } => Some(at),
        _ => None,
    }
}

/// The case behind a link. One that was revoked, is over or never was is answered alike.
///
/// # Errors
/// `link_unknown`.
pub(crate) async fn open(tx: &mut Tx, token: &str, now: Ts) -> Result<Opened, Failure> {
    let link = store::link(tx, &hashed(token)).await?.ok_or(PortalError::LinkUnknown)?;
    let case = cases::case(tx, link.case_id).await?;
    let days = store::settings(tx).await?.link_days;
    let ends_at = link_ends_at(ended_at(&case), days);
    if ends_at.is_some_and(|at| at <= now) {
        return Err(PortalError::LinkUnknown.into());
    }
    Ok(Opened { link, case, ends_at })
}

/// Revokes a link of a case that the actor sees.
///
/// # Errors
/// `tracking_link_unknown`.
pub(crate) async fn revoke(tx: &mut Tx, cx: &Cx, id: LinkId) -> Result<CaseId, Failure> {
    let link = store::link_by_id(tx, id).await?.ok_or(PortalError::LinkNotThere)?;
    let case = match cases::visible(tx, &cx.actor, link.case_id).await {
        Ok(case) => case,
        Err(Failure::Refused(_)) => return Err(PortalError::LinkNotThere.into()),
        Err(other) => return Err(other),
    };
    // Revoked twice is revoked.
    if store::revoke_link(tx, id, &cx.actor.id, cx.now).await? {
        let event = Event::new("tracking_link.revoked", "tracking_link", id)
            .unit(case.unit_id)
            .customer(case.customer_id)
            .audience(Audience::Audit)
            .body(&json!({ "case_id": link.case_id }));
        kit::events::append(tx, cx, event).await?;
    }
    Ok(link.case_id)
}

/// The number of a caller, for a message on its way to them; none once it was forgotten.
///
/// # Errors
/// As the database says.
pub async fn caller_phone(tx: &mut Tx, id: CallerId) -> Result<Option<String>, Failure> {
    Ok(store::caller_by_id(tx, id).await?.map(|caller| caller.phone_e164))
}
