//! Accounts, sessions, tokens.

use std::collections::BTreeMap;

use kit::{Actor, ActorKind, Lang, Reach, Ts};
use serde::{Deserialize, Serialize};

use crate::may::{Permission, Role};

kit::id_type!(
    /// Id of an account.
    AccountId
);
kit::id_type!(
    /// Id of a session (a device).
    SessionId
);
kit::id_type!(
    /// Id of an API token.
    TokenId
);

kit::id_type!(
    /// Id of a saved view.
    ViewId
);

/// What a request shows to prove who it is.
#[derive(Clone, Debug)]
pub(crate) enum Secret {
    /// The value of the session cookie.
    Session(String),
    /// A bearer token.
    Token(String),
}

/// The account behind a request.
#[derive(Clone, Debug)]
pub struct Principal {
    /// The account.
    pub account_id: AccountId,
    /// The session, unless a token was shown.
    pub session_id: Option<SessionId>,
    /// The token, unless a session was shown.
    pub(crate) token_id: Option<TokenId>,
    /// Login name.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Permissions a token is limited to.
    pub scopes: Option<Vec<String>>,
    /// The employee behind the account.
    pub employee_id: Option<String>,
    /// The unit the person works in.
    pub unit_id: Option<String>,
    /// The customer whose contact this is.
    pub customer_id: Option<String>,
    /// The language they read.
    pub lang: Lang,
    /// When the session or token was last noted as used.
    pub(crate) seen_at: Option<Ts>,
    /// From when on the session opens nothing but the way to a second factor.
    pub enrol_from: Option<Ts>,
}

impl Principal {
    /// Whether the roles (and a token's scopes) give the permission `P`.
    #[must_use]
    pub fn may<P: Permission>(&self) -> bool {
        P::ROLES.iter().any(|r| self.roles.contains(r))
            && self.scopes.as_ref().is_none_or(|s| s.iter().any(|n| n == P::NAME))
    }

    /// Whether a second factor has to be set up before anything else.
    #[must_use]
    pub fn must_enrol(&self, now: Ts) -> bool {
        self.enrol_from.is_some_and(|from| from <= now)
    }

    /// How far this account sees (decisions 1, 2): the widest of its roles.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let desk = self.roles.iter().any(|r| {
            !matches!(
                r,
                Role::Engineer
                    | Role::CustomerContact
                    | Role::SystemAdmin
                    | Role::SecurityAdmin
                    | Role::AuditAdmin
                    | Role::TelephoneSystem
            )
        });
        if desk && let Some(unit) = &self.unit_id {
            return Reach::Unit(unit.clone());
        }
        if self.roles.contains(&Role::Engineer)
            && let Some(employee) = &self.employee_id
        {
            return Reach::Person(employee.clone());
        }
        if self.roles.contains(&Role::CustomerContact)
            && let Some(customer) = &self.customer_id
        {
            return Reach::Customer(customer.clone());
        }
        Reach::Nothing
    }

    /// Who acts, for the kit.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            kind: match (self.session_id.is_some(), self.roles.contains(&Role::CustomerContact)) {
                (false, _) => ActorKind::Token,
                (true, true) => ActorKind::Customer,
                (true, false) => ActorKind::User,
            },
            id: self.account_id.to_string(),
            employee_id: self.employee_id.clone(),
            unit_id: self.unit_id.clone(),
            reach: self.reach(),
            lang: self.lang,
        }
    }
}

/// Whether somebody can sign in with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// It has a password.
    Active,
    /// Nobody has set a password yet; tokens may act for it.
    Invited,
    /// It was closed: no sign-in, no token.
    Disabled,
}

/// An account as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AccountView {
    /// Its id.
    pub id: AccountId,
    /// Login name.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// The unit the person works in.
    pub unit_id: Option<String>,
    /// The employee behind the account.
    pub employee_id: Option<String>,
    /// The customer whose contact this is.
    pub customer_id: Option<String>,
    /// The contact behind a customer's account.
    pub contact_id: Option<String>,
    /// The language they read.
    pub language: Lang,
    /// Whether they can sign in.
    pub state: AccountState,
    /// When it was made.
    pub created_at: Ts,
    /// When it was last used, to five minutes; absent if never.
    pub last_seen_at: Option<Ts>,
    /// Whether it was closed because nobody used it.
    pub closed_unused: bool,
    /// When the password was last set.
    pub password_changed_at: Option<Ts>,
    /// Since when signing in asks for a second factor.
    pub second_factor_at: Option<Ts>,
    /// When it was closed.
    pub disabled_at: Option<Ts>,
    /// Its version, for `If-Match`.
    pub version: i64,
}

/// What an account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Login name: 2 to 64 letters, digits, dots, dashes, underscores or @; kept in lower case.
    pub login: String,
    /// Name on screen, 1 to 80 characters.
    pub name: String,
    /// Roles, at least one.
    pub roles: Vec<Role>,
    /// The unit the person works in; staff need one.
    pub unit_id: Option<String>,
    /// The employee behind the account; engineers need one.
    pub employee_id: Option<String>,
    /// The customer whose contact this is.
    pub customer_id: Option<String>,
    /// The contact behind a customer's account.
    pub contact_id: Option<String>,
    /// The language they read.
    pub lang: Lang,
    /// From [`crate::hash_password`] (one hash may serve many demo accounts); without one nobody can sign in until a link was used.
    pub password_hash: Option<String>,
}

/// A link by which somebody sets their password: shown once, single use, 60 minutes.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Invitation {
    /// Whose.
    pub account_id: AccountId,
    /// Their login.
    pub login: String,
    /// The link under the configured base URL; its secret stands behind `#`, which no server or log sees. Absent in a
    /// repeated answer: secrets aren't kept.
    pub link: Option<String>,
    /// Until when.
    pub expires_at: Ts,
}

/// A signed-in device.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SessionView {
    /// Its id; not the secret.
    pub id: SessionId,
    /// What it calls itself: `Chrome · Windows`.
    pub device: String,
    /// The address it signed in from.
    pub address: String,
    /// When it signed in.
    pub created_at: Ts,
    /// When it was last used, to five minutes.
    pub last_seen_at: Ts,
    /// When it ends at the latest.
    pub expires_at: Ts,
    /// Whether this is the device that asks.
    pub current: bool,
}

/// An API token.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TokenView {
    /// Its id; not the secret.
    pub id: TokenId,
    /// The account it acts as.
    pub account_id: AccountId,
    /// What it is for.
    pub name: String,
    /// The permissions it is limited to.
    pub scopes: Vec<String>,
    /// Who made it.
    pub made_by: AccountId,
    /// When it was made.
    pub created_at: Ts,
    /// When it ends.
    pub expires_at: Ts,
    /// When it was revoked.
    pub revoked_at: Option<Ts>,
    /// When it was last used, to five minutes.
    pub last_used_at: Option<Ts>,
}

/// A second factor that waits for its first code.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Enrolment {
    /// The secret, to be typed into an authenticator: base32. Shown once.
    pub secret: String,
    /// The same for a program: `otpauth://totp/…`.
    pub uri: String,
    /// The same as a QR code, SVG.
    pub qr_svg: String,
}

/// Recovery codes, each good for one sign-in. Shown once.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RecoveryCodes {
    /// `ABCD-EFGH-IJKL`.
    pub codes: Vec<String>,
}

/// How one's second factor stands.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FactorState {
    /// Since when signing in asks for a code; absent if it doesn't.
    pub since: Option<Ts>,
    /// Recovery codes that are left.
    pub codes_left: i64,
    /// Whether a role of one's own asks for it: then it can't be turned off.
    pub required: bool,
    /// From when on nothing but setting it up is possible, if a role asks for it and it is not there.
    pub required_from: Option<Ts>,
    /// Who took it away last, if it is not there.
    pub reset: Option<FactorReset>,
}

/// That somebody took a second factor away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FactorReset {
    /// When.
    pub at: Ts,
    /// Who, by name; absent if it was done at the server's terminal.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
}

/// What a view of a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewContent {
    /// The list's own view it starts from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// Filters by name, as the list's address has them.
    #[serde(default)]
    pub filters: BTreeMap<String, String>,
    /// The columns in order; none for the list's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// The order, as the list's address has it; none for the list's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
}

/// A kept view of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Of which list.
    pub list: String,
    /// What it is called.
    pub name: String,
    /// What it says.
    pub content: ViewContent,
    /// Whether the unit of its owner may use it.
    pub shared: bool,
    /// Whether it is the reader's own: only those can be changed.
    pub mine: bool,
    /// Whose it is, by name.
    pub by: String,
    /// Version for `If-Match`.
    pub version: i64,
}

/// A view to be kept.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveView {
    /// Of which list: `cases`, `work_orders`, `follow_ups`, `customers`, `assets`.
    pub list: String,
    /// What it is called, 1 to 40 characters.
    #[schema(min_length = 1, max_length = 40, pattern = r"\S")]
    pub name: String,
    /// What it says.
    pub content: ViewContent,
    /// Whether the people of one's unit may use it.
    #[serde(default)]
    pub shared: bool,
}
