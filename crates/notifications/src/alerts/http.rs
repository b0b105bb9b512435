//! Routes of alerts.

use axum::Json;
use axum::extract::State;
use identity::{Permit, may};
use kit::http::{Command, Nothing, Path, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};

use super::actions;
use super::model::{AlertId, Alerts};

pub(crate) fn routes() -> Routes {
    Routes::new().routes(routes!(my_alerts)).routes(routes!(acknowledge))
}

/// What somebody has to look at now, where I am the one who was told (P11).
#[utoipa::path(get, path = "/api/alerts", tag = "notifications", operation_id = "my_alerts",
    responses((status = 200, body = Alerts), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("notifications.alerts"))))]
async fn my_alerts(State(app): State<App>, permit: Permit<may::TakeAlerts>) -> Result<Json<Alerts>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(actions::mine(&mut tx, &permit.actor(), app.clock.now()).await?))
}

/// Take an alert: nobody else is told of it any more (P11). Answers what is left.
#[utoipa::path(post, path = "/api/alerts/{id}/acknowledge", tag = "notifications", operation_id = "acknowledge_alert",
    params(("id" = AlertId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Alerts), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("notifications.alerts"))))]
async fn acknowledge(
    State(app): State<App>,
    permit: Permit<may::TakeAlerts>,
    Path(id): Path<AlertId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::acknowledge(tx, cx, id).await?)) })
    })
    .await
}
