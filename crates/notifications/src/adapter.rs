//! What the company's own adapters to its providers share: an address, a key, whether they are there; and asking one.
//!
//! Each provider has its own way in. So a small program of the company stands between: it is told what is wanted, signed like every
//! webhook of ours, and answers 2xx once the provider has taken it.

use bytes::Bytes;
use kit::{App, Audience, Cx, Event, Failure, Ts, Tx};
use portal::{GatewayFault, GatewayStanding};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::model::Webhook;
use crate::rules::{Outcome, Why, secret_of};
use crate::{outside, store, webhook};

/// Where an adapter is, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AdapterSettings {
    /// Its address.
    pub url: String,
    /// What stands before each message, as registered; for SMS only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signature: String,
    /// The key that signs requests, `whsec_…`.
    pub secret: String,
}

/// An adapter: by which setting it stands, and the event of its change.
#[derive(Clone, Copy)]
pub(crate) struct Adapter {
    pub setting: &'static str,
    pub changed: &'static str,
}

/// Where an adapter is to be.
pub(crate) struct AdapterInput {
    pub url: Option<String>,
    pub signature: String,
    pub new_key: bool,
}

impl Adapter {
    /// The settings, if one is set up.
    ///
    /// # Errors
    /// As the database says.
    pub(crate) async fn settings(self, tx: &mut Tx) -> Result<Option<AdapterSettings>, Failure> {
        kit::settings::get::<Option<AdapterSettings>>(tx, self.setting).await.map(Option::flatten)
    }

    /// Whether there is one. A demo plays the provider; one that was given an adapter uses it: somebody shows it with real phones.
    ///
    /// # Errors
    /// As the database says.
    pub(crate) async fn standing(self, tx: &mut Tx) -> Result<GatewayStanding, Failure> {
        let set = self.settings(tx).await?.is_some();
        Ok(match (set, identity::settings::demo(tx).await?) {
            (true, _) => GatewayStanding::On,
            (false, true) => GatewayStanding::Simulated,
            (false, false) => GatewayStanding::Off,
        })
    }

    /// Changes where it is; whether there is a new key, made of `random`.
    ///
    /// # Errors
    /// `webhook_url_invalid`, `webhook_url_not_https`, `webhook_url_private`.
    pub(crate) async fn change(
        self,
        tx: &mut Tx,
        cx: &Cx,
        input: AdapterInput,
        random: &[u8],
    ) -> Result<bool, Failure> {
        kit::settings::hold(tx, self.setting).await?;
        let kept = self.settings(tx).await?;
        let url = input.url.map(|u| u.trim().to_owned()).filter(|u| !u.is_empty());
        // Another address gets another key: the old one was not meant for it.
        let same = kept.as_ref().is_some_and(|k| Some(&k.url) == url.as_ref());
        let new_key = url.is_some() && (input.new_key || !same);
        let settings = match url {
            None => None,
            Some(url) => {
                outside::target(&url, store::settings(tx).await?.allow_private)?;
                let secret = match kept {
                    Some(kept) if !new_key => kept.secret,
                    _ => secret_of(random),
                };
                Some(AdapterSettings { url, signature: input.signature, secret })
            }
        };
        kit::settings::set(tx, self.setting, &settings, cx.now).await?;
        let event = Event::new(self.changed, "setting", self.setting).audience(Audience::Audit);
        let body = json!({ "on": settings.is_some(), "new_key": new_key });
        kit::events::append(tx, cx, event.body(&body)).await?;
        Ok(new_key)
    }
}

/// The name by which a standing is shown.
pub(crate) const fn standing_name(standing: GatewayStanding) -> &'static str {
    match standing {
        GatewayStanding::Off => "off",
        GatewayStanding::Simulated => "simulated",
        GatewayStanding::On => "on",
    }
}

/// Tells an adapter; `id` is the same on every attempt. What it says beside taking it is not read.
///
/// # Errors
/// As the database says; the inner one is the adapter's.
pub(crate) async fn tell(
    app: &App,
    settings: AdapterSettings,
    id: &str,
    now: Ts,
    payload: serde_json::Value,
) -> Result<Result<(), GatewayFault>, Failure> {
    let ways = store::settings(&mut app.db.reader().await?).await?;
    let target = target(settings, now);
    Ok(match webhook::send(&ways, &target, id, now, payload.to_string()).await {
        Outcome::Delivered => Ok(()),
        other => Err(fault(other)),
    })
}

/// Asks an adapter for something: what it answered, up to 4 KB.
///
/// # Errors
/// As [`tell`].
pub(crate) async fn ask(
    app: &App,
    settings: AdapterSettings,
    id: &str,
    now: Ts,
    payload: serde_json::Value,
) -> Result<Result<Bytes, GatewayFault>, Failure> {
    let ways = store::settings(&mut app.db.reader().await?).await?;
    let target = target(settings, now);
    Ok(webhook::ask(&ways, &target, id, now, payload.to_string()).await.map_err(fault))
}

fn target(settings: AdapterSettings, now: Ts) -> Webhook {
    Webhook {
        id: kit::uuid::Uuid::nil().into(),
        url: settings.url,
        name: String::new(),
        kinds: Vec::new(),
        secret: settings.secret,
        created_at: now,
        disabled_at: None,
    }
}

// In the words of the other side, or the name of the fault.
fn fault(outcome: Outcome) -> GatewayFault {
    let told = |why: Why| if why.said.is_empty() { why.failure.name().to_owned() } else { why.said };
    match outcome {
        Outcome::Later(why) => GatewayFault::Later(told(why)),
        Outcome::Never(why) => GatewayFault::Never(told(why)),
        Outcome::Delivered | Outcome::Gone => GatewayFault::Never("HTTP 410".to_owned()),
    }
}
