//! `dispatch`: plans from files, without a system: solve a problem, judge an answer; and days of a system replayed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Subcommand};
use dispatch_optimiser::{Cost, Plan, Problem, Settings, Solved, check, read_vrptw, solve_on};

use super::simulate::SimulateArgs;
use super::{block_on, say, say_error, simulate};

/// What to do with a planning problem.
#[derive(Debug, Subcommand)]
pub(super) enum DispatchVerb {
    /// Plan: who goes where, in which order
    Solve(SolveArgs),
    /// Replay an answer and show what it costs, or the first rule it breaks
    Check {
        /// The problem (fsp-1)
        problem: PathBuf,
        /// The answer (fsp-solution-1)
        answer: PathBuf,
    },
    /// Replay days of this service centre against policies: who is sent by which rule, and what comes of it
    Simulate(SimulateArgs),
}

/// Which problem, how long, where to.
#[derive(Debug, Args)]
pub(super) struct SolveArgs {
    /// The problem (fsp-1, JSON)
    #[arg(required_unless_present = "vrptw", conflicts_with = "vrptw")]
    problem: Option<PathBuf>,
    /// A VRPTW instance (Solomon's text form) instead: least total distance, in tenths, truncated
    #[arg(long)]
    vrptw: Option<PathBuf>,
    /// Wall time from the start of the program to the answer, seconds
    #[arg(long, default_value_t = 10.0, value_parser = seconds)]
    seconds: f64,
    /// Rounds instead of seconds: the same seed and rounds give the same answer
    #[arg(long)]
    rounds: Option<u64>,
    /// Seed of the random numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; with more than one, regions are planned side by side
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Where the answer goes; without it, to standard output
    #[arg(long)]
    out: Option<PathBuf>,
    /// Show the objective as it falls, on standard error
    #[arg(long)]
    progress: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(s) if s.is_finite() && (0.0..=1e7).contains(&s) => Ok(s),
        _ => Err("a number of seconds, 0 or more".into()),
    }
}

/// Share of the time that is kept for writing the answer.
const FOR_WRITING: f64 = 0.01;

/// Does what was asked for; a file at fault gets a sentence.
pub(super) fn dispatch(verb: DispatchVerb, begun: Instant) -> anyhow::Result<ExitCode> {
    match verb {
        DispatchVerb::Solve(args) => solve_file(&args, begun),
        DispatchVerb::Simulate(args) => block_on(simulate::simulate(args)),
        DispatchVerb::Check { problem, answer } => check_files(&problem, &answer),
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).map_err(|e| anyhow::anyhow!("{} can't be read: {e}", path.display()))
}

fn at_fault(path: &Path) -> impl Fn(dispatch_optimiser::Fault) -> anyhow::Error {
    move |fault| anyhow::anyhow!("{}: {fault}", path.display())
}

fn solve_file(args: &SolveArgs, begun: Instant) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.vrptw {
        let instance = read_vrptw(&read(path)?).map_err(at_fault(path))?;
        let done = run(&instance.problem, Settings::distance_only(), args, begun);
        judge(&instance.problem, &done.plan)?;
        return write(args, &instance.lines(&done.plan).join("\n"));
    }
    let Some(path) = &args.problem else { anyhow::bail!("a problem is missing") };
    let problem = Problem::read(&read(path)?).map_err(at_fault(path))?;
    let done = run(&problem, Settings::default(), args, begun);
    judge(&problem, &done.plan)?;
    write(args, &done.plan.to_json(&problem))
}

fn run(problem: &Problem, settings: Settings, args: &SolveArgs, begun: Instant) -> Solved {
    let settings = Settings { seed: args.seed, ..settings };
    let limit = args.seconds * (1.0 - FOR_WRITING);
    let progress = |rounds: u64| match args.rounds {
        Some(most) => rounds as f64 / most.max(1) as f64,
        None => begun.elapsed().as_secs_f64() / limit.max(1e-6),
    };
    let mut heard = |rounds: u64, cost: i64| {
        if args.progress {
            say_error(&format!(
                "{:8.2} s  round {rounds:>9}  objective {cost}",
                begun.elapsed().as_secs_f64()
            ));
        }
    };
    solve_on(problem, &settings, args.threads, &progress, &mut heard)
}

/// No answer leaves unjudged.
fn judge(problem: &Problem, plan: &Plan) -> anyhow::Result<Cost> {
    match check(problem, plan) {
        Ok(report) => Ok(report.cost),
        Err(violation) => anyhow::bail!("the plan doesn't hold: {}", violation.sentence(problem, plan)),
    }
}

fn write(args: &SolveArgs, text: &str) -> anyhow::Result<ExitCode> {
    match &args.out {
        Some(path) => std::fs::write(path, format!("{text}\n"))
            .map_err(|e| anyhow::anyhow!("{} can't be written: {e}", path.display()))?,
        None => say(text),
    }
    Ok(ExitCode::SUCCESS)
}

fn check_files(problem_file: &Path, answer: &Path) -> anyhow::Result<ExitCode> {
    let problem = Problem::read(&read(problem_file)?).map_err(at_fault(problem_file))?;
    let plan = Plan::read(&problem, &read(answer)?).map_err(at_fault(answer))?;
    let cost = match check(&problem, &plan) {
        Ok(report) => {
            say(&format!(
                "served {}, left out {}, late {}",
                problem.jobs.len() - report.left_out.len(),
                report.left_out.len(),
                report.late_jobs
            ));
            report.cost
        }
        Err(violation) => {
            say_error(&format!("{}: {}", answer.display(), violation.sentence(&problem, &plan)));
            return Ok(ExitCode::FAILURE);
        }
    };
    for (term, line) in cost.lines().filter(|(_, line)| line.amount != 0) {
        say(&format!("{:<15} amount {:>12}  cost {:>14}", term.name(), line.amount, line.cost));
    }
    say(&format!("objective {}", cost.total()));
    Ok(ExitCode::SUCCESS)
}
