//! Everything counted: what the file says, what was brought in, and whether the two agree.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::build::Built;
use crate::case::HistoryCase;
use crate::clocks::{PlanPromise, PolicyTerms, kept};
use crate::error::RowFault;
use crate::log::Log;
use crate::mapping::Mapping;
use jiff::Timestamp;
use service_calendar::ClockStatus;

/// Rows of the file. `read` = `used` + `already_here` + `left` + `duplicates` + `refused`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowCounts {
    /// Without the header.
    pub read: u64,
    /// Brought in by this run as steps of new cases.
    pub used: u64,
    /// Brought in by an earlier run.
    pub already_here: u64,
    /// New rows of cases that an earlier run brought in: left out, those cases live here now.
    pub left: u64,
    /// Repeat an earlier row to the letter.
    pub duplicates: u64,
    /// Can't be used; see [`Lists::refused`].
    pub refused: u64,
    /// Of those used or here already: stood behind a row they belong before, and were put in order.
    pub put_in_order: u64,
    /// Neighbours whose counter and time disagree.
    pub contradictions: u64,
    /// Steps whose clocks count from the step before: they would go back in time.
    pub held_back: u64,
    /// Steps from before the report.
    pub before_report: u64,
}

/// Cases of the file. `read` = `new` + `already_here` + `refused`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaseCounts {
    /// Keys in the file.
    pub read: u64,
    /// Brought in by this run.
    pub new: u64,
    /// Brought in by an earlier run.
    pub already_here: u64,
    /// Of those, cases with rows the earlier run didn't know.
    pub with_new_rows: u64,
    /// Without a single row that can be used.
    pub refused: u64,
}

/// Times that needed a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TimeCounts {
    /// Occur twice or never, where the clocks are changed.
    pub unclear: u64,
    /// Cases whose instant of mending isn't that of the first step that says so; the log's own word is kept.
    pub resolved_differs: u64,
}

/// What cases say, counted: of the file, or of what is new in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Cases.
    pub cases: u64,
    /// Steps: rows.
    pub steps: u64,
    /// Cases by their last state here.
    pub by_state: BTreeMap<String, u64>,
    /// Cases by their last state in the log.
    pub by_source_state: BTreeMap<String, u64>,
    /// Sum of the log's counters, where it has one.
    pub reopened: u64,
    /// Reopenings that the states show.
    pub reopened_by_states: u64,
    /// Sum of the log's counters, where it has one.
    pub reassigned: u64,
    /// Changes of group that the rows show.
    pub group_changes: u64,
    /// Changes of owner that the rows show.
    pub owner_changes: u64,
    /// Different customers.
    pub customers: u64,
    /// Different pairs of customer and site.
    pub sites: u64,
    /// Different places.
    pub places: u64,
    /// Different owners, over all steps.
    pub owners: u64,
    /// Different groups, over all steps.
    pub groups: u64,
    #[serde(skip)]
    sets: Sets,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sets {
    customers: BTreeSet<String>,
    sites: BTreeSet<(String, String)>,
    places: BTreeSet<String>,
    owners: BTreeSet<String>,
    groups: BTreeSet<String>,
}

impl Found {
    fn add(&mut self, built: &Built, case: &HistoryCase, mapping: &Mapping) {
        self.cases += 1;
        self.steps += case.steps.len() as u64;
        *self.by_state.entry(case.state.state.name().to_owned()).or_default() += 1;
        *self.by_source_state.entry(case.source_state.clone().unwrap_or_default()).or_default() += 1;
        self.reopened += case.reopened;
        self.reopened_by_states += built.trouble.reopened_by_states;
        self.reassigned += case.reassigned;
        self.group_changes += built.trouble.group_changes;
        self.owner_changes += built.trouble.owner_changes;
        let sets = &mut self.sets;
        let customer = case.customer.clone().unwrap_or_else(|| mapping.fallback.customer.clone());
        let site = case.site.clone().unwrap_or_else(|| mapping.fallback.site.clone());
        sets.places.insert(site.clone());
        sets.sites.insert((customer.clone(), site));
        sets.customers.insert(customer);
        for step in &case.steps {
            sets.owners.extend(step.owner.clone());
            sets.groups.extend(step.group.clone());
        }
        let n = |len: usize| len as u64;
        (self.customers, self.sites, self.places) =
            (n(sets.customers.len()), n(sets.sites.len()), n(sets.places.len()));
        (self.owners, self.groups) = (n(sets.owners.len()), n(sets.groups.len()));
    }
}

/// How the recomputed clocks of one promise came out, by clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClockCounts {
    /// Clocks.
    pub clocks: u64,
    /// Kept.
    pub met: u64,
    /// Broken.
    pub missed: u64,
    /// Fell away.
    pub cancelled: u64,
    /// Not ended in the log.
    pub open: u64,
    /// Can't be worked out: outside the calendars.
    pub not_possible: u64,
}

/// The log's own word against the recomputed clocks, by case. The two need not agree: they follow different promises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// The log says kept, and so do the clocks.
    pub kept_kept: u64,
    /// The log says kept, the clocks say broken.
    pub kept_missed: u64,
    /// The log says broken, the clocks say kept.
    pub missed_kept: u64,
    /// The log says broken, and so do the clocks.
    pub missed_missed: u64,
    /// The log says nothing, or no clock ended.
    pub unknown: u64,
}

/// A value that isn't mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmapped {
    /// `state`, `severity`, `channel`, `kind`, `resolution`, `promise_kept`, `unit`.
    pub field: &'static str,
    /// The value.
    pub value: String,
    /// How often it occurs.
    pub count: u64,
    /// What stands in its place.
    pub fallback: String,
}

/// Lines by which each count can be looked up in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lists {
    /// Rows that can't be used, with reasons.
    pub refused: Vec<RowFault>,
    /// Repeated rows, each with the line of the first.
    pub duplicates: Vec<(u64, u64)>,
    /// Rows put in order.
    pub put_in_order: Vec<u64>,
    /// Neighbours whose counter and time disagree.
    pub contradictions: Vec<(u64, u64)>,
    /// Steps whose clocks count from the step before.
    pub held_back: Vec<u64>,
    /// Steps from before the report.
    pub before_report: Vec<u64>,
    /// Keys of cases whose reopenings differ between counter and states.
    pub reopened_differs: Vec<String>,
    /// Keys of cases that an earlier run brought in and that have new rows.
    pub with_new_rows: Vec<String>,
    /// Columns that the mapping doesn't name.
    pub unused_columns: Vec<String>,
}

/// What was read back from the database after it was stored: of the new cases only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Cases.
    pub cases: u64,
    /// Cases by state.
    pub by_state: BTreeMap<String, u64>,
    /// Steps on timelines.
    pub steps: u64,
    /// Sum over the cases.
    pub reopened: u64,
    /// Sum over the cases.
    pub reassigned: u64,
    /// Different customers of these cases.
    pub customers: u64,
    /// Different sites of these cases.
    pub sites: u64,
    /// Clocks by promise and outcome, e.g. `restore.met`; `open` where it hasn't ended.
    pub clocks: BTreeMap<String, u64>,
    /// Customers made by this run.
    pub new_customers: u64,
    /// Sites made by this run.
    pub new_sites: u64,
    /// Contacts made by this run.
    pub new_contacts: u64,
    /// Owners made known by name by this run.
    pub new_owners: u64,
}

/// A number of the file beside the same number here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// What is counted.
    pub what: String,
    /// In the file.
    pub file: u64,
    /// Here.
    pub here: u64,
}

/// The whole report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The mapping's source.
    pub source: String,
    /// Nothing was stored: it was a trial.
    pub dry_run: bool,
    /// Rows.
    pub rows: RowCounts,
    /// Cases.
    pub cases: CaseCounts,
    /// Times.
    pub times: TimeCounts,
    /// What the file says, over all its cases.
    pub file: Found,
    /// The same over the cases that are new.
    pub new: Found,
    /// How the clocks came out, by promise, over all cases of the file.
    pub clocks: BTreeMap<PlanPromise, ClockCounts>,
    /// The log's word against the clocks, by promise.
    pub agreement: BTreeMap<PlanPromise, Agreement>,
    /// Clocks of new cases by promise and outcome, as [`Written::clocks`].
    pub new_clocks: BTreeMap<String, u64>,
    /// Values that aren't mapped, most frequent first within each field.
    pub unmapped: Vec<Unmapped>,
    /// Lines.
    pub lists: Lists,
    /// What was read back.
    pub written: Option<Written>,
    /// Every number of the file beside the same number here.
    pub balance: Vec<Balance>,
}

impl Report {
    /// Whether every number agrees.
    #[must_use]
    pub fn balanced(&self) -> bool {
        self.balance.iter().all(|b| b.file == b.here)
    }

    /// Adds what was read back, and holds the file against it.
    pub fn written(&mut self, written: Written) {
        let mut pairs: Vec<(String, u64, u64)> = vec![
            ("cases".into(), self.new.cases, written.cases),
            ("steps".into(), self.new.steps, written.steps),
            ("reopened".into(), self.new.reopened, written.reopened),
            ("reassigned".into(), self.new.reassigned, written.reassigned),
            ("customers".into(), self.new.customers, written.customers),
            ("sites".into(), self.new.sites, written.sites),
        ];
        for (prefix, file, here) in
            [("state", &self.new.by_state, &written.by_state), ("clock", &self.new_clocks, &written.clocks)]
        {
            let names: BTreeSet<&String> = file.keys().chain(here.keys()).collect();
            for name in names {
                let count = |map: &BTreeMap<String, u64>| map.get(name).copied().unwrap_or_default();
                pairs.push((format!("{prefix}.{name}"), count(file), count(here)));
            }
        }
        self.balance.extend(pairs.into_iter().map(|(what, file, here)| Balance { what, file, here }));
        self.written = Some(written);
    }
}

/// Counts along the way.
#[derive(Debug)]
pub struct Tally<'m> {
    mapping: &'m Mapping,
    report: Report,
    unmapped: BTreeMap<(&'static str, String), u64>,
}

impl<'m> Tally<'m> {
    /// Begins with what the index of the log knows.
    #[must_use]
    pub fn new(log: &Log<'_>, mapping: &'m Mapping) -> Self {
        let mut report = Report { source: mapping.source.clone(), ..Report::default() };
        report.rows.read = log.rows_read();
        report.rows.duplicates = log.duplicates().len() as u64;
        report.rows.refused = log.refused().len() as u64;
        report.cases.read = log.cases().len() as u64;
        report.lists.refused = log.refused().to_vec();
        report.lists.duplicates = log.duplicates().to_vec();
        report.lists.unused_columns = log.unused_columns().to_vec();
        Self { mapping, report, unmapped: BTreeMap::new() }
    }

    /// Counts a case as it was built, with its clocks judged at `now`.
    pub fn built(&mut self, built: &Built, policy: &dyn PolicyTerms, now: Timestamp) {
        let trouble = &built.trouble;
        let (rows, lists) = (&mut self.report.rows, &mut self.report.lists);
        rows.refused += trouble.refused.len() as u64;
        lists.refused.extend(trouble.refused.iter().cloned());
        let Some(case) = &built.case else {
            self.report.cases.refused += 1;
            return;
        };
        rows.put_in_order += trouble.moved.len() as u64;
        rows.contradictions += trouble.contradictions.len() as u64;
        rows.held_back += trouble.held_back.len() as u64;
        rows.before_report += trouble.before_report.len() as u64;
        lists.put_in_order.extend(&trouble.moved);
        lists.contradictions.extend(&trouble.contradictions);
        lists.held_back.extend(&trouble.held_back);
        lists.before_report.extend(&trouble.before_report);
        if trouble.reopened_by_states != case.reopened {
            lists.reopened_differs.push(case.key.clone());
        }
        self.report.times.unclear += trouble.unclear_times;
        self.report.times.resolved_differs += u64::from(trouble.resolved_differs);
        for (field, value) in &trouble.unmapped {
            *self.unmapped.entry((field, value.clone())).or_default() += 1;
        }
        self.report.file.add(built, case, self.mapping);
        self.clocks(case, policy, now);
    }

    fn clocks(&mut self, case: &HistoryCase, policy: &dyn PolicyTerms, now: Timestamp) {
        let mut words: BTreeMap<PlanPromise, Option<bool>> = BTreeMap::new();
        for plan in &case.clocks {
            let counts = self.report.clocks.entry(plan.promise).or_default();
            counts.clocks += 1;
            let state = plan.judge(policy, case.reported_at, now);
            match state.as_ref().map(|s| s.status) {
                Err(_) => counts.not_possible += 1,
                Ok(ClockStatus::Met) => counts.met += 1,
                Ok(ClockStatus::Missed) => counts.missed += 1,
                Ok(ClockStatus::Cancelled) => counts.cancelled += 1,
                Ok(_) => counts.open += 1,
            }
            let word = state.ok().as_ref().and_then(kept);
            // A case kept its promise if none of its clocks broke it.
            let all = words.entry(plan.promise).or_insert(word);
            *all = match (*all, word) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (a, b) => a.and(b),
            };
        }
        for (promise, word) in words {
            let table = self.report.agreement.entry(promise).or_default();
            let cell = match (case.promise_kept, word) {
                (Some(true), Some(true)) => &mut table.kept_kept,
                (Some(true), Some(false)) => &mut table.kept_missed,
                (Some(false), Some(true)) => &mut table.missed_kept,
                (Some(false), Some(false)) => &mut table.missed_missed,
                _ => &mut table.unknown,
            };
            *cell += 1;
        }
    }

    /// Counts a case that this run brings in.
    pub fn new_case(&mut self, built: &Built, policy: &dyn PolicyTerms, now: Timestamp) {
        let Some(case) = &built.case else { return };
        self.report.cases.new += 1;
        self.report.rows.used += case.steps.len() as u64;
        self.report.new.add(built, case, self.mapping);
        for plan in &case.clocks {
            let name = match plan.judge(policy, case.reported_at, now).map(|s| s.status) {
                Ok(ClockStatus::Met) => "met",
                Ok(ClockStatus::Missed) => "missed",
                Ok(ClockStatus::Cancelled) => "stopped",
                _ => "open",
            };
            *self.report.new_clocks.entry(format!("{}.{name}", plan.promise.name())).or_default() += 1;
        }
    }

    /// Counts a case that an earlier run brought in; `known` of its rows are here already.
    pub fn known_case(&mut self, case: &HistoryCase, known: u64) {
        let rows = case.steps.len() as u64;
        let known = known.min(rows);
        self.report.cases.already_here += 1;
        self.report.rows.already_here += known;
        self.report.rows.left += rows - known;
        if known < rows {
            self.report.cases.with_new_rows += 1;
            self.report.lists.with_new_rows.push(case.key.clone());
        }
    }

    /// The report so far: the rows must add up already.
    #[must_use]
    pub fn finish(mut self, dry_run: bool) -> Report {
        let fallback = &self.mapping.fallback;
        let mut report = self.report;
        report.dry_run = dry_run;
        report.unmapped = std::mem::take(&mut self.unmapped)
            .into_iter()
            .map(|((field, value), count)| Unmapped {
                field,
                value,
                count,
                fallback: match field {
                    "state" => fallback.state.state.name().to_owned(),
                    "severity" => fallback.severity.name().to_owned(),
                    "channel" => fallback.channel.name().to_owned(),
                    "kind" => fallback.kind.name().to_owned(),
                    "resolution" => fallback.resolution.name().to_owned(),
                    "unit" => fallback.unit.clone().unwrap_or_default(),
                    _ => String::new(),
                },
            })
            .collect();
        report
            .unmapped
            .sort_by(|a, b| a.field.cmp(b.field).then(b.count.cmp(&a.count)).then(a.value.cmp(&b.value)));
        report.lists.refused.sort_by_key(|f| f.line);
        let rows = &report.rows;
        let added_up = rows.used + rows.already_here + rows.left + rows.duplicates + rows.refused;
        let cases = &report.cases;
        report.balance = vec![
            Balance { what: "rows".into(), file: rows.read, here: added_up },
            Balance {
                what: "keys".into(),
                file: cases.read,
                here: cases.new + cases.already_here + cases.refused,
            },
        ];
        report
    }
}
