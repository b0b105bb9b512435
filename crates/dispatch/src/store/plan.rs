//! The facts of a plan: as many statements for a thousand visits as for one.

use std::collections::{BTreeMap, BTreeSet};

use kit::{Actor, DbError, Failure, Reach, Row, Ts, Tx, Where};
use organisation::{Area, EmployeeId, Tree, UnitId};
use visits::{VisitId, VisitStateName, Window};

use super::{
    EMPLOYEE_SCOPE, MOST_UNSCHEDULED, ORDER_SCOPE, UNSCHEDULED, access_of, cut, last_seen, of_unit, point,
    taken, tree,
};
use crate::model::WorkSpan;
use crate::model::plan::{PlanEngineer, PlanFacts, PlanOrder, PlanVisit};
use crate::rules::plan::BEYOND_US;
use crate::rules::responsible;

pub(super) const ORDER: &str = "w.id AS work_order_id, w.number AS order_number, w.version AS order_version, w.kind, w.asset_id, w.unit_id, \
     w.second_unit_id, w.skill, w.duration_min, w.promised_start, w.promised_end, COALESCE(w.promised_start, w.wish_start) AS wish_start, \
     COALESCE(w.promised_end, w.wish_end) AS wish_end, c.severity, k.due_at, s.name AS site_name, s.zone, \
     s.lon, s.lat, s.access_hours";
pub(super) const ORDER_JOINS: &str = "JOIN service_case c ON c.id = w.case_id JOIN site s ON s.id = w.site_id \
     LEFT JOIN clock k ON k.subject_type = 'case' AND k.subject_id = w.case_id AND k.promise = 'arrive' AND k.stopped_at IS NULL";

/// Units, and who is responsible for whose work: asked once for each pair.
pub(super) struct Units {
    tree: Tree,
    all: Vec<UnitId>,
    known: BTreeMap<(UnitId, Option<UnitId>), Vec<UnitId>>,
}

impl Units {
    pub(super) async fn load(tx: &mut Tx) -> Result<Self, Failure> {
        let (all, tree) = tree(tx).await?;
        Ok(Self { tree, all, known: BTreeMap::new() })
    }

    pub(super) fn responsible(&mut self, owner: UnitId, second: Option<UnitId>) -> Vec<UnitId> {
        let (tree, all) = (&self.tree, &self.all);
        self.known.entry((owner, second)).or_insert_with(|| responsible(tree, all, owner, second)).clone()
    }

    /// Whether a work order of these units lies within reach.
    fn reached(&self, reach: &Reach, owner: UnitId, second: Option<UnitId>) -> bool {
        match reach {
            Reach::Everything => true,
            Reach::Unit(root) => root.parse().is_ok_and(|root| {
                self.tree.is_within(owner, root) || second.is_some_and(|s| self.tree.is_within(s, root))
            }),
            Reach::Person(_) | Reach::Customer(_) | Reach::Nothing => false,
        }
    }
}

fn promised(row: &Row) -> Result<Option<Window>, DbError> {
    let (start, end): (Option<Ts>, Option<Ts>) = (row.get("promised_start")?, row.get("promised_end")?);
    Ok(start.zip(end).map(|(start, end)| Window { start, end }))
}

pub(super) fn order_of(row: &Row, units: &mut Units) -> Result<PlanOrder, DbError> {
    Ok(PlanOrder {
        id: row.get("work_order_id")?,
        number: row.get("order_number")?,
        version: row.get("order_version")?,
        kind: row.parse("kind")?,
        severity: row.parse("severity")?,
        site_name: row.get("site_name")?,
        zone: row.get("zone")?,
        place: point(row)?,
        skill: row.get("skill")?,
        duration_min: row.get("duration_min")?,
        // What was promised since is what they expect.
        wish: Window { start: row.get("wish_start")?, end: row.get("wish_end")? },
        promised: promised(row)?,
        due_at: row.get("due_at")?,
        units: units.responsible(row.get("unit_id")?, row.get("second_unit_id")?),
        access: access_of(row)?,
        last_engineer: None,
    })
}

/// What a plan until `until` is made of: the work orders within the actor's reach that nobody is planned for, of a unit and
/// everything below it if one is given, and everybody who is responsible for them, with what they have to do. Besides, whether
/// there are more work orders than that.
///
/// # Errors
/// As the database says.
pub(crate) async fn facts(
    tx: &mut Tx,
    actor: &Actor,
    unit: Option<UnitId>,
    (now, until): (Ts, Ts),
) -> Result<(PlanFacts, bool), Failure> {
    let mut units = Units::load(tx).await?;
    let (orders, more) = orders(tx, &actor.reach, unit, &mut units).await?;
    let mut served: BTreeSet<UnitId> = orders.iter().flat_map(|o| o.units.iter().copied()).collect();
    served.extend(unit.into_iter().flat_map(|unit| units.responsible(unit, None)));
    let only = unit.map(|_| &served);
    let engineers = engineers(tx, actor, only, (now, until)).await?;
    let beyond = until.plus(BEYOND_US);
    let visits = visits(tx, &actor.reach, only, (now, beyond), &mut units).await?;
    Ok((PlanFacts { now, until, engineers, orders, visits }, more))
}

/// Who can be sent, of these units if any are given: when they are on call, where they were last.
pub(super) async fn engineers(
    tx: &mut Tx,
    actor: &Actor,
    only: Option<&BTreeSet<UnitId>>,
    (now, until): (Ts, Ts),
) -> Result<Vec<PlanEngineer>, Failure> {
    let people = organisation::engineers_in(tx, &Area::Within(actor.reach.clone())).await?;
    let mut on_call = organisation::on_call_between(tx, now, until.plus(BEYOND_US)).await?;
    let mut seen = last_seen(tx, &actor.reach, now).await?;
    let wanted =
        people.into_iter().filter(|engineer| only.is_none_or(|only| only.contains(&engineer.unit_id)));
    Ok(wanted
        .map(|engineer| PlanEngineer {
            on_call: on_call
                .remove(&engineer.id)
                .unwrap_or_default()
                .into_iter()
                .map(|(start, end)| WorkSpan { start, end })
                .collect(),
            last_seen: seen.remove(&engineer.id),
            engineer,
        })
        .collect())
}

async fn orders(
    tx: &mut Tx,
    reach: &Reach,
    unit: Option<UnitId>,
    units: &mut Units,
) -> Result<(Vec<PlanOrder>, bool), DbError> {
    let mut filter = Where::new();
    filter.and(UNSCHEDULED, []);
    reach.narrow(&mut filter, &ORDER_SCOPE);
    of_unit(&mut filter, "w.unit_id", unit);
    let limit = filter.bind(MOST_UNSCHEDULED + 1);
    let sql = format!(
        "SELECT {ORDER} FROM work_order w {ORDER_JOINS} {} ORDER BY COALESCE(k.due_at, w.wish_end), w.id LIMIT {limit}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let mut orders = rows
        .iter()
        .map(|row| Ok((order_of(row, units)?, row.get::<Option<String>>("asset_id")?)))
        .collect::<Result<Vec<_>, DbError>>()?;
    let more = cut(&mut orders, MOST_UNSCHEDULED);
    let assets: BTreeSet<&String> = orders.iter().filter_map(|(_, asset)| asset.as_ref()).collect();
    let last = last_engineers(tx, &assets).await?;
    let orders = orders.into_iter().map(|(order, asset)| {
        let last_engineer = asset.and_then(|asset| last.get(&asset).copied());
        PlanOrder { last_engineer, ..order }
    });
    Ok((orders.collect(), more))
}

// Who came last to each of these devices.
async fn last_engineers(
    tx: &mut Tx,
    assets: &BTreeSet<&String>,
) -> Result<BTreeMap<String, EmployeeId>, DbError> {
    if assets.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut filter = Where::new();
    filter.any("w.asset_id", assets.iter().map(|a| a.as_str()));
    filter.and("v.arrived_at IS NOT NULL", []);
    let sql = format!(
        "SELECT w.asset_id, v.engineer_id FROM work_order w JOIN visit v ON v.work_order_id = w.id {} ORDER BY v.arrived_at, v.id",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter().map(|row| Ok((row.get("asset_id")?, row.get("engineer_id")?))).collect()
}

// What engineers have to do until `until`, what is under way, and what was over within the last day.
pub(super) async fn visits(
    tx: &mut Tx,
    reach: &Reach,
    only: Option<&BTreeSet<UnitId>>,
    (now, until): (Ts, Ts),
    units: &mut Units,
) -> Result<Vec<PlanVisit>, DbError> {
    let mut filter = Where::new();
    filter.and("v.state NOT IN ('declined', 'cancelled') AND e.role = 'engineer' AND e.active = 1", []);
    taken(&mut filter, now.plus(-Ts::DAY), until);
    reach.narrow(&mut filter, &EMPLOYEE_SCOPE);
    if let Some(only) = only {
        filter.any("e.unit_id", only.iter().copied());
    }
    let sql = format!(
        "SELECT v.id, v.number, v.version, v.state, v.engineer_id, v.window_start, v.window_end, v.appointment_end, v.left_at, v.locked_at, \
         {ORDER} FROM visit v JOIN employee e ON e.id = v.engineer_id JOIN work_order w ON w.id = v.work_order_id {ORDER_JOINS} {} \
         ORDER BY v.window_start, v.id",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter()
        .map(|row| {
            let state: VisitStateName = row.parse("state")?;
            let start: Ts = row.get("window_start")?;
            let planned_end: Ts = row.get("window_end")?;
            let end = row.get::<Option<Ts>>("left_at")?.unwrap_or(planned_end).max(start);
            Ok(PlanVisit {
                id: row.get("id")?,
                number: row.get("number")?,
                version: row.get("version")?,
                state,
                engineer_id: row.get("engineer_id")?,
                window: Window { start, end },
                appointment_end: row.get::<Option<Ts>>("appointment_end")?.unwrap_or(planned_end),
                locked: state.is_planned() && row.get::<Option<Ts>>("locked_at")?.is_some(),
                pinned: !units.reached(reach, row.get("unit_id")?, row.get("second_unit_id")?),
                order: order_of(row, units)?,
            })
        })
        .collect()
}

/// What to call visits: number and site.
///
/// # Errors
/// As the database says.
pub(crate) async fn visit_names(
    tx: &mut Tx,
    ids: impl Iterator<Item = VisitId>,
) -> Result<BTreeMap<VisitId, String>, DbError> {
    let mut filter = Where::new();
    filter.any("v.id", ids);
    let sql = format!(
        "SELECT v.id, v.number, s.name FROM visit v JOIN work_order w ON w.id = v.work_order_id JOIN site s ON s.id = w.site_id {}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let named = |row: &Row| {
        Ok((row.get("id")?, format!("{} {}", row.get::<String>("number")?, row.get::<String>("name")?)))
    };
    rows.iter().map(named).collect()
}
