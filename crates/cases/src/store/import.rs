//! Cases of another system: looked up by their keys there, counted, and the people who had them.

use std::collections::{BTreeMap, HashMap, HashSet};

use kit::{DbError, Ts, Tx, Value, Where};

use crate::model::CaseId;

/// How many keys one question names.
const AT_ONCE: usize = 500;

/// The cases that carry these keys.
pub(crate) async fn known(tx: &mut Tx, keys: &[&str]) -> Result<HashMap<String, CaseId>, DbError> {
    let mut found = HashMap::new();
    for part in keys.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("imported_from", part.iter().copied());
        let sql = format!("SELECT id, imported_from FROM service_case {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.insert(row.get("imported_from")?, row.get("id")?);
        }
    }
    Ok(found)
}

/// Those of these command ids that have an event.
pub(crate) async fn told(tx: &mut Tx, ids: &[String]) -> Result<HashSet<String>, DbError> {
    let mut found = HashSet::new();
    for part in ids.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("command_id", part.iter());
        let sql = format!("SELECT command_id FROM event {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.insert(row.get("command_id")?);
        }
    }
    Ok(found)
}

/// Names of another system's people that are known, by name.
pub(crate) async fn people(
    tx: &mut Tx,
    source: &str,
    names: &[&str],
) -> Result<HashMap<String, String>, DbError> {
    let mut found = HashMap::new();
    for part in names.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.and("source = ?", [source.into()]);
        filter.any("name", part.iter().copied());
        let sql = format!("SELECT id, name FROM imported_person {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.insert(row.get("name")?, row.get("id")?);
        }
    }
    Ok(found)
}

pub(crate) async fn insert_people(
    tx: &mut Tx,
    source: &str,
    people: &[(String, String)],
    now: Ts,
) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> =
        people.iter().map(|(id, name)| vec![id.into(), source.into(), name.into(), now.into()]).collect();
    tx.insert_many("imported_person", &["id", "source", "name", "since"], &rows).await
}

/// Lets cases be found by their numbers in the other system.
pub(crate) async fn insert_old_numbers(tx: &mut Tx, numbers: &[(CaseId, String)]) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = numbers
        .iter()
        .map(|(id, term)| vec!["serial".into(), term.into(), "case".into(), (*id).into()])
        .collect();
    tx.insert_many("search_key", &["kind", "term", "record", "record_id"], &rows).await
}

/// What stands in the database about these cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedCounts {
    /// Cases.
    pub cases: u64,
    /// Cases by state.
    pub by_state: BTreeMap<String, u64>,
    /// Steps on their timelines that an import brought.
    pub steps: u64,
    /// Sum of their reopenings.
    pub reopened: u64,
    /// Sum of their hand-overs.
    pub hand_overs: u64,
    /// Clocks by promise and outcome, e.g. `restore.met`; `open` where one hasn't ended.
    pub clocks: BTreeMap<String, u64>,
    /// Whose they are.
    pub customers: HashSet<String>,
    /// Where they are.
    pub sites: HashSet<String>,
}

/// Counts anew what is stored about these cases, adding to `counts`.
pub(crate) async fn count(
    tx: &mut Tx,
    ids: &[CaseId],
    step_kind: &str,
    counts: &mut ImportedCounts,
) -> Result<(), DbError> {
    let number = |n: i64| u64::try_from(n).unwrap_or_default();
    for part in ids.chunks(AT_ONCE) {
        let mut filter = Where::new();
        filter.any("id", part.iter().copied());
        let sql = format!(
            "SELECT state, reopened, hand_overs, customer_id, site_id FROM service_case {}",
            filter.sql()
        );
        for row in tx.rows(&sql, filter.params()).await? {
            counts.cases += 1;
            *counts.by_state.entry(row.get("state")?).or_default() += 1;
            counts.reopened += number(row.get("reopened")?);
            counts.hand_overs += number(row.get("hand_overs")?);
            counts.customers.insert(row.get("customer_id")?);
            counts.sites.insert(row.get("site_id")?);
        }
        let mut filter = Where::new();
        filter.any("thread_id", part.iter().copied());
        filter.and("kind = ?", [step_kind.into()]);
        let sql = format!("SELECT COUNT(*) FROM event {}", filter.sql());
        counts.steps += number(tx.int(&sql, filter.params()).await?);
        let mut filter = Where::new();
        filter.and("subject_type = 'case'", []);
        filter.any("subject_id", part.iter().copied());
        let sql = format!(
            "SELECT promise, COALESCE(outcome, 'open') AS outcome, COUNT(*) AS n FROM clock {} \
             GROUP BY promise, COALESCE(outcome, 'open')",
            filter.sql()
        );
        for row in tx.rows(&sql, filter.params()).await? {
            let name = format!("{}.{}", row.get::<String>("promise")?, row.get::<String>("outcome")?);
            *counts.clocks.entry(name).or_default() += number(row.get("n")?);
        }
    }
    Ok(())
}
