//! The web app's packages and build, done again only when something they stand on has changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::process::Step;
use crate::{Outcome, root, target_dir};

/// Installs the web app's npm packages if they are missing or the lock file has changed.
pub fn ensure_packages() -> Outcome {
    install("web", "npm")
}

/// The same for Lighthouse, whose packages no build and no test needs.
pub fn ensure_lighthouse() -> Outcome {
    install("web/lighthouse", "npm-lighthouse")
}

fn install(folder: &str, stamp: &str) -> Outcome {
    let at = root().join(folder);
    let lock = at.join("package-lock.json");
    if !lock.is_file() {
        return Err(format!(
            "{folder}/package-lock.json is missing: the clone is incomplete (git status shows what is gone)."
        ));
    }
    let print = fingerprint(&[lock, at.join("package.json"), at.join(".npmrc")]);
    let stamp = Stamp::new(stamp);
    if at.join("node_modules").is_dir() && stamp.is(&print) {
        return Ok(());
    }
    stamp.forget();
    lock_is_current(folder)?;
    // Not `npm ci`: npm 11 refuses a lock that lacks the optional packages of other systems, and a lock made
    // where those can't be fetched lacks them. This installs what is locked too, and leaves the lock alone.
    let name = format!("npm install (as locked) in {folder}");
    Step::npm(&name, &["install", "--no-save", "--no-audit", "--no-fund"]).folder(&at).must()?;
    stamp.write(&print)
}

/// `npm ci` would refuse a lock file that was made for another package.json; so do we.
fn lock_is_current(folder: &str) -> Outcome {
    const COMPARE: &str = "
        const asked = require('./package.json'), locked = require('./package-lock.json').packages[''];
        const text = (p) => ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
            .map((kind) => JSON.stringify(Object.entries(p[kind] ?? {}).sort())).join();
        process.exit(text(asked) === text(locked) ? 0 : 1);";
    let compare = Step::new("comparing package.json with its lock", "node");
    compare.args(&["-e", COMPARE]).folder(&root().join(folder)).output().map(|_| ()).map_err(|_| {
        format!("{folder}/package-lock.json was not made for this {folder}/package.json: run `npm install` in {folder}/ and commit both.")
    })
}

/// Builds the web app into web/dist if its sources have changed since the last build.
/// Returns whether it was built.
pub fn ensure_built() -> Result<bool, String> {
    ensure_packages()?;
    let print = fingerprint(&sources());
    let stamp = Stamp::new("web");
    if root().join("web/dist").is_dir() && stamp.is(&print) {
        return Ok(false);
    }
    stamp.forget();
    Step::npm("npm run build", &["run", "build"]).must()?;
    stamp.write(&print)?;
    Ok(true)
}

/// All that the build may read: the web folder without what it produces, and the catalogues of texts.
fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let built = ["node_modules", "dist", "e2e", "tests", "lighthouse"];
    collect(&root().join("web"), &built, &mut files);
    collect(&root().join("texts"), &[], &mut files);
    for krate in std::fs::read_dir(root().join("crates")).into_iter().flatten().flatten() {
        collect(&krate.path().join("texts"), &[], &mut files);
    }
    files.sort();
    files
}

fn collect(folder: &Path, except: &[&str], files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if except.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if path.is_dir() {
            collect(&path, &[], files);
        } else {
            files.push(path);
        }
    }
}

/// A number over names and contents. It only has to differ after a change; a newer compiler may give
/// another number, which costs one more build.
fn fingerprint(files: &[PathBuf]) -> String {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        std::fs::read(file).ok().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// A file that remembers the fingerprint of what was last built.
struct Stamp(PathBuf);

impl Stamp {
    fn new(name: &str) -> Self {
        Self(target_dir().join("xtask").join(format!("{name}.stamp")))
    }

    fn is(&self, print: &str) -> bool {
        std::fs::read_to_string(&self.0).is_ok_and(|found| found == print)
    }

    fn forget(&self) {
        // Nothing to forget is as good.
        let _ = std::fs::remove_file(&self.0);
    }

    fn write(&self, print: &str) -> Outcome {
        let folder = self.0.parent().unwrap_or(&self.0);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&self.0, print))
            .map_err(|error| format!("{} can't be written: {error}", self.0.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_a_new_file_and_a_new_name_are_seen() {
        let folder = std::env::temp_dir().join(format!("aftercare-stamp-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("node_modules")).unwrap();
        let print = || {
            let mut files = Vec::new();
            collect(&folder, &["node_modules"], &mut files);
            files.sort();
            fingerprint(&files)
        };
        std::fs::write(folder.join("a.ts"), "1").unwrap();
        let first = print();
        assert_eq!(first, print());
        std::fs::write(folder.join("node_modules/x"), "1").unwrap();
        assert_eq!(first, print(), "packages are not sources");
        std::fs::write(folder.join("a.ts"), "2").unwrap();
        let changed = print();
        assert_ne!(first, changed);
        std::fs::rename(folder.join("a.ts"), folder.join("b.ts")).unwrap();
        assert_ne!(changed, print());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
