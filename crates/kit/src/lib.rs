//! What every domain of Aftercare stands on. No word of the trade is known here.
//!
//! - [`db`]: both databases behind one door; [`db::Tx`] is a command's transaction or a reader.
//! - [`command`]: one request, one transaction, one answer, however often it is repeated.
//! - [`events`]: the one event table that is timeline, audit, outbox, live feed and sync cursor.
//! - [`jobs`]: timers and deliveries as rows with leases and fencing.
//! - [`readers`]: who reads sealed events by a cursor of its own, each event once.
//! - [`scope`]: what a person sees, filtered in one place.
//! - [`error`], [`texts`], [`http`]: refusals with code and cure, in zh-CN and en, as RFC 9457 answers.
//! - [`archive`]: the portable backup.
//! - [`sealing`]: secrets that must be known again, under a key beside the files.
//! - [`sheet`]: tables for spreadsheets, row by row.
//! - [`clock`], [`ids`], [`money`], [`paging`], [`files`]: time, ids, integer money, keyset pages, content-addressed files.

extern crate self as kit;

pub mod app;
pub mod archive;
pub mod clock;
pub mod command;
pub mod db;
pub mod error;
pub mod events;
pub mod files;
pub mod http;
pub mod ids;
pub mod jobs;
pub mod money;
mod names;
pub mod numbers;
pub mod paging;
pub mod readers;
pub mod scope;
pub mod sealing;
pub mod settings;
pub mod sheet;
pub mod texts;

pub use app::{App, WebConfig};
pub use clock::{Clock, Ts};
pub use command::{Actor, ActorKind, Answer, Cx, Done, Envelope};
pub use db::{Db, DbError, Row, Tx, Value, Where};
pub use error::{ErrorEntry, Failure, FieldFault, Refusal};
pub use events::{Audience, Event};
pub use ids::Ids;
pub use paging::{Key, Page, Paging};
pub use scope::{Reach, ScopeColumns};
pub use texts::{Both, Lang};

pub use {serde, utoipa, utoipa_axum, uuid};
