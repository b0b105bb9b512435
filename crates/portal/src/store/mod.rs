//! The only place that reads or writes the tables of this domain; and, read only, the scope of the cases they hang on.

pub(crate) mod field;

use std::collections::HashMap;

use assets::AssetId;
use cases::CaseId;
use identity::files::FileUse;
use kit::{DbError, Failure, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params};
use organisation::UnitId;

use crate::model::{
    Caller, CallerId, Code, CodeId, CodeKind, CustomerPhotoView, Link, LinkId, PortalSettings, Request,
    RequestId, RequestView, SmsCode,
};
use crate::rules::{CODE_LIVES_US, LOCK_US, Lately};

const SETTING: &str = "portal";

/// Where `service_case c` keeps what the filter of reach needs.
const CASE_SCOPE: ScopeColumns = ScopeColumns {
    subject: "case",
    id: "c.id",
    unit: "c.unit_id",
    second_unit: Some("c.second_unit_id"),
    customer: Some("c.customer_id"),
};

/// Photos of customers: for those who see the case.
pub const FILE_USES: &[FileUse] = &[FileUse {
    from: "customer_photo f JOIN service_case c ON c.id = f.case_id",
    digest: "f.sha256",
    only: None,
    narrow: |filter, actor| actor.reach.narrow(filter, &CASE_SCOPE),
}];

// ---- settings

pub(crate) async fn settings(tx: &mut Tx) -> Result<PortalSettings, Failure> {
    Ok(kit::settings::get(tx, SETTING).await?.unwrap_or_default())
}

pub(crate) async fn save_settings(tx: &mut Tx, settings: &PortalSettings, now: Ts) -> Result<(), Failure> {
    kit::settings::set(tx, SETTING, settings, now).await
}

/// The hotline of the unit or the nearest above it; else a nationwide one, else any.
pub(crate) async fn hotline(tx: &mut Tx, unit_id: Option<UnitId>) -> Result<Option<String>, DbError> {
    let unit = unit_id.map(|u| u.to_string()).unwrap_or_default();
    // Whoever stands higher reaches more units; one that doesn't reach the unit comes last, 400 and 800 numbers first among them.
    let sql = "SELECT h.number_e164 FROM hotline h LEFT JOIN unit_reach r ON r.root_id = h.unit_id AND r.unit_id = $1 \
               WHERE h.active = 1 ORDER BY CASE WHEN r.unit_id IS NULL THEN 1 ELSE 0 END, \
               (SELECT COUNT(*) FROM unit_reach s WHERE s.root_id = h.unit_id) * CASE WHEN r.unit_id IS NULL THEN -1 ELSE 1 END, \
               h.number_e164 LIMIT 1";
    let number: Option<String> =
        tx.row(sql, params![unit]).await?.map(|row| row.get("number_e164")).transpose()?;
    // As it is dialled here: that is how people know it.
    Ok(number.map(|n| customers::E164::stored(n, None).dial()))
}

// ---- codes of labels and badges

struct CodeTable {
    table: &'static str,
    of: &'static str,
}

const LABEL: CodeTable = CodeTable { table: "asset_label", of: "asset_id" };
const BADGE: CodeTable = CodeTable { table: "badge_code", of: "employee_id" };

fn table(kind: CodeKind) -> (CodeTable, String) {
    match kind {
        CodeKind::Label(id) => (LABEL, id.to_string()),
        CodeKind::Badge(id) => (BADGE, id.to_string()),
    }
}

impl CodeTable {
    fn columns(&self) -> String {
        format!("id, {} AS of_id, code, made_at, revoked_at, reason, held_at FROM {}", self.of, self.table)
    }
}

fn code_of(row: &Row) -> Result<Code, DbError> {
    Ok(Code {
        id: row.get("id")?,
        of: row.get("of_id")?,
        code: row.get("code")?,
        made_at: row.get("made_at")?,
        revoked_at: row.get("revoked_at")?,
        reason: row.get("reason")?,
        held_at: row.get("held_at")?,
    })
}

/// The code of a device or person that is in use, held or not.
pub(crate) async fn code_in_use(tx: &mut Tx, kind: CodeKind) -> Result<Option<Code>, DbError> {
    let (table, of) = table(kind);
    let sql = format!("SELECT {} WHERE {} = $1 AND revoked_at IS NULL", table.columns(), table.of);
    tx.row(&sql, params![of]).await?.as_ref().map(code_of).transpose()
}

/// The codes in use on the labels of these devices, held or not.
pub(crate) async fn label_codes(tx: &mut Tx, ids: &[AssetId]) -> Result<HashMap<AssetId, String>, DbError> {
    let mut filter = Where::new();
    filter.any("asset_id", ids.iter().copied());
    filter.and("revoked_at IS NULL", []);
    let sql = format!("SELECT asset_id, code FROM asset_label {}", filter.sql());
    let rows = tx.rows(&sql, filter.params()).await?;
    rows.iter().map(|row| Ok((row.get("asset_id")?, row.get("code")?))).collect()
}

/// How many codes of it were revoked.
pub(crate) async fn codes_revoked(tx: &mut Tx, kind: CodeKind) -> Result<i64, DbError> {
    let (table, of) = table(kind);
    let sql =
        format!("SELECT COUNT(*) FROM {} WHERE {} = $1 AND revoked_at IS NOT NULL", table.table, table.of);
    tx.int(&sql, params![of]).await
}

pub(crate) async fn insert_code(
    tx: &mut Tx,
    kind: CodeKind,
    id: CodeId,
    code: &str,
    by: &str,
    now: Ts,
) -> Result<(), DbError> {
    let (table, of) = table(kind);
    let sql = format!(
        "INSERT INTO {} (id, {}, code, made_at, made_by) VALUES ($1, $2, $3, $4, $5)",
        table.table, table.of
    );
    tx.execute(&sql, params![id, of, code, now, by]).await?;
    Ok(())
}

/// `false` if it was revoked before.
pub(crate) async fn revoke_code(
    tx: &mut Tx,
    kind: CodeKind,
    id: CodeId,
    reason: &str,
    by: &str,
    now: Ts,
) -> Result<bool, DbError> {
    let (table, _) = table(kind);
    let sql = format!(
        "UPDATE {} SET revoked_at = $2, revoked_by = $3, reason = $4 WHERE id = $1 AND revoked_at IS NULL",
        table.table
    );
    Ok(tx.execute(&sql, params![id, now, by, reason]).await? == 1)
}

async fn answering(tx: &mut Tx, table: &CodeTable, code: &str) -> Result<Option<Code>, DbError> {
    let sql =
        format!("SELECT {} WHERE code = $1 AND revoked_at IS NULL AND held_at IS NULL", table.columns());
    tx.row(&sql, params![code]).await?.as_ref().map(code_of).transpose()
}

/// The label behind a code that answers.
pub(crate) async fn label(tx: &mut Tx, code: &str) -> Result<Option<Code>, DbError> {
    answering(tx, &LABEL, code).await
}

/// The badge behind a code that answers.
pub(crate) async fn badge(tx: &mut Tx, code: &str) -> Result<Option<Code>, DbError> {
    answering(tx, &BADGE, code).await
}

/// How many codes are held.
pub(crate) async fn held(tx: &mut Tx) -> Result<i64, DbError> {
    let sql = "SELECT (SELECT COUNT(*) FROM asset_label WHERE held_at IS NOT NULL AND revoked_at IS NULL) + \
               (SELECT COUNT(*) FROM badge_code WHERE held_at IS NOT NULL AND revoked_at IS NULL)";
    tx.int(sql, &[]).await
}

/// Lets every held code go on.
pub(crate) async fn release(tx: &mut Tx) -> Result<u64, DbError> {
    let labels = tx.execute("UPDATE asset_label SET held_at = NULL WHERE held_at IS NOT NULL", &[]).await?;
    let badges = tx.execute("UPDATE badge_code SET held_at = NULL WHERE held_at IS NOT NULL", &[]).await?;
    Ok(labels + badges)
}

pub(crate) async fn hold_restored(tx: &mut Tx, now: Ts, keep_codes: bool) -> Result<u64, DbError> {
    let mut ended = tx
        .execute(
            "UPDATE tracking_link SET revoked_at = $1, revoked_by = 'restore' WHERE revoked_at IS NULL",
            params![now],
        )
        .await?;
    ended +=
        tx.execute("UPDATE verified_caller SET ended_at = $1 WHERE ended_at IS NULL", params![now]).await?;
    tx.execute("UPDATE sms_code SET used_at = $1 WHERE used_at IS NULL", params![now]).await?;
    // Nobody knows which the provider still binds: the next call gets another.
    field::end_relays(tx, now).await?;
    if !keep_codes {
        for table in [LABEL.table, BADGE.table] {
            let sql = format!("UPDATE {table} SET held_at = $1 WHERE held_at IS NULL AND revoked_at IS NULL");
            ended += tx.execute(&sql, params![now]).await?;
        }
    }
    Ok(ended)
}

// ---- one-time codes and callers

/// What was sent and tried lately for a number, from a label and an address.
pub(crate) async fn lately(
    tx: &mut Tx,
    phone: &str,
    label_id: CodeId,
    address: &str,
    now: Ts,
) -> Result<Lately, DbError> {
    let row = tx
        .row(
            "SELECT (SELECT MAX(made_at) FROM sms_code WHERE phone_e164 = $1) AS last_at, \
             (SELECT COUNT(*) FROM sms_code WHERE phone_e164 = $1 AND made_at > $4) AS to_number, \
             (SELECT COUNT(*) FROM sms_code WHERE label_id = $2 AND made_at > $5) AS from_label, \
             (SELECT COUNT(*) FROM sms_code WHERE address = $3 AND made_at > $5) AS from_address, \
             (SELECT CAST(COALESCE(SUM(tries), 0) AS BIGINT) FROM sms_code WHERE phone_e164 = $1 AND made_at > $6) AS wrong_number, \
             (SELECT CAST(COALESCE(SUM(tries), 0) AS BIGINT) FROM sms_code WHERE address = $3 AND made_at > $6) AS wrong_address",
            params![
                phone,
                label_id,
                address,
                now.plus(-Ts::DAY),
                now.plus(-Ts::HOUR),
                // A code can be tried for as long as it lives: its tries count on from its making.
                now.plus(-LOCK_US - CODE_LIVES_US)
            ],
        )
        .await?
        .ok_or(DbError::Column { name: "last_at".into() })?;
    Ok(Lately {
        last_at: row.get("last_at")?,
        to_number: row.get("to_number")?,
        from_label: row.get("from_label")?,
        from_address: row.get("from_address")?,
        wrong_number: row.get("wrong_number")?,
        wrong_address: row.get("wrong_address")?,
    })
}

/// Takes the turn for a number: two requests at once count one after the other.
pub(crate) async fn hold_number(tx: &mut Tx, phone: &str) -> Result<(), DbError> {
    kit::settings::hold(tx, &format!("sms:{phone}")).await
}

/// Keeps a code; those sent before for the number are of no use any more.
pub(crate) async fn insert_sms_code(
    tx: &mut Tx,
    id: &str,
    phone: &str,
    label_id: CodeId,
    address: &str,
    code_hash: &str,
    now: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "UPDATE sms_code SET used_at = $2 WHERE phone_e164 = $1 AND used_at IS NULL",
        params![phone, now],
    )
    .await?;
    tx.execute(
        "INSERT INTO sms_code (id, phone_e164, label_id, address, code_hash, made_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, phone, label_id, address, code_hash, now, now.plus(CODE_LIVES_US)],
    )
    .await?;
    Ok(())
}

/// The code that a number can use now, with this try counted.
pub(crate) async fn try_sms_code(tx: &mut Tx, phone: &str, most: i64) -> Result<Option<SmsCode>, DbError> {
    let row = tx
        .row(
            "UPDATE sms_code SET tries = tries + 1 WHERE phone_e164 = $1 AND used_at IS NULL AND tries < $2 \
             RETURNING id, code_hash, tries, expires_at",
            params![phone, most],
        )
        .await?;
    row.map(|row| {
        Ok(SmsCode {
            id: row.get("id")?,
            code_hash: row.get("code_hash")?,
            tries: row.get("tries")?,
            expires_at: row.get("expires_at")?,
        })
    })
    .transpose()
}

/// Uses a code up; the try that succeeded was no wrong one.
pub(crate) async fn use_sms_code(tx: &mut Tx, id: &str, now: Ts) -> Result<bool, DbError> {
    let sql = "UPDATE sms_code SET used_at = $2, tries = tries - 1 WHERE id = $1 AND used_at IS NULL";
    Ok(tx.execute(sql, params![id, now]).await? == 1)
}

pub(crate) async fn insert_caller(
    tx: &mut Tx,
    caller: &Caller,
    token_hash: &str,
    now: Ts,
    expires_at: Ts,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO verified_caller (id, token_hash, phone_e164, phone_masked, verified_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![caller.id, token_hash, &caller.phone_e164, &caller.phone_masked, now, expires_at],
    )
    .await?;
    Ok(())
}

fn caller_of(row: &Row) -> Result<Caller, DbError> {
    Ok(Caller {
        id: row.get("id")?,
        phone_e164: row.get("phone_e164")?,
        phone_masked: row.get("phone_masked")?,
    })
}

/// The caller of a browser, while it is verified.
pub(crate) async fn caller(tx: &mut Tx, token_hash: &str, now: Ts) -> Result<Option<Caller>, DbError> {
    let sql = "SELECT id, phone_e164, phone_masked FROM verified_caller \
               WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2";
    tx.row(sql, params![token_hash, now]).await?.as_ref().map(caller_of).transpose()
}

/// A caller by id, for a message on its way.
pub(crate) async fn caller_by_id(tx: &mut Tx, id: CallerId) -> Result<Option<Caller>, DbError> {
    let sql = "SELECT id, phone_e164, phone_masked FROM verified_caller WHERE id = $1";
    tx.row(sql, params![id]).await?.as_ref().map(caller_of).transpose()
}

pub(crate) async fn forget_old(tx: &mut Tx, now: Ts, limit: i64) -> Result<u64, DbError> {
    let codes = tx
        .execute(
            "DELETE FROM sms_code WHERE id IN (SELECT id FROM sms_code WHERE made_at < $1 LIMIT $2)",
            params![now.plus(-2 * Ts::DAY), limit],
        )
        .await?;
    // A little longer than they are good for: a message may be on its way.
    let callers = tx
        .execute(
            "DELETE FROM verified_caller WHERE id IN (SELECT id FROM verified_caller WHERE expires_at < $1 LIMIT $2)",
            params![now.plus(-2 * Ts::DAY), limit],
        )
        .await?;
    Ok(codes.max(callers))
}

// ---- links

fn link_of(row: &Row) -> Result<Link, DbError> {
    Ok(Link {
        id: row.get("id")?,
        case_id: row.get("case_id")?,
        scope: row.parse("scope")?,
        made_for: row.parse("made_for")?,
        made_at: row.get("made_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

const LINK: &str = "SELECT id, case_id, scope, made_for, made_at, revoked_at FROM tracking_link";

pub(crate) async fn insert_link(tx: &mut Tx, link: &Link, token_hash: &str, by: &str) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO tracking_link (id, case_id, token_hash, scope, made_for, made_at, made_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![link.id, link.case_id, token_hash, link.scope, link.made_for, link.made_at, by],
    )
    .await?;
    Ok(())
}

/// The link behind a token, unless it was revoked.
pub(crate) async fn link(tx: &mut Tx, token_hash: &str) -> Result<Option<Link>, DbError> {
    let sql = format!("{LINK} WHERE token_hash = $1 AND revoked_at IS NULL");
    tx.row(&sql, params![token_hash]).await?.as_ref().map(link_of).transpose()
}

pub(crate) async fn link_by_id(tx: &mut Tx, id: LinkId) -> Result<Option<Link>, DbError> {
    tx.row(&format!("{LINK} WHERE id = $1"), params![id]).await?.as_ref().map(link_of).transpose()
}

pub(crate) async fn links_of(tx: &mut Tx, case_id: CaseId) -> Result<Vec<Link>, DbError> {
    let sql = format!("{LINK} WHERE case_id = $1 ORDER BY made_at DESC, id DESC LIMIT 50");
    tx.rows(&sql, params![case_id]).await?.iter().map(link_of).collect()
}

/// `false` if it was revoked before.
pub(crate) async fn revoke_link(tx: &mut Tx, id: LinkId, by: &str, now: Ts) -> Result<bool, DbError> {
    let sql =
        "UPDATE tracking_link SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL";
    Ok(tx.execute(sql, params![id, now, by]).await? == 1)
}

// ---- photos

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

// ---- requests

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

/// Which requests a list shows.
pub(crate) enum Which {
    /// Those that nobody has answered, the reader's own cases first.
    Open,
    /// Those of a case.
    Of(CaseId),
}

/// Requests as the desk sees them, within reach.
pub(crate) async fn requests(
    tx: &mut Tx,
    reach: &Reach,
    me: &str,
    which: &Which,
    limit: i64,
) -> Result<Vec<RequestView>, DbError> {
    let mut filter = Where::new();
    match which {
        // By reach: whoever sees the case answers for it too.
        Which::Open => {
            filter.and("r.state = 'open'", []);
            reach.narrow(&mut filter, &CASE_SCOPE);
        }
        Which::Of(case_id) => {
            filter.and("r.case_id = ?", [Value::from(*case_id)]);
        }
    }
    let mine = filter.bind(me);
    let order = match which {
        Which::Open => format!("CASE WHEN c.owner_id = {mine} THEN 0 ELSE 1 END, r.made_at, r.id"),
        Which::Of(_) => "r.made_at DESC, r.id DESC".to_owned(),
    };
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
