//! `user`: accounts from the terminal, for the day nobody can sign in.

use clap::{Args, Subcommand};
use identity::{NewAccount, Role};
use kit::{Actor, App, Lang, WebConfig};

use super::{NodeArgs, keep, say};

/// What to do with accounts.
#[derive(Clone, Debug, Subcommand)]
pub enum UserVerb {
    /// Make an account and print the link by which its holder sets the password
    Add(AddArgs),
    /// Print a new link by which the holder sets the password; ends their sessions once used
    Invite(OneArgs),
    /// Disable an account: every session and token ends at once
    Disable(OneArgs),
    /// Enable an account again
    Enable(OneArgs),
    /// Take the second factor away of somebody who lost it, when no administrator can; ends their sessions
    ResetSecondFactor(ResetArgs),
}

/// A new account.
#[derive(Clone, Debug, Args)]
pub struct AddArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// Login name
    login: String,
    /// Name on screen
    #[arg(long)]
    name: String,
    /// Role; may be given more than once
    #[arg(long, required = true, value_parser = role)]
    role: Vec<Role>,
    /// Unit the person works in (id)
    #[arg(long)]
    unit: Option<String>,
    /// Employee behind the account (id)
    #[arg(long)]
    employee: Option<String>,
    /// Address people use, for the link
    #[arg(long, env = "AFTERCARE_BASE_URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
}

/// One account.
#[derive(Clone, Debug, Args)]
pub struct OneArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// Login name
    login: String,
    /// Address people use, for the link
    #[arg(long, env = "AFTERCARE_BASE_URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
}

/// Whose second factor, and why.
#[derive(Clone, Debug, Args)]
pub struct ResetArgs {
    /// Which data.
    #[command(flatten)]
    node: NodeArgs,
    /// Login name
    login: String,
    /// Why; whose it was reads it
    #[arg(long)]
    reason: String,
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|()| {
        let known: Vec<&str> = Role::ALL.iter().map(|r| r.name()).collect();
        format!("there is no role `{text}`; roles are {}", known.join(", "))
    })
}

/// Does it.
pub(super) async fn user(verb: UserVerb) -> anyhow::Result<()> {
    match verb {
        UserVerb::Add(args) => add(args).await,
        UserVerb::Invite(args) => {
            let app = reached_at(&args.node, &args.base_url).await?;
            link(&app, args.login).await
        }
        UserVerb::Disable(args) => switch(args, false).await,
        UserVerb::Enable(args) => switch(args, true).await,
        UserVerb::ResetSecondFactor(args) => reset_second_factor(args).await,
    }
}

async fn add(args: AddArgs) -> anyhow::Result<()> {
    let app = reached_at(&args.node, &args.base_url).await?;
    let login = args.login.clone();
    let new = NewAccount {
        login: args.login,
        name: args.name,
        roles: args.role,
        unit_id: args.unit,
        employee_id: args.employee,
        customer_id: None,
        contact_id: None,
        lang: Lang::ZhCn,
        password_hash: None,
    };
    let made = app
        .act(terminal(), move |tx, cx| {
            Box::pin(async move { Ok(identity::create_account(tx, cx, new).await?.login) })
        })
        .await
        .map_err(in_words)?;
    say(&format!("account {made} was made"));
    link(&app, login).await
}

async fn reached_at(node: &NodeArgs, base_url: &str) -> anyhow::Result<App> {
    let web = WebConfig { base_url: base_url.trim_end_matches('/').to_owned(), ..WebConfig::default() };
    keep::current_as(node, web).await
}

async fn link(app: &App, login: String) -> anyhow::Result<()> {
    let invitation = app
        .act(terminal(), move |tx, cx| {
            Box::pin(async move {
                let account = identity::account_by_login(tx, &login).await?;
                identity::invite(tx, cx, account.id).await
            })
        })
        .await
        .map_err(in_words)?;
    say(&format!("set the password until {} at:", invitation.expires_at));
    say(&format!("  {}", invitation.link.unwrap_or_default()));
    Ok(())
}

async fn switch(args: OneArgs, enable: bool) -> anyhow::Result<()> {
    let app = keep::current(&args.node).await?;
    let login = args.login.clone();
    app.act(terminal(), move |tx, cx| {
        Box::pin(async move {
            let account = identity::account_by_login(tx, &login).await?;
            if enable {
                identity::enable_account(tx, cx, account.id).await
            } else {
                identity::disable_account(tx, cx, account.id).await
            }
        })
    })
    .await
    .map_err(in_words)?;
    say(&format!("account {} is {}", args.login, if enable { "enabled" } else { "disabled" }));
    Ok(())
}

async fn reset_second_factor(args: ResetArgs) -> anyhow::Result<()> {
    let app = keep::current(&args.node).await?;
    let (login, reason) = (args.login.clone(), args.reason);
    app.act(terminal(), move |tx, cx| {
        Box::pin(async move {
            let account = identity::account_by_login(tx, &login).await?;
            identity::reset_second_factor(tx, cx, account.id, &reason).await
        })
    })
    .await
    .map_err(in_words)?;
    say(&format!(
        "account {} signs in with its password alone until a second factor is set up again",
        args.login
    ));
    Ok(())
}

fn terminal() -> Actor {
    Actor::system("terminal")
}

// A refusal as the person at the terminal reads it: what happened and how to mend it.
pub(super) fn in_words(failure: kit::Failure) -> anyhow::Error {
    match failure {
        kit::Failure::Refused(refusal) => {
            let problem = kit::http::Problem::of(&refusal, Lang::En);
            let fields: Vec<String> =
                problem.errors.iter().map(|e| format!("{}: {}", e.pointer, e.detail)).collect();
            let parts = [
                Some(problem.title),
                problem.detail,
                problem.cure,
                (!fields.is_empty()).then(|| fields.join("; ")),
            ];
            anyhow::anyhow!("{}", parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        other => anyhow::anyhow!("{other}"),
    }
}
