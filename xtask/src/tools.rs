//! What must be on the machine: found, installed where that can be done, or named in one sentence.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Outcome;
use crate::process::Step;

/// What a build needs: node, npm and a C compiler. All that is missing is named at once.
pub fn prerequisites() -> Outcome {
    let missing: Vec<String> = [node(), npm(), compiler()].into_iter().filter_map(Result::err).collect();
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n")) }
}

fn node() -> Outcome {
    let cure = "install Node.js 20.19 or later, or 22.12 or later: https://nodejs.org/en/download";
    let Some(version) = says("node", &["--version"]) else {
        return Err(format!("Node.js is missing; {cure}"));
    };
    match node_version(&version) {
        Some(found) if node_will_do(found) => Ok(()),
        _ => Err(format!("Node.js {} is too old for the web app's build; {cure}", version.trim())),
    }
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Vite 8 runs on 20.19 and on 22.12 upwards.
fn node_will_do(version: (u32, u32)) -> bool {
    match version.0 {
        20 => version.1 >= 19,
        22 => version.1 >= 12,
        major => major > 22,
    }
}

fn npm() -> Outcome {
    match says(crate::process::npm(), &["--version"]) {
        Some(_) => Ok(()),
        None => Err("npm is missing; it comes with Node.js (on Debian: apt-get install npm)".into()),
    }
}

fn compiler() -> Outcome {
    let named = std::env::var("CC").ok();
    let names = named.as_deref().into_iter().chain(["cc", "gcc", "clang", "cl"]);
    for name in names {
        if find(name).is_some() || Path::new(name).is_file() {
            return Ok(());
        }
    }
    Err("A C compiler is missing; it builds SQLite. Debian: apt-get install build-essential; \
         macOS: xcode-select --install; Windows: Visual Studio Build Tools"
        .into())
}

fn says(program: &str, arguments: &[&str]) -> Option<String> {
    let answer = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// A program by name on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|file| file.is_file())
}

/// Whether this process may do anything: PostgreSQL refuses to run so, and only so can apt-get install.
pub fn is_root() -> bool {
    cfg!(unix) && says("id", &["-u"]).is_some_and(|id| id.trim() == "0")
}

/// The browser for the walks: `AFTERCARE_CHROMIUM`, or the first Chromium or Chrome found.
pub fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("AFTERCARE_CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|file| file.is_file());
    }
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        .into_iter()
        .find_map(find)
        .or_else(|| {
            let known = [
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            ];
            known.into_iter().map(PathBuf::from).find(|file| file.is_file())
        })
}

/// Whether pictures of Chinese pages would show characters and not boxes. Where fontconfig is not
/// used (macOS, Windows) the system brings such fonts.
fn has_chinese_font() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    match says("fc-list", &[":lang=zh-cn", "family"]) {
        Some(fonts) => !fonts.trim().is_empty(),
        None => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file(),
    }
}

/// The folder of PostgreSQL's server programs, the newest found.
pub fn postgres_bin() -> Option<PathBuf> {
    let complete =
        |folder: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file());
    if let Some(named) = std::env::var_os("AFTERCARE_PG_BIN") {
        return Some(PathBuf::from(named)).filter(complete);
    }
    let on_path = find("initdb").and_then(|file| file.canonicalize().ok());
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    // Debian and Ubuntu; Homebrew on both kinds of Mac; Red Hat's packages from postgresql.org.
    for (parent, prefix) in [
        ("/usr/lib/postgresql", ""),
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
        ("/usr", "pgsql-"),
    ] {
        let Ok(folders) = std::fs::read_dir(parent) else {
            continue;
        };
        for folder in folders.flatten() {
            let name = folder.file_name().to_string_lossy().into_owned();
            if let Some(version) = name.strip_prefix(prefix).and_then(|number| number.parse().ok()) {
                found.push((version, folder.path().join("bin")));
            }
        }
    }
    found.sort();
    let on_path = on_path.and_then(|file| file.parent().map(PathBuf::from));
    on_path.into_iter().chain(found.into_iter().rev().map(|(_, folder)| folder)).find(complete)
}

/// Something the tests need beside the build's prerequisites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A browser.
    Chromium,
    /// A font with Chinese characters.
    ChineseFont,
    /// PostgreSQL's server programs.
    Postgres,
}

impl Need {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::ChineseFont, Self::Postgres];

    fn is_there(self) -> bool {
        match self {
            Self::Chromium => chromium().is_some(),
            Self::ChineseFont => has_chinese_font(),
            Self::Postgres => {
                std::env::var_os("AFTERCARE_TEST_POSTGRES").is_some() || postgres_bin().is_some()
            }
        }
    }

    fn package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::ChineseFont => "fonts-noto-cjk",
            Self::Postgres => "postgresql",
        }
    }

    /// What is missing and how to get it, in one sentence.
    fn sentence(self) -> &'static str {
        match self {
            Self::Chromium => {
                "Chromium is missing, the walks need it: install it (Debian: apt-get install chromium) \
                 or set AFTERCARE_CHROMIUM to the program of a Chromium or Chrome."
            }
            Self::ChineseFont => {
                "A font with Chinese characters is missing, the walks' pictures need it \
                 (Debian: apt-get install fonts-noto-cjk)."
            }
            Self::Postgres => {
                "PostgreSQL's server programs are missing, every test also runs on PostgreSQL: install them \
                 (Debian: apt-get install postgresql; macOS: brew install postgresql@17), set AFTERCARE_PG_BIN to \
                 the folder of initdb, or set AFTERCARE_TEST_POSTGRES to the URL of a server that the tests may use."
            }
        }
    }
}

/// Sees to it that the needs are met, installing Debian's packages where this process may.
pub fn ensure(needs: &[Need]) -> Outcome {
    let missing = || needs.iter().copied().filter(|need| !need.is_there()).collect::<Vec<_>>();
    let first = missing();
    if first.is_empty() {
        return Ok(());
    }
    let may_install =
        is_root() && find("apt-get").is_some() && std::env::var_os("AFTERCARE_NO_INSTALL").is_none();
    let mut installing = Ok(());
    if may_install {
        let mut packages: Vec<&str> = first.iter().map(|need| need.package()).collect();
        packages.dedup();
        installing = apt(&packages);
    }
    let mut sentences: Vec<String> = missing().iter().map(|need| need.sentence().to_owned()).collect();
    if sentences.is_empty() {
        return Ok(());
    }
    if let Err(error) = installing {
        sentences.push(error);
    }
    Err(sentences.join("\n"))
}

fn apt(packages: &[&str]) -> Outcome {
    let step = |name: &str, arguments: &[&str]| {
        Step::new(name, "apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .limit(Duration::from_mins(15))
    };
    step("apt-get update", &["update", "-q"]).must()?;
    let name = format!("apt-get install {}", packages.join(" "));
    step(&name, &["install", "-q", "-y", "--no-install-recommends"]).args(packages).must()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_judged_as_vite_does() {
        let cases = [("v20.18.3", false), ("v20.19.0", true), ("v21.7.1", false), ("v22.11.0", false)];
        let more = [("v22.12.0\n", true), ("v24.1.0", true), ("v18.20.0", false)];
        for (text, expected) in cases.into_iter().chain(more) {
            assert_eq!(node_version(text).map(node_will_do), Some(expected), "{text}");
        }
        assert_eq!(node_version("nonsense"), None);
    }

    #[test]
    fn every_need_names_its_cure() {
        for need in Need::ALL {
            assert!(need.sentence().contains(need.package()), "{need:?}");
        }
    }
}
