//! The only place that reads or writes policy versions and holiday years.

use kit::{Cx, DbError, Failure, Row, Ts, Tx, params};
use service_calendar::HolidayYear;
use sha2::{Digest as _, Sha256};

use crate::model::Policy;

const STAMP: &str = "SELECT 'v' AS kind, version AS number, digest FROM policy_version \
                     UNION ALL SELECT 'h' AS kind, year AS number, digest FROM holiday_year ORDER BY kind, number";

/// [`stamp`] will be asked soon.
pub(crate) fn stamp_ahead(tx: &mut Tx) {
    tx.ahead(STAMP, &[]);
}

/// Names what the database holds: numbers and digests of versions and years.
pub(crate) async fn stamp(tx: &mut Tx) -> Result<String, DbError> {
    let rows = tx.rows(STAMP, &[]).await?;
    let mut stamp = String::new();
    for row in &rows {
        let (kind, number, digest): (String, i64, String) =
            (row.get("kind")?, row.get("number")?, row.get("digest")?);
        stamp.push_str(&format!("{kind}{number}:{digest};"));
    }
    Ok(stamp)
}

fn policy(row: &Row) -> Result<Policy, DbError> {
    Ok(Policy {
        version: row.get("version")?,
        valid_from: row.get("valid_from")?,
        content: row.json("content")?,
    })
}

/// Every stored version.
pub(crate) async fn policies(tx: &mut Tx) -> Result<Vec<Policy>, DbError> {
    let sql = "SELECT version, valid_from, content FROM policy_version ORDER BY version";
    tx.rows(sql, &[]).await?.iter().map(policy).collect()
}

/// Who made a version, when and why.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// The version.
    pub version: i64,
    /// The account.
    pub by: String,
    /// When.
    pub at: Ts,
    /// Why.
    pub reason: String,
}

/// Who made each version, newest first.
pub(crate) async fn made(tx: &mut Tx) -> Result<Vec<Made>, DbError> {
    let sql = "SELECT version, made_by, made_at, reason FROM policy_version ORDER BY version DESC";
    tx.rows(sql, &[])
        .await?
        .iter()
        .map(|row| {
            Ok(Made {
                version: row.get("version")?,
                by: row.get("made_by")?,
                at: row.get("made_at")?,
                reason: row.get("reason")?,
            })
        })
        .collect()
}

fn digest(content: &str, beside: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(content.as_bytes());
    hash.update(b"\n");
    hash.update(beside.as_bytes());
    hex::encode(hash.finalize())
}

/// What doesn't match the digest it was stored with: versions as `policy version 2`, years as `holidays of 2027`.
pub(crate) async fn altered(tx: &mut Tx) -> Result<(i64, Vec<String>), DbError> {
    let rows = tx
        .rows(
            "SELECT 'policy version ' || CAST(version AS TEXT) AS what, content, digest, valid_from FROM policy_version \
             UNION ALL SELECT 'holidays of ' || CAST(year AS TEXT) AS what, content, digest, NULL FROM holiday_year",
            &[],
        )
        .await?;
    let (mut count, mut found) = (0, Vec::new());
    for row in &rows {
        count += 1;
        let (content, stored): (String, String) = (row.get("content")?, row.get("digest")?);
        let beside = row.get::<Option<Ts>>("valid_from")?.map_or_else(String::new, |from| from.to_string());
        if digest(&content, &beside) != stored {
            found.push(row.get("what")?);
        }
    }
    Ok((count, found))
}

/// Stores a version.
pub(crate) async fn insert_version(
    tx: &mut Tx,
    cx: &Cx,
    policy: &Policy,
    reason: &str,
) -> Result<(), Failure> {
    let content = serde_json::to_string(&policy.content)?;
    let digest = digest(&content, &policy.valid_from.to_string());
    tx.execute(
        "INSERT INTO policy_version (version, valid_from, content, digest, made_by, made_at, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![policy.version, policy.valid_from, content, digest, &cx.actor.id, cx.now, reason],
    )
    .await
    .map_err(|error| {
        // Two at the same time (nodes that start, above all): run again, the second finds what the first has made.
        Failure::instead_of_twice(
            error,
            "policy_version_pkey",
            "policy_version.version",
            Failure::met_another(),
        )
    })?;
    Ok(())
}

/// Imported years with their row versions.
pub(crate) async fn imported_years(tx: &mut Tx) -> Result<Vec<(i64, HolidayYear)>, DbError> {
    let sql = "SELECT version, content FROM holiday_year ORDER BY year";
    tx.rows(sql, &[]).await?.iter().map(|row| Ok((row.get("version")?, row.json("content")?))).collect()
}

/// Stores a year's list, new or corrected. Returns its row version.
pub(crate) async fn save_year(tx: &mut Tx, cx: &Cx, year: &HolidayYear) -> Result<i64, Failure> {
    let content = serde_json::to_string(year)?;
    let digest = digest(&content, "");
    let version = tx
        .int(
            "INSERT INTO holiday_year (year, content, digest, made_by, made_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (year) DO UPDATE SET content = excluded.content, digest = excluded.digest, \
             made_by = excluded.made_by, made_at = excluded.made_at, version = holiday_year.version + 1 RETURNING version",
            params![i64::from(year.year()), content, digest, &cx.actor.id, cx.now],
        )
        .await?;
    Ok(version)
}
