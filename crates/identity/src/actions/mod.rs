//! One function per use.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod factors;
pub(crate) mod passwords;
pub(crate) mod saved_views;
pub(crate) mod session;
pub(crate) mod tokens;

use std::net::IpAddr;

use kit::{Actor, ActorKind, Failure, Lang, Reach, Refusal, Ts};

use crate::errors::IdentityError;
use crate::model::{AccountView, Secret};
use crate::rules::minutes_left;

/// Who knocks, before we know who it is.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// Where from.
    pub address: IpAddr,
    /// What the device calls itself.
    pub device: String,
    /// What the request would read.
    pub lang: Lang,
    /// The session it still carries.
    pub secret: Option<Secret>,
}

/// The actor for something that an account does while it signs in or sets its password.
pub(crate) fn actor_of(account: &AccountView) -> Actor {
    Actor {
        kind: if account.customer_id.is_some() { ActorKind::Customer } else { ActorKind::User },
        id: account.id.to_string(),
        employee_id: account.employee_id.clone(),
        unit_id: account.unit_id.clone(),
        reach: Reach::Nothing,
        lang: account.language,
    }
}

/// The refusal while a lock lasts, with the seconds to wait.
pub(crate) fn locked(until: Ts, now: Ts) -> Failure {
    let minutes = minutes_left(until, now);
    let mut refusal: Refusal = IdentityError::LockedOut { minutes }.refusal();
    refusal.retry_after_s = Some(minutes.unsigned_abs() * 60);
    refusal.into()
}
