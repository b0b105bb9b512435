//! The rule on the security checklist: each test that it names is there.

use std::collections::BTreeSet;

use super::promises::named;
use super::rules::hit;
use super::{Finding, Tree};

const PAGE: &str = "docs/security-checklist.md";

/// Looks for every test that the page names between backticks, in its tables.
pub fn shown(tree: &Tree, findings: &mut Vec<Finding>) {
    let Some(page) = tree.files.get(PAGE) else {
        return;
    };
    let tests: BTreeSet<&str> = named(tree).into_iter().map(|(_, _, name)| name).collect();
    for (at, line) in page.lines.iter().enumerate().filter(|(_, line)| line.starts_with('|')) {
        for name in line.split('`').skip(1).step_by(2).filter_map(test_of) {
            let there = match name.strip_suffix('…') {
                Some(begin) => tests.iter().any(|test| test.starts_with(begin)),
                None => tests.contains(name),
            };
            if !there {
                hit(findings, PAGE, at + 1, format!("there is no test {name}"));
            }
        }
    }
}

/// The name in `it a_test_with_a_name` or `kit module::a_test_with_…`: a test is told from other words by its length.
fn test_of(words: &str) -> Option<&str> {
    let name = words.rsplit([' ', ':']).next()?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '…';
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    (begins && name.chars().all(fits) && (name.matches('_').count() > 2 || name.ends_with("_…")))
        .then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn a_test_that_the_checklist_names_is_there() {
        let page = |text: &'static str| ("docs/security-checklist.md", text);
        let test = (
            "crates/aftercare/tests/it/a.rs",
            "both!(\n    it_is_shown_here,\n    |w| x);\nboth!(g14_x, |w| y);\n",
        );
        let shown = "Words `it a_b_c_d`\n| 1 | `it it_is_shown_here`, `kit files::`, `a_b`, `g14_…` |\n";
        assert!(found("checklist", &[page(shown), test]).is_empty());
        let gone = page("| 1 | `it it_is_shown_there` |\n| 2 | `g15_…` |\n");
        assert_eq!(
            found("checklist", &[gone, test]),
            ["docs/security-checklist.md:1", "docs/security-checklist.md:2"]
        );
    }
}
