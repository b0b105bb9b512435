//! Papers of assets as PDF.

use axum::Extension;
use axum::extract::State;
use documents::{LabelSize, PaperQuery, Pdf, Press, Template};
use http::HeaderMap;
use identity::{Permit, may};
use kit::http::{Command, Path, Problem, Query, Routes, lang_of};
use kit::routes;
use kit::{App, Failure, Lang};
use serde::Deserialize;

use crate::errors::AssetsError;
use crate::model::{AcceptanceId, AssetId};
use crate::print;
use crate::store::assets;

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(acceptance_pdf)).routes(routes!(asset_labels))
}

/// The certificate of a signed acceptance as a PDF (P28).
#[utoipa::path(get, path = "/api/acceptances/{id}/pdf", tag = "assets", operation_id = "acceptance_pdf",
    params(("id" = AcceptanceId, Path), PaperQuery),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.read"))))]
async fn acceptance_pdf(
    State(app): State<App>,
    Extension(press): Extension<Press>,
    permit: Permit<may::ReadAssets>,
    Path(id): Path<AcceptanceId>,
    Query(query): Query<PaperQuery>,
    headers: HeaderMap,
) -> Result<Pdf, Failure> {
    let mut tx = app.db.reader().await?;
    let view = crate::acceptance(&mut tx, &permit.actor().reach, id).await?;
    let letterhead = customers::letterhead(&mut tx).await?;
    let zone = customers::sites(&mut tx, &[view.site_id]).await?.pop().map(|site| site.zone);
    drop(tx);
    let picture = if view.signature_strokes.is_none() {
        let (files, digest) = (app.files.clone(), view.signature_sha256.clone());
        Some(tokio::task::spawn_blocking(move || files.read(&digest)).await.map_err(anyhow::Error::from)??)
    } else {
        None
    };
    let zone = zone.unwrap_or_else(|| customers::HOME_ZONE.to_owned());
    let paper = print::certificate(&view, letterhead, &zone, picture, query.language(&headers));
    Ok(Pdf { name: view.number.clone(), bytes: press.print(paper.sheet(), query.template).await?.pdf })
}

/// Which labels, on what.
#[derive(Clone, Debug, Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintLabels {
    /// The assets, 1 to 480, in the order of the labels.
    asset_ids: Vec<AssetId>,
    /// On what they are printed.
    #[serde(default)]
    size: Size,
    /// Places of the first sheet of A4 that are used up already, 0 to 23.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 23)]
    skip: u8,
    /// Their language; without it, that of `Accept-Language`.
    #[serde(default)]
    lang: Option<Lang>,
    /// With which template.
    #[serde(default)]
    template: Template,
}

/// On what labels are printed.
#[derive(Clone, Copy, Debug, Default, Deserialize, serde::Serialize, utoipa::ToSchema)]
#[schema(as = LabelSize)]
enum Size {
    /// Sheets of A4 with 3 × 8 labels of 70 × 37 mm.
    #[default]
    #[serde(rename = "a4")]
    A4,
    /// A label printer's roll, 50 × 30 mm.
    #[serde(rename = "50x30")]
    Roll,
}

/// Labels for assets within reach as a PDF: a sheet of labels, or one per page for a label printer. Changes nothing.
#[utoipa::path(post, path = "/api/asset-labels", tag = "assets", operation_id = "print_asset_labels", request_body = PrintLabels,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.read"))))]
async fn asset_labels(
    State(app): State<App>,
    Extension(press): Extension<Press>,
    permit: Permit<may::ReadAssets>,
    headers: HeaderMap,
    command: Command<PrintLabels>,
) -> Result<Pdf, Failure> {
    let input = command.input;
    let max = documents::Labels::MAX;
    if input.asset_ids.is_empty() || input.asset_ids.len() > max {
        return Err(documents::DocumentError::LabelsCount { max }.into());
    }
    let mut tx = app.db.reader().await?;
    let found = assets::by_ids_within(&mut tx, &permit.actor().reach, &input.asset_ids).await?;
    let letterhead = customers::letterhead(&mut tx).await?;
    drop(tx);
    let ordered: Option<Vec<_>> =
        input.asset_ids.iter().map(|id| found.iter().find(|asset| asset.id == *id).cloned()).collect();
    let ordered = ordered.ok_or(AssetsError::AssetUnknown)?;
    let size = match input.size {
        Size::A4 => LabelSize::A4,
        Size::Roll => LabelSize::Roll50x30,
    };
    let lang = input.lang.unwrap_or_else(|| lang_of(&headers));
    let labels =
        print::labels(&ordered, letterhead, (size, input.skip.into()), lang, &app.web.base_url).sheet()?;
    Ok(Pdf { name: "labels".into(), bytes: press.print(labels, input.template).await?.pdf })
}
