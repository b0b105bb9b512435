//! Employees and what they hold (P2).

use identity::Role;
use jiff::civil::Date;
use kit::http::same_version;
use kit::{Cx, Event, Failure, Refusal, Tx};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{open_unit, yes};
use crate::errors::OrganisationError;
use crate::model::{
    Certificate, DepartmentId, DepartmentKind, Education, Employee, EmployeeId, Point, Shift, Skill, UnitId,
};
use crate::{rules, shifts, store};

/// An employee as they should be (P2).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmployeeInput {
    /// The unit they work in.
    pub unit_id: UnitId,
    /// Their department, one of the unit's.
    #[serde(default)]
    pub department: Option<DepartmentKind>,
    /// Their job.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// The number on the badge.
    pub badge_number: String,
    /// Last day on which the badge is valid.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub badge_valid_until: Option<Date>,
    /// Schooling.
    pub education: Education,
    /// Where the day begins.
    #[serde(default)]
    pub base: Option<Point>,
    /// A stored photo.
    #[serde(default)]
    pub photo_sha256: Option<String>,
    /// Whether they work here.
    #[serde(default = "yes")]
    pub active: bool,
    /// What they can do.
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// What they are allowed to do.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// When they work.
    #[serde(default)]
    pub shifts: Vec<Shift>,
}

async fn employee_of(
    tx: &mut Tx,
    cx: &Cx,
    before: Option<&Employee>,
    input: EmployeeInput,
) -> Result<(Employee, Option<DepartmentId>), Failure> {
    let not = before.map(|e| e.id);
    let (id, version) = before.map_or_else(|| (cx.new_id(), 1), |e| (e.id, e.version + 1));
    let kept_photo = before.and_then(|e| e.photo_sha256.as_deref());
    open_unit(tx, input.unit_id).await?;
    let name = input.name.trim().to_owned();
    let badge_number = input.badge_number.trim().to_owned();
    if name.is_empty() {
        return Err(OrganisationError::NameMissing.into());
    }
    if badge_number.is_empty() {
        return Err(OrganisationError::BadgeMissing.into());
    }
    if input.role == Role::CustomerContact {
        return Err(OrganisationError::RoleWrong.into());
    }
    if let Some(point) = input.base {
        rules::check_point(point)?;
    }
    if let Some(photo) = input.photo_sha256.as_deref().filter(|p| Some(*p) != kept_photo)
        && !identity::files::may_use(tx, &cx.actor, store::FILE_USES, photo).await?
    {
        return Err(OrganisationError::PhotoNotSent.into());
    }
    rules::check_skills(&input.skills)?;
    rules::check_certificates(&input.certificates)?;
    shifts::check(&input.shifts)?;
    let department_id = match input.department {
        None => None,
        Some(kind) => match store::department_id(tx, input.unit_id, kind).await? {
            Some(id) => Some(id),
            None => return Err(OrganisationError::DepartmentUnknown.into()),
        },
    };
    if store::taken(tx, "employee", "badge_number", &badge_number, not.map(|e| e.0)).await? {
        return Err(OrganisationError::BadgeTaken { badge_number }.into());
    }
    let employee = Employee {
        id,
        unit_id: input.unit_id,
        department: input.department,
        role: input.role,
        name,
        badge_number,
        badge_valid_until: input.badge_valid_until,
        education: Some(input.education),
        base: input.base,
        photo_sha256: input.photo_sha256,
        active: input.active,
        skills: input.skills,
        certificates: input.certificates,
        shifts: input.shifts,
        version,
    };
    Ok((employee, department_id))
}

// Names and home points are personal: events name the employee by id only.
fn told(employee: &Employee) -> serde_json::Value {
    json!({
        "unit_id": employee.unit_id, "role": employee.role, "department": employee.department,
        "active": employee.active, "skills": employee.skills,
        "certificates": employee.certificates.iter().map(|c| json!({ "code": c.code, "expires_on": c.expires_on })).collect::<Vec<_>>(),
        "shifts": employee.shifts.len()
    })
}

/// Takes on an employee with skills, certificates and shifts (P2).
///
/// # Errors
/// `badge_taken`, `department_unknown`, `unit_not_open`, `employee_photo_not_sent`, `skill_invalid`, `certificate_invalid`, `shift_invalid`.
pub async fn employ(tx: &mut Tx, cx: &Cx, input: EmployeeInput) -> Result<Employee, Failure> {
    let education = input.education;
    let (employee, department_id) = employee_of(tx, cx, None, input).await?;
    let row = store::EmployeeRow { employee: &employee, education, department_id };
    store::insert_employee(tx, &row).await?;
    store::replace_held(tx, cx, &employee).await?;
    let event = Event::new("employee.employed", "employee", employee.id).unit(employee.unit_id);
    kit::events::append(tx, cx, event.body(&told(&employee))).await?;
    Ok(employee)
}

/// Changes an employee and what they hold.
///
/// # Errors
/// As [`employ`]; `employee_unknown`, `version_changed`.
pub async fn change_employee(
    tx: &mut Tx,
    cx: &Cx,
    id: EmployeeId,
    seen: i64,
    input: EmployeeInput,
) -> Result<Employee, Failure> {
    let before = store::employee(tx, id).await?;
    same_version(seen, before.version, &before)?;
    let education = input.education;
    let (employee, department_id) = employee_of(tx, cx, Some(&before), input).await?;
    let row = store::EmployeeRow { employee: &employee, education, department_id };
    if !store::update_employee(tx, &row, seen).await? {
        return Err(Refusal::new(412, "version_changed").into());
    }
    store::replace_held(tx, cx, &employee).await?;
    let body = json!({ "before": told(&before), "after": told(&employee) });
    let event = Event::new("employee.changed", "employee", id).unit(employee.unit_id).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(employee)
}
