//! What the engineer's phone needs of this domain.

use assets::AssetId;
use customers::SiteId;
use kit::Both;
use organisation::EmployeeId;
use serde::Serialize;
use utoipa::ToSchema;

/// A device at a site of the engineer's visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SiteDevice {
    /// Its id.
    pub id: AssetId,
    /// Where it stands.
    pub site_id: SiteId,
    /// Its serial number.
    pub serial: String,
    /// What its plate says.
    pub label: String,
    /// Its model.
    pub model: String,
    /// What it is.
    pub product: Both,
    /// The code behind the QR code on its label; none if there is no label.
    pub code: Option<String>,
}

kit::names! {
    /// Through what an engineer calls a customer.
    CallVia {
        /// A number between both, which ends with the visit.
        Relay = "relay",
        /// The service hotline, which puts them through.
        Service = "service",
    }
}

/// How an engineer calls a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallWay {
    /// Through what.
    pub via: CallVia,
    /// What is dialled.
    pub number: String,
    /// What is dialled after it.
    pub extension: Option<String>,
    /// Whether the program only plays the provider: a demo.
    pub simulated: bool,
}

/// A number between an engineer and a customer, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relay {
    pub engineer_id: EmployeeId,
    pub reference: String,
    pub number: String,
    pub extension: Option<String>,
    pub simulated: bool,
}
