//! The routes of identity.
//!
//! Requests that carry or are answered with a secret (signing in, setting passwords, set-up) take no `Idempotency-Key`: the kept
//! answer and digest of a command would keep the secret. They are safe to repeat by their nature: a link works once, a sign-in makes
//! one more session. Where a command makes a secret (a token, a link), the kept answer lacks it: it is shown once.

mod accounts;
mod audit;
mod factors;
mod me;
mod saved_views;
mod session;
mod setup;
mod tokens;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use futures::future::BoxFuture;
use http::header;
use http::request::Parts;
use kit::http::Routes;
use kit::routes;
use kit::{Answer, App, Both, Failure, Refusal, Tx};
use serde::de::DeserializeOwned;

pub use me::{Me, MeUnit};

use crate::actions::Visitor;
use crate::limits::{Limiter, Rate};
use crate::permit::secret_of;
use crate::rules;

/// Before anybody is known: a whole office behind one address signs in at once, then two a second.
const KNOCKING: Rate = Rate { burst: 120, per_second: 2.0 };
/// Bytes of a body with a secret at most.
const MAX_BYTES: usize = 16 * 1024;

/// Every route of identity.
///
/// Reads the peer's address from [`ConnectInfo`]; layer an `Extension<Arc<dyn Units>>` around it, so that `GET /api/me` knows
/// the unit's name and zone.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(session::sign_in, session::sign_out))
        .routes(routes!(session::use_password_link))
        .routes(routes!(setup::setup_state, setup::set_up))
        .routes(routes!(setup::reissue_invitations))
        .routes(routes!(me::me))
        .routes(routes!(me::set_language))
        .routes(routes!(me::change_password))
        .routes(routes!(me::list_sessions))
        .routes(routes!(me::end_session))
        .routes(routes!(factors::show, factors::begin))
        .routes(routes!(factors::confirm))
        .routes(routes!(factors::renew_codes))
        .routes(routes!(factors::turn_off))
        .routes(routes!(factors::reset))
        .routes(routes!(accounts::list_accounts, accounts::create_account))
        .routes(routes!(accounts::get_account, accounts::change_account))
        .routes(routes!(accounts::disable_account))
        .routes(routes!(accounts::enable_account))
        .routes(routes!(accounts::reset_password))
        .routes(routes!(accounts::get_security, accounts::set_security))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::export_audit))
        .routes(routes!(saved_views::list_saved_views, saved_views::create_saved_view))
        .routes(routes!(saved_views::change_saved_view, saved_views::remove_saved_view))
        .routes(routes!(tokens::list_tokens, tokens::create_token))
        .routes(routes!(tokens::revoke_token))
        .layer(Extension(Knocking(Limiter::new(KNOCKING))))
}

/// What identity shows of a unit without knowing units.
#[derive(Clone, Debug)]
pub struct UnitFacts {
    /// Its name.
    pub name: Both,
    /// Its IANA zone, if it has one of its own.
    pub zone: Option<String>,
}

/// Where [`Me`] gets its unit from: units belong to a domain further on.
pub trait Units: Send + Sync + 'static {
    /// The unit `id`.
    fn unit<'t>(&'t self, tx: &'t mut Tx, id: &'t str) -> BoxFuture<'t, Result<Option<UnitFacts>, Failure>>;
}

/// The units, if the program has layered them around.
#[derive(Clone)]
struct UnitsOf(Option<Arc<dyn Units>>);

impl FromRequestParts<App> for UnitsOf {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        Ok(Self(parts.extensions.get::<Arc<dyn Units>>().cloned()))
    }
}

/// The buckets of those who knock.
#[derive(Clone)]
struct Knocking(Limiter);

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Guest(address) = Guest::from_request_parts(parts, app).await?;
        let agent = parts.headers.get(header::USER_AGENT).and_then(|a| a.to_str().ok()).unwrap_or_default();
        Ok(Self {
            address,
            device: rules::device(agent),
            lang: kit::http::lang_of(&parts.headers),
            secret: secret_of(&parts.headers, app),
        })
    }
}

/// The address of somebody who need not sign in: what public routes are limited by.
#[derive(Clone, Copy, Debug)]
pub struct Guest(pub IpAddr);

impl FromRequestParts<App> for Guest {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Ok(Self(crate::limits::address_of(parts, app)))
    }
}

/// Somebody not yet known who may knock: one of the limited number per address.
struct Knock(Visitor);

impl FromRequestParts<App> for Knock {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        if let Some(Knocking(limiter)) = parts.extensions.get::<Knocking>() {
            limiter.take(visitor.address, "", app.clock.now())?;
        }
        Ok(Self(visitor))
    }
}

/// A JSON body with a secret: small, not kept, no command.
struct Plain<T>(T);

impl<T: DeserializeOwned> FromRequest<App> for Plain<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        // Only JSON: a form of another site can't send that.
        let json =
            request.headers().get(header::CONTENT_TYPE).and_then(|t| t.to_str().ok()).is_some_and(|t| {
                t.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
            });
        if !json {
            return Err(Refusal::new(415, "content_type_wrong").into());
        }
        let too_large = || Refusal::new(413, "payload_too_large").value("max_kib", MAX_BYTES / 1024);
        let bytes = Bytes::from_request(request, app).await.map_err(|_| too_large())?;
        if bytes.len() > MAX_BYTES {
            return Err(too_large().into());
        }
        Ok(Self(kit::http::parse(&bytes)?))
    }
}

// Adds a secret to an answer that was just made; a repeated one stays without.
fn showing(mut answer: Answer, path: &[&str], secret: String) -> Result<Answer, Failure> {
    if answer.replayed {
        return Ok(answer);
    }
    let mut body: serde_json::Value = serde_json::from_str(&answer.body)?;
    let mut place = Some(&mut body);
    for key in path {
        place = place.and_then(|value| value.get_mut(key));
    }
    if let Some(place) = place {
        *place = secret.into();
    }
    answer.body = body.to_string();
    Ok(answer)
}
