//! `documents`: the company's own templates: written out to begin with, tried before they are used.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use documents::{Paper, draw, sample};
use kit::Lang;

use super::{say, say_error};

/// What to do with templates.
#[derive(Debug, Subcommand)]
pub(super) enum DocumentsVerb {
    /// Write the built-in templates and their sample data into a folder, to begin one's own from
    ExportTemplates {
        /// The folder; it is made if it isn't there
        folder: PathBuf,
    },
    /// Draw a template with sample data in both languages, and say where it is broken
    Check(CheckArgs),
    /// Draw the one paper ordered on standard input: what a node starts for each paper
    #[command(hide = true)]
    Draw,
}

/// Which template.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The template, named as in the templates folder: `service-order.typ`, `acceptance.typ`, `labels.typ`
    template: PathBuf,
    /// Which paper it is for, if its name doesn't say: `service-order`, `acceptance`, `labels`
    #[arg(long, value_parser = paper)]
    paper: Option<Paper>,
    /// Where the sample in Chinese goes, as a PDF
    #[arg(long)]
    out: Option<PathBuf>,
}

fn paper(name: &str) -> Result<Paper, String> {
    name.parse().map_err(|()| "service-order, acceptance or labels".into())
}

/// Does what was asked for; a broken template gets its line.
pub(super) fn documents(verb: &DocumentsVerb) -> anyhow::Result<ExitCode> {
    match verb {
        DocumentsVerb::ExportTemplates { folder } => export(folder),
        DocumentsVerb::Check(args) => check(args),
        DocumentsVerb::Draw => {
            let output = std::io::BufWriter::new(std::io::stdout().lock());
            documents::draw_one(std::io::stdin().lock(), output)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn export(folder: &Path) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    for paper in Paper::ALL {
        let data = serde_json::to_string_pretty(&sample::sheet(paper, Lang::ZhCn).data)?;
        for (name, text) in [
            (paper.file_name().to_owned(), paper.template()),
            (format!("{}.json", paper.name()), data.as_str()),
        ] {
            let path = folder.join(name);
            // A template that somebody has changed is not ours to write over.
            if path.exists() {
                anyhow::bail!("{} is there already; choose an empty folder", path.display());
            }
            std::fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))?;
            say(&path.display().to_string());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn check(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let path = &args.template;
    let named = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
    let Some(paper) = args.paper.or(named) else {
        anyhow::bail!("{} doesn't say which paper it is for: use --paper", path.display());
    };
    let template =
        std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    for lang in Lang::ALL {
        match draw(&sample::sheet(paper, lang), &template) {
            Err(fault) => {
                say_error(&format!("{} ({}): {fault}", path.display(), lang.tag()));
                return Ok(ExitCode::FAILURE);
            }
            Ok(printed) => {
                say(&format!("{}: {} bytes, {} page(s)", lang.tag(), printed.pdf.len(), printed.pages));
                if let (Some(out), Lang::ZhCn) = (&args.out, lang) {
                    std::fs::write(out, printed.pdf)
                        .with_context(|| format!("{} can't be written", out.display()))?;
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
