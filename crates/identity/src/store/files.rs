//! Who sent which file, and whether a row refers to one.

use kit::{Actor, DbError, Ts, Tx, Where, params};

use crate::files::FileUse;

/// Whether a row refers to the file: any at all, or one that `by` sees.
pub(crate) async fn seen(
    tx: &mut Tx,
    by: Option<&Actor>,
    uses: &[FileUse],
    sha256: &str,
) -> Result<bool, DbError> {
    for place in uses {
        let mut filter = Where::new();
        filter.and(&format!("{} = ?", place.digest), [sha256.into()]);
        if let Some(only) = place.only {
            filter.and(only, []);
        }
        if let Some(actor) = by {
            (place.narrow)(&mut filter, actor);
        }
        let sql = format!("SELECT 1 AS one FROM {} {} LIMIT 1", place.from, filter.sql());
        if tx.row(&sql, filter.params()).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an account has sent the whole file.
pub(crate) async fn sent(tx: &mut Tx, sha256: &str, account_id: &str) -> Result<bool, DbError> {
    let row = tx
        .row(
            "SELECT 1 AS one FROM file_sender s JOIN file f ON f.sha256 = s.sha256 \
             WHERE s.sha256 = $1 AND s.account_id = $2 AND s.bytes >= f.bytes",
            params![sha256, account_id],
        )
        .await?;
    Ok(row.is_some())
}

/// Bytes that an account has shown from the start.
async fn shown(tx: &mut Tx, sha256: &str, account_id: &str) -> Result<i64, DbError> {
    let sql = "SELECT bytes FROM file_sender WHERE sha256 = $1 AND account_id = $2";
    tx.row(sql, params![sha256, account_id]).await?.map_or(Ok(0), |row| row.get("bytes"))
}

/// Notes that an account has shown `from..to`; what doesn't join what it showed before doesn't count. Returns the sum.
pub(crate) async fn note(
    tx: &mut Tx,
    sha256: &str,
    account_id: &str,
    from: i64,
    to: i64,
) -> Result<i64, DbError> {
    tx.execute(
        "INSERT INTO file_sender (sha256, account_id, bytes) VALUES ($1, $2, 0) ON CONFLICT (sha256, account_id) DO NOTHING",
        params![sha256, account_id],
    )
    .await?;
    tx.execute(
        "UPDATE file_sender SET bytes = $4 WHERE sha256 = $1 AND account_id = $2 AND bytes >= $3 AND bytes < $4",
        params![sha256, account_id, from, to],
    )
    .await?;
    shown(tx, sha256, account_id).await
}

/// Forgets what others have shown of a file.
pub(crate) async fn drop_others(tx: &mut Tx, sha256: &str, account_id: &str) -> Result<(), DbError> {
    tx.execute("DELETE FROM file_sender WHERE sha256 = $1 AND account_id <> $2", params![sha256, account_id])
        .await?;
    Ok(())
}

/// Whether a file was recorded.
pub(crate) async fn recorded(tx: &mut Tx, sha256: &str) -> Result<bool, DbError> {
    Ok(tx.row("SELECT 1 AS one FROM file WHERE sha256 = $1", params![sha256]).await?.is_some())
}

/// Which files of strangers are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Among<'a> {
    /// Those whose digests come after this one.
    After(&'a str),
    /// These.
    These(&'a [String]),
}

/// Files sent before `before`, only by senders whose names begin with one of `strangers`, that no row refers to, in the order of their
/// digests.
pub(crate) async fn of_strangers(
    tx: &mut Tx,
    uses: &[FileUse],
    strangers: &[&str],
    before: Ts,
    among: Among<'_>,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    let mut filter = Where::new();
    match among {
        Among::After(digest) => {
            filter.and("stored.sha256 > ?", [digest.into()]);
        }
        Among::These(digests) => {
            filter.any("stored.sha256", digests.iter().map(String::as_str));
        }
    }
    filter.and("stored.stored_at < ?", [before.into()]);
    let named = |column: &str| {
        let one = |prefix: &&str| format!("{column} LIKE '{prefix}%'");
        format!("({})", strangers.iter().map(one).collect::<Vec<_>>().join(" OR "))
    };
    filter.and(&named("stored.stored_by"), []);
    let others = format!(
        "NOT EXISTS (SELECT 1 FROM file_sender o WHERE o.sha256 = stored.sha256 AND NOT {})",
        named("o.account_id")
    );
    filter.and(&others, []);
    for place in uses {
        let only = place.only.map(|only| format!(" AND ({only})")).unwrap_or_default();
        let used =
            format!("NOT EXISTS (SELECT 1 FROM {} WHERE {} = stored.sha256{only})", place.from, place.digest);
        filter.and(&used, []);
    }
    let limit = filter.bind(limit);
    let sql = format!(
        "SELECT stored.sha256 FROM file stored {} ORDER BY stored.sha256 LIMIT {limit}",
        filter.sql()
    );
    tx.rows(&sql, filter.params()).await?.iter().map(|row| row.get("sha256")).collect()
}

/// Takes a file off the record; its bytes are to be removed.
pub(crate) async fn forget(tx: &mut Tx, sha256: &str) -> Result<(), DbError> {
    tx.put("DELETE FROM file_sender WHERE sha256 = $1", params![sha256]).await?;
    tx.put("DELETE FROM file WHERE sha256 = $1", params![sha256]).await?;
    let leaving = "INSERT INTO file_leaving (sha256) VALUES ($1) ON CONFLICT (sha256) DO NOTHING";
    tx.put(leaving, params![sha256]).await
}

/// Files after `after` whose bytes are to be removed, in the order of their digests.
pub(crate) async fn leaving(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<String>, DbError> {
    let sql = "SELECT sha256 FROM file_leaving WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";
    tx.rows(sql, params![after, limit]).await?.iter().map(|row| row.get("sha256")).collect()
}

/// The bytes of a file are gone, or it is recorded again.
pub(crate) async fn left(tx: &mut Tx, sha256: &str) -> Result<(), DbError> {
    tx.put("DELETE FROM file_leaving WHERE sha256 = $1", params![sha256]).await
}
