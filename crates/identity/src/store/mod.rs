//! The only place that reads or writes accounts, sessions, links and tokens.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod factors;
pub(crate) mod failures;
pub(crate) mod files;
pub(crate) mod saved_views;
pub(crate) mod sessions;
pub(crate) mod tokens;

use kit::{DbError, Ts, Tx, params};
use sha2::{Digest as _, Sha256};

use crate::model::{Principal, Secret};

/// Secrets are stored hashed: a stolen copy of the database opens no session.
pub(crate) fn hashed(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The account behind a secret that has not ended; one query.
pub(crate) async fn principal(tx: &mut Tx, secret: &Secret, now: Ts) -> Result<Option<Principal>, DbError> {
    let row = match secret {
        Secret::Session(value) => {
            tx.row(
                "SELECT a.id, s.id AS session_id, a.login, a.name, a.roles, NULL AS scopes, a.employee_id, a.unit_id, a.customer_id, a.lang, \
                 s.last_seen_at AS seen_at, NULL AS token_id, s.enrol_from \
                 FROM session s JOIN account a ON a.id = s.account_id \
                 WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.idle_until > $2 AND s.expires_at > $2 AND a.disabled_at IS NULL",
                params![hashed(value), now],
            )
            .await?
        }
        Secret::Token(value) => {
            tx.row(
                "SELECT a.id, NULL AS session_id, a.login, a.name, a.roles, t.scopes, a.employee_id, a.unit_id, a.customer_id, a.lang, \
                 t.last_used_at AS seen_at, t.id AS token_id, CAST(NULL AS BIGINT) AS enrol_from \
                 FROM api_token t JOIN account a ON a.id = t.account_id \
                 WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 AND a.disabled_at IS NULL",
                params![hashed(value), now],
            )
            .await?
        }
    };
    let Some(row) = row else { return Ok(None) };
    let scopes: Option<String> = row.get("scopes")?;
    Ok(Some(Principal {
        account_id: row.get("id")?,
        session_id: row.get("session_id")?,
        token_id: row.get("token_id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        roles: row.json("roles")?,
        // Scopes that can't be read give nothing, never everything.
        scopes: scopes.map(|s| serde_json::from_str(&s).unwrap_or_default()),
        employee_id: row.get("employee_id")?,
        unit_id: row.get("unit_id")?,
        customer_id: row.get("customer_id")?,
        lang: row.get::<String>("lang")?.parse().unwrap_or_default(),
        seen_at: row.get("seen_at")?,
        enrol_from: row.get("enrol_from")?,
    }))
}
