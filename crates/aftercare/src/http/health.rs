//! `/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (with a token).

use std::sync::OnceLock;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode, header};
use kit::App;
use metrics_exporter_prometheus::PrometheusHandle;

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// Starts counting. Called once per process; a second call changes nothing.
pub fn install_metrics() {
    METRICS.get_or_init(|| {
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::debug!("metrics are recorded elsewhere already");
        }
        handle
    });
}

async fn ready(State(app): State<App>) -> Response {
    let pending = match app.db.pending(crate::migrations::ALL).await {
        Ok(pending) => pending,
        Err(error) => {
            return (StatusCode::SERVICE_UNAVAILABLE, format!("database: {error}\n")).into_response();
        }
    };
    if pending.is_empty() {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, format!("{} schema steps are pending\n", pending.len()))
            .into_response()
    }
}

async fn metrics(State(app): State<App>, headers: HeaderMap) -> Response {
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|h| h.to_str().ok())
        .and_then(|h| h.strip_prefix("Bearer "));
    match (&app.web.metrics_token, shown, METRICS.get()) {
        (Some(token), Some(shown), Some(handle)) if same(token, shown) => {
            let counts = app.db.writer_counts();
            metrics::counter!("aftercare_commands_committed_total").absolute(counts.commands);
            metrics::counter!("aftercare_commits_total").absolute(counts.commits);
            handle.render().into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

// Compares in a time that doesn't depend on where the first difference is.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0_u8, |d, (x, y)| d | (x ^ y)) == 0
}
