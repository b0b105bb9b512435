//! Customers, sites, contacts: what is stored, what comes in, what is shown.

use kit::{Lang, Ts};
use organisation::{Point, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::keys::Exactness;

kit::id_type!(
    /// Id of a customer.
    CustomerId
);
kit::id_type!(
    /// Id of a site.
    SiteId
);
kit::id_type!(
    /// Id of a contact.
    ContactId
);

/// How much a customer is cared for; it adds to severity, never replaces it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VipLevel {
    /// 普通
    #[default]
    None,
    /// 银牌
    Silver,
    /// 金牌
    Gold,
    /// 白金
    Platinum,
}

impl VipLevel {
    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Silver => "silver",
            Self::Gold => "gold",
            Self::Platinum => "platinum",
        }
    }
}

impl std::str::FromStr for VipLevel {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "none" => Ok(Self::None),
            "silver" => Ok(Self::Silver),
            "gold" => Ok(Self::Gold),
            "platinum" => Ok(Self::Platinum),
            _ => Err(()),
        }
    }
}

/// When an engineer may enter a site, in the site's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessHours {
    /// Any time; then `weekly` is empty.
    pub always: bool,
    /// Open spans of the week.
    #[serde(default)]
    pub weekly: Vec<AccessSpan>,
    /// What else to know: register at the gate, bring the badge.
    #[serde(default)]
    pub note: Option<String>,
}

impl Default for AccessHours {
    fn default() -> Self {
        Self { always: true, weekly: Vec::new(), note: None }
    }
}

/// A span of some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessSpan {
    /// Days, 1 Monday to 7 Sunday.
    pub days: Vec<u8>,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`, after `from`; `24:00` is the end of the day.
    pub to: String,
}

impl AccessSpan {
    /// From and to in minutes of the day; `None` if a time is none.
    #[must_use]
    pub fn minutes(&self) -> Option<(i64, i64)> {
        let minutes = |text: &str| crate::rules::minutes(text).map(i64::from);
        minutes(&self.from).zip(minutes(&self.to))
    }
}

/// A new customer, or all that can be changed of one.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerInput {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// None unless said.
    #[serde(default)]
    pub vip_level: VipLevel,
    /// Who pays, if it isn't the customer.
    #[serde(default)]
    pub billing_party: Option<String>,
    /// The unit that owns the customer: the account's own unless said; unchanged on a change.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// The key in the system it was imported from; only an import sets it.
    #[serde(skip)]
    pub imported_from: Option<String>,
}

/// A new site, or all that can be changed of one.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteInput {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// Street, building, entrance, box.
    pub address: String,
    /// Code of the division (county); none outside the list.
    #[serde(default)]
    pub division_code: Option<String>,
    /// Where it is.
    #[serde(default)]
    pub point: Option<Point>,
    /// Any time unless said.
    #[serde(default)]
    pub access_hours: AccessHours,
    /// Only for a site without a division code: who looks after it (decision 27).
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// IANA zone; the company's unless said.
    #[serde(default)]
    pub zone: Option<String>,
    /// The key in the system it was imported from; only an import sets it.
    #[serde(skip)]
    pub imported_from: Option<String>,
}

/// A new site of a customer.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSite {
    /// Whose it is.
    pub customer_id: CustomerId,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// Street, building, entrance, box.
    pub address: String,
    /// Code of the division (county); none outside the list.
    #[serde(default)]
    pub division_code: Option<String>,
    /// Where it is.
    #[serde(default)]
    pub point: Option<Point>,
    /// Any time unless said.
    #[serde(default)]
    pub access_hours: AccessHours,
    /// Only for a site without a division code: who looks after it (decision 27).
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// IANA zone; the company's unless said.
    #[serde(default)]
    pub zone: Option<String>,
    /// The key in the system it was imported from; only an import sets it.
    #[serde(skip)]
    pub imported_from: Option<String>,
}

impl NewSite {
    /// Whose it is, and what can be changed later.
    pub(crate) fn split(self) -> (CustomerId, SiteInput) {
        let Self {
            customer_id,
            name,
            address,
            division_code,
            point,
            access_hours,
            unit_id,
            zone,
            imported_from,
        } = self;
        (
            customer_id,
            SiteInput { name, address, division_code, point, access_hours, unit_id, zone, imported_from },
        )
    }
}

/// A new contact.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// Whose contact.
    pub customer_id: CustomerId,
    /// The site, if the person belongs to one.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// May be empty: a caller can be known by number alone.
    #[serde(default)]
    pub name: String,
    /// What the person is there: 项目经理, 值班室.
    #[serde(default)]
    pub role: String,
    /// In any format; an extension may follow.
    #[serde(default)]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// The language the person reads; Chinese unless said.
    #[serde(default)]
    pub lang: Lang,
}

/// All that can be changed of a contact.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    /// The site, if the person belongs to one.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// May be empty.
    #[serde(default)]
    pub name: String,
    /// What the person is there.
    #[serde(default)]
    pub role: String,
    /// A new number; unchanged if absent, because a view only has the masked one.
    #[serde(default)]
    pub phone: Option<String>,
    /// A new address; unchanged if absent.
    #[serde(default)]
    pub email: Option<String>,
    /// The language the person reads.
    #[serde(default)]
    pub lang: Lang,
}

/// A unit by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitName {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: kit::Both,
}

/// A customer as the desk sees it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CustomerView {
    /// Id.
    pub id: CustomerId,
    /// `KH20261122-0001`.
    pub number: String,
    /// Name.
    pub name: String,
    /// VIP level.
    pub vip_level: VipLevel,
    /// Who pays, if it isn't the customer.
    pub billing_party: Option<String>,
    /// The owning unit.
    pub unit: UnitName,
    /// How many sites.
    pub sites: i64,
    /// When it came.
    pub created_at: Ts,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// A site: also what other domains ask for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Site {
    /// Id.
    pub id: SiteId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// The customer's VIP level.
    pub vip_level: VipLevel,
    /// Name.
    pub name: String,
    /// Street, building, entrance.
    pub address: String,
    /// Division code; none outside the list.
    pub division_code: Option<String>,
    /// Where it is.
    pub point: Option<Point>,
    /// When an engineer may enter.
    pub access_hours: AccessHours,
    /// Who looks after it.
    pub unit: UnitName,
    /// IANA zone.
    pub zone: String,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

impl Site {
    /// The zone for calculations; a stored zone was checked when it was set.
    #[must_use]
    pub fn time_zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

/// A contact, number and address masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContactView {
    /// Id.
    pub id: ContactId,
    /// Whose contact.
    pub customer_id: CustomerId,
    /// The site, if the person belongs to one.
    pub site_id: Option<SiteId>,
    /// May be empty.
    pub name: String,
    /// What the person is there.
    pub role: String,
    /// `138****1234`.
    pub phone_masked: Option<String>,
    /// `w***@example.cn`.
    pub email_masked: Option<String>,
    /// The language the person reads.
    pub lang: Lang,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// What a customer has, on one page.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CustomerPage {
    /// The customer.
    #[serde(flatten)]
    pub customer: CustomerView,
    /// Its sites within reach, at most 200.
    pub site_list: Vec<Site>,
    /// Its contacts within reach, at most 200.
    pub contacts: Vec<ContactView>,
    /// Whether it has more contacts than these.
    pub more_contacts: bool,
}

/// How to reach a contact, for a program that sends something. Never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactChannels {
    /// May be empty.
    pub name: String,
    /// Number.
    pub phone: Option<crate::phones::E164>,
    /// E-mail address.
    pub email: Option<String>,
    /// The language the person reads.
    pub lang: Lang,
}

/// Who may be calling.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CallerMatch {
    /// The contact with the number.
    pub contact_id: ContactId,
    /// May be empty.
    pub contact_name: String,
    /// What the person is there.
    pub role: String,
    /// `138****1234`.
    pub phone_masked: Option<String>,
    /// The customer.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// VIP level.
    pub vip_level: VipLevel,
    /// The contact's site, or the only site the customer has.
    pub site_id: Option<SiteId>,
    /// Its name.
    pub site_name: Option<String>,
    /// The unit that looks after the site, or owns the customer.
    pub unit_id: UnitId,
    /// Several contacts have the number: it may be this one.
    pub maybe: bool,
}

/// What to look up.
#[derive(Clone, Debug)]
pub struct LookUp {
    /// A number, name, initials, customer number.
    pub text: String,
    /// Hits at most, 1 to 50.
    pub limit: i64,
}

/// By what a hit was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// The customer's name, initials or number.
    Customer,
    /// The site's name or initials.
    Site,
    /// The contact's name or number.
    Contact,
}

/// A hit of a look-up over all units. It shows only what matched and what a report needs (decision 2): the contact only if the
/// contact matched, the address never.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LookUpHit {
    /// By what.
    pub matched: MatchedBy,
    /// How well.
    pub exactness: Exactness,
    /// The customer.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// VIP level.
    pub vip_level: VipLevel,
    /// The site on which a fault can be reported.
    pub site_id: Option<SiteId>,
    /// Its name.
    pub site_name: Option<String>,
    /// The contact, if it matched.
    pub contact_id: Option<ContactId>,
    /// The contact's name, if it matched.
    pub contact_name: Option<String>,
    /// The contact's masked number, if it matched.
    pub phone_masked: Option<String>,
    /// Who looks after it.
    pub unit: UnitName,
    /// When something was last reported there.
    pub used_at: Ts,
}

/// Why a masked number is asked for.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// At least four characters; stands in the audit event.
    #[schema(min_length = 4)]
    pub reason: String,
}

/// A number, answered once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Revealed {
    /// Whose.
    pub contact_id: ContactId,
    /// `+8613812341234`.
    pub phone_e164: String,
    /// As dialled in mainland China.
    pub dial: String,
    /// The extension behind it.
    pub extension: Option<String>,
    /// How many more this account may see today.
    pub left_today: i64,
}
