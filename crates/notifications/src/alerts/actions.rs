//! Raising an alert, passing it on, acknowledging it.

use kit::events::StoredEvent;
use kit::{Cx, Event, Failure, Refusal, Ts, Tx};
use organisation::UnitId;
use serde_json::json;

use super::jobs::PASS_ON_JOB;
use super::model::{Alert, AlertId, Alerts};
use super::rules::{self, Standby, Telling};
use super::store;
use crate::errors::NotificationError;
use crate::model::Facts;

// Who could be told now, in a handful of statements however many people there are.
async fn standby(tx: &mut Tx, unit_id: &str, now: Ts) -> Result<Standby, Failure> {
    let duty = match unit_id.parse::<UnitId>() {
        Ok(unit_id) => organisation::on_duty(tx, unit_id, now).await?,
        Err(_) => None,
    };
    Ok(Standby {
        rota: duty.is_some(),
        primary: duty.and_then(|d| d.primary).map(|id| id.to_string()),
        backup: duty.and_then(|d| d.backup).map(|id| id.to_string()),
        after_min: duty.map(|d| d.backup_after_min),
        managers: store::managers(tx, unit_id).await?,
    })
}

fn event(kind: &'static str, alert: &Alert) -> Event {
    let mut event = Event::new(kind, "alert", alert.id).unit(&alert.unit_id);
    if let Some(case_id) = &alert.case_id {
        event = event.thread(case_id);
    }
    if let Some(customer_id) = &alert.customer_id {
        event = event.customer(customer_id);
    }
    event
}

async fn told(
    tx: &mut Tx,
    cx: &Cx,
    kind: &'static str,
    alert: &Alert,
    telling: &Telling,
) -> Result<(), Failure> {
    store::tell(tx, alert.id, telling, cx.now).await?;
    if let Some(next_at) = telling.next_at {
        kit::jobs::schedule(tx, cx, PASS_ON_JOB, &alert.id.to_string(), next_at, &()).await?;
    }
    let body = json!({
        "of": alert.kind, "stage": telling.stage, "why": telling.why, "to": telling.to, "next_at": telling.next_at,
        // The timeline says one by name.
        "to_id": telling.to.first(),
    });
    Ok(kit::events::append(tx, cx, event(kind, alert).body(&body)).await?)
}

/// Opens an alert about what an event says, and tells who is on duty; one that is open already says the newest.
pub(crate) async fn raise(tx: &mut Tx, cx: &Cx, news: &StoredEvent, facts: &Facts) -> Result<(), Failure> {
    // A case that was raised concerns whom it was raised to.
    let second = news.body.get("second_unit_id").and_then(|u| u.as_str());
    let Some(unit_id) = second.or(news.unit_id.as_deref()) else { return Ok(()) };
    if let Some(open) = store::open_about(tx, &news.subject_type, &news.subject_id).await? {
        return kept(store::say(tx, &open, &news.kind, facts).await?);
    }
    let telling =
        rules::next(&standby(tx, unit_id, cx.now).await?, &std::collections::BTreeSet::new(), cx.now);
    let alert = Alert {
        id: cx.new_id(),
        kind: news.kind.clone(),
        subject_type: news.subject_type.clone(),
        subject_id: news.subject_id.clone(),
        case_id: news.thread_id.clone(),
        customer_id: news.customer_id.clone(),
        unit_id: unit_id.to_owned(),
        facts: facts.clone(),
        raised_at: cx.now,
        stage: telling.stage,
        why: telling.why,
        next_at: telling.next_at,
        version: 1,
    };
    store::insert(tx, &alert).await?;
    told(tx, cx, "alert.raised", &alert, &telling).await
}

/// Tells the next of an alert that nobody has acknowledged; ends it if what it is about is over.
pub(crate) async fn pass_on(tx: &mut Tx, cx: &Cx, id: AlertId) -> Result<(), Failure> {
    let Some(alert) = store::open(tx, id).await? else { return Ok(()) };
    if !store::stands(tx, id).await? {
        return kept(store::end(tx, &alert, cx.now).await?);
    }
    let before = store::told(tx, id).await?;
    let telling = rules::next(&standby(tx, &alert.unit_id, cx.now).await?, &before, cx.now);
    kept(store::pass_on(tx, &alert, &telling).await?)?;
    told(tx, cx, "alert.passed_on", &alert, &telling).await
}

/// Takes an alert: nobody else is told of it any more.
///
/// # Errors
/// `alert_unknown`, `alert_taken`.
pub(crate) async fn acknowledge(tx: &mut Tx, cx: &Cx, id: AlertId) -> Result<Alerts, Failure> {
    let me = cases::person(&cx.actor);
    if !store::is_theirs(tx, &cx.actor, &me, id).await? {
        return Err(NotificationError::AlertUnknown.into());
    }
    let Some(alert) = store::open(tx, id).await? else {
        return match store::acknowledged_by(tx, id).await? {
            Some(name) => Err(NotificationError::AlertTaken { name }.into()),
            // What it was about is over: there is nothing left to take.
            None => Ok(mine(tx, &cx.actor, cx.now).await?),
        };
    };
    kept(store::acknowledge(tx, &alert, &me, cx.now).await?)?;
    kit::jobs::cancel(tx, PASS_ON_JOB, &id.to_string()).await?;
    let body = json!({ "of": alert.kind, "after_us": cx.now.micros() - alert.raised_at.micros() });
    kit::events::append(tx, cx, event("alert.acknowledged", &alert).body(&body)).await?;
    mine(tx, &cx.actor, cx.now).await
}

/// The open alerts of the actor.
pub(crate) async fn mine(tx: &mut Tx, actor: &kit::Actor, now: Ts) -> Result<Alerts, Failure> {
    let items = store::of_person(tx, actor, &cases::person(actor)).await?;
    Ok(Alerts { items, now })
}

fn kept(saved: bool) -> Result<(), Failure> {
    if saved { Ok(()) } else { Err(Refusal::new(412, "version_changed").into()) }
}
