//! Routes of the organisation.

mod on_call;
mod people;
mod places;

use kit::http::Routes;
use kit::routes;

/// Every route of this crate.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(places::list_units, places::found_unit))
        .routes(routes!(places::change_unit))
        .routes(routes!(places::read_map, places::save_map))
        .routes(routes!(places::move_divisions))
        .routes(routes!(places::list_divisions))
        .routes(routes!(places::list_hotlines, places::register_hotline))
        .routes(routes!(places::change_hotline))
        .routes(routes!(people::list_employees, people::employ))
        .routes(routes!(people::read_employee, people::change_employee))
        .routes(routes!(people::record_absence))
        .routes(routes!(people::take_back_absence))
        .routes(routes!(people::read_headcount))
        .routes(routes!(on_call::list_on_call))
        .routes(routes!(on_call::read_rota, on_call::save_rota))
        .routes(routes!(on_call::preview_rota))
}
