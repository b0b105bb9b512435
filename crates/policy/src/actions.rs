//! One function per use of the policy.

use kit::{Cx, Event, Failure, Refusal, Ts, Tx};
use serde_json::json;
use service_calendar::{HolidayError, HolidayYear};

use crate::book::{self, Book};
use crate::clocks;
use crate::errors::PolicyError;
use crate::model::{Policy, PolicyContent};
use crate::{rules, store};

/// Stores the promise as published as version 1, if there is none: at set-up, before the demo, before the first clock.
///
/// # Errors
/// As the database says.
pub async fn establish(tx: &mut Tx, cx: &Cx) -> Result<(), Failure> {
    if Book::open(tx).await?.established() {
        return Ok(());
    }
    let policy = book::published();
    let reason = kit::texts::both("reasons.policy.as_published", &[]);
    store::insert_version(tx, cx, &policy, &format!("{} / {}", reason.zh_cn, reason.en)).await?;
    tx.forget::<Book>();
    let event = Event::new("policy.established", "policy", policy.version).body(&json!({ "version": 1 }));
    Ok(kit::events::append(tx, cx, event).await?)
}

/// Makes a new version of the promise that follows `seen`, in force from `valid_from` (now, if none). Old versions stay.
///
/// # Errors
/// `version_changed` if another version came in between; `policy_content_invalid` naming each field,
/// `policy_valid_from_past`, `policy_valid_from_before_newest`, `policy_reason_missing`.
pub async fn make_version(
    tx: &mut Tx,
    cx: &Cx,
    mut content: PolicyContent,
    valid_from: Option<Ts>,
    reason: &str,
    seen: i64,
) -> Result<Policy, Failure> {
    establish(tx, cx).await?;
    let book = Book::open(tx).await?;
    let newest = book.version(book.newest())?;
    kit::http::same_version(seen, newest.version, json!({ "version": newest.version }))?;
    let version = newest.version + 1;
    // The number is ours to give.
    content.coverage.version = u32::try_from(version).unwrap_or(u32::MAX);
    let faults = rules::check(&content);
    if !faults.is_empty() {
        let mut refusal: Refusal = PolicyError::ContentInvalid { faults: faults.len() }.into();
        refusal.fields = faults;
        return Err(refusal.into());
    }
    if reason.trim().is_empty() {
        return Err(PolicyError::ReasonMissing.into());
    }
    let valid_from = valid_from.unwrap_or(cx.now);
    if valid_from < cx.now {
        return Err(PolicyError::ValidFromPast.into());
    }
    if valid_from < newest.valid_from {
        return Err(PolicyError::ValidFromBeforeNewest { newest: newest.valid_from.to_string() }.into());
    }
    let policy = Policy { version, valid_from, content };
    store::insert_version(tx, cx, &policy, reason.trim()).await?;
    tx.forget::<Book>();
    let body = json!({ "version": version, "follows": newest.version, "valid_from": valid_from, "reason": reason.trim() });
    kit::events::append(tx, cx, Event::new("policy.version_made", "policy", version).body(&body)).await?;
    Ok(policy)
}

/// Takes in a year's holiday list, new or corrected, and derives again the clocks it touches (decision 12). Returns how
/// many changed.
///
/// # Errors
/// What is wrong with the list, with its field.
pub async fn import_holidays(tx: &mut Tx, cx: &Cx, year: HolidayYear) -> Result<u64, Failure> {
    establish(tx, cx).await?;
    store::save_year(tx, cx, &year).await?;
    tx.forget::<Book>();
    let changed = clocks::recompute_provisional(tx, cx, year.year()).await?;
    let body = json!({
        "year": year.year(), "closed": year.closed().len(), "makeup": year.makeup().len(), "clocks_changed": changed
    });
    kit::events::append(tx, cx, Event::new("holidays.imported", "holiday_year", year.year()).body(&body))
        .await?;
    Ok(changed)
}

/// A fault of a holiday list as a refusal with its field.
pub(crate) fn holiday_refusal(error: &HolidayError, closed: &[jiff::civil::Date]) -> Refusal {
    let at = |date: &jiff::civil::Date| match closed.iter().position(|d| d == date) {
        Some(i) => format!("/closed/{i}/date"),
        None => "/makeup".to_owned(),
    };
    match error {
        HolidayError::YearOutOfRange { year } => PolicyError::HolidayYear { year: *year }.refusal(),
        HolidayError::NoClosedDay { year } => PolicyError::HolidayEmpty { year: *year }.refusal(),
        HolidayError::DayOutsideYear { year, date } => {
            PolicyError::HolidayOutside { year: *year, date: date.to_string() }
                .refusal()
                .field(at(date), "holiday_outside_year")
        }
        HolidayError::DayTwice { year, date } => {
            PolicyError::HolidayTwice { year: *year, date: date.to_string() }
                .refusal()
                .field(at(date), "holiday_twice")
        }
        HolidayError::ClosedAndMakeup { year, date } => {
            PolicyError::HolidayBoth { year: *year, date: date.to_string() }.refusal()
        }
        HolidayError::MakeupOnWeekday { year, date } => {
            PolicyError::MakeupOnWeekday { year: *year, date: date.to_string() }.refusal()
        }
    }
}
