//! `/metrics`: what an operator watches, as Prometheus text, with a token.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};
use kit::{App, Failure, Ts};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::PrometheusHandle;

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Upper bounds of the classes of `aftercare_request_seconds`.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Starts counting. Called once per process; a second call changes nothing.
pub fn install_metrics() {
    METRICS.get_or_init(|| {
        let builder = metrics_exporter_prometheus::PrometheusBuilder::new();
        // The bounds are a constant that is not empty: the builder refuses nothing else.
        let recorder = builder.set_buckets(&SECONDS).unwrap_or_default().build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::debug!("metrics are recorded elsewhere already");
        }
        handle
    });
}

/// Folds what was measured into its classes now and then, so that it doesn't pile up where nobody asks.
pub async fn upkeep() {
    loop {
        tokio::time::sleep(Duration::from_secs(10)).await;
        if let Some(handle) = METRICS.get() {
            handle.run_upkeep();
        }
    }
}

/// What kind of request it is: few kinds, so that the numbers stay few.
fn class(method: &Method, path: &str) -> &'static str {
    let Some(rest) = path.strip_prefix("/api/") else {
        return if matches!(path, "/healthz" | "/readyz" | "/metrics") { "health" } else { "page" };
    };
    match rest.split('/').next() {
        Some("live") => "live",
        Some("files") => "file",
        _ if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) => "read",
        _ => "command",
    }
}

/// Counts every answer by class and status, and measures how long it took.
pub async fn measured(request: Request, next: Next) -> Response {
    let class = class(request.method(), request.uri().path());
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    counter!("aftercare_requests_total", "class" => class, "status" => status).increment(1);
    // A stream has no end to wait for.
    if class != "live" {
        histogram!("aftercare_request_seconds", "class" => class).record(began.elapsed().as_secs_f64());
    }
    response
}

/// A live stream, counted while it lasts.
pub struct LiveStream;

/// Live streams of this process.
static OPEN: AtomicUsize = AtomicUsize::new(0);

impl LiveStream {
    /// Counts one more.
    #[must_use]
    pub fn begin() -> Self {
        gauge!("aftercare_live_streams").increment(1.0);
        OPEN.fetch_add(1, Ordering::Relaxed);
        Self
    }

    /// How many are open.
    #[must_use]
    pub fn open() -> usize {
        OPEN.load(Ordering::Relaxed)
    }
}

impl Drop for LiveStream {
    fn drop(&mut self) {
        gauge!("aftercare_live_streams").decrement(1.0);
        OPEN.fetch_sub(1, Ordering::Relaxed);
    }
}

pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|h| h.to_str().ok())
        .and_then(|h| h.strip_prefix("Bearer "));
    match (&app.web.metrics_token, shown, METRICS.get()) {
        (Some(token), Some(shown), Some(handle)) if same(token, shown) => {
            let counts = app.db.writer_counts();
            counter!("aftercare_commands_committed_total").absolute(counts.commands);
            counter!("aftercare_commits_total").absolute(counts.commits);
            counter!("aftercare_statements_read_total").absolute(app.db.statements_read());
            let load = app.db.load();
            whole("aftercare_db_waiting", load.waiting);
            whole("aftercare_db_connections_busy", load.busy);
            whole("aftercare_db_connections", load.places);
            let read = asked(&app).await;
            if let Err(error) = &read {
                tracing::warn!(%error, "metrics without the database's numbers");
            }
            whole("aftercare_db_up", read.is_ok());
            handle.render().into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

// What only the database knows; five counts that have an index each.
async fn asked(app: &App) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let queue = kit::jobs::queue(&mut tx, now).await?;
    whole("aftercare_jobs_due", queue.due);
    whole("aftercare_jobs_late", queue.late);
    whole("aftercare_jobs_failed", queue.failed);
    let messages = notifications::standing(&mut tx).await?;
    whole("aftercare_deliveries_waiting", messages.waiting);
    whole("aftercare_deliveries_failed", messages.failed);
    whole("aftercare_event_seq", kit::events::newest(&mut tx).await?);
    whole("aftercare_events_unsealed", kit::events::unsealed(&mut tx).await?);
    if let Some(at) = crate::keeping::last_backup(&mut tx).await? {
        whole("aftercare_last_backup_age_seconds", (now.micros() - at.micros()) / Ts::SECOND);
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
fn whole(name: &'static str, value: impl TryInto<i64>) {
    gauge!(name).set(value.try_into().unwrap_or(i64::MAX) as f64);
}

// Compares in a time that doesn't depend on where the first difference is.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0_u8, |d, (x, y)| d | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_fall_into_few_classes() {
        for (method, path, expected) in [
            (Method::GET, "/api/cases", "read"),
            (Method::POST, "/api/cases", "command"),
            (Method::DELETE, "/api/webhooks/1", "command"),
            (Method::PUT, "/api/files/00", "file"),
            (Method::GET, "/api/live", "live"),
            (Method::GET, "/metrics", "health"),
            (Method::GET, "/cases/SQ20261009-0001", "page"),
        ] {
            assert_eq!(class(&method, path), expected, "{method} {path}");
        }
    }
}
