//! Accounts: made, changed, closed and opened again by a security administrator.

use kit::{Audience, Cx, DbError, Event, Failure, Lang, Tx};
use serde_json::json;

use crate::actions::session;
use crate::errors::IdentityError;
use crate::may::Role;
use crate::model::{AccountId, AccountState, AccountView, NewAccount};
use crate::rules::{check_login, check_name, check_roles};
use crate::settings::{self, SecuritySettings, SecuritySettingsView};
use crate::store::{accounts, sessions, tokens};

/// Makes an account. Without a password hash its holder sets a password by [`crate::invite`].
///
/// # Errors
/// `login_invalid`, `login_taken`, `account_name_invalid`, what roles need (`roles_…`, `account_…_missing`),
/// `account_unit_unknown`, `account_employee_taken`.
pub async fn create_account(tx: &mut Tx, cx: &Cx, mut new: NewAccount) -> Result<AccountView, Failure> {
    new.login = check_login(&new.login)?;
    new.name = check_name(&new.name, 80, IdentityError::NameInvalid)?;
    check_roles(&new.roles, new.unit_id.as_deref(), new.employee_id.as_deref(), new.customer_id.as_deref())?;
    check_unit(tx, new.unit_id.as_deref()).await?;
    let id: AccountId = cx.new_id();
    accounts::insert(tx, id, &new, cx.now).await.map_err(taken)?;
    let account = known(tx, id).await?;
    let body = json!({
        "roles": account.roles, "unit_id": account.unit_id, "employee_id": account.employee_id, "customer_id": account.customer_id,
    });
    let event = Event::new("account.created", "account", id).audience(Audience::Audit).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(account)
}

/// What a security administrator may change of an account; the login stays.
#[derive(Clone, Debug)]
pub(crate) struct AccountChange {
    pub name: String,
    pub roles: Vec<Role>,
    pub unit_id: Option<String>,
    pub employee_id: Option<String>,
    pub customer_id: Option<String>,
    pub contact_id: Option<String>,
    pub language: Lang,
}

/// Changes an account as it stood at `version`. Other roles end its sessions: rights change with a new sign-in.
///
/// # Errors
/// `account_unknown`, `version_changed`, `own_account` for one's own roles or reach, `last_administrator`, and as
/// [`create_account`].
pub(crate) async fn change_account(
    tx: &mut Tx,
    cx: &Cx,
    id: AccountId,
    version: i64,
    change: AccountChange,
) -> Result<AccountView, Failure> {
    let before = known(tx, id).await?;
    kit::http::same_version(version, before.version, &before)?;
    let mut after = before.clone();
    after.name = check_name(&change.name, 80, IdentityError::NameInvalid)?;
    after.roles = sorted(change.roles);
    after.unit_id = change.unit_id;
    after.employee_id = change.employee_id;
    after.customer_id = change.customer_id;
    after.contact_id = change.contact_id;
    after.language = change.language;
    check_roles(
        &after.roles,
        after.unit_id.as_deref(),
        after.employee_id.as_deref(),
        after.customer_id.as_deref(),
    )?;
    if after.unit_id != before.unit_id {
        check_unit(tx, after.unit_id.as_deref()).await?;
    }
    let roles_before = sorted(before.roles.clone());
    let other_roles = after.roles != roles_before;
    if other_roles || reach_of(&after) != reach_of(&before) {
        not_oneself(cx, id)?;
    }
    if other_roles && !after.roles.contains(&Role::SecurityAdmin) {
        not_the_last(tx, &before).await?;
    }
    if !accounts::update(tx, &after).await.map_err(taken)? {
        let stands = known(tx, id).await?;
        kit::http::same_version(version, stands.version, &stands)?;
    }
    if other_roles {
        session::end_all(tx, cx, id, "roles_changed").await?;
    }
    let body = json!({
        "roles_before": roles_before, "roles": after.roles, "unit_before": before.unit_id, "unit_id": after.unit_id,
        "employee_id": after.employee_id, "customer_id": after.customer_id, "name_changed": after.name != before.name,
    });
    let event = Event::new("account.changed", "account", id).audience(Audience::Audit).body(&body);
    kit::events::append(tx, cx, event).await?;
    known(tx, id).await
}

/// Closes an account: its sessions, tokens and links end with the same commit.
///
/// # Errors
/// `account_unknown`, `own_account`, `last_administrator`.
pub async fn disable_account(tx: &mut Tx, cx: &Cx, id: AccountId) -> Result<AccountView, Failure> {
    let account = known(tx, id).await?;
    if account.state == AccountState::Disabled {
        return Ok(account);
    }
    not_oneself(cx, id)?;
    not_the_last(tx, &account).await?;
    close(tx, cx, id, "by_hand").await?;
    known(tx, id).await
}

const UNUSED: &str = "unused";

async fn close(tx: &mut Tx, cx: &Cx, id: AccountId, why: &'static str) -> Result<(), Failure> {
    accounts::close(tx, id, cx.now, why == UNUSED).await?;
    let sessions_ended = session::end_all(tx, cx, id, "account_disabled").await?;
    let tokens_revoked = tokens::revoke_all(tx, id, cx.now).await?;
    sessions::drop_link(tx, id).await?;
    let body = json!({ "sessions": sessions_ended, "tokens": tokens_revoked, "why": why });
    let event = Event::new("account.disabled", "account", id).audience(Audience::Audit).body(&body);
    Ok(kit::events::append(tx, cx, event).await?)
}

/// Closes the accounts that nobody has used for as long as the settings say, and reports how many. Somebody who can give roles
/// is always left. Returns how many were closed.
///
/// # Errors
/// As the database says.
pub(crate) async fn close_unused(tx: &mut Tx, cx: &Cx) -> Result<usize, Failure> {
    let days = settings::security(tx).await?.unused_days;
    let mut closed = 0_usize;
    for account in accounts::unused(tx, cx.now.plus(-days * kit::Ts::DAY)).await? {
        match not_the_last(tx, &account).await {
            Ok(()) => {}
            Err(Failure::Refused(_)) => continue,
            Err(other) => return Err(other),
        }
        close(tx, cx, account.id, UNUSED).await?;
        closed += 1;
    }
    if closed > 0 {
        let event = Event::new("account.unused_closed", "setting", settings::NAME)
            .audience(Audience::Audit)
            .body(&json!({ "accounts": closed, "days": days }));
        kit::events::append(tx, cx, event).await?;
    }
    Ok(closed)
}

/// Counts every account that was never seen as seen now: the demo makes people who have worked for a year.
///
/// # Errors
/// As the database says.
pub async fn count_as_used(tx: &mut Tx, now: kit::Ts) -> Result<(), Failure> {
    Ok(accounts::all_seen(tx, now).await?)
}

/// Opens a closed account again; its sessions and tokens stay ended.
///
/// # Errors
/// `account_unknown`.
pub async fn enable_account(tx: &mut Tx, cx: &Cx, id: AccountId) -> Result<AccountView, Failure> {
    let account = known(tx, id).await?;
    if account.state != AccountState::Disabled {
        return Ok(account);
    }
    accounts::open(tx, id, cx.now).await?;
    let event = Event::new("account.enabled", "account", id).audience(Audience::Audit);
    kit::events::append(tx, cx, event).await?;
    known(tx, id).await
}

/// Remembers the language somebody reads.
///
/// # Errors
/// As the database says.
pub(crate) async fn set_language(tx: &mut Tx, cx: &Cx, id: AccountId, lang: Lang) -> Result<(), Failure> {
    accounts::set_language(tx, id, lang).await?;
    let event = Event::new("account.language_set", "account", id)
        .audience(Audience::Audit)
        .body(&json!({ "language": lang }));
    Ok(kit::events::append(tx, cx, event).await?)
}

/// Changes how strict sign-in is; `seen` is `If-Match`. Sessions that stand keep the times they were made with; whoever needs a
/// second factor from now on and has none is led to it.
///
/// # Errors
/// `version_changed`, `security_setting_range`, `second_factor_role`.
pub(crate) async fn set_security(
    tx: &mut Tx,
    cx: &Cx,
    seen: i64,
    new: SecuritySettings,
) -> Result<SecuritySettingsView, Failure> {
    kit::settings::hold(tx, settings::NAME).await?;
    let stands = settings::security_view(tx).await?;
    kit::http::same_version(seen, stands.version, &stands)?;
    new.check()?;
    kit::settings::change(tx, settings::NAME, &new, stands.version, cx.now).await?;
    settings::note_required(tx, &new, cx.now).await?;
    settings::limit_sessions(tx, &new).await?;
    let before = stands.settings;
    let event = Event::new("security.changed", "setting", settings::NAME)
        .audience(Audience::Audit)
        .body(&json!({ "before": before, "after": new }));
    kit::events::append(tx, cx, event).await?;
    settings::security_view(tx).await
}

/// An account by id.
///
/// # Errors
/// `account_unknown`.
pub async fn known(tx: &mut Tx, id: AccountId) -> Result<AccountView, Failure> {
    accounts::get(tx, id).await?.ok_or_else(|| IdentityError::AccountUnknown.into())
}

/// An account by login, in any case.
///
/// # Errors
/// `account_unknown`.
pub async fn known_login(tx: &mut Tx, login: &str) -> Result<AccountView, Failure> {
    let found = accounts::by_login(tx, &crate::rules::login_key(login)).await?;
    found.map(|(account, _)| account).ok_or_else(|| IdentityError::AccountUnknown.into())
}

fn sorted(mut roles: Vec<Role>) -> Vec<Role> {
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn taken(error: DbError) -> Failure {
    match error {
        DbError::Unique(what) if what.contains("employee") => IdentityError::EmployeeTaken.into(),
        DbError::Unique(what) if what.contains("login") => IdentityError::LoginTaken.into(),
        other => other.into(),
    }
}

async fn check_unit(tx: &mut Tx, unit: Option<&str>) -> Result<(), Failure> {
    match unit {
        Some(unit) if !accounts::unit_exists(tx, unit).await? => Err(IdentityError::UnitUnknown.into()),
        _ => Ok(()),
    }
}

// What decides, beside roles, how far somebody sees.
fn reach_of(account: &AccountView) -> [Option<&str>; 4] {
    [&account.unit_id, &account.employee_id, &account.customer_id, &account.contact_id]
        .map(|id| id.as_deref())
}

// Nobody gives themselves rights or a wider view, or locks themselves out by mistake.
fn not_oneself(cx: &Cx, id: AccountId) -> Result<(), Failure> {
    if cx.actor.id == id.to_string() { Err(IdentityError::OwnAccount.into()) } else { Ok(()) }
}

// Somebody must be left who can give roles; an account that nobody has claimed yet doesn't count.
async fn not_the_last(tx: &mut Tx, account: &AccountView) -> Result<(), Failure> {
    if !account.roles.contains(&Role::SecurityAdmin) {
        return Ok(());
    }
    let others = accounts::holders(tx, Role::SecurityAdmin).await?;
    if others.iter().any(|a| a.id != account.id && a.state == AccountState::Active) {
        Ok(())
    } else {
        Err(IdentityError::LastAdministrator.into())
    }
}
