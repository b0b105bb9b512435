//! Who acts and what they may do.
//!
//! Accounts with roles in a unit, passwords (argon2id), sessions by cookie with a device list, API tokens with scopes, lockout.
//! [`may`] is the table of permissions × roles; [`Permit`] puts a permission into a handler's signature.
//! The unit of an account limits what it sees ([`kit::Reach`]).

pub mod errors;
pub mod may;
mod model;
mod permit;
mod rules;
mod store;

pub use errors::IdentityError;
pub use may::{Permission, Role};
pub use model::{AccountId, Principal};
pub use permit::{Permit, signed_in};
