//! The rules on who imports whom in the web app.

use std::collections::BTreeSet;

use super::source::{Source, extension};
use super::{Finding, Tree};

const SRC: &str = "web/src/";

/// An import of a module that is there when the program runs; types alone leave no trace.
struct Import<'a> {
    line: usize,
    from: &'a str,
}

fn imports(source: &Source) -> Vec<Import<'_>> {
    let mut found = Vec::new();
    let mut types_only = false;
    for (at, line) in source.code.iter().enumerate() {
        let begin = line.trim_start();
        if begin.starts_with("import ") || begin.starts_with("export ") || begin.starts_with("import{") {
            types_only = begin.starts_with("import type ") || begin.starts_with("export type ");
        }
        for word in ["from ", "import ", "import(", "from"] {
            for (place, _) in line.match_indices(word) {
                let rest = line[place + word.len()..].trim_start();
                let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`')) else {
                    continue;
                };
                let Some((from, _)) = rest[1..].split_once(quote) else {
                    continue;
                };
                if !types_only || word == "import(" {
                    found.push(Import { line: at + 1, from });
                }
            }
        }
    }
    found.sort_by_key(|import| (import.line, import.from.len()));
    found.dedup_by(|a, b| a.line == b.line && a.from == b.from);
    found
}

fn is_ant_design(from: &str) -> bool {
    from == "antd" || from.starts_with("antd/") || from.starts_with("@ant-design/")
}

/// The file of the project that an import names; none for a package.
fn resolve<'t>(tree: &'t Tree, importer: &str, from: &str) -> Option<&'t str> {
    let path = if let Some(rest) = from.strip_prefix("@/") {
        format!("{SRC}{rest}")
    } else if from.starts_with('.') {
        let mut parts: Vec<&str> = importer.split('/').collect();
        parts.pop();
        for part in from.split('/') {
            match part {
                "." | "" => {}
                ".." => {
                    parts.pop();
                }
                name => parts.push(name),
            }
        }
        parts.join("/")
    } else {
        return None;
    };
    let path = path.split('?').next().unwrap_or_default();
    ["", ".ts", ".tsx", "/index.ts", "/index.tsx"].iter().find_map(|end| {
        let (found, _) = tree.files.get_key_value(&format!("{path}{end}"))?;
        Some(found.as_str())
    })
}

/// The first folder under web/src.
fn zone(path: &str) -> &str {
    path.strip_prefix(SRC).and_then(|rest| rest.split_once('/')).map_or("", |(zone, _)| zone)
}

/// `ui` ← domain ← `app`, and Ant Design for the desk only.
pub fn zones(tree: &Tree, findings: &mut Vec<Finding>) {
    let domains: BTreeSet<&str> =
        tree.files.keys().filter_map(|path| path.strip_prefix("crates/")?.split('/').next()).collect();
    let mut light = Vec::new();
    for (path, source) in &tree.files {
        let here = zone(path);
        if here.is_empty() || !matches!(extension(path), "ts" | "tsx") {
            continue;
        }
        if matches!(here, "app-field" | "app-customer") {
            light.push(path.as_str());
        }
        for import in imports(source) {
            let there = resolve(tree, path, import.from).map_or("", zone);
            let wrong = match here {
                "ui" if is_ant_design(import.from) || there == "ui-desk" => true,
                "ui" | "ui-desk" if domains.contains(there) => true,
                _ => there.starts_with("app-") && there != here,
            };
            if wrong {
                let what = format!("{here}/ may not import {}", import.from);
                findings.push(Finding { path: path.clone(), line: import.line, what });
            }
        }
    }
    for path in light {
        heavy(tree, path, findings);
    }
}

/// Follows all imports from one file of a light app; Ant Design must not be reached.
fn heavy(tree: &Tree, start: &str, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::from([start]);
    let mut next = vec![start];
    while let Some(path) = next.pop() {
        let Some(source) = tree.files.get(path) else {
            continue;
        };
        for import in imports(source) {
            if is_ant_design(import.from) {
                let what = format!("imports {}, and {start} loads it", import.from);
                findings.push(Finding { path: path.into(), line: import.line, what });
            }
            if let Some(found) = resolve(tree, path, import.from)
                && seen.insert(found)
            {
                next.push(found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn ui_knows_neither_ant_design_nor_domains() {
        let crates = ("crates/cases/Cargo.toml", "");
        let case = ("web/src/cases/list.ts", "export const a = 1");
        for text in [
            "import { Button } from 'antd';",
            "import {\n  Button,\n} from \"antd\";",
            "import x from 'antd/es/button'",
            "import '@ant-design/icons'",
            "const a = import('../cases/list')",
            "import { a } from '@/cases/list'",
        ] {
            let files = [crates, case, ("web/src/ui/Button.tsx", text)];
            assert_eq!(found("screens", &files).len(), 1, "{text}");
        }
        for text in ["import type { Size } from 'antd';", "// import 'antd'", "import { x } from './Other'"] {
            let files = [crates, case, ("web/src/ui/Button.tsx", text)];
            assert!(found("screens", &files).is_empty(), "{text}");
        }
        let desk = [("web/src/ui-desk/Table.tsx", "import { Table } from 'antd'")];
        assert!(found("screens", &desk).is_empty());
    }

    #[test]
    fn light_apps_load_no_ant_design_however_far_away() {
        let files = [
            ("web/src/app-field/main.tsx", "import { Visit } from '../visits/Visit'"),
            (
                "web/src/visits/Visit.tsx",
                "import { Table } from '@/ui-desk/Table'\nexport const Visit = Table",
            ),
            ("web/src/ui-desk/Table.tsx", "\nimport { Table } from 'antd'\nexport { Table }"),
        ];
        assert_eq!(found("screens", &files), ["web/src/ui-desk/Table.tsx:2"]);
        let desk = [("web/src/app-desk/main.tsx", "import { Table } from '../ui-desk/Table'"), files[2]];
        assert!(found("screens", &desk).is_empty());
    }

    #[test]
    fn nobody_imports_an_app() {
        let files = [
            ("web/src/app-desk/routes.ts", "export const routes = []"),
            ("web/src/cases/List.tsx", "import { routes } from '../app-desk/routes'"),
        ];
        assert_eq!(found("screens", &files), ["web/src/cases/List.tsx:1"]);
    }
}
