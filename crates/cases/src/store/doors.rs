//! What a statement of a crate to the right may say of a case, so that it names no table of this one.

/// The number of the case whose id stands in a column, for the SQL of another domain: `cases::number_of!("d.case_id")`.
#[macro_export]
macro_rules! number_of {
    ($id:literal) => {
        concat!("(SELECT nc.number FROM service_case nc WHERE nc.id = ", $id, ")")
    };
}

/// The unit a case was raised to, likewise: what goes with the case is also that unit's to see, also from before.
#[macro_export]
macro_rules! second_unit_of {
    ($id:literal) => {
        concat!("(SELECT sc.second_unit_id FROM service_case sc WHERE sc.id = ", $id, ")")
    };
}
