//! The promise in force here, as the import asks for it.

use std::sync::Arc;

use history::{KindWord, PlanPromise, PolicyTerms, SeverityWord};
use jiff::Timestamp;
use kit::{Failure, Ts, Tx};
use policy::{Book, CalendarKey, Promise, RequestClass, Severity};
use service_calendar::{ClockTermsSpec, CompiledCalendar};

/// Terms and calendars of the policy versions.
pub(super) struct HouseTerms(Arc<Book>);

impl HouseTerms {
    pub(super) async fn open(tx: &mut Tx) -> Result<Self, Failure> {
        Ok(Self(Book::open(tx).await?))
    }
}

pub(super) fn promise(promise: PlanPromise) -> Promise {
    match promise {
        PlanPromise::Respond => Promise::Respond,
        PlanPromise::Restore => Promise::Restore,
    }
}

pub(super) fn severity(word: SeverityWord) -> Severity {
    match word {
        SeverityWord::Major => Severity::Major,
        SeverityWord::Normal => Severity::Normal,
    }
}

impl PolicyTerms for HouseTerms {
    fn terms(
        &self,
        of: PlanPromise,
        kind: KindWord,
        how: SeverityWord,
        reported_at: Timestamp,
    ) -> Option<ClockTermsSpec> {
        let class = match kind {
            KindWord::Fault => RequestClass::Fault,
            KindWord::Consultation => RequestClass::Consultation,
        };
        let policy = self.0.in_force(Ts::from(reported_at));
        policy::terms(&policy.content, promise(of), class, severity(how))
    }

    fn calendar(&self, name: &str, reported_at: Timestamp) -> Option<Arc<CompiledCalendar>> {
        let key: CalendarKey = name.parse().ok()?;
        self.0.calendar(self.0.in_force(Ts::from(reported_at)).version, key).ok()
    }
}
