//! What dispatch reads: the problem of a work order, the board of a span, the counts. It writes nothing.

pub(crate) mod living;
pub(crate) mod plan;
mod simulate;
pub(crate) mod windows;

use std::collections::BTreeMap;

pub use simulate::history;

use jiff::tz::TimeZone;
use kit::{Actor, DbError, Failure, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params};
use organisation::{Area, EmployeeId, Node, Point, Shift, ShiftKind, Tree, UnitId, shifts};
use visits::{VisitId, VisitStateName, Window, WorkOrderId};

use crate::errors::DispatchError;
use crate::model::{
    Access, Board, BoardBlock, BoardCounts, BoardEngineer, BoardOrder, BoardWay, Busy, Candidate, LastSeen,
    VisitProblem, WorkSpan,
};
use crate::rules::lateness::Underway;
use crate::rules::plain::horizon;
use crate::rules::plan::BEYOND_US;
use crate::rules::responsible;
use crate::rules::roads::KnownWays;
use crate::rules::travel::{distance_m, minutes_left, travel_s};

/// Unscheduled work orders on the board at most.
const MOST_UNSCHEDULED: i64 = 500;
/// Engineers on the board at most.
const MOST_ENGINEERS: i64 = 300;
/// Visits on the board at most.
const MOST_BLOCKS: i64 = 2000;
/// How far back a last known place is looked for.
const SEEN_BACK_US: i64 = 4 * Ts::HOUR;

const ORDER_SCOPE: ScopeColumns = ScopeColumns {
    subject: "work_order",
    id: "w.id",
    unit: "w.unit_id",
    second_unit: Some("w.second_unit_id"),
    customer: Some("w.customer_id"),
};
const EMPLOYEE_SCOPE: ScopeColumns =
    ScopeColumns { subject: "employee", id: "e.id", unit: "e.unit_id", second_unit: None, customer: None };
/// Nobody is planned.
const UNSCHEDULED: &str = "w.state IN ('ready', 'incomplete') AND NOT EXISTS (SELECT 1 FROM visit o WHERE o.work_order_id = w.id \
     AND o.state NOT IN ('declined', 'left', 'cancelled'))";
/// Past its window without an arrival, or past its end without an end.
const BEHIND: &str = "((v.state IN ('proposed', 'confirmed', 'dispatched', 'accepted') AND v.window_start < ?) \
     OR (v.state IN ('travelling', 'arrived', 'working', 'paused', 'done', 'partly_done', 'no_access') AND v.window_end < ?))";

fn point(row: &Row) -> Result<Option<Point>, DbError> {
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get("lon")?, row.get("lat")?);
    Ok(lon.zip(lat).map(|(lon, lat)| Point { lon, lat }))
}

/// The problem of sending somebody to a work order the actor may see: every engineer within the actor's reach.
///
/// # Errors
/// `dispatch_order_unknown`, `dispatch_not_to_plan`.
pub async fn problem(tx: &mut Tx, actor: &Actor, id: WorkOrderId, now: Ts) -> Result<VisitProblem, Failure> {
    let mut filter = Where::new();
    filter.and("w.id = ?", [id.into()]);
    actor.reach.narrow(&mut filter, &ORDER_SCOPE);
    let sql = format!(
        "SELECT w.number, w.state, w.case_id, w.asset_id, w.unit_id, w.second_unit_id, w.skill, w.duration_min, \
         COALESCE(w.promised_start, w.wish_start) AS wish_start, COALESCE(w.promised_end, w.wish_end) AS wish_end, s.lon, s.lat, s.access_hours, s.zone, k.due_at FROM work_order w JOIN site s ON s.id = w.site_id \
         LEFT JOIN clock k ON k.subject_type = 'case' AND k.subject_id = w.case_id AND k.promise = 'arrive' \
         AND k.stopped_at IS NULL {}",
        filter.sql()
    );
    let row = tx.row(&sql, filter.params()).await?.ok_or(DispatchError::OrderUnknown)?;
    let state: visits::WorkOrderState = row.parse("state")?;
    use visits::WorkOrderState::{Draft, Incomplete, Ready, Scheduled};
    if !matches!(state, Draft | Ready | Scheduled | Incomplete) {
        return Err(DispatchError::NotToPlan { number: row.get("number")?, state }.into());
    }
    let (all, tree) = tree(tx).await?;
    let people = organisation::engineers_in(tx, &Area::Within(actor.reach.clone())).await?;
    let wish = Window { start: row.get("wish_start")?, end: row.get("wish_end")? };
    let until = horizon(&wish, now).plus(BEYOND_US);
    let mut busy = busy(tx, &actor.reach, id, (now.plus(-Ts::DAY), until)).await?;
    let mut seen = last_seen(tx, &actor.reach, now).await?;
    Ok(VisitProblem {
        place: point(&row)?,
        skill: row.get("skill")?,
        duration_min: row.get("duration_min")?,
        wish,
        due_at: row.get("due_at")?,
        access: access_of(&row)?,
        units: responsible(&tree, &all, row.get("unit_id")?, row.get("second_unit_id")?),
        last_engineer: last_engineer(tx, row.get("asset_id")?, row.get("case_id")?).await?,
        candidates: people
            .into_iter()
            .map(|engineer| Candidate {
                busy: busy.remove(&engineer.id).unwrap_or_default(),
                last_seen: seen.remove(&engineer.id),
                engineer,
            })
            .collect(),
        ways: KnownWays::default(),
    })
}

// Hours that can't be read bar nobody: they are checked when they are written.
fn access_of(row: &Row) -> Result<Access, DbError> {
    let hours: customers::AccessHours = row.json("access_hours")?;
    let zone: String = row.get("zone")?;
    if hours.always {
        return Ok(Access::Always);
    }
    let shifts = hours
        .weekly
        .iter()
        .filter_map(|span| Some((span, span.minutes()?)))
        .flat_map(|(span, (from_min, to_min))| {
            span.days.iter().map(move |day| Shift {
                kind: ShiftKind::Weekly,
                weekday: Some(i64::from(*day)),
                on_date: None,
                from_min,
                to_min,
            })
        })
        .collect();
    Ok(Access::Weekly(shifts, TimeZone::get(&zone).unwrap_or(TimeZone::UTC)))
}

async fn tree(tx: &mut Tx) -> Result<(Vec<UnitId>, Tree), Failure> {
    let rows = tx.rows("SELECT id, kind, parent_id, active FROM org_unit", &[]).await?;
    let nodes = rows
        .iter()
        .map(|row| {
            Ok(Node {
                id: row.get("id")?,
                kind: row.parse("kind")?,
                parent_id: row.get("parent_id")?,
                active: row.get("active")?,
            })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    Ok((nodes.iter().map(|n| n.id).collect(), Tree::new(nodes)))
}

// The visits of each engineer within reach, but not that of the work order itself: it may move.
async fn busy(
    tx: &mut Tx,
    reach: &Reach,
    but: WorkOrderId,
    (from, until): (Ts, Ts),
) -> Result<BTreeMap<EmployeeId, Vec<Busy>>, DbError> {
    let mut filter = Where::new();
    filter.and("v.state NOT IN ('declined', 'cancelled') AND v.work_order_id <> ?", [but.into()]);
    taken(&mut filter, from, until);
    reach.narrow(&mut filter, &EMPLOYEE_SCOPE);
    let sql = format!(
        "SELECT v.id, v.engineer_id, v.window_start, v.window_end, v.left_at, v.state, s.lon, s.lat FROM visit v \
         JOIN employee e ON e.id = v.engineer_id JOIN work_order w ON w.id = v.work_order_id JOIN site s ON s.id = w.site_id {}",
        filter.sql()
    );
    let mut found: BTreeMap<EmployeeId, Vec<Busy>> = BTreeMap::new();
    for row in tx.rows(&sql, filter.params()).await? {
        let end = row.get::<Option<Ts>>("left_at")?.unwrap_or(row.get("window_end")?);
        let start: Ts = row.get("window_start")?;
        found.entry(row.get("engineer_id")?).or_default().push(Busy {
            visit: row.get("id")?,
            window: Window { start, end: end.max(start) },
            place: point(&row)?,
            state: row.parse("state")?,
        });
    }
    Ok(found)
}

// Visits of that time, and those that are under way: whoever is on the way or at work is there, however long ago it should have been
// over.
fn taken(filter: &mut Where, from: Ts, until: Ts) {
    let in_field: Vec<String> =
        VisitStateName::ALL.iter().filter(|s| s.in_field()).map(|s| format!("'{}'", s.name())).collect();
    filter.and(
        &format!("(v.window_end > ? OR v.state IN ({})) AND v.window_start < ?", in_field.join(", ")),
        [from.into(), until.into()],
    );
}

// Where each engineer's phone said it was last, at a step of a visit.
async fn last_seen(tx: &mut Tx, reach: &Reach, now: Ts) -> Result<BTreeMap<EmployeeId, LastSeen>, DbError> {
    let mut filter = Where::new();
    filter.and(
        "v.window_end > ? AND v.window_start < ?",
        [now.plus(-Ts::DAY).into(), now.plus(Ts::DAY).into()],
    );
    filter.and("t.lon IS NOT NULL AND t.at > ?", [now.plus(-SEEN_BACK_US).into()]);
    reach.narrow(&mut filter, &EMPLOYEE_SCOPE);
    let sql = format!(
        "SELECT v.engineer_id, t.lon, t.lat, t.at FROM visit v JOIN visit_stamp t ON t.visit_id = v.id \
         JOIN employee e ON e.id = v.engineer_id {} ORDER BY t.at",
        filter.sql()
    );
    let mut found = BTreeMap::new();
    for row in tx.rows(&sql, filter.params()).await? {
        if let Some(place) = point(&row)? {
            found.insert(row.get("engineer_id")?, LastSeen { place, at: row.get("at")? });
        }
    }
    Ok(found)
}

/// How a visit stands against its appointment; none if it is unknown. The way begins where the engineer's phone was last,
/// else at their base.
///
/// # Errors
/// As the database says.
pub(crate) async fn underway(tx: &mut Tx, id: VisitId, now: Ts) -> Result<Option<Underway>, DbError> {
    let sql = "SELECT v.engineer_id, v.state, v.window_end, v.appointment_end, s.lon, s.lat, s.zone, e.base_lon, e.base_lat, \
               (SELECT MAX(t.at) FROM visit_stamp t WHERE t.visit_id = v.id AND t.step = 'depart') AS departed_at FROM visit v \
               JOIN work_order w ON w.id = v.work_order_id JOIN site s ON s.id = w.site_id \
               JOIN employee e ON e.id = v.engineer_id WHERE v.id = $1";
    let Some(row) = tx.row(sql, params![id]).await? else { return Ok(None) };
    let (base_lon, base_lat): (Option<f64>, Option<f64>) = (row.get("base_lon")?, row.get("base_lat")?);
    let base = base_lon.zip(base_lat).map(|(lon, lat)| Point { lon, lat });
    let seen = "SELECT t.lon, t.lat FROM visit v JOIN visit_stamp t ON t.visit_id = v.id WHERE v.engineer_id = $1 \
                AND v.window_end > $2 AND v.window_start < $3 AND t.lon IS NOT NULL AND t.at > $4 ORDER BY t.at DESC LIMIT 1";
    let engineer_id: String = row.get("engineer_id")?;
    let span = params![engineer_id, now.plus(-Ts::DAY), now.plus(Ts::DAY), now.plus(-SEEN_BACK_US)];
    let seen = match tx.row(seen, span).await? {
        Some(seen) => point(&seen)?,
        None => None,
    };
    let departed_at: Option<Ts> = row.get("departed_at")?;
    let zone = TimeZone::get(&row.get::<String>("zone")?).unwrap_or(TimeZone::UTC);
    let travel_s = seen
        .or(base)
        .zip(point(&row)?)
        .map(|(from, to)| travel_s(distance_m(from, to), departed_at.unwrap_or(now), &zone));
    Ok(Some(Underway {
        state: row.parse("state")?,
        appointment_end: row.get::<Option<Ts>>("appointment_end")?.unwrap_or(row.get("window_end")?),
        departed_at,
        travel_s,
    }))
}

// Who came last to this device, or to the site of the case if no device is named.
async fn last_engineer(
    tx: &mut Tx,
    asset_id: Option<String>,
    case_id: String,
) -> Result<Option<EmployeeId>, DbError> {
    let (which, value) = match asset_id {
        Some(asset_id) => ("w.asset_id = $1", asset_id),
        None => (
            "w.case_id IN (SELECT c.id FROM service_case c WHERE c.site_id = (SELECT o.site_id FROM service_case o WHERE o.id = $1))",
            case_id,
        ),
    };
    let sql = format!(
        "SELECT v.engineer_id FROM work_order w JOIN visit v ON v.work_order_id = w.id WHERE {which} AND v.arrived_at IS NOT NULL \
         ORDER BY v.arrived_at DESC LIMIT 1"
    );
    tx.row(&sql, params![value]).await?.map(|row| row.get("engineer_id")).transpose()
}

const ORDER: &str = "w.id AS work_order_id, w.number, w.kind, w.state, w.case_id, c.number AS case_number, c.severity, \
     cc.verdict, k.due_at, w.unit_id, s.name AS site_name, s.zone, s.lon, s.lat, w.skill, w.duration_min, \
     COALESCE(w.promised_start, w.wish_start) AS wish_start, COALESCE(w.promised_end, w.wish_end) AS wish_end";
const ORDER_JOINS: &str = "JOIN service_case c ON c.id = w.case_id JOIN site s ON s.id = w.site_id \
     LEFT JOIN case_coverage cc ON cc.case_id = w.case_id \
     LEFT JOIN clock k ON k.subject_type = 'case' AND k.subject_id = w.case_id AND k.promise = 'arrive' AND k.stopped_at IS NULL";

fn order_of(row: &Row) -> Result<BoardOrder, DbError> {
    Ok(BoardOrder {
        work_order_id: row.get("work_order_id")?,
        number: row.get("number")?,
        kind: row.parse("kind")?,
        state: row.parse("state")?,
        case_id: row.get("case_id")?,
        case_number: row.get("case_number")?,
        severity: row.parse("severity")?,
        coverage: row.get("verdict")?,
        due_at: row.get("due_at")?,
        unit_id: row.get("unit_id")?,
        site_name: row.get("site_name")?,
        zone: row.get("zone")?,
        point: point(row)?,
        skill: row.get("skill")?,
        duration_min: row.get("duration_min")?,
        wish: Window { start: row.get("wish_start")?, end: row.get("wish_end")? },
    })
}

// Of a unit and everything below it, if one is given.
fn of_unit(filter: &mut Where, column: &str, unit: Option<UnitId>) {
    if let Some(unit) = unit {
        let within = format!("{column} IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)");
        filter.and(&within, [unit.into()]);
    }
}

/// The board from `from` to `to`: six statements and a bounded answer, however many engineers and orders.
///
/// # Errors
/// As the database says.
pub async fn board(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
    (from, to): (Ts, Ts),
    now: Ts,
) -> Result<Board, Failure> {
    let (mut engineers, zones) = board_engineers(tx, reach, unit).await?;
    let more_engineers = cut(&mut engineers, MOST_ENGINEERS);
    let mut plans = board_shifts(tx, reach, unit).await?;
    let mut blocks = board_blocks(tx, reach, unit, (from, to), now).await?;
    let more_visits = cut(&mut blocks, MOST_BLOCKS);
    let load = board_load(tx, reach, unit, (from, to)).await?;
    let mut unscheduled = unscheduled(tx, reach, unit).await?;
    let more = cut(&mut unscheduled, MOST_UNSCHEDULED);
    for engineer in &mut engineers {
        let plan = plans.remove(&engineer.id).unwrap_or_default();
        let zone = zones.get(&engineer.id).cloned().unwrap_or(TimeZone::UTC);
        let spans = shifts::working_spans(&plan, &zone, from, to);
        engineer.shift_min = spans.iter().map(|(a, b)| (b.micros() - a.micros()) / Ts::MINUTE).sum();
        engineer.shifts = spans.into_iter().map(|(start, end)| WorkSpan { start, end }).collect();
        let leave = shifts::leave_spans(&plan, &zone, from, to);
        engineer.leave = leave.into_iter().map(|(start, end)| WorkSpan { start, end }).collect();
    }
    let ways = board_ways(tx, reach, unit, now).await?;
    for engineer in &mut engineers {
        engineer.load_min = load.get(&engineer.id).copied().unwrap_or(0);
        engineer.on_way = ways.get(&engineer.id).copied();
    }
    Ok(Board { from, to, now, engineers, blocks, unscheduled, more, more_engineers, more_visits })
}

// Whether there were more than `most`; those go.
fn cut<T>(rows: &mut Vec<T>, most: i64) -> bool {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    more
}

// The engineers of the board, one more than are shown.
fn on_board(reach: &Reach, unit: Option<UnitId>) -> (String, Where) {
    let mut filter = Where::new();
    filter.and("e.role = 'engineer' AND e.active = 1", []);
    reach.narrow(&mut filter, &EMPLOYEE_SCOPE);
    of_unit(&mut filter, "e.unit_id", unit);
    let limit = filter.bind(MOST_ENGINEERS + 1);
    (format!("(SELECT e.* FROM employee e {} ORDER BY e.name, e.id LIMIT {limit})", filter.sql()), filter)
}

async fn board_engineers(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
) -> Result<(Vec<BoardEngineer>, BTreeMap<EmployeeId, TimeZone>), DbError> {
    let (engineers, filter) = on_board(reach, unit);
    let sql = format!(
        "SELECT e.id, e.name, e.badge_number, e.photo_sha256, e.unit_id, e.base_lon AS lon, e.base_lat AS lat, u.zone, k.skill \
         FROM {engineers} e JOIN org_unit u ON u.id = e.unit_id LEFT JOIN employee_skill k ON k.employee_id = e.id \
         ORDER BY e.name, e.id, k.skill"
    );
    let mut engineers: Vec<BoardEngineer> = Vec::new();
    let mut zones = BTreeMap::new();
    for row in tx.rows(&sql, filter.params()).await? {
        let id: EmployeeId = row.get("id")?;
        if engineers.last().is_none_or(|e| e.id != id) {
            let zone: String = row.get("zone")?;
            zones.insert(id, TimeZone::get(&zone).unwrap_or(TimeZone::UTC));
            engineers.push(BoardEngineer {
                id,
                name: row.get("name")?,
                badge_number: row.get("badge_number")?,
                photo_sha256: row.get("photo_sha256")?,
                unit_id: row.get("unit_id")?,
                base: point(&row)?,
                skills: Vec::new(),
                shifts: Vec::new(),
                leave: Vec::new(),
                shift_min: 0,
                load_min: 0,
                on_way: None,
            });
        }
        if let (Some(engineer), Some(skill)) = (engineers.last_mut(), row.get("skill")?) {
            engineer.skills.push(skill);
        }
    }
    Ok((engineers, zones))
}

// Where those are who are on the way and share that: one place each, the last.
async fn board_ways(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
    now: Ts,
) -> Result<BTreeMap<EmployeeId, BoardWay>, DbError> {
    let mut filter = Where::new();
    filter.and("v.state = 'travelling'", []);
    reach.narrow(&mut filter, &EMPLOYEE_SCOPE);
    of_unit(&mut filter, "e.unit_id", unit);
    let sql = format!(
        "SELECT v.engineer_id, v.id AS visit_id, p.at, p.lon, p.lat, s.lon AS site_lon, s.lat AS site_lat, s.zone FROM visit v \
         JOIN employee e ON e.id = v.engineer_id JOIN work_order w ON w.id = v.work_order_id JOIN site s ON s.id = w.site_id \
         JOIN visit_position p ON p.visit_id = v.id AND p.at = (SELECT MAX(l.at) FROM visit_position l WHERE l.visit_id = v.id) {}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter()
        .map(|row| {
            let from = Point { lon: row.get("lon")?, lat: row.get("lat")? };
            let seen_at: Ts = row.get("at")?;
            let (lon, lat): (Option<f64>, Option<f64>) = (row.get("site_lon")?, row.get("site_lat")?);
            let zone = TimeZone::get(&row.get::<String>("zone")?).unwrap_or(TimeZone::UTC);
            let site = lon.zip(lat).map(|(lon, lat)| Point { lon, lat });
            let arrive_in_min = site.and_then(|to| minutes_left(from, to, seen_at, now, &zone));
            let way = BoardWay { visit_id: row.get("visit_id")?, seen_at, point: from, arrive_in_min };
            Ok((row.get("engineer_id")?, way))
        })
        .collect()
}

async fn board_shifts(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
) -> Result<BTreeMap<EmployeeId, Vec<Shift>>, DbError> {
    let (engineers, filter) = on_board(reach, unit);
    let sql = format!(
        "SELECT t.employee_id, t.kind, t.weekday, t.on_date, t.from_min, t.to_min FROM shift t \
         JOIN {engineers} e ON e.id = t.employee_id"
    );
    let mut found: BTreeMap<EmployeeId, Vec<Shift>> = BTreeMap::new();
    for row in tx.rows(&sql, filter.params()).await? {
        found.entry(row.get("employee_id")?).or_default().push(Shift {
            kind: row.parse("kind")?,
            weekday: row.get("weekday")?,
            on_date: row.get("on_date")?,
            from_min: row.get("from_min")?,
            to_min: row.get("to_min")?,
        });
    }
    Ok(found)
}

// The visits of the span.
fn in_span(reach: &Reach, unit: Option<UnitId>, (from, to): (Ts, Ts)) -> Where {
    let mut filter = Where::new();
    filter.and("v.state NOT IN ('declined', 'cancelled')", []);
    filter.and("v.window_start < ? AND v.window_end > ?", [to.into(), from.into()]);
    reach.narrow(&mut filter, &ORDER_SCOPE);
    of_unit(&mut filter, "w.unit_id", unit);
    filter
}

// Minutes planned within the span, of every visit of it, shown or not.
async fn board_load(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
    (from, to): (Ts, Ts),
) -> Result<BTreeMap<EmployeeId, i64>, DbError> {
    let mut filter = in_span(reach, unit, (from, to));
    let (start, end) = (filter.bind(from), filter.bind(to));
    let sql = format!(
        "SELECT v.engineer_id, CAST(SUM((CASE WHEN v.window_end < {end} THEN v.window_end ELSE {end} END) \
         - (CASE WHEN v.window_start > {start} THEN v.window_start ELSE {start} END)) AS BIGINT) AS busy \
         FROM visit v JOIN work_order w ON w.id = v.work_order_id {} GROUP BY v.engineer_id",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter().map(|row| Ok((row.get("engineer_id")?, row.get::<i64>("busy")? / Ts::MINUTE))).collect()
}

async fn board_blocks(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
    span: (Ts, Ts),
    now: Ts,
) -> Result<Vec<BoardBlock>, DbError> {
    let mut filter = in_span(reach, unit, span);
    let limit = filter.bind(MOST_BLOCKS + 1);
    let sql = format!(
        "SELECT v.id, v.number AS visit_number, v.engineer_id, v.window_start, v.window_end, v.state AS visit_state, v.arrived_at, \
         v.locked_at, v.lock_note, COALESCE(lk.name, v.locked_by) AS locked_name, v.version, {ORDER} FROM visit v \
         JOIN work_order w ON w.id = v.work_order_id {ORDER_JOINS} LEFT JOIN account lk ON lk.id = v.locked_by {} \
         ORDER BY v.window_start, v.id LIMIT {limit}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter()
        .map(|row| {
            let window = Window { start: row.get("window_start")?, end: row.get("window_end")? };
            let state: VisitStateName = row.parse("visit_state")?;
            let waiting = state.is_planned();
            Ok(BoardBlock {
                id: row.get("id")?,
                visit_number: row.get("visit_number")?,
                engineer_id: row.get("engineer_id")?,
                window,
                visit_state: state,
                arrived_at: row.get("arrived_at")?,
                movable: waiting,
                lock: visits::lock_of_row(row, state)?,
                behind: (waiting && window.start < now) || (state.in_field() && window.end < now),
                version: row.get("version")?,
                order: order_of(row)?,
            })
        })
        .collect()
}

async fn unscheduled(tx: &mut Tx, reach: &Reach, unit: Option<UnitId>) -> Result<Vec<BoardOrder>, DbError> {
    let mut filter = Where::new();
    filter.and(UNSCHEDULED, []);
    reach.narrow(&mut filter, &ORDER_SCOPE);
    of_unit(&mut filter, "w.unit_id", unit);
    let limit = filter.bind(MOST_UNSCHEDULED + 1);
    let sql = format!(
        "SELECT {ORDER} FROM work_order w {ORDER_JOINS} {} ORDER BY COALESCE(k.due_at, w.wish_end), w.id LIMIT {limit}",
        filter.sql()
    );
    tx.rows(&sql, filter.params()).await?.iter().map(order_of).collect()
}

/// What a dispatcher looks at first, in one statement.
///
/// # Errors
/// As the database says.
pub async fn counts(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
    now: Ts,
) -> Result<BoardCounts, DbError> {
    let mut filter = Where::new();
    // The counted marks come first, so that their parameters do.
    let marks = |filter: &mut Where, condition: &str, values: &[Ts]| {
        let mut text = String::new();
        let mut values = values.iter();
        for c in condition.chars() {
            match (c, c == '?') {
                (_, true) => text
                    .push_str(&filter.bind(values.next().copied().map(Value::from).unwrap_or(Value::Null))),
                (c, false) => text.push(c),
            }
        }
        format!("CAST(COALESCE(SUM(CASE WHEN {text} THEN 1 ELSE 0 END), 0) AS BIGINT)")
    };
    let unassigned = marks(&mut filter, "w.state IN ('ready', 'incomplete') AND v.id IS NULL", &[]);
    let due_soon = marks(&mut filter, "k.due_at >= ? AND k.due_at <= ?", &[now, now.plus(Ts::HOUR)]);
    let breached = marks(&mut filter, "k.due_at < ?", &[now]);
    let behind_plan = marks(&mut filter, BEHIND, &[now, now]);
    filter.and("w.state NOT IN ('closed', 'cancelled')", []);
    reach.narrow(&mut filter, &ORDER_SCOPE);
    of_unit(&mut filter, "w.unit_id", unit);
    let sql = format!(
        "SELECT {unassigned} AS unassigned, {due_soon} AS due_soon, {breached} AS breached, {behind_plan} AS behind_plan \
         FROM work_order w LEFT JOIN visit v ON v.work_order_id = w.id AND v.state NOT IN ('declined', 'left', 'cancelled') \
         LEFT JOIN clock k ON k.subject_type = 'case' AND k.subject_id = w.case_id AND k.promise = 'arrive' \
         AND k.stopped_at IS NULL {}",
        filter.sql()
    );
    let row = tx.row(&sql, filter.params()).await?.ok_or(DbError::Column { name: "unassigned".into() })?;
    Ok(BoardCounts {
        unassigned: row.get("unassigned")?,
        due_soon: row.get("due_soon")?,
        breached: row.get("breached")?,
        behind_plan: row.get("behind_plan")?,
    })
}
