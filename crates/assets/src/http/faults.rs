//! Routes of the codes of faults and causes.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Problem, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use serde::Deserialize;

use crate::actions::faults as actions;
use crate::faults::{FaultCodeInput, FaultCodeKind, FaultCodeView, NewFaultCode};
use crate::store;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().routes(routes!(list, create)).routes(routes!(change))
}

/// Which codes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct FaultCodeQuery {
    /// Only faults, or only causes.
    kind: Option<FaultCodeKind>,
    /// Also those that can no longer be chosen.
    #[serde(default)]
    all: bool,
}

/// The codes of faults and causes in their order, causes last.
#[utoipa::path(get, path = "/api/fault-codes", tag = "assets", operation_id = "list_fault_codes", params(FaultCodeQuery),
    responses((status = 200, body = Vec<FaultCodeView>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.catalogue"))))]
async fn list(
    State(app): State<App>,
    _permit: Permit<may::ReadCatalogue>,
    Query(asked): Query<FaultCodeQuery>,
) -> Result<Json<Vec<FaultCodeView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::faults::list(&mut tx, asked.kind, !asked.all).await?))
}

/// Add a code.
#[utoipa::path(post, path = "/api/fault-codes", tag = "assets", operation_id = "create_fault_code", request_body = NewFaultCode,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = FaultCodeView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.products"))))]
async fn create(
    State(app): State<App>,
    permit: Permit<may::ManageProducts>,
    command: Command<NewFaultCode>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::create_fault_code(tx, cx, input).await?;
            Ok(Done::created(view).version(1))
        })
    })
    .await
}

/// Change a code's name, place or use.
#[utoipa::path(put, path = "/api/fault-codes/{kind}/{code}", tag = "assets", operation_id = "change_fault_code",
    request_body = FaultCodeInput,
    params(("kind" = FaultCodeKind, Path), ("code" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = FaultCodeView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.products"))))]
async fn change(
    State(app): State<App>,
    permit: Permit<may::ManageProducts>,
    Path((kind, code)): Path<(FaultCodeKind, String)>,
    command: Command<FaultCodeInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change_fault_code(tx, cx, kind, &code, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}
