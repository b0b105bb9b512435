//! What the program costs: see `main`.

fn main() {}
