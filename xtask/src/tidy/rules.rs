//! The rules that look at one file at a time.

use super::source::{Source, extension, has_word};
use super::{Finding, Tree};

/// Notes a place.
pub fn hit(findings: &mut Vec<Finding>, path: &str, line: usize, what: impl Into<String>) {
    findings.push(Finding { path: path.to_owned(), line, what: what.into() });
}

/// The lines of the program itself, numbered from 1, without its tests.
pub fn program<'a>(source: &'a Source, lines: &'a [String]) -> impl Iterator<Item = (usize, &'a String)> {
    lines.iter().take(source.tests_from).enumerate().map(|(at, line)| (at + 1, line))
}

/// Whether the path is a room of that name: `rules.rs`, or anything in a folder `rules/`.
fn is_room(path: &str, room: &str) -> bool {
    let file = format!("{room}.rs");
    let mut parts = path.split('/').rev();
    parts.next() == Some(file.as_str()) || parts.any(|folder| folder == room)
}

/// Rules and models know no database and no HTTP.
pub fn pure(tree: &Tree, findings: &mut Vec<Finding>) {
    const FORBIDDEN: [&str; 7] =
        ["rusqlite", "tokio_postgres", "deadpool", "axum", "hyper", "reqwest", "lettre"];
    const ROOMS_OF_KIT: [&str; 2] = ["db", "http"];
    for (path, source) in &tree.files {
        let ours = path.starts_with("crates/") && extension(path) == "rs";
        if !ours || !(is_room(path, "rules") || is_room(path, "model")) {
            continue;
        }
        for (number, line) in program(source, &source.bare) {
            for name in FORBIDDEN.into_iter().filter(|name| has_word(line, name)) {
                hit(findings, path, number, format!("mentions {name}"));
            }
            for room in ROOMS_OF_KIT {
                if has_word(line, &format!("kit::{room}")) {
                    hit(findings, path, number, format!("mentions kit::{room}"));
                }
            }
        }
        for (number, group) in groups_of_kit(source) {
            for room in ROOMS_OF_KIT.into_iter().filter(|room| first_names(&group).any(|name| name == *room))
            {
                hit(findings, path, number, format!("mentions kit::{room}"));
            }
        }
    }
}

/// What stands between the brackets of each `kit::{…}`, with its line.
fn groups_of_kit(source: &Source) -> Vec<(usize, String)> {
    let mut groups = Vec::new();
    let lines = &source.bare[..source.tests_from.min(source.bare.len())];
    for (at, line) in lines.iter().enumerate() {
        let Some(begin) = line.find("kit::{") else {
            continue;
        };
        let rest = std::iter::once(&line[begin + "kit::{".len()..])
            .chain(lines[at + 1..].iter().map(String::as_str));
        let mut depth = 1;
        let mut group = String::new();
        for c in rest.flat_map(|line| line.chars().chain(['\n'])) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            group.push(c);
        }
        groups.push((at + 1, group));
    }
    groups
}

/// `db` and `Clock` of `db::{Row, Tx}, Clock`.
fn first_names(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    group
        .split(move |c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            c == ',' && depth == 0
        })
        .map(|item| item.trim().split("::").next().unwrap_or_default().trim())
}

/// SQL only where it belongs.
pub fn sql(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, source) in &tree.files {
        let ours = path.starts_with("crates/") && extension(path) == "rs";
        if !ours || is_room(path, "store") {
            continue;
        }
        for (number, line) in program(source, &source.code) {
            if let Some(words) = sql_in(line) {
                hit(findings, path, number, format!("`{words}`"));
            }
        }
    }
}

fn sql_in(line: &str) -> Option<&'static str> {
    for words in ["SELECT ", "INSERT INTO", "DELETE FROM", "insert into ", "delete from "] {
        if line.contains(words) {
            return Some(words);
        }
    }
    let update = line.find("UPDATE ")?;
    line[update..].contains(" SET").then_some("UPDATE … SET")
}

/// Two commands may read one record at once: only the `WHERE` of the update keeps the second from undoing the first.
pub fn guarded(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, source) in &tree.files {
        if !path.starts_with("crates/") || extension(path) != "rs" {
            continue;
        }
        // A store that locks what a command reads needs no second guard.
        let locks = source.code.iter().any(|line| line.contains("FOR UPDATE"));
        for (number, line) in program(source, &source.code) {
            let Some(begin) = line.find("UPDATE ") else { continue };
            // The statement up to the end of its string.
            let mut statement = line[begin..].to_owned();
            for next in source.code.iter().take(source.tests_from).skip(number) {
                if statement.contains('"') {
                    break;
                }
                statement.push_str(next);
            }
            let statement = statement.split('"').next().unwrap_or_default();
            let Some((sets, asks)) = statement.split_once("WHERE ") else { continue };
            // A version that was read and counted up; `version = version + 1` keeps what it doesn't name.
            let counts = sets.contains(" version = $");
            let one = asks.trim_start().starts_with("id = ");
            let guards = asks.contains("version = ") || asks.contains(" IS NULL");
            if counts && one && !guards && !locks {
                hit(findings, path, number, "an update without its guard");
            }
        }
    }
}

/// The longest a file written by hand may be.
const MOST_LINES: usize = 600;

/// No file too long to be read.
pub fn length(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, source) in &tree.files {
        let written = matches!(extension(path), "rs" | "ts" | "tsx" | "mts" | "js" | "mjs");
        if written && source.lines.len() > MOST_LINES {
            hit(findings, path, 0, format!("{} lines", source.lines.len()));
        }
    }
}

/// What switches something off says why.
pub fn reasons(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, source) in &tree.files {
        let switches: &[&str] = match extension(path) {
            "rs" => &["#[allow(", "#![allow(", "#[expect(", "#![expect(", "#[ignore"],
            "ts" | "tsx" | "mts" => &["@ts-ignore", "@ts-nocheck", "@ts-expect-error"],
            _ => continue,
        };
        let rust = extension(path) == "rs";
        // In Rust a switch is code, in TypeScript it is a comment.
        let seen = if rust { &source.bare } else { &source.lines };
        for (at, line) in seen.iter().enumerate() {
            let Some(switch) = switches.iter().find(|switch| line.contains(**switch)) else {
                continue;
            };
            let reasoned = if rust { rust_reason(source, at) } else { typescript_reason(line, switch) };
            if !reasoned {
                hit(findings, path, at + 1, format!("`{switch}` without a reason"));
            }
        }
    }
}

fn rust_reason(source: &Source, at: usize) -> bool {
    let line = &source.lines[at];
    let beside = line.contains("//");
    let above = at > 0 && {
        let above = source.lines[at - 1].trim();
        above.starts_with("//") && !above.starts_with("///") && !above.starts_with("//!")
    };
    // The attribute may go on over several lines.
    let end = source.bare[at..].iter().position(|line| line.contains(")]") || line.trim().ends_with(']'));
    let attribute = &source.bare[at..=at + end.unwrap_or(0)];
    let within = attribute.iter().any(|line| has_word(line, "reason") || line.contains("#[ignore ="));
    beside || above || within
}

/// `@ts-expect-error` needs words after it; the other two hide more than one error and are never fine.
fn typescript_reason(line: &str, switch: &str) -> bool {
    let after = line.split_once(switch).map_or("", |(_, after)| after);
    switch == "@ts-expect-error" && after.chars().filter(|c| c.is_alphabetic()).count() > 8
}

/// The most bytes a file may have.
const MOST_BYTES: u64 = 1_500_000;

/// Fonts of papers: Chinese takes thousands of drawings, and no package brings a subset in one file.
const FONTS: (&str, u64) = ("crates/documents/fonts/", 6_000_000);

/// No large files.
pub fn size(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, source) in &tree.files {
        let most = if path.starts_with(FONTS.0) { FONTS.1 } else { MOST_BYTES };
        if source.bytes > most {
            hit(findings, path, 0, format!("{:.1} MB", source.bytes as f64 / 1e6));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    const RULES_RS: &str = "crates/cases/src/rules.rs";

    #[test]
    fn rules_and_models_know_no_database_and_no_http() {
        for text in [
            "use axum::Json;",
            "use kit::db::Tx;",
            "use kit::{Clock, db::Tx};",
            "use kit::{\n    http::Answer,\n    Clock,\n};",
            "fn f(row: &rusqlite::Row) {}",
        ] {
            assert_eq!(found("pure", &[(RULES_RS, text)]), [format!("{RULES_RS}:1")], "{text}");
            assert_eq!(found("pure", &[("crates/cases/src/model/state.rs", text)]).len(), 1, "{text}");
            assert!(found("pure", &[("crates/cases/src/store.rs", text)]).is_empty(), "{text}");
        }
        let fine = "// axum is not used\nuse kit::{Clock, ids::{db_id, http}};\nlet s = \"axum\";\n#[cfg(test)]\nmod tests {\nuse axum::Json;\n}";
        assert!(found("pure", &[(RULES_RS, fine)]).is_empty());
    }

    #[test]
    fn sql_stands_in_stores() {
        for text in [
            "let q = \"SELECT id FROM cases\";",
            "tx.run(\"INSERT INTO cases (id) VALUES ($1)\")",
            "\"UPDATE cases SET state = $1\"",
            "\"DELETE FROM cases\"",
        ] {
            assert_eq!(found("sql", &[("crates/cases/src/actions.rs", text)]).len(), 1, "{text}");
            assert!(found("sql", &[("crates/cases/src/store.rs", text)]).is_empty(), "{text}");
            assert!(found("sql", &[("crates/cases/src/store/list.rs", text)]).is_empty(), "{text}");
            assert!(found("sql", &[("crates/cases/tests/it.rs", text)]).is_empty(), "{text}");
        }
        let fine = "// SELECT in a comment\nlet selected = \"Select the site\";\n// UPDATE x SET y";
        assert!(found("sql", &[("crates/cases/src/actions.rs", fine)]).is_empty());
    }

    #[test]
    fn an_update_asks_for_the_version_that_was_seen() {
        let store = "crates/cases/src/store.rs";
        for bad in [
            "\"UPDATE site SET name = $2, version = $3 WHERE id = $1\"",
            "\"UPDATE site SET name = $2, \\\n version = $3 \\\n WHERE id = $1\"",
        ] {
            assert_eq!(found("guarded", &[(store, bad)]), [format!("{store}:1")], "{bad}");
        }
        for good in [
            "\"UPDATE site SET name = $2, version = $3 WHERE id = $1 AND version = $3 - 1\"",
            "\"UPDATE site SET used_at = $2 WHERE id = $1\"",
            "\"UPDATE account SET lang = $1, version = version + 1 WHERE id = $2\"",
            "\"UPDATE visit SET version = $2 WHERE id = $1\"\n\"SELECT id FROM visit FOR UPDATE\"",
            "\"UPDATE asset SET accepted_on = NULL, version = version + 1 WHERE acceptance_id = $1\"",
            "\"UPDATE acceptance SET revoked_at = $2, version = version + 1 WHERE id = $1 AND revoked_at IS NULL\"",
        ] {
            assert!(found("guarded", &[(store, good)]).is_empty(), "{good}");
        }
    }

    #[test]
    fn files_stay_short() {
        let long = "x\n".repeat(601);
        assert_eq!(found("length", &[("web/src/a.tsx", &long)]), ["web/src/a.tsx:0"]);
        assert!(found("length", &[("web/src/a.tsx", &long[2..])]).is_empty());
        assert!(found("length", &[("docs/openapi.json", &long)]).is_empty());
    }

    #[test]
    fn what_is_switched_off_says_why() {
        let bad = [
            "#[allow(dead_code)]\nfn a() {}",
            "#[ignore]\nfn a() {}",
            "/// What it is.\n#[allow(dead_code)]",
            "#![allow(clippy::print_stdout)]",
        ];
        for text in bad {
            assert_eq!(found("reasons", &[("crates/x/src/a.rs", text)]).len(), 1, "{text}");
        }
        let good = [
            "// Read by the linker only.\n#[allow(dead_code)]\nfn a() {}",
            "#[allow(dead_code)] // read by the linker only",
            "#[expect(dead_code, reason = \"read by the linker\")]",
            "#[allow(\n    dead_code,\n    reason = \"read by the linker\"\n)]",
            "#[ignore = \"takes an hour\"]",
            "let s = \"#[allow(\";",
        ];
        for text in good {
            assert!(found("reasons", &[("crates/x/src/a.rs", text)]).is_empty(), "{text}");
        }
        assert_eq!(found("reasons", &[("web/src/a.ts", "// @ts-ignore because it is so")]).len(), 1);
        assert_eq!(found("reasons", &[("web/src/a.ts", "// @ts-expect-error")]).len(), 1);
        assert!(
            found("reasons", &[("web/src/a.ts", "// @ts-expect-error the package has no types")]).is_empty()
        );
    }

    #[test]
    fn large_files_are_named() {
        let large = "x".repeat(1_500_001);
        assert_eq!(found("size", &[("docs/picture.png", &large)]), ["docs/picture.png:0"]);
        assert!(found("size", &[("docs/picture.png", &large[1..])]).is_empty());
    }
}
