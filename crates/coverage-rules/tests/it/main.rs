//! Coverage by case tables and by properties. Test names carry the promise they keep.

#![allow(
    clippy::unwrap_used,
    reason = "tests may unwrap; clippy sees only test functions, not their builders"
)]

mod exclusions;
mod layers;
mod lines;
mod policy;
mod properties;
mod record;
mod world;
