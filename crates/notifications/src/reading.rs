//! From sealed events to deliveries: one per event, recipient and channel, made in the transaction that moves the cursor.

use kit::events::StoredEvent;
use kit::readers::Reader;
use kit::{Cx, Failure, Reach, Ts, Tx};
use serde_json::json;

use crate::jobs::{SMTP_JOB, WEBHOOK_JOB};
use crate::model::{Channel, Delivery, DeliveryId, DeliveryState, Facts, RecipientKind, Settings, Webhook};
use crate::rules::{DUTY_KINDS, KINDS, MAIL_KINDS, untold};
use crate::{alerts, store};

/// Events older than this are history (an import, a node that stood still): nobody is told any more.
const FRESH_US: i64 = 24 * Ts::HOUR;

/// The cursor's name.
pub(crate) const READER: &str = "notifications";

/// Who reads events for messages.
#[must_use]
pub fn readers() -> Vec<Reader> {
    vec![Reader { name: READER, kinds: KINDS, read: |tx, cx, events| Box::pin(read(tx, cx, events)) }]
}

async fn read(tx: &mut Tx, cx: &Cx, events: &[StoredEvent]) -> Result<(), Failure> {
    let settings = store::settings(tx).await?;
    let webhooks = store::webhooks(tx).await?;
    let restored_at = kit::settings::get::<Ts>(tx, kit::archive::RESTORED_AT).await?;
    for event in events {
        let old = event.at.micros() < cx.now.micros() - FRESH_US;
        // A timer that came due before a restore finds its time again: the system that was lost has told it already.
        let reached =
            event.body.get("reached_at").and_then(|v| v.as_str()).and_then(|t| t.parse::<Ts>().ok());
        let told_before = restored_at.is_some_and(|restored| reached.unwrap_or(event.at) < restored);
        if event.actor_kind != "import" && !old && !told_before {
            tell(tx, cx, &settings, &webhooks, event).await?;
        }
    }
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    cx: &Cx,
    settings: &Settings,
    webhooks: &[Webhook],
    event: &StoredEvent,
) -> Result<(), Failure> {
    let kind = event.kind.as_str();
    if kind == "case.reported" {
        crate::sms::plan_received(tx, cx, event).await?;
    }
    let duty = DUTY_KINDS.contains(&kind);
    if !duty && settings.smtp.is_none() && webhooks.iter().all(|w| w.disabled_at.is_some()) {
        return Ok(());
    }
    let (facts, contact) = facts_of(tx, event).await?;
    if duty {
        alerts::actions::raise(tx, cx, event, &facts).await?;
    }
    if settings.smtp.is_some() {
        let said = |name: &str| event.body.get(name).and_then(|s| s.as_str());
        let untold = untold(kind, said("state"), said("from"));
        if MAIL_KINDS.contains(&kind)
            && !untold
            && !settings.silent_kinds.iter().any(|k| k == kind)
            && let Some(contact) = contact
        {
            put(tx, cx, settings, event, RecipientKind::Contact, &contact, &facts).await?;
        }
        if duty && let Some(unit) = duty_unit(tx, settings, event).await? {
            put(tx, cx, settings, event, RecipientKind::Duty, &unit, &facts).await?;
        }
    }
    for webhook in webhooks.iter().filter(|w| w.disabled_at.is_none() && w.kinds.iter().any(|k| k == kind)) {
        put(tx, cx, settings, event, RecipientKind::Webhook, &webhook.id.to_string(), &facts).await?;
    }
    Ok(())
}

// Events of other things have threads of their own: what isn't there is none of ours.
fn there<T>(found: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

// The facts of a message, and the case's contact if mail reaches them.
async fn facts_of(tx: &mut Tx, event: &StoredEvent) -> Result<(Facts, Option<String>), Failure> {
    let mut facts = Facts::default();
    let mut contact = None;
    if let Some(Ok(case_id)) = event.thread_id.as_deref().map(str::parse)
        && let Some(case) = there(cases::case(tx, case_id).await)?
    {
        facts.case_number = Some(case.number);
        facts.site_id = Some(case.site_id.to_string());
        if let Some(id) = case.contact_id.map(|id| id.to_string())
            && store::has_email(tx, &id).await?
        {
            contact = Some(id);
        }
    }
    match event.subject_type.as_str() {
        "visit" => {
            if let Ok(id) = event.subject_id.parse()
                && let Some(visit) = there(visits::visit(tx, &Reach::Everything, id).await)?
            {
                facts.engineer_id = Some(visit.engineer_id.to_string());
                facts.window_start = Some(visit.window.start);
                facts.window_end = Some(visit.window.end);
                facts.appointment_end = Some(visit.appointment_end);
            }
            facts.order_number = visits::order_number(tx, &event.subject_id).await?;
        }
        "work_order" | "service_order" => {
            facts.order_number = visits::order_number(tx, &event.subject_id).await?
        }
        "phone_support" => facts.phone_support_id = Some(event.subject_id.clone()),
        "clock" => {
            store::clock_facts(tx, &event.subject_id, &mut facts).await?;
            facts.percent =
                event.body.get("percent").or_else(|| event.body.get("threshold")).and_then(|p| p.as_i64());
        }
        _ => {}
    }
    // What the event itself says was so when it happened; the rows may have moved on.
    let instant =
        |name: &str| event.body.get(name).and_then(|v| v.as_str()).and_then(|t| t.parse::<Ts>().ok());
    let text = |name: &str| event.body.get(name).and_then(|v| v.as_str()).map(str::to_owned);
    facts.due_at = instant("due_at").or(facts.due_at);
    facts.promise = text("promise").or(facts.promise);
    facts.engineer_id = text("engineer_id").or(facts.engineer_id);
    facts.window_start = instant("window_start").or(facts.window_start);
    facts.window_end = instant("window_end").or(facts.window_end);
    facts.appointment_end = instant("appointment_end").or(facts.appointment_end);
    facts.expected_at = instant("expected_at");
    Ok((facts, contact))
}

// The nearest unit above the record that has a mailbox for people on duty.
async fn duty_unit(tx: &mut Tx, settings: &Settings, event: &StoredEvent) -> Result<Option<String>, Failure> {
    let (Some(unit_id), false) = (&event.unit_id, settings.duty.is_empty()) else { return Ok(None) };
    let line = store::line_of(tx, unit_id).await?;
    Ok(line.into_iter().find(|unit| settings.duty.iter().any(|d| d.unit_id == *unit)))
}

async fn put(
    tx: &mut Tx,
    cx: &Cx,
    settings: &Settings,
    event: &StoredEvent,
    recipient_kind: RecipientKind,
    recipient_id: &str,
    facts: &Facts,
) -> Result<(), Failure> {
    let id: DeliveryId = cx.new_id();
    let channel = if recipient_kind == RecipientKind::Webhook { Channel::Webhook } else { Channel::Smtp };
    let photo = match &facts.engineer_id {
        Some(engineer) if event.subject_type == "visit" && recipient_kind != RecipientKind::Duty => {
            store::has_photo(tx, engineer).await?
        }
        _ => false,
    };
    let payload = match channel {
        Channel::Smtp => String::new(),
        Channel::Webhook => payload(event, facts).to_string(),
    };
    let new = Delivery {
        id,
        event_seq: event.seq,
        kind: event.kind.clone(),
        at: event.at,
        channel,
        recipient_kind,
        recipient_id: recipient_id.to_owned(),
        case_id: event.thread_id.clone(),
        customer_id: event.customer_id.clone(),
        unit_id: event.unit_id.clone(),
        message_id: message_id(channel, id, settings),
        facts: facts.clone(),
        payload,
        photo_token: photo.then(|| cx.app.ids.secret()),
        state: DeliveryState::Waiting,
        attempts: 0,
        created_at: cx.now,
        delivered_at: None,
        failure: None,
        last_error: None,
    };
    if store::insert_delivery(tx, &new).await? {
        schedule(tx, cx, channel, id).await?;
    }
    Ok(())
}

/// The id under which a message travels, the same on every attempt.
pub(crate) fn message_id(channel: Channel, id: DeliveryId, settings: &Settings) -> String {
    match channel {
        Channel::Webhook => format!("msg_{}", id.0.simple()),
        Channel::Smtp => {
            let from = settings.smtp.as_ref().map_or("", |s| s.from.as_str());
            let domain = from.rsplit_once('@').map_or("aftercare.invalid", |(_, domain)| domain);
            format!("<{}@{domain}>", id.0.simple())
        }
    }
}

/// Puts the bringing of a delivery on the list, due now.
pub(crate) async fn schedule(tx: &mut Tx, cx: &Cx, channel: Channel, id: DeliveryId) -> Result<(), Failure> {
    let kind = match channel {
        Channel::Smtp => SMTP_JOB,
        Channel::Webhook => WEBHOOK_JOB,
    };
    kit::jobs::schedule(tx, cx, kind, &id.to_string(), cx.now, &()).await
}

// `type`, `timestamp`, `data` as Standard Webhooks proposes; ids and instants only.
fn payload(event: &StoredEvent, facts: &Facts) -> serde_json::Value {
    json!({
        "type": event.kind,
        "timestamp": event.at,
        "data": {
            "seq": event.seq,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "case_id": event.thread_id,
            "customer_id": event.customer_id,
            "unit_id": event.unit_id,
            "facts": facts,
            "body": event.body,
        }
    })
}
