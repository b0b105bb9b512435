//! Deliveries, the settings of mail, webhooks, the engineer's photo behind a message's link.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use identity::{Permit, may};
use kit::http::{Body, Command, Nothing, Path, Query, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Done, Failure, Page, Paging, Reach, Refusal, Ts, Tx};
use serde::Deserialize;

use crate::errors::NotificationError;
use crate::model::{
    Channel, DeliveryId, DeliveryState, DeliveryView, NewWebhook, SettingsInput, SettingsView, TestMessage,
    WebhookId, WebhookView,
};
use crate::relay::{RelayInput, RelayView};
use crate::sms::{SmsInput, SmsTest, SmsTested, SmsView};
use crate::store::DeliveryFilter;
use crate::{actions, relay, sms, store};

/// How long the photo behind a message's link can be seen.
const PHOTO_US: i64 = 7 * Ts::DAY;

/// The routes of notifications.
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list_deliveries))
        .routes(routes!(show_delivery))
        .routes(routes!(retry_delivery))
        .routes(routes!(show_settings, change_settings))
        .routes(routes!(send_test))
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(remove_webhook))
        .routes(routes!(engineer_photo))
        .routes(routes!(show_sms, change_sms))
        .routes(routes!(test_sms))
        .routes(routes!(show_relay, change_relay))
        .merge(crate::alerts::http::routes())
}

/// Which deliveries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct DeliveryQuery {
    /// Only in this state.
    state: Option<DeliveryState>,
    /// Only by this channel.
    channel: Option<Channel>,
    /// Only about this case.
    case_id: Option<String>,
    /// Rows on the page, 1 to 200; 50 unless given.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

// Whoever runs the system sees that messages leave, all of them and without names; staff see those of their records.
fn reach<P: may::Permission>(permit: &Permit<P>) -> Reach {
    if permit.may::<may::ManageSystem>() { Reach::Everything } else { permit.actor().reach }
}

async fn one(tx: &mut Tx, reach: &Reach, id: DeliveryId) -> Result<DeliveryView, Failure> {
    let filter = DeliveryFilter { id: Some(id), ..DeliveryFilter::default() };
    let page = store::deliveries(tx, reach, &filter, &Paging::default()).await?;
    page.items.into_iter().next().ok_or_else(|| NotificationError::DeliveryUnknown.into())
}

/// Messages and how far they have come, newest first.
#[utoipa::path(get, path = "/api/deliveries", tag = "notifications", operation_id = "list_deliveries", params(DeliveryQuery),
    responses((status = 200, body = Page<DeliveryView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("notifications.read"))))]
async fn list_deliveries(
    State(app): State<App>,
    permit: Permit<may::ReadDeliveries>,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<Page<DeliveryView>>, Failure> {
    let filter =
        DeliveryFilter { state: query.state, channel: query.channel, case_id: query.case_id, id: None };
    let paging = Paging { limit: query.limit, after: query.after };
    let mut tx = app.db.reader().await?;
    Ok(Json(store::deliveries(&mut tx, &reach(&permit), &filter, &paging).await?))
}

/// One message.
#[utoipa::path(get, path = "/api/deliveries/{id}", tag = "notifications", operation_id = "show_delivery",
    params(("id" = DeliveryId, Path)),
    responses((status = 200, body = DeliveryView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("notifications.read"))))]
async fn show_delivery(
    State(app): State<App>,
    permit: Permit<may::ReadDeliveries>,
    Path(id): Path<DeliveryId>,
) -> Result<Json<DeliveryView>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(one(&mut tx, &reach(&permit), id).await?))
}

/// Try a message again that was given up.
#[utoipa::path(post, path = "/api/deliveries/{id}/retry", tag = "notifications", operation_id = "retry_delivery",
    params(("id" = DeliveryId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = DeliveryView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("notifications.retry"))))]
async fn retry_delivery(
    State(app): State<App>,
    permit: Permit<may::RetryDelivery>,
    Path(id): Path<DeliveryId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    let reach = reach(&permit);
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            one(tx, &reach, id).await?;
            actions::retry(tx, cx, id).await?;
            Ok(Done::ok(one(tx, &reach, id).await?))
        })
    })
    .await
}

/// How messages leave; the password is never shown.
#[utoipa::path(get, path = "/api/notification-settings", tag = "notifications", operation_id = "show_notification_settings",
    responses((status = 200, body = SettingsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn show_settings(
    State(app): State<App>,
    _permit: Permit<may::ManageSystem>,
) -> Result<Versioned<SettingsView>, Failure> {
    let mut tx = app.db.reader().await?;
    let settings = store::settings(&mut tx).await?;
    Ok(Versioned(settings.version, actions::shown(settings)))
}

/// Change how messages leave.
#[utoipa::path(put, path = "/api/notification-settings", tag = "notifications", operation_id = "change_notification_settings",
    request_body = SettingsInput, params(("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = SettingsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn change_settings(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<SettingsInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change_settings(tx, cx, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

/// Send a message to see whether it arrives; watch the delivery for what came of it.
#[utoipa::path(post, path = "/api/notification-settings/test", tag = "notifications", operation_id = "send_test_message",
    request_body = TestMessage, params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = DeliveryView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn send_test(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<TestMessage>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let id = actions::send_test(tx, cx, input).await?;
            Ok(Done::created(one(tx, &Reach::Everything, id).await?))
        })
    })
    .await
}

/// Webhooks.
#[utoipa::path(get, path = "/api/webhooks", tag = "notifications", operation_id = "list_webhooks",
    responses((status = 200, body = Vec<WebhookView>), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn list_webhooks(
    State(app): State<App>,
    _permit: Permit<may::ManageSystem>,
) -> Result<Json<Vec<WebhookView>>, Failure> {
    let mut tx = app.db.reader().await?;
    let all = store::webhooks(&mut tx).await?;
    Ok(Json(all.into_iter().map(actions::webhook_shown).collect()))
}

/// Make a webhook; its key is shown once, absent in a repeated answer.
#[utoipa::path(post, path = "/api/webhooks", tag = "notifications", operation_id = "create_webhook", request_body = NewWebhook,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = WebhookView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn create_webhook(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<NewWebhook>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let mut random = [0_u8; 32];
    app.ids.fill(&mut random);
    let mut answer = app
        .run(envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move { Ok(Done::created(actions::create_webhook(tx, cx, input, &random).await?)) })
        })
        .await?;
    // The kept answer holds no key.
    if !answer.replayed {
        let mut body: serde_json::Value = serde_json::from_str(&answer.body)?;
        body["secret"] = crate::rules::secret_of(&random).into();
        answer.body = body.to_string();
    }
    Ok(answer)
}

/// Remove a webhook.
#[utoipa::path(delete, path = "/api/webhooks/{id}", tag = "notifications", operation_id = "remove_webhook",
    params(("id" = WebhookId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = WebhookView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn remove_webhook(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    Path(id): Path<WebhookId>,
    command: Command<Nothing>,
) -> Result<Answer, Failure> {
    app.run(command.envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move { Ok(Done::ok(actions::remove_webhook(tx, cx, id).await?)) })
    })
    .await
}

/// The photo of the engineer a message announced (P21): for whoever got the message, for seven days.
#[utoipa::path(get, path = "/api/engineer-photo/{token}", tag = "notifications", operation_id = "engineer_photo",
    params(("token" = String, Path)),
    responses((status = 200, content_type = "image/*"), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public"))))]
async fn engineer_photo(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    let unknown = || Failure::from(Refusal::new(404, "file_unknown"));
    let now = app.clock.now();
    let digest = {
        let mut tx = app.db.reader().await?;
        store::photo(&mut tx, &token, now.plus(-PHOTO_US)).await?.ok_or_else(unknown)?
    };
    let bytes = app.files.read(&digest)?;
    let media_type =
        kit::files::media_type(&bytes).filter(|t| t.starts_with("image/")).ok_or_else(unknown)?;
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, Bytes::from(bytes)).into_response())
}

/// Where messages to phones go; the key is never shown.
#[utoipa::path(get, path = "/api/sms-settings", tag = "notifications", operation_id = "show_sms_settings",
    responses((status = 200, body = SmsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn show_sms(
    State(app): State<App>,
    _permit: Permit<may::ManageSystem>,
) -> Result<Json<SmsView>, Failure> {
    Ok(Json(sms::shown(&mut app.db.reader().await?).await?))
}

/// Change where messages to phones go; a new key is shown once, absent in a repeated answer.
#[utoipa::path(put, path = "/api/sms-settings", tag = "notifications", operation_id = "change_sms_settings", request_body = SmsInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = SmsView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn change_sms(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<SmsInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let random = random(&app);
    let made = Arc::new(AtomicBool::new(false));
    let new_key = made.clone();
    let answer = app
        .run(envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move {
                let (view, new) = sms::change(tx, cx, input, &random).await?;
                new_key.store(new, Ordering::Relaxed);
                Ok(Done::ok(view))
            })
        })
        .await?;
    with_key(answer, &made, &random)
}

fn random(app: &App) -> [u8; 32] {
    let mut random = [0_u8; 32];
    app.ids.fill(&mut random);
    random
}

// The kept answer holds no key: it stands in the first one only.
fn with_key(mut answer: Answer, made: &AtomicBool, random: &[u8]) -> Result<Answer, Failure> {
    if !answer.replayed && made.load(Ordering::Relaxed) {
        let mut body: serde_json::Value = serde_json::from_str(&answer.body)?;
        body["secret"] = crate::rules::secret_of(random).into();
        answer.body = body.to_string();
    }
    Ok(answer)
}

/// Where numbers between engineers and customers come from; the key is never shown.
#[utoipa::path(get, path = "/api/relay-settings", tag = "notifications", operation_id = "show_relay_settings",
    responses((status = 200, body = RelayView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn show_relay(
    State(app): State<App>,
    _permit: Permit<may::ManageSystem>,
) -> Result<Json<RelayView>, Failure> {
    Ok(Json(relay::shown(&mut app.db.reader().await?).await?))
}

/// Change where numbers between engineers and customers come from; a new key is shown once, absent in a repeated answer.
#[utoipa::path(put, path = "/api/relay-settings", tag = "notifications", operation_id = "change_relay_settings", request_body = RelayInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = RelayView), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings"))))]
async fn change_relay(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    command: Command<RelayInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let random = random(&app);
    let made = Arc::new(AtomicBool::new(false));
    let new_key = made.clone();
    let answer = app
        .run(envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move {
                let (view, new) = relay::change(tx, cx, input, &random).await?;
                new_key.store(new, Ordering::Relaxed);
                Ok(Done::ok(view))
            })
        })
        .await?;
    with_key(answer, &made, &random)
}

/// Send a message to a phone to see whether it arrives.
#[utoipa::path(post, path = "/api/sms-settings/test", tag = "notifications", operation_id = "test_sms", request_body = SmsTest,
    responses((status = 200, body = SmsTested), (status = "4XX", body = kit::http::Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("system.settings")), ("x-idempotency-key" = json!("none"))))]
async fn test_sms(
    State(app): State<App>,
    permit: Permit<may::ManageSystem>,
    Body(input): Body<SmsTest>,
) -> Result<Json<SmsTested>, Failure> {
    let actor = permit.actor();
    let lang = actor.lang;
    Ok(Json(sms::test(&app, actor, lang, input).await?))
}
