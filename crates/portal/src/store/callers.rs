//! One-time codes, and browsers whose number is known to be their user's.

use kit::{DbError, Row, Ts, Tx, params};

use crate::model::{Caller, CallerId, CodeId, SmsCode};
use crate::rules::{CODE_LIVES_US, LOCK_US, Lately};

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
