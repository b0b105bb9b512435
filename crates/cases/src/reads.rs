//! What the routes read: whole views from few statements.

use std::collections::{BTreeSet, HashSet};

use assets::FaultCodeKind;
use customers::{CallerMatch, LookUp, LookUpHit, SiteId};
use identity::{Permission, Principal, lists, may};
use kit::{Actor, Audience, Failure, Reach, Ts, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actions::proposal;
use crate::case::{Case, CasePromise, CaseRef};
use crate::errors::CaseError;
use crate::model::{CaseId, CaseState, Severity, StateName, Step};
use crate::neighbours;
use crate::store::search::{self, Bounds, Found};
use crate::store::{self, CaseListView, ListQuery};
use crate::views::{
    CaseCount, CaseHome, CaseList, CaseRow, CaseView, MissedCalls, OpenOn, OpenStep, PhoneQueue,
    TimelineEntry,
};
use crate::{CaseKind, rules};

/// A page of cases: one statement for the rows, one for their clocks, one for their cover, one for the count on the first page.
///
/// A search shows the newest that match, 200 at most, in the order of the list.
///
/// # Errors
/// `cursor_invalid`.
pub(crate) async fn list(
    tx: &mut Tx,
    actor: &Actor,
    query: &ListQuery,
    now: Ts,
) -> Result<CaseList, Failure> {
    neighbours::clocks_ahead(tx);
    let (page, count) = match store::words(query) {
        Some(text) => {
            let found = search::found(tx, actor, query, text, Bounds::LIST, now).await?;
            let n = i64::try_from(found.hits.len()).unwrap_or(i64::MAX);
            (store::found_page(tx, query, &found, now).await?, CaseCount { n, more: found.more })
        }
        None => {
            if query.after.is_none() {
                store::count_ahead(tx, actor, query, now);
            }
            let page = store::page(tx, actor, query, now).await?;
            let count = match query.after {
                None => store::count(tx, actor, query, now).await?,
                Some(_) => CaseCount { n: 0, more: false },
            };
            (page, count)
        }
    };
    let first = query.after.is_none();
    let mut items = page.items;
    dress(tx, &mut items, now).await?;
    Ok(CaseList { items, next: page.next, total: first.then_some(count.n), more: first && count.more, now })
}

/// What a file remembers from page to page: what its search found, asked once, and the cases it has, so that none comes twice though
/// the list moves meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Filed {
    found: Option<Found>,
    cases: HashSet<CaseId>,
}

/// The next rows of a file.
///
/// # Errors
/// `cursor_invalid`.
pub(crate) async fn rows(
    tx: &mut Tx,
    actor: &Actor,
    query: &ListQuery,
    filed: &mut Filed,
    now: Ts,
) -> Result<lists::Rows<CaseRow>, Failure> {
    let (mut page, cut) = match store::words(query) {
        Some(text) => {
            let found = match filed.found.take() {
                Some(found) => found,
                None => search::found(tx, actor, query, text, Bounds::FILE, now).await?,
            };
            let page = store::found_page(tx, query, &found, now).await?;
            let cut = found.more;
            filed.found = Some(found);
            (page, cut)
        }
        None => (store::page(tx, actor, query, now).await?, false),
    };
    page.items.retain(|row| filed.cases.insert(row.id));
    dress(tx, &mut page.items, now).await?;
    Ok(lists::Rows { page, cut })
}

// Clocks and cover of a whole page at once.
async fn dress(tx: &mut Tx, rows: &mut [CaseRow], now: Ts) -> Result<(), Failure> {
    let ids: Vec<CaseId> = rows.iter().map(|r| r.id).collect();
    neighbours::coverage_ahead(tx, &ids);
    let mut clocks = neighbours::clocks(tx, &ids, now).await?;
    let mut coverage = neighbours::coverage(tx, &ids).await?;
    for row in rows {
        row.clocks = clocks.remove(&row.id).unwrap_or_default();
        row.coverage = coverage.remove(&row.id);
    }
    Ok(())
}

/// A case in full, with what this reader may do now.
///
/// # Errors
/// `case_unknown`.
pub(crate) async fn view(tx: &mut Tx, who: &Principal, id: CaseId, now: Ts) -> Result<CaseView, Failure> {
    let actor = who.actor();
    neighbours::clocks_ahead(tx);
    neighbours::coverage_ahead(tx, &[id]);
    store::page_ahead(tx, id);
    let case = store::visible(tx, &actor, id).await?.ok_or(CaseError::Unknown)?;
    let (row, address) = store::shown(tx, id, now).await?.ok_or(CaseError::Unknown)?;
    let mut rows = [row];
    dress(tx, &mut rows, now).await?;
    let [row] = rows;
    let blockers = store::blockers(tx, id).await?;
    let contact = match case.contact_id {
        None => None,
        Some(contact_id) => store::contact(tx, contact_id).await?,
    };
    let symptom: Vec<_> =
        case.symptom_class.iter().map(|code| (FaultCodeKind::Fault, code.clone())).collect();
    let symptom_name = assets::fault_names(tx, &symptom).await?.into_values().next();
    let people = store::people(tx, &BTreeSet::from([case.reported_by.clone()])).await?;
    let reported_by = crate::views::CasePerson {
        id: case.reported_by.clone(),
        name: people.get(&case.reported_by).map(|p| p.name.clone()).unwrap_or_default(),
    };
    let rework_proposal = match case.state {
        CaseState::New if case.asset_id.is_some() && case.kind == CaseKind::Fault => {
            let terms = neighbours::terms(tx, case.policy_version).await?;
            let site = neighbours::site(tx, case.site_id).await?;
            let earlier = crate::actions::earlier(tx, &case, &terms).await?;
            crate::actions::rework(tx, &case, &terms, &site.time_zone(), &earlier).await?
        }
        _ => None,
    };
    let visit_planned = blockers.iter().any(|b| b.kind == "work_order");
    let (parent, children) = store::family::members(tx, id, case.parent_id).await?;
    let parent_solution = match case.parent_id {
        Some(parent_id) => store::family::solution(tx, parent_id).await?,
        None => None,
    };
    let steps = steps(&case, who, visit_planned, children.is_empty());
    let (ended_at, merged_into) = match case.state {
        CaseState::Closed { at } | CaseState::Withdrawn { at } => (Some(at), None),
        CaseState::Merged { into, at } => (Some(at), Some(into)),
        _ => (None, None),
    };
    Ok(CaseView {
        case: row,
        address,
        severity_reason: case.severity_reason,
        symptom_class: case.symptom_class,
        symptom_name,
        effects: case.effects,
        reachable_when: case.reachable_when,
        contact,
        second_unit_id: case.second_unit_id,
        department: case.department,
        reported_by,
        hand_overs: case.hand_overs,
        phone: case.phone,
        phone_supports: crate::phone_supports(tx, id).await?,
        agreements: store::agreements(tx, id).await?,
        hand_over_list: store::hand_overs(tx, id).await?,
        blockers,
        resolved_how: case.resolved_how,
        resolved_at: case.resolved_at,
        ended_at,
        merged_into,
        reopened: case.reopened,
        rework_of: case.rework_of,
        parent,
        parent_solution,
        children,
        rework_proposal,
        policy_version: case.policy_version,
        promise: case.promise,
        steps,
    })
}

// What the table allows and the reader's permissions too; the steps that other crates take are not offered here.
fn steps(case: &Case, who: &Principal, visit_planned: bool, childless: bool) -> Vec<OpenStep> {
    let standing = case.standing();
    let me = crate::model::person(&who.actor());
    let mine_to_answer = case.hand_over_to.as_deref() == Some(me.as_str());
    let primary =
        if mine_to_answer { Some(Step::AcceptHandOver) } else { rules::primary(&standing, visit_planned) };
    rules::open_steps(&standing)
        .filter(|step| may_take(who, *step))
        .filter(|step| match step {
            Step::AcceptHandOver => mine_to_answer,
            Step::DeclineHandOver => mine_to_answer || case.owner_id == me,
            Step::HandOver => case.hand_over_to.is_none(),
            Step::Escalate => case.escalated_at.is_none(),
            Step::ReturnEscalation => case.escalated_at.is_some(),
            Step::SetParent => case.parent_id.is_none() && childless,
            Step::LeaveParent => case.parent_id.is_some(),
            _ => true,
        })
        .map(|step| OpenStep { step, primary: Some(step) == primary })
        .collect()
}

fn may_take(who: &Principal, step: Step) -> bool {
    fn may<P: Permission>(who: &Principal) -> bool {
        who.may::<P>()
    }
    match step {
        Step::Triage
        | Step::ChangeSeverity
        | Step::HandOver
        | Step::AcceptHandOver
        | Step::DeclineHandOver
        | Step::SetNextStep
        | Step::Correct
        | Step::Escalate
        | Step::ReturnEscalation
        | Step::SetParent
        | Step::LeaveParent
        | Step::WaitCustomer
        | Step::WaitParts
        | Step::Resume => may::<may::TriageCase>(who),
        Step::StartPhoneSupport | Step::RecordPhoneResult => may::<may::SupportByPhone>(who),
        Step::AgreeOnsite => may::<may::AgreeOnsite>(who),
        Step::PlanVisit => may::<may::PlanVisits>(who),
        Step::Reopen | Step::Withdraw | Step::Merge => may::<may::ManageCases>(who),
        Step::Note => may::<may::NoteOnCase>(who),
        // Told by visits and by follow-up, never pressed on the case itself.
        Step::EnterField | Step::FinishField | Step::Close => false,
    }
}

/// A page of a timeline, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Timeline {
    /// The entries.
    pub items: Vec<TimelineEntry>,
    /// Give it as `before` for older ones; absent at the beginning.
    pub next: Option<i64>,
}

/// Which page of a timeline.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TimelineQuery {
    /// Older than this entry.
    pub before: Option<i64>,
    /// Entries, 1 to 200; 50 unless given.
    pub limit: Option<i64>,
}

/// A page of a case's timeline with names and words in place of ids.
///
/// # Errors
/// `case_unknown`.
pub(crate) async fn timeline(
    tx: &mut Tx,
    actor: &Actor,
    id: CaseId,
    query: &TimelineQuery,
) -> Result<Timeline, Failure> {
    let case = store::visible(tx, actor, id).await?.ok_or(CaseError::Unknown)?;
    let audiences: &[Audience] = match actor.reach {
        Reach::Customer(_) => &[Audience::Customer],
        _ => &[Audience::Staff, Audience::Customer],
    };
    let limit = query.limit.unwrap_or(50).clamp(1, 200);
    let mut events =
        kit::events::timeline(tx, &case.id.to_string(), audiences, query.before, limit + 1).await?;
    let more = i64::try_from(events.len()).unwrap_or(i64::MAX) > limit;
    events.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let mut ids: BTreeSet<String> = events.iter().map(|e| e.actor_id.clone()).collect();
    for event in &events {
        for key in ["from_id", "to_id", "owner_id", "supporter_id", "company_person_id", "engineer_id"] {
            ids.extend(event.body[key].as_str().map(ToOwned::to_owned));
        }
    }
    let people = store::people(tx, &ids).await?;
    let words = store::words_of(tx, case.id).await?;
    let codes: Vec<_> = events.iter().flat_map(|event| codes_in(&event.body)).map(|(_, code)| code).collect();
    let faults = assets::fault_names(tx, &codes).await?;
    let next = if more { events.last().map(|e| e.pos) } else { None };
    let items = events
        .into_iter()
        .map(|event| {
            let text = ["note_id", "phone_support_id", "hand_over_id", "agreement_id"]
                .iter()
                .find_map(|key| event.body[*key].as_str().and_then(|id| words.get(id)))
                .cloned();
            let mut body = event.body;
            // The names belong beside the ids: a reader of the page has no directory at hand.
            let names: serde_json::Map<String, serde_json::Value> =
                ["from_id", "to_id", "owner_id", "supporter_id", "company_person_id", "engineer_id"]
                    .iter()
                    .filter_map(|key| {
                        let name = people.get(body[*key].as_str()?)?.name.clone();
                        Some((key.trim_end_matches("_id").to_owned(), name.into()))
                    })
                    .collect();
            let named: serde_json::Map<String, serde_json::Value> = codes_in(&body)
                .filter_map(|(key, code)| Some((key.to_owned(), json!(faults.get(&code)?))))
                .collect();
            if let Some(object) = body.as_object_mut() {
                for (key, value) in [("names", names), ("words", named)] {
                    if !value.is_empty() {
                        object.insert(key.to_owned(), value.into());
                    }
                }
            }
            TimelineEntry {
                pos: event.pos,
                at: event.at,
                device_at: event.device_at,
                actor_kind: event.actor_kind,
                actor: people.get(&event.actor_id).cloned(),
                kind: event.kind,
                subject_type: event.subject_type,
                subject_id: event.subject_id,
                audience: event.audience,
                body,
                text,
            }
        })
        .collect();
    Ok(Timeline { items, next })
}

// Where an event's body has codes of the catalogue.
fn codes_in(body: &serde_json::Value) -> impl Iterator<Item = (&'static str, (FaultCodeKind, String))> {
    const KEYS: [(&str, FaultCodeKind); 4] = [
        ("reported", FaultCodeKind::Fault),
        ("found", FaultCodeKind::Fault),
        ("fault_code", FaultCodeKind::Fault),
        ("cause_code", FaultCodeKind::Cause),
    ];
    KEYS.into_iter().filter_map(|(key, kind)| Some((key, (kind, body[key].as_str()?.to_owned()))))
}

/// What a person starts the day with.
///
/// # Errors
/// As the database says.
pub async fn home(tx: &mut Tx, actor: &Actor, now: Ts) -> Result<CaseHome, Failure> {
    let of = |view| ListQuery { view: Some(view), limit: Some(20), ..ListQuery::default() };
    let mut mine = store::page(tx, actor, &of(CaseListView::Mine), now).await?.items;
    dress(tx, &mut mine, now).await?;
    let latest = ListQuery { limit: Some(6), ..of(CaseListView::Late) };
    let mut late_rows = store::page(tx, actor, &latest, now).await?.items;
    dress(tx, &mut late_rows, now).await?;
    let [mine_count, mine_late, offered] = store::my_counts(tx, actor, now).await?;
    Ok(CaseHome {
        mine,
        late_rows,
        mine_count,
        mine_late,
        offered,
        open: store::count(tx, actor, &of(CaseListView::Open), now).await?,
        late: store::count(tx, actor, &of(CaseListView::Late), now).await?,
        unowned: store::count(tx, actor, &of(CaseListView::Unowned), now).await?,
        follow_up: store::count(tx, actor, &of(CaseListView::FollowUp), now).await?,
        now,
    })
}

/// Missed calls that are to be called back, `limit` of them at most (P1).
///
/// # Errors
/// As the database says.
pub async fn missed_calls(tx: &mut Tx, actor: &Actor, limit: i64, now: Ts) -> Result<MissedCalls, Failure> {
    let items = store::calls::missed(tx, actor, limit, now).await?;
    let (count, late) = store::calls::missed_counts(tx, actor, now).await?;
    Ok(MissedCalls { items, count, late, now })
}

/// What waits for an expert: cases that are triaged or in phone support, by the due time of their next step (P37).
///
/// # Errors
/// As the database says.
pub async fn phone_queue(tx: &mut Tx, actor: &Actor, now: Ts) -> Result<PhoneQueue, Failure> {
    let (mut items, waiting) = store::at_phone(tx, actor, StateName::Triaged, 10, now).await?;
    let (helped, running) = store::at_phone(tx, actor, StateName::PhoneSupport, 10, now).await?;
    items.extend(helped);
    items.sort_by_key(|row| row.next.as_ref().map(|next| next.due_at));
    items.truncate(10);
    dress(tx, &mut items, now).await?;
    Ok(PhoneQueue { items, waiting, running })
}

/// Which promise.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PromiseQuery {
    /// For this severity.
    pub severity: Severity,
    /// For this kind of request; a fault unless given.
    pub kind: Option<CaseKind>,
    /// For this device: an agreement may name targets of its own (P29).
    pub asset: Option<assets::AssetId>,
}

/// The promise as it would be given now: by the same function that stores it.
///
/// # Errors
/// As the policy says.
pub(crate) async fn promise(tx: &mut Tx, query: &PromiseQuery, now: Ts) -> Result<CasePromise, Failure> {
    let terms = neighbours::terms_in_force(tx, now).await?;
    let kind = query.kind.unwrap_or(CaseKind::Fault);
    neighbours::promise(tx, &terms, kind, query.severity, query.asset, now).await
}

/// Open cases of which site.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OpenOnQuery {
    /// The site.
    pub site_id: SiteId,
    /// The device.
    pub asset_id: Option<assets::AssetId>,
    /// The class of the symptom, if one was chosen.
    pub symptom_class: Option<String>,
}

/// The open cases of a site, those on the device first, and the repair a new report may redo: whoever reports there sees
/// their numbers and states, nothing more (decision 2).
///
/// # Errors
/// `case_site_unknown`.
pub(crate) async fn open_on(tx: &mut Tx, query: &OpenOnQuery, now: Ts) -> Result<OpenOn, Failure> {
    let site = neighbours::site(tx, query.site_id).await?;
    let (mut same, mut elsewhere): (Vec<CaseRef>, Vec<CaseRef>) = (Vec::new(), Vec::new());
    for (case, asset_id) in store::open_on(tx, site.id).await? {
        if query.asset_id.is_none() || asset_id == query.asset_id {
            same.push(case);
        } else {
            elsewhere.push(case);
        }
    }
    let rework = match query.asset_id {
        None => None,
        Some(asset_id) => {
            let terms = neighbours::terms_in_force(tx, now).await?;
            let since = now.plus(-rules::days_at_most(terms.rework) * Ts::DAY);
            let earlier = store::repaired(tx, asset_id, since, None).await?;
            let zone = site.time_zone();
            proposal(tx, &terms, &zone, asset_id, query.symptom_class.as_deref(), &earlier, now).await?
        }
    };
    Ok(OpenOn { same, site: elsewhere, rework })
}

/// What to look up.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LookUpQuery {
    /// A number, a name, pinyin initials, a serial, a plate, a case number's last four digits, words of a case.
    pub q: String,
}

/// What was found, each kind best first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LookUpResult {
    /// Who may be calling, if the words are a number.
    pub callers: Vec<CallerMatch>,
    /// Cases by their number or words, within reach, the newest first.
    pub cases: Vec<CaseRef>,
    /// Customers and sites, over all units.
    pub customers: Vec<LookUpHit>,
    /// Devices by serial or plate, over all units.
    pub assets: Vec<assets::AssetHit>,
}

/// One box for whatever a caller says (decision 2).
///
/// # Errors
/// As the database says.
pub(crate) async fn look_up(
    tx: &mut Tx,
    actor: &Actor,
    query: &LookUpQuery,
    now: Ts,
) -> Result<LookUpResult, Failure> {
    let text = query.q.trim();
    if text.is_empty() {
        return Ok(LookUpResult {
            callers: Vec::new(),
            cases: Vec::new(),
            customers: Vec::new(),
            assets: Vec::new(),
        });
    }
    let callers = match customers::phones::normalise(text) {
        Ok(number) => customers::match_caller(tx, &number).await?,
        Err(_) => Vec::new(),
    };
    let what = LookUp { text: text.to_owned(), limit: 12 };
    let all = ListQuery { view: Some(CaseListView::All), ..ListQuery::default() };
    let cases = search::found(tx, actor, &all, text, Bounds::BOX, now).await?;
    Ok(LookUpResult {
        callers,
        cases: cases.hits.into_iter().map(|hit| hit.case).collect(),
        customers: customers::look_up(tx, &what).await?,
        assets: assets::look_up(tx, &what).await?,
    })
}
