//! Work orders and visits: insert, load, save.

use kit::db::Dialect;
use kit::{DbError, Failure, Reach, Row, Ts, Tx, Value, Where, params};
use organisation::EmployeeId;

use super::{ORDER_SCOPE, VISIT_SCOPE};
use crate::errors::VisitError;
use crate::model::{VisitId, VisitState, VisitStateName, Window, WorkOrderId, WorkOrderState};
use crate::record::{Lock, Visit, WorkOrder};

const ORDER: &str = "w.id, w.number, w.case_id, w.kind, w.state, w.customer_id, w.site_id, w.asset_id, w.unit_id, w.second_unit_id, \
    w.division_code, w.wish_start, w.wish_end, w.promised_start, w.promised_end, w.place, w.symptom, w.skill, w.duration_min, w.visits_made, w.cancel_reason, \
    w.created_at, w.closed_at, w.version";

const VISIT: &str = "v.id, v.number, v.work_order_id, v.case_id, v.engineer_id, v.window_start, v.window_end, v.appointment_end, v.state, v.state_code, \
    v.state_note, v.customer_id, v.unit_id, v.second_unit_id, v.division_code, v.checklist, v.arrived_at, v.left_at, \
    v.self_checked_at, v.shown_sha256, v.signed_at, v.locked_at, v.locked_by, v.lock_note, v.version";

/// The window that was promised with a work order, if any was.
pub(super) fn promised(row: &Row) -> Result<Option<Window>, DbError> {
    let (start, end): (Option<Ts>, Option<Ts>) = (row.get("promised_start")?, row.get("promised_end")?);
    Ok(start.zip(end).map(|(start, end)| Window { start, end }))
}

fn order_of(row: &Row) -> Result<WorkOrder, DbError> {
    Ok(WorkOrder {
        id: row.get("id")?,
        number: row.get("number")?,
        case_id: row.get("case_id")?,
        kind: row.parse("kind")?,
        state: row.parse("state")?,
        customer_id: row.get("customer_id")?,
        site_id: row.get("site_id")?,
        asset_id: row.get("asset_id")?,
        unit_id: row.get("unit_id")?,
        second_unit_id: row.get("second_unit_id")?,
        division_code: row.get("division_code")?,
        wish: Window { start: row.get("wish_start")?, end: row.get("wish_end")? },
        promised: promised(row)?,
        place: row.get("place")?,
        symptom: row.get("symptom")?,
        skill: row.get("skill")?,
        duration_min: row.get("duration_min")?,
        visits_made: row.get("visits_made")?,
        cancel_reason: row.get("cancel_reason")?,
        created_at: row.get("created_at")?,
        closed_at: row.get("closed_at")?,
        version: row.get("version")?,
    })
}

fn visit_of(row: &Row) -> Result<Visit, DbError> {
    let code: Option<String> = row.get("state_code")?;
    let state = VisitState::from_parts(row.parse("state")?, code.as_deref(), row.get("state_note")?)
        .ok_or(DbError::Column { name: "state".into() })?;
    let window = Window { start: row.get("window_start")?, end: row.get("window_end")? };
    Ok(Visit {
        id: row.get("id")?,
        number: row.get("number")?,
        work_order_id: row.get("work_order_id")?,
        case_id: row.get("case_id")?,
        engineer_id: row.get("engineer_id")?,
        window,
        appointment_end: row.get::<Option<Ts>>("appointment_end")?.unwrap_or(window.end),
        state,
        customer_id: row.get("customer_id")?,
        unit_id: row.get("unit_id")?,
        second_unit_id: row.get("second_unit_id")?,
        division_code: row.get("division_code")?,
        checklist: row.json("checklist")?,
        arrived_at: row.get("arrived_at")?,
        left_at: row.get("left_at")?,
        self_checked_at: row.get("self_checked_at")?,
        shown_sha256: row.get("shown_sha256")?,
        signed_at: row.get("signed_at")?,
        lock: lock_of(row)?,
        version: row.get("version")?,
    })
}

fn lock_of(row: &Row) -> Result<Option<Lock>, DbError> {
    let Some(at) = row.get::<Option<Ts>>("locked_at")? else { return Ok(None) };
    Ok(Some(Lock { at, by: row.get("locked_by")?, note: row.get("lock_note")? }))
}

/// Inserts a new work order.
///
/// # Errors
/// `work_order_open` if the case has one under way.
pub(crate) async fn insert_order(tx: &mut Tx, order: &WorkOrder, by: &str) -> Result<(), Failure> {
    if let Some(row) = tx
        .row(
            "SELECT number FROM work_order WHERE case_id = $1 AND state IN ('draft', 'ready', 'scheduled', 'in_progress', \
             'work_done', 'self_checked', 'incomplete')",
            params![order.case_id],
        )
        .await?
    {
        return Err(VisitError::WorkOrderOpen { number: row.get("number")? }.into());
    }
    tx.execute(
        "INSERT INTO work_order (id, number, case_id, kind, state, customer_id, site_id, asset_id, unit_id, second_unit_id, \
         division_code, wish_start, wish_end, place, symptom, skill, duration_min, visits_made, created_at, created_by, changed_at, \
         promised_start, promised_end, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         0, $18, $19, $18, $20, $21, 1)",
        params![
            order.id,
            &order.number,
            order.case_id,
            order.kind,
            order.state,
            order.customer_id,
            order.site_id,
            order.asset_id,
            order.unit_id,
            order.second_unit_id,
            order.division_code.clone(),
            order.wish.start,
            order.wish.end,
            &order.place,
            &order.symptom,
            order.skill.clone(),
            order.duration_min,
            order.created_at,
            by,
            order.promised.map(|p| p.start),
            order.promised.map(|p| p.end)
        ],
    )
    .await?;
    Ok(())
}

/// A work order within reach, if there is one. `lock`: for a command, until its end.
pub(crate) async fn order(
    tx: &mut Tx,
    reach: &Reach,
    id: WorkOrderId,
    lock: bool,
) -> Result<Option<WorkOrder>, DbError> {
    let mut filter = Where::new();
    filter.and("w.id = ?", [id.into()]);
    reach.narrow(&mut filter, &ORDER_SCOPE);
    let sql =
        format!("SELECT {ORDER} FROM work_order w {}{}", filter.sql(), locking(tx, lock, " FOR UPDATE OF w"));
    tx.row(&sql, filter.params()).await?.as_ref().map(order_of).transpose()
}

// On SQLite the writer is alone anyway.
fn locking(tx: &Tx, lock: bool, clause: &'static str) -> &'static str {
    if lock && tx.dialect() == Dialect::Postgres { clause } else { "" }
}

/// The work order of a visit, whatever the reach, locked for a command.
pub(crate) async fn order_of_visit(tx: &mut Tx, id: VisitId) -> Result<Option<WorkOrder>, DbError> {
    let sql = format!(
        "SELECT {ORDER} FROM work_order w WHERE w.id = (SELECT work_order_id FROM visit WHERE id = $1){}",
        locking(tx, true, " FOR UPDATE OF w")
    );
    tx.row(&sql, params![id]).await?.as_ref().map(order_of).transpose()
}

/// A page of all work orders, by id.
pub(crate) async fn orders_after(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<WorkOrder>, DbError> {
    let sql = format!("SELECT {ORDER} FROM work_order w WHERE w.id > $1 ORDER BY w.id LIMIT $2");
    tx.rows(&sql, params![after, limit]).await?.iter().map(order_of).collect()
}

/// Saves state, reason of cancelling, what was promised, and the count of visits.
pub(crate) async fn save_order(tx: &mut Tx, order: &mut WorkOrder, now: Ts) -> Result<(), DbError> {
    order.version += 1;
    order.closed_at = match (order.state.is_open(), order.closed_at) {
        (true, _) => None,
        (false, closed) => closed.or(Some(now)),
    };
    tx.execute(
        "UPDATE work_order SET state = $2, cancel_reason = $3, visits_made = $4, closed_at = $5, changed_at = $6, version = $7, \
         promised_start = $8, promised_end = $9 WHERE id = $1",
        params![
            order.id,
            order.state,
            order.cancel_reason.clone(),
            order.visits_made,
            order.closed_at,
            now,
            order.version,
            order.promised.map(|p| p.start),
            order.promised.map(|p| p.end)
        ],
    )
    .await?;
    Ok(())
}

/// The open work order of a case, locked.
pub(crate) async fn open_order_of(tx: &mut Tx, case_id: &str) -> Result<Option<WorkOrder>, DbError> {
    let sql = format!(
        "SELECT {ORDER} FROM work_order w WHERE w.case_id = $1 AND w.state NOT IN ('closed', 'cancelled'){}",
        locking(tx, true, " FOR UPDATE OF w")
    );
    tx.row(&sql, params![case_id]).await?.as_ref().map(order_of).transpose()
}

/// What was promised with the newest work order of a case; nothing if it has none.
///
/// # Errors
/// As the database says.
pub(crate) async fn promised_of(
    tx: &mut Tx,
    case_id: cases::CaseId,
) -> Result<Option<Option<Window>>, DbError> {
    let sql = "SELECT w.promised_start, w.promised_end FROM work_order w WHERE w.case_id = $1 \
               ORDER BY w.created_at DESC, w.id DESC LIMIT 1";
    tx.row(sql, params![case_id]).await?.as_ref().map(promised).transpose()
}

/// Saves which device a work order is for, and the skill it takes.
pub(crate) async fn save_asset(tx: &mut Tx, order: &mut WorkOrder, now: Ts) -> Result<(), DbError> {
    order.version += 1;
    tx.execute(
        "UPDATE work_order SET asset_id = $2, skill = $3, changed_at = $4, version = $5 WHERE id = $1",
        params![order.id, order.asset_id, order.skill.clone(), now, order.version],
    )
    .await?;
    Ok(())
}

/// A visit within reach, if there is one.
pub(crate) async fn visit(tx: &mut Tx, reach: &Reach, id: VisitId) -> Result<Option<Visit>, DbError> {
    let mut filter = Where::new();
    filter.and("v.id = ?", [id.into()]);
    reach.narrow(&mut filter, &VISIT_SCOPE);
    let sql = format!("SELECT {VISIT} FROM visit v {}", filter.sql());
    tx.row(&sql, filter.params()).await?.as_ref().map(visit_of).transpose()
}

/// Visits by id, whatever the reach.
pub(crate) async fn visits_by_ids(tx: &mut Tx, ids: &[VisitId]) -> Result<Vec<Visit>, DbError> {
    let mut filter = Where::new();
    filter.any("v.id", ids.iter().copied());
    let sql = format!("SELECT {VISIT} FROM visit v {}", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(visit_of).collect()
}

/// The visits of a work order, oldest first.
pub(crate) async fn visits_of(tx: &mut Tx, id: WorkOrderId) -> Result<Vec<Visit>, DbError> {
    let sql = format!("SELECT {VISIT} FROM visit v WHERE v.work_order_id = $1 ORDER BY v.created_at, v.id");
    tx.rows(&sql, params![id]).await?.iter().map(visit_of).collect()
}

/// Inserts a planned visit.
///
/// # Errors
/// `engineer_busy` with the other visit's number (decision 15).
pub(crate) async fn insert_visit(tx: &mut Tx, visit: &Visit, by: &str, now: Ts) -> Result<(), Failure> {
    let checklist = serde_json::to_string(&visit.checklist)?;
    let values = params![
        visit.id,
        &visit.number,
        visit.work_order_id,
        visit.case_id,
        visit.engineer_id,
        visit.window.start,
        visit.window.end,
        visit.state.name(),
        visit.customer_id,
        visit.unit_id,
        visit.second_unit_id,
        visit.division_code.clone(),
        checklist,
        now,
        by,
        visit.appointment_end
    ];
    let sql = "INSERT INTO visit (id, number, work_order_id, case_id, engineer_id, window_start, window_end, state, customer_id, \
               unit_id, second_unit_id, division_code, checklist, created_at, created_by, changed_at, appointment_end, \
               version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, $16, 1)";
    unless_busy(tx, visit, sql, values).await
}

/// Saves a visit as it now stands.
///
/// # Errors
/// `engineer_busy` with the other visit's number (decision 15); `visit_other_running` (invariant 6).
pub(crate) async fn save_visit(tx: &mut Tx, visit: &mut Visit, now: Ts) -> Result<(), Failure> {
    visit.version += 1;
    let values = params![
        visit.id,
        visit.engineer_id,
        visit.window.start,
        visit.window.end,
        visit.state.name(),
        visit.state.code(),
        visit.state.note(),
        visit.arrived_at,
        visit.left_at,
        visit.self_checked_at,
        visit.shown_sha256.clone(),
        visit.signed_at,
        now,
        visit.version,
        visit.appointment_end,
        visit.lock.as_ref().map(|lock| lock.at),
        visit.lock.as_ref().map(|lock| lock.by.clone()),
        visit.lock.as_ref().and_then(|lock| lock.note.clone())
    ];
    let sql = "UPDATE visit SET engineer_id = $2, window_start = $3, window_end = $4, state = $5, state_code = $6, state_note = $7, \
               arrived_at = $8, left_at = $9, self_checked_at = $10, shown_sha256 = $11, signed_at = $12, changed_at = $13, \
               version = $14, appointment_end = $15, locked_at = $16, locked_by = $17, lock_note = $18 WHERE id = $1";
    unless_busy(tx, visit, sql, values).await
}

// The database decides who was first; only then is the other visit looked up, so that two at the same moment can't both win.
async fn unless_busy(tx: &mut Tx, visit: &Visit, sql: &str, values: &[Value]) -> Result<(), Failure> {
    tx.execute("SAVEPOINT visit_write", &[]).await?;
    let error = match tx.execute(sql, values).await {
        Ok(_) => {
            tx.execute("RELEASE SAVEPOINT visit_write", &[]).await?;
            return Ok(());
        }
        Err(error @ (DbError::Unique(_) | DbError::Constraint(_))) => error,
        Err(error) => return Err(error.into()),
    };
    tx.execute("ROLLBACK TO SAVEPOINT visit_write", &[]).await?;
    tx.execute("RELEASE SAVEPOINT visit_write", &[]).await?;
    let (DbError::Unique(why) | DbError::Constraint(why)) = &error else { return Err(error.into()) };
    // SQLite names the columns of an index, PostgreSQL the index.
    let in_field = why.contains("visit_one_in_field") || why.contains("visit.engineer_id");
    let one_open = why.contains("visit_one_open") || why.contains("visit.work_order_id");
    if why.contains("visit_engineer_busy") {
        let number = overlapping(tx, visit).await?.unwrap_or_default();
        return Err(VisitError::EngineerBusy { number }.into());
    }
    if in_field {
        let number = running(tx, visit.engineer_id, visit.id).await?.unwrap_or_default();
        return Err(VisitError::OtherVisitRunning { number }.into());
    }
    if one_open {
        let open = visits_of(tx, visit.work_order_id).await?;
        let open = open.iter().find(|v| v.id != visit.id && v.state.name().holds_window());
        return Err(
            VisitError::VisitOpen { number: open.map(|v| v.number.clone()).unwrap_or_default() }.into()
        );
    }
    Err(error.into())
}

async fn overlapping(tx: &mut Tx, visit: &Visit) -> Result<Option<String>, DbError> {
    let row = tx
        .row(
            "SELECT number FROM visit WHERE engineer_id = $1 AND id <> $2 AND state NOT IN ('declined', 'left', 'cancelled') \
             AND window_start < $4 AND $3 < window_end ORDER BY window_start LIMIT 1",
            params![visit.engineer_id, visit.id, visit.window.start, visit.window.end],
        )
        .await?;
    row.map(|r| r.get("number")).transpose()
}

async fn running(tx: &mut Tx, engineer_id: EmployeeId, but: VisitId) -> Result<Option<String>, DbError> {
    let names: Vec<VisitStateName> = VisitStateName::ALL.iter().copied().filter(|s| s.in_field()).collect();
    let mut filter = Where::new();
    filter.and("engineer_id = ? AND id <> ?", [engineer_id.into(), but.into()]);
    filter.any("state", names);
    let row = tx.row(&format!("SELECT number FROM visit {}", filter.sql()), filter.params()).await?;
    row.map(|r| r.get("number")).transpose()
}

/// What an engineer must see for a visit: pairs of type and id.
pub(crate) fn shared_subjects(order: &WorkOrder, visit: &Visit) -> Vec<(&'static str, String)> {
    let mut subjects = vec![
        ("visit", visit.id.to_string()),
        ("work_order", order.id.to_string()),
        ("case", order.case_id.to_string()),
        ("site", order.site_id.to_string()),
        ("customer", order.customer_id.to_string()),
    ];
    subjects.extend(order.asset_id.map(|id| ("asset", id.to_string())));
    subjects
}

/// Lets the engineer see what the visit is about, while it lasts (decision 2).
pub(crate) async fn share(tx: &mut Tx, order: &WorkOrder, visit: &Visit, now: Ts) -> Result<(), DbError> {
    let person = visit.engineer_id.to_string();
    for (subject, id) in shared_subjects(order, visit) {
        kit::scope::share(tx, &person, subject, &id, now).await?;
    }
    Ok(())
}

/// Ends what [`share`] began, save what another visit of the same engineer still needs.
pub(crate) async fn unshare(
    tx: &mut Tx,
    order: &WorkOrder,
    visit: &Visit,
    engineer_id: EmployeeId,
) -> Result<(), DbError> {
    let mut filter = Where::new();
    filter.and("v.engineer_id = ? AND v.id <> ?", [engineer_id.into(), visit.id.into()]);
    filter.and("v.state NOT IN ('declined', 'left', 'cancelled')", []);
    let sql = format!(
        "SELECT v.id, v.work_order_id, w.case_id, w.site_id, w.customer_id, w.asset_id FROM visit v \
         JOIN work_order w ON w.id = v.work_order_id {}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let mut kept = std::collections::HashSet::new();
    for row in &rows {
        for column in ["id", "work_order_id", "case_id", "site_id", "customer_id", "asset_id"] {
            kept.extend(row.get::<Option<String>>(column)?);
        }
    }
    let person = engineer_id.to_string();
    for (subject, id) in shared_subjects(order, visit) {
        if !kept.contains(&id) {
            kit::scope::unshare(tx, &person, subject, &id).await?;
        }
    }
    Ok(())
}

/// Whether a work order in this state takes a new visit.
pub(crate) fn takes_visits(state: WorkOrderState) -> bool {
    matches!(
        state,
        WorkOrderState::Draft
            | WorkOrderState::Ready
            | WorkOrderState::Scheduled
            | WorkOrderState::Incomplete
    )
}
