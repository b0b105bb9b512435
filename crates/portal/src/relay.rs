//! The way to a provider of masked numbers (A-X-B): engineer and customer talk, and neither learns the other's number (P68).

use futures::future::BoxFuture;
use kit::{App, Failure, Ts, Tx};
use serde::{Deserialize, Serialize};

use crate::gateway::{GatewayFault, GatewayStanding};

/// A number that is wanted between an engineer and a customer.
#[derive(Clone, PartialEq, Eq)]
pub struct RelayWanted {
    /// The same on every attempt, and another's than what the visit had bound before.
    pub id: String,
    /// The number of the visit, for the provider's bill.
    pub visit_number: String,
    /// The engineer's id: their company phone stands with the adapter, not here.
    pub engineer_id: String,
    /// The number on the engineer's badge.
    pub badge_number: String,
    /// The customer's number in E.164.
    pub to: String,
    /// What is dialled after it.
    pub to_extension: Option<String>,
    /// When it ends at the latest, should nobody end it before.
    pub until: Ts,
}

// The customer's number stays out of every log.
impl std::fmt::Debug for RelayWanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelayWanted").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The number that a provider gave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RelayGiven {
    /// What the engineer dials, in E.164 or as it is dialled here.
    pub number: String,
    /// What is dialled after it.
    #[serde(default)]
    pub extension: Option<String>,
    /// The provider's own name of the binding, by which it is ended.
    pub reference: String,
}

/// A binding that is to end: the payload of [`crate::RELAY_END_JOB`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayEnd {
    /// The provider's own name of it.
    pub reference: String,
}

/// Binds and ends numbers at a provider. Implemented where settings and the way outside are.
pub trait RelayGateway: Send + Sync + 'static {
    /// Whether a provider is set up; without one calls go through the service hotline.
    fn standing<'t>(&'t self, tx: &'t mut Tx) -> BoxFuture<'t, Result<GatewayStanding, Failure>>;
    /// Binds a number; never inside a transaction.
    fn bind<'a>(
        &'a self,
        app: &'a App,
        wanted: RelayWanted,
    ) -> BoxFuture<'a, Result<Result<RelayGiven, GatewayFault>, Failure>>;
}
