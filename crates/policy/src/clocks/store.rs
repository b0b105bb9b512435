//! The only place that reads or writes clocks.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use kit::db::Dialect;
use kit::{Cx, DbError, Row, Ts, Tx, Value, Where, params};
use service_calendar::{ClockEvent, ClockEventKind, ClockTermsSpec};

use super::course;
use super::model::ClockId;
use crate::model::{Promise, Severity};

/// The terms that hold from an event on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldTerms {
    pub terms: ClockTermsSpec,
    pub severity: Severity,
    pub policy_version: i64,
}

/// An event of a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredEvent {
    pub step: i64,
    pub event: ClockEvent,
    pub held: Option<HeldTerms>,
}

/// A clock with its events in order of storage.
#[derive(Clone, Debug)]
pub(crate) struct StoredClock {
    pub id: ClockId,
    pub subject_type: String,
    pub subject_id: String,
    pub thread_id: String,
    pub unit_id: Option<String>,
    pub division_code: Option<String>,
    pub customer_id: Option<String>,
    pub promise: Promise,
    pub started_at: Ts,
    pub stopped_at: Option<Ts>,
    pub due_at: Option<Ts>,
    pub outcome: Option<String>,
    pub provisional: bool,
    /// History of another desk: nothing is announced.
    pub quiet: bool,
    /// What lists read of its events; none on a clock from before there was such a thing.
    pub course: Option<String>,
    pub events: Vec<StoredEvent>,
}

/// What lists read instead of the events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cached {
    pub due_at: Option<Ts>,
    pub stopped_at: Option<Ts>,
    pub outcome: Option<&'static str>,
    pub provisional: bool,
    /// The events in one piece.
    pub course: String,
}

const CLOCK: &str = "c.id, c.subject_type, c.subject_id, c.thread_id, c.unit_id, c.division_code, c.customer_id, c.promise, \
                     c.started_at, c.stopped_at, c.due_at, c.outcome, c.provisional, c.quiet, c.course, \
                     e.step, e.at, e.kind, e.terms, e.severity, e.policy_version";

/// What shows how a clock stands: its events, and whose it is.
const SHOWN: &str = "c.id, c.subject_id, c.promise, c.started_at, e.step, e.at, e.kind, e.terms, e.severity, e.policy_version";

/// A clock as far as its standing shows.
pub(crate) struct ShownClock {
    pub id: ClockId,
    pub subject_id: String,
    pub promise: Promise,
    pub started_at: Ts,
    pub events: Vec<StoredEvent>,
}

fn event(row: &Row) -> Result<StoredEvent, DbError> {
    let kind: ClockEventKind = row.json("kind")?;
    let at: Ts = row.get("at")?;
    let held = if row.is_null("terms")? {
        None
    } else {
        Some(HeldTerms {
            terms: row.json("terms")?,
            severity: row.parse("severity")?,
            policy_version: row.get("policy_version")?,
        })
    };
    Ok(StoredEvent { step: row.get("step")?, event: ClockEvent { at: at.timestamp(), kind }, held })
}

// Put in order here: the rows are many and wide, and a database would carry all of them through its sorter.
async fn read<C>(
    tx: &mut Tx,
    columns: &str,
    filter: &Where,
    new: fn(&Row) -> Result<C, DbError>,
    events: fn(&mut C) -> &mut Vec<StoredEvent>,
) -> Result<Vec<C>, DbError> {
    let sql =
        format!("SELECT {columns} FROM clock c JOIN clock_event e ON e.clock_id = c.id {}", filter.sql());
    let mut clocks: BTreeMap<(Ts, ClockId), C> = BTreeMap::new();
    for row in tx.rows(&sql, filter.params()).await? {
        let key: (Ts, ClockId) = (row.get("started_at")?, row.get("id")?);
        let event = event(&row)?;
        let clock = match clocks.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(clock) => clock.insert(new(&row)?),
        };
        events(clock).push(event);
    }
    let mut clocks: Vec<C> = clocks.into_values().collect();
    for clock in &mut clocks {
        events(clock).sort_unstable_by_key(|e| e.step);
    }
    Ok(clocks)
}

async fn whole(tx: &mut Tx, filter: &Where) -> Result<Vec<StoredClock>, DbError> {
    read(tx, CLOCK, filter, clock_row, |clock| &mut clock.events).await
}

fn shown_row(row: &Row) -> Result<ShownClock, DbError> {
    Ok(ShownClock {
        id: row.get("id")?,
        subject_id: row.get("subject_id")?,
        promise: row.parse("promise")?,
        started_at: row.get("started_at")?,
        events: Vec::new(),
    })
}

fn clock_row(row: &Row) -> Result<StoredClock, DbError> {
    Ok(StoredClock {
        id: row.get("id")?,
        subject_type: row.get("subject_type")?,
        subject_id: row.get("subject_id")?,
        thread_id: row.get("thread_id")?,
        unit_id: row.get("unit_id")?,
        division_code: row.get("division_code")?,
        customer_id: row.get("customer_id")?,
        promise: row.parse("promise")?,
        started_at: row.get("started_at")?,
        stopped_at: row.get("stopped_at")?,
        due_at: row.get("due_at")?,
        outcome: row.get("outcome")?,
        provisional: row.get("provisional")?,
        quiet: row.get("quiet")?,
        course: row.get("course")?,
        events: Vec::new(),
    })
}

/// How the clocks of these subjects stand, oldest first; one query for up to 500 of them, and one more for clocks whose
/// events don't stand in one piece: nothing has happened to them since there is such a thing.
pub(crate) async fn of_subjects(
    tx: &mut Tx,
    subject_type: &str,
    ids: &[String],
) -> Result<Vec<ShownClock>, DbError> {
    let mut clocks = Vec::new();
    for part in ids.chunks(500) {
        let mut filter = Where::new();
        filter.and("c.subject_type = ?", [subject_type.into()]);
        filter.any("c.subject_id", part.iter());
        let sql = format!(
            "SELECT c.id, c.subject_id, c.promise, c.started_at, c.course FROM clock c {}",
            filter.sql()
        );
        let mut by_events = Vec::new();
        for row in tx.rows(&sql, filter.params()).await? {
            match row.text("course").and_then(course::read) {
                Ok(events) => clocks.push(ShownClock { events, ..shown_row(&row)? }),
                Err(_) => by_events.push(row.get::<ClockId>("id")?),
            }
        }
        if !by_events.is_empty() {
            let mut filter = Where::new();
            filter.any("c.id", by_events);
            clocks.extend(read(tx, SHOWN, &filter, shown_row, |clock| &mut clock.events).await?);
        }
    }
    clocks.sort_unstable_by_key(|clock| (clock.started_at, clock.id));
    Ok(clocks)
}

/// Whether a clock of this promise runs for a subject.
pub(crate) async fn runs(
    tx: &mut Tx,
    subject_type: &str,
    subject_id: &str,
    promise: Promise,
) -> Result<bool, DbError> {
    Ok(tx.int(RUNS, params![subject_type, subject_id, promise]).await? > 0)
}

/// [`runs`] will be asked soon.
pub(crate) fn runs_ahead(tx: &mut Tx, subject_type: &str, subject_id: &str, promise: Promise) {
    tx.ahead(RUNS, params![subject_type, subject_id, promise]);
}

const RUNS: &str = "SELECT COUNT(*) FROM clock WHERE subject_type = $1 AND subject_id = $2 AND promise = $3 \
                    AND stopped_at IS NULL";

/// Running clocks of a subject; on PostgreSQL their rows are held until the command ends.
pub(crate) async fn open_of(
    tx: &mut Tx,
    subject_type: &str,
    subject_id: &str,
) -> Result<Vec<StoredClock>, DbError> {
    if tx.dialect() == Dialect::Postgres {
        tx.rows(
            "SELECT id FROM clock WHERE subject_type = $1 AND subject_id = $2 AND stopped_at IS NULL ORDER BY id FOR UPDATE",
            params![subject_type, subject_id],
        )
        .await?;
    }
    let mut filter = Where::new();
    filter.and(
        "c.subject_type = ? AND c.subject_id = ? AND c.stopped_at IS NULL",
        [subject_type.into(), subject_id.into()],
    );
    whole(tx, &filter).await
}

/// Holds a clock's row until the command ends (PostgreSQL; SQLite has one writer).
pub(crate) async fn hold(tx: &mut Tx, id: ClockId) -> Result<(), DbError> {
    if tx.dialect() == Dialect::Postgres {
        tx.rows("SELECT id FROM clock WHERE id = $1 FOR UPDATE", params![id]).await?;
    }
    Ok(())
}

/// One clock; on PostgreSQL its row is held until the command ends.
pub(crate) async fn clock(tx: &mut Tx, id: ClockId) -> Result<Option<StoredClock>, DbError> {
    hold(tx, id).await?;
    let mut filter = Where::new();
    filter.and("c.id = ?", [id.into()]);
    Ok(whole(tx, &filter).await?.pop())
}

/// Up to 500 clocks after `after` in order of id, and only those a holiday list of `year` can touch if one is given.
pub(crate) async fn page(
    tx: &mut Tx,
    after: &str,
    touched: Option<(Ts, Ts)>,
) -> Result<Vec<StoredClock>, DbError> {
    let mut filter = Where::new();
    filter.and("x.id > ?", [after.into()]);
    if let Some((from, to)) = touched {
        // Open clocks count on; a closed one matters if its life, or its due time, reaches into the year.
        filter.and(
            "x.started_at < ? AND (x.stopped_at IS NULL OR x.stopped_at >= ? OR x.due_at >= ?)",
            [to.into(), from.into(), from.into()],
        );
    }
    let mut outer = Where::new();
    let inner = format!("SELECT x.id FROM clock x {} ORDER BY x.id LIMIT 500", filter.sql());
    for value in filter.params() {
        outer.bind(value.clone());
    }
    outer.and(&format!("c.id IN ({inner})"), []);
    let mut clocks = whole(tx, &outer).await?;
    clocks.sort_unstable_by_key(|c| c.id);
    Ok(clocks)
}

/// Stores a new clock with its first events.
pub(crate) async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    clocks: &[(StoredClock, Cached)],
) -> Result<(), kit::Failure> {
    let rows: Vec<Vec<Value>> = clocks
        .iter()
        .map(|(c, cached)| {
            vec![
                c.id.into(),
                c.subject_type.as_str().into(),
                c.subject_id.as_str().into(),
                c.thread_id.as_str().into(),
                c.unit_id.as_deref().into(),
                c.division_code.as_deref().into(),
                c.customer_id.as_deref().into(),
                c.promise.into(),
                c.started_at.into(),
                cached.stopped_at.into(),
                cached.due_at.into(),
                cached.outcome.into(),
                cached.provisional.into(),
                c.quiet.into(),
                cached.course.as_str().into(),
            ]
        })
        .collect();
    let columns = [
        "id",
        "subject_type",
        "subject_id",
        "thread_id",
        "unit_id",
        "division_code",
        "customer_id",
        "promise",
        "started_at",
        "stopped_at",
        "due_at",
        "outcome",
        "provisional",
        "quiet",
        "course",
    ];
    tx.insert_many("clock", &columns, &rows).await?;
    let mut rows = Vec::new();
    for (clock, _) in clocks {
        for event in &clock.events {
            rows.push(event_row(cx, clock.id, event)?);
        }
    }
    tx.insert_many("clock_event", &EVENT_COLUMNS, &rows).await?;
    Ok(())
}

const EVENT_COLUMNS: [&str; 8] =
    ["clock_id", "step", "at", "kind", "terms", "severity", "policy_version", "command_id"];

fn event_row(cx: &Cx, clock_id: ClockId, event: &StoredEvent) -> Result<Vec<Value>, kit::Failure> {
    let held = event.held.as_ref();
    let terms = held.map(|h| serde_json::to_string(&h.terms)).transpose()?;
    Ok(vec![
        clock_id.into(),
        event.step.into(),
        Ts::from(event.event.at).into(),
        serde_json::to_string(&event.event.kind)?.into(),
        terms.into(),
        held.map(|h| h.severity).into(),
        held.map(|h| h.policy_version).into(),
        cx.command_id.into(),
    ])
}

/// Appends events to a clock and stores what lists read.
pub(crate) async fn append(
    tx: &mut Tx,
    cx: &Cx,
    clock_id: ClockId,
    events: &[StoredEvent],
    cached: &Cached,
) -> Result<(), kit::Failure> {
    let rows = events.iter().map(|e| event_row(cx, clock_id, e)).collect::<Result<Vec<_>, _>>()?;
    tx.insert_many("clock_event", &EVENT_COLUMNS, &rows).await?;
    cache(tx, clock_id, cached).await?;
    Ok(())
}

/// Stores what lists read.
pub(crate) async fn cache(tx: &mut Tx, clock_id: ClockId, cached: &Cached) -> Result<(), DbError> {
    tx.put(
        "UPDATE clock SET due_at = $1, stopped_at = $2, outcome = $3, provisional = $4, course = $5 WHERE id = $6",
        params![
            cached.due_at,
            cached.stopped_at,
            cached.outcome,
            cached.provisional,
            cached.course.as_str(),
            clock_id
        ],
    )
    .await?;
    Ok(())
}

/// Thresholds announced in an era.
pub(crate) async fn announced(tx: &mut Tx, clock_id: ClockId, era: i64) -> Result<Vec<String>, DbError> {
    tx.rows("SELECT threshold FROM clock_alert WHERE clock_id = $1 AND era = $2", params![clock_id, era])
        .await?
        .iter()
        .map(|r| r.get("threshold"))
        .collect()
}

/// Notes that a threshold is announced; `false` if it was before.
pub(crate) async fn announce(
    tx: &mut Tx,
    clock_id: ClockId,
    era: i64,
    threshold: &str,
    due_at: Ts,
    now: Ts,
) -> Result<bool, DbError> {
    let added = tx
        .execute(
            "INSERT INTO clock_alert (clock_id, era, threshold, due_at, announced_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (clock_id, era, threshold) DO NOTHING",
            params![clock_id, era, threshold, due_at, now],
        )
        .await?;
    Ok(added == 1)
}
