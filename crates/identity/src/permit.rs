//! Permission in the handler's signature.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use http::request::Parts;
use kit::{Actor, App, Audience, Event, Failure};

use crate::errors::IdentityError;
use crate::may::{self, Permission, Role};
use crate::model::{Principal, Secret};
use crate::store;

/// Proof that the caller is signed in and holds the permission `P`.
#[derive(Debug)]
pub struct Permit<P: Permission> {
    principal: Principal,
    permission: PhantomData<P>,
}

impl<P: Permission> Permit<P> {
    /// Who acts, for [`kit::App::run`] and the stores.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.principal.actor()
    }

    /// The signed-in account with its roles.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// Whether the account also holds a role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.principal.roles.contains(&role)
    }

    /// Whether the account also holds the permission `Q`.
    #[must_use]
    pub fn may<Q: Permission>(&self) -> bool {
        self.principal.may::<Q>()
    }
}

impl<P: Permission> FromRequestParts<App> for Permit<P> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let principal = signed_in(parts, app).await?;
        // Until the second factor that a role asks for is set up, only the way to it is open.
        if P::NAME != may::SetUpSecondFactor::NAME && principal.must_enrol(app.clock.now()) {
            return Err(IdentityError::FactorRequired.into());
        }
        if principal.may::<P>() {
            crate::actions::session::note_seen(app, &principal).await;
            return Ok(Self { principal, permission: PhantomData });
        }
        refused(app, &principal, P::NAME, parts.method.as_str(), parts.uri.path()).await;
        Err(IdentityError::NotPermitted { permission: P::NAME.to_owned() }.into())
    }
}

/// The account behind a request: a session cookie, or a bearer token with scopes.
///
/// # Errors
/// `not_signed_in` if there is none, or it has ended.
pub async fn signed_in(parts: &Parts, app: &App) -> Result<Principal, Failure> {
    let Some(secret) = secret_of(&parts.headers, app) else { return Err(IdentityError::NotSignedIn.into()) };
    let now = app.clock.now();
    let mut reader = app.db.reader().await?;
    let Some(mut principal) = store::principal(&mut reader, &secret, now).await? else {
        drop(reader);
        end_if_over(app, &secret, now).await?;
        return Err(IdentityError::NotSignedIn.into());
    };
    if let Some(lang) = parts.headers.get(http::header::ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok()) {
        principal.lang = kit::Lang::accepted(lang).unwrap_or(principal.lang);
    }
    Ok(principal)
}

// A session whose time is over is ended for good, or it would stand again when the machine's clock is put back. Looked up first:
// what was made up, or has ended, writes nothing.
async fn end_if_over(app: &App, secret: &Secret, now: kit::Ts) -> Result<(), Failure> {
    let Secret::Session(value) = secret else { return Ok(()) };
    let hash = store::hashed(value);
    if store::sessions::is_over(&mut app.db.reader().await?, &hash, now).await? {
        app.db
            .write(move |tx| Box::pin(async move { store::sessions::end_if_over(tx, &hash, now).await }))
            .await?;
    }
    Ok(())
}

// Whoever sends `Authorization` means it: a session that happens to come along doesn't stand in for a wrong one.
pub(crate) fn secret_of(headers: &http::HeaderMap, app: &App) -> Option<Secret> {
    if headers.contains_key(http::header::AUTHORIZATION) {
        return crate::rules::bearer(headers).map(Secret::Token);
    }
    crate::rules::session_cookie(headers, app.web.secure_cookies).map(Secret::Session)
}

// A refusal is an event that counts (decision 4). Failing to write it must not hide the refusal itself.
async fn refused(app: &App, principal: &Principal, permission: &'static str, method: &str, path: &str) {
    let body = serde_json::json!({ "permission": permission, "method": method, "path": path });
    let account_id = principal.account_id;
    let written = app
        .act(principal.actor(), move |tx, cx| {
            Box::pin(async move {
                let event =
                    Event::new("access.refused", "account", account_id).audience(Audience::Audit).body(&body);
                kit::events::append(tx, cx, event).await?;
                Ok(())
            })
        })
        .await;
    if let Err(error) = written {
        tracing::warn!(%error, "a refusal could not be recorded");
    }
}
