//! Follow-ups and attempts; and, read only, the names a caller needs and who did the work.

use std::collections::BTreeMap;

use cases::CaseId;
use kit::uuid::Uuid;
use kit::{
    Both, Cx, DbError, Failure, Key, Page, Paging, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params,
};

use crate::model::{
    AttemptView, ComplaintRef, FollowUp, FollowUpHome, FollowUpId, FollowUpResult, FollowUpRow,
    FollowUpState, FollowUpView, OnSiteRating, Question, SatisfactionBy,
};
use crate::rules::{MAX_UNREACHED, Rated};

kit::names! {
    /// A list of follow-ups.
    FollowUpList {
        /// To be made, by the time of the next attempt.
        Due = "due",
        /// Past their due time.
        Late = "late",
        /// Mine, made or to be made.
        Mine = "mine",
        /// Made, newest first.
        Done = "done",
    }
}

const SCOPE: ScopeColumns = ScopeColumns {
    subject: "case",
    id: "f.case_id",
    unit: "f.unit_id",
    second_unit: Some("f.second_unit_id"),
    customer: Some("f.customer_id"),
};

const COLUMNS: &str = "f.id, f.number, f.case_id, f.customer_id, f.site_id, f.contact_id, f.unit_id, f.second_unit_id, \
     f.division_code, f.served_by, f.how, f.state, f.script, f.due_at, f.next_at, f.attempts, f.caller_id, f.started_at, f.result, \
     f.rating, f.answers, f.comment, f.concern, f.complaint_case_id, f.created_at, f.done_at, f.version";

fn follow_up_of(row: &Row) -> Result<FollowUp, DbError> {
    Ok(FollowUp {
        id: row.get("id")?,
        number: row.get("number")?,
        case_id: row.get("case_id")?,
        customer_id: row.get("customer_id")?,
        site_id: row.get("site_id")?,
        contact_id: row.get("contact_id")?,
        unit_id: row.get("unit_id")?,
        second_unit_id: row.get("second_unit_id")?,
        division_code: row.get("division_code")?,
        served_by: row.get("served_by")?,
        how: row.parse("how")?,
        state: row.parse("state")?,
        script: row.json("script")?,
        due_at: row.get("due_at")?,
        next_at: row.get("next_at")?,
        attempts: row.get("attempts")?,
        caller_id: row.get("caller_id")?,
        started_at: row.get("started_at")?,
        result: result_of(row)?,
        rating: row.get("rating")?,
        answers: answers_of(row)?,
        comment: row.get("comment")?,
        concern: row.get("concern")?,
        complaint_case_id: row.get("complaint_case_id")?,
        created_at: row.get("created_at")?,
        done_at: row.get("done_at")?,
        version: row.get("version")?,
    })
}

fn result_of(row: &Row) -> Result<Option<FollowUpResult>, DbError> {
    match row.get::<Option<String>>("result")? {
        None => Ok(None),
        Some(_) => row.parse("result").map(Some),
    }
}

fn answers_of(row: &Row) -> Result<BTreeMap<String, bool>, DbError> {
    match row.get::<Option<String>>("answers")? {
        None => Ok(BTreeMap::new()),
        Some(_) => row.json("answers"),
    }
}

/// A follow-up within reach.
pub(crate) async fn get(tx: &mut Tx, reach: &Reach, id: FollowUpId) -> Result<Option<FollowUp>, DbError> {
    let mut filter = Where::new();
    filter.and("f.id = ?", [id.into()]);
    reach.narrow(&mut filter, &SCOPE);
    let sql = format!("SELECT {COLUMNS} FROM follow_up f {}", filter.sql());
    tx.row(&sql, filter.params()).await?.as_ref().map(follow_up_of).transpose()
}

/// The call that a case owes now.
pub(crate) async fn open_of(tx: &mut Tx, case_id: &str) -> Result<Option<FollowUp>, DbError> {
    let sql =
        format!("SELECT {COLUMNS} FROM follow_up f WHERE f.case_id = $1 AND f.state IN ('due', 'calling')");
    tx.row(&sql, params![case_id]).await?.as_ref().map(follow_up_of).transpose()
}

/// The newest call that a case owed, however far it came.
pub(crate) async fn last_of(tx: &mut Tx, case_id: &str) -> Result<Option<FollowUp>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM follow_up f WHERE f.case_id = $1 ORDER BY f.created_at DESC, f.id DESC LIMIT 1"
    );
    tx.row(&sql, params![case_id]).await?.as_ref().map(follow_up_of).transpose()
}

pub(crate) async fn insert(tx: &mut Tx, new: &FollowUp) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO follow_up (id, number, case_id, customer_id, site_id, contact_id, unit_id, second_unit_id, division_code, \
         served_by, how, state, script, due_at, next_at, created_at) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)",
        params![
            new.id,
            &new.number,
            new.case_id,
            new.customer_id,
            new.site_id,
            new.contact_id,
            new.unit_id,
            new.second_unit_id,
            new.division_code.as_deref(),
            new.served_by.as_deref(),
            new.how,
            new.state,
            serde_json::to_string(&new.script)?,
            new.due_at,
            new.next_at,
            new.created_at
        ],
    )
    .await?;
    Ok(())
}

/// Saves what a step changed; `false` if somebody else was first.
pub(crate) async fn save(tx: &mut Tx, now: &FollowUp) -> Result<bool, Failure> {
    let answers = if now.answers.is_empty() { None } else { Some(serde_json::to_string(&now.answers)?) };
    let changed = tx
        .execute(
            "UPDATE follow_up SET state = $1, next_at = $2, attempts = $3, caller_id = $4, started_at = $5, result = $6, \
             rating = $7, answers = $8, comment = $9, concern = $10, done_at = $11, complaint_case_id = $14, version = version + 1 \
             WHERE id = $12 AND version = $13",
            params![
                now.state,
                now.next_at,
                now.attempts,
                now.caller_id.as_deref(),
                now.started_at,
                now.result,
                now.rating,
                answers,
                now.comment.as_deref(),
                now.concern,
                now.done_at,
                now.id,
                now.version,
                now.complaint_case_id
            ],
        )
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn insert_attempt(
    tx: &mut Tx,
    cx: &Cx,
    follow_up_id: FollowUpId,
    by: &str,
    attempt: &AttemptView,
) -> Result<(), DbError> {
    let id: Uuid = cx.new_id();
    tx.execute(
        "INSERT INTO follow_up_attempt (id, follow_up_id, at, by_id, reached, comment, next_at) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        params![id, follow_up_id, attempt.at, by, attempt.reached, attempt.comment.as_deref(), attempt.next_at],
    )
    .await?;
    Ok(())
}

/// Keeps a score given on site; `false` if the visit has one.
pub(crate) async fn insert_rating(
    tx: &mut Tx,
    visit_id: visits::VisitId,
    case_id: CaseId,
    new: &OnSiteRating,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO visit_rating (visit_id, case_id, rating, comment, at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (visit_id) DO NOTHING";
    let values = params![visit_id, case_id, new.rating, new.comment.as_deref(), new.at];
    Ok(tx.execute(sql, values).await? == 1)
}

/// The last score that was given on site before a call was planned.
async fn rated_on_site(tx: &mut Tx, case_id: CaseId) -> Result<Option<OnSiteRating>, DbError> {
    let sql = "SELECT rating, comment, at FROM visit_rating WHERE case_id = $1 ORDER BY at DESC LIMIT 1";
    let row = tx.row(sql, params![case_id]).await?;
    row.map(|r| Ok(OnSiteRating { rating: r.get("rating")?, comment: r.get("comment")?, at: r.get("at")? }))
        .transpose()
}

// The score that counts (P7): that of the call, else the one given on site before it.
const SCORE: &str = "COALESCE(f.rating, (SELECT r.rating FROM visit_rating r WHERE r.case_id = f.case_id AND r.at <= f.done_at \
     ORDER BY r.at DESC LIMIT 1))";

// ---- what screens show

const NAMES: &str = "c.number AS case_number, c.symptom, cu.name AS customer_name, s.name AS site_name, s.zone, \
     k.name AS contact_name, k.phone_masked, COALESCE(e.name, ea.name) AS served_by_name, COALESCE(p.name, pa.name) AS caller_name";

const JOINS: &str = "JOIN service_case c ON c.id = f.case_id JOIN customer cu ON cu.id = f.customer_id \
     JOIN site s ON s.id = f.site_id LEFT JOIN contact k ON k.id = f.contact_id \
     LEFT JOIN employee e ON e.id = f.served_by LEFT JOIN account ea ON ea.id = f.served_by \
     LEFT JOIN employee p ON p.id = f.caller_id LEFT JOIN account pa ON pa.id = f.caller_id";

fn row_of(row: &Row, now: Ts) -> Result<FollowUpRow, DbError> {
    let f = follow_up_of(row)?;
    let open = matches!(f.state, FollowUpState::Due | FollowUpState::Calling);
    Ok(FollowUpRow {
        id: f.id,
        number: f.number,
        case_id: f.case_id,
        case_number: row.get("case_number")?,
        symptom: row.get("symptom")?,
        customer_id: f.customer_id,
        customer_name: row.get("customer_name")?,
        site_id: f.site_id,
        site_name: row.get("site_name")?,
        zone: row.get("zone")?,
        contact_id: f.contact_id,
        contact_name: row.get("contact_name")?,
        phone_masked: row.get("phone_masked")?,
        unit_id: f.unit_id,
        served_by: f.served_by,
        served_by_name: row.get("served_by_name")?,
        how: f.how,
        state: f.state,
        due_at: f.due_at,
        next_at: f.next_at,
        late: if open { f.due_at < now } else { f.done_at.is_some_and(|d| d > f.due_at) },
        attempts: f.attempts,
        caller_id: f.caller_id,
        caller_name: row.get("caller_name")?,
        result: f.result,
        rating: f.rating,
        concern: f.concern,
        done_at: f.done_at,
        version: f.version,
    })
}

/// A page of follow-ups within reach; `me` is whose `mine` are.
pub(crate) async fn list(
    tx: &mut Tx,
    reach: &Reach,
    which: FollowUpList,
    case: Option<CaseId>,
    me: &str,
    paging: &Paging,
    now: Ts,
) -> Result<Page<FollowUpRow>, Failure> {
    let mut filter = Where::new();
    reach.narrow(&mut filter, &SCOPE);
    let newest_first = which == FollowUpList::Done;
    match which {
        FollowUpList::Due => filter.and("f.state IN ('due', 'calling')", []),
        FollowUpList::Late => filter.and("f.state IN ('due', 'calling') AND f.due_at < ?", [now.into()]),
        FollowUpList::Mine => filter.and("f.caller_id = ? AND f.state <> 'cancelled'", [me.into()]),
        FollowUpList::Done => filter.and("f.state = 'done'", []),
    };
    if let Some(case) = case {
        filter.and("f.case_id = ?", [case.into()]);
    }
    if let Some(key) = paging.after([Key::Time, Key::Id])? {
        filter
            .and(if newest_first { "(f.done_at, f.id) < (?, ?)" } else { "(f.next_at, f.id) > (?, ?)" }, key);
    }
    let order = if newest_first { "f.done_at DESC, f.id DESC" } else { "f.next_at, f.id" };
    let limit = filter.bind(paging.limit() + 1);
    let sql = format!(
        "SELECT {COLUMNS}, {NAMES} FROM follow_up f {JOINS} {} ORDER BY {order} LIMIT {limit}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let rows = rows.iter().map(|r| row_of(r, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_rows(rows, paging.limit(), |r| {
        let first = if newest_first { r.done_at.unwrap_or(r.next_at) } else { r.next_at };
        vec![Value::from(first), Value::from(r.id)]
    }))
}

/// Calls to make and calls that told of trouble, in numbers and as the first few rows.
pub(crate) async fn home(
    tx: &mut Tx,
    reach: &Reach,
    now: Ts,
    today_ends: Ts,
    low_since: Ts,
) -> Result<FollowUpHome, Failure> {
    async fn count(tx: &mut Tx, reach: &Reach, which: &str, values: Vec<Value>) -> Result<i64, DbError> {
        let mut filter = Where::new();
        filter.and(which, values);
        reach.narrow(&mut filter, &SCOPE);
        tx.int(&format!("SELECT COUNT(*) FROM follow_up f {}", filter.sql()), filter.params()).await
    }
    async fn rows(
        tx: &mut Tx,
        reach: &Reach,
        which: &str,
        values: Vec<Value>,
        order: &str,
        now: Ts,
    ) -> Result<Vec<FollowUpRow>, DbError> {
        let mut filter = Where::new();
        filter.and(which, values);
        reach.narrow(&mut filter, &SCOPE);
        let sql = format!(
            "SELECT {COLUMNS}, {NAMES} FROM follow_up f {JOINS} {} ORDER BY {order} LIMIT 6",
            filter.sql()
        );
        tx.rows(&sql, filter.params()).await?.iter().map(|r| row_of(r, now)).collect()
    }
    let open = "f.state IN ('due', 'calling')";
    let low = "f.state = 'done' AND f.done_at >= ? AND (f.rating <= 2 OR f.concern = 1)";
    Ok(FollowUpHome {
        due: count(tx, reach, open, vec![]).await?,
        due_today: count(tx, reach, &format!("{open} AND f.next_at < ?"), vec![today_ends.into()]).await?,
        late: count(tx, reach, &format!("{open} AND f.due_at < ?"), vec![now.into()]).await?,
        low: count(tx, reach, low, vec![low_since.into()]).await?,
        next_calls: rows(tx, reach, open, vec![], "f.next_at, f.id", now).await?,
        low_scores: rows(tx, reach, low, vec![low_since.into()], "f.done_at DESC, f.id DESC", now).await?,
    })
}

/// A follow-up in full, within reach.
pub(crate) async fn view(
    tx: &mut Tx,
    reach: &Reach,
    id: FollowUpId,
    now: Ts,
) -> Result<Option<FollowUpView>, DbError> {
    let mut filter = Where::new();
    filter.and("f.id = ?", [id.into()]);
    reach.narrow(&mut filter, &SCOPE);
    let sql = format!("SELECT {COLUMNS}, {NAMES} FROM follow_up f {JOINS} {}", filter.sql());
    let Some(row) = tx.row(&sql, filter.params()).await? else { return Ok(None) };
    let attempts = tx
        .rows(
            "SELECT t.at, t.by_id, COALESCE(e.name, a.name) AS by_name, t.reached, t.comment, t.next_at FROM follow_up_attempt t \
             LEFT JOIN employee e ON e.id = t.by_id LEFT JOIN account a ON a.id = t.by_id \
             WHERE t.follow_up_id = $1 ORDER BY t.at, t.id",
            params![id],
        )
        .await?;
    let attempt_list = attempts
        .iter()
        .map(|t| {
            Ok(AttemptView {
                at: t.get("at")?,
                by_id: t.get("by_id")?,
                by_name: t.get("by_name")?,
                reached: t.get("reached")?,
                comment: t.get("comment")?,
                next_at: t.get("next_at")?,
            })
        })
        .collect::<Result<_, DbError>>()?;
    let complaint = match row.get::<Option<CaseId>>("complaint_case_id")? {
        Some(complaint_id) => {
            let sql = "SELECT number FROM service_case WHERE id = $1";
            let found = tx.row(sql, params![complaint_id]).await?;
            found
                .map(|c| Ok::<_, DbError>(ComplaintRef { id: complaint_id, number: c.get("number")? }))
                .transpose()?
        }
        None => None,
    };
    let script: Vec<Question> = row.json("script")?;
    let shown = row_of(&row, now)?;
    let on_site = rated_on_site(tx, shown.case_id).await?;
    Ok(Some(FollowUpView {
        on_site,
        may_give_up: shown.attempts + 1 >= MAX_UNREACHED,
        row: shown,
        script,
        answers: answers_of(&row)?,
        comment: row.get("comment")?,
        attempt_list,
        calls_from: calls_from(tx, &row.get::<String>("unit_id")?).await?,
        complaint,
    }))
}

// The line of the unit, or of the nearest above it, that can call out: numbers of 400 and 800 receive only, and a call that shows
// one looks like fraud.
async fn calls_from(tx: &mut Tx, unit_id: &str) -> Result<Option<String>, DbError> {
    let sql = "SELECT h.number_e164 FROM hotline h JOIN unit_reach r ON r.root_id = h.unit_id AND r.unit_id = $1 \
               WHERE h.active = 1 AND h.number_e164 NOT LIKE '+86400%' AND h.number_e164 NOT LIKE '+86800%' \
               ORDER BY (SELECT COUNT(*) FROM unit_reach s WHERE s.root_id = h.unit_id), h.number_e164 DESC LIMIT 1";
    let number: Option<String> =
        tx.row(sql, params![unit_id]).await?.map(|row| row.get("number_e164")).transpose()?;
    Ok(number.map(|n| customers::E164::stored(n, None).dial()))
}

/// Every score given between two instants, within reach (P7).
pub(crate) async fn rated(
    tx: &mut Tx,
    reach: &Reach,
    by: SatisfactionBy,
    from: Ts,
    to: Ts,
) -> Result<Vec<Rated>, DbError> {
    let mut filter = Where::new();
    filter.and(&format!("f.state = 'done' AND {SCORE} IS NOT NULL"), []);
    filter.and("f.done_at >= ? AND f.done_at < ?", [from.into(), to.into()]);
    reach.narrow(&mut filter, &SCOPE);
    let sql = format!(
        "SELECT {SCORE} AS rating, f.done_at, f.served_by, f.unit_id, COALESCE(e.name, a.name) AS person, u.name_zh, u.name_en \
         FROM follow_up f JOIN org_unit u ON u.id = f.unit_id LEFT JOIN employee e ON e.id = f.served_by \
         LEFT JOIN account a ON a.id = f.served_by {}",
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter()
        .map(|row| {
            let (id, name) = match by {
                SatisfactionBy::Engineer => {
                    let person: Option<String> = row.get("person")?;
                    (row.get("served_by")?, person.map(|p| Both::new(p.clone(), p)))
                }
                SatisfactionBy::Unit => {
                    let name = Both::new(row.get::<String>("name_zh")?, row.get::<String>("name_en")?);
                    (row.get("unit_id")?, Some(name))
                }
            };
            Ok(Rated { id, name, rating: row.get("rating")?, at: row.get("done_at")? })
        })
        .collect()
}
