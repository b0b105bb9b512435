//! A restored system lets nobody in by what was handed out before: whoever held it may not hold it rightly any more.

use kit::{Failure, Ts, Tx};
use serde::Serialize;

use crate::store::{sessions, tokens};

/// What was ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// Sessions that stood.
    pub sessions: u64,
    /// Links to set a password, that of the set-up aside.
    pub links: u64,
    /// API tokens that were valid.
    pub tokens: u64,
}

/// Ends every session, takes back every link and, unless they are kept, revokes every API token.
///
/// # Errors
/// As the database says.
pub async fn end_everything(tx: &mut Tx, now: Ts, keep_tokens: bool) -> Result<Ended, Failure> {
    let (sessions, links) = sessions::end_everybodys(tx, now).await?;
    let tokens = if keep_tokens { 0 } else { tokens::revoke_everybodys(tx, now).await? };
    Ok(Ended { sessions, links, tokens })
}
