//! The rule on promises: each id of the page has tests that carry it, where the page says, and the other way round.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::hit;
use super::source::extension;
use super::{Finding, Tree};

const PAGE: &str = "docs/promises.md";

/// A test whose name begins with ids of promises.
struct Test {
    path: String,
    line: usize,
    name: String,
    ids: Vec<u32>,
}

/// Compares the page with the names of the tests.
pub fn kept(tree: &Tree, findings: &mut Vec<Finding>) {
    let Some(page) = tree.files.get(PAGE) else {
        return;
    };
    let tests = tests(tree);
    let mut there: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for test in &tests {
        for id in &test.ids {
            there.entry(*id).or_default().insert(room(&test.path));
        }
    }
    let mut named = BTreeSet::new();
    for (at, line) in page.lines.iter().enumerate() {
        let Some((id, rooms)) = row(line) else {
            continue;
        };
        named.insert(id);
        let found = there.get(&id).cloned().unwrap_or_default();
        if found.is_empty() {
            hit(findings, PAGE, at + 1, format!("P{id} has no test whose name begins with p{id}"));
        } else if found != rooms {
            let found: Vec<&str> = found.into_iter().collect();
            hit(findings, PAGE, at + 1, format!("P{id}'s tests stand in {}", found.join(", ")));
        }
    }
    for test in &tests {
        for id in test.ids.iter().filter(|id| !named.contains(id)) {
            hit(
                findings,
                &test.path,
                test.line,
                format!("{} is about P{id}, which the page leaves out", test.name),
            );
        }
    }
}

/// `P44` and the crates of the last column of a row of the table.
fn row(line: &str) -> Option<(u32, BTreeSet<&str>)> {
    let cells: Vec<&str> =
        line.trim().strip_prefix('|')?.trim_end_matches('|').split('|').map(str::trim).collect();
    let id = cells.first()?.strip_prefix('P')?.parse().ok()?;
    Some((id, cells.last()?.split(',').map(str::trim).collect()))
}

/// `cases` of `crates/cases/src/rules.rs`.
fn room(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or(path)
}

fn tests(tree: &Tree) -> Vec<Test> {
    let all = named(tree).into_iter();
    let found = all.map(|(path, line, name)| {
        let ids = ids(name);
        Test { path: path.to_owned(), line, name: name.to_owned(), ids }
    });
    found.filter(|test| !test.ids.is_empty()).collect()
}

/// Path, line and name of every test of the crates.
pub fn named(tree: &Tree) -> Vec<(&str, usize, &str)> {
    let mut found = Vec::new();
    for (path, source) in &tree.files {
        if !path.starts_with("crates/") || extension(path) != "rs" {
            continue;
        }
        let mut opened = false;
        for (at, line) in source.bare.iter().enumerate().skip(source.tests_from) {
            let line = line.trim();
            let name = if opened { word(line) } else { test_name(line) };
            // A long name stands on a line of its own.
            opened = line == "both!(";
            found.extend(name.map(|name| (path.as_str(), at + 1, name)));
        }
    }
    found
}

/// The name in `fn p44_…(` or `both!(p44_…,`.
fn test_name(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    word(line.strip_prefix("fn ").or_else(|| line.strip_prefix("both!("))?)
}

/// The name that a line begins with.
fn word(line: &str) -> Option<&str> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    Some(&line[..end])
}

/// 44 and 45 of `p44_p45_clocks_with_pauses`.
fn ids(name: &str) -> Vec<u32> {
    let id = |part: &str| part.strip_prefix('p')?.parse().ok();
    name.split('_').map_while(id).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    const RULES: &str = "crates/cases/src/rules.rs";
    const IT: &str = "crates/aftercare/tests/it/cases.rs";

    fn page(rows: &str) -> (&'static str, String) {
        ("docs/promises.md", format!("| Id | Tests in |\n|---|---|\n{rows}"))
    }

    fn findings(rows: &str, files: &[(&str, &str)]) -> Vec<String> {
        let (path, text) = page(rows);
        let mut all = vec![(path, text.as_str())];
        all.extend(files);
        found("promises", &all)
    }

    #[test]
    fn a_promise_has_tests_where_the_page_says() {
        let unit = (RULES, "fn a() {}\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn p10_p04_x() {}\n}\n");
        let both = (IT, "both!(p10_one_owner, |world| async move {});\n");
        assert!(findings("| P10 | cases, aftercare |\n| P4 | cases |\n", &[unit, both]).is_empty());
        assert_eq!(findings("| P10 | cases |\n| P4 | cases |\n", &[unit, both]), ["docs/promises.md:3"]);
        assert_eq!(findings("| P10 | aftercare |\n| P7 | care |\n", &[both]), ["docs/promises.md:4"]);
    }

    #[test]
    fn a_test_of_a_promise_that_the_page_leaves_out_is_named() {
        let one =
            (IT, "\nboth!(\n    p10_p99_x,\n    |world| async move {});\nfn p_of(x: u8) {}\nfn p3() {}\n");
        assert_eq!(findings("| P10 | aftercare |\n| P3 | aftercare |\n", &[one]), [format!("{IT}:3")]);
    }
}
