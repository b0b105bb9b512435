//! The way to the company's SMS provider: a trait, so that this domain knows no provider and no settings of one.

use futures::future::BoxFuture;
use kit::{App, Failure, Lang, Tx};

use crate::gateway::{GatewayFault, GatewayStanding};

/// What a message is for: providers in China have a vetted template for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsPurpose {
    /// A one-time code.
    Code,
    /// The link to a case.
    Link,
    /// A report that the hotline took: its number, what was promised, the link.
    Received,
    /// A test of the settings.
    Test,
}

impl SmsPurpose {
    /// The name by which the adapter chooses its template.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Link => "link",
            Self::Received => "received",
            Self::Test => "test",
        }
    }
}

/// A message to a phone.
#[derive(Clone, PartialEq, Eq)]
pub struct Sms {
    /// The same on every attempt.
    pub id: String,
    /// E.164.
    pub to: String,
    /// The language of its words.
    pub lang: Lang,
    /// What it is for.
    pub purpose: SmsPurpose,
    /// The values of its template.
    pub values: Vec<(&'static str, String)>,
}

// Number and code stay out of every log.
impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms").field("id", &self.id).field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

impl Sms {
    /// The message in words: `portal.sms.text.<purpose>` of the catalogue.
    #[must_use]
    pub fn text(&self) -> String {
        let key = format!("portal.sms.text.{}", self.purpose.name());
        kit::texts::text(self.lang, &key, &self.values).unwrap_or_default()
    }
}

/// Brings messages to phones. Implemented where settings and the way outside are.
pub trait SmsGateway: Send + Sync + 'static {
    /// Whether messages leave.
    fn standing<'t>(&'t self, tx: &'t mut Tx) -> BoxFuture<'t, Result<GatewayStanding, Failure>>;
    /// Sends one; never inside a transaction.
    fn send<'a>(&'a self, app: &'a App, sms: Sms)
    -> BoxFuture<'a, Result<Result<(), GatewayFault>, Failure>>;
}
