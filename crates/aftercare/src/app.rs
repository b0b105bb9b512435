//! Routes, workers and errors of every domain, put together.

use axum::Router;
use kit::jobs::Worker;
use kit::{App, ErrorEntry};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

use crate::http::{self, openapi};

/// The API of every domain with its description.
#[must_use]
pub fn api() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(openapi::Description::openapi())
        .merge(identity::routes())
        .merge(customers::routes())
        .merge(assets::routes())
        .merge(http::live::routes())
        .merge(http::files::routes())
        .split_for_parts()
}

/// Everything a node answers: API, health, web app, with the layers around them.
#[must_use]
pub fn router(app: App) -> Router {
    let (api, description) = api();
    http::around(app.clone(), api, description)
}

/// Who does the jobs that come due.
#[must_use]
pub fn workers() -> Vec<Worker> {
    identity::jobs::workers()
}

/// Every refusal the program can make, for `docs/errors.md`.
#[must_use]
pub fn errors() -> Vec<ErrorEntry> {
    let mut all = Vec::new();
    all.extend_from_slice(kit::error::ALL);
    all.extend_from_slice(identity::IdentityError::ALL);
    all.extend_from_slice(customers::CustomersError::ALL);
    all.extend_from_slice(assets::AssetsError::ALL);
    all.sort_unstable_by_key(|e| e.code);
    all
}
