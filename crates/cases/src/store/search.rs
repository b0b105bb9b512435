//! Cases by words: an index of exact terms written beside reports and with every change, read by recency within a window.
//!
//! A term's cases stand in the order of their reports, open ones apart. A search walks the rarest term from its newest case on,
//! looks the others up, and stops at its bound: a word that every case has costs as much as a rare one.

use std::collections::{BTreeSet, HashMap, HashSet};

use customers::keys::{asked_terms, probes, terms};
use customers::search::{self, Record};
use kit::db::Dialect;
use kit::{Actor, DbError, Row, Ts, Tx, Value, Where, params};

use super::list::{CaseListView, ListQuery, listed, old_number};
use crate::case::{Case, CaseRef};
use crate::model::{CaseId, StateName};

/// How far a search reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Cases it shows, the newest.
    pub most: usize,
    /// Cases of a term that it looks at, the newest.
    pub window: usize,
    /// Whether serials and contacts are looked for too.
    pub through: bool,
    /// Whether anybody is told if there may be more.
    pub told: bool,
}

impl Bounds {
    /// A list on a screen: as far as its count goes.
    pub(crate) const LIST: Self = Self { most: 200, window: 1_000, through: true, told: true };
    /// A file: one row beyond those it holds tells that there are more.
    pub(crate) const FILE: Self =
        Self { most: identity::lists::MAX_ROWS + 1, window: 20_000, through: true, told: true };
    /// The look-up box, which asks for serials and contacts itself.
    pub(crate) const BOX: Self = Self { most: 8, window: 1_000, through: false, told: false };
}

/// A case that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Id, number, state.
    pub case: CaseRef,
    /// When its next step is due.
    pub due_at: Option<Ts>,
    /// When it was reported.
    pub reported_at: Ts,
}

/// What a search found, newest report first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Within the bounds.
    pub hits: Vec<Hit>,
    /// Whether there are more, or may be: it stopped at a bound before it had seen all.
    pub more: bool,
}

/// A serial or a contact's words that are commoner than this find the newest of those they name.
const MOST_NAMED: usize = 50;
/// Cases of a term that are counted to tell a rare one from a common one.
const COUNTED: i64 = 256;

/// The newest cases of a list that `text` finds: by words, initials, numbers, serials, contacts. At most five statements, each
/// bounded.
pub(crate) async fn found(
    tx: &mut Tx,
    actor: &Actor,
    query: &ListQuery,
    text: &str,
    bounds: Bounds,
    now: Ts,
) -> Result<Found, DbError> {
    let mut lists = asked_terms(text);
    let counts = rarest_first(tx, &mut lists).await?;
    let mut named: HashMap<Record, Vec<String>> = HashMap::new();
    let mut unnamed = false;
    if bounds.through {
        for found in search::find(tx, &[Record::Asset, Record::Contact], &probes(text)).await? {
            let of = named.entry(found.record).or_default();
            if of.len() < MOST_NAMED {
                of.push(found.id);
            } else {
                unnamed = true;
            }
        }
    }
    let asked = asked(tx.dialect(), actor, query, text, &lists, &named, bounds, now);
    let mut seen = HashSet::new();
    let mut hits = Vec::new();
    for row in &tx.rows(&asked.parts.join(" UNION ALL "), asked.seen.params()).await? {
        let hit = hit(row)?;
        if seen.insert(hit.case.id) {
            hits.push(hit);
        }
    }
    hits.sort_unstable_by_key(|hit| std::cmp::Reverse((hit.reported_at, hit.case.id)));
    let mut more = hits.len() > bounds.most || unnamed;
    if !more && bounds.told {
        // A window that ended before its term did may have ended before the cases that this reader sees.
        lists.retain(|list| list.first().and_then(|term| counts.get(term)).is_none_or(|n| *n >= COUNTED));
        if let Some(asked) = beyond(tx.dialect(), &lists, opens(query), bounds.window) {
            more = tx.row(&asked.sql, &asked.values).await?.is_some();
        }
    }
    hits.truncate(bounds.most);
    Ok(Found { hits, more })
}

// Whether open cases alone are walked, or ended ones too.
fn opens(query: &ListQuery) -> &'static [i64] {
    if query.view == Some(CaseListView::All) { &[1, 0] } else { &[1] }
}

// Asks for a case beyond the windows of these walks.
fn beyond(dialect: Dialect, lists: &[Vec<String>], opens: &[i64], window: usize) -> Option<Statement> {
    let mut values = Vec::new();
    let mut parts = Vec::new();
    for first in lists.iter().filter_map(|list| list.first()) {
        values.push(Value::from(first));
        let mark = format!("${}", values.len());
        for opens in walks(dialect, opens) {
            parts.push(format!(
                "SELECT recency FROM ({} LIMIT 1 OFFSET {window}) b{}",
                walk(&mark, opens),
                parts.len()
            ));
        }
    }
    (!parts.is_empty()).then(|| Statement { sql: format!("{} LIMIT 1", parts.join(" UNION ALL ")), values })
}

// SQLite walks open and ended cases side by side and keeps their order; PostgreSQL would sort both whole, so it walks one after the
// other.
fn walks(dialect: Dialect, opens: &[i64]) -> Vec<&[i64]> {
    match dialect {
        Dialect::Sqlite => vec![opens],
        Dialect::Postgres => opens.chunks(1).collect(),
    }
}

// The cases of a term from the newest on.
fn walk(term: &str, opens: &[i64]) -> String {
    let all: Vec<String> = opens
        .iter()
        .map(|open| format!("SELECT recency FROM case_term WHERE term = {term} AND open = {open}"))
        .collect();
    format!("{} ORDER BY recency DESC", all.join(" UNION ALL "))
}

#[allow(clippy::too_many_arguments)] // a search is told by all of it
fn asked(
    dialect: Dialect,
    actor: &Actor,
    query: &ListQuery,
    text: &str,
    lists: &[Vec<String>],
    named: &HashMap<Record, Vec<String>>,
    bounds: Bounds,
    now: Ts,
) -> Parts {
    let mut parts = Parts { seen: listed(actor, query, now), parts: Vec::new(), bounds };
    for list in lists {
        parts.words(dialect, list, opens(query));
    }
    parts.of("c.number = ?", [text.to_uppercase().into()]);
    if text.len() == 4 && text.is_ascii() {
        parts.of("c.number_tail = ?", [text.into()]);
    }
    // An imported case is found by its number in the other system too.
    parts.of(
        "c.id IN (SELECT k.record_id FROM search_key k WHERE k.kind = 'serial' AND k.term = ? AND k.record = 'case')",
        [old_number(text)],
    );
    for (record, column) in [(Record::Asset, "c.asset_id"), (Record::Contact, "c.contact_id")] {
        if let Some(ids) = named.get(&record) {
            parts.any(column, ids);
        }
    }
    parts
}

/// The statements of a search for one of `words` and for all of them, to be explained: they read no table whole.
#[must_use]
pub fn explained(dialect: Dialect, words: &[&str]) -> Vec<Statement> {
    let actor = Actor { reach: kit::Reach::Unit(String::new()), ..Actor::system("explained") };
    let views = [CaseListView::All, CaseListView::Open];
    let all: Vec<String> = words.iter().map(|term| (*term).to_owned()).collect();
    let words = [all[..1].to_vec(), all];
    let id = || vec![String::new()];
    let named = HashMap::from([(Record::Asset, id()), (Record::Contact, id())]);
    views
        .into_iter()
        .flat_map(|view| {
            let query = ListQuery { view: Some(view), ..ListQuery::default() };
            let asked = asked(dialect, &actor, &query, "0001", &words, &named, Bounds::LIST, Ts(0));
            let found =
                Statement { sql: asked.parts.join(" UNION ALL "), values: asked.seen.params().to_vec() };
            std::iter::once(found).chain(beyond(dialect, &words, opens(&query), Bounds::LIST.window))
        })
        .collect()
}

/// A statement with its values.
#[derive(Clone, Debug)]
pub struct Statement {
    /// As both databases run it.
    pub sql: String,
    /// `$1` and so on.
    pub values: Vec<Value>,
}

fn hit(row: &Row) -> Result<Hit, DbError> {
    Ok(Hit {
        case: CaseRef {
            id: row.get("id")?,
            number: row.get("number")?,
            state: row.parse::<StateName>("state")?,
        },
        due_at: row.get("next_due_at")?,
        reported_at: row.get("reported_at")?,
    })
}

// The statement in its parts; each stops by itself, and names the list's own condition again.
struct Parts {
    seen: Where,
    parts: Vec<String>,
    bounds: Bounds,
}

impl Parts {
    const COLUMNS: &str = "c.id, c.number, c.state, c.next_due_at, c.reported_at";

    fn condition(&self) -> String {
        self.seen.sql().strip_prefix("WHERE ").map(|seen| format!(" AND {seen}")).unwrap_or_default()
    }

    fn push(&mut self, part: &str) {
        self.parts.push(format!(
            "SELECT * FROM ({part} LIMIT {}) p{}",
            self.bounds.most + 1,
            self.parts.len()
        ));
    }

    // Cases with all these terms, the first of them the rarest.
    fn words(&mut self, dialect: Dialect, list: &[String], opens: &[i64]) {
        let condition = self.condition();
        let marks: Vec<String> = list.iter().map(|term| self.seen.bind(term)).collect();
        let Some((first, others)) = marks.split_first() else { return };
        // On PostgreSQL an order that is not asked for is none.
        let order = match dialect {
            Dialect::Sqlite => "",
            Dialect::Postgres => " ORDER BY t.recency DESC",
        };
        for opens in walks(dialect, opens) {
            let open = opens.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            // A value, not EXISTS: PostgreSQL would read both terms from end to end side by side.
            let others: String = others
                .iter()
                .map(|term| {
                    format!(
                        " AND (SELECT o.open FROM case_term o WHERE o.term = {term} AND o.open IN ({open}) \
                         AND o.recency = t.recency) IS NOT NULL"
                    )
                })
                .collect();
            // The term first, then its cases one by one: SQLite by CROSS JOIN; PostgreSQL would else walk all cases beside it, back
            // to the oldest that has it.
            let case = match dialect {
                Dialect::Sqlite => "service_case c WHERE c.recency = t.recency",
                Dialect::Postgres => {
                    "LATERAL (SELECT * FROM service_case s WHERE s.recency = t.recency OFFSET 0) c WHERE TRUE"
                }
            };
            self.push(&format!(
                "SELECT {} FROM ({} LIMIT {}) t CROSS JOIN {case}{others}{condition}{order}",
                Self::COLUMNS,
                walk(first, opens),
                self.bounds.window
            ));
        }
    }

    fn of(&mut self, asked: &str, values: impl IntoIterator<Item = Value>) {
        let condition = self.condition();
        let marks: Vec<String> = values.into_iter().map(|value| self.seen.bind(value)).collect();
        let mut asked = asked.to_owned();
        for mark in marks {
            asked = asked.replacen('?', &mark, 1);
        }
        self.push(&format!(
            "SELECT {} FROM service_case c WHERE {asked}{condition} ORDER BY c.reported_at DESC",
            Self::COLUMNS
        ));
    }

    // Filled up to a power of two, as `Where::any` does: few statements serve lists of every length.
    fn any(&mut self, column: &str, ids: &[String]) {
        let whole = ids.len().next_power_of_two();
        let filled = ids.iter().chain(std::iter::repeat_n(&ids[ids.len() - 1], whole - ids.len()));
        let marks = vec!["?"; whole].join(", ");
        self.of(&format!("{column} IN ({marks})"), filled.map(Value::from));
    }
}

// Each list's terms, the rarest first; counted no further than it takes to tell a rare one from a common one. Answers the counts.
async fn rarest_first(tx: &mut Tx, lists: &mut [Vec<String>]) -> Result<HashMap<String, i64>, DbError> {
    let several: BTreeSet<String> = lists.iter().filter(|list| list.len() > 1).flatten().cloned().collect();
    if several.is_empty() {
        return Ok(HashMap::new());
    }
    let counts: Vec<String> = (1..=several.len())
        .map(|n| {
            format!(
                "SELECT CAST({n} AS BIGINT) AS term_no, COUNT(*) AS cases_there FROM \
                 (SELECT 1 AS one FROM case_term WHERE term = ${n} LIMIT {COUNTED}) c{n}"
            )
        })
        .collect();
    let values: Vec<Value> = several.iter().map(Value::from).collect();
    let mut known: HashMap<String, i64> = HashMap::new();
    for row in tx.rows(&counts.join(" UNION ALL "), &values).await? {
        let at = usize::try_from(row.get::<i64>("term_no")?).unwrap_or_default();
        if let Some(term) = several.iter().nth(at.wrapping_sub(1)) {
            known.insert(term.clone(), row.get("cases_there")?);
        }
    }
    for list in lists {
        list.sort_by_key(|term| known.get(term).copied());
    }
    Ok(known)
}

/// The number that stands for a case among the cases of a term: the second of the report, then 28 bits of the id.
///
/// Two cases share one by chance only, within a second; a search then shows a stranger beside the one it found.
pub(crate) fn recency(id: CaseId, reported_at: Ts) -> i64 {
    let tail = i64::try_from(id.0.as_u128() & 0x0fff_ffff).unwrap_or_default();
    (reported_at.micros().div_euclid(Ts::SECOND) << 28) | tail
}

/// What a case's words depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Worded {
    open: bool,
    symptom: String,
    asset_id: Option<assets::AssetId>,
}

impl Worded {
    /// Of a case as it stands.
    pub(crate) fn of(case: &Case) -> Self {
        Self { open: case.state.is_open(), symptom: case.symptom.clone(), asset_id: case.asset_id }
    }
}

const SITE_NAMES: &str = "SELECT s.id, s.name AS name_1, cu.name AS name_2, NULL AS name_3 FROM site s JOIN customer cu ON cu.id = s.customer_id";
const ASSET_NAMES: &str = "SELECT a.id, p.name_zh AS name_1, p.name_en AS name_2, p.model AS name_3 FROM asset a JOIN product p ON p.id = a.product_id";

fn names_of(select: &str, column: &str, ids: &BTreeSet<String>) -> (String, Vec<Value>) {
    let mut filter = Where::new();
    filter.any(column, ids.iter().map(String::as_str));
    (format!("{select} {}", filter.sql()), filter.params().to_vec())
}

/// What is read of a case for its words.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    id: CaseId,
    reported_at: Ts,
    open: bool,
    symptom: String,
    site_id: customers::SiteId,
    asset_id: Option<assets::AssetId>,
}

impl Said {
    const COLUMNS: &str = "c.id, c.reported_at, c.state, c.symptom, c.site_id, c.asset_id, c.recency";

    /// Of a case as it stands.
    pub(crate) fn of(case: &Case) -> Self {
        Self {
            id: case.id,
            reported_at: case.reported_at,
            open: case.state.is_open(),
            symptom: case.symptom.clone(),
            site_id: case.site_id,
            asset_id: case.asset_id,
        }
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            reported_at: row.get("reported_at")?,
            open: row.parse::<StateName>("state")?.is_open(),
            symptom: row.get("symptom")?,
            site_id: row.get("site_id")?,
            asset_id: row.get("asset_id")?,
        })
    }

    fn recency(&self) -> i64 {
        recency(self.id, self.reported_at)
    }
}

/// Writes the words of new cases.
pub(crate) async fn insert_words(tx: &mut Tx, cases: &[Case]) -> Result<(), DbError> {
    let cases: Vec<Said> = cases.iter().map(Said::of).collect();
    for (case, terms) in words_of(tx, &cases).await? {
        put_terms(tx, case, &terms).await?;
        tx.put(
            "INSERT INTO case_words (case_id, open, terms) VALUES ($1, $2, $3)",
            params![case.id, i64::from(case.open), terms],
        )
        .await?;
    }
    Ok(())
}

/// Writes the words of cases that have some already, or none yet.
pub(crate) async fn read_again(tx: &mut Tx, cases: &[Said]) -> Result<(), DbError> {
    if cases.is_empty() {
        return Ok(());
    }
    let mut filter = Where::new();
    filter.any("case_id", cases.iter().map(|case| case.id));
    let mut before = HashMap::new();
    let sql = format!("SELECT case_id, open, terms FROM case_words {}", filter.sql());
    for row in tx.rows(&sql, filter.params()).await? {
        let stood: (i64, String) = (row.get("open")?, row.get("terms")?);
        before.insert(row.get::<CaseId>("case_id")?, stood);
    }
    for (case, terms) in words_of(tx, cases).await? {
        let open = i64::from(case.open);
        let stood = before.get(&case.id);
        if stood.is_some_and(|(was_open, were)| *was_open == open && *were == terms) {
            continue;
        }
        if let Some((was_open, were)) = stood {
            let sql = format!(
                "DELETE FROM case_term WHERE open = $1 AND recency = $2 AND term IN (SELECT value FROM {})",
                each(tx, "$3")
            );
            tx.put(&sql, params![*was_open, case.recency(), were]).await?;
        }
        put_terms(tx, case, &terms).await?;
        tx.put(
            "INSERT INTO case_words (case_id, open, terms) VALUES ($1, $2, $3) \
             ON CONFLICT (case_id) DO UPDATE SET open = excluded.open, terms = excluded.terms",
            params![case.id, open, terms],
        )
        .await?;
    }
    Ok(())
}

async fn put_terms(tx: &mut Tx, case: &Said, terms: &str) -> Result<(), DbError> {
    // WHERE: without it SQLite reads ON as the beginning of a join's condition.
    let sql = format!(
        "INSERT INTO case_term (term, open, recency) SELECT value, CAST($1 AS BIGINT), CAST($2 AS BIGINT) FROM {} \
         WHERE true ON CONFLICT (term, open, recency) DO NOTHING",
        each(tx, "$3")
    );
    tx.put(&sql, params![i64::from(case.open), case.recency(), terms]).await
}

// The texts of a JSON array, one a row.
fn each(tx: &Tx, array: &str) -> String {
    match tx.dialect() {
        Dialect::Sqlite => format!("json_each({array})"),
        Dialect::Postgres => format!("json_array_elements_text(CAST(CAST({array} AS TEXT) AS JSON))"),
    }
}

// The terms of these cases as JSON: what was said, and the names of site, customer and product.
async fn words_of<'c>(tx: &mut Tx, cases: &'c [Said]) -> Result<Vec<(&'c Said, String)>, DbError> {
    let sites: BTreeSet<String> = cases.iter().map(|case| case.site_id.to_string()).collect();
    let devices: BTreeSet<String> =
        cases.iter().filter_map(|case| Some(case.asset_id?.to_string())).collect();
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for (select, column, ids) in [(SITE_NAMES, "s.id", sites), (ASSET_NAMES, "a.id", devices)] {
        if ids.is_empty() {
            continue;
        }
        let (sql, values) = names_of(select, column, &ids);
        for row in tx.rows(&sql, &values).await? {
            let mut all = Vec::new();
            for column in ["name_1", "name_2", "name_3"] {
                all.extend(row.get::<Option<String>>(column)?);
            }
            names.insert(row.get("id")?, all);
        }
    }
    let mut all = Vec::with_capacity(cases.len());
    for case in cases {
        let asset = case.asset_id.map(|id| id.to_string()).unwrap_or_default();
        let named: Vec<&str> = [&case.site_id.to_string(), &asset]
            .into_iter()
            .filter_map(|id| names.get(id))
            .flatten()
            .map(String::as_str)
            .collect();
        let terms = serde_json::to_string(&terms(&[&case.symptom], &named))
            .map_err(|_| DbError::Column { name: "terms".to_owned() })?;
        all.push((case, terms));
    }
    Ok(all)
}

/// Which cases are to be read again because something was renamed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Renamed {
    /// A site.
    Site,
    /// A customer.
    Customer,
    /// A product.
    Product,
    /// A device: it may be another product now.
    Asset,
}

/// Puts the cases of what was renamed on the list of those to be read again.
pub(crate) async fn renamed(tx: &mut Tx, what: Renamed, id: &str) -> Result<(), DbError> {
    let of = match what {
        Renamed::Site => "site_id = $1",
        Renamed::Customer => "customer_id = $1",
        Renamed::Asset => "asset_id = $1",
        Renamed::Product => "asset_id IN (SELECT id FROM asset WHERE product_id = $1)",
    };
    let sql = format!(
        "INSERT INTO case_unread (case_id) SELECT id FROM service_case WHERE {of} ON CONFLICT (case_id) DO NOTHING"
    );
    tx.execute(&sql, params![id]).await.map(drop)
}

/// Puts a case on the list of those to be read.
pub(crate) async fn unread(tx: &mut Tx, case: CaseId) -> Result<(), DbError> {
    tx.put("INSERT INTO case_unread (case_id) VALUES ($1)", params![case]).await
}

// What another transaction is reading at this moment is its own: two that waited for each other's rows and for the job that reads
// the rest would wait until the database broke one of them off.
fn not_others(tx: &Tx) -> &'static str {
    match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => "FOR UPDATE SKIP LOCKED",
    }
}

/// Whether any case is to be read again that nobody is reading now.
pub(crate) async fn any_unread(tx: &mut Tx) -> Result<bool, DbError> {
    let sql = format!("SELECT case_id FROM case_unread LIMIT 1 {}", not_others(tx));
    Ok(tx.row(&sql, &[]).await?.is_some())
}

/// Cases that are to be read again, locked, at most `limit`; they leave that list.
pub(crate) async fn take_unread(tx: &mut Tx, limit: usize) -> Result<Vec<Said>, DbError> {
    let sql = format!(
        "DELETE FROM case_unread WHERE case_id IN \
         (SELECT case_id FROM case_unread ORDER BY case_id DESC LIMIT $1 {}) RETURNING case_id",
        not_others(tx)
    );
    let taken = tx.rows(&sql, params![limit]).await?;
    let ids = taken.iter().map(|row| row.get("case_id")).collect::<Result<Vec<CaseId>, _>>()?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Where::new();
    filter.any("c.id", ids);
    let lock = if tx.dialect() == Dialect::Postgres { "ORDER BY c.id FOR UPDATE OF c" } else { "" };
    let sql = format!("SELECT {} FROM service_case c {} {lock}", Said::COLUMNS, filter.sql());
    let mut all = Vec::new();
    for row in &tx.rows(&sql, filter.params()).await? {
        let said = Said::read(row)?;
        // Cases of before the schema step that brought words have no place in their order yet.
        if row.get::<Option<i64>>("recency")?.is_none() {
            tx.put("UPDATE service_case SET recency = $1 WHERE id = $2", params![said.recency(), said.id])
                .await?;
        }
        all.push(said);
    }
    Ok(all)
}
