//! Employees, their skills, certificates and shifts.

use std::collections::{BTreeMap, HashMap};

use identity::Role;
use identity::files::FileUse;
use kit::uuid::Uuid;
use kit::{Cx, DbError, Failure, Reach, Row, Tx, Value, Where, params};

use crate::errors::OrganisationError;
use crate::model::{
    Area, Certificate, DepartmentId, DepartmentKind, Education, Employee, EmployeeId, Engineer, Point, Shift,
    Skill, UnitId,
};
use crate::rules::{self, Place};

const EMPLOYEE: &str = "e.id, e.unit_id, d.kind AS department, e.role, e.name, e.badge_number, e.badge_valid_until, e.education, \
                        e.base_lon, e.base_lat, e.photo_sha256, e.active, e.version";

fn point(row: &Row) -> Result<Option<Point>, DbError> {
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get("base_lon")?, row.get("base_lat")?);
    Ok(lon.zip(lat).map(|(lon, lat)| Point { lon, lat }))
}

fn employee_of(row: &Row) -> Result<Employee, DbError> {
    let department: Option<String> = row.get("department")?;
    Ok(Employee {
        id: row.get("id")?,
        unit_id: row.get("unit_id")?,
        department: department.and_then(|d| d.parse().ok()),
        role: row.parse::<Role>("role")?,
        name: row.get("name")?,
        badge_number: row.get("badge_number")?,
        badge_valid_until: row.get("badge_valid_until")?,
        education: Some(row.parse::<Education>("education")?),
        base: point(row)?,
        photo_sha256: row.get("photo_sha256")?,
        active: row.get("active")?,
        skills: Vec::new(),
        certificates: Vec::new(),
        shifts: Vec::new(),
        version: row.get("version")?,
    })
}

/// Skills, certificates and shifts of people, by person.
#[derive(Default)]
struct Held {
    skills: BTreeMap<EmployeeId, Vec<Skill>>,
    certificates: BTreeMap<EmployeeId, Vec<Certificate>>,
    shifts: BTreeMap<EmployeeId, Vec<Shift>>,
}

impl Held {
    // Three queries, however many people.
    async fn of(tx: &mut Tx, people: &[EmployeeId]) -> Result<Self, DbError> {
        let mut held = Self::default();
        for part in people.chunks(500) {
            let mut filter = Where::new();
            filter.any("employee_id", part.iter().copied());
            let (filter, values) = (filter.sql(), filter.params().to_vec());
            let sql = format!("SELECT employee_id, skill, level FROM employee_skill {filter} ORDER BY skill");
            for row in tx.rows(&sql, &values).await? {
                let skill = Skill { code: row.get("skill")?, level: row.get("level")? };
                held.skills.entry(row.get("employee_id")?).or_default().push(skill);
            }
            let sql = format!(
                "SELECT employee_id, code, number, issued_on, expires_on FROM certificate {filter} ORDER BY code, number"
            );
            for row in tx.rows(&sql, &values).await? {
                let certificate = Certificate {
                    code: row.get("code")?,
                    number: row.get("number")?,
                    issued_on: row.get("issued_on")?,
                    expires_on: row.get("expires_on")?,
                };
                held.certificates.entry(row.get("employee_id")?).or_default().push(certificate);
            }
            let sql = format!(
                "SELECT employee_id, kind, weekday, on_date, from_min, to_min FROM shift {filter} \
                 ORDER BY kind, weekday, on_date, from_min"
            );
            for row in tx.rows(&sql, &values).await? {
                let shift = Shift {
                    kind: row.parse("kind")?,
                    weekday: row.get("weekday")?,
                    on_date: row.get("on_date")?,
                    from_min: row.get("from_min")?,
                    to_min: row.get("to_min")?,
                };
                held.shifts.entry(row.get("employee_id")?).or_default().push(shift);
            }
        }
        Ok(held)
    }
}

async fn with_held(tx: &mut Tx, people: &mut [Employee]) -> Result<(), DbError> {
    let ids: Vec<_> = people.iter().map(|e| e.id).collect();
    let mut held = Held::of(tx, &ids).await?;
    for person in people {
        person.skills = held.skills.remove(&person.id).unwrap_or_default();
        person.certificates = held.certificates.remove(&person.id).unwrap_or_default();
        person.shifts = held.shifts.remove(&person.id).unwrap_or_default();
    }
    Ok(())
}

/// One employee with all they hold. Reach is the caller's to check.
///
/// # Errors
/// `employee_unknown`.
pub async fn employee(tx: &mut Tx, id: EmployeeId) -> Result<Employee, Failure> {
    let sql = format!(
        "SELECT {EMPLOYEE} FROM employee e LEFT JOIN department d ON d.id = e.department_id WHERE e.id = $1"
    );
    let row = tx.row(&sql, params![id]).await?.ok_or(OrganisationError::EmployeeUnknown)?;
    let mut people = [employee_of(&row)?];
    with_held(tx, &mut people).await?;
    let [employee] = people;
    Ok(employee)
}

/// Employees by badge number, in use or not; numbers that nobody has are missing.
///
/// # Errors
/// As the database says.
pub async fn employees_by_badge(
    tx: &mut Tx,
    badges: &[&str],
) -> Result<HashMap<String, EmployeeId>, DbError> {
    let mut found = HashMap::new();
    for part in badges.chunks(500) {
        let mut filter = Where::new();
        filter.any("badge_number", part.iter().copied());
        let sql = format!("SELECT id, badge_number FROM employee {}", filter.sql());
        for row in tx.rows(&sql, filter.params()).await? {
            found.insert(row.get("badge_number")?, row.get("id")?);
        }
    }
    Ok(found)
}

/// Which employees to list; the caller narrows `e` in `filter`.
pub(crate) struct EmployeeFilter {
    /// Conditions on `e`.
    pub filter: Where,
    /// Rows at most.
    pub limit: i64,
}

/// Employees by name, with all they hold.
pub(crate) async fn employees(tx: &mut Tx, mut list: EmployeeFilter) -> Result<Vec<Employee>, DbError> {
    let limit = list.filter.bind(list.limit);
    let sql = format!(
        "SELECT {EMPLOYEE} FROM employee e LEFT JOIN department d ON d.id = e.department_id {} \
         ORDER BY e.name, e.id LIMIT {limit}",
        list.filter.sql()
    );
    let rows = tx.rows(&sql, list.filter.params()).await?;
    let mut people = rows.iter().map(employee_of).collect::<Result<Vec<_>, _>>()?;
    with_held(tx, &mut people).await?;
    Ok(people)
}

/// Who answers customers of a unit: hotline agents of the unit or the nearest above it that has some, else dispatchers, experts,
/// managers in the same way; all of the first such group, by badge number.
///
/// # Errors
/// As the database says.
pub async fn desk_of(tx: &mut Tx, unit_id: UnitId) -> Result<Vec<EmployeeId>, DbError> {
    // Whoever stands higher reaches more units.
    let rows = tx
        .rows(
            "SELECT e.id, e.unit_id, e.role FROM employee e JOIN unit_reach r ON r.root_id = e.unit_id \
             WHERE r.unit_id = $1 AND e.active = 1 AND e.role IN ('hotline_agent', 'dispatcher', 'expert', 'branch_manager') \
             ORDER BY CASE e.role WHEN 'hotline_agent' THEN 0 WHEN 'dispatcher' THEN 1 WHEN 'expert' THEN 2 ELSE 3 END, \
             (SELECT COUNT(*) FROM unit_reach s WHERE s.root_id = e.unit_id), e.unit_id, e.badge_number",
            params![unit_id],
        )
        .await?;
    let of = |row: &Row| -> Result<(String, String), DbError> { Ok((row.get("unit_id")?, row.get("role")?)) };
    let first = rows.first().map(of).transpose()?;
    let mut desk = Vec::new();
    for row in &rows {
        if Some(of(row)?) != first {
            break;
        }
        desk.push(row.get("id")?);
    }
    Ok(desk)
}

/// Those of `people` (employees, or accounts without one) in whose way no line stands: none of them works in the line of anybody in
/// `of` (P9). In the order of `people`; who is nobody here is left out.
///
/// # Errors
/// As the database says.
pub async fn outside_line(tx: &mut Tx, people: &[String], of: &[EmployeeId]) -> Result<Vec<String>, DbError> {
    if people.is_empty() || of.is_empty() {
        return Ok(people.to_vec());
    }
    let tree = super::tree(tx).await?;
    let mut places = places(tx, people).await?;
    let concerned = of.iter().map(ToString::to_string).collect::<Vec<_>>();
    let theirs = self::places(tx, &concerned).await?;
    places.retain(|id, place| {
        !concerned.contains(id) && theirs.values().all(|person| !rules::same_line(&tree, *person, *place))
    });
    Ok(people.iter().filter(|id| places.contains_key(*id)).cloned().collect())
}

async fn places(tx: &mut Tx, people: &[String]) -> Result<HashMap<String, Place>, DbError> {
    let mut employees = Where::new();
    employees.any("e.id", people.iter().cloned());
    let sql = format!(
        "SELECT e.id, e.unit_id, d.kind AS department FROM employee e LEFT JOIN department d ON d.id = e.department_id {}",
        employees.sql()
    );
    let mut rows = tx.rows(&sql, employees.params()).await?;
    let mut accounts = Where::new();
    accounts.any("a.id", people.iter().cloned());
    accounts.and("a.employee_id IS NULL AND a.unit_id IS NOT NULL", []);
    let sql = format!("SELECT a.id, a.unit_id, NULL AS department FROM account a {}", accounts.sql());
    rows.extend(tx.rows(&sql, accounts.params()).await?);
    let mut places = HashMap::new();
    for row in &rows {
        let department = match row.get::<Option<String>>("department")? {
            Some(_) => Some(row.parse("department")?),
            None => None,
        };
        places.insert(row.get("id")?, Place { unit_id: row.get("unit_id")?, department });
    }
    Ok(places)
}

/// Who can answer for the company outside the lines of these people (P9): desk people of the highest unit that has any, hotline
/// agents before experts, managers and dispatchers, by badge number.
///
/// # Errors
/// As the database says.
pub async fn desk_outside(tx: &mut Tx, of: &[EmployeeId]) -> Result<Vec<EmployeeId>, DbError> {
    let sql = "SELECT e.id, e.unit_id, e.role FROM employee e \
               WHERE e.active = 1 AND e.role IN ('hotline_agent', 'dispatcher', 'expert', 'branch_manager') \
               ORDER BY (SELECT COUNT(*) FROM unit_reach s WHERE s.root_id = e.unit_id) DESC, e.unit_id, \
               CASE e.role WHEN 'hotline_agent' THEN 0 WHEN 'expert' THEN 1 WHEN 'branch_manager' THEN 2 ELSE 3 END, \
               e.badge_number";
    let rows = tx.rows(sql, &[]).await?;
    let all: Vec<String> = rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
    let outside = outside_line(tx, &all, of).await?;
    let mut first: Option<(String, String)> = None;
    let mut desk = Vec::new();
    for row in &rows {
        let id: String = row.get("id")?;
        if !outside.contains(&id) {
            continue;
        }
        let group = (row.get("unit_id")?, row.get("role")?);
        if *first.get_or_insert_with(|| group.clone()) != group {
            break;
        }
        desk.push(row.get("id")?);
    }
    Ok(desk)
}

/// Engineers at work in an area, with skills, certificates, shifts and base: what dispatch ranks. Five queries at most.
///
/// # Errors
/// As the database says.
pub async fn engineers_in(tx: &mut Tx, area: &Area) -> Result<Vec<Engineer>, Failure> {
    let mut filter = Where::new();
    filter.and("e.role = 'engineer' AND e.active = 1", []);
    match area {
        Area::Units(units) => {
            filter.any("e.unit_id", units.iter().copied());
        }
        Area::Below(root) => {
            filter
                .and("e.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)", [Value::from(root)]);
        }
        Area::Within(reach) => reach.narrow(&mut filter, &SCOPE),
        Area::People(people) => {
            filter.any("e.id", people.iter().copied());
        }
    }
    let sql = format!(
        "SELECT e.id, e.unit_id, e.name, e.badge_number, e.base_lon, e.base_lat, e.photo_sha256, u.zone \
         FROM employee e JOIN org_unit u ON u.id = e.unit_id {} ORDER BY e.name, e.id",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let ids = rows.iter().map(|r| r.get("id")).collect::<Result<Vec<EmployeeId>, _>>()?;
    let mut held = Held::of(tx, &ids).await?;
    rows.iter()
        .zip(ids)
        .map(|(row, id)| {
            Ok(Engineer {
                id,
                unit_id: row.get("unit_id")?,
                name: row.get("name")?,
                badge_number: row.get("badge_number")?,
                base: point(row)?,
                photo_sha256: row.get("photo_sha256")?,
                skills: held.skills.remove(&id).unwrap_or_default(),
                certificates: held.certificates.remove(&id).unwrap_or_default(),
                shifts: held.shifts.remove(&id).unwrap_or_default(),
                zone: super::zone(&row.get::<String>("zone")?)?,
            })
        })
        .collect()
}

/// Where the scope filter finds what it needs.
pub(crate) const SCOPE: kit::ScopeColumns = kit::ScopeColumns {
    subject: "employee",
    id: "e.id",
    unit: "e.unit_id",
    second_unit: None,
    customer: None,
};

/// The department of a kind in a unit.
pub(crate) async fn department_id(
    tx: &mut Tx,
    unit_id: UnitId,
    kind: DepartmentKind,
) -> Result<Option<DepartmentId>, DbError> {
    let row =
        tx.row("SELECT id FROM department WHERE unit_id = $1 AND kind = $2", params![unit_id, kind]).await?;
    row.map(|r| r.get("id")).transpose()
}

/// An employee's own columns.
pub(crate) struct EmployeeRow<'a> {
    /// The employee.
    pub employee: &'a Employee,
    /// Schooling.
    pub education: Education,
    /// Their department.
    pub department_id: Option<DepartmentId>,
}

impl EmployeeRow<'_> {
    fn values(&self) -> Vec<Value> {
        let e = self.employee;
        params![
            e.id,
            e.unit_id,
            self.department_id,
            e.role.name(),
            &e.name,
            &e.badge_number,
            e.badge_valid_until,
            self.education,
            e.base.map(|p| p.lon),
            e.base.map(|p| p.lat),
            e.photo_sha256.as_deref(),
            e.active,
            e.version
        ]
        .to_vec()
    }
}

/// Stores a new employee without what they hold.
pub(crate) async fn insert_employee(tx: &mut Tx, row: &EmployeeRow<'_>) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO employee (id, unit_id, department_id, role, name, badge_number, badge_valid_until, education, \
         base_lon, base_lat, photo_sha256, active, version) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)",
        &row.values(),
    )
    .await?;
    Ok(())
}

/// Stores a changed employee; `false` if the version moved on.
pub(crate) async fn update_employee(tx: &mut Tx, row: &EmployeeRow<'_>, seen: i64) -> Result<bool, DbError> {
    let mut values = row.values();
    values.push(seen.into());
    let changed = tx
        .execute(
            "UPDATE employee SET unit_id = $2, department_id = $3, role = $4, name = $5, badge_number = $6, \
             badge_valid_until = $7, education = $8, base_lon = $9, base_lat = $10, photo_sha256 = $11, active = $12, \
             version = $13 WHERE id = $1 AND version = $14",
            &values,
        )
        .await?;
    Ok(changed == 1)
}

/// Replaces what an employee holds.
pub(crate) async fn replace_held(tx: &mut Tx, cx: &Cx, employee: &Employee) -> Result<(), DbError> {
    for table in ["employee_skill", "certificate", "shift"] {
        tx.execute(&format!("DELETE FROM {table} WHERE employee_id = $1"), params![employee.id]).await?;
    }
    let id = || Value::from(cx.new_id::<Uuid>());
    let owner = || Value::from(employee.id);
    let skills: Vec<_> =
        employee.skills.iter().map(|s| vec![owner(), s.code.as_str().into(), s.level.into()]).collect();
    tx.insert_many("employee_skill", &["employee_id", "skill", "level"], &skills).await?;
    let certificates: Vec<_> = employee
        .certificates
        .iter()
        .map(|c| {
            let (code, number) = (c.code.as_str().into(), c.number.as_str().into());
            vec![id(), owner(), code, number, c.issued_on.into(), c.expires_on.into()]
        })
        .collect();
    let columns = ["id", "employee_id", "code", "number", "issued_on", "expires_on"];
    tx.insert_many("certificate", &columns, &certificates).await?;
    insert_shifts(tx, cx, employee.id, &employee.shifts).await
}

async fn insert_shifts(tx: &mut Tx, cx: &Cx, employee: EmployeeId, shifts: &[Shift]) -> Result<(), DbError> {
    let rows: Vec<_> = shifts
        .iter()
        .map(|s| {
            vec![
                Value::from(cx.new_id::<Uuid>()),
                employee.into(),
                s.kind.into(),
                s.weekday.into(),
                s.on_date.into(),
                s.from_min.into(),
                s.to_min.into(),
            ]
        })
        .collect();
    let columns = ["id", "employee_id", "kind", "weekday", "on_date", "from_min", "to_min"];
    tx.insert_many("shift", &columns, &rows).await
}

/// Holds an employee until the end of the command.
pub(crate) async fn hold_employee(tx: &mut Tx, employee: EmployeeId) -> Result<(), DbError> {
    if tx.dialect() == kit::db::Dialect::Postgres {
        tx.row("SELECT id FROM employee WHERE id = $1 FOR UPDATE", params![employee]).await?;
    }
    Ok(())
}

/// Replaces when an employee works. Their version moves on: whoever edits the old plan is told.
pub(crate) async fn replace_shifts(
    tx: &mut Tx,
    cx: &Cx,
    employee: EmployeeId,
    shifts: &[Shift],
) -> Result<(), DbError> {
    tx.execute("UPDATE employee SET version = version + 1 WHERE id = $1", params![employee]).await?;
    tx.execute("DELETE FROM shift WHERE employee_id = $1", params![employee]).await?;
    insert_shifts(tx, cx, employee, shifts).await
}

/// A cell of the headcount (P2).
pub(crate) struct HeadcountRow {
    /// The unit.
    pub unit_id: UnitId,
    /// The department.
    pub department: Option<DepartmentKind>,
    /// Their job.
    pub role: Role,
    /// Schooling.
    pub education: Education,
    /// How many.
    pub people: i64,
}

/// How many people at work, by unit, department, role and education.
pub(crate) async fn headcount(tx: &mut Tx, filter: &Where) -> Result<Vec<HeadcountRow>, DbError> {
    let sql = format!(
        "SELECT e.unit_id, d.kind AS department, e.role, e.education, COUNT(*) AS people \
         FROM employee e LEFT JOIN department d ON d.id = e.department_id {} \
         GROUP BY e.unit_id, d.kind, e.role, e.education ORDER BY e.unit_id, d.kind, e.role, e.education",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter()
        .map(|row| {
            let department: Option<String> = row.get("department")?;
            Ok(HeadcountRow {
                unit_id: row.get("unit_id")?,
                department: department.and_then(|d| d.parse().ok()),
                role: row.parse("role")?,
                education: row.parse("education")?,
                people: row.get("people")?,
            })
        })
        .collect()
}

/// Colleagues are seen by those who work with them: one's unit with all below it, and headquarters, where escalations go.
pub(crate) fn colleagues(reach: &Reach, unit_id: Option<&str>) -> Where {
    let mut filter = Where::new();
    narrow_colleagues(&mut filter, reach, unit_id);
    filter
}

/// Narrows `employee e` to the colleagues of somebody.
pub fn narrow_colleagues(filter: &mut Where, reach: &Reach, unit_id: Option<&str>) {
    let headquarters = "e.unit_id IN (SELECT id FROM org_unit WHERE kind = 'headquarters')";
    match (reach, unit_id) {
        (Reach::Everything, _) => {}
        (Reach::Unit(root), _) => {
            let within = "e.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)";
            filter.and(&format!("{within} OR {headquarters}"), [Value::from(root)]);
        }
        (Reach::Person(_), Some(unit)) => {
            filter.and(&format!("e.unit_id = ? OR {headquarters}"), [Value::from(unit)]);
        }
        _ => {
            filter.and("1 = 0", []);
        }
    }
}

/// Photos of employees: for those who see the employee.
pub const FILE_USES: &[FileUse] = &[FileUse {
    from: "employee e",
    digest: "e.photo_sha256",
    only: None,
    narrow: |filter, actor| {
        narrow_colleagues(filter, &actor.reach, actor.unit_id.as_deref());
    },
}];

/// Which employees are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'q> {
    /// Also those who have left.
    pub all: bool,
    /// Of this unit and those below it.
    pub unit_id: Option<UnitId>,
    /// With this job.
    pub role: Option<Role>,
    /// Who can do this.
    pub skill: Option<&'q str>,
    /// Start of the name or the badge number.
    pub start: Option<&'q str>,
}

impl Wanted<'_> {
    /// Narrows `filter` to them.
    pub(crate) fn narrow(self, filter: &mut Where) {
        if !self.all {
            filter.and("e.active = 1", []);
        }
        if let Some(unit) = self.unit_id {
            filter.and("e.unit_id IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)", [unit.into()]);
        }
        if let Some(role) = self.role {
            filter.and("e.role = ?", [role.name().into()]);
        }
        if let Some(skill) = self.skill {
            filter.and("e.id IN (SELECT employee_id FROM employee_skill WHERE skill = ?)", [skill.into()]);
        }
        if let Some(start) = self.start {
            let end = format!("{start}\u{10ffff}");
            filter.and(
                "(e.name >= ? AND e.name < ?) OR (e.badge_number >= ? AND e.badge_number < ?)",
                [start.into(), end.as_str().into(), start.into(), end.as_str().into()],
            );
        }
    }
}
