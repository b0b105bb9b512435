//! Products, assets, acceptances: what is stored, what comes in, what is shown.

use customers::keys::Exactness;
use customers::{ContactView, CustomerId, Site, SiteId};
use jiff::civil::Date;
use kit::{Both, Ts};
use organisation::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kit::id_type!(
    /// Id of a product.
    ProductId
);
kit::id_type!(
    /// Id of an asset.
    AssetId
);
kit::id_type!(
    /// Id of an acceptance.
    AcceptanceId
);

/// A product, or all that can be changed of one.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductInput {
    /// Model, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub model: String,
    /// Version of the model; empty if there is only one.
    #[serde(default)]
    pub model_version: String,
    /// Name in both languages.
    pub name: Both,
    /// Code of the skill an engineer needs: `barrier`, `access_control`, `turnstile`, `software`, `network` …
    pub kind: String,
    /// Whether new assets of it can be registered; yes unless said.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// A product of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductView {
    /// Id.
    pub id: ProductId,
    /// Model.
    pub model: String,
    /// Version of the model.
    pub model_version: String,
    /// Name in both languages.
    pub name: Both,
    /// Code of the skill an engineer needs.
    pub kind: String,
    /// Whether new assets of it can be registered.
    pub active: bool,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// The product of an asset, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductName {
    /// Id.
    pub id: ProductId,
    /// Model.
    pub model: String,
    /// Version of the model.
    pub model_version: String,
    /// Name in both languages.
    pub name: Both,
    /// Code of the skill an engineer needs.
    pub kind: String,
}

/// An asset to register, or all that can be changed of one. The day of acceptance isn't here: only a signed acceptance sets it (P28).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssetInput {
    /// Serial, unique within the product.
    #[schema(min_length = 1, max_length = 64)]
    pub serial: String,
    /// What it is.
    pub product_id: ProductId,
    /// Where it stands.
    pub site_id: SiteId,
    /// The system it is part of, at the same site.
    #[serde(default)]
    pub parent_asset_id: Option<AssetId>,
    /// Whether parts of other makers are built in: an exclusion may rest on it.
    #[serde(default)]
    pub foreign_components: bool,
    /// Installed software.
    #[serde(default)]
    pub software_version: Option<String>,
    /// The key in the system it was imported from; only an import sets it.
    #[serde(skip)]
    pub imported_from: Option<String>,
}

/// An asset as it is shown, and as other domains ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssetView {
    /// Id.
    pub id: AssetId,
    /// Serial.
    pub serial: String,
    /// What its QR plate says.
    pub label: String,
    /// What it is.
    pub product: ProductName,
    /// Where it stands.
    pub site_id: SiteId,
    /// The site's name.
    pub site_name: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who looks after it.
    pub unit_id: UnitId,
    /// Division of the site.
    pub division_code: Option<String>,
    /// The system it is part of.
    pub parent_asset_id: Option<AssetId>,
    /// That system's serial.
    pub parent_serial: Option<String>,
    /// Whether parts of other makers are built in.
    pub foreign_components: bool,
    /// Installed software.
    pub software_version: Option<String>,
    /// The day the customer accepted it: start of the warranty (P28).
    #[schema(value_type = Option<String>, format = Date)]
    pub accepted_on: Option<Date>,
    /// The signed acceptance behind that day.
    pub acceptance_id: Option<AcceptanceId>,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// A site with its customer, contacts (masked) and assets: what the desk sees beside a report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SiteView {
    /// The site, with the customer's name and VIP level.
    #[serde(flatten)]
    pub site: Site,
    /// Contacts of the site, and those of the customer in general.
    pub contacts: Vec<ContactView>,
    /// What stands there, by serial; at most 500.
    pub assets: Vec<AssetView>,
}

/// A point of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrokePoint {
    /// Pixels from the left, 0 to 4096.
    #[schema(minimum = 0, maximum = 4096)]
    pub x: u16,
    /// Pixels from the top, 0 to 4096.
    #[schema(minimum = 0, maximum = 4096)]
    pub y: u16,
    /// Milliseconds since the first point.
    pub t_ms: u32,
}

/// A signature: strokes as drawn, or a picture stored before by its SHA-256.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureInput {
    /// Strokes in order.
    #[serde(default)]
    pub strokes: Option<Vec<Vec<StrokePoint>>>,
    /// SHA-256 of a stored picture.
    #[serde(default)]
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub file_sha256: Option<String>,
}

/// The customer's signed acceptance of assets.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAcceptance {
    /// Where.
    pub site_id: SiteId,
    /// What, 1 to 200 assets at the site.
    #[schema(min_items = 1, max_items = 200)]
    pub asset_ids: Vec<AssetId>,
    /// The day of acceptance at the site, not in the future.
    #[schema(value_type = String, format = Date)]
    pub accepted_on: Date,
    /// Who signed for the customer.
    pub signed_by_name: String,
    /// The signature.
    pub signature: SignatureInput,
}

/// Why an acceptance no longer counts.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeAcceptance {
    /// At least four characters.
    #[schema(min_length = 4)]
    pub reason: String,
}

/// A signed acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AcceptanceView {
    /// Id.
    pub id: AcceptanceId,
    /// `YS20261122-0001`.
    pub number: String,
    /// Where.
    pub site_id: SiteId,
    /// Whose.
    pub customer_id: CustomerId,
    /// Day of acceptance.
    #[schema(value_type = String, format = Date)]
    pub accepted_on: Date,
    /// Who signed.
    pub signed_by_name: String,
    /// When.
    pub signed_at: Ts,
    /// The document as signed: the text from which screen and print are drawn.
    #[schema(value_type = Object)]
    pub document: serde_json::Value,
    /// SHA-256 of the document's canonical text.
    pub document_sha256: String,
    /// The strokes, unless the signature is a stored picture.
    pub signature_strokes: Option<Vec<Vec<StrokePoint>>>,
    /// SHA-256 of the strokes' canonical text or of the picture.
    pub signature_sha256: String,
    /// SHA-256 that binds the signature to the document.
    pub binding_sha256: String,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Ts>,
    /// Why.
    pub revoked_reason: Option<String>,
    /// Version.
    pub version: i64,
}

/// An asset found over all units; it shows only what a report needs (decision 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssetHit {
    /// How well.
    pub exactness: Exactness,
    /// The asset.
    pub asset_id: AssetId,
    /// Its serial.
    pub serial: String,
    /// Its product.
    pub product: ProductName,
    /// Where it stands.
    pub site_id: SiteId,
    /// The site's name.
    pub site_name: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Who looks after it.
    pub unit_id: UnitId,
}

/// What [`crate::verify_documents`] found wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentFault {
    /// Which acceptance.
    pub acceptance_id: AcceptanceId,
    /// Its number.
    pub number: String,
    /// `document_changed`, `signature_changed`, `binding_changed`, `signature_file_missing`, `date_differs`, `assets_differ`,
    /// `asset_date_differs`.
    pub fault: &'static str,
}

/// What [`crate::verify_documents`] looked at, and found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentCheck {
    /// Acceptances read.
    pub acceptances: usize,
    /// What is wrong; empty if all is well.
    pub faults: Vec<DocumentFault>,
}
