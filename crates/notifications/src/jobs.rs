//! Couriers: each brings one delivery out, at least once, under the id it has had from the start.
//!
//! The attempt itself stands outside of any transaction; what came of it is saved in the transaction that finishes the job.
//! A node killed in between tries again with the same id, by which the other side knows a repetition.

use kit::jobs::{Job, MAX_ATTEMPTS, Worker};
use kit::{Actor, App, Both, Cx, Event, Failure, Lang, Ts, Tx};
use serde_json::json;

use crate::model::{Channel, Delivery, DeliveryFailure, DeliveryId, DeliveryState, RecipientKind, Settings};
use crate::rules::{self, Outcome, Why, Words, clock_time, window_text, without_numbers};
use crate::store::{self, Names};
use crate::{smtp, webhook};

pub(crate) const SMTP_JOB: &str = "deliver.smtp";
pub(crate) const WEBHOOK_JOB: &str = "deliver.webhook";

/// Who brings deliveries out. They wait for the outside: run them by [`kit::jobs::run_together`], apart from the other jobs.
#[must_use]
pub fn couriers() -> Vec<Worker> {
    vec![
        Worker { kind: SMTP_JOB, work: |app, job| Box::pin(bring(app, job)) },
        Worker { kind: WEBHOOK_JOB, work: |app, job| Box::pin(bring(app, job)) },
        crate::sms::courier(),
        crate::relay::courier(),
        crate::sms::received_courier(),
    ]
}

async fn bring(app: App, job: Job) -> Result<(), Failure> {
    let loaded = match job.key.parse::<DeliveryId>() {
        Ok(id) => load(&app, id).await?,
        Err(_) => None,
    };
    let Some((delivery, settings, names)) = loaded else {
        return job.run_inside(&app, |_, _, _| Box::pin(async { Ok(()) })).await;
    };
    if delivery.channel == Channel::Webhook && stood_back(&app, &job, &delivery).await? {
        return Ok(());
    }
    let outcome = match delivery.channel {
        Channel::Smtp => by_mail(&app, &settings, &delivery, &names).await?,
        Channel::Webhook => by_webhook(&app, &settings, &delivery, &names).await?,
    };
    let last = job.attempt >= MAX_ATTEMPTS;
    match outcome {
        Outcome::Later(why) if !last => {
            let (id, attempt, noted, held) = (delivery.id, job.attempt, why.clone(), job.clone());
            let now = app.clock.now();
            app.db
                .write::<_, Failure, _>(move |tx| {
                    Box::pin(async move {
                        // A courier that stalled past its lease says nothing: another has taken over, and may be done.
                        if held.hold(tx).await? {
                            let state = DeliveryState::Waiting;
                            store::note_attempt(tx, id, attempt, state, Some(&noted), now).await?;
                        }
                        Ok(())
                    })
                })
                .await?;
            Err(Failure::Unavailable(format!("{}: {}", why.failure, why.said)))
        }
        outcome => {
            app.act(Actor::system(&format!("job:{}", job.kind)), move |tx, cx| {
                Box::pin(async move {
                    if job.finish(tx, cx.now).await? {
                        close(tx, cx, &delivery, job.attempt, outcome).await?;
                    }
                    Ok(())
                })
            })
            .await
        }
    }
}

// Webhooks of one case reach a receiver in the order of its events (G13): while an earlier one waits, or is tried again, this one
// stands back, without losing an attempt.
async fn stood_back(app: &App, job: &Job, delivery: &Delivery) -> Result<bool, Failure> {
    if store::earlier(&mut app.db.reader().await?, delivery).await?.is_none() {
        return Ok(false);
    }
    let (job, delivery, now) = (job.clone(), delivery.clone(), app.clock.now());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                // Held first: the earlier one's courier, which calls this job when it is done, then comes before or after it.
                if job.hold(tx).await? {
                    let until = match store::earlier(tx, &delivery).await? {
                        Some(due_at) => due_at.max(now.plus(Ts::SECOND)),
                        None => now,
                    };
                    job.stand_back(tx, until).await?;
                }
                Ok(true)
            })
        })
        .await
}

// A delivery that still waits, with all it needs.
async fn load(app: &App, id: DeliveryId) -> Result<Option<(Delivery, Settings, Names)>, Failure> {
    let mut tx = app.db.reader().await?;
    let Some(delivery) = store::delivery(&mut tx, id).await?.filter(|d| d.state == DeliveryState::Waiting)
    else {
        return Ok(None);
    };
    let settings = store::settings(&mut tx).await?;
    let mut names = store::names(&mut tx, &delivery).await?;
    if let Some(Ok(id)) = delivery.facts.phone_support_id.as_deref().map(str::parse) {
        names.fix_plan = cases::fix_plan(&mut tx, id).await?;
    }
    match delivery.recipient_kind {
        RecipientKind::Duty => {
            if let Some(duty) = settings.duty.iter().find(|d| d.unit_id == delivery.recipient_id) {
                names.email = Some(duty.email.clone());
                names.lang = duty.lang;
            }
        }
        RecipientKind::Address => names.email = Some(delivery.recipient_id.clone()),
        RecipientKind::Contact | RecipientKind::Webhook => {}
    }
    Ok(Some((delivery, settings, names)))
}

// Saves what came of the last attempt; that the customer was told, or that nobody could be, stands on the case's timeline.
async fn close(
    tx: &mut Tx,
    cx: &Cx,
    delivery: &Delivery,
    attempt: i64,
    outcome: Outcome,
) -> Result<(), Failure> {
    let (state, error) = match outcome {
        Outcome::Delivered => (DeliveryState::Delivered, None),
        Outcome::Later(why) | Outcome::Never(why) => (DeliveryState::Failed, Some(why)),
        Outcome::Gone => {
            store::disable_webhook(tx, &delivery.recipient_id, cx.now).await?;
            let gone = Event::new("webhook.disabled", "webhook", &delivery.recipient_id);
            kit::events::append(tx, cx, gone.body(&json!({ "status": 410 }))).await?;
            (DeliveryState::Failed, Some(Why::new(DeliveryFailure::Gone, "HTTP 410")))
        }
    };
    store::note_attempt(tx, delivery.id, attempt, state, error.as_ref(), cx.now).await?;
    if delivery.channel == Channel::Webhook
        && let Some(next) = store::next(tx, delivery).await?
    {
        kit::jobs::hasten(tx, WEBHOOK_JOB, &next, cx.now).await?;
    }
    let told = delivery.recipient_kind == RecipientKind::Contact;
    if delivery.event_seq.is_none() || !(told || state == DeliveryState::Failed) {
        return Ok(());
    }
    let kind =
        if state == DeliveryState::Delivered { "notification.delivered" } else { "notification.failed" };
    let mut event = Event::new(kind, "delivery", delivery.id).body(&json!({
        "of": delivery.kind,
        "channel": delivery.channel,
        "recipient_kind": delivery.recipient_kind,
        "recipient_id": delivery.recipient_id,
        "attempts": attempt,
    }));
    if let Some(case_id) = &delivery.case_id {
        event = event.thread(case_id);
    }
    if let Some(unit_id) = &delivery.unit_id {
        event = event.unit(unit_id);
    }
    if let Some(customer_id) = &delivery.customer_id {
        event = event.customer(customer_id);
    }
    Ok(kit::events::append(tx, cx, event).await?)
}

fn photo_url(app: &App, delivery: &Delivery) -> Option<String> {
    let token = delivery.photo_token.as_ref()?;
    Some(format!("{}/api/engineer-photo/{token}", app.web.base_url.trim_end_matches('/')))
}

// P68, line by line: a plan is written in steps.
fn lines_without_numbers(text: &str) -> String {
    text.lines().map(without_numbers).collect::<Vec<_>>().join("\n")
}

// A mail to the customer opens their page; a message about nothing of theirs has no link.
async fn link(app: &App, delivery: &Delivery) -> Result<Option<String>, Failure> {
    let Some(Ok(case_id)) = delivery.case_id.as_deref().map(str::parse) else { return Ok(None) };
    if delivery.recipient_kind != RecipientKind::Contact {
        return Ok(None);
    }
    crate::sms::new_link(app, case_id, portal::LinkFor::Message).await.map(Some)
}

fn words(app: &App, delivery: &Delivery, names: &Names, lang: Lang, link: Option<String>) -> Option<Words> {
    let facts = &delivery.facts;
    let (zone, zone_name) = names.time_zone();
    let clean = |text: &Option<String>| text.as_deref().map(without_numbers);
    let promise =
        facts.promise.as_ref().and_then(|p| kit::texts::text(lang, &format!("messages.promise.{p}"), &[]));
    rules::words(
        lang,
        &delivery.kind,
        &[
            ("case", facts.case_number.clone()),
            ("order", facts.order_number.clone()),
            ("site", clean(&names.site)),
            ("plan", names.fix_plan.as_deref().map(lines_without_numbers)),
            ("engineer", clean(&names.engineer)),
            ("badge", names.badge.clone()),
            ("photo", photo_url(app, delivery)),
            ("link", link),
            ("window", facts.window().map(|w| window_text(w.start, w.end, &zone))),
            ("promised", facts.appointment_end.map(|t| clock_time(t, &zone))),
            ("expected", facts.expected_at.map(|t| clock_time(t, &zone))),
            ("time", Some(clock_time(delivery.at, &zone))),
            ("zone", Some(zone_name)),
            ("promise", promise),
            ("due", facts.due_at.map(|d| clock_time(d, &zone))),
            ("percent", facts.percent.map(|p| p.to_string())),
        ],
    )
}

async fn by_mail(
    app: &App,
    settings: &Settings,
    delivery: &Delivery,
    names: &Names,
) -> Result<Outcome, Failure> {
    let Some(to) = &names.email else {
        return Ok(Outcome::Never(Why::new(DeliveryFailure::NoAddress, "")));
    };
    let link = link(app, delivery).await?;
    let Some(words) = words(app, delivery, names, names.lang, link) else {
        return Ok(Outcome::Never(Why::new(DeliveryFailure::NoWords, delivery.kind.as_str())));
    };
    let mail = smtp::Mail {
        to,
        to_name: names.contact_name.as_deref(),
        message_id: &delivery.message_id,
        at: delivery.created_at,
        words: &words,
    };
    Ok(smtp::send(settings, &mail).await)
}

async fn by_webhook(
    app: &App,
    settings: &Settings,
    delivery: &Delivery,
    names: &Names,
) -> Result<Outcome, Failure> {
    let webhook = {
        let mut tx = app.db.reader().await?;
        match delivery.recipient_id.parse() {
            Ok(id) => store::webhook(&mut tx, id).await?,
            Err(_) => None,
        }
    };
    let Some(webhook) = webhook.filter(|w| w.disabled_at.is_none()) else {
        return Ok(Outcome::Never(Why::new(DeliveryFailure::WebhookOff, "")));
    };
    // Names join the ids only now, as the message leaves.
    let mut payload: serde_json::Value = serde_json::from_str(&delivery.payload)?;
    if let Some(data) = payload.get_mut("data").and_then(|d| d.as_object_mut()) {
        if let Some(engineer) = &names.engineer {
            let (badge, photo) = (&names.badge, photo_url(app, delivery));
            data.insert(
                "engineer".into(),
                json!({ "name": engineer, "badge_number": badge, "photo_url": photo }),
            );
        }
        let [zh_cn, en] = Lang::ALL.map(|lang| words(app, delivery, names, lang, None));
        if let (Some(zh_cn), Some(en)) = (zh_cn, en) {
            data.insert(
                "message".into(),
                json!({ "subject": Both::new(zh_cn.subject, en.subject), "text": Both::new(zh_cn.text, en.text) }),
            );
        }
    }
    Ok(webhook::send(settings, &webhook, &delivery.message_id, app.clock.now(), payload.to_string()).await)
}
