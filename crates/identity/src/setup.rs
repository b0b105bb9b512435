//! Setting the system up: one link, printed at the start, that makes the first administrators (ASVS 6.3.2: no default account).
//!
//! The three administrators are three accounts (MLPS): whoever sets the system up becomes the system administrator, and gets
//! links for the security and the audit administrator, each to be handed to another person. Until somebody has used them, the
//! system administrator can have them made again ([`reissue`]).

use kit::{Actor, App, Audience, Cx, Event, Failure, Ids, Ts, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actions::accounts::create_account;
use crate::actions::passwords::invite;
use crate::actions::session::{self, SignedIn};
use crate::actions::{Visitor, actor_of};
use crate::errors::IdentityError;
use crate::may::Role;
use crate::model::{AccountState, Invitation, NewAccount};
use crate::rules::{check_login, check_name};
use crate::settings::{self, Company};
use crate::store::{self, accounts};
use crate::{hashing, password};

/// How long a set-up link lasts.
pub const TOKEN_US: i64 = 30 * Ts::MINUTE;
/// The job (kind) that loads the demo data when set-up asks for it; its worker belongs to the program.
pub const DEMO_JOB: &str = "demo.load";

pub(crate) const NAME: &str = "setup_token";

#[derive(Serialize, Deserialize)]
struct SetupToken {
    token_hash: String,
    expires_at: Ts,
}

/// Whether nobody has an account yet.
///
/// # Errors
/// As the database says.
pub async fn needed(tx: &mut Tx) -> Result<bool, Failure> {
    Ok(!accounts::any(tx).await?)
}

/// The ids of every account there is: the demo keeps those that were there before it.
///
/// # Errors
/// As the database says.
pub async fn account_ids(tx: &mut Tx) -> Result<Vec<String>, Failure> {
    Ok(accounts::ids(tx).await?)
}

/// A new token for the set-up link `<base_url>/setup#<token>`, for 30 minutes; an older one no longer works.
///
/// # Errors
/// `setup_done` if there is an account.
pub async fn issue_token(tx: &mut Tx, now: Ts, ids: &Ids) -> Result<String, Failure> {
    if !needed(tx).await? {
        return Err(IdentityError::SetupDone.into());
    }
    let token = ids.secret();
    let kept = SetupToken { token_hash: store::hashed(&token), expires_at: now.plus(TOKEN_US) };
    kit::settings::set(tx, NAME, &kept, now).await?;
    Ok(token)
}

/// What set-up asks for.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// From the link that the program printed.
    pub token: String,
    /// As on service orders, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120, pattern = r"\S")]
    pub company_name: String,
    /// Login of the system administrator.
    pub admin_login: String,
    /// Their name.
    pub admin_name: String,
    /// Their password.
    pub password: String,
    /// IANA zone of the company.
    pub zone: String,
    /// Whether to load the demo data.
    #[serde(default)]
    pub demo: bool,
    /// Login of the security administrator; `security` unless given.
    #[serde(default)]
    pub security_login: Option<String>,
    /// Login of the audit administrator; `audit` unless given.
    #[serde(default)]
    pub audit_login: Option<String>,
}

/// Sets the system up and signs the system administrator in. Works once.
///
/// # Errors
/// `setup_done`, `setup_token_invalid`, and what the values lack.
pub(crate) async fn set_up(
    app: &App,
    input: SetUp,
    visitor: Visitor,
) -> Result<(SignedIn, Vec<Invitation>), Failure> {
    let mut tx = app.db.reader().await?;
    if !needed(&mut tx).await? {
        return Err(IdentityError::SetupDone.into());
    }
    let kept = token_kept(&mut tx, &input.token, app.clock.now()).await?;
    drop(tx);
    let company = check_name(&input.company_name, 120, IdentityError::CompanyNameInvalid)?;
    let login = at("/admin_login", check_login(&input.admin_login))?;
    let name = at("/admin_name", check_name(&input.admin_name, 80, IdentityError::NameInvalid))?;
    jiff::tz::TimeZone::get(&input.zone).map_err(|_| IdentityError::ZoneUnknown)?;
    let min = settings::SecuritySettings::default().password_min;
    password::check_password(&input.password, min, &[&login, &name, &company])?;
    let hash = hashing::hash_password(app, &input.password).await?;
    let new = |login: String, name: String, role: Role, password_hash: Option<String>| NewAccount {
        login,
        name,
        roles: vec![role],
        unit_id: None,
        employee_id: None,
        customer_id: None,
        contact_id: None,
        lang: visitor.lang,
        password_hash,
    };
    let named = |role: Role| {
        let key = format!("status.role.{}", role.name());
        kit::texts::text(visitor.lang, &key, &[]).unwrap_or_else(|| role.name().to_owned())
    };
    let system = new(login, name, Role::SystemAdmin, Some(hash));
    let security_login =
        at("/security_login", check_login(input.security_login.as_deref().unwrap_or("security")))?;
    let audit_login = at("/audit_login", check_login(input.audit_login.as_deref().unwrap_or("audit")))?;
    let others = [
        ("/security_login", new(security_login, named(Role::SecurityAdmin), Role::SecurityAdmin, None)),
        ("/audit_login", new(audit_login, named(Role::AuditAdmin), Role::AuditAdmin, None)),
    ];
    let (zone, demo) = (input.zone, input.demo);
    app.act(Actor::system("setup"), move |tx, cx| {
        Box::pin(async move {
            // Taken first: of two that arrive together one waits here and then finds nothing.
            if !accounts::use_setup_token(tx, &kept).await? {
                return Err(IdentityError::SetupTokenInvalid.into());
            }
            if !needed(tx).await? {
                return Err(IdentityError::SetupDone.into());
            }
            kit::settings::set(tx, "company", &Company { name: company }, cx.now).await?;
            kit::settings::set(tx, "zone", &zone, cx.now).await?;
            let admin = create_account(tx, cx, system).await?;
            let mut invitations = Vec::new();
            for (pointer, other) in others {
                let account = create_account(tx, cx, other).await.map_err(|f| pointed(pointer, f))?;
                invitations.push(invite(tx, cx, account.id).await?);
            }
            let event = Event::new("system.set_up", "setting", "company")
                .audience(Audience::Audit)
                .body(&json!({ "admin_id": admin.id, "zone": zone, "demo": demo }));
            kit::events::append(tx, cx, event).await?;
            if demo {
                kit::jobs::schedule(tx, cx, DEMO_JOB, "setup", cx.now, &json!({ "admin_id": admin.id }))
                    .await?;
            }
            let own = Cx::new(&cx.app, cx.app.ids.next(cx.now), actor_of(&admin)).at(cx.now);
            let settings = settings::security(tx).await?;
            let signed_in = session::open(tx, &own, &admin, &settings, &visitor).await?;
            Ok((signed_in, invitations))
        })
    })
    .await
}

/// Makes the links of the security and audit administrators again, as long as nobody has set a password by them.
///
/// # Errors
/// `setup_done` if both are taken.
pub(crate) async fn reissue(tx: &mut Tx, cx: &Cx) -> Result<Vec<Invitation>, Failure> {
    let mut invitations = Vec::new();
    for role in [Role::SecurityAdmin, Role::AuditAdmin] {
        let holders = accounts::holders(tx, role).await?;
        // Once one of them is in, the others' links are a security administrator's to make.
        if holders.iter().any(|a| a.state == AccountState::Active) {
            continue;
        }
        for account in holders {
            invitations.push(invite(tx, cx, account.id).await?);
        }
    }
    if invitations.is_empty() { Err(IdentityError::SetupDone.into()) } else { Ok(invitations) }
}

// The stored setting, if `token` belongs to it and it has not expired.
async fn token_kept(tx: &mut Tx, token: &str, now: Ts) -> Result<String, Failure> {
    let kept: Option<SetupToken> = kit::settings::get(tx, NAME).await?;
    match kept {
        Some(kept) if kept.token_hash == store::hashed(token) && kept.expires_at > now => {
            Ok(serde_json::to_string(&kept)?)
        }
        _ => Err(IdentityError::SetupTokenInvalid.into()),
    }
}

// The same refusal at the field of this form.
fn at<T>(pointer: &str, result: Result<T, IdentityError>) -> Result<T, Failure> {
    result.map_err(|error| pointed(pointer, error.into()))
}

fn pointed(pointer: &str, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(mut refusal) => {
            for field in &mut refusal.fields {
                pointer.clone_into(&mut field.pointer);
            }
            Failure::Refused(refusal)
        }
        other => other,
    }
}
