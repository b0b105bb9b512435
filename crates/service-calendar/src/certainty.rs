//! How sure an answer is, when it leans on a holiday list that may not be published yet.

use serde::{Deserialize, Serialize};

/// Whether the holiday lists of all years an answer leans on are published (decision 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Certainty {
    /// Every day looked at lies under a published list, or no list is needed.
    Published,
    /// The list of `year` (the earliest one missing) is not published yet: weekly hours alone were applied, and the
    /// answer has to be derived again once that year is imported.
    Provisional {
        /// The earliest year whose list is missing.
        year: i16,
    },
}

impl Certainty {
    /// The weaker of two: provisional wins, and of two provisional ones the earlier year.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Published, any) | (any, Self::Published) => any,
            (Self::Provisional { year: a }, Self::Provisional { year: b }) => {
                Self::Provisional { year: if a < b { a } else { b } }
            }
        }
    }

    /// True when nothing is missing.
    #[must_use]
    pub const fn is_published(self) -> bool {
        matches!(self, Self::Published)
    }
}

/// A value together with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer<T> {
    /// The answer itself.
    pub value: T,
    /// Whether it may change when a year is imported.
    pub certainty: Certainty,
}
