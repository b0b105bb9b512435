//! Rebuilds the embedded web app when it was built anew, and lets the linker fold functions that are the same.
//!
//! It doesn't build the web app: `cargo xtask` does.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Keeps one of all functions with the same instructions (lld, mold and gold know it; GNU ld doesn't).
const FOLD: &str = "-Wl,--icf=all";

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
    println!("cargo:rerun-if-changed=build.rs");
    if folds().unwrap_or(false) {
        println!("cargo:rustc-link-arg-bins={FOLD}");
    }
}

// Asked of the very linker that this build uses, with an empty program.
fn folds() -> Option<bool> {
    let target = std::env::var("TARGET").ok()?;
    if !target.contains("linux") {
        return Some(false);
    }
    let program = PathBuf::from(std::env::var_os("OUT_DIR")?).join("folds");
    let flags = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let mut rustc = Command::new(std::env::var_os("RUSTC")?);
    rustc.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    if let Some(linker) = std::env::var_os("RUSTC_LINKER") {
        rustc.arg("-C").arg(format!("linker={}", linker.to_string_lossy()));
    }
    rustc.args(["--crate-name", "folds", "--target", &target, "-C", &format!("link-arg={FOLD}"), "-o"]);
    let mut asked = rustc
        .arg(&program)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    asked.stdin.take()?.write_all(b"fn main() {}").ok()?;
    Some(asked.wait().ok()?.success())
}
