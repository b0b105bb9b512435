//! `import`: another system's history, and tables of customers, sites, contacts and assets.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use clap::{Args, Subcommand};
use kit::sheet::SheetFormat;
use kit::texts::text;
use kit::{Actor, ActorKind, Lang, Reach};

use super::{NodeArgs, keep, say, say_error};
use crate::import::tables::{self, Asked, Sent, TableKind};
use crate::import::{ImportError, Options};

/// What to import.
#[derive(Debug, Subcommand)]
pub(super) enum ImportVerb {
    /// Another desk's event log, through a mapping file
    History(HistoryArgs),
    /// Print a commented mapping to start from
    SampleMapping,
    /// A table (CSV or XLSX) of customers, sites, contacts or assets: all of it, or nothing
    Table(TableArgs),
    /// Write a table to fill in
    Template(TemplateArgs),
}

/// Which table, how.
#[derive(Clone, Debug, Args)]
pub(super) struct TableArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// What the table holds: customers, sites, contacts or assets
    #[arg(value_parser = kind)]
    kind: TableKind,
    /// The table (CSV or XLSX)
    file: PathBuf,
    /// Read, plan and report; store nothing
    #[arg(long)]
    dry_run: bool,
    /// The name of the other system: numbers of two systems don't meet
    #[arg(long)]
    source: Option<String>,
    /// Language of the report: zh-CN or en
    #[arg(long, default_value = "zh-CN", value_parser = language)]
    lang: Lang,
}

/// Which template, where.
#[derive(Clone, Debug, Args)]
pub(super) struct TemplateArgs {
    /// What the table holds: customers, sites, contacts or assets
    #[arg(value_parser = kind)]
    kind: TableKind,
    /// The file to write: .xlsx or .csv
    out: PathBuf,
    /// Language of the headings: zh-CN or en
    #[arg(long, default_value = "zh-CN", value_parser = language)]
    lang: Lang,
}

fn kind(name: &str) -> Result<TableKind, String> {
    name.parse().map_err(|()| "customers, sites, contacts or assets".to_owned())
}

/// Which log, how.
#[derive(Clone, Debug, Args)]
pub(super) struct HistoryArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// The mapping file (TOML or JSON): what the columns and values of the log mean here
    #[arg(long)]
    mapping: PathBuf,
    /// The log (CSV)
    log: PathBuf,
    /// Read, count and report; store nothing
    #[arg(long)]
    dry_run: bool,
    /// Store the rest although some rows can't be used
    #[arg(long)]
    accept_refused: bool,
    /// Also write the whole report to this file (JSON)
    #[arg(long)]
    report: Option<PathBuf>,
    /// Language of the report on screen: zh-CN or en
    #[arg(long, default_value = "zh-CN", value_parser = language)]
    lang: Lang,
}

fn language(name: &str) -> Result<Lang, String> {
    name.parse().map_err(|()| "zh-CN or en".to_owned())
}

/// Imports, or says why not.
pub(super) async fn import(verb: ImportVerb) -> anyhow::Result<ExitCode> {
    match verb {
        ImportVerb::SampleMapping => {
            say(history::SAMPLE_MAPPING.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        ImportVerb::History(args) => history_log(args).await,
        ImportVerb::Table(args) => table(args).await,
        ImportVerb::Template(args) => template(&args),
    }
}

async fn table(args: TableArgs) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(&args.file)
        .map_err(|e| anyhow::anyhow!("{} can't be read: {e}", args.file.display()))?;
    let app = keep::current(&args.node).await?;
    let source = tables::rows::source(args.source.as_deref())
        .map_err(|_| anyhow::anyhow!("--source has 1 to 40 letters, digits, spaces and -_."))?;
    // Whoever owns the data sees everything; customers whose row names no unit go to headquarters.
    let unit_id = organisation::headquarters(&mut app.db.reader().await?).await.ok();
    let actor = Actor {
        kind: ActorKind::Import,
        id: format!("table:{source}"),
        employee_id: None,
        unit_id: None,
        reach: Reach::Everything,
        lang: args.lang,
    };
    let asked = Asked { kind: args.kind, source, actor, unit_id };
    let sent = Sent::read(&bytes, args.kind, args.lang);
    let done = Arc::new(AtomicU64::new(0));
    let report = if args.dry_run {
        tables::trial(&app, &asked, &sent, done).await?
    } else {
        tables::bring(&app, asked, sent, done).await?
    };
    for line in tables::words::lines(args.lang, args.kind, &report, !args.dry_run) {
        say(&line);
    }
    Ok(if report.fine() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn template(args: &TemplateArgs) -> anyhow::Result<ExitCode> {
    let format = match args.out.extension().and_then(|e| e.to_str()) {
        Some("csv") => SheetFormat::Csv,
        Some("xlsx") => SheetFormat::Xlsx,
        _ => anyhow::bail!("{}: the name ends with .xlsx or .csv", args.out.display()),
    };
    let bytes = tables::template::template(args.lang, args.kind, format);
    std::fs::write(&args.out, bytes)
        .map_err(|e| anyhow::anyhow!("{} can't be written: {e}", args.out.display()))?;
    Ok(ExitCode::SUCCESS)
}

async fn history_log(args: HistoryArgs) -> anyhow::Result<ExitCode> {
    let read = |path: &PathBuf| {
        std::fs::read(path).map_err(|e| anyhow::anyhow!("{} can't be read: {e}", path.display()))
    };
    let mapping = String::from_utf8(read(&args.mapping)?).map_err(|_| {
        anyhow::anyhow!("{} is no UTF-8 text: save the mapping as UTF-8", args.mapping.display())
    })?;
    let log = read(&args.log)?;
    let app = keep::current(&args.node).await?;
    let options = Options { dry_run: args.dry_run, accept_refused: args.accept_refused };
    let outcome = match crate::import::history(&app, &mapping, &log, options).await {
        Ok(outcome) => outcome,
        Err(error) => {
            say_error(&explain(args.lang, &error));
            return Ok(ExitCode::FAILURE);
        }
    };
    for line in outcome.report.lines() {
        say(&words(args.lang, &line.key, &line.values));
    }
    if let Some(path) = &args.report {
        let json = serde_json::to_vec_pretty(&outcome.report)?;
        std::fs::write(path, json)
            .map_err(|e| anyhow::anyhow!("{} can't be written: {e}", path.display()))?;
    }
    let refused = outcome.report.rows.refused;
    if outcome.held {
        say_error(&words(args.lang, "held", &[("count", refused.to_string())]));
    }
    let fine = outcome.report.balanced() && (refused == 0 || args.accept_refused);
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn words(lang: Lang, key: &str, values: &[(&'static str, String)]) -> String {
    text(lang, &format!("history.{key}"), values).unwrap_or_else(|| key.to_owned())
}

/// What is wrong, where, and how to mend it.
fn explain(lang: Lang, error: &ImportError) -> String {
    let list = |names: &[String]| [("names", names.join(", "))];
    match error {
        ImportError::Mapping(e) => {
            let place = match (e.line, e.column) {
                (Some(line), Some(column)) => {
                    words(lang, "place", &[("line", line.to_string()), ("column", column.to_string())])
                }
                _ => e.entry.clone(),
            };
            words(lang, &format!("error.{}", e.code), &[("place", place), ("what", e.what.clone())])
        }
        ImportError::Log(e) => {
            let column = e.column.map_or_else(|| "1".to_owned(), |c| c.to_string());
            let place = words(lang, "place", &[("line", e.line.to_string()), ("column", column)]);
            words(lang, &format!("error.{}", e.code), &[("place", place), ("what", e.what.clone())])
        }
        ImportError::UnitsUnknown(names) => words(lang, "error.units_unknown", &list(names)),
        ImportError::BadgesUnknown(names) => words(lang, "error.badges_unknown", &list(names)),
        ImportError::HeadquartersMissing => words(lang, "error.headquarters_missing", &[]),
        ImportError::Failed(failure) => words(lang, "error.failed", &[("what", failure.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_report_and_every_fault_has_words_in_both_languages() {
        let keys = kit::texts::keys(Lang::ZhCn);
        for code in [
            "mapping_syntax",
            "mapping_version",
            "mapping_source",
            "mapping_delimiter",
            "mapping_zone",
            "mapping_missing",
            "mapping_format",
            "mapping_order",
            "mapping_text",
            "mapping_pause_reason",
            "mapping_state_clock",
            "mapping_calendar",
            "mapping_minutes",
            "mapping_clock_policy",
            "log_encoding",
            "log_empty",
            "log_column_missing",
            "log_column_twice",
            "log_csv",
            "units_unknown",
            "badges_unknown",
            "headquarters_missing",
            "failed",
        ] {
            assert!(keys.contains(&format!("history.error.{code}").as_str()), "{code}");
        }
        for reason in [
            "column_count",
            "key_missing",
            "too_long",
            "control_character",
            "time_missing",
            "time_format",
            "time_outside",
            "time_ambiguous",
            "not_a_number",
        ] {
            assert!(keys.contains(&format!("history.refused.{reason}").as_str()), "{reason}");
        }
        let fault = history::Mapping::parse("version = ").unwrap_err();
        for lang in Lang::ALL {
            let said = explain(lang, &ImportError::Mapping(fault.clone()));
            assert!(said.contains('1') && said.contains(&fault.what), "{said}");
        }
    }
}
