//! Who owns a table: the crate that fills it. A crate's SQL names its own tables and those of the crates it stands on; the ground
//! of the house names none of the others'.

use std::collections::{BTreeMap, BTreeSet};

use super::crates::stands_on;
use super::rules::{hit, program};
use super::source::{extension, is_word};
use super::{Finding, Tree};

const MIGRATIONS: &str = "crates/aftercare/migrations/";
const KIT: &str = "crates/kit/src/";
/// After these a word of SQL is a table.
const BEFORE_A_TABLE: [&str; 6] = ["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "REFERENCES"];

/// kit names no table that a domain's migration makes. A name of several words (`service_case`) is one wherever it stands;
/// a name of one word (`visit`) only where SQL expects a table, for it is English too.
pub fn ground(tree: &Tree, findings: &mut Vec<Finding>) {
    let tables = of_domains(tree);
    for (path, source) in &tree.files {
        if !path.starts_with(KIT) || extension(path) != "rs" {
            continue;
        }
        // A statement may go on in the next line.
        let mut before = String::new();
        for (number, line) in program(source, &source.code) {
            for word in words(line) {
                let table =
                    tables.contains(word) && (word.contains('_') || BEFORE_A_TABLE.contains(&&*before));
                if table {
                    hit(findings, path, number, format!("`{word}` belongs to a domain"));
                }
                word.clone_into(&mut before);
            }
        }
    }
}

/// A domain names no table of a crate that it doesn't stand on.
pub fn foreign(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut owners = owners(tree);
    // What kit's own migration makes is everybody's ground, whoever fills it.
    let ground = of_kit(tree);
    owners.retain(|table, _| !ground.contains(table));
    let below = stands_on(tree);
    for (path, source) in &tree.files {
        let Some((name, _)) = path.strip_prefix("crates/").and_then(|rest| rest.split_once("/src/")) else {
            continue;
        };
        let Some(below) = below.get(name).filter(|_| extension(path) == "rs") else { continue };
        let mut before = String::new();
        for (number, line) in program(source, &source.code) {
            for word in words(line) {
                if BEFORE_A_TABLE.contains(&&*before)
                    && let Some(owners) = owners.get(word)
                    && !owners.iter().any(|owner| *owner == name || below.contains(owner))
                {
                    let owner = owners.iter().next().copied().unwrap_or_default();
                    hit(findings, path, number, format!("`{word}` belongs to {owner}"));
                }
                word.clone_into(&mut before);
            }
        }
    }
}

fn of_kit(tree: &Tree) -> BTreeSet<&str> {
    let kit = |(path, _): &(&String, &super::source::Source)| {
        path.strip_prefix(MIGRATIONS).is_some_and(|name| name.ends_with("_kit.sql"))
    };
    let lines = tree.files.iter().filter(kit).flat_map(|(_, source)| &source.lines);
    lines.filter_map(|line| words(line.strip_prefix("CREATE TABLE ")?).next()).collect()
}

/// Each table with the crates that fill it; those that only migrations fill have none.
fn owners(tree: &Tree) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, source) in &tree.files {
        let Some((name, _)) = path.strip_prefix("crates/").and_then(|rest| rest.split_once("/src/")) else {
            continue;
        };
        for (_, line) in program(source, &source.code) {
            for mark in ["INSERT INTO ", "insert_many(\""] {
                let filled = line.split_once(mark).and_then(|(_, rest)| words(rest).next());
                if let Some(table) = filled {
                    owners.entry(table).or_default().insert(name);
                }
            }
        }
    }
    owners
}

/// The tables of all migrations but kit's (`0001_kit.sql`).
fn of_domains(tree: &Tree) -> BTreeSet<&str> {
    let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    for (path, source) in &tree.files {
        let Some(name) = path.strip_prefix(MIGRATIONS).and_then(|name| name.strip_suffix(".sql")) else {
            continue;
        };
        let owned = if name.split('_').nth(1) == Some("kit") { &mut ours } else { &mut theirs };
        owned
            .extend(source.lines.iter().filter_map(|line| words(line.strip_prefix("CREATE TABLE ")?).next()));
    }
    theirs.difference(&ours).copied().collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn sql_names_no_table_of_a_crate_it_does_not_stand_on() {
        let care = "crates/care/src/store.rs";
        let look = |text: &str| {
            found(
                "tables",
                &[
                    ("crates/kit/Cargo.toml", "[dependencies]\n"),
                    ("crates/cases/Cargo.toml", "[dependencies]\nkit.workspace = true\n"),
                    ("crates/visits/Cargo.toml", "[dependencies]\ncases.workspace = true\n"),
                    ("crates/care/Cargo.toml", "[dependencies]\ncases.workspace = true\n"),
                    ("crates/kit/src/jobs.rs", "let sql = \"INSERT INTO job (id)\";"),
                    ("crates/cases/src/store/row.rs", "tx.insert_many(\"service_case\", &names, &rows)"),
                    ("crates/visits/src/store.rs", "let sql = \"INSERT INTO visit (id) VALUES ($1)\";"),
                    (care, text),
                ],
            )
        };
        assert_eq!(look("let sql = \"SELECT 1 FROM visit v\";"), [format!("{care}:1")]);
        assert_eq!(look("let sql = \"SELECT 1 FROM job LEFT JOIN \\\n visit v\";"), [format!("{care}:2")]);
        for fine in [
            "let sql = \"SELECT 1 FROM service_case JOIN job ON 1 = 1 JOIN follow_up f\";",
            "fn visit(from: &str) {}",
            "#[cfg(test)]\nmod tests {\nconst C: &str = \"FROM visit\";\n}",
        ] {
            assert!(look(fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn kit_names_no_table_of_a_domain() {
        const STORE: &str = "crates/kit/src/events.rs";
        let migrations = [
            ("crates/aftercare/migrations/0001_kit.sql", "CREATE TABLE event (\nCREATE TABLE unit_reach ("),
            (
                "crates/aftercare/migrations/0009_cases.sql",
                "CREATE TABLE service_case (\n  id TEXT\n);\nCREATE TABLE call (",
            ),
        ];
        let look = |path: &str, text: &str| {
            let files = [migrations[0], migrations[1], (path, text)];
            found("ground", &files)
        };
        for (text, line) in [
            ("const S: &str = \"(SELECT c.unit FROM service_case c)\";", 1),
            ("let sql = \"SELECT 1 FROM call\";", 1),
            ("let sql = \"SELECT 1 FROM \\\n call WHERE id = $1\";", 2),
            ("fn a(service_case: &str) {}", 1),
        ] {
            assert_eq!(look(STORE, text), [format!("{STORE}:{line}")], "{text}");
            assert!(look("crates/cases/src/store.rs", text).is_empty(), "{text}");
        }
        for fine in [
            "let sql = \"SELECT 1 FROM event JOIN unit_reach\";",
            "// events of a service_case\nfn call(from: &str) {}",
            "#[cfg(test)]\nmod tests {\nconst C: &str = \"FROM service_case\";\n}",
        ] {
            assert!(look(STORE, fine).is_empty(), "{fine}");
        }
    }
}
