//! A mail leaves.

use std::time::Duration;

use kit::Ts;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls as LettreTls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::model::{DeliveryFailure, Settings, SmtpSettings, Tls};
use crate::rules::{Outcome, Why, Words, header_safe, silent};

/// How long a conversation with the mail server may take.
const PATIENCE: Duration = Duration::from_secs(25);

/// A mail to one recipient.
pub(crate) struct Mail<'a> {
    /// The address.
    pub to: &'a str,
    /// The recipient's name, if it is fit for a header.
    pub to_name: Option<&'a str>,
    /// With `<` and `>`.
    pub message_id: &'a str,
    /// When it was written.
    pub at: Ts,
    /// What it says.
    pub words: &'a Words,
}

/// Whether a text is an address a mail can be sent to.
pub(crate) fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<Address>().is_ok()
}

/// Sends a mail by the server of the settings.
pub(crate) async fn send(settings: &Settings, mail: &Mail<'_>) -> Outcome {
    let Some(server) = &settings.smtp else {
        return Outcome::Later(Why::new(DeliveryFailure::NoServer, ""));
    };
    let message = match message(server, mail) {
        Ok(message) => message,
        Err(said) => return Outcome::Never(Why::new(DeliveryFailure::MailInvalid, said)),
    };
    let transport = match transport(server, settings.authority_pem.as_deref()) {
        Ok(transport) => transport,
        Err(said) => return Outcome::Later(Why::new(DeliveryFailure::ServerUnusable, said)),
    };
    match tokio::time::timeout(PATIENCE, transport.send(message)).await {
        Err(_) => Outcome::Later(silent(&server.host, PATIENCE)),
        Ok(Ok(_)) => Outcome::Delivered,
        Ok(Err(error)) => {
            let code = error.status().map(|c| c.to_string());
            let failure = match code {
                Some(_) => DeliveryFailure::Refused,
                None if error.is_timeout() => DeliveryFailure::Silent,
                None if error.is_tls() => DeliveryFailure::Tls,
                None => DeliveryFailure::NoConnection,
            };
            let why = Why::new(failure, format!("{}: {}", server.host, full(&error)));
            // The mailbox is gone, or takes no such mail: trying again won't help. Everything else may mend itself.
            match code.as_deref() {
                Some("550" | "551" | "552" | "553" | "554" | "556") => Outcome::Never(why),
                _ => Outcome::Later(why),
            }
        }
    }
}

fn full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

fn mailbox(name: Option<&str>, address: &str) -> Result<Mailbox, String> {
    let address: Address = address.parse().map_err(|_| "the address is none".to_owned())?;
    Ok(Mailbox::new(name.filter(|n| !n.is_empty() && header_safe(n)).map(str::to_owned), address))
}

fn message(server: &SmtpSettings, mail: &Mail<'_>) -> Result<Message, String> {
    if !header_safe(&mail.words.subject) {
        return Err("the subject would break out of its header".to_owned());
    }
    let seconds = u64::try_from(mail.at.micros() / Ts::SECOND).unwrap_or(0);
    let mut builder = Message::builder()
        .from(mailbox(server.from_name.as_deref(), &server.from)?)
        .to(mailbox(mail.to_name, mail.to)?)
        .subject(&mail.words.subject)
        .message_id(Some(mail.message_id.to_owned()))
        .date(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .header(ContentType::TEXT_PLAIN);
    if let Some(reply_to) = &server.reply_to {
        builder = builder.reply_to(mailbox(None, reply_to)?);
    }
    builder.body(mail.words.text.clone()).map_err(|e| e.to_string())
}

fn transport(
    server: &SmtpSettings,
    authority_pem: Option<&str>,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
    let parameters = || {
        let mut builder = TlsParameters::builder(server.host.clone());
        if let Some(pem) = authority_pem {
            let own = Certificate::from_pem(pem.as_bytes()).map_err(|e| e.to_string())?;
            builder = builder.add_root_certificate(own);
        }
        builder.build().map_err(|e| e.to_string())
    };
    let tls = match server.tls {
        Tls::None => LettreTls::None,
        Tls::Starttls => LettreTls::Required(parameters()?),
        Tls::Implicit => LettreTls::Wrapper(parameters()?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.as_str())
        .port(server.port)
        .tls(tls)
        .timeout(Some(PATIENCE));
    if let (Some(user), Some(password)) = (&server.user, &server.password) {
        builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
    }
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> SmtpSettings {
        SmtpSettings {
            host: "mail.example.cn".into(),
            port: 587,
            tls: Tls::Starttls,
            user: None,
            password: None,
            from_name: Some("贴心售后".into()),
            from: "service@example.cn".into(),
            reply_to: Some("desk@example.cn".into()),
        }
    }

    fn raw(to_name: &str, subject: &str) -> Result<String, String> {
        let words = Words { subject: subject.into(), text: "第一行\nline two".into() };
        let mail = Mail {
            to: "li@example.cn",
            to_name: Some(to_name),
            message_id: "<1@example.cn>",
            at: Ts(0),
            words: &words,
        };
        message(&server(), &mail).map(|m| String::from_utf8(m.formatted()).unwrap())
    }

    #[test]
    fn a_name_cannot_bring_a_header_of_its_own() {
        let text = raw("Li\r\nBcc: all@example.cn", "到场").unwrap();
        assert!(!text.contains("Bcc"), "{text}");
        assert!(raw("Li", "x\r\nBcc: all@example.cn").is_err());
        assert!(!is_address("li@example.cn\r\nBcc: a@b.cn") && is_address("li@example.cn"));
    }

    #[test]
    fn a_mail_has_one_id_a_date_and_says_where_answers_go() {
        let text = raw("Li", "工程师已到场").unwrap();
        for header in [
            "Message-ID: <1@example.cn>",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000",
            "Reply-To: desk@example.cn",
            "To: Li <li@example.cn>",
        ] {
            assert!(text.contains(header), "{header} is not in {text}");
        }
    }
}
