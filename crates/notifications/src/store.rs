//! Deliveries, webhooks and the settings; and, read only, the names behind what a message is about.

use jiff::tz::TimeZone;
use kit::{
    DbError, Failure, Key, Lang, Page, Paging, Reach, Row, ScopeColumns, Ts, Tx, Value, Where, params,
};

use crate::model::{
    Channel, Delivery, DeliveryFailure, DeliveryId, DeliveryState, DeliveryView, Facts, RecipientKind,
    Settings, Webhook, WebhookId,
};
use crate::rules::{Why, masked};

const SETTING: &str = "notifications";

/// The settings in force; without any, nothing leaves.
pub(crate) async fn settings(tx: &mut Tx) -> Result<Settings, Failure> {
    Ok(kit::settings::get(tx, SETTING).await?.unwrap_or_default())
}

/// Takes the turn for a change of the settings.
pub(crate) async fn hold_settings(tx: &mut Tx) -> Result<(), Failure> {
    Ok(kit::settings::hold(tx, SETTING).await?)
}

pub(crate) async fn save_settings(tx: &mut Tx, settings: &Settings, now: Ts) -> Result<(), Failure> {
    kit::settings::set(tx, SETTING, settings, now).await
}

// ---- webhooks

const WEBHOOK: &str = "SELECT id, url, name, kinds, secret, created_at, disabled_at FROM webhook";

fn webhook_of(row: &Row) -> Result<Webhook, DbError> {
    Ok(Webhook {
        id: row.get("id")?,
        url: row.get("url")?,
        name: row.get("name")?,
        kinds: row.json("kinds")?,
        secret: row.get("secret")?,
        created_at: row.get("created_at")?,
        disabled_at: row.get("disabled_at")?,
    })
}

pub(crate) async fn webhooks(tx: &mut Tx) -> Result<Vec<Webhook>, DbError> {
    let sql = format!("{WEBHOOK} WHERE removed_at IS NULL ORDER BY id");
    tx.rows(&sql, &[]).await?.iter().map(webhook_of).collect()
}

pub(crate) async fn webhook(tx: &mut Tx, id: WebhookId) -> Result<Option<Webhook>, DbError> {
    let sql = format!("{WEBHOOK} WHERE removed_at IS NULL AND id = $1");
    tx.row(&sql, params![id]).await?.as_ref().map(webhook_of).transpose()
}

pub(crate) async fn insert_webhook(tx: &mut Tx, webhook: &Webhook, by: &str) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO webhook (id, url, name, kinds, secret, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            webhook.id,
            &webhook.url,
            &webhook.name,
            serde_json::to_string(&webhook.kinds)?,
            &webhook.secret,
            webhook.created_at,
            by
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn disable_webhook(tx: &mut Tx, id: &str, now: Ts) -> Result<(), DbError> {
    tx.execute("UPDATE webhook SET disabled_at = $1 WHERE id = $2 AND disabled_at IS NULL", params![now, id])
        .await?;
    Ok(())
}

/// `false` if there is none.
pub(crate) async fn remove_webhook(tx: &mut Tx, id: WebhookId, now: Ts) -> Result<bool, DbError> {
    let sql = "UPDATE webhook SET removed_at = $1 WHERE id = $2 AND removed_at IS NULL";
    Ok(tx.execute(sql, params![now, id]).await? == 1)
}

// ---- deliveries

const DELIVERY: &str = "d.id, d.event_seq, d.kind, d.at, d.channel, d.recipient_kind, d.recipient_id, d.case_id, d.customer_id, \
     d.unit_id, d.message_id, d.facts, d.payload, d.photo_token, d.state, d.attempts, d.created_at, d.delivered_at, d.failure, d.last_error";

fn delivery_of(row: &Row) -> Result<Delivery, DbError> {
    Ok(Delivery {
        id: row.get("id")?,
        event_seq: row.get("event_seq")?,
        kind: row.get("kind")?,
        at: row.get("at")?,
        channel: row.parse("channel")?,
        recipient_kind: row.parse("recipient_kind")?,
        recipient_id: row.get("recipient_id")?,
        case_id: row.get("case_id")?,
        customer_id: row.get("customer_id")?,
        unit_id: row.get("unit_id")?,
        message_id: row.get("message_id")?,
        facts: row.json("facts")?,
        payload: row.get("payload")?,
        photo_token: row.get("photo_token")?,
        state: row.parse("state")?,
        attempts: row.get("attempts")?,
        created_at: row.get("created_at")?,
        delivered_at: row.get("delivered_at")?,
        failure: match row.get::<Option<String>>("failure")? {
            Some(_) => Some(row.parse("failure")?),
            None => None,
        },
        last_error: row.get("last_error")?,
    })
}

/// Stores a delivery; `false` if this event was told to this recipient by this channel before.
pub(crate) async fn insert_delivery(tx: &mut Tx, new: &Delivery) -> Result<bool, Failure> {
    let inserted = tx
        .execute(
            "INSERT INTO delivery (id, event_seq, kind, at, channel, recipient_kind, recipient_id, case_id, customer_id, unit_id, \
             message_id, facts, payload, photo_token, state, attempts, created_at, delivered_at, last_error) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19) \
             ON CONFLICT (event_seq, channel, recipient_kind, recipient_id) DO NOTHING",
            params![
                new.id,
                new.event_seq,
                &new.kind,
                new.at,
                new.channel,
                new.recipient_kind,
                &new.recipient_id,
                new.case_id.as_deref(),
                new.customer_id.as_deref(),
                new.unit_id.as_deref(),
                &new.message_id,
                serde_json::to_string(&new.facts)?,
                &new.payload,
                new.photo_token.as_deref(),
                new.state,
                new.attempts,
                new.created_at,
                new.delivered_at,
                new.last_error.as_deref()
            ],
        )
        .await?;
    Ok(inserted == 1)
}

pub(crate) async fn delivery(tx: &mut Tx, id: DeliveryId) -> Result<Option<Delivery>, DbError> {
    let sql = format!("SELECT {DELIVERY} FROM delivery d WHERE d.id = $1");
    tx.row(&sql, params![id]).await?.as_ref().map(delivery_of).transpose()
}

/// When the delivery is due that goes to the same webhook, about the same case, before this one; `None` if none waits.
pub(crate) async fn earlier(tx: &mut Tx, delivery: &Delivery) -> Result<Option<Ts>, DbError> {
    let sql = "SELECT j.run_at FROM delivery d JOIN job j ON j.kind = $4 AND j.job_key = d.id AND j.state = 'waiting' \
               WHERE d.case_id = $1 AND d.channel = 'webhook' AND d.recipient_id = $2 AND d.state = 'waiting' AND d.event_seq < $3 \
               ORDER BY d.event_seq LIMIT 1";
    let values = params![
        delivery.case_id.as_deref(),
        &delivery.recipient_id,
        delivery.event_seq,
        crate::jobs::WEBHOOK_JOB
    ];
    tx.row(sql, values).await?.map(|row| row.get("run_at")).transpose()
}

/// The delivery that has stood back behind this one.
pub(crate) async fn next(tx: &mut Tx, delivery: &Delivery) -> Result<Option<String>, DbError> {
    let sql = "SELECT id FROM delivery WHERE case_id = $1 AND channel = 'webhook' AND recipient_id = $2 AND state = 'waiting' \
               AND event_seq > $3 ORDER BY event_seq LIMIT 1";
    let values = params![delivery.case_id.as_deref(), &delivery.recipient_id, delivery.event_seq];
    tx.row(sql, values).await?.map(|row| row.get("id")).transpose()
}

/// Notes what an attempt met.
pub(crate) async fn note_attempt(
    tx: &mut Tx,
    id: DeliveryId,
    attempt: i64,
    state: DeliveryState,
    why: Option<&Why>,
    now: Ts,
) -> Result<(), DbError> {
    let delivered_at = (state == DeliveryState::Delivered).then_some(now);
    let (failure, said) = (why.map(|w| w.failure.name()), why.map(|w| w.said.as_str()));
    tx.execute(
        "UPDATE delivery SET attempts = $1, state = $2, failure = $3, last_error = $4, delivered_at = $5 WHERE id = $6",
        params![attempt, state, failure, said, delivered_at, id],
    )
    .await?;
    Ok(())
}

/// Turns every waiting delivery into a failed one, and takes its courier's job off the list.
pub(crate) async fn set_aside(tx: &mut Tx, why: DeliveryFailure) -> Result<u64, DbError> {
    let count = tx
        .execute(
            "UPDATE delivery SET state = 'failed', failure = $1, last_error = '' WHERE state = 'waiting'",
            params![why],
        )
        .await?;
    tx.execute(
        "DELETE FROM job WHERE state = 'waiting' AND kind IN ($1, $2, $3, $4)",
        params![
            crate::jobs::SMTP_JOB,
            crate::jobs::WEBHOOK_JOB,
            portal::LINK_SMS_JOB,
            crate::sms::RECEIVED_JOB
        ],
    )
    .await?;
    Ok(count)
}

pub(crate) async fn forget_bodies(tx: &mut Tx, before: Ts, now: Ts, limit: i64) -> Result<u64, DbError> {
    tx.execute(
        "UPDATE delivery SET payload = '', facts = '{}', photo_token = NULL, forgotten_at = $1 WHERE id IN \
         (SELECT id FROM delivery WHERE forgotten_at IS NULL AND state <> 'waiting' AND created_at < $2 LIMIT $3)",
        params![now, before, limit],
    )
    .await
}

pub(crate) async fn forgotten(tx: &mut Tx, id: DeliveryId) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM delivery WHERE id = $1 AND forgotten_at IS NOT NULL";
    Ok(tx.int(sql, params![id]).await? > 0)
}

pub(crate) async fn count(tx: &mut Tx, state: &str) -> Result<i64, DbError> {
    tx.int("SELECT COUNT(*) FROM delivery WHERE state = $1", params![state]).await
}

/// The engineer whose photo a message's link opens, while the link lives.
pub(crate) async fn photo(tx: &mut Tx, token: &str, made_after: Ts) -> Result<Option<String>, DbError> {
    let sql = "SELECT facts FROM delivery WHERE photo_token = $1 AND created_at > $2";
    let Some(row) = tx.row(sql, params![token, made_after]).await? else { return Ok(None) };
    let facts: Facts = row.json("facts")?;
    let Some(engineer_id) = facts.engineer_id else { return Ok(None) };
    let row = tx.row("SELECT photo_sha256 FROM employee WHERE id = $1", params![engineer_id]).await?;
    row.map_or(Ok(None), |r| r.get("photo_sha256"))
}

const SCOPE: ScopeColumns = ScopeColumns {
    subject: "case",
    id: "d.case_id",
    unit: "d.unit_id",
    // An escalated case's messages are also its second unit's to see, those from before too.
    second_unit: Some(cases::second_unit_of!("d.case_id")),
    customer: Some("d.customer_id"),
};

/// Which deliveries a list shows.
#[derive(Debug, Default)]
pub(crate) struct DeliveryFilter {
    pub state: Option<DeliveryState>,
    pub case_id: Option<String>,
    pub channel: Option<Channel>,
    pub id: Option<DeliveryId>,
}

/// Deliveries within reach, newest first.
pub(crate) async fn deliveries(
    tx: &mut Tx,
    reach: &Reach,
    wanted: &DeliveryFilter,
    paging: &Paging,
) -> Result<Page<DeliveryView>, Failure> {
    let mut filter = Where::new();
    reach.narrow(&mut filter, &SCOPE);
    if let Some(state) = wanted.state {
        filter.and("d.state = ?", [state.into()]);
    }
    if let Some(case_id) = &wanted.case_id {
        filter.and("d.case_id = ?", [case_id.into()]);
    }
    if let Some(channel) = wanted.channel {
        filter.and("d.channel = ?", [channel.into()]);
    }
    if let Some(id) = wanted.id {
        filter.and("d.id = ?", [id.into()]);
    }
    if let Some(key) = paging.after([Key::Id])? {
        filter.and("d.id < ?", key);
    }
    let limit = filter.bind(paging.limit() + 1);
    let sql = format!(
        "SELECT {DELIVERY}, {} AS case_number, k.email, w.url FROM delivery d \
         LEFT JOIN contact k ON d.recipient_kind = 'contact' AND k.id = d.recipient_id \
         LEFT JOIN webhook w ON d.recipient_kind = 'webhook' AND w.id = d.recipient_id \
         {} ORDER BY d.id DESC LIMIT {limit}",
        cases::number_of!("d.case_id"),
        filter.sql()
    );
    let rows = tx.rows(&sql, filter.params()).await?;
    let duty = settings(tx).await?.duty;
    let views = rows
        .iter()
        .map(|row| {
            let d = delivery_of(row)?;
            let recipient = match d.recipient_kind {
                RecipientKind::Contact => row.get::<Option<String>>("email")?.map(|e| masked(&e)),
                RecipientKind::Webhook => row.get("url")?,
                RecipientKind::Address => Some(masked(&d.recipient_id)),
                RecipientKind::Duty => {
                    duty.iter().find(|m| m.unit_id == d.recipient_id).map(|m| masked(&m.email))
                }
            };
            let recipient_id = match d.recipient_kind {
                RecipientKind::Address => masked(&d.recipient_id),
                _ => d.recipient_id,
            };
            Ok(DeliveryView {
                id: d.id,
                kind: d.kind,
                at: d.at,
                channel: d.channel,
                recipient_kind: d.recipient_kind,
                recipient_id,
                recipient,
                case_id: d.case_id,
                case_number: row.get("case_number")?,
                message_id: d.message_id,
                state: d.state,
                attempts: d.attempts,
                created_at: d.created_at,
                delivered_at: d.delivered_at,
                failure: d.failure,
                last_error: d.last_error.filter(|said| !said.is_empty()),
            })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    Ok(Page::from_rows(views, paging.limit(), |d| vec![Value::from(d.id)]))
}

// ---- what others keep, read only

/// Whether mail reaches a contact.
pub(crate) async fn has_email(tx: &mut Tx, contact_id: &str) -> Result<bool, DbError> {
    let row = tx.row("SELECT email FROM contact WHERE id = $1", params![contact_id]).await?;
    Ok(match row {
        Some(row) => row.get::<Option<String>>("email")?.is_some(),
        None => false,
    })
}

/// Which promise a clock measures and when it is due: into `facts`.
pub(crate) async fn clock_facts(tx: &mut Tx, clock_id: &str, facts: &mut Facts) -> Result<(), DbError> {
    if let Some(row) = tx.row("SELECT promise, due_at FROM clock WHERE id = $1", params![clock_id]).await? {
        facts.promise = row.get("promise")?;
        facts.due_at = row.get("due_at")?;
    }
    Ok(())
}

/// A unit and those above it, the nearest first.
pub(crate) async fn line_of(tx: &mut Tx, unit_id: &str) -> Result<Vec<String>, DbError> {
    // Whoever stands higher reaches more units.
    let sql = "SELECT r.root_id, (SELECT COUNT(*) FROM unit_reach s WHERE s.root_id = r.root_id) AS size \
               FROM unit_reach r WHERE r.unit_id = $1 ORDER BY 2, 1";
    tx.rows(sql, params![unit_id]).await?.iter().map(|r| r.get("root_id")).collect()
}

/// Names and address at the moment a message leaves.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub email: Option<String>,
    pub contact_name: Option<String>,
    pub lang: Lang,
    pub site: Option<String>,
    pub zone: Option<String>,
    pub engineer: Option<String>,
    pub badge: Option<String>,
    pub fix_plan: Option<String>,
}

impl Names {
    /// The zone in which times are written: the site's, else China's.
    pub(crate) fn time_zone(&self) -> (TimeZone, String) {
        let name = self.zone.clone().unwrap_or_else(|| "Asia/Shanghai".to_owned());
        TimeZone::get(&name).map_or((TimeZone::UTC, "UTC".to_owned()), |zone| (zone, name))
    }
}

pub(crate) async fn names(tx: &mut Tx, delivery: &Delivery) -> Result<Names, DbError> {
    let mut names = Names::default();
    if delivery.recipient_kind == RecipientKind::Contact {
        let sql = "SELECT email, name, lang FROM contact WHERE id = $1";
        if let Some(row) = tx.row(sql, params![&delivery.recipient_id]).await? {
            names.email = row.get("email")?;
            names.contact_name = row.get("name")?;
            names.lang = row.parse("lang")?;
        }
    }
    if let Some(site_id) = &delivery.facts.site_id
        && let Some(row) = tx.row("SELECT name, zone FROM site WHERE id = $1", params![site_id]).await?
    {
        names.site = row.get("name")?;
        names.zone = row.get("zone")?;
    }
    if let Some(engineer_id) = &delivery.facts.engineer_id
        && let Some(row) =
            tx.row("SELECT name, badge_number FROM employee WHERE id = $1", params![engineer_id]).await?
    {
        names.engineer = row.get("name")?;
        names.badge = row.get("badge_number")?;
    }
    Ok(names)
}

/// Whether the engineer has a photo.
pub(crate) async fn has_photo(tx: &mut Tx, engineer_id: &str) -> Result<bool, DbError> {
    let row = tx.row("SELECT photo_sha256 FROM employee WHERE id = $1", params![engineer_id]).await?;
    Ok(match row {
        Some(row) => row.get::<Option<String>>("photo_sha256")?.is_some(),
        None => false,
    })
}
