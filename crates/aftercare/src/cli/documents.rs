//! Documents made from the program, checked in and compared in CI.

use kit::Lang;
use kit::db::Dialect;

use super::say;

/// The API description.
pub(super) fn openapi() -> anyhow::Result<()> {
    let description = crate::app::description();
    // Extensions come in no fixed order: the file must be the same each time.
    say(&serde_json::to_string_pretty(&sorted(serde_json::to_value(&description)?))?);
    Ok(())
}

fn sorted(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> = fields.into_iter().map(|(k, v)| (k, sorted(v))).collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields.into_iter().collect())
        }
        other => other,
    }
}

/// The schema of both databases.
pub(super) fn schema() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        say(&format!("-- {dialect:?}"));
        for step in crate::migrations::ALL {
            say(&format!("\n-- step {}: {}\n{}", step.number, step.name, step.text(dialect).trim_end()));
        }
    }
}

/// Every refusal.
pub(super) fn errors() {
    say(
        "# Errors\n\nGenerated from the program: every refusal the API can answer (RFC 9457), with its cure.\n",
    );
    say("| code | status | 中文 | English | cure |\n|---|---|---|---|---|");
    for entry in crate::app::errors() {
        let text = |lang, what: &str| {
            kit::texts::text(lang, &format!("errors.{}.{what}", entry.code), &[]).unwrap_or_default()
        };
        say(&format!(
            "| `{}` | {} | {} | {} | {} |",
            entry.code,
            entry.status,
            text(Lang::ZhCn, "title"),
            text(Lang::En, "title"),
            text(Lang::En, "cure")
        ));
    }
}
