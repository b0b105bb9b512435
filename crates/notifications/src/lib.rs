//! What customers and people on duty are told, and whether it reached them.
//!
//! - [`readers`] reads the sealed events by a cursor and turns them into deliveries: one per event, recipient and channel.
//! - [`couriers`] brings each delivery out, at least once, under an id that stays the same: mail by SMTP (the customer's
//!   contact, the mailbox of people on duty) and webhooks signed after Standard Webhooks.
//! - [`alerts`] go to who is on duty by the rota, then to the backup, then to the manager, until one takes them (P11).
//! - P21: an arriving engineer is announced with name, photo and badge number. P44: clocks that warn or breach reach the desk.
//! - Names and addresses stand here by reference and are looked up when a message leaves (decision 6); no message holds a
//!   phone number (P68).
//!
//! Nobody imports this crate: it reads what others publish and writes only its own rows.

mod actions;
mod adapter;
mod alerts;
pub mod errors;
mod http;
mod jobs;
mod keeping;
mod model;
mod outside;
mod reading;
mod relay;
mod rules;
mod sms;
mod smtp;
mod store;
mod webhook;

pub use actions::{change_settings, create_webhook, remove_webhook, retry, send_test};
pub use alerts::jobs::workers;
pub use alerts::model::{AlertId, AlertView, Alerts, Stage, Told, Why};
pub use errors::NotificationError;
pub use http::routes;
pub use jobs::couriers;
pub use keeping::{Standing, forget_bodies, set_aside_restored, standing};
pub use model::{
    Channel, DeliveryFailure, DeliveryId, DeliveryState, DeliveryView, Duty, DutyInput, NewWebhook, Settings,
    SettingsInput, SettingsView, SmtpInput, SmtpSettings, SmtpView, TestMessage, Tls, WebhookId, WebhookView,
};
pub use reading::readers;
pub use relay::{RelayInput, RelayView, relay_gateway};
pub use rules::{KINDS, MAIL_KINDS, is_public, masked, sign, without_numbers};
pub use sms::{SmsInput, SmsTest, SmsTested, SmsView, sms_gateway};

/// Forgets at most `limit` alerts that somebody took, or that were over, before `before`: the events say what happened. Returns how
/// many.
///
/// # Errors
/// As the database says.
pub async fn forget_alerts(tx: &mut kit::Tx, before: kit::Ts, limit: i64) -> Result<u64, kit::Failure> {
    Ok(alerts::store::forget(tx, before, limit).await?)
}
