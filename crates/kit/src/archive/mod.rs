//! The portable backup (decision 17): rows as JSON lines, files, digests, in one `.tar.gz`, restorable into either database.
//!
//! It is read from one snapshot while the system runs. The manifest names every table with its number of rows and the SHA-256
//! of its lines, and every file by its digest; a restore proves all of them and the chain of events before it keeps anything.

mod restore;

pub use restore::restore;

use std::collections::BTreeMap;
use std::io::{BufReader, BufWriter, Seek as _, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::clock::Ts;
use crate::db::{Db, Place, Table, Tx, Value};
use crate::files::Files;

/// The shape of the archive.
const FORMAT: i64 = 1;
const PORTION: i64 = 5_000;
/// The setting that says when this system was restored from an archive.
pub const RESTORED_AT: &str = "restored_at";

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of the archive.
    pub format: i64,
    /// When it was made.
    pub made_at: Ts,
    /// The newest schema step: only the same program (or a newer one) can restore it.
    pub schema_step: i64,
    /// Each table: rows and the SHA-256 of its lines.
    pub tables: BTreeMap<String, TableSum>,
    /// Each file by digest with its length.
    pub files: BTreeMap<String, u64>,
}

/// One table of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// Number of rows.
    pub rows: i64,
    /// SHA-256 over the lines.
    pub sha256: String,
}

/// Writes everything to `path`.
///
/// # Errors
/// If the database can't be read or the file can't be written.
pub async fn write(db: &Db, files: &Files, path: &Path, now: Ts) -> anyhow::Result<Manifest> {
    let mut open = std::fs::OpenOptions::new();
    open.create(true).truncate(true).write(true);
    // It holds everything of everybody: its owner's alone, whatever the umask.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let out = BufWriter::new(open.open(path)?);
    let mut tar = tar::Builder::new(GzEncoder::new(out, Compression::fast()));
    let mut tx = db.snapshot_reader().await?;
    let schema_step = tx.int("SELECT MAX(number) FROM schema_step", &[]).await?;
    let mut manifest = Manifest {
        format: FORMAT,
        made_at: now,
        schema_step,
        tables: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    for table in tx.tables().await? {
        let mut lines = tempfile::tempfile()?;
        let sum = table_lines(&mut tx, &table, &mut lines).await?;
        manifest.tables.insert(table.name.clone(), sum);
        append(&mut tar, &format!("tables/{}.jsonl", table.name), &mut lines, now)?;
    }
    for row in tx.rows("SELECT sha256 FROM file ORDER BY sha256", &[]).await? {
        let digest: String = row.get("sha256")?;
        let bytes = files.read(&digest)?;
        manifest.files.insert(digest.clone(), bytes.len() as u64);
        append_bytes(&mut tar, &format!("files/{digest}"), &bytes, now)?;
    }
    drop(tx);
    append_bytes(&mut tar, "manifest.json", &serde_json::to_vec_pretty(&manifest)?, now)?;
    tar.into_inner()?.finish()?.into_inner().map_err(|e| anyhow::anyhow!("{e}"))?.sync_all()?;
    Ok(manifest)
}

async fn table_lines(tx: &mut Tx, table: &Table, lines: &mut std::fs::File) -> anyhow::Result<TableSum> {
    let mut out = BufWriter::new(lines);
    let mut hash = Sha256::new();
    let (mut rows, mut place) = (0_i64, Place::Start);
    loop {
        let portion = tx.portion(table, &mut place, PORTION).await?;
        let ended = i64::try_from(portion.len())? < PORTION;
        for row in portion {
            let mut line = serde_json::Map::new();
            for name in &table.columns {
                line.insert(name.clone(), to_json(&row.get(name)?));
            }
            let mut line = serde_json::to_vec(&line)?;
            line.push(b'\n');
            hash.update(&line);
            out.write_all(&line)?;
            rows += 1;
        }
        if ended {
            break;
        }
    }
    out.flush()?;
    Ok(TableSum { rows, sha256: hex::encode(hash.finalize()) })
}

fn append<W: Write>(
    tar: &mut tar::Builder<W>,
    name: &str,
    content: &mut std::fs::File,
    now: Ts,
) -> anyhow::Result<()> {
    let length = content.stream_position()?;
    content.rewind()?;
    tar.append_data(&mut header(length, now), name, content)?;
    Ok(())
}

fn append_bytes<W: Write>(
    tar: &mut tar::Builder<W>,
    name: &str,
    bytes: &[u8],
    now: Ts,
) -> anyhow::Result<()> {
    tar.append_data(&mut header(bytes.len() as u64, now), name, bytes)?;
    Ok(())
}

fn header(length: u64, now: Ts) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(now.micros() / Ts::SECOND).unwrap_or(0));
    header.set_cksum();
    header
}

fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Int(i) => (*i).into(),
        Value::Real(r) => serde_json::json!({ "real": r.to_string() }),
        Value::Text(t) => t.clone().into(),
        Value::Bytes(b) => serde_json::json!({ "base64": BASE64.encode(b) }),
    }
}

/// The manifest of an archive.
///
/// # Errors
/// If the file is no archive.
pub fn read_manifest(path: &Path) -> anyhow::Result<Manifest> {
    let file =
        std::fs::File::open(path).map_err(|e| anyhow::anyhow!("{} can't be read: {e}", path.display()))?;
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut find = || -> anyhow::Result<Option<Manifest>> {
        for entry in archive.entries()? {
            let entry = entry?;
            if entry.path()?.to_string_lossy() == "manifest.json" {
                return Ok(Some(serde_json::from_reader(entry)?));
            }
        }
        Ok(None)
    };
    match find() {
        Ok(Some(manifest)) => Ok(manifest),
        Ok(None) => Err(unusable(path, "it has no manifest")),
        Err(why) => Err(unusable(path, &why.to_string())),
    }
}

/// What is wrong with an archive, and what to do about it.
fn unusable(path: &Path, why: &str) -> anyhow::Error {
    anyhow::anyhow!(
        "{} is cut off, damaged, or no backup of Aftercare ({why}). Nothing was restored. Copy it again from where it was \
         made and compare the sizes, or take an older backup",
        path.display()
    )
}
