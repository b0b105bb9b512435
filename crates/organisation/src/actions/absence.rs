//! Somebody is off, or there after all: what they work changes, what is planned for them doesn't (P2).

use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use kit::{Cx, Event, Failure, Ts, Tx, Where};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::errors::OrganisationError;
use crate::model::{Employee, EmployeeId, Shift};
use crate::{shifts, store};

/// An absence lasts this long at most; what lasts longer is a matter of the shift plan.
const LONGEST_DAYS: i64 = 31;

/// It begins within so many days.
const AHEAD_DAYS: i64 = 366;

/// So many stretches are taken back at once.
const MOST_SPANS: usize = 40;

/// From when to when somebody is off.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceInput {
    /// From this instant; from now unless given.
    #[serde(default)]
    pub from: Option<Ts>,
    /// Until this instant; until the end of the day on which it begins unless given.
    #[serde(default)]
    pub until: Option<Ts>,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceSpan {
    /// From this instant.
    pub from: Ts,
    /// Until this instant.
    pub until: Ts,
}

/// Somebody is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Absence {
    /// Who.
    pub employee_id: EmployeeId,
    /// From this instant, in whole minutes.
    pub from: Ts,
    /// Until this instant, in whole minutes.
    pub until: Ts,
    /// What of it was no leave before: taking that back leaves everything as it was.
    pub added: Vec<AbsenceSpan>,
}

/// When somebody is there after all.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceTakenBack {
    /// The leave that is taken back.
    #[schema(min_items = 1, max_items = 40)]
    pub spans: Vec<AbsenceSpan>,
}

/// Records that somebody is off, as leave in their shift plan. `everybody`: whoever asks keeps everybody's hours.
///
/// # Errors
/// `employee_unknown` for people out of reach, `absence_invalid`.
pub async fn record_absence(
    tx: &mut Tx,
    cx: &Cx,
    id: EmployeeId,
    input: AbsenceInput,
    everybody: bool,
) -> Result<Absence, Failure> {
    let (employee, zone) = held(tx, cx, id, everybody).await?;
    let invalid = || Failure::from(OrganisationError::AbsenceInvalid { days: LONGEST_DAYS });
    let from = whole_minutes(input.from.unwrap_or(cx.now), 0);
    let until = input.until.or_else(|| end_of_day(&zone, from)).ok_or_else(invalid)?;
    let until = whole_minutes(until, Ts::MINUTE - 1);
    let apart = |a: Ts, b: Ts| b.micros().saturating_sub(a.micros());
    if until <= from.max(cx.now)
        || apart(from, until) > LONGEST_DAYS * Ts::DAY
        || apart(cx.now, from).abs() > AHEAD_DAYS * Ts::DAY
    {
        return Err(invalid());
    }
    let added = apart_from(&shifts::leave_spans(&employee.shifts, &zone, from, until), (from, until));
    let plan: Vec<Shift> = shifts::with_leave(&employee.shifts, &zone, (from, until));
    shifts::check(&plan)?;
    store::replace_shifts(tx, cx, id, &plan).await?;
    let absence = Absence { employee_id: id, from, until, added };
    // Why somebody is off is theirs.
    let body = json!({ "from": from, "until": until });
    let event = Event::new("employee.absent", "employee", id).unit(employee.unit_id).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(absence)
}

/// Takes leave back: whoever was off is there after all. What others took over meanwhile stays theirs.
///
/// # Errors
/// `employee_unknown` for people out of reach, `absence_invalid`, `absence_none`.
pub async fn take_back_absence(
    tx: &mut Tx,
    cx: &Cx,
    id: EmployeeId,
    input: AbsenceTakenBack,
    everybody: bool,
) -> Result<AbsenceTakenBack, Failure> {
    let (employee, zone) = held(tx, cx, id, everybody).await?;
    let whole = input.spans.iter().all(|s| {
        s.from < s.until && s.until.micros().saturating_sub(s.from.micros()) <= LONGEST_DAYS * Ts::DAY
    });
    if input.spans.is_empty() || input.spans.len() > MOST_SPANS || !whole {
        return Err(OrganisationError::AbsenceInvalid { days: LONGEST_DAYS }.into());
    }
    let mut plan = employee.shifts.clone();
    for span in &input.spans {
        // What is over stands as it was.
        let from = whole_minutes(span.from, 0).max(whole_minutes(cx.now, 0));
        let until = whole_minutes(span.until, Ts::MINUTE - 1);
        if from >= until {
            continue;
        }
        plan = shifts::without_leave(&plan, &zone, (from, until));
    }
    if plan == employee.shifts {
        return Err(OrganisationError::AbsenceNone.into());
    }
    shifts::check(&plan)?;
    store::replace_shifts(tx, cx, id, &plan).await?;
    let body = json!({ "spans": input.spans });
    let event = Event::new("employee.back", "employee", id).unit(employee.unit_id).body(&body);
    kit::events::append(tx, cx, event).await?;
    Ok(input)
}

// Somebody within reach whose plan is about to be written, and their zone.
async fn held(
    tx: &mut Tx,
    cx: &Cx,
    id: EmployeeId,
    everybody: bool,
) -> Result<(Employee, TimeZone), Failure> {
    let mut filter = Where::new();
    if !everybody {
        cx.actor.reach.narrow(&mut filter, &store::EMPLOYEES);
    }
    filter.and("e.id = ? AND e.active = 1", [id.into()]);
    // The plan is read and written whole: whoever changes it meanwhile waits.
    store::hold_employee(tx, id).await?;
    let found = store::employees(tx, store::EmployeeFilter { filter, limit: 1 }).await?.pop();
    let employee = found.ok_or(OrganisationError::EmployeeUnknown)?;
    let zone = store::zone_of(tx, employee.unit_id).await?;
    Ok((employee, zone))
}

// What of a stretch lies outside of others, which are in order and apart.
fn apart_from(others: &[(Ts, Ts)], (from, until): (Ts, Ts)) -> Vec<AbsenceSpan> {
    let mut at = from;
    let mut rest = Vec::new();
    for (start, end) in others.iter().copied().chain([(until, until)]) {
        if at < start {
            rest.push(AbsenceSpan { from: at, until: start });
        }
        at = at.max(end);
    }
    rest
}

// The minute of an instant; with nearly a minute more, the first that isn't before it.
fn whole_minutes(at: Ts, more_us: i64) -> Ts {
    Ts(at.micros().saturating_add(more_us).div_euclid(Ts::MINUTE) * Ts::MINUTE)
}

fn end_of_day(zone: &TimeZone, at: Ts) -> Option<Ts> {
    let tomorrow = at.timestamp().to_zoned(zone.clone()).date().checked_add(1.day()).ok()?;
    tomorrow.to_zoned(zone.clone()).ok().map(|z| Ts::from(z.timestamp()))
}
