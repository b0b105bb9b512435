//! The only place that reads or writes the organisation's tables.

mod map;
pub(crate) mod on_call;
mod people;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kit::{Both, DbError, Failure, Row, Tx, Where, params};

pub(crate) use map::{bump_map, existing_tables, map_now, owner_of, owners_of, replace, rewrite_scope};
pub(crate) use people::{
    EmployeeFilter, EmployeeRow, SCOPE as EMPLOYEES, Wanted, colleagues, department_id, employees, headcount,
    hold_employee, insert_employee, replace_held, replace_shifts, update_employee,
};
pub use people::{
    FILE_USES, desk_of, desk_outside, employee, employees_by_badge, engineers_in, narrow_colleagues,
    outside_line,
};

use crate::errors::OrganisationError;
use crate::model::{
    Department, DepartmentKind, Hotline, HotlineId, RouteKind, Routed, Unit, UnitId, UnitKind,
};
use crate::rules::{self, Node, Tree};

fn unit_of(row: &Row) -> Result<Unit, DbError> {
    Ok(Unit {
        id: row.get("id")?,
        parent_id: row.get("parent_id")?,
        kind: row.parse("kind")?,
        name: Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?),
        zone: row.get("zone")?,
        active: row.get("active")?,
        departments: Vec::new(),
        version: row.get("version")?,
    })
}

/// Every unit with its departments, headquarters first, then by name.
///
/// # Errors
/// As the database says.
pub async fn units(tx: &mut Tx) -> Result<Vec<Unit>, DbError> {
    let rows = tx
        .rows(
            "SELECT id, parent_id, kind, name_zh, name_en, zone, active, version FROM org_unit \
             ORDER BY CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, name_zh",
            &[],
        )
        .await?;
    let mut units = rows.iter().map(unit_of).collect::<Result<Vec<_>, _>>()?;
    let mut departments: BTreeMap<UnitId, Vec<Department>> = BTreeMap::new();
    for row in tx.rows("SELECT id, unit_id, kind FROM department ORDER BY kind", &[]).await? {
        let department = Department { id: row.get("id")?, kind: row.parse("kind")? };
        departments.entry(row.get("unit_id")?).or_default().push(department);
    }
    for unit in &mut units {
        unit.departments = departments.remove(&unit.id).unwrap_or_default();
    }
    Ok(units)
}

/// One unit.
///
/// # Errors
/// `unit_unknown`.
pub async fn unit(tx: &mut Tx, id: UnitId) -> Result<Unit, Failure> {
    let row = tx
        .row(
            "SELECT id, parent_id, kind, name_zh, name_en, zone, active, version FROM org_unit WHERE id = $1",
            params![id],
        )
        .await?
        .ok_or(OrganisationError::UnitUnknown)?;
    let mut unit = unit_of(&row)?;
    let rows =
        tx.rows("SELECT id, kind FROM department WHERE unit_id = $1 ORDER BY kind", params![id]).await?;
    for row in &rows {
        unit.departments.push(Department { id: row.get("id")?, kind: row.parse("kind")? });
    }
    Ok(unit)
}

/// The time zone of a unit: its sites and shifts are shown in it.
///
/// # Errors
/// `unit_unknown`.
pub async fn zone_of(tx: &mut Tx, id: UnitId) -> Result<TimeZone, Failure> {
    let row = tx
        .row("SELECT zone FROM org_unit WHERE id = $1", params![id])
        .await?
        .ok_or(OrganisationError::UnitUnknown)?;
    zone(&row.get::<String>("zone")?)
}

/// A stored zone name as a zone.
pub(crate) fn zone(name: &str) -> Result<TimeZone, Failure> {
    TimeZone::get(name).map_err(|e| DbError::Other(format!("stored zone {name}: {e}")).into())
}

/// Headquarters.
///
/// # Errors
/// `headquarters_missing` before the company was entered.
pub async fn headquarters(tx: &mut Tx) -> Result<UnitId, Failure> {
    let row = tx.row("SELECT id FROM org_unit WHERE kind = 'headquarters'", &[]).await?;
    Ok(row.ok_or(OrganisationError::HeadquartersMissing)?.get("id")?)
}

fn node(row: &Row) -> Result<Node, DbError> {
    Ok(Node {
        id: row.get("id")?,
        kind: row.parse("kind")?,
        parent_id: row.get("parent_id")?,
        active: row.get("active")?,
    })
}

/// The whole tree.
pub(crate) async fn tree(tx: &mut Tx) -> Result<Tree, DbError> {
    let rows = tx.rows("SELECT id, kind, parent_id, active FROM org_unit", &[]).await?;
    Ok(Tree::new(rows.iter().map(node).collect::<Result<Vec<_>, _>>()?))
}

/// Where work of this kind at a place goes (P3, P4). `division_code` is the county's (longer codes are cut to it).
///
/// # Errors
/// `division_not_served` (422) if no unit holds the county, `headquarters_missing` (409).
pub async fn route(tx: &mut Tx, division_code: &str, kind: RouteKind) -> Result<Routed, Failure> {
    let county = division_code.get(..6).unwrap_or(division_code);
    if kind == RouteKind::Escalation {
        let headquarters = headquarters(tx).await?;
        let root = Node { id: headquarters, kind: UnitKind::Headquarters, parent_id: None, active: true };
        return Ok(rules::route(&Tree::new([root]), headquarters, kind)?);
    }
    // The owner and those above it: two or three rows.
    let line = "SELECT u.id, u.kind, u.parent_id, u.active FROM unit_reach r JOIN org_unit u ON u.id = r.root_id \
                WHERE r.unit_id = (SELECT unit_id FROM jurisdiction WHERE division_code = $1)";
    tx.ahead(line, params![county]);
    let owner = owner_of(tx, county).await?.ok_or_else(|| OrganisationError::DivisionNotServed {
        division: format!("{} ({county})", crate::divisions::china().full_name(county)),
    })?;
    let rows = tx.rows(line, params![county]).await?;
    let line = Tree::new(rows.iter().map(node).collect::<Result<Vec<_>, _>>()?);
    Ok(rules::route(&line, owner, kind)?)
}

/// Takes the turn for a change of the tree; waits for another's.
pub(crate) async fn lock_tree(tx: &mut Tx) -> Result<(), DbError> {
    tx.execute("UPDATE org_state SET tree_version = tree_version + 1 WHERE one = 1", &[]).await?;
    Ok(())
}

/// Stores a new unit and its place in `unit_reach`.
pub(crate) async fn insert_unit(tx: &mut Tx, unit: &Unit) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO org_unit (id, parent_id, kind, name_zh, name_en, zone) VALUES ($1, $2, $3, $4, $5, $6)",
        params![unit.id, unit.parent_id, unit.kind, &unit.name.zh_cn, &unit.name.en, &unit.zone],
    )
    .await?;
    tx.execute("INSERT INTO unit_reach (root_id, unit_id) VALUES ($1, $1)", params![unit.id]).await?;
    if let Some(parent) = unit.parent_id {
        tx.execute(
            "INSERT INTO unit_reach (root_id, unit_id) SELECT root_id, CAST($1 AS TEXT) FROM unit_reach WHERE unit_id = $2",
            params![unit.id, parent],
        )
        .await?;
    }
    insert_departments(tx, unit.id, &unit.departments).await
}

async fn insert_departments(tx: &mut Tx, unit_id: UnitId, departments: &[Department]) -> Result<(), DbError> {
    let rows: Vec<_> = departments.iter().map(|d| vec![d.id.into(), unit_id.into(), d.kind.into()]).collect();
    tx.insert_many("department", &["id", "unit_id", "kind"], &rows).await
}

/// Stores a changed unit; `false` if the version moved on.
pub(crate) async fn update_unit(tx: &mut Tx, unit: &Unit, seen: i64) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE org_unit SET parent_id = $1, name_zh = $2, name_en = $3, zone = $4, active = $5, version = $6 \
             WHERE id = $7 AND version = $8",
            params![
                unit.parent_id, &unit.name.zh_cn, &unit.name.en, &unit.zone, unit.active, unit.version, unit.id, seen
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Adds and takes away departments.
pub(crate) async fn change_departments(
    tx: &mut Tx,
    unit_id: UnitId,
    added: &[Department],
    removed: &[Department],
) -> Result<(), DbError> {
    for department in removed {
        tx.execute("DELETE FROM department WHERE id = $1", params![department.id]).await?;
    }
    insert_departments(tx, unit_id, added).await
}

/// How many people a department has.
pub(crate) async fn people_in(tx: &mut Tx, department: &Department) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM employee WHERE department_id = $1", params![department.id]).await
}

/// Moves a unit with all below it: the closure follows in the same transaction.
pub(crate) async fn move_reach(tx: &mut Tx, unit_id: UnitId, parent: UnitId) -> Result<(), DbError> {
    tx.execute(
        "DELETE FROM unit_reach WHERE unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = $1) \
         AND root_id NOT IN (SELECT unit_id FROM unit_reach WHERE root_id = $1)",
        params![unit_id],
    )
    .await?;
    tx.execute(
        "INSERT INTO unit_reach (root_id, unit_id) SELECT a.root_id, b.unit_id FROM unit_reach a CROSS JOIN unit_reach b \
         WHERE a.unit_id = $1 AND b.root_id = $2",
        params![parent, unit_id],
    )
    .await?;
    Ok(())
}

/// What keeps a unit from closing: counties, people at work, hotlines in use, open units below.
pub(crate) async fn in_use(tx: &mut Tx, id: UnitId) -> Result<(i64, i64, i64, i64), DbError> {
    let row = tx
        .row(
            "SELECT (SELECT COUNT(*) FROM jurisdiction WHERE unit_id = $1) AS counties, \
             (SELECT COUNT(*) FROM employee WHERE unit_id = $1 AND active = 1) AS employees, \
             (SELECT COUNT(*) FROM hotline WHERE unit_id = $1 AND active = 1) AS hotlines, \
             (SELECT COUNT(*) FROM org_unit WHERE parent_id = $1 AND active = 1) AS units",
            params![id],
        )
        .await?
        .ok_or(DbError::Column { name: "counties".into() })?;
    Ok((row.get("counties")?, row.get("employees")?, row.get("hotlines")?, row.get("units")?))
}

fn hotline_of(row: &Row) -> Result<Hotline, DbError> {
    Ok(Hotline {
        id: row.get("id")?,
        number: row.get("number_e164")?,
        unit_id: row.get("unit_id")?,
        name: Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?),
        calendar: row.parse("calendar")?,
        active: row.get("active")?,
        version: row.get("version")?,
    })
}

const HOTLINE: &str = "id, number_e164, unit_id, name_zh, name_en, calendar, active, version";

/// Every hotline, by number.
///
/// # Errors
/// As the database says.
pub async fn hotlines(tx: &mut Tx) -> Result<Vec<Hotline>, DbError> {
    let sql = format!("SELECT {HOTLINE} FROM hotline ORDER BY number_e164");
    tx.rows(&sql, &[]).await?.iter().map(hotline_of).collect()
}

/// The hotline with this number (E.164), if it is one of ours and in use (P1).
///
/// # Errors
/// As the database says.
pub async fn hotline_by_number(tx: &mut Tx, e164: &str) -> Result<Option<Hotline>, DbError> {
    let sql = format!("SELECT {HOTLINE} FROM hotline WHERE number_e164 = $1 AND active = 1");
    tx.row(&sql, params![e164]).await?.as_ref().map(hotline_of).transpose()
}

/// One hotline.
pub(crate) async fn hotline(tx: &mut Tx, id: HotlineId) -> Result<Hotline, Failure> {
    let sql = format!("SELECT {HOTLINE} FROM hotline WHERE id = $1");
    let row = tx.row(&sql, params![id]).await?.ok_or(OrganisationError::HotlineUnknown)?;
    Ok(hotline_of(&row)?)
}

/// Stores a hotline, new or changed; `false` if the version moved on.
pub(crate) async fn save_hotline(tx: &mut Tx, hotline: &Hotline, seen: Option<i64>) -> Result<bool, DbError> {
    let values = params![
        hotline.id,
        &hotline.number,
        hotline.unit_id,
        &hotline.name.zh_cn,
        &hotline.name.en,
        hotline.calendar,
        hotline.active,
        hotline.version
    ]
    .to_vec();
    let Some(seen) = seen else {
        let sql = format!("INSERT INTO hotline ({HOTLINE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        tx.execute(&sql, &values).await?;
        return Ok(true);
    };
    let mut values = values;
    values.push(seen.into());
    let changed = tx
        .execute(
            "UPDATE hotline SET number_e164 = $2, unit_id = $3, name_zh = $4, name_en = $5, calendar = $6, active = $7, \
             version = $8 WHERE id = $1 AND version = $9",
            &values,
        )
        .await?;
    Ok(changed == 1)
}

/// Whether another row holds this value of a unique column; asked before writing so that the refusal has a name.
pub(crate) async fn taken(
    tx: &mut Tx,
    table: &str,
    column: &str,
    value: &str,
    not: Option<kit::uuid::Uuid>,
) -> Result<bool, DbError> {
    let mut filter = Where::new();
    filter.and(&format!("{column} = ?"), [value.into()]);
    if let Some(not) = not {
        filter.and("id <> ?", [not.into()]);
    }
    let sql = format!("SELECT COUNT(*) FROM {table} {}", filter.sql());
    Ok(tx.int(&sql, filter.params()).await? > 0)
}

/// The kinds of departments as a list for the event body.
pub(crate) fn kinds(departments: &[Department]) -> Vec<DepartmentKind> {
    departments.iter().map(|d| d.kind).collect()
}
