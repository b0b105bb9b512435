//! Pure checks, and the canonical document of an acceptance.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kit::{Both, Ts};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::errors::AssetsError;
use crate::model::{AssetId, AssetView, ProductInput, SignatureInput, StrokePoint};

/// Assets one acceptance may cover.
pub const MOST_ACCEPTED: usize = 200;
/// Points a signature may have.
pub const MOST_POINTS: usize = 20_000;
/// How deep systems may be nested.
pub const DEEPEST: usize = 8;

/// A product's fields without spaces around them.
///
/// # Errors
/// `product_model_invalid`, `product_name_invalid`, `product_kind_invalid`.
pub fn product(input: ProductInput) -> Result<ProductInput, AssetsError> {
    let model = input.model.trim().to_owned();
    let model_version = input.model_version.trim().to_owned();
    if model.is_empty() || model.chars().count() > 100 || model_version.chars().count() > 100 {
        return Err(AssetsError::ModelInvalid);
    }
    let name = Both::new(input.name.zh_cn.trim(), input.name.en.trim());
    if name.zh_cn.is_empty() || name.zh_cn.chars().count() > 200 || name.en.chars().count() > 200 {
        return Err(AssetsError::ProductNameInvalid);
    }
    let kind = input.kind.trim().to_owned();
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if kind.is_empty() || kind.len() > 40 || !kind.bytes().all(letters) {
        return Err(AssetsError::KindInvalid);
    }
    Ok(ProductInput { model, model_version, name, kind, active: input.active })
}

/// A serial as typed, and as it is compared.
///
/// # Errors
/// `asset_serial_invalid` without a letter or digit, or beyond 64 characters.
pub fn serial(text: &str) -> Result<(String, String), AssetsError> {
    let serial: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    let key = customers::keys::serial_key(&serial);
    if key.is_empty() || serial.chars().count() > 64 {
        return Err(AssetsError::SerialInvalid);
    }
    Ok((serial, key))
}

/// A software version, or none.
///
/// # Errors
/// `asset_software_version_invalid` beyond 64 characters.
pub fn software_version(text: Option<&str>) -> Result<Option<String>, AssetsError> {
    match text.map(str::trim).filter(|t| !t.is_empty()) {
        Some(t) if t.chars().count() > 64 || t.chars().any(char::is_control) => {
            Err(AssetsError::SoftwareVersionInvalid)
        }
        other => Ok(other.map(str::to_owned)),
    }
}

/// Whether `asset` may become a part of a system, given that system and everything above it, nearest first.
///
/// # Errors
/// `asset_parent_cycle`, `asset_parent_too_deep`.
pub fn parent_line(asset: Option<AssetId>, line: &[AssetId]) -> Result<(), AssetsError> {
    if asset.is_some_and(|a| line.contains(&a)) {
        return Err(AssetsError::ParentCycle);
    }
    if line.len() >= DEEPEST {
        return Err(AssetsError::ParentTooDeep { max: DEEPEST });
    }
    Ok(())
}

/// A day of acceptance that has come at the site.
///
/// # Errors
/// `accepted_in_future`.
pub fn accepted_on(day: Date, today: Date) -> Result<Date, AssetsError> {
    if day > today { Err(AssetsError::AcceptedInFuture { today: today.to_string() }) } else { Ok(day) }
}

/// The assets of an acceptance, each once.
///
/// # Errors
/// `acceptance_assets_invalid`.
pub fn accepted_assets(ids: &[AssetId]) -> Result<BTreeSet<AssetId>, AssetsError> {
    let once: BTreeSet<AssetId> = ids.iter().copied().collect();
    if once.is_empty() || once.len() != ids.len() || once.len() > MOST_ACCEPTED {
        return Err(AssetsError::AcceptanceAssetsInvalid { max: MOST_ACCEPTED });
    }
    Ok(once)
}

/// A signature as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Canonical text of the strokes.
    Strokes(String),
    /// SHA-256 of a stored picture.
    File(String),
}

impl Signature {
    /// The SHA-256 of what was signed with.
    #[must_use]
    pub fn sha256(&self) -> String {
        match self {
            Self::Strokes(text) => sha256(text),
            Self::File(digest) => digest.clone(),
        }
    }
}

/// Strokes or a file, and something in it.
///
/// # Errors
/// `acceptance_signature_missing`, `acceptance_signature_invalid`.
pub fn signature(input: &SignatureInput) -> Result<Signature, AssetsError> {
    match (&input.strokes, &input.file_sha256) {
        (Some(strokes), None) => {
            let points: usize = strokes.iter().map(Vec::len).sum();
            if points > MOST_POINTS || !strokes.iter().any(|s| drawn(s)) || points_out_of_range(strokes) {
                return Err(AssetsError::SignatureInvalid { max: MOST_POINTS });
            }
            Ok(Signature::Strokes(canonical(&json!(strokes))))
        }
        (None, Some(digest)) if kit::files::Files::is_digest(digest) => Ok(Signature::File(digest.clone())),
        (None, Some(_)) => Err(AssetsError::SignatureFileMissing),
        _ => Err(AssetsError::SignatureMissing),
    }
}

// A tap is no signature: some stroke must go somewhere.
fn drawn(stroke: &[StrokePoint]) -> bool {
    stroke.first().is_some_and(|a| stroke.iter().any(|b| a.x.abs_diff(b.x) + a.y.abs_diff(b.y) >= 5))
}

fn points_out_of_range(strokes: &[Vec<StrokePoint>]) -> bool {
    strokes.iter().flatten().any(|p| p.x > 4096 || p.y > 4096)
}

/// A reason with something in it.
///
/// # Errors
/// `acceptance_revoke_reason_missing`.
pub fn revoke_reason(text: &str) -> Result<String, AssetsError> {
    let reason: String = text.trim().chars().filter(|c| !c.is_control()).take(500).collect();
    if reason.chars().filter(|c| c.is_alphanumeric()).count() < 4 {
        return Err(AssetsError::RevokeReasonMissing);
    }
    Ok(reason)
}

/// What an acceptance says, as it is signed. Field names are part of the signed text: they never change, new ones come with a new
/// `schema`.
pub struct AcceptanceDocument<'a> {
    /// Number.
    pub number: &'a str,
    /// The site.
    pub site: &'a customers::Site,
    /// The assets, in any order.
    pub assets: &'a [AssetView],
    /// Day of acceptance.
    pub accepted_on: Date,
    /// Who signs.
    pub signed_by_name: &'a str,
}

impl AcceptanceDocument<'_> {
    /// The document's canonical text.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut assets: Vec<&AssetView> = self.assets.iter().collect();
        assets.sort_by(|a, b| (&a.serial, a.id).cmp(&(&b.serial, b.id)));
        let assets: Vec<Json> = assets
            .into_iter()
            .map(|a| {
                json!({
                    "id": a.id,
                    "serial": a.serial,
                    "model": a.product.model,
                    "model_version": a.product.model_version,
                    "name": a.product.name,
                    "software_version": a.software_version,
                    "foreign_components": a.foreign_components,
                })
            })
            .collect();
        canonical(&json!({
            "kind": "acceptance",
            "schema": 1,
            "number": self.number,
            "customer": { "id": self.site.customer_id, "name": self.site.customer_name },
            "site": { "id": self.site.id, "name": self.site.name, "address": self.site.address },
            "assets": assets,
            "accepted_on": self.accepted_on.to_string(),
            "signed_by_name": self.signed_by_name,
        }))
    }
}

/// The text that binds a signature to a document: whoever changes either, the signer's name or the time breaks its digest.
#[must_use]
pub fn binding(document_sha256: &str, signature_sha256: &str, signed_by_name: &str, signed_at: Ts) -> String {
    sha256(&canonical(&json!({
        "document_sha256": document_sha256,
        "signature_sha256": signature_sha256,
        "signed_by_name": signed_by_name,
        "signed_at": signed_at,
    })))
}

/// JSON with sorted keys and no spaces, after RFC 8785 for what occurs here (no fractions).
#[must_use]
pub fn canonical(value: &Json) -> String {
    fn sorted(value: &Json) -> Json {
        match value {
            Json::Object(map) => {
                let map: BTreeMap<&String, Json> = map.iter().map(|(k, v)| (k, sorted(v))).collect();
                map.into_iter().map(|(k, v)| (k.clone(), v)).collect::<serde_json::Map<_, _>>().into()
            }
            Json::Array(list) => list.iter().map(sorted).collect(),
            other => other.clone(),
        }
    }
    sorted(value).to_string()
}

/// SHA-256 in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The text of a QR plate from five random bytes: `TX-` and eight letters or digits that can't be mistaken for each other.
#[must_use]
pub fn label(random: [u8; 5]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = random.iter().fold(0_u64, |all, b| (all << 8) | u64::from(*b));
    let letters =
        (0..8).rev().map(|i| char::from(ALPHABET[usize::try_from((bits >> (i * 5)) & 31).unwrap_or(0)]));
    format!("TX-{}", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::uuid::Uuid;

    fn id(n: u128) -> AssetId {
        AssetId(Uuid::from_u128(n))
    }

    #[test]
    fn p28_acceptance_never_lies_in_the_future() {
        let today: Date = "2026-11-22".parse().unwrap();
        for (day, fine) in
            [("2026-11-21", true), ("2026-11-22", true), ("2026-11-23", false), ("2027-01-01", false)]
        {
            assert_eq!(accepted_on(day.parse().unwrap(), today).is_ok(), fine, "{day}");
        }
    }

    #[test]
    fn a_system_is_never_part_of_itself() {
        assert_eq!(parent_line(None, &[id(1), id(2)]), Ok(()));
        assert_eq!(parent_line(Some(id(3)), &[id(1), id(2)]), Ok(()));
        assert_eq!(parent_line(Some(id(1)), &[id(1)]), Err(AssetsError::ParentCycle));
        assert_eq!(parent_line(Some(id(2)), &[id(1), id(2)]), Err(AssetsError::ParentCycle));
        let deep: Vec<_> = (0..8).map(id).collect();
        assert_eq!(parent_line(Some(id(99)), &deep), Err(AssetsError::ParentTooDeep { max: 8 }));
    }

    #[test]
    fn an_acceptance_names_each_asset_once() {
        for (ids, fine) in [(vec![], false), (vec![id(1)], true), (vec![id(1), id(1)], false)] {
            assert_eq!(accepted_assets(&ids).is_ok(), fine, "{ids:?}");
        }
        let many: Vec<_> = (0..201).map(id).collect();
        assert!(accepted_assets(&many[..200]).is_ok() && accepted_assets(&many).is_err());
    }

    #[test]
    fn a_signature_is_a_line_or_a_stored_picture() {
        let point = |x, y| StrokePoint { x, y, t_ms: 0 };
        let line = vec![vec![point(1, 1), point(40, 9)]];
        let digest = "ab".repeat(32);
        let of = |strokes, file_sha256| signature(&SignatureInput { strokes, file_sha256 });
        assert!(matches!(of(Some(line.clone()), None), Ok(Signature::Strokes(_))));
        assert_eq!(of(None, Some(digest.clone())), Ok(Signature::File(digest.clone())));
        assert_eq!(of(None, None), Err(AssetsError::SignatureMissing));
        assert_eq!(of(Some(line), Some(digest)), Err(AssetsError::SignatureMissing));
        assert_eq!(of(None, Some("x".into())), Err(AssetsError::SignatureFileMissing));
        let invalid = Err(AssetsError::SignatureInvalid { max: MOST_POINTS });
        for strokes in [
            vec![],
            vec![vec![]],
            vec![vec![point(5, 5), point(6, 6)]],
            vec![vec![point(1, 1), point(5000, 1)]],
            vec![vec![point(1, 1); 1], vec![point(9, 9); MOST_POINTS]],
        ] {
            assert_eq!(of(Some(strokes), None), invalid);
        }
    }

    #[test]
    fn the_binding_breaks_when_any_part_changes() {
        let at: Ts = "2026-11-22T08:00:00Z".parse().unwrap();
        let whole = binding("d", "s", "王", at);
        for other in [
            binding("e", "s", "王", at),
            binding("d", "t", "王", at),
            binding("d", "s", "李", at),
            binding("d", "s", "王", at.plus(1)),
        ] {
            assert_ne!(whole, other);
        }
        assert_eq!(whole, binding("d", "s", "王", at));
    }

    #[test]
    fn canonical_text_has_sorted_keys_at_every_depth() {
        let value = json!({ "b": [ { "z": 1, "a": "王" } ], "a": null });
        assert_eq!(canonical(&value), r#"{"a":null,"b":[{"a":"王","z":1}]}"#);
    }

    #[test]
    fn labels_are_short_and_serials_keep_their_typed_form() {
        assert_eq!(label([0; 5]), "TX-00000000");
        assert_eq!(label([0xff; 5]), "TX-ZZZZZZZZ");
        assert_eq!(serial(" bg-2024/001 ").unwrap(), ("bg-2024/001".into(), "bg2024001".into()));
        assert!(serial("--").is_err() && serial("").is_err() && serial(&"9".repeat(65)).is_err());
    }

    #[test]
    fn products_and_software_versions_are_checked() {
        let input = |model: &str, zh: &str, kind: &str| ProductInput {
            model: model.into(),
            model_version: String::new(),
            name: Both::new(zh, ""),
            kind: kind.into(),
            active: true,
        };
        assert!(product(input(" BG-100 ", "道闸", "barrier")).is_ok_and(|p| p.model == "BG-100"));
        assert_eq!(product(input("", "道闸", "barrier")).unwrap_err(), AssetsError::ModelInvalid);
        assert_eq!(product(input("BG", " ", "barrier")).unwrap_err(), AssetsError::ProductNameInvalid);
        assert_eq!(product(input("BG", "道闸", "Barrier!")).unwrap_err(), AssetsError::KindInvalid);
        assert_eq!(software_version(Some(" ")), Ok(None));
        assert_eq!(software_version(Some(" 3.2.1 ")), Ok(Some("3.2.1".into())));
        assert!(software_version(Some(&"1".repeat(65))).is_err());
    }
}
