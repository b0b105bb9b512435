//! The company: its tree of units, whose counties are whose, its hotlines, its people.
//!
//! - A tree of headquarters, branches, technical centres and regions ([`Unit`], P3); `unit_reach` follows every change of it.
//! - The map of jurisdictions ([`check_map`], P4): each county of [`divisions`] belongs to exactly one unit; moving one
//!   moves the rows of [`SCOPED_TABLES`] with it.
//! - [`route`] says which unit and department does a piece of work, and why.
//! - [`on_call`]: a primary and a backup for every minute, with the gaps of the next 30 days (P11).
//! - Hotlines (P1), employees with badge, skills, certificates and shifts (P2); [`shifts`] answers who works when.

mod actions;
pub mod divisions;
pub mod errors;
mod http;
mod map;
mod model;
pub mod on_call;
mod rules;
mod scoped;
pub mod shifts;
mod store;

pub use actions::{
    Absence, AbsenceInput, AbsenceSpan, AbsenceTakenBack, ChangeUnit, EmployeeInput, FoundUnit, HotlineInput,
    Jurisdictions, OnCallPerson, OnCallUnit, OnDuty, RotaMeaning, RotaView, SaveRota, change_employee,
    change_hotline, change_unit, employ, found_unit, jurisdictions, move_divisions, on_call_between,
    on_call_units, on_duty, preview_rota, record_absence, register_hotline, rota_of, save_map, save_rota,
    take_back_absence,
};
pub use errors::OrganisationError;
pub use http::routes;
pub use map::{Assignment, MapFault, check_map, compress};
pub use model::{
    Area, Certificate, CertificateId, Department, DepartmentId, DepartmentKind, Education, Employee,
    EmployeeId, Engineer, Hotline, HotlineCalendar, HotlineId, Point, RouteKind, RouteReason, Routed, Shift,
    ShiftId, ShiftKind, Skill, Unit, UnitId, UnitKind,
};
pub use rules::{Node, Tree, e164};
pub use scoped::{SCOPED_TABLES, ScopedTable};
pub use store::{
    FILE_USES, desk_of, desk_outside, employee, employees_by_badge, engineers_in, headquarters,
    hotline_by_number, hotlines, narrow_colleagues, outside_line, route, unit, units, zone_of,
};
