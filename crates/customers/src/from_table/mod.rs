//! Customers, sites and contacts from a table: planned with set-based look-ups, then stored in few statements.
//!
//! A row is known again by the other system's number: a second run changes what differs and leaves the rest. An empty cell, or a column
//! that isn't there, leaves what stands. Planning writes nothing; what a plan found wrong is a [`Fault`] with its row.

mod contacts;
mod customers;
mod places;
mod sites;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kit::{Cx, Failure, Lang, Reach, Refusal, Tx};
use organisation::UnitId;
use tables::{Fault, Field, FieldKind, Record};

pub use contacts::{ContactPlan, plan_contacts, store_contacts};
pub use customers::{CustomerPlan, plan_customers, store_customers};
pub use places::{Places, SitePlace};
pub use sites::{SitePlan, plan_sites, store_sites};

/// How many keys one question names.
pub const AT_ONCE: usize = 500;
/// Faults that are kept; beyond them bad rows are only counted.
const MOST_FAULTS: usize = 10_000;
/// Characters of another system's number.
const LONGEST_REF: usize = 100;

/// Fields of a table of customers.
pub const CUSTOMER: &[Field] = &[
    Field::new("external_ref", FieldKind::Code).required(),
    Field::new("name", FieldKind::Text).required(),
    Field::new("vip_level", FieldKind::Text),
    Field::new("billing_party", FieldKind::Text),
    Field::new("unit", FieldKind::Text),
];

/// Fields of a table of sites.
pub const SITE: &[Field] = &[
    Field::new("external_ref", FieldKind::Code).required(),
    Field::new("customer", FieldKind::Code).required(),
    Field::new("name", FieldKind::Text).required(),
    Field::new("address", FieldKind::Text),
    Field::new("division_code", FieldKind::Code),
    Field::new("unit", FieldKind::Text),
    Field::new("lon", FieldKind::Number),
    Field::new("lat", FieldKind::Number),
    Field::new("access_note", FieldKind::Text),
    Field::new("zone", FieldKind::Text),
];

/// Fields of a table of contacts.
pub const CONTACT: &[Field] = &[
    Field::new("external_ref", FieldKind::Code).required(),
    Field::new("customer", FieldKind::Code),
    Field::new("site", FieldKind::Code),
    Field::new("name", FieldKind::Text),
    Field::new("role", FieldKind::Text),
    Field::new("phone", FieldKind::Code),
    Field::new("email", FieldKind::Text),
    Field::new("lang", FieldKind::Text),
];

/// On whose behalf a table is brought in.
#[derive(Clone, Debug)]
pub struct Bringer {
    /// What may be named and changed.
    pub reach: Reach,
    /// Where customers go whose row names no unit.
    pub unit_id: Option<UnitId>,
    /// The name of the other system: numbers of two systems don't meet.
    pub source: String,
    /// Whether rows that are looked up are about to be changed in the same transaction.
    pub locks: bool,
    /// How many rows were planned, and then stored.
    pub done: Arc<AtomicU64>,
}

impl Bringer {
    /// The key of another system's number, as it is stored.
    #[must_use]
    pub fn key(&self, reference: &str) -> String {
        format!("{}:{reference}", self.source)
    }

    /// So many rows more were looked at.
    pub fn step(&self, rows: u64) {
        self.done.fetch_add(rows, Ordering::Relaxed);
    }

    /// So many rows were planned and stored.
    pub fn reached(&self, rows: usize) {
        self.done.store(rows as u64, Ordering::Relaxed);
    }
}

/// What planning found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// What is wrong, at most 10,000 entries.
    pub faults: Vec<Fault>,
    bad: HashSet<u32>,
}

impl Findings {
    /// Something is wrong with a row.
    pub fn add(&mut self, fault: Fault) {
        self.bad.insert(fault.row);
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }

    /// Something that a domain refuses is wrong with a row.
    pub fn refused(&mut self, row: u32, field: &str, value: &str, refusal: impl Into<Refusal>) {
        let refusal: Refusal = refusal.into();
        let fault = Fault::new(row, field, value, refusal.code);
        self.add(refusal.values.iter().fold(fault, |fault, (name, value)| fault.value(name, value)));
    }

    /// Whether something is wrong with this row.
    #[must_use]
    pub fn is_bad(&self, row: u32) -> bool {
        self.bad.contains(&row)
    }

    /// How many rows something is wrong with.
    #[must_use]
    pub fn bad(&self) -> u64 {
        self.bad.len() as u64
    }
}

/// How the rows of a table stand to what is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PlanCounts {
    /// Not here yet.
    pub new: u64,
    /// Here, and different.
    pub changed: u64,
    /// Here, and the same.
    pub same: u64,
}

/// The other system's numbers of a table: names those that stand in it twice or are too long.
#[must_use]
pub fn references<'r>(
    records: &'r [Record],
    bringer: &Bringer,
    findings: &mut Findings,
) -> HashMap<String, &'r Record> {
    let mut seen: HashMap<String, &Record> = HashMap::with_capacity(records.len());
    for record in records {
        let reference = record.text("external_ref");
        if reference.chars().count() > LONGEST_REF {
            let fault = Fault::new(record.row, "external_ref", reference, "cell_too_long");
            findings.add(fault.value("max", LONGEST_REF));
            continue;
        }
        if let Some(first) = seen.get(&bringer.key(reference)) {
            let fault = Fault::new(record.row, "external_ref", reference, "ref_twice");
            findings.add(fault.value("first", first.row));
            continue;
        }
        seen.insert(bringer.key(reference), record);
    }
    seen
}

/// One of the words that the catalogue knows for something (`tables.word.yes`: `yes|y|1`), in either language.
#[must_use]
pub fn is_word(key: &str, word: &str) -> bool {
    let folded = tables::fold_heading(word);
    Lang::ALL.iter().any(|lang| {
        kit::texts::text(*lang, key, &[])
            .is_some_and(|words| words.split('|').any(|w| tables::fold_heading(w) == folded))
    })
}

/// Yes or no.
#[must_use]
pub fn truth(word: &str) -> Option<bool> {
    [(true, "tables.word.yes"), (false, "tables.word.no")]
        .into_iter()
        .find(|(_, key)| is_word(key, word))
        .map(|(truth, _)| truth)
}

/// The company's open units that a table may name, by name or id.
pub(crate) struct UnitNames {
    by_name: HashMap<String, UnitId>,
    within: Option<HashSet<UnitId>>,
}

impl UnitNames {
    pub(crate) async fn read(tx: &mut Tx, reach: &Reach) -> Result<Self, Failure> {
        let mut by_name = HashMap::new();
        for unit in organisation::units(tx).await?.into_iter().filter(|u| u.active) {
            by_name.insert(unit.id.to_string(), unit.id);
            for name in [&unit.name.zh_cn, &unit.name.en] {
                if !name.is_empty() {
                    by_name.insert(tables::fold_heading(name), unit.id);
                }
            }
        }
        let within = crate::store::tables::units_within(tx, reach).await?;
        Ok(Self { by_name, within })
    }

    pub(crate) fn find(&self, name: &str) -> Option<UnitId> {
        let found = self.by_name.get(name).or_else(|| self.by_name.get(&tables::fold_heading(name)));
        found.copied().filter(|unit| self.within(*unit))
    }

    pub(crate) fn within(&self, unit: UnitId) -> bool {
        self.within.as_ref().is_none_or(|all| all.contains(&unit))
    }
}

// Events of a table have command ids of their own: each is the first step of one.
fn event_id(cx: &Cx) -> kit::uuid::Uuid {
    cx.app.ids.next(cx.now)
}
