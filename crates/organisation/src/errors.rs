//! What the organisation refuses.

kit::errors! {
    /// Why something about the organisation can't be done.
    pub enum OrganisationError {
        /// There is no such unit.
        UnitUnknown => 404 "unit_unknown",
        /// There is no such employee, or out of the caller's reach.
        EmployeeUnknown => 404 "employee_unknown",
        /// There is no such hotline.
        HotlineUnknown => 404 "hotline_unknown",
        /// The system has no headquarters yet.
        HeadquartersMissing => 409 "headquarters_missing",
        /// There is a headquarters already.
        HeadquartersTwice => 409 "headquarters_twice",
        /// A unit of this kind can't stand there in the tree (P3).
        PlaceWrong { kind: String, parent: String } => 422 "unit_place_wrong" at "/parent_id",
        /// A unit can't stand below itself.
        TreeCycle => 422 "unit_tree_cycle" at "/parent_id",
        /// The parent doesn't exist or is closed.
        ParentUnknown => 422 "unit_parent_unknown" at "/parent_id",
        /// Another unit has this name.
        UnitNameTaken { name: String } => 409 "unit_name_taken" at "/name",
        /// The Chinese name is missing.
        NameMissing => 422 "organisation_name_missing" at "/name",
        /// No such IANA zone.
        ZoneUnknown { zone: String } => 422 "unit_zone_unknown" at "/zone",
        /// A unit that still has people, counties, hotlines or units below it can't be closed.
        UnitInUse { counties: i64, employees: i64, hotlines: i64, units: i64 } => 409 "unit_in_use" at "/active",
        /// A department that still has people can't be taken away.
        DepartmentInUse { department: String } => 409 "department_in_use" at "/departments",
        /// The map has gaps, overlaps or unknown entries (P4).
        MapInvalid { gaps: usize, overlaps: usize, unknown: usize } => 422 "jurisdiction_map_invalid",
        /// There is no map yet: give the whole one first.
        MapMissing => 409 "jurisdiction_map_missing",
        /// A division code is not on the list.
        DivisionUnknown { division: String } => 422 "division_unknown" at "/divisions",
        /// The named unit doesn't exist or is closed.
        UnitNotOpen => 422 "unit_not_open" at "/unit_id",
        /// No unit serves the division.
        DivisionNotServed { division: String } => 422 "division_not_served" at "/division_code",
        /// A number that is no telephone number.
        NumberInvalid { number: String } => 422 "hotline_number_invalid" at "/number",
        /// Another hotline has the number.
        NumberTaken { number: String } => 409 "hotline_number_taken" at "/number",
        /// Another employee has the badge.
        BadgeTaken { badge_number: String } => 409 "badge_taken" at "/badge_number",
        /// The badge number is missing.
        BadgeMissing => 422 "badge_missing" at "/badge_number",
        /// A customer's contact is no employee.
        RoleWrong => 422 "employee_role_wrong" at "/role",
        /// The department belongs to another unit.
        DepartmentUnknown => 422 "department_unknown" at "/department",
        /// A photo that was never sent, or that somebody else sent.
        PhotoNotSent => 422 "employee_photo_not_sent" at "/photo_sha256",
        /// The point is not on the earth.
        PointInvalid => 422 "base_point_invalid" at "/base",
        /// A skill without code, twice, or with a level outside 1 to 3.
        SkillInvalid => 422 "skill_invalid",
        /// A certificate without code or number, twice, or that ends before it begins.
        CertificateInvalid => 422 "certificate_invalid",
        /// A shift that ends before it begins, overlaps, or names both a weekday and a date.
        ShiftInvalid => 422 "shift_invalid",
        /// An absence that ends before it begins, or lasts too long.
        AbsenceInvalid { days: i64 } => 422 "absence_invalid" at "/until",
        /// Nobody is off then.
        AbsenceNone => 409 "absence_none",
        /// A rota without weeks, that begins on another day than a Monday, or with too many turns.
        RotaInvalid => 422 "rota_invalid",
        /// A turn without a place in the pattern or a date, without minutes, or twice at one place.
        RotaTurnInvalid => 422 "rota_turn_invalid",
        /// Somebody who doesn't work here, or in another branch.
        RotaPersonUnknown => 422 "rota_person_unknown",
    }
}
