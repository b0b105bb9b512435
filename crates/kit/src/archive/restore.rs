//! Putting an archive back: everything is proved before anything is kept.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead as _, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::read::GzDecoder;
use futures::future::BoxFuture;
use sha2::{Digest as _, Sha256};

use super::{FORMAT, Manifest, read_manifest, unusable};
use crate::db::{Db, DbError, Table, Tx, Value};
use crate::files::Files;

/// Restores an archive into an empty database whose schema is current.
///
/// First every table and file of the archive is unpacked beside the files and held against its digest. Then one transaction
/// puts the rows back, proves their numbers and the chain of events, and lets `settle` do what a restored system needs
/// (end sessions, set messages aside) or refuse; only when all of it holds is it committed (G10).
///
/// # Errors
/// If the archive is damaged, of another schema, the database is not empty, or `settle` refuses; then neither rows nor files
/// are kept.
pub async fn restore<T, F>(db: &Db, files: &Files, path: &Path, settle: F) -> anyhow::Result<(Manifest, T)>
where
    T: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx, &'t Manifest) -> BoxFuture<'t, anyhow::Result<T>> + Send + 'static,
{
    let manifest = read_manifest(path)?;
    let here = db.reader().await?.int("SELECT MAX(number) FROM schema_step", &[]).await?;
    if manifest.format != FORMAT || manifest.schema_step != here {
        anyhow::bail!(
            "the archive has schema step {} and this program {here}: restore with the program that made it, then upgrade",
            manifest.schema_step
        );
    }
    empty(&mut db.reader().await?).await?;
    let staged = Staged { folder: files.staging()? };
    staged.unpack(path, &manifest)?;
    let (kept, store) = (manifest.clone(), files.clone());
    let settled = db
        .write(move |tx| {
            Box::pin(async move {
                let mut adopted = Adopted { files: store, digests: Vec::new() };
                // Somebody may have begun to use it while the archive was read.
                empty(tx).await?;
                put_back(tx, &staged, &kept).await?;
                for digest in kept.files.keys() {
                    adopted.take(&staged.file(digest), digest)?;
                }
                let settled = settle(tx, &kept).await?;
                adopted.digests.clear();
                Ok(settled)
            })
        })
        .await
        .map_err(|e: Refused| e.0)?;
    Ok((manifest, settled))
}

async fn empty(tx: &mut Tx) -> anyhow::Result<()> {
    if tx.int("SELECT COUNT(*) FROM event", &[]).await? > 0 {
        anyhow::bail!("the database is not empty: restore into a new data folder or an empty database");
    }
    Ok(())
}

struct Refused(anyhow::Error);

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self(error.into())
    }
}

impl From<anyhow::Error> for Refused {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}

/// Files put into their place; taken away again unless everything else succeeds too.
struct Adopted {
    files: Files,
    digests: Vec<String>,
}

impl Adopted {
    fn take(&mut self, from: &Path, digest: &str) -> anyhow::Result<()> {
        if self.files.adopt(from, digest)? {
            self.digests.push(digest.to_owned());
        }
        Ok(())
    }
}

impl Drop for Adopted {
    fn drop(&mut self) {
        for digest in &self.digests {
            self.files.discard(digest);
        }
    }
}

/// What was unpacked from an archive, on the disk of the files; gone when dropped.
struct Staged {
    folder: tempfile::TempDir,
}

impl Staged {
    fn table(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.jsonl"))
    }

    fn file(&self, digest: &str) -> PathBuf {
        self.folder.path().join(digest)
    }

    // Only names of the manifest are unpacked, so that no name of an archive leads elsewhere.
    fn unpack(&self, path: &Path, manifest: &Manifest) -> anyhow::Result<()> {
        let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(std::fs::File::open(path)?)));
        let mut seen = HashSet::new();
        for entry in archive.entries().map_err(|e| unusable(path, &e.to_string()))? {
            let mut entry = entry.map_err(|e| unusable(path, &e.to_string()))?;
            let name = entry.path()?.to_string_lossy().into_owned();
            let table = name.strip_prefix("tables/").and_then(|n| n.strip_suffix(".jsonl"));
            let (expected, to) = if let Some(table) = table {
                let sum = manifest.tables.get(table);
                let sum = sum.ok_or_else(|| unusable(path, &format!("{name} is not in its manifest")))?;
                (sum.sha256.as_str(), self.table(table))
            } else if let Some(digest) = name.strip_prefix("files/") {
                let known = Files::is_digest(digest) && manifest.files.contains_key(digest);
                anyhow::ensure!(known, unusable(path, &format!("{name} is not in its manifest")));
                (digest, self.file(digest))
            } else {
                continue;
            };
            let mut out = std::fs::File::create(to)?;
            let digest = copy_hashed(&mut entry, &mut out).map_err(|e| unusable(path, &e.to_string()))?;
            anyhow::ensure!(digest == expected, unusable(path, &format!("{name} differs from its digest")));
            seen.insert(name);
        }
        let tables = manifest.tables.keys().map(|t| format!("tables/{t}.jsonl"));
        let files = manifest.files.keys().map(|d| format!("files/{d}"));
        for name in tables.chain(files) {
            anyhow::ensure!(seen.contains(&name), unusable(path, &format!("{name} is missing")));
        }
        Ok(())
    }
}

async fn put_back(tx: &mut Tx, staged: &Staged, manifest: &Manifest) -> anyhow::Result<()> {
    let tables = tx.tables().await?;
    // Rows that the schema steps made are in the archive too.
    for table in tables.iter().rev().filter(|t| t.name != "event") {
        tx.clear(table).await?;
    }
    for table in &tables {
        let sum = manifest.tables.get(&table.name);
        let sum = sum.ok_or_else(|| anyhow::anyhow!("the archive has no table {}", table.name))?;
        let file = BufReader::new(std::fs::File::open(staged.table(&table.name))?);
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
        let rows = tx.int(&format!("SELECT COUNT(*) FROM \"{}\"", table.name), &[]).await?;
        anyhow::ensure!(
            rows == sum.rows,
            "table {} has {rows} rows, its manifest says {}",
            table.name,
            sum.rows
        );
    }
    // What follows continues the chain that was put back.
    tx.chain = None;
    if let (_, Some(fault)) = crate::events::verify(tx).await? {
        anyhow::bail!("the chain of events breaks: {fault:?}");
    }
    // Whoever held a job is gone.
    tx.execute("UPDATE job SET lease_until = NULL, fence = fence + 1 WHERE lease_until IS NOT NULL", &[])
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

fn copy_hashed(from: &mut impl Read, to: &mut std::fs::File) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            // A file is moved into its place later: its bytes must be on the disk by then.
            to.sync_data()?;
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&buffer[..n]);
        to.write_all(&buffer[..n])?;
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
