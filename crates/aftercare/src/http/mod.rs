//! What stands around the routes: refusals in words, security headers, origin check, limits, health, the web app.

mod customer;
pub mod files;
mod guard;
mod health;
pub mod home;
pub mod imports;
pub mod live;
pub mod metrics;
pub use metrics::install_metrics;
pub mod openapi;
pub mod papers;
pub mod system;
mod web;

use std::any::Any;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use kit::{App, Failure, Refusal};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};

/// Seconds a request may take; the live feed has none.
const REQUEST_SECONDS: u64 = 30;

/// Puts health, the web app and every layer around the API.
///
/// `doors` stand before the pages of customers: these are sent with their first data in them.
pub fn around(app: App, api: Router<App>, doors: &portal::Doors) -> Router {
    let compressed = SizeAbove::new(1024)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/octet-stream"));
    Router::new()
        .merge(api)
        .route("/api/openapi.json", get(openapi::show))
        .route("/api/{*rest}", axum::routing::any(unknown))
        .merge(health::routes())
        .merge(customer::routes())
        .fallback(web::page)
        .layer(axum::Extension(doors.clone()))
        .layer(DefaultBodyLimit::max(kit::http::MAX_JSON_BYTES))
        .layer(CompressionLayer::new().gzip(true).br(true).compress_when(compressed))
        .layer(middleware::from_fn(guard::size))
        .layer(middleware::from_fn(timed))
        .layer(middleware::from_fn_with_state(app.clone(), guard::origin))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(kit::http::speak))
        .layer(middleware::from_fn_with_state(app.clone(), guard::headers))
        .layer(middleware::from_fn(metrics::measured))
        .with_state(app)
}

async fn unknown() -> Refusal {
    Refusal::new(404, "route_unknown")
}

// A route that waits for too long gives its place back; streams are not timed.
async fn timed(request: axum::extract::Request, next: middleware::Next) -> Response {
    if request.uri().path() == "/api/live" {
        return next.run(request).await;
    }
    match tokio::time::timeout(Duration::from_secs(REQUEST_SECONDS), next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::new(503, "overloaded").into_response(),
    }
}

// A panic is a fault of ours: the caller gets a plain 500, the log the message, and the process lives.
#[allow(clippy::needless_pass_by_value)] // the layer hands the panic over by value
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Failure::Internal(anyhow::anyhow!("panic: {what}")).into_response()
}
