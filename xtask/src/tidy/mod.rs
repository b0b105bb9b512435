//! `tidy`: the house rules that compilers and linters don't know. Each failure prints the rule's sentence
//! with the place; `xtask/tidy.allow` lists where a rule doesn't apply, and why.

mod checklist;
mod crates;
mod promises;
mod rules;
mod screens;
mod source;
mod tables;
mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::process::Tally;
use crate::{Outcome, root};
use source::Source;

/// All files of the project, read once.
pub struct Tree {
    /// By path from the root, with `/` between folders.
    files: BTreeMap<String, Source>,
}

/// A place where a rule is broken.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    /// From 1; 0 where the whole file is meant.
    line: usize,
    what: String,
}

/// A rule of the house.
struct Rule {
    name: &'static str,
    /// The rule as one sentence that says what to do instead.
    sentence: &'static str,
    look: fn(&Tree, &mut Vec<Finding>),
}

const RULES: &[Rule] = &[
    Rule {
        name: "pure",
        sentence: "rules.rs and model.rs know no database and no HTTP: load in actions.rs, decide here, save in actions.rs.",
        look: rules::pure,
    },
    Rule {
        name: "sql",
        sentence: "SQL stands only in store.rs or store/ (and in kit, migrations and tests): move the query there.",
        look: rules::sql,
    },
    Rule {
        name: "guarded",
        sentence: "An UPDATE of one record that writes its next version also asks for the one that was seen (kit::http::still_seen), or the store locks what it reads.",
        look: rules::guarded,
    },
    Rule {
        name: "ground",
        sentence: "kit knows no table of a domain: the domain passes in what kit needs (`cases::EVENTS`), or the event carries it.",
        look: tables::ground,
    },
    Rule {
        name: "tables",
        sentence: "SQL names the tables of its own crate and of those it stands on: ask the domain that fills the table through a door of its lib.rs.",
        look: tables::foreign,
    },
    Rule {
        name: "length",
        sentence: "A file written by hand stays under 600 lines: cut it by topic into a folder.",
        look: rules::length,
    },
    Rule {
        name: "reasons",
        sentence: "What switches a lint or a test off says why, in a comment above or beside it or in `reason`.",
        look: rules::reasons,
    },
    Rule {
        name: "chinese",
        sentence: "Chinese words stand in the catalogue of texts (kit::texts); in engines and screens also beside their English.",
        look: texts::chinese,
    },
    Rule {
        name: "words",
        sentence: "No unfinished work, no paths of somebody's machine and no package registry's address in the project.",
        look: texts::words,
    },
    Rule {
        name: "size",
        sentence: "No file is larger than 1.5 MB: make it smaller, or fetch it from a package.",
        look: rules::size,
    },
    Rule {
        name: "edges",
        sentence: "A crate uses only those to its left in ARCHITECTURE.md's order: pass an id as an argument, or publish an event.",
        look: crates::edges,
    },
    Rule {
        name: "engines",
        sentence: "An engine knows no database, no HTTP, no async runtime and no crate of the program.",
        look: crates::engines,
    },
    Rule {
        name: "promises",
        sentence: "Each promise of docs/promises.md has tests whose names begin with its id, in the crates its row names, and no other.",
        look: promises::kept,
    },
    Rule {
        name: "checklist",
        sentence: "Each test that a table of docs/security-checklist.md names is among the tests of the crates.",
        look: checklist::shown,
    },
    Rule {
        name: "screens",
        sentence: "ui ← domain ← app in web/src, no Ant Design in ui/, and none in anything app-field or app-customer loads.",
        look: screens::zones,
    },
];

/// Runs all rules and prints what they found: each rule is one check.
pub fn judge() -> (Tally, Option<String>) {
    println!("--- tidy");
    let mut tally = Tally::default();
    let mut broken = Vec::new();
    let (tree, exemptions) = match read(&root()) {
        Ok(read) => read,
        Err(problem) => {
            return (Tally { passed: 0, failed: 1 }, Some(problem));
        }
    };
    for rule in RULES {
        let findings = rule.findings(&tree, &exemptions);
        if findings.is_empty() {
            tally.passed += 1;
            continue;
        }
        tally.failed += 1;
        broken.push(format!("{} ({})", rule.name, findings.len()));
        println!("\n{}: {}", rule.name, rule.sentence);
        for finding in findings {
            println!("  {finding}");
        }
    }
    println!("{} files, {} rules, {} broken", tree.files.len(), RULES.len(), broken.len());
    let problem = (!broken.is_empty()).then(|| format!("house rules broken: {}", broken.join(", ")));
    (tally, problem)
}

/// The verb.
pub fn run() -> Outcome {
    let (_, problem) = judge();
    problem.map_or(Ok(()), Err)
}

impl Rule {
    fn findings(&self, tree: &Tree, exemptions: &[Exemption]) -> Vec<Finding> {
        let mut findings = Vec::new();
        (self.look)(tree, &mut findings);
        let exempt =
            |path: &str| exemptions.iter().any(|one| one.rule == self.name && matches(&one.pattern, path));
        findings.retain(|finding| !exempt(&finding.path));
        findings.sort();
        findings.dedup();
        findings
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

impl Tree {
    fn read(root: &Path) -> Self {
        let paths = tracked(root).unwrap_or_else(|| walked(root));
        let mut files = BTreeMap::new();
        for path in paths {
            // A file deleted since the listing is no part of the project any more; a link's target is.
            let Ok(content) = std::fs::read(root.join(&path)) else {
                continue;
            };
            files.insert(path.clone(), Source::new(&path, content));
        }
        Self { files }
    }

    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        let source =
            |(path, text): &(&str, &str)| ((*path).to_owned(), Source::new(path, text.as_bytes().to_vec()));
        Self { files: files.iter().map(source).collect() }
    }
}

/// What git has or would take in.
fn tracked(root: &Path) -> Option<Vec<String>> {
    let answer = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    if !answer.status.success() {
        return None;
    }
    let names = String::from_utf8_lossy(&answer.stdout).into_owned();
    Some(names.split('\0').filter(|name| !name.is_empty()).map(String::from).collect())
}

/// The same without git: everything but what is built or installed.
fn walked(root: &Path) -> Vec<String> {
    let built = ["target", "node_modules", "dist", ".git", "pictures"];
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let path = folder.join(&name);
            if entry.path().is_dir() {
                if !built.iter().any(|one| name == *one) {
                    folders.push(path);
                }
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}

/// A line of tidy.allow.
#[derive(Debug, PartialEq, Eq)]
struct Exemption {
    rule: String,
    pattern: String,
}

const ALLOW: &str = "xtask/tidy.allow";

fn read(root: &Path) -> Result<(Tree, Vec<Exemption>), String> {
    let text = std::fs::read_to_string(root.join(ALLOW))
        .map_err(|error| format!("{ALLOW} can't be read: {error}"))?;
    Ok((Tree::read(root), exemptions(&text)?))
}

fn exemptions(text: &str) -> Result<Vec<Exemption>, String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut words = line.split_whitespace();
        let (Some(rule), Some(pattern), Some(_reason)) = (words.next(), words.next(), words.next()) else {
            return Err(format!("{ALLOW}:{}: a line is a rule, a path pattern and a reason.", number + 1));
        };
        if !RULES.iter().any(|known| known.name == rule) {
            return Err(format!("{ALLOW}:{}: there is no rule `{rule}`.", number + 1));
        }
        found.push(Exemption { rule: rule.into(), pattern: pattern.into() });
    }
    Ok(found)
}

/// Whether a path fits a pattern: `*` within one folder, `**/` any folders, `**` anything.
fn matches(pattern: &str, path: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix("**/") {
        return matches(rest, path) || path.match_indices('/').any(|(at, _)| matches(rest, &path[at + 1..]));
    }
    if pattern == "**" {
        return true;
    }
    if let Some(rest) = pattern.strip_prefix('*') {
        let end = path.find('/').unwrap_or(path.len());
        return path[..end]
            .char_indices()
            .map(|(at, _)| at)
            .chain([end])
            .any(|at| matches(rest, &path[at..]));
    }
    let mut wanted = pattern.chars();
    let mut there = path.chars();
    match (wanted.next(), there.next()) {
        (None, None) => true,
        (Some(a), Some(b)) if a == b => matches(wanted.as_str(), there.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a rule finds in these files, as `path:line` words.
    pub fn found(rule: &str, files: &[(&str, &str)]) -> Vec<String> {
        let rule = RULES.iter().find(|one| one.name == rule).expect("a rule of that name");
        let findings = rule.findings(&Tree::of(files), &[]);
        findings.iter().map(|finding| format!("{}:{}", finding.path, finding.line)).collect()
    }

    #[test]
    fn patterns_match_paths() {
        let cases = [
            ("web/*.html", "web/desk.html", true),
            ("web/*.html", "web/src/x.html", false),
            ("**/texts/**", "crates/kit/texts/zh-CN.json", true),
            ("**/texts/**", "texts/en.json", true),
            ("**/texts/**", "crates/contexts/a.rs", false),
            ("docs/**", "docs/decisions/0001.md", true),
            ("**/*.md", "README.md", true),
            ("**/*.md", "docs/a/b.md", true),
            ("crates/*/src/seed.rs", "crates/policy/src/seed.rs", true),
            ("crates/*/src/seed.rs", "crates/policy/src/x/seed.rs", false),
            ("LICENSE", "LICENSE", true),
            ("LICENSE", "LICENSE.txt", false),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(matches(pattern, path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn an_exemption_holds_for_its_rule_and_path_only() {
        let tree = Tree::of(&[("a.md", "// FIXME later"), ("b.md", "// FIXME later")]);
        let rule = RULES.iter().find(|one| one.name == "words").unwrap();
        let allowed = exemptions("# sample\nwords a.md a page about the word\nsql b.md no matter").unwrap();
        let paths: Vec<_> = rule.findings(&tree, &allowed).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["b.md"]);
    }

    #[test]
    fn an_exemption_needs_a_known_rule_and_a_reason() {
        assert!(exemptions("words a.md").unwrap_err().contains("tidy.allow:1"));
        assert!(exemptions("\nwrods a.md why").unwrap_err().contains("`wrods`"));
    }

    #[test]
    fn the_project_itself_can_be_read() {
        let (tree, allowed) = read(&root()).unwrap();
        assert!(tree.files.contains_key("xtask/src/tidy/mod.rs"));
        assert!(!tree.files.keys().any(|path| path.starts_with("target/")));
        assert!(!allowed.is_empty());
    }
}
