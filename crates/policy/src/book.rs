//! All versions, holiday lists and calendars as one value, read once and kept until something changes.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use jiff::Timestamp;
use kit::{Failure, Ts, Tx};
use service_calendar::{CalendarError, ClockTerms, ClockTermsSpec, CompiledCalendar, HolidayYears};

use crate::errors::PolicyError;
use crate::model::{CalendarKey, Policy, PolicyContent};
use crate::store;

/// The years for which calendars are worked out.
pub const YEARS: (i16, i16) = (2000, 2060);

/// Versions of the promise, the holiday lists, and the calendars worked out from both.
pub struct Book {
    stamp: String,
    established: bool,
    versions: BTreeMap<i64, Arc<Policy>>,
    holidays: Arc<HolidayYears>,
    compiled: Mutex<BTreeMap<(i64, CalendarKey), Arc<CompiledCalendar>>>,
}

// Books differ by what they hold, so several databases (tests) can share the shelf.
static SHELF: LazyLock<Mutex<Vec<Arc<Book>>>> = LazyLock::new(Mutex::default);
const SHELF_LENGTH: usize = 4;

impl Book {
    /// The book will be opened soon ([`Tx::ahead`]).
    pub fn ahead(tx: &mut Tx) {
        if tx.recall::<Self>().is_none() {
            store::stamp_ahead(tx);
        }
    }

    /// The book of this database. Costs one small query per command or read unless something changed.
    ///
    /// # Errors
    /// As the database says.
    pub async fn open(tx: &mut Tx) -> Result<Arc<Self>, Failure> {
        if let Some(book) = tx.recall::<Self>() {
            return Ok(book);
        }
        let stamp = store::stamp(tx).await?;
        let kept = lock(&SHELF).iter().find(|b| b.stamp == stamp).cloned();
        if let Some(book) = kept {
            tx.remember(book.clone());
            return Ok(book);
        }
        let mut versions: BTreeMap<i64, Arc<Policy>> =
            store::policies(tx).await?.into_iter().map(|p| (p.version, Arc::new(p))).collect();
        let established = !versions.is_empty();
        if !established {
            // Before the company was set up: the promise as published.
            versions.insert(1, Arc::new(published()));
        }
        let holidays = store::imported_years(tx)
            .await?
            .into_iter()
            .fold(HolidayYears::built_in(), |years, (_, year)| years.with(year));
        let book = Arc::new(Self {
            stamp,
            established,
            versions,
            holidays: Arc::new(holidays),
            compiled: Mutex::default(),
        });
        let mut shelf = lock(&SHELF);
        shelf.retain(|b| b.stamp != book.stamp);
        shelf.push(book.clone());
        if shelf.len() > SHELF_LENGTH {
            shelf.remove(0);
        }
        drop(shelf);
        tx.remember(book.clone());
        Ok(book)
    }

    /// Whether the database holds a version, rather than only the promise as published.
    #[must_use]
    pub fn established(&self) -> bool {
        self.established
    }

    /// The version in force at `at`: the newest that had begun; before the first, the first.
    #[must_use]
    pub fn in_force(&self, at: Ts) -> Arc<Policy> {
        let mut versions = self.versions.values();
        let first = versions.next();
        let begun = self.versions.values().rev().find(|p| p.valid_from <= at);
        // There is always a first one, see `open`.
        begun.or(first).cloned().unwrap_or_else(|| Arc::new(published()))
    }

    /// A version by its number.
    ///
    /// # Errors
    /// `policy_version_unknown`.
    pub fn version(&self, version: i64) -> Result<Arc<Policy>, PolicyError> {
        self.versions.get(&version).cloned().ok_or(PolicyError::VersionUnknown { number: version })
    }

    /// Every version, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = &Arc<Policy>> {
        self.versions.values()
    }

    /// The newest version, in force or to come.
    #[must_use]
    pub fn newest(&self) -> i64 {
        self.versions.keys().next_back().copied().unwrap_or(1)
    }

    /// The holiday lists, built in and imported.
    #[must_use]
    pub fn holidays(&self) -> &Arc<HolidayYears> {
        &self.holidays
    }

    /// A version's calendar, worked out with the holiday lists.
    ///
    /// # Errors
    /// `policy_version_unknown`, or a zone that can't be laid out over [`YEARS`].
    pub fn calendar(&self, version: i64, key: CalendarKey) -> Result<Arc<CompiledCalendar>, Failure> {
        if let Some(kept) = lock(&self.compiled).get(&(version, key)) {
            return Ok(kept.clone());
        }
        let policy = self.version(version)?;
        let calendar = policy.content.calendars.get(key);
        // Versions mostly share their calendars.
        let twin = lock(&self.compiled).iter().find_map(|((v, k), compiled)| {
            let same =
                *k == key && self.versions.get(v).is_some_and(|p| p.content.calendars.get(key) == calendar);
            same.then(|| compiled.clone())
        });
        let compiled = match twin {
            Some(twin) => twin,
            None => Arc::new(
                CompiledCalendar::compile_years(calendar, &self.holidays, YEARS.0, YEARS.1)
                    .map_err(broken)?,
            ),
        };
        lock(&self.compiled).insert((version, key), compiled.clone());
        Ok(compiled)
    }

    /// Stored terms with their calendar.
    ///
    /// # Errors
    /// As [`Book::calendar`]; terms that name no calendar of the policy.
    pub fn bind(&self, version: i64, terms: &ClockTermsSpec) -> Result<ClockTerms, Failure> {
        let key: CalendarKey =
            terms.calendar.parse().map_err(|()| fault(&format!("no calendar {}", terms.calendar)))?;
        terms.bind(self.calendar(version, key)?).map_err(|e| fault(&e))
    }

    /// Whether a calendar of the version in force is open at `at`, and when that changes.
    ///
    /// # Errors
    /// As [`Book::calendar`]; an instant outside [`YEARS`].
    pub fn hours(&self, key: CalendarKey, at: Ts) -> Result<Hours, Failure> {
        let calendar = self.calendar(self.in_force(at).version, key)?;
        let at: Timestamp = at.timestamp();
        let outside = |_: CalendarError| Failure::from(PolicyError::OutsideCalendar);
        let open = calendar.is_open(at).map_err(outside)?;
        let next = calendar.next_change(at).map_err(outside)?;
        let certainty = next.as_ref().map_or(open.certainty, |n| open.certainty.and(n.certainty));
        Ok(Hours {
            open: open.value,
            changes_at: next.map(|n| Ts::from(n.value.at)),
            provisional: !certainty.is_published(),
        })
    }
}

/// Whether it is open, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Open now.
    pub open: bool,
    /// When that changes; never if none.
    pub changes_at: Option<Ts>,
    /// Leans on a year that isn't published yet (decision 12).
    pub provisional: bool,
}

/// The first moment of the year 2000 in the zone of the company's calendars ([`crate::defaults::ZONE`]).
const YEAR_2000: Ts = Ts(946_656_000 * Ts::SECOND);

/// The promise as it comes with the program, in force since 2000.
pub(crate) fn published() -> Policy {
    Policy { version: 1, valid_from: YEAR_2000, content: PolicyContent::default() }
}

fn broken(error: CalendarError) -> Failure {
    fault(&error)
}

pub(crate) fn fault(error: &impl ToString) -> Failure {
    kit::DbError::Other(error.to_string()).into()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
