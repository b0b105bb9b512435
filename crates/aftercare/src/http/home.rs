//! The home page in one read: what is mine, what is late, what is next, by what the reader may do.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::Routes;
use kit::routes;
use kit::{App, Failure, Ts};
use serde::Serialize;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().routes(routes!(home))
}

/// What a person starts the day with: each part is there if they may do what it is about.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Home {
    /// Cases: mine, and the counts of the lists. For whoever sees cases.
    cases: Option<cases::CaseHome>,
    /// Missed calls to be called back. For whoever takes calls.
    missed_calls: Option<cases::MissedCalls>,
    /// Cases that wait for help by phone. For whoever helps by phone.
    phone_queue: Option<cases::PhoneQueue>,
    /// Work to assign and visits that are late. For whoever plans visits.
    dispatch: Option<visits::DispatchHome>,
    /// How today's appointments went. For whoever plans visits.
    appointments: Option<visits::AppointmentHome>,
    /// Follow-up calls. For whoever makes them.
    follow_ups: Option<care::FollowUpHome>,
    /// Invoices owed. For whoever issues them.
    invoices: Option<visits::InvoiceHome>,
    /// Agreements that end soon (P29). For whoever makes them.
    agreements: Option<coverage::AgreementHome>,
    /// The server's present instant.
    now: Ts,
}

/// The home page: one read, each part only for whom it is meant.
#[utoipa::path(get, path = "/api/home", tag = "system", operation_id = "home",
    responses((status = 200, body = Home), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.own"))))]
async fn home(State(app): State<App>, permit: Permit<may::UseOwnAccount>) -> Result<Json<Home>, Failure> {
    let actor = permit.actor();
    let reach = &actor.reach;
    let now = app.clock.now();
    let mut tx = app.db.reader().await?;
    let today = day(&identity::settings::zone(&mut tx).await?, now);
    let mut home = Home {
        cases: None,
        missed_calls: None,
        phone_queue: None,
        dispatch: None,
        appointments: None,
        follow_ups: None,
        invoices: None,
        agreements: None,
        now,
    };
    if permit.may::<may::ReadCases>() {
        home.cases = Some(cases::home(&mut tx, &actor, now).await?);
    }
    if permit.may::<may::ReportFault>() {
        home.missed_calls = Some(cases::missed_calls(&mut tx, &actor, 6, now).await?);
    }
    if permit.may::<may::SupportByPhone>() {
        home.phone_queue = Some(cases::phone_queue(&mut tx, &actor, now).await?);
    }
    if permit.may::<may::PlanVisits>() {
        home.dispatch = Some(visits::dispatch_home(&mut tx, reach, now, today).await?);
        home.appointments = Some(visits::appointment_home(&mut tx, reach, now, today).await?);
    }
    if permit.may::<may::FollowUp>() {
        home.follow_ups = Some(care::home(&mut tx, reach, now, today.1).await?);
    }
    if permit.may::<may::IssueInvoice>() {
        home.invoices = Some(visits::invoice_home(&mut tx, reach).await?);
    }
    if permit.may::<may::ManageAgreements>() {
        home.agreements = Some(coverage::agreement_home(&mut tx, reach, now).await?);
    }
    Ok(Json(home))
}

// Beginning and end of the company's day; a zone that is unknown counts as UTC.
fn day(zone: &str, now: Ts) -> (Ts, Ts) {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let date = now.timestamp().to_zoned(zone.clone()).date();
    let start = |date: jiff::civil::Date| {
        date.to_zoned(zone.clone()).map_or(now, |zoned| Ts::from(zoned.timestamp()))
    };
    (start(date), start(date.tomorrow().unwrap_or(date)))
}
