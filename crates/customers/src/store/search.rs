//! Search keys: a record's keys are replaced in the transaction of its change, and asked for by equality or prefix.

use std::collections::HashMap;

use kit::{DbError, Tx, Value, Where, params};

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

/// Keys of one pair that are tried for records that have only some of the pairs.
const MOST_TRIED: usize = 1000;

/// The columns of a key.
pub(crate) const COLUMNS: [&str; 4] = ["kind", "term", "record", "record_id"];

/// Sets the keys of a record; those it had before are gone, but for codes of labels ([`set_code`]).
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
        let sql = "DELETE FROM search_key WHERE record = $1 AND record_id = $2 AND kind <> 'code'";
        tx.execute(sql, params![record.name(), id]).await?;
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

/// Sets the code by which a record's label is found, or none any more.
///
/// # Errors
/// As the database says.
pub async fn set_code(tx: &mut Tx, record: Record, id: &str, code: Option<&str>) -> Result<(), DbError> {
    let sql = "DELETE FROM search_key WHERE record = $1 AND record_id = $2 AND kind = 'code'";
    tx.execute(sql, params![record.name(), id]).await?;
    let Some(code) = code else { return Ok(()) };
    let (kind, term) = crate::keys::code_key(code);
    let row: Vec<Value> = vec![kind.name().into(), term.into(), record.name().into(), id.into()];
    tx.insert_many("search_key", &COLUMNS, &[row]).await
}

/// Which records a search may find: a condition on rows that stand for them.
///
/// Narrowing the search itself, not what it brought: else what matches elsewhere takes the places of what matches here.
#[derive(Clone, Debug)]
pub struct Within<'w> {
    /// For each table: rows that stand for its records, and their column with the record's id (`"customer c"`, `"c.id"`).
    pub places: Vec<(Record, String, &'static str)>,
    /// The condition on those rows.
    pub seen: &'w Where,
}

impl<'w> Within<'w> {
    /// Records of one table, narrowed by a condition on it.
    #[must_use]
    pub fn one(record: Record, from: &str, id: &'static str, seen: &'w Where) -> Self {
        Self { places: vec![(record, from.to_owned(), id)], seen }
    }

    // A condition on `k`, the key.
    fn condition(&self, record: Record) -> String {
        let seen = self.seen.sql();
        let Some(seen) = seen.strip_prefix("WHERE ") else { return String::new() };
        match self.places.iter().find(|(of, ..)| *of == record) {
            Some((_, from, id)) => {
                format!(" AND EXISTS (SELECT 1 FROM {from} WHERE {id} = k.record_id AND {seen})")
            }
            None => String::new(),
        }
    }
}

/// The records of these tables that any probe finds, best first, among equals the newest; at most two statements.
///
/// # Errors
/// As the database says.
pub async fn find(tx: &mut Tx, records: &[Record], probes: &[Probe]) -> Result<Vec<Found>, DbError> {
    find_within(tx, records, probes, &Within { places: Vec::new(), seen: &Where::new() }).await
}

/// As [`find`], and only what `within` lets through.
///
/// # Errors
/// As the database says.
pub async fn find_within(
    tx: &mut Tx,
    records: &[Record],
    probes: &[Probe],
    within: &Within<'_>,
) -> Result<Vec<Found>, DbError> {
    if probes.is_empty() || records.is_empty() {
        return Ok(Vec::new());
    }
    let rarest = rarest_first(tx, probes).await?;
    // The condition's own values come first: every part names them again.
    let mut params = within.seen.params().to_vec();
    let mut parts = Vec::new();
    for (n, probe) in probes.iter().enumerate() {
        let mut bind = |value: &str| {
            params.push(Value::from(value));
            format!("${}", params.len())
        };
        let terms: Vec<String> = match probe {
            Probe::Exact(_, term) => vec![bind(term)],
            Probe::Prefix(_, term) => vec![bind(term), bind(&after_prefix(term))],
            Probe::Grams(pairs) => {
                let sorted = if rarest.len() == pairs.len() { &rarest } else { pairs };
                sorted.iter().map(|pair| bind(pair)).collect()
            }
        };
        for record in records {
            for part in parts_of(probe, *record, &terms, &within.condition(*record)) {
                let name = record.name();
                parts.push(format!(
                    "SELECT CAST({n} AS BIGINT) AS probe, '{name}' AS record, record_id, hits FROM ({part}) p{}",
                    parts.len()
                ));
            }
        }
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
    // Ids rise with time.
    found.sort_unstable_by(|a, b| {
        b.exactness.cmp(&a.exactness).then_with(|| (a.record, &b.id).cmp(&(b.record, &a.id)))
    });
    Ok(found)
}

// What one probe reads of one table: each part reads a range of the primary key and stops at its limit, so that a word that
// everything has costs no more than a rare one.
fn parts_of(probe: &Probe, record: Record, terms: &[String], within: &str) -> Vec<String> {
    let name = record.name();
    let newest = format!("ORDER BY k.record_id DESC LIMIT {MOST_ROWS}");
    let gram = |term: &str| format!("k.kind = 'gram' AND k.term = {term} AND k.record = '{name}'{within}");
    match (probe, terms) {
        (Probe::Exact(kind, _), [term]) => vec![format!(
            "SELECT k.record_id, CAST(1 AS BIGINT) AS hits FROM search_key k \
             WHERE k.kind = '{}' AND k.term = {term} AND k.record = '{name}'{within} {newest}",
            kind.name()
        )],
        (Probe::Prefix(kind, _), [term, end]) => vec![format!(
            "SELECT k.record_id, CAST(CASE WHEN k.term = {term} THEN 1 ELSE 0 END AS BIGINT) AS hits FROM search_key k \
             WHERE k.kind = '{}' AND k.term >= {term} AND k.term < {end} AND k.record = '{name}'{within} \
             ORDER BY k.term LIMIT {MOST_ROWS}",
            kind.name()
        )],
        (Probe::Grams(_), [rarest, others @ ..]) => {
            // Those that have every pair: read by the rarest, the others are looked up.
            let all: String = others
                .iter()
                .map(|other| {
                    format!(
                        " AND EXISTS (SELECT 1 FROM search_key o WHERE o.kind = 'gram' AND o.term = {other} \
                         AND o.record = k.record AND o.record_id = k.record_id)"
                    )
                })
                .collect();
            let mut parts = vec![format!(
                "SELECT k.record_id, CAST({} AS BIGINT) AS hits FROM search_key k WHERE {}{all} {newest}",
                terms.len(),
                gram(rarest)
            )];
            let enough = enough_grams(terms.len());
            if enough < terms.len() {
                // Those that lack some have at least one of the rarest, as many as may be lacking and one more.
                let some: Vec<String> = terms[..=terms.len() - enough]
                    .iter()
                    .enumerate()
                    .map(|(n, term)| {
                        format!(
                            "SELECT record_id FROM (SELECT k.record_id FROM search_key k WHERE {} \
                             ORDER BY k.record_id DESC LIMIT {MOST_TRIED}) t{n}",
                            gram(term)
                        )
                    })
                    .collect();
                parts.push(format!(
                    "SELECT record_id, hits FROM (SELECT c.record_id, (SELECT CAST(COUNT(*) AS BIGINT) FROM search_key g \
                     WHERE g.kind = 'gram' AND g.term IN ({1}) AND g.record = '{name}' AND g.record_id = c.record_id) AS hits \
                     FROM ({0}) c) h WHERE hits >= {enough} ORDER BY hits DESC LIMIT {MOST_ROWS}",
                    some.join(" UNION "),
                    terms.join(", ")
                ));
            }
            parts
        }
        _ => Vec::new(),
    }
}

// The pairs of the text, the rarest first; counted no further than it takes to tell a rare one from a common one.
async fn rarest_first(tx: &mut Tx, probes: &[Probe]) -> Result<Vec<String>, DbError> {
    let pairs = probes.iter().find_map(|probe| match probe {
        Probe::Grams(pairs) if pairs.len() > 1 => Some(pairs),
        _ => None,
    });
    let Some(pairs) = pairs else { return Ok(Vec::new()) };
    let counts: Vec<String> = (1..=pairs.len())
        .map(|n| {
            format!(
                "SELECT CAST({n} AS BIGINT) AS pair, COUNT(*) AS rows_there FROM (SELECT 1 AS one FROM search_key \
                 WHERE kind = 'gram' AND term = ${n} LIMIT {MOST_TRIED}) c{n}"
            )
        })
        .collect();
    let values: Vec<Value> = pairs.iter().map(Value::from).collect();
    let mut known = Vec::new();
    for row in tx.rows(&counts.join(" UNION ALL "), &values).await? {
        let pair = usize::try_from(row.get::<i64>("pair")?).ok().and_then(|n| pairs.get(n.wrapping_sub(1)));
        known.extend(
            pair.map(|pair| Ok::<_, DbError>((row.get::<i64>("rows_there")?, pair.clone()))).transpose()?,
        );
    }
    known.sort_unstable();
    Ok(known.into_iter().map(|(_, pair)| pair).collect())
}
