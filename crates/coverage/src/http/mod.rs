//! Routes of coverage: decisions of cases, agreements, designated parties, part warranties.

mod agreements;
mod cases;
mod designated;
mod parts;

use kit::App;
use utoipa_axum::router::OpenApiRouter;

/// The routes.
#[must_use]
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(cases::routes())
        .merge(agreements::routes())
        .merge(designated::routes())
        .merge(parts::routes())
}
