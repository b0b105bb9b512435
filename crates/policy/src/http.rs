//! Routes of the policy.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use jiff::civil::Date;
use kit::http::{Command, Path, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Both, Done, Failure, Ts};
use serde::{Deserialize, Serialize};
use service_calendar::{ClosedDay, HolidayName, HolidayYear, HolidayYears};
use utoipa::ToSchema;

use crate::book::Book;
use crate::model::{CalendarKey, Policy, PolicyContent};
use crate::{actions, store};

/// Every route of this crate.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(read_policy))
        .routes(routes!(list_versions, make_version))
        .routes(routes!(read_version))
        .routes(routes!(list_holidays, import_holidays))
        .routes(routes!(read_service_hours))
}

/// A version of the promise.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyView {
    /// Its number.
    version: i64,
    /// From when it is in force.
    valid_from: Ts,
    /// Whether it is in force now.
    in_force: bool,
    /// The number a new version would follow; send it as `If-Match`.
    newest: i64,
    /// What it says.
    content: PolicyContent,
}

fn view(book: &Book, policy: &Policy, now: Ts) -> PolicyView {
    PolicyView {
        version: policy.version,
        valid_from: policy.valid_from,
        in_force: book.in_force(now).version == policy.version,
        newest: book.newest(),
        content: policy.content.clone(),
    }
}

/// The promise in force.
#[utoipa::path(get, path = "/api/policy", tag = "policy", operation_id = "read_policy",
    responses((status = 200, body = PolicyView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("policy.read"))))]
pub(crate) async fn read_policy(
    State(app): State<App>,
    _permit: Permit<may::ReadPolicy>,
) -> Result<Versioned<PolicyView>, Failure> {
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let book = Book::open(&mut tx).await?;
    Ok(Versioned(book.newest(), view(&book, &book.in_force(now), now)))
}

/// A version without its content.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyVersionView {
    /// Its number.
    version: i64,
    /// From when it is in force.
    valid_from: Ts,
    /// Whether it is in force now.
    in_force: bool,
    /// The account that made it; none for the promise as published.
    made_by: Option<String>,
    /// When.
    made_at: Option<Ts>,
    /// Why.
    reason: Option<String>,
}

/// Every version, newest first.
#[utoipa::path(get, path = "/api/policy/versions", tag = "policy", operation_id = "list_policy_versions",
    responses((status = 200, body = Vec<PolicyVersionView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("policy.read"))))]
pub(crate) async fn list_versions(
    State(app): State<App>,
    _permit: Permit<may::ReadPolicy>,
) -> Result<Json<Vec<PolicyVersionView>>, Failure> {
    let mut tx = app.db.reader().await?;
    let book = Book::open(&mut tx).await?;
    let made = store::made(&mut tx).await?;
    let in_force = book.in_force(app.clock.now()).version;
    let mut views: Vec<_> = book
        .versions()
        .map(|policy| {
            let made = made.iter().find(|m| m.version == policy.version);
            PolicyVersionView {
                version: policy.version,
                valid_from: policy.valid_from,
                in_force: policy.version == in_force,
                made_by: made.map(|m| m.by.clone()),
                made_at: made.map(|m| m.at),
                reason: made.map(|m| m.reason.clone()),
            }
        })
        .collect();
    views.reverse();
    Ok(Json(views))
}

/// One version of the promise.
#[utoipa::path(get, path = "/api/policy/versions/{version}", tag = "policy", operation_id = "read_policy_version",
    params(("version" = i64, Path)),
    responses((status = 200, body = PolicyView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("policy.read"))))]
pub(crate) async fn read_version(
    State(app): State<App>,
    _permit: Permit<may::ReadPolicy>,
    Path(version): Path<i64>,
) -> Result<Json<PolicyView>, Failure> {
    let mut tx = app.db.reader().await?;
    let book = Book::open(&mut tx).await?;
    let policy = book.version(version)?;
    Ok(Json(view(&book, &policy, app.clock.now())))
}

/// A new version.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MakePolicyVersion {
    /// What it says.
    content: PolicyContent,
    /// From when; now unless given.
    #[serde(default)]
    valid_from: Option<Ts>,
    /// Why, for everybody who reads the list of versions.
    reason: String,
}

/// Make a new version of the promise; old ones stay, and cases keep theirs.
#[utoipa::path(post, path = "/api/policy/versions", tag = "policy", operation_id = "make_policy_version", request_body = MakePolicyVersion,
    params(("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 201, body = PolicyView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("policy.manage"))))]
pub(crate) async fn make_version(
    State(app): State<App>,
    permit: Permit<may::ManagePolicy>,
    command: Command<MakePolicyVersion>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let MakePolicyVersion { content, valid_from, reason } = input;
            let made = actions::make_version(tx, cx, content, valid_from, &reason, seen).await?;
            let book = Book::open(tx).await?;
            Ok(Done::created(view(&book, &made, cx.now)).version(made.version))
        })
    })
    .await
}

/// A closed day.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClosedDayView {
    /// The day.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// The holiday it belongs to.
    #[serde(default)]
    name: Option<Both>,
}

/// A year's list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HolidayYearView {
    /// The year.
    year: i16,
    /// Whether it was imported here, or came with the program.
    imported: bool,
    /// Closed days in order.
    closed: Vec<ClosedDayView>,
    /// Weekend days worked instead (调休), in order.
    #[schema(value_type = Vec<String>)]
    makeup: Vec<Date>,
}

/// The holiday lists.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Holidays {
    /// Every known year, newest first.
    years: Vec<HolidayYearView>,
    /// The first year without a list: what leans on it is provisional (decision 12).
    first_missing: i16,
    /// Whether that year begins within 60 days, or has begun.
    due_soon: bool,
}

fn year_view(years: &HolidayYears, year: i16, imported: bool) -> HolidayYearView {
    let list = years.year(year);
    HolidayYearView {
        year,
        imported,
        closed: list.map_or_else(Vec::new, |l| {
            l.closed()
                .iter()
                .map(|d| ClosedDayView {
                    date: d.date,
                    name: d.name.as_ref().map(|n| Both::new(n.zh_cn.clone(), n.en.clone())),
                })
                .collect()
        }),
        makeup: list.map_or_else(Vec::new, |l| l.makeup().to_vec()),
    }
}

/// The holiday lists, and the first year that is missing.
#[utoipa::path(get, path = "/api/holidays", tag = "policy", operation_id = "list_holidays",
    responses((status = 200, body = Holidays), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("policy.read"))))]
pub(crate) async fn list_holidays(
    State(app): State<App>,
    _permit: Permit<may::ReadPolicy>,
) -> Result<Json<Holidays>, Failure> {
    let mut tx = app.db.reader().await?;
    let book = Book::open(&mut tx).await?;
    let imported: Vec<i16> =
        store::imported_years(&mut tx).await?.into_iter().map(|(_, year)| year.year()).collect();
    let years = book.holidays();
    let mut views: Vec<_> = years.years().map(|y| year_view(years, y, imported.contains(&y))).collect();
    views.reverse();
    let calendar = book.in_force(app.clock.now());
    let zone = calendar.content.calendars.five_by_eight.zone().clone();
    let today = app.clock.now().timestamp().to_zoned(zone).date();
    let first_missing = (today.year()..).find(|y| !years.published(*y)).unwrap_or(today.year());
    let begins = jiff::civil::date(first_missing, 1, 1);
    let due_soon = today.until(begins).is_ok_and(|span| span.get_days() <= 60);
    Ok(Json(Holidays { years: views, first_missing, due_soon }))
}

/// A year's list to import.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportHolidays {
    /// The year, 2004 to 2100.
    year: i16,
    /// Days closed, as the State Council's notice says; 26 to 31 December of the year before may stand here.
    closed: Vec<ClosedDayView>,
    /// Weekend days worked instead (调休).
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    makeup: Vec<Date>,
}

/// What an import changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HolidaysImported {
    /// The list as it stands.
    year: HolidayYearView,
    /// Clocks that were derived again with another result.
    clocks_changed: u64,
}

/// Import (or correct) a year's holidays; clocks that lean on it are derived again.
#[utoipa::path(post, path = "/api/holidays", tag = "policy", operation_id = "import_holidays", request_body = ImportHolidays,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = HolidaysImported), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("policy.manage"))))]
pub(crate) async fn import_holidays(
    State(app): State<App>,
    permit: Permit<may::ManagePolicy>,
    command: Command<ImportHolidays>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let closed: Vec<Date> = input.closed.iter().map(|d| d.date).collect();
    let days = input.closed.into_iter().map(|d| ClosedDay {
        date: d.date,
        name: d.name.map(|n| HolidayName { zh_cn: n.zh_cn.into(), en: n.en.into() }),
    });
    let year = HolidayYear::new(input.year, days, input.makeup)
        .map_err(|error| actions::holiday_refusal(&error, &closed))?;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let number = year.year();
            let clocks_changed = actions::import_holidays(tx, cx, year).await?;
            let book = Book::open(tx).await?;
            let year = year_view(book.holidays(), number, true);
            Ok(Done::created(HolidaysImported { year, clocks_changed }))
        })
    })
    .await
}

/// A calendar now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarHours {
    /// Which.
    calendar: CalendarKey,
    /// Its name.
    name: Both,
    /// Whether it is open now.
    open: bool,
    /// When that changes; absent if it never does.
    changes_at: Option<Ts>,
    /// Leans on a year whose holidays aren't published yet.
    provisional: bool,
}

/// Which hours run now: working time or not, and until when (P37, P39).
#[utoipa::path(get, path = "/api/service-hours", tag = "policy", operation_id = "read_service_hours",
    responses((status = 200, body = Vec<CalendarHours>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("policy.read"))))]
pub(crate) async fn read_service_hours(
    State(app): State<App>,
    _permit: Permit<may::ReadPolicy>,
) -> Result<Json<Vec<CalendarHours>>, Failure> {
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let book = Book::open(&mut tx).await?;
    let policy = book.in_force(now);
    let hours = CalendarKey::ALL
        .iter()
        .map(|key| {
            let name = &policy.content.calendars.get(*key).spec().name;
            let hours = book.hours(*key, now)?;
            Ok(CalendarHours {
                calendar: *key,
                name: Both::new(name.zh_cn.clone(), name.en.clone().unwrap_or_default()),
                open: hours.open,
                changes_at: hours.changes_at,
                provisional: hours.provisional,
            })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    Ok(Json(hours))
}
