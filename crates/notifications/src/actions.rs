//! What people change: settings, webhooks, another try, a test.

use kit::{Audience, Cx, Event, Failure, Tx};
use serde_json::json;

use crate::errors::NotificationError;
use crate::model::{
    Channel, Delivery, DeliveryId, DeliveryState, Facts, NewWebhook, RecipientKind, Settings, SettingsInput,
    SettingsView, SmtpInput, SmtpSettings, SmtpView, TestMessage, Tls, Webhook, WebhookId, WebhookView,
};
use crate::rules::{KINDS, MAIL_KINDS, Why, header_safe, secret_of};
use crate::smtp::is_address;
use crate::{outside, reading, store};

/// The settings as shown: no password.
pub(crate) fn shown(settings: Settings) -> SettingsView {
    let names = |kinds: &[&str]| kinds.iter().map(|k| (*k).to_owned()).collect();
    SettingsView {
        smtp: settings.smtp.map(|s| SmtpView {
            password_set: s.password.is_some(),
            host: s.host,
            port: s.port,
            tls: s.tls,
            user: s.user,
            from_name: s.from_name,
            from: s.from,
            reply_to: s.reply_to,
        }),
        silent_kinds: settings.silent_kinds,
        mail_kinds: names(MAIL_KINDS),
        webhook_kinds: names(KINDS),
        duty: settings.duty,
        allow_private: settings.allow_private,
        authority_pem: settings.authority_pem,
        version: settings.version,
    }
}

fn address(text: &str, pointer: &str) -> Result<String, Failure> {
    let text = text.trim();
    if is_address(text) {
        Ok(text.to_owned())
    } else {
        Err(NotificationError::AddressInvalid.refusal().field(pointer, "mail_address_invalid").into())
    }
}

fn smtp_settings(input: SmtpInput, kept: Option<&SmtpSettings>) -> Result<SmtpSettings, Failure> {
    let host = input.host.trim().to_owned();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
    if host.is_empty() || host.len() > 253 || !host.chars().all(fits) || input.port == 0 {
        return Err(NotificationError::SmtpHost.into());
    }
    for (text, pointer) in [(&input.from_name, "/smtp/from_name"), (&input.user, "/smtp/user")] {
        if text.as_deref().is_some_and(|t| !header_safe(t)) {
            return Err(NotificationError::HeaderUnsafe
                .refusal()
                .field(pointer, "mail_header_unsafe")
                .into());
        }
    }
    let filled = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let user = filled(input.user);
    // Left out, the kept password stays, but only for the server it was typed for: else a new host would be sent it.
    let password = match (&user, input.password) {
        (None, _) => None,
        (Some(_), Some(typed)) => Some(typed).filter(|p| !p.is_empty()),
        (Some(_), None) => kept.filter(|k| k.host == host).and_then(|k| k.password.clone()),
    };
    if password.is_some() && input.tls == Tls::None {
        return Err(NotificationError::SmtpPasswordInClear.into());
    }
    Ok(SmtpSettings {
        from: address(&input.from, "/smtp/from")?,
        reply_to: filled(input.reply_to).map(|r| address(&r, "/smtp/reply_to")).transpose()?,
        from_name: filled(input.from_name),
        host,
        port: input.port,
        tls: input.tls,
        user,
        password,
    })
}

/// Changes how messages leave.
///
/// # Errors
/// `version_changed`, `smtp_host_invalid`, `smtp_password_in_clear`, `mail_address_invalid`, `mail_header_unsafe`,
/// `duty_mailbox_twice`, `authority_invalid`, `webhook_kind_unknown`.
pub async fn change_settings(
    tx: &mut Tx,
    cx: &Cx,
    seen: i64,
    input: SettingsInput,
) -> Result<SettingsView, Failure> {
    store::hold_settings(tx).await?;
    let kept = store::settings(tx).await?;
    kit::http::same_version(seen, kept.version, shown(kept.clone()))?;
    known_kinds(&input.silent_kinds, MAIL_KINDS)?;
    let mut duty = input.duty;
    for i in 0..duty.len() {
        duty[i].email = address(&duty[i].email, &format!("/duty/{i}/email"))?;
        if duty[..i].iter().any(|d| d.unit_id == duty[i].unit_id) {
            let refusal = NotificationError::DutyTwice.refusal();
            return Err(refusal.field(format!("/duty/{i}/unit_id"), "duty_mailbox_twice").into());
        }
    }
    let authority_pem = input.authority_pem.filter(|p| !p.trim().is_empty());
    if let Some(pem) = &authority_pem {
        outside::authorities(pem)?;
    }
    let settings = Settings {
        smtp: input.smtp.map(|s| smtp_settings(s, kept.smtp.as_ref())).transpose()?,
        silent_kinds: input.silent_kinds,
        duty,
        allow_private: input.allow_private,
        authority_pem,
        version: kept.version + 1,
    };
    store::save_settings(tx, &settings, cx.now).await?;
    let body = json!({
        "smtp": settings.smtp.is_some(),
        "password_changed": settings.smtp.as_ref().and_then(|s| s.password.as_ref())
            != kept.smtp.as_ref().and_then(|s| s.password.as_ref()),
        "allow_private": settings.allow_private,
        "duty": settings.duty.iter().map(|d| &d.unit_id).collect::<Vec<_>>(),
    });
    let event =
        Event::new("notification_settings.changed", "setting", "notifications").audience(Audience::Audit);
    kit::events::append(tx, cx, event.body(&body)).await?;
    Ok(shown(settings))
}

fn known_kinds(kinds: &[String], known: &[&str]) -> Result<(), NotificationError> {
    match kinds.iter().find(|k| !known.contains(&k.as_str())) {
        None => Ok(()),
        Some(kind) => Err(NotificationError::KindUnknown { kind: kind.clone(), known: known.join(", ") }),
    }
}

/// A webhook as shown, without its key.
pub(crate) fn webhook_shown(webhook: Webhook) -> WebhookView {
    WebhookView {
        id: webhook.id,
        url: webhook.url,
        name: webhook.name,
        kinds: webhook.kinds,
        secret: None,
        created_at: webhook.created_at,
        disabled_at: webhook.disabled_at,
    }
}

/// Makes a webhook whose key comes from `random`, 32 bytes.
///
/// # Errors
/// `webhook_url_invalid`, `webhook_url_not_https`, `webhook_url_private`, `webhook_kinds_missing`, `webhook_kind_unknown`,
/// `mail_header_unsafe` for the name.
pub async fn create_webhook(
    tx: &mut Tx,
    cx: &Cx,
    input: NewWebhook,
    random: &[u8],
) -> Result<WebhookView, Failure> {
    let settings = store::settings(tx).await?;
    outside::target(&input.url, settings.allow_private)?;
    if input.kinds.is_empty() {
        return Err(NotificationError::KindsMissing.into());
    }
    known_kinds(&input.kinds, KINDS)?;
    if !header_safe(&input.name) {
        return Err(NotificationError::HeaderUnsafe.refusal().field("/name", "mail_header_unsafe").into());
    }
    let mut kinds = input.kinds;
    kinds.sort_unstable();
    kinds.dedup();
    let webhook = Webhook {
        id: cx.new_id(),
        url: input.url,
        name: input.name.trim().to_owned(),
        kinds,
        secret: secret_of(random),
        created_at: cx.now,
        disabled_at: None,
    };
    store::insert_webhook(tx, &webhook, &cx.actor.id).await?;
    let event = Event::new("webhook.created", "webhook", webhook.id).audience(Audience::Audit);
    kit::events::append(tx, cx, event.body(&json!({ "kinds": webhook.kinds }))).await?;
    Ok(webhook_shown(webhook))
}

/// Removes a webhook; what was not delivered yet is given up.
///
/// # Errors
/// `webhook_unknown`.
pub async fn remove_webhook(tx: &mut Tx, cx: &Cx, id: WebhookId) -> Result<WebhookView, Failure> {
    let webhook = store::webhook(tx, id).await?.ok_or(NotificationError::WebhookUnknown)?;
    if !store::remove_webhook(tx, id, cx.now).await? {
        return Err(NotificationError::WebhookUnknown.into());
    }
    let event = Event::new("webhook.removed", "webhook", id).audience(Audience::Audit);
    kit::events::append(tx, cx, event).await?;
    Ok(webhook_shown(webhook))
}

/// Tries a delivery again that was given up, under its old id. Reach is the caller's to check.
///
/// # Errors
/// `delivery_unknown`, `delivery_not_failed`.
pub async fn retry(tx: &mut Tx, cx: &Cx, id: DeliveryId) -> Result<(), Failure> {
    let delivery = store::delivery(tx, id).await?.ok_or(NotificationError::DeliveryUnknown)?;
    if delivery.state != DeliveryState::Failed {
        return Err(NotificationError::DeliveryNotFailed { state: delivery.state }.into());
    }
    if store::forgotten(tx, id).await? {
        return Err(NotificationError::DeliveryForgotten.into());
    }
    let why = delivery.failure.map(|failure| Why::new(failure, delivery.last_error.unwrap_or_default()));
    store::note_attempt(tx, id, delivery.attempts, DeliveryState::Waiting, why.as_ref(), cx.now).await?;
    reading::schedule(tx, cx, delivery.channel, id).await?;
    let mut event = Event::new("notification.retried", "delivery", id).body(&json!({ "of": delivery.kind }));
    if let Some(case_id) = &delivery.case_id {
        event = event.thread(case_id);
    }
    if let Some(unit_id) = &delivery.unit_id {
        event = event.unit(unit_id);
    }
    Ok(kit::events::append(tx, cx, event).await?)
}

/// Sends a message to see whether it arrives; what came of it stands on the delivery.
///
/// # Errors
/// `notification_test_target`, `smtp_not_configured`, `mail_address_invalid`, `webhook_unknown`.
pub async fn send_test(tx: &mut Tx, cx: &Cx, input: TestMessage) -> Result<DeliveryId, Failure> {
    let settings = store::settings(tx).await?;
    let (channel, recipient_kind, recipient_id) = match (input.email, input.webhook_id) {
        (Some(email), None) => {
            if settings.smtp.is_none() {
                return Err(NotificationError::SmtpOff.into());
            }
            (Channel::Smtp, RecipientKind::Address, address(&email, "/email")?)
        }
        (None, Some(id)) => {
            let webhook = store::webhook(tx, id).await?.ok_or(NotificationError::WebhookUnknown)?;
            (Channel::Webhook, RecipientKind::Webhook, webhook.id.to_string())
        }
        _ => return Err(NotificationError::TestTarget.into()),
    };
    let id: DeliveryId = cx.new_id();
    let payload = match channel {
        Channel::Smtp => String::new(),
        Channel::Webhook => json!({ "type": "test", "timestamp": cx.now, "data": {} }).to_string(),
    };
    let new = Delivery {
        id,
        event_seq: None,
        kind: "test".to_owned(),
        at: cx.now,
        channel,
        recipient_kind,
        recipient_id,
        case_id: None,
        customer_id: None,
        unit_id: None,
        message_id: reading::message_id(channel, id, &settings),
        facts: Facts::default(),
        payload,
        photo_token: None,
        state: DeliveryState::Waiting,
        attempts: 0,
        created_at: cx.now,
        delivered_at: None,
        failure: None,
        last_error: None,
    };
    store::insert_delivery(tx, &new).await?;
    reading::schedule(tx, cx, channel, id).await?;
    let event = Event::new("notification.tested", "delivery", id).audience(Audience::Audit);
    kit::events::append(tx, cx, event.body(&json!({ "channel": channel }))).await?;
    Ok(id)
}
