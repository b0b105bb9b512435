//! The engineer's way to a visit, as far as it is shared.

use kit::Ts;
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Position;

/// Where an engineer was last on the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenOnWay {
    /// When.
    pub at: Ts,
    /// Where.
    pub position: Position,
}

/// What came of a stretch of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WayTold {
    /// Points that are kept.
    pub kept: i64,
    /// Points from outside of the way, or told before.
    pub left_out: i64,
}

/// Whether an engineer's way is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaySharing {
    /// Whether they agreed; none as long as they were not asked about this text.
    pub agreed: Option<bool>,
    /// The version of the text by which they agree.
    pub text_version: i64,
}
