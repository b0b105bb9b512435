//! Assets: what is installed, where, and since when it is under warranty.
//!
//! A product is a line of the catalogue and names the skill its repair needs. An asset is one installed piece with a serial and a QR
//! plate; it may be part of a system at the same site. An acceptance is the customer's signed statement that assets work: a
//! canonical document, its hash, and a signature bound to that hash. It alone sets [`AssetView::accepted_on`], the start of the
//! warranty (P28); [`verify_documents`] recomputes all of it.
//!
//! [`look_up`] finds assets over all units by serial, its last characters, or a scanned label (decision 2). Columns of scope are the
//! site's; a site that moves takes its assets along.

mod actions;
mod columns;
pub mod errors;
mod faults;
pub mod from_table;
mod http;
mod model;
mod print;
mod rules;
mod store;

pub use actions::faults::{change_fault_code, create_fault_code, fault_code, fault_codes, fault_names};
pub use actions::{
    change_asset, change_product, create_product, record_acceptance, register_asset, revoke_acceptance,
    site_view, verify_documents,
};
pub use errors::AssetsError;
pub use faults::{FaultCodeInput, FaultCodeKind, FaultCodeView, NewFaultCode};
pub use http::routes;
pub use model::{
    AcceptanceId, AcceptanceView, AssetHit, AssetId, AssetInput, AssetView, DocumentCheck, DocumentFault,
    NewAcceptance, ProductId, ProductInput, ProductName, ProductView, RevokeAcceptance, SignatureInput,
    SiteView, StrokePoint,
};
pub use print::labels;
pub use rules::{canonical, sha256};
pub use store::ASSET_SCOPE;
pub use store::acceptances::{AcceptanceFilter, FILE_USES};
pub use store::assets::{AssetFilter, look_up};
pub use store::products::ProductFilter;

use customers::SiteId;
use kit::{DbError, Failure, Page, Reach, Tx};

/// An asset within reach; one query. Programs ask with [`Reach::Everything`].
///
/// # Errors
/// `asset_unknown`.
pub async fn asset(tx: &mut Tx, reach: &Reach, id: AssetId) -> Result<AssetView, Failure> {
    store::assets::get(tx, reach, id).await?.ok_or_else(|| AssetsError::AssetUnknown.into())
}

/// [`asset`] will be asked soon ([`Tx::ahead`]).
pub fn asset_ahead(tx: &mut Tx, reach: &Reach, id: AssetId) {
    store::assets::ahead(tx, reach, id);
}

/// These assets, by serial, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn assets(tx: &mut Tx, ids: impl IntoIterator<Item = AssetId>) -> Result<Vec<AssetView>, DbError> {
    store::assets::by_ids(tx, ids).await
}

/// These assets within reach, in the order asked for.
///
/// # Errors
/// `asset_unknown` if one of them isn't there.
pub async fn in_order(tx: &mut Tx, reach: &Reach, ids: &[AssetId]) -> Result<Vec<AssetView>, Failure> {
    let found = store::assets::by_ids_within(tx, reach, ids).await?;
    let ordered: Option<Vec<_>> =
        ids.iter().map(|id| found.iter().find(|asset| asset.id == *id).cloned()).collect();
    ordered.ok_or_else(|| AssetsError::AssetUnknown.into())
}

/// What stands at a site, by serial, at most 500.
///
/// # Errors
/// As the database says.
pub async fn of_site(tx: &mut Tx, site_id: SiteId) -> Result<Vec<AssetView>, DbError> {
    store::assets::of_site(tx, site_id).await
}

/// Assets with this serial, whatever its case and separators, whatever the reach.
///
/// # Errors
/// As the database says.
pub async fn by_serial(tx: &mut Tx, serial: &str) -> Result<Vec<AssetView>, DbError> {
    store::assets::by_serial(tx, &customers::keys::serial_key(serial)).await
}

/// The code that the label on a device leads to from now on, or none: [`look_up`] finds the device by it.
///
/// # Errors
/// As the database says.
pub async fn set_label_code(tx: &mut Tx, id: AssetId, code: Option<&str>) -> Result<(), DbError> {
    customers::search::set_code(tx, customers::search::Record::Asset, &id.to_string(), code).await
}

/// A page of assets within reach, by serial.
///
/// # Errors
/// `cursor_invalid`.
pub async fn list_assets(
    tx: &mut Tx,
    reach: &Reach,
    filter: &AssetFilter,
) -> Result<Page<AssetView>, Failure> {
    store::assets::list(tx, reach, filter).await
}

/// A product of the catalogue.
///
/// # Errors
/// `product_unknown`.
pub async fn product(tx: &mut Tx, id: ProductId) -> Result<ProductView, Failure> {
    store::products::get(tx, id).await?.ok_or_else(|| AssetsError::ProductUnknown.into())
}

/// An acceptance within reach; one query.
///
/// # Errors
/// `acceptance_unknown`.
pub async fn acceptance(tx: &mut Tx, reach: &Reach, id: AcceptanceId) -> Result<AcceptanceView, Failure> {
    store::acceptances::get(tx, reach, id).await?.ok_or_else(|| AssetsError::AcceptanceUnknown.into())
}

/// The asset that an import made of this key, if it has run before.
///
/// # Errors
/// As the database says.
pub async fn imported_asset(tx: &mut Tx, key: &str) -> Result<Option<AssetId>, DbError> {
    store::assets::imported(tx, key).await
}
