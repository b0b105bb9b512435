//! The one event table: timeline, audit, outbox, live feed and sync cursor (decisions 4-6).
//!
//! A command appends its events in its own transaction. Sealing gives each, in commit order, a gap-free `seq` and the
//! hash of its predecessor: on SQLite within the same transaction, on PostgreSQL by [`seal`], which one node at a time runs.
//! Events hold personal values by reference only (a contact's id, never the number), so that erasure reaches them.

mod batch;

pub use batch::append_many;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::clock::Ts;
use crate::command::Cx;
use crate::db::{Db, DbError, Dialect, Row, Tx, Value, Where};
use crate::params;
use crate::scope::{Reach, ScopeColumns};

/// Who may see an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Staff within reach of the record.
    Staff,
    /// Staff and the customer concerned.
    Customer,
    /// Security and audit administrators: logins, refusals, reveals, role changes.
    Audit,
}

impl Audience {
    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Customer => "customer",
            Self::Audit => "audit",
        }
    }
}

/// An event to append.
#[derive(Clone, Debug)]
pub struct Event {
    kind: &'static str,
    subject_type: &'static str,
    subject_id: String,
    thread_id: Option<String>,
    unit_id: Option<String>,
    customer_id: Option<String>,
    audience: Audience,
    body: String,
    at: Option<Ts>,
}

impl Event {
    /// `kind` is `<subject>.<what happened>`, e.g. `case.reported`.
    #[must_use]
    pub fn new(kind: &'static str, subject_type: &'static str, subject_id: impl ToString) -> Self {
        Self {
            kind,
            subject_type,
            subject_id: subject_id.to_string(),
            thread_id: None,
            unit_id: None,
            customer_id: None,
            audience: Audience::Staff,
            body: "{}".into(),
            at: None,
        }
    }

    /// The record on whose timeline it stands (the case of a visit).
    #[must_use]
    pub fn thread(mut self, id: impl ToString) -> Self {
        self.thread_id = Some(id.to_string());
        self
    }

    /// The unit that owns the record.
    #[must_use]
    pub fn unit(mut self, id: impl ToString) -> Self {
        self.unit_id = Some(id.to_string());
        self
    }

    /// The customer concerned.
    #[must_use]
    pub fn customer(mut self, id: impl ToString) -> Self {
        self.customer_id = Some(id.to_string());
        self
    }

    /// Who may see it; staff unless said.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// What happened, as JSON; no personal values. Fields of a second call join those of the first.
    #[must_use]
    pub fn body(mut self, body: &impl Serialize) -> Self {
        let fields = |text: &str| serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(text).ok();
        let text = serde_json::to_string(body).unwrap_or_else(|_| "{}".into());
        self.body = match (fields(&self.body).filter(|before| !before.is_empty()), fields(&text)) {
            (Some(mut before), Some(more)) => {
                before.extend(more);
                serde_json::Value::Object(before).to_string()
            }
            _ => text,
        };
        self
    }

    /// When it happened, if not now: an import brings another desk's history.
    #[must_use]
    pub fn at(mut self, at: Ts) -> Self {
        self.at = Some(at);
        self
    }
}

/// A stored event.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct StoredEvent {
    /// Order of insertion: the cursor of a timeline.
    pub pos: i64,
    /// Position in the sealed chain; absent for a moment on PostgreSQL.
    pub seq: Option<i64>,
    /// The command that made it.
    pub command_id: String,
    /// Its place within the command.
    pub step: i64,
    /// Server time.
    pub at: Ts,
    /// Device time, if the command was made offline.
    pub device_at: Option<Ts>,
    /// `user`, `customer`, `system`, `import`.
    pub actor_kind: String,
    /// Who.
    pub actor_id: String,
    /// Owning unit.
    pub unit_id: Option<String>,
    /// Customer concerned.
    pub customer_id: Option<String>,
    /// Type of the record.
    pub subject_type: String,
    /// Id of the record.
    pub subject_id: String,
    /// On whose timeline it stands.
    pub thread_id: Option<String>,
    /// Who may see it.
    pub audience: String,
    /// What happened.
    pub kind: String,
    /// Details.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
    /// Hash over this event and its predecessor's hash.
    #[serde(skip)]
    pub hash: Option<String>,
    #[serde(skip)]
    raw_body: String,
}

const COLUMNS: &str = "pos, seq, command_id, step, at, device_at, actor_kind, actor_id, unit_id, customer_id, \
                       subject_type, subject_id, thread_id, audience, kind, body, hash";
/// The hash before the first event.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn stored(row: &Row) -> Result<StoredEvent, DbError> {
    let raw_body: String = row.get("body")?;
    Ok(StoredEvent {
        pos: row.get("pos")?,
        seq: row.get("seq")?,
        command_id: row.get("command_id")?,
        step: row.get("step")?,
        at: row.get("at")?,
        device_at: row.get("device_at")?,
        actor_kind: row.get("actor_kind")?,
        actor_id: row.get("actor_id")?,
        unit_id: row.get("unit_id")?,
        customer_id: row.get("customer_id")?,
        subject_type: row.get("subject_type")?,
        subject_id: row.get("subject_id")?,
        thread_id: row.get("thread_id")?,
        audience: row.get("audience")?,
        kind: row.get("kind")?,
        body: serde_json::from_str(&raw_body).unwrap_or(serde_json::Value::Null),
        hash: row.get("hash")?,
        raw_body,
    })
}

impl StoredEvent {
    /// An event from a row that has all its columns.
    ///
    /// # Errors
    /// [`DbError::Column`] if one is missing.
    pub fn read(row: &Row) -> Result<Self, DbError> {
        stored(row)
    }

    // The hash covers every column, in a fixed order, as one JSON array behind the predecessor's hash.
    fn hash_after(&self, previous: &str, seq: i64) -> String {
        let fields = serde_json::json!([
            seq,
            self.command_id,
            self.step,
            self.at.0,
            self.device_at.map(|t| t.0),
            self.actor_kind,
            self.actor_id,
            self.unit_id,
            self.customer_id,
            self.subject_type,
            self.subject_id,
            self.thread_id,
            self.audience,
            self.kind,
            self.raw_body
        ]);
        let mut hash = Sha256::new();
        hash.update(previous.as_bytes());
        hash.update(b"\n");
        hash.update(fields.to_string().as_bytes());
        hex::encode(hash.finalize())
    }
}

/// Appends an event to the transaction of a command.
///
/// # Errors
/// As the database says; [`DbError::Unique`] if the command id was used before.
pub async fn append(tx: &mut Tx, cx: &Cx, event: Event) -> Result<(), DbError> {
    let step = i64::from(cx.next_step());
    let mut new = StoredEvent {
        pos: 0,
        seq: None,
        command_id: cx.command_id.to_string(),
        step,
        at: event.at.unwrap_or(cx.now),
        device_at: cx.device_at,
        actor_kind: cx.actor.kind.name().to_owned(),
        actor_id: cx.actor.id.clone(),
        unit_id: event.unit_id,
        customer_id: event.customer_id,
        subject_type: event.subject_type.to_owned(),
        subject_id: event.subject_id,
        thread_id: event.thread_id,
        audience: event.audience.name().to_owned(),
        kind: event.kind.to_owned(),
        body: serde_json::Value::Null,
        hash: None,
        raw_body: cx
            .telling_drift_s()
            .map_or_else(|| event.body.clone(), |drift| with_drift(&event.body, drift)),
    };
    if tx.dialect() == Dialect::Sqlite {
        let (seq, previous) = match tx.chain.take() {
            Some(chain) => chain,
            None => chain_end(tx).await?,
        };
        let hash = new.hash_after(&previous, seq + 1);
        new.seq = Some(seq + 1);
        new.hash = Some(hash.clone());
        tx.chain = Some((seq + 1, hash));
    }
    tx.appended += 1;
    tx.put(
        "INSERT INTO event (seq, command_id, step, at, device_at, actor_kind, actor_id, unit_id, customer_id, \
         subject_type, subject_id, thread_id, audience, kind, body, hash) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)",
        params![
            new.seq, new.command_id, new.step, new.at, new.device_at, new.actor_kind, new.actor_id, new.unit_id,
            new.customer_id, new.subject_type, new.subject_id, new.thread_id, new.audience, new.kind,
            new.raw_body, new.hash
        ],
    )
    .await
}

// A clock that was wrong is told with what it stamped.
fn with_drift(body: &str, drift_s: i64) -> String {
    match serde_json::from_str::<serde_json::Value>(body) {
        Ok(serde_json::Value::Object(mut fields)) => {
            fields.insert("device_drift_s".into(), drift_s.into());
            serde_json::Value::Object(fields).to_string()
        }
        _ => body.to_owned(),
    }
}

const CHAIN_END: &str = "SELECT seq, hash FROM event WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1";

fn end_of_chain(row: Option<&Row>) -> Result<(i64, String), DbError> {
    match row {
        Some(row) => Ok((row.get("seq")?, row.get("hash")?)),
        None => Ok((0, GENESIS.to_owned())),
    }
}

async fn chain_end(tx: &mut Tx) -> Result<(i64, String), DbError> {
    end_of_chain(tx.row(CHAIN_END, &[]).await?.as_ref())
}

/// Seals what is committed and unsealed (PostgreSQL; elsewhere there is nothing to do). Returns how many.
///
/// One node at a time: the lease is a row lock held for the length of the transaction, so a killed node frees it.
///
/// # Errors
/// As the database says.
pub async fn seal(db: &Db) -> Result<usize, DbError> {
    if db.dialect() == Dialect::Sqlite {
        return Ok(0);
    }
    // Looked up through a reader first: every commit wakes the sealer, and one of its own with nothing in it would do so for ever.
    let waiting = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM event WHERE seq IS NULL LIMIT 1) AS waiting";
    if db.reader().await?.int(waiting, &[]).await? == 0 {
        return Ok(0);
    }
    db.write(|tx| {
        Box::pin(async move {
            // The lease first: what the others read is what stands once it is held.
            let unsealed = format!("SELECT {COLUMNS} FROM event WHERE seq IS NULL ORDER BY pos LIMIT 1000");
            let asked =
                ["SELECT name FROM lease WHERE name = 'sealer' FOR UPDATE SKIP LOCKED", &unsealed, CHAIN_END];
            let mut answers = tx.rows_of(&asked.map(|sql| (sql, params![]))).await?.into_iter();
            let mut next = || answers.next().unwrap_or_default();
            let (lease, rows, end) = (next(), next(), next());
            if lease.is_empty() || rows.is_empty() {
                return Ok(0);
            }
            let (mut seq, mut previous) = end_of_chain(end.first())?;
            let (mut positions, mut seqs, mut hashes) = (Vec::new(), Vec::new(), Vec::new());
            for row in &rows {
                seq += 1;
                previous = stored(row)?.hash_after(&previous, seq);
                positions.push(row.get::<i64>("pos")?.to_string());
                seqs.push(seq.to_string());
                hashes.push(previous.clone());
            }
            tx.put(
                "UPDATE event SET seq = n.seq, hash = n.hash FROM (SELECT \
                 CAST(unnest(string_to_array($1, ',')) AS BIGINT) AS pos, \
                 CAST(unnest(string_to_array($2, ',')) AS BIGINT) AS seq, \
                 unnest(string_to_array($3, ',')) AS hash) n WHERE event.pos = n.pos",
                params![positions.join(","), seqs.join(","), hashes.join(",")],
            )
            .await?;
            tx.appended = 1; // wakes the live feeds of every node
            Ok(rows.len())
        })
    })
    .await
}

/// Seals rows that are put back from a backup: they were committed, and not yet sealed, when it was made.
///
/// `rows` hold `columns` of the event table; they come, in order of insertion, behind all sealed events of `tx`.
///
/// # Errors
/// [`DbError::Column`] if a row is no event.
pub(crate) async fn seal_restored(
    tx: &mut Tx,
    columns: &[String],
    rows: &mut [Vec<Value>],
) -> Result<(), DbError> {
    let place =
        |name: &str| columns.iter().position(|c| c == name).ok_or(DbError::Column { name: name.to_owned() });
    let (pos_at, seq_at, hash_at) = (place("pos")?, place("seq")?, place("hash")?);
    rows.sort_by_key(|values| if let Value::Int(pos) = values[pos_at] { pos } else { i64::MAX });
    let (mut seq, mut previous) = chain_end(tx).await?;
    for values in rows {
        seq += 1;
        previous = stored(&Row::of(columns, values)?)?.hash_after(&previous, seq);
        values[seq_at] = seq.into();
        values[hash_at] = previous.as_str().into();
    }
    Ok(())
}

/// Where the chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// `seq` doesn't follow its predecessor.
    Gap {
        /// The first number that is missing.
        expected: i64,
        /// The number found instead.
        found: i64,
    },
    /// The content doesn't match the hash.
    Altered {
        /// The event.
        seq: i64,
    },
}

/// Verifies the chain from its first event. Returns how many events stand, and the first fault.
///
/// # Errors
/// As the database says.
pub async fn verify(tx: &mut Tx) -> Result<(i64, Option<ChainFault>), DbError> {
    let (mut last, mut previous) = (0, GENESIS.to_owned());
    loop {
        let sql = format!("SELECT {COLUMNS} FROM event WHERE seq > $1 ORDER BY seq LIMIT 2000");
        let rows = tx.rows(&sql, params![last]).await?;
        if rows.is_empty() {
            return Ok((last, None));
        }
        for row in &rows {
            let event = stored(row)?;
            let seq = event.seq.unwrap_or_default();
            if seq != last + 1 {
                return Ok((last, Some(ChainFault::Gap { expected: last + 1, found: seq })));
            }
            let hash = event.hash_after(&previous, seq);
            if event.hash.as_deref() != Some(hash.as_str()) {
                return Ok((last, Some(ChainFault::Altered { seq })));
            }
            (last, previous) = (seq, hash);
        }
    }
}

/// The number of the newest sealed event; 0 if there is none.
///
/// # Errors
/// As the database says.
pub async fn newest(tx: &mut Tx) -> Result<i64, DbError> {
    tx.int("SELECT COALESCE(MAX(seq), 0) FROM event", &[]).await
}

/// Whether anything was sealed after `seq` about another kind of subject than these.
///
/// # Errors
/// As the database says.
pub async fn since(tx: &mut Tx, seq: i64, but: &[&str]) -> Result<bool, DbError> {
    let but = but.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT 1 AS one FROM event WHERE seq > $1 AND subject_type NOT IN ({but}) LIMIT 1");
    Ok(tx.row(&sql, params![seq]).await?.is_some())
}

/// How many events wait to be sealed.
///
/// # Errors
/// As the database says.
pub async fn unsealed(tx: &mut Tx) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM event WHERE seq IS NULL", &[]).await
}

/// Sealed events after `seq` that `reach` may see for these audiences, oldest first, at most `limit`. The audit is narrowed by
/// accounts, not by records: whoever keeps the accounts reads it.
///
/// `scope` says what narrows an event `e`: whoever owns the threads knows whom else they were given to since.
///
/// # Errors
/// As the database says.
pub async fn after(
    tx: &mut Tx,
    reach: &Reach,
    scope: &ScopeColumns,
    audiences: &[Audience],
    seq: i64,
    limit: i64,
) -> Result<Vec<StoredEvent>, DbError> {
    let mut filter = Where::new();
    filter.and("e.seq > ?", [Value::from(seq)]);
    filter.any("e.audience", audiences.iter().map(|a| a.name()));
    reach.narrow(&mut filter, scope);
    let limit = filter.bind(limit);
    let sql = format!("SELECT {COLUMNS} FROM event e {} ORDER BY e.seq LIMIT {limit}", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(stored).collect()
}

/// Sealed events of these kinds after `seq`, whatever the reach, oldest first, at most `limit`: for [`crate::readers`].
///
/// # Errors
/// As the database says.
pub async fn of_kinds_after(
    tx: &mut Tx,
    kinds: &[&str],
    seq: i64,
    limit: i64,
) -> Result<Vec<StoredEvent>, DbError> {
    let mut filter = Where::new();
    filter.and("e.seq > ?", [Value::from(seq)]);
    filter.any("e.kind", kinds.iter().copied());
    let limit = filter.bind(limit);
    let sql = format!("SELECT {COLUMNS} FROM event e {} ORDER BY e.seq LIMIT {limit}", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(stored).collect()
}

/// The timeline of a record, newest first, before the event `before` (if given). Reach is the caller's to check on the record.
///
/// # Errors
/// As the database says.
pub async fn timeline(
    tx: &mut Tx,
    thread_id: &str,
    audiences: &[Audience],
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<StoredEvent>, DbError> {
    let mut filter = Where::new();
    filter.and("e.thread_id = ?", [Value::from(thread_id)]);
    filter.any("e.audience", audiences.iter().map(|a| a.name()));
    if let Some(before) = before {
        filter.and("e.pos < ?", [Value::from(before)]);
    }
    let limit = filter.bind(limit);
    let sql = format!("SELECT {COLUMNS} FROM event e {} ORDER BY e.pos DESC LIMIT {limit}", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(stored).collect()
}
