//! What identity refuses.

kit::errors! {
    /// Why somebody can't act.
    pub enum IdentityError {
        /// No session or token, or it has ended.
        NotSignedIn => 401 "not_signed_in",
        /// Signed in, but the role doesn't allow it.
        NotPermitted { permission: String } => 403 "not_permitted",
        /// Login or password is wrong: never said which.
        LoginFailed => 401 "login_failed",
        /// The password is right; the account also asks for a code.
        CodeNeeded => 401 "second_factor_needed",
        /// The code is wrong, was used before, or its time is over.
        CodeWrong => 422 "second_factor_wrong" at "/code",
        /// The role asks for a second factor, and none is set up.
        FactorRequired => 403 "second_factor_required",
        /// The role asks for a second factor: it can be replaced, not turned off.
        FactorDemanded => 409 "second_factor_demanded",
        /// No second factor is set up.
        FactorMissing => 409 "second_factor_missing",
        /// Nothing was begun that could be confirmed, or its half hour is over.
        FactorNotBegun => 409 "second_factor_not_begun",
        /// Taking somebody's second factor away takes a reason of 1 to 500 characters.
        FactorReason => 422 "second_factor_reason" at "/reason",
        /// Only staff and administrators sign in with a second factor.
        FactorRole => 422 "second_factor_role" at "/second_factor_roles",
        /// Too many failures; try again later.
        LockedOut { minutes: i64 } => 429 "locked_out",
        /// Too many requests from here.
        TooManyRequests => 429 "too_many_requests",
        /// The password is shorter than the policy asks.
        PasswordTooShort { min: i64 } => 422 "password_too_short" at "/password",
        /// The password is longer than is hashed.
        PasswordTooLong { max: i64 } => 422 "password_too_long" at "/password",
        /// The password is one of the commonest, or names the product.
        PasswordTooCommon => 422 "password_too_common" at "/password",
        /// The rules in force ask for three of: small letters, capitals, digits, other signs (MLPS).
        PasswordKinds => 422 "password_kinds" at "/password",
        /// The rules in force forbid the last passwords (MLPS).
        PasswordUsedBefore { last: usize } => 422 "password_used_before" at "/password",
        /// The rules in force ask for another password every 90 days (MLPS): sign in with the old and a new one.
        PasswordExpired { days: i64 } => 403 "password_expired",
        /// The present password doesn't match.
        PasswordWrong => 422 "password_wrong" at "/current_password",
        /// The link to set a password was used, replaced or has expired.
        PasswordLinkInvalid => 403 "password_link_invalid",
        /// Another account has this login.
        LoginTaken => 409 "login_taken" at "/login",
        /// A login has 2 to 64 letters, digits, dots, dashes, underscores or @.
        LoginInvalid => 422 "login_invalid" at "/login",
        /// A person's name has 1 to 80 characters.
        NameInvalid => 422 "account_name_invalid" at "/name",
        /// The three administrators may not be one person, nor a customer's contact be staff.
        RolesConflict => 422 "roles_conflict" at "/roles",
        /// An account needs a role.
        RolesMissing => 422 "roles_missing" at "/roles",
        /// A staff role needs a unit.
        UnitMissing => 422 "account_unit_missing" at "/unit_id",
        /// There is no such unit.
        UnitUnknown => 422 "account_unit_unknown" at "/unit_id",
        /// An engineer sees what was shared with the employee behind the account.
        EmployeeMissing => 422 "account_employee_missing" at "/employee_id",
        /// Another account belongs to this employee.
        EmployeeTaken => 409 "account_employee_taken" at "/employee_id",
        /// A customer's contact needs a customer.
        CustomerMissing => 422 "account_customer_missing" at "/customer_id",
        /// There is no such account.
        AccountUnknown => 404 "account_unknown",
        /// The account is disabled; enable it first.
        AccountDisabled => 409 "account_disabled",
        /// One's own roles and reach are another security administrator's to change.
        OwnAccount => 409 "own_account",
        /// There is no such session of yours.
        SessionUnknown => 404 "session_unknown",
        /// There is no such token.
        TokenUnknown => 404 "token_unknown",
        /// A token needs a scope.
        ScopesMissing => 422 "scopes_missing" at "/scopes",
        /// A token can't hold a permission that its account lacks, nor one that only people may hold.
        ScopeUnknown { scope: String } => 422 "scope_unknown" at "/scopes",
        /// A token's name has 1 to 80 characters.
        TokenNameInvalid => 422 "token_name_invalid" at "/name",
        /// A token ends within a year.
        TokenExpiry => 422 "token_expiry_invalid" at "/expires_at",
        /// The last security administrator can't be disabled.
        LastAdministrator => 409 "last_administrator",
        /// The set-up link was used, has expired, or is not this one.
        SetupTokenInvalid => 403 "setup_token_invalid",
        /// The system is set up already.
        SetupDone => 409 "setup_done",
        /// More events than one file takes: choose a shorter time.
        AuditTooMany { max: i64 } => 422 "audit_too_many",
        /// A company's name has 1 to 120 characters.
        CompanyNameInvalid => 422 "company_name_invalid" at "/company_name",
        /// There is no such time zone.
        ZoneUnknown => 422 "zone_unknown" at "/zone",
        /// There is no such view, or it is somebody else's.
        ViewUnknown => 404 "saved_view_unknown",
        /// A view's name has 1 to 40 characters.
        ViewName => 422 "saved_view_name" at "/name",
        /// One's own view of this list has that name already.
        ViewNameTaken => 409 "saved_view_name_taken",
        /// There is no such list to keep views of.
        ViewList => 422 "saved_view_list" at "/list",
        /// Its filters or columns are none.
        ViewInvalid => 422 "saved_view_invalid" at "/content",
        /// Whoever belongs to no unit has nobody to share with.
        ViewWithoutUnit => 422 "saved_view_without_unit" at "/shared",
        /// An account keeps a limited number of views.
        ViewsFull { most: i64 } => 409 "saved_views_full",
        /// A security setting lies outside of its range.
        SettingRange { min: i64, max: i64 } => 422 "security_setting_range",
        /// The list has no such column.
        ColumnUnknown { name: String } => 422 "list_column_unknown",
    }
}
