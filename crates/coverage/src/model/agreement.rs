//! Service agreements, and parts with a warranty of their own.

use jiff::civil::Date;
use kit::Ts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kit::id_type!(
    /// Id of a service agreement.
    AgreementId
);
kit::id_type!(
    /// Id of a part warranty.
    PartWarrantyId
);

kit::names! {
    /// Why a part has a warranty of its own.
    PartWarrantyKind {
        /// Repaired in the depot and delivered back (P49).
        Repaired = "repaired",
        /// Sold and delivered (P53).
        Sold = "sold",
    }
}

kit::names! {
    /// Where an agreement stands today (`domain.md`).
    AgreementState {
        /// Not signed.
        Draft = "draft",
        /// Signed, not begun.
        Signed = "signed",
        /// In its days.
        Active = "active",
        /// In its last 90 days.
        Expiring = "expiring",
        /// Over, and renewed without a gap.
        Renewed = "renewed",
        /// Over.
        Expired = "expired",
        /// Suspended.
        Suspended = "suspended",
        /// Terminated.
        Terminated = "terminated",
    }
}

/// How fast the service is, in minutes of each promise's own calendar (P29, P37, P44, P45).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementTargets {
    /// Minutes to respond by phone.
    pub respond_min: Option<i64>,
    /// Minutes to arrive at a major fault.
    pub arrive_major_min: Option<i64>,
    /// Minutes to arrive at a normal fault.
    pub arrive_normal_min: Option<i64>,
}

/// Agreements whose end is near and that nobody has renewed (P29).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgreementHome {
    /// How many end within 90 days.
    pub count: i64,
    /// The day it is in the company.
    #[schema(value_type = String, format = Date)]
    pub today: Date,
    /// Those that end first, at most 6.
    pub items: Vec<AgreementView>,
}

/// A service agreement as it is drafted or edited (P29).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementInput {
    /// The customer.
    pub customer_id: String,
    /// The assets it lists.
    pub asset_ids: Vec<String>,
    /// The level, by its code in the policy; `standard` gives what the warranty gives.
    pub level: Option<String>,
    /// First covered day.
    #[schema(value_type = String, format = Date)]
    pub covered_from: Date,
    /// Last covered day.
    #[schema(value_type = String, format = Date)]
    pub covered_to: Date,
    /// Price in fen.
    #[schema(minimum = 0)]
    pub price_minor: i64,
    /// Currency.
    #[schema(pattern = "^CNY$")]
    pub currency: String,
    /// AgreementTargets of its own; each one left out is the warranty's (P29).
    #[serde(default)]
    pub targets: AgreementTargets,
}

/// The next link of a renewal chain.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewAgreement {
    /// Last covered day; the first is the day after the old end.
    #[schema(value_type = String, format = Date)]
    pub covered_to: Date,
    /// Price in fen.
    #[schema(minimum = 0)]
    pub price_minor: i64,
}

/// The day an agreement was signed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignAgreement {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub signed_on: Date,
}

/// Days without cover.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendAgreement {
    /// First day without cover.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day without cover; left out until further notice.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// The end of a suspension.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeAgreement {
    /// First day with cover again.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
}

/// The end of an agreement before its time.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TerminateAgreement {
    /// First day without cover.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// Days on which a signed agreement covers nothing, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suspension {
    /// First day without cover.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day without cover; none until further notice.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Why; none where nobody wrote it down then.
    pub reason: Option<String>,
}

impl Suspension {
    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it is over on a day.
    #[must_use]
    pub fn over(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }
}

/// A service agreement.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AgreementView {
    /// Its id.
    pub id: AgreementId,
    /// Its number.
    pub number: String,
    /// The customer.
    pub customer_id: String,
    /// The customer's name.
    pub customer_name: String,
    /// The assets it lists.
    pub asset_ids: Vec<String>,
    /// The level's code.
    pub level: String,
    /// First covered day.
    #[schema(value_type = String, format = Date)]
    pub covered_from: Date,
    /// Last covered day.
    #[schema(value_type = String, format = Date)]
    pub covered_to: Date,
    /// Price in fen.
    pub price_minor: i64,
    /// Currency.
    pub currency: String,
    /// AgreementTargets of its own; each one left out is the warranty's (P29).
    pub targets: AgreementTargets,
    /// Where it stands today.
    pub state: AgreementState,
    /// The day it was signed.
    #[schema(value_type = Option<String>, format = Date)]
    pub signed_on: Option<Date>,
    /// Its suspensions, the oldest first; they don't overlap.
    pub suspensions: Vec<Suspension>,
    /// First day without cover, if terminated.
    #[schema(value_type = Option<String>, format = Date)]
    pub terminated_from: Option<Date>,
    /// Why it was ended before its time.
    pub terminated_reason: Option<String>,
    /// The agreement it renews.
    pub renews_id: Option<AgreementId>,
    /// The agreement that renews it.
    pub renewed_by_id: Option<AgreementId>,
    /// Its version, for `If-Match`.
    pub version: i64,
}

/// A repaired or sold part delivered to the customer: the start of its own warranty (P49, P53).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverPart {
    /// Repaired or sold.
    pub kind: PartWarrantyKind,
    /// The asset it is in.
    pub asset_id: String,
    /// The part: specification or model.
    pub part: String,
    /// Its serial number.
    pub serial: String,
    /// The number of the depot repair or order.
    pub source_number: String,
    /// The day of delivery.
    #[schema(value_type = String, format = Date)]
    pub delivered_on: Date,
}

/// A part with a warranty of its own.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PartWarrantyView {
    /// Its id.
    pub id: PartWarrantyId,
    /// Repaired or sold.
    pub kind: PartWarrantyKind,
    /// The asset it is in.
    pub asset_id: String,
    /// The part.
    pub part: String,
    /// Its serial number.
    pub serial: String,
    /// The number of the depot repair or order.
    pub source_number: String,
    /// The day of delivery.
    #[schema(value_type = String, format = Date)]
    pub delivered_on: Date,
    /// The last covered day, by the policy in force at the delivery (P49, P53); absent beyond the calendar's years.
    #[schema(value_type = Option<String>, format = Date)]
    pub covered_until: Option<Date>,
    /// When it was recorded.
    pub recorded_at: Ts,
}
