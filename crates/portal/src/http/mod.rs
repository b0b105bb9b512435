//! The routes: those that need nobody signed in, and those of the desk.

mod desk;
mod field;
mod labels;
mod public;
pub(crate) mod visitor;

use kit::http::Routes;
use kit::routes;
use kit::{App, Failure};

use crate::actions::{badge, codes, links, report, track};
use visitor::Visitor;

/// The routes of the customer's side. Layer an `Extension<Doors>` around them.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(public::report_page, public::report))
        .routes(routes!(public::ask_code))
        .routes(routes!(public::give_code))
        .routes(routes!(public::track))
        .routes(routes!(public::track_photo))
        .routes(routes!(public::chase))
        .routes(routes!(public::add_to_case))
        .routes(routes!(public::wish_time))
        .routes(routes!(public::service_order, public::sign))
        .routes(routes!(public::rate))
        .routes(routes!(public::complain))
        .routes(routes!(public::say_to_answer))
        .routes(routes!(public::badge_page))
        .routes(routes!(public::badge_photo))
        .merge(desk::routes())
        .merge(labels::routes())
        .merge(field::routes())
}

/// What the page behind a label shows, as its first data.
///
/// # Errors
/// `label_unknown`.
pub async fn report_first(app: &App, visitor: &Visitor, code: &str) -> Result<serde_json::Value, Failure> {
    let mut tx = app.db.reader().await?;
    let sms = visitor.doors.gateway.standing(&mut tx).await?;
    let caller = visitor.caller.as_deref();
    Ok(serde_json::to_value(report::page(&mut tx, code, caller, sms, app.clock.now()).await?)?)
}

/// What the page behind a badge shows (P66), as its first data.
///
/// # Errors
/// As the database says.
pub async fn badge_first(app: &App, code: &str) -> Result<serde_json::Value, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(serde_json::to_value(badge::page(&mut tx, code, app.clock.now()).await?)?)
}

/// As whom a file counts that is sent at a label, if the label answers.
///
/// # Errors
/// `label_unknown`, `too_many_requests`.
pub async fn label_sender(app: &App, visitor: &Visitor, code: &str) -> Result<String, Failure> {
    visitor.doors.take(&format!("file:{code}"), app.clock.now())?;
    let (label, _) = codes::device(&mut app.db.reader().await?, code).await?;
    Ok(report::sender(label.id))
}

/// As whom a file counts that is sent by a link, if the link opens a case.
///
/// # Errors
/// `link_unknown`, `too_many_requests`.
pub async fn link_sender(app: &App, visitor: &Visitor) -> Result<String, Failure> {
    let opened = links::open(&mut app.db.reader().await?, &visitor.link, app.clock.now()).await?;
    visitor.doors.take(&format!("file:{}", opened.link.id), app.clock.now())?;
    Ok(track::sender(opened.link.id))
}
