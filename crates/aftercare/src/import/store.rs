//! Runs of the import.

use kit::uuid::Uuid;
use kit::{DbError, Ts, Tx, params};

/// A run that stored something.
pub(super) struct Run {
    pub source: String,
    pub file_sha256: String,
    pub mapping_sha256: String,
    pub report: String,
}

pub(super) async fn insert_run(tx: &mut Tx, id: Uuid, run: &Run, now: Ts) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO history_run (id, source, file_sha256, mapping_sha256, finished_at, report) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, &run.source, &run.file_sha256, &run.mapping_sha256, now, &run.report],
    )
    .await?;
    Ok(())
}
