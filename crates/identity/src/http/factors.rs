//! One's second factor, and taking away that of somebody who lost it.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use kit::http::{Command, Path};
use kit::{Answer, App, Done, Failure};
use serde::Deserialize;

use super::Plain;
use crate::actions::factors;
use crate::may;
use crate::model::{AccountId, AccountView, Enrolment, FactorState, RecoveryCodes};
use crate::permit::Permit;

/// What beginning to set it up takes.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BeginFactor {
    /// The present password.
    #[schema(format = Password)]
    current_password: String,
    /// A code of the one that stands, or a recovery code, to put another in its place.
    #[serde(default)]
    code: Option<String>,
}

/// A code.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactorCode {
    /// Six digits of the authenticator.
    code: String,
}

/// What changing it takes.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactorProof {
    /// The present password.
    #[schema(format = Password)]
    current_password: String,
    /// Six digits of the authenticator, or a recovery code.
    code: String,
}

/// Why somebody's second factor is taken away.
#[derive(Debug, Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetFactor {
    /// 1 to 500 characters; whose it was reads it.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    reason: String,
}

/// How one's second factor stands.
#[utoipa::path(get, path = "/api/me/second-factor", tag = "identity", operation_id = "second_factor",
    responses((status = 200, body = FactorState), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.second_factor"))))]
pub(super) async fn show(
    State(app): State<App>,
    permit: Permit<may::SetUpSecondFactor>,
) -> Result<Json<FactorState>, Failure> {
    Ok(Json(factors::state(&mut app.db.reader().await?, permit.principal()).await?))
}

/// Begin to set a second factor up, or to put another in its place: a secret for an authenticator, which counts once a code of it
/// was shown within half an hour.
#[utoipa::path(post, path = "/api/me/second-factor", tag = "identity", operation_id = "begin_second_factor", request_body = BeginFactor,
    responses((status = 200, body = Enrolment), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.second_factor")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn begin(
    State(app): State<App>,
    permit: Permit<may::SetUpSecondFactor>,
    Plain(input): Plain<BeginFactor>,
) -> Result<Json<Enrolment>, Failure> {
    let code = input.code.as_deref();
    Ok(Json(factors::begin(&app, permit.principal(), &input.current_password, code).await?))
}

/// Confirm it by a code: from now on signing in asks for one, and other devices are signed out. The recovery codes in the answer are
/// shown once.
#[utoipa::path(post, path = "/api/me/second-factor/confirm", tag = "identity", operation_id = "confirm_second_factor", request_body = FactorCode,
    responses((status = 200, body = RecoveryCodes), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.second_factor")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn confirm(
    State(app): State<App>,
    permit: Permit<may::SetUpSecondFactor>,
    Plain(input): Plain<FactorCode>,
) -> Result<Json<RecoveryCodes>, Failure> {
    Ok(Json(factors::confirm(&app, permit.principal(), &input.code).await?))
}

/// Make new recovery codes; the older ones no longer work.
#[utoipa::path(post, path = "/api/me/second-factor/recovery-codes", tag = "identity", operation_id = "renew_recovery_codes",
    request_body = FactorProof,
    responses((status = 200, body = RecoveryCodes), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.second_factor")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn renew_codes(
    State(app): State<App>,
    permit: Permit<may::SetUpSecondFactor>,
    Plain(input): Plain<FactorProof>,
) -> Result<Json<RecoveryCodes>, Failure> {
    let (password, code) = (&input.current_password, &input.code);
    Ok(Json(factors::renew_codes(&app, permit.principal(), password, code).await?))
}

/// Turn one's second factor off, unless a role of one's own asks for it. Other devices are signed out.
#[utoipa::path(post, path = "/api/me/second-factor/off", tag = "identity", operation_id = "turn_second_factor_off", request_body = FactorProof,
    responses((status = 204), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.second_factor")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn turn_off(
    State(app): State<App>,
    permit: Permit<may::SetUpSecondFactor>,
    Plain(input): Plain<FactorProof>,
) -> Result<StatusCode, Failure> {
    factors::turn_off(&app, permit.principal(), &input.current_password, &input.code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take away the second factor of somebody who has lost it; every session of theirs ends.
#[utoipa::path(post, path = "/api/accounts/{id}/reset-second-factor", tag = "identity", operation_id = "reset_second_factor",
    request_body = ResetFactor, params(("id" = AccountId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AccountView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn reset(
    State(app): State<App>,
    permit: Permit<may::ManageAccounts>,
    Path(id): Path<AccountId>,
    command: Command<ResetFactor>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let account = factors::reset(tx, cx, id, &input.reason).await?;
            let version = account.version;
            Ok(Done::ok(account).version(version))
        })
    })
    .await
}
