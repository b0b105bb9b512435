//! Areas whose plan goes on by itself, and the published versions of it.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::Dialect;
use kit::{
    Both, Cx, DbError, Failure, Key, Page, Paging, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params,
};
use organisation::{EmployeeId, UnitId};
use visits::{VisitId, WorkOrderId};

use super::ORDER_SCOPE;
use crate::errors::DispatchError;
use crate::model::living::{
    ContentChange, ContentLeftOut, ContentMove, ContentVisit, Happened, LatestVersion, PlanCause,
    PlanContent, PlanHindrance, PlanVersion, PlanVersionCounts, PlanVersionRow, PlanVersionState, PlanWhy,
    PlanningArea, PlanningMode, VersionChange, VersionLeftOut, VersionMove, VersionVisit,
};

/// Versions that are kept of each unit, the newest.
pub(crate) const KEPT: i64 = 200;

const UNIT_SCOPE: ScopeColumns =
    ScopeColumns { subject: "org_unit", id: "u.id", unit: "u.id", second_unit: None, customer: None };

const VERSION_SCOPE: ScopeColumns = ScopeColumns { id: "p.unit_id", unit: "p.unit_id", ..UNIT_SCOPE };

const AREA: &str = "SELECT u.id AS unit_id, u.name_zh, u.name_en, a.mode, a.version, a.changed_at, a.hindered, \
     COALESCE(c.name, a.changed_by) AS changed_by, p.number AS latest_number, p.made_at AS latest_made_at, p.state AS latest_state, \
     (SELECT COUNT(*) FROM employee e JOIN unit_reach r ON r.unit_id = e.unit_id WHERE r.root_id = u.id AND e.role = 'engineer' \
      AND e.active = 1) AS engineers \
     FROM org_unit u LEFT JOIN planning_area a ON a.unit_id = u.id LEFT JOIN account c ON c.id = a.changed_by \
     LEFT JOIN plan_version p ON p.unit_id = u.id AND p.number = (SELECT MAX(n.number) FROM plan_version n WHERE n.unit_id = u.id)";

fn area_of(row: &Row) -> Result<PlanningArea, DbError> {
    let set = !row.is_null("mode")?;
    let latest = match row.get::<Option<i64>>("latest_number")? {
        Some(number) => Some(LatestVersion {
            number,
            made_at: row.get("latest_made_at")?,
            state: row.parse("latest_state")?,
        }),
        None => None,
    };
    Ok(PlanningArea {
        unit_id: row.get("unit_id")?,
        name: Both::new(row.text("name_zh")?, row.text("name_en")?),
        engineers: row.get("engineers")?,
        mode: if set { row.parse("mode")? } else { PlanningMode::Off },
        version: if set { row.get("version")? } else { 1 },
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
        hindered: if row.is_null("hindered")? { None } else { Some(row.parse("hindered")?) },
        latest,
    })
}

/// The units within reach that have engineers, themselves or below them, and those that have a mode.
///
/// # Errors
/// As the database says.
pub(crate) async fn areas(tx: &mut Tx, reach: &Reach) -> Result<Vec<PlanningArea>, DbError> {
    let mut filter = Where::new();
    filter.and(
        "a.mode <> 'off' OR (u.active = 1 AND EXISTS (SELECT 1 FROM employee e JOIN unit_reach r ON r.unit_id = e.unit_id \
         WHERE r.root_id = u.id AND e.role = 'engineer' AND e.active = 1))",
        [],
    );
    reach.narrow(&mut filter, &UNIT_SCOPE);
    let sql = format!("{AREA} {} ORDER BY u.name_zh, u.id", filter.sql());
    tx.rows(&sql, filter.params()).await?.iter().map(area_of).collect()
}

/// One unit within reach.
///
/// # Errors
/// `planning_unit_unknown`.
pub(crate) async fn area(tx: &mut Tx, reach: &Reach, unit: UnitId) -> Result<PlanningArea, Failure> {
    let mut filter = Where::new();
    filter.and("u.id = ?", [unit.into()]);
    reach.narrow(&mut filter, &UNIT_SCOPE);
    let row = tx.row(&format!("{AREA} {}", filter.sql()), filter.params()).await?;
    Ok(area_of(&row.ok_or(DispatchError::PlanningUnitUnknown)?)?)
}

/// The name of a unit above or below whose plan goes on by itself.
///
/// # Errors
/// As the database says.
pub(crate) async fn overlapping(tx: &mut Tx, unit: UnitId) -> Result<Option<String>, DbError> {
    let sql = "SELECT u.name_zh FROM planning_area a JOIN org_unit u ON u.id = a.unit_id WHERE a.unit_id <> $1 AND a.mode <> 'off' \
               AND (EXISTS (SELECT 1 FROM unit_reach r WHERE r.root_id = a.unit_id AND r.unit_id = $1) \
                 OR EXISTS (SELECT 1 FROM unit_reach r WHERE r.root_id = $1 AND r.unit_id = a.unit_id)) ORDER BY u.id LIMIT 1";
    tx.row(sql, params![unit]).await?.map(|row| row.get("name_zh")).transpose()
}

/// Sets the mode of a unit; what happened before is of no matter any more.
///
/// # Errors
/// As the database says.
pub(crate) async fn set_mode(
    tx: &mut Tx,
    cx: &Cx,
    unit: UnitId,
    mode: PlanningMode,
    version: i64,
) -> Result<(), DbError> {
    tx.put(
        "INSERT INTO planning_area (unit_id, mode, version, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (unit_id) DO UPDATE SET mode = excluded.mode, version = excluded.version, changed_at = excluded.changed_at, \
         changed_by = excluded.changed_by, pending = '{\"kinds\":[]}', marks = planning_area.marks + 1, hindered = NULL",
        params![unit, mode, version, cx.now, &cx.actor.id],
    )
    .await
}

const ROW: &str = "SELECT p.unit_id, p.number, p.made_at, p.kinds, p.subject_type, p.subject_id, p.why, p.cost_before, p.cost_after, \
     p.visits, p.moves, p.left_out, p.changed, p.state, p.decided_at, c.name AS decided_by, \
     COALESCE(v.number, w.number, k.number, e.name, u.name_zh) AS subject, p.content, p.changes \
     FROM plan_version p LEFT JOIN account c ON c.id = p.decided_by \
     LEFT JOIN visit v ON p.subject_type = 'visit' AND v.id = p.subject_id \
     LEFT JOIN work_order w ON p.subject_type = 'work_order' AND w.id = p.subject_id \
     LEFT JOIN service_case k ON p.subject_type = 'case' AND k.id = p.subject_id \
     LEFT JOIN employee e ON p.subject_type = 'employee' AND e.id = p.subject_id \
     LEFT JOIN org_unit u ON p.subject_type IN ('planning_area', 'unit') AND u.id = p.subject_id";

fn row_of(row: &Row) -> Result<PlanVersionRow, DbError> {
    Ok(PlanVersionRow {
        unit_id: row.get("unit_id")?,
        number: row.get("number")?,
        made_at: row.get("made_at")?,
        cause: PlanCause {
            kinds: row.json("kinds")?,
            subject_type: row.get("subject_type")?,
            subject_id: row.get("subject_id")?,
            subject: row.get("subject")?,
        },
        why: row.json("why")?,
        cost_before: row.get("cost_before")?,
        cost_after: row.get("cost_after")?,
        counts: PlanVersionCounts {
            proposals: row.get("visits")?,
            moves: row.get("moves")?,
            left_out: row.get("left_out")?,
            changes: row.get("changed")?,
        },
        state: row.parse("state")?,
        decided_at: row.get("decided_at")?,
        decided_by: row.get("decided_by")?,
    })
}

/// The versions of the plans of the units within reach, or of one of them, the newest first.
///
/// # Errors
/// `cursor_invalid`, `planning_unit_unknown`.
pub(crate) async fn versions(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
    paging: &Paging,
) -> Result<Page<PlanVersionRow>, Failure> {
    let mut filter = Where::new();
    if let Some(last) = paging.after([Key::Time, Key::Id, Key::Int])? {
        filter.and("(p.made_at, p.unit_id, p.number) < (?, ?, ?)", last);
    }
    match unit {
        Some(unit) => {
            area(tx, reach, unit).await?;
            filter.and("p.unit_id = ?", [unit.into()]);
        }
        None => reach.narrow(&mut filter, &VERSION_SCOPE),
    }
    let limit = filter.bind(paging.limit() + 1);
    let sql = format!(
        "{ROW} {} ORDER BY p.made_at DESC, p.unit_id DESC, p.number DESC LIMIT {limit}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?.iter().map(row_of).collect::<Result<Vec<_>, _>>()?;
    let key = |row: &PlanVersionRow| {
        vec![Value::Int(row.made_at.micros()), row.unit_id.into(), Value::Int(row.number)]
    };
    Ok(Page::from_rows(rows, paging.limit(), key))
}

/// One version with the names of what it is about, as far as `reach` goes.
///
/// # Errors
/// `plan_version_unknown`.
pub(crate) async fn version(
    tx: &mut Tx,
    reach: &Reach,
    unit: UnitId,
    number: i64,
) -> Result<PlanVersion, Failure> {
    let sql = format!("{ROW} WHERE p.unit_id = $1 AND p.number = $2");
    let row = tx.row(&sql, params![unit, number]).await?.ok_or(DispatchError::PlanVersionUnknown)?;
    let (content, changes): (PlanContent, Vec<ContentChange>) = (row.json("content")?, row.json("changes")?);
    let names = Names::of(tx, reach, &content, &changes).await?;
    Ok(PlanVersion {
        version: row_of(&row)?,
        proposals: content.visits.iter().filter_map(|v| names.visit(v)).collect(),
        moves: content.moves.iter().filter_map(|m| names.moved(m)).collect(),
        left_out: content.left_out.iter().filter_map(|l| names.left_out(l)).collect(),
        changes: changes.iter().filter_map(|c| names.change(c)).collect(),
    })
}

/// What people call the records of a version.
struct Names {
    orders: BTreeMap<WorkOrderId, (String, String, String)>,
    visits: BTreeMap<VisitId, String>,
    people: BTreeMap<EmployeeId, String>,
}

impl Names {
    async fn of(
        tx: &mut Tx,
        reach: &Reach,
        content: &PlanContent,
        changes: &[ContentChange],
    ) -> Result<Self, DbError> {
        let (mut orders, mut visits, mut people) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for visit in &content.visits {
            orders.insert(visit.order);
            people.insert(visit.engineer);
        }
        for moved in &content.moves {
            orders.insert(moved.order);
            visits.insert(moved.visit);
            people.extend([moved.from, moved.engineer]);
        }
        orders.extend(content.left_out.iter().map(|l| l.order));
        for change in changes {
            orders.insert(change.order);
            visits.extend(change.visit);
            people.extend(change.before.iter().chain(&change.after).map(|(who, _)| *who));
        }
        let mut names = Self { orders: BTreeMap::new(), visits: BTreeMap::new(), people: BTreeMap::new() };
        let mut filter = Where::new();
        filter.any("w.id", orders);
        reach.narrow(&mut filter, &ORDER_SCOPE);
        let sql = format!(
            "SELECT w.id, w.number, s.name, s.zone FROM work_order w JOIN site s ON s.id = w.site_id {}",
            filter.sql()
        );
        for row in tx.rows(&sql, filter.params()).await? {
            names.orders.insert(row.get("id")?, (row.get("number")?, row.get("name")?, row.get("zone")?));
        }
        let mut filter = Where::new();
        filter.any("v.id", visits);
        let sql = format!("SELECT v.id, v.number FROM visit v {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            names.visits.insert(row.get("id")?, row.get("number")?);
        }
        let mut filter = Where::new();
        filter.any("e.id", people);
        let sql = format!("SELECT e.id, e.name FROM employee e {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            names.people.insert(row.get("id")?, row.get("name")?);
        }
        Ok(names)
    }

    fn person(&self, id: EmployeeId) -> String {
        self.people.get(&id).cloned().unwrap_or_default()
    }

    fn visit(&self, visit: &ContentVisit) -> Option<VersionVisit> {
        let (number, site_name, zone) = self.orders.get(&visit.order)?.clone();
        Some(VersionVisit {
            work_order_id: visit.order,
            number,
            version: visit.version,
            site_name,
            zone,
            engineer_id: visit.engineer,
            engineer_name: self.person(visit.engineer),
            window: visit.window,
            needs: visit.needs.clone(),
            waits: visit.waits,
        })
    }

    fn moved(&self, moved: &ContentMove) -> Option<VersionMove> {
        let (_, site_name, zone) = self.orders.get(&moved.order)?.clone();
        Some(VersionMove {
            visit_id: moved.visit,
            visit_number: self.visits.get(&moved.visit)?.clone(),
            version: moved.version,
            work_order_id: moved.order,
            site_name,
            zone,
            from_engineer_id: moved.from,
            from_name: self.person(moved.from),
            from_window: moved.from_window,
            engineer_id: moved.engineer,
            engineer_name: self.person(moved.engineer),
            window: moved.window,
            needs: moved.needs.clone(),
            waits: moved.waits,
        })
    }

    fn left_out(&self, left_out: &ContentLeftOut) -> Option<VersionLeftOut> {
        let (number, site_name, _) = self.orders.get(&left_out.order)?.clone();
        let reasons = left_out.reasons.clone();
        Some(VersionLeftOut { work_order_id: left_out.order, number, site_name, reasons })
    }

    fn change(&self, change: &ContentChange) -> Option<VersionChange> {
        let (number, site_name, zone) = self.orders.get(&change.order)?.clone();
        let (from, to) = (change.before, change.after);
        Some(VersionChange {
            what: change.what,
            work_order_id: change.order,
            number,
            site_name,
            zone,
            visit_id: change.visit,
            from_engineer_id: from.map(|(who, _)| who),
            from_name: from.map(|(who, _)| self.person(who)),
            from_start: from.map(|(_, at)| at),
            engineer_id: to.map(|(who, _)| who),
            engineer_name: to.map(|(who, _)| self.person(who)),
            start: to.map(|(_, at)| at),
        })
    }
}

/// An area whose plan goes on by itself.
#[derive(Clone, Debug)]
pub(crate) struct Living {
    pub mode: PlanningMode,
    /// What happened since the last look.
    pub pending: Happened,
    /// How often something was marked.
    pub marks: i64,
}

/// The area of a unit, if its plan goes on by itself; with `hold`, nobody marks or sets it until the transaction ends.
///
/// # Errors
/// As the database says.
pub(crate) async fn living(tx: &mut Tx, unit: UnitId, hold: bool) -> Result<Option<Living>, DbError> {
    let lock = if hold { lock(tx) } else { "" };
    let sql =
        format!("SELECT mode, pending, marks FROM planning_area WHERE unit_id = $1 AND mode <> 'off' {lock}");
    let row = tx.row(&sql, params![unit]).await?;
    row.map(|row| {
        Ok(Living { mode: row.parse("mode")?, pending: row.json("pending")?, marks: row.get("marks")? })
    })
    .transpose()
}

fn lock(tx: &Tx) -> &'static str {
    match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => "FOR UPDATE",
    }
}

/// The area of each unit whose plan goes on by itself, and since when; empty where there is none.
///
/// # Errors
/// As the database says.
pub(crate) async fn areas_of_units(tx: &mut Tx) -> Result<BTreeMap<UnitId, (UnitId, Ts)>, DbError> {
    let sql = "SELECT r.unit_id, a.unit_id AS area_id, a.changed_at FROM planning_area a JOIN unit_reach r ON r.root_id = a.unit_id \
               WHERE a.mode <> 'off'";
    let rows = tx.rows(sql, &[]).await?;
    rows.iter().map(|row| Ok((row.get("unit_id")?, (row.get("area_id")?, row.get("changed_at")?)))).collect()
}

/// The units of these people, and the second units of work orders of these cases.
///
/// # Errors
/// As the database says.
pub(crate) async fn units_beside(
    tx: &mut Tx,
    people: &BTreeSet<String>,
    cases: &BTreeSet<String>,
) -> Result<(BTreeMap<String, UnitId>, BTreeMap<String, UnitId>), DbError> {
    let (mut of_people, mut of_cases) = (BTreeMap::new(), BTreeMap::new());
    if !people.is_empty() {
        let mut filter = Where::new();
        filter.any("e.id", people.iter().map(String::as_str));
        let sql = format!("SELECT e.id, e.unit_id FROM employee e {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            of_people.insert(row.get("id")?, row.get("unit_id")?);
        }
    }
    if !cases.is_empty() {
        let mut filter = Where::new();
        filter.and("w.second_unit_id IS NOT NULL", []);
        filter.any("w.case_id", cases.iter().map(String::as_str));
        let sql = format!("SELECT w.case_id, w.second_unit_id FROM work_order w {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            of_cases.insert(row.get("case_id")?, row.get("second_unit_id")?);
        }
    }
    Ok((of_people, of_cases))
}

/// Marks an area: something happened, and its plan is to be looked at. Whether it is still on.
///
/// # Errors
/// As the database says.
pub(crate) async fn mark(tx: &mut Tx, unit: UnitId, more: &Happened) -> Result<bool, Failure> {
    let Some(area) = living(tx, unit, true).await? else { return Ok(false) };
    let mut pending = area.pending;
    pending.join(more);
    let sql = "UPDATE planning_area SET pending = $1, marks = marks + 1 WHERE unit_id = $2";
    tx.put(sql, params![serde_json::to_string(&pending)?, unit]).await?;
    Ok(true)
}

/// Ends a look: what it took in is done with, and what is left waits for the next one.
///
/// # Errors
/// As the database says.
pub(crate) async fn looked(
    tx: &mut Tx,
    unit: UnitId,
    left: &Happened,
    hindered: Option<PlanHindrance>,
) -> Result<(), Failure> {
    let sql = "UPDATE planning_area SET pending = $1, hindered = $2 WHERE unit_id = $3 AND (pending <> $1 \
               OR COALESCE(hindered, '') <> COALESCE($2, ''))";
    tx.execute(sql, params![serde_json::to_string(left)?, hindered.map(PlanHindrance::name), unit]).await?;
    Ok(())
}

/// The version that was published last.
#[derive(Clone, Debug)]
pub(crate) struct Latest {
    pub number: i64,
    pub made_at: Ts,
    pub state: PlanVersionState,
    pub content: PlanContent,
}

/// The latest version of a unit whose plan goes on by itself.
///
/// # Errors
/// As the database says.
pub(crate) async fn latest(tx: &mut Tx, unit: UnitId) -> Result<Option<Latest>, DbError> {
    let sql = "SELECT p.number, p.made_at, p.state, p.content FROM plan_version p JOIN planning_area a ON a.unit_id = p.unit_id \
               WHERE p.unit_id = $1 AND a.mode <> 'off' ORDER BY p.number DESC LIMIT 1";
    let row = tx.row(sql, params![unit]).await?;
    row.map(|row| {
        Ok(Latest {
            number: row.get("number")?,
            made_at: row.get("made_at")?,
            state: row.parse("state")?,
            content: row.json("content")?,
        })
    })
    .transpose()
}

/// A version to publish.
#[derive(Clone, Debug)]
pub(crate) struct NewVersion {
    pub number: i64,
    pub happened: Happened,
    pub why: Vec<PlanWhy>,
    pub cost: (i64, i64),
    pub content: PlanContent,
    pub changes: Vec<ContentChange>,
}

/// Publishes a version: the one before has had its time, and the oldest beyond what is kept are forgotten.
///
/// # Errors
/// As the database says.
pub(crate) async fn publish(tx: &mut Tx, unit: UnitId, new: &NewVersion, now: Ts) -> Result<(), Failure> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    tx.put(
        "UPDATE plan_version SET state = 'superseded' WHERE unit_id = $1 AND state = 'published'",
        params![unit],
    )
    .await?;
    tx.put(
        "INSERT INTO plan_version (unit_id, number, made_at, kinds, subject_type, subject_id, why, cost_before, cost_after, content, \
         changes, visits, moves, left_out, changed, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'published')",
        params![
            unit,
            new.number,
            now,
            serde_json::to_string(&new.happened.kinds)?,
            new.happened.subject_type.clone(),
            new.happened.subject_id.clone(),
            serde_json::to_string(&new.why)?,
            new.cost.0,
            new.cost.1,
            serde_json::to_string(&new.content)?,
            serde_json::to_string(&new.changes)?,
            count(new.content.visits.len()),
            count(new.content.moves.len()),
            count(new.content.left_out.len()),
            count(new.changes.len())
        ],
    )
    .await?;
    let old = "DELETE FROM plan_version WHERE unit_id = $1 AND number <= $2";
    tx.put(old, params![unit, new.number - KEPT]).await?;
    Ok(())
}

/// Remembers who took a version up. What was done by itself stays so, whatever people accept besides. Whether there is such a
/// version.
///
/// # Errors
/// As the database says.
pub(crate) async fn decide(
    tx: &mut Tx,
    cx: &Cx,
    (unit, number): (UnitId, i64),
    state: PlanVersionState,
) -> Result<bool, DbError> {
    let sql = "UPDATE plan_version SET state = CASE WHEN state = 'done_by_itself' THEN state ELSE $1 END, \
               decided_by = CASE WHEN state = 'done_by_itself' THEN decided_by ELSE $2 END, \
               decided_at = CASE WHEN state = 'done_by_itself' THEN decided_at ELSE $3 END WHERE unit_id = $4 AND number = $5";
    Ok(tx.execute(sql, params![state, &cx.actor.id, cx.now, unit, number]).await? == 1)
}
