//! Numbers people read aloud: `FW20261122-0001`, per prefix and day, gap-free, never reused (`domain.md`, invariant 11).

use jiff::tz::TimeZone;

use crate::clock::Ts;
use crate::db::{DbError, Tx};
use crate::params;

/// The next number of `prefix` on the day of `now` in `zone`.
///
/// Counts within the transaction: a command that fails gives its number back.
///
/// # Errors
/// As the database says.
pub async fn next(tx: &mut Tx, prefix: &str, now: Ts, zone: &TimeZone) -> Result<String, DbError> {
    Ok(take(tx, prefix, now, zone, 1).await?.pop().unwrap_or_default())
}

/// The next `count` numbers of `prefix` on the day of `now` in `zone`, with one statement: for imports.
///
/// # Errors
/// As the database says.
pub async fn take(
    tx: &mut Tx,
    prefix: &str,
    now: Ts,
    zone: &TimeZone,
    count: u32,
) -> Result<Vec<String>, DbError> {
    let day = now.timestamp().to_zoned(zone.clone()).strftime("%Y%m%d").to_string();
    let count = i64::from(count);
    let last = tx
        .int(
            "INSERT INTO number_series (prefix, day, last) VALUES ($1, $2, $3) \
             ON CONFLICT (prefix, day) DO UPDATE SET last = number_series.last + excluded.last RETURNING last",
            params![prefix, &day, count],
        )
        .await?;
    Ok((last - count + 1..=last).map(|n| format!("{prefix}{day}-{n:04}")).collect())
}

/// How many numbers of `prefix` were given, over all days.
///
/// # Errors
/// As the database says.
pub async fn given(tx: &mut Tx, prefix: &str) -> Result<i64, DbError> {
    tx.int(
        "SELECT CAST(COALESCE(SUM(last), 0) AS BIGINT) FROM number_series WHERE prefix = $1",
        params![prefix],
    )
    .await
}
