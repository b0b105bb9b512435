//! What people and other domains do with coverage: one function per use.

pub mod agreements;
pub mod decide;
pub mod designated;
pub mod exclude;
pub mod overrule;
pub mod parts;
pub mod rerun;
