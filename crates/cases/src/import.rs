//! Cases of another desk's history: brought in once by their keys there, with steps and clocks as they were.
//!
//! Nothing of the past is announced. A case that is still open owes its next step from the moment of the import, is watched like
//! any other (P10), and one that was mended there waits for its follow-up call (P13).

use std::collections::HashMap;

use customers::{ContactId, CustomerId, SiteId, keys};
use jiff::tz::TimeZone;
use kit::uuid::Uuid;
use kit::{Cx, Event, Failure, Ts, Tx};
use organisation::UnitId;
use policy::clocks::{self, ClockHistory, ClockStart};
use policy::{Promise, RequestClass};
use serde_json::json;
use service_calendar::{ClockEvent, ClockTermsSpec};

use crate::actions::{CaseJob, FOLLOW_UP_JOB, IDLE_JOB};
use crate::case::{ArriveFrom, Case, CaseNext, CasePromise};
use crate::model::{
    CaseId, CaseKind, CaseState, PhoneProgress, ReportChannel, ResolvedHow, Severity, Working,
};
use crate::rules;
use crate::store;
use crate::store::import as stored;
pub use crate::store::import::ImportedCounts;

/// What an imported step is called on the timeline.
const STEP: &str = "case.imported_step";

/// A state that a log of changes can bring along. Others carry what no log has: a try by phone, an agreement, a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportedState {
    /// 新建
    New,
    /// 已受理
    Triaged,
    /// 待客户
    WaitingCustomer,
    /// 待配件
    WaitingParts,
    /// 已解决
    Resolved,
    /// 已关闭
    Closed,
    /// 已撤销
    Withdrawn,
}

/// A case of another system.
#[derive(Clone, Debug)]
pub struct ImportedCase {
    /// Its key there, with the name of that system.
    pub key: String,
    /// Its number there.
    pub old_number: String,
    /// The name of that system.
    pub source: String,
    /// The id of the command, following from the key.
    pub command_id: Uuid,
    /// What the customer wanted.
    pub kind: CaseKind,
    /// How the report came in.
    pub channel: ReportChannel,
    /// How much the fault hindered, in the end.
    pub severity: Severity,
    /// Its last state.
    pub state: ImportedState,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Where.
    pub site_id: SiteId,
    /// Who reported.
    pub contact_id: Option<ContactId>,
    /// What happened.
    pub symptom: String,
    /// Its class there.
    pub symptom_class: Option<String>,
    /// The unit that owns it.
    pub unit_id: UnitId,
    /// An employee, or a person of that system.
    pub owner_id: String,
    /// A person of that system, or the system itself.
    pub reported_by: String,
    /// When it was reported.
    pub reported_at: Ts,
    /// When it was mended.
    pub resolved_at: Option<Ts>,
    /// How.
    pub resolved_how: ResolvedHow,
    /// When it ended.
    pub closed_at: Option<Ts>,
    /// The last step.
    pub touched_at: Ts,
    /// How often it was reopened.
    pub reopened: i64,
    /// How often it was reassigned.
    pub hand_overs: i64,
    /// Its steps.
    pub steps: Vec<ImportedStep>,
    /// Its clocks.
    pub clocks: Vec<ImportedClock>,
}

/// A step of an imported case.
#[derive(Clone, Debug)]
pub struct ImportedStep {
    /// The id of its command, following from what stands in the row.
    pub command_id: Uuid,
    /// When it was made.
    pub at: Ts,
    /// Details for the timeline: no names of people, ids only.
    pub body: serde_json::Value,
}

/// A clock of an imported case.
#[derive(Clone, Debug)]
pub struct ImportedClock {
    /// What it measures.
    pub promise: Promise,
    /// The severity at its start.
    pub severity: Severity,
    /// Its terms at its start.
    pub terms: ClockTermsSpec,
    /// From when it counts.
    pub started_at: Ts,
    /// What happened to it, without the start.
    pub events: Vec<ClockEvent>,
    /// Severity and terms for each retarget among the events.
    pub retargets: Vec<(Severity, ClockTermsSpec)>,
}

/// The cases that carry these keys.
///
/// # Errors
/// As the database says.
pub async fn imported_cases(tx: &mut Tx, keys: &[&str]) -> Result<HashMap<String, CaseId>, Failure> {
    Ok(stored::known(tx, keys).await?)
}

/// Which of these steps are here already, by command id.
///
/// # Errors
/// As the database says.
pub async fn imported_steps(tx: &mut Tx, ids: &[Uuid]) -> Result<std::collections::HashSet<String>, Failure> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    Ok(stored::told(tx, &ids).await?)
}

/// Counts anew, in the database, what is stored about these cases.
///
/// # Errors
/// As the database says.
pub async fn imported_counts(
    tx: &mut Tx,
    ids: &[CaseId],
    counts: &mut ImportedCounts,
) -> Result<(), Failure> {
    Ok(stored::count(tx, ids, STEP, counts).await?)
}

/// Notes the names that people have in another system, those that are new. Returns the id of each, and how many are new.
///
/// # Errors
/// As the database says.
pub async fn import_people(
    tx: &mut Tx,
    cx: &Cx,
    source: &str,
    names: &[&str],
) -> Result<(HashMap<String, String>, u64), Failure> {
    let mut known = stored::people(tx, source, names).await?;
    let mut new = Vec::new();
    for name in names {
        if !known.contains_key(*name) {
            let id = cx.app.ids.next(cx.now).to_string();
            known.insert((*name).to_owned(), id.clone());
            new.push((id, (*name).to_owned()));
        }
    }
    stored::insert_people(tx, source, &new, cx.now).await?;
    Ok((known, new.len() as u64))
}

/// Brings in cases that aren't here yet, with their steps and clocks, in few statements. Returns their ids in the same order.
///
/// # Errors
/// `already_exists` if one is here; `clock_outside_calendar`.
pub async fn import_cases(tx: &mut Tx, cx: &Cx, list: Vec<ImportedCase>) -> Result<Vec<CaseId>, Failure> {
    // Clocks refer to a stored version of the promise.
    policy::establish(tx, cx).await?;
    let book = policy::Book::open(tx).await?;
    let zone = identity::settings::time_zone(tx).await?;
    let mut numbers = numbers(tx, &list, &zone).await?;
    let (mut cases, mut histories, mut events) = (Vec::new(), Vec::new(), Vec::new());
    let mut old_numbers = Vec::new();
    for one in list {
        let policy = book.in_force(one.reported_at);
        let number = numbers.get_mut(&day(one.reported_at, &zone)).and_then(Vec::pop).unwrap_or_default();
        let case =
            case(cx, &one, number, policy.version, i64::from(policy.content.idle_minutes) * Ts::MINUTE);
        let body = json!({
            "number": case.number, "source": one.source, "old_number": one.old_number, "state": case.state.name(),
            "severity": one.severity, "channel": one.channel, "owner_id": one.owner_id, "unit_id": one.unit_id,
            "steps": one.steps.len(), "reopened": one.reopened, "hand_overs": one.hand_overs,
        });
        let about = |kind, at| {
            Event::new(kind, "case", case.id)
                .thread(case.id)
                .unit(case.unit_id)
                .customer(case.customer_id)
                .at(at)
        };
        events.push((one.command_id, about("case.imported", one.reported_at).body(&body)));
        for step in &one.steps {
            events.push((step.command_id, about(STEP, step.at).body(&step.body)));
        }
        for clock in one.clocks {
            histories.push(ClockHistory {
                start: ClockStart {
                    subject_type: "case",
                    subject_id: case.id.to_string(),
                    thread_id: case.id.to_string(),
                    unit_id: Some(case.unit_id.to_string()),
                    division_code: None,
                    customer_id: Some(case.customer_id.to_string()),
                    promise: clock.promise,
                    class: match case.kind {
                        CaseKind::Fault | CaseKind::Rework => RequestClass::Fault,
                        _ => RequestClass::Consultation,
                    },
                    severity: clock.severity,
                    policy_version: policy.version,
                    terms: Some(clock.terms),
                    at: clock.started_at,
                },
                events: clock.events,
                retargets: clock.retargets,
            });
        }
        old_numbers.push((case.id, keys::serial_key(&one.old_number)));
        cases.push(case);
    }
    store::insert_many(tx, &cases).await?;
    for case in &cases {
        plan(tx, cx, case).await?;
    }
    stored::insert_old_numbers(tx, &old_numbers).await?;
    clocks::import(tx, cx, histories).await?;
    kit::events::append_many(tx, cx, events).await?;
    Ok(cases.iter().map(|c| c.id).collect())
}

// What an open case waits for from now on: its call, and that somebody looks whether it lies (P10).
async fn plan(tx: &mut Tx, cx: &Cx, case: &Case) -> Result<(), Failure> {
    let Some(next) = &case.next else { return Ok(()) };
    let (id, about) = (case.id.to_string(), CaseJob { case_id: case.id, due_at: Some(next.due_at) });
    if matches!(case.state, CaseState::FollowUp { .. }) {
        kit::jobs::schedule(tx, cx, FOLLOW_UP_JOB, &id, cx.now, &about).await?;
    }
    kit::jobs::schedule(tx, cx, IDLE_JOB, &id, next.due_at, &CaseJob { due_at: None, ..about }).await
}

fn day(at: Ts, zone: &TimeZone) -> jiff::civil::Date {
    at.timestamp().to_zoned(zone.clone()).date()
}

// Numbers by the day of the report, the first one last in its list.
async fn numbers(
    tx: &mut Tx,
    list: &[ImportedCase],
    zone: &TimeZone,
) -> Result<HashMap<jiff::civil::Date, Vec<String>>, Failure> {
    let mut days: std::collections::BTreeMap<jiff::civil::Date, (Ts, u32)> =
        std::collections::BTreeMap::new();
    for one in list {
        days.entry(day(one.reported_at, zone)).or_insert((one.reported_at, 0)).1 += 1;
    }
    let mut numbers = HashMap::new();
    for (date, (at, count)) in days {
        let mut taken = kit::numbers::take(tx, crate::NUMBER_PREFIX, at, zone, count).await?;
        taken.reverse();
        numbers.insert(date, taken);
    }
    Ok(numbers)
}

fn case(cx: &Cx, one: &ImportedCase, number: String, policy_version: i64, idle_us: i64) -> Case {
    let ended_at = one.closed_at.unwrap_or(one.touched_at);
    let until = cx.now.plus(idle_us);
    let how = one.resolved_how;
    let state = match one.state {
        ImportedState::New => CaseState::New,
        ImportedState::Triaged => CaseState::Triaged,
        ImportedState::WaitingCustomer => CaseState::WaitingCustomer { back: Working::Triaged, until },
        ImportedState::WaitingParts => CaseState::WaitingParts { back: Working::Triaged, until },
        // Mended and not closed there: here that is a case that owes its follow-up call (P13).
        ImportedState::Resolved => CaseState::FollowUp { how },
        ImportedState::Closed => CaseState::Closed { at: ended_at },
        ImportedState::Withdrawn => CaseState::Withdrawn { at: ended_at },
    };
    let mended = matches!(one.state, ImportedState::Resolved | ImportedState::Closed);
    let mut case = Case {
        id: cx.app.ids.next(one.reported_at).into(),
        number,
        kind: one.kind,
        channel: one.channel,
        severity: one.severity,
        severity_reason: None,
        state,
        phone: PhoneProgress::NotTried,
        customer_id: one.customer_id,
        site_id: one.site_id,
        asset_id: None,
        contact_id: one.contact_id,
        symptom: one.symptom.clone(),
        symptom_class: one.symptom_class.clone(),
        effects: std::collections::BTreeMap::new(),
        reachable_when: None,
        unit_id: one.unit_id,
        second_unit_id: None,
        department: None,
        division_code: None,
        owner_id: one.owner_id.clone(),
        reported_by: one.reported_by.clone(),
        hand_over_to: None,
        hand_overs: one.hand_overs,
        escalated_at: None,
        next: None,
        touched_at: one.touched_at,
        reported_at: one.reported_at,
        onsite_agreed_at: None,
        visit_due_at: None,
        resolved_how: mended.then_some(how),
        resolved_at: mended.then(|| one.resolved_at.unwrap_or(one.touched_at)),
        reopened: one.reopened,
        rework_of: None,
        parent_id: None,
        policy_version,
        // Nothing was promised here: the other desk had its own words.
        promise: CasePromise {
            severity: one.severity,
            at: one.reported_at,
            policy_version,
            respond: None,
            arrive: None,
            arrive_from: ArriveFrom::OnsiteAgreed,
            open_now: false,
            next_change_at: None,
        },
        coverage_decision_id: None,
        draft_id: None,
        imported_from: Some(one.key.clone()),
        version: 1,
        worded: None,
    };
    let standing = case.standing();
    case.next = rules::next_after(&standing).map(|step| {
        let known = rules::Due {
            now: cx.now,
            respond: None,
            arrive: None,
            visit: None,
            follow_up: None,
            complaint: None,
            idle_us,
            arrive_target_us: None,
        };
        CaseNext { step, note: None, due_at: rules::due(&standing, step, &known) }
    });
    case
}
