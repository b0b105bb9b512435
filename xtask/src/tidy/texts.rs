//! The rules on what a file says: in which language, and what it never says.

use super::crates::is_engine;
use super::rules::{hit, program};
use super::source::{Source, extension, has_word};
use super::{Finding, Tree};

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Chinese words stand in the catalogue of texts (decision 21), in engines and screens beside their English; a comment may name
/// the trade's own term.
pub fn chinese(tree: &Tree, findings: &mut Vec<Finding>) {
    const LOOKED_AT: [&str; 9] = ["rs", "ts", "tsx", "mts", "js", "mjs", "css", "html", "sh"];
    for (path, source) in &tree.files {
        if !LOOKED_AT.contains(&extension(path)) {
            continue;
        }
        // Engines stand alone and bring their words along; what stands on kit asks the catalogue.
        let ours = path.strip_prefix("crates/").and_then(|rest| rest.split_once("/src/"));
        let strict = ours.is_some_and(|(name, _)| !is_engine(name));
        let paired = extension(path) == "rs" && !strict;
        // The indentation of the last line that names the language: what is indented further is its text.
        let mut block: Option<usize> = None;
        for (number, line) in program(source, &source.code) {
            if line.trim().is_empty() {
                continue;
            }
            let indentation = line.len() - line.trim_start().len();
            if !strict && names_chinese(&source.bare[number - 1]) {
                block = Some(block.map_or(indentation, |open| open.min(indentation)));
            } else if block.is_some_and(|open| indentation <= open) {
                block = None;
            }
            let alone = block.is_none() && !(paired && has_english_near(source, number - 1));
            if alone && line.chars().any(is_chinese) {
                let words: String = line.chars().filter(|c| is_chinese(*c)).take(12).collect();
                hit(findings, path, number, words);
            }
        }
    }
}

/// Whether a line names the language: `zh_cn:`, `Language::Zh`, `fn message_zh`, `'zh-CN'`.
fn names_chinese(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "zh" | "Zh" | "ZhCn" | "zhCn" | "zhCN"))
}

/// Whether a string in English stands on the same line or within three lines.
fn has_english_near(source: &Source, at: usize) -> bool {
    let lines = at.saturating_sub(3)..(at + 4).min(source.bare.len());
    lines
        .into_iter()
        .any(|at| strings(&source.code[at], &source.bare[at]).iter().any(|text| is_english(text)))
}

/// The insides of the strings that begin and end on a line.
fn strings(code: &str, bare: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for (c, bare) in code.chars().zip(bare.chars()) {
        match (&mut open, bare) {
            (None, '"') => open = Some(String::new()),
            (Some(_), '"') => found.extend(open.take()),
            (Some(text), _) => text.push(c),
            (None, _) => {}
        }
    }
    found
}

/// Words in Latin letters, beside what stands in braces for values.
fn is_english(text: &str) -> bool {
    let mut depth = 0;
    let mut letters = 0;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if is_chinese(c) => return false,
            c if depth == 0 && c.is_ascii_alphabetic() => letters += 1,
            _ => {}
        }
    }
    letters >= 2
}

/// Words that no file may contain.
pub fn words(tree: &Tree, findings: &mut Vec<Finding>) {
    for (path, source) in &tree.files {
        for (at, line) in source.lines.iter().enumerate() {
            for word in ["TODO", "FIXME", "XXX"].into_iter().filter(|word| has_word(line, word)) {
                hit(findings, path, at + 1, format!("`{word}`"));
            }
            for word in ["todo!", "unimplemented!"].into_iter().filter(|word| line.contains(word)) {
                hit(findings, path, at + 1, format!("`{word}`"));
            }
            if let Some(folder) =
                ["/work/", "/home/", "/Users/", "/root/", "/tmp/"].iter().find(|folder| is_path(line, folder))
            {
                hit(findings, path, at + 1, format!("the path {folder}…"));
            }
            if let Some(host) = registry_in(line) {
                hit(findings, path, at + 1, format!("the address {host}"));
            }
        }
    }
}

/// Whether an absolute path begins with that folder: not a part of a longer path or of an address.
fn is_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '}' | ')' | '*'))
    })
}

/// The host of the first address of a package registry or a mirror.
fn registry_in(line: &str) -> Option<&str> {
    for scheme in ["https://", "http://"] {
        for (at, _) in line.match_indices(scheme) {
            let rest = &line[at + scheme.len()..];
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
                .unwrap_or(rest.len());
            let host = &rest[..end];
            let registry = |label: &str| {
                let starts =
                    ["registry", "npmmirror", "mirror", "pypi", "pythonhosted", "nexus", "artifactory"];
                starts.iter().any(|start| label.starts_with(start))
            };
            if host.split('.').any(registry) || host.ends_with(".crates.io") {
                return Some(host);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn chinese_stands_beside_its_english() {
        let alone = "fn a() {\n    show(\"已关闭\");\n}";
        assert_eq!(found("chinese", &[("crates/x/src/a.rs", alone)]), ["crates/x/src/a.rs:2"]);
        assert_eq!(found("chinese", &[("web/src/cases/List.tsx", "<b>工单</b>")]).len(), 1);
        let foreign = "    let a = format!(\"{id} 已关闭\");\n    b(\"{id}\");";
        assert_eq!(found("chinese", &[("crates/history/src/a.rs", foreign)]).len(), 1);
        assert_eq!(found("chinese", &[("web/src/a.ts", "const a = ['已关闭', 'Closed']")]).len(), 1);
        let fine = [
            "Text {\n    zh_cn: \"已关闭\",\n    en: \"Closed\",\n}",
            "Text::new(\n    \"已关闭\",\n    \"Closed\",\n)",
            "fn message_zh(&self) -> String {\n    match self {\n        A => a,\n        B => b,\n        C => \"已关闭\",\n    }\n}",
            "/// A case 工单 that was closed 已关闭.",
            "let list = ids.join(\"、\");",
            "fn a() {}\n#[cfg(test)]\nmod tests {\n    a(\"测试\")\n}",
        ];
        for text in fine {
            assert!(found("chinese", &[("crates/history/src/a.rs", text)]).is_empty(), "{text}");
        }
        // What stands on kit asks the catalogue, also for pairs.
        for (at, text) in fine.iter().enumerate() {
            let pairs = found("chinese", &[("crates/care/src/rules.rs", text)]);
            assert_eq!(pairs.is_empty(), at > 2, "{text}");
        }
    }

    #[test]
    fn unfinished_work_foreign_paths_and_registries_are_named() {
        let bad = [
            "fn a() { todo!() }",
            "// TODO: later",
            "// FIXME",
            "XXX",
            "see /work/notes.md",
            "`/home/li/project`",
            "\"resolved\": \"https://registry.example.org/react.tgz\"",
            "curl https://index.crates.io/x",
            "pip -i http://pypi.example.com/simple",
        ];
        for text in bad {
            assert_eq!(found("words", &[("web/a.json", text)]).len(), 1, "{text}");
        }
        let good = [
            "the method",
            "aftercare.XXXXXX",
            "src/work/plan.rs",
            "https://example.org/work/1",
            "registry+https://github.com/rust-lang/crates.io-index",
            "http://www.w3.org/2000/svg",
        ];
        for text in good {
            assert!(found("words", &[("web/a.json", text)]).is_empty(), "{text}");
        }
    }
}
