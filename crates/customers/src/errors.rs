//! What customers refuses.

kit::errors! {
    /// Why a use of customers, sites or contacts didn't happen.
    pub enum CustomersError {
        /// There is no such customer, or it is out of reach.
        CustomerUnknown => 404 "customer_unknown",
        /// There is no such site, or it is out of reach.
        SiteUnknown => 404 "site_unknown",
        /// There is no such contact, or it is out of reach.
        ContactUnknown => 404 "contact_unknown",
        /// A customer named in the input isn't there.
        CustomerNotFound => 422 "customer_not_found" at "/customer_id",
        /// A site named in the input isn't there.
        SiteNotFound => 422 "site_not_found" at "/site_id",
        /// A name has 1 to 200 characters.
        NameInvalid => 422 "customers_name_invalid" at "/name",
        /// Text is too long.
        TextTooLong { max: usize } => 422 "customers_text_too_long",
        /// Nobody owns the customer: the account has no unit and none was given.
        CustomerUnitMissing => 422 "customer_unit_missing" at "/unit_id",
        /// There is no such unit.
        UnitUnknown => 422 "customers_unit_unknown" at "/unit_id",
        /// A site outside the division list needs its unit by hand (decision 27).
        SiteUnitMissing => 422 "site_unit_missing" at "/unit_id",
        /// The jurisdiction decides the unit of a site in China.
        SiteUnitDecided => 422 "site_unit_decided" at "/unit_id",
        /// Longitude or latitude is missing or out of range.
        PointInvalid => 422 "site_point_invalid" at "/lon",
        /// There is no such time zone.
        ZoneUnknown { zone: String } => 422 "site_zone_unknown" at "/zone",
        /// Access at any time, and yet hours.
        AccessAlwaysWithHours => 422 "site_access_always_with_hours" at "/access_hours/weekly",
        /// Not at any time, and yet no hours.
        AccessHoursMissing => 422 "site_access_hours_missing" at "/access_hours/weekly",
        /// Days run from 1 (Monday) to 7 (Sunday).
        AccessDayInvalid => 422 "site_access_day_invalid" at "/access_hours/weekly",
        /// Times are `HH:MM`, at most 24:00.
        AccessTimeInvalid { text: String } => 422 "site_access_time_invalid" at "/access_hours/weekly",
        /// A span ends before it begins.
        AccessSpanEmpty { from: String, to: String } => 422 "site_access_span_empty" at "/access_hours/weekly",
        /// Two spans of a day overlap.
        AccessSpansOverlap { day: u8 } => 422 "site_access_spans_overlap" at "/access_hours/weekly",
        /// The site belongs to another customer.
        SiteOfAnotherCustomer => 422 "contact_site_mismatch" at "/site_id",
        /// The text is no telephone number.
        PhoneInvalid => 422 "phone_invalid" at "/phone",
        /// A local number without its area code.
        PhoneAreaCodeMissing => 422 "phone_area_code_missing" at "/phone",
        /// The country has no such number.
        PhoneForeignInvalid => 422 "phone_foreign_invalid" at "/phone",
        /// The text is no e-mail address.
        EmailInvalid => 422 "email_invalid" at "/email",
        /// A contact without number and address can't be reached.
        ContactUnreachable => 422 "contact_unreachable" at "/phone",
        /// The customer has this contact already.
        ContactExists => 409 "contact_exists",
        /// The contact has no number.
        ContactWithoutNumber => 409 "contact_without_number",
        /// A reason has at least four characters.
        RevealReasonMissing => 422 "reveal_reason_missing" at "/reason",
        /// The account has seen enough numbers today.
        RevealLimitReached { limit: i64 } => 429 "reveal_limit_reached",
        /// The number was answered once; a repetition doesn't get it again.
        RevealUsed => 409 "reveal_used",
    }
}

impl From<crate::phones::PhoneFault> for CustomersError {
    fn from(fault: crate::phones::PhoneFault) -> Self {
        use crate::phones::PhoneFault as Fault;
        match fault {
            Fault::Empty | Fault::NotANumber => Self::PhoneInvalid,
            Fault::AreaCodeMissing => Self::PhoneAreaCodeMissing,
            Fault::ForeignInvalid => Self::PhoneForeignInvalid,
        }
    }
}
