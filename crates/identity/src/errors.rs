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
        /// The present password doesn't match.
        PasswordWrong => 422 "password_wrong" at "/current_password",
        /// Another account has this login.
        LoginTaken => 409 "login_taken" at "/login",
        /// A login has 2 to 64 letters, digits, dots, dashes, underscores or @.
        LoginInvalid => 422 "login_invalid" at "/login",
        /// The three administrators may not be one person.
        RolesConflict => 422 "roles_conflict" at "/roles",
        /// An account needs a role.
        RolesMissing => 422 "roles_missing" at "/roles",
        /// A staff role needs a unit; a customer's contact needs a customer.
        UnitMissing => 422 "account_unit_missing" at "/unit_id",
        /// There is no such account.
        AccountUnknown => 404 "account_unknown",
        /// There is no such session of yours.
        SessionUnknown => 404 "session_unknown",
        /// There is no such token.
        TokenUnknown => 404 "token_unknown",
        /// A token can't hold a permission its maker doesn't know.
        ScopeUnknown { scope: String } => 422 "scope_unknown" at "/scopes",
        /// The last security administrator can't be disabled.
        LastAdministrator => 409 "last_administrator",
        /// The set-up link was used, has expired, or is not this one.
        SetupTokenInvalid => 403 "setup_token_invalid",
        /// The system is set up already.
        SetupDone => 409 "setup_done",
    }
}
