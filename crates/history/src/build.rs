//! From the rows of a case to the case.

use jiff::Timestamp;

use crate::case::{HistoryCase, HistoryStep};
use crate::clocks::{Clocks, PolicyTerms};
use crate::error::RowFault;
use crate::ids;
use crate::log::{CaseIndex, Log};
use crate::mapping::{Effect, Mapping, SeverityWord, StateRule, StateWord};
use crate::order;
use crate::row::{self, Row};
use crate::time::Times;

/// What was built of the rows of a case.
#[derive(Clone, Debug)]
pub struct Built {
    /// The case; none if every row was refused.
    pub case: Option<HistoryCase>,
    /// What had to be decided by rule.
    pub trouble: Trouble,
}

/// What had to be decided by rule.
#[derive(Clone, Debug, Default)]
pub struct Trouble {
    /// Rows that can't be used.
    pub refused: Vec<RowFault>,
    /// Lines of rows that stood behind one they belong before; they were used.
    pub moved: Vec<u64>,
    /// Lines of neighbours whose counter and time disagree.
    pub contradictions: Vec<(u64, u64)>,
    /// Lines of steps whose clocks count from the step before, or from the report: they would go back in time.
    pub held_back: Vec<u64>,
    /// Lines of steps from before the report.
    pub before_report: Vec<u64>,
    /// Times that occurred twice or never.
    pub unclear_times: u64,
    /// The log's instant of mending isn't that of the step by which the state says so.
    pub resolved_differs: bool,
    /// Reopenings that the states show, if the log's counter says otherwise.
    pub reopened_by_states: u64,
    /// Changes of group that the rows show.
    pub group_changes: u64,
    /// Changes of owner that the rows show.
    pub owner_changes: u64,
    /// Values that aren't mapped: field, value; one per row.
    pub unmapped: Vec<(&'static str, String)>,
}

impl Log<'_> {
    /// Builds a case from its rows.
    #[must_use]
    pub fn case(&self, index: &CaseIndex, mapping: &Mapping, policy: &dyn PolicyTerms) -> Built {
        let times = Times::new(mapping);
        let mut trouble = Trouble::default();
        let mut rows = Vec::with_capacity(index.rows.len());
        for place in &index.rows {
            match row::read(self, place, mapping, &times) {
                Ok(row) => rows.push(row),
                Err(fault) => trouble.refused.push(fault),
            }
        }
        let ordered = order::put(rows, &mapping.order);
        trouble.moved = ordered.moved;
        trouble.contradictions = ordered.contradictions;
        let case = Building { mapping, trouble: &mut trouble }.case(&index.key, &ordered.rows, policy);
        Built { case, trouble }
    }
}

struct Building<'a> {
    mapping: &'a Mapping,
    trouble: &'a mut Trouble,
}

// The last value that is known.
fn last<T: Clone>(rows: &[Row], of: impl Fn(&Row) -> &Option<T>) -> Option<T> {
    rows.iter().rev().find_map(|r| of(r).clone())
}

impl Building<'_> {
    fn case(&mut self, key: &str, rows: &[Row], policy: &dyn PolicyTerms) -> Option<HistoryCase> {
        let (first, end) = (rows.first()?, rows.last()?);
        let mapping = self.mapping;
        let fallback = &mapping.fallback;
        let external_key = ids::external_key(&mapping.source, key);
        let reported_at = last(rows, |r| &r.opened_at).unwrap_or(first.at);
        let kind = self.word("kind", last(rows, |r| &r.kind), &mapping.kinds).unwrap_or(fallback.kind);
        let channel =
            self.word("channel", last(rows, |r| &r.channel), &mapping.channels).unwrap_or(fallback.channel);
        let resolution = self
            .word("resolution", last(rows, |r| &r.resolution), &mapping.resolutions)
            .unwrap_or(fallback.resolution);
        let mut severity = (first.severity.clone(), self.severity(first.severity.as_deref()));
        let mut clocks = Clocks::start(mapping, policy, kind, severity.clone(), reported_at);
        let mut state = (None, fallback.state);
        let mut ended_at: Option<Timestamp> = None;
        let mut closed_at: Option<Timestamp> = None;
        let mut reopenings = 0;
        let mut steps: Vec<HistoryStep> = Vec::with_capacity(rows.len());
        for (n, row) in rows.iter().enumerate() {
            self.trouble.unclear_times += row.unclear_times;
            if row.at < reported_at {
                self.trouble.before_report.push(row.line);
            }
            if row.severity.is_some() && (n > 0 && row.severity != severity.0) {
                severity = (row.severity.clone(), self.severity(row.severity.as_deref()));
            } else if n > 0 {
                // Each row with a value that isn't mapped counts.
                self.severity(row.severity.as_deref());
            }
            if row.state.is_some() {
                state = (row.state.clone(), self.state(row.state.as_deref()));
            }
            let (held_back, reopens) = clocks.step(row.at, &state.1, severity.clone());
            if held_back {
                self.trouble.held_back.push(row.line);
            }
            reopenings += u64::from(reopens);
            if reopens {
                (ended_at, closed_at) = (None, None);
            }
            if matches!(state.1.clock, Effect::Stop | Effect::Withdraw) {
                ended_at.get_or_insert(row.at);
            }
            if matches!(state.1.state, StateWord::Closed | StateWord::Withdrawn) {
                closed_at.get_or_insert(row.at);
            }
            let step = self.step(key, row, &state, &severity, steps.last(), reopens);
            steps.push(step);
        }
        self.changes(rows);
        let reopened = end.reopened.unwrap_or(reopenings);
        self.trouble.reopened_by_states = reopenings;
        let ended = matches!(state.1.state, StateWord::Resolved | StateWord::Closed);
        let told = last(rows, |r| &r.resolved_at).filter(|at| ended && *at >= reported_at);
        self.trouble.resolved_differs = told.is_some() && ended_at.is_some() && told != ended_at;
        let resolved_at = if ended { told.or(ended_at) } else { None };
        let is_over = matches!(state.1.state, StateWord::Closed | StateWord::Withdrawn);
        let closed_at =
            if is_over { last(rows, |r| &r.closed_at).or(closed_at).or(Some(end.at)) } else { None };
        let promise_kept = last(rows, |r| &r.promise_kept);
        let symptom = last(rows, |r| &r.symptom);
        let product = last(rows, |r| &r.product);
        Some(HistoryCase {
            command_id: ids::of(&[mapping.source.as_bytes(), key.as_bytes()]),
            key: key.to_owned(),
            external_key,
            kind,
            channel,
            severity: severity.1,
            priority: severity.0,
            state: state.1,
            source_state: state.0,
            customer: last(rows, |r| &r.customer),
            site: last(rows, |r| &r.site),
            contact: last(rows, |r| &r.contact),
            contact_phone: last(rows, |r| &r.contact_phone),
            contact_email: last(rows, |r| &r.contact_email),
            symptom: match (symptom, product) {
                (Some(symptom), Some(product)) => Some(format!("{symptom} ({product})")),
                (symptom, product) => symptom.or(product),
            },
            symptom_class: last(rows, |r| &r.symptom_class),
            owner: last(rows, |r| &r.owner),
            group: last(rows, |r| &r.group),
            reported_at,
            resolved_at,
            resolution,
            closed_at,
            touched_at: rows.iter().map(|r| r.at).max().unwrap_or(end.at),
            reopened,
            reassigned: end.reassigned.unwrap_or(self.trouble.group_changes),
            promise_kept: self.flag(promise_kept.as_deref()),
            steps,
            clocks: clocks.finish(),
        })
    }

    fn step(
        &self,
        key: &str,
        row: &Row,
        state: &(Option<String>, StateRule),
        severity: &(Option<String>, SeverityWord),
        before: Option<&HistoryStep>,
        reopens: bool,
    ) -> HistoryStep {
        let mut step = HistoryStep {
            command_id: ids::of(&[self.mapping.source.as_bytes(), key.as_bytes(), &row.digest]),
            line: row.line,
            at: row.at,
            state: state.1.state,
            source_state: state.0.clone(),
            severity: severity.1,
            priority: severity.0.clone(),
            owner: row.owner.clone(),
            group: row.group.clone(),
            changed: Vec::new(),
            reopens,
        };
        if let Some(before) = before {
            for (what, differs) in [
                ("state", before.source_state != step.source_state),
                ("severity", before.priority != step.priority),
                ("owner", before.owner != step.owner),
                ("group", before.group != step.group),
            ] {
                if differs {
                    step.changed.push(what);
                }
            }
        }
        step
    }

    fn changes(&mut self, rows: &[Row]) {
        for pair in rows.windows(2) {
            self.trouble.group_changes += u64::from(pair[0].group != pair[1].group);
            self.trouble.owner_changes += u64::from(pair[0].owner != pair[1].owner);
        }
        // A group is not mapped only where units are at all: else every case is the fallback's.
        for row in rows {
            if let Some(group) = row.group.as_ref().filter(|g| !self.mapping.units.contains_key(*g)) {
                self.trouble.unmapped.push(("unit", group.clone()));
            }
        }
    }

    fn word<T: Copy>(
        &mut self,
        field: &'static str,
        value: Option<String>,
        words: &std::collections::BTreeMap<String, T>,
    ) -> Option<T> {
        let value = value?;
        let word = words.get(&value).copied();
        if word.is_none() {
            self.trouble.unmapped.push((field, value));
        }
        word
    }

    fn severity(&mut self, value: Option<&str>) -> SeverityWord {
        let word = self.word("severity", value.map(str::to_owned), &self.mapping.severities);
        word.unwrap_or(self.mapping.fallback.severity)
    }

    fn state(&mut self, value: Option<&str>) -> StateRule {
        let rule = self.word("state", value.map(str::to_owned), &self.mapping.states);
        rule.unwrap_or(self.mapping.fallback.state)
    }

    fn flag(&mut self, value: Option<&str>) -> Option<bool> {
        self.word("promise_kept", value.map(str::to_owned), &self.mapping.flags)
    }
}
