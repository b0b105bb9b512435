//! The routes.

mod desk;
mod export;
mod proof;
mod way;
mod work;

use kit::http::Routes;

/// The routes of work orders, visits, checklists and service orders.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(desk::routes())
        .merge(export::routes())
        .merge(proof::routes())
        .merge(way::routes())
        .merge(work::routes())
}
