//! The engineer's call to the customer, by a number that is neither's (P68).

use cases::Case;
use kit::events::StoredEvent;
use kit::{Actor, App, Cx, Event, Failure, Reach, Ts, Tx};
use organisation::EmployeeId;
use serde_json::json;
use visits::{Visit, VisitId, VisitStateName};

use crate::errors::PortalError;
use crate::gateway::{GatewayFault, GatewayStanding};
use crate::model::{CallVia, CallWay, Relay};
use crate::relay::{RelayEnd, RelayGateway, RelayWanted};
use crate::store;
use crate::store::field;

/// A binding that nobody ended is over this long after the window.
const LONGEST_US: i64 = 24 * Ts::HOUR;

/// What of a call is known before anybody is asked outside.
pub(crate) enum Found {
    /// How to call, as it stands already.
    Stands(CallWay),
    /// A number has to be bound first.
    Bind(Box<RelayWanted>, GatewayStanding),
}

fn mine(actor: &Actor, visit: &Visit) -> Result<EmployeeId, Failure> {
    let me = actor.employee_id.as_deref() == Some(visit.engineer_id.to_string().as_str());
    let told = !matches!(visit.state.name(), VisitStateName::Proposed | VisitStateName::Confirmed);
    if me && told && visit.state.name().holds_window() {
        Ok(visit.engineer_id)
    } else {
        Err(visits::VisitError::Unknown.into())
    }
}

// The number as it is dialled after the hotline: nobody's, and the same on every look.
fn simulated(visit: &Visit, hotline: &str) -> Relay {
    let digits = visit.id.to_string().bytes().fold(0_u32, |sum, b| (sum * 31 + u32::from(b)) % 10_000);
    Relay {
        engineer_id: visit.engineer_id,
        reference: String::new(),
        number: hotline.to_owned(),
        extension: Some(format!("{digits:04}")),
        simulated: true,
    }
}

fn shown(relay: &Relay) -> CallWay {
    CallWay {
        via: CallVia::Relay,
        number: relay.number.clone(),
        extension: relay.extension.clone(),
        simulated: relay.simulated,
    }
}

/// How the engineer of a visit calls its customer: a number of the provider that ends with the visit, else the service hotline.
///
/// # Errors
/// `visit_unknown` (also another engineer's, or over), `call_contact_without_number`, `call_no_way`.
pub(crate) async fn find(
    app: &App,
    gateway: &dyn RelayGateway,
    actor: &Actor,
    id: VisitId,
) -> Result<Found, Failure> {
    let mut tx = app.db.reader().await?;
    let visit = visits::visit(&mut tx, &actor.reach, id).await?;
    let engineer_id = mine(actor, &visit)?;
    let case: Case = cases::case(&mut tx, visit.case_id).await?;
    let phone = match case.contact_id {
        Some(id) => customers::contact_channels(&mut tx, id).await?.phone,
        None => None,
    };
    let phone = phone.ok_or(PortalError::CallNoNumber)?;
    if let Some(relay) = field::relay(&mut tx, id).await?.filter(|r| r.engineer_id == engineer_id) {
        return Ok(Found::Stands(shown(&relay)));
    }
    let standing = gateway.standing(&mut tx).await?;
    if standing == GatewayStanding::Off {
        let hotline = store::hotline(&mut tx, Some(visit.unit_id)).await?.ok_or(PortalError::CallNoWay)?;
        return Ok(Found::Stands(CallWay {
            via: CallVia::Service,
            number: hotline,
            extension: None,
            simulated: false,
        }));
    }
    let engineer = organisation::employee(&mut tx, engineer_id).await?;
    // A visit may come back to an engineer: what was bound for them then has ended.
    let before = field::last_bound(&mut tx, id).await?.unwrap_or_default();
    Ok(Found::Bind(
        Box::new(RelayWanted {
            id: format!("{id}-{engineer_id}-{}", before.micros()),
            visit_number: visit.number.clone(),
            engineer_id: engineer_id.to_string(),
            badge_number: engineer.badge_number,
            to: phone.as_str().to_owned(),
            to_extension: phone.extension().map(str::to_owned),
            until: visit.window.end.max(app.clock.now()).plus(LONGEST_US),
        }),
        standing,
    ))
}

/// Has a number bound at the provider, or plays one.
///
/// # Errors
/// `call_relay_failed`, `call_no_way` in a demo without a hotline.
pub(crate) async fn bind(
    app: &App,
    gateway: &dyn RelayGateway,
    id: VisitId,
    wanted: RelayWanted,
    standing: GatewayStanding,
) -> Result<Relay, Failure> {
    if standing == GatewayStanding::Simulated {
        let mut tx = app.db.reader().await?;
        let visit = visits::visit(&mut tx, &Reach::Everything, id).await?;
        let hotline = store::hotline(&mut tx, Some(visit.unit_id)).await?.ok_or(PortalError::CallNoWay)?;
        return Ok(simulated(&visit, &hotline));
    }
    let engineer_id: EmployeeId =
        wanted.engineer_id.parse().map_err(|_| Failure::from(visits::VisitError::Unknown))?;
    match gateway.bind(app, wanted).await? {
        Ok(given) => Ok(Relay {
            engineer_id,
            reference: given.reference,
            number: given.number,
            extension: given.extension,
            simulated: false,
        }),
        Err(fault @ (GatewayFault::Later(_) | GatewayFault::Never(_))) => {
            tracing::warn!(?fault, "no number was bound between an engineer and a customer");
            Err(PortalError::CallRelayFailed.into())
        }
    }
}

/// Keeps the number, if one was bound, and that the engineer called. Of two that were bound at once the first stays.
///
/// # Errors
/// `visit_unknown` if the visit is over by now.
pub(crate) async fn called(
    tx: &mut Tx,
    cx: &Cx,
    id: VisitId,
    way: CallWay,
    bound: Option<Relay>,
) -> Result<CallWay, Failure> {
    let visit = visits::visit(tx, &cx.actor.reach, id).await?;
    mine(&cx.actor, &visit)?;
    let mut way = way;
    if let Some(relay) = bound {
        // One of an engineer who no longer goes there ends here: its reader may not have come to it yet.
        if let Some(old) = field::relay(tx, id).await?.filter(|r| r.engineer_id != relay.engineer_id) {
            end(tx, cx, id, old).await?;
        }
        if field::bind_relay(tx, id, &relay, cx.now).await? {
            way = shown(&relay);
        } else if let Some(stands) = field::relay(tx, id).await? {
            way = shown(&stands);
            // A provider that is asked twice for the same may give the same.
            if stands.reference != relay.reference {
                release(tx, cx, &relay).await?;
            }
        }
    }
    let event = Event::new("visit.customer_called", "visit", id)
        .thread(visit.case_id)
        .unit(visit.unit_id)
        .customer(visit.customer_id)
        .body(&json!({ "visit_id": id, "number": visit.number, "via": way.via }));
    kit::events::append(tx, cx, event).await?;
    Ok(way)
}

async fn end(tx: &mut Tx, cx: &Cx, id: VisitId, relay: Relay) -> Result<(), Failure> {
    if field::end_relay(tx, id, cx.now).await? {
        release(tx, cx, &relay).await?;
    }
    Ok(())
}

// The provider is told apart from this transaction, as often as it takes.
async fn release(tx: &mut Tx, cx: &Cx, relay: &Relay) -> Result<(), Failure> {
    if relay.reference.is_empty() {
        return Ok(());
    }
    let end = RelayEnd { reference: relay.reference.clone() };
    kit::jobs::schedule(tx, cx, crate::RELAY_END_JOB, &relay.reference, cx.now, &end).await?;
    Ok(())
}

/// Ends the numbers of visits that are over or go to somebody else.
///
/// # Errors
/// As the database says.
pub(crate) async fn visits_ended(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    for event in events {
        let Ok(id) = event.subject_id.parse::<VisitId>() else { continue };
        let Some(relay) = field::relay(tx, id).await? else { continue };
        let visit = visits::visit(tx, &Reach::Everything, id).await?;
        if !visit.state.name().holds_window() || visit.engineer_id != relay.engineer_id {
            end(tx, cx, id, relay).await?;
        }
    }
    Ok(())
}
