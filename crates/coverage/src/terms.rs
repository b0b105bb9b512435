//! The coverage part of a policy version, and the published holidays.

use std::sync::Arc;

use coverage_rules::CoveragePolicy;
use kit::{Failure, Ts, Tx};
use policy::{Book, Policy};
use service_calendar::HolidayYears;

use crate::errors::CoverageError;

/// What a decision is made by.
pub(crate) struct Terms {
    policy: Arc<Policy>,
    renumbered: Option<CoveragePolicy>,
    holidays: Arc<HolidayYears>,
}

impl Terms {
    fn of(policy: Arc<Policy>, book: &Book) -> Self {
        // A decision names one version; it is the policy's, whatever its coverage part was numbered by itself.
        let number = u32::try_from(policy.version).unwrap_or(u32::MAX);
        let own = &policy.content.coverage;
        let renumbered = (own.version != number).then(|| CoveragePolicy { version: number, ..own.clone() });
        Self { policy, renumbered, holidays: book.holidays().clone() }
    }

    /// The version in force at an instant.
    ///
    /// # Errors
    /// As the database says.
    pub async fn in_force(tx: &mut Tx, at: Ts) -> Result<Self, Failure> {
        let book = Book::open(tx).await?;
        Ok(Self::of(book.in_force(at), &book))
    }

    /// A version by its number.
    ///
    /// # Errors
    /// `coverage_policy_unknown`.
    pub async fn version(tx: &mut Tx, version: i64) -> Result<Self, Failure> {
        let book = Book::open(tx).await?;
        let policy = book.version(version).map_err(|_| CoverageError::PolicyVersionUnknown { version })?;
        Ok(Self::of(policy, &book))
    }

    /// Every version's coverage part, numbered by the policy's version.
    ///
    /// # Errors
    /// As the database says.
    pub async fn every(tx: &mut Tx) -> Result<Vec<CoveragePolicy>, Failure> {
        let book = Book::open(tx).await?;
        Ok(book.versions().map(|policy| Self::of(policy.clone(), &book).coverage().clone()).collect())
    }

    /// Its number.
    pub fn number(&self) -> i64 {
        self.policy.version
    }

    /// Its coverage part.
    pub fn coverage(&self) -> &CoveragePolicy {
        self.renumbered.as_ref().unwrap_or(&self.policy.content.coverage)
    }

    /// The published holidays.
    pub fn holidays(&self) -> &HolidayYears {
        &self.holidays
    }
}
