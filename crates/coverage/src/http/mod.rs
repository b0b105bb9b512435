//! Routes of coverage: decisions of cases, agreements, designated parties, part warranties.

mod agreements;
mod cases;
mod designated;
mod parts;

use kit::http::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(cases::routes())
        .merge(agreements::routes())
        .merge(designated::routes())
        .merge(parts::routes())
}
