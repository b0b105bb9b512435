//! One function per use: load, decide, save, append the event.

use kit::{Audience, Cx, Event, Failure, Reach, Refusal, Tx};
use organisation::{RouteKind, UnitId};
use serde_json::json;

use crate::errors::CustomersError;
use crate::model::{
    ContactChange, ContactId, ContactView, CustomerId, CustomerInput, CustomerPage, CustomerView, NewContact,
    NewSite, Reveal, Site, SiteId, SiteInput,
};
use crate::phones::{E164, normalise};
use crate::rules;
use crate::store::contacts::{ContactFilter, ContactRow};
use crate::store::customers::NewCustomer;
use crate::store::sites::{SiteFilter, SiteRow};
use crate::store::{contacts, customers, sites};

/// Makes a customer. It belongs to the unit given, or to the unit of who makes it.
///
/// # Errors
/// `customers_name_invalid`, `customers_text_too_long`, `customer_unit_missing`, `customers_unit_unknown`.
pub async fn create_customer(tx: &mut Tx, cx: &Cx, input: CustomerInput) -> Result<CustomerView, Failure> {
    let name = rules::name(&input.name)?;
    let billing_party = optional(input.billing_party.as_deref())?;
    let unit_id = match (input.unit_id, &cx.actor.unit_id) {
        (Some(unit), _) => known_unit(tx, &cx.actor.reach, unit).await?,
        (None, Some(unit)) => unit.parse().map_err(|_| CustomersError::CustomerUnitMissing)?,
        (None, None) => return Err(CustomersError::CustomerUnitMissing.into()),
    };
    let id: CustomerId = cx.new_id();
    let zone = identity::settings::time_zone(tx).await?;
    let number = kit::numbers::next(tx, "KH", cx.now, &zone).await?;
    let new = NewCustomer {
        id,
        number: &number,
        name: &name,
        vip_level: input.vip_level,
        billing_party: billing_party.as_deref(),
        unit_id,
        imported_from: input.imported_from.as_deref(),
        now: cx.now,
    };
    customers::insert(tx, &new).await?;
    let event = Event::new("customer.created", "customer", id)
        .thread(id)
        .unit(unit_id)
        .customer(id)
        .body(&json!({ "number": number, "vip_level": input.vip_level }));
    kit::events::append(tx, cx, event).await?;
    crate::customer(tx, &Reach::Everything, id).await
}

/// Changes a customer that the actor sees.
///
/// # Errors
/// `customer_unknown`, `version_changed`, and as [`create_customer`].
pub async fn change_customer(
    tx: &mut Tx,
    cx: &Cx,
    id: CustomerId,
    seen: i64,
    input: CustomerInput,
) -> Result<CustomerView, Failure> {
    let stands = crate::customer(tx, &cx.actor.reach, id).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    let mut changed = stands.clone();
    changed.name = rules::name(&input.name)?;
    changed.vip_level = input.vip_level;
    changed.billing_party = optional(input.billing_party.as_deref())?;
    if let Some(unit) = input.unit_id {
        // Whoever keeps a customer may leave it where it is, also above their own unit.
        if unit != stands.unit.id {
            changed.unit.id = known_unit(tx, &cx.actor.reach, unit).await?;
        }
    }
    changed.changed_at = cx.now;
    changed.version = stands.version + 1;
    customers::update(tx, &changed).await?;
    let mut fields = Vec::new();
    for (name, differs) in [
        ("name", changed.name != stands.name),
        ("vip_level", changed.vip_level != stands.vip_level),
        ("billing_party", changed.billing_party != stands.billing_party),
        ("unit_id", changed.unit.id != stands.unit.id),
    ] {
        if differs {
            fields.push(name);
        }
    }
    let event = Event::new("customer.changed", "customer", id)
        .thread(id)
        .unit(changed.unit.id)
        .customer(id)
        .body(&json!({ "fields": fields, "version": changed.version }));
    kit::events::append(tx, cx, event).await?;
    crate::customer(tx, &Reach::Everything, id).await
}

/// A customer with its sites and contacts, as far as `reach` sees; three queries.
///
/// # Errors
/// `customer_unknown`.
pub async fn customer_page(tx: &mut Tx, reach: &Reach, id: CustomerId) -> Result<CustomerPage, Failure> {
    let customer = crate::customer(tx, reach, id).await?;
    let of = SiteFilter { customer_id: Some(id), limit: Some(200), ..SiteFilter::default() };
    let site_list = sites::list(tx, reach, &of).await?.items;
    let of = ContactFilter { customer_id: Some(id), limit: Some(200), ..ContactFilter::default() };
    let contacts = contacts::list(tx, reach, &of).await?;
    let more_contacts = contacts.next.is_some();
    Ok(CustomerPage { customer, site_list, contacts: contacts.items, more_contacts })
}

/// Makes a site. The jurisdiction decides its unit (P3, P4); outside the division list it is given by hand (decision 27).
/// `reach` says which customers may be named.
///
/// # Errors
/// `customer_not_found`, `site_unit_missing`, `site_unit_decided`, `division_unknown`, `division_not_served`, and the faults of the fields.
pub async fn create_site(tx: &mut Tx, cx: &Cx, reach: &Reach, input: NewSite) -> Result<Site, Failure> {
    let (customer_id, mut input) = input.split();
    input.division_code = county(input.division_code);
    customers::get(tx, reach, customer_id).await?.ok_or(CustomersError::CustomerNotFound)?;
    let id: SiteId = cx.new_id();
    let unit_id = unit_of_site(tx, &cx.actor.reach, input.division_code.as_deref(), input.unit_id).await?;
    let checked = checked_site(tx, &input).await?;
    sites::insert(tx, &checked.row(id, customer_id, unit_id, cx.now)).await?;
    let event = Event::new("site.created", "site", id)
        .thread(id)
        .unit(unit_id)
        .customer(customer_id)
        .body(&json!({ "division_code": input.division_code }));
    kit::events::append(tx, cx, event).await?;
    crate::site(tx, &Reach::Everything, id).await
}

/// Changes a site that the actor sees. If its division changes, the jurisdiction decides anew, and what is open there moves along.
///
/// # Errors
/// `site_unknown`, `version_changed`, and as [`create_site`].
pub async fn change_site(
    tx: &mut Tx,
    cx: &Cx,
    id: SiteId,
    seen: i64,
    mut input: SiteInput,
) -> Result<Site, Failure> {
    input.division_code = county(input.division_code);
    let stands = crate::site(tx, &cx.actor.reach, id).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    let unit_id = if input.division_code.is_some() && input.division_code == stands.division_code {
        // The map may have moved the county since; a jurisdiction keeps its sites itself.
        if input.unit_id.is_some_and(|u| u != stands.unit.id) {
            return Err(CustomersError::SiteUnitDecided.into());
        }
        stands.unit.id
    } else {
        let by_hand = match (&input.division_code, input.unit_id) {
            (None, None) if stands.division_code.is_none() => Some(stands.unit.id),
            (Some(_), Some(unit)) if unit == stands.unit.id => None,
            (_, unit) => unit,
        };
        unit_of_site(tx, &cx.actor.reach, input.division_code.as_deref(), by_hand).await?
    };
    let checked = checked_site(tx, &input).await?;
    let version = stands.version + 1;
    sites::update(tx, &checked.row(id, stands.customer_id, unit_id, cx.now), version).await?;
    if unit_id != stands.unit.id || input.division_code != stands.division_code {
        sites::move_what_is_there(tx, id, unit_id, input.division_code.as_deref()).await?;
        let event = Event::new("site.moved", "site", id)
            .thread(id)
            .unit(unit_id)
            .customer(stands.customer_id)
            .body(&json!({ "from_unit_id": stands.unit.id, "to_unit_id": unit_id, "division_code": input.division_code }));
        kit::events::append(tx, cx, event).await?;
    }
    let event = Event::new("site.changed", "site", id)
        .thread(id)
        .unit(unit_id)
        .customer(stands.customer_id)
        .body(&json!({ "version": version }));
    kit::events::append(tx, cx, event).await?;
    crate::site(tx, &Reach::Everything, id).await
}

/// Makes a contact. `reach` says which customers and sites may be named: whoever may look up any site may note down its caller.
///
/// # Errors
/// `customer_not_found`, `site_not_found`, `contact_site_mismatch`, `contact_unreachable`, `contact_exists` (with the one that
/// stands), and the faults of the fields.
pub async fn create_contact(
    tx: &mut Tx,
    cx: &Cx,
    reach: &Reach,
    input: NewContact,
) -> Result<ContactView, Failure> {
    let customer = customers::get(tx, reach, input.customer_id).await?;
    let unit_id = match (customer, input.site_id) {
        (Some(customer), None) => customer.unit.id,
        (None, None) => return Err(CustomersError::CustomerNotFound.into()),
        (_, Some(site)) => site_of(tx, reach, site, input.customer_id).await?.unit.id,
    };
    let phone = phone(input.phone.as_deref())?;
    let email = email(input.email.as_deref())?;
    if phone.is_none() && email.is_none() {
        return Err(CustomersError::ContactUnreachable.into());
    }
    let row = ContactRow {
        id: cx.new_id(),
        customer_id: input.customer_id,
        site_id: input.site_id,
        name: rules::text(&input.name)?,
        role: rules::text(&input.role)?,
        phone,
        email,
        lang: input.lang,
        now: cx.now,
        version: 1,
    };
    refuse_twin(tx, &row).await?;
    contacts::insert(tx, &row).await?;
    let event = Event::new("contact.created", "contact", row.id)
        .thread(row.customer_id)
        .unit(unit_id)
        .customer(row.customer_id)
        .body(&json!({ "site_id": row.site_id }));
    kit::events::append(tx, cx, event).await?;
    crate::contact(tx, &Reach::Everything, row.id).await
}

/// Changes a contact that the actor sees. Number and address stay unless new ones are given.
///
/// # Errors
/// `contact_unknown`, `version_changed`, and as [`create_contact`].
pub async fn change_contact(
    tx: &mut Tx,
    cx: &Cx,
    id: ContactId,
    seen: i64,
    input: ContactChange,
) -> Result<ContactView, Failure> {
    let stands = crate::contact(tx, &cx.actor.reach, id).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    let had = crate::contact_channels(tx, id).await?;
    let unit_id = match input.site_id {
        Some(site) => site_of(tx, &cx.actor.reach, site, stands.customer_id).await?.unit.id,
        None => crate::customer(tx, &Reach::Everything, stands.customer_id).await?.unit.id,
    };
    let new_phone = phone(input.phone.as_deref())?;
    let new_email = email(input.email.as_deref())?;
    let reach_changed = new_phone.is_some() || new_email.is_some();
    let row = ContactRow {
        id,
        customer_id: stands.customer_id,
        site_id: input.site_id,
        name: rules::text(&input.name)?,
        role: rules::text(&input.role)?,
        phone: new_phone.or(had.phone),
        email: new_email.or(had.email),
        lang: input.lang,
        now: cx.now,
        version: stands.version + 1,
    };
    refuse_twin(tx, &row).await?;
    contacts::update(tx, &row).await?;
    let event = Event::new("contact.changed", "contact", id)
        .thread(row.customer_id)
        .unit(unit_id)
        .customer(row.customer_id)
        .body(&json!({ "site_id": row.site_id, "reach_changed": reach_changed, "version": row.version }));
    kit::events::append(tx, cx, event).await?;
    crate::contact(tx, &Reach::Everything, id).await
}

/// Counts a number that another domain reveals, such as a missed caller's: answers the reason as kept, and how many more
/// may be seen today.
///
/// # Errors
/// `reveal_reason_missing`, `reveal_limit_reached`.
pub async fn count_reveal(tx: &mut Tx, cx: &Cx, reason: &str) -> Result<(String, i64), Failure> {
    let reason = rules::reveal_reason(reason)?;
    let limit = reveals_per_day(tx, cx.now).await?;
    let day = counting_day(tx, cx).await?;
    let used = contacts::count_reveal(tx, &cx.actor.id, &day).await?;
    if used > limit {
        return Err(CustomersError::RevealLimitReached { limit }.into());
    }
    Ok((reason, limit - used))
}

/// Counts and records that the actor sees a contact's number, and returns how many more may be seen today. The number itself is
/// in neither event nor kept answer: the handler reads it after the commit.
///
/// # Errors
/// `contact_unknown`, `contact_without_number`, `reveal_reason_missing`, `reveal_limit_reached`.
pub async fn reveal_number(tx: &mut Tx, cx: &Cx, id: ContactId, input: Reveal) -> Result<i64, Failure> {
    let reason = rules::reveal_reason(&input.reason)?;
    let contact = crate::contact(tx, &cx.actor.reach, id).await?;
    if contact.phone_masked.is_none() {
        return Err(CustomersError::ContactWithoutNumber.into());
    }
    let limit = reveals_per_day(tx, cx.now).await?;
    let day = counting_day(tx, cx).await?;
    let used = contacts::count_reveal(tx, &cx.actor.id, &day).await?;
    if used > limit {
        return Err(CustomersError::RevealLimitReached { limit }.into());
    }
    let mut event = Event::new("contact.revealed", "contact", id)
        .thread(contact.customer_id)
        .customer(contact.customer_id)
        .audience(Audience::Audit)
        .body(&json!({ "reason": reason, "used_today": used }));
    if let Some(unit) = &cx.actor.unit_id {
        event = event.unit(unit);
    }
    kit::events::append(tx, cx, event).await?;
    Ok(limit - used)
}

// The policy in force says how many numbers an account may see on one day (P68).
async fn reveals_per_day(tx: &mut Tx, now: kit::Ts) -> Result<i64, Failure> {
    Ok(i64::from(policy::in_force(tx, now).await?.content.reveals_per_day))
}

/// Records that an account asked for more numbers than a day allows: the refused command itself left no trace.
///
/// # Errors
/// As the database says.
pub(crate) async fn record_reveal_refused(tx: &mut Tx, cx: &Cx, id: ContactId) -> Result<(), Failure> {
    let limit = reveals_per_day(tx, cx.now).await?;
    let event = Event::new("contact.reveal_refused", "contact", id)
        .audience(Audience::Audit)
        .body(&json!({ "limit": limit }));
    Ok(kit::events::append(tx, cx, event).await?)
}

// The fields of a site, checked, with their stored forms.
struct CheckedSite {
    name: String,
    address: String,
    division_code: Option<String>,
    point: Option<organisation::Point>,
    access_hours: String,
    zone: String,
    imported_from: Option<String>,
}

impl CheckedSite {
    fn row(&self, id: SiteId, customer_id: CustomerId, unit_id: UnitId, now: kit::Ts) -> SiteRow<'_> {
        SiteRow {
            id,
            customer_id,
            name: &self.name,
            address: &self.address,
            division_code: self.division_code.as_deref(),
            point: self.point,
            access_hours: &self.access_hours,
            unit_id,
            zone: &self.zone,
            imported_from: self.imported_from.as_deref(),
            now,
        }
    }
}

// The day on which a reveal counts, by the company's zone.
async fn counting_day(tx: &mut Tx, cx: &Cx) -> Result<String, Failure> {
    Ok(rules::counting_day(cx.now, identity::settings::time_zone(tx).await?))
}

async fn checked_site(tx: &mut Tx, input: &SiteInput) -> Result<CheckedSite, Failure> {
    let home = identity::settings::zone(tx).await?;
    rules::access_hours(&input.access_hours)?;
    Ok(CheckedSite {
        name: rules::name(&input.name)?,
        address: rules::text(&input.address)?,
        division_code: input.division_code.clone(),
        point: rules::point(input.point)?,
        access_hours: serde_json::to_string(&input.access_hours)?,
        zone: rules::zone(input.zone.as_deref().unwrap_or(&home))?,
        imported_from: input.imported_from.clone(),
    })
}

// Jurisdictions are kept by county: a township's longer code is cut to its county's.
pub(crate) fn county(code: Option<String>) -> Option<String> {
    code.map(|c| c.trim().get(..6).map_or_else(|| c.trim().to_owned(), str::to_owned))
        .filter(|c| !c.is_empty())
}

async fn unit_of_site(
    tx: &mut Tx,
    reach: &Reach,
    division: Option<&str>,
    by_hand: Option<UnitId>,
) -> Result<UnitId, Failure> {
    match (division, by_hand) {
        (None, None) => Err(CustomersError::SiteUnitMissing.into()),
        (None, Some(unit)) => known_unit(tx, reach, unit).await,
        (Some(code), by_hand) => {
            let routed = organisation::route(tx, code, RouteKind::Repair).await?.unit_id;
            match by_hand {
                Some(unit) if unit != routed => Err(CustomersError::SiteUnitDecided.into()),
                _ => Ok(routed),
            }
        }
    }
}

// An open unit within reach: nobody puts records into a unit they have no part in.
async fn known_unit(tx: &mut Tx, reach: &Reach, unit: UnitId) -> Result<UnitId, Failure> {
    if !customers::unit_in_reach(tx, reach, unit).await? {
        return Err(CustomersError::UnitUnknown.into());
    }
    match organisation::unit(tx, unit).await {
        Ok(unit) if unit.active => Ok(unit.id),
        Ok(_) => Err(CustomersError::UnitUnknown.into()),
        Err(Failure::Refused(_)) => Err(CustomersError::UnitUnknown.into()),
        Err(other) => Err(other),
    }
}

async fn site_of(tx: &mut Tx, reach: &Reach, site: SiteId, customer: CustomerId) -> Result<Site, Failure> {
    let site = sites::get(tx, reach, site).await?.ok_or(CustomersError::SiteNotFound)?;
    if site.customer_id == customer { Ok(site) } else { Err(CustomersError::SiteOfAnotherCustomer.into()) }
}

async fn refuse_twin(tx: &mut Tx, row: &ContactRow) -> Result<(), Failure> {
    let Some(phone) = &row.phone else { return Ok(()) };
    match contacts::twin(tx, row.customer_id, &row.name, phone).await? {
        Some(twin) if twin != row.id => {
            Err(Refusal::from(CustomersError::ContactExists).current(json!({ "contact_id": twin })).into())
        }
        _ => Ok(()),
    }
}

fn phone(text: Option<&str>) -> Result<Option<E164>, CustomersError> {
    text.map(str::trim).filter(|t| !t.is_empty()).map(normalise).transpose().map_err(CustomersError::from)
}

fn email(text: Option<&str>) -> Result<Option<String>, CustomersError> {
    text.map(str::trim).filter(|t| !t.is_empty()).map(rules::email).transpose()
}

fn optional(text: Option<&str>) -> Result<Option<String>, CustomersError> {
    let text = text.map(rules::text).transpose()?;
    Ok(text.filter(|t| !t.is_empty()))
}
