//! Papers of assets as PDF.

use axum::Extension;
use axum::extract::State;
use documents::{PaperQuery, Pdf, Press};
use http::HeaderMap;
use identity::{Permit, may};
use kit::http::{Path, Problem, Query, Routes};
use kit::routes;
use kit::{App, Failure};

use crate::model::AcceptanceId;
use crate::print;

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(acceptance_pdf))
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
    let zone = match customers::sites(&mut tx, &[view.site_id]).await?.pop() {
        Some(site) => site.zone,
        None => identity::settings::zone(&mut tx).await?,
    };
    drop(tx);
    let picture = if view.signature_strokes.is_none() {
        let (files, digest) = (app.files.clone(), view.signature_sha256.clone());
        Some(tokio::task::spawn_blocking(move || files.read(&digest)).await.map_err(anyhow::Error::from)??)
    } else {
        None
    };
    let paper = print::certificate(&view, letterhead, &zone, picture, query.language(&headers));
    Ok(Pdf { name: view.number.clone(), bytes: press.print(paper.sheet(), query.template).await?.pdf })
}
