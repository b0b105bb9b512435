//! What customers ask and send: requests and photos.

use cases::CaseId;
use kit::{Actor, DbError, Failure, Key, Page, Paging, Row, Ts, Tx, Value, Where, params};

use super::CASE_SCOPE;
use crate::model::{CustomerPhotoView, Request, RequestId, RequestView};

/// `false` if the case has it already.
pub(crate) async fn insert_photo(
    tx: &mut Tx,
    id: &str,
    case_id: CaseId,
    sha256: &str,
    by: &str,
    now: Ts,
) -> Result<bool, DbError> {
    let added = tx
        .execute(
            "INSERT INTO customer_photo (id, case_id, sha256, added_at, added_by) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (case_id, sha256) DO NOTHING",
            params![id, case_id, sha256, now, by],
        )
        .await?;
    Ok(added == 1)
}

pub(crate) async fn photos_of(tx: &mut Tx, case_id: CaseId) -> Result<Vec<CustomerPhotoView>, DbError> {
    let sql =
        "SELECT sha256, added_at FROM customer_photo WHERE case_id = $1 ORDER BY added_at DESC, id DESC";
    tx.rows(sql, params![case_id])
        .await?
        .iter()
        .map(|row| Ok(CustomerPhotoView { sha256: row.get("sha256")?, added_at: row.get("added_at")? }))
        .collect()
}

pub(crate) async fn count_photos(tx: &mut Tx, case_id: CaseId) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM customer_photo WHERE case_id = $1", params![case_id]).await
}

const REQUEST: &str = "r.id, r.case_id, r.kind, r.words, r.wish_start, r.wish_end, r.made_at, r.state, r.answered_at, \
     r.answered_by, r.answer, r.complaint_case_id, r.version";

fn request_of(row: &Row) -> Result<Request, DbError> {
    let (start, end): (Option<Ts>, Option<Ts>) = (row.get("wish_start")?, row.get("wish_end")?);
    Ok(Request {
        id: row.get("id")?,
        case_id: row.get("case_id")?,
        kind: row.parse("kind")?,
        words: row.get("words")?,
        wish: start.zip(end),
        made_at: row.get("made_at")?,
        state: row.parse("state")?,
        answered_at: row.get("answered_at")?,
        answered_by: row.get("answered_by")?,
        answer: row.get("answer")?,
        complaint_case_id: row.get("complaint_case_id")?,
        version: row.get("version")?,
    })
}

pub(crate) async fn insert_request(tx: &mut Tx, request: &Request, by: &str) -> Result<(), DbError> {
    let (start, end) = request.wish.unzip();
    tx.execute(
        "INSERT INTO customer_request (id, case_id, kind, words, wish_start, wish_end, made_at, made_by, state, \
         complaint_case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            request.id,
            request.case_id,
            request.kind,
            request.words.as_deref(),
            start,
            end,
            request.made_at,
            by,
            request.state,
            request.complaint_case_id
        ],
    )
    .await?;
    Ok(())
}

/// Saves an answer. `false` if somebody else was faster.
pub(crate) async fn save_answer(tx: &mut Tx, request: &Request) -> Result<bool, DbError> {
    let sql = "UPDATE customer_request SET state = $2, answered_at = $3, answered_by = $4, answer = $5, version = version + 1 \
               WHERE id = $1 AND version = $6 AND state = 'open'";
    let values = params![
        request.id,
        request.state,
        request.answered_at,
        request.answered_by.as_deref(),
        request.answer.as_deref(),
        request.version
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

pub(crate) async fn request(tx: &mut Tx, id: RequestId) -> Result<Option<Request>, DbError> {
    let sql = format!("SELECT {REQUEST} FROM customer_request r WHERE r.id = $1");
    tx.row(&sql, params![id]).await?.as_ref().map(request_of).transpose()
}

pub(crate) async fn requests_of(tx: &mut Tx, case_id: CaseId) -> Result<Vec<Request>, DbError> {
    let sql = format!(
        "SELECT {REQUEST} FROM customer_request r WHERE r.case_id = $1 ORDER BY r.made_at DESC, r.id DESC LIMIT 50"
    );
    tx.rows(&sql, params![case_id]).await?.iter().map(request_of).collect()
}

/// When the case was chased last.
pub(crate) async fn chased_at(tx: &mut Tx, case_id: CaseId) -> Result<Option<Ts>, DbError> {
    let sql = "SELECT MAX(made_at) AS at FROM customer_request WHERE case_id = $1 AND kind = 'chase'";
    tx.row(sql, params![case_id]).await?.map_or(Ok(None), |row| row.get("at"))
}

kit::names! {
    /// Requests that nobody has answered; complaints have a list of their own.
    RequestList {
        /// All, the longest waiting first.
        Open = "open",
        /// The same, on the reader's own cases.
        Mine = "mine",
    }
}

/// A page of what customers asked and nobody has answered, within reach: whoever sees the case answers for it too.
pub(crate) async fn open_requests(
    tx: &mut Tx,
    actor: &Actor,
    which: RequestList,
    paging: &Paging,
) -> Result<Page<RequestView>, Failure> {
    let me = cases::person(actor);
    let mut filter = Where::new();
    filter.and("r.state = 'open' AND r.kind <> 'complaint'", []);
    if which == RequestList::Mine {
        filter.and("c.owner_id = ?", [Value::from(&me)]);
    }
    actor.reach.narrow(&mut filter, &CASE_SCOPE);
    if let Some(key) = paging.after([Key::Time, Key::Id])? {
        filter.and("(r.made_at, r.id) > (?, ?)", key);
    }
    let rows = shown(tx, filter, &me, "r.made_at, r.id", paging.limit() + 1).await?;
    Ok(Page::from_rows(rows, paging.limit(), |r| vec![Value::from(r.made_at), Value::from(r.id)]))
}

/// A request as the desk sees it.
pub(crate) async fn request_on(tx: &mut Tx, me: &str, id: RequestId) -> Result<Option<RequestView>, DbError> {
    let mut filter = Where::new();
    filter.and("r.id = ?", [Value::from(id)]);
    Ok(shown(tx, filter, me, "r.id", 1).await?.pop())
}

/// The requests of a case as the desk sees them, the newest first.
pub(crate) async fn requests_on(
    tx: &mut Tx,
    me: &str,
    case_id: CaseId,
    limit: i64,
) -> Result<Vec<RequestView>, DbError> {
    let mut filter = Where::new();
    filter.and("r.case_id = ?", [Value::from(case_id)]);
    shown(tx, filter, me, "r.made_at DESC, r.id DESC", limit).await
}

async fn shown(
    tx: &mut Tx,
    mut filter: Where,
    me: &str,
    order: &str,
    limit: i64,
) -> Result<Vec<RequestView>, DbError> {
    let mine = filter.bind(me);
    let limit = filter.bind(limit);
    let sql = format!(
        "SELECT {REQUEST}, c.number AS case_number, c.site_id, s.name AS site_name, s.zone, \
         CASE WHEN c.owner_id = {mine} THEN 1 ELSE 0 END AS is_mine \
         FROM customer_request r JOIN service_case c ON c.id = r.case_id JOIN site s ON s.id = c.site_id {} \
         ORDER BY {order} LIMIT {limit}",
        filter.sql()
    );
    tx.rows(&sql, filter.params())
        .await?
        .iter()
        .map(|row| {
            let request = request_of(row)?;
            let (wish_start, wish_end) = request.wish.unzip();
            Ok(RequestView {
                id: request.id,
                case_id: request.case_id,
                case_number: row.get("case_number")?,
                site_id: row.get("site_id")?,
                site_name: row.get("site_name")?,
                zone: row.get("zone")?,
                mine: row.get("is_mine")?,
                kind: request.kind,
                words: request.words,
                wish_start,
                wish_end,
                made_at: request.made_at,
                state: request.state,
                answered_at: request.answered_at,
                answer: request.answer,
                complaint_case_id: request.complaint_case_id,
                version: request.version,
            })
        })
        .collect()
}
