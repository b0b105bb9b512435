//! What is wrong with a file or a row, and the cure, in the reader's language.

use ::tables::{Fault, TableError};
use kit::Lang;
use kit::texts::text;

use super::{Report, TableKind, heading};

/// What is wrong, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Said {
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub cure: String,
}

// Codes of tables stand in `tables.json`, refusals of the domains in the list of errors.
fn said(lang: Lang, code: &str, values: &[(String, String)]) -> Said {
    // The catalogue asks for names that live as long as the program: these few are known.
    let known: Vec<(&'static str, String)> = values
        .iter()
        .filter_map(|(name, value)| {
            VALUES.iter().find(|known| *known == name).map(|known| (*known, value.clone()))
        })
        .collect();
    let find = |own: &str, errors: &str| {
        text(lang, &format!("tables.{own}.{code}"), &known)
            .or_else(|| text(lang, &format!("errors.{code}.{errors}"), &known))
    };
    Said {
        what: find("fault", "title").unwrap_or_else(|| code.to_owned()),
        cure: find("cure", "cure").unwrap_or_default(),
    }
}

/// The values that texts of tables, and of refusals that rows may meet, name.
const VALUES: &[&str] = &[
    "count", "division", "first", "line", "max", "max_mib", "name", "names", "parts", "ratio", "serial",
    "zone",
];

/// Why a file can't be read.
#[must_use]
pub fn of_refusal(lang: Lang, refusal: &TableError) -> Said {
    said(lang, &refusal.code, &refusal.values)
}

/// What is wrong with a row.
#[must_use]
pub fn of_fault(lang: Lang, fault: &Fault) -> Said {
    said(lang, &fault.code, &fault.values)
}

/// The heading of the column at fault: the file's own, else ours.
#[must_use]
pub fn column(lang: Lang, kind: TableKind, report: &Report, fault: &Fault) -> String {
    let Some(field) = &fault.field else { return String::new() };
    report.headings.get(field).cloned().unwrap_or_else(|| heading(lang, kind, field))
}

/// A report as lines for a terminal.
#[must_use]
pub fn lines(lang: Lang, kind: TableKind, report: &Report, stored: bool) -> Vec<String> {
    let say = |key: &str, values: &[(&'static str, String)]| {
        text(lang, key, values).unwrap_or_else(|| key.to_owned())
    };
    let mut lines = Vec::new();
    if let Some(refusal) = &report.refusal {
        let said = of_refusal(lang, refusal);
        return vec![said.what, said.cure];
    }
    for name in &report.unknown {
        lines.push(say("tables.line.unknown", &[("name", name.clone())]));
    }
    for fault in &report.faults {
        let said = of_fault(lang, fault);
        let values = [
            ("row", fault.row.to_string()),
            ("column", column(lang, kind, report, fault)),
            ("value", fault.value.clone()),
            ("what", said.what),
            ("cure", said.cure),
        ];
        lines.push(say("tables.line.fault", &values));
    }
    let counts = [
        ("rows", report.rows.to_string()),
        ("new", report.new.to_string()),
        ("changed", report.changed.to_string()),
        ("same", report.same.to_string()),
        ("bad", report.bad.to_string()),
    ];
    lines.push(say("tables.line.counts", &counts));
    lines.push(say(
        match (report.fine(), stored) {
            (false, _) => "tables.line.nothing_stored",
            (true, true) => "tables.line.stored",
            (true, false) => "tables.line.trial",
        },
        &[],
    ));
    lines
}
