//! The only place that reads or writes the tables of this domain; and, read only, the scope of the cases they hang on.

mod callers;
mod codes;
pub(crate) mod field;
mod links;
mod requests;

use identity::files::FileUse;
use kit::{DbError, Failure, ScopeColumns, Ts, Tx, params};
use organisation::UnitId;

pub(crate) use callers::{
    caller, caller_by_id, forget_old, hold_number, insert_caller, insert_sms_code, lately, try_sms_code,
    use_sms_code,
};
pub(crate) use codes::{
    badge, code_in_use, codes_revoked, held, insert_code, label, label_codes, release, revoke_code,
};
pub(crate) use links::{insert_link, link, link_by_id, links_of, revoke_link};
pub(crate) use requests::{
    RequestList, chased_at, count_photos, insert_photo, insert_request, open_requests, photos_of, request,
    request_on, requests_of, requests_on, save_answer,
};

use crate::model::PortalSettings;

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

/// Ends what may have been revoked since a backup: links, verified browsers, one-time codes; holds codes unless `keep_codes`.
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
        for table in codes::TABLES {
            let sql = format!("UPDATE {table} SET held_at = $1 WHERE held_at IS NULL AND revoked_at IS NULL");
            ended += tx.execute(&sql, params![now]).await?;
        }
    }
    Ok(ended)
}
