//! What the engineer's phone asks of this domain: the devices of its sites, and how to call the customer.

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use identity::{Permit, may};
use kit::http::{Command, Nothing, Path, Routes};
use kit::routes;
use kit::{Answer, App, Done, Failure};
use organisation::EmployeeId;
use visits::VisitId;

use crate::actions::field::{self, Found};
use crate::model::{CallVia, CallWay, SiteDevice};
use crate::relay::RelayGateway;
use crate::store;

/// The routes. Layer an `Extension<Arc<dyn RelayGateway>>` around them.
pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(my_devices)).routes(routes!(call_customer))
}

/// The devices at the sites of my visits, with the codes on their labels: so that a phone without a signal says before which one it is.
#[utoipa::path(get, path = "/api/my/devices", tag = "portal", operation_id = "my_devices",
    responses((status = 200, body = Vec<SiteDevice>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn my_devices(
    State(app): State<App>,
    permit: Permit<may::DoVisits>,
) -> Result<Json<Vec<SiteDevice>>, Failure> {
    let me: Option<EmployeeId> = permit.actor().employee_id.and_then(|id| id.parse().ok());
    let me = me.ok_or(visits::VisitError::EngineerUnknown)?;
    Ok(Json(store::field::site_devices(&mut app.db.reader().await?, me).await?))
}

/// Call the customer of a visit: a number between both that ends with the visit, or the service hotline. Neither learns the other's
/// number (P68); each call is on the timeline.
#[utoipa::path(post, path = "/api/visits/{id}/call", tag = "portal", operation_id = "call_customer", request_body = Nothing,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CallWay), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json"), (status = 503, body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("visits.do"))))]
async fn call_customer(
    State(app): State<App>,
    Extension(gateway): Extension<Arc<dyn RelayGateway>>,
    permit: Permit<may::DoVisits>,
    Path(id): Path<VisitId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let actor = permit.actor();
    // What was answered once is answered so again, whatever has become of the visit; a number is bound for a new call only.
    if let Some(answer) = app.answered(&command.envelope, &actor).await? {
        return Ok(answer);
    }
    let (way, bound) = match field::find(&app, &*gateway, &actor, id).await? {
        Found::Stands(way) => (way, None),
        Found::Bind(wanted, standing) => {
            let relay = field::bind(&app, &*gateway, id, *wanted, standing).await?;
            let way = CallWay {
                via: CallVia::Relay,
                number: relay.number.clone(),
                extension: relay.extension.clone(),
                simulated: relay.simulated,
            };
            (way, Some(relay))
        }
    };
    app.run(command.envelope, actor, move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(field::called(tx, cx, id, way, bound).await?)) })
    })
    .await
}
