//! Deliveries, the settings of mail, webhooks.

use kit::{Lang, Ts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kit::id_type!(
    /// Id of a delivery.
    DeliveryId
);
kit::id_type!(
    /// Id of a webhook.
    WebhookId
);

kit::names! {
    /// How a message travels.
    Channel {
        /// Mail by SMTP.
        Smtp = "smtp",
        /// A signed HTTP request.
        Webhook = "webhook",
    }
}

kit::names! {
    /// How far a delivery has come.
    DeliveryState {
        /// It is tried, or will be again.
        Waiting = "waiting",
        /// The other side took it.
        Delivered = "delivered",
        /// Given up; a person may have it tried again.
        Failed = "failed",
    }
}

kit::names! {
    /// What a recipient's id names.
    RecipientKind {
        /// A customer's contact.
        Contact = "contact",
        /// The mailbox of people on duty in a unit.
        Duty = "duty",
        /// A webhook.
        Webhook = "webhook",
        /// An address typed for a test.
        Address = "address",
    }
}

kit::names! {
    /// How the connection to the mail server is protected.
    Tls {
        /// Not at all: a relay in a closed network.
        None = "none",
        /// Begun in the clear, then TLS; refused if the server can't.
        Starttls = "starttls",
        /// TLS from the first byte.
        Implicit = "implicit",
    }
}

/// What is known about a message without looking anything up: ids, numbers and instants, no names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The case's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// The service order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_id: Option<String>,
    /// The attempt by phone whose fix plan is told (P38); its words are fetched as the message leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_support_id: Option<String>,
    /// Who comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engineer_id: Option<String>,
    /// The window's begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_start: Option<Ts>,
    /// The window's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_end: Option<Ts>,
    /// The end of the window to which the customer holds us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment_end: Option<Ts>,
    /// When somebody who is late will be there, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_at: Option<Ts>,
    /// Which promise a clock measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<String>,
    /// When that promise is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Ts>,
    /// How much of the time is used, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<i64>,
}

impl Facts {
    /// The window in which the customer was promised somebody; what was told before appointments had an end of their own has only the
    /// visit's.
    pub(crate) fn window(&self) -> Option<visits::Window> {
        let window = visits::Window { start: self.window_start?, end: self.window_end? };
        Some(self.appointment_end.map_or(window, |end| visits::rules::plan::promised_window(&window, end)))
    }
}

/// A delivery as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// The sealed event it tells of; none for a test.
    pub event_seq: Option<i64>,
    /// What happened.
    pub kind: String,
    /// When it happened.
    pub at: Ts,
    /// How it travels.
    pub channel: Channel,
    /// What `recipient_id` names.
    pub recipient_kind: RecipientKind,
    /// To whom.
    pub recipient_id: String,
    /// The case, if it is about one.
    pub case_id: Option<String>,
    /// The customer concerned.
    pub customer_id: Option<String>,
    /// The unit that owns the record.
    pub unit_id: Option<String>,
    /// The `Message-ID` or `webhook-id`; the same on every attempt.
    pub message_id: String,
    /// What the message is made of.
    pub facts: Facts,
    /// The body of a webhook, ids only; empty for mail.
    pub payload: String,
    /// Opens the engineer's photo to whoever got the message (P21).
    pub photo_token: Option<String>,
    /// How far it has come.
    pub state: DeliveryState,
    /// Attempts so far.
    pub attempts: i64,
    /// When it was put on the list.
    pub created_at: Ts,
    /// When the other side took it.
    pub delivered_at: Option<Ts>,
    /// Why the last attempt failed.
    pub failure: Option<DeliveryFailure>,
    /// What the other side or the network said about it, in its own words.
    pub last_error: Option<String>,
}

kit::names! {
    /// Why a message did not leave.
    DeliveryFailure {
        /// No mail server is set.
        NoServer = "no_server",
        /// The mail server can't be used as it is set: TLS, certificates.
        ServerUnusable = "server_unusable",
        /// The recipient has no mail address any more.
        NoAddress = "no_address",
        /// The address is none, or the mail can't be put together.
        MailInvalid = "mail_invalid",
        /// There are no words for this kind of message.
        NoWords = "no_words",
        /// The webhook was removed or turned off.
        WebhookOff = "webhook_off",
        /// The webhook's address or key can't be used.
        WebhookInvalid = "webhook_invalid",
        /// The webhook's name leads into a private network.
        Private = "private",
        /// The host was not found.
        NotFound = "not_found",
        /// No connection.
        NoConnection = "no_connection",
        /// The connection could not be secured.
        Tls = "tls",
        /// The other side did not answer in time.
        Silent = "silent",
        /// The other side sent us elsewhere, which is not followed.
        Redirected = "redirected",
        /// The other side did not take it.
        Refused = "refused",
        /// The other side wants nothing any more (410).
        Gone = "gone",
        /// It waited when the system was restored from a backup.
        Restored = "restored",
    }
}

/// A delivery as lists show it: no address in full.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeliveryView {
    /// Its id.
    pub id: DeliveryId,
    /// What happened: the kind of the event, or `test`.
    pub kind: String,
    /// When it happened.
    pub at: Ts,
    /// How it travels.
    pub channel: Channel,
    /// What `recipient_id` names.
    pub recipient_kind: RecipientKind,
    /// To whom.
    pub recipient_id: String,
    /// Their address, masked, or the webhook's URL.
    pub recipient: Option<String>,
    /// The case, if it is about one.
    pub case_id: Option<String>,
    /// Its number.
    pub case_number: Option<String>,
    /// The `Message-ID` or `webhook-id`.
    pub message_id: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// Attempts so far.
    pub attempts: i64,
    /// When it was put on the list.
    pub created_at: Ts,
    /// When the other side took it.
    pub delivered_at: Option<Ts>,
    /// Why the last attempt failed.
    pub failure: Option<DeliveryFailure>,
    /// What the other side or the network said about it, in its own words.
    pub last_error: Option<String>,
}

/// The mail server, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpSettings {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The login there, if it needs one.
    pub user: Option<String>,
    /// Its password; never shown.
    pub password: Option<String>,
    /// The sender's name.
    pub from_name: Option<String>,
    /// The sender's address.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
}

/// The mailbox of people on duty in a unit and below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The unit; the nearest one above a record that has a mailbox is told.
    pub unit_id: String,
    /// The address.
    pub email: String,
    /// The language of its messages.
    #[serde(default)]
    pub lang: Lang,
}

/// As it is typed.
pub type DutyInput = Duty;

/// How messages leave, as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The mail server; no mail without one.
    pub smtp: Option<SmtpSettings>,
    /// Kinds of events that customers don't get a mail about.
    #[serde(default)]
    pub silent_kinds: Vec<String>,
    /// Mailboxes of people on duty.
    #[serde(default)]
    pub duty: Vec<Duty>,
    /// Whether webhooks may lead into private networks and go without TLS.
    #[serde(default)]
    pub allow_private: bool,
    /// Certificates of authorities trusted beside the public ones, PEM.
    #[serde(default)]
    pub authority_pem: Option<String>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// The mail server, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SmtpView {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The login there.
    pub user: Option<String>,
    /// Whether a password is kept.
    pub password_set: bool,
    /// The sender's name.
    pub from_name: Option<String>,
    /// The sender's address.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
}

/// How messages leave, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SettingsView {
    /// The mail server; no mail without one.
    pub smtp: Option<SmtpView>,
    /// Kinds of events that customers don't get a mail about.
    pub silent_kinds: Vec<String>,
    /// Kinds of events that customers get a mail about unless silenced.
    pub mail_kinds: Vec<String>,
    /// Kinds of events a webhook can subscribe to.
    pub webhook_kinds: Vec<String>,
    /// Mailboxes of people on duty.
    pub duty: Vec<Duty>,
    /// Whether webhooks may lead into private networks and go without TLS.
    pub allow_private: bool,
    /// Certificates of authorities trusted beside the public ones, PEM.
    pub authority_pem: Option<String>,
    /// Version for `If-Match`.
    pub version: i64,
}

/// The mail server, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SmtpInput {
    /// Host name or address.
    pub host: String,
    /// Port, 1 to 65535: 25, 465 (TLS at once), 587.
    #[schema(minimum = 1, maximum = 65535)]
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The login there, if it needs one.
    pub user: Option<String>,
    /// Its password; left out, the kept one stays.
    pub password: Option<String>,
    /// The sender's name.
    pub from_name: Option<String>,
    /// The sender's address.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
}

/// How messages are to leave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsInput {
    /// The mail server; none turns mail off.
    pub smtp: Option<SmtpInput>,
    /// Kinds of events that customers don't get a mail about.
    #[serde(default)]
    pub silent_kinds: Vec<String>,
    /// Mailboxes of people on duty.
    #[serde(default)]
    pub duty: Vec<Duty>,
    /// Whether webhooks may lead into private networks and go without TLS: closed networks, tests.
    #[serde(default)]
    pub allow_private: bool,
    /// Certificates of authorities trusted beside the public ones, PEM.
    pub authority_pem: Option<String>,
}

/// A webhook, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where requests go.
    pub url: String,
    /// What it is for.
    pub name: String,
    /// About what.
    pub kinds: Vec<String>,
    /// Its key, `whsec_…`.
    pub secret: String,
    /// When it was made.
    pub created_at: Ts,
    /// When the other side said 410, or a person turned it off.
    pub disabled_at: Option<Ts>,
}

/// A webhook, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookView {
    /// Its id.
    pub id: WebhookId,
    /// Where requests go.
    pub url: String,
    /// What it is for.
    pub name: String,
    /// About what.
    pub kinds: Vec<String>,
    /// The key that signs its requests; shown once, when it is made.
    pub secret: Option<String>,
    /// When it was made.
    pub created_at: Ts,
    /// Since when nothing is sent to it: the other side said 410 Gone.
    pub disabled_at: Option<Ts>,
}

/// A webhook to make.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where requests go: `https://…`.
    pub url: String,
    /// What it is for.
    #[serde(default)]
    pub name: String,
    /// Kinds of events, at least one; see `webhook_kinds` of the settings.
    pub kinds: Vec<String>,
}

/// A message sent to see whether it arrives.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestMessage {
    /// By mail to this address.
    pub email: Option<String>,
    /// Or to this webhook.
    pub webhook_id: Option<WebhookId>,
}
