//! `/healthz` (the process lives), `/readyz` (it can serve).

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use kit::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(super::metrics::show))
}

async fn ready(State(app): State<App>) -> Response {
    let pending = match app.db.pending(crate::migrations::known()).await {
        Ok(pending) => pending,
        Err(error) => {
            // Anybody may ask: what the driver says is for the log.
            tracing::warn!(%error, "not ready: the database can't be asked");
            return (StatusCode::SERVICE_UNAVAILABLE, "the database can't be asked\n").into_response();
        }
    };
    if pending.is_empty() {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, format!("{} schema steps are pending\n", pending.len()))
            .into_response()
    }
}
