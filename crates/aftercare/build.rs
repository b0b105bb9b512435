//! Rebuilds the embedded web app when it was built anew, lets the linker fold functions that are the same, and packs relocations.
//!
//! It doesn't build the web app: `cargo xtask` does.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Keeps one of all functions with the same instructions (lld, mold and gold know it; GNU ld doesn't).
const FOLD: &str = "-Wl,--icf=all";
/// Packs the list of places that the loader fills in at every start: 3.5 MB that stay in memory without it. The loader must know it
/// too (glibc from 2.36).
const PACK: &str = "-Wl,-z,pack-relative-relocs";

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
    println!("cargo:rerun-if-changed=build.rs");
    for (flag, loaded) in [(FOLD, false), (PACK, true)] {
        if linked(flag).is_some_and(|program| !loaded || runs(&program)) {
            println!("cargo:rustc-link-arg-bins={flag}");
        }
    }
}

// Asked of the very linker that this build uses, with an empty program.
fn linked(flag: &str) -> Option<PathBuf> {
    let target = std::env::var("TARGET").ok()?;
    if !target.contains("linux") {
        return None;
    }
    let program = PathBuf::from(std::env::var_os("OUT_DIR")?).join("linked");
    let flags = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let mut rustc = Command::new(std::env::var_os("RUSTC")?);
    rustc.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    if let Some(linker) = std::env::var_os("RUSTC_LINKER") {
        rustc.arg("-C").arg(format!("linker={}", linker.to_string_lossy()));
    }
    rustc.args(["--crate-name", "linked", "--target", &target, "-C", &format!("link-arg={flag}"), "-o"]);
    let mut asked = rustc
        .arg(&program)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    asked.stdin.take()?.write_all(b"fn main() {}").ok()?;
    asked.wait().ok()?.success().then_some(program)
}

// Whether this machine's loader starts it; another machine's is not asked.
fn runs(program: &Path) -> bool {
    std::env::var("TARGET").ok() == std::env::var("HOST").ok()
        && Command::new(program).output().is_ok_and(|ended| ended.status.success())
}
