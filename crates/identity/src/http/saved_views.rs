//! Views of lists.

use axum::Json;
use axum::extract::State;
use kit::http::{Command, Nothing, Path, Query};
use kit::{Answer, App, Done, Failure};
use serde::Deserialize;

use crate::actions::saved_views as actions;
use crate::may;
use crate::model::{SaveView, SavedView, ViewId};
use crate::permit::Permit;
use crate::store::saved_views as store;

/// Which views.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewQuery {
    /// Of this list: `cases`, …
    list: String,
}

/// One's own views of a list, and those shared in one's unit, by name.
#[utoipa::path(get, path = "/api/saved-views", tag = "identity", operation_id = "list_saved_views", params(ViewQuery),
    responses((status = 200, body = Vec<SavedView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.saved_views"))))]
pub(super) async fn list_saved_views(
    State(app): State<App>,
    permit: Permit<may::SaveViews>,
    Query(query): Query<ViewQuery>,
) -> Result<Json<Vec<SavedView>>, Failure> {
    let mut tx = app.db.reader().await?;
    let (me, actor) = (permit.principal().account_id, permit.actor());
    Ok(Json(store::of_list(&mut tx, me, actor.unit_id.as_deref(), &query.list).await?))
}

/// Keep a view.
#[utoipa::path(post, path = "/api/saved-views", tag = "identity", operation_id = "create_saved_view", request_body = SaveView,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SavedView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.saved_views"))))]
pub(super) async fn create_saved_view(
    State(app): State<App>,
    permit: Permit<may::SaveViews>,
    command: Command<SaveView>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let me = permit.principal().account_id;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::create(tx, cx, me, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

/// Change one of one's own views.
#[utoipa::path(put, path = "/api/saved-views/{id}", tag = "identity", operation_id = "change_saved_view", request_body = SaveView,
    params(("id" = ViewId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = SavedView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.saved_views"))))]
pub(super) async fn change_saved_view(
    State(app): State<App>,
    permit: Permit<may::SaveViews>,
    Path(id): Path<ViewId>,
    command: Command<SaveView>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    let me = permit.principal().account_id;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change(tx, cx, me, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Remove one of one's own views.
#[utoipa::path(delete, path = "/api/saved-views/{id}", tag = "identity", operation_id = "remove_saved_view",
    params(("id" = ViewId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = SavedView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.saved_views"))))]
pub(super) async fn remove_saved_view(
    State(app): State<App>,
    permit: Permit<may::SaveViews>,
    Path(id): Path<ViewId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let me = permit.principal().account_id;
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::remove(tx, cx, me, id).await?)) })
    })
    .await
}
