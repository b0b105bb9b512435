//! The portable backup (decision 17): rows as JSON lines, files, digests, in one `.tar.gz`, restorable into either database.
//!
//! It is read from one snapshot while the system runs. The manifest names every table with its number of rows and the SHA-256
//! of its lines, and every file by its digest; a restore proves all of them and the chain of events.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead as _, BufReader, BufWriter, Read, Seek as _, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::clock::Ts;
use crate::db::{Db, DbError, Place, Table, Tx, Value};
use crate::files::Files;

/// The shape of the archive.
const FORMAT: i64 = 1;
const PORTION: i64 = 5_000;

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
    let out = BufWriter::new(std::fs::File::create(path)?);
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
            for (name, value) in row.names().iter().zip(row.values()) {
                line.insert(name.clone(), to_json(value));
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

fn from_json(value: serde_json::Value) -> anyhow::Result<Value> {
    Ok(match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Number(n) => {
            Value::Int(n.as_i64().ok_or_else(|| anyhow::anyhow!("a number that is no integer: {n}"))?)
        }
        serde_json::Value::String(t) => Value::Text(t),
        serde_json::Value::Object(o) => match (o.get("real"), o.get("base64")) {
            (Some(serde_json::Value::String(r)), _) => Value::Real(r.parse()?),
            (_, Some(serde_json::Value::String(b))) => Value::Bytes(BASE64.decode(b)?),
            _ => anyhow::bail!("a value of unknown shape"),
        },
        _ => anyhow::bail!("a value of unknown shape"),
    })
}

/// Restores an archive into an empty database whose schema is current, and proves every count and digest.
///
/// Deliveries that were waiting are set aside: a restored node sends no old mail again (G10).
///
/// # Errors
/// If the archive is damaged, of another schema, or the database is not empty; then nothing is kept.
pub async fn restore(db: &Db, files: &Files, path: &Path) -> anyhow::Result<Manifest> {
    let manifest = read_manifest(path)?;
    let mut reader = db.reader().await?;
    let here = reader.int("SELECT MAX(number) FROM schema_step", &[]).await?;
    if manifest.format != FORMAT || manifest.schema_step != here {
        anyhow::bail!(
            "the archive has schema step {} and this program {here}: restore with the program that made it, then upgrade",
            manifest.schema_step
        );
    }
    if reader.int("SELECT COUNT(*) FROM event", &[]).await? > 0 {
        anyhow::bail!("the database is not empty: restore into a new data folder or an empty database");
    }
    drop(reader);
    let folder = tempfile::tempdir()?;
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(std::fs::File::open(path)?)));
    let mut seen = HashSet::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if let Some(table) = name.strip_prefix("tables/").and_then(|n| n.strip_suffix(".jsonl")) {
            let sum =
                manifest.tables.get(table).ok_or_else(|| anyhow::anyhow!("{name} is not in the manifest"))?;
            let mut out = std::fs::File::create(folder.path().join(table))?;
            let digest = copy_hashed(&mut entry, &mut out)?;
            anyhow::ensure!(digest == sum.sha256, "{name} is damaged: its digest differs from the manifest");
            seen.insert(table.to_owned());
        } else if let Some(digest) = name.strip_prefix("files/") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            anyhow::ensure!(
                files.store(&bytes)? == digest && manifest.files.contains_key(digest),
                "{name} is damaged: its digest differs from its name"
            );
        }
    }
    for table in manifest.tables.keys() {
        anyhow::ensure!(seen.contains(table), "the archive is cut off: table {table} is missing");
    }
    let kept = manifest.clone();
    db.write(move |tx| Box::pin(async move { put_back(tx, folder.path(), &kept).await.map_err(Refused) }))
        .await
        .map_err(|e: Refused| e.0)?;
    verify(db, files, &manifest).await?;
    Ok(manifest)
}

/// The manifest of an archive.
///
/// # Errors
/// If the file is no archive.
pub fn read_manifest(path: &Path) -> anyhow::Result<Manifest> {
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(std::fs::File::open(path)?)));
    for entry in archive.entries()? {
        let entry = entry?;
        if entry.path()?.to_string_lossy() == "manifest.json" {
            return Ok(serde_json::from_reader(entry)?);
        }
    }
    anyhow::bail!("{} has no manifest: it is cut off, or no backup of Aftercare", path.display())
}

/// Proves that a database and its files hold what a manifest says, and that the chain of events verifies.
///
/// # Errors
/// Names the first count, digest or event that differs.
pub async fn verify(db: &Db, files: &Files, manifest: &Manifest) -> anyhow::Result<()> {
    let mut tx = db.reader().await?;
    for (table, sum) in &manifest.tables {
        let rows = tx.int(&format!("SELECT COUNT(*) FROM \"{table}\""), &[]).await?;
        anyhow::ensure!(rows == sum.rows, "table {table} has {rows} rows, the archive {}", sum.rows);
    }
    for digest in manifest.files.keys() {
        anyhow::ensure!(files.intact(digest)?, "file {digest} is damaged");
    }
    let (_, fault) = crate::events::verify(&mut tx).await?;
    if let Some(fault) = fault {
        anyhow::bail!("the chain of events breaks: {fault:?}");
    }
    Ok(())
}

struct Refused(anyhow::Error);

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self(error.into())
    }
}

async fn put_back(tx: &mut Tx, folder: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let tables = tx.tables().await?;
    // Rows that the schema steps made are in the archive too.
    for table in tables.iter().rev().filter(|t| t.name != "event") {
        tx.clear(table).await?;
    }
    for table in &tables {
        let sum = manifest.tables.get(&table.name);
        let sum = sum.ok_or_else(|| anyhow::anyhow!("the archive has no table {}", table.name))?;
        let file = BufReader::new(std::fs::File::open(folder.join(&table.name))?);
        let mut rows = Vec::new();
        // PostgreSQL seals a moment after the commit: what the backup caught in between is sealed here, behind all others.
        let mut unsealed = Vec::new();
        let seq = table.columns.iter().position(|c| table.name == "event" && c == "seq");
        for line in file.lines() {
            let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line?)?;
            let mut row = Vec::with_capacity(table.columns.len());
            for column in &table.columns {
                row.push(from_json(fields.remove(column).unwrap_or_default())?);
            }
            if seq.is_some_and(|seq| row[seq] == Value::Null) {
                unsealed.push(row);
                continue;
            }
            rows.push(row);
            if table.own_parent.is_none() && rows.len() >= 5_000 {
                tx.put_back(table, &rows).await?;
                rows.clear();
            }
        }
        if let Some((child, parent)) = &table.own_parent {
            rows = parents_first(table, rows, child, parent);
        }
        tx.put_back(table, &rows).await?;
        if !unsealed.is_empty() {
            crate::events::seal_restored(tx, &table.columns, &mut unsealed).await?;
            tx.put_back(table, &unsealed).await?;
        }
        anyhow::ensure!(sum.rows >= 0, "table {} counts less than nothing", table.name);
    }
    tx.execute(
        "UPDATE job SET state = 'failed', last_error = 'restored from a backup: not sent again' \
         WHERE state = 'waiting' AND kind LIKE 'deliver%'",
        &[],
    )
    .await?;
    Ok(())
}

fn parents_first(table: &Table, rows: Vec<Vec<Value>>, child: &str, parent: &str) -> Vec<Vec<Value>> {
    let place = |name: &str| table.columns.iter().position(|c| c == name).unwrap_or(0);
    let (child, parent) = (place(child), place(parent));
    let text = |v: &Value| match v {
        Value::Text(t) => Some(t.clone()),
        _ => None,
    };
    let mut waiting: HashMap<String, Vec<Vec<Value>>> = HashMap::new();
    let mut ready = Vec::new();
    for row in rows {
        match text(&row[child]) {
            Some(above) => waiting.entry(above).or_default().push(row),
            None => ready.push(row),
        }
    }
    let mut at = 0;
    while at < ready.len() {
        if let Some(below) = text(&ready[at][parent]).and_then(|id| waiting.remove(&id)) {
            ready.extend(below);
        }
        at += 1;
    }
    ready.extend(waiting.into_values().flatten());
    ready
}

fn copy_hashed(from: &mut impl Read, to: &mut impl Write) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&buffer[..n]);
        to.write_all(&buffer[..n])?;
    }
}
