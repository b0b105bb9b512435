//! Running other programs: with their output shown as it comes, their tests counted, a time limit,
//! and nothing left behind however this program ends.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Numbers of tests, or of checks that count as one test each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// How a program tells how many tests it ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// It doesn't: its exit code is one check.
    AsOne,
    /// `cargo test`: `test result: ok. 12 passed; 0 failed; …`, one line per test binary.
    Cargo,
    /// vitest: `Tests  1 failed | 11 passed (12)`.
    Vitest,
    /// A line of its own that reads `12 passed, 0 failed`.
    Plain,
}

impl Count {
    /// The tally a line of output reports, if it is such a line.
    pub fn read(self, line: &str) -> Option<Tally> {
        let line = without_colour(line);
        let line = line.trim();
        match self {
            Self::AsOne => None,
            Self::Cargo => {
                let line = line.strip_prefix("test result: ")?;
                Some(Tally {
                    passed: number_before(line, " passed")?,
                    failed: number_before(line, " failed")?,
                })
            }
            Self::Vitest => {
                let line = line.strip_prefix("Tests ")?;
                Some(Tally {
                    passed: number_before(line, " passed").unwrap_or(0),
                    failed: number_before(line, " failed").unwrap_or(0),
                })
            }
            Self::Plain => {
                let (passed, failed) = line.split_once(", ")?;
                Some(Tally {
                    passed: passed.strip_suffix(" passed")?.parse().ok()?,
                    failed: failed.strip_suffix(" failed")?.parse().ok()?,
                })
            }
        }
    }
}

fn number_before(line: &str, word: &str) -> Option<u64> {
    let before = &line[..line.find(word)?];
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    before[digits..].parse().ok()
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            for c in rest.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

/// One program to run, with its name for people.
pub struct Step {
    /// What people read in the summary.
    pub name: String,
    command: Command,
    count: Count,
    limit: Duration,
}

/// Most steps take seconds; a cold build takes minutes. A step that takes longer than this hangs.
const LIMIT: Duration = Duration::from_mins(10);

impl Step {
    /// A step that runs `program` in the root folder, with no input.
    pub fn new(name: &str, program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.current_dir(crate::root()).stdin(Stdio::null());
        Self { name: name.to_owned(), command, count: Count::AsOne, limit: LIMIT }
    }

    /// Cargo itself, with `--locked` where CI asks for exactly the locked dependencies.
    pub fn cargo(name: &str, verb: &[&str]) -> Self {
        let mut step = Self::new(name, cargo()).args(verb);
        if verb.first() != Some(&"fmt") && std::env::var_os("CI").is_some() {
            step = step.args(&["--locked"]);
        }
        step.limit(Duration::from_mins(30))
    }

    /// A script of the web app's package.json.
    pub fn npm(name: &str, arguments: &[&str]) -> Self {
        Self::new(name, npm()).args(arguments).folder(&crate::root().join("web"))
    }

    /// More arguments.
    #[must_use]
    pub fn args(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    /// A variable for the program's environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// The folder to run in.
    #[must_use]
    pub fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// How its tests are counted.
    #[must_use]
    pub fn count(mut self, count: Count) -> Self {
        self.count = count;
        self
    }

    /// How long it may take before it is stopped and counted as failed.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs it, showing its output as it comes. The second value says what went wrong, if anything did;
    /// then at least one test counts as failed.
    pub fn run(mut self) -> (Tally, Option<String>) {
        println!("--- {}", self.name);
        let counted = self.count != Count::AsOne;
        if counted {
            self.command.stdout(Stdio::piped()).env("NO_COLOR", "1");
        }
        let mut tally = Tally::default();
        let problem = match Guarded::start(&mut self.command) {
            Err(error) => Some(format!("{} can't be started: {error}", self.name)),
            Ok(mut running) => running.watch(&self.name, self.limit, |line| {
                if let Some(found) = self.count.read(line) {
                    tally += found;
                }
            }),
        };
        judge(&self.name, counted, tally, problem)
    }

    /// Runs it where only success matters.
    pub fn must(self) -> crate::Outcome {
        let (_, problem) = self.run();
        problem.map_or(Ok(()), Err)
    }

    /// Runs it without showing anything, and returns its standard output.
    pub fn output(mut self) -> Result<Vec<u8>, String> {
        let answer =
            self.command.output().map_err(|error| format!("{} can't be started: {error}", self.name))?;
        if answer.status.success() {
            return Ok(answer.stdout);
        }
        Err(format!("{} failed: {}", self.name, String::from_utf8_lossy(&answer.stderr).trim()))
    }
}

/// A runner that fails without naming a failed test, or that runs no test at all, still failed once.
fn judge(name: &str, counted: bool, mut tally: Tally, problem: Option<String>) -> (Tally, Option<String>) {
    let problem = problem.or_else(|| match tally {
        Tally { passed: 0, failed: 0 } if counted => Some(format!("{name} ran no test")),
        Tally { failed, .. } if failed > 0 => Some(format!("{name}: {failed} failed")),
        _ => None,
    });
    match problem {
        Some(_) if tally.failed == 0 => tally.failed = 1,
        None if !counted => tally.passed = 1,
        _ => {}
    }
    (tally, problem)
}

/// A program in a process group of its own, and a shell that stops the whole group as soon as this
/// program lets go of it: at its end, at a panic, at Ctrl-C, and even when it is killed, because the
/// shell waits for the end of a pipe that only this process holds.
pub struct Guarded {
    child: Child,
    guard: Option<Child>,
}

const STOP_GROUP: &str = r#"
trap '' HUP INT TERM
read -r _
kill -s TERM -- "-$1" 2>/dev/null
n=0
while kill -s 0 -- "-$1" 2>/dev/null; do
  n=$((n + 1))
  if [ "$n" -gt 100 ]; then kill -s KILL -- "-$1" 2>/dev/null; break; fi
  sleep 0.1
done
"#;

impl Guarded {
    /// Starts the program under guard.
    pub fn start(command: &mut Command) -> std::io::Result<Self> {
        own_group(command);
        let child = command.spawn()?;
        let guard = guard(STOP_GROUP, &[&child.id().to_string()]);
        Ok(Self { child, guard })
    }

    /// Whether it has ended, and well.
    pub fn ended(&mut self) -> Option<bool> {
        match self.child.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) => Some(status.success()),
            Err(_) => Some(false),
        }
    }

    /// Passes lines of piped output on until the end; says what went wrong.
    fn watch(&mut self, name: &str, limit: Duration, mut each: impl FnMut(&str)) -> Option<String> {
        let begun = Instant::now();
        let (sender, lines) = mpsc::channel::<String>();
        if let Some(output) = self.child.stdout.take() {
            std::thread::spawn(move || {
                let mut reader = BufReader::new(output);
                let mut line = Vec::new();
                while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
                    if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                        break;
                    }
                    line.clear();
                }
            });
        } else {
            drop(sender);
        }
        let mut end: Option<Instant> = None;
        let mut open = true;
        loop {
            if open {
                match lines.recv_timeout(Duration::from_millis(50)) {
                    Ok(line) => {
                        let mut out = std::io::stdout().lock();
                        // A reader who has gone is no reason to stop counting.
                        let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
                        each(&line);
                        continue;
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => open = false,
                }
            } else if end.is_none() {
                std::thread::sleep(Duration::from_millis(20));
            }
            if end.is_none() && self.ended().is_some() {
                end = Some(Instant::now());
            }
            // A grandchild may keep the pipe open; what it says after five seconds is not waited for.
            if end.is_some_and(|at| !open || at.elapsed() > Duration::from_secs(5)) {
                break;
            }
            if begun.elapsed() > limit {
                return Some(format!("{name} was stopped after {} minutes", limit.as_secs() / 60));
            }
        }
        match self.child.wait() {
            Ok(status) if status.success() => None,
            Ok(status) => Some(format!("{name} failed ({status})")),
            Err(error) => Some(format!("{name} can't be waited for: {error}")),
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        let Some(mut guard) = self.guard.take() else {
            // Without a shell only the program itself can be stopped, not what it started.
            let _ = self.child.kill();
            let _ = self.child.wait();
            return;
        };
        drop(guard.stdin.take());
        // Until it is waited for, the program itself still counts as a member of its group.
        let _ = self.child.wait();
        let _ = guard.wait();
    }
}

/// Starts a shell that waits until this process lets go of it or dies, then runs the rest of the
/// script. `None` where there is no such shell.
pub fn guard(script: &str, arguments: &[&str]) -> Option<Child> {
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "guard"])
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    own_group(&mut command);
    command.spawn().ok()
}

/// Lets a guard do its work and waits for it.
pub fn release(mut guard: Child) {
    drop(guard.stdin.take());
    let _ = guard.wait();
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Puts the program in this one's place where the system can do that, so that signals and the exit
/// code are its own; elsewhere runs it and leaves with its code.
pub fn become_program(mut command: Command) -> crate::Outcome {
    #[cfg(unix)]
    {
        let error = std::os::unix::process::CommandExt::exec(&mut command);
        Err(format!("{} can't be started: {error}", command.get_program().display()))
    }
    #[cfg(not(unix))]
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => Err(format!("{} can't be started: {error}", command.get_program().display())),
    }
}

/// The cargo that runs this program.
pub fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// npm's program name.
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tallies_are_read_from_what_each_runner_prints() {
        let cases = [
            (Count::Cargo, "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured", Some((12, 0))),
            (Count::Cargo, "test result: FAILED. 3 passed; 2 failed; 0 ignored", Some((3, 2))),
            (Count::Cargo, "test cases::opened ... ok", None),
            (Count::Vitest, "\u{1b}[2m      Tests \u{1b}[22m 1 failed | 11 passed (12)", Some((11, 1))),
            (Count::Vitest, " Test Files  3 passed (3)", None),
            (Count::Plain, "7 passed, 1 failed", Some((7, 1))),
            (Count::Plain, "the call is passed, nobody failed", None),
            (Count::AsOne, "7 passed, 1 failed", None),
        ];
        for (count, line, expected) in cases {
            let expected = expected.map(|(passed, failed)| Tally { passed, failed });
            assert_eq!(count.read(line), expected, "{line}");
        }
    }

    #[test]
    fn a_runner_that_ran_nothing_failed() {
        let (tally, problem) = judge("walk", true, Tally::default(), None);
        assert_eq!((tally.failed, problem.as_deref()), (1, Some("walk ran no test")));
    }

    #[test]
    fn a_failure_without_a_failed_test_counts_once() {
        let tally = Tally { passed: 5, failed: 0 };
        assert_eq!(judge("x", true, tally, Some("gone".into())).0, Tally { passed: 5, failed: 1 });
        assert_eq!(judge("x", false, Tally::default(), None).0, Tally { passed: 1, failed: 0 });
    }

    #[cfg(unix)]
    #[test]
    fn output_is_counted_and_exit_codes_are_seen() {
        let step = |script| Step::new("sample", "sh").args(&["-c", script]).count(Count::Plain);
        assert_eq!(step("echo 2 passed, 0 failed").run(), (Tally { passed: 2, failed: 0 }, None));
        let (tally, problem) = step("echo 2 passed, 0 failed; exit 3").run();
        assert_eq!(tally, Tally { passed: 2, failed: 1 });
        assert!(problem.is_some_and(|text| text.contains("exit status: 3")));
    }

    #[cfg(unix)]
    #[test]
    fn a_step_past_its_limit_is_stopped_with_its_children() {
        let file = std::env::temp_dir().join(format!("aftercare-xtask-{}", std::process::id()));
        let script = format!("sleep 60 & echo $! > '{}'; wait", file.display());
        let step = Step::new("sleeper", "sh").args(&["-c", &script]).limit(Duration::from_millis(300));
        let (tally, problem) = step.run();
        assert_eq!(tally.failed, 1);
        assert!(problem.is_some_and(|text| text.contains("was stopped")));
        let pid = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        let gone = Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status();
        assert!(!gone.unwrap().success(), "the grandchild {pid} still runs");
    }
}
