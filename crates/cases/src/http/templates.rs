//! Routes of the templates of notes.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Path, Problem, Query, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use serde::Deserialize;

use crate::actions::templates as actions;
use crate::store;
use crate::templates::{NoteTemplateId, NoteTemplateInput, NoteTemplateView};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(list, create)).routes(routes!(change))
}

/// Which templates.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct NoteTemplateQuery {
    /// Also those that can no longer be chosen.
    #[serde(default)]
    all: bool,
}

/// The templates of notes in their order.
#[utoipa::path(get, path = "/api/note-templates", tag = "cases", operation_id = "list_note_templates", params(NoteTemplateQuery),
    responses((status = 200, body = Vec<NoteTemplateView>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.catalogue"))))]
async fn list(
    State(app): State<App>,
    _permit: Permit<may::ReadCatalogue>,
    Query(asked): Query<NoteTemplateQuery>,
) -> Result<Json<Vec<NoteTemplateView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::templates::list(&mut tx, !asked.all).await?))
}

/// Add a template of a note.
#[utoipa::path(post, path = "/api/note-templates", tag = "cases", operation_id = "create_note_template", request_body = NoteTemplateInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = NoteTemplateView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.products"))))]
async fn create(
    State(app): State<App>,
    permit: Permit<may::ManageProducts>,
    command: Command<NoteTemplateInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::create(tx, cx, input).await?;
            Ok(Done::created(view).version(1))
        })
    })
    .await
}

/// Change a template of a note.
#[utoipa::path(put, path = "/api/note-templates/{id}", tag = "cases", operation_id = "change_note_template",
    request_body = NoteTemplateInput,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = NoteTemplateView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("assets.products"))))]
async fn change(
    State(app): State<App>,
    permit: Permit<may::ManageProducts>,
    Path(id): Path<NoteTemplateId>,
    command: Command<NoteTemplateInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}
