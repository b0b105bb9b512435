//! The data in open formats, readable without this program: a file per table, a manifest with counts and digests.
//!
//! Everything comes from one snapshot, page by page, so that an export takes the same memory however much there is. An export
//! is a read that counts (decision 4): the event stands before the first row is read.

mod store;
pub mod tables;
mod write;

use std::io::{BufWriter, Write};
use std::path::Path;

use kit::texts::text;
use kit::{Actor, App, Audience, Event, Failure, Lang, Ts, Tx, Value};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use tables::{Owner, Table};

/// The shape of the folder.
const FORMAT_VERSION: i64 = 1;
/// Makes a spreadsheet read UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values, RFC 4180
    Csv,
    /// One JSON object per line
    Jsonl,
}

/// What to export.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// How.
    pub format: Format,
    /// Only these tables; all unless given.
    pub only: Vec<String>,
    /// Only what belongs to the customer with this number.
    pub customer: Option<String>,
    /// Whole telephone numbers and addresses, for this reason.
    pub reveal: Option<String>,
    /// CSV begins with a byte order mark.
    pub bom: bool,
}

/// What an export holds.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// The shape of the folder.
    pub format_version: i64,
    /// The version of the program.
    pub program: &'static str,
    /// The schema step of the data.
    pub schema_step: i64,
    /// The moment of the snapshot.
    pub made_at: Ts,
    /// How the rows are written.
    pub format: Format,
    /// Only this customer's rows.
    pub customer: Option<String>,
    /// Whether telephone numbers and addresses are whole.
    pub revealed: bool,
    /// The files.
    pub files: Vec<Written>,
}

/// A file of an export.
#[derive(Clone, Debug, Serialize)]
pub struct Written {
    /// The table.
    pub table: &'static str,
    /// Its file.
    pub file: String,
    /// Rows, the line of names aside.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its columns.
    pub columns: Vec<Described>,
}

/// A column of a file.
#[derive(Clone, Debug, Serialize)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: &'static str,
}

/// Writes what is wanted into the new folder `out`; nothing stands there until all of it is whole.
///
/// # Errors
/// If a table or the customer is unknown, the folder exists, or something can't be read or written.
pub async fn export(app: &App, wanted: &Wanted, out: &Path) -> anyhow::Result<Manifest> {
    let chosen = chosen(wanted)?;
    anyhow::ensure!(
        !out.exists(),
        "{} exists already: an export never overwrites; name a new folder",
        out.display()
    );
    let parent = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let staging = tempfile::Builder::new()
        .prefix(".export-")
        .tempdir_in(parent)
        .map_err(|e| anyhow::anyhow!("nothing can be written into {}: {e}", parent.display()))?;
    let customer_id = match &wanted.customer {
        None => None,
        Some(number) => {
            let found = store::customer(&mut app.db.reader().await?, number).await?;
            Some(found.ok_or_else(|| {
                anyhow::anyhow!(
                    "there is no customer {number}: give the number as the customer's page shows it"
                )
            })?)
        }
    };
    note(app, wanted, customer_id.as_deref(), &chosen).await?;
    let mut tx = app.db.snapshot_reader().await?;
    let mut manifest = Manifest {
        format_version: FORMAT_VERSION,
        program: env!("CARGO_PKG_VERSION"),
        schema_step: store::schema_step(&mut tx).await?,
        made_at: app.clock.now(),
        format: wanted.format,
        customer: wanted.customer.clone(),
        revealed: wanted.reveal.is_some(),
        files: Vec::with_capacity(chosen.len()),
    };
    for table in chosen {
        manifest.files.push(file(&mut tx, table, wanted, customer_id.as_deref(), staging.path()).await?);
    }
    drop(tx);
    synced(&staging.path().join("manifest.json"), &serde_json::to_vec_pretty(&manifest)?)?;
    synced(&staging.path().join("README.md"), readme(&manifest).as_bytes())?;
    // Kept from here on: the folder takes its name in one step.
    let staged = staging.keep();
    std::fs::rename(&staged, out).map_err(|e| {
        let _ = std::fs::remove_dir_all(&staged);
        anyhow::anyhow!("{} can't be made: {e}", out.display())
    })?;
    Ok(manifest)
}

fn chosen(wanted: &Wanted) -> anyhow::Result<Vec<&'static Table>> {
    let names = || tables::ALL.iter().map(|t| t.name).collect::<Vec<_>>().join(", ");
    for name in &wanted.only {
        let table = tables::ALL.iter().find(|t| t.name == name);
        let table =
            table.ok_or_else(|| anyhow::anyhow!("there is no table `{name}`; tables are {}", names()))?;
        anyhow::ensure!(
            wanted.customer.is_none() || table.owner != Owner::Nobody,
            "`{name}` belongs to no customer: leave it out of --only, or leave out --customer"
        );
    }
    let asked = |t: &&Table| {
        (wanted.only.is_empty() || wanted.only.iter().any(|n| n == t.name))
            && (wanted.customer.is_none() || t.owner != Owner::Nobody)
    };
    Ok(tables::ALL.iter().filter(asked).collect())
}

// Who took what stands in the log even if the export breaks off.
async fn note(
    app: &App,
    wanted: &Wanted,
    customer_id: Option<&str>,
    chosen: &[&'static Table],
) -> anyhow::Result<()> {
    let body = serde_json::json!({
        "tables": chosen.iter().map(|t| t.name).collect::<Vec<_>>(),
        "format": wanted.format,
        "revealed": wanted.reveal.is_some(),
        "reason": wanted.reveal,
    });
    let customer_id = customer_id.map(str::to_owned);
    app.act(Actor::system("terminal"), move |tx, cx| {
        Box::pin(async move {
            let mut event =
                Event::new("system.exported", "system", "system").audience(Audience::Audit).body(&body);
            if let Some(customer_id) = customer_id {
                event = event.customer(customer_id);
            }
            Ok::<_, Failure>(kit::events::append(tx, cx, event).await?)
        })
    })
    .await?;
    Ok(())
}

async fn file(
    tx: &mut Tx,
    table: &'static Table,
    wanted: &Wanted,
    customer: Option<&str>,
    folder: &Path,
) -> anyhow::Result<Written> {
    let (reveal, csv) = (wanted.reveal.is_some(), wanted.format == Format::Csv);
    let name = format!("{}.{}", table.name, if csv { "csv" } else { "jsonl" });
    let mut out = Counted {
        out: BufWriter::new(std::fs::File::create(folder.join(&name))?),
        hash: Sha256::new(),
        bytes: 0,
    };
    let mut lines = Vec::new();
    if csv {
        if wanted.bom {
            lines.extend(BYTE_ORDER_MARK);
        }
        kit::sheet::csv_line(&mut lines, table.columns.iter().map(|c| c.name.to_owned()));
    }
    let (mut rows, mut after): (u64, Option<Vec<Value>>) = (0, None);
    loop {
        let page = store::page(tx, table, customer, reveal, after.as_deref()).await?;
        for row in &page {
            let cells = table.columns.iter().zip(row.cells());
            if csv {
                kit::sheet::csv_line(&mut lines, cells.map(|(c, v)| write::cell(c, v, reveal)));
            } else {
                let object: serde_json::Map<String, serde_json::Value> =
                    cells.map(|(c, v)| (c.name.to_owned(), write::shown(c, v, reveal))).collect();
                serde_json::to_writer(&mut lines, &object)?;
                lines.push(b'\n');
            }
        }
        out.write(&lines)?;
        lines.clear();
        let Some(last) = page.last() else { break };
        rows += page.len() as u64;
        after = Some(table.key.iter().map(|k| last.get(k)).collect::<Result<_, _>>()?);
    }
    out.out.flush()?;
    out.out.get_ref().sync_all()?;
    Ok(Written {
        table: table.name,
        file: name,
        rows,
        bytes: out.bytes,
        sha256: hex::encode(out.hash.finalize()),
        columns: table.columns.iter().map(|c| Described { name: c.name, kind: c.kind.name() }).collect(),
    })
}

struct Counted {
    out: BufWriter<std::fs::File>,
    hash: Sha256,
    bytes: u64,
}

impl Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

fn synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// What the folder says about itself to whoever opens it, in both languages, and every column with its kind.
fn readme(manifest: &Manifest) -> String {
    use std::fmt::Write as _;
    let numbers = if manifest.revealed { "export.whole" } else { "export.masked" };
    let mut readme = String::new();
    for lang in Lang::ALL {
        let numbers = text(lang, numbers, &[]).unwrap_or_default();
        let values = [("made_at", manifest.made_at.to_string()), ("numbers", numbers)];
        let _ = writeln!(readme, "{}", text(lang, "export.readme", &values).unwrap_or_default());
    }
    readme.push_str("| File | Rows | Columns |\n|---|---|---|\n");
    for file in &manifest.files {
        let columns: Vec<String> = file.columns.iter().map(|c| format!("{} ({})", c.name, c.kind)).collect();
        let _ = writeln!(readme, "| {} | {} | {} |", file.file, file.rows, columns.join(", "));
    }
    readme
}
