//! `backup`, `restore`, `check`: keeping the data and proving it.

use std::path::{Path, PathBuf};

use clap::Args;
use kit::archive;
use kit::{App, Clock, WebConfig};

use super::{Node, NodeArgs, say, say_error};
use crate::checks::{self, Finding};
use crate::keeping::{self, restore::Options};
use crate::migrations;

/// Which archive.
#[derive(Clone, Debug, Args)]
pub struct BackupArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// The archive to write (.tar.gz); it must not exist yet
    #[arg(long, short)]
    out: PathBuf,
}

/// Which archive, into which data.
#[derive(Clone, Debug, Args)]
pub struct RestoreArgs {
    /// Which data; must be empty.
    #[command(flatten)]
    node: NodeArgs,
    /// The archive to read
    archive: PathBuf,
    /// Also prove every invariant on what was restored, before anything is kept
    #[arg(long)]
    verify: bool,
    /// Leave API tokens valid: this system takes the place of the one that was backed up, and no other copy lives on
    #[arg(long)]
    keep_tokens: bool,
}

/// Writes the portable backup while the system runs.
pub(super) async fn backup(args: BackupArgs) -> anyhow::Result<()> {
    anyhow::ensure!(
        !args.out.exists(),
        "{} exists already: a backup never overwrites another",
        args.out.display()
    );
    let app = current(&args.node).await?;
    let part = args.out.with_extension("part");
    let manifest = archive::write(&app.db, &app.files, &part, app.clock.now()).await?;
    std::fs::rename(&part, &args.out)?;
    // The name must survive power loss too, not only the bytes.
    let folder = args.out.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()?;
    // The archive is good whether or not this can be noted (a full disk, a standby).
    if let Err(why) = keeping::backed_up(&app, &manifest).await {
        say_error(&format!("the backup was made, but that it was could not be noted: {why}"));
    }
    let rows: i64 = manifest.tables.values().map(|t| t.rows).sum();
    say(&format!(
        "{}: {} tables, {rows} rows, {} files, schema step {}",
        args.out.display(),
        manifest.tables.len(),
        manifest.files.len(),
        manifest.schema_step
    ));
    Ok(())
}

/// Restores a backup into an empty system, SQLite or PostgreSQL.
pub(super) async fn restore(args: RestoreArgs) -> anyhow::Result<()> {
    let node = Node::open(&args.node, Clock::system(), WebConfig::default()).await?;
    node.app.db.migrate(migrations::ALL, node.app.clock.now()).await?;
    let options = Options { verify: args.verify, keep_tokens: args.keep_tokens };
    let restored = keeping::restore::restore(&node.app, &args.archive, options).await?;
    let rows: i64 = restored.manifest.tables.values().map(|t| t.rows).sum();
    let files = restored.manifest.files.len();
    say(&format!("restored {rows} rows and {files} files; every count and digest matches"));
    let ended = restored.ended;
    let tokens = if args.keep_tokens {
        "API tokens kept".into()
    } else {
        format!("{} API tokens revoked", ended.tokens)
    };
    say(&format!(
        "nobody is signed in: {} sessions ended, {} links taken back, {tokens}",
        ended.sessions, ended.links
    ));
    say(&format!("nothing is sent again: {} waiting messages set aside", restored.messages));
    if !restored.closed_factors.is_empty() {
        say(&format!(
            "{} second factors don't open here: put files/{} of the old data folder into files/ of this one. Without it these sign in \
             with a recovery code, or theirs is reset: {}",
            restored.closed_factors.len(),
            kit::sealing::FILE,
            restored.closed_factors.join(", ")
        ));
    }
    if args.verify {
        tell(&restored.findings)?;
    }
    Ok(())
}

/// Proves the invariants on live data.
pub(super) async fn check(args: NodeArgs) -> anyhow::Result<()> {
    let app = current(&args).await?;
    // What was committed and not yet sealed is sealed first: the chain is part of the proof.
    while kit::events::seal(&app.db).await? > 0 {}
    report(&app).await
}

async fn report(app: &App) -> anyhow::Result<()> {
    tell(&checks::run(app).await?)
}

fn tell(findings: &[Finding]) -> anyhow::Result<()> {
    let mut faults = 0;
    for finding in findings {
        if finding.faults.is_empty() {
            say(&format!("ok      {} ({} checked)", finding.name, finding.checked));
        } else {
            faults += finding.faults.len();
            say(&format!("FAULT   {} ({} checked)", finding.name, finding.checked));
            for fault in finding.faults.iter().take(20) {
                say(&format!("          {fault}"));
            }
        }
    }
    anyhow::ensure!(faults == 0, "{faults} faults were found");
    say("every invariant holds");
    Ok(())
}

/// A node on data whose schema is current; refuses to guess otherwise.
pub(crate) async fn current(args: &NodeArgs) -> anyhow::Result<App> {
    current_as(args, WebConfig::default()).await
}

/// The same, with the address that its links name.
pub(crate) async fn current_as(args: &NodeArgs, web: WebConfig) -> anyhow::Result<App> {
    if args.database.is_none() && !args.data.join("aftercare.db").exists() {
        anyhow::bail!("there is no database in {}: name the data folder with --data", args.data.display());
    }
    let node = Node::open(args, Clock::system(), web).await?;
    let pending = node.app.db.pending(migrations::ALL).await?;
    anyhow::ensure!(
        pending.is_empty(),
        "{} schema steps are pending: run `aftercare migrate` first",
        pending.len()
    );
    Ok(node.app)
}
