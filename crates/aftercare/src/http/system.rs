//! The system's own settings: the company's name and zone, and the demo with its clock.

use axum::Json;
use axum::extract::State;
use identity::{Permit, Role, may};
use kit::http::{Command, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Done, Event, Failure, Ts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::demo::{self, Standing};
use crate::keeping::{self, KeepingSettings, KeepingSettingsView};

kit::errors! {
    /// What the system's settings refuse.
    pub enum SystemError {
        /// A company has a name of 1 to 120 characters.
        CompanyNameInvalid => 422 "system_company_name_invalid" at "/name",
        /// The zone is no IANA zone.
        ZoneUnknown { zone: String } => 422 "company_zone_unknown" at "/zone",
        /// This system holds no demo.
        NoDemo => 404 "no_demo",
        /// The demo's clock goes forward, by at most 31 days at once.
        ClockStepInvalid => 422 "clock_step_invalid" at "/advance_s",
        /// A period is too short or too long.
        KeepingRange { min: i64, max: i64 } => 422 "keeping_setting_range",
    }
}

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(company, change_company))
        .routes(routes!(show_keeping, change_keeping))
        .routes(routes!(show_demo))
        .routes(routes!(advance))
}

/// The company as its papers and pages name it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Company {
    /// Its name.
    name: String,
    /// Its IANA zone.
    zone: String,
}

/// The company with its version.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
struct CompanyView {
    /// Its name; empty until the system is set up.
    name: String,
    /// Its IANA zone.
    zone: String,
    /// Version, for `If-Match`.
    version: i64,
}

const COMPANY_VERSION: &str = "company_version";

async fn company_of(tx: &mut kit::Tx) -> Result<CompanyView, Failure> {
    let name = identity::settings::company(tx).await?.map(|c| c.name).unwrap_or_default();
    let version = kit::settings::get(tx, COMPANY_VERSION).await?.unwrap_or(1);
    Ok(CompanyView { name, zone: identity::settings::zone(tx).await?, version })
}

/// The company's name and zone.
#[utoipa::path(get, path = "/api/company", tag = "system", operation_id = "company", responses((status = 200, body = CompanyView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.own"))))]
async fn company(
    State(app): State<App>,
    _permit: Permit<may::UseOwnAccount>,
) -> Result<Versioned<CompanyView>, Failure> {
    let view = company_of(&mut app.db.reader().await?).await?;
    Ok(Versioned(view.version, view))
}

/// Change the company's name and zone.
#[utoipa::path(put, path = "/api/company", tag = "system", operation_id = "change_company", request_body = Company,
    params(("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = CompanyView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn change_company(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<Company>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { mut input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            kit::settings::hold(tx, "company").await?;
            let stands = company_of(tx).await?;
            kit::http::same_version(seen, stands.version, &stands)?;
            input.name = input.name.trim().to_owned();
            if input.name.is_empty() || input.name.chars().count() > 120 {
                return Err(SystemError::CompanyNameInvalid.into());
            }
            if jiff::tz::TimeZone::get(&input.zone).is_err() {
                return Err(SystemError::ZoneUnknown { zone: input.zone }.into());
            }
            kit::settings::set(tx, "company", &json!({ "name": input.name }), cx.now).await?;
            kit::settings::set(tx, "zone", &input.zone, cx.now).await?;
            kit::settings::set(tx, COMPANY_VERSION, &(stands.version + 1), cx.now).await?;
            let event = Event::new("company.changed", "company", "company")
                .audience(kit::Audience::Audit)
                .body(&input);
            kit::events::append(tx, cx, event).await?;
            let view = company_of(tx).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// How long ended jobs, messages and broken uploads are kept; events are kept for ever.
#[utoipa::path(get, path = "/api/keeping-settings", tag = "system", operation_id = "show_keeping_settings",
    responses((status = 200, body = KeepingSettingsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn show_keeping(
    State(app): State<App>,
    _permit: Permit<may::ManageSystem>,
) -> Result<Versioned<KeepingSettingsView>, Failure> {
    let view = keeping::view(&mut app.db.reader().await?).await?;
    Ok(Versioned(view.version, view))
}

/// Change how long they are kept; from the next night on.
#[utoipa::path(put, path = "/api/keeping-settings", tag = "system", operation_id = "change_keeping_settings",
    request_body = KeepingSettings, params(("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = KeepingSettingsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn change_keeping(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<KeepingSettings>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            keeping::set(tx, seen, &input, cx.now).await?;
            let event = Event::new("keeping.changed", "system", "keeping")
                .audience(kit::Audience::Audit)
                .body(&input);
            kit::events::append(tx, cx, event).await?;
            let view = keeping::view(tx).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// The demo as its administrator sees it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Demo {
    /// The password of all demo accounts.
    password: String,
    /// A login per role.
    logins: Vec<DemoLogin>,
    /// The demo's present.
    now: Ts,
}

/// A login of the demo.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct DemoLogin {
    role: Role,
    login: String,
}

/// The demo's logins and clock.
#[utoipa::path(get, path = "/api/demo", tag = "system", operation_id = "demo", responses((status = 200, body = Demo), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn show_demo(
    State(app): State<App>,
    _permit: Permit<may::ManageSystem>,
) -> Result<Json<Demo>, Failure> {
    let Standing::Demo(marker) = demo::standing(&mut app.db.reader().await?).await? else {
        return Err(SystemError::NoDemo.into());
    };
    let logins = marker.logins.into_iter().map(|(role, login)| DemoLogin { role, login }).collect();
    Ok(Json(Demo { password: marker.password, logins, now: app.clock.now() }))
}

/// How far the demo's clock goes on.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Advance {
    /// Seconds, 1 to 31 days.
    #[schema(minimum = 1, maximum = 2_678_400)]
    advance_s: i64,
}

/// Where the demo's clock stands.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
struct DemoClock {
    /// The demo's present.
    now: Ts,
}

/// Advance the demo's clock; what comes due meanwhile is done.
#[utoipa::path(post, path = "/api/demo/clock", tag = "system", operation_id = "advance_demo_clock", request_body = Advance,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = DemoClock), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn advance(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<Advance>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let answer = app
        .run(envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move {
                let Standing::Demo(mut marker) = demo::standing(tx).await? else {
                    return Err(SystemError::NoDemo.into());
                };
                if !(1..=31 * 86_400).contains(&input.advance_s) {
                    return Err(SystemError::ClockStepInvalid.into());
                }
                let step = input.advance_s * Ts::SECOND;
                marker.clock_ahead_us += step;
                kit::settings::set(tx, demo::SETTING, &*marker, cx.now).await?;
                let event = Event::new("demo.clock_advanced", "demo", "clock")
                    .body(&json!({ "advance_s": input.advance_s }));
                kit::events::append(tx, cx, event).await?;
                Ok(Done::ok(DemoClock { now: cx.now.plus(step) }))
            })
        })
        .await?;
    if !answer.replayed {
        app.clock.advance(input.advance_s * Ts::SECOND);
    }
    Ok(answer)
}
