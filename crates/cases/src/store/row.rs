//! The case file's own row: insert, load, save.

use kit::db::Dialect;
use kit::{Actor, DbError, Reach, Row, ScopeColumns, Ts, Tx, Value, Where};

use super::search;
use crate::case::{Case, CaseNext};
use crate::model::{CaseId, CaseState, StateName, Working, person};

/// Narrows `filter` to the cases `actor` may see, in `service_case c`.
///
/// Beside unit, second unit, customer and sharing (kit), a person sees the cases they own, were offered or took the report
/// of: an agent may report a fault anywhere (decision 2) and must be able to finish what they began.
pub fn within(filter: &mut Where, actor: &Actor) {
    let me = person(actor);
    let unit = "IN (SELECT unit_id FROM unit_reach WHERE root_id = ?)";
    match &actor.reach {
        Reach::Unit(root) => {
            filter.and(
                &format!(
                    "c.unit_id {unit} OR c.second_unit_id {unit} OR c.owner_id = ? OR c.reported_by = ? OR c.hand_over_to = ?"
                ),
                [Value::from(root), Value::from(root), Value::from(&me), Value::from(&me), Value::from(&me)],
            );
        }
        Reach::Person(employee) => {
            filter.and(
                "c.owner_id = ? OR c.hand_over_to = ? OR EXISTS (SELECT 1 FROM shared_with s \
                 WHERE s.person_id = ? AND s.subject_type = 'case' AND s.subject_id = c.id)",
                [Value::from(&me), Value::from(&me), Value::from(employee)],
            );
        }
        reach => reach.narrow(filter, &SCOPE),
    }
}

const SCOPE: ScopeColumns = ScopeColumns {
    subject: "case",
    id: "c.id",
    unit: "c.unit_id",
    second_unit: Some("c.second_unit_id"),
    customer: Some("c.customer_id"),
};

/// What narrows an event `e` on a case's timeline, for [`kit::events::after`]. It keeps the unit and the customer of its
/// moment; whom its case was escalated to, and whom it was shared with, the case knows.
pub const EVENTS: ScopeColumns = ScopeColumns {
    subject: "case",
    id: "e.thread_id",
    unit: "e.unit_id",
    second_unit: Some("(SELECT c.second_unit_id FROM service_case c WHERE c.id = e.thread_id)"),
    customer: Some("e.customer_id"),
};

/// The columns in which a state is kept.
struct StateColumns {
    back: Option<Working>,
    until_at: Option<Ts>,
    closed_at: Option<Ts>,
    merged_into: Option<CaseId>,
}

fn state_columns(case: &Case) -> StateColumns {
    let mut columns = StateColumns { back: None, until_at: None, closed_at: None, merged_into: None };
    match case.state {
        CaseState::WaitingCustomer { back, until } | CaseState::WaitingParts { back, until } => {
            columns.back = Some(back);
            columns.until_at = Some(until);
        }
        CaseState::Closed { at } | CaseState::Withdrawn { at } => columns.closed_at = Some(at),
        CaseState::Merged { into, at } => {
            columns.closed_at = Some(at);
            columns.merged_into = Some(into);
        }
        _ => {}
    }
    columns
}

pub(super) fn state(row: &Row) -> Result<CaseState, DbError> {
    let name: StateName = row.parse("state")?;
    let wait = || -> Result<(Working, Ts), DbError> { Ok((row.parse("back")?, row.get("until_at")?)) };
    Ok(match name {
        StateName::New => CaseState::New,
        StateName::Triaged => CaseState::Triaged,
        StateName::PhoneSupport => CaseState::PhoneSupport,
        StateName::OnsiteAgreed => CaseState::OnsiteAgreed,
        StateName::InField => CaseState::InField,
        StateName::WaitingCustomer => {
            let (back, until) = wait()?;
            CaseState::WaitingCustomer { back, until }
        }
        StateName::WaitingParts => {
            let (back, until) = wait()?;
            CaseState::WaitingParts { back, until }
        }
        StateName::FollowUp => CaseState::FollowUp { how: row.parse("resolved_how")? },
        StateName::Closed => CaseState::Closed { at: row.get("closed_at")? },
        StateName::Merged => CaseState::Merged { into: row.get("merged_into")?, at: row.get("closed_at")? },
        StateName::Withdrawn => CaseState::Withdrawn { at: row.get("closed_at")? },
    })
}

/// A nullable column that holds the name of a `T`.
pub(super) fn maybe<T: std::str::FromStr>(row: &Row, name: &str) -> Result<Option<T>, DbError> {
    match row.get::<Option<String>>(name)? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| DbError::Column { name: name.to_owned() }),
    }
}

/// The next step's columns.
pub(super) fn next(row: &Row) -> Result<Option<CaseNext>, DbError> {
    match maybe(row, "next_step")? {
        None => Ok(None),
        Some(step) => {
            Ok(Some(CaseNext { step, note: row.get("next_step_note")?, due_at: row.get("next_due_at")? }))
        }
    }
}

fn case(row: &Row) -> Result<Case, DbError> {
    let mut case = Case {
        worded: None,
        id: row.get("id")?,
        number: row.get("number")?,
        kind: row.parse("kind")?,
        channel: row.parse("channel")?,
        severity: row.parse("severity")?,
        severity_reason: row.get("severity_reason")?,
        state: state(row)?,
        phone: row.parse("phone")?,
        customer_id: row.get("customer_id")?,
        site_id: row.get("site_id")?,
        asset_id: row.get("asset_id")?,
        contact_id: row.get("contact_id")?,
        symptom: row.get("symptom")?,
        symptom_class: row.get("symptom_class")?,
        effects: row.json("effects")?,
        reachable_when: row.get("reachable_when")?,
        unit_id: row.get("unit_id")?,
        second_unit_id: row.get("second_unit_id")?,
        department: maybe(row, "department")?,
        division_code: row.get("division_code")?,
        owner_id: row.get("owner_id")?,
        reported_by: row.get("reported_by")?,
        hand_over_to: row.get("hand_over_to")?,
        hand_overs: row.get("hand_overs")?,
        escalated_at: row.get("escalated_at")?,
        next: next(row)?,
        touched_at: row.get("touched_at")?,
        reported_at: row.get("reported_at")?,
        onsite_agreed_at: row.get("onsite_agreed_at")?,
        visit_due_at: row.get("visit_due_at")?,
        resolved_how: maybe(row, "resolved_how")?,
        resolved_at: row.get("resolved_at")?,
        reopened: row.get("reopened")?,
        rework_of: row.get("rework_of")?,
        parent_id: row.get("parent_id")?,
        policy_version: row.get("policy_version")?,
        promise: row.json("promise")?,
        coverage_decision_id: row.get("coverage_decision_id")?,
        draft_id: row.get("draft_id")?,
        imported_from: row.get("imported_from")?,
        version: row.get("version")?,
    };
    case.worded = Some(search::Worded::of(&case));
    Ok(case)
}

// Column and value side by side, so that insert and save can't drift apart.
fn columns(case: &Case) -> Result<Vec<(&'static str, Value)>, DbError> {
    let json = |what: &'static str, value: serde_json::Result<String>| {
        value.map(Value::from).map_err(|_| DbError::Column { name: what.to_owned() })
    };
    let state = state_columns(case);
    let next = case.next.as_ref();
    Ok(vec![
        ("kind", case.kind.name().into()),
        ("severity", case.severity.name().into()),
        ("severity_reason", case.severity_reason.clone().into()),
        ("state", case.state.name().name().into()),
        ("back", state.back.map(Working::name).into()),
        ("until_at", state.until_at.into()),
        ("phone", case.phone.name().into()),
        ("asset_id", case.asset_id.into()),
        ("contact_id", case.contact_id.into()),
        ("symptom", (&case.symptom).into()),
        ("symptom_class", case.symptom_class.clone().into()),
        ("effects", json("effects", serde_json::to_string(&case.effects))?),
        ("reachable_when", case.reachable_when.clone().into()),
        ("unit_id", case.unit_id.into()),
        ("second_unit_id", case.second_unit_id.into()),
        ("department", case.department.map(|d| d.name()).into()),
        ("division_code", case.division_code.clone().into()),
        ("owner_id", (&case.owner_id).into()),
        ("hand_over_to", case.hand_over_to.clone().into()),
        ("hand_overs", case.hand_overs.into()),
        ("escalated_at", case.escalated_at.into()),
        ("next_step", next.map(|n| n.step.name()).into()),
        ("next_step_note", next.and_then(|n| n.note.clone()).into()),
        ("next_due_at", next.map(|n| n.due_at).into()),
        ("touched_at", case.touched_at.into()),
        ("onsite_agreed_at", case.onsite_agreed_at.into()),
        ("visit_due_at", case.visit_due_at.into()),
        ("resolved_how", case.resolved_how.map(|h| h.name()).into()),
        ("resolved_at", case.resolved_at.into()),
        ("closed_at", state.closed_at.into()),
        ("merged_into", state.merged_into.into()),
        ("reopened", case.reopened.into()),
        ("rework_of", case.rework_of.into()),
        ("parent_id", case.parent_id.into()),
        ("promise", json("promise", serde_json::to_string(&case.promise))?),
        ("coverage_decision_id", case.coverage_decision_id.clone().into()),
    ])
}

// Every column of a new case.
fn all_columns(case: &Case) -> Result<Vec<(&'static str, Value)>, DbError> {
    let tail: String = case.number.chars().skip(case.number.chars().count().saturating_sub(4)).collect();
    let mut all = columns(case)?;
    all.extend([
        ("id", case.id.into()),
        ("number", (&case.number).into()),
        ("number_tail", tail.into()),
        ("channel", case.channel.name().into()),
        ("customer_id", case.customer_id.into()),
        ("site_id", case.site_id.into()),
        ("reported_by", (&case.reported_by).into()),
        ("reported_at", case.reported_at.into()),
        ("policy_version", case.policy_version.into()),
        ("draft_id", case.draft_id.clone().into()),
        ("imported_from", case.imported_from.clone().into()),
        ("recency", search::recency(case.id, case.reported_at).into()),
        ("version", case.version.into()),
    ]);
    Ok(all)
}

/// Inserts a new case.
///
/// Its words are written within moments, many cases at once: fifty places of an index are no part of taking a report.
pub(crate) async fn insert(tx: &mut Tx, case: &Case) -> Result<(), DbError> {
    insert_rows(tx, std::slice::from_ref(case)).await?;
    search::unread(tx, case.id).await?;
    // A form may be sent twice at once: whoever is second hears it here.
    if case.draft_id.is_some() { tx.settle().await } else { Ok(()) }
}

/// Inserts new cases with their words in few statements.
pub(crate) async fn insert_many(tx: &mut Tx, cases: &[Case]) -> Result<(), DbError> {
    insert_rows(tx, cases).await?;
    search::insert_words(tx, cases).await
}

async fn insert_rows(tx: &mut Tx, cases: &[Case]) -> Result<(), DbError> {
    let mut names: Vec<&str> = Vec::new();
    let mut rows = Vec::with_capacity(cases.len());
    for case in cases {
        let all = all_columns(case)?;
        if names.is_empty() {
            names = all.iter().map(|(name, _)| *name).collect();
        }
        rows.push(all.into_iter().map(|(_, value)| value).collect());
    }
    tx.insert_many("service_case", &names, &rows).await
}

/// Saves what changed and counts the version up. `false` if somebody else was faster.
pub(crate) async fn save(tx: &mut Tx, case: &mut Case) -> Result<bool, DbError> {
    let mut sets = Vec::new();
    let mut values = Vec::new();
    for (name, value) in columns(case)? {
        values.push(value);
        sets.push(format!("{name} = ${}", values.len()));
    }
    values.extend([Value::from(case.version + 1), Value::from(case.id), Value::from(case.version)]);
    let n = values.len();
    let sql = format!(
        "UPDATE service_case SET {}, version = ${} WHERE id = ${} AND version = ${}",
        sets.join(", "),
        n - 2,
        n - 1,
        n
    );
    let changed = tx.execute(&sql, &values).await?;
    case.version += 1;
    // Its words stand by what it says and by whether it is open.
    let worded = search::Worded::of(case);
    if changed == 1 && case.worded.as_ref() != Some(&worded) {
        search::read_again(tx, &[search::Said::of(case)]).await?;
        case.worded = Some(worded);
    }
    Ok(changed == 1)
}

/// The case, locked for the length of the command, if `actor` may see it.
pub(crate) async fn for_change(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Option<Case>, DbError> {
    let mut filter = Where::new();
    filter.and("c.id = ?", [Value::from(id)]);
    within(&mut filter, actor);
    one(tx, &filter, true).await
}

/// The case, locked, for a neighbour that acts on it by its own right.
pub(crate) async fn for_neighbour(tx: &mut Tx, id: CaseId) -> Result<Option<Case>, DbError> {
    let mut filter = Where::new();
    filter.and("c.id = ?", [Value::from(id)]);
    one(tx, &filter, true).await
}

/// The case as it stands, if `actor` may see it.
pub(crate) async fn visible(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Option<Case>, DbError> {
    let mut filter = Where::new();
    filter.and("c.id = ?", [Value::from(id)]);
    within(&mut filter, actor);
    one(tx, &filter, false).await
}

/// The case as it stands.
pub(crate) async fn by_id(tx: &mut Tx, id: CaseId) -> Result<Option<Case>, DbError> {
    let mut filter = Where::new();
    filter.and("c.id = ?", [Value::from(id)]);
    one(tx, &filter, false).await
}

/// The case an intake form has made already.
pub(crate) async fn by_draft(tx: &mut Tx, draft_id: &str) -> Result<Option<Case>, DbError> {
    let mut filter = Where::new();
    filter.and("c.draft_id = ?", [Value::from(draft_id)]);
    one(tx, &filter, false).await
}

/// The open cases of a device, the newest first.
pub(crate) async fn open_of_asset(tx: &mut Tx, asset_id: assets::AssetId) -> Result<Vec<Case>, DbError> {
    let sql = "SELECT c.* FROM service_case c WHERE c.asset_id = $1 AND c.closed_at IS NULL \
               ORDER BY c.reported_at DESC, c.id DESC LIMIT 5";
    tx.rows(sql, &[Value::from(asset_id)]).await?.iter().map(case).collect()
}

async fn one(tx: &mut Tx, filter: &Where, lock: bool) -> Result<Option<Case>, DbError> {
    let lock = if lock && tx.dialect() == Dialect::Postgres { "FOR UPDATE OF c" } else { "" };
    let sql = format!("SELECT c.* FROM service_case c {} {lock}", filter.sql());
    tx.row(&sql, filter.params()).await?.as_ref().map(case).transpose()
}
