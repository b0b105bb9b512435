//! `test`: everything, part by part. A part that fails doesn't keep the later ones from running.

use std::time::{Duration, Instant};

use crate::postgres::Postgres;
use crate::process::{Count, Step, Tally};
use crate::tools::{self, Need};
use crate::{Outcome, aftercare_bin, demo, generate, root, tidy, web};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Tools,
    Lints,
    Web,
    Rust,
    Generated,
    E2e,
}

impl Part {
    /// In the order in which they run: what fails quickly first, and the web app before the server that serves it.
    const ALL: [Self; 6] = [Self::Tools, Self::Lints, Self::Web, Self::Rust, Self::Generated, Self::E2e];

    fn name(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Lints => "lints",
            Self::Web => "web",
            Self::Rust => "rust",
            Self::Generated => "generated",
            Self::E2e => "e2e",
        }
    }

    fn tells(self) -> &'static str {
        match self {
            Self::Tools => {
                "what the tests need is there, or is installed: npm packages, Chromium, fonts, PostgreSQL"
            }
            Self::Lints => "formatting, clippy, the house rules of `cargo xtask tidy`",
            Self::Web => "the web app: lint, types, tests, build, sizes",
            Self::Rust => "rules, and integration on SQLite and PostgreSQL",
            Self::Generated => "the generated files are as the program generates them",
            Self::E2e => "the main jobs in a browser",
        }
    }
}

/// What the parts share while they run.
#[derive(Default)]
struct Run {
    tally: Tally,
    problems: Vec<String>,
    postgres: Option<Postgres>,
}

impl Run {
    fn step(&mut self, step: Step) {
        let (tally, problem) = step.run();
        self.add(tally, problem);
    }

    fn add(&mut self, tally: Tally, problem: Option<String>) {
        self.tally += tally;
        self.problems.extend(problem);
    }

    /// One check that isn't a program's. Returns whether it passed.
    fn check(&mut self, outcome: Outcome) -> bool {
        let passed = outcome.is_ok();
        let tally = if passed { Tally { passed: 1, failed: 0 } } else { Tally { passed: 0, failed: 1 } };
        if let Err(problem) = &outcome {
            println!("{problem}");
        }
        self.add(tally, outcome.err());
        passed
    }

    /// The URL of the cluster that all parts of this run share, started when first asked for.
    fn postgres(&mut self) -> Result<String, String> {
        if let Some(postgres) = &self.postgres {
            return Ok(postgres.url.clone());
        }
        let started = Postgres::obtain()?;
        let url = started.url.clone();
        println!("PostgreSQL for the tests: {url}");
        self.postgres = Some(started);
        Ok(url)
    }

    fn part(&mut self, part: Part) {
        match part {
            Part::Tools => {
                self.check(tools::prerequisites());
                for need in Need::ALL {
                    self.check(tools::ensure(&[need]));
                }
                self.check(web::ensure_packages());
            }
            Part::Lints => {
                self.step(formatting());
                self.step(clippy());
                let (tally, problem) = tidy::judge();
                self.add(tally, problem);
            }
            Part::Web => {
                if !self.check(web::ensure_packages()) {
                    return;
                }
                self.step(Step::npm("npm run lint", &["run", "lint"]));
                self.step(Step::npm("npm run typecheck", &["run", "typecheck"]));
                self.step(Step::npm("npm test", &["test"]).count(Count::Vitest));
                if self.check(web::ensure_built().map(|_| ())) {
                    self.step(Step::npm("npm run size", &["run", "size"]));
                }
            }
            Part::Rust => match self.postgres() {
                Ok(url) => self.step(
                    Step::cargo(
                        "cargo test",
                        &["test", "--profile", "demo", "--workspace", "--no-fail-fast"],
                    )
                    .env("AFTERCARE_TEST_POSTGRES", url)
                    .count(Count::Cargo),
                ),
                Err(problem) => {
                    self.check(Err(problem));
                }
            },
            Part::Generated => {
                let (tally, problem) = generate::compare();
                self.add(tally, problem);
            }
            Part::E2e => {
                let postgres = self.postgres();
                // Two files of walks beside each other: a walk waits half of its time, for a network that is made slow, or for a hand.
                match walks(&["--lanes=2"], postgres) {
                    Ok(step) => self.step(step),
                    Err(problem) => {
                        self.check(Err(problem));
                    }
                }
            }
        }
    }
}

/// Runs the parts, prints a table, and as the last line the sum.
pub fn test(arguments: &[String]) -> Outcome {
    let parts = read(arguments)?;
    let Some(parts) = parts else {
        for part in Part::ALL {
            println!("{:<10} {}", part.name(), part.tells());
        }
        return Ok(());
    };
    let begun = Instant::now();
    let mut shared = Run::default();
    let mut rows: Vec<(Part, Duration, Tally, Vec<String>)> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        println!("\n=== {} of {}: {} ({})", number + 1, parts.len(), part.name(), part.tells());
        let at = Instant::now();
        shared.part(*part);
        let tally = std::mem::take(&mut shared.tally);
        let problems = std::mem::take(&mut shared.problems);
        let word = if problems.is_empty() { "passed" } else { "FAILED" };
        println!("=== {} {word} in {}", part.name(), time(at.elapsed()));
        rows.push((*part, at.elapsed(), tally, problems));
    }
    drop(shared);

    println!("\n{:<10} {:<7} {:>7} {:>7} {:>9}", "part", "result", "passed", "failed", "time");
    let mut sum = Tally::default();
    let mut good = true;
    for (part, took, tally, problems) in &rows {
        let result = if problems.is_empty() { "passed" } else { "FAILED" };
        println!(
            "{:<10} {:<7} {:>7} {:>7} {:>9}",
            part.name(),
            result,
            tally.passed,
            tally.failed,
            time(*took)
        );
        sum += *tally;
        good &= problems.is_empty();
    }
    for (part, _, _, problems) in &rows {
        for problem in problems {
            println!("FAILED {}: {problem}", part.name());
        }
    }
    let failed = rows.iter().filter(|row| !row.3.is_empty()).count();
    println!("{} parts in {}, {failed} of them failed", rows.len(), time(begun.elapsed()));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    // All is said; the last line stays the sum.
    if good { Ok(()) } else { Err(String::new()) }
}

/// The parts to run, or nothing where only a list is wanted.
fn read(arguments: &[String]) -> Result<Option<Vec<Part>>, String> {
    let mut chosen = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let names = match argument.as_str() {
            "--list" => return Ok(None),
            "--only" => rest.next().map(String::as_str).unwrap_or_default(),
            other => other.strip_prefix("--only=").ok_or_else(|| format!("`{other}` is not understood."))?,
        };
        for name in names.split(',') {
            let part = Part::ALL.into_iter().find(|part| part.name() == name);
            chosen.push(part.ok_or_else(|| {
                let known: Vec<_> = Part::ALL.iter().map(|part| part.name()).collect();
                format!("There is no part `{name}`, only {}.", known.join(", "))
            })?);
        }
    }
    let all = chosen.is_empty();
    Ok(Some(Part::ALL.into_iter().filter(|part| all || chosen.contains(part)).collect()))
}

fn time(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

fn formatting() -> Step {
    Step::cargo("cargo fmt --check", &["fmt", "--all", "--check"])
}

fn clippy() -> Step {
    let step = Step::cargo("cargo clippy", &["clippy", "--workspace", "--all-targets", "--profile", "demo"]);
    step.args(&["--", "-D", "warnings"])
}

/// Formatting, lints, house rules and the web app's types; clippy includes what `cargo check` finds.
pub fn check() -> Outcome {
    tools::prerequisites()?;
    web::ensure_packages()?;
    let mut run = Run::default();
    run.part(Part::Lints);
    run.step(Step::npm("npm run typecheck", &["run", "typecheck"]));
    if run.problems.is_empty() { Ok(()) } else { Err(format!("\n{}", run.problems.join("\n"))) }
}

/// The walks alone; what follows the verb goes to the walks' runner.
pub fn e2e(arguments: &[String]) -> Outcome {
    tools::prerequisites()?;
    let postgres = Postgres::obtain();
    let url = match &postgres {
        Ok(postgres) => Ok(postgres.url.clone()),
        Err(error) => Err(error.clone()),
    };
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    walks(&arguments, url)?.must()
}

/// Builds what the walks walk through. They find the server in `AFTERCARE_BIN`, the browser in
/// `AFTERCARE_CHROMIUM` and PostgreSQL in `AFTERCARE_TEST_POSTGRES`, and print `N passed, N failed`.
fn walks(arguments: &[&str], postgres: Result<String, String>) -> Result<Step, String> {
    tools::ensure(&[Need::Chromium, Need::ChineseFont])?;
    let chromium = tools::chromium().ok_or("No Chromium was found.")?;
    web::ensure_built()?;
    demo::build_server()?;
    Ok(Step::new("the walks", "node")
        .args(&["e2e/run.mjs"])
        .args(arguments)
        .folder(&root().join("web"))
        .env("AFTERCARE_BIN", aftercare_bin())
        .env("AFTERCARE_CHROMIUM", chromium)
        .env("AFTERCARE_TEST_POSTGRES", postgres?)
        .count(Count::Plain)
        .limit(Duration::from_mins(45)))
}

/// The tests of `dispatch-optimiser/tests/it/fuzz.rs`; each gets its share of the inputs.
const FUZZ_TESTS: u64 = 7;

/// The fuzzing that the tests do for seconds, for as long as asked: with overflow checks and debug assertions.
pub fn fuzz(arguments: &[String]) -> Outcome {
    let inputs = match arguments {
        [] => 10_000_000,
        [only] => {
            only.replace('_', "").parse::<u64>().map_err(|_| format!("`{only}` is no number of inputs."))?
        }
        _ => return Err("This verb takes one argument at most, the number of inputs.".to_owned()),
    };
    let each = inputs.div_ceil(FUZZ_TESTS);
    println!("{FUZZ_TESTS} tests with {each} inputs each");
    let words = ["test", "--profile", "demo", "--package", "dispatch-optimiser", "--test", "it", "fuzz::"];
    Step::cargo("fuzzing", &words)
        .env("DISPATCH_FUZZ_CASES", each.to_string())
        .count(Count::Cargo)
        .limit(Duration::from_hours(12))
        .must()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Result<Option<Vec<Part>>, String> {
        read(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn parts_run_in_their_order_however_they_are_named() {
        assert_eq!(parts(""), Ok(Some(Part::ALL.to_vec())));
        assert_eq!(parts("--only e2e --only=lints"), Ok(Some(vec![Part::Lints, Part::E2e])));
        assert_eq!(parts("--only rust,web"), Ok(Some(vec![Part::Web, Part::Rust])));
        assert_eq!(parts("--list"), Ok(None));
    }

    #[test]
    fn an_unknown_part_is_named_with_the_known_ones() {
        let error = parts("--only rusty").unwrap_err();
        assert!(error.contains("`rusty`") && error.contains("tools, lints, web, rust"), "{error}");
        assert!(parts("--fast").is_err());
        assert!(parts("--only").is_err());
    }
}
