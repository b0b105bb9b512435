//! `generate`: the files that are derived from the program and checked in, so that a change of the API,
//! the tables, the errors or the crates' edges shows up in review.

use std::collections::BTreeSet;
use std::path::Path;

use crate::process::{Step, Tally};
use crate::{Outcome, aftercare_bin, demo, root, web};

/// Writes the files, or with `--check` only compares.
pub fn generate(arguments: &[String]) -> Outcome {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("generate [--check]".into()),
    };
    if check {
        let (_, problem) = compare();
        return problem.map_or(Ok(()), Err);
    }
    demo::build_server()?;
    for document in DOCUMENTS {
        let path = root().join(document.path);
        let text = document.text()?;
        if std::fs::read(&path).is_ok_and(|found| found == text) {
            println!("unchanged  {}", document.path);
            continue;
        }
        write(&path, &text)?;
        println!("written    {}", document.path);
    }
    web::ensure_packages()?;
    Step::npm("npm run generate", &["run", "generate"]).must()
}

/// Compares every generated file with the one that is checked in: one check each.
pub fn compare() -> (Tally, Option<String>) {
    let mut tally = Tally::default();
    let mut problems = Vec::new();
    let mut judge = |path: &str, answer: Result<bool, String>| match answer {
        Ok(true) => {
            println!("the same   {path}");
            tally.passed += 1;
        }
        Ok(false) => {
            println!("differs    {path}");
            tally.failed += 1;
            problems.push(path.to_owned());
        }
        Err(error) => {
            tally.failed += 1;
            problems.push(format!("{path} ({error})"));
        }
    };
    if let Err(error) = demo::build_server() {
        judge("docs/", Err(error));
    } else {
        for document in DOCUMENTS {
            let committed = root().join(document.path);
            judge(document.path, document.text().map(|text| same(&committed, &text)));
        }
        judge("web/src (generated files)", screens_are_current());
    }
    let problem = (!problems.is_empty()).then(|| {
        format!(
            "not as generated: {}. Mend with `cargo xtask generate` and look at the difference.",
            problems.join(", ")
        )
    });
    (tally, problem)
}

fn same(committed: &Path, text: &[u8]) -> bool {
    std::fs::read(committed).is_ok_and(|found| found == text)
}

fn write(path: &Path, text: &[u8]) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("{} can't be written: {error}", path.display()))
}

/// A file under docs/ and where its text comes from.
struct Document {
    path: &'static str,
    source: Source,
}

enum Source {
    /// What `aftercare VERB` prints.
    Verb(&'static str),
    CrateGraph,
}

const DOCUMENTS: &[Document] = &[
    Document { path: "docs/openapi.json", source: Source::Verb("openapi") },
    Document { path: "docs/schema.sql", source: Source::Verb("schema") },
    Document { path: "docs/errors.md", source: Source::Verb("errors") },
    Document { path: "docs/told.md", source: Source::Verb("told") },
    Document { path: "docs/crate-graph.txt", source: Source::CrateGraph },
];

impl Document {
    /// The text as it should be checked in, ending in one line feed.
    fn text(&self) -> Result<Vec<u8>, String> {
        let mut text = match self.source {
            Source::Verb(verb) => {
                Step::new(&format!("aftercare {verb}"), aftercare_bin()).args(&[verb]).output()?
            }
            Source::CrateGraph => crate_graph()?.into_bytes(),
        };
        while text.last().is_some_and(u8::is_ascii_whitespace) {
            text.pop();
        }
        if text.is_empty() {
            return Err("nothing was printed".into());
        }
        text.push(b'\n');
        Ok(text)
    }
}

/// Whether the web app's generated files are what docs/openapi.json gives; their script says which are not.
fn screens_are_current() -> Result<bool, String> {
    web::ensure_packages()?;
    let check = Step::npm("npm run generate -- --check", &["run", "generate", "--", "--check"]);
    check.must().map(|()| true)
}

/// Who uses whom among the workspace's crates: `cases -> coverage`, sorted; a crate without edges
/// stands alone on its line. Edges of tests are left out, they bind nobody.
fn crate_graph() -> Result<String, String> {
    let arguments = [
        "tree",
        "--workspace",
        "--depth",
        "1",
        "--edges",
        "normal,build",
        "--prefix",
        "depth",
        "--format",
        " {p}",
        "--no-dedupe",
    ];
    let tree = Step::new("cargo tree", crate::process::cargo()).args(&arguments).output()?;
    Ok(edges(&String::from_utf8_lossy(&tree)))
}

fn edges(tree: &str) -> String {
    let lines: Vec<(bool, &str)> = tree
        .lines()
        .filter_map(|line| {
            let (depth, package) = line.split_once(' ')?;
            Some((depth == "0", package.split(' ').next()?))
        })
        .collect();
    let members: BTreeSet<&str> = lines.iter().filter(|(own, _)| *own).map(|(_, name)| *name).collect();
    let mut text = BTreeSet::new();
    let mut current = "";
    let mut alone: BTreeSet<&str> = members.clone();
    for (own, name) in lines {
        if own {
            current = name;
        } else if members.contains(name) {
            text.insert(format!("{current} -> {name}\n"));
            alone.remove(current);
        }
    }
    text.extend(alone.into_iter().map(|name| format!("{name}\n")));
    text.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graph_shows_own_crates_only_sorted() {
        let tree = "\
0 kit v0.1.0 (folder)
1 serde v1.0.0

0 cases v0.1.0 (folder)
1 kit v0.1.0 (folder)
1 coverage v0.1.0 (folder)
1 serde v1.0.0

0 coverage v0.1.0 (folder)
1 kit v0.1.0 (folder)
";
        assert_eq!(edges(tree), "cases -> coverage\ncases -> kit\ncoverage -> kit\nkit\n");
    }
}
