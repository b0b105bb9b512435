//! The rules on the crates' edges, read from their manifests.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Tree};

/// The order of the house: a crate uses only those in an earlier row (ARCHITECTURE.md).
const ORDER: &[&[&str]] = &[
    &["wal-writes"],
    &["kit"],
    &["identity", "documents"],
    &["organisation"],
    &["policy"],
    &["customers"],
    &["assets"],
    &["coverage", "parts", "pricing", "knowledge", "training", "releases"],
    &["cases"],
    &["visits"],
    &["billing"],
    &["dispatch", "depot", "maintenance", "projects", "care"],
    &["portal"],
    &["reports", "notifications"],
    &["aftercare"],
];

/// Engines: any domain may use them. The second word names the engines each may use itself.
const ENGINES: &[(&str, &[&str])] = &[
    ("service-calendar", &[]),
    ("coverage-rules", &["service-calendar"]),
    ("history", &["service-calendar"]),
    ("dispatch-optimiser", &[]),
    ("stocking-optimiser", &[]),
    ("tables", &[]),
];

/// What makes an engine impure.
const NOT_IN_ENGINES: &[&str] = &[
    "axum",
    "deadpool",
    "hyper",
    "lettre",
    "reqwest",
    "rusqlite",
    "tokio",
    "tokio-postgres",
    "tracing-subscriber",
    "utoipa",
];

fn row(name: &str) -> Option<usize> {
    ORDER.iter().position(|row| row.contains(&name))
}

/// Whether a crate is an engine.
pub fn is_engine(name: &str) -> bool {
    engine(name).is_some()
}

fn engine(name: &str) -> Option<&'static [&'static str]> {
    ENGINES.iter().find(|(engine, _)| *engine == name).map(|(_, uses)| *uses)
}

/// The dependencies in a manifest with their lines; those of tests bind nobody and are left out.
fn dependencies(lines: &[String]) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = matches!(section, "dependencies" | "build-dependencies");
            if let Some(name) = section.strip_prefix("dependencies.") {
                found.push((at + 1, name));
            }
            continue;
        }
        let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(0);
        if inside && end > 0 {
            found.push((at + 1, &line[..end]));
        }
    }
    found
}

/// The crates that each crate stands on: those of its manifest, and theirs.
pub fn stands_on(tree: &Tree) -> BTreeMap<&str, BTreeSet<&str>> {
    let direct: BTreeMap<&str, Vec<&str>> = manifests(tree)
        .map(|(_, name, uses)| (name, uses.into_iter().map(|(_, other)| other).collect()))
        .collect();
    let below = |name: &str| {
        let (mut all, mut open) = (BTreeSet::new(), vec![name]);
        while let Some(next) = open.pop() {
            for other in direct.get(next).into_iter().flatten().copied() {
                if direct.contains_key(other) && all.insert(other) {
                    open.push(other);
                }
            }
        }
        all
    };
    direct.keys().map(|name| (*name, below(name))).collect()
}

fn manifests(tree: &Tree) -> impl Iterator<Item = (&str, &str, Vec<(usize, &str)>)> {
    tree.files.iter().filter_map(|(path, source)| {
        let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        (!name.contains('/')).then(|| (path.as_str(), name, dependencies(&source.lines)))
    })
}

/// Edges go to the left only, and every crate has its place.
pub fn edges(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut hit = |path: &str, line, what: String| findings.push(Finding { path: path.into(), line, what });
    for (path, name, uses) in manifests(tree) {
        if engine(name).is_some() {
            continue;
        }
        let Some(own) = row(name) else {
            hit(
                path,
                0,
                format!("{name} has no place in the order yet: give it one in xtask/src/tidy/crates.rs"),
            );
            continue;
        };
        for (line, other) in uses {
            if row(other).is_some_and(|place| place >= own) {
                hit(path, line, format!("{name} may not use {other}"));
            }
            if own <= 1 && engine(other).is_some() {
                hit(path, line, format!("{name} knows no domain and no engine, but uses {other}"));
            }
        }
    }
}

/// Engines stay pure.
pub fn engines(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, name, uses) in manifests(tree) {
        let Some(allowed) = engine(name) else {
            continue;
        };
        for (line, other) in uses {
            let foreign = row(other).is_some() || (engine(other).is_some() && !allowed.contains(&other));
            if foreign || NOT_IN_ENGINES.contains(&other) {
                findings.push(Finding {
                    path: path.into(),
                    line,
                    what: format!("{name} may not use {other}"),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn manifest(name: &str, uses: &[&str]) -> (String, String) {
        let lines: Vec<String> = uses.iter().map(|one| format!("{one}.workspace = true")).collect();
        let text = format!(
            "[package]\nname = \"{name}\"\n[dependencies]\n{}\n[dev-dependencies]\naftercare = \"1\"\n",
            lines.join("\n")
        );
        (format!("crates/{name}/Cargo.toml"), text)
    }

    fn places(rule: &str, name: &str, uses: &[&str]) -> usize {
        let (path, text) = manifest(name, uses);
        found(rule, &[(&path, &text)]).len()
    }

    #[test]
    fn edges_go_to_the_left() {
        assert_eq!(places("edges", "cases", &["kit", "serde", "coverage", "service-calendar"]), 0);
        assert_eq!(places("edges", "coverage", &["kit", "cases"]), 1);
        assert_eq!(places("edges", "parts", &["pricing"]), 1, "neighbours don't see each other");
        assert_eq!(places("edges", "visits", &["notifications"]), 1, "nobody imports notifications");
        assert_eq!(places("edges", "kit", &["service-calendar"]), 1);
        assert_eq!(places("edges", "warehouse", &["kit"]), 1, "a new crate needs its place");
        let table = "[dependencies]\nkit = { workspace = true }\n[dependencies.cases]\nworkspace = true\n";
        assert_eq!(
            found("edges", &[("crates/coverage/Cargo.toml", table)]),
            ["crates/coverage/Cargo.toml:3"]
        );
    }

    #[test]
    fn engines_stay_pure() {
        assert_eq!(places("engines", "coverage-rules", &["service-calendar", "jiff", "serde"]), 0);
        assert_eq!(places("engines", "coverage-rules", &["tokio"]), 1);
        assert_eq!(places("engines", "service-calendar", &["kit", "coverage-rules", "rusqlite"]), 3);
        assert_eq!(places("engines", "kit", &["tokio", "axum"]), 0, "only engines are meant");
    }
}
