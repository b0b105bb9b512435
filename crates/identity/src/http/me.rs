//! One's own account: who am I, language, password, devices.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use kit::http::{Command, Path};
use kit::{Answer, App, Done, Failure, Lang, Ts, Tx};
use serde::{Deserialize, Serialize};

use super::{Plain, UnitsOf};
use crate::actions::session as sessions;
use crate::actions::{Visitor, accounts, passwords};
use crate::errors::IdentityError;
use crate::may::{self, Role};
use crate::model::{AccountId, Principal, SessionId, SessionView};
use crate::permit::Permit;
use crate::{settings, store};

/// Who is signed in, and what they may do.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Me {
    /// The account.
    pub id: AccountId,
    /// Login name.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// The permissions that the roles give, sorted.
    pub permissions: Vec<String>,
    /// The unit they work in; administrators have none.
    pub unit: Option<MeUnit>,
    /// The employee behind the account.
    pub employee_id: Option<String>,
    /// The customer whose contact this is.
    pub customer_id: Option<String>,
    /// The language kept with the account.
    pub language: Lang,
    /// IANA zone in which times are shown: the unit's, else the company's.
    pub zone: String,
    /// From when on nothing is possible before a second factor is set up, if the role asks for one.
    pub second_factor_from: Option<Ts>,
    /// When somebody took the second factor away that is not set up again since.
    pub second_factor_reset_at: Option<Ts>,
    /// Whether demo data stands here.
    pub demo: bool,
    /// The server's time.
    pub now: Ts,
}

/// The unit somebody works in.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MeUnit {
    /// Its id.
    pub id: String,
    /// Its name, in the reader's language.
    pub name: String,
}

/// Puts together who is signed in.
pub(super) async fn me_of(app: &App, tx: &mut Tx, units: &UnitsOf, who: &Principal) -> Result<Me, Failure> {
    let facts = match (&units.0, &who.unit_id) {
        (Some(units), Some(id)) => units.unit(tx, id).await?,
        _ => None,
    };
    let zone = match facts.as_ref().and_then(|f| f.zone.clone()) {
        Some(zone) => zone,
        None => settings::zone(tx).await?,
    };
    let account = store::accounts::get(tx, who.account_id).await?;
    let reset = match &account {
        Some(account) if account.second_factor_at.is_none() => {
            store::factors::newest_reset(tx, who.account_id).await?
        }
        _ => None,
    };
    let permissions = may::permissions_of(&who.roles).into_iter().map(str::to_owned).collect();
    Ok(Me {
        id: who.account_id,
        login: who.login.clone(),
        name: who.name.clone(),
        roles: who.roles.clone(),
        permissions,
        unit: who
            .unit_id
            .clone()
            .map(|id| MeUnit { id, name: facts.map(|f| f.name.in_lang(who.lang)).unwrap_or_default() }),
        employee_id: who.employee_id.clone(),
        customer_id: who.customer_id.clone(),
        language: account.map_or(who.lang, |a| a.language),
        zone,
        second_factor_from: who.enrol_from,
        second_factor_reset_at: reset.map(|r| r.at),
        demo: settings::demo(tx).await?,
        now: app.clock.now(),
    })
}

/// Who is signed in, and what they may do.
#[utoipa::path(get, path = "/api/me", tag = "identity", operation_id = "me",
    responses((status = 200, body = Me), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.second_factor"))))]
pub(super) async fn me(
    State(app): State<App>,
    permit: Permit<may::SetUpSecondFactor>,
    units: UnitsOf,
) -> Result<Json<Me>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(me_of(&app, &mut tx, &units, permit.principal()).await?))
}

/// The language somebody reads.
#[derive(Clone, Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    /// `zh-CN` or `en`.
    language: Lang,
}

/// Keep the language with one's account, for mails and new devices.
#[utoipa::path(put, path = "/api/me/language", tag = "identity", operation_id = "set_language", request_body = Language,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Language), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.second_factor"))))]
pub(super) async fn set_language(
    State(app): State<App>,
    permit: Permit<may::SetUpSecondFactor>,
    command: Command<Language>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let id = permit.principal().account_id;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            accounts::set_language(tx, cx, id, input.language).await?;
            Ok(Done::ok(input))
        })
    })
    .await
}

/// What changing one's password takes.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangePassword {
    /// The present one.
    #[schema(format = Password)]
    current_password: String,
    /// The new one.
    #[schema(format = Password)]
    password: String,
}

/// Change one's password: every session ends, this device goes on with a new one.
#[utoipa::path(post, path = "/api/me/password", tag = "identity", operation_id = "change_password", request_body = ChangePassword,
    responses((status = 204), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.own")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn change_password(
    State(app): State<App>,
    permit: Permit<may::UseOwnAccount>,
    visitor: Visitor,
    Plain(input): Plain<ChangePassword>,
) -> Result<Response, Failure> {
    let principal = permit.principal();
    let signed_in =
        passwords::change(&app, principal, &input.current_password, &input.password, visitor).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, sessions::cookie(&app, &signed_in))]).into_response())
}

/// One's signed-in devices, newest first.
#[utoipa::path(get, path = "/api/me/sessions", tag = "identity", operation_id = "list_sessions",
    responses((status = 200, body = Vec<SessionView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.own"))))]
pub(super) async fn list_sessions(
    State(app): State<App>,
    permit: Permit<may::UseOwnAccount>,
) -> Result<Json<Vec<SessionView>>, Failure> {
    let who = permit.principal();
    let mut tx = app.db.reader().await?;
    Ok(Json(store::sessions::of_account(&mut tx, who.account_id, who.session_id, app.clock.now()).await?))
}

/// Sign one of one's devices out.
#[utoipa::path(delete, path = "/api/me/sessions/{id}", tag = "identity", operation_id = "end_session", params(("id" = SessionId, Path)),
    responses((status = 204), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.own")), ("x-idempotency-key" = json!("none"))))]
pub(super) async fn end_session(
    State(app): State<App>,
    permit: Permit<may::UseOwnAccount>,
    Path(session): Path<SessionId>,
) -> Result<StatusCode, Failure> {
    let account = permit.principal().account_id;
    let ended = app
        .act(permit.actor(), move |tx, cx| {
            Box::pin(async move { sessions::end(tx, cx, account, session, "ended_by_holder").await })
        })
        .await?;
    if ended { Ok(StatusCode::NO_CONTENT) } else { Err(IdentityError::SessionUnknown.into()) }
}
