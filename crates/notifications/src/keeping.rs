//! Messages in a restored system, messages that grow old, and how many wait.

use kit::{Failure, Ts, Tx};

use crate::model::DeliveryFailure;
use crate::reading::READER;
use crate::store;

/// Sets aside what was waiting, and takes no event from before the restore for news (G10). Returns how many messages.
///
/// # Errors
/// As the database says.
pub async fn set_aside_restored(tx: &mut Tx) -> Result<u64, Failure> {
    kit::readers::stand_at_end(tx, READER).await?;
    Ok(store::set_aside(tx, DeliveryFailure::Restored).await?)
}

/// Forgets the content of at most `limit` messages made before `before` that wait no more: who was told of what, when and
/// how often it was tried stay. Returns how many.
///
/// # Errors
/// As the database says.
pub async fn forget_bodies(tx: &mut Tx, before: Ts, now: Ts, limit: i64) -> Result<u64, Failure> {
    Ok(store::forget_bodies(tx, before, now, limit).await?)
}

/// How many messages wait and have failed, for `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// On their way.
    pub waiting: i64,
    /// Given up, and not sent again by hand.
    pub failed: i64,
}

/// How messages stand.
///
/// # Errors
/// As the database says.
pub async fn standing(tx: &mut Tx) -> Result<Standing, Failure> {
    Ok(Standing { waiting: store::count(tx, "waiting").await?, failed: store::count(tx, "failed").await? })
}
