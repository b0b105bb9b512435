//! Routes of the list of designated persons and firms (P33).

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};

use crate::actions::designated;
use crate::model::{DesignatedId, DesignatedInput, DesignatedView};
use crate::store;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().routes(routes!(list, add)).routes(routes!(change))
}

/// Persons and firms designated to work in the company's name, with their days.
#[utoipa::path(get, path = "/api/designated-parties", tag = "coverage", operation_id = "designated_parties",
    responses((status = 200, body = Vec<DesignatedView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.designated"))))]
async fn list(
    State(app): State<App>,
    _permit: Permit<may::ReadDesignated>,
) -> Result<Json<Vec<DesignatedView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::designated::list(&mut tx).await?))
}

/// Designate a person or firm for some days.
#[utoipa::path(post, path = "/api/designated-parties", tag = "coverage", operation_id = "designate_party",
    request_body = DesignatedInput, params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = DesignatedView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.designate"))))]
async fn add(
    State(app): State<App>,
    permit: Permit<may::ManageDesignated>,
    command: Command<DesignatedInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(designated::designate(tx, cx, input).await?).version(1)) })
    })
    .await
}

/// Change an entry, most often its last day.
#[utoipa::path(put, path = "/api/designated-parties/{id}", tag = "coverage", operation_id = "change_designated_party",
    request_body = DesignatedInput,
    params(("id" = DesignatedId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = DesignatedView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("coverage.designate"))))]
async fn change(
    State(app): State<App>,
    permit: Permit<may::ManageDesignated>,
    Path(id): Path<DesignatedId>,
    command: Command<DesignatedInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = designated::change_designated(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}
