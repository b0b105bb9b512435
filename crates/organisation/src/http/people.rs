//! Employees and the headcount.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use identity::{Permission, Permit, Role, may};
use kit::http::{Command, Path, Query, Versioned};
use kit::{Answer, App, Done, Failure, Key, Page, Paging, Where};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::actions::{self, Absence, AbsenceInput, AbsenceTakenBack, EmployeeInput};
use crate::errors::OrganisationError;
use crate::model::{DepartmentKind, Education, Employee, EmployeeId, UnitId};
use crate::store;

/// Which employees.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct EmployeeQuery {
    /// Of this unit and those below it.
    unit_id: Option<UnitId>,
    /// With this job.
    role: Option<Role>,
    /// Who can do this.
    skill: Option<String>,
    /// Start of the name or the badge number.
    q: Option<String>,
    /// Also those who have left.
    #[serde(default)]
    all: bool,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

// Administrators see no business data, but who works where is theirs to keep.
fn visible<P: Permission>(permit: &Permit<P>) -> Where {
    if permit.may::<may::ManageOrganisation>() || permit.may::<may::ManageAccounts>() {
        return Where::new();
    }
    let actor = permit.actor();
    store::colleagues(&actor.reach, actor.unit_id.as_deref())
}

// Where somebody lives and what they learned is for those who manage or plan, and their own.
fn shown<P: Permission>(permit: &Permit<P>, mut employee: Employee) -> Employee {
    let own = permit.actor().employee_id.as_deref() == Some(employee.id.to_string().as_str());
    if !own && !permit.may::<may::ManageOrganisation>() && !permit.may::<may::PlanVisits>() {
        employee.base = None;
        employee.education = None;
    }
    employee
}

/// Employees by name.
#[utoipa::path(get, path = "/api/employees", tag = "organisation", operation_id = "list_employees", params(EmployeeQuery),
    responses((status = 200, body = Page<Employee>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.read"))))]
pub(super) async fn list_employees(
    State(app): State<App>,
    permit: Permit<may::ReadOrganisation>,
    Query(query): Query<EmployeeQuery>,
) -> Result<Json<Page<Employee>>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after };
    let mut filter = visible(&permit);
    let wanted = store::Wanted {
        all: query.all,
        unit_id: query.unit_id,
        role: query.role,
        skill: query.skill.as_deref(),
        start: query.q.as_deref().map(str::trim).filter(|q| !q.is_empty()),
    };
    wanted.narrow(&mut filter);
    if let Some([name, id]) = paging.after([Key::Text, Key::Id])? {
        filter.and("e.name > ? OR (e.name = ? AND e.id > ?)", [name.clone(), name, id]);
    }
    let mut tx = app.db.reader().await?;
    let list = store::EmployeeFilter { filter, limit: paging.limit() + 1 };
    let rows = store::employees(&mut tx, list).await?;
    let rows = rows.into_iter().map(|e| shown(&permit, e)).collect();
    Ok(Json(Page::from_rows(rows, paging.limit(), |e: &Employee| vec![e.name.clone().into(), e.id.into()])))
}

/// One employee.
#[utoipa::path(get, path = "/api/employees/{id}", tag = "organisation", operation_id = "read_employee",
    params(("id" = EmployeeId, Path)),
    responses((status = 200, body = Employee), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.read"))))]
pub(super) async fn read_employee(
    State(app): State<App>,
    permit: Permit<may::ReadOrganisation>,
    Path(id): Path<EmployeeId>,
) -> Result<Versioned<Employee>, Failure> {
    let mut filter = visible(&permit);
    filter.and("e.id = ?", [id.into()]);
    let mut tx = app.db.reader().await?;
    let found = store::employees(&mut tx, store::EmployeeFilter { filter, limit: 1 }).await?.pop();
    let employee = shown(&permit, found.ok_or(OrganisationError::EmployeeUnknown)?);
    Ok(Versioned(employee.version, employee))
}

/// Take on an employee.
#[utoipa::path(post, path = "/api/employees", tag = "organisation", operation_id = "employ", request_body = EmployeeInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Employee), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn employ(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    command: Command<EmployeeInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::created(actions::employ(tx, cx, input).await?).version(1)) })
    })
    .await
}

/// Change an employee and what they hold.
#[utoipa::path(put, path = "/api/employees/{id}", tag = "organisation", operation_id = "change_employee", request_body = EmployeeInput,
    params(("id" = EmployeeId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = Employee), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.manage"))))]
pub(super) async fn change_employee(
    State(app): State<App>,
    permit: Permit<may::ManageOrganisation>,
    Path(id): Path<EmployeeId>,
    command: Command<EmployeeInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let employee = actions::change_employee(tx, cx, id, seen, input).await?;
            let version = employee.version;
            Ok(Done::ok(employee).version(version))
        })
    })
    .await
}

/// Record that somebody is off: from now until the end of the day unless said. What is planned for them stays where it is until
/// somebody gives it to others; the plan of the board proposes to whom.
#[utoipa::path(post, path = "/api/employees/{id}/absences", tag = "organisation", operation_id = "record_absence",
    request_body = AbsenceInput, params(("id" = EmployeeId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Absence), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.absence"))))]
pub(super) async fn record_absence(
    State(app): State<App>,
    permit: Permit<may::RecordAbsence>,
    Path(id): Path<EmployeeId>,
    command: Command<AbsenceInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    // Those who keep the organisation reach everybody's hours, as with the rota.
    let everybody = permit.may::<may::ManageOrganisation>();
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::record_absence(tx, cx, id, input, everybody).await?)) })
    })
    .await
}

/// Take leave back: somebody is there after all. What others took over meanwhile stays theirs.
#[utoipa::path(post, path = "/api/employees/{id}/absences/take-back", tag = "organisation", operation_id = "take_back_absence",
    request_body = AbsenceTakenBack, params(("id" = EmployeeId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AbsenceTakenBack), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.absence"))))]
pub(super) async fn take_back_absence(
    State(app): State<App>,
    permit: Permit<may::RecordAbsence>,
    Path(id): Path<EmployeeId>,
    command: Command<AbsenceTakenBack>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let everybody = permit.may::<may::ManageOrganisation>();
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::take_back_absence(tx, cx, id, input, everybody).await?)) })
    })
    .await
}

/// How many people work where (P2).
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Headcount {
    /// All of them.
    total: i64,
    /// With a college education or more, of a hundred (rounded down).
    college_percent: i64,
    /// With a bachelor's degree or more, of a hundred (rounded down).
    bachelor_percent: i64,
    /// By unit.
    by_unit: Vec<UnitCount>,
    /// By department; those without one are left out.
    by_department: BTreeMap<DepartmentKind, i64>,
    /// By schooling.
    by_education: BTreeMap<Education, i64>,
    /// By job.
    by_role: BTreeMap<Role, i64>,
}

/// People of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitCount {
    /// The unit.
    unit_id: UnitId,
    /// Its own people, without those of units below it.
    people: i64,
    /// By schooling.
    by_education: BTreeMap<Education, i64>,
}

/// The headcount by unit, department, education and job.
#[utoipa::path(get, path = "/api/headcount", tag = "organisation", operation_id = "read_headcount",
    responses((status = 200, body = Headcount), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("organisation.read"))))]
pub(super) async fn read_headcount(
    State(app): State<App>,
    permit: Permit<may::ReadOrganisation>,
) -> Result<Json<Headcount>, Failure> {
    let mut filter = visible(&permit);
    filter.and("e.active = 1", []);
    let mut tx = app.db.reader().await?;
    let mut count = Headcount::default();
    let mut units: BTreeMap<UnitId, UnitCount> = BTreeMap::new();
    for row in store::headcount(&mut tx, &filter).await? {
        count.total += row.people;
        if let Some(department) = row.department {
            *count.by_department.entry(department).or_default() += row.people;
        }
        *count.by_education.entry(row.education).or_default() += row.people;
        *count.by_role.entry(row.role).or_default() += row.people;
        let unit = units.entry(row.unit_id).or_insert_with(|| UnitCount {
            unit_id: row.unit_id,
            people: 0,
            by_education: BTreeMap::new(),
        });
        unit.people += row.people;
        *unit.by_education.entry(row.education).or_default() += row.people;
    }
    let percent = |from: Education| {
        let people: i64 = count.by_education.range(from..).map(|(_, n)| n).sum();
        if count.total == 0 { 0 } else { people * 100 / count.total }
    };
    (count.college_percent, count.bachelor_percent) =
        (percent(Education::College), percent(Education::Bachelor));
    count.by_unit = units.into_values().collect();
    Ok(Json(count))
}
