//! Search keys: a record's keys are replaced in the transaction of its change, and asked for by equality or prefix.

use std::collections::HashMap;

use kit::{DbError, Tx, Value, params};

use super::after_prefix;
use crate::keys::{Exactness, Key, Probe, enough_grams};

/// Which table a key points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Record {
    /// A customer.
    Customer,
    /// A site.
    Site,
    /// A contact.
    Contact,
    /// An asset.
    Asset,
    /// A case, by its number in the system it was imported from.
    Case,
}

impl Record {
    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Site => "site",
            Self::Contact => "contact",
            Self::Asset => "asset",
            Self::Case => "case",
        }
    }
}

/// A record that a text found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which table.
    pub record: Record,
    /// Its id.
    pub id: String,
    /// How well, over all keys that matched.
    pub exactness: Exactness,
}

/// Rows that one probe may bring: beyond that a caller says more.
const MOST_ROWS: usize = 200;

/// The columns of a key.
pub(crate) const COLUMNS: [&str; 4] = ["kind", "term", "record", "record_id"];

/// Sets the keys of a record; those it had before are gone.
///
/// # Errors
/// As the database says.
pub async fn set_keys(
    tx: &mut Tx,
    record: Record,
    id: &str,
    keys: &[Key],
    fresh: bool,
) -> Result<(), DbError> {
    if !fresh {
        tx.execute("DELETE FROM search_key WHERE record = $1 AND record_id = $2", params![record.name(), id])
            .await?;
    }
    let mut keys: Vec<&Key> = keys.iter().collect();
    keys.sort_unstable();
    keys.dedup();
    let rows: Vec<Vec<Value>> = keys
        .into_iter()
        .map(|(kind, term)| vec![kind.name().into(), term.into(), record.name().into(), id.into()])
        .collect();
    tx.insert_many("search_key", &COLUMNS, &rows).await
}

/// The records of these tables that any probe finds, best first; one query.
///
/// # Errors
/// As the database says.
pub async fn find(tx: &mut Tx, records: &[Record], probes: &[Probe]) -> Result<Vec<Found>, DbError> {
    if probes.is_empty() || records.is_empty() {
        return Ok(Vec::new());
    }
    let mut params: Vec<Value> = Vec::new();
    let mut parts = Vec::new();
    let tables = records.iter().map(|r| format!("'{}'", r.name())).collect::<Vec<_>>().join(", ");
    for (n, probe) in probes.iter().enumerate() {
        let mut bind = |value: Value| {
            params.push(value);
            format!("${}", params.len())
        };
        // Each part reads a range of the primary key and stops at its limit.
        let part = match probe {
            Probe::Exact(kind, term) => format!(
                "SELECT record, record_id, CAST(1 AS BIGINT) AS hits FROM search_key \
                 WHERE kind = '{}' AND term = {} AND record IN ({tables}) LIMIT {MOST_ROWS}",
                kind.name(),
                bind(term.into())
            ),
            Probe::Prefix(kind, term) => format!(
                "SELECT record, record_id, CAST(CASE WHEN term = {} THEN 1 ELSE 0 END AS BIGINT) AS hits FROM search_key \
                 WHERE kind = '{}' AND term >= {} AND term < {} AND record IN ({tables}) ORDER BY term LIMIT {MOST_ROWS}",
                bind(term.into()),
                kind.name(),
                bind(term.into()),
                bind(after_prefix(term).into())
            ),
            Probe::Grams(pairs) => {
                let marks = pairs.iter().map(|p| bind(p.into())).collect::<Vec<_>>().join(", ");
                format!(
                    "SELECT record, record_id, CAST(COUNT(*) AS BIGINT) AS hits FROM search_key \
                     WHERE kind = 'gram' AND term IN ({marks}) AND record IN ({tables}) \
                     GROUP BY record, record_id HAVING COUNT(*) >= {} ORDER BY 3 DESC LIMIT {MOST_ROWS}",
                    enough_grams(pairs.len())
                )
            }
        };
        parts
            .push(format!("SELECT CAST({n} AS BIGINT) AS probe, record, record_id, hits FROM ({part}) p{n}"));
    }
    let mut best: HashMap<(Record, String), Exactness> = HashMap::new();
    for row in tx.rows(&parts.join(" UNION ALL "), &params).await? {
        let probe = usize::try_from(row.get::<i64>("probe")?).ok().and_then(|n| probes.get(n));
        let name: String = row.get("record")?;
        let record = records.iter().find(|r| r.name() == name);
        let (Some(probe), Some(record)) = (probe, record) else { continue };
        let exactness = probe.exactness(row.get("hits")?);
        let entry = best.entry((*record, row.get("record_id")?)).or_insert(exactness);
        *entry = (*entry).max(exactness);
    }
    let mut found: Vec<Found> =
        best.into_iter().map(|((record, id), exactness)| Found { record, id, exactness }).collect();
    found.sort_unstable_by(|a, b| {
        b.exactness.cmp(&a.exactness).then_with(|| (a.record, &a.id).cmp(&(b.record, &b.id)))
    });
    Ok(found)
}
