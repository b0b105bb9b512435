//! Which files somebody may read: only those that a row they see refers to.
//!
//! A digest is no key: it stands in documents and answers. Each domain names the places where it keeps digests ([`FileUse`]), with
//! the scope of their rows; a file can be read through any of them that the reader sees. Whoever sent a file can read it until it
//! is used somewhere. To use a file takes having sent it, or seeing it used already.

use kit::{Actor, DbError, Reach, Ts, Tx, Where};

use crate::store::files;

/// A place where a domain keeps digests of files.
#[derive(Clone, Copy, Debug)]
pub struct FileUse {
    /// The table with what its scope needs: `evidence f JOIN work_order w ON w.id = f.work_order_id`.
    pub from: &'static str,
    /// The column of the digest, behind an index.
    pub digest: &'static str,
    /// A condition on its rows beside the digest.
    pub only: Option<&'static str>,
    /// Narrows to the rows somebody sees.
    pub narrow: fn(&mut Where, &Actor),
}

/// Whether `actor` may read the file through one of `uses`, or because they sent it and nothing uses it yet. One indexed query
/// per place, at most.
///
/// # Errors
/// As the database says.
pub async fn may_read(tx: &mut Tx, actor: &Actor, uses: &[FileUse], sha256: &str) -> Result<bool, DbError> {
    if files::seen(tx, Some(actor), uses, sha256).await? {
        return Ok(true);
    }
    Ok(files::sent(tx, sha256, &actor.id).await? && !files::seen(tx, None, uses, sha256).await?)
}

/// Whether `actor` may let a record refer to the file: they sent it, or see it in one of `uses`. The program itself may. Nobody
/// removes it until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn may_use(tx: &mut Tx, actor: &Actor, uses: &[FileUse], sha256: &str) -> Result<bool, DbError> {
    kit::files::hold(tx, sha256).await?;
    Ok(actor.reach == Reach::Everything
        || files::sent(tx, sha256, &actor.id).await?
        || files::seen(tx, Some(actor), uses, sha256).await?)
}

/// Notes that an account has shown bytes `from..to` of a file to be its own. Returns how many it has shown from the start.
///
/// # Errors
/// As the database says.
pub async fn note_sent(
    tx: &mut Tx,
    sha256: &str,
    account_id: &str,
    from: u64,
    to: u64,
) -> Result<u64, DbError> {
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let shown = files::note(tx, sha256, account_id, whole(from), whole(to)).await?;
    Ok(u64::try_from(shown).unwrap_or_default())
}

/// Whether the file was recorded as being here.
///
/// # Errors
/// As the database says.
pub async fn recorded(tx: &mut Tx, sha256: &str) -> Result<bool, DbError> {
    files::recorded(tx, sha256).await
}

/// Forgets what others have shown of a file that `account_id` has just made whole: what they sent may not be what it became.
///
/// # Errors
/// As the database says.
pub async fn only_sender(tx: &mut Tx, sha256: &str, account_id: &str) -> Result<(), DbError> {
    files::drop_others(tx, sha256, account_id).await
}

/// Forgets at most `limit` files that were sent before `before` by nobody but senders whose names begin with one of `strangers`, and
/// that none of `uses` refers to; one that somebody is sending or using just now stays. Returns their digests: the bytes are the
/// caller's to remove, if nobody has sent them again by then.
///
/// # Errors
/// As the database says.
pub async fn forget_strangers(
    tx: &mut Tx,
    uses: &[FileUse],
    strangers: &[&str],
    before: Ts,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    let mut alone = Vec::new();
    for sha256 in files::of_strangers(tx, uses, strangers, before, None, limit).await? {
        if kit::files::alone(tx, &sha256).await? {
            alone.push(sha256);
        }
    }
    if alone.is_empty() {
        return Ok(alone);
    }
    // Who held one while it was looked for may have let something refer to it; now nobody can.
    let unused = files::of_strangers(tx, uses, strangers, before, Some(&alone), limit).await?;
    for sha256 in &unused {
        files::forget(tx, sha256).await?;
    }
    Ok(unused)
}
