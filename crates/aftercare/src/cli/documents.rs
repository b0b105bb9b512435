//! Documents made from the program, checked in and compared in CI.

use kit::Lang;
use kit::db::Dialect;

use super::say;

/// The API description.
pub(super) fn openapi() -> anyhow::Result<()> {
    let (_, description) = crate::app::api();
    say(&description.to_pretty_json()?);
    Ok(())
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
