//! The customer's side, without an account: what stands behind the QR codes of devices and badges, and behind a link to a case.
//!
//! - A label's code opens a page that knows site, device and cover; a report makes the same case as the hotline (P39), once the
//!   number was shown to be the caller's by a one-time code ([`SmsGateway`], limits and lock in [`rules`]).
//! - A link opens one case: how far it is, who comes (P21), what was promised; chasing, moving, adding, signing (P72), rating (P13),
//!   complaining (P65). Links are kept as hashes, can be revoked and end some days after the case ([`mint`]).
//! - A badge's code answers "is this person sent by you today?" (P66).
//! - Engineer and customer call each other by a number that is neither's and ends with the visit ([`RelayGateway`], P68).
//! - What customers ask stands as requests before the people responsible until one of them answers.
//!
//! It holds no rules of others: reports, signatures and ratings go through the doors of `cases`, `visits` and `care`.

mod actions;
mod errors;
mod gateway;
mod http;
mod jobs;
mod model;
mod relay;
pub mod rules;
mod sms;
mod store;

pub use actions::codes::{make_badge_code, make_label};
pub use actions::links::{caller_phone, mint, url_of};
pub use errors::PortalError;
pub use gateway::{GatewayFault, GatewayStanding};
pub use http::visitor::{Doors, Visitor};
pub use http::{badge_first, label_sender, link_sender, report_first, routes};
pub use jobs::readers;
pub use model::{
    BadgePage, CodeKind, LinkFor, LinkId, LinkScope, LinkSms, NewReport, ReportAnswer, ReportPage, TrackPage,
};
pub use relay::{RelayEnd, RelayGateway, RelayGiven, RelayWanted};
pub use sms::{Sms, SmsGateway, SmsPurpose};
pub use store::FILE_USES;

use kit::{Failure, Ts, Tx};

/// What the names of those begin with who send files here without an account ([`label_sender`], [`link_sender`]).
pub const SENDERS: &[&str] = &["label:", "link:"];

/// The job that brings the link of a case to the phone of who reported it. Key: the case's id.
pub const LINK_SMS_JOB: &str = "portal.link_sms";

/// The job that tells the provider of masked numbers that one ends. Key: the provider's own name of it.
pub const RELAY_END_JOB: &str = "portal.relay_end";

/// The number of the hotline to show a customer: that of the unit or the nearest above it, else a nationwide one, else any.
///
/// # Errors
/// As the database says.
pub async fn hotline(tx: &mut Tx, unit_id: Option<organisation::UnitId>) -> Result<Option<String>, Failure> {
    Ok(store::hotline(tx, unit_id).await?)
}

/// After a restore nobody knows what was revoked since the backup: every link and verified browser ends, every code of a label
/// or badge is held until a person lets them go on (`keep_codes`: the system only moves, no other copy lives on).
///
/// # Errors
/// As the database says.
pub async fn hold_restored(tx: &mut Tx, now: Ts, keep_codes: bool) -> Result<u64, Failure> {
    Ok(store::hold_restored(tx, now, keep_codes).await?)
}

/// Forgets at most `limit` one-time codes and ended callers that no limit counts any more. Returns how many.
///
/// # Errors
/// As the database says.
pub async fn forget_old(tx: &mut Tx, now: Ts, limit: i64) -> Result<u64, Failure> {
    Ok(store::forget_old(tx, now, limit).await?)
}
