//! Labels of devices as PDF: what a report begins with.

use std::collections::HashMap;

use assets::AssetId;
use axum::Extension;
use axum::extract::State;
use documents::{LabelSize, Pdf, Press, Template};
use http::HeaderMap;
use identity::{Permit, may};
use kit::http::{Command, Problem, Routes, lang_of};
use kit::routes;
use kit::{App, Failure, Lang};
use serde::Deserialize;

use crate::actions::codes;

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(asset_labels))
}

/// Which labels, on what.
#[derive(Clone, Debug, Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintLabels {
    /// The assets, 1 to 480, in the order of the labels.
    #[schema(min_items = 1, max_items = 480)]
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

/// Labels for assets within reach as a PDF: a sheet of labels, or one per page for a label printer. The QR code on each opens the
/// page where a fault of its device is reported; a device that has no code yet gets one.
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
    let assets = assets::in_order(&mut tx, &permit.actor().reach, &input.asset_ids).await?;
    let letterhead = customers::letterhead(&mut tx).await?;
    drop(tx);
    let codes = coded(&app, &permit, input.asset_ids).await?;
    let size = match input.size {
        Size::A4 => LabelSize::A4,
        Size::Roll => LabelSize::Roll50x30,
    };
    let lang = input.lang.unwrap_or_else(|| lang_of(&headers));
    let url = |id: AssetId| codes.get(&id).cloned().unwrap_or_default();
    let labels = assets::labels(&assets, letterhead, (size, input.skip.into()), lang, url).sheet()?;
    Ok(Pdf { name: "labels".into(), bytes: press.print(labels, input.template).await?.pdf })
}

// The address on each label. Two who print the first label of a device at once: the second finds the code of the first.
async fn coded(
    app: &App,
    permit: &Permit<may::ReadAssets>,
    ids: Vec<AssetId>,
) -> Result<HashMap<AssetId, String>, Failure> {
    let make = |ids: Vec<AssetId>| {
        app.act(permit.actor(), move |tx, cx| Box::pin(async move { codes::of_labels(tx, cx, &ids).await }))
    };
    match make(ids.clone()).await {
        Err(failure) if failure.changes_met() => make(ids).await,
        answer => answer,
    }
}
