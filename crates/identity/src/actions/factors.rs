//! The second factor: set up, shown at sign-in, renewed, turned off by its holder, taken away by a security administrator.
//!
//! Like passwords, secrets and codes go through no command with a kept answer.

use futures::future::BoxFuture;
use kit::files::Files;
use kit::sealing::Key;
use kit::{App, Audience, Cx, Event, Failure, Ts, Tx};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde_json::json;

use crate::actions::{passwords, session};
use crate::errors::IdentityError;
use crate::may::Role;
use crate::model::{AccountId, AccountView, Enrolment, FactorState, Principal, RecoveryCodes};
use crate::settings::{self, SecuritySettings};
use crate::store::factors::Factor;
use crate::store::{accounts, factors, failures};
use crate::{hashing, totp};

/// How many recovery codes there are at a time.
const RECOVERY_CODES: usize = 10;
/// How long a secret waits for its first code.
const BEGUN_US: i64 = 30 * Ts::MINUTE;
const MAX_REASON: usize = 500;
const REFUSED: &str = "account.second_factor_refused";

fn event(kind: &'static str, account: AccountId) -> Event {
    Event::new(kind, "account", account).audience(Audience::Audit)
}

/// From when on somebody with these roles may do nothing without a second factor; `None` if they have one or need none.
///
/// # Errors
/// As the database says.
pub(crate) async fn due(
    tx: &mut Tx,
    settings: &SecuritySettings,
    account: AccountId,
    roles: &[Role],
) -> Result<Option<Ts>, Failure> {
    let required = settings::enrol_from(tx, settings).await?;
    let due = required.iter().filter(|(role, _)| roles.contains(role)).map(|(_, from)| *from).min();
    if due.is_none() || factors::get(tx, account).await?.is_some() {
        return Ok(None);
    }
    Ok(due)
}

/// How one's second factor stands.
///
/// # Errors
/// As the database says.
pub(crate) async fn state(tx: &mut Tx, who: &Principal) -> Result<FactorState, Failure> {
    let factor = factors::get(tx, who.account_id).await?;
    let settings = settings::security(tx).await?;
    Ok(FactorState {
        since: factor.as_ref().map(|f| f.confirmed_at),
        codes_left: factors::codes_left(tx, who.account_id).await?,
        required: settings.second_factor_roles.iter().any(|role| who.roles.contains(role)),
        required_from: who.enrol_from,
        reset: if factor.is_none() { factors::newest_reset(tx, who.account_id).await? } else { None },
    })
}

/// What was typed, held against a factor: nothing of it is used up yet.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    confirmed_at: Ts,
    proof: Proof,
}

impl Shown {
    /// Since when the factor stands that it was held against.
    pub(crate) fn of(&self) -> Ts {
        self.confirmed_at
    }
}

#[derive(Clone, Debug)]
enum Proof {
    Step(i64),
    Recovery(String),
    Nothing,
}

/// Holds what was typed against a factor. What can't be a code of the app is hashed as a recovery code.
///
/// # Errors
/// If the key of the data folder is broken; `overloaded` if no core comes free.
pub(crate) async fn look(
    app: &App,
    account: AccountId,
    factor: &Factor,
    code: &str,
) -> Result<Shown, Failure> {
    let typed = totp::typed(code);
    let proof = if totp::is_code(&typed) {
        let secret = opened(app, account, &factor.secret).await?;
        let step = secret.and_then(|s| totp::step_of(&s, &typed, app.clock.now(), factor.last_step));
        step.map_or(Proof::Nothing, Proof::Step)
    } else {
        let hashes = hashing::recovery_hashes(vec![typed], factor.recovery_salt.clone()).await?;
        hashes.into_iter().next().map_or(Proof::Nothing, Proof::Recovery)
    };
    Ok(Shown { confirmed_at: factor.confirmed_at, proof })
}

/// Uses up what was shown; `false` if it is no proof, or was used before.
///
/// # Errors
/// As the database says.
pub(crate) async fn take(tx: &mut Tx, cx: &Cx, account: AccountId, shown: &Shown) -> Result<bool, Failure> {
    match &shown.proof {
        Proof::Nothing => Ok(false),
        Proof::Step(step) => Ok(factors::take_step(tx, account, shown.confirmed_at, *step).await?),
        Proof::Recovery(hash) => {
            if !factors::take_code(tx, account, hash, cx.now).await? {
                return Ok(false);
            }
            let left = factors::codes_left(tx, account).await?;
            let told = event("login.recovery_code_used", account).body(&json!({ "left": left }));
            kit::events::append(tx, cx, told).await?;
            Ok(true)
        }
    }
}

// `None` and a line in the log if the key beside the files is another one: then only recovery codes help.
async fn opened(app: &App, account: AccountId, sealed: &str) -> Result<Option<Vec<u8>>, Failure> {
    let (files, about, sealed) = (app.files.clone(), account.to_string(), sealed.to_owned());
    let secret =
        blocking(move || Ok(Key::standing(&files)?.and_then(|key| key.open(&about, &sealed)))).await?;
    if secret.is_none() {
        tracing::error!(
            %account,
            "a second factor doesn't open: put the right {} back beside the files, or reset it",
            kit::sealing::FILE
        );
    }
    Ok(secret)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?
}

/// Makes a secret that counts once its holder has shown a code of it; one that stands holds until then. Whoever has a second
/// factor shows a code of it (or a recovery code) to put another in its place.
///
/// # Errors
/// `password_wrong`, `second_factor_wrong`, `locked_out`.
pub(crate) async fn begin(
    app: &App,
    who: &Principal,
    password: &str,
    code: Option<&str>,
) -> Result<Enrolment, Failure> {
    let mut secret = [0; totp::SECRET_BYTES];
    app.ids.fill(&mut secret);
    let account = who.account_id;
    let (files, ids, about) = (app.files.clone(), app.ids.clone(), account.to_string());
    let sealed = blocking(move || Key::of(&files)?.seal(&ids, &about, &secret)).await?;
    proved(app, who, password, code, Asks::IfThere, move |tx, cx| {
        Box::pin(async move {
            factors::begin(tx, account, &sealed, cx.now).await?;
            Ok(kit::events::append(tx, cx, event("account.second_factor_begun", account)).await?)
        })
    })
    .await?;
    let issuer = settings::company(&mut app.db.reader().await?).await?.map(|c| c.name);
    let issuer = issuer.filter(|name| !name.is_empty()).unwrap_or_else(|| "Aftercare".to_owned());
    let typed = totp::base32(&secret);
    let uri = totp::uri(&issuer, &who.login, &typed);
    // On a screen nothing is torn or stained.
    let drawn =
        QrCode::with_error_correction_level(uri.as_bytes(), EcLevel::L).map_err(anyhow::Error::from)?;
    let qr_svg = drawn.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(Enrolment { secret: typed, uri, qr_svg })
}

/// Confirms what was begun by a code of it: from now on signing in asks for one. Other sessions of the account end.
///
/// # Errors
/// `second_factor_not_begun`, `second_factor_wrong`, `locked_out`.
pub(crate) async fn confirm(app: &App, who: &Principal, code: &str) -> Result<RecoveryCodes, Failure> {
    let (account, session) = (who.account_id, who.session_id);
    let subject = failures::of_login(&who.login);
    passwords::counted(app, account, &subject).await?;
    let mut reader = app.db.reader().await?;
    let since = app.clock.now().plus(-BEGUN_US);
    let begun = factors::begun(&mut reader, account, since).await?.ok_or(IdentityError::FactorNotBegun)?;
    let replaced = factors::get(&mut reader, account).await?.is_some();
    drop(reader);
    let secret = opened(app, account, &begun).await?.unwrap_or_default();
    let Some(step) = totp::step_of(&secret, &totp::typed(code), app.clock.now(), 0) else {
        return refused(app, who).await;
    };
    let made = NewCodes::make(app).await?;
    let (hashes, salt) = (made.hashes, made.salt);
    app.act(who.actor(), move |tx, cx| {
        Box::pin(async move {
            if !factors::confirm(tx, account, &begun, step, &salt, cx.now).await? {
                return Err(IdentityError::FactorNotBegun.into());
            }
            factors::put_codes(tx, account, &hashes, &salt).await?;
            failures::clear(tx, &subject).await?;
            session::end_others(tx, cx, account, session, "second_factor_changed").await?;
            factors::limit_sessions(tx, account, None).await?;
            let kind = if replaced { "account.second_factor_replaced" } else { "account.second_factor_on" };
            Ok(kit::events::append(tx, cx, event(kind, account)).await?)
        })
    })
    .await?;
    Ok(RecoveryCodes { codes: made.codes })
}

struct NewCodes {
    codes: Vec<String>,
    hashes: Vec<String>,
    salt: String,
}

impl NewCodes {
    async fn make(app: &App) -> Result<Self, Failure> {
        let mut salt = [0; 16];
        app.ids.fill(&mut salt);
        let salt = hex::encode(salt);
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|_| {
                let mut bytes = [0; totp::RECOVERY_BYTES];
                app.ids.fill(&mut bytes);
                totp::recovery_code(&bytes)
            })
            .collect();
        let typed = codes.iter().map(|code| totp::typed(code)).collect();
        let hashes = hashing::recovery_hashes(typed, salt.clone()).await?;
        Ok(Self { codes, hashes, salt })
    }
}

/// Makes new recovery codes; the older ones no longer work.
///
/// # Errors
/// `password_wrong`, `locked_out`, `second_factor_missing`, `second_factor_wrong`.
pub(crate) async fn renew_codes(
    app: &App,
    who: &Principal,
    password: &str,
    code: &str,
) -> Result<RecoveryCodes, Failure> {
    let made = NewCodes::make(app).await?;
    let (hashes, salt, account) = (made.hashes, made.salt, who.account_id);
    proved(app, who, password, Some(code), Asks::Always, move |tx, cx| {
        Box::pin(async move {
            factors::put_codes(tx, account, &hashes, &salt).await?;
            Ok(kit::events::append(tx, cx, event("account.recovery_codes_made", account)).await?)
        })
    })
    .await?;
    Ok(RecoveryCodes { codes: made.codes })
}

/// Turns one's second factor off, if no role of one's own asks for it. Other sessions of the account end.
///
/// # Errors
/// `second_factor_demanded`, and as [`renew_codes`].
pub(crate) async fn turn_off(app: &App, who: &Principal, password: &str, code: &str) -> Result<(), Failure> {
    let (account, roles, session) = (who.account_id, who.roles.clone(), who.session_id);
    let settings = settings::security(&mut app.db.reader().await?).await?;
    if settings.second_factor_roles.iter().any(|role| roles.contains(role)) {
        return Err(IdentityError::FactorDemanded.into());
    }
    proved(app, who, password, Some(code), Asks::Always, move |tx, cx| {
        Box::pin(async move {
            factors::remove(tx, account).await?;
            session::end_others(tx, cx, account, session, "second_factor_changed").await?;
            let settings = settings::security(tx).await?;
            let from = due(tx, &settings, account, &roles).await?;
            factors::limit_sessions(tx, account, from).await?;
            Ok(kit::events::append(tx, cx, event("account.second_factor_off", account)).await?)
        })
    })
    .await
}

/// Whether something is only for those who have a second factor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Always,
    IfThere,
}

// Does something for whoever shows the password and, if there is a second factor, a code. A wrong one stays counted.
async fn proved(
    app: &App,
    who: &Principal,
    password: &str,
    code: Option<&str>,
    asks: Asks,
    work: impl for<'t> FnOnce(&'t mut Tx, &'t Cx) -> BoxFuture<'t, Result<(), Failure>> + Send + 'static,
) -> Result<(), Failure> {
    passwords::prove(app, who, password, REFUSED).await?;
    let (account, subject) = (who.account_id, failures::of_login(&who.login));
    let factor = factors::get(&mut app.db.reader().await?, account).await?;
    let shown = match &factor {
        None if asks == Asks::Always => {
            passwords::right(app, subject).await?;
            return Err(IdentityError::FactorMissing.into());
        }
        None => None,
        Some(factor) => Some(look(app, account, factor, code.unwrap_or_default()).await?),
    };
    let done = app
        .act(who.actor(), move |tx, cx| {
            Box::pin(async move {
                // One may have been set up, or taken away, since.
                if factors::get(tx, account).await?.map(|f| f.confirmed_at)
                    != shown.as_ref().map(|s| s.confirmed_at)
                {
                    return Err(IdentityError::CodeWrong.into());
                }
                if let Some(shown) = &shown
                    && !take(tx, cx, account, shown).await?
                {
                    return Err(IdentityError::CodeWrong.into());
                }
                failures::clear(tx, &subject).await?;
                work(tx, cx).await
            })
        })
        .await;
    match done {
        Err(failure) if is_wrong_code(&failure) => refused(app, who).await,
        other => other,
    }
}

/// Whether a refusal is that of a wrong code.
pub(crate) fn is_wrong_code(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(refusal) if refusal.code == "second_factor_wrong")
}

async fn refused<T>(app: &App, who: &Principal) -> Result<T, Failure> {
    let account = who.account_id;
    app.act(who.actor(), move |tx, cx| {
        Box::pin(async move { Ok(kit::events::append(tx, cx, event(REFUSED, account)).await?) })
    })
    .await?;
    Err(IdentityError::CodeWrong.into())
}

/// Takes the second factor of somebody else away who has lost it, with a reason that its holder reads; every session of theirs
/// ends.
///
/// # Errors
/// `account_unknown`, `own_account`, `second_factor_missing`, `second_factor_reason`.
pub async fn reset(tx: &mut Tx, cx: &Cx, id: AccountId, reason: &str) -> Result<AccountView, Failure> {
    accounts::get(tx, id).await?.ok_or(IdentityError::AccountUnknown)?;
    // One's own goes with password and code, not by one's office.
    if cx.actor.id == id.to_string() {
        return Err(IdentityError::OwnAccount.into());
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > MAX_REASON {
        return Err(IdentityError::FactorReason.into());
    }
    if !factors::remove(tx, id).await? {
        return Err(IdentityError::FactorMissing.into());
    }
    let reset_id: uuid::Uuid = cx.new_id();
    factors::keep_reset(tx, reset_id, id, &cx.actor.id, reason, cx.now).await?;
    session::end_all(tx, cx, id, "second_factor_reset").await?;
    let told = event("account.second_factor_reset", id).body(&json!({ "reset_id": reset_id }));
    kit::events::append(tx, cx, told).await?;
    accounts::get(tx, id).await?.ok_or_else(|| IdentityError::AccountUnknown.into())
}

/// How many second factors stand, and the logins of those that don't open under the key beside `files`: their holders have only
/// recovery codes.
///
/// # Errors
/// As the database says, or if the key can't be read.
pub async fn verify_sealed(tx: &mut Tx, files: &Files) -> Result<(i64, Vec<String>), Failure> {
    let sealed = factors::sealed(tx).await?;
    let key = Key::standing(files)?;
    let opens = |account: &AccountId, secret: &str| {
        key.as_ref().is_some_and(|key| key.open(&account.to_string(), secret).is_some())
    };
    let closed = sealed.iter().filter(|(account, _, secret)| !opens(account, secret));
    Ok((sealed.len() as i64, closed.map(|(_, login, _)| login.clone()).collect()))
}
