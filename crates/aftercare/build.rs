//! Rebuilds the embedded web app when it was built anew. It calls nothing: `cargo xtask` builds the web app.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
