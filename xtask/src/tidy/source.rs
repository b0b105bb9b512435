//! A file as the rules see it: its lines, and the same lines without comments and without strings.

/// One file of the project.
pub struct Source {
    /// Bytes on disk.
    pub bytes: u64,
    /// The lines as written; empty for a binary file.
    pub lines: Vec<String>,
    /// The lines with comments blanked out.
    pub code: Vec<String>,
    /// The lines with comments and the insides of strings blanked out.
    pub bare: Vec<String>,
    /// The first line (from 0) of the tests at a Rust file's end; the number of lines if there are none.
    pub tests_from: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Rust,
    TypeScript,
    Other,
}

impl Source {
    /// Reads one file's content; what isn't UTF-8 text has no lines.
    pub fn new(path: &str, content: Vec<u8>) -> Self {
        let bytes = content.len() as u64;
        let text = String::from_utf8(content).ok().filter(|text| !text.contains('\0')).unwrap_or_default();
        let language = match extension(path) {
            "rs" => Language::Rust,
            "ts" | "tsx" | "mts" | "js" | "mjs" | "jsx" => Language::TypeScript,
            _ => Language::Other,
        };
        let (code, bare) = match language {
            Language::Other => (text.clone(), text.clone()),
            _ => Mask::of(&text, language),
        };
        let split = |text: &str| text.lines().map(String::from).collect::<Vec<_>>();
        let lines = split(&text);
        let tests_from = if in_tests(path) { 0 } else { tests_begin(&lines) };
        Self { bytes, code: split(&code), bare: split(&bare), lines, tests_from }
    }
}

/// What follows the last dot of the name.
pub fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Whether the whole file is a test or a measurement.
fn in_tests(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    let name = parts.next().unwrap_or_default();
    name == "tests.rs"
        || name.ends_with("_tests.rs")
        || name.contains(".test.")
        || parts.any(|folder| matches!(folder, "tests" | "benches" | "e2e" | "test"))
}

fn tests_begin(lines: &[String]) -> usize {
    let at = lines.windows(2).position(|pair| {
        let module = pair[1].trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        pair[0] == "#[cfg(test)]" && module.starts_with("mod ") && module.ends_with('{')
    });
    at.unwrap_or(lines.len())
}

/// Goes through a text once and writes two copies: without comments, and without comments and strings.
/// Both keep every line break, so that lines keep their numbers.
struct Mask<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    language: Language,
    code: String,
    bare: String,
}

impl<'a> Mask<'a> {
    fn of(text: &'a str, language: Language) -> (String, String) {
        let mut mask = Self {
            rest: text.chars().peekable(),
            language,
            code: String::with_capacity(text.len()),
            bare: String::with_capacity(text.len()),
        };
        mask.walk();
        (mask.code, mask.bare)
    }

    fn keep(&mut self, c: char) {
        self.code.push(c);
        self.bare.push(c);
    }

    fn in_string(&mut self, c: char) {
        self.code.push(c);
        self.bare.push(if c == '\n' { c } else { ' ' });
    }

    fn in_comment(&mut self, c: char) {
        let c = if c == '\n' { c } else { ' ' };
        self.keep(c);
    }

    fn walk(&mut self) {
        let mut before = ' ';
        while let Some(c) = self.rest.next() {
            match (c, self.rest.peek()) {
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string('"'),
                ('\'', _) if self.language == Language::Rust => self.quote_in_rust(),
                ('\'' | '`', _) if self.language == Language::TypeScript => self.string(c),
                ('r', Some('"' | '#')) if self.language == Language::Rust && !is_word(before) => {
                    self.raw_string()
                }
                _ => self.keep(c),
            }
            before = c;
        }
    }

    fn line_comment(&mut self) {
        self.in_comment('/');
        while let Some(c) = self.rest.next_if(|c| *c != '\n') {
            self.in_comment(c);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        let mut before = '/';
        self.in_comment(before);
        while let Some(c) = self.rest.next() {
            self.in_comment(c);
            match (before, c) {
                ('/', '*') if depth == 0 || self.language == Language::Rust => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    before = c;
                    continue;
                }
            }
            if depth == 0 {
                return;
            }
            before = ' ';
        }
    }

    /// A string with escapes. In TypeScript one in simple quotes ends with its line at the latest, so that
    /// a quote within a regular expression spoils no more than its line.
    fn string(&mut self, quote: char) {
        self.keep(quote);
        let one_line = self.language == Language::TypeScript && quote != '`';
        while let Some(c) = self.rest.next() {
            if c == quote || (one_line && c == '\n') {
                self.keep(c);
                return;
            }
            self.in_string(c);
            if c == '\\'
                && let Some(escaped) = self.rest.next()
            {
                self.in_string(escaped);
            }
        }
    }

    /// `'a'`, `'\n'` or a lifetime.
    fn quote_in_rust(&mut self) {
        self.keep('\'');
        let mut ahead = self.rest.clone();
        let first = ahead.next();
        if first == Some('\\') {
            for c in ['\\', ' '] {
                if self.rest.next().is_some() {
                    self.in_string(c);
                }
            }
            while let Some(c) = self.rest.next_if(|c| *c != '\'' && *c != '\n') {
                self.in_string(c);
            }
        } else if ahead.next() == Some('\'')
            && let Some(c) = self.rest.next()
        {
            self.in_string(c);
        } else {
            return;
        }
        if self.rest.next_if_eq(&'\'').is_some() {
            self.keep('\'');
        }
    }

    /// `r"…"` and `r#"…"#`; `r#name` is a name.
    fn raw_string(&mut self) {
        self.keep('r');
        let mut hashes = 0;
        while self.rest.next_if_eq(&'#').is_some() {
            self.keep('#');
            hashes += 1;
        }
        if self.rest.next_if_eq(&'"').is_none() {
            return;
        }
        self.keep('"');
        let mut run = None;
        for c in self.rest.by_ref() {
            self.code.push(c);
            self.bare.push(if c == '\n' { c } else { ' ' });
            run = match (c, run) {
                ('"', _) => Some(0),
                ('#', Some(n)) => Some(n + 1),
                _ => None,
            };
            if run == Some(hashes) {
                return;
            }
        }
    }
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a text contains a word that isn't part of a longer one.
pub fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(path: &str, text: &str) -> String {
        Source::new(path, text.into()).bare.join("\n")
    }

    #[test]
    fn comments_and_strings_are_blanked_and_lines_kept() {
        let text = "let a = \"SELECT // no\"; // axum\n/* axum\n /* deep */ axum */ let b = 'x';\nlet c: &'static str = r#\"a \" b\"#; z";
        let source = Source::new("a.rs", text.into());
        assert_eq!(source.bare.len(), 4 - 1 + 1);
        assert!(source.code[0].contains("SELECT // no") && !source.code.join("").contains("axum"));
        let bare = source.bare.join("\n");
        assert!(!bare.contains("SELECT") && !bare.contains("axum") && !bare.contains("a \" b"));
        assert!(bare.contains("let b =") && bare.contains("&'static str") && bare.ends_with("; z"), "{bare}");
    }

    #[test]
    fn quotes_in_characters_and_escapes_end_nothing() {
        assert!(bare("a.rs", r#"let q = '"'; let s = "a\"b"; let e = '\''; axum"#).ends_with("axum"));
        assert!(bare("a.rs", r"let n = '\u{4e00}'; fn f<'a>(x: &'a str) {} axum").ends_with("axum"));
        assert!(bare("a.ts", "const s = 'it\\'s'; const t = `x\n'y`; antd").ends_with("antd"));
        assert!(!bare("a.ts", "const s = 'antd'").contains("antd"));
        assert!(bare("a.ts", "const r = /['\"]/;\nantd").ends_with("antd"));
    }

    #[test]
    fn tests_are_told_from_the_program() {
        let source = Source::new("src/a.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n}\n".into());
        assert_eq!(source.tests_from, 1);
        assert_eq!(Source::new("src/a.rs", "fn a() {}\n".into()).tests_from, 1);
        assert_eq!(Source::new("crates/x/tests/it/a.rs", "fn a() {}\n".into()).tests_from, 0);
        assert_eq!(Source::new("web/src/a.test.ts", "x\n".into()).tests_from, 0);
    }

    #[test]
    fn words_are_whole() {
        assert!(has_word("a.XXX b", "XXX") && !has_word("mktemp XXXXXX", "XXX"));
        assert!(has_word("use axum::Router", "axum") && !has_word("axum_like", "axum"));
    }
}
