//! Alerts and who was told of them; and, read only, who could be told and whether what it is about is over.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::Dialect;
use kit::{Actor, Both, DbError, Failure, Reach, Row, Ts, Tx, Value, Where, params};

use super::model::{Alert, AlertId, AlertView, Told};
use super::rules::Telling;
use crate::model::Facts;

/// Open alerts on one screen at most.
const SHOWN: i64 = 100;

const OPEN: &str = "x.acknowledged_at IS NULL AND x.over_at IS NULL";

/// What an alert is about goes on: the clock runs, nobody is there yet, the case is open.
const STANDS: &str = "(x.subject_type <> 'clock' OR EXISTS (SELECT 1 FROM clock k WHERE k.id = x.subject_id AND k.stopped_at IS NULL)) \
     AND (x.subject_type <> 'visit' OR EXISTS (SELECT 1 FROM visit v WHERE v.id = x.subject_id AND v.arrived_at IS NULL \
          AND v.state IN ('proposed', 'confirmed', 'dispatched', 'accepted', 'travelling'))) \
     AND (x.kind <> 'case.escalated' OR EXISTS (SELECT 1 FROM service_case r WHERE r.id = x.subject_id AND r.escalated_at IS NOT NULL)) \
     AND (x.case_id IS NULL OR EXISTS (SELECT 1 FROM service_case c WHERE c.id = x.case_id AND c.closed_at IS NULL))";

fn alert(row: &Row) -> Result<Alert, DbError> {
    Ok(Alert {
        id: row.get("id")?,
        kind: row.get("kind")?,
        subject_type: row.get("subject_type")?,
        subject_id: row.get("subject_id")?,
        case_id: row.get("case_id")?,
        customer_id: row.get("customer_id")?,
        unit_id: row.get("unit_id")?,
        facts: row.json("facts")?,
        raised_at: row.get("raised_at")?,
        stage: row.parse("stage")?,
        why: row.parse("why")?,
        next_at: row.get("next_at")?,
        version: row.get("version")?,
    })
}

/// The open alert about a subject, locked.
pub(crate) async fn open_about(
    tx: &mut Tx,
    subject_type: &str,
    subject_id: &str,
) -> Result<Option<Alert>, DbError> {
    let lock = if tx.dialect() == Dialect::Postgres { "FOR UPDATE" } else { "" };
    let sql = format!(
        "SELECT x.* FROM duty_alert x WHERE x.subject_type = $1 AND x.subject_id = $2 AND {OPEN} {lock}"
    );
    tx.row(&sql, params![subject_type, subject_id]).await?.as_ref().map(alert).transpose()
}

/// An open alert by its id, locked.
pub(crate) async fn open(tx: &mut Tx, id: AlertId) -> Result<Option<Alert>, DbError> {
    let lock = if tx.dialect() == Dialect::Postgres { "FOR UPDATE" } else { "" };
    let sql = format!("SELECT x.* FROM duty_alert x WHERE x.id = $1 AND {OPEN} {lock}");
    tx.row(&sql, params![id]).await?.as_ref().map(alert).transpose()
}

/// Whether what an alert is about goes on.
pub(crate) async fn stands(tx: &mut Tx, id: AlertId) -> Result<bool, DbError> {
    let sql = format!("SELECT COUNT(*) FROM duty_alert x WHERE x.id = $1 AND {STANDS}");
    Ok(tx.int(&sql, params![id]).await? == 1)
}

pub(crate) async fn insert(tx: &mut Tx, new: &Alert) -> Result<(), Failure> {
    tx.put(
        "INSERT INTO duty_alert (id, kind, subject_type, subject_id, case_id, customer_id, unit_id, facts, raised_at, stage, why, \
         next_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            new.id,
            &new.kind,
            &new.subject_type,
            &new.subject_id,
            new.case_id.as_deref(),
            new.customer_id.as_deref(),
            &new.unit_id,
            serde_json::to_string(&new.facts)?,
            new.raised_at,
            new.stage,
            new.why,
            new.next_at,
            new.version
        ],
    )
    .await?;
    Ok(())
}

/// Says of an open alert what is newest; `false` if somebody else changed it.
pub(crate) async fn say(tx: &mut Tx, seen: &Alert, kind: &str, facts: &Facts) -> Result<bool, Failure> {
    let changed = tx
        .execute(
            "UPDATE duty_alert SET kind = $1, facts = $2, version = version + 1 WHERE id = $3 AND version = $4",
            params![kind, serde_json::to_string(facts)?, seen.id, seen.version],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes how far an open alert has come; `false` if somebody else changed it.
pub(crate) async fn pass_on(tx: &mut Tx, seen: &Alert, telling: &Telling) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE duty_alert SET stage = $1, why = $2, next_at = $3, version = version + 1 WHERE id = $4 AND version = $5",
            params![telling.stage, telling.why, telling.next_at, seen.id, seen.version],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes who was told.
pub(crate) async fn tell(tx: &mut Tx, id: AlertId, telling: &Telling, now: Ts) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = telling
        .to
        .iter()
        .map(|person| {
            vec![id.into(), person.into(), telling.stage.into(), telling.why.into(), Value::from(now)]
        })
        .collect();
    tx.insert_many("duty_alert_told", &["alert_id", "person_id", "stage", "why", "told_at"], &rows).await
}

/// Who was told of an alert.
pub(crate) async fn told(tx: &mut Tx, id: AlertId) -> Result<BTreeSet<String>, DbError> {
    tx.rows("SELECT person_id FROM duty_alert_told WHERE alert_id = $1", params![id])
        .await?
        .iter()
        .map(|row| row.get("person_id"))
        .collect()
}

/// Ends an open alert because somebody took it; `false` if somebody else changed it.
pub(crate) async fn acknowledge(tx: &mut Tx, seen: &Alert, by: &str, now: Ts) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE duty_alert SET acknowledged_at = $1, acknowledged_by = $2, next_at = NULL, version = version + 1 \
             WHERE id = $3 AND version = $4",
            params![now, by, seen.id, seen.version],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends an open alert because what it is about is over; `false` if somebody else changed it.
pub(crate) async fn end(tx: &mut Tx, seen: &Alert, now: Ts) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE duty_alert SET over_at = $1, next_at = NULL, version = version + 1 WHERE id = $2 AND version = $3",
            params![now, seen.id, seen.version],
        )
        .await?;
    Ok(changed == 1)
}

/// Whether an alert was acknowledged already, by whom.
pub(crate) async fn acknowledged_by(tx: &mut Tx, id: AlertId) -> Result<Option<String>, DbError> {
    let sql = "SELECT COALESCE(e.name, a.name, '') AS name FROM duty_alert x LEFT JOIN employee e ON e.id = x.acknowledged_by \
               LEFT JOIN account a ON a.id = x.acknowledged_by WHERE x.id = $1 AND x.acknowledged_at IS NOT NULL";
    tx.row(sql, params![id]).await?.map(|row| row.get("name")).transpose()
}

// Who sees an open alert: whoever was told, and, where nobody was left to be told, everybody of the unit and above it.
fn for_person(filter: &mut Where, actor: &Actor, person: &str) {
    let told = "EXISTS (SELECT 1 FROM duty_alert_told t WHERE t.alert_id = x.id AND t.person_id = ?)";
    match &actor.reach {
        Reach::Unit(root) => filter.and(
            &format!("{told} OR (x.stage = 'nobody' AND x.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?))"),
            [Value::from(person), Value::from(root)],
        ),
        _ => filter.and(told, [Value::from(person)]),
    };
}

/// Whether an open alert stands on a person's screen.
pub(crate) async fn is_theirs(
    tx: &mut Tx,
    actor: &Actor,
    person: &str,
    id: AlertId,
) -> Result<bool, DbError> {
    let mut filter = Where::new();
    filter.and("x.id = ?", [Value::from(id)]);
    for_person(&mut filter, actor, person);
    let sql = format!("SELECT COUNT(*) FROM duty_alert x {}", filter.sql());
    Ok(tx.int(&sql, filter.params()).await? == 1)
}

/// The open alerts of a person, oldest first: one statement for them, one for who was told of them all.
pub(crate) async fn of_person(tx: &mut Tx, actor: &Actor, person: &str) -> Result<Vec<AlertView>, DbError> {
    let mut filter = Where::new();
    filter.and(OPEN, []);
    filter.and(STANDS, []);
    for_person(&mut filter, actor, person);
    let limit = filter.bind(SHOWN);
    let sql = format!(
        "SELECT x.*, u.name_zh, u.name_en, c.number AS case_number, s.name AS site, s.zone FROM duty_alert x \
         JOIN org_unit u ON u.id = x.unit_id LEFT JOIN service_case c ON c.id = x.case_id LEFT JOIN site s ON s.id = c.site_id \
         {} ORDER BY x.raised_at, x.id LIMIT {limit}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in &rows {
        let of = alert(row)?;
        views.push(AlertView {
            id: of.id,
            kind: of.kind,
            case_id: of.case_id,
            case_number: row.get("case_number")?,
            site: row.get("site")?,
            zone: row.get("zone")?,
            promise: of.facts.promise,
            due_at: of.facts.due_at,
            percent: of.facts.percent,
            expected_at: of.facts.expected_at,
            unit: Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?),
            raised_at: of.raised_at,
            stage: of.stage,
            why: of.why,
            next_at: of.next_at,
            told: Vec::new(),
        });
    }
    let mut by_alert = told_of(tx, &views.iter().map(|v| v.id).collect::<Vec<_>>()).await?;
    for view in &mut views {
        view.told = by_alert.remove(&view.id).unwrap_or_default();
    }
    Ok(views)
}

async fn told_of(tx: &mut Tx, ids: &[AlertId]) -> Result<BTreeMap<AlertId, Vec<Told>>, DbError> {
    let mut found: BTreeMap<AlertId, Vec<Told>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let mut filter = Where::new();
    filter.any("t.alert_id", ids.iter().map(ToString::to_string));
    let sql = format!(
        "SELECT t.*, COALESCE(e.name, a.name, '') AS name FROM duty_alert_told t LEFT JOIN employee e ON e.id = t.person_id \
         LEFT JOIN account a ON a.id = t.person_id {} ORDER BY t.told_at, t.person_id",
        filter.sql()
    );
    for row in tx.rows(&sql, filter.params()).await? {
        let told = Told {
            person_id: row.get("person_id")?,
            name: row.get("name")?,
            stage: row.parse("stage")?,
            why: row.parse("why")?,
            told_at: row.get("told_at")?,
        };
        found.entry(row.get("alert_id")?).or_default().push(told);
    }
    Ok(found)
}

/// Forgets at most `limit` alerts that ended before `before`, with who was told. Returns how many.
pub(crate) async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> Result<u64, DbError> {
    let old = "SELECT id FROM duty_alert WHERE acknowledged_at < $1 OR over_at < $1 ORDER BY id LIMIT $2";
    let told = format!("DELETE FROM duty_alert_told WHERE alert_id IN ({old})");
    tx.execute(&told, params![before, limit]).await?;
    tx.execute(&format!("DELETE FROM duty_alert WHERE id IN ({old})"), params![before, limit]).await
}

/// The managers of a unit, or of the nearest above it that has any, in one query.
pub(crate) async fn managers(tx: &mut Tx, unit_id: &str) -> Result<Vec<String>, DbError> {
    // Of the units above, the one with the most above itself is the nearest.
    let rows = tx
        .rows(
            "SELECT COALESCE(a.employee_id, a.id) AS person, \
             (SELECT COUNT(*) FROM unit_reach d WHERE d.unit_id = r.root_id) AS depth \
             FROM account a JOIN unit_reach r ON r.root_id = a.unit_id \
             WHERE r.unit_id = $1 AND a.disabled_at IS NULL AND a.roles LIKE '%\"branch_manager\"%' ORDER BY 2 DESC, 1 LIMIT 50",
            params![unit_id],
        )
        .await?;
    let nearest: Option<i64> = rows.first().map(|row| row.get("depth")).transpose()?;
    rows.iter().filter(|row| row.get("depth").ok() == nearest).map(|row| row.get("person")).collect()
}
