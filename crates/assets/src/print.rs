//! Papers of assets: the certificate of a signed acceptance, drawn from the document that was signed, and labels.

use documents::{
    Acceptance, Fact, Label, LabelSize, Labels, Letterhead, Picture, Signature, strokes_svg, time,
};
use kit::{Both, Lang, Ts};

use crate::model::{AcceptanceView, AssetId, AssetView};

/// The certificate of an acceptance (P28). `zone` is the site's, `picture` the signature if it is a stored picture.
pub(crate) fn certificate(
    view: &AcceptanceView,
    letterhead: Letterhead,
    zone: &str,
    picture: Option<Vec<u8>>,
    lang: Lang,
) -> Acceptance {
    let of = &view.document;
    let text = |pointer: &str| of.pointer(pointer).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let fact = |key: &'static str, value: String| Fact::new(key, word(lang, key, &[]), value);
    let assets = of["assets"].as_array().map(Vec::as_slice).unwrap_or_default();
    let row = |asset: &serde_json::Value| {
        let own = |key: &str| asset[key].as_str().unwrap_or_default().to_owned();
        let name: Both = serde_json::from_value(asset["name"].clone()).unwrap_or_default();
        let model = format!("{} {}", own("model"), own("model_version"));
        [name.in_lang(lang), model.trim().to_owned(), own("serial"), own("software_version")]
    };
    let signed = format!("{} · {}", view.signed_by_name, time(view.signed_at, zone));
    Acceptance {
        lang,
        letterhead,
        number: view.number.clone(),
        state: view.revoked_at.map(|at| {
            let reason = view.revoked_reason.clone().unwrap_or_default();
            word(lang, "revoked", &[("time", time(at, zone)), ("reason", reason)])
        }),
        facts: vec![
            fact("customer", text("/customer/name")),
            fact("site", text("/site/name")),
            fact("address", text("/site/address")),
            fact("accepted_on", text("/accepted_on")),
        ],
        assets: assets.iter().map(row).collect(),
        signature: Signature {
            refused: false,
            lines: vec![signed],
            strokes: serde_json::to_value(&view.signature_strokes).ok().as_ref().and_then(strokes_svg),
        },
        sha256: view.document_sha256.clone(),
        zone: zone.to_owned(),
        made_at: view.signed_at,
        picture: picture.map(Picture),
    }
}

/// Labels for assets in the order given; `url` is what the code on each opens.
pub fn labels(
    assets: &[AssetView],
    letterhead: Letterhead,
    (size, skip): (LabelSize, usize),
    lang: Lang,
    url: impl Fn(AssetId) -> String,
) -> Labels {
    Labels {
        lang,
        letterhead,
        size,
        skip,
        labels: assets
            .iter()
            .map(|asset| Label {
                label: asset.label.clone(),
                url: url(asset.id),
                product: asset.product.name.in_lang(lang),
                model: format!("{} {}", asset.product.model, asset.product.model_version).trim().to_owned(),
                serial: asset.serial.clone(),
                site: asset.site_name.clone(),
            })
            .collect(),
        made_at: assets.iter().map(|asset| asset.changed_at).max().unwrap_or(Ts(0)),
    }
}

fn word(lang: Lang, key: &str, values: &[(&str, String)]) -> String {
    let key = format!("papers.acceptance.{key}");
    kit::texts::text(lang, &key, values).unwrap_or(key)
}
