//! What this domain asks of those to its left, in its own words: policy and clocks, organisation, customers, assets, cover.

use std::collections::HashMap;
use std::sync::Arc;

use assets::{AssetId, FaultCodeKind};
use coverage::{CaseFor, CoverageBadge, Layer, PreviousRepair, RequestKind};
use customers::{ContactId, CustomerId, E164, Site, SiteId};
use jiff::tz::TimeZone;
use kit::{Cx, Failure, Reach, Refusal, Ts, Tx};
use organisation::{DepartmentKind, RouteKind, UnitId};
use policy::clocks::{self, ClockStart, ClockView, Retarget};
use policy::{ArrivalStart, Book, CalendarKey, Policy, Promise, RequestClass, Severity, Targets};
use service_calendar::{HolidayYears, PauseReason, Period, RestDayRule, RetargetCause, StopKind};

use crate::case::{ArriveFrom, Case, CasePromise, PromisedTime};
use crate::errors::CaseError;
use crate::model::{CaseId, CaseKind};
use crate::rules::{self, PhoneRule, Repaired};
use crate::views::PhoneSupportView;

/// Whose clocks these are.
const SUBJECT: &str = "case";

/// A version of the policy as cases read it.
pub(crate) struct Terms {
    /// The version.
    pub policy: Arc<Policy>,
    /// Its number.
    pub version: i64,
    /// What it says about visits without a try by phone (P41).
    pub phone_rule: PhoneRule,
    /// Hand-overs before a case is raised (P10).
    pub hand_over_limit: i64,
    /// Microseconds an offered hand-over waits for its answer (P10).
    pub hand_over_answer_us: i64,
    /// Microseconds a case may lie (P10).
    pub idle_us: i64,
    /// From completion, within which the same fault is rework (P74).
    pub rework: Period,
    /// What counts as a rest day at its end (decision 11).
    pub rework_rest_days: RestDayRule,
}

fn read(policy: Arc<Policy>) -> Terms {
    let content = &policy.content;
    let (rework, rework_rest_days) = content.coverage.term_and_rest_days(Layer::Rework);
    Terms {
        version: policy.version,
        phone_rule: if content.phone_exception { PhoneRule::ExceptionWithReason } else { PhoneRule::Always },
        hand_over_limit: i64::from(content.hand_over_limit),
        hand_over_answer_us: i64::from(content.hand_over_answer_minutes) * Ts::MINUTE,
        idle_us: i64::from(content.idle_minutes) * Ts::MINUTE,
        rework,
        rework_rest_days,
        policy,
    }
}

/// The policy in force at `at`.
pub(crate) async fn terms_in_force(tx: &mut Tx, at: Ts) -> Result<Terms, Failure> {
    Ok(read(policy::in_force(tx, at).await?))
}

/// The policy of a case.
pub(crate) async fn terms(tx: &mut Tx, version: i64) -> Result<Terms, Failure> {
    Ok(read(policy::version(tx, version).await?))
}

/// Faults and rework are answered round the clock (P39), the rest in phone support's hours (P37).
fn class(kind: CaseKind) -> RequestClass {
    match kind {
        CaseKind::Fault | CaseKind::Rework => RequestClass::Fault,
        _ => RequestClass::Consultation,
    }
}

/// The targets of a report on this asset at `at`: an agreement in force may name its own (P29), else they are the policy's.
async fn targets(tx: &mut Tx, terms: &Terms, asset_id: Option<AssetId>, at: Ts) -> Result<Targets, Failure> {
    let usual = terms.policy.content.targets;
    match asset_id {
        Some(id) => coverage::service_targets(tx, &id.to_string(), at, usual).await,
        None => Ok(usual),
    }
}

/// The promise given at `at` for this asset: what is shown is what is stored, and what the clocks count.
pub(crate) async fn promise(
    tx: &mut Tx,
    terms: &Terms,
    kind: CaseKind,
    severity: Severity,
    asset_id: Option<AssetId>,
    at: Ts,
) -> Result<CasePromise, Failure> {
    let book = Book::open(tx).await?;
    let targets = targets(tx, terms, asset_id, at).await?;
    let foresee =
        |promise| clocks::foresee(&book, terms.version, &targets, promise, class(kind), severity, at);
    let arrive_from = match terms.policy.content.arrival_start {
        ArrivalStart::OnsiteAgreed => ArriveFrom::OnsiteAgreed,
        ArrivalStart::Reported => ArriveFrom::Reported,
    };
    let time = |foreseen: policy::clocks::Foreseen, from_report: bool| PromisedTime {
        target_s: foreseen.target_s,
        calendar: foreseen.calendar.name().to_owned(),
        working_time: foreseen.calendar == CalendarKey::FiveByEight,
        due_at: from_report.then_some(foreseen.due_at),
        provisional: foreseen.provisional,
    };
    let respond = foresee(Promise::Respond)?;
    let key = respond.map_or(CalendarKey::FiveByEight, |r| r.calendar);
    let hours = book.hours(key, at)?;
    Ok(CasePromise {
        severity,
        at,
        policy_version: terms.version,
        respond: respond.map(|r| time(r, true)),
        arrive: foresee(Promise::Arrive)?.map(|a| time(a, arrive_from == ArriveFrom::Reported)),
        arrive_from,
        open_now: hours.open,
        next_change_at: hours.changes_at,
    })
}

/// A report is about to be taken: what it will ask about its site, device and contact leaves together ([`Tx::ahead`]).
pub(crate) fn report_ahead(
    tx: &mut Tx,
    id: CaseId,
    site: SiteId,
    asset: Option<AssetId>,
    contact: Option<ContactId>,
) {
    customers::site_ahead(tx, &Reach::Everything, site, contact);
    identity::settings::zone_ahead(tx);
    clocks::start_ahead(tx, SUBJECT, &id.to_string(), Promise::Respond);
    if let Some(asset) = asset {
        assets::asset_ahead(tx, &Reach::Everything, asset);
        coverage::decide_ahead(tx, &id.to_string(), &asset.to_string());
    }
}

/// By when a missed call is called back: as soon as a fault would be answered.
pub(crate) async fn call_back_due(tx: &mut Tx, at: Ts) -> Result<Ts, Failure> {
    let terms = terms_in_force(tx, at).await?;
    let promise = promise(tx, &terms, CaseKind::Fault, Severity::Normal, None, at).await?;
    Ok(promise.respond.and_then(|r| r.due_at).unwrap_or(at.plus(terms.idle_us)))
}

// The terms are those of the report: its policy version, and the agreement in force then (decision 10, P29).
async fn clock_of(tx: &mut Tx, case: &Case, promise: Promise, at: Ts) -> Result<ClockStart, Failure> {
    let kept = terms(tx, case.policy_version).await?;
    let targets = targets(tx, &kept, case.asset_id, case.reported_at).await?;
    let content = &kept.policy.content;
    Ok(ClockStart {
        subject_type: SUBJECT,
        subject_id: case.id.to_string(),
        thread_id: case.id.to_string(),
        unit_id: Some(case.unit_id.to_string()),
        division_code: case.division_code.clone(),
        customer_id: Some(case.customer_id.to_string()),
        promise,
        class: class(case.kind),
        severity: case.severity,
        policy_version: case.policy_version,
        terms: policy::terms_by(content, &targets, promise, class(case.kind), case.severity),
        at,
    })
}

/// Starts what counts from a report at `at`: response, restoration if it is promised, the answer to a complaint (P65).
pub(crate) async fn start_reported(tx: &mut Tx, cx: &Cx, case: &Case, at: Ts) -> Result<(), Failure> {
    let promises: &[Promise] = match case.kind {
        CaseKind::Complaint => &[Promise::Respond, Promise::AnswerComplaint],
        _ => &[Promise::Respond, Promise::Restore],
    };
    for promise in promises.iter().copied() {
        let start = clock_of(tx, case, promise, at).await?;
        clocks::start(tx, cx, start).await?;
    }
    Ok(())
}

/// Somebody answers the customer: the response clock stops, once.
pub(crate) async fn responded(tx: &mut Tx, cx: &Cx, case: &Case, at: Ts) -> Result<(), Failure> {
    stop(tx, cx, case, Promise::Respond, StopKind::Reached, at).await
}

/// A complaint was answered: that promise is kept, and whoever answers has responded.
pub(crate) async fn complaint_answered(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    responded(tx, cx, case, cx.now).await?;
    stop(tx, cx, case, Promise::AnswerComplaint, StopKind::Reached, cx.now).await
}

/// The customer is not content: an answer is owed again, counted from now.
pub(crate) async fn complaint_again(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    let start = clock_of(tx, case, Promise::AnswerComplaint, cx.now).await?;
    clocks::start(tx, cx, start).await?;
    Ok(())
}

/// The clock of an answer that is owed since the report; `false` if the policy promises none.
pub(crate) async fn complaint_clocked(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<bool, Failure> {
    let start = clock_of(tx, case, Promise::AnswerComplaint, case.reported_at).await?;
    Ok(clocks::start(tx, cx, start).await?.is_some())
}

/// Starts the arrival clock at the agreement, or at the report if the policy says so (decision 10).
pub(crate) async fn start_arrive(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    terms: &Terms,
    agreed_at: Ts,
) -> Result<(), Failure> {
    let at = policy::arrival_start(&terms.policy.content, case.reported_at, agreed_at);
    let start = clock_of(tx, case, Promise::Arrive, at).await?;
    clocks::start(tx, cx, start).await?;
    Ok(())
}

/// A verified arrival: the arrival clock stops, once.
pub(crate) async fn arrived(tx: &mut Tx, cx: &Cx, case: &Case, at: Ts) -> Result<(), Failure> {
    stop(tx, cx, case, Promise::Arrive, StopKind::Reached, at).await
}

/// Mended: restoration is reached, an arrival nobody needs falls away, the follow-up call is owed (P13).
pub(crate) async fn resolved(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    stop(tx, cx, case, Promise::Respond, StopKind::Reached, cx.now).await?;
    stop(tx, cx, case, Promise::Restore, StopKind::Reached, cx.now).await?;
    stop(tx, cx, case, Promise::Arrive, StopKind::Withdrawn, cx.now).await?;
    let start = clock_of(tx, case, Promise::FollowUp, cx.now).await?;
    clocks::start(tx, cx, start).await?;
    Ok(())
}

/// The follow-up call was made: its clock is met (P13).
pub(crate) async fn followed_up(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    stop(tx, cx, case, Promise::FollowUp, StopKind::Reached, cx.now).await
}

/// Closed after the follow-up call: its clock is met, whatever else runs falls away.
pub(crate) async fn closed(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    followed_up(tx, cx, case).await?;
    fell_away(tx, cx, case).await
}

/// Its promises fall away: neither kept nor missed.
pub(crate) async fn fell_away(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    clocks::stop_all(tx, cx, SUBJECT, &case.id.to_string(), StopKind::Withdrawn, cx.now).await?;
    Ok(())
}

/// Reopened: the promises begin anew. `called`: the follow-up call was made, and its answer was that it is not mended; else
/// nobody called, and that promise falls away with the rest.
pub(crate) async fn reopened(tx: &mut Tx, cx: &Cx, case: &Case, called: bool) -> Result<(), Failure> {
    if called {
        followed_up(tx, cx, case).await?;
    }
    fell_away(tx, cx, case).await?;
    start_reported(tx, cx, case, cx.now).await
}

async fn stop(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    promise: Promise,
    how: StopKind,
    at: Ts,
) -> Result<(), Failure> {
    clocks::stop(tx, cx, SUBJECT, &case.id.to_string(), promise, how, at).await?;
    Ok(())
}

/// Waiting for the customer: the terms say which clocks stand still (decision 10).
pub(crate) async fn pause_for_customer(tx: &mut Tx, cx: &Cx, case: &Case, until: Ts) -> Result<(), Failure> {
    let id = case.id.to_string();
    clocks::pause(tx, cx, SUBJECT, &id, PauseReason::WaitingCustomer, Some(until), cx.now).await?;
    Ok(())
}

/// The wait for the customer is over.
pub(crate) async fn resume(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    clocks::resume(tx, cx, SUBJECT, &case.id.to_string(), PauseReason::WaitingCustomer, cx.now).await?;
    Ok(())
}

/// Until when the arrival clock rests for a later window that the customer wished.
pub(crate) async fn later_window(tx: &mut Tx, case: &Case, at: Ts) -> Result<Option<Ts>, Failure> {
    let id = case.id.to_string();
    clocks::rests_until(tx, SUBJECT, &id, Promise::Arrive, PauseReason::LaterWindow, at).await
}

/// Lets the clocks rest until the later window opens, or go on (decision 10).
pub(crate) async fn rest_for_later_window(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    until: Option<Ts>,
) -> Result<(), Failure> {
    let (id, reason) = (case.id.to_string(), PauseReason::LaterWindow);
    if until.is_some_and(|u| u > cx.now) {
        clocks::pause(tx, cx, SUBJECT, &id, reason, until, cx.now).await?;
    } else {
        clocks::resume(tx, cx, SUBJECT, &id, reason, cx.now).await?;
    }
    Ok(())
}

/// Another severity, or a device with another agreement: the clocks count anew from the same start and keep what they were (P45).
pub(crate) async fn retarget(tx: &mut Tx, cx: &Cx, case: &Case, cause: RetargetCause) -> Result<(), Failure> {
    let kept = terms(tx, case.policy_version).await?;
    let change = Retarget {
        targets: Some(targets(tx, &kept, case.asset_id, case.reported_at).await?),
        severity: case.severity,
        class: class(case.kind),
        policy_version: case.policy_version,
        cause,
        at: cx.now,
    };
    clocks::retarget(tx, cx, SUBJECT, &case.id.to_string(), change).await?;
    Ok(())
}

/// What the due time of a next step is taken from.
pub(crate) async fn due(tx: &mut Tx, case: &Case, terms: &Terms, now: Ts) -> Result<rules::Due, Failure> {
    let running = clocks::states(tx, SUBJECT, &case.id.to_string(), now).await?;
    let of = |promise: Promise| {
        running.iter().find(|c| c.promise == promise && c.stopped_at.is_none()).and_then(|c| c.due_at)
    };
    let known = rules::Due {
        now,
        respond: of(Promise::Respond),
        arrive: of(Promise::Arrive),
        visit: case.visit_due_at,
        follow_up: of(Promise::FollowUp),
        complaint: of(Promise::AnswerComplaint),
        idle_us: terms.idle_us,
        arrive_target_us: None,
    };
    Ok(with_target(known, terms, case))
}

/// The same for a report whose clock is about to start: its due time is the promised one.
pub(crate) fn due_of_report(case: &Case, terms: &Terms) -> rules::Due {
    let known = rules::Due {
        now: case.reported_at,
        respond: case.promise.respond.as_ref().and_then(|r| r.due_at),
        arrive: None,
        visit: None,
        follow_up: None,
        complaint: None,
        idle_us: terms.idle_us,
        arrive_target_us: None,
    };
    with_target(known, terms, case)
}

fn with_target(known: rules::Due, terms: &Terms, case: &Case) -> rules::Due {
    let target = terms.policy.content.targets.arrive.get(case.severity);
    rules::Due { arrive_target_us: target.map(|t| i64::from(t.minutes) * Ts::MINUTE), ..known }
}

/// The clocks of a page of cases: running ones first, then the newest.
pub(crate) async fn clocks(
    tx: &mut Tx,
    ids: &[CaseId],
    now: Ts,
) -> Result<HashMap<CaseId, Vec<ClockView>>, Failure> {
    let keys: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut found = clocks::states_for(tx, SUBJECT, &keys, now).await?;
    Ok(ids
        .iter()
        .zip(&keys)
        .filter_map(|(id, key)| {
            let mut views = found.remove(key)?;
            views.sort_by_key(|c| (c.stopped_at.is_some(), std::cmp::Reverse(c.started_at)));
            Some((*id, views))
        })
        .collect())
}

/// Which unit and department does the work (P3, P4); a site outside the division list has its unit by hand (decision 27).
pub(crate) async fn route(
    tx: &mut Tx,
    site: &Site,
    kind: CaseKind,
) -> Result<(UnitId, Option<DepartmentKind>), Failure> {
    let Some(division) = &site.division_code else { return Ok((site.unit.id, None)) };
    let work = match kind {
        CaseKind::Installation | CaseKind::Design => RouteKind::Install,
        _ => RouteKind::Repair,
    };
    let routed = organisation::route(tx, division, work).await?;
    Ok((routed.unit_id, routed.department))
}

/// Whose a report is that nobody at the desk took: who is on call for the unit, else who answers nearest to it and has the
/// fewest open cases (P10, P11).
pub(crate) async fn answers_for(tx: &mut Tx, unit_id: UnitId, now: Ts) -> Result<String, Failure> {
    let on_call = organisation::on_duty(tx, unit_id, now).await?.and_then(|duty| duty.primary);
    if let Some(primary) = on_call {
        return Ok(primary.to_string());
    }
    let desk = organisation::desk_of(tx, unit_id).await?;
    let laden = crate::store::open_by_owner(tx, &desk).await?;
    let least = desk.iter().min_by_key(|id| laden.get(&id.to_string()).copied().unwrap_or(0));
    Ok(least.ok_or(CaseError::NobodyAnswers)?.to_string())
}

/// Who answers outside the lines of these people, with the fewest open cases (P9); none if there is nobody.
pub(crate) async fn answers_outside(
    tx: &mut Tx,
    of: &[organisation::EmployeeId],
) -> Result<Option<String>, Failure> {
    let desk = organisation::desk_outside(tx, of).await?;
    let laden = crate::store::open_by_owner(tx, &desk).await?;
    let least = desk.iter().min_by_key(|id| laden.get(&id.to_string()).copied().unwrap_or(0));
    Ok(least.map(ToString::to_string))
}

/// Any site: whoever takes reports may name it (decision 2).
pub(crate) async fn site(tx: &mut Tx, id: SiteId) -> Result<Site, Failure> {
    match customers::site(tx, &Reach::Everything, id).await {
        Err(Failure::Refused(refusal)) if refusal.status == 404 => Err(CaseError::SiteUnknown.into()),
        answer => answer,
    }
}

/// The device stands at this site.
pub(crate) async fn asset_at(tx: &mut Tx, id: AssetId, site_id: SiteId) -> Result<(), Failure> {
    match assets::asset(tx, &Reach::Everything, id).await {
        Ok(asset) if asset.site_id == site_id => Ok(()),
        Ok(_) => Err(CaseError::AssetNotAtSite.into()),
        Err(Failure::Refused(refusal)) if refusal.status == 404 => Err(CaseError::AssetNotAtSite.into()),
        Err(failure) => Err(failure),
    }
}

/// The contact belongs to this customer.
pub(crate) async fn contact_of(tx: &mut Tx, id: ContactId, customer_id: CustomerId) -> Result<(), Failure> {
    match customers::contact(tx, &Reach::Everything, id).await {
        Ok(contact) if contact.customer_id == customer_id => Ok(()),
        Ok(_) => Err(CaseError::ContactUnknown.into()),
        Err(Failure::Refused(refusal)) if refusal.status == 404 => Err(CaseError::ContactUnknown.into()),
        Err(failure) => Err(failure),
    }
}

/// A phone number in any format.
pub(crate) fn number(text: &str, pointer: &'static str) -> Result<E164, Refusal> {
    customers::phones::normalise(text)
        .map_err(|_| CaseError::CallNumberInvalid.refusal().field(pointer, "call_number_invalid"))
}

/// The class of a symptom: a code of the catalogue that can be chosen, or the one that stands on the case already.
///
/// # Errors
/// `case_symptom_class_unknown`.
pub(crate) async fn symptom_class(
    tx: &mut Tx,
    typed: Option<&str>,
    stands: Option<&str>,
) -> Result<Option<String>, Failure> {
    let Some(code) = rules::optional(typed, 60)? else { return Ok(None) };
    if stands == Some(code.as_str()) {
        return Ok(Some(code));
    }
    match assets::fault_code(tx, FaultCodeKind::Fault, &code).await {
        Ok(known) if known.active => Ok(Some(code)),
        Ok(_) | Err(Failure::Refused(_)) => Err(CaseError::SymptomClassUnknown.into()),
        Err(other) => Err(other),
    }
}

/// A cause of the catalogue that can be chosen.
///
/// # Errors
/// `case_cause_unknown`.
pub(crate) async fn cause(tx: &mut Tx, typed: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(code) = rules::optional(typed, 60)? else { return Ok(None) };
    match assets::fault_code(tx, FaultCodeKind::Cause, &code).await {
        Ok(known) if known.active => Ok(Some(code)),
        Ok(_) | Err(Failure::Refused(_)) => Err(CaseError::CauseUnknown.into()),
        Err(other) => Err(other),
    }
}

/// Says the causes of what was mended by phone in words, also of those that can no longer be chosen.
pub(crate) async fn name_causes(tx: &mut Tx, supports: &mut [PhoneSupportView]) -> Result<(), Failure> {
    let codes: Vec<_> = supports
        .iter()
        .filter_map(|s| s.cause_code.clone())
        .map(|code| (FaultCodeKind::Cause, code))
        .collect();
    let names = assets::fault_names(tx, &codes).await?;
    for support in supports {
        let code = support.cause_code.clone();
        support.cause = code.and_then(|code| names.get(&(FaultCodeKind::Cause, code)).cloned());
    }
    Ok(())
}

/// The next number of a case, by the company's day.
pub(crate) async fn number_of_case(tx: &mut Tx, now: Ts) -> Result<String, Failure> {
    let zone = identity::settings::time_zone(tx).await?;
    Ok(kit::numbers::next(tx, crate::NUMBER_PREFIX, now, &zone).await?)
}

/// The holiday lists, built in and imported.
pub(crate) async fn holidays(tx: &mut Tx) -> Result<Arc<HolidayYears>, Failure> {
    policy::holidays(tx).await
}

/// What is decided about the cover of these cases, in one line each: read where it is decided, so an exclusion shows at once.
pub(crate) async fn coverage(tx: &mut Tx, ids: &[CaseId]) -> Result<HashMap<CaseId, CoverageBadge>, Failure> {
    let keys: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut found = coverage::badges_of(tx, &keys).await?;
    Ok(ids.iter().zip(&keys).filter_map(|(id, key)| Some((*id, found.remove(key)?))).collect())
}

/// [`coverage`] will be asked soon ([`Tx::ahead`]).
pub(crate) fn coverage_ahead(tx: &mut Tx, ids: &[CaseId]) {
    coverage::badges_ahead(tx, &ids.iter().map(ToString::to_string).collect::<Vec<_>>());
}

/// [`clocks`] will be asked soon ([`Tx::ahead`]).
pub(crate) fn clocks_ahead(tx: &mut Tx) {
    Book::ahead(tx);
}

/// Decides the cover of a case and keeps the decision; a case without a device has none to decide.
///
/// `judged`: a person has looked at the earlier repairs, and [`Case::rework_of`] says what they found (P74).
pub(crate) async fn decide_coverage(
    tx: &mut Tx,
    cx: &Cx,
    case: &Case,
    earlier: &[Repaired],
    zone: &TimeZone,
    judged: bool,
) -> Result<Option<String>, Failure> {
    let Some(asset_id) = case.asset_id else { return Ok(None) };
    let request = match case.kind {
        CaseKind::Parts => RequestKind::PartSale,
        CaseKind::Training => RequestKind::Training,
        CaseKind::Patch => RequestKind::Patch,
        _ => RequestKind::Repair,
    };
    let previous_repairs = earlier
        .iter()
        .map(|r| PreviousRepair {
            case_id: r.number.clone(),
            completed_on: r.finished_at.timestamp().to_zoned(zone.clone()).date(),
            same_fault: same_fault(case, r, judged),
            excluded: None,
        })
        .collect();
    let decision_id = coverage::decide(
        tx,
        cx,
        CaseFor {
            case_id: case.id.to_string(),
            asset_id: asset_id.to_string(),
            reported_at: case.reported_at,
            request,
            policy_version: case.policy_version,
            unit_id: case.unit_id.to_string(),
            second_unit_id: case.second_unit_id.map(|u| u.to_string()),
            previous_repairs,
        },
    )
    .await?;
    Ok(Some(decision_id.to_string()))
}

// A person's word first; before it, two different classes of symptom are surely not the same fault.
fn same_fault(case: &Case, earlier: &Repaired, judged: bool) -> Option<bool> {
    if judged {
        return Some(case.rework_of == Some(earlier.case_id));
    }
    match (case.symptom_class.as_deref(), earlier.fault.as_deref()) {
        (Some(now), Some(before)) if now != before => Some(false),
        _ => None,
    }
}

/// The unit a case was raised to sees its cover too.
pub(crate) async fn escalated(tx: &mut Tx, case: &Case) -> Result<(), Failure> {
    let second = case.second_unit_id.map(|u| u.to_string());
    coverage::escalated(tx, &case.id.to_string(), second.as_deref()).await
}
