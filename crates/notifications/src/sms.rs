//! Messages to phones: the company's SMS provider behind an [`crate::adapter`], and a simulator for demos. The adapter is told number,
//! template and values: providers have templates that were vetted and a signature that was registered.

use std::sync::Arc;

use customers::phones;
use futures::future::BoxFuture;
use kit::jobs::{Job, MAX_ATTEMPTS, Worker};
use kit::{Actor, App, Audience, Cx, Event, Failure, Lang, Tx};
use portal::{GatewayFault, GatewayStanding, LinkFor, LinkScope, LinkSms, Sms, SmsGateway, SmsPurpose};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::adapter::{self, Adapter, AdapterInput, standing_name};
use crate::errors::NotificationError;
use crate::rules::header_safe;

const SETTING: &str = "sms";
const ADAPTER: Adapter = Adapter { setting: SETTING, changed: "sms_settings.changed" };

/// Where messages to phones go, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SmsView {
    /// `off`, `simulated` (a demo: the code is shown on the page) or `on`.
    pub standing: String,
    /// The company's adapter to its provider; none: nothing is sent.
    pub url: Option<String>,
    /// The registered signature.
    pub signature: String,
    /// The key that signs requests; shown once, when it is made.
    pub secret: Option<String>,
}

/// Where messages to phones are to go.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsInput {
    /// `https://…`; none turns messages off.
    pub url: Option<String>,
    /// The registered signature, at most 20 characters.
    #[serde(default)]
    #[schema(max_length = 20)]
    pub signature: String,
    /// Make another key; one is made with the first address anyhow.
    #[serde(default)]
    pub new_key: bool,
}

/// A number for a test.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsTest {
    /// In any format.
    pub phone: String,
}

/// What came of a test.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SmsTested {
    /// Whether the adapter took the message.
    pub taken: bool,
    /// What it met, if it did not.
    pub why: Option<String>,
}

/// The way to the company's SMS provider by the settings, or the simulator.
#[must_use]
pub fn sms_gateway() -> Arc<dyn SmsGateway> {
    Arc::new(BySettings)
}

struct BySettings;

impl SmsGateway for BySettings {
    fn standing<'t>(&'t self, tx: &'t mut Tx) -> BoxFuture<'t, Result<GatewayStanding, Failure>> {
        Box::pin(ADAPTER.standing(tx))
    }

    fn send<'a>(
        &'a self,
        app: &'a App,
        sms: Sms,
    ) -> BoxFuture<'a, Result<Result<(), GatewayFault>, Failure>> {
        Box::pin(send(app, sms))
    }
}

async fn send(app: &App, sms: Sms) -> Result<Result<(), GatewayFault>, Failure> {
    let Some(settings) = ADAPTER.settings(&mut app.db.reader().await?).await? else {
        return Ok(Err(GatewayFault::Never("no SMS provider is set up".to_owned())));
    };
    let now = app.clock.now();
    let values: serde_json::Map<String, serde_json::Value> =
        sms.values.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
    let payload = json!({
        "type": format!("sms.{}", sms.purpose.name()),
        "timestamp": now,
        "data": {
            "to": &sms.to, "lang": sms.lang, "template": sms.purpose.name(), "signature": settings.signature,
            "values": values, "text": sms.text(),
        }
    });
    let id = format!("sms_{}", sms.id);
    adapter::tell(app, settings, &id, now, payload).await
}

/// The settings as shown: no key.
pub(crate) async fn shown(tx: &mut Tx) -> Result<SmsView, Failure> {
    let standing = standing_name(ADAPTER.standing(tx).await?);
    let settings = ADAPTER.settings(tx).await?;
    Ok(SmsView {
        standing: standing.to_owned(),
        signature: settings.as_ref().map(|s| s.signature.clone()).unwrap_or_default(),
        url: settings.map(|s| s.url),
        secret: None,
    })
}

/// Changes where messages go; the key from `random` is in the answer if it is a new one.
///
/// # Errors
/// `webhook_url_invalid`, `webhook_url_not_https`, `webhook_url_private`, `mail_header_unsafe` for the signature.
pub(crate) async fn change(
    tx: &mut Tx,
    cx: &Cx,
    input: SmsInput,
    random: &[u8],
) -> Result<(SmsView, bool), Failure> {
    let signature = input.signature.trim().to_owned();
    if !header_safe(&signature) || signature.chars().count() > 20 {
        return Err(NotificationError::HeaderUnsafe
            .refusal()
            .field("/signature", "mail_header_unsafe")
            .into());
    }
    let input = AdapterInput { url: input.url, signature, new_key: input.new_key };
    let new_key = ADAPTER.change(tx, cx, input, random).await?;
    Ok((shown(tx).await?, new_key))
}

/// Sends a test message and says what came of it.
///
/// # Errors
/// `sms_test_phone_invalid`.
pub(crate) async fn test(app: &App, actor: Actor, lang: Lang, input: SmsTest) -> Result<SmsTested, Failure> {
    let number = phones::normalise(&input.phone).map_err(|_| NotificationError::SmsTestPhone)?;
    let id = app.ids.next(app.clock.now()).to_string();
    let sms = Sms { id, to: number.as_str().to_owned(), lang, purpose: SmsPurpose::Test, values: Vec::new() };
    let outcome = send(app, sms).await?;
    let taken = outcome.is_ok();
    app.act(actor, move |tx, cx| {
        Box::pin(async move {
            let event = Event::new("sms.tested", "setting", SETTING).audience(Audience::Audit);
            Ok(kit::events::append(tx, cx, event.body(&json!({ "taken": taken }))).await?)
        })
    })
    .await?;
    let why = match outcome {
        Ok(()) => None,
        Err(GatewayFault::Later(why) | GatewayFault::Never(why)) => Some(why),
    };
    Ok(SmsTested { taken, why })
}

/// Who brings links to phones.
pub(crate) fn courier() -> Worker {
    Worker { kind: portal::LINK_SMS_JOB, work: |app, job| Box::pin(bring_link(app, job)) }
}

async fn bring_link(app: App, job: Job) -> Result<(), Failure> {
    let LinkSms { case_id, caller_id, lang } = job.data()?;
    let (to, number) = {
        let mut tx = app.db.reader().await?;
        (portal::caller_phone(&mut tx, caller_id).await?, cases::case(&mut tx, case_id).await?.number)
    };
    let Some(to) = to else {
        return job.run_inside(&app, |_, _, _| Box::pin(async { Ok(()) })).await;
    };
    let url = new_link(&app, case_id, LinkFor::Sms).await?;
    let (id, purpose) = (message_id(&job, SmsPurpose::Link), SmsPurpose::Link);
    let values = vec![("number", number), ("link", url)];
    let outcome = send(&app, Sms { id, to, lang, purpose, values }).await?;
    told_by_sms(&app, job, case_id, outcome).await
}

// The same on every attempt, so that a provider drops what it has taken already; asked for anew, a message is another.
fn message_id(job: &Job, purpose: SmsPurpose) -> String {
    format!("{}-{}-{}", purpose.name(), job.key, job.due_at.micros())
}

// Tries again, or notes on the case that a message left or could not.
async fn told_by_sms(
    app: &App,
    job: Job,
    case_id: cases::CaseId,
    outcome: Result<(), GatewayFault>,
) -> Result<(), Failure> {
    if let Err(GatewayFault::Later(why)) = &outcome
        && job.attempt < MAX_ATTEMPTS
    {
        return Err(Failure::Unavailable(why.clone()));
    }
    job.run_inside(app, move |tx, cx, _| {
        Box::pin(async move {
            let case = cases::case(tx, case_id).await?;
            let kind = if outcome.is_ok() { "sms.link_sent" } else { "sms.link_failed" };
            let event = Event::new(kind, "case", case_id)
                .thread(case_id)
                .unit(case.unit_id)
                .customer(case.customer_id)
                .body(&json!({ "state": case.state.name() }));
            Ok(kit::events::append(tx, cx, event).await?)
        })
    })
    .await
}

/// Brings the number and the promise of a report to who called.
pub(crate) const RECEIVED_JOB: &str = "deliver.sms_received";

/// A report that the hotline took.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Received {
    case_id: cases::CaseId,
    contact_id: customers::ContactId,
}

/// Plans the message to whom the hotline has just promised something, if messages leave at all. Whoever reports on their own page has
/// the link there.
pub(crate) async fn plan_received(
    tx: &mut Tx,
    cx: &Cx,
    event: &kit::events::StoredEvent,
) -> Result<(), Failure> {
    let said = |name: &str| event.body.get(name).and_then(|v| v.as_str());
    if said("channel") != Some("phone") || ADAPTER.settings(tx).await?.is_none() {
        return Ok(());
    }
    let (Some(Ok(case_id)), Some(Ok(contact_id))) =
        (event.thread_id.as_deref().map(str::parse), said("contact_id").map(str::parse))
    else {
        return Ok(());
    };
    let job = Received { case_id, contact_id };
    kit::jobs::schedule(tx, cx, RECEIVED_JOB, &case_id.to_string(), cx.now, &job).await
}

/// Who brings what the hotline promised to phones.
pub(crate) fn received_courier() -> Worker {
    Worker { kind: RECEIVED_JOB, work: |app, job| Box::pin(bring_received(app, job)) }
}

async fn bring_received(app: App, job: Job) -> Result<(), Failure> {
    let Received { case_id, contact_id } = job.data()?;
    let (reached, case, zone) = {
        let mut tx = app.db.reader().await?;
        let case = cases::case(&mut tx, case_id).await?;
        let zone = customers::site(&mut tx, &kit::Reach::Everything, case.site_id).await?.time_zone();
        (customers::contact_channels(&mut tx, contact_id).await?, case, zone)
    };
    // Messages reach mobile phones only.
    let Some(to) = reached.phone.filter(|phone| phone.line() == customers::phones::Line::Mobile) else {
        return job.run_inside(&app, |_, _, _| Box::pin(async { Ok(()) })).await;
    };
    let promise = promise_words(&case.promise, reached.lang, &zone);
    let url = new_link(&app, case_id, LinkFor::Sms).await?;
    let values = vec![("number", case.number), ("promise", promise), ("link", url)];
    let (id, purpose) = (message_id(&job, SmsPurpose::Received), SmsPurpose::Received);
    let sms = Sms { id, to: to.as_str().to_owned(), lang: reached.lang, purpose, values };
    let outcome = send(&app, sms).await?;
    told_by_sms(&app, job, case_id, outcome).await
}

/// What was promised, in the words of the form: by when somebody calls, by when or how soon after the agreement somebody comes.
fn promise_words(promise: &cases::CasePromise, lang: Lang, zone: &jiff::tz::TimeZone) -> String {
    let say = |key: &str, values: &[(&'static str, String)]| {
        kit::texts::text(lang, &format!("portal.sms.promise.{key}"), values).unwrap_or_default()
    };
    let span = |target_s: i64| {
        let minutes = (target_s + 30) / 60;
        if minutes >= 60 && minutes % 60 == 0 {
            say("hours", &[("hours", (minutes / 60).to_string())])
        } else {
            say("minutes", &[("minutes", minutes.to_string())])
        }
    };
    let mut words = String::new();
    if let Some(respond) = &promise.respond {
        words += &match respond.due_at {
            Some(due_at) => say("respond_by", &[("time", crate::rules::clock_time(due_at, zone))]),
            None => say("respond_in", &[("span", span(respond.target_s))]),
        };
    }
    if let Some(arrive) = &promise.arrive {
        words += &match arrive.due_at.filter(|_| promise.arrive_from == cases::ArriveFrom::Reported) {
            Some(due_at) => say("arrive_by", &[("time", crate::rules::clock_time(due_at, zone))]),
            None => say("arrive_in", &[("span", span(arrive.target_s))]),
        };
    }
    words
}

/// A link to a case for a message that leaves now: only its hash is kept, so each attempt has its own, and all of them open.
///
/// # Errors
/// `case_unknown`.
pub(crate) async fn new_link(
    app: &App,
    case_id: cases::CaseId,
    made_for: LinkFor,
) -> Result<String, Failure> {
    let (_, token) = app
        .act(Actor::system("message"), move |tx, cx| {
            Box::pin(async move { portal::mint(tx, cx, case_id, LinkScope::Full, made_for).await })
        })
        .await?;
    Ok(portal::url_of(app, &token))
}
