//! Routes of part warranties.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use serde::Deserialize;

use crate::actions::parts;
use crate::errors::CoverageError;
use crate::model::{DeliverPart, PartWarrantyView};
use crate::store;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().routes(routes!(of_asset, deliver))
}

/// Whose parts.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct PartQuery {
    /// The asset.
    asset_id: String,
}

/// Parts of an asset with a warranty of their own, newest delivery first (P49, P53).
#[utoipa::path(get, path = "/api/part-warranties", tag = "coverage", operation_id = "part_warranties", params(PartQuery),
    responses((status = 200, body = Vec<PartWarrantyView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.read"))))]
async fn of_asset(
    State(app): State<App>,
    permit: Permit<may::ReadCoverage>,
    Query(asked): Query<PartQuery>,
) -> Result<Json<Vec<PartWarrantyView>>, Failure> {
    let mut tx = app.db.reader().await?;
    if !store::facts::asset_in_reach(&mut tx, &permit.actor().reach, &asked.asset_id).await? {
        return Err(CoverageError::AssetUnknown.into());
    }
    Ok(Json(parts::parts_of_asset(&mut tx, &asked.asset_id).await?))
}

/// Record that a repaired or sold part was delivered: its warranty starts that day.
#[utoipa::path(post, path = "/api/part-warranties", tag = "coverage", operation_id = "deliver_part",
    request_body = DeliverPart, params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = PartWarrantyView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.deliver_part"))))]
async fn deliver(
    State(app): State<App>,
    permit: Permit<may::DeliverPart>,
    command: Command<DeliverPart>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(parts::deliver_part(tx, cx, input).await?)) })
    })
    .await
}
