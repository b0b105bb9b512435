//! `import history`: another desk's event log, through a mapping, into customers, sites, cases, timelines and clocks.
//!
//! The log is read and built twice: once to count, so that a file with rows that can't be used changes nothing unless that
//! was accepted; once to store, 500 cases to a transaction. What was stored is then read back and held against the file.

mod cases;
mod policy_terms;
mod store;
pub mod tables;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use ::cases::ImportedCounts;
use history::{Built, Log, Mapping, Report, StateWord, Tally, Written, ids};
use kit::{Actor, ActorKind, App, Audience, Event, Failure, Lang, Reach, Ts};
use organisation::{EmployeeId, UnitId};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use policy_terms::HouseTerms;

/// Cases stored in one transaction.
const BATCH: usize = 500;

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Read, count and report; store nothing.
    pub dry_run: bool,
    /// Store the rest although some rows can't be used.
    pub accept_refused: bool,
}

/// Why nothing could be imported.
#[derive(Debug)]
pub enum ImportError {
    /// The mapping is at fault.
    Mapping(history::MappingError),
    /// The log is at fault.
    Log(history::LogError),
    /// The mapping names units that aren't here.
    UnitsUnknown(Vec<String>),
    /// The mapping names badge numbers that nobody has.
    BadgesUnknown(Vec<String>),
    /// There is no headquarters yet.
    HeadquartersMissing,
    /// Storage failed; batches before this one are stored, a second run goes on from there.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ImportError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What an import came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// Rows can't be used and that wasn't accepted: nothing was stored.
    pub held: bool,
}

/// What the whole import knows.
struct House {
    mapping: Mapping,
    terms: HouseTerms,
    units: HashMap<String, UnitId>,
    fallback_unit: UnitId,
    employees: HashMap<String, EmployeeId>,
    actor: Actor,
    now: Ts,
}

/// Imports a log.
///
/// # Errors
/// [`ImportError`]; what was stored in whole batches before a failure stays, and a second run goes on from there.
pub async fn history(
    app: &App,
    mapping_text: &str,
    log_bytes: &[u8],
    options: Options,
) -> Result<Outcome, ImportError> {
    let mapping = Mapping::parse(mapping_text).map_err(ImportError::Mapping)?;
    let text = history::decode(log_bytes, mapping.file.encoding).map_err(ImportError::Log)?;
    let house = Arc::new(House::open(app, mapping).await?);
    let log = Log::read(&text, &house.mapping).map_err(ImportError::Log)?;
    let trial = counted(app, &house, &log).await?;
    let held = trial.rows.refused > 0 && !options.accept_refused;
    if options.dry_run || held {
        return Ok(Outcome { report: trial, held: held && !options.dry_run });
    }
    let report = stored(app, &house, &log).await?;
    let run = store::Run {
        source: house.mapping.source.clone(),
        file_sha256: digest(log_bytes),
        mapping_sha256: digest(mapping_text.as_bytes()),
        report: serde_json::to_string(&report).map_err(Failure::from)?,
    };
    let (rows, cases) = (report.rows.clone(), report.cases.clone());
    app.act(house.actor.clone(), move |tx, cx| {
        Box::pin(async move {
            let id = cx.app.ids.next(cx.now);
            store::insert_run(tx, id, &run, cx.now).await?;
            let body = json!({
                "source": run.source, "file_sha256": run.file_sha256, "mapping_sha256": run.mapping_sha256,
                "rows": rows, "cases": cases,
            });
            let event =
                Event::new("history.imported", "history_run", id).audience(Audience::Audit).body(&body);
            Ok(kit::events::append(tx, cx, event).await?)
        })
    })
    .await?;
    Ok(Outcome { report, held: false })
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

impl House {
    async fn open(app: &App, mut mapping: Mapping) -> Result<Self, ImportError> {
        let mut tx = app.db.reader().await?;
        let terms = HouseTerms::open(&mut tx).await?;
        let all = organisation::units(&mut tx).await?;
        let by_name: HashMap<&str, UnitId> = all.iter().map(|u| (u.name.zh_cn.as_str(), u.id)).collect();
        let named: BTreeSet<&String> = mapping.units.values().chain(&mapping.fallback.unit).collect();
        let unknown: Vec<String> =
            named.iter().filter(|n| !by_name.contains_key(n.as_str())).map(ToString::to_string).collect();
        if !unknown.is_empty() {
            return Err(ImportError::UnitsUnknown(unknown));
        }
        let fallback_unit = match mapping.fallback.unit.as_deref().and_then(|n| by_name.get(n)) {
            Some(id) => *id,
            None => match organisation::headquarters(&mut tx).await {
                Ok(id) => id,
                Err(Failure::Refused(_)) => return Err(ImportError::HeadquartersMissing),
                Err(failure) => return Err(failure.into()),
            },
        };
        // The report names the unit that takes what isn't mapped.
        let fallback_name = all.iter().find(|u| u.id == fallback_unit).map(|u| u.name.zh_cn.clone());
        let badges: Vec<&str> = mapping.owners.values().map(String::as_str).collect();
        let known = organisation::employees_by_badge(&mut tx, &badges).await?;
        let unknown: BTreeSet<&str> = badges.into_iter().filter(|b| !known.contains_key(*b)).collect();
        if !unknown.is_empty() {
            return Err(ImportError::BadgesUnknown(unknown.into_iter().map(str::to_owned).collect()));
        }
        let units =
            mapping.units.iter().filter_map(|(g, n)| Some((g.clone(), *by_name.get(n.as_str())?))).collect();
        let employees =
            mapping.owners.iter().filter_map(|(o, b)| Some((o.clone(), *known.get(b)?))).collect();
        mapping.fallback.unit = fallback_name;
        let actor = Actor {
            kind: ActorKind::Import,
            id: format!("history:{}", mapping.source),
            employee_id: None,
            unit_id: None,
            reach: Reach::Everything,
            lang: Lang::ZhCn,
        };
        Ok(Self { mapping, terms, units, fallback_unit, employees, actor, now: app.clock.now() })
    }
}

/// Builds the cases of one batch.
fn batch(house: &House, log: &Log<'_>, part: &[history::CaseIndex]) -> Vec<Built> {
    part.iter().map(|index| log.case(index, &house.mapping, &house.terms)).collect()
}

// Reads and counts, and looks what is here already; stores nothing.
async fn counted(app: &App, house: &House, log: &Log<'_>) -> Result<Report, ImportError> {
    let mut tally = Tally::new(log, &house.mapping);
    let mut tx = app.db.reader().await?;
    for part in log.cases().chunks(BATCH) {
        let built = batch(house, log, part);
        let known = cases::known(&mut tx, &built).await?;
        count(&mut tally, house, &built, &known);
    }
    Ok(tally.finish(true))
}

fn count(tally: &mut Tally<'_>, house: &House, built: &[Built], known: &HashMap<String, u64>) {
    let now = house.now.timestamp();
    for one in built {
        tally.built(one, &house.terms, now);
        let Some(case) = &one.case else { continue };
        match known.get(&case.external_key) {
            Some(rows) => tally.known_case(case, *rows),
            None => tally.new_case(one, &house.terms, now),
        }
    }
}

// Stores batch by batch, then reads back what was stored.
async fn stored(app: &App, house: &Arc<House>, log: &Log<'_>) -> Result<Report, ImportError> {
    let mut tally = Tally::new(log, &house.mapping);
    let mut written = Written::default();
    let mut counts = ImportedCounts::default();
    for part in log.cases().chunks(BATCH) {
        let built = Arc::new(batch(house, log, part));
        let (house_in, built_in) = (house.clone(), built.clone());
        let done = app
            .act(house.actor.clone(), move |tx, cx| {
                Box::pin(async move { cases::store(tx, cx, &house_in, &built_in).await })
            })
            .await?;
        count(&mut tally, house, &built, &done.known);
        written.new_customers += done.customers;
        written.new_sites += done.sites;
        written.new_contacts += done.contacts;
        written.new_owners += done.people;
        let mut tx = app.db.reader().await?;
        ::cases::imported_counts(&mut tx, &done.cases, &mut counts).await?;
    }
    let mut report = tally.finish(false);
    written.cases = counts.cases;
    written.by_state = counts.by_state;
    // What the log calls mended waits here for its follow-up call.
    if let Some(mended) = written.by_state.remove(::cases::StateName::FollowUp.name()) {
        written.by_state.insert(StateWord::Resolved.name().to_owned(), mended);
    }
    written.steps = counts.steps;
    written.reopened = counts.reopened;
    written.reassigned = counts.hand_overs;
    written.clocks = counts.clocks;
    written.customers = counts.customers.len() as u64;
    written.sites = counts.sites.len() as u64;
    report.written(written);
    Ok(report)
}

/// The id of the command that makes a record of this kind.
fn command(source: &str, kind: &str, key: &str) -> kit::uuid::Uuid {
    ids::of(&[source.as_bytes(), kind.as_bytes(), key.as_bytes()])
}
