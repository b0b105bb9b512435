//! The routes.

mod desk;
mod export;
mod field;
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
        .merge(field::routes())
        .merge(proof::routes())
        .merge(way::routes())
        .merge(work::routes())
}
