//! API tokens: made and revoked by a security administrator, for an account, limited to scopes, for a year at most.

use kit::{Audience, Cx, Event, Failure, Ts, Tx};
use serde_json::json;

use crate::actions::accounts::known;
use crate::errors::IdentityError;
use crate::model::{AccountId, AccountState, TokenId, TokenView};
use crate::rules::{TOKEN_PREFIX, TOKEN_US, check_name, check_scopes};
use crate::store::{self, tokens};

/// Days a token lasts unless said.
const DEFAULT_US: i64 = 90 * Ts::DAY;

/// What a token is made of.
#[derive(Clone, Debug)]
pub(crate) struct NewToken {
    pub account_id: AccountId,
    pub name: String,
    pub scopes: Vec<String>,
    pub expires_at: Option<Ts>,
}

/// The token that is shown for 256 random bits.
pub(crate) fn shown(secret: &str) -> String {
    format!("{TOKEN_PREFIX}{secret}")
}

/// Makes a token out of a secret that the caller shows once.
///
/// # Errors
/// `account_unknown`, `account_disabled`, `scope_unknown`, `scopes_missing`, `token_name_invalid`, `token_expiry_invalid`.
pub(crate) async fn create(
    tx: &mut Tx,
    cx: &Cx,
    made_by: AccountId,
    new: NewToken,
    secret: &str,
) -> Result<TokenView, Failure> {
    let account = known(tx, new.account_id).await?;
    if account.state == AccountState::Disabled {
        return Err(IdentityError::AccountDisabled.into());
    }
    let expires_at = new.expires_at.unwrap_or(cx.now.plus(DEFAULT_US));
    if expires_at <= cx.now || expires_at > cx.now.plus(TOKEN_US) {
        return Err(IdentityError::TokenExpiry.into());
    }
    let token = TokenView {
        id: cx.new_id(),
        account_id: account.id,
        name: check_name(&new.name, 80, IdentityError::TokenNameInvalid)?,
        scopes: check_scopes(&new.scopes, &account.roles)?,
        made_by,
        created_at: cx.now,
        expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    tokens::insert(tx, &token, &store::hashed(&shown(secret))).await?;
    let body = json!({ "account_id": account.id, "scopes": token.scopes, "expires_at": expires_at });
    let event = Event::new("token.created", "token", token.id).audience(Audience::Audit).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(token)
}

/// Revokes a token: the next request with it is refused.
///
/// # Errors
/// `token_unknown`.
pub(crate) async fn revoke(tx: &mut Tx, cx: &Cx, id: TokenId) -> Result<TokenView, Failure> {
    let unknown = || Failure::from(IdentityError::TokenUnknown);
    let token = tokens::get(tx, id).await?.ok_or_else(unknown)?;
    if token.revoked_at.is_none() {
        tokens::revoke(tx, id, cx.now).await?;
        let event = Event::new("token.revoked", "token", id)
            .audience(Audience::Audit)
            .body(&json!({ "account_id": token.account_id }));
        kit::events::append(tx, cx, event).await?;
    }
    tokens::get(tx, id).await?.ok_or_else(unknown)
}
