//! The project's commands, run as `cargo xtask VERB`.
//!
//! A newcomer needs cargo, node and a C compiler; whatever else is missing is installed or named in
//! one sentence. The crate stands on the standard library alone so that it is built in seconds, and
//! every verb uses the build profile `demo`, so that tests, browser walks and the demo share one set
//! of artefacts (decision 24).

// This program's purpose is to talk to the person at the terminal.
#![allow(clippy::print_stdout)]

mod bench;
mod demo;
mod generate;
mod postgres;
mod process;
mod test;
mod tidy;
mod tools;
mod web;

use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask VERB

  demo [--listen ADDR] [--data DIR] [--clock TIME] [--database URL] [--fresh]
                     build the web app and the server and start them with demo data
  test [--only PART]... [--list]
                     install what is missing and run everything
  check              formatting, lints and types: the quick look before a commit
  generate [--check] write docs/openapi.json, schema.sql, errors.md, told.md, crate-graph.txt and the
                     web app's types; with --check only compare
  e2e [--pictures] [NAME]...
                     walk the main jobs in a browser
  tidy               the house rules that compilers don't know
  fuzz [INPUTS]      so many made-up problems, plans and instances (10,000,000) through the planner's readers,
                     search and check: no panic, no plan that doesn't hold
  bench [NAME]       measure; without a name, list what can be measured
  dev [--listen ADDR]
                     server with demo data behind the web app's development server

Environment: AFTERCARE_TEST_POSTGRES (URL of a server the tests may use, ending in /),
AFTERCARE_PG_BIN (folder with initdb), AFTERCARE_CHROMIUM (browser program),
AFTERCARE_NO_INSTALL=1 (never call apt-get), CI=true (dependencies exactly as locked).";

/// What a verb answers: nothing, or the sentences to print before leaving with a failure.
pub type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match verb.as_str() {
        "demo" => demo::demo(&rest),
        "dev" => demo::dev(&rest),
        "test" => test::test(&rest),
        "check" => no_arguments(&rest).and_then(|()| test::check()),
        "generate" => generate::generate(&rest),
        "e2e" => test::e2e(&rest),
        "tidy" => no_arguments(&rest).and_then(|()| tidy::run()),
        "fuzz" => test::fuzz(&rest),
        "bench" => bench::bench(&rest),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("There is no verb `{other}`.\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn no_arguments(rest: &[String]) -> Outcome {
    match rest.first() {
        None => Ok(()),
        Some(first) => Err(format!("This verb takes no arguments, but got `{first}`.")),
    }
}

/// The repository's root folder.
pub fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map_or(own.clone(), PathBuf::from)
}

/// Where cargo builds: `CARGO_TARGET_DIR`, or `target` in the root.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The server as the profile `demo` builds it.
pub fn aftercare_bin() -> PathBuf {
    let name = format!("aftercare{}", std::env::consts::EXE_SUFFIX);
    target_dir().join("demo").join(name)
}
