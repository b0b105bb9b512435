//! Signing in and out, and setting a password by a link.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use kit::{App, Failure};
use serde::Deserialize;

use super::me::{Me, me_of};
use super::{Knock, Plain, UnitsOf};
use crate::actions::passwords;
use crate::actions::session as sessions;
use crate::model::{Principal, Secret};
use crate::rules;
use crate::store;

/// What signing in takes.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// Login name, in any case.
    login: String,
    /// Password.
    #[schema(format = Password)]
    password: String,
    /// The one that takes its place, if it has lasted its time (`password_expired`).
    #[serde(default)]
    #[schema(format = Password)]
    new_password: Option<String>,
    /// Six digits of the authenticator or a recovery code, if the account asks for one (`second_factor_needed`).
    #[serde(default)]
    code: Option<String>,
}

/// Sign in: the session comes as an HttpOnly cookie. Wrong login and wrong password are answered alike. Where a second factor is set up, the
/// right password is answered `second_factor_needed`: send both again with the code.
#[utoipa::path(post, path = "/api/session", tag = "identity", operation_id = "sign_in", request_body = SignIn,
    responses((status = 200, body = Me), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn sign_in(
    State(app): State<App>,
    Knock(visitor): Knock,
    units: UnitsOf,
    Plain(input): Plain<SignIn>,
) -> Result<Response, Failure> {
    let typed = sessions::Typed {
        login: &input.login,
        password: &input.password,
        new_password: input.new_password.as_deref(),
        code: input.code.as_deref(),
    };
    let signed_in = sessions::sign_in(&app, typed, visitor).await?;
    answer(&app, &units, &signed_in, Me::clone).await
}

/// The cookie of a new session, and `body` made of who is signed in.
pub(super) async fn answer<T: serde::Serialize>(
    app: &App,
    units: &UnitsOf,
    signed_in: &sessions::SignedIn,
    body: impl FnOnce(&Me) -> T,
) -> Result<Response, Failure> {
    let mut tx = app.db.reader().await?;
    let secret = Secret::Session(signed_in.secret.clone());
    let principal = store::principal(&mut tx, &secret, app.clock.now())
        .await?
        .ok_or_else(|| Failure::from(crate::IdentityError::NotSignedIn))?;
    let me = me_of(app, &mut tx, units, &principal).await?;
    drop(tx);
    Ok(([(header::SET_COOKIE, sessions::cookie(app, signed_in))], Json(body(&me))).into_response())
}

/// Sign out: the session ends on the server, the cookie is taken back. Without a session there is nothing to end, and no error.
#[utoipa::path(delete, path = "/api/session", tag = "identity", operation_id = "sign_out",
    responses((status = 204), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failure> {
    let secure = app.web.secure_cookies;
    if let Some(value) = rules::session_cookie(&headers, secure) {
        let mut tx = app.db.reader().await?;
        let known = store::principal(&mut tx, &Secret::Session(value), app.clock.now()).await?;
        drop(tx);
        if let Some((principal, session)) = known.and_then(|p: Principal| p.session_id.map(|s| (p, s))) {
            app.act(principal.actor(), move |tx, cx| {
                Box::pin(
                    async move { sessions::end(tx, cx, principal.account_id, session, "signed_out").await },
                )
            })
            .await?;
        }
    }
    let cookie = rules::set_cookie(secure, "", 0);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// What setting a password by a link takes.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UsePasswordLink {
    /// What stands behind `#` in the link.
    token: String,
    /// The new password.
    #[schema(format = Password)]
    password: String,
}

/// Set a password by a one-time link. Every session of the account ends; signing in follows as usual.
#[utoipa::path(post, path = "/api/password", tag = "identity", operation_id = "use_password_link", request_body = UsePasswordLink,
    responses((status = 204), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn use_password_link(
    State(app): State<App>,
    _knock: Knock,
    Plain(input): Plain<UsePasswordLink>,
) -> Result<StatusCode, Failure> {
    passwords::use_link(&app, &input.token, &input.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
