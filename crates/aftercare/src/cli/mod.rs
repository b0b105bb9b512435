//! The verbs of the command line.

mod config;
mod demo;
mod dispatch;
mod documents;
mod export;
mod import;
mod keep;
mod node;
mod papers;
mod serve;
mod simulate;
mod told;
mod user;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use config::{NodeArgs, ServeArgs};
pub use node::Node;

/// 贴心售后 Aftercare: the after-sales service centre as one program.
#[derive(Debug, Parser)]
#[command(name = "aftercare", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Start the service; an empty system prints a set-up link
    Serve(ServeArgs),
    /// Start with a made-up company: an empty system gets demo data first
    Demo(demo::DemoArgs),
    /// Schema steps: apply what is pending, or only show it
    Migrate {
        #[command(flatten)]
        node: NodeArgs,
        /// Show what would be done and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the portable backup while the system runs
    Backup(keep::BackupArgs),
    /// Restore a backup into an empty system, SQLite or PostgreSQL
    Restore(keep::RestoreArgs),
    /// Write the data in open formats (CSV or JSON lines), readable without this program
    Export(export::ExportArgs),
    /// Accounts from the terminal
    User {
        #[command(subcommand)]
        verb: user::UserVerb,
    },
    /// Bring in another system's history
    Import {
        #[command(subcommand)]
        verb: import::ImportVerb,
    },
    /// Plans: solve a planning problem, judge an answer, replay days against policies
    Dispatch {
        #[command(subcommand)]
        verb: dispatch::DispatchVerb,
    },
    /// Templates of papers: write the built-in ones out, try one's own
    Documents {
        #[command(subcommand)]
        verb: papers::DocumentsVerb,
    },
    /// Prove the invariants on live data
    Check(NodeArgs),
    /// Configuration
    Config {
        #[command(subcommand)]
        what: ConfigVerb,
    },
    /// Print the API description (OpenAPI 3.1)
    Openapi,
    /// Print the schema for SQLite as the migrations make it
    Schema,
    /// Print every refusal with its status, text and cure
    Errors,
    /// Print what engineers and customers are told, field by field
    Told,
}

#[derive(Debug, Subcommand)]
enum ConfigVerb {
    /// Every value with where it comes from: flag, environment or default
    Dump(ServeArgs),
}

/// Runs the command line.
#[must_use]
pub fn main() -> ExitCode {
    let begun = std::time::Instant::now();
    let matches = Cli::command().get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    init_log();
    let done = match cli.verb {
        Verb::Import { verb } => match block_on(import::import(verb)) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Verb::Dispatch { verb } => match dispatch::dispatch(verb, begun) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Verb::Documents { verb } => match papers::documents(&verb) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Verb::Openapi => documents::openapi(),
        Verb::Schema => {
            documents::schema();
            Ok(())
        }
        Verb::Errors => {
            documents::errors();
            Ok(())
        }
        Verb::Told => told::told(),
        Verb::Config { what: ConfigVerb::Dump(args) } => config::dump(&args, &matches),
        Verb::Backup(args) => block_on(keep::backup(args)),
        Verb::Restore(args) => block_on(keep::restore(args)),
        Verb::Export(args) => block_on(export::export(args)),
        Verb::User { verb } => block_on(user::user(verb)),
        Verb::Check(node) => block_on(keep::check(node)),
        Verb::Demo(args) => serving(&args.serve.node.clone(), demo::demo(args)),
        Verb::Serve(args) => serving(&args.node.clone(), serve::serve(args)),
        Verb::Migrate { node, dry_run } => block_on(serve::migrate(node, dry_run)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    on_workers(cores() * 2, work)
}

// A node that serves. Reads of SQLite run where they are asked for and take tens of microseconds; a few more workers than cores keep
// the live feeds going while one of them is in the database. PostgreSQL is waited for: there more workers than cores only pass work
// on to each other, and waking the other one costs more than most answers.
fn serving<T>(node: &NodeArgs, work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    on_workers(if node.database.is_some() { cores() } else { cores() * 2 }, work)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get).clamp(2, 8)
}

fn on_workers<T>(workers: usize, work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build()?.block_on(work)
}

fn init_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("AFTERCARE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let json = std::env::var("AFTERCARE_LOG_FORMAT").is_ok_and(|f| f == "json");
    // A line that can't be written (the log's disk is full) is lost; it used to take the answer along that it was about.
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    let started = if json { log.json().try_init() } else { log.compact().try_init() };
    drop(started); // a second start in one process keeps the first log
}

/// Prints a line for the person at the terminal.
pub(crate) fn say(line: &str) {
    use std::io::Write as _;
    // Whoever reads may have stopped reading (`| head`): that is no fault.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn say_error(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "aftercare: {line}");
}
