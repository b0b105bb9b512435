//! What notifications refuse.

kit::errors! {
    /// Why something about messages can't be done.
    pub enum NotificationError {
        /// There is no such delivery, or it is out of the caller's reach.
        DeliveryUnknown => 404 "delivery_unknown",
        /// Only a delivery that was given up is tried again.
        DeliveryNotFailed { state: crate::DeliveryState } => 409 "delivery_not_failed",
        /// What the message said is forgotten: it was too long ago.
        DeliveryForgotten => 409 "delivery_forgotten",
        /// There is no such alert, or somebody else was told of it.
        AlertUnknown => 404 "alert_unknown",
        /// Somebody was faster.
        AlertTaken { name: String } => 409 "alert_taken",
        /// There is no such webhook.
        WebhookUnknown => 404 "webhook_unknown",
        /// No mail server is set.
        SmtpOff => 409 "smtp_not_configured",
        /// A test names neither an address nor a webhook, or both.
        TestTarget => 422 "notification_test_target",
        /// The mail server's name or port is none.
        SmtpHost => 422 "smtp_host_invalid" at "/smtp/host",
        /// A password would travel in the clear.
        SmtpPasswordInClear => 422 "smtp_password_in_clear" at "/smtp/tls",
        /// An address is none.
        AddressInvalid => 422 "mail_address_invalid",
        /// A name would break out of a mail header.
        HeaderUnsafe => 422 "mail_header_unsafe",
        /// A unit has two mailboxes for people on duty.
        DutyTwice => 422 "duty_mailbox_twice",
        /// The certificates are no PEM.
        AuthorityInvalid => 422 "authority_invalid" at "/authority_pem",
        /// The URL is none a message can be sent to.
        UrlInvalid => 422 "webhook_url_invalid" at "/url",
        /// The URL is not HTTPS.
        UrlNotHttps => 422 "webhook_url_not_https" at "/url",
        /// The URL leads into this machine or network.
        UrlPrivate { address: String } => 422 "webhook_url_private" at "/url",
        /// No kind of event is named.
        KindsMissing => 422 "webhook_kinds_missing" at "/kinds",
        /// There is no such kind of event to subscribe to.
        KindUnknown { kind: String, known: String } => 422 "webhook_kind_unknown" at "/kinds",
        /// That is no phone number.
        SmsTestPhone => 422 "sms_test_phone_invalid" at "/phone",
    }
}
