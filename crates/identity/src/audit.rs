//! What an audit administrator reads: who did what to whom, when, and whether it was refused.
//!
//! These are the events for the audit (sign-ins, refusals, revealed numbers, exports, changes of accounts and settings). They can't be
//! changed by anybody (triggers, hash chain). Shown are ids, codes and the logins of accounts; words that people typed and anything
//! that may name a customer stay where they are.

use kit::events::StoredEvent;
use kit::{DbError, Ts, Tx};
use serde::{Deserialize, Serialize};

/// Kinds that say that something was refused.
pub const REFUSALS: &[&str] = &[
    "access.refused",
    "account.password_change_refused",
    "account.second_factor_refused",
    "call.reveal_refused",
    "contact.reveal_refused",
    "login.code_refused",
    "login.failed",
    "login.locked",
];

/// Facts of an event that name nobody.
const FACTS: &[&str] = &[
    "accounts",
    "address",
    "command",
    "days",
    "demo",
    "device",
    "employee_id",
    "expires_at",
    "from",
    "kind",
    "language",
    "left",
    "limit",
    "method",
    "name_changed",
    "permission",
    "roles",
    "roles_before",
    "rows",
    "scopes",
    "session_id",
    "sessions",
    "to",
    "token_id",
    "tokens",
    "unit_before",
    "unit_id",
    "used_today",
    "version",
    "why",
];

/// Whether what somebody asked for was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditResult {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
}

/// Which events.
#[derive(Clone, Debug, Default, Deserialize, Serialize, utoipa::ToSchema, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// From this instant on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Ts>,
    /// Before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Ts>,
    /// Only by this account (id) or part of the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<String>,
    /// Only about this record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<String>,
    /// Only of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Only with this result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(inline)]
    pub result: Option<AuditResult>,
}

/// An event as the audit shows it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AuditEntry {
    /// Order of insertion: its key in lists.
    pub pos: i64,
    /// Its place in the sealed chain; absent for a moment after it happened.
    pub seq: Option<i64>,
    /// When, by the server.
    pub at: Ts,
    /// What happened.
    pub kind: String,
    /// Whether it was refused.
    pub result: AuditResult,
    /// `user`, `customer`, `token`, `system`, `import`.
    pub actor_kind: String,
    /// The account, or the part of the program.
    pub actor_id: String,
    /// The account's login, if it is one.
    pub actor_login: Option<String>,
    /// Type of the record.
    pub subject_type: String,
    /// Id of the record.
    pub subject_id: String,
    /// Its login, if it is an account.
    pub subject_login: Option<String>,
    /// The unit concerned.
    pub unit_id: Option<String>,
    /// Facts that name nobody: address, device, permission, path, roles, counts.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
}

impl AuditEntry {
    /// An event with the logins of those it names.
    pub(crate) fn of(event: StoredEvent, actor_login: Option<String>, subject_login: Option<String>) -> Self {
        let result =
            if REFUSALS.contains(&event.kind.as_str()) { AuditResult::Refused } else { AuditResult::Done };
        Self {
            pos: event.pos,
            seq: event.seq,
            at: event.at,
            result,
            actor_login,
            subject_login,
            facts: facts(&event.body),
            kind: event.kind,
            actor_kind: event.actor_kind,
            actor_id: event.actor_id,
            subject_type: event.subject_type,
            subject_id: event.subject_id,
            unit_id: event.unit_id,
        }
    }

    /// The entry as one line of a CSV file.
    pub(crate) fn line(&self) -> String {
        let cells = [
            self.seq.map(|n| n.to_string()).unwrap_or_default(),
            self.at.to_string(),
            self.kind.clone(),
            if self.result == AuditResult::Done { "done" } else { "refused" }.to_owned(),
            self.actor_kind.clone(),
            self.actor_id.clone(),
            self.actor_login.clone().unwrap_or_default(),
            self.subject_type.clone(),
            self.subject_id.clone(),
            self.subject_login.clone().unwrap_or_default(),
            self.unit_id.clone().unwrap_or_default(),
            self.facts.to_string(),
        ];
        let mut line = cells.map(|cell| quoted(&cell)).join(",");
        line.push_str("\r\n");
        line
    }
}

/// The first line of the CSV file, with the mark by which spreadsheets know UTF-8.
pub(crate) const HEAD: &str = "\u{feff}seq,at,kind,result,actor_kind,actor_id,actor_login,subject_type,subject_id,subject_login,unit_id,facts\r\n";

// Only facts from the list; of a path without its query.
fn facts(body: &serde_json::Value) -> serde_json::Value {
    let mut shown = serde_json::Map::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        if FACTS.contains(&name.as_str()) {
            shown.insert(name.clone(), value.clone());
        } else if name == "path"
            && let Some(path) = value.as_str()
        {
            shown.insert(name.clone(), path.split('?').next().unwrap_or_default().into());
        }
    }
    shown.into()
}

// A spreadsheet must not take a cell for a formula (ASVS 1.2.10).
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

/// Sealed audit events after `seq` that an auditor of `unit` (of everything, without one) sees, oldest first, at most `limit`: for
/// the live feed, narrowed as the list.
///
/// # Errors
/// As the database says.
pub async fn after(
    tx: &mut Tx,
    unit: Option<&str>,
    seq: i64,
    limit: i64,
) -> Result<Vec<StoredEvent>, DbError> {
    crate::store::audit::after(tx, unit, seq, limit).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_a_name_in_both_languages() {
        for lang in kit::Lang::ALL {
            for name in FACTS.iter().chain(&["path"]) {
                let key = format!("audit.fact.{name}");
                assert!(kit::texts::text(lang, &key, &[]).is_some(), "{lang:?} lacks {key}");
            }
        }
    }

    #[test]
    fn only_facts_that_name_nobody_are_shown() {
        let body = serde_json::json!({
            "address": "192.0.2.7", "reason": "客户王先生 13812345678 要求", "name": "王先生", "phone": "13812345678",
            "path": "/api/cases?q=13812345678", "roles": ["engineer"],
        });
        let shown = facts(&body);
        assert_eq!(
            shown,
            serde_json::json!({ "address": "192.0.2.7", "path": "/api/cases", "roles": ["engineer"] })
        );
        assert_eq!(facts(&serde_json::json!(null)), serde_json::json!({}));
    }

    #[test]
    fn asvs_1_2_10_no_cell_of_the_file_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(quoted(formula).starts_with("\"'"), "{formula}");
        }
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
    }
}
