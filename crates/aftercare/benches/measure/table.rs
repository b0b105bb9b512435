//! The table that is printed: figures beside goals.

use std::path::Path;
use std::process::Command;

use super::load::Load;

/// What a figure has to keep.
pub struct Goal {
    limit: f64,
    unit: &'static str,
    at_most: bool,
}

impl Goal {
    /// Not above `limit`.
    pub fn at_most(limit: f64, unit: &'static str) -> Self {
        Self { limit, unit, at_most: true }
    }

    /// Not below `limit`.
    pub fn at_least(limit: f64, unit: &'static str) -> Self {
        Self { limit, unit, at_most: false }
    }

    fn verdict(&self, figure: f64) -> String {
        let sign = if self.at_most { '≤' } else { '≥' };
        let met = if self.at_most { figure <= self.limit } else { figure >= self.limit };
        format!("{sign} {} {}  {}", self.limit, self.unit, if met { "met" } else { "MISSED" })
    }
}

/// The figures of one database.
pub struct Table {
    lines: Vec<String>,
}

impl Table {
    /// A table with its heading.
    pub fn new(name: &str) -> Self {
        let heading = format!(
            "{name:<46}{:>8}{:>10}{:>9}{:>8}{:>8}{:>8}  goal",
            "clients", "per s", "cpu ms", "p50 ms", "p95 ms", "p99 ms"
        );
        Self { lines: vec![heading] }
    }

    /// A load and what each request cost the program.
    pub fn load(&mut self, what: &str, clients: usize, load: &Load, limit_ms: f64) {
        let [p50, p95, p99] = load.percentiles_ms;
        let verdict = Goal::at_most(limit_ms, "ms cpu").verdict(load.cpu_ms);
        self.lines.push(format!(
            "{what:<46}{clients:>8}{:>10.0}{:>9.2}{p50:>8.1}{p95:>8.1}{p99:>8.1}  {verdict}",
            load.per_second, load.cpu_ms
        ));
    }

    /// The floor.
    pub fn floor(&mut self, clients: usize, per_second: f64, cpu_ms: f64) {
        let what = "  plain insert of these rows, same sync";
        self.lines.push(format!("{what:<46}{clients:>8}{per_second:>10.0}{cpu_ms:>9.2}"));
    }

    /// A figure without a goal.
    pub fn note(&mut self, what: &str, figure: &str) {
        self.lines.push(format!("{what:<46} {figure}"));
    }

    /// A figure and its goal.
    pub fn goal(&mut self, what: &str, shown: &str, goal: &Goal, figure: f64) {
        self.lines.push(format!("{what:<46} {shown:>8}  {}", goal.verdict(figure)));
    }

    /// Prints it.
    pub fn print(&self) {
        for line in &self.lines {
            println!("{line}");
        }
        println!();
    }
}

/// On what was measured, and when.
pub fn machine(binary: &Path) {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu
        .lines()
        .find_map(|l| l.strip_prefix("model name"))
        .map_or("", |m| m.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    println!("{cores} cores, {model}, Linux {}", read("/proc/sys/kernel/osrelease").trim());
    let changed = if said("git", &["status", "--porcelain"]).is_empty() { "" } else { " and changes since" };
    let commit = said("git", &["rev-parse", "--short", "HEAD"]);
    let day = kit::Clock::system().now().timestamp().strftime("%F %H:%M UTC").to_string();
    let mib = std::fs::metadata(binary).map_or(0, |m| m.len()) / 1024 / 1024;
    println!("commit {commit}{changed}, {day}; program of {mib} MiB; clients on the same machine\n");
}

/// What a first visit loads, as the web app's own check counts it.
pub fn bundles() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    if !web.join("dist/.vite/manifest.json").exists() {
        println!("bundle sizes: the web app is not built (`npm run build` in web/)");
        return;
    }
    println!("first visit, brotli\n{}", said("node", &[&web.join("scripts/size.mjs").display().to_string()]));
}

// What a program says on its standard output, or why it says nothing.
fn said(program: &str, words: &[&str]) -> String {
    match Command::new(program).args(words).current_dir(env!("CARGO_MANIFEST_DIR")).output() {
        Ok(answer) => String::from_utf8_lossy(&answer.stdout).trim_end().to_owned(),
        Err(error) => format!("({program}: {error})"),
    }
}
