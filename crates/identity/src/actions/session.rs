//! Signing in and out.
//!
//! Signing in is no command with a kept answer: its answer carries a secret, and a repetition simply makes another session.

use kit::{Actor, App, Audience, Cx, Event, Failure, Tx};
use serde_json::json;

use crate::actions::{Visitor, actor_of, factors, locked, passwords};
use crate::errors::IdentityError;
use crate::model::{AccountId, AccountState, AccountView, Principal, Secret, SessionId};
use crate::rules::{Attempt, SEEN_EVERY_US, login_key};
use crate::settings::{self, SecuritySettings};
use crate::store::{self, accounts, failures, sessions};
use crate::{hashing, rules};

/// A session that was just made.
#[derive(Debug)]
pub(crate) struct SignedIn {
    /// The value of the cookie; stored nowhere.
    pub secret: String,
    /// How long the cookie lasts, µs.
    pub lasts_us: i64,
}

/// What somebody types to sign in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed<'a> {
    pub login: &'a str,
    pub password: &'a str,
    /// Takes the place of a password that has lasted its time, and only of such a one.
    pub new_password: Option<&'a str>,
    /// Of the account's second factor, or one of its recovery codes.
    pub code: Option<&'a str>,
}

/// Signs in with login and password, and a code where the account has a second factor: one answer and one cost for all that is
/// wrong with the first two. Between password and code nothing is kept: both come together again, so nobody is half signed in.
///
/// # Errors
/// `login_failed`; `second_factor_needed` for the right password of an account that asks for a code; `second_factor_wrong`, which
/// counts as a failure like a wrong password; `locked_out` after too many failures of the login or from the address;
/// `password_expired` for the right password if it has lasted its time and no new one is given, and what a new one lacks.
pub(crate) async fn sign_in(app: &App, typed: Typed<'_>, visitor: Visitor) -> Result<SignedIn, Failure> {
    let subject = failures::of_login(&login_key(typed.login));
    let Attempted { settings, known, locks } =
        counted(app, login_key(typed.login), &subject, &visitor).await?;
    let (account, hash) = known.map_or((None, None), |(account, hash)| (Some(account), hash));
    let right = hashing::verify(typed.password, hash.clone()).await?;
    let account = match account {
        Some(account) if right && account.state == AccountState::Active => account,
        other => {
            record_failure(app, "login.failed", other.map(|a| a.id), &visitor, locks).await?;
            return Err(IdentityError::LoginFailed.into());
        }
    };
    let address = failures::of_address(&visitor.address.to_string());
    let checked = asked_beside(app, &settings, &account, hash.as_deref(), typed).await;
    let (shown, renewed) = match checked {
        Ok(checked) => checked,
        Err(refused) => {
            not_counted(app, subject, address, &settings).await?;
            return Err(refused);
        }
    };
    let (id, knocked) = (account.id, visitor.clone());
    let signed_in = app
        .act(actor_of(&account), move |tx, cx| {
            Box::pin(async move {
                // Between the check and now the account may have been closed or its password changed.
                let still = accounts::with_password(tx, account.id).await?;
                let Some((account, _)) = still.filter(|(a, h)| a.state == AccountState::Active && *h == hash)
                else {
                    return Err(IdentityError::LoginFailed.into());
                };
                // Or a second factor set up or taken away.
                if account.second_factor_at != shown.as_ref().map(factors::Shown::of) {
                    return Err(IdentityError::CodeNeeded.into());
                }
                if let Some(shown) = &shown
                    && !factors::take(tx, cx, account.id, shown).await?
                {
                    return Err(IdentityError::CodeWrong.into());
                }
                if let Some(renewed) = &renewed {
                    passwords::replace(tx, cx, &account, &settings, renewed).await?;
                }
                failures::take_back(tx, &address, settings.address_failures).await?;
                failures::clear(tx, &subject).await?;
                end_carried(tx, cx, &visitor).await?;
                open(tx, cx, &account, &settings, &visitor).await
            })
        })
        .await;
    if signed_in.as_ref().is_err_and(factors::is_wrong_code) {
        record_failure(app, "login.code_refused", Some(id), &knocked, locks).await?;
    }
    signed_in
}

// What the right password alone doesn't give: a code, and a new password where the old one has lasted its time.
async fn asked_beside(
    app: &App,
    settings: &SecuritySettings,
    account: &AccountView,
    hash: Option<&str>,
    typed: Typed<'_>,
) -> Result<(Option<factors::Shown>, Option<String>), Failure> {
    let factor = store::factors::get(&mut app.db.reader().await?, account.id).await?;
    let shown = match (&factor, typed.code) {
        (None, _) => None,
        (Some(_), None) => return Err(IdentityError::CodeNeeded.into()),
        (Some(factor), Some(code)) => Some(factors::look(app, account.id, factor, code).await?),
    };
    Ok((shown, renewed(app, settings, account, hash, typed.new_password).await?))
}

// The password was right: what is asked for beside it is no failure. Earlier ones still count, or whoever knows the password
// could guess codes for ever.
async fn not_counted(
    app: &App,
    subject: String,
    address: String,
    settings: &SecuritySettings,
) -> Result<(), Failure> {
    let (of_address, of_login) = (settings.address_failures, settings.login_failures);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                failures::take_back(tx, &address, of_address).await?;
                Ok(failures::take_back(tx, &subject, of_login).await?)
            })
        })
        .await
}

// The hash of the password that takes the place of one that has lasted its time.
async fn renewed(
    app: &App,
    settings: &SecuritySettings,
    account: &AccountView,
    hash: Option<&str>,
    new: Option<&str>,
) -> Result<Option<String>, Failure> {
    if !rules::expired(settings.password_profile, account.password_changed_at, app.clock.now()) {
        return Ok(None);
    }
    let Some(new) = new else {
        return Err(IdentityError::PasswordExpired { days: rules::PASSWORD_LASTS_US / kit::Ts::DAY }.into());
    };
    passwords::acceptable(app, new, account, settings, hash).await?;
    Ok(Some(hashing::hash_password(app, new).await?))
}

// An attempt that was counted and may be made.
struct Attempted {
    settings: SecuritySettings,
    known: Option<(AccountView, Option<String>)>,
    /// Whether it locks the login unless it succeeds.
    locks: bool,
}

// Counts the attempt for login and address before anything is compared.
async fn counted(app: &App, login: String, subject: &str, visitor: &Visitor) -> Result<Attempted, Failure> {
    let now = app.clock.now();
    let address = failures::of_address(&visitor.address.to_string());
    let subject = subject.to_owned();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let settings = settings::security(tx).await?;
                let lock_us = settings.lock_us();
                // Always in this order, so that two attempts can't wait for each other.
                let mut locks = false;
                for (subject, limit) in
                    [(&address, settings.address_failures), (&subject, settings.login_failures)]
                {
                    match failures::count(tx, subject, limit, lock_us, now).await? {
                        Attempt::Locked(until) => return Err(locked(until, now)),
                        Attempt::Allowed { locked_until, .. } => locks = locked_until.is_some(),
                    }
                }
                let known = accounts::by_login(tx, &login).await?;
                Ok(Attempted { settings, known, locks })
            })
        })
        .await
}

// What was typed as an unknown login is not kept: it may be a password.
async fn record_failure(
    app: &App,
    kind: &'static str,
    account: Option<AccountId>,
    visitor: &Visitor,
    locks: bool,
) -> Result<(), Failure> {
    let body = json!({ "address": visitor.address, "device": visitor.device });
    let subject = account.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    app.act(Actor::system("sign_in"), move |tx, cx| {
        Box::pin(async move {
            let event = Event::new(kind, "account", &subject).audience(Audience::Audit).body(&body);
            kit::events::append(tx, cx, event).await?;
            if locks {
                let event =
                    Event::new("login.locked", "account", &subject).audience(Audience::Audit).body(&body);
                kit::events::append(tx, cx, event).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Opens a session with an id of its own for an account that has just proved itself.
pub(crate) async fn open(
    tx: &mut Tx,
    cx: &Cx,
    account: &AccountView,
    settings: &SecuritySettings,
    visitor: &Visitor,
) -> Result<SignedIn, Failure> {
    let (idle_us, lasts_us) = settings.session_us(&account.roles);
    let enrol_from = factors::due(tx, settings, account.id, &account.roles).await?;
    let secret = cx.app.ids.secret();
    let id: SessionId = cx.new_id();
    let address = visitor.address.to_string();
    let new = sessions::NewSession {
        id,
        account_id: account.id,
        token_hash: store::hashed(&secret),
        device: &visitor.device,
        address: &address,
        idle_us,
        lasts_us,
        enrol_from,
    };
    sessions::insert(tx, new, cx.now).await?;
    accounts::seen(tx, account.id, cx.now).await?;
    let body = json!({ "session_id": id, "address": address, "device": visitor.device });
    let event = Event::new("login.succeeded", "account", account.id).audience(Audience::Audit).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(SignedIn { secret, lasts_us })
}

// The session that the browser carried until now, whoever's it was, doesn't outlive a new sign-in.
async fn end_carried(tx: &mut Tx, cx: &Cx, visitor: &Visitor) -> Result<(), Failure> {
    if let Some(secret @ Secret::Session(_)) = &visitor.secret
        && let Some(before) = store::principal(tx, secret, cx.now).await?
        && let Some(session) = before.session_id
    {
        end(tx, cx, before.account_id, session, "signed_in_again").await?;
    }
    Ok(())
}

/// Ends one session of an account; `false` if it has none such that stands.
///
/// # Errors
/// As the database says.
pub(crate) async fn end(
    tx: &mut Tx,
    cx: &Cx,
    account: AccountId,
    session: SessionId,
    why: &'static str,
) -> Result<bool, Failure> {
    let ended = sessions::end(tx, account, session, cx.now).await?;
    if ended {
        let body = json!({ "session_id": session, "why": why });
        let event = Event::new("session.ended", "account", account).audience(Audience::Audit).body(&body);
        kit::events::append(tx, cx, event).await?;
    }
    Ok(ended)
}

/// Ends every session of an account and says why. Returns how many stood.
///
/// # Errors
/// As the database says.
pub(crate) async fn end_all(
    tx: &mut Tx,
    cx: &Cx,
    account: AccountId,
    why: &'static str,
) -> Result<u64, Failure> {
    let ended = sessions::end_all(tx, account, cx.now).await?;
    if ended > 0 {
        let body = json!({ "sessions": ended, "why": why });
        let event = Event::new("session.all_ended", "account", account).audience(Audience::Audit).body(&body);
        kit::events::append(tx, cx, event).await?;
    }
    Ok(ended)
}

/// Ends the sessions of an account but the one that asks, and says why.
///
/// # Errors
/// As the database says.
pub(crate) async fn end_others(
    tx: &mut Tx,
    cx: &Cx,
    account: AccountId,
    but: Option<SessionId>,
    why: &'static str,
) -> Result<(), Failure> {
    let ended = store::factors::end_others(tx, account, but, cx.now).await?;
    if ended > 0 {
        let body = json!({ "sessions": ended, "why": why });
        let event = Event::new("session.all_ended", "account", account).audience(Audience::Audit).body(&body);
        kit::events::append(tx, cx, event).await?;
    }
    Ok(())
}

/// Notes that a session or token is in use: at most one write every five minutes, and never a reason to refuse.
pub(crate) async fn note_seen(app: &App, principal: &Principal) {
    let now = app.clock.now();
    if principal.seen_at.is_some_and(|at| at.plus(SEEN_EVERY_US) > now) {
        return;
    }
    let who = principal.clone();
    let noted: Result<(), kit::DbError> =
        app.db.write(move |tx| Box::pin(async move { sessions::seen(tx, &who, now).await })).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "the use of a session could not be noted");
    }
}

/// The cookie of a new session.
pub(crate) fn cookie(app: &App, signed_in: &SignedIn) -> String {
    rules::set_cookie(app.web.secure_cookies, &signed_in.secret, signed_in.lasts_us)
}
