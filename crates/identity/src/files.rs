//! Which files somebody may read: only those that a row they see refers to.
//!
//! A digest is no key: it stands in documents and answers. Each domain names the places where it keeps digests ([`FileUse`]), with
//! the scope of their rows; a file can be read through any of them that the reader sees. Whoever sent a file can read it until it
//! is used somewhere. To use a file takes having sent it, or seeing it used already.

use kit::{Actor, DbError, Reach, Ts, Tx, Where};

use crate::store::files::{self, Among};

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

/// What one round of [`forget_strangers`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Files that are off the record.
    pub files: u64,
    /// The digest from which the next round goes on; none after the last.
    pub next: Option<String>,
}

/// Forgets files that were sent before `before` by nobody but senders whose names begin with one of `strangers`, and that none of `uses`
/// refers to: of the next `limit` after the digest `after` those that nobody is sending or using just now. Their bytes are to be
/// removed ([`leaving`]).
///
/// # Errors
/// As the database says.
pub async fn forget_strangers(
    tx: &mut Tx,
    uses: &[FileUse],
    strangers: &[&str],
    before: Ts,
    after: &str,
    limit: i64,
) -> Result<Forgotten, DbError> {
    let found = files::of_strangers(tx, uses, strangers, before, Among::After(after), limit).await?;
    let full = i64::try_from(found.len()).unwrap_or(i64::MAX) >= limit;
    let next = found.last().cloned().filter(|_| full);
    let mut alone = Vec::with_capacity(found.len());
    for sha256 in found {
        if kit::files::alone(tx, &sha256).await? {
            alone.push(sha256);
        }
    }
    if alone.is_empty() {
        return Ok(Forgotten { files: 0, next });
    }
    // Who held one while it was looked for may have let something refer to it; now nobody can.
    let unused = files::of_strangers(tx, uses, strangers, before, Among::These(&alone), limit).await?;
    for sha256 in &unused {
        files::forget(tx, sha256).await?;
    }
    Ok(Forgotten { files: unused.len() as u64, next })
}

/// Files that are off the record and whose bytes are to be removed: at most `limit`, in the order of their digests, after `after`.
///
/// # Errors
/// As the database says.
pub async fn leaving(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<String>, DbError> {
    files::leaving(tx, after, limit).await
}

/// Nothing is left to remove of a file: its bytes are gone, or it was recorded again.
///
/// # Errors
/// As the database says.
pub async fn left(tx: &mut Tx, sha256: &str) -> Result<(), DbError> {
    files::left(tx, sha256).await
}
