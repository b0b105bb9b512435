//! API tokens.

use axum::Json;
use axum::extract::State;
use kit::http::{Command, Nothing, Path, Query};
use kit::{Answer, App, Done, Failure, Page, Paging, Ts};
use serde::{Deserialize, Serialize};

use super::showing;
use crate::actions::tokens as actions;
use crate::may;
use crate::model::{AccountId, TokenId, TokenView};
use crate::permit::Permit;
use crate::store::tokens as store;

/// Which tokens.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TokenQuery {
    /// Only of this account.
    account_id: Option<AccountId>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Tokens, newest first, revoked and ended ones too.
#[utoipa::path(get, path = "/api/tokens", tag = "identity", operation_id = "list_tokens", params(TokenQuery),
    responses((status = 200, body = Page<TokenView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.tokens"))))]
pub(super) async fn list_tokens(
    State(app): State<App>,
    _permit: Permit<may::ManageTokens>,
    Query(query): Query<TokenQuery>,
) -> Result<Json<Page<TokenView>>, Failure> {
    let paging = Paging { limit: query.limit, after: query.after };
    let mut tx = app.db.reader().await?;
    let rows = store::list(&mut tx, query.account_id, &paging).await?;
    Ok(Json(Page::from_rows(rows, paging.limit(), |t| vec![t.id.into()])))
}

/// A new token.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateToken {
    /// The account it acts as; best one of its own for each program.
    account_id: AccountId,
    /// What it is for, 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80, pattern = r"\S")]
    name: String,
    /// Permissions it is limited to, at least one, of those the account holds.
    scopes: Vec<String>,
    /// When it ends: within a year; in 90 days unless given.
    expires_at: Option<Ts>,
}

/// A new token with its secret.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct TokenCreated {
    /// The token.
    token: TokenView,
    /// What to send as `Authorization: Bearer …`; shown once, absent in a repeated answer.
    secret: Option<String>,
}

/// Create a token; its secret is shown once.
#[utoipa::path(post, path = "/api/tokens", tag = "identity", operation_id = "create_token", request_body = CreateToken,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TokenCreated), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.tokens"))))]
pub(super) async fn create_token(
    State(app): State<App>,
    permit: Permit<may::ManageTokens>,
    command: Command<CreateToken>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let made_by = permit.principal().account_id;
    let secret = app.ids.secret();
    let shown = actions::shown(&secret);
    let answer = app
        .run(envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move {
                let new = actions::NewToken {
                    account_id: input.account_id,
                    name: input.name,
                    scopes: input.scopes,
                    expires_at: input.expires_at,
                };
                let token = actions::create(tx, cx, made_by, new, &secret).await?;
                Ok(Done::created(TokenCreated { token, secret: None }))
            })
        })
        .await?;
    showing(answer, &["secret"], shown)
}

/// Revoke a token: the next request with it is refused.
#[utoipa::path(delete, path = "/api/tokens/{id}", tag = "identity", operation_id = "revoke_token",
    params(("id" = TokenId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = TokenView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("identity.tokens"))))]
pub(super) async fn revoke_token(
    State(app): State<App>,
    permit: Permit<may::ManageTokens>,
    Path(id): Path<TokenId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::revoke(tx, cx, id).await?)) })
    })
    .await
}
