//! Who acts and what they may do.
//!
//! Accounts with roles in a unit, passwords (argon2id), sessions by cookie with a device list, one-time links, API tokens with
//! scopes, codes of an app as a second factor, locks after failures, the set-up of an empty system. [`may`] is the table of permissions × roles; [`Permit`] puts a
//! permission into a handler's signature. The unit of an account limits what it sees ([`kit::Reach`]).

mod actions;
pub mod audit;
pub mod errors;
pub mod files;
mod hashing;
mod http;
pub mod jobs;
pub mod limits;
pub mod lists;
pub mod may;
mod model;
mod password;
mod permit;
mod restored;
mod rules;
pub mod settings;
pub mod setup;
mod store;
mod totp;

pub use self::http::{Guest, Me, MeUnit, UnitFacts, Units, routes};
pub use actions::accounts::{
    count_as_used, create_account, disable_account, enable_account, known as account,
    known_login as account_by_login,
};
pub use actions::factors::{reset as reset_second_factor, verify_sealed as verify_second_factors};
pub use actions::passwords::invite;
pub use errors::IdentityError;
pub use hashing::hash_password;
pub use may::{Permission, Role};
pub use model::{
    AccountId, AccountState, AccountView, Invitation, NewAccount, Principal, SessionId, TokenId,
};
pub use password::check_password;
pub use permit::{Permit, signed_in};
pub use restored::{Ended, end_everything};
pub use settings::{PasswordProfile, SecuritySettings};
