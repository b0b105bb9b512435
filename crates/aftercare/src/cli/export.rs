//! `export`: the data in open formats, for people and other programs.

use std::path::PathBuf;

use clap::Args;

use super::{NodeArgs, keep, say};
use crate::export::{Format, Wanted, export as write};

/// What to export, and where to.
#[derive(Clone, Debug, Args)]
pub(super) struct ExportArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// The folder to make; it must not exist yet
    #[arg(long, short)]
    out: PathBuf,
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Only these tables, with commas: cases,customers,…
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Only what belongs to the customer with this number
    #[arg(long)]
    customer: Option<String>,
    /// Whole telephone numbers and addresses of mail instead of masked ones
    #[arg(long, requires = "reason")]
    reveal: bool,
    /// Why they are revealed; it stands in the audit log
    #[arg(long, requires = "reveal", value_parser = reason)]
    reason: Option<String>,
    /// Begin CSV files with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if (4..=500).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err("say in 4 to 500 characters why they are needed".to_owned())
    }
}

/// Exports, or says why not.
pub(super) async fn export(args: ExportArgs) -> anyhow::Result<()> {
    let app = keep::current(&args.node).await?;
    let wanted = Wanted {
        format: args.format,
        only: args.only,
        customer: args.customer,
        reveal: args.reason.filter(|_| args.reveal),
        bom: args.bom,
    };
    let manifest = write(&app, &wanted, &args.out).await?;
    let rows: u64 = manifest.files.iter().map(|f| f.rows).sum();
    let numbers = if manifest.revealed { "numbers whole" } else { "numbers masked" };
    say(&format!("{}: {} files, {rows} rows, {numbers}", args.out.display(), manifest.files.len()));
    Ok(())
}
