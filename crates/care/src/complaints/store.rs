//! Complaints; and, read only, the cases they are, their clocks and the names on them.

use std::collections::{BTreeSet, HashMap};

use cases::CaseId;
use kit::{Actor, DbError, Failure, Key, Page, Paging, Row, Ts, Tx, Value, Where, params};

use super::model::{Complaint, ComplaintPerson, ComplaintRow, ComplaintView};
use super::rules::SILENCE_US;

kit::names! {
    /// A list of complaints.
    ComplaintList {
        /// Not answered yet, the oldest first.
        Owed = "owed",
        /// The same, mine.
        Mine = "mine",
        /// The same, past their due time.
        Late = "late",
        /// Answered: the customer's word is waited for.
        Answered = "answered",
        /// Closed, newest first.
        Closed = "closed",
    }
}

const COLUMNS: &str = "p.case_id, p.about_case_id, p.received_at, p.acknowledged_at, p.acknowledged_by, p.finding, p.cause, p.remedy, \
     p.answer, p.answered_at, p.answered_by, p.reaction, p.reaction_words, p.reacted_at, p.rounds, p.closed_at, p.version";

fn maybe<T: std::str::FromStr>(row: &Row, name: &str) -> Result<Option<T>, DbError> {
    match row.get::<Option<String>>(name)? {
        None => Ok(None),
        Some(_) => row.parse(name).map(Some),
    }
}

fn complaint_of(row: &Row) -> Result<Complaint, DbError> {
    Ok(Complaint {
        case_id: row.get("case_id")?,
        about_case_id: row.get("about_case_id")?,
        received_at: row.get("received_at")?,
        acknowledged_at: row.get("acknowledged_at")?,
        acknowledged_by: row.get("acknowledged_by")?,
        finding: maybe(row, "finding")?,
        cause: row.get("cause")?,
        remedy: row.get("remedy")?,
        answer: row.get("answer")?,
        answered_at: row.get("answered_at")?,
        answered_by: row.get("answered_by")?,
        reaction: maybe(row, "reaction")?,
        reaction_words: row.get("reaction_words")?,
        reacted_at: row.get("reacted_at")?,
        rounds: row.get("rounds")?,
        closed_at: row.get("closed_at")?,
        version: row.get("version")?,
    })
}

/// The complaint that a case is, whoever asks.
pub(super) async fn get(tx: &mut Tx, case_id: CaseId) -> Result<Option<Complaint>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM complaint p WHERE p.case_id = $1");
    tx.row(&sql, params![case_id]).await?.as_ref().map(complaint_of).transpose()
}

pub(super) async fn insert(tx: &mut Tx, new: &Complaint) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO complaint (case_id, about_case_id, received_at) VALUES ($1, $2, $3)",
        params![new.case_id, new.about_case_id, new.received_at],
    )
    .await?;
    Ok(())
}

/// Saves what a step changed; `false` if somebody else was first.
pub(super) async fn save(tx: &mut Tx, now: &Complaint) -> Result<bool, DbError> {
    let changed = tx
        .execute(
            "UPDATE complaint SET acknowledged_at = $1, acknowledged_by = $2, finding = $3, cause = $4, remedy = $5, answer = $6, \
             answered_at = $7, answered_by = $8, reaction = $9, reaction_words = $10, reacted_at = $11, rounds = $12, \
             closed_at = $13, version = version + 1 WHERE case_id = $14 AND version = $15",
            params![
                now.acknowledged_at,
                now.acknowledged_by.as_deref(),
                now.finding,
                now.cause.as_deref(),
                now.remedy.as_deref(),
                now.answer.as_deref(),
                now.answered_at,
                now.answered_by.as_deref(),
                now.reaction,
                now.reaction_words.as_deref(),
                now.reacted_at,
                now.rounds,
                now.closed_at,
                now.case_id,
                now.version
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Complaints that are owed an answer and have no clock for it, but for what other systems brought.
pub(super) async fn without_clock(tx: &mut Tx) -> Result<Vec<CaseId>, DbError> {
    let sql = "SELECT p.case_id FROM complaint p JOIN service_case c ON c.id = p.case_id WHERE p.answered_at IS NULL \
               AND c.closed_at IS NULL AND c.imported_from IS NULL AND NOT EXISTS (SELECT 1 FROM clock k \
               WHERE k.subject_type = 'case' AND k.subject_id = p.case_id AND k.promise = 'answer_complaint' \
               AND k.stopped_at IS NULL) ORDER BY p.case_id";
    tx.rows(sql, &[]).await?.iter().map(|row| row.get("case_id")).collect()
}

/// A case's number, its complaint, and by when that is answered while its clock runs.
pub(super) type Numbered = (CaseId, String, Option<(Complaint, Option<Ts>)>);

/// These cases by number, each with its complaint if it is one.
pub(super) async fn numbered(tx: &mut Tx, ids: &[CaseId]) -> Result<Vec<Numbered>, DbError> {
    let mut filter = Where::new();
    filter.any("c.id", ids.iter().copied());
    let sql = format!(
        "SELECT c.id, c.number, k.due_at, {COLUMNS} FROM service_case c LEFT JOIN complaint p ON p.case_id = c.id \
         LEFT JOIN clock k ON k.subject_type = 'case' AND k.subject_id = c.id AND k.promise = 'answer_complaint' \
         AND k.stopped_at IS NULL {}",
        filter.sql()
    );
    let numbered = |row: &Row| {
        let complaint = match row.get::<Option<CaseId>>("case_id")? {
            Some(_) => Some((complaint_of(row)?, row.get("due_at")?)),
            None => None,
        };
        Ok((row.get("id")?, row.get("number")?, complaint))
    };
    tx.rows(&sql, filter.params()).await?.iter().map(numbered).collect()
}

// ---- what screens show

const SHOWN: &str = "c.number, c.symptom, c.owner_id, cu.name AS customer_name, c.site_id, s.name AS site_name, s.zone, \
     a.number AS about_number, COALESCE(e.name, ac.name, '') AS owner_name, k.due_at";

const FROM: &str = "FROM complaint p JOIN service_case c ON c.id = p.case_id JOIN customer cu ON cu.id = c.customer_id \
     JOIN site s ON s.id = c.site_id LEFT JOIN service_case a ON a.id = p.about_case_id \
     LEFT JOIN employee e ON e.id = c.owner_id LEFT JOIN account ac ON ac.id = c.owner_id \
     LEFT JOIN clock k ON k.subject_type = 'case' AND k.subject_id = c.id AND k.promise = 'answer_complaint' \
     AND k.stopped_at IS NULL";

fn row_of(row: &Row, me: &str, now: Ts) -> Result<ComplaintRow, DbError> {
    let complaint = complaint_of(row)?;
    let due_at: Option<Ts> = row.get("due_at")?;
    let owner = ComplaintPerson { id: row.get("owner_id")?, name: row.get("owner_name")? };
    Ok(ComplaintRow {
        case_id: complaint.case_id,
        number: row.get("number")?,
        words: row.get("symptom")?,
        customer_name: row.get("customer_name")?,
        site_id: row.get("site_id")?,
        site_name: row.get("site_name")?,
        zone: row.get("zone")?,
        about_case_id: complaint.about_case_id,
        about_number: row.get("about_number")?,
        mine: owner.id == me,
        owner,
        received_at: complaint.received_at,
        due_at,
        late: due_at.is_some_and(|at| at < now),
        state: complaint.state(),
        finding: complaint.finding,
        rounds: complaint.rounds,
        closed_at: complaint.closed_at,
    })
}

/// A page of complaints whose cases the actor sees.
pub(super) async fn list(
    tx: &mut Tx,
    actor: &Actor,
    which: ComplaintList,
    paging: &Paging,
    now: Ts,
) -> Result<Page<ComplaintRow>, Failure> {
    let me = cases::person(actor);
    let mut filter = Where::new();
    cases::within(&mut filter, actor);
    let closed = which == ComplaintList::Closed;
    match which {
        ComplaintList::Owed | ComplaintList::Mine | ComplaintList::Late => {
            filter.and("p.answered_at IS NULL", []);
        }
        ComplaintList::Answered => {
            filter.and("p.answered_at IS NOT NULL AND p.closed_at IS NULL", []);
        }
        ComplaintList::Closed => {
            filter.and("p.closed_at IS NOT NULL", []);
        }
    }
    if which == ComplaintList::Mine {
        filter.and("c.owner_id = ?", [Value::from(&me)]);
    }
    if which == ComplaintList::Late {
        filter.and("k.due_at < ?", [now.into()]);
    }
    if let Some([at, id]) = paging.after([Key::Time, Key::Id])? {
        let cursor = if closed {
            "p.closed_at < ? OR (p.closed_at = ? AND p.case_id < ?)"
        } else {
            "p.received_at > ? OR (p.received_at = ? AND p.case_id > ?)"
        };
        filter.and(cursor, [at.clone(), at, id]);
    }
    let order = if closed { "p.closed_at DESC, p.case_id DESC" } else { "p.received_at, p.case_id" };
    let limit = filter.bind(paging.limit() + 1);
    let sql = format!("SELECT {COLUMNS}, {SHOWN} {FROM} {} ORDER BY {order} LIMIT {limit}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    let rows = rows.iter().map(|row| row_of(row, &me, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |r| {
        let at = if closed { r.closed_at.unwrap_or(r.received_at) } else { r.received_at };
        vec![Value::from(at), Value::from(r.case_id)]
    }))
}

/// A complaint in full, if the actor sees its case.
pub(super) async fn view(
    tx: &mut Tx,
    actor: &Actor,
    case_id: CaseId,
    now: Ts,
) -> Result<Option<ComplaintView>, Failure> {
    let me = cases::person(actor);
    let mut filter = Where::new();
    filter.and("p.case_id = ?", [case_id.into()]);
    cases::within(&mut filter, actor);
    let sql = format!("SELECT {COLUMNS}, {SHOWN} {FROM} {}", filter.sql());
    let Some(row) = tx.row(&sql, filter.params()).await? else { return Ok(None) };
    let (shown, kept) = (row_of(&row, &me, now)?, complaint_of(&row)?);
    let concerned: Vec<String> =
        cases::concerned(tx, case_id).await?.iter().map(ToString::to_string).collect();
    let acted = [&kept.acknowledged_by, &kept.answered_by].into_iter().flatten();
    let names = names_of(tx, concerned.iter().chain(acted)).await?;
    let name = |id: &Option<String>| id.as_ref().and_then(|id| names.get(id).cloned());
    let (acknowledged_by, answered_by) = (name(&kept.acknowledged_by), name(&kept.answered_by));
    let concerned = concerned
        .into_iter()
        .map(|id| ComplaintPerson { name: names.get(&id).cloned().unwrap_or_default(), id })
        .collect();
    Ok(Some(ComplaintView {
        may_answer: cases::may_answer(tx, case_id, &me).await?,
        row: shown,
        concerned,
        acknowledged_at: kept.acknowledged_at,
        acknowledged_by,
        cause: kept.cause,
        remedy: kept.remedy,
        answer: kept.answer,
        answered_at: kept.answered_at,
        answered_by,
        reaction: kept.reaction,
        reaction_words: kept.reaction_words,
        reacted_at: kept.reacted_at,
        unanswered_closes_at: kept.answered_at.map(|at| at.plus(SILENCE_US)),
        version: kept.version,
    }))
}

// The names of these people, employees or accounts, by one statement.
async fn names_of<'i>(
    tx: &mut Tx,
    ids: impl Iterator<Item = &'i String>,
) -> Result<HashMap<String, String>, DbError> {
    let ids: BTreeSet<&str> = ids.map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut filter = Where::new();
    filter.any("id", ids);
    let of = |table: &str| format!("SELECT id, name FROM {table} {}", filter.sql());
    let sql = format!("{} UNION ALL {}", of("employee"), of("account"));
    tx.rows(&sql, filter.params()).await?.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
}
