//! Accounts, sessions, tokens.

use kit::{Actor, ActorKind, Lang, Reach};

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
}

impl Principal {
    /// Whether the roles (and a token's scopes) give the permission `P`.
    #[must_use]
    pub fn may<P: Permission>(&self) -> bool {
        P::ROLES.iter().any(|r| self.roles.contains(r))
            && self.scopes.as_ref().is_none_or(|s| s.iter().any(|n| n == P::NAME))
    }

    /// How far this account sees (decisions 1, 2): the widest of its roles.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let desk = self.roles.iter().any(|r| {
            !matches!(
                r,
                Role::Engineer | Role::CustomerContact | Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin
            )
        });
        if desk && let Some(unit) = &self.unit_id {
            return Reach::Unit(unit.clone());
        }
        if self.roles.contains(&Role::Engineer) && let Some(employee) = &self.employee_id {
            return Reach::Person(employee.clone());
        }
        if self.roles.contains(&Role::CustomerContact) && let Some(customer) = &self.customer_id {
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
