//! The routes.

mod desk;
mod way;
mod work;

use kit::App;
use utoipa_axum::router::OpenApiRouter;

/// The routes of work orders, visits, checklists and service orders.
#[must_use]
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(desk::routes()).merge(way::routes()).merge(work::routes())
}
