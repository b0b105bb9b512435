//! The set-up of an empty system.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use kit::{App, Failure};
use serde::Serialize;

use super::me::Me;
use super::{Knock, Plain, UnitsOf, session};
use crate::may;
use crate::model::Invitation;
use crate::permit::Permit;
use crate::settings;
use crate::setup::{self, SetUp};

/// What anybody may know before signing in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct SetupState {
    /// Whether the system waits to be set up.
    needed: bool,
    /// Whose system it is, for the sign-in page.
    company_name: Option<String>,
    /// Whether demo data stands here.
    demo: bool,
}

/// Whether the system waits to be set up, and whose it is.
#[utoipa::path(get, path = "/api/setup", tag = "identity", operation_id = "setup_state",
    responses((status = 200, body = SetupState), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
pub(super) async fn setup_state(State(app): State<App>) -> Result<Json<SetupState>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(SetupState {
        needed: setup::needed(&mut tx).await?,
        company_name: settings::company(&mut tx).await?.map(|c| c.name),
        demo: settings::demo(&mut tx).await?,
    }))
}

/// The system as set up.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct SetUpDone {
    /// The system administrator, signed in by the cookie of this answer.
    me: Me,
    /// Links for the security and the audit administrator, shown once: to be handed to two other people.
    invitations: Vec<Invitation>,
}

/// Set the system up with the token that the program printed; works once.
#[utoipa::path(post, path = "/api/setup", tag = "identity", operation_id = "set_up", request_body = SetUp,
    responses((status = 200, body = SetUpDone), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn set_up(
    State(app): State<App>,
    Knock(visitor): Knock,
    units: UnitsOf,
    Plain(input): Plain<SetUp>,
) -> Result<Response, Failure> {
    let (signed_in, invitations) = setup::set_up(&app, input, visitor).await?;
    session::answer(&app, &units, &signed_in, |me| SetUpDone { me: me.clone(), invitations }).await
}

/// The links that were made again.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Invitations {
    /// Shown once.
    invitations: Vec<Invitation>,
}

/// Make the links of the security and audit administrators again, as long as nobody has used them.
#[utoipa::path(post, path = "/api/setup/invitations", tag = "identity", operation_id = "reissue_invitations",
    responses((status = 200, body = Invitations), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn reissue_invitations(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
) -> Result<Json<Invitations>, Failure> {
    let invitations = app.act(permit.actor(), |tx, cx| Box::pin(setup::reissue(tx, cx))).await?;
    Ok(Json(Invitations { invitations }))
}
