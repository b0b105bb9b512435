//! Setting a password: by a one-time link, or knowing the present one.
//!
//! No command with a kept answer: the digest kept of a request that carries a password would be a fast hash of the password.

use kit::{App, Audience, Cx, Event, Failure, Ts, Tx};
use serde_json::json;

use crate::actions::session::{self, SignedIn};
use crate::actions::{Visitor, actor_of, locked};
use crate::errors::IdentityError;
use crate::model::{AccountId, AccountState, AccountView, Invitation, Principal};
use crate::rules::{Attempt, LINK_US, PASSWORDS_REMEMBERED};
use crate::settings::{self, PasswordProfile, SecuritySettings};
use crate::store::{self, accounts, failures, sessions};
use crate::{hashing, password};

/// The part of a link in front of its secret. Everything behind `#` stays in the browser: no server, proxy or log sees it.
const PAGE: &str = "/password#";

/// Makes a link by which the holder of an account sets their password; an older link no longer works.
///
/// # Errors
/// `account_unknown`; `account_disabled`.
pub async fn invite(tx: &mut Tx, cx: &Cx, account: AccountId) -> Result<Invitation, Failure> {
    let secret = cx.app.ids.secret();
    let mut invitation = invite_with(tx, cx, account, &secret).await?;
    invitation.link = Some(link(&cx.app, &secret));
    Ok(invitation)
}

/// As [`invite`], for a secret that the caller keeps out of the kept answer.
pub(crate) async fn invite_with(
    tx: &mut Tx,
    cx: &Cx,
    id: AccountId,
    secret: &str,
) -> Result<Invitation, Failure> {
    let account = accounts::get(tx, id).await?.ok_or_else(|| Failure::from(IdentityError::AccountUnknown))?;
    if account.state == AccountState::Disabled {
        return Err(IdentityError::AccountDisabled.into());
    }
    let expires_at = cx.now.plus(LINK_US);
    sessions::put_link(tx, id, &store::hashed(secret), expires_at, cx.now).await?;
    failures::clear(tx, &failures::of_login(&account.login)).await?;
    let event = Event::new("account.password_link_made", "account", id)
        .audience(Audience::Audit)
        .body(&json!({ "expires_at": expires_at }));
    kit::events::append(tx, cx, event).await?;
    Ok(Invitation { account_id: id, login: account.login, link: None, expires_at })
}

/// The link for a secret: under the configured base URL, never under a host that a request names.
pub(crate) fn link(app: &App, secret: &str) -> String {
    format!("{}{PAGE}{secret}", app.web.base_url.trim_end_matches('/'))
}

/// Sets the password by a link: once. Every session of the account ends.
///
/// # Errors
/// `password_link_invalid`; what [`password::check_password`] refuses.
pub(crate) async fn use_link(app: &App, token: &str, new: &str) -> Result<(), Failure> {
    let token_hash = store::hashed(token);
    let invalid = || Failure::from(IdentityError::PasswordLinkInvalid);
    let mut tx = app.db.reader().await?;
    let id = sessions::link_account(&mut tx, &token_hash, app.clock.now()).await?.ok_or_else(invalid)?;
    let (account, present) = accounts::with_password(&mut tx, id).await?.ok_or_else(invalid)?;
    let settings = settings::security(&mut tx).await?;
    drop(tx);
    acceptable(app, new, &account, &settings, present.as_deref()).await?;
    let hash = hashing::hash_password(app, new).await?;
    app.act(actor_of(&account), move |tx, cx| {
        Box::pin(async move {
            if !sessions::use_link(tx, &token_hash, cx.now).await? {
                return Err(IdentityError::PasswordLinkInvalid.into());
            }
            remember(tx, id, &settings, cx.now).await?;
            accounts::set_password(tx, id, &hash, None, cx.now).await?;
            failures::clear(tx, &failures::of_login(&account.login)).await?;
            session::end_all(tx, cx, id, "password_set").await?;
            let event = Event::new("account.password_set", "account", id).audience(Audience::Audit);
            kit::events::append(tx, cx, event).await?;
            Ok(())
        })
    })
    .await
}

/// Changes one's own password. Every session ends, also this one: the device goes on with a new one.
///
/// # Errors
/// `password_wrong`, `locked_out` after too many tries, what [`password::check_password`] refuses.
pub(crate) async fn change(
    app: &App,
    principal: &Principal,
    current: &str,
    new: &str,
    visitor: Visitor,
) -> Result<SignedIn, Failure> {
    let id = principal.account_id;
    let subject = failures::of_login(&principal.login);
    let (settings, stored) = prove(app, principal, current, "account.password_change_refused").await?;
    let mut tx = app.db.reader().await?;
    let account =
        accounts::get(&mut tx, id).await?.ok_or_else(|| Failure::from(IdentityError::NotSignedIn))?;
    drop(tx);
    acceptable(app, new, &account, &settings, stored.as_deref()).await?;
    let hash = hashing::hash_password(app, new).await?;
    app.act(principal.actor(), move |tx, cx| {
        Box::pin(async move {
            remember(tx, id, &settings, cx.now).await?;
            if !accounts::set_password(tx, id, &hash, stored.as_deref(), cx.now).await? {
                return Err(IdentityError::PasswordWrong.into());
            }
            failures::clear(tx, &subject).await?;
            sessions::drop_link(tx, id).await?;
            session::end_all(tx, cx, id, "password_changed").await?;
            let event = Event::new("account.password_changed", "account", id).audience(Audience::Audit);
            kit::events::append(tx, cx, event).await?;
            session::open(tx, cx, &account, &settings, &visitor).await
        })
    })
    .await
}

/// Lets go on whoever knows the present password; a wrong one counts like one of signing in, and is the event `refused`.
///
/// # Errors
/// `password_wrong`, `locked_out` after too many tries.
pub(crate) async fn prove(
    app: &App,
    principal: &Principal,
    current: &str,
    refused: &'static str,
) -> Result<(SecuritySettings, Option<String>), Failure> {
    let id = principal.account_id;
    let (settings, stored) = counted(app, id, &failures::of_login(&principal.login)).await?;
    if hashing::verify(current, stored.clone()).await? {
        return Ok((settings, stored));
    }
    app.act(principal.actor(), move |tx, cx| {
        Box::pin(async move {
            let event = Event::new(refused, "account", id).audience(Audience::Audit);
            Ok(kit::events::append(tx, cx, event).await?)
        })
    })
    .await?;
    Err(IdentityError::PasswordWrong.into())
}

/// Forgets the failures of somebody who has proved the password, where nothing else is written.
///
/// # Errors
/// As the database says.
pub(crate) async fn right(app: &App, subject: String) -> Result<(), Failure> {
    app.db.write(move |tx| Box::pin(async move { Ok(failures::clear(tx, &subject).await?) })).await
}

/// Counts an attempt of somebody who is signed in: a stolen session must not guess faster than the sign-in page.
///
/// # Errors
/// `locked_out` after too many tries.
pub(crate) async fn counted(
    app: &App,
    id: AccountId,
    subject: &str,
) -> Result<(SecuritySettings, Option<String>), Failure> {
    let (now, subject) = (app.clock.now(), subject.to_owned());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let settings = settings::security(tx).await?;
                let attempt =
                    failures::count(tx, &subject, settings.login_failures, settings.lock_us(), now).await?;
                if let Attempt::Locked(until) = attempt {
                    return Err(locked(until, now));
                }
                let known = accounts::with_password(tx, id).await?;
                Ok((settings, known.and_then(|(_, hash)| hash)))
            })
        })
        .await
}

/// Refuses a new password that the rules in force don't take. `present` is the hash of the one it takes the place of.
///
/// # Errors
/// What [`password::check_password`] refuses; under MLPS `password_kinds`, `password_used_before`.
pub(crate) async fn acceptable(
    app: &App,
    new: &str,
    account: &AccountView,
    settings: &SecuritySettings,
    present: Option<&str>,
) -> Result<(), Failure> {
    let mut tx = app.db.reader().await?;
    let company = settings::company(&mut tx).await?.map(|c| c.name).unwrap_or_default();
    password::check_password(new, settings.password_min, &[&account.login, &account.name, &company])?;
    if settings.password_profile == PasswordProfile::Asvs {
        return Ok(());
    }
    password::check_kinds(new)?;
    let before = accounts::passwords_before(&mut tx, account.id, PASSWORDS_REMEMBERED as i64 - 1).await?;
    drop(tx);
    for hash in present.map(str::to_owned).into_iter().chain(before) {
        if hashing::verify(new, Some(hash)).await? {
            return Err(IdentityError::PasswordUsedBefore { last: PASSWORDS_REMEMBERED }.into());
        }
    }
    Ok(())
}

// Under MLPS the password that goes is remembered; under other rules none is kept.
async fn remember(tx: &mut Tx, id: AccountId, settings: &SecuritySettings, now: Ts) -> Result<(), Failure> {
    let count = match settings.password_profile {
        PasswordProfile::Asvs => 0,
        PasswordProfile::Mlps => PASSWORDS_REMEMBERED as i64 - 1,
    };
    Ok(accounts::remember_password(tx, id, count, now).await?)
}

/// Puts a new password in the place of one that has lasted its time; every other session ends.
///
/// # Errors
/// As the database says.
pub(crate) async fn replace(
    tx: &mut Tx,
    cx: &Cx,
    account: &AccountView,
    settings: &SecuritySettings,
    hash: &str,
) -> Result<(), Failure> {
    remember(tx, account.id, settings, cx.now).await?;
    accounts::set_password(tx, account.id, hash, None, cx.now).await?;
    sessions::drop_link(tx, account.id).await?;
    session::end_all(tx, cx, account.id, "password_changed").await?;
    let event = Event::new("account.password_changed", "account", account.id)
        .audience(Audience::Audit)
        .body(&json!({ "why": "expired" }));
    Ok(kit::events::append(tx, cx, event).await?)
}
