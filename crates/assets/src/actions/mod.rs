//! One function per use: load, decide, save, append the event.

pub mod faults;

use std::collections::{BTreeSet, HashMap};

use customers::{Site, SiteId};
use kit::files::{Files, Progress};
use kit::{Cx, Event, Failure, Reach, Refusal, Tx};
use serde_json::json;

use crate::errors::AssetsError;
use crate::model::{
    AcceptanceId, AcceptanceView, AssetId, AssetInput, AssetView, DocumentCheck, DocumentFault,
    NewAcceptance, ProductId, ProductInput, ProductView, RevokeAcceptance, SiteView,
};
use crate::rules::{self, Signature};
use crate::store::acceptances::{self, AcceptanceRow, StoredAcceptance};
use crate::store::assets::{self, AssetRow};
use crate::store::products;

/// Adds a product to the catalogue.
///
/// # Errors
/// `product_exists`, and the faults of the fields.
pub async fn create_product(tx: &mut Tx, cx: &Cx, input: ProductInput) -> Result<ProductView, Failure> {
    let input = rules::product(input)?;
    refuse_model_twin(tx, None, &input).await?;
    let id: ProductId = cx.new_id();
    products::insert(tx, id, &input, cx.now).await?;
    let event = Event::new("product.created", "product", id)
        .body(&json!({ "model": input.model, "kind": input.kind }));
    kit::events::append(tx, cx, event).await?;
    crate::product(tx, id).await
}

/// Changes a product of the catalogue.
///
/// # Errors
/// `product_unknown`, `version_changed`, and as [`create_product`].
pub async fn change_product(
    tx: &mut Tx,
    cx: &Cx,
    id: ProductId,
    seen: i64,
    input: ProductInput,
) -> Result<ProductView, Failure> {
    let stands = crate::product(tx, id).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    let input = rules::product(input)?;
    refuse_model_twin(tx, Some(id), &input).await?;
    products::update(tx, id, &input, stands.version + 1, cx.now).await?;
    let event = Event::new("product.changed", "product", id)
        .body(&json!({ "model": input.model, "version": stands.version + 1 }));
    kit::events::append(tx, cx, event).await?;
    crate::product(tx, id).await
}

async fn refuse_model_twin(tx: &mut Tx, id: Option<ProductId>, input: &ProductInput) -> Result<(), Failure> {
    match products::twin(tx, &input.model, &input.model_version).await? {
        Some(twin) if Some(twin) != id => Err(AssetsError::ModelExists { model: input.model.clone() }.into()),
        _ => Ok(()),
    }
}

/// Registers an asset at a site that the actor sees. Its warranty starts later, with the signed acceptance.
///
/// # Errors
/// `product_not_found`, `asset_site_not_found`, `asset_serial_exists`, `asset_parent_elsewhere`, `asset_parent_too_deep`, and the
/// faults of the fields.
pub async fn register_asset(tx: &mut Tx, cx: &Cx, input: AssetInput) -> Result<AssetView, Failure> {
    let (serial, serial_key) = rules::serial(&input.serial)?;
    let software_version = rules::software_version(input.software_version.as_deref())?;
    known_product(tx, input.product_id, None).await?;
    let site = site_of(tx, &cx.actor.reach, input.site_id).await?;
    refuse_serial_twin(tx, None, input.product_id, &serial, &serial_key).await?;
    let id: AssetId = cx.new_id();
    check_parent(tx, None, input.parent_asset_id, site.id).await?;
    let mut random = [0_u8; 5];
    cx.app.ids.fill(&mut random);
    let label = rules::label(random);
    let row = AssetRow {
        id,
        serial: &serial,
        serial_key: &serial_key,
        label: &label,
        product_id: input.product_id,
        site: &site,
        parent_asset_id: input.parent_asset_id,
        foreign_components: input.foreign_components,
        software_version: software_version.as_deref(),
        imported_from: input.imported_from.as_deref(),
        now: cx.now,
        version: 1,
    };
    assets::insert(tx, &row).await?;
    let event = Event::new("asset.registered", "asset", id)
        .thread(site.id)
        .unit(site.unit.id)
        .customer(site.customer_id)
        .body(&json!({ "product_id": input.product_id, "site_id": site.id, "serial": serial }));
    kit::events::append(tx, cx, event).await?;
    crate::asset(tx, &Reach::Everything, id).await
}

/// Changes an asset that the actor sees, or moves it to another site; the day of acceptance stays.
///
/// # Errors
/// `asset_unknown`, `version_changed`, `asset_parent_cycle`, `asset_parts_left_behind`, and as [`register_asset`].
pub async fn change_asset(
    tx: &mut Tx,
    cx: &Cx,
    id: AssetId,
    seen: i64,
    input: AssetInput,
) -> Result<AssetView, Failure> {
    let stands = crate::asset(tx, &cx.actor.reach, id).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    let (serial, serial_key) = rules::serial(&input.serial)?;
    let software_version = rules::software_version(input.software_version.as_deref())?;
    known_product(tx, input.product_id, Some(stands.product.id)).await?;
    let site = site_of(tx, &cx.actor.reach, input.site_id).await?;
    refuse_serial_twin(tx, Some(id), input.product_id, &serial, &serial_key).await?;
    if site.id != stands.site_id {
        assets::lock_systems(tx, stands.site_id).await?;
        let parts = assets::parts(tx, id).await?;
        if parts > 0 {
            return Err(AssetsError::PartsLeftBehind { parts }.into());
        }
    }
    check_parent(tx, Some(id), input.parent_asset_id, site.id).await?;
    let row = AssetRow {
        id,
        serial: &serial,
        serial_key: &serial_key,
        label: &stands.label,
        product_id: input.product_id,
        site: &site,
        parent_asset_id: input.parent_asset_id,
        foreign_components: input.foreign_components,
        software_version: software_version.as_deref(),
        imported_from: None,
        now: cx.now,
        version: stands.version + 1,
    };
    assets::update(tx, &row).await?;
    let mut fields = Vec::new();
    for (name, differs) in [
        ("serial", serial != stands.serial),
        ("product_id", input.product_id != stands.product.id),
        ("site_id", site.id != stands.site_id),
        ("parent_asset_id", input.parent_asset_id != stands.parent_asset_id),
        ("foreign_components", input.foreign_components != stands.foreign_components),
        ("software_version", software_version != stands.software_version),
    ] {
        if differs {
            fields.push(name);
        }
    }
    let event = Event::new("asset.changed", "asset", id)
        .thread(site.id)
        .unit(site.unit.id)
        .customer(site.customer_id)
        .body(&json!({ "fields": fields, "from_site_id": stands.site_id, "site_id": site.id, "version": row.version }));
    kit::events::append(tx, cx, event).await?;
    crate::asset(tx, &Reach::Everything, id).await
}

// A product that is no longer sold may stay on an asset, but not come to one.
async fn known_product(tx: &mut Tx, id: ProductId, stands: Option<ProductId>) -> Result<(), Failure> {
    match products::get(tx, id).await? {
        Some(product) if product.active || stands == Some(id) => Ok(()),
        _ => Err(AssetsError::ProductNotFound.into()),
    }
}

async fn site_of(tx: &mut Tx, reach: &Reach, id: SiteId) -> Result<Site, Failure> {
    match customers::site(tx, reach, id).await {
        Err(Failure::Refused(_)) => Err(AssetsError::SiteNotFound.into()),
        other => other,
    }
}

async fn refuse_serial_twin(
    tx: &mut Tx,
    id: Option<AssetId>,
    product: ProductId,
    serial: &str,
    serial_key: &str,
) -> Result<(), Failure> {
    match assets::twin(tx, product, serial_key).await? {
        Some(twin) if Some(twin) != id => {
            let refusal = Refusal::from(AssetsError::SerialExists { serial: serial.to_owned() });
            Err(refusal.current(json!({ "asset_id": twin })).into())
        }
        _ => Ok(()),
    }
}

async fn check_parent(
    tx: &mut Tx,
    id: Option<AssetId>,
    parent: Option<AssetId>,
    site: SiteId,
) -> Result<(), Failure> {
    let Some(parent) = parent else { return Ok(()) };
    assets::lock_systems(tx, site).await?;
    let line = assets::line_of(tx, parent, site).await?;
    if !line.first().is_some_and(|(_, here)| *here) {
        return Err(AssetsError::ParentElsewhere.into());
    }
    let line: Vec<AssetId> = line.into_iter().map(|(id, _)| id).collect();
    Ok(rules::parent_line(id, &line)?)
}

/// A site with its customer, contacts (masked) and assets; three queries.
///
/// # Errors
/// `site_unknown`.
pub async fn site_view(tx: &mut Tx, reach: &Reach, id: SiteId) -> Result<SiteView, Failure> {
    let site = customers::site(tx, reach, id).await?;
    let contacts = customers::contacts_of_site(tx, reach, id).await?;
    let assets = assets::of_site(tx, id).await?;
    Ok(SiteView { site, contacts, assets })
}

/// Records the customer's signed acceptance: the only thing that starts a warranty (P28). The document is put together here from what
/// is stored, hashed, and the signature bound to that hash.
///
/// # Errors
/// `asset_site_not_found`, `acceptance_asset_elsewhere`, `asset_already_accepted`, `accepted_in_future`,
/// `acceptance_signature_file_missing`, and the faults of the fields.
pub async fn record_acceptance(
    tx: &mut Tx,
    cx: &Cx,
    input: NewAcceptance,
) -> Result<AcceptanceView, Failure> {
    let ids = rules::accepted_assets(&input.asset_ids)?;
    let signature = rules::signature(&input.signature)?;
    let signer = input.signed_by_name.trim().to_owned();
    if signer.is_empty() || signer.chars().count() > 100 || signer.chars().any(char::is_control) {
        return Err(AssetsError::SignerMissing.into());
    }
    let site = site_of(tx, &cx.actor.reach, input.site_id).await?;
    let today = cx.now.timestamp().to_zoned(site.time_zone()).date();
    let accepted_on = rules::accepted_on(input.accepted_on, today)?;
    if let Signature::File(digest) = &signature
        && !(matches!(cx.app.files.progress(digest)?, Progress::Whole(_))
            && identity::files::may_use(tx, &cx.actor, acceptances::FILE_USES, digest).await?)
    {
        return Err(AssetsError::SignatureFileMissing.into());
    }
    let assets = accepted(tx, &ids, site.id).await?;
    let id: AcceptanceId = cx.new_id();
    let home = identity::settings::time_zone(tx).await?;
    let number = kit::numbers::next(tx, "YS", cx.now, &home).await?;
    let document = rules::AcceptanceDocument {
        number: &number,
        site: &site,
        assets: &assets,
        accepted_on,
        signed_by_name: &signer,
    }
    .canonical();
    let document_sha256 = rules::sha256(&document);
    let binding_sha256 = rules::binding(&document_sha256, &signature.sha256(), &signer, cx.now);
    let row = AcceptanceRow {
        id,
        number: &number,
        site: &site,
        accepted_on,
        signed_by_name: &signer,
        document: &document,
        document_sha256: &document_sha256,
        signature: &signature,
        binding_sha256: &binding_sha256,
        recorded_by: &cx.actor.id,
        now: cx.now,
    };
    let ids: Vec<AssetId> = ids.into_iter().collect();
    acceptances::insert(tx, &row, &ids).await?;
    let event = Event::new("acceptance.recorded", "acceptance", id)
        .thread(site.id)
        .unit(site.unit.id)
        .customer(site.customer_id)
        .body(&json!({
            "number": number,
            "asset_ids": ids,
            "accepted_on": accepted_on.to_string(),
            "document_sha256": document_sha256,
            "binding_sha256": binding_sha256,
        }));
    kit::events::append(tx, cx, event).await?;
    crate::acceptance(tx, &Reach::Everything, id).await
}

// The assets of an acceptance: all at the site, none accepted before.
async fn accepted(tx: &mut Tx, ids: &BTreeSet<AssetId>, site: SiteId) -> Result<Vec<AssetView>, Failure> {
    let assets = assets::by_ids(tx, ids.iter().copied()).await?;
    let serials = |some: &dyn Fn(&AssetView) -> bool| -> Vec<String> {
        assets.iter().filter(|a| some(a)).map(|a| a.serial.clone()).collect()
    };
    let elsewhere = serials(&|a| a.site_id != site);
    if !elsewhere.is_empty() || assets.len() != ids.len() {
        return Err(AssetsError::AcceptanceAssetElsewhere { serials: elsewhere.join(", ") }.into());
    }
    let before = serials(&|a| a.accepted_on.is_some());
    if !before.is_empty() {
        return Err(AssetsError::AlreadyAccepted { serials: before.join(", ") }.into());
    }
    Ok(assets)
}

/// Revokes an acceptance with a reason: its assets have no day of acceptance until they are accepted anew. The document stays.
///
/// # Errors
/// `acceptance_unknown`, `version_changed`, `acceptance_already_revoked`, `acceptance_revoke_reason_missing`.
pub async fn revoke_acceptance(
    tx: &mut Tx,
    cx: &Cx,
    id: AcceptanceId,
    seen: Option<i64>,
    input: RevokeAcceptance,
) -> Result<AcceptanceView, Failure> {
    let reason = rules::revoke_reason(&input.reason)?;
    let stands = crate::acceptance(tx, &cx.actor.reach, id).await?;
    if let Some(seen) = seen {
        kit::http::same_version(seen, stands.version, &stands)?;
    }
    if stands.revoked_at.is_some() {
        return Err(AssetsError::AlreadyRevoked.into());
    }
    let site = customers::site(tx, &Reach::Everything, stands.site_id).await?;
    let asset_ids = acceptances::assets_of(tx, id).await?;
    if !acceptances::revoke(tx, id, &cx.actor.id, &reason, cx.now).await? {
        return Err(AssetsError::AlreadyRevoked.into());
    }
    // The reason stands on the record; it may name people, so the event doesn't hold it.
    let event = Event::new("acceptance.revoked", "acceptance", id)
        .thread(stands.site_id)
        .unit(site.unit.id)
        .customer(stands.customer_id)
        .body(&json!({ "number": stands.number, "asset_ids": asset_ids }));
    kit::events::append(tx, cx, event).await?;
    crate::acceptance(tx, &Reach::Everything, id).await
}

const AT_ONCE: i64 = 500;

/// Recomputes every digest of every acceptance from what is stored, and compares its day and assets with the assets' records, for
/// `aftercare check`.
///
/// # Errors
/// As the database says.
pub async fn verify_documents(tx: &mut Tx, files: &Files) -> Result<DocumentCheck, Failure> {
    let mut check = DocumentCheck::default();
    let mut after = String::new();
    loop {
        let page = acceptances::stored_after(tx, &after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        let ids: Vec<AcceptanceId> = page.iter().map(|a| a.id).collect();
        let mut covered: HashMap<AcceptanceId, BTreeSet<String>> = HashMap::new();
        for (acceptance, asset) in acceptances::covered(tx, &ids).await? {
            covered.entry(acceptance).or_default().insert(asset.to_string());
        }
        for stored in page {
            check.acceptances += 1;
            let assets = covered.remove(&stored.id).unwrap_or_default();
            for fault in faults_of(&stored, &assets, files) {
                check.faults.push(DocumentFault {
                    acceptance_id: stored.id,
                    number: stored.number.clone(),
                    fault,
                });
            }
        }
    }
    for (acceptance_id, number) in acceptances::differing_days(tx).await? {
        check.faults.push(DocumentFault { acceptance_id, number, fault: "asset_date_differs" });
    }
    Ok(check)
}

fn faults_of(stored: &StoredAcceptance, assets: &BTreeSet<String>, files: &Files) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if rules::sha256(&stored.document) != stored.document_sha256 {
        faults.push("document_changed");
    }
    match &stored.signature_strokes {
        Some(strokes) if rules::sha256(strokes) != stored.signature_sha256 => {
            faults.push("signature_changed")
        }
        Some(_) => {}
        None => match files.intact(&stored.signature_sha256) {
            Ok(true) => {}
            Ok(false) => faults.push("signature_changed"),
            Err(_) => faults.push("signature_file_missing"),
        },
    }
    let binding = rules::binding(
        &stored.document_sha256,
        &stored.signature_sha256,
        &stored.signed_by_name,
        stored.signed_at,
    );
    if binding != stored.binding_sha256 {
        faults.push("binding_changed");
    }
    let document: serde_json::Value = serde_json::from_str(&stored.document).unwrap_or_default();
    if document["accepted_on"].as_str() != Some(&stored.accepted_on) {
        faults.push("date_differs");
    }
    let named: BTreeSet<String> = document["assets"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|a| a["id"].as_str().map(str::to_owned))
        .collect();
    if named != *assets {
        faults.push("assets_differ");
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::uuid::Uuid;

    fn stored(assets: &BTreeSet<String>) -> StoredAcceptance {
        let named: Vec<_> = assets.iter().map(|a| json!({ "id": a })).collect();
        let document = rules::canonical(&json!({ "accepted_on": "2026-03-03", "assets": named }));
        let strokes = r#"[[{"t_ms":0,"x":1,"y":1},{"t_ms":9,"x":30,"y":4}]]"#.to_owned();
        let (document_sha256, signature_sha256) = (rules::sha256(&document), rules::sha256(&strokes));
        StoredAcceptance {
            id: AcceptanceId(Uuid::from_u128(1)),
            number: "YS20260303-0001".into(),
            accepted_on: "2026-03-03".into(),
            signed_by_name: "客户代表".into(),
            signed_at: kit::Ts(7),
            binding_sha256: rules::binding(&document_sha256, &signature_sha256, "客户代表", kit::Ts(7)),
            document,
            document_sha256,
            signature_strokes: Some(strokes),
            signature_sha256,
        }
    }

    #[test]
    fn p28_whoever_changes_a_signed_acceptance_is_found_out() {
        let folder = std::env::temp_dir().join(format!("assets-verify-{}", std::process::id()));
        let files = Files::open(&folder).unwrap();
        let assets: BTreeSet<String> =
            [Uuid::from_u128(5).to_string(), Uuid::from_u128(6).to_string()].into();
        assert!(faults_of(&stored(&assets), &assets, &files).is_empty());
        type Change = fn(&mut StoredAcceptance);
        let changes: [(Change, &[&str]); 5] = [
            (
                |s| s.document = s.document.replace("2026-03-03", "2026-09-03"),
                &["document_changed", "date_differs"],
            ),
            (|s| s.accepted_on = "2026-09-03".into(), &["date_differs"]),
            (|s| s.signature_strokes = Some("[]".into()), &["signature_changed"]),
            (|s| s.signed_by_name = "别人".into(), &["binding_changed"]),
            (|s| s.signature_strokes = None, &["signature_file_missing"]),
        ];
        for (change, faults) in changes {
            let mut changed = stored(&assets);
            change(&mut changed);
            assert_eq!(faults_of(&changed, &assets, &files), faults);
        }
        let fewer: BTreeSet<String> = assets.iter().take(1).cloned().collect();
        assert_eq!(faults_of(&stored(&assets), &fewer, &files), ["assets_differ"]);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
