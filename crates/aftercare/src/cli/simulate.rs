//! `dispatch simulate`: days of the service centre in front of it, replayed against policies. It changes nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use dispatch::simulate::{
    History, OptimiserPolicy, Outcome, PlainPolicy, Policy, Report, Targets, Telling, parts, run, stream,
};
use dispatch::{GreatCircle, simulate::Fault};
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::texts::{self, Lang};
use kit::{Ts, Tx};
use serde::Serialize;

use super::{NodeArgs, keep, say};

/// How the simulated days go.
#[derive(Debug, Args)]
pub(super) struct SimulateArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// Days to simulate
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(i64).range(1..=92))]
    days: i64,
    /// Seeds of chance, with commas; the figures are those of all together
    #[arg(long, default_value = "1", value_delimiter = ',')]
    seed: Vec<u64>,
    /// Policies, with commas; all unless given
    #[arg(long, value_enum, value_delimiter = ',')]
    policy: Vec<PolicyName>,
    /// Faults, as a multiple of what the 90 days before show
    #[arg(long, default_value_t = 1.0, value_parser = load)]
    load: f64,
    /// The first day; the Monday after today unless given
    #[arg(long)]
    from: Option<Date>,
    /// Minutes before setting out at which `rolling` and `thresholds` tell the customer
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i64).range(0..=1440))]
    lead: i64,
    /// What a plan must save before a planned visit changes hands in `thresholds`, in seconds on the road
    #[arg(long, default_value_t = 3_600, value_parser = clap::value_parser!(i64).range(0..))]
    threshold: i64,
    /// Rounds of the search for each job
    #[arg(long, default_value_t = 40)]
    rounds: u64,
    /// The language of the table
    #[arg(long, value_enum, default_value_t = TableLang::ZhCn)]
    lang: TableLang,
    /// Also write the figures to this file (JSON)
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TableLang {
    #[value(name = "zh-CN")]
    ZhCn,
    En,
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
enum PolicyName {
    /// Each fault at once to whom the plain rule ranks first
    Plain,
    /// The optimiser; customers are told at once
    AtOnce,
    /// The optimiser; customers are told shortly before somebody sets out
    Rolling,
    /// As rolling, but planned visits change hands only where that saves enough
    Thresholds,
}

impl PolicyName {
    const ALL: [Self; 4] = [Self::Plain, Self::AtOnce, Self::Rolling, Self::Thresholds];

    fn key(self) -> &'static str {
        match self {
            Self::Plain => "simulation.policy.plain",
            Self::AtOnce => "simulation.policy.at_once",
            Self::Rolling => "simulation.policy.rolling",
            Self::Thresholds => "simulation.policy.thresholds",
        }
    }

    fn policy(self, args: &SimulateArgs, seed: u64) -> Box<dyn Policy> {
        let telling = match self {
            Self::Plain => return Box::new(PlainPolicy),
            Self::AtOnce => Telling::AtOnce,
            Self::Rolling | Self::Thresholds => Telling::Before(args.lead * Ts::MINUTE),
        };
        let threshold = if self == Self::Thresholds { args.threshold } else { 0 };
        Box::new(OptimiserPolicy { travel: &GreatCircle, telling, threshold, rounds: args.rounds, seed })
    }
}

fn load(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(load) if load.is_finite() && load > 0.0 && load <= 1000.0 => Ok(load),
        _ => Err("a number above 0, at most 1000".into()),
    }
}

/// What the file says of a policy.
#[derive(Serialize)]
struct Line {
    policy: PolicyName,
    all_seeds: Report,
    by_seed: Vec<Report>,
}

/// What the file says.
#[derive(Serialize)]
struct Figures<'a> {
    from: Ts,
    days: i64,
    load: f64,
    seeds: &'a [u64],
    engineers: usize,
    sites: usize,
    faults_seen: usize,
    policies: Vec<Line>,
}

/// A seed's faults, cut into parts that have nothing to do with each other.
struct Drawn {
    seed: u64,
    parts: Vec<(Vec<dispatch::plan::PlanEngineer>, Vec<Fault>)>,
}

/// Simulates, or says what is missing.
pub(super) async fn simulate(args: SimulateArgs) -> anyhow::Result<ExitCode> {
    let app = keep::current(&args.node).await?;
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let headquarters = organisation::headquarters(&mut tx).await?;
    let zone = organisation::zone_of(&mut tx, headquarters).await?;
    let span = span(&args, now, &zone)?;
    let targets = targets(&mut tx, now).await?;
    // What is open after the last day is finished in the week after it.
    let history = dispatch::history(&mut tx, now.min(span.0), (span.0, span.1.plus(8 * Ts::DAY))).await?;
    drop(tx);
    let lang = if args.lang == TableLang::ZhCn { Lang::ZhCn } else { Lang::En };
    let word = |key: &str, values: &[(&str, String)]| {
        texts::text(lang, key, values).unwrap_or_else(|| key.to_owned())
    };
    anyhow::ensure!(!history.faults.is_empty(), "{}", word("simulation.no_faults", &[]));
    anyhow::ensure!(!history.engineers.is_empty(), "{}", word("simulation.no_engineers", &[]));
    let drawn: Vec<Drawn> =
        args.seed.iter().map(|seed| draw(&args, &history, &zone, (span.0, targets), *seed)).collect();
    let policies = if args.policy.is_empty() { PolicyName::ALL.to_vec() } else { args.policy.clone() };
    let lines: Vec<Line> = policies.iter().map(|policy| line(&args, *policy, &drawn, span)).collect();
    let figures = Figures {
        from: span.0,
        days: args.days,
        load: args.load,
        seeds: &args.seed,
        engineers: history.engineers.len(),
        sites: history.sites.len(),
        faults_seen: history.faults.len(),
        policies: lines,
    };
    if let Some(path) = &args.json {
        std::fs::write(path, format!("{}\n", serde_json::to_string_pretty(&figures)?))
            .map_err(|e| anyhow::anyhow!("{} can't be written: {e}", path.display()))?;
    }
    table(&figures, targets, &zone, &word);
    Ok(ExitCode::SUCCESS)
}

fn span(args: &SimulateArgs, now: Ts, zone: &TimeZone) -> anyhow::Result<(Ts, Ts)> {
    let today = now.timestamp().to_zoned(zone.clone()).date();
    let ahead = 7 - i64::from(today.weekday().to_monday_zero_offset());
    let first = match args.from {
        Some(day) => day,
        None => today.checked_add(ahead.days())?,
    };
    let start = Ts::from(first.to_zoned(zone.clone())?.timestamp());
    Ok((start, start.plus(args.days * Ts::DAY)))
}

async fn targets(tx: &mut Tx, now: Ts) -> anyhow::Result<Targets> {
    let policy = policy::in_force(tx, now).await?;
    let arrive = policy.content.targets.arrive;
    let minutes = |target: Option<policy::Target>, usual: i64| target.map_or(usual, |t| i64::from(t.minutes));
    Ok(Targets { major_min: minutes(arrive.major, 240), normal_min: minutes(arrive.normal, 1440) })
}

fn draw(
    args: &SimulateArgs,
    history: &History,
    zone: &TimeZone,
    (start, targets): (Ts, Targets),
    seed: u64,
) -> Drawn {
    let faults = stream(history, zone, (start, args.days), args.load, targets, seed);
    let parts = parts(&history.engineers, &faults)
        .into_iter()
        .map(|(people, numbers)| {
            (
                people.iter().map(|n| history.engineers[*n].clone()).collect(),
                numbers.iter().map(|n| faults[*n].clone()).collect(),
            )
        })
        .collect();
    Drawn { seed, parts }
}

fn line(args: &SimulateArgs, policy: PolicyName, drawn: &[Drawn], span: (Ts, Ts)) -> Line {
    let outcomes: Vec<Vec<Outcome>> = drawn
        .iter()
        .map(|of| {
            let one = |(people, faults): &(Vec<_>, Vec<Fault>)| {
                run(people, faults, policy.policy(args, of.seed).as_mut(), span)
            };
            of.parts.iter().map(one).collect()
        })
        .collect();
    let pairs: Vec<Vec<(&[Fault], &Outcome)>> = drawn
        .iter()
        .zip(&outcomes)
        .map(|(of, outcomes)| of.parts.iter().map(|(_, f)| f.as_slice()).zip(outcomes).collect())
        .collect();
    Line {
        policy,
        by_seed: pairs.iter().map(|of| Report::of(of, span.1)).collect(),
        all_seeds: Report::of(&pairs.concat(), span.1),
    }
}

// Hours with one place.
fn hours(seconds: i64) -> String {
    format!("{:.1}", seconds as f64 / 3600.0)
}

fn percent(milli: i64) -> String {
    format!("{}.{} %", milli / 10, milli % 10)
}

/// A text of the catalogue with its values.
type Word<'w> = dyn Fn(&str, &[(&str, String)]) -> String + 'w;

fn table(figures: &Figures<'_>, targets: Targets, zone: &TimeZone, word: &Word<'_>) {
    let Some(first) = figures.policies.first() else { return };
    let day = figures.from.timestamp().to_zoned(zone.clone()).date().to_string();
    let seeds: Vec<String> = figures.seeds.iter().map(ToString::to_string).collect();
    say(&word(
        "simulation.title",
        &[
            ("days", figures.days.to_string()),
            ("from", day),
            ("faults", first.all_seeds.faults.to_string()),
            ("engineers", figures.engineers.to_string()),
            ("load", figures.load.to_string()),
            ("seeds", seeds.join(",")),
        ],
    ));
    type Cell = fn(&Report) -> String;
    let rows: [(&str, Cell); 16] = [
        ("simulation.row.all", |r| percent(r.all.on_time_milli())),
        ("simulation.row.major", |r| percent(r.major.on_time_milli())),
        ("simulation.row.normal", |r| percent(r.normal.on_time_milli())),
        ("simulation.row.mean_late", |r| (r.all.mean_late_s / 60).to_string()),
        ("simulation.row.late_95_major", |r| (r.major.late_95_s / 60).to_string()),
        ("simulation.row.late_95_normal", |r| (r.normal.late_95_s / 60).to_string()),
        ("simulation.row.travel_h", |r| hours(r.travel_s)),
        ("simulation.row.travel_km", |r| (r.travel_m / 1000).to_string()),
        ("simulation.row.home_km", |r| (r.home_m / 1000).to_string()),
        ("simulation.row.moved", |r| r.moved.to_string()),
        ("simulation.row.open", |r| r.open.to_string()),
        ("simulation.row.never", |r| r.never.to_string()),
        ("simulation.row.overtime_h", |r| hours(r.overtime_s)),
        ("simulation.row.notice_min", |r| (r.notice_s / 60).to_string()),
        ("simulation.row.visits", |r| r.visits.to_string()),
        ("simulation.row.busy", |r| percent((r.work_s + r.travel_s) * 1000 / r.shift_s.max(1))),
    ];
    let hours_of = |minutes: i64| (minutes as f64 / 60.0).to_string();
    let values = [("major", hours_of(targets.major_min)), ("normal", hours_of(targets.normal_min))];
    let mut lines = vec![vec![String::new()]];
    lines[0].extend(figures.policies.iter().map(|l| word(l.policy.key(), &[])));
    for (key, cell) in rows {
        let mut line = vec![word(key, &values)];
        line.extend(figures.policies.iter().map(|l| cell(&l.all_seeds)));
        lines.push(line);
    }
    let columns = lines[0].len();
    let wide: Vec<usize> =
        (0..columns).map(|c| lines.iter().map(|l| width(&l[c])).max().unwrap_or(0)).collect();
    for line in &lines {
        let mut text = String::new();
        for (column, (cell, wide)) in line.iter().zip(&wide).enumerate() {
            let gap = " ".repeat(wide - width(cell));
            match column {
                0 => text.push_str(&format!("{cell}{gap}")),
                _ => text.push_str(&format!("  {gap}{cell}")),
            }
        }
        say(&text);
    }
}

// Columns on a terminal: a Chinese character takes two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if u32::from(c) >= 0x1100 { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_is_a_number_above_nothing() {
        assert_eq!(load("2.5"), Ok(2.5));
        assert!(load("0").is_err() && load("-1").is_err() && load("inf").is_err() && load("much").is_err());
        assert_eq!((width("重要 4h"), percent(987)), (7, "98.7 %".to_owned()));
    }
}
