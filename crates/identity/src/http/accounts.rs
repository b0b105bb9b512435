//! Accounts and the strictness of sign-in, for security administrators.

use axum::Json;
use axum::extract::State;
use kit::http::{Command, Nothing, Path, Query, Versioned};
use kit::{Answer, App, Done, Failure, Lang, Page, Paging};
use serde::{Deserialize, Serialize};

use super::showing;
use crate::actions::{accounts as actions, passwords};
use crate::may::{self, Role};
use crate::model::{AccountId, AccountState, AccountView, Invitation, NewAccount};
use crate::permit::Permit;
use crate::settings::{self, SecuritySettings, SecuritySettingsView};
use crate::store::accounts as store;

/// Which accounts.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AccountQuery {
    /// Start of the login or name.
    q: Option<String>,
    /// Only holders of this role.
    role: Option<Role>,
    /// Only of this unit itself.
    unit_id: Option<String>,
    /// Only in this state.
    state: Option<AccountState>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Accounts by name.
#[utoipa::path(get, path = "/api/accounts", tag = "identity", operation_id = "list_accounts", params(AccountQuery),
    responses((status = 200, body = Page<AccountView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn list_accounts(
    State(app): State<App>,
    _permit: Permit<may::ManageAccounts>,
    Query(query): Query<AccountQuery>,
) -> Result<Json<Page<AccountView>>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after };
    let filter = store::Filter {
        search: query.q.as_deref(),
        role: query.role,
        unit_id: query.unit_id.as_deref(),
        state: query.state,
    };
    let mut tx = app.db.reader().await?;
    let rows = store::list(&mut tx, &filter, &paging).await?;
    Ok(Json(Page::from_rows(rows, paging.limit(), |a| vec![a.name.clone().into(), a.id.into()])))
}

/// A new account.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateAccount {
    /// 2 to 64 letters, digits, dots, dashes, underscores or @; kept in lower case.
    login: String,
    /// Name on screen, 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80, pattern = r"\S")]
    name: String,
    /// At least one.
    roles: Vec<Role>,
    /// Staff need one.
    unit_id: Option<String>,
    /// Engineers need one.
    employee_id: Option<String>,
    /// A customer's contact needs one.
    customer_id: Option<String>,
    /// The contact behind a customer's account.
    contact_id: Option<String>,
    /// The language they read; Chinese unless given.
    #[serde(default)]
    language: Lang,
    /// Whether to make a link for the password. Accounts for programs (by token) need none.
    #[serde(default = "yes")]
    invite: bool,
}

fn yes() -> bool {
    true
}

/// A new account and the link for its holder.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct AccountCreated {
    /// The account.
    account: AccountView,
    /// Shown once.
    invitation: Option<Invitation>,
}

/// Create an account; its holder sets the password by the link in the answer.
#[utoipa::path(post, path = "/api/accounts", tag = "identity", operation_id = "create_account", request_body = CreateAccount,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = AccountCreated), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn create_account(
    State(app): State<App>,
    permit: Permit<may::ManageAccounts>,
    command: Command<CreateAccount>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let secret = app.ids.secret();
    let (link, invited) = (passwords::link(&app, &secret), input.invite);
    let answer = app
        .run(envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move {
                let new = NewAccount {
                    login: input.login,
                    name: input.name,
                    roles: input.roles,
                    unit_id: input.unit_id,
                    employee_id: input.employee_id,
                    customer_id: input.customer_id,
                    contact_id: input.contact_id,
                    lang: input.language,
                    password_hash: None,
                };
                let account = actions::create_account(tx, cx, new).await?;
                let invitation = if input.invite {
                    Some(passwords::invite_with(tx, cx, account.id, &secret).await?)
                } else {
                    None
                };
                let version = account.version;
                Ok(Done::created(AccountCreated { account, invitation }).version(version))
            })
        })
        .await?;
    if invited { showing(answer, &["invitation", "link"], link) } else { Ok(answer) }
}

/// One account.
#[utoipa::path(get, path = "/api/accounts/{id}", tag = "identity", operation_id = "get_account", params(("id" = AccountId, Path)),
    responses((status = 200, body = AccountView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn get_account(
    State(app): State<App>,
    _permit: Permit<may::ManageAccounts>,
    Path(id): Path<AccountId>,
) -> Result<Versioned<AccountView>, Failure> {
    let mut tx = app.db.reader().await?;
    let account = actions::known(&mut tx, id).await?;
    Ok(Versioned(account.version, account))
}

/// What may change of an account; the login stays.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeAccount {
    /// Name on screen, 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80, pattern = r"\S")]
    name: String,
    /// At least one. Other roles end the account's sessions.
    roles: Vec<Role>,
    /// Staff need one.
    unit_id: Option<String>,
    /// Engineers need one.
    employee_id: Option<String>,
    /// A customer's contact needs one.
    customer_id: Option<String>,
    /// The contact behind a customer's account.
    contact_id: Option<String>,
    /// The language they read.
    language: Lang,
}

/// Change an account: name, roles, unit, whose it is.
#[utoipa::path(put, path = "/api/accounts/{id}", tag = "identity", operation_id = "change_account", request_body = ChangeAccount,
    params(("id" = AccountId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = AccountView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn change_account(
    State(app): State<App>,
    permit: Permit<may::ManageAccounts>,
    Path(id): Path<AccountId>,
    command: Command<ChangeAccount>,
) -> Result<Answer, Failure> {
    let version = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let change = actions::AccountChange {
                name: input.name,
                roles: input.roles,
                unit_id: input.unit_id,
                employee_id: input.employee_id,
                customer_id: input.customer_id,
                contact_id: input.contact_id,
                language: input.language,
            };
            let account = actions::change_account(tx, cx, id, version, change).await?;
            let version = account.version;
            Ok(Done::ok(account).version(version))
        })
    })
    .await
}

/// Close an account: its sessions, tokens and links end at once.
#[utoipa::path(post, path = "/api/accounts/{id}/disable", tag = "identity", operation_id = "disable_account",
    params(("id" = AccountId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AccountView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn disable_account(
    State(app): State<App>,
    permit: Permit<may::ManageAccounts>,
    Path(id): Path<AccountId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let account = actions::disable_account(tx, cx, id).await?;
            let version = account.version;
            Ok(Done::ok(account).version(version))
        })
    })
    .await
}

/// Open a closed account again; sessions and tokens stay ended.
#[utoipa::path(post, path = "/api/accounts/{id}/enable", tag = "identity", operation_id = "enable_account",
    params(("id" = AccountId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = AccountView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn enable_account(
    State(app): State<App>,
    permit: Permit<may::ManageAccounts>,
    Path(id): Path<AccountId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let account = actions::enable_account(tx, cx, id).await?;
            let version = account.version;
            Ok(Done::ok(account).version(version))
        })
    })
    .await
}

/// Make a link by which the holder sets a new password; also lifts a lock after failures.
#[utoipa::path(post, path = "/api/accounts/{id}/reset-password", tag = "identity", operation_id = "reset_password",
    params(("id" = AccountId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Invitation), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn reset_password(
    State(app): State<App>,
    permit: Permit<may::ManageAccounts>,
    Path(id): Path<AccountId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let secret = app.ids.secret();
    let link = passwords::link(&app, &secret);
    let answer = app
        .run(command.envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move { Ok(Done::ok(passwords::invite_with(tx, cx, id, &secret).await?)) })
        })
        .await?;
    showing(answer, &["link"], link)
}

/// How strict sign-in is.
#[utoipa::path(get, path = "/api/security-settings", tag = "identity", operation_id = "get_security_settings",
    responses((status = 200, body = SecuritySettingsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn get_security(
    State(app): State<App>,
    _permit: Permit<may::ManageAccounts>,
) -> Result<Versioned<SecuritySettingsView>, Failure> {
    let view = settings::security_view(&mut app.db.reader().await?).await?;
    Ok(Versioned(view.version, view))
}

/// Change how strict sign-in is; sessions that stand keep their limits.
#[utoipa::path(put, path = "/api/security-settings", tag = "identity", operation_id = "set_security_settings", request_body = SecuritySettings,
    params(("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = SecuritySettingsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.accounts"))))]
pub(super) async fn set_security(
    State(app): State<App>,
    permit: Permit<may::ManageAccounts>,
    command: Command<SecuritySettings>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::set_security(tx, cx, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}
