//! Customers: who is looked after, where, and whom to call.
//!
//! A customer has sites (places where assets stand, each looked after by one unit) and contacts (people, known at least by a
//! number or an address). Numbers are stored as E.164 and shown masked; seeing one needs a reason, is limited per day and leaves
//! an audit event.
//!
//! [`look_up`] finds any of them over all units by whatever a caller says (decision 2) and shows only what matched;
//! [`match_caller`] knows who calls. [`keys`] and [`search`] are the keys behind it, which assets use too.

mod actions;
pub mod errors;
pub mod from_table;
mod http;
mod import;
pub mod keys;
mod letterhead;
mod model;
pub mod phones;
mod rules;
mod store;

pub use actions::{
    change_contact, change_customer, change_site, count_reveal, create_contact, create_customer, create_site,
    customer_page, reveal_number,
};
pub use errors::CustomersError;
pub use http::routes;
pub use import::{
    ImportedContact, ImportedCustomer, ImportedSite, import_contacts, import_customers, import_sites,
};
pub use letterhead::letterhead;
pub use model::{
    AccessHours, AccessSpan, CallerMatch, ContactChange, ContactChannels, ContactId, ContactView, CustomerId,
    CustomerInput, CustomerPage, CustomerView, LookUp, LookUpHit, MatchedBy, NewContact, NewSite, Reveal,
    Revealed, Site, SiteId, SiteInput, UnitName, VipLevel,
};
pub use phones::E164;
pub use store::contacts::ContactFilter;
pub use store::customers::CustomerFilter;
pub use store::search;
pub use store::sites::SiteFilter;
pub use store::tables::keyed;
pub use store::{SITE_SCOPE, look_up, match_caller};

use kit::{DbError, Failure, Page, Reach, Ts, Tx};

/// A site within reach; one query. Programs ask with [`Reach::Everything`].
///
/// # Errors
/// `site_unknown`.
pub async fn site(tx: &mut Tx, reach: &Reach, id: SiteId) -> Result<Site, Failure> {
    store::sites::get(tx, reach, id).await?.ok_or_else(|| CustomersError::SiteUnknown.into())
}

/// [`site`] and [`contact`] will be asked soon ([`Tx::ahead`]).
pub fn site_ahead(tx: &mut Tx, reach: &Reach, id: SiteId, contact: Option<ContactId>) {
    store::sites::ahead(tx, reach, id);
    if let Some(contact) = contact {
        store::contacts::ahead(tx, reach, contact);
    }
}

/// These sites in any order, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn sites(tx: &mut Tx, ids: &[SiteId]) -> Result<Vec<Site>, DbError> {
    store::sites::by_ids(tx, ids).await
}

/// A page of sites within reach, by name.
///
/// # Errors
/// `cursor_invalid`.
pub async fn list_sites(tx: &mut Tx, reach: &Reach, filter: &SiteFilter) -> Result<Page<Site>, Failure> {
    store::sites::list(tx, reach, filter).await
}

/// A customer within reach.
///
/// # Errors
/// `customer_unknown`.
pub async fn customer(tx: &mut Tx, reach: &Reach, id: CustomerId) -> Result<CustomerView, Failure> {
    store::customers::get(tx, reach, id).await?.ok_or_else(|| CustomersError::CustomerUnknown.into())
}

/// Which of these customers are VIPs, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn vips(tx: &mut Tx, ids: &[CustomerId]) -> Result<Vec<CustomerId>, DbError> {
    store::customers::vips(tx, ids).await
}

/// A contact within reach, masked.
///
/// # Errors
/// `contact_unknown`.
pub async fn contact(tx: &mut Tx, reach: &Reach, id: ContactId) -> Result<ContactView, Failure> {
    store::contacts::get(tx, reach, id).await?.ok_or_else(|| CustomersError::ContactUnknown.into())
}

/// Contacts of a site, and of its customer in general, within reach, masked.
///
/// # Errors
/// As the database says.
pub async fn contacts_of_site(
    tx: &mut Tx,
    reach: &Reach,
    site_id: SiteId,
) -> Result<Vec<ContactView>, Failure> {
    let filter = ContactFilter { site_id: Some(site_id), limit: Some(100), ..ContactFilter::default() };
    Ok(store::contacts::list(tx, reach, &filter).await?.items)
}

/// Number, address and language of a contact, for a program that sends something; never for a view.
///
/// # Errors
/// `contact_unknown`.
pub async fn contact_channels(tx: &mut Tx, id: ContactId) -> Result<ContactChannels, Failure> {
    store::contacts::channels(tx, id).await?.ok_or_else(|| CustomersError::ContactUnknown.into())
}

/// Remembers that something was reported here, and by whom: what is used lately is found first.
///
/// # Errors
/// As the database says.
pub async fn used(
    tx: &mut Tx,
    site_id: SiteId,
    contact_id: Option<ContactId>,
    now: Ts,
) -> Result<(), DbError> {
    store::sites::used(tx, site_id, now).await?;
    match contact_id {
        Some(id) => store::contacts::used(tx, id, now).await,
        None => Ok(()),
    }
}

/// The customer that an import made of this key, if it has run before.
///
/// # Errors
/// As the database says.
pub async fn imported_customer(tx: &mut Tx, key: &str) -> Result<Option<CustomerId>, DbError> {
    store::customers::imported(tx, key).await
}

/// The site that an import made of this key, if it has run before.
///
/// # Errors
/// As the database says.
pub async fn imported_site(tx: &mut Tx, key: &str) -> Result<Option<SiteId>, DbError> {
    store::sites::imported(tx, key).await
}
