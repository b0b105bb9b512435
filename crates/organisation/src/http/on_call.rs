//! On-call rotas (P11).

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Body, Command, Path, Versioned};
use kit::{Answer, App, Done, Failure};

use crate::actions::{self, OnCallUnit, RotaMeaning, RotaView, SaveRota};
use crate::model::UnitId;

/// How the units within reach stand for the next 30 days (P11).
#[utoipa::path(get, path = "/api/on-call", tag = "organisation", operation_id = "list_on_call",
    responses((status = 200, body = Vec<OnCallUnit>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.on_call"))))]
pub(super) async fn list_on_call(
    State(app): State<App>,
    permit: Permit<may::ManageOnCall>,
) -> Result<Json<Vec<OnCallUnit>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(actions::on_call_units(&mut tx, &permit.actor(), app.clock.now()).await?))
}

/// A unit's rota and who is on call there for the next 30 days (P11).
#[utoipa::path(get, path = "/api/on-call/{unit_id}", tag = "organisation", operation_id = "read_rota", params(("unit_id" = UnitId, Path)),
    responses((status = 200, body = RotaView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.on_call"))))]
pub(super) async fn read_rota(
    State(app): State<App>,
    permit: Permit<may::ManageOnCall>,
    Path(unit_id): Path<UnitId>,
) -> Result<Versioned<RotaView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = actions::rota_of(&mut tx, &permit.actor(), unit_id, app.clock.now()).await?;
    Ok(Versioned(view.version, view))
}

/// What a rota would mean, with its gaps, before it is saved (P11). Changes nothing.
#[utoipa::path(post, path = "/api/on-call/{unit_id}/preview", tag = "organisation", operation_id = "preview_rota", request_body = SaveRota,
    params(("unit_id" = UnitId, Path)),
    responses((status = 200, body = RotaMeaning), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.on_call"))))]
pub(super) async fn preview_rota(
    State(app): State<App>,
    permit: Permit<may::ManageOnCall>,
    Path(unit_id): Path<UnitId>,
    Body(input): Body<SaveRota>,
) -> Result<Json<RotaMeaning>, Failure> {
    let mut tx = app.db.reader().await?;
    let now = app.clock.now();
    Ok(Json(actions::preview_rota(&mut tx, &permit.actor(), unit_id, &input.rota, now).await?))
}

/// Save a unit's rota (P11).
#[utoipa::path(put, path = "/api/on-call/{unit_id}", tag = "organisation", operation_id = "save_rota", request_body = SaveRota,
    params(("unit_id" = UnitId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = RotaView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.on_call"))))]
pub(super) async fn save_rota(
    State(app): State<App>,
    permit: Permit<may::ManageOnCall>,
    Path(unit_id): Path<UnitId>,
    command: Command<SaveRota>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::save_rota(tx, cx, unit_id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}
